//! Columns are as wide as their words, and contents stay on one page: Typst itself is asked. These tests fail where Typst is missing.

use scrutineer::batch::Stop;
use scrutineer::batch::typst::Job;
use scrutineer::document::branding::Branding;
use scrutineer::document::{Block, Cell, Column, Document, Kind, Part, Table, Target, Width};
use scrutineer::render::typst::Markup;

use super::pages::typst;
use super::sample;

/// Says that Typst prints documents, each with these lines of its own before it.
#[track_caller]
fn all_print(before: &str, documents: Vec<(String, Markup)>) {
    let scratch = tempfile::tempdir().unwrap();
    let job = |(name, document): (String, Markup)| {
        let text = format!("{before}\n{}", document.text);
        Job { name, document: Markup { text, ..document } }
    };
    let jobs: Vec<Job> = documents.into_iter().map(job).collect();
    for (job, made) in jobs.iter().zip(typst(scratch.path()).compile(&jobs, &Stop::default())) {
        assert!(made.is_ok(), "{}: {made:?}", job.name);
    }
}

/// Returns a document as Typst takes it.
fn printed(document: &Document) -> Markup {
    sample::renderer().print(document, &Branding::default()).unwrap()
}

/// Asks of every table how wide the cells over its columns are, and how wide it is itself.
const WIDE_ENOUGH: &str = r#"
#let words-of(body) = if body.has("text") { body.text } else if body.has("child") { words-of(body.child) } else if body.has("body") {
  words-of(body.body)
} else if body.has("children") { body.children.map(words-of).join(default: "") } else { "" }
#show table.cell.where(y: 0): it => layout(size => {
  let wide(word) = measure(text(size: 8.5pt, weight: "semibold", word)).width
  for word in words-of(it.body).split(regex("[ -]")) {
    assert(size.width + 0.1pt >= wide(word), message: word + " has " + repr(size.width) + " of " + repr(wide(word)))
  }
  it
})
#show table: it => layout(size => {
  let wide = measure(it, width: size.width).width
  assert(wide <= size.width + 0.1pt, message: "a table takes " + repr(wide) + " of " + repr(size.width))
  it
})
"#;

/// Returns a table whose columns are of these widths, under long words and over long texts.
fn crowded(widths: &[Width]) -> Table {
    let reason = "the entry from which it runs isn\u{2019}t filled in, and the date of the letter isn\u{2019}t set yet";
    let headings = ["Organisation", "Outcome of the re-assessment", "By", "Responsibilities", "Why"];
    let column = |(at, width): (usize, &Width)| {
        let words = if at % 2 == 0 { reason.to_owned() } else { "Needs further development".to_owned() };
        Column::new(headings[at % headings.len()]).width(*width).cell(move |_: &usize| words.as_str().into())
    };
    Table::of(&[1, 2, 3], widths.iter().enumerate().map(column).collect())
}

#[test]
fn no_column_is_narrower_than_a_word_over_it_however_long_the_others_texts_are() {
    let (fit, share) = (Width::Fit, Width::Share(1.0));
    let tables = [
        vec![share, fit, share, fit],
        vec![fit; 5],
        vec![Width::Share(9.0), Width::Share(0.2), share, Width::Share(0.1)],
        vec![Width::Chars(2.0), fit, Width::Chars(40.0), share, Width::Chars(40.0)],
        vec![Width::Heading, fit, fit, Width::Heading, share],
    ];
    let parts = tables.iter().flat_map(|widths| {
        let part = || Part::default().block(crowded(widths).caption("Crowded"));
        [part(), part().lying(scrutineer::document::Lies::Turned)]
    });
    let document = Document::new(Kind::Overarching, "Crowded").part(parts);
    all_print(WIDE_ENOUGH, vec![("crowded".to_owned(), printed(&document))]);
}

#[test]
fn no_column_of_any_report_is_narrower_than_a_word_over_it() {
    all_print(WIDE_ENOUGH, sample::all());
}

/// Asks on which pages the entries of the contents stand, and where the chapter after them begins.
const TOGETHER: &str = r#"
#show outline.entry: it => [#metadata(none) <entry>#it]
#context {
  let entries = query(<entry>).map(entry => entry.location().page())
  let chapter = query(heading).find(it => it.body == [Chapter 1]).location().page()
  assert.eq(entries.dedup().len(), 1, message: "the contents stand on pages " + repr(entries.dedup()))
  // Where they are on a page of their own, what follows stands there as well.
  if entries.first() > 1 { assert.eq(chapter, entries.first(), message: "the page of the contents is nearly empty") }
}
"#;

#[test]
fn contents_stay_on_one_page_and_the_first_chapter_follows_on_it() {
    let of = |paragraphs: usize| {
        let foreword = Part::new("Foreword").paragraphs(
            vec!["A sentence of the editor\u{2019}s own, as long as a line of it may well be. ".repeat(3); paragraphs],
        );
        let brief =
            Part::new("In brief").points(vec!["What stands for all, in a line or two of which this is one."; 6]);
        let inner = |number: usize| Part::new(format!("Within {number}")).paragraphs(["Words."]);
        let chapters = (1..=12)
            .map(|number| Part::new(format!("Chapter {number}")).paragraphs(["Few words."]).part(inner(number)));
        let document = Document::new(Kind::Overarching, "Season");
        printed(&document.part((paragraphs > 0).then_some(foreword)).part(brief.block(Block::Contents)).part(chapters))
    };
    all_print(TOGETHER, (0..=14).map(|paragraphs| (format!("of {paragraphs}"), of(paragraphs))).collect());
}

#[test]
fn every_kind_of_cell_is_printed() {
    let (ends, low) = (Some((0.1, 0.9)), 0.2);
    let cells = [
        Cell::Empty,
        Cell::Text("text".to_owned()),
        Cell::Strong("strong".to_owned()),
        Cell::Faint("faint".to_owned()),
        Cell::Code("code".to_owned()),
        Cell::Lines(vec!["one".to_owned(), "two".to_owned()]),
        Cell::Noted("noted".to_owned(), "by".to_owned()),
        Cell::Day(jiff::civil::date(2026, 4, 1)),
        Cell::Count(3),
        Cell::Bar { low, high: 0.8, tick: Some(0.5) },
        Cell::Range { lower: low, median: 0.5, upper: 0.8, own: Some(0.6) },
        Cell::Interval { ends, value: 0.5 },
        Cell::Shares(vec![0.5, 0.5]),
        Cell::Level(Some(0.5), "level".to_owned()),
        Cell::Heat { place: Some(0.5), label: "heat".to_owned() },
        Cell::link("open", Target::file("a.xlsx")),
    ];
    let table = Table::of(&cells, vec![Column::new("Cell").share(1.0).cell(Cell::clone)]);
    let document = Document::new(Kind::Overarching, "Cells").part(Part::default().block(table));
    all_print("", vec![("cells".to_owned(), printed(&document))]);
}
