//! Letters and papers that a pack declares: what stands in them, and where.

use jiff::civil::date;
use scrutineer::finding::{Finding, Severity};
use scrutineer::framework::{FieldRole, Framework, builtin};
use scrutineer::render::return_report;
use scrutineer::render::typst::Markup;
use scrutineer::report::Setting;
use scrutineer::returns::EntryValue;
use scrutineer::review::{
    BlockRecord, CardRecord, CellRecord, ColumnRecord, FigureRecord, PaperRecord, Review, RowTableRecord, Status,
    TallyRecord,
};

use super::sample::{renderer, setting};
use crate::support::said;
use crate::support::season::finding;

/// The framework whose report is a letter, and the one whose report is a paper for a board.
const KINDS: [&str; 2] = ["employer-involvement", "employer-partners"];

/// The shipped framework of this name.
fn framework(name: &str) -> Framework {
    builtin::load(name).unwrap().framework
}

/// A part with a heading and a sentence.
pub(super) fn part(heading: Option<&str>, text: &str) -> BlockRecord {
    BlockRecord {
        enclosed: false,
        heading: heading.map(ToOwned::to_owned),
        statement: None,
        text: vec![text.to_owned()],
        points: Vec::new(),
        figures: Vec::new(),
        tally: None,
        table: None,
        cards: Vec::new(),
        more: 0,
        more_noun: "partner".to_owned(),
    }
}

/// A table with these rows.
fn table(turned: bool, headings: [&str; 3], rows: &[[&str; 3]]) -> RowTableRecord {
    let column = |at: usize, wide, is_number| ColumnRecord { heading: headings[at].to_owned(), wide, is_number };
    let cell = |text: &&str| CellRecord { text: (*text).to_owned(), stressed: text.is_empty() };
    RowTableRecord {
        caption: "The rows".to_owned(),
        turned,
        columns: vec![column(0, Some(1.0), false), column(1, None, true), column(2, None, false)],
        rows: rows.iter().map(|row| row.iter().map(cell).collect()).collect(),
    }
}

/// A letter or paper about an organisation, with all kinds of parts and these findings.
pub(super) fn review(framework: &Framework, organisation: &str, findings: Vec<Finding>) -> Review {
    let mut review = Review::unread("North/Sent in.xlsx", "7".repeat(64), Status::Scored, Vec::new());
    review.findings = findings;
    review.framework = Some(framework.id.clone());
    review.organisation = Some(organisation.to_owned());
    let rows =
        [[organisation, "500", "3 Mar 2026"], [organisation, "2,500", "4 Mar 2026"], ["Third", "\u{2013}", "unpaid"]];
    let within = table(false, ["Partner", "Amount \u{a3}", "Paid"], &rows);
    let turned = table(true, ["Partner", "Fee \u{a3}", "Paid"], &rows.repeat(14));
    let facts = ["Why it is here", "Ethics", "Reputation"]
        .map(|label| FigureRecord { label: label.to_owned(), value: format!("{organisation}: no verdict.") });
    let figures = (1..6).map(|number| FigureRecord { label: format!("Figure {number}"), value: number.to_string() });
    let tally = TallyRecord {
        row_noun: "partner".to_owned(),
        all: 42,
        results: vec![("Accept".to_owned(), 40), ("Refer to the Board".to_owned(), 2), ("Decline".to_owned(), 0)],
    };
    review.paper = Some(PaperRecord {
        title: "What was decided".to_owned(),
        to: vec![organisation.to_owned()],
        reference: Some("12 / 34".to_owned()),
        answer_within: Some(28),
        facts: facts.to_vec(),
        blocks: vec![
            part(None, "Dear colleague,"),
            BlockRecord { tally: Some(tally), figures: figures.collect(), ..part(Some("Summary"), "In short.") },
            BlockRecord { enclosed: true, ..part(Some("The cohort"), "Everyone.") },
            BlockRecord { enclosed: true, ..part(None, "More of the cohort.") },
            BlockRecord {
                cards: vec![CardRecord { title: organisation.to_owned(), facts: facts.to_vec() }],
                ..part(Some("For decision"), "Each of these.")
            },
            BlockRecord { enclosed: true, table: Some(turned), ..part(Some("All partners"), "All.") },
            BlockRecord { table: Some(within), ..part(Some("What happens next"), "Send it again by {answer_by}.") },
        ],
        closing: "Yours faithfully,".to_owned(),
        lines: vec!["Name".to_owned(), "Date".to_owned()],
    });
    review
}

/// Two errors and a note, one of the errors about a field.
pub(super) fn findings(framework: &Framework) -> Vec<Finding> {
    let field = framework.fields.last().unwrap().id.as_str();
    let at = Some(("Cover", "C5"));
    vec![
        finding("field-blank", Severity::Error, at, Some(field), "it isn\u{2019}t filled in", "Fill it in"),
        finding("answer-off-scale", Severity::Error, at, Some("A1"), "A1 is 7", "Type a score of the scale"),
        finding("content-unexpected", Severity::Note, at, None, "it wasn\u{2019}t read", "Leave it"),
    ]
}

/// The report on a review.
pub(super) fn document(framework: &Framework, review: &Review) -> Markup {
    return_report(&renderer(), &setting(), framework, review, None).unwrap()
}

/// Both kinds of paper about an organisation with a name that is hard to set, with and without findings.
pub(super) fn all() -> Vec<(String, Markup)> {
    let long = "The Joint Committee for Supported Employment, Skills and Lifelong Learning of the Northern and Western Isles \
                and Districts";
    let names = [
        ("long", long),
        ("typst", "#read(\"/etc/passwd\") *x* $y$"),
        ("right-to-left", "\u{5d4}\u{5de}\u{5e8}\u{5db}\u{5d6}"),
    ];
    let of = |kind: &str| {
        let framework = framework(kind);
        let about = |(name, organisation): &(&str, &str)| {
            (format!("{kind}-{name}"), document(&framework, &review(&framework, organisation, findings(&framework))))
        };
        let perfect = (format!("{kind}-perfect"), document(&framework, &review(&framework, "Acme", Vec::new())));
        names.iter().map(about).chain([perfect]).collect::<Vec<_>>()
    };
    KINDS.into_iter().flat_map(of).collect()
}

/// Says that texts stand in a document in this order.
#[track_caller]
fn in_order(text: &str, expected: &[&str]) {
    let mut rest = text;
    for one in expected {
        let at = rest.find(one).unwrap_or_else(|| panic!("{one} isn't where it should be in {text}"));
        rest = &rest[at + one.len()..];
    }
}

#[test]
fn what_is_enclosed_comes_after_the_signature_and_is_numbered() {
    let cases = [
        [
            "Enclosures: 1 The cohort; 2 All partners; 3 What to put right",
            "Enclosure 1: The cohort",
            "Enclosure 2: All",
            "Enclosure 3: What",
        ],
        [
            "Annexes: A The cohort; B All partners; C What to put right",
            "Annex A: The cohort",
            "Annex B: All",
            "Annex C: What",
        ],
    ];
    for (kind, [listed, first, second, third]) in KINDS.into_iter().zip(cases) {
        let framework = framework(kind);
        let text = said(&document(&framework, &review(&framework, "Acme", findings(&framework))));
        in_order(
            &text,
            &["What happens next", "\"kind\":\"signature\"", listed, first, "More of the cohort", second, third],
        );
    }
}

#[test]
fn a_letter_says_above_the_signature_that_errors_stand() {
    let framework = framework(KINDS[0]);
    let text = said(&document(&framework, &review(&framework, "Acme", findings(&framework))));
    let expected = "Enclosure 3 lists 2 errors that must be put right in the workbook. Please put them right and send the workbook again: it can\u{2019}t be accepted while the errors stand.";
    assert!(text.contains(expected), "{text}");
}

#[test]
fn a_letter_has_the_date_that_the_season_names_for_letters_and_no_other() {
    let framework = framework(KINDS[0]);
    let mut review = review(&framework, "Acme", Vec::new());
    let own = framework.field_for(FieldRole::DataDate).unwrap().id.clone();
    review.fields.insert(own, EntryValue::Date(date(2026, 3, 2)));
    let dated = |letter_date| {
        let setting = Setting { letter_date, ..setting() };
        let text = said(&return_report(&renderer(), &setting, &framework, &review, None).unwrap());
        text.split("\"facts\":").nth(1).unwrap().split(']').next().unwrap().to_owned()
    };
    assert!(dated(Some(date(2026, 4, 30))).contains("30 April 2026"));
    let undated = dated(None);
    assert!(!undated.contains("March 2026") && !undated.contains("April 2026"), "{undated}");
}

#[test]
fn what_a_letter_asks_for_is_due_from_its_date_and_never_from_another() {
    let framework = framework(KINDS[0]);
    let mut review = review(&framework, "Acme", Vec::new());
    let paper = review.paper.as_mut().unwrap();
    (paper.answer_within, paper.blocks[0].statement) = (Some(28), Some("Send it by {answer_by}.".to_owned()));
    for (letter_date, expected) in [
        (Some(date(2026, 11, 28)), "Send it by 26 December 2026."),
        (None, "Send it by the day 4 weeks after the date of this letter."),
    ] {
        let setting = Setting { letter_date, data_date: Some(date(2026, 1, 5)), ..setting() };
        let text = said(&return_report(&renderer(), &setting, &framework, &review, None).unwrap());
        assert!(text.contains(expected), "{text}");
    }
}

#[test]
fn without_findings_nothing_is_said_to_be_put_right() {
    for kind in KINDS {
        let framework = framework(kind);
        let text = said(&document(&framework, &review(&framework, "Acme", Vec::new())));
        for told in ["put right", "Nothing was found"] {
            assert!(!text.contains(told), "{told} in {text}");
        }
    }
}

#[test]
fn findings_name_fields_by_their_labels() {
    for kind in KINDS {
        let framework = framework(kind);
        let field = framework.fields.last().unwrap();
        let text = said(&document(&framework, &review(&framework, "Acme", findings(&framework))));
        assert!(text.contains(&format!("\"of\":\"{}", field.label.trim_end_matches(':'))), "{text}");
        assert!(!text.contains(&format!("\"of\":\"{}\"", field.id)), "{text}");
    }
}

#[test]
fn columns_of_numbers_stand_on_the_right() {
    let framework = framework(KINDS[1]);
    let text = said(&document(&framework, &review(&framework, "Acme", Vec::new())));
    let side = |heading: &str| {
        let head = text.split(&format!("\"heading\":\"{heading}\"")).nth(1).unwrap();
        head.split("\"side\":\"").nth(1).unwrap().split('"').next().unwrap().to_owned()
    };
    assert_eq!(["Partner", "Amount \u{a3}", "Paid"].map(side), ["left", "right", "left"], "{text}");
}
