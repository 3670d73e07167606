//! Days among references, which are most likely birth dates.
//!
//! A day with its month's name and its whole year ([`is_written_out`]) is no reference anywhere. Others, “12.3.89” or “120389”, are how some
//! references are made: [`Days`] knows by a column's own entries whether they are there.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::day::MONTHS;

/// The fewest letters of a month that is cut short.
const LEAST: usize = 3;
/// Two digits are the year of somebody's birth up to this one of this century, and from that one of the last: between them they are the year of
/// a season, as in “24/043”.
const YEARS: [i16; 2] = [9, 30];

/// The shapes of a column's entries that are days, where references have others.
#[derive(Clone, Debug, Default)]
pub(super) struct Days(BTreeSet<String>);

impl Days {
    /// Looks at the entries of a column, each once: days are told of a shape that fewer than half have, and all of these are days.
    pub(super) fn among(entries: &BTreeSet<String>) -> Self {
        let mut shapes: BTreeMap<String, Vec<bool>> = BTreeMap::new();
        for entry in entries {
            shapes.entry(shape(entry)).or_default().push(is_day(entry));
        }
        let are_days = |days: &[bool]| days.len() * 2 < entries.len() && days.iter().all(|is_day| *is_day);
        Self(shapes.into_iter().filter(|(_, days)| are_days(days)).map(|(shape, _)| shape).collect())
    }

    /// Whether an entry is a day that is no reference here.
    pub(super) fn has(&self, entry: &str) -> bool {
        is_written_out(entry) || self.0.contains(&shape(entry))
    }
}

/// Whether a text is a day with its month's name and its whole year: “12 March 1989”.
fn is_written_out(text: &str) -> bool {
    let has_year = |words: &[&str]| words.iter().any(|word| is_whole_year(word));
    let words = words_of(text);
    has_year(&words) && words.iter().any(|word| month_named(word).is_some()) && is_day(text)
}

/// Whether a word is a year of four digits.
fn is_whole_year(word: &str) -> bool {
    word.len() == 4 && number(word).is_some()
}

/// Whether a text is a day and nothing else, in figures or with its month's name.
pub(super) fn is_day(text: &str) -> bool {
    let day = match words_of(text)[..] {
        [year, month, day] if is_whole_year(year) => date(year, month, day),
        [month, day, year] if month_named(month).is_some() => date(year, month, day),
        [day, month, year] => date(year, month, day),
        [figures] if matches!(figures.len(), 6 | 8) && figures.is_ascii() => {
            date(&figures[4..], &figures[2..4], &figures[..2])
        }
        _ => None,
    };
    day.is_some()
}

/// Returns the parts of a text that may be a day.
fn words_of(text: &str) -> Vec<&str> {
    text.split([' ', '.', '/', '-', ',']).filter(|word| !word.is_empty() && *word != "of").collect()
}

/// Returns the day that its parts name.
fn date(year: &str, month: &str, day: &str) -> Option<Date> {
    let day = ["st", "nd", "rd", "th"].iter().find_map(|end| day.strip_suffix(end)).unwrap_or(day);
    let month = month_named(month).or_else(|| number(month).filter(|_| month.len() <= 2))?;
    Date::new(year_of(year)?, i8::try_from(month).ok()?, i8::try_from(number(day)?).ok()?).ok()
}

/// Returns the year that two or four digits name, if somebody may be born in it.
fn year_of(written: &str) -> Option<i16> {
    let year = number(written)?;
    let [last, first] = YEARS;
    match written.len() {
        4 => Some(year).filter(|year| (1900..2100).contains(year)),
        2 if year <= last => Some(2000 + year),
        2 if year >= first => Some(1900 + year),
        _ => None,
    }
}

/// Returns which month of the year a word names, in English or Welsh.
fn month_named(word: &str) -> Option<i16> {
    let word = word.to_lowercase();
    let names = |months: &[&str; 2]| months.iter().any(|month| word.len() >= LEAST && month.starts_with(&word));
    MONTHS.iter().position(names).and_then(|at| i16::try_from(at + 1).ok())
}

/// Returns the number that digits are.
fn number(digits: &str) -> Option<i16> {
    digits.parse().ok().filter(|_| digits.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Returns a text with a sign for each run of digits and of letters; of digits alone, how many they are.
fn shape(text: &str) -> String {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return text.len().to_string();
    }
    let signs = text.chars().map(|c| match c {
        c if c.is_numeric() => '9',
        c if c.is_alphabetic() => 'a',
        c => c,
    });
    let mut signs: Vec<char> = signs.collect();
    signs.dedup();
    signs.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the entries of a column that are days where references belong.
    fn days<'a>(entries: &[&'a str]) -> Vec<&'a str> {
        let days = Days::among(&entries.iter().map(|entry| (*entry).to_owned()).collect());
        entries.iter().copied().filter(|entry| days.has(entry)).collect()
    }

    #[test]
    fn days_are_told_among_references_of_other_shapes() {
        for day in [
            "12 March 1989",
            "12th of March 1989",
            "March 12, 1989",
            "12 Mawrth 1989",
            "12-Mar-89",
            "12.3.89",
            "12/03/05",
            "1989.03.12",
            "120389",
            "12031989",
        ] {
            for codes in [["24/010", "24/011", "24/012"], ["C01", "C02", "C03"], ["1041", "1042", "1043"]] {
                let column: Vec<&str> = codes.into_iter().chain([day]).collect();
                assert_eq!(days(&column), [day], "{codes:?}");
            }
        }
    }

    #[test]
    fn references_that_are_made_as_days_are_none() {
        for column in [
            &["24/03/12", "24/03/13", "24/04/01"][..],
            &["12.3.89", "12.4.90", "24/011"],
            &["120389", "104512", "24/1", "24/2", "24/3", "24/4"],
            &["120389", "130489", "140589"],
            &["24/010", "24/011", "24/012", "24.03.24"],
            &["C01", "C02", "C03", "12 Marble 1989", "May 12", "April 01", "31.2.89", "13.13.89", "12-March"],
        ] {
            assert_eq!(days(column), Vec::<&str>::new(), "{column:?}");
        }
        assert_eq!(days(&["12 March 1989", "3 May 1990"]).len(), 2);
    }
}
