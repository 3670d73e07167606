//! Finds the fields of the cover: a label, and the column of entries to its right.
//!
//! A label is known by its words. One that lost them stands where the labels around it leave the form's room for it: what is beside it
//! is read, and the words are told. What the form itself says elsewhere is nobody's label and no entry.

use std::collections::{BTreeMap, BTreeSet};

use crate::cell::CellRef;
use crate::finding::Findings;
use crate::framework::{Field, FieldId, Framework, SheetId};
use crate::wording::Wording;
use crate::workbook::Cell;

use super::FieldPlace;
use super::alignment::align;
use super::content::Content;
use super::heading;
use super::shift::{Forms, Shifts};
use super::text::{SheetText, WorkbookText, behind_label};

/// A text at least this alike is taken for a field's label in a column of labels.
const NEAR_MATE: f64 = 0.66;
/// And where no label of the sheet stands word for word.
const NEAR: f64 = 0.75;
/// How well a field goes with an entry that few other fields have.
const TELLING: u32 = 6;
/// How well it goes with one that many have.
const FITTING: u32 = 2;
/// How well it goes with none.
const BLANK: u32 = 1;
/// How far right of its label an entry is looked for.
const REACH: u32 = 6;

/// The fields of the sheets that were found.
#[derive(Debug, Default)]
pub(super) struct Fields {
    /// Where they stand.
    pub(super) found: BTreeMap<FieldId, FieldPlace>,
    /// The sheets of those whose label isn't there, and the cell in which the form has the entry, as far as that can be told.
    pub(super) unlabelled: BTreeMap<FieldId, (usize, Option<CellRef>)>,
}

/// Finds the fields whose sheet was found, and says which labels aren't worded as expected.
pub(super) fn locate(
    framework: &Framework,
    text: &WorkbookText,
    (forms, sheets): (&Forms, &BTreeMap<SheetId, usize>),
    findings: &mut Findings,
) -> Fields {
    let mut located = Fields::default();
    for (id, sheet) in sheets {
        let fields: Vec<&Field> = framework.fields.iter().filter(|field| field.sheet == *id).collect();
        if fields.is_empty() {
            continue;
        }
        let form = forms.of(id).map(|shifts| FormFields::of(&fields, shifts));
        let search = Search::over(&fields, &text.sheets[*sheet], form.as_ref());
        search.report(findings);
        search.place(*sheet, &mut located, findings);
    }
    located
}

/// The fields of a sheet as the form has them.
struct FormFields<'a> {
    shifts: &'a Shifts<'a>,
    /// For each field, its label and its entry.
    places: Vec<Option<(CellRef, CellRef)>>,
}

impl<'a> FormFields<'a> {
    /// Finds the fields on the form itself.
    fn of(fields: &[&Field], shifts: &'a Shifts<'a>) -> Self {
        let found = Search::over(fields, &shifts.form, None).found;
        let labels: Vec<CellRef> = found.iter().flatten().map(|(at, _)| *at).collect();
        let place = |(label, _): (CellRef, Known)| (label, entry(label, &shifts.form, &labels, Some(&shifts.form)));
        Self { shifts, places: found.into_iter().map(|found| found.map(place)).collect() }
    }

    /// Whether a cell with these words is another thing of the form's than a label that is looked for: words of its own, or an entry.
    fn is_other(&self, words: &Wording, at: CellRef) -> bool {
        let mut entries = self.places.iter().flatten().map(|(_, entry)| self.shifts.likely(*entry));
        self.shifts.prints(words, at) || entries.any(|entry| entry == at)
    }

    /// Whether labels of the form stand in a column.
    fn has_labels_in(&self, column: u32) -> bool {
        self.places.iter().flatten().any(|(label, _)| self.shifts.likely(*label).column == column)
    }
}

/// How a label was known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Known {
    /// By words for it.
    Words,
    /// By like words, or by its place.
    Otherwise,
}

/// The search for the labels of a sheet's fields.
struct Search<'a> {
    fields: &'a [&'a Field],
    /// For each field its label, then other words for it.
    labels: Vec<Vec<Wording>>,
    text: &'a SheetText<'a>,
    form: Option<&'a FormFields<'a>>,
    /// For each field the cell of its label.
    found: Vec<Option<(CellRef, Known)>>,
}

impl<'a> Search<'a> {
    /// Finds the labels: word for word, then by other words for them, each first where the form has it; by their place; then the most
    /// alike of the texts that are nothing of the form's, in the columns where labels stand.
    fn over(fields: &'a [&'a Field], text: &'a SheetText<'a>, form: Option<&'a FormFields<'a>>) -> Self {
        let words =
            |field: &&Field| std::iter::once(&field.label).chain(&field.also).map(|label| Wording::of(label)).collect();
        let labels = fields.iter().map(words).collect();
        let mut search = Self { fields, labels, text, form, found: vec![None; fields.len()] };
        search.take_in_place(0..1);
        search.take_in_rows();
        search.take_words(0..1);
        search.take_bare();
        search.take_in_place(1..usize::MAX);
        search.take_words(1..usize::MAX);
        search.take_by_place();
        search.take_alike();
        search
    }

    /// Returns the fields whose label wasn't found yet.
    fn missing(&self) -> Vec<usize> {
        (0..self.fields.len()).filter(|index| self.found[*index].is_none()).collect()
    }

    /// Whether a cell is no field's label yet.
    fn is_free(&self, at: CellRef) -> bool {
        !self.found.iter().flatten().any(|(taken, _)| *taken == at)
    }

    /// Whether a cell with these words may be a label that stands elsewhere than in the form.
    fn is_open(&self, words: &Wording, at: CellRef) -> bool {
        self.is_free(at) && !self.form.is_some_and(|form| form.is_other(words, at))
    }

    /// Returns the columns in which labels stand.
    fn columns(&self) -> Vec<u32> {
        self.found.iter().flatten().map(|(at, _)| at.column).collect()
    }

    /// Takes the labels that say some of their words where the form has them.
    fn take_in_place(&mut self, words: std::ops::Range<usize>) {
        let Some(form) = self.form else { return };
        for index in self.missing() {
            let Some((label, _)) = form.places[index] else { continue };
            let at = form.shifts.likely(label);
            let mut said = self.labels[index].iter().skip(words.start).take(words.len());
            if self.is_free(at) && self.text.at(at).is_some_and(|words| said.any(|label| label == words)) {
                self.found[index] = Some((at, Known::Words));
            }
        }
    }

    /// Takes labels that many rows have, in the rows that begin with some words.
    fn take_in_rows(&mut self) {
        for index in self.missing() {
            let row = self.fields[index].row.as_deref();
            let at = row.and_then(|row| in_row(row, &self.labels[index], self.text)).filter(|at| self.is_free(*at));
            self.found[index] = at.map(|at| (at, Known::Words));
        }
    }

    /// Takes the labels that say some of their words anywhere.
    fn take_words(&mut self, words: std::ops::Range<usize>) {
        for index in self.missing().into_iter().filter(|index| self.fields[*index].row.is_none()) {
            let mut said = self.labels[index].iter().skip(words.start).take(words.len());
            let at = said.find_map(|label| self.first(label));
            self.found[index] = at.map(|at| (at, Known::Words));
        }
    }

    /// Finds the first open cell that holds a label and isn't the entry of another; else the first open one, where the form has labels in
    /// its column.
    fn first(&self, label: &Wording) -> Option<CellRef> {
        self.text.find(label)?;
        let is_entry = |at: &CellRef| {
            let left = self.text.row(at.row).iter().rfind(|(left, _)| left.column < at.column);
            left.is_some_and(|(_, left)| left != label && self.labels.iter().any(|labels| labels.first() == Some(left)))
        };
        let cells = self.text.texts.iter().filter(|(at, words)| words == label && self.is_open(words, *at));
        let cells: Vec<CellRef> = cells.map(|(at, _)| *at).collect();
        let is_for_labels = |at: &&CellRef| self.form.is_none_or(|form| form.has_labels_in(at.column));
        cells.iter().find(|at| !is_entry(at)).or(cells.iter().find(is_for_labels)).copied()
    }

    /// Takes labels with a number before them or a remark behind, in the columns where others stand word for word.
    fn take_bare(&mut self) {
        let columns = self.columns();
        for (at, words) in self.text.texts.iter().filter(|(at, _)| columns.contains(&at.column)) {
            let bare = bare(words);
            let missing = self.missing().into_iter().find(|index| self.labels[*index].first() == Some(&bare));
            if let Some(index) = missing.filter(|_| self.is_open(words, *at)) {
                self.found[index] = Some((*at, Known::Words));
            }
        }
    }

    /// Takes what stands where the form has a label, whatever it says.
    fn take_by_place(&mut self) {
        let Some(form) = self.form else { return };
        for index in self.missing() {
            let at = form.places[index].and_then(|place| form.shifts.reworded(self.text, place));
            if let Some(at) = at.filter(|at| self.may_be_label(form, *at)) {
                self.found[index] = Some((at, Known::Otherwise));
            }
        }
        self.take_in_order(form);
    }

    /// Takes as many texts as there is room for labels between those that are known, in the order of the form.
    fn take_in_order(&mut self, form: &FormFields) {
        let mut rooms: BTreeMap<_, Vec<(u32, usize)>> = BTreeMap::new();
        for index in self.missing() {
            let Some((label, _)) = form.places[index] else { continue };
            let room = (form.shifts.likely(label).column, form.shifts.room(label.row));
            rooms.entry(room).or_default().push((label.row, index));
        }
        for ((column, (first, last)), mut missing) in rooms {
            missing.sort_unstable();
            let rows = first..=last.unwrap_or(self.text.sheet.last_row);
            let cells = self.text.texts.iter().map(|(at, _)| *at);
            let cells =
                cells.filter(|at| at.column == column && rows.contains(&at.row) && self.may_be_label(form, *at));
            let cells: Vec<CellRef> = cells.collect();
            let missing: Vec<usize> = missing.into_iter().map(|(_, index)| index).collect();
            let pairs = if cells.len() == missing.len() {
                missing.into_iter().zip(cells).collect()
            } else {
                self.aligned(form, column, &missing)
            };
            for (index, at) in pairs {
                self.found[index] = Some((at, Known::Otherwise));
            }
        }
    }

    /// Returns the labels that go with fields in the form's order whatever way fits best, by the entries beside them.
    fn aligned(&self, form: &FormFields, column: u32, missing: &[usize]) -> Vec<(usize, CellRef)> {
        let rows = missing.iter().filter_map(|index| Some(form.shifts.rows_near(form.places[*index]?.0.row)));
        let rows: BTreeSet<u32> = rows.flatten().collect();
        let cells = rows.into_iter().map(|row| CellRef::new(row, column));
        let cells: Vec<CellRef> = cells.filter(|at| self.may_be_label(form, *at)).collect();
        let fits = |index: &usize| cells.iter().map(|at| self.fit(form, *index, *at)).collect();
        let told = align(&missing.iter().map(fits).collect());
        missing.iter().zip(told).filter_map(|(index, place)| Some((*index, cells[place?]))).collect()
    }

    /// Returns how well a field goes with a label by the entry that would be its own; `None` where it doesn't.
    fn fit(&self, form: &FormFields, index: usize, at: CellRef) -> Option<u32> {
        let (label, own) =
            form.places[index].filter(|(label, _)| form.shifts.rows_near(label.row).contains(&at.row))?;
        let entry = CellRef::new(at.row + own.row - label.row, at.column + own.column.checked_sub(label.column)?);
        let value = self.text.sheet.cell(entry).map(|cell| &cell.value).filter(|value| !value.is_blank());
        let content = Content::Entry(&self.fields[index].kind);
        match value {
            Some(value) if content.fits(value) => Some(if content.is_telling() { TELLING } else { FITTING }),
            None if self.text.at(at).is_some() => Some(BLANK),
            Some(_) | None => None,
        }
    }

    /// Whether a cell may be a label in words that nobody knows, or in none.
    fn may_be_label(&self, form: &FormFields, at: CellRef) -> bool {
        let is_other = |words: &Wording| form.is_other(words, at);
        form.shifts.is_unknown(self.text, at) && self.is_free(at) && !self.text.at(at).is_some_and(is_other)
    }

    /// Takes the most alike of the texts that are nothing of the form's, in the columns where labels stand.
    fn take_alike(&mut self) {
        let missing: Vec<usize> =
            self.missing().into_iter().filter(|index| self.fields[*index].row.is_none()).collect();
        let columns = self.columns();
        let enough = if columns.is_empty() { NEAR } else { NEAR_MATE };
        let mut pairs = Vec::new();
        let is_forms = |words: &Wording| self.form.is_some_and(|form| form.shifts.form.says(words));
        let others = self.text.texts.iter().filter(|(at, words)| {
            !missing.is_empty() && (columns.is_empty() || columns.contains(&at.column)) && !is_forms(words)
        });
        for (at, words) in others {
            let bare = bare(words);
            pairs.extend(missing.iter().map(|index| {
                let said = self.labels[*index].iter().flat_map(|label| [(label, words), (label, &bare)]);
                let likeness = said.filter_map(|(label, said)| label.likeness_from(said, enough)).fold(0.0, f64::max);
                (likeness, *index, *at)
            }));
        }
        pairs.retain(|(likeness, ..)| *likeness >= enough);
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        for (_, index, at) in pairs {
            let is_open = self.text.at(at).is_some_and(|words| self.is_open(words, at));
            if self.found[index].is_none() && is_open {
                self.found[index] = Some((at, Known::Otherwise));
            }
        }
    }

    /// Says which labels were taken for others.
    fn report(&self, findings: &mut Findings) {
        let told = self.fields.iter().zip(&self.found).enumerate().filter_map(|(index, (field, found))| match found {
            Some((at, _)) if self.has_entry(index, *at) => Some(heading::with_entry(self.text, &field.label, *at)),
            // What stands there twice is told where both are read.
            Some((at, Known::Otherwise)) if !self.is_said_twice(index, *at) => {
                Some(heading::relabelled(self.text, &field.label, (*at, self.entry_beside(index, *at))))
            }
            Some((_, Known::Words | Known::Otherwise)) | None => None,
        });
        findings.extend(told);
    }

    /// Gives each field its place.
    fn place(&self, sheet: usize, located: &mut Fields, findings: &mut Findings) {
        let labels = self.labels_found();
        let printed = self.form.map(|form| &form.shifts.form);
        let entry = |label: CellRef| entry(label, self.text, &labels, printed);
        let mut moved = Vec::new();
        for (index, field) in self.fields.iter().enumerate() {
            if let Some((label, _)) = self.found[index] {
                if self.has_entry(index, label) {
                    located
                        .found
                        .insert(field.id.clone(), FieldPlace { sheet, label, entry: label, is_said_twice: false });
                    continue;
                }
                let entry = self.entry_beside(index, label);
                moved.extend(self.is_moved(index, entry).then_some(entry));
                let is_said_twice = self.is_said_twice(index, label);
                located.found.insert(field.id.clone(), FieldPlace { sheet, label, entry, is_said_twice });
                continue;
            }
            let own = self.entry_of_unlabelled(index, entry);
            // What the form itself doesn't have can't be missed on it.
            if self.form.is_none() || own.is_some() {
                located.unlabelled.insert(field.id.clone(), (sheet, own));
            }
        }
        findings.extend(heading::moved(self.text, &moved));
    }

    /// Returns the labels that were found.
    fn labels_found(&self) -> Vec<CellRef> {
        self.found.iter().flatten().map(|(at, _)| *at).collect()
    }

    /// Returns the cell that a field's entry belongs into, beside its label or where it was moved.
    fn entry_beside(&self, index: usize, label: CellRef) -> CellRef {
        let printed = self.form.map(|form| &form.shifts.form);
        self.moved_entry(index, (label, entry(label, self.text, &self.labels_found(), printed)))
    }

    /// Whether the entry of a field stands behind its label, in the label's cell, and nothing stands beside it.
    fn has_entry(&self, index: usize, at: CellRef) -> bool {
        self.says_something(index, at) && self.is_blank_beside(index, at)
    }

    /// Whether something stands behind a field's label though its entry has a cell of its own.
    fn is_said_twice(&self, index: usize, at: CellRef) -> bool {
        self.says_something(index, at) && !self.is_blank_beside(index, at)
    }

    /// Whether something stands behind a field's label, in the label's cell: the words of one and a colon or a line's end stand before it.
    fn says_something(&self, index: usize, at: CellRef) -> bool {
        let cell = self.text.sheet.cell(at).and_then(Cell::text);
        let Some((label, said)) = cell.and_then(behind_label) else { return false };
        let words = Wording::of(label);
        let is_label = self.labels[index].iter().any(|label| *label == words || *label == bare(&words));
        let is_hint = said.starts_with(['(', '[', '<', '{']);
        let is_forms = self.text.at(at).is_some_and(|words| {
            self.labels[index].contains(words) || self.form.is_some_and(|form| form.shifts.form.says(words))
        });
        is_label && !is_hint && !is_forms
    }

    /// Whether nothing stands right of a field's label, and where the form has its entry: neither in a cell nor over one.
    fn is_blank_beside(&self, index: usize, at: CellRef) -> bool {
        let labels = self.labels_found();
        let beside = || entry(at, self.text, &labels, self.form.map(|form| &form.shifts.form));
        let as_in_form = self.form.and_then(|form| {
            let (label, own) = form.places[index]?;
            Some(CellRef::new(
                (at.row + own.row).checked_sub(label.row)?,
                (at.column + own.column).checked_sub(label.column)?,
            ))
        });
        let entry = as_in_form.unwrap_or_else(beside);
        let sheet = self.text.sheet;
        let is_blank = |at: CellRef| {
            let at = sheet.shown_at(at);
            sheet.cell(at).is_none_or(|cell| cell.value.is_blank() && cell.formula.is_none())
                && sheet.floating_over(at).is_none()
        };
        let last = sheet.merge_over(at).map_or(at.column, |merge| merge.last.column);
        is_blank(entry) && is_blank(CellRef::new(at.row, last + 1))
    }

    /// Whether an entry is filled in where the form has it in another column.
    fn is_moved(&self, index: usize, entry: CellRef) -> bool {
        let own = self.form.and_then(|form| Some(form.shifts.likely(form.places[index]?.1)));
        let is_filled = self.text.sheet.cell(entry).is_some_and(|cell| !cell.value.is_blank());
        own.is_some_and(|own| own.row == entry.row && own.column != entry.column) && is_filled
    }

    /// Returns the cell of an entry: the one beside its label, or, where that is blank, the one in the column to which the form's was moved.
    fn moved_entry(&self, index: usize, (label, beside): (CellRef, CellRef)) -> CellRef {
        let is_filled = |at: CellRef| self.text.sheet.cell(at).is_some_and(|cell| !cell.value.is_blank());
        let moved = self.form.and_then(|form| {
            let (own_label, own) = form.places[index].filter(|(own, _)| form.shifts.likely(*own) == label)?;
            let is_beside = own.row == own_label.row && beside.row == label.row;
            let at = CellRef::new(label.row, form.shifts.column(own.column)?);
            Some(at).filter(|at| {
                is_beside && is_filled(*at) && !self.text.at(*at).is_some_and(|words| form.shifts.form.says(words))
            })
        });
        moved.filter(|_| !is_filled(beside)).unwrap_or(beside)
    }

    /// Returns the cell in which the form has the entry of a field without a label: in the column of the entries around it.
    fn entry_of_unlabelled(&self, index: usize, entry: impl Fn(CellRef) -> CellRef) -> Option<CellRef> {
        let form = self.form?;
        let (label, own) = form.places[index]?;
        let is_mate = |place: &Option<(CellRef, CellRef)>| {
            place.is_some_and(|place| (place.0.column, place.1.column) == (label.column, own.column))
        };
        let mut mates = form.places.iter().zip(&self.found).filter(|(place, _)| is_mate(place));
        let column = mates.find_map(|(_, found)| Some(entry((*found)?.0).column));
        let likely = form.shifts.likely(own);
        Some(CellRef::new(likely.row, column.unwrap_or(likely.column)))
    }
}

/// Finds a label that many rows have, in the row that begins with some words.
fn in_row(row: &str, labels: &[Wording], text: &SheetText) -> Option<CellRef> {
    let row = text.find(&Wording::of(row))?.row;
    text.row(row).iter().find(|(_, words)| labels.contains(words)).map(|(at, _)| *at)
}

/// Returns a label without a number before it and a remark in brackets after it.
fn bare(words: &Wording) -> Wording {
    let label = words.as_str().split_once(" (").map_or(words.as_str(), |(label, _)| label);
    Wording::of(label.trim_start_matches(|c: char| c.is_ascii_digit() || ".) ".contains(c)))
}

/// Finds the cell of a label's entry: below the label where nothing stands right of any; else right beside it, or, where
/// nothing stands beside any, in the next column in which most labels have something, this side of the form's own words.
fn entry(label: CellRef, text: &SheetText, labels: &[CellRef], form: Option<&SheetText>) -> CellRef {
    let beside = text.sheet.merge_over(label).map_or(label.column, |merge| merge.last.column) + 1;
    let column_mates: Vec<&CellRef> = labels.iter().filter(|other| other.column == label.column).collect();
    let is_hint = |at: CellRef| text.at(at).is_some_and(|words| form.is_some_and(|form| form.says(words)));
    let filled = |column: u32| {
        let beside = column_mates.iter().map(|mate| CellRef::new(mate.row, column));
        beside.filter(|at| text.sheet.cell(*at).is_some() && !is_hint(*at)).count()
    };
    let empty_beside = filled(beside) == 0;
    if empty_beside && (beside..beside + REACH).all(|column| filled(column) == 0) && stand_below(&column_mates, text) {
        return CellRef::new(label.row + 1, label.column);
    }
    let is_open = |column: &u32| {
        column_mates.iter().filter(|mate| is_hint(CellRef::new(mate.row, *column))).count() * 2 <= column_mates.len()
    };
    let further =
        (beside + 1..beside + REACH).take_while(is_open).find(|column| filled(*column) * 2 > column_mates.len());
    let column = further.filter(|_| empty_beside).unwrap_or(beside);
    CellRef::new(label.row, column)
}

/// Whether most labels of a column have something below them that is no label.
fn stand_below(labels: &[&CellRef], text: &SheetText) -> bool {
    let below = labels.iter().map(|label| CellRef::new(label.row + 1, label.column));
    let filled = below.filter(|at| !labels.contains(&at) && text.sheet.cell(*at).is_some()).count();
    filled * 2 > labels.len()
}
