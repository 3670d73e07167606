//! A document on a sheet: its title, then its parts one below the other, each table with its bars to the right.
//!
//! Rows are as high as their texts need, and a printed sheet is fitted to the width of its paper with the headings of its list
//! repeated on each page. A part that begins a page does so on paper too.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::bars;
use super::page::clipped;
use super::paper::{self, Paper, Turn};
use super::style::Style;
use super::table;
use crate::document::{Block, Document, Fact, Lies, Panel, Part, Table, Use, Width};

/// The height of a row of columns' headings, and of the title, in points.
const HEADINGS: u16 = 30;

/// How many rows the title and the introduction take.
const TOP: u32 = 3;

/// The height of a line of text, in points.
const LINE: u16 = 13;

/// The most lines that a row is made high for.
const MOST_LINES: u16 = 24;

/// More rows than this have more room on upright paper.
const MANY: usize = 40;

/// A sheet that is filled from the top.
pub(super) struct Sheet<'a> {
    /// What is written.
    pub(super) written: &'a mut Worksheet,
    /// How cells look.
    pub(super) style: &'a Style,
    /// Its name.
    pub(super) name: &'a str,
    /// The next row.
    pub(super) row: u32,
    /// How many columns its widest table has.
    pub(super) columns: u16,
    /// How many links it has.
    pub(super) links: usize,
    widths: Vec<f64>,
    /// How many lines the row's fullest cell has.
    lines: u16,
    breaks: Vec<u32>,
    /// How many points of the printed page are filled.
    down: u32,
    /// How many points a printed page takes.
    room: u32,
}

/// Prints a document on a sheet that is called by the document's subject.
pub(super) fn fill(document: &Document, sheet: &mut Worksheet, style: &Style) -> Result<(), XlsxError> {
    let tables = document.tables();
    let widths = widths(&tables);
    sheet.set_name(&document.subject)?;
    set_up(sheet, style, &document.subject, &document.head[0]);
    for (column, width) in (0_u16..).zip(&widths) {
        sheet.set_column_width(column, *width)?;
    }
    let columns = u16::try_from(widths.len().max(8)).unwrap_or(u16::MAX);
    let name = &document.subject;
    let paper = paper(&tables, &widths);
    lay(sheet, paper);
    let (breaks, room) = (Vec::new(), paper.room());
    let mut page =
        Sheet { written: sheet, style, name, row: 0, columns, links: 0, widths, lines: 1, breaks, down: 0, room };
    page.written.set_row_height(0, HEADINGS)?;
    page.line(&document.title, &style.title)?;
    page.line(&document.introduction.join(" "), &style.subtitle)?;
    page.row += 1;
    for part in &document.parts {
        page.part(part, 1)?;
    }
    let breaks = page.breaks;
    sheet.set_page_breaks(&breaks)?;
    Ok(())
}

/// Sets a sheet up for the screen and for printing.
fn set_up(sheet: &mut Worksheet, style: &Style, name: &str, season: &str) {
    let margins = paper::MARGINS;
    sheet.set_screen_gridlines(false).set_tab_color(style.accent);
    sheet.set_margins(margins.side, margins.side, margins.end, margins.end, 0.3, 0.3);
    sheet.set_header(format!("&L&9{}&R&9{}", season.replace('&', "&&"), name.replace('&', "&&")));
    sheet.set_footer("&L&9scrutineer&R&9Page &P of &N");
}

/// Returns the paper for a sheet: all columns on one page's width, as far as that can be read.
fn paper(tables: &[&Table], widths: &[f64]) -> Paper {
    let beside = if tables.iter().any(|table| table.bars.is_some()) { bars::WIDTH } else { 0.0 };
    let is_long = tables.iter().any(|table| table.rows.len() > MANY);
    let paper = Paper::for_width(paper::points(widths, beside));
    let upright = Paper::upright(paper::points(widths, beside)).filter(|_| is_long);
    upright.unwrap_or(paper)
}

/// Lays a sheet on its paper.
fn lay(sheet: &mut Worksheet, paper: Paper) {
    sheet.set_paper_size(paper.number());
    match paper.turn() {
        Turn::Upright => sheet.set_portrait(),
        Turn::OnItsSide => sheet.set_landscape(),
    };
    if paper.fits() {
        sheet.set_print_fit_to_pages(1, 0);
    } else {
        sheet.set_print_scale(paper.scale());
    }
}

/// Returns the width of each column, in letters: that of the table which needs the widest.
fn widths(tables: &[&Table]) -> Vec<f64> {
    let mut widths: Vec<f64> = Vec::new();
    for table in tables {
        for (at, column) in table.columns.iter().enumerate() {
            let width = match column.width {
                Width::Fit => 12.0,
                Width::Share(share) if share > 1.2 => 44.0,
                Width::Share(_) => 24.0,
                Width::Chars(chars) => chars,
            };
            match widths.get_mut(at) {
                Some(widest) => *widest = widest.max(width),
                None => widths.push(width),
            }
        }
    }
    widths
}

impl Sheet<'_> {
    /// Writes a part: its heading, then what stands in it.
    fn part(&mut self, part: &Part, level: usize) -> Result<(), XlsxError> {
        if part.lies == Lies::NewPage && self.row > TOP {
            self.break_here();
        }
        let top = self.row;
        if let Some(heading) = &part.heading {
            self.heading(heading, level)?;
        }
        for block in &part.blocks {
            self.block(block, level, top)?;
        }
        Ok(())
    }

    /// Writes a heading across the sheet.
    fn heading(&mut self, heading: &str, level: usize) -> Result<(), XlsxError> {
        let style = self.style;
        let format = if level == 1 { &style.part } else { &style.inner_part };
        for column in 1..self.columns {
            self.written.write_blank(self.row, column, format)?;
        }
        self.line(heading, format)
    }

    /// Writes one block of a part whose heading is at `top`.
    fn block(&mut self, block: &Block, level: usize, top: u32) -> Result<(), XlsxError> {
        let style = self.style;
        match block {
            Block::Lead(sentences) => self.line(&sentences.join(" "), &style.subtitle),
            Block::Paragraph(words) | Block::Note(words) => self.line(words, &style.subtitle),
            Block::Statement(words) | Block::Notice(words) => self.line(words, &style.inner_part),
            Block::Points(points) => {
                points.iter().try_for_each(|point| self.line(&format!("\u{2022} {point}"), &style.subtitle))
            }
            Block::Labelled(facts) | Block::Facts(facts) | Block::Figures(facts) => self.facts(facts),
            Block::Cards(cards) => cards.iter().try_for_each(|card| {
                self.line(&card.title, &style.inner_part)?;
                self.facts(&card.facts)
            }),
            Block::Panel(panel) => self.panel(panel),
            Block::Table(data) => self.table(data, top),
            Block::Part(part) => self.part(part, level + 1),
            // What is drawn on pages has its figures in a table as well, and nothing on a sheet is signed.
            Block::Gauge(_) | Block::Strip(_) | Block::Stack(_) | Block::Signature(_) | Block::Contents => Ok(()),
        }
    }

    /// Writes a table, and what is drawn beside it.
    fn table(&mut self, data: &Table, top: u32) -> Result<(), XlsxError> {
        let first = table::write(self, data)?;
        match data.used {
            Use::Read => {
                let end = bars::draw(self, data, top, first)?;
                self.row = end.max(self.row) + 1;
                Ok(())
            }
            Use::Kept(kept) => {
                self.written.set_freeze_panes(TOP, kept)?;
                self.written.set_repeat_columns(0, kept.max(1) - 1)?;
                self.row += 1;
                Ok(())
            }
            Use::List(kept) | Use::Worklist(_, kept) => {
                let heading = first - 1;
                self.written.set_freeze_panes(first, kept)?;
                self.written.set_repeat_rows(heading, heading)?;
                if table::is_upright(data) {
                    self.written.set_repeat_columns(0, kept.max(1) - 1)?;
                } else {
                    self.written.set_row_height(heading, HEADINGS)?;
                }
                Ok(())
            }
        }
    }

    /// Makes the row at hand high enough for a text in a column.
    pub(super) fn fit(&mut self, column: u16, text: &str) {
        let width = self.widths.get(usize::from(column)).copied().unwrap_or(8.0);
        self.lines = self.lines.max(paper::lines(text, width)).min(MOST_LINES);
    }

    /// Closes the row at hand, as high as its fullest cell needs.
    pub(super) fn next(&mut self) -> Result<(), XlsxError> {
        self.next_of(self.lines * LINE + 2)
    }

    /// Closes the row at hand at this height.
    pub(super) fn next_of(&mut self, height: u16) -> Result<(), XlsxError> {
        self.written.set_row_height(self.row, height)?;
        self.row += 1;
        self.down += u32::from(height);
        self.lines = 1;
        Ok(())
    }

    /// Whether the printed page has no room for another row of two lines.
    pub(super) fn is_full(&self) -> bool {
        self.down + u32::from(2 * LINE + 2) > self.room
    }

    /// Begins a printed page.
    pub(super) fn break_here(&mut self) {
        self.breaks.push(self.row);
        self.down = 0;
    }

    /// Writes labels with their values.
    fn facts(&mut self, facts: &[Fact]) -> Result<(), XlsxError> {
        for fact in facts {
            self.written.write_string_with_format(self.row, 0, clipped(&fact.label), &self.style.text)?;
            self.written.write_string_with_format(self.row, 1, clipped(&fact.value), &self.style.remark)?;
            self.row += 1;
        }
        self.row += 1;
        Ok(())
    }

    /// Writes a few large figures, each above what it is.
    fn panel(&mut self, panel: &Panel) -> Result<(), XlsxError> {
        let style = self.style;
        for (column, tile) in (0_u16..).zip(&panel.tiles) {
            let (large, under) = match column {
                0 => (&style.first_large, &style.first_caption),
                _ => (&style.large, &style.caption),
            };
            match tile.value.parse::<u32>() {
                Ok(count) => self.written.write_number_with_format(self.row, column, count, large)?,
                Err(_) => self.written.write_string_with_format(self.row, column, &tile.value, large)?,
            };
            self.written.write_string_with_format(self.row + 1, column, clipped(&tile.label), under)?;
        }
        self.row += 3;
        Ok(())
    }

    /// Writes a line that runs on over the cells beside it; nothing where it is empty.
    fn line(&mut self, text: &str, format: &Format) -> Result<(), XlsxError> {
        if !text.is_empty() {
            self.written.write_string_with_format(self.row, 0, clipped(text), format)?;
        }
        self.row += 1;
        self.down += u32::from(LINE + 2);
        Ok(())
    }
}
