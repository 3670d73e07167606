//! The overarching report: what a season's returns show together, for those who run it.

mod agreement;
mod change;
mod consistency;
mod coverage;
mod criterion;
mod dates;
mod hidden;
mod measure;
mod method;
mod names;
mod outcome;
mod question;
mod register;
mod section;

use jiff::civil::Date;

use super::pairs;
use super::setting::{Around, Setting};
use crate::document::branding::paragraphs;
use crate::document::{Block, Document, Fact, Kind, Lies, Part};
use crate::exact::Exact;
use crate::figure::Hiding;
use crate::finding::Finding;
use crate::framework::Framework;
use crate::season::SeasonReturn;
use crate::statistics::{Figure, FrameworkStatistics};
use crate::words::{agree, percent, thousands};

/// What an overarching report is written from.
#[derive(Clone, Copy, Debug)]
pub struct Season<'a> {
    /// The framework's statistics.
    pub statistics: &'a FrameworkStatistics,
    /// What disclosure control hid, over all frameworks.
    pub hidings: &'a [Hiding],
    /// The returns of the season.
    pub returns: &'a [SeasonReturn],
    /// What only several returns show.
    pub findings: &'a [Finding],
}

/// What an overarching report says of figures; `None` where it has none to say something of.
struct Parts {
    outcomes: Option<Part>,
    reassessment: Option<Part>,
    registers: Vec<Part>,
    sections: Option<Part>,
    criteria: Option<Part>,
    measures: Option<Part>,
    consistency: Option<Part>,
    agreement: Option<Part>,
    change: Option<Part>,
    trend: Option<Part>,
    findings: Option<Part>,
}

impl Parts {
    /// Writes the parts.
    fn of(framework: &Framework, season: &Season) -> Self {
        let found = season.statistics;
        Self {
            outcomes: outcome::part(season),
            reassessment: outcome::reassessment(framework, season),
            registers: register::parts(season),
            sections: section::part(season),
            criteria: criterion::part(season),
            measures: measure::part(season),
            consistency: consistency::part(season),
            agreement: found.agreement.as_ref().map(|agreement| agreement::part(agreement, found)),
            change: found.change.as_ref().map(|change| change::part(change, found)),
            trend: found.trend.as_ref().map(change::trend),
            findings: question::findings(season),
        }
    }
}

/// Returns the overarching report on a season for its managers.
pub fn overarching(setting: &Setting, framework: &Framework, season: &Season) -> Document {
    let title = titled(setting, framework);
    let noun = "Overarching report";
    let around =
        Around { kind: Kind::Overarching, noun, title: &title, scheme: &framework.title, foot: &framework.title };
    let document = setting.document(around, framework);
    let document = document.introduction(paragraphs(&setting.branding.season_introduction));
    let coverage = coverage::part(season);
    let (dates, late) = dates::part(framework, season, setting.date).unzip();
    let parts = Parts::of(framework, season);
    let methods = method::part(framework, &parts, season);
    Document { facts: facts(framework, season), ..document }
        .part(brief(&coverage, &parts, late.flatten()))
        .part(coverage)
        .part(parts.outcomes)
        .part(parts.registers)
        .part(parts.reassessment)
        .part(parts.sections)
        .part(parts.criteria)
        .part(parts.measures)
        .part(parts.consistency)
        .part(parts.agreement)
        .part(parts.change)
        .part(parts.trend)
        .part(dates)
        .part(parts.findings)
        .part(question::part(season))
        .part(methods)
        .part(annex(framework, season))
        .part(setting.contact("report"))
}

/// Returns what stands for all: the first sentence of each part that has one, then the contents.
fn brief(coverage: &Part, parts: &Parts, late: Option<String>) -> Part {
    let first = |part: &Part| part.leading().first().cloned();
    let outcomes = [Some(coverage), parts.outcomes.as_ref(), parts.reassessment.as_ref()];
    let told = outcomes.into_iter().flatten().chain(&parts.registers).filter_map(first);
    let criteria = parts.criteria.iter().flat_map(|part| part.leading().to_vec());
    Part::new("In brief").points(told.chain(late).chain(criteria)).block(Block::Contents)
}

/// Returns what is for looking things up: all criteria, all returns; `None` where there is neither.
fn annex(framework: &Framework, season: &Season) -> Option<Part> {
    let (criteria, returns) = (criterion::all(season), section::matrix(framework, season));
    let heading = match (&criteria, &returns) {
        (Some(_), Some(_)) => "Annex: all criteria and returns",
        (Some(_), None) => "Annex: all criteria",
        (None, Some(_)) => "Annex: all returns",
        (None, None) => return None,
    };
    Some(Part::new(heading).lying(Lies::NewPage).part(criteria).part(returns))
}

/// Returns the report's title.
fn titled(setting: &Setting, framework: &Framework) -> String {
    let title = &setting.branding.title;
    if title.is_empty() { season_title(&[framework], setting.date) } else { title.clone() }
}

/// Returns how a season is called that has no title: by its framework and the month of its data.
pub fn season_title(frameworks: &[&Framework], date: Option<Date>) -> String {
    let to = date.map_or_else(String::new, |date| format!(" to {}\u{a0}{}", date.strftime("%B"), date.year()));
    match frameworks {
        [framework] => format!("{}: season{to}", framework.title),
        [] | [_, _, ..] => format!("Season{to}"),
    }
}

/// Returns which season this is.
fn facts(framework: &Framework, season: &Season) -> Vec<Fact> {
    vec![
        Fact::new("Framework", &framework.title),
        Fact::new(
            agree(season.statistics.versions.len(), "Version", "Versions"),
            season.statistics.versions.join(", "),
        ),
        Fact::new("Returns that count", thousands(season.statistics.coverage.counted)),
        Fact::new("Owner of the scheme", &framework.owner),
    ]
}

/// Returns a figure as text, by `print` where it is shown; "hidden" or a dash where it isn't.
fn figure(figure: &Figure, print: impl Fn(&Exact) -> String) -> String {
    use crate::statistics::FigureState;
    match (figure.state(), figure.value.and_then(Exact::from_float)) {
        (FigureState::Shown, Some(value)) => print(&value),
        (FigureState::Hidden, _) => "hidden".to_owned(),
        (FigureState::Shown | FigureState::Undefined, _) => "\u{2013}".to_owned(),
    }
}

/// Returns a figure's value where it is shown.
fn value(figure: &Figure) -> Option<f64> {
    figure.value.filter(|_| figure.is_shown())
}

/// Returns a figure that is a count, where it is shown.
fn whole(figure: &Figure) -> Option<usize> {
    let whole = value(figure).and_then(Exact::from_float)?.to_whole()?;
    usize::try_from(whole).ok()
}
