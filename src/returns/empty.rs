//! Registers without rows that must have some: what rests on them can't be told, since nobody knows what is missing.

use crate::framework::{Framework, RegisterSpec};

use super::Return;
use super::field_scope::FieldScope;

/// Whether a register must have rows in a return, and has none where it was looked for.
pub fn is_empty(sent: &Return, spec: &RegisterSpec) -> bool {
    let Some(register) = sent.registers.get(&spec.id) else { return false };
    spec.required.holds(&FieldScope(&sent.fields)) && register.has_none()
}

/// Leaves open what rests on registers that are empty and mustn't be.
pub(super) fn leave_open(framework: &Framework, sent: &mut Return) {
    let empty = framework.registers.iter().filter(|spec| is_empty(sent, spec));
    let empty = empty.filter_map(|spec| Some((spec.id.clone(), sent.registers.get(&spec.id)?.sheet.clone())));
    let empty: Vec<_> = empty.collect();
    sent.untold.registers.extend(empty);
}
