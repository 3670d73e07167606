//! The checks of a review of people management, each by the smallest change to a sound return that must be told.

use scrutineer::finding::Place;
use scrutineer::returns::{Entry, Origin, Return, StatedEntry, StatedValue};

use super::scheme::{entry, graded, register, review, shipped, told};

/// The columns of the improvement plan.
const PLAN: [&str; 5] = ["issue", "action", "benefit", "timescale", "owner"];

/// Returns a directorate's return in which all but 10.17 is met and that plans for it.
fn sound() -> Return {
    let framework = shipped("investors-in-people");
    let mut sent = review(&framework, 39, 156);
    let fields = [
        ("kind", "Directorate"),
        ("organisation", "Anytown Council"),
        ("scope", "Libraries"),
        ("headcount", "120"),
        ("assessment_date", "2013-06-01"),
        ("reviewer", "A. Reader"),
        ("interviewed", "12"),
        ("report_date", "2013-06-20"),
        ("level_claimed", "Gold"),
        ("last_review", "2013-06-01"),
        ("plan_date", "2013-07-01"),
        ("plan_review", "18 months"),
        ("next_review", "2016-06-01"),
        ("client_email", "reader@anytown.example"),
        ("client_telephone", "01632 960001"),
    ];
    for (id, text) in fields {
        sent.fields.insert(id.into(), entry(text));
    }
    plan(&mut sent, "Learning from change (10.17)|Tell people|They go on|12 months|All managers");
    sent
}

/// Puts one line into the improvement plan.
fn plan(sent: &mut Return, line: &str) {
    sent.registers.insert("plan".into(), register(&PLAN, &[line]));
}

/// Returns the rules that a return breaks, save notes.
fn broken(sent: &Return) -> Vec<String> {
    use scrutineer::finding::Severity;
    let framework = shipped("investors-in-people");
    let found = told(&framework, sent).into_iter().filter(|finding| finding.severity != Severity::Note);
    let mut rules: Vec<String> = found.map(|finding| finding.rule.as_str().to_owned()).collect();
    rules.sort();
    rules.dedup();
    rules.into_iter().map(|rule| rule.replace("investors-in-people/", "")).collect()
}

/// Returns what a workbook states at some place.
fn states(value: StatedValue, written: &str) -> StatedEntry {
    let written = written.to_owned();
    StatedEntry { place: Place::Workbook, value, told: written.clone(), written, origin: Origin::Typed }
}

#[test]
fn a_sound_return_breaks_nothing() {
    assert_eq!(broken(&sound()), Vec::<String>::new());
}

/// A change to a return.
type Change = fn(&mut Return);

/// What is changed, how, and the rules that must be told.
const CHANGES: &[(&str, Change, &[&str])] = &[
    (
        "a core requirement isn't met",
        |sent| answer(sent, "1.1", "not-met"),
        &["action-missing", "core-not-met-but-claimed"],
    ),
    ("Partly isn't met", |sent| answer(sent, "1.1", "partly"), &["action-missing", "core-not-met-but-claimed"]),
    (
        "another level is claimed",
        |sent| {
            field(sent, "level_claimed", "Silver");
            sent.stated.insert("claimed".to_owned(), states(StatedValue::Text("Silver".to_owned()), "Silver"));
        },
        &["outcome-differs"],
    ),
    (
        "another number is declared",
        |sent| drop(sent.stated.insert("declared".to_owned(), states(StatedValue::Number(185.into()), "185"))),
        &["total-differs"],
    ),
    ("the next review is a day too far", |sent| field(sent, "next_review", "2016-06-02"), &["review-too-far"]),
    (
        "an action has no owner",
        |sent| plan(sent, "Learning (10.17)|Tell people|Why|12 months|"),
        &["action-incomplete"],
    ),
    ("an action has no timescale", |sent| plan(sent, "Learning (10.17)|Tell people|Why||All"), &["action-incomplete"]),
    ("an issue has no action", |sent| plan(sent, "Learning (10.17)||Why|12 months|All"), &["action-incomplete"]),
    (
        "nothing is planned for what is unmet",
        |sent| plan(sent, "Learning (10.16)|Tell people|Why|12 months|All"),
        &["action-missing"],
    ),
    (
        "an action ends after the plan is reviewed",
        |sent| plan(sent, "Learning (10.17)|Tell people|Why|18-24 months|All"),
        &["timescale-past-review"],
    ),
    ("a timescale is none", |sent| plan(sent, "Learning (10.17)|Tell people|Why|soon|All"), &["timescale-unreadable"]),
    ("the plan is older than the assessment", |sent| field(sent, "plan_date", "2013-05-31"), &["date-out-of-order"]),
    ("the plan is late", |sent| field(sent, "plan_date", "2013-09-02"), &["plan-date-late"]),
    (
        "two actions have one timescale",
        |sent| plan(sent, "Learning (10.17)|• Tell people\n• Ask people|Why|12 months|All\nAll"),
        &["plan-counts-differ"],
    ),
    (
        "an e-mail address is malformed",
        |sent| field(sent, "client_email", "reader.anytown.example"),
        &["contact-malformed"],
    ),
    (
        "the contact at the centre has an address without a host",
        |sent| field(sent, "centre_contact", "R. Mackie; centre@northern"),
        &["contact-malformed"],
    ),
    ("the contact at the centre is sound", |sent| field(sent, "centre_contact", "R. Mackie; c@north.example"), &[]),
    (
        "nothing is planned for a development area",
        |sent| note(sent, "1.1", "Development: more people could say so."),
        &["action-missing"],
    ),
    ("a strength needs no plan", |sent| note(sent, "1.1", "Strength: all say so."), &[]),
    ("a development area is planned for", |sent| note(sent, "10.17", "Development: tell people."), &[]),
    ("a telephone number is malformed", |sent| field(sent, "client_telephone", "01632 96"), &["contact-malformed"]),
    ("the successor's word is used", |sent| field(sent, "level_claimed", "Platinum"), &["successor-words"]),
    ("the report has no date", |sent| field(sent, "report_date", ""), &["field-blank"]),
];

#[test]
fn each_change_is_told() {
    for (change, made, expected) in CHANGES {
        let mut sent = sound();
        made(&mut sent);
        assert_eq!(broken(&sent), *expected, "{change}");
    }
}

/// Answers a requirement otherwise.
fn answer(sent: &mut Return, id: &str, grade: &str) {
    sent.answers.insert((sent.counts.clone(), id.into()), graded(grade));
}

/// Notes something beside an answer.
fn note(sent: &mut Return, id: &str, text: &str) {
    let entry = Entry { place: Some(Place::Workbook), ..entry(text) };
    sent.notes.insert((id.to_owned(), "note".into()), entry);
}

/// Fills in a field.
fn field(sent: &mut Return, id: &str, text: &str) {
    sent.fields.insert(id.into(), Entry { place: Some(Place::Workbook), ..entry(text) });
}

#[test]
fn a_directorate_without_assessment_or_report_date_is_told() {
    let columns = ["directorate", "headcount", "report_date"];
    let cases = [
        ("Libraries & Culture|100|2013-06-20", "met", false),
        ("libraries and culture|100|2013-06-20", "met", false),
        ("Libraries|100|2013-06-20", "met", true),
        ("Libraries & Culture|100|", "met", true),
        ("Libraries & Culture|100|2013-06-20", "not-assessed", true),
    ];
    for (line, grade, expected) in cases {
        let mut sent = sound();
        for (id, text) in [("kind", "Corporate"), ("share_rule", "All directorates")] {
            field(&mut sent, id, text);
        }
        sent.registers.insert("directorates".into(), register(&columns, &[line]));
        let mut opinion = graded(grade);
        if grade == "not-assessed"
            && let scrutineer::returns::Reading::Given(grading) = &mut opinion.reading
        {
            grading.points = None;
        }
        sent.opinions.insert(("Libraries & Culture".to_owned(), "1.1".into()), opinion);
        let is_told = broken(&sent).iter().any(|rule| rule == "directorate-not-assessed");
        assert_eq!(is_told, expected, "{line} {grade}");
    }
}
