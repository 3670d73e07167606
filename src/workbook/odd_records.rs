//! Workbooks of binary formats whose records few programs write: tests that they are read like the usual ones.

use std::io::{Cursor, Read};

use cfb::CompoundFile;

use super::compact_grid::compound;
use super::facts::record::{number16, old_records};
use super::{Cell, DateSystem, ReadError, Source, Value, Workbook, read};
use crate::ooxml::Limits;

const BEGIN: u16 = 0x0809;
const CODE_PAGE: u16 = 0x0042;
const SHEET: u16 = 0x0085;
const FORMULA: u16 = 0x0006;
const RESULT: u16 = 0x0207;
const CONTINUE: u16 = 0x003C;
const STYLE: u16 = 0x00E0;
const FORMAT: u16 = 0x041E;
const STRINGS: u16 = 0x00FC;

/// A record that tests change.
type Record = (u16, Vec<u8>);

/// Returns the records of the fixture.
fn records() -> Vec<Record> {
    let mut file = CompoundFile::open(Cursor::new(&include_bytes!("../../tests/fixtures/content.xls")[..])).unwrap();
    let mut stream = Vec::new();
    file.open_stream("/Workbook").unwrap().read_to_end(&mut stream).unwrap();
    old_records(&stream).map(|record| (record.kind, record.content.to_vec())).collect()
}

/// Puts a workbook together of records: the sheets begin where the second and later ones of those that begin something are.
fn written(records: &[Record]) -> Vec<u8> {
    let (mut stream, mut starts, mut sheets) = (Vec::new(), Vec::new(), Vec::new());
    for (kind, content) in records {
        match *kind {
            BEGIN => starts.push(u32::try_from(stream.len()).unwrap()),
            SHEET => sheets.push(stream.len() + 4),
            _ => {}
        }
        stream.extend(kind.to_le_bytes());
        stream.extend(u16::try_from(content.len()).unwrap().to_le_bytes());
        stream.extend(content);
    }
    for (at, start) in sheets.into_iter().zip(&starts[1..]) {
        stream[at..at + 4].copy_from_slice(&start.to_le_bytes());
    }
    compound(&stream).unwrap()
}

fn reading(records: &[Record]) -> Result<Workbook, ReadError> {
    read(&Source::new("a.xls", written(records)), &Limits::default())
}

/// Reads records, and returns all that was read as text.
#[track_caller]
fn told(records: &[Record]) -> String {
    format!("{:?}", reading(records).unwrap().sheets)
}

#[test]
fn the_code_page_says_nothing_of_later_texts() {
    let (usual, mut records) = (told(&records()), records());
    assert!(usual.contains("Text("), "{usual}");
    let place = records.iter().position(|(kind, _)| *kind == CODE_PAGE).unwrap();
    for page in
        [0_u16, 437, 850, 874, 932, 936, 949, 950, 1200, 1201, 1250, 1252, 1258, 10000, 10029, 0x8000, 0x8001, 65001]
    {
        records[place].1 = page.to_le_bytes().to_vec();
        assert_eq!(told(&records), usual, "{page}");
    }
}

#[test]
fn a_format_of_the_workbook_is_its_own_whatever_its_number() {
    for number in 0_u16..=400 {
        let mut records = records();
        let is_style = |record: &&mut Record| record.0 == STYLE;
        for (_, content) in records.iter_mut().filter(|record| is_style(record)) {
            content[2..4].copy_from_slice(&number.to_le_bytes());
        }
        records.retain(|(kind, _)| *kind != FORMAT);
        let format = [&number.to_le_bytes()[..], &[3, 0, 0], b"0.0"].concat();
        records.insert(3, (FORMAT, format));
        let book = reading(&records).unwrap();
        let mut values = book.sheets.iter().flat_map(|sheet| &sheet.cells).map(|cell| &cell.value);
        assert!(!values.any(|value| matches!(value, Value::Date(_))), "{number}");
    }
}

#[test]
fn an_empty_record_continues_nothing() {
    let (usual, records) = (told(&records()), records());
    let strings = records.iter().position(|(kind, _)| *kind == STRINGS).unwrap();
    let (length, flags) = (number16(&records[strings].1, 8).unwrap(), records[strings].1[10]);
    assert!(length > 2 && flags & 0x0C == 0, "the first text is plain");
    let cut = 11 + 2 * (usize::from(flags & 1) + 1);
    for empties in 1..4 {
        let mut odd = records.clone();
        odd.splice(strings + 1..=strings, vec![(CONTINUE, Vec::new()); empties]);
        assert_eq!(told(&odd), usual, "{empties} behind");
        // The same in the midst of the first text, the rest of which follows.
        let rest = odd[strings].1.split_off(cut);
        odd.insert(strings + 1 + empties / 2, (CONTINUE, [&[flags & 1], &rest[..]].concat()));
        assert_eq!(told(&odd), usual, "{empties} within");
    }
}

#[test]
fn formulas_are_read_under_every_number_of_their_record() {
    let usual = told(&records());
    for number in [0x0206, 0x0406] {
        let mut records = records();
        let formulas = records.iter_mut().filter(|(kind, _)| *kind == FORMULA);
        assert!(formulas.map(|(kind, _)| *kind = number).count() > 0);
        assert_eq!(told(&records), usual, "{number}");
    }
}

#[test]
fn what_nobody_needs_of_a_formula_may_be_wrong() {
    let values = |book: Workbook| -> Vec<(String, Value)> {
        let cells = book.sheets.into_iter().flat_map(|sheet| sheet.cells);
        cells.map(|Cell { at, value, .. }| (at.to_string(), value)).collect()
    };
    let usual = values(reading(&records()).unwrap());
    for token in 0..=u8::MAX {
        let mut records = records();
        for (_, content) in records.iter_mut().filter(|(kind, _)| *kind == FORMULA) {
            content[22] = token;
        }
        // A name that stands for a formula of that token, of which the rest is missing.
        let name = [&[0, 0, 0, 1, 1, 0][..], &[0; 8], &[0, b'n', token]].concat();
        records.insert(3, (0x0018, name));
        assert_eq!(values(reading(&records).unwrap()), usual, "{token:#x}");
    }
}

#[test]
fn a_long_text_of_a_formula_is_read_to_its_end() {
    let text: String = "wide \u{154}, narrow. ".chars().cycle().take(20_000).collect();
    let wide: Vec<u16> = text.encode_utf16().collect();
    for piece in [4_000, 8_000, 19_999] {
        let mut records = records();
        let place = records.iter().position(|(kind, _)| *kind == FORMULA).unwrap();
        let cell = &mut records[place].1;
        cell[6..14].copy_from_slice(&[0, 0, 0, 0, 0, 0, 0xFF, 0xFF]);
        let at = (number16(cell, 0).unwrap(), number16(cell, 2).unwrap());
        let mut pieces = Vec::new();
        let first_length = u16::try_from(wide.len()).unwrap().to_le_bytes();
        for units in wide.chunks(piece) {
            let bytes: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
            let kind = if pieces.is_empty() { RESULT } else { CONTINUE };
            let head = if pieces.is_empty() { &first_length[..] } else { &[] };
            pieces.push((kind, [head, &[1], &bytes].concat()));
        }
        records.splice(place + 1..=place, pieces);
        let book = reading(&records).unwrap();
        let cells = book.sheets.iter().flat_map(|sheet| &sheet.cells);
        let at = crate::cell::CellRef::new(u32::from(at.0) + 1, u32::from(at.1) + 1);
        let found = cells.filter(|cell| cell.at == at).any(|cell| cell.value == Value::Text(text.as_str().into()));
        assert!(found, "{piece}");
        assert_eq!(book.date_system, DateSystem::From1900);
    }
}

#[test]
fn records_that_end_too_soon_cost_an_error_at_most() {
    let records = records();
    for place in 0..records.len().min(300) {
        for length in [0, 1, 3, 9] {
            let mut odd = records.clone();
            odd[place].1.truncate(length);
            let _read_or_refused = reading(&odd);
        }
    }
}
