//! From how few organisations, and how much alike, nothing may be told of their outcomes.
//!
//! How many organisations have an outcome is no secret, but whose it is. Whoever is one of them knows its own: so there must be k
//! others, and fewer than k who have another than most would tell what most have.

use crate::figure::{Figure, Figured, Share};
use crate::season::Season;
use crate::statistics::{BandRow, FrameworkStatistics, PartRow};
use crate::words::INCOMPLETE;

/// Whether so many organisations sent returns on a framework that one of them that subtracts itself still sees as many as it takes.
pub(super) fn are_enough(framework: &FrameworkStatistics, season: &Season) -> bool {
    let k = season.settings.disclosure.k;
    k <= 1 || framework.coverage.organisations > k
}

/// Hides the outcomes of those that are judged by the same bands, where one of them could tell what the others came to; and how many
/// outcomes are open, where all others' are.
pub(super) fn protect(rows: &mut [BandRow], k: usize) {
    let mut lists: Vec<Vec<String>> =
        rows.iter().filter(|row| row.band != INCOMPLETE).map(|row| row.kinds.clone()).collect();
    lists.dedup();
    for kinds in lists {
        let mut mine: Vec<&mut BandRow> =
            rows.iter_mut().filter(|row| row.band != INCOMPLETE && row.kinds == kinds).collect();
        hide_if_told(&mut mine, k);
    }
    hide_what_few_can_become(rows, k);
    let mut open: Vec<&mut BandRow> = rows.iter_mut().filter(|row| row.band == INCOMPLETE).collect();
    hide_if_told(&mut open, k);
}

/// Hides what open outcomes can become, where those are few: it follows from what these answered.
fn hide_what_few_can_become(rows: &mut [BandRow], k: usize) {
    let open: usize = rows.iter().filter(|row| row.band == INCOMPLETE).map(|row| row.share.count.counted()).sum();
    if !(1..k).contains(&open) {
        return;
    }
    for BandRow { share: Share { low, high, .. }, at_most, .. } in rows.iter_mut().filter(|row| row.band != INCOMPLETE)
    {
        [at_most, low, high].into_iter().for_each(Figure::conceal);
    }
}

/// Hides what parts of the scheme come to by a grade of their own, where an organisation could tell what the others came to.
pub(super) fn protect_parts(rows: &mut [PartRow], k: usize) {
    for row in rows {
        let most = row.bands.iter().map(|band| band.count.counted()).max().unwrap_or_default();
        if are_alike(row.settled, most, k) {
            row.each_mut(&mut Figure::conceal);
        }
    }
}

/// Whether so few of those judged don't have the same as the most that an organisation could tell what others came to. They are fewer than
/// k, so that whoever knows this, and that it is hidden by it, still doesn't know how many they are.
pub(super) const fn are_alike(judged: usize, most: usize, k: usize) -> bool {
    k > 1 && judged > 0 && (judged <= k || judged.saturating_sub(most) < k)
}

/// Whether no outcome of these is hidden.
pub(super) fn are_told(rows: &[BandRow]) -> bool {
    rows.iter().all(|row| row.share.count.is_shown())
}

/// Hides the outcomes of those counted together where they are few, or all but few have the same.
fn hide_if_told(rows: &mut [&mut BandRow], k: usize) {
    let judged = rows.first().map_or(0, |row| row.share.share.n);
    let alike = rows.iter().map(|row| row.share.count.counted()).max().unwrap_or_default();
    if are_alike(judged, alike, k) {
        for row in rows.iter_mut() {
            row.each_mut(&mut Figure::conceal);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn what_few_open_outcomes_can_become_is_not_told() {
        use crate::season::{Season, Surroundings, sample};
        use crate::statistics::Statistics;
        for (blanks, is_told) in [(0, true), (1, false), (4, false), (5, true)] {
            let frameworks = [sample::usual()];
            let mut reviews = sample::reviews(&frameworks[0], 40, 3);
            reviews.retain(|review| review.kind.as_deref() == Some("Self-assessment"));
            for (number, review) in reviews.iter_mut().enumerate() {
                let answers: Vec<Option<u32>> =
                    (0..12).map(|at| (number >= blanks || at > 0).then_some([2, 1, 0][number % 3])).collect();
                let organisation = review.organisation.clone().unwrap();
                *review = sample::review(&frameworks[0], &organisation, "Self-assessment", &answers);
            }
            let season = Season::new(&frameworks, Surroundings::default(), reviews);
            let team = &Statistics::of_season(&season).unwrap().frameworks[0];
            assert!(team.outcomes.iter().all(|row| row.at_most.is_shown()), "{blanks}");
            let published = &Statistics::published(&season).unwrap().frameworks[0];
            let bands = published.outcomes.iter().filter(|row| row.band != INCOMPLETE);
            assert!(
                bands.clone().all(|row| row.share.count.is_shown() && row.at_most.is_shown() == is_told),
                "{blanks}"
            );
        }
    }

    #[test]
    fn whoever_knows_when_outcomes_are_hidden_leaves_k_numbers_for_each() {
        for k in 2..7_usize {
            for judged in 0..24_usize {
                let tables =
                    (0..=judged).flat_map(|one| (0..=judged - one).map(move |two| [one, two, judged - one - two]));
                let hidden: Vec<[usize; 3]> =
                    tables.filter(|counts| are_alike(judged, *counts.iter().max().unwrap(), k)).collect();
                for band in 0..3 {
                    let values: BTreeSet<usize> = hidden.iter().map(|counts| counts[band]).collect();
                    let most = k.min(judged + 1);
                    assert!(hidden.is_empty() || values.len() >= most, "k {k}, {judged} judged: {values:?}");
                }
            }
        }
    }
}
