//! What a season says of dates, in the reviews of its returns.

use std::collections::BTreeMap;
use std::fs;

use jiff::civil::{Date, date};
use scrutineer::framework::{StepId, builtin};
use scrutineer::holiday::Holidays;
use scrutineer::ooxml::Limits;
use scrutineer::review::{DateRecord, Review, Settings, review};
use scrutineer::schedule::{SeasonDates, StepState};
use scrutineer::wording::Wording;
use scrutineer::workbook::Source;

use crate::case_runner::file::repacked;

/// Reviews the clean SEQF return, whose own data date is 30 June 2025 and whose assessment begins on 3 July, in a season.
fn reviewed(data_date: Option<Date>, done: &[(&str, Date)], holidays: &[Date]) -> Review {
    reviewed_as("Self-assessment", data_date, done, holidays)
}

/// Reviews it as of another kind.
fn reviewed_as(kind: &str, data_date: Option<Date>, done: &[(&str, Date)], holidays: &[Date]) -> Review {
    let frameworks = builtin::all();
    let done = done.iter().map(|(step, day)| (StepId::from(*step), *day)).collect::<BTreeMap<_, _>>();
    let organisation = Wording::of("example employment  SERVICE");
    let season = SeasonDates {
        data_date,
        letter_date: data_date,
        holidays: Holidays::default().and(holidays.iter().copied()),
        done: [(organisation, done)].into_iter().filter(|(_, done)| !done.is_empty()).collect(),
    };
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/seqf.xlsx");
    let bytes =
        repacked(&fs::read(path).unwrap(), &[], |_, text| text.replace(">Self-assessment<", &format!(">{kind}<")));
    let source = Source::new("return.xlsx", bytes);
    review(&Settings::new(&frameworks, Limits::default()).in_season(season), &source)
}

/// Returns the messages of a rule.
fn messages<'a>(review: &'a Review, rule: &str) -> Vec<&'a str> {
    let found = review.findings.iter().filter(|finding| finding.rule == rule);
    found.map(|finding| finding.message.as_str()).collect()
}

#[track_caller]
fn step<'a>(review: &'a Review, id: &str) -> &'a DateRecord {
    review.dates.iter().find(|date| date.step == id && date.row.is_none()).unwrap()
}

#[test]
fn without_a_season_the_returns_own_day_counts() {
    let own = reviewed(None, &[], &[]);
    assert!(own.dates.iter().all(|date| date.step != "draft_report"), "no report follows a self-assessment");
    let review = reviewed_as("External assessment", None, &[], &[]);
    assert_eq!(messages(&review, "deadline-missed"), [] as [&str; 0]);
    let draft = step(&review, "draft_report");
    assert_eq!(
        (draft.date, draft.state, draft.as_of),
        (Some(date(2025, 7, 18)), StepState::Due, Some(date(2025, 6, 30)))
    );
}

#[test]
fn a_step_that_the_season_says_was_late_is_told() {
    let review = reviewed(None, &[("draft_report", date(2025, 7, 21)), ("papers", date(2025, 6, 19))], &[]);
    let late = "“Draft report to the provider” was due on 18 July 2025 and is dated 21 July 2025";
    assert_eq!(messages(&review, "deadline-missed"), [late]);
    assert_eq!(step(&review, "comments").date, Some(date(2025, 7, 28)));
    let holidays = [date(2025, 7, 22), date(2025, 7, 23)];
    let review = reviewed(None, &[("draft_report", date(2025, 7, 21))], &holidays);
    assert_eq!(step(&review, "comments").date, Some(date(2025, 7, 30)));
}

#[test]
fn a_step_that_was_not_done_by_the_seasons_day_is_told() {
    let review =
        reviewed(Some(date(2025, 8, 4)), &[("papers", date(2025, 6, 19)), ("final_report", date(2025, 7, 20))], &[]);
    let expected = [
        "“Action plan from the provider” was due on 3 August 2025 and wasn\u{2019}t done by 4 August 2025",
        "“Draft report to the provider” was due on 18 July 2025 and wasn\u{2019}t done by 4 August 2025",
    ];
    assert_eq!(messages(&review, "deadline-missed"), expected);
}

#[test]
fn a_certificate_is_past_its_end_as_at_the_seasons_day() {
    let done = [("final_report", date(2022, 7, 20))];
    assert_eq!(messages(&reviewed(Some(date(2025, 7, 20)), &done, &[]), "certificate-expired"), [] as [&str; 0]);
    let told = "“End of the certificate” was 20 July 2025; the data date is 21 July 2025";
    assert_eq!(messages(&reviewed(Some(date(2025, 7, 21)), &done, &[]), "certificate-expired"), [told]);
}

#[test]
fn a_day_after_the_seasons_is_in_the_future_and_scores_stay_the_returns_own() {
    let own = reviewed(None, &[], &[]);
    assert_eq!(messages(&own, "date-in-future"), [] as [&str; 0]);
    let earlier = reviewed(Some(date(2025, 1, 31)), &[], &[]);
    assert!(!messages(&earlier, "date-in-future").is_empty());
    for season in [date(2025, 1, 31), date(2026, 1, 31)] {
        let review = reviewed(Some(season), &[], &[]);
        assert_eq!((&review.outcome, &review.measures), (&own.outcome, &own.measures), "{season}");
    }
}
