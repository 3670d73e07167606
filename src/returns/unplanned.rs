//! Marks of rows of another register of which that says nothing but their number, as the form prints it.

use std::collections::BTreeMap;

use crate::cell::{CellRange, CellRef};
use crate::finding::{Finding, Place, Severity};
use crate::framework::{ColumnId, EntryKind, Framework, RegisterId, RegisterSpec};
use crate::words::count;

use super::rule::CHOICE_UNKNOWN;
use super::{Cited, Register, Row, RowEntry};

/// Says once a column where rows are marked at what another register has no row for.
pub(super) fn told(framework: &Framework, registers: &BTreeMap<RegisterId, Register>) -> Vec<Finding> {
    let told = framework.registers.iter().filter_map(|spec| {
        let column = spec.repeated()?;
        let (other, EntryKind::Mark(marks)) = (framework.register(column.each.as_ref()?)?, &column.kind) else {
            return None;
        };
        let (register, yes) = (registers.get(&spec.id)?, marks.first()?.first()?);
        let keys = keys(other, registers.get(&other.id)?)?;
        Some(unplanned(spec, register, &keys).map(move |id| said(register, other, (id, yes))).collect::<Vec<_>>())
    });
    told.flatten().flatten().collect()
}

/// Returns the keys of a register's rows; `None` where it has no rows, one has no key, or there may be more rows.
fn keys(spec: &RegisterSpec, register: &Register) -> Option<Vec<String>> {
    let key = spec.key.as_ref()?;
    let is_told = !register.rows.is_empty() && register.doubtful().next().is_none();
    let keys = register.rows.iter().map(|row| Some(row.given(key.as_str())?.to_string()));
    keys.collect::<Option<Vec<String>>>().filter(|_| is_told)
}

/// Returns the columns of marks that none of some keys names.
fn unplanned<'a>(
    spec: &'a RegisterSpec,
    register: &'a Register,
    keys: &'a [String],
) -> impl Iterator<Item = &'a ColumnId> {
    let order: Vec<&str> = keys.iter().map(String::as_str).collect();
    let columns = register.rows.first().into_iter().flat_map(Row::columns);
    let of_marks = columns.filter(|id| spec.columns.iter().all(|own| own.each.is_some() || own.id != **id));
    of_marks.filter(move |id| {
        !Cited::all_in(id.as_str()).iter().any(|cited| keys.iter().any(|key| cited.names(key, &order)))
    })
}

/// Says that rows are marked in such a column; `None` where none says yes.
fn said(register: &Register, other: &RegisterSpec, (column, yes): (&ColumnId, &str)) -> Option<Finding> {
    let entries = register.rows.iter().filter_map(|row| row.entry(column.as_str()));
    let marked = entries.filter(|entry| entry.given().is_some_and(|given| given.to_string() == yes));
    let cells: Vec<CellRef> = marked.filter_map(|entry: RowEntry| entry.at()).collect();
    let (first, last) = (*cells.first()?, *cells.last()?);
    let message = format!(
        "{} marked under “{column}”, and nothing is filled in for that {} on “{}”",
        count(cells.len(), "row is", "rows are"),
        other.row_noun,
        other.title
    );
    let place = Place::Cells(register.sheet.clone(), CellRange { first, last });
    let help = format!("Fill in the {} on “{}”, or put the marks where they belong.", other.row_noun, other.title);
    let finding = Finding::new(&CHOICE_UNKNOWN, place, message).with_found(yes).with_subject(column.as_str());
    Some(finding.with_severity(Severity::Warning).with_help(help))
}
