//! What files that are named from anywhere are called within one folder.

use std::path::{Component, Path, PathBuf};

/// The names of files within a folder: below the working folder as they are named, else from the folder that is above all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Within {
    /// The folder above all; `None` where all lie below the working folder.
    above: Option<PathBuf>,
}

impl Within {
    /// Looks at how files are named.
    pub fn of<'a>(files: impl Iterator<Item = &'a str>) -> Self {
        let files: Vec<&Path> = files.map(Path::new).collect();
        let is_below =
            |file: &&Path| file.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir));
        if files.iter().all(is_below) {
            return Self { above: None };
        }
        let folders = files.iter().map(|file| whole(file).parent().map(Path::to_owned).unwrap_or_default());
        Self { above: folders.reduce(|one, other| shared(&one, &other)) }
    }

    /// Returns the name of a file, or of one that is to lie beside it.
    pub fn name(&self, file: &str) -> String {
        let Some(above) = &self.above else { return file.to_owned() };
        let whole = whole(Path::new(file));
        let inner = whole.strip_prefix(above).unwrap_or_else(|_| Path::new(whole.file_name().unwrap_or_default()));
        inner.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
    }
}

/// Returns a path from the root, without `..`.
fn whole(file: &Path) -> PathBuf {
    let absolute = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
    absolute.components().fold(PathBuf::new(), |mut path, part| {
        if part == Component::ParentDir {
            path.pop();
        } else {
            path.push(part);
        }
        path
    })
}

/// Returns the folders that two paths begin with alike.
fn shared(one: &Path, other: &Path) -> PathBuf {
    one.components().zip(other.components()).take_while(|(one, other)| one == other).map(|(part, _)| part).collect()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn no_name_leads_out_of_the_folder_and_no_two_files_have_one() {
        let cases: [(&[&str], &[&str]); 5] = [
            (&["a.xlsx", "North/a.xlsx"], &["a.xlsx", "North/a.xlsx"]),
            (&["/s/a.xlsx"], &["a.xlsx"]),
            (&["/s/a.xlsx", "/s/North/a.xlsx"], &["a.xlsx", "North/a.xlsx"]),
            (&["/s/North/a.xlsx", "/s/South/a.xlsx", "/s/b.xlsx"], &["North/a.xlsx", "South/a.xlsx", "b.xlsx"]),
            (&["/s/../t/a.xlsx", "/t/b/a.xlsx"], &["a.xlsx", "b/a.xlsx"]),
        ];
        for (files, expected) in cases {
            let within = Within::of(files.iter().copied());
            let names: Vec<String> = files.iter().map(|file| within.name(file)).collect();
            assert_eq!(names, expected, "{files:?}");
        }
        let up = Within::of(["../a.xlsx", "b/a.xlsx"].into_iter());
        let names = ["../a.xlsx", "b/a.xlsx"].map(|file| up.name(file));
        assert!(names.iter().all(|name| !name.contains("..")) && names[0] != names[1], "{names:?}");
    }
}
