//! The interval holds every way of completing a return, and no less would.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::framework::{BandId, Stated, StatedColumn, StatedKind};
use crate::outcome::{Basis, Bounds};

/// Returns a scheme of two weighted sections with a gate and bands.
fn scheme() -> Framework {
    let mut scheme = framework("weighted_percentage()");
    scheme.scales.insert("two".into(), points_scale(&["0", "1", "2"], Better::Higher));
    scheme.scales.insert("four".into(), points_scale(&["1", "2", "3", "4"], Better::Higher));
    let sections = [section("A", 3, "two"), section("B", 3, "four")];
    scheme.sections = sections
        .into_iter()
        .zip(["0.4", "0.6"])
        .map(|(of, weight)| Section { weight: Some(exact(weight)), ..of })
        .collect();
    scheme.outcome.gates = vec![gate("b", "lowest('B') >= 2 and sum('B') >= 8", "too low")];
    scheme.outcome.bands = vec![band("good", "70", &["b"]), band("fair", "50", &[]), band("poor", "", &[])];
    scheme
}

/// Returns the grades that a criterion can have.
fn grades(item: usize) -> &'static [&'static str] {
    if item < 3 { &["0", "1", "2"] } else { &["1", "2", "3", "4"] }
}

/// Returns all ways of filling the blanks.
fn completions(written: &[&'static str]) -> Vec<Vec<&'static str>> {
    let fill = |all: Vec<Vec<&'static str>>, (item, grade): (usize, &&'static str)| {
        let with = if *grade == "-" { grades(item).to_vec() } else { vec![*grade] };
        all.iter().flat_map(|one| with.iter().map(|grade| [one.as_slice(), &[*grade]].concat())).collect()
    };
    written.iter().enumerate().fold(vec![Vec::new()], fill)
}

/// Returns the number of a band from the best.
fn number(scheme: &Framework, band: &BandId) -> usize {
    scheme.place_of_band(band).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_interval_holds_every_completion_and_is_tight(picks in proptest::collection::vec(0..6_usize, 6)) {
        let scheme = scheme();
        let written: Vec<&'static str> =
            picks.iter().enumerate().map(|(item, pick)| grades(item).get(*pick).copied().unwrap_or("-")).collect();
        let outcome = scored(&scheme, &written);
        let completed: Vec<Outcome> = completions(&written).iter().map(|grades| scored(&scheme, grades)).collect();
        let totals = || completed.iter().map(|outcome| outcome.award.total.clone().unwrap());
        let expected = Bounds { lowest: totals().min().unwrap(), highest: totals().max().unwrap() };
        prop_assert_eq!(outcome.award.bounds, Some(expected));
        let bands = || completed.iter().map(|outcome| number(&scheme, outcome.award.band.as_ref().unwrap()));
        let band_bounds = outcome.award.band_bounds.unwrap();
        prop_assert_eq!(number(&scheme, &band_bounds.lowest), bands().max().unwrap());
        prop_assert_eq!(number(&scheme, &band_bounds.highest), bands().min().unwrap());
        let can_be: BTreeSet<usize> = outcome.award.can_be.iter().map(|band| number(&scheme, band)).collect();
        prop_assert_eq!(can_be, bands().collect());
        let gates: Vec<bool> = completed.iter().map(|outcome| outcome.award.gates[0].holds.unwrap()).collect();
        let settled = gates.iter().all(|holds| *holds == gates[0]).then_some(gates[0]);
        prop_assert_eq!(outcome.award.gates[0].holds, settled);
        for (number, section) in outcome.sections.iter().enumerate() {
            let scores = || completed.iter().map(|outcome| outcome.sections[number].score.clone().unwrap());
            prop_assert_eq!(&section.bounds.lowest, &scores().min().unwrap());
            prop_assert_eq!(&section.bounds.highest, &scores().max().unwrap());
        }
    }

    #[test]
    fn the_order_of_sections_does_not_change_the_total(picks in proptest::collection::vec(0..3_usize, 6)) {
        let scheme = scheme();
        let mut turned = scheme.clone();
        turned.sections.reverse();
        let written: Vec<&str> = picks.iter().enumerate().map(|(item, pick)| grades(item)[*pick]).collect();
        let sent = answered(&scheme, &written, &[]);
        let (one, other) = (score(&scheme, &sent, &rater()), score(&turned, &sent, &rater()));
        prop_assert_eq!(one.award.total, other.award.total);
        prop_assert_eq!(one.award.band, other.award.band);
    }
}

#[test]
fn what_does_not_apply_leaves_the_maximum() {
    let mut scheme = scheme();
    scheme.outcome.gates.clear();
    scheme.outcome.bands.clear();
    let outcome = scored(&scheme, &["2", "n/a", "1", "4", "4", "4"]);
    assert_eq!(outcome.sections[0].maximum, exact("4"));
    assert_eq!(outcome.award.total, Some(exact("90")));
    assert_eq!((outcome.award.band, outcome.award.band_bounds), (None, None));
}

#[test]
fn a_section_in_which_nothing_applies_has_no_share() {
    let outcome = scored(&scheme(), &["n/a", "n/a", "n/a", "4", "4", "2"]);
    assert_eq!(outcome.award.total, Some(exact("250/3")));
    assert_eq!(outcome.sections[0].contribution, Some(exact("0")));
}

#[test]
fn an_untouched_form_is_open_and_not_nought() {
    let outcome = scored(&scheme(), &["-"; 6]);
    assert_eq!(ends(&outcome), (exact("15"), exact("100")));
    assert_eq!((outcome.award.total, outcome.award.total_given, outcome.missing.len()), (None, exact("0"), 6));
    assert_eq!(outcome.sections[0].score, None);
}

#[test]
fn a_missing_measure_ranges_over_what_it_can_earn() {
    use crate::framework::{Edge, LookupStep};
    let mut scheme = framework("sum('all')");
    let step = LookupStep { edge: Edge::AtLeast, limit: 50.into(), points: 8.into() };
    let mut all = section("M", 0, "none");
    all.measures =
        vec![measure("L", "10", Some(Lookup { steps: vec![step], otherwise: 1.into() })), measure("V", "5", None)];
    scheme.sections = vec![all];
    let outcome = score(&scheme, &answered(&scheme, &[], &["-", "-"]), &rater());
    assert_eq!(ends(&outcome), (exact("1"), exact("13")));
}

#[test]
fn a_code_for_insufficient_data_leaves_the_fidelity_open() {
    let mut scheme = framework("sum('all')");
    scheme.scales.insert("five".into(), points_scale(&["1", "2", "3", "4", "5"], Better::Higher));
    scheme.sections = vec![section("I", 25, "five")];
    scheme.outcome.bands = vec![
        band("exemplary", "115", &[]),
        band("good", "100", &[]),
        band("fair", "74", &[]),
        band("not-supported", "", &[]),
    ];
    let totals = [
        (25, "not-supported"),
        (73, "not-supported"),
        (74, "fair"),
        (99, "fair"),
        (100, "good"),
        (114, "good"),
        (115, "exemplary"),
        (125, "exemplary"),
    ];
    for (total, expected) in totals {
        let grades: Vec<String> =
            (0..25).map(|item| (total / 25 + usize::from(item < total % 25)).to_string()).collect();
        let outcome = scored(&scheme, &grades.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!((outcome.award.total, name(outcome.award.band.as_ref())), (Some(total.into()), expected));
    }
    let mut grades = ["3"; 25];
    grades[7] = "-";
    let outcome = scored(&scheme, &grades);
    assert_eq!(ends(&outcome), (exact("73"), exact("77")));
}

#[test]
fn a_stated_outcome_may_lie_between_the_ends() {
    let stated = |scheme: &Framework, grades: &[&str], written: &str| {
        let sent = answered(scheme, grades, &[]);
        let outcome = score(scheme, &sent, &rater());
        let of = Stated {
            id: "x".to_owned(),
            sheet: "s".into(),
            row: String::new(),
            column: StatedColumn::BesideLabel,
            value: expression(written),
            kind: StatedKind::Outcome,
            outcomes: Vec::new(),
            rater: None,
            section: None,
        };
        let worth = crate::outcome::stated(&Basis::of(scheme, &sent, &outcome), &outcome, &of);
        let mut all: Vec<String> = worth.all().filter(|one| one.is_known()).map(ToString::to_string).collect();
        all.retain(|title| *title != scheme.outcome.incomplete.as_deref().unwrap_or_default());
        all.sort();
        all
    };
    let mut scheme = framework("sum('all')");
    scheme.scales.insert("few".into(), points_scale(&["0", "1", "2"], Better::Higher));
    scheme.sections = vec![section("A", 2, "few")];
    let better = |title: &str, least: i64| Band { at_least: Some(least.into()), ..band(title, "", &[]) };
    scheme.outcome.bands = vec![better("c", 4), better("b", 2), band("a", "", &[])];
    let by_total = "'c' if given('all') >= 4 else ('b' if given('all') >= 2 else 'a')";
    for written in ["band", "raw_band", "band if answered('all') == 2 else none", by_total] {
        assert_eq!(stated(&scheme, &["-", "-"], written), ["a", "b", "c"], "{written}");
        assert_eq!(stated(&scheme, &["2", "-"], written), ["b", "c"], "{written}");
    }
    // A single answer that is worth all or nothing leaves nothing between.
    scheme.scales.insert("few".into(), points_scale(&["0", "4"], Better::Higher));
    scheme.sections = vec![section("A", 1, "few")];
    assert_eq!(stated(&scheme, &["-"], "band"), ["a", "c"]);
}
