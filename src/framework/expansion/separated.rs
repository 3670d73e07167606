//! Text whose columns are separated, cell by cell, each with its place.

use crate::wording::visible;

/// What stands in a cell, without the blanks round it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Cell {
    /// What it says; empty where it says nothing.
    pub(super) text: String,
    /// Where it begins, in bytes from the beginning of the text.
    pub(super) at: usize,
}

/// Returns the rows that say something, by their cells; where a quotation mark is never closed, its place.
pub(super) fn rows(text: &str, separator: char) -> Result<Vec<Vec<Cell>>, usize> {
    let mut scan = Scan { text, at: 0, separator };
    let mut rows = Vec::new();
    while scan.at < text.len() {
        let row = scan.row()?;
        if row.iter().any(|cell| !cell.text.is_empty()) {
            rows.push(row);
        }
    }
    Ok(rows)
}

/// A way through a text.
struct Scan<'t> {
    text: &'t str,
    at: usize,
    separator: char,
}

impl Scan<'_> {
    /// Returns what is left.
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    /// Takes a text where it comes next, and says whether it does.
    fn takes(&mut self, wanted: &str) -> bool {
        let is_next = self.rest().starts_with(wanted);
        self.at += if is_next { wanted.len() } else { 0 };
        is_next
    }

    /// Reads a row with the end of its line.
    fn row(&mut self) -> Result<Vec<Cell>, usize> {
        let mut cells = vec![self.cell()?];
        while self.rest().starts_with(self.separator) {
            self.at += self.separator.len_utf8();
            cells.push(self.cell()?);
        }
        let _is_ended = self.takes("\r\n") || self.takes("\n") || self.takes("\r");
        Ok(cells)
    }

    /// Reads a cell.
    fn cell(&mut self) -> Result<Cell, usize> {
        let at = self.at;
        let blanks = self.rest().len() - self.rest().trim_start_matches(' ').len();
        if self.rest()[blanks..].starts_with('"') {
            self.at += blanks;
        }
        let mut text = if self.takes("\"") { self.quoted(at)? } else { String::new() };
        text.push_str(self.plain());
        Ok(Cell { text: visible(&text).trim().to_owned(), at })
    }

    /// Reads up to the quotation mark that closes a cell; two of them are one that it says.
    fn quoted(&mut self, begun: usize) -> Result<String, usize> {
        let mut text = String::new();
        loop {
            let end = self.rest().find('"').ok_or(begun)?;
            text.push_str(&self.rest()[..end]);
            self.at += end + 1;
            if !self.takes("\"") {
                return Ok(text);
            }
            text.push('"');
        }
    }

    /// Reads up to the end of a cell that isn't quoted.
    fn plain(&mut self) -> &str {
        let begun = self.at;
        let ends = |c: char| c == self.separator || c == '\n' || c == '\r';
        self.at += self.rest().find(ends).unwrap_or(self.rest().len());
        &self.text[begun..self.at]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_read_as_spreadsheets_save_them() {
        let cases: [(&str, &[&[&str]]); 8] = [
            ("a,b\r\n1,2\r\n", &[&["a", "b"], &["1", "2"]]),
            ("a, b \n\n,\n1", &[&["a", "b"], &["1"]]),
            ("\"a, b\",c", &[&["a, b", "c"]]),
            ("\"says \"\"no\"\"\",c", &[&["says \"no\"", "c"]]),
            ("\"two\nlines\",c\rd", &[&["two\nlines", "c"], &["d"]]),
            ("a, \"b, c\"", &[&["a", "b, c"]]),
            ("\"a\"b,", &[&["ab", ""]]),
            ("", &[]),
        ];
        for (text, expected) in cases {
            let read = rows(text, ',').unwrap();
            let read: Vec<Vec<&str>> =
                read.iter().map(|row| row.iter().map(|cell| cell.text.as_str()).collect()).collect();
            assert_eq!(read, expected, "{text:?}");
        }
    }

    #[test]
    fn each_cell_knows_its_place() {
        let read = rows("a;\"b\nc\"\nd;e", ';').unwrap();
        let places: Vec<usize> = read.iter().flatten().map(|cell| cell.at).collect();
        assert_eq!(places, [0, 2, 8, 10]);
        assert_eq!(rows("a\nb,\"c\nd", ','), Err(4));
    }
}
