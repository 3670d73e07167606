//! What each assessor gives beside what organisations give themselves, for the team that runs the season.
#![expect(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "leniency is a statistic, not a score")]

use std::collections::BTreeMap;

use super::leniency::{Beside, Leniency, leniencies};
use super::pairing::{Both, sides};
use super::subject::Subject;
use crate::figure::{Figure, FigureOf, Measure, figures};
use crate::framework::FieldRole;
use crate::review::Review;
use crate::season::record::percent;
use crate::wording::Wording;

/// An assessor within so many percentage points of an average one is within tolerance, where the season says nothing else.
const USUAL_TOLERANCE: u32 = 10;

/// What an assessor gives.
#[derive(Clone, Debug, PartialEq)]
pub struct AssessorRow {
    /// Who it is, as the returns name them.
    pub assessor: String,
    /// How many organisations of theirs have a self-assessment beside.
    pub caseload: Figure,
    /// How far their answers lie above the organisations' own in the mean, in percentage points of the scale.
    pub bias: Figure,
    /// The lower end of its 95 % interval.
    pub low: Figure,
    /// The upper end of its 95 % interval.
    pub high: Figure,
    /// How far they lie above an average assessor, drawn towards that as far as chance makes caseloads differ.
    pub shrunken: Figure,
    /// The lower end of its 95 % interval.
    pub shrunken_low: Figure,
    /// The upper end of its 95 % interval.
    pub shrunken_high: Figure,
    /// How likely chance alone gives the like, allowing for how many assessors there are (Holm).
    pub chance: Figure,
    /// The share of outcomes that are another one than by the self-assessment.
    pub changed: Figure,
    /// Within how many percentage points of an average one an assessor is within tolerance.
    pub tolerated: u32,
    /// What they assessed.
    pub cases: Vec<AssessedRow>,
}

figures!(AssessorRow: caseload, bias, low, high, shrunken, shrunken_low, shrunken_high, chance, changed);

/// An assessment beside a self-assessment.
#[derive(Clone, Debug, PartialEq)]
pub struct AssessedRow {
    /// Whose.
    pub organisation: String,
    /// The return with the assessor's answers.
    pub file: String,
    /// The total that the assessor gives, in per cent of the most; `None` while answers are missing.
    pub total: Option<f64>,
    /// The total that an average assessor would have given, as far as can be told.
    pub average: Option<f64>,
}

/// Whether an assessor judges as an average one does, within so many percentage points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tolerance {
    /// The whole interval lies within.
    Within,
    /// The whole interval lies beyond.
    Beyond,
    /// It can't be told.
    Open,
}

impl AssessorRow {
    /// Returns whether the assessor is within tolerance; `None` where they can't be compared with others.
    pub fn tolerance(&self) -> Option<Tolerance> {
        let (low, high) = self.shrunken_low.value.zip(self.shrunken_high.value)?;
        let tolerated = f64::from(self.tolerated);
        Some(if low >= -tolerated && high <= tolerated {
            Tolerance::Within
        } else if low > tolerated || high < -tolerated {
            Tolerance::Beyond
        } else {
            Tolerance::Open
        })
    }
}

/// An assessment: how far its answers lie above the organisation's own, and whether its outcome is another one.
struct Case<'a> {
    organisation: &'a str,
    file: &'a str,
    difference: f64,
    total: Option<f64>,
    is_changed: Option<bool>,
}

/// Returns what each assessor gives, in order of their names; nobody where no form names assessors, or nobody has both sides.
pub(super) fn assessors(subject: &Subject) -> Vec<AssessorRow> {
    let caseloads = caseloads(subject);
    let differences: Vec<Vec<f64>> =
        caseloads.iter().map(|(_, cases)| cases.iter().map(|case| case.difference).collect()).collect();
    let told = leniencies(&differences);
    caseloads.iter().zip(told).map(|((name, cases), told)| row(subject, name, cases, told)).collect()
}

/// Returns the assessments of each assessor.
fn caseloads<'a>(subject: &Subject<'a>) -> Vec<(String, Vec<Case<'a>>)> {
    if subject.framework.field_for(FieldRole::Assessor).is_none() {
        return Vec::new();
    }
    let Some((_, both)) = sides(subject) else { return Vec::new() };
    let mut by_file: BTreeMap<&str, Vec<Both>> = BTreeMap::new();
    for both in both {
        by_file.entry(both.file).or_default().push(both);
    }
    let mut caseloads: BTreeMap<Wording, (String, Vec<Case>)> = BTreeMap::new();
    for (file, both) in by_file {
        let Some(review) = subject.season.of_file(file).map(|sent| &sent.review) else { continue };
        let Some(name) = review.role(subject.framework, FieldRole::Assessor).map(ToString::to_string) else { continue };
        let case = case(subject, file, review, &both);
        caseloads.entry(Wording::of(&name)).or_insert((name, Vec::new())).1.push(case);
    }
    caseloads.into_values().collect()
}

/// Returns an assessment beside the self-assessment.
fn case<'a>(subject: &Subject<'a>, file: &'a str, review: &Review, both: &[Both<'a>]) -> Case<'a> {
    let share = |both: &Both| {
        let (own, external) = both.pair;
        100.0 * (external as f64 - own as f64) / (both.steps.max(2) - 1) as f64
    };
    let own = subject.season.of_file(both[0].own).filter(|own| own.review.file != file);
    let bands = own.and_then(|own| own.review.settled()).zip(review.settled());
    Case {
        organisation: both[0].organisation,
        file,
        difference: both.iter().map(share).sum::<f64>() / both.len() as f64,
        total: percent(review, subject.season.frameworks).map(|total| total.to_float()),
        is_changed: bands.map(|(own, external)| own != external),
    }
}

/// Returns what an assessor gives.
fn row(subject: &Subject, name: &str, cases: &[Case], told: Leniency) -> AssessorRow {
    let n = cases.len();
    // The team knows who assessed whom.
    let about = subject.about(FigureOf::Assessor(name.to_owned())).open();
    let beside = |of: fn(&Beside) -> f64| told.beside.as_ref().map(of);
    let (alone, few) = ("each assessor has one assessment", "fewer than three assessors can be compared");
    let figure = |measure, value: Option<f64>, why: &str| about.figure(measure, value.ok_or(why), n);
    let judged: Vec<bool> = cases.iter().filter_map(|case| case.is_changed).collect();
    let changed = judged.iter().filter(|changed| **changed).count();
    let share = (!judged.is_empty()).then(|| changed as f64 / judged.len() as f64);
    AssessorRow {
        assessor: name.to_owned(),
        caseload: figure(Measure::Returns, Some(n as f64), ""),
        bias: figure(Measure::Bias, Some(told.mean), ""),
        low: figure(Measure::Low, told.low, alone),
        high: figure(Measure::High, told.high, alone),
        shrunken: figure(Measure::Shrunken, beside(|beside| beside.shrunken), few),
        shrunken_low: figure(Measure::ShrunkenLow, beside(|beside| beside.low), few),
        shrunken_high: figure(Measure::ShrunkenHigh, beside(|beside| beside.high), few),
        chance: figure(Measure::ChanceAdjusted, beside(|beside| beside.chance), few),
        changed: about.figure(Measure::Share, share.ok_or("outcomes aren\u{2019}t known on both sides"), judged.len()),
        tolerated: subject.season.settings.tolerance.unwrap_or(USUAL_TOLERANCE),
        cases: cases.iter().map(|case| assessed(case, beside(|beside| beside.shrunken))).collect(),
    }
}

/// Returns an assessment with the total that an average assessor would have given.
fn assessed(case: &Case, above: Option<f64>) -> AssessedRow {
    AssessedRow {
        organisation: case.organisation.to_owned(),
        file: case.file.to_owned(),
        total: case.total,
        average: case.total.zip(above).map(|(total, above)| (total - above).clamp(0.0, 100.0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::{About, Disclosure};
    use crate::framework::{EntryKind, sample::field};
    use crate::season::{Season, Surroundings, sample};
    use crate::statistics::Statistics;
    use crate::statistics::draw::Draws;
    use crate::statistics::verdict::Chance;

    /// Returns what is told of five assessors of eight organisations each, the first of whom gives a step more on everything.
    fn five(more: u32, seed: f64) -> Vec<AssessorRow> {
        let mut framework = sample::usual();
        framework.fields.push(field("lead", "Lead assessor", EntryKind::Text, FieldRole::Assessor));
        let frameworks = [framework];
        let mut draws = Draws::of(&[seed]);
        let mut reviews = Vec::new();
        for number in 0..40_usize {
            let name = format!("Organisation {number:02}");
            let own: Vec<u32> =
                (0..12).map(|_| u32::from(draws.share() > 0.3) + u32::from(draws.share() > 0.6)).collect();
            let near = |draws: &mut Draws, own: u32| match draws.below(10) {
                0 => own.saturating_sub(1),
                1 => (own + 1).min(2),
                _ => own,
            };
            let is_first = number % 5 == 0;
            let external: Vec<Option<u32>> =
                own.iter().map(|own| Some((near(&mut draws, *own) + if is_first { more } else { 0 }).min(2))).collect();
            let own: Vec<Option<u32>> = own.into_iter().map(Some).collect();
            reviews.push(sample::review(&frameworks[0], &name, "Self-assessment", &own));
            let mut review = sample::review(&frameworks[0], &name, "External assessment", &external);
            review.fields.insert("lead".into(), format!("Assessor {}", number % 5 + 1).as_str().into());
            reviews.push(review);
        }
        let season = Season::new(&frameworks, Surroundings::default(), reviews);
        Statistics::of_season(&season).unwrap().of("sample").unwrap().assessors.clone()
    }

    fn told(rows: &[AssessorRow]) -> Vec<&str> {
        rows.iter().filter(|row| Chance::is_unlikely(&row.chance)).map(|row| row.assessor.as_str()).collect()
    }

    #[test]
    fn an_assessor_who_gives_a_step_more_is_told_and_no_other() {
        for seed in [1.0, 2.0, 3.0] {
            let rows = five(1, seed);
            assert_eq!((told(&rows), rows.len()), (vec!["Assessor 1"], 5));
            let lenient = &rows[0];
            let [bias, shrunken] = [&lenient.bias, &lenient.shrunken].map(|figure| figure.value.unwrap());
            let others = rows[1..].iter().filter_map(|row| row.bias.value).sum::<f64>() / 4.0;
            assert!(shrunken > 8.0 && shrunken < bias - others, "{shrunken} of {bias} beside {others}");
            assert_eq!(lenient.caseload.value, Some(8.0));
            let case = &lenient.cases[0];
            assert!(case.average.unwrap() < case.total.unwrap() - 8.0);
            assert!(rows[1..].iter().all(|row| row.tolerance() == Some(Tolerance::Within)), "{rows:?}");
        }
    }

    #[test]
    fn the_tolerance_is_the_seasons() {
        let figure = |measure, value| {
            let about = About::new("sample", FigureOf::Assessor("A".to_owned()), Disclosure::default()).open();
            about.figure(measure, Ok(value), 8)
        };
        let with = |tolerated| AssessorRow {
            shrunken_low: figure(Measure::ShrunkenLow, 6.0),
            shrunken_high: figure(Measure::ShrunkenHigh, 12.0),
            tolerated,
            ..five(0, 1.0)[0].clone()
        };
        let cases = [(5, Tolerance::Beyond), (10, Tolerance::Open), (12, Tolerance::Within)];
        for (tolerated, expected) in cases {
            assert_eq!(with(tolerated).tolerance(), Some(expected), "{tolerated}");
        }
        assert_eq!(five(0, 1.0)[0].tolerated, USUAL_TOLERANCE);
    }

    #[test]
    fn where_all_judge_alike_nobody_is_told() {
        for seed in [1.0, 2.0, 3.0] {
            assert_eq!(told(&five(0, seed)), Vec::<&str>::new());
        }
    }
}
