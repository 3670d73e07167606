//! Numbers written as figures times a power of ten: `4.57E+04`.
//!
//! As many places as a section has before the point, so many powers go together: `##0.0E+0` shows 12345 as `12.3E+3`. Figures
//! that round up to the next of these powers are shown by it, and nought by the power nought.

use ssfmt::ast::FormatPart;

use super::fixed_point;
use crate::exact::Exact;

/// Returns what the parts of a section show of a number without its sign; `None` where they show no power of ten, and for what is
/// no finite number.
pub(super) fn written(parts: &[FormatPart], number: f64) -> Option<String> {
    let at = parts.iter().position(|part| matches!(part, FormatPart::Scientific { .. }))?;
    let (figures, power) = (&parts[..at], &parts[at + 1..]);
    let (mantissa, exponent) = split(figures, number)?;
    let mantissa = fixed_point::written(figures, &mantissa)?;
    let exponent_figures = fixed_point::written(power, &Exact::from(i64::from(exponent.abs())))?;
    Some(mantissa + sign(&parts[at], exponent) + &exponent_figures)
}

/// Returns the letter between a number's figures and its power of ten, with the sign that the power has.
fn sign(part: &FormatPart, exponent: i32) -> &'static str {
    let FormatPart::Scientific { upper, show_plus } = part else { return "" };
    match (upper, exponent < 0, show_plus) {
        (true, true, _) => "E-",
        (false, true, _) => "e-",
        (true, false, true) => "E+",
        (false, false, true) => "e+",
        (true, false, false) => "E",
        (false, false, false) => "e",
    }
}

/// Splits a number into figures that have their places, and the power of ten that they are times.
fn split(figures: &[FormatPart], number: f64) -> Option<(Exact, i32)> {
    let point = figures.iter().position(|part| *part == FormatPart::DecimalPoint).unwrap_or(figures.len());
    let places = |parts: &[FormatPart]| parts.iter().filter(|part| matches!(part, FormatPart::Digit(_))).count();
    let together = i32::try_from(places(&figures[..point]).max(1)).ok()?;
    let decimals = u32::try_from(places(&figures[point..])).ok()?;
    // Fifteen digits, as spreadsheets count.
    let written = format!("{:.14e}", number.abs());
    let (mantissa, exponent) = written.split_once('e')?;
    let (mantissa, exponent): (Exact, i32) = (mantissa.parse().ok()?, exponent.parse().ok()?);
    let before = exponent.rem_euclid(together);
    let (mantissa, exponent) = (mantissa * ten_to(before), exponent - before);
    let next = ten_to(together);
    let is_next = mantissa.rounded(decimals) >= next;
    if is_next { Some((mantissa.divided_by(&next)?, exponent + together)) } else { Some((mantissa, exponent)) }
}

/// Returns ten to a power, which is no more than the places of a code.
fn ten_to(power: i32) -> Exact {
    (0..power).fold(Exact::one(), |product, _| product * Exact::from(10))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(code: &str, number: f64) -> Option<String> {
        let code = ssfmt::NumberFormat::parse(code).unwrap();
        written(&code.sections()[0].parts, number)
    }

    #[test]
    fn figures_have_their_places_and_the_power_its_own() {
        let cases = [
            ("0.00E+00", 45_658.25, "4.57E+04"),
            ("0.00E+00", 0.0, "0.00E+00"),
            ("0.00E+00", 9_999_999_999_990.0, "1.00E+13"),
            ("0.00E+00", 0.75, "7.50E-01"),
            ("##0.0E+0", 0.0, "0.0E+0"),
            ("##0.0E+0", 0.75, "750.0E-3"),
            ("##0.0E+0", 12_345.0, "12.3E+3"),
            ("##0.0E+0", 999_960.0, "1.0E+6"),
            ("##0.0E+0", 999_940.0, "999.9E+3"),
            ("0.0E-0", 45_658.25, "4.6E4"),
            ("0.0E-0", 0.045, "4.5E-2"),
            ("0.0E+000", 1e-300, "1.0E-300"),
            ("0.0E+000", 45_658.25, "4.6E+004"),
            ("0.0E+0", 0.25e-7, "2.5E-8"),
            ("0E+0", 2.5, "3E+0"),
            ("0E+0", 8.5e20, "9E+20"),
            ("0.0E+0\" kg\"", 1500.0, "1.5E+3 kg"),
            ("\"about \"0.0E+0", 1500.0, "about 1.5E+3"),
        ];
        for (code, number, expected) in cases {
            assert_eq!(shown(code, number).as_deref(), Some(expected), "{code} of {number}");
        }
    }

    #[test]
    fn what_has_no_power_of_ten_is_for_others() {
        for (code, number) in
            [("0.0", 3.0), ("dd/mm/yyyy", 3.0), ("# ?/?", 3.0), ("0E+0", f64::INFINITY), ("0E+0", f64::NAN)]
        {
            assert_eq!(shown(code, number), None, "{code} of {number}");
        }
    }
}
