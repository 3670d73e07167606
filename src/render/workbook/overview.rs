//! The first sheet: who came, how outcomes, registers and sections spread, each with a sentence and, where the figures may be
//! shown, a chart.

use rust_xlsxwriter::{Image, XlsxError};

use super::SeasonView;
use super::chart::{self, Beside};
use super::page::{Here, Page};
use crate::day::long_date;
use crate::document::branding::PictureKind;
use crate::review::Status;
use crate::season::rules::return_missing;
use crate::statistics::{Figure, FrameworkStatistics, RegisterRow, SectionRow, Share, verdict};
use crate::words::{INCOMPLETE, capital, count, list, titled};

/// The columns that the tables take; charts stand to the right.
pub(super) const COLUMNS: u16 = 8;

/// Fills the sheet.
pub(super) fn fill(view: &SeasonView, page: &mut Page) -> Result<(), XlsxError> {
    page.widths_beside(&[44.0, 11.0, 11.0, 11.0, 11.0, 11.0, 11.0, 11.0, 3.0], super::bars::WIDTH)?;
    page.title(view.title, &about(view))?;
    logo(view, page)?;
    files(view, page)?;
    if view.statistics.frameworks.is_empty() {
        page.note("No return counts, so there is nothing to say of outcomes. The sheets \u{201c}Returns\u{201d} and \u{201c}Findings\u{201d} say why.")?;
    }
    for framework in &view.statistics.frameworks {
        if framework.outcomes.iter().any(|row| row.band != INCOMPLETE) {
            outcomes(framework, page)?;
        } else {
            without_outcomes(framework, page)?;
        }
        for row in &framework.registers {
            register(framework, row, page)?;
        }
        sections(view, framework, page)?;
    }
    Ok(())
}

/// Shows the logo beside the title, where there is one that a workbook can show.
fn logo(view: &SeasonView, page: &mut Page) -> Result<(), XlsxError> {
    let shown = view.branding.logo.as_ref().filter(|logo| logo.kind != PictureKind::Svg);
    // A picture that the writer doesn't understand, though its first bytes are right, costs the picture and not the workbook.
    let Some((logo, image)) = shown.and_then(|logo| Some((logo, Image::new_from_buffer(&logo.bytes).ok()?))) else {
        return Ok(());
    };
    let image = image.set_scale_to_size(220, 52, true).set_alt_text(&logo.alt);
    page.sheet.insert_image(0, COLUMNS + 1, &image)?;
    Ok(())
}

/// Says whose workbook it is and of when.
fn about(view: &SeasonView) -> String {
    let date = view.date.map(|date| format!("as of {}", long_date(date)));
    let who = Some(view.branding.organisation.clone()).filter(|organisation| !organisation.is_empty());
    [who, date].into_iter().flatten().collect::<Vec<_>>().join(" \u{b7} ")
}

/// Writes how many files came, and what became of them, in large figures.
fn files(view: &SeasonView, page: &mut Page) -> Result<(), XlsxError> {
    let with = |wanted: Status| view.season.returns.iter().filter(|found| found.review.status == wanted).count();
    let missing = view.season.findings.iter().filter(|finding| finding.is_of(&return_missing::RULE)).count();
    let figures = [
        (view.season.returns.len(), "file", "files"),
        (with(Status::Scored), "complete return", "complete returns"),
        (with(Status::Provisional), "return with answers missing", "returns with answers missing"),
        (with(Status::Duplicate), "duplicate", "duplicates"),
        (with(Status::Superseded), "superseded", "superseded"),
        (with(Status::Unreadable), "unreadable", "unreadable"),
        (with(Status::Unrecognised), "other file", "other files"),
        (missing, "organisation with returns missing", "organisations with returns missing"),
    ];
    for (column, (count, one, many)) in (0_u16..).zip(figures) {
        let caption = if count == 1 { one } else { many };
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        let style = page.style;
        let (large, under) = match column {
            0 => (&style.first_large, &style.first_caption),
            _ => (&style.large, &style.caption),
        };
        page.sheet.write_number_with_format(page.row, column, count, large)?;
        page.sheet.write_string_with_format(page.row + 1, column, caption, under)?;
    }
    page.next_of(32)?;
    page.next_of(56)?;
    page.next()
}

/// Writes how many returns have each outcome, with its chart.
fn outcomes(framework: &FrameworkStatistics, page: &mut Page) -> Result<(), XlsxError> {
    let returns = count(framework.coverage.counted, "return", "returns");
    let rows: Vec<(&str, &Share)> = framework.outcomes.iter().map(|row| (row.title.as_str(), &row.share)).collect();
    let beside = chart::of_counts(&rows, &format!("{}: returns by outcome", framework.title), "Returns");
    page.keep(beside.height());
    let top = page.here();
    page.part(&format!("{}: outcomes of {returns}", framework.title), COLUMNS)?;
    page.note(&said_of_outcomes(framework))?;
    shares(page, ["Outcome", "Returns"], &rows, &beside, top)
}

/// Writes a table of shares, with its chart.
fn shares(
    page: &mut Page,
    over: [&str; 2],
    rows: &[(&str, &Share)],
    beside: &Beside,
    top: Here,
) -> Result<(), XlsxError> {
    page.number_headings(&[over[0], over[1], "Share", "From", "To"])?;
    let first = page.row;
    for (title, share) in rows {
        page.text(0, title)?;
        page.figure(1, &share.count, &page.style.count)?;
        page.figure(2, &share.share, &page.style.share)?;
        page.figure(3, &share.low, &page.style.share)?;
        page.figure(4, &share.high, &page.style.share)?;
        page.next()?;
    }
    page.note(&format!("From and to: the 95 % interval of the share (Wilson).{}", beside.why()))?;
    beside.place(page, top, first)
}

/// Says which outcome is the commonest, and how many returns have none yet.
fn said_of_outcomes(framework: &FrameworkStatistics) -> String {
    let counted = framework.coverage.counted;
    let known = |share: &Share| share.count.value.filter(|count| share.count.is_shown() && *count > 0.0);
    let banded = || framework.outcomes.iter().filter(|row| row.band != INCOMPLETE);
    let most = banded().filter_map(|row| known(&row.share)).fold(0.0, f64::max);
    let open = framework.coverage.provisional;
    let open = match open {
        0 => String::new(),
        1 => "; 1 is incomplete".to_owned(),
        more => format!("; {more} are incomplete"),
    };
    let first: Vec<&str> =
        banded().filter(|row| known(&row.share) == Some(most)).map(|row| row.title.as_str()).collect();
    match first.as_slice() {
        [] if counted == 0 => "No return counts.".to_owned(),
        [] => format!("No outcome can be shown{open}."),
        [only] if counted == 1 => format!("The only return came out as {only}."),
        [only] => format!("The commonest outcome is {only}, {most:.0} of {counted} returns{open}."),
        several => {
            format!("The commonest outcomes are {}, with {most:.0} of {counted} returns each{open}.", list(several))
        }
    }
}

/// Says that a framework sums no return up.
fn without_outcomes(framework: &FrameworkStatistics, page: &mut Page) -> Result<(), XlsxError> {
    let returns = count(framework.coverage.counted, "return", "returns");
    let heading = format!("{}: {returns}", framework.title);
    page.keep(if framework.registers.is_empty() { 60 } else { 300 });
    page.part(&heading, COLUMNS)?;
    let judged = if framework.registers.is_empty() { "." } else { ": it judges the rows of its registers." };
    page.note(&format!("The framework gives no outcome for a return as a whole{judged}"))?;
    page.next()
}

/// Writes what the rows of a register come to, with its chart.
fn register(framework: &FrameworkStatistics, row: &RegisterRow, page: &mut Page) -> Result<(), XlsxError> {
    let nouns = format!("{}s", row.row_noun);
    let rows: Vec<(&str, &Share)> = row.results.iter().map(|result| (result.title.as_str(), &result.share)).collect();
    let over = capital(&nouns);
    let beside = chart::of_counts(&rows, &format!("{}: {nouns} by result", framework.title), &over);
    page.keep(beside.height());
    let top = page.here();
    let all = count(row.rows, &row.row_noun, &nouns);
    page.part(&format!("{}: results of {all}", framework.title), COLUMNS)?;
    page.note(&said_of_register(row, &nouns))?;
    shares(page, ["Result", &over], &rows, &beside, top)
}

/// Says what most rows come to.
fn said_of_register(row: &RegisterRow, nouns: &str) -> String {
    let known =
        row.results.iter().filter_map(|result| Some((result, result.share.count.value?, result.share.share.value?)));
    let most = known.max_by(|(_, one, _), (_, other, _)| one.total_cmp(other));
    let returns = count(row.returns, "return", "returns");
    match most {
        Some((result, _, share)) => format!(
            "{} of the {nouns} in {returns} come to \u{201c}{}\u{201d}, the commonest result.",
            share_of(share),
            result.title
        ),
        None => format!("Too few {nouns} in {returns} to show what they come to."),
    }
}

/// Writes how the sections' scores spread, with a chart of the middle half, else of the means.
fn sections(view: &SeasonView, framework: &FrameworkStatistics, page: &mut Page) -> Result<(), XlsxError> {
    let rows = &framework.sections;
    if rows.is_empty() {
        return Ok(());
    }
    let beside = chart::of_sections(rows, &framework.title, view.season.settings.disclosure.quantiles);
    page.keep(beside.height());
    let top = page.here();
    page.part(&format!("{}: sections, in per cent of the most that can be scored", framework.title), COLUMNS)?;
    page.note(&verdict::section::sentence(rows))?;
    page.number_headings(&[
        "Section",
        "Returns",
        "Mean",
        "Lowest",
        "Lower quartile",
        "Median",
        "Upper quartile",
        "Highest",
    ])?;
    let first = page.row;
    for row in rows {
        section(page, row)?;
    }
    page.note(&format!("Quartiles are of type 7, as QUARTILE.INC.{}", beside.why()))?;
    chart::behind(page, first, rows)?;
    beside.place(page, top, first)
}

/// Writes a section.
fn section(page: &mut Page, row: &SectionRow) -> Result<(), XlsxError> {
    let spread = &row.percent;
    page.text(0, &titled(&row.section, &row.title))?;
    page.count(1, spread.n)?;
    let figures: [&Figure; 6] =
        [&spread.mean, &spread.lowest, &spread.lower_quartile, &spread.median, &spread.upper_quartile, &spread.highest];
    for (column, figure) in (2_u16..).zip(figures) {
        page.figure(column, figure, &page.style.tenth)?;
    }
    page.next()
}

/// Returns a share in per cent, for a sentence.
#[expect(clippy::float_arithmetic, reason = "a share for people to read")]
fn share_of(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}
