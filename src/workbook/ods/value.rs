//! What a cell of OpenDocument shows, from its attributes and its text.

use quick_xml::events::BytesStart;

use super::cell::Inside;
use crate::workbook::facts::element::attribute;
use crate::workbook::serial::{serial_of_duration, serial_of_time};
use crate::workbook::{DateSystem, Value};

/// What stands for an error of which the file doesn't say which it is.
const NAMELESS: &str = "[error]";

/// A cell's attributes that say its value.
#[derive(Debug, Default)]
pub(super) struct Stated {
    pub(super) kind: String,
    value: Option<String>,
    text: Option<String>,
    is_error: bool,
    pub(super) formula: Option<String>,
}

impl Stated {
    /// Takes the attributes of a cell.
    pub(super) fn of(element: &BytesStart<'_>) -> Self {
        let mut stated = Self::default();
        let mut attributes = element.attributes();
        for written in attributes.with_checks(false).flatten() {
            let value = || attribute(element, written.key.local_name().as_ref());
            match written.key.as_ref() {
                "office:value-type" => written.value.as_ref().clone_into(&mut stated.kind),
                "calcext:value-type" => stated.is_error = written.value == "error",
                "office:value" | "office:date-value" | "office:time-value" | "office:boolean-value" => {
                    stated.value = value();
                }
                "office:string-value" => stated.text = value(),
                "table:formula" => stated.formula = value(),
                _ => {}
            }
        }
        stated
    }

    /// Whether it is a number, which may be shown in many ways.
    pub(super) fn is_number(&self) -> bool {
        matches!(self.kind.as_str(), "float" | "percentage" | "currency" | "date" | "time")
    }

    /// Returns the truth that a formula gives, which programs state as a number.
    fn truth(&self, shown: &str) -> Option<bool> {
        let formula = self.formula.as_deref()?.rsplit('=').next().unwrap_or_default();
        let says = |word: &str| shown == word || formula.strip_suffix("()") == Some(word);
        match self.value.as_deref() {
            Some("1") if says("TRUE") => Some(true),
            Some("0") if says("FALSE") => Some(false),
            _ => None,
        }
    }

    /// Returns what the cell holds.
    pub(super) fn value(&self, inside: &Inside, system: DateSystem) -> Value {
        let shown = inside.text.as_str();
        let stated = self.value.as_deref().unwrap_or_default();
        if self.is_error || self.formula.is_some() && is_error(shown) {
            // Older programs state nought beside an error, as they know no kind of value for it; some write no word for it.
            return Value::Error(if shown.is_empty() { NAMELESS } else { shown }.into());
        }
        match self.kind.as_str() {
            "float" if let Some(is_true) = self.truth(shown) => Value::Logical(is_true),
            "float" | "percentage" | "currency" => stated.parse().map_or_else(|_| text(shown), Value::Number),
            "date" => serial_of_time(stated, system).map_or_else(|| text(shown), Value::Date),
            "time" => serial_of_duration(stated).map_or_else(|| text(shown), time),
            "boolean" => match stated {
                "true" | "1" => Value::Logical(true),
                "false" | "0" => Value::Logical(false),
                _ => text(shown),
            },
            _ => match self.text.as_deref().filter(|_| !inside.is_of_parts()).unwrap_or(shown) {
                // A formula that gives an empty text has been worked out.
                "" if self.formula.is_some() && (self.kind == "string" || inside.is_said) => Value::Text("".into()),
                shown => text(shown),
            },
        }
    }
}

/// Returns a time of day; what no day has is a length of time.
fn time(days: f64) -> Value {
    if (0.0..1.0).contains(&days) { Value::Date(days) } else { Value::Elapsed(days) }
}

/// Returns a text's value; nothing is an empty one.
fn text(text: &str) -> Value {
    if text.is_empty() { Value::Empty } else { Value::Text(text.into()) }
}

/// Whether a formula that shows this shows an error, in any language: `#VALUE!`, `#WERT!`, `#NV`, `#¿NOMBRE?`, `Err:502`.
fn is_error(shown: &str) -> bool {
    let is_number = |code: &str| code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_digit());
    shown.strip_prefix('#').is_some_and(is_word_of_error) || shown.strip_prefix("Err:").is_some_and(is_number)
}

/// Whether a text is the word of an error behind its sign: capitals, and a stroke with what follows it.
fn is_word_of_error(word: &str) -> bool {
    let word = word.trim_start_matches(['¡', '¿']).trim_end_matches(['!', '?']);
    let word = word.strip_suffix("/0").unwrap_or(word);
    let is_capital = |letter: char| letter.is_alphabetic() && !letter.is_lowercase();
    word.chars().filter(|letter| is_capital(*letter)).count() > 1
        && word.chars().all(|letter| is_capital(letter) || letter == '/')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_that_shows_an_error_holds_one_whatever_is_stated_beside_it() {
        let kinds = ["", "float", "percentage", "currency", "date", "time", "boolean", "string"];
        let errors = [
            "#DIV/0!",
            "#N/A",
            "#NAME?",
            "#NULL!",
            "#NUM!",
            "#REF!",
            "#VALUE!",
            "Err:502",
            "Err:508",
            "#NV",
            "#WERT!",
            "#BEZUG!",
            "#ZAHL!",
            "#VALEUR!",
            "#N/D",
            "#¡DIV/0!",
            "#¿NOMBRE?",
            "#RIF!",
            "#ДЕЛ/0!",
            "#Н/Д",
            "#이름?",
        ];
        for (kind, shown) in kinds.iter().flat_map(|kind| errors.map(|shown| (*kind, shown))) {
            let inside = Inside { text: shown.to_owned(), ..Inside::default() };
            let stated = |formula: Option<&str>| Stated {
                kind: kind.to_owned(),
                value: Some("0".to_owned()),
                formula: formula.map(str::to_owned),
                ..Stated::default()
            };
            let value = |stated: Stated| stated.value(&inside, DateSystem::From1900);
            assert_eq!(value(stated(Some("of:=[.A1]/0"))), Value::Error(shown.into()), "{kind} {shown}");
            assert_eq!(value(Stated { is_error: true, ..stated(None) }), Value::Error(shown.into()), "{kind} {shown}");
            assert_ne!(value(stated(None)), Value::Error(shown.into()), "{kind} {shown}");
        }
    }

    #[test]
    fn what_only_begins_like_an_error_is_none() {
        for shown in ["#", "#0", "#1", "#A", "# N/A", "#Value", "#12/0!", "N/A", "Err:5", "0"] {
            let inside = Inside { text: shown.to_owned(), ..Inside::default() };
            let stated = Stated {
                kind: "float".to_owned(),
                value: Some("0".to_owned()),
                formula: Some("of:=[.A1]".to_owned()),
                ..Stated::default()
            };
            assert_eq!(stated.value(&inside, DateSystem::From1900), Value::Number(0.0), "{shown}");
        }
    }

    #[test]
    fn an_error_without_a_word_has_one() {
        let stated = Stated { is_error: true, formula: Some("of:=[.A1]".to_owned()), ..Stated::default() };
        assert_eq!(stated.value(&Inside::default(), DateSystem::From1900), Value::Error("[error]".into()));
    }

    #[test]
    fn a_truth_is_what_is_stated_of_it() {
        let cases = [
            ("true", Value::Logical(true)),
            ("1", Value::Logical(true)),
            ("false", Value::Logical(false)),
            ("0", Value::Logical(false)),
            ("oui", Value::Text("OUI".into())),
        ];
        for (value, expected) in cases {
            let inside = Inside { text: "OUI".to_owned(), ..Inside::default() };
            let stated = Stated { kind: "boolean".to_owned(), value: Some(value.to_owned()), ..Stated::default() };
            assert_eq!(stated.value(&inside, DateSystem::From1900), expected, "{value}");
        }
    }
}
