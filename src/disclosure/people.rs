//! Hides what tells of few people: the results of registers, the actions and the findings at their rows, and measures.

use std::collections::BTreeMap;

use super::registers::{self, People, rounded};
use crate::exact::Exact;
use crate::figure::{Disclosure, Figure, Figured, Spread};
use crate::framework::{Framework, Measure, RegisterSpec};
use crate::season::record::totals_are_sizes;
use crate::season::{Season, SeasonReturn};
use crate::statistics::{FindingRow, FrameworkStatistics, MeasureRow, RegisterRow, is_at_a_row};

/// What measures of people may be told to, in tenths.
const UNITS: [i64; 4] = [1, 10, 50, 100];

/// Returns a number of tenths.
fn unit(tenths: i64) -> Exact {
    Exact::ratio(tenths, 10).unwrap_or_else(Exact::zero)
}

/// The largest of several may be this many times as large as all but it and the next together.
const MOST_DOMINANT: u32 = 10;

/// Whether the rows of a register are told as people are.
pub(super) type AsPeople = fn(&RegisterSpec) -> bool;

/// Hides what tells of few people, and rounds what is told of many; so too of the rows of registers that are told as people are.
pub(super) fn protect(framework: &mut FrameworkStatistics, spec: &Framework, season: &Season, as_people: AsPeople) {
    let limits = season.settings.disclosure;
    if limits.k <= 1 {
        return;
    }
    let is_screened = |row: &&mut RegisterRow| spec.register(&row.register).is_none_or(as_people);
    both_seasons(framework).filter(is_screened).for_each(|row| registers::protect(row, limits));
    // Which register a finding is of isn't known: where one is of people, all rows may be.
    if spec.registers.is_empty() || spec.registers.iter().any(as_people) {
        findings(framework, spec, season);
    }
    for row in &mut framework.measures {
        let of = spec.measures().find(|measure| measure.id.as_str() == row.measure);
        if of.is_some_and(|measure| is_dominated(measure, spec, season)) {
            row.pooled.hide();
            row.people.hide();
        }
        measure(row, limits);
    }
}

/// Hides the results of registers of which few returns have rows.
pub(super) fn hide_few(framework: &mut FrameworkStatistics, limits: Disclosure) {
    for register in both_seasons(framework).filter(|register| register.returns < limits.k) {
        register.results.hide_all();
    }
}

/// Returns what registers come to now, and what they came to last season.
fn both_seasons(framework: &mut FrameworkStatistics) -> impl Iterator<Item = &mut RegisterRow> {
    framework.registers.iter_mut().chain(&mut framework.registers_before)
}

/// Leaves out the registers of which few returns have rows, and the actions of those where one is wanted in few rows or none is told:
/// some actions together are wanted in just the rows with a result, so that those told would tell of the one that isn't.
pub(super) fn without_few(framework: &mut FrameworkStatistics, limits: Disclosure) {
    for registers in [&mut framework.registers, &mut framework.registers_before] {
        registers.retain(|register| register.returns >= limits.k);
    }
    for register in &mut framework.registers {
        if register.actions.iter().any(|row| !row.count.is_shown()) {
            register.actions = Vec::new();
        }
    }
}

/// Tells totals that are numbers of people to the nearest one on average, of all returns together alone: a sum over k returns stays open
/// among k numbers, and sums over groups of them would narrow it. Where a result of a register is hidden they aren't told at all, since
/// they can be the number of rows with one.
pub(super) fn totals(framework: &mut FrameworkStatistics, spec: &Framework, season: &Season) {
    if season.settings.disclosure.k <= 1 || !are_sizes(spec, season) {
        return;
    }
    let is_told = !is_any_hidden(framework);
    for Spread { mean, lowest, lower_quartile, median, upper_quartile, highest, deviation, .. } in
        framework.totals.iter_mut().map(|row| &mut row.spread)
    {
        mean.round(0);
        let single = [lowest, lower_quartile, median, upper_quartile, highest, deviation];
        single.into_iter().chain((!is_told).then_some(mean)).for_each(Figure::hide);
    }
    hide_by_group(framework);
}

/// Hides from the team too totals that are numbers of people where a result of a register is hidden: they can be the number of rows
/// with one.
pub(super) fn totals_beside_hidden(framework: &mut FrameworkStatistics, spec: &Framework, season: &Season) {
    if is_any_hidden(framework) && are_sizes(spec, season) {
        framework.totals.iter_mut().for_each(|row| row.spread.hide_all());
        hide_by_group(framework);
    }
}

/// Hides the totals of groups.
fn hide_by_group(framework: &mut FrameworkStatistics) {
    for row in &mut framework.groups {
        row.totals.hide_all();
        row.low.hide();
        row.high.hide();
    }
}

/// Whether a result of a register is hidden.
fn is_any_hidden(framework: &FrameworkStatistics) -> bool {
    framework.registers.iter().flat_map(|register| &register.results).any(|row| !row.share.count.is_shown())
}

/// Whether totals say how large an organisation is: they are numbers of people.
fn are_sizes(spec: &Framework, season: &Season) -> bool {
    totals_are_sizes(season.headline_of(&spec.id), season.frameworks)
}

/// Leaves out how common findings are that stand at rows of registers, where those are few or a result of a register is hidden; tells
/// the others as numbers of people are told.
fn findings(framework: &mut FrameworkStatistics, spec: &Framework, season: &Season) {
    let is_mine = |sent: &&SeasonReturn| sent.review.framework.as_ref() == Some(&spec.id);
    let all = season.counted().filter(is_mine).flat_map(|sent| &sent.review.findings);
    let mut at_rows: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in all.filter(|finding| is_at_a_row(spec, finding)) {
        *at_rows.entry(finding.rule.as_str()).or_default() += 1;
    }
    let limits = season.settings.disclosure;
    let is_told = |times: usize| matches!(People::of(times, limits), People::About(_));
    let any = is_any_hidden(framework);
    let found = framework.findings.len();
    framework.findings.retain(|row| at_rows.get(row.rule.as_str()).is_none_or(|times| !any && is_told(*times)));
    let is_whole = |row: &&mut FindingRow| row.subject.is_none() && row.place.is_none();
    for row in framework.findings.iter_mut().filter(is_whole).filter(|row| at_rows.contains_key(row.rule.as_str())) {
        row.are_people = true;
        row.times = rounded(row.times, limits.rounding);
    }
    framework.are_findings_untold |= framework.findings.len() < found;
}

/// Tells what is said of people no more exactly than leaves open of how many it is said: by one more of them it would change by no less,
/// so that each number of people to the nearest step fits.
fn measure(row: &mut MeasureRow, limits: Disclosure) {
    let mut round = |figure: &mut Figure| figure.round(1);
    let one_of_all = Exact::from(if row.unit == "%" { 100 } else { 1 });
    let people = row.people.value.and_then(Exact::from_float).unwrap_or_else(Exact::zero);
    let fewest = &people - &Exact::from(limits.rounding);
    match UNITS.map(unit).into_iter().find(|unit| unit * &fewest >= one_of_all) {
        Some(unit) => row.pooled.round_to(&unit),
        None => row.pooled.hide(),
    }
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
