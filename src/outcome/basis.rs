//! What everything about one rater's answers rests on: items, groups, registers and measures of one return.

use std::collections::{BTreeMap, BTreeSet};

use super::item::{Item, Slot, items};
use super::item_weight::{ItemWeights, Lent};
use super::own_weight::Weights;
use super::register::Registers;
use super::row::{MarkScope, RowScope};
use super::scope::Gaps;
use super::subject::Subject;
use super::{Bounds, MeasureScore, Outcome};
use crate::exact::Exact;
use crate::finding::Place;
use crate::framework::expression::{Expression, Open, Quantity};
use crate::framework::{Framework, Measure, MeasureId, RaterId, RegisterId, Section};
use crate::returns::{Entry, Return, RowEntry};

/// Own weights that don't come to the whole.
pub struct WeightsOff<'b> {
    /// The section whose criteria they weigh; `None` where they weigh the sections.
    pub section: Option<&'b Section>,
    /// What they come to, in percent.
    pub sum: &'b Exact,
    /// Where they stand.
    pub places: &'b [Place],
    /// What has none of its own, and counts in the sum by the scheme's.
    pub lent: &'b [Lent],
}

/// What expressions about one rater's answers of a return rest on.
#[derive(Debug)]
pub struct Basis<'a> {
    pub(super) framework: &'a Framework,
    pub(super) items: Vec<Item<'a>>,
    pub(super) registers: Registers<'a>,
    pub(super) measures: BTreeMap<MeasureId, MeasureScore>,
    /// The weights of the sections.
    pub(super) weights: Weights,
    /// The weights of criteria within what they belong to.
    pub(super) item_weights: ItemWeights,
    /// The numbers of the items of each group: `all`, the named ones, sections, tags, and each item by itself.
    groups: BTreeMap<&'a str, Vec<usize>>,
}

impl<'a> Basis<'a> {
    /// Prepares what can be known before scoring, over registers that are worked out.
    pub(super) fn prepare(
        framework: &'a Framework,
        sent: &'a Return,
        rater: &RaterId,
        registers: Registers<'a>,
    ) -> Self {
        let mut basis = Self {
            framework,
            items: items(framework, sent, rater),
            registers,
            measures: BTreeMap::new(),
            weights: Weights::default(),
            item_weights: ItemWeights::default(),
            groups: BTreeMap::new(),
        };
        basis.groups = groups(framework, &basis.items);
        basis.weigh();
        let measured = framework.measures().map(|measure| (measure.id.clone(), basis.measured(measure, sent, rater)));
        basis.measures = measured.collect();
        basis
    }

    /// Prepares what expressions about an outcome need, without working the registers out again.
    pub fn of(framework: &'a Framework, sent: &'a Return, outcome: &Outcome) -> Self {
        let items = items(framework, sent, &outcome.rater);
        let registers = Registers::of_outcome(framework, sent, outcome);
        let groups = groups(framework, &items);
        let (weights, item_weights) = (Weights::default(), ItemWeights::default());
        let measures = outcome.measures.clone();
        let mut basis = Self { framework, items, registers, measures, weights, item_weights, groups };
        basis.weigh();
        basis
    }

    /// Works out the weights, over all else.
    fn weigh(&mut self) {
        self.weights = Weights::of(self);
        self.item_weights = ItemWeights::of(&self.framework.sections, &self.items, &self.registers);
    }

    /// Returns what the organisation's own weights come to where that isn't the whole.
    pub fn weights_off(&self) -> Vec<WeightsOff<'_>> {
        let of_sections = self.weights.sum().map(|sum| WeightsOff {
            section: None,
            sum,
            places: self.weights.open(),
            lent: self.weights.lent(),
        });
        let of_criteria = self.item_weights.open().iter().filter_map(|open| {
            let section = self.framework.section(&open.section);
            Some(WeightsOff { section, sum: open.sum.as_ref()?, places: &open.places, lent: &open.lent })
        });
        of_sections.into_iter().chain(of_criteria).collect()
    }

    /// Returns where the organisation's own weights stand that can't be used together.
    pub(super) fn open_weights(&self) -> Vec<Place> {
        let of_criteria = self.item_weights.open().iter().flat_map(|open| &open.places);
        self.weights.open().iter().chain(of_criteria).cloned().collect()
    }

    /// Returns the weight of a section, as a fraction of one; `None` where it has none, or it can't be told.
    pub(super) fn weight(&self, section: &str) -> Option<&Exact> {
        self.weights.get(self.framework.place_of_section(section)?)
    }

    /// Returns the framework of the return.
    pub fn framework(&self) -> &'a Framework {
        self.framework
    }

    /// Returns a row of a register, from nought, as its expressions see it; `None` where there is no such row.
    pub fn row(&'a self, register: &RegisterId, number: usize) -> Option<RowScope<'a>> {
        self.registers.row(register, number)
    }

    /// Returns the rows, from nought, of a register that have a column of their own in another, each after that column.
    pub fn columns_of(&self, register: &RegisterId, marked: &RegisterId) -> Vec<(usize, usize)> {
        self.registers.columns_of(register, marked)
    }

    /// Returns the marks of a row, from nought, on the rows of another register, which have these columns in it: each
    /// mark, and what rules about it see.
    pub fn marks(
        &'a self,
        register: &RegisterId,
        number: usize,
        marked: &RegisterId,
        columns: &[(usize, usize)],
    ) -> Vec<(RowEntry<'a>, MarkScope<'a>)> {
        self.registers.marks(register, number, marked, columns)
    }

    /// Returns what a measure comes to.
    fn measured(&self, measure: &Measure, sent: &Return, rater: &RaterId) -> MeasureScore {
        let slots = self.given();
        let scope = Subject::whole(self).scope(&slots, Gaps::Open);
        let value = sent.results.get(&measure.id).and_then(Entry::given).cloned();
        let earned = match &measure.lookup {
            Some(lookup) => value.as_ref().map(|value| lookup.points(value)),
            None => value.clone(),
        };
        let of_registers = |expression: &Option<Expression>| {
            expression.as_ref().map_or(Quantity::Unknown, |expression| expression.evaluate(&scope))
        };
        let from_register = of_registers(&measure.from_register);
        // Part and whole are open each for itself, so that the ends of a share may lie beyond all that can be.
        let end = |end: &Quantity| end.number().map(|value| measure.bounded(value));
        let ends = |open: &Open| Bounds { lowest: end(&open.least), highest: end(&open.most) };
        MeasureScore {
            earned,
            claimed: sent.points.get(&(rater.clone(), measure.id.clone())).and_then(Entry::given).cloned(),
            register_bounds: from_register.as_open().map(ends),
            from_register: from_register.number().cloned(),
            cohort: of_registers(&measure.cohort).number().cloned(),
            value,
        }
    }

    /// Returns the answers as they were given.
    pub(super) fn given(&self) -> Vec<Slot<'_>> {
        self.items.iter().map(Item::given).collect()
    }

    /// Whether something is missing that may not apply.
    pub(super) fn may_leave_out_blanks(&self) -> bool {
        self.items.iter().any(|item| item.not_applicable.is_some() && item.given().is_missing())
    }

    /// Returns the number of the item of this name.
    pub(super) fn place_of(&self, id: &str) -> Option<usize> {
        self.items.iter().position(|item| item.id == id)
    }

    /// Returns the numbers of a group's items; `None` where there is no such group.
    pub(super) fn group(&self, name: &str) -> Option<&[usize]> {
        self.groups.get(name).map(Vec::as_slice)
    }

    /// Returns for each item the groups that it is in besides its own, in their order.
    pub(super) fn memberships(&self) -> Vec<Vec<&'a str>> {
        let mut memberships = vec![Vec::new(); self.items.len()];
        for (name, items) in &self.groups {
            for item in items {
                if self.items.get(*item).is_some_and(|of| of.id != *name)
                    && let Some(groups) = memberships.get_mut(*item)
                {
                    groups.push(*name);
                }
            }
        }
        memberships
    }
}

/// Returns the numbers of the items of each group; where two groups have one name, the wider idea wins.
fn groups<'a>(framework: &'a Framework, items: &[Item<'a>]) -> BTreeMap<&'a str, Vec<usize>> {
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (number, item) in items.iter().enumerate() {
        groups.entry(item.id).or_default().push(number);
    }
    let mut tagged: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (number, item) in items.iter().enumerate() {
        for tag in item.tags {
            tagged.entry(tag).or_default().push(number);
        }
    }
    groups.extend(tagged);
    for (section, of) in framework.sections.iter().enumerate() {
        let within = items.iter().enumerate().filter(|(_, item)| item.section == section);
        groups.insert(of.id.as_str(), within.map(|(number, _)| number).collect());
    }
    let named: Vec<(&str, Vec<usize>)> =
        framework.groups.iter().map(|(name, members)| (name.as_str(), named(members, &groups))).collect();
    groups.extend(named);
    groups.insert("all", (0..items.len()).collect());
    groups
}

/// Returns the numbers of the items that a named group lists, one by one, by section or by tag.
fn named(members: &[String], groups: &BTreeMap<&str, Vec<usize>>) -> Vec<usize> {
    let numbers = members.iter().filter_map(|member| groups.get(member.as_str())).flatten().copied();
    numbers.collect::<BTreeSet<usize>>().into_iter().collect()
}
