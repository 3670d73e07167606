//! Organisations that sent several returns: of how many returns it takes to be sure that they are of enough organisations.
//!
//! What is told must rest on k organisations. Where one stands in the figures with several returns, about its parts, k returns may be of one
//! alone; so many are asked for that they are of k organisations, whichever these are.

use std::iter::repeat;

use crate::figure::Disclosure;
use crate::framework::FrameworkId;
use crate::season::Season;
use crate::statistics::Coverage;
use crate::statistics::coverage::each;

/// Returns the limits of a framework's figures in returns: as many as are of so many organisations for certain.
pub(crate) fn in_returns(coverage: &Coverage, limits: Disclosure) -> Disclosure {
    let enough = |organisations| enough(&coverage.each, organisations);
    Disclosure { k: enough(limits.k), quantiles: enough(limits.quantiles), ..limits }
}

/// Returns how many returns that count are of k organisations for certain.
pub(super) fn counted(season: &Season, framework: &FrameworkId) -> usize {
    let mine = season.counted().filter(|sent| sent.review.framework.as_ref() == Some(framework));
    enough(&each(mine), season.settings.disclosure.k)
}

/// Returns how many returns are of one organisation besides so many others, for certain.
pub(crate) fn besides(coverage: &Coverage, others: usize) -> usize {
    enough(&coverage.each, others + 1).saturating_sub(1)
}

/// Returns how many returns are of so many organisations, whichever they are of: one more than fewer organisations can have.
fn enough(each: &[usize], organisations: usize) -> usize {
    let fewer = organisations.saturating_sub(1);
    each.iter().chain(repeat(&1)).take(fewer).sum::<usize>() + organisations.min(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::framework::Framework;
    use crate::review::Review;
    use crate::season::{Surroundings, sample};
    use crate::statistics::Statistics;

    /// Returns the returns of organisations of one region, each about so many of its parts.
    fn of_region(framework: &Framework, region: &str, organisations: u32, parts: u32) -> Vec<Review> {
        let review = |number: u32, part: u32| {
            let answers: Vec<Option<u32>> = (0..12).map(|at| Some((number * 5 + part * 3 + at * at) % 3)).collect();
            let name = format!("{region} {number}");
            let mut review = sample::review(framework, &name, "Self-assessment", &answers);
            review.file = format!("{name} {part}.xlsx");
            review.fields.insert("region".into(), region.into());
            review.fields.extend((parts > 1).then(|| ("directorate".into(), format!("Part {part}").as_str().into())));
            review
        };
        (0..organisations)
            .flat_map(|number| (0..parts).map(move |part| (number, part)))
            .map(|(n, p)| review(n, p))
            .collect()
    }

    #[test]
    fn nothing_is_told_of_a_region_in_which_two_organisations_sent_six_returns() {
        let frameworks = [sample::of_units(sample::usual())];
        for (parts, is_told) in [(1, true), (3, false)] {
            let isle = of_region(&frameworks[0], "Isle", if parts == 1 { 6 } else { 2 }, parts);
            let others = ["North", "South"].map(|region| of_region(&frameworks[0], region, 12, 1));
            let reviews: Vec<Review> = others.into_iter().flatten().chain(isle).collect();
            let season = Season::new(&frameworks, Surroundings::default(), reviews);
            let published = Statistics::published(&season).unwrap();
            let of = published.of("sample").unwrap();
            let told: Vec<&str> = of
                .groups
                .iter()
                .filter(|row| row.by == "region" && row.totals.mean.is_shown())
                .filter_map(|row| row.group.as_deref())
                .collect();
            assert_eq!(told.contains(&"Isle"), is_told, "{parts}: {told:?}");
        }
    }

    #[test]
    fn so_many_returns_are_of_enough_organisations_whichever_they_are_of() {
        for (sizes, expected) in
            [(&[1, 1, 1, 1, 1, 1][..], 5), (&[3, 1, 1, 1, 1, 1], 7), (&[4, 3, 2, 2, 2, 1], 12), (&[6, 1], 10), (&[], 5)]
        {
            assert_eq!(enough(sizes, 5), expected, "{sizes:?}");
        }
        assert_eq!((enough(&[6, 1], 1), enough(&[6, 1], 0)), (1, 0));
    }
}
