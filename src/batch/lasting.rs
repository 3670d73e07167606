//! Which outputs of an earlier run stay beside those of a run that makes some only.
//!
//! What could be made again of today's files stays, told as of an earlier run. What a return left that is no longer there goes, whichever
//! kinds are wanted now, and so does all that the kinds that are made no longer come to, and a part's own account.

use std::collections::BTreeSet;

use super::{PUBLISHED, RETURNS, shard};
use crate::artifact::{ArtifactKind, OutputNames};

/// Which outputs of an earlier run stay.
#[derive(Debug, Default)]
pub(super) struct Lasting {
    /// What today's returns may be handed; `None` where nobody knows all of them.
    handed_back: Option<BTreeSet<String>>,
    /// The kinds of which all was made.
    whole: BTreeSet<ArtifactKind>,
}

impl Lasting {
    /// Decides by the files of a run, all of which were reviewed, by the kinds that it made, and by the names of what it couldn't make.
    pub(super) fn of<'a>(
        (names, files): (&OutputNames, impl Iterator<Item = &'a str>),
        wanted: &[ArtifactKind],
        failed: &BTreeSet<ArtifactKind>,
    ) -> Self {
        let whole = wanted.iter().copied().filter(|kind| !failed.contains(kind)).collect();
        Self { handed_back: Some(files.flat_map(|file| names.all(file)).collect()), whole }
    }

    /// Whether an output of an earlier run stays.
    pub(super) fn holds(&self, name: &str) -> bool {
        let is_wanting = |names: &BTreeSet<String>| name.starts_with(RETURNS) && !names.contains(name);
        let is_made = kind(name).is_some_and(|kind| self.whole.contains(&kind));
        !(shard::is_of_part(name) || is_made || self.handed_back.as_ref().is_some_and(is_wanting))
    }
}

/// Returns of which kind an output is; `None` of what every run makes.
pub(super) fn kind(name: &str) -> Option<ArtifactKind> {
    let bare = name.strip_prefix(PUBLISHED).unwrap_or(name);
    if name.starts_with(RETURNS) {
        return Some(if name.ends_with(".report.pdf") {
            ArtifactKind::Reports
        } else if name.ends_with(".benchmark.pdf") || name.ends_with(".benchmark.csv") {
            ArtifactKind::Benchmarks
        } else {
            ArtifactKind::Annotated
        });
    }
    if bare.starts_with("data/") || bare == "calendar.ics" {
        Some(ArtifactKind::Data)
    } else if bare == crate::render::workbook::NAME {
        Some(ArtifactKind::Season)
    } else {
        let is_report = std::path::Path::new(bare).extension().is_some_and(|extension| extension == "pdf");
        is_report.then_some(ArtifactKind::Reports)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_todays_files_may_come_to_stays_and_nothing_else() {
        let files = ["Acme.xlsx", "North/Beta.ods"];
        let names = OutputNames::within(RETURNS, files);
        let lasting = |wanted: &[ArtifactKind], failed: &[ArtifactKind]| {
            Lasting::of((&names, files.into_iter()), wanted, &failed.iter().copied().collect())
        };
        let annotated = lasting(&[ArtifactKind::Annotated], &[]);
        let failed = lasting(&[ArtifactKind::Annotated], &[ArtifactKind::Annotated]);
        let cases = [
            ("returns/Acme.annotated.xlsx", false, true),
            ("returns/Acme.report.pdf", true, true),
            ("returns/Acme.benchmark.csv", true, true),
            ("returns/North/Beta.findings.xlsx", false, true),
            ("returns/Gone.annotated.xlsx", false, false),
            ("returns/Gone.report.pdf", false, false),
            ("season.xlsx", true, true),
            ("published/season.xlsx", true, true),
            ("data/returns.csv", true, true),
            ("calendar.ics", true, true),
            ("overarching-report-seqf.pdf", true, true),
            ("organisations/Acme.report.pdf", true, true),
            ("shard.json", false, false),
            ("reviews/ab.json", false, false),
            ("data/returns/shard=2/part.parquet", false, false),
        ];
        for (name, made, tried) in cases {
            assert_eq!((annotated.holds(name), failed.holds(name)), (made, tried), "{name}");
        }
        let all = lasting(&ArtifactKind::ALL, &[]);
        assert!(cases.iter().all(|(name, ..)| !all.holds(name)));
        let broken_off = Lasting::default();
        assert!(cases.iter().all(|(name, ..)| broken_off.holds(name) != shard::is_of_part(name)));
    }
}
