//! A season's settings: `season.toml` as written, then as checked.
//!
//! Everything has a default, and no file is needed. What isn't known is refused, with the nearest known word, since a
//! setting without effect is worse than none.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;

use super::args::ReviewArgs;
use super::limits::Allowed;
use crate::batch::grading::{Grading, RuleStatus};
use crate::batch::store::{self, StoreError};
use crate::catalogue;
use crate::finding::Severity;
use crate::framework::Framework;
use crate::holiday::Holidays;
use crate::schedule::SeasonDates;
use crate::wording::{Wording, nearest};

/// The file's name.
const NAME: &str = "season.toml";

/// A season's settings as they are written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct SeasonFile {
    /// The season's title, for reports.
    title: Option<String>,
    /// The day as of which deadlines are judged, and from which ages count where a return doesn't say: `"2025-10-31"`.
    data_date: Option<Spanned<String>>,
    /// Days on which nobody works, beside the bank holidays.
    #[serde(default)]
    holidays: Vec<Spanned<String>>,
    /// When organisations' steps were done of which returns don't say it, by organisation and step.
    #[serde(default)]
    done: BTreeMap<String, BTreeMap<String, Spanned<String>>>,
    /// The least severity that ends in exit code 1.
    fail_on: Option<Severity>,
    /// A folder with packs of further frameworks, from where this file is.
    frameworks: Option<PathBuf>,
    /// A CSV that says who was expected, from where this file is.
    roster: Option<PathBuf>,
    /// Beyond what a workbook isn't read, by the limits' names.
    #[serde(default)]
    limits: BTreeMap<Spanned<String>, u64>,
    /// What the season makes of rules: `off`, `note`, `warning` or `error`, by the rule's name.
    #[serde(default)]
    rule_status: BTreeMap<Spanned<String>, RuleStatus>,
}

/// A season's settings, checked.
#[derive(Clone, Debug, Default)]
pub(super) struct Config {
    /// The file they come from; `None` where there is none.
    pub(super) file: Option<PathBuf>,
    /// The season's title.
    pub(super) title: Option<String>,
    /// The season's data date, its own holidays, and what it says of steps.
    pub(super) dates: SeasonDates,
    /// The organisations of which it says when steps were done, as written.
    pub(super) told: Vec<String>,
    /// The least severity that ends in exit code 1.
    pub(super) fail_on: Option<Severity>,
    /// A folder with packs of further frameworks.
    pub(super) frameworks: Option<PathBuf>,
    /// A CSV that says who was expected; `None` where none is named.
    pub(super) roster: Option<PathBuf>,
    /// Beyond what a workbook isn't read.
    pub(super) allowed: Allowed,
    /// What the season makes of rules.
    pub(super) grading: Grading,
}

/// Why a season's settings can't be used.
#[derive(Debug, thiserror::Error)]
pub(super) enum ConfigError {
    /// The file can't be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Something in it is wrong.
    #[error("{file}:{line}:{column}: {message}")]
    Wrong {
        /// The file.
        file: String,
        /// The line, from one.
        line: usize,
        /// The column, from one.
        column: usize,
        /// What is wrong.
        message: String,
    },
}

/// Returns the season's settings: of the file that is named, else of the nearest one in or above a folder.
pub(super) fn load(args: &ReviewArgs, start: &Path) -> Result<Config, ConfigError> {
    let nearest = || (!args.isolated).then(|| nearest_file(start)).flatten();
    let file = args.season.clone().or_else(nearest);
    file.map_or_else(|| Ok(Config::default()), |file| load_file(&file))
}

/// Returns the settings of a file.
pub(super) fn load_file(file: &Path) -> Result<Config, ConfigError> {
    checked(file, &store::text(file)?)
}

/// Finds the file in a folder or the nearest one above it.
fn nearest_file(start: &Path) -> Option<PathBuf> {
    let start = start.canonicalize().ok()?;
    start.ancestors().map(|folder| folder.join(NAME)).find(|file| file.is_file())
}

/// Checks what is written.
fn checked(file: &Path, text: &str) -> Result<Config, ConfigError> {
    let wrong = |at: usize, message: String| {
        let (line, column) = position(text, at);
        ConfigError::Wrong { file: file.display().to_string(), line, column, message }
    };
    let written: SeasonFile = toml::from_str(text)
        .map_err(|error| wrong(error.span().map_or(0, |span| span.start), hinted(error.message())))?;
    let dates = dates(&written).map_err(|(at, message)| wrong(at, message))?;
    let mut grading = Grading::default();
    for (rule, status) in &written.rule_status {
        check_rule(rule.get_ref()).map_err(|message| wrong(rule.span().start, message))?;
        grading.0.insert(rule.get_ref().clone(), *status);
    }
    let mut allowed = Allowed::default();
    for (name, most) in &written.limits {
        allowed.set(name.get_ref(), *most).map_err(|message| wrong(name.span().start, message))?;
    }
    let beside = |path: PathBuf| file.parent().map_or_else(|| path.clone(), |folder| folder.join(&path));
    Ok(Config {
        file: Some(file.to_owned()),
        title: written.title,
        dates,
        told: written.done.into_keys().collect(),
        fail_on: written.fail_on,
        frameworks: written.frameworks.map(beside),
        roster: written.roster.map(beside),
        allowed,
        grading,
    })
}

/// Reads all that is said of dates; what is wrong comes with its place.
fn dates(written: &SeasonFile) -> Result<SeasonDates, (usize, String)> {
    let day = |date: &Spanned<String>| {
        let read = date.get_ref().parse::<Date>();
        read.map_err(|_| (date.span().start, format!("`{}` is no date such as 2025-10-31", date.get_ref())))
    };
    let holidays: Vec<Date> = written.holidays.iter().map(day).collect::<Result<_, _>>()?;
    let mut done: BTreeMap<Wording, BTreeMap<String, Date>> = BTreeMap::new();
    for (organisation, steps) in &written.done {
        for (step, date) in steps {
            done.entry(Wording::of(organisation)).or_default().insert(step.clone(), day(date)?);
        }
    }
    let data_date = written.data_date.as_ref().map(day).transpose()?;
    Ok(SeasonDates { data_date, holidays: Holidays::default().and(holidays), done })
}

/// Refuses steps that no framework's calendar has.
pub(super) fn check_steps(config: &Config, frameworks: &[Framework]) -> Result<(), String> {
    let known: BTreeSet<&str> =
        frameworks.iter().flat_map(|framework| &framework.calendar).map(|step| step.id.as_str()).collect();
    let unknown = config.dates.done.values().flat_map(BTreeMap::keys).find(|step| !known.contains(step.as_str()));
    unknown.map_or(Ok(()), |step| {
        let known: Vec<&str> = known.iter().copied().collect();
        Err(format!("season.toml: no framework\u{2019}s calendar has a step `{step}`{}", near_hint(step, &known)))
    })
}

/// Refuses rules that aren't known, or that nothing can silence. Frameworks' own rules are known to them alone.
fn check_rule(rule: &str) -> Result<(), String> {
    if catalogue::is_always_told(rule) {
        return Err(format!("`{rule}` is always told as it is; no season can grade it otherwise"));
    }
    if catalogue::find(rule).is_some() || rule.contains('/') {
        return Ok(());
    }
    let names: Vec<&str> = catalogue::rules().iter().map(|rule| rule.id).collect();
    Err(format!("there is no rule `{rule}`{}", near_hint(rule, &names)))
}

/// Adds the nearest known key to a message that refuses a key.
fn hinted(message: &str) -> String {
    let known = ["title", "data_date", "holidays", "done", "fail_on", "frameworks", "roster", "limits", "rule_status"];
    let key = message.strip_prefix("unknown field `").and_then(|rest| rest.split('`').next());
    key.map_or_else(|| message.to_owned(), |key| format!("there is no setting `{key}`{}", near_hint(key, &known)))
}

/// Returns the nearest of the known words as the end of a sentence, where one is near.
pub(super) fn near_hint(word: &str, known: &[&str]) -> String {
    nearest(word, known.iter().copied(), 0.6).map_or_else(String::new, |near| format!("; did you mean `{near}`?"))
}

/// Returns the line and column of a byte, both from one.
fn position(text: &str, at: usize) -> (usize, usize) {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line, column)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str) -> Result<Config, String> {
        checked(Path::new("in/season.toml"), text).map_err(|error| error.to_string())
    }

    #[test]
    fn settings_are_read_as_written() {
        let config = check(
            "title = \"Autumn\"\ndata_date = \"2025-10-31\"\nfail_on = \"warning\"\nframeworks = \"packs\"\n\
             roster = \"who.csv\"\nholidays = [\"2025-12-24\"]\n[limits]\ncells = 8_000_000\n[rule_status]\n\
             sheet-renamed = \"off\"\n\"seqf/own\" = \"error\"\n[done.\"Acme Works\"]\ndraft_report = \"2025-10-01\"\n",
        )
        .unwrap();
        assert_eq!(config.title.as_deref(), Some("Autumn"));
        assert_eq!(config.dates.data_date, Some(jiff::civil::date(2025, 10, 31)));
        assert_eq!(config.dates.done[&Wording::of("ACME works")]["draft_report"], jiff::civil::date(2025, 10, 1));
        let christmas_eve = jiff::civil::date(2025, 12, 24);
        assert!(!config.dates.holidays.is_working_day(christmas_eve, crate::holiday::Nation::Scotland));
        assert_eq!(config.fail_on, Some(Severity::Warning));
        assert_eq!(config.frameworks, Some(PathBuf::from("in/packs")));
        assert_eq!(config.roster, Some(PathBuf::from("in/who.csv")));
        assert_eq!(config.allowed.limits.cells, 8_000_000);
        assert_eq!(config.grading.0.len(), 2);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        let cases = [
            ("titel = \"x\"", "in/season.toml:1:1: there is no setting `titel`; did you mean `title`?"),
            ("\ndata_date = \"31.10.2025\"", "in/season.toml:2:13: `31.10.2025` is no date such as 2025-10-31"),
            ("[limits]\ncell = 5", "in/season.toml:2:1: there is no limit `cell`; did you mean `cells`?"),
            ("holidays = [\"2025-02-29\"]", "in/season.toml:1:13: `2025-02-29` is no date such as 2025-10-31"),
            ("[done.Acme]\npapers = \"soon\"", "in/season.toml:2:10: `soon` is no date such as 2025-10-31"),
            (
                "[rule_status]\nsheet-renamd = \"off\"",
                "in/season.toml:2:1: there is no rule `sheet-renamd`; did you mean `sheet-renamed`?",
            ),
            (
                "[rule_status]\nreview-failed = \"off\"",
                "in/season.toml:2:1: `review-failed` is always told as it is; no season can grade it otherwise",
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(check(text).unwrap_err(), expected, "{text}");
        }
    }
}
