//! The calendar of the season: what is overdue or has ended, by whom, and what comes next.
//!
//! Steps of a register's rows stand as one line for each organisation, since the report names nobody of a register.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::FrameworkSeason;
use crate::day::long_date;
use crate::document::{Block, Cell, Column, Part, Table};
use crate::framework::Framework;
use crate::report::subject::Subjects;
use crate::season::calendar::{SeasonStep, Standing, steps};
use crate::season::reassessment;
use crate::words::{agree, capital, count};

/// The days of a year: of two and more no days are counted.
const DAYS_OF_A_YEAR: usize = 365;

/// The most rows that a table has.
const MOST_ROWS: usize = 20;

/// The most reasons that are told for which steps have no day.
const MOST_REASONS: usize = 3;

/// Why a step has no day of which nothing more is said.
const UNSAID: &str = "the day that it is counted from isn\u{2019}t given";

/// A line of steps that are shown as one: of them the earliest.
struct Line<'a> {
    first: SeasonStep<'a>,
    /// Of how many steps it tells: one for each row of a register.
    many: usize,
    step: String,
    whose: String,
}

/// Returns the calendar, with one sentence on what is late where something is; `None` where no return has a dated step.
pub(super) fn part(season: &FrameworkSeason, date: Option<Date>) -> Option<(Part, Option<String>)> {
    let all = own_steps(season, date);
    let lines = lines(season.framework, &all);
    let mut late = standing(&lines, &[Standing::Overdue, Standing::Ended]);
    late.sort_by_key(|line| line.first.step.date);
    let next = standing(&lines, &[Standing::ToCome]);
    let brief = late_sentence(&lines);
    let part = Part::new("Dates")
        .lead(sentences(as_of(&all), &lines, brief.clone()))
        .part(table("Overdue and ended", "Steps that are overdue, and what has ended", &late))
        .part(table("What comes next", "The next steps", &next));
    (!lines.is_empty()).then_some((part, brief))
}

/// Returns the dated steps of the returns on the framework.
fn own_steps<'a>(season: &FrameworkSeason<'a>, date: Option<Date>) -> Vec<SeasonStep<'a>> {
    let own = |step: &SeasonStep| step.sent.review.framework.as_ref() == Some(&season.framework.id);
    steps(season.returns, |_| date).into_iter().filter(own).collect()
}

/// Gathers like steps of the rows of one register to one line for each organisation and standing; the others stand each for
/// itself, once where several returns of an organisation have it.
fn lines<'a>(framework: &Framework, all: &[SeasonStep<'a>]) -> Vec<Line<'a>> {
    let mut numbers: BTreeMap<_, usize> = BTreeMap::new();
    for step in all {
        *numbers.entry(likeness(step)).or_default() += 1;
    }
    // Taken out once it is told.
    let told = all.iter().filter_map(|step| Some((step, numbers.remove(&likeness(step))?)));
    let line = |(step, many): (&SeasonStep<'a>, usize)| {
        let spec = step.step.register.as_deref().and_then(|id| framework.register(id));
        let of = spec.map_or_else(String::new, |spec| {
            // Where there is but one register nobody asks of which a step is.
            let of = if framework.registers.len() > 1 { format!(" ({})", spec.title) } else { String::new() };
            format!("{}{of}", planned(framework, step))
        });
        let many = if step.step.register.is_some() { many } else { 1 };
        let decided = decided(framework, step);
        Line { first: *step, many, step: format!("{}{of}{decided}", step.step.title), whose: step.whose() }
    };
    told.map(line).collect()
}

/// Says of a step that asks for another assessment that it was decided otherwise; nothing where it wasn't, or of another step.
pub(in crate::report) fn decided(framework: &Framework, step: &SeasonStep) -> &'static str {
    let is_again = framework.step(&step.step.step).is_some_and(|of| of.again);
    if is_again && reassessment::is_waived(&step.sent.review) {
        " (it was decided that what was found stands as it is)"
    } else {
        ""
    }
}

/// Says what a step of a plan is about: a criterion or measure by its name; nothing where the plan says that in its own words, which may
/// name people.
pub(in crate::report) fn planned(framework: &Framework, step: &SeasonStep) -> String {
    let review = &step.sent.review;
    let row = review.plan.iter().find(|row| Some(&row.row) == step.step.row.as_ref());
    let known = row.filter(|row| framework.criterion(&row.what).is_some() || framework.measure(&row.what).is_some());
    known.map_or_else(String::new, |row| format!(": {}", Subjects::of(framework, review).named(&row.what)))
}

/// Returns what makes steps one line.
fn likeness<'a>(step: &SeasonStep<'a>) -> (Standing, &'a str, Option<&'a str>, String, Option<Date>) {
    let register = step.step.register.as_deref();
    let day = step.step.date.filter(|_| register.is_none());
    (step.standing, step.step.step.as_str(), register, step.whose(), day)
}

/// Says that a line is the first of several rows; nothing where there is one.
fn first_of(many: usize) -> String {
    if many > 1 { format!(", the first of {many} rows of the register") } else { String::new() }
}

/// Returns the lines that stand in one of some ways.
fn standing<'a, 'b>(lines: &'b [Line<'a>], wanted: &[Standing]) -> Vec<&'b Line<'a>> {
    lines.iter().filter(|line| wanted.contains(&line.first.standing)).collect()
}

/// Returns a part with a table of lines; `None` where there are none.
fn table(title: &str, caption: &str, lines: &[&Line]) -> Option<Part> {
    let more = lines.len().saturating_sub(MOST_ROWS);
    let listed = &lines[..lines.len() - more];
    let day = |line: &&Line| line.first.step.date.map_or(Cell::Empty, |day| long_date(day).into());
    let is_late = listed.iter().any(|line| late(line).is_some());
    // Each return may give a day of its own, so how long something is late isn't of one day.
    let days: BTreeSet<Option<Date>> = listed.iter().map(|line| line.first.as_of()).collect();
    let columns = vec![
        Column::new("Day").cell(day),
        Column::new("Step").share(2.0).cell(|line: &&Line| (&line.step).into()),
        Column::new("¤Organisation").share(1.4).cell(|line: &&Line| (&line.whose).into()),
        Column::new("Rows")
            .meaning("Of how many rows of the register the step is; the day is that of the first.")
            .cell(|line: &&Line| line.many.into())
            .only_if(listed.iter().any(|line| line.many > 1)),
        Column::new("Where it stands")
            .share(1.0)
            .cell(|line: &&Line| late(line).map_or(Cell::Empty, Cell::from))
            .only_if(is_late),
        Column::new("On")
            .cell(|line: &&Line| line.first.as_of().map_or(Cell::Empty, Cell::Day))
            .only_if(is_late && days.len() > 1),
    ];
    let of_several = if listed.iter().any(|line| line.many > 1) { ", of several rows the first" } else { "" };
    let caption = format!("{caption}{of_several}");
    let as_of = |day: Date| format!("{caption}, as of {}", long_date(day));
    let of_one_day = days.first().copied().flatten().filter(|_| is_late && days.len() == 1);
    let table = Table::of(listed, columns).caption(of_one_day.map_or_else(|| caption.clone(), as_of));
    let further = count(more, "further line stands", "further lines stand");
    let further = format!("{further} in the sheet \u{201c}Dates\u{201d} of the season workbook.");
    let further = (more > 0).then_some(Block::Paragraph(further));
    (!lines.is_empty()).then(|| Part::new(title).block(table).blocks(further))
}

/// Says for how long a step is late, as of its return's day; `None` where it isn't.
fn late(line: &Line) -> Option<String> {
    let days = line.first.days_late().and_then(|days| usize::try_from(days).ok())?;
    Some(format!("{} for {}", line.first.standing.words(), how_long(days)))
}

/// Says how long so many days are: in years, where they are many.
fn how_long(days: usize) -> String {
    match days / DAYS_OF_A_YEAR {
        0 | 1 => count(days, "day", "days"),
        years => format!("over {years} years"),
    }
}

/// Returns what the calendar comes to, in words.
fn sentences(as_of: String, lines: &[Line], late: Option<String>) -> Vec<String> {
    let of = |wanted: &[Standing]| standing(lines, wanted);
    let nothing = || "Nothing is said to be overdue, and nothing has ended.".to_owned();
    let next = of(&[Standing::ToCome]).first().map(|line| {
        let day = line.first.step.date.map_or_else(String::new, |day| format!(", on {}", long_date(day)));
        format!("Next comes \u{201c}{}\u{201d} of {}{day}{}.", line.step, line.whose, first_of(line.many))
    });
    let (dated, timeless): (Vec<&Line>, Vec<&Line>) =
        of(&[Standing::NotSaid, Standing::CameSince]).into_iter().partition(|line| line.first.as_of().is_some());
    let not_said = steps_of(&dated);
    let timeless = (!timeless.is_empty()).then(|| {
        let steps = count(steps_of(&timeless), "step", "steps");
        format!("Of {steps} it isn\u{2019}t told whether the day is past: the ¤return gives no day of its own.")
    });
    let past = (not_said > 0).then(|| {
        let (steps, were) = (count(not_said, "step", "steps"), agree(not_said, "it was", "they were"));
        format!("Of {steps} whose day is past it isn\u{2019}t said whether {were} done.")
    });
    let undated = undated(&of(&[Standing::NoDay]));
    [Some(as_of), Some(late.unwrap_or_else(nothing)), next, past, timeless, undated].into_iter().flatten().collect()
}

/// Says how many steps have no day yet, and why, the commonest reason first; `None` where each has one.
fn undated(lines: &[&Line]) -> Option<String> {
    let mut whys: BTreeMap<&str, usize> = BTreeMap::new();
    for line in lines {
        *whys.entry(line.first.step.why.as_deref().unwrap_or(UNSAID)).or_default() += line.many;
    }
    let mut whys: Vec<(&str, usize)> = whys.into_iter().collect();
    whys.sort_by_key(|(_, steps)| Reverse(*steps));
    let why = match whys.as_slice() {
        [] => return None,
        [(why, _)] => (*why).to_owned(),
        several => {
            let rest: usize = several.iter().skip(MOST_REASONS).map(|(_, steps)| steps).sum();
            let told = several.iter().take(MOST_REASONS).map(|(why, steps)| format!("of {steps} {why}"));
            let rest = (rest > 0).then(|| format!("of {rest} for other reasons"));
            told.chain(rest).collect::<Vec<_>>().join("; ")
        }
    };
    Some(format!("{} no day yet: {why}.", capital(&count(steps_of(lines), "step has", "steps have"))))
}

/// Returns of how many steps some lines tell.
fn steps_of(lines: &[&Line]) -> usize {
    lines.iter().map(|line| line.many).sum()
}

/// Says what is overdue and what has ended; `None` where nothing is and nothing has.
fn late_sentence(lines: &[Line]) -> Option<String> {
    let said = |wanted: Standing, nouns: [&str; 2], verbs: [&str; 2]| {
        let late = standing(lines, &[wanted]);
        let names: BTreeSet<Option<&str>> = late.iter().map(|line| line.first.sent.organisation.as_deref()).collect();
        let of = count(names.len(), "¤organisation", "¤organisations");
        let many = steps_of(&late);
        let steps = count(many, nouns[0], nouns[1]);
        (many > 0).then(|| format!("{steps} of {of} {}", agree(many, verbs[0], verbs[1])))
    };
    let overdue = said(Standing::Overdue, ["step", "steps"], ["is overdue", "are overdue"]);
    let ended = said(Standing::Ended, ["date", "dates"], ["has ended", "have ended"]);
    let said: Vec<String> = overdue.into_iter().chain(ended).collect();
    (!said.is_empty()).then(|| format!("{}.", capital(&said.join("; "))))
}

/// Says as of which day steps stand.
fn as_of(all: &[SeasonStep]) -> String {
    let days: BTreeSet<Option<Date>> = all.iter().map(SeasonStep::as_of).collect();
    match (days.len(), days.last().copied().flatten().map(long_date)) {
        (1, Some(day)) => format!("Steps stand as of {day}."),
        (_, Some(day)) => format!("Steps stand as of the date that each ¤return gives, the latest {day}."),
        (_, None) => "No ¤return names a date, so it isn\u{2019}t said what is overdue.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::rows;
    use crate::report::Audience;
    use crate::review::DateRecord;
    use crate::schedule::StepState;
    use crate::season::sample;

    /// Returns the calendar of a season of returns that have these steps, as of 1 April 2026.
    fn viewed(dates: &[Vec<DateRecord>]) -> Option<(Part, Option<String>)> {
        let frameworks = [sample::usual()];
        let mut season = sample::season(&frameworks, dates.len());
        season.returns.truncate(dates.len());
        for ((number, sent), dates) in (1..).zip(&mut season.returns).zip(dates) {
            sent.review.dates.clone_from(dates);
            sent.organisation = Some(format!("Organisation {number}"));
        }
        of(&season)
    }

    fn of(network: &crate::season::Season) -> Option<(Part, Option<String>)> {
        let statistics = crate::statistics::Statistics::of_season(network).unwrap();
        part(&FrameworkSeason::sampled(network, &statistics, Audience::Team), Some(jiff::civil::date(2026, 4, 1)))
    }

    /// Returns the rows of the table under a heading.
    fn under(part: &Part, heading: &str) -> Vec<Vec<String>> {
        let within =
            part.blocks.iter().filter_map(|block| if let Block::Part(part) = block { Some(part) } else { None });
        within.filter(|part| part.heading.as_deref() == Some(heading)).flat_map(rows).collect()
    }

    #[test]
    fn what_is_late_for_years_is_told_in_years() {
        for (days, expected) in [(1, "1 day"), (729, "729 days"), (730, "over 2 years"), (3_424, "over 9 years")] {
            assert_eq!(how_long(days), expected);
        }
    }

    #[test]
    fn what_is_late_stands_with_who_and_since_when_and_what_comes_next_in_order() {
        let on = |id: &str, date: &str, state| sample::step(id, Some(date), state);
        let view = viewed(&[
            vec![on("plan", "2026-05-02", StepState::Due), on("papers", "2026-03-09", StepState::Overdue)],
            vec![on("report", "2026-04-20", StepState::Due), on("certificate", "2026-01-10", StepState::Expired)],
            vec![on("comments", "2026-03-20", StepState::Due), sample::step("visit", None, StepState::Unknown)],
        ]);
        let (part, brief) = view.unwrap();
        let late = [
            ["10 January 2026", "The certificate", "Organisation 2", "ended for 59 days"],
            ["9 March 2026", "The papers", "Organisation 1", "overdue for 1 day"],
        ];
        let next = [["20 April 2026", "The report", "Organisation 2"], ["2 May 2026", "The plan", "Organisation 1"]];
        assert_eq!(under(&part, "Overdue and ended"), late);
        assert_eq!(under(&part, "What comes next"), next);
        assert_eq!(brief.as_deref(), part.leading().get(1).map(String::as_str));
        let expected = [
            "Steps stand as of 10 March 2026.",
            "1 step of 1 ¤organisation is overdue; 1 date of 1 ¤organisation has ended.",
            "Next comes \u{201c}The report\u{201d} of Organisation 2, on 20 April 2026.",
            "Of 1 step whose day is past it isn\u{2019}t said whether it was done.",
            "1 step has no day yet: the day that it is counted from isn\u{2019}t given.",
        ];
        assert_eq!(part.leading(), expected);
    }

    #[test]
    fn how_long_something_is_late_is_of_one_day_or_each_of_its_own() {
        let on = |day: i8| DateRecord {
            as_of: Some(jiff::civil::date(2026, 3, day)),
            ..sample::step("papers", Some("2026-03-01"), StepState::Overdue)
        };
        let table = |days: [i8; 2]| {
            let (part, _) = viewed(&days.map(|day| vec![on(day)])).unwrap();
            let Some(Block::Part(late)) = part.blocks.into_iter().find(|block| matches!(block, Block::Part(_))) else {
                panic!("nothing is late");
            };
            let Some(Block::Table(table)) = late.blocks.into_iter().next() else { panic!("no table") };
            let headings: Vec<String> = table.columns.into_iter().map(|head| head.heading).collect();
            (table.caption.unwrap(), headings.last().unwrap().clone())
        };
        let (caption, last) = table([10, 10]);
        assert!(caption.ends_with(", as of 10 March 2026") && last == "Where it stands", "{caption}, {last}");
        let (caption, last) = table([10, 12]);
        assert!(!caption.contains("2026") && last == "On", "{caption}, {last}");
    }

    #[test]
    fn a_step_of_a_return_without_a_day_isnt_called_past() {
        let step = DateRecord { as_of: None, ..sample::step("plan", Some("2026-05-02"), StepState::Unknown) };
        let (part, _) =
            viewed(&[vec![step], vec![sample::step("report", Some("2026-01-02"), StepState::Unknown)]]).unwrap();
        let said = part.leading();
        assert!(said.iter().any(|said| said.starts_with("Of 1 step whose day is past")), "{said:?}");
        assert!(said.iter().any(|said| said.starts_with("Of 1 step it isn\u{2019}t told whether")), "{said:?}");
    }

    #[test]
    fn rows_of_a_register_are_one_line_and_nobody_of_it_is_named() {
        let of = |row: &str, date: &str| DateRecord {
            register: Some("partners".into()),
            row: Some(row.to_owned()),
            ..sample::step("payment", Some(date), StepState::Overdue)
        };
        let (part, brief) = viewed(&[vec![of("Jo Bloggs", "2026-03-01"), of("Acme", "2026-02-01")]]).unwrap();
        // A number is no text.
        let expected = ["1 February 2026", "The payment", "Organisation 1", "", "overdue for 37 days"];
        assert_eq!(under(&part, "Overdue and ended"), [expected]);
        assert_eq!(brief.as_deref(), Some("2 steps of 1 ¤organisation are overdue."));
        assert_eq!([1, 2].map(first_of), ["", ", the first of 2 rows of the register"]);
    }

    #[test]
    fn why_steps_have_no_day_is_told_as_it_is_of_each() {
        let open = |id: &str, why: Option<&str>| DateRecord {
            why: why.map(ToOwned::to_owned),
            ..sample::step(id, None, StepState::Unknown)
        };
        let (unsettled, blank) =
            ("whether it arises isn\u{2019}t known", "\u{201c}Interview date\u{201d} isn\u{2019}t filled in");
        let cases: [(&[Option<&str>], &str); 4] = [
            (&[None], "1 step has no day yet: the day that it is counted from isn\u{2019}t given."),
            (&[Some(unsettled), Some(unsettled)], "2 steps have no day yet: whether it arises isn\u{2019}t known."),
            (
                &[Some(blank), Some(unsettled), Some(unsettled)],
                "3 steps have no day yet: of 2 whether it arises isn\u{2019}t known; of 1 \u{201c}Interview date\u{201d} isn\u{2019}t filled in.",
            ),
            (
                &[Some("a"), Some("b"), Some("c"), Some("d"), Some("e")],
                "5 steps have no day yet: of 1 a; of 1 b; of 1 c; of 2 for other reasons.",
            ),
        ];
        for (whys, expected) in cases {
            let dates: Vec<Vec<DateRecord>> = whys.iter().map(|why| vec![open("visit", *why)]).collect();
            let (part, _) = viewed(&dates).unwrap();
            assert_eq!(part.leading().last().map(String::as_str), Some(expected));
        }
    }

    #[test]
    fn a_season_without_dates_has_no_calendar() {
        assert!(viewed(&[vec![], vec![]]).is_none());
    }
}
