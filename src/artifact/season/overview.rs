//! The first sheet: who came, how outcomes and sections spread, and charts of both.

use rust_xlsxwriter::{
    Chart, ChartAxisLabelPosition, ChartDataLabel, ChartFormat, ChartLine, ChartSolidFill, ChartType, Color, Image,
    XlsxError,
};

use super::SeasonView;
use super::page::Page;
use super::style::{LIGHT, LINE, MAIN};
use crate::artifact::report::PictureKind;
use crate::day::long_date;
use crate::network::statistics::FrameworkStatistics;
use crate::review::Status;

/// The columns that the tables take; charts stand to the right.
const COLUMNS: u16 = 9;

/// The least rows that a chart needs.
const CHART_ROWS: u32 = 15;

/// Fills the sheet.
pub(super) fn fill(view: &SeasonView, page: &mut Page) -> Result<(), XlsxError> {
    page.widths(&[30.0, 11.0, 11.0, 11.0, 11.0, 11.0, 11.0, 11.0, 11.0, 3.0])?;
    page.title(view.title, &about(view))?;
    logo(view, page)?;
    files(view, page)?;
    for framework in &view.statistics.frameworks {
        outcomes(framework, page)?;
        sections(framework, page)?;
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
    let with =
        |wanted: &[Status]| view.network.returns.iter().filter(|found| wanted.contains(&found.review.status)).count();
    let missing = view.network.findings.iter().filter(|finding| finding.rule == "return-missing").count();
    let figures = [
        (view.network.returns.len(), "files"),
        (with(&[Status::Scored]), "complete returns"),
        (with(&[Status::Provisional]), "returns with answers missing"),
        (with(&[Status::Duplicate]), "duplicates"),
        (with(&[Status::Superseded]), "superseded"),
        (with(&[Status::Unreadable]), "unreadable"),
        (with(&[Status::Unrecognised]), "other files"),
        (missing, "organisations with returns missing"),
    ];
    for (column, (count, caption)) in (1_u16..).zip(figures) {
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        page.sheet.write_number_with_format(page.row, column, count, &page.style.large)?;
        page.sheet.write_string_with_format(page.row + 1, column, caption, &page.style.caption)?;
    }
    page.sheet.set_row_height(page.row, 32)?.set_row_height(page.row + 1, 42)?;
    page.row += 3;
    Ok(())
}

/// Writes how many returns have each outcome, with its chart.
fn outcomes(framework: &FrameworkStatistics, page: &mut Page) -> Result<(), XlsxError> {
    page.part(&format!("{}: outcomes of {} returns", framework.title, framework.coverage.counted), COLUMNS)?;
    page.number_headings(&["Outcome", "Returns", "Share", "From", "To"])?;
    let first = page.row;
    for row in &framework.outcomes {
        page.text(0, &row.title)?;
        page.figure(1, &row.share.count, &page.style.count)?;
        page.figure(2, &row.share.share, &page.style.share)?;
        page.figure(3, &row.share.low, &page.style.share)?;
        page.figure(4, &row.share.high, &page.style.share)?;
        page.row += 1;
    }
    note(page, "From and to: the 95 % interval of the share (Wilson).")?;
    if page.row > first + 1 {
        let last = first + u32::try_from(framework.outcomes.len()).unwrap_or(1) - 1;
        let mut chart = Chart::new_column();
        chart
            .add_series()
            .set_name("Returns")
            .set_categories(("Overview", first, 0, last, 0))
            .set_values(("Overview", first, 1, last, 1))
            .set_gap(60)
            .set_format(ChartFormat::new().set_solid_fill(ChartSolidFill::new().set_color(MAIN)))
            .set_data_label(ChartDataLabel::new().show_value());
        chart.legend().set_hidden();
        chart.y_axis().set_name("Returns").set_num_format("0").set_min(0).set_major_gridlines_line(&pale());
        place(page, chart, first - 2, &format!("{}: returns by outcome", framework.title))?;
    }
    page.row = page.row.max(first - 2 + CHART_ROWS) + 1;
    Ok(())
}

/// Writes how the sections' scores spread, with a chart of the middle half.
fn sections(framework: &FrameworkStatistics, page: &mut Page) -> Result<(), XlsxError> {
    if framework.sections.is_empty() {
        return Ok(());
    }
    page.part(&format!("{}: sections, in per cent of the most that can be scored", framework.title), COLUMNS)?;
    page.number_headings(&[
        "Section",
        "Returns",
        "Lowest",
        "Lower quartile",
        "Median",
        "Upper quartile",
        "Highest",
        "Up to median",
        "Up to upper quartile",
    ])?;
    let first = page.row;
    for row in &framework.sections {
        page.text(0, &format!("{} {}", row.section, row.title))?;
        page.count(1, row.percent.n)?;
        let spread = &row.percent;
        let figures = [&spread.lowest, &spread.lower_quartile, &spread.median, &spread.upper_quartile, &spread.highest];
        for (column, figure) in (2_u16..).zip(figures) {
            page.figure(column, figure, &page.style.tenth)?;
        }
        steps(page, [&spread.lower_quartile, &spread.median, &spread.upper_quartile].map(|figure| figure.value))?;
        page.row += 1;
    }
    note(page, "Quartiles are of type 7, as QUARTILE.INC. The last two columns are the lengths of the chart's bars.")?;
    let last = first + u32::try_from(framework.sections.len()).unwrap_or(1) - 1;
    place(
        page,
        range_chart(first, last),
        first - 2,
        &format!("{}: the middle half of returns (dark up to the median, light above it)", framework.title),
    )?;
    page.row = page.row.max(first - 2 + CHART_ROWS.max(last - first + 8)) + 1;
    Ok(())
}

/// Writes the lengths of the two bars of a range.
#[expect(clippy::float_arithmetic, reason = "the lengths of bars in a chart")]
fn steps(page: &mut Page, quartiles: [Option<f64>; 3]) -> Result<(), XlsxError> {
    if let [Some(lower), Some(median), Some(upper)] = quartiles {
        page.sheet.write_number_with_format(page.row, 7, median - lower, &page.style.tenth)?;
        page.sheet.write_number_with_format(page.row, 8, upper - median, &page.style.tenth)?;
    }
    Ok(())
}

/// Draws the middle half of returns as bars that change colour at the median.
fn range_chart(first: u32, last: u32) -> Chart {
    let mut chart = Chart::new(ChartType::BarStacked);
    let bars: [(&str, u16, Option<Color>); 3] =
        [("Below", 3, None), ("Lower quartile to median", 7, Some(MAIN)), ("Median to upper quartile", 8, Some(LIGHT))];
    for (name, column, color) in bars {
        let mut format = ChartFormat::new();
        match color {
            Some(color) => format.set_solid_fill(ChartSolidFill::new().set_color(color)),
            None => format.set_no_fill(),
        };
        chart
            .add_series()
            .set_name(name)
            .set_categories(("Overview", first, 0, last, 0))
            .set_values(("Overview", first, column, last, column))
            .set_gap(50)
            .set_overlap(100)
            .set_format(&mut format);
    }
    // The writer calls the axis across the page x in bar charts too. Sections stand from the top, as in the table; without
    // the other position the scale would move to the top with them.
    chart.y_axis().set_reverse();
    let across = chart.x_axis().set_name("Per cent of the most").set_min(0).set_max(100).set_num_format("0");
    across.set_label_position(ChartAxisLabelPosition::High).set_major_gridlines_line(&pale());
    // Programs differ in which entries of a turned chart's legend they leave out: the title says what the colours are.
    chart.legend().set_hidden();
    chart
}

/// Returns the line of a chart's grid.
fn pale() -> ChartLine {
    let mut line = ChartLine::new();
    line.set_color(LINE).set_width(0.75);
    line
}

/// Places a chart to the right of its table.
fn place(page: &mut Page, mut chart: Chart, row: u32, title: &str) -> Result<(), XlsxError> {
    chart.title().set_name(title);
    chart.title().set_font(rust_xlsxwriter::ChartFont::new().set_size(11));
    chart.set_alt_text(title).set_width(560).set_height(300);
    page.sheet.insert_chart(row, COLUMNS + 1, &chart)?;
    Ok(())
}

/// Writes a quiet line below a table.
fn note(page: &mut Page, text: &str) -> Result<(), XlsxError> {
    page.sheet.write_string_with_format(page.row, 0, text, &page.style.subtitle)?;
    page.row += 1;
    Ok(())
}
