//! `--show-settings`: what a run would go by, and where each setting comes from.
//!
//! A setting on the line counts before one in the environment, and that before `season.toml`.

use std::collections::BTreeMap;

use clap::ArgMatches;
use clap::parser::ValueSource;
use textwrap::core::display_width;

use super::args::{FailOn, ReviewArgs};
use super::console::Screen;
use super::consolidation;
use super::work::Setup;
use crate::finding::Severity;

/// The widest column of values; longer ones reach into what is beside them.
const MOST_OF_VALUE: usize = 40;

/// Which options the environment gave; all others stand on the line.
#[derive(Debug, Default)]
pub(super) struct Origins(BTreeMap<String, ValueSource>);

impl Origins {
    /// Finds out where the options of a line come from, those of its command included.
    pub(super) fn of(matches: &ArgMatches) -> Self {
        let matches = matches.subcommand().map_or(matches, |(_, inner)| inner);
        let ids = matches.ids().map(clap::Id::as_str);
        // Groups of options have names too, but no source.
        let sources = ids.filter_map(|id| Some((id.to_owned(), matches.value_source(id)?)));
        Self(sources.collect())
    }

    /// Returns where an option comes from, in words.
    fn words(&self, option: &str) -> String {
        if self.0.get(option) == Some(&ValueSource::EnvVariable) {
            format!("SCRUTINEER_{}", option.to_uppercase())
        } else {
            format!("--{}", option.replace('_', "-"))
        }
    }
}

/// A setting as it is shown.
struct Setting {
    name: String,
    value: String,
    origin: String,
}

/// Returns all settings of a review as lines: in columns where they fit, else each in a row.
pub(super) fn listed(setup: &Setup, args: &ReviewArgs, origins: &Origins, screen: Screen) -> String {
    let mut settings = general(setup, args, origins);
    settings.extend(limits(setup, args));
    settings.extend(graded(setup));
    settings.extend(waived(setup));
    let wide = |of: fn(&Setting) -> &String| settings.iter().map(|setting| display_width(of(setting))).max();
    let (names, values) = (wide(|setting| &setting.name), wide(|setting| &setting.value));
    let (names, values) = (names.unwrap_or_default(), values.unwrap_or_default().min(MOST_OF_VALUE));
    let in_columns = |Setting { name, value, origin }: &Setting| format!("{name:names$}  {value:values$}  {origin}");
    let in_a_row = |Setting { name, value, origin }: &Setting| format!("{name}: {value} ({origin})");
    let all_fit = settings.iter().all(|setting| display_width(&in_columns(setting)) <= screen.width);
    let lines = settings.iter().map(|setting| if all_fit { in_columns(setting) } else { in_a_row(setting) });
    lines.map(|line| screen.fitted(&line, "    ") + "\n").collect()
}

/// Returns the settings that have an option or a key of their own.
fn general(setup: &Setup, args: &ReviewArgs, origins: &Origins) -> Vec<Setting> {
    let config = &setup.config;
    let file = origin_of_file(setup);
    let usual = || "usual".to_owned();
    let setting = |name: &str, value: Option<String>, origin: String, without: &str| match value {
        Some(value) => Setting { name: name.to_owned(), value, origin },
        None => Setting { name: name.to_owned(), value: without.to_owned(), origin: usual() },
    };
    let season_origin =
        if args.season.season.is_some() { origins.words("season") } else { "found in or above the folder".to_owned() };
    let season = config.file.as_ref().map(|file| file.display().to_string());
    let fail_on = args.fail_on.map(|fail_on: FailOn| (Severity::from(fail_on), origins.words("fail_on")));
    let fail_on = fail_on.or_else(|| Some((config.fail_on?, file.clone())));
    let (fail_on, fail_on_origin) = fail_on.unwrap_or_else(|| (Severity::Error, usual()));
    let jobs = args.jobs.map(|jobs| jobs.to_string());
    let path = |path: &Option<std::path::PathBuf>| path.as_ref().map(|path| path.display().to_string());
    let previous = setup.previous.as_ref();
    let last_origin = if args.previous.is_some() { origins.words("previous") } else { file.clone() };
    vec![
        setting("season", season, season_origin, if args.season.isolated { "none (--isolated)" } else { "none" }),
        setting("title", config.title.clone(), file.clone(), "none"),
        setting("data_date", config.dates.data_date.map(|date| date.to_string()), file.clone(), "each return's own"),
        setting(
            "letter_date",
            config.dates.letter_date.map(|date| date.to_string()),
            file.clone(),
            "the day on which each is sent",
        ),
        setting("framework", args.framework.clone(), origins.words("framework"), "recognised by each workbook"),
        setting("frameworks", path(&config.frameworks), file.clone(), "the program's own"),
        setting(
            "roster",
            path(&config.roster),
            file.clone(),
            "roster.csv or roster.xlsx in the folder or beside it, where there is one",
        ),
        setting(
            "consolidation",
            config.consolidation.as_ref().map(consolidation::written),
            file.clone(),
            "the framework\u{2019}s rule",
        ),
        setting(
            "moderation.returns",
            config.moderation.returns.map(|many| many.to_string()),
            file.clone(),
            "the root of those that count, five by chance",
        ),
        setting("moderation.seed", config.moderation.seed.clone(), file.clone(), "what the workbooks hold"),
        setting("moderation.results", path(&config.moderated), file.clone(), "none"),
        setting("previous", previous.map(|last| last.file.display().to_string()), last_origin, "none"),
        setting("jobs", jobs, origins.words("jobs"), "one for each core"),
        setting("fail_on", Some(fail_on.to_string()), fail_on_origin, "error"),
    ]
}

/// Returns the limits.
fn limits(setup: &Setup, args: &ReviewArgs) -> Vec<Setting> {
    let of_file = setup.config.allowed.unusual();
    let all = setup.allowed.all().into_iter().map(|(name, most)| {
        let origin = if args.limit.iter().any(|(set, _)| set == name) {
            "--limit".to_owned()
        } else if of_file.contains_key(name) {
            origin_of_file(setup)
        } else {
            "usual".to_owned()
        };
        Setting { name: format!("limits.{name}"), value: most.to_string(), origin }
    });
    all.collect()
}

/// Returns what the season waives.
fn waived(setup: &Setup) -> Option<Setting> {
    let many = setup.config.waivers.0.len();
    (many > 0).then(|| Setting { name: "waivers".to_owned(), value: many.to_string(), origin: origin_of_file(setup) })
}

/// Returns the rules that the season grades otherwise.
fn graded(setup: &Setup) -> Vec<Setting> {
    let all = setup.config.grading.0.iter().map(|(rule, status)| Setting {
        name: format!("rule_status.{rule}"),
        value: status.as_str().to_owned(),
        origin: origin_of_file(setup),
    });
    all.collect()
}

fn origin_of_file(setup: &Setup) -> String {
    setup.config.file.as_ref().map_or_else(String::new, |file| file.display().to_string())
}
