//! The rows of registers.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::cell::CellRef;
use crate::finding::{Finding, Findings};
use crate::framework::{
    ColumnId, EntryKind, Framework, Personal, RegisterColumn, RegisterId, RegisterSpec, Registration,
};
use crate::layout::{Layout, RegisterPlace};
use crate::wording::Wording;
use crate::workbook::{Cell, Sheet, Value, Workbook};

use super::line::{Column, Line};
use super::place::Spot;
use super::rule::PERSONAL_DATA_PRESENT;
use super::{Columns, EntryValue, Filled, Reading, Register, Row, cited, entry, identifier, personal};

/// After this many empty rows a lone filled cell is no row of the register.
const GAP: u32 = 2;

/// Reads the registers that were found.
pub(super) fn read(
    framework: &Framework,
    workbook: &Workbook,
    layout: &Layout,
    findings: &mut Findings,
) -> BTreeMap<RegisterId, Register> {
    let found = framework.registers.iter().filter_map(|spec| Some((spec, layout.registers.get(&spec.id)?)));
    let mut registers: BTreeMap<RegisterId, Register> =
        found.map(|(spec, place)| (spec.id.clone(), read_register(spec, place, workbook, findings))).collect();
    cited::settle(framework, &mut registers);
    registers
}

/// Reads one register: the rows in which the sender has filled something in.
fn read_register(spec: &RegisterSpec, place: &RegisterPlace, workbook: &Workbook, findings: &mut Findings) -> Register {
    let sheet = &workbook.sheets[place.sheet];
    let found = Arc::new(Columns::new(&sheet.name, place.columns.iter().map(|(id, at)| (id.clone(), *at)).collect()));
    let columns = place.columns.iter().filter_map(|(id, at)| Column::new(id, spec.column(id)?, *at, &found));
    let mut columns: Vec<Column> = columns.collect();
    // What a number is hangs on the register that the row names, so numbers are read last.
    columns.sort_by_key(|column| (matches!(column.spec.kind, EntryKind::Registration(_)), column.at));
    let numbers = filled_rows(spec, &columns, sheet, place);
    let reader = RowReader { spec, columns: &columns, found: &found, sheet, workbook };
    let rows = numbers.into_iter().map(|number| reader.read(number, findings)).collect();
    Register { sheet: sheet.name.clone(), rows }
}

/// Returns the rows that belong to a register. After a gap a row must have several entries, as the rows before have: a
/// signature or a note far below is none.
fn filled_rows(spec: &RegisterSpec, columns: &[Column], sheet: &Sheet, place: &RegisterPlace) -> Vec<u32> {
    let (mut last, mut most) = (place.heading, 0);
    let mut rows = Vec::new();
    let ends: Vec<Wording> = spec.ends_at.iter().map(|text| Wording::of(text)).collect();
    for (row, cells) in sheet.rows().filter(|(row, _)| (place.rows.0..=place.rows.1).contains(row)) {
        let is_entry = |column: u32| columns.iter().any(|found| found.at == column && found.spec.computed.is_none());
        let filled: Vec<&Cell> = cells
            .iter()
            .filter(|cell| cell.formula.is_none() && !cell.value.is_blank() && is_entry(cell.at.column))
            .collect();
        let ends_here = |cell: &Cell| cell.text().is_some_and(|text| ends.contains(&Wording::of(text)));
        if !ends.is_empty() && cells.first().is_some_and(ends_here) {
            break;
        }
        let begins = |column: &ColumnId| {
            columns.iter().any(|found| found.id == column && filled.iter().any(|cell| cell.at.column == found.at))
        };
        if !spec.begun_by.is_empty() && !spec.begun_by.iter().any(begins) {
            continue;
        }
        let keyed = spec.key.as_ref().is_some_and(begins);
        let is_near = row <= last + GAP;
        let is_like_others = if most == 0 { keyed || filled.len() > 1 } else { filled.len() >= (most / 3).max(2) };
        let is_row = is_near || is_like_others;
        let line = Line { sheet, place, columns, filled: &filled, most };
        if filled.is_empty() || !is_row || line.is_aside() {
            continue;
        }
        rows.push(row);
        (last, most) = (row, most.max(filled.len()));
    }
    rows
}

/// Reads the rows of one register.
struct RowReader<'a> {
    spec: &'a RegisterSpec,
    /// The columns, those of numbers of public registers last.
    columns: &'a [Column<'a>],
    /// The columns as rows share them.
    found: &'a Arc<Columns>,
    sheet: &'a Sheet,
    workbook: &'a Workbook,
}

impl RowReader<'_> {
    /// Reads one row.
    fn read(&self, number: u32, findings: &mut Findings) -> Row {
        let subject = self.subject(number);
        let cells = self.sheet.row(number);
        let mut filled: Vec<Filled> = Vec::with_capacity(cells.len());
        for column in self.columns {
            let Some(cell) = cells.iter().find(|cell| cell.at.column == column.at) else { continue };
            let (sheet, dates) = (self.sheet, self.workbook.date_system);
            let spot = Spot { sheet, at: cell.at, cell: Some(cell), dates, subject: &subject };
            let reading = self.read_entry(&spot, column.spec, &filled, findings);
            filled.push(Filled { column: column.position, reading, written: spot.written().into() });
        }
        Row::new(number, Arc::clone(self.found), filled)
    }

    /// Returns what findings call a row: its key, unless that is personal data.
    fn subject(&self, number: u32) -> String {
        let key = self.spec.key.as_ref().and_then(|key| self.columns.iter().find(|column| column.id == key));
        let key = key.filter(|column| column.spec.personal != Personal::Belongs);
        let name = key.and_then(|column| self.sheet.cell(CellRef::new(number, column.at)));
        let name = name.map(|cell| cell.written(self.workbook.date_system).trim().to_owned());
        name.filter(|name| !name.is_empty()).unwrap_or_else(|| format!("row {number}"))
    }

    /// Reads one entry, after others of its row.
    fn read_entry(
        &self,
        spot: &Spot,
        column: &RegisterColumn,
        others: &[Filled],
        findings: &mut Findings,
    ) -> Reading<EntryValue> {
        match &column.kind {
            EntryKind::Registration(registration) => {
                let stated = registration.stated_in.as_ref().and_then(|stated| self.found.position(stated.as_str()));
                let stated = others.iter().find(|filled| Some(filled.column) == stated);
                read_number(spot, registration, stated.and_then(|filled| filled.reading.given()), findings)
            }
            EntryKind::Text
            | EntryKind::Email
            | EntryKind::Number { .. }
            | EntryKind::Date(_)
            | EntryKind::Choice(_)
            | EntryKind::Mark(_)
            | EntryKind::Reference(_) => read_entry(spot, column, findings),
        }
    }
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
        Some(cell) if matches!(cell.value, Value::Logical(_) | Value::Date(_)) => {
            findings.push(identifier::no_number(spot));
            Reading::Unusable
        }
        Some(_) | None => entry::read(spot, &EntryKind::Reference(None), findings).reading,
    }
}

/// Reads an entry of which nothing may leave the return: what is wrong with it is told without its words.
fn read_protected(spot: &Spot, column: &RegisterColumn, findings: &mut Findings) -> Reading<EntryValue> {
    let mut telling = Findings::default();
    let read = entry::read(spot, &column.kind, &mut telling).reading;
    findings.extend(telling.into_sorted().into_iter().map(|finding| Finding {
        found: None,
        message: format!("what stands under “{}” can't be used", column.heading),
        ..finding
    }));
    read
}

/// Reads one entry; personal data where only references belong is said first, and is no malformed reference besides.
fn read_entry(spot: &Spot, column: &RegisterColumn, findings: &mut Findings) -> Reading<EntryValue> {
    if column.computed.is_some() {
        return entry::read(spot, &column.kind, &mut Findings::default()).reading;
    }
    if column.personal == Personal::Belongs {
        return read_protected(spot, column, findings);
    }
    let is_reference = matches!(column.kind, EntryKind::Reference(_));
    let refused = column.personal == Personal::Refused;
    let Some(what) = refused.then(|| personal::find(&spot.written(), is_reference)).flatten() else {
        return entry::read(spot, &column.kind, findings).reading;
    };
    let message = format!("under “{}” stands {what}, where nothing may tell who a person is", column.heading);
    let help = "Replace it by the reference that you use for this person, and keep the list of references to yourself.";
    findings.push(spot.finding(&PERSONAL_DATA_PRESENT, message).with_help(help));
    let kept = entry::read(spot, &EntryKind::Reference(None), &mut Findings::default());
    if is_reference { kept.reading } else { Reading::Unusable }
}

#[cfg(test)]
mod tests {
    use crate::framework::builtin;
    use crate::layout::{WorkbookText, locate};
    use crate::workbook::Value;

    use super::*;

    /// Returns the rows that are read from the form's list of clients after these were written below its heading.
    #[track_caller]
    fn rows_read(written: &[(u32, &[&str])]) -> Vec<u32> {
        let framework = builtin::load("seqf").expect("the shipped packs load").framework;
        let mut workbook = framework.form.clone().expect("the shipped packs have a form");
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
}
