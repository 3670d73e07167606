//! What a form calls the things that a framework has names of its own for.

use std::collections::BTreeMap;

use super::{Field, Framework, Holds, SectionId, Stated, StatedColumn, Table};

impl Framework {
    /// Returns the form's words for a field, a stated value, a register or a dated step; `None` for all else.
    pub fn called(&self, name: &str) -> Option<String> {
        let stated = || self.stated(name).map(of_stated);
        let register = || self.register(name).map(|register| register.title.clone());
        let step = || self.step(name).map(|step| step.title.clone());
        self.field(name).map(of_field).or_else(stated).or_else(register).or_else(step)
    }

    /// Returns the form's words for the criteria and measures whose names stand nowhere on it, by these names.
    pub fn unnumbered(&self) -> BTreeMap<&str, &str> {
        let is_numbered = |table: &&Table| {
            table.columns.iter().any(|column| matches!(column.holds, Holds::Code | Holds::CodeAndText))
        };
        let numbered: Vec<&SectionId> =
            self.tables.iter().filter(is_numbered).flat_map(|table| &table.sections).collect();
        let sections = self.sections.iter().filter(|section| !numbered.contains(&&section.id));
        let items = sections.flat_map(|section| {
            let criteria = section.criteria.iter().map(|one| (one.id.as_str(), one.few_words()));
            criteria.chain(section.measures.iter().map(|one| (one.id.as_str(), one.few_words())))
        });
        items.collect()
    }
}

/// Returns a field's label, after that of its row where it has one.
fn of_field(field: &Field) -> String {
    let label = unmarked(&field.label);
    field.row.as_ref().map_or_else(|| label.to_owned(), |row| format!("{}, {label}", unmarked(row)))
}

/// Returns the row of a stated value, and the heading above it.
fn of_stated(stated: &Stated) -> String {
    let row = unmarked(&stated.row);
    match &stated.column {
        StatedColumn::Under { heading, .. } => format!("{row}, {}", unmarked(heading)),
        StatedColumn::BesideLabel => row.to_owned(),
    }
}

/// Returns a label without the colon at its end.
pub(crate) fn unmarked(label: &str) -> &str {
    label.trim_end_matches([':', ' '])
}

#[cfg(test)]
mod tests {
    use crate::framework::builtin;

    #[test]
    fn names_of_our_own_are_told_in_the_words_of_the_form() {
        let is_ours = |text: &str| text.contains('_') || text.contains("subtotal-") || text.contains("-total");
        for framework in builtin::all() {
            let stated = framework.stated.iter().map(|stated| stated.id.clone());
            let fields = framework.fields.iter().map(|field| field.id.to_string());
            for name in stated.chain(fields).chain(framework.registers.iter().map(|register| register.id.to_string())) {
                let words = framework.called(&name).unwrap_or_default();
                let is_plain = !words.is_empty() && !is_ours(&words) && !words.ends_with(':') && !words.contains(":,");
                assert!(is_plain, "{}: {name}: {words}", framework.id);
            }
        }
    }
}
