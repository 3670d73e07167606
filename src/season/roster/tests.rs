//! Rosters as programs save them.

use encoding_rs::WINDOWS_1252;

use super::*;
use crate::framework::builtin;
use crate::plain_text::TextError;

/// Reads a file as a roster.
fn read(name: &str, bytes: impl Into<Vec<u8>>) -> Result<Roster, RosterError> {
    Roster::read(&Source::new(name, bytes.into()), &[])
}

/// Returns text in UTF-16 with its mark on top.
fn utf_16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    format!("\u{feff}{text}").encode_utf16().flat_map(bytes).collect()
}

#[test]
fn columns_are_found_by_their_headings() {
    let text = "\u{feff}Region, Organisation ,Expected kinds,Size\nWales,\"Smith, Jones\", A ; B;,large\n,,,\n,Beta\n";
    let roster = read("roster.csv", text).expect("it has the heading");
    assert_eq!(roster.organisations().len(), 2);
    let first = &roster.organisations()[0];
    assert_eq!((first.organisation.as_str(), first.kinds.as_slice()), ("Smith, Jones", &["A".into(), "B".into()][..]));
    assert_eq!(roster.columns(), ["region", "size"]);
    assert_eq!(roster.find("BETA").map(|expected| expected.kinds.len()), Some(0));
}

#[test]
fn every_way_of_saving_gives_the_same_roster() {
    let comma = "Organisation name,Region,Expected kinds\r\nYnys Môn Council,Wales,A;B\r\n\"Smith, Jones\",,\r\n";
    let expected = read("roster.csv", comma).expect("as the program itself writes it");
    let semicolon = "Organisation name;Region;Expected kinds\r\nYnys Môn Council;Wales;\"A;B\"\r\nSmith, Jones;;\r\n";
    let tab = "Organisation name\tRegion\tExpected kinds\r\nYnys Môn Council\tWales\tA;B\r\n\"Smith, Jones\"\t\t\r\n";
    let bar = semicolon.replace(';', "|").replace("\"A|B\"", "A;B");
    let texts = [
        ("commas", comma.to_owned()),
        ("semicolons", semicolon.to_owned()),
        ("tabs", tab.to_owned()),
        ("bars", bar),
        ("a line that names semicolons", format!("sep=;\r\n{semicolon}")),
        ("a line that names commas", format!("\"sep=,\"\r\n{comma}")),
        ("a title above", format!("Members of the network,,\r\nAutumn 2025,,\r\n,,\r\n{comma}")),
        ("a title alone in its line", format!("Members of the network\r\n\r\n{semicolon}")),
        ("blank lines", comma.replace("\r\n", "\r\n\r\n")),
        ("empty columns behind", comma.replace("\r\n", ",,,\r\n")),
        ("empty columns before", comma.lines().flat_map(|line| [",", line, "\n"]).collect()),
    ];
    for (what, text) in &texts {
        let ansi = text.replace('ô', "\u{1}").bytes().map(|byte| if byte == 1 { 0xf4 } else { byte }).collect();
        let saved: [(&str, Vec<u8>); 6] = [
            ("UTF-8", text.clone().into_bytes()),
            ("UTF-8 with its mark", format!("\u{feff}{text}").into_bytes()),
            ("the letters of Windows", ansi),
            ("UTF-16", utf_16(text, u16::to_le_bytes)),
            ("UTF-16, the other way round", utf_16(text, u16::to_be_bytes)),
            ("UTF-16 without its mark", utf_16(text, u16::to_le_bytes)[2..].to_vec()),
        ];
        for (letters, bytes) in saved {
            let roster = read("roster.csv", bytes).unwrap_or_else(|error| panic!("{what}, {letters}: {error}"));
            assert_eq!(roster.organisations(), expected.organisations(), "{what}, {letters}");
        }
    }
}

#[test]
fn headings_are_known_by_their_words() {
    let frameworks = builtin::all();
    let names = [
        "organisation",
        "ORGANISATION",
        "Organisation:",
        " Organisation name",
        "Name of organisation",
        "Organisation_name",
        "Name of the organisation",
        "Organization",
        "Organisations",
        "Legal name of the organisation",
        "Org. name",
    ];
    let of_forms = ["Partnership", "Provider organisation"];
    for name in names.into_iter().chain(of_forms) {
        let file = Source::new("roster.csv", format!("E-mail,{name}\nx@y.org,Acme\n").into_bytes());
        let roster = Roster::read(&file, &frameworks).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(roster.organisations()[0].organisation, "Acme", "{name}");
        assert_eq!(roster.columns(), ["e_mail"], "{name}");
    }
    for kinds in [
        "expected_kinds",
        "Expected kinds",
        "Kinds expected",
        "Expected returns",
        "Kind of return expected",
        "Expected types",
    ] {
        let roster = read("roster.csv", format!("organisation,{kinds}\nAcme,A;B\n")).expect("it has the heading");
        assert_eq!(roster.organisations()[0].kinds, ["A", "B"], "{kinds}");
    }
    for other in ["name", "Organisation type", "Organisation ID", "Kind of organisation", "Contact"] {
        assert!(
            matches!(read("roster.csv", format!("{other},region\nA,B\n")), Err(RosterError::NoOrganisation(_))),
            "{other}"
        );
    }
}

#[test]
fn kinds_are_written_as_the_forms_write_them() {
    let frameworks = builtin::all();
    let text = "organisation,expected_kinds\nAcme,self assessment;EXTERNAL ASSESSMENT\nAcme,Self asessment\n";
    let roster =
        Roster::read(&Source::new("roster.csv", text.as_bytes().to_vec()), &frameworks).expect("it has both headings");
    assert_eq!(roster.organisations().len(), 1, "an organisation may have several lines");
    assert_eq!(roster.organisations()[0].kinds, ["Self-assessment", "External assessment"]);
    assert_eq!(
        roster.doubts,
        [
            "no form has the kind “Self asessment” that is expected of Acme, so that it wasn't awaited; did you mean “Self-assessment”?"
        ]
    );
}

#[test]
fn a_framework_that_nobody_knows_is_told_with_the_one_that_is_meant() {
    let frameworks = builtin::all();
    let expected = "no framework is called “CoP”, so that it can't be told by this on which a return is expected; did you mean “code-of-practice”?";
    for (written, doubts) in [
        ("seqf", &[][..]),
        ("SEQF", &[]),
        ("SEQF model fidelity", &[]),
        ("Employer_Partners", &[]),
        ("CoP", &[expected]),
    ] {
        let text = format!("organisation,framework\nAcme,{written}\nBolt,{written}\n");
        let roster = Roster::read(&Source::new("roster.csv", text.into_bytes()), &frameworks).expect(written);
        assert_eq!(roster.doubts, doubts, "{written}");
    }
}

#[test]
fn a_quote_that_is_never_closed_is_told_wherever_it_opens() {
    for separator in [',', ';', '\t'] {
        for ending in ["", "\n", "\r\n", "\nBolt\n", "\n\n"] {
            let text = format!("organisation{separator}framework\n\"Acme{separator}seqf{ending}");
            let read = read("roster.csv", text.clone());
            assert!(matches!(read, Err(RosterError::Unclosed(2))), "{text:?}: {read:?}");
        }
    }
    for (text, line) in [
        ("organisation,region\n\"Acme,Wales\nBolt,\"North\n", 2),
        ("organisation;region\nAcme;\"Wales\nBolt;North\n", 2),
        ("organisation;region\nAcme;Wales\nBolt;\"North", 3),
        ("organisation\r\n\"Acme\r\nBolt\r\n\"Cord \"\"and\"\" Co\"\r\n", 2),
    ] {
        let read = read("roster.csv", text);
        assert!(matches!(read, Err(RosterError::Unclosed(at)) if at == line), "{text:?}: {read:?}");
    }
    for text in
        ["organisation\n5\" Pipes Ltd\n", "organisation\n\"Acme \"\"Best\"\" Ltd\"\n", "organisation\n\"Acme\nLtd\"\n"]
    {
        let roster = read("roster.csv", text.to_owned()).unwrap_or_else(|error| panic!("{text:?}: {error}"));
        assert_eq!(roster.organisations().len(), 1, "{text:?}");
    }
}

#[test]
fn what_cannot_be_used_is_refused_with_its_line_and_what_to_do() {
    let cases: [(&[u8], &str); 10] = [
        (b"", "no column is headed “organisation”: it is empty"),
        (b"name,region\nA,B\n", "its first line says “name” and “region”"),
        (b"organisation,region\n", "no organisation stands below the headings in line 1"),
        (b"Organisation name,Organisation,region\n1,A,B\n", "organisation: \"A\""),
        (b"Organisation name,Name of organisation\nA,B\n", "several columns of line 1 may hold the names"),
        (b"organisation,region\nA,B\nSmith, Jones and Co,Wales\n", "“Wales” in line 3 stands beyond the last heading"),
        (b"organisation,region\nA,B\n\"Acme,Wales\nC,D\n", "a quotation mark in line 3 isn\u{2019}t closed"),
        (b"organisation,region\nA,B\nYnys M\x93n,Wales\n", "“M“n” in line 3 has letters that can\u{2019}t be told"),
        (b"organisation\nCaf\x8e Trust\n", "“CafŽ” in line 2 has letters"),
        (b"PK\x03\x04 and more", "save the list again"),
    ];
    for (bytes, expected) in cases {
        let told = read("roster.csv", bytes).map_or_else(|error| error.to_string(), |roster| format!("{roster:?}"));
        assert!(told.contains(expected), "{told}");
    }
}

#[test]
fn documents_that_are_no_list_are_refused_by_what_they_are() {
    let html: Vec<u8> = b"<html><table><tr><td>organisation</td></tr><tr><td>Acme</td></tr></table></html>".into();
    let two_bytes: Vec<u8> = b"\xFF\xFE".iter().copied().chain(html.iter().flat_map(|byte| [*byte, 0])).collect();
    let xml = b"\xEF\xBB\xBF<?xml version=\"1.0\"?>\n<members><organisation>Acme</organisation></members>";
    let cases: [(&str, Vec<u8>, &str); 9] = [
        ("roster.pdf", b"%PDF-1.7\n1 0 obj\norganisation\nAcme\n".into(), "a PDF document"),
        ("roster.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n\0".into(), "a PDF document"),
        ("roster.rtf", b"{\\rtf1 organisation\\par Acme}".into(), "a Rich Text document"),
        ("roster.html", html.clone(), "a web page (HTML)"),
        ("roster.xls", two_bytes, "a web page (HTML)"),
        ("roster.xls", [b"\r\n  ".to_vec(), html].concat(), "a web page (HTML)"),
        ("roster.xml", xml.into(), "an XML document"),
        ("roster.png", b"\x89PNG\r\n\x1a\n\0".into(), "a picture (PNG)"),
        ("roster.mht", b"MIME-Version: 1.0\r\norganisation\r\n".into(), "a web archive (MHTML)"),
    ];
    for (name, bytes, what) in cases {
        let told = read(name, bytes).expect_err(name).to_string();
        assert!(told.starts_with(&format!("no list can be read from it, as it is {what}; ")), "{name}: {told}");
        assert!(told.contains("copy what it lists into a sheet"), "{name}: {told}");
    }
    for list in ["ID;Provider organisation\n1;Acme\n", "organisation\n<Acme> Trust\n", "MZ,organisation\n1,Acme\n"] {
        let roster = Roster::read(&Source::new("roster.csv", list.as_bytes().to_vec()), &builtin::all());
        assert!(roster.is_ok(), "{list}: {roster:?}");
    }
}

#[test]
fn packed_documents_that_are_no_list_are_refused_by_what_they_are() {
    use std::io::{Cursor, Write};
    for (name, part, what) in [
        ("roster.docx", "word/document.xml", "a Word document"),
        ("roster.numbers", "Index/Document.iwa", "a document of Apple Numbers, Pages or Keynote"),
        ("roster.pages", "Index/Document.iwa", "a document of Apple Numbers, Pages or Keynote"),
        ("roster.zip", "list.csv", "a zip archive that holds no workbook"),
    ] {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file(part, zip::write::SimpleFileOptions::default()).expect("a zip takes a part");
        zip.write_all(b"organisation").expect("a part takes text");
        let bytes = zip.finish().expect("a zip ends").into_inner();
        let told = read(name, bytes).expect_err(name).to_string();
        assert!(told.starts_with(&format!("no list can be read from it, as it is {what}")), "{name}: {told}");
    }
}

#[test]
fn no_accented_letter_of_another_system_is_taken_for_a_letter_of_windows() {
    // The letters of Welsh, Irish, Gaelic, French and German names as DOS and the Macintosh have them.
    let dos: [u8; 13] = [0x82, 0x83, 0x84, 0x85, 0x87, 0x88, 0x89, 0x8a, 0x8b, 0x8c, 0x93, 0x94, 0x81];
    let macintosh: [u8; 11] = [0x8e, 0x8f, 0x90, 0x91, 0x89, 0x94, 0x99, 0x9a, 0x9e, 0x9f, 0x8a];
    for byte in dos.into_iter().chain(macintosh) {
        let text = [b"organisation\nLl".as_slice(), &[byte], b"n Trust\n"].concat();
        let is_told = matches!(read("roster.csv", text), Err(RosterError::Text(TextError::Letters(2, _))));
        let is_letter_too = matches!(byte, 0x91 | 0x9a | 0x9e);
        assert_eq!(is_told, !is_letter_too, "{byte:#x}");
    }
    for name in [
        "O\u{2019}Neill \u{2013} \u{201c}The Works\u{201d}",
        "Žilina Škoda",
        "Cœur",
        "Müller GmbH",
        "Acme™",
        "50€ Club",
        "Ynys Môn",
    ] {
        let (bytes, _, unmapped) = WINDOWS_1252.encode(name);
        assert!(!unmapped, "{name}");
        let roster = read("roster.csv", [b"organisation\n", &*bytes, b"\n"].concat())
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(roster.organisations()[0].organisation, name);
    }
}

#[test]
fn a_line_that_names_nobody_is_told() {
    let roster = read("roster.csv", "organisation,region\nAcme,Wales\n,Scotland\n").expect("it has an organisation");
    assert_eq!(roster.doubts, ["line 3 names no organisation; nothing in it was taken"]);
}

#[test]
fn a_line_of_sums_is_left_out_however_many_entries_it_has() {
    for (text, said) in [
        ("organisation\nAcme\nTotal,3\n", "line 3, “Total”, names no organisation; it was left out"),
        ("organisation,region\nAcme,North\nTotal,3,4,5\n", "line 3, “Total”, names no organisation; it was left out"),
        ("region,organisation\nNorth,Acme\nTotal:,3\n", "line 3, “Total:”, names no organisation; it was left out"),
        (
            "region,organisation\nNorth,Acme\nGrand total,\n",
            "line 3, “Grand total”, names no organisation; it was left out",
        ),
    ] {
        let roster = read("roster.csv", text).expect(text);
        assert_eq!((roster.organisations().len(), roster.doubts), (1, vec![said.to_owned()]), "{text}");
    }
    let roster = read("roster.csv", "region,organisation\nTotal,Acme\n").expect("it names an organisation");
    assert_eq!(roster.organisations()[0].organisation, "Acme");
}

#[test]
fn what_stands_in_a_sheet_beside_the_headings_is_told_and_refuses_nothing() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, line) in
        (0..).zip([["organisation", "region", "", ""], ["Acme", "North", "", "ring Jo"], ["Total", "1", "2", ""]])
    {
        for (column, entry) in (0..).zip(line) {
            sheet.write(row, column, entry).unwrap();
        }
    }
    let roster = read("roster.xlsx", workbook.save_to_buffer().unwrap()).expect("it has the heading");
    assert_eq!(roster.organisations().len(), 1);
    let beside = "“ring Jo” in line 2 stands in a column without a heading; it was left out";
    assert_eq!(roster.doubts, [beside, "line 3, “Total”, names no organisation; it was left out"]);
}

#[test]
fn lines_that_name_nobody_are_told_as_left_out() {
    let cases = [
        ("Total: 2", true),
        ("Subtotal", true),
        ("Sub-total (12)", true),
        ("Grand total 7", true),
        ("-", true),
        ("\u{2013}", true),
        ("n/a", true),
        ("N/A", true),
        ("# as of May", true),
        ("TBC", true),
        ("Total Training Ltd", false),
        ("Count Me In", false),
        ("3rd Sector Hull", false),
    ];
    for (written, is_left_out) in cases {
        let file = Source::new("roster.csv", format!("organisation,region\nAcme,North\n{written},\n").into_bytes());
        let roster = Roster::read(&file, &[]).unwrap();
        assert_eq!(
            (roster.organisations().len(), roster.doubts.len()),
            (2 - usize::from(is_left_out), usize::from(is_left_out)),
            "{written}"
        );
        let doubt = format!("line 3, “{written}”, names no organisation; it was left out");
        assert!(!is_left_out || roster.doubts == [doubt], "{:?}", roster.doubts);
    }
}
