//! Finds a table's heading row and says which column each heading stands over.
//!
//! Headings are known by their words, by the other words that the pack lists, by near wording, by what stands below them,
//! and last by their place: between two known neighbours, or where the form has them. A heading may run over two rows. Where
//! several columns have one heading, the one is read that holds what it asks for, of several that do the first. Words that several columns have and the form doesn't tell
//! nothing of these: their order does, and what they hold.

mod by_form;

use std::borrow::Cow;
use std::cell::OnceCell;

use crate::cell::{CellRange, CellRef};
use crate::finding::{Finding, Findings, Place, Severity};
use crate::wording::{Reference, Wording};
use crate::words::{agree, number_of};
use crate::workbook::DateSystem;

use super::content::{self, Content, Evidence};
use super::rule::{HEADING_MISSING, HEADING_RENAMED};
use super::text::SheetText;

pub(super) use by_form::FormHeadings;

/// How alike a heading must be to be taken for one that it isn't word for word.
const NEAR: f64 = 0.66;
/// How much likeness it is worth that a column holds what the heading asks for.
const CONTENT: f64 = 0.2;

/// A heading that a table should have.
#[derive(Clone, Debug)]
pub struct Heading<'a> {
    /// The words, as the form has them; empty where the form has none.
    pub title: &'a str,
    /// Other words for it.
    pub also: &'a [String],
    /// Whether the table can't be read without it.
    pub needed: Needed,
    /// What stands below it.
    pub content: Content<'a>,
}

/// Whether a heading must be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needed {
    /// The table can't be read without it.
    Yes,
    /// Senders fill the column in: where the form has it, what rests on it is open without it.
    ToFillIn,
    /// The column may be absent.
    No,
}

/// The heading row of a table.
#[derive(Debug)]
pub struct HeadingRow {
    /// The first row of the heading.
    first: u32,
    /// The last row of the heading; the table's rows follow it.
    pub row: u32,
    /// For each heading asked for, the column it was found over.
    pub columns: Vec<Option<u32>>,
    /// For each heading asked for, how it was known.
    known_by: Vec<Option<KnownBy>>,
    /// The headings that more columns have than the form.
    repeated: Vec<Repeated>,
    /// The headings that weren't found though they may be over a column that is filled in, each with the first such column.
    untold: Vec<(usize, u32)>,
    /// The headings that the form has and this sheet doesn't, over no column that may be theirs.
    absent: Vec<usize>,
    /// The columns that are something else's by their words.
    aside: Vec<u32>,
}

/// A heading that more columns have than the form.
#[derive(Debug)]
struct Repeated {
    /// Which of the headings asked for.
    heading: usize,
    /// The columns, in order.
    columns: Vec<u32>,
    /// The one that was read; `None` where nothing tells which is meant.
    read: Option<u32>,
    /// Those that hold what the heading asks for; none where one alone does.
    alike: Vec<u32>,
    /// Who says so.
    told_by: ToldBy,
}

/// Who says that a heading stands over several columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ToldBy {
    /// Who finds the headings.
    Headings,
    /// Who reads the rows, and knows where the columns differ.
    Rows,
}

impl Repeated {
    /// Says so: at the heading that wasn't read, or at all of them.
    fn told(&self, text: &SheetText, row: &HeadingRow, heading: &Heading) -> Finding {
        let cells: Vec<CellRef> = self.columns.iter().filter_map(|column| row.cells(text, *column).last()).collect();
        let listed = cells.iter().map(CellRef::to_string).collect::<Vec<_>>().join(" and ");
        let title = heading.title;
        let others = cells.iter().filter(|at| Some(at.column) != self.read);
        let first = others.copied().next().unwrap_or(CellRef::new(row.row, self.columns[0]));
        let (rule, message) = match self.read {
            Some(read) => {
                let read = CellRef::new(first.row, read);
                (&HEADING_RENAMED, format!("{listed} both say “{title}”; what stands below {read} was read"))
            }
            None => (
                &HEADING_MISSING,
                format!("{listed} both say “{title}”, and nothing tells which is the form's; neither was read"),
            ),
        };
        Finding::new(rule, Place::cell(&text.sheet.name, first), message)
            .with_found(title)
            .with_help("Give the column that isn't the form's another heading, or delete it.")
    }
}

/// How a heading was known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum KnownBy {
    /// By its words.
    Words,
    /// By other words for it, or near ones.
    OtherWords,
    /// By what stands below it.
    Content,
    /// By its place between known neighbours.
    Place,
}

/// Finds the row that holds most of the headings; `None` where no row holds two of them, or the only one.
pub fn find(text: &SheetText, headings: &[Heading]) -> Option<HeadingRow> {
    let wanted: Vec<ComparedHeading> = headings.iter().map(ComparedHeading::new).collect();
    let named = wanted.iter().filter(|heading| !heading.title.is_empty()).count();
    let mut best = best(text, &wanted)?;
    let is_heading = best.found() >= named.min(2) && best.found() * 3 >= named;
    is_heading.then(|| {
        best.settle_repeated(text, headings);
        best.fill(text, headings);
        best
    })
}

/// Returns the row that fits best, alone or with the row below, of equals the first; `None` where there is no text.
///
/// Only rows that say a heading word for word are looked at, since no other is taken for one.
fn best(text: &SheetText, wanted: &[ComparedHeading]) -> Option<HeadingRow> {
    let said = HeadingWords::new(wanted);
    let rows: Vec<&[(CellRef, Wording)]> = text.rows().collect();
    let mut best = HeadingRow::empty(rows.first()?[0].0.row, rows.first()?[0].0.row, wanted.len());
    for (index, upper) in rows.iter().enumerate() {
        let row = upper[0].0.row;
        let lower = rows.get(index + 1).copied().filter(|lower| lower[0].0.row == row + 1).unwrap_or_default();
        let alone = said.is_in(upper);
        let both = alone || said.is_in(lower) || said.is_in_both(upper, lower);
        let alone = alone.then(|| match_row(text, row, row, wanted, best.fit())).flatten();
        best = alone.unwrap_or(best);
        let both = both.then(|| match_row(text, row, row + 1, wanted, best.fit())).flatten();
        best = both.filter(|both| both.rests_on_upper(text)).unwrap_or(best);
    }
    Some(best)
}

/// What headings say, by length: most texts of a sheet have another and need no second look.
struct HeadingWords<'a>(Vec<Vec<&'a Wording>>);

impl<'a> HeadingWords<'a> {
    fn new(wanted: &'a [ComparedHeading]) -> Self {
        let mut said: Vec<Vec<&Wording>> = Vec::new();
        let words = wanted.iter().flat_map(|heading| std::iter::once(&heading.title).chain(&heading.also));
        for words in words.filter(|words| !words.is_empty()) {
            let length = words.as_str().len();
            said.resize_with(said.len().max(length + 1), Vec::new);
            said[length].push(words);
        }
        Self(said)
    }

    /// Returns the headings of a length.
    fn of_length(&self, length: usize) -> &[&'a Wording] {
        self.0.get(length).map_or(&[], Vec::as_slice)
    }

    /// Whether a row says a heading.
    fn is_in(&self, row: &[(CellRef, Wording)]) -> bool {
        row.iter().any(|(_, words)| self.of_length(words.as_str().len()).contains(&words))
    }

    /// Whether two rows, read together, say a heading.
    fn is_in_both(&self, upper: &[(CellRef, Wording)], lower: &[(CellRef, Wording)]) -> bool {
        let mut lower = lower.iter().peekable();
        upper.iter().any(|(at, above)| {
            while lower.next_if(|(below, _)| below.column < at.column).is_some() {}
            let below = lower.peek().filter(|(below, _)| below.column == at.column);
            below.is_some_and(|(_, below)| self.is_joined(above.as_str(), below.as_str()))
        })
    }

    /// Whether two texts, one below the other, say a heading.
    fn is_joined(&self, upper: &str, lower: &str) -> bool {
        if !upper.is_ascii() || !lower.is_ascii() {
            let words = joined(upper, lower);
            return self.of_length(words.as_str().len()).contains(&&words);
        }
        let same = |words: &&Wording| words.as_str().starts_with(upper) && words.as_str().ends_with(lower);
        self.of_length(upper.len() + 1 + lower.len()).iter().any(same)
    }
}

/// Returns the words of two cells, one below the other.
fn joined(upper: &str, lower: &str) -> Wording {
    Wording::of(&format!("{upper} {lower}"))
}

/// Takes the filled row above a table's first row for its headings, whatever they say.
pub fn above(text: &SheetText, first: u32, headings: &[Heading]) -> Option<HeadingRow> {
    let wanted: Vec<ComparedHeading> = headings.iter().map(ComparedHeading::new).collect();
    let filled = text.texts.iter().rev().map(|(at, _)| at.row).find(|row| *row < first && text.row(*row).len() > 1)?;
    let one =
        match_row(text, filled, filled, &wanted, 0).unwrap_or_else(|| HeadingRow::empty(filled, filled, wanted.len()));
    let two = filled.checked_sub(1).and_then(|upper| match_row(text, upper, filled, &wanted, one.fit()));
    Some(two.unwrap_or(one))
}

/// Says which headings were taken for others, and which are missing, but for those of which it can't be told ([`report_untold`]).
pub fn report(text: &SheetText, row: &HeadingRow, headings: &[Heading], findings: &mut Findings) {
    let sheet = &text.sheet.name;
    let repeated = row.repeated.iter().filter(|repeated| repeated.told_by == ToldBy::Headings);
    findings.extend(repeated.map(|repeated| repeated.told(text, row, &headings[repeated.heading])));
    let found = row.columns.iter().zip(&row.known_by);
    for ((index, heading), (column, known_by)) in headings.iter().enumerate().zip(found) {
        let says = |column: u32| row.cells(text, column).next();
        match (column, known_by) {
            (Some(_), None | Some(KnownBy::Words)) => {}
            (Some(_), Some(_)) if heading.title.is_empty() && *known_by == Some(KnownBy::Content) => {}
            (Some(column), Some(_)) if let Some(at) = says(*column) => {
                findings.extend(renamed(text, heading.title, at));
            }
            (Some(column), Some(KnownBy::Place | KnownBy::Content)) => {
                findings.push(unheaded(text, heading.title, CellRef::new(row.row, *column)));
            }
            (None, _) if row.is_torn(index) || row.untold(index).is_some() => {}
            (Some(_) | None, _) if heading.needed == Needed::Yes || row.lacks(index, heading) => {
                findings.push(missing(sheet, heading.title, row.row));
            }
            (Some(_) | None, _) => {}
        }
    }
}

/// Says which headings can't be told, each with its place among those asked for.
pub(super) fn report_untold(text: &SheetText, row: &HeadingRow, headings: &[Heading]) -> Vec<(usize, Finding)> {
    let is_missing = |index: &usize| row.columns[*index].is_none() && !row.is_torn(*index);
    let missing = (0..headings.len()).filter(is_missing);
    let told = missing.filter_map(|index| {
        let at = CellRef::new(row.row, row.untold(index)?);
        Some((index, untold(text, &headings[index], at)))
    });
    told.collect()
}

/// Says that a sheet has no row of headings at all.
pub fn none(text: &SheetText, headings: &[Heading]) -> Finding {
    let is_needed = |heading: &&Heading| heading.needed == Needed::Yes;
    let is_any_needed = headings.iter().any(|heading| is_needed(&heading));
    let named = headings.iter().filter(|heading| is_needed(heading) || !is_any_needed);
    let named: Vec<String> = named.map(quoted).collect();
    let message = format!("no row has the headings {}; nothing below them was read", named.join(", "));
    Finding::new(&HEADING_MISSING, Place::Sheet(text.sheet.name.clone()), message)
        .with_expected(named.join(", "))
        .with_help("Put the row of headings back, as in the issued form.")
}

/// Returns a heading between quotes.
fn quoted(heading: &Heading) -> String {
    format!("“{}”", heading.title)
}

/// Says that a column was taken for a heading that isn't worded as expected; `None` where its own cell is, whatever stands below.
fn renamed(text: &SheetText, title: &str, at: CellRef) -> Option<Finding> {
    if text.at(at).is_some_and(|words| *words == Wording::of(title)) {
        return None;
    }
    let written = text.sheet.cell(at).and_then(|cell| cell.text()).unwrap_or_default();
    let message =
        format!("the heading is “{}” where the form has “{title}”; the column was read as that", written.trim());
    let finding = Finding::new(&HEADING_RENAMED, Place::cell(&text.sheet.name, at), message)
        .with_found(written)
        .with_expected(title)
        .with_help("Check that the column holds what the form's heading asks for; keep the form's headings next time.");
    Some(finding)
}

/// Says that it can't be told whether a column is a heading's.
fn untold(text: &SheetText, heading: &Heading, at: CellRef) -> Finding {
    let written = text.sheet.cell(at).and_then(|cell| cell.text()).unwrap_or_default();
    let message = format!(
        "no column is headed “{}”, and whether this is it can\u{2019}t be told; it wasn\u{2019}t read, so what rests on it is open",
        heading.title
    );
    Finding::new(&HEADING_MISSING, Place::cell(&text.sheet.name, at), message)
        .with_found(written.trim())
        .with_expected(heading.title)
        .with_help("Put the form\u{2019}s headings back over their columns.")
}

/// Says that nothing heads a column that was taken for a heading's.
fn unheaded(text: &SheetText, title: &str, at: CellRef) -> Finding {
    let message = format!("nothing heads the column where the form has “{title}”; it was read as that all the same");
    Finding::new(&HEADING_RENAMED, Place::cell(&text.sheet.name, at), message)
        .with_expected(title)
        .with_help("Put the form's heading back, and check that the column holds what it asks for.")
}

/// Says that a heading isn't worded as in the form, or isn't there, and that the column was read all the same; `None` where it is.
pub(super) fn reheaded(text: &SheetText, title: &str, at: CellRef) -> Option<Finding> {
    if text.at(at).is_some() { renamed(text, title, at) } else { Some(unheaded(text, title, at)) }
}

/// Whether nothing stands at a place of a sheet.
pub(super) fn is_blank(text: &SheetText, at: CellRef) -> bool {
    text.sheet.cell(text.sheet.shown_at(at)).is_none_or(|cell| cell.value.is_blank())
}

/// Says that a label isn't worded as in the form, or isn't there, and that what stands in the cell that belongs to it was read all the same.
pub(super) fn relabelled(text: &SheetText, title: &str, (at, entry): (CellRef, CellRef)) -> Finding {
    let written = text.sheet.cell(at).map(|cell| cell.shown(DateSystem::From1900)).unwrap_or_default();
    let read = |what| if is_blank(text, entry) { "nothing stands where its entry belongs" } else { what };
    let message = match written.trim() {
        "" => format!(
            "nothing stands where the form has the label “{title}”; {}",
            read("its entry was read all the same")
        ),
        said => format!("the label is “{said}” where the form has “{title}”; {}", read("its entry was read as that")),
    };
    Finding::new(&HEADING_RENAMED, Place::cell(&text.sheet.name, at), message)
        .with_found(written)
        .with_expected(title)
        .with_help("Check that the entry is what the form's label asks for; keep the form's labels next time.")
}

/// Says that an entry stands in the cell of its label.
pub(super) fn with_entry(text: &SheetText, title: &str, at: CellRef) -> Finding {
    let written = text.sheet.cell(at).map(|cell| cell.shown(DateSystem::From1900)).unwrap_or_default();
    let message = format!("the entry stands in the cell of its label, behind “{title}”, and was read there");
    let help = "Check that it is what the label asks for; write entries into the cells beside the labels next time.";
    let finding = Finding::new(&HEADING_RENAMED, Place::cell(&text.sheet.name, at), message);
    finding.with_found(written).with_expected(title).with_help(help)
}

/// Says that entries stand in another column than the form's, where they were read; `None` where none does.
pub(super) fn moved(text: &SheetText, entries: &[CellRef]) -> Option<Finding> {
    let (first, last) = (*entries.iter().min()?, *entries.iter().max()?);
    let stand = format!("{} {}", number_of(entries.len(), "entry", "entries"), agree(entries.len(), "stands", "stand"));
    let message =
        format!("{stand} in another column than the form has, and {} read there", agree(entries.len(), "was", "were"));
    let cells = if first.column == last.column { CellRange::new(first, last) } else { first.into() };
    let finding = Finding::new(&HEADING_RENAMED, Place::Cells(text.sheet.name.clone(), cells), message);
    Some(finding.with_severity(Severity::Note).with_help("Check that each stands beside its own label."))
}

/// Says that nothing is labelled as what the form states in a cell.
pub(super) fn unlabelled(text: &SheetText, title: &str, at: CellRef) -> Finding {
    let message = format!("no label says “{title}”, so that what is stated there couldn't be compared");
    Finding::new(&HEADING_MISSING, Place::cell(&text.sheet.name, at), message)
        .with_expected(title)
        .with_help(format!("Put the form's label “{title}” back, where the form has it."))
}

/// Says that a column isn't there.
pub fn missing(sheet: &str, title: &str, row: u32) -> Finding {
    let message = format!("no column is headed “{title}”; headings were looked for in row {row}");
    Finding::new(&HEADING_MISSING, Place::Sheet(sheet.to_owned()), message)
        .with_expected(title)
        .with_help("Put the column back under its heading, as in the issued form.")
}

/// A heading as it is compared.
struct ComparedHeading<'a> {
    title: Wording,
    /// The title as a reference, where it is one.
    reference: Option<Reference>,
    also: Vec<Wording>,
    /// The title and the other words without their endings, once they are asked for.
    stems: OnceCell<Vec<Wording>>,
    content: Content<'a>,
}

impl<'a> ComparedHeading<'a> {
    fn new(heading: &Heading<'a>) -> Self {
        let also: Vec<Wording> = heading.also.iter().map(|text| Wording::of(text)).collect();
        let title = Wording::of(heading.title);
        Self { reference: Reference::of(&title), title, also, stems: OnceCell::new(), content: heading.content }
    }

    /// Returns how alike a text is to the heading or another word for it, where it is near enough.
    ///
    /// Numbered headings are told by their numbers: `A 01` is `A1`, and `A11` is another. Words may have other endings: “Date job ended” has all
    /// of “Job end date”.
    fn likeness(&self, text: &Seen) -> Option<f64> {
        if let Some(mine) = &self.reference
            && let Some(theirs) = Reference::of(text.words)
        {
            return mine.agrees(&theirs).then_some(1.0);
        }
        let as_written = self.written().filter_map(|words| words.likeness_from(text.words, NEAR));
        let stems = self.stems.get_or_init(|| self.written().map(Wording::stems).collect());
        let by_stems = stems.iter().filter_map(|words| words.likeness_from(text.stems(), NEAR));
        as_written.chain(by_stems).max_by(f64::total_cmp)
    }

    /// Returns the title and the other words.
    fn written(&self) -> impl Iterator<Item = &Wording> {
        std::iter::once(&self.title).chain(&self.also)
    }
}

/// A text over a column, compared with many headings.
struct Seen<'a> {
    column: u32,
    words: &'a Wording,
    stems: OnceCell<Wording>,
}

impl Seen<'_> {
    /// Returns the words without their endings.
    fn stems(&self) -> &Wording {
        self.stems.get_or_init(|| self.words.stems())
    }
}

/// Matches the headings with the texts of one row, or of two rows read together; `None` where they don't fit better than
/// `fit`.
fn match_row(text: &SheetText, first: u32, last: u32, wanted: &[ComparedHeading], fit: usize) -> Option<HeadingRow> {
    let cells = heading_cells(text, first, last);
    let mut row = HeadingRow::empty(first, last, wanted.len());
    row.take(&cells, wanted, &By::Words);
    row.take(&cells, wanted, &By::OtherWords);
    let free = usize::min(wanted.len(), cells.len()) - row.found();
    if row.found() > 0 && row.fit() + free * KnownBy::OtherWords.weight() > fit {
        row.take(&cells, wanted, &By::NearWords(text));
    }
    Some(row).filter(|row| row.fit() > fit)
}

/// By what a heading is sought.
enum By<'a> {
    /// Its words.
    Words,
    /// Other words for it.
    OtherWords,
    /// Near words; of two headings that are as near, the one that fits what stands below.
    NearWords(&'a SheetText<'a>),
}

impl By<'_> {
    /// Returns how alike a heading is to a text, where it is near enough.
    fn likeness(&self, heading: &ComparedHeading, text: &Seen) -> Option<f64> {
        match self {
            Self::Words => (heading.title == *text.words).then_some(1.0),
            Self::OtherWords => heading.also.iter().position(|words| words == text.words).map(rank),
            Self::NearWords(_) => heading.likeness(text),
        }
    }

    /// Returns how much what stands in a column below a row adds to the likeness of its heading.
    #[expect(clippy::float_arithmetic, reason = "likeness is no score")]
    fn added(&self, heading: &ComparedHeading, column: u32, row: u32) -> f64 {
        match self {
            Self::Words | Self::OtherWords => 0.0,
            Self::NearWords(text) => match heading.content.weigh(text, column, row) {
                Evidence::For => CONTENT,
                Evidence::Silent => 0.0,
                Evidence::Against => -CONTENT,
            },
        }
    }

    /// Returns how a heading that was found so is known.
    fn known(&self) -> KnownBy {
        match self {
            Self::Words => KnownBy::Words,
            Self::OtherWords | Self::NearWords(_) => KnownBy::OtherWords,
        }
    }
}

/// Returns the likeness of the word at a place among a heading's other words, of which the first are the likeliest.
#[expect(clippy::float_arithmetic, reason = "likeness is no score")]
fn rank(position: usize) -> f64 {
    1.0 - f64::from(u8::try_from(position).unwrap_or(u8::MAX)) / 1000.0
}

/// Returns the texts over each column: of one row, or of two joined.
fn heading_cells<'a>(text: &'a SheetText, first: u32, last: u32) -> Vec<(u32, Cow<'a, Wording>)> {
    let upper = text.row(first).iter().map(|(at, words)| (at.column, words));
    if first == last {
        return upper.map(|(column, words)| (column, Cow::Borrowed(words))).collect();
    }
    let mut below = text.row(last).iter().peekable();
    let mut cells = Vec::new();
    let alone = |(at, words): &'a (CellRef, Wording)| (at.column, Cow::Borrowed(words));
    for (column, words) in upper {
        while let Some(lower) = below.next_if(|(at, _)| at.column < column) {
            cells.push(alone(lower));
        }
        cells.push(match below.next_if(|(at, _)| at.column == column) {
            Some((_, lower)) => (column, Cow::Owned(joined(words.as_str(), lower.as_str()))),
            None => (column, Cow::Borrowed(words)),
        });
    }
    cells.extend(below.map(alone));
    cells
}

impl KnownBy {
    /// Returns how much a heading that was known so counts: exact words most.
    const fn weight(self) -> usize {
        match self {
            Self::Words => 4,
            Self::OtherWords => 3,
            Self::Content | Self::Place => 1,
        }
    }
}

impl HeadingRow {
    /// Returns a row over which no heading has been found.
    fn empty(first: u32, row: u32, headings: usize) -> Self {
        Self {
            first,
            row,
            columns: vec![None; headings],
            known_by: vec![None; headings],
            repeated: Vec::new(),
            untold: Vec::new(),
            absent: Vec::new(),
            aside: Vec::new(),
        }
    }

    /// Returns how many headings were found.
    fn found(&self) -> usize {
        self.columns.iter().flatten().count()
    }

    /// Whether the upper of two rows says something over a heading that is there word for word, if any is: else the lower is the heading alone,
    /// and what stands above it, such as a sentence on how to fill in the table or a word for several columns, is none.
    fn rests_on_upper(&self, text: &SheetText) -> bool {
        let says = |column: &Option<u32>| column.is_some_and(|at| text.at(CellRef::new(self.first, at)).is_some());
        let is_whole = |by: &Option<KnownBy>| *by == Some(KnownBy::Words);
        let mut whole = self.columns.iter().zip(&self.known_by).filter(|(_, by)| is_whole(by));
        if self.has_own_words() { whole.any(|(column, _)| says(column)) } else { self.columns.iter().any(says) }
    }

    /// Returns how well the row fits: exact words weigh most, then upper rows win by coming first.
    fn fit(&self) -> usize {
        self.known_by.iter().flatten().map(|by| by.weight()).sum()
    }

    /// Gives headings without a column those that are alike; words that several columns have and that aren't a heading's own tell none.
    fn take(&mut self, cells: &[(u32, Cow<Wording>)], wanted: &[ComparedHeading], by: &By) {
        match by {
            By::Words => self.take_alike(cells, wanted, by),
            By::OtherWords | By::NearWords(_) => {
                let is_alone = |text: &Wording| cells.iter().filter(|(_, other)| **other == *text).count() == 1;
                let alone: Vec<_> = cells.iter().filter(|(_, text)| is_alone(text)).cloned().collect();
                self.take_alike(&alone, wanted, by);
            }
        }
    }

    /// Gives each heading without a column the most alike of the free columns, best pair first.
    #[expect(clippy::float_arithmetic, reason = "likeness is no score")]
    fn take_alike(&mut self, cells: &[(u32, Cow<Wording>)], wanted: &[ComparedHeading], by: &By) {
        let free = cells.iter().filter(|(column, _)| !self.is_taken(*column));
        let free: Vec<Seen> =
            free.map(|(column, words)| Seen { column: *column, words, stems: OnceCell::new() }).collect();
        let mut pairs = Vec::new();
        for (index, heading) in wanted.iter().enumerate().filter(|(index, _)| self.is_sought(*index)) {
            let near = free.iter().filter_map(|text| Some((by.likeness(heading, text)?, text.column)));
            let weighed =
                near.map(|(likeness, column)| (likeness + by.added(heading, column, self.row), index, column));
            pairs.extend(weighed.filter(|pair| pair.0 >= NEAR));
        }
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        for (likeness, index, column) in pairs.iter().copied() {
            // “Job finish date” is as near to “Job start date” as to “Job end date”: its place tells which it is.
            let is_as_near = |(other, heading, at): &(f64, usize, u32)| {
                *at == column && *heading != index && self.columns[*heading].is_none() && *other >= likeness
            };
            if matches!(by, By::NearWords(_)) && pairs.iter().any(is_as_near) {
                continue;
            }
            if self.columns[index].is_none() && !self.columns.contains(&Some(column)) {
                (self.columns[index], self.known_by[index]) = (Some(column), Some(by.known()));
            }
        }
    }

    /// Gives headings without a column those that are alike, also by words that several columns have: where there is no form, nothing else
    /// tells these apart.
    fn take_of_several(&mut self, text: &SheetText, headings: &[Heading]) {
        let wanted: Vec<ComparedHeading> = headings.iter().map(ComparedHeading::new).collect();
        let cells = heading_cells(text, self.first, self.row);
        for by in [By::OtherWords, By::NearWords(text)] {
            self.take_alike(&cells, &wanted, &by);
        }
    }

    /// Gives a heading the column that its content shows, and takes that from any other heading.
    pub fn place(&mut self, index: usize, column: u32) {
        if self.columns[index] == Some(column) {
            return;
        }
        if let Some(other) = self.columns.iter().position(|taken| *taken == Some(column)) {
            (self.columns[other], self.known_by[other]) = (None, None);
        }
        (self.columns[index], self.known_by[index]) = (Some(column), Some(KnownBy::Content));
    }

    /// Sets columns aside whose words say that they are something else's, and takes them from headings that aren't known by their words.
    pub(super) fn set_aside(&mut self, text: &SheetText, is_other: impl Fn(&Wording) -> bool) {
        let cells = heading_cells(text, self.first, self.row);
        for (column, _) in cells.into_iter().filter(|(_, words)| is_other(words)) {
            let taken = self.columns.iter().position(|taken| *taken == Some(column));
            if taken.is_some_and(|index| self.known_by[index] == Some(KnownBy::Words)) {
                continue;
            }
            if let Some(index) = taken {
                (self.columns[index], self.known_by[index]) = (None, None);
            }
            self.aside.push(column);
        }
    }

    /// Returns the columns that were set aside.
    pub(super) fn aside(&self) -> &[u32] {
        &self.aside
    }

    /// Finds more headings beside those that are known: by near wording; one of unknown words where just one is missing
    /// between two known neighbours, unless other things stand below it; and answers by what they are.
    pub fn fill(&mut self, text: &SheetText, headings: &[Heading]) {
        if self.columns.iter().all(Option::is_some) {
            return;
        }
        let wanted: Vec<ComparedHeading> = headings.iter().map(ComparedHeading::new).collect();
        self.take(&heading_cells(text, self.first, self.row), &wanted, &By::NearWords(text));
        for (index, heading) in headings.iter().enumerate() {
            let candidate = self.between_neighbours(index, headings.len(), &self.free(text));
            let candidate =
                candidate.filter(|column| heading.content.weigh(text, *column, self.row) != Evidence::Against);
            if let (true, false, Some(column)) = (self.is_sought(index), heading.title.is_empty(), candidate) {
                (self.columns[index], self.known_by[index]) = (Some(column), Some(KnownBy::Place));
            }
        }
        self.find_answers(text, headings);
    }

    /// Where more columns say a heading word for word than the form has, takes the one that holds what the heading asks for; none where
    /// several do.
    fn settle_repeated(&mut self, text: &SheetText, headings: &[Heading]) {
        let cells = heading_cells(text, self.first, self.row);
        for (index, heading) in headings.iter().enumerate() {
            let words = Wording::of(heading.title);
            let asked = headings.iter().filter(|other| Wording::of(other.title) == words).count();
            let columns: Vec<u32> =
                cells.iter().filter(|(_, said)| **said == words).map(|(column, _)| *column).collect();
            if words.is_empty() || asked > 1 || columns.len() < 2 || self.known_by[index] != Some(KnownBy::Words) {
                continue;
            }
            let filled: Vec<u32> =
                columns.iter().copied().filter(|column| content::has_entries(text, *column, self.row)).collect();
            let is_fitting = |column: &u32| heading.content.weigh(text, *column, self.row) == Evidence::For;
            let fitting: Vec<u32> = filled.iter().copied().filter(is_fitting).collect();
            let read = match (&fitting[..], &filled[..]) {
                ([one], _) | ([], [one]) => Some(*one),
                ([], []) => Some(columns[0]),
                ([], _) if heading.content.is_open() => Some(columns[0]),
                _ => None,
            };
            self.columns[index] = read;
            self.known_by[index] = read.map(|_| KnownBy::Words);
            if !filled.is_empty() {
                let alike = match fitting.len() {
                    0 => filled,
                    1 => Vec::new(),
                    _ => fitting,
                };
                self.repeated.push(Repeated { heading: index, columns, read, alike, told_by: ToldBy::Headings });
            }
        }
    }

    /// Reads the first of several columns with one heading that hold what it asks for, and returns the others: whoever reads the
    /// rows says where these differ from it.
    pub(super) fn read_first(&mut self, heading: usize) -> Vec<u32> {
        let is_of = |repeated: &&mut Repeated| repeated.heading == heading && repeated.alike.len() > 1;
        let Some(repeated) = self.repeated.iter_mut().find(is_of) else { return Vec::new() };
        let Some((first, others)) = repeated.alike.split_first() else { return Vec::new() };
        (repeated.read, repeated.told_by) = (Some(*first), ToldBy::Rows);
        (self.columns[heading], self.known_by[heading]) = (Some(*first), Some(KnownBy::Words));
        others.to_vec()
    }

    /// Whether a column is a heading's already, or has one that several have.
    fn is_taken(&self, column: u32) -> bool {
        self.columns.contains(&Some(column))
            || self.aside.contains(&column)
            || self.repeated.iter().any(|repeated| repeated.columns.contains(&column))
    }

    /// Whether a heading's column is still looked for.
    fn is_sought(&self, heading: usize) -> bool {
        self.columns[heading].is_none() && !self.is_torn(heading)
    }

    /// Whether a heading isn't read since several columns have it.
    fn is_torn(&self, heading: usize) -> bool {
        self.torn(heading).is_some()
    }

    /// Returns the first of several columns that have a heading and aren't read.
    fn torn(&self, heading: usize) -> Option<u32> {
        let torn = self.repeated.iter().find(|repeated| repeated.read.is_none() && repeated.heading == heading)?;
        torn.columns.first().copied()
    }

    /// Returns the first column that may be that of a heading which wasn't found; `None` where none is.
    pub(super) fn untold(&self, heading: usize) -> Option<u32> {
        self.untold.iter().find(|(untold, _)| *untold == heading).map(|(_, column)| *column)
    }

    /// Whether the form has a heading and this sheet doesn't, over no column that may be its own.
    pub(super) fn is_absent(&self, heading: usize) -> bool {
        self.absent.contains(&heading)
    }

    /// Whether the column of a heading isn't there that senders fill in.
    pub(super) fn lacks(&self, index: usize, heading: &Heading) -> bool {
        heading.needed == Needed::ToFillIn && self.is_absent(index)
    }

    /// Gives a heading of answers that is still missing the one free column in which answers stand.
    fn find_answers(&mut self, text: &SheetText, headings: &[Heading]) {
        let answers = |heading: &Heading| matches!(heading.content, Content::Grade(_)) && !heading.title.is_empty();
        let missing = headings.iter().enumerate().filter(|(index, heading)| answers(heading) && self.is_sought(*index));
        let missing: Vec<usize> = missing.map(|(index, _)| index).collect();
        let [index] = missing[..] else { return };
        let mut columns = self.free(text);
        columns.retain(|column| headings[index].content.weigh(text, *column, self.row) == Evidence::For);
        if let [column] = columns[..] {
            (self.columns[index], self.known_by[index]) = (Some(column), Some(KnownBy::Content));
        }
    }

    /// Whether a heading stands in it word for word.
    pub fn has_own_words(&self) -> bool {
        self.known_by.contains(&Some(KnownBy::Words))
    }

    /// Returns the cells of the heading over a column that say something, the upper first.
    pub fn cells(&self, text: &SheetText, column: u32) -> impl Iterator<Item = CellRef> {
        (self.first..=self.row).map(move |row| CellRef::new(row, column)).filter(|at| text.at(*at).is_some())
    }

    /// Returns the columns that have a heading and are no known heading's.
    pub fn free(&self, text: &SheetText) -> Vec<u32> {
        let headed = heading_cells(text, self.first, self.row).into_iter().map(|(column, _)| column);
        headed.filter(|column| !self.is_taken(*column)).collect()
    }

    /// Returns the only free column between the columns of the headings before and after, where just one is missing there.
    fn between_neighbours(&self, index: usize, all: usize, free: &[u32]) -> Option<u32> {
        let before = index.checked_sub(1).map_or(Some(0), |before| self.columns[before])?;
        let after = if index + 1 < all { self.columns[index + 1]? } else { before + 2 };
        let mut between = free.iter().filter(|column| (before + 1..after).contains(column));
        between.next().filter(|_| between.next().is_none()).copied()
    }
}
