//! Attacks on answers to criteria, by whoever knows its own and fewer than k others'.

use super::{BTreeSet, Dice, File, K, framework, sample};
use crate::framework::Framework;
use crate::season::{Season, Surroundings};

/// The sections, with how many criteria each has.
const SECTIONS: [(&str, usize); 3] = [("1", 5), ("2", 4), ("3", 3)];

/// Returns a season of so many organisations in which some criteria are answered alike by nearly all.
fn season(frameworks: &[Framework; 1], organisations: usize, seed: u64) -> Season<'_> {
    let mut dice = Dice::new(seed);
    let mut of_criterion = || {
        let others = [0, 0, 1, 2, 4, 5, 7, 12][usize::try_from(dice.below(8)).unwrap()];
        let (usual, odd) = [(2, 0), (2, 1), (0, 2), (1, 0), (1, 2)][usize::try_from(dice.below(5)).unwrap()];
        (others, usual, odd, usize::try_from(dice.below(20)).unwrap())
    };
    let criteria: Vec<(usize, u32, u32, usize)> = (0..12).map(|_| of_criterion()).collect();
    let answers = |number: usize| -> Vec<Option<u32>> {
        let of = |(others, usual, odd, first): &(usize, u32, u32, usize)| {
            Some(if (number + first) % organisations < *others { *odd } else { *usual })
        };
        criteria.iter().map(of).collect()
    };
    let name = |number: usize| format!("Organisation {number:02}");
    let review = |number| sample::review(&frameworks[0], &name(number), "Self-assessment", &answers(number));
    Season::new(frameworks, Surroundings::default(), (0..organisations).map(review).collect())
}

/// Runs an attack on the files of seasons of many sizes.
fn on_seasons(mut attack: impl FnMut(&File, usize)) {
    let frameworks = framework();
    for seed in 1..60_u64 {
        let organisations = 6 + usize::try_from(seed % 24).unwrap();
        let season = season(&frameworks, organisations, seed);
        attack(&File::of(&season), organisations);
    }
}

/// Returns how many give each grade of a criterion; `None` where a count isn't told.
fn counts(file: &File, id: &str) -> Option<[i64; 3]> {
    let [worst, middle, best] = ["0", "1", "2"].map(|grade| file.count(&format!("criterion/{id}/grade/{grade}")));
    Some([worst?, middle?, best?])
}

#[test]
fn nobody_s_answer_follows_from_the_counts_and_those_of_fewer_than_k() {
    let (mut told, mut hidden) = (0, 0);
    on_seasons(|file, _| {
        for id in file.between("criterion/", "/mean") {
            let counts = counts(file, &id);
            assert_eq!(counts.is_some(), file.value(&format!("criterion/{id}/mean")).is_some(), "{id}");
            let Some(counts) = counts else {
                let any = file.0.iter().filter(|(figure, _)| figure.starts_with(&format!("criterion/{id}/")));
                assert_eq!(any.filter(|(_, figure)| figure.value.is_some()).count(), 0, "{id} is told in part");
                hidden += 1;
                continue;
            };
            told += 1;
            let others = counts.iter().sum::<i64>() - counts.iter().max().unwrap();
            assert!(others >= i64::try_from(K).unwrap(), "{id}: {counts:?}");
        }
    });
    assert!(told > 50 && hidden > 50, "{told} told and {hidden} hidden");
}

/// Whether what a whole comes to, less those parts of it that are told, leaves open of k answers whether they are the best or the worst;
/// nothing is to be left where all parts are told.
#[expect(clippy::float_arithmetic, reason = "an attacker reckons with what is told")]
fn leaves_open(whole: f64, told: f64, most_hidden: f64) -> bool {
    let rest = whole - told;
    let nearly_k = K as f64 - 0.6;
    most_hidden == 0.0 || (rest >= nearly_k && most_hidden - rest >= nearly_k)
}

#[test]
fn what_a_section_comes_to_less_the_criteria_that_are_told_is_open() {
    let mut beside_hidden = 0;
    on_seasons(|file, organisations| {
        for (section, criteria) in SECTIONS {
            let Some(mean) = file.value(&format!("section/{section}/mean")) else { continue };
            let most = 2.0 * organisations as f64;
            let told: Vec<f64> = (1..=criteria)
                .filter_map(|number| counts(file, &format!("{section}.{number}")))
                .map(|[_, middle, best]| (middle + 2 * best) as f64)
                .collect();
            assert_ne!(criteria - told.len(), 1, "what the others leave is what one criterion comes to");
            let hidden = (criteria - told.len()) as f64 * most;
            let whole = mean / 100.0 * criteria as f64 * most;
            assert!(
                leaves_open(whole, told.iter().sum(), hidden),
                "section {section} of {organisations}: {whole}, {told:?}"
            );
            beside_hidden += usize::from(hidden > 0.0);
        }
    });
    assert!(beside_hidden > 20, "{beside_hidden}");
}

#[test]
fn what_the_total_comes_to_less_the_sections_that_are_told_is_open() {
    let mut seen = BTreeSet::new();
    on_seasons(|file, organisations| {
        let Some(mean) = file.value("total/mean") else { return };
        let all = organisations as f64;
        let of = |(section, criteria): (&str, usize)| {
            file.value(&format!("section/{section}/mean")).map(|mean| mean / 100.0 * criteria as f64 * 2.0 * all)
        };
        let told: f64 = SECTIONS.into_iter().filter_map(of).sum();
        let hidden: usize =
            SECTIONS.into_iter().filter(|section| of(*section).is_none()).map(|(_, criteria)| criteria).sum();
        assert!(
            leaves_open(mean / 100.0 * 24.0 * all, told, hidden as f64 * 2.0 * all),
            "{organisations}: {mean}, {told}"
        );
        seen.insert(hidden > 0);
    });
    assert!(seen.contains(&false), "{seen:?}");
}
