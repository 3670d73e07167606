//! What is missing may be anything that it can be: every grade, each by itself, that it doesn't apply, and all that a field may say.

use proptest::prelude::*;

use super::*;
use crate::framework::{BandId, NamedValue, NotApplicable};

/// Totals of schemes of many kinds; the last rests on a field.
pub(super) const TOTALS: [&str; 11] = [
    "sum('all')",
    "percentage(sum('all'), maximum('all'))",
    "mean('all')",
    "highest('A') - lowest('B')",
    "sum('A') * sum('B')",
    "sum('A') - sum('B')",
    "count_at('all', 2)",
    "sum('A') if field.size == 'Small' else sum('all')",
    "weighted_percentage()",
    "score('A1') + mean('B')",
    "given('all') - lowest('A') * maximum('B')",
];

/// Conditions of many kinds.
pub(super) const CONDITIONS: [&str; 7] = [
    "lowest('all') >= 2",
    "count_at('A', 1) == 1",
    "count_grade('A', 'n/a') <= 1",
    "applies('B1') or score('A1') == 3",
    "sum('A') > sum('B')",
    "field.size == 'Small'",
    "not applies('B') or score('B2') in [1, 3]",
];

/// The grades of every criterion.
pub(super) const GRADES: [&str; 4] = ["1", "2", "3", "n/a"];

/// How often a criterion may count: once where nothing is said.
pub(super) const WEIGHTS: [Option<&str>; 4] = [None, None, Some("2"), Some("0.5")];

/// Returns a scheme whose criteria count so often.
pub(super) fn weighted(total: &str, condition: &str, weights: &[usize]) -> Framework {
    let mut scheme = scheme(total, condition);
    let criteria = scheme.sections.iter_mut().flat_map(|section| &mut section.criteria);
    for (criterion, weight) in criteria.zip(weights) {
        criterion.weight = WEIGHTS[*weight].map(exact);
    }
    scheme
}

/// Returns a scheme of two weighted sections of two criteria each.
pub(super) fn scheme(total: &str, condition: &str) -> Framework {
    let mut scheme = framework(total);
    let mut scale = points_scale(&["1", "2", "3"], Better::Higher);
    scale.not_applicable = NotApplicable::Dropped { written: vec!["n/a".to_owned()] };
    scheme.scales.insert("three".into(), scale);
    let of = |id, weight| Section { weight: Some(exact(weight)), ..section(id, 2, "three") };
    scheme.sections = vec![of("A", "0.3"), of("B", "0.7")];
    let sizes = ["Small", "Large"].map(|size| vec![size.to_owned()]);
    scheme.fields = vec![field("size", "Size", EntryKind::Choice(sizes.to_vec()), FieldRole::Kind)];
    scheme.outcome.gates = vec![gate("gate", condition, "it doesn't hold")];
    scheme.outcome.bands = vec![band("high", "6", &["gate"]), band("middle", "2", &[]), band("low", "", &[])];
    scheme
}

/// Scores a return with these answers and this size; `-` is blank.
pub(super) fn of(scheme: &Framework, written: &[&str], size: &str) -> Outcome {
    let mut sent = answered(scheme, written, &[]);
    let entry = if size == "-" { blank() } else { given(EntryValue::Text(size.into())) };
    sent.fields.insert("size".into(), Entry { place: Some(crate::finding::Place::Workbook), ..entry });
    score(scheme, &sent, &rater())
}

/// Returns all ways of filling the blanks.
fn ways(written: &[&'static str], size: &'static str) -> Vec<(Vec<&'static str>, &'static str)> {
    let fill = |all: Vec<Vec<&'static str>>, grade: &&'static str| {
        let with = if *grade == "-" { GRADES.to_vec() } else { vec![*grade] };
        all.iter().flat_map(|one| with.iter().map(|grade| [one.as_slice(), &[*grade]].concat())).collect()
    };
    let sizes = if size == "-" { vec!["Small", "Large"] } else { vec![size] };
    let answers = written.iter().fold(vec![Vec::new()], fill);
    answers.iter().flat_map(|answers| sizes.iter().map(|size| (answers.clone(), *size))).collect()
}

/// Named values of many kinds.
const VALUES: [&str; 8] = [
    "percentage(sum('A'), maximum('A'))",
    "percentage(sum('all'), maximum('all'))",
    "count_at('all', 2) * 10 / count('all')",
    "sum('A') / (count('A') + 1)",
    "mean('A') - mean('B')",
    "total + lowest('B')",
    "first * 2 - score('A1')",
    "sum('A') if field.size == 'Small' else sum('all')",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn named_values_lie_between_ends_that_are_all_completions_ends(
        (first, second) in (0..VALUES.len() - 2, 0..VALUES.len()),
        total in 0..TOTALS.len(),
        picks in proptest::collection::vec(0..7_usize, 4),
        weights in proptest::collection::vec(0..WEIGHTS.len(), 4),
    ) {
        let mut scheme = weighted(TOTALS[total], CONDITIONS[0], &weights);
        let named = |name: &str, value: &str| NamedValue {
            name: name.to_owned(),
            title: name.to_owned(),
            value: expression(value),
        };
        scheme.values = vec![named("first", VALUES[first]), named("second", VALUES[second])];
        let written: Vec<&str> = picks.iter().map(|pick| GRADES.get(*pick).copied().unwrap_or("-")).collect();
        let outcome = of(&scheme, &written, "Small");
        let all: Vec<Outcome> =
            ways(&written, "Small").iter().map(|(answers, size)| of(&scheme, answers, size)).collect();
        for name in ["first", "second"] {
            let numbers: Vec<&Exact> = all.iter().filter_map(|outcome| outcome.values[name].number()).collect();
            let (Some(least), Some(most)) = (numbers.iter().min(), numbers.iter().max()) else { continue };
            let value = &outcome.values[name];
            let ends = (value.least().number(), value.most().number());
            prop_assert_eq!(ends, (Some(*least), Some(*most)), "{} {:?}", name, value);
            prop_assert_eq!(value.is_given(), numbers.len() == all.len(), "{} {:?}", name, value);
            prop_assert!(!outcome.values_at_the_widest.contains(name), "{}", name);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_interval_holds_every_way_of_completing_a_return_and_reaches_both_ends(
        (total, condition) in (0..TOTALS.len(), 0..CONDITIONS.len()),
        picks in proptest::collection::vec(0..7_usize, 4),
        size in 0..3_usize,
        weights in proptest::collection::vec(0..WEIGHTS.len(), 4),
    ) {
        let scheme = weighted(TOTALS[total], CONDITIONS[condition], &weights);
        let written: Vec<&str> = picks.iter().map(|pick| GRADES.get(*pick).copied().unwrap_or("-")).collect();
        let size = ["Small", "Large", "-"][size];
        let outcome = of(&scheme, &written, size);
        let all: Vec<Outcome> = ways(&written, size).iter().map(|(answers, size)| of(&scheme, answers, size)).collect();
        let totals: Vec<Exact> = all.iter().filter_map(|outcome| outcome.award.total.clone()).collect();
        if !totals.is_empty() {
            prop_assert!(ends(&outcome).0 <= *totals.iter().min().unwrap(), "{outcome:?}");
            prop_assert!(ends(&outcome).1 >= *totals.iter().max().unwrap(), "{outcome:?}");
            if all.iter().all(|outcome| outcome.award.band.is_some()) {
                prop_assert_eq!(&ends(&outcome).0, totals.iter().min().unwrap());
                prop_assert_eq!(&ends(&outcome).1, totals.iter().max().unwrap());
            }
        }
        let number = |band: &BandId| scheme.place_of_band(band).unwrap();
        let bands: Vec<usize> = all.iter().filter_map(|outcome| outcome.award.band.as_ref().map(number)).collect();
        if let Some(bounds) = outcome.award.band_bounds.as_ref().filter(|_| !bands.is_empty()) {
            prop_assert!(number(&bounds.lowest) >= *bands.iter().max().unwrap());
            prop_assert!(number(&bounds.highest) <= *bands.iter().min().unwrap());
            if size != "-" {
                prop_assert_eq!(number(&bounds.lowest), *bands.iter().max().unwrap());
                prop_assert_eq!(number(&bounds.highest), *bands.iter().min().unwrap());
            }
        }
        for (number, section) in outcome.sections.iter().enumerate() {
            let scores = || all.iter().map(|outcome| outcome.sections[number].score.clone().unwrap());
            prop_assert_eq!(&section.bounds.lowest, &scores().min().unwrap());
            prop_assert_eq!(&section.bounds.highest, &scores().max().unwrap());
        }
    }
}

#[test]
fn a_field_that_must_be_filled_in_and_decides_leaves_the_outcome_open() {
    for (total, condition, is_open) in
        [(TOTALS[7], CONDITIONS[0], true), (TOTALS[0], CONDITIONS[5], true), (TOTALS[0], CONDITIONS[0], false)]
    {
        let outcome = of(&scheme(total, condition), &["2", "3", "2", "3"], "-");
        assert_eq!((outcome.is_open(), outcome.missing.len()), (is_open, 0), "{total} {condition}");
        assert_eq!(outcome.award.band.is_none(), is_open, "{total} {condition}");
    }
    let outcome = of(&scheme(TOTALS[7], CONDITIONS[0]), &["2", "3", "2", "3"], "-");
    assert_eq!(ends(&outcome), (exact("5"), exact("10")));
}

#[test]
fn a_section_s_share_is_of_what_applies_and_an_outcome_may_be_none_where_nothing_does() {
    let scheme = scheme("percentage(sum('all'), maximum('all'))", "lowest('all') >= 1");
    let outcome = of(&scheme, &["2", "-", "n/a", "n/a"], "Small");
    let share = outcome.sections[0].share.clone().unwrap();
    // One of three, or two of three where the other doesn't apply, to five of six.
    assert_eq!((share.lowest, share.highest), (exact("1/2"), exact("5/6")));
    assert_eq!((outcome.sections[1].share.clone(), outcome.award.may_be_none), (None, false));
    assert!(of(&scheme, &["-", "n/a", "n/a", "n/a"], "Small").award.may_be_none);
}

#[test]
fn what_does_not_apply_is_no_answer_of_nought() {
    let scheme = scheme("sum('all')", "lowest('all') >= 2 and applies('A') and not applies('B1')");
    let outcome = of(&scheme, &["2", "n/a", "n/a", "3"], "Small");
    assert_eq!((outcome.award.total, outcome.award.gates[0].holds), (Some(exact("5")), Some(true)));
    assert_eq!((outcome.sections[0].answered, outcome.sections[0].maximum.clone()), (1, exact("3")));
}

#[test]
fn many_answers_that_nothing_tells_apart_are_looked_at_once() {
    let mut scheme = scheme("highest('A') - lowest('A')", "count_at('A', 1) == 1");
    scheme.sections = vec![section("A", 12, "three")];
    let outcome = of(&scheme, &["-"; 12], "Small");
    assert_eq!(ends(&outcome), (exact("0"), exact("2")));
    assert_eq!(outcome.award.gates[0].holds, None);
}
