//! Timescales as people write them: "6 months", "12-18 months", "six weeks", "1 year", "6 mis", "March 2014", "Q2 2014", "immediate",
//! "ongoing"; in Welsh too.
//!
//! A cell may hold several, one a line. [`end`] gives the last day that any of them names, counted from a day on; a month
//! is its first day, as plans are dated, and a quarter its last month.

use jiff::Span;
use jiff::civil::Date;

use super::day;
use crate::wording;

/// What one timescale says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Timescale {
    /// So many months from the beginning; the upper end of a range.
    Months(i32),
    /// So many days from the beginning; the upper end of a range.
    Days(i32),
    /// A day.
    Day(Date),
    /// It has no end.
    Open,
}

impl Timescale {
    /// Returns so many of a length of time.
    fn times(self, number: i32) -> Self {
        match self {
            Self::Months(months) => Self::Months(months * number),
            Self::Days(days) => Self::Days(days * number),
            Self::Day(_) | Self::Open => self,
        }
    }
}

/// Returns the lines of a text that say something, without their bullets.
pub fn lines(text: &str) -> impl Iterator<Item = &str> {
    let bare = |line: &'_ str| line.len() - line.trim_start_matches(['•', '-', '–', '*', '·', ' ', '\t']).len();
    text.lines().map(move |line| line[bare(line)..].trim()).filter(|line| !line.is_empty())
}

/// Counts the lines that are no timescale.
pub(super) fn unreadable(text: &str) -> usize {
    lines(text).filter(|line| read(line).is_none()).count()
}

/// Returns the last day that a text names, counted from a day on; `None` where it names none.
pub(super) fn end(text: &str, from: Date) -> Option<Date> {
    let day = |timescale: Timescale| match timescale {
        Timescale::Months(months) => from.checked_add(Span::new().try_months(months).ok()?).ok(),
        Timescale::Days(days) => from.checked_add(Span::new().try_days(days).ok()?).ok(),
        Timescale::Day(day) => Some(day),
        Timescale::Open => None,
    };
    lines(text).filter_map(read).filter_map(day).max()
}

/// Reads one timescale.
fn read(line: &str) -> Option<Timescale> {
    let plain = wording::plain(line).trim_end_matches('.').to_lowercase();
    let plain = plain.replace(" to ", "-").replace(" - ", "-");
    match plain.as_str() {
        "immediate" | "immediately" | "now" | "at once" | "ar unwaith" => {
            return Some(Timescale::Months(0));
        }
        "ongoing" | "on-going" | "continuous" | "parhaus" => return Some(Timescale::Open),
        _ => {}
    }
    let named = || {
        let words = day::words(&plain).join(" ");
        day::days(&words).next().or_else(|| day::month(&words)).map(Timescale::Day)
    };
    length(&plain).or_else(|| quarter(&plain)).or_else(named)
}

/// Words for lengths of time, in English and Welsh with its mutations, each with how many months or days it has.
const LENGTHS: [(&[&str], Timescale); 4] = [
    (&["year", "years", "yr", "yrs", "blwyddyn", "flwyddyn", "blynedd", "flynedd"], Timescale::Months(12)),
    (&["month", "months", "mth", "mths", "mis", "fis", "misoedd"], Timescale::Months(1)),
    (&["week", "weeks", "wk", "wks", "wythnos", "wythnosau"], Timescale::Days(7)),
    (&["day", "days", "diwrnod", "ddiwrnod", "niwrnod", "dydd"], Timescale::Days(1)),
];

/// Numbers in words, each with its forms in English and Welsh, from one on.
const NUMBERS: [&[&str]; 12] = [
    &["one", "a", "an", "un"],
    &["two", "dau", "dwy", "ddau", "ddwy"],
    &["three", "tri", "tair"],
    &["four", "pedwar", "pedair"],
    &["five", "pump", "pum"],
    &["six", "chwech", "chwe"],
    &["seven", "saith"],
    &["eight", "wyth"],
    &["nine", "naw"],
    &["ten", "deg", "deng"],
    &["eleven"],
    &["twelve", "deuddeg", "deuddeng"],
];

/// Reads "6 months", "12-18 months", "six weeks" and "1 year", within which or after which something is to be done.
fn length(plain: &str) -> Option<Timescale> {
    let plain =
        ["within ", "in ", "after ", "o fewn "].iter().find_map(|word| plain.strip_prefix(word)).unwrap_or(plain);
    let at = plain.rfind(|c: char| !c.is_alphabetic())?;
    let (numbers, unit) = plain.split_at(at + 1);
    let (_, one) = LENGTHS.iter().find(|(names, _)| names.contains(&unit.trim()))?;
    let (from, to) = numbers.trim().split_once('-').unwrap_or((numbers, numbers));
    let (from, to) = (number(from.trim())?, number(to.trim())?);
    let is_range = 0 <= from && from <= to && to <= 600;
    is_range.then(|| one.times(to))
}

/// Returns a number in figures or in words.
fn number(written: &str) -> Option<i32> {
    let in_words = || NUMBERS.iter().position(|words| words.contains(&written));
    written.parse().ok().or_else(|| i32::try_from(in_words()? + 1).ok())
}

/// Reads "Q2 2014".
fn quarter(plain: &str) -> Option<Timescale> {
    let rest = plain.strip_prefix('q')?;
    let (number, year) = rest.split_once([' ', '/'])?;
    let number: i8 = number.trim().parse().ok().filter(|number| (1..=4).contains(number))?;
    let year = year.trim().parse().ok().filter(|year| (1900..=9999).contains(year))?;
    Date::new(year, number * 3, 1).ok().map(Timescale::Day)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn timescales_end_where_their_upper_end_is() {
        let (june_2013, june_2014) = (date(2013, 6, 1), date(2014, 6, 1));
        let cases = [
            ("12 months", june_2013, date(2014, 6, 1)),
            ("18 months", june_2013, date(2014, 12, 1)),
            ("36 months", june_2013, date(2016, 6, 1)),
            ("12-18 months", june_2014, date(2015, 12, 1)),
            ("12 \u{2013} 18 months", june_2014, date(2015, 12, 1)),
            ("12\u{2212}18 months", june_2014, date(2015, 12, 1)),
            ("12 to 18 months", june_2014, date(2015, 12, 1)),
            ("24 months", june_2014, date(2016, 6, 1)),
            ("Immediate", june_2013, june_2013),
            ("1 month", june_2013, date(2013, 7, 1)),
            ("March 2014", june_2013, date(2014, 3, 1)),
            ("Sept 2014", june_2013, date(2014, 9, 1)),
            ("Q2 2014", june_2013, date(2014, 6, 1)),
            ("01/04/2014", june_2013, date(2014, 4, 1)),
            ("04/01/2014", june_2013, date(2014, 1, 4)),
            ("16th October 2014", june_2013, date(2014, 10, 16)),
            ("Sept. 2014", june_2013, date(2014, 9, 1)),
            ("Mar-2014", june_2013, date(2014, 3, 1)),
            ("10/2014", june_2013, date(2014, 10, 1)),
            ("six months", june_2013, date(2013, 12, 1)),
            ("Within six months", june_2013, date(2013, 12, 1)),
            ("a year", june_2013, date(2014, 6, 1)),
            ("1 year", june_2013, date(2014, 6, 1)),
            ("2-3 years", june_2013, date(2016, 6, 1)),
            ("6 weeks", june_2013, date(2013, 7, 13)),
            ("10 days", june_2013, date(2013, 6, 11)),
            ("6 mis", june_2013, date(2013, 12, 1)),
            ("chwe mis", june_2013, date(2013, 12, 1)),
            ("o fewn dwy flynedd", june_2013, date(2015, 6, 1)),
            ("Gorffennaf 2013", june_2013, date(2013, 7, 1)),
            ("14 Mai 2014", june_2013, date(2014, 5, 14)),
            ("• 3 months\n• 9 months\nongoing", june_2013, date(2014, 3, 1)),
        ];
        for (written, from, expected) in cases {
            assert_eq!(end(written, from), Some(expected), "{written}");
            assert_eq!(unreadable(written), 0, "{written}");
        }
        assert_eq!(end("ongoing", june_2013), None);
    }

    #[test]
    fn what_is_no_timescale_is_counted() {
        for (written, expected) in [
            ("soon", 1),
            ("ASAP", 1),
            ("6 months\nas soon as we can", 1),
            ("18-12 months", 1),
            ("months", 1),
            ("banana weeks", 1),
            ("6 furlongs", 1),
            ("", 0),
        ] {
            assert_eq!(unreadable(written), expected, "{written}");
        }
    }
}
