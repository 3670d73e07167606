//! Minimums by level: as gates they hold in outcome, interval and next step, and what doesn't apply is passed over.

use proptest::prelude::*;

use super::*;
use crate::framework::BandId;

/// Returns a scheme of two sections in a few lines, with minimums as a pack writes them.
fn scheme(minimums: &str) -> Framework {
    let text = format!(
        r#"
        [framework]
        language = 1
        id = "homes"
        version = "1"
        title = "Homes"
        owner = "Nobody"
        noun = "visit"
        illustrative = true
        provenance = "Made up."
        [[raters]]
        id = "self"
        title = "Self"
        [scales.credits]
        values = [0, 1, 2, 3]
        not_applicable = ["n/a"]
        [[sections]]
        id = "E"
        title = "Energy {{}}"
        scale = "credits"
        criteria = [{{ id = "E 1", text = "One.", short = "Walls" }}, {{ id = "E 2", text = "Two." }}]
        [[sections]]
        id = "W"
        title = "Water"
        scale = "credits"
        criteria = [{{ id = "W 1", text = "One.", tags = ["wet"] }}, {{ id = "W 2", text = "Two." }}]
        [[values]]
        name = "share"
        title = "Share"
        value = "percentage(sum('all'), maximum('all'))"
        [[values]]
        name = "of_water"
        title = "Share of water"
        value = "percentage(sum('W'), maximum('W'))"
        [outcome]
        total = "sum('all')"
        unit = "points"
        decimals = 0
        bands = [
          {{ id = "gold", title = "Gold", at_least = 8 }},
          {{ id = "silver", title = "Silver", at_least = 4 }},
          {{ id = "none", title = "None" }},
        ]
        {minimums}
        [[sheets]]
        id = "sheet"
        title = "Sheet"
        [[tables]]
        sections = ["E", "W"]
        sheet = "sheet"
        columns = [
          {{ id = "what", heading = "What", holds = "text" }},
          {{ id = "score", heading = "Score", holds = {{ score = "self" }} }},
        ]
        "#
    );
    of_pack(&text)
}

const MINIMUMS: &str = r#"
    [[outcome.minimums]]
    of = "E 1"
    bands = { silver = 1, gold = 3 }
    [[outcome.minimums]]
    of = "W"
    bands = { silver = 2 }
    [[outcome.minimums]]
    of = "share"
    unit = "%"
    bands = { gold = 70 }
    [[outcome.maximums]]
    of = "wet"
    title = "Wet"
    bands = { gold = 2 }
"#;

#[test]
fn a_band_needs_its_minimums_and_those_of_worse_bands() {
    let scheme = scheme(MINIMUMS);
    for (answers, expected) in [
        (["3", "3", "2", "3"], "gold"),
        (["2", "3", "2", "3"], "silver"),
        (["3", "3", "1", "0"], "none"),
        (["3", "3", "1", "1"], "silver"),
        (["0", "3", "2", "3"], "none"),
        (["3", "3", "3", "3"], "silver"),
        (["n/a", "3", "2", "3"], "gold"),
        (["3", "3", "n/a", "n/a"], "silver"),
        (["3", "3", "n/a", "2"], "gold"),
    ] {
        let outcome = scored(&scheme, &answers);
        assert_eq!(name(outcome.award.band.as_ref()), expected, "{answers:?} {:?}", outcome.award.gates);
    }
}

#[test]
fn a_minimum_of_a_value_is_passed_over_where_nothing_of_it_applies() {
    let scheme = scheme("[[outcome.minimums]]\nof = \"of_water\"\nbands = { gold = 70, silver = 40 }");
    for (answers, expected) in
        [(["2", "3", "2", "3"], "gold"), (["3", "3", "0", "2"], "none"), (["3", "3", "n/a", "n/a"], "silver")]
    {
        let outcome = scored(&scheme, &answers);
        assert_eq!(name(outcome.award.band.as_ref()), expected, "{answers:?} {:?}", outcome.award.gates);
    }
    let bounds = scored(&scheme, &["-", "3", "n/a", "n/a"]).award.band_bounds.unwrap();
    assert_eq!((bounds.lowest.as_str(), bounds.highest.as_str()), ("none", "silver"), "3 points or 3 and more");
}

#[test]
fn a_condition_on_parts_of_which_nothing_applies_is_passed_over() {
    let mut scheme = scheme("");
    scheme.outcome.gates = vec![gate("wet", "lowest('W') >= 2", "{{ lowest('W') }}")];
    scheme.outcome.bands[1].gates = vec!["wet".into()];
    for (answers, expected) in
        [(["2", "2", "2", "n/a"], "silver"), (["2", "2", "1", "n/a"], "none"), (["2", "2", "n/a", "n/a"], "silver")]
    {
        let outcome = scored(&scheme, &answers);
        assert_eq!(name(outcome.award.band.as_ref()), expected, "{answers:?}");
        assert!(outcome.award.gates[0].holds.is_some(), "{answers:?}");
    }
}

#[test]
fn a_minimum_says_what_is_there_and_what_is_needed() {
    let outcome = scored(&scheme(MINIMUMS), &["2", "1", "1", "0"]);
    let why: Vec<&str> =
        outcome.award.gates.iter().map(|gate| gate.why.as_str()).filter(|why| !why.is_empty()).collect();
    assert_eq!(
        why,
        ["E 1 Walls: 2, at least 3 needed", "Water: 1, at least 2 needed", "Share: 33.33%, at least 70% needed"]
    );
    let ids: Vec<&str> = outcome.award.gates.iter().map(|gate| gate.id.as_str()).collect();
    assert_eq!(ids, ["e-1-at-least-1", "e-1-at-least-3", "w-at-least-2", "share-at-least-70", "wet-at-most-2"]);
}

#[test]
fn what_words_of_a_title_mean_to_messages_is_passed_over() {
    let scheme = scheme("[[outcome.minimums]]\nof = \"E\"\nbands = { gold = 5 }");
    assert_eq!(scored(&scheme, &["1", "1", "3", "3"]).award.gates[0].why, "Energy {}: 2, at least 5 needed");
}

#[test]
fn the_next_step_goes_through_the_minimums() {
    let next = scored(&scheme(MINIMUMS), &["2", "3", "1", "3"]).award.next.unwrap();
    let steps: Vec<(&str, String)> = next.steps.iter().map(|step| (step.id.as_str(), step.to.to_string())).collect();
    assert_eq!((next.band.as_str(), steps, next.fewest), ("gold", vec![("E 1", "3".to_owned())], true));
}

#[test]
fn a_requirement_knows_the_least_that_is_asked() {
    let outcome = scheme(MINIMUMS).outcome;
    let least = |of: &str| outcome.minimum(of).map(ToString::to_string);
    assert_eq!((least("E 1"), least("E 2"), least("wet")), (Some("1".to_owned()), None, None));
}

/// The answers of every criterion.
const GRADES: [&str; 5] = ["0", "1", "2", "3", "n/a"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_interval_holds_all_that_minimums_leave(
        picks in proptest::collection::vec(0..9_usize, 4),
        limits in proptest::collection::vec(0..4_u32, 3),
    ) {
        let [one, two, three] = limits[..] else { unreachable!("there are three") };
        let table = format!(
            "[[outcome.minimums]]\nof = \"E 1\"\nbands = {{ silver = {}, gold = {one} }}\n[[outcome.minimums]]\nof = \"W\"\nbands = {{ gold = {two} }}\n[[outcome.maximums]]\nof = \"wet\"\nbands = {{ silver = {three} }}",
            one / 2
        );
        let scheme = scheme(&table);
        let written = picked(&picks, &GRADES);
        let award = scored(&scheme, &written).award;
        let number = |id: &BandId| scheme.place_of_band(id).unwrap();
        let all: Vec<usize> =
            ways(&written, &GRADES).iter().filter_map(|answers| scored(&scheme, answers).award.band.as_ref().map(number)).collect();
        let ends = award.band_bounds.unwrap();
        prop_assert_eq!(number(&ends.highest), *all.iter().min().unwrap());
        prop_assert_eq!(number(&ends.lowest), *all.iter().max().unwrap());
    }
}
