//! Whether returns and outputs share a folder, whichever contains which and by whichever name it is reached.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::store::StoreError;

/// What tells one folder from all others, whatever it is called.
type Identity = (u64, u64);

/// Refuses outputs that would lie among the inputs, and inputs that lie among the outputs.
pub fn check(input: &Path, output: &Path) -> Result<(), StoreError> {
    let (Ok(real_input), Ok(real_output)) = (resolved(input), resolved(output)) else { return Ok(()) };
    let is_inside = |inner: &Path, outer: &Path| inner.starts_with(outer) || is_within(inner, outer, &identity);
    let (to_input, to_output) = (input.to_owned(), output.to_owned());
    if is_inside(&real_output, &real_input) {
        Err(StoreError::OutputInside { output: to_output, input: to_input })
    } else if is_inside(&real_input, &real_output) {
        Err(StoreError::InputInside { input: to_input, output: to_output })
    } else {
        Ok(())
    }
}

/// Whether a folder is another, or one below it, under a name of its own: mounted a second time, or written in another case.
fn is_within(inner: &Path, outer: &Path, identity: &dyn Fn(&Path) -> Option<Identity>) -> bool {
    let on_the_way: BTreeSet<Identity> = inner.ancestors().filter_map(identity).collect();
    let entries = WalkDir::new(outer).into_iter().flatten();
    let mut folders = entries.filter(|entry| entry.file_type().is_dir()).filter_map(|entry| identity(entry.path()));
    folders.any(|folder| on_the_way.contains(&folder))
}

/// Returns what tells a folder from all others.
#[cfg(unix)]
fn identity(folder: &Path) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(folder).ok().map(|there| (there.dev(), there.ino()))
}

/// Returns nothing: where a folder's path is put in full it is called as it is kept.
#[cfg(not(unix))]
fn identity(_folder: &Path) -> Option<Identity> {
    None
}

/// Returns a path without links and `..`, also where its last parts don't exist yet.
fn resolved(path: &Path) -> io::Result<PathBuf> {
    let whole = std::path::absolute(path)?;
    let mut missing = Vec::new();
    let mut present = whole.as_path();
    loop {
        if let Ok(real) = present.canonicalize() {
            return Ok(missing.iter().rev().fold(real, |path: PathBuf, name| path.join(name)));
        }
        let (Some(parent), Some(name)) = (present.parent(), present.file_name()) else { return Ok(whole) };
        missing.push(name.to_owned());
        present = parent;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outputs_among_the_inputs_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let input = folder.path().join("in");
        fs::create_dir_all(&input).unwrap();
        for (output, refused) in
            [("in", true), ("in/out", true), ("in/../in/out", true), ("inside", false), (".", true)]
        {
            let output = folder.path().join(output);
            assert_eq!(check(&input, &output).is_err(), refused, "{}", output.display());
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_the_folder_that_it_leads_to() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(at("in/North")).unwrap();
        fs::create_dir_all(at("elsewhere")).unwrap();
        std::os::unix::fs::symlink(at("in/North"), at("link")).unwrap();
        std::os::unix::fs::symlink(at("elsewhere"), at("other")).unwrap();
        for (output, refused) in [("link", true), ("link/out", true), ("other", false), ("other/out", false)] {
            assert_eq!(check(&at("in"), &at(output)).is_err(), refused, "{output}");
            assert_eq!(check(&at(output), &at("in")).is_err(), refused, "{output}");
        }
    }

    /// What a test can't do, which is to mount a folder a second time, is told by what tells folders apart.
    #[test]
    fn a_folder_that_is_mounted_a_second_time_or_written_in_another_case_is_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for name in ["in/North/deep", "mounted/deep", "IN", "beside"] {
            fs::create_dir_all(at(name)).unwrap();
        }
        let number = |path: &Path| {
            let name = path.strip_prefix(folder.path()).ok()?.to_string_lossy().into_owned();
            let name = name.replacen("mounted", "in/North", 1).replacen("IN", "in", 1);
            ["", "in", "in/North", "in/North/deep", "beside"].iter().position(|known| *known == name)
        };
        let identity = |path: &Path| path.exists().then(|| number(path)).flatten().map(|number| (1, number as u64));
        let cases = [
            ("mounted", "in", true),
            ("mounted/out", "in", true),
            ("mounted/deep/out", "in/North", true),
            ("IN/out", "in", true),
            ("in/North/out", "mounted", true),
            ("beside", "in", false),
            ("beside/out", "mounted", false),
            ("in", "mounted", false),
        ];
        for (inner, outer, expected) in cases {
            assert_eq!(is_within(&at(inner), &at(outer), &identity), expected, "{inner} {outer}");
        }
    }
}
