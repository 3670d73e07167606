//! Says of each filled cell whose it is: the form's, an answer, a formula, or nothing that the framework knows.

use std::collections::{BTreeMap, BTreeSet};

use crate::cell::{CellRange, CellRef};
use crate::finding::{Finding, Findings, Place};
use crate::framework::{Framework, SheetId, StatedColumn};
use crate::layout::{Layout, WorkbookText};
use crate::returns::Return;
use crate::wording::Wording;
use crate::words::{list_of_at_most, number_of};
use crate::workbook::{Cell, Floating, Over, Sheet, Value};

use super::rule::{CONTENT_UNEXPECTED, FORMULA_OVERWRITTEN};
use super::{Issued, Printed};

/// The most characters of what belongs to nothing that a finding repeats.
const LONGEST: usize = 60;
/// The most places beside cells that are named.
const MOST_NAMED: usize = 10;

/// How many cells of a workbook are what; the four parts add up to all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// The form's own texts and numbers.
    pub form: usize,
    /// What senders fill in.
    pub answers: usize,
    /// Formulas.
    pub formulas: usize,
    /// Cells that belong to nothing.
    pub unexpected: usize,
}

/// Counts the filled cells of a workbook by what they are, and says which belong to nothing.
pub fn account(
    framework: &Framework,
    issued: Option<&Issued>,
    text: &WorkbookText,
    layout: &Layout,
    sent: &Return,
    findings: &mut Findings,
) -> Account {
    let mut account = Account::default();
    let has_formulas = text.workbook.has_formulas();
    let typed_over: Vec<Place> = findings
        .iter()
        .filter(|finding| finding.is_of(&FORMULA_OVERWRITTEN))
        .map(|finding| finding.place.clone())
        .collect();
    for (index, sheet) in text.workbook.sheets.iter().enumerate() {
        let read = read_instead(layout, index);
        let mut owned = Owned::of(framework, layout, sent, read.unwrap_or(index));
        owned.same = read.map(|read| same_cells(sheet, &text.workbook.sheets[read]));
        let printed = issued.and_then(|issued| printed(framework, issued, layout, sheet, index));
        let words = words_of_pack(framework, layout, index);
        let strays = account.count(sheet, &owned, |cell| {
            matches!(&cell.value, Value::Text(text) if words.contains(&Wording::of(text)))
                || printed.is_some_and(|printed| {
                    printed.says(&cell.value, text.workbook.date_system)
                        || typed_over.iter().any(|place| Place::cell(&sheet.name, cell.at).is_within(place))
                        || (!has_formulas && printed.worked_out.contains(&cell.at))
                })
        });
        if layout.copies.contains_key(&index) {
            // A sheet that is like one of the form's is told as such, or is blank.
            continue;
        }
        let is_over = |cell: &&Cell| has_formulas && printed.is_some_and(|printed| printed.works_out(sheet, cell.at));
        let (over, strays): (Vec<&Cell>, Vec<&Cell>) = strays.into_iter().partition(is_over);
        findings.extend(blocks(&over).into_iter().map(|block| over_formula(text, sent, sheet, block)));
        if owned.is_known || printed.is_some() {
            findings.extend(beside_cells(framework, sheet, &owned));
            findings.extend(blocks(&strays).into_iter().map(|block| unexpected(text, sent, sheet, block)));
        } else if !strays.is_empty() {
            findings.push(unknown_sheet(sheet, strays.len()));
        }
    }
    account
}

/// Returns the sheet that was read in place of one that is like it; `None` where it is read itself, or is like none.
fn read_instead(layout: &Layout, index: usize) -> Option<usize> {
    layout.copies.get(&index).and_then(|id| layout.sheets.get(id)).copied().filter(|read| *read != index)
}

/// Returns the cells of a copy that say what those of the sheet do that was read in its place.
fn same_cells(copy: &Sheet, read: &Sheet) -> BTreeSet<CellRef> {
    let is_same = |cell: &&Cell| read.cell(cell.at).is_some_and(|other| other.value == cell.value);
    copy.cells.iter().filter(is_same).map(|cell| cell.at).collect()
}

/// Returns the words that a pack itself says are the form's on a sheet: its signs, and the labels and headings of stated values.
fn words_of_pack(framework: &Framework, layout: &Layout, index: usize) -> BTreeSet<Wording> {
    let is_here = |id: &SheetId| layout.sheets.get(id) == Some(&index);
    let signs = framework.sheets.iter().filter(|spec| is_here(&spec.id)).flat_map(|spec| &spec.signs);
    let stated = framework.stated.iter().filter(|stated| is_here(&stated.sheet));
    let labels = stated.flat_map(|stated| match &stated.column {
        StatedColumn::Under { heading, after } => [Some(&stated.row), Some(heading), after.as_ref()],
        StatedColumn::BesideLabel => [Some(&stated.row), None, None],
    });
    signs.chain(labels.flatten()).map(|text| Wording::of(text)).collect()
}

/// Returns what the form says on the sheet that a return's sheet is.
fn printed<'a>(
    framework: &Framework,
    issued: &'a Issued,
    layout: &Layout,
    sheet: &Sheet,
    index: usize,
) -> Option<&'a Printed<'a>> {
    let taken_for = layout.sheets.iter().find(|(_, at)| **at == index).map(|(id, _)| id);
    let taken_for = taken_for.or_else(|| layout.copies.get(&index));
    let title = taken_for.and_then(|id| framework.sheet(id)).map(|spec| &spec.title);
    let by_title = title.and_then(|title| issued.sheets.get(&Wording::of(title)));
    by_title.or_else(|| issued.sheets.get(&Wording::of(&sheet.name)))
}

impl Account {
    /// Counts the cells of a sheet, and returns those that belong to nothing.
    fn count<'a>(&mut self, sheet: &'a Sheet, owned: &Owned, is_printed: impl Fn(&Cell) -> bool) -> Vec<&'a Cell> {
        let mut strays = Vec::new();
        for cell in sheet.cells.iter().filter(|cell| cell.formula.is_some() || !cell.value.is_blank()) {
            match () {
                () if owned.is_answer(cell.at) => self.answers += 1,
                () if cell.formula.is_some() => self.formulas += 1,
                () if owned.is_form(cell.at) || is_printed(cell) => self.form += 1,
                () if is_in(&owned.left_out, cell.at) => self.unexpected += 1,
                () => {
                    self.unexpected += 1;
                    strays.push(cell);
                }
            }
        }
        strays
    }
}

/// The cells of a sheet that a layout knows.
#[derive(Default)]
struct Owned {
    /// Whether the framework knows the sheet.
    is_known: bool,
    /// The cells that senders fill in.
    answers: BTreeSet<CellRef>,
    /// The cells of the form's own words.
    form: BTreeSet<CellRef>,
    /// For each register, its rows and the columns of its entries.
    rows: Vec<(BTreeSet<u32>, BTreeSet<u32>)>,
    /// For each register, the rows that were left out of it, and its columns.
    left_out: Vec<(BTreeSet<u32>, BTreeSet<u32>)>,
    /// Of a copy, the cells that say what the sheet does that was read in its place; `None` where the sheet is no copy.
    same: Option<BTreeSet<CellRef>>,
}

impl Owned {
    /// Collects what a layout knows of one sheet.
    fn of(framework: &Framework, layout: &Layout, sent: &Return, sheet: usize) -> Self {
        let mut owned = Self { is_known: layout.sheets.values().any(|other| *other == sheet), ..Self::default() };
        for place in layout.fields.values().filter(|place| place.sheet == sheet) {
            owned.form.insert(place.label);
            owned.answers.insert(place.entry);
        }
        let stated = layout.stated.values().chain(&layout.reworded);
        owned.form.extend(stated.filter(|(at, _)| *at == sheet).map(|(_, at)| *at));
        owned.take_tables(framework, layout, sheet);
        owned.take_registers(framework, layout, sent, sheet);
        owned
    }

    /// Takes the cells of the tables of criteria.
    fn take_tables(&mut self, framework: &Framework, layout: &Layout, sheet: usize) {
        for place in layout.tables.iter().filter(|place| place.sheet == sheet) {
            let rows: Vec<u32> = place.rows.values().chain(&place.other_rows).copied().collect();
            for column in &framework.tables[place.table].columns {
                let Some(at) = place.columns.get(&column.id) else { continue };
                self.form.insert(CellRef::new(place.heading, *at));
                let is_printed = column.holds.is_printed();
                let cells = rows.iter().map(|row| CellRef::new(*row, *at));
                if is_printed { self.form.extend(cells) } else { self.answers.extend(cells) }
            }
            let again = place.again.values().flatten();
            self.answers.extend(again.flat_map(|at| rows.iter().map(|row| CellRef::new(*row, *at))));
            for (_, at) in &place.opinions {
                // Their heading is the sender's own and may run over two rows.
                let above = place.heading.saturating_sub(1).max(1);
                self.form.extend((above..=place.heading).map(|row| CellRef::new(row, *at)));
                self.answers.extend(rows.iter().map(|row| CellRef::new(*row, *at)));
            }
        }
    }

    /// Takes the rows of the registers.
    fn take_registers(&mut self, framework: &Framework, layout: &Layout, sent: &Return, sheet: usize) {
        for (id, place) in layout.registers.iter().filter(|(_, place)| place.sheet == sheet) {
            self.form.extend(place.columns.values().map(|column| CellRef::new(place.heading, *column)));
            let Some(spec) = framework.register(id) else { continue };
            let columns = place.columns.iter().filter_map(|(column, at)| Some((spec.column(column)?, *at)));
            // What the form works out is the form's, also where a program kept only its result.
            let (worked_out, entries): (Vec<_>, Vec<_>) = columns.partition(|(column, _)| column.computed.is_some());
            let register = sent.registers.get(id);
            let rows: BTreeSet<u32> =
                register.into_iter().flat_map(|register| &register.rows).map(|row| row.number).collect();
            let left_out = register.into_iter().flat_map(|register| &register.left_out).copied().collect();
            self.left_out.push((left_out, place.columns.values().copied().collect()));
            let cells = |at| rows.iter().map(move |row| CellRef::new(*row, at));
            self.answers.extend(place.again.values().flatten().flat_map(|at| cells(*at)));
            self.form.extend(worked_out.into_iter().flat_map(|(_, at)| cells(at)));
            self.rows.push((rows, entries.into_iter().map(|(_, at)| at).collect()));
        }
    }

    /// Whether a cell is an answer or an entry.
    fn is_answer(&self, at: CellRef) -> bool {
        self.is_same(at) && (self.answers.contains(&at) || is_in(&self.rows, at))
    }

    /// Whether a cell has the form's own words.
    fn is_form(&self, at: CellRef) -> bool {
        self.is_same(at) && self.form.contains(&at)
    }

    /// Whether a cell isn't one in which a copy says something else.
    fn is_same(&self, at: CellRef) -> bool {
        self.same.as_ref().is_none_or(|same| same.contains(&at))
    }
}

/// Whether a cell stands in some of these rows and columns.
fn is_in(places: &[(BTreeSet<u32>, BTreeSet<u32>)], at: CellRef) -> bool {
    places.iter().any(|(rows, columns)| columns.contains(&at.column) && rows.contains(&at.row))
}

/// Gathers cells that stand below each other into blocks.
fn blocks<'a>(strays: &[&'a Cell]) -> Vec<(CellRange, &'a Cell)> {
    let mut columns: BTreeMap<u32, Vec<&Cell>> = BTreeMap::new();
    for cell in strays {
        columns.entry(cell.at.column).or_default().push(cell);
    }
    let runs = columns.values().flat_map(|cells| cells.chunk_by(|a, b| b.at.row - a.at.row <= 2));
    runs.map(|run| (CellRange::new(run[0].at, run[run.len() - 1].at), run[0])).collect()
}

/// Says that something was typed over formulas of the form that the framework doesn't know, as over headings that follow another sheet.
fn over_formula(text: &WorkbookText, sent: &Return, sheet: &Sheet, block: (CellRange, &Cell)) -> Finding {
    let (written, what) = told_as(text, sent, sheet, block.1);
    let message = format!("{what} is typed in where the form has a formula");
    let finding = Finding::new(&FORMULA_OVERWRITTEN, Place::Cells(sheet.name.clone(), block.0), message);
    let finding = finding
        .with_help("Put the form's formula back, so that what is shown there follows what it is worked out from.");
    if let Some(written) = written { finding.with_found(written) } else { finding }
}

/// Says that cells belong to nothing.
fn unexpected(text: &WorkbookText, sent: &Return, sheet: &Sheet, (cells, first): (CellRange, &Cell)) -> Finding {
    let (written, what) = told_as(text, sent, sheet, first);
    let message = format!("{what} stands where the form has nothing; it wasn't read as an answer");
    let help = "Move it to the place that it is meant for, or leave it: it doesn't count.";
    let finding = Finding::new(&CONTENT_UNEXPECTED, Place::Cells(sheet.name.clone(), cells), message).with_help(help);
    if let Some(written) = written { finding.with_found(written) } else { finding }
}

/// Returns what stands in a cell that belongs to nothing, where it may be told, and how that is called.
fn told_as(text: &WorkbookText, sent: &Return, sheet: &Sheet, first: &Cell) -> (Option<String>, String) {
    let written = first.shown(text.workbook.date_system);
    // What is cut in its middle is known for what it is no more.
    let shown = sent.private.shown(&sheet.name, first.at, &written);
    let mut short: String = shown.chars().take(LONGEST).collect();
    if shown.chars().count() > LONGEST {
        short.push('\u{2026}');
    }
    let is_told = !sent.private.is_beside(&sheet.name, first.at);
    if is_told { (Some(written), format!("“{short}”")) } else { (None, "something".to_owned()) }
}

/// Says what is written beside the cells of a sheet, in comments, text boxes and controls that the form hasn't; not of what lies over a
/// blank answer, which is told there.
fn beside_cells(framework: &Framework, sheet: &Sheet, owned: &Owned) -> Option<Finding> {
    let forms = framework.form().map(|form| said_beside(&form.sheets)).unwrap_or_default();
    let is_forms = |says: &str| forms.contains(&Wording::of(says));
    let comments = sheet.notes.iter().filter(|(_, says)| !says.trim().is_empty() && !is_forms(says));
    let comments = comments.map(|(at, _)| (Over::Comment, CellRange::from(*at)));
    let is_own =
        |one: &&Floating| !matches!(one.kind, Over::Picture | Over::Shape | Over::Comment) && !is_forms(&one.says);
    let floating = sheet.floating.iter().filter(is_own).map(|one| (one.kind, one.cells));
    let is_told = |at: CellRef| owned.is_answer(at) && sheet.cell(at).is_none_or(|cell| cell.value.is_blank());
    let beside: BTreeSet<(Over, CellRange)> =
        comments.chain(floating).filter(|(_, cells)| !is_told(cells.first)).collect();
    let named: Vec<String> = beside.iter().map(|(kind, cells)| format!("{} at {cells}", kind.noun())).collect();
    let listed = list_of_at_most(&named, MOST_NAMED);
    let message = format!("{listed}: what is said there, beside the cells, wasn\u{2019}t read");
    let help = "If it is an answer, or puts one right, write it into the cell that it is meant for.";
    let finding = || Finding::new(&CONTENT_UNEXPECTED, Place::Sheet(sheet.name.clone()), message).with_help(help);
    (!named.is_empty()).then(finding)
}

/// Returns what comments and text boxes of some sheets say.
fn said_beside(sheets: &[Sheet]) -> BTreeSet<Wording> {
    let comments = sheets.iter().flat_map(|sheet| sheet.notes.iter().map(|(_, says)| says));
    let floating = sheets.iter().flat_map(|sheet| sheet.floating.iter().map(|one| &one.says));
    comments.chain(floating).map(|says| Wording::of(says)).collect()
}

/// Says that a sheet belongs to nothing.
fn unknown_sheet(sheet: &Sheet, filled: usize) -> Finding {
    let cells = number_of(filled, "filled cell", "filled cells");
    let message = format!("the sheet “{}” with {cells} isn't part of the form; nothing on it was read", sheet.name);
    Finding::new(&CONTENT_UNEXPECTED, Place::Sheet(sheet.name.clone()), message)
        .with_help("If answers stand there, move them to the form's own sheets.")
}
