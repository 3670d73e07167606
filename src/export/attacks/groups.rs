//! Attacks on how many of each group have each outcome.

use std::collections::{BTreeMap, BTreeSet};

use super::solver::Unknowns;
use super::{Dice, File, K, blanked, framework, sample};
use crate::framework::Framework;
use crate::season::{Season, Surroundings};

/// What the file tells of the outcomes of one grouping.
struct Told<'f> {
    file: &'f File,
    by: String,
    groups: BTreeSet<String>,
    /// The outcomes, and those that are counted together, as the file names them.
    columns: BTreeSet<String>,
}

impl<'f> Told<'f> {
    /// Returns the groupings of which outcomes are told.
    fn all(file: &'f File) -> Vec<Self> {
        let mut told: BTreeMap<String, Self> = BTreeMap::new();
        for id in file.between("group/", "") {
            let parts: Vec<&str> = id.splitn(4, '/').collect();
            let [by, group, "outcome", column] = parts[..] else { continue };
            let (groups, columns) = (BTreeSet::new(), BTreeSet::new());
            let of = told.entry(by.to_owned()).or_insert_with(|| Self { file, by: by.to_owned(), groups, columns });
            of.groups.insert(group.to_owned());
            of.columns.insert(column.to_owned());
        }
        told.into_values().collect()
    }

    /// Returns a count of the file.
    fn count(&self, group: &str, column: &str) -> Option<i64> {
        self.file.count(&format!("group/{}/{group}/outcome/{column}", self.by))
    }

    /// Returns the bands of a column: several that are counted together are joined by `+`.
    fn bands(column: &str) -> Vec<&str> {
        column.split('/').next().unwrap_or_default().split('+').collect()
    }

    /// Returns how many each group may have of each band, by all sums but for what is told of the outcomes of groups, or with that too.
    fn unknowns(&self, with_outcomes: bool, organisations: i64) -> (Unknowns, BTreeMap<(String, String), usize>) {
        let bands: BTreeSet<&str> = self.columns.iter().flat_map(|column| Self::bands(column)).collect();
        let (mut unknowns, mut places) = (Unknowns::default(), BTreeMap::new());
        for group in &self.groups {
            for band in &bands {
                places.insert((group.clone(), (*band).to_owned()), unknowns.add(0, organisations));
            }
            let of_group = bands.iter().map(|band| (places[&(group.clone(), (*band).to_owned())], 1)).collect();
            if let Some(size) = self.file.count(&format!("group/{}/{group}/returns", self.by)) {
                unknowns.sum(of_group, size, size);
            }
            for column in self.columns.iter().filter(|_| with_outcomes) {
                let terms = Self::bands(column).into_iter().map(|band| (places[&(group.clone(), band.to_owned())], 1));
                if let Some(count) = self.count(group, column) {
                    unknowns.sum(terms.collect(), count, count);
                }
            }
        }
        for band in &bands {
            let terms = self.groups.iter().map(|group| (places[&(group.clone(), (*band).to_owned())], 1)).collect();
            if let Some(all) = self.file.count(&format!("outcome/{band}/count")) {
                unknowns.sum(terms, all, all);
            }
        }
        (unknowns, places)
    }
}

/// Returns a season of so many organisations in their regions; in some a few leave answers out.
fn season(frameworks: &[Framework; 1], organisations: usize, seed: u64) -> Season<'_> {
    let mut reviews = sample::reviews(&frameworks[0], organisations, seed);
    reviews.retain(|review| review.settled().is_some());
    let reviews =
        if seed.is_multiple_of(4) { blanked(&frameworks[0], reviews, 2, &mut Dice::new(seed)) } else { reviews };
    Season::new(frameworks, Surroundings::default(), reviews)
}

/// Every count that is told is of k or more, of every group or of none; what bands that are counted together come to in a group can still be as
/// many numbers as without it, up to k.
#[test]
fn no_outcome_of_a_group_is_told_of_few_or_narrowed_down_by_sums() {
    let frameworks = framework();
    let mut are_told = 0;
    for seed in 1..13_u64 {
        let organisations = 60 + 7 * usize::try_from(seed).unwrap();
        let season = season(&frameworks, organisations, seed);
        let file = File::of(&season);
        for told in Told::all(&file) {
            for (group, column) in told.groups.iter().flat_map(|group| told.columns.iter().map(move |of| (group, of))) {
                let count =
                    told.count(group, column).unwrap_or_else(|| panic!("{} {group} {column} is hidden", told.by));
                assert!(count == 0 || count >= i64::try_from(K).unwrap(), "{} {group} {column}: {count}", told.by);
                are_told += 1;
            }
            let all = i64::try_from(organisations).unwrap();
            let (before, places) = told.unknowns(false, all);
            let (after, _) = told.unknowns(true, all);
            for ((group, band), place) in &places {
                let is_told = told.columns.iter().any(|column| Told::bands(column) == [band.as_str()]);
                let (before, after) = (before.values(*place, K), after.values(*place, K));
                assert!(is_told || after >= before, "{} {group} {band}: {after} of {before} values", told.by);
            }
        }
    }
    assert!(are_told > 0, "no outcomes of groups are told of any of these seasons");
}
