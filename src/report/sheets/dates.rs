//! The dated steps of all returns that count: what is late, what comes next, and of what nobody knows.

use super::{MOST_ROWS, SeasonView, beyond, list, open_report};
use crate::document::{Cell, Column, Document, Table, Use};
use crate::report::of_season::dates::{decided, planned};
use crate::season::SeasonReturn;
use crate::season::calendar::{SeasonStep, steps};

/// Returns the sheet; `None` where no return that counts has a dated step.
pub(super) fn dates(view: &SeasonView) -> Option<Document> {
    let days = view.season.days();
    let as_of = |sent: &SeasonReturn| sent.review.framework.as_ref().and_then(|framework| *days.get(framework)?);
    let mut steps = steps(&view.season.returns, as_of);
    let about = format!(
        "What is overdue or has ended, by whom, what comes next, and of what it isn't said. Rows of registers by their keys alone.{}",
        beyond(steps.len())
    );
    steps.truncate(MOST_ROWS);
    let columns = [standing(), whose(view), basis(view)].into_iter().flatten().collect();
    list(view, "Dates", &about, Table::of(&steps, columns).used(Use::List(3)))
}

/// Returns the columns that say where a step stands.
fn standing<'a>() -> Vec<Column<'a, SeasonStep<'a>>> {
    let late = |step: &SeasonStep| step.days_late().and_then(|days| usize::try_from(days).ok());
    vec![
        Column::new("Where it stands")
            .meaning("Not said: the day is past, and nobody says whether it was done. Came since: the day came after the one as of which the ¤return stands.")
            .chars(16.0)
            .cell(|step: &SeasonStep| step.standing.words().into()),
        Column::new("Day").chars(13.0).cell(|step: &SeasonStep| Cell::day(step.step.date)),
        Column::new("Days late").chars(10.0).cell(move |step| late(step).map_or(Cell::Empty, Cell::Count)),
    ]
}

/// Returns the columns that say what the step is, and whose.
fn whose<'a>(view: &'a SeasonView) -> Vec<Column<'a, SeasonStep<'a>>> {
    let framework =
        |step: &SeasonStep| view.season.framework(&step.sent.review).map(|framework| framework.title.as_str());
    vec![
        Column::new("Step").chars(44.0).cell(move |step: &SeasonStep| named(view, step).into()),
        Column::new("¤Organisation").chars(32.0).cell(|step: &SeasonStep| step.whose().into()),
        Column::new("Row").chars(22.0).cell(|step: &SeasonStep| Cell::text_or_empty(step.step.row.as_deref())),
        Column::new("Framework").chars(24.0).cell(move |step| Cell::text_or_empty(framework(step))),
    ]
}

/// Returns what a step is, with what it is about where it is one of a plan.
fn named(view: &SeasonView, step: &SeasonStep) -> String {
    let about = view
        .season
        .framework(&step.sent.review)
        .map(|framework| format!("{}{}", planned(framework, step), decided(framework, step)));
    format!("{}{}", step.step.title, about.unwrap_or_default())
}

/// Returns the columns that say how a day is known, and what became of the step.
fn basis<'a>(view: &'a SeasonView) -> Vec<Column<'a, SeasonStep<'a>>> {
    vec![
        Column::new("Counted from")
            .meaning("From what the day is counted; where there is no day or nobody says more, why.")
            .chars(40.0)
            .cell(|step: &SeasonStep| step.step.why.as_ref().unwrap_or(&step.step.basis).into()),
        Column::new("Done").chars(13.0).cell(|step: &SeasonStep| Cell::day(step.step.done)),
        Column::new("Stands as of").chars(13.0).cell(|step: &SeasonStep| Cell::day(step.as_of())),
        Column::new("Report").chars(13.0).cell(|step: &SeasonStep| open_report(view, &step.sent.review.file)),
    ]
}
