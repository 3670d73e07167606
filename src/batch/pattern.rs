//! Names with `*` and `?` that no shell has put in full, as the command prompt of Windows hands them over.

use std::path::{Path, PathBuf};

use glob::{GlobError, MatchOptions, Pattern};

use super::plan::PlanError;
use super::store;

/// Signs that stand for letters of names.
const SIGNS: [char; 2] = ['*', '?'];
/// How long paths of Windows begin, in which a question mark stands for itself.
const LONG: &str = r"\\?\";
/// Names match as the system tells them apart, and hidden files only where they are meant.
const OPTIONS: MatchOptions =
    MatchOptions { case_sensitive: !cfg!(windows), require_literal_separator: true, require_literal_leading_dot: true };

/// Returns paths with what stands for several put in full, in order of their names; a path that is there stands for itself.
pub fn in_full(paths: Vec<PathBuf>) -> Result<Vec<PathBuf>, PlanError> {
    let mut full = Vec::new();
    for path in paths {
        match pattern(&path) {
            Some(pattern) => full.extend(matching(&path, &pattern)?),
            None => full.push(path),
        }
    }
    Ok(full)
}

/// Returns the pattern that a path is; `None` where it is there, or has no sign that stands for others. Brackets stand for themselves,
/// as they do at a command prompt: many a file is called `Return [1].xlsx`.
fn pattern(path: &Path) -> Option<String> {
    let written = path.to_str().filter(|written| written.contains(SIGNS) && !written.starts_with(LONG))?;
    let is_taken = path.exists() || path.as_os_str() == "-";
    let in_brackets =
        |part: char| if "[]".contains(part) { Pattern::escape(&part.to_string()) } else { part.to_string() };
    (!is_taken).then(|| written.chars().map(in_brackets).collect())
}

/// Returns the paths that a pattern stands for; one that stands for none is a slip.
fn matching(path: &Path, pattern: &str) -> Result<Vec<PathBuf>, PlanError> {
    let unread = |error: GlobError| PlanError::Unread(error.path().to_owned(), store::in_words(error.error()));
    let found = glob::glob_with(pattern, OPTIONS).into_iter().flatten();
    let found: Vec<PathBuf> = found.collect::<Result<_, GlobError>>().map_err(unread)?;
    if found.is_empty() { Err(PlanError::NoMatch(path.to_owned())) } else { Ok(found) }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the tests lay out files of their own")]
mod tests {
    use super::*;

    #[test]
    fn signs_stand_for_the_files_that_are_there() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["b.xlsx", "a.xlsx", "ab.xls", "c [1].xlsx", "North/d.xlsx", ".hidden.xlsx"] {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "").unwrap();
        }
        let cases: [(&str, &[&str]); 8] = [
            ("*.xlsx", &["a.xlsx", "b.xlsx", "c [1].xlsx"]),
            ("?.xlsx", &["a.xlsx", "b.xlsx"]),
            ("a*", &["a.xlsx", "ab.xls"]),
            ("* [1].xlsx", &["c [1].xlsx"]),
            ("*/*.xlsx", &["North/d.xlsx"]),
            ("c [1].xlsx", &["c [1].xlsx"]),
            ("c [2].xlsx", &["c [2].xlsx"]),
            ("nowhere.xlsx", &["nowhere.xlsx"]),
        ];
        for (written, expected) in cases {
            let full = in_full(vec![folder.path().join(written)]).unwrap();
            let expected: Vec<PathBuf> = expected.iter().map(|name| folder.path().join(name)).collect();
            assert_eq!(full, expected, "{written}");
        }
        for none in ["*.ods", "nowhere/*", "***", "?"] {
            assert!(matches!(in_full(vec![folder.path().join(none)]), Err(PlanError::NoMatch(_))), "{none}");
        }
        assert_eq!(in_full(vec![PathBuf::from("-")]).unwrap(), [PathBuf::from("-")]);
    }
}
