//! What an average assessor would have given where another gave an answer.
//!
//! Answers of two assessors who judged different cases are linked as test scores are, by equipercentile linking (Kolen and Brennan, "Test
//! Equating, Scaling, and Linking"), among the answers to which organisations gave themselves the same step of the same scale: the place of
//! an answer among those of the assessor is the place, among those of the others, of what an average one would have given. So the scale's
//! ends are never passed, what an organisation says of itself counts as much as what the assessor makes of it, and only criteria are
//! linked, not what nobody assesses.

use std::collections::BTreeMap;

use crate::exact::Exact;
use crate::framework::{CriterionId, Framework, ScaleId};
use crate::season::assessor::{Case, Caseload};
use crate::season::pairs::Both;

/// The steps that assessors gave, the worst first, by the scale and the organisation's own step.
type Given<'a> = BTreeMap<(&'a ScaleId, usize), Vec<usize>>;

/// What one assessor gave, beside what others did.
pub(super) struct Linking<'a> {
    framework: &'a Framework,
    own: Given<'a>,
    others: Given<'a>,
    /// How much of the difference is the assessor's, from 0 to 1; the rest may be chance.
    kept: Exact,
}

impl<'a> Linking<'a> {
    /// Links the answers of an assessor with those of others.
    pub(super) fn new(
        framework: &'a Framework,
        of: &'a Caseload<'_>,
        others: impl Iterator<Item = &'a Caseload<'a>>,
        kept: Exact,
    ) -> Self {
        Self { framework, own: given([of].into_iter()), others: given(others), kept }
    }

    /// Returns the points that an average assessor would have given to each criterion of a case; a criterion is left out where no other
    /// assessor has a case like it.
    pub(super) fn points(&self, case: &Case<'_>) -> BTreeMap<CriterionId, Exact> {
        let linked = case.both.iter().filter_map(|both| Some((both.criterion.id.clone(), self.linked(both)?)));
        linked.collect()
    }

    /// Returns the points that an average assessor would have given where this one gave an answer.
    fn linked(&self, both: &Both<'_>) -> Option<Exact> {
        let key = (&both.criterion.scale, both.pair.0);
        let (own, others) = (self.own.get(&key)?, self.others.get(&key)?);
        let below = own.partition_point(|step| *step < both.pair.1);
        let to = own.partition_point(|step| *step <= both.pair.1);
        let [from, to] = [below, to].map(|place| Exact::ratio(place, own.len()));
        let step = mean_between(others, &from?, &to?)?;
        let points = between(&self.framework.scale(both.criterion).steps()?, &step)?;
        Some(&both.points.1 + &(&self.kept * &(&points - &both.points.1)))
    }
}

/// Returns the steps that assessors gave.
fn given<'a>(caseloads: impl Iterator<Item = &'a Caseload<'a>>) -> Given<'a> {
    let mut given: Given = BTreeMap::new();
    for both in caseloads.flat_map(|load| &load.cases).flat_map(|case| &case.both) {
        given.entry((&both.criterion.scale, both.pair.0)).or_default().push(both.pair.1);
    }
    for steps in given.values_mut() {
        steps.sort_unstable();
    }
    given
}

/// Returns the mean of sorted steps between two places, which are shares of them; `None` where there is nothing between them.
fn mean_between(sorted: &[usize], from: &Exact, to: &Exact) -> Option<Exact> {
    let many = Exact::from(sorted.len());
    let each = sorted.iter().enumerate().map(|(place, step)| {
        let (begin, end) = (Exact::ratio(place, sorted.len()), Exact::ratio(place + 1, sorted.len()));
        let within =
            &end.unwrap_or_else(Exact::one).min(to.clone()) - &begin.unwrap_or_else(Exact::zero).max(from.clone());
        if within.is_negative() { Exact::zero() } else { &(&within * &many) * &Exact::from(*step) }
    });
    let sum: Exact = each.sum();
    sum.divided_by(&(&(to - from) * &many))
}

/// Returns the points at a place between the steps of a scale.
fn between(steps: &[Exact], place: &Exact) -> Option<Exact> {
    let below = (0..steps.len()).rev().find(|step| Exact::from(*step) <= *place)?;
    let (low, high) = (steps.get(below)?, steps.get(below + 1).or_else(|| steps.last())?);
    Some(low + &(&(place - &Exact::from(below)) * &(high - low)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means_lie_between_the_places() {
        let half = || Exact::ratio(1, 2).unwrap();
        let sorted = [0, 0, 1, 2];
        for (from, to, expected) in [
            (Exact::zero(), Exact::one(), Exact::ratio(3, 4).unwrap()),
            (Exact::zero(), half(), Exact::zero()),
            (half(), Exact::one(), Exact::ratio(3, 2).unwrap()),
            (Exact::ratio(5, 8).unwrap(), Exact::ratio(7, 8).unwrap(), Exact::ratio(3, 2).unwrap()),
        ] {
            assert_eq!(mean_between(&sorted, &from, &to), Some(expected), "{from} to {to}");
        }
        assert_eq!(mean_between(&sorted, &half(), &half()), None);
        let steps = [Exact::zero(), Exact::from(5), Exact::from(6)];
        assert_eq!(between(&steps, &half()), Exact::ratio(5, 2));
        assert_eq!(between(&steps, &Exact::from(2)), Some(Exact::from(6)));
    }
}
