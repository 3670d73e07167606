//! What the form works out in a register's row, behind an entry of that row that its formula sees otherwise than it was meant.
//!
//! That the entry is the cause is proved: counted as the formula sees it, the row's figure fits, or can't be worked out where it shows
//! an error.

use crate::exact::Exact;
use crate::finding::Finding;
use crate::rules::Judged;
use crate::rules::consistency::{Comparison, in_row, total_differs};
use crate::workbook::Workbook;

use super::answer::{Cause, Seen, causes, changed as seen_otherwise};
use super::trial::changed;
use super::{Effects, stated_here};

/// Returns the figures of rows that are explained by entries of these rows.
pub(super) fn explained(judged: &Judged, workbook: &Workbook, findings: &[Finding], open: &[usize]) -> Effects {
    let mut effects = Effects::new();
    let is_of_row = |index: &usize| {
        let finding = &findings[*index];
        let is_total = stated_here(finding).is_some_and(|one| one.is_of(&total_differs::RULE));
        is_total && in_row(judged, &finding.place).is_some()
    };
    let figures: Vec<usize> = open.iter().copied().filter(is_of_row).collect();
    let causes = if figures.is_empty() { Vec::new() } else { causes(judged, workbook, findings) };
    for index in figures {
        let beside = causes.iter().filter(|cause| is_beside(cause, &findings[index]));
        for cause in beside.filter(|cause| explains(judged, cause, &findings[index])) {
            effects.entry(cause.index).or_default().push(index);
        }
    }
    effects
}

/// Whether a cause is an entry of the row in which a figure stands.
fn is_beside(cause: &Cause, figure: &Finding) -> bool {
    let row = |cells: Option<crate::cell::CellRange>| cells.map(|cells| cells.first.row);
    cause.place.sheet() == figure.sheet() && row(cause.place.cells()) == row(figure.cells())
}

/// Whether a row's figure is as it would be, were an entry as its formula sees it.
fn explains(judged: &Judged, cause: &Cause, figure: &Finding) -> bool {
    let shows_an_error = figure.found.as_ref().is_some_and(|found| found.starts_with('#'));
    let before = in_row(judged, &figure.place).map(|comparison| comparison.computed);
    let ways = [None, Some(Exact::zero())];
    ways.iter().any(|nothing| {
        let change = |sent: &mut _| seen_otherwise(sent, &[cause], nothing.as_ref());
        let Some(Comparison { computed, expected }) = changed(judged, change, |judged| in_row(judged, &figure.place))
        else {
            return false;
        };
        let moves = Some(&computed) != before.as_ref();
        moves && (expected.is_none() && computed.is_known() || shows_an_error && matches!(cause.seen, Seen::Nothing))
    })
}
