//! Hides what must be hidden of groups, so that no small one can be worked out from the others, from totals, or from other groupings.

use std::collections::BTreeSet;

use super::suppress::{small, suppress};
use crate::figure::{About, Disclosure, Facet, Figure, FigureId, FigureOf, Figured};
use crate::framework::{Band, Framework, FrameworkId};
use crate::season::Season;
use crate::statistics::{FrameworkStatistics, GroupRow};

/// Hides what small groups could be worked out from; returns the columns of which no group can be shown.
pub(super) fn protect(framework: &mut FrameworkStatistics, spec: &Framework, season: &Season) -> Vec<FigureId> {
    let limits = season.settings.disclosure;
    let neighbours = neighbours(spec);
    let columns: BTreeSet<String> = framework.groups.iter().map(|row| row.by.clone()).collect();
    let mut withheld = columns;
    withheld.retain(|by| {
        let mut rows: Vec<&mut GroupRow> = framework.groups.iter_mut().filter(|row| row.by == *by).collect();
        grouping(&mut rows, &neighbours, limits).is_none()
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

/// Hides what must be hidden of one grouping; `None` where nothing of it can be shown.
fn grouping(rows: &mut [&mut GroupRow], neighbours: &Neighbours, limits: Disclosure) -> Option<()> {
    let k = limits.k;
    merge_columns(rows, neighbours, limits);
    let counts: Vec<Vec<usize>> =
        rows.iter().map(|row| row.outcomes.iter().map(|outcome| outcome.count.counted()).collect()).collect();
    let table = suppress(&counts, k)?;
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

/// Bands that follow each other in a list of the framework's: the better, then the worse.
type Neighbours = BTreeSet<(String, String)>;

/// Returns the bands that follow each other; an outcome that is open follows none.
fn neighbours(spec: &Framework) -> Neighbours {
    let pair = |pair: &[&Band]| match pair {
        [one, next] => Some((one.id.to_string(), next.id.to_string())),
        [] | [_] | [_, _, ..] => None,
    };
    spec.band_lists().iter().flat_map(|list| list.bands.windows(2).filter_map(pair)).collect()
}

/// Puts outcomes that are so rare in the network that even their total would narrow a hidden count down together with the rarer of
/// their neighbours, and with no others: the best and the worst together would tell nothing.
fn merge_columns(rows: &mut [&mut GroupRow], neighbours: &Neighbours, limits: Disclosure) {
    while let Some((keep, lose)) = to_merge(rows, neighbours, limits) {
        for row in rows.iter_mut() {
            merge(row, keep, lose, limits);
        }
    }
}

/// Returns the columns to be put together next: the rarest that is too rare and has a neighbour, with the rarer of those.
fn to_merge(rows: &[&mut GroupRow], neighbours: &Neighbours, limits: Disclosure) -> Option<(usize, usize)> {
    let bands: Vec<&str> = rows.first()?.outcomes.iter().map(|outcome| outcome.band.as_str()).collect();
    let total = |column: usize| rows.iter().map(|row| row.outcomes[column].count.counted()).sum::<usize>();
    let follows = |one: usize, other: usize| {
        let ends =
            (bands[one].rsplit('+').next().unwrap_or_default(), bands[other].split('+').next().unwrap_or_default());
        neighbours.contains(&(ends.0.to_owned(), ends.1.to_owned()))
    };
    let is_rare = |column: &usize| (1..2 * limits.k).contains(&total(*column));
    let mut rare: Vec<usize> = (0..bands.len()).filter(is_rare).collect();
    rare.sort_by_key(|column| total(*column));
    let beside = |rare: usize| (0..bands.len()).filter(move |other| follows(rare, *other) || follows(*other, rare));
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
