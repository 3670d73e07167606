//! Numbers that were typed as text.
//!
//! What only ends in a mark (`3*`, `3²`, `3?`) is no number. A stop before three digits can part thousands or decimals, so that
//! such a text has two readings; a comma there parts thousands, as forms in English have it.

use super::currency;
use crate::exact::{Exact, fifteen_digits};
use crate::wording::plain;

/// Words that people write after a percentage.
const PERCENT: [&str; 3] = ["%", "per cent", "percent"];

/// The most letters of a number: no person types more, and to count with such costs more than all else.
const LONGEST: usize = 400;

/// Returns the one number that a text can mean: digits of any script, blanks round it, a decimal comma.
pub(super) fn parse(text: &str) -> Option<Exact> {
    only(readings(text))
}

/// Returns the numbers that a text can mean: none, one, or two where a stop may part thousands or decimals.
pub(super) fn readings(text: &str) -> Vec<Exact> {
    let plain = plain(text);
    let (is_negative, size) = signed(plain.trim_start_matches('\'').trim());
    with_sign(is_negative, sizes(size))
}

/// Returns the numbers that an amount can mean, which may carry its sign and stand in brackets where it is below nought:
/// `42%`, `£12.50`, `1500 GBP`, `(5)`, `5-`.
pub(super) fn readings_of_amount(text: &str) -> Vec<Exact> {
    let plain = plain(text);
    let bare = without_signs(plain.trim_start_matches('\''));
    let inside = bare.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let (is_negative, size) = match inside {
        Some(inside) => (true, without_signs(inside)),
        None => signed(bare),
    };
    let (is_below, size) = if is_negative { (true, size) } else { signed(without_signs(size)) };
    with_sign(is_below, sizes(without_signs(size)))
}

/// Returns the numbers that a text can mean in which words stand before or after it, `0.50k`, `SE-0032`; none where they stand
/// among its digits.
pub(super) fn readings_among_words(text: &str) -> Vec<Exact> {
    let plain = plain(text);
    let is_digit = |c: char| c.is_ascii_digit();
    let ends = plain.find(is_digit).zip(plain.rfind(is_digit));
    ends.map_or_else(Vec::new, |(first, last)| readings(&plain[first..=last]))
}

/// Whether a text says that it is a percentage.
pub(super) fn is_in_percent(text: &str) -> bool {
    let words = plain(text).to_lowercase();
    PERCENT.iter().any(|percent| words.contains(percent))
}

/// Whether a text is a number with a mark after it, so that the number isn't all that it says: `38*`, `38²`, `38?`.
pub(super) fn is_marked(text: &str) -> bool {
    let plain = plain(text);
    let bare = plain.trim_end_matches(|c: char| !c.is_ascii_digit() && !c.is_alphabetic());
    readings(text).is_empty() && bare.len() < plain.len() && !is_in_percent(text) && !readings(bare).is_empty()
}

/// Returns a number as findings name it that quote how it is written; nobody knows a long decimal as a fraction.
pub(super) fn named(number: &Exact) -> String {
    if number.to_string().contains('/') { "a number".to_owned() } else { format!("the number {number}") }
}

/// Returns a number as it may be typed.
pub(super) fn shown(number: &Exact) -> String {
    let plain = number.to_string();
    if plain.contains('/') { fifteen_digits(number.to_float()).to_string() } else { plain }
}

/// Returns the one of several numbers, where there is one only.
fn only(numbers: Vec<Exact>) -> Option<Exact> {
    let mut numbers = numbers.into_iter();
    numbers.next().filter(|_| numbers.next().is_none())
}

/// Turns numbers below nought.
fn with_sign(is_negative: bool, sizes: Vec<Exact>) -> Vec<Exact> {
    let turned = |size: Exact| if is_negative { -size } else { size };
    sizes.into_iter().map(turned).collect()
}

/// Splits a plus or minus off, which may stand before the number, a minus also after it. The dash of a whole amount, `500.-`,
/// is none.
fn signed(text: &str) -> (bool, &str) {
    let whole = text.trim_end_matches('-');
    if let Some(whole) = whole.strip_suffix(['.', ',']).filter(|_| whole.len() < text.len()) {
        return (false, whole);
    }
    let minus = text.strip_prefix('-').or_else(|| text.strip_suffix('-'));
    (minus.is_some(), minus.or_else(|| text.strip_prefix('+')).unwrap_or(text).trim())
}

/// Drops a percentage's words from the end, and a currency from either end.
fn without_signs(text: &str) -> &str {
    let text = text.trim();
    let small = text.to_lowercase();
    let length = PERCENT.iter().find_map(|percent| small.strip_suffix(percent)).map(str::len);
    // Words for a percentage are as long in capitals.
    let text = length.and_then(|length| text.get(..length)).unwrap_or(text).trim_end();
    currency::without(text)
}

/// Returns the numbers that digits with stops, commas, blanks and apostrophes between them can mean.
fn sizes(text: &str) -> Vec<Exact> {
    if text.len() > LONGEST {
        return Vec::new();
    }
    let number = |text: String| text.parse::<Exact>().ok();
    let Some(at) = text.rfind(['.', ',']) else {
        return whole(text, &[' ', '\'']).and_then(number).into_iter().collect();
    };
    let (before, after) = (&text[..at], &text[at + 1..]);
    let (sign, other) = if text[at..].starts_with('.') { ('.', ',') } else { (',', '.') };
    if before.contains(sign) {
        return whole(text, &[sign]).and_then(number).into_iter().collect();
    }
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let whole_part = if before.is_empty() { Some("0".to_owned()) } else { whole(before, &[other, ' ', '\'']) };
    let Some(whole_part) =
        whole_part.filter(|_| is_digits(after) && (sign == '.' || !after.is_empty()) && text.len() > 1)
    else {
        return Vec::new();
    };
    let decimal = number(format!("{whole_part}.{}", if after.is_empty() { "0" } else { after }));
    let parts_thousands = after.len() == 3 && is_digits(before) && (1..=3).contains(&before.len());
    let thousands = number(format!("{whole_part}{after}")).filter(|_| parts_thousands && !before.starts_with('0'));
    match (sign, thousands) {
        (',', Some(thousands)) => vec![thousands],
        (_, thousands) => decimal.into_iter().chain(thousands).collect(),
    }
}

/// Returns the digits of a whole number, which one of these signs may part into threes.
fn whole(text: &str, signs: &[char]) -> Option<String> {
    let sign = text.chars().find(|c| signs.contains(c));
    let groups: Vec<&str> = sign.map_or_else(|| vec![text], |sign| text.split(sign).collect());
    let is_group = |group: &str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
    let (first, rest) = groups.split_first()?;
    let is_parted = rest.is_empty() || (first.len() <= 3 && rest.iter().all(|group| group.len() == 3));
    (is_parted && groups.iter().all(|group| is_group(group))).then(|| groups.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(numbers: &[Exact]) -> String {
        let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
        numbers.join(" or ")
    }

    #[test]
    fn numbers_typed_as_text_are_read() {
        let cases = [
            ("2", "2"),
            ("\u{ff12}", "2"),
            ("\u{663}", "3"),
            ("2.0", "2"),
            ("2.", "2"),
            (".5", "0.5"),
            (" 2\u{a0}", "2"),
            ("2,5", "2.5"),
            ("2,50", "2.5"),
            ("1,200", "1200"),
            ("0,500", "0.5"),
            ("0.500", "0.5"),
            ("'3", "3"),
            ("-1", "-1"),
            ("\u{2212}1", "-1"),
            ("+1", "1"),
            ("5-", "-5"),
            ("500.-", "500"),
            ("500,-", "500"),
            ("1'500.\u{2013}", "1500"),
            ("500.--", "500"),
            ("1.500,00", "1500"),
            ("1,500.00", "1500"),
            ("1,500.", "1500"),
            ("1 500,00", "1500"),
            ("1\u{202f}500", "1500"),
            ("1'500.00", "1500"),
            ("1\u{2019}500", "1500"),
            ("1.500.000", "1500000"),
            ("1,500,000", "1500000"),
            ("1.500.000,5", "1500000.5"),
            ("1500.000", "1500"),
            ("1500,000", "1500"),
            ("1.500", "1.5 or 1500"),
            ("12.345", "12.345 or 12345"),
            ("-1.500", "-1.5 or -1500"),
        ];
        for (written, expected) in cases {
            assert_eq!(shown(&readings(written)), expected, "{written}");
        }
    }

    #[test]
    fn no_number_is_named_as_a_fraction() {
        for (written, name, expected) in
            [("3", "the number 3", "3"), ("2.5", "the number 2.5", "2.5"), ("2.9999999999999996", "a number", "3")]
        {
            let number = parse(written).expect("it is a number");
            assert_eq!((named(&number).as_str(), super::shown(&number).as_str()), (name, expected), "{written}");
        }
    }

    #[test]
    fn signs_of_percent_and_money_are_read_over() {
        let cases = [
            ("42%", "42"),
            ("42 %", "42"),
            ("42 per cent", "42"),
            ("42 Percent", "42"),
            ("£12.50", "12.5"),
            ("\u{ffe1}12.50", "12.5"),
            ("€ 9", "9"),
            ("9 €", "9"),
            ("$9", "9"),
            ("1500 GBP", "1500"),
            ("GBP 1,500.00", "1500"),
            ("EUR1.500,00", "1500"),
            ("£1.500", "1.5 or 1500"),
            ("7", "7"),
            ("(5)", "-5"),
            ("(£5.00)", "-5"),
            ("£(5.00)", "-5"),
            ("-£5", "-5"),
            ("£-5", "-5"),
            ("£5-", "-5"),
            ("£500.-", "500"),
            ("500.- GBP", "500"),
            ("£42,500.00", "42500"),
            ("US$ 500", "500"),
            ("500 CHF", "500"),
            ("500 pounds", "500"),
            ("--5", ""),
            ("£", ""),
            ("£5k", ""),
            ("(5", ""),
        ];
        for (written, expected) in cases {
            assert_eq!(shown(&readings_of_amount(written)), expected, "{written}");
        }
    }

    #[test]
    fn a_number_is_found_among_words() {
        let cases = [
            ("0.50k", "0.5"),
            ("SE-0032", "32"),
            ("about 1,500 a year", "1500"),
            ("Level 3", "3"),
            ("1 1/2", ""),
            ("1.23E+05", ""),
            ("3 of 5", ""),
            ("none", ""),
            ("", ""),
        ];
        for (written, expected) in cases {
            assert_eq!(shown(&readings_among_words(written)), expected, "{written}");
        }
    }

    #[test]
    fn a_text_of_more_digits_than_anybody_types_is_no_number() {
        let digits = |many: usize| format!("3.{}", "7".repeat(many));
        assert_eq!((readings(&digits(300)).len(), readings(&digits(32_000)).len()), (1, 0));
    }

    #[test]
    fn what_only_looks_like_a_number_is_none() {
        for written in [
            "two",
            "1-2",
            "2?",
            "1 or 2",
            "N/A",
            "",
            "2 - Substantial",
            "1/2",
            "1e3",
            "½",
            "3*",
            "3†",
            "3)",
            "(3)",
            "3 ²",
            "3²",
            "③",
            "Ⅲ",
            "3#",
            "3!",
            "12,34,567",
            "1,50,000",
            "1 50",
            "1,5,5",
            "1.2.3",
            ".",
            ",",
            "-",
            "+",
            "5--",
            "+5-",
            "1..5",
            "1 ,5",
            "2024-25",
            "1 500 50",
            ",",
            "3,",
        ] {
            assert_eq!(readings(written), [], "{written}");
        }
    }

    #[test]
    fn no_mark_after_a_number_goes_unseen() {
        let is_mark = |c: &char| {
            !c.is_alphanumeric() && !plain(&c.to_string()).is_empty() && !"-.".contains(plain(&c.to_string()).as_str())
        };
        for mark in ('!'..'\u{ffff}').filter(is_mark) {
            let written = format!("3{mark}");
            assert_eq!(readings(&written), [], "{written}");
        }
        for mark in "*?†‡§#!~)]^¹²³①½".chars() {
            assert!(is_marked(&format!("3{mark}")) && is_marked(&format!("38.5 {mark}")), "{mark}");
        }
        for written in ["38", "38%", "185 of 196", "Met", "1,500", "38 GBP", ""] {
            assert!(!is_marked(written), "{written}");
        }
    }
}
