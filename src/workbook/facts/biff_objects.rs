//! The objects over the cells of a sheet of Excel 97 to 2003: notes, text boxes, pictures, other shapes and form controls.
//!
//! What an object is, where it lies and what it says come apart: a drawing's anchor first, then the object with its number, then its text;
//! a note's cell comes last and names the object. The parts of a group lie where the group does.

use std::collections::BTreeMap;

use super::drawing::{Corner, cells_between};
use super::record::{Record, characters, number16, number32};
use crate::cell::{CellRange, CellRef};
use crate::workbook::{Floating, Over};

const NOTE: u16 = 0x001C;
const CONTINUE: u16 = 0x003C;
const OBJECT: u16 = 0x005D;
const DRAWING: u16 = 0x00EC;
const TEXT_OBJECT: u16 = 0x01B6;

/// How far something reaches at least into the last row or column that it lies over: a third, in 256ths of a row and 1024ths of a column.
const LEAST: [u64; 2] = [85, 341];

/// The objects of a sheet while they are read.
#[derive(Debug, Default)]
pub(super) struct Objects {
    anchor: Anchor,
    object: u16,
    /// How many characters the text of the object is to have, until it comes.
    awaited: Option<usize>,
    texts: BTreeMap<u16, String>,
    notes: Vec<(CellRef, u16)>,
    /// What lies over cells, with the number of its object.
    over: Vec<(u16, CellRange, Kind)>,
}

/// What an object is.
#[derive(Clone, Copy, Debug)]
enum Kind {
    /// One of what floats.
    Over(Over),
    /// A shape, which is a text box where it says something.
    Shape,
}

/// Where the next object lies.
#[derive(Debug, Default)]
struct Anchor {
    cells: Option<CellRange>,
    is_hidden: bool,
}

impl Objects {
    /// Takes a record, where it is of objects.
    pub(super) fn take(&mut self, record: Record<'_>) {
        let content = record.content;
        let awaited = self.awaited.take();
        match record.kind {
            DRAWING => self.anchor.take(content),
            OBJECT => self.begin(content),
            TEXT_OBJECT => self.awaited = number16(content, 10).map(usize::from).filter(|length| *length > 0),
            CONTINUE => {
                let text = awaited.and_then(|length| characters(content, length));
                self.texts.extend(text.map(|text| (self.object, text)));
            }
            NOTE => {
                let place = number16(content, 0).zip(number16(content, 2)).zip(number16(content, 6));
                self.notes.extend(place.map(|((row, column), object)| (at(row, column), object)));
            }
            _ => {}
        }
    }

    /// Begins an object, which lies where the drawing before it says.
    fn begin(&mut self, content: &[u8]) {
        /// Set of what the program itself shows, such as the arrows of a filter.
        const IS_PROGRAMS: u16 = 0x0100;
        self.object = number16(content, 6).unwrap_or_default();
        let is_programs = number16(content, 8).is_some_and(|flags| flags & IS_PROGRAMS != 0);
        let kind = number16(content, 4).and_then(kind).filter(|_| !is_programs && !self.anchor.is_hidden);
        self.over.extend(self.anchor.cells.zip(kind).map(|(cells, kind)| (self.object, cells, kind)));
    }

    /// Returns the notes with their texts.
    pub(super) fn notes(&self) -> Vec<(CellRef, String)> {
        let said = |object: &u16| self.texts.get(object).cloned().unwrap_or_default();
        self.notes.iter().map(|(cell, object)| (*cell, said(object))).collect()
    }

    /// Returns what floats over cells.
    pub(super) fn floating(&self) -> Vec<Floating> {
        let over = self.over.iter().map(|(object, cells, kind)| {
            let says = self.texts.get(object).map(|text| text.trim()).unwrap_or_default();
            let kind = match kind {
                Kind::Over(kind) => *kind,
                Kind::Shape if says.is_empty() => Over::Shape,
                Kind::Shape => Over::TextBox,
            };
            Floating::new(*cells, kind, says)
        });
        over.collect()
    }
}

/// Returns what an object with the number of a kind is; `None` for notes, groups and charts.
fn kind(number: u16) -> Option<Kind> {
    match number {
        0x01..=0x03 | 0x04 | 0x09 | 0x1E => Some(Kind::Shape),
        0x06 => Some(Kind::Over(Over::TextBox)),
        0x08 => Some(Kind::Over(Over::Picture)),
        0x07 | 0x0B..=0x0E | 0x10..=0x14 => Some(Kind::Over(Over::Control)),
        _ => None,
    }
}

impl Anchor {
    /// Takes what a drawing says of the next object: its containers are gone through as if they were none.
    fn take(&mut self, drawing: &[u8]) {
        const HEAD: usize = 8;
        const CONTAINER: u16 = 0x000F;
        const SHAPE: u16 = 0xF004;
        const PROPERTIES: u16 = 0xF00B;
        const CLIENT_ANCHOR: u16 = 0xF010;
        let mut at = 0;
        while let Some(((form, kind), length)) =
            number16(drawing, at).zip(number16(drawing, at + 2)).zip(number32(drawing, at + 4))
        {
            let content = drawing.get(at + HEAD..).unwrap_or_default();
            let content = content.get(..length as usize).unwrap_or(content);
            match kind {
                SHAPE => self.is_hidden = false,
                PROPERTIES => self.is_hidden |= hides(content, form >> 4),
                CLIENT_ANCHOR => self.cells = anchored(content),
                _ => {}
            }
            at += HEAD + if form & CONTAINER == CONTAINER { 0 } else { length as usize };
        }
    }
}

/// Whether one of so many properties of a shape hides it.
fn hides(properties: &[u8], count: u16) -> bool {
    const OF_GROUP: u16 = 0x03BF;
    const IS_SAID: u32 = 0x0002_0000;
    const IS_HIDDEN: u32 = 0x0000_0002;
    let mut all = properties.chunks_exact(6).take(usize::from(count));
    all.any(|one| {
        let value = number32(one, 2).unwrap_or_default();
        number16(one, 0) == Some(OF_GROUP) && value & IS_SAID != 0 && value & IS_HIDDEN != 0
    })
}

/// Returns the cells that an anchor names.
fn anchored(content: &[u8]) -> Option<CellRange> {
    let corner = |at: usize| {
        let number = |at: usize| number16(content, at).map(u32::from);
        let offsets = [u64::from(number(at + 6)?), u64::from(number(at + 2)?)];
        Some(Corner { column: number(at)?, row: number(at + 4)?, offsets })
    };
    cells_between(corner(2)?, corner(10)?, LEAST)
}

/// Returns the cell at a row and column from zero.
fn at(row: u16, column: u16) -> CellRef {
    CellRef::new(u32::from(row) + 1, u32::from(column) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns numbers of two bytes.
    fn numbers(numbers: &[u16]) -> Vec<u8> {
        numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
    }

    /// Returns a record of a drawing.
    fn drawn(form: u16, kind: u16, content: &[u8]) -> Vec<u8> {
        [&numbers(&[form, kind])[..], &u32::try_from(content.len()).unwrap().to_le_bytes(), content].concat()
    }

    /// Returns a shape that lies from one corner (column, across, row, down) to another, with properties.
    fn shape(from: [u16; 4], to: [u16; 4], properties: &[u8]) -> Vec<u8> {
        let count = u16::try_from(properties.len() / 6).unwrap();
        let anchor = numbers(&[&[2][..], &from, &to].concat());
        let within = [drawn(count << 4 | 3, 0xF00B, properties), drawn(0, 0xF010, &anchor), drawn(0, 0xF011, &[])];
        drawn(0xF, 0xF002, &drawn(0xF, 0xF004, &within.concat()))
    }

    /// Reads records: kinds with their contents.
    fn read(records: &[(u16, Vec<u8>)]) -> Vec<(Over, String, String)> {
        let mut objects = Objects::default();
        for (kind, content) in records {
            objects.take(Record { kind: *kind, content });
        }
        let floating = objects.floating();
        floating.iter().map(|one| (one.kind, one.cells.to_string(), one.says.clone())).collect()
    }

    fn object(kind: u16, flags: u16) -> (u16, Vec<u8>) {
        (OBJECT, numbers(&[0x15, 0x12, kind, 7, flags]))
    }

    #[test]
    fn objects_are_told_by_their_kind_with_the_cells_that_they_lie_over() {
        let place = || (DRAWING, shape([2, 10, 8, 10], [3, 20, 9, 200], &[]));
        let text = [(TEXT_OBJECT, numbers(&[0, 0, 0, 0, 0, 3])), (CONTINUE, b"\0May".to_vec())];
        let says = |kind: u16| [&[place(), object(kind, 0)][..], &text].concat();
        let hidden: Vec<u8> = [&numbers(&[0x03BF])[..], &0x0002_0002_u32.to_le_bytes()].concat();
        let cases = [
            ("a picture", vec![place(), object(0x08, 0x11)], Some((Over::Picture, ""))),
            ("a box", says(0x06), Some((Over::TextBox, "May"))),
            ("a shape with words", says(0x1E), Some((Over::TextBox, "May"))),
            ("a shape without words", vec![place(), object(0x1E, 0)], Some((Over::Shape, ""))),
            ("a line", vec![place(), object(0x01, 0)], Some((Over::Shape, ""))),
            ("a box to tick", vec![place(), object(0x0B, 0)], Some((Over::Control, ""))),
            ("the arrow of a filter", vec![place(), object(0x14, 0x0100)], None),
            ("a note", says(0x19), None),
            ("a chart", vec![place(), object(0x05, 0)], None),
            ("a hidden picture", vec![(DRAWING, shape([2, 0, 8, 0], [3, 20, 9, 200], &hidden)), object(0x08, 0)], None),
        ];
        for (what, records, expected) in cases {
            let expected: Vec<_> =
                expected.into_iter().map(|(kind, says)| (kind, "C9:C10".to_owned(), says.to_owned())).collect();
            assert_eq!(read(&records), expected, "{what}");
        }
    }

    #[test]
    fn what_is_cut_off_costs_nothing_but_itself() {
        let whole = shape([2, 0, 8, 0], [3, 0, 9, 0], &[]);
        for length in 0..whole.len() {
            let _cells = read(&[(DRAWING, whole[..length].to_vec()), object(0x08, 0)]);
        }
        assert_eq!(read(&[object(0x08, 0)]), []);
    }
}
