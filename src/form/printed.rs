//! What the form prints beside its criteria, such as a level, that a return says otherwise: formulas may count it.

use crate::cell::CellRef;
use crate::finding::{Finding, Findings, Place, Severity};
use crate::framework::{Framework, Holds, TableColumn};
use crate::layout::rule::CRITERION_REWORDED;
use crate::layout::{Layout, TablePlace};
use crate::wording::Wording;
use crate::workbook::Workbook;

use super::Issued;

/// Says where the form's own words beside criteria aren't the form's.
pub fn reworded(framework: &Framework, issued: &Issued, workbook: &Workbook, layout: &Layout, findings: &mut Findings) {
    for place in &layout.tables {
        let Some(printed) = issued.layout.tables.iter().find(|other| other.table == place.table) else { continue };
        let columns = framework.tables[place.table].columns.iter();
        for column in columns.filter(|column| matches!(column.holds, Holds::Form)) {
            findings.extend(of_column((issued.workbook, printed), (workbook, place), column));
        }
    }
}

/// Says so of the cells of one column.
fn of_column(form: (&Workbook, &TablePlace), sent: (&Workbook, &TablePlace), column: &TableColumn) -> Vec<Finding> {
    let told = |(id, row): (&String, &u32)| {
        let (_, expected) = said(form, column, *form.1.rows.get(id)?).filter(|(_, said)| !said.trim().is_empty())?;
        let (at, found) = said(sent, column, *row).filter(|(_, said)| spaced(said) != spaced(&expected))?;
        let is_alike = Wording::of_answer(&found) == Wording::of_answer(&expected);
        let (expected, shown) = (expected.trim(), found.trim());
        let says = match shown {
            "" => "is blank".to_owned(),
            _ if is_alike => format!("says “{shown}” with other blanks or signs"),
            _ => format!("says “{shown}”"),
        };
        let pass = if is_alike { "; formulas that look for it pass over it" } else { "" };
        let message = format!("“{}” of {id} {says} where the form has “{expected}”{pass}", column.heading);
        let place = Place::cell(&sent.0.sheets[sent.1.sheet].name, at);
        let finding = Finding::new(&CRITERION_REWORDED, place, message).with_subject(id).with_expected(expected);
        let help = "Put the form\u{2019}s own words back: what the workbook works out may rest on them.";
        let finding = if is_alike { finding.with_severity(Severity::Note) } else { finding }.with_help(help);
        Some(if shown.is_empty() { finding } else { finding.with_found(shown) })
    };
    sent.1.rows.iter().filter_map(told).collect()
}

/// Returns a text in small letters, with plain spaces for those of other kinds.
fn spaced(text: &str) -> String {
    text.to_lowercase().chars().map(|c| if c.is_whitespace() && c != '\n' { ' ' } else { c }).collect()
}

/// Returns a cell of a column in a row and what it says; `None` where another is merged over it, or a formula stands there.
fn said((workbook, place): (&Workbook, &TablePlace), column: &TableColumn, row: u32) -> Option<(CellRef, String)> {
    let sheet = &workbook.sheets[place.sheet];
    let at = CellRef::new(row, *place.columns.get(&column.id)?);
    let cell = sheet.cell(at);
    let is_own = sheet.shown_at(at) == at && cell.is_none_or(|cell| cell.formula.is_none());
    is_own.then(|| (at, cell.map(|cell| cell.written(workbook.date_system)).unwrap_or_default()))
}
