//! The charts of the overview, each to the right of its table.
//!
//! A chart is drawn from the cells of its table, so that it shows nothing that the table hides: where disclosure control hides a
//! count there is none, since a bar of nought would be untrue, and the note below the table says why.

use rust_xlsxwriter::{
    Chart, ChartAxisLabelPosition, ChartAxisTickType, ChartDataLabel, ChartFormat, ChartType, XlsxError,
};

use super::bars::{PIXELS, filled, lengths, letters, pale, unseen, unseen_line};
use super::overview::COLUMNS;
use super::page::{Here, Page};
use super::style::{LIGHT, MAIN};
use crate::statistics::{Figure, SectionRow, Share};

/// The columns behind the charts, with the lengths of bars that stand in no column of the table.
const BEHIND: [u16; 2] = [COLUMNS + 2, COLUMNS + 3];

/// What is drawn beside a table.
#[derive(Clone, Debug)]
pub(super) struct Beside {
    title: String,
    bars: Bars,
    rows: u32,
}

/// What the bars of a chart are.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Bars {
    /// How many, with the name of what is counted.
    Counts(String),
    /// The middle half of returns.
    MiddleHalf,
    /// The same, with some sections that have too few returns for it.
    MiddleHalfOfSome,
    /// Means, where quartiles need more returns than there are.
    Means(usize),
    /// No chart, for this reason.
    None(&'static str),
}

/// Returns the chart of some counts.
pub(super) fn of_counts(rows: &[(&str, &Share)], title: &str, counted: &str) -> Beside {
    let bars = if rows.iter().any(|(_, share)| !share.count.is_shown()) {
        Bars::None("There is no chart, since some of the numbers are hidden.")
    } else if rows.iter().filter_map(|(_, share)| share.count.value).sum::<f64>() < 2.0 {
        // A bar of one tells nothing.
        Bars::None("")
    } else {
        Bars::Counts(counted.to_owned())
    };
    Beside::new(title.to_owned(), bars, rows.len())
}

/// Returns the chart of sections: the middle half of returns, else the means, else none.
pub(super) fn of_sections(rows: &[SectionRow], framework: &str, needed: usize) -> Beside {
    let any = |figure: fn(&SectionRow) -> &Figure| rows.iter().any(|row| figure(row).is_shown());
    let all = rows.iter().all(|row| row.percent.lower_quartile.is_shown());
    let (bars, title) = if any(|row| &row.percent.lower_quartile) {
        let bars = if all { Bars::MiddleHalf } else { Bars::MiddleHalfOfSome };
        (bars, "the middle half of returns (dark up to the median, light above it)")
    } else if any(|row| &row.percent.mean) {
        (Bars::Means(needed), "the mean of returns")
    } else {
        (Bars::None("There is no chart, since too few returns stand behind the figures to show them."), "")
    };
    Beside::new(format!("{framework}: {title}"), bars, rows.len())
}

impl Beside {
    fn new(title: String, bars: Bars, rows: usize) -> Self {
        Self { title, bars, rows: u32::try_from(rows).unwrap_or(u32::MAX) }
    }

    /// Says why there is no chart, or not the usual one, to stand at the end of a note.
    pub(super) fn why(&self) -> String {
        match &self.bars {
            Bars::Counts(_) | Bars::MiddleHalf | Bars::None("") => String::new(),
            Bars::MiddleHalfOfSome => " Sections without a bar have too few returns for quartiles.".to_owned(),
            Bars::Means(needed) => format!(" Quartiles need {needed} returns, so the chart shows means."),
            Bars::None(why) => format!(" {why}"),
        }
    }

    /// Returns how high the chart is, in pixels; nought where there is none.
    fn pixels(&self) -> u32 {
        match self.bars {
            Bars::None(_) => 0,
            Bars::Counts(_) | Bars::MiddleHalf | Bars::MiddleHalfOfSome | Bars::Means(_) => {
                self.rows.saturating_mul(26).saturating_add(110).clamp(200, 560)
            }
        }
    }

    /// Returns how high table and chart are together, in points.
    pub(super) fn height(&self) -> u32 {
        // A heading, a sentence, the columns' headings, the rows, of which some take two lines, and a note.
        let table = 100 + self.rows.saturating_mul(20);
        table.max(self.pixels() * 3 / 4 + 15)
    }

    /// Draws the chart beside the table whose heading is at `top` and whose first row is `first`, and leaves rows free below a table
    /// that is lower than its chart.
    pub(super) fn place(&self, page: &mut Page, top: Here, first: u32) -> Result<(), XlsxError> {
        let last = first + self.rows.max(1) - 1;
        let chart = match &self.bars {
            Bars::Counts(counted) => Some(counts(counted, first, last)),
            Bars::MiddleHalf | Bars::MiddleHalfOfSome => Some(middle_half(first, last)),
            Bars::Means(_) => Some(means(first, last)),
            Bars::None(_) => None,
        };
        if let Some(mut chart) = chart {
            chart.title().set_name(&self.title).set_font(letters().set_bold().set_size(10));
            chart.x_axis().set_font(&letters()).set_name_font(&letters());
            chart.y_axis().set_font(&letters());
            chart.set_alt_text(&self.title).set_width(PIXELS).set_height(self.pixels());
            // A little lower than its heading, so that its frame isn't on the edge of a printed page.
            page.sheet.insert_chart_with_offset(top.row, COLUMNS + 1, &chart, 0, 4)?;
        }
        let end = top.down + self.pixels() * 3 / 4;
        while page.here().down < end {
            page.next()?;
        }
        page.next()
    }
}

/// Draws counts.
fn counts(counted: &str, first: u32, last: u32) -> Chart {
    let mut chart = Chart::new(ChartType::Bar);
    let series = chart.add_series();
    series
        .set_name(counted)
        .set_categories(("Overview", first, 0, last, 0))
        .set_values(("Overview", first, 1, last, 1))
        .set_gap(45)
        .set_format(&mut filled(MAIN))
        .set_data_label(ChartDataLabel::new().show_value().set_font(&letters()));
    axes(&mut chart);
    chart.x_axis().set_name(counted).set_num_format("#,##0").set_min(0);
    chart
}

/// Draws means.
fn means(first: u32, last: u32) -> Chart {
    let mut chart = Chart::new(ChartType::Bar);
    let series = chart.add_series();
    series
        .set_name("Mean")
        .set_categories(("Overview", first, 0, last, 0))
        .set_values(("Overview", first, 2, last, 2))
        .set_gap(45)
        .set_format(&mut filled(MAIN))
        .set_data_label(ChartDataLabel::new().show_value().set_num_format("0").set_font(&letters()));
    axes(&mut chart);
    of_the_most(&mut chart);
    chart
}

/// Draws the middle half of returns as bars that change colour at the median.
fn middle_half(first: u32, last: u32) -> Chart {
    let mut chart = Chart::new(ChartType::BarStacked);
    let bars: [(&str, u16, ChartFormat); 3] = [
        ("Below", 4, unseen()),
        ("Lower quartile to median", BEHIND[0], filled(MAIN)),
        ("Median to upper quartile", BEHIND[1], filled(LIGHT)),
    ];
    for (name, column, mut format) in bars {
        chart
            .add_series()
            .set_name(name)
            .set_categories(("Overview", first, 0, last, 0))
            .set_values(("Overview", first, column, last, column))
            .set_gap(50)
            .set_overlap(100)
            .set_format(&mut format);
    }
    axes(&mut chart);
    of_the_most(&mut chart);
    chart
}

/// Writes the lengths of the bars that show the middle half behind their chart.
pub(super) fn behind(page: &mut Page, first: u32, rows: &[SectionRow]) -> Result<(), XlsxError> {
    for (at, row) in (first..).zip(rows) {
        let spread = &row.percent;
        let quartiles = [&spread.lower_quartile, &spread.median, &spread.upper_quartile].map(|figure| figure.value);
        if let [Some(lower), Some(median), Some(upper)] = quartiles {
            for (column, length) in BEHIND.into_iter().zip(lengths([lower, median, upper])) {
                page.sheet.write_number_with_format(at, column, length, &page.style.behind)?;
            }
        }
    }
    Ok(())
}

/// Sets the axes: what is compared stands from the top, as in the table.
fn axes(chart: &mut Chart) {
    // The writer calls the axis across the page x in bar charts too. Without the other position the scale would move to the top
    // with the first of what is compared.
    chart.y_axis().set_reverse();
    let across = chart.x_axis().set_label_position(ChartAxisLabelPosition::High);
    across
        .set_major_gridlines_line(&pale())
        .set_major_tick_type(ChartAxisTickType::None)
        .set_format(&mut unseen_line());
    // Programs differ in which entries of a turned chart's legend they leave out: the title says what the colours are.
    chart.legend().set_hidden();
}

/// Sets a scale from nought to all that can be scored.
fn of_the_most(chart: &mut Chart) {
    chart.x_axis().set_name("Per cent of the most").set_min(0).set_max(100).set_major_unit(20).set_num_format("0");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::sample::{hidden, shown};
    use crate::statistics::Spread;

    fn share(count: Option<f64>) -> Share {
        let figure = || count.map_or_else(hidden, |count| shown(count, 9));
        Share { share: figure(), count: figure(), low: figure(), high: figure() }
    }

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
    fn hidden_counts_have_no_chart() {
        for (counts, expected) in [
            ([Some(4.0), Some(0.0)], Bars::Counts("Returns".to_owned())),
            ([Some(4.0), None], Bars::None("There is no chart, since some of the numbers are hidden.")),
            ([Some(0.0), Some(0.0)], Bars::None("")),
            ([Some(1.0), Some(0.0)], Bars::None("")),
        ] {
            let shares = counts.map(share);
            let rows: Vec<(&str, &Share)> = shares.iter().map(|share| ("x", share)).collect();
            assert_eq!(of_counts(&rows, "t", "Returns").bars, expected, "{counts:?}");
        }
    }

    #[test]
    fn a_chart_of_sections_shows_only_what_may_be_shown() {
        let too_few = "There is no chart, since too few returns stand behind the figures to show them.";
        for (mean, quartiles, expected) in [
            (Some(70.0), Some(71.0), Bars::MiddleHalf),
            (Some(70.0), None, Bars::Means(8)),
            (None, None, Bars::None(too_few)),
        ] {
            let rows = [section(mean, quartiles), section(mean, quartiles)];
            assert_eq!(of_sections(&rows, "F", 8).bars, expected);
        }
        let some = [section(Some(70.0), Some(71.0)), section(Some(70.0), None)];
        assert_eq!(of_sections(&some, "F", 8).bars, Bars::MiddleHalfOfSome);
    }
}
