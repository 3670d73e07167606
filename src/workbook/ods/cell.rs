//! What lies in a cell of OpenDocument: its paragraphs, and the note on it.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::declared::{Declared, Family};
use super::drawn::{self, Drawn};
use super::{broken, skip};
use crate::workbook::ReadError;
use crate::workbook::facts::element::{add_text, attribute};
use crate::workbook::runs::{Font, Runs};

/// The most blanks that one element stands for, whatever it says.
const MOST_BLANKS: usize = 4096;

/// What lies in a cell.
#[derive(Debug, Default)]
pub(super) struct Inside {
    /// The paragraphs, one below the other.
    pub(super) text: String,
    /// What is struck out of them; all of it where nothing else is there.
    pub(super) struck: Option<String>,
    /// Whether a part of them is raised or lowered.
    pub(super) is_off_line: bool,
    /// Whether there are paragraphs, though they may say nothing.
    pub(super) is_said: bool,
    /// The note's text; `None` where there is no note.
    pub(super) note: Option<String>,
    /// The drawings that are anchored to the cell.
    pub(super) drawn: Vec<Drawn>,
}

impl Inside {
    /// Whether a part of it looks other than the rest, so that no attribute of its cell says what it says.
    pub(super) fn is_of_parts(&self) -> bool {
        self.is_off_line || self.struck.is_some()
    }
}

/// Reads what lies in the element that `start` opened, up to its end.
///
/// Drawings anchored to a cell lie in it with texts of their own, which are no part of the cell's. What no style of a paragraph or
/// a part of one speaks of is in the font of the cell.
pub(super) fn read(
    reader: &mut Reader<&[u8]>,
    start: &BytesStart<'_>,
    declared: &Declared,
    font: Font,
) -> Result<Inside, ReadError> {
    let (mut inside, mut is_paragraph, mut blanks) = (Inside::default(), false, Blanks::default());
    let (mut runs, mut fonts) = (Runs::default(), vec![font]);
    let within = |element: &BytesStart<'_>, family, fonts: &[Font]| {
        let around = fonts.last().copied().unwrap_or_default();
        attribute(element, "style-name").map_or(around, |style| declared.font(family, &style, around))
    };
    loop {
        let event = reader.read_event().map_err(broken)?;
        match &event {
            Event::Start(element) => match element.name().as_ref() {
                "text:p" | "text:h" => {
                    if inside.is_said {
                        runs.add(Font::default(), "\n");
                    }
                    (inside.is_said, is_paragraph, blanks) = (true, true, Blanks::default());
                    fonts.push(within(element, Family::Paragraph, &fonts));
                }
                "text:span" => fonts.push(within(element, Family::Span, &fonts)),
                "text:s" | "text:tab" | "text:line-break" => blanks.add_meant(element, &mut runs),
                // A note doesn't lie in a note, however often a file says so.
                "office:annotation" if start.name() == element.name() => skip(reader, element)?,
                "office:annotation" => inside.note = Some(read(reader, element, declared, Font::default())?.text),
                name if name.starts_with("draw:") => inside.drawn.extend(drawn::read(reader, element)?),
                name if is_apart(name) => skip(reader, element)?,
                _ => {}
            },
            Event::End(element) if element.name() == start.name() => {
                let is_off_line = runs.is_off_line();
                let (text, struck) = runs.said();
                return Ok(Inside { text, struck, is_off_line, ..inside });
            }
            Event::End(element) if element.name().as_ref() == "text:span" => drop(fonts.pop()),
            Event::End(element) if matches!(element.name().as_ref(), "text:p" | "text:h") => {
                std::mem::take(&mut blanks).end(&mut runs);
                (is_paragraph, _) = (false, fonts.pop());
            }
            Event::Eof => return Err(ReadError::Damaged("its content ends within a cell".to_owned())),
            Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) if is_paragraph => {
                blanks.add(&event, fonts.last().copied().unwrap_or_default(), &mut runs);
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

/// The blanks of a paragraph: as many as stand together are one, and those at its start are none, but for what elements of their
/// own say. Those at its end are one too where they are spaces alone: the standard drops them, but programs write the blank that a
/// sender typed last so, and show it again. Line ends and tabs there lay the file out.
#[derive(Debug, Default)]
struct Blanks {
    /// Whether something of the paragraph has been said.
    is_begun: bool,
    /// The font of its last, where that is a blank.
    last: Option<Font>,
    /// Whether a line end or tab is among the blanks at its end.
    is_laid_out: bool,
}

impl Blanks {
    /// Adds a piece of text.
    fn add(&mut self, event: &Event<'_>, font: Font, runs: &mut Runs) {
        let (mut piece, mut said) = (String::new(), String::new());
        add_text(event, &mut piece);
        for letter in piece.chars() {
            if !matches!(letter, ' ' | '\t' | '\r' | '\n') {
                said.push(letter);
                *self = Self { is_begun: true, ..Self::default() };
                continue;
            }
            self.is_laid_out |= letter != ' ';
            if self.is_begun && self.last.is_none() {
                said.push(' ');
                self.last = Some(font);
            }
        }
        runs.add(font, &said);
    }

    /// Adds what an element says of blanks.
    fn add_meant(&mut self, element: &BytesStart<'_>, runs: &mut Runs) {
        let (blank, count) = match element.name().as_ref() {
            "text:tab" => ("\t", 1),
            "text:line-break" => ("\n", 1),
            _ => (" ", attribute(element, "c").and_then(|count| count.parse().ok()).unwrap_or(1)),
        };
        runs.add(Font::default(), &blank.repeat(MOST_BLANKS.min(count)));
        *self = Self { is_begun: true, ..Self::default() };
    }

    /// Ends the paragraph: takes the blank at its end away, where that only lays the file out.
    fn end(self, runs: &mut Runs) {
        if let Some(font) = self.last.filter(|_| self.is_laid_out) {
            runs.drop_last(font);
        }
    }
}

/// Whether an element is no part of the text that it stands in: an author's name, a date.
fn is_apart(name: &str) -> bool {
    ["dr3d:", "dc:", "meta:", "loext:", "text:note", "text:ruby-text", "table:"]
        .iter()
        .any(|start| name.starts_with(start))
}

#[cfg(test)]
mod tests {
    use quick_xml::events::Event;

    use super::*;
    use crate::workbook::facts::element::reader;

    /// Returns the text of a cell with these paragraphs.
    fn text(paragraphs: &str) -> String {
        let part = format!("<table:table-cell>{paragraphs}</table:table-cell>");
        let mut reader = reader(&part);
        let Event::Start(start) = reader.read_event().unwrap() else { panic!("{part}") };
        let declared = Declared::of_styles("").unwrap();
        read(&mut reader, &start, &declared, Font::default()).unwrap().text
    }

    #[test]
    fn blanks_that_stand_together_are_one_and_those_that_lay_out_the_file_none() {
        for blanks in
            [" ", "  ", "\t", "\n", "\r\n", "\n      ", " &#32; ", "&#9;", "&#10;", "<![CDATA[ ]]>", " <!-- --> "]
        {
            let last = if [" ", "  ", " &#32; ", "<![CDATA[ ]]>", " <!-- --> "].contains(&blanks) { " " } else { "" };
            for (before, after) in [("", ""), ("<text:span>", "</text:span>"), ("<text:a>a", "b</text:a>")] {
                let said = text(&format!("<text:p>{blanks}{before}A{blanks}B{after}{blanks}</text:p>"));
                let (before, after) = if before.ends_with('a') { ("a", "b") } else { ("", "") };
                assert_eq!(said, format!("{before}A B{after}{last}"), "{blanks:?}");
            }
            assert_eq!(
                text(&format!("<text:p>A{blanks}</text:p>{blanks}<text:p>{blanks}B</text:p>")),
                format!("A{last}\nB"),
                "{blanks:?}"
            );
            assert_eq!(text(&format!("<text:p>{blanks}</text:p>")), "", "{blanks:?}");
        }
        assert_eq!(text("<text:p>A<text:span> B </text:span> C</text:p>"), "A B C");
        assert_eq!(text("<text:p>\u{a0}A\u{a0}\u{a0}B\u{3000}</text:p>"), "\u{a0}A\u{a0}\u{a0}B\u{3000}");
    }

    #[test]
    fn blanks_that_elements_say_stay() {
        let cases = [
            ("A <text:s/>B", "A  B"),
            ("A <text:s text:c=\"3\"/>B  C", "A    B C"),
            ("<text:s/>A<text:s/>", " A "),
            (" <text:s/> A <text:s/> ", "  A   "),
            ("A ", "A "),
            ("A <text:s/>\n  ", "A  "),
            ("A<text:tab/>B<text:line-break/> C", "A\tB\n C"),
            ("A <text:tab/>", "A \t"),
        ];
        for (inside, expected) in cases {
            assert_eq!(text(&format!("<text:p>{inside}</text:p>")), expected, "{inside}");
        }
    }
}
