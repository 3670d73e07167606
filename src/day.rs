//! Days as people write them in letters and reports.
//!
//! [`long_date`] is the one way in which findings, reports and annotated workbooks name a day; data keep days as ISO 8601
//! has them.

use jiff::civil::Date;

/// The months in English and Welsh.
pub(crate) const MONTHS: [[&str; 2]; 12] = [
    ["january", "ionawr"],
    ["february", "chwefror"],
    ["march", "mawrth"],
    ["april", "ebrill"],
    ["may", "mai"],
    ["june", "mehefin"],
    ["july", "gorffennaf"],
    ["august", "awst"],
    ["september", "medi"],
    ["october", "hydref"],
    ["november", "tachwedd"],
    ["december", "rhagfyr"],
];

/// Returns a day as people write it: "2 June 2025".
pub fn long_date(day: Date) -> String {
    day.strftime("%-d %B %Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_written_without_noughts_before_them() {
        for (day, expected) in [("2025-06-02", "2 June 2025"), ("2024-02-29", "29 February 2024")] {
            assert_eq!(long_date(day.parse().unwrap()), expected);
        }
    }
}
