//! Questions to the framework that have one reason, told together: a criterion a line would drown all else.

use super::question::{Question, Reason};
use crate::exact::Exact;
use crate::words::{count, list_of_at_most, percent, words_of};

/// The most criteria or places that are named of one reason.
const MOST: usize = 6;

/// What several questions have in common, or one by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// What it is about.
    pub about: String,
    /// What stands out, as sentences.
    pub sentence: String,
}

/// Gathers questions that have one reason, of findings by their rule too, in the order of the first of each.
pub fn gathered(questions: &[Question]) -> Vec<Asked> {
    let mut kinds: Vec<Vec<&Question>> = Vec::new();
    for question in questions {
        match kinds.iter_mut().find(|kind| kind.first().is_some_and(|first| is_alike(first, question))) {
            Some(kind) => kind.push(question),
            None => kinds.push(vec![question]),
        }
    }
    kinds.iter().map(|kind| asked(kind)).collect()
}

/// Whether two questions are told together; what is found at places that differ stands by itself.
fn is_alike(one: &Question, other: &Question) -> bool {
    let (first, second) = (&one.gathered, &other.gathered);
    one.reason == other.reason && first.rule == second.rule && !first.place.is_empty() && !second.place.is_empty()
}

/// Tells one question by itself, several by what they have in common.
fn asked(kind: &[&Question]) -> Asked {
    match kind {
        [] => Asked { about: String::new(), sentence: String::new() },
        [only] => Asked { about: only.about.clone(), sentence: only.sentence.clone() },
        [first, ..] => Asked { about: about(first), sentence: together(first.reason, kind) },
    }
}

/// Says what several are about.
fn about(first: &Question) -> String {
    match first.reason {
        Reason::AllBest => "¤Criteria with no grade but the best".to_owned(),
        Reason::OutOfStep => "¤Criteria out of step with the rest".to_owned(),
        Reason::RarelyAnswered => "¤Criteria that few answer".to_owned(),
        Reason::NearlySystemic | Reason::Systemic => words_of(&first.gathered.rule),
    }
}

/// Says what several have in common, and which they are.
fn together(reason: Reason, kind: &[&Question]) -> String {
    let criteria = count(kind.len(), "¤criterion", "¤criteria");
    let listed = listed(kind);
    match reason {
        Reason::AllBest => format!(
            "Of {criteria} all answers have the best grade, so they don\u{2019}t tell ¤returns apart: {listed}."
        ),
        Reason::OutOfStep => format!(
            "{criteria} hardly go with the rest of the ¤total (correlation in brackets): are they understood as they are meant? {listed}."
        ),
        Reason::RarelyAnswered => {
            format!("Fewer than three in four ¤returns answer {criteria}: {listed}.")
        }
        Reason::NearlySystemic => found(kind, &listed, "may be the cause"),
        Reason::Systemic => found(kind, &listed, "is the likelier cause"),
    }
}

/// Says in how many returns a finding is at several places.
fn found(kind: &[&Question], listed: &str, cause: &str) -> String {
    let shares = || kind.iter().filter_map(|question| question.gathered.share.as_ref());
    let share = |of: Option<&Exact>| of.map_or_else(String::new, percent);
    let (least, most) = (share(shares().min()), share(shares().max()));
    let shares = if least == most { least } else { format!("{least} to {most}") };
    let places = count(kind.len(), "place", "places");
    format!("At {places}, each in {shares} of the ¤returns that count: {listed}; the form or its guidance {cause}.")
}

/// Lists criteria or places, each with its figure where they differ.
fn listed(kind: &[&Question]) -> String {
    let one = |question: &&Question| {
        let (place, figure) = (&question.gathered.place, &question.gathered.figure);
        if figure.is_empty() { place.clone() } else { format!("{place}\u{a0}({figure})") }
    };
    list_of_at_most(&kind.iter().map(one).collect::<Vec<_>>(), MOST)
}

#[cfg(test)]
mod tests {
    use super::super::question::Gathered;
    use super::*;

    /// Returns a question about a place.
    fn of(reason: Reason, rule: &str, place: &str, figure: &str, percent: i64) -> Question {
        Question {
            about: format!("{rule} at {place}"),
            criterion: None,
            reason,
            sentence: "By itself.".to_owned(),
            gathered: Gathered {
                rule: rule.to_owned(),
                place: place.to_owned(),
                figure: figure.to_owned(),
                share: Exact::ratio(percent, 100).filter(|_| percent > 0),
            },
        }
    }

    #[test]
    fn each_reason_is_told_once_with_what_it_is_about() {
        let best = |number: usize| of(Reason::AllBest, "", &format!("1.{number} Words"), "", 0);
        let missing =
            |place: &str, percent| of(Reason::NearlySystemic, "action-missing", place, &format!("{percent}%"), percent);
        let everywhere = |rule: &str| of(Reason::Systemic, rule, "", "", 0);
        let mut questions: Vec<Question> = (1..=40).map(best).collect();
        questions.extend([everywhere(""), everywhere("")]);
        questions.extend([missing("C4", 20), missing("\u{201c}Sheet\u{201d}", 35)]);
        questions.push(of(Reason::RarelyAnswered, "", "2.1 Few", "3 of 60", 0));
        let told: Vec<(String, String)> =
            gathered(&questions).into_iter().map(|asked| (asked.about, asked.sentence)).collect();
        let expected = [
            (
                "¤Criteria with no grade but the best",
                "Of 40 ¤criteria all answers have the best grade, so they don\u{2019}t tell ¤returns apart: 1.1 Words, 1.2 Words, 1.3 Words, 1.4 Words, 1.5 Words, 1.6 Words and 34 more.",
            ),
            (" at ", "By itself."),
            (" at ", "By itself."),
            (
                "Action missing",
                "At 2 places, each in 20% to 35% of the ¤returns that count: C4\u{a0}(20%) and \u{201c}Sheet\u{201d}\u{a0}(35%); the form or its guidance may be the cause.",
            ),
            (" at 2.1 Few", "By itself."),
        ];
        assert_eq!(told, expected.map(|(about, sentence)| (about.to_owned(), sentence.to_owned())));
    }
}
