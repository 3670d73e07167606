//! A day in a season's settings, which may stand in quotes or as a date of the format's own.

use std::fmt;

use jiff::civil::Date;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};
use toml::Spanned;
use toml::value::Datetime;

/// A day as it is written: `"2025-10-31"` or `2025-10-31`.
#[derive(Debug)]
pub(super) struct DayText(pub(super) String);

/// Returns a day; what is wrong comes with its place.
pub(super) fn day(written: &Spanned<DayText>) -> Result<Date, (usize, String)> {
    let text = written.get_ref().0.trim();
    read(text).map_err(|why| (written.span().start, format!("`{text}` {why}, such as 2025-10-31")))
}

/// Reads a day; where it is none, says why, as the end of a sentence.
pub(super) fn read(text: &str) -> Result<Date, &'static str> {
    let is_in_order = text.split('-').map(str::len).eq([4, 2, 2]);
    let is_digits = text.chars().all(|sign| sign.is_ascii_digit() || sign == '-');
    let why = if is_in_order && is_digits {
        "is no day of the calendar; write one"
    } else {
        "is no day as it is written here: the year first, then month and day"
    };
    text.parse().map_err(|_| why)
}

impl<'de> Deserialize<'de> for DayText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Day)
    }
}

/// Reads a day, however it is written.
struct Day;

impl<'de> Visitor<'de> for Day {
    type Value = DayText;

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a day, such as 2025-10-31")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<DayText, E> {
        Ok(DayText(text.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<DayText, A::Error> {
        Datetime::deserialize(MapAccessDeserializer::new(map)).map(|day| DayText(day.to_string()))
    }
}
