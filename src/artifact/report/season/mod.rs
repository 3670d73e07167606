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
mod outcome;
mod question;
mod register;
mod section;

use jiff::civil::Date;
use serde::Serialize;

use super::branding::paragraphs;
use super::sentence::agree;
use super::view::{Fact, Look, Setting, illustrative};
use crate::exact::Exact;
use crate::framework::Framework;
use crate::network::disclosure::Hiding;
use crate::network::statistics::{Figure, FrameworkStatistics};
use crate::network::{SeasonFinding, SeasonReturn};

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
    pub findings: &'a [SeasonFinding],
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
    outcomes: outcome::OutcomesView,
    sections: Option<section::SectionsView>,
    criteria: Option<criterion::CriteriaView>,
    registers: Vec<register::RegisterView>,
    reassessment: outcome::ReassessmentView,
    measures: Option<measure::MeasuresView>,
    consistency: Option<consistency::ConsistencyView>,
    agreement: Option<agreement::AgreementView>,
    change: Option<change::ChangeView>,
    trend: Option<change::TrendView>,
    dates: Option<dates::DatesView>,
    findings: Option<question::FindingsView>,
    questions: question::QuestionsView,
    hidden: Option<hidden::HiddenView>,
    methods: Vec<String>,
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
        let brief = [coverage.first(), outcomes.first(), reassessment.first()].into_iter().map(ToOwned::to_owned);
        let brief = brief.chain(registers.iter().map(|register| register.first().to_owned()));
        let dates = dates::view(framework, season, setting.date);
        let brief = brief.chain(dates.iter().filter_map(dates::DatesView::brief).map(ToOwned::to_owned));
        let brief = brief.chain(criteria.iter().flat_map(criterion::CriteriaView::brief)).collect();
        Self {
            heading: look_title(setting, framework),
            look,
            framework: framework.title.clone(),
            facts: facts(framework, season),
            illustrative: illustrative(framework),
            introduction,
            brief,
            coverage,
            outcomes,
            sections: section::view(season),
            criteria,
            registers,
            reassessment,
            agreement: season.statistics.agreement.as_ref().map(|found| agreement::view(found, season.statistics)),
            measures: measure::view(season),
            consistency: consistency::view(season),
            change: season.statistics.change.as_ref().map(|change| change::view(change, season.statistics)),
            trend: season.statistics.trend.as_ref().map(|trend| change::trend(trend, season.statistics)),
            dates,
            findings: question::findings(season),
            questions: question::view(season),
            hidden: hidden::view(season),
            methods: methods(framework, season.statistics),
            matrix: section::matrix(framework, season),
        }
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
        Fact::new("Returns that count", season.statistics.coverage.counted.to_string()),
        Fact::new("Owner of the scheme", &framework.owner),
    ]
}

/// Returns how the figures came about, and what they can't show.
fn methods(framework: &Framework, statistics: &FrameworkStatistics) -> Vec<String> {
    let mut notes: Vec<String> = [
        "Scores are those typed in the returns. Totals and bands are worked out exactly; figures are rounded only where they are printed.",
        "A missing answer is never counted as nought. Returns with missing answers count as incomplete and have a range of outcomes; their given answers count for the criteria.",
        "Medians and quartiles are of type 7, as a spreadsheet\u{2019}s QUARTILE.INC.",
        "Intervals of shares are Wilson intervals at 95%. They say how far a share could move if the season were repeated with organisations like these.",
        "Criteria are ranked on a scale from 0 (worst grade) to 1 (best grade). Ties share a rank, and neighbours in a ranking may differ only by chance.",
        "Returns differ in size, clients and place. A difference between two returns is a reason to ask, not an answer.",
    ]
    .map(ToOwned::to_owned)
    .to_vec();
    notes.extend(
        [
            (statistics.outliers.is_empty(), "A total lies far from the median when it is more than 3.5 times as far as the median distance gives for ordinary spread (MAD, after Iglewicz and Hoaglin)."),
            (statistics.consistency.is_none(), "Cronbach\u{2019}s alpha is shown from 30 complete returns on, with Feldt\u{2019}s interval: with fewer it says next to nothing."),
            (statistics.agreement.is_none(), "Agreement of grades is told by quadratic weighted kappa over the whole scale, its interval by drawing organisations again 2,000 times; agreement of totals by the intraclass correlation for absolute agreement of single judgements, ICC(A,1)."),
            (statistics.agreement.is_none() && statistics.change.is_none(), "A likelihood p says how often chance alone would give differences like these or larger ones; below 0.05 they are called more than chance. It comes from Wilcoxon\u{2019}s signed ranks, and from McNemar\u{2019}s exact test for the lowest band; where several criteria or sections are looked at, it allows for that (Benjamini and Hochberg)."),
            (statistics.trend.is_none(), "The trend is the Theil\u{2013}Sen slope of the medians of those who sent a return of the same kind and version in every season; how steady it is, is Kendall\u{2019}s tau."),
        ]
        .into_iter()
        .filter(|(absent, _)| !absent)
        .map(|(_, note)| note.to_owned()),
    );
    notes.push(format!(
        "Below each table stands how the ids of its figures begin. \u{201c}scrutineer explain --figure {}/outcome OUT\u{201d} lists \
         those that begin so, and says for one of them which returns and cells it rests on.",
        framework.id
    ));
    if !framework.provenance.is_empty() {
        notes.push(format!("About the framework: {}", super::sentence::sentence(&framework.provenance)));
    }
    notes
}

/// Returns a figure as text, by `print` where it is shown; "hidden" or a dash where it isn't.
fn figure(figure: &Figure, print: impl Fn(&Exact) -> String) -> String {
    use crate::network::statistics::FigureState;
    match (figure.state, figure.value.and_then(Exact::from_float)) {
        (FigureState::Shown, Some(value)) => print(&value),
        (FigureState::Hidden, _) => "hidden".to_owned(),
        (FigureState::Shown | FigureState::Undefined, _) => "\u{2013}".to_owned(),
    }
}

/// Returns a share from nought to one in per cent.
fn percent(value: &Exact) -> String {
    format!("{}%", super::sentence::number(&(value * &Exact::from(100)), 0))
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
