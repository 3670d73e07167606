//! Lengths of OpenDocument, and how high rows and how wide columns are.

use crate::workbook::Span;

/// The units of lengths in the unit of drawings, of which an inch has 914,400.
const UNITS: [(&str, u64); 6] =
    [("pt", 12_700), ("cm", 360_000), ("mm", 36_000), ("in", 914_400), ("pc", 152_400), ("px", 9_525)];
/// The most digits after the point that are read.
const DIGITS: usize = 6;

/// Reads a length, in the unit of drawings; what lies before the beginning begins there. `None` where it is none.
pub(super) fn length(text: &str) -> Option<u64> {
    let (number, unit) = UNITS.iter().find_map(|(name, unit)| Some((text.trim().strip_suffix(name)?.trim(), unit)))?;
    let is_before = number.starts_with('-');
    let (whole, part) = number.trim_start_matches('-').split_once('.').unwrap_or((number.trim_start_matches('-'), ""));
    let part = part.get(..part.len().min(DIGITS))?;
    let digits = format!("{whole}{part}").parse::<u64>().ok().filter(|_| !whole.starts_with('+'))?;
    let read = digits.checked_mul(*unit)? / 10_u64.pow(u32::try_from(part.len()).ok()?);
    Some(if is_before { 0 } else { read })
}

/// Rows or columns, those that follow each other together, with how high or wide each is.
#[derive(Debug)]
pub(super) struct Runs {
    runs: Vec<(Span, u64)>,
    usual: u64,
}

impl Runs {
    /// Begins with none; those of which nothing is known are of the usual size.
    pub(super) const fn of_usual(usual: u64) -> Self {
        Self { runs: Vec::new(), usual }
    }

    /// Adds some, each of a size; `None` for the usual one.
    pub(super) fn add(&mut self, span: Span, size: Option<u64>) {
        self.runs.push((span, size.unwrap_or(self.usual)));
    }

    /// Returns how far from the beginning a row or column, from one, begins.
    pub(super) fn begin(&self, number: u32) -> u64 {
        let before = self.runs.iter().filter(|(span, _)| span.first < number);
        let (known, length) = before.fold((0, 0_u64), |(_, length), (span, size)| {
            let last = span.last.min(number - 1);
            (last, length.saturating_add(u64::from(last - span.first + 1).saturating_mul(*size)))
        });
        length.saturating_add(u64::from(number - 1 - known).saturating_mul(self.usual))
    }

    /// Returns the row or column, from nought, in which something lies so far from the beginning, and how far into it.
    pub(super) fn at(&self, far: u64) -> Option<(u32, u64)> {
        let (mut left, mut next) = (far, 1);
        for (span, size) in &self.runs {
            let whole = u64::from(span.last - span.first + 1).checked_mul(*size)?;
            if left < whole {
                return Some((span.first - 1 + u32::try_from(left / size).ok()?, left % size));
            }
            (left, next) = (left - whole, span.last.saturating_add(1));
        }
        Some((next - 1 + u32::try_from(left / self.usual).ok()?, left % self.usual))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_in_every_unit() {
        for (text, expected) in [
            ("1in", Some(914_400)),
            ("2.54cm", Some(914_400)),
            (" 25.4 mm", Some(914_400)),
            ("72pt", Some(914_400)),
            ("6pc", Some(914_400)),
            ("96px", Some(914_400)),
            ("0.0000001in", Some(0)),
            ("-0.5cm", Some(0)),
            ("tall", None),
            ("cm", None),
            ("1.5", None),
            ("99999999999999999in", None),
        ] {
            assert_eq!(length(text), expected, "{text}");
        }
    }

    #[test]
    fn places_are_found_in_runs_of_rows() {
        let mut rows = Runs::of_usual(10);
        rows.add(Span { first: 1, last: 4 }, None);
        rows.add(Span { first: 5, last: 5 }, Some(0));
        rows.add(Span { first: 6, last: 7 }, Some(30));
        for (far, expected) in [(0, (0, 0)), (39, (3, 9)), (40, (5, 0)), (75, (6, 5)), (100, (7, 0)), (119, (8, 9))] {
            assert_eq!(rows.at(far), Some(expected), "{far}");
            assert_eq!(rows.begin(expected.0 + 1) + expected.1, far);
        }
    }
}
