//! A document on a sheet: its title, then its parts one below the other, each table with its bars to the right.
//!
//! Rows are as high as their texts need, and a printed sheet is fitted to the width of its paper with the headings of its list
//! repeated on each page. A part that begins a page does so on paper too, and no heading is parted from its table.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::bars;
use super::cell::as_float;
use super::page::{Page, clipped};
use super::paper::{self, Paper, Turn};
use super::style::Style;
use super::table;
use crate::document::{Block, Cell, Document, Fact, Head, Lies, Panel, Part, Side, Table, Use, Width};

/// The height of a row of columns' headings, of the title and of a large figure, in points.
const HEADINGS: u16 = 30;

/// The height of a part's heading, in points.
const PART: u16 = 20;

/// The height of what stands below large figures, in points.
const CAPTIONS: u16 = 56;

/// How many rows the title and the introduction take.
const TOP: u32 = 3;

/// More rows than this have more room on upright paper.
const MANY: usize = 40;

/// As many rows of a table stay with its heading on a printed page.
const TOGETHER: usize = 12;

/// All rows of a table.
const ALL: usize = usize::MAX;

/// The height of a row of one line, in points.
const LINE: u32 = 15;

/// Prints a document on a sheet that is called by the document's subject.
pub(super) fn fill(document: &Document, sheet: &mut Worksheet, style: &Style) -> Result<(), XlsxError> {
    let tables = document.tables();
    let widths = widths(&tables);
    sheet.set_name(&document.subject)?;
    set_up(sheet, style, document);
    let paper = paper(&tables, &widths);
    lay(sheet, paper);
    let mut page = Page::new(sheet, style, &document.subject, widths, paper.room())?;
    page.written.write_string_with_format(0, 0, clipped(&document.title), &style.title)?;
    page.next_of(HEADINGS)?;
    page.line(&document.introduction.join(" "), &style.subtitle)?;
    page.next()?;
    for of in &document.parts {
        part(&mut page, of, 1)?;
    }
    if document.parts.iter().all(|of| of.heading.is_some()) && tables.iter().all(|table| table.used == Use::Read) {
        page.written.set_freeze_panes(TOP, 1)?;
    }
    let breaks = page.breaks;
    sheet.set_page_breaks(&breaks)?;
    Ok(())
}

/// Sets a sheet up for the screen and for printing.
fn set_up(sheet: &mut Worksheet, style: &Style, document: &Document) {
    let margins = paper::MARGINS;
    sheet.set_screen_gridlines(false).set_tab_color(style.accent);
    sheet.set_margins(margins.side, margins.side, margins.end, margins.end, 0.3, 0.3);
    let shown = |text: &str| text.replace('&', "&&");
    sheet.set_header(format!("&L&9{}&R&9{}", shown(&document.head[0]), shown(&document.subject)));
    let reader = if document.reader.is_empty() { "scrutineer".to_owned() } else { shown(&document.reader) };
    sheet.set_footer(format!("&L&9{reader}&R&9Page &P of &N"));
}

/// Returns the paper for a sheet: all columns on one page's width, as far as that can be read.
fn paper(tables: &[&Table], widths: &[f64]) -> Paper {
    let beside = if tables.iter().any(|table| table.bars.is_some()) { bars::BESIDE } else { 0.0 };
    let is_long = tables.iter().any(|table| table.rows.len() > MANY);
    let paper = Paper::for_width(paper::points(widths, beside));
    let upright = Paper::upright(paper::points(widths, beside)).filter(|_| is_long);
    upright.unwrap_or(paper)
}

/// Lays a sheet on its paper.
fn lay(sheet: &mut Worksheet, paper: Paper) {
    sheet.set_paper_size(paper.number());
    match paper.turn {
        Turn::Upright => sheet.set_portrait(),
        Turn::OnItsSide => sheet.set_landscape(),
    };
    if paper.fits {
        sheet.set_print_fit_to_pages(1, 0);
    } else {
        sheet.set_print_scale(paper.scale);
    }
}

/// Returns the width of each column, in letters: that of the table which needs the widest, and what all headings over it need.
fn widths(tables: &[&Table]) -> Vec<f64> {
    let columns = tables.iter().map(|table| table.columns.len()).max().unwrap_or(0);
    let width_of = |at: usize| {
        let with_it = || tables.iter().filter(move |table| at < table.columns.len());
        let headings: Vec<&str> = with_it().filter_map(|table| over_numbers(&table.columns[at])).collect();
        paper::width_of_headings(&headings, with_it().map(|table| width(table, at)).fold(0.0, f64::max))
    };
    (0..columns).map(width_of).collect()
}

/// Returns the words over a column of numbers; `None` for others: those over texts are set off from what stands to their left.
fn over_numbers(column: &Head) -> Option<&str> {
    (column.side == Side::Right && !column.is_upright).then_some(column.heading.as_str())
}

/// Returns the width that a table needs for a column's cells. What runs on over the cells beside it needs no more than a number.
fn width(table: &Table, at: usize) -> f64 {
    let is_range = |row: &Vec<Cell>| matches!(row.get(at), Some(Cell::Between(..)));
    match table.columns[at].width {
        Width::Chars(chars) => chars,
        Width::Share(_) if at == 0 => 44.0,
        Width::Fit | Width::Heading | Width::Share(_) if table::runs_on(table, at) => 12.0,
        Width::Share(_) => 16.0,
        Width::Fit if table.rows.iter().any(is_range) => 18.0,
        // A few words, where it is no number.
        Width::Fit if at > 0 && table.columns[at].side == Side::Left => 18.0,
        Width::Fit | Width::Heading => 12.0,
    }
}

/// Writes a part: its heading, then what stands in it.
fn part(page: &mut Page, part: &Part, level: usize) -> Result<(), XlsxError> {
    if part.lies == Lies::NewPage && page.row > TOP {
        page.break_here();
    }
    page.keep(together(page, part));
    let top = Top { row: page.row, down: page.down };
    if let Some(words) = &part.heading {
        heading(page, words, level)?;
    }
    let mut end = page.down;
    for of in &part.blocks {
        end = end.max(block(page, of, level, top)?);
    }
    while page.down < end {
        page.next()?;
    }
    if matches!(part.blocks.last(), Some(Block::Part(_))) { Ok(()) } else { page.next() }
}

/// Where a part begins.
#[derive(Clone, Copy)]
struct Top {
    row: u32,
    /// In points.
    down: u32,
}

/// Returns how many points of a part stay on one printed page: all of them where no part stands in it and a page holds it, else
/// those of its beginning.
fn together(page: &Page, part: &Part) -> u32 {
    let whole = points(page, &part.blocks, ALL);
    let is_inner = part.blocks.iter().all(|block| !matches!(block, Block::Part(_)));
    if is_inner && page.can_hold(whole) { whole } else { points(page, beginning(part), TOGETHER) }
}

/// Returns how many points blocks take below a part's heading, of a table with so many rows, and with what is drawn beside them.
fn points(page: &Page, blocks: &[Block], most: usize) -> u32 {
    let height = |block: &Block| if let Block::Table(table) = block { bars::height(table) } else { 0 };
    let written = u32::from(PART) + blocks.iter().map(|block| block_points(page, block, most)).sum::<u32>();
    written.max(blocks.iter().map(height).max().unwrap_or(0) + LINE)
}

/// Returns a part's blocks up to its first table; what stands below that may stand on another page.
fn beginning(part: &Part) -> &[Block] {
    let is_end = |block: &Block| matches!(block, Block::Table(_) | Block::Part(_));
    let end = part.blocks.iter().position(is_end).map_or(part.blocks.len(), |at| at + 1);
    &part.blocks[..end]
}

/// Returns how many points a block takes, of a table with the words over it and the row below that stays empty.
fn block_points(page: &Page, block: &Block, most: usize) -> u32 {
    match block {
        Block::Lead(sentences) => page.height_across(&sentences.join(" ")),
        Block::Paragraph(words) | Block::Note(words) | Block::Statement(words) | Block::Notice(words) => {
            page.height_across(words)
        }
        Block::Points(points) => points.iter().map(|point| page.height_across(point)).sum(),
        Block::Labelled(facts) | Block::Facts(facts) | Block::Figures(facts) => lines(facts.len() + 1),
        Block::Cards(cards) => cards.iter().map(|(_, facts)| lines(facts.len() + 2)).sum(),
        Block::Panel(_) => u32::from(HEADINGS + CAPTIONS),
        Block::Table(table) => rows(table, most) + lines(2),
        Block::Part(part) => together(page, part) + LINE,
        Block::Chart(_) | Block::Signature { .. } | Block::Contents => 0,
    }
}

/// Returns how many points so many lines take.
fn lines(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(0) * LINE
}

/// Returns how high the first rows of a table are with their headings, in points; they may take two lines.
fn rows(table: &Table, most: usize) -> u32 {
    u32::from(HEADINGS) + u32::try_from(table.rows.len().min(most)).unwrap_or(0) * 17
}

/// Writes a heading across the sheet.
fn heading(page: &mut Page, words: &str, level: usize) -> Result<(), XlsxError> {
    let style = page.style;
    let format = if level == 1 { &style.part } else { &style.inner_part };
    for column in 0..page.columns {
        page.written.write_blank(page.row, column, format)?;
    }
    page.written.write_string_with_format(page.row, 0, clipped(words), format)?;
    page.next_of(PART)
}

/// Writes one block of a part that begins at `top`; returns how far down the sheet reaches what stands to its right.
fn block(page: &mut Page, block: &Block, level: usize, top: Top) -> Result<u32, XlsxError> {
    let style = page.style;
    match block {
        Block::Lead(sentences) => page.line(&sentences.join(" "), &style.subtitle)?,
        Block::Paragraph(words) | Block::Note(words) => page.line(words, &style.subtitle)?,
        Block::Statement(words) | Block::Notice(words) => page.line(words, &style.inner_part)?,
        Block::Points(points) => {
            points.iter().try_for_each(|point| page.line(&format!("\u{2022} {point}"), &style.subtitle))?;
        }
        Block::Labelled(of) | Block::Facts(of) | Block::Figures(of) => facts(page, of)?,
        Block::Cards(cards) => cards.iter().try_for_each(|(title, of)| {
            page.line(title, &style.inner_part)?;
            facts(page, of)
        })?,
        Block::Panel(of) => panel(page, of)?,
        Block::Table(data) => return with_bars(page, data, top),
        Block::Part(of) => part(page, of, level + 1)?,
        // What is drawn on pages has its figures in a table as well, and nothing on a sheet is signed.
        Block::Chart(_) | Block::Signature { .. } | Block::Contents => {}
    }
    Ok(page.down)
}

/// Writes a table, and what is drawn beside it; returns how far down that reaches.
fn with_bars(page: &mut Page, data: &Table, top: Top) -> Result<u32, XlsxError> {
    let first = table::write(page, data)?;
    match data.used {
        Use::Read => bars::draw(page, data, top.row, first)?,
        Use::Kept(kept) => {
            page.written.set_freeze_panes(TOP, kept)?;
            page.written.set_repeat_columns(0, kept.max(1) - 1)?;
        }
        Use::List(kept) | Use::Worklist(_, kept) => {
            let heading = first - 1;
            page.written.set_freeze_panes(first, kept)?;
            page.written.set_repeat_rows(heading, heading)?;
            if table::is_upright(data) {
                page.written.set_repeat_columns(0, kept.max(1) - 1)?;
            } else {
                page.written.set_row_height(heading, HEADINGS)?;
            }
        }
    }
    Ok(page.down.max(top.down + bars::height(data)))
}

/// Writes labels with their values.
fn facts(page: &mut Page, facts: &[Fact]) -> Result<(), XlsxError> {
    for fact in facts {
        page.written.write_string_with_format(page.row, 0, clipped(&fact.label), &page.style.text)?;
        page.written.write_string_with_format(page.row, 1, clipped(&fact.value), &page.style.remark)?;
        page.next()?;
    }
    page.next()
}

/// Writes a few large figures, each above what it is.
fn panel(page: &mut Page, panel: &Panel) -> Result<(), XlsxError> {
    let style = page.style;
    for (column, tile) in (0_u16..).zip(&panel.tiles) {
        let (large, under) = match column {
            0 => (&style.first_large, &style.first_caption),
            _ => (&style.large, &style.caption),
        };
        match tile.count {
            Some(count) => page.written.write_number_with_format(page.row, column, as_float(count), large)?,
            None => page.written.write_string_with_format(page.row, column, &tile.value, large)?,
        };
        page.written.write_string_with_format(page.row + 1, column, clipped(&tile.label), under)?;
    }
    page.next_of(HEADINGS)?;
    page.next_of(CAPTIONS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::branding::Branding;
    use crate::document::{Bars, Column, Lengths};

    /// Returns a part with a table of so many rows and bars beside it.
    fn drawn(rows: usize) -> Part {
        let columns = vec![Column::new("Section").cell(|row: &usize| (*row).into()), Column::new("Returns")];
        let bars = Bars { title: "Returns".to_owned(), axis: "Returns".to_owned(), lengths: Lengths::Counts(1) };
        let rows: Vec<usize> = (0..rows).collect();
        Part::new("Sections").lead(["A sentence."]).block(Table::of(&rows, columns).bars(Some(bars)))
    }

    #[test]
    fn columns_have_room_for_the_headings_of_numbers() {
        let column = |heading: &str| Column::new(heading).cell(|row: &usize| (*row).into());
        let columns = ["Section", "Lowest", "Lower quartile", "Median"].map(column).into_iter().collect();
        let table = Table::of(&[1], columns);
        let other = Table::of(&[1], vec![column("Part"), column("Complete returns").chars(16.0)]);
        assert_eq!(format!("{:?}", widths(&[&table, &other])), "[12.0, 18.0, 16.0, 12.0]");
    }

    #[test]
    fn a_printed_page_ends_before_a_part_or_in_a_table_that_is_longer_than_it() {
        let two = || Part::new("Framework").part([drawn(5), drawn(5)]);
        for (above, part_of, expected) in [
            (0, drawn(5), vec![]),
            (10, drawn(5), vec![]),
            (26, drawn(5), vec![26]),
            (15, two(), vec![29]),
            (0, two(), vec![]),
            (0, drawn(60), vec![36]),
        ] {
            let style = Style::new(Branding::default().accent);
            let mut sheet = Worksheet::new();
            let mut page = Page::new(&mut sheet, &style, "Sheet", vec![44.0, 12.0], 560).unwrap();
            (0..above).for_each(|_| page.next().unwrap());
            part(&mut page, &part_of, 1).unwrap();
            assert_eq!(page.breaks, expected, "{above} rows, then {part_of:?}");
        }
    }
}
