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

/// Returns the records of a stream of Excel 97 to 2003, each with the place of its content.
pub(in crate::workbook) fn old_records(stream: &[u8]) -> impl Iterator<Item = (Record<'_>, Range<usize>)> {
    records_from(stream, 0)
}

fn records_from(stream: &[u8], start: usize) -> impl Iterator<Item = (Record<'_>, Range<usize>)> {
    let mut at = start;
    std::iter::from_fn(move || {
        let (kind, place) = record_at(stream, at)?;
        at = place.end;
        Some((Record { kind, content: &stream[place.clone()] }, place))
    })
}

/// Returns the records of the sheet that begins at `start`, the one that ends it as the last, without those of the charts
/// that lie in it.
pub(in crate::workbook) fn of_sheet(stream: &[u8], start: usize) -> impl Iterator<Item = (Record<'_>, Range<usize>)> {
    const BEGIN: u16 = 0x0809;
    const END: u16 = 0x000A;
    let (mut records, mut depth, mut has_ended) = (records_from(stream, start), 0_u32, false);
    std::iter::from_fn(move || {
        while !has_ended {
            let (record, place) = records.next()?;
            match record.kind {
                BEGIN => depth += 1,
                END if depth > 1 => depth -= 1,
                kind if depth <= 1 => {
                    has_ended = kind == END;
                    return Some((record, place));
                }
                _ => {}
            }
        }
        None
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

/// Reads eight bytes as a number.
pub(in crate::workbook) fn float(bytes: &[u8], at: usize) -> Option<f64> {
    bytes.get(at..)?.first_chunk().map(|eight| f64::from_le_bytes(*eight))
}

/// Returns a number that is written in four bytes: its upper half or a whole number, and whether it is to be divided by
/// a hundred.
pub(in crate::workbook) fn short_float(bytes: &[u8], at: usize) -> Option<f64> {
    const IS_HUNDREDFOLD: u32 = 1;
    const IS_WHOLE: u32 = 2;
    let written = number32(bytes, at)?;
    let upper = f64::from_bits(u64::from(written & !(IS_HUNDREDFOLD | IS_WHOLE)) << 32);
    let number = if written & IS_WHOLE == 0 { upper } else { f64::from(written.cast_signed() >> 2) };
    #[expect(clippy::float_arithmetic, reason = "a spreadsheet's numbers are floats, and this is how it keeps them")]
    let hundredth = number / 100.0;
    Some(if written & IS_HUNDREDFOLD == 0 { number } else { hundredth })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_end_where_the_file_does() {
        let old: Vec<_> =
            old_records(b"\x08\x02\x02\x00ab\x0A\x00\x00\x00\x01\x00\x09\x00cut").map(|(record, _)| record).collect();
        assert_eq!(old, [Record { kind: 0x208, content: b"ab" }, Record { kind: 10, content: b"" }]);
        let new: Vec<_> = new_records(b"\x91\x01\x00\x00\x82\x00ab\x05\x7Fcut").collect();
        assert_eq!(new, [Record { kind: 0x91, content: b"" }, Record { kind: 0, content: b"ab" }]);
    }

    #[test]
    fn short_numbers_are_halves_or_whole_and_may_be_hundredfold() {
        let cases: [(u32, f64); 6] = [
            (0x0000_0016, 5.0),
            (0xFFFF_FFEA, -6.0),
            (0x0000_04D3, 3.08),
            (0x3FF0_0000, 1.0),
            (0x4059_0001, 1.0),
            (0xBFE0_0000, -0.5),
        ];
        for (written, expected) in cases {
            assert_eq!(short_float(&written.to_le_bytes(), 0), Some(expected), "{written:#x}");
        }
        assert_eq!(short_float(&[0; 3], 0), None);
    }

    #[test]
    fn the_records_of_a_sheet_end_with_it_and_leave_charts_out() {
        let record = |kind: u16, content: u8| [&kind.to_le_bytes()[..], &[1, 0, content]].concat();
        let (begin, end) = (0x0809, 0x000A);
        let kinds = [
            (begin, 0),
            (0x203, 1),
            (begin, 2),
            (0x203, 3),
            (begin, 4),
            (end, 5),
            (end, 6),
            (0x203, 7),
            (end, 8),
            (0x203, 9),
        ];
        let stream: Vec<u8> = kinds.iter().flat_map(|(kind, content)| record(*kind, *content)).collect();
        let own: Vec<u8> = of_sheet(&stream, 0).map(|(record, _)| record.content[0]).collect();
        assert_eq!(own, [1, 7, 8]);
        assert_eq!(of_sheet(&stream, stream.len() + 1).count(), 0);
    }
}
