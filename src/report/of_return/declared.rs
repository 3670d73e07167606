//! The parts of a report that its pack declares: those within it, the lines that are signed, and what is enclosed.

use jiff::Span;
use jiff::civil::Date;

use super::finding;
use crate::day::long_date;
use crate::document::{Block, Card, Cell, Column, Fact, Format, Lies, Part, Side, Signature, Table, Width};
use crate::exact::Exact;
use crate::finding::Severity;
use crate::framework::ReportKind;
use crate::report::subject::Subjects;
use crate::review::{
    BlockRecord, CardRecord, CellRecord, FigureRecord, PaperRecord, Review, RowTableRecord, Status, TallyRecord,
};
use crate::words::{capital, count, list};

/// The parts that a pack declares.
#[derive(Default)]
pub(super) struct Declared {
    /// The parts within the report, the last with the lines that are signed.
    pub(super) within: Vec<Part>,
    /// What comes after them, on pages of its own where the report is signed.
    pub(super) enclosed: Vec<Part>,
}

/// Returns the parts that a pack declares; there are none where it declares none.
pub(super) fn declared(kind: ReportKind, review: &Review, date: Option<Date>, subjects: &Subjects) -> Declared {
    let Some(paper) = &review.paper else { return Declared::default() };
    let answer_by = paper.answer_within.and_then(|days| date?.checked_add(Span::new().days(days)).ok()).map(long_date);
    let told = |record: &&BlockRecord| part(record, answer_by.as_deref());
    let (enclosed, within): (Vec<&BlockRecord>, Vec<&BlockRecord>) =
        paper.blocks.iter().partition(|block| block.enclosed);
    let findings = has_findings(kind, review).then(|| finding::part(PUT_RIGHT, review, subjects));
    let parts: Vec<Part> = enclosed.iter().map(told).chain(findings).collect();
    let enclosures = Enclosures { kind, headings: parts.iter().filter_map(|part| part.heading.as_deref()).collect() };
    let numbered = enclosures.numbered();
    let within =
        within.iter().map(told).map(|part| Part { numbered: kind == ReportKind::BoardPaper, ..part }).collect();
    let within = signed(within, paper, &enclosures, put_right(kind, review, &enclosures.last()));
    Declared { within, enclosed: with_headings(parts, numbered, kind) }
}

/// Puts the lines that are signed at the end of the last part, below what says what to put right.
fn signed(mut parts: Vec<Part>, paper: &PaperRecord, enclosures: &Enclosures, put_right: Option<String>) -> Vec<Part> {
    if paper.lines.is_empty() && put_right.is_none() {
        return parts;
    }
    let signature =
        Signature { closing: paper.closing.clone(), lines: paper.lines.clone(), enclosed: enclosures.listed() };
    let last = parts.pop().unwrap_or_default();
    parts.push(last.lead(put_right).block(Block::Signature(signature)));
    parts
}

/// What the findings are called among the enclosures.
const PUT_RIGHT: &str = "What to put right in the workbook";

/// The parts after the signature, by their headings.
struct Enclosures<'a> {
    kind: ReportKind,
    headings: Vec<&'a str>,
}

impl Enclosures<'_> {
    /// Returns what one is told by: a letter's by a number, a paper's by a letter.
    fn mark(&self, at: usize) -> String {
        match self.kind {
            ReportKind::Letter => (at + 1).to_string(),
            ReportKind::BoardPaper | ReportKind::Assessment => {
                char::from(b'A' + u8::try_from(at.min(25)).expect("25 fits a byte")).to_string()
            }
        }
    }

    /// Returns what they are called.
    fn noun(&self) -> &'static str {
        match self.kind {
            ReportKind::Letter => "Enclosure",
            ReportKind::BoardPaper | ReportKind::Assessment => "Annex",
        }
    }

    /// Returns how one is called: one alone without number or letter.
    fn called(&self, at: usize) -> String {
        if self.headings.len() == 1 { self.noun().to_owned() } else { format!("{} {}", self.noun(), self.mark(at)) }
    }

    /// Returns how the last is called in a sentence.
    fn last(&self) -> String {
        let called = self.called(self.headings.len().saturating_sub(1));
        if called.contains(' ') { called } else { format!("The {}", called.to_lowercase()) }
    }

    /// Returns their headings, each after what it is called.
    fn numbered(&self) -> Vec<String> {
        self.headings.iter().enumerate().map(|(at, heading)| format!("{}: {heading}", self.called(at))).collect()
    }

    /// Returns what is enclosed, in a line; `None` where nothing is.
    fn listed(&self) -> Option<String> {
        let one = |(at, heading): (usize, &&str)| match self.headings.len() {
            1 => (*heading).to_owned(),
            _ => format!("{} {heading}", self.mark(at)),
        };
        let listed: Vec<String> = self.headings.iter().enumerate().map(one).collect();
        let several = match (self.kind, listed.len()) {
            (_, 0) => return None,
            (_, 1) => self.noun(),
            (ReportKind::Letter, _) => "Enclosures",
            (ReportKind::BoardPaper | ReportKind::Assessment, _) => "Annexes",
        };
        Some(format!("{several}: {}", listed.join("; ")))
    }
}

/// Gives parts that have a heading their numbered ones, in order; the first begins a page where the report is signed.
fn with_headings(parts: Vec<Part>, numbered: Vec<String>, kind: ReportKind) -> Vec<Part> {
    let mut numbered = numbered.into_iter();
    let headed = |part: Part| match &part.heading {
        Some(_) => Part { heading: numbered.next(), ..part },
        None => part,
    };
    let mut parts: Vec<Part> = parts.into_iter().map(headed).collect();
    if let Some(first) = parts.first_mut().filter(|part| kind != ReportKind::Assessment && part.lies == Lies::On) {
        first.lies = Lies::NewPage;
    }
    parts
}

/// Whether the findings are an enclosure: they are a section of the report on scores itself.
fn has_findings(kind: ReportKind, review: &Review) -> bool {
    kind != ReportKind::Assessment && !review.findings.is_empty()
}

/// Says where it is told what to put right, and how much that is; `None` where there are only notes.
fn put_right(kind: ReportKind, review: &Review, last: &str) -> Option<String> {
    if !has_findings(kind, review) {
        return None;
    }
    let (errors, warnings) = (review.graded(Severity::Error), review.graded(Severity::Warning));
    let counts = [
        (errors, count(errors, "error that must be put right", "errors that must be put right")),
        (warnings, count(warnings, "warning to check or explain", "warnings to check or explain")),
    ];
    let counts: Vec<String> = counts.into_iter().filter(|(number, _)| *number > 0).map(|(_, words)| words).collect();
    if counts.is_empty() {
        return None;
    }
    let unaccepted = match (kind, errors) {
        (ReportKind::Letter, 1) => " It can\u{2019}t be accepted while the error stands.",
        (ReportKind::Letter, 2..) => " It can\u{2019}t be accepted while the errors stand.",
        (ReportKind::Letter, 0) | (ReportKind::BoardPaper | ReportKind::Assessment, _) => "",
    };
    Some(format!("{last} lists {} in the workbook.{unaccepted}", list(&counts)))
}

/// Returns what must be said of a return that another one replaces; `None` where it counts.
pub(super) fn notice(status: Status) -> Option<&'static str> {
    match status {
        Status::Duplicate => Some(
            "Another file with the same content, or of the same organisation and kind, counts instead of this one.",
        ),
        Status::Superseded => Some("A later workbook of the same organisation and kind counts instead of this one."),
        Status::Scored | Status::Provisional | Status::Unreadable | Status::Unrecognised => None,
    }
}

/// Returns one part; `answer_by` is the day by which the report is to be answered.
fn part(record: &BlockRecord, answer_by: Option<&str>) -> Part {
    let dated = |text: &String| answer_by.map_or_else(|| text.clone(), |day| text.replace("{answer_by}", day));
    // A salutation has a line of its own.
    let (salutations, text): (Vec<String>, Vec<String>) =
        record.text.iter().map(dated).partition(|words| words.ends_with(','));
    let turned = record.table.as_ref().is_some_and(|table| table.turned);
    Part { heading: record.heading.clone(), lies: if turned { Lies::Turned } else { Lies::On }, ..Part::default() }
        .blocks(record.statement.as_ref().map(|words| Block::Statement(dated(words))))
        .lead(salutations)
        .lead(text)
        .points(&record.points)
        .blocks(record.tally.as_ref().map(tally))
        .blocks((!record.figures.is_empty()).then(|| Block::Figures(facts(&record.figures))))
        .blocks(record.table.as_ref().map(table))
        .blocks((!record.cards.is_empty()).then(|| Block::Cards(record.cards.iter().map(card).collect())))
        .blocks((record.more > 0).then(|| Block::Paragraph(more(record))))
}

/// Says how many rows there are beyond those that are told.
fn more(record: &BlockRecord) -> String {
    let noun = &record.more_noun;
    let one = format!("more {noun}");
    let rows = capital(&count(record.more, &one, &format!("more of the kind \u{201c}{noun}\u{201d}")));
    format!("{rows} not printed here; the season workbook lists them all.")
}

/// Returns labels with their values.
pub(super) fn facts(figures: &[FigureRecord]) -> Vec<Fact> {
    figures.iter().map(|figure| Fact::new(&figure.label, &figure.value)).collect()
}

/// Returns a row with its facts.
fn card(record: &CardRecord) -> Card {
    Card { title: record.title.clone(), facts: facts(&record.facts) }
}

/// Returns a table of rows.
fn table(record: &RowTableRecord) -> Table {
    let texts = |at: usize| record.rows.iter().filter_map(move |row| row.get(at)).map(|cell| cell.text.as_str());
    let side = |at: usize| if are_numbers(texts(at)) { Side::Right } else { Side::Left };
    let cell = |at: usize| move |row: &Vec<CellRecord>| row.get(at).map_or(Cell::Empty, stressed);
    let columns = record.headings.iter().zip(&record.widths).enumerate().map(|(at, (heading, width))| {
        Column::new(heading).width(width.map_or(Width::Fit, Width::Share)).side(side(at)).cell(cell(at))
    });
    Table::of(&record.rows, columns.collect()).caption(&record.caption)
}

/// Returns a cell, which may stand out.
fn stressed(cell: &CellRecord) -> Cell {
    if cell.stressed { Cell::Strong(cell.text.clone()) } else { (&cell.text).into() }
}

/// Whether texts are numbers, as far as there are any.
fn are_numbers<'a>(texts: impl Iterator<Item = &'a str>) -> bool {
    let mut given = texts.filter(|text| !matches!(*text, "" | "\u{2013}")).peekable();
    let is_number = |text: &str| text.trim_start_matches('\u{a3}').replace(',', "").parse::<Exact>().is_ok();
    given.peek().is_some() && given.all(is_number)
}

/// Returns rows counted by what they come to.
fn tally(record: &TallyRecord) -> Table {
    let all = Exact::from(record.all);
    let share = |rows: usize| Exact::from(rows).divided_by(&all);
    let drawn = move |row: &(String, usize)| {
        let place = share(row.1).map_or(0.0, |share| share.to_float());
        Cell::Bar { low: place, high: place, tick: None }
    };
    let told = move |row: &(String, usize)| {
        share(row.1).map_or_else(|| "\u{2013}".into(), |share| Cell::number(share, Format::Share))
    };
    let columns = vec![
        Column::new("Result").share(1.3).cell(|row: &(String, usize)| (&row.0).into()),
        Column::new("0 to 100%").share(1.6).cell(drawn),
        Column::new("Number").cell(|row: &(String, usize)| row.1.into()),
        Column::new("Share").side(Side::Right).cell(told),
    ];
    Table::of(&record.results, columns)
        .caption(format!("What each {} comes to, {} in all", record.row_noun, record.all))
}
