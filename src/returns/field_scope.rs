//! The fields of a return as expressions see them, before anything else of it is known.

use std::collections::BTreeMap;

use super::Entry;
use crate::framework::FieldId;
use crate::framework::expression::{Quantity, Scope};

/// The fields as expressions see them: `field.kind`.
pub(super) struct FieldScope<'a>(pub(super) &'a BTreeMap<FieldId, Entry>);

impl Scope for FieldScope<'_> {
    fn name(&self, _: &str) -> Option<Quantity> {
        None
    }

    fn attribute(&self, name: &str, part: &str) -> Option<Quantity> {
        let entry = (name == "field").then(|| self.0.get(&FieldId::from(part))).flatten()?;
        Some(entry.given().map_or(Quantity::Unknown, Quantity::from))
    }

    fn call(&self, _: &str, _: &[Quantity]) -> Option<Quantity> {
        None
    }
}
