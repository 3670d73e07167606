//! What follows from a return: scores, total, band, gates, the interval while answers are missing, the way to the next
//! band.
//!
//! No input or output and no floats: everything is exact. Missing isn't nought: with answers missing there is no total
//! and no band, but the least and the most that they can become.
//!
//! [`score`] does it all for one rater, [`score_all`] for each; [`consolidation`] makes judgements on units one on the whole.
//! [`nearness`] says how near a total is to a limit, [`demanded`] of which criteria a condition wants the best, [`stated`] what a workbook should state of itself, [`shown`] how a total is printed.
//! Rules that ask more work their expressions out over a [`Basis`]: an [`OutcomeScope`] for the return, a [`RowScope`]
//! for a row.

mod award;
mod band;
mod basis;
mod bounds;
pub mod bundle;
mod completed;
mod completion;
pub mod consolidation;
mod demanded;
mod gate;
mod growth;
mod item;
mod item_weight;
pub mod nearness;
mod own_weight;
mod range;
mod reach;
mod register;
mod route;
mod row;
mod scope;
mod search;
mod shares;
mod shown;
mod spread;
mod stated;
mod subject;
mod value;
mod variant;
mod wanting;
mod weight;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::exact::Exact;
use crate::finding::Place;
use crate::framework::expression::Quantity;
use crate::framework::{
    ActionId, BandId, Framework, GateId, GradeId, GradeSpec, Graded, ItemId, MeasureId, RaterId, RegisterId,
    RegisterSpec, Section, SectionId,
};
use crate::returns::{self, Return};
use item::Slot;
use register::Registers;
use scope::CompletionScope;
use subject::Subject;
use value::values;

pub use award::Award;
pub use basis::{Basis, WeightsOff};
pub use demanded::demanded;
pub use item_weight::Lent;
pub use range::{extent, range};
pub use row::{MarkScope, RowScope};
pub use scope::{CriterionScope, Gaps, OutcomeScope};
pub use shown::{shown, with_unit};
pub use stated::{band_by_sum, stated, total_to_come};
pub(crate) use wanting::entries_told;

/// What follows from one rater's answers of a return.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Whose answers these are.
    pub rater: RaterId,
    /// The day from which ages count; `None` where neither the return nor the season says.
    pub data_date: Option<Date>,
    /// The sections, in the framework's order.
    pub sections: Vec<SectionScore>,
    /// What the measures come to, by name.
    pub measures: BTreeMap<MeasureId, MeasureScore>,
    /// The registers' rows: what was derived and what each comes to; the same for all raters, who share it.
    pub registers: Arc<RowScores>,
    /// What the return as a whole comes to.
    pub award: Award,
    /// What its parts come to that have a grade, grade after grade in the framework's order.
    pub grades: Vec<GradeAward>,
    /// The criteria and measures without a usable answer, in the framework's order.
    pub missing: Vec<ItemId>,
    /// The entries of the cover and of registers that are wanting or can't be used, where the total or the band rests on them.
    pub unusable: Vec<Place>,
    /// Those of them that are the organisation's own weights and don't come to the whole.
    pub uneven: Vec<Place>,
    /// The framework's named values; open ones between ends, where these are known.
    pub values: BTreeMap<String, Quantity>,
    /// The named values of which less may come out than lies between their ends.
    pub values_at_the_widest: BTreeSet<String>,
}

/// What a part of a return comes to in a grade.
#[derive(Clone, Debug)]
pub struct GradeAward {
    /// Which grade.
    pub grade: GradeId,
    /// The name of the section, group or tag.
    pub of: String,
    /// The criteria and measures without a usable answer on which it rests, in the framework's order.
    pub missing: Vec<ItemId>,
    /// What it comes to.
    pub award: Award,
}

/// What the ends of an interval are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Ends {
    /// Each can really come out.
    #[default]
    Reached,
    /// Nothing lies beyond them; what can come out may lie nearer together.
    Outer,
}

impl Ends {
    /// Whether each end can really come out.
    pub fn are_reached(&self) -> bool {
        *self == Self::Reached
    }

    /// Returns what is said after an interval of which less may come out; nothing where each end can.
    pub fn at_the_widest(&self) -> &'static str {
        if self.are_reached() { "" } else { " at the widest" }
    }
}

/// The least and the most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bounds<T> {
    /// The least, or worst.
    pub lowest: T,
    /// The most, or best.
    pub highest: T,
}

/// What a section comes to.
#[derive(Clone, Debug)]
pub struct SectionScore {
    /// Which section.
    pub id: SectionId,
    /// The score; `None` while answers are missing.
    pub score: Option<Exact>,
    /// The sum of the answers that are there.
    pub given: Exact,
    /// How many answers are there.
    pub answered: usize,
    /// The least and the most that the score can become.
    pub bounds: Bounds<Exact>,
    /// The least and the most that it can become of what then can be scored, as a fraction of one, while some that is missing may not
    /// apply; `None` where that is but the score's own.
    pub share: Option<Bounds<Exact>>,
    /// The most that can be scored, without what doesn't apply.
    pub maximum: Exact,
    /// The weight, as a fraction of one; `None` where sections aren't weighted.
    pub weight: Option<Exact>,
    /// What it adds to the total in percentage points; `None` while answers are missing or where sections aren't
    /// weighted.
    pub contribution: Option<Exact>,
}

/// What a measure comes to.
#[derive(Clone, Debug)]
pub struct MeasureScore {
    /// The measured value as typed.
    pub value: Option<Exact>,
    /// The points that the typed value earns.
    pub earned: Option<Exact>,
    /// The points that are claimed, and that the outcome uses.
    pub claimed: Option<Exact>,
    /// The value that the registers give.
    pub from_register: Option<Exact>,
    /// Between which ends that value lies, where it rests on entries that can't be used; an end that isn't known is `None`.
    pub register_bounds: Option<Bounds<Option<Exact>>>,
    /// How many people the registers' value rests on.
    pub cohort: Option<Exact>,
}

/// What the rows of each register come to.
pub type RowScores = BTreeMap<RegisterId, Vec<RowScore>>;

/// What a row of a register comes to.
#[derive(Clone, Debug, Default)]
pub struct RowScore {
    /// The derived values, in the order in which the register declares them.
    pub derived: Vec<Quantity>,
    /// The row's outcome, where rows have one.
    pub comes_to: Quantity,
    /// What the sender's own column should say of it.
    pub stated: Quantity,
    /// What is wanting in it, each with the name of the action and what is to be done.
    pub actions: Vec<(ActionId, String)>,
    /// Whether it can't be told of an action that it is wanting.
    pub may_need_more: bool,
}

impl RowScore {
    /// Returns what a derived value comes to; `None` where the register has none of this name, or it isn't worked out yet.
    pub fn derived(&self, spec: &RegisterSpec, name: &str) -> Option<&Quantity> {
        self.derived.get(spec.derived.iter().position(|value| value.name == name)?)
    }

    /// Returns what the row comes to; `None` where that can't be told.
    pub fn outcome(&self) -> Option<&str> {
        self.comes_to.text()
    }

    /// Returns all that is wanting, in one text; `None` where nothing is.
    pub fn needed(&self) -> Option<String> {
        let texts: Vec<&str> = self.actions.iter().map(|(_, text)| text.as_str()).collect();
        (!texts.is_empty()).then(|| texts.join(" "))
    }
}

/// What a gate came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "GateRecord")]
pub struct GateState {
    /// Which gate.
    pub id: GateId,
    /// Whether it holds; `None` while that is open.
    pub holds: Option<bool>,
    /// Why it doesn't hold, or what keeps it open; empty where it holds.
    pub why: String,
}

/// The way to a better band.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "NextRecord")]
pub struct Route {
    /// The band that is next.
    pub band: BandId,
    /// Changes that reach it, all of them needed; empty where it can't be reached.
    pub steps: Vec<RouteStep>,
    /// Whether it is proven that no way takes fewer steps up the scales.
    #[serde(default)]
    pub fewest: bool,
    /// Why it can't be reached; `None` where it can.
    pub impossible: Option<String>,
}

impl Route {
    /// Returns the change of a criterion or measure; `None` where it isn't changed.
    pub fn step(&self, id: &str) -> Option<&RouteStep> {
        self.steps.iter().find(|step| step.id == *id)
    }
}

/// One change on the way to a better band.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "StepRecord")]
pub struct RouteStep {
    /// Which criterion or measure.
    pub id: ItemId,
    /// Its points.
    pub from: Exact,
    /// The points that it needs.
    pub to: Exact,
}

/// How much of an outcome is worked out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Depth {
    /// All that people are told.
    Whole,
    /// What figures and rules see.
    Figures,
}

/// Returns what follows from one rater's answers.
pub fn score(framework: &Framework, sent: &Return, rater: &RaterId) -> Outcome {
    score_as_of(framework, sent, rater, None)
}

/// Returns what follows from one rater's answers, with the day from which ages count where the return doesn't state
/// one.
pub fn score_as_of(framework: &Framework, sent: &Return, rater: &RaterId, fallback: Option<Date>) -> Outcome {
    let is_settled = returns::wanting(framework, sent).is_empty();
    let together = if is_settled { None } else { score_all(framework, sent, fallback).outcomes.remove(rater) };
    together.unwrap_or_else(|| {
        let registers = Registers::score(framework, sent, fallback);
        score_over(framework, sent, rater, registers, Depth::Whole)
    })
}

/// A return with what follows from each rater's answers.
#[derive(Debug)]
pub struct Scored {
    /// What follows; where it can't be told what is asked of the return, what its variants come to together.
    pub outcomes: BTreeMap<RaterId, Outcome>,
    /// The variants that the return can be of, where that can't be told; none where they are too many to be looked at.
    pub variants: Option<Vec<Variant>>,
}

/// What a return is with an entry of the cover filled in on which it rests what is asked of it.
#[derive(Debug)]
pub struct Variant {
    /// The return.
    pub sent: Return,
    /// What follows from each rater's answers.
    pub outcomes: BTreeMap<RaterId, Outcome>,
}

/// Returns what follows from each rater's answers, with the day from which ages count where the return doesn't state one.
pub fn score_all(framework: &Framework, sent: &Return, fallback: Option<Date>) -> Scored {
    score_to(framework, sent, fallback, Depth::Whole)
}

/// Returns the same as figures and rules see it, where it is only tried: without the ways to better bands, what gates say and which bands
/// can come out between the ends.
pub fn figures_of_all(framework: &Framework, sent: &Return, fallback: Option<Date>) -> Scored {
    score_to(framework, sent, fallback, Depth::Figures)
}

/// Returns as much of what follows from each rater's answers.
fn score_to(framework: &Framework, sent: &Return, fallback: Option<Date>, depth: Depth) -> Scored {
    let read = score_each(framework, sent, fallback, depth);
    let Some(variants) = returns::variants(framework, sent) else { return Scored { outcomes: read, variants: None } };
    let scored = |sent: Return| Variant { outcomes: score_each(framework, &sent, fallback, depth), sent };
    let variants: Vec<Variant> = variants.into_iter().map(scored).collect();
    let all: Vec<&BTreeMap<RaterId, Outcome>> = variants.iter().map(|variant| &variant.outcomes).collect();
    let outcomes = variant::together(framework, read, &all, &returns::wanting(framework, sent));
    Scored { outcomes, variants: Some(variants) }
}

/// Returns what follows from each rater's answers; the registers, which no rater changes, are worked out once.
fn score_each(
    framework: &Framework,
    sent: &Return,
    fallback: Option<Date>,
    depth: Depth,
) -> BTreeMap<RaterId, Outcome> {
    let registers = Registers::score(framework, sent, fallback);
    let raters = framework.raters.iter().map(|rater| &rater.id);
    raters.map(|rater| (rater.clone(), score_over(framework, sent, rater, registers.again(), depth))).collect()
}

/// Returns what follows from one rater's answers, over registers that are worked out.
fn score_over<'a>(
    framework: &'a Framework,
    sent: &'a Return,
    rater: &RaterId,
    registers: Registers<'a>,
    depth: Depth,
) -> Outcome {
    let basis = Basis::prepare(framework, sent, rater, registers);
    let slots = basis.given();
    let subject = Subject::whole(&basis);
    let strict = subject.scope(&slots, Gaps::Open);
    let given = subject.scope(&slots, Gaps::PassedOver);
    let missing = missing(&basis, &slots);
    let award = award::award(subject, &slots, &missing, depth);
    let is_undecided = missing.is_empty() && (award.total.is_none() || award.band.is_none());
    let (values, values_at_the_widest) = values(subject, &strict, &slots);
    Outcome {
        rater: rater.clone(),
        data_date: basis.registers.data_date(),
        sections: sections(subject, &slots, [&strict, &given]),
        unusable: if is_undecided { unusable(&strict) } else { basis.open_weights() },
        uneven: basis.weights_off().iter().flat_map(|off| off.places).cloned().collect(),
        registers: Arc::clone(basis.registers.scores()),
        values,
        values_at_the_widest,
        measures: basis.measures.clone(),
        grades: grades(&basis, &slots, depth),
        award,
        missing,
    }
}

/// Returns what the parts come to that have a grade.
fn grades(basis: &Basis<'_>, slots: &[Slot<'_>], depth: Depth) -> Vec<GradeAward> {
    let of = |grade: &GradeSpec, graded: &Graded| {
        let subject = Subject::part(basis, graded);
        let missing: Vec<ItemId> = subject.missing(slots).into_iter().map(|item| basis.items[item].id.into()).collect();
        let award = award::award(subject, slots, &missing, depth);
        GradeAward { grade: grade.id.clone(), of: graded.id.clone(), missing, award }
    };
    let grades = basis.framework.grades.iter();
    grades.flat_map(|grade| grade.over.iter().map(|graded| of(grade, graded)).collect::<Vec<_>>()).collect()
}

/// Returns the criteria and measures without a usable answer.
fn missing(basis: &Basis<'_>, slots: &[Slot<'_>]) -> Vec<ItemId> {
    let all = basis.items.iter().zip(slots);
    all.filter(|(_, slot)| slot.is_missing()).map(|(item, _)| item.id.into()).collect()
}

/// Returns the entries that are wanting or can't be used, where the total or a gate of a complete return rests on them.
fn unusable(complete: &CompletionScope<'_>) -> Vec<Place> {
    let mut gates = complete.subject.spec.gates.iter();
    let is_open = value_of(complete, "total").is_open() || gates.any(|gate| gate.holds.evaluate(complete).is_open());
    let of_weights = complete.subject.basis.open_weights();
    let others = if is_open { complete.subject.basis.registers.unusable() } else { Vec::new() };
    let others = others.into_iter().filter(|place| !of_weights.contains(place));
    let others: Vec<Place> = others.collect();
    of_weights.into_iter().chain(others).collect()
}

/// Returns what a named value comes to.
fn value_of(scope: &CompletionScope<'_>, name: &str) -> Quantity {
    use crate::framework::expression::Scope;
    scope.name(name).unwrap_or(Quantity::Unknown)
}

/// Returns what the sections come to.
fn sections(subject: Subject<'_>, slots: &[Slot<'_>], [strict, given]: [&CompletionScope<'_>; 2]) -> Vec<SectionScore> {
    let (basis, between) = (subject.basis, subject.scope(slots, Gaps::Between));
    let section = |(number, of): (usize, &Section)| {
        let group = basis.group(of.id.as_str()).unwrap_or_default();
        SectionScore {
            id: of.id.clone(),
            score: strict.sum(group),
            given: given.sum(group).unwrap_or_else(Exact::zero),
            answered: group
                .iter()
                .filter(|item| given.slots.get(**item).is_some_and(|slot| slot.points().is_some()))
                .count(),
            bounds: bounds::section(basis, number),
            share: bounds::share(&between, group),
            maximum: strict.maximum(group),
            weight: basis.weight(of.id.as_str()).cloned(),
            contribution: weight::contribution(strict, of),
        }
    };
    basis.framework.sections.iter().enumerate().map(section).collect()
}

impl Outcome {
    /// Whether the outcome is an interval, because answers or entries are missing or can't be used.
    pub fn is_open(&self) -> bool {
        !self.missing.is_empty() || !self.unusable.is_empty()
    }
}

impl Bounds<Exact> {
    /// Returns between which ends a number lies; `None` where it is none, or an end isn't known.
    fn of(quantity: &Quantity) -> Option<Self> {
        let (lowest, highest) = (quantity.least().number()?, quantity.most().number()?);
        Some(Self { lowest: lowest.clone(), highest: highest.clone() })
    }

    /// Returns what lies between them, where that is settled.
    pub(crate) fn settled(&self) -> Option<Exact> {
        (self.lowest == self.highest).then(|| self.lowest.clone())
    }
}
