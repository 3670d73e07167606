//! What merged cells lie over: nobody sees it, so it counts for nothing and is told.

use crate::cell::{CellRange, CellRef};
use crate::finding::{Finding, Place};
use crate::framework::{Framework, Holds};
use crate::layout::Layout;
use crate::workbook::{Cell, Sheet, Workbook};

use super::rule::ANSWER_HIDDEN;

/// Says where cells of the framework's sheets hold something that merged cells lie over.
pub(super) fn told(framework: &Framework, workbook: &Workbook, layout: &Layout) -> Vec<Finding> {
    let mut told = Vec::new();
    for (id, index) in &layout.sheets {
        let (sheet, issued) = (&workbook.sheets[*index], framework.issued_sheet(id));
        let is_issued = |cell: &Cell| issued.is_some_and(|issued| issued.covered.contains(cell));
        let is_shown = |cell: &Cell, at: CellRef| sheet.cell(at).is_some_and(|shown| shown.value == cell.value);
        // An answer is its own criterion's, even where it is the same as the one that is seen.
        let is_seen =
            |cell: &Cell, at: CellRef| is_shown(cell, at) && !is_an_answer(framework, layout, *index, cell.at);
        let is_lost = |(cell, at): &(&Cell, CellRef)| !cell.value.is_blank() && !is_seen(cell, *at) && !is_issued(cell);
        let lost: Vec<&Cell> = sheet.covered_cells().filter(is_lost).map(|(cell, _)| cell).collect();
        let side_by_side = |one: &&Cell, next: &&Cell| next.at == CellRef::new(one.at.row, one.at.column + 1);
        let is_nobodys = |cell: &Cell| is_in_a_register(layout, *index, cell.at);
        told.extend(lost.chunk_by(side_by_side).map(|cells| match cells {
            [cell] if !is_nobodys(cell) => one(workbook, sheet, cell),
            cells => several(sheet, cells),
        }));
    }
    told
}

/// Whether a cell is where an answer belongs.
fn is_an_answer(framework: &Framework, layout: &Layout, sheet: usize, at: CellRef) -> bool {
    layout.tables.iter().filter(|table| table.sheet == sheet).any(|table| {
        let mut scores =
            framework.tables[table.table].columns.iter().filter(|column| matches!(column.holds, Holds::Score(_)));
        let is_in = scores.any(|column| table.columns.get(&column.id) == Some(&at.column));
        is_in && table.rows.values().any(|row| *row == at.row)
    })
}

/// Whether a cell lies in a register, whose entries may be nobody's to repeat.
fn is_in_a_register(layout: &Layout, sheet: usize, at: CellRef) -> bool {
    layout.registers.values().any(|register| register.sheet == sheet && at.row > register.heading)
}

/// Says what one cell holds.
fn one(workbook: &Workbook, sheet: &Sheet, cell: &Cell) -> Finding {
    let written = cell.shown(workbook.date_system);
    let holds = if cell.text().is_some() { quoted(&written) } else { written.clone() };
    let message =
        format!("{} holds {holds}, but lies under merged cells: nobody sees it, and it doesn't count", cell.at);
    finding(Place::cell(&sheet.name, cell.at), message).with_found(written)
}

/// Returns the beginning of a text, in quotes.
fn quoted(text: &str) -> String {
    const MOST: usize = 60;
    let line = text.lines().next().unwrap_or_default();
    let start: String = line.chars().take(MOST).collect();
    let rest = if start.len() < text.trim_end().len() { " …" } else { "" };
    format!("“{}{rest}”", start.trim_end())
}

/// Says that cells side by side, or one whose words aren't to be repeated, hold something.
fn several(sheet: &Sheet, cells: &[&Cell]) -> Finding {
    let range = CellRange::new(cells[0].at, cells[cells.len() - 1].at);
    let message = format!("what stands in {range} lies under merged cells: nobody sees it, and it doesn't count");
    finding(Place::Cells(sheet.name.clone(), range), message)
}

/// Starts a finding.
fn finding(place: Place, message: String) -> Finding {
    let help = "Unmerge the cells, delete what isn't meant, and put what is meant where it is seen.";
    Finding::new(&ANSWER_HIDDEN, place, message).with_help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_quoted_by_their_beginning() {
        let long = "word ".repeat(30);
        let cases = [
            ("3", "“3”".to_owned()),
            ("Letters of support", "“Letters of support”".to_owned()),
            ("Letters\nMinutes", "“Letters …”".to_owned()),
            (&long, format!("“{} …”", "word ".repeat(12).trim_end())),
        ];
        for (text, expected) in cases {
            assert_eq!(quoted(text), expected, "{text}");
        }
    }
}
