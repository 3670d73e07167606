//! The grades of sections, groups or tags over all returns: how many have each, and each return's.

use super::FrameworkSeason;
use super::names::named;
use super::whom;
use crate::document::{Cell, Column, Format, Part, Side, Table};
use crate::framework::{Framework, GradeSpec, Graded};
use crate::report::graded;
use crate::review::Review;
use crate::statistics::{FrameworkStatistics, PartRow};

/// Returns the grades: for a team each with its spread and its returns, for everybody how many there are of each, as far as that may
/// be told.
pub(super) fn parts(season: &FrameworkSeason) -> Vec<Part> {
    if season.is_named() { named_parts(season) } else { told(season.framework, season.statistics) }
}

/// Returns how many returns have each grade, part by part; a grade of which nothing may be told is left out.
pub(in crate::report) fn told(framework: &Framework, statistics: &FrameworkStatistics) -> Vec<Part> {
    let part = |grade: &GradeSpec| {
        let has_any = |row: &&PartRow| grade.id == *row.grade && row.settled > 0;
        let rows: Vec<&PartRow> = statistics.grades.iter().filter(has_any).collect();
        let is_shown = rows.iter().flat_map(|row| &row.bands).any(|band| band.count.is_shown());
        is_shown.then(|| Part::new(grade.title.clone()).block(counted(grade, &rows, &whom(&statistics.coverage))))
    };
    framework.grades.iter().filter_map(part).collect()
}

/// Returns the table of how many have each grade.
fn counted(grade: &GradeSpec, rows: &[&PartRow], whom: &str) -> Table {
    let bands = grade.spec().into_iter().flat_map(|spec| &spec.bands);
    let with = bands.map(|band| {
        let count = move |row: &&PartRow| {
            let row = row.bands.iter().find(|own| own.grade == band.id.as_str());
            row.map_or(Cell::Empty, |row| Cell::figure(&row.count, Format::Whole))
        };
        Column::new(band.title.clone()).side(Side::Right).cell(count)
    });
    let title = Column::new("Graded").share(1.0).cell(|row: &&PartRow| (&row.title).into());
    let settled = Column::new("n")
        .meaning("How many ¤returns have such a grade for certain.")
        .side(Side::Right)
        .cell(|row: &&PartRow| row.settled.into());
    let columns = [title].into_iter().chain(with).chain([settled]).collect();
    Table::of(rows, columns).caption(format!("{} of each part, over {whom}", grade.title))
}

/// Returns the grades of a team, which name returns.
fn named_parts(season: &FrameworkSeason) -> Vec<Part> {
    let mut rows = named(season);
    rows.sort_by_cached_key(|(name, _)| name.to_lowercase());
    let grades = season.framework.grades.iter().filter(|_| !rows.is_empty());
    grades.map(|grade| Part::new(grade.title.clone()).block(spread(grade, &rows)).block(matrix(grade, &rows))).collect()
}

/// Returns how many returns have each grade, part by part.
fn spread(grade: &GradeSpec, rows: &[(String, &Review)]) -> Table {
    let records =
        |of: &Graded| rows.iter().filter_map(|(_, review)| review.grade(&grade.id, &of.id)).collect::<Vec<_>>();
    let bands = grade.spec().into_iter().flat_map(|spec| &spec.bands);
    let with = bands.map(|band| {
        let count = move |of: &Graded| {
            records(of).iter().filter(|record| record.outcome.settled() == Some(&band.id)).count().into()
        };
        Column::new(band.title.clone()).side(Side::Right).cell(count)
    });
    let open = Column::new("Open or none")
        .side(Side::Right)
        .cell(move |of: &Graded| records(of).iter().filter(|record| record.outcome.settled().is_none()).count().into());
    let title = Column::new("Graded").share(1.0).cell(|of: &Graded| (&of.title).into());
    let columns = [title].into_iter().chain(with).chain([open]).collect();
    Table::of(&grade.over, columns).caption(format!("{}: ¤returns with each, over all that count", grade.title))
}

/// Returns each return with its grades.
fn matrix(grade: &GradeSpec, rows: &[(String, &Review)]) -> Table {
    let of_part = grade.over.iter().map(|of| {
        let cell = move |(_, review): &(String, &Review)| {
            review.grade(&grade.id, &of.id).map_or(Cell::Empty, |record| graded::heat(&of.spec, &record.outcome))
        };
        Column::new(of.title.clone()).side(Side::Center).share(1.0).cell(cell)
    });
    let name = Column::new("¤Organisation").share(1.2).cell(|(name, _): &(String, &Review)| name.into());
    let columns = [name].into_iter().chain(of_part).collect();
    Table::of(rows, columns).caption(format!("{} of each ¤return; sorted by name, this is no ranking", grade.title))
}
