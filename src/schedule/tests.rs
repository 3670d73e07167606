//! Dates as the schemes' own calendars give them.

use std::sync::Arc;

use jiff::civil::{Date, date};

use super::*;
use crate::framework::builtin;
use crate::outcome::score;
use crate::returns::{Columns, Entry, Filled, Reading, Register, Row};

/// Steps with the days on which they were done.
type Days = &'static [(&'static str, &'static str)];

/// Returns a value by how it looks: a day, a number or a text.
fn value(written: &str) -> EntryValue {
    let day = written.parse::<Date>().map(EntryValue::Date).ok();
    let number = || written.parse().map(EntryValue::Number).ok();
    day.or_else(number).unwrap_or_else(|| EntryValue::Text(written.into()))
}

/// Returns an entry; an empty text is a blank one.
fn entry(written: &str) -> Entry {
    let reading = if written.is_empty() { Reading::Blank } else { Reading::Given(value(written)) };
    Entry { reading, place: None, written: written.to_owned() }
}

/// Returns the framework of a shipped pack.
fn scheme(name: &str) -> Framework {
    builtin::load(name).unwrap().framework
}

/// Returns a return that says these fields and no more.
fn sent(framework: &Framework, fields: &[(&str, &str)]) -> Return {
    Return {
        fields: fields.iter().map(|(field, written)| ((*field).into(), entry(written))).collect(),
        ..Return::empty(framework.raters[0].id.clone())
    }
}

/// Returns a season that says when steps of Acme were done.
fn season(done: &[(&str, &str)]) -> SeasonDates {
    let steps = done.iter().map(|(step, day)| ((*step).into(), day.parse().unwrap())).collect();
    SeasonDates { done: BTreeMap::from([(Wording::of("Acme"), steps)]), ..SeasonDates::default() }
}

/// Returns the dated steps of a return.
fn steps(framework: &Framework, said: &Return, season: &SeasonDates) -> Vec<DatedStep> {
    let outcome = score(framework, said, &said.counts);
    schedule(said, &outcome, &Basis::of(framework, said, &outcome), season).steps
}

/// Returns a step.
#[track_caller]
fn step<'a>(steps: &'a [DatedStep], id: &str) -> &'a DatedStep {
    steps.iter().find(|step| step.id == id).unwrap_or_else(|| panic!("no step `{id}`"))
}

#[test]
fn the_calendar_of_an_external_assessment() {
    let mut framework = scheme("seqf");
    // Nothing is scored here; the certificate is awarded all the same.
    framework.calendar.iter_mut().for_each(|step| step.when = step.when.take().filter(|_| step.over.is_some()));
    let days = |region: &str, done: &[(&str, &str)]| {
        let said = sent(&framework, &[("organisation", "Acme"), ("assessment_date", "2026-03-10"), ("region", region)]);
        steps(&framework, &said, &season(done))
    };
    let cases: [(&str, Days, &str, Date); 13] = [
        ("London", &[], "papers", date(2026, 2, 24)),
        ("London", &[], "draft_report", date(2026, 3, 25)),
        ("London", &[("draft_report", "2026-03-25")], "comments", date(2026, 4, 1)),
        ("Wales", &[("draft_report", "2026-03-27")], "comments", date(2026, 4, 7)),
        ("East Midlands", &[("draft_report", "2026-03-27")], "comments", date(2026, 4, 7)),
        ("Northern Ireland", &[("draft_report", "2026-03-27")], "comments", date(2026, 4, 7)),
        ("Scotland", &[("draft_report", "2026-03-27")], "comments", date(2026, 4, 6)),
        ("London", &[("final_report", "2026-04-10")], "action_plan", date(2026, 4, 24)),
        ("London", &[("final_report", "2026-04-10")], "first_annual_return", date(2027, 4, 10)),
        ("London", &[("final_report", "2026-04-10")], "second_annual_return", date(2028, 4, 10)),
        ("London", &[("final_report", "2026-04-10")], "certificate_end", date(2029, 4, 10)),
        ("London", &[("final_report", "2024-02-29")], "certificate_end", date(2027, 2, 28)),
        ("London", &[("final_report", "2024-02-29")], "first_annual_return", date(2025, 2, 28)),
    ];
    for (region, done, id, expected) in cases {
        assert_eq!(step(&days(region, done), id).due, Some(expected), "{id} in {region} after {done:?}");
    }
}

#[test]
fn a_day_that_isnt_known_says_why() {
    let framework = scheme("seqf");
    let cases: [(&str, Days, &str, &str); 5] = [
        ("London", &[], "comments", "it isn\u{2019}t known when “Draft report to the provider” was done"),
        ("", &[("draft_report", "2026-03-25")], "comments", "“Region or nation” isn\u{2019}t filled in"),
        (
            "UK-wide",
            &[("draft_report", "2026-03-25")],
            "comments",
            "“UK-wide” isn\u{2019}t one nation or region whose bank holidays are known",
        ),
        (
            "London",
            &[("draft_report", "2030-12-30")],
            "comments",
            "bank holidays are known from 1 January 2012 to 31 December 2030 only",
        ),
        ("London", &[], "final_report", "the scheme sets no day for it"),
    ];
    for (region, done, id, expected) in cases {
        let said = sent(&framework, &[("organisation", "Acme"), ("region", region), ("kind", "External assessment")]);
        let steps = steps(&framework, &said, &season(done));
        let step = step(&steps, id);
        assert_eq!((step.due, step.open.as_deref()), (None, Some(expected)), "{id} in {region}");
    }
}

#[test]
fn what_follows_an_external_assessment_is_no_step_of_a_self_assessment() {
    let framework = scheme("seqf");
    for (kind, follows) in [("External assessment", true), ("Self-assessment", false)] {
        let said = sent(&framework, &[("organisation", "Acme"), ("region", "London"), ("kind", kind)]);
        let steps = steps(&framework, &said, &season(&[]));
        for id in ["draft_report", "comments", "final_report", "action_plan", "certificate_end"] {
            assert_eq!(steps.iter().any(|step| step.id == *id), follows, "{id} of a {kind}");
        }
    }
}

#[test]
fn where_a_step_stands_is_as_at_the_seasons_day_or_the_returns_own() {
    let framework = scheme("employer-involvement");
    let cases = [
        ("2025-06-01", "", None, StepState::Due),
        ("2025-06-16", "", None, StepState::Due),
        ("2025-06-17", "", None, StepState::Overdue),
        ("2025-06-17", "2025-06-18", None, StepState::Done),
        // The return was filled in before the day, and nobody says what was done since.
        ("2025-06-01", "", Some(date(2025, 7, 1)), StepState::Unknown),
        ("2025-06-16", "", Some(date(2025, 7, 1)), StepState::Unknown),
        ("2025-06-17", "", Some(date(2025, 7, 1)), StepState::Overdue),
        ("", "", Some(date(2025, 7, 1)), StepState::Unknown),
        ("2025-06-30", "", Some(date(2025, 6, 1)), StepState::Due),
        ("", "", None, StepState::Unknown),
    ];
    for (own, sent_on, of_season, expected) in cases {
        let fields = [("stage", "Submission"), ("data_date", own), ("deadline", "2025-06-16"), ("sent_on", sent_on)];
        let season = SeasonDates { data_date: of_season, ..SeasonDates::default() };
        let steps = steps(&framework, &sent(&framework, &fields), &season);
        assert_eq!(step(&steps, "submission").state, expected, "{own}, sent {sent_on}, season {of_season:?}");
    }
}

#[test]
fn a_step_of_which_nobody_says_whether_it_was_done_is_not_overdue() {
    let framework = scheme("seqf");
    let said =
        sent(&framework, &[("organisation", "Acme"), ("assessment_date", "2026-03-10"), ("data_date", "2026-03-01")]);
    let untold = steps(&framework, &said, &SeasonDates::default());
    assert_eq!(step(&untold, "papers").state, StepState::Unknown);
    // Once the season says something of an organisation's steps, what it doesn't say wasn't done.
    let told = steps(&framework, &said, &season(&[("draft_report", "2026-03-25")]));
    assert_eq!(step(&told, "papers").state, StepState::Overdue);
}

#[test]
fn a_return_that_came_is_not_awaited() {
    let framework = scheme("seqf");
    let of = |kind: &str, done: &[(&str, &str)]| {
        let fields =
            [("organisation", "Acme"), ("kind", kind), ("assessment_date", "2026-03-10"), ("data_date", "2026-03-01")];
        let steps = steps(&framework, &sent(&framework, &fields), &season(done));
        steps.iter().any(|step| step.id.as_str() == "papers")
    };
    assert!(of("External assessment", &[]));
    assert!(!of("Self-assessment", &[]));
    assert!(of("Self-assessment", &[("papers", "2026-02-20")]), "it is said when it was done");
}

#[test]
fn a_step_that_does_not_arise_is_not_there() {
    let framework = scheme("employer-involvement");
    let said = sent(&framework, &[("stage", "Approval"), ("deadline", "2025-06-16")]);
    // The submission doesn't arise before the approval; what is asked again has no day while the return has no date.
    let untold = steps(&framework, &said, &SeasonDates::default());
    assert!(untold.iter().all(|step| step.id.as_str() == "resubmission" && step.due.is_none()), "{untold:#?}");
    let said = sent(&framework, &[("stage", "Approval"), ("resubmission_date", "2025-10-31")]);
    let steps = steps(&framework, &said, &SeasonDates::default());
    assert_eq!(step(&steps, "resubmission").due, Some(date(2025, 10, 31)));
}

#[test]
fn what_a_letter_asks_for_is_due_from_the_date_of_letters_whatever_the_returns_own_day() {
    let framework = scheme("employer-involvement");
    let said = sent(&framework, &[("stage", "Approval"), ("deadline", "2025-06-16"), ("data_date", "2025-06-09")]);
    for (letter_date, due) in [(Some(date(2026, 11, 28)), Some(date(2026, 12, 26))), (None, None)] {
        let season = SeasonDates { data_date: Some(date(2025, 11, 28)), letter_date, ..SeasonDates::default() };
        let steps = steps(&framework, &said, &season);
        let again = step(&steps, "resubmission");
        assert_eq!(again.due, due);
        let open = "it runs from the date of the letter, which isn\u{2019}t set yet";
        assert_eq!(again.open.as_deref().is_some_and(|why| why.contains(open)), due.is_none(), "{again:?}");
    }
}

#[test]
fn a_membership_year_is_dated_row_by_row() {
    let framework = scheme("employer-partners");
    let columns = ["partner", "invoice_due", "start", "paid_on"];
    let found = Arc::new(Columns::new("Register", (1..).zip(columns).map(|(at, id)| (id.into(), Some(at))).collect()));
    let row = |number, columns: [(&str, &str); 4]| {
        let filled = columns.iter().filter(|(_, written)| !written.is_empty()).map(|(column, written)| Filled {
            column: found.position(column).unwrap(),
            reading: Reading::Given(value(written)),
            written: (*written).into(),
            day: None,
        });
        Row::new(number, Arc::clone(&found), filled.collect())
    };
    let mut said = sent(&framework, &[("data_date", "2025-03-02")]);
    let rows = vec![
        row(9, [("partner", "Dale"), ("invoice_due", "2025-01-31"), ("start", "2024-02-29"), ("paid_on", "")]),
        row(10, [("partner", "Fell"), ("invoice_due", "2025-01-30"), ("start", "2025-03-01"), ("paid_on", "")]),
        row(11, [("partner", "Glen"), ("invoice_due", "2025-01-30"), ("start", ""), ("paid_on", "2025-02-01")]),
    ];
    said.registers.insert("partners".into(), Register::of_rows("Register", rows));
    let dated: Vec<(StepId, String, Option<Date>, StepState)> = steps(&framework, &said, &SeasonDates::default())
        .into_iter()
        .map(|step| (step.id, step.row.unwrap().1, step.due, step.state))
        .collect();
    let expected = [
        ("payment", "Dale", date(2025, 3, 2), StepState::Due),
        ("payment", "Fell", date(2025, 3, 1), StepState::Overdue),
        ("payment", "Glen", date(2025, 3, 1), StepState::Done),
        ("renewal", "Dale", date(2025, 2, 28), StepState::Overdue),
        ("renewal", "Fell", date(2026, 3, 1), StepState::Due),
    ];
    let expected = expected.map(|(id, row, due, state)| (StepId::from(id), row.to_owned(), Some(due), state));
    assert_eq!(dated, expected);
}

#[test]
fn a_step_of_which_it_cannot_be_read_whether_it_was_done_is_not_overdue() {
    let framework = scheme("employer-partners");
    let columns = ["partner", "invoice_due", "paid_on"];
    let found = Arc::new(Columns::new("Register", (1..).zip(columns).map(|(at, id)| (id.into(), Some(at))).collect()));
    for written in ["paid", "2 Feb", "w/c 02/02/2025", "02/02/2025?", "TBC", "n/a", "#N/A"] {
        let filled = |column: &str, reading, written: &str| Filled {
            column: found.position(column).unwrap(),
            reading,
            written: written.into(),
            day: None,
        };
        let given = |column: &str, written: &str| filled(column, Reading::Given(value(written)), written);
        let paid = filled("paid_on", Reading::Unusable, written);
        let row = vec![given("partner", "Dale"), given("invoice_due", "2024-01-30"), paid];
        let mut said = sent(&framework, &[("data_date", "2025-03-02")]);
        let rows = vec![Row::new(9, Arc::clone(&found), row)];
        said.registers.insert("partners".into(), Register::of_rows("Register", rows));
        let steps = steps(&framework, &said, &SeasonDates::default());
        let payment = step(&steps, "payment");
        assert_eq!((payment.state, payment.open.is_some()), (StepState::Unknown, true), "{written}");
    }
}

#[test]
fn a_plan_is_reviewed_by_the_far_end_of_its_timescale() {
    let framework = scheme("investors-in-people");
    let cases = [
        ("2013-06-01", "12 months", date(2014, 6, 1)),
        ("2013-06-01", "18 months", date(2014, 12, 1)),
        ("2013-06-01", "36 months", date(2016, 6, 1)),
        ("2014-06-01", "12-18 months", date(2015, 12, 1)),
        ("2014-06-01", "24 months", date(2016, 6, 1)),
        ("2014-08-31", "6 months", date(2015, 2, 28)),
    ];
    for (plan_date, review, expected) in cases {
        let said = sent(&framework, &[("plan_date", plan_date), ("plan_review", review)]);
        let steps = steps(&framework, &said, &SeasonDates::default());
        assert_eq!(step(&steps, "plan_review").due, Some(expected), "{review} from {plan_date}");
    }
}

#[test]
fn a_code_assessment_is_repeated_within_twelve_months() {
    let mut framework = scheme("code-of-practice");
    // Nothing is scored here; a score of 1 is taken for granted.
    framework.calendar.iter_mut().for_each(|step| step.when = step.when.take().filter(|_| step.over.is_some()));
    for (interview, expected) in [("2024-02-29", date(2025, 2, 28)), ("2025-07-09", date(2026, 7, 9))] {
        let said = sent(&framework, &[("interview_date", interview)]);
        let steps = steps(&framework, &said, &SeasonDates::default());
        let step = step(&steps, "reassessment");
        assert_eq!((step.due, step.state), (Some(expected), StepState::Due), "{interview}");
    }
}
