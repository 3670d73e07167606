//! A fraction in lowest terms: two machine words where they hold it, numbers of any size where they don't.
//!
//! Nearly every number of a return is small. [`Fraction`] works with those as machine words, tries each operation for
//! overflow, and goes over to numbers of any size only where one overflows. A value has one form alone: what fits into
//! machine words always lies in them, so equal values are equal in form.

use std::cmp::Ordering;

use num_bigint::BigInt;
use num_rational::{BigRational, Ratio};
use num_traits::{CheckedAdd, CheckedDiv, CheckedMul, CheckedSub, One, Pow, Signed, ToPrimitive, Zero};

/// A fraction in lowest terms, its denominator above nought.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Fraction {
    /// Both numbers lie in machine words; the least word, whose opposite is none, isn't used.
    Small(Ratio<i64>),
    /// At least one doesn't.
    Large(Box<BigRational>),
}

/// The four operations, each tried with machine words first.
macro_rules! operation {
    ($($name:ident, $checked:ident, $operator:tt, $doc:literal);*) => { $(
        #[doc = $doc]
        pub(super) fn $name(&self, other: &Self) -> Self {
            if let (Self::Small(one), Self::Small(two)) = (self, other)
                && let Some(result) = one.$checked(two).filter(|result| *result.numer() != i64::MIN)
            {
                return Self::Small(result);
            }
            Self::from(self.to_large() $operator other.to_large())
        }
    )* };
}

impl Fraction {
    operation!(
        plus, checked_add, +, "Adds.";
        minus, checked_sub, -, "Takes away.";
        times, checked_mul, *, "Multiplies.";
        over, checked_div, /, "Divides by what isn't nought."
    );

    /// Returns ten to a power.
    pub(super) fn power_of_ten(exponent: i32) -> Self {
        let small = u32::try_from(exponent.abs()).ok().and_then(|exponent| 10_i64.checked_pow(exponent));
        match small {
            Some(power) if exponent < 0 => Self::Small(Ratio::new_raw(1, power)),
            Some(power) => Self::from(power),
            None => Self::from(BigRational::from(BigInt::from(10)).pow(exponent)),
        }
    }

    /// Whether this is nought.
    pub(super) fn is_zero(&self) -> bool {
        matches!(self, Self::Small(ratio) if ratio.is_zero())
    }

    /// Whether this is below nought.
    pub(super) fn is_negative(&self) -> bool {
        match self {
            Self::Small(ratio) => *ratio.numer() < 0,
            Self::Large(ratio) => ratio.is_negative(),
        }
    }

    /// Whether this is a whole number.
    pub(super) fn is_whole(&self) -> bool {
        match self {
            Self::Small(ratio) => *ratio.denom() == 1,
            Self::Large(ratio) => ratio.is_integer(),
        }
    }

    /// Returns the whole number that this is, or `None` where it isn't one or is beyond 64 bits.
    pub(super) fn to_whole(&self) -> Option<i64> {
        match self {
            Self::Small(ratio) => (*ratio.denom() == 1).then(|| *ratio.numer()),
            Self::Large(ratio) => ratio.is_integer().then(|| ratio.to_integer().to_i64()).flatten(),
        }
    }

    /// Returns the denominator in lowest terms.
    pub(super) fn denominator(&self) -> Self {
        match self {
            Self::Small(ratio) => Self::from(*ratio.denom()),
            Self::Large(ratio) => Self::from(ratio.denom().clone()),
        }
    }

    /// Returns the nearest float; `None` where there is none.
    pub(super) fn to_float(&self) -> Option<f64> {
        match self {
            Self::Small(ratio) => ratio.to_f64(),
            Self::Large(ratio) => ratio.to_f64(),
        }
    }

    /// Returns the opposite.
    pub(super) fn negated(&self) -> Self {
        match self {
            Self::Small(ratio) => Self::Small(-ratio),
            Self::Large(ratio) => Self::from(-ratio.as_ref().clone()),
        }
    }

    /// Returns the nearest whole number, halves away from nought.
    pub(super) fn rounded(&self) -> Self {
        match self {
            Self::Small(ratio) => Self::Small(ratio.round()),
            Self::Large(ratio) => Self::from(ratio.round()),
        }
    }

    /// Returns numerator and denominator as they are printed.
    pub(super) fn terms(&self) -> (String, String) {
        match self {
            Self::Small(ratio) => (ratio.numer().to_string(), ratio.denom().to_string()),
            Self::Large(ratio) => (ratio.numer().to_string(), ratio.denom().to_string()),
        }
    }

    /// Returns the same with numbers of any size.
    fn to_large(&self) -> BigRational {
        match self {
            Self::Small(ratio) => BigRational::new_raw((*ratio.numer()).into(), (*ratio.denom()).into()),
            Self::Large(ratio) => ratio.as_ref().clone(),
        }
    }
}

impl From<i64> for Fraction {
    fn from(value: i64) -> Self {
        if value == i64::MIN { Self::from(BigInt::from(value)) } else { Self::Small(Ratio::new_raw(value, 1)) }
    }
}

impl From<BigInt> for Fraction {
    fn from(value: BigInt) -> Self {
        Self::from(BigRational::new_raw(value, BigInt::one()))
    }
}

impl From<BigRational> for Fraction {
    /// Takes a fraction in lowest terms.
    fn from(value: BigRational) -> Self {
        let small = value.numer().to_i64().zip(value.denom().to_i64()).filter(|(above, _)| *above != i64::MIN);
        match small {
            Some((above, below)) => Self::Small(Ratio::new_raw(above, below)),
            None => Self::Large(Box::new(value)),
        }
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Small(one), Self::Small(two)) => {
                let across = |above: &i64, below: &i64| i128::from(*above) * i128::from(*below);
                across(one.numer(), two.denom()).cmp(&across(two.numer(), one.denom()))
            }
            (Self::Small(_) | Self::Large(_), _) => self.to_large().cmp(&other.to_large()),
        }
    }
}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, prop_assert_eq, proptest};

    use super::*;

    /// Returns numbers of all sizes, those at the edge of a machine word among them.
    fn terms() -> impl proptest::strategy::Strategy<Value = (i64, i64)> {
        let edge = || proptest::sample::select(vec![0, 1, -1, 10, 7, i64::MAX, i64::MIN, i64::MAX - 1, i64::MIN + 1]);
        let term = || proptest::prop_oneof![edge(), any::<i64>(), -1000_i64..1000];
        (term(), term())
    }

    fn pair((above, below): (i64, i64)) -> (Fraction, BigRational) {
        let large = BigRational::new(above.into(), if below == 0 { BigInt::one() } else { below.into() });
        (Fraction::from(large.clone()), large)
    }

    proptest! {
        #[test]
        fn machine_words_give_what_large_numbers_give(one in terms(), two in terms()) {
            let ((one, large_one), (two, large_two)) = (pair(one), pair(two));
            prop_assert_eq!(one.plus(&two), Fraction::from(&large_one + &large_two));
            prop_assert_eq!(one.minus(&two), Fraction::from(&large_one - &large_two));
            prop_assert_eq!(one.times(&two), Fraction::from(&large_one * &large_two));
            if !two.is_zero() {
                prop_assert_eq!(one.over(&two), Fraction::from(&large_one / &large_two));
            }
            prop_assert_eq!(one.cmp(&two), large_one.cmp(&large_two));
            prop_assert_eq!(one.rounded(), Fraction::from(large_one.round()));
            prop_assert_eq!(one.negated(), Fraction::from(-&large_one));
            prop_assert_eq!(one.to_float(), large_one.to_f64());
            prop_assert_eq!(one.is_negative(), large_one.is_negative());
            prop_assert_eq!(one.terms(), (large_one.numer().to_string(), large_one.denom().to_string()));
        }
    }

    #[test]
    fn powers_of_ten_are_exact_beyond_machine_words() {
        for exponent in [-400, -19, -18, 0, 18, 19, 400] {
            let large = BigRational::from(BigInt::from(10)).pow(exponent);
            assert_eq!(Fraction::power_of_ten(exponent), Fraction::from(large), "{exponent}");
        }
    }
}
