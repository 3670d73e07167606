//! Packages within a compound file, beside the description of how they were encrypted.

use std::io::{Read, Seek};

use cfb::CompoundFile;

use super::{agile, standard};
use crate::workbook::facts::record::{number16, number32};

/// Decrypts the package that a compound file holds; `None` where that takes a password of somebody's own.
pub(in crate::workbook) fn open<F: Read + Seek>(file: &mut CompoundFile<F>, most: u64) -> Option<Vec<u8>> {
    const LENGTH: usize = 8;
    let description = stream(file, "/EncryptionInfo", most)?;
    let mut content = stream(file, "/EncryptedPackage", most)?;
    let length = number32(&content, 0)? as usize;
    content.drain(..LENGTH.min(content.len()));
    let mut package = match (number16(&description, 0)?, number16(&description, 2)?) {
        (4, 4) => agile::decrypted(std::str::from_utf8(description.get(8..)?).ok()?, content),
        (2..=4, 2) => standard::decrypted(description.get(8..)?, content),
        _ => None,
    }?;
    package.truncate(length);
    Some(package)
}

/// Returns what a stream holds.
fn stream<F: Read + Seek>(file: &mut CompoundFile<F>, name: &str, most: u64) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    file.open_stream(name).ok()?.take(most).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}
