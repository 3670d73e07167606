//! The statistics beside those of other programs; `tests/oracles/statistics.py` made the vectors and says how.

#![expect(clippy::float_arithmetic, reason = "statistics are near the oracles'")]

use serde::Deserialize;

use super::agreement::{Pair, kappa, krippendorff};
use super::consistency::{alpha, alpha_interval, with_rest};
use super::framework::spread_of;
use super::interval::{binomial_range, wilson};

#[derive(Deserialize)]
struct Vectors {
    spreads: Vec<SpreadVector>,
    pairs: Vec<PairVector>,
    items: Vec<ItemVector>,
    shares: Vec<ShareVector>,
    chances: Vec<ChanceVector>,
}

#[derive(Deserialize)]
struct SpreadVector {
    values: Vec<f64>,
    mean: f64,
    quartiles: [f64; 3],
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

fn vectors() -> Vectors {
    serde_json::from_str(include_str!("../../../tests/oracles/statistics.json")).unwrap()
}

#[track_caller]
fn near(found: Option<f64>, expected: f64) {
    assert!(found.is_some_and(|found| (found - expected).abs() < 1e-9), "{found:?}, expected {expected}");
}

#[test]
fn spreads_are_the_oracles() {
    for vector in vectors().spreads {
        let spread = spread_of(vector.values, "figure").unwrap();
        near(spread.mean.value, vector.mean);
        let quartiles = [&spread.lower_quartile, &spread.median, &spread.upper_quartile];
        quartiles.iter().zip(vector.quartiles).for_each(|(figure, expected)| near(figure.value, expected));
    }
    let golden = spread_of(vec![52.0, 58.0, 61.0, 64.0, 70.0, 71.0, 77.0, 90.0], "figure").unwrap();
    let quartiles = [golden.lower_quartile, golden.median, golden.upper_quartile].map(|figure| figure.value.unwrap());
    quartiles.into_iter().zip([60.25, 67.0, 72.5]).for_each(|(found, expected)| near(Some(found), expected));
}

#[test]
fn agreement_is_the_oracles() {
    for vector in vectors().pairs {
        let pairs: Vec<Pair> = vector.own.into_iter().zip(vector.external).collect();
        near(kappa(&pairs, vector.steps), vector.kappa);
        near(krippendorff(&pairs, vector.steps), vector.krippendorff);
    }
}

#[test]
fn consistency_is_the_oracles() {
    for vector in vectors().items {
        let found = alpha(&vector.answers);
        near(found, vector.alpha);
        let (low, high) = alpha_interval(vector.alpha, vector.answers.len(), vector.rest.len());
        near(Some(low), vector.low);
        near(Some(high), vector.high);
        for (criterion, expected) in vector.rest.into_iter().enumerate() {
            near(with_rest(&vector.answers, criterion), expected);
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
        let found = binomial_range(vector.n, vector.p, vector.tail);
        assert_eq!(found, (vector.low, vector.high), "{} at {}, {}", vector.n, vector.p, vector.tail);
    }
}
