//! A total as it is shown never contradicts its band.

use super::*;
use crate::outcome::shown;

#[test]
fn a_total_is_shown_so_that_it_stays_in_its_band() {
    let scheme = seqf::scheme();
    let cases = [
        ("90", "90.0"),
        ("5039/56", "89.98"),
        ("2519/28", "89.96"),
        ("5037/56", "89.9"),
        ("656/7", "93.7"),
        ("4199/56", "74.98"),
        ("89.9999999", "89.9999999"),
        ("3079/56", "54.98"),
    ];
    for (total, expected) in cases {
        assert_eq!(shown(&exact(total), &scheme.outcome), expected, "{total}");
    }
}
