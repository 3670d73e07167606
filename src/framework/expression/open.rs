//! Values that can't be told, because they rest on an entry that can't be used, and what is known of them all the same.

use std::cmp::Ordering;

use super::Quantity;
use super::evaluate::order;

/// What is known of a value that can't be told.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Open {
    /// All that it can be; empty where that isn't a list.
    pub among: Vec<Quantity>,
    /// The least that it can be; not known where it has no such end.
    pub least: Quantity,
    /// The most that it can be.
    pub most: Quantity,
    /// Whether there surely is a value, whatever it is.
    pub is_given: bool,
}

impl Open {
    /// Returns what lies between two ends.
    fn between(least: Quantity, most: Quantity) -> Self {
        Self { among: Vec::new(), least, most, is_given: true }
    }

    /// Takes the ends of a list.
    fn listed(among: Vec<Quantity>) -> Self {
        let values: Vec<&Quantity> = among.iter().filter(|one| one.is_known()).collect();
        let (least, most) = (extreme(&values, Ordering::Less), extreme(&values, Ordering::Greater));
        let is_given = values.len() == among.len();
        Self { among, least, most, is_given }
    }
}

/// Returns the one of several that comes before or after all others; not known where they have no order.
fn extreme(several: &[&Quantity], which: Ordering) -> Quantity {
    let further = |one: Quantity, other: &&Quantity| {
        order(other, &one).map(|ordering| if ordering == which { (*other).clone() } else { one })
    };
    let Some((first, others)) = several.split_first().filter(|(first, _)| first.has_ends()) else {
        return Quantity::Unknown;
    };
    others.iter().try_fold((*first).clone(), further).into()
}

impl Quantity {
    /// Returns a value of which nothing is known.
    pub fn open() -> Self {
        Self::Open(Box::default())
    }

    /// Returns what lies between two ends: itself where these are one; an end that isn't known is none.
    pub fn between(least: Self, most: Self) -> Self {
        if least.is_known() && least == most { least } else { Self::Open(Box::new(Open::between(least, most))) }
    }

    /// Returns a count of at least and at most so many.
    pub fn counted(least: usize, most: usize) -> Self {
        Self::between(Self::Number(least.into()), Self::Number(most.into()))
    }

    /// Returns what is one of several.
    pub fn one_of(several: impl IntoIterator<Item = Self>) -> Self {
        let mut among: Vec<Self> = Vec::new();
        let mut ranges: Vec<Open> = Vec::new();
        for one in several {
            let Self::Open(open) = one else {
                among.push(one);
                continue;
            };
            if open.among.is_empty() {
                ranges.push(*open);
            } else {
                among.extend(open.among);
            }
        }
        let mut apart: Vec<Self> = Vec::new();
        for one in among {
            if !apart.contains(&one) {
                apart.push(one);
            }
        }
        match (apart.len(), ranges.len()) {
            (1, 0) => apart.swap_remove(0),
            (_, 0) => Self::Open(Box::new(Open::listed(apart))),
            _ => Self::spanning(&apart, &ranges),
        }
    }

    /// Returns what lies between the ends of several, some of them between ends themselves.
    fn spanning(settled: &[Self], ranges: &[Open]) -> Self {
        let is_given = settled.iter().all(Self::is_known) && ranges.iter().all(|range| range.is_given);
        let values = || settled.iter().filter(|one| one.is_known());
        let least: Vec<&Self> = values().chain(ranges.iter().map(|range| &range.least)).collect();
        let most: Vec<&Self> = values().chain(ranges.iter().map(|range| &range.most)).collect();
        let (least, most) = (extreme(&least, Ordering::Less), extreme(&most, Ordering::Greater));
        Self::Open(Box::new(Open { among: Vec::new(), least, most, is_given }))
    }

    /// Whether it is a value with an order among its like, that an end can be.
    fn has_ends(&self) -> bool {
        matches!(self, Self::Number(_) | Self::Date(_))
    }

    /// Whether it can't be told.
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Open(_))
    }

    /// Whether it, or one of a list, can't be told.
    pub fn has_open(&self) -> bool {
        if let Self::List(several) = self { several.iter().any(Self::is_open) } else { self.is_open() }
    }

    /// Returns what is known of it, where it can't be told.
    pub fn as_open(&self) -> Option<&Open> {
        if let Self::Open(open) = self { Some(open) } else { None }
    }

    /// Returns the least that it can be, which is itself where it is settled.
    pub fn least(&self) -> &Self {
        self.as_open().map_or(self, |open| &open.least)
    }

    /// Returns the most that it can be.
    pub fn most(&self) -> &Self {
        self.as_open().map_or(self, |open| &open.most)
    }

    /// Whether there surely is a value, which can be told or not.
    pub fn is_given(&self) -> bool {
        self.as_open().map_or_else(|| self.is_known(), |open| open.is_given)
    }

    /// Returns all that it can be: itself where it is settled, nothing where that is no list.
    pub fn all(&self) -> impl Iterator<Item = &Self> {
        let settled = (!self.is_open()).then_some(self);
        self.as_open().into_iter().flat_map(|open| &open.among).chain(settled)
    }

    /// Whether it can still be another value.
    pub fn can_be(&self, other: &Self) -> bool {
        let Self::Open(open) = self else { return self == other };
        if !open.among.is_empty() {
            return open.among.contains(other);
        }
        order(&open.least, other) != Some(Ordering::Greater) && order(&open.most, other) != Some(Ordering::Less)
    }

    /// Whether it is or can be a no.
    pub fn can_be_false(&self) -> bool {
        self.all().any(|one| *one == Self::Truth(false))
    }

    /// Returns it as something that nobody need have given.
    #[must_use]
    pub fn perhaps(self) -> Self {
        let is_range = self.as_open().is_some_and(|open| open.among.is_empty());
        let Self::Open(open) = self else { return Self::one_of([self, Self::Unknown]) };
        if is_range {
            Self::Open(Box::new(Open { is_given: false, ..*open }))
        } else {
            Self::one_of([Self::Open(open), Self::Unknown])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns a number.
    fn number(number: i64) -> Quantity {
        Quantity::Number(number.into())
    }

    #[test]
    fn what_is_known_of_several_is_between_their_ends() {
        let open = Quantity::one_of([number(3), number(1), Quantity::between(number(2), number(7))]);
        assert_eq!((open.least(), open.most()), (&number(1), &number(7)));
        let listed = Quantity::one_of([number(3), number(1), number(3)]);
        assert_eq!((listed.least(), listed.most()), (&number(1), &number(3)));
        assert!(listed.can_be(&number(1)) && !listed.can_be(&number(2)));
        assert!(open.can_be(&number(2)) && !open.can_be(&number(8)));
        assert_eq!(Quantity::one_of([number(3), number(3)]), number(3));
        let endless = Quantity::one_of([number(3), Quantity::between(number(2), Quantity::Unknown)]);
        assert_eq!((endless.least(), endless.most()), (&number(2), &Quantity::Unknown));
    }

    #[test]
    fn what_may_be_missing_is_not_surely_given() {
        let is_given = |open: &Quantity| open.as_open().map(|open| open.is_given);
        assert_eq!(is_given(&Quantity::one_of([number(1), Quantity::Unknown])), Some(false));
        assert_eq!(is_given(&Quantity::one_of([number(1), Quantity::from("Met")])), Some(true));
        assert_eq!(is_given(&number(1).perhaps()), Some(false));
    }
}
