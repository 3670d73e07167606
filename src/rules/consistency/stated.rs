//! Compares what a workbook states with what is worked out.

use crate::exact::Exact;
use crate::finding::{Finding, Findings, Rule};
use crate::framework::expression::Quantity;
use crate::framework::{RaterId, Stated, StatedKind};
use crate::outcome::Outcome;
use crate::returns::{Origin, StatedEntry, StatedValue};
use crate::rules::Judged;
use crate::wording::Wording;

/// Finds stated values of one kind that differ.
pub(super) fn check(rule: &'static Rule, kind: StatedKind, judged: &Judged, findings: &mut Findings) {
    for stated in judged.framework.stated.iter().filter(|stated| stated.kind == kind) {
        if let Some(entry) = judged.said.stated.get(&stated.id)
            && let Some(outcome) = outcome_of(judged, stated.rater.as_ref())
        {
            findings.extend(differs(rule, judged, outcome, stated, entry));
        }
    }
}

/// Returns the outcome that a stated value is about; `None` where that rater gave no answer at all.
fn outcome_of<'a>(judged: &Judged<'a>, rater: Option<&RaterId>) -> Option<&'a Outcome> {
    let outcome = rater.map_or_else(|| Some(judged.outcome()), |rater| judged.outcomes.get(rater))?;
    let silent = outcome.sections.iter().all(|section| section.answered == 0);
    (outcome.rater == judged.said.counts || !silent).then_some(outcome)
}

/// Says that a stated value differs; blanks, errors and what can't be worked out are no difference.
fn differs(
    rule: &'static Rule,
    judged: &Judged,
    outcome: &Outcome,
    stated: &Stated,
    entry: &StatedEntry,
) -> Option<Finding> {
    let computed = crate::outcome::stated(judged.framework, judged.said, outcome, stated);
    let expected = match (&entry.value, &computed) {
        (StatedValue::Number(found), Quantity::Number(computed)) => {
            (!is_near(found, computed, &tolerance(stated.kind, entry.origin, found))).then(|| shown(computed))
        }
        (StatedValue::Text(found), Quantity::Text(computed)) => {
            (!says(judged, found, computed)).then(|| computed.clone())
        }
        (StatedValue::Text(found), Quantity::Number(computed)) => {
            let number = percentage_in(found)?;
            (number != &(computed.clone()) * &Exact::from(100) && number != *computed).then(|| shown(computed))
        }
        (
            StatedValue::Number(_)
            | StatedValue::Text(_)
            | StatedValue::Blank
            | StatedValue::NotCalculated
            | StatedValue::Other,
            _,
        ) => None,
    }?;
    let source = match stated.kind {
        StatedKind::Weight => "the framework has",
        StatedKind::Total | StatedKind::Outcome => "the answers come to",
    };
    let message = format!("“{}” says {}; {source} {expected}", stated.row, entry.written.trim());
    let finding = Finding::new(rule, entry.place.clone(), message).with_subject(&stated.id).with_found(&entry.written);
    Some(finding.with_expected(expected).with_help(help(entry.origin)))
}

/// Whether two numbers are the same, as near as they can be.
fn is_near(found: &Exact, computed: &Exact, tolerance: &Exact) -> bool {
    (found - computed).abs() <= *tolerance
}

/// Returns how far a stated value may be off: a formula's result to six decimals, a typed figure to its last decimal, a
/// typed weight not at all, since the form prints weights in full.
fn tolerance(kind: StatedKind, origin: Origin, found: &Exact) -> Exact {
    match (origin, kind) {
        (Origin::Formula, _) => Exact::ratio(1, 1_000_000).expect("a million isn't nought"),
        (Origin::Typed, StatedKind::Weight) => Exact::zero(),
        (Origin::Typed, StatedKind::Total | StatedKind::Outcome) => typed_tolerance(found),
    }
}

/// Half a unit of the last decimal that was typed.
fn typed_tolerance(found: &Exact) -> Exact {
    let text = found.to_string();
    let decimals = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let unit = 10_i64.pow(u32::try_from(decimals.min(9)).unwrap_or(9));
    if decimals == 0 { Exact::zero() } else { Exact::ratio(1, 2 * unit).expect("a power of ten isn't nought") }
}

/// Whether a stated text says what was worked out, in the band's own words or other words for it.
fn says(judged: &Judged, found: &str, computed: &str) -> bool {
    let same = |text: &str| Wording::of(text) == Wording::of(found);
    let band = judged.framework.outcome.bands.iter().find(|band| Wording::of(&band.title) == Wording::of(computed));
    same(computed) || band.is_some_and(|band| band.written.iter().any(|text| same(text)))
}

/// Returns the percentage that a sentence names: “Weighting of 15% for this section”.
fn percentage_in(text: &str) -> Option<Exact> {
    let before = text.split_once('%')?.0.trim_end();
    let start = before
        .rfind(|c: char| !(c.is_ascii_digit() || c == '.'))
        .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    before[start..].parse().ok()
}

/// Returns a number short enough to be read.
fn shown(number: &Exact) -> String {
    let plain = number.to_string();
    if plain.contains('/') { number.to_fixed(6) } else { plain }
}

/// Says what to do about a value that differs.
fn help(origin: Origin) -> &'static str {
    match origin {
        Origin::Formula => "Check the answers that it adds up, and restore the form's formula if it was changed.",
        Origin::Typed => "Put the form's formula back, or correct the figure.",
    }
}
