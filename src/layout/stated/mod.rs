//! Finds the totals, weights and outcomes that a workbook states: a label's row, under a heading or beside the label.
//!
//! A column of a table of criteria is the one that was found for the table, whatever its heading. Elsewhere the nearest
//! heading above counts; where it is worded otherwise, all headings stated values stand under are looked for together. Where no formula
//! stands where these tell, or label or heading lost its words, what stands around tells where the form's cell is (`columns`). What stands
//! in a register's rows is no label, and another label of the form's beside one is no figure: there the form's cell was deleted (`data`).

mod columns;
mod data;

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::cell::CellRef;
use crate::finding::{Finding, Findings};
use crate::framework::{Framework, Stated, StatedColumn, StatedKind};
use crate::wording::Wording;
use crate::workbook::calculation::shape_of;
use crate::workbook::{Cell, Sheet};

use super::heading;
use super::shift::{Forms, Shifts};
use super::text::{SheetText, WorkbookText, behind_label};
use super::{FieldPlace, Layout};
use columns::{By, Columns, Headed, OnForm, is_worked_out};
use data::Data;

/// A label at least this alike is taken for the one expected.
const NEAR_LABEL: f64 = 0.75;

/// What is stated on the sheets that were found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The sheet and the cell of each.
    pub(super) places: BTreeMap<String, (usize, CellRef)>,
    /// Those that stand behind their labels, in the labels' own cells.
    pub(super) behind: BTreeSet<String>,
    /// The labels and headings that aren't worded as expected.
    pub(super) reworded: BTreeSet<(usize, CellRef)>,
}

/// Finds the stated values whose sheet was found, and says which labels aren't worded as expected.
pub(super) fn locate(
    framework: &Framework,
    text: &WorkbookText,
    (forms, layout): (&Forms, &Layout),
    findings: &mut Findings,
) -> Found {
    let mut found = Found::default();
    for (id, index) in &layout.sheets {
        let here: Vec<&Stated> = framework.stated.iter().filter(|stated| stated.sheet == *id).collect();
        if here.is_empty() {
            continue;
        }
        let tables = layout.tables.iter().filter(|table| table.sheet == *index).collect();
        let columns = Columns::new(framework, &text.sheets[*index], &here, tables);
        let fields = layout.fields.values().filter(|field| field.sheet == *index).collect();
        let data = Data::of(framework, &text.sheets[*index], (layout, *index));
        let search = Search { columns, here, forms, fields, data, form: OnceCell::new() };
        search.find(*index, &mut found, findings);
    }
    found
}

/// The search for what is stated on a sheet.
struct Search<'a, 'f> {
    columns: Columns<'a>,
    here: Vec<&'a Stated>,
    forms: &'a Forms<'f>,
    /// The fields of the sheet.
    fields: Vec<&'a FieldPlace>,
    /// The rows of the sheet's registers.
    data: Data<'a>,
    /// Where the form has it; looked at when first asked for.
    form: OnceCell<Option<FormStated<'a>>>,
}

/// What a sheet of the form states, and where.
struct FormStated<'a> {
    shifts: &'a Shifts<'a>,
    places: BTreeMap<&'a str, OnForm>,
}

/// Where a stated value was found.
struct Placed {
    label: CellRef,
    at: CellRef,
    /// How its label was known.
    known: Known,
    headed: Option<Headed>,
}

/// How a label was known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Known {
    /// By its words.
    Words,
    /// By like words, or by its place.
    Otherwise,
}

impl<'a> Search<'a, '_> {
    /// Finds what is stated.
    fn find(&self, sheet: usize, found: &mut Found, findings: &mut Findings) {
        let (mut labels, mut headings, mut missing) = (BTreeMap::new(), BTreeMap::new(), BTreeSet::new());
        for stated in &self.here {
            let placed = self.place(stated);
            if let Some(at) = self.behind_label(stated, placed.as_ref()) {
                found.places.insert(stated.id.clone(), (sheet, at));
                found.behind.insert(stated.id.clone());
                findings.extend(self.with_entry(stated, at));
                continue;
            }
            let Some(placed) = placed else {
                findings.extend(self.unlabelled(stated));
                missing.extend(self.unheaded(stated));
                continue;
            };
            found.places.insert(stated.id.clone(), (sheet, placed.at));
            let is_field_s = self.fields.iter().any(|field| field.label == placed.label);
            if placed.known == Known::Otherwise && !is_field_s {
                let read = labels.entry(placed.label).or_insert((placed.at, &stated.row));
                // Of several figures of a row the label is told once, with one that is there.
                if heading::is_blank(self.columns.text, read.0) {
                    *read = (placed.at, &stated.row);
                }
            }
            let heading = placed.headed.filter(|headed| headed.by == By::Otherwise).and_then(|headed| headed.heading);
            headings.extend(heading.zip(self.title(stated)));
        }
        let reworded = labels.keys().chain(headings.keys());
        found.reworded.extend(reworded.map(|at| (sheet, *at)));
        let text = self.columns.text;
        findings.extend(labels.into_iter().map(|(label, (at, row))| heading::relabelled(text, row, (label, at))));
        findings.extend(headings.into_iter().filter_map(|(at, title)| heading::reheaded(text, title, at)));
        findings.extend(missing.into_iter().map(|(row, title)| heading::missing(&text.sheet.name, title, row)));
    }

    /// Finds the label behind which a value stands in the label's own cell: its words and a colon or a line's end stand before it, nothing
    /// stands where the value belongs, and no other is stated in such a row.
    fn behind_label(&self, stated: &Stated, placed: Option<&Placed>) -> Option<CellRef> {
        let sheet = self.columns.text.sheet;
        let is_blank = |at: CellRef| {
            sheet.cell(sheet.shown_at(at)).is_none_or(|cell| cell.value.is_blank() && cell.formula.is_none())
        };
        let is_alone = self.here.iter().filter(|other| other.row == stated.row).count() == 1;
        if !is_alone || !placed.is_none_or(|placed| is_blank(placed.at)) {
            return None;
        }
        let words = Wording::of(&stated.row);
        let is_it = |cell: &&Cell| {
            let said = cell.text().filter(|_| cell.formula.is_none()).and_then(behind_label);
            said.is_some_and(|(label, said)| Wording::of(label) == words && may_be_stated(stated, said))
                && !self.is_printed(stated, cell.at)
        };
        let mut cells = sheet.cells.iter().filter(is_it).map(|cell| cell.at);
        cells.next().filter(|_| cells.next().is_none())
    }

    /// Whether the form itself says what a cell says.
    fn is_printed(&self, stated: &Stated, at: CellRef) -> bool {
        let said = self.columns.text.at(at);
        said.zip(self.form(stated)).is_some_and(|(said, form)| form.shifts.form.says(said))
    }

    /// Says that a value stands in the cell of its label; nothing where that is told of a field.
    fn with_entry(&self, stated: &Stated, at: CellRef) -> Option<Finding> {
        let is_field_s = self.fields.iter().any(|field| field.label == at && field.entry == at);
        (!is_field_s).then(|| heading::with_entry(self.columns.text, &stated.row, at))
    }

    /// Finds one stated value, and its label: where a formula stands under its heading or beside its label, that is it; else the form
    /// is asked where it has it.
    fn place(&self, stated: &Stated) -> Option<Placed> {
        let text = self.columns.text;
        let words = Wording::of(&stated.row);
        let mut exact = exact(&words, text);
        exact.retain(|at| !self.data.holds(*at));
        let of = |known| move |(label, at, headed)| Placed { label, at, known, headed };
        let found = self.columns.first_of(stated, &exact).map(of(Known::Words));
        let is_told = |placed: &Placed| placed.headed.is_none_or(|headed| headed.by == By::Words);
        if found.as_ref().is_some_and(|placed| is_told(placed) && is_worked_out(text.sheet, placed.at)) {
            return found;
        }
        let form = self.form(stated).and_then(|form| Some((form.shifts, form.places.get(stated.id.as_str())?)));
        let Some((shifts, printed)) = form else {
            let near = || self.columns.first_of(stated, &near_label(&words, text, (None, &self.data)));
            return found.or_else(|| near().map(of(Known::Otherwise)));
        };
        let (labels, known) = labels(&words, text, (shifts, &self.data), ((printed.label, printed.own), exact));
        if let Some(placed) = self.by_formula((shifts, printed)).filter(|_| known == Known::Otherwise) {
            return Some(placed);
        }
        labels.into_iter().find_map(|label| {
            let (at, headed) = self.of_label(stated, label, (shifts, printed))?;
            (!self.is_other_label(at, (shifts, printed))).then_some(Placed { label, at, known, headed })
        })
    }

    /// Finds the one cell whose formula does what only the form's does there, where its label stands in no words of the form.
    fn by_formula(&self, (shifts, printed): (&Shifts, &OnForm)) -> Option<Placed> {
        let (text, form) = (self.columns.text, &shifts.form);
        let shape = shape_of(form.sheet.cell(printed.own)?.formula.as_deref()?)?;
        alone_in(form.sheet, &shape)?;
        let at = alone_in(text.sheet, &shape).filter(|at| !self.data.holds(*at))?;
        let before = printed.own.column.checked_sub(printed.label.column)?;
        let label = CellRef::new(at.row, at.column.checked_sub(before)?);
        let is_others = text.at(label).is_some_and(|words| form.says(words));
        (printed.label.row == printed.own.row && !is_others).then_some(Placed {
            label,
            at,
            known: Known::Otherwise,
            headed: None,
        })
    }

    /// Whether a cell holds words that the form has elsewhere, where it has a figure: the form's cell was deleted, and others moved up.
    fn is_other_label(&self, at: CellRef, (shifts, printed): (&Shifts, &OnForm)) -> bool {
        let text = self.columns.text;
        let own = shifts.form.at(printed.own);
        // A number that the form has somewhere is a figure here.
        let is_of_letters = |words: &&Wording| words.as_str().contains(char::is_alphabetic);
        let said = text.at(at).filter(|_| !is_worked_out(text.sheet, at)).filter(is_of_letters);
        said.is_some_and(|words| own != Some(words) && shifts.form.says(words) && !self.may_state(words))
    }

    /// Whether words are an outcome that can be stated.
    fn may_state(&self, words: &Wording) -> bool {
        let outcomes = self.here.iter().flat_map(|stated| stated.outcomes.iter().flatten());
        outcomes.map(|name| Wording::of(name)).any(|name| name == *words)
    }

    /// Returns the cell of a label: under its heading, or in the column where the form's stands, else beside the label.
    fn of_label(
        &self,
        stated: &Stated,
        label: CellRef,
        (shifts, printed): (&Shifts, &OnForm),
    ) -> Option<(CellRef, Option<Headed>)> {
        let at = |column| CellRef::new(label.row, column);
        match &stated.column {
            StatedColumn::Under { heading, after } => {
                let headed = self.columns.by_form((heading, after.as_deref()), label, (shifts, printed))?;
                Some((at(headed.column), Some(headed)))
            }
            StatedColumn::BesideLabel => {
                let is_in_place = label == shifts.likely(printed.label);
                let moved = shifts.column(printed.own.column).filter(|_| is_in_place);
                let moved = moved.or_else(|| self.columns.worked_out(label, (shifts, printed)));
                Some((moved.map_or_else(|| self.beside(stated, label), at), None))
            }
        }
    }

    /// Returns the cell beside a label; where that is blank, and the entries of all fields labelled in that column are further right, in
    /// their column.
    fn beside(&self, stated: &Stated, label: CellRef) -> CellRef {
        let own = self.columns.beside(stated, label);
        let mut mates =
            self.fields.iter().filter(|field| field.label.column == label.column).map(|field| field.entry.column);
        let Some(column) = mates.next().filter(|column| mates.all(|mate| mate == *column)) else { return own };
        let is_blank = self.columns.text.sheet.cell(own).is_none_or(|cell| cell.value.is_blank());
        if is_blank && column > own.column { CellRef::new(own.row, column) } else { own }
    }

    /// Returns where the form has what its sheet states.
    fn form(&self, stated: &Stated) -> Option<&FormStated<'a>> {
        let make = || {
            let shifts = self.forms.of(&stated.sheet)?;
            let columns = Columns::new(self.columns.framework, &shifts.form, &self.here, Vec::new());
            let place = |stated: &&'a Stated| {
                let labels = exact(&Wording::of(&stated.row), &shifts.form);
                let (label, own, headed) = columns.first_of(stated, &labels)?;
                Some((stated.id.as_str(), OnForm { label, own, heading: headed.and_then(|headed| headed.heading) }))
            };
            Some(FormStated { shifts, places: self.here.iter().filter_map(place).collect() })
        };
        self.form.get_or_init(make).as_ref()
    }

    /// Says that an outcome has no label, so that it isn't known where it is stated.
    fn unlabelled(&self, stated: &Stated) -> Option<Finding> {
        let form = self.form(stated).filter(|_| matches!(stated.kind, StatedKind::Outcome))?;
        let printed = form.places.get(stated.id.as_str())?;
        Some(heading::unlabelled(self.columns.text, &stated.row, form.shifts.likely(printed.own)))
    }

    /// Returns the heading under which a stated value can't be found though its label is there, and the row in which the form has it.
    fn unheaded(&self, stated: &'a Stated) -> Option<(u32, &'a str)> {
        let form = self.form(stated)?;
        let heading = form.places.get(stated.id.as_str())?.heading?;
        let is_labelled = self.columns.text.says(&Wording::of(&stated.row));
        Some((form.shifts.likely(heading).row, self.title(stated)?)).filter(|_| is_labelled)
    }

    /// Returns the heading under which a value is stated; `None` where it stands beside its label, or a table says what became of the
    /// heading.
    fn title<'s>(&self, stated: &'s Stated) -> Option<&'s str> {
        let StatedColumn::Under { heading, .. } = &stated.column else { return None };
        let tables = self.columns.framework.tables.iter().filter(|table| table.sheet == stated.sheet);
        let is_of_table = tables.flat_map(|table| &table.columns).any(|column| column.heading == *heading);
        (!is_of_table).then_some(heading)
    }
}

/// Returns the one cell of a sheet whose formula does this; `None` where none does, or several.
fn alone_in(sheet: &Sheet, shape: &str) -> Option<CellRef> {
    let does = |cell: &&Cell| cell.formula.as_deref().and_then(shape_of).is_some_and(|own| own == shape);
    let mut cells = sheet.cells.iter().filter(does).map(|cell| cell.at);
    cells.next().filter(|_| cells.next().is_none())
}

/// Whether a text may be a stated value: a figure, or one of the outcomes.
fn may_be_stated(stated: &Stated, said: &str) -> bool {
    match stated.kind {
        StatedKind::Total | StatedKind::Weight => said.starts_with(|c: char| c.is_ascii_digit()),
        StatedKind::Outcome => {
            stated.outcomes.iter().flatten().any(|name| Wording::of_answer(name) == Wording::of_answer(said))
        }
    }
}

/// Returns the cells that may be a label which the form has at a place, and how they are known: the one there that says it, others that
/// do and aren't the form's own, the one there in other words, or the most alike.
fn labels(
    words: &Wording,
    text: &SheetText,
    (shifts, data): (&Shifts, &Data),
    (form, exact): ((CellRef, CellRef), Vec<CellRef>),
) -> (Vec<CellRef>, Known) {
    let likely = shifts.likely(form.0);
    if exact.contains(&likely) {
        return (vec![likely], Known::Words);
    }
    let others: Vec<CellRef> = exact.into_iter().filter(|at| !shifts.prints(words, *at)).collect();
    if !others.is_empty() {
        return (others, Known::Words);
    }
    let there = shifts.reworded(text, form).into_iter().collect::<Vec<_>>();
    if there.is_empty() {
        (near_label(words, text, (Some(shifts), data)), Known::Otherwise)
    } else {
        (there, Known::Otherwise)
    }
}

/// Returns the cells that hold a label word for word.
fn exact(label: &Wording, text: &SheetText) -> Vec<CellRef> {
    text.texts.iter().filter(|(_, words)| words == label).map(|(at, _)| *at).collect()
}

/// Returns the cell that is most like a label, of those that aren't the form's own words and stand in no register's rows.
fn near_label(label: &Wording, text: &SheetText, (shifts, data): (Option<&Shifts>, &Data)) -> Vec<CellRef> {
    let is_printed = |words: &Wording| shifts.is_some_and(|shifts| shifts.form.says(words));
    let others = text.texts.iter().filter(|(at, words)| !is_printed(words) && !data.holds(*at));
    let near = others.filter_map(|(at, words)| Some((words.likeness_from(label, NEAR_LABEL)?, *at)));
    near.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))).map(|(_, at)| at).into_iter().collect()
}
