//! Between what values most of several lie, told from the middle one and the median distance from it.

use crate::exact::Exact;

/// With fewer values it can't be told which are usual.
const LEAST: usize = 10;

/// Returns between what values most lie: so many standard deviations, as the median deviation gives them, round the middle one; `None`
/// where there are too few to tell.
pub(super) fn range(values: &[Exact], deviations: usize) -> Option<(Exact, Exact)> {
    let middle = median(values.to_vec()).filter(|_| values.len() >= LEAST)?;
    let deviation = median(values.iter().map(|value| (value - &middle).abs()).collect())?;
    // The median deviation of a normal spread is 0.6745 of its standard deviation.
    let reach = &deviation * &Exact::ratio(deviations * 10_000, 6745)?;
    Some((&middle - &reach, &middle + &reach))
}

/// Returns the median; `None` without values.
pub(super) fn median(mut values: Vec<Exact>) -> Option<Exact> {
    values.sort();
    let (lower, upper) = (values.get(values.len().checked_sub(1)? / 2)?, values.get(values.len() / 2)?);
    (lower + upper).divided_by(&Exact::from(2))
}
