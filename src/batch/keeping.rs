//! What a run keeps of its work for the next one, and takes from the last: reviews, copies and documents.

use super::cache::{Cache, Key};
use super::review_file::{ReviewedFile, WholeFile};
use crate::export::results;
use crate::review::Status;
use crate::workbook::Source;

/// What was made before, and from what beside the files themselves.
#[derive(Clone, Copy, Debug)]
pub struct Keeping<'a> {
    /// Where it is kept.
    pub cache: &'a Cache,
    /// The digest of what reviews are made with: frameworks, limits, what the season says of dates.
    pub basis: &'a Key,
}

impl Keeping<'_> {
    /// Returns the review of a file as it was made before, else makes it. That of a file that couldn't be read is made each time, since
    /// that may have had a cause outside it.
    pub(super) fn review(self, source: &Source, make: impl FnOnce() -> ReviewedFile) -> ReviewedFile {
        let key = Key::of(&("review", self.basis, &*source.name, source.sha256()));
        let kept = self.cache.kept(&key).and_then(|bytes| serde_json::from_slice::<WholeFile>(&bytes).ok());
        if let Some(kept) = kept {
            return kept.into();
        }
        let reviewed = make();
        if reviewed.review.status == Status::Unreadable {
            return reviewed;
        }
        let whole = WholeFile::from(reviewed);
        self.cache.keep(&key, &results::in_a_line(&whole));
        whole.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::batch::Rows;
    use crate::batch::review_file::review_file;
    use crate::batch::store;
    use crate::framework::{Framework, builtin};
    use crate::ooxml::Limits;
    use crate::review::Settings;

    #[test]
    fn a_kept_review_is_the_review_in_every_part_and_isn_t_made_again() {
        let folder = tempfile::tempdir().unwrap();
        let (cache, basis) = (Cache::at(folder.path().join("cache")), Key::of(&"all"));
        let keeping = Keeping { cache: &cache, basis: &basis };
        let frameworks: Vec<Framework> = builtin::packs().into_iter().map(|pack| pack.framework).collect();
        let settings = Settings::new(&frameworks, Limits::default());
        for name in builtin::NAMES {
            let path = format!("{}/tests/fixtures/{name}.xlsx", env!("CARGO_MANIFEST_DIR"));
            let source = Source::new(*name, store::bytes(path.as_ref()).unwrap());
            let made = keeping.review(&source, || review_file(&settings, &source, Rows::Gathered));
            let kept = keeping.review(&source, || panic!("{name} is made again"));
            assert!(made.review == kept.review && made.rows == kept.rows && made.answer == kept.answer, "{name}");
            assert!(made.review.outcome.is_some(), "{name}");
        }
    }

    #[test]
    fn what_could_not_be_read_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let (cache, basis) = (Cache::at(folder.path().join("cache")), Key::of(&"all"));
        let keeping = Keeping { cache: &cache, basis: &basis };
        let source = Source::new("a.xlsx", b"no workbook".to_vec());
        let settings = Settings::new(&[], Limits::default());
        let mut times = 0;
        for _ in 0..2 {
            keeping.review(&source, || {
                times += 1;
                review_file(&settings, &source, Rows::LeftOut)
            });
        }
        assert_eq!(times, 2);
    }
}
