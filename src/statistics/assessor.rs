//! What each assessor gives beside what organisations give themselves, for the team that runs the season.
#![expect(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "leniency is a statistic, not a score")]

use super::leniency::{Beside, Leniency, UNLIKELY, leniencies};
use super::linking::Linking;
use super::subject::Subject;
use crate::comparison::restored::total_with;
use crate::exact::Exact;
use crate::figure::{Figure, FigureOf, Measure, figures};
use crate::season::assessor::{Case, Caseload, caseloads};
use crate::season::record::percent;

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

/// Returns what each assessor gives, in order of their names; nobody where no form names assessors, or nobody has both sides.
pub(super) fn assessors(subject: &Subject) -> Vec<AssessorRow> {
    let caseloads = caseloads(subject.season, subject.framework);
    let above: Vec<Vec<f64>> =
        caseloads.iter().map(|load| load.cases.iter().map(|case| case.above).collect()).collect();
    let told = leniencies(&above);
    let of = |place: usize| row(subject, &caseloads[place], &told[place], &averages(subject, &caseloads, &told, place));
    (0..caseloads.len()).map(of).collect()
}

/// Whether some of what counts was assessed by somebody who gives otherwise than the others.
pub(super) fn is_any_apart(subject: &Subject) -> bool {
    subject.counted().any(|sent| subject.season.assessor_apart(&sent.review.file).is_some())
}

/// Returns the totals that an average assessor would have given to the cases of one; `None` for those of which it can't be told.
fn averages(subject: &Subject, caseloads: &[Caseload], told: &[Leniency], place: usize) -> Vec<Option<f64>> {
    let is_other =
        |other: &usize| *other != place && told[*other].beside.is_none_or(|beside| beside.chance >= UNLIKELY);
    let others = (0..caseloads.len()).filter(is_other).map(|other| &caseloads[other]);
    let kept = told[place].beside.and_then(|beside| Exact::from_float(beside.kept));
    let Some(kept) = kept.map(|kept| kept.rounded(4)) else { return vec![None; caseloads[place].cases.len()] };
    let linking = Linking::new(subject.framework, &caseloads[place], others, kept);
    let total = |case: &Case| {
        let review = &subject.season.of_file(case.file)?.review;
        let framework = subject.season.framework(review)?;
        Some(total_with(framework, review, &linking.points(case))?.to_float())
    };
    caseloads[place].cases.iter().map(total).collect()
}

/// Whether the outcome of an assessment is another than that of the self-assessment; `None` while one is open, or where both are one
/// return.
fn is_changed(subject: &Subject, case: &Case) -> Option<bool> {
    let band = |file: &str| subject.season.of_file(file).and_then(|sent| sent.review.settled());
    let bands = band(case.own).zip(band(case.file)).filter(|_| case.own != case.file)?;
    Some(bands.0 != bands.1)
}

/// Returns what an assessor gives.
fn row(subject: &Subject, load: &Caseload, told: &Leniency, averages: &[Option<f64>]) -> AssessorRow {
    let Caseload { assessor: name, cases } = load;
    let n = cases.len();
    // The team knows who assessed whom.
    let about = subject.about(FigureOf::Assessor(name.clone())).open();
    let beside = |of: fn(&Beside) -> f64| told.beside.as_ref().map(of);
    let (alone, few) = ("each assessor has one assessment", "fewer than three assessors can be compared");
    let figure = |measure, value: Option<f64>, why: &str| about.figure(measure, value.ok_or(why), n);
    let judged: Vec<bool> = cases.iter().filter_map(|case| is_changed(subject, case)).collect();
    let changed = judged.iter().filter(|changed| **changed).count();
    let share = (!judged.is_empty()).then(|| changed as f64 / judged.len() as f64);
    AssessorRow {
        assessor: name.clone(),
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
        cases: cases.iter().zip(averages).map(|(case, average)| assessed(subject, case, *average)).collect(),
    }
}

/// Returns an assessment with the total that an average assessor would have given.
fn assessed(subject: &Subject, case: &Case, average: Option<f64>) -> AssessedRow {
    let sent = subject.season.of_file(case.file);
    AssessedRow {
        organisation: subject.season.whose(case.file, case.organisation),
        file: case.file.to_owned(),
        total: sent.and_then(|sent| percent(&sent.review, subject.season.frameworks)).map(|total| total.to_float()),
        average,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::figure::{About, Disclosure};
    use crate::framework::sample::{expression, field};
    use crate::framework::{EntryKind, FieldRole, Rater};
    use crate::season::{Season, Surroundings, sample};
    use crate::statistics::Statistics;
    use crate::statistics::draw::Draws;
    use crate::statistics::verdict::Chance;

    /// Returns what is told of five assessors of eight organisations each, the first of whom gives a step more on everything.
    fn five(more: u32, seed: f64) -> Vec<AssessorRow> {
        five_beside_truth(more, seed).0
    }

    /// Returns the same, with the totals that the assessments had come to without that.
    fn five_beside_truth(more: u32, seed: f64) -> (Vec<AssessorRow>, BTreeMap<String, f64>) {
        let mut framework = sample::usual();
        framework.raters = vec![Rater { id: "self".into(), title: "Self".to_owned(), counts_when: None }];
        framework.sections.retain(|section| section.measures.is_empty());
        framework.outcome.total = expression("100 * (sum('1') + sum('2') + sum('3')) / 24");
        let mut truth = BTreeMap::new();
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
            let average: Vec<u32> = own.iter().map(|own| near(&mut draws, *own)).collect();
            truth.insert(name.clone(), f64::from(average.iter().sum::<u32>()) * 100.0 / 24.0);
            let external: Vec<Option<u32>> =
                average.iter().map(|points| Some((points + if is_first { more } else { 0 }).min(2))).collect();
            let own: Vec<Option<u32>> = own.into_iter().map(Some).collect();
            reviews.push(sample::review(&frameworks[0], &name, "Self-assessment", &own));
            let mut review = sample::review(&frameworks[0], &name, "External assessment", &external);
            review.fields.insert("lead".into(), format!("Assessor {}", number % 5 + 1).as_str().into());
            reviews.push(review);
        }
        let season = Season::new(&frameworks, Surroundings::default(), reviews);
        (Statistics::of_season(&season).unwrap().of("sample").unwrap().assessors.clone(), truth)
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
            assert_eq!(lenient.tolerance(), Some(Tolerance::Beyond), "{lenient:?}");
            assert!(rows[1..].iter().all(|row| row.tolerance() == Some(Tolerance::Within)), "{rows:?}");
        }
    }

    #[test]
    fn what_an_average_assessor_would_have_given_is_near_what_it_was_and_passes_no_end_of_the_scale() {
        for seed in [1.0, 2.0, 3.0] {
            let (rows, truth) = five_beside_truth(1, seed);
            let lenient = &rows[0];
            let off = |average: fn(&AssessorRow, &AssessedRow) -> f64| {
                let square = |case: &AssessedRow| (average(lenient, case) - truth[&case.organisation]).powi(2);
                (lenient.cases.iter().map(square).sum::<f64>() / lenient.cases.len() as f64).sqrt()
            };
            let linked = off(|_, case| case.average.unwrap());
            let flat = off(|row, case| case.total.unwrap() - row.shrunken.value.unwrap());
            assert!(linked < 6.0 && linked < flat, "{linked} and {flat}");
            assert!(lenient.cases.iter().all(|case| case.average.unwrap() <= case.total.unwrap()));
            // Who isn't unlike the others gave what an average one gives, but for chance.
            let near = |case: &AssessedRow| (case.average.unwrap() - case.total.unwrap()).abs() < 10.0;
            assert!(rows[1..].iter().flat_map(|row| &row.cases).all(near));
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
