//! The extreme ways of completing a return where there are too many to look at each: branch and bound.
//!
//! A part of the ways is given by what some of the missing answers are. Between which ends it lies is told by what holds all of its ways
//! ([`Gaps::Between`]); the part whose end goes farthest is parted by its next missing answer, until the farthest is a single way: none goes
//! beyond it. Answers that nothing tells apart change places without a difference, so they are taken in ascending order alone. After
//! [`MOST`] parts it is given up, and what holds all ways stands in for what wasn't found.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::band::Assume;
use super::completed::{Completed, awarded, over};
use super::completion::{Alike, alike};
use super::item::Slot;
use super::scope::Gaps;
use super::subject::Subject;
use crate::exact::Exact;
use crate::framework::OutcomeSpec;

/// At most so many parts are looked at for each end.
const MOST: usize = 250;

/// Which end is sought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// The least total.
    LeastTotal,
    /// The most total.
    MostTotal,
    /// The worst band.
    WorstBand,
    /// The best band.
    BestBand,
}

/// How far a way or a part goes towards an end; more is farther.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Reach {
    /// So far.
    To(Exact),
    /// It isn't known how far.
    Anywhere,
}

/// Where a part stands among the others: the farthest first, of these the one that is nearest to a single way, then the eldest.
type Rank = (Reach, usize, Reverse<usize>);

/// Some of the ways: those in which the first of the missing answers are these.
struct Part<'a> {
    slots: Vec<Slot<'a>>,
    /// The numbers of what they are.
    picks: Vec<usize>,
    /// What the ways come to together.
    completed: Completed,
}

/// A missing answer.
struct Gap<'a> {
    item: usize,
    /// What it can be.
    all: Vec<Slot<'a>>,
    /// Whether nothing tells it from the one before.
    is_alike: bool,
}

/// A search for the way that goes farthest towards an end.
struct Search<'a> {
    subject: Subject<'a>,
    end: End,
    gaps: Vec<Gap<'a>>,
    /// Whether ways without a total are left out, as others have one.
    needs_total: bool,
    parts: BTreeMap<Rank, Part<'a>>,
    /// How many parts were looked at.
    seen: usize,
}

impl End {
    /// All ends.
    pub(super) const ALL: [Self; 4] = [Self::LeastTotal, Self::MostTotal, Self::WorstBand, Self::BestBand];

    /// Returns how far ways go towards this end; `None` where that isn't known, or a way has no total or band.
    pub(super) fn reach(self, spec: &OutcomeSpec, completed: &Completed) -> Option<Exact> {
        let total = completed.total.as_ref();
        let band = |assume| awarded(spec, completed, assume).band().and_then(|number| i64::try_from(number).ok());
        match self {
            Self::LeastTotal => total.map(|total| -total.lowest.clone()),
            Self::MostTotal => total.map(|total| total.highest.clone()),
            Self::WorstBand => band(Assume::Worst).map(Exact::from),
            Self::BestBand => band(Assume::Best).map(|number| Exact::from(-number)),
        }
    }
}

/// Returns what the way comes to that goes farthest towards an end; `None` where it isn't found. Some ways are known already, and ways
/// without a total are left out where others have one (`needs_total`).
pub(super) fn farthest(subject: Subject<'_>, end: End, known: &[Completed], needs_total: bool) -> Option<Completed> {
    let known = known.iter().filter_map(|way| Some((Reach::To(end.reach(subject.spec, way)?), way)));
    let best = known.max_by(|one, other| one.0.cmp(&other.0));
    let mut search = Search::over(subject, end, needs_total);
    while let Some(((reach, ..), part)) = search.parts.pop_last() {
        if let Some((_, way)) = best.as_ref().filter(|(known, _)| *known >= reach) {
            return Some((*way).clone());
        }
        if part.picks.len() == search.gaps.len() {
            return Some(part.completed);
        }
        search.part(&part)?;
    }
    None
}

impl<'a> Search<'a> {
    /// Returns a search over all ways.
    fn over(subject: Subject<'a>, end: End, needs_total: bool) -> Self {
        let given = subject.basis.given();
        let together = alike(subject, &subject.missing(&given));
        let gap = |alike: &Alike<'a>, number: usize| Gap {
            item: alike.items[number],
            all: alike.all.clone(),
            is_alike: number > 0,
        };
        let gaps = together.iter().flat_map(|alike| (0..alike.items.len()).map(|number| gap(alike, number)));
        let mut search = Self { subject, end, gaps: gaps.collect(), needs_total, parts: BTreeMap::new(), seen: 0 };
        search.add(given, Vec::new());
        search
    }

    /// Parts some ways by their next missing answer; `None` where enough was looked at.
    fn part(&mut self, part: &Part<'a>) -> Option<()> {
        let Gap { item, ref all, is_alike } = self.gaps[part.picks.len()];
        let first = part.picks.last().copied().filter(|_| is_alike).unwrap_or_default();
        for (pick, slot) in all.clone().into_iter().enumerate().skip(first) {
            let mut slots = part.slots.clone();
            slots[item] = slot;
            self.add(slots, part.picks.iter().copied().chain([pick]).collect());
        }
        (self.seen <= MOST).then_some(())
    }

    /// Takes some ways in, unless none of them has what is sought.
    fn add(&mut self, slots: Vec<Slot<'a>>, picks: Vec<usize>) {
        self.seen += 1;
        let scope = self.subject.scope(&slots, Gaps::Between);
        let is_way = picks.len() == self.gaps.len();
        if is_way && self.subject.is_dropped(&slots) {
            return;
        }
        let completed = over(&scope);
        let reach = self.end.reach(self.subject.spec, &completed);
        let has_no_total = if is_way { completed.total.is_none() } else { scope.has_no_total() };
        if (self.needs_total && has_no_total) || (is_way && reach.is_none()) {
            return;
        }
        let reach = reach.map_or(Reach::Anywhere, Reach::To);
        self.parts.insert((reach, picks.len(), Reverse(self.seen)), Part { slots, picks, completed });
    }
}
