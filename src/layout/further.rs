//! Registers that go on on another sheet: a tab that is like their own, and was passed over for it, lists others than that does.
//!
//! Whether these are rows too can't be told, so what rests on the register is open.

use std::collections::{BTreeMap, BTreeSet};

use crate::cell::CellRef;
use crate::finding::{Finding, Findings, Place, Severity};
use crate::framework::{Framework, RegisterId, RegisterSpec, SheetId};
use crate::wording::Wording;
use crate::words::number_of;
use crate::workbook::Workbook;

use super::rival::PassedOver;
use super::rule::SHEET_AMBIGUOUS;
use super::text::WorkbookText;
use super::{Layout, RegisterPlace, locate_on};

/// Finds the registers that may go on on tabs that were passed over, and says what is to be said of these tabs.
pub(super) fn locate(
    framework: &Framework,
    text: &WorkbookText,
    layout: &Layout,
    passed: Vec<(SheetId, PassedOver)>,
    findings: &mut Findings,
) -> BTreeMap<RegisterId, usize> {
    let mut further = BTreeMap::new();
    for (id, PassedOver { sheet, is_hidden, finding }) in passed {
        let going_on = if is_hidden { None } else { going_on(framework, text, layout, (&id, sheet)) };
        findings.push(match going_on {
            Some((register, rows)) => {
                further.insert(register.id.clone(), sheet);
                told(register, rows, [layout.sheets[&id], sheet].map(|at| &*text.sheets[at].sheet.name))
            }
            None => finding,
        });
    }
    further
}

/// Returns the register that may go on on a tab, with how many more rows that has; `None` where most of what it lists is listed already.
fn going_on<'a>(
    framework: &'a Framework,
    text: &WorkbookText,
    layout: &Layout,
    (id, sheet): (&SheetId, usize),
) -> Option<(&'a RegisterSpec, usize)> {
    let mut sheets = layout.sheets.clone();
    sheets.insert(id.clone(), sheet);
    let other = locate_on(framework, text, sheets, &mut Findings::default());
    let of_sheet = framework.registers.iter().filter(|register| register.sheet == *id);
    let mut going_on = of_sheet.filter_map(|register| {
        let listed = |layout: &Layout| Some(listed(register, layout.registers.get(&register.id)?, text.workbook));
        let (own, others) = (listed(layout)?, listed(&other)?);
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
