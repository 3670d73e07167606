//! Seasons made up by chance: what was planted in them is found, and where nothing was, nothing is told more often than is said.

#![expect(clippy::float_arithmetic, reason = "random numbers are no scores")]

use super::draw::Draws;
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
