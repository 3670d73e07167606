//! Workbooks of the binary format in a zip (xlsb): cells, facts, and parts as the reader of formulas wants them.

use std::fmt::Write as _;

use super::cells::{Unworded, with_formulas};
use super::facts::binary_cells::{self, Shared};
use super::facts::binary_part::{self, Entry};
use super::facts::record::{new_records, number32};
use super::plain_zip::PlainZip;
use super::style::StyleParts;
use super::tally::Tally;
use super::{DateSystem, Format, ReadError, Sheet, Visibility, Workbook, drawn, links};
use crate::ooxml::{Limit, Limits, Package, PartName, Relationship, Relationships};

/// Reads a package whose main part is a binary workbook.
pub(super) fn read(package: &Package, main: &PartName, limits: &Limits) -> Result<Workbook, ReadError> {
    let workbook = package.read(main)?;
    let (is_from_1904, entries) = binary_part::workbook(&workbook);
    limits.check(Limit::Sheets, entries.len() as u64, || "the workbook".to_owned())?;
    let all = package.relationships(Some(main))?;
    let (mut zip, mut sheets, mut written) = (PlainZip::default(), Vec::new(), String::new());
    let styles = styles(package, &all)?;
    let (mut unpacked, mut tally, shared) = (0, Tally::new(limits), shared(package, &all, &styles)?);
    for (number, entry) in entries.iter().enumerate() {
        let link = (!entry.is_module()).then(|| all.by_id(&entry.link).ok_or_else(|| missing(entry))).transpose()?;
        let link = link.filter(|link| link.word() == "worksheet");
        let folder = if link.is_some() { "worksheets" } else { "dialogsheets" };
        let path = format!("{folder}/sheet{number}.bin");
        let id = quick_xml::escape::escape(entry.link.as_str());
        write!(written, r#"<Relationship Id="{id}" Type="{folder}" Target="{path}"/>"#).expect("a text takes all");
        let Some(link) = link else { continue };
        let bytes = binary_part::in_full(&sheet_bytes(package, entry, link, &mut unpacked)?);
        let cells = binary_cells::read(&bytes, &entry.name, &shared, &mut tally)?;
        sheets.push(Unworded { cells, ..sheet(package, entry, link, &bytes)? });
        zip.add(&format!("xl/{path}"), &bytes);
    }
    zip.add("xl/workbook.bin", &binary_part::without_meanings(&workbook));
    zip.add("xl/_rels/workbook.bin.rels", relationships(&written).as_bytes());
    let date_system = if is_from_1904 { DateSystem::From1904 } else { DateSystem::From1900 };
    let sheets = with_formulas(zip.finish(), sheets, (&styles.styles(), date_system), &mut tally)?;
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

/// Returns a sheet with all but its cells.
fn sheet(package: &Package, entry: &Entry, link: &Relationship, bytes: &[u8]) -> Result<Unworded, ReadError> {
    let mut sheet = Sheet::empty(entry.name.clone());
    sheet.visibility = if entry.is_hidden { Visibility::Hidden } else { Visibility::Visible };
    let mut scanned = binary_part::scan(bytes);
    if let Some(part) = package.target(link) {
        let links = package.relationships(Some(part))?;
        let notes = links.by_word("comments").and_then(|link| package.target(link));
        let notes = notes.map(|part| package.read(part)).transpose()?;
        scanned.facts.notes = notes.map_or_else(Vec::new, |bytes| binary_part::notes(&bytes));
        scanned.facts.floating = drawn::drawn(package, &links);
        scanned.facts.floating.extend(drawn::controls(package, &links));
    }
    scanned.facts.put_on(&mut sheet);
    Ok(Unworded { sheet, cells: Vec::new(), formulas: scanned.formulas, styles: scanned.styles })
}

/// Reads the styles of cells.
fn styles(package: &Package, links: &Relationships) -> Result<StyleParts, ReadError> {
    Ok(common(package, links, "styles")?.map_or_else(StyleParts::default, |bytes| binary_part::styles(&bytes)))
}

/// Reads what all sheets share.
fn shared(package: &Package, links: &Relationships, styles: &StyleParts) -> Result<Shared, ReadError> {
    const BEGIN_TEXTS: u16 = 0x009F;
    let fonts = styles.fonts.clone();
    let Some(bytes) = common(package, links, "sharedStrings")? else {
        return Ok(Shared { fonts, ..Shared::default() });
    };
    let kept = binary_cells::kept_texts(&bytes, &fonts);
    package.limits().check(Limit::Strings, kept.len() as u64, || "the workbook".to_owned())?;
    let begin = new_records(&bytes).find(|record| record.kind == BEGIN_TEXTS);
    let stated = begin.and_then(|record| number32(record.content, 4)).unwrap_or_default();
    if stated as usize > kept.len() {
        return Err(ReadError::Damaged("it is cut off among its texts".to_owned()));
    }
    Ok(Shared { kept, fonts })
}

/// Unpacks a part that the workbook is linked to, where there is one.
fn common(package: &Package, links: &Relationships, word: &str) -> Result<Option<Vec<u8>>, ReadError> {
    let part = links.by_word(word).and_then(|link| package.target(link));
    Ok(part.map(|part| package.read(part)).transpose()?)
}

/// Returns a part of links.
fn relationships(links: &str) -> String {
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    format!(r#"<Relationships xmlns="{PACKAGE}">{links}</Relationships>"#)
}
