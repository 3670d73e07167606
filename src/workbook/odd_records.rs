//! Workbooks of binary formats whose records few programs write: tests that they are read like the usual ones.

use std::io::{Cursor, Read, Write};

use cfb::CompoundFile;

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
    old_records(&stream).map(|(record, _)| (record.kind, record.content.to_vec())).collect()
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
    let mut file = CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream("/Workbook").unwrap().write_all(&stream).unwrap();
    file.into_inner().into_inner()
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
    let values = |book: Workbook| -> Vec<(String, Value, bool)> {
        let cells = book.sheets.into_iter().flat_map(|sheet| sheet.cells);
        cells.map(|Cell { at, value, formula, .. }| (at.to_string(), value, formula.is_some())).collect()
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

#[test]
fn an_error_of_any_code_is_an_error_in_its_cell() {
    const LOGICAL: u16 = 0x0205;
    let usual = reading(&records()).unwrap();
    for code in 0..=u8::MAX {
        let mut records = records();
        let place = records.iter().position(|(kind, _)| *kind == FORMULA).unwrap();
        records[place].1[6..14].copy_from_slice(&[2, 0, code, 0, 0, 0, 0xFF, 0xFF]);
        let constant = [&records[place].1[..2], &[200, 0, 0, 0, code, 1]].concat();
        records.insert(place, (LOGICAL, constant));
        let book = reading(&records).unwrap();
        let errors = |book: &Workbook| -> Vec<String> {
            let values = book.sheets.iter().flat_map(|sheet| &sheet.cells).map(|cell| &cell.value);
            values.filter(|value| matches!(value, Value::Error(_))).map(|value| format!("{value:?}")).collect()
        };
        let shown = errors(&book);
        assert_eq!(shown.len(), errors(&usual).len() + 2, "{code:#x}: {shown:?}");
        assert!(shown.iter().all(|error| error.contains('#')), "{code:#x}: {shown:?}");
    }
}

#[test]
fn a_text_that_is_not_in_the_file_costs_its_cell() {
    const KEPT_TEXT: u16 = 0x00FD;
    let lost = Value::Error("[text lost]".into());
    for number in [1_000_u32, u32::MAX] {
        let mut records = records();
        let place = records.iter().position(|(kind, _)| *kind == KEPT_TEXT).unwrap();
        records[place].1[6..10].copy_from_slice(&number.to_le_bytes());
        let (usual, odd) = (reading(&super::odd_records::records()).unwrap(), reading(&records).unwrap());
        let cells = |book: &Workbook| book.sheets.iter().flat_map(|sheet| sheet.cells.clone()).collect::<Vec<Cell>>();
        let changed: Vec<(Cell, Cell)> =
            cells(&usual).into_iter().zip(cells(&odd)).filter(|(usual, odd)| usual != odd).collect();
        assert_eq!(changed.len(), 1, "{number}");
        assert_eq!(changed[0].1.value, lost, "{number}");
    }
    let mut records = records();
    records.retain(|(kind, _)| *kind != STRINGS);
    assert!(matches!(reading(&records), Err(ReadError::Damaged(_))), "all texts are lost");
}

/// Returns a workbook of Excel 95: a sheet, and in it a text and a number of a format.
fn earlier(page: Option<u16>, name: &[u8], text: &[u8], format: &[u8]) -> Vec<Record> {
    let begin = |kind: u8| (BEGIN, vec![0, 5, kind, 0, 0, 0, 0, 0]);
    let length = |bytes: &[u8]| u8::try_from(bytes.len()).unwrap();
    let mut records = vec![begin(5)];
    records.extend(page.map(|page| (CODE_PAGE, page.to_le_bytes().to_vec())));
    records.push((FORMAT, [&[164, 0, length(format)], format].concat()));
    records.push((STYLE, [&[0, 0, 164, 0][..], &[0; 12]].concat()));
    records.push((SHEET, [&[0; 6], &[length(name)][..], name].concat()));
    records.push((0x000A, Vec::new()));
    records.push(begin(0x10));
    records.push((0x0204, [&[0; 6], &[length(text), 0][..], text].concat()));
    records.push((0x0203, [&[1, 0, 0, 0, 0, 0][..], &45_000.5_f64.to_le_bytes()].concat()));
    records.push((0x000A, Vec::new()));
    records
}

#[test]
fn earlier_texts_are_of_their_code_page() {
    let cases: [(Option<u16>, &[u8], &str); 9] = [
        (None, b"caf\xe9", "caf\u{e9}"),
        (Some(437), b"caf\x82", "caf\u{e9}"),
        (Some(850), b"caf\x82", "caf\u{e9}"),
        (Some(932), b"\x93\xfa\x96\x7b", "\u{65e5}\u{672c}"),
        (Some(1251), b"\xc4\xe0", "\u{414}\u{430}"),
        (Some(1252), b"caf\xe9", "caf\u{e9}"),
        (Some(10029), b"\x8e\x8b", "\u{e9}\u{10d}"),
        (Some(0x8000), b"caf\x8e", "caf\u{e9}"),
        (Some(0x8001), b"caf\xe9", "caf\u{e9}"),
    ];
    for (page, bytes, expected) in cases {
        let book = reading(&earlier(page, bytes, bytes, b"0")).unwrap();
        let sheet = &book.sheets[0];
        assert_eq!((sheet.name.as_str(), &sheet.cells[0].value), (expected, &Value::Text(expected.into())), "{page:?}");
    }
}

#[test]
fn earlier_formats_have_a_length_of_one_byte() {
    let cases: [(&[u8], bool); 4] = [(b"[Red]0", false), (b"dd/mm/yyyy", true), (b"0.0", false), (b"[Blue]yyyy", true)];
    for (format, is_date) in cases {
        let book = reading(&earlier(Some(1252), b"A", b"a", format)).unwrap();
        let value = &book.sheets[0].cells[1].value;
        assert_eq!(matches!(value, Value::Date(_)), is_date, "{format:?}: {value:?}");
    }
}

/// Returns a workbook whose cells have a text each with runs: one that is kept with others, and one of the cell's own.
fn rich(is_split: bool) -> Vec<Record> {
    let begin = |kind: u8| (BEGIN, [&[0, 6, kind, 0][..], &[0; 12]].concat());
    let font = |flags: u8| (0x0031, [&[220, 0, flags, 0][..], &[0; 10], b"\x01\0A"].concat());
    // There is no font of the number four, so that the fifth is struck out.
    let mut records: Vec<Record> = vec![begin(5), font(0), font(8), font(0), font(0), font(8)];
    records.extend([(STYLE, [&[0, 0, 0, 0][..], &[0; 16]].concat()), (STYLE, [&[1, 0, 0, 0][..], &[0; 16]].concat())]);
    records.push((SHEET, b"\0\0\0\0\0\0\x01\0A".to_vec()));
    let all = [
        b"\x02\0\0\0\x02\0\0\0".as_slice(),
        b"\x06\0\x08\x02\0",
        b"3 or 2",
        b"\0\0\x05\0\x05\0\0\0",
        b"\x01\0\0",
        b"2",
    ];
    let all = all.concat();
    let (first, rest) = all.split_at(if is_split { 8 + 5 + 3 } else { all.len() });
    records.push((STRINGS, first.to_vec()));
    // A text that goes on says anew how wide its characters are.
    records.extend(is_split.then(|| (CONTINUE, [&[0], rest].concat())));
    records.extend([(0x000A, Vec::new()), begin(0x10)]);
    records.push((0x00FD, vec![0, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
    records.push((0x00FD, vec![1, 0, 0, 0, 1, 0, 1, 0, 0, 0]));
    records.push((0x00D6, [&[2, 0, 0, 0, 0, 0, 6, 0, 0][..], b"3 or 2", &[1, 0, 5, 0, 1, 0]].concat()));
    records.push((0x000A, Vec::new()));
    records
}

#[test]
fn what_is_struck_out_is_told_of_runs_and_of_cells() {
    for is_split in [false, true] {
        let book = reading(&rich(is_split)).unwrap();
        let cells: Vec<(String, Value, Option<&str>)> = book.sheets[0]
            .cells
            .iter()
            .map(|cell| (cell.at.to_string(), cell.value.clone(), cell.look.struck.as_deref()))
            .collect();
        let text = |text: &str| Value::Text(text.into());
        let expected = [
            ("A1".to_owned(), text("2"), Some("3 or ")),
            ("A2".to_owned(), text("2"), Some("2")),
            ("A3".to_owned(), text("3 or "), Some("2")),
        ];
        assert_eq!(cells, expected, "{is_split}");
    }
}

#[test]
fn what_is_raised_or_lowered_is_a_mark() {
    for (level, expected) in [(0, "361"), (1, "36¹"), (2, "36₁")] {
        let mut records = earlier(Some(1252), b"A", b"a", b"0");
        let font = |level: u8| (0x0031, [&[220, 0, 0, 0, 0, 0, 0, 0, level][..], &[0; 5], b"\x01A"].concat());
        records.splice(1..1, [font(0), font(level)]);
        let end = records.len() - 1;
        records.insert(end, (0x00D6, [&[2, 0, 0, 0, 0, 0, 3, 0][..], b"361", &[1, 2, 1]].concat()));
        let earlier = reading(&records).unwrap();
        let mut records = rich(false);
        records.splice(1..6, [font(0), font(level), font(0), font(0), font(0)]);
        let end = records.len() - 1;
        let content = [&[3, 0, 0, 0, 0, 0, 3, 0, 0][..], b"361", &[1, 0, 2, 0, 1, 0]].concat();
        records.insert(end, (0x00D6, content));
        for book in [earlier, reading(&records).unwrap()] {
            assert_eq!(book.sheets[0].cells.last().unwrap().text(), Some(expected), "{level}");
        }
    }
}

#[test]
fn what_is_struck_out_of_earlier_texts_is_told() {
    let mut records = earlier(Some(1252), b"A", b"a", b"0");
    let font = |flags: u8| (0x0031, [&[220, 0, flags, 0][..], &[0; 10], b"\x01A"].concat());
    records.splice(1..1, [font(0), font(8)]);
    let end = records.len() - 1;
    records.insert(end, (0x00D6, [&[2, 0, 0, 0, 0, 0, 6, 0][..], b"3 or 2", &[2, 0, 1, 5, 0]].concat()));
    let book = reading(&records).unwrap();
    let cell = book.sheets[0].cells.last().unwrap();
    assert_eq!((&cell.value, cell.look.struck.as_deref()), (&Value::Text("2".into()), Some("3 or ")));
}
