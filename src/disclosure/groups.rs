//! Hides what must be hidden of groups, so that no small one can be worked out from the others, from totals, or from other groupings.

use std::collections::BTreeSet;

use super::Masked;
use super::suppress::{small, suppress};
use crate::figure::{About, Disclosure, Facet, Figure, FigureId, FigureOf, Figured};
use crate::framework::{Band, Framework, FrameworkId};
use crate::season::Season;
use crate::statistics::{FrameworkStatistics, GroupRow};

/// Hides what small groups could be worked out from; returns the columns of which no group can be shown.
pub(super) fn protect(framework: &mut FrameworkStatistics, spec: &Framework, season: &Season) -> Vec<FigureId> {
    let limits = season.settings.disclosure;
    let bands = Bands::of(spec);
    let columns: BTreeSet<String> = framework.groups.iter().map(|row| row.by.clone()).collect();
    let mut withheld = columns;
    withheld.retain(|by| {
        let mut rows: Vec<&mut GroupRow> = framework.groups.iter_mut().filter(|row| row.by == *by).collect();
        grouping(&mut rows, &bands, limits).is_none()
    });
    framework.groups.retain(|row| !withheld.contains(&row.by));
    same_members(framework, season);
    withheld.into_iter().map(|by| all_of(framework, by)).collect()
}

/// Returns what stands for all groups of a column.
pub(super) fn all_of(framework: &FrameworkStatistics, by: String) -> FigureId {
    let framework = framework.framework.0.clone();
    FigureId { framework, of: FigureOf::Grouping(by), facet: Facet::Whole, measure: None }
}

/// Hides what must be hidden of one grouping, its outcomes altogether where they can't be told; `None` where nothing of it can be shown.
fn grouping(rows: &mut [&mut GroupRow], bands: &Bands, limits: Disclosure) -> Option<()> {
    merge_columns(rows, bands, limits);
    let counts: Vec<Vec<usize>> =
        rows.iter().map(|row| row.outcomes.iter().map(|outcome| outcome.count.counted()).collect()).collect();
    let has_outcomes = rows.iter().any(|row| !row.outcomes.is_empty());
    let by_outcome = has_outcomes.then(|| suppress(&counts, limits.k)).flatten();
    let table = by_outcome.or_else(|| {
        for row in rows.iter_mut() {
            row.outcomes = Vec::new();
        }
        by_returns(rows, limits)
    })?;
    by_size(rows, limits);
    for (place, row) in rows.iter_mut().enumerate() {
        if table.free[place] {
            hide_row(row);
        }
        for (outcome, _) in row.outcomes.iter_mut().zip(&table.hidden[place]).filter(|(_, hidden)| **hidden) {
            outcome.count.hide();
        }
        if table.hidden[place].contains(&true) {
            forget_counts(row);
        }
    }
    Some(())
}

/// Returns which groups must be hidden by how many returns each has; `None` where no group can be shown.
fn by_returns(rows: &[&mut GroupRow], limits: Disclosure) -> Option<Masked> {
    let sizes: Vec<Vec<usize>> = rows.iter().map(|row| vec![row.returns.counted()]).collect();
    suppress(&sizes, limits.k)
}

/// Hides the totals and sections of groups from which those with too few contributors could be worked out.
fn by_size(rows: &mut [&mut GroupRow], limits: Disclosure) {
    let sizes: Vec<usize> = rows.iter().map(|row| row.totals.n).collect();
    for (row, _) in rows.iter_mut().zip(small(&sizes, limits.k)).filter(|(_, hidden)| *hidden) {
        row.totals.hide_all();
        row.low.hide();
        row.high.hide();
        row.sections.hide_all();
    }
}

/// Hides all of a group; that a figure isn't defined would tell that nobody of the group has a total.
pub(super) fn hide_row(row: &mut GroupRow) {
    row.each_mut(&mut Figure::conceal);
    row.totals.n = 0;
}

/// Hides groups that have the same members as a hidden one under another column, until nothing more is found.
fn same_members(framework: &mut FrameworkStatistics, season: &Season) {
    let files: Vec<BTreeSet<&str>> =
        framework.groups.iter().map(|row| members(&framework.framework, row, season)).collect();
    loop {
        let rows = framework.groups.iter().zip(&files);
        let hidden: BTreeSet<&BTreeSet<&str>> =
            rows.filter(|(row, _)| !row.returns.is_shown()).map(|(_, files)| files).collect();
        let mut rows = framework.groups.iter_mut().zip(&files);
        match rows.find(|(row, files)| row.returns.is_shown() && hidden.contains(files)) {
            Some((row, _)) => hide_row(row),
            None => return,
        }
    }
}

/// Returns the files of a group.
pub(super) fn members<'a>(framework: &FrameworkId, row: &GroupRow, season: &'a Season) -> BTreeSet<&'a str> {
    let mine = season.headline_of(framework).filter(|sent| sent.groups.get(&row.by) == row.group.as_ref());
    mine.map(|sent| sent.review.file.as_str()).collect()
}

/// The framework's lists of bands, each from the best; an outcome that is open is in none.
struct Bands(Vec<Vec<String>>);

impl Bands {
    fn of(spec: &Framework) -> Self {
        let ids = |bands: &[&Band]| bands.iter().map(|band| band.id.to_string()).collect();
        Self(spec.band_lists().iter().map(|list| ids(&list.bands)).collect())
    }

    /// Whether the bands of one column are followed by those of another: the better, then the worse.
    fn follow(&self, one: &str, other: &str) -> bool {
        let ends = [one.rsplit('+').next(), other.split('+').next()];
        let is_pair = |pair: &[String]| pair.iter().map(|band| Some(band.as_str())).eq(ends);
        self.0.iter().any(|list| list.windows(2).any(is_pair))
    }

    /// Returns how many of some columns are of the list that a column is of.
    fn beside(&self, column: &str, columns: &[&str]) -> usize {
        let is_of = |list: &Vec<String>, column: &str| column.split('+').any(|band| list.iter().any(|own| own == band));
        let list = self.0.iter().find(|list| is_of(list, column));
        list.map_or(0, |list| columns.iter().filter(|other| is_of(list, other)).count())
    }
}

/// Of each list so many columns stay apart: a single column of all bands would tell nothing.
const FEWEST_COLUMNS: usize = 2;

/// Puts outcomes that are so rare in the network that even their total would narrow a hidden count down together with the rarer of
/// their neighbours, and with no others: the best and the worst together would tell nothing.
fn merge_columns(rows: &mut [&mut GroupRow], bands: &Bands, limits: Disclosure) {
    while let Some((keep, lose)) = to_merge(rows, bands, limits) {
        for row in rows.iter_mut() {
            merge(row, keep, lose, limits);
        }
    }
}

/// Returns the columns to be put together next: the rarest that is too rare and has a neighbour, with the rarer of those.
fn to_merge(rows: &[&mut GroupRow], bands: &Bands, limits: Disclosure) -> Option<(usize, usize)> {
    let columns: Vec<&str> = rows.first()?.outcomes.iter().map(|outcome| outcome.band.as_str()).collect();
    let total = |column: usize| rows.iter().map(|row| row.outcomes[column].count.counted()).sum::<usize>();
    let follows = |one: usize, other: usize| bands.follow(columns[one], columns[other]);
    let is_rare = |column: &usize| (1..2 * limits.k).contains(&total(*column));
    let stay = |column: &usize| bands.beside(columns[*column], &columns) > FEWEST_COLUMNS;
    let mut rare: Vec<usize> = (0..columns.len()).filter(is_rare).filter(stay).collect();
    rare.sort_by_key(|column| total(*column));
    let beside = |rare: usize| (0..columns.len()).filter(move |other| follows(rare, *other) || follows(*other, rare));
    let pair = rare.into_iter().find_map(|rare| Some((rare, beside(rare).min_by_key(|other| total(*other))?)))?;
    Some(if follows(pair.0, pair.1) { pair } else { (pair.1, pair.0) })
}

/// Puts one outcome of a group into another.
fn merge(row: &mut GroupRow, keep: usize, lose: usize, limits: Disclosure) {
    let gone = row.outcomes[lose].clone();
    let into = &mut row.outcomes[keep];
    let n = into.count.counted() + gone.count.counted();
    into.band = format!("{}+{}", into.band, gone.band);
    let about = About::new(&into.count.id.framework, into.count.id.of.clone(), limits);
    into.count = about.facet(Facet::Outcome(into.band.clone())).counting(n).count(n);
    row.outcomes.remove(lose);
}

/// Takes away how many returns each figure of a group rests on, from which hidden counts could be worked out.
fn forget_counts(row: &mut GroupRow) {
    row.totals.n = 0;
    row.totals.each_mut(&mut |figure| figure.n = 0);
    row.sections.each_mut(&mut |figure| figure.n = 0);
}
