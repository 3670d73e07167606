//! Numbers as people write them, with their nouns and units.

use crate::exact::Exact;

/// Returns a number with its noun: "1 criterion", "no criteria", "12 criteria".
pub(crate) fn count(number: usize, one: &str, many: &str) -> String {
    counted(&Exact::from(number), one, many)
}

/// Returns an exact number with its noun: "no learners", "1 learner", "1,200 learners".
pub(crate) fn counted(number: &Exact, one: &str, many: &str) -> String {
    if number.is_zero() { format!("no {many}") } else { in_figures(number, one, many) }
}

/// Returns a number in figures with its noun, nought too: "0 files", "1 file".
pub(crate) fn number_of(number: usize, one: &str, many: &str) -> String {
    in_figures(&Exact::from(number), one, many)
}

fn in_figures(number: &Exact, one: &str, many: &str) -> String {
    let noun = if *number == Exact::one() { one } else { many };
    let shown = if number.is_whole() { amount(number) } else { number.to_string() };
    format!("{shown} {noun}")
}

/// Returns the singular for one, else the plural.
pub(crate) fn agree<'a>(number: usize, one: &'a str, many: &'a str) -> &'a str {
    if number == 1 { one } else { many }
}

/// Returns a number with commas between thousands, as the season workbook has it too.
pub(crate) fn thousands(number: usize) -> String {
    Exact::from(number).to_grouped(0)
}

/// Returns a number of things that statistics hold, whole and with commas between thousands.
pub(crate) fn amount(value: &Exact) -> String {
    value.to_grouped(0)
}

/// Returns a number with at most `places` decimals and no idle noughts: "93.71", "80".
pub(crate) fn number(value: &Exact, places: u32) -> String {
    let fixed = value.to_fixed(places);
    let short = if fixed.contains('.') { fixed.trim_end_matches('0').trim_end_matches('.') } else { &fixed };
    if short == "-0" { "0".to_owned() } else { short.replace('-', "\u{2212}") }
}

/// Returns a number with as many decimals whether they are noughts or not, and with a true minus: "0.50", "-1.25".
pub(crate) fn fixed(value: &Exact, places: u32) -> String {
    value.to_fixed(places).replace('-', "\u{2212}")
}

/// Returns a number with as many decimals and its sign: "+1.5", "-0.5"; none where it is rounded to nought.
pub(crate) fn signed(value: &Exact, places: u32) -> String {
    let is_up = value.rounded(places) > Exact::zero();
    if value.rounded(places).is_zero() {
        return value.abs().to_fixed(places);
    }
    format!("{}{}", if is_up { "+" } else { "" }, fixed(value, places))
}

/// Returns a share from nought to one in per cent, whole: "13%".
pub(crate) fn percent(share: &Exact) -> String {
    format!("{}%", number(&(share * &Exact::from(100)), 0))
}

/// Returns a number with its unit: "93.71%", "12 points".
pub(crate) fn measured(value: &Exact, unit: &str, places: u32) -> String {
    let shown = number(value, places);
    match unit {
        "" => shown,
        "%" => format!("{shown}%"),
        // Units are named in the plural: "points", "requirements".
        unit if *value == Exact::one() => format!("{shown} {}", singular(unit)),
        unit => format!("{shown} {unit}"),
    }
}

/// Returns a unit that is named in the plural as one of it is called: "point", "non-conformity", "box".
fn singular(unit: &str) -> String {
    if let Some(stem) = unit.strip_suffix("ies").filter(|stem| stem.chars().count() > 1) {
        return format!("{stem}y");
    }
    let hisses = ["sses", "shes", "ches", "xes"].iter().any(|end| unit.ends_with(end));
    let shorter =
        if hisses { unit.strip_suffix("es") } else { unit.strip_suffix('s').filter(|one| !one.ends_with('s')) };
    shorter.unwrap_or(unit).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_follow_their_number() {
        for (number, expected) in
            [(0, "no returns"), (1, "1 return"), (2, "2 returns"), (1234, "1,234 returns"), (12_345, "12,345 returns")]
        {
            assert_eq!(count(number, "return", "returns"), expected);
        }
    }

    #[test]
    fn one_of_a_unit_is_called_by_its_singular() {
        for (unit, expected) in [
            ("points", "1 point"),
            ("non-conformities", "1 non-conformity"),
            ("breaches", "1 breach"),
            ("boxes", "1 box"),
            ("losses", "1 loss"),
            ("ties", "1 tie"),
            ("stress", "1 stress"),
            ("houses", "1 house"),
            ("%", "1%"),
            ("", "1"),
        ] {
            assert_eq!(measured(&Exact::one(), unit, 0), expected);
        }
    }

    #[test]
    fn numbers_carry_no_idle_noughts() {
        for (written, places, expected) in [
            ("656/7", 2, "93.71"),
            ("80", 1, "80"),
            ("0.5", 1, "0.5"),
            ("-3", 0, "\u{2212}3"),
            ("-1/1000", 1, "0"),
            ("100", 0, "100"),
        ] {
            assert_eq!(number(&written.parse().unwrap(), places), expected, "{written}");
        }
    }

    #[test]
    fn amounts_have_commas_between_thousands() {
        for (written, expected) in
            [("0", "0"), ("999", "999"), ("1730", "1,730"), ("1234567", "1,234,567"), ("-5", "-5")]
        {
            assert_eq!(amount(&written.parse().unwrap()), expected);
        }
    }

    #[test]
    fn signs_are_those_of_print() {
        for (written, expected) in [("1.25", "+1.3"), ("-3", "\u{2212}3.0"), ("0.04", "0.0"), ("-0.04", "0.0")] {
            assert_eq!(signed(&written.parse().unwrap(), 1), expected, "{written}");
        }
        assert_eq!(fixed(&"-1/2".parse().unwrap(), 2), "\u{2212}0.50");
    }
}
