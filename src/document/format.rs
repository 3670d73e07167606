//! How numbers are written.

use crate::exact::Exact;
use crate::words::{amount, fixed, measured, number, percent, signed};

/// How a number is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Format {
    /// Whole, with commas between thousands.
    Whole,
    /// With so many decimals.
    Fixed(u32),
    /// With so many decimals, and its sign before it, of gains as of losses.
    Signed(u32),
    /// A share from nought to one, in per cent.
    Share,
    /// Per cent, from nought to a hundred, with at most so many decimals.
    Percent(u32),
    /// With at most so many decimals, of percentages with just so many, and behind them its unit: "12 points".
    Unit(u32, String),
    /// With just so many decimals, as measures beside each other, and behind them its unit: "20.0 weeks".
    Measured(u32, String),
    /// How likely something is by chance alone.
    Likelihood,
}

impl Format {
    /// Returns how figures over several totals are written: with a decimal more than none, since they lie between totals.
    pub fn of_totals(decimals: u32, unit: &str) -> Self {
        Self::Unit(decimals.max(1), unit.to_owned())
    }

    /// Returns a number as text.
    pub fn text(&self, value: &Exact) -> String {
        match self {
            Self::Whole => amount(value),
            Self::Fixed(places) => fixed(value, *places),
            Self::Signed(places) => signed(value, *places),
            Self::Share => percent(value),
            Self::Percent(places) => format!("{}%", number(value, *places)),
            Self::Unit(places, unit) if unit != "%" => measured(value, unit, *places),
            Self::Measured(0, unit) => measured(value, unit, 0),
            // Beside each other, percentages of a column have the same decimals.
            Self::Unit(places, unit) | Self::Measured(places, unit) => {
                let space = if unit == "%" { "" } else { " " };
                format!("{}{space}{unit}", fixed(value, *places))
            }
            Self::Likelihood if value.to_float() < 0.001 => "<\u{a0}0.001".to_owned(),
            Self::Likelihood => value.to_fixed(3),
        }
    }

    /// Returns what lies between two numbers as text, the unit once.
    pub fn range(&self, low: &Exact, high: &Exact) -> String {
        let (first, last) = (self.text(low), self.text(high));
        match self {
            Self::Whole | Self::Share | Self::Percent(_) => format!("{}\u{2013}{last}", first.trim_end_matches('%')),
            Self::Unit(places, unit) if unit != "%" => format!("{} to {last}", number(low, *places)),
            Self::Unit(places, _) | Self::Measured(places, _) => format!("{} to {last}", fixed(low, *places)),
            Self::Fixed(_) | Self::Signed(_) | Self::Likelihood => format!("{first} to {last}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_their_format_says() {
        let points = || Format::Unit(1, "points".to_owned());
        for (format, value, expected) in [
            (Format::Whole, "1234.4", "1,234"),
            (Format::Fixed(2), "-0.456", "\u{2212}0.46"),
            (Format::Signed(1), "2.25", "+2.3"),
            (Format::Signed(1), "-2.2", "\u{2212}2.2"),
            (Format::Signed(1), "-0.01", "0.0"),
            (Format::Share, "0.125", "13%"),
            (Format::Percent(1), "70", "70%"),
            (points(), "44.5", "44.5 points"),
            (points(), "44", "44 points"),
            (Format::Measured(1, "weeks".to_owned()), "20", "20.0 weeks"),
            (Format::Measured(0, "weeks".to_owned()), "1", "1 week"),
            (Format::Measured(0, "weeks".to_owned()), "20", "20 weeks"),
            (Format::Measured(1, "%".to_owned()), "45.87", "45.9%"),
            (Format::Likelihood, "0.0004", "<\u{a0}0.001"),
            (Format::Likelihood, "0.04", "0.040"),
        ] {
            assert_eq!(format.text(&value.parse().unwrap()), expected, "{format:?} of {value}");
        }
    }

    #[test]
    fn a_range_has_its_unit_once() {
        let [low, high]: [Exact; 2] = ["0.1", "0.25"].map(|value| value.parse().unwrap());
        for (format, expected) in [
            (Format::Share, "10\u{2013}25%"),
            (Format::Signed(1), "+0.1 to +0.3"),
            (Format::Unit(1, "points".to_owned()), "0.1 to 0.3 points"),
            (Format::Measured(2, "weeks".to_owned()), "0.10 to 0.25 weeks"),
        ] {
            assert_eq!(format.range(&low, &high), expected, "{format:?}");
        }
    }
}
