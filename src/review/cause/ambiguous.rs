//! Figures whose formulas use a sheet that wasn't read, as another fits the form alike: they are told with the sheets.

use crate::finding::Finding;
use crate::layout::rule::SHEET_AMBIGUOUS;
use crate::rules::Judged;
use crate::wording::Wording;
use crate::workbook::Workbook;

use super::Effects;
use super::precedent::{Spot, precedents, spot};

/// Returns the figures that are worked out from sheets which were passed over for others.
pub(super) fn explained(_: &Judged, workbook: &Workbook, findings: &[Finding], open: &[usize]) -> Effects {
    let mut effects = Effects::new();
    let ambiguous = findings.iter().enumerate().filter(|(_, finding)| finding.is_of(&SHEET_AMBIGUOUS));
    for (index, passed_over) in ambiguous.filter_map(|(index, finding)| Some((index, Wording::of(finding.sheet()?)))) {
        let is_of_it = |figure: &usize| {
            let at = spot(&findings[*figure].place);
            at.is_some_and(|at| at.0 != passed_over && uses(workbook, at, &passed_over))
        };
        let is_told = |figure: &usize| effects.values().flatten().any(|told| told == figure);
        let own: Vec<usize> = open.iter().copied().filter(|figure| !is_told(figure) && is_of_it(figure)).collect();
        if !own.is_empty() {
            effects.insert(index, own);
        }
    }
    effects
}

/// Whether a cell's formula uses cells of a sheet, or others that do.
fn uses(workbook: &Workbook, figure: Spot, passed_over: &Wording) -> bool {
    precedents(workbook, figure).iter().any(|(sheet, _)| sheet == passed_over)
}
