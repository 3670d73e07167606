//! What a return is strong in, and a plan for what it is weak in.

use super::planned::{PlanRow, Planned};
use super::section;
use crate::document::{Block, Cell, Column, Part, Table};
use crate::exact::Exact;
use crate::framework::{Better, Criterion, Edge, Grades, Measure, Scale, Section};
use crate::outcome::{Route, RouteStep};
use crate::report::subject::{Subjects, answers, said_of};
use crate::review::{OutcomeRecord, Review};
use crate::words::{agree, capital, count, list_of_at_most, measured, number, sentence, titled};

/// The most rows that a plan has; what is beyond them isn't next.
const MOST_ROWS: usize = 20;

/// A criterion below the middle of its scale, or on the way to the next band.
struct Weakness<'a> {
    criterion: &'a Criterion,
    scale: &'a Scale,
    points: Exact,
    level: Exact,
    target: Option<Exact>,
}

/// Returns the criteria with the best score, by section; `None` where there are none.
pub(super) fn strengths(subjects: &Subjects) -> Option<Part> {
    subjects.review.outcome.as_ref()?;
    let of_section = |section: &Section| {
        let best = section.criteria.iter().filter(|criterion| subjects.is_best(criterion));
        let names: Vec<String> = best.map(|criterion| subjects.title(&criterion.id)).collect();
        match names.len() {
            0 => String::new(),
            all if all > 4 && all == section.criteria.len() => format!("all {all} ¤criteria."),
            _some => format!("{}.", list_of_at_most(&names, 6)),
        }
    };
    let (number, asked) = subjects.best();
    let verb = agree(number, "has", "have");
    let sentence = format!(
        "{number} of {} that {} a score {verb} the best one of the scale. What works there may help others in the ¤network.",
        count(asked, "¤criterion", "¤criteria"),
        agree(asked, "has", "have")
    );
    let sections = Block::Labelled(section::told(subjects.framework, of_section));
    (number > 0).then(|| Part::new("Strengths").paragraphs([sentence]).block(sections))
}

/// Returns the plan; `None` where nothing was scored.
pub(super) fn plan(subjects: &Subjects) -> Option<Part> {
    let record = subjects.review.outcome.as_ref()?;
    let (weaknesses, planned) = (weaknesses(record, subjects), Planned::of(subjects));
    let sent = |id: &str| planned.iter().flat_map(|planned| planned.for_subject(id)).collect::<Vec<_>>();
    let measures: Vec<(&str, PlanRow)> = way(record)
        .into_iter()
        .flat_map(|next| &next.steps)
        .filter_map(|step| measure(step, record, subjects))
        .collect();
    let mut told: Vec<&str> = weaknesses.iter().map(|weakness| weakness.criterion.id.as_str()).collect();
    told.extend(measures.iter().map(|(id, _)| *id));
    let mut rows: Vec<PlanRow> = unanswered(subjects.review, record).into_iter().collect();
    rows.extend(measures.into_iter().map(|(id, row)| row.with(sent(id))));
    let left = MOST_ROWS.saturating_sub(rows.len());
    let row = |weakness: &Weakness| weakness.row(record, subjects).with(sent(&weakness.criterion.id));
    rows.extend(weaknesses.iter().take(left).map(row));
    rows.extend(planned.iter().flat_map(|planned| planned.beside(&told, subjects)).map(beside));
    if rows.is_empty() && subjects.framework.criteria().next().is_none() {
        return None;
    }
    let hidden = weaknesses.len().saturating_sub(left);
    let more = format!(
        "{} {} below the middle of the scale too; the table of ¤criteria shows them.",
        capital(&count(hidden, "further ¤criterion", "further ¤criteria")),
        agree(hidden, "is", "are")
    );
    let part = Part::new("Improvement plan").lead([summary(rows.len())]).block(table(&rows));
    Some(part.paragraphs((hidden > 0).then_some(more)))
}

/// Returns the table of what could be done.
fn table(rows: &[PlanRow]) -> Table {
    let agreed = |lines: &[String]| {
        if lines.is_empty() { Cell::Faint("to agree".to_owned()) } else { Cell::Lines(lines.to_vec()) }
    };
    let columns = vec![
        Column::new("What").share(1.1).cell(|row: &PlanRow| (&row.what).into()),
        Column::new("How").share(1.9).cell(move |row: &PlanRow| agreed(&row.how)),
        Column::new("Why").share(1.4).cell(|row: &PlanRow| row.why.join(" ").into()),
        Column::new("When").share(1.0).cell(move |row: &PlanRow| agreed(&row.when)),
        Column::new("Who").share(1.0).cell(move |row: &PlanRow| agreed(&row.who)),
    ];
    Table::of(rows, columns).caption("Improvement plan")
}

/// Returns what the plan is for.
fn summary(rows: usize) -> String {
    if rows == 0 {
        return "No ¤criterion is below the middle of its scale, so no weakness has to be planned for. Keep what works, and \
                keep its evidence up to date."
            .to_owned();
    }
    format!(
        "{} to work on{}. What the ¤return doesn\u{2019}t say of How, When and Who is for the ¤organisation to agree.",
        capital(&count(rows, "thing", "things")),
        agree(rows, "", ", the weakest first")
    )
}

/// Returns the way to the next band; `None` where better answers alone don't reach it.
fn way(record: &OutcomeRecord) -> Option<&Route> {
    record.next.as_ref().filter(|next| next.impossible.is_none())
}

/// Says that a change is on the way to the next band.
fn on_the_way(record: &OutcomeRecord, subjects: &Subjects) -> Option<String> {
    let next = record.next.as_ref()?;
    let way = if next.fewest { "the shortest way" } else { "a way" };
    Some(format!("It is on {way} to {}.", subjects.framework.band_title(&next.band)))
}

/// Returns the weaknesses, the weakest first; of equals those on the way to the next band, which is one of several ways.
fn weaknesses<'a>(record: &OutcomeRecord, subjects: &Subjects<'a>) -> Vec<Weakness<'a>> {
    let half = Exact::ratio(1, 2).expect("two isn't nought");
    let weak = |criterion: &'a Criterion| {
        let target = way(record).and_then(|next| next.step(&criterion.id)).map(|step| step.to.clone());
        let (points, level) = (subjects.points(&criterion.id)?, subjects.level(criterion)?);
        let scale = subjects.framework.scale(criterion);
        (level < half || target.is_some()).then_some(Weakness { criterion, scale, points, level, target })
    };
    let mut weaknesses: Vec<Weakness<'a>> = subjects.framework.criteria().filter_map(weak).collect();
    weaknesses.sort_by(|a, b| (&a.level, a.target.is_none()).cmp(&(&b.level, b.target.is_none())));
    weaknesses
}

/// Returns the row for answers that are missing; `None` where none is that must be there.
fn unanswered(review: &Review, record: &OutcomeRecord) -> Option<PlanRow> {
    let missing = review.missing();
    let why = match record.settled() {
        Some(_) => "The ¤return isn\u{2019}t complete, though no answer can change its outcome.",
        None if missing.is_empty() => "The outcome rests on it.",
        None => "The outcome is open while an answer is missing.",
    };
    let named =
        |what: &str, names: &[String]| (!names.is_empty()).then(|| format!("{what} {}", list_of_at_most(names, 8)));
    let what = [named("Answer", &missing), named("Put right", &record.unusable)];
    let what: Vec<String> = what.into_iter().flatten().collect();
    let how = match (missing.is_empty(), record.uneven.len() < record.unusable.len()) {
        (false, _) => ANSWERS,
        (true, true) => ENTRIES,
        (true, false) => WEIGHTS,
    };
    (!what.is_empty()).then(|| PlanRow {
        what: what.join("; "),
        how: vec![how.to_owned()],
        why: vec![why.to_owned()],
        when: vec!["Before the ¤return is sent again".to_owned()],
        who: Vec::new(),
    })
}

/// How answers are given.
const ANSWERS: &str = "Fill in the score and what has to stand beside it.";
/// How weights are put right.
const WEIGHTS: &str = "Give each its weight, so that they come to 100%.";
/// How entries are put right.
const ENTRIES: &str = "Fill it in as the form asks; the findings say what stands there.";

impl PlanRow {
    /// Returns the row with what the sender plans about the same.
    fn with(mut self, sent: impl IntoIterator<Item = Self>) -> Self {
        for row in sent {
            self.how.extend(row.how.iter().map(|action| format!("Planned: {}", sentence(action))));
            self.when.extend(row.when);
            self.who.extend(row.who);
        }
        self
    }
}

/// Returns the row for what the sender plans beside the weaknesses and the measures on the way to the next band.
fn beside(sent: PlanRow) -> PlanRow {
    let said = sent.why.join("; ");
    let why =
        if sent.why.is_empty() { PLANNED.to_owned() } else { format!("The ¤return says: \u{201c}{said}\u{201d}") };
    PlanRow { what: sent.what.clone(), why: vec![why], ..PlanRow::default() }.with([sent])
}

/// Why something stands in the plan that is neither weak nor on the way to the next band.
const PLANNED: &str = "The ¤return plans it.";

/// Returns the row for a measure on the way to the next band, with its name; `None` for a criterion.
fn measure<'a>(step: &'a RouteStep, record: &OutcomeRecord, subjects: &Subjects) -> Option<(&'a str, PlanRow)> {
    let measure = subjects.framework.measure(&step.id)?;
    let raised = || format!("Raise it from {} to {} points.", step.from, step.to);
    let row = PlanRow {
        what: subjects.title(&step.id),
        how: vec![needed(measure, &step.to).unwrap_or_else(raised)],
        why: on_the_way(record, subjects).into_iter().collect(),
        ..PlanRow::default()
    };
    Some((&step.id, row))
}

/// Returns which measured value earns the points; `None` where the points aren't looked up.
fn needed(measure: &Measure, points: &Exact) -> Option<String> {
    let step = measure.lookup.as_ref()?.steps.iter().find(|step| step.points == *points)?;
    let limit = measured(&step.limit, &measure.unit, 2);
    let side = match step.edge {
        Edge::AtLeast => "at least",
        Edge::Over => "over",
        Edge::AtMost => "at most",
        Edge::Under => "under",
    };
    Some(format!("Bring it to {side} {limit}, which earns {} points.", number(points, 2)))
}

impl Weakness<'_> {
    /// Returns its row.
    fn row(&self, record: &OutcomeRecord, subjects: &Subjects) -> PlanRow {
        let (now, most) = (number(&self.points, 2), number(&self.scale.maximum(), 2));
        let answer = subjects.worded(&self.criterion.id);
        let why = match answer {
            Some(answer) => format!("Answered \u{201c}{answer}\u{201d}."),
            None => format!("Scored {now} of {most}{}.", labelled(self.scale, &now)),
        };
        let end = if self.scale.better == Better::Lower { "worst" } else { "lowest" };
        let what = if answer.is_some() { "answer" } else { "score of the scale" };
        let lowest = format!("That is the {end} {what}.");
        let way = match &self.target {
            Some(_) => on_the_way(record, subjects),
            None => self.level.is_zero().then_some(lowest),
        };
        PlanRow {
            what: titled(&self.criterion.id, &self.criterion.short),
            how: vec![self.how()],
            why: [why].into_iter().chain(way).collect(),
            ..PlanRow::default()
        }
    }

    /// Returns the points of the next better grade.
    fn next_points(&self) -> Exact {
        if let Grades::Range { maximum, .. } = &self.scale.grades {
            return maximum.clone();
        }
        let points = self.scale.points();
        match self.scale.better {
            Better::Higher => points.filter(|points| **points > self.points).min().cloned(),
            Better::Lower => points.filter(|points| **points < self.points).max().cloned(),
        }
        .unwrap_or_else(|| self.points.clone())
    }

    /// Returns how the criterion reaches the points that it needs: what the form says of that grade.
    fn how(&self) -> String {
        let better = self.target.clone().unwrap_or_else(|| self.next_points());
        let in_figures = || format!("{}{}", number(&better, 2), labelled(self.scale, &better.to_string()));
        let aim = answers(self.scale, &better).unwrap_or_else(in_figures);
        match said_of(self.criterion, self.scale, &better) {
            Some(level) => format!("To reach {aim}: {}", sentence(level)),
            None => format!("Bring it to {aim}: {}", sentence(&self.criterion.text)),
        }
    }
}

/// Returns a grade's label in brackets; nothing where it has none.
fn labelled(scale: &Scale, grade: &str) -> String {
    scale.label(grade).map_or_else(String::new, |label| format!(" ({})", label.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::season::sample;

    #[test]
    fn the_weakest_comes_first_whatever_one_way_to_the_next_outcome_changes() {
        let framework = sample::usual();
        let answers: Vec<Option<u32>> = (0..12).map(|at| Some(u32::from(at != 11))).collect();
        let mut review = sample::review(&framework, "A", "Self-assessment", &answers);
        let ids: Vec<_> = framework.criteria().map(|criterion| criterion.id.clone()).collect();
        let record = review.outcome.as_mut().unwrap();
        let step = RouteStep { id: ids[0].as_str().into(), from: Exact::one(), to: Exact::from(2) };
        let band = framework.outcome.bands[0].id.clone();
        record.next = Some(Route { band, steps: vec![step], fewest: true, impossible: None });
        let subjects = Subjects::of(&framework, &review);
        let told = weaknesses(review.outcome.as_ref().unwrap(), &subjects);
        let told: Vec<&str> = told.iter().map(|weakness| weakness.criterion.id.as_str()).collect();
        assert_eq!(told, [ids[11].as_str(), ids[0].as_str()]);
    }
}
