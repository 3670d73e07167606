//! Bytes to a [`Workbook`], in any of five formats.
//!
//! [`read`] tells the format by the content and refuses what isn't a workbook, is encrypted, damaged or beyond a limit,
//! before the cell reader sees any of it.

use super::container::{Container, recognise};
use super::{ReadError, Source, Workbook, compound, zipped};
use crate::ooxml::{Limit, Limits};

/// Reads a workbook.
pub fn read(source: &Source, limits: &Limits) -> Result<Workbook, ReadError> {
    limits.check(Limit::File, source.bytes.len() as u64, || "the file".to_owned())?;
    match recognise(&source.bytes) {
        Container::Zip => zipped::read(source, limits),
        Container::Compound => compound::read(&source.bytes, limits),
        Container::Foreign(what) => Err(ReadError::Foreign(what)),
    }
}
