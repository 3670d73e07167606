//! Holds the order of the modules: each uses only those above it in `src/lib.rs`.

use std::fs;

use crate::house::{at, files_below};

/// Returns the modules in their order.
fn modules() -> Vec<String> {
    let text = fs::read_to_string(at("src/lib.rs")).unwrap();
    let names = text.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    names.map(ToOwned::to_owned).collect()
}

/// Returns the modules that a line of code names after `crate::`, in groups as well: `use crate::{finding, layout};`.
fn named(line: &str) -> Vec<&str> {
    let code = line.trim_start();
    if code.starts_with("//") {
        return Vec::new();
    }
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    let mut names = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        let group = rest.strip_prefix('{').and_then(|group| group.split('}').next());
        let parts = group.map_or_else(|| vec![rest], |group| group.split(',').map(str::trim).collect());
        names.extend(parts.into_iter().map(|part| part.split(|letter| !is_word(letter)).next().unwrap_or_default()));
    }
    names
}

#[test]
fn modules_use_only_those_above_them() {
    let order = modules();
    let rank = |name: &str| order.iter().position(|module| module == name);
    let mut faults = Vec::new();
    for file in files_below(&at("src")) {
        let within = file.strip_prefix(at("src")).unwrap().to_str().unwrap().replace('\\', "/");
        let module = within.split('/').next().unwrap().trim_end_matches(".rs").to_owned();
        let (Some(own), Ok(text)) = (rank(&module), fs::read_to_string(&file)) else { continue };
        for (number, line) in (1..).zip(text.lines()) {
            let later = named(line).into_iter().filter(|name| rank(name).is_some_and(|other| other > own));
            faults.extend(later.map(|name| format!("src/{within}:{number}: `{module}` uses the later `{name}`")));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn names_are_seen_wherever_they_stand() {
    let cases: [(&str, &[&str]); 5] = [
        ("use crate::finding::Rule;", &["finding"]),
        ("use crate::{form, layout::rule, returns};", &["form", "layout", "returns"]),
        ("    let a = crate::cell::CellRef::new(1, crate::exact::one());", &["cell", "exact"]),
        ("/// See [`crate::batch`].", &[]),
        ("    $crate::finding::Rule {", &["finding"]),
    ];
    for (line, expected) in cases {
        assert_eq!(named(line), expected, "{line}");
    }
}

#[test]
fn heavy_crates_are_imported_in_one_place() {
    let places: [(&str, &[&str]); 4] = [
        ("calamine", &["workbook/cells.rs", "workbook/open_xml/cells.rs"]),
        ("polars", &["tables/", "statistics/", "export/table.rs"]),
        ("clap", &["cli/"]),
        ("indicatif", &["cli/console.rs"]),
    ];
    for file in files_below(&at("src")) {
        let within = file.strip_prefix(at("src")).unwrap().to_str().unwrap().replace('\\', "/");
        let Ok(text) = fs::read_to_string(&file) else { continue };
        for (name, allowed) in places {
            let uses = text.lines().any(|line| line.trim_start().starts_with(&format!("use {name}::")));
            assert!(!uses || allowed.iter().any(|place| within.starts_with(place)), "src/{within} uses {name}");
        }
    }
}

/// Returns a file's lines with their numbers, without comments, tests and the examples that help prints.
fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let code = (1..).zip(text.lines()).take_while(|(_, line)| !line.starts_with("#[cfg(test)]"));
    code.filter(|(_, line)| !line.trim_start().starts_with("//") && !line.starts_with("  scrutineer "))
}

#[test]
fn no_scheme_is_named_in_code() {
    let list = at("src/framework/builtin/mod.rs");
    let mut faults = Vec::new();
    for file in files_below(&at("src")).into_iter().filter(|file| *file != list) {
        let is_rust = file.extension().is_some_and(|extension| extension == "rs");
        let is_test = file.components().any(|part| part.as_os_str() == "tests" || part.as_os_str() == "tests.rs");
        let Ok(text) = fs::read_to_string(&file) else { continue };
        for (number, line) in code_lines(&text).filter(|_| is_rust && !is_test) {
            let named = scrutineer::framework::builtin::NAMES.iter().find(|name| line.contains(**name));
            faults.extend(named.map(|name| format!("{}:{number} names {name}", file.display())));
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}
