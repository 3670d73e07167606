//! One file: its review, and the rows of the workbook that findings stand in.
//!
//! A panic while a file is reviewed is a finding of that file. The rows are only gathered for those who show findings as a
//! person sees them in the workbook.

use std::any::Any;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use serde::{Deserialize, Serialize};

use crate::annotated::{
    self, Answer, Explanation, NOTHING_SAID, StripError, beside_none, explanations_of, strip, with_typed_over,
};
use crate::catalogue::rule::REVIEW_FAILED;
use crate::finding::{Finding, Place, Severity};
use crate::form::rule::CONTENT_UNEXPECTED;
use crate::ooxml::Limits;
use crate::personal::masked;
use crate::review::{self, Review, Seen, Settings, Status, WholeReview};
use crate::workbook::{Cell, Sheet, Source};

/// The most rows that are gathered of one file.
const MOST_ROWS: usize = 500;
/// The most letters that are gathered of one cell.
const MOST_LETTERS: usize = 80;

/// Whether the rows around findings are gathered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rows {
    /// They are, to be shown.
    Gathered,
    /// Nobody looks at them.
    LeftOut,
}

/// A file that was reviewed.
#[derive(Clone, Debug)]
pub struct ReviewedFile {
    /// All that is known of it.
    pub review: Review,
    /// The rows that findings stand in, in order; empty where they are left out.
    pub rows: Vec<SheetRow>,
    /// What it says where it is a workbook of findings that came back; `None` for all others.
    pub answer: Option<Answer>,
    /// What our sheet in it says was found, row by row, where it is a copy with our findings that lost what names the file that it was
    /// made from; empty for all others.
    pub told: Vec<Explanation>,
}

/// The filled cells of one row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetRow {
    /// The sheet's name.
    pub sheet: String,
    /// The row, from one.
    pub row: u32,
    /// The columns, from one, and what their cells show, shortened.
    pub cells: Vec<(u32, String)>,
}

impl From<Review> for ReviewedFile {
    fn from(review: Review) -> Self {
        Self { review, rows: Vec::new(), answer: None, told: Vec::new() }
    }
}

/// A file that was reviewed, with all of its review, as it is sent between processes and kept between runs.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct WholeFile {
    review: WholeReview,
    rows: Vec<SheetRow>,
    answer: Option<Answer>,
    told: Vec<Explanation>,
}

impl From<ReviewedFile> for WholeFile {
    fn from(ReviewedFile { review, rows, answer, told }: ReviewedFile) -> Self {
        Self { review: review.into(), rows, answer, told }
    }
}

impl From<WholeFile> for ReviewedFile {
    fn from(WholeFile { review, rows, answer, told }: WholeFile) -> Self {
        Self { review: review.into(), rows, answer, told }
    }
}

/// What a file holds without what is ours.
struct Own {
    review: Review,
    seen: Option<Seen>,
    /// What our sheet says was found, where nothing else says which file it was made from.
    told: Vec<Explanation>,
}

impl From<(Review, Option<Seen>)> for Own {
    fn from((review, seen): (Review, Option<Seen>)) -> Self {
        Self { review, seen, told: Vec::new() }
    }
}

/// Reviews a file in this process.
pub fn review_file(settings: &Settings, source: &Source, rows: Rows) -> ReviewedFile {
    let read = catch_unwind(AssertUnwindSafe(|| review_own(settings, source)));
    let Own { review, seen, told } =
        read.unwrap_or_else(|cause| (failed(source, &words_of(cause.as_ref())), None).into());
    let answer = answer_in(source, &review, seen.as_ref());
    let rows = match (rows, seen) {
        (Rows::LeftOut, _) | (Rows::Gathered, None) => Vec::new(),
        (Rows::Gathered, Some(seen)) => catch_unwind(AssertUnwindSafe(|| gather(&seen, &review))).unwrap_or_default(),
    };
    ReviewedFile { review, rows, answer, told }
}

/// Reads what a workbook of findings says that came back. No form is like one.
fn answer_in(source: &Source, review: &Review, seen: Option<&Seen>) -> Option<Answer> {
    if review.status != Status::Unrecognised && review.made_from.is_none() {
        return None;
    }
    let package = source.package(&Limits::default()).ok();
    let answer = package.and_then(|package| annotated::answer(&package).ok().flatten());
    answer.or_else(|| annotated::answer_in(&seen?.workbook))
}

/// Reviews a file; a copy that we have annotated is reviewed without our notes, and what the sender wrote beside our findings
/// goes with those that are still found.
fn review_own(settings: &Settings, source: &Source) -> Own {
    let (review, seen) = review::read_and_review(settings, source);
    let opened = source.package(&Limits::default()).map_err(StripError::from);
    let is_marked = seen.as_ref().is_some_and(|seen| annotated::is_marked_as_ours(&seen.workbook));
    let is_known = || opened.as_ref().is_ok_and(|package| annotated::is_known_as_ours(package));
    // A workbook of nothing but our findings is no copy.
    if matches!(review.status, Status::Unreadable | Status::Unrecognised) || !(is_marked || is_known()) {
        return (review, seen).into();
    }
    let Ok(stripped) = opened.and_then(|package| strip(&package)) else {
        return saved_otherwise(settings, source, (review, seen));
    };
    let plain = review::read_and_review(settings, &Source::new(source.name.clone(), stripped.bytes));
    let Own { review: plain, seen, told } = saved_otherwise(settings, source, plain);
    let mut review = Review { sha256: review.sha256, made_from: Some(stripped.original), ..plain };
    explain(&mut review.findings, &stripped.explanations);
    let is_named = review.made_from.as_deref().is_some_and(|digest| !digest.is_empty());
    let told = if is_named { Vec::new() } else { [stripped.explanations, told].concat() };
    Own { review, seen, told }
}

/// Reviews a copy of ours that came back in another format, or of which we can't take our sheet out: without it, and with what the sender
/// wrote in it.
fn saved_otherwise(settings: &Settings, source: &Source, (review, seen): (Review, Option<Seen>)) -> Own {
    let said = seen.as_ref().and_then(|seen| annotated::explained_in(&seen.workbook));
    let said = said.map(|(sheet, explanations)| (sheet.to_owned(), explanations));
    let Some(mut seen) = seen else { return (review, None).into() };
    let has_our_notes = |sheet: &Sheet| sheet.notes.iter().any(|(_, says)| annotated::is_our_note(says));
    if said.is_none() && !seen.workbook.sheets.iter().any(has_our_notes) {
        return (review, Some(seen)).into();
    }
    let (sheet, told) = said.unwrap_or_default();
    seen.workbook.sheets.retain(|other| other.name != sheet);
    for sheet in &mut seen.workbook.sheets {
        sheet.notes.retain(|(_, says)| !annotated::is_our_note(says));
    }
    let (mut review, seen) = review::review_seen(settings, source, seen.workbook);
    explain(&mut review.findings, &told);
    Own { review: Review { made_from: Some(String::new()), ..review }, seen: Some(seen), told }
}

/// Puts what the sender wrote beside the findings that it is about.
pub(super) fn explain(findings: &mut Vec<Finding>, explanations: &[Explanation]) {
    let explanations = &with_typed_over(explanations, findings)[..];
    let beside_none: Vec<Finding> = beside_none(explanations, findings).into_iter().filter_map(unplaced).collect();
    let told = explanations_of(explanations, findings);
    let nothing: Vec<bool> = told.iter().map(|said| said.is_some_and(Explanation::says_nothing)).collect();
    let told = told.into_iter().map(|said| said.filter(|said| !said.says_nothing()));
    let told: Vec<Option<String>> = told.map(|said| Some(masked(&said?.text).into_owned())).collect();
    for finding in findings.iter_mut().zip(nothing).filter_map(|(finding, is_nothing)| is_nothing.then_some(finding)) {
        finding.help.push_str(NOTHING_SAID);
    }
    for (finding, said) in findings.iter_mut().zip(told) {
        let before = finding.explanation.take();
        finding.explanation = match (before, said) {
            (Some(before), Some(said)) if before != said => Some(format!("{before}\n{said}")),
            (before, said) => before.or(said),
        };
    }
    if !beside_none.is_empty() {
        findings.extend(beside_none);
        findings.sort_by_key(|finding| (Reverse(finding.severity), finding.effects.is_empty()));
    }
}

/// Tells what was written on our sheet of findings beside none of them: nothing that a sender says gets lost.
fn unplaced(said: &Explanation) -> Option<Finding> {
    let (sheet, at) = said.written_at.as_ref()?;
    let text = masked(&said.text).into_owned();
    let message = format!(
        "“{}” was written on our sheet of findings, and can\u{2019}t be told of which finding",
        shortened(&text)
    );
    let finding = Finding::new(&CONTENT_UNEXPECTED, Place::cell(sheet, *at), message).with_severity(Severity::Warning);
    let help = "Read what is said there; an explanation belongs into the column “Your explanation”, in the row of its finding.";
    Some(finding.with_found(text).with_help(help))
}

/// Returns the review of a file on which the program failed.
fn failed(source: &Source, why: &str) -> Review {
    let finding = Finding::new(&REVIEW_FAILED, Place::Workbook, program_fault(why))
        .with_help("Report this to the people who look after scrutineer; until then assess the return by hand.");
    Review::unread(&source.name, source.sha256(), Status::Unreadable, vec![finding])
}

/// Says that the program failed on a file.
pub(super) fn program_fault(why: &str) -> String {
    format!("scrutineer failed on this file, which is a fault of the program: {why}")
}

/// Returns the words of a panic.
pub(super) fn words_of(cause: &(dyn Any + Send)) -> String {
    let text = cause.downcast_ref::<&str>().map(ToString::to_string);
    text.or_else(|| cause.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no cause is known".to_owned())
}

/// Gathers the rows in which findings stand.
fn gather(seen: &Seen, review: &Review) -> Vec<SheetRow> {
    let mut wanted: BTreeMap<&str, BTreeSet<u32>> = BTreeMap::new();
    for finding in &review.findings {
        if let Some((sheet, cells)) = finding.sheet().zip(finding.cells()) {
            wanted.entry(sheet).or_default().insert(cells.first.row);
        }
    }
    let sheets = seen.workbook.sheets.iter().filter_map(|sheet| wanted.get(&*sheet.name).map(|rows| (sheet, rows)));
    let rows = sheets.flat_map(|(sheet, rows)| rows.iter().map(move |row| row_of(seen, sheet, *row)));
    rows.take(MOST_ROWS).collect()
}

/// Returns one row of a sheet as a person sees it, but for what may not leave the workbook.
fn row_of(seen: &Seen, sheet: &Sheet, row: u32) -> SheetRow {
    let filled = sheet.row(row).iter().filter(|cell| !cell.value.is_blank());
    let told = |cell: &Cell| {
        let shown = cell.shown(seen.workbook.date_system);
        (cell.at.column, shortened(&seen.private.shown(&sheet.name, cell.at, &shown)))
    };
    SheetRow { sheet: sheet.name.clone(), row, cells: filled.map(told).collect() }
}

/// Returns the first letters of a text, on one line.
fn shortened(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().take(MOST_LETTERS).collect()
}
