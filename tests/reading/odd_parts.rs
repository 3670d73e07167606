//! Parts that programs write oddly: what nobody needs of them changes nothing, and what isn't there is told.

use scrutineer::ooxml::Limits;
use scrutineer::workbook::{ReadError, Source, read};

use super::{all, fixture, rewritten, with_parts};

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
