//! The part of styles of Office Open XML.

use quick_xml::events::BytesStart;

use super::strings::look;
use crate::workbook::facts::element::{Tag, attribute, next_tag, number, reader};
use crate::workbook::runs::Font;
use crate::workbook::style::{Style, StyleEntry, StyleParts};

/// Reads the part of styles: the styles of cells, in their order.
pub(super) fn read(part: &str) -> Result<Vec<Style>, quick_xml::Error> {
    let mut reader = reader(part);
    let (mut gathered, mut section) = (StyleParts::default(), String::new());
    loop {
        match next_tag(&mut reader)? {
            Some(Tag::Start(element)) => match element.local_name().as_ref() {
                name @ ("fonts" | "cellXfs" | "cellStyleXfs" | "dxfs" | "numFmts") => name.clone_into(&mut section),
                name => take(&mut gathered, name, &element, &section),
            },
            Some(Tag::End(element)) if element.local_name().as_ref() == section => section.clear(),
            Some(Tag::Empty(_) | Tag::End(_)) => {}
            None => return Ok(gathered.styles()),
        }
    }
}

/// Takes an element of a section.
fn take(gathered: &mut StyleParts, name: &str, element: &BytesStart<'_>, section: &str) {
    match (section, name) {
        ("numFmts", "numFmt") => {
            gathered.codes.extend(number(element, "numFmtId").zip(attribute(element, "formatCode")));
        }
        ("fonts", "font") => gathered.fonts.push(Font::default()),
        ("fonts", _) => {
            if let Some(last) = gathered.fonts.last_mut() {
                look(last, element);
            }
        }
        ("cellXfs", "xf") => {
            let of = |name: &str| number(element, name).unwrap_or_default();
            let (format, font) = (of("numFmtId"), of("fontId") as usize);
            gathered.cells.push(StyleEntry { format, font, is_checkbox: false });
        }
        ("cellXfs", "xfComplement") => {
            if let Some(last) = gathered.cells.last_mut() {
                last.is_checkbox = true;
            }
        }
        (_, _) => {}
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
