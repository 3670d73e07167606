//! A small exact solver for whole numbers: which values an unknown can have, given what sums of unknowns come to.

/// A sum of unknowns, each taken so many times, that lies between two numbers.
#[derive(Clone, Debug)]
struct Sum {
    terms: Vec<(usize, i64)>,
    least: i64,
    most: i64,
}

/// Unknown whole numbers and what is known of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Unknowns {
    ranges: Vec<(i64, i64)>,
    sums: Vec<Sum>,
}

impl Unknowns {
    /// Adds an unknown between two numbers; returns its place.
    pub(super) fn add(&mut self, least: i64, most: i64) -> usize {
        self.ranges.push((least, most));
        self.ranges.len() - 1
    }

    /// Says between what a sum lies.
    pub(super) fn sum(&mut self, terms: Vec<(usize, i64)>, least: i64, most: i64) {
        self.sums.push(Sum { terms, least, most });
    }

    /// Returns how many values an unknown can have, counted up to so many.
    pub(super) fn values(&self, unknown: usize, enough: usize) -> usize {
        let Some(ranges) = self.narrowed(self.ranges.clone()) else { return 0 };
        let (least, most) = ranges[unknown];
        let can_be = |value: &i64| {
            let mut ranges = ranges.clone();
            ranges[unknown] = (*value, *value);
            self.is_possible(ranges)
        };
        (least..=most).filter(can_be).take(enough).count()
    }

    /// Whether there are values within these ranges with which all sums hold.
    fn is_possible(&self, ranges: Vec<(i64, i64)>) -> bool {
        let Some(ranges) = self.narrowed(ranges) else { return false };
        let open = (0..ranges.len()).filter(|at| ranges[*at].0 < ranges[*at].1);
        let Some(next) = open.min_by_key(|at| ranges[*at].1 - ranges[*at].0) else { return true };
        (ranges[next].0..=ranges[next].1).any(|value| {
            let mut tried = ranges.clone();
            tried[next] = (value, value);
            self.is_possible(tried)
        })
    }

    /// Returns the ranges as far as single sums narrow them; `None` where a sum can't hold.
    fn narrowed(&self, mut ranges: Vec<(i64, i64)>) -> Option<Vec<(i64, i64)>> {
        loop {
            let before = ranges.clone();
            for sum in &self.sums {
                narrow(sum, &mut ranges)?;
            }
            if ranges == before {
                return Some(ranges);
            }
        }
    }
}

/// Narrows each unknown of a sum by what the others come to.
fn narrow(sum: &Sum, ranges: &mut [(i64, i64)]) -> Option<()> {
    let ends = |(at, times): (usize, i64), ranges: &[(i64, i64)]| {
        let (low, high) = (ranges[at].0 * times, ranges[at].1 * times);
        (low.min(high), low.max(high))
    };
    for own in &sum.terms {
        let others = sum.terms.iter().filter(|other| other.0 != own.0).map(|other| ends(*other, ranges));
        let (low, high) = others.fold((0, 0), |(low, high), (least, most)| (low + least, high + most));
        let is_within = |value: &i64| {
            let part = value * own.1;
            part + low <= sum.most && part + high >= sum.least
        };
        let own = &mut ranges[own.0];
        let first = (own.0..=own.1).find(is_within)?;
        let last = (own.0..=own.1).rev().find(is_within)?;
        *own = (first, last);
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_sums_leave_open_is_found() {
        let mut unknowns = Unknowns::default();
        let [a, b, c] = [(); 3].map(|()| unknowns.add(0, 9));
        unknowns.sum(vec![(a, 1), (b, 1)], 3, 3);
        unknowns.sum(vec![(b, 1), (c, -1)], 0, 1);
        assert_eq!([a, b, c].map(|unknown| unknowns.values(unknown, 10)), [4, 4, 4]);
        unknowns.sum(vec![(c, 2)], 6, 7);
        assert_eq!([a, b, c].map(|unknown| unknowns.values(unknown, 10)), [1, 1, 1]);
        unknowns.sum(vec![(a, 1)], 1, 9);
        assert_eq!(unknowns.values(b, 10), 0);
    }
}
