//! Holds what every rule must have: a name of its own, its place in the catalogue, and complete documentation.

use std::collections::BTreeSet;
use std::fs;

use scrutineer::catalogue;

use crate::house::{at, files_below};

const HEADINGS: [&str; 4] = ["What it finds", "Why it matters", "Example", "What to do"];

/// The public names: part of the product, so they are written out once more here.
const PUBLIC: &[&str] = &[
    "workbook-unreadable",
    "workbook-encrypted",
    "workbook-too-large",
    "extension-mismatch",
    "framework-unrecognised",
    "file-not-here",
    "workbook-has-macros",
    "workbook-has-external-links",
    "date-system-1904",
    "sheet-missing",
    "sheet-ambiguous",
    "sheet-renamed",
    "heading-missing",
    "heading-renamed",
    "criterion-missing",
    "criterion-repeated",
    "criterion-unknown",
    "criterion-reworded",
    "content-unexpected",
    "answer-hidden",
    "row-left-out",
    "answer-merged",
    "answer-not-asked",
    "answers-displaced",
    "answer-blank",
    "answer-not-a-number",
    "answer-off-scale",
    "answer-is-a-date",
    "answer-is-an-error",
    "answer-is-a-formula",
    "formula-not-calculated",
    "number-as-text",
    "percent-ambiguous",
    "percent-as-share",
    "evidence-missing",
    "evidence-repeated",
    "placeholder-left",
    "action-missing",
    "action-incomplete",
    "field-blank",
    "choice-unknown",
    "number-out-of-range",
    "date-unreadable",
    "date-as-text",
    "date-out-of-order",
    "date-in-future",
    "date-out-of-period",
    "identifier-ambiguous",
    "identifier-malformed",
    "identifier-padded",
    "identifier-repeated",
    "personal-data-present",
    "total-differs",
    "weight-differs",
    "outcome-differs",
    "return-duplicated",
    "return-superseded",
    "return-missing",
    "organisation-unlisted",
    "organisation-name-varies",
    "organisations-alike",
    "evidence-shared",
    "framework-mixed",
    "assessor-unlike-others",
    "change-implausible",
    "finding-systemic",
    "formula-overwritten",
    "formula-changed",
    "measure-points-differ",
    "measure-points-unreachable",
    "measure-differs-from-register",
    "measure-small-cohort",
    "register-missing",
    "row-outcome-differs",
    "outcome-provisional",
    "outcome-capped",
    "reassessment-required",
    "near-boundary",
    "deadline-missed",
    "certificate-expired",
    "assessors-differ",
    "framework-invalid",
    "framework-inconsistent",
    "rule-status-unused",
    "waiver-unused",
    "waiver-expired",
    "waiver-exceeded",
    "review-failed",
];

#[test]
fn names_are_unique_and_in_kebab_case() {
    let mut seen = BTreeSet::new();
    for rule in catalogue::rules() {
        assert!(seen.insert(rule.id), "`{}` is there twice", rule.id);
        let kebab = rule.id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        assert!(kebab, "`{}` isn't in kebab-case", rule.id);
        assert!(!rule.title.is_empty() && !rule.title.ends_with('.'), "the title of `{}`: {}", rule.id, rule.title);
    }
}

#[test]
fn public_names_are_all_there_and_no_others() {
    let have: BTreeSet<&str> = catalogue::rules().iter().map(|rule| rule.id).collect();
    let want: BTreeSet<&str> = PUBLIC.iter().copied().collect();
    let missing: Vec<_> = want.difference(&have).collect();
    let unlisted: Vec<_> = have.difference(&want).collect();
    assert!(missing.is_empty() && unlisted.is_empty(), "missing: {missing:?}; not on the public list: {unlisted:?}");
}

#[test]
fn documentation_is_complete() {
    for rule in catalogue::rules() {
        let mut parts = rule.docs.split("## ");
        assert!(parts.next().unwrap().trim().is_empty(), "`{}` says something above its first heading", rule.id);
        let parts: Vec<(&str, &str)> = parts.map(|part| part.split_once('\n').unwrap_or((part, ""))).collect();
        let headings: Vec<&str> = parts.iter().map(|(heading, _)| heading.trim()).collect();
        assert_eq!(headings, HEADINGS, "the headings of `{}`", rule.id);
        for (heading, text) in parts {
            assert!(!text.trim().is_empty(), "`{}` says nothing under “{}”", rule.id, heading.trim());
        }
    }
}

/// Returns the names that declarations of rules in a source file give.
fn declared(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut is_declaring = false;
    for line in text.lines().map(str::trim) {
        let opens = line.starts_with("declare_rule! {") || line.starts_with("declare_rules! {");
        let name = line.split_once(" = \"").filter(|_| is_declaring).and_then(|(_, rest)| rest.split('"').next());
        names.extend(name.map(str::to_owned));
        is_declaring = opens || is_declaring && line != "}";
    }
    names
}

#[test]
fn no_declared_rule_is_forgotten() {
    let known: BTreeSet<&str> = catalogue::rules().iter().map(|rule| rule.id).collect();
    let mut count = 0;
    for file in
        files_below(&at("src")).iter().filter(|file| file.extension().is_some_and(|extension| extension == "rs"))
    {
        let text = fs::read_to_string(file).unwrap();
        for name in declared(&text) {
            count += 1;
            assert!(known.contains(name.as_str()), "{} declares `{name}`, which the catalogue hasn't", file.display());
        }
    }
    assert!(count >= known.len(), "only {count} declarations were seen of {}", known.len());
}

#[test]
fn a_rule_is_found_by_its_name() {
    assert_eq!(catalogue::find("answer-blank").map(|rule| rule.id), Some("answer-blank"));
    assert!(catalogue::find("answer-blan").is_none());
    assert!(catalogue::is_always_told("workbook-unreadable") && !catalogue::is_always_told("answer-blank"));
}
