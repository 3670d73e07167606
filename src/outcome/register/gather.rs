//! Sums, means, counts and days over what a name comes to in rows, between the ends that entries leave open.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::Sure;
use super::index::told_apart;
use crate::exact::Exact;
use crate::framework::expression::Quantity;

/// A number of a row: its ends, the same where it is settled, and whether it surely takes part.
struct Part {
    least: Option<Exact>,
    most: Option<Exact>,
    sure: Sure,
}

/// Returns the numbers among the values of rows.
fn parts(values: &[(Quantity, Sure)]) -> Vec<Part> {
    let part = |(value, sure): &(Quantity, Sure)| {
        let number = |end: &Quantity| end.number().cloned();
        let sure = if value.is_given() { *sure } else { Sure::Perhaps };
        let takes_part = value.is_open() || value.number().is_some();
        takes_part.then(|| Part { least: number(value.least()), most: number(value.most()), sure })
    };
    values.iter().filter_map(part).collect()
}

/// Adds up.
pub(super) fn sum(values: &[(Quantity, Sure)]) -> Quantity {
    let parts = parts(values);
    let end = |get: fn(&Part) -> &Option<Exact>, is_beyond: fn(&Exact) -> bool| -> Quantity {
        let counted = parts.iter().map(|part| match (get(part), part.sure) {
            (Some(end), Sure::Perhaps) if !is_beyond(end) => Some(Exact::zero()),
            (end, _) => end.clone(),
        });
        counted.collect::<Option<Vec<Exact>>>().map(|ends| ends.iter().sum::<Exact>()).into()
    };
    let least = end(|part| &part.least, Exact::is_negative);
    let most = end(|part| &part.most, |most| !most.is_negative());
    Quantity::between(least, most)
}

/// Averages; not known where there is nothing to average.
pub(super) fn mean(values: &[(Quantity, Sure)]) -> Quantity {
    let parts = parts(values);
    if parts.is_empty() {
        return Quantity::Unknown;
    }
    let least = extreme_mean(&parts, |part| part.least.clone(), Ordering::Less);
    let most = extreme_mean(&parts, |part| part.most.clone(), Ordering::Greater);
    let between = Quantity::between(least.into(), most.into());
    if parts.iter().any(|part| part.sure == Sure::Surely) { between } else { between.perhaps() }
}

/// Returns the lowest or the highest mean: what may take part does so where that moves the mean there.
fn extreme_mean(parts: &[Part], end: impl Fn(&Part) -> Option<Exact>, which: Ordering) -> Option<Exact> {
    let of = |sure: Sure| -> Option<Vec<Exact>> { parts.iter().filter(|part| part.sure == sure).map(&end).collect() };
    let (mut taken, mut perhaps) = (of(Sure::Surely)?, of(Sure::Perhaps)?);
    perhaps.sort_by(|one, other| if which == Ordering::Less { one.cmp(other) } else { other.cmp(one) });
    let average = |of: &[Exact]| of.iter().sum::<Exact>().divided_by(&of.len().into());
    for next in perhaps {
        if average(&taken).is_none_or(|mean| next.cmp(&mean) == which) {
            taken.push(next);
        }
    }
    average(&taken)
}

/// Counts the values that are told apart.
pub(super) fn distinct(values: &[(Quantity, Sure)]) -> Quantity {
    let of = |sures: &[Sure]| -> usize {
        let known = values.iter().filter(|(value, sure)| value.is_known() && sures.contains(sure));
        known.map(|(value, _)| told_apart(value)).collect::<BTreeSet<String>>().len()
    };
    let open = values.iter().filter(|(value, _)| value.is_open()).count();
    Quantity::counted(of(&[Sure::Surely]), of(&[Sure::Surely, Sure::Perhaps]) + open)
}

/// Returns the first or the last of the days.
pub(super) fn extreme_day(values: &[(Quantity, Sure)], which: Ordering) -> Quantity {
    let extreme = |sures: &[Sure]| -> Quantity {
        let days = values.iter().filter(|(_, sure)| sures.contains(sure)).filter_map(|(value, _)| value.date());
        let day = if which == Ordering::Less { days.min() } else { days.max() };
        day.map(Quantity::Date).into()
    };
    let is_open = values.iter().any(|(value, _)| value.is_open());
    let (surely, furthest) = (extreme(&[Sure::Surely]), extreme(&[Sure::Surely, Sure::Perhaps]));
    if !is_open && surely == furthest {
        return surely;
    }
    let furthest = if is_open { Quantity::Unknown } else { furthest };
    let is_given = surely.is_known();
    let between =
        if which == Ordering::Less { Quantity::between(furthest, surely) } else { Quantity::between(surely, furthest) };
    if is_given { between } else { between.perhaps() }
}
