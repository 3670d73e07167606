//! Parts of a scheme with grades of their own, and outcomes that rest on those; what they can become while answers are missing.

use proptest::prelude::*;

use super::*;
use crate::framework::{BandId, GradeSpec, Graded, NotApplicable, OutcomeSpec};
use crate::outcome::{Award, Ends, GradeAward};

/// Returns a rating of sections by what each reaches of its most, of which an answer of 1 or 2 keeps the best away.
fn rating(sections: &[&str], total: &str) -> GradeSpec {
    let spec = OutcomeSpec {
        total: expression(total),
        unit: "%".to_owned(),
        bands: vec![
            Band { over: Some(exact("87")), ..band("best", "", &["no-low"]) },
            band("good", "63", &["no-one"]),
            band("fair", "39", &[]),
            band("poor", "", &[]),
        ],
        gates: vec![
            gate("no-low", "lowest(section.id) >= 3", "{{ section.title }} has a {{ lowest(section.id) }}"),
            gate("no-one", "count_at(section.id, 1) == 0", "{{ section.title }} has a 1"),
        ],
        ..framework("1").outcome
    };
    let about = |id: &&str| {
        let title = format!("Section {id}");
        let about = |gate: &Gate| Gate { holds: gate.holds.about(id, &title), ..gate.clone() };
        let (total, gates) = (spec.total.about(id, &title), spec.gates.iter().map(about).collect());
        Graded { id: (*id).to_owned(), spec: OutcomeSpec { total, gates, ..spec.clone() }, title }
    };
    GradeSpec { id: "rating".into(), title: "Rating".to_owned(), over: sections.iter().map(about).collect() }
}

/// Returns a scheme whose outcome rests on the ratings of its sections, and has no total.
fn scheme(sections: &[(&str, usize)], total: &str) -> Framework {
    let mut scheme = framework("none");
    let mut scale = points_scale(&["1", "2", "3", "4"], Better::Higher);
    scale.not_applicable = NotApplicable::Dropped { written: vec!["n/a".to_owned()] };
    scheme.scales.insert("four".into(), scale);
    scheme.sections = sections.iter().map(|(id, criteria)| section(id, *criteria, "four")).collect();
    let ids: Vec<&str> = sections.iter().map(|(id, _)| *id).collect();
    scheme.grades = vec![rating(&ids, total)];
    scheme.outcome.bands = vec![band("high", "", &["good"]), band("middle", "", &["not-poor"]), band("low", "", &[])];
    scheme.outcome.gates = vec![
        gate("good", "count_graded('rating', 'best', 'good') == count_graded('rating')", "not all are good"),
        gate("not-poor", "count_graded('rating', 'poor') == 0 or graded('rating', 'A') == 'best'", "one is poor"),
    ];
    scheme
}

/// What a section reaches of its most.
const SHARE: &str = "percentage(section.score, section.maximum)";

fn of<'a>(outcome: &'a Outcome, part: &str) -> &'a GradeAward {
    outcome.grades.iter().find(|grade| grade.of == part).unwrap()
}

#[test]
fn a_part_is_graded_by_its_own_total_and_gates() {
    let scheme = scheme(&[("A", 8), ("B", 8)], SHARE);
    let cases: [(&[&str], &str, &str); 8] = [
        (&["3", "3", "3", "3", "3", "3", "3", "3"], "75", "good"),
        (&["3", "3", "3", "3", "3", "3", "3", "1"], "68.75", "fair"),
        (&["4", "4", "4", "4", "4", "4", "4", "2"], "93.75", "good"),
        (&["4", "4", "4", "4", "3", "3", "3", "3"], "87.5", "best"),
        (&["3", "3", "3", "3", "2", "2", "2", "2"], "62.5", "fair"),
        (&["2", "2", "2", "2", "2", "2", "2", "2"], "50", "fair"),
        (&["1", "1", "1", "1", "1", "1", "1", "1"], "25", "poor"),
        (&["3", "n/a", "n/a", "n/a", "n/a", "n/a", "n/a", "n/a"], "75", "good"),
    ];
    for (answers, total, expected) in cases {
        let outcome = scored(&scheme, &[answers, &["4"; 8][..]].concat());
        let award = &of(&outcome, "A").award;
        assert_eq!((award.total.clone(), name(award.band.as_ref())), (Some(exact(total)), expected), "{answers:?}");
        assert_eq!(name(of(&outcome, "B").award.band.as_ref()), "best");
        assert_eq!(outcome.award.total, None, "there is none");
    }
}

#[test]
fn a_limit_that_must_be_exceeded_isnt_reached_by_itself() {
    let mut scheme = framework("sum('all')");
    scheme.scales.insert("four".into(), points_scale(&["1", "2", "3", "4"], Better::Higher));
    scheme.sections = vec![section("A", 1, "four")];
    scheme.outcome.bands = vec![Band { over: Some(exact("3")), ..band("more", "", &[]) }, band("less", "", &[])];
    for (answer, expected) in [("3", "less"), ("4", "more")] {
        assert_eq!(name(scored(&scheme, &[answer]).award.band.as_ref()), expected);
    }
    let next = scored(&scheme, &["2"]).award.next.unwrap();
    assert_eq!((next.steps[0].to.clone(), next.fewest), (exact("4"), true));
}

#[test]
fn an_outcome_counts_grades_and_waits_only_for_those_that_matter() {
    let scheme = scheme(&[("A", 2), ("B", 2)], SHARE);
    for (answers, expected, open) in [
        (["3", "3", "4", "4"], "high", false),
        (["3", "3", "2", "2"], "middle", false),
        (["3", "3", "1", "1"], "low", false),
        (["4", "4", "1", "1"], "middle", false),
        (["4", "4", "1", "-"], "middle", true),
    ] {
        let outcome = scored(&scheme, &answers);
        let settled = outcome.award.band_bounds.as_ref().filter(|bounds| bounds.lowest == bounds.highest);
        assert_eq!(settled.map(|bounds| bounds.lowest.as_str()), Some(expected), "{answers:?}");
        assert_eq!((outcome.is_open(), outcome.award.bounds.is_none()), (open, true), "{answers:?}");
    }
    let outcome = scored(&scheme, &["3", "-", "4", "4"]);
    assert_eq!((of(&outcome, "A").missing.len(), of(&outcome, "B").missing.len()), (1, 0));
    assert_eq!(name(of(&outcome, "B").award.band.as_ref()), "best");
}

#[test]
fn a_part_of_which_nothing_applies_has_no_grade_and_is_not_counted() {
    let scheme = scheme(&[("A", 2), ("B", 2)], SHARE);
    let outcome = scored(&scheme, &["3", "3", "n/a", "n/a"]);
    assert_eq!((name(of(&outcome, "B").award.band.as_ref()), name(outcome.award.band.as_ref())), ("-", "high"));
}

#[test]
fn a_part_of_which_nothing_applies_comes_to_nothing_whatever_it_is_graded_by() {
    for total in [SHARE, "section.score", "none", "lowest(section.id)", "section.mean"] {
        let scheme = scheme(&[("A", 2), ("B", 2)], total);
        let outcome = scored(&scheme, &["3", "3", "n/a", "n/a"]);
        let award = &of(&outcome, "B").award;
        assert!(award.is_dropped && award.total.is_none() && award.band.is_none(), "{total} {award:?}");
        assert!(award.bounds.is_none() && award.band_bounds.is_none() && award.gates.is_empty(), "{total} {award:?}");
        let count = |outcome: &Outcome| outcome.award.gates[0].holds;
        assert_eq!(count(&outcome), count(&scored(&scheme, &["3", "3", "4", "4"])), "{total}");
    }
}

#[test]
fn a_part_of_which_nothing_may_apply_may_have_no_grade() {
    let scheme = scheme(&[("A", 2), ("B", 2)], "none");
    let outcome = scored(&scheme, &["3", "3", "-", "n/a"]);
    let award = &of(&outcome, "B").award;
    assert!(award.may_be_none && !award.is_dropped);
    assert_eq!(name(award.band_bounds.as_ref().map(|bounds| &bounds.highest)), "best");
}

#[test]
fn the_next_step_of_a_part_is_to_its_own_better_band() {
    let outcome = scored(&scheme(&[("A", 8), ("B", 8)], SHARE), &[["3"; 8], ["4"; 8]].concat());
    let next = of(&outcome, "A").award.next.clone().unwrap();
    assert_eq!((next.band.as_str(), next.steps.len(), next.fewest), ("best", 4, true));
    assert!(next.steps.iter().all(|step| step.id.starts_with('A')), "{next:?}");
    assert!(of(&outcome, "B").award.next.is_none());
}

#[test]
fn gates_say_why_in_the_words_of_the_part() {
    let outcome = scored(&scheme(&[("A", 2), ("B", 2)], SHARE), &["4", "1", "4", "4"]);
    assert_eq!(of(&outcome, "A").award.gates[1].why, "Section A has a 1");
}

/// The answers of every criterion.
const GRADES: [&str; 5] = ["1", "2", "3", "4", "n/a"];

/// Holds that an award lies between its ends however it is completed, and that ends that are called reached are.
fn holds_all(bands: &[Band], award: &Award, completed: &[&Award]) {
    let number = |id: &BandId| bands.iter().position(|band| band.id == *id).unwrap();
    let given: Vec<usize> = completed.iter().filter_map(|award| award.band.as_ref().map(number)).collect();
    if let (Some(bounds), Some(best), Some(worst)) = (&award.band_bounds, given.iter().min(), given.iter().max()) {
        let ends = (number(&bounds.highest), number(&bounds.lowest));
        assert!(ends.0 <= *best && *worst <= ends.1, "{award:?}");
        assert!(award.ends == Ends::Outer || ends == (*best, *worst), "{award:?} {given:?}");
    }
    let totals: Vec<&Exact> = completed.iter().filter_map(|award| award.total.as_ref()).collect();
    if let (Some(bounds), Some(least), Some(most)) = (&award.bounds, totals.iter().min(), totals.iter().max()) {
        assert!(bounds.lowest <= **least && **most <= bounds.highest, "{award:?}");
        assert!(award.ends == Ends::Outer || (&bounds.lowest, &bounds.highest) == (*least, *most), "{award:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_can_become_of_grades_and_outcome_holds_every_way_of_completing(
        total in prop::sample::select(vec![SHARE, "section.mean * 25", "section.score * 10 - count_at(section.id, 2)"]),
        picks in proptest::collection::vec(0..9_usize, 4),
    ) {
        let scheme = scheme(&[("A", 2), ("B", 2)], total);
        let written = picked(&picks, &GRADES);
        let outcome = scored(&scheme, &written);
        let all: Vec<Outcome> = ways(&written, &GRADES).iter().map(|answers| scored(&scheme, answers)).collect();
        holds_all(&scheme.outcome.bands, &outcome.award, &all.iter().map(|one| &one.award).collect::<Vec<_>>());
        for part in ["A", "B"] {
            let completed: Vec<&Award> = all.iter().map(|one| &of(one, part).award).collect();
            holds_all(&scheme.grades[0].over[0].spec.bands, &of(&outcome, part).award, &completed);
        }
    }

    #[test]
    fn more_ways_than_are_looked_at_are_held_too(
        total in prop::sample::select(vec![SHARE, "section.mean * 25", "section.score", "section.score / section.count"]),
        whole in prop::sample::select(vec![
            "none",
            "sum('A') - lowest('B') * count_at_most('C', 2)",
            "weighted_percentage()",
            "max(highest('A'), sum('B')) + count_grade('C', '3') + (1 if applies('D') else 0)",
            "given('all') / count('all') + answered('D')",
        ]),
        filled in proptest::collection::vec(0..12_usize, 16),
        fillings in proptest::collection::vec(proptest::collection::vec(0..5_usize, 16), 20),
    ) {
        let mut scheme = scheme(&[("A", 4), ("B", 4), ("C", 4), ("D", 4)], total);
        for section in &mut scheme.sections {
            section.weight = Some(exact("0.25"));
        }
        scheme.outcome.total = expression(whole);
        let written = picked(&filled, &GRADES);
        let outcome = scored(&scheme, &written);
        let filled = |filling: &Vec<usize>| -> Vec<&str> {
            written.iter().zip(filling).map(|(one, pick)| if *one == "-" { GRADES[*pick] } else { *one }).collect()
        };
        let mut all: Vec<Outcome> = fillings.iter().map(|filling| scored(&scheme, &filled(filling))).collect();
        all.extend((0..4).map(|pick| scored(&scheme, &filled(&vec![pick; 16]))));
        let lies_within = |award: &Award, one: &Award, bands: &[Band]| {
            let number = |id: &BandId| bands.iter().position(|band| band.id == *id).unwrap();
            if let (Some(bounds), Some(total)) = (&award.bounds, &one.total) {
                assert!(bounds.lowest <= *total && *total <= bounds.highest, "{total} {award:?}");
            }
            if let (Some(bounds), Some(band)) = (&award.band_bounds, &one.band) {
                let (best, worst) = (number(&bounds.highest), number(&bounds.lowest));
                assert!((best..=worst).contains(&number(band)), "{band} {award:?}");
            }
            for (gate, of_one) in award.gates.iter().zip(&one.gates) {
                assert!(gate.holds.is_none() || of_one.holds.is_none() || gate.holds == of_one.holds, "{gate:?}");
            }
        };
        for one in &all {
            lies_within(&outcome.award, &one.award, &scheme.outcome.bands);
            for (grade, of_one) in outcome.grades.iter().zip(&one.grades) {
                lies_within(&grade.award, &of_one.award, &scheme.grades[0].over[0].spec.bands);
            }
        }
    }
}
