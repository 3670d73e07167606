//! Workbooks of the binary format in a zip (xlsb): facts, and parts as the cell reader wants them.

use std::fmt::Write as _;

use super::cells::{Patched, cells_of_binary};
use super::facts::binary_part::{self, Entry};
use super::facts::record::{new_records, number32};
use super::plain_zip::PlainZip;
use super::style::Style;
use super::tally::Tally;
use super::{DateSystem, Format, ReadError, Sheet, Visibility, Workbook, links};
use crate::ooxml::{Limit, Limits, Package, PartName, Relationship, Relationships};

/// Reads a package whose main part is a binary workbook.
pub(super) fn read(package: &Package, main: &PartName, limits: &Limits) -> Result<Workbook, ReadError> {
    let workbook = package.read(main)?;
    let (is_from_1904, entries) = binary_part::workbook(&workbook);
    limits.check(Limit::Sheets, entries.len() as u64, || "the workbook".to_owned())?;
    let all = package.relationships(Some(main))?;
    let (mut zip, mut sheets, mut written) = (PlainZip::default(), Vec::new(), String::new());
    let mut unpacked = 0;
    for (number, entry) in entries.iter().enumerate() {
        let link = all.by_id(&entry.link).ok_or_else(|| missing(entry))?;
        let link = Some(link).filter(|link| link.word() == "worksheet");
        let folder = if link.is_some() { "worksheets" } else { "dialogsheets" };
        let path = format!("{folder}/sheet{number}.bin");
        let id = quick_xml::escape::escape(entry.link.as_str());
        write!(written, r#"<Relationship Id="{id}" Type="{folder}" Target="{path}"/>"#).expect("a text takes all");
        let Some(link) = link else { continue };
        let bytes = binary_part::in_full(&sheet_bytes(package, entry, link, &mut unpacked)?);
        sheets.push(sheet(package, entry, link, &bytes)?);
        zip.add(&format!("xl/{path}"), &bytes);
    }
    zip.add("xl/workbook.bin", &binary_part::without_meanings(&workbook));
    zip.add("xl/_rels/workbook.bin.rels", relationships(&written).as_bytes());
    add_common_parts(package, &all, &mut zip)?;
    let date_system = if is_from_1904 { DateSystem::From1904 } else { DateSystem::From1900 };
    let styles = styles(package, &all)?;
    let sheets = cells_of_binary(zip.finish(), sheets, (&styles, date_system), &mut Tally::new(limits))?;
    Ok(Workbook {
        format: Format::Xlsb,
        date_system,
        sheets,
        has_macros: links::has_macros(&all),
        external_links: links::external(package, &all)?,
    })
}

/// Returns the error for a sheet that the workbook names and the file hasn't.
fn missing(entry: &Entry) -> ReadError {
    ReadError::Damaged(format!("the sheet `{}` isn't in the file", entry.name))
}

/// Unpacks a sheet's part; `unpacked` sums up what sheets took.
fn sheet_bytes(
    package: &Package,
    entry: &Entry,
    link: &Relationship,
    unpacked: &mut u64,
) -> Result<Vec<u8>, ReadError> {
    let part = package.target(link).ok_or_else(|| missing(entry))?;
    *unpacked += package.size(part).unwrap_or_default();
    let what = || "the content of all sheets".to_owned();
    package.limits().check(Limit::Unpacked, *unpacked, what)?;
    Ok(package.read(part)?)
}

/// Returns a sheet with all but its usual cells.
fn sheet(package: &Package, entry: &Entry, link: &Relationship, bytes: &[u8]) -> Result<Patched, ReadError> {
    let mut sheet = Sheet::empty(entry.name.clone());
    sheet.visibility = if entry.is_hidden { Visibility::Hidden } else { Visibility::Visible };
    let mut scanned = binary_part::scan(bytes);
    if let Some(part) = package.target(link) {
        let links = package.relationships(Some(part))?;
        let notes = links.by_word("comments").and_then(|link| package.target(link));
        let notes = notes.map(|part| package.read(part)).transpose()?;
        scanned.facts.notes = notes.map_or_else(Vec::new, |bytes| binary_part::notes(&bytes));
    }
    scanned.facts.put_on(&mut sheet);
    Ok(Patched { sheet, values: scanned.passed_over, formulas: scanned.formulas, styles: scanned.styles })
}

/// Reads the styles of cells.
fn styles(package: &Package, links: &Relationships) -> Result<Vec<Style>, ReadError> {
    let part = links.by_word("styles").and_then(|link| package.target(link));
    let bytes = part.map(|part| package.read(part)).transpose()?;
    Ok(bytes.map_or_else(Vec::new, |bytes| binary_part::styles(&bytes).styles()))
}

/// Adds the kept strings and the styles, where there are some.
fn add_common_parts(package: &Package, links: &Relationships, zip: &mut PlainZip) -> Result<(), ReadError> {
    const BEGIN_STRINGS: u16 = 0x009F;
    const STRING: u16 = 0x0013;
    for (word, name) in [("sharedStrings", "xl/sharedStrings.bin"), ("styles", "xl/styles.bin")] {
        let Some(part) = links.by_word(word).and_then(|link| package.target(link)) else { continue };
        let bytes = package.read(part)?;
        if word == "sharedStrings" {
            let count = new_records(&bytes).filter(|record| record.kind == STRING).count();
            package.limits().check(Limit::Strings, count as u64, || "the workbook".to_owned())?;
            let begin = new_records(&bytes).find(|record| record.kind == BEGIN_STRINGS);
            let stated = begin.and_then(|record| number32(record.content, 4)).unwrap_or_default();
            if stated as usize > count {
                return Err(ReadError::Damaged("it is cut off among its texts".to_owned()));
            }
        }
        zip.add(name, &bytes);
    }
    Ok(())
}

/// Returns a part of links.
fn relationships(links: &str) -> String {
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    format!(r#"<Relationships xmlns="{PACKAGE}">{links}</Relationships>"#)
}
