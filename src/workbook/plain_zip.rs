//! A zip whose parts are stored as they are, for a reader that wants a zip.
//!
//! The parts of a workbook are unpacked once, within limits; the cell reader is then given those it needs, under the
//! names it looks for, without packing them again.

/// A zip that is being put together.
#[derive(Debug, Default)]
pub(super) struct PlainZip {
    bytes: Vec<u8>,
    directory: Vec<u8>,
    count: u16,
}

impl PlainZip {
    /// Adds a part.
    pub(super) fn add(&mut self, name: &str, content: &[u8]) {
        let offset = size(self.bytes.len());
        let mut facts = Vec::with_capacity(26);
        facts.extend([20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0]);
        facts.extend(crc32fast::hash(content).to_le_bytes());
        facts.extend(size(content.len()).to_le_bytes());
        facts.extend(size(content.len()).to_le_bytes());
        facts.extend(u16::try_from(name.len()).expect("the names are ours and short").to_le_bytes());
        facts.extend([0, 0]);
        self.bytes.reserve(30 + name.len() + content.len());
        self.bytes.extend(b"PK\x03\x04");
        self.bytes.extend(&facts);
        self.bytes.extend(name.as_bytes());
        self.bytes.extend(content);
        self.directory.extend(b"PK\x01\x02\x14\x00");
        self.directory.extend(&facts);
        self.directory.extend([0; 10]);
        self.directory.extend(offset.to_le_bytes());
        self.directory.extend(name.as_bytes());
        self.count += 1;
    }

    /// Returns the whole zip.
    pub(super) fn finish(mut self) -> Vec<u8> {
        let start = size(self.bytes.len());
        self.bytes.extend(&self.directory);
        self.bytes.extend(b"PK\x05\x06\0\0\0\0");
        self.bytes.extend(self.count.to_le_bytes());
        self.bytes.extend(self.count.to_le_bytes());
        self.bytes.extend(size(self.directory.len()).to_le_bytes());
        self.bytes.extend(start.to_le_bytes());
        self.bytes.extend([0, 0]);
        self.bytes
    }
}

/// Returns a size as the zip keeps it.
fn size(length: usize) -> u32 {
    u32::try_from(length).expect("the limits keep packages far below 4 GiB")
}
