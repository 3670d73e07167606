//! The dated steps of a return: when each is due, and where it stands.

use jiff::civil::Date;

use super::planned::named;
use crate::day::long_date;
use crate::document::{Cell, Column, Part, Table};
use crate::report::subject::Subjects;
use crate::review::DateRecord;
use crate::schedule::StepState;
use crate::season::calendar::Standing;
use crate::season::reassessment;
use crate::words::{agree, capital, count};

/// The most rows that the table has.
const MOST_ROWS: usize = 20;

/// That a step may be one for which nothing has to be done any more.
const DECIDED: &str = "The steps are the scheme\u{2019}s own: where one is for what \u{201c}What is accepted\u{201d} names, the decision goes before it.";

/// Steps that are told in one row.
struct Together<'a> {
    first: &'a DateRecord,
    dates: Vec<&'a DateRecord>,
    about: Vec<String>,
}

/// Returns the dates; `None` where the framework's calendar has none for this return. The steps of rows are shown while they
/// aren't done.
pub(super) fn part(subjects: &Subjects, today: Option<Date>) -> Option<Part> {
    let is_shown = |date: &&DateRecord| date.row.is_none() || date.state != StepState::Done && date.date.is_some();
    let mut dates: Vec<&DateRecord> = subjects.review.dates.iter().filter(is_shown).collect();
    let sentence = match dates.first()?.as_of.map(long_date) {
        None => "The ¤return names no data date, so it isn\u{2019}t said what is overdue.".to_owned(),
        Some(day) => {
            format!("Where each step stands is as at {day}. Ask for another day where one can\u{2019}t be kept.")
        }
    };
    let is_since = |date: &&DateRecord| Standing::of(date, today) == Standing::CameSince && !date.is_end;
    let since = today
        .filter(|_| dates.iter().any(is_since))
        .map(|day| format!("It isn\u{2019}t said whether what came since, by {}, was done.", long_date(day)));
    // What has no day comes last.
    dates.sort_by_key(|date| (date.row.is_some(), date.date.is_none(), date.date));
    let rows = together(&dates, subjects, today);
    let hidden = rows.len().saturating_sub(MOST_ROWS);
    let further = count(hidden, "further date", "further dates");
    let more = format!("{further} {} in the season\u{2019}s calendar.", agree(hidden, "stands", "stand"));
    let decided = reassessment::is_waived(subjects.review).then(|| DECIDED.to_owned());
    let part =
        Part::new("Dates").lead([sentence]).lead(since).lead(decided).block(table(&rows[..rows.len() - hidden], today));
    Some(part.paragraphs((hidden > 0).then_some(more)))
}

/// Returns the table of steps.
fn table(rows: &[Together], today: Option<Date>) -> Table {
    let is_late = |row: &Together| matches!(row.first.state, StepState::Overdue | StepState::Expired);
    let day = |row: &Together| row.first.date.map_or_else(|| "not known".to_owned(), long_date).into();
    let columns = vec![
        Column::new("Step").share(1.6).cell(|row: &Together| row.title().into()),
        Column::new("Day").cell(day),
        Column::new("Where it stands")
            .share(1.2)
            .cell(move |row| Cell::strong_if(is_late(row), state(row.first, today))),
        Column::new("Counted from").share(1.6).cell(|row: &Together| capital(&row.each(|date| &date.basis)).into()),
    ];
    Table::of(rows, columns).caption("Steps, and when each is due")
}

/// Returns the rows of steps in order; steps that differ only in the rows of the register that they are about are told in one,
/// and so are those whose days aren't known for the same reason.
fn together<'a>(dates: &[&'a DateRecord], subjects: &Subjects, today: Option<Date>) -> Vec<Together<'a>> {
    let mut steps: Vec<Together> = Vec::new();
    for date in dates {
        let told = date.row.as_deref().map(|row| about(subjects, row));
        match steps.iter_mut().find(|step| belong(step.first, date, today)) {
            Some(step) => {
                step.dates.push(date);
                step.about.extend(told.filter(|told| !step.about.contains(told)));
            }
            None => steps.push(Together { first: date, dates: vec![date], about: told.into_iter().collect() }),
        }
    }
    steps
}

/// Whether two steps are told in one row.
fn belong(one: &DateRecord, other: &DateRecord, today: Option<Date>) -> bool {
    let is_same = one.date == other.date && state(one, today) == state(other, today);
    let are_open = |date: &DateRecord| date.state == StepState::Unknown && date.row.is_none() && date.why.is_some();
    is_same && (one.row.is_some() && one.step == other.step || are_open(one) && are_open(other))
}

/// Returns what a row of a register is about: of an improvement plan, what the row is to improve.
fn about(subjects: &Subjects, row: &str) -> String {
    let planned = subjects.review.plan.iter().find(|planned| planned.row == row);
    planned.map_or_else(|| row.to_owned(), |planned| named(planned, subjects))
}

impl Together<'_> {
    /// Returns what the steps are called, and what they are about.
    fn title(&self) -> String {
        let about = if self.about.is_empty() { String::new() } else { format!(": {}", self.about.join("; ")) };
        format!("{}{about}", self.each(|date| &date.title))
    }

    /// Returns a text of each step, once where it is the same.
    fn each(&self, of: fn(&DateRecord) -> &str) -> String {
        let mut texts: Vec<&str> = self.dates.iter().map(|date| of(date)).collect();
        texts.dedup();
        texts.join("; ")
    }
}

/// Says where a step stands; `today` is the day whose state the report shows.
fn state(date: &DateRecord, today: Option<Date>) -> String {
    match Standing::of(date, today) {
        Standing::Done => date.done.map_or_else(|| "done".to_owned(), |day| format!("done {}", long_date(day))),
        Standing::CameSince if date.is_end => "ended since".to_owned(),
        Standing::ToCome if date.is_end => "holds".to_owned(),
        Standing::NotSaid | Standing::NoDay => date.why.clone().unwrap_or_else(|| "not known".to_owned()),
        standing @ (Standing::CameSince | Standing::ToCome | Standing::Overdue | Standing::Ended) => {
            standing.words().to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Finding, Place, Waived};
    use crate::review::{Review, Status};
    use crate::rules::outcome::reassessment_required;

    /// Returns a step on a day.
    fn step(title: &str, day: Option<&str>, state: StepState) -> DateRecord {
        DateRecord {
            step: "step".into(),
            title: title.to_owned(),
            is_end: false,
            register: None,
            row: None,
            date: day.map(|day| day.parse().unwrap()),
            basis: "two weeks before".to_owned(),
            done: None,
            state,
            as_of: Some(jiff::civil::date(2026, 3, 1)),
            why: None,
        }
    }

    fn told(dates: Vec<DateRecord>) -> Option<Part> {
        told_with(dates, Vec::new())
    }

    fn told_with(dates: Vec<DateRecord>, findings: Vec<Finding>) -> Option<Part> {
        let review = Review::unread("return.xlsx", String::new(), Status::Scored, findings);
        let review = Review { dates, ..review };
        let framework = crate::framework::builtin::all().remove(0);
        part(&Subjects::of(&framework, &review), None)
    }

    #[test]
    fn steps_stand_in_order_of_their_days_and_unknown_ones_last() {
        let why = Some("“Region” isn\u{2019}t filled in".to_owned());
        let open = DateRecord { why, ..step("Comments", None, StepState::Unknown) };
        let dates = vec![
            open,
            step("Report", Some("2026-03-25"), StepState::Due),
            step("Papers", Some("2026-02-24"), StepState::Overdue),
        ];
        let part = told(dates).unwrap();
        let expected = [
            ["Papers", "24 February 2026", "overdue", "Two weeks before"],
            ["Report", "25 March 2026", "to come", "Two weeks before"],
            ["Comments", "not known", "“Region” isn\u{2019}t filled in", "Two weeks before"],
        ];
        assert_eq!(crate::document::rows(&part), expected);
        assert!(part.leading()[0].starts_with("Where each step stands is as at 1 March 2026."), "{part:?}");
    }

    #[test]
    fn a_decision_goes_before_a_step_that_is_for_what_it_settles() {
        let asked = Finding::new(&reassessment_required::RULE, Place::Workbook, "U3 is scored 1");
        let step = || vec![step("Assess again", Some("2026-06-10"), StepState::Due)];
        let is_told = |finding: Finding| {
            let part = told_with(step(), vec![finding]).unwrap();
            part.blocks.contains(&crate::document::Block::Lead(vec![DECIDED.to_owned()]))
        };
        assert_eq!([is_told(asked.clone()), is_told(asked.waived(&Waived::default()))], [false, true]);
    }

    #[test]
    fn a_day_between_that_of_the_return_and_that_of_the_report_is_not_to_come() {
        let until = |end: bool, day| DateRecord { is_end: end, ..step("Step", Some(day), StepState::Due) };
        let today = Some(jiff::civil::date(2026, 4, 1));
        let cases = [
            (until(false, "2026-03-25"), "came since"),
            (until(true, "2026-03-25"), "ended since"),
            (until(false, "2026-04-01"), "to come"),
            (until(true, "2026-04-01"), "holds"),
        ];
        for (step, expected) in cases {
            assert_eq!(state(&step, today), expected, "{step:?}");
        }
    }

    #[test]
    fn rows_of_a_register_that_fall_on_one_day_are_told_together() {
        let of_row =
            |row: &str, day| DateRecord { row: Some(row.to_owned()), ..step("Action", Some(day), StepState::Due) };
        let rows = crate::document::rows(
            &told(vec![of_row("A", "2026-04-01"), of_row("B", "2026-04-02"), of_row("C", "2026-04-01")]).unwrap(),
        );
        let titles: Vec<&str> = rows.iter().map(|row| row[0].as_str()).collect();
        assert_eq!(titles, ["Action: A; C", "Action: B"]);
    }

    #[test]
    fn steps_that_wait_for_the_same_are_told_together() {
        let open = |title: &str, why: &str| DateRecord {
            step: title.into(),
            why: Some(why.to_owned()),
            ..step(title, None, StepState::Unknown)
        };
        let rows = crate::document::rows(
            &told(vec![open("Plan", "no report yet"), open("¤Return", "no report yet"), open("End", "other")]).unwrap(),
        );
        let titles: Vec<&str> = rows.iter().map(|row| row[0].as_str()).collect();
        assert_eq!(titles, ["Plan; ¤Return", "End"]);
    }

    #[test]
    fn rows_that_are_done_are_left_out_and_the_rest_is_counted() {
        let of_row = |state| DateRecord { row: Some("A".to_owned()), ..step("Payment", Some("2026-03-02"), state) };
        assert!(told(vec![of_row(StepState::Done)]).is_none());
        let numbered =
            |number: usize| DateRecord { step: number.to_string().as_str().into(), ..of_row(StepState::Due) };
        let part = told((0..22).map(numbered).collect()).unwrap();
        assert_eq!(crate::document::rows(&part).len(), MOST_ROWS);
        let more = "2 further dates stand in the season\u{2019}s calendar.".to_owned();
        assert_eq!(part.blocks.last(), Some(&crate::document::Block::Paragraph(more)));
    }
}
