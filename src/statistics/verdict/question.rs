//! What the framework itself should reconsider: criteria that tell little, and findings so common that the form is the likelier
//! cause.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Chance;
use crate::exact::Exact;
use crate::finding::Severity;
use crate::framework::Framework;
use crate::outcome::demanded;
use crate::season::rules::finding_systemic::LEAST_RETURNS;
use crate::statistics::{CriterionRow, FindingRow, FrameworkStatistics, Prevalence};
use crate::words::{capital, count, fixed, list_of_at_most, percent, words_of};

/// Of fewer answers it isn't said that they are all alike or rare.
const FEW: usize = 10;

/// The most places that are named of one finding.
const MOST_PLACES: usize = 5;

/// Something that the framework should reconsider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Question {
    /// What it is about: a criterion with its few words, or what was found.
    pub about: String,
    /// The criterion, or what else a finding is about; left out where it is a cell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub criterion: Option<String>,
    /// Why.
    pub reason: Reason,
    /// The same as a sentence, with its figures.
    pub sentence: String,
    /// What stands of it where it is told with others for the same reason.
    #[serde(skip)]
    pub(super) gathered: Gathered,
}

/// What stands of a question where it is told with others for the same reason.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Gathered {
    /// The rule that speaks; empty where it is about how a criterion is answered, or is never told with others.
    pub(super) rule: String,
    /// The criterion with its few words, or the place.
    pub(super) place: String,
    /// Its figure: "12 of 60"; empty where all have the same.
    pub(super) figure: String,
    /// In what share of returns it was found; `None` where it is no finding.
    pub(super) share: Option<Exact>,
}

/// Why something should be reconsidered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// All answers are the best.
    AllBest,
    /// It hardly goes with the rest of the total.
    OutOfStep,
    /// Few answer it.
    RarelyAnswered,
    /// A finding in so many returns that the form or its guidance may be the cause.
    NearlySystemic,
    /// A finding in so many returns that the form or its guidance is the likelier cause.
    Systemic,
}

/// Returns what the framework should reconsider: criteria, in the form's order, but for those of which a condition of an outcome demands
/// what stands out, then errors and warnings that nearly all returns have
/// somewhere, and those that many have at one place, the commonest first; what nearly all have somewhere is asked once.
pub fn questions(framework: &Framework, statistics: &FrameworkStatistics) -> Vec<Question> {
    let demanded = demanded(framework);
    let criteria = statistics.criteria.iter().filter_map(|row| of_criterion(row, demanded.contains(&row.criterion)));
    let findings = &statistics.findings;
    let everywhere: Vec<(&FindingRow, Question)> =
        findings.iter().filter_map(|row| Some((row, of_rule(row, findings)?))).collect();
    let is_asked = |row: &FindingRow| everywhere.iter().any(|(other, _)| other.rule == row.rule);
    let at_places: Vec<Question> = findings.iter().filter(|row| !is_asked(row)).filter_map(of_finding).collect();
    criteria.chain(everywhere.into_iter().map(|(_, question)| question)).chain(at_places).collect()
}

/// Returns the same in a scheme's words.
pub(super) fn spelled(framework: &Framework, statistics: &FrameworkStatistics) -> Vec<Question> {
    let spelled = |of: Question| Question { sentence: framework.nouns.spelled(&of.sentence).into_owned(), ..of };
    questions(framework, statistics).into_iter().map(spelled).collect()
}

/// Says how much there is to reconsider.
pub fn sentence(questions: usize) -> String {
    match questions {
        0 => "Nothing in these ¤returns asks for a change of the form or its guidance.".to_owned(),
        number => format!(
            "{} better put to the form and its guidance than to those who filled it in.",
            capital(&count(number, "question is", "questions are"))
        ),
    }
}

/// What stands out of a criterion: a sentence, and its figure alone.
type Told = (String, String);

/// Returns what to ask about a criterion; `None` where nothing stands out. That all have the best is asked of none of which an outcome
/// demands it.
fn of_criterion(row: &CriterionRow, is_demanded: bool) -> Option<Question> {
    let all_best = all_best(row).filter(|_| !is_demanded).map(|told| (Reason::AllBest, told));
    let (reason, (sentence, figure)) = all_best
        .or_else(|| out_of_step(row).map(|told| (Reason::OutOfStep, told)))
        .or_else(|| rarely_answered(row).map(|told| (Reason::RarelyAnswered, told)))?;
    let about = format!("{} {}", row.criterion, row.short);
    let gathered = Gathered { place: about.clone(), figure, ..Gathered::default() };
    Some(Question { about, criterion: Some(row.criterion.clone()), reason, sentence, gathered })
}

fn all_best(row: &CriterionRow) -> Option<Told> {
    let is_so = row.answered >= FEW && row.best.share.value == Some(1.0);
    let answers = count(row.answered, "answer", "answers");
    let sentence = || format!("All {answers} have the best grade, so it doesn\u{2019}t tell ¤returns apart.");
    is_so.then(|| (sentence(), String::new()))
}

/// Says that a criterion surely goes less with the rest than it should, however many criteria are looked at.
fn out_of_step(row: &CriterionRow) -> Option<Told> {
    let ends = [&row.discrimination, &row.discrimination_low, &row.discrimination_high];
    let ends = ends.map(|figure| figure.value.and_then(Exact::from_float).map(|value| fixed(&value, 2)));
    let ([Some(tells), Some(low), Some(high)], true) = (ends, Chance::is_unlikely(&row.out_of_step)) else {
        return None;
    };
    let sentence = format!(
        "It hardly goes with the rest of the ¤total (correlation {tells}, 95% interval {low} to {high}): is it understood as it is meant?"
    );
    Some((sentence, tells))
}

/// Whether fewer than three in four answer it.
fn rarely_answered(row: &CriterionRow) -> Option<Told> {
    let asked = row.answered.saturating_add(row.missing);
    let is_so = asked >= FEW && row.answered.saturating_mul(4) < asked.saturating_mul(3);
    let figure = format!("{} of {asked}", row.answered);
    is_so.then(|| (format!("Only {figure} ¤returns answer it."), figure))
}

/// Returns a place as it stands in a sentence: what is named by words in quotation marks, as sheets are anyway.
fn named(place: &str) -> String {
    if place.contains(char::is_lowercase) && !place.starts_with('\u{201c}') {
        format!("\u{201c}{place}\u{201d}")
    } else {
        place.to_owned()
    }
}

/// Returns a finding that nearly all returns have, each at places of its own, so that the guidance or what is asked is the likelier cause;
/// `None` where so many have it at one place that the question is about that, and where it has no place of the form's own.
fn of_rule(row: &FindingRow, all: &[FindingRow]) -> Option<Question> {
    let is_rule = row.subject.is_none() && row.place.is_none() && row.severity > Severity::Note;
    let is_asked = is_rule && row.has_places && row.returns >= LEAST_RETURNS;
    let total = Exact::from_float(row.share).filter(|_| is_asked)?;
    let places = all.iter().filter(|of| of.rule == row.rule && of.place.is_some());
    let is_told = places.clone().any(|of| of.spread == Prevalence::Systemic);
    let often = places.filter(|of| of.spread == Prevalence::NearlySystemic).filter_map(|of| of.place.as_deref());
    let often: Vec<String> = often.map(named).collect();
    let often = match often.len() {
        0 => String::new(),
        _some => format!(" (most often {})", list_of_at_most(&often, MOST_PLACES)),
    };
    (total >= nearly_all() && !is_told).then(|| Question {
        about: words_of(&row.rule),
        criterion: None,
        reason: Reason::Systemic,
        sentence: format!(
            "In {} of the ¤returns that count, at places that differ{often}; what is asked, or its guidance, is the likelier cause.",
            percent(&total)
        ),
        gathered: Gathered::default(),
    })
}

/// Returns the share of returns from which on a finding is one that nearly all have: four in five.
fn nearly_all() -> Exact {
    Exact::ratio(4, 5).unwrap_or_else(Exact::one)
}

/// Returns a finding that is in so many returns that the form is the likelier cause. What is found at a row of a register, which has
/// no place of the form's own, names a person or a partner and is for the sender alone.
fn of_finding(row: &FindingRow) -> Option<Question> {
    let place = row.place.as_ref()?;
    let (reason, words) = match row.spread {
        Prevalence::Systemic => (Reason::Systemic, "the form or its guidance is the likelier cause"),
        Prevalence::NearlySystemic => (Reason::NearlySystemic, "the form or its guidance may be the cause"),
        Prevalence::Scattered => return None,
    };
    let exact = Exact::from_float(row.share);
    let share = exact.as_ref().map_or_else(String::new, percent);
    let gathered = Gathered { rule: row.rule.clone(), place: named(place), figure: share.clone(), share: exact };
    Some(Question {
        about: format!("{} at {}", words_of(&row.rule), named(place)),
        criterion: row.subject.clone(),
        reason,
        sentence: format!("In {share} of the ¤returns that count; {words}."),
        gathered,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::Review;
    use crate::season::{Season, Surroundings, sample};
    use crate::statistics::Statistics;

    /// Returns what is asked of a finding that so many of twenty returns have.
    fn asked(severity: Severity, subject: &str, having: usize) -> Vec<Reason> {
        let frameworks = [sample::usual()];
        let mut reviews = sample::reviews(&frameworks[0], 20, 3);
        reviews.retain(|review| review.kind.as_deref() == Some("Self-assessment"));
        let found = |review: &mut Review| review.findings.push(sample::finding("form-faulty", severity, subject, 5));
        reviews.iter_mut().take(having).for_each(found);
        let season = Season::new(&frameworks, Surroundings::default(), reviews);
        let statistics = Statistics::of_season(&season).unwrap();
        let questions = questions(&frameworks[0], &statistics.frameworks[0]).into_iter();
        let questions = questions.filter(|of| of.about.starts_with("Form faulty"));
        questions.map(|of| of.reason).collect()
    }

    #[test]
    fn what_many_have_at_one_place_is_asked_of_the_form_but_no_note_and_nothing_at_a_row() {
        for (severity, subject, having, expected) in [
            (Severity::Error, "1.1", 20, &[Reason::Systemic][..]),
            (Severity::Warning, "1.1", 8, &[Reason::Systemic]),
            (Severity::Error, "1.1", 5, &[Reason::NearlySystemic]),
            (Severity::Error, "1.1", 3, &[]),
            (Severity::Note, "1.1", 20, &[]),
            (Severity::Error, "K0001", 20, &[]),
        ] {
            assert_eq!(asked(severity, subject, having), expected, "{severity:?} at {subject} in {having}");
        }
    }

    #[test]
    fn that_all_have_the_best_is_asked_of_no_criterion_of_which_an_outcome_demands_it() {
        let frameworks = [sample::usual()];
        let statistics = Statistics::of_season(&sample::season(&frameworks, 20)).unwrap();
        let mut row = statistics.frameworks[0].criteria[0].clone();
        (row.answered, row.missing, row.best.share.value) = (20, 0, Some(1.0));
        let reason = |is_demanded| of_criterion(&row, is_demanded).map(|asked| asked.reason);
        assert_eq!(reason(false), Some(Reason::AllBest));
        assert_ne!(reason(true), Some(Reason::AllBest));
    }

    #[test]
    fn what_nearly_all_have_at_places_of_their_own_is_asked_of_what_is_asked() {
        let row = |place: Option<&str>, returns: usize, share, spread| FindingRow {
            rule: "evidence-repeated".to_owned(),
            severity: Severity::Warning,
            subject: place.map(ToOwned::to_owned),
            place: place.map(ToOwned::to_owned),
            has_places: place.is_none(),
            times: returns,
            are_people: false,
            returns,
            share,
            spread,
        };
        let (some, many) = (Prevalence::Scattered, Prevalence::Systemic);
        let whole = |returns, share| row(None, returns, share, some);
        let at = |spread| row(Some("1.1"), 2, 0.2, spread);
        for (rows, expected) in [
            (vec![whole(7, 1.0), at(some)], true),
            (vec![whole(8, 0.8), at(some)], true),
            (vec![whole(7, 0.79), at(some)], false),
            (vec![whole(4, 1.0), at(some)], false),
            (vec![whole(7, 1.0), at(many)], false),
            // At places each of which too few have to be told of.
            (vec![whole(7, 1.0)], true),
            // At rows of a register alone, which have no place of the form's own.
            (vec![FindingRow { has_places: false, ..whole(7, 1.0) }], false),
            (vec![FindingRow { severity: Severity::Note, ..whole(7, 1.0) }, at(some)], false),
        ] {
            assert_eq!(of_rule(&rows[0], &rows).is_some(), expected, "{rows:?}");
        }
        let of_all = of_rule(&whole(7, 1.0), &[whole(7, 1.0), at(some)]).unwrap();
        assert!(
            of_all.sentence.starts_with("In 100% of the ¤returns that count, at places that differ;"),
            "{of_all:?}"
        );
        let often = of_rule(&whole(7, 1.0), &[whole(7, 1.0), at(Prevalence::NearlySystemic)]).unwrap();
        assert!(often.sentence.contains("at places that differ (most often 1.1);"), "{often:?}");
        let frameworks = [sample::usual()];
        let mut statistics = Statistics::of_season(&sample::season(&frameworks, 12)).unwrap().frameworks.remove(0);
        statistics.findings = vec![whole(7, 1.0), at(Prevalence::NearlySystemic)];
        let asked =
            questions(&frameworks[0], &statistics).into_iter().filter(|of| of.about.starts_with("Evidence repeated"));
        assert_eq!(asked.count(), 1, "what nearly all have is asked once");
    }
}
