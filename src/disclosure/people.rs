//! Hides what tells of few people: the results of registers, the actions and the findings at their rows, and measures.

use std::collections::BTreeMap;

use super::suppress::small;
use crate::exact::Exact;
use crate::figure::{Disclosure, Figure, Figured, Share, Spread, nearest};
use crate::framework::{Framework, Measure};
use crate::season::record::percent;
use crate::season::{Season, SeasonReturn};
use crate::statistics::{FrameworkStatistics, MeasureRow, RegisterRow, is_at_a_row};

/// Shares of people are told to so many decimals.
const PLACES: u32 = 2;

/// The largest of several may be this many times as large as all but it and the next together.
const MOST_DOMINANT: u32 = 10;

/// Hides what tells of few people, and rounds what is told of many.
pub(super) fn protect(framework: &mut FrameworkStatistics, spec: &Framework, season: &Season) {
    let limits = season.settings.disclosure;
    if limits.k <= 1 {
        return;
    }
    framework.registers.iter_mut().for_each(|row| register(row, limits));
    findings(framework, spec, season);
    for row in &mut framework.measures {
        let of = spec.measures().find(|measure| measure.id.as_str() == row.measure);
        if of.is_some_and(|measure| is_dominated(measure, spec, season)) {
            row.pooled.hide();
            row.people.hide();
        }
        measure(row);
    }
}

/// Hides as many results of a register as could give a small one away, and all actions beside a hidden result: they are wanting in rows
/// with some results only. What is left is rounded.
fn register(register: &mut RegisterRow, limits: Disclosure) {
    let counts: Vec<usize> = register.results.iter().map(|row| row.share.count.counted()).collect();
    let hidden = small(&counts, limits.k);
    for (row, _) in register.results.iter_mut().zip(&hidden).filter(|(_, hidden)| **hidden) {
        row.share.hide_all();
    }
    if hidden.contains(&true) {
        register.actions.hide_all();
    }
    register.rows = if register.rows < limits.k { 0 } else { rounded(register.rows, limits.rounding) };
    register.results.iter_mut().for_each(|row| share(&mut row.share, limits.rounding));
    register.actions.each_mut(&mut |figure| figure.round_people(limits.rounding));
}

/// Leaves out the actions that few rows want where others are counted, so that nobody can tell them from those that none wants: of one
/// that is listed and hidden it would be known that some do.
pub(super) fn without_rare_actions(framework: &mut FrameworkStatistics) {
    let is_hidden = |register: &RegisterRow| register.results.iter().any(|row| !row.share.count.is_shown());
    for register in framework.registers.iter_mut().filter(|register| !is_hidden(register)) {
        register.actions.retain(|row| row.count.is_shown());
    }
}

/// Tells a share of people as it follows from their numbers as they are told, in whole per cent: it says no more than these do.
fn share(share: &mut Share, step: usize) {
    share.count.round_people(step);
    for figure in [&mut share.share, &mut share.low, &mut share.high] {
        figure.round_contributors(step);
    }
    let of =
        share.count.value.and_then(Exact::from_float).and_then(|count| count.divided_by(&Exact::from(share.share.n)));
    share.share.retell(of.map(|of| of.rounded(PLACES).to_float()));
    for end in [&mut share.low, &mut share.high] {
        end.round(PLACES);
    }
}

/// Tells totals that are numbers of people to the nearest one on average, and of no return by itself: a sum over k returns stays open
/// among k numbers.
pub(super) fn totals(framework: &mut FrameworkStatistics, spec: &Framework, season: &Season) {
    if season.settings.disclosure.k <= 1 || !are_numbers_of_people(spec, season) {
        return;
    }
    let of_groups = framework.groups.iter_mut().map(|row| (&mut row.totals, Some([&mut row.low, &mut row.high])));
    let all = framework.totals.iter_mut().map(|row| (&mut row.spread, None)).chain(of_groups);
    for (totals, ends) in all {
        let Spread { mean, lowest, lower_quartile, median, upper_quartile, highest, deviation, .. } = totals;
        mean.round(0);
        let single = [lowest, lower_quartile, median, upper_quartile, highest, deviation].into_iter();
        single.chain(ends.into_iter().flatten()).for_each(Figure::hide);
    }
}

/// Whether totals have no most, so that they say how large an organisation is.
fn are_numbers_of_people(spec: &Framework, season: &Season) -> bool {
    let total = |sent: &SeasonReturn| sent.review.outcome.as_ref().is_some_and(|outcome| outcome.total.is_some());
    season.headline_of(&spec.id).any(total)
        && season.headline_of(&spec.id).all(|sent| percent(&sent.review, season.frameworks).is_none())
}

/// Returns a number of people to the nearest multiple of a step.
fn rounded(people: usize, step: usize) -> usize {
    let whole = nearest(&Exact::from(people), step).to_whole();
    whole.and_then(|whole| usize::try_from(whole).ok()).unwrap_or(people)
}

/// Leaves out how common findings are that stand at rows of registers, where those are few or a result of a register is hidden.
fn findings(framework: &mut FrameworkStatistics, spec: &Framework, season: &Season) {
    let is_mine = |sent: &&SeasonReturn| sent.review.framework.as_ref() == Some(&spec.id);
    let all = season.counted().filter(is_mine).flat_map(|sent| &sent.review.findings);
    let mut at_rows: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in all.filter(|finding| is_at_a_row(spec, finding)) {
        *at_rows.entry(finding.rule.as_str()).or_default() += 1;
    }
    let any = framework.registers.iter().flat_map(|register| &register.results).any(|row| !row.share.count.is_shown());
    let k = season.settings.disclosure.k;
    let found = framework.findings.len();
    framework.findings.retain(|row| at_rows.get(row.rule.as_str()).is_none_or(|times| !any && *times >= k));
    framework.are_findings_untold |= framework.findings.len() < found;
}

/// Tells what is said of people to one decimal, since more would tell of how many.
fn measure(row: &mut MeasureRow) {
    let mut round = |figure: &mut Figure| figure.round(1);
    round(&mut row.pooled);
    round(&mut row.mean_of_returns);
    row.spread.each_mut(&mut round);
}

/// Whether nearly all people that a measure is over are of one return, so that the next largest could work its figure out: what all but
/// the two largest have is less than a tenth of what the largest has (the p % rule, p being 10).
fn is_dominated(measure: &Measure, spec: &Framework, season: &Season) -> bool {
    let record = |sent: &SeasonReturn| {
        let record = sent.review.measure(measure.id.as_str())?;
        record.from_register.as_ref().and(record.cohort.clone())
    };
    let mut people: Vec<Exact> = season.headline_of(&spec.id).filter_map(record).collect();
    people.sort_by(|one, other| other.cmp(one));
    let [largest, _, rest @ ..] = people.as_slice() else { return false };
    &rest.iter().sum::<Exact>() * &Exact::from(MOST_DOMINANT) < *largest
}
