//! Every criterion and measure of a return with what was answered and what stands beside it.

use super::section::title;
use crate::document::{Cell, Column, Format, Part, Side, Table};
use crate::exact::Exact;
use crate::framework::{Criterion, Measure, Rater, Scale, Section};
use crate::report::subject::{Subjects, full, said_of};
use crate::returns::State;
use crate::review::{AnswerRecord, MeasureRecord};
use crate::rules::evidence::{Answered, is_wanted};
use crate::wording::Wording;
use crate::words::{count, is_for_programs, number, words_of};

/// The rules that say that nothing stands beside a score.
const NO_EVIDENCE: [&str; 2] = ["evidence-missing", "action-missing"];

/// A longer text than this doesn't fit a column beside others.
const LONGEST_MEANING: usize = 48;

/// What the tables of a return's criteria share.
struct Beside<'a> {
    subjects: &'a Subjects<'a>,
    /// The rater whose answers don't count, where there are some.
    other: Option<&'a Rater>,
    /// Whether anything has to stand beside a score.
    evidence: bool,
}

/// Returns the criteria; `None` where nothing was read.
pub(super) fn part(subjects: &Subjects) -> Option<Part> {
    let (framework, review) = (subjects.framework, subjects.review);
    review.outcome.as_ref().filter(|_| framework.criteria().count() + framework.measures().count() > 0)?;
    let counts = review.counts.as_deref();
    let has_answers = |id: &str| review.answers.iter().any(|answer| answer.rater == id && answer.state == State::Given);
    let mut raters = framework.raters.iter();
    let other = raters.find(|rater| Some(rater.id.as_str()) != counts && has_answers(&rater.id));
    let is_asked = |whose: &str| counts.is_none_or(|id| whose == id);
    let evidence = framework.requirements.iter().any(|asked| asked.rater.as_deref().is_none_or(is_asked));
    let beside = Beside { subjects, other, evidence };
    let sections = framework.sections.iter().map(|section| beside.section(section));
    Some(Part::new("¤Criteria in full").lead([beside.summary()]).part(sections))
}

impl Beside<'_> {
    /// Returns how many answers there are, and how many have what they need beside them.
    fn summary(&self) -> String {
        let criteria = || self.subjects.framework.criteria();
        let given = criteria().filter(|criterion| self.subjects.points(&criterion.id).is_some()).count();
        let asked = count(criteria().count(), "¤criterion", "¤criteria");
        let scored = match given {
            0 => return "No ¤criterion has a score that counts.".to_owned(),
            all if all == criteria().count() => format!("All {asked} have a score that counts"),
            some => format!("{some} of {asked} have a score that counts"),
        };
        let findings = &self.subjects.review.findings;
        match findings.iter().filter(|finding| NO_EVIDENCE.contains(&finding.rule.as_str())).count() {
            _any if !self.evidence => format!("{scored}."),
            0 => format!("{scored}, and everything that has to stand beside a score is there."),
            bare => {
                let bare = count(bare, "score", "scores");
                format!("{scored}; beside {bare} something is missing that the framework asks for.")
            }
        }
    }

    /// Returns a section with its criteria and measures.
    fn section(&self, section: &Section) -> Part {
        Part::new(title(section)).block(self.criteria(&section.criteria)).block(self.measures(&section.measures))
    }

    /// Returns the table of criteria.
    fn criteria(&self, criteria: &[Criterion]) -> Table {
        let Subjects { framework, review, .. } = self.subjects;
        let rater = review.counts.as_deref().and_then(|counts| framework.rater(counts));
        let meaning = |criterion: &Criterion| self.meaning(criterion).unwrap_or_default();
        let columns = vec![
            Column::new("No.")
                .cell(|criterion: &Criterion| criterion.id.as_str().into())
                .only_if(criteria.iter().any(|of| !is_for_programs(of.id.as_str()))),
            Column::new("¤Criterion").share(1.0).cell(|of: &Criterion| full(&of.text, &of.short).into()),
            Column::new(rater.map_or("Score", |rater| &rater.title)).cell(|criterion| self.score(criterion)),
            Column::new("Meaning")
                .chars(17.2)
                .cell(move |criterion| meaning(criterion).into())
                .only_if(framework.criteria().any(|criterion| !meaning(criterion).is_empty())),
            Column::new(self.other.map_or("", |rater| &rater.title))
                .cell(|criterion| self.other_score(criterion))
                .only_if(self.other.is_some()),
            Column::new("Evidence")
                .cell(|of: &Criterion| self.evidence(&of.id))
                .only_if(framework.criteria().any(|of| self.evidence(&of.id) != Cell::from("\u{2013}"))),
        ];
        Table::of(criteria, columns)
    }

    /// Returns the scale of a criterion.
    fn scale(&self, criterion: &Criterion) -> &Scale {
        self.subjects.framework.scale(criterion)
    }

    /// Returns the answer that counts for a criterion, with how far up its scale it is.
    fn score(&self, criterion: &Criterion) -> Cell {
        let answer = self.subjects.answer(&criterion.id);
        let score = answer.map_or_else(|| state(State::Absent).to_owned(), |of| written(of, self.scale(criterion)));
        Cell::Level(self.subjects.level(criterion).map(|level| level.to_float()), score)
    }

    /// Returns what the answer that counts for a criterion means; `None` where its grade says it all, and where there is none.
    fn meaning(&self, criterion: &Criterion) -> Option<String> {
        let (answer, scale) = (self.subjects.answer(&criterion.id)?, self.scale(criterion));
        let value = given(answer)?;
        let fits = |text: &&str| text.chars().count() <= LONGEST_MEANING;
        match scale.label(value) {
            Some(label) => (!is_named_by(value, label)).then(|| label.to_owned()),
            None => said_of(criterion, scale, answer.points.as_ref()?).filter(fits).map(ToOwned::to_owned),
        }
    }

    /// Returns the other rater's answer, which stands out where it differs.
    fn other_score(&self, criterion: &Criterion) -> Cell {
        let other = self.other.and_then(|other| self.subjects.review.answer(&criterion.id, &other.id));
        let other = other.filter(|answer| answer.value.is_some());
        let differs = |other: &AnswerRecord| {
            let points = self.subjects.points(&criterion.id);
            points.is_some() && other.points.is_some() && points != other.points
        };
        let told = |other| Cell::strong_if(differs(other), written(other, self.scale(criterion)));
        Cell::or_dash(other.map(told))
    }

    /// Returns whether what has to stand beside a score is there.
    fn evidence(&self, id: &str) -> Cell {
        let bare = |rule: &str| NO_EVIDENCE.contains(&rule);
        let mut findings = self.subjects.review.findings.iter();
        if findings.any(|finding| bare(finding.rule.as_str()) && finding.subject.as_deref() == Some(id)) {
            return Cell::Strong("missing".to_owned());
        }
        Cell::or_dash(self.is_wanted(id).then_some("present"))
    }

    /// Whether anything has to stand beside the answer to a criterion.
    fn is_wanted(&self, id: &str) -> bool {
        let answer = self.subjects.answer(id);
        let Some((answer, grade, points)) = answer.and_then(|of| Some((of, given(of)?, of.points.as_ref()?))) else {
            return false;
        };
        is_wanted(self.subjects.framework, &Answered { rater: &answer.rater, id, grade, points }, &NO_EVIDENCE)
    }

    /// Returns the table of measures.
    fn measures(&self, measures: &[Measure]) -> Table {
        let record = |measure: &Measure| self.subjects.measure(&measure.id);
        let in_unit = move |measure: &Measure, of: fn(&MeasureRecord) -> Option<&Exact>| {
            let value = record(measure).and_then(of);
            let format = Format::Measured(measure.decimals, measure.unit.clone());
            Cell::or_dash(value.map(|value| format.text(value)))
        };
        let people = move |measure: &Measure| {
            Cell::or_dash(record(measure).and_then(|of| of.cohort.as_ref()).map(|people| number(people, 0)))
        };
        let points = move |measure: &Measure| {
            let claimed = record(measure).and_then(|of| of.claimed.as_ref());
            let claimed = claimed.map_or_else(|| "\u{2013}".to_owned(), |points| number(points, 2));
            format!("{claimed} of {}", number(&measure.maximum, 2)).into()
        };
        let columns = vec![
            Column::new("No.").cell(|measure: &Measure| measure.id.as_str().into()),
            Column::new("Measure").share(1.0).cell(|of: &Measure| full(&of.text, &of.short).into()),
            Column::new("Typed").side(Side::Right).cell(move |measure| in_unit(measure, |of| of.value.as_ref())),
            Column::new("From the register")
                .side(Side::Right)
                .cell(move |measure| in_unit(measure, |of| of.from_register.as_ref())),
            Column::new("People").side(Side::Right).cell(people),
            Column::new("Points").side(Side::Right).cell(points),
        ];
        Table::of(measures, columns)
    }
}

/// Returns the value of an answer; `None` where none is given.
fn given(answer: &AnswerRecord) -> Option<&str> {
    answer.value.as_deref().filter(|_| answer.state == State::Given)
}

/// Returns an answer as it is printed: a grade whose name is its label in kebab-case by its label, and where there is none, why.
fn written(answer: &AnswerRecord, scale: &Scale) -> String {
    let Some(value) = given(answer) else { return state(answer.state).to_owned() };
    scale.label(value).filter(|label| is_named_by(value, label)).unwrap_or(value).to_owned()
}

/// Whether a grade's name says no more than its label.
fn is_named_by(id: &str, label: &str) -> bool {
    Wording::of(&words_of(id)) == Wording::of(label)
}

/// Says in what state an answer is that doesn't count.
fn state(state: State) -> &'static str {
    match state {
        State::Unusable => "can\u{2019}t be used",
        State::Absent => "not found",
        State::Given | State::Blank => state.as_str(),
    }
}
