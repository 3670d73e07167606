//! Whose strengths are named in what is passed on: theirs who agreed, as the season's settings say.

use std::collections::BTreeSet;

use crate::season::Season;
use crate::statistics::FrameworkStatistics;
use crate::wording::Wording;

/// Keeps of those with the best answer the organisations that share their strengths, and none where so many are named that fewer
/// than k others are left.
pub(super) fn may_be_shared(framework: &mut FrameworkStatistics, season: &Season) {
    let shared: BTreeSet<Wording> = season.settings.shared_strengths.iter().map(|name| Wording::of(name)).collect();
    let k = season.settings.disclosure.k;
    let all = framework.coverage.organisations;
    for row in framework.strongest.iter_mut().chain(&mut framework.weakest) {
        row.organisations.retain(|name| shared.contains(&Wording::of(name)));
        if all < row.organisations.len() + k {
            row.organisations = Vec::new();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Disclosure;
    use crate::season::{Settings, Surroundings, sample};
    use crate::statistics::Statistics;

    /// Returns who is named with a strength in what is passed on of so many organisations that answer alike, where these share theirs.
    fn named(organisations: usize, shared: &[&str], k: usize) -> BTreeSet<String> {
        let frameworks = [sample::usual()];
        let name = |number: usize| format!("Organisation {number:02}");
        let answers = |number: usize| -> Vec<Option<u32>> {
            (0..12)
                .map(|place| Some(if number.is_multiple_of(2) || place == 0 && number % 4 == 3 { 2 } else { 1 }))
                .collect()
        };
        let review = |number| sample::review(&frameworks[0], &name(number), "Self-assessment", &answers(number));
        let settings = Settings {
            shared_strengths: shared.iter().map(ToString::to_string).collect(),
            disclosure: Disclosure { k, ..Disclosure::default() },
            ..Settings::default()
        };
        let surroundings = Surroundings { settings, ..Surroundings::default() };
        let season = Season::new(&frameworks, surroundings, (0..organisations).map(review).collect());
        let published = Statistics::published(&season).unwrap();
        let of = &published.frameworks[0];
        let named: BTreeSet<String> =
            of.strongest.iter().chain(&of.weakest).flat_map(|row| row.organisations.clone()).collect();
        let told = format!("{published:?}");
        assert!((0..organisations).map(name).all(|name| named.contains(&name) || !told.contains(&name)), "{told}");
        named
    }

    #[test]
    fn only_those_who_share_their_strengths_are_named() {
        assert_eq!(named(20, &[], 5), BTreeSet::new());
        assert_eq!(named(20, &["Nobody Known"], 5), BTreeSet::new());
        let two = BTreeSet::from(["Organisation 03".to_owned(), "Organisation 04".to_owned()]);
        assert_eq!(named(20, &["organisation 03", "Organisation 04", "Nobody Known"], 5), two);
    }

    #[test]
    fn nobody_is_named_where_fewer_than_k_others_are_left() {
        let names: Vec<String> = (0..10).map(|number| format!("Organisation {number:02}")).collect();
        for (shared, k, expected) in [(5, 5, 3), (6, 5, 3), (10, 5, 5), (7, 3, 5), (8, 3, 6), (10, 3, 7)] {
            let sharing: Vec<&str> = names.iter().take(shared).map(String::as_str).collect();
            // Seven have the best answer to the first question, which is told where three others are enough, and half of all to the others.
            let told = named(10, &sharing, k);
            assert!(told.len() <= 10 - k, "{shared} share with k = {k}: {told:?}");
            assert_eq!(told.len(), expected, "{shared} share with k = {k}: {told:?}");
        }
    }
}
