//! How sure the place of a criterion among all is, by drawing organisations again.
#![expect(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "ranks are statistics, not scores")]

use super::draw::{DRAWS, Draws};

/// With fewer returns no place is sure enough to be told.
pub const LEAST_RETURNS: usize = 10;

/// Means that are nearer than this are the same.
const SAME: f64 = 1e-9;

/// The places between which a criterion lies in 95 of 100 draws, the first being one.
pub type Places = (usize, usize);

/// The places of a criterion, counted from the highest mean and from the lowest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ranked {
    /// From the highest.
    pub strongest: Places,
    /// From the lowest.
    pub weakest: Places,
}

/// Returns between which places each criterion lies when organisations are drawn again; `None` for one without answers, and for all
/// where there are too few returns. A row is a return, with an answer from 0 to 1 to each criterion.
pub fn ranked(returns: &[Vec<Option<f64>>], criteria: usize) -> Vec<Option<Ranked>> {
    if returns.len() < LEAST_RETURNS {
        return vec![None; criteria];
    }
    let inputs: Vec<f64> = returns.iter().flatten().map(|answer| answer.unwrap_or(-1.0)).collect();
    let mut draws = Draws::of(&inputs);
    let mut each: Vec<[Vec<usize>; 2]> = vec![[Vec::new(), Vec::new()]; criteria];
    for _ in 0..DRAWS {
        let means = means(returns, &draws.again(returns.len()), criteria);
        for (criterion, places) in places(&means) {
            each[criterion].iter_mut().zip(places).for_each(|(all, place)| all.push(place));
        }
    }
    let both = |[strongest, weakest]: [Vec<usize>; 2]| {
        Some(Ranked { strongest: middle(strongest)?, weakest: middle(weakest)? })
    };
    each.into_iter().map(both).collect()
}

/// Returns the mean of each criterion over returns that were drawn so many times; `None` where none of them answers it.
fn means(returns: &[Vec<Option<f64>>], times: &[usize], criteria: usize) -> Vec<Option<f64>> {
    let mut sums = vec![(0.0, 0); criteria];
    for (answers, times) in returns.iter().zip(times).filter(|(_, times)| **times > 0) {
        for (sum, answer) in sums.iter_mut().zip(answers) {
            if let Some(answer) = answer {
                sum.0 += answer * *times as f64;
                sum.1 += times;
            }
        }
    }
    sums.into_iter().map(|(sum, times)| (times > 0).then(|| sum / times as f64)).collect()
}

/// Returns the place of each criterion from the highest mean and from the lowest; those that are the same share one.
fn places(means: &[Option<f64>]) -> Vec<(usize, [usize; 2])> {
    let mut sorted: Vec<f64> = means.iter().flatten().copied().collect();
    sorted.sort_by(f64::total_cmp);
    let place = |mean: f64| {
        let above = sorted.len() - sorted.partition_point(|other| *other <= mean + SAME);
        [above + 1, sorted.partition_point(|other| *other < mean - SAME) + 1]
    };
    means.iter().enumerate().filter_map(|(criterion, mean)| Some((criterion, place((*mean)?)))).collect()
}

/// Returns the ends of the middle 95 of 100; `None` without any.
fn middle(mut places: Vec<usize>) -> Option<Places> {
    places.sort_unstable();
    let out = places.len() / 40;
    Some((*places.get(out)?, *places.get(places.len().checked_sub(out + 1)?)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns so many returns whose criteria are answered with these chances of the best.
    fn drawn(returns: usize, chances: &[f64]) -> Vec<Vec<Option<f64>>> {
        let mut draws = Draws::of(chances);
        let mut answer = |chance: &f64| Some(f64::from(u8::from(draws.share() < *chance)));
        (0..returns).map(|_| chances.iter().map(&mut answer).collect()).collect()
    }

    #[test]
    fn what_stands_apart_has_one_place_and_what_is_alike_has_many() {
        let ranks = ranked(&drawn(60, &[0.95, 0.5, 0.5, 0.5, 0.05]), 5);
        let ranks: Vec<Ranked> = ranks.into_iter().flatten().collect();
        assert_eq!((ranks[0].strongest, ranks[4].weakest), ((1, 1), (1, 1)));
        assert_eq!((ranks[0].weakest, ranks[4].strongest), ((5, 5), (5, 5)));
        assert!(ranks[1..4].iter().all(|one| one.strongest.0 == 2 && one.strongest.1 == 4), "{ranks:?}");
    }

    #[test]
    fn too_few_returns_and_no_answers_have_no_place() {
        assert_eq!(ranked(&drawn(LEAST_RETURNS - 1, &[0.5, 0.5]), 2), [None, None]);
        let mut returns = drawn(LEAST_RETURNS, &[0.5, 0.5]);
        for answers in &mut returns {
            answers[1] = None;
        }
        let ranks = ranked(&returns, 2);
        assert_eq!((ranks[0].map(|one| one.strongest), ranks[1]), (Some((1, 1)), None));
        assert_eq!(ranked(&[], 0), []);
    }
}
