//! The form controls of a sheet as programs before Excel 2010 keep them, and those of the binary format all: in a drawing in VML.
//!
//! Each shape says what it is for, and an anchor where it lies: column, how far into it, row, how far into it, twice.

use quick_xml::events::{BytesStart, Event};

use super::drawing::{Corner, cells_between};
use super::element::{add_text, attribute, reader};
use crate::cell::CellRange;
use crate::workbook::{Floating, Over};

/// How far something reaches at least into the last row or column that it lies over, in pixels: a third of one that is of the usual size.
const LEAST: [u64; 2] = [7, 21];

/// What shapes are for that are form controls.
const CONTROLS: [&str; 11] =
    ["Button", "Checkbox", "Dialog", "Drop", "Edit", "GBox", "Label", "List", "Radio", "Scroll", "Spin"];

/// Reads a drawing, in its order.
pub(in crate::workbook) fn read(part: &str) -> Result<Vec<Floating>, quick_xml::Error> {
    let mut reader = reader(part);
    let (mut all, mut shape, mut text, mut says) = (Vec::new(), Shape::default(), String::new(), String::new());
    loop {
        let event = reader.read_event()?;
        match &event {
            Event::Start(element) | Event::Empty(element) => {
                text.clear();
                match element.local_name().as_ref() {
                    "shape" => {
                        shape = Shape { is_hidden: is_hidden(element), ..Shape::default() };
                        says.clear();
                    }
                    "ClientData" => shape.is_control = is_control(element),
                    _ => {}
                }
            }
            Event::End(element) => match element.local_name().as_ref() {
                "shape" => all.extend(std::mem::take(&mut shape).floating(says.trim())),
                "Anchor" => shape.cells = anchored(&text),
                "div" | "font" => says.push_str(std::mem::take(&mut text).trim()),
                _ => {}
            },
            Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => add_text(&event, &mut text),
            Event::Eof => return Ok(all),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

/// What is known of a shape.
#[derive(Debug, Default)]
struct Shape {
    cells: Option<CellRange>,
    is_control: bool,
    is_hidden: bool,
}

impl Shape {
    /// Returns what floats there; `None` where it is no control that is seen.
    fn floating(self, says: &str) -> Option<Floating> {
        let cells = self.cells.filter(|_| self.is_control && !self.is_hidden)?;
        Some(Floating::new(cells, Over::Control, says))
    }
}

/// Whether a shape's style hides it.
fn is_hidden(shape: &BytesStart<'_>) -> bool {
    let style = attribute(shape, "style").unwrap_or_default();
    style.split(';').any(|said| said.split_whitespace().collect::<String>() == "visibility:hidden")
}

/// Whether what a shape is for makes it a control.
fn is_control(data: &BytesStart<'_>) -> bool {
    attribute(data, "ObjectType").is_some_and(|kind| CONTROLS.contains(&kind.as_str()))
}

/// Returns the cells that an anchor names.
fn anchored(text: &str) -> Option<CellRange> {
    let numbers: Vec<u32> = text.split(',').filter_map(|number| number.trim().parse().ok()).collect();
    let [column, across, row, down, last_column, last_across, last_row, last_down] = numbers[..] else { return None };
    let corner = |column, across: u32, row, down: u32| Corner { row, column, offsets: [down.into(), across.into()] };
    cells_between(corner(column, across, row, down), corner(last_column, last_across, last_row, last_down), LEAST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_are_told_by_what_they_are_for() {
        let shape = |style: &str, kind: &str| {
            format!(
                "<v:shape id=\"a\" style=\"{style}\"><v:textbox><div><font>Yes</font></div></v:textbox><x:ClientData \
                 ObjectType=\"{kind}\"><x:Anchor>\n  2, 4, 8, 2, 3, 5, 9, 12</x:Anchor></x:ClientData></v:shape>"
            )
        };
        for (style, kind, expected) in [
            ("", "Checkbox", true),
            ("visibility:visible", "Drop", true),
            ("position:absolute; visibility: hidden", "Radio", false),
            ("visibility:hidden", "Note", false),
            ("", "Note", false),
            ("", "Pict", false),
        ] {
            let found = read(&format!("<xml>{}</xml>", shape(style, kind))).unwrap();
            let found: Vec<_> = found.iter().map(|one| (one.cells.to_string(), one.says.as_str())).collect();
            let all = [("C9:C10".to_owned(), "Yes")];
            assert_eq!(found, if expected { &all[..] } else { &[] }, "{style} {kind}");
        }
    }
}
