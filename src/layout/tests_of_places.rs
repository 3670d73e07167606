//! Every field and every stated figure of the shipped forms, where what stands around it was changed as senders change it.

use std::collections::{BTreeMap, BTreeSet};

use crate::cell::{CellRange, CellRef};
use crate::finding::Findings;
use crate::framework::{EntryKind, FieldId, Framework, builtin};
use crate::workbook::{Cell, Sheet, Value, Workbook};

use super::{Layout, WorkbookText, locate};

/// What a label may become: translated, in other words, a word more, nothing.
const WORDS: [&str; 5] = ["Cedwir yma gan", "What we call it", "{} of submission", "Zz", ""];

/// A shipped framework, its form with all fields filled in, and where it has what.
struct Filled {
    framework: Framework,
    workbook: Workbook,
    layout: Layout,
}

impl Filled {
    #[track_caller]
    fn of(name: &str) -> Self {
        let framework = builtin::load(name).expect("the shipped packs load").framework;
        let mut workbook = framework.form().cloned().expect("the shipped packs have a form");
        let layout = located(&framework, &workbook).0;
        for field in &framework.fields {
            let Some(place) = layout.fields.get(&field.id) else { continue };
            write(&mut workbook.sheets[place.sheet], place.entry, entry_of(&field.kind));
        }
        for (sheet, at) in layout.stated.values() {
            let sheet = &mut workbook.sheets[*sheet];
            if sheet.cell(*at).is_none_or(|cell| cell.formula.is_none() && cell.value.is_blank()) {
                write(sheet, *at, Value::Number(1.0));
            }
        }
        let layout = located(&framework, &workbook).0;
        Self { framework, workbook, layout }
    }
}

/// Locates, and returns the findings as `rule cell`.
fn located(framework: &Framework, workbook: &Workbook) -> (Layout, BTreeSet<String>) {
    let mut findings = Findings::default();
    let layout = locate(framework, &WorkbookText::new(workbook), &mut findings);
    let sorted = findings.into_sorted();
    let told = sorted.iter().map(|finding| {
        let at = finding.place.cells().map(|cells| cells.first.to_string()).unwrap_or_default();
        format!("{} {at}", finding.rule.as_str())
    });
    (layout, told.collect())
}

/// Returns an entry of a kind.
fn entry_of(kind: &EntryKind) -> Value {
    match kind {
        EntryKind::Text => Value::Text("Coed y Castell".into()),
        EntryKind::Contact => Value::Text("nia@castell.example".into()),
        EntryKind::Number { .. } => Value::Number(1.0),
        EntryKind::Date(_) => Value::Date(45_000.0),
        EntryKind::Choice(choices) | EntryKind::Mark(choices) => Value::Text(choices[0][0].as_str().into()),
        EntryKind::Reference(_) | EntryKind::Registration(_) => Value::Text("04346495".into()),
    }
}

/// Puts a value into a cell.
fn write(sheet: &mut Sheet, at: CellRef, value: Value) {
    sheet.cells.retain(|cell| cell.at != at);
    sheet.cells.push(Cell::new(at, value, None));
    sheet.cells.sort_by_key(|cell| cell.at);
}

/// Writes a label, or takes it away.
fn label(sheet: &mut Sheet, at: CellRef, written: &str) {
    let old = sheet.cell(at).and_then(Cell::text).unwrap_or_default().to_owned();
    sheet.cells.retain(|cell| cell.at != at);
    if !written.is_empty() {
        write(sheet, at, Value::Text(written.replace("{}", &old).into()));
    }
}

/// A line that is put in before one of a sheet.
#[derive(Clone, Copy, Debug)]
enum Inserted {
    Row(u32),
    Column(u32),
}

impl Inserted {
    /// Returns where a cell stands then.
    fn moved(self, at: CellRef) -> CellRef {
        match self {
            Self::Row(row) => CellRef::new(at.row + u32::from(at.row >= row), at.column),
            Self::Column(column) => CellRef::new(at.row, at.column + u32::from(at.column >= column)),
        }
    }

    /// Puts the line in.
    fn into_sheet(self, sheet: &mut Sheet) {
        let range = |range: &mut CellRange| *range = CellRange::new(self.moved(range.first), self.moved(range.last));
        sheet.cells.iter_mut().for_each(|cell| cell.at = self.moved(cell.at));
        sheet.merges.iter_mut().for_each(range);
        sheet.validations.iter_mut().flat_map(|validation| &mut validation.cells).for_each(range);
        sheet.last_row = sheet.cells.last().map_or(0, |cell| cell.at.row);
    }
}

/// Where the fields of a sheet have their entries.
fn entries(layout: &Layout, sheet: usize) -> BTreeMap<&FieldId, CellRef> {
    let here = layout.fields.iter().filter(|(_, place)| place.sheet == sheet);
    here.map(|(id, place)| (id, place.entry)).collect()
}

#[test]
fn a_field_whose_label_lost_its_words_is_read_in_its_own_cell() {
    for name in builtin::NAMES {
        let filled = Filled::of(name);
        for (id, place) in &filled.layout.fields {
            for words in WORDS {
                let mut workbook = filled.workbook.clone();
                label(&mut workbook.sheets[place.sheet], place.label, words);
                let (layout, told) = located(&filled.framework, &workbook);
                assert_eq!(
                    entries(&layout, place.sheet),
                    entries(&filled.layout, place.sheet),
                    "{name}, {id} labelled “{words}”: {told:?}"
                );
                let is_told = told.contains(&format!("heading-renamed {}", place.label));
                assert!(is_told, "{name}, {id} labelled “{words}”: {told:?}");
            }
        }
    }
}

#[test]
fn a_field_is_read_in_its_own_cell_or_missed_whatever_was_put_in_beside_it() {
    let (mut tried, mut missed) = (0, 0);
    for name in builtin::NAMES {
        let filled = Filled::of(name);
        for (id, place) in &filled.layout.fields {
            let (label_at, entry) = (place.label, place.entry);
            let lines = [
                Inserted::Row(label_at.row),
                Inserted::Row(label_at.row + 1),
                Inserted::Column(label_at.column),
                Inserted::Column(entry.column),
            ];
            for (line, words) in lines.iter().flat_map(|line| ["{}", "Cedwir yma gan", ""].map(|words| (line, words))) {
                let mut workbook = filled.workbook.clone();
                label(&mut workbook.sheets[place.sheet], label_at, words);
                line.into_sheet(&mut workbook.sheets[place.sheet]);
                let (layout, told) = located(&filled.framework, &workbook);
                let expected = entries(&filled.layout, place.sheet).into_iter().map(|(id, at)| (id, line.moved(at)));
                let found = entries(&layout, place.sheet);
                let wrong: Vec<_> =
                    expected.filter(|(id, at)| found.get(id).is_some_and(|found| found != at)).collect();
                assert_eq!(wrong, [], "{name}, {id} labelled “{words}”, {line:?}: {found:?} {told:?}");
                (tried, missed) = (tried + 1, missed + usize::from(!found.contains_key(id)));
                assert!(found.contains_key(id) || layout.unlabelled.contains_key(id), "{name}, {id}");
            }
        }
    }
    assert!(missed * 8 < tried, "{missed} of {tried} are missed");
}

/// What a workbook states on a sheet, and where.
fn stated(layout: &Layout, sheet: usize) -> BTreeMap<&String, CellRef> {
    let here = layout.stated.iter().filter(|(_, (at, _))| *at == sheet);
    here.map(|(id, (_, at))| (id, *at)).collect()
}

#[test]
fn what_is_stated_beside_a_label_that_lost_its_words_is_found_in_its_own_cell() {
    for name in builtin::NAMES {
        let filled = Filled::of(name);
        let labels = filled.layout.stated.iter().filter_map(|(id, (sheet, at))| {
            let stated = filled.framework.stated.iter().find(|stated| stated.id == *id)?;
            let cells = &filled.workbook.sheets[*sheet].cells;
            let is_label = |cell: &&Cell| cell.at.row == at.row && cell.text() == Some(&stated.row);
            Some((*sheet, cells.iter().find(is_label)?.at))
        });
        for (sheet, at) in labels.collect::<BTreeSet<_>>() {
            for words in ["Cyfanswm yr uned", ""] {
                let mut workbook = filled.workbook.clone();
                label(&mut workbook.sheets[sheet], at, words);
                let (layout, told) = located(&filled.framework, &workbook);
                let name = format!("{name}, {} {at} labelled “{words}”", workbook.sheets[sheet].name);
                assert_eq!(stated(&layout, sheet), stated(&filled.layout, sheet), "{name}: {told:?}");
                assert!(told.contains(&format!("heading-renamed {at}")), "{name}: {told:?}");
            }
        }
    }
}

#[test]
fn what_is_stated_is_found_in_its_own_cell_whatever_column_was_put_in() {
    for name in builtin::NAMES {
        let filled = Filled::of(name);
        let columns =
            filled.layout.stated.values().flat_map(|(sheet, at)| (1..=at.column).map(|column| (*sheet, column)));
        for (sheet, column) in columns.collect::<BTreeSet<_>>() {
            let line = Inserted::Column(column);
            let mut workbook = filled.workbook.clone();
            line.into_sheet(&mut workbook.sheets[sheet]);
            let (layout, told) = located(&filled.framework, &workbook);
            let expected = stated(&filled.layout, sheet).into_iter().map(|(id, at)| (id, line.moved(at))).collect();
            assert_eq!(stated(&layout, sheet), expected, "{name}, {line:?}: {told:?}");
        }
    }
}

/// Where the registers and tables of a workbook have their columns.
fn columns(layout: &Layout) -> BTreeMap<(String, String), u32> {
    let registers = layout.registers.iter().flat_map(|(id, place)| {
        place.columns.iter().map(move |(column, at)| ((id.to_string(), column.to_string()), *at))
    });
    let tables = layout.tables.iter().flat_map(|place| {
        place.columns.iter().map(move |(column, at)| ((place.table.to_string(), column.to_string()), *at))
    });
    registers.chain(tables).collect()
}

/// Fills four rows of each register of a form.
fn fill_registers(filled: &mut Filled) {
    for spec in &filled.framework.registers {
        let Some(place) = filled.layout.registers.get(&spec.id) else { continue };
        for (id, column) in &place.columns {
            let Some(kind) = spec.column(id).map(|column| &column.kind) else { continue };
            for row in 1..5 {
                let at = CellRef::new(place.heading + row, *column);
                write(&mut filled.workbook.sheets[place.sheet], at, entry_of(kind));
            }
        }
    }
    filled.layout = located(&filled.framework, &filled.workbook).0;
}

#[test]
fn no_column_is_read_for_another_whose_heading_lost_its_words() {
    let (mut tried, mut missed) = (0, 0);
    for name in builtin::NAMES {
        let mut filled = Filled::of(name);
        fill_registers(&mut filled);
        let registers = filled.layout.registers.values().map(|place| (place.sheet, place.heading, &place.columns));
        let tables = filled.layout.tables.iter().map(|place| (place.sheet, place.heading, &place.columns));
        let headings = registers
            .chain(tables)
            .flat_map(|(sheet, row, columns)| columns.values().map(move |column| (sheet, CellRef::new(row, *column))));
        for (sheet, at) in headings.collect::<BTreeSet<_>>() {
            for words in ["Pennawd arall", ""] {
                let mut workbook = filled.workbook.clone();
                label(&mut workbook.sheets[sheet], at, words);
                let (layout, told) = located(&filled.framework, &workbook);
                let (expected, found) = (columns(&filled.layout), columns(&layout));
                let wrong: Vec<_> = found.iter().filter(|(id, column)| expected.get(*id) != Some(column)).collect();
                let sheet = &workbook.sheets[sheet].name;
                assert!(wrong.is_empty(), "{name}, {sheet} {at} headed “{words}”: {wrong:?} {told:?}");
                (tried, missed) = (tried + 1, missed + usize::from(found.len() < expected.len()));
            }
        }
    }
    assert!(missed * 5 < tried, "{missed} of {tried} are missed");
}
