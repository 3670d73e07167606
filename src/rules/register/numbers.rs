//! Organisations that have the number of another in a public register, in whichever column it stands and however that names the register.

use std::collections::BTreeMap;

use crate::finding::{Finding, Rule};
use crate::framework::{ColumnId, EntryKind, RegisterSpec, RowsAre};
use crate::returns::{EntryValue, Row, RowEntry, registered};
use crate::wording::Wording;

/// Says which organisations have the number of one above. Where the name is the same too, that is told.
pub(super) fn repeated(rule: &'static Rule, spec: &RegisterSpec, key: &ColumnId, rows: &[Row]) -> Vec<Finding> {
    let mut first: BTreeMap<(&'static str, Wording), &Row> = BTreeMap::new();
    let mut all = Vec::new();
    for row in rows.iter().filter(|_| spec.rows_are == RowsAre::Organisations) {
        for (entry, numbers) in numbers_of(spec, row) {
            let earlier = numbers.iter().find_map(|number| first.get(number).copied());
            let other = earlier.filter(|earlier| earlier.number != row.number && !has_same_key(key, earlier, row));
            all.extend(other.map(|other| is_of_another(rule, spec, (row, entry), other)));
            for number in numbers {
                first.entry(number).or_insert(row);
            }
        }
    }
    all
}

/// Returns a row's numbers of public registers, each with what it may be.
fn numbers_of<'a>(
    spec: &'a RegisterSpec,
    row: &'a Row,
) -> impl Iterator<Item = (RowEntry<'a>, Vec<(&'static str, Wording)>)> {
    spec.columns.iter().filter_map(|column| {
        let EntryKind::Registration(registration) = &column.kind else { return None };
        let entry = row.entry(column.id.as_str())?;
        let Some(EntryValue::Text(number)) = entry.given() else { return None };
        let stated = registration.stated_in.as_ref().and_then(|column| row.given(column.as_str()));
        let stated = stated.map(ToString::to_string);
        let all = registered(registration, stated.as_deref(), number).into_iter();
        Some((entry, all.map(|(register, number)| (register, Wording::of(&number))).collect()))
    })
}

/// Whether two rows have one key.
fn has_same_key(key: &ColumnId, one: &Row, other: &Row) -> bool {
    let of = |row: &Row| row.given(key.as_str()).map(|key| Wording::of(&key.to_string()));
    of(one).is_some() && of(one) == of(other)
}

/// Says that a number is that of an organisation above.
fn is_of_another(
    rule: &'static Rule,
    spec: &RegisterSpec,
    (row, entry): (&Row, RowEntry<'_>),
    earlier: &Row,
) -> Finding {
    let (number, noun) = (entry.written().trim(), &spec.row_noun);
    let name = row.name(spec);
    let message = format!("the number {number} of “{name}” is another {noun}'s above, in row {}", earlier.number);
    let finding = Finding::new(rule, entry.place(), message).with_subject(name).with_found(number);
    finding.with_help(format!("Check the number, or keep one row for each {noun}."))
}
