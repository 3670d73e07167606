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
    if is_packed(file) {
        return Ok(of_workbook(&packed(file)?, have_headings));
    }
    if let Some(what) = workbook::no_list(file) {
        return Err(RosterError::Document(what));
    }
    let text = plain_text::read(&file.bytes)?;
    let (first, text, separator) = named_separator(&text);
    if let Some(separator) = separator {
        return of_text(text, separator, first);
    }
    let mut read = SEPARATORS.iter().map(|separator| of_text(text, *separator, first));
    let with_commas = read.next().expect("there is a first separator");
    if with_commas.as_ref().is_ok_and(|lines| !have_headings(lines))
        && let Some(lines) = read.flatten().find(|lines| have_headings(lines))
    {
        return Ok(lines);
    }
    with_commas
}

/// Reads the lines of each sheet of a file; separated text is one.
pub(in crate::season) fn sheets(
    file: &Source,
    have_headings: &dyn Fn(&[Line]) -> bool,
) -> Result<Vec<Vec<Line>>, RosterError> {
    if !is_packed(file) {
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

/// Whether a file is packed, as workbooks are.
fn is_packed(file: &Source) -> bool {
    PACKED.iter().any(|start| file.bytes.starts_with(start))
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
fn of_text(text: &str, separator: u8, first: u64) -> Result<Vec<Line>, RosterError> {
    let mut builder = csv::ReaderBuilder::new();
    let reader = builder.flexible(true).has_headers(false).delimiter(separator).from_reader(text.as_bytes());
    let (mut lines, mut open) = (Vec::new(), None);
    for record in reader.into_records() {
        let line_of = |position: Option<&csv::Position>| position.map_or(0, csv::Position::line) + first - 1;
        let record = record.map_err(|source| RosterError::Unreadable { line: line_of(source.position()), source })?;
        let number = line_of(record.position());
        open = if record.iter().any(|entry| entry.contains('\n')) { Some(number) } else { open };
        lines.push(Line { number, entries: record.iter().map(entry_of).collect() });
    }
    let is_unclosed = text.matches('"').count() % 2 == 1;
    // Without a line's end after it, nothing but the quote that is gone shows where it opened.
    let is_gone = !lines.iter().flat_map(|line| &line.entries).any(|entry| entry.contains('"'));
    let last = lines.last().map(|line| line.number).filter(|_| is_gone);
    if let Some(open) = open.or(last).filter(|_| is_unclosed) {
        return Err(RosterError::Unclosed(open));
    }
    lines.retain(Line::says_something);
    Ok(lines)
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
