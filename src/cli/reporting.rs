//! The reports of a run: how they look, what makes them, and what is said of those that can't be made.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::civil::Date;

use super::args::RunArgs;
use super::config::Config;
use super::consolidation;
use super::failure::Failure;
use super::house_style::is_for_workbooks;
use crate::artifact;
use crate::batch::typst::{Typst, TypstOptions};
use crate::batch::{self, Reporting, Reports};
use crate::document::branding::Branding;
use crate::document::letters::Letters;
use crate::framework::FieldRole;
use crate::render::typst::{Renderer, Templates};
use crate::report::Setting;
use crate::season::Season;
use crate::statistics::Statistics;
use crate::words::number_of;

/// How long Typst may take for one report.
const REPORT_TIME: Duration = Duration::from_mins(1);
/// The folder within the outputs for what is handed back.
pub(super) const RETURNS: &str = "returns/";

/// What makes reports, made ready before the returns are reviewed so that a fault in it is told at once.
#[derive(Debug)]
pub(super) struct Press {
    /// The season's settings.
    pub(super) config: Config,
    /// Whose reports these are.
    pub(super) branding: Branding,
    templates: Templates,
    renderer: Renderer,
}

impl Press {
    /// Reads what the season's settings name.
    pub(super) fn new(config: &Config) -> Result<Self, Failure> {
        let loaded = config.house_style.load()?;
        let renderer = Renderer::new(&loaded.templates, Letters::default());
        Ok(Self { config: config.clone(), branding: loaded.branding, templates: loaded.templates, renderer })
    }

    /// Makes the reports where Typst is there; says what to do where it isn't.
    pub(super) fn reports(
        &self,
        args: &RunArgs,
        season: &Season,
        statistics: &Statistics,
        date: Option<Date>,
    ) -> Result<Reports, Failure> {
        let typst = match Typst::find(typst_options(args, date.unwrap_or(artifact::NO_DAY))) {
            Ok(typst) => typst,
            Err(error) => {
                let failed = vec![("the reports".to_owned(), format!("could not {error}"))];
                return Ok(Reports { failed, ..Reports::default() });
            }
        };
        let setting = Setting { branding: self.branding.clone(), date, letters: Letters::default() };
        let reporting = Reporting {
            season,
            statistics,
            setting: &setting,
            renderer: &self.renderer,
            typst: &typst,
            out: &args.out,
            prefix: RETURNS,
        };
        let made = batch::report_all(reporting);
        typst.clear();
        made.map_err(|error| Failure::Unknown(format!("could not make the reports: could not {error}")))
    }

    /// Says which settings were used; nothing where there is no file of them.
    pub(super) fn used(&self) -> String {
        let Some(file) = &self.config.file else { return String::new() };
        let mut said: Vec<String> = Vec::new();
        said.extend(self.config.title.as_ref().map(|title| format!("title \u{201c}{title}\u{201d}")));
        said.extend(self.config.dates.data_date.map(|date| format!("data date {date}")));
        said.extend(self.config.previous.iter().map(|(_, path)| format!("last season {}", path.display())));
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

/// Returns how Typst is run: as many at a time as there are cores, each within a minute.
fn typst_options(args: &RunArgs, day: Date) -> TypstOptions {
    TypstOptions {
        program: args.typst.clone(),
        fonts: None,
        processes: std::thread::available_parallelism().map_or(1, std::num::NonZeroUsize::get),
        limit: REPORT_TIME,
        created: day.to_zoned(jiff::tz::TimeZone::UTC).map_or(0, |day| day.timestamp().as_second()),
        // Two runs at a time mustn't meet in one folder.
        scratch: std::env::temp_dir().join(format!("scrutineer-{}", std::process::id())),
    }
}

/// Returns the day whose state outputs show, so that the same season gives the same bytes: the season's data date, else the
/// latest day that a return names for its data or its assessment.
pub(super) fn date(config: &Config, season: &Season) -> Option<Date> {
    let roles = [FieldRole::DataDate, FieldRole::AssessmentDate];
    let named = season.counted().filter_map(|found| {
        let framework =
            season.frameworks.iter().find(|framework| Some(&framework.id) == found.review.framework.as_ref())?;
        let fields = roles.into_iter().filter_map(|role| framework.field_for(role));
        fields.filter_map(|field| found.review.fields.get(field.id.as_str())?.parse::<Date>().ok()).max()
    });
    config.dates.data_date.or_else(|| named.max())
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
