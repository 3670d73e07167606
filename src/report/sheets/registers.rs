//! The registers' rows of the returns that count: what each comes to and what is wanting in it, told by its key alone.

use super::{MOST_ROWS, SeasonView, beyond, list, open_report, whose};
use crate::document::{Column, Document, Table, Use};
use crate::framework::{Framework, RegisterSpec};
use crate::review::RowRecord;
use crate::season::SeasonReturn;

/// A row with its return and what its pack says of the register.
#[derive(Clone, Copy)]
struct Of<'a> {
    sent: &'a SeasonReturn,
    framework: &'a Framework,
    register: &'a RegisterSpec,
    row: &'a RowRecord,
}

/// Returns the sheet; `None` where no return has rows whose results its framework names.
pub(super) fn registers(view: &SeasonView) -> Option<Document> {
    let mut rows: Vec<Of> = view.season.counted().flat_map(|sent| rows(view, sent)).collect();
    let about = format!(
        "Each row of a register, told by its key: what it comes to, and what is wanting. Only ¤returns that count.{}",
        beyond(rows.len())
    );
    rows.truncate(MOST_ROWS);
    list(view, "Registers", &about, Table::of(&rows, columns(view)).used(Use::List(4)))
}

/// Returns the rows of a return whose results the pack names.
fn rows<'a>(view: &SeasonView<'a>, sent: &'a SeasonReturn) -> Vec<Of<'a>> {
    let Some(framework) = view.season.framework(&sent.review) else { return Vec::new() };
    let of = |row: &'a RowRecord| {
        let register = framework.register(&row.register)?;
        let is_named = register.outcome.as_ref().is_some_and(|outcome| !outcome.results.is_empty());
        is_named.then_some(Of { sent, framework, register, row })
    };
    sent.review.rows.iter().filter_map(of).collect()
}

/// Says of a row that what it comes to can't be told, and what it can be.
fn not_told(can_be: &[String]) -> String {
    let which = if can_be.is_empty() { String::new() } else { format!(": {}", can_be.join(" or ")) };
    format!("Not to be told yet{which}")
}

fn columns<'a>(view: &'a SeasonView) -> Vec<Column<'a, Of<'a>>> {
    let titled = |of: &Of| {
        let outcome = of.register.outcome.as_ref()?;
        let can_be = || of.row.can_be.iter().map(|id| outcome.titled(id)).collect::<Vec<_>>();
        Some(of.row.outcome.as_ref().map_or_else(|| not_told(&can_be()), |id| outcome.titled(id)))
    };
    let wanting = |of: &Of| of.row.actions.iter().map(|action| action.text.as_str()).collect::<Vec<_>>().join(" ");
    vec![
        Column::new("Framework").chars(30.0).cell(|of: &Of| (&of.framework.title).into()),
        Column::new("Register").chars(16.0).cell(|of: &Of| (&of.register.title).into()),
        Column::new("¤Organisation").chars(32.0).cell(|of: &Of| whose(of.sent.organisation.as_ref())),
        Column::new("Row")
            .meaning("The row's key, or its number where the key is personal data. No names stand here.")
            .chars(26.0)
            .cell(|of: &Of| (&of.row.key).into()),
        Column::new("Result")
            .meaning("What the row comes to by the framework's rule, whatever the sender entered.")
            .chars(18.0)
            .cell(move |of| titled(of).unwrap_or_default().into()),
        Column::new("Wanting, and what to do").chars(60.0).cell(move |of| wanting(of).into()),
        Column::new("Report").chars(13.0).cell(|of: &Of| open_report(view, &of.sent.review.file)),
    ]
}
