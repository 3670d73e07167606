//! Workbooks of Office Open XML (xlsx, xlsm): facts, and parts as the cell reader wants them.
//!
//! The sheets are found by following the workbook's own links. The cell reader is given a package of our making that
//! holds nothing but those sheets, the kept strings and the styles, under the usual names: so odd paths, sheets of
//! macros, and wrong counts never reach it.

use std::fmt::Write as _;

use memchr::memmem;

use super::cells::cells_of_open_xml;
use super::facts::{Facts, note, sheet_part};
use super::plain_zip::PlainZip;
use super::tally::Tally;
use super::{DateSystem, Format, ReadError, Sheet, Visibility, Workbook, check_xml, links, reader_part};
use crate::ooxml::{Book, Limit, Limits, Package, PartName, Relationships, SheetEntry, SheetKind, SheetState};

/// Reads a package whose main part is a workbook.
pub(super) fn read(package: &Package, format: Format, limits: &Limits) -> Result<Workbook, ReadError> {
    let book = package.book()?;
    let mut zip = PlainZip::default();
    let mut sheets = Vec::new();
    let (mut unpacked, mut external_links) = (0, links::external(package, &book.links)?);
    for entry in book.sheets.iter().filter(|entry| entry.kind == SheetKind::Worksheet) {
        let part = part_of(entry)?;
        unpacked += package.size(part).unwrap_or_default();
        limits.check(Limit::Unpacked, unpacked, || "the content of all sheets".to_owned())?;
        let bytes = package.read(part)?;
        let links = package.relationships(Some(part))?;
        sheets.push(sheet(package, entry, part, &bytes, &links)?);
        external_links.extend(links::linked_workbooks(&links));
        zip.add(&format!("xl/worksheets/sheet{}.xml", sheets.len()), &reader_part::sheet(&bytes));
    }
    add_common_parts(package, &book, limits, &mut zip)?;
    add_frame(sheets.len(), &book, &mut zip);
    cells_of_open_xml(zip.finish(), &mut sheets, &mut Tally::new(limits))?;
    let date_system = if book.is_from_1904 { DateSystem::From1904 } else { DateSystem::From1900 };
    let has_macros = links::has_macros(&book.links);
    external_links.sort();
    external_links.dedup();
    Ok(Workbook { format, date_system, sheets, has_macros, external_links })
}

/// Returns the part of a sheet that the workbook names.
fn part_of(entry: &SheetEntry) -> Result<&PartName, ReadError> {
    let missing = || ReadError::Damaged(format!("the sheet `{}` isn't in the file", entry.name));
    entry.part.as_ref().ok_or_else(missing)
}

/// Returns a sheet with all but its cells.
fn sheet(
    package: &Package,
    entry: &SheetEntry,
    part: &PartName,
    bytes: &[u8],
    links: &Relationships,
) -> Result<Sheet, ReadError> {
    let mut sheet = Sheet::empty(entry.name.clone());
    sheet.visibility = match entry.state {
        SheetState::Visible => Visibility::Visible,
        SheetState::Hidden | SheetState::VeryHidden => Visibility::Hidden,
    };
    let text = check_xml::text(bytes, part)?;
    check_xml::depth(&text, part, package.limits())?;
    let mut facts: Facts = sheet_part::scan(&text).map_err(|error| check_xml::broken(part, &error))?;
    facts.notes = notes(package, links)?;
    facts.put_on(&mut sheet);
    Ok(sheet)
}

/// Returns the notes on a sheet.
fn notes(package: &Package, links: &Relationships) -> Result<Vec<(crate::cell::CellRef, String)>, ReadError> {
    let read = |word: &str| -> Result<Vec<_>, ReadError> {
        let Some(part) = links.by_word(word).and_then(|link| package.target(link)) else { return Ok(Vec::new()) };
        let bytes = package.read(part)?;
        note::read(&check_xml::text(&bytes, part)?).map_err(|error| check_xml::broken(part, &error))
    };
    Ok(note::join(read("comments")?, read("threadedComment")?))
}

/// Adds the kept strings and the styles, where there are some.
fn add_common_parts(package: &Package, book: &Book, limits: &Limits, zip: &mut PlainZip) -> Result<(), ReadError> {
    for (word, name) in [("sharedStrings", "xl/sharedStrings.xml"), ("styles", "xl/styles.xml")] {
        let Some(part) = book.links.by_word(word).and_then(|link| package.target(link)) else { continue };
        let bytes = package.read(part)?;
        let text = check_xml::text(&bytes, part)?;
        check_xml::depth(&text, part, limits)?;
        if word == "sharedStrings" {
            let count = memmem::find_iter(text.as_bytes(), b"si>").count() / 2
                + memmem::find_iter(text.as_bytes(), b"si/>").count();
            limits.check(Limit::Strings, count as u64, || "the workbook".to_owned())?;
            zip.add(name, &reader_part::strings(text.as_bytes()));
        } else {
            zip.add(name, &reader_part::styles(text.as_bytes()));
        }
    }
    Ok(())
}

/// Adds a workbook part that names the sheets by their number, and the links to them.
fn add_frame(sheets: usize, book: &Book, zip: &mut PlainZip) {
    let (mut entries, mut links) = (String::new(), String::new());
    for n in 1..=sheets {
        let written = write!(entries, r#"<sheet name="{n}" sheetId="{n}" r:id="rId{n}"/>"#).and_then(|()| {
            write!(links, r#"<Relationship Id="rId{n}" Type="{DOCUMENT}/worksheet" Target="worksheets/sheet{n}.xml"/>"#)
        });
        written.expect("a text takes all");
    }
    let system = if book.is_from_1904 { r#"<workbookPr date1904="1"/>"# } else { "" };
    let workbook =
        format!(r#"<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}">{system}<sheets>{entries}</sheets></workbook>"#);
    zip.add("xl/workbook.xml", workbook.as_bytes());
    zip.add("xl/_rels/workbook.xml.rels", relationships(&links).as_bytes());
    let main = format!(r#"<Relationship Id="rId1" Type="{DOCUMENT}/officeDocument" Target="xl/workbook.xml"/>"#);
    zip.add("_rels/.rels", relationships(&main).as_bytes());
}

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const DOCUMENT: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Returns a part of links.
pub(super) fn relationships(links: &str) -> String {
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    format!(r#"<Relationships xmlns="{PACKAGE}">{links}</Relationships>"#)
}
