//! Choices and marks of a register that are merged over several columns, of which the first alone is read: what is wrong with rows for
//! that sake is told with the merge.
//!
//! That it is so is proved: with what stands there in each of the columns, nothing is wrong.

use crate::cell::CellRef;
use crate::finding::{Finding, Place};
use crate::returns::rule::ANSWER_MERGED;
use crate::rules::Judged;

use super::trial::gone;
use super::verdict::say;
use super::{Effects, is_known};

/// Returns what follows from merged choices and marks.
pub(super) fn explained(judged: &Judged, findings: &[Finding], effects: &Effects) -> Effects {
    let mut explained = Effects::new();
    for (index, finding) in findings.iter().enumerate().filter(|(_, finding)| finding.is_of(&ANSWER_MERGED)) {
        let Some(spread) = spread(judged, finding) else { continue };
        let follows = |other: &usize| !is_known(effects, *other) && !is_known(&explained, *other);
        let gone = gone(judged, findings, |sent| say(sent, &spread)).into_iter().filter(follows);
        let gone: Vec<usize> = gone.collect();
        if !gone.is_empty() {
            explained.insert(index, gone);
        }
    }
    explained
}

/// Returns what stands in merged cells of a register, in each of them.
fn spread(judged: &Judged, finding: &Finding) -> Option<Vec<(Place, String)>> {
    let (sheet, cells) = finding.sheet().zip(finding.cells())?;
    let registers = judged.sent.registers.values().filter(|register| register.sheet == sheet);
    let mut entries = registers.flat_map(|register| &register.rows).flat_map(crate::returns::Row::entries);
    let first = entries.find(|entry| entry.at() == Some(cells.first))?.given()?.to_string();
    let rows = cells.first.row..=cells.last.row;
    let all =
        rows.flat_map(|row| (cells.first.column..=cells.last.column).map(move |column| CellRef::new(row, column)));
    Some(all.map(|at| (Place::cell(sheet, at), first.clone())).collect())
}
