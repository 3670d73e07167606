//! The functions of a return's answers: over groups of criteria and measures, and of each.

use super::Wanting::{Counts, No, NoPart, NotKnown, Open, PassedOver, Words};
use super::{Function, Gives, Kind, Place, Subject, Takes};

/// Begins to describe a function of answers.
const fn of(name: &'static str, takes: Takes, gives: Kind) -> Function {
    Function::of(name, Place::Return, takes, Gives::A(gives))
}

/// Begins to describe a function over the points of a group.
const fn over(name: &'static str) -> Function {
    of(name, Takes::Group, Kind::Number).upon(PassedOver, NotKnown, NotKnown)
}

/// The functions.
pub(super) const FUNCTIONS: &[Function] = &[
    of("weighted_percentage", Takes::Nothing, Kind::Number)
        .does("What the sections come to in percent, each by its weight. A section in which nothing applies has no share, and those of the others grow.")
        .shown("weighted_percentage()", "77.5")
        .upon(PassedOver, NotKnown, NotKnown),
    over("sum").does("The points of a group together, those of each criterion as often as it counts by its weight.").shown("sum('1')", "9"),
    over("score").does("The same as `sum`.").shown("score('1')", "9"),
    over("points").does("The same as `sum`.").shown("points('1')", "9"),
    over("mean").does("The mean of the points of a group, by the weights of its criteria.").shown("mean('1')", "3"),
    over("lowest").does("The lowest points in a group.").shown("lowest('1')", "2"),
    over("highest").does("The highest points in a group.").shown("highest('1')", "4"),
    over("count")
        .does("How many criteria and measures of a group apply.")
        .shown("count('1')", "3")
        .upon(PassedOver, Counts, Counts),
    over("answered")
        .does("How many criteria and measures of a group have points.")
        .shown("answered('1')", "3")
        .upon(PassedOver, PassedOver, PassedOver),
    of("applies", Takes::Group, Kind::Truth)
        .does("Whether anything of a group applies. A blank may turn out not to apply where its scale allows that.")
        .shown("applies('1.1')", "yes")
        .upon(No, NotKnown, NotKnown),
    over("given")
        .does("The points of a group as far as they are given.")
        .shown("given('1')", "9")
        .upon(PassedOver, PassedOver, PassedOver),
    over("maximum")
        .does("The most that a group can come to, by the weights of its criteria.")
        .shown("maximum('1')", "12")
        .upon(PassedOver, Counts, Counts),
    of("count_at", Takes::GroupAndPoints, Kind::Number)
        .does("How many answers of a group have exactly so many points.")
        .shown("count_at('1', 3)", "1")
        .upon(PassedOver, NotKnown, NotKnown),
    of("count_at_most", Takes::GroupAndPoints, Kind::Number)
        .does("How many answers of a group have so many points or fewer.")
        .shown("count_at_most('1', 3)", "2")
        .upon(PassedOver, NotKnown, NotKnown),
    of("count_at_least", Takes::GroupAndPoints, Kind::Number)
        .does("How many answers of a group have so many points or more.")
        .shown("count_at_least('1', 3)", "2")
        .upon(PassedOver, NotKnown, NotKnown),
    of("count_grade", Takes::GroupAndGrade, Kind::Number)
        .does("How many answers of a group are a grade, by its id. Those that don't apply count by their words: `count_grade('1', 'N/A')`.")
        .shown("count_grade('1', '2')", "1")
        .upon(PassedOver, NotKnown, NotKnown),
    of("grade", Takes::Criterion, Kind::Text)
        .does("The answer to a criterion, by its id on the scale.")
        .shown("grade('1.1')", "2")
        .upon(Words, NotKnown, NotKnown),
    of("graded", Takes::GradeOf, Kind::Text)
        .does("The band of a part of the scheme by a grade of parts, by the band's id.")
        .shown("graded('standing', '1')", "steady")
        .upon(PassedOver, Open, Open),
    of("count_graded", Takes::GradesAt, Kind::Number)
        .does("How many parts have one of these bands by a grade of parts; without bands, how many have any.")
        .shown("count_graded('standing', 'steady')", "1")
        .upon(PassedOver, Open, Open),
    of("result", Takes::Measure, Kind::Number)
        .does("The measured value.")
        .shown("result('A')", "75")
        .upon(NoPart, NotKnown, NotKnown),
    of("earned", Takes::Measure, Kind::Number)
        .does("The points that the measured value earns, whatever is claimed.")
        .shown("earned('A')", "2")
        .upon(NoPart, NotKnown, NotKnown),
    of("from_register", Takes::Measure, Kind::Number)
        .does("The value that the rows of a register give, as the measure's `from_register` has it; what is wanting in rows is dealt with there.")
        .shown("from_register('A')", "75"),
    of("cohort", Takes::Measure, Kind::Number)
        .does("How many a measure is about, as its `cohort` has it; what is wanting in rows is dealt with there.")
        .shown("cohort('A')", "8"),
    of("weight", Takes::Section, Kind::Number)
        .does("The weight of a section, as a share of one.")
        .shown("weight('1')", "0.5"),
    Function::of("opinion_share", Place::Criterion, Takes::Opinion, Gives::A(Kind::Number))
        .does("The share of those beside the raters whose judgement on the criterion is a grade; of several of unlike size, each weighed by a column of their register.")
        .about(Subject::Criterion("1.1"))
        .shown("opinion_share('0')", "0.5")
        .upon(PassedOver, PassedOver, Open),
    Function::of("working_days_after", Place::Step, Takes::WorkingDays, Gives::A(Kind::Day))
        .does("The day so many working days after another, by the holidays of a nation or region.")
        .shown("working_days_after(date('2026-04-01'), 2, 'England')", "2026-04-07")
        .upon(NoPart, NotKnown, NotKnown),
];
