//! What keeps a condition of a bundle open: of the returns that it asks for, those of which it can't be told yet what it asks.

use std::collections::BTreeSet;

use super::known::{Known, Members};
use crate::framework::Framework;
use crate::framework::expression::{Expression, Mention, Quantity};
use crate::words::{agree, list_of_at_most};

/// The most returns that are named.
const NAMED: usize = 6;

/// Says what keeps a condition open.
pub(super) fn why(bundle: &Framework, holds: &Expression, members: &Members) -> String {
    let mut open: Vec<&str> = Vec::new();
    for (function, arguments) in asked(bundle, holds) {
        let texts: Vec<&str> = arguments.iter().flatten().filter_map(Quantity::text).collect();
        let Some((member, rest)) = texts.split_first() else { continue };
        for known in members.of(member).iter().filter(|known| is_open(known, &function, rest)) {
            // Several that are awaited are called by their number together.
            if !open.contains(&known.called.as_str()) {
                open.push(&known.called);
            }
        }
    }
    if open.is_empty() {
        return "it can\u{2019}t be told, as there isn\u{2019}t the one return that it asks for, or that one says nothing of it".to_owned();
    }
    format!("it can't be told yet: {} {} open", list_of_at_most(&open, NAMED), agree(open.len(), "is", "are"))
}

/// Returns all calls from which a condition is worked out, those of the values and the total on the way included.
fn asked(bundle: &Framework, holds: &Expression) -> Vec<(String, Vec<Option<Quantity>>)> {
    let (mut left, mut seen, mut calls) = (holds.names(), BTreeSet::new(), Vec::new());
    left.reverse();
    while let Some(mention) = left.pop() {
        match mention {
            Mention::Call(function, arguments) => calls.push((function, arguments)),
            Mention::Name(name) if seen.insert(name.clone()) => {
                let total = (name == "total").then_some(&bundle.outcome.total);
                let value = total.or_else(|| bundle.value(&name).map(|value| &value.value));
                left.extend(value.into_iter().flat_map(|value| value.names().into_iter().rev().collect::<Vec<_>>()));
            }
            Mention::Name(_) | Mention::Attribute(..) => {}
        }
    }
    calls
}

/// Whether what a function asks of a return can't be told yet.
fn is_open(known: &Known, function: &str, rest: &[&str]) -> bool {
    let figure = |name: Option<&&str>| match name {
        Some(name) => known.values.get(*name).is_some_and(Quantity::is_open),
        None => known.total.is_open(),
    };
    match (function, rest) {
        ("returns", _) => known.is_awaited,
        ("outcome_of" | "count_outcome" | "returns_share", _) => known.band.is_open() || known.is_awaited,
        ("grade_of" | "count_grade_of", [grade, part, ..]) => {
            let graded = known.grades.get(&((*grade).into(), (*part).to_owned()));
            graded.map_or(known.is_awaited, Quantity::is_open)
        }
        ("total_of", _) => figure(None) || known.is_awaited,
        (_, rest) => figure(rest.first()) || known.is_awaited,
    }
}
