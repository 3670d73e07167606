//! Hides what must be hidden of groups, so that no small one can be worked out from the others, from totals, or from other groupings.

use std::collections::BTreeSet;

use super::by_outcome::{self, Bands};
use super::sizes::{small, small_groups};
use crate::exact::Exact;
use crate::figure::{Disclosure, Facet, Figure, FigureId, FigureOf, Figured};
use crate::framework::{Framework, FrameworkId};
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
        grouping(&mut rows, (spec, &bands), limits).is_none()
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

/// Hides the small groups of a grouping, and its outcomes where they can't be told; `None` where nothing of it can be shown.
fn grouping(rows: &mut [&mut GroupRow], (spec, bands): (&Framework, &Bands), limits: Disclosure) -> Option<()> {
    let sizes: Vec<usize> = rows.iter().map(|row| row.returns.counted()).collect();
    let hidden = small_groups(&sizes, limits.k)?;
    by_outcome::protect(rows, &hidden, bands, limits);
    by_size(rows, limits);
    without_ends(rows, spec, limits);
    without_numbers(rows, limits);
    for (row, _) in rows.iter_mut().zip(hidden).filter(|(_, hidden)| *hidden) {
        hide_row(row);
    }
    // A single group has nothing to be compared with, and tells those who are in it of the others.
    (rows.iter().filter(|row| row.returns.is_shown()).count() > 1).then_some(())
}

/// Takes away how many returns each mean of a group rests on, where that tells which groups few incomplete returns are in.
fn without_numbers(rows: &mut [&mut GroupRow], limits: Disclosure) {
    let open: usize = rows.iter().map(|row| row.returns.counted().saturating_sub(row.totals.n)).sum();
    if (1..limits.k).contains(&open) {
        for row in rows.iter_mut() {
            forget_counts(row);
        }
    }
}

/// Takes away how many returns each figure of a group rests on.
fn forget_counts(row: &mut GroupRow) {
    row.totals.n = 0;
    row.totals.each_mut(&mut |figure| figure.n = 0);
    row.sections.each_mut(&mut |figure| figure.n = 0);
}

/// Hides a group's mean of a section that lies so near to an end of the scale that fewer than k of the group can have missed it: the others
/// all have what stands there.
fn without_ends(rows: &mut [&mut GroupRow], spec: &Framework, limits: Disclosure) {
    for figure in rows.iter_mut().flat_map(|row| &mut row.sections) {
        let Facet::Section(id) = &figure.id.facet else { continue };
        let of = spec.sections.iter().find(|section| section.id == *id.as_str());
        if of.is_some_and(|section| is_near_an_end(figure, &spec.maximum_of(section), limits.k)) {
            figure.conceal();
        }
    }
}

/// Whether a mean in per cent of what can be scored lies fewer than k points in all from full marks or from none.
fn is_near_an_end(figure: &Figure, maximum: &Exact, k: usize) -> bool {
    let Some(percent) = figure.value.and_then(Exact::from_float) else { return false };
    let hundred = Exact::from(100);
    let all = &Exact::from(figure.n) * maximum;
    let points = |percent: &Exact| (percent * &all).divided_by(&hundred).unwrap_or_else(Exact::zero);
    [points(&percent), points(&(&hundred - &percent))].iter().any(|apart| *apart < Exact::from(k))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::sample::shown;

    #[test]
    fn a_mean_that_few_have_missed_is_near_an_end() {
        // Of eight returns that can score 20 each, fewer than five points from 0 or from 160.
        for (percent, expected) in
            [(100.0, true), (97.5, true), (96.8, false), (50.0, false), (3.2, false), (3.1, true), (0.0, true)]
        {
            assert_eq!(is_near_an_end(&shown(percent, 8), &20.into(), 5), expected, "{percent}");
        }
    }
}
