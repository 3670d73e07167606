//! Typst makes pages of every kind of report. These tests fail where Typst is missing.

use std::path::{Path, PathBuf};
use std::time::Duration;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use scrutineer::batch::Stop;
use scrutineer::batch::typst::{DocumentError, Job, Typst, TypstError, TypstOptions};
use scrutineer::document::branding::Branding;
use scrutineer::document::letters::Letters;
use scrutineer::document::{Document, Kind, Part};
use scrutineer::render::typst::{File, Markup, Origin, Renderer, Templates};

use super::sample;

/// Options for a scratch folder.
fn options(scratch: &Path) -> TypstOptions {
    let program = std::env::var_os("TYPST").map(PathBuf::from);
    TypstOptions {
        program,
        fonts: None,
        processes: 2,
        limit: Duration::from_mins(1),
        created: 1_776_643_200,
        scratch: scratch.to_owned(),
    }
}

/// The Typst of this machine.
#[track_caller]
pub(super) fn typst(scratch: &Path) -> Typst {
    Typst::find(options(scratch)).expect("these tests need Typst 0.15 on the path, or its place in TYPST")
}

/// A document of its own text.
fn plain(text: &str) -> Job {
    Job {
        name: "North/plain.xlsx".to_owned(),
        document: Markup { text: text.to_owned(), origin: Origin::default(), files: Vec::new() },
    }
}

#[test]
fn every_kind_of_report_becomes_an_accessible_pdf_twice_the_same() {
    let scratch = tempfile::tempdir().unwrap();
    let typst = typst(scratch.path());
    let jobs: Vec<Job> = sample::all().into_iter().map(|(name, document)| Job { name, document }).collect();
    let (first, second) = (typst.compile(&jobs, &Stop::default()), typst.compile(&jobs, &Stop::default()));
    for ((job, first), second) in jobs.iter().zip(first).zip(second) {
        let first = first.unwrap_or_else(|error| panic!("{}: {error}", job.name));
        assert!(first.starts_with(b"%PDF-"), "{}", job.name);
        assert_eq!(first, second.unwrap(), "{} differs between two runs", job.name);
    }
}

#[test]
fn a_failing_or_hanging_document_costs_itself_only() {
    let scratch = tempfile::tempdir().unwrap();
    let mut typst = typst(scratch.path());
    typst.options.limit = Duration::from_secs(3);
    let sound = "#set document(title: \"x\")\nHello";
    let jobs = [
        sound,
        "#unknown",
        "#while true {}\n#{ let i = 0; while i < 100000000 { i += 1 } }",
        "#for a in range(10000) { for b in range(10000) { for c in range(10000) {} } }",
        sound,
    ];
    let made = typst.compile(&jobs.map(plain), &Stop::default());
    assert!(made[0].is_ok() && made[4].is_ok());
    assert!(
        matches!(&made[1], Err(DocumentError::Refused { name, message }) if name == "North/plain.xlsx" && message.contains("unknown variable")),
        "{:?}",
        made[1]
    );
    assert!(made[2].is_err());
    assert!(matches!(made[3], Err(DocumentError::TooLong { seconds: 3, .. })), "{:?}", made[3].as_ref().err());
    assert_eq!(std::fs::read_dir(scratch.path()).unwrap().count(), 0, "scratch folders stay");
}

/// The system's own clock may end a process before anybody looks at it.
#[cfg(unix)]
#[test]
fn a_document_that_the_system_ends_for_its_time_is_told_as_too_long() {
    let scratch = tempfile::tempdir().unwrap();
    let program = scratch.path().join("typst");
    std::fs::write(&program, "#!/bin/sh\n[ \"$1\" = --version ] && exec echo 'typst 0.15.0'\nkill -XCPU $$\n").unwrap();
    std::fs::set_permissions(&program, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let typst = Typst::find(TypstOptions { program: Some(program), ..options(scratch.path()) }).unwrap();
    let made = typst.compile(&[plain("")], &Stop::default());
    assert!(matches!(made[0], Err(DocumentError::TooLong { .. })), "{:?}", made[0]);
}

#[test]
fn without_typst_one_message_says_how_to_get_it() {
    let scratch = tempfile::tempdir().unwrap();
    let program = Some(PathBuf::from("/nowhere/typst"));
    let error = Typst::find(TypstOptions { program, ..options(scratch.path()) }).unwrap_err();
    assert!(matches!(error, TypstError::Absent { .. }));
    assert!(error.to_string().contains("cargo install --locked typst-cli"), "{error}");
}

#[test]
fn a_document_reads_nothing_outside_its_folder() {
    let scratch = tempfile::tempdir().unwrap();
    let made = typst(scratch.path())
        .compile(&[plain("#set document(title: \"x\")\n#read(\"../../../../../../etc/hostname\")")], &Stop::default());
    assert!(matches!(made[0], Err(DocumentError::Refused { .. })));
}

/// Typst itself is asked whether what it would print is what was typed.
#[test]
fn any_text_prints_as_typed() {
    let mut runner = TestRunner::deterministic();
    let strategy = prop_oneof![
        any::<String>(),
        "[\\\\\"#*_$@<>/`=+\\-\\[\\]{}();:.,~ \\n\\t]{0,40}",
        "(#read\\(\"/etc/passwd\"\\)|\\*x\\*|//|\\{\\{|\\{%|%\\}|\\\\u\\{41\\}){1,4}"
    ];
    let texts: Vec<String> = (0..600).map(|_| strategy.new_tree(&mut runner).unwrap().current()).collect();
    let mut templates = Templates::default();
    templates.replace("return.typ", TYPED);
    let printable: Vec<String> = texts.iter().map(|text| Letters::All.printable(text)).collect();
    let given = Document::new(Kind::Return, "typed").part(Part::default().points(&texts));
    let mut document = Renderer::new(&templates, Letters::All).print(&given, &Branding::default()).unwrap();
    document.files.push(File { name: "typed.json".to_owned(), bytes: serde_json::to_vec(&printable).unwrap().into() });
    let scratch = tempfile::tempdir().unwrap();
    let made = typst(scratch.path()).compile(&[Job { name: "typed".to_owned(), document }], &Stop::default());
    assert!(made[0].is_ok(), "{:?}", made[0]);
}

/// Compares each text, as it is printed, with the same text from a file of JSON.
const TYPED: &str = r#"
#set document(title: "x")
#let typed = json("typed.json")
#let points = json("document.json").parts.first().blocks.first().of
#assert.eq(typed.len(), points.len())
#for (index, text) in typed.enumerate() {
  assert.eq(text, points.at(index))
  assert.eq([#points.at(index)], [#text])
}
fine
"#;

/// Typst itself is asked on which page each row stands.
#[test]
fn no_row_of_a_torn_table_stands_alone_on_a_page() {
    let mut templates = Templates::default();
    templates.replace("return.typ", TORN);
    let given = Document::new(Kind::Return, "torn");
    let document = Renderer::new(&templates, Letters::All).print(&given, &Branding::default()).unwrap();
    let scratch = tempfile::tempdir().unwrap();
    let made = typst(scratch.path()).compile(&[Job { name: "torn".to_owned(), document }], &Stop::default());
    assert!(made[0].is_ok(), "{:?}", made[0]);
}

/// Prints tables of every length and at every height, with rows of one line and of two, and looks where their first and last rows are.
const TORN: &str = r#"
#import "layout.typ": report
#import "table.typ": listing
#show: report.with(title: "x")
#let words = row => if calc.rem(row, 3) == 0 { lorem(20) } else { "a few words" }
#for number in range(10, 50) {
  let row = at => ([#at #metadata((table: str(number), row: at)) <row>], words(at))
  listing("Rows", (1fr, 2fr), (left, left), ("No.", "What"), range(number).map(row))
}
#context {
  let pages = (:)
  for row in query(<row>) {
    let table = row.value.table
    pages.insert(table, pages.at(table, default: ()) + (row.location().page(),))
  }
  for (table, pages) in pages {
    assert.eq(pages.at(0), pages.at(1), message: "first rows of the table of " + table)
    assert.eq(pages.at(-1), pages.at(-2), message: "last rows of the table of " + table)
  }
  assert(pages.values().filter(pages => pages.first() != pages.last()).len() > 20, message: "too few are torn")
}
"#;

#[test]
#[expect(clippy::disallowed_methods, reason = "people look at these files")]
#[ignore = "writes documents for looking at their pages, into the folder that PAGES names"]
fn pages_for_looking() {
    let root = PathBuf::from(std::env::var_os("PAGES").expect("PAGES names a folder"));
    for (name, document) in sample::all() {
        let folder = root.join(name);
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("main.typ"), &document.text).unwrap();
        for part in &document.files {
            std::fs::write(folder.join(&part.name), &part.bytes).unwrap();
        }
    }
}
