//! Holds that files use one another in one direction: whoever reads one file needs no other that needs it in turn.
//!
//! Files are followed by the paths that they name, and names through the `mod.rs` that gives them on to the file that has
//! them. A `mod.rs` speaks for the files of its folder, so that it names them doesn't count.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::house::{at, files_below};

/// Files that need one another: what they work out is defined by recursion.
const RECURSIONS: [&[&str]; 2] = [
    // What expressions rest on is seen through a scope, whose weights are expressions that rest on the same, and so are the grades of parts
    // that they name: each is awarded by gates and limits over the part, for all that may still be answered.
    &[
        "outcome::basis",
        "outcome::gate",
        "outcome::own_weight",
        "outcome::reach",
        "outcome::scope",
        "outcome::spread",
        "outcome::subject",
        "outcome::wanting",
        "outcome::weight",
    ],
    // What a row comes to may rest on the rows of other registers.
    &["outcome::register", "outcome::row"],
];

/// The modules of the program by their paths, each with the paths that its file names.
struct Modules(BTreeMap<String, Vec<Named>>);

/// A path that a file names, from the crate's root.
struct Named {
    path: String,
    /// Whether the file gives it on under its own name.
    is_given_on: bool,
}

impl Modules {
    /// Reads all files.
    fn read() -> Self {
        let files = files_below(&at("src")).into_iter().filter(|file| file.extension().is_some_and(|end| end == "rs"));
        let read = files.map(|file| {
            let within = file.strip_prefix(at("src")).unwrap().to_str().unwrap().replace('\\', "/");
            let path = within.trim_end_matches(".rs").trim_end_matches("/mod").replace('/', "::");
            (path, code(&fs::read_to_string(&file).unwrap()))
        });
        let texts: BTreeMap<String, String> = read.collect();
        Self(texts.iter().map(|(module, text)| (module.clone(), named(module, text, &texts))).collect())
    }

    /// Returns the module whose file has what a path names.
    fn of(&self, path: &str) -> Option<String> {
        let mut module = path;
        while !self.0.contains_key(module) {
            module = module.rsplit_once("::")?.0;
        }
        let rest = path[module.len()..].trim_start_matches("::");
        let (name, deeper) = rest.split_once("::").unwrap_or((rest, ""));
        let given_on = self.0[module]
            .iter()
            .find(|named| named.is_given_on && named.path != path && named.path.rsplit("::").next() == Some(name));
        match given_on {
            Some(named) => self.of(format!("{}::{deeper}", named.path).trim_end_matches("::")),
            None => Some(module.to_owned()),
        }
    }

    /// Returns the modules that each uses, but for those of its own folder.
    fn uses(&self) -> BTreeMap<&str, BTreeSet<String>> {
        let used = |(module, named): (&'_ String, &Vec<Named>)| {
            let of = named.iter().filter_map(|named| self.of(&named.path));
            of.filter(|other| other != module && !other.starts_with(&format!("{module}::"))).collect()
        };
        self.0.iter().map(|entry| (entry.0.as_str(), used(entry))).collect()
    }
}

/// Returns the code of a file, without its comments and tests.
fn code(text: &str) -> String {
    let code = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default();
    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// Returns the paths that a module's code names: in what it imports, and where it says them in full.
fn named(module: &str, text: &str, modules: &BTreeMap<String, String>) -> Vec<Named> {
    let mut paths = Vec::new();
    for (at, _) in text.match_indices("use ").filter(|(at, _)| is_import(text, *at)) {
        let is_given_on = text[..at].lines().last().is_some_and(|line| line.trim_start().starts_with("pub"));
        let tree: String = text[at + 4..].split(';').next().unwrap_or_default().split_whitespace().collect();
        paths.extend(branches(&tree).into_iter().map(|path| (path, is_given_on)));
    }
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == ':';
    for root in ["crate::", "super::", "self::"] {
        let whole = text.match_indices(root).filter_map(|(at, _)| text[at..].split(|c| !is_word(c)).next());
        // What ends within a path is the stem of a tree of imports.
        paths.extend(whole.filter(|path| !path.ends_with("::")).map(|path| (path.to_owned(), false)));
    }
    let absolute =
        |(path, is_given_on): (String, bool)| Some(Named { path: absolute(module, &path, modules)?, is_given_on });
    paths.into_iter().filter_map(absolute).collect()
}

/// Whether a `use` begins an import.
fn is_import(text: &str, at: usize) -> bool {
    let before = text[..at].lines().last().filter(|_| !text[..at].ends_with('\n')).unwrap_or_default().trim();
    before.is_empty() || before.starts_with("pub")
}

/// Returns the paths of a tree of imports, which has no blanks: `a::{b,c::{d,self}}`.
fn branches(tree: &str) -> Vec<String> {
    let Some((stem, rest)) = tree.split_once('{') else { return vec![tree.to_owned()] };
    let mut depth = 0;
    let part = |letter: char| {
        depth += i32::from(letter == '{') - i32::from(letter == '}');
        letter == ',' && depth == 0
    };
    let parts = rest.strip_suffix('}').unwrap_or(rest).split(part);
    let below = parts.filter(|part| !part.is_empty()).flat_map(branches);
    below.map(|branch| format!("{stem}{branch}").trim_end_matches("::self").to_owned()).collect()
}

/// Returns a path from the crate's root; `None` where it leads out of the crate.
fn absolute(module: &str, path: &str, modules: &BTreeMap<String, String>) -> Option<String> {
    let above = |module: &str| module.rsplit_once("::").map_or("", |(above, _)| above).to_owned();
    let joined = |module: &str, rest: &str| format!("{module}::{rest}").trim_start_matches("::").to_owned();
    if let Some(rest) = path.strip_prefix("crate::") {
        return Some(rest.to_owned());
    }
    if let Some(rest) = path.strip_prefix("self::") {
        return Some(joined(module, rest));
    }
    if let Some(rest) = path.strip_prefix("super::") {
        let above = above(module);
        return if rest.starts_with("super::") { absolute(&above, rest, modules) } else { Some(joined(&above, rest)) };
    }
    let own = joined(module, path);
    modules.contains_key(&joined(module, path.split("::").next().unwrap_or_default())).then_some(own)
}

/// Returns all that a module needs, directly or not.
fn needs<'a>(module: &'a str, uses: &'a BTreeMap<&str, BTreeSet<String>>) -> BTreeSet<&'a str> {
    let mut needed = BTreeSet::new();
    let mut next = vec![module];
    while let Some(module) = next.pop() {
        let fresh = uses.get(module).into_iter().flatten().map(String::as_str).filter(|other| needed.insert(*other));
        next.extend(fresh.collect::<Vec<_>>());
    }
    needed
}

#[test]
fn no_file_needs_another_that_needs_it() {
    let modules = Modules::read();
    let uses = modules.uses();
    let needed: BTreeMap<&str, BTreeSet<&str>> = uses.keys().map(|module| (*module, needs(module, &uses))).collect();
    let mut circles = BTreeSet::new();
    for (module, others) in needed.iter().filter(|(module, others)| others.contains(*module)) {
        circles.insert(others.iter().copied().filter(|other| needed[other].contains(module)).collect::<Vec<_>>());
    }
    let is_known = |circle: &Vec<&str>| RECURSIONS.iter().any(|known| circle.iter().all(|one| known.contains(one)));
    let faults: Vec<String> =
        circles.iter().filter(|circle| !is_known(circle)).map(|circle| circle.join(", ")).collect();
    assert!(faults.is_empty(), "files that need one another:\n{}", faults.join("\n"));
}

#[test]
fn imports_are_seen_wherever_they_lead() {
    let cases: [(&str, &[&str]); 4] = [
        ("crate::cell::CellRef", &["crate::cell::CellRef"]),
        ("super::{a,b::{self,C},d::E}", &["super::a", "super::b", "super::b::C", "super::d::E"]),
        ("place::{Place,Placed}", &["place::Place", "place::Placed"]),
        ("std::fmt", &["std::fmt"]),
    ];
    for (tree, expected) in cases {
        assert_eq!(branches(tree), expected, "{tree}");
    }
}
