//! The parts of a report that its pack declares, as templates see them.

use jiff::Span;
use jiff::civil::Date;
use serde::Serialize;

use crate::artifact::report::sentence::{capital, count, number};
use crate::day::long_date;
use crate::exact::Exact;
use crate::review::{BlockRecord, CardRecord, FigureRecord, PaperRecord, Review, RowTableRecord, Status, TallyRecord};

/// The declared parts of a report.
#[derive(Clone, Debug, Serialize)]
pub(super) struct PaperView {
    title: String,
    to: Vec<String>,
    reference: Option<String>,
    notice: Option<&'static str>,
    facts: Vec<FigureRecord>,
    blocks: Vec<BlockView>,
    closing: String,
    lines: Vec<String>,
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
    table: Option<RowTableRecord>,
    cards: Vec<CardRecord>,
    more: Option<String>,
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
pub(super) fn view(review: &Review, date: Option<Date>) -> Option<PaperView> {
    let paper: PaperRecord = review.paper.clone()?;
    let answer_by = paper.answer_within.and_then(|days| date?.checked_add(Span::new().days(days)).ok()).map(long_date);
    Some(PaperView {
        title: paper.title,
        to: paper.to,
        reference: paper.reference,
        notice: notice(review.status),
        facts: paper.facts,
        blocks: paper.blocks.into_iter().map(|record| block(record, answer_by.as_deref())).collect(),
        closing: paper.closing,
        lines: paper.lines,
    })
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
        table: record.table,
        cards: record.cards,
        more,
    }
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
