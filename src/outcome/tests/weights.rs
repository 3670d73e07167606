//! Criteria that count more than others, by the scheme or by the organisation's own weights.

use super::*;
use crate::finding::Place;
use crate::framework::{Holds, Table, TableColumn};
use crate::outcome::Basis;

/// Returns a scheme of one section of three criteria, with a column in which an organisation may weight them.
fn scheme(total: &str, weights: [Option<&str>; 3], weights_in: Option<&str>) -> Framework {
    let mut scheme = framework(total);
    scheme.scales.insert("ten".into(), points_scale(&["0", "5", "10"], Better::Higher));
    let mut of = section("A", 3, "ten");
    for (criterion, weight) in of.criteria.iter_mut().zip(weights) {
        criterion.weight = weight.map(exact);
    }
    of.weights_in = weights_in.map(Into::into);
    scheme.sections = vec![of];
    let kind = EntryKind::Number { minimum: Some(0.into()), maximum: Some(100.into()), whole: false };
    let column = TableColumn {
        id: "weight".into(),
        heading: "Weight".to_owned(),
        also: Vec::new(),
        holds: Holds::Entry(kind),
        evidence: false,
        remarks: None,
        required: Presence::Optional,
    };
    scheme.tables = vec![Table { sections: vec!["A".into()], sheet: "sheet".into(), columns: vec![column] }];
    scheme
}

/// Returns a return that answers three criteria and gives them these weights; `-` is blank, `?` can't be read.
fn sent(scheme: &Framework, grades: [&str; 3], weights: [&str; 3]) -> Return {
    let mut sent = answered(scheme, &grades, &[]);
    for (criterion, weight) in scheme.criteria().zip(weights) {
        let entry = match weight {
            "-" => blank(),
            "?" => Entry::unplaced(Reading::Unusable),
            number => given(EntryValue::Number(exact(number))),
        };
        let place = Some(Place::Workbook);
        sent.notes.insert((criterion.id.to_string(), "weight".into()), Entry { place, ..entry });
    }
    sent
}

/// Returns what a total comes to, and whether it is open.
fn total(scheme: &Framework, grades: [&str; 3], weights: [&str; 3]) -> (Option<String>, bool) {
    let outcome = score(scheme, &sent(scheme, grades, weights), &rater());
    (outcome.award.total.as_ref().map(ToString::to_string), outcome.is_open())
}

#[test]
fn what_counts_twice_counts_twice_in_sums_and_means_and_once_by_itself() {
    for (written, expected) in [
        ("sum('all')", "30"),
        ("maximum('all')", "35"),
        ("mean('all')", "60/7"),
        ("score('A')", "30"),
        ("score('A1')", "10"),
        ("maximum('A1')", "10"),
        ("lowest('all')", "5"),
        ("count_at('all', 10)", "2"),
    ] {
        let scheme = scheme(written, [Some("2"), None, Some("0.5")], None);
        let outcome = scored(&scheme, &["10", "5", "10"]);
        assert_eq!(outcome.award.total, Some(exact(expected)), "{written}");
    }
}

#[test]
fn own_weights_in_percent_or_as_shares_hold_where_they_come_to_the_whole() {
    let scheme = scheme("mean('A')", [Some("0.2"), Some("0.3"), Some("0.5")], Some("weight"));
    for (weights, expected) in [
        (["-", "-", "-"], (Some("6"), false)),
        (["50", "30", "20"], (Some("7.5"), false)),
        (["0.7", "0.3", "0"], (Some("8.5"), false)),
        (["20", "-", "50"], (Some("6"), false)),
        (["50", "30", "30"], (None, true)),
        (["?", "30", "20"], (None, true)),
        (["-0.2", "0.7", "0.5"], (None, true)),
    ] {
        let (total, is_open) = total(&scheme, ["10", "5", "5"], weights);
        assert_eq!((total.as_deref(), is_open), expected, "{weights:?}");
    }
}

#[test]
fn a_section_can_come_to_as_much_by_own_weights_as_without() {
    let scheme = scheme("sum('A')", [None; 3], Some("weight"));
    assert_eq!(total(&scheme, ["10", "5", "0"], ["-"; 3]), (Some("15".to_owned()), false));
    assert_eq!(total(&scheme, ["10", "5", "0"], ["80", "20", "0"]), (Some("27".to_owned()), false));
    let outcome = score(&scheme, &sent(&scheme, ["10", "5", "0"], ["80", "20", "0"]), &rater());
    assert_eq!(
        (outcome.sections[0].maximum.clone(), outcome.sections[0].score.clone()),
        (exact("30"), Some(exact("27")))
    );
}

#[test]
fn what_own_weights_come_to_is_told_of_their_section() {
    let scheme = scheme("sum('A')", [None; 3], Some("weight"));
    let sent = sent(&scheme, ["10", "5", "0"], ["50", "30", "30"]);
    let outcome = score(&scheme, &sent, &rater());
    let basis = Basis::of(&scheme, &sent, &outcome);
    let off = basis.weights_off();
    assert_eq!(off.len(), 1);
    assert_eq!(
        (off[0].section.unwrap().id.as_str(), off[0].sum.to_string(), off[0].places.len()),
        ("A", "110".to_owned(), 3)
    );
    assert!(outcome.award.bounds.is_none(), "nothing is known of the total: {:?}", outcome.award.bounds);
}

#[test]
fn criteria_that_count_otherwise_are_no_ones_that_nothing_tells_apart() {
    let scheme = scheme("sum('A')", [Some("2"), None, Some("0.5")], None);
    let outcome = scored(&scheme, &["-", "5", "-"]);
    assert_eq!(ends(&outcome), (exact("5"), exact("30")));
    let bounds = &outcome.sections[0].bounds;
    assert_eq!((&bounds.lowest, &bounds.highest), (&exact("5"), &exact("30")));
}
