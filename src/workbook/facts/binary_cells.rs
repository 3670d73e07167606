//! The cells of a worksheet part of the binary format (xlsb), and the texts that they name by number.

use super::biff_text::words;
use super::binary_part::{CELLS, FORMULAS, RICH_TEXT, ROW, error_word};
use super::record::{Record, float, new_records, number16, number32, short_float, wide_text};
use crate::cell::CellRef;
use crate::workbook::cells::{lost_text, number_value, text_value};
use crate::workbook::runs::{Font, Said};
use crate::workbook::tally::Tally;
use crate::workbook::{Cell, Look, ReadError, Value};

/// Where the content of a cell stands in its record, behind its column and its style.
const CONTENT: usize = 8;

/// What all sheets of a workbook share.
#[derive(Debug, Default)]
pub(in crate::workbook) struct Shared {
    /// The texts that cells name by number.
    pub(in crate::workbook) kept: Vec<Said>,
    /// The fonts, in order.
    pub(in crate::workbook) fonts: Vec<Font>,
}

/// Reads the cells of a part in which they are written in full, without their formulas.
pub(in crate::workbook) fn read(
    part: &[u8],
    sheet: &str,
    shared: &Shared,
    tally: &mut Tally<'_>,
) -> Result<Vec<Cell>, ReadError> {
    let too_short = || ReadError::Damaged(format!("the sheet `{sheet}` has a cell that ends too soon"));
    let (mut cells, mut row) = (Vec::new(), 0);
    for record in new_records(part) {
        if record.kind == ROW {
            row = number32(record.content, 0).map_or(u32::MAX, |row| row.saturating_add(1));
        } else if CELLS.contains(&record.kind) || record.kind == RICH_TEXT {
            let column = number32(record.content, 0).ok_or_else(too_short)?.saturating_add(1);
            let (value, struck) = value(record, shared)?.ok_or_else(too_short)?;
            if value != Value::Empty {
                let at = CellRef::new(row, column);
                tally.add(at, sheet, &value, None)?;
                let look = Look { struck: struck.map(Into::into), ..Look::default() };
                cells.push(Cell { look, ..Cell::new(at, value, None) });
            }
        }
    }
    Ok(cells)
}

/// Returns what a cell holds, and what is struck out of it; `None` where its record ends too soon.
fn value(Record { kind, content }: Record<'_>, shared: &Shared) -> Result<Option<(Value, Option<String>)>, ReadError> {
    if kind == 0x0007 {
        return number32(content, CONTENT).map(|number| kept(number as usize, &shared.kept)).transpose();
    }
    if kind == RICH_TEXT {
        return Ok(rich(content, CONTENT, &shared.fonts).map(|(text, struck)| (text_value(&text), struck)));
    }
    let whole = match kind {
        0x0002 => short_float(content, CONTENT).map(number_value),
        0x0005 | 0x0009 => float(content, CONTENT).map(number_value),
        0x0003 | 0x000B => content.get(CONTENT).map(|code| Value::Error(error_word(*code).into())),
        0x0004 | 0x000A => content.get(CONTENT).map(|logical| Value::Logical(*logical != 0)),
        _ => wide_text(content, CONTENT).map(|(text, _)| {
            let is_of_formula = FORMULAS.contains(&kind) && text.is_empty();
            if is_of_formula { Value::Text("".into()) } else { text_value(&text) }
        }),
    };
    Ok(whole.map(|value| (value, None)))
}

/// Returns a kept text.
fn kept(number: usize, kept: &[Said]) -> Result<(Value, Option<String>), ReadError> {
    match kept.get(number) {
        Some((text, struck)) => Ok((text_value(text), struck.clone())),
        None => lost_text(kept.len()).map(|lost| (lost, None)),
    }
}

/// Reads the part of kept texts.
pub(in crate::workbook) fn kept_texts(part: &[u8], fonts: &[Font]) -> Vec<Said> {
    const TEXT: u16 = 0x0013;
    let texts = new_records(part).filter(|record| record.kind == TEXT);
    texts.map(|record| rich(record.content, 0, fonts).unwrap_or_default()).collect()
}

/// Reads a text that may have runs, each with its own font.
fn rich(content: &[u8], at: usize, fonts: &[Font]) -> Option<Said> {
    const HAS_RUNS: u8 = 0x01;
    let (text, end) = wide_text(content, at + 1)?;
    if content.get(at)? & HAS_RUNS == 0 {
        return Some((text, None));
    }
    let count = number32(content, end)? as usize;
    let runs = content.get(end + 4..)?.chunks_exact(4).take(count);
    let runs: Vec<(u16, u16)> = runs.filter_map(|run| number16(run, 0).zip(number16(run, 2))).collect();
    Some(words(&text.encode_utf16().collect::<Vec<u16>>(), &runs, fonts))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ooxml::Limits;
    use crate::workbook::facts::binary_part::{record, wide};

    fn cells(part: &[u8], shared: &Shared) -> Result<Vec<Cell>, ReadError> {
        let limits = Limits::default();
        read(part, "A", shared, &mut Tally::new(&limits))
    }

    #[test]
    fn cells_of_every_kind_hold_what_is_stored() {
        let text = |text: &str| Some(Value::Text(text.into()));
        let error = |error: &str| Some(Value::Error(error.into()));
        let number = |number: f64| Some(Value::Number(number));
        let runs = [&[1][..], &wide("3 or 2"), &[2, 0, 0, 0], &[0, 0, 1, 0], &[5, 0, 0, 0]].concat();
        let shared =
            Shared { kept: vec![("a".to_owned(), None)], fonts: vec![Font::default(), Font::of_numbers(true, 0)] };
        let cases: [(u16, Vec<u8>, Option<Value>); 17] = [
            (0x0002, 0x16_u32.to_le_bytes().to_vec(), number(5.0)),
            (0x0003, vec![0x07], error("#DIV/0!")),
            (0x0003, vec![0x2D], error("#SPILL!")),
            (0x0003, vec![0xEE], error("#UNKNOWN!")),
            (0x0004, vec![1], Some(Value::Logical(true))),
            (0x0005, 1.5_f64.to_le_bytes().to_vec(), number(1.5)),
            (0x0005, f64::NAN.to_le_bytes().to_vec(), error("#NUM!")),
            (0x0006, wide("b"), text("b")),
            (0x0006, wide(""), None),
            (0x0007, vec![0; 4], text("a")),
            (0x0007, vec![1, 0, 0, 0], error("[text lost]")),
            (0x0008, wide(""), text("")),
            (0x0009, 2.0_f64.to_le_bytes().to_vec(), number(2.0)),
            (0x000A, vec![0], Some(Value::Logical(false))),
            (0x000B, vec![0x17], error("#REF!")),
            (RICH_TEXT, [&[0][..], &wide("c")].concat(), text("c")),
            (RICH_TEXT, runs, text("2")),
        ];
        for (kind, content, expected) in cases {
            let part = [record(ROW, &[4, 0, 0, 0]), record(kind, &[&[2, 0, 0, 0, 0, 0, 0, 0], &content[..]].concat())]
                .concat();
            let cell = cells(&part, &shared).unwrap().pop();
            assert!(cell.as_ref().is_none_or(|cell| cell.at == CellRef::new(5, 3)), "{cell:?}");
            let struck = cell.as_ref().and_then(|cell| cell.look.struck.as_deref().map(str::to_owned));
            let is_rich = kind == RICH_TEXT && content[0] == 1;
            assert_eq!(struck.as_deref(), is_rich.then_some("3 or "), "{kind:#x} {content:?}");
            assert_eq!(cell.map(|cell| cell.value), expected, "{kind:#x} {content:?}");
            let cut = record(kind, &[0; 7]);
            assert!(matches!(cells(&cut, &shared), Err(ReadError::Damaged(_))), "{kind:#x} is cut");
        }
        let runs = [&[1][..], &wide("3 or 2"), &[1, 0, 0, 0], &[4, 0, 1, 0]].concat();
        let texts = [record(0x0013, &[&[0][..], &wide("a")].concat()), record(0x0013, &runs)].concat();
        let said = [("a".to_owned(), None), ("3 or".to_owned(), Some(" 2".to_owned()))];
        assert_eq!(kept_texts(&texts, &shared.fonts), said);
        let named = record(0x0007, &[0; 12]);
        assert!(matches!(cells(&named, &Shared::default()), Err(ReadError::Damaged(_))), "all texts are lost");
    }
}
