//! The grades of a return's sections, groups or tags, each with what keeps the next one away, and the values that the scheme names.

use crate::document::Fact;
use crate::document::{Cell, Column, Part, Side, Table};
use crate::framework::{GradeSpec, Graded};
use crate::outcome::RouteStep;
use crate::report::subject::Subjects;
use crate::report::{graded, pairs};
use crate::review::GradeRecord;
use crate::words::{agree, list, list_of_at_most, sentence};

/// The most criteria that are named.
const MOST_NAMED: usize = 8;

/// A part with its grade.
type Row<'a> = (&'a Graded, &'a GradeRecord);

/// Returns the grades; nothing where no part has any.
pub(super) fn parts(subjects: &Subjects) -> Vec<Part> {
    subjects.framework.grades.iter().filter_map(|grade| part(subjects, grade)).collect()
}

/// Returns what the parts have in one grade.
fn part(subjects: &Subjects, grade: &GradeSpec) -> Option<Part> {
    let rows = grade.over.iter().filter_map(|of| Some((of, subjects.review.grade(&grade.id, &of.id)?)));
    let rows: Vec<Row> = rows.collect();
    let has_total = rows.iter().any(|(of, _)| of.spec.has_total());
    let total = |(of, record): &Row| Cell::or_dash(graded::total(&of.spec, &record.outcome));
    let columns = vec![
        Column::new(noun(subjects, grade)).share(1.2).cell(|(of, _): &Row| (&of.title).into()),
        Column::new(grade.title.clone()).cell(|(of, record): &Row| graded::heat(&of.spec, &record.outcome)),
        Column::new("¤Total").side(Side::Right).cell(total).only_if(has_total),
        Column::new("What the next one needs").share(2.0).cell(|row: &Row| Cell::or_dash(next(row, subjects))),
    ];
    let table = Table::of(&rows, columns).caption(format!("{} of each part", grade.title));
    (!rows.is_empty())
        .then(|| Part::new(grade.title.clone()).lead(sentences(grade, &rows, noun(subjects, grade))).block(table))
}

/// Returns what the parts are called that have a grade: the scheme's word for a section where all are sections.
fn noun(subjects: &Subjects, grade: &GradeSpec) -> &'static str {
    let are_sections = grade.over.iter().all(|of| subjects.framework.section(&of.id).is_some());
    if are_sections { "¤Section" } else { "Part" }
}

/// Says how many parts have each grade, the best first.
fn sentences(grade: &GradeSpec, rows: &[Row], noun: &str) -> Vec<String> {
    let bands = grade.spec().into_iter().flat_map(|spec| &spec.bands);
    let with =
        |id: &str| rows.iter().filter(|(_, record)| record.outcome.settled().is_some_and(|band| *band == *id)).count();
    let told: Vec<String> = bands
        .map(|band| (with(&band.id), &band.title))
        .filter(|(count, _)| *count > 0)
        .map(|(count, title)| format!("{count} {title}"))
        .collect();
    let dropped = rows.iter().filter(|(_, record)| record.outcome.does_not_apply).count();
    let open = rows.iter().filter(|(_, record)| record.outcome.settled().is_none()).count() - dropped;
    let open = (open > 0).then(|| format!("{open} open"));
    let dropped =
        (dropped > 0).then(|| format!("{dropped} {}", agree(dropped, "doesn\u{2019}t apply", "don\u{2019}t apply")));
    let told: Vec<String> = told.into_iter().chain(open).chain(dropped).collect();
    let many = if noun == "Part" { "parts" } else { "¤sections" };
    if told.is_empty() { Vec::new() } else { vec![format!("Of {} {many}: {}.", rows.len(), list(&told))] }
}

/// Says what is missing for a grade, what keeps the next better one away, or how it is reached.
fn next((of, record): &Row, subjects: &Subjects) -> Option<String> {
    let outcome = &record.outcome;
    if !outcome.missing.is_empty() {
        return Some(format!("Answer {}.", list_of_at_most(&outcome.missing, MOST_NAMED)));
    }
    let next = outcome.next.as_ref()?;
    let title = of.spec.band_title(&next.band);
    if let Some(why) = &next.impossible {
        return Some(format!("{title} can\u{2019}t be reached: {}", sentence(why)));
    }
    let (given, answered) = (
        |step: &RouteStep| subjects.given(&step.id, &step.from),
        |step: &RouteStep| subjects.answered(&step.id, &step.to),
    );
    let steps = next.steps.iter();
    let steps: Vec<String> =
        steps.map(|step| format!("{} from {} to {}", step.id, given(step), answered(step))).collect();
    Some(format!("{title}: {}.", list_of_at_most(&steps, MOST_NAMED)))
}

/// Returns the values that the scheme names; `None` where it names none.
pub(super) fn values(subjects: &Subjects) -> Option<Part> {
    let rows: Vec<Fact> =
        subjects.review.values.iter().map(|value| Fact::new(value.title.clone(), graded::value(value))).collect();
    let table = || pairs(&rows, ["Value", "Comes to"]).caption("Values that the framework works out of the answers");
    (!rows.is_empty()).then(|| Part::new("Values").block(table()))
}
