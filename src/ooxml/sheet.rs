//! What a worksheet part has that notes and highlights have to fit in with.

use std::collections::{BTreeMap, BTreeSet};

use super::outline::{Outline, SHEET_ORDER};
use super::{Element, Form, Namespace, Package, PackageError, PartName, XmlFault, first_free};
use crate::cell::CellRange;

/// A worksheet part: its outline, and what stands in it besides cells.
#[derive(Clone, Debug)]
pub struct SheetPart {
    /// The sheet's first element and its children.
    pub outline: Outline,
    /// The merged rectangles.
    pub merges: Vec<CellRange>,
    /// The priorities that rules of conditional formats have.
    pub priorities: BTreeSet<i32>,
    /// The relationship id of the drawing that holds notes and controls; `None` where there is none.
    pub legacy_drawing: Option<String>,
    /// The width of columns that don't have the usual one, in characters: first column, last column, width.
    pub widths: Vec<(u32, u32, f64)>,
    /// The height in points of rows that don't have the usual one.
    pub heights: BTreeMap<u32, f64>,
    /// The usual width of a column in characters.
    pub usual_width: f64,
    /// The usual height of a row in points.
    pub usual_height: f64,
}

impl Package {
    /// Reads a worksheet part.
    pub fn sheet(&self, part: &PartName, bytes: &[u8]) -> Result<SheetPart, PackageError> {
        SheetPart::read(bytes, self).map_err(|fault| PackageError::Xml { part: part.clone(), fault })
    }
}

/// What is gathered while a sheet is read.
struct Gathered {
    merges: Vec<CellRange>,
    priorities: BTreeSet<i32>,
    legacy_drawing: Option<String>,
    widths: Vec<(u32, u32, f64)>,
    heights: BTreeMap<u32, f64>,
    usual_width: f64,
    usual_height: f64,
}

impl SheetPart {
    fn read(bytes: &[u8], package: &Package) -> Result<Self, XmlFault> {
        let mut gathered = Gathered {
            merges: Vec::new(),
            priorities: BTreeSet::new(),
            legacy_drawing: None,
            widths: Vec::new(),
            heights: BTreeMap::new(),
            usual_width: 8.43,
            usual_height: 15.0,
        };
        let outline = Outline::read(bytes, package.limits(), |element, scan, child| {
            gathered.meet(element, child);
            if element.is("legacyDrawing") {
                gathered.legacy_drawing = gathered.legacy_drawing.take().or_else(|| scan.relationship(element));
            }
            Ok(())
        })?;
        if outline.name != "worksheet" || !outline.namespace.is_spreadsheet() || outline.close.is_none() {
            return Err(XmlFault::Root(outline.name));
        }
        let Gathered { merges, priorities, legacy_drawing, widths, heights, usual_width, usual_height } = gathered;
        Ok(Self { outline, merges, priorities, legacy_drawing, widths, heights, usual_width, usual_height })
    }

    /// Returns where a new child of the sheet belongs.
    pub fn place_for(&self, name: &str) -> usize {
        self.outline.place_for(name, SHEET_ORDER)
    }

    /// Returns the width of a column, from one, in pixels.
    pub fn column_pixels(&self, column: u32) -> u32 {
        let own = self.widths.iter().find(|(first, last, _)| (*first..=*last).contains(&column));
        let width = own.map_or(self.usual_width, |(_, _, width)| *width);
        #[expect(clippy::float_arithmetic, reason = "the size of a drawing is no score")]
        let pixels = if width > 0.0 { width * 7.0 + 5.0 } else { 0.0 };
        whole(pixels)
    }

    /// Returns the height of a row, from one, in pixels.
    pub fn row_pixels(&self, row: u32) -> u32 {
        let height = self.heights.get(&row).copied().unwrap_or(self.usual_height);
        #[expect(clippy::float_arithmetic, reason = "the size of a drawing is no score")]
        let pixels = height * 4.0 / 3.0;
        whole(pixels)
    }

    /// Returns the element that names the sheet's drawing of notes by its relationship id.
    pub fn legacy_drawing_element(&self, id: &str) -> String {
        let (prefix, form) = (&self.outline.prefix, self.outline.namespace.form());
        let links = form.relationship();
        let (declared, links_prefix) = match &self.outline.relationship_prefix {
            Some(prefix) => (String::new(), prefix.as_str()),
            None => (format!(" xmlns:r=\"{links}\""), "r"),
        };
        let element = format!("<{prefix}legacyDrawing{declared} {links_prefix}:id=\"{id}\"/>");
        match form {
            Form::Usual => element,
            // The strict form has no such element, and spreadsheet programs write it as a choice.
            Form::Strict => format!(
                "<mc:AlternateContent xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"><mc:Choice \
                 Requires=\"v\" xmlns:v=\"urn:schemas-microsoft-com:vml\">{element}</mc:Choice></mc:AlternateContent>"
            ),
        }
    }

    /// Returns the merged rectangle over a range's first cell, or the range itself.
    pub fn widened(&self, range: CellRange) -> CellRange {
        self.merges.iter().copied().find(|merge| merge.contains(range.first)).map_or(range, |merge| {
            let last =
                crate::cell::CellRef::new(merge.last.row.max(range.last.row), merge.last.column.max(range.last.column));
            CellRange { first: merge.first, last }
        })
    }

    /// Returns a priority that no rule of the sheet has, below all others where that is possible.
    pub fn free_priority(&self, taken: &BTreeSet<i32>) -> i32 {
        let highest = self.priorities.iter().chain(taken).copied().max().unwrap_or(0).max(0);
        let is_taken = |priority: u32| {
            i32::try_from(priority)
                .is_ok_and(|priority| self.priorities.contains(&priority) || taken.contains(&priority))
        };
        let gap = || i32::try_from(first_free(1, is_taken)).unwrap_or(i32::MAX);
        highest.checked_add(1).unwrap_or_else(gap)
    }
}

/// Returns a size in whole pixels.
fn whole(pixels: f64) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is clamped")]
    let pixels = pixels.clamp(0.0, 5_000.0) as u32;
    pixels
}

impl Gathered {
    fn meet(&mut self, element: &Element<'_>, child: &str) {
        let number = |name: &str| element.attribute(name).and_then(|value| value.trim().parse::<f64>().ok());
        let whole = |name: &str| element.attribute(name).and_then(|value| value.trim().parse::<u32>().ok());
        let shown =
            |size: f64| if element.attribute("hidden").is_some_and(|hidden| hidden != "0") { 0.0 } else { size };
        match (child, element.name()) {
            ("sheetData", "row") => {
                if let Some((row, height)) = whole("r").zip(number("ht")) {
                    self.heights.insert(row, shown(height));
                }
            }
            ("sheetFormatPr", "sheetFormatPr") => {
                self.usual_width = number("defaultColWidth").or(number("baseColWidth")).unwrap_or(self.usual_width);
                self.usual_height = number("defaultRowHeight").unwrap_or(self.usual_height);
            }
            ("cols", "col") => {
                if let Some(((first, last), width)) = whole("min").zip(whole("max")).zip(number("width")) {
                    self.widths.push((first, last, shown(width)));
                }
            }
            ("mergeCells", "mergeCell") => {
                self.merges.extend(element.attribute("ref").and_then(|merge| merge.parse::<CellRange>().ok()));
            }
            (_, "cfRule") if element.namespace.is_spreadsheet() || element.namespace == Namespace::Excel2010 => {
                self.priorities.extend(element.attribute("priority").and_then(|text| text.trim().parse::<i32>().ok()));
            }
            (_, _) => {}
        }
    }
}
