//! Parts as the cell reader wants them, which it then doesn't go wrong over or lose time with.
//!
//! In a form most cells are styled and empty, and the reader takes as long over one of those as over a filled one.
//! [`sheet`] leaves out those that are written in one of the usual ways, and leaves all in where a cell doesn't name its
//! place, since such cells are counted from the one before. The reader gives up a sheet for an error value newer than
//! itself, which becomes a text there. [`strings`] hides a stated count, which the reader trusts; [`styles`] keeps what tells
//! dates from numbers.

use std::borrow::Cow;

use memchr::{memchr, memmem, memrchr};

/// The error values that the cell reader knows.
const KNOWN_ERRORS: [&[u8]; 7] = [b"#DIV/0!", b"#N/A", b"#NAME?", b"#NULL!", b"#NUM!", b"#REF!", b"#VALUE!"];

/// Returns a sheet part without its empty cells, in which error values that the reader doesn't know are texts.
pub(super) fn sheet(part: &[u8]) -> Cow<'_, [u8]> {
    let errors: Vec<usize> = memmem::find_iter(part, b">#").filter_map(|at| unknown_error(part, at)).collect();
    let has_errors = !errors.is_empty();
    // Comments and quoted sections may hold what looks like a cell.
    let is_plain = memmem::find(part, b"<!").is_none();
    let filled = is_plain.then(|| Copy::new(part, &errors).without_empty_cells()).flatten();
    match filled.or_else(|| has_errors.then(|| Copy::new(part, &errors).finish())) {
        Some(copy) => Cow::Owned(copy),
        None => Cow::Borrowed(part),
    }
}

/// A copy of a sheet part that is being made.
struct Copy<'a> {
    part: &'a [u8],
    /// Where the `e` of types stands that are to be `str`, in order, as far as it isn't copied yet.
    errors: &'a [usize],
    copied: Vec<u8>,
    /// How much of the part is done with.
    done: usize,
}

impl<'a> Copy<'a> {
    /// Begins a copy.
    fn new(part: &'a [u8], errors: &'a [usize]) -> Self {
        Self { part, errors, copied: Vec::new(), done: 0 }
    }

    /// Copies what comes before a place, with its errors as texts.
    fn up_to(&mut self, end: usize) {
        if self.copied.is_empty() {
            self.copied.reserve_exact(self.part.len());
        }
        while let Some((error, later)) = self.errors.split_first().filter(|(error, _)| **error < end) {
            self.copied.extend_from_slice(&self.part[self.done..*error]);
            self.copied.extend_from_slice(b"str");
            (self.done, self.errors) = (error + 1, later);
        }
        self.copied.extend_from_slice(&self.part[self.done..end]);
        self.done = end;
    }

    /// Returns the copy without empty cells; `None` where there are none, or where a cell doesn't name its place.
    fn without_empty_cells(mut self) -> Option<Vec<u8>> {
        for at in memmem::find_iter(self.part, b"<c") {
            match after_name(&self.part[at + 2..]) {
                Tag::Empty(length) => {
                    self.up_to(at);
                    self.done = at + 2 + length;
                }
                Tag::Other => {}
                Tag::Nowhere => return None,
            }
        }
        (self.done > 0).then(|| self.finish())
    }

    /// Returns the copy with the rest of the part.
    fn finish(mut self) -> Vec<u8> {
        self.up_to(self.part.len());
        self.copied
    }
}

/// What a tag is, by what follows `<c`.
#[derive(Debug, PartialEq, Eq)]
enum Tag {
    /// An empty cell, which ends after this many bytes.
    Empty(usize),
    /// Another cell that names its place, or no cell at all.
    Other,
    /// A cell that doesn't name its place.
    Nowhere,
}

/// Tells what a tag is.
fn after_name(rest: &[u8]) -> Tag {
    if rest.first().is_some_and(u8::is_ascii_alphanumeric) {
        return Tag::Other;
    }
    if let Some(tag) = rest.strip_prefix(b" r=\"") {
        return empty_after_place(tag).map_or(Tag::Other, |left| Tag::Empty(rest.len() - left));
    }
    let end = memchr(b'>', rest).unwrap_or(rest.len());
    if memmem::find(&rest[..end], b" r=\"").is_some() { Tag::Other } else { Tag::Nowhere }
}

/// Returns how many bytes follow a cell that is empty, from its place on; `None` where it isn't, or isn't written in one
/// of the usual ways.
fn empty_after_place(tag: &[u8]) -> Option<usize> {
    let letters = tag.iter().take_while(|byte| byte.is_ascii_uppercase()).count();
    let digits = tag[letters..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    // Places beyond these are few, or beyond the grid, which the reader is to say.
    let is_usual = (1..=2).contains(&letters) && (1..=6).contains(&digits) && tag[letters] != b'0';
    let mut rest = tag.get(letters + digits..).filter(|_| is_usual)?.strip_prefix(b"\"")?;
    if let Some(style) = rest.strip_prefix(b" s=\"") {
        let digits = style.iter().take_while(|byte| byte.is_ascii_digit()).count();
        rest = style[digits..].strip_prefix(b"\"")?;
    }
    rest = rest.strip_prefix(b" t=\"n\"").unwrap_or(rest);
    rest = rest.strip_prefix(b" ").unwrap_or(rest);
    rest.strip_prefix(b"/>").map(<[u8]>::len)
}

/// Returns where the `e` of a cell's type stands that is an error, though the value after `at` is none that the reader
/// knows.
fn unknown_error(bytes: &[u8], at: usize) -> Option<usize> {
    let value = &bytes[at + 1..];
    let value = &value[..memchr(b'<', value)?];
    if KNOWN_ERRORS.contains(&value) {
        return None;
    }
    // The value's own tag, and any formula, stand between the cell's tag and the value.
    let tag = memmem::rfind(&bytes[..at], b"<c ").or_else(|| memmem::rfind(&bytes[..at], b":c "))?;
    let end = tag + memchr(b'>', &bytes[tag..])?;
    let kind = tag + memmem::find(&bytes[tag..end], b" t=\"e\"")? + b" t=\"".len();
    (memrchr(b'<', &bytes[..at])? > tag).then_some(kind)
}

/// Returns a part of kept strings whose stated count, for which the reader would make room, isn't seen.
pub(super) fn strings(bytes: &[u8]) -> Cow<'_, [u8]> {
    let Some(end) = memmem::find(bytes, b"sst").and_then(|at| Some(at + memchr(b'>', &bytes[at..])?)) else {
        return Cow::Borrowed(bytes);
    };
    let Some(at) = memmem::find(&bytes[..end], b"uniqueCount") else { return Cow::Borrowed(bytes) };
    let mut bytes = bytes.to_vec();
    bytes[at..at + b"uniqueCount".len()].copy_from_slice(b"statedCount");
    Cow::Owned(bytes)
}

/// Returns a styles part that has number formats and what names them, and nothing else.
pub(super) fn styles(part: &[u8]) -> Cow<'_, [u8]> {
    let Some(cells) = element(part, b"<cellXfs", b"</cellXfs>") else { return Cow::Borrowed(part) };
    let formats = element(part, b"<numFmts", b"</numFmts>").unwrap_or_default();
    // Formats after the styles that name them, or quoted, are for the reader to make out.
    if memmem::find(part, b"<!").is_some() || formats.as_ptr() > cells.as_ptr() {
        return Cow::Borrowed(part);
    }
    Cow::Owned([b"<styleSheet>", formats, cells, b"</styleSheet>"].concat())
}

/// Returns an element that is there once, with all that it holds.
fn element<'a>(part: &'a [u8], open: &[u8], close: &[u8]) -> Option<&'a [u8]> {
    let (start, end) = (memmem::find(part, open)?, memmem::find(part, close)? + close.len());
    let is_only = memmem::rfind(part, open) == Some(start) && memmem::rfind(part, close)? + close.len() == end;
    part.get(start..end).filter(|_| is_only)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(part: Cow<'_, [u8]>) -> String {
        String::from_utf8(part.into_owned()).unwrap()
    }

    #[test]
    fn empty_cells_are_left_out_where_the_others_name_their_place() {
        let cases = [
            (
                r#"<row r="1"><c r="A1" s="4"/><c r="B1"><v>1</v></c></row>"#,
                r#"<row r="1"><c r="B1"><v>1</v></c></row>"#,
            ),
            (r#"<cols/><row><c r="A1" s="4" t="n" /><c r="AB12"/></row>"#, "<cols/><row></row>"),
            (r#"<row><c r="A1" s="4"></c><c r="XFE1"/></row>"#, r#"<row><c r="A1" s="4"></c><c r="XFE1"/></row>"#),
            (r#"<row><c s="4" r="A1"/></row>"#, r#"<row><c s="4" r="A1"/></row>"#),
            (r#"<row><c r="A1"/><c><v>1</v></c></row>"#, r#"<row><c r="A1"/><c><v>1</v></c></row>"#),
            (r#"<row><!--<c r="A1"/>--></row>"#, r#"<row><!--<c r="A1"/>--></row>"#),
            (r#"<row><c r="A1" t="s"/><c r="A0"/><c"#, r#"<row><c r="A1" t="s"/><c r="A0"/><c"#),
        ];
        for (written, expected) in cases {
            assert_eq!(shown(sheet(written.as_bytes())), expected, "{written}");
        }
    }

    #[test]
    fn errors_newer_than_the_reader_are_texts() {
        let written = br#"<row><c r="A1" t="e"><v>#N/A</v></c><c r="B1" t="e"><f>X()</f><v>#SPILL!</v></c><c r="C1" t="str"><v>#1</v></c></row>"#;
        let mended = sheet(written);
        let expected = br#"<row><c r="A1" t="e"><v>#N/A</v></c><c r="B1" t="str"><f>X()</f><v>#SPILL!</v></c><c r="C1" t="str"><v>#1</v></c></row>"#;
        assert_eq!(String::from_utf8_lossy(&mended), String::from_utf8_lossy(expected));
    }

    #[test]
    fn styles_keep_their_number_formats() {
        let cases = [
            (
                "<styleSheet x='1'><numFmts><numFmt/></numFmts><fonts/><cellXfs><xf/></cellXfs><dxfs/></styleSheet>",
                "<styleSheet><numFmts><numFmt/></numFmts><cellXfs><xf/></cellXfs></styleSheet>",
            ),
            ("<styleSheet><cellXfs><xf/></cellXfs></styleSheet>", "<styleSheet><cellXfs><xf/></cellXfs></styleSheet>"),
            ("<x:styleSheet><x:cellXfs/></x:styleSheet>", "<x:styleSheet><x:cellXfs/></x:styleSheet>"),
        ];
        for (written, expected) in cases {
            assert_eq!(shown(styles(written.as_bytes())), expected, "{written}");
        }
    }
}
