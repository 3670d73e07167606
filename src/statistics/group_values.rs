//! What groups are compared by: a value of each organisation in them.

use std::collections::BTreeMap;

/// The column, the group of it, and a value of each organisation in it, ascending.
pub(super) type GroupValues = (String, Option<String>, Vec<f64>);

/// What each organisation has, by column and group: several of its own are taken together.
pub(super) type OwnValues = BTreeMap<(String, Option<String>), BTreeMap<String, Vec<f64>>>;

/// Returns one value an organisation: the mean of its own.
pub(super) fn one_each(values: OwnValues) -> Vec<GroupValues> {
    let of = |((by, group), own): ((String, Option<String>), BTreeMap<String, Vec<f64>>)| {
        let mut means: Vec<f64> = own.values().filter_map(|values| mean(values)).collect();
        means.sort_by(f64::total_cmp);
        (by, group, means)
    };
    values.into_iter().map(of).collect()
}

/// Returns the mean of some values; `None` of none.
#[expect(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "these are statistics, not scores")]
fn mean(values: &[f64]) -> Option<f64> {
    let number = values.len();
    // What is alone stays as it is, to the last digit.
    match values {
        [] => None,
        [only] => Some(*only),
        several => Some(several.iter().sum::<f64>() / number as f64),
    }
}
