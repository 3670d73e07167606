//! Runs the requirements of one rule: what a score wants beside it.

use crate::exact::Exact;
use crate::finding::{Finding, Findings, Place, Rule, Severity};
use crate::framework::expression::{Quantity, Scope};
use crate::framework::{ColumnId, Framework, RaterId, Requirement};
use crate::returns::rule::PLACEHOLDER_LEFT;
use crate::returns::{Entry, Reading, Return};
use crate::rules::Judged;
use crate::words::is_for_programs;

/// Finds the scores that want something beside them and have none of it.
pub(in crate::rules) fn check(rule: &'static Rule, judged: &Judged, findings: &mut Findings) {
    for requirement in judged.framework.requirements.iter().filter(|requirement| requirement.rule == rule.id) {
        let rater = requirement.rater.as_ref().unwrap_or(&judged.sent.counts);
        for (score, place) in scores(judged, rater) {
            if requirement.when.evaluate(&score) == Quantity::Truth(true)
                && let Some(finding) = unmet(rule, requirement, judged, (&score, place))
                && !findings.iter().any(|told| told.is_of(&PLACEHOLDER_LEFT) && told.place == finding.place)
            {
                findings.push(finding);
            }
        }
    }
}

/// Whether something has to stand beside an answer of a rater by the requirements of some rules.
pub(crate) fn is_wanted(framework: &Framework, answer: &Answered, rules: &[&str]) -> bool {
    let Answered { rater, id, grade, points } = *answer;
    let score = Score {
        id: id.to_owned(),
        points: points.clone(),
        grade: grade.to_owned(),
        minimum: framework.outcome.minimum(id).cloned(),
    };
    let asked = framework.requirements.iter().filter(|requirement| rules.contains(&requirement.rule.as_str()));
    let mut own = asked.filter(|requirement| requirement.rater.as_ref().is_none_or(|of| *of == *rater));
    own.any(|requirement| requirement.when.evaluate(&score) == Quantity::Truth(true))
}

/// An answer beside which something may have to stand.
pub(crate) struct Answered<'a> {
    /// Whose it is.
    pub(crate) rater: &'a RaterId,
    /// The criterion.
    pub(crate) id: &'a str,
    /// The answer, by its id on the scale.
    pub(crate) grade: &'a str,
    /// What it counts.
    pub(crate) points: &'a Exact,
}

/// A score, as a requirement's condition sees it.
struct Score {
    id: String,
    points: Exact,
    grade: String,
    /// The least that any band asks of the criterion; `None` where none does.
    minimum: Option<Exact>,
}

impl Scope for Score {
    fn name(&self, name: &str) -> Option<Quantity> {
        match name {
            "score" => Some(Quantity::Number(self.points.clone())),
            "grade" => Some(Quantity::from(self.grade.as_str())),
            "id" => Some(Quantity::from(self.id.as_str())),
            "minimum" => Some(self.minimum.clone().into()),
            _ => None,
        }
    }

    fn attribute(&self, _: &str, _: &str) -> Option<Quantity> {
        None
    }

    fn call(&self, _: &str, _: &[Quantity]) -> Option<Quantity> {
        None
    }
}

/// Returns a rater's usable scores, each with where it stands.
fn scores(judged: &Judged, rater: &RaterId) -> Vec<(Score, Place)> {
    let of = |criterion: &crate::framework::Criterion| {
        let entry = judged.sent.answers.get(&(rater.clone(), criterion.id.clone()))?;
        let grading = entry.given()?;
        let place = entry.place.clone()?;
        let score = Score {
            id: criterion.id.to_string(),
            points: grading.points.clone()?,
            grade: grading.grade.clone(),
            minimum: judged.framework.outcome.minimum(criterion.id.as_str()).cloned(),
        };
        Some((score, place))
    };
    judged.framework.criteria().filter_map(of).collect()
}

/// Says what a score lacks, at the first column that could hold it; a stopgap there is said already.
fn unmet(
    rule: &'static Rule,
    requirement: &Requirement,
    judged: &Judged,
    (score, of_score): (&Score, Place),
) -> Option<Finding> {
    let entries: Vec<(&ColumnId, Option<&Entry>)> =
        requirement.any_of.iter().map(|column| (column, note(judged.sent, score, column))).collect();
    // What isn't there because its column isn't can't be missed here.
    if entries.iter().any(|(_, entry)| entry.is_some_and(|entry| entry.reading == Reading::Absent)) {
        return None;
    }
    let filled = entries.iter().filter_map(|(_, entry)| entry.filter(|entry| !entry.is_blank()));
    let (nothing, something): (Vec<&Entry>, Vec<&Entry>) = filled.partition(|entry| entry.reading.names_nothing());
    if !something.is_empty() {
        return None;
    }
    let headings: Vec<String> =
        entries.iter().map(|(column, _)| format!("“{}”", heading(judged.framework, column))).collect();
    let place = entries.iter().find_map(|(_, entry)| entry.as_ref()?.place.clone()).unwrap_or(of_score);
    let wanted = if headings.is_empty() {
        format!("needs {}", judged.framework.outcome.needed_again())
    } else {
        format!("wants an entry under {}", headings.join(" or "))
    };
    let scale = judged.framework.criterion(&score.id).map(|of| judged.framework.scale(of));
    let label = scale.and_then(|scale| scale.label(&score.grade)).filter(|_| is_for_programs(&score.grade));
    let said = label.unwrap_or(&score.grade);
    let message = format!("{} is scored {said}, which {wanted}", score.id);
    if let Some((place, entry)) = nothing.first().and_then(|entry| Some((entry.place.clone()?, entry))) {
        let message = format!("“{}” stands there; {message}", entry.written.trim());
        let finding = Finding::new(&PLACEHOLDER_LEFT, place, message).with_subject(&score.id);
        // What names nothing is as much to be put right as nothing is.
        let finding = finding.with_severity(requirement.severity.max(Severity::Warning));
        return Some(finding.with_found(entry.written.trim()).with_help(&requirement.help));
    }
    let finding = Finding::new(rule, place, message).with_subject(&score.id).with_severity(requirement.severity);
    Some(finding.with_help(&requirement.help))
}

/// Returns what stands beside a score in a column.
fn note<'a>(sent: &'a Return, score: &Score, column: &ColumnId) -> Option<&'a Entry> {
    sent.notes.get(&(score.id.clone(), column.clone()))
}

/// Returns the heading of a column beside the scores.
fn heading<'a>(framework: &'a Framework, id: &ColumnId) -> &'a str {
    framework.column(id).map_or("", |column| &column.heading)
}
