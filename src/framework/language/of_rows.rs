//! The functions over the rows of registers, and of one row among others.

use super::Wanting::{Counts, NoPart, NotKnown, Open, PassedOver};
use super::{Function, Gives, Kind, Place, Subject, Takes};

/// Begins to describe a function over rows.
const fn over(name: &'static str, takes: Takes, gives: Kind) -> Function {
    Function::of(name, Place::ReturnOrRow, takes, Gives::A(gives)).upon(NoPart, PassedOver, Open)
}

/// Begins to describe a function of one row.
const fn of_row(name: &'static str, takes: Takes, gives: Kind) -> Function {
    Function::of(name, Place::Row, takes, Gives::A(gives)).upon(NoPart, PassedOver, Open)
}

/// The functions.
pub(super) const FUNCTIONS: &[Function] = &[
    Function { gives: Gives::LikeColumn, ..over("noted", Takes::Note, Kind::Any) }
        .does("What stands in a column beside the answer to a criterion.")
        .shown("noted('1.1', 'seen')", "Y")
        .upon(NoPart, NotKnown, Open),
    over("rows_count", Takes::Rows, Kind::Number)
        .does("How many rows a register has; with a column, those in which it is given, or in which a derived value is yes.")
        .shown("rows_count('plots', 'size')", "8")
        .upon(NoPart, PassedOver, Counts),
    over("rows_any", Takes::Rows, Kind::Truth)
        .does("Whether a column or derived value is yes in any row.")
        .shown("rows_any('plots', 'is_large')", "yes")
        .upon(NoPart, NotKnown, Open),
    over("rows_all", Takes::Rows, Kind::Truth)
        .does("Whether a column or derived value is yes in every row.")
        .shown("rows_all('plots', 'is_fair')", "yes")
        .upon(NoPart, NotKnown, Open),
    over("rows_sum", Takes::Rows, Kind::Number)
        .does("The numbers of a column together; with a condition, in the rows in which that holds.")
        .shown("rows_sum('plots', 'size')", "1000"),
    over("rows_mean", Takes::Rows, Kind::Number)
        .does("The mean of the numbers of a column; with a condition, in the rows in which that holds.")
        .shown("rows_mean('plots', 'size')", "125"),
    over("rows_distinct", Takes::Rows, Kind::Number)
        .does("How many unlike values a column has.")
        .shown("rows_distinct('plots', 'size')", "2"),
    Function { gives: Gives::LikeColumn, ..over("rows_earliest", Takes::Rows, Kind::Day) }
        .does("The first day of a column.")
        .shown("rows_earliest('plots', 'since')", "2024-03-01"),
    Function { gives: Gives::LikeColumn, ..over("rows_latest", Takes::Rows, Kind::Day) }
        .does("The last day of a column.")
        .shown("rows_latest('plots', 'since')", "2025-03-01"),
    over("rows_with", Takes::RowsValue, Kind::Number)
        .does("In how many rows a column is a value.")
        .shown("rows_with('plots', 'size', 300)", "1"),
    over("rows_citing", Takes::RowsCited, Kind::Number)
        .does(
            "In how many rows a text names a reference: in brackets, or by itself in a column of references; with a condition, in the rows in which that holds.",
        )
        .shown("rows_citing('visits', 'own_plot', 'P1')", "1"),
    Function { gives: Gives::LikeColumn, ..over("looked_up", Takes::RowOfKey, Kind::Any) }
        .does("What a column holds in the row that has a key.")
        .shown("looked_up('plots', 'P1', 'size')", "300")
        .upon(NoPart, NotKnown, Open),
    of_row("marked", Takes::Marks, Kind::Number)
        .does("How many rows of another register this row marks, in the columns that it has for them; `none` is any mark.")
        .about(Subject::Row("visits", "Rowan"))
        .shown("marked('plots', 'Y')", "2"),
    of_row("marked_except", Takes::Marks, Kind::Number)
        .does("How many rows of another register this row marks with anything else.")
        .about(Subject::Row("visits", "Rowan"))
        .shown("marked_except('plots', 'N')", "2"),
    of_row("marked_by", Takes::Marks, Kind::Number)
        .does("How many rows of another register mark this row.")
        .about(Subject::Row("plots", "P1"))
        .shown("marked_by('visits', 'Y')", "2"),
    of_row("marked_by_except", Takes::Marks, Kind::Number)
        .does("How many rows of another register mark this row with anything else.")
        .about(Subject::Row("plots", "P1"))
        .shown("marked_by_except('visits', 'N')", "2"),
    of_row("stands_above", Takes::Column, Kind::Truth)
        .does("Whether a column is a value in a row above.")
        .about(Subject::Row("visits", "Hazel"))
        .shown("stands_above('own_plot', 'P1')", "yes"),
    of_row("resembles_above", Takes::Column, Kind::Truth)
        .does("Whether a column is nearly a value in a row above, as a slip of the keyboard makes it.")
        .about(Subject::Row("visits", "Hazel"))
        .shown("resembles_above('gardener', 'Rowna')", "yes"),
    of_row("opinions_given", Takes::Value, Kind::Number)
        .does("On how many criteria somebody beside the raters, whose judgements stand under this heading, gave one that counts.")
        .about(Subject::Row("visits", "Rowan"))
        .shown("opinions_given('Terrace A')", "3")
        .upon(PassedOver, PassedOver, PassedOver),
];
