//! A table on a sheet: its headings, its cells, and what can be done with it.

use rust_xlsxwriter::{
    ConditionalFormat3ColorScale, ConditionalFormatDataBar, DataValidation, Table as Worklist, TableColumn, TableStyle,
    XlsxError,
};

use super::cell;
use super::sheet::Sheet;
use super::style::{HIGH, LIGHT, LOW, MIDDLE, Style};
use crate::document::{Head, Mark, Side, Table, Use};

/// The height of a row of upright names, in points.
const NAMES: u16 = 190;

/// Writes a table's headings and cells; returns its first row of cells.
pub(super) fn write(page: &mut Sheet, table: &Table) -> Result<u32, XlsxError> {
    headings(page, table)?;
    let first = page.row;
    for row in &table.rows {
        if matches!(table.used, Use::Kept(_)) && page.is_full() {
            page.break_here();
            headings(page, table)?;
        }
        for (column, cell) in (0_u16..).zip(row) {
            cell::write(page, column, cell)?;
        }
        page.next()?;
    }
    marks(page, table, first)?;
    choices(page, table, first)?;
    uses(page, table, first)?;
    Ok(first)
}

/// Writes the row of headings.
fn headings(page: &mut Sheet, table: &Table) -> Result<(), XlsxError> {
    for (at, column) in (0_u16..).zip(&table.columns) {
        page.written.write_string_with_format(page.row, at, &column.heading, heading(page.style, at, column))?;
        if !column.is_upright {
            page.fit(at, &column.heading);
        }
    }
    if is_upright(table) { page.next_of(NAMES) } else { page.next() }
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
fn marks(page: &mut Sheet, table: &Table, first: u32) -> Result<(), XlsxError> {
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

/// Lists what can be chosen in a column's cells.
fn choices(page: &mut Sheet, table: &Table, first: u32) -> Result<(), XlsxError> {
    let last = page.row.max(first + 1) - 1;
    for (at, column) in (0_u16..).zip(&table.columns).filter(|(_, column)| !column.choices.is_empty()) {
        let choices = DataValidation::new().allow_list_strings(column.choices)?;
        page.written.add_data_validation(first, at, last, at, &choices)?;
    }
    Ok(())
}

/// Makes a list one that can be filtered, and a worklist a table of its own.
fn uses(page: &mut Sheet, table: &Table, first: u32) -> Result<(), XlsxError> {
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
