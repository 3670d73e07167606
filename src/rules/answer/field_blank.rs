//! Fields of the cover that must be filled in.

use crate::finding::{Finding, Findings};
use crate::framework::Presence;
use crate::framework::expression::Quantity;
use crate::outcome::{Basis, Gaps, OutcomeScope};
use crate::rules::{Judged, ReturnRule};

crate::rule!("field-blank", Error, "a field that must be filled in is empty");

/// The rule with its check.
pub const CHECK: ReturnRule = ReturnRule { rule: &RULE, check };

/// Finds the blanks among the required fields.
fn check(judged: &Judged, findings: &mut Findings) {
    for field in &judged.framework.fields {
        let Some(entry) = judged.said.fields.get(&field.id) else { continue };
        let Some(place) = entry.place.clone().filter(|_| entry.is_blank() && is_required(judged, &field.required))
        else {
            continue;
        };
        let message = format!("“{}” isn't filled in", field.label);
        let finding = Finding::new(&RULE, place, message).with_subject(field.id.as_str());
        findings.push(finding.with_help(format!("Fill in “{}”.", field.label)));
    }
}

/// Whether a field must be filled in, in this return.
fn is_required(judged: &Judged, presence: &Presence) -> bool {
    match presence {
        Presence::Required => true,
        Presence::Optional => false,
        Presence::When(condition) => {
            let basis = Basis::of(judged.framework, judged.said, judged.outcome());
            condition.evaluate(&OutcomeScope::new(&basis, judged.outcome(), Gaps::Open)) == Quantity::Truth(true)
        }
    }
}
