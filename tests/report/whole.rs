//! The report on an organisation whose units are put together.

use scrutineer::framework::{Criterion, Framework, builtin};
use scrutineer::render::typst::Markup;
use scrutineer::render::{consolidated_report, return_report};
use scrutineer::returns::State;
use scrutineer::review::{AnswerRecord, RemarkKind, RemarkRecord, Review, Status};
use scrutineer::season::{Season, Surroundings};

use super::sample::{renderer, setting};
use crate::support::said;

/// The framework that puts units together.
fn framework() -> Framework {
    builtin::load("investors-in-people").unwrap().framework
}

/// Names of units, some of them hard to set.
const UNITS: [&str; 12] = [
    "Resources",
    "The Directorate of Supported Employment, Skills and Lifelong Learning of the Northern and Western Isles and Districts",
    "#read(\"/etc/passwd\") *x*",
    "\u{5d4}\u{5de}\u{5e8}\u{5db}\u{5d6}",
    "Caf\u{e9} Stra\u{df}e & Fils",
    "Public Health",
    "Housing",
    "Adult Services",
    "Environment",
    "Planning",
    "Legal Services",
    "Chief Executive",
];

/// A return of a kind about a unit, in which each criterion whose place is a multiple of `gap` isn't met.
fn sent(framework: &Framework, kind: &str, unit: &str, gap: usize) -> Review {
    let mut review = Review::unread(&format!("{kind}/{unit}.xlsx"), String::new(), Status::Scored, Vec::new());
    review.framework = Some(framework.id.clone());
    review.organisation = Some("Anytown Council".to_owned());
    review.kind = Some(kind.to_owned());
    review.counts = Some("reviewer".into());
    let fields = [("scope", unit), ("headcount", "100"), ("assessment_date", "2013-06-01")];
    review.fields = fields.into_iter().map(|(id, text)| (id.into(), text.into())).collect();
    let answer = |(place, criterion): (usize, &Criterion)| {
        let (value, points) = if (place + 1).is_multiple_of(gap) { ("not-met", 0) } else { ("met", 1) };
        AnswerRecord {
            id: (&criterion.id).into(),
            rater: "reviewer".into(),
            state: State::Given,
            value: Some(value.to_owned()),
            points: Some(points.into()),
            sheet: None,
            cell: None,
        }
    };
    review.answers = framework.criteria().enumerate().map(answer).collect();
    let remark = |(place, criterion): (usize, &Criterion)| RemarkRecord {
        id: criterion.id.clone(),
        kind: if (place + 1).is_multiple_of(gap) { RemarkKind::Development } else { RemarkKind::Strength },
        text: format!("Seen in {} teams", place % 3),
    };
    review.remarks = framework.criteria().enumerate().step_by(5).map(remark).collect();
    review
}

/// The report on an organisation of twelve directorates.
pub(super) fn document() -> Markup {
    let framework = framework();
    let mut reviews: Vec<Review> =
        UNITS.iter().enumerate().map(|(at, unit)| sent(&framework, "Directorate", unit, at + 3)).collect();
    reviews.push(sent(&framework, "Corporate", "Whole organisation", 20));
    let season = Season::new(std::slice::from_ref(&framework), Surroundings::default(), reviews);
    let whole = &season.consolidations[0];
    consolidated_report(&renderer(), &setting(), &framework, whole, &season.returns).unwrap().unwrap()
}

#[test]
fn a_note_stands_below_the_criterion_that_it_is_about() {
    let text = said(&document());
    assert!(!text.contains("What the reviewer notes"), "no column for notes that most criteria haven\u{2019}t");
    assert!(text.contains("\"kind\":\"noted\""), "{text}");
}

#[test]
fn the_criteria_in_full_come_last() {
    let text = said(&document());
    let made = text.find("How this report was made").unwrap();
    assert!(made < text.find("\"heading\":\"Criteria in full\"").unwrap());
}

#[test]
fn it_is_told_which_condition_withholds_the_outcome_of_the_whole() {
    let text = said(&document());
    assert!(text.contains("doesn\u{2019}t hold."), "{text}");
}

#[test]
fn a_return_about_the_whole_names_no_part() {
    let framework = framework();
    let fact = |kind: &str| {
        let review = sent(&framework, kind, "Internal reviewer", 20);
        said(&return_report(&renderer(), &setting(), &framework, &review, None).unwrap())
            .contains("Internal reviewer\"")
    };
    assert!(fact("Directorate") && !fact("Corporate"));
}
