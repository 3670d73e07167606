//! Holds that no rule goes without cases and documentation, and that no case goes without its rule.

use std::collections::BTreeSet;
use std::path::Path;

use scrutineer::finding::Rule;
use scrutineer::framework::Framework;

use super::{Case, FIXTURES, FRAMEWORKS, cases, entries};

/// The headings of a rule's documentation.
const HEADINGS: [&str; 4] = ["## What it finds", "## Why it matters", "## Example", "## What to do"];

/// Returns the rules over a return, each with the folder of its cases.
fn rules() -> Vec<(&'static str, &'static Rule)> {
    let of = |group, rules: &'static [&'static Rule]| rules.iter().map(move |rule| (group, *rule));
    let over_returns = scrutineer::rules::RULES.iter().map(|rule| ("rules", rule.rule));
    of("layout", scrutineer::layout::rule::RULES)
        .chain(of("returns", scrutineer::returns::rule::RULES))
        .chain(of("form", scrutineer::form::rule::RULES))
        .chain(of("workbook", scrutineer::workbook::rule::RULES))
        .chain(over_returns)
        .collect()
}

/// Returns the case of a rule.
fn case_of<'a>(cases: &'a [Case], rule: &Rule) -> Option<&'a Case> {
    cases.iter().find(|case| case.rule == rule.id)
}

/// Whether a case expects its rule's finding.
fn gives(case: &Case) -> bool {
    case.scenes.iter().flat_map(|scene| &scene.expected).any(|expected| expected.rule == case.rule)
}

/// Whether a case has a scene in which its rule mustn't be found.
fn refuses(case: &Case) -> bool {
    case.scenes.iter().any(|scene| scene.absent.contains(&case.rule))
}

/// Returns a heading's text in a rule's documentation.
fn section<'a>(docs: &'a str, heading: &str) -> &'a str {
    let after = docs.split_once(heading).map_or("", |(_, after)| after);
    after.split("\n## ").next().unwrap_or_default().trim()
}

#[test]
fn every_rule_has_its_case() {
    let cases = cases();
    let lacking = |(group, rule): (&str, &Rule)| match case_of(&cases, rule) {
        None => Some(format!("{group}/{}.md isn't there", rule.id)),
        Some(case) if case.group != group => Some(format!("{}/{} belongs into {group}", case.group, rule.id)),
        Some(case) if !gives(case) => Some(format!("{group}/{} has no scene that gives the finding", rule.id)),
        Some(case) if !refuses(case) => Some(format!("{group}/{} has no scene with `no {}`", rule.id, rule.id)),
        Some(_) => None,
    };
    let faults: Vec<String> = rules().into_iter().filter_map(lacking).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Frameworks of whose own rules each has its case.
const COVERED: [&str; 4] = ["code-of-practice", "employer-involvement", "employer-partners", "seqf"];

/// Returns the names of frameworks' own rules.
fn own_rules() -> impl Iterator<Item = String> {
    let own = |framework: &'static Framework| {
        let rules = framework.rules.iter().filter(|rule| rule.says.is_none());
        rules.map(|rule| format!("{}/{}", framework.id, rule.slug))
    };
    FRAMEWORKS.iter().flat_map(own)
}

#[test]
fn every_rule_of_a_covered_framework_has_its_case() {
    let cases = cases();
    let covered = own_rules().filter(|rule| COVERED.iter().any(|id| rule.starts_with(&format!("{id}/"))));
    let is_covered =
        |rule: &String| cases.iter().filter(|case| case.rule == *rule).any(|case| gives(case) && refuses(case));
    let lacking: BTreeSet<String> = covered.filter(|rule| !is_covered(rule)).collect();
    assert!(lacking.is_empty(), "these have no case that gives them and one that doesn't: {lacking:?}");
}

#[test]
fn every_case_has_its_rule() {
    let over_seasons = scrutineer::season::rules::RULES.iter().map(|rule| ("season", rule.rule));
    let known: Vec<(&str, &Rule)> = rules().into_iter().chain(over_seasons).collect();
    let strays: Vec<String> = cases()
        .iter()
        .filter(|case| known.iter().all(|(group, rule)| (rule.id, *group) != (&*case.rule, &*case.group)))
        .filter(|case| own_rules().all(|rule| rule != case.rule))
        .map(|case| format!("{}/{}.md is named for no rule", case.group, case.rule))
        .collect();
    assert!(strays.is_empty(), "{}", strays.join("\n"));
}

#[test]
fn every_rule_is_documented() {
    let mut faults = Vec::new();
    for (_, rule) in rules() {
        let found: Vec<&str> = rule.docs.lines().filter(|line| line.starts_with('#')).collect();
        if found != HEADINGS {
            faults.push(format!("{} has the headings {found:?}", rule.id));
        }
        let empty = HEADINGS.iter().filter(|heading| section(rule.docs, heading).is_empty());
        faults.extend(empty.map(|heading| format!("{} has nothing under {heading}", rule.id)));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn documented_examples_are_cases() {
    let cases = cases();
    let mut faults = Vec::new();
    // What is odd about a file stands in no cell, so examples tell it in words alone.
    for (_, rule) in rules().into_iter().filter(|(group, _)| *group != "workbook") {
        let example = section(rule.docs, "## Example");
        let told = example.lines().find(|line| line.contains(&format!("[{}]", rule.id)));
        let expected =
            || case_of(&cases, rule).into_iter().flat_map(|case| &case.scenes).flat_map(|scene| &scene.expected);
        match told {
            None => faults.push(format!("the example of {} doesn't say what the tool says", rule.id)),
            Some(line) if expected().all(|expected| expected.line != line) => {
                faults.push(format!("no scene of {} gives its example: {line}", rule.id));
            }
            Some(_) => {}
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn fixtures_are_small_and_explained() {
    let readme = std::fs::read_to_string(format!("{FIXTURES}/README.md")).unwrap();
    for path in entries(Path::new(FIXTURES)) {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        assert!(path.metadata().unwrap().len() <= 30 * 1024, "{name} is too large");
        assert!(name == "README.md" || readme.contains(&format!("`{name}`")), "{name} isn't explained in README.md");
    }
}
