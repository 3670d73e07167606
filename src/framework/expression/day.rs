//! Days within a text: "valid to 16/10/2026", "certificate until March 2027".
//!
//! A month without a day stands for its last one. A year alone is no day: standards carry years in their names.

use jiff::ToSpan;
use jiff::civil::Date;

/// Returns the last of the days that a text names; `None` where it names none.
pub(super) fn last(text: &str) -> Option<Date> {
    let words: Vec<String> = text
        .split(|c: char| c.is_whitespace() || ",;:()[]".contains(c))
        .flat_map(|word| if word.contains(char::is_alphabetic) { word.split('-').collect() } else { vec![word] })
        .map(|word| word.trim_matches('.').to_lowercase())
        .filter(|word| !word.is_empty())
        .collect();
    let mut found = None;
    let mut rest = words.as_slice();
    while !rest.is_empty() {
        let (day, length) = beginning(rest).map_or((None, 1), |(day, length)| (Some(day), length));
        found = found.max(day);
        rest = &rest[length..];
    }
    found
}

/// Returns the day that words begin with, and how many words it takes.
fn beginning(words: &[String]) -> Option<(Date, usize)> {
    match words {
        [day, month, year, ..] if named(day, month, year).is_some() => Some((named(day, month, year)?, 3)),
        [month, year, ..] if month_number(month).is_some() => {
            let first = Date::new(whole_year(year)?, month_number(month)?, 1).ok()?;
            Some((first.checked_add(1.month()).ok()?.yesterday().ok()?, 2))
        }
        [day, ..] => Some((written(day)?, 1)),
        [] => None,
    }
}

/// Reads `16 October 2026` and `16th Oct 2026`.
fn named(day: &str, month: &str, year: &str) -> Option<Date> {
    let digits = day.trim_end_matches(char::is_alphabetic);
    Date::new(whole_year(year)?, month_number(month)?, digits.parse().ok()?).ok()
}

/// Reads a day in digits, the day before the month.
fn written(word: &str) -> Option<Date> {
    let parts: Vec<&str> = word.split(['/', '.', '-']).collect();
    let [first, month, last] = parts[..] else { return None };
    let (day, year) = if first.len() == 4 { (last, first) } else { (first, last) };
    let year = if year.len() == 2 { year.parse::<i16>().ok()? + 2000 } else { whole_year(year)? };
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}

/// Returns the number of a month by its name, or by its first three letters or more.
fn month_number(word: &str) -> Option<i8> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let is_named = |month: &str| word.len() >= 3 && month.starts_with(word);
    let number = MONTHS.iter().position(|month| is_named(month))?;
    i8::try_from(number + 1).ok()
}

/// Reads a year of four digits.
fn whole_year(word: &str) -> Option<i16> {
    word.parse().ok().filter(|_| word.len() == 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_day_of_a_text_is_found() {
        let cases = [
            ("Investors in People, certificate no. 36634, valid to 16/10/2026", Some("2026-10-16")),
            ("ISO 9001:2015 (1 March 2024 - 28th Feb 2027)", Some("2027-02-28")),
            ("valid to 16 October 2021", Some("2021-10-16")),
            ("valid until Sept. 2026", Some("2026-09-30")),
            ("expires 3-Oct-2026.", Some("2026-10-03")),
            ("2026-10-03", Some("2026-10-03")),
            ("to 01.02.26", Some("2026-02-01")),
            ("ISO 9001:2015, certificate 12/345", None),
            ("31/02/2026", None),
            ("we may 2 be", None),
        ];
        for (text, expected) in cases {
            assert_eq!(last(text).map(|day| day.to_string()).as_deref(), expected, "{text}");
        }
    }
}
