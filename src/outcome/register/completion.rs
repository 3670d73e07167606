//! The ways of completing a row whose entries can't all be used, and what they come to together.

use std::sync::Arc;

use crate::framework::RegisterSpec;
use crate::framework::expression::Quantity;
use crate::outcome::RowScore;
use crate::returns::{EntryValue, Reading, Row};

/// The most ways that are worked out one by one; a row that has more is worked out as it is, with entries that can't be told.
const MOST: usize = 64;

/// Returns a row with each choice of the list in place of what is none of it; `None` where nothing is to be completed so, or in
/// too many ways.
pub(super) fn completions(spec: &RegisterSpec, row: &Row) -> Option<Vec<Row>> {
    let mut rows = vec![row.clone()];
    for position in row.unusable(spec) {
        let worth = row.quantity(spec, row.column(position)?.as_str());
        let among = worth.as_open().map_or(&[][..], |open| &open.among);
        if among.is_empty() {
            continue;
        }
        if rows.len() * among.len() > MOST {
            return None;
        }
        rows = rows.iter().flat_map(|row| among.iter().map(|one| row.completed(position, &reading(one)))).collect();
    }
    (rows.len() > 1).then_some(rows)
}

/// Returns the reading of something that an entry of a list can be: one of the list, or nothing.
fn reading(value: &Quantity) -> Reading<EntryValue> {
    if let Quantity::Text(text) = value { Reading::Given(EntryValue::Text(Arc::clone(text))) } else { Reading::Blank }
}

/// Returns what a row comes to by all its completions together.
pub(super) fn together(spec: &RegisterSpec, scores: &[RowScore]) -> RowScore {
    let one_of = |get: &dyn Fn(&RowScore) -> Quantity| Quantity::one_of(scores.iter().map(get));
    let derived = (0..spec.derived.len()).map(|at| one_of(&|score| score.derived.get(at).cloned().unwrap_or_default()));
    let first = scores.first().map_or(&[][..], |score| &score.actions);
    let actions: Vec<_> =
        first.iter().filter(|action| scores.iter().all(|score| score.actions.contains(action))).cloned().collect();
    RowScore {
        derived: derived.collect(),
        comes_to: one_of(&|score| score.comes_to.clone()),
        stated: one_of(&|score| score.stated.clone()),
        may_need_more: scores.iter().any(|score| score.may_need_more || score.actions.len() > actions.len()),
        actions,
    }
}
