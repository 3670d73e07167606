//! Parts without what the cell reader would only pass over: cells that hold nothing, and styles other than number formats.
//!
//! In a form most cells are styled and empty, and the reader takes as long over one of those as over a filled one.
//! [`sheet`] leaves out those that are written in one of the usual ways, and changes nothing where a cell doesn't name its
//! place, since such cells are counted from the one before. [`styles`] keeps what tells dates from numbers.

use std::borrow::Cow;

use memchr::memmem;

/// Returns a sheet part without its empty cells.
pub(super) fn sheet(part: &[u8]) -> Cow<'_, [u8]> {
    // Comments and quoted sections may hold what looks like a cell.
    let is_plain = memmem::find(part, b"<!").is_none();
    let filled = if is_plain { without_empty_cells(part) } else { None };
    filled.map_or(Cow::Borrowed(part), Cow::Owned)
}

/// Returns the part without its empty cells; `None` where there are none, or where a cell doesn't name its place.
fn without_empty_cells(part: &[u8]) -> Option<Vec<u8>> {
    let mut filled = Vec::new();
    let mut done = 0;
    for at in memmem::find_iter(part, b"<c") {
        match after_name(&part[at + 2..]) {
            Tag::Empty(length) => {
                if filled.is_empty() {
                    filled.reserve_exact(part.len());
                }
                filled.extend_from_slice(&part[done..at]);
                done = at + 2 + length;
            }
            Tag::Other => {}
            Tag::Nowhere => return None,
        }
    }
    filled.extend_from_slice(&part[done..]);
    (done > 0).then_some(filled)
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
    let end = memchr::memchr(b'>', rest).unwrap_or(rest.len());
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
