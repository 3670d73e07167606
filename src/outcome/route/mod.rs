//! The way to the next better band: the cheapest changes of answers that reach it.
//!
//! A change costs its steps on the scale (or in the measure's lookup); of two ways with equally many steps the one that
//! changes fewer criteria is cheaper; then what comes first in the form is changed first. Where better answers never
//! give worse outcomes, which is how schemes are made, the way found is the cheapest there is:
//!
//! 1. [`ladder`] finds the steps without which the band can't be reached even with everything else at its best. Gates
//!    such as "no criterion at 1" are settled by it.
//! 2. [`constraint`] takes the band's limit and gates apart into sums that are still too small.
//! 3. [`search`] finds the fewest steps that make those sums large enough.
//!
//! Where a condition is no such sum, steps are taken back from the best one by one, which gives a way of which nothing
//! can be left out, though perhaps not the cheapest. [`trial`] then tries the ways with fewer steps, as far as these are few.
//! A way is called the one of the fewest steps only where that is proven: by sums, or because all shorter ways were tried.
//!
//! The band that is told is the one that the changed answers are awarded, which may be better than the next: where one
//! requirement withholds several bands, meeting it gives the best of them that the rest allows.

mod constraint;
mod ladder;
mod search;
mod trial;

use super::band::{Assume, decide};
use super::completed;
use super::gate::{holding, why};
use super::growth::stays;
use super::item::Slot;
use super::scope::{CompletionScope, Gaps};
use super::subject::Subject;
use super::{Route, RouteStep};
use crate::exact::Exact;
use crate::framework::expression::{Node, Operator, Quantity};
use crate::framework::{Band, BandId, Gate, Limit, Mode};
use ladder::Ladder;

/// How many steps up each item is taken.
type Levels = Vec<usize>;

/// A way that was found.
struct Found {
    levels: Levels,
    /// Whether no way takes fewer steps.
    is_fewest: bool,
}

/// What is to be reached, and from where.
struct Goal<'a> {
    subject: Subject<'a>,
    slots: &'a [Slot<'a>],
    /// The number of the band that is next.
    target: usize,
    band: &'a Band,
    /// The band's limit and gates in one condition.
    condition: Node,
    ladder: Ladder<'a>,
}

/// Returns the way from the band of this number to the nearest better one that better answers reach, with the band that they
/// come to; `None` from the best, and where there are no answers to change.
pub(super) fn route(subject: Subject<'_>, slots: &[Slot<'_>], current: usize) -> Option<Route> {
    let next = current.checked_sub(1).filter(|_| !subject.basis.items.is_empty())?;
    let goals = || (0..=next).rev().filter_map(|target| Goal::new(subject, slots, target));
    goals().find_map(|goal| goal.way()).or_else(|| goals().next().map(|goal| goal.out_of_reach()))
}

/// Returns a band's limit and gates as one condition.
fn condition(subject: Subject<'_>, band: &Band) -> Node {
    let total = || Box::new(Node::Name("total".to_owned()));
    let limit = |limit: Limit<'_>| {
        let operator = match limit {
            Limit::AtLeast(_) => Operator::AtLeast,
            Limit::Over(_) => Operator::More,
            Limit::AtMost(_) => Operator::AtMost,
            Limit::Under(_) => Operator::Less,
        };
        Node::Binary(operator, total(), Box::new(Node::Constant(Quantity::Number(limit.number().clone()))))
    };
    let gates =
        subject.spec.gates.iter().filter(|gate| band.gates.contains(&gate.id)).map(|gate| gate.holds.node.clone());
    let all = band.limit().map(limit).into_iter().chain(gates);
    all.reduce(|all, one| Node::Binary(Operator::And, Box::new(all), Box::new(one)))
        .unwrap_or(Node::Constant(Quantity::Truth(true)))
}

impl<'a> Goal<'a> {
    /// Returns the band of this number as what is to be reached.
    fn new(subject: Subject<'a>, slots: &'a [Slot<'a>], target: usize) -> Option<Self> {
        let band = subject.spec.bands.get(target)?;
        let (condition, ladder) = (condition(subject, band), Ladder::new(subject, slots));
        Some(Self { subject, slots, target, band, condition, ladder })
    }

    /// Returns the cheapest way; `None` where even everything at its best doesn't reach the band, and no few changes do, as a
    /// condition may allow only so much of something.
    fn way(&self) -> Option<Route> {
        let best = self.ladder.top();
        let found = if self.is_reached(&best) { self.up_to(&best) } else { trial::any(self)? };
        let (band, steps) = (self.comes_to(&found.levels), self.steps(&found.levels));
        Some(Route { band, steps, fewest: found.is_fewest, impossible: None })
    }

    /// Returns the cheapest way below the best, which reaches the band.
    fn up_to(&self, best: &Levels) -> Found {
        let floor = self.floor(best);
        let found = if self.is_reached(&floor) {
            Found { levels: floor, is_fewest: stays(self.subject, &self.condition) }
        } else {
            self.cheapest(&floor, best)
        };
        if found.is_fewest { found } else { trial::shorter(self, found.levels) }
    }

    /// Returns the band that these levels are awarded. It is better than the one aimed at where what withholds that one
    /// withholds a better one too.
    fn comes_to(&self, levels: &Levels) -> BandId {
        let completed = completed::completed(self.subject, &self.ladder.slots(self.slots, levels));
        let number = completed::awarded(self.subject.spec, &completed, Assume::Nothing).band();
        number.and_then(|number| self.subject.spec.bands.get(number)).unwrap_or(self.band).id.clone()
    }

    /// Says why better answers alone don't reach the band.
    fn out_of_reach(&self) -> Route {
        let impossible = Some(self.hindrance(&self.ladder.top()));
        Route { band: self.band.id.clone(), steps: Vec::new(), fewest: false, impossible }
    }

    /// Whether these levels reach the band.
    fn is_reached(&self, levels: &Levels) -> bool {
        let slots = self.ladder.slots(self.slots, levels);
        let scope = self.subject.scope(&slots, Gaps::Open);
        self.condition.evaluate(&scope).truth() == Some(true) && self.is_awarded(&scope)
    }

    /// Whether a completion gives this band or a better one; in cascade mode its condition has said so.
    fn is_awarded(&self, scope: &CompletionScope<'_>) -> bool {
        match self.subject.spec.mode {
            Mode::Cascade => true,
            Mode::Literal => {
                let gates = holding(scope);
                let holds = |gate: &crate::framework::GateId| gates.get(gate).copied().flatten();
                let decision = decide(self.subject.spec, scope.total_bounds().as_ref(), holds, Assume::Nothing);
                decision.band().is_some_and(|band| band <= self.target)
            }
        }
    }

    /// Returns the levels below which an item keeps the band from being reached, whatever the others are.
    fn floor(&self, best: &Levels) -> Levels {
        let mut floor = vec![0; best.len()];
        self.raise(&mut floor, best, self.ladder.classes());
        floor
    }

    /// Raises the floor of some classes. Where one item of each can stay where it is, none of them is needed for
    /// itself, so that most classes are settled together.
    fn raise(&self, floor: &mut Levels, best: &Levels, classes: &[Vec<usize>]) {
        let firsts: Vec<usize> = classes.iter().filter_map(|alike| alike.first().copied()).collect();
        let mut levels = best.clone();
        for first in &firsts {
            levels[*first] = 0;
        }
        match (classes, firsts.as_slice()) {
            _ if self.is_reached(&levels) => {}
            ([alike], [first]) => {
                let reached = |level: &usize| {
                    levels[*first] = *level;
                    self.is_reached(&levels)
                };
                let least = (1..=best[*first]).find(reached).unwrap_or(best[*first]);
                for item in alike {
                    floor[*item] = least;
                }
            }
            _ => {
                let (one, other) = classes.split_at(classes.len() / 2);
                self.raise(floor, best, one);
                self.raise(floor, best, other);
            }
        }
    }

    /// Returns the cheapest levels from a floor up.
    fn cheapest(&self, floor: &Levels, best: &Levels) -> Found {
        let ways = constraint::ways(self, floor, best).unwrap_or_default();
        let found: Vec<Found> = ways.iter().filter_map(|way| search::fewest(way, floor)).collect();
        let is_fewest = found.iter().all(|found| found.is_fewest)
            && ways.iter().all(|way| way.is_sum)
            && stays(self.subject, &self.condition);
        let reached = found.into_iter().map(|found| found.levels).filter(|levels| self.is_reached(levels));
        match reached.min_by_key(cost) {
            Some(levels) => Found { levels, is_fewest },
            None => Found { levels: self.taken_back(floor, best), is_fewest: false },
        }
    }

    /// Takes steps back from the best, the last items first, as long as the band stays reached.
    fn taken_back(&self, floor: &Levels, best: &Levels) -> Levels {
        let mut levels = best.clone();
        for item in (0..levels.len()).rev() {
            let reached = |level: &usize| {
                let mut lowered = levels.clone();
                lowered[item] = *level;
                self.is_reached(&lowered)
            };
            levels[item] = (floor[item]..best[item]).find(reached).unwrap_or(best[item]);
        }
        levels
    }

    /// Returns the changes in the form's order.
    fn steps(&self, levels: &Levels) -> Vec<RouteStep> {
        let changed = self.ladder.slots(self.slots, levels);
        let items = self.subject.basis.items.iter().zip(self.slots.iter().zip(&changed));
        let step = |(item, (from, to)): (&super::item::Item<'a>, (&Slot<'_>, &Slot<'_>))| {
            let (from, to) = from.points().zip(to.points())?;
            (from != to).then(|| RouteStep { id: item.id.into(), from: from.exact.clone(), to: to.exact.clone() })
        };
        items.filter_map(step).collect()
    }

    /// Says what keeps the band from being reached even with everything at its best.
    fn hindrance(&self, best: &Levels) -> String {
        let slots = self.ladder.slots(self.slots, best);
        let scope = self.subject.scope(&slots, Gaps::Open);
        let gates = holding(&scope);
        let fails = |gate: &&Gate| self.band.gates.contains(&gate.id) && gates.get(&gate.id) != Some(&Some(true));
        let mut reasons: Vec<String> =
            self.subject.spec.gates.iter().filter(fails).map(|gate| why(gate, &scope)).collect();
        if let Some(limit) = self.unmet(scope.total().as_ref()) {
            reasons.insert(0, limit);
        }
        format!("even with every answer at its best, {}", reasons.join("; "))
    }

    /// Says which limit a total doesn't meet.
    fn unmet(&self, total: Option<&Exact>) -> Option<String> {
        let framework = self.subject.basis.framework;
        let noun = framework.spelled("¤total");
        let limit = self.band.limit()?;
        let Some(total) = total else {
            return Some(framework.spelled("the ¤total isn't known"));
        };
        let told = |limit: Limit<'_>| {
            let shown = super::with_unit(&super::shown(total, self.subject.spec), self.subject.spec);
            format!(
                "the {noun} is {shown}, and {} needs {}",
                self.band.title,
                limit.in_words(&limit.number().to_string())
            )
        };
        Some(limit).filter(|limit| !limit.holds(total)).map(told)
    }
}

/// Returns what levels cost: steps, then items changed.
fn cost(levels: &Levels) -> (usize, usize) {
    (levels.iter().sum(), levels.iter().filter(|level| **level > 0).count())
}
