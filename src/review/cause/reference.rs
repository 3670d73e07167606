//! Figures that don't fit because another doesn't: they are told with that one.
//!
//! A wrong subtotal makes every total above it wrong, and an answer that was changed after the last calculation every figure
//! that it counts in: that is one thing to put right and not eight.

use std::collections::{BTreeMap, BTreeSet};

use crate::cell::CellRange;
use crate::finding::Finding;
use crate::rules::Judged;
use crate::rules::consistency::{total_differs, weight_differs};
use crate::wording::Wording;
use crate::workbook::Workbook;

use super::precedent::{Spot, references, spot};
use super::standing::{Standing, standing};
use super::{Effects, stated_here};

/// A figure that doesn't fit.
struct Figure {
    spot: Spot,
    /// Whether it may follow from another: nothing else is known to be its cause.
    can_follow: bool,
    /// Whether it is a figure that others may be worked out from.
    is_total: bool,
    /// Whether it is what its formula gives over what stands there.
    is_fresh: bool,
    /// The cells that it is worked out from.
    references: Vec<(Wording, CellRange)>,
}

/// Returns the figures that follow from others, by the formulas of their cells.
pub(super) fn explained(judged: &Judged, workbook: &Workbook, findings: &[Finding], open: &[usize]) -> Effects {
    let figures: BTreeMap<usize, Figure> = findings
        .iter()
        .enumerate()
        .filter_map(|(index, finding)| {
            let (stated, spot, can_follow) = (stated_here(finding)?, spot(&finding.place)?, open.contains(&index));
            let is_total = stated.is_of(&total_differs::RULE) || stated.is_of(&weight_differs::RULE);
            let references = references(workbook, &spot);
            let is_fresh = can_follow && standing(judged.framework, workbook, spot.clone()) == Standing::Fresh;
            Some((index, Figure { spot, can_follow, is_total, is_fresh, references }))
        })
        .collect();
    let following = figures.iter().filter(|(_, figure)| figure.can_follow);
    let explained = following.map(|(index, _)| (*index, explained_by(*index, &figures))).collect();
    let mut effects = Effects::new();
    for index in figures.iter().filter(|(_, figure)| figure.can_follow).map(|(index, _)| index) {
        if let Some(root) = root(*index, &explained) {
            effects.entry(root).or_default().push(*index);
        }
    }
    effects
}

/// Returns the figures that explain one: those that its formula uses, and those found before it whose formulas use no other cells than its own
/// does, since both were worked out before these were changed.
fn explained_by(index: usize, figures: &BTreeMap<usize, Figure>) -> BTreeSet<usize> {
    let Some(figure) = figures.get(&index) else { return BTreeSet::new() };
    let uses = |other: &Figure| {
        figure.references.iter().any(|(sheet, range)| *sheet == other.spot.0 && range.contains(other.spot.1))
    };
    let has = |(sheet, its): &(Wording, CellRange)| {
        figure
            .references
            .iter()
            .any(|(own, range)| own == sheet && range.contains(its.first) && range.contains(its.last))
    };
    let shares = |other: &Figure| !other.references.is_empty() && other.references.iter().all(has);
    let explains = |(at, other): &(&usize, &Figure)| {
        **at != index && other.is_total && (uses(other) || **at < index && !figure.is_fresh && shares(other))
    };
    figures.iter().filter(explains).map(|(at, _)| *at).collect()
}

/// Returns the figure from which another follows; `None` where it follows from none, or from itself.
fn root(index: usize, rests: &BTreeMap<usize, BTreeSet<usize>>) -> Option<usize> {
    let mut seen = BTreeSet::from([index]);
    let mut at = index;
    while let Some(next) = rests.get(&at).and_then(|on| on.first()) {
        if !seen.insert(*next) {
            return None;
        }
        at = *next;
    }
    (at != index).then_some(at)
}
