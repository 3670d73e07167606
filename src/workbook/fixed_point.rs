//! Numbers written in figures: the digits of a number, put where a section of a number format has places for them.
//!
//! A section shows a number by as many decimals as it has places, halves rounded away from nought, and by all the digits that it
//! has before the point. What only aligns columns is a blank.

use ssfmt::ast::{DigitPlaceholder, FormatPart, Section};

use crate::exact::Exact;

/// How a section writes numbers in figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Places {
    /// The places before the point.
    whole: usize,
    /// Those behind it.
    decimals: usize,
    /// Whether commas stand between thousands.
    is_grouped: bool,
    /// How often the number is divided by a thousand.
    thousands: usize,
    /// How often it is taken as hundredths.
    hundreds: usize,
}

/// Returns what a section shows of a number without its sign; `None` where it writes numbers otherwise than in figures.
pub(super) fn written(section: &Section, number: &Exact) -> Option<String> {
    let places = Places::of(section)?;
    let fixed = places.scaled(number)?.to_fixed(u32::try_from(places.decimals).ok()?);
    let (whole, decimals) = fixed.split_once('.').unwrap_or((&fixed, ""));
    // Nought before the point is shown where a place asks for it.
    let mut writing =
        Writing { places, whole: whole.trim_start_matches('0'), decimals, passed: 0, text: String::new() };
    let mut is_behind = false;
    for part in &section.parts {
        if let FormatPart::Digit(kind) = part {
            if is_behind { writing.decimal(*kind) } else { writing.whole(*kind) }
        } else if *part == FormatPart::DecimalPoint {
            is_behind = true;
            writing.point();
        } else {
            writing.text.push_str(&aside(part));
        }
    }
    Some(writing.text)
}

/// Returns what a part shows that is no place for a digit.
fn aside(part: &FormatPart) -> String {
    match part {
        FormatPart::Literal(text) | FormatPart::EscapedLiteral(text) => text.clone(),
        FormatPart::Locale(locale) => locale.currency.clone().unwrap_or_default(),
        FormatPart::Percent => "%".to_owned(),
        FormatPart::Skip(_) => " ".to_owned(),
        FormatPart::Digit(_)
        | FormatPart::DecimalPoint
        | FormatPart::ThousandsSeparator
        | FormatPart::Scientific { .. }
        | FormatPart::Fraction { .. }
        | FormatPart::DatePart(_)
        | FormatPart::AmPm(_)
        | FormatPart::Elapsed(_)
        | FormatPart::TextPlaceholder
        | FormatPart::Fill(_)
        | FormatPart::GeneralNumber => String::new(),
    }
}

/// Whether a part makes a section write numbers otherwise than in figures.
fn is_other(part: &FormatPart) -> bool {
    let is_special = matches!(
        part,
        FormatPart::Scientific { .. }
            | FormatPart::Fraction { .. }
            | FormatPart::GeneralNumber
            | FormatPart::TextPlaceholder
    );
    is_special || part.is_date_part()
}

impl Places {
    /// Returns the places of a section; `None` where it has none, or writes numbers otherwise.
    fn of(section: &Section) -> Option<Self> {
        let parts = &section.parts;
        let is_digit = |part: &FormatPart| matches!(part, FormatPart::Digit(_));
        let last = parts.iter().rposition(is_digit)?;
        if parts.iter().any(is_other) {
            return None;
        }
        let point = parts.iter().position(|part| *part == FormatPart::DecimalPoint).unwrap_or(parts.len());
        let count =
            |parts: &[FormatPart], is: &dyn Fn(&FormatPart) -> bool| parts.iter().filter(|part| is(part)).count();
        let is_comma = |part: &FormatPart| *part == FormatPart::ThousandsSeparator;
        let (before, behind) = parts.split_at(point);
        // Commas behind the last place before the point, or behind the last of all, divide; others stand between thousands.
        let end = before.iter().rposition(is_digit).map_or(0, |at| at + 1);
        let at_point = count(&before[end..], &is_comma);
        let at_end = if last < point { 0 } else { count(&parts[last + 1..], &is_comma) };
        Some(Self {
            whole: count(before, &is_digit),
            decimals: count(behind, &is_digit),
            is_grouped: count(&before[..end], &is_comma) > 0,
            thousands: at_point + at_end,
            hundreds: count(parts, &|part| *part == FormatPart::Percent),
        })
    }

    /// Returns a number without its sign as its digits are shown.
    fn scaled(&self, number: &Exact) -> Option<Exact> {
        const MOST: usize = 8;
        let scale = |count: usize, of: i64| (0..count.min(MOST)).fold(Exact::one(), |scale, _| scale * Exact::from(of));
        (number.abs() * scale(self.hundreds, 100)).divided_by(&scale(self.thousands, 1000))
    }
}

/// A number while it is written.
struct Writing<'a> {
    places: Places,
    /// The digits before the point, without noughts at their beginning.
    whole: &'a str,
    decimals: &'a str,
    /// How many places before the point are passed.
    passed: usize,
    text: String,
}

impl Writing<'_> {
    /// Writes what stands at the next place before the point; the first has all digits for which there is no place.
    fn whole(&mut self, kind: DigitPlaceholder) {
        let left = self.places.whole - self.passed;
        let (all, first) = (self.whole.len(), self.passed == 0);
        self.passed += 1;
        for place in (left..=if first { all.max(left) } else { left }).rev() {
            match all.checked_sub(place).and_then(|at| self.whole.get(at..=at)) {
                Some(digit) => self.digit(digit, place),
                None if kind.is_required() => self.digit("0", place),
                None => self.text.extend(kind.empty_char()),
            }
        }
    }

    /// Writes a digit at a place, which counts from the point, with the comma behind it.
    fn digit(&mut self, digit: &str, place: usize) {
        self.text.push_str(digit);
        if self.places.is_grouped && place % 3 == 1 && place > 1 {
            self.text.push(',');
        }
    }

    /// Writes the point, and before it the digits for which there is no place.
    fn point(&mut self) {
        if self.places.whole == 0 {
            self.text.push_str(self.whole);
        }
        self.text.push('.');
    }

    /// Writes the next decimal; noughts at the end of them only where a place asks for them.
    fn decimal(&mut self, kind: DigitPlaceholder) {
        let Some((digit, rest)) = self.decimals.split_at_checked(1) else { return };
        let is_end = self.decimals.bytes().all(|digit| digit == b'0');
        self.decimals = rest;
        match kind.empty_char() {
            None if is_end => {}
            Some(empty) if is_end => self.text.push(empty),
            _ => self.text.push_str(digit),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(code: &str, number: f64) -> Option<String> {
        let code = ssfmt::NumberFormat::parse(code).unwrap();
        written(&code.sections()[0], &Exact::from_float(number).unwrap())
    }

    #[test]
    fn every_digit_is_put_where_there_is_a_place_for_it() {
        let cases = [
            ("0", 1234.0, "1234"),
            ("0", 0.0, "0"),
            ("#", 0.0, ""),
            ("000", 7.0, "007"),
            ("#,##0", 1_234_567.0, "1,234,567"),
            ("#,##0", 12.0, "12"),
            ("0,000", 12.0, "0,012"),
            ("#,##0.00", 0.005, "0.01"),
            (".00", 12.5, "12.50"),
            ("#.##", 0.25, ".25"),
            ("0.##", 3.0, "3."),
            ("0.0#", 3.25, "3.25"),
            ("0.0#", 3.0, "3.0"),
            ("0.??", 3.5, "3.5 "),
            ("??0", 5.0, "  5"),
            ("000-000-000", 123_456_789.0, "123-456-789"),
            ("0%", 0.5, "50%"),
            ("0,", 1500.0, "2"),
            ("0.0,,", 1_250_000.0, "1.3"),
            ("0,.0", 1250.0, "1.3"),
            ("\"£\"#,##0.00_)", 9.5, "£9.50 "),
            ("[$€-2] 0", 3.0, "€ 3"),
            ("0\" of \"0", 42.0, "4 of 2"),
            // More decimals, or more digits, than a machine's numbers have.
            ("0.0000000000000000", 2.671_828_182_845_91, "2.6718281828459100"),
            ("0.000000000000000000000", 1.011_903_770_796_296_2e-5, "0.000010119037707963000"),
            ("0", 412_721_197_309_241_024.0, "412721197309241000"),
            ("0.0", 2.5e40, "25000000000000000000000000000000000000000.0"),
            ("#,##0", 1e21, "1,000,000,000,000,000,000,000"),
        ];
        for (code, number, expected) in cases {
            assert_eq!(shown(code, number).as_deref(), Some(expected), "{code} of {number}");
        }
    }

    #[test]
    fn what_isn_t_written_in_figures_is_for_others() {
        for code in ["0.0E+0", "# ?/?", "dd/mm/yyyy", "General", "@", "\"a\""] {
            assert_eq!(shown(code, 3.0), None, "{code}");
        }
    }
}
