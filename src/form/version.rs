//! Another version on the face of a return than the form as issued prints there.

use super::Issued;
use super::rule::CONTENT_UNEXPECTED;
use crate::finding::{Finding, Severity};
use crate::framework::{FieldRole, Framework};
use crate::returns::Return;
use crate::wording::Wording;

/// Says that a return is on a form of another version, by its own words; `None` where neither says one, or both say the same.
pub fn version(framework: &Framework, issued: &Issued, sent: &Return) -> Option<Finding> {
    let field = framework.field_for(FieldRole::Version)?;
    let place = issued.layout.fields.get(&field.id)?;
    let printed = issued.workbook.sheets[place.sheet].cell(place.entry)?.shown(issued.workbook.date_system);
    let entry = sent.fields.get(&field.id).filter(|entry| entry.given().is_some())?;
    let differs = !printed.trim().is_empty() && Wording::of(&printed) != Wording::of(&entry.written);
    let message = format!(
        "“{}” says {}, where the form as issued says {}; it was read as that form all the same",
        field.label,
        entry.written.trim(),
        printed.trim()
    );
    let finding = Finding::new(&CONTENT_UNEXPECTED, entry.place.clone()?, message).with_severity(Severity::Note);
    let finding = finding.with_subject(field.id.as_str()).with_found(&entry.written).with_expected(printed.trim());
    differs.then(|| finding.with_help("Check that the ¤return is on the form that is in use now."))
}
