//! A cell as an entry of a field, a register or a column beside a score.

use jiff::civil::Date;

use crate::exact::Exact;
use crate::finding::{Finding, Findings, Severity};
use crate::framework::{EntryKind, Measure};
use crate::wording::{Wording, nearest, plain};
use crate::words::either;
use crate::workbook::{Cell, Over, Value};

use super::currency::{self, Money};
use super::day::{self, Said};
use super::grade::unclear;
use super::named::{all_named, named};
use super::place::Spot;
use super::rule::{
    ANSWER_IS_AN_ERROR, ANSWER_NOT_A_NUMBER, CHOICE_UNKNOWN, FORMULA_NOT_CALCULATED, IDENTIFIER_MALFORMED,
    NUMBER_AS_TEXT, NUMBER_OUT_OF_RANGE, PLACEHOLDER_LEFT,
};
use super::stopgap::read_words;
use super::{Entry, EntryValue, Reading, identifier, number};

/// Reads a cell as an entry of a kind, and says what is wrong with it.
pub(super) fn read(spot: &Spot, kind: &EntryKind, findings: &mut Findings) -> Entry {
    Entry { reading: reading(spot, kind, findings), place: Some(spot.place()), written: spot.written() }
}

/// Returns what a cell says as an entry of a kind, and says what is wrong with it.
pub(super) fn reading(spot: &Spot, kind: &EntryKind, findings: &mut Findings) -> Reading<EntryValue> {
    match spot.cell {
        Some(cell) if !cell.value.is_blank() => read_value(spot, &cell.value, kind, findings),
        Some(cell) if cell.formula.is_some() && matches!(cell.value, Value::Empty) => {
            findings.push(not_calculated(spot));
            Reading::Unusable
        }
        Some(_) | None => Reading::Blank,
    }
}

/// Reads what stands in a cell.
fn read_value(spot: &Spot, value: &Value, kind: &EntryKind, findings: &mut Findings) -> Reading<EntryValue> {
    if let Value::Error(_) = value {
        findings.push(is_an_error(spot));
        return Reading::Unusable;
    }
    if let Some(finding) = no_words(spot, value, kind) {
        findings.push(finding);
        return Reading::Unusable;
    }
    if let (Some(is_ticked), EntryKind::Mark(marks)) = (spot.cell.and_then(Cell::ticked), kind) {
        return if is_ticked { Reading::Given(EntryValue::Text(marks[0][0].as_str().into())) } else { Reading::Blank };
    }
    match kind {
        EntryKind::Text => read_words(spot, findings),
        // Words such as "tbc" reach nobody, and that is told by what asks for the contact.
        EntryKind::Contact => Reading::Given(EntryValue::Text(spot.written().trim().into())),
        EntryKind::Number { minimum, maximum, whole } => {
            let limits = Limits { least: minimum.as_ref(), greatest: maximum.as_ref(), whole: *whole };
            let number = read_number(spot, value, &limits, findings);
            let number = number.filter(|number| in_range(spot, number, &limits, findings));
            number.map_or(Reading::Unusable, |number| Reading::Given(EntryValue::Number(number)))
        }
        EntryKind::Date(_) => {
            day::read(spot, value, findings).map_or(Reading::Unusable, |date| Reading::Given(EntryValue::Date(date)))
        }
        EntryKind::Choice(choices) => {
            named_choice(spot, choices, findings).unwrap_or_else(|| read_choice(spot, choices, findings))
        }
        EntryKind::Mark(marks) => match (value, day::said(spot, value)) {
            // A day that isn't entered as one is told as such.
            (Value::Date(_) | Value::Text(_) | Value::Number(_), Said::Day(_)) => {
                day::read(spot, value, findings);
                Reading::Given(EntryValue::Text(marks[0][0].as_str().into()))
            }
            (Value::Date(_), Said::Nothing(_)) | (Value::Text(_), Said::Ambiguous) => {
                day::read(spot, value, findings);
                Reading::Unusable
            }
            _ => read_choice(spot, marks, findings),
        },
        EntryKind::Reference(pattern) => read_reference(spot, pattern.as_deref(), findings),
        EntryKind::Registration(registration) => identifier::read(spot, registration, None, findings),
    }
}

/// Returns the day that is written in place of a mark.
pub(super) fn day_of_mark(spot: &Spot, kind: &EntryKind) -> Option<Date> {
    let EntryKind::Mark(_) = kind else { return None };
    let value = &spot.cell?.value;
    match (value, day::said(spot, value)) {
        (Value::Date(_) | Value::Text(_) | Value::Number(_), Said::Day(day)) => Some(day),
        _ => None,
    }
}

/// Says that a picture, a logical, nought or a day that can't be meant stands where words belong, or either of the first two, a
/// day or a time where a reference does.
fn no_words(spot: &Spot, value: &Value, kind: &EntryKind) -> Option<Finding> {
    match value {
        Value::Picture if kind.is_words() => {
            let over = spot.cell.and_then(|cell| cell.look.over);
            let (message, help) = over.map_or_else(picture_in_cell, over_cell);
            Some(spot.finding(&PLACEHOLDER_LEFT, message).with_help(help))
        }
        Value::Logical(_) if kind.is_words() => {
            let message = format!("“{}” stands in the cell, where words belong", spot.written());
            Some(spot.finding(&PLACEHOLDER_LEFT, message).with_help("Write in words what is meant."))
        }
        Value::Picture | Value::Logical(_) | Value::Date(_) | Value::Elapsed(_) if kind.is_reference() => {
            let message = format!("“{}” is no reference", spot.written());
            let help = "Format the cell as text and type the reference itself.";
            Some(spot.finding(&IDENTIFIER_MALFORMED, message).with_help(help))
        }
        Value::Number(0.0) if kind.is_words() => {
            let message = "the number 0 stands in the cell, where words belong, as a link to an empty cell gives it";
            let help = "Write in words what is meant, or leave the cell blank.";
            Some(spot.finding(&PLACEHOLDER_LEFT, message).with_help(help))
        }
        Value::Number(0.0) if kind.is_reference() && spot.cell.is_some_and(|cell| cell.formula.is_some()) => {
            let message =
                "the number 0 stands in the cell, where a reference belongs, as a link to an empty cell gives it";
            let help = "Type the reference itself, or leave the cell blank.";
            Some(spot.finding(&PLACEHOLDER_LEFT, message).with_help(help))
        }
        Value::Date(_) if kind.is_words() => day::unmeant(spot, value),
        Value::Picture
        | Value::Logical(_)
        | Value::Date(_)
        | Value::Elapsed(_)
        | Value::Empty
        | Value::Text(_)
        | Value::Number(_)
        | Value::Error(_) => None,
    }
}

/// Says that a picture stands where words belong, and what to do.
fn picture_in_cell() -> (String, &'static str) {
    let message = "a picture stands in the cell, where words belong; it can't be read".to_owned();
    (message, "Say in words what the picture shows, and send the picture beside the workbook.")
}

/// Says that something lies over a cell in which nothing stands, and what to do.
fn over_cell(over: Over) -> (String, &'static str) {
    let message = format!("{} lies over the cell, where words belong; it can't be read", over.noun());
    (message, "Write into the cell itself, in words, what is shown or said over it.")
}

/// Reads a number, typed as one or as text.
fn read_number(spot: &Spot, value: &Value, limits: &Limits, findings: &mut Findings) -> Option<Exact> {
    match value {
        Value::Number(_) if spot.shows_other_money() || spot.shows_hundredths() => {
            findings.push(no_number(spot));
            None
        }
        Value::Number(stored) => Exact::from_float(*stored),
        Value::Text(text) => read_readings(spot, &spot.readings(text), limits, findings),
        Value::Date(_) | Value::Elapsed(_) | Value::Picture | Value::Logical(_) | Value::Error(_) | Value::Empty => {
            findings.push(no_number(spot));
            None
        }
    }
}

/// Reads a number typed as text: the one of its readings that lies within the limits, where it can mean several. One beyond
/// them is told as such, and by no other fault.
fn read_readings(spot: &Spot, numbers: &[Exact], limits: &Limits, findings: &mut Findings) -> Option<Exact> {
    let fitting: Vec<Exact> = numbers.iter().filter(|number| limits.allow(number)).cloned().collect();
    let (number, told) = match (&fitting[..], numbers) {
        ([number], _) => (Some(number), Some(number_as_text(spot, number))),
        ([], [number, ..]) => (Some(number), None),
        ([first, second, ..], _) => (None, Some(unclear(spot, first, second))),
        ([], []) => (None, Some(no_number(spot))),
    };
    findings.extend(told);
    number.cloned()
}

/// Reads a measured value: a percentage may be written as 42, 42% or 0.42.
pub(super) fn read_result(spot: &Spot, measure: &Measure, findings: &mut Findings) -> Entry<Exact> {
    let limits = Limits { least: measure.least.as_ref(), greatest: measure.greatest.as_ref(), whole: false };
    let number = match spot.cell {
        Some(cell) if !cell.value.is_blank() => match &cell.value {
            Value::Error(_) => {
                findings.push(is_an_error(spot));
                Reading::Unusable
            }
            value @ (Value::Empty
            | Value::Text(_)
            | Value::Number(_)
            | Value::Date(_)
            | Value::Elapsed(_)
            | Value::Picture
            | Value::Logical(_)) => {
                let number = match cell.text() {
                    Some(text) => read_readings(spot, &spot.readings(text), &limits, findings),
                    None => hours(value, &measure.unit).or_else(|| read_number(spot, value, &limits, findings)),
                };
                number.map_or(Reading::Unusable, Reading::Given)
            }
        },
        Some(cell) if cell.formula.is_some() && matches!(cell.value, Value::Empty) => {
            findings.push(not_calculated(spot));
            Reading::Unusable
        }
        Some(_) | None => Reading::Blank,
    };
    let reading = match number {
        Reading::Given(number) if is_share(spot, &number, measure) => Reading::Given(number * Exact::from(100)),
        other @ (Reading::Given(_) | Reading::Blank | Reading::Unusable | Reading::Absent) => other,
    };
    let reading = match reading {
        Reading::Given(number) if !in_range(spot, &number, &limits, findings) => Reading::Unusable,
        other @ (Reading::Given(_) | Reading::Blank | Reading::Unusable | Reading::Absent) => other,
    };
    Entry { reading, place: Some(spot.place()), written: spot.written() }
}

/// Whether a number is so many of one: its cell shows it so, or it is written without a sign and can only be a share.
fn is_share(spot: &Spot, number: &Exact, measure: &Measure) -> bool {
    if measure.unit != "%" {
        return false;
    }
    let is_small = !number.is_negative() && *number <= Exact::one();
    let is_marked = number::is_in_percent(&spot.written());
    spot.cell.is_some_and(Cell::shows_percentage) || (is_small && !is_marked)
}

/// Returns a length of time in hours, where that is what is counted.
fn hours(value: &Value, unit: &str) -> Option<Exact> {
    let Value::Elapsed(days) = value else { return None };
    let hours = Exact::from_float(*days)? * Exact::from(24);
    // Minutes are kept as parts of a day, which no decimal says.
    matches!(unit, "hours" | "hour").then(|| hours.rounded(6))
}

/// Between which ends a number must lie, and whether it must be whole.
struct Limits<'a> {
    least: Option<&'a Exact>,
    greatest: Option<&'a Exact>,
    whole: bool,
}

impl Limits<'_> {
    /// Whether a number lies within the limits, ends included.
    fn allow(&self, number: &Exact) -> bool {
        self.least.is_none_or(|least| number >= least)
            && self.greatest.is_none_or(|greatest| number <= greatest)
            && (!self.whole || number.is_whole())
    }

    /// Says which numbers are allowed.
    fn words(&self) -> String {
        let kind = if self.whole { "a whole number" } else { "a number" };
        match (self.least, self.greatest) {
            (Some(least), Some(greatest)) => format!("{kind} from {least} to {greatest}"),
            (Some(least), None) => format!("{kind} of {least} or more"),
            (None, Some(greatest)) => format!("{kind} of {greatest} or less"),
            (None, None) => kind.to_owned(),
        }
    }
}

/// Whether a number lies within its limits; says so where it doesn't.
fn in_range(spot: &Spot, number: &Exact, limits: &Limits, findings: &mut Findings) -> bool {
    if limits.allow(number) {
        return true;
    }
    let expected = limits.words();
    let message = format!("the number is {}; it should be {expected}", spot.told());
    let finding = spot.finding(&NUMBER_OUT_OF_RANGE, message).with_expected(expected);
    findings.push(finding.with_help("Check the number and type it again."));
    false
}

/// Reads a choice by its words.
fn read_choice(spot: &Spot, choices: &[Vec<String>], findings: &mut Findings) -> Reading<EntryValue> {
    // Of a number that is shown as a sign or in words that counts.
    let written = if spot.shows_words() { spot.written() } else { spot.words() };
    // A form may ask for the letters that its font shows as signs; those that are words of their own elsewhere, as “Y”, aren't meant.
    let letters = || spot.cell?.look.letters.as_deref().filter(|letters| !letters.is_ascii());
    let by_letters = || chosen(choices, letters()?);
    let by_number = || chosen(choices, &spot.number()?.to_string());
    if let Some(names) = chosen(choices, &written).or_else(by_letters).or_else(by_number) {
        findings.extend(truth_as_choice(spot, &names[0]));
        return Reading::Given(EntryValue::Text(names[0].as_str().into()));
    }
    let names: Vec<&str> = choices.iter().map(|names| names[0].as_str()).collect();
    let message = format!("“{}” isn't one of the choices{}", written.trim(), hint(&written, choices));
    let finding = spot.finding(&CHOICE_UNKNOWN, message).with_expected(either(&names));
    findings.push(finding.with_help("Choose one from the list."));
    Reading::Unusable
}

/// Returns the choice that words name among others that say nothing, “Gold level”, and says so.
fn named_choice(spot: &Spot, choices: &[Vec<String>], findings: &mut Findings) -> Option<Reading<EntryValue>> {
    let written = spot.cell?.text()?;
    let choice = named(written, choices).filter(|_| chosen(choices, written).is_none())?;
    let message = format!("“{}” isn't written as in the list; it was read as {choice}", written.trim());
    let finding = spot.finding(&CHOICE_UNKNOWN, message).with_severity(Severity::Note).with_expected(choice);
    findings.push(finding.with_help("Choose it from the list, so that the workbook counts it too."));
    Some(Reading::Given(EntryValue::Text(choice.into())))
}

/// Asks which choice is meant: those that a text names, else the one that it is nearest to.
fn hint(written: &str, choices: &[Vec<String>]) -> String {
    let named = all_named(written, choices);
    let near = || {
        let near = nearest(written, choices.iter().flatten().map(String::as_str), 0.6)?;
        // Other ways to write a choice are none of the list.
        choices.iter().find(|names| names.iter().any(|name| name == near)).map(|names| names[0].as_str())
    };
    let meant = if named.is_empty() { near().into_iter().collect() } else { named };
    let meant: Vec<String> = meant.iter().map(|choice| format!("“{choice}”")).collect();
    if meant.is_empty() { String::new() } else { format!("; did you mean {}?", either(&meant)) }
}

/// Says that a truth stands where a choice belongs, and for which it is taken: sums of the workbook that count the choice leave it
/// out.
pub(super) fn truth_as_choice(spot: &Spot, choice: &str) -> Option<Finding> {
    spot.cell.filter(|cell| matches!(cell.value, Value::Logical(_)))?;
    let message = format!("“{}” stands where one of the choices belongs; it was read as {choice}", spot.written());
    let finding = spot.finding(&CHOICE_UNKNOWN, message).with_severity(Severity::Note).with_expected(choice);
    Some(finding.with_help("Choose it from the list, so that the workbook counts it too."))
}

/// Whether a text is one of the choices.
pub(super) fn is_chosen(choices: &[Vec<String>], written: &str) -> bool {
    chosen(choices, written).is_some()
}

/// Returns the names of the choice that a text is.
fn chosen<'a>(choices: &'a [Vec<String>], written: &str) -> Option<&'a Vec<String>> {
    let by = |is: &dyn Fn(&String) -> bool| choices.iter().find(|names| names.iter().any(is));
    // Most answers are chosen from the form's list, and are its very words.
    by(&|name| *name == written).or_else(|| {
        let words = Wording::of_answer(written);
        by(&|name| Wording::of_answer(name) == words).or_else(|| by(&|name| is_same_but_signs(name, &words)))
    })
}

/// Whether a choice differs from a text in blanks and signs only: `25 - 34` for `25-34`. A sign of doubt or of a
/// footnote is more than that.
fn is_same_but_signs(name: &str, words: &Wording) -> bool {
    if words.as_str().contains(['?', '~', '*', '†', '‡', '§', '#', '!', '^']) {
        return false;
    }
    let bare = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let name = bare(Wording::of(name).as_str());
    !name.is_empty() && name == bare(words.as_str())
}

/// Reads a reference and checks its shape.
fn read_reference(spot: &Spot, pattern: Option<&str>, findings: &mut Findings) -> Reading<EntryValue> {
    let written = plain(&spot.words());
    if let Some(pattern) = pattern.filter(|pattern| !has_shape(&written, pattern)) {
        let message = format!("the reference “{written}” isn't of the form {pattern} (A a letter, 9 a digit)");
        findings.push(
            spot.finding(&IDENTIFIER_MALFORMED, message)
                .with_expected(pattern)
                .with_help("Check the reference and type it again."),
        );
    }
    Reading::Given(EntryValue::Text(written.into()))
}

/// Whether a text has a shape: `A` stands for a letter, `9` for a digit, everything else for itself.
pub(super) fn has_shape(text: &str, pattern: &str) -> bool {
    text.chars().count() == pattern.chars().count()
        && text.chars().zip(pattern.chars()).all(|(c, shape)| match shape {
            'A' => c.is_alphabetic(),
            '9' => c.is_ascii_digit(),
            other => c == other,
        })
}

/// Says that a text is no number.
pub(super) fn no_number(spot: &Spot) -> Finding {
    let written = spot.written();
    let written = written.trim();
    let is_in_unit = !number::readings_of_amount(written).is_empty();
    let is_in_money = !currency::named(written).is_empty();
    // The cell's own format says nothing of what the form asks for where it is what is wrong.
    let asked = if spot.shows_other_money() { spot.unit.money(&[]) } else { spot.money() };
    if let Some(own) = spot.unit.whole_money().filter(|_| currency::is_in_hundredths(written)) {
        return in_hundredths(spot, own);
    }
    let (message, help) = match asked {
        Some(money) if is_in_unit && is_in_money => return in_other_money(spot, money),
        None if is_in_unit && is_in_money => (
            format!("“{written}” is an amount of money, where none belongs"),
            "Type the number that the form asks for.",
        ),
        Some(_) | None if is_in_unit && number::is_in_percent(written) => (
            format!("“{written}” is a percentage, where none belongs"),
            "Type the number itself, not a share of a whole.",
        ),
        Some(_) | None if spot.cell.is_some_and(|cell| matches!(cell.value, Value::Elapsed(_))) => (
            format!("“{written}” is a length of time, where a number belongs"),
            "Type the number itself in a cell formatted as a number.",
        ),
        Some(_) | None => (
            format!("“{written}” stands where a number belongs"),
            "Type a number, and put words into a column for them.",
        ),
    };
    spot.finding(&ANSWER_NOT_A_NUMBER, message).with_help(help)
}

/// Says that an amount is in another currency than the form's.
fn in_other_money(spot: &Spot, money: Money) -> Finding {
    let own = money.shown();
    let message = format!("“{}” is in another currency; the form asks for an amount in {own}", spot.written().trim());
    let finding = spot.finding(&ANSWER_NOT_A_NUMBER, message).with_expected(format!("an amount in {own}"));
    finding.with_help(format!("Enter the amount in {own}."))
}

/// Says that an amount is in hundredths of what the form asks for.
fn in_hundredths(spot: &Spot, money: Money) -> Finding {
    let (own, written) = (money.shown(), spot.written());
    let (message, held) = (format!("“{}” is no amount in {own}", written.trim()), spot.held());
    let counted = if held == written { String::new() } else { format!(", and the workbook counts it as {held}") };
    let finding = spot.finding(&ANSWER_NOT_A_NUMBER, message + &counted).with_expected(format!("an amount in {own}"));
    finding.with_help(format!("Enter the amount in {own}, in a cell formatted so that it shows as typed."))
}

/// Says that a number is stored as text.
pub(super) fn number_as_text(spot: &Spot, number: &Exact) -> Finding {
    let message = format!("{} is stored as text (“{}”)", number::named(number), spot.written());
    spot.finding(&NUMBER_AS_TEXT, message)
        .with_expected(number::shown(number))
        .with_help("Type the number again in a cell formatted as a number.")
}

/// Says that an error value stands in the cell.
fn is_an_error(spot: &Spot) -> Finding {
    let (message, help) = spot.error_told("entry");
    spot.finding(&ANSWER_IS_AN_ERROR, message).with_help(help)
}

fn not_calculated(spot: &Spot) -> Finding {
    spot.finding(
        &FORMULA_NOT_CALCULATED,
        "the cell has a formula whose result was never stored, so there is nothing to read",
    )
    .with_help("Open the workbook in Excel, let it calculate, and save it; or type the entry itself.")
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::cell::CellRef;
    use crate::framework::builtin;
    use crate::returns::unit::Unit;
    use crate::workbook::{DateSystem, Look, NumberFormat, Sheet};

    /// Reads a cell of a format as the first measure in per cent, or in another unit, and names the rules that it breaks.
    fn measured(value: Value, code: &str, unit: &str) -> (Option<String>, Vec<String>) {
        let framework = builtin::load("seqf").expect("the shipped packs load").framework;
        let measure = framework.measures().find(|measure| measure.unit == "%").expect("the pack has one");
        let measure = Measure { unit: unit.to_owned(), ..measure.clone() };
        let at = CellRef::new(1, 1);
        let format = NumberFormat::of(code).map(std::sync::Arc::new);
        let cell = Cell { look: Look { format, ..Look::default() }, ..Cell::new(at, value, None) };
        let sheet = Sheet { cells: vec![cell], ..Sheet::empty("A") };
        let mut findings = Findings::default();
        let spot = Spot::new(&sheet, at, DateSystem::From1900, "").in_unit(Unit::Of(unit));
        let entry = read_result(&spot, &measure, &mut findings);
        let rules = findings.into_sorted().iter().map(|finding| finding.rule.to_string()).collect();
        (entry.given().map(ToString::to_string), rules)
    }

    #[test]
    fn measured_values_are_what_their_cells_show() {
        use Value::{Elapsed, Number};
        type Case<'a> = (Value, &'a str, &'a str, Option<&'a str>, &'a [&'a str]);
        let cases: [Case; 18] = [
            (Value::Text("18.7%".into()), "", "weeks", None, &["answer-not-a-number"]),
            (Value::Text("£18".into()), "", "weeks", None, &["answer-not-a-number"]),
            (Value::Text("£18".into()), "", "%", None, &["answer-not-a-number"]),
            (Value::Text("18 weeks".into()), "", "weeks", Some("18"), &["number-as-text"]),
            (Value::Text("(18)".into()), "", "weeks", None, &["number-out-of-range"]),
            (Value::Text("116%".into()), "", "%", None, &["number-out-of-range"]),
            (Number(0.857), "0.0%", "%", Some("85.7"), &[]),
            (Number(1.0), "0%", "%", Some("100"), &[]),
            (Number(37.5), "0.0%", "%", None, &["number-out-of-range"]),
            (Number(0.857), "", "%", Some("85.7"), &[]),
            (Number(37.5), "", "%", Some("37.5"), &[]),
            (Number(0.1 + 0.2), "0%", "%", Some("30"), &[]),
            (Value::Text("0.5%".into()), "", "%", Some("0.5"), &["number-as-text"]),
            (Elapsed(16.0 / 24.0), "[h]:mm", "hours", Some("16"), &[]),
            (Elapsed(16.0 / 24.0), "[h]:mm", "weeks", None, &["answer-not-a-number"]),
            (Value::Picture, "", "%", None, &["answer-not-a-number"]),
            (Value::Error("#N/A".into()), "", "%", None, &["answer-is-an-error"]),
            (Value::Text("".into()), "0%", "%", None, &[]),
        ];
        for (value, code, unit, given, rules) in cases {
            let expected = (given.map(str::to_owned), rules.iter().map(ToString::to_string).collect());
            assert_eq!(measured(value.clone(), code, unit), expected, "{value:?} in {code:?} as {unit}");
        }
    }

    #[test]
    fn what_is_no_entry_is_told_wherever_it_stands() {
        const ERRORS: [&str; 9] =
            ["#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#GETTING_DATA"];
        let kinds = [
            EntryKind::Text,
            EntryKind::Contact,
            EntryKind::Number { minimum: None, maximum: None, whole: false },
            EntryKind::Date(crate::framework::Tense::Any),
            EntryKind::Choice(vec![vec!["Yes".to_owned()]]),
            EntryKind::Mark(vec![vec!["x".to_owned()]]),
            EntryKind::Reference(None),
        ];
        let errors = ERRORS.map(|error| Value::Error(error.into()));
        let others = [Value::Picture, Value::Logical(true), Value::Logical(false), Value::Elapsed(1.5)];
        for (value, kind) in errors.iter().chain(&others).flat_map(|value| kinds.iter().map(move |kind| (value, kind)))
        {
            let at = CellRef::new(1, 1);
            let sheet = Sheet { cells: vec![Cell::new(at, value.clone(), None)], ..Sheet::empty("A") };
            let mut findings = Findings::default();
            let entry = read(&Spot::new(&sheet, at, DateSystem::From1900, ""), kind, &mut findings);
            let are_words = matches!((value, kind), (Value::Elapsed(_), EntryKind::Text | EntryKind::Contact));
            let is_told = findings.into_sorted().len() == 1 && entry.reading == Reading::Unusable;
            assert!(are_words != is_told, "{value:?} as {kind:?}: {:?}", entry.reading);
        }
    }

    /// Reads a cell as an entry of a kind, as the form has it under a heading, and names the rules that it breaks.
    fn told(value: Value, code: &str, kind: &EntryKind, unit: Unit) -> (Reading<EntryValue>, Vec<String>) {
        let at = CellRef::new(1, 1);
        let look = Look { format: NumberFormat::of(code).map(std::sync::Arc::new), ..Look::default() };
        let cell = Cell { look, ..Cell::new(at, value, None) };
        let sheet = Sheet { cells: vec![cell], ..Sheet::empty("A") };
        let mut findings = Findings::default();
        let spot = Spot::new(&sheet, at, DateSystem::From1900, "").in_unit(unit);
        let entry = read(&spot, kind, &mut findings);
        let rules = findings.into_sorted().iter().map(|finding| finding.rule.to_string()).collect();
        (entry.reading, rules)
    }

    /// Returns the kinds of all fields and of all columns of registers of the shipped forms, each with its words.
    fn shipped() -> Vec<(String, Vec<String>, EntryKind)> {
        let of = |framework: crate::framework::Framework| {
            let fields = framework.fields.into_iter().map(|field| (field.label, field.also, field.kind));
            let columns = framework.registers.into_iter().flat_map(|register| register.columns);
            let columns = columns.map(|column| (column.heading, column.also, column.kind));
            fields.chain(columns).collect::<Vec<_>>()
        };
        builtin::all().into_iter().flat_map(of).collect()
    }

    #[test]
    fn yes_and_no_are_understood_wherever_the_shipped_forms_ask_for_them() {
        let text = |text: &str| Value::Text(text.into());
        let spellings = [
            (text("Yes"), "Y"),
            (text("yes "), "Y"),
            (text("y"), "Y"),
            (text("\u{2713}"), "Y"),
            (text("\u{2714}"), "Y"),
            (text("TRUE"), "Y"),
            (Value::Logical(true), "Y"),
            (text("No"), "N"),
            (text("\u{2717}"), "N"),
            (Value::Logical(false), "N"),
        ];
        let mut asked = 0;
        for (label, _, kind) in shipped() {
            let (EntryKind::Choice(choices) | EntryKind::Mark(choices)) = &kind else { continue };
            let has = |name: &str| choices.iter().any(|names| names[0] == name);
            if !has("Y") || !has("N") {
                continue;
            }
            asked += 1;
            for (value, expected) in &spellings {
                let (reading, rules) = told(value.clone(), "", &kind, Unit::Unsaid);
                let expected = Reading::Given(EntryValue::Text((*expected).into()));
                assert_eq!(reading, expected, "{value:?} under “{label}”");
                assert_eq!(rules.len(), usize::from(matches!(value, Value::Logical(_))), "{value:?} under “{label}”");
            }
            for doubtful in ["Y?", "Y/N", "yes and no", "Ydyn", "all", "Y - all six", "Y (all 44)", "N for some"] {
                let (reading, rules) = told(text(doubtful), "", &kind, Unit::Unsaid);
                assert_eq!((reading, rules), (Reading::Unusable, vec!["choice-unknown".to_owned()]), "{doubtful}");
            }
        }
        assert!(asked > 5, "{asked}");
    }

    #[test]
    fn a_number_that_is_shown_as_a_sign_or_a_word_is_that() {
        let shown = [
            (1.0, "\"\u{2713}\";;", "Y"),
            (1.0, "\"\u{2714}\"", "Y"),
            (1.0, "\"Y\";;\"N\"", "Y"),
            (0.0, "\"Y\";;\"N\"", "N"),
            (2.0, "\"\u{2717}\"", "N"),
            (0.0, "\"Yes\";;\"No\"", "N"),
        ];
        for (label, _, kind) in shipped() {
            let (EntryKind::Choice(choices) | EntryKind::Mark(choices)) = &kind else { continue };
            for (number, code, expected) in
                shown.iter().filter(|(.., name)| choices.iter().any(|names| names[0] == *name))
            {
                let (reading, rules) = told(Value::Number(*number), code, &kind, Unit::Unsaid);
                let expected = Reading::Given(EntryValue::Text((*expected).into()));
                assert_eq!((reading, rules), (expected, Vec::new()), "{number} as {code} under “{label}”");
            }
        }
    }

    #[test]
    fn a_choice_among_words_that_say_nothing_is_read_and_told_and_two_are_asked_about() {
        let text = |text: String| Value::Text(text.into());
        let mut asked = 0;
        for (label, _, kind) in shipped() {
            let EntryKind::Choice(choices) = &kind else { continue };
            for names in choices.iter().filter(|names| names[0].chars().all(char::is_alphabetic)) {
                let written = format!("{} level", names[0]);
                let expected = Reading::Given(EntryValue::Text(names[0].as_str().into()));
                let (reading, rules) = told(text(written.clone()), "", &kind, Unit::Unsaid);
                assert_eq!(
                    (reading, rules),
                    (expected, vec!["choice-unknown".to_owned()]),
                    "{written} under “{label}”"
                );
                asked += 1;
            }
            for pair in choices.windows(2) {
                let written = format!("{} or {}", pair[0][0], pair[1][0]);
                let (reading, _) = told(text(written.clone()), "", &kind, Unit::Unsaid);
                assert_eq!(reading, Reading::Unusable, "{written} under “{label}”");
                let hint = hint(&written, choices);
                assert!(pair.iter().all(|names| hint.contains(&format!("“{}”", names[0]))), "{hint}");
            }
        }
        assert!(asked > 20, "{asked}");
    }

    #[test]
    fn amounts_in_another_currency_are_told_and_not_taken() {
        let number = EntryKind::Number { minimum: None, maximum: None, whole: false };
        let pounds = Unit::named("Amount £", &[], &number);
        let text = |text: String| Value::Text(text.into());
        let taken = |value: Value, code: &str| {
            let (reading, rules) = told(value, code, &number, pounds);
            (matches!(reading, Reading::Given(_)), rules.contains(&"answer-not-a-number".to_owned()))
        };
        for money in ["$", "€", "¥", "US$", "USD", "EUR", "CHF", "usd", "dollars", "euros"] {
            for written in
                [format!("{money}500"), format!("{money} 500"), format!("500{money}"), format!("500 {money}")]
            {
                assert_eq!(taken(text(written.clone()), ""), (false, true), "{written}");
            }
        }
        for written in ["£500", "500 £", "GBP 500", "500 gbp", "500 pounds"] {
            assert_eq!(taken(text(written.to_owned()), ""), (true, false), "{written}");
        }
        for (code, expected) in [
            ("[$€-2] #,##0.00", (false, true)),
            ("\"US$\"#,##0", (false, true)),
            ("\"£\"#,##0.00", (true, false)),
            ("#,##0.00", (true, false)),
        ] {
            assert_eq!(taken(Value::Number(500.0), code), expected, "{code}");
        }
    }

    #[test]
    fn entries_of_the_shipped_forms_are_what_is_written_or_told() {
        let text = |text: &str| Value::Text(text.into());
        for (label, also, kind) in shipped() {
            let unit = Unit::named(&label, &also, &kind);
            let rules = |value: Value, code: &str| told(value, code, &kind, unit).1;
            match &kind {
                EntryKind::Number { .. } => {
                    for written in ["banana", "1?", "1 furlong", "about 1", "1-1"] {
                        assert_eq!(rules(text(written), ""), ["answer-not-a-number"], "{written} under “{label}”");
                    }
                    assert_eq!(rules(text("1"), ""), ["number-as-text"], "“{label}”");
                    assert_eq!(rules(Value::Number(1.0), "0.0"), [""; 0], "“{label}”");
                    assert_eq!(rules(Value::Date(45_658.0), "dd/mm/yyyy"), ["answer-not-a-number"], "“{label}”");
                }
                EntryKind::Date(_) => {
                    for written in ["banana", "5/10", "2 Feb", "July 2016", "paid", "TBC", "n/a", "w/c 02/02/2025"] {
                        assert_eq!(rules(text(written), ""), ["date-unreadable"], "{written} under “{label}”");
                    }
                    assert_eq!(rules(text("July 2016"), "mmmm yyyy"), ["date-as-text"], "“{label}”");
                    assert_eq!(rules(Value::Number(45_658.0), "\"TBC\""), ["date-unreadable"], "“{label}”");
                    assert_eq!(rules(Value::Date(45_658.0), "mmm-yy"), [""; 0], "“{label}”");
                }
                EntryKind::Text => {
                    for written in ["\"", "\u{2013}", "TBC", "I\u{2019}w gadarnhau", "???"] {
                        assert_eq!(rules(text(written), ""), ["placeholder-left"], "{written} under “{label}”");
                    }
                }
                EntryKind::Contact
                | EntryKind::Choice(_)
                | EntryKind::Mark(_)
                | EntryKind::Reference(_)
                | EntryKind::Registration(_) => {}
            }
        }
    }

    #[test]
    fn references_have_a_shape() {
        assert!(has_shape("ABC1234", "AAA9999") && has_shape("24/043", "99/999"));
        assert!(!has_shape("ABC123", "AAA9999") && !has_shape("1234ABC", "AAA9999"));
    }

    #[test]
    fn a_choice_may_differ_in_blanks_and_signs() {
        for (name, written) in [("25-34", "25 - 34"), ("Self-assessment", "self assessment"), ("65+", "65 +")] {
            assert!(is_same_but_signs(name, &Wording::of(written)), "{written}");
        }
        assert!(!is_same_but_signs("25-34", &Wording::of("25-44")));
        assert!(!is_same_but_signs("Y", &Wording::of("Y?")));
    }
}
