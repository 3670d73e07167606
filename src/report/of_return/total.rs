//! A total as it is printed.

use crate::exact::Exact;
use crate::framework::Framework;
use crate::review::OutcomeRecord;
use crate::words::{measured, number};

/// Returns a number with the total's unit.
pub(super) fn in_unit(framework: &Framework, value: &Exact) -> String {
    measured(value, &framework.outcome.unit, framework.outcome.decimals)
}

/// Returns the total, or the range of what it can become.
pub(in crate::report) fn total(framework: &Framework, record: &OutcomeRecord) -> Option<String> {
    if let Some(total) = &record.total {
        return Some(in_unit(framework, total));
    }
    let (low, high) = record.lowest.as_ref().zip(record.highest.as_ref())?;
    let low = number(low, framework.outcome.decimals);
    Some(format!("{low} to {}", in_unit(framework, high)))
}
