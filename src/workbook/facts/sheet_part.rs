//! The facts of a worksheet part of Office Open XML.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::element::{Tag, add_text, attribute, is_set, next_tag, number, terse_reader, text_within};
use super::{Facts, LEAST_HEIGHT, LEAST_WIDTH, page_words};
use crate::cell::{CellRange, LAST_COLUMN};
use crate::workbook::{Span, Validation};

/// Gathers the facts of a worksheet part but for its hidden rows, in one pass. `rows` reads what stands between the tags of
/// the rows, given whether rows have no height unless they say so.
pub(in crate::workbook) fn scan<E: From<quick_xml::Error>>(
    part: &str,
    mut rows: impl FnMut(&mut Reader<&[u8]>, bool) -> Result<(), E>,
) -> Result<Facts, E> {
    let (mut facts, mut reader, mut is_low) = (Facts::default(), terse_reader(part), false);
    loop {
        match next_tag(&mut reader)? {
            Some(Tag::Start(element)) => match element.local_name().as_ref() {
                "sheetData" => rows(&mut reader, is_low)?,
                "dataValidation" => facts.validations.extend(validation(&element, &mut reader)?),
                "oddHeader" | "oddFooter" | "evenHeader" | "evenFooter" | "firstHeader" | "firstFooter" => {
                    facts.page_words.extend(printed(&element, &mut reader)?);
                }
                _ => take(&mut facts, &mut is_low, &element),
            },
            Some(Tag::Empty(element)) => match element.local_name().as_ref() {
                "dataValidation" => facts.validations.extend(bare_validation(&element)),
                _ => take(&mut facts, &mut is_low, &element),
            },
            None => return Ok(facts),
            Some(Tag::End(_)) => {}
        }
    }
}

/// Takes what the tag of an element says.
fn take(facts: &mut Facts, is_low: &mut bool, element: &BytesStart<'_>) {
    match element.local_name().as_ref() {
        "sheetFormatPr" => *is_low = is_below(element, "defaultRowHeight", LEAST_HEIGHT),
        "col" => facts.hidden_columns.extend(hidden_columns(element)),
        "sheetProtection" => facts.is_protected |= is_set(element, "sheet"),
        "mergeCell" => {
            facts.merges.extend(attribute(element, "ref").and_then(|range| range.parse::<CellRange>().ok()));
        }
        _ => {}
    }
}

/// Whether an attribute is a size below the least that can be seen.
fn is_below(element: &BytesStart<'_>, name: &str, least: f64) -> bool {
    attribute(element, name).and_then(|size| size.trim().parse::<f64>().ok()).is_some_and(|size| size < least)
}

/// Returns the columns that a `col` element hides.
fn hidden_columns(element: &BytesStart<'_>) -> Option<Span> {
    let (first, last) = (number(element, "min")?, number(element, "max")?.min(LAST_COLUMN));
    let is_hidden = is_set(element, "hidden") || is_below(element, "width", LEAST_WIDTH);
    (is_hidden && first >= 1 && first <= last).then_some(Span { first, last })
}

/// Reads what is printed above or below pages; `None` where it is but marks, such as that of the page's number.
fn printed(start: &BytesStart<'_>, reader: &mut Reader<&[u8]>) -> Result<Option<String>, quick_xml::Error> {
    let (written, _) = text_within(reader, start)?;
    Ok(page_words::of(&written))
}

/// Reads a `dataValidation` element of either namespace; `None` where it names no cells.
fn validation(start: &BytesStart<'_>, reader: &mut Reader<&[u8]>) -> Result<Option<Validation>, quick_xml::Error> {
    let (mut cells, mut formula) = (attribute(start, "sqref").unwrap_or_default(), String::new());
    let mut inside = Vec::new();
    loop {
        let event = reader.read_event()?;
        match &event {
            Event::Start(element) => inside.push(element.local_name().as_ref().to_owned()),
            Event::End(element) if element.local_name().as_ref() == "dataValidation" => break,
            Event::End(_) => drop(inside.pop()),
            Event::Eof => break,
            Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) => {
                if inside.first().is_some_and(|name| name == "formula1") {
                    add_text(&event, &mut formula);
                } else if inside.first().is_some_and(|name| name == "sqref") {
                    add_text(&event, &mut cells);
                }
            }
            Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    Ok(validation_of(start, &cells, &formula))
}

/// Reads a `dataValidation` element that has only its tag.
fn bare_validation(tag: &BytesStart<'_>) -> Option<Validation> {
    validation_of(tag, &attribute(tag, "sqref").unwrap_or_default(), "")
}

/// Returns what some cells may hold; `None` where there are none.
fn validation_of(tag: &BytesStart<'_>, cells: &str, formula: &str) -> Option<Validation> {
    let (cells, kind) = (ranges(cells), attribute(tag, "type"));
    let kind = kind.unwrap_or_else(|| "none".to_owned());
    (!cells.is_empty()).then(|| Validation { cells, kind, formula: formula.trim().to_owned() })
}

/// Reads a list of ranges with blanks between; whole columns and rows are as long as the grid.
fn ranges(text: &str) -> Vec<CellRange> {
    text.split_ascii_whitespace().filter_map(|range| range.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(format: &str, tail: &str) -> (Facts, bool) {
        let mut low = false;
        let part = format!(
            "<worksheet>{format}<cols><col min=\"2\" max=\"3\" hidden=\"1\"/><col min=\"5\" max=\"5\" \
            width=\"9\"/><col min=\"7\" max=\"7\" width=\"0\"/><col min=\"8\" max=\"8\" width=\"0.140625\"/>\
            <col min=\"9\" max=\"9\" width=\"0.28515625\"/><col min=\"10\" max=\"10\" width=\"0.42578125\"/></cols><sheetData><row/></sheetData>{tail}</worksheet>"
        );
        let rows = |reader: &mut Reader<&[u8]>, is_low: bool| {
            low = is_low;
            while !matches!(reader.read_event()?, Event::End(end) if end.local_name().as_ref() == "sheetData") {}
            Ok::<(), quick_xml::Error>(())
        };
        (scan(&part, rows).unwrap(), low)
    }

    #[test]
    fn columns_and_rows_in_which_nobody_sees_anything_are_hidden() {
        for (height, expected) in [("", false), ("0", true), ("0.75", true), ("1.5", true), ("2.25", false)] {
            let format = format!("<sheetFormatPr defaultRowHeight=\"{height}\"/>");
            let (facts, is_low) = sheet(&format, "");
            let hidden: Vec<u32> = facts.hidden_columns.iter().map(|span| span.first).collect();
            assert_eq!(hidden, [2, 7, 8, 9]);
            assert_eq!(is_low, expected, "{format}");
        }
    }

    #[test]
    fn headers_and_footers_say_their_words() {
        let cases = [
            ("&amp;LClient list&amp;RPage &amp;P of &amp;N", vec!["Client list\nPage \n of"]),
            ("&amp;C&amp;\"Arial,Bold\"&amp;12Smith &amp;&amp; Co", vec!["Smith & Co"]),
            ("&amp;KFF0000Draft", vec!["Draft"]),
            ("&amp;P", vec![]),
            ("", vec![]),
        ];
        for (written, words) in cases {
            let tail = format!("<headerFooter><oddHeader>{written}</oddHeader><oddFooter/></headerFooter>");
            assert_eq!(sheet("", &tail).0.page_words, words, "{written}");
        }
    }

    #[test]
    fn what_follows_the_rows_is_read() {
        let tail = "<sheetProtection sheet=\"1\"/><dataValidation type=\"whole\" sqref=\"B7\"/><mergeCells><mergeCell ref=\"B1:C2\"/></mergeCells><dataValidations>\
            <dataValidation type=\"list\" sqref=\"C5:C9 E5\"><formula1>\"a &amp; b,c\"</formula1></dataValidation></dataValidations>\
            <extLst><ext><x14:dataValidations><x14:dataValidation type=\"list\"><x14:formula1><xm:f>Lists!$A$1</xm:f>\
            </x14:formula1><xm:sqref>D5</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst>";
        let (facts, _) = sheet("", tail);
        assert!(facts.is_protected);
        assert_eq!(facts.merges, ["B1:C2".parse().unwrap()]);
        let said: Vec<_> =
            facts.validations.iter().map(|v| (v.kind.as_str(), v.formula.as_str(), v.cells.len())).collect();
        assert_eq!(said, [("whole", "", 1), ("list", "\"a & b,c\"", 2), ("list", "Lists!$A$1", 1)]);
    }
}
