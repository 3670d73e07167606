//! References to criteria in brackets in the words of a register's rows, as where an improvement plan says what a line is about:
//! “Succession (4.3, 4.5–4.8)”. One that no criterion has is told at its cell, and so is a range that runs backwards.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Finding, Severity};
use crate::framework::expression::{Mention, Quantity};
use crate::framework::{Framework, RegisterId};
use crate::words::list;

use super::rule::CHOICE_UNKNOWN;
use super::{Cited, Register, RowEntry};

/// Returns what stands in brackets in a text.
pub fn in_brackets(text: &str) -> impl Iterator<Item = &str> {
    text.split(['(', '[']).skip(1).filter_map(|rest| rest.split([')', ']']).next())
}

/// Says where rows cite criteria in brackets that the framework doesn't have.
pub(super) fn told(framework: &Framework, registers: &BTreeMap<RegisterId, Register>) -> Vec<Finding> {
    let criteria: Vec<&str> = framework.criteria().map(|criterion| criterion.id.as_str()).collect();
    let columns = citing(framework);
    let entries = columns.iter().flat_map(|(register, column)| {
        let rows = registers.get(register.as_str()).map_or(&[][..], |register| &register.rows);
        rows.iter().filter_map(|row| row.entry(column))
    });
    entries.filter_map(|entry| unknown(&entry, &criteria)).collect()
}

/// Returns the registers and columns in which a framework's own rules look for criteria in brackets.
fn citing(framework: &Framework) -> BTreeSet<(String, String)> {
    let text = |argument: Option<&Option<Quantity>>| Some(argument?.as_ref()?.text()?.to_owned());
    let column = |mention: Mention| match mention {
        Mention::Call(function, arguments) if function == "rows_citing" => {
            Some((text(arguments.first())?, text(arguments.get(1))?))
        }
        Mention::Call(..) | Mention::Name(_) | Mention::Attribute(..) => None,
    };
    let refers = |(register, column): &(String, String)| {
        let spec = framework.register(register).and_then(|spec| spec.column(&column.as_str().into()));
        spec.is_none_or(|column| column.refers_to.is_some())
    };
    let all = framework.rules.iter().flat_map(|rule| rule.when.names()).filter_map(column);
    all.filter(|pair| !refers(pair)).collect()
}

/// Says which of the references in a cell's brackets no criterion has, where they are made as those of criteria are.
fn unknown(entry: &RowEntry, criteria: &[&str]) -> Option<Finding> {
    let text = entry.given()?.to_string();
    let made = outline(criteria.first()?);
    let cited = in_brackets(&text)
        .flat_map(Cited::all_in)
        .flat_map(|cited| cited.ends().map(str::to_owned).collect::<Vec<_>>());
    let is_unknown = |reference: &String| outline(reference) == made && !criteria.contains(&reference.as_str());
    let unknown: BTreeSet<String> = cited.filter(is_unknown).collect();
    if unknown.is_empty() {
        return backwards(entry, &text, criteria);
    }
    let named: Vec<String> = unknown.iter().map(|reference| format!("“{reference}”")).collect();
    let named = list(&named.iter().map(String::as_str).collect::<Vec<_>>());
    let what = if unknown.len() == 1 { "is no ¤criterion" } else { "are no ¤criteria" };
    let finding = Finding::new(&CHOICE_UNKNOWN, entry.place(), format!("{named} {what} of the framework"));
    let finding = finding.with_severity(Severity::Warning).with_found(unknown.iter().next()?);
    Some(finding.with_help("Write the reference of the ¤criterion that is meant."))
}

/// Says which range in a cell's brackets runs backwards.
fn backwards(entry: &RowEntry, text: &str, criteria: &[&str]) -> Option<Finding> {
    let mut cited = in_brackets(text).flat_map(Cited::all_in);
    let run = cited.find(|cited| cited.ends().all(|end| criteria.contains(&end)) && !cited.is_told(criteria))?;
    let [first, last] = run.ends().collect::<Vec<_>>()[..] else { return None };
    let message = format!("“{first}” to “{last}” runs backwards, so that it can't be told what it takes in");
    let finding = Finding::new(&CHOICE_UNKNOWN, entry.place(), message).with_severity(Severity::Warning);
    Some(finding.with_found(text).with_help("Write the first ¤criterion of the range first."))
}

/// Returns how a reference is made: a figure for its figures, a letter for its letters that follow each other.
fn outline(text: &str) -> String {
    let kind = |c: char| match c {
        c if c.is_numeric() => '9',
        c if c.is_alphabetic() => 'a',
        c => c,
    };
    let mut kinds: Vec<char> = text.chars().map(kind).collect();
    kinds.dedup();
    kinds.into_iter().collect()
}
