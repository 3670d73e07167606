//! A sheet that is being filled from the top.

use rust_xlsxwriter::{Format, Url, Worksheet, XlsxError};

use super::style::Style;
use crate::network::statistics::{Figure, FigureState};

/// The most characters that a cell can hold.
const LONGEST: usize = 32_000;

/// A sheet, and the row that is filled next.
pub(super) struct Page<'a> {
    /// The sheet.
    pub(super) sheet: &'a mut Worksheet,
    /// How cells look.
    pub(super) style: &'a Style,
    /// The next row.
    pub(super) row: u32,
}

impl<'a> Page<'a> {
    /// Starts a sheet with its set-up for the screen and for printing.
    pub(super) fn new(sheet: &'a mut Worksheet, style: &'a Style, name: &str, season: &str) -> Result<Self, XlsxError> {
        let escaped = season.replace('&', "&&");
        sheet.set_name(name)?.set_screen_gridlines(false).set_landscape().set_paper_size(9);
        sheet.set_print_fit_to_pages(1, 0).set_margins(0.5, 0.5, 0.7, 0.7, 0.3, 0.3);
        sheet.set_header(format!("&L&9{escaped}&R&9{name}")).set_footer("&L&9scrutineer&R&9Page &P of &N");
        sheet.set_tab_color(style.accent);
        Ok(Self { sheet, style, row: 0 })
    }

    /// Writes the sheet's title and what it is for.
    pub(super) fn title(&mut self, title: &str, about: &str) -> Result<(), XlsxError> {
        self.sheet.set_row_height(0, 30)?;
        self.sheet.write_string_with_format(0, 0, clipped(title), &self.style.title)?;
        self.sheet.write_string_with_format(1, 0, clipped(about), &self.style.subtitle)?;
        self.row = 3;
        Ok(())
    }

    /// Writes a part's heading across some columns, with a free row before.
    pub(super) fn part(&mut self, heading: &str, columns: u16) -> Result<(), XlsxError> {
        for column in 0..columns {
            self.sheet.write_blank(self.row, column, &self.style.part)?;
        }
        self.sheet.write_string_with_format(self.row, 0, clipped(heading), &self.style.part)?;
        self.sheet.set_row_height(self.row, 20)?;
        self.row += 1;
        Ok(())
    }

    /// Sets the widths of columns, from the first.
    pub(super) fn widths(&mut self, widths: &[f64]) -> Result<(), XlsxError> {
        for (column, width) in (0_u16..).zip(widths) {
            self.sheet.set_column_width(column, *width)?;
        }
        Ok(())
    }

    /// Writes a row of column headings.
    pub(super) fn headings(&mut self, headings: &[&str]) -> Result<(), XlsxError> {
        for (column, heading) in (0_u16..).zip(headings) {
            self.sheet.write_string_with_format(self.row, column, *heading, &self.style.heading)?;
        }
        self.sheet.set_row_height(self.row, 30)?;
        self.row += 1;
        Ok(())
    }

    /// Writes a row of column headings over numbers; the first is over texts.
    pub(super) fn number_headings(&mut self, headings: &[&str]) -> Result<(), XlsxError> {
        let row = self.row;
        self.headings(headings)?;
        for (column, heading) in (1_u16..).zip(headings.iter().skip(1)) {
            self.sheet.write_string_with_format(row, column, *heading, &self.style.number_heading)?;
        }
        Ok(())
    }

    /// Freezes everything above the next row, and repeats the row of headings on each printed page.
    pub(super) fn freeze(&mut self, columns: u16) -> Result<(), XlsxError> {
        self.sheet.set_freeze_panes(self.row, columns)?;
        self.sheet.set_repeat_rows(self.row - 1, self.row - 1)?;
        Ok(())
    }

    /// Writes a text; it never becomes a formula.
    pub(super) fn text(&mut self, column: u16, text: &str) -> Result<(), XlsxError> {
        self.sheet.write_string_with_format(self.row, column, clipped(text), &self.style.text)?;
        Ok(())
    }

    /// Writes a text that runs on into the free cells beside it.
    pub(super) fn remark(&mut self, column: u16, text: &str) -> Result<(), XlsxError> {
        self.sheet.write_string_with_format(self.row, column, clipped(text), &self.style.remark)?;
        Ok(())
    }

    /// Makes the row high enough for texts in columns of these widths, up to eight lines.
    pub(super) fn fit(&mut self, texts: &[(&str, u32)]) -> Result<(), XlsxError> {
        let lines = |text: &str, width: u32| -> usize {
            let width = usize::try_from(width).unwrap_or(usize::MAX).max(1);
            text.lines().map(|line| line.chars().count() / width + 1).sum()
        };
        let most = texts.iter().map(|(text, width)| lines(text, *width)).max().unwrap_or(1);
        let most = u16::try_from(most.clamp(1, 8)).unwrap_or(8);
        self.sheet.set_row_height(self.row, most * 13 + 2)?;
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
        match (figure.state, figure.value) {
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

    /// Writes a link to a file beside the season workbook, or to a cell in it; only the text where the link is too long.
    pub(super) fn link(&mut self, column: u16, text: &str, target: &str) -> Result<(), XlsxError> {
        let url = Url::new(format!("external:{target}")).set_text(clipped(text));
        if target.chars().count() > 1_000
            || self.sheet.write_url_with_format(self.row, column, url, &self.style.link).is_err()
        {
            self.text(column, text)?;
        }
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

/// Returns where a cell of a file beside the season workbook is found.
pub(super) fn at_cell(file: &str, sheet: Option<&str>, cell: Option<&str>) -> String {
    let file = file.replace('%', "%25").replace('#', "%23");
    match sheet {
        Some(sheet) => format!("{file}#'{}'!{}", sheet.replace('\'', "''"), cell.unwrap_or("A1")),
        None => file,
    }
}
