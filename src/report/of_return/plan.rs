//! What a return is strong in, and a plan for what it is weak in.

use super::planned::{Actions, Planned};
use super::section;
use crate::document::{Block, Cell, Column, Fact, Part, Table};
use crate::exact::Exact;
use crate::framework::{Better, Criterion, Framework};
use crate::outcome::RouteStep;
use crate::report::subject::{Subjects, label};
use crate::review::{OutcomeRecord, Review};
use crate::words::{agree, capital, count, list_of_at_most, number, sentence};

/// The most rows that a plan has; what is beyond them isn't next.
const MOST_ROWS: usize = 20;

/// One weakness and what could be done about it.
struct PlanRow {
    what: String,
    /// What would do it, then what the sender plans.
    how: Vec<String>,
    why: String,
    when: Vec<String>,
    who: Vec<String>,
}

/// A criterion below the middle of its scale, or on the way to the next band.
struct Weakness<'a> {
    criterion: &'a Criterion,
    points: Exact,
    level: Exact,
    target: Option<Exact>,
}

/// Returns the criteria with the best score, by section; `None` where there are none.
pub(super) fn strengths(framework: &Framework, review: &Review, subjects: &Subjects) -> Option<Part> {
    review.outcome.as_ref()?;
    let best = |criterion: &&Criterion| subjects.level(criterion) == Some(Exact::one());
    let (number, asked) = (framework.criteria().filter(best).count(), framework.criteria().count());
    let of_section = |section: &crate::framework::Section| {
        let names: Vec<String> =
            section.criteria.iter().filter(best).map(|criterion| subjects.title(criterion.id.as_str())).collect();
        let all = names.len() == section.criteria.len() && names.len() > 4;
        let said = if all { format!("all {} criteria", names.len()) } else { list_of_at_most(&names, 6) };
        (!names.is_empty()).then(|| Fact::new(section::title(section), format!("{said}.")))
    };
    let verb = agree(number, "has", "have");
    let sentence = format!(
        "{number} of {} {verb} the best score of the scale. What works there may help others in the network.",
        count(asked, "criterion", "criteria")
    );
    let sections = framework.sections.iter().filter_map(of_section).collect();
    (number > 0).then(|| Part::new("Strengths").paragraphs([sentence]).block(Block::Labelled(sections)))
}

/// Returns the plan; `None` where nothing was scored.
pub(super) fn plan(framework: &Framework, review: &Review, subjects: &Subjects) -> Option<Part> {
    let record = review.outcome.as_ref()?;
    let (found, planned) = (weaknesses(framework, record, subjects), Planned::of(framework, review));
    let sent = |id: &str| planned.as_ref().map(|planned| planned.for_subject(id)).unwrap_or_default();
    let mut rows: Vec<PlanRow> = unanswered(record).into_iter().collect();
    rows.extend(measures(framework, record, subjects).into_iter().map(|(id, row)| row.with(sent(id))));
    let left = MOST_ROWS.saturating_sub(rows.len());
    let told = found.iter().take(left);
    rows.extend(told.map(|weakness| row(framework, record, weakness).with(sent(weakness.criterion.id.as_str()))));
    rows.extend(planned.iter().flat_map(|planned| beside(framework, record, &found, planned, subjects)));
    let hidden = found.len().saturating_sub(left);
    if rows.is_empty() && framework.criteria().next().is_none() {
        return None;
    }
    let more = format!(
        "{} {} below the middle of the scale too; the table of criteria shows them.",
        capital(&count(hidden, "further criterion", "further criteria")),
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
        Column::new("Why").share(1.4).cell(|row: &PlanRow| (&row.why).into()),
        Column::new("When").share(1.0).cell(move |row: &PlanRow| agreed(&row.when)),
        Column::new("Who").share(1.0).cell(move |row: &PlanRow| agreed(&row.who)),
    ];
    Table::of(rows, columns).caption("Improvement plan")
}

/// Returns what the plan is for.
fn summary(rows: usize) -> String {
    if rows == 0 {
        return "No criterion is below the middle of its scale, so no weakness has to be planned for. Keep what works, and \
                keep its evidence up to date."
            .to_owned();
    }
    format!(
        "{} to work on{}. What the return doesn\u{2019}t say of How, When and Who is for the organisation to agree.",
        capital(&count(rows, "thing", "things")),
        agree(rows, "", ", the ones that move the outcome first")
    )
}

/// Returns the weaknesses, those on the way to the next band first, then the weakest.
fn weaknesses<'a>(framework: &'a Framework, record: &OutcomeRecord, subjects: &Subjects) -> Vec<Weakness<'a>> {
    let half = Exact::ratio(1, 2).expect("two isn't nought");
    let steps = record.next.iter().filter(|next| next.impossible.is_none()).flat_map(|next| &next.steps);
    let steps: Vec<&RouteStep> = steps.collect();
    let weak = |criterion: &'a Criterion| {
        let target = steps.iter().find(|step| step.id == criterion.id).map(|step| step.to.clone());
        let (points, level) = (subjects.points(criterion.id.as_str())?, subjects.level(criterion)?);
        (level < half || target.is_some()).then_some(Weakness { criterion, points, level, target })
    };
    let mut found: Vec<Weakness<'a>> = framework.criteria().filter_map(weak).collect();
    found.sort_by(|a, b| (a.target.is_none(), &a.level).cmp(&(b.target.is_none(), &b.level)));
    found
}

/// Returns the row for answers that are missing; `None` where none is.
fn unanswered(record: &OutcomeRecord) -> Option<PlanRow> {
    let missing = record.missing.len();
    (missing > 0).then(|| PlanRow {
        what: format!("Answer {} {}", list_of_at_most(&record.missing, 8), agree(missing, "", "")).trim().to_owned(),
        how: vec!["Fill in the score and what has to stand beside it.".to_owned()],
        why: "The outcome is open while an answer is missing.".to_owned(),
        when: vec!["Before the return is sent again".to_owned()],
        who: Vec::new(),
    })
}

impl PlanRow {
    /// Returns the row with what the sender plans about the same.
    fn with(mut self, actions: Actions) -> Self {
        self.how.extend(actions.how.iter().map(|action| format!("Planned: {}", sentence(action))));
        self.when.extend(actions.when);
        self.who.extend(actions.who);
        self
    }
}

/// Returns the rows for what the sender plans beside the weaknesses and the measures on the way to the next band.
fn beside(
    framework: &Framework,
    record: &OutcomeRecord,
    found: &[Weakness],
    planned: &Planned,
    subjects: &Subjects,
) -> Vec<PlanRow> {
    let mut told: Vec<&str> = found.iter().map(|weakness| weakness.criterion.id.as_str()).collect();
    told.extend(measures(framework, record, subjects).iter().map(|(id, _)| *id));
    let row = |(what, actions): (String, Actions)| {
        PlanRow {
            what,
            how: Vec::new(),
            why: if actions.why.is_empty() { PLANNED.to_owned() } else { sentence(&actions.why.join("; ")) },
            when: Vec::new(),
            who: Vec::new(),
        }
        .with(Actions { why: Vec::new(), ..actions })
    };
    planned.beside(&told, subjects).into_iter().map(row).collect()
}

/// Why something stands in the plan that is neither weak nor on the way to the next band.
const PLANNED: &str = "The return plans it.";

/// Returns the rows for measures on the way to the next band, each with its measure's name.
fn measures<'a>(framework: &Framework, record: &'a OutcomeRecord, subjects: &Subjects) -> Vec<(&'a str, PlanRow)> {
    let Some(next) = record.next.as_ref().filter(|next| next.impossible.is_none()) else { return Vec::new() };
    let row = |step: &'a RouteStep| {
        let measure = subjects.measured(&step.id)?;
        let row = PlanRow {
            what: subjects.title(&step.id),
            how: vec![
                needed(measure, &step.to)
                    .unwrap_or_else(|| format!("Raise it from {} to {} points.", step.from, step.to)),
            ],
            why: format!("It is on the shortest way to {}.", framework.band_title(&next.band)),
            when: Vec::new(),
            who: Vec::new(),
        };
        Some((step.id.as_str(), row))
    };
    next.steps.iter().filter_map(row).collect()
}

/// Returns which measured value earns the points; `None` where the points aren't looked up.
fn needed(measure: &crate::framework::Measure, points: &Exact) -> Option<String> {
    let step = measure.lookup.as_ref()?.steps.iter().find(|step| step.points == *points)?;
    let limit = crate::words::measured(&step.limit, &measure.unit, 2);
    let side = match step.edge {
        crate::framework::Edge::AtLeast => "at least",
        crate::framework::Edge::Over => "over",
        crate::framework::Edge::AtMost => "at most",
        crate::framework::Edge::Under => "under",
    };
    Some(format!("Bring it to {side} {limit}, which earns {} points.", number(points, 2)))
}

/// Returns the row of a weakness.
fn row(framework: &Framework, record: &OutcomeRecord, weakness: &Weakness) -> PlanRow {
    let criterion = weakness.criterion;
    let scale = framework.scale(criterion);
    let better = weakness.target.clone().unwrap_or_else(|| next_points(framework, weakness));
    let shown = number(&weakness.points, 2);
    let now = label(scale, &shown).map_or_else(String::new, |label| format!(" ({})", label.to_lowercase()));
    let way = match (&weakness.target, &record.next) {
        (Some(_), Some(next)) => format!(" It is on the shortest way to {}.", framework.band_title(&next.band)),
        (Some(_) | None, _) if weakness.level.is_zero() => " That is the lowest score of the scale.".to_owned(),
        (Some(_) | None, _) => String::new(),
    };
    PlanRow {
        what: format!("{} {}", criterion.id, criterion.short),
        how: vec![how(framework, criterion, &better)],
        why: format!("Scored {shown} of {}{now}.{way}", number(&scale.maximum(), 2)),
        when: Vec::new(),
        who: Vec::new(),
    }
}

/// Returns the points of the next better grade.
fn next_points(framework: &Framework, weakness: &Weakness) -> Exact {
    let scale = framework.scale(weakness.criterion);
    let crate::framework::Grades::Listed(grades) = &scale.grades else { return scale.maximum() };
    let points = grades.iter().filter_map(|grade| grade.points.clone());
    match scale.better {
        Better::Higher => points.filter(|points| *points > weakness.points).min().unwrap_or_else(|| scale.maximum()),
        Better::Lower => points.filter(|points| *points < weakness.points).max().unwrap_or_else(|| scale.minimum()),
    }
}

/// Returns how a criterion reaches some points: what the form says of that grade.
fn how(framework: &Framework, criterion: &Criterion, points: &Exact) -> String {
    let scale = framework.scale(criterion);
    let label = label(scale, &points.to_string());
    let aim =
        label.map_or_else(|| number(points, 2), |label| format!("{} ({})", number(points, 2), label.to_lowercase()));
    // Levels are listed best first, one for each grade.
    let above = framework_grades(scale).iter().filter(|grade| **grade > *points).count();
    match criterion.levels.get(above) {
        Some(level) => format!("To reach {aim}: {}", sentence(level)),
        None => format!("Bring it to {aim}: {}", sentence(&criterion.text)),
    }
}

/// Returns the points of a scale's grades.
fn framework_grades(scale: &crate::framework::Scale) -> Vec<Exact> {
    match &scale.grades {
        crate::framework::Grades::Listed(grades) => grades.iter().filter_map(|grade| grade.points.clone()).collect(),
        crate::framework::Grades::Range { .. } => Vec::new(),
    }
}
