//! The calendar of the season: what is overdue or has ended, by whom, and what comes next.
//!
//! Steps of a register's rows stand as one line for each organisation, since the report names nobody of a register.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Serialize;

use super::Season;
use crate::day::long_date;
use crate::framework::Framework;
use crate::season::calendar::{SeasonStep, Standing, steps};
use crate::words::{agree, capital, count};

/// The most rows that a table has.
const MOST_ROWS: usize = 20;

/// The calendar as a template sees it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct DatesView {
    sentences: Vec<String>,
    late: Option<StepsView>,
    next: Option<StepsView>,
}

/// Some steps as a template sees them.
#[derive(Clone, Debug, Serialize)]
struct StepsView {
    title: &'static str,
    caption: &'static str,
    rows: Vec<StepRow>,
    more: Option<String>,
}

/// One step, or the like steps of a register's rows.
#[derive(Clone, Debug, Serialize)]
struct StepRow {
    day: String,
    step: String,
    whose: String,
    late: Option<String>,
}

/// A line of steps that are shown as one: of them the earliest.
struct Line<'a> {
    first: SeasonStep<'a>,
    step: String,
    whose: String,
}

impl DatesView {
    /// Returns what is late in one sentence; `None` where nothing is.
    pub(super) fn brief(&self) -> Option<&str> {
        self.late.as_ref().and_then(|_| self.sentences.get(1)).map(String::as_str)
    }
}

/// Returns the calendar; `None` where no return has a dated step.
pub(super) fn view(framework: &Framework, season: &Season, date: Option<Date>) -> Option<DatesView> {
    let mut all = steps(season.returns, date);
    all.retain(|step| step.found.review.framework.as_ref() == Some(&framework.id));
    if all.is_empty() {
        return None;
    }
    let lines = lines(framework, &all);
    let standing = |wanted: &[Standing]| -> Vec<&Line> {
        lines.iter().filter(|line| wanted.contains(&line.first.standing)).collect()
    };
    let late = {
        let mut late = standing(&[Standing::Overdue, Standing::Ended]);
        late.sort_by_key(|line| line.first.step.date);
        late
    };
    let next = standing(&[Standing::ToCome]);
    Some(DatesView {
        sentences: sentences(&all, &lines),
        late: table("Overdue and ended", "Steps that are overdue, and what has ended", &late),
        next: table("What comes next", "The next steps", &next),
    })
}

/// Gathers like steps of the rows of one register to one line for each organisation and standing; the others stand each for
/// itself, once where several returns of an organisation have it.
fn lines<'a>(framework: &Framework, all: &[SeasonStep<'a>]) -> Vec<Line<'a>> {
    let mut known = BTreeSet::new();
    let mut lines = Vec::new();
    for step in all {
        let (register, whose) = (step.step.register.as_deref(), step.whose());
        let day = step.step.date.filter(|_| register.is_none());
        if known.insert((step.standing, step.step.step.as_str(), register, whose.clone(), day)) {
            let spec = register.and_then(|id| framework.register(id));
            let of = spec.map_or_else(String::new, |spec| format!(" ({})", spec.title));
            lines.push(Line { first: *step, step: format!("{}{of}", step.step.title), whose });
        }
    }
    lines
}

/// Returns a table of lines; `None` where there are none.
fn table(title: &'static str, caption: &'static str, lines: &[&Line]) -> Option<StepsView> {
    let more = lines.len().saturating_sub(MOST_ROWS);
    (!lines.is_empty()).then(|| StepsView {
        title,
        caption,
        rows: lines.iter().take(MOST_ROWS).map(|line| row(line)).collect(),
        more: (more > 0).then(|| {
            let further = count(more, "further line", "further lines");
            format!(
                "{further} {} in the sheet \u{201c}Dates\u{201d} of the season workbook.",
                agree(more, "stands", "stand")
            )
        }),
    })
}

/// Returns the row of a line.
fn row(line: &Line) -> StepRow {
    let days = line.first.days_late().and_then(|days| usize::try_from(days).ok());
    StepRow {
        day: line.first.step.date.map_or_else(String::new, long_date),
        step: line.step.clone(),
        whose: line.whose.clone(),
        late: days.map(|days| format!("{} for {}", line.first.standing.words(), count(days, "day", "days"))),
    }
}

/// Returns what the calendar comes to, in words.
fn sentences(all: &[SeasonStep], lines: &[Line]) -> Vec<String> {
    let of = |wanted: Standing| lines.iter().filter(move |line| line.first.standing == wanted);
    let mut sentences = vec![as_of(all)];
    let (overdue, ended) = (of(Standing::Overdue).count(), of(Standing::Ended).count());
    let organisations = |wanted: Standing| {
        let names: BTreeSet<Option<&str>> = of(wanted).map(|line| line.first.found.organisation.as_deref()).collect();
        count(names.len(), "organisation", "organisations")
    };
    let steps = |number: usize| count(number, "step", "steps");
    sentences.push(match (overdue, ended) {
        (0, 0) => "Nothing is said to be overdue, and nothing has ended.".to_owned(),
        (0, _) => {
            format!("{} of {} have ended.", capital(&count(ended, "date", "dates")), organisations(Standing::Ended))
        }
        (number, _) => {
            let has_ended = match ended {
                0 => String::new(),
                _ => format!(
                    "; {} of {} {} ended",
                    count(ended, "date", "dates"),
                    organisations(Standing::Ended),
                    agree(ended, "has", "have")
                ),
            };
            let verb = agree(number, "is", "are");
            format!("{} of {} {verb} overdue{has_ended}.", capital(&steps(number)), organisations(Standing::Overdue))
        }
    });
    if let Some(line) = of(Standing::ToCome).next() {
        let day = line.first.step.date.map_or_else(String::new, |day| format!(", on {}", long_date(day)));
        sentences.push(format!("Next comes \u{201c}{}\u{201d} of {}{day}.", line.first.step.title, line.whose));
    }
    let not_said = of(Standing::NotSaid).count() + of(Standing::CameSince).count();
    let no_day = of(Standing::NoDay).count();
    if not_said > 0 {
        let were = agree(not_said, "it was", "they were");
        sentences.push(format!("Of {} whose day is past it isn\u{2019}t said whether {were} done.", steps(not_said)));
    }
    if no_day > 0 {
        let have = agree(no_day, "has", "have");
        sentences.push(format!(
            "{} {have} no day yet: what it counts from isn\u{2019}t filled in or done.",
            capital(&steps(no_day))
        ));
    }
    sentences
}

/// Says as of which day steps stand.
fn as_of(all: &[SeasonStep]) -> String {
    let days: BTreeMap<Option<Date>, usize> = all.iter().map(|step| (step.as_of(), 1)).collect();
    let latest = days.keys().flatten().max().map(|day| long_date(*day));
    match (days.len(), latest) {
        (1, Some(day)) => format!("Steps stand as of {day}."),
        (_, Some(day)) => format!("Steps stand as of the date that each return gives, the latest {day}."),
        (_, None) => "No return names a date, so it isn\u{2019}t said what is overdue.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::DateRecord;
    use crate::schedule::StepState;
    use crate::season::sample;

    /// Returns the calendar of a season of returns that have these steps, as of 1 April 2026.
    fn viewed(dates: &[Vec<DateRecord>]) -> Option<DatesView> {
        let frameworks = [sample::usual()];
        let mut season = sample::season(&frameworks, dates.len());
        season.returns.truncate(dates.len());
        for ((number, found), dates) in (1..).zip(&mut season.returns).zip(dates) {
            found.review.dates.clone_from(dates);
            found.organisation = Some(format!("Organisation {number}"));
        }
        of(&season)
    }

    fn of(network: &crate::season::Season) -> Option<DatesView> {
        let statistics = crate::statistics::Statistics::of_season(network).unwrap();
        let season = Season {
            statistics: statistics.of("sample").unwrap(),
            hidings: &[],
            returns: &network.returns,
            findings: &[],
        };
        view(&network.frameworks[0], &season, Some(jiff::civil::date(2026, 4, 1)))
    }

    fn rows(view: Option<&StepsView>) -> Vec<[&str; 4]> {
        let rows = view.map_or(&[][..], |view| &view.rows).iter();
        rows.map(|row| [row.day.as_str(), &row.step, &row.whose, row.late.as_deref().unwrap_or_default()]).collect()
    }

    #[test]
    fn what_is_late_stands_with_who_and_since_when_and_what_comes_next_in_order() {
        let on = |id: &str, date: &str, state| sample::step(id, Some(date), state);
        let view = viewed(&[
            vec![on("plan", "2026-05-02", StepState::Due), on("papers", "2026-03-09", StepState::Overdue)],
            vec![on("report", "2026-04-20", StepState::Due), on("certificate", "2026-01-10", StepState::Expired)],
            vec![on("comments", "2026-03-20", StepState::Due), sample::step("visit", None, StepState::Unknown)],
        ]);
        let view = view.unwrap();
        let late = [
            ["10 January 2026", "The certificate", "Organisation 2", "ended for 59 days"],
            ["9 March 2026", "The papers", "Organisation 1", "overdue for 1 day"],
        ];
        let next =
            [["20 April 2026", "The report", "Organisation 2", ""], ["2 May 2026", "The plan", "Organisation 1", ""]];
        assert_eq!((rows(view.late.as_ref()), rows(view.next.as_ref())), (late.to_vec(), next.to_vec()));
        let expected = [
            "Steps stand as of 10 March 2026.",
            "1 step of 1 organisation is overdue; 1 date of 1 organisation has ended.",
            "Next comes \u{201c}The report\u{201d} of Organisation 2, on 20 April 2026.",
            "Of 1 step whose day is past it isn\u{2019}t said whether it was done.",
            "1 step has no day yet: what it counts from isn\u{2019}t filled in or done.",
        ];
        assert_eq!(view.sentences, expected);
    }

    #[test]
    fn rows_of_a_register_are_one_line_and_nobody_of_it_is_named() {
        let of = |row: &str, date: &str| DateRecord {
            register: Some("partners".into()),
            row: Some(row.to_owned()),
            ..sample::step("payment", Some(date), StepState::Overdue)
        };
        let view = viewed(&[vec![of("Jo Bloggs", "2026-03-01"), of("Acme", "2026-02-01")]]).unwrap();
        let expected = ["1 February 2026", "The payment", "Organisation 1", "overdue for 37 days"];
        assert_eq!(rows(view.late.as_ref()), [expected]);
    }

    #[test]
    fn a_season_without_dates_has_no_calendar() {
        assert!(viewed(&[vec![], vec![]]).is_none());
    }
}
