//! The functions that every expression has, whatever it is about.
//!
//! They count exactly; months and years are calendar ones, and a day beyond the month's end becomes its last. An
//! argument that isn't known makes the result not known, save in `first_given`, which is there to replace it; one that can't be
//! told makes it open.

use jiff::civil::Date;
use jiff::{Span, Unit};

use super::{Quantity, contact, day, timescale};
use crate::day::long_date;
use crate::exact::Exact;
use crate::framework::language::{self, Place};
use crate::wording::{Wording, organisation_name};
use crate::words::counted;

/// Whether every expression has this function.
pub fn is_built_in(name: &str) -> bool {
    takes(name).is_some()
}

/// Returns the fewest and the most arguments of a function that every expression has.
fn takes(name: &str) -> Option<(usize, usize)> {
    language::function(name)
        .filter(|function| function.place == Place::Everywhere)
        .map(|function| function.takes.count())
}

/// Says what is wrong with the number of arguments of one of these functions; `None` where nothing is.
pub(super) fn wanting(function: &str, given: usize) -> Option<String> {
    let (least, most) = takes(function)?;
    let plural = |count: usize| if count == 1 { "argument" } else { "arguments" };
    let wanted = match (least, most) {
        (least, most) if (least..=most).contains(&given) => return None,
        (least, usize::MAX) => format!("at least {least} {}", plural(least)),
        (least, most) if least == most => format!("{most} {}", plural(most)),
        (least, most) => format!("{least} to {most} arguments"),
    };
    Some(format!("`{function}` takes {wanted}, not {given}"))
}

/// Calls one of these functions; `None` where there is none of this name.
pub(super) fn call(function: &str, arguments: &[Quantity]) -> Option<Quantity> {
    if !is_built_in(function) {
        return None;
    }
    if function == "first_given" {
        return Some(first_given(arguments));
    }
    if arguments.iter().any(Quantity::has_open) {
        return Some(over_ends(function, arguments));
    }
    let all = || on_numbers(function, arguments).or_else(|| on_dates(function, arguments));
    Some(all().or_else(|| on_texts(function, arguments)).unwrap_or(Quantity::Unknown))
}

/// Returns the first value that there is; where it can't be told whether there is one, all that it can be.
fn first_given(arguments: &[Quantity]) -> Quantity {
    let surely = arguments.iter().position(Quantity::is_given).map_or(arguments.len(), |surely| surely + 1);
    let candidates = arguments[..surely].iter().filter(|argument| **argument != Quantity::Unknown);
    let candidates: Vec<Quantity> = candidates.cloned().collect();
    match &candidates[..] {
        [] => Quantity::Unknown,
        [only] => only.clone(),
        several => Quantity::one_of(several.iter().cloned()),
    }
}

/// Works a function out at the ends of arguments that can't be told, where it grows with each of them.
fn over_ends(function: &str, arguments: &[Quantity]) -> Quantity {
    if arguments.contains(&Quantity::Unknown) {
        return Quantity::Unknown;
    }
    let at = |end: fn(&Quantity) -> &Quantity| -> Vec<Quantity> {
        arguments.iter().map(|argument| end(argument).clone()).collect()
    };
    let (least, most) = (at(Quantity::least), at(Quantity::most));
    let worth = |arguments: &[Quantity]| on_numbers(function, arguments).unwrap_or_default();
    let between = match (function, &least[..], &most[..]) {
        ("min" | "max" | "round", least, most) => Quantity::between(worth(least), worth(most)),
        ("percentage", [small @ Quantity::Number(least), few @ Quantity::Number(divisor)], [large, many])
            if !least.is_negative() && *divisor > Exact::zero() =>
        {
            Quantity::between(worth(&[small.clone(), many.clone()]), worth(&[large.clone(), few.clone()]))
        }
        ("money", [Quantity::Number(least)], [Quantity::Number(most)]) => {
            return format!("{} to {}", grouped(least), grouped(most)).into();
        }
        ("counted", [least @ Quantity::Number(_), ..], [Quantity::Number(most), _, Quantity::Text(many)]) => {
            return format!("{least} to {}", counted(most, many, many)).into();
        }
        _ => Quantity::open(),
    };
    if arguments.iter().all(Quantity::is_given) { between } else { between.perhaps() }
}

/// Returns an amount of money as people write it.
fn grouped(amount: &Exact) -> String {
    amount.to_grouped(if amount.is_whole() { 0 } else { 2 })
}

/// Works out the functions of numbers.
fn on_numbers(function: &str, arguments: &[Quantity]) -> Option<Quantity> {
    let number = match (function, arguments) {
        ("percentage", [Quantity::Number(part), Quantity::Number(whole)]) => {
            (part * &Exact::from(100)).divided_by(whole)?
        }
        ("abs", [Quantity::Number(number)]) => number.abs(),
        ("round", [Quantity::Number(number)]) => number.rounded(0),
        ("round", [Quantity::Number(number), Quantity::Number(places)]) => {
            number.rounded(u32::try_from(places.to_whole()?).ok().filter(|places| *places <= 100)?)
        }
        ("min" | "max", arguments) => return extreme(function, arguments),
        _ => return None,
    };
    Some(Quantity::Number(number))
}

/// Returns the least or the most of several numbers or several days.
fn extreme(function: &str, arguments: &[Quantity]) -> Option<Quantity> {
    let several = match arguments {
        [Quantity::List(several)] => several,
        arguments => arguments,
    };
    let numbers: Option<Vec<&Exact>> = several.iter().map(Quantity::number).collect();
    let days: Option<Vec<Date>> = several.iter().map(Quantity::date).collect();
    match (function, numbers, days) {
        ("min", Some(numbers), _) => numbers.into_iter().min().cloned().map(Quantity::Number),
        ("max", Some(numbers), _) => numbers.into_iter().max().cloned().map(Quantity::Number),
        ("min", None, Some(days)) => days.into_iter().min().map(Quantity::Date),
        ("max", None, Some(days)) => days.into_iter().max().map(Quantity::Date),
        _ => None,
    }
}

/// Works out the functions of days.
fn on_dates(function: &str, arguments: &[Quantity]) -> Option<Quantity> {
    match arguments {
        [Quantity::Date(from), Quantity::Date(to)] => {
            let days = from.until((Unit::Day, *to)).ok()?.get_days();
            match function {
                "days_between" => Some(Quantity::Number(days.into())),
                "weeks_between" => Exact::ratio(days, 7).map(Quantity::Number),
                _ => None,
            }
        }
        [Quantity::Date(day), Quantity::Number(count)] => {
            let count = count.to_whole()?;
            let span = match function {
                "days_after" => Span::new().try_days(count),
                "days_before" => Span::new().try_days(count.checked_neg()?),
                "weeks_after" => Span::new().try_weeks(count),
                "weeks_before" => Span::new().try_weeks(count.checked_neg()?),
                "months_after" => Span::new().try_months(count),
                "months_before" => Span::new().try_months(count.checked_neg()?),
                "years_after" => Span::new().try_years(count),
                _ => return None,
            };
            day.checked_add(span.ok()?).ok().map(Quantity::Date)
        }
        _ => None,
    }
}

/// Works out the functions of texts.
fn on_texts(function: &str, arguments: &[Quantity]) -> Option<Quantity> {
    match (function, arguments) {
        ("is_email", [Quantity::Text(text)]) => Some(Quantity::Truth(text.lines().all(contact::is_email))),
        ("is_telephone", [Quantity::Text(text)]) => Some(Quantity::Truth(text.lines().all(contact::is_telephone))),
        ("contact_misspelt", [Quantity::Text(text)]) => Some(contact::misspelt(text).into()),
        ("lines", [Quantity::Text(text)]) => Some(Quantity::Number(timescale::lines(text).count().into())),
        ("timescales_unreadable", [Quantity::Text(text)]) => Some(Quantity::Number(timescale::unreadable(text).into())),
        ("timescale_end", [Quantity::Text(text), Quantity::Date(from)]) => {
            Some(timescale::end(text, *from).map(Quantity::Date).into())
        }
        ("year_start", [Quantity::Text(year), Quantity::Number(month)]) => year_start(year, month).map(Quantity::Date),
        ("counted", [Quantity::Number(number), Quantity::Text(one), Quantity::Text(many)]) => {
            Some(counted(number, one, many).into())
        }
        ("money", [Quantity::Number(amount)]) => Some(grouped(amount).into()),
        ("long_date", [Quantity::Date(day)]) => Some(long_date(*day).into()),
        ("short_date", [Quantity::Date(day)]) => {
            Some(format!("{}\u{a0}{}\u{a0}{}", day.day(), day.strftime("%b"), day.year()).into())
        }
        ("organisation_name", [Quantity::Text(text)]) => Some(organisation_name(text).into()),
        ("end_named", [Quantity::Text(text)]) => Some(day::end(text).map(Quantity::Date).into()),
        ("lower", [Quantity::Text(text)]) => Some(text.to_lowercase().into()),
        ("starts_with", [Quantity::Text(text), Quantity::Text(start)]) => {
            Some(Quantity::Truth(text.starts_with(&**start)))
        }
        ("contains", [Quantity::Text(text), Quantity::Text(part)]) => Some(Quantity::Truth(text.contains(&**part))),
        ("matches_wording", [Quantity::Text(one), Quantity::Text(other)]) => {
            Some(Quantity::Truth(Wording::of(one) == Wording::of(other)))
        }
        _ => None,
    }
}

/// Returns the first day of a year that is written as `2024/25`, `24/25` or `AY 2024/25`, where it begins with a month; what names
/// two years that don't follow each other is none.
fn year_start(year: &str, month: &Exact) -> Option<Date> {
    let numbers = year.trim().to_lowercase();
    let numbers = ["academic year", "ay"].iter().find_map(|words| numbers.strip_prefix(words)).unwrap_or(&numbers);
    let numbers = numbers.trim_start();
    let mut parts = numbers.split(|c: char| !c.is_ascii_digit());
    let written = parts.next()?;
    let rest: Vec<&str> = parts.filter(|number| !number.is_empty()).collect();
    let first = match (written.len(), &rest[..]) {
        (4, _) => written.parse().ok()?,
        // Two digits are a year as Excel takes them, where the one that follows stands beside it.
        (2, [second]) if second.len() == 2 => short_year(written)?,
        _ => return None,
    };
    let next = (first + 1).to_string();
    let year = rest.first().is_none_or(|second| second.len() > 1 && next.ends_with(second)).then_some(first)?;
    Date::new(year, i8::try_from(month.to_whole()?).ok()?, 1).ok()
}

/// Returns the year in which an academic year begins, however it is written: `2024/25`, `2024-2025`; `None` where a text is none.
pub fn academic_year(text: &str) -> Option<i16> {
    year_start(text, &Exact::one()).map(Date::year)
}

/// Returns the year that two digits are, as Excel takes them.
fn short_year(digits: &str) -> Option<i16> {
    let short: i16 = digits.parse().ok()?;
    Some(if short < 30 { 2000 + short } else { 1900 + short })
}

#[cfg(test)]
mod tests {
    use super::super::{Expression, Node, Quantity, Scope};
    use crate::exact::Exact;
    use crate::framework::language::{self, Place, Wanting};

    /// A scope in which every name is one value.
    struct One(Quantity);

    impl Scope for One {
        fn name(&self, _name: &str) -> Option<Quantity> {
            Some(self.0.clone())
        }

        fn attribute(&self, _name: &str, _part: &str) -> Option<Quantity> {
            None
        }

        fn call(&self, _function: &str, _arguments: &[Quantity]) -> Option<Quantity> {
            None
        }
    }

    /// A scope that knows nothing.
    struct Nothing;

    impl Scope for Nothing {
        fn name(&self, _name: &str) -> Option<Quantity> {
            None
        }

        fn attribute(&self, _name: &str, _part: &str) -> Option<Quantity> {
            None
        }

        fn call(&self, _function: &str, _arguments: &[Quantity]) -> Option<Quantity> {
            None
        }
    }

    #[track_caller]
    fn gives(cases: &[(&str, &str)]) {
        for (written, expected) in cases {
            let value = Expression::parse(written).unwrap().evaluate(&Nothing);
            assert_eq!(value.to_string(), *expected, "{written}");
        }
    }

    /// Returns what a node comes to with one of its arguments replaced.
    fn with_argument(written: &str, place: usize, argument: &Quantity) -> Quantity {
        let Node::Call(name, mut arguments) = Expression::parse(written).unwrap().node else { panic!("{written}") };
        arguments[place] = Node::Constant(argument.clone());
        Node::Call(name, arguments).evaluate(&Nothing)
    }

    #[test]
    fn examples_come_to_what_is_said_and_so_do_arguments_that_are_wanting() {
        for function in language::functions().filter(|function| function.place == Place::Everywhere) {
            let example = Expression::parse(function.example).unwrap();
            assert_eq!(example.evaluate(&Nothing).to_string(), function.comes_to, "{}", function.example);
            let Node::Call(name, arguments) = example.node else {
                // A day that is written out takes no other argument.
                assert_eq!(function.name, "date");
                continue;
            };
            assert_eq!(name, function.name, "{}", function.example);
            for place in 0..arguments.len() {
                let blank = with_argument(function.example, place, &Quantity::Unknown);
                let open = with_argument(function.example, place, &Quantity::open());
                match function.upon.blank {
                    Wanting::NotKnown => assert_eq!(blank, Quantity::Unknown, "{}", function.example),
                    Wanting::PassedOver => assert_ne!(blank.to_string(), "", "{}", function.example),
                    other @ (Wanting::Counts | Wanting::Open | Wanting::Words | Wanting::No | Wanting::NoPart) => {
                        panic!("{}: nothing tries {other:?}", function.name)
                    }
                }
                assert_eq!(function.upon.unusable, Wanting::Open, "{}", function.name);
                let is_unlike = |text: &str| text.parse::<Exact>().is_err();
                assert!(
                    open.is_open() || place > 0 && open.text().is_some_and(is_unlike),
                    "{} {open:?}",
                    function.example
                );
            }
        }
        let passed_over = Expression::parse("first_given(none, 3)").unwrap().evaluate(&Nothing);
        assert_eq!(passed_over, Expression::parse("first_given(3)").unwrap().evaluate(&Nothing));
    }

    #[test]
    fn operators_come_to_what_is_said() {
        for operator in language::OPERATORS {
            let example =
                Expression::parse(operator.example).unwrap_or_else(|error| panic!("{}: {error}", operator.example));
            assert_eq!(example.evaluate(&Nothing).to_string(), operator.comes_to, "{}", operator.example);
        }
        let upon = |written: &str, value: &Quantity| Expression::parse(written).unwrap().evaluate(&One(value.clone()));
        let forms = [
            "a + 1",
            "1 - a",
            "2 * a",
            "a / 2",
            "a ~ 'b'",
            "a == 1",
            "a != 1",
            "a < 1",
            "a >= 1",
            "a in [1]",
            "a not in [1]",
        ];
        let truths = ["a and true", "a or false", "not a", "'b' if a else 'c'"];
        for written in forms.into_iter().chain(truths) {
            assert_eq!(upon(written, &Quantity::Unknown), Quantity::Unknown, "{written}");
            assert!(upon(written, &Quantity::open()).is_open(), "{written}");
        }
        for (written, expected) in
            [("a and false", false), ("a or true", true), ("a is blank", true), ("a is given", false)]
        {
            assert_eq!(upon(written, &Quantity::Unknown), Quantity::Truth(expected), "{written}");
        }
        assert!(upon("a is given", &Quantity::open()).is_open());
    }

    #[test]
    fn an_organisations_name_is_told_without_its_formalities() {
        gives(&[
            ("organisation_name('Sandringham Lane Records Ltd')", "sandringham lane records"),
            ("organisation_name('SANDRINGHAM LANE  Records Limited.')", "sandringham lane records"),
            ("organisation_name('Thornbury & District Libraries')", "thornbury district libraries"),
            ("organisation_name('The Ltd')", "the ltd"),
        ]);
    }

    #[test]
    fn texts_for_people_say_days_and_numbers_as_people_do() {
        gives(&[
            ("long_date(date('2025-06-02'))", "2 June 2025"),
            ("counted(1, 'learner', 'learners')", "1 learner"),
            (
                "counted(12, 'learner', 'learners') ~ ', ' ~ counted(0, 'learner', 'learners')",
                "12 learners, no learners",
            ),
            ("long_date('2 June')", "not known"),
            ("'£' ~ money(11500) ~ ', £' ~ money(499.5)", "£11,500, £499.50"),
            ("money('none')", "not known"),
            ("short_date(date('2025-06-02'))", "2\u{a0}Jun\u{a0}2025"),
        ]);
    }

    #[test]
    fn a_year_begins_with_its_month() {
        gives(&[
            ("year_start('2024/25', 9)", "2024-09-01"),
            ("year_start('2024-2025', 1)", "2024-01-01"),
            ("year_start('24/25', 9)", "2024-09-01"),
            ("year_start('24-25', 9)", "2024-09-01"),
            ("year_start('99/00', 9)", "1999-09-01"),
            ("year_start('AY 2024/25', 9)", "2024-09-01"),
            ("year_start('Academic year 24/25', 9)", "2024-09-01"),
            ("year_start('24/26', 9)", "not known"),
            ("year_start('24/2025', 9)", "not known"),
            ("year_start('24', 9)", "not known"),
            ("year_start('05/06/2024', 9)", "not known"),
            ("year_start('pay 2024/25', 9)", "not known"),
            ("year_start('2024', 9)", "2024-09-01"),
            ("year_start('1999/00', 9)", "1999-09-01"),
            ("year_start('2024/26', 9)", "not known"),
            ("year_start('2024/2024', 9)", "not known"),
            ("year_start('01/01/2024', 9)", "not known"),
            ("year_start('banana', 9)", "not known"),
            ("year_start('2024/25', 13)", "not known"),
        ]);
    }

    #[test]
    fn months_clamp_to_the_months_end() {
        gives(&[
            ("months_after(date('2024-08-31'), 6)", "2025-02-28"),
            ("months_before(date('2025-09-30'), 6)", "2025-03-30"),
            ("years_after(date('2024-02-29'), 1)", "2025-02-28"),
            ("days_after(date('2025-01-31'), 30)", "2025-03-02"),
            ("days_before(date('2025-03-01'), 1)", "2025-02-28"),
            ("weeks_after(date('2025-01-01'), 2)", "2025-01-15"),
            ("weeks_before(date('2026-03-10'), 2)", "2026-02-24"),
            ("months_after(date('2025-01-01'), 0.5)", "not known"),
            ("months_after(date('9999-12-01'), 99)", "not known"),
            ("days_before(date('2025-03-01'), -9223372036854775807 - 1)", "not known"),
        ]);
    }

    #[test]
    fn days_are_counted_and_weeks_are_exact() {
        gives(&[
            ("days_between(date('2024-06-03'), date('2024-10-07'))", "126"),
            ("days_between(date('2024-10-07'), date('2024-06-03'))", "-126"),
            ("weeks_between(date('2024-08-05'), date('2024-08-31'))", "26/7"),
            ("days_between(none, date('2024-06-03'))", "not known"),
        ]);
    }

    #[test]
    fn extremes_and_replacements() {
        gives(&[
            ("min(3, 2.5, 4)", "2.5"),
            ("max([3, 2.5, 4])", "4"),
            ("max(date('2024-06-03'), date('2024-06-02'))", "2024-06-03"),
            ("min(1, none)", "not known"),
            ("first_given(none, 0)", "0"),
            ("abs(-2) + round(2.345, 2) + round(0.5)", "5.35"),
            ("round(1, 0.5)", "not known"),
        ]);
    }

    #[test]
    fn texts_are_compared_as_they_are_unless_asked() {
        gives(&[
            ("starts_with('Submission', 'Sub') and not contains('Submission', 'sub')", "yes"),
            ("lower('MET') == 'met'", "yes"),
            ("matches_wording('Not  met:', 'not met')", "yes"),
            ("lower(1)", "not known"),
        ]);
    }
}
