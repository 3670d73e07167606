//! The statistics, each figure as it is published, with a line to each table that says what it means.

mod agreement;
mod change;
mod consistency;
mod spread;

use rust_xlsxwriter::{Format, XlsxError};

use super::SeasonView;
use super::page::Page;
use crate::figure::Figured as _;
use crate::statistics::verdict::question;
use crate::statistics::{Figure, FindingRow, FrameworkStatistics, Prevalence, Spread};

/// The most findings that are listed of each framework.
const MOST: usize = 30;

/// As many rows of a table stay with its heading on a printed page.
const TOGETHER: usize = 12;

/// How many columns the widest table has.
const COLUMNS: u16 = 14;

/// The headings over a spread.
const SPREAD: [&str; 7] =
    ["Mean", "Lowest", "Lower quartile", "Median", "Upper quartile", "Highest", "Median distance"];

/// Fills the sheet.
pub(super) fn fill(view: &SeasonView, page: &mut Page) -> Result<(), XlsxError> {
    page.widths(&[44.0, 16.0, 12.0, 12.0, 12.0, 12.0, 12.0, 12.0, 12.0, 13.0, 12.0, 12.0, 12.0, 12.0])?;
    page.title("Statistics", "Small groups are hidden; why is told under “Hidden figures”. A dash: not defined.")?;
    page.sheet.set_freeze_panes(page.row, 1)?;
    for framework in &view.statistics.frameworks {
        spread::totals(framework, page)?;
        consistency::outliers(framework, page)?;
        spread::sections(framework, page)?;
        spread::groups(framework, page)?;
        spread::measures(framework, page)?;
        consistency::consistency(framework, page)?;
        agreement::agreement(framework, page)?;
        change::change(framework, page)?;
        change::trend(framework, page)?;
        findings(framework, page)?;
        questions(framework, page)?;
    }
    Ok(())
}

/// A table: what it is of, what it means, what stands over its columns, and how many rows it has.
struct Table<'a> {
    title: String,
    meaning: &'a str,
    headings: &'a [&'a str],
    rows: usize,
}

/// Starts a table on a printed page that has room for it.
fn start(page: &mut Page, table: &Table) -> Result<(), XlsxError> {
    let rows = u32::try_from(table.rows.min(TOGETHER)).unwrap_or(0);
    page.keep(85 + rows * 15);
    page.part(&table.title, COLUMNS)?;
    page.note(table.meaning)?;
    page.number_headings(table.headings)
}

/// Says what there is to say where a table would show nothing.
fn instead(page: &mut Page, title: &str, meaning: &str) -> Result<(), XlsxError> {
    page.keep(50);
    page.part(title, COLUMNS)?;
    page.note(meaning)?;
    page.next()
}

/// Writes a heading again that stands over texts.
fn over_texts(page: &mut Page, column: u16, heading: &str) -> Result<(), XlsxError> {
    page.sheet.write_string_with_format(page.row - 1, column, heading, &page.style.inner_heading)?;
    Ok(())
}

/// Writes figures into a row, from a column on.
fn figures(page: &mut Page, from: u16, figures: &[&Figure], format: &Format) -> Result<(), XlsxError> {
    (from..).zip(figures).try_for_each(|(column, figure)| page.figure(column, figure, format))
}

/// Writes a spread into a row.
fn spread(page: &mut Page, from: u16, spread: &Spread) -> Result<(), XlsxError> {
    figures(page, from, &spread.figures(), &page.style.tenth)
}

/// Ends a part.
fn end(page: &mut Page) -> Result<(), XlsxError> {
    page.next()
}

/// Returns a figure's value in a few digits; `None` where it isn't shown.
fn shown(figure: &Figure, places: usize) -> Option<String> {
    figure.value.filter(|_| figure.is_shown()).map(|value| format!("{value:.places$}"))
}

/// Writes the commonest findings: each rule, and the places at which several returns have it.
fn findings(framework: &FrameworkStatistics, page: &mut Page) -> Result<(), XlsxError> {
    let title = format!("{}: the commonest findings", framework.title);
    let Some(first) = framework.findings.first() else { return instead(page, &title, "Nothing was found.") };
    let meaning =
        format!("The commonest is {}, in {} of {} returns.", first.rule, first.returns, framework.coverage.counted);
    let several = |row: &&FindingRow| row.subject.is_none() || row.returns > 1;
    let rows: Vec<&FindingRow> = framework.findings.iter().filter(several).take(MOST).collect();
    let headings = ["Rule", "About", "Times", "Returns", "Of returns", "How widespread"];
    start(page, &Table { title, meaning: &meaning, headings: &headings, rows: rows.len() })?;
    over_texts(page, 1, headings[1])?;
    over_texts(page, 5, headings[5])?;
    for row in rows {
        finding(page, row)?;
    }
    end(page)
}

/// Writes what the framework itself should reconsider.
fn questions(framework: &FrameworkStatistics, page: &mut Page) -> Result<(), XlsxError> {
    let questions = question::questions(framework);
    let title = format!("{}: what the framework itself should reconsider", framework.title);
    let meaning = question::sentence(&questions);
    if questions.is_empty() {
        return instead(page, &title, &meaning);
    }
    start(page, &Table { title, meaning: &meaning, headings: &["About", "What stands out"], rows: questions.len() })?;
    over_texts(page, 1, "What stands out")?;
    for question in &questions {
        page.text(0, &question.about)?;
        page.remark(1, &question.sentence)?;
        page.next()?;
    }
    end(page)
}

/// Writes one finding.
fn finding(page: &mut Page, row: &FindingRow) -> Result<(), XlsxError> {
    page.text(0, &row.rule)?;
    page.text(1, row.subject.as_deref().unwrap_or("all places"))?;
    page.count(2, row.times)?;
    page.count(3, row.returns)?;
    page.sheet.write_number_with_format(page.row, 4, row.share, &page.style.share)?;
    page.remark(
        5,
        match row.spread {
            Prevalence::Scattered => "",
            Prevalence::NearlySystemic => "nearly systemic",
            Prevalence::Systemic => "systemic",
        },
    )?;
    page.next()
}
