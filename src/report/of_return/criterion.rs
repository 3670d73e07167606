//! Every criterion and measure of a return with what was answered and what stands beside it.

use super::section::title;
use crate::document::{Cell, Column, Part, Side, Table};
use crate::exact::Exact;
use crate::framework::{Criterion, Framework, Grades, Measure, Rater, Scale, Section};
use crate::report::subject::{Subjects, label, level};
use crate::returns::State;
use crate::review::{AnswerRecord, MeasureRecord, Review};
use crate::wording::Wording;
use crate::words::{count, measured, number, words_of};

/// The rules that say that nothing stands beside a score.
const NO_EVIDENCE: [&str; 2] = ["evidence-missing", "action-missing"];

/// A longer text than this doesn't fit a column beside others.
const LONGEST_MEANING: usize = 48;

/// What the tables of a return's criteria share.
struct Beside<'a> {
    framework: &'a Framework,
    review: &'a Review,
    subjects: &'a Subjects<'a>,
    /// The rater whose answers don't count, where there are some.
    other: Option<&'a Rater>,
    /// Whether anything has to stand beside a score.
    evidence: bool,
}

/// Returns the criteria; `None` where nothing was read.
pub(super) fn part(framework: &Framework, review: &Review, subjects: &Subjects) -> Option<Part> {
    review.outcome.as_ref().filter(|_| framework.criteria().count() + framework.measures().count() > 0)?;
    let counts = review.counts.as_deref();
    let has_answers = |id: &str| review.answers.iter().any(|answer| answer.rater == id && answer.state == State::Given);
    let other =
        framework.raters.iter().find(|rater| Some(rater.id.as_str()) != counts && has_answers(rater.id.as_str()));
    let evidence = framework.requirements.iter().any(|requirement| {
        let whose = requirement.rater.as_ref();
        whose.is_none_or(|whose| counts.is_none_or(|id| whose.as_str() == id))
    });
    let beside = Beside { framework, review, subjects, other, evidence };
    let sections = framework.sections.iter().map(|section| beside.section(section));
    Some(Part::new("Criteria in full").lead([summary(framework, review, subjects, evidence)]).part(sections))
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
    /// Returns a section with its criteria and measures.
    fn section(&self, section: &Section) -> Part {
        Part::new(title(section)).block(self.criteria(&section.criteria)).block(self.measures(&section.measures))
    }

    /// Returns the table of criteria.
    fn criteria(&self, criteria: &[Criterion]) -> Table {
        let rater = self.review.counts.as_deref().and_then(|counts| self.framework.rater(counts));
        let columns = vec![
            Column::new("No.").cell(|criterion: &Criterion| criterion.id.as_str().into()),
            Column::new("Criterion").share(1.0).cell(|criterion: &Criterion| full(&criterion.text, &criterion.short)),
            Column::new(rater.map_or("Score", |rater| &rater.title))
                .cell(|criterion: &Criterion| self.score(criterion)),
            Column::new("Meaning")
                .chars(17.2)
                .cell(|criterion: &Criterion| self.meaning(criterion).into())
                .only_if(self.framework.criteria().any(|criterion| !self.meaning(criterion).is_empty())),
            Column::new(self.other.map_or("", |rater| &rater.title))
                .cell(|criterion: &Criterion| self.other_score(criterion))
                .only_if(self.other.is_some()),
            Column::new("Evidence").cell(|criterion: &Criterion| self.evidence(&criterion.id)).only_if(self.evidence),
        ];
        Table::of(criteria, columns)
    }

    /// Returns the answer that counts for a criterion, with how far up its scale it is.
    fn score(&self, criterion: &Criterion) -> Cell {
        let scale = self.framework.scale(criterion);
        let answer = self.subjects.answer(&criterion.id);
        let level = self.subjects.points(&criterion.id).and_then(|points| level(scale, &points));
        let score = answer.map_or_else(|| state(State::Absent), |answer| written(answer, scale));
        Cell::Level(level.as_ref().map(Exact::to_float), score)
    }

    /// Returns what the answer that counts for a criterion means.
    fn meaning(&self, criterion: &Criterion) -> String {
        let scale = self.framework.scale(criterion);
        self.subjects.answer(&criterion.id).map_or_else(String::new, |answer| meaning(answer, criterion, scale))
    }

    /// Returns the other rater's answer, which stands out where it differs.
    fn other_score(&self, criterion: &Criterion) -> Cell {
        let other = self.other_answer(&criterion.id).filter(|other| other.value.is_some());
        let Some(other) = other else { return "\u{2013}".into() };
        let text = written(other, self.framework.scale(criterion));
        let differs = self.subjects.answer(&criterion.id).is_some_and(|counts| differ(counts, other));
        if differs { Cell::Strong(text) } else { text.into() }
    }

    /// Returns the answer of the rater that doesn't count.
    fn other_answer(&self, id: &str) -> Option<&AnswerRecord> {
        let other = self.other?;
        self.review.answers.iter().find(|answer| answer.id == *id && answer.rater == other.id)
    }

    /// Returns whether what has to stand beside a score is there.
    fn evidence(&self, id: &str) -> Cell {
        let bare = |rule: &str| NO_EVIDENCE.contains(&rule);
        let missing = self.review.findings.iter().any(|f| bare(f.rule.as_str()) && f.subject.as_deref() == Some(id));
        match (missing, self.subjects.points(id)) {
            (true, _) => Cell::Strong("missing".to_owned()),
            (false, Some(_)) => "present".into(),
            (false, None) => "\u{2013}".into(),
        }
    }

    /// Returns the table of measures.
    fn measures(&self, measures: &[Measure]) -> Table {
        let record = |measure: &Measure| self.subjects.measure(&measure.id);
        let in_unit = |measure: &Measure, value: Option<&Exact>| {
            value.map_or_else(|| "\u{2013}".to_owned(), |value| measured(value, &measure.unit, measure.decimals)).into()
        };
        let people = |record: &MeasureRecord| record.cohort.as_ref().map(|people| number(people, 0).into());
        let claimed = |record: &MeasureRecord| record.claimed.as_ref().map(|points| number(points, 2));
        let points = move |measure: &Measure| {
            let claimed = record(measure).and_then(claimed).unwrap_or_else(|| "\u{2013}".to_owned());
            format!("{claimed} of {}", number(&measure.maximum, 2)).into()
        };
        let columns = vec![
            Column::new("No.").cell(|measure: &Measure| measure.id.as_str().into()),
            Column::new("Measure").share(1.0).cell(|measure: &Measure| full(&measure.text, &measure.short)),
            Column::new("Typed").side(Side::Right).cell(move |measure: &Measure| {
                in_unit(measure, record(measure).and_then(|record| record.value.as_ref()))
            }),
            Column::new("From the register").side(Side::Right).cell(move |measure| {
                in_unit(measure, record(measure).and_then(|record| record.from_register.as_ref()))
            }),
            Column::new("People")
                .side(Side::Right)
                .cell(move |measure: &Measure| record(measure).and_then(people).unwrap_or_else(|| "\u{2013}".into())),
            Column::new("Points").side(Side::Right).cell(points),
        ];
        Table::of(measures, columns)
    }
}

/// Returns the full text, or a few words where there is none.
fn full(text: &str, short: &str) -> Cell {
    if text.is_empty() { short } else { text }.into()
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
