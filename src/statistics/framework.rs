//! The statistics of one framework, put together from the queries.
#![expect(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "these are statistics, not scores")]

use std::collections::BTreeMap;

use polars::prelude::PolarsResult;

use super::internal::{self, Answers};
use super::interval::{binomial_range, share};
use super::query::{self, result};
use super::result::{
    BandRow, Coverage, CriterionRow, FindingRow, FrameworkStatistics, GradeRow, MeasureRow, OutlierRow, Prevalence,
    RangeRow, RankedRow, SectionRow, Standing, TotalRow,
};
use super::table::Table;
use super::{change, group, pairing, register, trend};
use crate::exact::Exact;
use crate::figure::{Figure, Spread};
use crate::finding::Severity;
use crate::framework::{Better, Criterion, Framework, Grade, Grades, Scale};
use crate::review::Status;
use crate::season::rules::finding_systemic::{is_nearly_systemic, is_systemic};
use crate::season::{Season, SeasonReturn};
use crate::tables::{Frames, band, column};
use crate::words::{INCOMPLETE, capital};

/// How many criteria are named as the strongest and the weakest.
const RANKED: usize = 5;

/// With fewer totals none can be told to stand out.
const LEAST_FOR_OUTLIERS: usize = 8;

/// One framework of a season, and what its statistics are worked out from.
pub(super) struct Subject<'a> {
    pub(super) season: &'a Season<'a>,
    pub(super) frames: &'a Frames,
    pub(super) framework: &'a Framework,
}

impl<'a> Subject<'a> {
    /// Returns the returns of this framework, counted or not.
    fn all(&self) -> impl Iterator<Item = &'a SeasonReturn> + use<'a> {
        let id = &self.framework.id;
        self.season.returns.iter().filter(move |found| found.review.framework.as_ref() == Some(id))
    }

    /// Returns the returns of this framework that count.
    pub(super) fn counted(&self) -> impl Iterator<Item = &'a SeasonReturn> + use<'a> {
        self.all().filter(|found| found.counts())
    }

    /// Returns the name of a figure.
    pub(super) fn id(&self, parts: &str) -> String {
        format!("{}/{parts}", self.framework.id)
    }

    /// Returns the names of all bands with their titles, best first, `incomplete` last.
    pub(super) fn bands(&self) -> Vec<(String, String)> {
        let bands = self.framework.outcome.bands.iter().map(|band| (band.id.to_string(), band.title.clone()));
        bands.chain([(INCOMPLETE.to_owned(), capital(INCOMPLETE))]).collect()
    }

    /// Works out everything.
    pub(super) fn statistics(&self) -> PolarsResult<FrameworkStatistics> {
        let answers = Answers::of(self)?;
        let criteria = self.criteria(&answers)?;
        let totals = self.totals()?;
        Ok(FrameworkStatistics {
            framework: self.framework.id.clone(),
            title: self.framework.title.clone(),
            versions: self.versions(),
            unit: self.framework.outcome.unit.clone(),
            coverage: self.coverage(),
            outcomes: self.outcomes()?,
            outliers: self.outliers(&totals[0].spread)?,
            totals,
            sections: self.sections()?,
            strongest: self.ranked(&criteria, Better::Higher),
            weakest: self.ranked(&criteria, Better::Lower),
            criteria,
            measures: self.measures()?,
            groups: group::rows(self)?,
            ranges: self.ranges()?,
            agreement: pairing::agreement(self)?,
            consistency: internal::consistency(self, &answers),
            change: change::summary(self)?,
            trend: trend::trend(self)?,
            findings: self.findings()?,
            registers: register::rows(self),
        })
    }

    fn versions(&self) -> Vec<String> {
        let mut versions: Vec<String> =
            self.counted().filter_map(|found| found.review.framework_version.clone()).collect();
        versions.sort();
        versions.dedup();
        versions
    }

    fn coverage(&self) -> Coverage {
        let with = |status| self.all().filter(|found| found.review.status == status).count();
        let mut organisations: Vec<&str> = self.counted().filter_map(|found| found.organisation.as_deref()).collect();
        organisations.sort_unstable();
        organisations.dedup();
        let roster = self.season.roster.as_ref().filter(|_| self.season.frameworks_used().len() == 1);
        let expected = roster.map(|roster| roster.organisations.iter().map(|one| one.kinds.len().max(1)).sum());
        let silent = roster.iter().flat_map(|roster| &roster.organisations).map(|one| one.organisation.as_str());
        let sent = |name: &str| self.season.returns.iter().any(|found| found.organisation.as_deref() == Some(name));
        Coverage {
            expected,
            received: self.all().count(),
            counted: self.counted().count(),
            complete: with(Status::Scored),
            provisional: with(Status::Provisional),
            duplicate: with(Status::Duplicate),
            superseded: with(Status::Superseded),
            organisations_missing: silent.filter(|name| !sent(name)).map(ToOwned::to_owned).collect(),
            organisations: organisations.len(),
        }
    }

    fn outcomes(&self) -> PolarsResult<Vec<BandRow>> {
        let counts = Table::of(query::bands(self.frames, &self.framework.id))?;
        let all = self.counted().count();
        let row = |(band, title): (String, String)| {
            let id = self.id(&format!("outcome/{band}"));
            let count = counts.count_of(&[(column::OUTCOME_OR_OPEN, Some(&band))]);
            BandRow { share: share(&id, count, all), id, band, title }
        };
        Ok(self.bands().into_iter().map(row).collect())
    }

    fn totals(&self) -> PolarsResult<Vec<TotalRow>> {
        let all = Table::of(query::totals(self.frames, &self.framework.id, &[column::FRAMEWORK]))?;
        let kinds = Table::of(query::totals(self.frames, &self.framework.id, &[column::KIND]))?;
        let id = self.id("total");
        let mut rows = vec![TotalRow { spread: all.spread(all.rows().next(), &id, 1.0), id, kind: None }];
        rows.extend(kinds.rows().filter_map(|row| {
            let kind = kinds.text(column::KIND, row)?;
            let id = self.id(&format!("total/{kind}"));
            Some(TotalRow { spread: kinds.spread(Some(row), &id, 1.0), id, kind: Some(kind) })
        }));
        Ok(rows)
    }

    fn sections(&self) -> PolarsResult<Vec<SectionRow>> {
        let spreads = Table::of(query::sections_spread(self.frames, &self.framework.id))?;
        let scored = self.framework.sections.iter().filter(|section| self.section_scores(section.id.as_str()).0 > 0);
        let rows = scored.map(|section| {
            let id = self.id(&format!("section/{}", section.id));
            let (all, points) = self.section_scores(section.id.as_str());
            let known = points.len();
            let mean = points.into_iter().sum::<Exact>().divided_by(&Exact::from(known));
            SectionRow {
                percent: spreads.spread(spreads.row(&[(column::ID, Some(section.id.as_str()))]), &id, 100.0),
                id,
                section: section.id.to_string(),
                title: section.title.clone(),
                mean_score: mean.map(|mean| mean.to_string()),
                incomplete: all - known,
            }
        });
        Ok(rows.collect())
    }

    /// Returns the returns whose total stands out from the others; none where too few have one, or half of them have the same.
    fn outliers(&self, totals: &Spread) -> PolarsResult<Vec<OutlierRow>> {
        let known = totals.median.value.zip(totals.deviation.value).filter(|(_, deviation)| *deviation > 0.0);
        let Some((median, deviation)) = known.filter(|_| totals.n >= LEAST_FOR_OUTLIERS) else { return Ok(Vec::new()) };
        let found = Table::of(query::standing_out(self.frames, &self.framework.id, median, deviation))?;
        let rows = found.rows().filter_map(|row| {
            let file = found.text(column::FILE, row)?;
            let organisation = self.counted().find(|one| one.review.file == file)?.organisation.clone();
            let total = found.number(column::TOTAL_NEAR, row)?;
            Some(OutlierRow { file, organisation: organisation.unwrap_or_default(), total, median })
        });
        Ok(rows.collect())
    }

    /// Returns how many returns have a section, and the scores that are known.
    fn section_scores(&self, section: &str) -> (usize, Vec<Exact>) {
        let records = self.counted().flat_map(|found| &found.review.sections);
        let records: Vec<_> = records.filter(|record| record.id == section).collect();
        let scores = records.iter().filter_map(|record| record.score.clone());
        (records.len(), scores.collect())
    }

    fn criteria(&self, answers: &Answers) -> PolarsResult<Vec<CriterionRow>> {
        let framework = &self.framework.id;
        let spreads = Table::of(query::answers_spread(self.frames, framework))?;
        let grades = Table::of(query::grades(self.frames, framework))?;
        let best = Table::of(query::best(self.frames, framework, &[column::ID]))?;
        let all = self.counted().count();
        let sections = self.framework.sections.iter();
        let criteria = sections.flat_map(|section| section.criteria.iter().map(move |criterion| (section, criterion)));
        let rows = criteria.enumerate().map(|(place, (section, criterion))| {
            let key = (column::ID, Some(criterion.id.as_str()));
            let id = self.id(&format!("criterion/{}", criterion.id));
            let units = spreads.spread(spreads.row(&[key]), &id, 1.0);
            let grades = grade_rows(self.framework.scale(criterion), &id, &|grade| {
                grades.count_of(&[key, (column::VALUE, Some(grade))])
            });
            let answered = units.n;
            CriterionRow {
                best: share(&format!("{id}/best"), best.count_of(&[key]), answered),
                discrimination: answers.discrimination(place, &id),
                alpha_without: answers.alpha_without(place, &id),
                id,
                criterion: criterion.id.to_string(),
                short: short(criterion),
                section: section.id.to_string(),
                answered,
                missing: all - answered.min(all),
                grades,
                mean: units.mean,
                median: units.median,
            }
        });
        Ok(rows.collect())
    }

    /// Returns the best or worst criteria; those with the mean of the last one named are named too.
    fn ranked(&self, criteria: &[CriterionRow], end: Better) -> Vec<RankedRow> {
        let mut known: Vec<(f64, &CriterionRow)> =
            criteria.iter().filter_map(|row| Some((row.mean.value?, row))).collect();
        known.sort_by(|a, b| match end {
            Better::Higher => b.0.total_cmp(&a.0),
            Better::Lower => a.0.total_cmp(&b.0),
        });
        let is_same = |a: f64, b: f64| (a - b).abs() < 1e-9;
        let rank = |mean: f64| 1 + known.iter().take_while(|(other, _)| !is_same(*other, mean)).count();
        let ranked = known.iter().map(|(mean, row)| (rank(*mean), row)).take_while(|(rank, _)| *rank <= RANKED);
        let rows = ranked.map(|(rank, row)| RankedRow {
            rank,
            criterion: row.criterion.clone(),
            short: row.short.clone(),
            mean: row.mean.clone(),
            best: row.best.clone(),
            organisations: self.with_best(&row.criterion),
        });
        rows.collect()
    }

    /// Returns the organisations whose answer to a criterion is the best there is.
    fn with_best(&self, id: &str) -> Vec<String> {
        let Some(criterion) = self.framework.criterion(id) else { return Vec::new() };
        let best = best_points(self.framework.scale(criterion));
        let has = |found: &&SeasonReturn| {
            let review = &found.review;
            review.answers.iter().any(|answer| {
                answer.id == id
                    && Some(&answer.rater) == review.counts.as_ref()
                    && answer.points.as_ref() == Some(&best)
            })
        };
        let mut organisations: Vec<String> =
            self.counted().filter(has).filter_map(|found| found.organisation.clone()).collect();
        organisations.sort();
        organisations.dedup();
        organisations
    }

    fn measures(&self) -> PolarsResult<Vec<MeasureRow>> {
        let spreads = Table::of(query::measures(self.frames, &self.framework.id))?;
        let rows = self.framework.measures().filter_map(|measure| {
            let row = spreads.row(&[(column::ID, Some(measure.id.as_str()))])?;
            let id = self.id(&format!("measure/{}", measure.id));
            let spread = spreads.spread(Some(row), &format!("{id}/value"), 1.0);
            let (pooled, people) = self.pooled(measure.id.as_str());
            let mean = Figure { id: format!("{id}/mean-of-returns"), ..spread.mean.clone() };
            Some(MeasureRow {
                pooled: Figure::of(format!("{id}/pooled"), pooled.as_ref().map(Exact::to_float), spread.n),
                pooled_exact: pooled.map(|pooled| pooled.to_string()),
                mean_of_returns: mean,
                people: Figure::shown(format!("{id}/people"), people.to_float(), spread.n),
                spread,
                id,
                measure: measure.id.to_string(),
                short: if measure.short.is_empty() { measure.text.clone() } else { measure.short.clone() },
                unit: measure.unit.clone(),
            })
        });
        Ok(rows.collect())
    }

    /// Returns a measure's value over all people taken as one group, exact, and how many people that are.
    fn pooled(&self, measure: &str) -> (Option<Exact>, Exact) {
        let records = self.counted().flat_map(|found| &found.review.measures).filter(|record| record.id == measure);
        let known = records.filter_map(|record| {
            let (value, people) = (record.from_register.as_ref()?, record.cohort.as_ref()?);
            Some((value * people, people.clone()))
        });
        let (sums, people): (Vec<Exact>, Vec<Exact>) = known.unzip();
        let people: Exact = people.into_iter().sum();
        (sums.into_iter().sum::<Exact>().divided_by(&people), people)
    }

    /// Returns each return's share of best answers beside the network's, over all criteria.
    fn ranges(&self) -> PolarsResult<Vec<RangeRow>> {
        let keys = [column::FILE];
        let usable = Table::of(query::usable(self.frames, &self.framework.id, &keys))?;
        let best = Table::of(query::best(self.frames, &self.framework.id, &keys))?;
        let all: usize = usable.rows().map(|row| usable.count(result::N, row)).sum();
        let all_best: usize = best.rows().map(|row| best.count(result::N, row)).sum();
        let chance = all_best as f64 / all as f64;
        let mut ends: BTreeMap<usize, [(usize, usize); 2]> = BTreeMap::new();
        let rows = self.counted().filter_map(|found| {
            let key = [(column::FILE, Some(found.review.file.as_str()))];
            let counts = (best.count_of(&key), usable.count_of(&key));
            let n = counts.1;
            let mut ends =
                || *ends.entry(n).or_insert_with(|| [0.025, 0.001].map(|tail| binomial_range(n, chance, tail)));
            (n > 0).then(|| self.range(found, counts, (chance, all), ends()))
        });
        Ok(rows.collect())
    }

    fn range(
        &self,
        found: &SeasonReturn,
        (best, n): (usize, usize),
        (chance, all): (f64, usize),
        [(low, high), (lowest, highest)]: [(usize, usize); 2],
    ) -> RangeRow {
        let id = self.id(&format!("range/{}", found.review.file));
        let end = |name: &str, count: usize| Figure::shown(format!("{id}/{name}"), count as f64 / n as f64, all);
        RangeRow {
            file: found.review.file.clone(),
            organisation: found.organisation.clone().unwrap_or_default(),
            section: None,
            criteria: n,
            best,
            share: best as f64 / n as f64,
            network: Figure::shown(format!("{id}/network"), chance, self.counted().count()),
            low_95: end("low-95", low),
            high_95: end("high-95", high),
            low_998: end("low-998", lowest),
            high_998: end("high-998", highest),
            standing: Some(standing(best, (lowest, low), (high, highest))),
            id,
        }
    }

    fn findings(&self) -> PolarsResult<Vec<FindingRow>> {
        let all = self.counted().count();
        let mut rows = Vec::new();
        for keys in [&[column::RULE][..], &[column::RULE, column::SUBJECT][..]] {
            let found = Table::of(query::findings(self.frames, &self.framework.id, keys))?;
            rows.extend(found.rows().filter_map(|row| {
                let subject = found.text(column::SUBJECT, row);
                (keys.len() == 1 || subject.is_some()).then(|| self.finding_row(&found, row, subject, all))
            }));
        }
        rows.sort_by(|a, b| {
            (a.subject.is_some(), b.returns, b.times, &a.rule, &a.subject).cmp(&(
                b.subject.is_some(),
                a.returns,
                a.times,
                &b.rule,
                &b.subject,
            ))
        });
        Ok(rows)
    }

    fn finding_row(&self, found: &Table, row: usize, subject: Option<String>, all: usize) -> FindingRow {
        let rule = found.text(column::RULE, row).unwrap_or_default();
        let returns = found.count(result::RETURNS, row);
        let about = subject.as_ref().map_or_else(String::new, |subject| format!("/{subject}"));
        FindingRow {
            id: self.id(&format!("finding/{rule}{about}")),
            rule,
            severity: severity(found.count(result::WORST, row)),
            times: found.count(result::N, row),
            returns,
            share: returns as f64 / all as f64,
            spread: match (&subject, is_systemic(returns, all), is_nearly_systemic(returns, all)) {
                (Some(_), true, _) => Prevalence::Systemic,
                (Some(_), false, true) => Prevalence::NearlySystemic,
                (Some(_), false, false) | (None, _, _) => Prevalence::Scattered,
            },
            subject,
        }
    }
}

/// Returns a few words for a criterion.
pub(super) fn short(criterion: &Criterion) -> String {
    if criterion.short.is_empty() { criterion.text.clone() } else { criterion.short.clone() }
}

/// Returns the severity of this weight, from nought for a note.
fn severity(weight: usize) -> Severity {
    match weight {
        0 => Severity::Note,
        1 => Severity::Warning,
        _ => Severity::Error,
    }
}

/// Returns the points of the best answer.
fn best_points(scale: &Scale) -> Exact {
    match scale.better {
        Better::Higher => scale.maximum(),
        Better::Lower => scale.minimum(),
    }
}

/// Returns how often each grade is given, best first; a range of numbers has no rows.
fn grade_rows(scale: &Scale, id: &str, count: &dyn Fn(&str) -> usize) -> Vec<GradeRow> {
    let Grades::Listed(grades) = &scale.grades else { return Vec::new() };
    let mut grades: Vec<&Grade> = grades.iter().collect();
    grades.sort_by(|a, b| match scale.better {
        Better::Higher => b.points.cmp(&a.points),
        Better::Lower => a.points.cmp(&b.points),
    });
    let row = |grade: &Grade| {
        let n = count(&grade.id);
        GradeRow {
            grade: grade.id.clone(),
            label: grade.label.clone().unwrap_or_else(|| grade.id.clone()),
            count: Figure::shown(format!("{id}/grade/{}", grade.id), n as f64, n),
        }
    };
    grades.into_iter().map(row).collect()
}

/// Says where a count lies.
fn standing(count: usize, low: (usize, usize), high: (usize, usize)) -> Standing {
    if count < low.0 {
        Standing::FarBelow
    } else if count < low.1 {
        Standing::Below
    } else if count <= high.0 {
        Standing::Within
    } else if count <= high.1 {
        Standing::Above
    } else {
        Standing::FarAbove
    }
}

/// Returns the band of a return, for groups and change.
pub(super) fn band_of(found: &SeasonReturn) -> &str {
    band(&found.review)
}

/// Returns a spread of values that are at hand.
pub(super) fn spread_of(values: Vec<f64>, id: &str) -> PolarsResult<Spread> {
    let spread = Table::of(query::spread_of_values(values)?)?;
    Ok(spread.spread(spread.rows().next(), id, 1.0))
}
