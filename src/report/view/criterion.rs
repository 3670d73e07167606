//! Every criterion and measure of a return with what was answered and what stands beside it.

use serde::Serialize;

use super::section::title;
use crate::exact::Exact;
use crate::framework::{Criterion, Framework, Grades, Measure, Scale, Section};
use crate::report::subject::{Subjects, label, level};
use crate::returns::State;
use crate::review::{AnswerRecord, Review};
use crate::wording::Wording;
use crate::words::{count, measured, number, words_of};

/// The rules that say that nothing stands beside a score.
const NO_EVIDENCE: [&str; 2] = ["evidence-missing", "action-missing"];

/// A longer text than this doesn't fit a column beside others.
const LONGEST_MEANING: usize = 48;

/// The criteria as a template sees them.
#[derive(Clone, Debug, Serialize)]
pub(super) struct CriteriaView {
    sentences: Vec<String>,
    rater: String,
    other: Option<String>,
    evidence: bool,
    meanings: bool,
    sections: Vec<SectionCriteria>,
}

/// The criteria and measures of one section.
#[derive(Clone, Debug, Serialize)]
struct SectionCriteria {
    title: String,
    criteria: Vec<CriterionRow>,
    measures: Vec<MeasureRow>,
}

/// A criterion's row.
#[derive(Clone, Debug, Serialize)]
struct CriterionRow {
    id: String,
    text: String,
    score: String,
    most: String,
    label: String,
    level: Option<f64>,
    other: String,
    /// Whether the other rater scored it otherwise.
    differs: bool,
    evidence: &'static str,
}

/// A measure's row.
#[derive(Clone, Debug, Serialize)]
struct MeasureRow {
    id: String,
    text: String,
    value: String,
    register: String,
    cohort: String,
    points: String,
}

/// What the rows of a return share.
struct Beside<'a> {
    framework: &'a Framework,
    review: &'a Review,
    subjects: &'a Subjects<'a>,
    other: Option<&'a str>,
}

/// Returns the criteria as a template sees them; `None` where nothing was read.
pub(super) fn view(framework: &Framework, review: &Review, subjects: &Subjects) -> Option<CriteriaView> {
    review.outcome.as_ref().filter(|_| framework.criteria().count() + framework.measures().count() > 0)?;
    let counts = review.counts.as_deref();
    let has_answers = |id: &str| review.answers.iter().any(|answer| answer.rater == id && answer.state == State::Given);
    let rater = counts.and_then(|counts| framework.rater(counts));
    let other =
        framework.raters.iter().find(|rater| Some(rater.id.as_str()) != counts && has_answers(rater.id.as_str()));
    let beside = Beside { framework, review, subjects, other: other.map(|rater| rater.id.as_str()) };
    let evidence = framework.requirements.iter().any(|requirement| {
        let whose = requirement.rater.as_ref();
        whose.is_none_or(|whose| counts.is_none_or(|id| whose.as_str() == id))
    });
    let sections: Vec<SectionCriteria> = framework.sections.iter().map(|section| beside.section(section)).collect();
    Some(CriteriaView {
        meanings: sections.iter().flat_map(|section| &section.criteria).any(|row| !row.label.is_empty()),
        sentences: vec![summary(framework, review, subjects, evidence)],
        rater: rater.map_or_else(|| "Score".to_owned(), |rater| rater.title.clone()),
        other: other.map(|rater| rater.title.clone()),
        evidence,
        sections,
    })
}

/// Returns how many answers there are, and how many have what they need beside them.
fn summary(framework: &Framework, review: &Review, subjects: &Subjects, evidence: bool) -> String {
    let asked = framework.criteria().count();
    let given = framework.criteria().filter(|criterion| subjects.points(criterion.id.as_str()).is_some()).count();
    let bare = review.findings.iter().filter(|finding| NO_EVIDENCE.contains(&finding.rule.as_str())).count();
    let scored = if given == 0 {
        return "No criterion has a score that counts.".to_owned();
    } else if given == asked {
        format!("All {} have a score that counts", count(asked, "criterion", "criteria"))
    } else {
        format!("{given} of {} have a score that counts", count(asked, "criterion", "criteria"))
    };
    match (evidence, bare) {
        (false, _) => format!("{scored}."),
        (true, 0) => format!("{scored}, and everything that has to stand beside a score is there."),
        (true, bare) => format!(
            "{scored}; beside {} something is missing that the framework asks for.",
            count(bare, "score", "scores")
        ),
    }
}

impl Beside<'_> {
    /// Returns a section's rows.
    fn section(&self, section: &Section) -> SectionCriteria {
        SectionCriteria {
            title: title(section),
            criteria: section.criteria.iter().map(|criterion| self.criterion(criterion)).collect(),
            measures: section.measures.iter().map(|measure| self.measure(measure)).collect(),
        }
    }

    /// Returns a criterion's row.
    fn criterion(&self, criterion: &Criterion) -> CriterionRow {
        let id = criterion.id.as_str();
        let scale = self.framework.scale(criterion);
        let answer = self.subjects.answer(id);
        let other = self.other_answer(id);
        let text = if criterion.text.is_empty() { &criterion.short } else { &criterion.text };
        CriterionRow {
            id: id.to_owned(),
            text: text.clone(),
            score: answer.map_or_else(|| state(State::Absent), |answer| written(answer, scale)),
            most: number(&scale.maximum(), 2),
            label: answer.map_or_else(String::new, |answer| meaning(answer, criterion, scale)),
            level: self.subjects.points(id).and_then(|points| level(scale, &points)).as_ref().map(Exact::to_float),
            other: other
                .filter(|other| other.value.is_some())
                .map_or_else(|| "\u{2013}".to_owned(), |other| written(other, scale)),
            differs: answer.zip(other).is_some_and(|(counts, other)| differ(counts, other)),
            evidence: self.evidence(id),
        }
    }

    /// Returns the answer of the rater that doesn't count.
    fn other_answer(&self, id: &str) -> Option<&AnswerRecord> {
        let other = self.other?;
        self.review.answers.iter().find(|answer| answer.id == *id && answer.rater == *other)
    }

    /// Returns whether what has to stand beside a score is there.
    fn evidence(&self, id: &str) -> &'static str {
        let bare = |rule: &str| NO_EVIDENCE.contains(&rule);
        let missing = self.review.findings.iter().any(|f| bare(f.rule.as_str()) && f.subject.as_deref() == Some(id));
        match (missing, self.subjects.points(id)) {
            (true, _) => "missing",
            (false, Some(_)) => "present",
            (false, None) => "\u{2013}",
        }
    }

    /// Returns a measure's row.
    fn measure(&self, measure: &Measure) -> MeasureRow {
        let record = self.subjects.measure(measure.id.as_str());
        let with_unit =
            |value: &Option<Exact>| value.as_ref().map(|value| measured(value, &measure.unit, measure.decimals));
        let none = || "\u{2013}".to_owned();
        let claimed = record.and_then(|record| record.claimed.as_ref());
        MeasureRow {
            id: measure.id.to_string(),
            text: if measure.text.is_empty() { measure.short.clone() } else { measure.text.clone() },
            value: record.and_then(|record| with_unit(&record.value)).unwrap_or_else(none),
            register: record.and_then(|record| with_unit(&record.from_register)).unwrap_or_else(none),
            cohort: record.and_then(|record| record.cohort.as_ref()).map_or_else(none, |cohort| number(cohort, 0)),
            points: format!(
                "{} of {}",
                claimed.map_or_else(none, |points| number(points, 2)),
                number(&measure.maximum, 2)
            ),
        }
    }
}

/// Returns an answer as it is printed: a grade whose name is its label in kebab-case by its label, and where there is none, why.
fn written(answer: &AnswerRecord, scale: &Scale) -> String {
    let Some(value) = answer.value.as_ref().filter(|_| answer.state == State::Given) else {
        return state(answer.state);
    };
    label(scale, value).filter(|label| is_named_by(value, label)).unwrap_or(value).to_owned()
}

/// Whether a grade's name says no more than its label.
fn is_named_by(id: &str, label: &str) -> bool {
    Wording::of(&words_of(id)) == Wording::of(label)
}

/// Whether two raters give different points.
fn differ(one: &AnswerRecord, other: &AnswerRecord) -> bool {
    one.points.is_some() && other.points.is_some() && one.points != other.points
}

/// Returns what the form says of an answer's grade; `None` where it says nothing.
fn level_of<'a>(criterion: &'a Criterion, scale: &Scale, answer: &AnswerRecord) -> Option<&'a str> {
    let points = answer.points.as_ref()?;
    let Grades::Listed(grades) = &scale.grades else { return None };
    // Levels are listed best first, one for each grade.
    let above = grades.iter().filter_map(|grade| grade.points.as_ref()).filter(|better| *better > points).count();
    criterion.levels.get(above).map(String::as_str)
}

/// Says in what state an answer is that doesn't count.
fn state(state: State) -> String {
    match state {
        State::Unusable => "can\u{2019}t be used",
        State::Absent => "not found",
        State::Given | State::Blank => state.as_str(),
    }
    .to_owned()
}

/// Returns what an answer means; empty where its grade says it all, and where there is none.
fn meaning(answer: &AnswerRecord, criterion: &Criterion, scale: &Scale) -> String {
    let Some(value) = answer.value.as_ref().filter(|_| answer.state == State::Given) else { return String::new() };
    let label = label(scale, value);
    if label.is_some_and(|label| is_named_by(value, label)) {
        return String::new();
    }
    let level = || level_of(criterion, scale, answer).filter(|text| text.chars().count() <= LONGEST_MEANING);
    label.or_else(level).map_or_else(String::new, ToOwned::to_owned)
}
