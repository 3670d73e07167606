//! Seasons made up by chance: what was planted in them is found, and where nothing was, nothing is told more often than is said.

#![expect(clippy::float_arithmetic, reason = "random numbers are no scores")]

use super::draw::Draws;
use super::leniency::leniencies;
use super::moderated::{Stratum, estimate};
use super::significance::{signed_rank, with_adjusted};
use super::verdict::Chance;
use super::{ChangeSummary, Statistics};
use crate::framework::Framework;
use crate::season::{Season, SeasonRecord, Surroundings, sample};

/// Returns an answer from 0 to 2: better ones of the able and on easy criteria.
fn answer(draws: &mut Draws, ability: f64) -> u32 {
    let by_chance = draws.share() + ability;
    u32::from(by_chance > 0.5) + u32::from(by_chance > 1.0)
}

/// Returns the answers of two seasons, a row an organisation, whose answers to the first criterion are a step lower the second time of
/// so many in a hundred.
fn two_seasons(draws: &mut Draws, organisations: usize, criteria: usize, drift: f64) -> [Vec<Vec<u32>>; 2] {
    let mut seasons = [Vec::new(), Vec::new()];
    for _ in 0..organisations {
        let ability = draws.share();
        for (time, season) in seasons.iter_mut().enumerate() {
            let mut answers: Vec<u32> = (0..criteria).map(|_| answer(draws, ability)).collect();
            answers[0] = answers[0].saturating_sub(u32::from(time == 1 && draws.share() < drift));
            season.push(answers);
        }
    }
    seasons
}

/// Returns the criteria of which change is told.
fn told([before, now]: &[Vec<Vec<u32>>; 2]) -> Vec<usize> {
    let differences = |criterion: usize| -> Vec<f64> {
        before.iter().zip(now).map(|(before, now)| f64::from(now[criterion]) - f64::from(before[criterion])).collect()
    };
    let chances = with_adjusted((0..before[0].len()).map(|criterion| signed_rank(&differences(criterion))).collect());
    let is_told = |chance: &(Option<f64>, Option<f64>)| chance.1.is_some_and(|adjusted| adjusted < 0.05);
    chances.iter().enumerate().filter(|(_, chance)| is_told(chance)).map(|(criterion, _)| criterion).collect()
}

#[test]
fn of_seasons_in_which_nothing_changed_at_most_one_in_twenty_tells_of_a_criterion() {
    for (organisations, criteria) in [(12, 5), (30, 12), (48, 20)] {
        let mut draws = Draws::of(&[f64::from(organisations)]);
        let organisations = usize::try_from(organisations).unwrap();
        let false_alarms =
            (0..400).filter(|_| !told(&two_seasons(&mut draws, organisations, criteria, 0.0)).is_empty()).count();
        // Of 400 draws at one in twenty 29 and more come once in a hundred times.
        assert!(false_alarms < 29, "{false_alarms} of 400 with {organisations} organisations");
    }
}

#[test]
fn a_criterion_that_drifted_is_told_and_hardly_another() {
    let mut draws = Draws::of(&[2.0]);
    let seasons: Vec<Vec<usize>> = (0..200).map(|_| told(&two_seasons(&mut draws, 40, 20, 0.9))).collect();
    let found = seasons.iter().filter(|told| told.contains(&0)).count();
    let others: usize = seasons.iter().flatten().filter(|criterion| **criterion != 0).count();
    let all: usize = seasons.iter().map(Vec::len).sum();
    assert!(found > 180, "{found} of 200 found");
    assert!(others * 20 <= all + 40, "{others} of {all} told aren't planted");
}

/// Returns the change of a season with these answers since one with those.
fn change(frameworks: &[Framework], [before, now]: &[Vec<Vec<u32>>; 2]) -> ChangeSummary {
    let season = |answers: &[Vec<u32>], previous| {
        let review = |(number, answers): (usize, &Vec<u32>)| {
            let answers: Vec<Option<u32>> = answers.iter().copied().map(Some).collect();
            sample::review(&frameworks[0], &format!("Organisation {number:02}"), "Self", &answers)
        };
        let surroundings = Surroundings { previous, ..Surroundings::default() };
        Season::new(frameworks, surroundings, answers.iter().enumerate().map(review).collect())
    };
    let previous = Some(SeasonRecord::of(&season(before, None)));
    let statistics = Statistics::of_season(&season(now, previous)).unwrap();
    statistics.of("sample").unwrap().change.clone().unwrap()
}

#[test]
fn a_whole_season_tells_what_its_answers_tell() {
    let frameworks = [sample::usual()];
    let mut draws = Draws::of(&[3.0]);
    for drift in [0.0, 0.5, 0.9] {
        let seasons = two_seasons(&mut draws, 40, 12, drift);
        let change = change(&frameworks, &seasons);
        let ids: Vec<&str> = frameworks[0].criteria().map(|criterion| criterion.id.as_str()).collect();
        let moved = change.criteria.iter().filter(|row| Chance::is_unlikely(&row.chance_adjusted));
        let mut moved: Vec<usize> = moved.map(|row| ids.iter().position(|id| *id == row.criterion).unwrap()).collect();
        moved.sort_unstable();
        assert_eq!(moved, told(&seasons), "{drift}");
    }
}

/// Draws so many of a stratum of which so many would change.
fn looked_at(draws: &mut Draws, [all, seen, would_change]: [usize; 3]) -> Stratum {
    let mut order: Vec<usize> = (0..all).collect();
    (0..seen).for_each(|place| order.swap(place, place + draws.below(all - place)));
    let changed = order.iter().take(seen).filter(|number| **number < would_change).count();
    Stratum { all, seen, changed }
}

#[test]
fn the_interval_of_those_nobody_looked_at_holds_the_truth_in_at_least_nineteen_of_twenty_draws() {
    let seasons: [&[[usize; 3]]; 8] = [
        &[[40, 4, 4]],
        &[[40, 4, 20]],
        &[[137, 12, 9]],
        &[[12, 2, 1], [16, 3, 5], [5, 1, 0]],
        &[[12, 2, 0], [16, 3, 8], [5, 1, 5]],
        &[[60, 5, 6], [30, 3, 9], [10, 2, 5], [8, 2, 0]],
        &[[90, 8, 9], [10, 4, 8]],
        &[[20, 10, 3], [80, 10, 4]],
    ];
    let mut draws = Draws::of(&[4.0]);
    for strata in seasons {
        let held = (0..1000).filter(|_| {
            let seen: Vec<Stratum> = strata.iter().map(|stratum| looked_at(&mut draws, *stratum)).collect();
            let estimate = estimate(&seen).unwrap();
            let changed: usize = seen.iter().map(|stratum| stratum.changed).sum();
            let truth: usize = strata.iter().map(|[.., would_change]| would_change).sum();
            let unseen = f64::from(u32::try_from(truth - changed).unwrap());
            (estimate.low..=estimate.high).contains(&unseen)
        });
        // At 950 of 1,000 it is fewer than 930 about once in a thousand times.
        let held = held.count();
        assert!(held >= 930, "{held} of 1,000: {strata:?}");
    }
}

/// Returns whom of five assessors is told, who differ by chance alone but for the first, who lies so much above.
fn told_assessors(draws: &mut Draws, caseload: usize, above: f64) -> Vec<usize> {
    // The sum of four numbers by chance is near a normal one, with a standard deviation of 5.8.
    let by_chance = |draws: &mut Draws| (0..4).map(|_| draws.share() - 0.5).sum::<f64>() * 10.0;
    let caseloads: Vec<Vec<f64>> = (0..5)
        .map(|assessor| (0..caseload).map(|_| by_chance(draws) + if assessor == 0 { above } else { 0.0 }).collect())
        .collect();
    let told = leniencies(&caseloads).into_iter().enumerate();
    told.filter(|(_, one)| one.beside.is_some_and(|beside| beside.chance < 0.05))
        .map(|(assessor, _)| assessor)
        .collect()
}

#[test]
fn of_seasons_in_which_all_judge_alike_at_most_one_in_twenty_tells_of_an_assessor() {
    let mut draws = Draws::of(&[5.0]);
    let false_alarms = (0..200).filter(|_| !told_assessors(&mut draws, 6, 0.0).is_empty()).count();
    // Of 200 draws at one in twenty 18 and more come about once in a hundred times.
    assert!(false_alarms < 18, "{false_alarms} of 200");
}

#[test]
fn an_assessor_who_gives_more_is_told_and_hardly_another() {
    let mut draws = Draws::of(&[6.0]);
    let seasons: Vec<Vec<usize>> = (0..100).map(|_| told_assessors(&mut draws, 7, 15.0)).collect();
    let found = seasons.iter().filter(|told| told.contains(&0)).count();
    let others = seasons.iter().filter(|told| told.iter().any(|assessor| *assessor != 0)).count();
    assert!(found > 95 && others < 12, "{found} of 100 found, in {others} another one told");
}
