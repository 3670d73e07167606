//! Between what values most of several lie, told from the middle one and the distances from it.

use crate::exact::Exact;

/// With fewer values it can't be told which are usual.
const LEAST: usize = 10;

/// Returns between what values most lie: so many standard deviations round the middle one; `None` where there are too few to tell.
///
/// The standard deviation is the greater of what two distances from the middle one give: the median one, and the one that four in five
/// don't pass. The second doesn't take for far off what merely lies on the shoulders of a spread with a sharp peak, as changes of totals
/// have: most change little and some change more.
pub(super) fn range(values: &[Exact], deviations: usize) -> Option<(Exact, Exact)> {
    let middle = median(values.to_vec()).filter(|_| values.len() >= LEAST)?;
    let mut distances: Vec<Exact> = values.iter().map(|value| (value - &middle).abs()).collect();
    distances.sort();
    // In a normal spread these are 0.6745 and 1.2816 of its standard deviation.
    let by_half = &median(distances.clone())? * &Exact::ratio(10_000, 6745)?;
    let by_four_fifths = &distances[distances.len() * 4 / 5 - 1] * &Exact::ratio(10_000, 12_816)?;
    let reach = &by_half.max(by_four_fifths) * &Exact::from(deviations);
    Some((&middle - &reach, &middle + &reach))
}

/// Returns the median; `None` without values.
pub(super) fn median(mut values: Vec<Exact>) -> Option<Exact> {
    values.sort();
    let (lower, upper) = (values.get(values.len().checked_sub(1)? / 2)?, values.get(values.len() / 2)?);
    (lower + upper).divided_by(&Exact::from(2))
}
