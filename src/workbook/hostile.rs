//! Files that are to cost an error, or nothing: tests of reading what nobody should send.

use std::fmt::Write as _;

use super::plain_zip::PlainZip;
use super::{Format, ReadError, Source, Value, Workbook, read};
use crate::ooxml::{Limit, Limits, Package};

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const LINKS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

fn reading(bytes: Vec<u8>) -> Result<Workbook, ReadError> {
    read(&Source::new("a.xlsx", bytes), &Limits::default())
}

/// Puts a workbook together of one sheet's rows and the kept strings.
fn workbook(rows: &str, strings: &str) -> Vec<u8> {
    let mut zip = PlainZip::default();
    let types = format!(
        r#"<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#
    );
    let link = |id: u8, word: &str, target: &str| {
        format!(r#"<Relationship Id="r{id}" Type="{LINKS}/{word}" Target="{target}"/>"#)
    };
    let links = |links: String| format!(r#"<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>"#);
    zip.add("[Content_Types].xml", types.as_bytes());
    zip.add("_rels/.rels", links(link(1, "officeDocument", "xl/workbook.xml")).as_bytes());
    let book = format!(
        r#"<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>"#
    );
    zip.add("xl/workbook.xml", book.as_bytes());
    let of_book = link(1, "worksheet", "odd/path.xml") + &link(2, "sharedStrings", "texts.xml");
    zip.add("xl/_rels/workbook.xml.rels", links(of_book).as_bytes());
    let sheet = format!(r#"<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>"#);
    zip.add("xl/odd/path.xml", sheet.as_bytes());
    zip.add("xl/texts.xml", strings.as_bytes());
    zip.finish()
}

fn limit_of(bytes: Vec<u8>) -> Option<Limit> {
    match reading(bytes) {
        Err(ReadError::TooLarge { limit, .. }) => Some(limit),
        Err(
            ReadError::Foreign(_)
            | ReadError::NotHere(_)
            | ReadError::Packed(_)
            | ReadError::Damaged(_)
            | ReadError::Encrypted,
        )
        | Ok(_) => None,
    }
}

#[test]
fn a_stray_cell_in_the_last_corner_costs_one_cell() {
    let rows = r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>"#;
    let sheet = &reading(workbook(rows, "<sst/>")).unwrap().sheets[0];
    let cells: Vec<_> = sheet.cells.iter().map(|cell| (cell.at.to_string(), cell.value.clone())).collect();
    assert_eq!(cells, [("A1".into(), Value::Number(1.0)), ("XFD1048576".into(), Value::Number(2.0))]);
}

#[test]
fn rows_that_are_repeated_but_empty_cost_nothing() {
    let cell = |column: u32, value: u8| {
        let empty = format!(r#"<table:table-cell table:number-columns-repeated="{column}"/>"#);
        let before = if column == 0 { "" } else { empty.as_str() };
        format!(
            r#"<table:table-row>{before}<table:table-cell office:value-type="float" office:value="{value}"/></table:table-row>"#
        )
    };
    let gap = r#"<table:table-row table:number-rows-repeated="1048574"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"#;
    let content = format!(
        r#"<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:spreadsheet><table:table table:name="A">{}{gap}{}</table:table></office:spreadsheet></office:body></office:document-content>"#,
        cell(0, 1),
        cell(16383, 2)
    );
    let mut zip = PlainZip::default();
    zip.add("mimetype", b"application/vnd.oasis.opendocument.spreadsheet");
    zip.add("content.xml", content.as_bytes());
    let read = reading(zip.finish()).unwrap();
    let cells: Vec<_> = read.sheets[0].cells.iter().map(|cell| (cell.at.to_string(), cell.value.clone())).collect();
    assert_eq!(cells, [("A1".into(), Value::Number(1.0)), ("XFD1048576".into(), Value::Number(2.0))]);
}

/// Returns a binary workbook with a last row of these records of cells.
fn binary_workbook(cells: &[u8]) -> Vec<u8> {
    const END_OF_ROWS: &[u8] = b"\x92\x01\x00";
    let row = b"\x00\x19\xFF\xFF\x0F\x00\0\0\0\0\x2C\x01\0\0\0\x01\0\0\0\xFF\x3F\0\0\xFF\x3F\0\0";
    let fixture = include_bytes!("../../tests/fixtures/content.xlsb");
    let package = Package::open(fixture.as_slice(), &Limits::default()).unwrap();
    let mut zip = PlainZip::default();
    for part in package.parts() {
        let bytes = package.read(part).unwrap();
        let end = memchr::memmem::find(&bytes, END_OF_ROWS).filter(|_| part.as_str().ends_with("sheet1.bin"));
        let bytes = end.map_or_else(|| bytes.clone(), |end| [&bytes[..end], row, cells, &bytes[end..]].concat());
        zip.add(part.as_str(), &bytes);
    }
    zip.finish()
}

#[test]
fn a_binary_sheet_costs_its_cells_and_not_its_grid() {
    let read = reading(binary_workbook(b"\x02\x0C\xFF\x3F\0\0\0\0\0\0\x1E\0\0\0")).unwrap();
    let last = read.sheets[0].cells.last().unwrap();
    assert_eq!((last.at.to_string().as_str(), &last.value), ("XFD1048576", &Value::Number(7.0)));
}

#[test]
fn a_formula_that_no_words_can_be_made_of_is_still_one() {
    let stored: [(u8, &[u8], Value); 4] = [
        (0x08, b"\x01\0\0\0a\0", Value::Text("a".into())),
        (0x09, &1.5_f64.to_le_bytes(), Value::Number(1.5)),
        (0x0A, &[1], Value::Logical(true)),
        (0x0B, &[0x2A], Value::Error("#N/A".into())),
    ];
    let record = |column: u32, (kind, stored): (u8, &[u8]), tokens: &[u8]| {
        let length = u32::try_from(tokens.len()).unwrap().to_le_bytes();
        let content = [&column.to_le_bytes()[..], &[0; 4], stored, &[0; 2], &length, tokens, &[0; 4]].concat();
        [&[kind, u8::try_from(content.len()).unwrap()], &content[..]].concat()
    };
    for token in 0..=u8::MAX {
        for tokens in [vec![], vec![token], [&[token][..], &[0; 14]].concat(), [&[token][..], &[0xFF; 14]].concat()] {
            let cells = (0..).zip(&stored).map(|(column, (kind, stored, _))| record(column, (*kind, *stored), &tokens));
            // What stands behind is put in words.
            let last = record(4, (0x0A, &[1]), &[0x1E, 5, 0]);
            let read = reading(binary_workbook(&cells.chain([last]).collect::<Vec<_>>().concat())).unwrap();
            let (last, cells) = read.sheets[0].cells.split_last().unwrap();
            assert_eq!(last.formula.as_deref(), Some("5"), "{tokens:02X?}");
            let cells = &cells[cells.len() - stored.len()..];
            for (cell, (_, _, value)) in cells.iter().zip(&stored) {
                assert_eq!((&cell.value, cell.formula.is_some()), (value, true), "{tokens:02X?} {}", cell.at);
            }
        }
    }
}

/// Puts a workbook of Excel 97 to 2003 together of the records of sheets.
fn old_workbook(sheets: &[&[u8]]) -> Vec<u8> {
    const BEGIN: &[u8] = b"\x09\x08\x10\x00\x00\x06\x05\x00\0\0\0\0\0\0\0\0\0\0\0\0";
    const END: &[u8] = b"\x0A\x00\x00\x00";
    let mut start = BEGIN.len() + sheets.len() * 13 + END.len();
    let mut stream = BEGIN.to_vec();
    for (name, records) in (b'A'..).zip(sheets) {
        stream.extend(b"\x85\x00\x09\x00");
        stream.extend(u32::try_from(start).unwrap().to_le_bytes());
        stream.extend([0, 0, 1, 0, name]);
        start += BEGIN.len() + records.len() + END.len();
    }
    stream.extend(END);
    stream.extend(sheets.iter().flat_map(|records| [BEGIN, records, END].concat()));
    let mut file = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).unwrap();
    std::io::Write::write_all(&mut file.create_stream("/Workbook").unwrap(), &stream).unwrap();
    file.into_inner().into_inner()
}

#[test]
fn an_old_sheet_costs_its_cells_and_not_its_grid() {
    let sheet: &[u8] = b"\x00\x02\x0E\x00\0\0\0\0\xFF\xFF\xFF\xFF\0\0\x00\x01\0\0\
        \x7E\x02\x0A\x00\x00\x00\x00\x00\x00\x00\x06\x00\x00\x00\
        \xBD\x00\x12\x00\x02\x00\x01\x00\x00\x00\x0A\x00\x00\x00\x00\x00\x0E\x00\x00\x00\x02\x00\
        \x7E\x02\x0A\x00\x00\x00\x00\x00\x00\x00\x16\x00\x00\x00\
        \x05\x02\x08\x00\xFF\xFF\xFF\x00\x00\x00\x01\x00";
    let read = reading(old_workbook(&[sheet, b"", sheet])).unwrap();
    let number = Value::Number;
    let expected = [("A1", number(5.0)), ("B3", number(2.0)), ("C3", number(3.0)), ("IV65536", Value::Logical(true))];
    for sheet in [0, 2] {
        let cells = &read.sheets[sheet].cells;
        let cells: Vec<_> = cells.iter().map(|cell| (cell.at.to_string(), cell.value.clone())).collect();
        assert_eq!(cells, expected.clone().map(|(at, value)| (at.to_owned(), value)), "{sheet}");
    }
    assert!(read.sheets[1].cells.is_empty());
}

#[test]
fn sectors_behind_the_end_of_a_file_may_be_said_to_end_chains() {
    let usual = old_workbook(&[b"\x7E\x02\x0A\x00\x00\x00\x00\x00\x00\x00\x06\x00\x00\x00"]);
    let size = 1 << usual[30];
    let table = (usize::from(usual[76]) + 1) * size;
    let behind = table + 4 * (usual.len() / size - 1);
    let mut odd = usual.clone();
    odd[behind..table + size].chunks_exact_mut(4).for_each(|entry| entry.copy_from_slice(b"\xFE\xFF\xFF\xFF"));
    let cells = |bytes: Vec<u8>| reading(bytes).map(|read| read.sheets[0].cells.len());
    assert_eq!(cells(odd.clone()).unwrap(), 1);
    assert_eq!(cells(usual).unwrap(), 1);
    odd.truncate(odd.len() - size);
    assert!(matches!(reading(odd), Err(ReadError::Damaged(_))), "what is cut off isn't made up");
}

#[test]
fn an_old_sheet_that_ends_within_a_cell_is_damaged() {
    let cases: [&[u8]; 3] = [
        b"\x7E\x02\x02\x00\x00\x00",
        b"\xBD\x00\x0C\x00\x02\x00\x05\x00\x00\x00\x0A\x00\x00\x00\x02\x00",
        b"\xBD\x00\x00\x00",
    ];
    for records in cases {
        assert!(matches!(reading(old_workbook(&[records])), Err(ReadError::Damaged(_))), "{records:02X?}");
    }
}

#[test]
fn cells_that_no_sheet_has_are_refused() {
    for cell in ["A1048577", "XFE1"] {
        let rows = format!(r#"<row><c r="{cell}"><v>1</v></c></row>"#);
        let error = reading(workbook(&rows, "<sst/>")).unwrap_err();
        assert!(error.to_string().contains("where no sheet has one"), "{cell}: {error}");
    }
    let twice = r#"<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>"#;
    assert!(reading(workbook(twice, "<sst/>")).unwrap_err().to_string().contains("A1 twice"));
}

#[test]
fn formulas_keep_what_is_stored_with_them() {
    let rows = r#"<row r="1"><c r="A1"><f>B1+1</f></c><c r="B1" t="str"><f>""</f><v></v></c><c r="C1" t="e"><f>X()</f><v>#SPILL!</v></c>
        <c r="D1"><f t="shared" si="0"/><v>4</v></c><c r="E1"><f t="shared" si="0" ref="D1:E1">A1*2</f><v>2</v></c><c r="F1" t="inlineStr"><is><r><t>a</t></r><r><t xml:space="preserve"> b</t></r></is></c>
        <c r="G1" t="s"><v>0</v></c><c r="H1" t="s"><v>1</v></c><c r="I1"><f t="shared" si="99999999999" ref="I1">1</f><v>1</v></c></row>"#;
    let strings = r#"<sst uniqueCount="9999999999999"><si><t></t></si><si><t>x</t><rPh><t>y</t></rPh></si></sst>"#;
    let sheet = &reading(workbook(rows, strings)).unwrap().sheets[0];
    let cells: Vec<_> = sheet.cells.iter().map(|c| (c.at.to_string(), c.value.clone(), c.formula.as_deref())).collect();
    let text = |text: &str| Value::Text(text.into());
    let expected = [
        ("A1", Value::Empty, Some("B1+1")),
        ("B1", text(""), Some("\"\"")),
        ("C1", Value::Error("#SPILL!".into()), Some("X()")),
        // Shared formulas move with the cell, here to the left of their first column.
        ("D1", Value::Number(4.0), Some("A1*2")),
        ("E1", Value::Number(2.0), Some("A1*2")),
        ("F1", text("a b"), None),
        ("H1", text("x"), None),
        ("I1", Value::Number(1.0), Some("1")),
    ];
    assert_eq!(cells, expected.map(|(at, value, formula)| (at.to_owned(), value, formula)));
}

#[test]
fn twenty_thousand_filled_rows_are_read() {
    let mut rows = String::new();
    for row in 1..=20_000 {
        write!(rows, r#"<row r="{row}"><c r="A{row}"><v>{row}</v></c><c r="B{row}" t="b"><v>1</v></c></row>"#).unwrap();
    }
    assert_eq!(reading(workbook(&rows, "<sst/>")).unwrap().sheets[0].cells.len(), 40_000);
}

#[test]
fn what_grows_beyond_a_limit_names_it() {
    let strings = format!("<sst>{}</sst>", "<si><t>a</t></si>".repeat(1_000_000));
    assert_eq!(limit_of(workbook("", &strings)), Some(Limit::Strings));
    let deep = format!("{}{}", "<row>".repeat(10_000), "</row>".repeat(10_000));
    assert_eq!(limit_of(workbook(&deep, "<sst/>")), Some(Limit::Depth));
    let text = "x".repeat(1 << 20);
    let mut rows = String::new();
    for row in 1..=400 {
        write!(rows, r#"<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>"#).unwrap();
    }
    let repeated = workbook(&rows, &format!("<sst><si><t>{text}</t></si></sst>"));
    assert_eq!(limit_of(repeated), Some(Limit::Content));
    assert_eq!(limit_of(vec![b' '; 65 << 20]), Some(Limit::File));
}

#[test]
fn what_is_no_workbook_is_said_so() {
    let whole = workbook("<row/>", "<sst/>");
    let cases: [(Vec<u8>, &str); 6] = [
        (Vec::new(), "the workbook itself isn't here: the file is empty"),
        (b"Code;Score\r\n1.1;2\r\n".to_vec(), "the file is plain text, such as comma-separated values (CSV)"),
        (b"<html><body><table>".to_vec(), "the file is a web page (HTML)"),
        (
            whole[..whole.len() / 2].to_vec(),
            "the workbook is damaged: the zip archive is damaged: it ends before its directory",
        ),
        (workbook("<row><c", "<sst/>"), "the workbook is damaged: the sheet `A` can't be read"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1cut".to_vec(), "the workbook is damaged: "),
    ];
    for (bytes, expected) in cases {
        let error = reading(bytes).unwrap_err().to_string();
        assert!(error.starts_with(expected), "{error}");
    }
    assert_eq!(reading(whole).unwrap().format, Format::Xlsx);
}

#[test]
fn an_encrypted_workbook_of_open_document_is_told_as_one() {
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    let manifest = format!(
        "<manifest:file-entry manifest:media-type=\"{kind}\"><manifest:encryption-data/></manifest:file-entry>"
    );
    // Earlier programs encrypt each part, later ones the package as a whole.
    for encrypted in ["content.xml", "encrypted-package"] {
        let parts = [("mimetype", kind), ("META-INF/manifest.xml", &manifest), (encrypted, "\u{1}\u{2}")];
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, content) in parts {
            writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            std::io::Write::write_all(&mut writer, content.as_bytes()).unwrap();
        }
        let bytes = writer.finish().unwrap().into_inner();
        assert!(matches!(reading(bytes), Err(ReadError::Encrypted)), "{encrypted}");
    }
}

#[test]
fn an_encrypted_workbook_is_told_from_a_damaged_one() {
    let mut file = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).unwrap();
    file.create_stream("/EncryptionInfo").unwrap();
    file.create_stream("/EncryptedPackage").unwrap();
    let bytes = file.into_inner().into_inner();
    assert!(matches!(reading(bytes), Err(ReadError::Encrypted)));
    let mut file = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).unwrap();
    file.create_stream("/WordDocument").unwrap();
    let error = reading(file.into_inner().into_inner()).unwrap_err();
    assert_eq!(error.to_string(), "the file is a Word document");
}
