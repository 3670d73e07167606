//! Whether some assessors are harsher or more lenient than others: what an assessor's caseload differs by from the organisations' own
//! judgement, drawn towards the average assessor as far as chance makes caseloads differ.
//!
//! The model is a one-way random-effects one (Henderson's estimates of variance): what an assessment differs by is what assessors do on
//! average, what this assessor does beside that, and the rest. An assessor of few assessments is drawn further towards the average.
//! Who is told is decided by drawing the assessments anew among the assessors, allowing for how many assessors there are (Holm); an
//! assessor who is told is set aside before the next is looked at, so that a lenient one doesn't make the others look harsh. The average
//! assessor is the average of those who aren't told, and how much assessors vary is told from these alone, where three are left: one
//! who is set aside would make the others' average look far less sure than it is. Only how far that one is drawn towards the average goes
//! by how much all vary, since among the others there is nobody like them.
#![expect(clippy::float_arithmetic, clippy::cast_precision_loss, reason = "leniency is a statistic, not a score")]

use statrs::distribution::{ContinuousCDF, StudentsT};

use super::draw::{DRAWS, Draws};

/// What chance alone gives less often than so is told.
pub const UNLIKELY: f64 = 0.05;

/// With fewer assessors it can't be told which of them differs.
pub const LEAST_ASSESSORS: usize = 3;

/// How many standard deviations an end of an interval lies from the middle.
const Z: f64 = 1.96;

/// What an assessor's caseload comes to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Leniency {
    /// The mean difference.
    pub mean: f64,
    /// The lower end of its 95 % interval; `None` where all caseloads are of one.
    pub low: Option<f64>,
    /// The upper end.
    pub high: Option<f64>,
    /// How far the assessor lies above an average one, drawn towards that; `None` where fewer than three assessors have several.
    pub beside: Option<Beside>,
}

/// How an assessor stands beside an average one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Beside {
    /// How far above.
    pub shrunken: f64,
    /// The lower end of its 95 % interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// How much is kept of how far the assessor's mean lies from an average one's, from 0 to 1.
    pub kept: f64,
    /// How likely chance alone gives the like, allowing for how many assessors there are.
    pub chance: f64,
}

/// Whether an assessor is one of those whose average the others are compared with.
#[derive(Clone, Copy)]
enum Place {
    Among,
    Aside,
}

impl Place {
    fn of(chance: f64) -> Self {
        if chance < UNLIKELY { Self::Aside } else { Self::Among }
    }
}

/// The variances of the model, and the mean of an average assessor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Model {
    /// Between assessments of one assessor.
    pub within: f64,
    /// Between assessors.
    pub between: f64,
    /// What an average assessor's assessments differ by.
    pub mean: f64,
    /// The variance of that mean.
    pub variance: f64,
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// Returns the pooled variance within caseloads, and its degrees of freedom; `None` where all caseloads are of one.
fn within(caseloads: &[Vec<f64>]) -> Option<(f64, usize)> {
    let freedom =
        caseloads.iter().map(Vec::len).sum::<usize>().checked_sub(caseloads.len()).filter(|rest| *rest > 0)?;
    let squares = |caseload: &Vec<f64>| -> f64 {
        let middle = mean(caseload);
        caseload.iter().map(|value| (value - middle).powi(2)).sum()
    };
    Some((caseloads.iter().map(squares).sum::<f64>() / freedom as f64, freedom))
}

impl Model {
    /// Returns the model of some caseloads, none of them empty; `None` where too few assessors have several assessments.
    pub fn of(caseloads: &[Vec<f64>]) -> Option<Self> {
        let several = caseloads.iter().filter(|caseload| caseload.len() > 1).count();
        let (within, _) = within(caseloads).filter(|_| several >= LEAST_ASSESSORS)?;
        let all: usize = caseloads.iter().map(Vec::len).sum();
        let middle = caseloads.iter().flatten().sum::<f64>() / all as f64;
        let degrees = (caseloads.len() - 1) as f64;
        let squares: f64 =
            caseloads.iter().map(|caseload| caseload.len() as f64 * (mean(caseload) - middle).powi(2)).sum();
        let alike = caseloads.iter().map(|caseload| (caseload.len() as f64).powi(2)).sum::<f64>() / all as f64;
        let between = ((squares / degrees - within) / ((all as f64 - alike) / degrees)).max(0.0);
        let model = Self { within, between, mean: middle, variance: 0.0 };
        (within > 0.0).then(|| model.centred(&caseloads.iter().collect::<Vec<_>>()))
    }

    /// Returns the same with the mean of these caseloads alone.
    fn centred(self, caseloads: &[&Vec<f64>]) -> Self {
        let weight = |caseload: &&Vec<f64>| 1.0 / (self.between + self.within / caseload.len() as f64);
        let weights: f64 = caseloads.iter().map(weight).sum();
        let weighted: f64 = caseloads.iter().map(|caseload| weight(caseload) * mean(caseload)).sum();
        Self { mean: weighted / weights, variance: 1.0 / weights, ..self }
    }

    /// Returns what is kept of how far a caseload lies from the average one, and the variance of its mean.
    fn kept(&self, caseload: &[f64]) -> (f64, f64) {
        let own = self.within / caseload.len() as f64;
        (self.between / (self.between + own), own)
    }
}

/// The model of all caseloads, and that of those who aren't told.
struct Models {
    all: Model,
    among: Model,
}

impl Models {
    /// Returns the models; where too few are left who aren't told, how much assessors vary is told from all.
    fn of(caseloads: &[Vec<f64>], chances: &[f64]) -> Option<Self> {
        let all = Model::of(caseloads)?;
        let among = caseloads.iter().zip(chances).filter(|(_, chance)| **chance >= UNLIKELY);
        let among: Vec<Vec<f64>> = among.map(|(caseload, _)| caseload.clone()).collect();
        let centred = || all.centred(&among.iter().collect::<Vec<_>>());
        Some(Self { among: Model::of(&among).unwrap_or_else(centred), all })
    }

    /// Returns how a caseload stands beside the average one, drawn towards it, whether or not the average is of it among others.
    fn beside(&self, caseload: &[f64], chance: f64) -> Beside {
        let ((kept, own), unsure) = match Place::of(chance) {
            Place::Among => {
                let kept = self.among.kept(caseload);
                (kept, 1.0 - kept.0)
            }
            Place::Aside => {
                let kept = self.all.kept(caseload);
                (kept, kept.0)
            }
        };
        let shrunken = kept * (mean(caseload) - self.among.mean);
        let reach = Z * (kept * own + unsure.powi(2) * self.among.variance).sqrt();
        Beside { shrunken, low: shrunken - reach, high: shrunken + reach, kept, chance }
    }
}

/// Returns what each caseload comes to, none of them empty, in the same order.
pub fn leniencies(caseloads: &[Vec<f64>]) -> Vec<Leniency> {
    let spread = within(caseloads).and_then(|(within, freedom)| {
        let student = StudentsT::new(0.0, 1.0, freedom as f64).ok()?;
        Some(student.inverse_cdf(0.975) * within.sqrt())
    });
    let chances = chances(caseloads);
    let models = Models::of(caseloads, &chances);
    let leniency = |(caseload, chance): (&Vec<f64>, f64)| {
        let middle = mean(caseload);
        let reach = spread.map(|spread| spread / (caseload.len() as f64).sqrt());
        let beside = models.as_ref().map(|models| models.beside(caseload, chance));
        Leniency {
            mean: middle,
            low: reach.map(|reach| middle - reach),
            high: reach.map(|reach| middle + reach),
            beside,
        }
    };
    caseloads.iter().zip(chances).map(leniency).collect()
}

/// Returns how likely chance alone sets each caseload as far apart from the others, allowing for how many there are.
fn chances(caseloads: &[Vec<f64>]) -> Vec<f64> {
    let mut chances = vec![1.0; caseloads.len()];
    let mut left: Vec<usize> = (0..caseloads.len()).collect();
    let mut least: f64 = 0.0;
    while left.len() >= LEAST_ASSESSORS {
        let singly = each_by_itself(&left.iter().map(|place| caseloads[*place].as_slice()).collect::<Vec<_>>());
        let raised: Vec<f64> =
            singly.iter().map(|(chance, _)| (chance * left.len() as f64).min(1.0).max(least)).collect();
        left.iter().zip(&raised).for_each(|(place, chance)| chances[*place] = *chance);
        let order =
            |a: &usize, b: &usize| singly[*a].0.total_cmp(&singly[*b].0).then(singly[*b].1.total_cmp(&singly[*a].1));
        let Some(first) = (0..left.len()).min_by(order).filter(|first| raised[*first] < UNLIKELY) else { break };
        least = raised[first];
        left.remove(first);
        // Beside the one who is set aside they may have looked far apart.
        for place in &left {
            chances[*place] = 1.0;
        }
    }
    chances
}

/// Returns how likely chance alone sets each caseload as far apart from the others, and how far that is, by drawing the assessments anew.
fn each_by_itself(caseloads: &[&[f64]]) -> Vec<(f64, f64)> {
    let mut all: Vec<f64> = caseloads.concat();
    let sizes: Vec<usize> = caseloads.iter().map(|caseload| caseload.len()).collect();
    let apart = distances(&all, &sizes);
    let mut as_far = vec![1_usize; sizes.len()];
    let mut draws = Draws::of(&all);
    for _ in 0..DRAWS {
        (1..all.len()).rev().for_each(|place| all.swap(place, draws.below(place + 1)));
        let anew = distances(&all, &sizes);
        as_far.iter_mut().zip(anew.iter().zip(&apart)).for_each(|(times, (anew, apart))| {
            *times += usize::from(*anew >= apart - 1e-9);
        });
    }
    as_far.into_iter().zip(apart).map(|(times, apart)| (times as f64 / (DRAWS + 1) as f64, apart)).collect()
}

/// Returns how far the mean of each run of values lies from the mean of the others.
fn distances(values: &[f64], sizes: &[usize]) -> Vec<f64> {
    let sum: f64 = values.iter().sum();
    let mut from = 0;
    let distance = |size: &usize| {
        let mine: f64 = values[from..from + size].iter().sum();
        from += size;
        (mine / *size as f64 - (sum - mine) / (values.len() - size) as f64).abs()
    };
    sizes.iter().map(distance).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fewer_than_three_assessors_cannot_be_told_apart() {
        let caseloads = [vec![0.0, 1.0, 0.5, 0.2], vec![30.0, 31.0, 32.0, 30.5]];
        let told = leniencies(&caseloads);
        assert!(told.iter().all(|one| one.beside.is_none() && one.low.is_some()));
        assert_eq!(leniencies(&[vec![1.0]])[0], Leniency { mean: 1.0, low: None, high: None, beside: None });
    }

    #[test]
    fn a_lenient_assessor_is_told_and_makes_no_other_look_harsh() {
        let caseload = |more: f64| (0..7).map(|number| f64::from(number % 4) + more).collect::<Vec<f64>>();
        let caseloads = [caseload(0.0), caseload(0.3), caseload(15.0), caseload(0.1), caseload(-0.2)];
        let told: Vec<bool> = leniencies(&caseloads).iter().map(|one| one.beside.unwrap().chance < UNLIKELY).collect();
        assert_eq!(told, [false, false, true, false, false]);
    }

    #[test]
    fn one_who_is_set_aside_makes_nobody_less_sure_of_the_others() {
        let caseload = |more: f64| (0..8).map(|number| f64::from(number % 4) + more).collect::<Vec<f64>>();
        let alike = [caseload(0.0), caseload(0.3), caseload(0.1), caseload(-0.2)];
        let told = leniencies(&[&[caseload(17.0)], &alike[..]].concat());
        let lenient = told[0].beside.unwrap();
        assert!(lenient.shrunken > 16.0 && lenient.low > 14.0 && lenient.high < 20.0, "{lenient:?}");
        for (with, without) in told[1..].iter().zip(leniencies(&alike)) {
            let (with, without) = (with.beside.unwrap(), without.beside.unwrap());
            assert!((with.low - without.low).abs() < 1e-9 && (with.high - without.high).abs() < 1e-9);
        }
    }

    #[test]
    fn few_assessments_are_drawn_further_towards_the_average() {
        let caseloads =
            [vec![0.0, 2.0, 1.0, 3.0], vec![1.0, -1.0, 0.0], vec![10.0], vec![10.0, 9.0, 11.0, 10.0, 8.0, 12.0]];
        let told = leniencies(&caseloads);
        let [one, many] = [2, 3].map(|place| told[place].beside.unwrap().shrunken);
        assert!(one > 0.0 && one < many, "{one}, {many}");
    }
}
