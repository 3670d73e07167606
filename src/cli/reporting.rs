//! The reports of a run: how they look, what makes them, and what is said of those that can't be made.

use std::collections::BTreeMap;
use std::time::Duration;

use super::args::RunArgs;
use super::config::Config;
use super::consolidation;
use super::failure::Failure;
use super::house_style::is_for_workbooks;
use crate::batch::Reports;
use crate::batch::typst::TypstOptions;
use crate::document::branding::Branding;
use crate::document::letters::Letters;
use crate::render::typst::{Renderer, Templates};
use crate::words::number_of;

/// How long Typst may take for one report.
const REPORT_TIME: Duration = Duration::from_mins(1);

/// What makes reports, made ready before the returns are reviewed so that a fault in it is told at once.
#[derive(Debug)]
pub(super) struct ReportStyle {
    /// The season's settings.
    pub(super) config: Config,
    /// Whose reports these are.
    pub(super) branding: Branding,
    templates: Templates,
    /// The templates as they are filled in.
    pub(super) renderer: Renderer,
}

impl ReportStyle {
    /// Reads what the season's settings name.
    pub(super) fn new(config: &Config) -> Result<Self, Failure> {
        let loaded = config.house_style.load()?;
        let renderer = Renderer::new(&loaded.templates, Letters::default());
        Ok(Self { config: config.clone(), branding: loaded.branding, templates: loaded.templates, renderer })
    }

    /// Says which settings were used; nothing where there is no file of them.
    pub(super) fn used(&self) -> String {
        let Some(file) = &self.config.file else { return String::new() };
        let mut said: Vec<String> = Vec::new();
        said.extend(self.config.title.as_ref().map(|title| format!("title \u{201c}{title}\u{201d}")));
        let dates = &self.config.dates;
        said.extend(dates.data_date.map(|date| format!("data date {date}")));
        let of_letters = dates.letter_date.filter(|day| dates.data_date.as_ref() != Some(day));
        said.extend(of_letters.map(|date| format!("letters of {date}")));
        said.extend(self.config.previous.iter().map(|(_, path)| format!("last season {}", path.display())));
        said.extend(beside(&self.config));
        if let Some(names) = &self.config.group_by {
            let names: Vec<&str> = names.iter().map(|(_, name)| name.as_str()).collect();
            said.push(format!("grouped by {}", if names.is_empty() { "nothing".to_owned() } else { names.join(", ") }));
        }
        said.extend(
            self.config
                .consolidation
                .iter()
                .map(|rule| format!("parts make the whole by {}", consolidation::written(rule))),
        );
        if self.config.disclosure != crate::figure::Disclosure::default() {
            said.push(format!("figures over fewer than {} hidden", self.config.disclosure.k));
        }
        said.extend(
            self.config.house_style.settings.iter().map(|name| format!("reports\u{2019} {}", name.replace('_', " "))),
        );
        let replaced = self.templates.replaced();
        if !replaced.is_empty() {
            said.push(format!("own templates {}", replaced.join(", ")));
        }
        if !self.config.grading.0.is_empty() {
            said.push(format!("{} graded otherwise", number_of(self.config.grading.0.len(), "rule", "rules")));
        }
        if !self.config.waivers.0.is_empty() {
            said.push(number_of(self.config.waivers.0.len(), "waiver", "waivers"));
        }
        let said = if said.is_empty() { ", which says nothing".to_owned() } else { format!(": {}", said.join("; ")) };
        let mut text = format!("Settings from {}{said}\n", file.display());
        if self.branding.logo.as_ref().is_some_and(|logo| !is_for_workbooks(logo)) {
            text.push_str(
                "The logo is an SVG picture, which workbooks can\u{2019}t show: season.xlsx is without it.\n",
            );
        }
        text
    }
}

/// Says which settings were used beside those of reports, groups and decisions.
fn beside(config: &Config) -> Vec<String> {
    let days = config.dates.holidays.own().count();
    let unusual = config.allowed.unusual().len();
    let draw = &config.moderation;
    let said = [
        config.roster.as_ref().map(|path| format!("roster {}", path.display())),
        config.frameworks.as_ref().map(|path| format!("frameworks of {}", path.display())),
        config.moderated.as_ref().map(|path| format!("what moderators say {}", path.display())),
        draw.seed.as_ref().map(|seed| format!("moderation drawn by {seed}")),
        draw.returns.map(|many| format!("{} drawn for moderation", number_of(many, "return", "returns"))),
        config.tolerance.map(|points| format!("assessors within {points} points")),
        (days > 0).then(|| format!("{} off", number_of(days, "day", "days"))),
        (!config.told.is_empty())
            .then(|| format!("when {} did steps", number_of(config.told.len(), "organisation", "organisations"))),
        (!config.shared_strengths.is_empty()).then(|| {
            format!(
                "{} named with strengths",
                number_of(config.shared_strengths.len(), "organisation", "organisations")
            )
        }),
        config.asks_everybody.then(|| "senders asked about what nearly all have".to_owned()),
        config.fail_on.map(|severity| format!("exit code 1 from {severity} on")),
        (unusual > 0).then(|| number_of(unusual, "limit", "limits")),
    ];
    said.into_iter().flatten().collect()
}

/// Returns how Typst is run: as many at a time as there are cores, each within a minute.
pub(super) fn typst_options(args: &RunArgs) -> TypstOptions {
    TypstOptions {
        program: args.options.typst.clone(),
        fonts: None,
        processes: std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get),
        limit: REPORT_TIME,
        created: 0,
        scratch: std::path::PathBuf::new(),
    }
}

/// Says which reports couldn't be made and why, a reason that several share only once.
pub(super) fn failures(reports: &Reports) -> Vec<String> {
    let mut files: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (file, why) in &reports.failed {
        files.entry(why).or_default().push(file);
    }
    let message = |(why, files): (&str, Vec<&str>)| match &files[..] {
        [file] => format!("No PDF of {file}: {why}"),
        [first, ..] => format!("No PDF of {}, {first} the first: {why}", number_of(files.len(), "report", "reports")),
        [] => String::new(),
    };
    files.into_iter().map(message).collect()
}
