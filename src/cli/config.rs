//! A season's settings: `season.toml` as written, then as checked.
//!
//! Everything has a default, and no file is needed. What isn't known is refused, with the nearest known word, since a
//! setting without effect is worse than none.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;

use super::args::SeasonArgs;
use super::consolidation::ConsolidationTable;
use super::day_text::{DayText, day};
use super::house_style::{HouseStyle, ReportsTable};
use super::limits::Allowed;
use super::place::{ConfigError, Place, named, plain};
use super::slip;
use super::waiver::{self, WaiverTable};
use crate::batch::grading::{Grading, RuleStatus};
use crate::batch::plan::SETTINGS;
use crate::batch::store;
use crate::batch::waiver::Waivers;
use crate::catalogue;
use crate::figure::Disclosure;
use crate::finding::Severity;
use crate::framework::{Framework, StepId};
use crate::holiday::Holidays;
use crate::outcome::consolidation::Declared;
use crate::schedule::SeasonDates;
use crate::season::Roster;
use crate::season::moderation::Draw;
use crate::wording::{Wording, near_hint};

/// A season's settings as they are written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct SeasonFile {
    /// The season's title, for reports.
    title: Option<String>,
    /// The day as of which deadlines are judged, and from which ages count where a return doesn't say: `"2025-10-31"`.
    data_date: Option<Spanned<DayText>>,
    /// The day of letters, from which what they ask for is due: `"2025-11-28"`; without it, the data date.
    letter_date: Option<Spanned<DayText>>,
    /// Days on which nobody works, beside the bank holidays.
    #[serde(default)]
    holidays: Vec<Spanned<DayText>>,
    /// When organisations' steps were done of which returns don't say it, by organisation and step.
    #[serde(default)]
    done: BTreeMap<String, BTreeMap<String, Spanned<DayText>>>,
    /// The least severity that ends in exit code 1.
    fail_on: Option<Severity>,
    /// Whether senders are also asked about what nearly every return has.
    #[serde(default)]
    ask_everybody: bool,
    /// A folder with packs of further frameworks, from where this file is.
    frameworks: Option<Spanned<PathBuf>>,
    /// A CSV that says who was expected, from where this file is.
    roster: Option<Spanned<PathBuf>>,
    /// Last season's outputs, or their `data/results.json`, from where this file is.
    previous: Option<Spanned<PathBuf>>,
    /// Beyond what a workbook isn't read, by the limits' names.
    #[serde(default)]
    limits: BTreeMap<Spanned<String>, u64>,
    /// By what returns are grouped: columns of the roster, or fields of the cover; else by region and all columns of the roster.
    group_by: Option<Vec<Spanned<String>>>,
    /// The organisations that agreed to be named with their strengths in what is passed on.
    #[serde(default)]
    share_strengths: Vec<String>,
    /// What small groups may show.
    #[serde(default)]
    disclosure: DisclosureTable,
    /// How parts of an organisation make the whole, where no return names a rule.
    consolidation: Option<ConsolidationTable>,
    /// Which returns a moderator looks at.
    #[serde(default)]
    moderation: ModerationTable,
    /// What is expected of assessors.
    #[serde(default)]
    assessors: AssessorsTable,
    /// How reports and the season workbook look.
    #[serde(default)]
    reports: ReportsTable,
    /// What the season makes of rules: `off`, `note`, `warning` or `error`, by the rule's name.
    #[serde(default)]
    rule_status: BTreeMap<Spanned<String>, RuleStatus>,
    /// Which findings stand as they are, by the team's decision.
    #[serde(default)]
    waivers: Vec<WaiverTable>,
}

/// What small groups may show, as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct DisclosureTable {
    /// Groups of fewer returns or people are hidden; 1 hides nothing.
    k: Option<Spanned<i64>>,
    /// Quartiles, lowest and highest values need this many contributors.
    quantiles: Option<Spanned<i64>>,
    /// Counts of people are shown to the nearest multiple of this.
    rounding: Option<Spanned<i64>>,
}

/// Which returns a moderator looks at, as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct ModerationTable {
    /// How many of each framework are drawn; else the square root of those that count, rounded up, with five by chance at least of twenty or more.
    returns: Option<Spanned<i64>>,
    /// What the first draw hangs on; else what the workbooks hold.
    seed: Option<String>,
    /// The list of returns that were drawn, which keeps the draw, with what moderators say filled in; from where this file is.
    results: Option<Spanned<PathBuf>>,
}

/// What is expected of assessors, as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct AssessorsTable {
    /// Within how many percentage points of an average assessor one is within tolerance.
    tolerance: Option<Spanned<i64>>,
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
    /// Whether senders are also asked about what nearly every return has.
    pub(super) asks_everybody: bool,
    /// A folder with packs of further frameworks.
    pub(super) frameworks: Option<PathBuf>,
    /// A CSV that says who was expected; `None` where none is named.
    pub(super) roster: Option<PathBuf>,
    /// Last season's outputs or results, with their place in the file; `None` where none are named.
    pub(super) previous: Option<(Place, PathBuf)>,
    /// Beyond what a workbook isn't read.
    pub(super) allowed: Allowed,
    /// By what returns are grouped, each with its place in the file; `None` where nothing is said.
    pub(super) group_by: Option<Vec<(Place, String)>>,
    /// The organisations that agreed to be named with their strengths in what is passed on.
    pub(super) shared_strengths: Vec<String>,
    /// What small groups may show.
    pub(super) disclosure: Disclosure,
    /// How parts of an organisation make the whole where no return names a rule; `None` leaves it to the framework.
    pub(super) consolidation: Option<Declared>,
    /// How moderators' returns are drawn.
    pub(super) moderation: Draw,
    /// What moderators say; `None` where no list is named.
    pub(super) moderated: Option<PathBuf>,
    /// Within how many percentage points of an average assessor one is within tolerance; `None` is the usual.
    pub(super) tolerance: Option<u32>,
    /// How reports and the season workbook look.
    pub(super) house_style: HouseStyle,
    /// What the season makes of rules.
    pub(super) grading: Grading,
    /// Which findings stand as they are.
    pub(super) waivers: Waivers,
}

impl Config {
    /// Refuses a grouping that neither the roster nor a framework's cover knows.
    pub(super) fn check_groups(&self, frameworks: &[Framework], roster: Option<&Roster>) -> Result<(), ConfigError> {
        let columns = roster.map_or_else(Vec::new, Roster::columns);
        let fields = frameworks.iter().flat_map(|framework| &framework.fields).map(|field| field.id.as_str());
        let grouping: Vec<&str> = columns.into_iter().chain(fields).collect();
        for (place, name) in self.group_by.iter().flatten() {
            if !grouping.contains(&name.as_str()) {
                let hint = near_hint(name, &grouping);
                let message =
                    format!("neither the roster has a column `{name}` nor a cover a field of this name{hint}");
                return Err(place.wrong(message));
            }
        }
        Ok(())
    }
}

/// Returns the season's settings: of the file that is named, else of the nearest one in or above a folder.
pub(super) fn load(args: &SeasonArgs, start: &Path) -> Result<Config, ConfigError> {
    let nearest = || (!args.isolated).then(|| nearest_file(start)).flatten();
    match (&args.season, nearest()) {
        (Some(named), _) => load_file(named),
        (None, Some(found)) => load_file(&found).map_err(ConfigError::found),
        (None, None) => Ok(Config::default()),
    }
}

/// Returns the settings of a file.
pub(super) fn load_file(file: &Path) -> Result<Config, ConfigError> {
    checked(file, &store::text(file)?)
}

/// Finds the file in a folder or the nearest one above it.
pub(super) fn nearest_file(start: &Path) -> Option<PathBuf> {
    let start = start.canonicalize().ok()?;
    start.ancestors().find_map(file_in)
}

/// Finds the file in a folder.
pub(super) fn file_in(folder: &Path) -> Option<PathBuf> {
    SETTINGS.iter().find_map(|name| store::called(folder, name))
}

/// Checks what is written.
pub(super) fn checked(file: &Path, text: &str) -> Result<Config, ConfigError> {
    let at = |at: usize| Place::of(file, text, at);
    let wrong = |byte: usize, message: String| at(byte).wrong(message);
    let written: SeasonFile = toml::from_str(text).map_err(|error| {
        let start = error.span().map_or(0, |span| span.start);
        wrong(start, slip::words(text, start, error.message(), &all_settings()))
    })?;
    let dates = dates(&written).map_err(|(at, message)| wrong(at, message))?;
    let mut grading = Grading::default();
    for (rule, status) in &written.rule_status {
        catalogue::check_silenced(rule.get_ref(), "no season can grade it otherwise")
            .map_err(|message| wrong(rule.span().start, message))?;
        grading.0.insert(rule.get_ref().clone(), *status);
    }
    let mut allowed = Allowed::default();
    for (name, most) in &written.limits {
        allowed.set(name.get_ref(), *most).map_err(|message| wrong(name.span().start, message))?;
    }
    let house_style = HouseStyle::checked(written.reports, written.title.as_deref().unwrap_or_default(), &at)?;
    let results = written.moderation.results.as_ref();
    let moderated =
        results.map(|path| named(path, &at, "list or folder of what moderators say", Path::exists)).transpose()?;
    let moderation = moderation(written.moderation, &at)?;
    Ok(Config {
        house_style,
        file: Some(file.to_owned()),
        title: written.title,
        dates,
        told: written.done.into_keys().collect(),
        group_by: written
            .group_by
            .map(|names| names.into_iter().map(|name| (at(name.span().start), name.into_inner())).collect()),
        shared_strengths: written.share_strengths,
        disclosure: disclosure(&written.disclosure, &at)?,
        moderation,
        moderated,
        tolerance: written.assessors.tolerance.map(|points| tolerance(&points, &at)).transpose()?,
        consolidation: written.consolidation.map(|table| table.checked(&at)).transpose()?,
        fail_on: written.fail_on,
        asks_everybody: written.ask_everybody,
        frameworks: written
            .frameworks
            .map(|path| named(&path, &at, "folder of frameworks", Path::is_dir))
            .transpose()?,
        roster: written.roster.map(|path| named(&path, &at, "roster", Path::is_file)).transpose()?,
        previous: written.previous.map(|path| plain(&path, &at)).transpose()?,
        allowed,
        grading,
        waivers: waiver::checked(written.waivers, &at)?,
    })
}

/// Returns the settings that each table may have, by its name; those outside of tables stand under no name.
fn settings_below() -> BTreeMap<String, Vec<String>> {
    let known = |table: &str| {
        let refused = toml::from_str::<SeasonFile>(&format!("{table}\n\"?\" = 0")).err();
        refused.map_or_else(Vec::new, |error| slip::known(error.message()))
    };
    let outside = known("");
    let tables = outside.iter().map(|name| (name.clone(), known(&format!("[{name}]"))));
    let mut all: BTreeMap<String, Vec<String>> = tables.filter(|(_, settings)| !settings.is_empty()).collect();
    all.insert(String::new(), outside);
    all
}

/// Returns the settings that each table may have, those too that are names of limits and of rules.
fn all_settings() -> BTreeMap<String, Vec<String>> {
    let mut all = settings_below();
    all.insert("limits".to_owned(), Allowed::default().all().into_keys().map(str::to_owned).collect());
    all.insert("rule_status".to_owned(), catalogue::rules().iter().map(|rule| rule.id.to_owned()).collect());
    all
}

/// Reads all that is said of dates; what is wrong comes with its place.
fn dates(written: &SeasonFile) -> Result<SeasonDates, (usize, String)> {
    let holidays: Vec<Date> = written.holidays.iter().map(day).collect::<Result<_, _>>()?;
    let mut done: BTreeMap<Wording, BTreeMap<StepId, Date>> = BTreeMap::new();
    for (organisation, steps) in &written.done {
        for (step, date) in steps {
            done.entry(Wording::of(organisation)).or_default().insert(step.as_str().into(), day(date)?);
        }
    }
    let data_date = written.data_date.as_ref().map(day).transpose()?;
    let letter_date = written.letter_date.as_ref().map(day).transpose()?.or(data_date);
    Ok(SeasonDates { data_date, letter_date, holidays: Holidays::default().and(holidays), done })
}

/// Refuses steps that no framework's calendar has.
pub(super) fn check_steps(config: &Config, frameworks: &[Framework]) -> Result<(), String> {
    let steps: BTreeSet<&str> =
        frameworks.iter().flat_map(|framework| &framework.calendar).map(|step| step.id.as_str()).collect();
    let unknown = config.dates.done.values().flat_map(BTreeMap::keys).find(|step| !steps.contains(step.as_str()));
    unknown.map_or(Ok(()), |step| {
        let steps: Vec<&str> = steps.iter().copied().collect();
        Err(format!("season.toml: no framework\u{2019}s calendar has a step `{step}`{}", near_hint(step, &steps)))
    })
}

/// Checks what small groups may show.
fn disclosure(written: &DisclosureTable, at: &dyn Fn(usize) -> Place) -> Result<Disclosure, ConfigError> {
    let usual = Disclosure::default();
    let size = |written: Option<&Spanned<i64>>, usual: usize| match written {
        None => Ok(usual),
        Some(size) => usize::try_from(*size.get_ref()).ok().filter(|size| *size > 0).ok_or_else(|| {
            at(size.span().start)
                .wrong(format!("`{}` is no size of a group; write a whole number from 1 on", size.get_ref()))
        }),
    };
    let k = size(written.k.as_ref(), usual.k)?;
    // Who hides nothing means neither quartiles nor people.
    let (quantiles, rounding) = if k == 1 { (1, 1) } else { (usual.quantiles.max(k), usual.rounding) };
    Ok(Disclosure {
        k,
        quantiles: size(written.quantiles.as_ref(), quantiles)?,
        rounding: size(written.rounding.as_ref(), rounding)?,
    })
}

/// Checks how moderators' returns are drawn.
fn moderation(written: ModerationTable, at: &dyn Fn(usize) -> Place) -> Result<Draw, ConfigError> {
    let many = |many: Spanned<i64>| {
        let refused = format!("`{}` is no number of returns; write a whole number from 0 on", many.get_ref());
        usize::try_from(*many.get_ref()).map_err(|_| at(many.span().start).wrong(refused))
    };
    Ok(Draw { seed: written.seed, returns: written.returns.map(many).transpose()? })
}

/// Checks what is expected of assessors.
fn tolerance(points: &Spanned<i64>, at: &dyn Fn(usize) -> Place) -> Result<u32, ConfigError> {
    let is_known = (1..=100).contains(points.get_ref());
    u32::try_from(*points.get_ref()).ok().filter(|_| is_known).ok_or_else(|| {
        at(points.span().start)
            .wrong(format!("`{}` is no tolerance; write whole percentage points from 1 to 100", points.get_ref()))
    })
}

#[cfg(test)]
mod tests {
    use super::super::consolidation::written;
    use super::*;
    use crate::workbook::Source;

    fn check(text: &str) -> Result<Config, String> {
        checked(Path::new("in/season.toml"), text).map_err(|error| error.to_string())
    }

    #[test]
    fn settings_are_read_as_written() {
        assert_eq!(check("[assessors]\ntolerance = 5").unwrap().tolerance, Some(5));
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
        let seeds = [
            ("", None),
            ("title = \"T\"", None),
            ("title = \"T\"\n[moderation]\nseed = \"S\"\nreturns = 0", Some("S")),
        ];
        for (text, seed) in seeds {
            assert_eq!(check(text).unwrap().moderation.seed.as_deref(), seed, "{text}");
        }
        for share in ["0.6", "\"60%\"", "\"3/5\""] {
            let config = check(&format!("[consolidation]\nrule = \"weighted-share\"\nshare = {share}")).unwrap();
            assert_eq!(
                config.consolidation.map(|rule| written(&rule)).as_deref(),
                Some("weighted-share 0.6"),
                "{share}"
            );
        }
        let config = check(
            "group_by = [\"region\", \"size\"]\n[disclosure]\nk = 10\n[reports]\norganisation = \"Us\"\naccent = \"#FFD400\"\n",
        )
        .unwrap();
        assert_eq!(config.disclosure, Disclosure { k: 10, quantiles: 10, rounding: 5 });
        assert_eq!(config.house_style.settings, ["organisation", "accent"]);
        let roster = Source::new("roster.csv", b"organisation,sizes\nAcme,small\n".to_vec());
        let roster = Roster::read(&roster, &[]).unwrap();
        let refused = config.check_groups(&[], Some(&roster));
        assert!(
            refused
                .unwrap_err()
                .to_string()
                .starts_with("in/season.toml:1:13: neither the roster has a column `region`")
        );
    }

    #[test]
    fn days_stand_in_quotes_or_without() {
        for day in ["\"2025-10-31\"", "2025-10-31", "2025-10-31T00:00:00"] {
            let config = check(&format!("data_date = {day}\nholidays = [{day}]\n[done.Acme]\nreport = {day}")).unwrap();
            assert_eq!(config.dates.data_date, Some(jiff::civil::date(2025, 10, 31)), "{day}");
            assert_eq!(config.dates.done[&Wording::of("Acme")]["report"], jiff::civil::date(2025, 10, 31), "{day}");
        }
    }

    #[test]
    #[expect(clippy::too_many_lines, reason = "a table of slips")]
    fn slips_are_explained_without_words_of_the_program() {
        let cases = [
            ("[disclosure]\nk = \"five\"", "2:5: `k` is to be a whole number without quotes, such as `k = 5`"),
            ("title = 5", "1:9: `title` is to be one text in quotes"),
            ("title = [\"a\"]", "1:9: `title` is to be one text in quotes"),
            ("title = 2025-10-31", "1:9: `title` is to be one text in quotes"),
            ("roster = 5", "1:10: `roster` is to be one text in quotes"),
            ("group_by = \"region\"", "1:12: `group_by` is to be a list, such as `group_by = ["),
            ("holidays = 2025-12-24", "1:12: `holidays` is to be a list"),
            ("data_date = 5", "1:13: `data_date` is to be a day, such as 2025-10-31; here it is the number 5"),
            (
                "fail_on = \"warn\"",
                "1:11: `fail_on` can\u{2019}t be \"warn\"; write one of \"note\", \"warning\", \"error\"",
            ),
            ("fail_on = 5", "1:11: `fail_on` is to be "),
            ("[limits]\ncells = \"many\"", "2:9: `cells` is to be a whole number"),
            ("[limits]\ncells = -1", "2:9: `cells` can\u{2019}t be the number -1"),
            ("reports = \"blue\"", "1:11: `reports` is to be a table: a line `[reports]`"),
            ("rule_status = \"off\"", "1:15: `rule_status` is to be a table"),
            ("[consolidation]\nshare = 0.5", ": `rule` is missing here"),
            ("title = \"a\"\ntitle = \"b\"", "`title` stands twice"),
            ("title = Autumn", "a text stands in quotes: `title = \"Autumn\"`"),
            ("title Autumn", "this line isn\u{2019}t written as settings are"),
            ("title = \u{201c}Autumn\u{201d}", "write straight ones: `title = \"Autumn\"`"),
            ("\ntitle = \u{2018}Autumn\u{2019}", ":2:9: these quotes are those of a word processor"),
            ("title = \u{ab}Autumn\u{bb}", "write straight ones: `title = \"Autumn\"`"),
            ("holidays = [\u{201e}2025-12-24\u{201c}]", "write straight ones: `holidays = [\"2025-12-24\"]`"),
            (
                "[consolidation]\nrule = \"share\"\nshare = 0,6",
                ":3:10: decimals are written with a point: `share = 0.6`",
            ),
            (
                "[limits]\ncells = 8,000,000",
                ":2:10: numbers are written without marks between their digits: `cells = 8000000`",
            ),
            (
                "[limits]\ncells = 8.000.000",
                ": numbers are written without marks between their digits: `cells = 8000000`",
            ),
            (
                "[limits]\ncells = 800,000 # many",
                ": numbers are written without marks between their digits: `cells = 800000`",
            ),
            ("data_date = 31.10.2025", ": a day is written with the year first"),
            ("data_date = 31/10/2025", ": a day is written with the year first"),
            ("data_date = 31-10-2025", ": a day is written with the year first"),
            ("data_date = 2025/10/31", ": a day is written with the year first"),
            ("data_date = 31 October 2025", ": a day is written with the year first"),
            ("data_date = 31st October 2025", ": a day is written with the year first"),
            ("holidays = [24.12.2025]", ": a day is written with the year first"),
            ("ask_everybody = True", ": write true or false, in small letters and without quotes"),
            ("ask_everybody = yes", ": write true or false, in small letters and without quotes"),
            ("ask_everybody = \"true\"", "`ask_everybody` is to be true or false without quotes"),
            ("ask_everybody = 1", "`ask_everybody` is to be true or false without quotes"),
            ("title: Autumn", ": an equals sign stands after the name: `title = Autumn`"),
            ("[rule_status]\nsheet-renamed = off", ":2:17: the word stands in quotes: `sheet-renamed = \"off\"`"),
            ("[rule_status]\nsheet-renamed = Off # for now", ": the word stands in quotes: `sheet-renamed = \"off\"`"),
            ("rule_status.sheet-renamed = off", ": the word stands in quotes: `rule_status.sheet-renamed = \"off\"`"),
            ("[waivers]\nrule = \"a\"", ": `[waivers]` can stand several times; each begins with a line `[[waivers]]`"),
            ("[[waiver]]\nrule = \"a\"", "there is no setting `waiver`; did you mean `waivers`?"),
            ("data_date = 2025-02-30", ": there is no day 2025-02-30 in the calendar"),
            ("[reports]\naccent = #17415f", ": a colour stands in quotes: `accent = \"#17415f\"`"),
            ("; a remark", ": a remark begins with `#`"),
            ("// a remark", ": a remark begins with `#`"),
            ("title = \"Autumn", ": a quote has no other"),
            ("title = Autumn\"", ": a quote has no other"),
            ("[reports\nlogo = \"x\"", ": the brackets don\u{2019}t match: `[reports]`"),
            (
                "[done.Acme Works]\nreport = 2025-10-31",
                ": a name with blanks stands in quotes here: `[done.\"Acme Works\"]`",
            ),
            ("[Reports]\nlogo = \"x\"", "1:2: there is no setting `Reports`; did you mean `reports`?"),
            ("[limit]\ncells = 5", "1:2: there is no setting `limit`; did you mean `limits`?"),
            (
                "[reports]\ncontact = \"a\"\n[reports]\naccent = \"#17415f\"",
                ":3:2: `[reports]` stands twice; move what stands below it to the first",
            ),
            ("[[reports]]\ncontact = \"a\"", "`[[reports]]` is to be one table: a line `[reports]`"),
            (
                "[reports]\nroster = \"who.csv\"",
                ":2:1: `roster` is no setting of `[reports]`; move its line to the top",
            ),
            ("k = 5", ":1:1: `k` stands in the wrong place; move its line to below a line `[disclosure]`"),
            ("[reports]\nlogo = \"art\\new.png\"", "2:8: a backslash in double quotes"),
            ("[reports]\ntemplates = \"our\\templates\"", "2:13: a backslash in double quotes"),
            ("previous = \"..\\2024\\out\"", ": a backslash in double quotes"),
            ("frameworks = \"\\\\server\\new packs\"", ": a backslash in double quotes"),
            ("roster = \"C:\\Users\\who.csv\"", "a backslash in double quotes"),
            ("roster = \"C:\\season\\who.csv\"", "a backslash in double quotes"),
            ("roster = \"C:\\new\\table.csv\"", "a backslash in double quotes"),
        ];
        let inner = ["expected", "invalid", "i64", "u64", "struct", "sequence", " map", "field", "variant", "serde"];
        for (text, expected) in cases {
            let told = check(text).unwrap_err();
            assert!(told.contains(expected), "{text}\n{told}");
            assert!(inner.iter().all(|word| !told.contains(word)), "{text}\n{told}");
        }
    }

    /// Settings as a person writes them in an editor that saves in some letters of its own.
    fn saved(text: &str) -> Vec<(&'static str, Vec<u8>)> {
        let wide = |bytes: fn(u16) -> [u8; 2], mark: &str| -> Vec<u8> {
            format!("{mark}{text}").encode_utf16().flat_map(bytes).collect()
        };
        vec![
            ("UTF-8", text.as_bytes().to_vec()),
            ("UTF-8 with a mark", format!("\u{feff}{text}").into_bytes()),
            ("UTF-16 of Notepad", wide(u16::to_le_bytes, "\u{feff}")),
            ("UTF-16, the other way round", wide(u16::to_be_bytes, "\u{feff}")),
            ("UTF-16 without a mark", wide(u16::to_le_bytes, "")),
            ("the letters of Windows", encoding_rs::WINDOWS_1252.encode(text).0.into_owned()),
        ]
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "the test lays out files of its own")]
    fn settings_are_found_and_read_however_an_editor_saves_and_names_them() {
        for name in ["season.toml", "Season.toml", "season.toml.txt", "Season.TOML.txt"] {
            for (ending, text) in
                [("\n", "title = \"Ynys M\u{f4}n\"\nk = 5\n"), ("\r\n", "title = \"Ynys M\u{f4}n\"\r\nk = 5\r\n")]
            {
                for (letters, bytes) in saved(text) {
                    let folder = tempfile::tempdir().unwrap();
                    std::fs::create_dir(folder.path().join("returns")).unwrap();
                    let sound =
                        saved(&text.replace("k = 5", "")).into_iter().find(|(other, _)| *other == letters).unwrap();
                    std::fs::write(folder.path().join(name), sound.1).unwrap();
                    let file = nearest_file(&folder.path().join("returns")).unwrap();
                    assert_eq!(
                        load_file(&file).unwrap().title.as_deref(),
                        Some("Ynys M\u{f4}n"),
                        "{name}, {letters}, {ending:?}"
                    );
                    std::fs::write(&file, bytes).unwrap();
                    let told = load_file(&file).unwrap_err().to_string();
                    assert!(told.contains(":2:1: `k` stands in the wrong place"), "{name}, {letters}: {told}");
                }
            }
        }
    }

    #[test]
    fn every_setting_in_another_table_is_told_its_own() {
        let settings = settings_below();
        assert!(settings.len() > 4, "{settings:?}");
        let homes = |name: &String| settings.values().filter(|known| known.contains(name)).count();
        for (home, name) in settings.iter().flat_map(|(home, known)| known.iter().map(move |name| (home, name))) {
            for other in settings.keys().filter(|other| *other != home && homes(name) == 1) {
                let head = if other.is_empty() { String::new() } else { format!("[{other}]\n") };
                let told = check(&format!("{head}{name} = 1\n")).unwrap_err();
                let expected = if home.is_empty() { "move its line to the top" } else { home };
                assert!(told.contains(&format!("`{name}`")) && told.contains(expected), "{other} {name}: {told}");
            }
        }
    }

    #[test]
    fn a_setting_with_a_slip_in_its_name_is_told_the_name() {
        for (table, name) in
            settings_below().iter().flat_map(|(table, known)| known.iter().map(move |name| (table, name)))
        {
            let head = if table.is_empty() { String::new() } else { format!("[{table}]\n") };
            let mut slips = vec![name.to_uppercase(), format!("{}{}", name[..1].to_uppercase(), &name[1..])];
            slips.push(name.replace('_', "-"));
            if name.len() > 3 {
                slips.extend([
                    format!("{name}s"),
                    name[..name.len() - 1].to_owned(),
                    format!("{}{}{}", &name[..1], &name[2..3], &name[1..2]) + &name[3..],
                ]);
            }
            for slip in slips.iter().filter(|slip| *slip != name && !slip.is_empty()) {
                let told = check(&format!("{head}{slip} = 1\n")).unwrap_err();
                assert!(
                    told.ends_with(&format!("did you mean `{name}`?")) || told.contains(&format!("`{slip}` stands in")),
                    "{table} {slip}: {told}"
                );
            }
            let blank = name.replace('_', " ");
            if blank != *name {
                let told = check(&format!("{head}{blank} = 1\n")).unwrap_err();
                assert!(told.contains(&format!("write `{name}`")), "{blank}: {told}");
            }
        }
    }

    #[test]
    fn what_is_wrong_is_told_with_its_place() {
        let cases = [
            ("titel = \"x\"", "in/season.toml:1:1: there is no setting `titel`; did you mean `title`?"),
            (
                "\ndata_date = \"31.10.2025\"",
                "in/season.toml:2:13: `31.10.2025` is no day as it is written here: the year first, then month and day, such as 2025-10-31",
            ),
            ("[limits]\ncell = 5", "in/season.toml:2:1: there is no limit `cell`; did you mean `cells`?"),
            (
                "holidays = [\"2025-02-29\"]",
                "in/season.toml:1:13: `2025-02-29` is no day of the calendar; write one, such as 2025-10-31",
            ),
            (
                "[done.Acme]\npapers = \"soon\"",
                "in/season.toml:2:10: `soon` is no day as it is written here: the year first, then month and day, such as 2025-10-31",
            ),
            (
                "[reports]\norganisaton = \"x\"",
                "in/season.toml:2:1: there is no setting `organisaton`; did you mean `organisation`?",
            ),
            (
                "[reports]\naccent = \"blue\"",
                "in/season.toml:2:10: `blue` is not a colour; write it as `#` and six digits of 0-9 and a-f, such as `#1f4e79`",
            ),
            ("[disclosure]\nk = 0", "in/season.toml:2:5: `0` is no size of a group; write a whole number from 1 on"),
            ("[disclosure]\nq = 5", "in/season.toml:2:1: there is no setting `q`; there are: k, quantiles, rounding"),
            (
                "[consolidation]\nrule = \"most\"",
                "in/season.toml:2:8: there is no rule `most`; the rules are all, any, majority, share, weighted-share",
            ),
            (
                "[consolidation]\nrule = \"share\"",
                "in/season.toml:2:8: `share` asks for a share: add `share`, such as 0.75 or \"75%\"",
            ),
            (
                "[consolidation]\nrule = \"all\"\nshare = 0.5",
                "in/season.toml:3:9: `all` asks for no share; take `share` out",
            ),
            (
                "[consolidation]\nrule = \"share\"\nshare = 75",
                "in/season.toml:3:9: `75` is no share; write one from 0 to 1, such as 0.75",
            ),
            (
                "[assessors]\ntolerance = 101",
                "in/season.toml:2:13: `101` is no tolerance; write whole percentage points from 1 to 100",
            ),
            (
                "[moderation]\nreturns = -1",
                "in/season.toml:2:11: `-1` is no number of returns; write a whole number from 0 on",
            ),
            (
                "[consolidation]\nrules = \"all\"",
                "in/season.toml:2:1: there is no setting `rules`; did you mean `rule`?",
            ),
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
