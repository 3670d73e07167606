//! What floats over the cells of a sheet of Office Open XML: pictures, text boxes, other shapes and form controls, each with the cells it
//! lies over.
//!
//! A drawing has an anchor for each, and so has a sheet for each of its controls. What is hidden isn't seen, and a chart is nobody's
//! answer.

use std::collections::BTreeSet;

use quick_xml::events::{BytesStart, Event};

use super::element::{add_text, is_set, reader};
use crate::cell::{CellRange, CellRef};
use crate::workbook::{Floating, Over};

/// How far something reaches at least into the last row or column that it lies over, in the unit of drawings: a third of one that is of
/// the usual size. Less is a border that slipped.
pub(in crate::workbook) const LEAST: [u64; 2] = [63_500, 203_200];

/// Reads a drawing, or the controls of a sheet, in the order of the part.
pub(in crate::workbook) fn read(part: &str) -> Result<Vec<Floating>, quick_xml::Error> {
    let mut reader = reader(part);
    let (mut all, mut anchor, mut text, mut is_control) = (Vec::new(), Anchor::default(), String::new(), false);
    loop {
        let event = reader.read_event()?;
        match &event {
            Event::Start(element) | Event::Empty(element) => match element.local_name().as_ref() {
                "twoCellAnchor" | "oneCellAnchor" => anchor = Anchor::default(),
                "control" => (anchor, is_control) = (Anchor::default(), true),
                _ => anchor.take(element),
            },
            Event::End(element) => match element.local_name().as_ref() {
                "twoCellAnchor" | "oneCellAnchor" => all.extend(anchor.floating(None)),
                "control" if is_control => {
                    all.extend(anchor.floating(Some(Over::Control)));
                    is_control = false;
                }
                "t" => anchor.says.push_str(std::mem::take(&mut text).trim()),
                name => anchor.close(name, std::mem::take(&mut text).trim()),
            },
            Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => add_text(&event, &mut text),
            Event::Eof => return Ok(all),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

/// Where something floats, and what is known of it.
#[derive(Debug, Default)]
struct Anchor {
    /// Its corners: columns and rows from nought, each with how far it reaches into them.
    corners: Vec<Corner>,
    /// What it holds, but for what the words in it make it.
    holds: BTreeSet<Over>,
    is_hidden: bool,
    says: String,
}

/// A corner of an anchor.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::workbook) struct Corner {
    /// The row, from nought.
    pub(in crate::workbook) row: u32,
    /// The column, from nought.
    pub(in crate::workbook) column: u32,
    /// How far below the row's and right of the column's beginning.
    pub(in crate::workbook) offsets: [u64; 2],
}

/// Returns the cells between two corners, without a last row and column into which something doesn't reach so far at least.
pub(in crate::workbook) fn cells_between(from: Corner, to: Corner, reach: [u64; 2]) -> Option<CellRange> {
    let reached = |first: u32, last: u32, offset: u64, reach: u64| {
        if offset < reach && last > first { last - 1 } else { last }
    };
    let row = reached(from.row, to.row, to.offsets[0], reach[0]);
    let column = reached(from.column, to.column, to.offsets[1], reach[1]);
    let (first, end) = (
        CellRef::new(from.row.saturating_add(1), from.column.saturating_add(1)),
        CellRef::new(row.saturating_add(1), column.saturating_add(1)),
    );
    (first.is_on_grid() && end.is_on_grid()).then(|| CellRange::new(first, end))
}

/// Whether two corners are the ends of a line that begins no further within its row or column: it rules it off, and goes through nothing.
pub(in crate::workbook) fn is_border(from: Corner, to: Corner, reach: [u64; 2]) -> bool {
    let is_along = |lines: [u32; 2], offsets: [u64; 2], reach: u64| {
        lines[0] == lines[1] && offsets[0] == offsets[1] && offsets[0] < reach
    };
    is_along([from.row, to.row], [from.offsets[0], to.offsets[0]], reach[0])
        || is_along([from.column, to.column], [from.offsets[1], to.offsets[1]], reach[1])
}

impl Anchor {
    /// Takes what the tag of an element says.
    fn take(&mut self, element: &BytesStart<'_>) {
        match element.local_name().as_ref() {
            "from" | "to" => self.corners.push(Corner::default()),
            "pic" => self.holds.extend([Over::Picture]),
            "sp" | "cxnSp" => self.holds.extend([Over::Shape]),
            "cNvSpPr" => self.holds.extend(is_set(element, "txBox").then_some(Over::TextBox)),
            "cNvPr" => self.is_hidden |= is_set(element, "hidden"),
            _ => {}
        }
    }

    /// Takes the text of an element of a corner.
    fn close(&mut self, name: &str, text: &str) {
        let Some(corner) = self.corners.last_mut() else { return };
        match name {
            "row" => corner.row = text.parse().unwrap_or_default(),
            "col" => corner.column = text.parse().unwrap_or_default(),
            "rowOff" => corner.offsets[0] = text.parse().unwrap_or_default(),
            "colOff" => corner.offsets[1] = text.parse().unwrap_or_default(),
            _ => {}
        }
    }

    /// Returns what floats there, as the kind that is known or as what it holds; `None` where it is nothing that is seen to say something.
    fn floating(&self, known: Option<Over>) -> Option<Floating> {
        let holds = |kind| self.holds.contains(&kind);
        let held = match () {
            () if holds(Over::TextBox) || (!self.says.is_empty() && !holds(Over::Picture)) => Some(Over::TextBox),
            () if holds(Over::Picture) => Some(Over::Picture),
            () => (holds(Over::Shape) && !self.is_ruled()).then_some(Over::Shape),
        };
        let kind = known.or(held).filter(|_| !self.is_hidden)?;
        Some(Floating::new(self.cells()?, kind, &self.says))
    }

    /// Whether it is a line along the border of a row or a column.
    fn is_ruled(&self) -> bool {
        matches!(self.corners[..], [from, to] if is_border(from, to, LEAST))
    }

    /// Returns the cells that it lies over.
    fn cells(&self) -> Option<CellRange> {
        let from = *self.corners.first()?;
        cells_between(from, self.corners.get(1).copied().unwrap_or(from), LEAST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns an anchor from one corner, of column, its offset, row and its offset, to another, around some content.
    fn anchored(from: [u32; 4], to: [u32; 4], content: &str) -> String {
        let corner = |[column, across, row, down]: [u32; 4]| {
            format!(
                "<x:col>{column}</x:col><x:colOff>{across}</x:colOff><x:row>{row}</x:row><x:rowOff>{down}</x:rowOff>"
            )
        };
        let (from, to) = (corner(from), corner(to));
        format!("<x:twoCellAnchor><x:from>{from}</x:from><x:to>{to}</x:to>{content}</x:twoCellAnchor>")
    }

    #[test]
    fn what_floats_is_known_with_the_cells_that_it_lies_over() {
        let picture = "<x:pic><x:nvPicPr><x:cNvPr id=\"2\" name=\"Row 3\"/></x:nvPicPr></x:pic>";
        let text = "<x:sp><x:txBody><a:p><a:r><a:t>Board paper</a:t></a:r></a:p></x:txBody></x:sp>";
        let blank_box = "<x:sp><x:nvSpPr><x:cNvSpPr txBox=\"1\"/></x:nvSpPr></x:sp>";
        let hidden = "<x:sp><x:nvSpPr><x:cNvPr hidden=\"1\"/></x:nvSpPr><a:t>Check Box 1</a:t></x:sp>";
        let group = format!("<x:grpSp>{picture}{picture}</x:grpSp>");
        let cases = [
            (anchored([2, 0, 8, 0], [3, 0, 9, 0], picture), Some((Over::Picture, "C9"))),
            (anchored([2, 9, 8, 9], [2, 900_000, 9, 100_000], picture), Some((Over::Picture, "C9:C10"))),
            (anchored([0, 0, 0, 0], [0, 9, 0, 9], text), Some((Over::TextBox, "A1"))),
            (anchored([1, 0, 1, 0], [3, 0, 4, 0], blank_box), Some((Over::TextBox, "B2:C4"))),
            (anchored([1, 0, 1, 0], [2, 0, 2, 0], &group), Some((Over::Picture, "B2"))),
            (anchored([1, 0, 1, 0], [2, 0, 2, 0], hidden), None),
            (anchored([1, 0, 1, 0], [2, 0, 2, 0], "<x:cxnSp></x:cxnSp>"), Some((Over::Shape, "B2"))),
            (anchored([1, 0, 1, 90_000], [1, 600_000, 1, 90_000], "<x:cxnSp/>"), Some((Over::Shape, "B2"))),
            (anchored([1, 0, 1, 9], [1, 600_000, 1, 9], "<x:cxnSp/>"), None),
            (anchored([1, 0, 1, 9], [1, 600_000, 1, 90_000], "<x:sp/>"), Some((Over::Shape, "B2"))),
            (anchored([1, 0, 1, 0], [2, 0, 2, 0], "<x:graphicFrame><c:chart/></x:graphicFrame>"), None),
            (anchored([20_000, 0, 1, 0], [20_001, 0, 2, 0], picture), None),
        ];
        for (part, expected) in &cases {
            let found = read(&format!("<x:wsDr>{part}</x:wsDr>")).unwrap();
            let found: Vec<(Over, String)> = found.iter().map(|one| (one.kind, one.cells.to_string())).collect();
            let expected: Vec<(Over, String)> = expected.iter().map(|(kind, at)| (*kind, (*at).to_owned())).collect();
            assert_eq!(found, expected, "{part}");
        }
        let all: String = cases.iter().map(|(part, _)| part.as_str()).collect();
        assert_eq!(read(&all).unwrap().len(), 8);
    }

    #[test]
    fn a_control_of_a_sheet_lies_over_its_cell() {
        let part = "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData><mc:AlternateContent><mc:Choice><controls><control \
             shapeId=\"1026\"><controlPr><anchor><from><xdr:col>3</xdr:col><xdr:row>7</xdr:row></from><to><xdr:col>4</xdr:col>\
             <xdr:colOff>0</xdr:colOff><xdr:row>8</xdr:row></to></anchor></controlPr></control></controls></mc:Choice></mc:AlternateContent>\
             </worksheet>";
        let found = read(part).unwrap();
        assert_eq!((found.len(), found[0].kind, found[0].cells.to_string().as_str()), (1, Over::Control, "D8"));
    }
}
