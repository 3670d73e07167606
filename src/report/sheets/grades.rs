//! The grades of sections, groups and tags as colours, return by return, and the values that schemes name.

use super::{SeasonView, list, sheet, whose};
use crate::document::{Cell, Column, Document, Mark, Part, Table, Use};
use crate::framework::{Framework, GradeSpec, OutcomeSpec};
use crate::report::graded;
use crate::review::ValueRecord;
use crate::season::SeasonReturn;

/// Returns the sheet of grades; `None` where no framework of the season has any.
pub(super) fn grades(view: &SeasonView) -> Option<Document> {
    let used = view.season.frameworks_used().into_iter();
    let of_framework = used.flat_map(|framework| framework.grades.iter().map(move |grade| (framework, grade)));
    let parts: Vec<Part> = of_framework.filter_map(|(framework, grade)| part(view, framework, grade)).collect();
    let about = "What each part of a ¤return comes to by itself, from the worst grade (orange) to the best (blue). What is open shows the worst and the best that can come out.";
    (!parts.is_empty()).then(|| sheet(view, "Grades", about).part(parts))
}

/// Returns each return's grades of one kind; `None` where no return has any.
fn part(view: &SeasonView, framework: &Framework, grade: &GradeSpec) -> Option<Part> {
    let mine = view.season.counted().filter(|sent| sent.review.framework.as_ref() == Some(&framework.id));
    let rows: Vec<&SeasonReturn> = mine.collect();
    let names = [
        Column::new("¤Organisation").chars(32.0).cell(|of: &&SeasonReturn| whose(of.organisation.as_ref())),
        Column::new("File").chars(40.0).cell(|of: &&SeasonReturn| (&of.review.file).into()),
    ];
    let graded = grade.over.iter().map(|of| {
        let cell = move |sent: &&SeasonReturn| {
            sent.review.grade(&grade.id, &of.id).map_or(Cell::Empty, |record| graded::heat(&of.spec, &record.outcome))
        };
        Column::new(of.title.clone()).chars(width(&of.spec)).mark(Mark::Ground).cell(cell)
    });
    let table = Table::of(&rows, names.into_iter().chain(graded).collect()).used(Use::Kept(1));
    let title = format!("{}: {}", framework.title, grade.title);
    (!rows.is_empty()).then(|| Part::new(title).block(table))
}

/// Returns how many letters the bands of a grade want: they show as numbers do, which neither wrap nor run on.
fn width(spec: &OutcomeSpec) -> f64 {
    let longest = spec.bands.iter().map(|band| band.title.chars().count()).max().unwrap_or_default();
    f64::from(u16::try_from(longest + 2).unwrap_or(u16::MAX)).clamp(20.0, 80.0)
}

/// Returns the sheet of named values; `None` where there are none.
pub(super) fn values(view: &SeasonView) -> Option<Document> {
    let of_return = |sent| -> Vec<(&SeasonReturn, &ValueRecord)> {
        let sent: &SeasonReturn = sent;
        sent.review.values.iter().map(|value| (sent, value)).collect()
    };
    let rows: Vec<(&SeasonReturn, &ValueRecord)> = view.season.counted().flat_map(of_return).collect();
    let columns = vec![
        Column::new("File").chars(44.0).cell(|(sent, _): &(&SeasonReturn, &ValueRecord)| (&sent.review.file).into()),
        Column::new("¤Organisation")
            .chars(32.0)
            .cell(|(sent, _): &(&SeasonReturn, &ValueRecord)| whose(sent.organisation.as_ref())),
        Column::new("Value").chars(44.0).cell(|(_, value): &(&SeasonReturn, &ValueRecord)| (&value.title).into()),
        Column::new("Comes to")
            .meaning("What the framework works out of the answers under this name; a dash where that isn't known.")
            .chars(24.0)
            .cell(|(_, value): &(&SeasonReturn, &ValueRecord)| graded::value(value).into()),
    ];
    let about = "Values that frameworks work out of the answers and name, ¤return by ¤return.";
    list(view, "Values", about, Table::of(&rows, columns).used(Use::List(2)))
}
