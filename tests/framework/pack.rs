//! Each bad pack has one fault, says in a comment on its line what must be told, and nothing else is told.

use std::fs;

use scrutineer::framework::PackText;

use super::{check, definitions, line, pack};

/// Returns what a pack's comments expect: line, rule and how the message begins.
fn expected(text: &str) -> Vec<(usize, String, String)> {
    let marked = text.lines().enumerate().filter_map(|(index, line)| {
        let (rule, message) = line.split_once("  # framework-")?.1.split_once(": ")?;
        Some((index + 1, format!("framework-{rule}"), message.to_owned()))
    });
    marked.collect()
}

#[test]
fn each_bad_pack_tells_its_fault_at_its_line() {
    let files = definitions("bad");
    assert!(files.len() > 40, "{} bad packs", files.len());
    let mut wrong = Vec::new();
    for file in files {
        let pack = pack(&file);
        let (framework, findings) = check(&pack);
        let expected = expected(&pack.text);
        assert_eq!(expected.len(), 1, "{} says what it expects", pack.file);
        let told = |(at, rule, message): &(usize, String, String)| {
            findings.iter().any(|finding| {
                line(finding) == *at && finding.rule.as_str() == rule && finding.message.contains(message.as_str())
            })
        };
        let is_usable = expected[0].1 == "framework-inconsistent";
        let sound = findings.len() == 1 && expected.iter().all(told) && framework.is_some() == is_usable;
        if !sound || findings.iter().any(|finding| finding.help.is_empty()) {
            wrong.push(format!("{}: expected {expected:?}, got {findings:#?}", pack.file));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn all_faults_are_told_at_once() {
    let sound = fs::read_to_string(super::samples().join("good/food-hygiene/framework.toml")).unwrap();
    let sound = sound.replace("form = \"form.xlsx\"\n", "");
    let shapes = sound.replace("decimals = 0", "decimal = 0").replace("better", "beter").replace("noun", "nuon");
    let (_, findings) = check(&PackText { file: "shapes.toml".to_owned(), text: shapes, form: None, criteria: None });
    let unknown = findings.iter().filter(|finding| finding.message.contains("is no key of")).count();
    assert_eq!((unknown, findings.len()), (4, 6), "four unknown keys, two missing ones: {findings:#?}");
    let senses = sound.replace("\"condition\"", "\"conditions\"").replace("highest(", "higest(");
    let (_, findings) = check(&PackText { file: "senses.toml".to_owned(), text: senses, form: None, criteria: None });
    assert_eq!(findings.len(), 2 + 8, "two criteria without their scale, four gates twice: {findings:#?}");
}

#[test]
fn a_misspelt_key_is_answered_with_the_nearest() {
    let bad = super::samples().join("bad/unknown-key.toml");
    let (_, findings) = check(&pack(&bad));
    assert_eq!(findings[0].help, "Did you mean `provenance`?");
}

#[test]
fn a_stated_row_has_the_words_of_each_section() {
    let framework = check(&pack(&super::samples().join("reference/framework.toml"))).0.unwrap();
    let stated = framework.stated.iter().filter(|stated| stated.row.ends_with("Soil") || stated.row.ends_with("Plots"));
    let stated: Vec<(&str, &str, &str)> =
        stated.map(|stated| (stated.id.as_str(), stated.row.as_str(), stated.value.written.as_str())).collect();
    assert_eq!(
        stated,
        [
            ("subtotal-1", "Score of Soil", "section.given"),
            ("subtotal-2", "Score of Plots", "section.given"),
            ("answered-1", "1 Soil", "answered('1')"),
            ("share-1", "1 Soil", "section.weight"),
            ("answered-2", "2 Plots", "answered('2')"),
            ("share-2", "2 Plots", "section.weight"),
        ]
    );
}
