//! The first sheet: who came, and how outcomes, registers and sections spread, each with a sentence and, where the figures may be
//! shown, bars.

use super::{SeasonView, of_framework, sheet, statistics};
use crate::day::long_date;
use crate::document::{Bars, Block, Cell, Document, Fact, Lengths, Panel, Part, Table};
use crate::figure::FigureState;
use crate::finding::Finding;
use crate::report::Audience;
use crate::report::of_season::{outcome, register, whom};
use crate::review::Status;
use crate::season::rules::return_missing;
use crate::statistics::{Figure, FrameworkStatistics, SectionRow, verdict};
use crate::words::count;

/// How many columns of sections stand here; the sheet on statistics has all.
const COLUMNS: usize = 8;

/// Which of these is the lowest of ¤returns, and which the highest.
const ENDS: [usize; 2] = [3, 7];

/// Returns the sheet.
pub(super) fn overview(view: &SeasonView) -> Document {
    let frameworks = &view.statistics.frameworks;
    let nothing = match view.audience {
        Audience::Team => {
            "No ¤return counts, so there is nothing to say of outcomes. The sheets \u{201c}¤Returns\u{201d} and \u{201c}Findings\u{201d} say why."
        }
        Audience::Everybody if view.season.counted().next().is_some() => {
            "Too few ¤organisations sent ¤returns to say what all came to without telling what single ones did."
        }
        Audience::Everybody => "No ¤return counts, so there is nothing to say of outcomes.",
    };
    let sheet = Document { title: view.title.to_owned(), ..sheet(view, "Overview", &about(view)) };
    sheet
        .part(Part::default().block(Block::Panel(files(view))).paragraphs(frameworks.is_empty().then_some(nothing)))
        .part(frameworks.iter().filter_map(|framework| part(view, framework)))
}

/// Says whose workbook it is and of when.
fn about(view: &SeasonView) -> String {
    let date = view.date.map(|date| format!("as of {}", long_date(date)));
    let who = Some(view.branding.organisation.clone()).filter(|organisation| !organisation.is_empty());
    [who, date].into_iter().flatten().collect::<Vec<_>>().join(" \u{b7} ")
}

/// Returns how many files came, and what became of them.
fn files(view: &SeasonView) -> Panel {
    let with = |wanted: Status| view.season.returns.iter().filter(|sent| sent.review.status == wanted).count();
    let is_asked = |finding: &&Finding| finding.is_of(&return_missing::RULE) && finding.waived.is_none();
    let missing = view.season.findings.iter().filter(is_asked).count();
    let figures = [
        (view.season.returns.len(), "file", "files"),
        (with(Status::Scored), "complete ¤return", "complete ¤returns"),
        (with(Status::Provisional), "¤return with answers missing", "¤returns with answers missing"),
        (with(Status::Duplicate), "duplicate", "duplicates"),
        (with(Status::Superseded), "superseded", "superseded"),
        (with(Status::Unreadable), "unreadable", "unreadable"),
        (with(Status::Unrecognised), "other file", "other files"),
        (missing, "¤organisation with ¤returns missing", "¤organisations with ¤returns missing"),
    ];
    let tile = |(count, one, many): (usize, &str, &str)| Fact::count(if count == 1 { one } else { many }, count);
    Panel { tiles: figures.map(tile).to_vec(), ..Panel::default() }
}

/// Returns what the returns on a framework come to.
fn part(view: &SeasonView, framework: &FrameworkStatistics) -> Option<Part> {
    let season = of_framework(view, framework)?;
    let returns = count(framework.coverage.counted, "¤return", "¤returns");
    let over = if framework.coverage.headline < framework.coverage.counted {
        format!(" Figures are over {}.", whom(&framework.coverage))
    } else {
        String::new()
    };
    let outcomes = outcome::part(&season);
    let scored = Some(&framework.sections).filter(|_| season.framework.scores_sections());
    let sections = scored.and_then(|rows| sections(rows, view.season.settings.disclosure.quantiles));
    let judged = if framework.registers.is_empty() { "." } else { ": it judges the rows of its registers." };
    let without =
        outcomes.is_none().then(|| format!("The framework gives no outcome for a ¤return as a whole{judged}"));
    let over = Some(over.trim_start().to_owned()).filter(|over| !over.is_empty());
    let part = Part::new(format!("{}: {returns}", framework.title))
        .lead(without)
        .lead(over)
        .part(outcomes.map(told))
        .part(register::parts(&season).into_iter().map(told))
        .part(sections.map(told));
    Some(part)
}

/// Says below a part's first table why no bars stand beside it, where hidden figures are the reason.
fn told(mut part: Part) -> Part {
    let first = part.blocks.iter().position(|block| matches!(block, Block::Table(_)));
    if let Some((at, Block::Table(table))) = first.and_then(|at| Some((at, part.blocks.get(at)?))) {
        let is_hidden = |cell: &Cell| matches!(cell, Cell::Number(shown) if shown.state == FigureState::Hidden);
        if table.bars.is_none() && table.rows.iter().flatten().any(is_hidden) {
            let words = "There is no chart, since some of the numbers are hidden.";
            part.blocks.insert(at + 1, Block::Note(words.to_owned()));
        }
    }
    part
}

/// Returns how sections spread, with bars of the middle half, else of the means; `None` where there are no sections.
fn sections(rows: &[SectionRow], needed: usize) -> Option<Part> {
    let mut columns = statistics::sections();
    columns.truncate(COLUMNS);
    if !are_ends_told(rows) {
        ENDS.into_iter().rev().for_each(|end| drop(columns.remove(end)));
    }
    let table = Table::of(rows, columns).caption("¤Sections, as a percentage of the maximum");
    let part = Part::new("¤Sections").lead([verdict::section::sentence(rows)]);
    (!rows.is_empty()).then(|| part.block(table.bars(bars(rows, needed))))
}

/// Whether the lowest of a section is told: what is passed on tells of no single value.
fn are_ends_told(rows: &[SectionRow]) -> bool {
    rows.iter().any(|row| row.percent.lowest.is_shown())
}

/// Returns the bars of sections; `None` where too few returns stand behind the figures to show any.
fn bars(rows: &[SectionRow], needed: usize) -> Option<Bars> {
    let shown = |figure: fn(&SectionRow) -> &Figure| rows.iter().filter(|row| figure(row).is_shown()).count();
    let (title, lengths) = match shown(|row| &row.percent.lower_quartile) {
        0 if shown(|row| &row.percent.mean) == 0 => return None,
        0 => (format!("The mean of ¤returns (quartiles need {needed} ¤returns)"), Lengths::Percent(2)),
        some => {
            let rest = if some < rows.len() { "; no bar: too few ¤returns" } else { "" };
            let title = format!("The middle half of ¤returns (dark up to the median, light above it{rest})");
            let lower = if are_ends_told(rows) { 4 } else { 3 };
            (title, Lengths::MiddleHalf(lower, lower + 1, lower + 2))
        }
    };
    Some(Bars { title, axis: "Percentage of the maximum".to_owned(), lengths })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Spread;
    use crate::figure::sample::{hidden, shown};

    fn section(mean: Option<f64>, quartiles: Option<f64>) -> SectionRow {
        let figure = |value: Option<f64>| value.map_or_else(hidden, |value| shown(value, 9));
        SectionRow {
            section: "A".to_owned(),
            title: "Aims".to_owned(),
            percent: Spread {
                n: 7,
                mean: figure(mean),
                lowest: figure(quartiles),
                lower_quartile: figure(quartiles),
                median: figure(quartiles),
                upper_quartile: figure(quartiles),
                highest: figure(quartiles),
                deviation: figure(quartiles),
            },
            incomplete: 0,
        }
    }

    #[test]
    fn why_there_is_no_chart_is_told_below_a_table_with_hidden_figures() {
        for (mean, expected) in [(Some(70.0), 0), (None, 1)] {
            let part = told(sections(&[section(mean, None)], 8).unwrap());
            let notes = part.blocks.iter().filter(|block| matches!(block, Block::Note(_)));
            assert_eq!(notes.count(), expected, "{mean:?}");
        }
    }

    #[test]
    fn ends_that_are_not_told_are_no_columns() {
        let mut row = section(Some(70.0), Some(71.0));
        (row.percent.lowest, row.percent.highest) = (hidden(), hidden());
        let part = sections(&[row], 8).unwrap();
        let table = |block: &Block| if let Block::Table(table) = block { Some(table.clone()) } else { None };
        let table = part.blocks.iter().find_map(table).unwrap();
        assert!(table.columns.iter().all(|column| !["Lowest", "Highest"].contains(&column.heading.as_str())));
        assert_eq!(table.bars.as_ref().unwrap().lengths, Lengths::MiddleHalf(3, 4, 5));
        assert_eq!(table.columns[3].heading, "Lower quartile");
    }

    #[test]
    fn bars_of_sections_show_only_what_may_be_shown() {
        let middle = Some(Lengths::MiddleHalf(4, 5, 6));
        for (sections, lengths, words) in [
            ([(Some(70.0), Some(71.0)), (Some(70.0), Some(71.0))], middle, "light above it)"),
            ([(Some(70.0), Some(71.0)), (Some(70.0), None)], middle, "too few ¤returns)"),
            ([(Some(70.0), None), (Some(70.0), None)], Some(Lengths::Percent(2)), "need 8 ¤returns)"),
            ([(None, None), (None, None)], None, ""),
        ] {
            let rows = sections.map(|(mean, quartiles)| section(mean, quartiles));
            let drawn = bars(&rows, 8);
            assert_eq!(drawn.as_ref().map(|bars| bars.lengths), lengths, "{sections:?}");
            assert!(drawn.is_none_or(|bars| bars.title.ends_with(words)), "{words}");
        }
    }
}
