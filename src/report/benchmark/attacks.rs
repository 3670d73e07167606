//! Holds over made-up seasons that no pack, and no packs together, tell another organisation's own figures.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::document::branding::Branding;
use crate::document::letters::Letters;
use crate::figure::Disclosure;
use crate::framework::{Framework, sample as parts};
use crate::season::{Season, SeasonRecord, SeasonReturn, Settings, Surroundings, sample};
use crate::statistics::{Statistics, quantile};

/// A season of so many organisations, after another one.
fn season(frameworks: &[Framework], organisations: usize, k: usize) -> Season<'_> {
    let of = |previous, seed| {
        let settings = Settings { disclosure: Disclosure { k, ..Disclosure::default() }, ..Settings::default() };
        let surroundings = Surroundings { settings, previous, ..Surroundings::default() };
        Season::new(frameworks, surroundings, sample::reviews(&frameworks[0], organisations, seed))
    };
    let last = SeasonRecord::of(&of(None, 3));
    of(Some(last), 11)
}

/// Runs a check over the packs of seasons of many sizes and rules.
fn over_seasons(check: impl Fn(&Season, &Statistics, &[Pack], usize)) {
    let frameworks = [sample::usual()];
    let sizes = [(1, 5), (2, 1), (4, 3), (5, 5), (6, 5), (8, 5), (9, 2), (17, 10), (28, 5)];
    for (organisations, k) in sizes {
        let season = season(&frameworks, organisations, k);
        let published = Statistics::published(&season).unwrap();
        let packs: Vec<Pack> =
            season.returns.iter().filter_map(|sent| Pack::of(&season, sent, published.of("sample"))).collect();
        assert_eq!(packs.is_empty(), organisations <= k, "{organisations} and {k}");
        check(&season, &published, &packs, k);
    }
}

/// A setting without branding or days.
fn setting() -> Setting {
    Setting {
        branding: Branding::default(),
        date: None,
        data_date: None,
        letter_date: None,
        letters: Letters::default(),
    }
}

#[test]
fn of_a_total_that_is_open_a_pack_tells_what_it_can_come_to() {
    let frameworks = [sample::usual()];
    let season = season(&frameworks, 28, 5);
    let published = Statistics::published(&season).unwrap();
    let is_open = |sent: &&SeasonReturn| sent.review.outcome.as_ref().is_some_and(|of| of.total.is_none());
    let mut sent = season.headline().find(is_open).unwrap().clone();
    let outcome = sent.review.outcome.as_mut().unwrap();
    (outcome.lowest, outcome.highest) = (Some(Exact::from(40)), Some(Exact::from(60)));
    let pack = Pack::of(&season, &sent, published.of("sample")).unwrap();
    let record = sent.review.outcome.as_ref().unwrap();
    let range = of_return::gauge::total(pack.framework, record).unwrap();
    let told = format!("{:?}", figures(&pack, &pack.rows()).unwrap());
    assert!(range.contains(" to ") && told.contains(&range), "{range}: {told}");
}

#[test]
fn no_pack_tells_of_a_region_in_which_two_organisations_sent_six_returns() {
    let frameworks = [sample::of_units(sample::usual())];
    for (parts, is_told) in [(1, true), (3, false)] {
        let review = |region: &str, number: usize, part: usize| {
            let answer = |at: usize| Some(u32::try_from((number * 5 + part * 3 + at * at) % 3).unwrap());
            let answers: Vec<Option<u32>> = (0..12).map(answer).collect();
            let mut review = sample::review(&frameworks[0], &format!("{region} {number}"), "Self", &answers);
            review.file = format!("{region} {number} {part}.xlsx");
            review.fields.insert("region".into(), region.into());
            review.fields.extend((parts > 1).then(|| ("directorate".into(), format!("Part {part}").as_str().into())));
            review
        };
        let isle = (0..6).map(|number| review("Isle", number / parts, number % parts));
        let others = (0..24).map(|number| review(["North", "South"][number % 2], number, 0));
        let season = Season::new(&frameworks, Surroundings::default(), others.chain(isle).collect());
        // Whatever is told of groups, a pack tells of none in which there are too few others.
        let statistics = Statistics::of_season(&season).unwrap();
        let packs = season.headline().filter_map(|sent| Pack::of(&season, sent, statistics.of("sample")));
        let has_isle = |pack: Pack| pack.rows().iter().any(|row| row.title.ends_with(": Isle"));
        assert_eq!(packs.filter(|pack| has_isle(*pack)).count() > 0, is_told, "{parts}");
    }
}

#[test]
fn a_scheme_that_sums_nothing_up_has_no_outcome_and_no_total_in_its_packs() {
    let mut framework = sample::usual();
    framework.outcome.bands.clear();
    framework.outcome.total = parts::expression("none");
    for (frameworks, expected) in [([sample::usual()], true), ([framework], false)] {
        let season = season(&frameworks, 8, 5);
        let published = Statistics::published(&season).unwrap();
        let sent = season.headline().next().unwrap();
        let pack = Pack::of(&season, sent, published.of("sample")).unwrap();
        let told = format!("{:?}", on_benchmark(&setting(), &pack));
        let has_rows = pack.rows().iter().any(|row| [About::Outcome, About::Total].contains(&row.about));
        assert_eq!((told.contains("Outcome, beside the"), has_rows), (expected, expected));
    }
}

#[test]
fn all_packs_tell_the_same_of_the_network() {
    over_seasons(|_, _, packs, _| {
        let mut told: BTreeMap<(About, String, String), Network> = BTreeMap::new();
        for row in packs.iter().flat_map(Pack::rows) {
            let key = (row.about, row.id.clone(), row.title.clone());
            assert_eq!(*told.entry(key).or_insert_with(|| row.network.clone()), row.network, "{row:?}");
        }
    });
}

#[test]
fn what_a_pack_tells_of_the_network_stands_in_what_is_published() {
    over_seasons(|_, published, packs, _| {
        let shown: BTreeSet<String> =
            published.figures().iter().filter_map(|figure| figure.value).map(|value| format!("{value:.3}")).collect();
        for row in packs.iter().flat_map(Pack::rows).filter(|row| row.about != About::Criterion) {
            let network = &row.network;
            for value in [&network.mean, &network.lower, &network.median, &network.upper].into_iter().flatten() {
                assert!(shown.contains(&value.to_fixed(3)), "{row:?}");
            }
        }
    });
}

#[test]
fn at_least_k_others_stand_behind_each_figure_of_the_network() {
    over_seasons(|season, _, packs, k| {
        for row in packs.iter().flat_map(Pack::rows) {
            let network = &row.network;
            let is_told = network != &Network::default();
            let behind =
                if row.about == About::Outcome { season.headline().count() } else { network.count.unwrap_or(0) };
            assert!(!is_told || behind > k, "{row:?}");
        }
    });
}

#[test]
fn no_pack_names_another_organisation_or_file() {
    over_seasons(|season, _, packs, _| {
        let setting = Setting {
            branding: Branding::default(),
            date: None,
            data_date: None,
            letter_date: None,
            letters: Letters::default(),
        };
        for pack in packs {
            let told = format!("{:?}{:?}", on_benchmark(&setting, pack), pack.rows());
            let mine = pack.sent.organisation.as_deref();
            for sent in season.headline().filter(|sent| sent.organisation.as_deref() != mine) {
                assert!(!told.contains(sent.organisation.as_deref().unwrap()), "{:?}", sent.organisation);
                assert!(!told.contains(&sent.review.file), "{}", sent.review.file);
            }
        }
    });
}

/// Returns all ways in which so many answers can be one of three grades.
fn ways(count: usize) -> impl Iterator<Item = [usize; 3]> {
    (0..=count).flat_map(move |first| (0..=count - first).map(move |second| [first, second, count - first - second]))
}

/// Whether answers have these quartiles.
fn has_quartiles(grades: [usize; 3], network: &Network) -> bool {
    let answers: Vec<f64> =
        grades.iter().zip([0.0, 1.0, 2.0]).flat_map(|(count, points)| std::iter::repeat_n(points, *count)).collect();
    let of = |share| quantile(&answers, share).map(|value| format!("{value:.6}"));
    let told = |value: &Option<Exact>| value.as_ref().map(|value| format!("{:.6}", value.to_float()));
    [of(0.25), of(0.5), of(0.75)] == [&network.lower, &network.median, &network.upper].map(told)
}

/// Returns which grades the others can have, as far as whoever knows some answers can tell.
fn possible(network: &Network, known: [usize; 3]) -> BTreeSet<usize> {
    let fits = ways(network.count.unwrap()).filter(|grades| has_quartiles(*grades, network));
    let left = fits.filter_map(|grades| {
        let left: Vec<usize> = grades.iter().zip(known).filter_map(|(all, mine)| all.checked_sub(mine)).collect();
        (left.len() == 3).then_some(left)
    });
    left.flat_map(|left| (0..3).filter(move |grade| left[*grade] > 0)).collect()
}

#[test]
fn nobody_s_answer_follows_from_the_quartiles_and_the_own_one() {
    over_seasons(|_, _, packs, _| {
        for row in packs.iter().flat_map(Pack::rows).filter(|row| row.about == About::Criterion) {
            let Some((own, _)) = row.own.as_ref().zip(row.network.count) else { continue };
            let own = usize::try_from(own.to_whole().unwrap()).unwrap();
            let known: [usize; 3] = std::array::from_fn(|grade| usize::from(grade == own));
            assert!(possible(&row.network, known).len() > 1, "{row:?}");
        }
    });
}

#[test]
fn where_all_but_a_few_answer_alike_nothing_is_told_to_fewer_than_k_of_them() {
    let frameworks = [sample::usual()];
    for (returns, others) in
        [6, 8, 9, 12, 20, 21, 24].into_iter().flat_map(|returns| [0, 1, 2, 4].map(|others| (returns, others)))
    {
        for (usual, odd) in [(2, 0), (2, 1), (0, 2), (1, 0), (1, 2)] {
            let of = |number: usize| [Some(if number < others { odd } else { usual }); 12];
            let name = |number: usize| format!("Organisation {number:02}");
            let reviews = (0..returns).map(|number| sample::review(&frameworks[0], &name(number), "Self", &of(number)));
            let season = Season::new(&frameworks, Surroundings::default(), reviews.collect());
            let statistics = Statistics::of_season(&season).unwrap();
            let pack = Pack::of(&season, &season.returns[0], statistics.of("sample")).unwrap();
            let rows = pack.rows();
            let row = rows.iter().find(|row| row.about == About::Criterion).unwrap();
            if row.network.count.is_some() {
                let mut known = [0; 3];
                known[usize::try_from(odd).unwrap()] = others;
                assert!(possible(&row.network, known).len() > 1, "{others} of {returns}: {row:?}");
            }
        }
    }
}
