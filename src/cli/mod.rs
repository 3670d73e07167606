//! The program on the command line; the only place that prints and reads the environment.
//!
//! [`main`] reads the line and gives it to the command's own file: `check`, `watch`, `run`, `annotate`, `strip`, `compare`, `explain`, `framework`, `doctor`. Paths
//! without a command are checked, with annotated copies beside them, as for files that are dropped on the program.
//! [`ExitStatus`] says how it ended.

mod addresses;
mod annotate;
mod args;
mod bundles;
mod cache;
mod cells;
mod check;
mod compare;
mod config;
mod consolidation;
mod console;
mod day_text;
mod doctor;
mod destination;
mod difference;
mod exit;
mod explain;
mod failure;
mod figure;
mod format;
mod handed_out;
mod framework;
mod framework_text;
mod functions;
mod house_style;
mod help_text;
mod human;
mod limits;
mod marked_lines;
mod merge;
mod misread;
mod narrate;
mod own_rules;
mod packs;
mod part;
mod place;
mod previous;
mod printed;
mod remote;
mod reporting;
mod reports;
mod roster;
mod run;
mod settings;
mod slip;
mod stopping;
mod strip;
mod summary;
mod values;
mod waive;
mod waiver;
mod watch;
mod work;

use clap::error::ErrorKind;
use clap::{CommandFactory, FromArgMatches};

pub use exit::ExitStatus;

use crate::batch::child::{self, Request, Wanted};
use crate::batch::{Rows, THREAD};
use crate::review::Settings;
use crate::wording::{near, near_hint};
use args::{ChildArgs, Command, Line, Shell};
use config::Config;
use failure::Failure;
use limits::Allowed;
use settings::Origins;

/// Runs the program with the process's own command line.
pub fn main() -> ExitStatus {
    keep_reviews_quiet();
    let words: Vec<String> = std::env::args_os().skip(1).map_while(|word| word.into_string().ok()).collect();
    if let Some(meant) = words.first().and_then(|word| asks_for_help(&words).or_else(|| mistyped(word))) {
        console::tell(&format!("error: {meant}"));
        return ExitStatus::Failed;
    }
    let mut program = help_text::fitted(Line::command(), console::screen(false));
    let read = program.try_get_matches_from_mut(std::env::args_os());
    let read = read.and_then(|matches| Ok((Line::from_arg_matches(&matches)?, matches)));
    let (line, matches) = match read {
        Ok(read) => read,
        Err(error) => return refused(&error, &mut program, &words),
    };
    let is_dropped = line.command.is_none();
    let status = command(line, &Origins::of(&matches)).unwrap_or_else(|failure| {
        console::tell_failure(&failure);
        ExitStatus::Failed
    });
    if is_dropped {
        console::stay_open();
    }
    status
}

/// Returns how help is asked for, where the first word is the one by which other programs tell it.
fn asks_for_help(words: &[String]) -> Option<String> {
    let [first, rest @ ..] = words else { return None };
    if first != "help" || std::path::Path::new(first).exists() {
        return None;
    }
    let line = Line::command();
    let names: Vec<&str> =
        line.get_subcommands().filter(|command| !command.is_hide_set()).map(clap::Command::get_name).collect();
    let meant = rest.first().map(String::as_str).and_then(|word| near(word, names.iter().copied()));
    let of = meant.map(|name| format!(" {name}")).unwrap_or_default();
    Some(format!("there is no command `help`; write `scrutineer{of} --help`"))
}

/// Returns what to say of a first word that is neither a command nor a path, and like a command.
fn mistyped(word: &str) -> Option<String> {
    let line = Line::command();
    let names: Vec<&str> =
        line.get_subcommands().filter(|command| !command.is_hide_set()).map(clap::Command::get_name).collect();
    let is_known = names.contains(&word) || line.find_subcommand(word).is_some();
    let is_path = word.starts_with('-') || word.contains(['.', '/', '\\']) || std::path::Path::new(word).exists();
    let hint = near_hint(word, &names);
    let is_slip = !is_known && !is_path && !hint.is_empty();
    is_slip.then(|| format!("there is no command and no file `{word}`{hint}"))
}

/// Tells why the line isn't understood, or what it asks about the program itself.
fn refused(error: &clap::Error, program: &mut clap::Command, words: &[String]) -> ExitStatus {
    if [ErrorKind::DisplayHelp, ErrorKind::DisplayVersion].contains(&error.kind()) {
        let said = console::screen(false).fitted_lines(&error.render().to_string());
        // A closed stream leaves nobody to tell.
        let _told = console::show(&(said + "\n"));
        return ExitStatus::Clean;
    }
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        console::tell(&error.render().to_string());
    } else {
        program.build();
        console::tell(&misread::Asked::of(program, words).told(error));
    }
    ExitStatus::Failed
}

/// Does what a line asks.
fn command(line: Line, origins: &Origins) -> Result<ExitStatus, Failure> {
    match line.command {
        None => check::check(&line.bare.dropped(), origins),
        Some(Command::Check(args)) => check::check(&args, origins),
        Some(Command::Watch(args)) => watch::watch(&args),
        Some(Command::Run(args)) => run::run(args, origins),
        Some(Command::Merge(args)) => merge::merge(args),
        Some(Command::Annotate(args)) => annotate::annotate(&args),
        Some(Command::Strip(args)) => strip::strip(&args),
        Some(Command::Waive(args)) => waive::waive(&args),
        Some(Command::Compare(args)) => compare::compare(&args),
        Some(Command::Explain(args)) => explain::explain(&args),
        Some(Command::Framework(args)) => framework::framework(&args.command),
        Some(Command::Doctor(season)) => doctor::doctor(&season),
        Some(Command::Completions { shell }) => complete(shell),
        Some(Command::Man { command }) => manual(command.as_deref()),
        Some(Command::ReviewChild(args)) => review_child(&args),
    }
}

/// Writes the completion script of a shell.
fn complete(shell: Shell) -> Result<ExitStatus, Failure> {
    let (mut script, mut line) = (Vec::new(), Line::command());
    let name = "scrutineer";
    match shell {
        Shell::Bash => clap_complete::generate(clap_complete::Shell::Bash, &mut line, name, &mut script),
        Shell::Elvish => clap_complete::generate(clap_complete::Shell::Elvish, &mut line, name, &mut script),
        Shell::Fish => clap_complete::generate(clap_complete::Shell::Fish, &mut line, name, &mut script),
        Shell::Nushell => clap_complete::generate(clap_complete_nushell::Nushell, &mut line, name, &mut script),
        Shell::Powershell => clap_complete::generate(clap_complete::Shell::PowerShell, &mut line, name, &mut script),
        Shell::Zsh => clap_complete::generate(clap_complete::Shell::Zsh, &mut line, name, &mut script),
    }
    console::write(&script)?;
    Ok(ExitStatus::Clean)
}

/// Writes the manual page of the program or of one of its commands.
fn manual(command: Option<&str>) -> Result<ExitStatus, Failure> {
    let mut line = Line::command();
    line.build();
    let page = match command {
        None => line,
        Some(name) => {
            let subcommand = line.find_subcommand(name).filter(|subcommand| !subcommand.is_hide_set()).cloned();
            let names: Vec<&str> = line.get_subcommands().map(clap::Command::get_name).collect();
            let unknown = || format!("there is no command `{name}`{}", near_hint(name, &names));
            subcommand.ok_or_else(|| Failure::Unknown(unknown()))?
        }
    };
    let mut written = Vec::new();
    clap_mangen::Man::new(page).render(&mut written)?;
    console::write(&written)?;
    Ok(ExitStatus::Clean)
}

/// Reviews one file as a child process: bytes in, message out, within limits.
fn review_child(args: &ChildArgs) -> Result<ExitStatus, Failure> {
    let mut allowed = Allowed::default();
    for (name, most) in &args.limit {
        allowed.set(name, *most).map_err(Failure::Unknown)?;
    }
    child::limit_this_process(allowed.allowance);
    let config = args.season.as_deref().map_or_else(|| Ok(Config::default()), config::load_file)?;
    let packs = packs::load(&config, args.framework.as_deref())?;
    let limits = allowed.limits;
    let settings = Settings::new(&packs.frameworks, limits.clone()).insisting(packs.insisted).in_season(config.dates);
    let wanted = match (args.cells, args.rows) {
        (true, _) => Wanted::Cells,
        (false, true) => Wanted::Review(Rows::Gathered),
        (false, false) => Wanted::Review(Rows::LeftOut),
    };
    let request = Request { name: &args.name, wanted };
    child::answer(&settings, &limits, request, std::io::stdin().lock(), std::io::stdout().lock())?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_is_told_as_it_is_asked_for_here() {
        for (written, expected) in [
            ("help", "`scrutineer --help`"),
            ("help check", "`scrutineer check --help`"),
            ("help chek", "`scrutineer check --help`"),
            ("help zzzzzz", "`scrutineer --help`"),
        ] {
            let words: Vec<String> = written.split(' ').map(str::to_owned).collect();
            let told = asks_for_help(&words).unwrap_or_default();
            assert!(told.ends_with(expected), "{written}: {told}");
        }
        for other in ["check help", "--help", "helpful.xlsx"] {
            let words: Vec<String> = other.split(' ').map(str::to_owned).collect();
            assert_eq!(asks_for_help(&words), None, "{other}");
        }
    }

    #[test]
    fn the_command_is_told_for_every_slip_of_one_letter() {
        let line = Line::command();
        for name in line.get_subcommands().filter(|command| !command.is_hide_set()).map(clap::Command::get_name) {
            assert_eq!(mistyped(name), None);
            for at in 0..name.len() {
                let left_out = format!("{}{}", &name[..at], &name[at + 1..]);
                let changed = format!("{}x{}", &name[..at], &name[at + 1..]);
                let twice = format!("{}{}", &name[..=at], &name[at..]);
                for slip in [left_out, changed, twice].into_iter().filter(|slip| slip != name) {
                    let told = mistyped(&slip).unwrap_or_default();
                    assert!(told.ends_with(&format!("did you mean `{name}`?")), "{slip}: {told}");
                }
            }
        }
        for word in ["returns", "North", "--help", "chek.xlsx", "./chek"] {
            assert_eq!(mistyped(word), None, "{word}");
        }
    }
}
