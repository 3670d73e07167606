//! Findings as results hold them: those of a return with their cell, those of the season with their files.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{Finding, Place, RuleId, Severity, Waived};
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
    /// What follows from it and is put right with it.
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    effects: &'a [Finding],
    /// How much it weighs without what follows from it, where that weighs more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    by_itself: Option<Severity>,
    /// Whether nearly every return of the season has it, so that no sender is asked; results leave it out where not.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    is_everybodys: bool,
    /// Who fills in its cell, where the sender doesn't.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    whose: Option<&'a str>,
    /// What it belongs to in the form's words, where its name isn't the form's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    item: Option<&'a str>,
    /// The decision that it stands as it is; results leave it out where nobody decided so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    waived: Option<&'a Waived>,
    /// The rule of the finding of whose effects it is one, and which is the one that people are told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    caused_by: Option<&'a str>,
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
    /// The decision that it stands as it is; results leave it out where nobody decided so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    waived: Option<&'a Waived>,
}

/// A finding of either kind, as it is read; only those of the season have files.
#[derive(Deserialize)]
pub(super) struct Written {
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
    #[serde(default)]
    effects: Vec<Finding>,
    by_itself: Option<Severity>,
    #[serde(default)]
    is_everybodys: bool,
    whose: Option<String>,
    item: Option<String>,
    waived: Option<Waived>,
    caused_by: Option<RuleId>,
}

impl Written {
    /// Whether it only repeats an effect of the finding before it.
    pub(super) fn is_repeat(&self) -> bool {
        self.caused_by.is_some()
    }
}

impl<'a> InReturn<'a> {
    /// Takes a finding that isn't of the season.
    fn of(finding: &'a Finding, caused_by: Option<&'a str>) -> Self {
        Self {
            rule: finding.rule.as_str(),
            severity: finding.severity,
            sheet: finding.sheet(),
            cell: finding.cell(),
            subject: finding.subject.as_deref(),
            found: finding.found.as_deref(),
            expected: finding.expected.as_deref(),
            message: &finding.message,
            help: &finding.help,
            explanation: finding.explanation.as_deref(),
            effects: &finding.effects,
            by_itself: finding.by_itself,
            is_everybodys: finding.is_everybodys,
            whose: finding.whose.as_deref(),
            item: finding.item.as_deref(),
            waived: finding.waived.as_ref(),
            caused_by,
        }
    }
}

/// An effect of a finding, as a list of findings repeats it.
pub(super) struct Repeat<'a> {
    pub(super) effect: &'a Finding,
    pub(super) cause: &'a Finding,
}

impl Serialize for Repeat<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        InReturn::of(self.effect, Some(self.cause.rule.as_str())).serialize(serializer)
    }
}

impl Serialize for Finding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (rule, severity, message, help) = (self.rule.as_str(), self.severity, &*self.message, &*self.help);
        match &self.place {
            Place::Season { organisation, files } => {
                let (organisation, waived) = (organisation.as_deref(), self.waived.as_ref());
                FindingOfSeason { rule, severity, organisation, files, message, help, waived }.serialize(serializer)
            }
            Place::Workbook | Place::Sheet(_) | Place::Cells(..) | Place::Definition { .. } => {
                InReturn::of(self, None).serialize(serializer)
            }
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
            effects: written.effects,
            by_itself: written.by_itself,
            is_everybodys: written.is_everybodys,
            whose: written.whose,
            item: written.item,
            waived: written.waived,
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
