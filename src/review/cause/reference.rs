//! Figures that don't fit because another doesn't: they are told with that one.
//!
//! A wrong subtotal makes every total above it wrong, and an answer that was changed after the last calculation every figure
//! that it counts in: that is one thing to put right and not eight.

use std::collections::{BTreeMap, BTreeSet};

use crate::cell::{CellRange, CellRef};
use crate::finding::{Finding, Place};
use crate::rules::Judged;
use crate::rules::consistency::total_differs;
use crate::wording::Wording;
use crate::workbook::{Uses, Workbook};

use super::{Effects, stated_here};

/// Where a figure stands.
pub(super) type Spot = (Wording, CellRef);

/// A figure that doesn't fit.
struct Figure {
    spot: Spot,
    /// Whether it may follow from another: nothing else is known to be its cause.
    can_follow: bool,
    /// Whether it is a figure that others may be worked out from.
    is_total: bool,
    /// The cells that it is worked out from.
    references: Vec<(Wording, CellRange)>,
}

/// Returns the figures that follow from others, by the formulas of their cells.
pub(super) fn explained(_: &Judged, workbook: &Workbook, findings: &[Finding], open: &[usize]) -> Effects {
    let figures: BTreeMap<usize, Figure> = findings
        .iter()
        .enumerate()
        .filter_map(|(index, finding)| {
            let (stated, spot, can_follow) = (stated_here(finding)?, spot(&finding.place)?, open.contains(&index));
            let is_total = stated.is_of(&total_differs::RULE);
            Some((index, Figure { references: references(workbook, &spot), spot, can_follow, is_total }))
        })
        .collect();
    let explained = figures.keys().map(|index| (*index, explained_by(*index, &figures))).collect();
    let mut effects = Effects::new();
    for index in figures.iter().filter(|(_, figure)| figure.can_follow).map(|(index, _)| index) {
        if let Some(root) = root(*index, &explained) {
            effects.entry(root).or_default().push(*index);
        }
    }
    effects
}

/// Returns where a finding stands, if it is at one cell.
pub(super) fn spot(place: &Place) -> Option<Spot> {
    match place {
        Place::Cells(sheet, cells) if cells.first == cells.last => Some((Wording::of(sheet), cells.first)),
        Place::Cells(..) | Place::Sheet(_) | Place::Workbook | Place::Definition { .. } | Place::Season { .. } => None,
    }
}

/// Returns the cells that the formula of a cell uses; none where it has no formula.
pub(super) fn references(workbook: &Workbook, (own, at): &Spot) -> Vec<(Wording, CellRange)> {
    let cell = workbook.sheets.iter().find(|sheet| Wording::of(&sheet.name) == *own).and_then(|sheet| sheet.cell(*at));
    let uses = cell.and_then(|cell| cell.formula.as_deref()).map(Uses::of).unwrap_or_default();
    let named = |name: Option<String>| name.map_or_else(|| own.clone(), |name| Wording::of(&name));
    uses.references.into_iter().map(|(name, range)| (named(name), range)).collect()
}

/// Returns the figures that explain one: those that its formula uses, and those found before it whose formulas use the same
/// cells, since both were worked out before these were changed.
fn explained_by(index: usize, figures: &BTreeMap<usize, Figure>) -> BTreeSet<usize> {
    let Some(figure) = figures.get(&index) else { return BTreeSet::new() };
    let uses = |other: &Figure| {
        figure.references.iter().any(|(sheet, range)| *sheet == other.spot.0 && range.contains(other.spot.1))
    };
    let shares = |other: &Figure| {
        let mut pairs = figure.references.iter().flat_map(|own| other.references.iter().map(move |its| (own, its)));
        pairs.any(|((sheet, range), (other, its))| sheet == other && range.overlaps(its))
    };
    let explains = |(at, other): &(&usize, &Figure)| {
        **at != index && other.is_total && (uses(other) || **at < index && shares(other))
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
