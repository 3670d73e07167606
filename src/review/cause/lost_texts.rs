//! Cells whose texts aren't in the file: that is one finding about the file, and what is found there follows from it.

use crate::finding::{Finding, Place};
use crate::layout::rule::{HEADING_MISSING, HEADING_RENAMED};
use crate::words::{list_of_at_most, number_of};
use crate::workbook::rule::WORKBOOK_UNREADABLE;
use crate::workbook::{Cell, Workbook};

use super::{Effects, MOST_NAMED, is_effect};

/// Puts what is found where texts aren't in the file among the effects of one finding about the file.
pub(super) fn gathered(workbook: &Workbook, findings: &mut Vec<Finding>, effects: &mut Effects) {
    let lost = |cell: &&Cell| cell.value.is_lost_text();
    let sheets = workbook.sheets.iter().map(|sheet| (sheet, sheet.cells.iter().filter(lost).collect::<Vec<_>>()));
    let sheets: Vec<_> = sheets.filter(|(_, cells)| !cells.is_empty()).collect();
    let Some(shown) = sheets.first().map(|(_, cells)| cells[0].shown(workbook.date_system)) else { return };
    let is_here = |finding: &Finding| sheets.iter().any(|(sheet, _)| finding.sheet() == Some(&sheet.name));
    let follows = |index: &usize| {
        let finding = &findings[*index];
        let is_heading = finding.is_of(&HEADING_MISSING) || finding.is_of(&HEADING_RENAMED);
        is_here(finding) && (finding.found.as_deref() == Some(shown.as_str()) || is_heading)
    };
    let own: Vec<usize> = (0..findings.len()).filter(|index| !is_effect(effects, *index)).filter(follows).collect();
    let count = sheets.iter().map(|(_, cells)| cells.len()).sum();
    let names = sheets.iter().map(|(sheet, cells)| format!("“{}” from {} on", sheet.name, cells[0].at));
    let message = format!(
        "the file is damaged: the texts of {} are missing from it, and nothing can be read there ({})",
        number_of(count, "cell", "cells"),
        list_of_at_most(&names.collect::<Vec<_>>(), MOST_NAMED)
    );
    let help = "Save the workbook again from the program in which it was filled in, and send that; the program that saved this file lost them.";
    let cause = Finding::new(&WORKBOOK_UNREADABLE, Place::Workbook, message);
    effects.insert(findings.len(), own);
    findings.push(cause.with_help(help));
}
