//! Schemes that the language must say without new code, with their oracles.

use std::collections::BTreeMap;

use scrutineer::exact::Exact;
use scrutineer::framework::{CriterionId, Framework, RaterId};
use scrutineer::ooxml::Limits;
use scrutineer::outcome::{Award, Outcome, score};
use scrutineer::returns::{Entry, Grading, Reading, Return, Standing};
use scrutineer::review::{Settings, Status, review};
use scrutineer::workbook::Source;

use super::{check, definitions, pack, samples};

/// Returns a good pack's framework.
fn framework(name: &str) -> Framework {
    let (framework, findings) = check(&pack(&samples().join(format!("good/{name}/framework.toml"))));
    framework.unwrap_or_else(|| panic!("{name}: {findings:#?}"))
}

/// Scores answers given in the form's order; `None` is blank.
fn outcome(framework: &Framework, answers: &[Option<i64>]) -> Outcome {
    let rater: RaterId = framework.raters[0].id.clone();
    let entry = |answer: &Option<i64>| {
        let grading = |points: i64| Grading {
            grade: points.to_string(),
            points: Some(Exact::from(points)),
            standing: Standing::Counts,
        };
        let reading = answer.map_or(Reading::Blank, |points| Reading::Given(grading(points)));
        Entry::unplaced(reading)
    };
    let answers: BTreeMap<(RaterId, CriterionId), Entry<Grading>> = framework
        .criteria()
        .zip(answers)
        .map(|(criterion, answer)| ((rater.clone(), criterion.id.clone()), entry(answer)))
        .collect();
    score(framework, &Return { answers, ..Return::empty(rater.clone()) }, &rater)
}

/// Returns the name of a band, or nothing.
fn band(of: Option<&scrutineer::framework::BandId>) -> &str {
    of.map_or("", |band| band.as_str())
}

#[test]
fn each_good_pack_is_sound_without_a_word() {
    for file in definitions("good") {
        let (framework, findings) = check(&pack(&file));
        assert!(framework.is_some() && findings.is_empty(), "{}: {findings:#?}", file.display());
    }
}

#[test]
fn each_good_pack_reads_the_workbooks_beside_it() {
    for file in definitions("good") {
        let frameworks = [check(&pack(&file)).0.unwrap()];
        let settings = Settings::new(&frameworks, Limits::default());
        let review = |name: &str| {
            let bytes = std::fs::read(file.with_file_name(name)).unwrap();
            review(&settings, &Source::new(name, bytes))
        };
        let (blank, filled) = (review("form.xlsx"), review("return.xlsx"));
        assert_eq!((blank.status, filled.status), (Status::Provisional, Status::Scored), "{}", file.display());
        assert!(filled.findings.is_empty(), "{}: {:#?}", file.display(), filled.findings);
        assert!(filled.outcome.is_some_and(|outcome| outcome.band.is_some()), "{}", file.display());
    }
}

#[test]
fn fidelity_totals_have_their_bands() {
    let framework = framework("ips-25");
    let cases = [
        (25, "not-supported-employment"),
        (73, "not-supported-employment"),
        (74, "fair"),
        (99, "fair"),
        (100, "good"),
        (114, "good"),
        (115, "exemplary"),
        (125, "exemplary"),
    ];
    for (total, expected) in cases {
        // As many fives as fit, then what is left, over ones.
        let (fives, rest) = ((total - 25) / 4, (total - 25) % 4);
        let answers: Vec<Option<i64>> = (0..25)
            .map(|item: i64| Some(if item < fives { 5 } else { 1 + if item == fives { rest } else { 0 } }))
            .collect();
        let outcome = outcome(&framework, &answers);
        assert_eq!(outcome.award.total, Some(Exact::from(total)));
        assert_eq!(band(outcome.award.band.as_ref()), expected, "{total}");
    }
}

#[test]
fn a_fidelity_item_without_data_leaves_an_interval() {
    let framework = framework("ips-25");
    let mut answers = vec![Some(4); 24];
    answers.push(None);
    let outcome = outcome(&framework, &answers);
    assert_eq!(outcome.award.total, None);
    assert_eq!(
        outcome.award.bounds.map(|ends| (ends.lowest, ends.highest)).unwrap(),
        (Exact::from(97), Exact::from(101))
    );
    let bands = outcome.award.band_bounds.unwrap();
    assert_eq!((bands.lowest.as_str(), bands.highest.as_str()), ("fair", "good"));
}

#[test]
fn food_hygiene_ratings_are_the_best_whose_limits_both_hold() {
    let framework = framework("food-hygiene");
    let cases = [
        ([0, 0, 0], 5),
        ([5, 5, 5], 5),
        ([10, 5, 0], 4),
        ([10, 10, 0], 4),
        ([15, 5, 0], 2),
        ([15, 0, 0], 2),
        ([10, 10, 10], 3),
        ([15, 15, 10], 2),
        ([20, 0, 0], 1),
        ([20, 20, 10], 1),
        ([25, 0, 0], 0),
        ([0, 0, 20], 1),
        ([0, 0, 30], 0),
        ([25, 25, 30], 0),
    ];
    for (scores, rating) in cases {
        let outcome = outcome(&framework, &scores.map(Some));
        assert_eq!(band(outcome.award.band.as_ref()), format!("rating-{rating}"), "{scores:?}");
    }
}

#[test]
fn food_hygiene_ratings_count_as_computed() {
    let framework = framework("food-hygiene");
    let (mut counts, mut capped) = ([0; 6], 0);
    for hygiene in [0, 5, 10, 15, 20, 25] {
        for structure in [0, 5, 10, 15, 20, 25] {
            for confidence in [0, 5, 10, 20, 30] {
                let outcome = outcome(&framework, &[Some(hygiene), Some(structure), Some(confidence)]);
                let rating: usize = band(outcome.award.band.as_ref()).trim_start_matches("rating-").parse().unwrap();
                counts[rating] += 1;
                capped += usize::from(outcome.award.band != outcome.award.raw_band);
            }
        }
    }
    assert_eq!(counts, [83, 49, 21, 4, 15, 8]);
    assert_eq!(capped, 112);
}

#[test]
fn a_report_card_is_counted_from_the_grades_of_its_areas() {
    let framework = framework("report-card");
    let (met, not) = (Some(1), Some(0));
    let cases = [
        ([met, met, met, met, met, met, met, not], ["strong", "strong", "expected"], "leading-school", 0),
        ([met, met, not, met, met, not, met, not], ["expected", "expected", "expected"], "sound-school", 0),
        ([not, not, met, met, met, met, met, met], ["attention", "strong", "strong"], "school-in-need", 0),
        ([not, not, None, met, met, met, met, met], ["attention", "strong", "strong"], "school-in-need", 1),
    ];
    for (answers, grades, expected, missing) in cases {
        let outcome = outcome(&framework, &answers);
        let settled = |award: &Award| {
            let only = award.band_bounds.clone().filter(|ends| ends.lowest == ends.highest).map(|ends| ends.lowest);
            band(award.band.as_ref().or(only.as_ref())).to_owned()
        };
        assert_eq!(settled(&outcome.award), expected, "{answers:?}");
        assert_eq!(outcome.grades.iter().map(|grade| settled(&grade.award)).collect::<Vec<_>>(), grades, "{answers:?}");
        assert_eq!((outcome.award.bounds, outcome.missing.len()), (None, missing), "there is no total");
    }
}

#[test]
fn a_part_is_rated_by_its_percentage_and_by_its_lowest_scores() {
    let framework = framework("care-ratings");
    let cases = [
        ([3, 3, 3, 3, 3, 3, 3, 3], "good"),
        ([3, 3, 3, 3, 3, 3, 3, 1], "requires-improvement"),
        ([4, 4, 4, 4, 4, 4, 4, 2], "good"),
        ([4, 4, 4, 4, 3, 3, 3, 3], "outstanding"),
        ([3, 3, 3, 3, 2, 2, 2, 2], "requires-improvement"),
        ([2, 2, 2, 2, 2, 2, 2, 2], "requires-improvement"),
        ([1, 1, 1, 1, 1, 1, 1, 1], "inadequate"),
        ([4, 4, 4, 4, 4, 4, 4, 1], "requires-improvement"),
    ];
    for (scores, rating) in cases {
        let outcome = outcome(&framework, &scores.map(Some));
        assert_eq!(band(outcome.grades[0].award.band.as_ref()), rating, "{scores:?}");
    }
}
