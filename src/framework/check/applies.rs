//! Checks what applies to some returns only.

use super::{About, Check};
use crate::framework::expression::{Expression, Mention};
use crate::framework::schema::AppliesEntry;
use crate::framework::written::Path;
use crate::framework::{Applies, Otherwise};

impl Check<'_> {
    /// Checks what applies where.
    pub(super) fn applies(&mut self) -> Vec<Applies> {
        let list = Path::ROOT.key("applies");
        self.file.applies.iter().enumerate().map(|(index, entry)| self.applies_where(&list.at(index), entry)).collect()
    }

    /// Checks one part of the scheme that applies where a condition holds.
    fn applies_where(&mut self, at: &Path, entry: &AppliesEntry) -> Applies {
        let groups = self.names.groups.clone();
        let to = at.key("to");
        if entry.to.is_empty() {
            self.fault(&to, "nothing is named that applies", "Name criteria, measures, sections, tags or groups.");
        }
        for (index, name) in entry.to.iter().enumerate() {
            self.refers(&to.at(index), name, "criterion, measure, section, tag or group", &groups);
        }
        if entry.when.is_none() && entry.otherwise == Otherwise::NotApplicable {
            let message = "without `when`, nothing of it would ever apply";
            self.fault(at, message, "Add `when`, or write `otherwise = \"optional\"`.");
        }
        let when = self.some_condition(&at.key("when"), entry.when.as_ref(), About::Fields);
        if let Some(when) = &when {
            self.rests_on_required_fields(&at.key("when"), when);
        }
        Applies { to: entry.to.clone(), when, otherwise: entry.otherwise }
    }

    /// Tells fields that may stay blank, where what applies rests on them.
    fn rests_on_required_fields(&mut self, at: &Path, when: &Expression) {
        let mut named: Vec<String> = Vec::new();
        for mention in when.names() {
            if let Mention::Attribute(of, field) = mention
                && of == "field"
                && !named.contains(&field)
            {
                named.push(field);
            }
        }
        for field in named {
            let is_optional =
                |entry: &crate::framework::schema::FieldEntry| entry.required.as_deref() != Some("always");
            if self.file.field(&field).is_some_and(is_optional) {
                let message = format!("`{field}` may stay blank, and what applies rests on it");
                self.doubt(at, message, format!("Write `required = \"always\"` for the field `{field}`."));
            }
        }
    }
}
