//! Texts of Office Open XML: what is kept once for all cells, and what stands in a cell itself.
//!
//! A text may be of runs, each with its own look. What is struck out is no part of what is said, unless all of it is; what is
//! raised or lowered is a mark.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::ooxml::{Limit, Limits};
use crate::workbook::ReadError;
use crate::workbook::facts::element::{Tag, add_text, attribute, next_tag, terse_reader};
use crate::workbook::runs::{Font, Level, Runs, Said};
use crate::workbook::symbols::Symbols;

/// A text with what is struck out of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Words {
    /// What it says.
    pub(super) text: Box<str>,
    /// What is struck out: a part that the text doesn't have, or all of it.
    pub(super) struck: Option<Box<str>>,
}

/// Reads the part of kept strings.
pub(super) fn read(part: &str, limits: &Limits) -> Result<Vec<Words>, ReadError> {
    let mut reader = terse_reader(part);
    let mut strings = Vec::new();
    while let Some(words) = next(&mut reader).map_err(|error| broken(&error))? {
        strings.push(words);
        limits.check(Limit::Strings, strings.len() as u64, || "the workbook".to_owned())?;
    }
    Ok(strings)
}

/// Reads the next kept string; `None` where there is none left.
fn next(reader: &mut Reader<&[u8]>) -> Result<Option<Words>, quick_xml::Error> {
    loop {
        match next_tag(reader)? {
            Some(Tag::Start(tag)) if tag.local_name().as_ref() == "si" => return words(reader, &tag).map(Some),
            Some(Tag::Empty(tag)) if tag.local_name().as_ref() == "si" => return Ok(Some(Words::default())),
            Some(Tag::Start(_) | Tag::Empty(_) | Tag::End(_)) => {}
            None => return Ok(None),
        }
    }
}

fn broken(error: &quick_xml::Error) -> ReadError {
    ReadError::Damaged(format!("its texts can't be read ({error})"))
}

/// Reads the text in the element that `start` opened, up to its end, by a terse reader.
pub(super) fn words(reader: &mut Reader<&[u8]>, start: &BytesStart<'_>) -> Result<Words, quick_xml::Error> {
    let (mut runs, mut font, mut text) = (Runs::default(), Font::default(), String::new());
    let (mut is_text, mut is_reading) = (false, false);
    loop {
        let event = reader.read_event()?;
        match &event {
            Event::Start(element) => match element.local_name().as_ref() {
                // The reading of a word, in East Asian texts, is no part of the text.
                "rPh" => is_reading = true,
                "r" => font = Font::default(),
                "t" => is_text = !is_reading,
                _ => look(&mut font, element),
            },
            Event::Empty(element) => look(&mut font, element),
            Event::End(element) if element.name() == start.name() => return Ok(runs.said().into()),
            Event::End(element) => match element.local_name().as_ref() {
                "rPh" => is_reading = false,
                "t" => {
                    runs.add(font, &plain(std::mem::take(&mut text)));
                    is_text = false;
                }
                _ => {}
            },
            Event::Eof => return Ok(runs.said().into()),
            Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) if is_text => add_text(&event, &mut text),
            Event::Text(_)
            | Event::CData(_)
            | Event::GeneralRef(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::DocType(_) => {}
        }
    }
}

/// Takes what an element says of a font's look.
pub(super) fn look(font: &mut Font, element: &BytesStart<'_>) {
    match element.local_name().as_ref() {
        "strike" => font.is_struck = is_on(element),
        "name" | "rFont" => font.symbols = attribute(element, "val").and_then(|name| Symbols::named(&name)),
        "vertAlign" => {
            font.level = match attribute(element, "val").as_deref() {
                Some("superscript") => Level::Raised,
                Some("subscript") => Level::Lowered,
                Some(_) | None => Level::OnLine,
            }
        }
        _ => {}
    }
}

/// Whether an element that switches a look on does so, as it does where it says nothing.
fn is_on(element: &BytesStart<'_>) -> bool {
    attribute(element, "val").is_none_or(|value| !matches!(value.trim(), "0" | "false" | "off"))
}

impl From<Said> for Words {
    fn from((text, struck): Said) -> Self {
        Self { text: text.into(), struck: struck.map(Into::into) }
    }
}

/// Returns a text with the characters that are written as their number between underscores: `_x000D_`. One beyond the first
/// 65,536 is written as two numbers.
pub(super) fn plain(text: String) -> String {
    if !text.contains("_x") {
        return text;
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find("_x") {
        let (before, here) = rest.split_at(at);
        plain.push_str(before);
        let (letter, length) = escaped(here).map_or(("_x".to_owned(), 2), |(letter, length)| (letter.into(), length));
        plain.push_str(&letter);
        rest = &here[length..];
    }
    plain.push_str(rest);
    plain
}

/// Returns the character that a text begins with, where it is written as its number, and how long that is.
fn escaped(text: &str) -> Option<(char, usize)> {
    const LENGTH: usize = 7;
    let first = number(text)?;
    if let Some(letter) = char::from_u32(u32::from(first)) {
        return Some((letter, LENGTH));
    }
    let pair = [first, number(text.get(LENGTH..)?)?];
    let letter = char::decode_utf16(pair).next()?.ok()?;
    Some((letter, 2 * LENGTH))
}

/// Returns the number that a text begins with, between underscores.
fn number(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("_x")?.get(..4)?;
    let is_ended = text[6..].starts_with('_');
    let is_number = is_ended && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    is_number.then(|| u16::from_str_radix(digits, 16).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_struck_out_is_no_part_of_a_text_and_what_is_raised_a_mark() {
        let cases = [
            ("<t>a</t>", "a", None),
            ("<t/>", "", None),
            ("", "", None),
            ("<r/><r><rPr><strike></strike></rPr><t></t></r><rPh/>", "", None),
            ("<r><rPr><strike/></rPr><t>3</t></r><r><t> 2</t></r>", " 2", Some("3")),
            ("<r><rPr><strike val=\"0\"/></rPr><t>3</t></r><r><t>2</t></r>", "32", None),
            ("<r><rPr><strike val=\"1\"/></rPr><t>3</t></r>", "3", Some("3")),
            ("<r><rPr><strike/></rPr><t>3</t></r><r><t> </t></r>", "3", Some("3")),
            ("<r><t>x</t></r><rPh><t>y</t></rPh>", "x", None),
            ("<t>a_x000D__x0041_b _x00 _xZZZZ_</t>", "a\rAb _x00 _xZZZZ_", None),
            ("<t>_xD83D__xDE1C_ a_xD83D_b _xDE1C_</t>", "\u{1f61c} a_xD83D_b _xDE1C_", None),
            ("<t>_x005F_x000D_ é_xé</t>", "_x000D_ é_xé", None),
            ("<t>a &amp; b</t>", "a & b", None),
            ("<r><t>36</t></r><r><rPr><vertAlign val=\"superscript\"/></rPr><t>1</t></r>", "36¹", None),
            ("<r><t>36</t></r><r><rPr><vertAlign val=\"subscript\"></vertAlign></rPr><t>1</t></r>", "36₁", None),
            ("<r><t>36</t></r><r><rPr><vertAlign val=\"baseline\"/></rPr><t>1</t></r>", "361", None),
            (
                "<r><rPr><vertAlign val=\"superscript\"/></rPr><t>_x0031__x000D_&#50;</t></r><r><t>3</t></r>",
                "¹\r²3",
                None,
            ),
            ("<r><rPr><vertAlign val=\"superscript\"/></rPr><t>3</t></r>", "3", None),
        ];
        for (inside, text, struck) in cases {
            let part = format!("<sst><si>{inside}</si></sst>");
            let expected = Words { text: text.into(), struck: struck.map(Into::into) };
            assert_eq!(read(&part, &Limits::default()).unwrap(), [expected], "{inside}");
        }
    }
}
