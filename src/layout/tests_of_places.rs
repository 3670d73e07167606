//! Every field and every stated figure of the shipped forms, where what stands around it was changed as senders change it.

use std::collections::{BTreeMap, BTreeSet};

use crate::cell::{CellRange, CellRef};
use crate::finding::Findings;
use crate::framework::{EntryKind, FieldId, Framework, StatedColumn, builtin};
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

#[test]
fn a_cover_that_lost_all_its_labels_is_read_in_its_own_cells_or_missed_whatever_row_was_put_in() {
    let (mut tried, mut missed, mut all_wrong) = (0, 0, Vec::new());
    for name in builtin::NAMES {
        let filled = Filled::of(name);
        let covers: BTreeSet<usize> = filled.layout.fields.values().map(|place| place.sheet).collect();
        for sheet in covers.into_iter().filter(|sheet| entries(&filled.layout, *sheet).len() > 2) {
            let places = filled.layout.fields.values().filter(|place| place.sheet == sheet);
            let places: Vec<(CellRef, CellRef)> = places.map(|place| (place.label, place.entry)).collect();
            for (own, entry) in &places {
                let mut workbook = filled.workbook.clone();
                for (number, (at, _)) in places.iter().enumerate() {
                    label(&mut workbook.sheets[sheet], *at, &format!("Cedwir yma {number}"));
                }
                let line = Inserted::Row(own.row);
                line.into_sheet(&mut workbook.sheets[sheet]);
                write(&mut workbook.sheets[sheet], *own, Value::Text("Ein nodiadau ni".into()));
                write(&mut workbook.sheets[sheet], *entry, Value::Text("Coed y Castell".into()));
                let (layout, told) = located(&filled.framework, &workbook);
                let (before, after) = (entries(&filled.layout, sheet), entries(&layout, sheet));
                let wrong = after.iter().filter(|(id, at)| line.moved(before[*id]) != **at);
                let what = format!("{name}, {}, {line:?}", workbook.sheets[sheet].name);
                all_wrong.extend(wrong.map(|wrong| format!("{what}: {wrong:?} {told:?}")));
                let lost = before.keys().filter(|id| !after.contains_key(*id));
                assert!(lost.clone().all(|id| layout.unlabelled.contains_key(*id)), "{what}");
                (tried, missed) = (tried + before.len(), missed + lost.count());
            }
        }
    }
    assert!(all_wrong.is_empty(), "of {tried} {}: {all_wrong:#?}", all_wrong.len());
    assert!(missed * 2 < tried, "{missed} of {tried} are missed");
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
        for (sheet, at) in labels_of_stated(&filled) {
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

/// Returns the cells of headings, of each sheet in order: those of registers and tables, and those over what is stated.
fn headings(filled: &Filled) -> BTreeMap<usize, BTreeSet<CellRef>> {
    let registers = filled.layout.registers.values().map(|place| (place.sheet, place.heading, &place.columns));
    let tables = filled.layout.tables.iter().map(|place| (place.sheet, place.heading, &place.columns));
    let of_tables = registers
        .chain(tables)
        .flat_map(|(sheet, row, columns)| columns.values().map(move |column| (sheet, CellRef::new(row, *column))));
    let of_stated = filled.framework.stated.iter().filter_map(|stated| {
        let StatedColumn::Under { heading, .. } = &stated.column else { return None };
        let (sheet, at) = filled.layout.stated.get(&stated.id)?;
        let is_heading =
            |cell: &&Cell| (cell.at.column, cell.text()) == (at.column, Some(heading)) && cell.at.row < at.row;
        Some((*sheet, filled.workbook.sheets[*sheet].cells.iter().rfind(is_heading)?.at))
    });
    let mut headings: BTreeMap<usize, BTreeSet<CellRef>> = BTreeMap::new();
    for (sheet, at) in of_tables.chain(of_stated) {
        headings.entry(sheet).or_default().insert(at);
    }
    headings
}

/// Takes away or rewords headings of a sheet, and returns what is wrong then, and how many columns and stated figures aren't found.
fn lose(filled: &Filled, sheet: usize, cells: &[CellRef], words: &str) -> (Vec<String>, usize) {
    let mut workbook = filled.workbook.clone();
    for at in cells {
        label(&mut workbook.sheets[sheet], *at, words);
    }
    let (layout, told) = located(&filled.framework, &workbook);
    let (columns_before, columns) = (columns(&filled.layout), columns(&layout));
    let (before, after) = (stated(&filled.layout, sheet), stated(&layout, sheet));
    let other_columns = columns.iter().filter(|(id, column)| columns_before.get(*id) != Some(column));
    let other_figures = after.iter().filter(|(id, at)| before.get(*id) != Some(at));
    let wrong = other_columns.map(|wrong| format!("{wrong:?}")).chain(other_figures.map(|wrong| format!("{wrong:?}")));
    let is_told = after.len() == before.len() || told.iter().any(|told| told.starts_with("heading-"));
    let untold = (!is_told).then(|| format!("not told: {told:?}"));
    (wrong.chain(untold).collect(), columns_before.len() - columns.len() + before.len() - after.len())
}

#[test]
fn no_column_is_read_for_another_whose_heading_lost_its_words() {
    let (mut tried, mut missed, mut all_wrong) = (0, 0, Vec::new());
    for name in builtin::NAMES {
        let mut filled = Filled::of(name);
        fill_registers(&mut filled);
        for (sheet, cells) in headings(&filled) {
            let cells: Vec<CellRef> = cells.into_iter().collect();
            let alone = cells.iter().flat_map(|at| ["Pennawd arall", ""].map(|words| (vec![*at], words)));
            let pairs =
                (1..3).flat_map(|apart| cells.windows(apart + 1).map(move |cells| vec![cells[0], cells[apart]]));
            for (lost, words) in alone.chain(pairs.map(|pair| (pair, ""))) {
                let (wrong, lost_there) = lose(&filled, sheet, &lost, words);
                let cells: Vec<String> = lost.iter().map(CellRef::to_string).collect();
                let what = format!("{name}, {} {cells:?} “{words}”", filled.workbook.sheets[sheet].name);
                all_wrong.extend(wrong.into_iter().map(|wrong| format!("{what}: {wrong}")));
                (tried, missed) = (tried + 1, missed + usize::from(lost_there > 0));
            }
        }
    }
    assert!(all_wrong.is_empty(), "of {tried} {}: {all_wrong:#?}", all_wrong.len());
    assert!(missed * 4 < tried, "{missed} of {tried} are missed");
}

/// Returns the labels beside which and in whose rows something is stated, each with its sheet.
fn labels_of_stated(filled: &Filled) -> BTreeSet<(usize, CellRef)> {
    let labels = filled.layout.stated.iter().filter_map(|(id, (sheet, at))| {
        let stated = filled.framework.stated.iter().find(|stated| stated.id == *id)?;
        let cells = &filled.workbook.sheets[*sheet].cells;
        let is_label = |cell: &&Cell| cell.at.row == at.row && cell.text() == Some(&stated.row);
        Some((*sheet, cells.iter().find(is_label)?.at))
    });
    labels.collect()
}

#[test]
fn what_is_stated_is_found_in_its_own_cell_or_missed_whatever_was_put_in_beside_a_lost_label() {
    let (mut tried, mut missed) = (0, 0);
    for name in builtin::NAMES {
        let filled = Filled::of(name);
        for (sheet, at) in labels_of_stated(&filled) {
            let lines = [at.row, at.row + 1].map(Inserted::Row).into_iter();
            let lines = lines.chain([at.column, at.column + 1, at.column + 2].map(Inserted::Column));
            for (line, words) in lines.flat_map(|line| ["{}", "Cyfanswm yr uned", ""].map(|words| (line, words))) {
                let mut workbook = filled.workbook.clone();
                label(&mut workbook.sheets[sheet], at, words);
                line.into_sheet(&mut workbook.sheets[sheet]);
                let (layout, told) = located(&filled.framework, &workbook);
                let (before, after) = (stated(&filled.layout, sheet), stated(&layout, sheet));
                let moved = |id: &&String| before.get(*id).map(|at| line.moved(*at));
                let wrong: Vec<_> = after.iter().filter(|(id, at)| moved(id) != Some(**at)).collect();
                let what = format!("{name}, {} {at} labelled “{words}”, {line:?}", workbook.sheets[sheet].name);
                assert!(wrong.is_empty(), "{what}: {wrong:?} {told:?}");
                (tried, missed) = (tried + 1, missed + usize::from(after.len() < before.len()));
            }
        }
    }
    assert!(missed * 5 < tried, "{missed} of {tried} are missed");
}
