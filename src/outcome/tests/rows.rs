//! Functions over rows, in the expressions of rows and of the whole return.

use super::*;
use crate::framework::expression::{Quantity, Scope};
use crate::outcome::{Basis, Gaps, OutcomeScope};

const COLUMNS: [&str; 5] = ["reference", "region", "hours", "start", "partner"];

/// Returns a scheme with a register of partners and one of placements.
fn scheme() -> Framework {
    let mut scheme = framework("rows_count('placements')");
    let derived = [
        ("long", "hours >= 10"),
        ("repeated", "rows_with('placements', 'reference', reference) > 1"),
        ("town", "looked_up('partners', partner, 'town')"),
        ("age", "days_between(start, data_date)"),
    ];
    let partners = register("partners", &["name", "town"], &[], None);
    let outcome = Some("'long' if long else 'short'");
    scheme.registers = vec![partners, register("placements", &COLUMNS, &derived, outcome)];
    scheme
}

/// Returns a return with both registers.
fn sent() -> Return {
    let mut sent = empty_return();
    sent.registers.insert("partners".into(), rows(&["name", "town"], &["Acme|Leeds", "Beta|York"]));
    let placements =
        ["P1|North|12|2025-01-01|Beta", "P2|North|8.5|2025-02-01|Acme", "P2|South||2025-03-01|", "P3|South|10||Gamma"];
    sent.registers.insert("placements".into(), rows(&COLUMNS, &placements));
    sent
}

#[test]
fn rows_are_counted_added_and_told_apart() {
    let (scheme, sent) = (scheme(), sent());
    let outcome = score(&scheme, &sent, &rater());
    let basis = Basis::of(&scheme, &sent, &outcome);
    let scope = OutcomeScope::new(&basis, &outcome, Gaps::Open);
    let cases = [
        ("rows_count('placements')", "4"),
        ("rows_count('placements', 'long')", "2"),
        ("rows_count('placements', 'hours')", "3"),
        ("rows_sum('placements', 'hours')", "30.5"),
        ("rows_sum('placements', 'hours', 'long')", "22"),
        ("rows_mean('placements', 'hours')", "61/6"),
        ("rows_mean('placements', 'region')", "not known"),
        ("rows_distinct('placements', 'region')", "2"),
        ("rows_distinct('placements', 'town')", "2"),
        ("rows_distinct('placements', 'region', 'long')", "2"),
        ("rows_any('placements', 'long')", "yes"),
        ("rows_all('placements', 'long')", "no"),
        ("rows_any('placements', 'repeated')", "yes"),
        ("rows_with('placements', 'outcome', 'long')", "2"),
        ("rows_with('placements', 'town', 'York')", "1"),
        ("looked_up('placements', 'P3', 'hours')", "10"),
        ("looked_up('partners', 'Nobody', 'town')", "not known"),
        ("rows_count('learners')", "not known"),
        ("rows_sum('placements', 'hours', 3)", "not known"),
    ];
    for (written, expected) in cases {
        assert_eq!(expression(written).evaluate(&scope).to_string(), expected, "{written}");
    }
    assert_eq!(scope.call("rows_of", &[]), None);
}

fn placements(scheme: &Framework) -> &RegisterSpec {
    scheme.register("placements").unwrap()
}

#[test]
fn what_a_row_does_not_say_is_not_known() {
    let scheme = scheme();
    let spec = placements(&scheme);
    let outcome = score(&scheme, &sent(), &rater());
    let third = &outcome.registers["placements"][2];
    assert_eq!(third.derived(spec, "long"), Some(&Quantity::Unknown));
    assert_eq!(third.derived(spec, "repeated"), Some(&Quantity::Truth(true)));
    assert_eq!(third.derived(spec, "age"), Some(&Quantity::Unknown));
    assert_eq!(third.outcome(), None);
}

#[test]
fn the_data_date_is_the_returns_or_else_the_seasons() {
    let (mut scheme, mut sent) = (scheme(), sent());
    let season = jiff::civil::date(2025, 1, 31);
    let age = |scheme: &Framework, sent: &Return| {
        let outcome = super::super::score_as_of(scheme, sent, &rater(), Some(season));
        outcome.registers["placements"][0].derived(placements(scheme), "age").unwrap().to_string()
    };
    assert_eq!(age(&scheme, &sent), "30");
    scheme.fields = vec![data_date_field()];
    assert_eq!(age(&scheme, &sent), "30");
    sent.fields.insert("data_date".into(), given(EntryValue::Date(jiff::civil::date(2025, 1, 11))));
    assert_eq!(age(&scheme, &sent), "10");
}

#[test]
fn a_rule_sees_a_row_as_its_own_expressions_do() {
    let (scheme, sent) = (scheme(), sent());
    let outcome = score(&scheme, &sent, &rater());
    let basis = Basis::of(&scheme, &sent, &outcome);
    let row = basis.row(&"placements".into(), 1).unwrap();
    for (written, expected) in
        [("long", "no"), ("hours", "8.5"), ("row.number", "3"), ("town", "Leeds"), ("field.x", "not known")]
    {
        assert_eq!(expression(written).evaluate(&row).to_string(), expected, "{written}");
    }
    assert!(basis.row(&"placements".into(), 9).is_none());
}

#[test]
fn a_value_that_rests_on_itself_is_not_known() {
    let mut scheme = scheme();
    scheme.values = vec![value("one", "two + 1"), value("two", "one + 1"), value("three", "total - 1")];
    let outcome = score(&scheme, &sent(), &rater());
    let worth: Vec<String> = outcome.values.values().map(ToString::to_string).collect();
    assert_eq!(worth, ["not known", "3", "not known"]);
}

#[test]
fn a_choice_that_must_be_made_leaves_open_what_rests_on_it() {
    let columns = ["ref", "kind", "status"];
    let derived = [("counts", "kind == 'a'"), ("stands", "status == 'done'")];
    let scored_as = |required: Presence, line: &str| {
        let mut scheme = framework("rows_count('things', 'counts')");
        let mut things = register("things", &columns, &derived, None);
        let kind = things.columns.iter_mut().find(|column| column.id.as_str() == "kind").unwrap();
        kind.kind = EntryKind::Choice(vec![vec!["a".to_owned()], vec!["b".to_owned()]]);
        kind.required = required;
        scheme.registers = vec![things];
        let mut sent = empty_return();
        sent.registers.insert("things".into(), rows(&columns, &[line]));
        let (lowest, highest) = ends(&score(&scheme, &sent, &rater()));
        (lowest.to_string(), highest.to_string())
    };
    let when = || Presence::When(expression("status == 'done'"));
    let cases = [
        ("always, blank", Presence::Required, "x||", "0", "1"),
        ("always, made", Presence::Required, "x|a|", "1", "1"),
        ("never, blank", Presence::Optional, "x||", "0", "0"),
        ("where it is done, blank", when(), "x||done", "0", "1"),
        ("where it is done, not done", when(), "x||", "0", "0"),
    ];
    for (which, required, line, lowest, highest) in cases {
        assert_eq!(scored_as(required, line), (lowest.to_owned(), highest.to_owned()), "{which}");
    }
}
