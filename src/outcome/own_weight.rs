//! The weights of sections: the scheme's, or those that an organisation gives them itself.
//!
//! Own weights are written in percent or as shares, and must come to the whole. Where none is given, the scheme's hold; one that is given
//! for some sections only leaves the scheme's to the others. What can't be read, or doesn't come to the whole, leaves open what rests on it.

use super::basis::Basis;
use super::item_weight::{Lent, named};
use super::scope::Gaps;
use super::shares::{Own, own_shares};
use super::subject::Subject;
use crate::exact::Exact;
use crate::finding::Place;
use crate::framework::Section;
use crate::framework::expression::Quantity;

/// The weights of a return's sections.
#[derive(Clone, Debug, Default)]
pub(super) struct Weights {
    /// The weight of each section, as a fraction of one, in the framework's order; `None` where sections aren't weighted.
    each: Vec<Option<Exact>>,
    /// Where the organisation's own stand that can't be used together; empty where they can.
    open: Vec<Place>,
    /// What the organisation's own come to, in percent, where that isn't the whole.
    sum: Option<Exact>,
    /// The sections that have none of their own, and the scheme's weights of them.
    lent: Vec<Lent>,
}

impl Weights {
    /// Works out the weights of a return.
    pub(super) fn of(basis: &Basis<'_>) -> Self {
        let sections = &basis.framework.sections;
        let scheme = || sections.iter().map(|section| section.weight.clone()).collect::<Vec<Option<Exact>>>();
        if sections.iter().all(|section| section.weight_from.is_none()) {
            return Self { each: scheme(), ..Self::default() };
        }
        let own: Vec<Quantity> = sections.iter().map(|section| own(basis, section)).collect();
        match own_shares(&own, &scheme()) {
            Own::None => Self { each: scheme(), ..Self::default() },
            Own::Whole(each) => Self { each, ..Self::default() },
            Own::Open { sum, lent } => {
                let names: Vec<&str> = sections.iter().map(|section| section.id.as_str()).collect();
                let lent = named(&lent, &names, &scheme());
                Self { each: vec![None; sections.len()], open: places(basis), sum, lent }
            }
        }
    }

    /// Returns the weight of a section; `None` where it has none, or it can't be told.
    pub(super) fn get(&self, section: usize) -> Option<&Exact> {
        self.each.get(section)?.as_ref()
    }

    /// Returns where own weights stand that can't be used together; empty where they can.
    pub(super) fn open(&self) -> &[Place] {
        &self.open
    }

    /// Returns what has no weight of its own where others have, with the scheme's weight of it.
    pub(super) fn lent(&self) -> &[Lent] {
        &self.lent
    }

    /// Returns what own weights come to, in percent, where that isn't the whole.
    pub(super) fn sum(&self) -> Option<&Exact> {
        self.sum.as_ref()
    }
}

/// Returns the weight that the organisation gives a section; not known where it gives none.
fn own(basis: &Basis<'_>, section: &Section) -> Quantity {
    let slots = basis.given();
    let scope = Subject::whole(basis).scope(&slots, Gaps::PassedOver);
    section.weight_from.as_ref().map_or(Quantity::Unknown, |weight| weight.evaluate(&scope))
}

/// Returns where own weights stand.
fn places(basis: &Basis<'_>) -> Vec<Place> {
    let expressions = basis.framework.sections.iter().filter_map(|section| section.weight_from.as_ref());
    let mut places: Vec<Place> = expressions.flat_map(|expression| basis.registers.places_of(expression)).collect();
    places.dedup();
    if places.is_empty() { vec![Place::Workbook] } else { places }
}
