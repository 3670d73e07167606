//! A table on a sheet: its headings, its cells, and what can be done with it.

use rust_xlsxwriter::{
    ConditionalFormat3ColorScale, ConditionalFormatDataBar, ConditionalFormatType, DataValidation, Table as Worklist,
    TableColumn, TableStyle, XlsxError,
};

use super::cell;
use super::page::Page;
use super::style::{HIGH, LIGHT, LOW, MIDDLE, Style};
use crate::document::{Cell, Head, Mark, Side, Table, Use};

/// The least and the greatest height of a row of upright names, in points.
const NAMES: [u16; 2] = [60, 190];

/// The height of two lines, in points.
const TWO_LINES: u32 = 28;

/// Writes a table's headings and cells; returns its first row of cells.
pub(super) fn write(page: &mut Page, table: &Table) -> Result<u32, XlsxError> {
    if let Some(caption) = &table.caption {
        page.line(caption, &page.style.over)?;
    }
    headings(page, table)?;
    let first = page.row;
    for row in &table.rows {
        if !page.has_room(TWO_LINES) {
            turn(page, table)?;
        }
        for (column, cell) in (0_u16..).zip(row) {
            write_cell(page, table, column, cell)?;
        }
        page.next()?;
    }
    marks(page, table, first)?;
    bars(page, table, first)?;
    choices(page, table, first)?;
    uses(page, table, first)?;
    Ok(first)
}

/// Writes a cell into the row at hand.
fn write_cell(page: &mut Page, table: &Table, column: u16, cell: &Cell) -> Result<(), XlsxError> {
    let at = usize::from(column);
    let Cell::Text(words) = cell else { return cell::write(page, column, cell) };
    if runs_on(table, at) {
        cell::run_on(page, column, words)
    } else if table.columns[at].side == Side::Right {
        cell::on_the_right(page, column, words)
    } else {
        cell::write(page, column, cell)
    }
}

/// Starts a new printed page within a table. A list runs on by itself: its headings are repeated on each page.
fn turn(page: &mut Page, table: &Table) -> Result<(), XlsxError> {
    match table.used {
        Use::Read => page.break_here(),
        Use::Kept(_) => {
            page.break_here();
            headings(page, table)?;
        }
        Use::List(_) | Use::Worklist(..) => {}
    }
    Ok(())
}

/// Writes the row of headings.
fn headings(page: &mut Page, table: &Table) -> Result<(), XlsxError> {
    for (at, column) in (0_u16..).zip(&table.columns) {
        page.written.write_string_with_format(page.row, at, &column.heading, heading(page.style, at, column))?;
        if !column.is_upright {
            page.fit_heading(at, &column.heading);
        }
    }
    if is_upright(table) { page.next_of(names(table)) } else { page.next() }
}

/// Returns the height of a row of upright names, in points: the longest takes a line as far as that isn't too high.
fn names(table: &Table) -> u16 {
    let upright = table.columns.iter().filter(|column| column.is_upright);
    let longest = upright.map(|column| column.heading.chars().count()).max().unwrap_or(0);
    let [least, most] = NAMES;
    u16::try_from(longest * 6 + 15).unwrap_or(most).clamp(least, most)
}

/// Whether the texts of a column run on over the free cells beside it, as the last of a table that is read.
pub(super) fn runs_on(table: &Table, at: usize) -> bool {
    let is_last = at > 0 && at + 1 == table.columns.len();
    is_last && table.used == Use::Read && table.columns[at].side == Side::Left
}

/// Whether the names over some columns stand upright.
pub(super) fn is_upright(table: &Table) -> bool {
    table.columns.iter().any(|column| column.is_upright)
}

/// Returns how the words over a column look.
fn heading<'a>(style: &'a Style, at: u16, column: &Head) -> &'a rust_xlsxwriter::Format {
    match (column.side, at) {
        _ if column.is_upright => &style.upright,
        (Side::Right, _) => &style.number_heading,
        (Side::Left | Side::Center, 0) => &style.heading,
        (Side::Left | Side::Center, _) => &style.inner_heading,
    }
}

/// Marks the cells of columns whose figures are to be compared; columns beside each other are compared as one.
fn marks(page: &mut Page, table: &Table, first: u32) -> Result<(), XlsxError> {
    let last = page.row.max(first + 1) - 1;
    let mut from = 0_u16;
    for alike in table.columns.chunk_by(|one, other| one.mark == other.mark) {
        let to = from + u16::try_from(alike.len()).unwrap_or(1) - 1;
        match alike[0].mark {
            Mark::None => {}
            Mark::Bars => {
                let bar = ConditionalFormatDataBar::new().set_fill_color(LIGHT).set_solid_fill(true);
                page.written.add_conditional_format(first, from, last, to, &bar)?;
            }
            Mark::Ground => {
                let scale = ConditionalFormat3ColorScale::new();
                let scale = scale.set_minimum_color(LOW).set_midpoint_color(MIDDLE).set_maximum_color(HIGH);
                page.written.add_conditional_format(first, from, last, to, &scale)?;
            }
        }
        from = to + 1;
    }
    Ok(())
}

/// Draws the bars of cells in place of their figures.
fn bars(page: &mut Page, table: &Table, first: u32) -> Result<(), XlsxError> {
    let last = page.row.max(first + 1) - 1;
    let is_drawn = |at: usize| table.rows.iter().any(|row| matches!(row[at], Cell::Bar { .. }));
    for (column, _) in (0_u16..).zip(0..table.columns.len()).filter(|(_, at)| is_drawn(*at)) {
        let bar = ConditionalFormatDataBar::new().set_fill_color(LIGHT).set_solid_fill(true).set_bar_only(true);
        let bar = bar.set_minimum(ConditionalFormatType::Number, 0).set_maximum(ConditionalFormatType::Number, 1);
        page.written.add_conditional_format(first, column, last, column, &bar)?;
    }
    Ok(())
}

/// Lists what can be chosen in a column's cells.
fn choices(page: &mut Page, table: &Table, first: u32) -> Result<(), XlsxError> {
    let last = page.row.max(first + 1) - 1;
    for (at, column) in (0_u16..).zip(&table.columns).filter(|(_, column)| !column.choices.is_empty()) {
        let choices = DataValidation::new().allow_list_strings(column.choices)?;
        page.written.add_data_validation(first, at, last, at, &choices)?;
    }
    Ok(())
}

/// Makes a list one that can be filtered, and a worklist a table of its own.
fn uses(page: &mut Page, table: &Table, first: u32) -> Result<(), XlsxError> {
    let last = u16::try_from(table.columns.len().max(1) - 1).unwrap_or(u16::MAX);
    match table.used {
        Use::Read | Use::Kept(_) => {}
        // Arrows would hide what stands over narrow columns.
        Use::List(_) if page.row == first || is_upright(table) => {}
        Use::List(_) => {
            page.written.autofilter(first - 1, 0, page.row - 1, last)?;
        }
        Use::Worklist(name, _) => {
            let column = |(at, column): (u16, &Head)| {
                let format = heading(page.style, at, column);
                TableColumn::new().set_header(&column.heading).set_header_format(format)
            };
            let columns: Vec<TableColumn> = (0_u16..).zip(&table.columns).map(column).collect();
            let worklist = Worklist::new().set_name(name).set_columns(&columns).set_style(TableStyle::Light1);
            let end = page.row.max(first + 1) - 1;
            page.written.add_table(first - 1, 0, end, last, &worklist.set_banded_rows(false))?;
        }
    }
    Ok(())
}
