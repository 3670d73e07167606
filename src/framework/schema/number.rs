//! Numbers and days as a pack writes them.

use std::borrow::Cow;
use std::fmt;

use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer};

use crate::exact::Exact;

/// An exact number: `2`, `4.5`, or as a text `"15%"` (a share of one) or `"1/3"`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number(pub Exact);

/// What a number's text must look like, for editors and for the check of a pack's shape.
const PATTERN: &str = r"^[+-]?\d+(\.\d+)?( ?%)?$|^[+-]?\d+/[1-9]\d*$";

impl Number {
    /// Reads `"15%"`, `"15 %"`, `"4.5"` or `"1/3"`.
    pub(in crate::framework) fn read(text: &str) -> Option<Self> {
        let hundred = Exact::from(100);
        let number = match text.strip_suffix('%') {
            Some(percent) => percent.trim_end().parse::<Exact>().ok()?.divided_by(&hundred),
            None => text.parse().ok(),
        };
        number.map(Self)
    }
}

impl JsonSchema for Number {
    fn schema_name() -> Cow<'static, str> {
        "Number".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["number", "string"], "pattern": PATTERN })
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NumberVisitor)
    }
}

/// Reads a whole number, a decimal or a text.
struct NumberVisitor;

impl Visitor<'_> for NumberVisitor {
    type Value = Number;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number, or a text such as \"15%\" or \"1/3\"")
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Number, E> {
        Ok(Number(Exact::from(value)))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Number, E> {
        Exact::from_float(value).map(Number).ok_or_else(|| E::custom(format!("{value} is no exact number")))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Number, E> {
        Number::read(text).ok_or_else(|| E::custom(format!("`{text}` is no number, share or fraction")))
    }
}

/// Reads a number as it is counted with; `None` where there is none.
pub(in crate::framework) fn some_exact<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Exact>, D::Error> {
    Ok(Option::<Number>::deserialize(deserializer)?.map(|number| number.0))
}

/// A day, written as TOML writes a date: `2024-04-01`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day(pub Date);

impl JsonSchema for Day {
    fn schema_name() -> Cow<'static, str> {
        "Day".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "format": "date" })
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = toml::value::Datetime::deserialize(deserializer)?.to_string();
        written.parse().map(Self).map_err(|_| D::Error::custom(format!("`{written}` is not a day")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_and_fractions_are_exact() {
        let cases =
            [("15%", "0.15"), ("1/3", "1/3"), ("4.5", "4.5"), ("100%", "1"), ("7.5%", "0.075"), ("15 %", "0.15")];
        for (written, expected) in cases {
            assert_eq!(Number::read(written).expect(written).0.to_string(), expected, "{written}");
        }
        for written in ["", "%", "many", "1/0", "15  pc"] {
            assert_eq!(Number::read(written), None, "{written}");
        }
    }
}
