//! The facts of a worksheet part of Office Open XML.
//!
//! [`scan`] reads what stands before and after the cells, and within them looks only at rows that say `hidden`: a sheet
//! is searched for that word at the speed of memory and not parsed a second time.

use memchr::{memchr, memmem, memrchr};
use quick_xml::events::{BytesStart, Event};

use super::Facts;
use super::element::{add_text, attribute, is_set, number, reader};
use crate::cell::{CellRange, LAST_COLUMN, LAST_ROW};
use crate::workbook::{Span, Validation};

/// Gathers the facts of a worksheet part.
pub(in crate::workbook) fn scan(part: &str) -> Result<Facts, quick_xml::Error> {
    let mut facts = Facts::default();
    let (head, data, tail) = split(part);
    read_frame(head, &mut facts)?;
    facts.hidden_rows = hidden_rows(data);
    read_frame(tail, &mut facts)?;
    Ok(facts)
}

/// Splits a part into what stands before the rows, the rows, and what stands after them.
fn split(part: &str) -> (&str, &str, &str) {
    let Some(start) = find_tag(part, "sheetData") else { return (part, "", "") };
    let open_end = part[start..].find('>').map_or(part.len(), |at| start + at + 1);
    if part[..open_end].ends_with("/>") {
        return (&part[..start], "", &part[open_end..]);
    }
    let end = memmem::rfind(part.as_bytes(), b"sheetData>").map_or(part.len(), |at| at.max(open_end));
    let close = part[..end].rfind('<').filter(|at| *at >= open_end).unwrap_or(open_end);
    (&part[..start], &part[open_end..close], part.get(close..).unwrap_or_default())
}

/// Returns where the first tag of this local name begins.
fn find_tag(part: &str, name: &str) -> Option<usize> {
    memmem::find_iter(part.as_bytes(), name.as_bytes()).find_map(|at| {
        let start = memrchr(b'<', &part.as_bytes()[..at])?;
        let prefix = &part[start + 1..at];
        let is_whole = part[at + name.len()..].starts_with(['>', '/', ' ', '\t', '\r', '\n']);
        (is_whole && (prefix.is_empty() || prefix.ends_with(':') && !prefix.contains(' '))).then_some(start)
    })
}

/// Reads the elements before or after the rows.
fn read_frame(xml: &str, facts: &mut Facts) -> Result<(), quick_xml::Error> {
    let mut reader = reader(xml);
    loop {
        match reader.read_event()? {
            Event::Start(element) => match element.local_name().as_ref() {
                "col" => facts.hidden_columns.extend(hidden_columns(&element)),
                "sheetProtection" => facts.is_protected |= is_set(&element, "sheet"),
                "mergeCell" => {
                    facts.merges.extend(attribute(&element, "ref").and_then(|range| range.parse::<CellRange>().ok()));
                }
                "dataValidation" => facts.validations.extend(validation(&element, &mut reader)?),
                _ => {}
            },
            Event::Eof => return Ok(()),
            Event::End(_)
            | Event::Empty(_)
            | Event::Text(_)
            | Event::CData(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::DocType(_)
            | Event::GeneralRef(_) => {}
        }
    }
}

/// Returns the columns that a `col` element hides.
fn hidden_columns(element: &BytesStart<'_>) -> Option<Span> {
    let (first, last) = (number(element, "min")?, number(element, "max")?.min(LAST_COLUMN));
    (is_set(element, "hidden") && first >= 1 && first <= last).then_some(Span { first, last })
}

/// Reads a `dataValidation` element of either namespace; `None` where it names no cells.
fn validation(
    start: &BytesStart<'_>,
    reader: &mut quick_xml::Reader<&[u8]>,
) -> Result<Option<Validation>, quick_xml::Error> {
    let kind = attribute(start, "type").unwrap_or_else(|| "none".to_owned());
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
    let cells = ranges(&cells);
    Ok((!cells.is_empty()).then(|| Validation { cells, kind, formula: formula.trim().to_owned() }))
}

/// Reads a list of ranges with blanks between; whole columns and rows are as long as the grid.
fn ranges(text: &str) -> Vec<CellRange> {
    text.split_ascii_whitespace().filter_map(|range| range.parse().ok()).collect()
}

/// Finds the hidden rows among the rows of a sheet.
fn hidden_rows(data: &str) -> Vec<Span> {
    let rows = memmem::find_iter(data.as_bytes(), b"hidden").filter_map(|at| row_tag(data, at));
    let numbers: Option<Vec<Option<u32>>> = rows.map(|row| hidden_row(&row)).collect();
    let numbers = numbers.map_or_else(|| count_hidden_rows(data), |numbers| numbers.into_iter().flatten().collect());
    numbers.into_iter().filter(|row| (1..=LAST_ROW).contains(row)).map(|row| Span { first: row, last: row }).collect()
}

/// Returns the content of the row's tag that the byte `at` stands in; `None` where it isn't in one.
fn row_tag(data: &str, at: usize) -> Option<BytesStart<'_>> {
    let start = memrchr(b'<', &data.as_bytes()[..at])? + 1;
    let end = start + memchr(b'>', &data.as_bytes()[start..])?;
    if end < at {
        return None;
    }
    let content = data[start..end].trim_end_matches('/');
    let name = content.find(|c: char| c.is_ascii_whitespace())?;
    let element = BytesStart::from_content(content, name);
    (element.local_name().as_ref() == "row").then_some(element)
}

/// Returns the number of a hidden row, `Some(None)` for a row that isn't hidden, and `None` where it has no number.
#[expect(clippy::option_option, reason = "collecting stops at the first row that doesn't say its number")]
fn hidden_row(row: &BytesStart<'_>) -> Option<Option<u32>> {
    if is_set(row, "hidden") { number(row, "r").map(Some) } else { Some(None) }
}

/// Finds hidden rows where rows don't say their numbers and have to be counted.
fn count_hidden_rows(data: &str) -> Vec<u32> {
    let mut reader = reader(data);
    let (mut row, mut hidden) = (0, Vec::new());
    while let Ok(event) = reader.read_event() {
        if let Event::Start(element) = &event
            && element.local_name().as_ref() == "row"
        {
            row = number(element, "r").unwrap_or(row + 1);
            if is_set(element, "hidden") {
                hidden.push(row);
            }
        } else if matches!(event, Event::Eof) {
            break;
        }
    }
    hidden
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(data: &str, tail: &str) -> Facts {
        scan(&format!("<?xml version=\"1.0\"?><worksheet><cols><col min=\"2\" max=\"3\" hidden=\"1\"/><col min=\"5\" max=\"5\"/></cols>{data}{tail}</worksheet>")).unwrap()
    }

    fn rows(facts: &Facts) -> Vec<u32> {
        facts.hidden_rows.iter().map(|span| span.first).collect()
    }

    #[test]
    fn rows_are_hidden_by_their_own_word_only() {
        let cases: [(&str, &[u32]); 6] = [
            ("<sheetData/>", &[]),
            ("<sheetData><row r=\"3\" hidden=\"1\"><c r=\"A3\"/></row><row r=\"4\" hidden=\"0\"/></sheetData>", &[3]),
            ("<sheetData><row r=\"3\"><c t=\"inlineStr\"><is><t>hidden=\"1\"</t></is></c></row></sheetData>", &[]),
            ("<sheetData><row/><row hidden=\"true\"/><row r=\"9\"/><row hidden=\"1\"/></sheetData>", &[2, 10]),
            ("<x:sheetData><x:row r=\"7\" hidden=\"1\"/></x:sheetData>", &[7]),
            ("<sheetData><row\n r=\"8\"\n hidden = '1'/></sheetData>", &[8]),
        ];
        for (data, expected) in cases {
            let facts = sheet(data, "");
            assert_eq!(rows(&facts), expected, "{data}");
            assert_eq!(facts.hidden_columns, [Span { first: 2, last: 3 }], "{data}");
        }
    }

    #[test]
    fn what_follows_the_rows_is_read() {
        let tail = "<sheetProtection sheet=\"1\"/><mergeCells><mergeCell ref=\"B1:C2\"/></mergeCells><dataValidations>\
            <dataValidation type=\"list\" sqref=\"C5:C9 E5\"><formula1>\"a &amp; b,c\"</formula1></dataValidation></dataValidations>\
            <extLst><ext><x14:dataValidations><x14:dataValidation type=\"list\"><x14:formula1><xm:f>Lists!$A$1</xm:f>\
            </x14:formula1><xm:sqref>D5</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst>";
        let facts = sheet("<sheetData><row r=\"1\"><c r=\"A1\"/></row></sheetData>", tail);
        assert!(facts.is_protected);
        assert_eq!(facts.merges, ["B1:C2".parse().unwrap()]);
        let said: Vec<_> =
            facts.validations.iter().map(|v| (v.kind.as_str(), v.formula.as_str(), v.cells.len())).collect();
        assert_eq!(said, [("list", "\"a & b,c\"", 2), ("list", "Lists!$A$1", 1)]);
    }
}
