//! The parts of a report that its pack declares: those within it, the lines that are signed, and what is enclosed.

use jiff::Span;
use jiff::civil::Date;

use super::finding;
use crate::day::long_date;
use crate::document::{Block, Cell, Column, Fact, Format, Lies, Part, Side, Table, Width};
use crate::exact::Exact;
use crate::finding::Severity;
use crate::framework::ReportKind;
use crate::report::subject::Subjects;
use crate::review::{
    BlockRecord, CellRecord, ColumnRecord, FigureRecord, PaperRecord, Review, RowTableRecord, TallyRecord,
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

/// Returns the parts that a pack declares for what is dated so; there are none where it declares none.
pub(super) fn declared(kind: ReportKind, date: Option<Date>, subjects: &Subjects) -> Declared {
    let Some(paper) = &subjects.review.paper else { return Declared::default() };
    let answer_by = paper.answer_within.map(|days| answer_by(days, date));
    let of = |enclosed: bool| paper.blocks.iter().filter(move |block| block.enclosed == enclosed);
    let told = |record: &BlockRecord| part(record, answer_by.as_deref());
    // The report on scores itself has the findings as a section.
    let has_findings = kind != ReportKind::Assessment && !subjects.review.findings.is_empty();
    let findings = has_findings.then(|| finding::part("What to put right in the workbook", subjects));
    let mut parts: Vec<Part> = of(true).map(told).chain(findings).collect();
    let called = called(kind, parts.iter().filter(|part| part.heading.is_some()).count());
    let enclosed = listed(kind, &parts);
    let headings = parts.iter_mut().filter_map(|part| part.heading.as_mut());
    headings.zip(&called).for_each(|(heading, called)| *heading = format!("{called}: {heading}"));
    // Where the report is signed, what is enclosed begins a page.
    if let Some(first) = parts.first_mut().filter(|part| kind != ReportKind::Assessment && part.lies == Lies::On) {
        first.lies = Lies::NewPage;
    }
    let numbered = |part| Part { numbered: kind == ReportKind::BoardPaper, ..part };
    let within = of(false).map(told).map(numbered).collect();
    let put_right = called.last().filter(|_| has_findings).and_then(|last| put_right(kind, subjects.review, last));
    Declared { within: signed(within, paper, enclosed, put_right), enclosed: parts }
}

/// Returns the day by which something is to be answered that is of this date; how long after its date where nobody says that.
fn answer_by(days: u16, date: Option<Date>) -> String {
    let day = date.and_then(|date| date.checked_add(Span::new().days(days)).ok()).map(long_date);
    day.unwrap_or_else(|| format!("the day {} after the date of this letter", after(usize::from(days))))
}

/// Returns a number of days in words, in weeks where they are whole.
fn after(days: usize) -> String {
    if days.is_multiple_of(7) { count(days / 7, "week", "weeks") } else { count(days, "day", "days") }
}

/// Puts the lines that are signed at the end of the last part, below what says what to put right.
fn signed(mut parts: Vec<Part>, paper: &PaperRecord, enclosed: Option<String>, put_right: Option<String>) -> Vec<Part> {
    if paper.lines.is_empty() && put_right.is_none() {
        return parts;
    }
    let signature = Block::Signature { closing: paper.closing.clone(), lines: paper.lines.clone(), enclosed };
    let last = parts.pop().unwrap_or_default();
    parts.push(last.lead(put_right).block(signature));
    parts
}

/// Returns what the parts after the signature are called, one and several of them.
const fn nouns(kind: ReportKind) -> [&'static str; 2] {
    match kind {
        ReportKind::Letter => ["Enclosure", "Enclosures"],
        ReportKind::BoardPaper | ReportKind::Assessment => ["Annex", "Annexes"],
    }
}

/// Returns what one of them is told by: a letter's by a number, a paper's by a letter.
fn mark(kind: ReportKind, at: usize) -> String {
    match kind {
        ReportKind::Letter => (at + 1).to_string(),
        ReportKind::BoardPaper | ReportKind::Assessment => ('A'..='Z').nth(at.min(25)).into_iter().collect(),
    }
}

/// Returns how each of so many is called: one alone without number or letter.
fn called(kind: ReportKind, number: usize) -> Vec<String> {
    let [noun, _] = nouns(kind);
    match number {
        1 => vec![noun.to_owned()],
        _several => (0..number).map(|at| format!("{noun} {}", mark(kind, at))).collect(),
    }
}

/// Returns what is enclosed, in a line; `None` where nothing is.
fn listed(kind: ReportKind, parts: &[Part]) -> Option<String> {
    let headings: Vec<&str> = parts.iter().filter_map(|part| part.heading.as_deref()).collect();
    let [noun, several] = nouns(kind);
    match &headings[..] {
        [] => None,
        [one] => Some(format!("{noun}: {one}")),
        all => {
            let marked = all.iter().enumerate().map(|(at, heading)| format!("{} {heading}", mark(kind, at)));
            Some(format!("{several}: {}", marked.collect::<Vec<_>>().join("; ")))
        }
    }
}

/// Says in which enclosure it is told what to put right, and how much that is; `None` where there are only notes.
fn put_right(kind: ReportKind, review: &Review, enclosure: &str) -> Option<String> {
    let (errors, warnings) = (review.to_answer(Severity::Error), review.to_answer(Severity::Warning));
    let counts = [
        (errors, count(errors, "error that must be put right", "errors that must be put right")),
        (warnings, count(warnings, "warning to check or explain", "warnings to check or explain")),
    ];
    let counts: Vec<String> = counts.into_iter().filter(|(number, _)| *number > 0).map(|(_, words)| words).collect();
    if counts.is_empty() {
        return None;
    }
    let unaccepted = match (kind, errors) {
        (ReportKind::Letter, 1) => {
            " Please put it right and send the workbook again: it can\u{2019}t be accepted while the error stands."
        }
        (ReportKind::Letter, 2..) => {
            " Please put them right and send the workbook again: it can\u{2019}t be accepted while the errors stand."
        }
        (ReportKind::Letter, 0) | (ReportKind::BoardPaper | ReportKind::Assessment, _) => "",
    };
    let [noun, _] = nouns(kind);
    let last = if enclosure == noun { format!("The {}", noun.to_lowercase()) } else { enclosure.to_owned() };
    Some(format!("{last} lists {} in the workbook.{unaccepted}", list(&counts)))
}

/// Returns one part; `answer_by` is the day by which the report is to be answered.
fn part(record: &BlockRecord, answer_by: Option<&str>) -> Part {
    let dated = |text: &String| answer_by.map_or_else(|| text.clone(), |day| text.replace("{answer_by}", day));
    // A salutation has a line of its own.
    let (salutations, text): (Vec<String>, Vec<String>) =
        record.text.iter().map(dated).partition(|words| words.ends_with(','));
    let turned = record.table.as_ref().is_some_and(|table| table.turned);
    let lies = if turned { Lies::Turned } else { Lies::On };
    let cards = record.cards.iter().map(|card| (card.title.clone(), facts(&card.facts)));
    Part { heading: record.heading.clone(), lies, ..Part::default() }
        .blocks(record.statement.as_ref().map(|words| Block::Statement(dated(words))))
        .lead(salutations)
        .lead(text)
        .points(&record.points)
        .blocks(record.tally.as_ref().map(tally))
        .block(Block::Figures(facts(&record.figures)))
        .blocks(record.table.as_ref().map(table))
        .block(Block::Cards(cards.collect()))
        .paragraphs((record.more > 0).then(|| more(record)))
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

/// Returns a table of rows.
fn table(record: &RowTableRecord) -> Table {
    let side = |column: &ColumnRecord| if column.is_number { Side::Right } else { Side::Left };
    let cell = |at: usize| {
        move |row: &Vec<CellRecord>| row.get(at).map_or(Cell::Empty, |cell| Cell::strong_if(cell.stressed, &cell.text))
    };
    let columns = record.columns.iter().enumerate().map(|(at, column)| {
        let width = column.wide.map_or(Width::Fit, Width::Share);
        Column::new(&column.heading).width(width).side(side(column)).cell(cell(at))
    });
    Table::of(&record.rows, columns.collect()).caption(&record.caption)
}

/// Returns rows counted by what they come to.
fn tally(record: &TallyRecord) -> Table {
    let share = |row: &(String, usize)| Exact::from(row.1).divided_by(&Exact::from(record.all));
    let drawn = move |row: &(String, usize)| {
        let place = share(row).map_or(0.0, |share| share.to_float());
        Cell::Bar { low: place, high: place, tick: None }
    };
    let told = move |row: &(String, usize)| Cell::or_dash(share(row).map(|share| Cell::number(share, Format::Share)));
    let columns = vec![
        Column::new("Result").share(1.3).cell(|row: &(String, usize)| (&row.0).into()),
        Column::new("0 to 100%").share(1.6).cell(drawn),
        Column::new("Number").cell(|row: &(String, usize)| row.1.into()),
        Column::new("Share").side(Side::Right).cell(told),
    ];
    Table::of(&record.results, columns)
        .caption(format!("What each {} comes to, {} in all", record.row_noun, record.all))
}
