//! Where the cells of the issued form stand on a sender's sheet: rows and columns that were put in or taken out move them, and the
//! texts that both have tell by how much.
//!
//! A line, row or column, between two that were moved alike was moved with them. Where the two were moved by different numbers
//! of lines, where it stands can't be told by them: it is within what lies between.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use crate::cell::CellRef;
use crate::framework::{Framework, SheetId};
use crate::wording::Wording;

use super::text::{SheetText, WorkbookText};

/// So many lines after where one is likely it is looked for.
const REACH: u32 = 10;

/// The sheets of a workbook beside those of the form, each looked at when first asked for.
pub(super) struct Forms<'a> {
    framework: &'a Framework,
    text: &'a WorkbookText<'a>,
    sheets: &'a BTreeMap<SheetId, usize>,
    shifts: BTreeMap<&'a SheetId, OnceCell<Option<Shifts<'a>>>>,
}

impl<'a> Forms<'a> {
    /// Takes a workbook, and which of its tabs is which sheet of the form.
    pub(super) fn new(
        framework: &'a Framework,
        text: &'a WorkbookText<'a>,
        sheets: &'a BTreeMap<SheetId, usize>,
    ) -> Self {
        Self { framework, text, sheets, shifts: sheets.keys().map(|id| (id, OnceCell::new())).collect() }
    }

    /// Returns where the cells of a sheet of the form stand; `None` where the pack has no form, or the workbook no such sheet.
    pub(super) fn of(&self, id: &SheetId) -> Option<&Shifts<'a>> {
        let make = || {
            Some(Shifts::new(
                SheetText::new(self.framework.issued_sheet(id)?),
                &self.text.sheets[*self.sheets.get(id)?],
            ))
        };
        self.shifts.get(id)?.get_or_init(make).as_ref()
    }
}

/// Where the cells of a sheet of the form stand on a sender's.
pub(super) struct Shifts<'a> {
    /// What the form's sheet says.
    pub(super) form: SheetText<'a>,
    rows: Lines,
    columns: Lines,
}

impl<'a> Shifts<'a> {
    /// Sets a sender's sheet beside the form's.
    fn new(form: SheetText<'a>, text: &SheetText) -> Self {
        let (mut rows, mut columns) = (Votes::new(), Votes::new());
        let here = once_each(text);
        for (words, at) in once_each(&form) {
            if let Some(there) = here.get(words) {
                *rows.entry(at.row).or_default().entry(there.row).or_default() += 1;
                *columns.entry(at.column).or_default().entry(there.column).or_default() += 1;
            }
        }
        let (rows, columns) = (Lines::of(&rows), Lines::of(&columns));
        Self { form, rows, columns }
    }

    /// Returns where a cell of the form stands; `None` where that can't be told.
    pub(super) fn sure(&self, at: CellRef) -> Option<CellRef> {
        Some(CellRef::new(self.rows.sure(at.row)?, self.columns.sure(at.column)?))
    }

    /// Returns where a cell of the form stands if nothing was put in or taken out just before it.
    pub(super) fn likely(&self, at: CellRef) -> CellRef {
        CellRef::new(self.rows.likely(at.row), self.columns.likely(at.column))
    }

    /// Returns where a row of the form stands if nothing was put in or taken out just before it.
    pub(super) fn likely_row(&self, row: u32) -> u32 {
        self.rows.likely(row)
    }

    /// Returns where a column of the form stands if nothing was put in or taken out just before it.
    pub(super) fn likely_column(&self, column: u32) -> u32 {
        self.columns.likely(column)
    }

    /// Returns where a column of the form stands; `None` where that can't be told.
    pub(super) fn column(&self, column: u32) -> Option<u32> {
        self.columns.sure(column)
    }

    /// Returns the rows in which one of the form may stand: where those around it tell, else not far below.
    pub(super) fn rows_near(&self, row: u32) -> RangeInclusive<u32> {
        self.rows.near(row)
    }

    /// Returns the columns in which one of the form may stand: where those around it tell, else not far right.
    pub(super) fn columns_near(&self, column: u32) -> RangeInclusive<u32> {
        self.columns.near(column)
    }

    /// Returns the rows between which one of the form must stand, both included; the last is `None` where nothing follows it.
    pub(super) fn room(&self, row: u32) -> (u32, Option<u32>) {
        self.rows.room(row)
    }

    /// Returns where a label of the form stands in words that the form doesn't have, or in none; `None` where that can't be told. The last one
    /// of a sheet stands where a text does and no other follows what is known, or something in its own cell beside no label; the last few where as many
    /// texts follow what is known, each in its place.
    pub(super) fn reworded(&self, text: &SheetText, (label, own): (CellRef, CellRef)) -> Option<CellRef> {
        let (likely, own) = (self.likely(label), self.likely(own));
        let (first, end) = self.room(label.row);
        let mut texts = text.texts.iter().map(|(at, _)| *at).filter(|at| at.column == likely.column && at.row >= first);
        let is_filled = text.sheet.cell(own).is_some_and(|cell| cell.formula.is_some() || !cell.value.is_blank());
        let is_last = end.is_none() && texts.next().map_or(is_filled, |only| only == likely) && texts.next().is_none();
        let are_last = || end.is_none() && self.are_in_place(text, label);
        self.sure(label).or_else(|| (is_last || are_last()).then_some(likely)).filter(|at| self.is_unknown(text, *at))
    }

    /// Whether in the column of a label as many texts follow the last that is known as in the form, each where the form's would stand.
    fn are_in_place(&self, text: &SheetText, label: CellRef) -> bool {
        let ((known, there), _) = self.rows.around(label.row);
        let column = self.likely_column(label.column);
        let printed =
            self.form.texts.iter().map(|(at, _)| *at).filter(|at| at.column == label.column && at.row > known);
        let printed: BTreeSet<CellRef> = printed.map(|at| self.likely(at)).collect();
        let here = text.texts.iter().map(|(at, _)| *at).filter(|at| at.column == column && at.row > there);
        here.collect::<BTreeSet<CellRef>>() == printed
    }

    /// Whether words that the form doesn't have stand in a cell of a sender's sheet, or nothing.
    pub(super) fn is_unknown(&self, text: &SheetText, at: CellRef) -> bool {
        let is_typed = text
            .sheet
            .cell(at)
            .is_none_or(|cell| cell.value.is_blank() || (cell.formula.is_none() && cell.text().is_some()));
        is_typed && !text.at(at).is_some_and(|words| self.form.says(words))
    }

    /// Whether the form itself says these words at a place of a sender's sheet.
    pub(super) fn prints(&self, words: &Wording, at: CellRef) -> bool {
        self.form.texts.iter().any(|(cell, printed)| printed == words && self.likely(*cell) == at)
    }
}

/// For each line of the form, how many texts of it stand in which lines of a sender's sheet.
type Votes = BTreeMap<u32, BTreeMap<u32, usize>>;

/// Returns the texts of more than a sign, letters among them, that a sheet has once, outside its formulas.
fn once_each<'t>(text: &'t SheetText) -> BTreeMap<&'t Wording, CellRef> {
    let mut found: BTreeMap<&Wording, Option<CellRef>> = BTreeMap::new();
    let says_something = |words: &Wording| words.as_str().len() > 1 && words.as_str().contains(char::is_alphabetic);
    for (at, words) in text.texts.iter().filter(|(_, words)| says_something(words)) {
        let is_worked_out = text.sheet.cell(*at).is_some_and(|cell| cell.formula.is_some());
        let place = Some(*at).filter(|_| !is_worked_out);
        found.entry(words).and_modify(|place| *place = None).or_insert(place);
    }
    found.into_iter().filter_map(|(words, at)| Some((words, at?))).collect()
}

/// Where the lines of a sheet of the form stand on a sender's, rows or columns: those that texts tell, in order.
pub(super) struct Lines(Vec<(u32, u32)>);

impl Lines {
    /// Takes lines of which it is known where they stand, in order.
    pub(super) fn through(known: Vec<(u32, u32)>) -> Self {
        Self(known)
    }

    /// Takes for each line where most of its texts stand, and of those that don't keep the form's order what the fewest texts tell
    /// isn't taken.
    fn of(votes: &Votes) -> Self {
        let told: Vec<(u32, u32, usize)> = votes.iter().filter_map(|(line, places)| most(*line, places)).collect();
        let mut best: Vec<(usize, Option<usize>)> = Vec::new();
        for (index, (_, there, count)) in told.iter().enumerate() {
            let before = (0..index).filter(|earlier| told[*earlier].1 < *there).max_by_key(|earlier| best[*earlier].0);
            best.push((count + before.map_or(0, |earlier| best[earlier].0), before));
        }
        let mut next = (0..told.len()).max_by_key(|index| best[*index].0);
        let mut lines = Vec::new();
        while let Some(index) = next {
            lines.push((told[index].0, told[index].1));
            next = best[index].1;
        }
        lines.reverse();
        Self(lines)
    }

    /// Returns the nearest line at or before one and the nearest after it, each with where it stands; before the first is the edge.
    fn around(&self, line: u32) -> ((u32, u32), Option<(u32, u32)>) {
        let after = self.0.partition_point(|(own, _)| *own <= line);
        let before = after.checked_sub(1).map_or((0, 0), |before| self.0[before]);
        (before, self.0.get(after).copied())
    }

    /// Returns where a line stands; `None` where that can't be told.
    pub(super) fn sure(&self, line: u32) -> Option<u32> {
        match self.around(line) {
            ((own, there), _) if own == line => Some(there),
            ((before, there), Some((after, there_after))) if after - before == there_after - there => {
                Some(there + (line - before))
            }
            (_, Some(_) | None) => None,
        }
    }

    /// Returns where a line stands if nothing was put in or taken out between it and the nearest before it.
    fn likely(&self, line: u32) -> u32 {
        let ((before, there), _) = self.around(line);
        there + (line - before)
    }

    /// Returns the lines at which one may stand: the one that is told, else those that are free, but for those far from where it is likely.
    fn near(&self, line: u32) -> RangeInclusive<u32> {
        let (first, last) = self.room(line);
        let furthest = self.likely(line) + REACH;
        self.sure(line).map_or(first..=last.map_or(furthest, |last| last.min(furthest)), |at| at..=at)
    }

    /// Returns the first and the last line at which one may stand; the last is `None` where none that is known follows it.
    fn room(&self, line: u32) -> (u32, Option<u32>) {
        match self.around(line) {
            ((own, there), _) if own == line => (there, Some(there)),
            ((_, there), after) => (there + 1, after.map(|(_, there)| there - 1)),
        }
    }
}

/// Returns a line with where most of its texts stand, and how many these are; of equals the nearest.
fn most(line: u32, places: &BTreeMap<u32, usize>) -> Option<(u32, u32, usize)> {
    let most = places.iter().max_by_key(|(there, count)| (**count, std::cmp::Reverse(there.abs_diff(line))))?;
    Some((line, *most.0, *most.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns lines by pairs, each told by as many texts as the third figure says.
    fn lines(pairs: &[(u32, u32, usize)]) -> Lines {
        Lines::of(&pairs.iter().map(|(line, there, count)| (*line, [(*there, *count)].into())).collect())
    }

    #[test]
    fn a_line_stands_where_those_around_it_moved_alike() {
        let cases = [
            (vec![(3, 3, 1), (9, 9, 1)], 5, Some(5), (4, Some(8))),
            (vec![(3, 4, 1), (9, 10, 1)], 5, Some(6), (5, Some(9))),
            (vec![(3, 3, 1), (9, 10, 1)], 5, None, (4, Some(9))),
            (vec![(3, 3, 1), (5, 7, 1), (9, 11, 1)], 5, Some(7), (7, Some(7))),
            (vec![(3, 3, 1)], 5, None, (4, None)),
            (vec![(3, 3, 1)], 2, Some(2), (1, Some(2))),
            (vec![(3, 4, 1)], 2, None, (1, Some(3))),
            (vec![], 2, None, (1, None)),
        ];
        for (known, line, sure, room) in cases {
            let lines = lines(&known);
            assert_eq!((lines.sure(line), lines.room(line)), (sure, room), "{known:?} {line}");
        }
    }

    #[test]
    fn what_few_texts_tell_against_the_order_isn_t_taken() {
        let lines = lines(&[(1, 1, 3), (2, 9, 1), (3, 3, 2), (4, 4, 1)]);
        assert_eq!(lines.0, [(1, 1), (3, 3), (4, 4)]);
    }
}
