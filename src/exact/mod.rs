//! Exact numbers, from the cell to the band.
//!
//! An [`Exact`] is a rational of any size: sums, products and comparisons never round. A spreadsheet stores
//! numbers as binary floats; [`Exact::from_float`] is the one door in, and takes a float as the decimal of fifteen
//! digits that spreadsheets show for it, which is what the person saw. How a number is held is `fraction`'s
//! concern.

mod fraction;

use std::borrow::Cow;
use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Mul, Neg, Sub};
use std::str::FromStr;

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::Zero;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};

use fraction::Fraction;

/// The most decimals that a number is printed with; longer ones are printed as a fraction.
const SHORT: u32 = 6;

/// A rational number, exact.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Exact(Fraction);

/// Why a text is no exact number.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{0}` is not a decimal number or a fraction")]
pub struct NotExact(String);

impl Exact {
    /// Returns nought.
    pub fn zero() -> Self {
        Self(Fraction::from(0))
    }

    /// Returns one.
    pub fn one() -> Self {
        Self(Fraction::from(1))
    }

    /// Returns `numerator / denominator`, or `None` where the denominator is nought.
    pub fn ratio(numerator: impl Into<BigInt>, denominator: impl Into<BigInt>) -> Option<Self> {
        let denominator = denominator.into();
        (!denominator.is_zero()).then(|| Self(BigRational::new(numerator.into(), denominator).into()))
    }

    /// Takes a stored float as the decimal of up to fifteen digits that spreadsheets show for it; `None` for infinities
    /// and not-a-number.
    ///
    /// # Panics
    /// Never: a finite float always prints as a decimal.
    ///
    /// ```
    /// # use scrutineer::exact::Exact;
    /// assert_eq!(Exact::from_float(0.1 + 0.2).unwrap().to_string(), "0.3");
    /// ```
    pub fn from_float(value: f64) -> Option<Self> {
        if is_short_whole(value) {
            #[expect(clippy::cast_possible_truncation, reason = "a whole number that is small enough")]
            return Some(Self::from(value as i64));
        }
        value.is_finite().then(|| format!("{value:.14e}").parse().expect("a finite float prints as a decimal"))
    }

    /// Divides, or gives `None` where `divisor` is nought.
    pub fn divided_by(&self, divisor: &Self) -> Option<Self> {
        (!divisor.0.is_zero()).then(|| Self(self.0.over(&divisor.0)))
    }

    /// Whether this is nought.
    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    /// Whether this is below nought.
    pub fn is_negative(&self) -> bool {
        self.0.is_negative()
    }

    /// Whether this is a whole number.
    pub fn is_whole(&self) -> bool {
        self.0.is_whole()
    }

    /// Returns the whole number that this is, or `None` where it isn't one or is beyond 64 bits.
    pub fn to_whole(&self) -> Option<i64> {
        self.0.to_whole()
    }

    /// Returns what this is divided by in its lowest terms.
    #[must_use]
    pub fn denominator(&self) -> Self {
        Self(self.0.denominator())
    }

    /// Returns the nearest float, for statistics and charts.
    pub fn to_float(&self) -> f64 {
        self.0.to_float().unwrap_or(f64::NAN)
    }

    /// Returns the distance from nought.
    #[must_use]
    pub fn abs(&self) -> Self {
        if self.is_negative() { Self(self.0.negated()) } else { self.clone() }
    }

    /// Rounds to `places` decimals, halves away from nought, as a spreadsheet shows it.
    #[must_use]
    pub fn rounded(&self, places: u32) -> Self {
        let scale = power_of_ten(places);
        Self(self.0.times(&scale).rounded().over(&scale))
    }

    /// Prints as people read it, in decimals: few, but where only many tell it from a whole number.
    ///
    /// ```
    /// # use scrutineer::exact::Exact;
    /// let shown = |number: &str| number.parse::<Exact>().unwrap().to_decimals();
    /// assert_eq!(["16.5", "1/3", "499999999999/1000000000"].map(shown), ["16.5", "0.33", "499.999999999"]);
    /// ```
    pub fn to_decimals(&self) -> String {
        let plain = self.to_string();
        if !plain.contains('/') {
            return plain;
        }
        let places = [2, 6].into_iter().find(|places| !self.rounded(*places).is_whole()).unwrap_or(12);
        let fixed = self.to_fixed(places);
        if places > 2 { fixed.trim_end_matches('0').to_owned() } else { fixed }
    }

    /// Prints with exactly `places` decimals, rounded.
    pub fn to_fixed(&self, places: u32) -> String {
        let (scaled, _) = self.0.times(&power_of_ten(places)).rounded().terms();
        if places == 0 {
            return scaled;
        }
        let (sign, digits) = scaled.strip_prefix('-').map_or(("", scaled.as_str()), |digits| ("-", digits));
        let digits = format!("{digits:0>width$}", width = places as usize + 1);
        let (whole, decimals) = digits.split_at(digits.len() - places as usize);
        format!("{sign}{whole}.{decimals}")
    }

    /// Prints with exactly `places` decimals, rounded, and with commas between thousands: "11,500", "1,234.50".
    pub fn to_grouped(&self, places: u32) -> String {
        let fixed = self.to_fixed(places);
        let (sign, fixed) = fixed.strip_prefix('-').map_or(("", fixed.as_str()), |rest| ("-", rest));
        let (whole, decimals) = fixed.find('.').map_or((fixed, ""), |at| fixed.split_at(at));
        let mut grouped = String::from(sign);
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        grouped + decimals
    }

    /// Returns how many decimals print this exactly, or `None` where no finite number of them, or more than `most`, does.
    fn decimals(&self, most: u32) -> Option<u32> {
        (0..=most).find(|places| self.0.times(&power_of_ten(*places)).is_whole())
    }
}

/// Returns a float as spreadsheets count it: what fifteen digits say.
///
/// # Panics
/// Never: a float in fifteen digits always reads back.
pub fn fifteen_digits(value: f64) -> f64 {
    if is_short_whole(value) {
        return value;
    }
    if value.is_finite() { format!("{value:.14e}").parse().expect("a float prints as one") } else { value }
}

/// Whether a float is a whole number of no more than fifteen digits.
fn is_short_whole(value: f64) -> bool {
    const LONG: f64 = 1e15;
    value.abs() < LONG && value.fract() == 0.0
}

/// Returns ten to a power.
fn power_of_ten(places: u32) -> Fraction {
    Fraction::power_of_ten(i32::try_from(places).unwrap_or(i32::MAX))
}

impl FromStr for Exact {
    type Err = NotExact;

    /// Reads `-12.5`, `1e-3` or `656/7`.
    fn from_str(text: &str) -> Result<Self, NotExact> {
        let read = match text.split_once('/') {
            Some((above, below)) => whole(above).zip(whole(below)).and_then(|(above, below)| Self::ratio(above, below)),
            None => decimal(text),
        };
        read.ok_or_else(|| NotExact(text.to_owned()))
    }
}

/// Reads a whole number with an optional sign.
fn whole(text: &str) -> Option<BigInt> {
    text.trim().parse().ok()
}

/// Reads a decimal with an optional exponent.
fn decimal(text: &str) -> Option<Exact> {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (above, below) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = above.trim_start_matches(['-', '+']);
    let sound =
        !(digits.is_empty() && below.is_empty()) && digits.bytes().chain(below.bytes()).all(|b| b.is_ascii_digit());
    let shift = exponent.parse::<i32>().ok().filter(|e| e.abs() <= 400)? - i32::try_from(below.len()).ok()?;
    let number = sound.then(|| whole(&format!("{above}{below}"))).flatten()?;
    Some(Exact(Fraction::from(number).times(&Fraction::power_of_ten(shift))))
}

impl fmt::Display for Exact {
    /// Prints a decimal where it is finite and short, else a fraction.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(places) = self.decimals(SHORT) {
            return f.write_str(&self.to_fixed(places));
        }
        let (above, below) = self.0.terms();
        write!(f, "{above}/{below}")
    }
}

macro_rules! from_whole {
    ($($kind:ty),*) => { $(impl From<$kind> for Exact {
        fn from(value: $kind) -> Self {
            Self(i64::try_from(value).map_or_else(|_| BigInt::from(value).into(), Fraction::from))
        }
    })* };
}
from_whole!(i32, i64, u32, u64, usize);

macro_rules! operator {
    ($($operator:ident, $method:ident, $of:ident);*) => { $(
        impl $operator for Exact {
            type Output = Self;
            fn $method(self, other: Self) -> Self { Self(self.0.$of(&other.0)) }
        }
        impl $operator<&Exact> for &Exact {
            type Output = Exact;
            fn $method(self, other: &Exact) -> Exact { Exact(self.0.$of(&other.0)) }
        }
    )* };
}
operator!(Add, add, plus; Sub, sub, minus; Mul, mul, times);

impl Neg for Exact {
    type Output = Self;

    fn neg(self) -> Self {
        Self(self.0.negated())
    }
}

impl Sum for Exact {
    fn sum<I: Iterator<Item = Self>>(terms: I) -> Self {
        terms.fold(Self::zero(), |sum, term| sum + term)
    }
}

impl<'a> Sum<&'a Exact> for Exact {
    fn sum<I: Iterator<Item = &'a Exact>>(terms: I) -> Self {
        terms.fold(Self::zero(), |sum, term| &sum + term)
    }
}

impl Serialize for Exact {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Exact {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl JsonSchema for Exact {
    fn schema_name() -> Cow<'static, str> {
        "Exact".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        String::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_parted_by_commas() {
        for (number, places, expected) in [
            ("999", 0, "999"),
            ("1000", 0, "1,000"),
            ("-1234567.891", 2, "-1,234,567.89"),
            ("-100", 0, "-100"),
            ("0.5", 1, "0.5"),
        ] {
            assert_eq!(number.parse::<Exact>().unwrap().to_grouped(places), expected, "{number}");
        }
    }

    #[test]
    fn numbers_print_as_they_are_read() {
        let cases = [
            ("0", "0"),
            ("-2.50", "-2.5"),
            ("1e3", "1000"),
            ("1.5e-3", "0.0015"),
            ("656/7", "656/7"),
            ("26/4", "6.5"),
            ("+7", "7"),
            (".5", "0.5"),
            ("0.1234567", "1234567/10000000"),
        ];
        for (written, expected) in cases {
            assert_eq!(written.parse::<Exact>().unwrap().to_string(), expected, "{written}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for written in ["", "two", "1/0", "1.2.3", "--1", "1e", "NaN", "1 2", "."] {
            assert!(written.parse::<Exact>().is_err(), "{written}");
        }
    }

    #[test]
    fn a_float_is_its_shortest_decimal() {
        for (stored, expected) in
            [(0.1, "0.1"), (2.0, "2"), (0.15, "0.15"), (1e21, "1000000000000000000000"), (89.9, "89.9")]
        {
            assert_eq!(Exact::from_float(stored).unwrap().to_string(), expected);
        }
        assert_eq!(Exact::from_float(f64::NAN), None);
    }

    #[test]
    fn rounding_is_half_away_from_nought() {
        for (written, places, expected) in
            [("0.25", 1, "0.3"), ("-0.25", 1, "-0.3"), ("656/7", 2, "93.71"), ("5", 2, "5.00"), ("-1/3", 0, "0")]
        {
            assert_eq!(written.parse::<Exact>().unwrap().to_fixed(places), expected, "{written}");
        }
    }
}
