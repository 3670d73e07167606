//! The statistics: totals, groups, measures, agreement, change and the commonest findings, each figure as it is published.

use rust_xlsxwriter::{Format, XlsxError};

use super::SeasonView;
use super::page::Page;
use crate::network::statistics::{AgreementRow, Figure, FrameworkStatistics, Prevalence, Spread};

/// The most findings that are listed of each framework.
const MOST: usize = 40;

/// Fills the sheet.
pub(super) fn fill(view: &SeasonView, page: &mut Page) -> Result<(), XlsxError> {
    page.widths(&[38.0, 18.0, 12.0, 12.0, 12.0, 12.0, 12.0, 12.0, 12.0, 12.0])?;
    page.title("Statistics", "Small groups are hidden; why is told under “Hidden figures”. A dash: not defined.")?;
    page.sheet.set_freeze_panes(3, 1)?;
    for framework in &view.statistics.frameworks {
        totals(framework, page)?;
        groups(framework, page)?;
        measures(framework, page)?;
        agreement(framework, page)?;
        change(framework, page)?;
        findings(framework, page)?;
    }
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

fn totals(framework: &FrameworkStatistics, page: &mut Page) -> Result<(), XlsxError> {
    page.part(&format!("{}: totals of complete returns ({})", framework.title, framework.unit), 10)?;
    page.number_headings(&[
        "Kind of return",
        "",
        "Returns",
        "Mean",
        "Lowest",
        "Lower quartile",
        "Median",
        "Upper quartile",
        "Highest",
    ])?;
    for row in &framework.totals {
        page.text(0, row.kind.as_deref().unwrap_or("All kinds"))?;
        page.text(1, "")?;
        page.count(2, row.spread.n)?;
        spread(page, 3, &row.spread)?;
        page.row += 1;
    }
    end(page);
    Ok(())
}

fn groups(framework: &FrameworkStatistics, page: &mut Page) -> Result<(), XlsxError> {
    if framework.groups.is_empty() {
        return Ok(());
    }
    page.part(&format!("{}: groups", framework.title), 10)?;
    page.number_headings(&[
        "Group",
        "By",
        "Returns",
        "Mean total",
        "Lowest",
        "Lower quartile",
        "Median",
        "Upper quartile",
        "Highest",
    ])?;
    for row in &framework.groups {
        page.text(0, row.group.as_deref().unwrap_or("not known"))?;
        page.text(1, &row.by)?;
        page.figure(2, &row.returns, &page.style.count)?;
        spread(page, 3, &row.totals)?;
        page.row += 1;
    }
    end(page);
    Ok(())
}

fn measures(framework: &FrameworkStatistics, page: &mut Page) -> Result<(), XlsxError> {
    if framework.measures.is_empty() {
        return Ok(());
    }
    page.part(&format!("{}: measures, from the registers", framework.title), 10)?;
    page.number_headings(&[
        "Measure",
        "Unit",
        "Returns",
        "People",
        "Pooled",
        "Mean of returns",
        "Lower quartile",
        "Median",
        "Upper quartile",
    ])?;
    for row in &framework.measures {
        page.text(0, &format!("{} {}", row.measure, row.short))?;
        page.text(1, &row.unit)?;
        page.count(2, row.spread.n)?;
        page.figure(3, &row.people, &page.style.count)?;
        let values = [
            &row.pooled,
            &row.mean_of_returns,
            &row.spread.lower_quartile,
            &row.spread.median,
            &row.spread.upper_quartile,
        ];
        figures(page, 4, &values, &page.style.tenth)?;
        page.row += 1;
    }
    end(page);
    Ok(())
}

fn agreement(framework: &FrameworkStatistics, page: &mut Page) -> Result<(), XlsxError> {
    let Some(agreement) = &framework.agreement else { return Ok(()) };
    let (own, external) = &agreement.sides;
    page.part(&format!("{}: {own} beside {external}, {} organisations", framework.title, agreement.organisations), 10)?;
    page.number_headings(&[
        "About",
        "Pairs",
        "The same",
        "Within one step",
        "Bias",
        "Limit",
        "Limit",
        "Weighted kappa",
        "From",
        "To",
    ])?;
    for row in [&agreement.overall].into_iter().chain(&agreement.sections).chain(&agreement.criteria) {
        agreement_row(page, row)?;
        page.row += 1;
    }
    end(page);
    Ok(())
}

fn agreement_row(page: &mut Page, row: &AgreementRow) -> Result<(), XlsxError> {
    page.text(0, row.about.as_deref().unwrap_or("All criteria"))?;
    page.count(1, row.pairs)?;
    figures(page, 2, &[&row.exact, &row.adjacent], &page.style.share)?;
    let rest = [&row.bias, &row.limit_low, &row.limit_high, &row.kappa, &row.kappa_low, &row.kappa_high];
    figures(page, 4, &rest, &page.style.number)
}

fn change(framework: &FrameworkStatistics, page: &mut Page) -> Result<(), XlsxError> {
    let Some(change) = &framework.change else { return Ok(()) };
    page.part(
        &format!(
            "{}: change since {}, {} matched returns, percentage points",
            framework.title, change.since, change.matched
        ),
        10,
    )?;
    page.number_headings(&[
        "About",
        "",
        "Returns",
        "Mean",
        "Lowest",
        "Lower quartile",
        "Median",
        "Upper quartile",
        "Highest",
    ])?;
    let sections = change.sections.iter().map(|row| (row.section.as_str(), &row.difference));
    for (about, difference) in [("Total", &change.totals)].into_iter().chain(sections) {
        page.text(0, about)?;
        page.text(1, "")?;
        page.count(2, difference.n)?;
        spread(page, 3, difference)?;
        page.row += 1;
    }
    end(page);
    Ok(())
}

fn findings(framework: &FrameworkStatistics, page: &mut Page) -> Result<(), XlsxError> {
    page.part(&format!("{}: the commonest findings", framework.title), 10)?;
    page.number_headings(&["Rule", "About", "Times", "Returns", "Of returns", "How widespread"])?;
    for row in framework.findings.iter().take(MOST) {
        page.text(0, &row.rule)?;
        page.text(1, row.subject.as_deref().unwrap_or("anything"))?;
        page.count(2, row.times)?;
        page.count(3, row.returns)?;
        page.sheet.write_number_with_format(page.row, 4, row.share, &page.style.share)?;
        page.text(
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
