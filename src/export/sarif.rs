//! Findings as SARIF 2.1.0, for programs that show findings of checkers.
//!
//! A workbook has no lines, so that a finding's place is the file, and within it a logical place: the sheet and the cell.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::{Value, json};

use super::results;
use crate::finding::{Finding, Rule, Severity};
use crate::review::Review;
use crate::season::{Listed, Season};

/// Where the schema of the format is published.
const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// A log of one run.
#[derive(Serialize)]
struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Value; 1],
}

/// Returns the findings of a season as SARIF; `rules` are those that are described.
pub fn sarif(season: &Season, rules: &[&Rule]) -> Vec<u8> {
    let used: BTreeSet<&str> = season.listed().map(|listed| listed.finding.rule.as_str()).collect();
    let places: BTreeMap<&str, usize> = used.iter().enumerate().map(|(index, rule)| (*rule, index)).collect();
    let results: Vec<Value> = season.listed().map(|listed| result(listed, &places)).collect();
    let run = json!({
        "tool": { "driver": {
            "name": env!("CARGO_PKG_NAME"),
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": used.iter().map(|id| described(id, rules)).collect::<Vec<_>>(),
        }},
        "columnKind": "unicodeCodePoints",
        "artifacts": season.reviews().map(artifact).collect::<Vec<_>>(),
        "results": results,
    });
    results::pretty(&Log { schema: SCHEMA, version: "2.1.0", runs: [run] })
}

/// Returns the description of a rule; of a framework's own only the name is known.
fn described(id: &str, rules: &[&Rule]) -> Value {
    let Some(rule) = Rule::among(rules, id) else { return json!({ "id": id }) };
    json!({
        "id": id,
        "shortDescription": { "text": rule.title },
        "help": { "text": rule.docs, "markdown": rule.docs },
        "defaultConfiguration": { "level": level(rule.severity) },
    })
}

/// Returns a file with its digest, where it has one.
fn artifact(review: &Review) -> Value {
    let mut artifact = json!({ "location": { "uri": address(&review.file) } });
    if !review.sha256.is_empty() {
        artifact["hashes"] = json!({ "sha-256": review.sha256 });
    }
    artifact
}

/// Returns a finding with the files that it is about.
fn result(listed: Listed, places: &BTreeMap<&str, usize>) -> Value {
    let finding = listed.finding;
    let (rule, message) = (finding.rule.as_str(), format!("{} {}", finding.message, finding.help));
    let mut result = json!({
        "ruleId": rule,
        "ruleIndex": places[rule],
        "level": level(finding.severity),
        "message": { "text": message.trim_end() },
        "locations": listed.files().iter().map(|file| location(file, finding)).collect::<Vec<_>>(),
    });
    let parts = [
        ("organisation", listed.organisation()),
        ("subject", finding.subject.as_deref()),
        ("found", finding.found.as_deref()),
        ("expected", finding.expected.as_deref()),
        ("explanation", finding.explanation.as_deref()),
    ];
    let told: BTreeMap<&str, &str> = parts.into_iter().filter_map(|(word, value)| Some((word, value?))).collect();
    if !told.is_empty() {
        result["properties"] = json!(told);
    }
    result
}

/// Returns a finding's place in a file.
fn location(file: &str, finding: &Finding) -> Value {
    let mut location = json!({ "physicalLocation": { "artifactLocation": { "uri": address(file) } } });
    if let Some(sheet) = finding.sheet() {
        let (name, place) = match finding.cell() {
            Some(cell) => (cell.clone(), format!("{sheet}!{cell}")),
            None => (sheet.to_owned(), sheet.to_owned()),
        };
        location["logicalLocations"] = json!([{ "name": name, "fullyQualifiedName": place }]);
    }
    location
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// Returns a file's name as an address: all but letters, digits and a few signs by their bytes.
fn address(file: &str) -> String {
    let escaped = file.bytes().map(|byte| match byte {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    });
    escaped.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Place;
    use crate::review::Status;
    use crate::workbook::rule::EXTENSION_MISMATCH;

    #[test]
    fn a_finding_names_its_file_its_cell_and_its_rule() {
        let place = Place::Cells("Cover".to_owned(), "C5".parse().unwrap());
        let finding = Finding::new(&EXTENSION_MISMATCH, place, "is odd").with_help("Look.");
        let review = Review::unread("North/Ä (1).xlsx", "ab".to_owned(), Status::Scored, vec![finding]);
        let season = Season::of_files(&[], None, vec![review]);
        let log: Value = serde_json::from_slice(&sarif(&season, &[&EXTENSION_MISMATCH])).unwrap();
        let run = &log["runs"][0];
        let result = &run["results"][0];
        assert_eq!(log["version"], "2.1.0");
        assert_eq!((&result["ruleId"], &result["level"]), (&json!("extension-mismatch"), &json!("warning")));
        assert_eq!(result["message"]["text"], "is odd Look.");
        let location = &result["locations"][0];
        assert_eq!(location["physicalLocation"]["artifactLocation"]["uri"], "North/%C3%84%20%281%29.xlsx");
        assert_eq!(location["logicalLocations"][0]["fullyQualifiedName"], "Cover!C5");
        assert_eq!(run["tool"]["driver"]["rules"][0]["id"], "extension-mismatch");
        assert_eq!(run["artifacts"][0]["hashes"]["sha-256"], "ab");
    }
}
