//! The boxes that notes are shown in: shapes in the sheet's drawing of the old kind (VML).
//!
//! Such a part need not be well-formed XML, so it is patched as text, before its last closing tag. The numbers of shapes
//! come in blocks of 1,024; each sheet takes a block that no drawing of the workbook has.

use std::collections::{BTreeMap, BTreeSet};

use super::AnnotateError;
use super::noted_sheet::{NotedSheet, drawing_link, folder_above};
use super::remark::pieces;
use crate::cell::{CellRef, LAST_COLUMN, LAST_ROW};
use crate::finding::Finding;
use crate::ooxml::{Edit, Package, PartName, SheetPart, attribute_of, first_free};

/// The width of a note in pixels.
const WIDTH: u32 = 320;
/// How many characters stand in a line of a note.
const LINE: usize = 52;
/// The least and greatest height of a note in pixels.
const HEIGHTS: (u32, u32) = (60, 520);

/// The blocks of shape numbers that drawings of the workbook take.
#[derive(Debug)]
pub(super) struct Shapes {
    taken: BTreeSet<u32>,
}

/// The drawing that a sheet's notes go into.
#[derive(Debug)]
pub(super) enum Drawing {
    /// There is none yet.
    New,
    /// It is there.
    Present(PartName),
}

/// Where a sheet's new notes are shown.
#[derive(Debug)]
pub(super) struct Boxes(Vec<(CellRef, [u32; 8])>);

impl Shapes {
    /// Reads which blocks are taken.
    pub(super) fn of(package: &Package) -> Result<Self, AnnotateError> {
        let mut taken = BTreeSet::new();
        let drawings: Vec<&PartName> = package.parts().filter(|part| part.extension() == "vml").collect();
        for part in drawings {
            let text = String::from_utf8_lossy(&package.read(part)?).into_owned();
            for blocks in text.split("<o:idmap").skip(1).filter_map(|rest| value(rest, "data")) {
                taken.extend(blocks.split(',').filter_map(|block| block.trim().parse::<u32>().ok()));
            }
            let number =
                |rest: &str| rest.split(|c: char| !c.is_ascii_digit()).next().and_then(|n| n.parse::<u32>().ok());
            taken.extend(text.split("_x0000_s").skip(1).filter_map(number).map(|number| number / 1_024));
        }
        Ok(Self { taken })
    }

    /// Finds the drawing for a sheet's notes; `None` where the sheet names one that isn't there or can't be added to.
    pub(super) fn drawing_of(package: &Package, noted: &NotedSheet<'_>) -> Result<Option<Drawing>, AnnotateError> {
        let Some(id) = &noted.sheet.legacy_drawing else { return Ok(Some(Drawing::New)) };
        let links = package.relationships(Some(noted.part))?;
        let Some(part) = links.by_id(id).and_then(|link| package.target(link)) else { return Ok(None) };
        let bytes = package.read_plain(part)?;
        let sound = end_of(&bytes).is_some() && !bytes.contains(&0);
        Ok(sound.then(|| Drawing::Present(part.clone())))
    }

    /// Writes the boxes of a sheet's new notes.
    pub(super) fn write(
        &mut self,
        edit: &mut Edit<'_>,
        noted: &NotedSheet<'_>,
        drawing: Drawing,
        boxes: &Boxes,
    ) -> Result<(), AnnotateError> {
        let block = first_free(1, |block| self.taken.contains(&block));
        self.taken.insert(block);
        let shapes = boxes.shapes(block);
        match drawing {
            Drawing::Present(part) => extend(edit, &part, block, &shapes),
            Drawing::New => create(edit, noted, block, &shapes),
        }
    }
}

/// Adds shapes to a drawing that is there.
fn extend(edit: &mut Edit<'_>, part: &PartName, block: u32, shapes: &str) -> Result<(), AnnotateError> {
    let bytes = edit.package().read_plain(part)?;
    let end = end_of(&bytes).expect("it was looked for when the drawing was found");
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let root = root_tag(&text);
    let names = |prefix: &str, uri: &str| {
        if root.contains(&format!("xmlns:{prefix}=")) { String::new() } else { format!(" xmlns:{prefix}=\"{uri}\"") }
    };
    let declared = [
        names("v", "urn:schemas-microsoft-com:vml"),
        names("o", "urn:schemas-microsoft-com:office:office"),
        names("x", "urn:schemas-microsoft-com:office:excel"),
    ]
    .concat();
    let mut added = String::new();
    match blocks_of(&bytes) {
        Some(at) => edit.patch(part).insert(at, format!(",{block}")),
        None => added.push_str(&layout(block)),
    }
    if !text.contains("id=\"_x0000_t202\"") && !text.contains("id='_x0000_t202'") {
        added.push_str(SHAPE_TYPE);
    }
    added.push_str(shapes);
    if !declared.is_empty() {
        for element in ["<v:shape ", "<v:shapetype ", "<o:shapelayout "] {
            added = added.replace(element, &format!("{}{declared} ", element.trim_end()));
        }
    }
    edit.patch(part).insert(end, added);
    Ok(())
}

/// Makes the drawing of a sheet that has none, and the element that names it.
fn create(edit: &mut Edit<'_>, noted: &NotedSheet<'_>, block: u32, shapes: &str) -> Result<(), AnnotateError> {
    let text = format!(
        "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" \
         xmlns:x=\"urn:schemas-microsoft-com:office:excel\">{}{SHAPE_TYPE}{shapes}</xml>",
        layout(block)
    );
    let part = edit.free_name(&format!("{}drawings/vmlDrawing{{}}.vml", folder_above(noted.part)))?;
    edit.add(part.clone(), text, "application/vnd.openxmlformats-officedocument.vmlDrawing");
    let id = edit.link(noted.part, &drawing_link(), &part)?;
    let element = noted.sheet.legacy_drawing_element(&id);
    edit.patch(noted.part).insert(noted.sheet.place_for("legacyDrawing"), element);
    Ok(())
}

fn layout(block: u32) -> String {
    format!("<o:shapelayout v:ext=\"edit\"><o:idmap v:ext=\"edit\" data=\"{block}\"/></o:shapelayout>")
}

const SHAPE_TYPE: &str = "<v:shapetype id=\"_x0000_t202\" coordsize=\"21600,21600\" o:spt=\"202\" \
    path=\"m,l,21600r21600,l21600,xe\"><v:stroke joinstyle=\"miter\"/><v:path gradientshapeok=\"t\" \
    o:connecttype=\"rect\"/></v:shapetype>";

/// Returns the opening tag of a drawing's first element.
fn root_tag(text: &str) -> &str {
    let is_root = |at: &usize| text[at + 1..].starts_with(|c: char| c.is_alphabetic());
    let start = text.match_indices('<').map(|(at, _)| at).find(is_root).unwrap_or(0);
    text[start..].split('>').next().unwrap_or_default()
}

/// Returns where the last closing tag begins.
fn end_of(bytes: &[u8]) -> Option<usize> {
    bytes.windows(2).rposition(|two| two == b"</")
}

/// Returns where the first list of blocks ends.
fn blocks_of(bytes: &[u8]) -> Option<usize> {
    let name = b"<o:idmap";
    let start = bytes.windows(name.len()).position(|window| window == name)?;
    let length = bytes[start..].iter().position(|byte| *byte == b'>')?;
    let (at, quote) = attribute_of(&bytes[start..start + length], "data")?;
    let value = bytes[start + at..].iter().position(|byte| *byte == quote)?;
    (value > 0).then_some(start + at + value)
}

/// Returns the value of an attribute in the tag that text begins in.
fn value<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let tag = text.split('>').next().unwrap_or_default();
    let (at, quote) = attribute_of(tag.as_bytes(), name)?;
    tag.get(at..)?.split(char::from(quote)).next()
}

impl Boxes {
    /// Lays the boxes out beside their cells, as large as their text needs.
    pub(super) fn of(sheet: &SheetPart, notes: &BTreeMap<CellRef, &[&Finding]>) -> Self {
        Self(notes.iter().map(|(cell, findings)| (*cell, anchor(sheet, *cell, height(findings)))).collect())
    }

    /// Returns the shapes, numbered within a block.
    fn shapes(&self, block: u32) -> String {
        let shape = |(number, (cell, anchor)): (u32, &(CellRef, [u32; 8]))| {
            let id = block * 1_024 + number;
            let anchor = anchor.map(|place| place.to_string()).join(", ");
            format!(
                "<v:shape id=\"_x0000_s{id}\" type=\"#_x0000_t202\" style=\"position:absolute;margin-left:60pt;\
                 margin-top:1.5pt;width:240pt;height:90pt;z-index:{number};visibility:hidden\" fillcolor=\"#ffffe1\" \
                 o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/><v:shadow on=\"t\" color=\"black\" obscured=\"t\"/>\
                 <v:path o:connecttype=\"none\"/><v:textbox style=\"mso-direction-alt:auto\"><div \
                 style=\"text-align:left\"></div></v:textbox><x:ClientData ObjectType=\"Note\"><x:MoveWithCells/>\
                 <x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>{}</x:Row>\
                 <x:Column>{}</x:Column></x:ClientData></v:shape>",
                cell.row - 1,
                cell.column - 1
            )
        };
        (1..).zip(&self.0).map(shape).collect()
    }
}

/// Returns the height in pixels that the text of a note needs.
fn height(findings: &[&Finding]) -> u32 {
    let lines = |text: &str| text.split('\n').map(|line| line.chars().count().div_ceil(LINE).max(1)).sum::<usize>();
    let total: usize = pieces(findings).iter().map(|(duty, rest)| lines(&format!("{duty}{rest}"))).sum();
    u32::try_from(total * 15 + 34).unwrap_or(u32::MAX).clamp(HEIGHTS.0, HEIGHTS.1)
}

/// Returns a box's corners as eight numbers: column and pixels, row and pixels, of both.
fn anchor(sheet: &SheetPart, cell: CellRef, height: u32) -> [u32; 8] {
    // Both count from nought, and the box begins in the column after the cell's.
    let left = cell.column.min(LAST_COLUMN - 4);
    let top = cell.row.saturating_sub(2).min(LAST_ROW - 24);
    let (right, right_rest) = reach(left, WIDTH + 15, LAST_COLUMN - 1, |column| sheet.column_pixels(column + 1));
    let (bottom, bottom_rest) = reach(top, height + 2, LAST_ROW - 1, |row| sheet.row_pixels(row + 1));
    [left, 15, top, 2, right, right_rest, bottom, bottom_rest]
}

/// Walks from the start of `first` over as many columns or rows as `pixels` reach; returns where that ends.
fn reach(first: u32, pixels: u32, last: u32, size: impl Fn(u32) -> u32) -> (u32, u32) {
    let mut left = pixels;
    for at in first..last {
        let size = size(at);
        if left < size {
            return (at, left);
        }
        left -= size;
        // A long run of hidden rows or columns isn't worth walking over.
        if at - first > 400 {
            return (at, 0);
        }
    }
    (last, 0)
}
