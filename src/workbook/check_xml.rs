//! Parts of packages as XML within the limits, or refused.
//!
//! Depth and document types, which the cell reader lets pass, are checked here.

use memchr::memmem;

use super::ReadError;
use crate::ooxml::{Limits, PackageError, PartName, XmlFault};

/// Returns the error for a part that isn't XML.
pub(super) fn broken(part: &PartName, error: &quick_xml::Error) -> ReadError {
    PackageError::Xml { part: part.clone(), fault: XmlFault::Malformed(error.to_string()) }.into()
}

/// Refuses a part with a document type, or whose elements lie too deep in one another.
pub(super) fn depth(text: &str, part: &PartName, limits: &Limits) -> Result<(), ReadError> {
    let bytes = text.as_bytes();
    let fault = |fault| PackageError::Xml { part: part.clone(), fault }.into();
    if memmem::find(bytes, b"<!DOCTYPE").is_some() {
        return Err(fault(XmlFault::DocumentType));
    }
    let most = i64::try_from(limits.depth).unwrap_or(i64::MAX);
    if deepens_beyond(bytes, most) { Err(fault(XmlFault::TooDeep(limits.depth))) } else { Ok(()) }
}

/// Whether elements lie deeper in one another than `most`.
///
/// Tags are counted block by block, which takes a fraction of going from tag to tag; only where a block opens enough
/// elements to go too deep is it looked at one by one.
fn deepens_beyond(bytes: &[u8], most: i64) -> bool {
    // So many pairs can be counted in a byte.
    const BLOCK: usize = 240;
    let mut depth = 0;
    let following = bytes.get(1..).unwrap_or_default();
    bytes.chunks(BLOCK).zip(following.chunks(BLOCK)).any(|(block, next)| {
        let pairs = || block.iter().zip(next).map(|(byte, next)| (*byte, *next));
        let opened = i64::from(pairs().map(|pair| u8::from(opens(pair))).sum::<u8>());
        let closed = i64::from(pairs().map(|pair| u8::from(closes(pair))).sum::<u8>());
        let goes_beyond = depth + opened > most
            && pairs().scan(depth, |depth, pair| Some(step(depth, pair))).any(|depth| depth > most);
        depth += opened - closed;
        goes_beyond
    })
}

/// Goes one byte on, and returns how deep it is there.
fn step(depth: &mut i64, pair: (u8, u8)) -> i64 {
    *depth += i64::from(opens(pair)) - i64::from(closes(pair));
    *depth
}

/// Whether a byte, with the next, begins a tag that opens an element or is one whole.
const fn opens((byte, next): (u8, u8)) -> bool {
    byte == b'<' && next != b'/' && next != b'!' && next != b'?'
}

/// Whether a byte, with the next, begins a tag that closes an element, or ends one that is whole.
const fn closes((byte, next): (u8, u8)) -> bool {
    byte == b'<' && next == b'/' || byte == b'/' && next == b'>'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_and_document_types_are_refused() {
        let part = PartName::new("xl/worksheets/sheet1.xml");
        let limits = Limits { depth: 3, ..Limits::default() };
        let check = |text: &str| depth(text, &part, &limits).map_err(|error| error.to_string());
        assert_eq!(check("<?xml version='1.0'?><a><b><c/><c/></b><b><c>1</c></b></a>"), Ok(()));
        assert!(check("<a><b><c><d/></c></b></a>").unwrap_err().contains("depth"));
        let long = format!("<a>{}<b><c/></b></a>", "<b>text</b>".repeat(1_000));
        assert_eq!(check(&long), Ok(()));
        assert!(check(&long.replace("<c/>", "<c><d/></c>")).unwrap_err().contains("depth"));
        assert!(check("<!DOCTYPE a><a/>").unwrap_err().contains("document type"));
    }
}
