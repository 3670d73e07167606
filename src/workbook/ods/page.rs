//! What is printed above and below the pages of an OpenDocument workbook.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::broken;
use crate::workbook::ReadError;
use crate::workbook::facts::element::{add_text, attribute};

/// The headers and footers of a page.
const PARTS: [&str; 6] = [
    "style:header",
    "style:footer",
    "style:header-left",
    "style:footer-left",
    "style:header-first",
    "style:footer-first",
];
/// What the program itself puts in.
const FIELDS: [&str; 7] = [
    "text:page-number",
    "text:page-count",
    "text:sheet-name",
    "text:file-name",
    "text:title",
    "text:date",
    "text:time",
];

/// Reads what stands above and below a kind of page, up to the end of what declares it.
pub(super) fn words(reader: &mut Reader<&[u8]>) -> Result<Vec<String>, ReadError> {
    let (mut words, mut text, mut is_printed, mut in_field) = (Vec::new(), String::new(), false, false);
    loop {
        let event = reader.read_event().map_err(broken)?;
        match &event {
            Event::Start(element) => {
                is_printed |= begins(element);
                in_field |= FIELDS.contains(&element.name().as_ref());
                let is_blank = matches!(element.name().as_ref(), "text:s" | "text:tab" | "text:line-break");
                text.extend((is_blank && is_printed).then_some(' '));
            }
            Event::End(element) => {
                let name = element.name();
                in_field &= !FIELDS.contains(&name.as_ref());
                if PARTS.contains(&name.as_ref()) {
                    is_printed = false;
                    let said = std::mem::take(&mut text).trim().to_owned();
                    words.extend(said.chars().any(char::is_alphanumeric).then_some(said));
                } else if is_printed && name.as_ref() == "text:p" {
                    text.push('\n');
                } else if name.as_ref() == "style:master-page" {
                    return Ok(words);
                }
            }
            Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) if is_printed && !in_field => {
                add_text(&event, &mut text);
            }
            Event::Eof => return Ok(words),
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

/// Whether an element begins what is printed above or below a page.
fn begins(element: &BytesStart<'_>) -> bool {
    PARTS.contains(&element.name().as_ref()) && attribute(element, "display").is_none_or(|shown| shown != "false")
}

#[cfg(test)]
mod tests {
    use crate::workbook::ods::declared::Declared;

    #[test]
    fn what_is_printed_above_and_below_the_pages_of_a_sheet_is_read() {
        let page = "<style:header><style:region-left><text:p>Client list<text:s/>of <text:span>Ann</text:span></text:p></style:region-left>\
            <style:region-right><text:p>Page <text:page-number>1</text:page-number></text:p></style:region-right></style:header>\
            <style:footer><text:p><text:page-number>1</text:page-number></text:p></style:footer>\
            <style:footer-left style:display=\"false\"><text:p>Not printed</text:p></style:footer-left>";
        let styles = format!(
            "<office:document-styles><office:styles><style:style style:name=\"ta1\" style:family=\"table\" style:master-page-name=\"P1\"/>\
             </office:styles><office:master-styles><style:master-page style:name=\"P1\">{page}</style:master-page></office:master-styles>\
             </office:document-styles>"
        );
        let declared = Declared::of_styles(&styles).unwrap();
        assert_eq!(declared.page_words("ta1"), ["Client list of Ann\nPage"]);
        assert!(declared.page_words("ta2").is_empty());
    }
}
