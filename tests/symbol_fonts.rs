//! Marks in fonts that show signs in place of letters: what is seen counts, and what nobody knows is told.

use scrutineer::finding::Finding;
use scrutineer::framework::builtin;
use scrutineer::ooxml::Limits;
use scrutineer::review::{Review, Settings, review_workbook, sent};
use scrutineer::workbook::{Source, Workbook, read};

use crate::case_runner::file::repacked;
use crate::house::at;

/// Returns the submission of the fixtures in which a learner's mark is a letter in a font.
fn marked(font: &str, letter: &str) -> Workbook {
    let fixture = std::fs::read(at("tests/fixtures/employer-involvement.xlsx")).unwrap();
    let changed = repacked(&fixture, &[], |part, text| match part {
        "xl/styles.xml" => text
            .replace("</fonts>", &format!("<font><sz val=\"11\"/><name val=\"{font}\"/></font></fonts>"))
            .replace("</cellXfs>", "<xf numFmtId=\"0\" fontId=\"4\"/></cellXfs>"),
        "xl/worksheets/sheet4.xml" => {
            let mark = format!("<c r=\"D8\" s=\"2\" t=\"inlineStr\"><is><t>{letter}</t></is></c>");
            text.replace("<c r=\"D8\" s=\"0\" t=\"s\"><v>81</v></c>", &mark)
        }
        _ => text,
    });
    read(&Source::new("return.xlsx", changed), &Limits::default()).unwrap()
}

/// Returns the mark that is read of it, and what is found there.
fn read_as(workbook: &Workbook) -> (Option<String>, Review) {
    let framework = builtin::load("employer-involvement").unwrap().framework;
    let learners = &sent(&framework, workbook).registers["learners"];
    let mark = learners.rows[0].given("A1").map(ToString::to_string);
    let settings = Settings::new(std::slice::from_ref(&framework), Limits::default());
    (mark, review_workbook(&settings, "return.xlsx", workbook))
}

/// Whether a finding is at the mark.
fn is_at_mark(finding: &Finding) -> bool {
    finding.sheet() == Some("Tracker") && finding.cell().as_deref() == Some("D8")
}

#[test]
fn numbers_that_a_font_or_their_format_shows_as_ticks_and_crosses_are_these() {
    let cases = [
        ("Zapf Dingbats", "3", "General", Some("Y")),
        ("Zapf Dingbats", "8", "General", Some("N")),
        ("Wingdings", "1", "&quot;\u{fc}&quot;;;&quot;\u{fb}&quot;", Some("Y")),
        ("Wingdings", "0", "&quot;\u{fc}&quot;;;&quot;\u{fb}&quot;", Some("N")),
        ("Calibri", "1", "&quot;\u{2713}&quot;;;&quot;\u{2717}&quot;", Some("Y")),
        ("Calibri", "0", "&quot;\u{2713}&quot;;;&quot;\u{2717}&quot;", Some("N")),
        ("Calibri", "1", "General", None),
    ];
    for (font, number, code, expected) in cases {
        let fixture = std::fs::read(at("tests/fixtures/employer-involvement.xlsx")).unwrap();
        let changed = repacked(&fixture, &[], |part, text| match part {
            "xl/styles.xml" => text
                .replace("</numFmts>", &format!("<numFmt numFmtId=\"190\" formatCode=\"{code}\"/></numFmts>"))
                .replace("</fonts>", &format!("<font><sz val=\"11\"/><name val=\"{font}\"/></font></fonts>"))
                .replace("</cellXfs>", "<xf numFmtId=\"190\" fontId=\"4\"/></cellXfs>"),
            "xl/worksheets/sheet4.xml" => {
                let mark = format!("<c r=\"D8\" s=\"2\"><v>{number}</v></c>");
                text.replace("<c r=\"D8\" s=\"0\" t=\"s\"><v>81</v></c>", &mark)
            }
            _ => text,
        });
        let (mark, review) = read_as(&read(&Source::new("return.xlsx", changed), &Limits::default()).unwrap());
        assert_eq!(mark.as_deref(), expected, "{font} {number} {code}: {:#?}", review.findings);
    }
}

#[test]
fn ticks_and_crosses_are_marks_and_other_signs_are_told() {
    let cases = [
        ("Calibri", "Y", Some("Y")),
        ("Wingdings", "\u{fc}", Some("Y")),
        ("Wingdings", "\u{f0fc}", Some("Y")),
        ("Wingdings", "\u{fe}", Some("Y")),
        ("Wingdings", "\u{fb}", Some("N")),
        ("Wingdings", "\u{a8}", Some("N")),
        ("Wingdings 2", "P", Some("Y")),
        ("Wingdings 2", "O", Some("N")),
        ("Webdings", "a", Some("Y")),
        ("Webdings", "r", Some("N")),
        ("Marlett", "a", Some("Y")),
        ("Symbol", "\u{d6}", Some("Y")),
        ("Wingdings", "Y", None),
        ("Webdings", "N", None),
        ("Wingdings", "C", None),
    ];
    let clean = read_as(&marked("Calibri", "Y")).1;
    for (font, letter, expected) in cases {
        let (mark, review) = read_as(&marked(font, letter));
        let what = format!("{font} {letter}: {:#?}", review.findings);
        assert_eq!(mark.as_deref(), expected, "{what}");
        let is_told = review.findings.iter().flat_map(Finding::with_its_effects).any(is_at_mark);
        assert!(is_told || expected.is_some(), "{what}");
        assert!([clean.settled(), None].contains(&review.settled()), "{what}");
    }
}
