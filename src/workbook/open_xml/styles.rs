//! The styles of cells of Office Open XML, as far as they say what is seen: number formats, struck-out text, checkboxes.

use std::collections::BTreeMap;
use std::sync::Arc;

use quick_xml::events::BytesStart;

use super::strings::is_on;
use crate::workbook::NumberFormat;
use crate::workbook::facts::element::{Tag, attribute, next_tag, number, reader};

/// How the cells of one style look.
#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    /// How numbers are shown; `None` for the usual way.
    pub(super) format: Option<Arc<NumberFormat>>,
    /// Whether what stands there is struck out.
    pub(super) is_struck: bool,
    /// Whether logicals are shown as boxes.
    pub(super) is_checkbox: bool,
}

/// What is gathered of a part of styles.
#[derive(Debug, Default)]
struct Gathered {
    codes: BTreeMap<u32, String>,
    struck_fonts: Vec<bool>,
    /// The id of the format, the number of the font, and whether logicals are boxes.
    cells: Vec<(u32, usize, bool)>,
}

/// Reads the part of styles: the styles of cells, in their order.
pub(super) fn read(part: &str) -> Result<Vec<Style>, quick_xml::Error> {
    let mut reader = reader(part);
    let (mut gathered, mut section) = (Gathered::default(), String::new());
    loop {
        match next_tag(&mut reader)? {
            Some(Tag::Start(element)) => match element.local_name().as_ref() {
                name @ ("fonts" | "cellXfs" | "cellStyleXfs" | "dxfs" | "numFmts") => name.clone_into(&mut section),
                name => gathered.take(name, &element, &section),
            },
            Some(Tag::End(element)) if element.local_name().as_ref() == section => section.clear(),
            Some(Tag::End(_)) => {}
            None => return Ok(gathered.styles()),
        }
    }
}

impl Gathered {
    /// Takes an element of a section.
    fn take(&mut self, name: &str, element: &BytesStart<'_>, section: &str) {
        match (section, name) {
            ("numFmts", "numFmt") => {
                self.codes.extend(number(element, "numFmtId").zip(attribute(element, "formatCode")));
            }
            ("fonts", "font") => self.struck_fonts.push(false),
            ("fonts", "strike") => {
                if let Some(last) = self.struck_fonts.last_mut() {
                    *last = is_on(element);
                }
            }
            ("cellXfs", "xf") => {
                let of = |name: &str| number(element, name).unwrap_or_default();
                self.cells.push((of("numFmtId"), of("fontId") as usize, false));
            }
            ("cellXfs", "xfComplement") => {
                if let Some((.., is_checkbox)) = self.cells.last_mut() {
                    *is_checkbox = true;
                }
            }
            (_, _) => {}
        }
    }

    /// Returns the styles; those of one format share it.
    fn styles(self) -> Vec<Style> {
        let mut formats: BTreeMap<u32, Option<Arc<NumberFormat>>> = BTreeMap::new();
        let cells = self.cells.into_iter().map(|(id, font, is_checkbox)| {
            let written = self.codes.get(&id);
            let read = || written.map_or_else(|| NumberFormat::built_in(id), |code| NumberFormat::of(code));
            let format = formats.entry(id).or_insert_with(|| read().map(Arc::new)).clone();
            let is_struck = self.struck_fonts.get(font).copied().unwrap_or_default();
            Style { format, is_struck, is_checkbox }
        });
        cells.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::Shows;

    #[test]
    fn styles_have_their_formats_fonts_and_boxes() {
        let part = "<x:styleSheet><x:numFmts><x:numFmt numFmtId=\"14\" formatCode=\"0.0%\"/><x:numFmt numFmtId=\"170\" \
            formatCode=\"[h]:mm\"/></x:numFmts><x:fonts><x:font/><x:font><x:strike/></x:font></x:fonts><x:cellStyleXfs>\
            <x:xf numFmtId=\"9\"/></x:cellStyleXfs><x:cellXfs><x:xf/><x:xf numFmtId=\"14\" fontId=\"1\"/><x:xf \
            numFmtId=\"170\"><x:extLst><x:ext><f:xfComplement i=\"0\"/></x:ext></x:extLst></x:xf><x:xf numFmtId=\"22\"/>\
            </x:cellXfs><x:dxfs><x:dxf><x:font><x:strike/></x:font></x:dxf></x:dxfs></x:styleSheet>";
        let styles = read(part).unwrap();
        let said: Vec<_> = styles
            .iter()
            .map(|style| (style.format.as_ref().map(|format| format.shows()), style.is_struck, style.is_checkbox))
            .collect();
        let expected = [
            (None, false, false),
            (Some(Shows::Percentage), true, false),
            (Some(Shows::Elapsed), false, true),
            (Some(Shows::Moment), false, false),
        ];
        assert_eq!(said, expected);
    }
}
