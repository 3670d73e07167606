//! What follows from a return: scores, total, band, gates, the interval while answers are missing, the way to the next band.
//!
//! No input or output and no floats: everything is exact. Missing isn't nought: with answers missing there is no total and
//! no band, but the least and the most that they can become.

use std::collections::BTreeMap;

use crate::exact::Exact;
use crate::framework::expression::Quantity;
use crate::framework::{BandId, GateId, MeasureId, RaterId, RegisterId, SectionId};

/// What follows from one rater's answers of a return.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Whose answers these are.
    pub rater: RaterId,
    /// The sections, in the framework's order.
    pub sections: Vec<SectionScore>,
    /// What the measures come to, by name.
    pub measures: BTreeMap<MeasureId, MeasureScore>,
    /// The registers' rows: what was derived and what each comes to.
    pub registers: BTreeMap<RegisterId, Vec<RowScore>>,
    /// The total; `None` while answers are missing.
    pub total: Option<Exact>,
    /// The total without what is missing, as a form's own sum gives it.
    pub total_given: Exact,
    /// The least and the most that the total can become; the same when nothing is missing.
    pub bounds: Bounds<Exact>,
    /// The band by the total alone; `None` while answers are missing or where no band is defined.
    pub raw_band: Option<BandId>,
    /// The band; `None` while answers are missing or where no band is defined.
    pub band: Option<BandId>,
    /// The worst and the best band that can come out.
    pub band_bounds: Option<Bounds<BandId>>,
    /// Each gate, in the framework's order.
    pub gates: Vec<GateState>,
    /// The way to the next better band; `None` for the best band and for schemes without bands.
    pub next: Option<Route>,
    /// The criteria and measures without a usable answer, in the framework's order.
    pub missing: Vec<String>,
    /// The framework's named values.
    pub values: BTreeMap<String, Quantity>,
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
    /// The most that can be scored, without what doesn't apply.
    pub maximum: Exact,
    /// The weight, as a fraction of one; `None` where sections aren't weighted.
    pub weight: Option<Exact>,
    /// What it adds to the total in percentage points; `None` while answers are missing or where sections aren't weighted.
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
    /// How many people the registers' value rests on.
    pub cohort: Option<Exact>,
}

/// What a row of a register comes to.
#[derive(Clone, Debug)]
pub struct RowScore {
    /// The derived values, by name.
    pub derived: BTreeMap<String, Quantity>,
    /// The row's outcome, where rows have one and it is known.
    pub outcome: Option<String>,
}

/// What a gate came to.
#[derive(Clone, Debug)]
pub struct GateState {
    /// Which gate.
    pub id: GateId,
    /// Whether it holds; `None` while that is open.
    pub holds: Option<bool>,
    /// Why it doesn't hold, or what keeps it open; empty where it holds.
    pub why: String,
}

/// The way to a better band.
#[derive(Clone, Debug)]
pub struct Route {
    /// The band that is next.
    pub band: BandId,
    /// The cheapest changes that reach it, all of them needed; empty where it can't be reached.
    pub steps: Vec<RouteStep>,
    /// Why it can't be reached; `None` where it can.
    pub impossible: Option<String>,
}

/// One change on the way to a better band.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteStep {
    /// Which criterion or measure.
    pub id: String,
    /// Its points.
    pub from: Exact,
    /// The points that it needs.
    pub to: Exact,
}
