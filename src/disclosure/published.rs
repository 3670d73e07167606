//! What of a season's statistics may be passed on to everybody: it names nobody, and tells less where more is hidden.
//!
//! Who gets it may have the list of organisations, know what was published of the season before, and put all tables together.

use std::collections::BTreeMap;

use super::cut::fewest_told_apart;
use super::groups::{all_of, hide_row, members};
use super::hiding::WIDER;
use super::two_seasons;
use crate::figure::{Figure, FigureId, FigureOf, Figured, Measure};
use crate::season::members::Members;
use crate::season::{Season, SeasonReturn};
use crate::statistics::{Agreement, ChangeSummary, Coverage, FrameworkStatistics, GroupRow, Statistics};

impl Statistics {
    /// Returns what of it may be passed on.
    #[must_use]
    pub fn published(&self, season: &Season) -> Self {
        let mut published = self.clone();
        let mut withheld = Vec::new();
        for framework in &mut published.frameworks {
            without_names(framework, season.settings.disclosure.k);
            withheld.extend(groupings(framework, season));
            compared(framework);
            two_seasons::protect(framework, season);
            let limit = season.settings.disclosure.quantiles.saturating_mul(WIDER);
            framework.each_mut(&mut |figure| coarse(figure, limit));
        }
        let kept = self.hidings.iter().filter(|id| matches!(id.of, FigureOf::Grouping(_))).cloned();
        published.log(kept.chain(withheld).collect());
        published
    }
}

/// Takes out whatever names an organisation or a file, is of one return, or tells by kind what differs from the whole by few.
fn without_names(framework: &mut FrameworkStatistics, k: usize) {
    framework.ranges = Vec::new();
    framework.outliers = Vec::new();
    framework.moderation = None;
    framework.assessors = Vec::new();
    framework.totals.retain(|row| row.kind.is_none());
    framework.findings.retain(|row| row.returns >= k);
    let ranked = framework.strongest.iter_mut().chain(&mut framework.weakest);
    ranked.for_each(|row| row.organisations = Vec::new());
    if let Some(Agreement { moderation, .. }) = &mut framework.agreement {
        *moderation = Vec::new();
    }
    if let Some(ChangeSummary { members, .. }) = &mut framework.change {
        *members = Members::default();
    }
    let Coverage { organisations_missing, organisations_unnamed, .. } = &mut framework.coverage;
    (*organisations_missing, *organisations_unnamed) = (Vec::new(), Vec::new());
}

/// Tells a figure as roughly as it is passed on: no single value, quartiles of many only, and few decimals.
fn coarse(figure: &mut Figure, limit: usize) {
    let Some(measure) = figure.id.measure else { return };
    let is_single = matches!(measure, Measure::Lowest | Measure::Highest);
    let is_of_group = matches!(figure.id.of, FigureOf::Group { .. });
    let is_of_answers = matches!(figure.id.of, FigureOf::Criterion(_));
    let is_rank = measure.is_quantile() && !is_of_answers;
    // With the mean, the ends of its interval tell how a group's totals spread.
    let is_spread = is_rank || (is_of_group && matches!(measure, Measure::Low | Measure::High));
    if is_single || (is_spread && (is_of_group || figure.n < limit)) {
        figure.hide();
    }
    let is_percent = matches!(figure.id.of, FigureOf::Total(_) | FigureOf::Group { .. } | FigureOf::Change);
    let is_chance = matches!(measure, Measure::Chance | Measure::ChanceAdjusted);
    // Reports show sections in whole per cent, and must not round them up twice.
    let is_section = matches!(figure.id.of, FigureOf::Section(_));
    if is_percent && !is_chance {
        figure.round(1);
    } else {
        figure.round_for_fewer(if is_section { 1 } else { 3 });
    }
}

/// Keeps the groupings that tell of no few returns together, outcomes by the first of them alone; returns what is withheld.
fn groupings(framework: &mut FrameworkStatistics, season: &Season) -> Vec<FigureId> {
    let mut columns: Vec<String> = framework.groups.iter().map(|row| row.by.clone()).collect();
    columns.dedup();
    let shown = |by: &String| framework.groups.iter().filter(|row| row.by == *by && row.returns.is_shown()).count();
    columns.sort_by_cached_key(|by| (std::cmp::Reverse(shown(by)), by.clone()));
    let mut kept: Vec<String> = Vec::new();
    for by in columns.clone() {
        if shown(&by) > 0 && kept.iter().all(|other| is_safe(framework, season, &by, other)) {
            kept.push(by);
        }
    }
    framework.groups.retain(|row| kept.contains(&row.by));
    for row in framework.groups.iter_mut().filter(|row| kept.first() != Some(&row.by)) {
        row.outcomes = Vec::new();
    }
    framework.groups.iter_mut().filter(|row| !row.returns.is_shown()).for_each(hide_row);
    columns.into_iter().filter(|by| !kept.contains(by)).map(|by| all_of(framework, by)).collect()
}

/// Keeps of the columns whose groups are compared those of which every group's mean total may be passed on: what chance gives
/// rests on all of them.
fn compared(framework: &mut FrameworkStatistics) {
    let groups = &framework.groups;
    framework.groupings.retain(|row| {
        let mut of = groups.iter().filter(|group| group.by == row.by).peekable();
        of.peek().is_some() && of.all(|group| group.totals.mean.is_shown())
    });
}

/// Whether the sums over the groups of two groupings tell of no fewer returns than may be told of: of all returns, of those with a
/// total, and of those with each section.
fn is_safe(framework: &FrameworkStatistics, season: &Season, one: &str, other: &str) -> bool {
    let (one, other) = (numbered(framework, season, one), numbered(framework, season, other));
    let mine: Vec<&SeasonReturn> = season.headline_of(&framework.framework).collect();
    let told = |has: &dyn Fn(&SeasonReturn) -> bool| {
        let files = mine.iter().filter(|sent| has(sent)).map(|sent| sent.review.file.as_str());
        let pairs: Vec<(usize, usize)> = files.filter_map(|file| Some((*one.get(file)?, *other.get(file)?))).collect();
        fewest_told_apart(&pairs).is_none_or(|fewest| fewest >= season.settings.disclosure.k)
    };
    let has_total = |sent: &SeasonReturn| sent.review.outcome.as_ref().is_some_and(|outcome| outcome.total.is_some());
    let sections = framework.sections.iter().all(|row| {
        told(&|sent| sent.review.sections.iter().any(|of| of.id.as_str() == row.section && of.percent.is_some()))
    });
    sections && told(&|_| true) && told(&has_total)
}

/// Returns a number for the group of each return, by file; all that are hidden are one group, whose sum is known from the others.
fn numbered<'a>(framework: &FrameworkStatistics, season: &'a Season, by: &str) -> BTreeMap<&'a str, usize> {
    let rows: Vec<&GroupRow> = framework.groups.iter().filter(|row| row.by == by).collect();
    let of = |(place, row): (usize, &&GroupRow)| -> Vec<(&'a str, usize)> {
        let number = if row.returns.is_shown() { place + 1 } else { 0 };
        members(&framework.framework, row, season).into_iter().map(|file| (file, number)).collect()
    };
    rows.iter().enumerate().flat_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exact::Exact;
    use crate::figure::{About, Disclosure};

    #[test]
    fn a_section_is_the_same_whole_per_cent_as_for_the_team() {
        for tenth_of_thousandth in 0..2_000 {
            let value = 60.0 + f64::from(tenth_of_thousandth) / 1_000.0;
            let about = About::new("sample", FigureOf::Section("A".to_owned()), Disclosure::default());
            let for_the_team = about.figure(Measure::Median, Ok(value), 40);
            let mut passed_on = for_the_team.clone();
            coarse(&mut passed_on, 20);
            let shown = |figure: &Figure| Exact::from_float(figure.value.unwrap()).unwrap().rounded(0);
            assert_eq!(shown(&passed_on), shown(&for_the_team), "{value}");
        }
    }
}
