//! Which way a total goes as the answers of a scale count more, beside what the scale and the outcome call better.

use std::collections::BTreeMap;

use crate::exact::Exact;
use crate::finding::{Finding, Findings};
use crate::framework::check::FRAMEWORK_INCONSISTENT;
use crate::framework::{Better, CriterionId, Definition, Framework, Grades, Part, RaterId, Scale, ScaleId};
use crate::outcome::score;
use crate::returns::{Entry, Grading, Reading, Return, Standing};

/// More answers than this needn't be tried one by one: the worst, the middle and the best tell as much.
const MOST_TRIED: usize = 12;

/// Says which scales call that end better which makes the total worse.
pub(super) fn contrary(framework: &Framework, definition: &Definition, findings: &mut Findings) {
    let outcome = &framework.outcome;
    for (name, scale) in &framework.scales {
        let Some(way) = way(framework, name, scale) else { continue };
        let fits = (scale.better == outcome.better) == (way == Way::Rises);
        if !fits {
            let (is_better, help) = match scale.better {
                Better::Higher => {
                    ("more", "Write `better = \"lower\"` for the scale, or correct `better` of the outcome: ")
                }
                Better::Lower => ("less", "Correct `better` of the scale, or write it for the outcome: "),
            };
            let goes = if way == Way::Rises { "rises" } else { "falls" };
            let of_total = if outcome.better == Better::Higher { "more" } else { "less" };
            let message = format!(
                "on the scale `{name}` {is_better} is better; the total {goes} with its points, and of the total {of_total} is better"
            );
            let help = format!("{help}reports would call the worst answers strengths.");
            let place = definition.place(Part::Scale(name));
            findings.push(Finding::new(&FRAMEWORK_INCONSISTENT, place, message).with_help(help));
        }
    }
}

/// Which way a total goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// It is more where the answers count more.
    Rises,
    /// It is less where the answers count more.
    Falls,
}

/// Returns which way the total goes as the answers of a scale count more; `None` where it goes neither way throughout, or rests on more
/// than answers.
fn way(framework: &Framework, name: &ScaleId, scale: &Scale) -> Option<Way> {
    let rater = &framework.raters.first()?.id;
    let total = |grading: &Grading| score(framework, &answered(framework, rater, name, grading), rater).award.total;
    let totals: Vec<Exact> = tried(scale).iter().map(total).collect::<Option<_>>()?;
    let (first, last) = (totals.first()?, totals.last()?);
    let rises = totals.windows(2).all(|pair| pair[0] <= pair[1]);
    let falls = totals.windows(2).all(|pair| pair[0] >= pair[1]);
    match (rises && first < last, falls && first > last) {
        (true, _) => Some(Way::Rises),
        (_, true) => Some(Way::Falls),
        (false, false) => None,
    }
}

/// Returns the answers of a scale that are tried, by what they count, the least first.
fn tried(scale: &Scale) -> Vec<Grading> {
    let grading =
        |grade: String, points: &Exact| Grading { grade, points: Some(points.clone()), standing: Standing::Counts };
    let mut answers: Vec<Grading> = match &scale.grades {
        Grades::Listed(grades) => {
            grades.iter().filter_map(|grade| Some(grading(grade.id.clone(), grade.points.as_ref()?))).collect()
        }
        Grades::Range { minimum, maximum, .. } => {
            let points = scale.steps().filter(|steps| steps.len() <= MOST_TRIED);
            let points = points.unwrap_or_else(|| vec![minimum.clone(), maximum.clone()]);
            points.iter().map(|points| grading(points.to_string(), points)).collect()
        }
    };
    answers.sort_by(|one, other| one.points.cmp(&other.points));
    answers
}

/// Returns a return whose criteria of a scale have one answer, and all others what counts least.
fn answered(framework: &Framework, rater: &RaterId, scale: &ScaleId, grading: &Grading) -> Return {
    let of = |criterion: &crate::framework::Criterion| {
        let least = || tried(framework.scale(criterion)).into_iter().next();
        if criterion.scale == *scale { Some(grading.clone()) } else { least() }
    };
    let entry = |criterion: &crate::framework::Criterion| {
        let given = of(criterion).map_or(Reading::Blank, Reading::Given);
        ((rater.clone(), criterion.id.clone()), Entry::unplaced(given))
    };
    let answers: BTreeMap<(RaterId, CriterionId), Entry<Grading>> = framework.criteria().map(entry).collect();
    Return { answers, ..Return::empty(rater.clone()) }
}
