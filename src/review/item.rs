//! What findings belong to, in the form's words.

use crate::finding::Finding;
use crate::framework::{Framework, Stated, StatedColumn};

/// Says in the form's words what findings, and what follows from them, belong to.
pub(super) fn said(framework: &Framework, findings: &mut [Finding]) {
    for finding in findings {
        finding.item = finding.subject.as_deref().and_then(|name| called(framework, name));
        said(framework, &mut finding.effects);
    }
}

/// Returns the form's words for what the framework has a name of its own for: a field, a stated value, a register.
fn called(framework: &Framework, name: &str) -> Option<String> {
    let stated = || framework.stated(name).map(words);
    let field = framework.field(name).map(|field| field.label.clone());
    field.or_else(stated).or_else(|| framework.register(name).map(|register| register.title.clone()))
}

/// Returns the form's words for a stated value: its row, and the heading above it.
fn words(stated: &Stated) -> String {
    match &stated.column {
        StatedColumn::Under { heading, .. } => format!("{}, {heading}", stated.row),
        StatedColumn::BesideLabel => stated.row.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::framework::builtin;

    #[test]
    fn names_of_our_own_are_told_in_the_words_of_the_form() {
        let is_ours = |text: &str| text.contains('_') || text.contains("subtotal-") || text.contains("-total");
        for framework in builtin::all() {
            let stated = framework.stated.iter().map(|stated| stated.id.clone());
            let fields = framework.fields.iter().map(|field| field.id.to_string());
            for name in stated.chain(fields).chain(framework.registers.iter().map(|register| register.id.to_string())) {
                let words = called(&framework, &name).unwrap_or_default();
                assert!(!words.is_empty() && !is_ours(&words), "{}: {name}: {words}", framework.id);
            }
        }
    }
}
