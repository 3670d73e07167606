//! The dates of a season for calendar programs: `calendar.ics`, by RFC 5545.
//!
//! Each dated step that is still to be done, and each end, is an event of one day. The name of an event (its UID) follows from
//! whose step it is, not from its day, so that an event moves when its day does. What is done is left out.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;
use sha2::{Digest, Sha256};

use crate::artifact::Artifact;
use crate::framework::Framework;
use crate::review::{DateRecord, Review};
use crate::schedule::StepState;
use crate::season::calendar::Standing;

/// The most bytes of a line, without its end.
const MOST_BYTES: usize = 75;

/// An event's own lines, before they are folded.
struct Event {
    uid: String,
    day: Date,
    summary: String,
    description: String,
}

/// Returns the calendar of the returns that count, stamped with a day; `None` where nothing has a day.
pub fn calendar(title: &str, reviews: &[&Review], frameworks: &[Framework], stamp: Date) -> Option<Artifact> {
    let events = events(reviews, frameworks);
    if events.is_empty() {
        return None;
    }
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//scrutineer//calendar//EN".to_owned(),
        "CALSCALE:GREGORIAN".to_owned(),
        format!("X-WR-CALNAME:{}", escaped(title)),
    ];
    for event in events {
        lines.extend(event.lines(stamp));
    }
    lines.push("END:VCALENDAR".to_owned());
    let text: String = lines.iter().map(|line| folded(line)).collect();
    Some(Artifact { name: "calendar.ics".to_owned(), bytes: text.into_bytes() })
}

/// Returns the events in order of their days.
fn events(reviews: &[&Review], frameworks: &[Framework]) -> Vec<Event> {
    let mut met: BTreeMap<String, usize> = BTreeMap::new();
    let mut events = Vec::new();
    for review in reviews {
        let framework = review.framework_among(frameworks);
        let scheme = framework.map_or("", |framework| framework.title.as_str());
        for date in review.dates.iter().filter(|date| date.state != StepState::Done) {
            let Some(day) = date.date else { continue };
            let whose = identity(review, date);
            // Two rows may have one key; they are told apart by their order.
            let number = met.entry(whose.clone()).and_modify(|number| *number += 1).or_insert(1);
            events.push(Event::of(review, date, scheme, day, uid(&whose, *number)));
        }
    }
    events.sort_by(|a, b| (a.day, &a.summary, &a.uid).cmp(&(b.day, &b.summary, &b.uid)));
    events
}

/// Returns what tells a step from all others, whatever its day.
fn identity(review: &Review, date: &DateRecord) -> String {
    let whose = review.organisation.as_ref().unwrap_or(&review.file);
    let parts = [review.framework.as_deref(), review.kind.as_deref(), date.register.as_deref(), date.row.as_deref()];
    let parts = parts.map(Option::unwrap_or_default);
    [&[whose.as_str(), date.step.as_str()], &parts[..]].concat().join("\n")
}

/// Returns the name of an event.
fn uid(identity: &str, number: usize) -> String {
    let digest = hex::encode(Sha256::digest(format!("{identity}\n{number}")));
    format!("{}@scrutineer", digest.get(..32).unwrap_or(&digest))
}

impl Event {
    /// Returns the event of a step.
    fn of(review: &Review, date: &DateRecord, scheme: &str, day: Date, uid: String) -> Self {
        let whose = review.organisation.as_ref().unwrap_or(&review.file);
        let row = date.row.as_ref().map_or_else(String::new, |row| format!(" ({row})"));
        let mut words = vec![format!("{scheme}: {}.", date.basis)];
        let why = date.why.as_ref().map_or_else(String::new, |why| format!("; {why}"));
        let standing = Standing::of(date, None).words();
        words.extend(date.as_of.as_ref().map(|as_of| format!("As at {as_of}: {standing}{why}.")));
        words.push(format!("File: {}", review.file));
        Self { uid, day, summary: format!("{}{row}: {whose}", date.title), description: words.join("\n") }
    }

    /// Returns the event's lines.
    fn lines(&self, stamp: Date) -> Vec<String> {
        let compact = |day: Date| day.strftime("%Y%m%d").to_string();
        let next = self.day.checked_add(1.day()).unwrap_or(self.day);
        vec![
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{}", self.uid),
            format!("DTSTAMP:{}T000000Z", compact(stamp)),
            format!("DTSTART;VALUE=DATE:{}", compact(self.day)),
            format!("DTEND;VALUE=DATE:{}", compact(next)),
            format!("SUMMARY:{}", escaped(&self.summary)),
            format!("DESCRIPTION:{}", escaped(&self.description)),
            "TRANSP:TRANSPARENT".to_owned(),
            "END:VEVENT".to_owned(),
        ]
    }
}

/// Returns a text as a value: marks that mean something are escaped, and other control characters are spaces.
fn escaped(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => value.extend(['\\', letter]),
            '\n' => value.push_str("\\n"),
            letter if letter.is_control() => value.push(' '),
            letter => value.push(letter),
        }
    }
    value
}

/// Returns a line with its end, folded where it is too long; a letter isn't torn apart.
fn folded(line: &str) -> String {
    let mut text = String::with_capacity(line.len() + 2);
    let mut room = MOST_BYTES;
    for letter in line.chars() {
        if letter.len_utf8() > room {
            // The space that begins a line is part of it.
            text.push_str("\r\n ");
            room = MOST_BYTES - 1;
        }
        text.push(letter);
        room -= letter.len_utf8();
    }
    text + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::Status;
    use jiff::civil::date;

    /// Returns a step on a day.
    fn step(id: &str, day: &str, state: StepState) -> DateRecord {
        DateRecord {
            step: id.into(),
            title: "Papers; all, of them".to_owned(),
            is_end: false,
            register: None,
            row: None,
            date: day.parse().ok(),
            basis: "two weeks before the first day".to_owned(),
            done: None,
            state,
            as_of: Some(date(2026, 3, 1)),
            why: None,
        }
    }

    /// Returns a return with these steps.
    fn sent(dates: Vec<DateRecord>) -> Review {
        let review = Review::unread("North/Acme.xlsx", String::new(), Status::Scored, Vec::new());
        Review { organisation: Some("Caf\u{e9} Acme".to_owned()), dates, ..review }
    }

    fn text(dates: Vec<DateRecord>) -> String {
        let made = calendar("Spring", &[&sent(dates)], &[], date(2026, 3, 1)).unwrap();
        String::from_utf8(made.bytes).unwrap()
    }

    #[test]
    fn a_step_is_an_event_of_one_day() {
        let text = text(vec![step("papers", "2026-12-31", StepState::Due)]);
        for line in [
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n",
            "DTSTAMP:20260301T000000Z\r\n",
            "DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n",
            "SUMMARY:Papers\\; all\\, of them: Caf\u{e9} Acme\r\n",
            "As at 2026-03-01: to come.\\n",
        ] {
            assert!(text.replace("\r\n ", "").contains(line), "{line} in {text}");
        }
        assert!(text.ends_with("END:VEVENT\r\nEND:VCALENDAR\r\n"));
        assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')), "{text}");
    }

    #[test]
    fn an_event_keeps_its_name_when_its_day_changes() {
        let uid = |dates| text(dates).lines().find(|line| line.starts_with("UID:")).unwrap().to_owned();
        let first = uid(vec![step("papers", "2026-12-31", StepState::Due)]);
        assert_eq!(first, uid(vec![step("papers", "2027-01-31", StepState::Overdue)]));
        assert_ne!(first, uid(vec![step("report", "2026-12-31", StepState::Due)]));
    }

    #[test]
    fn what_is_done_or_has_no_day_is_left_out() {
        let undated = DateRecord { date: None, ..step("papers", "", StepState::Unknown) };
        let dates = vec![undated, step("papers", "2026-12-31", StepState::Done)];
        assert_eq!(calendar("Spring", &[&sent(dates)], &[], date(2026, 3, 1)), None);
    }

    #[test]
    fn long_lines_are_folded_between_letters() {
        let line = "\u{e9}".repeat(100);
        let folded = folded(&line);
        assert!(folded.split("\r\n").all(|line| line.len() <= 75));
        assert_eq!(folded.replace("\r\n ", "").trim_end(), line);
        assert_eq!(super::folded(&"a".repeat(75)), "a".repeat(75) + "\r\n");
    }

    #[test]
    fn rows_with_one_key_are_events_of_their_own() {
        let row = |day| DateRecord { row: Some("A".to_owned()), ..step("action", day, StepState::Due) };
        let text = text(vec![row("2026-12-30"), row("2026-12-31")]);
        let uids: Vec<&str> = text.lines().filter(|line| line.starts_with("UID:")).collect();
        assert!(uids.len() == 2 && uids[0] != uids[1], "{uids:?}");
    }
}
