//! Thirteen criteria from 1 to 4, added up, with a gate on any 1.

use super::*;

/// Returns the scheme as printed.
pub(super) fn scheme() -> Framework {
    let mut scheme = framework("sum('all')");
    scheme.outcome.decimals = 0;
    scheme.scales.insert("four".into(), points_scale(&["1", "2", "3", "4"], Better::Higher));
    scheme.sections =
        [("U", 3), ("T", 3), ("C", 2), ("I", 3), ("S", 2)].map(|(id, count)| section(id, count, "four")).to_vec();
    scheme.outcome.bands = vec![
        band("exceeding", "43", &["no-one"]),
        band("meeting", "39", &["no-one"]),
        band("partially-meeting", "24", &[]),
        band("not-meeting", "13", &[]),
    ];
    scheme.outcome.gates =
        vec![gate("no-one", "count_at('all', 1) == 0", "{{ count_at('all', 1) }} criteria are scored 1")];
    scheme
}

/// Returns thirteen answers from how often each occurs.
fn vector(counts: &[(&'static str, usize)]) -> Vec<&'static str> {
    counts.iter().flat_map(|(grade, count)| std::iter::repeat_n(*grade, *count)).collect()
}

#[test]
fn worked_cases() {
    type Case = (&'static str, &'static [(&'static str, usize)], &'static str, &'static str, &'static str);
    let cases: [Case; 13] = [
        ("F1", &[("3", 13)], "39", "meeting", "meeting"),
        ("F2", &[("4", 13)], "52", "exceeding", "exceeding"),
        ("F3", &[("2", 13)], "26", "partially-meeting", "partially-meeting"),
        ("F4", &[("1", 13)], "13", "not-meeting", "not-meeting"),
        ("F5", &[("4", 4), ("3", 9)], "43", "exceeding", "exceeding"),
        ("F6", &[("4", 3), ("3", 10)], "42", "meeting", "meeting"),
        ("F7", &[("4", 12), ("1", 1)], "49", "exceeding", "partially-meeting"),
        ("F8", &[("4", 2), ("3", 10), ("1", 1)], "39", "meeting", "partially-meeting"),
        ("F9", &[("3", 12), ("2", 1)], "38", "partially-meeting", "partially-meeting"),
        ("F10", &[("4", 1), ("3", 11), ("2", 1)], "39", "meeting", "meeting"),
        ("F11", &[("2", 11), ("1", 2)], "24", "partially-meeting", "partially-meeting"),
        ("F12", &[("2", 12), ("1", 1)], "25", "partially-meeting", "partially-meeting"),
        ("F13", &[("2", 10), ("1", 3)], "23", "not-meeting", "not-meeting"),
    ];
    let scheme = scheme();
    for (case, counts, total, raw, band) in cases {
        let outcome = scored(&scheme, &vector(counts));
        assert_eq!(outcome.award.total, Some(exact(total)), "{case}");
        assert_eq!((name(outcome.award.raw_band.as_ref()), name(outcome.award.band.as_ref())), (raw, band), "{case}");
        assert_eq!(
            outcome.award.bounds,
            Some(super::super::Bounds { lowest: exact(total), highest: exact(total) }),
            "{case}"
        );
    }
}

#[test]
fn sections_add_up() {
    let cases =
        [("3", ["9", "9", "6", "9", "6"]), ("4", ["12", "12", "8", "12", "8"]), ("1", ["3", "3", "2", "3", "2"])];
    for (grade, expected) in cases {
        let outcome = scored(&scheme(), &[grade; 13]);
        let scores = outcome.sections.iter().map(|section| section.score.clone().unwrap().to_string());
        assert_eq!(scores.collect::<Vec<_>>(), expected, "all {grade}");
    }
}

#[test]
fn the_other_floor_gives_other_words_for_24_and_25() {
    let mut scheme = scheme();
    scheme.outcome.bands[2].at_least = Some(26.into());
    for counts in [[("2", 11), ("1", 2)], [("2", 12), ("1", 1)]] {
        assert_eq!(name(scored(&scheme, &vector(&counts)).award.band.as_ref()), "not-meeting");
    }
}

#[test]
fn a_blank_leaves_an_interval() {
    let outcome = scored(&scheme(), &vector(&[("3", 12), ("-", 1)]));
    assert_eq!(ends(&outcome), (exact("37"), exact("40")));
    assert_eq!((outcome.award.total, outcome.award.band, outcome.award.raw_band), (None, None, None));
    assert_eq!(outcome.award.total_given, exact("36"));
    let bands = outcome.award.band_bounds.unwrap();
    assert_eq!((bands.lowest.as_str(), bands.highest.as_str()), ("partially-meeting", "meeting"));
    assert_eq!(outcome.award.gates[0].holds, None);
    assert_eq!(outcome.missing, ["S2"]);
    assert!(outcome.award.next.is_none());
}

#[test]
fn a_gate_that_no_answer_can_open_is_closed_already() {
    let outcome = scored(&scheme(), &vector(&[("3", 11), ("1", 1), ("-", 1)]));
    assert_eq!(outcome.award.gates[0].holds, Some(false));
    assert_eq!(outcome.award.gates[0].why, "1 to 2 criteria are scored 1");
}

/// Returns `n!`.
fn factorial(n: u64) -> u64 {
    (1..=n).product()
}

#[test]
fn all_vectors_fall_as_counted() {
    let scheme = scheme();
    let mut counts: BTreeMap<(String, bool), u64> = BTreeMap::new();
    let mut totals: BTreeMap<String, u64> = BTreeMap::new();
    for ones in 0..=13_usize {
        for twos in 0..=13 - ones {
            for threes in 0..=13 - ones - twos {
                let fours = 13 - ones - twos - threes;
                let outcome = scored(&scheme, &vector(&[("1", ones), ("2", twos), ("3", threes), ("4", fours)]));
                let ways = [ones, twos, threes, fours]
                    .iter()
                    .fold(factorial(13), |ways, count| ways / factorial(u64::try_from(*count).unwrap()));
                let raw = name(outcome.award.raw_band.as_ref()).to_owned();
                *counts.entry((raw.clone(), ones > 0)).or_default() += ways;
                *totals.entry(outcome.award.total.unwrap().to_string()).or_default() += ways;
                let capped = ones > 0 && ["exceeding", "meeting"].contains(&raw.as_str());
                let expected = if capped { "partially-meeting" } else { raw.as_str() };
                assert_eq!(name(outcome.award.band.as_ref()), expected);
            }
        }
    }
    let expected = [
        ("exceeding", false, 188_098),
        ("exceeding", true, 199_030),
        ("meeting", false, 715_534),
        ("meeting", true, 3_495_778),
        ("not-meeting", true, 799_540),
        ("partially-meeting", false, 690_691),
        ("partially-meeting", true, 61_020_193),
    ];
    let counted: Vec<(&str, bool, u64)> = counts.iter().map(|((raw, one), ways)| (raw.as_str(), *one, *ways)).collect();
    assert_eq!(counted, expected);
    assert_eq!((totals["24"], totals["25"], totals["26"]), (732_524, 1_208_220, 1_858_156));
}
