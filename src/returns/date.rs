//! Dates that were typed as text.

use jiff::civil::{Date, Weekday};

use crate::day::MONTHS;
use crate::wording::plain;

/// What a text says about a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateText {
    /// This day, without doubt.
    Day(Date),
    /// Day and month can be either way round.
    Ambiguous,
    /// Something about a day that doesn't tell which; why.
    Unclear(&'static str),
    /// No date.
    NotADate,
}

/// The days of the week in English and Welsh; the first letters of the English ones are enough.
const WEEKDAYS: [(&str, &str, Weekday); 7] = [
    ("monday", "llun", Weekday::Monday),
    ("tuesday", "mawrth", Weekday::Tuesday),
    ("wednesday", "mercher", Weekday::Wednesday),
    ("thursday", "iau", Weekday::Thursday),
    ("friday", "gwener", Weekday::Friday),
    ("saturday", "sadwrn", Weekday::Saturday),
    ("sunday", "sul", Weekday::Sunday),
];

/// Words beside a time of day, and small words of a date.
const SMALL_WORDS: [&str; 12] = ["am", "pm", "a.m.", "p.m.", "a.m", "p.m", "z", "utc", "gmt", "bst", "of", "the"];

/// A piece of a date: a number as it is written, or a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece<'a> {
    Number(&'a str),
    Month(i8),
}

/// Reads a text as a day. Dots stand between day, month and year in that order; with slashes and dashes the order must be
/// told by a number over twelve. A time of day beside it, with or without its distance from Greenwich, says nothing.
pub(super) fn parse(text: &str) -> DateText {
    let text = plain(text).to_lowercase();
    let words: Vec<&str> = text.split([' ', ',']).flat_map(parts).filter(|word| !is_aside(word)).collect();
    let weekday = words.iter().find_map(|word| weekday(word)).filter(|_| words.len() > 1);
    let words: Vec<&str> =
        words.into_iter().filter(|word| weekday.is_none() || self::weekday(word).is_none()).collect();
    let day = pieces(&words.join(" ")).map_or(DateText::NotADate, |pieces| read(&pieces, has_dots(&words)));
    match (day, weekday) {
        (DateText::Day(date), Some(weekday)) if date.weekday() != weekday => {
            DateText::Unclear("the day of the week isn't that of the date")
        }
        (DateText::Day(_) | DateText::Ambiguous | DateText::Unclear(_) | DateText::NotADate, _) => day,
    }
}

/// Reads a text as a month with its year, of which it gives the first day: `July 2016`, `Jul-16`, `07/2016`.
pub(super) fn month_of(text: &str) -> Option<Date> {
    let text = plain(text).to_lowercase();
    match pieces(&text)?[..] {
        [Piece::Month(month), Piece::Number(year)] => date("1", month, year),
        [Piece::Number(month), Piece::Number(year)] if month.len() <= 2 && year.len() == 4 => {
            date("1", month.parse().ok()?, year)
        }
        _ => None,
    }
}

/// Splits a time from a day as programs write the two: `2025-08-14t00:00:00`.
fn parts(word: &str) -> impl Iterator<Item = &str> {
    let split = word.split_once('t').filter(|(_, time)| is_time(time));
    let (day, time) = split.map_or((word, None), |(day, time)| (day, Some(time)));
    std::iter::once(day).chain(time)
}

/// Whether a word says nothing about the day.
fn is_aside(word: &str) -> bool {
    word.is_empty() || is_time(word) || SMALL_WORDS.contains(&word)
}

/// Whether a word is a time of day or its distance from Greenwich: `9am`, `12:00:00.5z`, `00:00:00+01:00`, `+0100`.
fn is_time(word: &str) -> bool {
    let is_hour = |word: &str| ["am", "pm"].iter().any(|half| word.strip_suffix(half).is_some_and(is_number));
    let is_offset = word.strip_prefix(['+', '-']).is_some_and(|rest| rest.len() == 4 && is_number(rest));
    let is_clock = word.contains(':') && word.chars().all(|c| c.is_ascii_digit() || ":.+-apmz".contains(c));
    is_clock || is_offset || is_hour(word)
}

/// Whether a word is nothing but digits and stops between them.
fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit()) && word.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// Returns the day of the week that a word names.
fn weekday(word: &str) -> Option<Weekday> {
    let word = word.trim_end_matches('.');
    let names = |(english, welsh, _): &&(&str, &str, Weekday)| {
        (word.len() > 2 && english.starts_with(word)) || (word == *welsh && word != "mawrth")
    };
    WEEKDAYS.iter().find(names).map(|(.., weekday)| *weekday)
}

/// Whether dots alone stand between the numbers.
fn has_dots(words: &[&str]) -> bool {
    let text = words.concat();
    let text = text.trim_end_matches('.');
    text.contains('.') && !text.contains(['/', '-'])
}

/// Splits a date into its numbers and its month; nothing where anything else stands in it.
fn pieces(text: &str) -> Option<Vec<Piece<'_>>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_alike: fn(char) -> bool = match first {
            '0'..='9' => |c| c.is_ascii_digit(),
            'a'..='z' => |c| c.is_ascii_lowercase(),
            ' ' | '/' | '-' | '.' | '\'' => |c| matches!(c, ' ' | '/' | '-' | '.' | '\''),
            _ => return None,
        };
        let (run, after) = rest.split_at(rest.find(|c| !is_alike(c)).unwrap_or(rest.len()));
        let is_ordinal = matches!(run, "st" | "nd" | "rd" | "th") && matches!(pieces.last(), Some(Piece::Number(_)));
        match first {
            '0'..='9' => pieces.push(Piece::Number(run)),
            'a'..='z' if !is_ordinal => pieces.push(Piece::Month(month(run)?)),
            _ => {}
        }
        rest = after;
    }
    Some(pieces)
}

/// Returns the month that a word names, by three letters at the least.
fn month(word: &str) -> Option<i8> {
    let named = MONTHS.iter().position(|names| word.len() > 2 && names.iter().any(|name| name.starts_with(word)));
    named.and_then(|index| i8::try_from(index + 1).ok())
}

/// Reads the pieces of a date.
fn read(pieces: &[Piece], has_dots: bool) -> DateText {
    use Piece::{Month, Number};
    match *pieces {
        [Number(year), Month(month), Number(day)] if year.len() == 4 => sure(day, month, year),
        [Number(day), Month(month), Number(year)] | [Month(month), Number(day), Number(year)] => sure(day, month, year),
        [Number(year), Number(month), Number(day)] if year.len() == 4 => sure(day, month.parse().unwrap_or(0), year),
        [Number(day), Number(month), Number(year)] => by_numbers(day, month, year, has_dots),
        [Number(year), Month(_)] | [Month(_), Number(year)] if year.len() == 4 => {
            DateText::Unclear("it names a month and no day")
        }
        [Number(day), Month(_)] if day.len() <= 2 => DateText::Unclear("it names a day and a month and no year"),
        [Month(_), Number(_)] => DateText::Unclear("it doesn't name a day, a month and a year"),
        [Number(month), Number(year)] if year.len() == 4 && month.len() <= 2 => {
            DateText::Unclear("it names a month and no day")
        }
        [Number(one), Number(other)] if is_day(one, other) || is_day(other, one) => {
            DateText::Unclear("it names a day and a month and no year")
        }
        [Number(year)] if year.len() == 4 && year.starts_with(['1', '2']) => {
            DateText::Unclear("it names a year and no day")
        }
        _ => DateText::NotADate,
    }
}

/// Whether two numbers are a day and a month of some year.
fn is_day(day: &str, month: &str) -> bool {
    date(day, month.parse().unwrap_or(0), "2024").is_some()
}

/// Returns the day that pieces in a known order name.
fn sure(day: &str, month: i8, year: &str) -> DateText {
    date(day, month, year).map_or(DateText::NotADate, DateText::Day)
}

/// Reads day, month and year where only numbers are given.
fn by_numbers(one: &str, other: &str, year: &str, has_dots: bool) -> DateText {
    let day = |day: &str, month: &str| date(day, month.parse().ok()?, year);
    match (day(one, other), day(other, one)) {
        (Some(first), Some(second)) if first != second && !has_dots => DateText::Ambiguous,
        (Some(date), _) | (None, Some(date)) => DateText::Day(date),
        (None, None) => DateText::NotADate,
    }
}

/// Returns a day; years of two digits are those from 1930 to 2029, as Excel has it.
fn date(day: &str, month: i8, year: &str) -> Option<Date> {
    let number: i16 = year.parse().ok()?;
    let year = match (year.len(), number) {
        (2, 0..30) => number + 2000,
        (2, _) => number + 1900,
        (4, 1000..) => number,
        _ => return None,
    };
    Date::new(year, month, day.parse().ok().filter(|_| day.len() <= 2)?).ok()
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
            "2025/08/14",
            "2025-Aug-14",
            "14/08/2025",
            "14th August, 2025",
            "the 14th of August 2025",
            "August 14, 2025",
            "August 14,2025",
            "14/8/25",
            "14.8.25",
            "14. 8. 2025",
            "08/14/2025",
            "14-Aug-25",
            "14/Aug/2025",
            "14 August 25",
            "14 Aug '25",
            "14Aug2025",
            "14/08/2025 09:30",
            "14/08/2025 9.30am",
            "14/08/2025 12:00:00 AM",
            "14/08/2025 12:00:00AM",
            "14/08/2025 12:00 p.m.",
            "12:00, 14 August 2025",
            "2025-08-14T00:00:00",
            "2025-08-14T00:00:00Z",
            "2025-08-14T00:00:00.000Z",
            "2025-08-14T00:00:00+01:00",
            "2025-08-14t00:00:00-05:00",
            "2025-08-14 00:00:00 +0100",
            "2025-08-14 00:00:00 +01:00",
            "2025-08-14 00:00 BST",
            "14 / 08 / 2025",
            "14\u{2013}08\u{2013}2025",
            "14\u{a0}August\u{a0}2025",
            "\u{200e}14\u{200e}/\u{200e}08\u{200e}/\u{200e}2025",
            "\u{ff11}\u{ff14}/08/2025",
            "\u{661}\u{664}/08/2025",
            "14th of August 2025",
            "Thu, 14 Aug 2025",
            "Thursday 14/08/2025",
            "Thurs. 14th August 2025",
            "14 Awst 2025",
            "14/08/2025.",
        ] {
            assert_eq!(parse(written), DateText::Day(day), "{written}");
        }
    }

    #[test]
    fn months_may_be_shortened() {
        for written in ["14 Sept 2025", "14-Sep-2025", "14 sept. 2025", "Sept 14, 2025", "14 Medi 2025", "14 Medi 25"] {
            assert_eq!(parse(written), DateText::Day(date(2025, 9, 14)), "{written}");
        }
        for (index, names) in (1..).zip(MONTHS) {
            for (name, length) in names.iter().flat_map(|name| (3..=name.len()).map(move |length| (name, length))) {
                let written = format!("14 {} 2025", &name[..length]);
                assert_eq!(parse(&written), DateText::Day(date(2025, index, 14)), "{written}");
            }
        }
    }

    #[test]
    fn years_of_two_digits_are_those_of_the_spreadsheet() {
        for year in 0..100 {
            let expected = date(if year < 30 { 2000 + year } else { 1900 + year }, 8, 14);
            for written in [format!("14/08/{year:02}"), format!("14 Aug {year:02}"), format!("14.08.{year:02}")] {
                assert_eq!(parse(&written), DateText::Day(expected), "{written}");
            }
        }
    }

    #[test]
    fn a_doubtful_order_is_told() {
        for written in ["05/06/2025", "5-6-25", "05/06/2025 12:00 AM", "05 06 2025"] {
            assert_eq!(parse(written), DateText::Ambiguous, "{written}");
        }
        assert_eq!(parse("06/06/2025"), DateText::Day(date(2025, 6, 6)));
        assert_eq!(parse("05.06.2025"), DateText::Day(date(2025, 6, 5)));
    }

    #[test]
    fn what_names_no_day_is_told() {
        for written in ["June 2013", "2025", "14 August", "06/2013", "Fri 14 August 2025", "Aug-25"] {
            assert!(matches!(parse(written), DateText::Unclear(_)), "{written}");
        }
        let no_year = DateText::Unclear("it names a day and a month and no year");
        for written in ["2 Feb", "2nd of February", "2-Feb", "5/10", "26/10", "26.10.", "10-26"] {
            assert_eq!(parse(written), no_year, "{written}");
        }
        for written in ["June 2013", "Jun-2013", "06/2013", "2013 June"] {
            assert_eq!(parse(written), DateText::Unclear("it names a month and no day"), "{written}");
        }
    }

    #[test]
    fn a_month_with_its_year_is_its_first_day() {
        for written in ["July 2016", "Jul-16", "jul 2016", "07/2016", "7.2016", "Gorffennaf 2016", "July\u{a0}2016"] {
            assert_eq!(month_of(written), Some(date(2016, 7, 1)), "{written}");
        }
        for written in ["July", "2016", "1 July 2016", "13/2016", "07/16", "soon", "July 2016?"] {
            assert_eq!(month_of(written), None, "{written}");
        }
    }

    #[test]
    fn what_is_no_day_is_none() {
        for written in [
            "31/02/2024",
            "soon",
            "",
            "1/2/3/4",
            "12 o'clock",
            "w/c 14/08/2025",
            "14-15 August 2025",
            "TBC",
            "14\u{b2}/08/2025",
            "14/08/2025*",
            "\u{246d}/08/2025",
            "14/08/202",
            "140/08/2025",
            "14/08/20255",
            "14 M 2025",
            "12:00",
            "Thursday",
            "3",
        ] {
            assert_eq!(parse(written), DateText::NotADate, "{written}");
        }
    }
}
