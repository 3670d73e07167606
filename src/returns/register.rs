//! The rows of registers.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::cell::{CellRange, CellRef};
use crate::finding::{Finding, Findings, Place, Severity};
use crate::framework::{
    EntryKind, Framework, Personal, RegisterColumn, RegisterId, RegisterSpec, Registration, Unusable,
};
use crate::layout::{Layout, RegisterPlace};
use crate::personal::References;
use crate::wording::Wording;
use crate::words::with_article;
use crate::workbook::{Cell, DateSystem, Sheet, Value, Workbook};

use super::again::Again;
use super::line::Column;
use super::place::Spot;
use super::rows::Lines;
use super::rule::{ANSWER_MERGED, PERSONAL_DATA_PRESENT, ROW_LEFT_OUT};
use super::{
    Columns, EntryValue, Filled, Reading, Register, Row, cited, doubt, entry, grade, identifier, in_brackets, private,
    stopgap, unplanned, unseen,
};

/// Reads the registers that were found.
pub(super) fn read(
    framework: &Framework,
    workbook: &Workbook,
    layout: &Layout,
    findings: &mut Findings,
) -> BTreeMap<RegisterId, Register> {
    let placed = framework.registers.iter().filter_map(|spec| Some((spec, layout.registers.get(&spec.id)?)));
    let reader = Reader { framework, workbook, layout };
    let mut registers: BTreeMap<RegisterId, Register> =
        placed.map(|(spec, place)| (spec.id.clone(), reader.register(spec, place, findings))).collect();
    findings.extend(cited::settle(framework, workbook, layout, &mut registers));
    let cited = cited::told(framework, workbook, layout, &registers);
    // What isn't listed is told as that.
    let is_told = |finding: &Finding| cited.iter().any(|other| other.subject == finding.subject);
    let unplanned: Vec<Finding> =
        unplanned::told(framework, &registers).into_iter().filter(|one| !is_told(one)).collect();
    findings.extend(cited.into_iter().chain(unplanned));
    findings.extend(in_brackets::told(framework, &registers));
    registers
}

/// Reads the registers of one return.
struct Reader<'a> {
    framework: &'a Framework,
    workbook: &'a Workbook,
    layout: &'a Layout,
}

impl Reader<'_> {
    /// Reads one register: the rows in which the sender has filled something in.
    fn register(&self, spec: &RegisterSpec, place: &RegisterPlace, findings: &mut Findings) -> Register {
        let (workbook, sheet) = (self.workbook, &self.workbook.sheets[place.sheet]);
        let found = place.columns.iter().map(|(id, at)| (id.clone(), Some(*at)));
        let places = found.chain(place.untold.iter().map(|(id, at)| (id.clone(), *at)));
        let shared = Arc::new(Columns::new(&sheet.name, places.collect()));
        let columns = place.columns.iter().filter_map(|(id, at)| Column::new(id, spec.column(id)?, *at, &shared));
        let mut columns: Vec<Column> = columns.collect();
        // What a number is hangs on the register that the row names, so numbers are read last.
        columns.sort_by_key(|column| (matches!(column.spec.kind, EntryKind::Registration(_)), column.at));
        let (taken, printed) = (taken(self.layout, place), printed(self.framework, spec));
        let dates = workbook.date_system;
        let form = self.framework.issued_sheet(&spec.sheet);
        let lines = Lines { spec, columns: &columns, sheet, place, dates, taken, printed, form }.sorted();
        findings.extend(left_out(spec, sheet, &columns, &lines.left_out));
        findings.extend(doubt::told(spec, (sheet, &columns), &lines.perhaps));
        findings.extend(headings(spec, (sheet, &columns), &lines.headings));
        findings.extend(unseen::in_register(self.framework, (spec, sheet), &columns, &lines.rows, dates));
        findings.extend(merged_entries(form, (spec, sheet), &columns, &lines.rows));
        let merged = Merged::of(sheet, spec, &columns, place.heading);
        let untold = place.untold.keys().filter_map(|id| shared.position(id.as_str())).collect();
        let references = private::references(self.framework, spec, (sheet, place), dates);
        let disputed = disputed((sheet, place), &columns, (&lines.rows, dates), findings);
        let reader = RowReader {
            spec,
            columns: &columns,
            untold,
            disputed,
            shared: &shared,
            sheet,
            workbook,
            merged,
            references,
        };
        let mut people = BTreeMap::new();
        let rows = lines.rows.into_iter().map(|number| reader.read(number, &mut people, findings)).collect();
        let mut silent = Findings::default();
        let perhaps: Vec<u32> = lines.perhaps.iter().map(|line| line.row).collect();
        let left_out = [lines.left_out, perhaps.clone(), lines.headings].concat();
        let beside = left_out.iter().chain(&lines.sums);
        let beside = beside.map(|number| reader.read(*number, &mut people, &mut silent)).collect();
        Register { sheet: sheet.name.clone(), rows, left_out, perhaps, beside }
    }
}

/// Returns the rows of a register's sheet in which something else of the form stands.
fn taken(layout: &Layout, place: &RegisterPlace) -> BTreeSet<u32> {
    let fields = layout.fields.values().filter(|field| field.sheet == place.sheet);
    let mut taken: BTreeSet<u32> = fields.flat_map(|field| [field.label.row, field.entry.row]).collect();
    taken.extend(layout.stated.values().filter(|(sheet, _)| *sheet == place.sheet).map(|(_, at)| at.row));
    for table in layout.tables.iter().filter(|table| table.sheet == place.sheet) {
        taken.extend(table.rows.values().chain(&table.other_rows).chain([&table.heading]));
    }
    let others = layout.registers.values().filter(|other| other.sheet == place.sheet);
    let below = others.map(|other| other.heading).filter(|heading| *heading > place.heading).min();
    taken.extend(below.into_iter().flat_map(|heading| heading.saturating_sub(1)..=place.rows.1));
    taken
}

/// Returns what the form prints on the sheet of a register.
fn printed<'a>(framework: &'a Framework, spec: &RegisterSpec) -> BTreeSet<&'a str> {
    let sheet = framework.issued_sheet(&spec.sheet);
    sheet.into_iter().flat_map(|sheet| &sheet.cells).filter_map(Cell::text).collect()
}

/// Says which lines among the rows repeat the heading.
fn headings(spec: &RegisterSpec, (sheet, columns): (&Sheet, &[Column]), lines: &[u32]) -> Vec<Finding> {
    let at = |line: u32| {
        let ends = columns.iter().map(|column| CellRef::new(line, column.at));
        Some(CellRange::new(ends.clone().min()?, ends.max()?))
    };
    let finding = |line: &u32| {
        let message = format!("row {line} repeats the heading of “{}”, and is no {} of it", spec.title, spec.row_noun);
        let finding = Finding::new(&ROW_LEFT_OUT, Place::Cells(sheet.name.clone(), at(*line)?), message);
        let help = "Delete the row if a figure of the sheet counts it; otherwise there is nothing to do.";
        Some(finding.with_severity(Severity::Note).with_subject(spec.id.as_str()).with_help(help))
    };
    lines.iter().filter_map(finding).collect()
}

/// Says which filled lines weren't taken for rows: lines that follow each other are told together.
fn left_out(spec: &RegisterSpec, sheet: &Sheet, columns: &[Column], numbers: &[u32]) -> Vec<Finding> {
    let first = columns.iter().map(|column| column.at).min().unwrap_or(1);
    let last = columns.iter().map(|column| column.at).max().unwrap_or(1);
    let together = numbers.chunk_by(|above, below| below - above == 1);
    let finding = |lines: &[u32]| {
        let (top, end) = (lines[0], lines[lines.len() - 1]);
        let cells = CellRange::new(CellRef::new(top, first), CellRef::new(end, last));
        let which = if top == end { format!("row {top} is") } else { format!("rows {top} to {end} are") };
        let message = format!(
            "{which} filled in, but what stands there wasn't taken for a row of “{}” and doesn't count",
            spec.title
        );
        Finding::new(&ROW_LEFT_OUT, Place::Cells(sheet.name.clone(), cells), message)
            .with_subject(spec.id.as_str())
            .with_help(format!(
                "If it is {}, fill it in as the others are, below the last of them; if not, move it off the table.",
                with_article(&spec.row_noun)
            ))
    };
    together.map(finding).collect()
}

/// Says which headings stand over several columns, and returns the rows in which these differ, by the column that is read.
fn disputed(
    (sheet, place): (&Sheet, &RegisterPlace),
    columns: &[Column],
    (rows, dates): (&[u32], DateSystem),
    findings: &mut Findings,
) -> BTreeMap<u32, BTreeSet<u32>> {
    let mut disputed = BTreeMap::new();
    let again = place.again.iter().filter_map(|(id, others)| Some((Column::among(columns, id)?, others)));
    for (column, others) in again {
        let again = Again { sheet, heading: place.heading, read: column.at, others, dates };
        let rows = again.disputed(rows.iter().copied());
        findings.extend(again.told(&column.spec.heading, &rows));
        disputed.insert(column.at, rows);
    }
    disputed
}

/// Whether an entry that is merged over several rows can't be that of each: an amount is shared or the first row's alone, and a day
/// may be.
fn is_of_one_row(kind: &EntryKind) -> bool {
    matches!(kind, EntryKind::Number { .. } | EntryKind::Date(_))
}

/// Says where a choice, a mark, a number or a day is merged over other rows or over other choices, as formulas see the first alone.
fn merged_entries(
    form: Option<&Sheet>,
    (spec, sheet): (&RegisterSpec, &Sheet),
    columns: &[Column],
    rows: &[u32],
) -> Vec<Finding> {
    let is_chosen = |column: &&Column| matches!(column.spec.kind, EntryKind::Choice(_) | EntryKind::Mark(_));
    let chosen: Vec<u32> = columns.iter().filter(is_chosen).map(|column| column.at).collect();
    let is_of_one = |column: &&Column| column.spec.computed.is_none() && is_of_one_row(&column.spec.kind);
    let of_one: Vec<u32> = columns.iter().filter(is_of_one).map(|column| column.at).collect();
    let over = |merge: &&CellRange| {
        let mut across = (merge.first.column + 1)..=merge.last.column;
        let at = merge.first.column;
        let is_tall = merge.first.row < merge.last.row && (chosen.contains(&at) || of_one.contains(&at));
        let is_filled = sheet.cell(merge.first).is_some_and(|cell| !cell.value.is_blank());
        is_filled
            && (is_tall || across.any(|column| chosen.contains(&column)))
            && rows.iter().any(|row| (merge.first.row..=merge.last.row).contains(row))
            && !form.is_some_and(|form| form.merges.contains(merge))
    };
    let finding = |merge: &CellRange| {
        let counts = if of_one.contains(&merge.first.column) {
            "what stands there is read for the first row alone, and what belongs to the others is open"
        } else if merge.first.row == merge.last.row {
            "what stands there is read for the first column alone"
        } else if merge.first.column == merge.last.column {
            "what stands there is read for each of the rows, and formulas see it in the first alone"
        } else {
            "what stands there is read for the first column alone, in each of the rows"
        };
        let message = format!("the cells {merge} of “{}” are merged; {counts}", spec.title);
        let help = "Unmerge the cells, and fill in each for itself.";
        Finding::new(&ANSWER_MERGED, Place::Cells(sheet.name.clone(), *merge), message)
            .with_subject(spec.id.as_str())
            .with_help(help)
    };
    sheet.merges.iter().filter(over).map(finding).collect()
}

/// Reads the rows of one register.
struct RowReader<'a> {
    spec: &'a RegisterSpec,
    /// The columns, those of numbers of public registers last.
    columns: &'a [Column<'a>],
    /// The columns of which it can't be told where they are.
    untold: Vec<usize>,
    /// The rows in which several columns with one heading differ, by the column that is read.
    disputed: BTreeMap<u32, BTreeSet<u32>>,
    /// The columns as rows share them.
    shared: &'a Arc<Columns>,
    sheet: &'a Sheet,
    workbook: &'a Workbook,
    merged: Merged,
    /// How references are written in which no person may be named, by column.
    references: BTreeMap<u32, References>,
}

/// The entries that are merged over several rows, which are those of each: by column and first row, with their last row.
struct Merged(BTreeMap<(u32, u32), u32>);

impl Merged {
    /// Finds the merged cells below a register's heading, but for keys, which name one row each.
    fn of(sheet: &Sheet, spec: &RegisterSpec, columns: &[Column], heading: u32) -> Self {
        let shared = columns.iter().filter(|column| Some(column.id) != spec.key.as_ref()).map(|column| column.at);
        let shared: BTreeSet<u32> = shared.collect();
        let below = sheet.merges.iter().filter(|merge| merge.first.row > heading && merge.last.row > merge.first.row);
        let over = below.filter(|merge| shared.contains(&merge.first.column));
        Self(over.map(|merge| ((merge.first.column, merge.first.row), merge.last.row)).collect())
    }

    /// Returns the cell in which the entry of a row is seen, where that is in a row above.
    fn above<'a>(&self, sheet: &'a Sheet, at: CellRef) -> Option<&'a Cell> {
        let ((column, first), last) = self.0.range(..(at.column, at.row)).next_back()?;
        let is_over = *column == at.column && *last >= at.row;
        is_over.then(|| sheet.cell(CellRef::new(*first, *column))).flatten()
    }
}

impl RowReader<'_> {
    /// Reads one row; `people` knows the first row of each text that may not leave the return.
    fn read(&self, number: u32, people: &mut BTreeMap<Wording, u32>, findings: &mut Findings) -> Row {
        let subject = self.subject(number);
        let mut filled: Vec<Filled> = self.untold.iter().map(|column| of_none(*column, Reading::Absent)).collect();
        let mut doubted = Vec::new();
        for column in self.columns {
            if self.says_not_to_apply(column, number) {
                doubted.push(column);
            } else {
                let entry = self.entry(column, (number, &subject), &filled, people, findings);
                filled.extend(entry);
            }
        }
        if !doubted.is_empty() {
            let row = Row::new(number, Arc::clone(self.shared), filled.clone());
            for column in doubted.into_iter().filter(|column| self.may_apply(column, &row)) {
                let entry = self.entry(column, (number, &subject), &filled, people, findings);
                filled.extend(entry);
            }
        }
        Row::new(number, Arc::clone(self.shared), filled)
    }

    /// Whether words in a cell say that nothing can stand there, in a column in which that may be so.
    fn says_not_to_apply(&self, column: &Column, number: u32) -> bool {
        let at = CellRef::new(number, column.at);
        let text = || self.sheet.cell(at).and_then(Cell::text);
        column.spec.applies.is_some() && text().is_some_and(|text| says_not_to_apply(&column.spec.kind, text))
    }

    /// Whether something can stand in a column of a row, by what is given in it.
    fn may_apply(&self, column: &Column, row: &Row) -> bool {
        !column.spec.applies.as_ref().is_some_and(|condition| row.speaks_against(self.spec, condition))
    }

    /// Reads what stands in a column of a row, after others of that row; `None` where nothing does.
    fn entry(
        &self,
        column: &Column,
        (number, subject): (u32, &str),
        others: &[Filled],
        people: &mut BTreeMap<Wording, u32>,
        findings: &mut Findings,
    ) -> Option<Filled> {
        let (sheet, dates) = (self.sheet, self.workbook.date_system);
        let at = CellRef::new(number, column.at);
        if self.disputed.get(&column.at).is_some_and(|rows| rows.contains(&number)) {
            return Some(of_none(column.position, Reading::Unusable));
        }
        let own = sheet.cell(at).or_else(|| sheet.floating_over(at));
        let cell = own.or_else(|| self.merged.above(sheet, at))?;
        if own.is_none() && is_of_one_row(&column.spec.kind) {
            return Some(of_none(column.position, Reading::Unusable));
        }
        let at = if own.is_some() { at } else { cell.at };
        let spot = Spot { sheet, at, cell: Some(cell), dates, subject, unit: column.unit(), is_chosen: false };
        let mut told_above = Findings::default();
        let telling = if own.is_some() { findings } else { &mut told_above };
        let written = spot.written();
        let told = self.told_as(column, cell, &written);
        let reading = self.read_entry((&spot, &written), (column.spec, told), others, telling);
        if told.is_some() {
            let first = *people.entry(Wording::of(&written)).or_insert(number);
            return Some(masked(column.position, reading, first));
        }
        let day = entry::day_of_mark(&spot, &column.spec.kind);
        Some(Filled { column: column.position, reading, written: written.into(), day })
    }

    /// Says what personal data stands in a cell of a column that may have none.
    fn told_as(&self, column: &Column, cell: &Cell, shown: &str) -> Option<&'static str> {
        private::told_as((column.spec, self.references.get(&column.at)), cell, shown, self.workbook.date_system)
    }

    /// Returns what findings call a row: its key, unless that is or looks like personal data.
    fn subject(&self, number: u32) -> String {
        let key = self.spec.key.as_ref().and_then(|key| Column::among(self.columns, key));
        let key = key.filter(|column| column.spec.personal != Personal::Belongs);
        let name = key.and_then(|column| self.sheet.cell(CellRef::new(number, column.at)));
        let dates = self.workbook.date_system;
        // What a cell shows takes long to say, and few keys are looked at for it.
        let may_be_told = key.is_some_and(|column| column.spec.personal != Personal::Refused);
        let is_told = |cell: &&Cell| {
            let is_none = |column: &Column| self.told_as(column, cell, &cell.shown(dates)).is_none();
            may_be_told || key.is_some_and(is_none)
        };
        let name = name.filter(is_told).map(|cell| cell.written(dates).trim().to_owned());
        name.filter(|name| !name.is_empty()).unwrap_or_else(|| format!("row {number}"))
    }

    /// Reads one entry, of which a person sees what is `written`, after others of its row.
    fn read_entry(
        &self,
        (spot, written): (&Spot, &str),
        (column, told): (&RegisterColumn, Option<&'static str>),
        others: &[Filled],
        findings: &mut Findings,
    ) -> Reading<EntryValue> {
        // What rests on it is told as resting on a blank; an error value says nothing, whatever it is called.
        let is_text = spot.cell.and_then(Cell::text).is_some();
        let may_be_blank = is_text && column.applies.is_some() && column.unusable == Unusable::Blank;
        if may_be_blank && says_not_to_apply(&column.kind, written) {
            return Reading::Blank;
        }
        let is_key = self.spec.key.as_ref() == Some(&column.id);
        let is_needed = is_key || column.applies.is_some() || self.spec.complete.contains(&column.id);
        let is_name = is_needed && column.personal == Personal::Allowed;
        if is_name && matches!(column.kind, EntryKind::Text) && spot.cell.is_some_and(|cell| cell.text().is_some()) {
            return stopgap::read_name(spot, findings);
        }
        // Of a reference that is no key and may always be blank nobody needs to know whether there is one.
        if (is_key || column.applies.is_some())
            && matches!(column.kind, EntryKind::Reference(_))
            && spot.cell.is_some_and(|cell| cell.text().is_some())
            && stopgap::names_nothing(written)
        {
            return stopgap::read_name(spot, findings);
        }
        let EntryKind::Registration(registration) = &column.kind else {
            return read_entry(spot, (column, told), findings);
        };
        let stated = registration.stated_in.as_ref().and_then(|stated| self.shared.position(stated.as_str()));
        // Whose number it is can't be told without the column that says it, and isn't asked then.
        let is_told = !stated.is_some_and(|stated| self.untold.contains(&stated));
        let mut silent = Findings::default();
        let findings = if is_told { findings } else { &mut silent };
        let stated = others.iter().find(|filled| Some(filled.column) == stated);
        read_number(spot, registration, stated.and_then(|filled| filled.reading.given()), findings)
    }
}

/// Whether words say that there is nothing to enter, and are no choice of the column's.
fn says_not_to_apply(kind: &EntryKind, text: &str) -> bool {
    let is_choice = kind.choices().is_some_and(|choices| entry::is_chosen(choices, text));
    !is_choice && (stopgap::says_none(text) || grade::says_not_applicable(&Wording::of(text)))
}

/// Returns an entry of which it can't be told what it is: its column isn't known, or a number or day of a row above is merged over it.
fn of_none(column: usize, reading: Reading<EntryValue>) -> Filled {
    Filled { column, reading, written: "".into(), day: None }
}

/// Reads a number of a public register, which another entry of the row may name.
fn read_number(
    spot: &Spot,
    registration: &Registration,
    stated: Option<&EntryValue>,
    findings: &mut Findings,
) -> Reading<EntryValue> {
    match spot.cell {
        Some(cell) if matches!(cell.value, Value::Text(_) | Value::Number(_)) && !cell.value.is_blank() => {
            identifier::read(spot, registration, stated.map(ToString::to_string).as_deref(), findings)
        }
        Some(cell) if matches!(cell.value, Value::Logical(_) | Value::Date(_) | Value::Elapsed(_) | Value::Picture) => {
            findings.push(identifier::no_number(spot));
            Reading::Unusable
        }
        Some(_) | None => entry::reading(spot, &EntryKind::Reference(None), findings),
    }
}

/// Reads an entry of which nothing may leave the return: what is wrong with it is told without its words.
fn read_protected(spot: &Spot, column: &RegisterColumn, findings: &mut Findings) -> Reading<EntryValue> {
    let mut telling = Findings::default();
    let read = entry::reading(spot, &column.kind, &mut telling);
    findings.extend(telling.into_sorted().into_iter().map(|finding| Finding {
        found: None,
        message: format!("what stands under “{}” can't be used", column.heading),
        ..finding
    }));
    read
}

/// Reads one entry; personal data where only references belong is said first, and is no malformed reference besides.
fn read_entry(
    spot: &Spot,
    (column, told): (&RegisterColumn, Option<&'static str>),
    findings: &mut Findings,
) -> Reading<EntryValue> {
    if column.computed.is_some() {
        return entry::reading(spot, &column.kind, &mut Findings::default());
    }
    if column.personal == Personal::Belongs {
        return read_protected(spot, column, findings);
    }
    let Some(what) = told else { return entry::reading(spot, &column.kind, findings) };
    let message = format!("under “{}” stands {what}, where nothing may tell who a person is", column.heading);
    let help = "Replace it by the reference that you use for this person, and keep the list of references to yourself.";
    findings.push(Finding { found: None, ..spot.finding(&PERSONAL_DATA_PRESENT, message).with_help(help) });
    let kept = entry::reading(spot, &EntryKind::Reference(None), &mut Findings::default());
    if matches!(column.kind, EntryKind::Reference(_)) { kept } else { Reading::Unusable }
}

/// Returns an entry without its words, which may not leave the return; the first row that has them tells them apart.
fn masked(column: usize, reading: Reading<EntryValue>, first: u32) -> Filled {
    let name = format!("row {first}");
    let reading = match reading {
        Reading::Given(_) => Reading::Given(EntryValue::Text(name.as_str().into())),
        other @ (Reading::Blank | Reading::Unusable | Reading::Absent) => other,
    };
    Filled { column, reading, written: name.into(), day: None }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use crate::framework::{ColumnId, builtin};
    use crate::layout::{WorkbookText, locate};
    use crate::workbook::Value;

    use super::*;

    /// Returns the rows that are read from the form's list of clients after these were written below its heading.
    #[track_caller]
    fn rows_read(written: &[(u32, &[&str])]) -> Vec<u32> {
        let framework = builtin::load("seqf").expect("the shipped packs load").framework;
        let mut workbook = framework.form().cloned().expect("the shipped packs have a form");
        let sheet = workbook.sheets.iter_mut().find(|sheet| sheet.name == "Client data").expect("the form has it");
        for (row, texts) in written {
            sheet.cells.retain(|cell| cell.at.row != *row);
            let cells = (1..).zip(*texts).filter(|(_, text)| !text.is_empty());
            sheet.cells.extend(
                cells.map(|(column, text)| Cell::new(CellRef::new(*row, column), Value::Text((*text).into()), None)),
            );
        }
        sheet.cells.sort_by_key(|cell| cell.at);
        let layout = locate(&framework, &WorkbookText::new(&workbook), &mut Findings::default());
        let registers = read(&framework, &workbook, &layout, &mut Findings::default());
        let clients = registers.iter().find(|(id, _)| id.as_str() == "clients").expect("the form has the register").1;
        clients.rows.iter().map(|row| row.number).collect()
    }

    #[test]
    fn what_tells_who_a_person_is_leaves_no_trace() {
        for text in [
            "Anna Smith",
            "ANNA SMITH",
            "A Smith",
            "Smith, A.",
            "Siwan",
            "SIWAN AP GWILYM",
            "Амина",
            "AB 12 34 56 C",
            "AB\u{200b}123456C",
            "anna@example.org",
            "Anna\u{a0}Maria O\u{2019}Neill",
        ] {
            let framework = builtin::load("seqf").expect("the shipped packs load").framework;
            let mut workbook = framework.form().cloned().expect("the shipped packs have a form");
            let sheet = workbook.sheets.iter_mut().find(|sheet| sheet.name == "Client data").expect("the form has it");
            for row in [5, 6] {
                sheet.cells.retain(|cell| cell.at.row != row);
                let texts = (1..).zip([text, "25-34", "Female", "Mixed"]);
                sheet.cells.extend(
                    texts.map(|(column, text)| Cell::new(CellRef::new(row, column), Value::Text(text.into()), None)),
                );
            }
            sheet.cells.sort_by_key(|cell| cell.at);
            let layout = locate(&framework, &WorkbookText::new(&workbook), &mut Findings::default());
            let mut findings = Findings::default();
            let registers = read(&framework, &workbook, &layout, &mut findings);
            let findings = findings.into_sorted();
            assert!(findings.iter().any(|finding| finding.is_of(&PERSONAL_DATA_PRESENT)), "{text}");
            let all = format!("{findings:?} {registers:?}");
            assert!(!all.contains(&format!("{text:?}")) && !all.contains(text), "{text}");
            let clients = registers.iter().find(|(id, _)| id.as_str() == "clients").expect("the form has it").1;
            let keys: Vec<_> = clients.rows.iter().map(|row| row.given("ref").map(ToString::to_string)).collect();
            assert!(keys.len() == 2 && keys[0] == keys[1], "{keys:?}");
        }
    }

    const CLIENT: &[&str] = &["C01", "25-34", "Female", "Mixed", "Autism", "Probation"];

    #[test]
    fn what_is_no_row_is_left_out() {
        let cases: [(&str, u32, &[&str], bool); 10] = [
            ("another client", 6, &["C02", "19-24", "Male"], true),
            ("a client after a gap", 30, &["C02", "19-24", "Male"], true),
            ("a client beyond the form's rows", 140, CLIENT, true),
            ("a total", 6, &["Total", "", "", "1"], false),
            ("a total with its number", 6, &["Total: 1 client"], false),
            ("a note far below", 30, &["Checked by JD"], false),
            ("a signature far below", 30, &["", "", "JD"], false),
            ("a note between", 6, &["Note: see the annex"], false),
            ("other words for the heading", 6, &["Client ref", "Age", "Gender", "Ethnicity"], false),
            ("the heading once more", 6, &["Client ref", "Age band", "Gender", "Ethnicity"], false),
        ];
        for (what, row, texts, is_row) in cases {
            let expected = if is_row { vec![5, row] } else { vec![5] };
            assert_eq!(rows_read(&[(5, CLIENT), (row, texts)]), expected, "{what}");
        }
    }

    #[test]
    fn units_and_numbers_below_a_heading_are_no_rows() {
        for line in [["(code)", "(printed)", "(your words)"], ["1", "2", "3"]] {
            assert_eq!(rows_read(&[(5, &line), (6, CLIENT)]), [6], "{line:?}");
        }
        assert_eq!(rows_read(&[(5, CLIENT), (6, &["(C02)", "(19-24)"])]), [5, 6]);
    }

    /// Returns a value that a column takes.
    fn apt(kind: &EntryKind) -> Value {
        match kind {
            EntryKind::Text => Value::Text("Words".into()),
            EntryKind::Contact => Value::Text("a@example.org".into()),
            EntryKind::Number { .. } => Value::Number(7.0),
            EntryKind::Date(_) => Value::Date(45_000.0),
            EntryKind::Choice(names) | EntryKind::Mark(names) => Value::Text(names[0][0].as_str().into()),
            EntryKind::Reference(_) => Value::Text("C99".into()),
            EntryKind::Registration(_) => Value::Text("06506091".into()),
        }
    }

    /// A register of a form, to be filled in.
    struct Filling<'a> {
        framework: &'a Framework,
        workbook: Workbook,
        layout: Layout,
        spec: &'a RegisterSpec,
    }

    impl<'a> Filling<'a> {
        /// Takes the registers that the form of a shipped pack has.
        fn of(framework: &'a Framework) -> Vec<Self> {
            let form = framework.form().expect("the shipped packs have a form");
            let located = || {
                let mut layout = locate(framework, &WorkbookText::new(form), &mut Findings::default());
                layout.registers.values_mut().for_each(|place| place.rows.1 = 5000);
                layout
            };
            let has = |spec: &&RegisterSpec| located().registers.contains_key(&spec.id);
            let specs = framework.registers.iter().filter(has);
            specs.map(|spec| Self { framework, workbook: form.clone(), layout: located(), spec }).collect()
        }

        fn place(&self) -> &RegisterPlace {
            &self.layout.registers[&self.spec.id]
        }

        /// Puts cells into a row, in place of what stands there.
        fn put(&mut self, row: u32, cells: Vec<(u32, Value, Option<&str>)>) {
            let index = self.place().sheet;
            let sheet = &mut self.workbook.sheets[index];
            sheet.cells.retain(|cell| cell.at.row != row || cells.iter().all(|(column, ..)| *column != cell.at.column));
            let cell = |(column, value, formula): (u32, Value, Option<&str>)| {
                Cell::new(CellRef::new(row, column), value, formula.map(Into::into))
            };
            sheet.cells.extend(cells.into_iter().map(cell));
            sheet.cells.sort_by_key(|cell| cell.at);
        }

        /// Returns a row in which the first so many columns that a sender fills in hold what belongs there.
        fn entries(&self, most: usize) -> Vec<(u32, Value, Option<&'static str>)> {
            let spec = self.spec;
            let begins = |id: &ColumnId| match &spec.begun_by[..] {
                [] => Some(id) == spec.key.as_ref(),
                begun_by => begun_by.contains(id),
            };
            let mut columns: Vec<(&ColumnId, &u32)> = self.place().columns.iter().collect();
            columns.retain(|(id, _)| spec.column(id).is_some_and(|column| column.computed.is_none()));
            columns.sort_by_key(|(id, at)| (!begins(id), **at));
            let entry = |(id, at): (&ColumnId, &u32)| (*at, apt(&spec.column(id).expect("it has it").kind), None);
            columns.into_iter().take(most).map(entry).collect()
        }

        fn read(&self, findings: &mut Findings) -> Register {
            let mut registers = read(self.framework, &self.workbook, &self.layout, findings);
            registers.remove(&self.spec.id).expect("it was located")
        }
    }

    #[test]
    fn a_row_counts_wherever_it_stands_in_the_forms_table() {
        for framework in builtin::all() {
            for mut filling in Filling::of(&framework) {
                let (first, last) = (filling.place().heading + 1, filling.place().printed);
                assert!(last > first, "{} {}: the form has rows", framework.id, filling.spec.id);
                let form = filling.workbook.clone();
                for row in (first + 1..=last).step_by(3).chain([last]) {
                    filling.workbook = form.clone();
                    filling.put(first, filling.entries(99));
                    filling.put(row, filling.entries(2));
                    let rows: Vec<u32> =
                        filling.read(&mut Findings::default()).rows.iter().map(|row| row.number).collect();
                    assert!(rows.contains(&row), "{} {}: row {row}, read {rows:?}", framework.id, filling.spec.id);
                }
            }
        }
    }

    #[test]
    fn no_filled_row_vanishes_without_a_finding() {
        for framework in builtin::all() {
            for mut filling in Filling::of(&framework) {
                let (first, last) = (filling.place().heading + 1, filling.place().printed);
                let form = filling.workbook.clone();
                for (row, most) in [(last, 1), (last, 3), (last + 9, 2), (last + 40, 3), (last + 400, 99)] {
                    filling.workbook = form.clone();
                    filling.put(first, filling.entries(99));
                    filling.put(row, filling.entries(most));
                    let mut findings = Findings::default();
                    let is_row = filling.read(&mut findings).rows.iter().any(|read| read.number == row);
                    let is_told = findings.into_sorted().iter().any(|finding| {
                        finding.rule.as_str() == ROW_LEFT_OUT.id
                            && finding
                                .place
                                .cells()
                                .is_some_and(|cells| (cells.first.row..=cells.last.row).contains(&row))
                    });
                    assert!(is_row != is_told, "{} {}: {most} in row {row}", framework.id, filling.spec.id);
                }
            }
        }
    }

    /// Returns the rows read of the partners' register after three partners and a line of a name and two figures.
    fn with_line(at: u32, name: &str, amount: f64, formula: Option<&str>, more: usize) -> Vec<u32> {
        let mut fillings = Filling::of(&PARTNERS);
        let filling = fillings.iter_mut().find(|filling| filling.spec.id.as_str() == "partners").expect("it has it");
        for row in 9..12 {
            filling.put(row, filling.entries(99));
        }
        let column = filling.place().columns["amount"];
        filling.put(at, filling.entries(more));
        if !name.is_empty() {
            filling.put(at, vec![(1, Value::Text(name.into()), None)]);
        }
        filling.put(at, vec![(column, Value::Number(amount), formula)]);
        filling.read(&mut Findings::default()).rows.iter().map(|row| row.number).collect()
    }

    #[test]
    fn lines_that_sum_up_are_no_rows_however_they_say_it() {
        let names = [
            "Total",
            "TOTAL:",
            "Totals",
            "Grand total",
            "Sub-total",
            "Subtotal",
            "Sum",
            "Overall",
            "Overall total",
            "Average",
            "Count",
            "n = 3",
            "Total: 3 partners",
            "Number of partners: 3",
            "Cyfanswm",
            "Is-gyfanswm",
            "Cyfanswm terfynol",
            "Total amount £",
        ];
        for name in names {
            for at in [12, 30, 60] {
                assert_eq!(with_line(at, name, 1.0, None, 0), [9, 10, 11], "{name} in row {at}");
            }
        }
        for name in ["", "All of them", "Wales", "Total for Wales", "Together"] {
            assert_eq!(with_line(12, name, 21.0, Some("SUM(U9:U11)"), 0), [9, 10, 11], "{name}");
            assert_eq!(with_line(12, name, 21.0, Some("U9+U10+U11"), 0), [9, 10, 11], "{name}");
        }
        for name in ["", "Total for Wales", "Total England"] {
            assert_eq!(with_line(12, name, 21.0, None, 0), [9, 10, 11], "{name}");
        }
    }

    #[test]
    fn names_that_begin_with_a_total_are_names() {
        for name in [
            "Total Care Ltd",
            "Sum Works",
            "Count House",
            "Overall Clothing Co",
            "Average Joe's",
            "Cyfanswm Cyf",
            "TotalEnergies",
        ] {
            for more in [2, 12, 99] {
                assert_eq!(with_line(12, name, 500.0, None, more), [9, 10, 11, 12], "{name}, {more} entries");
            }
        }
    }

    static PARTNERS: LazyLock<Framework> =
        LazyLock::new(|| builtin::load("employer-partners").expect("the shipped packs load").framework);

    /// Reads the partners' register, all of whose columns are filled in in rows 9 to 12 and in row 16, with these cells in a row.
    fn partners_with(row: u32, cells: Vec<(u32, Value, Option<&str>)>) -> (Register, Vec<Finding>) {
        let mut fillings = Filling::of(&PARTNERS);
        let filling = fillings.iter_mut().find(|filling| filling.spec.id.as_str() == "partners").expect("it has it");
        for filled in [9, 10, 11, 12, 16] {
            filling.put(filled, filling.entries(99));
        }
        filling.put(row, cells);
        let mut findings = Findings::default();
        let register = filling.read(&mut findings);
        (register, findings.into_sorted())
    }

    #[test]
    fn a_line_that_may_be_a_row_is_told_and_counts_for_none() {
        let words = |text: &str| (Value::Text(text.into()), None, Some("row-left-out"));
        let error = |formula| (Value::Error("#REF!".into()), formula, Some("answer-is-an-error"));
        for (value, formula, rule) in [
            words("Scotland"),
            words("Members by donation"),
            words("END OF REGISTER"),
            words("* provisional"),
            words("."),
            words("Zeta Ltd"),
            error(Some("#REF!")),
            error(Some("Lists!A99")),
            error(None),
            (Value::Empty, Some("Lists!A99"), Some("formula-not-calculated")),
            (Value::Empty, Some("A12+1"), None),
            (Value::Error("#N/A".into()), Some("VLOOKUP(AB12,AB1:AC9,2,FALSE)"), None),
            (Value::Error("#N/A".into()), Some("Lists!A99"), Some("answer-is-an-error")),
            (Value::Error("#N/A".into()), Some("INDEX(Lists!A:A,99)"), Some("answer-is-an-error")),
            (Value::Error("#N/A".into()), Some("INDEX(Lists!A:A,MATCH(AB12,Lists!B:B,0))"), None),
            (Value::Text("".into()), Some("Lists!A99"), None),
            (Value::Text(" ".into()), None, None),
        ] {
            for row in [14, 17, 30] {
                let what = format!("{value:?} by {formula:?} in row {row}");
                let (register, said) = partners_with(row, vec![(1, value.clone(), formula)]);
                let numbers: Vec<u32> = register.rows.iter().map(|row| row.number).collect();
                assert_eq!(numbers, [9, 10, 11, 12, 16], "{what}");
                assert_eq!(register.perhaps, Vec::from_iter(rule.map(|_| row)), "{what}");
                let is_here = |finding: &&Finding| finding.place.cells().is_some_and(|at| at.first.row == row);
                let told: Vec<&str> = said.iter().filter(is_here).map(|finding| finding.rule.as_str()).collect();
                assert_eq!(told, Vec::from_iter(rule), "{what}");
            }
        }
    }

    #[test]
    fn a_heading_among_the_rows_is_told_and_a_sum_without_words_sums_up() {
        let heading = ["Partner name", "Trading name", "Tier"];
        let cells = (1..).zip(heading).map(|(column, text)| (column, Value::Text(text.into()), None)).collect();
        let (register, said) = partners_with(14, cells);
        assert_eq!((register.rows.len(), register.perhaps, register.left_out), (5, vec![], vec![14]));
        assert!(said.iter().any(|finding| finding.is_of(&ROW_LEFT_OUT) && finding.severity == Severity::Note));
        for row in [14, 17] {
            let (register, _) = partners_with(row, vec![(21, Value::Number(35.0), Some("SUM(U9:U12)"))]);
            let beside: Vec<u32> = register.beside.iter().map(|line| line.number).collect();
            assert_eq!((register.rows.len(), beside, register.left_out), (5, vec![row], vec![]), "row {row}");
        }
    }

    #[test]
    fn a_name_with_a_figure_below_the_rows_may_be_of_all_of_them() {
        let fee = |row: u32| Value::Number([500.0, 500.0, 750.0, 1000.0][row as usize - 9]);
        // What the line is: a row, none and told, or open.
        let (row, told, open) = ([true, false, false], [false, true, false], [false, false, true]);
        for (at, name, figure, expected) in [
            (13, "Average levy", 687.5, told),
            (14, "Average levy", 687.5, told),
            (13, "Levy on average", 688.0, told),
            (13, "Cyfartaledd ardoll", 687.5, told),
            (13, "Median levy", 625.0, told),
            (13, "Highest levy", 1000.0, told),
            (13, "Ardoll uchaf", 1000.0, told),
            (13, "Lowest levy", 500.0, told),
            (13, "Average Joe’s", 500.0, row),
            (13, "Highest Standards Ltd", 750.0, row),
            (13, "Zeta Ltd", 1000.0, row),
            (14, "Zeta Ltd", 1000.0, open),
            (14, "As agreed by the Board", 800.0, open),
            (15, "Average levy", 700.0, open),
        ] {
            let mut fillings = Filling::of(&PARTNERS);
            let filling =
                fillings.iter_mut().find(|filling| filling.spec.id.as_str() == "partners").expect("it has it");
            for filled in 9..=12 {
                filling.put(filled, filling.entries(99));
                filling.put(filled, vec![(21, fee(filled), None)]);
            }
            filling.put(at, vec![(1, Value::Text(name.into()), None), (21, Value::Number(figure), None)]);
            let register = filling.read(&mut Findings::default());
            let has = |rows: &[u32]| rows.contains(&at);
            let rows: Vec<u32> = register.rows.iter().map(|row| row.number).collect();
            let is = [has(&rows), has(&register.left_out) && !has(&register.perhaps), has(&register.perhaps)];
            assert_eq!(is, expected, "{name} {figure} in row {at}");
        }
    }

    #[test]
    fn rows_may_be_made_by_formulas_that_fetch_them() {
        let link = |value: Value| vec![(1, value, Some("Source!A12"))];
        let framework = builtin::load("employer-partners").expect("the shipped packs load").framework;
        let cases = [
            (link(Value::Text("Ferrous Ltd".into())), true),
            (link(Value::Number(0.0)), false),
            (link(Value::Text("".into())), false),
            (link(Value::Error("#N/A".into())), false),
            (vec![(1, Value::Text("Ferrous Ltd".into()), Some("VLOOKUP(AB12,AB1:AC9,2,FALSE)"))], true),
            (vec![(1, Value::Number(4.0), Some("ROW()-8"))], false),
            (vec![(1, Value::Number(4.0), Some("A11+1"))], false),
        ];
        for (cells, is_row) in cases {
            let mut fillings = Filling::of(&framework);
            let filling =
                fillings.iter_mut().find(|filling| filling.spec.id.as_str() == "partners").expect("it has it");
            filling.put(9, filling.entries(99));
            filling.put(12, cells.clone());
            let rows: Vec<u32> = filling.read(&mut Findings::default()).rows.iter().map(|row| row.number).collect();
            assert_eq!(rows.contains(&12), is_row, "{cells:?}");
        }
    }
}
