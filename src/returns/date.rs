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
const PLAIN: [&str; 18] = [
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
    "%d %B %y",
    "%d %b %y",
    "%d-%b-%y",
    "%d-%B-%y",
    "%d/%b/%y",
    "%a %d %B %Y",
];

/// Reads a text as a day. Dots stand between day, month and year in that order; with slashes and dashes the order must be
/// told by a number over twelve.
pub(super) fn parse(text: &str) -> DateText {
    let plain: String = text.nfkc().collect();
    let plain = tidy(&plain);
    if !plain.contains(|c: char| c.is_ascii_digit()) {
        return DateText::NotADate;
    }
    let read = |format: &&str| Date::strptime(*format, &plain).ok().filter(|date| date.year() >= 1000);
    let known = PLAIN.iter().filter(|format| may_be(&plain, format)).find_map(read);
    known.map_or_else(|| by_numbers(&plain), DateText::Day)
}

/// Whether a text has what a way of writing dates takes, which is told sooner than trying it: letters where it names the
/// month, none elsewhere, and its signs.
fn may_be(text: &str, format: &str) -> bool {
    let names_month = format.contains(['b', 'B']);
    let has = |sign: char| !format.contains(sign) || text.contains(sign);
    names_month == text.contains(|c: char| c.is_ascii_alphabetic()) && ['.', '-', '/'].into_iter().all(has)
}

/// Drops what people put round a date: a time of day, ordinal endings, commas, blanks round the signs between numbers.
fn tidy(text: &str) -> String {
    let text = text.replace(['\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2014}', '\u{2212}'], "-");
    let signs = ['/', '-'].iter().fold(text.replace(',', " "), |text, sign| {
        text.split(*sign).map(str::trim).collect::<Vec<_>>().join(&sign.to_string())
    });
    let parted = signs.split_whitespace().flat_map(parts);
    let words = parted.filter(|word| !is_time(word) && !word.eq_ignore_ascii_case("of"));
    words.map(tidy_word).collect::<Vec<_>>().join(" ")
}

/// Splits a time from a day as programs write the two: `2025-08-14T00:00:00`.
fn parts(word: &str) -> impl Iterator<Item = &str> {
    let split = word.split_once('T').filter(|(_, time)| is_time(time));
    let (day, time) = split.map_or((word, None), |(day, time)| (day, Some(time)));
    std::iter::once(day).chain(time)
}

/// Whether a word is a time of day.
fn is_time(word: &str) -> bool {
    let time = word.trim_end_matches(|c: char| "apmAPMZ.".contains(c));
    let parts = time.split(':').collect::<Vec<_>>();
    parts.len() > 1
        && parts.iter().all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit() || b == b'.'))
}

/// Drops an ordinal ending, and shortens the one month that has a four-letter short form.
fn tidy_word(word: &str) -> String {
    let word = word.trim_end_matches('.');
    let number = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ending = word[number.len()..].to_ascii_lowercase();
    let is_number = number.bytes().all(|b| b.is_ascii_digit());
    match ending.as_str() {
        "st" | "nd" | "rd" | "th" if !number.is_empty() && is_number => number.to_owned(),
        "sept" => format!("{number}Sep"),
        _ => word.to_owned(),
    }
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
            "14-Aug-25",
            "14 August 25",
            "14/08/2025 09:30",
            "2025-08-14T00:00:00",
            "14 / 08 / 2025",
            "14\u{2013}08\u{2013}2025",
            "14th of August 2025",
            "Thu, 14 Aug 2025",
        ] {
            assert_eq!(parse(written), DateText::Day(day), "{written}");
        }
    }

    #[test]
    fn months_may_be_shortened() {
        for written in ["14 Sept 2025", "14-Sep-2025", "14 sept. 2025", "Sept 14, 2025"] {
            assert_eq!(parse(written), DateText::Day(date(2025, 9, 14)), "{written}");
        }
    }

    #[test]
    fn a_doubtful_order_is_told() {
        assert_eq!(parse("05/06/2025"), DateText::Ambiguous);
        assert_eq!(parse("06/06/2025"), DateText::Day(date(2025, 6, 6)));
    }

    #[test]
    fn what_is_no_day_is_none() {
        for written in [
            "31/02/2024",
            "soon",
            "",
            "June 2013",
            "2025",
            "1/2/3/4",
            "12 o'clock",
            "14 August",
            "w/c 14/08/2025",
            "14-15 August 2025",
            "TBC",
        ] {
            assert_eq!(parse(written), DateText::NotADate, "{written}");
        }
    }
}
