//! Hides what must be hidden of groups, so that no small one can be worked out from the others, from totals, or from other groupings.

use std::collections::{BTreeMap, BTreeSet};

use super::by_outcome::{self, Bands};
use super::sizes::{small, small_groups};
use crate::exact::Exact;
use crate::figure::{Disclosure, Facet, Figure, FigureId, FigureOf, Figured};
use crate::framework::{Framework, FrameworkId};
use crate::season::record::percent;
use crate::season::{Season, SeasonReturn};
use crate::statistics::{FrameworkStatistics, GroupRow};

/// Hides what small groups could be worked out from; returns the columns of which no group can be shown.
pub(super) fn protect(framework: &mut FrameworkStatistics, spec: &Framework, season: &Season) -> Vec<FigureId> {
    let limits = season.settings.disclosure;
    let bands = Bands::of(spec);
    let columns: BTreeSet<String> = framework.groups.iter().map(|row| row.by.clone()).collect();
    let mut withheld = columns;
    withheld.retain(|by| {
        let mut rows: Vec<&mut GroupRow> = framework.groups.iter_mut().filter(|row| row.by == *by).collect();
        let season = (season, &framework.framework);
        grouping(&mut rows, (spec, &bands), season, limits).is_none()
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
fn grouping(
    rows: &mut [&mut GroupRow],
    (spec, bands): (&Framework, &Bands),
    season: (&Season, &FrameworkId),
    limits: Disclosure,
) -> Option<()> {
    let sizes: Vec<usize> = rows.iter().map(|row| row.returns.counted()).collect();
    let hidden = small_groups(&sizes, limits.k)?;
    by_outcome::protect(rows, &hidden, bands, limits);
    by_size(rows, limits);
    without_ends(rows, spec, season, limits);
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

/// Hides a group's means, of sections and of the total, that lie so near to an end of the scale that fewer than k of the group can have missed
/// it, without what any one of them missed itself, as it knows that: the others all have what stands there.
fn without_ends(
    rows: &mut [&mut GroupRow],
    spec: &Framework,
    (season, framework): (&Season, &FrameworkId),
    limits: Disclosure,
) {
    let most: Exact = spec.sections.iter().map(|section| spec.maximum_of(section)).sum();
    for row in rows.iter_mut() {
        let mine = members(framework, row, season);
        let is_near = |percent: &dyn Fn(&SeasonReturn) -> Option<Exact>, most: &Exact| {
            let own = mine.iter().filter_map(|sent| Some((whose(sent), percent(sent)?)));
            let own: Vec<(&str, Exact)> = own.collect();
            !own.is_empty() && are_near_an_end(&own, most, limits.k)
        };
        if is_near(&|sent| percent(&sent.review, season.frameworks), &most) {
            row.totals.each_mut(&mut Figure::conceal);
            row.low.conceal();
            row.high.conceal();
        }
        for figure in &mut row.sections {
            let Facet::Section(id) = &figure.id.facet else { continue };
            let Some(section) = spec.sections.iter().find(|section| section.id == *id.as_str()) else { continue };
            let of = |sent: &SeasonReturn| sent.review.section(id)?.percent.clone();
            if is_near(&of, &spec.maximum_of(section)) {
                figure.conceal();
            }
        }
    }
}

/// Returns whose a return is.
fn whose(sent: &SeasonReturn) -> &str {
    sent.organisation.as_deref().unwrap_or(&sent.review.file)
}

/// Whether what organisations come to, in per cent of so much, lies in all fewer than k points from full marks or from none, but for what one of
/// them is from it itself.
fn are_near_an_end(own: &[(&str, Exact)], most: &Exact, k: usize) -> bool {
    let hundred = Exact::from(100);
    let points = |percent: &Exact| (percent * most).divided_by(&hundred).unwrap_or_else(Exact::zero);
    let others = |from: &dyn Fn(&Exact) -> Exact| {
        let mut each: BTreeMap<&str, Exact> = BTreeMap::new();
        for (whose, percent) in own {
            let of = each.entry(whose).or_insert_with(Exact::zero);
            *of = &*of + &points(&from(percent));
        }
        let all: Exact = each.values().sum();
        each.values().max().map_or_else(Exact::zero, |largest| &all - largest)
    };
    let k = Exact::from(k);
    others(&|percent| &hundred - percent) < k || others(&Exact::clone) < k
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
        framework.groups.iter().map(|row| files(&framework.framework, row, season)).collect();
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

/// Returns the returns of a group that stand for their organisations.
fn members<'a>(framework: &FrameworkId, row: &GroupRow, season: &'a Season) -> Vec<&'a SeasonReturn> {
    season.headline_of(framework).filter(|sent| sent.groups.get(&row.by) == row.group.as_ref()).collect()
}

/// Returns the files of a group.
pub(super) fn files<'a>(framework: &FrameworkId, row: &GroupRow, season: &'a Season) -> BTreeSet<&'a str> {
    members(framework, row, season).into_iter().map(|sent| sent.review.file.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_few_but_one_have_missed_is_near_an_end() {
        let own = |missed: &[u32]| -> Vec<(&'static str, Exact)> {
            let names = ["a", "b", "c", "d", "e", "f"];
            let percent = |missed: &u32| &Exact::from(100) - &(&Exact::from(*missed) * &Exact::from(5));
            names.into_iter().zip(missed.iter().map(percent)).collect()
        };
        // Each can score 20.
        for (missed, expected) in [
            (&[0, 0, 0, 0, 0, 0][..], true),
            (&[4, 0, 0, 0, 0, 0], true),
            (&[9, 4, 0, 0, 0, 0], true),
            (&[9, 5, 0, 0, 0, 0], false),
            (&[1, 1, 1, 1, 1, 1], false),
            (&[20, 20, 20, 20, 16, 12], true),
            (&[20, 20, 20, 20, 15, 12], false),
        ] {
            assert_eq!(are_near_an_end(&own(missed), &20.into(), 5), expected, "{missed:?}");
        }
        let several = [("a", Exact::from(75)), ("a", Exact::from(75)), ("b", Exact::from(100))];
        assert!(are_near_an_end(&several, &20.into(), 5));
    }
}
