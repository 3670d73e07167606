//! A line that can't be read: what is wrong with it, in words that say what to write instead.
//!
//! Every message names what was written, and says what is allowed or which command or option is meant.

use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use clap::{Arg, Command};

use crate::wording::near_hint;
use crate::words::{either, list};

/// A line as it was asked, with the command that it means.
pub(super) struct Asked<'a> {
    words: &'a [String],
    program: &'a Command,
    command: &'a Command,
}

impl<'a> Asked<'a> {
    /// Finds the command that a line means; the program itself where it names none.
    pub(super) fn of(program: &'a Command, words: &'a [String]) -> Self {
        let mut command = program;
        for word in words {
            match command.find_subcommand(word) {
                Some(inner) => command = inner,
                None => break,
            }
        }
        Self { words, program, command }
    }

    /// Says what is wrong with the line.
    pub(super) fn told(&self, error: &Error) -> String {
        let argument = told_of(error, ContextKind::InvalidArg);
        let value = told_of(error, ContextKind::InvalidValue);
        let said = match error.kind() {
            ErrorKind::InvalidValue if value.is_empty() => self.nothing_after(&argument, &allowed(error)),
            ErrorKind::InvalidValue => self.no_choice(&argument, &value, error),
            ErrorKind::ValueValidation => {
                let why = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
                format!("`{}` can\u{2019}t be used: {why}", self.given(&argument, &value))
            }
            ErrorKind::UnknownArgument => self.unknown(&argument),
            ErrorKind::InvalidSubcommand => self.no_command(&told_of(error, ContextKind::InvalidSubcommand)),
            ErrorKind::NoEquals | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
                format!("`{}` has too little or too much after it; write `{argument}`", name_of(&argument))
            }
            ErrorKind::TooManyValues => {
                format!("`{}` has nothing after it; leave out `{value}`", name_of(&argument))
            }
            ErrorKind::ArgumentConflict => conflict(error, &argument),
            ErrorKind::MissingRequiredArgument => self.missing(error),
            ErrorKind::InvalidUtf8 => "a word of the line isn\u{2019}t written in letters that can be read".to_owned(),
            ErrorKind::MissingSubcommand
            | ErrorKind::DisplayHelp
            | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
            | ErrorKind::DisplayVersion
            | ErrorKind::Io
            | ErrorKind::Format
            | _ => "the line can\u{2019}t be understood".to_owned(),
        };
        let name = self.name();
        format!("error: {said}\n`{name} --help` says how `{name}` is used.")
    }

    /// Returns how the command is written.
    fn name(&self) -> &str {
        self.command.get_bin_name().unwrap_or_else(|| self.command.get_name())
    }

    /// Returns an option with its value as it was given: on the line, else in the environment.
    fn given(&self, argument: &str, value: &str) -> String {
        let name = name_of(argument);
        if !name.starts_with('-') {
            return value.to_owned();
        }
        match self.variable(name) {
            Some(variable) => format!("{variable}={value}"),
            None => format!("{name} {value}"),
        }
    }

    /// Returns the variable that gives an option which doesn't stand on the line; `None` where it stands there.
    fn variable(&self, name: &str) -> Option<String> {
        let option = self.option(name)?;
        let short = option.get_short().map(|short| format!("-{short}"));
        let is_it = |word: &String| {
            word.split('=').next() == Some(name) || short.as_ref().is_some_and(|short| word.starts_with(short))
        };
        let variable = option.get_env().filter(|_| !self.words.iter().any(is_it));
        variable.map(|variable| variable.to_string_lossy().into_owned())
    }

    /// Returns an option of the command by its long name.
    fn option(&self, name: &str) -> Option<&Arg> {
        long_options(self.command).find(|(long, _)| long == name).map(|(_, option)| option)
    }

    /// Says that an option stands without its value.
    fn nothing_after(&self, argument: &str, allowed: &[String]) -> String {
        let name = name_of(argument);
        let choice = if allowed.is_empty() {
            format!("write `{argument}`")
        } else {
            format!("it can be {}, such as `{name} {}`", either(allowed), allowed[0])
        };
        match self.variable(name) {
            Some(variable) => {
                format!("`{variable}` is set to nothing; take it out, or give it what `{argument}` takes")
            }
            None => format!("`{name}` has nothing after it; {choice}"),
        }
    }

    /// Says that a value is none of those that can be chosen.
    fn no_choice(&self, argument: &str, value: &str, error: &Error) -> String {
        let (name, allowed) = (name_of(argument), allowed(error));
        let before = if name.starts_with('-') { name.to_owned() } else { self.name().to_owned() };
        let near = told_of(error, ContextKind::SuggestedValue);
        let hint = if near.is_empty() {
            format!(", such as `{before} {}`", allowed.first().map(String::as_str).unwrap_or_default())
        } else {
            format!("; did you mean `{before} {near}`?")
        };
        format!("`{}` can\u{2019}t be used: it can be {}{hint}", self.given(argument, value), either(&allowed))
    }

    /// Says that an option isn't known, or that a word has no place.
    fn unknown(&self, argument: &str) -> String {
        if !argument.starts_with('-') || argument == "-" {
            return self.surplus(argument);
        }
        let name = name_of(argument);
        let homes: Vec<&str> = self.homes(name);
        let known: Vec<String> = long_options(self.command).map(|(long, _)| long).collect();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        if homes.is_empty() {
            let meant = self.with_one_hyphen(name, &known).map(|meant| format!("; did you mean `{meant}`?"));
            return format!("there is no option `{name}`{}", meant.unwrap_or_else(|| near_hint(name, &known)));
        }
        let of = if self.command.get_name() == self.program.get_name() {
            "and the command stands first".to_owned()
        } else {
            format!("not of {}", self.command.get_name())
        };
        format!("`{name}` is an option of {}, {of}", list(&homes))
    }

    /// Returns the option that a word on the line is with one hyphen before it, where this one is the first letter of such a word.
    fn with_one_hyphen<'k>(&self, name: &str, known: &[&'k str]) -> Option<&'k str> {
        let long = |word: &&String| word.starts_with(name) && word.len() > name.len() && !word.starts_with("--");
        let word = self.words.iter().find(long)?;
        known.iter().copied().find(|option| option.strip_prefix('-') == word.split('=').next())
    }

    /// Returns the commands that have an option.
    fn homes(&self, name: &str) -> Vec<&str> {
        let commands = self.program.get_subcommands().filter(|command| !command.is_hide_set());
        let has = |command: &&Command| long_options(command).any(|(long, _)| long == name);
        commands.filter(has).map(Command::get_name).collect()
    }

    /// Says that a word has no place.
    fn surplus(&self, word: &str) -> String {
        let usage = self.command.clone().render_usage().to_string();
        let usage = usage.trim_start_matches("Usage:").trim().to_owned();
        format!(
            "there is no place for `{word}`; write `{usage}`, and in quotes what has blanks in it, such as \"North East\""
        )
    }

    /// Says that there is no such command below one.
    fn no_command(&self, word: &str) -> String {
        let commands = self.command.get_subcommands().filter(|command| !command.is_hide_set());
        let names: Vec<&str> = commands.map(Command::get_name).collect();
        let hint = near_hint(word, &names);
        let all = if hint.is_empty() { format!("; there are {}", list(&names)) } else { hint };
        format!("there is no `{} {word}`{all}", self.name())
    }

    /// Says what is missing, and what belongs there.
    fn missing(&self, error: &Error) -> String {
        let said = all_told(error, ContextKind::InvalidArg).into_iter().map(|argument| {
            let is_it = |arg: &&Arg| arg.to_string() == argument;
            let help = self.command.get_arguments().find(is_it).and_then(|arg| arg.get_help().map(ToString::to_string));
            let help = help.unwrap_or_default();
            let what = lowered(help.split(['.', ';', ':']).next().unwrap_or_default());
            let what = if what.is_empty() { String::new() } else { format!(": {what}") };
            format!("`{argument}` is missing{what}")
        });
        let said: Vec<String> = said.collect();
        let example = self.example().map_or_else(String::new, |example| format!("; for example: `{example}`"));
        format!("{}{example}", said.join("; "))
    }

    /// Returns the first example of the command's help.
    fn example(&self) -> Option<String> {
        let examples = self.command.get_after_help()?.to_string();
        let first = examples.lines().map(str::trim).find(|line| line.starts_with("scrutineer "))?;
        Some(first.split("  ").next().unwrap_or(first).to_owned())
    }
}

/// Says which two don't go together.
fn conflict(error: &Error, argument: &str) -> String {
    let command = told_of(error, ContextKind::InvalidSubcommand);
    if !command.is_empty() {
        return format!("the command `{command}` stands first, before paths and options");
    }
    let prior = all_told(error, ContextKind::PriorArg);
    let (name, others) = (name_of(argument), prior.iter().map(|other| name_of(other)).collect::<Vec<_>>());
    if others == [name] {
        return format!("`{name}` stands twice; leave one out");
    }
    let others: Vec<String> = others.iter().map(|other| format!("`{other}`")).collect();
    format!("`{name}` and {} can\u{2019}t stand together; leave one out", list(&others))
}

/// Returns the long options of a command, with their dashes.
fn long_options(command: &Command) -> impl Iterator<Item = (String, &Arg)> {
    let named = |option: &'_ Arg| option.get_long().map(|long| format!("--{long}"));
    command.get_arguments().filter_map(move |option| Some((named(option)?, option)))
}

/// Returns an option's name, or what stands for an argument, without what belongs after it.
fn name_of(argument: &str) -> &str {
    argument.split([' ', '[', '=']).next().filter(|name| name.starts_with('-')).unwrap_or(argument)
}

/// Returns a sentence's beginning as it stands within another.
fn lowered(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// Returns what an error says of one thing; nothing where it says nothing.
fn told_of(error: &Error, kind: ContextKind) -> String {
    all_told(error, kind).into_iter().next().unwrap_or_default()
}

/// Returns all values that can be chosen.
fn allowed(error: &Error) -> Vec<String> {
    all_told(error, ContextKind::ValidValue)
}

/// Returns all that an error says of one thing.
fn all_told(error: &Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        _nothing => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, Parser};

    use super::super::args::Line;
    use super::*;

    /// Returns what is told of a line.
    fn told(line: &[&str]) -> String {
        let words: Vec<String> = line.iter().map(|&word| word.to_owned()).collect();
        let mut program = Line::command();
        program.build();
        let error = Line::try_parse_from(std::iter::once("scrutineer").chain(line.iter().copied())).unwrap_err();
        Asked::of(&program, &words).told(&error)
    }

    /// Words of those who wrote the program, and of its parser.
    const INNER: [&str; 12] = [
        "invalid",
        "variant",
        "type",
        "usize",
        "u64",
        "digit found",
        "parse",
        "argument",
        "subcommand",
        "panic",
        "None",
        "tip:",
    ];

    /// Options, each with what can't be its value, what is allowed and an example.
    const VALUES: [(&str, &str, &str, &str); 24] = [
        ("check x", "--jobs 0", "a whole number from 1 on", "`--jobs 4`"),
        ("check x", "--jobs many", "a whole number from 1 on", "`--jobs 4`"),
        ("check x", "--jobs -1", "a whole number from 1 on", "`--jobs 4`"),
        ("check x", "--max-per-rule -1", "a whole number from 0 on", "`--max-per-rule 5`"),
        ("check x", "--max-per-rule 1.5", "a whole number from 0 on", "`--max-per-rule 5`"),
        ("check x", "--format xml", "human, plain, json, ", "`--format human`"),
        ("check x", "--fail-on warn", "note, warning or error", "`--fail-on warning`?"),
        ("check x", "--fail-on 2", "note, warning or error", "`--fail-on note`"),
        ("check x", "--report xlsx=a.xlsx", "json, jsonl, csv, ", "`--report csv=findings.csv`"),
        ("check x", "--report csv", "a format, an equals sign and a file", "`--report csv=findings.csv`"),
        ("check x", "--report csv=", "a format, an equals sign and a file", "`--report csv=findings.csv`"),
        ("check x", "--limit cells", "name, an equals sign and a whole number", "`--limit cells=8000000`"),
        ("check x", "--limit cells=many", "no whole number from 0 on", "`--limit cells=8000000`"),
        ("check x", "--limit cels=5", "did you mean `cells`?", "`--limit cells=8000000`"),
        ("run x --out o", "--only dta", "data, annotated, season, reports or benchmarks", "`--only data`?"),
        ("run x --out o", "--shard x", "which part of how many", "`--shard 2/4`"),
        ("run x --out o", "--shard 5/4", "numbered from 1 to 4", "`--shard 2/4`"),
        ("run x --out o", "--shard auto/x", "which part of how many", "`--shard 2/4`"),
        (
            "waive o r --reason a --by b",
            "--until 31.12.2026",
            "the year first, then month and day",
            "`--until 2026-03-31`",
        ),
        ("waive o r --reason a --by b", "--until 2026-02-30", "no day of the calendar", "`--until 2026-03-31`"),
        ("compare a b", "--format csv", "human, plain or json", "`--format human`"),
        ("compare a b", "--fail-on errors", "note, warning or error", "`--fail-on error`?"),
        ("framework functions", "--format csv", "human or json", "`--format human`"),
        ("framework diff a b", "--format csv", "human, plain or json", "`--format human`"),
    ];

    #[test]
    fn a_value_that_cannot_be_used_is_told_with_what_is_allowed_and_an_example() {
        for (before, option, allowed, example) in VALUES {
            let line: Vec<&str> = before.split(' ').chain(option.split(' ')).collect();
            let told = told(&line);
            for words in [option, allowed, example] {
                assert!(told.contains(words), "{before} {option}: {words}\n{told}");
            }
            assert!(INNER.iter().all(|word| !told.contains(word)), "{before} {option}\n{told}");
        }
    }

    #[test]
    fn every_option_whose_value_can_be_wrong_is_among_those_that_are_tried() {
        let mut program = Line::command();
        program.build();
        let mut commands: Vec<(String, &Command)> = vec![(String::new(), &program)];
        let mut at = 0;
        while let Some((path, command)) = commands.get(at).cloned() {
            let inner = command.get_subcommands().filter(|inner| !inner.is_hide_set());
            commands.extend(inner.map(|inner| (format!("{path} {}", inner.get_name()).trim().to_owned(), inner)));
            at += 1;
        }
        for (path, command) in commands {
            for (name, option) in long_options(command).filter(|(_, option)| option.get_action().takes_values()) {
                let line: Vec<&str> =
                    path.split(' ').filter(|word| !word.is_empty()).chain([&*name, "\u{1}?"]).collect();
                let error = Line::try_parse_from(std::iter::once("scrutineer").chain(line.iter().copied()));
                let is_refused = error
                    .is_err_and(|error| matches!(error.kind(), ErrorKind::InvalidValue | ErrorKind::ValueValidation));
                let is_tried = VALUES.iter().any(|(_, tried, ..)| tried.split(' ').next() == Some(&name));
                assert!(!is_refused || is_tried, "{line:?} {option:?}");
            }
        }
    }

    #[test]
    fn what_is_missing_surplus_or_mistaken_is_told_with_what_to_write() {
        for (line, expected) in [
            ("check x --framwork seqf", "there is no option `--framwork`; did you mean `--framework`?"),
            ("check x --zzzzzz", "there is no option `--zzzzzz`"),
            ("check x -annotate", "there is no option `-a`; did you mean `--annotate`?"),
            ("waive x.xlsx", "`<RULE>` is missing; for example:"),
            ("check x --out o", "`--out` is an option of run, merge, annotate, strip and compare, not of check"),
            ("run in --annotate --out o", "`--annotate` is an option of check, not of run"),
            ("x.xlsx --out o", "and the command stands first"),
            ("run in more --out o", "there is no place for `more`; write `scrutineer run "),
            (
                "run in",
                "`--out <OUT>` is missing: the folder to write to; for example: `scrutineer run returns --out out`",
            ),
            ("run --out o", "`<FOLDER>` is missing: the folder with the season's returns"),
            ("compare a", "`<AFTER>` is missing: what is after"),
            ("waive o r", "`--by <NAME>` is missing: who decided so"),
            ("run in --in o", "there is no option `--in`"),
            ("check x --quiet --verbose", "`--quiet` and `--verbose` can\u{2019}t stand together; leave one out"),
            ("check x --fail-on error --fail-on note", "`--fail-on` stands twice; leave one out"),
            ("check x --season", "`--season` has nothing after it; write `--season <FILE>`"),
            ("check x --format", "`--format` has nothing after it; it can be human, plain, "),
            ("check x --quiet=yes", "`--quiet` has nothing after it; leave out `yes`"),
            ("explain --figure a", "write `--figure <ID> <OUT>`"),
            ("framework lst", "there is no `scrutineer framework lst`; did you mean `list`?"),
            ("framework zzzzzz", "; there are list, show, check, diff, functions and schema"),
            (
                "completions tcsh",
                "`tcsh` can\u{2019}t be used: it can be bash, elvish, fish, nushell, powershell or zsh",
            ),
            ("completions", "`<SHELL>` is missing: the shell"),
        ] {
            let words: Vec<&str> = line.split(' ').collect();
            let told = told(&words);
            assert!(told.starts_with("error: ") && told.contains(expected), "{line}\n{told}");
            assert!(INNER.iter().all(|word| !told.contains(word)), "{line}\n{told}");
            assert!(told.ends_with("is used."), "{told}");
        }
    }
}
