//! Compares what a workbook states with what is worked out.

use std::collections::BTreeMap;

use crate::exact::Exact;
use crate::finding::{Finding, Findings, Rule, Severity};
use crate::framework::expression::Quantity;
use crate::framework::{RaterId, Stated, StatedKind};
use crate::outcome::Outcome;
use crate::returns::{Origin, StatedEntry, StatedValue};
use crate::rules::Judged;
use crate::rules::outcome::outcome_provisional;
use crate::wording::Wording;

/// Finds stated values of one kind that differ.
pub(super) fn check(rule: &'static Rule, kind: StatedKind, judged: &Judged, findings: &mut Findings) {
    for stated in judged.framework.stated.iter().filter(|stated| stated.kind == kind) {
        if let Some(entry) = judged.sent.stated.get(&stated.id)
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
    (outcome.rater == judged.sent.counts || !silent).then_some(outcome)
}

/// What a stated value comes to beside what is worked out.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// What is worked out.
    pub computed: Quantity,
    /// What is expected in place of what is stated; `None` where that fits, or can't be compared.
    pub expected: Option<String>,
}

/// Compares all that a workbook states of itself, by name.
pub fn comparisons<'a>(judged: &Judged<'a>) -> BTreeMap<&'a str, Comparison> {
    let compared = judged.framework.stated.iter().filter_map(|stated| {
        let entry = judged.sent.stated.get(&stated.id)?;
        Some((stated.id.as_str(), comparison(judged, outcome_of(judged, stated.rater.as_ref())?, stated, entry)))
    });
    compared.collect()
}

/// Compares a stated value with what is worked out; blanks and what can't be worked out are no difference.
fn comparison(judged: &Judged, outcome: &Outcome, stated: &Stated, entry: &StatedEntry) -> Comparison {
    let computed = crate::outcome::stated(judged.basis(outcome), outcome, stated);
    if computed.is_open() {
        return Comparison { expected: beyond(stated, entry, &computed), computed };
    }
    let expected = match (&entry.value, &computed) {
        (StatedValue::Number(number), Quantity::Number(computed)) => {
            (!is_same(number, computed, stated.kind, entry.origin)).then(|| shown(computed))
        }
        (StatedValue::Text(text), Quantity::Text(computed)) => {
            (!says(judged, text, computed)).then(|| computed.to_string())
        }
        // A number is no band; nought as a formula's result is what programs store that keep no texts.
        (StatedValue::Number(number), Quantity::Text(computed))
            if stated.kind == StatedKind::Outcome && (entry.origin == Origin::Typed || !number.is_zero()) =>
        {
            Some(computed.to_string())
        }
        (StatedValue::Text(text), Quantity::Number(computed)) => {
            (!names(text, computed, stated.kind)).then(|| shown(computed))
        }
        // An error, a date, a picture or a logical states nothing that was worked out.
        (StatedValue::Other, Quantity::Number(computed)) => Some(shown(computed)),
        (StatedValue::Other, Quantity::Text(computed)) => Some(computed.to_string()),
        (
            StatedValue::Number(_)
            | StatedValue::Text(_)
            | StatedValue::Blank
            | StatedValue::NotCalculated
            | StatedValue::Other,
            _,
        ) => None,
    };
    Comparison { computed, expected }
}

/// Says that a stated value differs.
fn differs(
    rule: &'static Rule,
    judged: &Judged,
    outcome: &Outcome,
    stated: &Stated,
    entry: &StatedEntry,
) -> Option<Finding> {
    let comparison = comparison(judged, outcome, stated, entry);
    let is_unknown = comparison.computed == Quantity::Unknown;
    match (&entry.value, &comparison.expected) {
        (StatedValue::Other, None) if is_unknown || comparison.computed.is_open() => {
            return states_nothing(stated, entry);
        }
        // While answers are missing an outcome that may still come isn't in doubt for the sake of what can't be used.
        (_, None) if stated.kind == StatedKind::Outcome && !outcome.missing.is_empty() => return None,
        (_, None) if comparison.computed.is_open() => return not_told(stated, entry),
        (_, None | Some(_)) => {}
    }
    let expected = comparison.expected?;
    let source = match stated.kind {
        StatedKind::Weight => "the framework has",
        StatedKind::Total | StatedKind::Outcome => "the answers come to",
    };
    let message = format!("“{}” says {}; {source} {expected}", stated.row, entry.told.trim());
    let finding = Finding::new(rule, entry.place.clone(), message).with_subject(&stated.id).with_found(&entry.written);
    Some(finding.with_expected(expected).with_help(help(entry.origin)))
}

/// Whether a text is no band of the framework, so that it states that there is none yet.
pub fn is_no_band(judged: &Judged, text: &str) -> bool {
    judged.framework.outcome.bands.iter().all(|band| !says(judged, text, &band.title))
}

/// Returns what is expected in place of a stated value that should be something that can't be told; `None` where it may be right.
fn beyond(stated: &Stated, entry: &StatedEntry, computed: &Quantity) -> Option<String> {
    let is_possible = match &entry.value {
        StatedValue::Number(number) => {
            let is_near =
                |end: &Quantity| end.number().is_some_and(|end| is_same(number, end, stated.kind, entry.origin));
            let is_within = computed.can_be(&Quantity::Number(number.clone()));
            is_within || is_near(computed.least()) || is_near(computed.most())
        }
        StatedValue::Text(text) => {
            let mut all = computed.all().filter_map(Quantity::text).peekable();
            all.peek().is_none() || all.any(|one| Wording::of(one) == Wording::of(text))
        }
        StatedValue::Blank | StatedValue::NotCalculated | StatedValue::Other => true,
    };
    let all: Vec<String> = computed.all().map(ToString::to_string).collect();
    let expected = || if all.is_empty() { computed.to_string() } else { all.join(" or ") };
    (!is_possible).then(expected)
}

/// Says of a stated value that may be right that this can't be told.
fn not_told(stated: &Stated, entry: &StatedEntry) -> Option<Finding> {
    if matches!(entry.value, StatedValue::Blank | StatedValue::NotCalculated | StatedValue::Other) {
        return None;
    }
    let message = format!(
        "“{}” says {}; whether that is right can't be told: it rests on entries that are blank or can't be used",
        stated.row,
        entry.told.trim()
    );
    let help = "Fill in or correct those entries, then check the figure.";
    Some(open(stated, entry, message).with_help(help))
}

/// Says of what is no figure that it states none, where the figure can't be told; what divides by the answers that are still
/// to come shows that by its own error.
fn states_nothing(stated: &Stated, entry: &StatedEntry) -> Option<Finding> {
    if entry.origin == Origin::Formula && entry.written == "#DIV/0!" {
        return None;
    }
    let message = format!("“{}” shows {}, which can't be compared with anything", stated.row, entry.written.trim());
    Some(open(stated, entry, message).with_help("Complete the answers, then check that the figure is there."))
}

/// Starts a note on a stated value while what it should be is open.
fn open(stated: &Stated, entry: &StatedEntry, message: String) -> Finding {
    let finding = Finding::new(&outcome_provisional::RULE, entry.place.clone(), message);
    finding.with_severity(Severity::Note).with_subject(&stated.id).with_found(&entry.written)
}

/// Whether a stated number is the one worked out; a share may be stated in percent.
pub(super) fn is_same(number: &Exact, computed: &Exact, kind: StatedKind, origin: Origin) -> bool {
    let percent = computed * &Exact::from(100);
    let is_share = *computed > Exact::zero() && *computed <= Exact::one();
    is_near(number, computed, kind, origin)
        || (is_share && *number > Exact::one() && is_near(number, &percent, kind, origin))
}

/// Whether two numbers are the same: a formula's result and a weighting to six decimals, a typed figure to its last
/// decimal, a typed share to the tenth of a percentage point.
fn is_near(number: &Exact, computed: &Exact, kind: StatedKind, origin: Origin) -> bool {
    let part = |of: i64| Exact::ratio(1, of).expect("it isn't nought");
    let tolerance = match (kind, origin) {
        (StatedKind::Weight, _) | (_, Origin::Formula) => part(1_000_000),
        (StatedKind::Total | StatedKind::Outcome, Origin::Typed) => {
            let is_share = *computed > Exact::zero() && *computed < Exact::one();
            if is_share { typed_tolerance(number).min(part(2000)) } else { typed_tolerance(number) }
        }
    };
    (number - computed).abs() <= tolerance
}

/// Half a unit of the last decimal that was typed; whole numbers must be right. What has more decimals than are shown was
/// worked out by a program that kept the result alone.
fn typed_tolerance(number: &Exact) -> Exact {
    let text = number.to_string();
    let shown = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let decimals = if text.contains('/') { 9 } else { shown };
    let unit = 10_i64.pow(u32::try_from(decimals.min(9)).unwrap_or(9));
    if decimals == 0 { Exact::zero() } else { Exact::ratio(1, 2 * unit).expect("a power of ten isn't nought") }
}

/// Whether a stated text says what was worked out, in the band's own words or other words for it.
fn says(judged: &Judged, written: &str, computed: &str) -> bool {
    let same = |text: &str| Wording::of(text) == Wording::of(written);
    let band = judged.framework.outcome.bands.iter().find(|band| Wording::of(&band.title) == Wording::of(computed));
    same(computed) || band.is_some_and(|band| band.written.iter().any(|text| same(text)))
}

/// Whether a text names the number that was worked out, however it says it; the first of a percentage or a count is meant.
fn names(text: &str, computed: &Exact, kind: StatedKind) -> bool {
    let is_it = |number: &Exact| is_same(number, computed, kind, Origin::Typed);
    let figures = text.split(|c: char| !(c.is_ascii_digit() || c == '.')).map(|figure| figure.trim_matches('.'));
    let mut numbers = figures.filter_map(|figure| figure.parse::<Exact>().ok());
    let meant = percentage_in(text).or_else(|| counted_in(text));
    meant.map_or_else(|| numbers.any(|number| is_it(&number)), |number| is_it(&number))
}

/// Returns the percentage that a sentence names: “Weighting of 15% for this section”.
fn percentage_in(text: &str) -> Option<Exact> {
    let before = text.split_once('%')?.0.trim_end();
    let start = before
        .rfind(|c: char| !(c.is_ascii_digit() || c == '.'))
        .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    before[start..].parse().ok()
}

/// Returns the number that a text counts: “185 of 196”, “185/196”.
fn counted_in(text: &str) -> Option<Exact> {
    let (part, whole) = text.split_once("out of").or_else(|| text.split_once("of")).or_else(|| text.split_once('/'))?;
    let number = |text: &str| text.trim().parse::<Exact>().ok();
    number(whole).and_then(|_| number(part))
}

/// Returns a number short enough to be read.
pub(super) fn shown(number: &Exact) -> String {
    let plain = number.to_string();
    if plain.contains('/') { number.to_fixed(6) } else { plain }
}

/// Says what to do about a value that differs.
fn help(origin: Origin) -> &'static str {
    match origin {
        Origin::Formula => "Check the answers that it follows from, and let the workbook calculate again.",
        Origin::Typed => "Check the answers that it follows from, and correct it.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_of_a_whole_is_its_first_number() {
        let cases =
            [("185 of 196", Some("185")), ("185/196", Some("185")), ("12 out of 13", Some("12")), ("half of it", None)];
        for (text, expected) in cases {
            assert_eq!(counted_in(text).map(|number| number.to_string()).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_stated_number_is_compared_as_it_was_meant() {
        use Origin::{Formula, Typed};
        use StatedKind::{Total, Weight};
        let cases = [
            ("0.758", "0.757554", Total, Typed, true),
            ("75.8", "0.757554", Total, Typed, true),
            ("0.8", "0.757554", Total, Typed, false),
            ("0.757", "0.757554", Total, Formula, false),
            ("0.13392857142857142", "15/112", Total, Typed, true),
            ("0.13392857142857142", "0.133", Total, Typed, false),
            ("0.11999999999999998", "0.12", Total, Typed, true),
            ("3.1", "3.0769", Total, Typed, true),
            ("3", "3.0769", Total, Typed, false),
            ("17", "18", Total, Typed, false),
            ("0.2", "0.15", Weight, Typed, false),
            ("0.15", "0.15", Weight, Typed, true),
            ("15", "0.15", Weight, Typed, true),
            ("20", "0.15", Weight, Typed, false),
        ];
        for (written, computed, kind, origin, same) in cases {
            let number = |text: &str| text.parse::<Exact>().expect("the case gives a number");
            assert_eq!(is_same(&number(written), &number(computed), kind, origin), same, "{written} for {computed}");
        }
    }
}
