//! The program on the command line; the only place that prints and reads the environment.
//!
//! [`main`] reads the line and gives it to the command's own file: `check`, `run`, `annotate`, `strip`, `explain`, `framework`, `doctor`. Paths
//! without a command are checked. [`ExitStatus`] says how it ended.

mod annotate;
mod args;
mod check;
mod config;
mod console;
mod doctor;
mod exit;
mod explain;
mod failure;
mod figure;
mod framework;
mod house_style;
mod human;
mod narrate;
mod packs;
mod reporting;
mod run;
mod strip;
mod summary;
mod work;

use clap::{CommandFactory, Parser};

pub use exit::ExitStatus;

use crate::batch::apart::{self, Asked};
use crate::batch::{Rows, THREAD};
use crate::ooxml::Limits;
use crate::review::Settings;
use args::{ApartArgs, Command, Line};
use config::Config;
use failure::Failure;

/// Runs the program with the process's own command line.
pub fn main() -> ExitStatus {
    keep_reviews_quiet();
    let line = match Line::try_parse() {
        Ok(line) => line,
        Err(error) => return refused(&error),
    };
    command(line).unwrap_or_else(|failure| {
        console::tell_failure(&failure);
        ExitStatus::Failed
    })
}

/// Tells why the line isn't understood, or what it asks about the program itself.
fn refused(error: &clap::Error) -> ExitStatus {
    // A closed stream leaves nobody to tell.
    let _told = error.print();
    if error.use_stderr() { ExitStatus::Failed } else { ExitStatus::Clean }
}

/// Does what a line asks.
fn command(line: Line) -> Result<ExitStatus, Failure> {
    match line.command {
        None => check::check(&line.bare),
        Some(Command::Check(args)) => check::check(&args),
        Some(Command::Run(args)) => run::run(&args),
        Some(Command::Annotate(args)) => annotate::annotate(&args),
        Some(Command::Strip(args)) => strip::strip(&args),
        Some(Command::Explain(args)) => explain::explain(&args),
        Some(Command::Framework(args)) => framework::framework(&args.command),
        Some(Command::Doctor) => doctor::doctor(),
        Some(Command::Completions { shell }) => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Line::command(), "scrutineer", &mut script);
            console::write(&script)?;
            Ok(ExitStatus::Clean)
        }
        Some(Command::Man) => {
            let mut page = Vec::new();
            clap_mangen::Man::new(Line::command()).render(&mut page)?;
            console::write(&page)?;
            Ok(ExitStatus::Clean)
        }
        Some(Command::ExamineApart(args)) => examine_apart(&args),
    }
}

/// Examines one file as a child process: bytes in, message out, within limits.
fn examine_apart(args: &ApartArgs) -> Result<ExitStatus, Failure> {
    apart::limit_this_process();
    let config = args.season.as_deref().map_or_else(|| Ok(Config::default()), config::load_file)?;
    let known = packs::known(&config, args.framework.as_deref())?;
    let limits = Limits::default();
    let settings = Settings::new(&known.frameworks, limits.clone());
    let rows = if args.rows { Rows::Gathered } else { Rows::LeftOut };
    let asked = Asked { name: &args.name, rows };
    apart::answer(&settings, &limits, asked, std::io::stdin().lock(), std::io::stdout().lock())?;
    Ok(ExitStatus::Clean)
}

/// Keeps panics in reviews from printing: each is a finding of its file.
fn keep_reviews_quiet() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let is_review = std::thread::current().name().is_some_and(|name| name.starts_with(THREAD));
        if !is_review {
            usual(panic);
        }
    }));
}
