//! A sheet that is being filled from the top, with rows as high as their texts need.
//!
//! [`Page::next`] closes a row. Since each row's height is set, and the scale of the printed sheet follows from the columns' widths
//! ([`super::paper`]), it is known about where printed pages end: [`Page::keep`] starts a new one where a part would be torn.
//! Programs differ in how wide they make a column, so the sheet itself is fitted to the paper.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::paper;
use super::style::Style;

/// The most characters that a cell can hold.
const LONGEST: usize = 32_000;

/// The height of a line of text, in points.
const LINE: u16 = 13;

/// The most lines that a row is made high for.
const MOST_LINES: u16 = 24;

/// A sheet, and the row that is filled next.
pub(super) struct Page<'a> {
    /// What is written.
    pub(super) written: &'a mut Worksheet,
    /// How cells look.
    pub(super) style: &'a Style,
    /// Its name.
    pub(super) name: &'a str,
    /// The next row.
    pub(super) row: u32,
    /// How far down the sheet that row is, in points.
    pub(super) down: u32,
    /// How many columns its widest table has.
    pub(super) columns: u16,
    /// How many links it has.
    pub(super) links: usize,
    /// The rows with which printed pages begin.
    pub(super) breaks: Vec<u32>,
    widths: Vec<f64>,
    /// How many lines the row's fullest cell has.
    lines: u16,
    /// How far down the sheet the printed page begins.
    top: u32,
    /// How many points a printed page takes.
    room: u32,
}

impl<'a> Page<'a> {
    /// Starts a sheet whose columns are so wide and whose printed pages take so many points.
    pub(super) fn new(
        written: &'a mut Worksheet,
        style: &'a Style,
        name: &'a str,
        widths: Vec<f64>,
        room: u32,
    ) -> Result<Self, XlsxError> {
        for (column, width) in (0_u16..).zip(&widths) {
            written.set_column_width(column, *width)?;
        }
        let columns = u16::try_from(widths.len().max(8)).unwrap_or(u16::MAX);
        let (breaks, lines) = (Vec::new(), 1);
        Ok(Self { written, style, name, row: 0, down: 0, columns, links: 0, breaks, widths, lines, top: 0, room })
    }

    /// Makes the row at hand high enough for a text in a column.
    pub(super) fn fit(&mut self, column: u16, text: &str) {
        let width = self.widths.get(usize::from(column)).copied().unwrap_or(8.0);
        self.lines = self.lines.max(paper::lines(text, width)).min(MOST_LINES);
    }

    /// Makes the row at hand high enough for the words over a column, whose letters are broader.
    #[expect(clippy::float_arithmetic, reason = "lengths on paper")]
    pub(super) fn fit_heading(&mut self, column: u16, text: &str) {
        let width = self.widths.get(usize::from(column)).copied().unwrap_or(8.0);
        self.lines = self.lines.max(paper::lines(text, width * 0.9)).min(MOST_LINES);
    }

    /// Closes the row at hand, as high as its fullest cell needs.
    pub(super) fn next(&mut self) -> Result<(), XlsxError> {
        self.next_of(self.lines * LINE + 2)
    }

    /// Closes the row at hand at this height, in points.
    pub(super) fn next_of(&mut self, height: u16) -> Result<(), XlsxError> {
        self.written.set_row_height(self.row, height)?;
        if !self.has_room(u32::from(height)) {
            self.top = self.down;
        }
        self.row += 1;
        self.down += u32::from(height);
        self.lines = 1;
        Ok(())
    }

    /// Writes a line that runs on over all columns, in as many lines as it takes; an empty row where it is empty.
    pub(super) fn line(&mut self, text: &str, format: &Format) -> Result<(), XlsxError> {
        self.lines = self.lines_across(text);
        let last = u16::try_from(self.widths.len()).unwrap_or(u16::MAX).saturating_sub(1);
        if self.lines > 1 && last > 0 {
            self.written.merge_range(self.row, 0, self.row, last, &clipped(text), &format.clone().set_text_wrap())?;
        } else if !text.is_empty() {
            self.written.write_string_with_format(self.row, 0, clipped(text), format)?;
        }
        self.next()
    }

    /// Returns how many points a line takes that runs on over all columns.
    pub(super) fn height_across(&self, text: &str) -> u32 {
        u32::from(self.lines_across(text) * LINE + 2)
    }

    fn lines_across(&self, text: &str) -> u16 {
        paper::lines(text, self.widths.iter().sum()).min(MOST_LINES)
    }

    /// Whether so many points of rows fit on a printed page at all.
    pub(super) fn can_hold(&self, points: u32) -> bool {
        points <= self.room
    }

    /// Whether so many points of rows still fit on the printed page.
    pub(super) fn has_room(&self, points: u32) -> bool {
        self.down + points <= self.top + self.room
    }

    /// Starts a new printed page unless so many points of rows fit on the one at hand; none is left empty.
    pub(super) fn keep(&mut self, points: u32) {
        if !self.has_room(points) && self.down > self.top {
            self.break_here();
        }
    }

    /// Starts a new printed page.
    pub(super) fn break_here(&mut self) {
        self.breaks.push(self.row);
        self.top = self.down;
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

    /// Returns how far down a sheet is filled and where printed pages begin.
    fn filled(fill: impl FnOnce(&mut Page)) -> (u32, Vec<u32>) {
        let style = Style::new(Branding::default().accent);
        let mut sheet = Worksheet::new();
        let mut page = Page::new(&mut sheet, &style, "Sheet", vec![20.0, 20.0], 460).unwrap();
        fill(&mut page);
        (page.down, page.breaks)
    }

    #[test]
    fn a_row_is_as_high_as_its_fullest_cell() {
        for (text, expected) in [("short", 15), ("a name that takes more than a line", 28), ("one\ntwo\nthree", 41)] {
            let (down, _) = filled(|page| {
                page.fit(0, "x");
                page.fit(1, text);
                page.next().unwrap();
            });
            assert_eq!(down, expected, "{text}");
        }
    }

    #[test]
    fn a_sentence_takes_the_lines_that_it_needs_over_all_columns() {
        for (words, expected) in [(1, 15), (8, 28), (0, 15)] {
            let (down, _) = filled(|page| {
                let style = page.style;
                page.line(&"sentence ".repeat(words), &style.subtitle).unwrap();
            });
            assert_eq!(down, expected, "{words} words");
        }
    }

    #[test]
    fn a_part_that_does_not_fit_starts_a_page() {
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
