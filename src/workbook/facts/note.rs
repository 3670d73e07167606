//! The notes of Office Open XML: comments, and threads of comments.
//!
//! A thread leaves a stand-in among the plain comments, for programs that don't know threads; where a cell has a thread,
//! [`join`] drops the stand-in.

use std::collections::BTreeMap;

use quick_xml::events::Event;

use super::element::{add_text, attribute, reader};
use crate::cell::CellRef;

/// Reads a part of comments or of threaded comments: each note's cell and text, in the order of the part.
pub(in crate::workbook) fn read(part: &str) -> Result<Vec<(CellRef, String)>, quick_xml::Error> {
    let mut reader = reader(part);
    let (mut notes, mut cell, mut text) = (Vec::new(), None, String::new());
    let (mut is_text, mut is_reading) = (false, false);
    loop {
        let event = reader.read_event()?;
        match &event {
            Event::Start(element) => match element.local_name().as_ref() {
                "comment" | "threadedComment" => {
                    cell = attribute(element, "ref").and_then(|at| at.parse().ok());
                    text.clear();
                    is_text = element.local_name().as_ref() == "threadedComment";
                }
                // The reading of a word, in East Asian texts, is no part of the text.
                "rPh" => is_reading = true,
                "t" => is_text = !is_reading,
                _ => {}
            },
            Event::End(element) => match element.local_name().as_ref() {
                "comment" | "threadedComment" => {
                    notes.extend(cell.take().map(|cell| (cell, std::mem::take(&mut text))));
                    is_text = false;
                }
                "rPh" => is_reading = false,
                "t" => is_text = false,
                _ => {}
            },
            Event::Eof => return Ok(notes),
            Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) if is_text => add_text(&event, &mut text),
            Event::Text(_)
            | Event::CData(_)
            | Event::GeneralRef(_)
            | Event::Empty(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::DocType(_) => {}
        }
    }
}

/// Returns one note a cell: the thread as its comments one below the other, else the plain comment.
pub(in crate::workbook) fn join(
    plain: Vec<(CellRef, String)>,
    threads: Vec<(CellRef, String)>,
) -> Vec<(CellRef, String)> {
    let mut notes: BTreeMap<CellRef, String> = BTreeMap::new();
    for (cell, text) in threads {
        let note = notes.entry(cell).or_default();
        if !note.is_empty() {
            note.push('\n');
        }
        note.push_str(text.trim());
    }
    for (cell, text) in plain {
        notes.entry(cell).or_insert(text);
    }
    notes.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thread_stands_for_its_stand_in() {
        let plain = "<comments><commentList><comment ref=\"B2\" authorId=\"0\"><text><r><t>See </t></r><r><t>page 4 &amp; 5</t>\
            </r></text></comment><comment ref=\"C3\"><text><t>[Threaded comment]</t></text></comment></commentList></comments>";
        let threads = "<ThreadedComments><threadedComment ref=\"C3\" id=\"1\"><text>Why 2?</text></threadedComment>\n\
            <threadedComment ref=\"C3\" id=\"2\" parentId=\"1\"><text>Evidence attached</text></threadedComment></ThreadedComments>";
        let notes = join(read(plain).unwrap(), read(threads).unwrap());
        let said: Vec<_> = notes.iter().map(|(cell, text)| (cell.to_string(), text.as_str())).collect();
        assert_eq!(said, [("B2".to_owned(), "See page 4 & 5"), ("C3".to_owned(), "Why 2?\nEvidence attached")]);
    }
}
