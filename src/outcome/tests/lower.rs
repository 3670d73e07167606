//! Totals of which less is better: bands, gates, interval and next step go the other way.

use proptest::prelude::*;

use super::*;
use crate::framework::BandId;
use crate::outcome::Ends;

/// Returns a scheme that counts faults in two sections, of which one may have few.
fn scheme(criteria: usize) -> Framework {
    let mut scheme = framework("sum('all')");
    scheme.scales.insert("fault".into(), points_scale(&["0", "1", "3"], Better::Lower));
    scheme.sections = vec![section("A", criteria, "fault"), section("B", 2, "fault")];
    scheme.outcome.better = Better::Lower;
    let at_most = |id: &str, most: &str, gates: &[&str]| Band { at_most: most.parse().ok(), ..band(id, "", gates) };
    scheme.outcome.bands =
        vec![at_most("passed", "2", &["few"]), at_most("conditions", "6", &["few"]), band("failed", "", &[])];
    scheme.outcome.gates = vec![gate("few", "sum('B') <= 1 and count_at_most('A', 1) >= 1", "too many")];
    scheme
}

#[test]
fn a_long_form_with_many_blanks_has_an_interval_that_is_reached() {
    let scheme = scheme(60);
    let answers: Vec<&str> = std::iter::repeat_n("-", 60).chain(["0", "-"]).collect();
    let outcome = scored(&scheme, &answers);
    assert_eq!((ends(&outcome), outcome.award.ends), ((exact("0"), exact("183")), Ends::Reached));
    let bands = outcome.award.band_bounds.unwrap();
    assert_eq!((bands.lowest.as_str(), bands.highest.as_str()), ("failed", "passed"));
}

#[test]
fn the_next_step_takes_faults_away() {
    let outcome = scored(&scheme(3), &["3", "3", "1", "3", "0"]);
    let next = outcome.award.next.unwrap();
    let steps: Vec<(&str, String)> = next.steps.iter().map(|step| (step.id.as_str(), step.to.to_string())).collect();
    assert_eq!((next.band.as_str(), next.fewest, next.impossible), ("conditions", true, None));
    assert_eq!(steps.len(), 2, "{steps:?}");
    assert!(next.steps.iter().all(|step| step.to < step.from), "{steps:?}");
}

/// The answers of every criterion.
const GRADES: [&str; 3] = ["0", "1", "3"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_interval_is_what_the_ways_of_completing_give(picks in proptest::collection::vec(0..5_usize, 5)) {
        let scheme = scheme(3);
        let written = picked(&picks, &GRADES);
        let award = scored(&scheme, &written).award;
        let all: Vec<Outcome> = ways(&written, &GRADES).iter().map(|answers| scored(&scheme, answers)).collect();
        let totals = || all.iter().filter_map(|one| one.award.total.clone());
        let bounds = award.bounds.clone().unwrap();
        prop_assert_eq!((bounds.lowest, bounds.highest), (totals().min().unwrap(), totals().max().unwrap()));
        let number = |id: &BandId| scheme.place_of_band(id).unwrap();
        let bands: Vec<usize> = all.iter().filter_map(|one| one.award.band.as_ref().map(number)).collect();
        let ends = award.band_bounds.clone().unwrap();
        prop_assert_eq!((number(&ends.highest), number(&ends.lowest)), (*bands.iter().min().unwrap(), *bands.iter().max().unwrap()));
        prop_assert_eq!(award.ends, Ends::Reached);
    }
}
