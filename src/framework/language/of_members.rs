//! The functions of a bundle: of what the returns of its members come to. The examples are of the sample bundle `coaching-mark`.

use super::Wanting::{NoPart, Open};
use super::{Function, Gives, Kind, Place, Takes};

/// Begins to describe a function of a member's returns.
const fn of(name: &'static str, takes: Takes, gives: Kind) -> Function {
    Function::of(name, Place::Bundle, takes, Gives::A(gives)).upon(NoPart, Open, Open)
}

/// The functions.
pub(super) const FUNCTIONS: &[Function] = &[
    of("returns", Takes::Member, Kind::Number)
        .does("How many returns of a member there are; those that are still awaited leave it open.")
        .shown("returns('people')", "3")
        .upon(NoPart, NoPart, NoPart),
    of("outcome_of", Takes::Member, Kind::Text)
        .does("The band of a member's return, by the band's id; not known where there are several returns, or none need come.")
        .shown("outcome_of('tool')", "good"),
    of("total_of", Takes::Member, Kind::Number)
        .does("The total of a member's return; not known where there are several returns, or none need come.")
        .shown("total_of('tool')", "16"),
    of("value_of", Takes::MemberValue, Kind::Any)
        .does("A named value of a member's return; not known where there are several returns, or none need come.")
        .shown("value_of('tool', 'help_at_work')", "9"),
    of("grade_of", Takes::MemberGrade, Kind::Text)
        .does("The band of a part of a member's return by a grade of parts, by the band's id.")
        .shown("grade_of('tool', 'standing', 'start')", "sound"),
    of("count_outcome", Takes::MemberBands, Kind::Number)
        .does("How many returns of a member have one of these bands; without bands, how many have any.")
        .shown("count_outcome('people', 'skilled', 'expert')", "2"),
    of("returns_share", Takes::MemberBands, Kind::Number)
        .does("The share of a member's returns that have one of these bands, from 0 to 1.")
        .shown("round(returns_share('people', 'skilled', 'expert'), 2)", "0.67"),
    of("count_grade_of", Takes::MemberGradeBands, Kind::Number)
        .does("How many returns of a member have one of these bands of a part by a grade of parts.")
        .shown("count_grade_of('tool', 'standing', 'start', 'sound')", "1"),
    of("sum_of", Takes::MemberTotals, Kind::Number)
        .does("The totals of a member's returns together; with a named value, those values.")
        .shown("sum_of('people')", "19"),
    of("mean_of", Takes::MemberTotals, Kind::Number)
        .does("The mean of the totals of a member's returns; with a named value, of those values.")
        .shown("mean_of('people', 'with_employers')", "4"),
    of("lowest_of", Takes::MemberTotals, Kind::Number)
        .does("The lowest total of a member's returns; with a named value, the lowest of those values.")
        .shown("lowest_of('people')", "4"),
    of("highest_of", Takes::MemberTotals, Kind::Number)
        .does("The highest total of a member's returns; with a named value, the highest of those values.")
        .shown("highest_of('people')", "8"),
];
