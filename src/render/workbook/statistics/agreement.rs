//! Self beside external.

use rust_xlsxwriter::XlsxError;

use super::{Table, end, figures, instead, over_texts, shown, start};
use crate::render::workbook::page::Page;
use crate::statistics::verdict::{self, Chance, Reliance};
use crate::statistics::{Agreement, AgreementRow, FrameworkStatistics};
use crate::words::count;

/// The headings over agreement of grades.
const HEADINGS: [&str; 14] = [
    "About",
    "Organisations",
    "Pairs",
    "The same",
    "Within one step",
    "Bias",
    "Limit",
    "Limit",
    "Weighted kappa",
    "From",
    "To",
    "p",
    "p, adjusted",
    "Gwet\u{2019}s AC2",
];

/// Writes how far both sides agree, on grades and on totals.
pub(super) fn agreement(framework: &FrameworkStatistics, page: &mut Page) -> Result<(), XlsxError> {
    let Some(agreement) = &framework.agreement else { return Ok(()) };
    let (own, external) = &agreement.sides;
    let organisations = count(agreement.organisations, "organisation", "organisations");
    let title = format!("{}: {own} beside {}, {organisations}", framework.title, external.to_lowercase());
    let meaning = [verdict::agreement::stricter(agreement), verdict::agreement::differing_sentence(agreement)];
    let meaning: Vec<String> = meaning.into_iter().flatten().collect();
    let meaning = match meaning.join(" ") {
        none if none.is_empty() => "Too few organisations have both to show how far the two sides agree.".to_owned(),
        some => some,
    };
    if !agreement.overall.exact.is_shown() {
        return instead(page, &title, &meaning);
    }
    let rows: Vec<&AgreementRow> =
        [&agreement.overall].into_iter().chain(&agreement.sections).chain(&agreement.criteria).collect();
    start(page, &Table { title, meaning: &meaning, headings: &HEADINGS, rows: rows.len() })?;
    for row in rows {
        agreement_row(page, row)?;
        page.next()?;
    }
    end(page)?;
    totals(framework, agreement, page)
}

fn agreement_row(page: &mut Page, row: &AgreementRow) -> Result<(), XlsxError> {
    page.text(0, row.about.as_deref().unwrap_or("All criteria"))?;
    page.count(1, row.organisations)?;
    page.count(2, row.pairs)?;
    figures(page, 3, &[&row.exact, &row.adjacent], &page.style.share)?;
    let rest = [&row.bias, &row.limit_low, &row.limit_high, &row.kappa, &row.kappa_low, &row.kappa_high];
    figures(page, 5, &rest, &page.style.number)?;
    figures(page, 11, &[&row.chance, &row.chance_adjusted], &page.style.likelihood)?;
    page.figure(13, &row.gwet, &page.style.number)
}

/// Writes how far both sides agree on totals.
fn totals(framework: &FrameworkStatistics, agreement: &Agreement, page: &mut Page) -> Result<(), XlsxError> {
    let totals = &agreement.totals;
    let reliance = shown(&totals.correlation, 2).zip(Reliance::of(totals));
    let meaning = reliance.map_or_else(
        || "Too few organisations have all answers on both sides.".to_owned(),
        |(correlation, reliance)| format!("On totals {} (intraclass correlation {correlation}).", reliance.words()),
    );
    let headings = [
        "All criteria together, in per cent of the most",
        "Organisations",
        "Mean difference",
        "Median difference",
        "p",
        "Intraclass correlation",
        "From",
        "To",
        "The difference is",
    ];
    let title = format!("{}: totals of both sides", framework.title);
    if !totals.difference.mean.is_shown() {
        return instead(page, &title, &meaning);
    }
    start(page, &Table { title, meaning: &meaning, headings: &headings, rows: 1 })?;
    over_texts(page, 8, headings[8])?;
    page.text(0, &format!("{} less {}", agreement.sides.0, agreement.sides.1.to_lowercase()))?;
    page.count(1, totals.organisations)?;
    figures(page, 2, &[&totals.difference.mean, &totals.difference.median], &page.style.tenth)?;
    page.figure(4, &totals.chance, &page.style.likelihood)?;
    figures(page, 5, &[&totals.correlation, &totals.low, &totals.high], &page.style.number)?;
    page.remark(8, Chance::of(&totals.chance).map_or("", Chance::words))?;
    page.next()?;
    end(page)
}
