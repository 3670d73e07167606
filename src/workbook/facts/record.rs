//! The records that binary workbooks are made of: a number for the kind, a length, and the content.
//!
//! Excel 97 to 2003 has four bytes for the two, with what is longer in records that continue it; the later binary format
//! has one or two bytes for the kind and up to four for the length. A file that ends within a record ends there.

use std::ops::Range;

/// One record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::workbook) struct Record<'a> {
    /// The number of its kind.
    pub(in crate::workbook) kind: u16,
    /// What it holds.
    pub(in crate::workbook) content: &'a [u8],
}

/// Returns the records of a stream of Excel 97 to 2003.
pub(in crate::workbook) fn old_records(stream: &[u8]) -> impl Iterator<Item = Record<'_>> {
    let mut rest = stream;
    std::iter::from_fn(move || {
        let (kind, length) = (number16(rest, 0)?, usize::from(number16(rest, 2)?));
        let content = rest.get(4..4 + length)?;
        rest = &rest[4 + length..];
        Some(Record { kind, content })
    })
}

/// Returns the kind of the record of Excel 97 to 2003 at `at`, and where its content stands.
pub(in crate::workbook) fn record_at(stream: &[u8], at: usize) -> Option<(u16, Range<usize>)> {
    let rest = stream.get(at..)?;
    let (kind, length) = (number16(rest, 0)?, usize::from(number16(rest, 2)?));
    (rest.len() >= 4 + length).then(|| (kind, at + 4..at + 4 + length))
}

/// Returns the records of a part of the later binary format.
pub(in crate::workbook) fn new_records(part: &[u8]) -> impl Iterator<Item = Record<'_>> {
    let mut rest = part;
    std::iter::from_fn(move || {
        let (kind, after) = sevens(rest, 2)?;
        let (length, after) = sevens(after, 4)?;
        let content = after.get(..length as usize)?;
        rest = &after[length as usize..];
        Some(Record { kind: u16::try_from(kind).ok()?, content })
    })
}

/// Reads a number of at most `most` bytes with seven bits each; the eighth says that another follows.
fn sevens(bytes: &[u8], most: usize) -> Option<(u32, &[u8])> {
    let mut number = 0;
    for at in 0..most {
        let byte = *bytes.get(at)?;
        number |= u32::from(byte & 0x7F) << (7 * at);
        if byte & 0x80 == 0 || at + 1 == most {
            return Some((number, &bytes[at + 1..]));
        }
    }
    None
}

/// Reads two bytes as a number.
pub(in crate::workbook) fn number16(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|two| u16::from_le_bytes(*two))
}

/// Reads four bytes as a number.
pub(in crate::workbook) fn number32(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|four| u32::from_le_bytes(*four))
}

/// Reads a text of two bytes a character with its length before it, in four bytes, and says where it ends.
pub(in crate::workbook) fn wide_text(bytes: &[u8], at: usize) -> Option<(String, usize)> {
    let length = number32(bytes, at)?;
    if length == u32::MAX {
        return Some((String::new(), at + 4));
    }
    let end = at.checked_add(4)?.checked_add((length as usize).checked_mul(2)?)?;
    Some((decoded(bytes.get(at + 4..end)?), end))
}

/// Returns characters of two bytes each as text.
pub(in crate::workbook) fn decoded(bytes: &[u8]) -> String {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]])).collect();
    String::from_utf16_lossy(&units)
}

/// Reads `length` characters after the byte that says whether they are of one byte or two.
pub(in crate::workbook) fn characters(bytes: &[u8], length: usize) -> Option<String> {
    let (flags, rest) = bytes.split_first()?;
    if flags & 1 == 0 {
        Some(rest.get(..length)?.iter().map(|byte| char::from(*byte)).collect())
    } else {
        rest.get(..length * 2).map(decoded)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_end_where_the_file_does() {
        let old: Vec<_> = old_records(b"\x08\x02\x02\x00ab\x0A\x00\x00\x00\x01\x00\x09\x00cut").collect();
        assert_eq!(old, [Record { kind: 0x208, content: b"ab" }, Record { kind: 10, content: b"" }]);
        let new: Vec<_> = new_records(b"\x91\x01\x00\x00\x82\x00ab\x05\x7Fcut").collect();
        assert_eq!(new, [Record { kind: 0x91, content: b"" }, Record { kind: 0, content: b"ab" }]);
    }
}
