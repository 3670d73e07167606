//! What the letter and the Board paper of the shipped packs say, and that they say the same as what is enclosed and as the calendar.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use scrutineer::framework::Framework;
use scrutineer::outcome::score;
use scrutineer::returns::Return;
use scrutineer::review::{BlockRecord, PaperRecord, paper};
use scrutineer::rules::{Judged, bases};
use scrutineer::schedule::{Schedule, SeasonDates, schedule};

use super::scheme::{entry, register, shipped};

/// Returns a return that says these fields and has this register.
fn sent(framework: &Framework, fields: &[(&str, &str)], of: (&str, &[&str], &[&str])) -> Return {
    let mut sent = Return::empty(framework.raters[0].id.clone());
    sent.fields = fields.iter().map(|(id, text)| ((*id).into(), entry(text))).collect();
    sent.registers.insert(of.0.into(), register(of.1, of.2));
    sent
}

/// Returns the paper on a return, and its dated steps.
fn written(framework: &Framework, sent: &Return) -> (PaperRecord, Schedule) {
    written_in(framework, sent, &SeasonDates::default())
}

/// Returns them in a season of these dates.
fn written_in(framework: &Framework, sent: &Return, dates: &SeasonDates) -> (PaperRecord, Schedule) {
    let outcome = score(framework, sent, &sent.counts);
    let outcomes = BTreeMap::from([(sent.counts.clone(), outcome)]);
    let bases = bases(framework, sent, &outcomes);
    let schedule = schedule(sent, &outcomes[&sent.counts], &bases[&sent.counts], dates);
    let judged = Judged {
        framework,
        sent,
        outcomes: &outcomes,
        schedule: &schedule,
        season_date: None,
        bases: &bases,
        variants: None,
    };
    let paper = paper(&judged).unwrap();
    drop(bases);
    (paper, schedule)
}

/// Returns what a letter states of so many learners who met it live, with a contingency, by contingencies alone, and not.
fn stated(learners: [usize; 4]) -> String {
    let framework = shipped("employer-involvement");
    let columns = ["enrolment", "name", "a1", "a2", "a3", "a4"];
    let lecture = "Guest lectures from industry practitioners";
    let activities = [
        "A1|Work placement (arranged by the centre)|Y|".to_owned(),
        format!("A2|{lecture}|Y|"),
        format!("A3|{lecture}|N|A2"),
        format!("A4|{lecture}|Y|"),
    ];
    let activities: Vec<&str> = activities.iter().map(String::as_str).collect();
    // With a contingency: a live lecture and the recording of another.
    let rows = ["Y|||", "||C|Y", "C|||", "|||"];
    let each = learners.iter().zip(rows).flat_map(|(number, row)| std::iter::repeat_n(row, *number));
    let lines: Vec<String> = each.enumerate().map(|(at, row)| format!("L{at}|n|{row}")).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let mut sent =
        sent(&framework, &[("stage", "Submission"), ("data_date", "2025-06-03")], ("learners", &columns, &lines));
    let planner = register(&["number", "type", "live", "contingency_for"], &activities);
    sent.registers.insert("activities".into(), planner);
    let (paper, _) = written(&framework, &sent);
    paper.blocks.into_iter().find_map(|block| block.statement).unwrap()
}

#[test]
fn a_letter_refers_as_many_learners_as_what_is_enclosed() {
    let cases = [
        ([3, 0, 0, 0], "The requirement is met by every learner."),
        (
            [3, 1, 0, 0],
            "The requirement is met by every learner; one of them, who meets it only with a contingency, is referred to City & Guilds.",
        ),
        ([3, 0, 1, 0], "The requirement is not yet settled: one learner is referred to City & Guilds."),
        (
            [3, 2, 1, 0],
            "The requirement is not yet settled: 3 learners are referred to City & Guilds, 2 of them only for the record of a contingency.",
        ),
        (
            [3, 1, 2, 0],
            "The requirement is not yet settled: 3 learners are referred to City & Guilds, one of them only for the record of a contingency.",
        ),
        ([3, 1, 1, 1], "The requirement is not met; 2 learners are referred to City & Guilds."),
        ([3, 0, 0, 1], "The requirement is not met."),
    ];
    for (learners, expected) in cases {
        assert_eq!(stated(learners), expected, "{learners:?}");
    }
}

#[test]
fn the_day_that_a_letter_sets_is_in_the_calendar() {
    let framework = shipped("employer-involvement");
    let due = |fields: &[(&str, &str)]| -> Option<Date> {
        let sent = sent(&framework, fields, ("learners", &["enrolment"], &["L1"]));
        let dates = SeasonDates { letter_date: Some(date(2025, 6, 10)), ..SeasonDates::default() };
        let (paper, schedule) = written_in(&framework, &sent, &dates);
        assert_eq!(paper.answer_within, Some(28));
        schedule.steps.iter().find(|step| step.id.as_str() == "resubmission").and_then(|step| step.due)
    };
    let stage = ("stage", "Submission");
    assert_eq!(due(&[stage, ("data_date", "2025-06-03")]), Some(date(2025, 7, 8)));
    let stated = [stage, ("data_date", "2025-06-03"), ("resubmission_date", "2025-06-20")];
    assert_eq!(due(&stated), Some(date(2025, 6, 20)));
}

/// Returns the paper of a register of these partners, as of 23 September 2025.
fn of_partners(lines: &[&str]) -> PaperRecord {
    let framework = shipped("employer-partners");
    let columns = [
        "partner",
        "legal_verdict",
        "ethics_verdict",
        "reputation_verdict",
        "decision",
        "board_record",
        "invoice",
        "invoice_due",
        "complaint",
    ];
    let sent = sent(&framework, &[("data_date", "2025-09-23")], ("partners", &columns, lines));
    written(&framework, &sent).0
}

/// Returns the points that the Board is asked to decide or note.
fn asked(lines: &[&str]) -> Vec<String> {
    of_partners(lines).blocks[0].points.clone()
}

#[test]
fn the_board_is_asked_for_what_is_open_alone() {
    let accepted = "A|Pass|Pass|Pass|Accept|B1";
    for (line, expected) in [
        ("B|Pass|Fail|Pass|Decline|B2", "To note 1 partner declined by a decision that is on record."),
        ("B|Pass|Fail|Pass|Decline|", "To confirm that 1 partner is declined (section 3)."),
        ("B|Pass|Fail|Pass||", "To confirm that 1 partner is declined (section 3)."),
        (
            "B|Pass|Pass|Pass|Accept|B2|I1|2025-08-30|",
            "To note that 1 membership is within the thirty days of grace (section 4).",
        ),
        ("B|Pass|Pass|Pass|Accept|B2|||Y", "To note that 1 complaint is open (section 5)."),
    ] {
        let points = asked(&[accepted, line]);
        assert!(points.iter().any(|point| point == expected), "{line}: {points:?}");
    }
    // An invoice that isn't due yet leaves nobody in grace.
    let points = asked(&[accepted, "B|Pass|Pass|Pass|Accept|B2|I1|2025-10-01|"]);
    assert!(points.iter().all(|point| !point.contains("grace")), "{points:?}");
}

#[test]
fn what_the_board_is_asked_for_stands_in_the_section_that_is_named() {
    let lines = [
        "Declined|Pass|Fail|Pass|Decline|B2",
        "Referred|Pass|Refer|Pass|Refer|",
        "In grace|Pass|Pass|Pass|Accept|B3|I1|2025-08-30|",
        "Not yet due|Pass|Pass|Pass|Accept|B4|I2|2025-10-01|",
        "Complained of|Pass|Pass|Pass|Accept|B5|||Y",
    ];
    let paper = of_partners(&lines);
    let sections: Vec<&BlockRecord> =
        paper.blocks.iter().filter(|block| !block.enclosed && block.heading.is_some()).collect();
    let named = |section: usize| -> Vec<String> {
        let block = sections[section - 1];
        let cards = block.cards.iter().map(|card| card.title.clone());
        let rows = block.table.iter().flat_map(|table| &table.rows).map(|row| row[0].text.clone());
        cards.chain(rows).collect()
    };
    assert_eq!(named(3), ["Referred: Refer to the Board"]);
    assert_eq!(named(4), ["In grace"]);
    assert_eq!(named(5), ["Complained of"]);
    assert_eq!(named(6), ["Referred"]);
}
