//! What is declared of all rows of a register, where rows state verdicts that aren't theirs: it follows from these.
//!
//! That these rows are the cause is proved: without them what is declared fits.

use crate::finding::{Finding, Place};
use crate::rules::Judged;
use crate::rules::consistency::outcome_differs;
use crate::rules::register::row_outcome_differs;

use super::trial::{compared, fits, leave_out};
use super::{Effects, is_known};

/// Returns the declared outcomes that differ since rows state other verdicts than they come to.
pub(super) fn explained(judged: &Judged, findings: &[Finding], effects: &Effects) -> Effects {
    let all = || (0..findings.len()).filter(|index| !is_known(effects, *index));
    let states =
        |index: &usize| findings[*index].with_its_effects().any(|finding| finding.is_of(&row_outcome_differs::RULE));
    let rows: Vec<usize> = (0..findings.len()).filter(states).collect();
    let declared: Vec<usize> = all().filter(|index| findings[*index].is_of(&outcome_differs::RULE)).collect();
    if rows.is_empty() || declared.is_empty() {
        return Effects::new();
    }
    let places: Vec<&Place> = rows.iter().map(|index| &findings[*index].place).collect();
    let tried = compared(judged, |sent| {
        for place in &places {
            let own = place.cells().map(|cells| cells.first.row);
            leave_out(sent, place, |row| Some(row) == own);
        }
    });
    let is_fit = |index: &usize| findings[*index].subject.as_deref().is_some_and(|name| fits(judged, name, &tried));
    let follows: Vec<usize> = declared.into_iter().filter(is_fit).collect();
    // The first row carries it, as it would each of the others.
    if follows.is_empty() { Effects::new() } else { Effects::from([(rows[0], follows)]) }
}
