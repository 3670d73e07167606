//! Parts that programs write oddly: what nobody needs of them changes nothing, and what isn't there is told.

use scrutineer::framework::builtin;
use scrutineer::ooxml::Limits;
use scrutineer::review::{Settings, review};
use scrutineer::workbook::{ReadError, Source, read};

use super::{all, bytes, fixture, rewritten, with_parts};

#[test]
fn what_a_sheet_says_of_its_extent_changes_nothing() {
    const STATED: [&str; 12] = [
        "",
        "<dimension/>",
        r#"<dimension ref=""/>"#,
        r#"<dimension ref="1:4"/>"#,
        r#"<dimension ref="A:C"/>"#,
        r#"<dimension ref="A1"/>"#,
        r#"<dimension ref="B9:A1"/>"#,
        r#"<dimension ref="$A$1:$B$2"/>"#,
        r#"<dimension ref="A1:XFE1048577"/>"#,
        r#"<dimension ref="A1:B2 D4:E5"/>"#,
        "<dimension ref=\"#REF!\"/>",
        r#"<dimension ref="A0"/>"#,
    ];
    for name in ["content.xlsx", "content.xlsm", "look.xlsx"] {
        let expected = all(&fixture(name));
        for stated in STATED {
            let other = |part: &str, content: Vec<u8>| {
                let text = String::from_utf8(content).unwrap();
                let Some((before, rest)) = text.split_once("<dimension ").filter(|_| part.contains("/sheet")) else {
                    return Some(text.into_bytes());
                };
                let (_, after) = rest.split_once("/>").unwrap();
                Some(format!("{before}{stated}{after}").into_bytes())
            };
            assert_eq!(all(&rewritten(name, other)), expected, "{name} {stated}");
        }
    }
}

/// What becomes of a part of a package, by its name; nothing where it is left out.
type Change<'a> = dyn Fn(&str, Vec<u8>) -> Option<Vec<u8>> + 'a;

#[test]
fn a_sheet_that_is_not_in_the_file_is_told_by_its_name() {
    for name in ["content.xlsx", "content.xlsm", "content.xlsb", "look.xlsx", "look.xlsb"] {
        let workbook = fixture(name);
        for (number, sheet) in (1..).zip(&workbook.sheets) {
            let (links, part) = ("xl/_rels/workbook", format!("xl/worksheets/sheet{number}."));
            let target = format!("worksheets/sheet{number}.");
            let cases: [&Change<'_>; 3] = [
                &|at, content| (!at.starts_with(&part)).then_some(content),
                &|at, content| (!at.starts_with(links)).then_some(content),
                // The link goes to a part that isn't there.
                &|at, content| {
                    let text = || String::from_utf8(content.clone()).unwrap().replace(&target, "worksheets/none.");
                    Some(if at.starts_with(links) { text().into_bytes() } else { content })
                },
            ];
            for (case, other) in cases.into_iter().enumerate() {
                let error = read(&Source::new(name, with_parts(name, other)), &Limits::default()).unwrap_err();
                let first = if case == 1 { &workbook.sheets[0] } else { sheet };
                let ReadError::Damaged(told) = error else { panic!("{name} {case}: {error:?}") };
                assert!(told.contains(&first.name), "{name} {case}: {told}");
            }
        }
    }
}

/// Returns a record of a sheet in the binary format that is linked to nothing.
fn binary_entry(state: u8) -> Vec<u8> {
    let name: Vec<u8> = "Module1".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let content = [&[state, 0, 0, 0, 99, 0, 0, 0][..], &[0; 4], &[7, 0, 0, 0], &name].concat();
    [&[0x9C, 0x01, u8::try_from(content.len()).unwrap()], &content[..]].concat()
}

/// Adds a sheet that is linked to nothing, in a state, to the workbook part.
fn with_unlinked(part: &str, content: Vec<u8>, state: (u8, &str)) -> Vec<u8> {
    const END_OF_BINARY_SHEETS: &[u8] = b"\x90\x01\x00";
    let (end, added) = match part {
        "xl/workbook.xml" => {
            let entry = format!(r#"<sheet name="Module1" sheetId="99" state="{}" r:id=""/>"#, state.1);
            (&b"</sheets>"[..], entry.into_bytes())
        }
        "xl/workbook.bin" => (END_OF_BINARY_SHEETS, binary_entry(state.0)),
        _ => return content,
    };
    let at = memchr::memmem::find(&content, end).unwrap();
    [&content[..at], &added, &content[at..]].concat()
}

#[test]
fn modules_of_code_that_were_sheets_have_no_part() {
    for name in ["content.xlsx", "content.xlsm", "content.xlsb"] {
        for state in [(0, "visible"), (1, "hidden"), (2, "veryHidden")] {
            let read = rewritten(name, |part, content| Some(with_unlinked(part, content, state)));
            assert_eq!(all(&read), all(&fixture(name)), "{name} {state:?}");
        }
    }
}

/// Takes the formulas out of a sheet, and leaves what they gave.
fn without_formulas(sheet: &str) -> String {
    let mut pieces = sheet.split("<f");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |kept, piece| match piece.split_once("</f>") {
        Some((_, rest)) if piece.starts_with([' ', '>']) => kept + rest,
        Some(_) | None => kept + "<f" + piece,
    })
}

/// Returns where a review of a file finds what belongs to nothing.
fn unexpected(name: &str, file: Vec<u8>) -> Vec<String> {
    let frameworks = builtin::all();
    let review = review(&Settings::new(&frameworks, Limits::default()), &Source::new(name, file));
    let found = review.findings.iter().filter(|finding| finding.rule.as_str() == "content-unexpected");
    found.map(|finding| format!("{:?}", finding.place)).collect()
}

#[test]
fn what_formulas_gave_is_the_forms_where_a_program_kept_no_formula() {
    for form in ["code-of-practice", "seqf", "investors-in-people", "employer-involvement", "employer-partners"] {
        let name = format!("{form}.xlsx");
        let kept = with_parts(&name, |part, content| {
            let is_sheet = part.starts_with("xl/worksheets/sheet");
            let sheet = || without_formulas(std::str::from_utf8(&content).unwrap()).into_bytes();
            Some(if is_sheet { sheet() } else { content })
        });
        let workbook = read(&Source::new(name.as_str(), kept.clone()), &Limits::default()).unwrap();
        let mut cells = workbook.sheets.iter().flat_map(|sheet| &sheet.cells);
        assert!(cells.all(|cell| cell.formula.is_none()), "{form}");
        assert_eq!(unexpected(&name, kept), unexpected(&name, bytes(&name)), "{form}");
    }
}

#[test]
fn a_cell_at_an_odd_address_is_refused_with_its_sheet_and_that_address() {
    const ODD: [&str; 12] =
        ["0", "1", "A", "A0", "1A", "A1:B2", "R1C1", "XFE1", "A1048577", "\u{c4}1", "#REF!", "A1.5"];
    for odd in ODD {
        let other = |part: &str, content: Vec<u8>| {
            let text = String::from_utf8(content).unwrap();
            let place = text.find("<sheetData>").filter(|_| part.ends_with("/sheet1.xml"));
            let Some(place) = place else { return Some(text.into_bytes()) };
            let (before, rows) = text.split_at(place + "<sheetData>".len());
            let cell = format!("<row><c r=\"{odd}\"><v>1</v></c></row>");
            Some(format!("{before}{cell}{rows}").into_bytes())
        };
        let file = with_parts("content.xlsx", other);
        let ReadError::Damaged(told) = read(&Source::new("a.xlsx", file), &Limits::default()).unwrap_err() else {
            panic!("{odd}")
        };
        let says = |what: &str| told.contains(what);
        assert!(says(&fixture("content.xlsx").sheets[0].name), "{odd}: {told}");
        assert!(says(&format!("`{odd}`")) || says("where no sheet has one"), "{odd}: {told}");
    }
}
