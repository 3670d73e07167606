//! The criteria: how each is answered, with bars and colours that show where returns are strong or weak.

use super::{SeasonView, list};
use crate::document::{Cell, Column, Document, Format, Mark, Table, Use};
use crate::statistics::{CriterionRow, Figure, FigureState};

/// A criterion with its framework's title.
type Of<'a> = (&'a str, &'a CriterionRow);

/// Returns the sheet; `None` where no framework has criteria.
pub(super) fn criteria(view: &SeasonView) -> Option<Document> {
    let frameworks = view.statistics.frameworks.iter();
    let rows: Vec<Of> = frameworks.flat_map(|of| of.criteria.iter().map(|row| (of.title.as_str(), row))).collect();
    let about = "Means lie between 0 % (all answers the worst) and 100 % (all the best). From and to: 95 % interval of the share of best answers among all who were expected, where some didn't come.";
    let columns = [names(), answers(), figures(&rows)].into_iter().flatten().collect();
    list(view, "¤Criteria", about, Table::of(&rows, columns).used(Use::List(3)))
}

/// Returns the columns that say which criterion it is.
fn names<'a>() -> Vec<Column<'a, Of<'a>>> {
    vec![
        Column::new("Framework").chars(22.0).cell(|(framework, _): &Of| (*framework).into()),
        Column::new("¤Section").chars(9.0).cell(|(_, row): &Of| (&row.section).into()),
        Column::new("¤Criterion").chars(10.0).cell(|(_, row): &Of| (&row.criterion).into()),
        Column::new("In a few words").chars(38.0).cell(|(_, row): &Of| (&row.short).into()),
    ]
}

/// Returns the columns that count its answers.
fn answers<'a>() -> Vec<Column<'a, Of<'a>>> {
    let answered = "¤Returns that count with an answer that counts.";
    let others = "¤Returns that count in which it is blank, can\u{2019}t be used, or doesn\u{2019}t apply.";
    vec![
        Column::new("Answered").meaning(answered).chars(10.0).cell(|(_, row): &Of| row.answered.into()),
        Column::new("Without").meaning(others).chars(9.0).cell(|(_, row): &Of| row.missing.into()),
        Column::new("Answers, best first").chars(48.0).cell(|(_, row): &Of| grades(row).into()),
    ]
}

/// Returns the columns of figures.
fn figures<'a>(rows: &[Of<'a>]) -> Vec<Column<'a, Of<'a>>> {
    // What is known of no criterion has no column.
    let column = |heading: &str, format: Format, figure: fn(&CriterionRow) -> &Figure| {
        let is_known = rows.iter().any(|(_, row)| figure(row).state() != FigureState::Undefined);
        let cell = move |(_, row): &Of| Cell::figure(figure(row), format.clone());
        Column::new(heading).chars(9.0).cell(cell).only_if(is_known)
    };
    vec![
        column("Mean", Format::Share, |row| &row.mean)
            .meaning("The mean of answers from 0 % (the worst) to 100 % (the best answer of the scale).")
            .mark(Mark::Ground),
        column("Best answers", Format::Share, |row| &row.best.share)
            .meaning("The share of answers that are the best of the scale.")
            .mark(Mark::Bars),
        column("From", Format::Share, |row| &row.best.low),
        column("To", Format::Share, |row| &row.best.high),
        column("With the rest", Format::Fixed(2), |row| &row.discrimination).meaning(
            "Correlation of the ¤criterion with the sum of all others, over complete ¤returns; a dash below 30 of them.",
        ),
        column("Rest from", Format::Fixed(2), |row| &row.discrimination_low)
            .meaning("The lower end of the 95 % interval of the correlation with the rest."),
        column("Rest to", Format::Fixed(2), |row| &row.discrimination_high)
            .meaning("The upper end of the 95 % interval of the correlation with the rest."),
        column("Out of step, p", Format::Likelihood, |row| &row.out_of_step).meaning(
            "How often chance alone would give so small a correlation with the rest where it truly is 0.1, allowing for how many ¤criteria are looked at (Benjamini and Hochberg).",
        ),
        column("Strongest, from", Format::Whole, |row| &row.strongest.low).meaning(PLACE),
        column("Strongest, to", Format::Whole, |row| &row.strongest.high).meaning(PLACE),
        column("Weakest, from", Format::Whole, |row| &row.weakest.low).meaning(PLACE),
        column("Weakest, to", Format::Whole, |row| &row.weakest.high).meaning(PLACE),
        column("Alpha without it", Format::Fixed(2), |row| &row.alpha_without).meaning(
            "Cronbach's alpha of all other ¤criteria: more than alpha of all where the ¤criterion goes badly with them.",
        ),
    ]
}

/// What the places of a criterion mean.
const PLACE: &str = "Between which ranks the ¤criterion lies in 95 of 100 draws when ¤organisations are drawn again, counted from the strongest or from the weakest; told from 10 ¤returns on.";

/// Returns how often each answer was given, best first; where none may be shown, that is said once. Of very many numbers none is
/// counted.
fn grades(criterion: &CriterionRow) -> String {
    if !criterion.grades.is_empty() && criterion.grades.iter().all(|grade| grade.count.value.is_none()) {
        return "hidden".to_owned();
    }
    let count = |figure: &Figure| figure.value.map_or_else(|| "hidden".to_owned(), |count| format!("{count:.0}"));
    let grades = criterion.grades.iter().map(|grade| format!("{}: {}", grade.label, count(&grade.count)));
    grades.collect::<Vec<_>>().join(" \u{b7} ")
}
