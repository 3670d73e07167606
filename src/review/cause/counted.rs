//! What the stated values come to with answers counted as the workbook sees them, and so which of these explain a stated value that differs.
//!
//! Few answers are counted so one by one, many by halves ([`super::halves`]).

use std::cell::{Cell as Counter, RefCell};
use std::collections::BTreeMap;
use std::ops::Range;
use std::rc::Rc;

use crate::exact::Exact;
use crate::finding::Finding;
use crate::returns::StatedValue;
use crate::rules::Judged;
use crate::rules::consistency::comparisons;

use super::halves::that_matter;
use super::seen::{Cause, Seen, changed};
use super::trial::{Compared, compared, fits, put};

/// The most answers that are counted otherwise one by one.
const MOST_APART: usize = 60;

/// The most parts of more answers that are.
const MOST_PARTS: usize = 240;

/// What the stated values come to with some answers counted otherwise, in each way to take what formulas don't see.
type Part<'a> = Rc<Vec<Compared<'a>>>;

/// What the stated values come to with the answers counted as the workbook sees them.
pub(super) struct Trial<'a, 'c> {
    judged: &'c Judged<'a>,
    causes: &'c [Cause],
    /// As they are read.
    base: Compared<'a>,
    /// With all of the answers as they are seen.
    together: Vec<Compared<'a>>,
    /// With some of them that stand one after another, as far as that was tried.
    parts: RefCell<BTreeMap<(usize, usize), Part<'a>>>,
    /// How many may still be tried.
    left: Counter<usize>,
    /// Where there is another answer to the same: with that in its place, and with none.
    twice: Vec<Option<[Compared<'a>; 2]>>,
}

impl<'a, 'c> Trial<'a, 'c> {
    /// Tries all of the answers together, and has them ready to be tried apart.
    pub(super) fn of(judged: &'c Judged<'a>, causes: &'c [Cause]) -> Self {
        let all: Vec<&Cause> = causes.iter().filter(|cause| !cause.is_error()).collect();
        let with = |cause: &Cause, number| compared(judged, |sent| put(sent, &cause.place, number));
        let twice = causes.iter().take(MOST_APART).map(|cause| match &cause.seen {
            Seen::Twice { other, .. } => Some([with(cause, Some(other)), with(cause, None)]),
            Seen::Nothing
            | Seen::Nowhere(_)
            | Seen::Number(_)
            | Seen::Graded(_)
            | Seen::Merged(..)
            | Seen::Error
            | Seen::Rows(_)
            | Seen::Passed
            | Seen::PassedRows(_) => None,
        });
        let (twice, base, together) = (twice.collect(), comparisons(judged), tried(judged, &all));
        Self { judged, causes, base, together, parts: RefCell::default(), left: Counter::new(MOST_PARTS), twice }
    }

    /// Returns what the stated values come to with some answers as they are seen; `None` where enough was tried.
    fn part(&self, range: &Range<usize>) -> Option<Part<'a>> {
        let key = (range.start, range.end);
        if let Some(known) = self.parts.borrow().get(&key) {
            return Some(known.clone());
        }
        self.left.set(self.left.get().checked_sub(1)?);
        let causes: Vec<&Cause> = self.causes[range.clone()].iter().collect();
        let tried = Rc::new(tried(self.judged, &causes));
        self.parts.borrow_mut().insert(key, tried.clone());
        Some(tried)
    }

    /// Returns the answers that move a stated value, by their places in the list.
    fn moving(&self, name: &str) -> Vec<usize> {
        let moves = |range: Range<usize>| {
            self.part(&range).map(|part| part.iter().any(|tried| tried.get(name) != self.base.get(name)))
        };
        that_matter(self.causes.len(), MOST_APART, moves)
    }

    /// Returns the findings that explain a stated value that differs.
    pub(super) fn causes_of(&self, name: &str, finding: &Finding) -> Vec<usize> {
        if !self.base.contains_key(name) {
            return Vec::new();
        }
        let shows_an_error = shows_an_error(self.judged, name, finding);
        let fits = |tried: &[Compared]| tried.iter().any(|tried| fits(self.judged, name, tried));
        let explains = |at: &usize| {
            let part = || self.part(&(*at..*at + 1)).is_some_and(|part| fits(&part));
            if self.causes[*at].is_error() { shows_an_error } else { part() }
        };
        let moving = self.moving(name);
        let mut alone: Vec<usize> = moving.iter().copied().filter(explains).map(|at| self.causes[at].index).collect();
        alone.extend(self.counted_twice(name).filter(|index| !alone.contains(index)).collect::<Vec<_>>());
        let counted = |cause: &&Cause| !cause.is_error();
        let moved = moving.iter().map(|at| &self.causes[*at]).filter(counted).map(|cause| cause.index);
        let moved: Vec<usize> = moved.collect();
        match (fits(&self.together), moved.is_empty()) {
            (false, _) => alone,
            (true, false) => moved,
            (true, true) => self.causes.iter().filter(counted).map(|cause| cause.index).take(1).collect(),
        }
    }

    /// Returns the causes that are second answers, both of which a stated value counts: as the first does, and as the second would.
    fn counted_twice(&self, name: &str) -> impl Iterator<Item = usize> {
        let stated = self.judged.sent.stated.get(name).and_then(|entry| match &entry.value {
            StatedValue::Number(number) => Some(number.clone()),
            StatedValue::Text(_) | StatedValue::Blank | StatedValue::NotCalculated | StatedValue::Other => None,
        });
        let worth = move |compared: &Compared| compared.get(name)?.computed.number().cloned();
        self.causes.iter().zip(&self.twice).filter_map(move |(cause, twice)| {
            let [other, without] = twice.as_ref()?;
            let (first, other, without) = (worth(&self.base)?, worth(other)?, worth(without)?);
            (other != without && stated.as_ref() == Some(&(first + other - without))).then_some(cause.index)
        })
    }
}

/// Whether a stated value is an error.
fn shows_an_error(judged: &Judged, name: &str, finding: &Finding) -> bool {
    let is_other = judged.sent.stated.get(name).is_some_and(|entry| entry.value == StatedValue::Other);
    is_other && finding.found.as_ref().is_some_and(|text| text.starts_with('#'))
}

/// Compares the stated values with some answers as the workbook sees them; what it doesn't see is left out, and is nought.
fn tried<'a>(judged: &Judged<'a>, causes: &[&Cause]) -> Vec<Compared<'a>> {
    let is_unseen = causes.iter().any(|cause| matches!(cause.seen, Seen::Nothing | Seen::Nowhere(_) | Seen::Passed));
    let ways = [None, Some(Exact::zero())].into_iter().take(if is_unseen { 2 } else { 1 });
    ways.map(|nothing| compared(judged, |sent| changed(sent, causes, nothing.as_ref()))).collect()
}
