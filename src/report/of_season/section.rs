//! Sections over all returns, and each return by section.

use super::FrameworkSeason;
use super::names::named;
use crate::document::{Cell, Column, Format, Part, Side, Table};
use crate::figure::FigureState;
use crate::finding::Severity;
use crate::framework::{Framework, Section};
use crate::report::of_return::gauge::total;
use crate::report::part_of_hundred;
use crate::review::Review;
use crate::statistics::{SectionRow as Row, verdict};
use crate::words::{capital, duty_of_some, number, titled};

/// More sections than this share what room there is beside the names.
const MANY: usize = 8;

/// Returns the sections; `None` where none has a score.
pub(super) fn part(season: &FrameworkSeason) -> Option<Part> {
    let rows = &season.statistics.sections;
    if !season.framework.scores_sections() {
        return None;
    }
    let shown: Vec<&Row> = rows.iter().filter(|row| row.percent.median.is_shown()).collect();
    let columns = vec![
        Column::new("¤Section").share(1.4).cell(|row: &&Row| titled(&row.section, &row.title).into()),
        Column::new("0 to 100%").share(1.3).cell(|row: &&Row| middle_half(row).unwrap_or_else(|| "too few".into())),
        Column::new("Median").cell(|row: &&Row| Cell::figure(&row.percent.median, Format::Percent(0))),
        Column::new("Middle half").cell(|row: &&Row| {
            Cell::between(&row.percent.lower_quartile, &row.percent.upper_quartile, Format::Percent(0))
        }),
        Column::new("n").cell(|row: &&Row| row.percent.n.into()),
    ];
    let table = Table::of(&shown, columns).caption(format!(
        "¤Sections as a percentage of the maximum, over {}: the bar is the middle half, the tick the median",
        season.whom()
    ));
    let part = || Part::new("¤Sections").lead([verdict::section::sentence(rows)]).block(table);
    rows.iter().any(|row| row.percent.n > 0).then(part)
}

/// Returns the middle half of returns as it is drawn; `None` where it is hidden.
fn middle_half(row: &Row) -> Option<Cell> {
    let spread = &row.percent;
    let quartiles = [&spread.lower_quartile, &spread.median, &spread.upper_quartile];
    let [Some(lower), Some(median), Some(upper)] = quartiles.map(|figure| figure.value.map(part_of_hundred)) else {
        return None;
    };
    Some(Cell::Range { lower, median, upper, own: None })
}

/// Returns each return by section; `None` where there are none.
pub(super) fn matrix(season: &FrameworkSeason) -> Option<Part> {
    let (framework, mut rows) = (season.framework, named(season));
    rows.sort_by_cached_key(|(name, _)| name.to_lowercase());
    let reached = |review: &Review| review.outcome.as_ref().and_then(|record| total(framework, record));
    // Totals that are numbers of people say with the others how many come to a hidden result of a register.
    let are_told = season.statistics.total().is_none_or(|row| row.spread.mean.state() != FigureState::Hidden);
    let mut columns = vec![
        Column::new("¤Organisation").share(1.0).cell(|(name, _): &(String, &Review)| name.into()),
        Column::new("Outcome").cell(|(_, review): &(String, &Review)| outcome(framework, review).into()),
        Column::new("¤Total")
            .side(Side::Right)
            .cell(|(_, review): &(String, &Review)| Cell::or_dash(reached(review)))
            .only_if(are_told && rows.iter().any(|(_, review)| reached(review).is_some())),
    ];
    let chars = if framework.sections.len() > MANY { 2.0 } else { 4.0 };
    let scored = framework.sections.iter().filter(|_| framework.scores_sections());
    columns.extend(scored.clone().map(|section| {
        let column = Column::new(section.id.to_string()).chars(chars).side(Side::Center);
        column.cell(|(_, review): &(String, &Review)| percent_of(section, review))
    }));
    let caption = match scored.count() {
        0 => "Each ¤return with its outcome",
        _ => "Each ¤return by ¤section, as a percentage of the maximum; darker is more",
    };
    let table = Table::of(&rows, columns).caption(caption);
    let tells = !framework.sections.is_empty() || !framework.outcome.bands.is_empty();
    if !tells {
        return (!rows.is_empty()).then(|| listed(&rows));
    }
    let part = Part::new("All ¤returns").lead(["Sorted by name: this is no ranking."]).block(table);
    (!rows.is_empty()).then_some(part)
}

/// Returns the returns on a scheme that gives them no outcome: each with what its sender has to put right or to look at.
fn listed(rows: &[(String, &Review)]) -> Part {
    let of = |severity| move |(_, review): &(String, &Review)| review.to_answer(severity).into();
    let columns = vec![
        Column::new("¤Organisation").share(1.0).cell(|(name, _): &(String, &Review)| name.into()),
        Column::new("Kind")
            .share(0.6)
            .cell(|(_, review): &(String, &Review)| Cell::text_or_empty(review.kind.as_deref()))
            .only_if(rows.iter().any(|(_, review)| review.kind.is_some())),
        Column::new(capital(duty_of_some(Severity::Error))).cell(of(Severity::Error)),
        Column::new(capital(duty_of_some(Severity::Warning))).cell(of(Severity::Warning)),
    ];
    let table = Table::of(rows, columns).caption("Each ¤return with how many findings its sender has to answer");
    Part::new("All ¤returns").lead(["Sorted by name: this is no ranking."]).block(table)
}

/// Returns a return's outcome.
fn outcome<'a>(framework: &'a Framework, review: &'a Review) -> &'a str {
    review.settled().map_or("open", |band| framework.band_title(band))
}

/// Returns what a return reaches in a section, in per cent of the most.
fn percent_of(section: &Section, review: &Review) -> Cell {
    let record = review.section(&section.id);
    if record.is_some_and(|record| !record.applies()) {
        return Cell::or_dash(None::<Cell>);
    }
    let percent = record.and_then(|record| record.percent.as_ref());
    Cell::Heat {
        place: percent.map(|percent| part_of_hundred(percent.to_float())),
        label: percent.map_or_else(|| "open".to_owned(), |percent| number(percent, 0)),
    }
}
