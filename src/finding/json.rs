//! Findings as results hold them: those of a return with their cell, those of the season with their files.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Finding, Place, RuleId, Severity};
use crate::cell::CellRange;

/// One finding.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "FindingRecord")]
struct InReturn<'a> {
    /// The rule's public name.
    rule: &'a str,
    /// How much it weighs.
    severity: Severity,
    /// The sheet; `None` for the workbook as a whole.
    sheet: Option<&'a str>,
    /// The cell or range in A1 form; `None` for the sheet as a whole.
    cell: Option<String>,
    /// The criterion, measure, field or row key that it is about.
    subject: Option<&'a str>,
    /// The value found, as the person sees it.
    found: Option<&'a str>,
    /// What was expected.
    expected: Option<&'a str>,
    /// One sentence: what is there and what was expected.
    message: &'a str,
    /// One sentence: what to do.
    help: &'a str,
    /// What the sender wrote beside it in the annotated copy; `None` where nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    explanation: Option<&'a str>,
}

/// One finding over the season.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SeasonFinding")]
pub struct FindingOfSeason<'a> {
    /// The rule's public name.
    rule: &'a str,
    /// How much it weighs.
    severity: Severity,
    /// The organisation that it is about; `None` where it is about several or none.
    organisation: Option<&'a str>,
    /// The files that it is about, in order.
    files: &'a [String],
    /// One sentence: what is there and what was expected.
    message: &'a str,
    /// One sentence: what to do.
    help: &'a str,
}

/// A finding of either kind, as it is read; only those of the season have files.
#[derive(Deserialize)]
struct Written {
    rule: RuleId,
    severity: Severity,
    sheet: Option<String>,
    cell: Option<String>,
    organisation: Option<String>,
    files: Option<Vec<String>>,
    subject: Option<String>,
    found: Option<String>,
    expected: Option<String>,
    message: String,
    help: String,
    explanation: Option<String>,
}

impl Serialize for Finding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (rule, severity, message, help) = (self.rule.as_str(), self.severity, &*self.message, &*self.help);
        match &self.place {
            Place::Season { organisation, files } => {
                FindingOfSeason { rule, severity, organisation: organisation.as_deref(), files, message, help }
                    .serialize(serializer)
            }
            Place::Workbook | Place::Sheet(_) | Place::Cells(..) | Place::Definition { .. } => InReturn {
                rule,
                severity,
                sheet: self.sheet(),
                cell: self.cell(),
                subject: self.subject.as_deref(),
                found: self.found.as_deref(),
                expected: self.expected.as_deref(),
                message,
                help,
                explanation: self.explanation.as_deref(),
            }
            .serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Finding {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Written::deserialize(deserializer).map(Self::from)
    }
}

impl From<Written> for Finding {
    fn from(written: Written) -> Self {
        Self {
            place: place(written.sheet, written.cell.as_deref(), written.organisation, written.files),
            rule: written.rule,
            severity: written.severity,
            subject: written.subject,
            found: written.found,
            expected: written.expected,
            message: written.message,
            help: written.help,
            explanation: written.explanation,
        }
    }
}

/// Returns a place as it was written; a cell that is no address gives its sheet.
fn place(sheet: Option<String>, cell: Option<&str>, organisation: Option<String>, files: Option<Vec<String>>) -> Place {
    match (files, sheet, cell.and_then(|cell| cell.parse::<CellRange>().ok())) {
        (Some(files), _, _) => Place::Season { organisation, files },
        (None, Some(sheet), Some(cells)) => Place::Cells(sheet, cells),
        (None, Some(sheet), None) => Place::Sheet(sheet),
        (None, None, _) => Place::Workbook,
    }
}

impl JsonSchema for Finding {
    fn schema_name() -> Cow<'static, str> {
        InReturn::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        InReturn::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Rule, Silencing};

    static RULE: Rule = Rule {
        id: "odd",
        severity: Severity::Warning,
        title: "something is odd",
        docs: "",
        silencing: Silencing::Allowed,
    };

    #[test]
    fn a_finding_is_read_as_it_was_written() {
        let cells = Place::Cells("Cover".to_owned(), "C5:D6".parse().unwrap());
        for (place, expected) in [
            (Place::Workbook, r#""sheet":null,"cell":null"#),
            (Place::Sheet("Cover".to_owned()), r#""sheet":"Cover","cell":null"#),
            (cells, r#""sheet":"Cover","cell":"C5:D6""#),
            (Place::of_season(None, []), r#""organisation":null,"files":[]"#),
            (Place::of_season(Some("Acme"), ["b", "a", "b"]), r#""organisation":"Acme","files":["a","b"]"#),
        ] {
            let finding = Finding::new(&RULE, place, "m").with_help("h");
            let written = serde_json::to_string(&finding).unwrap();
            let start = format!(r#"{{"rule":"odd","severity":"warning",{expected},"#);
            assert!(written.starts_with(&start) && written.ends_with(r#""message":"m","help":"h"}"#), "{written}");
            assert_eq!(serde_json::from_str::<Finding>(&written).unwrap(), finding);
        }
    }
}
