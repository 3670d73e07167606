//! The findings of each cell, brought together.

use std::collections::{BTreeMap, BTreeSet};

use crate::cell::{CellRange, CellRef};
use crate::finding::{Finding, Severity};
use crate::ooxml::{Book, SheetEntry, SheetPart};
use crate::words::{duty, sentence};

/// The findings on one sheet.
#[derive(Debug, Default)]
pub(super) struct Remarks<'a> {
    /// By the cell that gets the note.
    pub(super) cells: BTreeMap<CellRef, Vec<&'a Finding>>,
    /// What is highlighted, by the worst severity.
    pub(super) marks: BTreeMap<CellRange, Severity>,
}

/// Returns the findings, and what follows from them elsewhere, that name cells of `entry`.
pub(super) fn on_sheet<'a>(findings: &'a [Finding], entry: &SheetEntry, book: &Book) -> Vec<(CellRange, &'a Finding)> {
    let is_here = |name: &str| book.sheet(name).is_some_and(|named| named.name == entry.name);
    let named = |finding: &'a Finding| {
        let cells = finding.place.cells().filter(|cells| cells.first.is_on_grid() && cells.last.is_on_grid())?;
        finding.place.sheet().filter(|name| is_here(name)).map(|_| (cells, finding))
    };
    findings.iter().chain(effects(findings)).filter_map(named).collect()
}

/// Returns what follows from findings at other cells than theirs; what follows from several, once.
fn effects(findings: &[Finding]) -> impl Iterator<Item = &Finding> {
    let mut seen = BTreeSet::new();
    let elsewhere = findings.iter().flat_map(Finding::effects_elsewhere);
    elsewhere.filter(move |effect| seen.insert((&effect.place, effect.rule.as_str())))
}

impl<'a> Remarks<'a> {
    /// Brings the findings of a sheet together by cell; in a merged rectangle that is its first one.
    pub(super) fn gather(findings: &[(CellRange, &'a Finding)], sheet: &SheetPart) -> Self {
        let mut remarks = Self::default();
        for (cells, finding) in findings {
            let cells = sheet.widened(*cells);
            remarks.cells.entry(cells.first).or_default().push(finding);
            let worst = remarks.marks.entry(cells).or_insert(finding.severity);
            *worst = finding.severity.max(*worst);
        }
        for findings in remarks.cells.values_mut() {
            findings.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
        }
        remarks
    }
}

/// Returns the pieces of a note: what has to be done, printed bold, and what there is to say about it.
pub(super) fn pieces(findings: &[&Finding]) -> Vec<(String, String)> {
    let last = findings.len() - 1;
    let piece = |(number, finding): (usize, &&Finding)| {
        let help = if finding.help.is_empty() { String::new() } else { format!("\nWhat to do: {}", finding.help) };
        let gap = if number == last { "" } else { "\n\n" };
        (duty(finding.severity).to_owned(), format!("\n{}{help}{gap}", sentence(&finding.message)))
    };
    findings.iter().enumerate().map(piece).collect()
}
