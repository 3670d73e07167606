//! Core requirements that must all be met, and levels by how many others are.

use super::*;
use crate::framework::Rater;
use crate::outcome::demanded;

/// Returns the scheme with its 39 core and 157 further requirements.
fn scheme() -> Framework {
    let mut scheme = framework("sum('all')");
    scheme.scales.insert(
        "met".into(),
        scale(&[("met", "1"), ("partly", "0"), ("not-met", "0"), ("not-assessed", "?")], Better::Higher),
    );
    let mut all = section("R", 0, "met");
    all.criteria =
        (1..=196).map(|n| criterion(&format!("R{n}"), "met", &[if n <= 39 { "core" } else { "extra" }])).collect();
    scheme.sections = vec![all];
    scheme.outcome.gates = vec![gate(
        "core",
        "count_grade('core', 'met') == count('core')",
        "{{ count_grade('core', 'met') }} of 39 are met",
    )];
    for (level, extra) in [("gold", 126), ("silver", 76), ("bronze", 26)] {
        scheme.outcome.gates.push(gate(level, &format!("count_grade('extra', 'met') >= {extra}"), "too few"));
        scheme.outcome.bands.push(band(level, "", &["core", level]));
    }
    scheme.outcome.bands.push(band("standard", "", &["core"]));
    scheme.outcome.bands.push(band("not-recognised", "", &[]));
    scheme
}

/// Returns answers of which so many core and further requirements are met.
fn met(core: usize, extra: usize) -> Vec<&'static str> {
    (0..196).map(|n| if n < core || (39..39 + extra).contains(&n) { "met" } else { "not-met" }).collect()
}

#[test]
fn not_assessed_leaves_the_level_open() {
    let mut grades = met(39, 26);
    grades[0] = "not-assessed";
    let outcome = scored(&scheme(), &grades);
    assert_eq!(outcome.missing, ["R1"]);
    let bands = outcome.award.band_bounds.unwrap();
    assert_eq!((bands.lowest.as_str(), bands.highest.as_str()), ("not-recognised", "bronze"));
}

#[test]
fn a_missing_core_requirement_leaves_the_lowest_level_or_the_one_that_the_others_give() {
    let cases: [(usize, &[&str]); 4] = [
        (126, &["gold", "not-recognised"]),
        (76, &["silver", "not-recognised"]),
        (26, &["bronze", "not-recognised"]),
        (25, &["standard", "not-recognised"]),
    ];
    for (extra, expected) in cases {
        let mut grades = met(39, extra);
        grades[0] = "not-assessed";
        let bands: Vec<String> = scored(&scheme(), &grades).award.can_be.iter().map(ToString::to_string).collect();
        assert_eq!(bands, expected, "{extra} further ones met");
    }
    let mut grades = met(39, 125);
    grades[0] = "not-assessed";
    grades[39 + 125] = "not-assessed";
    let bands: Vec<String> = scored(&scheme(), &grades).award.can_be.iter().map(ToString::to_string).collect();
    assert_eq!(bands, ["gold", "silver", "not-recognised"]);
}

#[test]
fn the_next_level_is_what_the_missing_core_comes_to() {
    // The core withholds every level, so that with it the level is what the further requirements give, not the lowest.
    for (extra, level) in
        [(157, "gold"), (126, "gold"), (125, "silver"), (76, "silver"), (26, "bronze"), (25, "standard")]
    {
        let next = scored(&scheme(), &met(37, extra)).award.next.unwrap();
        let changed: Vec<&str> = next.steps.iter().map(|step| step.id.as_str()).collect();
        assert_eq!((next.band.as_str(), changed), (level, vec!["R38", "R39"]), "{extra} further ones met");
        assert_eq!(name(scored(&scheme(), &met(39, extra)).award.band.as_ref()), level);
    }
    let next = scored(&scheme(), &met(39, 80)).award.next.unwrap();
    assert_eq!((next.band.as_str(), next.steps.len(), next.steps[0].id.as_str()), ("gold", 46, "R120"));
}

#[test]
fn the_best_is_demanded_of_what_a_condition_wants_of_each() {
    let scheme = || {
        let mut scheme = scheme();
        scheme.raters = vec![Rater { id: rater(), title: "Self".to_owned(), counts_when: None }];
        scheme
    };
    let core: Vec<String> = (1..=39).map(|n| format!("R{n}")).collect();
    assert_eq!(demanded(&scheme()), core.into_iter().collect());
    // Where a condition only rules out the worst, or a sum leaves room, the best isn't demanded of any.
    for (holds, expected) in [("count_at('all', 0) < 100", 0), ("sum('all') >= 190", 0), ("sum('all') == 196", 196)] {
        let mut scheme = scheme();
        scheme.outcome.gates = vec![gate("any", holds, "")];
        assert_eq!(demanded(&scheme).len(), expected, "{holds}");
    }
}
