//! The ways of completing a return that are looked at, so that its interval holds them all.
//!
//! Where better answers never give less, and nothing that is missing may not apply, the worst and the best way are enough. Else each way is
//! looked at, as far as there are [`MOST`] at most: answers that nothing tells apart change places without a difference, and are looked at
//! once. Beyond that every answer is taken at the same step of its scale, and what may not apply is left out at once: these ways are some
//! of all, and the extreme ones are [searched](super::search) for among the others.

use std::collections::BTreeSet;

use super::growth::improves;
use super::item::Slot;
use super::subject::Subject;
use crate::exact::Exact;
use crate::framework::Better;
use crate::framework::expression::{Expression, Mention, Quantity, is_built_in};

/// At most so many ways are looked at one by one.
const MOST: u128 = 1_000;

/// Missing answers that nothing tells apart.
pub(super) struct Alike<'a> {
    /// Their items.
    pub(super) items: Vec<usize>,
    /// What each can be, worst first.
    pub(super) all: Vec<Slot<'a>>,
}

/// The ways that are looked at.
pub(super) struct Ways<'a> {
    /// What stands for each item in each way; only one where nothing is missing.
    pub(super) slots: Vec<Vec<Slot<'a>>>,
    /// Whether nothing lies beyond what these give.
    pub(super) are_enough: bool,
    /// Whether they are the worst and the best alone, so that others may lie between them.
    pub(super) are_ends: bool,
}

/// Returns the ways that are looked at.
pub(super) fn completions(subject: Subject<'_>) -> Ways<'_> {
    let given = subject.basis.given();
    let missing = subject.missing(&given);
    if missing.is_empty() {
        return Ways { slots: vec![given], are_enough: true, are_ends: false };
    }
    if are_ends_enough(subject, &missing) {
        return Ways { slots: at_steps(subject, &given, &missing, 2), are_enough: true, are_ends: true };
    }
    let at_steps = || at_steps(subject, &given, &missing, usize::MAX);
    one_by_one(subject).unwrap_or_else(|| Ways { slots: at_steps(), are_enough: false, are_ends: false })
}

/// Returns every way; `None` where there are more than are looked at one by one.
pub(super) fn one_by_one(subject: Subject<'_>) -> Option<Ways<'_>> {
    let given = subject.basis.given();
    let missing = subject.missing(&given);
    let alike = alike(subject, &missing);
    let ways = alike.iter().map(Alike::ways).try_fold(1_u128, u128::checked_mul)?;
    let are_enough = are_listed(subject, &missing);
    (ways <= MOST).then(|| Ways { slots: every(given, &alike), are_enough, are_ends: false })
}

/// Whether missing answers can be nothing but what is listed.
pub(super) fn are_listed(subject: Subject<'_>, missing: &BTreeSet<usize>) -> bool {
    missing.iter().all(|item| subject.basis.items[*item].is_listed)
}

/// Whether nothing lies beyond the worst and the best answers.
fn are_ends_enough(subject: Subject<'_>, missing: &BTreeSet<usize>) -> bool {
    let missing = || missing.iter().map(|item| &subject.basis.items[*item]);
    let go = |better: Better| missing().all(|item| item.better == better) && improves(subject, better);
    missing().all(|item| item.not_applicable.is_none()) && (go(Better::Higher) || go(Better::Lower))
}

/// Returns the missing answers, those together that nothing tells apart: of one section, one scale and one weight, and in the same of the
/// groups that the outcome is worked out from.
pub(super) fn alike<'a>(subject: Subject<'a>, missing: &BTreeSet<usize>) -> Vec<Alike<'a>> {
    let named = Named::of(subject);
    let (basis, memberships) = (subject.basis, subject.basis.memberships());
    let signature = |item: usize| {
        let of = &basis.items[item];
        let groups = memberships[item].iter().copied().chain([of.id]).filter(|group| named.groups.contains(*group));
        let apart = if named.is_whole { None } else { Some(item) };
        let weight = basis.item_weights.weigh(item, &Exact::one());
        (of.section, of.choices.as_ptr(), of.not_applicable, weight, groups.collect::<Vec<&str>>(), apart)
    };
    let mut signed: Vec<_> = missing.iter().map(|item| (signature(*item), *item)).collect();
    signed.sort();
    let together = signed.chunk_by(|one, other| one.0 == other.0).map(|together| Alike {
        items: together.iter().map(|(_, item)| *item).collect(),
        all: basis.items[together[0].1].all(),
    });
    together.collect()
}

/// The groups that an outcome is worked out from.
#[derive(Default)]
struct Named {
    groups: BTreeSet<String>,
    /// Whether these are all; some may be worked out instead of written.
    is_whole: bool,
}

impl Named {
    fn of(subject: Subject<'_>) -> Self {
        let all = subject.expressions();
        let mut named = Self { is_whole: true, ..Self::default() };
        for mention in all.flat_map(Expression::names) {
            if let Mention::Call(function, arguments) = mention {
                named.is_whole &= is_built_in(&function) || arguments.iter().all(Option::is_some);
                let texts = arguments.iter().flatten().filter_map(Quantity::text);
                named.groups.extend(texts.map(ToOwned::to_owned));
            }
        }
        named
    }
}

impl<'a> Alike<'a> {
    /// Returns how many ways there are to fill them in.
    fn ways(&self) -> u128 {
        let (items, options) = (self.items.len() as u128, self.all.len().max(1) as u128);
        // So many of that many with repetition; the product of the first numbers is divisible by each next one.
        (1..=items)
            .try_fold(1_u128, |ways, item| Some(ways.checked_mul(options - 1 + item)? / item))
            .unwrap_or(u128::MAX)
    }

    /// Returns the ways to fill them in: the numbers of what each is, ascending.
    fn fillings(&self) -> Vec<Vec<usize>> {
        let more = |ways: Vec<Vec<usize>>, _| {
            let longer = ways.iter().flat_map(|way| {
                let from = way.last().copied().unwrap_or_default();
                (from..self.all.len()).map(|next| way.iter().copied().chain([next]).collect())
            });
            longer.collect()
        };
        self.items.iter().fold(vec![Vec::new()], more)
    }

    /// Returns slots with these filled in, in each way.
    fn filled(&self, slots: &[Slot<'a>]) -> Vec<Vec<Slot<'a>>> {
        let with = |way: Vec<usize>| {
            let mut slots = slots.to_vec();
            self.items.iter().zip(way).for_each(|(item, option)| slots[*item] = self.all[option]);
            slots
        };
        self.fillings().into_iter().map(with).collect()
    }
}

/// Returns every way.
fn every<'a>(given: Vec<Slot<'a>>, alike: &[Alike<'a>]) -> Vec<Vec<Slot<'a>>> {
    let more =
        |ways: Vec<Vec<Slot<'a>>>, alike: &Alike<'a>| ways.iter().flat_map(|slots| alike.filled(slots)).collect();
    alike.iter().fold(vec![given], more)
}

/// Returns ways with every missing answer at the same step of its scale: the first, the last, then those between, as many as asked for;
/// and the same without what may not apply.
fn at_steps<'a>(
    subject: Subject<'a>,
    given: &[Slot<'a>],
    missing: &BTreeSet<usize>,
    most: usize,
) -> Vec<Vec<Slot<'a>>> {
    let items = || missing.iter().map(|item| &subject.basis.items[*item]);
    let last = items().map(|item| item.choices.len()).max().unwrap_or(1).saturating_sub(1);
    let mut steps = vec![0, last];
    steps.extend(1..last);
    steps.dedup();
    let may_drop = items().any(|item| item.not_applicable.is_some());
    let ways = steps.into_iter().take(most).flat_map(|step| {
        let drops = if may_drop { &[false, true][..] } else { &[false] };
        drops.iter().map(move |drops| (step, *drops))
    });
    let fill = |(step, drops): (usize, bool)| {
        let mut slots = given.to_vec();
        for number in missing {
            let item = &subject.basis.items[*number];
            let dropped = item.not_applicable.filter(|_| drops).map(Slot::Dropped);
            let counts = item.choices.get(step).or(item.choices.last()).map(Slot::Counts);
            slots[*number] = dropped.or(counts).unwrap_or(Slot::Missing);
        }
        slots
    };
    ways.map(fill).collect()
}
