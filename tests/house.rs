//! What holds for the repository as a whole: no file forgotten, none too large.

use std::fs;
use std::path::{Path, PathBuf};

/// Returns a path within the repository.
pub(crate) fn at(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Returns all files below a folder, in order.
pub(crate) fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    entries.into_iter().flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}

#[test]
fn no_test_file_is_forgotten() {
    let main = fs::read_to_string(at("tests/main.rs")).unwrap();
    for entry in fs::read_dir(at("tests")).unwrap() {
        let path = entry.unwrap().path();
        let is_module = path.extension().is_some_and(|extension| extension == "rs") || path.join("mod.rs").is_file();
        let name = path.file_stem().unwrap().to_str().unwrap();
        assert!(
            !is_module || name == "main" || main.contains(&format!("mod {name};")),
            "tests/main.rs has no `mod {name};`"
        );
    }
}

#[test]
fn every_source_file_says_what_it_is_for() {
    for file in
        files_below(&at("src")).iter().filter(|file| file.extension().is_some_and(|extension| extension == "rs"))
    {
        let text = fs::read_to_string(file).unwrap();
        assert!(text.starts_with("//! "), "{} doesn't begin with `//!`", file.display());
    }
}

#[test]
fn sources_name_no_place_outside_the_repository() {
    let marks = ["/work/", "/tmp/w", "shared/workbooks", "/home/", "/root/"];
    for folder in ["src", "tests", "samples", "benches", ".ci"] {
        let files = files_below(&at(folder));
        let texts = files.iter().filter(|file| *file != &at("tests/house.rs"));
        for (file, text) in texts.filter_map(|file| fs::read_to_string(file).ok().map(|text| (file, text))) {
            for mark in marks {
                assert!(!text.contains(mark), "{} names `{mark}`", file.display());
            }
        }
    }
}

#[test]
fn fixtures_are_small() {
    let folder = at("tests/fixtures");
    let files = if folder.is_dir() { files_below(&folder) } else { Vec::new() };
    for file in files {
        let size = fs::metadata(&file).unwrap().len();
        assert!(size <= 30 << 10, "{} has {size} bytes", file.display());
    }
}

#[test]
fn the_readme_names_every_format_of_findings() {
    let readme = fs::read_to_string(at("README.md")).unwrap();
    for format in scrutineer::export::FORMATS {
        assert!(readme.contains(&format!("`{}`", format.name)), "README.md doesn't name `{}`", format.name);
    }
}

/// Returns what stands between backticks in the page for those who work on the program, below a heading.
fn named_in_contributing(heading: &str) -> Vec<String> {
    let page = fs::read_to_string(at("CONTRIBUTING.md")).unwrap();
    let part = page.split("\n## ").find(|part| part.starts_with(heading)).unwrap();
    part.split('`').skip(1).step_by(2).map(ToOwned::to_owned).collect()
}

#[test]
fn what_to_add_where_is_there() {
    let named = named_in_contributing("Where do I add");
    let paths: Vec<&str> = named.iter().map(String::as_str).filter(|name| name.contains('/')).collect();
    assert!(paths.len() > 20, "{paths:?}");
    for path in paths {
        // What is still to be made is told by the folder that it belongs to.
        let known = path.split('<').next().unwrap();
        let known = if known == path { path } else { known.rsplit_once('/').unwrap().0 };
        assert!(at(known).exists(), "there is no {known}");
    }
}

#[test]
fn the_map_lists_the_rooms_in_their_order() {
    let text = fs::read_to_string(at("src/lib.rs")).unwrap();
    let modules = text.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    let named = named_in_contributing("The map");
    let rooms =
        named.iter().map(String::as_str).skip_while(|name| *name != "exact").take_while(|name| *name != "batch");
    let modules: Vec<&str> = modules.take_while(|name| *name != "batch").collect();
    assert_eq!(rooms.collect::<Vec<_>>(), modules);
}
