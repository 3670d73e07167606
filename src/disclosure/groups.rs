//! Hides what must be hidden of groups, so that no small one can be worked out from the others, from totals, or from other groupings.

use std::collections::BTreeSet;

use super::by_outcome::{self, Bands};
use super::sizes::{small, small_groups};
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

/// Hides the small groups of a grouping, and its outcomes where they can't be told; `None` where nothing of it can be shown.
fn grouping(rows: &mut [&mut GroupRow], bands: &Bands, limits: Disclosure) -> Option<()> {
    let sizes: Vec<usize> = rows.iter().map(|row| row.returns.counted()).collect();
    let hidden = small_groups(&sizes, limits.k)?;
    by_outcome::protect(rows, &hidden, bands, limits);
    by_size(rows, limits);
    for (row, _) in rows.iter_mut().zip(hidden).filter(|(_, hidden)| *hidden) {
        hide_row(row);
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
