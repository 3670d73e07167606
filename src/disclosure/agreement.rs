//! What may be passed on of self beside external.
//!
//! Few organisations have both, and whose they are is known. What a few measures of one criterion say together fixes how many gave
//! themselves which grade and got which: so criteria aren't told, and sections by two measures only.

use super::hiding::WIDER;
use super::sizes::small;
use crate::figure::{Disclosure, Figure, Figured};
use crate::statistics::{Agreement, AgreementRow, TotalAgreement};

/// To so many decimals agreement is told.
pub(super) const PLACES: u32 = 2;

/// Hides what tells of single organisations.
pub(super) fn protect(agreement: &mut Agreement, limits: Disclosure) {
    agreement.moderation = Vec::new();
    agreement.without_apart = None;
    if limits.k <= 1 {
        return;
    }
    agreement.criteria = Vec::new();
    if agreement.organisations <= limits.k || is_telling(&agreement.overall) {
        agreement.overall.each_mut(&mut Figure::conceal);
    }
    sections(&mut agreement.sections, limits);
    totals(&mut agreement.totals, agreement.organisations, limits);
}

/// Tells of sections how often both sides are the same and how far they lie apart; of none where one is a single criterion or all pairs
/// of one are alike, since hiding that one would tell it.
fn sections(rows: &mut [AgreementRow], limits: Disclosure) {
    let sizes: Vec<usize> = rows.iter().map(|row| row.organisations).collect();
    for (row, _) in rows.iter_mut().zip(small(&sizes, limits.k + 1)).filter(|(_, hidden)| *hidden) {
        row.each_mut(&mut Figure::conceal);
    }
    let is_one = |row: &AgreementRow| row.pairs < WIDER * row.organisations;
    if rows.iter().any(|row| is_one(row) || is_telling(row)) {
        return rows.iter_mut().for_each(|row| row.each_mut(&mut Figure::conceal));
    }
    for row in rows {
        let AgreementRow { adjacent, limit_low, limit_high, kappa, kappa_low, kappa_high, krippendorff, gwet, .. } =
            row;
        for figure in [adjacent, limit_low, limit_high, kappa, kappa_low, kappa_high, krippendorff, gwet] {
            figure.conceal();
        }
    }
}

/// Whether all pairs are the same, or none is.
fn is_telling(row: &AgreementRow) -> bool {
    row.exact.value.is_some_and(|share| share <= 0.0 || share >= 1.0)
}

/// Tells of totals the mean difference and how far they go together; nothing where all pairs less those of these organisations would
/// be of few, and how likely it is by chance of many alone, since of few it counts those that gave themselves more.
fn totals(totals: &mut TotalAgreement, organisations: usize, limits: Disclosure) {
    let rest = organisations.saturating_sub(totals.organisations);
    if totals.organisations <= limits.k || (1..limits.k).contains(&rest) {
        totals.each_mut(&mut Figure::conceal);
    } else if totals.organisations < limits.quantiles.saturating_mul(WIDER) {
        totals.chance.conceal();
    }
}
