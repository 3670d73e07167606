//! A cell as a day, however it is stored.
//!
//! A day that no return can mean is none: a year, a time or nought in a cell formatted as a date shows a day of which nobody
//! thought, and so does a year of two digits that is taken for one of the last century.

use std::borrow::Cow;
use std::ops::RangeInclusive;

use jiff::civil::{Date, date};

use crate::day::long_date;
use crate::exact::Exact;
use crate::finding::{Finding, Findings, LONGEST_FORMULA, Severity};
use crate::wording::excerpt;
use crate::workbook::{Uses, Value};

use super::date::{DateText, month_of, parse};
use super::place::Spot;
use super::rule::{ANSWER_IS_A_DATE, ANSWER_IS_A_FORMULA, DATE_AS_TEXT, DATE_UNREADABLE};

/// The days that a return can mean.
const MEANT: RangeInclusive<Date> = date(1940, 1, 1)..=date(2119, 12, 31);

/// Numbers that look like a year.
const YEARS: RangeInclusive<f64> = 1900.0..=2199.0;

/// Functions that give another day each time the workbook is opened.
const PASSING: [&str; 2] = ["TODAY", "NOW"];

/// What a cell says about a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// This day.
    Day(Date),
    /// Day and month can be either way round.
    Ambiguous,
    /// No day; why.
    Nothing(Cow<'static, str>),
}

/// Reads a day, stored as one or typed as text, and says what is wrong with it.
pub(super) fn read(spot: &Spot, value: &Value, findings: &mut Findings) -> Option<Date> {
    let why = match said(spot, value) {
        Said::Day(day) => {
            findings.extend(odd(spot, value, day));
            return Some(day);
        }
        Said::Ambiguous => "it can't be told which number is the day and which the month".into(),
        Said::Nothing(why) => why,
    };
    findings.push(unreadable(spot, value, &why));
    None
}

/// Returns what a value says about a day.
pub(super) fn said(spot: &Spot, value: &Value) -> Said {
    let no_date = || Said::Nothing("that is no date".into());
    match value {
        Value::Date(serial) => of_serial(spot, *serial),
        Value::Number(number) if spot.shows_words() => {
            let held = Exact::from_float(*number)
                .map(|number| format!("the cell holds the number {number}, and "))
                .unwrap_or_default();
            Said::Nothing(format!("{held}what it shows is no date").into())
        }
        Value::Number(number) if YEARS.contains(number) => Said::Nothing("it names a year and no day".into()),
        Value::Number(number) => {
            spot.dates.date(*number).filter(|day| MEANT.contains(day)).map_or_else(no_date, Said::Day)
        }
        Value::Text(text) => match parse(text) {
            DateText::Day(day) => {
                meant(day).map_or_else(|why| Said::Nothing(format!("as {} it {why}", long_date(day)).into()), Said::Day)
            }
            DateText::Ambiguous => Said::Ambiguous,
            DateText::Unclear(why) => month_asked_for(spot, text).map_or_else(|| Said::Nothing(why.into()), Said::Day),
            DateText::NotADate => no_date(),
        },
        Value::Elapsed(_) | Value::Picture | Value::Logical(_) | Value::Error(_) | Value::Empty => no_date(),
    }
}

/// Returns the first day of the month that a text names, where its cell's format asks for a month and a year and no day.
fn month_asked_for(spot: &Spot, text: &str) -> Option<Date> {
    // The first of a month, the day after it, the first of the next month, and the same day a year on.
    let [first, next_day, next_month, next_year] = [45_658.0, 45_659.0, 45_689.0, 46_023.0];
    let format = spot.cell?.look.format.as_ref()?;
    let shown = |serial: f64| format.number(serial, spot.dates);
    let month = shown(first);
    let is_for_months = month == shown(next_day) && month != shown(next_month) && month != shown(next_year);
    month_of(text).filter(|day| is_for_months && meant(*day).is_ok())
}

/// Returns the day that a cell formatted as a date holds, as words where what it shows leaves the year or the day open: “Dec-13”.
pub(super) fn in_full(spot: &Spot) -> Option<String> {
    let value = &spot.cell?.value;
    let written = spot.written();
    let names_year = written.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() == 4);
    match (value, said(spot, value)) {
        (Value::Date(_), Said::Day(day)) if !names_year => Some(day.strftime("%d/%m/%Y").to_string()),
        _ => None,
    }
}

/// Returns the day that a cell holds, in words; `None` where it holds none.
pub(super) fn in_words(spot: &Spot) -> Option<String> {
    match said(spot, &spot.cell?.value) {
        Said::Day(day) => Some(long_date(day)),
        Said::Ambiguous | Said::Nothing(_) => None,
    }
}

/// Says that words, a range perhaps (“6-12”), have become a day: a program that takes them for one shows it without its year.
pub(super) fn turned(spot: &Spot) -> Option<Finding> {
    let value = &spot.cell?.value;
    let Said::Day(day) = said(spot, value) else { return None };
    spot.parts_of_day().filter(|parts| parts.month && !parts.year)?;
    let message =
        format!("the entry has become the date “{}”; it was read as {}", spot.written().trim(), long_date(day));
    let finding = spot.finding(&ANSWER_IS_A_DATE, message).with_severity(Severity::Warning);
    Some(
        finding.with_help(
            "If no date is meant, format the cell as text and type the entry again; else show its year too.",
        ),
    )
}

/// Says that a cell shows a day that can't be meant, as it holds a number that was no day's.
pub(super) fn unmeant(spot: &Spot, value: &Value) -> Option<Finding> {
    match said(spot, value) {
        Said::Nothing(why) if held(value).is_some() => Some(unreadable(spot, value, &why)),
        Said::Nothing(_) | Said::Day(_) | Said::Ambiguous => None,
    }
}

/// Returns the day that a cell formatted as a date shows.
fn of_serial(spot: &Spot, serial: f64) -> Said {
    if is_time(serial) {
        return Said::Nothing("that is a time and names no day".into());
    }
    let why = match spot.dates.date(serial).filter(|_| serial >= 1.0).map(meant) {
        Some(Ok(day)) => return Said::Day(day),
        Some(Err(_)) if YEARS.contains(&serial) => "looks like a year",
        Some(Err(why)) => why,
        None => "is no day",
    };
    Said::Nothing(format!("that {why}").into())
}

/// Whether a serial is a time of no day.
fn is_time(serial: f64) -> bool {
    serial > 0.0 && serial < 1.0
}

/// Returns a day that can be meant, or why it can't.
fn meant(day: Date) -> Result<Date, &'static str> {
    if MEANT.contains(&day) {
        Ok(day)
    } else if day < *MEANT.start() {
        Err("lies too long ago to be meant")
    } else {
        Err("lies too far ahead to be meant")
    }
}

/// Says what is odd about a day that is read all the same.
fn odd(spot: &Spot, value: &Value, day: Date) -> Vec<Finding> {
    let stored = match value {
        Value::Text(_) => Some(as_text(spot, day)),
        // Of what nobody sees it is told that it is hidden.
        Value::Number(_) => (!spot.cell.is_some_and(|cell| cell.is_masked(spot.dates))).then(|| unformatted(spot, day)),
        Value::Date(_) | Value::Elapsed(_) | Value::Picture | Value::Logical(_) | Value::Error(_) | Value::Empty => {
            None
        }
    };
    stored.into_iter().chain(passing(spot)).collect()
}

/// Says that a day is typed as text.
fn as_text(spot: &Spot, day: Date) -> Finding {
    let message = format!("the date is typed as text (“{}”); it was read as {}", spot.written(), long_date(day));
    let help = "Type the date again in a cell formatted as a date.";
    spot.finding(&DATE_AS_TEXT, message).with_expected(day.to_string()).with_help(help)
}

/// Says that a cell with a day isn't formatted as a date.
fn unformatted(spot: &Spot, day: Date) -> Finding {
    let message = format!(
        "the date is a number (“{}”), as the cell isn't formatted as a date; it was read as {}",
        spot.written(),
        long_date(day)
    );
    let help = "Format the cell as a date, and check the day that it then shows.";
    spot.finding(&DATE_AS_TEXT, message).with_expected(day.to_string()).with_help(help)
}

/// Says that a day is another one each time the workbook is opened.
fn passing(spot: &Spot) -> Option<Finding> {
    let formula = spot.cell?.formula.as_deref()?;
    Uses::of(formula).functions.iter().find(|function| PASSING.contains(&function.as_str()))?;
    let formula = excerpt(formula, LONGEST_FORMULA);
    let message = format!(
        "the date {} is worked out by the formula ={formula}, which gives another each time the workbook is opened; its \
         stored result is used",
        spot.written()
    );
    Some(spot.finding(&ANSWER_IS_A_FORMULA, message).with_help("Type the date itself."))
}

/// Returns the number that a cell holds which shows a day.
fn held(value: &Value) -> Option<Exact> {
    match value {
        Value::Date(serial) if !is_time(*serial) => Exact::from_float(*serial),
        Value::Date(_)
        | Value::Empty
        | Value::Text(_)
        | Value::Number(_)
        | Value::Elapsed(_)
        | Value::Logical(_)
        | Value::Error(_)
        | Value::Picture => None,
    }
}

/// Says that a day can't be read, and what a cell that shows one holds.
fn unreadable(spot: &Spot, value: &Value, why: &str) -> Finding {
    let number = held(value).map(|number| format!("the cell holds the number {number}, and ")).unwrap_or_default();
    let message = format!("the date is “{}”: {number}{why}", spot.written().trim());
    let help = "Type the date as dd/mm/yyyy in a cell formatted as a date.";
    spot.finding(&DATE_UNREADABLE, message).with_expected("a date").with_help(help)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::cell::CellRef;
    use crate::framework::{EntryKind, Tense};
    use crate::returns::{Entry, EntryValue, Reading, entry};
    use crate::workbook::{Cell, DateSystem, Look, NumberFormat, Sheet};

    const SYSTEMS: [DateSystem; 2] = [DateSystem::From1900, DateSystem::From1904];

    /// Reads a cell of a format as an entry of a kind, with the messages of its findings.
    fn told(value: Value, code: &str, kind: &EntryKind, dates: DateSystem) -> (Entry, Vec<String>) {
        let at = CellRef::new(1, 1);
        let look = Look { format: NumberFormat::of(code).map(Arc::new), ..Look::default() };
        let cell = Cell { look, ..Cell::new(at, value, None) };
        let sheet = Sheet { cells: vec![cell], ..Sheet::empty("A") };
        let mut findings = Findings::default();
        let entry = entry::read(&Spot::new(&sheet, at, dates, ""), kind, &mut findings);
        let findings = findings.into_sorted();
        (entry, findings.iter().map(|finding| format!("{}: {}", finding.rule, finding.message)).collect())
    }

    fn kinds() -> [EntryKind; 3] {
        let words = |word: &str| vec![vec![word.to_owned()]];
        [EntryKind::Date(Tense::Any), EntryKind::Date(Tense::Past), EntryKind::Mark(words("Y"))]
    }

    #[test]
    fn what_no_return_can_mean_is_no_day_in_any_place_for_one() {
        let years = (1900..=2199).map(f64::from);
        let others = [-1.0, 0.0, 0.25, 0.999, 1.0, 14.0, 31.5, 60.0, 825.0, 1408.0, 202_508.0, 20_250_814.0, 1e12];
        for number in years.chain(others) {
            for dates in SYSTEMS {
                for code in ["dd/mm/yyyy", "mmmm yyyy", "d mmm yy", "dd/mm/yyyy hh:mm", "hh:mm"] {
                    for kind in kinds() {
                        let (entry, told) = told(Value::Date(number), code, &kind, dates);
                        assert_eq!(entry.reading, Reading::Unusable, "{number} {code} {kind:?} {dates:?}");
                        let is_said = told.len() == 1 && told[0].starts_with("date-unreadable: ");
                        assert!(is_said, "{number} {code} {kind:?} {dates:?}: {told:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn days_of_living_memory_and_of_the_century_to_come_are_read() {
        for dates in SYSTEMS {
            let first = if dates == DateSystem::From1900 { 14_611.0 } else { 13_149.0 };
            for number in [first, first + 20_000.0, first + 31_000.25, first + 65_700.0] {
                for kind in kinds() {
                    let (entry, told) = told(Value::Date(number), "dd/mm/yyyy", &kind, dates);
                    assert!(entry.given().is_some() && told.is_empty(), "{number} {kind:?} {dates:?}: {told:?}");
                }
            }
            let (entry, _) = told(Value::Date(first - 1.0), "dd/mm/yyyy", &kinds()[0], dates);
            assert_eq!(entry.reading, Reading::Unusable, "{dates:?}");
        }
    }

    #[test]
    fn words_may_be_a_time_and_no_day_that_can_not_be_meant() {
        for (number, is_told) in [(0.5, false), (45_891.0, false), (2025.0, true), (14.0, true), (202_508.0, true)] {
            for kind in [EntryKind::Text, EntryKind::Contact] {
                let (_, told) = told(Value::Date(number), "dd/mm/yyyy", &kind, DateSystem::From1900);
                assert_eq!(!told.is_empty(), is_told, "{number} {kind:?}: {told:?}");
            }
        }
    }

    #[test]
    fn messages_say_what_is_there_and_why_it_is_no_day() {
        use Value::{Date, Number};
        let text = |text: &str| Value::Text(text.into());
        let cases = [
            (
                Date(2025.0),
                "dd/mm/yyyy",
                "date-unreadable: the date is “17/07/1905”: the cell holds the number 2025, and that looks like a year",
            ),
            (
                Date(0.0),
                "dd/mm/yyyy",
                "date-unreadable: the date is “00/01/1900”: the cell holds the number 0, and that is no day",
            ),
            (Date(0.5), "hh:mm", "date-unreadable: the date is “12:00”: that is a time and names no day"),
            (
                Date(14.0),
                "dd/mm/yyyy",
                "date-unreadable: the date is “14/01/1900”: the cell holds the number 14, and that lies too long ago to be meant",
            ),
            (Number(2025.0), "", "date-unreadable: the date is “2025”: it names a year and no day"),
            (Number(25.0), "", "date-unreadable: the date is “25”: that is no date"),
            (
                text("22/08/30"),
                "",
                "date-unreadable: the date is “22/08/30”: as 22 August 1930 it lies too long ago to be meant",
            ),
            (
                text("22/08/1925"),
                "",
                "date-unreadable: the date is “22/08/1925”: as 22 August 1925 it lies too long ago to be meant",
            ),
            (
                Number(45_891.0),
                "#,##0",
                "date-as-text: the date is a number (“45,891”), as the cell isn't formatted as a date; it was read as 22 August 2025",
            ),
            (
                Number(45_891.0),
                "0%",
                "date-as-text: the date is a number (“4589100%”), as the cell isn't formatted as a date; it was read as 22 August 2025",
            ),
            (
                Number(45_891.0),
                "\"TBC\"",
                "date-unreadable: the date is “TBC”: the cell holds the number 45891, and what it shows is no date",
            ),
            (text("2 Feb"), "", "date-unreadable: the date is “2 Feb”: it names a day and a month and no year"),
            (text("July 2016"), "dd/mm/yyyy", "date-unreadable: the date is “July 2016”: it names a month and no day"),
            (
                text("22 August 2025"),
                "",
                "date-as-text: the date is typed as text (“22 August 2025”); it was read as 22 August 2025",
            ),
        ];
        for (value, code, expected) in cases {
            let (_, told) = told(value.clone(), code, &kinds()[0], DateSystem::From1900);
            assert_eq!(told, [expected], "{value:?} {code}");
        }
    }

    #[test]
    fn a_month_where_the_format_asks_for_months_is_its_first_day() {
        for code in ["mmmm yyyy", "mmm-yy", "mm/yyyy", "mmm yyyy", "[$-809]mmmm yyyy"] {
            for written in ["July 2016", "Jul-16", "07/2016", "jul 2016"] {
                let (entry, told) = told(Value::Text(written.into()), code, &kinds()[0], DateSystem::From1900);
                assert_eq!(entry.given(), Some(&EntryValue::Date(date(2016, 7, 1))), "{written} in {code}");
                assert!(told.len() == 1 && told[0].starts_with("date-as-text: "), "{told:?}");
            }
        }
        for code in ["", "dd/mm/yyyy", "dd-mmm", "0.0", "hh:mm", "yyyy", "d mmm yy"] {
            let (entry, _) = told(Value::Text("July 2016".into()), code, &kinds()[0], DateSystem::From1900);
            assert_eq!(entry.reading, Reading::Unusable, "{code}");
        }
    }

    #[test]
    fn a_day_among_words_is_told_in_full() {
        let cases = [
            ("mmm-yy", "01/12/2013"),
            ("dd-mmm", "01/12/2013"),
            ("d/m", "01/12/2013"),
            ("dd/mm/yy", "01/12/2013"),
            ("mmmm yyyy", "December 2013"),
            ("dd/mm/yyyy", "01/12/2013"),
        ];
        for (code, expected) in cases {
            let (entry, _) = told(Value::Date(41_609.0), code, &EntryKind::Text, DateSystem::From1900);
            assert_eq!(entry.given(), Some(&EntryValue::Text(expected.into())), "{code}");
        }
    }

    #[test]
    fn a_day_that_passes_is_told() {
        let cases =
            [("TODAY()", true), ("INT(NOW())", true), ("today()+7", true), ("DATE(2025,8,22)", false), ("B2", false)];
        for (formula, is_told) in cases {
            let at = CellRef::new(1, 1);
            let cell = Cell::new(at, Value::Date(45_891.0), Some(formula.into()));
            let sheet = Sheet { cells: vec![cell], ..Sheet::empty("A") };
            let mut findings = Findings::default();
            let entry = entry::read(&Spot::new(&sheet, at, DateSystem::From1900, ""), &kinds()[0], &mut findings);
            assert_eq!(entry.given(), Some(&EntryValue::Date(date(2025, 8, 22))), "{formula}");
            assert_eq!(findings.into_sorted().len(), usize::from(is_told), "{formula}");
        }
    }
}
