//! The lines of a roster, whatever program saved it: text in UTF-8, UTF-16 or the letters of Windows, with commas, semicolons, tabs or
//! bars between the columns, or the first sheet of a workbook that has a column of names.

use crate::ooxml::Limits;
use crate::plain_text::{self, SEPARATORS, named_separator};
use crate::wording::visible;
use crate::workbook::{self, DateSystem, ReadError, Sheet, Source, Workbook};

use super::error::RosterError;

/// The headings stand within so many lines from the top; titles stand above them.
const DEEPEST: usize = 30;
/// How the files begin that are packed, as workbooks are.
const PACKED: [&[u8]; 2] = [b"PK\x03\x04", b"\xD0\xCF\x11\xE0"];

/// What a list is saved as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::season) enum SavedAs {
    /// Text with signs between its columns, of which one more or less moves all that follow.
    Text,
    /// A workbook, whose columns stay where they are.
    Workbook,
}

impl SavedAs {
    /// Says what a file is saved as.
    pub(in crate::season) fn of(file: &Source) -> Self {
        if PACKED.iter().any(|start| file.bytes.starts_with(start)) { Self::Workbook } else { Self::Text }
    }
}

/// A line of a roster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::season) struct Line {
    /// Its number, from one.
    pub(in crate::season) number: u64,
    /// What stands in its columns; empty where nothing does.
    pub(in crate::season) entries: Vec<String>,
}

/// Returns the first line near the top that is a heading, and the lines below it.
pub(in crate::season) fn below_heading(lines: &[Line], is_heading: impl Fn(&Line) -> bool) -> Option<(&Line, &[Line])> {
    let at = lines.iter().take(DEEPEST).position(is_heading)?;
    Some((&lines[at], &lines[at + 1..]))
}

/// Reads the lines of a file that say something, in the way in which they have headings, where there are several.
pub(in crate::season) fn read(
    file: &Source,
    have_headings: &dyn Fn(&[Line]) -> bool,
) -> Result<Vec<Line>, RosterError> {
    if SavedAs::of(file) == SavedAs::Workbook {
        return Ok(of_workbook(&packed(file)?, have_headings));
    }
    if let Some(what) = workbook::no_list(file) {
        return Err(RosterError::Document(what));
    }
    let text = plain_text::read(&file.bytes)?;
    let (first, text, separator) = named_separator(&text);
    if let Some(separator) = separator {
        return of_text(text, separator, first)?.closed();
    }
    let read: Vec<_> = SEPARATORS.iter().map(|separator| of_text(text, *separator, first)).collect();
    let with_headings = read.iter().position(|read| read.as_ref().is_ok_and(|read| have_headings(&read.lines)));
    read.into_iter().nth(with_headings.unwrap_or(0)).expect("there is a first separator")?.closed()
}

/// Lines of separated text, as far as its quotation marks let them be told.
struct Separated {
    lines: Vec<Line>,
    /// The line of a quotation mark that nothing closes.
    unclosed: Option<u64>,
}

impl Separated {
    /// Returns the lines, where all quotation marks are closed.
    fn closed(self) -> Result<Vec<Line>, RosterError> {
        self.unclosed.map_or(Ok(self.lines), |line| Err(RosterError::Unclosed(line)))
    }
}

/// Reads the lines of each sheet of a file; separated text is one.
pub(in crate::season) fn sheets(
    file: &Source,
    have_headings: &dyn Fn(&[Line]) -> bool,
) -> Result<Vec<Vec<Line>>, RosterError> {
    if SavedAs::of(file) == SavedAs::Text {
        return Ok(vec![read(file, have_headings)?]);
    }
    let workbook = packed(file)?;
    Ok(workbook.sheets.iter().map(|sheet| of_sheet(sheet, workbook.date_system)).collect())
}

/// Reads a workbook.
fn packed(file: &Source) -> Result<Workbook, RosterError> {
    workbook::read(file, &Limits::default()).map_err(|error| match error {
        ReadError::Foreign(what) => RosterError::Document(what),
        other @ (ReadError::NotHere(_)
        | ReadError::Packed(_)
        | ReadError::Damaged(_)
        | ReadError::Encrypted
        | ReadError::TooLarge { .. }) => RosterError::Workbook(other),
    })
}

/// Returns the lines of the first sheet that has a heading over names; else of the first.
fn of_workbook(workbook: &Workbook, have_headings: &dyn Fn(&[Line]) -> bool) -> Vec<Line> {
    let mut sheets = workbook.sheets.iter().map(|sheet| of_sheet(sheet, workbook.date_system));
    let first = sheets.next().unwrap_or_default();
    if have_headings(&first) {
        return first;
    }
    sheets.find(|lines| have_headings(lines)).unwrap_or(first)
}

/// Returns the lines of a sheet that say something.
fn of_sheet(sheet: &Sheet, dates: DateSystem) -> Vec<Line> {
    let rows = sheet.rows().map(|(row, cells)| {
        let last = cells.last().map_or(0, |cell| cell.at.column);
        let mut entries = vec![String::new(); usize::try_from(last).unwrap_or_default()];
        for cell in cells {
            let place = usize::try_from(cell.at.column).ok().and_then(|column| entries.get_mut(column - 1));
            if let Some(entry) = place {
                *entry = entry_of(&cell.written(dates));
            }
        }
        Line { number: row.into(), entries }
    });
    rows.filter(Line::says_something).collect()
}

/// Returns the lines of separated text, of which the first has this number.
fn of_text(text: &str, separator: u8, first: u64) -> Result<Separated, RosterError> {
    let mut builder = csv::ReaderBuilder::new();
    let reader = builder.flexible(true).has_headers(false).delimiter(separator).from_reader(text.as_bytes());
    let (mut lines, mut count) = (Vec::new(), LineCount::of(text));
    for record in reader.into_records() {
        let mut line_of = |position: Option<&csv::Position>| count.at(position) + first - 1;
        let record = record.map_err(|source| RosterError::Unreadable { line: line_of(source.position()), source })?;
        lines.push(Line { number: line_of(record.position()), entries: record.iter().map(entry_of).collect() });
    }
    lines.retain(Line::says_something);
    Ok(Separated { lines, unclosed: unclosed(text, char::from(separator), first) })
}

/// Returns the line of the first quotation mark at the beginning of an entry that is never closed, or only by one in a later line that
/// opens or ends no entry.
fn unclosed(text: &str, separator: char, first: u64) -> Option<u64> {
    let ends_entry = |c: char| c == separator || c == '\n' || c == '\r';
    let (mut line, mut open, mut begins) = (first, None, true);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match (letter, open) {
            ('"', None) if begins => open = Some(line),
            ('"', Some(_)) if letters.next_if_eq(&'"').is_some() => {}
            ('"', Some(at)) if at < line && !letters.peek().is_none_or(|next| ends_entry(*next)) => return open,
            ('"', Some(_)) => open = None,
            _ => {}
        }
        begins = open.is_none() && ends_entry(letter);
        line += u64::from(letter == '\n');
    }
    open
}

/// Counts the lines of a text forwards, whichever signs end them.
struct LineCount<'a> {
    text: &'a [u8],
    byte: usize,
    line: u64,
}

impl<'a> LineCount<'a> {
    /// Begins at the first line.
    const fn of(text: &'a str) -> Self {
        Self { text: text.as_bytes(), byte: 0, line: 1 }
    }

    /// Returns the line of the first entry at or behind a place; its reader takes the end of the line before, or empty lines, as its own.
    fn at(&mut self, position: Option<&csv::Position>) -> u64 {
        let start = position.and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or_default();
        while let Some(sign) = self.text.get(self.byte) {
            let is_end = matches!(sign, b'\r' | b'\n');
            if self.byte >= start && !is_end {
                break;
            }
            // A carriage return and the line feed behind it end one line.
            let is_half = *sign == b'\r' && self.text.get(self.byte + 1) == Some(&b'\n');
            self.line += u64::from(is_end && !is_half);
            self.byte += 1;
        }
        self.line
    }
}

impl Line {
    /// Whether something stands in it.
    fn says_something(&self) -> bool {
        self.entries.iter().any(|entry| !entry.is_empty())
    }
}

/// Returns an entry without what nobody sees and the blanks round it.
fn entry_of(written: &str) -> String {
    visible(written).trim().to_owned()
}
