//! Figures that don't fit because another doesn't: they are told with that one.
//!
//! A wrong subtotal makes every total above it wrong, and an answer that was changed after the last calculation every figure
//! that it counts in: that is one thing to put right and not eight.

use std::collections::{BTreeMap, BTreeSet};

use crate::cell::{CellRange, CellRef};
use crate::finding::{Finding, Place};
use crate::wording::Wording;
use crate::workbook::{Uses, Workbook};

/// The most cells that are named one by one.
const MOST_NAMED: usize = 6;

/// Where a figure stands.
type Spot = (Wording, CellRef);

/// A figure that doesn't fit.
struct Figure {
    spot: Spot,
    /// The cells that it is worked out from.
    references: Vec<(Wording, CellRange)>,
}

/// Takes out the findings of a rule that another of its findings explains, and names them with that one.
pub fn fold(workbook: &Workbook, rule: &str, findings: &mut Vec<Finding>) {
    let figures: BTreeMap<usize, Figure> = findings
        .iter()
        .enumerate()
        .filter(|(_, finding)| finding.rule.as_str() == rule)
        .filter_map(|(index, finding)| {
            let spot = spot(&finding.place)?;
            Some((index, Figure { references: references(workbook, &spot), spot }))
        })
        .collect();
    let explained = figures.keys().map(|index| (*index, explained_by(*index, &figures))).collect();
    let mut following: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for index in figures.keys() {
        if let Some(root) = root(*index, &explained) {
            following.entry(root).or_default().push(*index);
        }
    }
    for (root, others) in &following {
        let told = told(others.iter().map(|index| &findings[*index].place), &findings[*root].place);
        findings[*root].message.push_str(&told);
    }
    let gone: BTreeSet<usize> = following.into_values().flatten().collect();
    let mut index = 0;
    findings.retain(|_| {
        index += 1;
        !gone.contains(&(index - 1))
    });
}

/// Returns where a finding stands, if it is at one cell.
fn spot(place: &Place) -> Option<Spot> {
    match place {
        Place::Cells(sheet, cells) if cells.first == cells.last => Some((Wording::of(sheet), cells.first)),
        Place::Cells(..) | Place::Sheet(_) | Place::Workbook | Place::Definition { .. } | Place::Season { .. } => None,
    }
}

/// Returns the cells that the formula of a cell uses; none where it has no formula.
fn references(workbook: &Workbook, (sheet, at): &Spot) -> Vec<(Wording, CellRange)> {
    let cell =
        workbook.sheets.iter().find(|known| Wording::of(&known.name) == *sheet).and_then(|known| known.cell(*at));
    let uses = cell.and_then(|cell| cell.formula.as_deref()).map(Uses::of).unwrap_or_default();
    let named = |name: Option<String>| name.map_or_else(|| sheet.clone(), |name| Wording::of(&name));
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
    let explains = |(at, other): &(&usize, &Figure)| **at != index && (uses(other) || **at < index && shares(other));
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

/// Says where the figures stand that follow from one.
fn told<'a>(others: impl Iterator<Item = &'a Place>, root: &Place) -> String {
    let own = spot(root).map(|(sheet, _)| sheet);
    let address = |place: &Place| match place {
        Place::Cells(sheet, cells) if own.as_ref() == Some(&Wording::of(sheet)) => cells.to_string(),
        Place::Cells(sheet, cells) => format!("{sheet}!{cells}"),
        Place::Sheet(_) | Place::Workbook | Place::Definition { .. } | Place::Season { .. } => String::new(),
    };
    let names: Vec<String> = others.map(address).collect();
    let rest = names.len().saturating_sub(MOST_NAMED);
    let more = if rest > 0 { format!(" and {rest} more") } else { String::new() };
    format!("; these go with it and don't fit either: {}{more}", names[..names.len() - rest].join(", "))
}
