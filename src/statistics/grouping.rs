//! Whether the groups of a column differ in their totals or outcomes, and between what the mean of each lies.

use std::collections::BTreeMap;

use polars::prelude::{PolarsResult, col};

use super::group_values::{GroupValues, OwnValues, one_each};
use super::subject::Subject;
use super::table::Table;
use super::{group_outcome, interval, query, significance};
use crate::figure::{About, Facet, Figure, FigureOf, Measure, figures};
use crate::season::record::totals_are_sizes;
use crate::tables::column;

/// Of fewer complete returns nothing is said about a group's mean, and ranks can't be tested.
const LEAST: usize = 5;

/// By what groups are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compared {
    /// By the totals of complete returns (Kruskal and Wallis's test of ranks).
    Totals,
    /// By the places of settled outcomes in the lists of bands, where totals say nothing of how good an organisation is (a permutation
    /// test, see [`significance::by_permutation`]).
    Outcomes,
}

/// The groups of a column, compared.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupingRow {
    /// By what it is grouped: `region`, `group`.
    pub by: String,
    /// By what its groups are compared.
    pub compared: Compared,
    /// How many groups have enough returns to be compared.
    pub groups: usize,
    /// How likely chance alone gives totals or outcomes that differ so much between those groups.
    pub chance: Figure,
    /// The same, allowing for how many columns are looked at.
    pub chance_adjusted: Figure,
}

figures!(GroupingRow: chance, chance_adjusted);

/// The totals of complete returns by group, an organisation's own taken together: what it sent about its parts isn't independent.
pub(super) struct GroupTotals {
    /// One of each organisation, by which groups are compared.
    each: Vec<GroupValues>,
    /// All of each organisation, which a group's mean is over.
    own: OwnValues,
}

impl GroupTotals {
    /// Gathers them, in order of the columns and groups.
    pub(super) fn of(subject: &Subject) -> PolarsResult<Self> {
        let rows = query::grouped(subject, &subject.frames.returns).filter(col(column::TOTAL_NEAR).is_not_null());
        let rows = Table::of(query::sorted(rows, &[column::BY, column::GROUP, column::TOTAL_NEAR]))?;
        let mut totals = OwnValues::new();
        for row in rows.rows() {
            let (Some(by), group) = (rows.text(column::BY, row), rows.text(column::GROUP, row)) else { continue };
            let whose =
                rows.text(column::ORGANISATION, row).or_else(|| rows.text(column::FILE, row)).unwrap_or_default();
            let own = totals.entry((by, group)).or_default().entry(whose).or_default();
            own.extend(rows.number(column::TOTAL_NEAR, row));
        }
        Ok(Self { each: one_each(totals.clone()), own: totals })
    }

    /// Returns between what the mean total of a group lies, with 95 % likelihood, were such a group drawn again.
    pub(super) fn interval(&self, by: &str, group: Option<&str>, about: &About) -> (Figure, Figure) {
        let of = self.own.get(&(by.to_owned(), group.map(ToOwned::to_owned)));
        let values: Vec<Vec<f64>> = of.into_iter().flat_map(BTreeMap::values).cloned().collect();
        let ends = interval::of_mean_of_several(&values).filter(|_| values.len() >= LEAST);
        let few = "there are fewer than five complete returns";
        let figure =
            |measure, end: Option<f64>| about.facet(Facet::Total).figure(measure, end.ok_or(few), values.len());
        (figure(Measure::Low, ends.map(|ends| ends.0)), figure(Measure::High, ends.map(|ends| ends.1)))
    }

    /// Compares the groups of each column that has two to compare: by their totals, or by their outcomes where totals have no most.
    pub(super) fn compared(&self, subject: &Subject) -> Vec<GroupingRow> {
        if totals_are_sizes(subject.headline(), subject.season.frameworks)
            || self.each.iter().all(|row| row.2.is_empty())
        {
            rows(subject, Compared::Outcomes, &group_outcome::places(subject))
        } else {
            rows(subject, Compared::Totals, &self.each)
        }
    }
}

/// Compares the groups of each column that has two to compare, allowing for how many columns there are.
fn rows(subject: &Subject, compared: Compared, values: &[GroupValues]) -> Vec<GroupingRow> {
    let columns: Vec<Comparable> = values.chunk_by(|one, other| one.0 == other.0).map(comparable).collect();
    let columns: Vec<_> = columns.into_iter().filter(|(_, groups)| groups.len() > 1).collect();
    let (test, same): (Test, _) = match compared {
        Compared::Totals => (significance::between_groups, "all totals are the same"),
        Compared::Outcomes => (significance::by_permutation, "all outcomes are the same"),
    };
    let adjusted = significance::with_adjusted(columns.iter().map(|(_, groups)| test(groups)).collect());
    let row = |(by, groups): &Comparable, (own, raised): (Option<f64>, Option<f64>)| {
        let about = subject.about(FigureOf::Grouping((*by).to_owned()));
        let n = groups.iter().map(|values| values.len()).sum();
        let figure = |measure, chance: Option<f64>| about.figure(measure, chance.ok_or(same), n);
        GroupingRow {
            by: (*by).to_owned(),
            compared,
            groups: groups.len(),
            chance: figure(Measure::Chance, own),
            chance_adjusted: figure(Measure::ChanceAdjusted, raised),
        }
    };
    columns.iter().zip(adjusted).map(|(of, chances)| row(of, chances)).collect()
}

/// A test of whether groups differ, which gives how likely chance alone parts them so far.
type Test = fn(&[&[f64]]) -> Option<f64>;

/// A column, and the values of its groups that can be compared.
type Comparable<'a> = (&'a str, Vec<&'a [f64]>);

/// Returns the values of the groups of one column that are named and large enough.
fn comparable(groups: &[GroupValues]) -> Comparable<'_> {
    let large = groups.iter().filter(|(_, name, values)| name.is_some() && values.len() >= LEAST);
    (&groups[0].0, large.map(|(.., values)| &values[..]).collect())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crate::figure::Disclosure;
    use crate::framework::Framework;
    use crate::season::sample::{self, Dice};
    use crate::season::{Expected, Roster, Season, Surroundings};
    use crate::statistics::Statistics;
    use crate::statistics::verdict::Chance;
    use crate::tables::Frames;

    use super::{Compared, GroupTotals, Subject, group_outcome};

    /// Returns a season of two regions, where so many in ten answers of one are the best, whatever they would have been.
    fn season(frameworks: &[Framework], seed: u64, raised: u64) -> Season<'_> {
        let mut dice = Dice::new(seed);
        let (mut roster, mut reviews) = (Roster::default(), Vec::new());
        for number in 0..24 {
            let organisation = format!("Organisation {number}");
            let is_raised = number % 2 == 0;
            let answer = |dice: &mut Dice| {
                let own = u32::try_from(dice.below(3)).unwrap();
                if dice.below(10) < raised && is_raised { 2 } else { own }
            };
            let answers: Vec<Option<u32>> = frameworks[0].criteria().map(|_| Some(answer(&mut dice))).collect();
            reviews.push(sample::review(&frameworks[0], &organisation, "Self-assessment", &answers));
            let columns =
                BTreeMap::from([("region".to_owned(), ["North", "South"][usize::from(is_raised)].to_owned())]);
            roster.add(Expected { organisation, columns, ..Expected::default() });
        }
        Season::new(frameworks, Surroundings { roster: Some(roster), ..Surroundings::default() }, reviews)
    }

    /// Returns in how many of sixty such seasons the regions are said to differ by more than chance gives, by totals or by outcomes.
    fn told(raised: u64, compared: Compared) -> usize {
        let frameworks = [sample::usual()];
        let is_told = |seed: &u64| {
            let season = season(&frameworks, *seed, raised);
            let frames = Frames::of(&season).unwrap();
            let subject =
                Subject { season: &season, frames: &frames, framework: &frameworks[0], limits: Disclosure::OPEN };
            let rows = match compared {
                Compared::Totals => GroupTotals::of(&subject).unwrap().compared(&subject),
                Compared::Outcomes => super::rows(&subject, compared, &group_outcome::places(&subject)),
            };
            let [row] = &rows[..] else { panic!("there is one column") };
            assert_eq!((&*row.by, row.groups, row.chance.n), ("region", 2, 24));
            Chance::is_unlikely(&row.chance_adjusted)
        };
        (1..=60).filter(is_told).count()
    }

    #[test]
    fn groups_that_differ_are_told_and_those_that_do_not_are_not() {
        for (compared, least) in [(Compared::Totals, 57), (Compared::Outcomes, 45)] {
            let (none, planted) = (told(0, compared), told(5, compared));
            assert!(none <= 7, "{none} of 60, where one in twenty is chance: {compared:?}");
            assert!(planted >= least, "{planted} of 60: {compared:?}");
        }
    }

    #[test]
    fn what_is_passed_on_compares_no_groups_of_which_a_mean_is_hidden() {
        let frameworks = [sample::usual()];
        for (moved, expected) in [(0, 1), (9, 0)] {
            let mut season = season(&frameworks, 3, 5);
            let north = season.returns.iter_mut().filter(|sent| sent.groups["region"] == "North").take(moved);
            north.for_each(|sent| *sent.groups.get_mut("region").unwrap() = "South".to_owned());
            let published = Statistics::published(&season).unwrap();
            assert_eq!(published.of("sample").unwrap().groupings.len(), expected, "{moved}");
        }
    }
}
