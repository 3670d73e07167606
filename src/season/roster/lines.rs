//! The lines of a roster, whatever program saved it: text in UTF-8, UTF-16 or the letters of Windows, with commas, semicolons, tabs or
//! bars between the columns, or the first sheet of a workbook that has a column of names.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::ooxml::Limits;
use crate::wording::visible;
use crate::workbook::{self, Sheet, Source, Workbook};

use super::error::RosterError;

/// What programs put between columns, the commonest first.
const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// What stands between words.
const BETWEEN_WORDS: [char; 8] = [',', ';', '\t', '|', ' ', '"', '(', ')'];
/// Signs that stand within no word, and are what accented letters of other systems become.
const NEVER_WITHIN: &str = "‚ƒ„…†‡ˆ‰‹“”•˜™›¡¢£¤";
/// Signs that end no word.
const NEVER_AT_END: &str = "‚ƒ„ˆ‰‹˜¡¢¤";
/// How the files begin that are packed, as workbooks are.
const PACKED: [&[u8]; 2] = [b"PK\x03\x04", b"\xD0\xCF\x11\xE0"];

/// A line of a roster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Its number, from one.
    pub(super) number: u64,
    /// What stands in its columns; empty where nothing does.
    pub(super) entries: Vec<String>,
}

/// Reads the lines of a file that say something, in the way in which they have headings, where there are several.
pub(super) fn read(file: &Source, have_headings: &dyn Fn(&[Line]) -> bool) -> Result<Vec<Line>, RosterError> {
    if PACKED.iter().any(|start| file.bytes.starts_with(start)) {
        let workbook = workbook::read(file, &Limits::default()).map_err(RosterError::Workbook)?;
        return Ok(of_workbook(&workbook, have_headings));
    }
    let text = text(&file.bytes)?;
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

/// Returns the lines of the first sheet that has a heading over names; else of the first.
fn of_workbook(workbook: &Workbook, have_headings: &dyn Fn(&[Line]) -> bool) -> Vec<Line> {
    let lines = |sheet: &Sheet| -> Vec<Line> {
        let rows = sheet.rows().map(|(row, cells)| {
            let last = cells.last().map_or(0, |cell| cell.at.column);
            let mut entries = vec![String::new(); usize::try_from(last).unwrap_or_default()];
            for cell in cells {
                let place = usize::try_from(cell.at.column).ok().and_then(|column| entries.get_mut(column - 1));
                if let Some(entry) = place {
                    *entry = entry_of(&cell.written(workbook.date_system));
                }
            }
            Line { number: row.into(), entries }
        });
        rows.filter(Line::says_something).collect()
    };
    let mut sheets = workbook.sheets.iter().map(lines);
    let first = sheets.next().unwrap_or_default();
    if have_headings(&first) {
        return first;
    }
    sheets.find(|lines| have_headings(lines)).unwrap_or(first)
}

/// Returns the lines of separated text, of which the first has this number.
fn of_text(text: &str, separator: u8, first: u64) -> Result<Vec<Line>, RosterError> {
    let mut builder = csv::ReaderBuilder::new();
    let reader = builder.flexible(true).has_headers(false).delimiter(separator).from_reader(text.as_bytes());
    let mut lines = Vec::new();
    for record in reader.into_records() {
        let line_of = |position: Option<&csv::Position>| position.map_or(0, csv::Position::line) + first - 1;
        let record = record.map_err(|source| RosterError::Unreadable { line: line_of(source.position()), source })?;
        let number = line_of(record.position());
        lines.push(Line { number, entries: record.iter().map(entry_of).collect() });
    }
    let is_unclosed = text.matches('"').count() % 2 == 1;
    let open = lines.iter().rev().find(|line| line.entries.iter().any(|entry| entry.contains('\n')));
    if let Some(open) = open.filter(|_| is_unclosed) {
        return Err(RosterError::Unclosed(open.number));
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

/// Returns the number of the first line, the text from there on, and what separates its columns where a line on top says so, as in
/// `sep=;`.
fn named_separator(text: &str) -> (u64, &str, Option<u8>) {
    let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
    let named = line.trim_start_matches('"').get(..4).filter(|start| start.eq_ignore_ascii_case("sep="));
    let separator = named.and_then(|_| line.trim_start_matches('"').as_bytes().get(4)).copied();
    match separator.filter(|separator| SEPARATORS.contains(separator)) {
        Some(separator) => (2, rest, Some(separator)),
        None => (1, text, None),
    }
}

/// Returns what a text file says, in whatever letters it is saved.
fn text(bytes: &[u8]) -> Result<String, RosterError> {
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    if let Some(encoding) = marked.or_else(|| of_two_bytes(bytes)) {
        return letters(encoding, bytes);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if text.contains('\0') => Err(RosterError::NoText),
        Ok(text) => Ok(text.to_owned()),
        Err(_) => letters(WINDOWS_1252, bytes),
    }
}

/// Returns the encoding of text with two bytes a letter that no mark on top tells: every other byte of plain letters is nought.
fn of_two_bytes(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = &bytes[..bytes.len().min(200)];
    let noughts = |from: usize| start.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    match (noughts(0), noughts(1)) {
        (0, odd) if odd * 3 > start.len() => Some(UTF_16LE),
        (even, 0) if even * 3 > start.len() => Some(UTF_16BE),
        _other => None,
    }
}

/// Decodes text, and refuses what comes out as nobody writes it.
fn letters(encoding: &'static Encoding, bytes: &[u8]) -> Result<String, RosterError> {
    let (text, _, _) = encoding.decode(bytes);
    if text.contains('\0') {
        return Err(RosterError::NoText);
    }
    let is_misread = if encoding == WINDOWS_1252 { is_of_other_letters } else { is_damaged };
    let word = |line: &str| line.split(BETWEEN_WORDS).find(|word| is_misread(word)).map(ToOwned::to_owned);
    let misread = text.lines().zip(1..).find_map(|(line, number)| Some(RosterError::Letters(number, word(line)?)));
    misread.map_or_else(|| Ok(text.into_owned()), Err)
}

/// Whether a word has bytes that are no letters at all.
fn is_damaged(word: &str) -> bool {
    word.contains(|c: char| c == char::REPLACEMENT_CHARACTER || ('\u{80}'..='\u{9f}').contains(&c))
}

/// Whether the letters of another system were read as those of Windows, so that accents became signs or capitals within a word, as in
/// `Ynys M“n` and `CafŽ`.
fn is_of_other_letters(word: &str) -> bool {
    let letters: Vec<char> = word.chars().collect();
    let is_letter = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(|c| c.is_alphabetic());
    let is_odd = |(at, c): (usize, &char)| {
        let before = at.checked_sub(1);
        let is_within = is_letter(before) && is_letter(Some(at + 1)) && NEVER_WITHIN.contains(*c);
        let is_at_end = is_letter(before) && at + 1 == letters.len() && NEVER_AT_END.contains(*c);
        let is_capital = "ŠŒŽŸ".contains(*c) && before.is_some_and(|before| letters[before].is_lowercase());
        is_within || is_at_end || is_capital
    };
    is_damaged(word) || letters.iter().enumerate().any(is_odd)
}
