//! The statistics, each figure as it is published, with a line to each table that says what it means.

use super::{SeasonView, of_framework, sheet};
use crate::document::{Cell, Column, Document, Format, Part, Table};
use crate::exact::Exact;
use crate::figure::FigureState;
use crate::report::of_season::{
    agreement, assessor, change, consistency, finding, grade, group, measure, outcome, question, whom,
};
use crate::report::{Room, spread};
use crate::statistics::{FrameworkStatistics, GroupRow, OutlierRow, SectionRow, TotalRow, verdict};
use crate::words::{capital, titled};

/// Returns the sheet; `None` where there are no statistics.
pub(super) fn statistics(view: &SeasonView) -> Option<Document> {
    let frameworks = &view.statistics.frameworks;
    let hidden = "Small numbers are hidden; why is told under \u{201c}Hidden figures\u{201d}. ";
    let hidden = if view.statistics.hidings.is_empty() { "" } else { hidden };
    let about = &format!("{hidden}A dash: not defined.");
    let parts = || frameworks.iter().filter_map(|framework| part(view, framework));
    (!frameworks.is_empty()).then(|| sheet(view, "Statistics", about).part(parts()))
}

/// Returns the statistics of a framework.
fn part(view: &SeasonView, statistics: &FrameworkStatistics) -> Option<Part> {
    let season = of_framework(view, statistics)?;
    let part = Part::new(&statistics.title)
        .part(totals(statistics))
        .part(outliers(statistics))
        .part(Some(statistics).filter(|_| season.framework.scores_sections()).and_then(by_section))
        .part(grade::told(season.framework, statistics))
        .part(group::part(&season, |of| groups(&of.by, &of.shown, season.is_named())))
        .part(measure::part(&season))
        .part(consistency::part(&season, Room::Sheet))
        .part(statistics.agreement.as_ref().map(|of| agreement::part(of, &season, Room::Sheet)))
        .part(assessor::part(statistics, Room::Sheet))
        .part(statistics.change.as_ref().map(|of| change::part(of, &season, Room::Sheet)))
        .part(statistics.trend.as_ref().map(|of| change::trend(of, season.framework.outcome.better, Room::Sheet)))
        .part(finding::part(&season, Room::Sheet))
        .part(question::questions(&season));
    Some(part)
}

/// What is said in place of quartiles of few.
const FEW: &str = "Too few ¤returns are complete to say how ¤totals spread.";

/// Returns the totals, over all kinds of return and by kind; `None` where the framework sums nothing up.
fn totals(statistics: &FrameworkStatistics) -> Option<Part> {
    let kind = Column::new("Kind of ¤return").share(1.0);
    let kind = kind.cell(|row: &TotalRow| row.kind.as_deref().unwrap_or("One an ¤organisation").into());
    let spread = spread::columns(&Format::Fixed(statistics.decimals.max(1)), |row: &TotalRow| &row.spread);
    let columns = [kind, number(|row| row.spread.n)].into_iter().chain(spread).collect();
    let few = || {
        let hidden = statistics.total().is_some_and(|row| row.spread.median.state() == FigureState::Hidden);
        let why =
            if hidden { "How ¤totals spread isn\u{2019}t told: see \u{201c}Hidden figures\u{201d}." } else { FEW };
        why.to_owned()
    };
    let part = Part::new(format!(
        "¤Totals of complete ¤returns{}, over {}; then by kind",
        if statistics.unit.is_empty() { String::new() } else { format!(" ({})", statistics.unit) },
        whom(&statistics.coverage)
    ));
    let part = part.lead([outcome::middle_half(statistics).unwrap_or_else(few)]);
    let any = statistics.totals.iter().any(|row| row.spread.n > 0);
    any.then(|| part.block(Table::of(&statistics.totals, columns).without_hidden()))
}

/// Returns the column of how many returns figures rest on.
fn number<'a, R>(of: fn(&R) -> usize) -> Column<'a, R>
where
    R: 'a,
{
    let column = Column::new("Complete ¤returns").meaning("How many complete ¤returns the figures rest on.");
    column.cell(move |row: &R| of(row).into())
}

/// Returns the returns whose total stands out; `None` where nobody's does.
fn outliers(statistics: &FrameworkStatistics) -> Option<Part> {
    let tenth =
        |value: f64| Exact::from_float(value).map_or(Cell::Empty, |value| Cell::number(value, Format::Fixed(1)));
    let columns = vec![
        Column::new("File").share(1.0).cell(|row: &OutlierRow| (&row.file).into()),
        Column::new("¤Total")
            .meaning("Of ¤totals that stand out: 0.6745 times the distance from the median, divided by MAD, is more than 3.5; told from 8 ¤totals on.")
            .cell(move |row: &OutlierRow| tenth(row.total)),
        Column::new("Median").cell(move |row: &OutlierRow| tenth(row.median)),
        Column::new("¤Organisation").share(1.0).cell(|row: &OutlierRow| (&row.organisation).into()),
    ];
    let sentence = outcome::outliers(statistics)?;
    Some(Part::new("¤Totals that stand out").lead([sentence]).block(Table::of(&statistics.outliers, columns)))
}

/// Returns how sections spread; `None` where there are none.
fn by_section(statistics: &FrameworkStatistics) -> Option<Part> {
    let rows = &statistics.sections;
    let heading = format!("¤Sections, as a percentage of the maximum, over {}", whom(&statistics.coverage));
    let part = Part::new(heading).lead([verdict::section::sentence(rows)]);
    (!rows.is_empty()).then(|| part.block(Table::of(rows, sections()).without_hidden()))
}

/// Returns the columns of sections.
pub(super) fn sections<'a>() -> Vec<Column<'a, SectionRow>> {
    let section = Column::new("¤Section").share(1.0).cell(|row: &SectionRow| titled(&row.section, &row.title).into());
    let spread = spread::columns(&Format::Fixed(1), |row: &SectionRow| &row.percent);
    let open = Column::new("Not complete").cell(|row: &SectionRow| row.incomplete.into());
    [section, number(|row| row.percent.n)].into_iter().chain(spread).chain([open]).collect()
}

/// What the ends of a mean are, for the data dictionary.
const MEAN: &str = "Student\u{2019}s 95% interval of a group\u{2019}s mean ¤total, from five complete ¤returns on: where it would lie if such ¤returns were drawn again.";

/// Returns the totals of the groups of one kind.
fn groups(by: &str, rows: &[&GroupRow], is_named: bool) -> Table {
    let name = Column::new(capital(by)).share(1.0).cell(|row: &&GroupRow| group::name(row).into());
    let returns = Column::new("¤Returns").cell(|row: &&GroupRow| Cell::figure(&row.returns, Format::Whole));
    let spread = spread::columns(&Format::Fixed(1), |row: &&GroupRow| &row.totals);
    let low = Column::new("Mean from").meaning(MEAN).cell(|row: &&GroupRow| Cell::figure(&row.low, Format::Fixed(1)));
    let high = Column::new("Mean to").meaning(MEAN).cell(|row: &&GroupRow| Cell::figure(&row.high, Format::Fixed(1)));
    let complete = number(|row: &&GroupRow| row.totals.n).only_if(is_named);
    Table::of(rows, [name, returns, complete].into_iter().chain(spread).chain([low, high]).collect())
        .without_hidden()
        .caption(format!("¤Totals by {by}"))
}
