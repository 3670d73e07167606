//! Self beside external: the answers of one organisation in both of its returns, or under both raters of one return.
#![expect(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "agreement is a statistic, not a score")]

use std::collections::{BTreeMap, BTreeSet};

use super::agreement::{Pair, bias, gwet, kappa, kappa_interval, krippendorff};
use polars::prelude::PolarsResult;

use super::change::adjust;
use super::framework::{Subject, spread_of};
use super::intraclass::intraclass;
use super::result::{Agreement, AgreementRow, ModerationRow, TotalAgreement};
use super::significance::signed_rank;
use crate::exact::Exact;
use crate::figure::Figure;
use crate::framework::{Criterion, Grades, Scale};
use crate::season::SeasonReturn;
use crate::wording::Wording;

/// An answer on both sides.
struct Both<'a> {
    organisation: &'a str,
    file: &'a str,
    criterion: &'a Criterion,
    steps: usize,
    pair: Pair,
    points: (Exact, Exact),
}

/// Returns how far the two sides agree; `None` where no organisation has both.
pub(super) fn agreement(subject: &Subject) -> PolarsResult<Option<Agreement>> {
    let Some((sides, both)) = sides(subject) else { return Ok(None) };
    let organisations: BTreeSet<&str> = both.iter().map(|both| both.organisation).collect();
    let overall = row(subject, None, &both.iter().collect::<Vec<_>>());
    let sections = subject.framework.sections.iter().filter_map(|section| {
        let mine: Vec<&Both> =
            both.iter().filter(|both| section.criteria.iter().any(|one| one.id == both.criterion.id)).collect();
        (!mine.is_empty()).then(|| row(subject, Some(&format!("section/{}", section.id)), &mine))
    });
    let mut criteria: Vec<AgreementRow> = subject
        .framework
        .criteria()
        .filter_map(|criterion| {
            let mine: Vec<&Both> = both.iter().filter(|both| both.criterion.id == criterion.id).collect();
            (!mine.is_empty()).then(|| row(subject, Some(&format!("criterion/{}", criterion.id)), &mine))
        })
        .collect();
    let distance = |row: &AgreementRow| row.bias.value.map_or(0.0, f64::abs);
    criteria.sort_by(|a, b| distance(b).total_cmp(&distance(a)).then_with(|| a.id.cmp(&b.id)));
    adjust(criteria.iter_mut().map(|row| &mut row.chance_adjusted));
    Ok(Some(Agreement {
        sides,
        organisations: organisations.len(),
        pairs: both.len(),
        totals: totals(subject, &both)?,
        overall,
        sections: sections.collect(),
        criteria,
        moderation: moderation(&both),
    }))
}

/// Returns how far the sides agree on all criteria together, over organisations with all answers on both sides.
fn totals(subject: &Subject, both: &[Both]) -> PolarsResult<TotalAgreement> {
    let criteria = subject.framework.criteria().count();
    let mut answers: BTreeMap<(&str, &str), Vec<(f64, f64)>> = BTreeMap::new();
    for both in both {
        let share = |step: usize| step as f64 / (both.steps.max(2) - 1) as f64;
        let answers = answers.entry((both.organisation, both.file)).or_default();
        answers.push((share(both.pair.0), share(both.pair.1)));
    }
    let complete = answers.into_values().filter(|answers| answers.len() == criteria);
    let percent = |sum: f64| 100.0 * sum / criteria as f64;
    let totals = complete.map(|answers| {
        let sum = |side: fn(&(f64, f64)) -> f64| percent(answers.iter().map(side).sum());
        (sum(|pair| pair.0), sum(|pair| pair.1))
    });
    total_agreement(subject.id("agreement/totals"), &totals.collect::<Vec<_>>())
}

/// Works out how far totals agree.
fn total_agreement(id: String, totals: &[(f64, f64)]) -> PolarsResult<TotalAgreement> {
    let n = totals.len();
    let differences: Vec<f64> = totals.iter().map(|(own, external)| own - external).collect();
    let found = intraclass(totals);
    let interval = found.and_then(|found| found.interval);
    let figure = |name: &str, value: Option<f64>, why: &str| {
        let id = format!("{id}/{name}");
        value.map_or_else(|| Figure::undefined(&id, n, why), |value| Figure::shown(&id, value, n))
    };
    let why = "too few organisations have all answers on both sides, or their totals are all the same";
    Ok(TotalAgreement {
        organisations: n,
        chance: figure("chance", signed_rank(&differences), "no total differs"),
        difference: spread_of(differences, &format!("{id}/difference"))?,
        correlation: figure("correlation", found.map(|found| found.value), why),
        low: figure("low", interval.map(|interval| interval.0), why),
        high: figure("high", interval.map(|interval| interval.1), why),
        id,
    })
}

/// Returns what the sides are called, and the answers that stand on both: in two returns of one organisation by kind, else
/// under two raters of one return.
fn sides<'a>(subject: &Subject<'a>) -> Option<((String, String), Vec<Both<'a>>)> {
    let mut kinds: Vec<&str> = subject.counted().filter_map(|found| found.review.kind.as_deref()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds.sort_by_key(|kind| !kind.to_lowercase().contains("self"));
    if let [own, external] = kinds[..]
        && own.to_lowercase().contains("self")
    {
        let both = of_two_returns(subject, own, external);
        if !both.is_empty() {
            return Some(((own.to_owned(), external.to_owned()), both));
        }
    }
    let [own, external] = &subject.framework.raters[..] else { return None };
    let both: Vec<Both> = subject
        .counted()
        .flat_map(|found| paired(subject, (found, own.id.as_str()), (found, external.id.as_str())))
        .collect();
    (!both.is_empty()).then(|| ((own.title.clone(), external.title.clone()), both))
}

/// Returns the answers of organisations that have returns of both kinds.
fn of_two_returns<'a>(subject: &Subject<'a>, own: &str, external: &str) -> Vec<Both<'a>> {
    let mut returns: BTreeMap<(&str, Option<Wording>), [Option<&'a SeasonReturn>; 2]> = BTreeMap::new();
    for found in subject.counted() {
        if let Some(organisation) = &found.organisation {
            let both = returns.entry((organisation, found.unit.as_deref().map(Wording::of))).or_default();
            for (side, kind) in [own, external].iter().enumerate() {
                if found.review.kind.as_deref() == Some(kind) {
                    both[side] = Some(found);
                }
            }
        }
    }
    let both = returns.into_values().filter_map(|[own, external]| own.zip(external));
    let counts = |found: &'a SeasonReturn| (found, found.review.counts.as_deref().unwrap_or_default());
    both.flat_map(|(own, external)| paired(subject, counts(own), counts(external))).collect()
}

/// Returns the answers that stand on both sides, each side a return and a rater.
fn paired<'a>(
    subject: &Subject<'a>,
    own: (&'a SeasonReturn, &str),
    external: (&'a SeasonReturn, &str),
) -> Vec<Both<'a>> {
    let points = |(found, rater): (&SeasonReturn, &str), criterion: &Criterion| {
        let answers = found.review.answers.iter();
        let mut mine = answers.filter(|answer| answer.rater == rater && answer.id == criterion.id);
        mine.next()?.points.clone()
    };
    let both = subject.framework.criteria().filter_map(|criterion| {
        let (mine, theirs) = (points(own, criterion)?, points(external, criterion)?);
        let steps = steps(subject.framework.scale(criterion))?;
        let step = |points: &Exact| steps.binary_search(points).ok();
        Some(Both {
            organisation: own.0.organisation.as_deref()?,
            file: &external.0.review.file,
            criterion,
            steps: steps.len(),
            pair: (step(&mine)?, step(&theirs)?),
            points: (mine, theirs),
        })
    });
    both.collect()
}

/// Returns the points of a scale's answers, ascending, each once; `None` for ranges of numbers.
fn steps(scale: &Scale) -> Option<Vec<Exact>> {
    let Grades::Listed(grades) = &scale.grades else { return None };
    let mut steps: Vec<Exact> = grades.iter().filter_map(|grade| grade.points.clone()).collect();
    steps.sort();
    steps.dedup();
    Some(steps)
}

/// Works out one row.
fn row(subject: &Subject, about: Option<&str>, both: &[&Both]) -> AgreementRow {
    let id = subject.id(&format!("agreement/{}", about.unwrap_or("all")));
    let pairs: Vec<Pair> = both.iter().map(|both| both.pair).collect();
    let steps = both.iter().map(|both| both.steps).max().unwrap_or(0);
    let n = pairs.len();
    let within = |most: usize| pairs.iter().filter(|(a, b)| a.abs_diff(*b) <= most).count() as f64 / n as f64;
    let alike =
        format!("not defined, as all answers are alike; {:.0} % of them are the same on both sides", within(0) * 100.0);
    let figure = |name: &str, value: Option<f64>, why: &str| match value {
        Some(value) => Figure::shown(format!("{id}/{name}"), value, n),
        None => Figure::undefined(format!("{id}/{name}"), n, why),
    };
    let bias = bias(&pairs);
    let limits = bias.and_then(|(_, limits)| limits);
    let interval = kappa_interval(&clusters(both), steps);
    let few = "too few organisations have both, or the answers vary too little";
    let chance = chance(&format!("{id}/chance"), about, &pairs);
    AgreementRow {
        about: about.and_then(|about| about.split_once('/')).map(|(_, about)| about.to_owned()),
        organisations: clusters(both).len(),
        pairs: n,
        exact: figure("exact", Some(within(0)), ""),
        adjacent: figure("adjacent", Some(within(1)), ""),
        bias: figure("bias", bias.map(|(mean, _)| mean), ""),
        limit_low: figure("limit-low", limits.map(|limits| limits.0), "one pair has no limits"),
        limit_high: figure("limit-high", limits.map(|limits| limits.1), "one pair has no limits"),
        kappa: figure("kappa", kappa(&pairs, steps), &alike),
        kappa_low: figure("kappa-low", interval.map(|interval| interval.0), few),
        kappa_high: figure("kappa-high", interval.map(|interval| interval.1), few),
        krippendorff: figure("krippendorff", krippendorff(&pairs, steps), &alike),
        gwet: figure("gwet", gwet(&pairs, steps), &alike),
        chance_adjusted: Figure { id: format!("{id}/chance-adjusted"), ..chance.clone() },
        chance,
        id,
    }
}

/// Returns how likely chance alone gives the differences on a criterion.
fn chance(id: &str, about: Option<&str>, pairs: &[Pair]) -> Figure {
    if about.is_none_or(|about| !about.starts_with("criterion/")) {
        let why = "told by criterion, since an organisation\u{2019}s answers to several aren\u{2019}t independent";
        return Figure::undefined(id, pairs.len(), why);
    }
    let differences: Vec<f64> = pairs.iter().map(|(own, external)| *own as f64 - *external as f64).collect();
    let found = signed_rank(&differences);
    found.map_or_else(
        || Figure::undefined(id, pairs.len(), "no answer differs"),
        |probability| Figure::shown(id, probability, pairs.len()),
    )
}

/// Returns the pairs of each organisation.
fn clusters(both: &[&Both]) -> Vec<Vec<Pair>> {
    let mut clusters: BTreeMap<&str, Vec<Pair>> = BTreeMap::new();
    for both in both {
        clusters.entry(both.organisation).or_default().push(both.pair);
    }
    clusters.into_values().collect()
}

/// Returns the answers that lie two steps or more apart.
fn moderation(both: &[Both]) -> Vec<ModerationRow> {
    let apart = both.iter().filter(|both| both.pair.0.abs_diff(both.pair.1) >= 2);
    let rows = apart.map(|both| ModerationRow {
        organisation: both.organisation.to_owned(),
        criterion: both.criterion.id.to_string(),
        own: both.points.0.to_string(),
        external: both.points.1.to_string(),
        file: both.file.to_owned(),
    });
    rows.collect()
}
