//! How much criteria count beside each other in what several of them come to.
//!
//! Points and the most that they can be are multiplied by the weight. A criterion by itself, counts, the lowest and the highest know no
//! weights. Where an organisation weights the criteria of a section itself, its weights are shares of one, and a criterion counts once whose
//! share is the same as all others': so the section can come to as much as without weights, if its criteria can. What can't be read or
//! doesn't come to the whole leaves open what the section comes to, and all that rests on it.

use std::collections::BTreeSet;

use super::item::Item;
use super::register::Registers;
use super::shares::{Own, own_shares};
use crate::exact::Exact;
use crate::finding::Place;
use crate::framework::expression::Quantity;
use crate::framework::{Section, SectionId};

/// Functions over a group in which each item counts by its weight.
const WEIGHING: [&str; 6] = ["sum", "score", "points", "given", "maximum", "mean"];

/// The weights of a return's criteria and measures.
#[derive(Clone, Debug, Default)]
pub(super) struct ItemWeights {
    /// How often each item counts, in their order; empty where each counts once.
    each: Vec<Exact>,
    /// The items of sections whose weights can't be told.
    open: BTreeSet<usize>,
    /// The sections whose weights can't be told.
    sections: Vec<OpenWeights>,
}

/// Weights that an organisation gives the criteria of a section and that can't be used together.
#[derive(Clone, Debug)]
pub(super) struct OpenWeights {
    /// The section.
    pub(super) section: SectionId,
    /// What they come to, in percent; `None` where one can't be read.
    pub(super) sum: Option<Exact>,
    /// Where they stand.
    pub(super) places: Vec<Place>,
    /// What has none of its own, and the scheme's weight of it, as a share of one.
    pub(super) lent: Vec<Lent>,
}

/// What has no weight of its own among what has, and the scheme's weight of it, as a share of one.
pub type Lent = (String, Exact);

/// Each item counts once.
static EACH_ONCE: ItemWeights = ItemWeights { each: Vec::new(), open: BTreeSet::new(), sections: Vec::new() };

impl ItemWeights {
    /// Works out the weights of a return.
    pub(super) fn of(sections: &[Section], items: &[Item<'_>], registers: &Registers<'_>) -> Self {
        let is_weighted = |section: &Section| {
            section.weights_in.is_some() || section.criteria.iter().any(|criterion| criterion.weight.is_some())
        };
        let mut weights = Self::default();
        if !sections.iter().any(is_weighted) {
            return weights;
        }
        for (number, section) in sections.iter().enumerate() {
            let dropped =
                items.iter().filter(|item| item.section == number && item.given().is_dropped()).map(|item| item.id);
            let (each, open) = of_section(registers, section, &dropped.collect::<Vec<&str>>());
            if let Some(open) = open {
                let items = items.iter().enumerate().filter(|(_, item)| item.section == number);
                weights.open.extend(items.map(|(item, _)| item));
                weights.sections.push(open);
            }
            weights.each.extend(each.into_iter().chain(section.measures.iter().map(|_| Exact::one())));
        }
        weights
    }

    /// Returns the weights by which items count in a group of this name: an item by itself counts once.
    pub(super) fn within<'w>(&'w self, items: &[Item<'_>], name: &str, group: &[usize]) -> &'w Self {
        let is_itself = |item: &usize| items.get(*item).is_some_and(|item| item.id == name);
        match group {
            [item] if is_itself(item) => &EACH_ONCE,
            _ => self,
        }
    }

    /// Whether each item counts once.
    pub(super) fn are_equal(&self) -> bool {
        self.each.is_empty()
    }

    /// Returns a number of points as often as an item counts.
    pub(super) fn weigh(&self, item: usize, points: &Exact) -> Exact {
        self.each.get(item).map_or_else(|| points.clone(), |weight| weight * points)
    }

    /// Returns what the weights of some items come to.
    pub(super) fn sum(&self, items: impl Iterator<Item = usize>) -> Exact {
        items.map(|item| self.weigh(item, &Exact::one())).sum()
    }

    /// Whether what a function over a group comes to hangs on weights that can't be told.
    pub(super) fn leave_open(&self, function: &str, group: &[usize]) -> bool {
        WEIGHING.contains(&function) && self.are_open(group)
    }

    /// Whether the weights of some items can't be told.
    pub(super) fn are_open(&self, group: &[usize]) -> bool {
        !self.open.is_empty() && group.iter().any(|item| self.open.contains(item))
    }

    /// Returns the weights that can't be used together, by section.
    pub(super) fn open(&self) -> &[OpenWeights] {
        &self.sections
    }
}

/// Returns how often the criteria of a section count, and the organisation's own weights where they can't be told. What doesn't apply may have
/// a share of the whole, or the others have all of it.
fn of_section(registers: &Registers<'_>, section: &Section, dropped: &[&str]) -> (Vec<Exact>, Option<OpenWeights>) {
    let Some(column) = &section.weights_in else { return (section.weights(), None) };
    let ids = || section.criteria.iter().map(|criterion| criterion.id.as_str());
    let own: Vec<Quantity> = ids().map(|id| registers.noted(id, column.as_str())).collect();
    let shares: Vec<Option<Exact>> = section.shares().into_iter().map(Some).collect();
    let of_others = || {
        let left =
            ids().zip(&own).map(|(id, own)| if dropped.contains(&id) { Exact::zero().into() } else { own.clone() });
        own_shares(&left.collect::<Vec<Quantity>>(), &shares)
    };
    let whole = match own_shares(&own, &shares) {
        Own::Open { sum, lent } if !dropped.is_empty() => match of_others() {
            whole @ Own::Whole(_) => whole,
            Own::None | Own::Open { .. } => Own::Open { sum, lent },
        },
        told @ (Own::None | Own::Whole(_) | Own::Open { .. }) => told,
    };
    match whole {
        Own::None => (section.weights(), None),
        Own::Whole(each) => (each.iter().flatten().map(|share| section.often(share)).collect(), None),
        Own::Open { sum, lent } => {
            let places = ids().filter_map(|id| registers.noted_at(id, column)).collect();
            let names: Vec<&str> = ids().collect();
            let lent = named(&lent, &names, &shares);
            (section.weights(), Some(OpenWeights { section: section.id.clone(), sum, places, lent }))
        }
    }
}

/// Returns the names and the scheme's weights of parts by their places.
pub(super) fn named(places: &[usize], names: &[&str], scheme: &[Option<Exact>]) -> Vec<Lent> {
    let of = |place: &usize| Some(((*names.get(*place)?).to_owned(), scheme.get(*place)?.clone()?));
    places.iter().filter_map(of).collect()
}
