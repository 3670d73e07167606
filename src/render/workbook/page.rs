//! A sheet that is being filled from the top, with rows as high as their texts need.
//!
//! [`Page::next`] closes a row. Since each row's height is set, and the scale of the printed sheet follows from the columns' widths
//! ([`super::paper`]), the sheet knows about where printed pages end: [`Page::keep`] starts a new one where a table would be parted
//! from its heading or its chart. Programs differ in how wide they make a column, so the sheet itself is fitted to the paper.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::paper::{self, Paper, Turn};
use super::style::Style;
use crate::statistics::{Figure, FigureState};

/// The most characters that a cell can hold.
const LONGEST: usize = 32_000;

/// The most lines that a row is made high for; a sheet has no rows of more than some thirty.
const MOST_LINES: u16 = 24;

/// The height of a line, in points.
const LINE: u16 = 13;

/// The height of a part's heading, in points.
const PART: u16 = 20;

/// The height of a row of columns' headings, in points.
const HEADINGS: u16 = 30;

/// A column of texts: its heading, and its width in characters.
#[derive(Clone, Debug)]
pub(super) struct Column {
    heading: String,
    width: f64,
}

/// Returns a column of texts.
pub(super) fn texts(heading: &str, width: f64) -> Column {
    Column { heading: heading.to_owned(), width }
}

/// A place on a sheet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Here {
    /// The row.
    pub(super) row: u32,
    /// How far down the sheet it is, in points.
    pub(super) down: u32,
}

/// A sheet, and the row that is filled next.
pub(super) struct Page<'a> {
    /// The sheet.
    pub(super) sheet: &'a mut Worksheet,
    /// How cells look.
    pub(super) style: &'a Style,
    /// The next row.
    pub(super) row: u32,
    widths: Vec<f64>,
    paper: Paper,
    /// How many lines the row's fullest cell has.
    lines: u16,
    /// How far down the sheet the row is, in points.
    down: u32,
    /// How far down the sheet the printed page begins.
    top: u32,
    /// What is repeated at the top of each printed page, in points.
    repeated: u32,
    /// The rows with which printed pages begin.
    breaks: Vec<u32>,
}

impl<'a> Page<'a> {
    /// Starts a sheet with its set-up for the screen and for printing.
    pub(super) fn new(sheet: &'a mut Worksheet, style: &'a Style, name: &str, season: &str) -> Result<Self, XlsxError> {
        let escaped = season.replace('&', "&&");
        sheet.set_name(name)?.set_screen_gridlines(false);
        let margins = paper::MARGINS;
        sheet.set_margins(margins.side, margins.side, margins.end, margins.end, 0.3, 0.3);
        sheet.set_header(format!("&L&9{escaped}&R&9{name}")).set_footer("&L&9scrutineer&R&9Page &P of &N");
        sheet.set_tab_color(style.accent);
        Ok(Self {
            sheet,
            style,
            row: 0,
            widths: Vec::new(),
            paper: Paper::for_width(0.0),
            lines: 1,
            down: 0,
            top: 0,
            repeated: 0,
            breaks: Vec::new(),
        })
    }

    /// Sets where printed pages begin, once the sheet is filled.
    pub(super) fn finish(self) -> Result<(), XlsxError> {
        self.sheet.set_paper_size(self.paper.number());
        match self.paper.turn() {
            Turn::Upright => self.sheet.set_portrait(),
            Turn::OnItsSide => self.sheet.set_landscape(),
        };
        if self.paper.fits() {
            self.sheet.set_print_fit_to_pages(1, 0);
        } else {
            self.sheet.set_print_scale(self.paper.scale());
        }
        self.sheet.set_page_breaks(&self.breaks)?;
        Ok(())
    }

    /// Writes the sheet's title and what it is for.
    pub(super) fn title(&mut self, title: &str, about: &str) -> Result<(), XlsxError> {
        self.sheet.write_string_with_format(0, 0, clipped(title), &self.style.title)?;
        self.next_of(HEADINGS)?;
        self.sheet.write_string_with_format(1, 0, clipped(about), &self.style.subtitle)?;
        self.next()?;
        self.next()
    }

    /// Writes a part's heading across some columns.
    pub(super) fn part(&mut self, heading: &str, columns: u16) -> Result<(), XlsxError> {
        for column in 0..columns {
            self.sheet.write_blank(self.row, column, &self.style.part)?;
        }
        self.sheet.write_string_with_format(self.row, 0, clipped(heading), &self.style.part)?;
        self.next_of(PART)
    }

    /// Writes a quiet line that runs on over the columns beside it.
    pub(super) fn note(&mut self, text: &str) -> Result<(), XlsxError> {
        self.sheet.write_string_with_format(self.row, 0, clipped(text), &self.style.subtitle)?;
        self.next()
    }

    /// Sets the widths of columns, from the first.
    pub(super) fn widths(&mut self, widths: &[f64]) -> Result<(), XlsxError> {
        self.widths_beside(widths, 0.0)
    }

    /// Sets the widths of columns, from the first, and leaves so many points to the right of them for charts.
    pub(super) fn widths_beside(&mut self, widths: &[f64], charts: f64) -> Result<(), XlsxError> {
        for (column, width) in (0_u16..).zip(widths) {
            self.sheet.set_column_width(column, *width)?;
        }
        self.paper = Paper::for_width(paper::points(widths, charts));
        self.widths = widths.to_vec();
        Ok(())
    }

    /// Sets the widths of columns and writes their headings, which stay on the screen and on each printed page with so many
    /// columns on the left; returns the row of headings.
    pub(super) fn columns(&mut self, columns: &[Column], kept: u16) -> Result<u32, XlsxError> {
        let widths: Vec<f64> = columns.iter().map(|column| column.width).collect();
        self.widths(&widths)?;
        for (at, column) in (0_u16..).zip(columns) {
            let format = if at == 0 { &self.style.heading } else { &self.style.inner_heading };
            self.sheet.write_string_with_format(self.row, at, &column.heading, format)?;
        }
        self.next_of(HEADINGS)?;
        self.freeze(kept)?;
        self.repeated = u32::from(HEADINGS);
        Ok(self.row - 1)
    }

    /// Writes a row of column headings; the first is over texts, the others over numbers.
    pub(super) fn number_headings(&mut self, headings: &[&str]) -> Result<(), XlsxError> {
        for (column, heading) in (0_u16..).zip(headings) {
            let format = if column == 0 { &self.style.heading } else { &self.style.number_heading };
            self.sheet.write_string_with_format(self.row, column, *heading, format)?;
        }
        self.next_of(HEADINGS)
    }

    /// Freezes everything above the next row, and repeats the row above it on each printed page.
    pub(super) fn freeze(&mut self, columns: u16) -> Result<(), XlsxError> {
        self.sheet.set_freeze_panes(self.row, columns)?;
        self.sheet.set_repeat_rows(self.row - 1, self.row - 1)?;
        Ok(())
    }

    /// Closes the row, as high as its fullest cell needs.
    pub(super) fn next(&mut self) -> Result<(), XlsxError> {
        self.next_of(self.lines * LINE + 2)
    }

    /// Closes the row with a height in points.
    pub(super) fn next_of(&mut self, points: u16) -> Result<(), XlsxError> {
        self.sheet.set_row_height(self.row, points)?;
        let points = u32::from(points);
        if self.down + points > self.top + self.room() {
            self.top = self.down;
        }
        self.down += points;
        self.row += 1;
        self.lines = 1;
        Ok(())
    }

    /// Starts a new printed page unless so many points of rows fit on the one at hand.
    pub(super) fn keep(&mut self, points: u32) {
        if self.down + points > self.top + self.room() && self.down > self.top {
            self.break_here();
        }
    }

    /// Starts a new printed page.
    pub(super) fn break_here(&mut self) {
        self.top = self.down;
        self.breaks.push(self.row);
    }

    /// Returns where the next row is.
    pub(super) fn here(&self) -> Here {
        Here { row: self.row, down: self.down }
    }

    /// How many points of rows a printed page takes.
    fn room(&self) -> u32 {
        // The first page has no rows that are repeated, but the title, which is about as high.
        self.paper.room().saturating_sub(self.repeated)
    }

    /// Writes a text; it never becomes a formula.
    pub(super) fn text(&mut self, column: u16, text: &str) -> Result<(), XlsxError> {
        let format = if column == 0 { &self.style.text } else { &self.style.inner_text };
        self.formatted(column, text, format)
    }

    /// Writes a text in a format, for which the row is made high enough.
    pub(super) fn formatted(&mut self, column: u16, text: &str, format: &Format) -> Result<(), XlsxError> {
        let width = self.widths.get(usize::from(column)).copied().unwrap_or(8.0);
        self.lines = self.lines.max(paper::lines(text, width)).min(MOST_LINES);
        self.sheet.write_string_with_format(self.row, column, clipped(text), format)?;
        Ok(())
    }

    /// Writes a text that runs on into the free cells beside it.
    pub(super) fn remark(&mut self, column: u16, text: &str) -> Result<(), XlsxError> {
        self.sheet.write_string_with_format(self.row, column, clipped(text), &self.style.remark)?;
        Ok(())
    }

    /// Writes a count.
    pub(super) fn count(&mut self, column: u16, count: usize) -> Result<(), XlsxError> {
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        self.sheet.write_number_with_format(self.row, column, count, &self.style.count)?;
        Ok(())
    }

    /// Writes a figure, or that it is hidden or not defined.
    pub(super) fn figure(&mut self, column: u16, figure: &Figure, format: &Format) -> Result<(), XlsxError> {
        match (figure.state(), figure.value) {
            (FigureState::Shown, Some(value)) => {
                self.sheet.write_number_with_format(self.row, column, value, format)?
            }
            (FigureState::Hidden, _) => {
                self.sheet.write_string_with_format(self.row, column, "hidden", &self.style.quiet)?
            }
            (FigureState::Undefined | FigureState::Shown, _) => {
                self.sheet.write_string_with_format(self.row, column, "\u{2013}", &self.style.quiet)?
            }
        };
        Ok(())
    }
}

/// Cuts a text that is too long for a cell, and says so.
pub(super) fn clipped(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{} \u{2026} (cut)", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::branding::Branding;

    /// Returns a row's height and where printed pages begin, after filling a sheet.
    fn filled(fill: impl FnOnce(&mut Page)) -> (u32, Vec<u32>) {
        let style = Style::new(Branding::default().accent);
        let mut sheet = Worksheet::new();
        let mut page = Page::new(&mut sheet, &style, "Sheet", "Season").unwrap();
        page.widths(&[20.0, 20.0]).unwrap();
        fill(&mut page);
        (page.down, page.breaks.clone())
    }

    #[test]
    fn a_row_is_as_high_as_its_fullest_cell() {
        for (text, expected) in [("short", 15), ("a name that takes more than a line", 28), ("one\ntwo\nthree", 41)] {
            let (down, _) = filled(|page| {
                page.text(0, "x").unwrap();
                page.text(1, text).unwrap();
                page.next().unwrap();
            });
            assert_eq!(down, expected, "{text}");
        }
    }

    #[test]
    fn a_table_that_does_not_fit_starts_a_page() {
        let with = |rows: u32, needed: u32| {
            let (_, breaks) = filled(|page| {
                (0..rows).for_each(|_| page.next().unwrap());
                page.keep(needed);
            });
            breaks
        };
        assert_eq!(with(10, 100), Vec::<u32>::new());
        assert_eq!(with(28, 100), [28]);
        assert_eq!(with(0, 10_000), Vec::<u32>::new(), "no page is left empty");
    }
}
