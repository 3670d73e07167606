//! Which day a serial date counts from.

use crate::exact::fifteen_digits;

/// Which day a serial date counts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateSystem {
    /// Day 1 is 1 January 1900 (and 29 February 1900 is a day).
    From1900,
    /// Day 0 is 1 January 1904.
    From1904,
}

impl DateSystem {
    /// Returns the day of a serial number, or `None` where there is no such day (29 February 1900, or out of range).
    pub fn date(self, serial: f64) -> Option<jiff::civil::Date> {
        #[expect(clippy::cast_possible_truncation, reason = "a serial beyond the calendar fails to add")]
        let days = fifteen_digits(serial).floor() as i64;
        let (epoch, days) = match self {
            Self::From1904 => (jiff::civil::date(1904, 1, 1), days),
            // 1900 wasn't a leap year, but day 60 is counted as its 29 February.
            Self::From1900 if days < 60 => (jiff::civil::date(1899, 12, 31), days),
            Self::From1900 if days == 60 => return None,
            Self::From1900 => (jiff::civil::date(1899, 12, 30), days),
        };
        let span = jiff::Span::new().try_days(days).ok().filter(|_| days >= 0)?;
        epoch.checked_add(span).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serials_are_days_of_their_system() {
        let cases = [
            (DateSystem::From1900, 1.0, Some((1900, 1, 1))),
            (DateSystem::From1900, 59.0, Some((1900, 2, 28))),
            (DateSystem::From1900, 60.0, None),
            (DateSystem::From1900, 61.0, Some((1900, 3, 1))),
            (DateSystem::From1900, 45658.75, Some((2025, 1, 1))),
            (DateSystem::From1900, 45_657.999_999_999_9, Some((2024, 12, 31))),
            (DateSystem::From1900, 45_657.999_999_999_99, Some((2025, 1, 1))),
            (DateSystem::From1904, 44196.0, Some((2025, 1, 1))),
            (DateSystem::From1900, -1.0, None),
            (DateSystem::From1900, 1e12, None),
        ];
        for (system, serial, expected) in cases {
            let date = system.date(serial).map(|date| (date.year(), date.month(), date.day()));
            assert_eq!(date, expected, "{system:?} {serial}");
        }
    }
}
