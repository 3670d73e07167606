//! Annotated workbooks lose nothing, and give the original back.

mod feature;
mod judge;
mod shape;

use judge::{additions, parts};
use proptest::prelude::*;
use scrutineer::annotated::{
    self, AnnotateError, Annotated, Explanation, Heading, Manner, Signatures, StripError, Stripped, companion,
};
use scrutineer::cell::CellRef;
use scrutineer::finding::{Finding, Place, Rule, Severity, Silencing};
use scrutineer::ooxml::{Limits, Package, PackageError};
use shape::{Shape, zipped};

static MISSING: Rule =
    Rule { id: "score-missing", severity: Severity::Error, title: "", docs: "", silencing: Silencing::Allowed };
static THIN: Rule =
    Rule { id: "evidence-thin", severity: Severity::Warning, title: "", docs: "", silencing: Silencing::Allowed };

const SCORES: &str = "Scores & more";

fn heading() -> Heading {
    Heading {
        original: String::new(),
        organisation: "Northbridge College".to_owned(),
        framework: "Quality framework, version 3".to_owned(),
        outcome: "Outcome: Good.".to_owned(),
        interval: "It could end between Good and Outstanding.".to_owned(),
        date: "1 May 2026".to_owned(),
    }
}

fn finding(rule: &'static Rule, sheet: &str, cell: &str, message: &str) -> Finding {
    let cell: CellRef = cell.parse().unwrap();
    Finding::new(rule, Place::cell(sheet, cell), message).with_subject("1.2").with_help("Enter a grade from 1 to 4.")
}

/// Findings on filled, empty and merged cells, on a hidden sheet, on a sheet that isn't there, and on none.
fn findings() -> Vec<Finding> {
    vec![
        finding(&MISSING, SCORES, "A1", "grade is `7`; this scale runs from 1 to 4"),
        finding(&THIN, SCORES, "A1", "the evidence says little"),
        finding(&THIN, SCORES, "C5", "the merged cell is empty"),
        finding(&MISSING, SCORES, "XFD1048576", "the last cell is empty"),
        finding(&MISSING, "Hidden", "B2", "nobody sees this"),
        finding(&THIN, "Elsewhere", "B2", "the sheet isn't there"),
        Finding::new(&THIN, Place::Workbook, "=HYPERLINK(\"x\") \u{7} _x0041_ \u{1f600} \u{5d0}\u{5d1}"),
    ]
}

fn opened(bytes: &[u8]) -> Result<Package, PackageError> {
    Package::open(bytes, &Limits::default())
}

fn annotate(
    original: &[u8],
    findings: &[Finding],
    heading: &Heading,
    signatures: Signatures,
) -> Result<Annotated, AnnotateError> {
    annotated::annotate(&opened(original)?, findings, heading, signatures)
}

fn strip(bytes: &[u8]) -> Result<Stripped, StripError> {
    annotated::strip(&opened(bytes)?)
}

fn explanations(bytes: &[u8]) -> Result<Vec<Explanation>, StripError> {
    annotated::explanations(&opened(bytes)?)
}

#[track_caller]
fn annotated(original: &[u8], findings: &[Finding]) -> Annotated {
    annotate(original, findings, &heading(), Signatures::Keep).unwrap()
}

fn text(bytes: &[u8], part: &str) -> String {
    let found = parts(bytes).into_iter().find(|(name, _)| name == part);
    String::from_utf8(found.unwrap_or_else(|| panic!("{part} isn't there")).1).unwrap()
}

fn shapes() -> Vec<Shape> {
    let plain = Shape::default();
    vec![
        plain,
        Shape { prefixed: true, marked: true, absolute: true, xml_is_workbook: true, ..plain },
        Shape { strict: true, ..plain },
        Shape { strict: true, notes: true, ..plain },
        Shape { no_defaults: true, no_formats: true, ..plain },
        Shape { notes: true, ..plain },
        Shape { notes: true, thread: true, ..plain },
        Shape { notes: true, prefixed: true, no_defaults: true, ..plain },
        Shape { controls: true, features: &feature::ALL, ..plain },
        Shape { no_styles: true, stored: true, ..plain },
        Shape { backslashes: true, notes: true, features: &feature::ALL, ..plain },
        Shape { features: &[&feature::DRAWING], ..plain },
        Shape { features: &[&feature::PIVOT], ..plain },
        Shape { features: &[&feature::PIVOT, &feature::SLICER], ..plain },
        Shape { features: &[&feature::MACROS], ..plain },
        Shape { features: &[&feature::EXTENSION], ..plain },
        Shape { features: &[&feature::DATA], ..plain },
        Shape { features: &[&feature::PRINTER], ..plain },
        Shape { notes: true, thread: true, features: &feature::ALL, ..plain },
    ]
}

/// The parts that something may be added to.
const MAY_CHANGE: [&str; 10] = [
    "[Content_Types].xml",
    "xl/_rels/workbook.xml.rels",
    "xl/comments1.xml",
    "xl/drawings/vmlDrawing1.vml",
    "xl/styles.xml",
    "xl/workbook.xml",
    "xl/worksheets/_rels/sheet1.xml.rels",
    "xl/worksheets/_rels/sheet2.xml.rels",
    "xl/worksheets/sheet1.xml",
    "xl/worksheets/sheet2.xml",
];

#[test]
fn every_shape_is_added_to_and_nothing_else_changes() {
    for shape in shapes() {
        let original = shape.workbook();
        let result = annotated(&original, &findings());
        let changed = additions(&original, &result.bytes);
        let untouched = changed.iter().find(|name| !MAY_CHANGE.contains(&name.as_str()));
        assert_eq!(untouched, None, "{shape:?}");
        assert!(text(&result.bytes, "xl/workbook.xml").contains("Findings"), "{shape:?}");
    }
}

#[test]
fn parts_in_other_encodings_are_added_to_and_given_back() {
    let little = |text: &str| format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let western = |text: &str| text.replace("UTF-8", "ISO-8859-1").into_bytes();
    for shape in shapes() {
        for recoded in [&little as &dyn Fn(&str) -> Vec<u8>, &western] {
            let other = |(name, bytes): (String, Vec<u8>)| {
                let is_xml = name.rsplit('.').next().is_some_and(|ending| ["xml", "rels", "vml"].contains(&ending));
                let text = String::from_utf8(bytes.clone()).ok().filter(|text| is_xml && text.is_ascii());
                (name, text.map_or(bytes, |text| recoded(&text)))
            };
            let original: Vec<(String, Vec<u8>)> = parts(&shape.workbook()).into_iter().map(other).collect();
            let written = zipped(original.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())), false);
            let result = annotated(&written, &findings());
            let stripped = strip(&result.bytes).unwrap();
            assert_eq!(stripped.manner, Manner::Exact, "{shape:?}");
            assert_eq!(parts(&stripped.bytes), original, "{shape:?}");
        }
    }
}

#[test]
fn names_with_backslashes_stay_and_links_from_them_begin_at_the_package() {
    let original = Shape { backslashes: true, ..Shape::default() }.workbook();
    let result = annotated(&original, &findings()).bytes;
    let named =
        |bytes: &[u8]| zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap().index_for_name("xl\\workbook.xml");
    assert!(named(&original).is_some() && named(&result) == named(&original));
    assert!(text(&result, "xl/_rels/workbook.xml.rels").contains("Target=\"/xl/worksheets/findings1.xml\""));
}

#[test]
fn stripping_gives_every_part_back() {
    for shape in shapes() {
        let original = shape.workbook();
        let stripped = strip(&annotated(&original, &findings()).bytes).unwrap();
        assert_eq!(stripped.manner, Manner::Exact, "{shape:?}");
        assert_eq!(parts(&stripped.bytes), parts(&original), "{shape:?}");
        assert!(matches!(strip(&stripped.bytes), Err(StripError::NotAnnotated)), "{shape:?}");
    }
}

#[test]
fn a_file_that_is_not_packed_comes_back_byte_for_byte() {
    let original = Shape { stored: true, notes: true, ..Shape::default() }.workbook();
    assert_eq!(strip(&annotated(&original, &findings()).bytes).unwrap().bytes, original);
}

#[test]
fn annotating_twice_equals_once() {
    for shape in shapes() {
        let once = annotated(&shape.workbook(), &findings()).bytes;
        assert!(annotated(&once, &findings()).bytes == once, "{shape:?}");
    }
}

#[test]
fn several_findings_of_a_cell_stand_in_one_note_behind_the_sender_s_own() {
    let shape = Shape { notes: true, ..Shape::default() };
    let comments = text(&annotated(&shape.workbook(), &findings()).bytes, "xl/comments1.xml");
    let note = comments.split("<comment ref=\"A1\"").nth(1).unwrap().split("</comment>").next().unwrap();
    let order =
        ["own", "scrutineer:", "Must be put right", "runs from 1 to 4", "Please check or explain", "says little"];
    let places: Vec<Option<usize>> = order.iter().map(|part| note.find(part)).collect();
    assert!(places.windows(2).all(|two| two[0].is_some() && two[0] < two[1]), "{note}");
    assert_eq!(comments.matches("ref=\"A1\"").count(), 1);
    assert!(comments.contains("ref=\"B4\""), "a merged rectangle has its note on its first cell");
}

#[test]
fn a_cell_with_a_thread_gets_no_note_and_the_result_says_so() {
    let shape = Shape { notes: true, thread: true, ..Shape::default() };
    let result = annotated(&shape.workbook(), &findings()[..1]);
    assert_eq!(result.unmarked[0].place, Place::cell(SCORES, CellRef::new(1, 1)));
    assert_eq!(result.unmarked[0].reason, "the cell has a thread of comments");
    assert_eq!(text(&result.bytes, "xl/comments1.xml"), text(&shape.workbook(), "xl/comments1.xml"));
    assert!(text(&result.bytes, "xl/worksheets/sheet1.xml").contains("scrutineer"), "it is highlighted all the same");
}

#[test]
fn the_sheet_of_findings_holds_text_and_never_a_formula() {
    let sheet = text(&annotated(&Shape::default().workbook(), &findings()).bytes, "xl/worksheets/findings1.xml");
    assert!(!sheet.contains("<f>"));
    assert!(
        sheet.contains(">=HYPERLINK(&quot;x&quot;) _x0007_ _x005F_x0041_ &#x1F600; &#x5D0;&#x5D1;.</t>"),
        "{sheet}"
    );
    assert!(sheet.contains("location=\"&apos;") || sheet.contains("location=\"'Scores &amp; more'!A1\""));
    assert!(sheet.contains("Hidden (hidden sheet)"));
    let duties: Vec<usize> =
        ["Must be put right", "Please check or explain"].iter().map(|duty| sheet.rfind(duty).unwrap()).collect();
    assert!(duties[0] < duties[1], "the worst come first");
}

#[test]
fn over_long_text_is_cut_to_what_a_cell_holds() {
    let long = "y".repeat(40_000);
    let result = annotated(&Shape::default().workbook(), &[finding(&MISSING, SCORES, "B2", &long)]);
    for part in ["xl/worksheets/findings1.xml", "xl/comments1.xml"] {
        let longest = text(&result.bytes, part).split('<').map(|piece| piece.matches('y').count()).max().unwrap();
        assert!((30_000..=32_767).contains(&longest), "{part} has {longest}");
    }
}

/// Returns an annotated workbook as a program would give it back that writes the sheets anew, with an explanation.
fn edited(annotated: &[u8]) -> Vec<u8> {
    let changed = parts(annotated).into_iter().map(|(name, bytes)| {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let bytes = match name.as_str() {
            "xl/worksheets/findings1.xml" => {
                let empty = text
                    .match_indices("<c r=\"I")
                    .find(|(at, _)| text[*at..].split('>').next().unwrap().ends_with('/'));
                let (start, _) = empty.unwrap();
                let tag = text[start..].split('>').next().unwrap();
                let filled = format!(
                    "{} t=\"inlineStr\"><is><t>agreed with the assessor</t></is></c>",
                    tag.trim_end_matches('/')
                );
                text.replacen(&format!("{tag}>"), &filled, 1).into_bytes()
            }
            "xl/worksheets/sheet1.xml" => text.replace(">3</", ">4</").into_bytes(),
            _ => bytes,
        };
        (name, bytes)
    });
    let changed: Vec<(String, Vec<u8>)> = changed.collect();
    zipped(changed.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())), false)
}

#[test]
fn what_the_sender_changed_stays_when_ours_goes() {
    for shape in shapes() {
        let original = shape.workbook();
        let returned = edited(&annotated(&original, &findings()).bytes);
        let stripped = strip(&returned).unwrap();
        assert_eq!(stripped.manner, Manner::ByMeaning, "{shape:?}");
        assert_eq!(stripped.explanations.len(), 1);
        assert_eq!(stripped.explanations[0].text, "agreed with the assessor");
        assert!(stripped.explanations[0].is_about(&findings()[0]));
        assert_eq!(explanations(&returned).unwrap(), stripped.explanations);
        let (before, after) = (parts(&original), parts(&stripped.bytes));
        let names = |parts: &[(String, Vec<u8>)]| parts.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        let made: Vec<String> = names(&after).into_iter().filter(|name| !names(&before).contains(name)).collect();
        assert!(made.is_empty() || made == ["xl/styles.xml"], "{shape:?} keeps {made:?}");
        for (name, bytes) in before.iter().filter(|(name, _)| name.contains("sheet1.xml") || name.contains("comments"))
        {
            let expected = String::from_utf8_lossy(bytes).replace(">3</", ">4</");
            let kept = text(&stripped.bytes, name)
                .replace("<author>scrutineer</author>", "")
                .replace("<x:author>scrutineer</x:author>", "");
            assert_eq!(kept, expected, "{shape:?} {name}");
        }
    }
}

#[test]
fn explanations_come_back_when_the_workbook_is_annotated_again() {
    let returned = edited(&annotated(&Shape::default().workbook(), &findings()).bytes);
    let again = annotated(&returned, &findings());
    assert_eq!(again.explanations.len(), 1);
    assert_eq!(explanations(&again.bytes).unwrap(), again.explanations);
    assert_eq!(text(&again.bytes, "xl/workbook.xml").matches("name=\"Findings").count(), 1);
}

#[test]
fn what_cannot_be_written_again_is_refused_with_its_reason() {
    let with = |name: &str, bytes: &[u8]| {
        let mut all = parts(&Shape::default().workbook());
        all.retain(|(present, _)| present != name);
        all.push((name.to_owned(), bytes.to_vec()));
        zipped(all.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())), false)
    };
    let signed = with(
        "_rels/.rels",
        b"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"a\" \
          Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/>\
          <Relationship Id=\"b\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin\" \
          Target=\"_xmlsignatures/origin.sigs\"/></Relationships>",
    );
    let cases = [
        (Vec::new(), "the file is empty"),
        (b"grade,7".repeat(9), "the file is no zip archive, which every xlsx or xlsm file is"),
        (signed.clone(), "the workbook is signed, and any change would make the signature invalid"),
        (with("XL/workbook.xml", b"<a/>"), "the name `XL/workbook.xml` stands twice in the zip archive"),
        (
            with("xl/styles.xml", b"<!DOCTYPE a><styleSheet/>"),
            "the part `xl/styles.xml` can't be read: it has a document type, which no Office file has",
        ),
        (
            with("xl/workbook.xml", b"\xff\xfe<"),
            "the part `xl/workbook.xml` can't be read: its letters can't be read as UTF-16LE",
        ),
        (
            with("xl/workbook.xml", b"<a>\xe4</a>"),
            "the part `xl/workbook.xml` can't be read: its letters can't be read as UTF-8",
        ),
    ];
    for (bytes, expected) in cases {
        let refused = annotate(&bytes, &findings(), &heading(), Signatures::Keep).unwrap_err();
        assert_eq!(refused.to_string(), expected);
    }
    assert!(annotate(&signed, &findings(), &heading(), Signatures::Break).is_ok());
    assert!(!matches!(annotate(&signed, &[], &heading(), Signatures::Keep), Err(AnnotateError::SelfCheck(_))));
}

#[test]
fn styles_stand_where_all_programs_look() {
    let original = Shape { no_styles: true, ..Shape::default() }.workbook();
    assert!(text(&annotated(&original, &findings()).bytes, "xl/styles.xml").contains("<cellXfs"));
}

#[test]
fn no_part_is_declared_twice_though_others_are_declared_that_are_not_there() {
    for shape in shapes() {
        let original = shape.workbook();
        let before: Vec<String> = parts(&original).into_iter().map(|(name, _)| name).collect();
        let after = parts(&annotated(&original, &findings()).bytes);
        let added =
            after.iter().map(|(name, _)| name).filter(|name| !before.contains(name) && !name.contains("_rels/"));
        let declared = |name: &String| format!("<Override PartName=\"/{name}\" ContentType=\"application/xml\"/>");
        let dangling = added.map(declared).collect::<Vec<_>>().concat() + "</Types>";
        let odd = parts(&original).into_iter().map(|(name, bytes)| {
            let is_types = name == "[Content_Types].xml";
            let text = String::from_utf8_lossy(&bytes).replace("</Types>", &dangling);
            (name, if is_types { text.into_bytes() } else { bytes })
        });
        let odd: Vec<(String, Vec<u8>)> = odd.collect();
        let odd = zipped(odd.iter().map(|(name, bytes)| (name.as_str(), bytes.clone())), false);
        let types = text(&annotated(&odd, &findings()).bytes, "[Content_Types].xml");
        let mut names: Vec<&str> =
            types.split("PartName=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), count, "{types}");
    }
}

#[test]
fn damaged_files_are_refused_and_never_a_panic() {
    let original = Shape { notes: true, ..Shape::default() }.workbook();
    for at in (0..original.len()).step_by(19) {
        let mut damaged = original.clone();
        damaged[at] ^= 0x55;
        drop(annotate(&damaged, &findings(), &heading(), Signatures::Keep));
        drop(annotate(&original[..at], &findings(), &heading(), Signatures::Keep));
    }
}

#[test]
fn a_companion_is_the_same_on_every_day() {
    let reason = "an OpenDocument workbook can't be annotated";
    let made = companion(None, &findings(), &heading(), reason).unwrap();
    assert_eq!(made, companion(None, &findings(), &heading(), reason).unwrap());
    let strings = text(&made, "xl/sharedStrings.xml");
    for expected in ["Your explanation", "Grade is `7`; this scale runs from 1 to 4", reason] {
        assert!(strings.contains(expected), "{expected}");
    }
}

prop_compose! {
    fn any_shape()(bits in any::<u16>()) -> Shape {
        let bit = |number: u32| bits & (1 << number) != 0;
        Shape {
            prefixed: bit(0), strict: bit(1), marked: bit(2), absolute: bit(3), no_defaults: bit(4),
            xml_is_workbook: bit(5), notes: bit(6), thread: bit(6) && bit(7), controls: !bit(6) && bit(8), no_styles: bit(9),
            no_formats: bit(10), stored: bit(11), backslashes: bit(12),
            features: if bit(13) { &feature::ALL } else { &[] },
        }
    }
}

prop_compose! {
    fn any_finding()(
        error in any::<bool>(),
        sheet in prop_oneof![Just(SCORES), Just("Hidden"), Just("Elsewhere")],
        row in 1_u32..40,
        column in 1_u32..12,
        message in "\\PC{0,40}",
    ) -> Finding {
        let rule = if error { &MISSING } else { &THIN };
        Finding::new(rule, Place::cell(sheet, CellRef::new(row, column)), message)
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_annotation_of_any_shape_loses_nothing(
        shape in any_shape(),
        findings in proptest::collection::vec(any_finding(), 0..12),
    ) {
        let original = shape.workbook();
        let once = annotated(&original, &findings).bytes;
        additions(&original, &once);
        prop_assert_eq!(parts(&strip(&once).unwrap().bytes), parts(&original));
        prop_assert!(annotated(&once, &findings).bytes == once);
    }
}

/// A workbook with what a form may have, as a spreadsheet program writes it.
fn rich() -> Vec<u8> {
    use rust_xlsxwriter::{
        Chart, ChartType, ConditionalFormatDataBar, DataValidation, Formula, Note, Sparkline, Table, Workbook,
    };
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("It's a form").unwrap();
    for row in 0..9_u32 {
        sheet.write_number(row, 0, row).unwrap();
        sheet.write_formula(row, 1, Formula::new(format!("=A{}*2", row + 1))).unwrap();
    }
    sheet.insert_note(0, 0, &Note::new("the sender's own")).unwrap();
    sheet.add_sparkline(0, 3, &Sparkline::new().set_range(("It's a form", 0, 0, 8, 0))).unwrap();
    sheet.add_conditional_format(0, 0, 8, 0, &ConditionalFormatDataBar::new()).unwrap();
    sheet.add_data_validation(0, 4, 8, 4, &DataValidation::new().allow_list_strings(&["1", "2"]).unwrap()).unwrap();
    sheet.add_table(0, 6, 8, 8, &Table::new()).unwrap();
    let mut chart = Chart::new(ChartType::Column);
    chart.add_series().set_values(("It's a form", 0, 0, 8, 0));
    sheet.insert_chart(12, 2, &chart).unwrap();
    sheet.protect().set_header("&L&D");
    book.add_worksheet().set_name("Hidden").unwrap().set_hidden(true);
    book.define_name("first", "='It''s a form'!$A$1").unwrap();
    book.save_to_buffer().unwrap()
}

#[test]
fn charts_tables_and_formats_of_a_real_program_stay_as_they_are() {
    let original = rich();
    let findings = [
        finding(&MISSING, "It's a form", "A1", "there is a note already"),
        finding(&THIN, "it's a FORM", "D4", "spreadsheet programs don't tell case apart"),
        finding(&THIN, "Hidden", "A1", "nobody sees this"),
    ];
    let result = annotated(&original, &findings);
    assert_eq!(result.unmarked, []);
    let mut changed = additions(&original, &result.bytes);
    changed.sort_unstable();
    let expected = [
        "[Content_Types].xml",
        "xl/_rels/workbook.xml.rels",
        "xl/comments1.xml",
        "xl/drawings/vmlDrawing1.vml",
        "xl/styles.xml",
        "xl/workbook.xml",
        "xl/worksheets/sheet1.xml",
        "xl/worksheets/sheet2.xml",
    ];
    assert_eq!(changed, expected);
    assert!(text(&result.bytes, "xl/worksheets/findings1.xml").contains("location=\"'It''s a form'!A1\""));
    assert_eq!(parts(&strip(&result.bytes).unwrap().bytes), parts(&original));
}
