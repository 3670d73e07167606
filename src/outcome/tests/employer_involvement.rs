//! Rows that mark rows of another register: learners and the activities that they took part in.

use super::*;

const ACTIVITIES: [&str; 4] = ["number", "kind", "live", "contingency_for"];
const LEARNERS: [&str; 9] = ["learner", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8"];

/// Returns a scheme without scores: each learner's outcome follows from what they attended.
fn scheme() -> Framework {
    let mut scheme = framework("rows_count('learners', 'is_met')");
    let activities = [
        ("lecture", "kind in ['guest lecture', 'master class']"),
        ("other", "kind in ['placement', 'expert witness']"),
        ("is_live", "live == 'Y'"),
        ("live_lecture", "lecture and is_live"),
        ("live_other", "other and is_live"),
        ("counts_live", "live_lecture or live_other"),
        ("session", "first_given(contingency_for, number)"),
        ("learners", "marked_by('learners', 'Y')"),
        ("others", "marked_by_except('learners', ['Y', 'X'])"),
    ];
    let learners = [
        (
            "met_live",
            "marked('activities', 'Y', 'live_other') >= 1 or marked('activities', 'Y', 'live_lecture', 'session') >= 2",
        ),
        (
            "met_at_all",
            "marked('activities', 'Y', 'other') >= 1 or marked('activities', 'Y', 'lecture', 'session') >= 2",
        ),
        ("any_live", "marked('activities', 'Y', 'counts_live') >= 1"),
        ("is_met", "met_live or (met_at_all and any_live)"),
        ("is_referred", "not is_met and met_at_all"),
    ];
    let outcome = "'met-live' if met_live else 'met-contingency' if is_met else 'refer' if is_referred else 'not-met'";
    scheme.registers = vec![
        register("activities", &ACTIVITIES, &activities, None),
        register("learners", &LEARNERS, &learners, Some(outcome)),
    ];
    scheme.outcome.gates = vec![
        gate("all-met", "rows_all('learners', 'is_met')", "{{ rows_with('learners', 'outcome', 'not-met') }} not met"),
        gate("none-unmet", "rows_with('learners', 'outcome', 'not-met') == 0", "some are not met"),
    ];
    scheme.outcome.bands =
        vec![band("met", "", &["all-met"]), band("refer", "", &["none-unmet"]), band("not-met", "", &[])];
    scheme
}

/// Scores learners by what they attended.
fn cohort(lines: &[&str]) -> Outcome {
    let activities = [
        "A1|guest lecture|Y|",
        "A2|guest lecture|Y|",
        "A3|master class|Y|",
        "A4|placement|Y|",
        "A5|careers fair|Y|",
        "A6|guest lecture|N|A1",
        "A7|expert witness|Y|",
        "A8|guest lecture|N|A2",
    ];
    let mut sent = empty_return();
    sent.registers.insert("activities".into(), rows(&ACTIVITIES, &activities));
    sent.registers.insert("learners".into(), rows(&LEARNERS, lines));
    score(&scheme(), &sent, &rater())
}

#[test]
fn learners_come_to_what_they_attended() {
    let cases = [
        ("L1|Y|Y||||||", "met-live"),
        ("L2|Y|||||||", "not-met"),
        ("L3||||Y||||", "met-live"),
        ("L4|||||Y|||", "not-met"),
        ("L5||Y||||Y||", "met-contingency"),
        ("L6||||||Y||Y", "refer"),
        ("L7|Y||Y|||||", "met-live"),
        ("L9||||||||", "not-met"),
        ("L10|||||||Y|", "met-live"),
        ("L11|Y|||||Y||", "not-met"),
        ("L12|X|X||||||", "not-met"),
    ];
    let outcome = cohort(&cases.map(|(line, _)| line));
    for ((line, expected), row) in cases.iter().zip(&outcome.registers["learners"]) {
        assert_eq!(row.outcome(), Some(*expected), "{line}");
    }
    assert_eq!(name(outcome.award.band.as_ref()), "not-met");
    assert_eq!(outcome.award.gates[0].why, "5 not met");
    assert_eq!(outcome.award.total, Some(exact("5")));
}

#[test]
fn activities_know_who_took_part() {
    let outcome = cohort(&["L1|Y|Y||||||", "L2|Y|X||||||", "L3|2025-02-01|||||||"]);
    let activities = &outcome.registers["activities"];
    let scheme = scheme();
    let spec = scheme.register("activities").unwrap();
    let derived = |row: usize, name| activities[row].derived(spec, name).unwrap().to_string();
    let told = |row: usize| (derived(row, "learners"), derived(row, "others"));
    assert_eq!((told(0), told(1)), (("2".to_owned(), "1".to_owned()), ("1".to_owned(), "0".to_owned())));
}

#[test]
fn a_cohort_comes_to_its_learners() {
    for (lines, expected) in [
        (vec!["L1|Y|Y||||||", "L5||Y||||Y||"], "met"),
        (vec!["L1|Y|Y||||||", "L6||||||Y||Y"], "refer"),
        (vec!["L6||||||Y||Y", "L9||||||||"], "not-met"),
    ] {
        assert_eq!(name(cohort(&lines).award.band.as_ref()), expected, "{lines:?}");
    }
}
