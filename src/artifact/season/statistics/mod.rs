//! The statistics, each figure as it is published, with a line to each table that says what it means.

mod agreement;
mod change;
mod consistency;
mod spread;

use rust_xlsxwriter::{Format, XlsxError};

use super::SeasonView;
use super::page::Page;
use crate::network::statistics::{Figure, FrameworkStatistics, Prevalence, Spread};

/// The most findings that are listed of each framework.
const MOST: usize = 40;

/// How many columns the widest table has.
const COLUMNS: u16 = 14;

/// Below this, differences are taken to be more than chance gives.
const LIMIT: f64 = 0.05;

/// The headings over a spread.
const SPREAD: [&str; 7] =
    ["Mean", "Lowest", "Lower quartile", "Median", "Upper quartile", "Highest", "Median distance"];

/// Fills the sheet.
pub(super) fn fill(view: &SeasonView, page: &mut Page) -> Result<(), XlsxError> {
    page.widths(&[44.0, 16.0, 12.0, 12.0, 12.0, 12.0, 12.0, 12.0, 12.0, 13.0, 12.0, 12.0, 12.0, 12.0])?;
    page.title("Statistics", "Small groups are hidden; why is told under “Hidden figures”. A dash: not defined.")?;
    page.sheet.set_freeze_panes(3, 1)?;
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
    }
    Ok(())
}

/// Starts a table: what it is of, what it means, and its headings.
fn start(page: &mut Page, title: &str, meaning: &str, headings: &[&str]) -> Result<(), XlsxError> {
    page.part(title, COLUMNS)?;
    page.sheet.write_string_with_format(page.row, 0, meaning, &page.style.subtitle)?;
    page.row += 1;
    page.number_headings(headings)
}

/// Writes a heading again that stands over texts.
fn over_texts(page: &mut Page, column: u16, heading: &str) -> Result<(), XlsxError> {
    let indented = page.style.heading.clone().set_indent(u8::from(column > 1));
    page.sheet.write_string_with_format(page.row - 1, column, heading, &indented)?;
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
fn end(page: &mut Page) {
    page.row += 1;
}

/// Returns a figure's value in a few digits; `None` where it isn't shown.
fn shown(figure: &Figure, places: usize) -> Option<String> {
    figure.value.filter(|_| figure.is_shown()).map(|value| format!("{value:.places$}"))
}

/// Returns what a likelihood of chance means.
fn likely(figure: &Figure) -> &'static str {
    match figure.value.filter(|_| figure.is_shown()) {
        Some(likelihood) if likelihood < LIMIT => "more than chance is likely to give",
        Some(_) => "chance alone could give it",
        None => "",
    }
}

fn findings(framework: &FrameworkStatistics, page: &mut Page) -> Result<(), XlsxError> {
    let most = framework.findings.first().map_or_else(
        || "Nothing was found.".to_owned(),
        |row| format!("The commonest is {}, in {} of {} returns.", row.rule, row.returns, framework.coverage.counted),
    );
    let headings = ["Rule", "About", "Times", "Returns", "Of returns", "How widespread"];
    start(page, &format!("{}: the commonest findings", framework.title), &most, &headings)?;
    over_texts(page, 1, headings[1])?;
    over_texts(page, 5, headings[5])?;
    for row in framework.findings.iter().take(MOST) {
        page.text(0, &row.rule)?;
        page.text(1, row.subject.as_deref().unwrap_or("anything"))?;
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
        page.row += 1;
    }
    end(page);
    Ok(())
}
