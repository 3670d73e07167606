//! Sizes and counts beyond which a package is refused.
//!
//! Each has a name that is told when it is hit. The defaults let through what spreadsheet programs write and keep the
//! memory that a file takes well under a gibibyte.

use std::fmt;

use super::PackageError;

/// How large the things in a package may be.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Limits {
    /// The bytes of the file.
    pub file: u64,
    /// The parts in the file.
    pub parts: u64,
    /// The bytes of one part, unpacked.
    pub part: u64,
    /// The bytes of all parts, unpacked.
    pub unpacked: u64,
    /// How many times larger than its packed bytes a part may be; parts under [`Limits::SMALL`] bytes may be any.
    pub ratio: u64,
    /// How deep elements may lie in one another.
    pub depth: u64,
    /// The bytes of one piece of text or one tag.
    pub text: u64,
    /// The attributes of one tag.
    pub attributes: u64,
    /// The sheets of a workbook.
    pub sheets: u64,
    /// The cells of a workbook that hold something.
    pub cells: u64,
    /// The different texts that a workbook keeps for its cells.
    pub strings: u64,
    /// The bytes of all cells' texts and formulas.
    pub content: u64,
}

/// Which of the [`Limits`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Limit {
    /// [`Limits::file`].
    File,
    /// [`Limits::parts`].
    Parts,
    /// [`Limits::part`].
    Part,
    /// [`Limits::unpacked`].
    Unpacked,
    /// [`Limits::ratio`].
    Ratio,
    /// [`Limits::depth`].
    Depth,
    /// [`Limits::text`].
    Text,
    /// [`Limits::attributes`].
    Attributes,
    /// [`Limits::sheets`].
    Sheets,
    /// [`Limits::cells`].
    Cells,
    /// [`Limits::strings`].
    Strings,
    /// [`Limits::content`].
    Content,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file: 64 << 20,
            parts: 10_000,
            part: 128 << 20,
            unpacked: 384 << 20,
            ratio: 250,
            depth: 256,
            text: 32 << 20,
            attributes: 1_000,
            sheets: 1_000,
            cells: 4_000_000,
            strings: 750_000,
            content: 256 << 20,
        }
    }
}

impl Limits {
    /// A part of fewer bytes than this does no harm, however well it was packed: a column formatted down to the last row
    /// of a sheet packs a thousandfold.
    pub const SMALL: u64 = 64 << 20;

    /// Returns the value of one limit.
    pub fn of(&self, limit: Limit) -> u64 {
        match limit {
            Limit::File => self.file,
            Limit::Parts => self.parts,
            Limit::Part => self.part,
            Limit::Unpacked => self.unpacked,
            Limit::Ratio => self.ratio,
            Limit::Depth => self.depth,
            Limit::Text => self.text,
            Limit::Attributes => self.attributes,
            Limit::Sheets => self.sheets,
            Limit::Cells => self.cells,
            Limit::Strings => self.strings,
            Limit::Content => self.content,
        }
    }

    /// Sets one limit.
    pub fn set(&mut self, limit: Limit, most: u64) {
        let place = match limit {
            Limit::File => &mut self.file,
            Limit::Parts => &mut self.parts,
            Limit::Part => &mut self.part,
            Limit::Unpacked => &mut self.unpacked,
            Limit::Ratio => &mut self.ratio,
            Limit::Depth => &mut self.depth,
            Limit::Text => &mut self.text,
            Limit::Attributes => &mut self.attributes,
            Limit::Sheets => &mut self.sheets,
            Limit::Cells => &mut self.cells,
            Limit::Strings => &mut self.strings,
            Limit::Content => &mut self.content,
        };
        *place = most;
    }

    /// Refuses what is beyond a limit; `what` names it.
    pub fn check(&self, limit: Limit, found: u64, what: impl FnOnce() -> String) -> Result<(), PackageError> {
        let most = self.of(limit);
        if found <= most { Ok(()) } else { Err(PackageError::TooLarge { limit, what: what(), found, most }) }
    }
}

impl Limit {
    /// All limits.
    pub const ALL: [Self; 12] = [
        Self::File,
        Self::Parts,
        Self::Part,
        Self::Unpacked,
        Self::Ratio,
        Self::Depth,
        Self::Text,
        Self::Attributes,
        Self::Sheets,
        Self::Cells,
        Self::Strings,
        Self::Content,
    ];

    /// Returns the name, by which messages tell it and settings set it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Parts => "parts",
            Self::Part => "part",
            Self::Unpacked => "unpacked",
            Self::Ratio => "ratio",
            Self::Depth => "depth",
            Self::Text => "text",
            Self::Attributes => "attributes",
            Self::Sheets => "sheets",
            Self::Cells => "cells",
            Self::Strings => "strings",
            Self::Content => "content",
        }
    }

    /// Returns what is counted.
    const fn unit(self) -> &'static str {
        match self {
            Self::File | Self::Part | Self::Unpacked | Self::Text | Self::Content => "bytes",
            Self::Parts => "parts",
            Self::Ratio => "times its packed bytes",
            Self::Depth => "levels of elements",
            Self::Attributes => "attributes",
            Self::Sheets => "sheets",
            Self::Cells => "filled cells",
            Self::Strings => "different texts",
        }
    }

    /// Says that something has more than it may; `what` names it.
    pub fn beyond(self, what: &str, found: u64, most: u64) -> String {
        let (found, most) = (grouped(found), grouped(most));
        format!("{what} has {found} {}; at most {most} are read (limit `{self}`)", self.unit())
    }

    /// Returns the limit of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|limit| limit.name() == name)
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Returns a number with a comma after its thousands.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.char_indices() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_at_the_limit_passes_and_what_is_beyond_names_it() {
        let limits = Limits { parts: 3, ..Limits::default() };
        assert!(limits.check(Limit::Parts, 3, || "the file".to_owned()).is_ok());
        let refused = limits.check(Limit::Parts, 4, || "the file".to_owned()).unwrap_err();
        assert_eq!(refused.to_string(), "the file has 4 parts; at most 3 are read (limit `parts`)");
    }

    #[test]
    fn every_limit_is_set_by_its_name() {
        for limit in Limit::ALL {
            let mut limits = Limits::default();
            limits.set(Limit::named(limit.name()).unwrap(), 7);
            let changed = Limit::ALL.into_iter().filter(|other| limits.of(*other) != Limits::default().of(*other));
            assert_eq!((limits.of(limit), changed.collect::<Vec<_>>()), (7, vec![limit]));
        }
        assert_eq!(Limit::named("memory"), None);
    }
}
