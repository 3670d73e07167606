//! What can still become of a return with missing answers: its completions, and what they give. Where registers have entries that
//! can't be used, a completion's total lies between two ends itself.

use super::Bounds;
use super::band::{Assume, Award, award};
use super::basis::Basis;
use super::completion;
use super::gate::{Holding, holding};
use super::item::Slot;
use super::scope::{CompletionScope, Gaps};
use crate::exact::Exact;
use crate::framework::{Band, BandId};

/// What one completion gives.
#[derive(Clone, Debug)]
pub(super) struct Completed {
    /// Between which ends the total lies, which are one where it is settled; `None` where even a complete return has none.
    pub(super) total: Option<Bounds<Exact>>,
    /// The gates.
    pub(super) gates: Holding,
}

/// Returns what the completions give; only one where nothing is missing. Where some give a total, those are left out in which nothing
/// applies of what it is worked out from.
pub(super) fn completions(basis: &Basis<'_>) -> Vec<Completed> {
    let all = completion::completions(basis);
    let mut all: Vec<Completed> = all.iter().map(|slots| completed(basis, slots)).collect();
    if all.iter().any(|completed| completed.total.is_some()) {
        all.retain(|completed| completed.total.is_some());
    }
    all
}

/// Works one completion out.
pub(super) fn completed(basis: &Basis<'_>, slots: &[Slot<'_>]) -> Completed {
    let scope = CompletionScope::new(basis, slots, Gaps::Open);
    Completed { total: scope.total_bounds(), gates: holding(&scope) }
}

/// Returns the least and the most of the totals; `None` where there is no total.
pub(super) fn totals(completions: &[Completed]) -> Option<Bounds<Exact>> {
    let totals: Option<Vec<&Bounds<Exact>>> = completions.iter().map(|completed| completed.total.as_ref()).collect();
    let totals = totals?;
    let lowest = totals.iter().map(|total| &total.lowest).min()?;
    let highest = totals.iter().map(|total| &total.highest).max()?;
    Some(Bounds { lowest: lowest.clone(), highest: highest.clone() })
}

/// Returns the worst and the best band; `None` where one of them isn't defined.
pub(super) fn bands(basis: &Basis<'_>, completions: &[Completed]) -> Option<Bounds<BandId>> {
    let worst = numbers(basis, completions, Assume::Worst)?.into_iter().max()?;
    let best = numbers(basis, completions, Assume::Best)?.into_iter().min()?;
    let id = |number: usize| basis.framework.outcome.bands.get(number).map(|band: &Band| band.id.clone());
    Some(Bounds { lowest: id(worst)?, highest: id(best)? })
}

/// Returns the number of the band of each completion.
fn numbers(basis: &Basis<'_>, completions: &[Completed], assume: Assume) -> Option<Vec<usize>> {
    completions.iter().map(|completed| awarded(basis, completed, assume).band()).collect()
}

/// Returns the band of one completion.
pub(super) fn awarded(basis: &Basis<'_>, completed: &Completed, assume: Assume) -> Award {
    let holds = |gate: &crate::framework::GateId| completed.gates.get(gate).copied().flatten();
    award(&basis.framework.outcome, completed.total.as_ref(), holds, assume)
}

/// Returns the least and the most that a section can become.
pub(super) fn section(basis: &Basis<'_>, section: usize) -> Bounds<Exact> {
    let mut bounds = Bounds { lowest: Exact::zero(), highest: Exact::zero() };
    for item in basis.items.iter().filter(|item| item.section == section) {
        let ends = match item.given() {
            Slot::Counts(choice) => Some((choice.points.exact.clone(), choice.points.exact.clone())),
            Slot::Dropped(_) => None,
            Slot::Missing => {
                let all = item.all();
                let points =
                    || all.iter().map(|slot| slot.points().map_or_else(Exact::zero, |points| points.exact.clone()));
                points().min().zip(points().max())
            }
        };
        if let Some((least, most)) = ends {
            bounds = Bounds { lowest: bounds.lowest + least, highest: bounds.highest + most };
        }
    }
    bounds
}
