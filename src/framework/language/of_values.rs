//! The functions that every expression has: of numbers, days and texts.

use super::{Argument, Function, Gives, Kind, Need, Place, Takes, Upon, Wanting};

/// An argument that always stands there.
const fn needed(name: &'static str, kind: Kind) -> Argument {
    Argument { name, kind, need: Need::Once }
}

/// An argument that may be left out.
const fn optional(name: &'static str, kind: Kind) -> Argument {
    Argument { name, kind, need: Need::AtMostOnce }
}

/// An argument that stands there once or more.
const fn repeated(name: &'static str, kind: Kind) -> Argument {
    Argument { name, kind, need: Need::Repeated }
}

const NUMBER: &[Argument] = &[needed("number", Kind::Number)];
const TEXT: &[Argument] = &[needed("text", Kind::Text)];
const DAY: &[Argument] = &[needed("day", Kind::Day)];
const DAY_AND_NUMBER: &[Argument] = &[needed("day", Kind::Day), needed("number", Kind::Number)];
const TWO_DAYS: &[Argument] = &[needed("from", Kind::Day), needed("to", Kind::Day)];
const TEXT_AND_PART: &[Argument] = &[needed("text", Kind::Text), needed("part", Kind::Text)];
const SEVERAL: &[Argument] = &[repeated("value", Kind::Any)];

/// Begins to describe a function of values.
const fn of(name: &'static str, takes: &'static [Argument], gives: Kind) -> Function {
    let function = Function::of(name, Place::Everywhere, Takes::Values(takes), Gives::A(gives));
    Function { upon: Upon::OF_VALUES, ..function }
}

/// Begins to describe a function that gives one of its arguments.
const fn one_of(name: &'static str) -> Function {
    Function { gives: Gives::LikeArguments, ..of(name, SEVERAL, Kind::Any) }
}

/// The functions.
pub(super) const FUNCTIONS: &[Function] = &[
    of("abs", NUMBER, Kind::Number).does("The number without its sign.").shown("abs(3 - 5)", "2"),
    of("contact_misspelt", TEXT, Kind::Text)
        .does("The first piece of a text that is meant as an e-mail address or a telephone number and is none; nothing where all are right.")
        .shown("contact_misspelt('office: rowan@garden')", "rowan@garden"),
    of("contains", TEXT_AND_PART, Kind::Truth)
        .does("Whether a text has a part, letter for letter.")
        .shown("contains('Rose Lane', 'Lane')", "yes"),
    of("counted", &[needed("number", Kind::Number), needed("one", Kind::Text), needed("many", Kind::Text)], Kind::Text)
        .does("A number with its noun, for messages.")
        .shown("counted(2, 'plot', 'plots')", "2 plots"),
    of("date", TEXT, Kind::Day)
        .does("A day that is written out, the year first.")
        .shown("date('2026-09-30')", "2026-09-30")
        .upon(Wanting::NoPart, Wanting::NoPart, Wanting::NoPart),
    of("days_after", DAY_AND_NUMBER, Kind::Day)
        .does("The day so many days after another.")
        .shown("days_after(date('2026-01-31'), 30)", "2026-03-02"),
    of("days_before", DAY_AND_NUMBER, Kind::Day)
        .does("The day so many days before another.")
        .shown("days_before(date('2026-03-01'), 1)", "2026-02-28"),
    of("days_between", TWO_DAYS, Kind::Number)
        .does("How many days there are from one day to another; below nought where the second is earlier.")
        .shown("days_between(date('2026-06-01'), date('2026-06-30'))", "29"),
    of("end_named", TEXT, Kind::Day)
        .does("The latest day that a text names as the end of something; a month alone means its last day.")
        .shown("end_named('Lease no. 7, valid to 16/10/2026')", "2026-10-16"),
    one_of("first_given")
        .does("The first of its arguments that there is.")
        .shown("first_given(none, 3)", "3")
        .upon(Wanting::NoPart, Wanting::PassedOver, Wanting::Open),
    of("is_email", TEXT, Kind::Truth)
        .does("Whether a text is an e-mail address, or one a line.")
        .shown("is_email('rowan@garden.example')", "yes"),
    of("is_telephone", TEXT, Kind::Truth)
        .does("Whether a text is a telephone number, or one a line.")
        .shown("is_telephone('0131 496 0000')", "yes"),
    of("lines", TEXT, Kind::Number)
        .does("How many lines of a text say something.")
        .shown("lines('Dig; plant')", "1"),
    of("long_date", DAY, Kind::Text)
        .does("A day in words, for messages.")
        .shown("long_date(date('2026-06-02'))", "2 June 2026"),
    of("lower", TEXT, Kind::Text).does("A text in small letters.").shown("lower('MET')", "met"),
    of("matches_wording", &[needed("one", Kind::Text), needed("other", Kind::Text)], Kind::Truth)
        .does("Whether two texts have the same words, capitals, blanks and stops apart.")
        .shown("matches_wording('Not  met:', 'not met')", "yes"),
    one_of("max").does("The greatest of several numbers, or the last of several days.").shown("max(3, 2.5, 4)", "4"),
    one_of("min").does("The least of several numbers, or the first of several days.").shown("min(3, 2.5, 4)", "2.5"),
    of("money", NUMBER, Kind::Text)
        .does("An amount of money as people write it, for messages.")
        .shown("money(11500)", "11,500"),
    of("months_after", DAY_AND_NUMBER, Kind::Day)
        .does("The day so many months after another; a day that the month doesn't have is its last.")
        .shown("months_after(date('2026-08-31'), 6)", "2027-02-28"),
    of("months_before", DAY_AND_NUMBER, Kind::Day)
        .does("The day so many months before another; a day that the month doesn't have is its last.")
        .shown("months_before(date('2026-09-30'), 6)", "2026-03-30"),
    of("organisation_name", TEXT, Kind::Text)
        .does("The name of an organisation in small letters and without its formalities, to compare it with another.")
        .shown("organisation_name('Rose Lane Gardens Ltd')", "rose lane gardens"),
    of("percentage", &[needed("part", Kind::Number), needed("whole", Kind::Number)], Kind::Number)
        .does("A part in percent of a whole; not known where the whole is nought.")
        .shown("percentage(3, 4)", "75"),
    of("round", &[needed("number", Kind::Number), optional("places", Kind::Number)], Kind::Number)
        .does("A number rounded to so many places, halves away from nought; without places, to a whole number.")
        .shown("round(2.345, 2)", "2.35"),
    of("short_date", DAY, Kind::Text)
        .does("A day in few letters, for tables in reports.")
        .shown("short_date(date('2026-06-02'))", "2\u{a0}Jun\u{a0}2026"),
    of("starts_with", &[needed("text", Kind::Text), needed("start", Kind::Text)], Kind::Truth)
        .does("Whether a text begins with another, letter for letter.")
        .shown("starts_with('Rose Lane', 'Rose')", "yes"),
    of("timescale_end", &[needed("text", Kind::Text), needed("from", Kind::Day)], Kind::Day)
        .does("The last day that a text such as “6 months” or “Q2 2026” names, counted from a day on.")
        .shown("timescale_end('6-9 months', date('2026-06-01'))", "2027-03-01"),
    of("timescales_unreadable", TEXT, Kind::Number)
        .does("How many lines of a text are no timescale.")
        .shown("timescales_unreadable('as soon as we can')", "1"),
    of("weeks_after", DAY_AND_NUMBER, Kind::Day)
        .does("The day so many weeks after another.")
        .shown("weeks_after(date('2026-01-01'), 2)", "2026-01-15"),
    of("weeks_before", DAY_AND_NUMBER, Kind::Day)
        .does("The day so many weeks before another.")
        .shown("weeks_before(date('2026-03-10'), 2)", "2026-02-24"),
    of("weeks_between", TWO_DAYS, Kind::Number)
        .does("How many weeks there are from one day to another, as an exact fraction.")
        .shown("weeks_between(date('2026-06-01'), date('2026-06-15'))", "2"),
    of("year_start", &[needed("year", Kind::Text), needed("month", Kind::Number)], Kind::Day)
        .does("The first day of a year such as 2026/27 that begins with a month.")
        .shown("year_start('2026/27', 9)", "2026-09-01"),
    of("years_after", DAY_AND_NUMBER, Kind::Day)
        .does("The day so many years after another.")
        .shown("years_after(date('2024-02-29'), 1)", "2025-02-28"),
];
