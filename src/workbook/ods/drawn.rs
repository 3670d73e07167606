//! What floats over the cells of OpenDocument: pictures, text boxes, other shapes and form controls.
//!
//! What is anchored to a cell stands in it, and says in which cell it ends; what is anchored to the page says how far from the corner of
//! the sheet it lies.

use std::collections::BTreeSet;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::broken;
use super::length::{Runs, length};
use crate::cell::{CellRange, CellRef};
use crate::workbook::facts::drawing::{Corner, LEAST, cells_between};
use crate::workbook::facts::element::{add_text, attribute};
use crate::workbook::{Floating, Over, ReadError};

/// How far something may begin before the cell that it is meant for, in the unit of drawings: half a point, as lengths are rounded.
const SLIP: u64 = 6_350;

/// Shapes, which are text boxes where they say something.
const SHAPES: [&str; 13] = [
    "draw:line",
    "draw:connector",
    "draw:measure",
    "draw:polyline",
    "draw:custom-shape",
    "draw:rect",
    "draw:ellipse",
    "draw:circle",
    "draw:polygon",
    "draw:path",
    "draw:caption",
    "draw:page-thumbnail",
    "draw:regular-polygon",
];

/// Something that floats.
#[derive(Clone, Debug)]
pub(super) struct Drawn {
    kind: Over,
    says: String,
    /// The cell in which it ends, with how far it reaches down and across into it; `None` where it says none.
    end: Option<(CellRef, [u64; 2])>,
    /// How far from the corner of its sheet or cell it begins, down and across, and how high and wide it is.
    place: Option<[u64; 4]>,
}

/// Reads the drawing that `start` opened, up to its end; `None` where nobody sees it or it is a chart.
pub(super) fn read(reader: &mut Reader<&[u8]>, start: &BytesStart<'_>) -> Result<Option<Drawn>, ReadError> {
    let (mut inside, mut depth) = (Inside::default(), 1_u32);
    inside.take(start);
    while depth > 0 {
        let event = reader.read_event().map_err(broken)?;
        match &event {
            Event::Start(element) => {
                depth += 1;
                inside.take(element);
            }
            Event::End(element) => {
                depth -= 1;
                inside.is_paragraph &= element.name().as_ref() != "text:p";
            }
            Event::Eof => return Err(ReadError::Damaged("its content ends within a drawing".to_owned())),
            Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) if inside.is_paragraph => {
                add_text(&event, &mut inside.says);
            }
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
    Ok(inside.drawn(start))
}

/// What lies in a drawing.
#[derive(Debug, Default)]
struct Inside {
    holds: BTreeSet<Part>,
    is_paragraph: bool,
    says: String,
}

/// A part of a drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Picture,
    TextBox,
    Shape,
    Control,
    /// A chart or a document of another program, of which there is a picture too.
    Object,
    /// What isn't seen on the screen.
    Hidden,
}

impl Part {
    /// Returns which one an element is; `None` for others.
    fn of(element: &str) -> Option<Self> {
        match element {
            "draw:image" => Some(Self::Picture),
            "draw:text-box" => Some(Self::TextBox),
            "draw:control" => Some(Self::Control),
            "draw:object" | "draw:object-ole" | "draw:plugin" => Some(Self::Object),
            name => SHAPES.contains(&name).then_some(Self::Shape),
        }
    }
}

impl Inside {
    /// Takes what an element says of the drawing.
    fn take(&mut self, element: &BytesStart<'_>) {
        if element.name().as_ref() == "text:p" {
            self.is_paragraph = true;
            self.says.push('\n');
        }
        self.holds.extend(Part::of(element.name().as_ref()));
        let is_hidden = attribute(element, "display").is_some_and(|shown| matches!(&*shown, "none" | "printer"));
        self.holds.extend(is_hidden.then_some(Part::Hidden));
    }

    /// Returns the drawing, which these attributes place.
    fn drawn(self, start: &BytesStart<'_>) -> Option<Drawn> {
        let says = self.says.trim().to_owned();
        let holds = |part| self.holds.contains(&part);
        let kind = match () {
            () if holds(Part::Hidden) || holds(Part::Object) => None,
            () if holds(Part::Control) => Some(Over::Control),
            () if holds(Part::TextBox) || (holds(Part::Shape) && !says.is_empty()) => Some(Over::TextBox),
            () if holds(Part::Picture) => Some(Over::Picture),
            () => holds(Part::Shape).then_some(Over::Shape),
        }?;
        let far = |name: &str| length(&attribute(start, name)?);
        let end = attribute(start, "end-cell-address").and_then(|address| {
            let (_, cell) = address.rsplit_once('.')?;
            Some((
                cell.replace('$', "").parse().ok()?,
                [far("end-y").unwrap_or_default(), far("end-x").unwrap_or_default()],
            ))
        });
        let place = || Some([far("y")?, far("x")?, far("height")?, far("width")?]);
        // A line has its ends instead.
        let ends = || {
            let [down, across] = [[far("y1")?, far("y2")?], [far("x1")?, far("x2")?]];
            let reach = |[one, other]: [u64; 2]| (one.min(other), one.abs_diff(other));
            let ((y, height), (x, width)) = (reach(down), reach(across));
            Some([y, x, height, width])
        };
        Some(Drawn { kind, says, end, place: place().or_else(ends) })
    }
}

impl Drawn {
    /// Returns it over the cells, where it stands in one, or on a page whose rows are so high and columns so wide.
    pub(super) fn floating(&self, at: Option<CellRef>, [rows, columns]: &[Runs; 2]) -> Option<Floating> {
        match (at, self.end) {
            (Some(at), Some(end)) => Some(self.over(cells_between(corner((at, [0, 0])), corner(end), LEAST)?)),
            (Some(at), None) => {
                let begin = [rows.begin(at.row), columns.begin(at.column)];
                self.from(begin, rows, columns).or_else(|| Some(self.over(at.into())))
            }
            (None, Some(_) | None) => self.from([0, 0], rows, columns),
        }
    }

    /// Returns it over the cells as far from a place as it says.
    fn from(&self, begin: [u64; 2], rows: &Runs, columns: &Runs) -> Option<Floating> {
        let [down, across, height, width] = self.place?;
        let begins = |begin: u64, far: u64| begin.checked_add(far)?.checked_add(SLIP);
        let (down, across) = (begins(begin[0], down)?, begins(begin[1], across)?);
        let corner = |down: u64, across: u64| {
            let ((row, into_row), (column, into_column)) = (rows.at(down)?, columns.at(across)?);
            Some(Corner { row, column, offsets: [into_row, into_column] })
        };
        Some(self.over(cells_between(
            corner(down, across)?,
            corner(down.checked_add(height)?, across.checked_add(width)?)?,
            LEAST,
        )?))
    }

    fn over(&self, cells: CellRange) -> Floating {
        Floating::new(cells, self.kind, &self.says)
    }
}

/// Returns a corner in a cell.
fn corner((at, offsets): (CellRef, [u64; 2])) -> Corner {
    Corner { row: at.row.saturating_sub(1), column: at.column.saturating_sub(1), offsets }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ooxml::Limits;
    use crate::workbook::tally::Tally;

    /// Returns what floats over the cells of a table with these elements on its page and in its second row's second cell.
    fn floating(on_page: &str, in_cell: &str) -> Vec<(Over, String, String)> {
        let part = format!(
            "<office:document-content><office:automatic-styles><style:style style:name=\"ro1\" style:family=\"table-row\">\
             <style:table-row-properties style:row-height=\"1cm\"/></style:style><style:style style:name=\"co1\" \
             style:family=\"table-column\"><style:table-column-properties style:column-width=\"2cm\"/></style:style>\
             </office:automatic-styles><office:body><office:spreadsheet><table:table table:name=\"A\"><table:shapes>{on_page}\
             </table:shapes><table:table-column table:style-name=\"co1\" table:number-columns-repeated=\"4\"/>\
             <table:table-row table:style-name=\"ro1\"><table:table-cell/></table:table-row>\
             <table:table-row table:style-name=\"ro1\" table:visibility=\"filter\"><table:table-cell/></table:table-row>\
             <table:table-row table:style-name=\"ro1\" table:number-rows-repeated=\"9\"><table:table-cell/><table:table-cell>\
             {in_cell}</table:table-cell></table:table-row></table:table></office:spreadsheet></office:body>\
             </office:document-content>"
        );
        let limits = Limits::default();
        let content = super::super::read(&part, "", &mut Tally::new(&limits)).unwrap();
        let floating = content.sheets[0].floating.iter();
        floating.map(|one| (one.kind, one.cells.to_string(), one.says.clone())).collect()
    }

    /// What is drawn in an element of this name with these attributes.
    fn cases(place: &str) -> [(String, Option<(Over, &'static str)>); 9] {
        let says = "<text:p>see <text:span>May</text:span></text:p>";
        [
            (format!("<draw:frame {place}><draw:image/></draw:frame>"), Some((Over::Picture, ""))),
            (
                format!("<draw:frame {place}><draw:text-box>{says}</draw:text-box></draw:frame>"),
                Some((Over::TextBox, "see May")),
            ),
            (format!("<draw:custom-shape {place}>{says}</draw:custom-shape>"), Some((Over::TextBox, "see May"))),
            (format!("<draw:custom-shape {place}><text:p/></draw:custom-shape>"), Some((Over::Shape, ""))),
            (format!("<draw:control {place} draw:control=\"c1\"/>"), Some((Over::Control, ""))),
            (format!("<draw:g {place}><draw:frame><draw:image/></draw:frame></draw:g>"), Some((Over::Picture, ""))),
            (format!("<draw:line {place}></draw:line>"), Some((Over::Shape, ""))),
            (format!("<draw:frame {place}><draw:object/><draw:image/></draw:frame>"), None),
            (format!("<draw:frame {place} draw:display=\"none\"><draw:image/></draw:frame>"), None),
        ]
    }

    #[test]
    fn what_is_anchored_to_a_cell_lies_over_it_up_to_its_end() {
        for (end, cells) in [
            ("", "B3"),
            ("svg:x=\"0.1cm\" svg:y=\"0.1cm\" svg:width=\"1cm\" svg:height=\"0.5cm\"", "B3"),
            ("svg:x=\"2.1cm\" svg:y=\"1.1cm\" svg:width=\"2cm\" svg:height=\"2cm\"", "C4:C5"),
            ("table:end-cell-address=\"A.B3\" table:end-x=\"1cm\" table:end-y=\"0.4cm\"", "B3"),
            ("table:end-cell-address=\"'My A.'.$C$5\" table:end-x=\"1cm\" table:end-y=\"0.4cm\"", "B3:C5"),
            ("table:end-cell-address=\"A.C5\" table:end-x=\"0.1cm\" table:end-y=\"0.1cm\"", "B3:B4"),
        ] {
            for (drawn, expected) in cases(end) {
                let expected: Vec<_> =
                    expected.into_iter().map(|(kind, says)| (kind, cells.to_owned(), says.to_owned())).collect();
                assert_eq!(floating("", &drawn), expected, "{drawn}");
            }
        }
    }

    #[test]
    fn what_is_anchored_to_the_page_lies_over_the_cells_below_it() {
        let place = "svg:x=\"2.5cm\" svg:y=\"1.2cm\" svg:width=\"3cm\" svg:height=\"1.5cm\"";
        for (drawn, expected) in cases(place) {
            let expected: Vec<_> =
                expected.into_iter().map(|(kind, says)| (kind, "B3:C4".to_owned(), says.to_owned())).collect();
            assert_eq!(floating(&drawn, ""), expected, "{drawn}");
        }
        assert_eq!(floating("<draw:frame><draw:image/></draw:frame>", ""), [], "nobody knows where it lies");
        let line = "<draw:line svg:x1=\"5.5cm\" svg:y1=\"2.7cm\" svg:x2=\"2.5cm\" svg:y2=\"1.2cm\"></draw:line>";
        assert_eq!(floating(line, ""), [(Over::Shape, "B3:C4".to_owned(), String::new())]);
    }
}
