//! `doctor`: whether all that the program needs is here.

use std::fmt::Write;

use super::config::Config;
use super::console;
use super::exit::ExitStatus;
use super::failure::Failure;
use super::packs;

/// Looks around and tells.
pub(super) fn doctor() -> Result<ExitStatus, Failure> {
    let known = packs::known(&Config::default(), None)?;
    let mut text = format!("scrutineer {}\n", env!("CARGO_PKG_VERSION"));
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get);
    let _infallible = writeln!(text, "ok       {cores} workbooks are reviewed at a time");
    for framework in &known.used {
        let _infallible = writeln!(text, "ok       framework {} {}", framework.id, framework.version);
    }
    let again = std::env::current_exe().is_ok_and(|program| program.is_file());
    let words = if again {
        "ok       the program can run itself for xls, xlsb and ods"
    } else {
        "missing  the program's own file: xls, xlsb and ods can't be read; start it by its full path"
    };
    let _infallible = writeln!(text, "{words}");
    console::write(text.as_bytes())?;
    Ok(if again { ExitStatus::Clean } else { ExitStatus::Incomplete })
}
