//! Looking at XML elements: an attribute by its name, the text inside.

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesEnd, BytesStart, Event};

/// A tag of a part.
pub(in crate::workbook) enum Tag<'a> {
    /// It begins an element.
    Start(BytesStart<'a>),
    /// It is all of one, which a terse reader alone tells of.
    Empty(BytesStart<'a>),
    /// It ends one.
    End(BytesEnd<'a>),
}

/// Returns the next tag, over whatever stands before it; `None` at the end of the part.
pub(in crate::workbook) fn next_tag<'a>(reader: &mut Reader<&'a [u8]>) -> Result<Option<Tag<'a>>, quick_xml::Error> {
    loop {
        match reader.read_event()? {
            Event::Start(element) => return Ok(Some(Tag::Start(element))),
            Event::Empty(element) => return Ok(Some(Tag::Empty(element))),
            Event::End(element) => return Ok(Some(Tag::End(element))),
            Event::Eof => return Ok(None),
            Event::Text(_)
            | Event::CData(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::DocType(_)
            | Event::GeneralRef(_) => {}
        }
    }
}

/// Returns the value of the attribute of this name, whatever its prefix.
pub(in crate::workbook) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let attribute =
        attributes.with_checks(false).flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    let value = attribute.normalized_value(XmlVersion::Implicit1_0);
    Some(value.map_or_else(|_| attribute.value.clone().into_owned(), std::borrow::Cow::into_owned))
}

/// Returns a number attribute.
pub(in crate::workbook) fn number(element: &BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(element, name)?.trim().parse().ok()
}

/// Whether an attribute says yes.
pub(in crate::workbook) fn is_set(element: &BytesStart<'_>, name: &str) -> bool {
    attribute(element, name).is_some_and(|value| says_yes(&value))
}

/// Whether the value of an attribute says yes.
pub(in crate::workbook) fn says_yes(value: &str) -> bool {
    matches!(value.trim(), "1" | "true" | "on")
}

/// Returns a reader of a part, or of a piece of one in which elements are left open or closed without having been opened.
pub(in crate::workbook) fn reader(xml: &str) -> Reader<&[u8]> {
    let mut reader = terse_reader(xml);
    reader.config_mut().expand_empty_elements = true;
    reader
}

/// Returns such a reader that tells of an element without content at once, not as of one that begins and ends: most cells
/// are such.
pub(in crate::workbook) fn terse_reader(xml: &str) -> Reader<&[u8]> {
    let mut reader = Reader::from_str(xml);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    reader
}

/// Returns the text in the element that `start` opened, and whether its end is there.
pub(in crate::workbook) fn text_within(
    reader: &mut Reader<&[u8]>,
    start: &BytesStart<'_>,
) -> Result<(String, bool), quick_xml::Error> {
    let mut text = String::new();
    loop {
        let event = reader.read_event()?;
        match &event {
            Event::End(element) if element.name() == start.name() => return Ok((text, true)),
            Event::Eof => return Ok((text, false)),
            Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => add_text(&event, &mut text),
            Event::Start(_)
            | Event::End(_)
            | Event::Empty(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::DocType(_) => {}
        }
    }
}

/// Adds what a piece of text stands for, be it text, a reference or a quoted section.
pub(in crate::workbook) fn add_text(event: &Event<'_>, text: &mut String) {
    if let Event::Text(piece) = event {
        text.push_str(&piece.xml10_content());
    } else if let Event::CData(piece) = event {
        text.push_str(&piece.xml10_content());
    } else if let Event::GeneralRef(reference) = event {
        let named = match reference.xml10_content().as_ref() {
            "lt" => Some('<'),
            "gt" => Some('>'),
            "amp" => Some('&'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            _ => reference.resolve_char_ref().ok().flatten(),
        };
        text.extend(named);
    }
}
