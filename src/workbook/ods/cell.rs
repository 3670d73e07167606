//! What lies in a cell of OpenDocument: its paragraphs, and the note on it.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::declared::{Declared, Family};
use super::{broken, skip};
use crate::workbook::ReadError;
use crate::workbook::facts::element::{add_text, attribute};
use crate::workbook::style::said;

/// The most blanks that one element stands for, whatever it says.
const MOST_BLANKS: usize = 4096;

/// What lies in a cell.
#[derive(Debug, Default)]
pub(super) struct Inside {
    /// The paragraphs, one below the other.
    pub(super) text: String,
    /// What is struck out of them; all of it where nothing else is there.
    pub(super) struck: Option<String>,
    /// Whether there are paragraphs, though they may say nothing.
    pub(super) is_said: bool,
    /// The note's text; `None` where there is no note.
    pub(super) note: Option<String>,
}

/// Reads what lies in the element that `start` opened, up to its end.
///
/// Drawings anchored to a cell lie in it with texts of their own; they are no part of the cell. What no style of a paragraph or
/// a part of one speaks of is struck out where the cell is.
pub(super) fn read(
    reader: &mut Reader<&[u8]>,
    start: &BytesStart<'_>,
    declared: &Declared,
    is_struck: bool,
) -> Result<Inside, ReadError> {
    let (mut inside, mut is_paragraph) = (Inside::default(), false);
    let (mut struck, mut looks) = (String::new(), vec![is_struck]);
    let look = |element: &BytesStart<'_>, family, looks: &[bool]| {
        let style = attribute(element, "style-name");
        let strikes = style.and_then(|style| declared.strikes(family, &style));
        strikes.unwrap_or_else(|| looks.last().copied().unwrap_or_default())
    };
    loop {
        let event = reader.read_event().map_err(broken)?;
        match &event {
            Event::Start(element) => match element.name().as_ref() {
                "text:p" | "text:h" => {
                    if inside.is_said {
                        inside.text.push('\n');
                    }
                    (inside.is_said, is_paragraph) = (true, true);
                    looks.push(look(element, Family::Paragraph, &looks));
                }
                "text:s" => {
                    let count = attribute(element, "c").and_then(|count| count.parse().ok()).unwrap_or(1);
                    inside.text.extend(std::iter::repeat_n(' ', MOST_BLANKS.min(count)));
                }
                "text:span" => looks.push(look(element, Family::Span, &looks)),
                "text:tab" => inside.text.push('\t'),
                "text:line-break" => inside.text.push('\n'),
                // A note doesn't lie in a note, however often a file says so.
                "office:annotation" if start.name() == element.name() => skip(reader, element)?,
                "office:annotation" => inside.note = Some(read(reader, element, declared, false)?.text),
                name if is_apart(name) => skip(reader, element)?,
                _ => {}
            },
            Event::End(element) if element.name() == start.name() => {
                let (text, struck) = said(inside.text, struck);
                return Ok(Inside { text, struck, ..inside });
            }
            Event::End(element) if element.name().as_ref() == "text:span" => drop(looks.pop()),
            Event::End(element) if matches!(element.name().as_ref(), "text:p" | "text:h") => {
                (is_paragraph, _) = (false, looks.pop());
            }
            Event::Eof => return Err(ReadError::Damaged("its content ends within a cell".to_owned())),
            Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) if is_paragraph => {
                add_text(&event, if looks.last() == Some(&true) { &mut struck } else { &mut inside.text });
            }
            Event::Text(_)
            | Event::CData(_)
            | Event::GeneralRef(_)
            | Event::End(_)
            | Event::Empty(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::DocType(_) => {}
        }
    }
}

/// Whether an element is no part of the text that it stands in: a drawing, an author's name, a date.
fn is_apart(name: &str) -> bool {
    ["draw:", "dr3d:", "dc:", "meta:", "loext:", "text:note", "text:ruby-text", "table:"]
        .iter()
        .any(|start| name.starts_with(start))
}
