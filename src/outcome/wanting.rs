//! What a condition waits for while it is open: the answers and entries on which it rests and that are wanting or can't be used.

use std::collections::BTreeSet;

use super::basis::Basis;
use super::item::Slot;
use super::scope::CompletionScope;
use super::subject::Subject;
use crate::finding::Place;
use crate::framework::expression::{Expression, Mention, Quantity, is_built_in};
use crate::framework::{FieldId, FieldRole, RegisterId};
use crate::words::{agree, list_of_at_most, number_of};

/// The most answers or entries that are named.
const MOST: usize = 6;

/// Says why a condition can't be told yet.
pub(super) fn why(holds: &Expression, scope: &CompletionScope<'_>) -> String {
    let basis = scope.subject.basis;
    let sources = Sources::of(scope.subject, holds);
    let missing: Vec<&str> = (0..)
        .zip(&basis.items)
        .zip(scope.slots)
        .filter_map(|((number, item), slot)| (slot.is_missing() && sources.items.contains(&number)).then_some(item.id))
        .collect();
    let unusable = basis
        .registers
        .unusable_of(|field| sources.fields.contains(field), |register| sources.registers.contains(register));
    let unusable: Vec<String> = unusable.iter().filter_map(Place::named).collect();
    let answers = (!missing.is_empty()).then(|| {
        format!("{} {} no usable answer", list_of_at_most(&missing, MOST), agree(missing.len(), "has", "have"))
    });
    let entries = (!unusable.is_empty()).then(|| {
        format!("{} {} blank or can't be used", list_of_at_most(&unusable, MOST), agree(unusable.len(), "is", "are"))
    });
    let wanting: Vec<String> = answers.into_iter().chain(entries).collect();
    if wanting.is_empty() {
        return "it can't be told yet, as entries that it rests on are blank or can't be used".to_owned();
    }
    format!("it can't be told yet: {}", wanting.join(", and "))
}

/// Says of so many entries, some of which are weights that don't come to the whole, what keeps an outcome open: `3 weights don't come to
/// 100%`.
pub(crate) fn entries_told(entries: usize, uneven: usize) -> String {
    let others = entries.saturating_sub(uneven);
    let blank = || format!("{} blank or can't be used", number_of(others, "entry is", "entries are"));
    let weights = || format!("{} come to 100%", number_of(uneven, "weight doesn't", "weights don't"));
    match (others, uneven) {
        (_, 0) => blank(),
        (0, _) => weights(),
        (_, _) => format!("{} and {}", blank(), weights()),
    }
}

/// Whether something that a condition is worked out from doesn't apply, and nothing of it is missing.
pub(super) fn rests_on_dropped(holds: &Expression, scope: &CompletionScope<'_>) -> bool {
    let items = Sources::of(scope.subject, holds).items;
    let of = || items.iter().filter_map(|item| scope.slots.get(*item));
    of().any(Slot::is_dropped) && !of().any(Slot::is_missing)
}

/// What an expression is worked out from.
#[derive(Default)]
struct Sources {
    /// The numbers of the items.
    items: BTreeSet<usize>,
    fields: BTreeSet<FieldId>,
    registers: BTreeSet<RegisterId>,
}

impl Sources {
    /// Gathers them, with those of all values and rows on the way.
    fn of(subject: Subject<'_>, expression: &Expression) -> Self {
        let basis = subject.basis;
        let mut sources = Self::default();
        let (mut left, mut values) = (expression.names(), BTreeSet::new());
        while let Some(mention) = left.pop() {
            match mention {
                Mention::Name(name) => {
                    if let Some(value) = value_of(subject, &name).filter(|_| values.insert(name.clone())) {
                        left.extend(value.names());
                    } else if name == "data_date" {
                        sources.fields.extend(basis.framework.field_for(FieldRole::DataDate).map(|of| of.id.clone()));
                    }
                }
                Mention::Attribute(of, part) if of == "field" => {
                    sources.fields.insert(part.as_str().into());
                }
                Mention::Attribute(..) => {}
                Mention::Call(function, arguments) => left.extend(sources.take_up(basis, &function, &arguments)),
            }
        }
        sources
    }

    /// Takes up what a function is called over, and returns what that is worked out from in turn.
    fn take_up(&mut self, basis: &Basis<'_>, function: &str, arguments: &[Option<Quantity>]) -> Vec<Mention> {
        if arguments.is_empty() && !is_built_in(function) {
            self.items.extend(basis.group("all").into_iter().flatten());
        }
        let mut names = Vec::new();
        for name in arguments.iter().flatten().filter_map(Quantity::text) {
            self.items.extend(basis.group(name).into_iter().flatten());
            let register = basis.framework.register(name);
            if let Some(register) = register.filter(|register| self.registers.insert(register.id.clone())) {
                names.extend(register.derived.iter().flat_map(|value| value.value.names()));
                names.extend(register.outcome.iter().flat_map(|outcome| outcome.value.names()));
            }
        }
        names
    }
}

/// Returns how a value of the framework is worked out.
fn value_of<'a>(subject: Subject<'a>, name: &str) -> Option<&'a Expression> {
    let total = (name == "total").then_some(&subject.spec.total);
    total.or_else(|| Some(&subject.basis.framework.value(name)?.value))
}
