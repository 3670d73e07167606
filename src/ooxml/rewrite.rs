//! The package written again: changed parts in their old place, new ones at the end, all others byte for byte.
//!
//! A record that isn't changed is copied with its header and whatever follows it, and keeps its entry in the directory
//! but for the offset. A changed record keeps its name, time and packing.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};

use super::archive::{Record, number16};
use super::{ArchiveFault, Limit, Package, PackageError, PartName};

/// What is to be different in a package.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// New bytes for parts that are there.
    pub replaced: BTreeMap<PartName, Vec<u8>>,
    /// Parts that aren't there yet, in the order in which they are to lie in the file.
    pub added: Vec<(PartName, Vec<u8>)>,
    /// Parts to leave out.
    pub removed: BTreeSet<PartName>,
}

/// A record's content, packed.
struct Packed {
    method: u16,
    crc: u32,
    size: u32,
    bytes: Vec<u8>,
}

/// The first day that a zip knows: new parts say nothing of the time at which they were written.
const FIRST_DAY: u16 = 0x21;

impl Package {
    /// Writes the package with changes.
    pub fn rewrite(&self, changes: &Changes) -> Result<Vec<u8>, PackageError> {
        let records = self.archive.records();
        let count = (records.len() + changes.added.len()) as u64;
        self.limits().check(Limit::Parts, count, || "the file".to_owned())?;
        let mut written = Vec::with_capacity(self.bytes().len());
        // The directory keeps its own order, which may be another than that of the records.
        let mut entries = vec![Vec::new(); records.len()];
        for number in self.archive.order() {
            let record = &records[number];
            if changes.removed.contains(&record.part) {
                continue;
            }
            entries[number] = match changes.replaced.get(&record.part) {
                Some(bytes) => self.replace(&mut written, record, bytes)?,
                None => self.copy(&mut written, record)?,
            };
        }
        for (part, bytes) in &changes.added {
            entries.push(add(&mut written, part, bytes)?);
        }
        entries.retain(|entry| !entry.is_empty());
        self.finish(written, &entries)
    }

    /// Copies a record as it lies in the file; returns its entry.
    fn copy(&self, written: &mut Vec<u8>, record: &Record) -> Result<Vec<u8>, ArchiveFault> {
        let mut entry = self.bytes()[record.entry.clone()].to_vec();
        entry[42..46].copy_from_slice(&size32(written.len())?.to_le_bytes());
        written.extend_from_slice(&self.bytes()[record.span.clone()]);
        Ok(entry)
    }

    /// Writes a record with other content; returns its entry.
    fn replace(&self, written: &mut Vec<u8>, record: &Record, bytes: &[u8]) -> Result<Vec<u8>, ArchiveFault> {
        let packed = pack(bytes, record.method)?;
        let mut entry = self.bytes()[record.entry.clone()].to_vec();
        entry[42..46].copy_from_slice(&size32(written.len())?.to_le_bytes());
        packed.describe(&mut entry[8..28]);
        let name_length = usize::from(number16(self.bytes(), record.span.start + 26)?);
        let start = record.span.start;
        let mut header = self.bytes()[start..record.data.start].to_vec();
        packed.describe(&mut header[6..26]);
        // What a local header adds (sizes beyond 32 bits, times) is in the directory too, or void with the new sizes.
        header.truncate(30 + name_length);
        header[28..30].fill(0);
        written.extend_from_slice(&header);
        written.extend_from_slice(&packed.bytes);
        Ok(entry)
    }

    /// Puts the directory behind the records.
    fn finish(&self, mut written: Vec<u8>, entries: &[Vec<u8>]) -> Result<Vec<u8>, PackageError> {
        let start = size32(written.len())?;
        let directory = entries.concat();
        let count = u16::try_from(entries.len()).map_err(|_| ArchiveFault::Zip64)?;
        let mut end = self.archive.end().to_vec();
        end[8..10].copy_from_slice(&count.to_le_bytes());
        end[10..12].copy_from_slice(&count.to_le_bytes());
        end[12..16].copy_from_slice(&size32(directory.len())?.to_le_bytes());
        end[16..20].copy_from_slice(&start.to_le_bytes());
        written.extend_from_slice(&directory);
        written.extend_from_slice(&end);
        Ok(written)
    }
}

impl Packed {
    /// Writes flags, method, check sum and sizes into the twenty bytes that a header and an entry have in common.
    fn describe(&self, common: &mut [u8]) {
        // Bit 3 says that the sizes follow the data: they don't any more.
        common[0] &= !8;
        common[2..4].copy_from_slice(&self.method.to_le_bytes());
        common[8..12].copy_from_slice(&self.crc.to_le_bytes());
        let packed = u32::try_from(self.bytes.len()).expect("it was checked when it was packed");
        common[12..16].copy_from_slice(&packed.to_le_bytes());
        common[16..20].copy_from_slice(&self.size.to_le_bytes());
    }
}

/// Writes a new record; returns its entry.
fn add(written: &mut Vec<u8>, part: &PartName, bytes: &[u8]) -> Result<Vec<u8>, ArchiveFault> {
    let packed = pack(bytes, 8)?;
    let name = part.as_str().as_bytes();
    let name_length = u16::try_from(name.len()).map_err(|_| ArchiveFault::NoPartName(part.to_string()))?;
    let mut common = [0; 20];
    packed.describe(&mut common);
    // Bit 11: the name is UTF-8.
    common[1] = if name.is_ascii() { 0 } else { 8 };
    common[6..8].copy_from_slice(&FIRST_DAY.to_le_bytes());
    let offset = size32(written.len())?;
    let lengths = [name_length.to_le_bytes(), [0, 0]].concat();
    // Version 2.0 is what unpacks deflated content.
    written.extend_from_slice(&[b"PK\x03\x04\x14\0", &common[..], &lengths, name, &packed.bytes].concat());
    Ok([b"PK\x01\x02\x14\0\x14\0", &common[..], &lengths, &[0; 10], &offset.to_le_bytes(), name].concat())
}

/// Packs content by a method: as it is, or deflated.
fn pack(bytes: &[u8], method: u16) -> Result<Packed, ArchiveFault> {
    let mut crc = Crc::new();
    crc.update(bytes);
    let packed = if method == 0 {
        bytes.to_vec()
    } else {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("memory can be written to")
    };
    size32(packed.len())?;
    Ok(Packed { method, crc: crc.sum(), size: size32(bytes.len())?, bytes: packed })
}

/// Returns a size as the directory holds it.
fn size32(size: usize) -> Result<u32, ArchiveFault> {
    u32::try_from(size).ok().filter(|size| *size < u32::MAX).ok_or(ArchiveFault::Zip64)
}
