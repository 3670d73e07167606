//! Text that a person saved, whatever program did it: in UTF-8, UTF-16 or the letters of Windows, its columns separated as the program
//! does.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// What stands between words.
const BETWEEN_WORDS: [char; 8] = [',', ';', '\t', '|', ' ', '"', '(', ')'];
/// Signs that stand within no word, and are what accented letters of other systems become.
const NEVER_WITHIN: &str = "‚ƒ„…†‡ˆ‰‹“”•˜™›¡¢£¤";
/// Signs that end no word.
const NEVER_AT_END: &str = "‚ƒ„ˆ‰‹˜¡¢¤";

/// What programs put between columns, the commonest first.
pub const SEPARATORS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Why a file can't be read as text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// A line has a word of letters of a kind that can't be told.
    #[error("“{1}” in line {0} has letters that can\u{2019}t be told")]
    Letters(u64, String),
    /// It is no text.
    #[error("it isn\u{2019}t text")]
    NoText,
}

/// Returns what a text file says, in whatever letters it is saved.
pub fn read(bytes: &[u8]) -> Result<String, TextError> {
    let marked = Encoding::for_bom(bytes).map(|(encoding, _)| encoding);
    if let Some(encoding) = marked.or_else(|| of_two_bytes(bytes)) {
        return letters(encoding, bytes);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if text.contains('\0') => Err(TextError::NoText),
        Ok(text) => Ok(text.to_owned()),
        Err(_) => letters(WINDOWS_1252, bytes),
    }
}

/// Returns the number of the first line, the text from there on, and what separates its columns where a line on top says so, as in
/// `sep=;`.
pub fn named_separator(text: &str) -> (u64, &str, Option<u8>) {
    let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
    let named = line.trim_start_matches('"').get(..4).filter(|start| start.eq_ignore_ascii_case("sep="));
    let separator = named.and_then(|_| line.trim_start_matches('"').as_bytes().get(4)).copied();
    match separator.filter(|separator| SEPARATORS.contains(separator)) {
        Some(separator) => (2, rest, Some(separator)),
        None => (1, text, None),
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
fn letters(encoding: &'static Encoding, bytes: &[u8]) -> Result<String, TextError> {
    let (text, _, _) = encoding.decode(bytes);
    if text.contains('\0') {
        return Err(TextError::NoText);
    }
    let is_misread = if encoding == WINDOWS_1252 { is_of_other_letters } else { is_damaged };
    let word = |line: &str| line.split(BETWEEN_WORDS).find(|word| is_misread(word)).map(ToOwned::to_owned);
    let misread = text.lines().zip(1..).find_map(|(line, number)| Some(TextError::Letters(number, word(line)?)));
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
