//! The statistics beside those of other programs; `tests/oracles` has the scripts that made the vectors and say how.

#![expect(clippy::float_arithmetic, reason = "statistics are near the oracles'")]

use serde::Deserialize;

use super::agreement::{Pair, gwet, kappa, kappa_interval, krippendorff};
use super::consistency::{
    alpha, alpha_interval, alpha_without, below, between_criteria, between_criteria_interval, correlation_interval,
    with_rest,
};
use super::dispersion::{Level, Yardstick};
use super::interval::{binomial_range, of_mean, of_part, wilson};
use super::intraclass::intraclass;
use super::leniency::{Model, leniencies};
use super::moderated::{Stratum, estimate};
use super::rank::ranked;
use super::significance::{adjusted, between_groups, gains_and_losses, signed_rank};
use super::slope::{kendall, theil_sen};
use super::table::spread_of;
use super::{AgreementRow, Figure, Spread, Statistics};
use crate::exact::Exact;
use crate::figure::{About, Disclosure, FigureOf, FigureState};
use crate::framework::{Framework, Grades};
use crate::review::Review;
use crate::season::{Season, SeasonRecord, Surroundings, sample};

#[derive(Deserialize)]
struct Vectors {
    spreads: Vec<SpreadVector>,
    pairs: Vec<PairVector>,
    items: Vec<ItemVector>,
    shares: Vec<ShareVector>,
    chances: Vec<ChanceVector>,
    bootstraps: Vec<BootstrapVector>,
    signed_ranks: Vec<SignedRankVector>,
    adjusted: Vec<AdjustedVector>,
    moved: Vec<MovedVector>,
    totals: Vec<TotalsVector>,
    trends: Vec<TrendVector>,
}

/// Two sides that answer the criteria of a season, a row an organisation.
#[derive(Deserialize)]
struct SidesVector {
    own: Vec<Vec<u32>>,
    external: Vec<Vec<u32>>,
    overall: SidesRow,
    sections: Vec<SidesRow>,
    criteria: Vec<SidesRow>,
    totals: SidesTotals,
}

#[derive(Deserialize)]
struct SidesRow {
    about: Option<String>,
    pairs: usize,
    exact: f64,
    bias: f64,
    limits: [f64; 2],
    kappa: f64,
    krippendorff: f64,
    chance: Option<f64>,
    chance_adjusted: Option<f64>,
}

#[derive(Deserialize)]
struct SidesTotals {
    mean: f64,
    median: f64,
    chance: f64,
    correlation: f64,
}

/// Answers of two seasons, a row an organisation, and what changed.
#[derive(Deserialize)]
struct ChangeVector {
    before: Vec<Vec<u32>>,
    now: Vec<Vec<u32>>,
    total: ChangeRow,
    met: MetRow,
    sections: Vec<ChangeRow>,
    criteria: Vec<ChangeRow>,
}

#[derive(Deserialize)]
struct ChangeRow {
    about: Option<String>,
    mean: f64,
    median: f64,
    chance: f64,
    chance_adjusted: f64,
}

#[derive(Deserialize)]
struct MetRow {
    gained: f64,
    lost: f64,
    chance: f64,
    chance_adjusted: f64,
}

/// What moderation of some strata says of those that nobody looked at.
#[derive(Deserialize)]
struct ModerationVectors {
    estimates: Vec<EstimateVector>,
}

#[derive(Deserialize)]
struct EstimateVector {
    strata: Vec<[usize; 3]>,
    changed: f64,
    low: f64,
    high: f64,
}

/// What assessors' caseloads come to.
#[derive(Deserialize)]
struct AssessorVectors {
    assessors: Vec<AssessorVector>,
}

#[derive(Deserialize)]
struct AssessorVector {
    caseloads: Vec<Vec<f64>>,
    within: f64,
    between: f64,
    mean: f64,
    means: Vec<[f64; 3]>,
    shrunken: Vec<[f64; 3]>,
    tolerance: f64,
    first: usize,
    chance: f64,
}

#[derive(Deserialize)]
struct BootstrapVector {
    own: Vec<Vec<usize>>,
    external: Vec<Vec<usize>>,
    low: f64,
    high: f64,
}

#[derive(Deserialize)]
struct SignedRankVector {
    differences: Vec<f64>,
    p: f64,
}

#[derive(Deserialize)]
struct AdjustedVector {
    p: Vec<f64>,
    adjusted: Vec<f64>,
}

#[derive(Deserialize)]
struct MovedVector {
    gained: usize,
    lost: usize,
    p: f64,
}

#[derive(Deserialize)]
struct TotalsVector {
    own: Vec<f64>,
    external: Vec<f64>,
    icc: f64,
    low: f64,
    high: f64,
}

#[derive(Deserialize)]
struct TrendVector {
    values: Vec<f64>,
    slope: f64,
    tau: f64,
}

#[derive(Deserialize)]
struct GwetVectors {
    gwet: Vec<f64>,
}

#[derive(Deserialize)]
struct SpreadVector {
    values: Vec<f64>,
    mean: f64,
    quartiles: [f64; 3],
    deviation: f64,
}

#[derive(Deserialize)]
struct PairVector {
    steps: usize,
    own: Vec<usize>,
    external: Vec<usize>,
    kappa: f64,
    krippendorff: f64,
}

#[derive(Deserialize)]
struct ItemVector {
    answers: Vec<Vec<f64>>,
    alpha: f64,
    low: f64,
    high: f64,
    rest: Vec<f64>,
    without: Vec<f64>,
}

#[derive(Deserialize)]
struct ShareVector {
    count: usize,
    n: usize,
    low: f64,
    high: f64,
}

#[derive(Deserialize)]
struct ChanceVector {
    n: usize,
    p: f64,
    tail: f64,
    low: usize,
    high: usize,
}

/// What is expected of returns, how criteria correlate, and how sure places are.
#[derive(Deserialize)]
struct Yardsticks {
    expected: Vec<ExpectedVector>,
    items: Vec<CorrelationVector>,
    places: Vec<PlacesVector>,
    parts: Vec<PartVector>,
}

#[derive(Deserialize)]
struct PartVector {
    count: usize,
    n: usize,
    all: usize,
    low: f64,
    high: f64,
}

#[derive(Deserialize)]
struct ExpectedVector {
    counts: Vec<(usize, usize)>,
    share: f64,
    between: f64,
    ends: Vec<(f64, f64)>,
}

#[derive(Deserialize)]
struct CorrelationVector {
    answers: Vec<Vec<f64>>,
    mean: f64,
    low: f64,
    high: f64,
    rest: Vec<f64>,
    rest_low: Vec<f64>,
    rest_high: Vec<f64>,
    out_of_step: Vec<f64>,
}

#[derive(Deserialize)]
struct PlacesVector {
    answers: Vec<Vec<f64>>,
    low: Vec<usize>,
    high: Vec<usize>,
}

#[derive(Deserialize)]
struct Groups {
    groups: Vec<GroupsVector>,
}

#[derive(Deserialize)]
struct GroupsVector {
    groups: Vec<Vec<f64>>,
    chance: f64,
    low: Vec<f64>,
    high: Vec<f64>,
}

fn yardsticks() -> Yardsticks {
    serde_json::from_str(include_str!("../../tests/oracles/yardsticks.json")).unwrap()
}

fn vectors() -> Vectors {
    serde_json::from_str(include_str!("../../tests/oracles/statistics.json")).unwrap()
}

#[track_caller]
fn near(computed: Option<f64>, expected: f64) {
    assert!(computed.is_some_and(|computed| (computed - expected).abs() < 1e-9), "{computed:?}, expected {expected}");
}

#[test]
fn spreads_are_the_oracles() {
    let limits = Disclosure { k: 0, quantiles: 0, rounding: 1 };
    let about = About::new("sample", FigureOf::Total(None), limits);
    for vector in vectors().spreads {
        let spread = spread_of(vector.values, &about).unwrap();
        near(spread.mean.value, vector.mean);
        let quartiles = [&spread.lower_quartile, &spread.median, &spread.upper_quartile];
        quartiles.iter().zip(vector.quartiles).for_each(|(figure, expected)| near(figure.value, expected));
        near(spread.deviation.value, vector.deviation);
    }
    let golden = spread_of(vec![52.0, 58.0, 61.0, 64.0, 70.0, 71.0, 77.0, 90.0], &about).unwrap();
    let quartiles = [golden.lower_quartile, golden.median, golden.upper_quartile].map(|figure| figure.value.unwrap());
    quartiles.into_iter().zip([60.25, 67.0, 72.5]).for_each(|(computed, expected)| near(Some(computed), expected));
}

#[test]
fn agreement_is_the_oracles() {
    let gwets: GwetVectors = serde_json::from_str(include_str!("../../tests/oracles/gwet.json")).unwrap();
    for (vector, expected) in vectors().pairs.into_iter().zip(gwets.gwet) {
        let pairs: Vec<Pair> = vector.own.into_iter().zip(vector.external).collect();
        near(kappa(&pairs), vector.kappa);
        near(krippendorff(&pairs, vector.steps), vector.krippendorff);
        near(gwet(&pairs, vector.steps), expected);
    }
}

/// Returns a season of a self-assessment and an external assessment of each organisation, on a scale of whole numbers from 0 to 2.
fn of_two_sides<'a>(frameworks: &'a [Framework], vector: &SidesVector) -> Season<'a> {
    let side = |kind, answers: &[Vec<u32>]| -> Vec<Review> {
        let review = |(number, answers): (usize, &Vec<u32>)| {
            let answers: Vec<Option<u32>> = answers.iter().copied().map(Some).collect();
            sample::review(&frameworks[0], &format!("Organisation {number:02}"), kind, &answers)
        };
        answers.iter().enumerate().map(review).collect()
    };
    let reviews = [side("Self-assessment", &vector.own), side("External assessment", &vector.external)].concat();
    Season::new(frameworks, Surroundings::default(), reviews)
}

#[track_caller]
fn near_sides(row: &AgreementRow, expected: &SidesRow) {
    assert_eq!((&row.about, row.pairs), (&expected.about, expected.pairs));
    near(row.exact.value, expected.exact);
    near(row.bias.value, expected.bias);
    near(row.limit_low.value, expected.limits[0]);
    near(row.limit_high.value, expected.limits[1]);
    near(row.kappa.value, expected.kappa);
    near(row.krippendorff.value, expected.krippendorff);
    expected.chance.into_iter().for_each(|chance| near(row.chance.value, chance));
    expected.chance_adjusted.into_iter().for_each(|chance| near(row.chance_adjusted.value, chance));
}

#[test]
fn the_sides_of_a_season_agree_as_far_as_the_oracle_says() {
    let vector: SidesVector = serde_json::from_str(include_str!("../../tests/oracles/sides.json")).unwrap();
    let mut framework = sample::framework(&[("1", "Leadership", 3), ("2", "Delivery", 2)]);
    let grades = Grades::Range { minimum: Exact::zero(), maximum: Exact::from(2), step: Some(Exact::one()) };
    framework.scales.values_mut().for_each(|scale| scale.grades = grades.clone());
    let frameworks = [framework];
    let statistics = Statistics::of_season(&of_two_sides(&frameworks, &vector)).unwrap();
    let agreement = statistics.of("sample").unwrap().agreement.as_ref().unwrap();
    near_sides(&agreement.overall, &vector.overall);
    agreement.sections.iter().zip(&vector.sections).for_each(|(row, expected)| near_sides(row, expected));
    for expected in &vector.criteria {
        near_sides(agreement.criteria.iter().find(|row| row.about == expected.about).unwrap(), expected);
    }
    near(agreement.totals.difference.mean.value, vector.totals.mean);
    near(agreement.totals.difference.median.value, vector.totals.median);
    near(agreement.totals.chance.value, vector.totals.chance);
    near(agreement.totals.correlation.value, vector.totals.correlation);
    assert_eq!(agreement.overall.adjacent.state(), FigureState::Undefined);
}

#[track_caller]
fn near_change(difference: &Spread, [chance, adjusted]: [&Figure; 2], expected: &ChangeRow) {
    near(difference.mean.value, expected.mean);
    near(difference.median.value, expected.median);
    near(chance.value, expected.chance);
    near(adjusted.value, expected.chance_adjusted);
}

#[test]
fn change_of_the_total_of_sections_and_of_criteria_is_the_oracles() {
    let vector: ChangeVector = serde_json::from_str(include_str!("../../tests/oracles/change.json")).unwrap();
    let frameworks = [sample::framework(&[("1", "Leadership", 3), ("2", "Delivery", 2)])];
    let season = |answers: &[Vec<u32>], previous| {
        let review = |(number, answers): (usize, &Vec<u32>)| {
            let answers: Vec<Option<u32>> = answers.iter().copied().map(Some).collect();
            sample::review(&frameworks[0], &format!("Organisation {number:02}"), "Self", &answers)
        };
        let reviews = answers.iter().enumerate().map(review).collect();
        Season::new(&frameworks, Surroundings { previous, ..Surroundings::default() }, reviews)
    };
    let previous = Some(SeasonRecord::of(&season(&vector.before, None)));
    let statistics = Statistics::of_season(&season(&vector.now, previous)).unwrap();
    let change = statistics.of("sample").unwrap().change.as_ref().unwrap();
    near_change(&change.totals, [&change.chance, &change.chance_adjusted], &vector.total);
    for expected in &vector.sections {
        let row = change.sections.iter().find(|row| expected.about.as_ref() == Some(&row.section)).unwrap();
        near_change(&row.difference, [&row.chance, &row.chance_adjusted], expected);
    }
    for expected in &vector.criteria {
        let row = change.criteria.iter().find(|row| expected.about.as_ref() == Some(&row.criterion)).unwrap();
        near_change(&row.difference, [&row.chance, &row.chance_adjusted], expected);
    }
    let met = change.met.as_ref().unwrap();
    near(met.gained.value, vector.met.gained);
    near(met.lost.value, vector.met.lost);
    near(met.chance.value, vector.met.chance);
    near(met.chance_adjusted.value, vector.met.chance_adjusted);
}

#[test]
fn what_moderation_says_of_the_unseen_is_the_oracles() {
    let vectors: ModerationVectors = serde_json::from_str(include_str!("../../tests/oracles/moderation.json")).unwrap();
    for vector in vectors.estimates {
        let strata =
            vector.strata.iter().map(|[all, seen, changed]| Stratum { all: *all, seen: *seen, changed: *changed });
        let estimate = estimate(&strata.collect::<Vec<_>>()).unwrap();
        let told = [estimate.changed, estimate.low, estimate.high];
        for (told, expected) in told.into_iter().zip([vector.changed, vector.low, vector.high]) {
            assert!((told - expected).abs() < 1e-9, "{:?}: {estimate:?}", vector.strata);
        }
    }
}

#[test]
fn what_assessors_give_beside_each_other_is_the_oracles() {
    let vectors: AssessorVectors = serde_json::from_str(include_str!("../../tests/oracles/assessors.json")).unwrap();
    for vector in vectors.assessors {
        let is_near = |computed: f64, expected: f64| {
            assert!((computed - expected).abs() < vector.tolerance, "{computed}, expected {expected}");
        };
        let model = Model::of(&vector.caseloads).unwrap();
        is_near(model.within, vector.within);
        is_near(model.between, vector.between);
        is_near(model.mean, vector.mean);
        let told = leniencies(&vector.caseloads);
        for ((one, means), shrunken) in told.iter().zip(&vector.means).zip(&vector.shrunken) {
            let beside = one.beside.unwrap();
            [one.mean, one.low.unwrap(), one.high.unwrap()].into_iter().zip(*means).for_each(|(a, b)| is_near(a, b));
            [beside.shrunken, beside.low, beside.high].into_iter().zip(*shrunken).for_each(|(a, b)| is_near(a, b));
        }
        // Draws differ between generators.
        let chance = told[vector.first].beside.unwrap().chance;
        assert!((chance - vector.chance).abs() < 0.03, "{chance}, expected {}", vector.chance);
    }
}

/// Draws differ between generators, so intervals are near each other rather than the same.
#[test]
fn drawing_organisations_again_gives_the_oracles_interval() {
    for vector in vectors().bootstraps {
        let rows = vector.own.into_iter().zip(vector.external);
        let clusters: Vec<Vec<Pair>> = rows.map(|(own, external)| own.into_iter().zip(external).collect()).collect();
        let (low, high) = kappa_interval(&clusters).unwrap();
        let is_near = |computed: f64, expected: f64| (computed - expected).abs() < 0.01;
        assert!(
            is_near(low, vector.low) && is_near(high, vector.high),
            "{low}..{high}, {}..{}",
            vector.low,
            vector.high
        );
    }
}

#[test]
fn agreement_of_totals_is_the_oracles() {
    for vector in vectors().totals {
        let pairs: Vec<(f64, f64)> = vector.own.into_iter().zip(vector.external).collect();
        let computed = intraclass(&pairs).unwrap();
        near(Some(computed.value), vector.icc);
        near(computed.interval.map(|interval| interval.0), vector.low);
        near(computed.interval.map(|interval| interval.1), vector.high);
    }
}

#[test]
fn probabilities_are_the_oracles() {
    for vector in vectors().signed_ranks {
        near(signed_rank(&vector.differences), vector.p);
    }
    for vector in vectors().adjusted {
        adjusted(&vector.p)
            .into_iter()
            .zip(vector.adjusted)
            .for_each(|(computed, expected)| near(Some(computed), expected));
    }
    for vector in vectors().moved {
        near(gains_and_losses(vector.gained, vector.lost), vector.p);
    }
}

#[test]
fn trends_are_the_oracles() {
    for vector in vectors().trends {
        near(theil_sen(&vector.values), vector.slope);
        near(kendall(&vector.values), vector.tau);
    }
}

#[test]
fn consistency_is_the_oracles() {
    for vector in vectors().items {
        let computed = alpha(&vector.answers);
        near(computed, vector.alpha);
        let (low, high) = alpha_interval(vector.alpha, vector.answers.len(), vector.rest.len()).unwrap();
        near(Some(low), vector.low);
        near(Some(high), vector.high);
        for (criterion, expected) in vector.rest.into_iter().enumerate() {
            near(with_rest(&vector.answers, criterion), expected);
        }
        for (criterion, expected) in vector.without.into_iter().enumerate() {
            near(alpha_without(&vector.answers, criterion), expected);
        }
    }
}

#[test]
fn intervals_are_the_oracles() {
    for vector in vectors().shares {
        let interval = wilson(vector.count, vector.n);
        near(interval.map(|interval| interval.0), vector.low);
        near(interval.map(|interval| interval.1), vector.high);
    }
    for vector in vectors().chances {
        let computed = binomial_range(vector.n, vector.p, vector.tail);
        assert_eq!(computed, (vector.low, vector.high), "{} at {}, {}", vector.n, vector.p, vector.tail);
    }
}

#[test]
fn what_is_expected_of_a_return_is_the_oracles() {
    for vector in yardsticks().expected {
        let yardstick = Yardstick::of(&vector.counts).unwrap();
        near(Some(yardstick.share), vector.share);
        near(Some(yardstick.between), vector.between);
        let of_first = |level| vector.counts[..3].iter().map(move |(_, of)| yardstick.range(*of, level));
        for ((low, high), expected) in of_first(Level::Usual).chain(of_first(Level::Nearly)).zip(vector.ends) {
            near(Some(low), expected.0);
            near(Some(high), expected.1);
        }
    }
}

#[test]
fn correlations_of_criteria_are_the_oracles() {
    for vector in yardsticks().items {
        let (returns, criteria) = (vector.answers.len(), vector.rest.len());
        assert_eq!(between_criteria(&vector.answers).unwrap().1, criteria);
        near(between_criteria(&vector.answers).map(|(mean, _)| mean), vector.mean);
        let (low, high) = between_criteria_interval(vector.mean, returns, criteria).unwrap();
        near(Some(low), vector.low);
        near(Some(high), vector.high);
        for (place, rest) in vector.rest.iter().enumerate() {
            near(with_rest(&vector.answers, place), *rest);
            let (low, high) = correlation_interval(*rest, returns).unwrap();
            near(Some(low), vector.rest_low[place]);
            near(Some(high), vector.rest_high[place]);
        }
        let chances: Vec<f64> = vector.rest.iter().map(|rest| below(*rest, 0.1, returns).unwrap()).collect();
        adjusted(&chances)
            .into_iter()
            .zip(vector.out_of_step)
            .for_each(|(computed, expected)| near(Some(computed), expected));
    }
}

/// Draws differ between generators, so that an end may be the next place.
#[test]
fn places_are_the_oracles() {
    for vector in yardsticks().places {
        let rows: Vec<Vec<Option<f64>>> =
            vector.answers.iter().map(|answers| answers.iter().copied().map(Some).collect()).collect();
        let ranks = ranked(&rows, vector.low.len());
        for (place, rank) in ranks.into_iter().enumerate() {
            let (low, high) = rank.unwrap().strongest;
            let is_near = low.abs_diff(vector.low[place]) <= 1 && high.abs_diff(vector.high[place]) <= 1;
            assert!(is_near, "{place}: {low} to {high}, {} to {}", vector.low[place], vector.high[place]);
        }
    }
}

#[test]
fn intervals_of_a_part_are_the_oracles() {
    for vector in yardsticks().parts {
        let interval = of_part(vector.count, vector.n, vector.all);
        near(interval.map(|interval| interval.0), vector.low);
        near(interval.map(|interval| interval.1), vector.high);
    }
}

#[test]
fn groups_are_compared_as_the_oracle_does() {
    let vectors: Groups = serde_json::from_str(include_str!("../../tests/oracles/groups.json")).unwrap();
    for vector in vectors.groups {
        let groups: Vec<&[f64]> = vector.groups.iter().map(Vec::as_slice).collect();
        near(between_groups(&groups), vector.chance);
        for (place, group) in groups.iter().enumerate() {
            let interval = of_mean(group);
            near(interval.map(|interval| interval.0), vector.low[place]);
            near(interval.map(|interval| interval.1), vector.high[place]);
        }
    }
}
