//! Weighted sections, five measures with lookups, and bands with a gate on three of the measures.

use super::*;
use crate::framework::expression::Quantity;
use crate::framework::{Edge, LookupStep};
use crate::outcome::{Basis, stated};

const COUNTS: [(&str, usize, &str); 6] = [
    ("1.1", 10, "0.15"),
    ("1.2", 14, "0.15"),
    ("1.3", 14, "0.15"),
    ("1.4", 10, "0.15"),
    ("1.5", 15, "0.15"),
    ("2.1", 8, "0.1"),
];

/// Returns a lookup of five steps.
fn lookup(edge: Edge, limits: [i32; 5]) -> Lookup {
    let step = |(limit, points): (i32, i32)| LookupStep { edge, limit: limit.into(), points: points.into() };
    Lookup { steps: limits.into_iter().zip([10, 8, 6, 4, 2]).map(step).collect(), otherwise: Exact::zero() }
}

/// Returns the scheme.
pub(super) fn scheme() -> Framework {
    let mut scheme = framework("weighted_percentage()");
    scheme.outcome.unit = "%".to_owned();
    scheme.scales.insert("two".into(), points_scale(&["0", "1", "2"], Better::Higher));
    for (id, count, weight) in COUNTS {
        scheme.sections.push(Section { weight: Some(exact(weight)), ..section(id, count, "two") });
    }
    let mut measures = section("2.2", 0, "two");
    measures.weight = Some(exact("0.15"));
    measures.measures = vec![
        measure("A", "10", Some(lookup(Edge::AtLeast, [50, 40, 30, 20, 10]))),
        measure("B", "10", Some(lookup(Edge::Under, [10, 16, 26, 39, 52]))),
        measure("C", "5", None),
        measure("D", "5", None),
        measure("E", "10", Some(lookup(Edge::Over, [90, 80, 70, 60, 50]))),
    ];
    scheme.sections.push(measures);
    scheme.values = vec![value("abe", "points('A') + points('B') + points('E')")];
    for (id, least) in [("excellent", 20), ("good", 15), ("accredited", 10)] {
        let why = format!("A + B + E is {{{{ abe }}}}, needs {least}");
        scheme.outcome.gates.push(gate(&format!("kpi-{id}"), &format!("abe >= {least}"), &why));
    }
    scheme.outcome.bands = vec![
        Band { printed_to: Some(exact("100")), ..band("excellent", "90", &["kpi-excellent"]) },
        Band { printed_to: Some(exact("89.9")), ..band("good", "75", &["kpi-good"]) },
        Band { printed_to: Some(exact("74.9")), ..band("accredited", "55", &["kpi-accredited"]) },
        band("none", "", &[]),
    ];
    scheme
}

/// Returns answers that make these section scores.
fn answers(raw: [usize; 6]) -> Vec<&'static str> {
    let of_section = |((_, count, _), score): (&(&str, usize, &str), usize)| {
        (0..*count).map(move |n| match score.saturating_sub(2 * n) {
            0 => "0",
            1 => "1",
            _ => "2",
        })
    };
    COUNTS.iter().zip(raw).flat_map(of_section).collect()
}

/// Scores sections and measures.
pub(super) fn seqf(scheme: &Framework, raw: [usize; 6], points: [&str; 5]) -> Outcome {
    score(scheme, &answered(scheme, &answers(raw), &points), &rater())
}

#[test]
fn worked_outcomes() {
    let cases = [
        ("S1", [20, 28, 28, 20, 30, 16], ["10", "10", "5", "5", "10"], "100", "excellent", "excellent"),
        ("S2", [0; 6], ["0"; 5], "0", "none", "none"),
        ("S3", [10, 14, 14, 10, 15, 8], ["6", "6", "2", "3", "6"], "409/8", "none", "none"),
        ("S4", [17, 28, 28, 16, 25, 16], ["10", "10", "4", "4", "6"], "90", "excellent", "excellent"),
        ("S5", [16, 23, 19, 17, 27, 12], ["4", "4", "4", "4", "2"], "75", "accredited", "-"),
        ("S6", [15, 26, 16, 13, 23, 11], ["10", "10", "5", "4", "6"], "75", "good", "good"),
        ("S7", [20, 28, 27, 20, 29, 16], ["6", "4", "5", "5", "6"], "656/7", "good", "-"),
        ("S8", [20, 28, 28, 20, 30, 16], ["4", "4", "5", "4", "0"], "731/8", "none", "-"),
        ("S9", [17, 23, 23, 16, 25, 13], ["4", "4", "5", "5", "4"], "4383/56", "accredited", "-"),
        ("S10", [12, 17, 16, 12, 18, 9], ["2", "2", "3", "3", "2"], "3069/56", "none", "none"),
        ("S11", [20, 28, 24, 20, 22, 14], ["8", "8", "5", "4", "8"], "5039/56", "good", "-"),
        ("S12", [18, 25, 24, 18, 27, 14], ["8", "8", "4.3", "3.7", "8"], "87.5", "good", "good"),
        ("S13", [18, 25, 24, 18, 27, 14], ["8", "8", "13/3", "25/6", "8"], "1403/16", "good", "good"),
    ];
    let cascade = scheme();
    let mut literal = scheme();
    literal.outcome.mode = Mode::Literal;
    for (case, raw, points, total, band, literally) in cases {
        let outcome = seqf(&cascade, raw, points);
        assert_eq!(outcome.award.total, Some(exact(total)), "{case}");
        assert_eq!(name(outcome.award.band.as_ref()), band, "{case}");
        assert_eq!(name(seqf(&literal, raw, points).award.band.as_ref()), literally, "{case} literally");
    }
}

#[test]
fn what_floats_get_wrong_is_exact() {
    let cases = [
        ([17, 28, 28, 16, 25, 16], ["10", "10", "2", "2", "10"], "90"),
        ([16, 23, 19, 17, 27, 12], ["4", "4", "4", "4", "2"], "75"),
        ([15, 26, 16, 13, 23, 11], ["10", "10", "5", "4", "6"], "75"),
        ([15, 8, 6, 13, 12, 16], ["8", "8", "2", "2", "8"], "55"),
    ];
    for (raw, points, total) in cases {
        assert_eq!(seqf(&scheme(), raw, points).award.total, Some(exact(total)));
    }
}

#[test]
fn contributions_of_s5() {
    let outcome = seqf(&scheme(), [16, 23, 19, 17, 27, 12], ["4", "4", "4", "4", "2"]);
    let contributions = outcome.sections.iter().map(|section| section.contribution.clone().unwrap().to_string());
    assert_eq!(contributions.collect::<Vec<_>>(), ["12", "345/28", "285/28", "12.75", "13.5", "7.5", "6.75"]);
}

#[test]
fn a_capped_band_says_why() {
    let outcome = seqf(&scheme(), [20, 28, 27, 20, 29, 16], ["6", "4", "5", "5", "6"]);
    assert_eq!((name(outcome.award.raw_band.as_ref()), name(outcome.award.band.as_ref())), ("excellent", "good"));
    let gate = &outcome.award.gates[0];
    assert_eq!((gate.holds, gate.why.as_str()), (Some(false), "A + B + E is 16, needs 20"));
    assert_eq!(outcome.values["abe"], Quantity::Number(exact("16")));
}

/// Returns S14: five blanks in 1.2, and E blank.
fn s14(scheme: &Framework) -> Return {
    let mut grades = answers([20, 28, 28, 20, 30, 16]);
    for blank in &mut grades[19..24] {
        *blank = "-";
    }
    answered(scheme, &grades, &["8", "8", "4", "4", "-"])
}

#[test]
fn blanks_leave_an_interval() {
    let scheme = scheme();
    let outcome = score(&scheme, &s14(&scheme), &rater());
    assert_eq!(ends(&outcome), (exact("1241/14"), exact("97.75")));
    let bands = outcome.award.band_bounds.unwrap();
    assert_eq!((bands.lowest.as_str(), bands.highest.as_str()), ("good", "excellent"));
    let holds: Vec<Option<bool>> = outcome.award.gates.iter().map(|gate| gate.holds).collect();
    assert_eq!(holds, [None, Some(true), Some(true)]);
    assert_eq!(outcome.award.gates[0].why, "it can't be told yet: E has no usable answer");
    assert_eq!(outcome.missing, ["1.210", "1.211", "1.212", "1.213", "1.214", "E"]);
    assert_eq!((outcome.award.total, outcome.award.band), (None, None));
    let abe = &outcome.values["abe"];
    assert_eq!([abe.least().to_string(), abe.most().to_string()], ["16", "26"]);
    let section = &outcome.sections[1];
    assert_eq!((section.score.clone(), section.given.clone(), section.answered), (None, exact("18"), 9));
    assert_eq!((section.bounds.lowest.clone(), section.bounds.highest.clone()), (exact("18"), exact("28")));
}

#[test]
fn what_a_form_should_state_is_over_what_is_given() {
    use crate::framework::{Stated, StatedColumn, StatedKind};
    let scheme = scheme();
    let sent = s14(&scheme);
    let outcome = score(&scheme, &sent, &rater());
    let cases = [
        ("section.given", "18"),
        ("section.score", "18"),
        ("section.maximum", "28"),
        ("section.weight * 100", "15"),
        ("section.count", "14"),
        ("section.answered", "9"),
        ("section.mean", "2"),
        ("section.title", "Section 1.2"),
        ("score('1.1') + given('2.2')", "44"),
        ("round(total, 4)", "88.6429"),
        ("total_given == total", "yes"),
        ("band", "Incomplete"),
        ("abe", "16"),
        ("grade('1.11') ~ grade('E')", "not known"),
        ("count_at_most('1.2', 1) + count_at_least('1.2', 2) + count_at('1.2', 2)", "18"),
    ];
    for (written, expected) in cases {
        let of = Stated {
            id: "x".to_owned(),
            sheet: "s".into(),
            row: String::new(),
            column: StatedColumn::BesideLabel,
            value: expression(written),
            kind: StatedKind::Total,
            outcomes: Vec::new(),
            rater: None,
            section: Some("1.2".into()),
        };
        assert_eq!(stated(&Basis::of(&scheme, &sent, &outcome), &outcome, &of).to_string(), expected, "{written}");
    }
}

#[test]
fn lookups_at_their_edges() {
    let cases = [
        (
            0,
            vec![
                ("9.99", "0"),
                ("10", "2"),
                ("19.99", "2"),
                ("20", "4"),
                ("30", "6"),
                ("40", "8"),
                ("49.99", "8"),
                ("50", "10"),
                ("100", "10"),
            ],
        ),
        (
            1,
            vec![
                ("52", "0"),
                ("51.99", "2"),
                ("39", "2"),
                ("38.99", "4"),
                ("26", "4"),
                ("25.99", "6"),
                ("16", "6"),
                ("15.99", "8"),
                ("10", "8"),
                ("9.99", "10"),
                ("0", "10"),
            ],
        ),
        (
            4,
            vec![
                ("50", "0"),
                ("50.01", "2"),
                ("60", "2"),
                ("60.01", "4"),
                ("70", "4"),
                ("80", "6"),
                ("80.01", "8"),
                ("90", "8"),
                ("90.01", "10"),
                ("100", "10"),
            ],
        ),
    ];
    let scheme = scheme();
    let measures: Vec<&Measure> = scheme.measures().collect();
    for (number, values) in cases {
        let measure = measures[number];
        for (typed, points) in values {
            let mut sent = answered(&scheme, &answers([0; 6]), &["0"; 5]);
            sent.results.insert(measure.id.clone(), given(exact(typed)));
            let outcome = score(&scheme, &sent, &rater());
            assert_eq!(outcome.measures[&measure.id].earned, Some(exact(points)), "{} {typed}", measure.id);
        }
    }
}

const COLUMNS: [&str; 7] =
    ["client_ref", "service_start", "profile_start", "job_start", "job_end", "paid", "sustained"];

const CLIENTS: [&str; 10] = [
    "C01|2024-06-03|2024-06-17|2024-10-07||Y|",
    "C02|2024-07-01|2024-07-08|2024-12-02|2025-02-14|Y|",
    "C03|2024-09-02|2024-09-16|2025-01-06|2025-07-06|Y|",
    "C04|2024-09-02|2024-09-30|2025-03-30||Y|",
    "C05|2024-10-07|2024-10-14||||",
    "C06|2025-01-13|2025-01-20|2025-05-12||Y|",
    "C07|2025-02-03|2025-02-10|2025-06-02||N|",
    "C08|2025-03-03|2025-03-17||||",
    "C09|2025-04-07|||||",
    "C10|2024-08-05|2024-08-12|2024-08-31|2025-02-28|Y|",
];

/// Returns the scheme with a register of clients, and the rules by which work counts as lasting.
fn with_clients(long_enough: &str, lasted: &str) -> Framework {
    let mut scheme = scheme();
    scheme.fields = vec![data_date_field()];
    let derived = [
        ("placed", "paid == 'Y' and job_start is given"),
        ("profiled", "profile_start is given"),
        ("profiled_and_placed", "profiled and placed"),
        ("weeks", "weeks_between(service_start, job_start)"),
        ("long_enough", long_enough),
        ("lasted", lasted),
    ];
    let outcome = "'not-placed' if not placed else 'sustained' if lasted else 'placed'";
    scheme.registers = vec![register("clients", &COLUMNS, &derived, Some(outcome))];
    let derivations = [
        (0, "percentage(rows_count('clients', 'profiled_and_placed'), rows_count('clients', 'profiled'))", "profiled"),
        (1, "rows_mean('clients', 'weeks', 'placed')", "placed"),
        (4, "percentage(rows_count('clients', 'lasted'), rows_count('clients', 'long_enough'))", "long_enough"),
    ];
    for (number, written, cohort) in derivations {
        let measure = &mut scheme.sections[6].measures[number];
        measure.from_register = Some(expression(written));
        measure.cohort = Some(expression(&format!("rows_count('clients', '{cohort}')")));
    }
    scheme
}

const LONG_ENOUGH: &str = "placed and job_start < months_before(data_date, 6)";
const LASTED: &str = "long_enough and (job_end is blank or job_end >= months_after(job_start, 6))";

/// Scores a return with the ten clients.
fn clients(scheme: &Framework) -> Outcome {
    let mut sent = answered(scheme, &answers([20, 28, 28, 20, 30, 16]), &["10", "6", "5", "5", "6"]);
    sent.registers.insert("clients".into(), rows(&COLUMNS, &CLIENTS));
    sent.fields.insert("data_date".into(), given(EntryValue::Date(jiff::civil::date(2025, 9, 30))));
    score(scheme, &sent, &rater())
}

/// Returns a measure's value from the register, how many it rests on, and the points that it would earn.
fn derived(scheme: &Framework, outcome: &Outcome, id: &str) -> (String, String, String) {
    let score = &outcome.measures[id];
    let measure = scheme.measure(id).unwrap();
    let value = score.from_register.clone().unwrap();
    let earned = measure.lookup.as_ref().unwrap().points(&value);
    (value.to_string(), score.cohort.clone().unwrap().to_string(), earned.to_string())
}

#[test]
fn measures_follow_from_clients() {
    let scheme = with_clients(LONG_ENOUGH, LASTED);
    let outcome = clients(&scheme);
    let expected = [("A", "200/3", "9", "10"), ("B", "380/21", "6", "6"), ("E", "75", "4", "6")];
    for (id, value, cohort, points) in expected {
        let (worth, rests_on, earned) = derived(&scheme, &outcome, id);
        assert_eq!((worth.as_str(), rests_on.as_str(), earned.as_str()), (value, cohort, points), "{id}");
    }
    let outcomes: Vec<&str> = outcome.registers["clients"].iter().map(|row| row.outcome().unwrap_or("-")).collect();
    let [sustained, placed, not] = ["sustained", "placed", "not-placed"];
    assert_eq!(outcomes, [sustained, placed, sustained, placed, not, placed, not, not, not, sustained]);
}

#[test]
fn rival_readings_are_other_expressions() {
    let in_weeks = "long_enough and (job_end is blank or job_end >= weeks_after(job_start, 26))";
    let scheme = with_clients("placed and job_start < weeks_after(data_date, -26)", in_weeks);
    let (value, cohort, earned) = derived(&scheme, &clients(&scheme), "E");
    assert_eq!((value.as_str(), cohort.as_str(), earned.as_str()), ("40", "5", "0"));

    let scheme = with_clients(LONG_ENOUGH, in_weeks);
    let (value, cohort, earned) = derived(&scheme, &clients(&scheme), "E");
    assert_eq!((value.as_str(), cohort.as_str(), earned.as_str()), ("25", "4", "0"));

    let scheme = with_clients("placed and job_start <= months_before(data_date, 6)", LASTED);
    let (value, cohort, earned) = derived(&scheme, &clients(&scheme), "E");
    assert_eq!((value.as_str(), cohort.as_str(), earned.as_str()), ("80", "5", "6"));
}

#[test]
fn a_register_that_is_not_there_gives_nothing() {
    let scheme = with_clients(LONG_ENOUGH, LASTED);
    let outcome = seqf(&scheme, [0; 6], ["0"; 5]);
    assert_eq!(outcome.measures["A"].from_register, None);
    assert_eq!(outcome.measures["A"].cohort, None);
}

#[test]
fn a_share_of_people_has_no_ends_beyond_all_and_none() {
    let mut share = measure("A", "10", None);
    (share.least, share.greatest) = (Some(Exact::zero()), Some(Exact::from(100)));
    for (value, expected) in [("187.5", "100"), ("-5", "0"), ("45.2", "45.2")] {
        assert_eq!(share.bounded(&exact(value)), exact(expected), "{value}");
    }
    let weeks = measure("B", "10", None);
    assert_eq!(weeks.bounded(&exact("187.5")), exact("187.5"), "what has no ends stays");
}
