//! Finds registers: their headings, and the rows below that can belong to them.

use std::collections::{BTreeMap, BTreeSet};

use crate::cell::CellRef;
use crate::finding::{Finding, Findings};
use crate::framework::{ColumnId, EntryKind, Framework, Presence, RegisterColumn, RegisterId, RegisterSpec, SheetId};
use crate::wording::{Reference, Wording};
use crate::workbook::{Cell, Workbook};

use super::RegisterPlace;
use super::content::Content;
use super::heading::{self, FormHeadings, Heading, Needed};
use super::printed;
use super::shift::Forms;
use super::text::{SheetText, WorkbookText};

/// Finds the registers whose sheet was found, and those of which it can't be told where their columns are though the sheet is filled in.
pub(super) fn locate(
    framework: &Framework,
    text: &WorkbookText,
    (forms, sheets): (&Forms, &BTreeMap<SheetId, usize>),
    findings: &mut Findings,
) -> (BTreeMap<RegisterId, RegisterPlace>, BTreeMap<RegisterId, (usize, u32)>) {
    let (mut located, mut unheaded, mut doubts) = (BTreeMap::new(), BTreeMap::new(), Doubts::default());
    for register in &framework.registers {
        let Some(sheet) = sheets.get(&register.sheet).copied() else { continue };
        let titles = titles(framework, text.workbook, &located, register);
        let (found, own) =
            locate_register((framework, forms), (register, &titles), (sheet, &text.sheets[sheet]), findings);
        doubts.extend(own.into_iter().map(|(column, finding)| ((register.id.clone(), column), finding)));
        match found {
            Located::At(place) => drop(located.insert(register.id.clone(), place)),
            Located::Unheaded(heading) => drop(unheaded.insert(register.id.clone(), (sheet, heading))),
            Located::Absent => {}
        }
    }
    for register in &framework.registers {
        let further = further_columns(framework, text.workbook, &located, register);
        let unasked = unasked_columns(framework, text.workbook, &located, register);
        let lacking = lacking_columns(framework, (text.workbook, forms), &located, register);
        doubts.retain(|(id, column), _| *id != register.id || !unasked.contains(column));
        if let Some(place) = located.get_mut(&register.id) {
            let sheet = &text.sheets[place.sheet].sheet.name;
            findings.extend(lacking.iter().map(|id| heading::missing(sheet, id.as_str(), place.heading)));
            place.columns.extend(further);
            place.untold.retain(|id, _| !unasked.contains(id));
            place.untold.extend(lacking.into_iter().map(|id| (id, None)));
        }
    }
    findings.extend(doubts.into_values());
    (located, unheaded)
}

/// Returns the columns that the form has for keys of another register and that aren't there, though rows of these keys are filled in.
fn lacking_columns(
    framework: &Framework,
    (workbook, forms): (&Workbook, &Forms),
    located: &BTreeMap<RegisterId, RegisterPlace>,
    register: &RegisterSpec,
) -> Vec<ColumnId> {
    let repeated = register.repeated().and_then(|column| Some((column, column.each.as_ref()?)));
    let (Some((column, other)), Some(place)) = (repeated, located.get(&register.id)) else { return Vec::new() };
    let Some(shifts) = forms.of(&register.sheet) else { return Vec::new() };
    let printed = std::iter::once(&column.heading).chain(&column.also);
    let mut lacking = printed.filter(|key| shifts.form.says(&Wording::of(key))).peekable();
    if lacking.peek().is_none() {
        return Vec::new();
    }
    let filled = begun_keys(framework, workbook, located, other);
    let known = || place.columns.keys().chain(place.untold.keys());
    let is_headed = |key: &Wording| known().any(|id| may_mean(&Wording::of(id.as_str()), key));
    let filled: Vec<Wording> = filled.into_iter().filter(|key| !is_headed(key)).collect();
    let is_filled = |key: &&String| filled.iter().any(|filled| may_mean(filled, &Wording::of(key)));
    lacking.filter(is_filled).map(|key| ColumnId(key.clone())).collect()
}

/// Returns the keys of a register's rows that are begun.
fn begun_keys(
    framework: &Framework,
    workbook: &Workbook,
    located: &BTreeMap<RegisterId, RegisterPlace>,
    register: &RegisterId,
) -> Vec<Wording> {
    let spec = framework.register(register);
    let found = spec.and_then(|spec| Some((spec, located.get(register)?)));
    let Some((spec, place)) = found else { return Vec::new() };
    let Some(key) = spec.key.as_ref().and_then(|key| place.columns.get(key)) else { return Vec::new() };
    let sheet = &workbook.sheets[place.sheet];
    let is_filled = |at: CellRef| sheet.cell(at).is_some_and(|cell| !cell.value.is_blank());
    let begins = spec.begun_by.iter().filter_map(|id| place.columns.get(id)).collect::<Vec<_>>();
    let is_begun =
        |row: u32| spec.begun_by.is_empty() || begins.iter().any(|column| is_filled(CellRef::new(row, **column)));
    let keys = (place.rows.0..=place.rows.1).filter_map(|row| sheet.cell(CellRef::new(row, *key)));
    let begun = keys.filter(|cell| is_begun(cell.at.row));
    begun.map(|cell| Wording::of(cell.shown(workbook.date_system).trim())).filter(|key| !key.is_empty()).collect()
}

/// Finds the columns that are headed by keys of another register beyond those that the form prints, or numbered on as these are, whether
/// that has such a row or not.
fn further_columns(
    framework: &Framework,
    workbook: &Workbook,
    located: &BTreeMap<RegisterId, RegisterPlace>,
    register: &RegisterSpec,
) -> BTreeMap<ColumnId, u32> {
    let other = register.repeated().and_then(|column| column.each.as_ref());
    let (Some(other), Some(place)) = (other, located.get(&register.id)) else { return BTreeMap::new() };
    let keys = keys(framework, workbook, located, other);
    let sheet = &workbook.sheets[place.sheet];
    let headings = sheet.rows().find(|(row, _)| *row == place.heading).map(|(_, cells)| cells).unwrap_or_default();
    let others = headings.iter().filter(|cell| !place.columns.values().any(|taken| *taken == cell.at.column));
    let shown = |cell: &Cell| cell.shown(workbook.date_system).trim().to_owned();
    let further = others.filter_map(|cell| {
        let words = Wording::of(&shown(cell));
        let known = keys.iter().find(|key| Wording::of(key) == words).cloned();
        let numbered = || register.repeated().filter(|column| is_numbered_on(column, &words)).map(|_| shown(cell));
        let key = ColumnId(known.or_else(numbered)?);
        (!place.columns.contains_key(&key)).then_some((key, cell.at.column))
    });
    further.collect()
}

/// Whether a heading has the letters of those that the form prints, and a number beyond theirs: `A13` after `A1` to `A12`.
fn is_numbered_on(column: &RegisterColumn, words: &Wording) -> bool {
    let printed = std::iter::once(&column.heading).chain(&column.also);
    let printed: Vec<Reference> = printed.filter_map(|heading| Reference::of(&Wording::of(heading))).collect();
    let goes_on = |own: &Reference| {
        printed.iter().all(|other| !own.letters.is_empty() && other.letters == own.letters && other.number < own.number)
    };
    printed.len() > 1 && Reference::of(words).is_some_and(|own| goes_on(&own))
}

/// Finds the columns that can't be told and that the form has for keys of which the other register has no row that is begun: nothing rests
/// on them. Where no row is begun nobody knows which are meant.
fn unasked_columns(
    framework: &Framework,
    workbook: &Workbook,
    located: &BTreeMap<RegisterId, RegisterPlace>,
    register: &RegisterSpec,
) -> BTreeSet<ColumnId> {
    let other = register.repeated().and_then(|column| column.each.as_ref());
    let (Some(other), Some(place)) = (other, located.get(&register.id)) else { return BTreeSet::new() };
    let keys = begun_keys(framework, workbook, located, other);
    if keys.is_empty() {
        return BTreeSet::new();
    }
    let is_repeated = |id: &ColumnId| register.column(id).is_some_and(|column| column.each.is_some());
    let is_asked = |id: &ColumnId| keys.iter().any(|key| may_mean(&Wording::of(id.as_str()), key));
    place.untold.keys().filter(|id| is_repeated(id) && !is_asked(id)).cloned().collect()
}

/// Whether a heading may be that of a key's column: word for word, or as a reference with its number.
fn may_mean(heading: &Wording, key: &Wording) -> bool {
    heading == key || Reference::of(heading).zip(Reference::of(key)).is_some_and(|(one, other)| one.agrees(&other))
}

/// Returns what stands in a register's column of keys.
pub(super) fn keys(
    framework: &Framework,
    workbook: &Workbook,
    located: &BTreeMap<RegisterId, RegisterPlace>,
    register: &RegisterId,
) -> Vec<String> {
    let key = framework.register(register).and_then(|spec| spec.key.as_ref());
    let key_column = located.get(register).and_then(|place| Some((place, *place.columns.get(key?)?)));
    let Some((place, column)) = key_column else { return Vec::new() };
    let cells = workbook.sheets[place.sheet].cells.iter().filter(|cell| cell.at.column == column);
    let below = cells.filter(|cell| cell.at.row > place.heading && !cell.value.is_blank());
    below.map(|cell| cell.shown(workbook.date_system).trim().to_owned()).collect()
}

/// Returns what rows of another register say in words, by the keys for which a register has a column each, as far as one row alone says it:
/// senders head columns by that, too.
fn titles(
    framework: &Framework,
    workbook: &Workbook,
    located: &BTreeMap<RegisterId, RegisterPlace>,
    register: &RegisterSpec,
) -> BTreeMap<String, Vec<String>> {
    let repeated = register.repeated().and_then(|column| Some((column, column.each.as_ref()?)));
    let other = repeated.and_then(|(column, other)| Some((column, framework.register(other)?, located.get(other)?)));
    let Some((column, spec, place)) = other else { return BTreeMap::new() };
    let Some(key) = spec.key.as_ref().and_then(|key| place.columns.get(key)) else { return BTreeMap::new() };
    let sheet = &workbook.sheets[place.sheet];
    let words = spec.columns.iter().filter(|column| matches!(column.kind, EntryKind::Text));
    let columns: Vec<u32> = words.filter_map(|column| place.columns.get(&column.id)).copied().collect();
    let said = |row: u32| columns.iter().filter_map(move |column| sheet.cell(CellRef::new(row, *column))?.text());
    let rows = || place.rows.0..=place.rows.1;
    let mut counts: BTreeMap<Wording, usize> = BTreeMap::new();
    rows().flat_map(said).for_each(|text| *counts.entry(Wording::of(text)).or_default() += 1);
    let is_its_own = |text: &&str| counts.get(&Wording::of(text)) == Some(&1);
    let mut titles: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in rows() {
        let Some(cell) = sheet.cell(CellRef::new(row, *key)) else { continue };
        let own = Wording::of(cell.shown(workbook.date_system).trim());
        let mut printed = std::iter::once(&column.heading).chain(&column.also);
        if let Some(key) = printed.find(|key| may_mean(&Wording::of(key), &own)) {
            titles.entry(key.clone()).or_default().extend(said(row).filter(is_its_own).map(str::to_owned));
        }
    }
    titles
}

/// Returns the columns that the form has, each with its heading; one that is repeated stands once for each key.
fn columns<'a>(register: &'a RegisterSpec, titles: &'a BTreeMap<String, Vec<String>>) -> Vec<(ColumnId, Heading<'a>)> {
    let mut columns = Vec::new();
    for column in &register.columns {
        let content = Content::Entry(&column.kind);
        if column.each.is_some() {
            let keys = std::iter::once(&column.heading).chain(&column.also);
            let also = |key: &str| titles.get(key).map(Vec::as_slice).unwrap_or_default();
            let heading = |key| Heading { title: key, also: also(key), needed: Needed::No, content };
            columns.extend(keys.map(|key| (ColumnId(key.clone()), heading(key))));
            continue;
        }
        let needed = match () {
            () if is_required(column) || register.key.as_ref() == Some(&column.id) => Needed::Yes,
            () if column.computed.is_none() => Needed::ToFillIn,
            () => Needed::No,
        };
        columns.push((column.id.clone(), Heading { title: &column.heading, also: &column.also, needed, content }));
    }
    columns
}

/// What was found of a register on its sheet.
enum Located {
    At(RegisterPlace),
    /// No headings of what begins its rows, and entries below the row in which they should be.
    Unheaded(u32),
    /// Nothing.
    Absent,
}

/// What is said of columns of registers that can't be told.
type Doubts = BTreeMap<(RegisterId, ColumnId), Finding>;

/// Finds one register on its sheet, and says of which of its columns it can't be told where they are.
fn locate_register(
    (framework, forms): (&Framework, &Forms),
    (register, titles): (&RegisterSpec, &BTreeMap<String, Vec<String>>),
    (sheet, text): (usize, &SheetText),
    findings: &mut Findings,
) -> (Located, Vec<(ColumnId, Finding)>) {
    let (ids, headings): (Vec<ColumnId>, Vec<Heading>) = columns(register, titles).into_iter().unzip();
    let form = FormHeadings::new(forms, &register.sheet, &headings);
    // A row that says the titles of another register's rows alone stands over the headings.
    let found = heading::find(text, &headings).filter(|row| titles.is_empty() || row.has_own_words());
    let Some(mut row) = found.or_else(|| form.find(text)) else {
        let over_entries = form.over_entries(text);
        if over_entries.is_some() || register.columns.iter().any(is_required) {
            findings.push(heading::none(text, &headings));
        }
        return (over_entries.map_or(Located::Absent, Located::Unheaded), Vec::new());
    };
    let again = (0..ids.len()).map(|index| (ids[index].clone(), row.read_first(index)));
    let again = again.filter(|(_, others)| !others.is_empty()).collect();
    row.complete_by_form(text, &form);
    heading::report(text, &row, &headings, findings);
    let doubts = heading::report_untold(text, &row, &headings);
    let doubts = doubts.into_iter().map(|(index, finding)| (ids[index].clone(), finding)).collect();
    // Of a column that there is for each of another register's rows it is told later whether it should be there.
    let is_lacking = |index: usize| row.is_absent(index) && headings[index].needed != Needed::No;
    let not_found = |index: usize| row.untold(index).map(Some).or_else(|| is_lacking(index).then_some(None));
    let untold = ids.iter().enumerate().filter_map(|(index, id)| Some((id.clone(), not_found(index)?)));
    let untold: BTreeMap<ColumnId, Option<u32>> = untold.filter(|(id, _)| is_filled_in(register, id)).collect();
    let columns = ids.into_iter().zip(&row.columns).filter_map(|(column, at)| Some((column, (*at)?)));
    let columns: BTreeMap<ColumnId, u32> = columns.collect();
    let begun_by = if register.begun_by.is_empty() { register.key.as_slice() } else { &register.begun_by };
    let is_begun = begun_by.iter().any(|id| columns.contains_key(id));
    if !is_begun && begun_by.iter().any(|id| untold.get(id).is_some_and(Option::is_some)) {
        return (Located::Unheaded(row.row), doubts);
    }
    let last = text.sheet.cells.last().map_or(row.row, |cell| cell.at.row);
    let taken: Vec<u32> = columns.values().copied().collect();
    let listed = printed::listed(text.sheet, row.row, &taken).unwrap_or(row.row);
    let printed = listed.max(row.row + printed::rows(framework, register));
    let place = RegisterPlace { sheet, heading: row.row, columns, again, untold, rows: (row.row + 1, last), printed };
    (Located::At(place), doubts)
}

/// Whether senders fill in a column.
fn is_filled_in(register: &RegisterSpec, id: &ColumnId) -> bool {
    register.column(id).is_some_and(|column| column.computed.is_none())
}

/// Whether a register can't do without a column.
fn is_required(column: &RegisterColumn) -> bool {
    matches!(column.required, Presence::Required)
}
