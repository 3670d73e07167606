//! What a compound file holds: a workbook of Excel 97 to 2003, an encrypted one of any format, or another program's file.

use std::io::{Cursor, Read};

use cfb::CompoundFile;

use super::cells::{dress, join};
use super::facts::record::{number16, number32};
use super::facts::{biff, biff_cells};
use super::tally::Tally;
use super::{DateSystem, Format, ReadError, Sheet, Source, Visibility, Workbook, encrypted, zipped};
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
    let mended;
    let mut file = match CompoundFile::open(Cursor::new(bytes)) {
        Ok(file) => file,
        Err(error) => {
            mended = with_free_end(bytes).unwrap_or_default();
            CompoundFile::open(Cursor::new(&mended[..])).map_err(|_| unopened(bytes, &error))?
        }
    };
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
    let macros = if file.exists("/_VBA_PROJECT_CUR") { Macros::InProject } else { Macros::NotInProject };
    old_workbook(&stream, macros, limits)
}

/// Returns the file with the places behind its end free in its last table of sectors, where some programs write each as
/// the end of a chain; a chain that leads there is broken as before.
fn with_free_end(bytes: &[u8]) -> Option<Vec<u8>> {
    const FREE: u8 = 0xFF;
    let size = 1_usize.checked_shl(u32::from(number16(bytes, 30)?)).filter(|size| [512, 4096].contains(size))?;
    let earlier = (number32(bytes, 44)? as usize).checked_sub(1).filter(|earlier| *earlier < 109)?;
    let last = (number32(bytes, 76 + 4 * earlier)? as usize).checked_add(1)?.checked_mul(size)?;
    let sectors = bytes.len().div_ceil(size).checked_sub(1)?;
    let behind = sectors.checked_sub(earlier * size / 4)?.checked_mul(4)?;
    let mut mended = bytes.to_vec();
    mended.get_mut(last.checked_add(behind)?..last.checked_add(size)?)?.fill(FREE);
    Some(mended)
}

/// Whether a file has a project of macros beside its workbook.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Macros {
    InProject,
    NotInProject,
}

/// Reads a workbook from its stream.
fn old_workbook(stream: &[u8], macros: Macros, limits: &Limits) -> Result<Workbook, ReadError> {
    let globals = biff::globals(stream);
    if globals.sheets.is_empty() {
        return Err(ReadError::Damaged("it names no sheet".to_owned()));
    }
    let what = || "the workbook".to_owned();
    limits.check(Limit::Sheets, globals.sheets.len() as u64, what)?;
    limits.check(Limit::Strings, globals.kept.len() as u64, what)?;
    let (mut sheets, mut tally) = (Vec::new(), Tally::new(limits));
    let styles = globals.styles.styles();
    let date_system = if globals.is_from_1904 { DateSystem::From1904 } else { DateSystem::From1900 };
    for entry in globals.sheets.iter().filter(|entry| entry.is_worksheet) {
        let cells = biff_cells::read(stream, entry, &globals, &mut tally)?;
        let records = biff::sheet(stream, entry.start, &globals);
        let mut sheet = Sheet::empty(entry.name.clone());
        sheet.visibility = if entry.is_hidden { Visibility::Hidden } else { Visibility::Visible };
        records.facts.put_on(&mut sheet);
        join(&mut sheet, cells.into_values().collect(), records.formulas)?;
        dress(&mut sheet, records.styles, &styles, date_system);
        sheets.push(sheet);
    }
    let has_macros = macros == Macros::InProject || globals.sheets.iter().any(|entry| entry.is_macro_sheet);
    Ok(Workbook { format: Format::Xls, date_system, sheets, has_macros, external_links: globals.external_links })
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
