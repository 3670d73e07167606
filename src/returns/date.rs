//! Dates that were typed as text.

use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;

/// What a text says about a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateText {
    /// This day, without doubt.
    Day(Date),
    /// Day and month can be either way round.
    Ambiguous,
    /// No date.
    NotADate,
}

/// Ways in which only one order of day and month is possible.
const PLAIN: [&str; 12] = [
    "%d %B %Y",
    "%d %b %Y",
    "%d-%b-%Y",
    "%d-%B-%Y",
    "%d/%b/%Y",
    "%d.%m.%Y",
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%B %d %Y",
    "%b %d %Y",
    "%A %d %B %Y",
    "%a %d %b %Y",
];

/// Reads a text as a day. Dots stand between day, month and year in that order; with slashes and dashes the order must be
/// told by a number over twelve.
pub(super) fn parse(text: &str) -> DateText {
    let plain: String = text.nfkc().collect();
    let plain = tidy(&plain);
    let known = PLAIN.iter().find_map(|format| Date::strptime(format, &plain).ok()).filter(|date| date.year() >= 1000);
    known.map_or_else(|| by_numbers(&plain), DateText::Day)
}

/// Drops what people put round a date: a time of midnight, ordinal endings, commas.
fn tidy(text: &str) -> String {
    let text = text.trim().trim_end_matches("00:00:00").trim_end_matches('T').replace(',', " ");
    let words: Vec<String> = text
        .split_whitespace()
        .map(|word| {
            let number = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
            let ending = &word[number.len()..];
            let is_ordinal =
                !number.is_empty() && matches!(ending.to_ascii_lowercase().as_str(), "st" | "nd" | "rd" | "th");
            if is_ordinal { number.to_owned() } else { word.to_owned() }
        })
        .collect();
    words.join(" ")
}

/// Reads day, month and year where only numbers are given.
fn by_numbers(text: &str) -> DateText {
    let parts: Vec<i16> = text.split(['/', '-', '.', ' ']).map_while(|part| part.parse().ok()).collect();
    let [a, b, year] = parts[..] else { return DateText::NotADate };
    if parts.len() != text.split(['/', '-', '.', ' ']).count() {
        return DateText::NotADate;
    }
    let year = if (0..100).contains(&year) { year + 2000 } else { year };
    let day = |day: i16, month: i16| Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
    match (day(a, b), day(b, a)) {
        (Some(first), Some(second)) if first != second => DateText::Ambiguous,
        (Some(date), _) | (None, Some(date)) => DateText::Day(date),
        (None, None) => DateText::NotADate,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn dates_typed_as_text_are_read() {
        let day = date(2025, 8, 14);
        for written in [
            "14-Aug-2025",
            "14 August 2025",
            "14.08.2025",
            "2025-08-14",
            "14/08/2025",
            "14th August, 2025",
            "August 14, 2025",
            "14/8/25",
            "08/14/2025",
        ] {
            assert_eq!(parse(written), DateText::Day(day), "{written}");
        }
    }

    #[test]
    fn a_doubtful_order_is_told() {
        assert_eq!(parse("05/06/2025"), DateText::Ambiguous);
        assert_eq!(parse("06/06/2025"), DateText::Day(date(2025, 6, 6)));
    }

    #[test]
    fn what_is_no_day_is_none() {
        for written in ["31/02/2024", "soon", "", "June 2013", "2025", "1/2/3/4", "12 o'clock"] {
            assert_eq!(parse(written), DateText::NotADate, "{written}");
        }
    }
}
