//! Registers and criteria that go on on another sheet: a tab that is like their own, and was passed over for it, has other rows than that.
//!
//! Whether these count too can't be told, so what rests on them is open.

use std::collections::{BTreeMap, BTreeSet};

use crate::cell::CellRef;
use crate::finding::{Finding, Findings, Place, Severity};
use crate::framework::{Framework, RegisterId, RegisterSpec, SheetId};
use crate::wording::Wording;
use crate::words::{agree, list_of_at_most, number_of};
use crate::workbook::{Visibility, Workbook};

use super::identity::items;
use super::rival::PassedOver;
use super::rule::{CRITERION_MISSING, SHEET_AMBIGUOUS};
use super::text::WorkbookText;
use super::{Layout, RegisterPlace, TablePlace, locate_on};

/// Criteria that are missing are looked for on so many tabs of the sender's own.
const MOST_TABS: usize = 12;

/// What goes on on tabs that were passed over.
#[derive(Debug, Default)]
pub(super) struct Further {
    /// The registers that may, each with the tab.
    pub(super) registers: BTreeMap<RegisterId, usize>,
    /// The criteria and measures that have a row there and none on the tab that was taken.
    pub(super) items: BTreeSet<String>,
}

/// Finds what may go on on tabs that were passed over, and says what is to be said of these tabs. Rows that stand there aren't missing.
pub(super) fn locate(
    framework: &Framework,
    text: &WorkbookText,
    layout: &Layout,
    passed: Vec<(SheetId, PassedOver)>,
    findings: &mut Findings,
) -> Further {
    let mut further = Further::default();
    let known: BTreeSet<usize> =
        layout.sheets.values().copied().chain(passed.iter().map(|(_, passed)| passed.sheet)).collect();
    for (id, PassedOver { sheet, is_hidden, finding }) in passed {
        let names = [layout.sheets[&id], sheet].map(|at| &*text.sheets[at].sheet.name);
        let other = (!is_hidden).then(|| instead(framework, text, layout, (&id, sheet)));
        let register = other.as_ref().and_then(|other| going_on(framework, text, [layout, other], &id));
        let items = other.as_ref().map_or_else(Vec::new, |other| elsewhere(framework, [layout, other], &id));
        findings.extend(register.map(|(register, rows)| told(register, rows, names)));
        further.registers.extend(register.map(|(register, _)| (register.id.clone(), sheet)));
        if !items.is_empty() {
            findings.retain(|one| !(one.is_of(&CRITERION_MISSING) && is_about(one, &items)));
            findings.push(spread(&id, &items, names));
        } else if register.is_none() {
            findings.push(finding);
        }
        further.items.extend(items);
    }
    for (id, sheet, items) in on_others(framework, text, layout, &known, findings) {
        let names = [layout.sheets[&id], sheet].map(|at| &*text.sheets[at].sheet.name);
        let items: Vec<String> = items.into_iter().filter(|item| !further.items.contains(item)).collect();
        if !items.is_empty() {
            findings.retain(|one| !(one.is_of(&CRITERION_MISSING) && is_about(one, &items)));
            findings.push(spread(&id, &items, names));
            further.items.extend(items);
        }
    }
    further
}

/// Returns the tabs that are like none of the form's and yet have rows of criteria that are missing, each with the sheet that it goes on.
fn on_others(
    framework: &Framework,
    text: &WorkbookText,
    layout: &Layout,
    known: &BTreeSet<usize>,
    findings: &Findings,
) -> Vec<(SheetId, usize, Vec<String>)> {
    if !findings.iter().any(|finding| finding.is_of(&CRITERION_MISSING)) {
        return Vec::new();
    }
    let with_criteria: BTreeSet<&SheetId> = framework.tables.iter().map(|table| &table.sheet).collect();
    let is_free = |sheet: &usize| {
        let sheet_text = &text.sheets[*sheet].sheet;
        !known.contains(sheet) && sheet_text.visibility == Visibility::Visible && !sheet_text.cells.is_empty()
    };
    let free: Vec<usize> = (0..text.sheets.len()).filter(is_free).take(MOST_TABS).collect();
    let ids = with_criteria.into_iter().filter(|id| layout.sheets.contains_key(*id));
    let pairs = ids.flat_map(|id| free.iter().map(move |sheet| (id, *sheet)));
    let rows = pairs.map(|(id, sheet)| {
        let other = instead(framework, text, layout, (id, sheet));
        (id.clone(), sheet, elsewhere(framework, [layout, &other], id))
    });
    rows.filter(|(_, _, items)| !items.is_empty()).collect()
}

/// Returns where everything would stand were a tab the form's sheet.
fn instead(framework: &Framework, text: &WorkbookText, layout: &Layout, (id, sheet): (&SheetId, usize)) -> Layout {
    let mut sheets = layout.sheets.clone();
    sheets.insert(id.clone(), sheet);
    locate_on(framework, text, sheets, &mut Findings::default())
}

/// Whether a finding is about one of some criteria.
fn is_about(finding: &Finding, items: &[String]) -> bool {
    finding.subject.as_ref().is_some_and(|subject| items.contains(subject))
}

/// Returns the criteria and measures that have a row on another tab and none on a sheet's own, in the form's order.
fn elsewhere(framework: &Framework, [own, other]: [&Layout; 2], id: &SheetId) -> Vec<String> {
    let places = |layout: &Layout| -> Vec<TablePlace> {
        layout.tables.iter().filter(|place| framework.tables[place.table].sheet == *id).cloned().collect()
    };
    let (own, other) = (places(own), places(other));
    let has = |places: &[TablePlace], item: &str| places.iter().any(|place| place.rows.contains_key(item));
    let tables = framework.tables.iter().filter(|table| table.sheet == *id);
    let all = tables.flat_map(|table| items(framework, table)).map(|item| item.id);
    all.filter(|item| !has(&own, item) && has(&other, item)).map(str::to_owned).collect()
}

/// Says that rows of criteria stand on another sheet.
fn spread(id: &SheetId, items: &[String], [own, other]: [&str; 2]) -> Finding {
    const MOST_NAMED: usize = 10;
    let message = format!(
        "“{other}” has the {} of {}, and “{own}” doesn\u{2019}t: whether what is answered there counts can\u{2019}t be told, so it is open",
        agree(items.len(), "row", "rows"),
        list_of_at_most(items, MOST_NAMED),
    );
    Finding::new(&SHEET_AMBIGUOUS, Place::Sheet(other.to_owned()), message)
        .with_severity(Severity::Error)
        .with_subject(id.as_str())
        .with_found(other)
        .with_expected(own)
        .with_help(format!("Move these rows back to their places on “{own}”, and take “{other}” out."))
}

/// Returns the register that may go on on a tab, with how many more rows that has; `None` where most of what it lists is listed already.
fn going_on<'a>(
    framework: &'a Framework,
    text: &WorkbookText,
    [layout, other]: [&Layout; 2],
    id: &SheetId,
) -> Option<(&'a RegisterSpec, usize)> {
    let of_sheet = framework.registers.iter().filter(|register| register.sheet == *id);
    let mut going_on = of_sheet.filter_map(|register| {
        let listed = |layout: &Layout| Some(listed(register, layout.registers.get(&register.id)?, text.workbook));
        let (own, others) = (listed(layout)?, listed(other)?);
        let more = others.difference(&own).count();
        (!own.is_empty() && more * 2 > others.len()).then_some((register, more))
    });
    going_on.next()
}

/// Returns what a register lists: the keys of the rows in which more is filled in, or of one without a key all that its rows say.
fn listed(register: &RegisterSpec, place: &RegisterPlace, workbook: &Workbook) -> BTreeSet<Wording> {
    let sheet = &workbook.sheets[place.sheet];
    let key = register.key.as_ref().and_then(|key| place.columns.get(key));
    let says = |row: u32| {
        let written = |column: &u32| {
            let cell = sheet.cell(CellRef::new(row, *column)).filter(|cell| !cell.value.is_blank())?;
            Some((*column, cell.shown(workbook.date_system)))
        };
        let columns: BTreeSet<&u32> = place.columns.values().collect();
        let said: Vec<(u32, String)> = columns.into_iter().filter_map(written).collect();
        let own = said.iter().filter(|(column, _)| key.is_none_or(|key| key == column));
        let own = own.map(|(_, said)| said.as_str()).collect::<Vec<_>>().join(" ");
        (said.len() > 1 && !own.is_empty()).then(|| Wording::of(&own))
    };
    (place.rows.0..=place.rows.1).filter_map(says).collect()
}

/// Says that a register may go on on another sheet.
fn told(register: &RegisterSpec, rows: usize, [own, other]: [&str; 2]) -> Finding {
    let rows = number_of(rows, "row", "rows");
    let message = format!(
        "“{other}” lists {rows} that “{own}” doesn\u{2019}t: whether they belong to “{}” too can\u{2019}t be told, so what rests on it is open",
        register.title
    );
    Finding::new(&SHEET_AMBIGUOUS, Place::Sheet(other.to_owned()), message)
        .with_severity(Severity::Error)
        .with_subject(register.sheet.as_str())
        .with_found(other)
        .with_expected(own)
        .with_help(format!("If they do, move them below the last row of “{own}”; take “{other}” out either way."))
}
