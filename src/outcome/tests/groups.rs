//! Functions over groups: sections, tags, named sets and single criteria.

use super::*;
use crate::outcome::{Basis, Gaps, OutcomeScope};

/// Returns a scheme of two sections, with a tag and two named groups.
fn scheme() -> Framework {
    let mut scheme = framework("sum('all')");
    scheme.scales.insert("four".into(), points_scale(&["1", "2", "3", "4"], Better::Higher));
    scheme.sections = vec![section("A", 3, "four"), section("B", 2, "four")];
    scheme.sections[0].criteria[1].tags = vec!["core".to_owned()];
    scheme.sections[1].criteria[0].tags = vec!["core".to_owned()];
    scheme.groups.insert("pair".to_owned(), vec!["A1".to_owned(), "B2".to_owned()]);
    scheme.groups.insert("wide".to_owned(), vec!["A".to_owned(), "core".to_owned(), "A1".to_owned()]);
    scheme
}

#[track_caller]
fn gives(gaps: Gaps, grades: &[&str], cases: &[(&str, &str)]) {
    let scheme = scheme();
    let sent = answered(&scheme, grades, &[]);
    let outcome = score(&scheme, &sent, &rater());
    let basis = Basis::of(&scheme, &sent, &outcome);
    let scope = OutcomeScope::new(&basis, &outcome, gaps);
    for (written, expected) in cases {
        assert_eq!(expression(written).evaluate(&scope).to_string(), *expected, "{written}");
    }
}

#[test]
fn every_kind_of_group_is_known() {
    gives(
        Gaps::Open,
        &["1", "2", "3", "4", "2"],
        &[
            ("sum('all')", "12"),
            ("sum('A')", "6"),
            ("sum('core')", "6"),
            ("sum('pair')", "3"),
            ("sum('wide')", "10"),
            ("score('B1')", "4"),
            ("mean('wide')", "2.5"),
            ("lowest('core')", "2"),
            ("highest('pair')", "2"),
            ("count_at('all', 2)", "2"),
            ("count_grade('wide', '4')", "1"),
            ("grade('A3')", "3"),
            ("maximum('wide')", "16"),
            ("sum('nothing')", "not known"),
        ],
    );
}

#[test]
fn a_gap_makes_what_rests_on_it_open_or_is_passed_over() {
    let grades = ["1", "2", "-", "n/a", "2"];
    let open = [
        ("sum('A')", "not known"),
        ("sum('pair')", "3"),
        ("count('all')", "4"),
        ("answered('all')", "3"),
        ("given('A')", "3"),
    ];
    gives(Gaps::Open, &grades, &open);
    let passed = [
        ("sum('A')", "3"),
        ("mean('A')", "1.5"),
        ("count_at_most('all', 2)", "3"),
        ("maximum('B')", "4"),
        ("lowest('B1')", "not known"),
    ];
    gives(Gaps::PassedOver, &grades, &passed);
}
