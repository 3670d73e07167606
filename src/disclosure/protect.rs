//! Hides what something hidden could be worked out from: figures that rest on too few are hidden as they are made.

use std::collections::BTreeSet;

use super::suppress::{small_groups, suppress};
use crate::figure::{About, Disclosure, Facet, Figure, FigureId, FigureOf, Figured, Hiding, HidingReason, Spread};
use crate::framework::{self, Framework};
use crate::season::Season;
use crate::statistics::{
    Agreement, AgreementRow, FrameworkStatistics, GroupRow, RegisterRow, Statistics, StatisticsError, TotalRow,
};

impl Statistics {
    /// Works out the statistics of a season, and hides what may not be shown.
    pub fn of_season(season: &Season) -> Result<Self, StatisticsError> {
        let mut statistics = Self::worked_out(season)?;
        let limits = season.settings.disclosure;
        let mut hidings = Vec::new();
        for framework in &mut statistics.frameworks {
            totals(&mut framework.totals, limits);
            framework.registers.iter_mut().for_each(|row| register(row, limits));
            let spec = framework::find(season.frameworks, &framework.framework, None);
            if let Some((rows, spec)) = framework.agreement.as_mut().zip(spec) {
                agreement(spec, rows, limits);
            }
            hidings.extend(groups(framework, season));
        }
        hidings.extend(statistics.figures().into_iter().filter_map(Figure::hiding));
        hidings.sort_by_cached_key(|hiding| hiding.figure.to_string());
        statistics.hidings = hidings;
        Ok(statistics)
    }
}

/// Returns which of several groups are hidden, all of them where they are too small.
fn small(sizes: &[usize], k: usize) -> Vec<bool> {
    small_groups(sizes, k).unwrap_or_else(|| vec![true; sizes.len()])
}

/// Hides all shown figures of something.
fn hide(figures: &mut dyn Figured, reason: HidingReason) {
    figures.each_mut(&mut |figure| figure.hide(reason));
}

/// Hides a spread that a smaller one could be worked out from, if enough contribute to it that it would be shown.
fn hide_large(spread: &mut Spread, hidden: bool, k: usize) {
    if hidden && spread.n >= k {
        spread.each_mut(&mut |figure| figure.hide_anew(HidingReason::Secondary));
    }
}

/// Hides the totals of kinds of return that a small one could be worked out from.
fn totals(rows: &mut [TotalRow], limits: Disclosure) {
    let [_, kinds @ ..] = rows else { return };
    let sizes: Vec<usize> = kinds.iter().map(|row| row.spread.n).collect();
    for (row, hidden) in kinds.iter_mut().zip(small(&sizes, limits.k)) {
        hide_large(&mut row.spread, hidden, limits.k);
    }
}

/// Hides as many results of a register as could give a small one away, and actions that say as much as a hidden result.
fn register(register: &mut RegisterRow, limits: Disclosure) {
    let counts: Vec<usize> = register.results.iter().map(|row| row.share.count.counted()).collect();
    let hidden = small(&counts, limits.k);
    for ((row, _), count) in register.results.iter_mut().zip(&hidden).zip(&counts).filter(|((_, hidden), _)| **hidden) {
        hide(&mut row.share, if *count < limits.k { HidingReason::Primary(limits.k) } else { HidingReason::Secondary });
    }
    for action in &mut register.actions {
        let is_secret = |(count, hidden): (&usize, &bool)| *hidden && *count == action.count.counted();
        if counts.iter().zip(&hidden).any(is_secret) {
            action.count.hide(HidingReason::Secondary);
        }
    }
}

/// Hides rows of agreement from which a hidden row could be worked out: the pairs of a section are those of its criteria, and the
/// pairs of all are those of the sections.
fn agreement(framework: &Framework, agreement: &mut Agreement, limits: Disclosure) {
    beside(&mut agreement.sections.iter_mut().collect::<Vec<_>>(), limits);
    for section in &framework.sections {
        let is_mine = |row: &&mut AgreementRow| row.about.as_deref().is_some_and(|id| section.holds(id));
        let is_hidden = agreement.section(&section.id).is_some_and(|row| !row.exact.is_shown());
        let mut criteria: Vec<&mut AgreementRow> = agreement.criteria.iter_mut().filter(is_mine).collect();
        beside(&mut criteria, limits);
        if is_hidden {
            for row in criteria {
                hide(row, HidingReason::Secondary);
            }
        }
    }
}

/// Hides as many rows of agreement beside small ones as it takes.
fn beside(rows: &mut [&mut AgreementRow], limits: Disclosure) {
    let sizes: Vec<usize> = rows.iter().map(|row| row.organisations).collect();
    for (row, _) in rows.iter_mut().zip(small(&sizes, limits.k)).filter(|(_, hidden)| *hidden) {
        hide(*row, HidingReason::Secondary);
    }
}

/// Hides what small groups could be worked out from; returns the columns of which no group can be shown.
fn groups(framework: &mut FrameworkStatistics, season: &Season) -> Vec<Hiding> {
    let limits = season.settings.disclosure;
    let columns: BTreeSet<String> = framework.groups.iter().map(|row| row.by.clone()).collect();
    let mut withheld = columns;
    withheld.retain(|by| {
        let mut rows: Vec<&mut GroupRow> = framework.groups.iter_mut().filter(|row| row.by == *by).collect();
        grouping(&mut rows, limits).is_none()
    });
    framework.groups.retain(|row| !withheld.contains(&row.by));
    same_members(framework, season);
    let figure = |by| {
        let framework = framework.framework.0.clone();
        FigureId { framework, of: FigureOf::Grouping(by), facet: Facet::Whole, measure: None }
    };
    withheld.into_iter().map(|by| Hiding { figure: figure(by), reason: HidingReason::Withheld }).collect()
}

/// Hides what must be hidden of one grouping; `None` where nothing of it can be shown.
fn grouping(rows: &mut [&mut GroupRow], limits: Disclosure) -> Option<()> {
    let k = limits.k;
    merge_columns(rows, limits);
    let counts: Vec<Vec<usize>> =
        rows.iter().map(|row| row.outcomes.iter().map(|outcome| outcome.count.counted()).collect()).collect();
    let table = suppress(&counts, k)?;
    by_size(rows, limits);
    for (place, row) in rows.iter_mut().enumerate() {
        if table.free[place] {
            let is_small = row.returns.counted() < k;
            let reason = if is_small { HidingReason::Primary(k) } else { HidingReason::Secondary };
            row.outcomes.each_mut(&mut |count| count.hide_anew(reason));
            hide_row(row, reason);
        }
        for (outcome, _) in row.outcomes.iter_mut().zip(&table.hidden[place]).filter(|(_, hidden)| **hidden) {
            outcome.count.hide(HidingReason::Secondary);
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
    for (row, hidden) in rows.iter_mut().zip(small(&sizes, limits.k)) {
        hide_large(&mut row.totals, hidden, limits.k);
        if hidden {
            hide(&mut row.sections, HidingReason::Primary(limits.k));
        }
    }
}

/// Hides all of a group; that a figure isn't defined would tell that nobody of the group has a total.
fn hide_row(row: &mut GroupRow, reason: HidingReason) {
    row.each_mut(&mut |figure| figure.conceal(reason));
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
            Some((row, _)) => hide_row(row, HidingReason::Secondary),
            None => return,
        }
    }
}

/// Returns the files of a group.
fn members<'a>(framework: &str, row: &GroupRow, season: &'a Season) -> BTreeSet<&'a str> {
    let mine = season.headline().filter(|sent| sent.review.framework.as_deref() == Some(framework));
    let mine = mine.filter(|sent| sent.groups.get(&row.by) == row.group.as_ref());
    mine.map(|sent| sent.review.file.as_str()).collect()
}

/// Puts outcomes together that are so rare in the network that even their total would narrow a hidden count down too far.
fn merge_columns(rows: &mut [&mut GroupRow], limits: Disclosure) {
    loop {
        let columns = rows.first().map_or(0, |row| row.outcomes.len());
        let totals: Vec<usize> =
            (0..columns).map(|column| rows.iter().map(|row| row.outcomes[column].count.counted()).sum()).collect();
        let mut used: Vec<usize> = (0..columns).filter(|column| totals[*column] > 0).collect();
        used.sort_by_key(|column| totals[*column]);
        let [smallest, next, ..] = used[..] else { return };
        if totals[smallest] >= 2 * limits.k {
            return;
        }
        let (keep, lose) = (smallest.min(next), smallest.max(next));
        for row in rows.iter_mut() {
            merge(row, keep, lose, limits);
        }
    }
}

/// Puts one outcome of a group into another.
fn merge(row: &mut GroupRow, keep: usize, lose: usize, limits: Disclosure) {
    let gone = row.outcomes.remove(lose);
    let into = &mut row.outcomes[keep];
    let n = into.count.counted() + gone.count.counted();
    into.band = format!("{}+{}", into.band, gone.band);
    let about = About::new(&into.count.id.framework, into.count.id.of.clone(), limits);
    into.count = about.facet(Facet::Outcome(into.band.clone())).counting(n).count(n);
}

/// Takes away how many returns each figure of a group rests on, from which hidden counts could be worked out.
fn forget_counts(row: &mut GroupRow) {
    row.totals.n = 0;
    row.totals.each_mut(&mut |figure| figure.n = 0);
    row.sections.each_mut(&mut |figure| figure.n = 0);
}
