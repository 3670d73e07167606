//! The records of Excel 97 to 2003 that stand before the sheets', as the cell reader takes them.
//!
//! Programs write some of them in ways that spreadsheets understand and the cell reader doesn't. [`make_plain`] puts those
//! right in place, so that everything else stays where it stands.

use std::collections::BTreeMap;
use std::ops::{Range, RangeInclusive};

use super::facts::record::{number16, record_at};

const END: u16 = 0x000A;
const SHEETS_NAMED: u16 = 0x0017;
const NAME: u16 = 0x0018;
const CONTINUE: u16 = 0x003C;
const CODE_PAGE: u16 = 0x0042;
const CELL_STYLE: u16 = 0x00E0;
const FORMAT: u16 = 0x041E;
const BEGIN: u16 = 0x0809;

/// A record of no known kind, without content.
const FILLER: [u8; 4] = [0xFF, 0xFF, 0, 0];
/// The code page of characters that take two bytes.
const WIDE: u16 = 1200;
/// The numbers of formats that the cell reader takes for a workbook's own.
const OWN_FORMATS: [RangeInclusive<u16>; 5] = [5..=8, 23..=26, 41..=44, 63..=66, 164..=382];

/// How the stream of a workbook is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edition {
    /// By Excel 97 and later: texts say themselves how wide their characters are.
    Later,
    /// By Excel 95 and earlier: texts are of a code page.
    Earlier,
}

/// Returns how a stream is written.
pub(super) fn edition(stream: &[u8]) -> Edition {
    const EARLIER: [u16; 6] = [0x0500, 0x0400, 0x0300, 0x0200, 0x0002, 0x0007];
    let stated = number16(stream, 4).filter(|_| number16(stream, 0) == Some(BEGIN));
    if stated.is_some_and(|stated| EARLIER.contains(&stated)) { Edition::Earlier } else { Edition::Later }
}

/// Puts the records before the sheets' right.
pub(super) fn make_plain(stream: &mut [u8]) {
    let edition = edition(stream);
    let (mut at, mut formats, mut styles) = (0, Vec::new(), Vec::new());
    while let Some((kind, content)) = record_at(stream, at) {
        let start = at;
        at = content.end;
        match kind {
            CODE_PAGE => name_code_page(stream, content, edition),
            FORMAT => formats.push(content),
            CELL_STYLE => styles.push(content),
            CONTINUE => at = gather_continued(stream, start),
            END => break,
            _ => {}
        }
    }
    number_formats(stream, &formats, &styles);
}

/// Takes out what names cells and sheets, which the cell reader would put in words, though nobody needs them of it.
pub(super) fn leave_out_names(stream: &mut [u8]) {
    let mut at = 0;
    while let Some((kind, content)) = record_at(stream, at) {
        match kind {
            SHEETS_NAMED | NAME => leave_out(stream, at),
            END => break,
            _ => {}
        }
        at = content.end;
    }
}

/// Makes the record at a place one of no known kind.
pub(super) fn leave_out(stream: &mut [u8], at: usize) {
    stream[at..at + 2].copy_from_slice(&FILLER[..2]);
}

/// Names the code page as the cell reader knows it. Later texts are never of one, whatever the record says.
fn name_code_page(stream: &mut [u8], content: Range<usize>, edition: Edition) {
    const APPLE_ROMAN: (u16, u16) = (0x8000, 10000);
    const ANSI: (u16, u16) = (0x8001, 1252);
    let Some(stated) = number16(&stream[content.clone()], 0) else { return };
    let page = match edition {
        Edition::Later => WIDE,
        Edition::Earlier => {
            [APPLE_ROMAN, ANSI].iter().find(|(old, _)| *old == stated).map_or(stated, |(_, page)| *page)
        }
    };
    stream[content.start..content.start + 2].copy_from_slice(&page.to_le_bytes());
}

/// Moves the records that continue another, the first at `start`, together, with the empty ones behind them; returns where
/// the last ends.
fn gather_continued(stream: &mut [u8], start: usize) -> usize {
    let (mut at, mut filled) = (start, start);
    while let Some((CONTINUE, content)) = record_at(stream, at) {
        if !content.is_empty() {
            stream.copy_within(at..content.end, filled);
            filled += content.end - at;
        }
        at = content.end;
    }
    for filler in stream[filled..at].chunks_exact_mut(FILLER.len()) {
        filler.copy_from_slice(&FILLER);
    }
    at
}

/// Gives formats of the workbook's own, under numbers that mean others to the cell reader, numbers that don't.
fn number_formats(stream: &mut [u8], formats: &[Range<usize>], styles: &[Range<usize>]) {
    let number = |stream: &[u8], content: &Range<usize>, at: usize| number16(&stream[content.clone()], at);
    let stated: Vec<u16> = formats.iter().filter_map(|content| number(stream, content, 0)).collect();
    let mut free = (164..=382).filter(|number| !stated.contains(number));
    let is_foreign = |number: &&u16| !OWN_FORMATS.iter().any(|own| own.contains(number));
    let renamed: BTreeMap<u16, u16> = stated.iter().filter(is_foreign).copied().zip(&mut free).collect();
    for (contents, at) in [(formats, 0), (styles, 2)] {
        for content in contents {
            let Some(new) = number(stream, content, at).and_then(|number| renamed.get(&number)) else { continue };
            stream[content.start + at..content.start + at + 2].copy_from_slice(&new.to_le_bytes());
        }
    }
}
