//! Texts of Excel 97 to 2003, and of 95 and earlier, also those that go on in further records.

use std::ops::Range;

use super::code_page::{self, WESTERN};
use super::record::{characters, number16, old_records, record_at};
use crate::workbook::runs::{Font, Runs, Said};

const END: u16 = 0x000A;
const CONTINUE: u16 = 0x003C;
const CODE_PAGE: u16 = 0x0042;
const BEGIN: u16 = 0x0809;

/// How the texts of a workbook are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::workbook) enum Letters {
    /// By Excel 97 and later: a text says itself whether its characters are of one byte or two.
    #[default]
    Own,
    /// By Excel 95 and earlier: bytes of a code page.
    OfPage(u16),
}

impl Letters {
    /// Returns how the texts of a stream are written.
    pub(super) fn of(stream: &[u8]) -> Self {
        const EARLIER: [u16; 6] = [0x0500, 0x0400, 0x0300, 0x0200, 0x0002, 0x0007];
        let stated = number16(stream, 4).filter(|_| number16(stream, 0) == Some(BEGIN));
        if !stated.is_some_and(|stated| EARLIER.contains(&stated)) {
            return Self::Own;
        }
        let mut globals = old_records(stream).map(|(record, _)| record).take_while(|record| record.kind != END);
        let page = globals.find(|record| record.kind == CODE_PAGE).and_then(|record| number16(record.content, 0));
        Self::OfPage(page.unwrap_or(WESTERN))
    }

    /// Reads a text of so many characters.
    pub(super) fn text(self, bytes: &[u8], length: usize) -> Option<String> {
        match self {
            Self::Own => characters(bytes, length),
            Self::OfPage(page) => bytes.get(..length).map(|bytes| code_page::decoded(page, bytes)),
        }
    }
}

/// The content of a record and of those that continue it, as far as it isn't read yet.
#[derive(Clone, Debug)]
pub(super) struct Pieces<'a> {
    rest: &'a [u8],
    /// The stream behind the record that `rest` is of.
    following: &'a [u8],
}

impl<'a> Pieces<'a> {
    /// Begins with the record whose content is there.
    pub(super) fn at(stream: &'a [u8], content: Range<usize>) -> Self {
        Self { following: &stream[content.end..], rest: &stream[content] }
    }

    /// Whether something is left to read.
    fn is_left(&mut self) -> bool {
        while self.rest.is_empty() {
            let Some((CONTINUE, content)) = record_at(self.following, 0) else { return false };
            (self.rest, self.following) = (&self.following[content.clone()], &self.following[content.end..]);
        }
        true
    }

    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.is_left().then_some(self.rest)?.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    fn number16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.byte()?, self.byte()?]))
    }

    fn skip(&mut self, mut count: usize) -> Option<()> {
        while count > 0 {
            let passed = self.is_left().then(|| count.min(self.rest.len()))?;
            self.rest = &self.rest[passed..];
            count -= passed;
        }
        Some(())
    }

    /// Reads a text that has its length, in two bytes, before it.
    pub(super) fn text(&mut self, letters: Letters) -> Option<String> {
        let length = usize::from(self.number16()?);
        if length == 0 {
            return Some(String::new());
        }
        match letters {
            Letters::Own => {
                let flags = self.byte()?;
                self.units(length, flags).map(|units| String::from_utf16_lossy(&units))
            }
            Letters::OfPage(page) => {
                let bytes = (0..length).map(|_| self.byte()).collect::<Option<Vec<u8>>>()?;
                Some(code_page::decoded(page, &bytes))
            }
        }
    }

    /// Reads a text that has its length before it and its runs, each with its own font, behind.
    pub(super) fn rich(&mut self, letters: Letters, fonts: &[Font]) -> Option<Said> {
        let text = self.text(letters)?;
        let mut number = || match letters {
            Letters::Own => self.number16(),
            Letters::OfPage(_) => self.byte().map(u16::from),
        };
        let count = number().unwrap_or_default();
        let runs: Vec<(u16, u16)> = (0..count).map_while(|_| Some((number()?, number()?))).collect();
        Some(words(&text.encode_utf16().collect::<Vec<u16>>(), &runs, fonts))
    }

    /// Reads characters, of two bytes where the lowest of `flags` is set; each further record says that anew.
    fn units(&mut self, length: usize, flags: u8) -> Option<Vec<u16>> {
        let (mut units, mut flags) = (Vec::new(), flags);
        loop {
            let width = usize::from(flags & 1) + 1;
            let count = (length - units.len()).min(self.rest.len() / width);
            let (taken, rest) = self.rest.split_at(count * width);
            let unit = |bytes: &[u8]| u16::from_le_bytes([bytes[0], bytes.get(1).copied().unwrap_or_default()]);
            units.extend(taken.chunks_exact(width).map(unit));
            if units.len() == length {
                self.rest = rest;
                return Some(units);
            }
            self.rest = &[];
            flags = self.byte()?;
        }
    }

    /// Reads one of the kept texts.
    fn kept(&mut self, fonts: &[Font]) -> Option<Said> {
        const HAS_MORE: u8 = 0x04;
        const HAS_RUNS: u8 = 0x08;
        let (length, flags) = (usize::from(self.number16()?), self.byte()?);
        let runs = if flags & HAS_RUNS == 0 { 0 } else { self.number16()? };
        let more =
            if flags & HAS_MORE == 0 { 0 } else { u64::from(self.number16()?) + (u64::from(self.number16()?) << 16) };
        let units = self.units(length, flags)?;
        let runs = (0..runs).map(|_| Some((self.number16()?, self.number16()?))).collect::<Option<Vec<_>>>()?;
        self.skip(usize::try_from(more).ok()?)?;
        Some(words(&units, &runs, fonts))
    }
}

/// Reads the kept texts, up to where they end or are cut.
pub(super) fn kept(stream: &[u8], content: Range<usize>, fonts: &[Font]) -> Vec<Said> {
    const COUNTS: usize = 8;
    let (mut pieces, mut kept) = (Pieces::at(stream, content), Vec::new());
    let mut goes_on = pieces.skip(COUNTS).is_some();
    while goes_on && pieces.is_left() {
        let text = pieces.kept(fonts);
        goes_on = text.is_some();
        kept.extend(text);
    }
    kept
}

/// Returns what a text says, and what is struck out of it: from the place of each run on, the text is of its font.
pub(super) fn words(units: &[u16], runs: &[(u16, u16)], fonts: &[Font]) -> Said {
    let ends = runs.iter().skip(1).map(|(start, _)| usize::from(*start)).chain([units.len()]);
    let font = |number: &u16| fonts.get(usize::from(*number)).copied().unwrap_or_default();
    let of_run = runs.iter().zip(ends).map(|((start, number), end)| (usize::from(*start), end, font(number)));
    let first = runs.first().map_or(units.len(), |(start, _)| usize::from(*start));
    let spans: Vec<(usize, usize, Font)> = std::iter::once((0, first, Font::default())).chain(of_run).collect();
    let mut said = Runs::default();
    for alike in spans.chunk_by(|(.., one), (.., next)| one == next) {
        let (start, end) = (alike[0].0, alike[alike.len() - 1].1.min(units.len()));
        said.add(alike[0].2, &String::from_utf16_lossy(units.get(start..end).unwrap_or_default()));
    }
    said.said()
}
