//! Workbooks of Office Open XML (xlsx, xlsm).
//!
//! The sheets are found by following the workbook's own links, and each is read in one pass over its part: the cells, and
//! what is hidden, merged, restricted and protected.

mod cells;
mod rich_value;
mod strings;
mod styles;

use memchr::memmem;

use super::cells::in_order;
use super::facts::{Facts, drawing, note, sheet_part, totals};
use super::tally::Tally;
use super::{DateSystem, Floating, Format, ReadError, Sheet, Visibility, Workbook, check_xml, drawn, links};
use crate::cell::{CellRange, CellRef, LAST_ROW};
use crate::ooxml::{Book, Limit, Limits, Package, PartName, Relationships, SheetEntry, SheetKind, SheetState};
use cells::{Fault, RowReader, Shared};
use rich_value::{Parts, RichValue};

/// Reads a package whose main part is a workbook.
pub(super) fn read(package: &Package, format: Format, limits: &Limits) -> Result<Workbook, ReadError> {
    let book = package.book()?;
    let shared = shared(package, &book, limits)?;
    let mut sheets = Vec::new();
    let (mut unpacked, mut external_links) = (0, links::external(package, &book.links)?);
    let mut tally = Tally::new(limits);
    for entry in book.sheets.iter().filter(|entry| entry.kind == SheetKind::Worksheet) {
        let part = part_of(entry)?;
        unpacked += package.size(part).unwrap_or_default();
        limits.check(Limit::Unpacked, unpacked, || "the content of all sheets".to_owned())?;
        let links = package.relationships(Some(part))?;
        sheets.push(sheet(package, (entry, part, &links), &shared, &mut tally)?);
        external_links.extend(links::linked_workbooks(&links));
    }
    let has_macros = links::has_macros(&book.links);
    external_links.sort();
    external_links.dedup();
    Ok(Workbook { format, date_system: shared.system, sheets, has_macros, external_links })
}

/// Returns the part of a sheet that the workbook names.
fn part_of(entry: &SheetEntry) -> Result<&PartName, ReadError> {
    let missing = || ReadError::Damaged(format!("the sheet `{}` isn't in the file", entry.name));
    entry.part.as_ref().ok_or_else(missing)
}

/// Reads a sheet.
fn sheet(
    package: &Package,
    (entry, part, links): (&SheetEntry, &PartName, &Relationships),
    shared: &Shared,
    tally: &mut Tally<'_>,
) -> Result<Sheet, ReadError> {
    let mut sheet = Sheet::empty(entry.name.clone());
    sheet.visibility = match entry.state {
        SheetState::Visible => Visibility::Visible,
        SheetState::Hidden | SheetState::VeryHidden => Visibility::Hidden,
    };
    let bytes = package.read(part)?;
    let text = Package::text(&bytes, part)?;
    check_xml::depth(&text, part, package.limits())?;
    let mut rows = RowReader::new(&entry.name, shared, tally);
    let scanned = sheet_part::scan(&text, |reader, is_low| rows.read(reader, is_low));
    let mut facts: Facts =
        scanned.map_err(|fault| in_sheet(fault, &entry.name, rows.cells.last().map(|cell| cell.at)))?;
    facts.hidden_rows = rows.hidden;
    facts.last_row = Some(rows.row).filter(|row| *row <= LAST_ROW).unwrap_or_default();
    sheet.cells = rows.cells;
    facts.notes = notes(package, links)?;
    facts.totals = sums(package, links);
    facts.floating = floating(package, links, &text);
    facts.put_on(&mut sheet);
    in_order(&mut sheet)?;
    Ok(sheet)
}

/// Says in which sheet, and after which cell.
fn in_sheet(fault: Fault, sheet: &str, last: Option<CellRef>) -> ReadError {
    let after = last.map_or_else(String::new, |cell| format!(" after cell {cell}"));
    let damaged = |why: String| ReadError::Damaged(format!("the sheet `{sheet}` can't be read{after} ({why})"));
    match fault {
        Fault::Refused(error) => error,
        Fault::Xml(error) => damaged(error.to_string()),
        Fault::Content(why) => damaged(why),
    }
}

/// Returns the notes on a sheet.
fn notes(package: &Package, links: &Relationships) -> Result<Vec<(CellRef, String)>, ReadError> {
    let read = |word: &str| -> Result<Vec<_>, ReadError> {
        let Some(part) = links.by_word(word).and_then(|link| package.target(link)) else { return Ok(Vec::new()) };
        let bytes = package.read(part)?;
        note::read(&Package::text(&bytes, part)?).map_err(|error| check_xml::broken(part, &error))
    };
    Ok(note::join(read("comments")?, read("threadedComment")?))
}

/// Returns the rows that sum up the tables of a sheet; a table whose part can't be read tells none, as its cells are the sheet's.
fn sums(package: &Package, links: &Relationships) -> Vec<CellRange> {
    let parts = links.iter().filter(|link| link.word() == "table").filter_map(|link| package.target(link));
    let read = |part: &PartName| totals::read(&Package::text(&package.read(part).ok()?, part).ok()?);
    parts.filter_map(read).collect()
}

/// Returns what floats over the cells of a sheet, whose own part is at hand; what of it can't be read costs nobody the workbook.
fn floating(package: &Package, links: &Relationships, sheet: &str) -> Vec<Floating> {
    let mut all = drawn::drawn(package, links);
    if memmem::find(sheet.as_bytes(), b"controlPr").is_some() {
        all.extend(drawing::read(sheet).unwrap_or_default());
    } else {
        all.extend(drawn::controls(package, links));
    }
    all
}

/// Reads what all sheets share.
fn shared(package: &Package, book: &Book, limits: &Limits) -> Result<Shared, ReadError> {
    let strings = common(package, book, "sharedStrings", |text, _| strings::read(text, limits))?;
    let styles = common(package, book, "styles", |text, part| {
        styles::read(text).map_err(|error| check_xml::broken(part, &error))
    })?;
    let system = if book.is_from_1904 { DateSystem::From1904 } else { DateSystem::From1900 };
    Ok(Shared { strings, styles, rich_values: rich_values(package, book)?, system })
}

/// Reads a part that the workbook is linked to; nothing where it has none.
fn common<T: Default>(
    package: &Package,
    book: &Book,
    word: &str,
    read: impl FnOnce(&str, &PartName) -> Result<T, ReadError>,
) -> Result<T, ReadError> {
    let Some(part) = book.links.by_word(word).and_then(|link| package.target(link)) else { return Ok(T::default()) };
    let bytes = package.read(part)?;
    let text = Package::text(&bytes, part)?;
    check_xml::depth(&text, part, package.limits())?;
    read(&text, part)
}

/// Reads the pictures in cells and the like.
fn rich_values(package: &Package, book: &Book) -> Result<Vec<RichValue>, ReadError> {
    let text = |word: &str| common(package, book, word, |text, _| Ok(text.to_owned()));
    let (values, structures) = (text("rdRichValue")?, text("rdRichValueStructure")?);
    if values.is_empty() {
        return Ok(Vec::new());
    }
    common(package, book, "sheetMetadata", |metadata, part| {
        let parts = Parts { metadata, values: &values, structures: &structures };
        rich_value::read(parts).map_err(|error| check_xml::broken(part, &error))
    })
}
