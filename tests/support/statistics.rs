//! Statistics of made-up seasons, worked out in the plainest way, so that reports have something to show.
#![expect(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "statistics are floats")]

use std::collections::BTreeMap;

use scrutineer::figure::{About, Disclosure, FigureOf, Measure};
use scrutineer::framework::Framework;
use scrutineer::review::{Review, Status};
use scrutineer::season::SeasonReturn;
use scrutineer::season::members::{Left, Members};
use scrutineer::statistics::{
    Agreement, AgreementRow, BandRow, ChangeSummary, Compared, Consistency, ConsistencyRow, Coverage, CriterionRow,
    Figure, FindingRow, FrameworkStatistics, GradeRow, GroupOutcome, GroupRow, GroupingRow, MeasureRow, MetChange,
    ModerationRow, OutlierRow, PlaceRange, Prevalence, RangeRow, RankedRow, SectionChange, SectionRow, Share, Spread,
    Standing, TotalAgreement, TotalRow, Trend, TrendPoint,
};

/// Returns the statistics of some returns.
pub(crate) fn of(framework: &Framework, returns: &[SeasonReturn]) -> FrameworkStatistics {
    let counted: Vec<&Review> = returns.iter().filter(|found| found.counts()).map(|found| &found.review).collect();
    let criteria = criteria(framework, &counted);
    let mut ranked = criteria.clone();
    ranked.sort_by(|a, b| b.mean.value.partial_cmp(&a.mean.value).unwrap());
    let strongest = ranked.iter().take(5).enumerate().map(|(at, row)| rank(at, row, &counted)).collect();
    let weakest = ranked.iter().rev().take(5).enumerate().map(|(at, row)| rank(at, row, &[])).collect();
    let totals: Vec<f64> = counted.iter().filter_map(|review| total(review)).collect();
    let provisional = counted.iter().filter(|review| review.status == Status::Provisional).count();
    FrameworkStatistics {
        framework: framework.id.clone(),
        title: framework.title.clone(),
        versions: vec![framework.version.clone()],
        unit: framework.outcome.unit.clone(),
        decimals: framework.outcome.decimals,
        coverage: Coverage {
            nameless: 0,
            expected: Some(counted.len() + 2),
            came: counted.len(),
            unexpected: 0,
            unplaced: 0,
            organisations_unnamed: Vec::new(),
            received: returns.len(),
            counted: counted.len(),
            complete: counted.len() - provisional,
            provisional,
            duplicate: 0,
            superseded: 1,
            organisations_missing: vec!["Lakeside Works".to_owned(), "Moorland Academy".to_owned()],
            organisations: counted.len(),
            headline: counted.len(),
            each: vec![1; counted.len()],
            one_for_each: None,
        },
        outcomes: outcomes(framework, &counted),
        totals: vec![TotalRow { kind: None, spread: spread(totals.clone()) }],
        sections: sections(framework, &counted),
        criteria,
        strongest,
        weakest,
        grades: Vec::new(),
        measures: measures(counted.len()),
        groups: groups(framework, &counted),
        groupings: vec![GroupingRow {
            by: "region".to_owned(),
            compared: Compared::Totals,
            groups: 2,
            chance: shown(0.012, 51),
            chance_adjusted: shown(0.012, 51),
        }],
        ranges: ranges(&counted),
        agreement: (counted.len() > 5).then(|| agreement(framework)),
        consistency: (counted.len() > 5).then(|| consistency(framework)),
        outliers: outliers(&counted),
        moderation: None,
        assessors: Vec::new(),
        is_assessed_apart: false,
        change: (counted.len() > 5).then(|| change(framework)),
        registers: Vec::new(),
        registers_before: Vec::new(),
        trend: (counted.len() > 5).then(trend),
        findings: findings(&counted),
        are_findings_untold: false,
    }
}

/// Returns the door to figures that are all shown.
fn open() -> About {
    About::new("sample", FigureOf::Trend, Disclosure { k: 0, quantiles: 0, rounding: 1 })
}

/// Returns a figure that is shown.
fn shown(value: f64, n: usize) -> Figure {
    known(Some(value), n)
}

/// Returns a figure that is shown where there is a value.
fn known(value: Option<f64>, n: usize) -> Figure {
    open().figure(Measure::Mean, value.ok_or("there are no values"), n)
}

/// Returns a figure that is hidden.
pub(crate) fn hidden() -> Figure {
    About::new("sample", FigureOf::Trend, Disclosure::default()).figure(Measure::Mean, Ok(1.0), 0)
}

/// Returns a complete return's total.
fn total(review: &Review) -> Option<f64> {
    Some(review.outcome.as_ref()?.total.as_ref()?.to_float())
}

/// Returns a share with its Wilson interval.
fn share(count: usize, all: usize) -> Share {
    let (count_, n, z) = (count as f64, all.max(1) as f64, 1.96);
    let p = count_ / n;
    let middle = p + z * z / (2.0 * n);
    let half = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    let low = (middle - half) / (1.0 + z * z / n);
    let high = (middle + half) / (1.0 + z * z / n);
    Share {
        share: shown(p, all),
        count: shown(count_, all),
        low: shown(low.max(0.0), all),
        high: shown(high.min(1.0), all),
    }
}

/// Returns how values spread.
fn spread(mut values: Vec<f64>) -> Spread {
    values.sort_by(f64::total_cmp);
    let n = values.len();
    let quantile = |part: usize| {
        if n == 0 {
            return known(None, 0);
        }
        let (at, rest) = ((n - 1) * part / 4, ((n - 1) * part % 4) as f64 / 4.0);
        let above = values.get(at + 1).unwrap_or(&values[at]);
        shown(values[at] + (above - values[at]) * rest, n)
    };
    let mean = known((n > 0).then(|| values.iter().sum::<f64>() / n as f64), n);
    Spread {
        n,
        mean,
        lowest: quantile(0),
        lower_quartile: quantile(1),
        median: quantile(2),
        upper_quartile: quantile(3),
        highest: quantile(4),
        deviation: known((n > 0).then_some(6.5), n),
    }
}

/// Counts the outcomes.
fn outcomes(framework: &Framework, counted: &[&Review]) -> Vec<BandRow> {
    let band_of = |review: &Review| review.outcome.as_ref().and_then(|record| record.band.clone());
    let row = |band: &str, title: &str| {
        let number = counted.iter().filter(|review| band_of(review).as_deref().unwrap_or("incomplete") == band).count();
        let share = share(number, counted.len());
        BandRow {
            kinds: Vec::new(),
            band: band.to_owned(),
            title: title.to_owned(),
            at_most: share.count.clone(),
            share,
        }
    };
    let mut rows: Vec<BandRow> =
        framework.outcome.bands.iter().map(|band| row(band.id.as_str(), &band.title)).collect();
    rows.push(row("incomplete", "Incomplete"));
    rows
}

/// Spreads the sections.
fn sections(framework: &Framework, counted: &[&Review]) -> Vec<SectionRow> {
    let row = |section: &scrutineer::framework::Section| {
        let records =
            counted.iter().filter_map(|review| review.sections.iter().find(|record| record.id == section.id.as_str()));
        let percents: Vec<f64> = records.filter_map(|record| Some(record.percent.as_ref()?.to_float())).collect();
        SectionRow {
            section: section.id.to_string(),
            title: section.title.clone(),
            percent: spread(percents),
            incomplete: 0,
        }
    };
    framework.sections.iter().map(row).collect()
}

/// Counts the grades of each criterion.
fn criteria(framework: &Framework, counted: &[&Review]) -> Vec<CriterionRow> {
    let row = |section: &str, criterion: &scrutineer::framework::Criterion| {
        let answers =
            counted.iter().flat_map(|review| &review.answers).filter(|answer| answer.id == criterion.id.as_str());
        let values: Vec<f64> = answers.filter_map(|answer| Some(answer.points.as_ref()?.to_float())).collect();
        let scale = framework.scale(criterion);
        let (least, most) = (scale.minimum().to_float(), scale.maximum().to_float());
        let scrutineer::framework::Grades::Listed(grades) = &scale.grades else { unreachable!("made of lists") };
        let of = |grade: &str| values.iter().filter(|value| value.to_string() == grade).count();
        let best = of(&most.to_string());
        let mean =
            (!values.is_empty()).then(|| (values.iter().sum::<f64>() / values.len() as f64 - least) / (most - least));
        let is_odd = criterion.id.as_str().ends_with('3');
        CriterionRow {
            criterion: criterion.id.to_string(),
            short: criterion.short.clone(),
            section: section.to_owned(),
            answered: values.len(),
            missing: counted.len() - values.len(),
            grades: grades
                .iter()
                .map(|grade| GradeRow {
                    grade: grade.id.clone(),
                    label: grade.label.clone().unwrap_or_else(|| grade.id.clone()),
                    points: grade.points.clone(),
                    count: shown(of(&grade.id) as f64, values.len()),
                })
                .collect(),
            mean: known(mean, values.len()),
            median: known(mean, values.len()),
            best: share(best, values.len()),
            discrimination: known(Some(if is_odd { -0.24 } else { 0.4 }), values.len()),
            discrimination_low: known(Some(if is_odd { -0.45 } else { 0.2 }), values.len()),
            discrimination_high: known(Some(if is_odd { -0.01 } else { 0.6 }), values.len()),
            out_of_step: known(Some(if is_odd { 0.02 } else { 0.9 }), values.len()),
            strongest: places(1, 7, values.len()),
            weakest: places(1, 6, values.len()),
            alpha_without: known(Some(if is_odd { 0.88 } else { 0.82 }), values.len()),
        }
    };
    framework
        .sections
        .iter()
        .flat_map(|section| section.criteria.iter().map(move |criterion| row(section.id.as_str(), criterion)))
        .collect()
}

fn places(low: usize, high: usize, n: usize) -> PlaceRange {
    PlaceRange { low: shown(low as f64, n), high: shown(high as f64, n) }
}

/// Gives a criterion its rank, and names those who are best at it.
fn rank(at: usize, row: &CriterionRow, counted: &[&Review]) -> RankedRow {
    let best = |review: &&&Review| {
        review.answers.iter().any(|answer| {
            answer.id == *row.criterion && answer.value.as_ref() == row.grades.first().map(|grade| &grade.grade)
        })
    };
    RankedRow {
        rank: at + 1,
        criterion: row.criterion.clone(),
        short: row.short.clone(),
        mean: row.mean.clone(),
        place: places(if at < 3 { 1 } else { at }, at + 4, row.answered),
        best: row.best.clone(),
        organisations: counted.iter().filter(best).take(12).filter_map(|review| review.organisation.clone()).collect(),
    }
}

/// Returns three regions, one of them too small to show.
fn groups(framework: &Framework, counted: &[&Review]) -> Vec<GroupRow> {
    let all = outcomes(framework, counted);
    let row = |name: Option<&str>, returns: usize| {
        let is_small = returns < 5;
        let figure = |value: f64| {
            if is_small { hidden() } else { shown(value, returns) }
        };
        GroupRow {
            by: "region".to_owned(),
            group: name.map(ToOwned::to_owned),
            returns: figure(returns as f64),
            totals: spread(if is_small {
                Vec::new()
            } else {
                counted.iter().filter_map(|review| total(review)).take(returns).collect()
            }),
            outcomes: all.iter().map(|row| GroupOutcome { band: row.band.clone(), count: figure(4.0) }).collect(),
            low: figure(61.0),
            high: figure(74.5),
            sections: Vec::new(),
        }
    };
    vec![row(Some("North"), 31), row(Some("South"), 20), row(Some("Isles"), 3), row(None, 5)]
}

/// Compares each return with chance.
fn ranges(counted: &[&Review]) -> Vec<RangeRow> {
    let row = |review: &&Review| RangeRow {
        file: review.file.clone(),
        organisation: review.organisation.clone().unwrap_or_default(),
        criteria: review.answers.len(),
        best: review.answers.iter().filter(|answer| answer.value.as_deref() == Some("4")).count(),
        share: 0.4,
        network: shown(0.4, 50),
        between: shown(0.1, 50),
        low_95: shown(0.15, 50),
        high_95: shown(0.65, 50),
        low_998: shown(0.05, 50),
        high_998: shown(0.8, 50),
        standing: Some(Standing::Within),
    };
    counted.iter().map(row).collect()
}

/// Returns an agreement as two sides might have it.
fn agreement(framework: &Framework) -> Agreement {
    let row = |about: Option<&str>, kappa: Figure| AgreementRow {
        about: about.map(ToOwned::to_owned),
        organisations: 10,
        pairs: 130,
        exact: shown(0.71, 130),
        adjacent: shown(0.96, 130),
        bias: shown(0.18, 130),
        limit_low: shown(-1.0, 130),
        limit_high: shown(1.3, 130),
        kappa,
        kappa_low: shown(0.61, 130),
        kappa_high: shown(0.88, 130),
        krippendorff: shown(0.7, 130),
        gwet: shown(0.8, 130),
        chance: shown(0.002, 10),
        chance_adjusted: shown(0.026, 10),
    };
    let moderated = |index: usize| ModerationRow {
        organisation: format!("Organisation {index}"),
        criterion: "U1".to_owned(),
        own: "4".to_owned(),
        external: "2".to_owned(),
        file: "x.xlsx".to_owned(),
    };
    Agreement {
        sides: ("Self-assessment".to_owned(), "External assessment".to_owned()),
        organisations: 10,
        pairs: 130,
        totals: TotalAgreement {
            organisations: 10,
            difference: spread(vec![1.0, 2.0, 4.0, 4.5, 5.0, 6.0, 7.0, 8.0, 9.0, -2.0]),
            chance: shown(0.004, 10),
            correlation: shown(0.81, 10),
            low: shown(0.42, 10),
            high: shown(0.95, 10),
        },
        overall: row(None, shown(0.75, 130)),
        sections: framework.sections.iter().map(|section| row(Some(section.title.as_str()), shown(0.7, 26))).collect(),
        criteria: framework.criteria().take(3).map(|one| row(Some(one.id.as_str()), shown(0.7, 10))).collect(),
        moderation: (1..4).map(moderated).collect(),
        without_apart: None,
    }
}

/// Returns a change since an earlier season.
fn change(framework: &Framework) -> ChangeSummary {
    let differences = vec![-2.0, -1.0, 0.0, 1.0, 1.5, 2.0, 3.0, 4.0];
    ChangeSummary {
        of_two_kinds: 0,
        since: "2024-25".to_owned(),
        matched: 8,
        left_out: 0,
        unmatched: 50,
        totals: spread(differences.clone()),
        chance: shown(0.19, 8),
        chance_adjusted: shown(0.25, 8),
        before: spread(vec![60.0, 62.0, 64.0, 66.0, 68.0, 70.0, 72.0, 74.0]),
        now: spread(vec![58.0, 61.0, 64.0, 67.0, 69.5, 72.0, 75.0, 78.0]),
        outcomes: Vec::new(),
        criteria: Vec::new(),
        members: Members {
            joined: vec!["Harbour Trust".to_owned()],
            came_back: Vec::new(),
            left: vec![Left { organisation: "Lakeside Works".to_owned(), is_expected: true }],
        },
        sections: framework
            .sections
            .iter()
            .map(|section| SectionChange {
                section: section.title.clone(),
                difference: spread(differences.clone()),
                chance: shown(0.01, 8),
                chance_adjusted: shown(0.04, 8),
            })
            .collect(),
        better: shown(5.0, 8),
        same: shown(2.0, 8),
        worse: shown(1.0, 8),
        apart: Vec::new(),
        met: Some(MetChange {
            gained: shown(3.0, 8),
            lost: shown(1.0, 8),
            chance: shown(0.625, 8),
            chance_adjusted: shown(0.7, 8),
        }),
    }
}

/// Returns a trend over four seasons.
fn trend() -> Trend {
    let point =
        |season: Option<&str>, median| TrendPoint { season: season.map(ToOwned::to_owned), median: shown(median, 8) };
    Trend {
        returns: 8,
        seasons: vec![
            point(Some("2022-23"), 61.5),
            point(Some("2023-24"), 63.0),
            point(Some("2024-25"), 62.5),
            point(None, 66.0),
        ],
        slope: shown(1.25, 8),
        tau: shown(0.667, 8),
    }
}

/// Returns how criteria go together: one section well, one badly, others open.
fn consistency(framework: &Framework) -> Consistency {
    let row = |section: Option<&str>, criteria: usize, alpha: f64| ConsistencyRow {
        section: section.map(ToOwned::to_owned),
        returns: 48,
        criteria,
        alpha: shown(alpha, 48),
        low: shown(alpha - 0.12, 48),
        high: shown(alpha + 0.06, 48),
        between: shown(alpha - 0.55, 48),
        between_low: shown(alpha - 0.62, 48),
        between_high: shown(alpha - 0.48, 48),
    };
    let alphas = [0.84, 0.41, 0.72].into_iter().cycle();
    let sections = framework.sections.iter().zip(alphas);
    Consistency {
        overall: row(None, framework.criteria().count(), 0.86),
        sections: sections
            .map(|(section, alpha)| row(Some(section.id.as_str()), section.criteria.len(), alpha))
            .collect(),
    }
}

/// Returns two measures, one of few people.
fn measures(returns: usize) -> Vec<MeasureRow> {
    let row = |id: &str, short: &str, pooled: Figure| MeasureRow {
        measure: id.to_owned(),
        short: short.to_owned(),
        unit: "%".to_owned(),
        better: Some(scrutineer::framework::Better::Higher),
        mean_of_returns: shown(58.4, returns),
        people: shown(1240.0, returns),
        spread: spread(vec![31.0, 44.0, 52.0, 57.0, 61.0, 66.0, 72.0, 80.0, 91.0]),
        pooled,
    };
    if returns < 6 {
        return Vec::new();
    }
    let hidden = hidden();
    vec![row("A", "Started work", shown(51.2, returns)), row("B", "Still in work", hidden)]
}

/// Returns one return that stands out.
fn outliers(counted: &[&Review]) -> Vec<OutlierRow> {
    let row = |review: &&&Review| OutlierRow {
        file: review.file.clone(),
        organisation: review.organisation.clone().unwrap_or_default(),
        total: total(review).unwrap_or(12.0),
        median: 65.0,
    };
    counted.iter().take(usize::from(counted.len() > 8)).map(|review| row(&review)).collect()
}

/// Counts the findings by rule.
fn findings(counted: &[&Review]) -> Vec<FindingRow> {
    let mut rules: BTreeMap<String, (usize, usize, scrutineer::finding::Severity)> = BTreeMap::new();
    for review in counted {
        let mut seen: Vec<&str> = Vec::new();
        for finding in &review.findings {
            let entry = rules.entry(finding.rule.to_string()).or_insert((0, 0, finding.severity));
            entry.0 += 1;
            entry.1 += usize::from(!seen.contains(&finding.rule.as_str()));
            seen.push(finding.rule.as_str());
        }
    }
    let row = |(rule, (times, returns, severity)): (String, (usize, usize, scrutineer::finding::Severity))| {
        let part = returns as f64 / counted.len() as f64;
        let spread = if part > 0.5 { Prevalence::Systemic } else { Prevalence::Scattered };
        FindingRow {
            rule,
            severity,
            subject: None,
            place: None,
            has_places: false,
            times,
            are_people: false,
            returns,
            share: part,
            spread,
        }
    };
    let mut rows: Vec<FindingRow> = rules.into_iter().map(row).collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.returns));
    rows
}
