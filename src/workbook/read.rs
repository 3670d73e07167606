//! Bytes to a [`Workbook`], in any of five formats.
//!
//! [`read`] tells the format by the content and refuses what isn't a workbook, is encrypted, damaged or beyond a limit,
//! before the cell reader sees any of it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::container::{Container, recognise};
use super::{ReadError, Sheet, Source, Workbook, compound, placeholder, zipped};
use crate::ooxml::{Limit, Limits};

/// Reads a workbook.
pub fn read(source: &Source, limits: &Limits) -> Result<Workbook, ReadError> {
    limits.check(Limit::File, source.bytes.len() as u64, || "the file".to_owned())?;
    // The cell reader panics at some files that no program writes.
    let read = catch_unwind(AssertUnwindSafe(|| match recognise(&source.bytes) {
        Container::Zip => zipped::read(source, limits),
        Container::Compound => compound::read(source, limits),
        Container::Foreign(what) => {
            let stands_for_it = placeholder(&source.name, &source.bytes);
            Err(stands_for_it.map_or(ReadError::Foreign(what), ReadError::NotHere))
        }
    }));
    let damaged = || Err(ReadError::Damaged("its content isn't put together as a workbook's".to_owned()));
    let mut workbook = read.unwrap_or_else(|_| damaged())?;
    workbook.sheets.iter_mut().for_each(Sheet::put_covered_aside);
    Ok(workbook)
}
