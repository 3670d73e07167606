//! Workbooks as programs write them, read from files.

use scrutineer::ooxml::Limits;
use scrutineer::workbook::{Format, Sheet, Source, Workbook, read};

/// Reads a fixture.
#[track_caller]
fn fixture(name: &str) -> Workbook {
    let bytes = std::fs::read(format!("{}/tests/fixtures/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    read(&Source::new(name, bytes), &Limits::default()).unwrap()
}

/// Writes a sheet out: its facts, then a line a cell.
fn written(sheet: &Sheet) -> String {
    let list = |items: Vec<String>| items.join(" ");
    let cells = sheet.cells.iter().map(|cell| format!("\n{} {:?} {:?}", cell.at, cell.value, cell.formula));
    format!(
        "{} {:?} rows {:?} columns {:?} merges {} notes {:?}{}",
        sheet.name,
        sheet.visibility,
        sheet.hidden_rows,
        sheet.hidden_columns,
        list(sheet.merges.iter().map(ToString::to_string).collect()),
        sheet.notes,
        cells.collect::<String>()
    )
}

#[test]
fn the_same_content_in_five_formats_gives_the_same_workbook() {
    let original = fixture("content.xlsx");
    assert_eq!(original.sheets[0].cells.iter().filter(|cell| cell.formula.is_some()).count(), 10);
    for (name, format) in [("content.xlsm", Format::Xlsm), ("content.xls", Format::Xls), ("content.ods", Format::Ods)] {
        let other = fixture(name);
        assert_eq!(other.format, format, "{name}");
        for (sheet, original) in other.sheets.iter().zip(&original.sheets) {
            assert_eq!(written(sheet), written(original), "{name}");
            assert_eq!(sheet.validations, original.validations, "{name}");
            assert_eq!(sheet.is_protected, original.is_protected, "{name}");
        }
        assert_eq!(other.sheets.len(), original.sheets.len(), "{name}");
    }
}

#[test]
fn the_binary_format_gives_the_same_values() {
    let (original, binary) = (fixture("content.xlsx"), fixture("content.xlsb"));
    assert_eq!(binary.format, Format::Xlsb);
    for (sheet, original) in binary.sheets.iter().zip(&original.sheets) {
        let mut constants = original.clone();
        for cell in &mut constants.cells {
            cell.formula = None;
        }
        assert_eq!(written(sheet), written(&constants));
    }
}

#[test]
fn what_excel_encrypts_by_its_own_password_gives_the_same_workbook() {
    let by_original = [
        ("content.xlsx", ["encrypted-2007.xlsx", "encrypted-2010.xlsx", "encrypted-2013.xlsx"]),
        ("content.xls", ["encrypted-xor.xls", "encrypted-rc4.xls", "encrypted-cryptoapi.xls"]),
    ];
    for (original, encrypted) in by_original {
        let original = fixture(original);
        for name in encrypted {
            let opened = fixture(name);
            assert_eq!(opened.format, original.format, "{name}");
            for (sheet, original) in opened.sheets.iter().zip(&original.sheets) {
                assert_eq!(written(sheet), written(original), "{name}");
            }
            assert_eq!(opened.sheets.len(), original.sheets.len(), "{name}");
        }
    }
}

#[test]
fn what_is_changed_in_an_encrypted_workbook_is_refused_or_read() {
    for name in ["encrypted-2007.xlsx", "encrypted-2010.xlsx", "encrypted-cryptoapi.xls"] {
        let bytes = std::fs::read(format!("{}/tests/fixtures/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        for at in (0..bytes.len()).step_by(bytes.len() / 40) {
            let mut changed = bytes.clone();
            changed[at] ^= 0xFF;
            let _read_or_refused = read(&Source::new(name, changed), &Limits::default());
        }
    }
}
