//! Finds headings that lost their words: by where the form has them, and by what stands below.
//!
//! Headings keep the form's order. Of all ways to set the form's beside the sender's columns that do, those count in which what stands
//! below fits best, and a heading has a column where all of these agree. A row of which no heading is known is the form's where it
//! stands in its place, or what stands below tells it.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use crate::cell::CellRef;
use crate::framework::SheetId;
use crate::wording::Wording;

use super::super::alignment::align;
use super::super::content::{self, Content, Evidence};
use super::super::shift::{Forms, Lines, Shifts};
use super::super::text::SheetText;
use super::{By, ComparedHeading, Heading, HeadingRow, KnownBy, Needed, find, heading_cells};

/// How well a heading goes with the column that it is known to stand over.
const KNOWN: u32 = 1000;
/// How well it goes with one that holds what only such columns hold.
const TELLING: u32 = 6;
/// How well it goes with one that holds words, as many columns do.
const FITTING: u32 = 2;
/// How well it goes with one that has words over it which nobody knows.
const HEADED: u32 = 1;

/// A table's headings on the form; looked for when first asked for, as most tables have all of their own.
pub(in super::super) struct FormHeadings<'a, 'f> {
    forms: &'a Forms<'f>,
    sheet: &'a SheetId,
    headings: &'a [Heading<'a>],
    found: OnceCell<Option<OnForm<'a>>>,
}

/// Where the form has a table's headings, and where its cells stand on a sender's sheet.
struct OnForm<'a> {
    shifts: &'a Shifts<'a>,
    printed: HeadingRow,
}

impl<'a, 'f> FormHeadings<'a, 'f> {
    /// Takes the headings of a table on a sheet.
    pub(in super::super) fn new(forms: &'a Forms<'f>, sheet: &'a SheetId, headings: &'a [Heading<'a>]) -> Self {
        Self { forms, sheet, headings, found: OnceCell::new() }
    }

    /// Returns where the form has them; `None` where there is no form, or it doesn't have them.
    fn get(&self) -> Option<&OnForm<'a>> {
        let find = || {
            let shifts = self.forms.of(self.sheet)?;
            Some(OnForm { shifts, printed: find(&shifts.form, self.headings)? })
        };
        self.found.get_or_init(find).as_ref()
    }

    /// Takes the row that stands where the form has the headings, whatever it says; `None` where that can't be told.
    pub(in super::super) fn find(&self, text: &SheetText) -> Option<HeadingRow> {
        let search = RowSearch { text, headings: self.headings, form: self.get()? };
        search.headed().or_else(|| search.blank())
    }

    /// Returns the row in which the form's headings should be, where more stands below it than the form says.
    pub(in super::super) fn over_entries(&self, text: &SheetText) -> Option<u32> {
        let OnForm { shifts, printed } = self.get()?;
        let row = shifts.likely_row(printed.row);
        let below = text.sheet.cells.iter().filter(|cell| cell.at.row > row);
        let mut typed = below.filter(|cell| cell.formula.is_none() && !cell.value.is_blank());
        typed.any(|cell| !text.at(cell.at).is_some_and(|words| shifts.form.says(words))).then_some(row)
    }
}

/// The search for the row of a sender's sheet that the form's headings stand in.
struct RowSearch<'a> {
    text: &'a SheetText<'a>,
    headings: &'a [Heading<'a>],
    form: &'a OnForm<'a>,
}

impl RowSearch<'_> {
    /// Finds the first row with enough words that the form doesn't say, below which stands what is asked for; where that tells nothing,
    /// the one in the form's place.
    fn headed(&self) -> Option<HeadingRow> {
        let likely = self.form.shifts.likely_row(self.form.printed.row);
        let rows = self.form.shifts.rows_near(self.form.printed.row);
        let rows = rows.filter(|row| self.is_of_words(*row)).map(|row| self.read(row));
        let may_be = |found: &HeadingRow| found.found() > 0 && !self.is_entered(found);
        rows.filter(may_be).find(|found| found.row == likely || self.telling(found) > 0)
    }

    /// Takes the row in the form's place where nothing stands in it, and what is asked for below.
    fn blank(&self) -> Option<HeadingRow> {
        let row = self.form.shifts.likely_row(self.form.printed.row);
        let is_blank = self.text.row(row).is_empty() && !self.text.sheet.row(row + 1).is_empty();
        let found = is_blank.then(|| self.read(row));
        found.filter(|found| self.telling(found) > 1)
    }

    /// Whether a row has most of as many words as the form's headings, none of which the form says elsewhere.
    fn is_of_words(&self, row: u32) -> bool {
        let cells = self.text.row(row);
        let form = &self.form.shifts.form;
        let headings = form.row(self.form.printed.row);
        let is_elsewhere = |words: &Wording| form.says(words) && !headings.iter().any(|(_, heading)| heading == words);
        cells.len() * 3 >= headings.len() * 2 && !cells.iter().any(|(_, words)| is_elsewhere(words))
    }

    /// Reads a row as that of the headings.
    fn read(&self, row: u32) -> HeadingRow {
        let printed = &self.form.printed;
        let upper = row.saturating_sub(printed.row - printed.first).max(1);
        let mut found = HeadingRow::empty(upper, row, self.headings.len());
        let wanted: Vec<ComparedHeading> = self.headings.iter().map(ComparedHeading::new).collect();
        let cells = heading_cells(self.text, upper, row);
        found.take(&cells, &wanted, &By::Words);
        found.settle_repeated(self.text, self.headings);
        found.take(&cells, &wanted, &By::OtherWords);
        found.fill(self.text, self.headings);
        found.take_by_form(self.text, self.headings, self.form);
        found
    }

    /// Counts the headings below which stands what only such columns hold.
    fn telling(&self, found: &HeadingRow) -> usize {
        let placed =
            self.headings.iter().zip(&found.columns).filter_map(|(heading, column)| Some((heading, (*column)?)));
        let is_told = |heading: &Heading, column| heading.content.weigh(self.text, column, found.row) == Evidence::For;
        placed.filter(|(heading, column)| heading.content.is_telling() && is_told(heading, *column)).count()
    }

    /// Whether an entry stands where a heading should.
    fn is_entered(&self, found: &HeadingRow) -> bool {
        let placed =
            self.headings.iter().zip(&found.columns).filter_map(|(heading, column)| Some((heading, (*column)?)));
        let cell = |column| self.text.sheet.cell(CellRef::new(found.row, column));
        placed
            .filter(|(heading, _)| heading.content.is_telling())
            .any(|(heading, column)| cell(column).is_some_and(|cell| heading.content.fits(&cell.value)))
    }
}

impl HeadingRow {
    /// Gives headings that aren't known by their words what the form's order tells: their second row, then their columns.
    pub(in super::super) fn complete_by_form(&mut self, text: &SheetText, form: &FormHeadings) {
        let is_known = |by: &Option<KnownBy>| matches!(by, Some(KnownBy::Words | KnownBy::Content));
        if self.known_by.iter().all(is_known) {
            return;
        }
        let Some(on_form) = form.get() else {
            self.take_of_several(text, form.headings);
            return;
        };
        self.drop_others(text, form.headings, on_form);
        self.take_second_row(text, form.headings, on_form);
        self.take_by_form(text, form.headings, on_form);
        self.untold = self.may_be_others(text, form.headings, on_form);
        self.absent = self.are_absent(on_form);
    }

    /// Takes columns away from headings that aren't known by their words where these are those of another heading of the form.
    fn drop_others(&mut self, text: &SheetText, headings: &[Heading], form: &OnForm) {
        for (index, heading) in headings.iter().enumerate() {
            let is_sure = match self.known_by[index] {
                Some(KnownBy::Words) | None => true,
                Some(KnownBy::Content) => !matches!(heading.content, Content::Grade(_)),
                Some(KnownBy::OtherWords | KnownBy::Place) => false,
            };
            if !is_sure
                && self.columns[index].is_some_and(|column| self.is_other_s(text, (index, heading), form, column))
            {
                (self.columns[index], self.known_by[index]) = (None, None);
            }
        }
    }

    /// Whether what is over a column is another heading of the form's, or other words of its own, and no word of a heading's own.
    fn is_other_s(&self, text: &SheetText, (index, heading): (usize, &Heading), form: &OnForm, column: u32) -> bool {
        let printed = heading_cells(&form.shifts.form, form.printed.first, form.printed.row);
        let own = form.printed.columns[index];
        let own_words = printed.iter().find(|(printed, _)| Some(*printed) == own).map(|(_, words)| words.as_ref());
        let is_own = |words: &Wording| *words == Wording::of(heading.title) || Some(words) == own_words;
        let cells: Vec<(CellRef, &Wording)> =
            self.cells(text, column).filter_map(|at| Some((at, text.at(at)?))).collect();
        let joined = heading_cells(text, self.first, self.row);
        let Some((_, said)) = joined.iter().find(|(joined, _)| *joined == column) else { return false };
        let is_in_place = own.is_some_and(|own| form.shifts.likely_column(own) == column);
        if is_in_place || is_own(said) || cells.iter().any(|(_, words)| is_own(words)) {
            return false;
        }
        let is_synonym = heading.also.iter().any(|also| Wording::of(also) == **said);
        let is_heading = printed.iter().any(|(_, words)| words == said);
        let is_printed = || cells.iter().all(|(at, words)| form.shifts.prints(words, *at));
        is_heading || (form.shifts.form.says(said) && !is_synonym) || is_printed()
    }

    /// Takes in the row below, where the form has its headings over two rows and only the upper was found, in its place.
    fn take_second_row(&mut self, text: &SheetText, headings: &[Heading], form: &OnForm) {
        let is_of_two = form.printed.first < form.printed.row;
        if !is_of_two || self.first < self.row || self.row != form.shifts.likely_row(form.printed.first) {
            return;
        }
        let below = RowSearch { text, headings, form };
        let both = below.read(self.row + 1);
        if below.is_of_words(both.row) && !below.is_entered(&both) {
            *self = both;
        }
    }

    /// Gives headings that are still missing the columns in which the form has them: those that go with them whatever way fits best;
    /// then those between two that were moved alike.
    fn take_by_form(&mut self, text: &SheetText, headings: &[Heading], form: &OnForm) {
        if self.columns.iter().all(Option::is_some) {
            return;
        }
        let order = form.printed.in_order();
        let places = Places { row: self, text, headings, form, is_blank: text.row(self.row).is_empty() };
        let columns = places.columns(&order);
        let fits =
            |(own, index): &(u32, usize)| columns.iter().map(|column| places.fit(*index, *own, *column)).collect();
        let told = align(&order.iter().map(fits).collect());
        let told: Vec<Option<u32>> = told.into_iter().map(|place| Some(columns[place?])).collect();
        let known = order.iter().zip(&told).filter_map(|((own, _), column)| Some((*own, (*column)?)));
        let pins = Lines::through(known.collect());
        let between = |own: u32, index: usize| pins.sure(own).filter(|column| places.may_be(index, *column));
        let taken = order.iter().zip(told);
        let taken: Vec<(usize, u32)> = taken
            .filter_map(|((own, index), column)| Some((*index, column.or_else(|| between(*own, *index))?)))
            .collect();
        for (index, column) in taken {
            if self.columns[index].is_none() && !self.is_taken(column) {
                (self.columns[index], self.known_by[index]) = (Some(column), Some(KnownBy::Place));
            }
        }
    }

    /// Returns the headings of the form that weren't found, each with the first column that may be its own: one that is filled in, is
    /// nobody's, and of which nothing tells that it isn't. A heading that several have may be over any of these.
    fn may_be_others(&self, text: &SheetText, headings: &[Heading], form: &OnForm) -> Vec<(usize, u32)> {
        let places = Places { row: self, text, headings, form, is_blank: false };
        let free = self.free(text);
        let of_place = |own: u32, index: usize| {
            let columns = form.shifts.columns_near(own).chain(free.iter().copied());
            let filled = |column: &u32| content::has_entries(text, *column, self.row);
            columns.filter(|column| places.may_be(index, *column)).find(filled)
        };
        let missing = form.printed.in_order().into_iter().filter(|(_, index)| self.columns[*index].is_none());
        missing.filter_map(|(own, index)| Some((index, self.torn(index).or_else(|| of_place(own, index))?))).collect()
    }

    /// Returns the headings of the form that are over no column, nor over one that may be theirs.
    fn are_absent(&self, form: &OnForm) -> Vec<usize> {
        let printed = form.printed.in_order().into_iter().map(|(_, index)| index);
        printed.filter(|index| self.is_sought(*index) && self.untold(*index).is_none()).collect()
    }

    /// Whether a cell of the heading over a column says some words.
    fn says_over(&self, text: &SheetText, column: u32, words: &Wording) -> bool {
        self.cells(text, column).any(|at| text.at(at) == Some(words))
    }

    /// Returns the columns that are known, in order, each with its heading.
    fn in_order(&self) -> Vec<(u32, usize)> {
        let known = self.columns.iter().enumerate().filter_map(|(index, column)| Some(((*column)?, index)));
        known.collect::<BTreeSet<_>>().into_iter().collect()
    }
}

/// A sender's columns, as places of the form's headings.
struct Places<'a> {
    row: &'a HeadingRow,
    text: &'a SheetText<'a>,
    headings: &'a [Heading<'a>],
    form: &'a OnForm<'a>,
    /// Whether nothing stands in the whole row of headings.
    is_blank: bool,
}

impl Places<'_> {
    /// Returns the columns in which headings of the form are known to stand or may, as far as its own columns tell.
    fn columns(&self, order: &[(u32, usize)]) -> Vec<u32> {
        let known = self.row.columns.iter().flatten().copied();
        let missing = order.iter().filter(|(_, index)| self.row.columns[*index].is_none());
        let near = missing.flat_map(|(own, _)| self.form.shifts.columns_near(*own));
        near.chain(known).collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// Returns how well a heading, which the form has in its own column, goes with a column; `None` where it doesn't.
    fn fit(&self, index: usize, own: u32, column: u32) -> Option<u32> {
        if let Some(known) = self.row.columns[index] {
            return (known == column).then_some(KNOWN);
        }
        if !self.form.shifts.columns_near(own).contains(&column) || !self.may_be(index, column) {
            return None;
        }
        let is_sure = || self.form.shifts.column(own).is_some();
        let is_telling = self.headings[index].content.is_telling();
        let is_headed = self.is_headed(column);
        match self.headings[index].content.weigh(self.text, column, self.row.row) {
            Evidence::For if is_telling => Some(TELLING),
            Evidence::For if is_headed || self.is_blank || is_sure() => Some(FITTING),
            Evidence::Silent if is_headed => Some(HEADED),
            Evidence::For | Evidence::Silent | Evidence::Against => None,
        }
    }

    /// Whether a column may be a heading's: nothing else is over it, and nothing below speaks against it.
    fn may_be(&self, index: usize, column: u32) -> bool {
        let heading = &self.headings[index];
        let is_free = !heading.title.is_empty() && self.row.is_sought(index) && !self.row.is_taken(column);
        let is_other = || {
            let own = self.form.printed.columns[index];
            let is_own = |words| own.is_some_and(|own| self.form.printed.says_over(&self.form.shifts.form, own, words));
            let over = self.row.cells(self.text, column).filter_map(|at| self.text.at(at));
            over.into_iter().any(|words| self.form.shifts.form.says(words) && !is_own(words))
        };
        let is_held = || self.is_headed(column) || self.is_filled_in(heading, column);
        let is_against = || heading.content.weigh(self.text, column, self.row.row) == Evidence::Against;
        is_free && is_held() && !is_other() && !is_against()
    }

    /// Whether something stands in a column that may be a heading's entries: where senders fill these in, something else than the form's
    /// own words and figures below its table.
    fn is_filled_in(&self, heading: &Heading, column: u32) -> bool {
        if heading.needed == Needed::No {
            return content::has_entries(self.text, column, self.row.row);
        }
        let below = self.text.sheet.cells.iter().filter(|cell| cell.at.column == column && cell.at.row > self.row.row);
        let mut typed = below.filter(|cell| cell.formula.is_none() && !cell.value.is_blank());
        let is_forms = |at| self.text.at(at).is_some_and(|words| self.form.shifts.prints(words, at));
        content::has_entries(self.text, column, self.row.row) && typed.any(|cell| !is_forms(cell.at))
    }

    /// Whether words stand over a column.
    fn is_headed(&self, column: u32) -> bool {
        self.row.cells(self.text, column).next().is_some()
    }
}
