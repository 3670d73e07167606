//! Which of many things matter, told by halves: where some don't matter together, none of them is tried any more.

use std::ops::Range;

/// The most trials for the sake of one figure.
const MOST: usize = 64;

/// Returns which of so many things matter, by their numbers: each by itself where there are few, and else by halves; those that are left together
/// once there were enough trials are taken together. `matters` says whether some of them do; `None` where it can't be tried.
pub(super) fn that_matter(count: usize, few: usize, matters: impl Fn(Range<usize>) -> Option<bool>) -> Vec<usize> {
    let is_one = |range: &Range<usize>| matters(range.clone()).unwrap_or(true);
    if count <= few {
        return (0..count).map(|at| at..at + 1).filter(is_one).flatten().collect();
    }
    if !is_one(&(0..count)) {
        return Vec::new();
    }
    let mut parts: Vec<Range<usize>> = std::iter::once(0..count).collect();
    let mut left = MOST;
    while parts.iter().any(|part| part.len() > 1) {
        let halves: Vec<Range<usize>> = parts.iter().flat_map(halved).collect();
        let Some(rest) = left.checked_sub(halves.len()) else { break };
        let kept: Vec<Range<usize>> = halves.into_iter().filter(is_one).collect();
        // Where no half matters, they do so only together.
        if kept.is_empty() {
            break;
        }
        (parts, left) = (kept, rest);
    }
    parts.into_iter().flatten().collect()
}

/// Returns the halves of a part, or the one that it is.
fn halved(part: &Range<usize>) -> Vec<Range<usize>> {
    let middle = usize::midpoint(part.start, part.end);
    let halves = [part.start..middle, middle..part.end];
    halves.into_iter().filter(|half| !half.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns which of a hundred matter where these do, of which some must be in a part.
    fn told(mattering: &[usize]) -> Vec<usize> {
        that_matter(100, 10, |part| Some(mattering.iter().any(|at| part.contains(at))))
    }

    #[test]
    fn few_that_matter_are_told_from_many() {
        for mattering in [&[0][..], &[99], &[40, 41, 42], &[3, 50, 97]] {
            assert_eq!(told(mattering), mattering);
        }
    }

    #[test]
    fn none_that_matters_is_lost() {
        let all: Vec<usize> = (0..100).collect();
        assert_eq!(told(&all), all);
        for step in 2..30 {
            let some: Vec<usize> = (0..100).step_by(step).collect();
            let told = told(&some);
            assert!(some.iter().all(|at| told.contains(at)), "{step}: {told:?}");
        }
    }

    #[test]
    fn what_matters_only_together_is_taken_together() {
        assert_eq!(that_matter(80, 10, |part| Some(part.len() == 80)).len(), 80);
        assert_eq!(that_matter(3, 10, |part| Some(part == (1..2))), [1]);
        assert_eq!(that_matter(80, 10, |_| None).len(), 80);
    }
}
