//! Which returns two groupings together tell apart.
//!
//! Groups of two groupings are joined by the returns that they share. Where a few joints hold two sides together, what the groups of one
//! side come to less those of the other tells of the returns in these joints alone.

use std::collections::{BTreeMap, BTreeSet};

/// How many returns each two groups share, by group.
type Joints = BTreeMap<usize, BTreeMap<usize, usize>>;

/// Returns the fewest returns that sums over the groups of two groupings tell of by themselves, given the group of each return in
/// either; `None` where they tell of none but whole groups.
pub(super) fn fewest_told_apart(pairs: &[(usize, usize)]) -> Option<usize> {
    let mut joints = Joints::new();
    // Groups of the two groupings have numbers of their own.
    for (one, other) in pairs.iter().map(|(one, other)| (2 * one, 2 * other + 1)) {
        *joints.entry(one).or_default().entry(other).or_default() += 1;
        *joints.entry(other).or_default().entry(one).or_default() += 1;
    }
    let mut fewest = None;
    while let Some(first) = joints.keys().next().copied() {
        let joined = reached(&joints, first);
        let (mine, rest) = joints.into_iter().partition(|(group, _)| joined.contains(group));
        joints = rest;
        fewest = fewest.into_iter().chain(least_cut(mine)).min();
    }
    fewest
}

/// Returns the groups that hang together with one.
fn reached(joints: &Joints, first: usize) -> BTreeSet<usize> {
    let (mut joined, mut next) = (BTreeSet::from([first]), vec![first]);
    while let Some(group) = next.pop() {
        next.extend(joints[&group].keys().filter(|other| joined.insert(**other)));
    }
    joined
}

/// Returns the least that must be cut to part groups that hang together (after Stoer and Wagner); `None` where there is but one.
fn least_cut(mut joints: Joints) -> Option<usize> {
    let mut least = None;
    while joints.len() > 1 {
        let order = by_joints(&joints);
        let [.., (before, _), (end, cut)] = order[..] else { break };
        least = least.into_iter().chain([cut]).min();
        let gone = joints.remove(&end).unwrap_or_default();
        for (other, weight) in gone {
            let Some(theirs) = joints.get_mut(&other) else { continue };
            theirs.remove(&end);
            if other != before {
                *theirs.entry(before).or_default() += weight;
                *joints.entry(before).or_default().entry(other).or_default() += weight;
            }
        }
    }
    least
}

/// Returns the groups, each the most joined to all before it, with how much that is.
fn by_joints(joints: &Joints) -> Vec<(usize, usize)> {
    let mut left: BTreeMap<usize, usize> = joints.keys().map(|group| (*group, 0)).collect();
    let mut order = Vec::new();
    while let Some((group, joined)) =
        left.iter().max_by_key(|(_, joined)| **joined).map(|(group, joined)| (*group, *joined))
    {
        left.remove(&group);
        for (other, weight) in &joints[&group] {
            if let Some(joined) = left.get_mut(other) {
                *joined += weight;
            }
        }
        order.push((group, joined));
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::season::sample::Dice;

    /// Returns the same by trying all ways to part the groups.
    fn tried(pairs: &[(usize, usize)], groups: usize) -> Option<usize> {
        let sides = (0_usize..1 << (2 * groups)).map(|side| {
            let is_cut = |(one, other): &&(usize, usize)| (side >> one & 1) != (side >> (groups + other) & 1);
            pairs.iter().filter(is_cut).count()
        });
        sides.filter(|cut| *cut > 0).min()
    }

    #[test]
    fn the_fewest_that_are_told_apart_are_found() {
        let mut dice = Dice::new(9);
        for _ in 0..300 {
            let mut below = |most| usize::try_from(dice.below(most)).unwrap();
            let returns = 1 + below(30);
            let pairs: Vec<(usize, usize)> = (0..returns).map(|_| (below(4), below(4) % (1 + below(4)))).collect();
            assert_eq!(fewest_told_apart(&pairs), tried(&pairs, 4), "{pairs:?}");
        }
    }
}
