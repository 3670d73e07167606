//! Compares what a workbook states with what is worked out.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::exact::Exact;
use crate::finding::{Finding, Findings, Rule, Severity};
use crate::framework::expression::{Node, Quantity};
use crate::framework::{Framework, GradeSpec, OutcomeSpec, RaterId, Stated, StatedKind};
use crate::layout::issued_cell;
use crate::outcome::{Basis, Outcome};
use crate::returns::rule::CHOICE_UNKNOWN;
use crate::returns::{Entry, Origin, StatedEntry, StatedValue, named};
use crate::rules::Judged;
use crate::rules::outcome::outcome_provisional;
use crate::wording::Wording;
use crate::words::either;
use crate::workbook::Value;

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

/// Whether a value would be right, were something else stated there as the result of a formula.
pub fn would_fit(judged: &Judged, name: &str, value: StatedValue) -> bool {
    let stated = judged.framework.stated(name).zip(judged.sent.stated.get(name));
    stated.is_some_and(|(stated, entry)| {
        let other = StatedEntry { value, origin: Origin::Formula, ..entry.clone() };
        let outcome = outcome_of(judged, stated.rater.as_ref());
        outcome.is_some_and(|outcome| comparison(judged, outcome, stated, &other).expected.is_none())
    })
}

/// Whether a stated total is one that the return can still come to while answers are missing, as it can to others.
pub fn may_come(judged: &Judged, name: &str) -> bool {
    holds(judged, name, can_come)
}

/// Whether a stated value that rests on what isn't known may be right: a total that the return comes to, or can still come to once the answers
/// that are missing are there, and whatever can't be held against them.
pub fn may_be_right(judged: &Judged, name: &str) -> bool {
    judged.framework.stated(name).is_none()
        || holds(judged, name, |judged, outcome, stated, entry| match stated.kind {
            StatedKind::Total if can_be_held(judged, outcome, stated, entry) => {
                is_to_come(judged, outcome, stated, entry).is_some()
            }
            StatedKind::Total | StatedKind::Weight => true,
            StatedKind::Outcome => !comparison(judged, outcome, stated, entry).computed.is_open(),
        })
}

/// Whether a total can be held against what the answers that are missing can still bring: it is a number, and so is that.
fn can_be_held(judged: &Judged, outcome: &Outcome, stated: &Stated, entry: &StatedEntry) -> bool {
    number_of(entry).is_some()
        && !is_complete(judged, outcome)
        && to_come(judged, outcome, stated).most().number().is_some()
}

/// Whether something holds of a stated value and the outcome that it is about.
fn holds(judged: &Judged, name: &str, is_so: impl Fn(&Judged, &Outcome, &Stated, &StatedEntry) -> bool) -> bool {
    let stated = judged.framework.stated(name).zip(judged.sent.stated.get(name));
    stated.is_some_and(|(stated, entry)| {
        outcome_of(judged, stated.rater.as_ref()).is_some_and(|outcome| is_so(judged, outcome, stated, entry))
    })
}

/// Compares a stated value with what is worked out; blanks and what can't be worked out are no difference.
fn comparison(judged: &Judged, outcome: &Outcome, stated: &Stated, entry: &StatedEntry) -> Comparison {
    let computed = judged.worked_out(outcome, |basis, outcome| crate::outcome::stated(basis, outcome, stated));
    if computed.is_open() {
        return Comparison { expected: beyond(judged, outcome, (stated, entry), &computed), computed };
    }
    let expected = match (&entry.value, &computed) {
        (StatedValue::Number(number), Quantity::Number(computed)) => {
            let is_it = fits(number, &entry.written, computed, (stated.kind, entry.origin))
                || is_printed_so(judged.framework, stated, number, computed);
            (!is_it).then(|| shown_like(&entry.written, computed))
        }
        (StatedValue::Text(text), Quantity::Text(computed)) => {
            (!states(judged, stated, text, computed)).then(|| computed.to_string())
        }
        // A number is a band where a band is called so; nought as a formula's result is what programs store that keep no texts.
        (StatedValue::Number(number), Quantity::Text(computed))
            if stated.kind == StatedKind::Outcome && (entry.origin == Origin::Typed || !number.is_zero()) =>
        {
            (!states(judged, stated, &number.to_string(), computed)).then(|| computed.to_string())
        }
        (StatedValue::Text(text), Quantity::Number(computed)) => {
            (!names(text, computed, (stated.kind, &judged.framework.outcome.unit))).then(|| shown_like(text, computed))
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
    if is_told_by_field(judged, entry) {
        return None;
    }
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
    if may_still_come(judged, outcome, stated, entry) {
        // Where the form has a formula, its loss is what is told.
        return if has_formula(judged, stated) { None } else { not_told(stated, entry) };
    }
    if is_unread(judged, stated, entry) {
        return Some(unread(judged, stated, entry));
    }
    let between = between(judged, outcome, stated, entry);
    let is_open = between.is_some() || comparison.computed.is_open();
    let expected = between.unwrap_or(expected);
    let source = match stated.kind {
        StatedKind::Weight => "the framework has",
        StatedKind::Total | StatedKind::Outcome if is_open => "the answers can come to",
        StatedKind::Total if !is_complete(judged, outcome) => "the answers given come to",
        StatedKind::Total | StatedKind::Outcome => "the answers come to",
    };
    let message = format!("“{}” says {}; {source} {expected}", stated.row, entry.told.trim());
    let found = if entry.written.trim() == expected { &entry.told } else { &entry.written };
    let finding = Finding::new(rule, entry.place.clone(), message).with_subject(&stated.id).with_found(found.trim());
    Some(finding.with_expected(expected).with_help(help(entry.origin)))
}

/// Whether a total that somebody typed is one that the return can still come to while answers are missing. What a formula gives is
/// the sum of those that are there.
fn may_still_come(judged: &Judged, outcome: &Outcome, stated: &Stated, entry: &StatedEntry) -> bool {
    is_own_statement(judged, stated, entry) && can_come(judged, outcome, stated, entry)
}

/// Returns between which ends a total lies that somebody typed while answers are missing; `None` of what a formula gives, which is what
/// those that are there come to, and where the ends aren't known.
fn between(judged: &Judged, outcome: &Outcome, stated: &Stated, entry: &StatedEntry) -> Option<String> {
    let is_meant = stated.kind == StatedKind::Total && !is_complete(judged, outcome);
    if !is_meant || !is_own_statement(judged, stated, entry) {
        return None;
    }
    let to_come = to_come(judged, outcome, stated);
    let (least, most) = (to_come.least().number()?, to_come.most().number()?);
    (least != most).then(|| format!("{} to {}", shown_like(&entry.written, least), shown_like(&entry.written, most)))
}

/// Whether a total is one that the return can still come to while answers are missing, as it can to others.
fn can_come(judged: &Judged, outcome: &Outcome, stated: &Stated, entry: &StatedEntry) -> bool {
    is_to_come(judged, outcome, stated, entry).is_some_and(|to_come| to_come.is_open())
}

/// Returns what a total can come to once the answers that are missing are given, where it is one of that.
fn is_to_come(judged: &Judged, outcome: &Outcome, stated: &Stated, entry: &StatedEntry) -> Option<Quantity> {
    if stated.kind != StatedKind::Total || is_complete(judged, outcome) {
        return None;
    }
    let number = number_of(entry);
    let to_come = to_come(judged, outcome, stated);
    let is_share = to_come.most().number().is_some_and(|most| *most <= Exact::one());
    let hundredth = |number: &Exact| number.divided_by(&Exact::from(100)).filter(|_| is_share);
    let can_be = |number: Exact| is_within(&number, stated, entry, &to_come);
    let is_one = number.is_some_and(|number| hundredth(&number).is_some_and(&can_be) || can_be(number));
    is_one.then_some(to_come)
}

/// Returns the number that a total states, or counts of a whole.
fn number_of(entry: &StatedEntry) -> Option<Exact> {
    match &entry.value {
        StatedValue::Number(number) => Some(number.clone()),
        StatedValue::Text(text) => counted_in(text),
        StatedValue::Blank | StatedValue::NotCalculated | StatedValue::Other => None,
    }
}

/// Whether nothing of what is asked for is missing, and that is known.
fn is_complete(judged: &Judged, outcome: &Outcome) -> bool {
    outcome.missing.is_empty() && judged.variants.is_none()
}

/// Returns between which ends a total can come to lie once the answers that are missing are given.
fn to_come(judged: &Judged, outcome: &Outcome, stated: &Stated) -> Quantity {
    judged.worked_out(outcome, |basis, _| crate::outcome::total_to_come(basis, stated))
}

/// Whether a figure is the sender's own word: it was typed, where the form has no formula or over that, and isn't what a program kept
/// of one.
fn is_own_statement(judged: &Judged, stated: &Stated, entry: &StatedEntry) -> bool {
    entry.origin == Origin::Typed && (judged.sent.keeps_formulas || !has_formula(judged, stated))
}

/// Whether the form works a stated value out.
fn has_formula(judged: &Judged, stated: &Stated) -> bool {
    issued_cell(judged.framework, &stated.id).is_some_and(|cell| cell.formula.is_some())
}

/// Whether a field has the same cell, and says itself that what stands there can't be used.
fn is_told_by_field(judged: &Judged, entry: &StatedEntry) -> bool {
    let is_here = |field: &Entry| field.is_unusable() && field.place.as_ref() == Some(&entry.place);
    judged.sent.fields.values().any(is_here)
}

/// Whether an outcome was typed that is none of those that can be stated there, where the form has no formula for it.
fn is_unread(judged: &Judged, stated: &Stated, entry: &StatedEntry) -> bool {
    let is_typed = stated.kind == StatedKind::Outcome && entry.origin == Origin::Typed;
    let is_none = |text: &str| named(text, &stated.outcomes).is_none();
    is_typed && matches!(&entry.value, StatedValue::Text(text) if is_none(text)) && !has_formula(judged, stated)
}

/// Says that what was typed is no outcome.
fn unread(judged: &Judged, stated: &Stated, entry: &StatedEntry) -> Finding {
    let incomplete = spec_of(judged.framework, stated).incomplete.as_ref();
    let can_be = stated.outcomes.iter().filter_map(|names| names.first()).filter(|name| Some(*name) != incomplete);
    let can_be = either(&can_be.collect::<Vec<_>>());
    let message = format!("“{}” says {}; it can be {can_be}", stated.row, entry.told.trim());
    let finding = Finding::new(&CHOICE_UNKNOWN, entry.place.clone(), message).with_subject(&stated.id);
    finding.with_found(&entry.written).with_expected(can_be).with_help("Put one of these there and no more.")
}

/// Returns what gives the bands that are stated at a place: the grade of a part, where that is what the value is.
fn spec_of<'a>(framework: &'a Framework, stated: &Stated) -> &'a OutcomeSpec {
    let grade = if let Node::Name(name) = &stated.value.node { framework.grade(name) } else { None };
    grade.and_then(GradeSpec::spec).unwrap_or(&framework.outcome)
}

/// Whether a text states the outcome that was worked out, in whatever words.
fn states(judged: &Judged, stated: &Stated, written: &str, computed: &str) -> bool {
    let meant = || named(written, &stated.outcomes);
    says(judged, written, computed) || meant().is_some_and(|meant| says(judged, meant, computed))
}

/// Whether a text is no band of the framework, so that it states that there is none yet.
pub fn is_no_band(judged: &Judged, text: &str) -> bool {
    judged.framework.outcome.bands.iter().all(|band| !says(judged, text, &band.title))
}

/// Returns what is expected in place of a stated value that should be something that can't be told; `None` where it may be right.
fn beyond(
    judged: &Judged,
    outcome: &Outcome,
    (stated, entry): (&Stated, &StatedEntry),
    computed: &Quantity,
) -> Option<String> {
    let texts = || computed.all().filter_map(Quantity::text);
    let may_be = |text: &str| {
        texts().next().is_none()
            || texts().any(|one| states(judged, stated, text, one))
            || is_by_sum(judged, outcome, (stated, entry), text)
    };
    let is_possible = match &entry.value {
        StatedValue::Number(number) if texts().next().is_some() => may_be(&number.to_string()),
        StatedValue::Number(number) => is_within(number, stated, entry, computed),
        StatedValue::Text(text) => may_be(text),
        StatedValue::Blank | StatedValue::NotCalculated | StatedValue::Other => true,
    };
    (!is_possible).then(|| all_in_words(judged.framework, stated, computed))
}

/// Whether a text is the band by the sum of what is given, where the form works the outcome out, or may: what was typed of its own accord
/// isn't one.
fn is_by_sum(judged: &Judged, outcome: &Outcome, (stated, entry): (&Stated, &StatedEntry), text: &str) -> bool {
    let is_by_sum = |(basis, outcome): (&Basis<'_>, &Outcome)| {
        crate::outcome::band_by_sum(basis, outcome, stated).is_some_and(|band| states(judged, stated, text, band))
    };
    let may_be_formula =
        || entry.origin == Origin::Formula || judged.framework.form().is_none() || has_formula(judged, stated);
    judged.ways(outcome).into_iter().any(is_by_sum) && may_be_formula()
}

/// Says what can come out, the worst band first.
fn all_in_words(framework: &Framework, stated: &Stated, computed: &Quantity) -> String {
    let is_none_yet = |one: &Quantity| one.text().is_some() && one.text() == framework.outcome.incomplete.as_deref();
    let mut all: Vec<&Quantity> = computed.all().filter(|one| one.is_known() && !is_none_yet(one)).collect();
    let bands = &spec_of(framework, stated).bands;
    all.sort_by_key(|one| Reverse(bands.iter().position(|band| one.text() == Some(&band.title))));
    let all: Vec<String> = all.into_iter().map(ToString::to_string).collect();
    if all.is_empty() { computed.to_string() } else { either(&all) }
}

/// Whether a stated number is one that can come out, its ends as exact as it is stated.
fn is_within(number: &Exact, stated: &Stated, entry: &StatedEntry, open: &Quantity) -> bool {
    let is_near =
        |end: &Quantity| end.number().is_some_and(|end| fits(number, &entry.written, end, (stated.kind, entry.origin)));
    open.can_be(&Quantity::Number(number.clone())) || is_near(open.least()) || is_near(open.most())
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

/// Whether a stated number, of which a person sees what is `written`, is the one worked out. One that is shown in percent is
/// the share itself.
pub(super) fn fits(number: &Exact, written: &str, computed: &Exact, (kind, origin): (StatedKind, Origin)) -> bool {
    if written.contains('%') {
        is_near(number, computed, kind, origin)
    } else {
        is_same(number, computed, kind, origin)
    }
}

/// Whether a stated number is the one worked out; the total of a share may be typed in percent. What a formula gives and by what
/// others are weighted is counted with, and a hundredfold there is wrong.
fn is_same(number: &Exact, computed: &Exact, kind: StatedKind, origin: Origin) -> bool {
    let may_be_percent = kind == StatedKind::Total && origin == Origin::Typed && *number > Exact::one();
    is_near(number, computed, kind, origin)
        || (may_be_percent && is_share(computed) && is_near(number, &in_percent(computed), kind, origin))
}

/// Whether the form as issued has this very number in place of a weight's share; so it may where there is no form.
fn is_printed_so(framework: &Framework, stated: &Stated, number: &Exact, computed: &Exact) -> bool {
    if stated.kind != StatedKind::Weight || !is_share(computed) || *number != in_percent(computed) {
        return false;
    }
    if framework.form().is_none() {
        return true;
    }
    let printed = issued_cell(framework, &stated.id);
    printed.is_some_and(|cell| match &cell.value {
        Value::Number(printed) => Exact::from_float(*printed).as_ref() == Some(number),
        Value::Text(text) => text.parse().ok().as_ref() == Some(number),
        Value::Empty | Value::Date(_) | Value::Elapsed(_) | Value::Picture | Value::Logical(_) | Value::Error(_) => {
            false
        }
    })
}

/// Whether a number can be a share of a whole.
fn is_share(number: &Exact) -> bool {
    *number > Exact::zero() && *number <= Exact::one()
}

/// Returns a share in hundredths.
fn in_percent(share: &Exact) -> Exact {
    share * &Exact::from(100)
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
    let of_parts = judged.framework.grades.iter().filter_map(GradeSpec::spec);
    let mut bands = std::iter::once(&judged.framework.outcome).chain(of_parts).flat_map(|spec| &spec.bands);
    let band = bands.find(|band| Wording::of(&band.title) == Wording::of(computed));
    same(computed) || band.is_some_and(|band| band.written.iter().any(|text| same(text)))
}

/// Whether a text names the number that was worked out, however it says it; the first of a percentage or a count is meant.
fn names(text: &str, computed: &Exact, (kind, unit): (StatedKind, &str)) -> bool {
    let is_it = |number: &Exact| is_same(number, computed, kind, Origin::Typed);
    if let Some(percentage) = percentage_in(text) {
        let is_number_of_hundredths = unit == "%" && *computed > Exact::one();
        let meant = if is_number_of_hundredths { computed.clone() } else { in_percent(computed) };
        return is_percentage(percentage, &meant);
    }
    let figures = text.split(|c: char| !(c.is_ascii_digit() || c == '.')).map(|figure| figure.trim_matches('.'));
    let mut numbers = figures.filter_map(|figure| figure.parse::<Exact>().ok());
    counted_in(text).map_or_else(|| numbers.any(|number| is_it(&number)), |number| is_it(&number))
}

/// Whether a percentage is so many hundredths, to its own last digit.
fn is_percentage(written: &str, meant: &Exact) -> bool {
    let Ok(percentage) = written.parse::<Exact>() else { return false };
    let decimals = written.split_once('.').map_or(0, |(_, decimals)| decimals.len().min(9));
    let half = Exact::ratio(1, 2 * 10_i64.pow(u32::try_from(decimals).unwrap_or(9))).expect("it isn't nought");
    (&percentage - meant).abs() <= half
}

/// Returns the percentage that a sentence names, as it is written: “Weighting of 15% for this section”.
fn percentage_in(text: &str) -> Option<&str> {
    let before = text.split_once('%')?.0.trim_end();
    let digits = before.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.').len();
    Some(before[digits..].trim_start_matches('.')).filter(|written| !written.is_empty())
}

/// Returns the number that a text counts: “185 of 196”, “185/196”.
fn counted_in(text: &str) -> Option<Exact> {
    let (part, whole) = text.split_once("out of").or_else(|| text.split_once("of")).or_else(|| text.split_once('/'))?;
    let number = |text: &str| text.trim().parse::<Exact>().ok();
    number(whole).and_then(|_| number(part))
}

/// Returns a number short enough to be read; a share in percent, where what is written in its place is.
pub(super) fn shown_like(written: &str, number: &Exact) -> String {
    let is_percentage = written.contains('%') && is_share(number);
    if is_percentage { format!("{}%", in_percent(&number.rounded(6))) } else { shown(number) }
}

/// Returns a number short enough to be read.
fn shown(number: &Exact) -> String {
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
    fn a_percentage_is_compared_to_its_own_last_digit() {
        let cases = [
            ("67%", "2/3", true),
            ("66.7 %", "2/3", true),
            ("60%", "2/3", false),
            ("66.6%", "2/3", false),
            ("Weighting of 15% for this section", "0.15", true),
            ("Weighting of 20% for this section", "0.15", false),
            ("1500%", "0.15", false),
            ("15%", "0.15", true),
            ("0.15%", "0.15", false),
            ("100%", "1", true),
            ("1%", "1", false),
            ("92.84%", "92.84", true),
            ("116%", "116", true),
        ];
        for (written, computed, is_it) in cases {
            let computed = computed.parse().expect("the case gives a number");
            assert_eq!(names(written, &computed, (StatedKind::Total, "%")), is_it, "{written} for {computed}");
            let is_share = is_it && is_share(&computed);
            assert_eq!(names(written, &computed, (StatedKind::Total, "points")), is_share, "{written} for {computed}");
        }
    }

    #[test]
    fn a_number_shown_in_percent_is_the_share_itself() {
        use Origin::Typed;
        use StatedKind::{Total, Weight};
        for (number, written, kind, is_it) in [
            ("0.667", "66.7%", Total, true),
            ("66.7", "6670.0%", Total, false),
            ("66.7", "66.7", Total, true),
            ("66.7", "66.7", Weight, false),
            ("66.7", "6670%", Weight, false),
        ] {
            let (number, computed) = (number.parse().expect("a number"), "2/3".parse().expect("a number"));
            assert_eq!(fits(&number, written, &computed, (kind, Typed)), is_it, "{written}");
        }
    }

    #[test]
    fn a_share_is_shown_as_what_is_written_is() {
        let share: Exact = "2/3".parse().expect("a number");
        assert_eq!((shown_like("60%", &share), shown_like("0.6", &share)), ("66.6667%".into(), "0.666667".into()));
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
            ("15", "0.15", Weight, Typed, false),
            ("20", "0.15", Weight, Typed, false),
            ("14.28", "0.1428", Total, Formula, false),
            ("15", "0.15", Weight, Formula, false),
        ];
        for (written, computed, kind, origin, same) in cases {
            let number = |text: &str| text.parse::<Exact>().expect("the case gives a number");
            assert_eq!(is_same(&number(written), &number(computed), kind, origin), same, "{written} for {computed}");
        }
    }
}
