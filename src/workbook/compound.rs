//! What a compound file holds: a workbook of Excel 97 to 2003, an encrypted one of any format, or another program's file.

use std::io::{Cursor, Read};

use cfb::CompoundFile;

use super::cells::{cells_of_old, dress, join};
use super::compact_grid::CompactGrid;
use super::facts::biff;
use super::plain_records::make_plain;
use super::tally::Tally;
use super::{Format, ReadError, Sheet, Source, Visibility, Workbook, encrypted, zipped};
use crate::ooxml::{Limit, Limits};

/// Streams that tell what else a compound file is.
const OTHERS: [(&str, &str); 7] = [
    ("/WordDocument", "a Word document"),
    ("/PowerPoint Document", "a PowerPoint presentation"),
    ("/__properties_version1.0", "an e-mail message of Outlook"),
    ("/VisioDocument", "a Visio drawing"),
    ("/Quill", "a Publisher document"),
    ("/PerfectOffice_MAIN", "a document of WordPerfect Office"),
    ("/Props", "a Project plan"),
];

/// Reads a workbook from a compound file.
pub(super) fn read(source: &Source, limits: &Limits) -> Result<Workbook, ReadError> {
    let bytes: &[u8] = &source.bytes;
    let mut file = CompoundFile::open(Cursor::new(bytes)).map_err(|error| unopened(bytes, &error))?;
    if file.exists("/EncryptedPackage") {
        let package = encrypted::open(&mut file, source.bytes.len() as u64).ok_or(ReadError::Encrypted)?;
        return zipped::read(&Source::new(source.name.clone(), package), limits);
    }
    let name = ["/Workbook", "/Book", "/WORKBOOK", "/BOOK"].into_iter().find(|name| file.is_stream(name));
    let Some(name) = name else {
        let what = OTHERS.iter().find(|(name, _)| file.exists(name)).map(|(_, what)| *what);
        return Err(ReadError::Foreign(what.unwrap_or("a file of an old Office program, but no workbook")));
    };
    let mut stream = contents(&mut file, name, bytes.len() as u64)?;
    if !encrypted::open_stream(&mut stream) {
        return Err(ReadError::Encrypted);
    }
    make_plain(&mut stream);
    let globals = biff::globals(&stream);
    limits.check(Limit::Sheets, globals.sheets.len() as u64, || "the workbook".to_owned())?;
    let has_macros = file.exists("/_VBA_PROJECT_CUR") || globals.sheets.iter().any(|entry| entry.is_macro_sheet);
    let mut tally = Tally::new(limits);
    let grid = CompactGrid::of(stream.clone(), globals.sheets.iter().map(|entry| entry.start))?;
    limits.check(Limit::Cells, grid.count(), || "the workbook".to_owned())?;
    let cells = cells_of_old(&grid, &mut tally)?;
    let (mut sheets, styles) = (Vec::new(), globals.styles.styles());
    for (entry, (name, values)) in globals.sheets.iter().zip(cells.sheets).filter(|(entry, _)| entry.is_worksheet) {
        let mut sheet = Sheet::empty(name);
        sheet.visibility = if entry.is_hidden { Visibility::Hidden } else { Visibility::Visible };
        let records = biff::sheet(&stream, entry.start, &globals.named);
        records.facts.put_on(&mut sheet);
        join(&mut sheet, values, records.formulas)?;
        dress(&mut sheet, records.styles, &styles, cells.date_system);
        sheets.push(sheet);
    }
    let (date_system, external_links) = (cells.date_system, globals.external_links);
    Ok(Workbook { format: Format::Xls, date_system, sheets, has_macros, external_links })
}

/// Says why a compound file can't be opened. Programs that encrypt workbooks write some that only Excel opens.
fn unopened(bytes: &[u8], error: &std::io::Error) -> ReadError {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let is_encrypted = memchr::memmem::find(bytes, &name).is_some();
    if is_encrypted { ReadError::Encrypted } else { ReadError::Damaged(error.to_string()) }
}

/// Returns a stream's bytes, which are never more than the file's.
fn contents(file: &mut CompoundFile<Cursor<&[u8]>>, name: &str, most: u64) -> Result<Vec<u8>, ReadError> {
    let damaged = |error: std::io::Error| ReadError::Damaged(error.to_string());
    let mut bytes = Vec::new();
    file.open_stream(name).map_err(damaged)?.take(most).read_to_end(&mut bytes).map_err(damaged)?;
    Ok(bytes)
}
