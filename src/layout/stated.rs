//! Finds the totals, weights and outcomes that a workbook states: a label's row, under a heading or beside the label.
//!
//! A column of a table of criteria is the one that was found for the table, whatever its heading. Elsewhere the nearest
//! heading above counts; where it is worded otherwise, all headings stated values stand under are looked for together. Where no formula
//! stands where these tell, or the label lost its words, what stands around tells where the form's cell is.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::cell::CellRef;
use crate::finding::{Finding, Findings};
use crate::framework::{Framework, Stated, StatedColumn, StatedKind};
use crate::wording::Wording;
use crate::workbook::{Cell, Sheet};

use super::content::Content;
use super::heading::{self, Heading, HeadingRow, Needed};
use super::shift::{Forms, Shifts};
use super::text::{SheetText, WorkbookText};
use super::{FieldPlace, Layout, TablePlace};

/// A label at least this alike is taken for the one expected.
const NEAR_LABEL: f64 = 0.75;
/// A heading at least this alike is taken for the one expected.
const NEAR: f64 = 0.85;

/// What is stated on the sheets that were found.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The sheet and the cell of each.
    pub(super) places: BTreeMap<String, (usize, CellRef)>,
    /// The labels that aren't worded as expected.
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
        let search = Search { columns, here, forms, fields, form: OnceCell::new() };
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
    /// Where the form has it; looked at when first asked for.
    form: OnceCell<Option<FormStated<'a>>>,
}

/// What a sheet of the form states: for each its label and its cell.
struct FormStated<'a> {
    shifts: &'a Shifts<'a>,
    places: BTreeMap<&'a str, (CellRef, CellRef)>,
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
        let mut reworded = BTreeMap::new();
        for stated in &self.here {
            match self.place(stated) {
                Some((label, at, known)) => {
                    found.places.insert(stated.id.clone(), (sheet, at));
                    let is_field_s = self.fields.iter().any(|field| field.label == label);
                    reworded.extend((known == Known::Otherwise && !is_field_s).then_some((label, &stated.row)));
                }
                None => findings.extend(self.unlabelled(stated)),
            }
        }
        found.reworded.extend(reworded.keys().map(|at| (sheet, *at)));
        findings.extend(reworded.into_iter().map(|(at, row)| heading::relabelled(self.columns.text, row, at)));
    }

    /// Finds one stated value, and its label: where a formula stands under its heading or beside its label, that is it; else the form
    /// is asked where it has it.
    fn place(&self, stated: &Stated) -> Option<(CellRef, CellRef, Known)> {
        let text = self.columns.text;
        let words = Wording::of(&stated.row);
        let exact = exact(&words, text);
        let found = self.columns.first_of(stated, &exact);
        let is_worked_out = |at: CellRef| text.sheet.cell(at).is_some_and(|cell| cell.formula.is_some());
        if let Some((label, at)) = found.filter(|(_, at)| is_worked_out(*at)) {
            return Some((label, at, Known::Words));
        }
        let form = self.form(stated).and_then(|form| Some((form.shifts, *form.places.get(stated.id.as_str())?)));
        let Some((shifts, (label, own))) = form else {
            let near = || self.columns.first_of(stated, &near_label(&words, text, None));
            let of = |known| move |(label, at)| (label, at, known);
            return found.map(of(Known::Words)).or_else(|| near().map(of(Known::Otherwise)));
        };
        let (labels, known) = labels(&words, text, shifts, ((label, own), exact));
        let likely = shifts.likely(label);
        labels.into_iter().find_map(|at| {
            let moved = Some(own).filter(|_| at == likely).and_then(|own| shifts.column(own.column));
            Some((at, self.of_label(stated, at, moved)?, known))
        })
    }

    /// Returns the cell of a label: under its heading, else in the column where the form's stands, else beside the label.
    fn of_label(&self, stated: &Stated, label: CellRef, moved: Option<u32>) -> Option<CellRef> {
        let at = |column| CellRef::new(label.row, column);
        match &stated.column {
            StatedColumn::Under { heading, after } => {
                let under = self.columns.under(heading, after.as_deref(), label.row);
                under.or(moved).map(at)
            }
            StatedColumn::BesideLabel => Some(moved.map_or_else(|| self.beside(stated, label), at)),
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
                Some((stated.id.as_str(), columns.first_of(stated, &labels)?))
            };
            Some(FormStated { shifts, places: self.here.iter().filter_map(place).collect() })
        };
        self.form.get_or_init(make).as_ref()
    }

    /// Says that an outcome has no label, so that it isn't known where it is stated.
    fn unlabelled(&self, stated: &Stated) -> Option<Finding> {
        let form = self.form(stated).filter(|_| matches!(stated.kind, StatedKind::Outcome))?;
        let (_, own) = form.places.get(stated.id.as_str())?;
        Some(heading::unlabelled(self.columns.text, &stated.row, form.shifts.likely(*own)))
    }
}

/// Returns the cells that may be a label which the form has at a place, and how they are known: the one there that says it, others that
/// do and aren't the form's own, the one there in other words, or the most alike.
fn labels(
    words: &Wording,
    text: &SheetText,
    shifts: &Shifts,
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
    if there.is_empty() { (near_label(words, text, Some(shifts)), Known::Otherwise) } else { (there, Known::Otherwise) }
}

/// The columns of a sheet under whose headings values are stated.
struct Columns<'a> {
    framework: &'a Framework,
    text: &'a SheetText<'a>,
    tables: Vec<&'a TablePlace>,
    /// The headings that values of this sheet are stated under, each once.
    headings: Vec<(&'a str, Option<&'a str>)>,
    /// For each of these the cells that say it, or nearly, from below; looked for when first asked for.
    near: Vec<OnceCell<Vec<CellRef>>>,
    /// Where they were found together.
    row: Option<HeadingRow>,
}

impl<'a> Columns<'a> {
    /// Finds the headings that the stated values of a sheet stand under.
    fn new(
        framework: &'a Framework,
        text: &'a SheetText<'a>,
        stated: &[&'a Stated],
        tables: Vec<&'a TablePlace>,
    ) -> Self {
        let mut headings = Vec::new();
        for stated in stated {
            if let StatedColumn::Under { heading, after } = &stated.column
                && !headings.contains(&(heading.as_str(), after.as_deref()))
            {
                headings.push((heading.as_str(), after.as_deref()));
            }
        }
        let wanted: Vec<Heading> = headings
            .iter()
            .map(|(title, _)| Heading { title, also: &[], needed: Needed::No, content: Content::Anything })
            .collect();
        let row = if wanted.len() > 1 { heading::find(text, &wanted) } else { None };
        let near = vec![OnceCell::new(); headings.len()];
        Self { framework, text, tables, headings, near, row }
    }

    /// Finds one stated value by the first of some labels that has its heading above, and that label.
    fn first_of(&self, stated: &Stated, labels: &[CellRef]) -> Option<(CellRef, CellRef)> {
        labels.iter().find_map(|label| match &stated.column {
            StatedColumn::Under { heading, after } => {
                let column = self.under(heading, after.as_deref(), label.row)?;
                Some((*label, CellRef::new(label.row, column)))
            }
            StatedColumn::BesideLabel => Some((*label, self.beside(stated, *label))),
        })
    }

    /// Returns the column of a heading for what stands in a row.
    fn under(&self, heading: &str, after: Option<&str>, row: u32) -> Option<u32> {
        let of_table = self.of_table(heading, row);
        of_table.or_else(|| self.nearest_above(heading, after, row)).or_else(|| self.of_row(heading, after, row))
    }

    /// Returns the first cell right of a label, past what is merged with it; where that is blank and nothing is, past what the form has
    /// merged, as some programs lose that.
    fn beside(&self, stated: &Stated, label: CellRef) -> CellRef {
        let sheet = self.text.sheet;
        let at = |columns: u32| CellRef::new(label.row, label.column + columns);
        let own = at(after(sheet, label));
        let is_filled = sheet.cell(own).is_some_and(|cell| cell.formula.is_some() || !cell.value.is_blank());
        if is_filled || sheet.merge_over(label).is_some() {
            return own;
        }
        let words = Wording::of(&stated.row);
        let issued = self.framework.issued_sheet(&stated.sheet);
        let says = |cell: &&Cell| cell.text().is_some_and(|text| Wording::of(text) == words);
        let printed = issued.and_then(|issued| Some(after(issued, issued.cells.iter().find(says)?.at)));
        printed.map_or(own, at)
    }

    /// Returns the column of a table of criteria above a row that goes by a heading.
    fn of_table(&self, heading: &str, row: u32) -> Option<u32> {
        let heading = Wording::of(heading);
        let above = self.tables.iter().filter(|table| table.heading < row).max_by_key(|table| table.heading)?;
        let columns = self.framework.tables[above.table].columns.iter();
        let named = columns.filter(|column| Wording::of(&column.heading) == heading);
        named.filter_map(|column| above.columns.get(&column.id)).copied().next()
    }

    /// Returns the column of the nearest heading above a row; of several in its row the leftmost is meant.
    fn nearest_above(&self, heading: &str, after: Option<&str>, row: u32) -> Option<u32> {
        let index = self.headings.iter().position(|pair| *pair == (heading, after))?;
        let near = self.near[index].get_or_init(|| near(self.text, heading, after));
        let mut above = near.iter().skip_while(|at| at.row >= row);
        let nearest = above.next()?;
        above.take_while(|at| at.row == nearest.row).chain([nearest]).map(|at| at.column).min()
    }

    /// Returns the column of a heading that was found together with the others.
    fn of_row(&self, heading: &str, after: Option<&str>, row: u32) -> Option<u32> {
        let headings = self.row.as_ref().filter(|headings| headings.row < row)?;
        let index = self.headings.iter().position(|pair| *pair == (heading, after))?;
        headings.columns[index]
    }
}

/// Returns the cells that hold a label word for word.
fn exact(label: &Wording, text: &SheetText) -> Vec<CellRef> {
    text.texts.iter().filter(|(_, words)| words == label).map(|(at, _)| *at).collect()
}

/// Returns the cell that is most like a label, of those that aren't the form's own words.
fn near_label(label: &Wording, text: &SheetText, shifts: Option<&Shifts>) -> Vec<CellRef> {
    let others = text.texts.iter().filter(|(_, words)| !shifts.is_some_and(|shifts| shifts.form.says(words)));
    let near = others.filter_map(|(at, words)| Some((words.likeness_from(label, NEAR_LABEL)?, *at)));
    near.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))).map(|(_, at)| at).into_iter().collect()
}

/// Returns the cells that say a heading or nearly, from below: right of another heading, where one is named.
fn near(text: &SheetText, heading: &str, after: Option<&str>) -> Vec<CellRef> {
    let (heading, after) = (Wording::of(heading), after.map(Wording::of));
    let is_allowed = |at: CellRef| {
        let left = |after| text.row(at.row).iter().find(|(_, words)| words == after).map(|(at, _)| at.column);
        after.as_ref().is_none_or(|after| left(after).is_some_and(|left| left < at.column))
    };
    let alike = text.texts.iter().rev().filter(|(_, words)| words.likeness_from(&heading, NEAR).is_some());
    alike.map(|(at, _)| *at).filter(|at| is_allowed(*at)).collect()
}

/// Returns how many columns after a label the first cell is that isn't merged with it.
fn after(sheet: &Sheet, label: CellRef) -> u32 {
    sheet.merge_over(label).map_or(label.column, |merge| merge.last.column) + 1 - label.column
}
