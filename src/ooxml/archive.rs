//! The zip that an Office file is: its directory, and the bytes of each record as they lie there.
//!
//! Everything is read from the directory at the end of the file, as spreadsheet programs do; a local header is only
//! looked at to find where a record's data begins. What two programs could read in two ways is refused: a second
//! directory, names that stand twice, records that overlap, bytes before the first record.

use std::ops::Range;
use std::sync::Arc;

use flate2::{Decompress, FlushDecompress, Status};

use super::{Limit, Limits, PackageError, PartName};

/// The bytes that a directory entry begins with.
const ENTRY: &[u8] = b"PK\x01\x02";
/// The bytes that a record begins with.
const LOCAL: &[u8] = b"PK\x03\x04";
/// The bytes that the end of the directory begins with.
const END: &[u8] = b"PK\x05\x06";
/// The bytes that the locator of a 64-bit directory begins with.
const END_64: &[u8] = b"PK\x06\x07";
/// The bytes of the end of the directory, without its comment.
const END_LENGTH: usize = 22;

/// Why a file isn't a zip that can be relied on.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ArchiveFault {
    /// There are no bytes at all.
    #[error("the file is empty")]
    Empty,
    /// The content is encrypted with a password.
    #[error("the file is encrypted with a password")]
    Encrypted,
    /// The old binary container.
    #[error("the file is in the binary container of Excel 97 to 2003")]
    Compound,
    /// Something else.
    #[error("the file is no zip archive, which every xlsx or xlsm file is")]
    NoZip,
    /// The directory, or what it leads to, isn't there.
    #[error("the zip archive is damaged: {0}")]
    Damaged(&'static str),
    /// Sizes beyond 32 bits.
    #[error("the zip archive is in the 64-bit form, which spreadsheet programs don't write for workbooks of this size")]
    Zip64,
    /// Bytes before the first record.
    #[error("other bytes stand before the zip archive")]
    BytesBefore,
    /// A record that is encrypted.
    #[error("the part `{0}` is encrypted")]
    EncryptedPart(String),
    /// A record that is packed in a way that Office files aren't.
    #[error("the part `{part}` is packed by method {method}, which Office files don't use")]
    Method {
        /// Which part.
        part: String,
        /// The number of the method.
        method: u16,
    },
    /// A name that stands twice, cases aside.
    #[error("the name `{0}` stands twice in the zip archive")]
    SameNameTwice(String),
    /// A name that isn't one of a part.
    #[error("the zip archive holds the name `{0}`, which is no name of a part")]
    NoPartName(String),
    /// A part that doesn't unpack to what the directory says.
    #[error("the part `{0}` is damaged: it doesn't unpack to the size and check sum that the zip archive states")]
    DamagedPart(String),
}

/// A zip whose directory has been read.
#[derive(Debug)]
pub(super) struct Archive {
    bytes: Arc<[u8]>,
    records: Vec<Record>,
    /// The end of the directory with its comment.
    end: Range<usize>,
}

/// One entry of the directory.
#[derive(Debug)]
pub(super) struct Record {
    /// The name as a part's: where the file has backslashes, it has slashes.
    pub(super) part: PartName,
    /// Whether the stored name has a backslash.
    pub(super) has_backslash: bool,
    /// The entry in the directory.
    pub(super) entry: Range<usize>,
    /// The record with its header, and what follows up to the next one.
    pub(super) span: Range<usize>,
    /// The packed bytes within the file.
    pub(super) data: Range<usize>,
    /// How it is packed: 0 as it is, 8 deflated.
    pub(super) method: u16,
    /// The check sum of the unpacked bytes.
    pub(super) crc: u32,
    /// The number of unpacked bytes.
    pub(super) size: u64,
}

impl Record {
    /// Whether this is a folder's name without content.
    pub(super) fn is_folder(&self) -> bool {
        self.part.as_str().ends_with('/') || self.part.as_str().is_empty()
    }
}

impl Archive {
    /// Reads the directory.
    pub(super) fn open(bytes: Arc<[u8]>, limits: &Limits) -> Result<Self, PackageError> {
        limits.check(Limit::File, bytes.len() as u64, || "the file".to_owned())?;
        let end = find_end(&bytes)?;
        let count = u64::from(number16(&bytes, end.start + 10)?);
        limits.check(Limit::Parts, count, || "the file".to_owned())?;
        let mut records = entries(&bytes, &end, count)?;
        place(&bytes, &mut records, number32(&bytes, end.start + 16)? as usize)?;
        check_sizes(&records, limits)?;
        Ok(Self { bytes, records, end })
    }

    /// Returns the entries in the order of the directory.
    pub(super) fn records(&self) -> &[Record] {
        &self.records
    }

    /// Returns the numbers of the records in the order in which they lie in the file.
    pub(super) fn order(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.records.len()).collect();
        order.sort_by_key(|number| self.records[*number].span.start);
        order
    }

    /// Returns a record as it lies in the file, with whatever follows it.
    pub(super) fn lying(&self, record: &Record) -> &[u8] {
        &self.bytes[record.span.clone()]
    }

    /// Returns the bytes of the file.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Returns the end of the directory with its comment.
    pub(super) fn end(&self) -> &[u8] {
        &self.bytes[self.end.clone()]
    }

    /// Unpacks a record.
    pub(super) fn unpack(&self, record: &Record, limits: &Limits) -> Result<Vec<u8>, PackageError> {
        limits.check(Limit::Part, record.size, || format!("the part `{}`", record.part))?;
        let damaged = || ArchiveFault::DamagedPart(record.part.to_string());
        let packed = &self.bytes[record.data.clone()];
        let unpacked = match record.method {
            0 => packed.to_vec(),
            8 => inflate(packed, record.size).ok_or_else(damaged)?,
            method => return Err(ArchiveFault::Method { part: record.part.to_string(), method }.into()),
        };
        let sound = unpacked.len() as u64 == record.size && crc32fast::hash(&unpacked) == record.crc;
        if sound { Ok(unpacked) } else { Err(damaged().into()) }
    }
}

/// Unpacks deflated bytes, never more than one beyond what was promised.
fn inflate(packed: &[u8], size: u64) -> Option<Vec<u8>> {
    let mut unpacked = Vec::with_capacity(usize::try_from(size + 1).ok()?);
    let mut inflater = Decompress::new(false);
    loop {
        let done = usize::try_from(inflater.total_in()).ok()?;
        let before = (done, unpacked.len());
        let status = inflater.decompress_vec(&packed[done..], &mut unpacked, FlushDecompress::Finish).ok()?;
        let after = (usize::try_from(inflater.total_in()).ok()?, unpacked.len());
        if status == Status::StreamEnd || after == before {
            return Some(unpacked);
        }
    }
}

/// Finds the end of the directory: the last one, as readers that begin at the end do.
fn find_end(bytes: &[u8]) -> Result<Range<usize>, ArchiveFault> {
    if bytes.is_empty() {
        return Err(ArchiveFault::Empty);
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) {
        let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let encrypted = bytes.windows(name.len()).any(|window| window == name);
        return Err(if encrypted { ArchiveFault::Encrypted } else { ArchiveFault::Compound });
    }
    let last = bytes.len().checked_sub(END_LENGTH).ok_or(ArchiveFault::NoZip)?;
    // The comment after it has at most 65,535 bytes.
    let directory_end = (last.saturating_sub(0xffff)..=last).rev().find(|at| {
        let comment = number16(bytes, at + 20).map_or(usize::MAX, usize::from);
        bytes[*at..].starts_with(END) && comment <= bytes.len() - at - END_LENGTH
    });
    match directory_end {
        Some(at) if at >= 20 && bytes[at - 20..].starts_with(END_64) => Err(ArchiveFault::Zip64),
        Some(at) => Ok(at..bytes.len()),
        None if bytes.starts_with(LOCAL) => Err(ArchiveFault::Damaged("it ends before its directory")),
        None => Err(ArchiveFault::NoZip),
    }
}

/// Reads the entries of the directory; where their records lie isn't known yet.
fn entries(bytes: &[u8], end: &Range<usize>, count: u64) -> Result<Vec<Record>, ArchiveFault> {
    let first = number32(bytes, end.start + 16)?;
    let length = number32(bytes, end.start + 12)? as usize;
    if number16(bytes, end.start + 4)? != 0 || number16(bytes, end.start + 8)? != number16(bytes, end.start + 10)? {
        return Err(ArchiveFault::Damaged("it is one of several volumes"));
    }
    if first == u32::MAX || count == u64::from(u16::MAX) {
        return Err(ArchiveFault::Zip64);
    }
    let mut at = first as usize;
    match (at + length).cmp(&end.start) {
        std::cmp::Ordering::Less if !bytes.starts_with(LOCAL) => return Err(ArchiveFault::BytesBefore),
        std::cmp::Ordering::Less | std::cmp::Ordering::Greater => {
            return Err(ArchiveFault::Damaged("its directory isn't where it says"));
        }
        std::cmp::Ordering::Equal => {}
    }
    let mut records = Vec::new();
    for _ in 0..count {
        let record = entry(bytes, at)?;
        at = record.entry.end;
        records.push(record);
    }
    if at == end.start { Ok(records) } else { Err(ArchiveFault::Damaged("its directory has more than it says")) }
}

/// Reads one entry of the directory.
fn entry(bytes: &[u8], at: usize) -> Result<Record, ArchiveFault> {
    if bytes.get(at..at + 4) != Some(ENTRY) {
        return Err(ArchiveFault::Damaged("its directory is broken"));
    }
    let name_length = usize::from(number16(bytes, at + 28)?);
    let rest = usize::from(number16(bytes, at + 30)?) + usize::from(number16(bytes, at + 32)?);
    let name = bytes.get(at + 46..at + 46 + name_length).ok_or(ArchiveFault::Damaged("its directory is cut off"))?;
    let name = String::from_utf8_lossy(name).into_owned();
    let (packed, size, offset) = (number32(bytes, at + 20)?, number32(bytes, at + 24)?, number32(bytes, at + 42)?);
    if [packed, size, offset].contains(&u32::MAX) {
        return Err(ArchiveFault::Zip64);
    }
    if number16(bytes, at + 8)? & 0x2041 != 0 {
        return Err(ArchiveFault::EncryptedPart(name));
    }
    let leads_out = name.split(['/', '\\']).any(|step| step == ".." || step == ".");
    if leads_out || name.is_empty() || name.starts_with(['/', '\\']) || name.contains('\0') {
        return Err(ArchiveFault::NoPartName(name));
    }
    let offset = offset as usize;
    Ok(Record {
        part: PartName::new(&name),
        has_backslash: name.contains('\\'),
        entry: at..at + 46 + name_length + rest,
        span: offset..offset,
        data: 0..packed as usize,
        method: number16(bytes, at + 10)?,
        crc: number32(bytes, at + 16)?,
        size: u64::from(size),
    })
}

/// Finds where each record lies: from its header to the next record, or to the directory.
fn place(bytes: &[u8], records: &mut [Record], directory: usize) -> Result<(), ArchiveFault> {
    let mut order: Vec<usize> = (0..records.len()).collect();
    order.sort_by_key(|number| records[*number].span.start);
    if order.first().is_none_or(|first| records[*first].span.start != 0) {
        let damaged = if bytes.starts_with(LOCAL) || records.is_empty() {
            ArchiveFault::Damaged("its first record isn't in its directory")
        } else {
            ArchiveFault::BytesBefore
        };
        return Err(damaged);
    }
    for (position, number) in order.iter().enumerate() {
        let next = order.get(position + 1).map_or(directory, |next| records[*next].span.start);
        let record = &mut records[*number];
        let start = record.span.start;
        if bytes.get(start..start + 4) != Some(LOCAL) {
            return Err(ArchiveFault::Damaged("a record isn't where its directory says"));
        }
        let header = 30 + usize::from(number16(bytes, start + 26)?) + usize::from(number16(bytes, start + 28)?);
        record.data = start + header..start + header + record.data.end;
        record.span = start..next;
        if record.data.end > next {
            return Err(ArchiveFault::Damaged("its records overlap"));
        }
    }
    Ok(())
}

/// Holds the sizes that the directory states against the limits.
fn check_sizes(records: &[Record], limits: &Limits) -> Result<(), PackageError> {
    let total = records.iter().map(|record| record.size).sum();
    limits.check(Limit::Unpacked, total, || "the unpacked file".to_owned())?;
    for record in records.iter().filter(|record| record.size >= Limits::SMALL) {
        let packed = record.data.len().max(1) as u64;
        limits.check(Limit::Ratio, record.size / packed, || format!("the part `{}`", record.part))?;
    }
    Ok(())
}

/// Reads two bytes as a number.
pub(super) fn number16(bytes: &[u8], at: usize) -> Result<u16, ArchiveFault> {
    let two = bytes.get(at..).and_then(<[u8]>::first_chunk);
    two.map(|two| u16::from_le_bytes(*two)).ok_or(ArchiveFault::Damaged("it is cut off"))
}

/// Reads four bytes as a number.
fn number32(bytes: &[u8], at: usize) -> Result<u32, ArchiveFault> {
    let four = bytes.get(at..).and_then(<[u8]>::first_chunk);
    four.map(|four| u32::from_le_bytes(*four)).ok_or(ArchiveFault::Damaged("it is cut off"))
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in parts {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn refusal(bytes: Vec<u8>) -> String {
        let limits = Limits { file: 2_000, parts: 3, part: 5_000, unpacked: 9_000, ..Limits::default() };
        let package = match crate::ooxml::Package::open(bytes, &limits) {
            Ok(package) => package,
            Err(error) => return error.to_string(),
        };
        let parts: Vec<PartName> = package.parts().cloned().collect();
        parts.iter().find_map(|part| package.read(part).err()).map_or(String::new(), |error| error.to_string())
    }

    #[test]
    fn what_was_packed_is_unpacked() {
        let bytes = zipped(&[("a.xml", b"<a/>"), ("folder/b.bin", &[7; 3_000])]);
        let package = crate::ooxml::Package::open(bytes, &Limits::default()).unwrap();
        assert_eq!(package.read(&"A.XML".into()).unwrap(), b"<a/>");
        assert_eq!(package.read(&"folder/b.bin".into()).unwrap(), [7; 3_000]);
        assert_eq!(package.read(&"c".into()).unwrap_err().to_string(), "the part `c` is missing");
    }

    #[test]
    fn what_cannot_be_relied_on_is_refused_with_its_reason() {
        let sound = zipped(&[("a.xml", b"<a/>"), ("b.xml", b"<b></b>")]);
        let data = sound.windows(2).position(|two| two == [0x03, 0x04]).map(|at| at + 34).unwrap();
        let flipped = |at: usize| {
            let mut bytes = sound.clone();
            bytes[at] ^= 0xff;
            bytes
        };
        let compound = |name: &str| {
            let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
            [&[0xd0, 0xcf, 0x11, 0xe0][..], &name].concat()
        };
        let cases = [
            (sound.clone(), ""),
            (Vec::new(), "the file is empty"),
            (b"name,score".repeat(5), "the file is no zip archive, which every xlsx or xlsm file is"),
            (compound("EncryptedPackage"), "the file is encrypted with a password"),
            (compound("Workbook"), "the file is in the binary container of Excel 97 to 2003"),
            (sound[..sound.len() - 30].to_vec(), "the zip archive is damaged: it ends before its directory"),
            ([b"MZ", &sound[..]].concat(), "other bytes stand before the zip archive"),
            (
                flipped(data),
                "the part `a.xml` is damaged: it doesn't unpack to the size and check sum that the zip archive states",
            ),
            (zipped(&[("../a", b"")]), "the zip archive holds the name `../a`, which is no name of a part"),
            (zipped(&[("a", b""), ("A", b"")]), "the name `A` stands twice in the zip archive"),
            (zipped(&[("x/a", b""), ("x\\a", b"")]), "the name `x/a` stands twice in the zip archive"),
            (vec![b'P'; 2_001], "the file has 2,001 bytes; at most 2,000 are read (limit `file`)"),
            (
                zipped(&[("a", b""), ("b", b""), ("c", b""), ("d", b"")]),
                "the file has 4 parts; at most 3 are read (limit `parts`)",
            ),
            (zipped(&[("a", &[0; 6_000])]), "the part `a` has 6,000 bytes; at most 5,000 are read (limit `part`)"),
            (
                zipped(&[("a", &[0; 4_900]), ("b", &[0; 4_900])]),
                "the unpacked file has 9,800 bytes; at most 9,000 are read (limit `unpacked`)",
            ),
        ];
        for (bytes, expected) in cases {
            assert_eq!(refusal(bytes), expected);
        }
    }
}
