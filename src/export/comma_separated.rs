//! Comma-separated text as spreadsheets open it: they see every letter, and no text becomes a formula.

use std::borrow::Cow;

/// What tells a program that a text is UTF-8; Excel takes one without it for a text in the system's own code page.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// A table that is being written, a cell after the other.
#[derive(Debug)]
pub struct CommaSeparated(csv::Writer<Vec<u8>>);

impl CommaSeparated {
    /// Begins a table with its headings.
    ///
    /// ```
    /// # use scrutineer::export::CommaSeparated;
    /// let mut table = CommaSeparated::headed(["about", "points"])?;
    /// table.text("=1+1")?;
    /// table.number("-3.5")?;
    /// table.end_row()?;
    /// assert_eq!(table.into_bytes(), "\u{feff}about,points\n'=1+1,-3.5\n".as_bytes());
    /// # Ok::<(), csv::Error>(())
    /// ```
    pub fn headed<'a>(headings: impl IntoIterator<Item = &'a str>) -> Result<Self, csv::Error> {
        let mut writer = csv::Writer::from_writer(BYTE_ORDER_MARK.to_vec());
        writer.write_record(headings)?;
        Ok(Self(writer))
    }

    /// Writes a text; where a spreadsheet would take it for a formula, or GitHub's runner in its log for a command, an apostrophe stands before.
    pub fn text(&mut self, text: &str) -> Result<(), csv::Error> {
        let mark = if may_be_formula(text) { "'" } else { "" };
        self.0.write_field(format!("{mark}{}", without_commands(text, "'")))
    }

    /// Writes a number as it is.
    pub fn number(&mut self, number: &str) -> Result<(), csv::Error> {
        self.0.write_field(number)
    }

    /// Ends a row.
    pub fn end_row(&mut self) -> Result<(), csv::Error> {
        self.0.write_record(None::<&[u8]>)
    }

    /// Returns the table's bytes.
    #[expect(clippy::missing_panics_doc, reason = "writing to memory doesn't fail")]
    pub fn into_bytes(self) -> Vec<u8> {
        self.0.into_inner().expect("writing to memory doesn't fail")
    }
}

/// Whether a spreadsheet would take a text for a formula; some look behind blanks, and some take the wide forms of signs for signs.
fn may_be_formula(text: &str) -> bool {
    let first = text.trim_start().chars().next();
    first.is_some_and(|first| matches!(first, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠'))
        || text.starts_with(['\t', '\r', '\n'])
}

/// Returns a text in which a mark stands where GitHub's runner, in whose log it may stand, would take it for one of its commands: before two
/// colons at a line's beginning, and within `##[` anywhere.
///
/// ```
/// # use scrutineer::export::without_commands;
/// assert_eq!(without_commands("a::b\n ::error::c ##[d]", "'"), "a::b\n '::error::c ##'[d]");
/// ```
pub fn without_commands<'a>(text: &'a str, mark: &str) -> Cow<'a, str> {
    if !text.contains("::") && !text.contains("##[") {
        return Cow::Borrowed(text);
    }
    let is_end = |c: char| matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}');
    let lines = text.split_inclusive(is_end).map(|line| {
        let begun = line.trim_start();
        let mark = if begun.starts_with("::") { mark } else { "" };
        format!("{}{mark}{begun}", &line[..line.len() - begun.len()])
    });
    Cow::Owned(lines.collect::<String>().replace("##[", &format!("##{mark}[")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_becomes_a_command_in_a_log() {
        for text in
            ["::error::a", " ::error::a", "a\n::error::b", "a\r\n\t::error::b", "a\r::stop-commands::b", "\u{3000}::a"]
        {
            let mut table = CommaSeparated::headed(["about"]).unwrap();
            table.text(text).unwrap();
            table.end_row().unwrap();
            let written = String::from_utf8(table.into_bytes()).unwrap();
            assert!(written.split(['\n', '\r']).all(|line| !line.trim_start().starts_with("::")), "{written:?}");
        }
        assert_eq!(without_commands("a##[error]b ::c", "'"), "a##'[error]b ::c");
    }

    #[test]
    fn no_text_becomes_a_formula() {
        for before in ["", " ", "\u{a0}", "\n"] {
            for first in "=+-@＝＋－＠".chars() {
                assert!(may_be_formula(&format!("{before}{first}1")), "{before:?}{first}");
            }
        }
        for text in ["\t1", "\r1", "\n1"] {
            assert!(may_be_formula(text), "{text:?}");
        }
        for text in ["a=b", "1-2", "'=1", "", " ", "\u{2212}1", "\u{2013} see note"] {
            assert!(!may_be_formula(text), "{text}");
        }
    }
}
