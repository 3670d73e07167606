//! Days and months in words, "16th October 2026" and "Sept. 2026", and the end that a text names in passing: "valid to 16/10/2026".
//!
//! A month is given by its first day; what it means as the end of something is for those who ask.

use jiff::civil::Date;

use crate::wording::plain as plain_text;

/// Ways to write a day in up to three words, the day before the month first; years may be of two digits in all of them.
const DAYS: [&str; 14] = [
    "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d", "%Y/%m/%d", "%d/%b/%Y", "%d/%B/%Y", "%d-%b-%Y",
    "%d-%B-%Y", "%d %B %Y", "%d %b %Y", "%B %d %Y", "%b %d %Y",
];
/// Ways to write a month, after its first day; a year of two digits would look like a day.
const MONTHS: [&str; 5] = ["%d %B %Y", "%d %b %Y", "%d %m/%Y", "%d %B-%Y", "%d %b-%Y"];
/// The first year that a spreadsheet doesn't mean by two digits.
const AFTER_TWO_DIGITS: i16 = 2030;

/// Words that a day of ending follows, others between them perhaps that say nothing else.
const ENDINGS: [&str; 17] = [
    "to", "until", "till", "through", "by", "valid", "expires", "expired", "expire", "expiry", "expiring", "ends",
    "ended", "end", "ending", "renewal", "due",
];
/// Words that may stand between them and the day.
const BETWEEN: [&str; 9] = ["at", "date", "day", "in", "is", "of", "on", "the", "was"];
/// The sign between the first and the last of several days.
const DASH: &str = "-";

/// What of a text was read last, on the way to the day of an ending.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    /// A word that a day of ending follows.
    Ending,
    /// A day.
    Day,
    /// A dash after a day.
    Dash,
    /// Words that say something else: a day after them tells when something was made, seen or begun.
    Other,
}

impl Before {
    /// Returns what stands before the next word when this one was read, which names no day.
    fn and(self, word: &str) -> Self {
        let word = word.to_lowercase();
        match self {
            _ if ENDINGS.contains(&word.as_str()) => Self::Ending,
            Self::Day if word == DASH => Self::Dash,
            Self::Ending if BETWEEN.contains(&word.as_str()) => Self::Ending,
            Self::Ending | Self::Day | Self::Dash | Self::Other => Self::Other,
        }
    }
}

/// Returns the latest day that a text names as the end of something; a month alone means its last day.
pub(super) fn end(text: &str) -> Option<Date> {
    let text = plain_text(text);
    let words = words(&text);
    let named = |words: &str| days(words).max().or_else(|| month(words).map(Date::last_of_month));
    let (mut at, mut latest, mut before) = (0, None, Before::Other);
    while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
        // The longest reading counts: "16 October 2026" names no other day in October.
        let named = (1..=rest.len().min(3)).rev().find_map(|size| Some((size, named(&rest.get(..size)?.join(" "))?)));
        if let (Some((_, day)), Before::Ending | Before::Dash) = (named, before) {
            latest = latest.max(Some(day));
        }
        before = named.map_or_else(|| before.and(rest[0]), |_| Before::Day);
        at += named.map_or(1, |(size, _)| size);
    }
    latest
}

/// Returns the words of a text as days and months are read: without signs round them, `16` for `16th`.
pub(super) fn words(text: &str) -> Vec<&str> {
    let parted = text.split(|letter: char| letter.is_whitespace() || matches!(letter, ',' | ';' | '(' | ')'));
    parted.map(trimmed).filter(|word| !word.is_empty()).map(plain).collect()
}

/// Returns the days that exactly these words can name, the one with the day before the month first.
pub(in crate::framework) fn days(words: &str) -> impl Iterator<Item = Date> {
    DAYS.iter().filter_map(|format| read(format, words).or_else(|| read_short(format, words)))
}

/// Reads a day whose year is of two digits: from 1930 to 2029, as a spreadsheet has it.
fn read_short(format: &str, words: &str) -> Option<Date> {
    let digits = words.bytes().rev().take_while(u8::is_ascii_digit).count();
    if format.starts_with("%Y") || digits != 2 {
        return None;
    }
    let day = Date::strptime(format.replace("%Y", "%y"), words).ok()?;
    let century = if day.year() < AFTER_TWO_DIGITS { 0 } else { 100 };
    day.with().year(day.year() - century).build().ok()
}

/// Returns the first day of the month that exactly these words name.
pub(super) fn month(words: &str) -> Option<Date> {
    let words = format!("1 {words}");
    MONTHS.iter().find_map(|format| read(format, &words))
}

/// Reads a day; one of long ago is a number that looks like one.
fn read(format: &str, words: &str) -> Option<Date> {
    Date::strptime(format, words).ok().filter(|day| day.year() >= 1900)
}

/// Returns a word without the signs round it; a dash alone parts two days.
fn trimmed(word: &str) -> &str {
    if word == DASH { word } else { word.trim_matches(|letter: char| !letter.is_alphanumeric()) }
}

/// Returns `16` for `16th`, `Sep` for `Sept`, and a month's English name for the Welsh one.
fn plain(word: &str) -> &str {
    if word.eq_ignore_ascii_case("sept") {
        return &word[..3];
    }
    if let Some([english, _]) = crate::day::MONTHS.iter().find(|[_, welsh]| word.eq_ignore_ascii_case(welsh)) {
        return english;
    }
    let number = ["st", "nd", "rd", "th"].iter().find_map(|ending| word.strip_suffix(ending));
    number.filter(|number| number.bytes().all(|byte| byte.is_ascii_digit()) && !number.is_empty()).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_of_two_digits_are_those_of_the_spreadsheet() {
        for year in 0..100 {
            let expected = Date::new(if year < 30 { 2000 + year } else { 1900 + year }, 8, 14).unwrap();
            for written in ["14/08/", "14.08.", "14-08-", "14-Aug-", "14 August ", "14 Aug ", "August 14 "] {
                let written = format!("{written}{year:02}");
                assert_eq!(days(&written).next(), Some(expected), "{written}");
            }
        }
    }

    #[test]
    fn the_day_of_ending_that_a_text_names() {
        let cases = [
            ("Quality mark, certificate no. 36634, valid to 16/10/2026", "2026-10-16"),
            ("awarded 1 March 2023; expires 16th October 2026.", "2026-10-16"),
            ("(2023-03-01 to 2026-02-28)", "2026-02-28"),
            ("valid until Oct 2026", "2026-10-31"),
            ("until February 2028", "2028-02-29"),
            ("until 10/2026", "2026-10-31"),
            ("valid 03/04/2026", "2026-04-03"),
            ("Expiry: 31.12.2025", "2025-12-31"),
            ("ISO 9001:2015 (1 March 2024 - 28th Feb 2027)", "2027-02-28"),
            ("valid until Sept. 2026", "2026-09-30"),
            ("expires 3-Oct-2026.", "2026-10-03"),
            ("to 01.02.26", "2026-02-01"),
            ("to 01/02/2026", "2026-02-01"),
            ("until 3 Sept 2025", "2025-09-03"),
            ("until 3rd September 25", "2025-09-03"),
            ("until 3 sept 25", "2025-09-03"),
            ("until September 3, 25", "2025-09-03"),
            ("until 3-Sep-25", "2025-09-03"),
            ("until 3/Sep/2025", "2025-09-03"),
            ("until 2025/09/03", "2025-09-03"),
            ("until 03\u{2011}09\u{2011}2025", "2025-09-03"),
            ("until 3\u{a0}September\u{a0}2025", "2025-09-03"),
            ("to Oct-2026", "2026-10-31"),
            ("expiry date: 31/10/2026", "2026-10-31"),
            ("expires on 3 Hydref 2026", "2026-10-03"),
            ("until Chwefror 2028", "2028-02-29"),
            ("renewal due in March 2027; seen 31/10/2022", "2027-03-31"),
            ("valid from 1 March 2024 - 28 Feb 2027", "2027-02-28"),
            ("expires on the 3rd October 2026, by letter of 4 May 2027", "2026-10-03"),
        ];
        for (text, expected) in cases {
            assert_eq!(end(text).map(|day| day.to_string()).as_deref(), Some(expected), "{text}");
        }
        for text in [
            "",
            "until September",
            "until 31/09/2025",
            "certificate 36634",
            "ISO 9001:2015",
            "31/02/2026",
            "2026",
            "in May",
            "ISO 9001:2015, certificate 12/345",
            "we may 2 be",
            "Review of provision, June 2022",
            "seen 31.12.2025",
            "Referrals to employers. Minutes of the employer forum, October 2022",
            "signed by the chair, 31/10/2022",
            "due diligence of 31/10/2022",
            "minutes - October 2022",
            "a valid sample was seen on 31/10/2022",
            "letter to the Board of 31/10/2022",
            "the end of year review, 31/10/2022",
        ] {
            assert_eq!(end(text), None, "{text}");
        }
    }
}
