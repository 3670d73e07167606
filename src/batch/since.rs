//! What became of a season's files since an earlier run into the same folder.

use std::collections::BTreeMap;

/// How the files differ from those that the earlier run reviewed; each list in order of the names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Since {
    /// The files that it didn't review.
    pub new: Vec<String>,
    /// Those that hold something else now.
    pub changed: Vec<String>,
    /// Those that were called otherwise, from what to what.
    pub renamed: Vec<(String, String)>,
    /// Those that aren't there any more.
    pub gone: Vec<String>,
}

impl Since {
    /// Compares files, as their digests by their names. A file under another name is the one of the same digest that is gone.
    pub fn of(before: &BTreeMap<String, String>, now: &BTreeMap<&str, &str>) -> Self {
        let mut since = Self::default();
        let mut gone: Vec<(&String, &String)> =
            before.iter().filter(|(name, _)| !now.contains_key(name.as_str())).collect();
        for (name, digest) in now {
            match (before.get(*name), gone.iter().position(|(_, other)| other.as_str() == *digest)) {
                (Some(other), _) if other == digest => {}
                (Some(_), _) => since.changed.push((*name).to_owned()),
                (None, Some(at)) => since.renamed.push((gone.remove(at).0.clone(), (*name).to_owned())),
                (None, None) => since.new.push((*name).to_owned()),
            }
        }
        since.gone = gone.into_iter().map(|(name, _)| name.clone()).collect();
        since
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_file_is_told_once_by_its_name_and_its_digest() {
        let files = |files: &[(&'static str, &'static str)]| -> BTreeMap<&'static str, &'static str> {
            files.iter().copied().collect()
        };
        let owned = |files: BTreeMap<&str, &str>| -> BTreeMap<String, String> {
            files.into_iter().map(|(name, digest)| (name.to_owned(), digest.to_owned())).collect()
        };
        let before = files(&[("a", "1"), ("b", "2"), ("c", "3"), ("d", "4"), ("e", "4")]);
        let now = files(&[("a", "1"), ("b", "9"), ("x", "3"), ("y", "4"), ("z", "5")]);
        let since = Since::of(&owned(before.clone()), &now);
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let pairs = |pairs: &[(&str, &str)]| {
            pairs.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned())).collect::<Vec<_>>()
        };
        let expected = Since {
            new: names(&["z"]),
            changed: names(&["b"]),
            renamed: pairs(&[("c", "x"), ("d", "y")]),
            gone: names(&["e"]),
        };
        assert_eq!(since, expected);
        assert_eq!(Since::of(&owned(before.clone()), &before), Since::default());
    }
}
