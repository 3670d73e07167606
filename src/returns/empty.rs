//! Registers without rows that must have some, or whose rows others name: what rests on them can't be told, since nobody knows what is
//! missing.

use crate::framework::{Framework, Presence, RegisterColumn, RegisterId, RegisterSpec};

use super::field_scope::FieldScope;
use super::{Register, Return};

/// Whether a register must have rows in a return, and has none where it was looked for. One of which the pack doesn't say when it must
/// have some was emptied where rows of others name or mark its rows.
pub fn is_empty(framework: &Framework, sent: &Return, spec: &RegisterSpec) -> bool {
    let must_have_some = || match &spec.required {
        Presence::Optional => is_named(framework, sent, &spec.id),
        Presence::Required | Presence::When(_) => spec.required.holds(&FieldScope(&sent.fields)),
    };
    sent.registers.get(&spec.id).is_some_and(Register::has_none) && must_have_some()
}

/// Leaves open what rests on registers that are empty and mustn't be.
pub(super) fn leave_open(framework: &Framework, sent: &mut Return) {
    let empty = framework.registers.iter().filter(|spec| is_empty(framework, sent, spec));
    let empty = empty.filter_map(|spec| Some((spec.id.clone(), sent.registers.get(&spec.id)?.sheet.clone())));
    let empty: Vec<_> = empty.collect();
    sent.untold.registers.extend(empty);
}

/// Whether something stands in a column of another register that names or marks a register's rows.
fn is_named(framework: &Framework, sent: &Return, id: &RegisterId) -> bool {
    let names_it = |column: &RegisterColumn| column.each.as_ref() == Some(id) || column.refers_to.as_ref() == Some(id);
    framework.registers.iter().filter(|other| other.id != *id).any(|other| {
        let naming: Vec<_> = other.columns.iter().filter(|column| names_it(column)).map(|column| &column.id).collect();
        let rows = sent.registers.get(&other.id).map_or(&[][..], |register| &register.rows);
        let names = |column| other.column(column).is_some_and(|spec| naming.contains(&&spec.id));
        !naming.is_empty() && rows.iter().any(|row| row.columns_given().any(names))
    })
}
