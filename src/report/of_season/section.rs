//! Sections over all returns, and each return by section.

use super::names::Names;
use super::outcome::{counted, title};
use super::{Season, value};
use crate::document::{Cell, Column, Format, Part, Side, Table};
use crate::framework::{Framework, Section};
use crate::review::Review;
use crate::statistics::{SectionRow, verdict};
use crate::words::{number, titled};

/// Returns the sections; `None` where none has a score.
pub(super) fn part(season: &Season) -> Option<Part> {
    let rows = &season.statistics.sections;
    let shown: Vec<&SectionRow> = rows.iter().filter(|row| row.percent.median.is_shown()).collect();
    let table = Table::of(&shown, columns())
        .caption("Sections in per cent of the most: the bar is the middle half of returns, the tick their median");
    rows.iter()
        .any(|row| row.percent.n > 0)
        .then(|| Part::new("Sections").lead([verdict::section::sentence(rows)]).block(table))
}

/// Returns the columns.
fn columns<'a>() -> Vec<Column<'a, &'a SectionRow>> {
    vec![
        Column::new("Section").share(1.4).cell(|row: &&SectionRow| titled(&row.section, &row.title).into()),
        Column::new("0 to 100%")
            .share(1.3)
            .cell(|row: &&SectionRow| middle_half(row).unwrap_or_else(|| "too few".into())),
        Column::new("Median").cell(|row: &&SectionRow| Cell::figure(&row.percent.median, Format::Percent(0))),
        Column::new("Middle half").cell(|row: &&SectionRow| {
            Cell::between(&row.percent.lower_quartile, &row.percent.upper_quartile, Format::Percent(0))
        }),
        Column::new("n").cell(|row: &&SectionRow| row.percent.n.into()),
    ]
}

/// Returns the middle half of returns as it is drawn; `None` where it is hidden.
fn middle_half(row: &SectionRow) -> Option<Cell> {
    let part = |found| value(found).map(part_of_hundred);
    let spread = &row.percent;
    let (lower, upper) = (part(&spread.lower_quartile)?, part(&spread.upper_quartile)?);
    Some(Cell::Range { lower, median: part(&spread.median)?, upper, own: None })
}

/// Returns a percentage as a part of one.
#[expect(clippy::float_arithmetic, reason = "a place on a chart is no score")]
pub(super) fn part_of_hundred(percent: f64) -> f64 {
    percent / 100.0
}

/// More sections than this share what room there is beside the names.
const MANY: usize = 8;

/// Returns each return by section; `None` where there are none.
pub(super) fn matrix(framework: &Framework, season: &Season) -> Option<Part> {
    let (mut reviews, names) = (counted(season), Names::of(season));
    reviews.sort_by_cached_key(|review| names.name(review).to_lowercase());
    let mut columns = vec![
        Column::new("Organisation").share(1.0).cell(|review: &&Review| names.name(review).into()),
        Column::new("Outcome").cell(|review: &&Review| outcome(framework, review)),
    ];
    let chars = if framework.sections.len() > MANY { 2.0 } else { 4.0 };
    columns.extend(framework.sections.iter().map(|section| {
        let column = Column::new(section.id.to_string()).chars(chars).side(Side::Center);
        column.cell(|review: &&Review| percent_of(section, review))
    }));
    let table = Table::of(&reviews, columns).caption("Each return by section, in per cent of the most; darker is more");
    let tells = !framework.sections.is_empty() || !framework.outcome.bands.is_empty();
    let part = Part::new("All returns").lead(["Sorted by name: this is no ranking."]).block(table);
    (tells && !reviews.is_empty()).then_some(part)
}

/// Returns a return's outcome.
fn outcome(framework: &Framework, review: &Review) -> Cell {
    let band = review.outcome.as_ref().and_then(|record| record.band.as_deref());
    if band.is_some() { title(framework, band).into() } else { "open".into() }
}

/// Returns what a return reaches in a section, in per cent of the most.
fn percent_of(section: &Section, review: &Review) -> Cell {
    let record = review.sections.iter().find(|record| record.id == section.id);
    let percent = record.and_then(|record| record.percent.as_ref());
    Cell::Heat {
        place: percent.map(|percent| part_of_hundred(percent.to_float())),
        label: percent.map_or_else(|| "open".to_owned(), |percent| number(percent, 0)),
    }
}
