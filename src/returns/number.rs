//! Numbers that were typed as text.

use unicode_normalization::UnicodeNormalization;

use crate::exact::Exact;

/// Reads a text as a number: full-width digits, blanks round it, a decimal comma; `None` where it is anything else.
pub(super) fn parse(text: &str) -> Option<Exact> {
    let plain: String = text.nfkc().collect();
    let plain = plain.trim().trim_start_matches('\'').trim();
    let plain = if plain.contains('.') { plain.replace(',', "") } else { decimal_comma(plain) };
    let looks_plain = plain.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+'));
    plain.parse().ok().filter(|_| looks_plain)
}

/// Reads a text as a number that may carry its sign: `42%`, `£12.50`.
pub(super) fn parse_signed(text: &str) -> Option<Exact> {
    parse(text.trim().trim_end_matches('%').trim_start_matches(['£', '€', '$']))
}

/// Reads a text as a number that may carry the unit in which it is measured: `18 weeks`, `1 week`.
pub(super) fn parse_measured(text: &str, unit: &str) -> Option<Exact> {
    let words = text.trim().to_lowercase();
    let one = unit.strip_suffix('s').unwrap_or(unit);
    let number = [unit, one].iter().filter(|unit| !unit.is_empty()).find_map(|unit| words.strip_suffix(*unit));
    parse_signed(number.unwrap_or(&words))
}

/// Turns a decimal comma into a point, and drops commas between thousands.
fn decimal_comma(text: &str) -> String {
    match text.rsplit_once(',') {
        Some((whole, decimals)) if decimals.len() != 3 && !whole.contains(',') => format!("{whole}.{decimals}"),
        Some(_) => text.replace(',', ""),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_typed_as_text_are_read() {
        let cases = [
            ("2", "2"),
            ("\u{ff12}", "2"),
            ("2.0", "2"),
            (" 2\u{a0}", "2"),
            ("2,5", "2.5"),
            ("1,200", "1200"),
            ("'3", "3"),
            ("-1", "-1"),
        ];
        for (written, expected) in cases {
            assert_eq!(parse(written).map(|number| number.to_string()).as_deref(), Some(expected), "{written}");
        }
    }

    #[test]
    fn signs_of_percent_and_money_are_read_over() {
        for (written, expected) in [("42%", "42"), ("42 %", "42"), ("£12.50", "12.5"), ("€ 9", "9"), ("7", "7")] {
            assert_eq!(parse_signed(written).map(|number| number.to_string()).as_deref(), Some(expected), "{written}");
        }
    }

    #[test]
    fn units_of_the_measure_are_read_over_and_no_others() {
        let cases = [("18 weeks", Some("18")), ("18.5 Weeks", Some("18.5")), ("1 week", Some("1")), ("7", Some("7"))];
        for (written, expected) in
            cases.into_iter().chain([("18 days", None), ("weeks", None), ("about 18 weeks", None)])
        {
            let number = parse_measured(written, "weeks").map(|number| number.to_string());
            assert_eq!(number.as_deref(), expected, "{written}");
        }
        assert_eq!(parse_measured("42 %", "%"), Some(42.into()));
    }

    #[test]
    fn what_only_looks_like_a_number_is_none() {
        for written in ["two", "1-2", "2?", "1 or 2", "N/A", "", "2 - Substantial", "1/2", "1e3", "½"] {
            assert_eq!(parse(written), None, "{written}");
        }
    }
}
