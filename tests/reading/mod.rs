//! Workbooks as programs write them, read from files.

mod changed;
mod odd_parts;

use std::io::{Cursor, Read, Write};

use scrutineer::ooxml::Limits;
use scrutineer::workbook::{Cell, Format, Over, Sheet, Source, Value, Visibility, Workbook, read};

use crate::support::file::{self, zipped};

/// Returns the bytes of a fixture.
#[track_caller]
fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/fixtures/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// Reads a fixture.
#[track_caller]
fn fixture(name: &str) -> Workbook {
    read(&Source::new(name, bytes(name)), &Limits::default()).unwrap()
}

/// Returns a fixture whose parts, each by its name, have been written otherwise; `None` leaves one out.
#[track_caller]
fn with_parts(name: &str, mut other: impl FnMut(&str, Vec<u8>) -> Option<Vec<u8>>) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes(name))).unwrap();
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for number in 0..archive.len() {
        let mut file = archive.by_index(number).unwrap();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        let part = file.name().unwrap().into_owned();
        let Some(content) = other(&part, content) else { continue };
        writer.start_file(part, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(&content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// Reads a fixture after its parts have been written otherwise.
#[track_caller]
fn rewritten(name: &str, other: impl FnMut(&str, Vec<u8>) -> Option<Vec<u8>>) -> Workbook {
    read(&Source::new(name, with_parts(name, other)), &Limits::default()).unwrap()
}

/// Writes a workbook out: each sheet.
fn all(workbook: &Workbook) -> Vec<String> {
    workbook.sheets.iter().map(written).collect()
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

/// Returns what floats over the first sheet, in order of its cells.
fn floating(workbook: &Workbook) -> Vec<(Over, String, String)> {
    let mut all: Vec<_> = workbook.sheets[0].floating.iter().collect();
    all.sort_by_key(|one| one.cells);
    all.iter().map(|one| (one.kind, one.cells.to_string(), one.says.clone())).collect()
}

/// Returns a part of the workbook with pictures and the like.
fn part_of_floating(name: &str) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes("floating.xlsx"))).unwrap();
    let mut part = Vec::new();
    archive.by_name(name).unwrap().read_to_end(&mut part).unwrap();
    part
}

#[test]
fn what_floats_over_cells_is_told_in_every_format() {
    let expected = [(Over::Picture, "C3", ""), (Over::TextBox, "E5", "see May"), (Over::Control, "G7", "Tick")];
    let expected = expected.map(|(kind, cells, says)| (kind, cells.to_owned(), says.to_owned()));
    assert_eq!(floating(&fixture("floating.xlsx")), expected);
    assert_eq!(floating(&fixture("floating.xls")), expected);
    // OpenDocument keeps what a button says with its form.
    let mut silent = expected.clone();
    silent[2].2.clear();
    assert_eq!(floating(&fixture("floating.ods")), silent);
    let binary = rewritten("content.xlsb", |name, part| match name {
        "xl/worksheets/_rels/sheet1.bin.rels" => {
            let link = "<Relationship Id=\"rId9\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/drawing\" \
                        Target=\"../../docProps/core.xml\"/></Relationships>";
            Some(String::from_utf8(part).unwrap().replace("</Relationships>", link).into_bytes())
        }
        "docProps/core.xml" => Some(part_of_floating("xl/drawings/drawing1.xml")),
        "xl/drawings/vmlDrawing1.vml" => Some(part_of_floating("xl/drawings/vmlDrawing1.vml")),
        _ => Some(part),
    });
    assert_eq!((floating(&binary), binary.format), (expected.to_vec(), Format::Xlsb));
}

/// Returns how each cell of the first sheet looks: what is seen, whether that is hidden, and what is struck out.
fn looks(workbook: &Workbook) -> Vec<String> {
    let system = workbook.date_system;
    let look = |cell: &Cell| {
        format!("{} {} {} {:?}", cell.at, cell.shown(system), cell.is_masked(system), cell.look.struck.as_deref())
    };
    workbook.sheets[0].cells.iter().map(look).collect()
}

#[test]
fn cells_look_the_same_in_every_format() {
    let original = fixture("look.xlsx");
    let expected = looks(&original);
    for (line, start) in [(1, "B1 37.5% false"), (9, "B5 36:00"), (19, "B10 3 true")] {
        assert!(expected.iter().any(|look| look.starts_with(start)), "{line}: {expected:#?}");
    }
    // Which part of a text is struck out the binary formats tell elsewhere; the program that wrote `xlsb` writes no fonts.
    let whole = |look: &&String| !look.starts_with("B20 ");
    assert_eq!(looks(&fixture("look.ods")), expected);
    let of_xls = looks(&fixture("look.xls"));
    assert_eq!(of_xls.iter().filter(whole).collect::<Vec<_>>(), expected.iter().filter(whole).collect::<Vec<_>>());
    let unstruck = |look: &&String| !look.contains("Some(");
    let of_xlsb = looks(&fixture("look.xlsb"));
    let seen = |looks: &[String]| {
        looks
            .iter()
            .filter(unstruck)
            .filter(|look| !["B18", "B19", "B20"].contains(&&look[..3]))
            .cloned()
            .collect::<Vec<_>>()
    };
    assert_eq!(seen(&of_xlsb), seen(&expected));
    for name in ["look.ods", "look.xls", "look.xlsb"] {
        let (other, original) = (&fixture(name).sheets[0], &original.sheets[0]);
        assert_eq!(
            (&other.hidden_rows, &other.hidden_columns),
            (&original.hidden_rows, &original.hidden_columns),
            "{name}"
        );
    }
}

/// Returns what the formats of the first sheet's numbers would show of others.
fn formats(workbook: &Workbook) -> Vec<String> {
    let numbers = workbook.sheets[0].cells.iter().filter(|cell| cell.text().is_none());
    let shown = |cell: &Cell| {
        let format = cell.look.format.as_ref();
        let shown =
            [3.0, -2.0, 45_658.25].map(|number| format.map(|format| format.number(number, workbook.date_system)));
        format!("{} {:?} {shown:?}", cell.at, format.map(|format| format.shows()))
    };
    numbers.map(shown).collect()
}

#[test]
fn open_document_has_the_formats_of_its_cells() {
    assert_eq!(formats(&fixture("look.ods")), formats(&fixture("look.xlsx")));
}

#[test]
fn what_a_formula_of_open_document_gives_is_what_is_seen() {
    let own = r#"<number:boolean-style style:name="N99"><number:boolean/></number:boolean-style><number:time-style style:name="N40"><number:hours number:style="long"/><number:text>:</number:text><number:minutes number:style="long"/></number:time-style><style:style style:name="truth" style:family="table-cell" style:data-style-name="N99"/><style:style style:name="time" style:family="table-cell" style:data-style-name="N40"/>"#;
    let float = |formula: &str, value: &str, shown: &str| {
        format!(
            r#"<table:table-cell table:formula="of:={formula}" office:value-type="float" office:value="{value}"><text:p>{shown}</text:p></table:table-cell>"#
        )
    };
    let cases = [
        (float("TRUE()", "1", "TRUE"), Value::Logical(true)),
        (float("FALSE()", "0", "FALSCH"), Value::Logical(false)),
        (float("[.A1]&gt;0", "1", "TRUE"), Value::Logical(true)),
        (float("[.A1]&gt;0", "1", "1"), Value::Number(1.0)),
        (float("[.A1]/0", "0", "#DIV/0!"), Value::Error("#DIV/0!".into())),
        (
            r#"<table:table-cell table:style-name="truth" office:value-type="float" office:value="1"><text:p>WAHR</text:p></table:table-cell>"#
                .to_owned(),
            Value::Logical(true),
        ),
        (r#"<table:table-cell table:formula="of:=&quot;&quot;"><text:p/></table:table-cell>"#.to_owned(), Value::Text("".into())),
        (r#"<table:table-cell table:formula="of:=[.A1]"/>"#.to_owned(), Value::Empty),
        (
            r#"<table:table-cell table:style-name="time" office:value-type="time" office:time-value="PT1095792H00M00S"><text:p>00:00</text:p></table:table-cell>"#
                .to_owned(),
            Value::Date(45_658.0),
        ),
    ];
    for (cell, expected) in cases {
        let book = read(&Source::new("a.ods", open_document("", "", own, &cell)), &Limits::default()).unwrap();
        assert_eq!(book.sheets[0].cells[0].value, expected, "{cell}");
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

#[test]
fn parts_in_utf_16_give_the_same_workbook() {
    let little = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let big = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
    for name in ["content.xlsx", "look.xlsx", "content.ods", "look.ods"] {
        let expected = all(&fixture(name));
        for (mark, is_big) in [("\u{feff}", false), ("\u{feff}", true), ("", false), ("", true)] {
            let recoded = |part: &str, content: Vec<u8>| {
                let Some(text) = String::from_utf8(content.clone()).ok().filter(|_| part != "mimetype") else {
                    return Some(content);
                };
                let text = format!("{mark}{}", text.trim_start_matches('\u{feff}').replace("UTF-8", "UTF-16"));
                Some(if is_big { big(&text) } else { little(&text) })
            };
            // The kind of an OpenDocument file is told by a part that is no XML.
            assert_eq!(all(&rewritten(name, recoded)), expected, "{name} {mark:?} {is_big}");
        }
    }
}

#[test]
fn parts_in_a_declared_encoding_give_its_letters() {
    let cases = [("ISO-8859-1", 0xE9, "\u{e9}"), ("windows-1251", 0xC6, "\u{416}"), ("iso-8859-2", 0xF8, "\u{159}")];
    for (encoding, byte, letter) in cases {
        let recoded = |part: &str, content: Vec<u8>| {
            let text = String::from_utf8(content).unwrap().replace('\u{a3}', "#");
            if part != "xl/sharedStrings.xml" && part != "xl/workbook.xml" {
                return Some(text.into_bytes());
            }
            let text = text
                .replacen("UTF-8", encoding, 1)
                .replace(" name=\"", " name=\"\u{1}")
                .replace("<si><t>", "<si><t>\u{1}");
            let text = text.replace("<si><t xml:space=\"preserve\">", "<si><t>\u{1}");
            assert!(text.is_ascii() && text.contains('\u{1}') && text.contains(encoding), "{text}");
            Some(text.bytes().map(|at| if at == 1 { byte } else { at }).collect())
        };
        let sheet = &rewritten("look.xlsx", recoded).sheets[0];
        assert!(sheet.name.starts_with(letter), "{encoding}: {}", sheet.name);
        assert!(sheet.cells.iter().filter_map(Cell::text).any(|text| text.starts_with(letter)), "{encoding}");
    }
}

#[test]
fn an_open_document_without_its_kind_gives_the_same_workbook() {
    for name in ["content.ods", "look.ods"] {
        let without =
            |left_out: &'static str| rewritten(name, move |part, content| (part != left_out).then_some(content));
        for part in ["mimetype", "META-INF/manifest.xml", "styles.xml", "settings.xml", "meta.xml"] {
            assert_eq!(all(&without(part)).len(), all(&fixture(name)).len(), "{name} without {part}");
        }
        assert_eq!(all(&without("mimetype")), all(&fixture(name)), "{name}");
    }
}

/// Writes an OpenDocument workbook: the common styles, those of headers and footers, those of the content, and the cells of a row.
fn open_document(common: &str, of_headers: &str, own: &str, cells: &str) -> Vec<u8> {
    let styles = format!(
        "<office:styles>{common}</office:styles><office:automatic-styles>{of_headers}</office:automatic-styles>"
    );
    let content = format!(
        r#"<office:automatic-styles>{own}</office:automatic-styles><office:body><office:spreadsheet><table:table table:name="A" table:style-name="ta1"><table:table-row>{cells}</table:table-row></table:table></office:spreadsheet></office:body>"#
    );
    let part = |name: &str, text: &str| (name.to_owned(), text.as_bytes().to_vec());
    zipped(&[
        part("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        part("styles.xml", &file::open_document(&styles)),
        part("content.xml", &file::open_document(&content)),
    ])
}

/// Returns a style of OpenDocument that says something of a text.
fn style(name: &str, family: &str, parent: &str, said: &str) -> String {
    let parent = if parent.is_empty() { String::new() } else { format!(r#" style:parent-style-name="{parent}""#) };
    let said = match said {
        "" => String::new(),
        said => format!(r#"<style:text-properties style:text-line-through-style="{said}"/>"#),
    };
    format!(r#"<style:style style:name="{name}" style:family="{family}"{parent}>{said}</style:style>"#)
}

#[test]
fn a_style_of_open_document_has_what_its_parents_have() {
    let cell = "table-cell";
    let gone = style("Gone", cell, "Default", "solid");
    // The common styles, those of the content, the style of the cell, and whether it is struck out.
    let cases: [(&str, String, String, &str, bool); 10] = [
        ("a named style", gone.clone(), String::new(), "Gone", true),
        ("a child of one", gone.clone(), style("ce1", cell, "Gone", ""), "ce1", true),
        ("a child that says otherwise", gone.clone(), style("ce1", cell, "Gone", "none"), "ce1", false),
        ("a grandchild", gone.clone() + &style("Mid", cell, "Gone", ""), style("ce1", cell, "Mid", ""), "ce1", true),
        ("the usual style of cells", style("Default", cell, "", "solid"), String::new(), "", true),
        ("one that rests on it", style("Default", cell, "", "solid"), style("ce1", cell, "Default", ""), "ce1", true),
        (
            "the default style",
            style("", cell, "", "solid").replace("style:style", "style:default-style"),
            String::new(),
            "",
            true,
        ),
        ("another family's of that name", style("Gone", "graphic", "", "solid"), String::new(), "Gone", false),
        ("one that is its own parent", style("Gone", cell, "Gone", ""), String::new(), "Gone", false),
        ("one that isn't there", String::new(), style("ce1", cell, "Lost", ""), "ce1", false),
    ];
    for (what, common, own, named, is_struck) in cases {
        let named = if named.is_empty() { String::new() } else { format!(r#" table:style-name="{named}""#) };
        let cells = format!(
            r#"<table:table-cell{named} office:value-type="string"><text:p>words</text:p></table:table-cell><table:table-cell{named} office:value-type="float" office:value="3"><text:p>3</text:p></table:table-cell>"#
        );
        let of_headers = style("ce1", cell, "", "solid");
        let bytes = open_document(&common, &of_headers, &own, &cells);
        let book = read(&Source::new("a.ods", bytes), &Limits::default()).unwrap();
        let struck: Vec<Option<&str>> = book.sheets[0].cells.iter().map(|cell| cell.look.struck.as_deref()).collect();
        let expected = if is_struck { [Some("words"), Some("3")] } else { [None, None] };
        assert_eq!(struck, expected, "{what}");
    }
}

#[test]
fn parts_of_a_text_of_open_document_may_be_struck_out_or_not() {
    let common = style("Gone", "table-cell", "", "solid") + &style("Struck", "text", "", "solid");
    let own =
        style("T1", "text", "Struck", "") + &style("T2", "text", "", "none") + &style("P1", "paragraph", "", "solid");
    let cases = [
        ("", r#"<text:p><text:span text:style-name="T1">3 or </text:span>2</text:p>"#, "2", Some("3 or ")),
        ("Gone", r#"<text:p>3 or <text:span text:style-name="T2">2</text:span></text:p>"#, "2", Some("3 or ")),
        ("Gone", "<text:p>3 or 2</text:p>", "3 or 2", Some("3 or 2")),
        ("", r#"<text:p text:style-name="P1">3</text:p>"#, "3", Some("3")),
        ("", r#"<text:p><text:span text:style-name="T2">3</text:span></text:p>"#, "3", None),
    ];
    for (named, paragraphs, text, struck) in cases {
        let cells = format!(
            r#"<table:table-cell table:style-name="{named}" office:value-type="string">{paragraphs}</table:table-cell>"#
        );
        let book = read(&Source::new("a.ods", open_document(&common, "", &own, &cells)), &Limits::default()).unwrap();
        let cell = &book.sheets[0].cells[0];
        assert_eq!((cell.text(), cell.look.struck.as_deref()), (Some(text), struck), "{named} {paragraphs}");
    }
}

#[test]
fn what_is_raised_or_lowered_in_a_text_of_open_document_is_a_mark() {
    let placed = |name: &str, family: &str, position: &str| {
        format!(
            r#"<style:style style:name="{name}" style:family="{family}"><style:text-properties style:text-position="{position}"/></style:style>"#
        )
    };
    let positions = [("super 58%", "36¹"), ("33% 58%", "36¹"), ("33%", "36¹"), ("sub 58%", "36₁"), ("-33% 58%", "36₁")];
    for (position, text) in positions.into_iter().chain([("0% 100%", "361"), ("0%", "361"), ("odd", "361")]) {
        for stated in ["", r#" office:string-value="361""#] {
            let cells = format!(
                r#"<table:table-cell office:value-type="string"{stated}><text:p>36<text:span text:style-name="T1">1</text:span></text:p></table:table-cell><table:table-cell table:style-name="ce1" office:value-type="string"><text:p>3</text:p></table:table-cell>"#
            );
            let own = placed("T1", "text", position) + &placed("ce1", "table-cell", position);
            let book = read(&Source::new("a.ods", open_document("", "", &own, &cells)), &Limits::default()).unwrap();
            let texts: Vec<_> = book.sheets[0].cells.iter().filter_map(Cell::text).collect();
            assert_eq!(texts, [text, "3"], "{position} {stated}");
        }
    }
}

#[test]
fn formats_and_hidden_sheets_may_be_declared_with_the_common_styles() {
    let common = r#"<number:time-style style:name="N9" number:truncate-on-overflow="false"><number:hours/></number:time-style><number:number-style style:name="N8"/><style:style style:name="Length" style:family="table-cell" style:data-style-name="N9"/><style:style style:name="Hidden" style:family="table-cell" style:data-style-name="N8"/><style:style style:name="ta1" style:family="table"><style:table-properties table:display="false"/></style:style>"#;
    let cells = r#"<table:table-cell table:style-name="Length" office:value-type="time" office:time-value="PT06H00M00S"><text:p>6</text:p></table:table-cell><table:table-cell table:style-name="Hidden" office:value-type="float" office:value="3"><text:p/></table:table-cell>"#;
    let own = style("ce1", "table-cell", "Hidden", "");
    let cells = format!(
        "{cells}{}",
        r#"<table:table-cell table:style-name="ce1" office:value-type="float" office:value="3"><text:p/></table:table-cell>"#
    );
    let book = read(&Source::new("a.ods", open_document(common, "", &own, &cells)), &Limits::default()).unwrap();
    let sheet = &book.sheets[0];
    assert_eq!(sheet.visibility, Visibility::Hidden);
    assert_eq!(sheet.cells[0].value, Value::Elapsed(0.25));
    let is_masked: Vec<bool> = sheet.cells.iter().map(|cell| cell.is_masked(book.date_system)).collect();
    assert_eq!(is_masked, [false, true, true]);
}
