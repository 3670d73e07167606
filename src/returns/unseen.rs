//! What counts though a person doesn't see it, or sees something else: hidden, struck out, or shown otherwise by its number format.

use crate::cell::{CellRange, CellRef, column_letters};
use crate::finding::{Finding, Place};
use crate::framework::{Framework, RegisterSpec};
use crate::words::{agree, list_and_others, number_of};
use crate::workbook::{Cell, DateSystem, Sheet, Visibility};

use super::line::Column;
use super::place::Spot;
use super::rule::ANSWER_HIDDEN;

/// The most runs of rows that are named.
const MOST_NAMED: usize = 6;

/// What to do where a number format hides what counts.
const MASKED_HELP: &str = "Give the cell the number format “General”, and check that it is meant.";
/// What to do where something is struck out.
const STRUCK_HELP: &str = "Leave what is meant alone in the cell, not struck out.";

/// What isn't seen.
#[derive(Clone, Copy)]
pub(super) enum What {
    /// An answer.
    Answer,
    /// An entry of the cover.
    Entry,
    /// A figure or an outcome that the workbook states.
    Figure,
}

impl What {
    /// Returns what findings call it.
    const fn noun(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Entry => "entry",
            Self::Figure => "figure",
        }
    }

    /// Returns what is done with it all the same.
    const fn does(self) -> &'static str {
        match self {
            Self::Answer | Self::Entry => "still counts",
            Self::Figure => "is compared all the same",
        }
    }
}

/// Says that what counts isn't seen, or not as it counts.
pub(super) fn at(spot: &Spot, what: What) -> Option<Finding> {
    let filled = spot.cell.filter(|cell| !cell.value.is_blank());
    let (message, help) = hidden(spot, filled?, what)?;
    Some(spot.finding(&ANSWER_HIDDEN, message).with_help(help))
}

/// Says that something beside an answer counts though it isn't seen; what it says may be anybody's name, and isn't repeated. What
/// hides the whole row is told of the answer.
pub(super) fn beside(spot: &Spot) -> Option<Finding> {
    let cell = spot.cell.filter(|cell| !cell.value.is_blank() && !spot.sheet.hides(spot.at))?;
    let (message, help) = match cell.look.struck.as_deref() {
        _ if cell.is_masked(spot.dates) => {
            ("what stands in the cell isn't shown, as its number format hides it; it still counts", MASKED_HELP)
        }
        Some(struck) if *struck == *spot.written() => {
            ("what stands in the cell is struck out; it still counts", STRUCK_HELP)
        }
        Some(_) => ("a part of what stands in the cell is struck out; only the rest counts", STRUCK_HELP),
        None => return None,
    };
    Some(Finding { found: None, ..spot.finding(&ANSWER_HIDDEN, message).with_help(help) })
}

/// Says why a person doesn't see what counts, and what to do about it.
fn hidden(spot: &Spot, cell: &Cell, what: What) -> Option<(String, &'static str)> {
    let written = || spot.written();
    let (noun, does) = (what.noun(), what.does());
    if spot.sheet.hides(spot.at) {
        let message = format!("the {noun} {} stands in a hidden row, column or sheet; it {does}", written());
        Some((message, "Unhide it, and check that it is meant."))
    } else if cell.is_masked(spot.dates) {
        let message = format!("the {noun} {} isn't shown, as the cell's number format hides it; it {does}", written());
        Some((message, MASKED_HELP))
    } else if let Some(struck) = &cell.look.struck {
        let written = written();
        let message = if **struck == *written {
            format!("the {noun} {written} is struck out; it {does}")
        } else {
            format!("“{}” is struck out in the cell; {} is read as the {noun}", struck.trim(), written.trim())
        };
        Some((message, STRUCK_HELP))
    } else if spot.shows_another_number() {
        let does = does.trim_start_matches("still ");
        let message = format!("the cell shows {}, but holds {}, which {does}", written(), spot.words());
        Some((message, MASKED_HELP))
    } else {
        None
    }
}

/// Says what isn't seen of a register whose rows have these numbers: rows and columns, each once for all of them.
pub(super) fn in_register(
    framework: &Framework,
    (spec, sheet): (&RegisterSpec, &Sheet),
    columns: &[Column],
    numbers: &[u32],
) -> Vec<Finding> {
    let first = columns.first().map(|column| column.at);
    let rows =
        first.map(|at| [hidden_rows(spec, (sheet, at), numbers), struck_rows(spec, (sheet, at), columns, numbers)]);
    let rows = rows.into_iter().flatten().flatten();
    rows.chain(hidden_columns(framework, (spec, sheet), columns, numbers)).collect()
}

/// Says that rows of a register can't be seen and count all the same, once for all of them.
fn hidden_rows(spec: &RegisterSpec, (sheet, at): (&Sheet, u32), numbers: &[u32]) -> Option<Finding> {
    let is_hidden = sheet.visibility == Visibility::Hidden;
    let unseen: Vec<u32> = numbers.iter().copied().filter(|row| is_hidden || sheet.hides_row(*row)).collect();
    let how = if is_hidden { ["stands on a hidden sheet", "stand on a hidden sheet"] } else { ["can't be seen"; 2] };
    let help = "Take the filter off or show the rows, and check that all are meant.";
    rows_told(spec, (sheet, at), &unseen, how).map(|finding| finding.with_help(help))
}

/// Says that entries of rows are struck out or hidden by their number format, and count all the same, once for all of them.
fn struck_rows(
    spec: &RegisterSpec,
    (sheet, at): (&Sheet, u32),
    columns: &[Column],
    numbers: &[u32],
) -> Option<Finding> {
    let is_entry =
        |cell: &Cell| columns.iter().any(|column| column.at == cell.at.column && column.spec.computed.is_none());
    let is_unseen = |cell: &Cell| cell.look.struck.is_some() || cell.is_masked(DateSystem::From1900);
    let has_one = |row: &u32| sheet.row(*row).iter().any(|cell| is_entry(cell) && is_unseen(cell));
    let unseen: Vec<u32> = numbers.iter().copied().filter(has_one).collect();
    let how = [
        "has an entry that is struck out or hidden by its number format",
        "have entries that are struck out or hidden by their number format",
    ];
    let help = "Leave what is meant in the cells, neither struck out nor hidden, and delete the rest.";
    rows_told(spec, (sheet, at), &unseen, how).map(|finding| finding.with_help(help))
}

/// Says of rows together how they can't be seen; `how` for one and for several.
fn rows_told(
    spec: &RegisterSpec,
    (sheet, at): (&Sheet, u32),
    unseen: &[u32],
    how: [&'static str; 2],
) -> Option<Finding> {
    let (first, last) = (*unseen.first()?, *unseen.last()?);
    let runs = unseen.chunk_by(|above, below| below - above == 1);
    let named: Vec<String> = runs
        .map(|run| if run.len() == 1 { run[0].to_string() } else { format!("{} to {}", run[0], run[run.len() - 1]) })
        .collect();
    let message = format!(
        "{} of “{}” {} ({}); {}",
        number_of(unseen.len(), "row", "rows"),
        spec.title,
        agree(unseen.len(), how[0], how[1]),
        list_and_others(&named, MOST_NAMED),
        agree(unseen.len(), "it still counts", "they still count")
    );
    let cells = CellRange::new(CellRef::new(first, at), CellRef::new(last, at));
    let finding = Finding::new(&ANSWER_HIDDEN, Place::Cells(sheet.name.clone(), cells), message);
    Some(finding.with_subject(spec.id.as_str()))
}

/// Says which columns of a register are hidden that the form shows, where something stands in them.
fn hidden_columns(
    framework: &Framework,
    (spec, sheet): (&RegisterSpec, &Sheet),
    columns: &[Column],
    numbers: &[u32],
) -> Vec<Finding> {
    let form = framework.issued_sheet(&spec.sheet);
    let finding = |column: &Column| {
        let told = hidden_column((sheet, form), column.at, numbers, (&spec.title, &column.spec.heading))?;
        Some(told.with_subject(spec.id.as_str()))
    };
    columns.iter().filter(|column| column.spec.computed.is_none()).filter_map(finding).collect()
}

/// Says that a column of entries in rows of these numbers is hidden that the form shows, where something stands in it.
pub(super) fn hidden_column(
    (sheet, form): (&Sheet, Option<&Sheet>),
    column: u32,
    numbers: &[u32],
    (title, heading): (&str, &str),
) -> Option<Finding> {
    if !sheet.hides_column(column) || form.is_some_and(|form| form.hides_column(column)) {
        return None;
    }
    let cells = numbers.iter().map(|row| CellRef::new(*row, column));
    let filled: Vec<CellRef> = cells.filter(|at| sheet.cell(*at).is_some_and(|cell| !cell.value.is_blank())).collect();
    let range = CellRange::new(*filled.first()?, *filled.last()?);
    let letters = column_letters(column);
    let message = format!("column {letters} of “{title}”, “{heading}”, is hidden; what stands in it still counts");
    let finding = Finding::new(&ANSWER_HIDDEN, Place::Cells(sheet.name.clone(), range), message);
    Some(finding.with_help("Unhide the column, and check that all entries are meant."))
}
