//! What the template of the overarching report may see.

mod agreement;
mod chance;
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
use serde::Serialize;

use super::setting::{Setting, illustrative};
use super::view::{Fact, Look};
use crate::document::Part;
use crate::document::branding::paragraphs;
use crate::exact::Exact;
use crate::figure::Hiding;
use crate::finding::Finding;
use crate::framework::Framework;
use crate::season::SeasonReturn;
use crate::statistics::{Figure, FrameworkStatistics};
use crate::words::{agree, thousands};

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

/// What `overarching.typ` may see.
#[derive(Clone, Debug, Serialize)]
pub struct SeasonView {
    look: Look,
    heading: String,
    framework: String,
    facts: Vec<Fact>,
    illustrative: Option<String>,
    introduction: Vec<String>,
    brief: Vec<String>,
    coverage: coverage::CoverageView,
    outcomes: Option<outcome::OutcomesView>,
    sections: Option<Part>,
    criteria: Option<criterion::CriteriaView>,
    registers: Vec<register::RegisterView>,
    reassessment: Option<outcome::ReassessmentView>,
    measures: Option<Part>,
    consistency: Option<consistency::ConsistencyView>,
    agreement: Option<agreement::AgreementView>,
    change: Option<change::ChangeView>,
    trend: Option<change::TrendView>,
    dates: Option<dates::DatesView>,
    findings: Option<question::FindingsView>,
    questions: question::QuestionsView,
    hidden: Option<hidden::HiddenView>,
    methods: Vec<String>,
    traces: Vec<Fact>,
    matrix: Option<section::MatrixView>,
}

impl SeasonView {
    /// Returns what the report on a season says.
    pub fn new(setting: &Setting, framework: &Framework, season: &Season) -> Self {
        let look = Look::of(setting, &format!("{}: season report", framework.title));
        let introduction = paragraphs(&setting.branding.season_introduction);
        let coverage = coverage::view(season);
        let outcomes = outcome::view(season);
        let reassessment = outcome::reassessment(framework, season);
        let criteria = criterion::view(season);
        let registers = register::views(season);
        let brief = [
            Some(coverage.first()),
            outcomes.as_ref().map(outcome::OutcomesView::first),
            reassessment.as_ref().map(outcome::ReassessmentView::first),
        ];
        let brief = brief.into_iter().flatten().map(ToOwned::to_owned);
        let brief = brief.chain(registers.iter().map(|register| register.first().to_owned()));
        let dates = dates::view(framework, season, setting.date);
        let brief = brief.chain(dates.iter().filter_map(dates::DatesView::brief).map(ToOwned::to_owned));
        let brief = brief.chain(criteria.iter().flat_map(criterion::CriteriaView::brief)).collect();
        let found = season.statistics;
        let mut view = Self {
            heading: look_title(setting, framework),
            look,
            framework: framework.title.clone(),
            facts: facts(framework, season),
            illustrative: illustrative(framework),
            introduction,
            brief,
            coverage,
            outcomes,
            sections: section::part(season),
            criteria,
            registers,
            reassessment,
            agreement: found.agreement.as_ref().map(|agreement| agreement::view(agreement, found)),
            measures: measure::part(season),
            consistency: consistency::view(season),
            change: found.change.as_ref().map(|change| change::view(change, found)),
            trend: found.trend.as_ref().map(change::trend),
            dates,
            findings: question::findings(season),
            questions: question::view(season),
            hidden: hidden::view(season),
            methods: Vec::new(),
            traces: Vec::new(),
            matrix: section::matrix(framework, season),
        };
        view.methods = method::notes(framework, &view, found);
        view.traces = method::traces(framework, &view);
        view
    }
}

/// Returns the report's title.
fn look_title(setting: &Setting, framework: &Framework) -> String {
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
    match (figure.state, figure.value.and_then(Exact::from_float)) {
        (FigureState::Shown, Some(value)) => print(&value),
        (FigureState::Hidden, _) => "hidden".to_owned(),
        (FigureState::Shown | FigureState::Undefined, _) => "\u{2013}".to_owned(),
    }
}

/// Returns a share from nought to one in per cent.
fn percent(value: &Exact) -> String {
    format!("{}%", crate::words::number(&(value * &Exact::from(100)), 0))
}

/// Returns a range from its ends as they are shown, the unit once; "hidden" or a dash where it isn't shown.
fn range(low: &Figure, high: &Figure, print: impl Fn(&Exact) -> String, unit: &str) -> String {
    if !low.is_shown() || !high.is_shown() {
        return figure(low, &print);
    }
    format!("{} to {}{unit}", figure(low, &print), figure(high, &print))
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
