//! The parts of a report that its pack declares, as templates see them.

use jiff::Span;
use jiff::civil::Date;
use serde::Serialize;

use crate::day::long_date;
use crate::exact::Exact;
use crate::finding::Severity;
use crate::framework::ReportKind;
use crate::review::{
    BlockRecord, CardRecord, CellRecord, FigureRecord, PaperRecord, Review, RowTableRecord, Status, TallyRecord,
};
use crate::words::{capital, count, list, number};

/// The declared parts of a report.
#[derive(Clone, Debug, Serialize)]
pub(super) struct PaperView {
    title: String,
    to: Vec<String>,
    reference: Option<String>,
    notice: Option<&'static str>,
    facts: Vec<FigureRecord>,
    blocks: Vec<BlockView>,
    /// Which of the enclosures says what to put right, and how much; `None` where there is nothing.
    put_right: Option<String>,
    closing: String,
    lines: Vec<String>,
    /// The parts after the signature, their headings numbered.
    enclosures: Vec<BlockView>,
    /// The heading of the findings, numbered after them; `None` where there are none.
    findings_heading: Option<String>,
    /// What is enclosed, to be listed below the signature; `None` where nothing is.
    enclosed: Option<String>,
}

/// One part.
#[derive(Clone, Debug, Serialize)]
struct BlockView {
    heading: Option<String>,
    statement: Option<String>,
    text: Vec<String>,
    points: Vec<String>,
    figures: Vec<FigureRecord>,
    tally: Option<TallyView>,
    table: Option<TableView>,
    cards: Vec<CardRecord>,
    more: Option<String>,
}

/// A table of rows.
#[derive(Clone, Debug, Serialize)]
struct TableView {
    caption: String,
    turned: bool,
    headings: Vec<String>,
    widths: Vec<Option<f64>>,
    /// The side on which each column's texts stand: numbers on the right.
    sides: Vec<&'static str>,
    rows: Vec<Vec<CellRecord>>,
}

/// Rows counted by what they come to.
#[derive(Clone, Debug, Serialize)]
struct TallyView {
    caption: String,
    rows: Vec<TallyRow>,
}

/// What some of the rows come to.
#[derive(Clone, Debug, Serialize)]
struct TallyRow {
    label: String,
    count: usize,
    share: String,
    place: f64,
}

/// Returns the declared parts; `None` where the pack declares none.
pub(super) fn view(kind: ReportKind, review: &Review, date: Option<Date>) -> Option<PaperView> {
    let paper: PaperRecord = review.paper.clone()?;
    let answer_by = paper.answer_within.and_then(|days| date?.checked_add(Span::new().days(days)).ok()).map(long_date);
    let viewed = |record| block(record, answer_by.as_deref());
    let (enclosed, within): (Vec<BlockRecord>, Vec<BlockRecord>) =
        paper.blocks.into_iter().partition(|block| block.enclosed);
    let has_findings = has_findings(kind, review);
    let headings =
        enclosed.iter().filter_map(|block| block.heading.as_deref()).chain(has_findings.then_some(PUT_RIGHT));
    let enclosures = Enclosures { kind, headings: headings.collect() };
    let mut numbered = enclosures.numbered();
    let findings_heading = has_findings.then(|| numbered.pop()).flatten();
    Some(PaperView {
        put_right: has_findings.then(|| put_right(kind, review, &enclosures.last())).flatten(),
        enclosed: enclosures.listed(),
        enclosures: with_headings(enclosed.clone().into_iter().map(viewed), numbered),
        findings_heading,
        title: paper.title,
        to: paper.to,
        reference: paper.reference,
        notice: notice(review.status),
        facts: paper.facts,
        blocks: within.into_iter().map(viewed).collect(),
        closing: paper.closing,
        lines: paper.lines,
    })
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

/// Gives parts that have a heading their numbered ones, in order.
fn with_headings(parts: impl Iterator<Item = BlockView>, numbered: Vec<String>) -> Vec<BlockView> {
    let mut numbered = numbered.into_iter();
    let headed = |part: BlockView| match &part.heading {
        Some(_) => BlockView { heading: numbered.next(), ..part },
        None => part,
    };
    parts.map(headed).collect()
}

/// Whether the findings are an enclosure: they are a section of the report on scores itself.
fn has_findings(kind: ReportKind, review: &Review) -> bool {
    kind != ReportKind::Assessment && !review.findings.is_empty()
}

/// Says where it is told what to put right, and how much that is; `None` where there are only notes.
fn put_right(kind: ReportKind, review: &Review, last: &str) -> Option<String> {
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
fn notice(status: Status) -> Option<&'static str> {
    match status {
        Status::Duplicate => Some(
            "Another file with the same content, or of the same organisation and kind, counts instead of this one.",
        ),
        Status::Superseded => Some("A later workbook of the same organisation and kind counts instead of this one."),
        Status::Scored | Status::Provisional | Status::Unreadable | Status::Unrecognised => None,
    }
}

/// Returns one part; `answer_by` is the day by which the report is to be answered.
fn block(record: BlockRecord, answer_by: Option<&str>) -> BlockView {
    let dated = |text: String| match answer_by {
        Some(day) => text.replace("{answer_by}", day),
        None => text,
    };
    let noun = record.more_noun;
    let more = (record.more > 0).then(|| {
        let rows =
            capital(&count(record.more, &format!("more {noun}"), &format!("more of the kind \u{201c}{noun}\u{201d}")));
        format!("{rows} not printed here; the season workbook lists them all.")
    });
    BlockView {
        heading: record.heading,
        statement: record.statement.map(dated),
        text: record.text.into_iter().map(dated).collect(),
        points: record.points,
        figures: record.figures,
        tally: record.tally.map(tally),
        table: record.table.map(table),
        cards: record.cards,
        more,
    }
}

/// Returns a table of rows.
fn table(record: RowTableRecord) -> TableView {
    let texts = |at: usize| record.rows.iter().filter_map(move |row| row.get(at)).map(|cell| cell.text.as_str());
    let side = |at: usize| if are_numbers(texts(at)) { "right" } else { "left" };
    TableView {
        sides: (0..record.headings.len()).map(side).collect(),
        caption: record.caption,
        turned: record.turned,
        headings: record.headings,
        widths: record.widths,
        rows: record.rows,
    }
}

/// Whether texts are numbers, as far as there are any.
fn are_numbers<'a>(texts: impl Iterator<Item = &'a str>) -> bool {
    let mut given = texts.filter(|text| !matches!(*text, "" | "\u{2013}")).peekable();
    let is_number = |text: &str| text.trim_start_matches('\u{a3}').replace(',', "").parse::<Exact>().is_ok();
    given.peek().is_some() && given.all(is_number)
}

/// Returns rows counted by what they come to.
fn tally(record: TallyRecord) -> TallyView {
    let all = Exact::from(record.all);
    let row = |(label, rows): (String, usize)| {
        let share = Exact::from(rows).divided_by(&all);
        TallyRow {
            label,
            count: rows,
            share: share
                .as_ref()
                .map_or_else(|| "\u{2013}".to_owned(), |share| format!("{}%", number(&(share * &Exact::from(100)), 0))),
            place: share.map_or(0.0, |share| share.to_float()),
        }
    };
    let caption = format!("What each {} comes to, {} in all", record.row_noun, record.all);
    TallyView { caption, rows: record.results.into_iter().map(row).collect() }
}
