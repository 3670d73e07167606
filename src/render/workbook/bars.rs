//! The bars to the right of a table.
//!
//! They are drawn from the table's cells, so that they show nothing that the table hides.

use rust_xlsxwriter::{
    Chart, ChartAxisLabelPosition, ChartAxisTickType, ChartDataLabel, ChartFont, ChartFormat, ChartLine,
    ChartSolidFill, ChartType, Color, ObjectMovement, XlsxError,
};

use super::page::Page;
use super::style::{LIGHT, LINE, MAIN};
use crate::document::{Bars, Cell, Lengths, Table};

/// The width of a chart with the gap before it, in points.
pub(super) const BESIDE: f64 = 420.0;

/// The width of a chart, in pixels.
const PIXELS: u32 = 520;

/// The width of the gap between a table and its chart, in letters.
const GAP: f64 = 3.0;

/// The least length of a bar, in per cent of the most.
const SEEN: f64 = 0.8;

/// Where the figures of a chart are.
#[derive(Clone, Copy)]
struct Rows<'a> {
    sheet: &'a str,
    first: u32,
    last: u32,
    /// The column behind the chart, with the lengths of bars that stand in no column of the table.
    behind: u16,
}

/// Returns the height of a table's chart, in points; nought where it has none.
pub(super) fn height(table: &Table) -> u32 {
    if table.bars.is_some() { pixels(table) * 3 / 4 } else { 0 }
}

/// Returns the height of a table's chart in pixels.
fn pixels(table: &Table) -> u32 {
    let number = u32::try_from(table.rows.len()).unwrap_or(u32::MAX);
    number.saturating_mul(26).saturating_add(110).clamp(200, 560)
}

/// Draws a table's bars from the row `top` on, where it has any.
pub(super) fn draw(page: &mut Page, table: &Table, top: u32, first: u32) -> Result<(), XlsxError> {
    let Some(bars) = &table.bars else { return Ok(()) };
    let number = u32::try_from(table.rows.len()).unwrap_or(u32::MAX);
    page.written.set_column_width(page.columns, GAP)?;
    let column = page.columns + 1;
    let rows = Rows { sheet: page.name, first, last: first + number.max(1) - 1, behind: column + 1 };
    let mut chart = match bars.lengths {
        Lengths::Counts(at) => of_column(rows, at, bars, "#,##0"),
        Lengths::Percent(at) => of_the_most(of_column(rows, at, bars, "0")),
        Lengths::MiddleHalf(lower, median, upper) => {
            behind(page, table, rows, [lower, median, upper])?;
            of_the_most(middle_half(rows, lower, bars))
        }
    };
    chart.title().set_name(&bars.title).set_font(letters().set_bold().set_size(10));
    chart.set_alt_text(&bars.title).set_width(PIXELS).set_height(pixels(table));
    chart.set_object_movement(ObjectMovement::MoveButDontSizeWithCells);
    // A little lower than its heading, so that its frame isn't on the edge of a printed page.
    page.written.insert_chart_with_offset(top, column, &chart, 0, 4)?;
    Ok(())
}

/// Draws the figures of one column.
fn of_column(rows: Rows, column: u16, bars: &Bars, format: &str) -> Chart {
    let mut chart = Chart::new(ChartType::Bar);
    chart
        .add_series()
        .set_name(&bars.axis)
        .set_categories((rows.sheet, rows.first, 0, rows.last, 0))
        .set_values((rows.sheet, rows.first, column, rows.last, column))
        .set_gap(45)
        .set_format(&mut filled(MAIN))
        .set_data_label(ChartDataLabel::new().show_value().set_num_format(format).set_font(&letters()));
    axes(&mut chart, bars);
    chart.x_axis().set_num_format(format).set_min(0);
    chart
}

/// Draws the middle half of returns as bars that change colour at the median.
fn middle_half(rows: Rows, lower: u16, bars: &Bars) -> Chart {
    let mut chart = Chart::new(ChartType::BarStacked);
    let parts: [(&str, u16, ChartFormat); 3] = [
        ("Below", lower, unseen()),
        ("Lower quartile to median", rows.behind, filled(MAIN)),
        ("Median to upper quartile", rows.behind + 1, filled(LIGHT)),
    ];
    for (name, column, mut format) in parts {
        chart
            .add_series()
            .set_name(name)
            .set_categories((rows.sheet, rows.first, 0, rows.last, 0))
            .set_values((rows.sheet, rows.first, column, rows.last, column))
            .set_gap(50)
            .set_overlap(100)
            .set_format(&mut format);
    }
    axes(&mut chart, bars);
    chart
}

/// Writes the lengths of the bars that show the middle half behind their chart.
fn behind(page: &mut Page, table: &Table, rows: Rows, columns: [u16; 3]) -> Result<(), XlsxError> {
    for (at, row) in (rows.first..).zip(&table.rows) {
        let [lower, median, upper] = columns.map(|column| value(row.get(usize::from(column))));
        if let (Some(lower), Some(median), Some(upper)) = (lower, median, upper) {
            for (column, length) in (rows.behind..).zip(lengths([lower, median, upper])) {
                page.written.write_number_with_format(at, column, length, &page.style.behind)?;
            }
        }
    }
    Ok(())
}

/// Returns the lengths of the two bars that show the middle half, up to the median and from there on.
#[expect(clippy::float_arithmetic, reason = "the lengths of bars in a chart")]
fn lengths([lower, median, upper]: [f64; 3]) -> [f64; 2] {
    // Where the quartiles are the same, a bar that is just wide enough to be seen.
    let least = if upper - lower < SEEN { SEEN } else { 0.0 };
    // A difference of floats has decimals that the figures haven't.
    [f64::max(median - lower, least), upper - median].map(|length| (length * 1e6).round() / 1e6)
}

/// Returns a cell's figure; `None` where it isn't shown.
fn value(cell: Option<&Cell>) -> Option<f64> {
    if let Some(Cell::Number(shown)) = cell { Some(shown.number()?.to_float()) } else { None }
}

/// Sets the axes: what is compared stands from the top, as in the table.
fn axes(chart: &mut Chart, bars: &Bars) {
    // The writer calls the axis across the page x in bar charts too. Without the other position the scale would move to the top
    // with the first of what is compared.
    chart.y_axis().set_reverse().set_font(&letters());
    let across = chart.x_axis().set_label_position(ChartAxisLabelPosition::High);
    across
        .set_name(&bars.axis)
        .set_font(&letters())
        .set_name_font(&letters())
        .set_major_gridlines_line(&pale())
        .set_major_tick_type(ChartAxisTickType::None)
        .set_format(&mut unseen_line());
    // Programs differ in which entries of a turned chart's legend they leave out: the title says what the colours are.
    chart.legend().set_hidden();
}

/// Sets a scale from nought to all that can be scored.
fn of_the_most(mut chart: Chart) -> Chart {
    chart.x_axis().set_min(0).set_max(100).set_major_unit(20).set_num_format("0");
    chart
}

/// Returns how a bar looks; its edge is dark, so that a light one is seen without colour.
fn filled(color: Color) -> ChartFormat {
    let mut edge = ChartLine::new();
    edge.set_color(MAIN).set_width(0.75);
    let mut format = ChartFormat::new();
    format.set_solid_fill(ChartSolidFill::new().set_color(color)).set_border(&edge);
    format
}

/// Returns the look of a bar that only keeps others off the axis.
fn unseen() -> ChartFormat {
    let mut format = ChartFormat::new();
    format.set_no_fill().set_no_border();
    format
}

/// Returns the letters of charts, the same as those of cells.
fn letters() -> ChartFont {
    let mut letters = ChartFont::new();
    letters.set_name("Arial").set_size(9);
    letters
}

/// Returns the look of an axis that the grid stands for.
fn unseen_line() -> ChartFormat {
    let mut format = ChartFormat::new();
    format.set_no_line();
    format
}

/// Returns the line of a chart's grid.
fn pale() -> ChartLine {
    let mut line = ChartLine::new();
    line.set_color(LINE).set_width(0.75);
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_as_long_as_the_figures_beside_them_say() {
        for (quartiles, expected) in [([76.6, 88.2, 90.0], [11.6, 1.8]), ([10.1, 30.3, 30.7], [20.2, 0.4])] {
            assert_eq!(
                lengths(quartiles).map(|length| length.to_string()),
                expected.map(|length: f64| length.to_string())
            );
        }
    }
}
