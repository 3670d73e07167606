//! Which columns beside the scores hold the judgements of an organisation's parts: those of the parts that the cover lists.
//!
//! A return about one part has no such columns. Where the cover lists the parts and each has its column, another is nobody's; where it
//! lists none, or one that has no column, another may be a part's.

use std::collections::BTreeMap;

use crate::framework::{EntryKind, FieldId, FieldRole, Framework, RegisterId};
use crate::wording::Wording;
use crate::workbook::Workbook;

use super::table::keys;
use super::{FieldPlace, RegisterPlace};

/// The parts of an organisation, as far as a return says which there are.
#[derive(Debug, Default)]
pub(super) struct Units {
    /// Those that the cover lists.
    listed: Vec<Wording>,
    /// Whether the return is about one of them.
    is_about_one: bool,
}

impl Units {
    /// Looks up the parts that a return lists.
    pub(super) fn of(
        framework: &Framework,
        workbook: &Workbook,
        fields: &BTreeMap<FieldId, FieldPlace>,
        registers: &BTreeMap<RegisterId, RegisterPlace>,
    ) -> Self {
        let Some(spec) = &framework.consolidation else { return Self::default() };
        let listed = spec.register.as_ref().map(|id| keys(framework, workbook, registers, id)).unwrap_or_default();
        let listed = listed.iter().map(|name| Wording::of(name)).filter(|name| !name.is_empty()).collect();
        let is_about_one = kind(framework, workbook, fields).as_ref() == Some(&spec.unit_kind);
        Self { listed, is_about_one }
    }

    /// Whether a heading names one of the parts that are listed.
    pub(super) fn names(&self, heading: &Wording) -> bool {
        self.listed.iter().any(|name| is_named(name, heading))
    }

    /// Returns those of some columns, each with its heading, that may hold the judgements of a part.
    pub(super) fn those_of(&self, mut columns: Vec<(String, u32)>) -> Vec<(String, u32)> {
        if self.is_about_one {
            return Vec::new();
        }
        let headings: Vec<Wording> = columns.iter().map(|(heading, _)| Wording::of(heading)).collect();
        let has_column = |name: &Wording| headings.iter().any(|heading| is_named(name, heading));
        if !self.listed.is_empty() && self.listed.iter().all(has_column) {
            columns.retain(|(heading, _)| self.names(&Wording::of(heading)));
        }
        columns
    }
}

/// Whether a heading is a part's name, but for a slip of the keyboard.
fn is_named(name: &Wording, heading: &Wording) -> bool {
    name == heading || name.is_slip_of(heading)
}

/// Returns of which kind a return says that it is; `None` where it says none.
fn kind(framework: &Framework, workbook: &Workbook, fields: &BTreeMap<FieldId, FieldPlace>) -> Option<String> {
    let field = framework.field_for(FieldRole::Kind)?;
    let place = fields.get(&field.id)?;
    let sheet = &workbook.sheets[place.sheet];
    let said = Wording::of(place.behind_label(sheet).or_else(|| sheet.cell(place.entry)?.text())?);
    let EntryKind::Choice(choices) = &field.kind else { return None };
    let names = choices.iter().find(|names| names.iter().any(|name| Wording::of(name) == said))?;
    names.first().cloned()
}
