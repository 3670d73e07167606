//! Tells by what stands in a row which criterion it is of: by its code, by its text.
//!
//! A code is compared without the brackets, stops and dashes that people put round it. Where code and text share a cell, a
//! known code is cut off even where no space follows it. [`content_columns`] finds the columns of codes and texts by what
//! stands in them: that is surer than any heading.

use std::collections::{BTreeMap, HashMap};

use crate::cell::CellRef;
use crate::framework::{Framework, Holds, Table};
use crate::wording::Wording;

use super::text::SheetText;

/// A row that a table should have.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item<'a> {
    /// The criterion's or measure's name.
    pub(super) id: &'a str,
    /// Its text.
    pub(super) text: &'a str,
    /// Whether code and text stand in one cell.
    joined: bool,
}

impl Item<'_> {
    /// Makes an item whose code and text stand in cells of their own.
    #[cfg(test)]
    pub(super) fn new<'a>(id: &'a str, text: &'a str) -> Item<'a> {
        Item { id, text, joined: false }
    }

    /// Returns the text as it stands in the form's cell.
    pub(super) fn written(&self) -> String {
        if self.joined { format!("{} {}", self.id, self.text) } else { self.text.to_owned() }
    }
}

/// Returns the rows that a table should have, in order.
pub(super) fn items<'a>(framework: &'a Framework, table: &'a Table) -> Vec<Item<'a>> {
    let joined = table.columns.iter().any(|column| matches!(column.holds, Holds::CodeAndText));
    let sections = table.sections.iter().filter_map(|id| framework.section(id));
    let items = sections.flat_map(|section| {
        let criteria = section.criteria.iter().map(|criterion| (criterion.id.as_str(), criterion.text.as_str()));
        criteria.chain(section.measures.iter().map(|measure| (measure.id.as_str(), measure.text.as_str())))
    });
    items.map(|(id, text)| Item { id, text, joined }).collect()
}

/// The items of a table by the ways in which rows name them.
pub(super) struct Names {
    codes: HashMap<String, usize>,
    /// The number of letters of the longest code.
    longest: usize,
    texts: HashMap<Wording, usize>,
    /// The codes by their first byte, longest first, as they are cut off a text.
    prefixes: HashMap<u8, Vec<String>>,
}

impl Names {
    /// Collects the codes and texts of items.
    pub(super) fn new(items: &[Item]) -> Self {
        let codes: HashMap<String, usize> =
            items.iter().enumerate().map(|(index, item)| (bare(Wording::of(item.id).as_str()), index)).collect();
        let texts = items.iter().enumerate().map(|(index, item)| (Wording::of(item.text), index)).collect();
        let longest = codes.keys().map(|code| code.chars().count()).max().unwrap_or(0);
        let mut all: Vec<String> = items.iter().map(|item| Wording::of(item.id).as_str().to_owned()).collect();
        all.sort_by_key(|code| std::cmp::Reverse(code.len()));
        let mut prefixes: HashMap<u8, Vec<String>> = HashMap::new();
        for code in all {
            if let Some(first) = code.bytes().next() {
                prefixes.entry(first).or_default().push(code);
            }
        }
        Self { codes, longest, texts, prefixes }
    }

    /// Returns the item that goes by a code.
    pub(super) fn by_code(&self, code: &Wording) -> Option<usize> {
        let letters = signless(code.as_str()).take(self.longest + 1).count();
        // Most cells are longer than any code.
        if letters > self.longest {
            return None;
        }
        let bare = bare(code.as_str());
        // A number format may show more noughts than the code has.
        let shorter = || bare.contains('.').then(|| bare.trim_end_matches('0'));
        self.codes.get(&bare).or_else(|| self.codes.get(shorter()?)).copied()
    }

    /// Returns the item that has this text, word for word.
    pub(super) fn by_text(&self, text: &Wording) -> Option<usize> {
        self.texts.get(text).copied()
    }

    /// Splits a cell into its code and its text: `1.1.10 Feedback is used`.
    pub(super) fn split(&self, words: &Wording) -> (Option<Wording>, Option<Wording>) {
        let written = words.as_str();
        let start = written.trim_start_matches(['(', '[', '#', ' ']);
        let alike = start.bytes().next().and_then(|first| self.prefixes.get(&first));
        let written_first = alike.into_iter().flatten().find(|code| {
            let rest = start.strip_prefix(code.as_str());
            rest.is_some_and(|rest| ends_code(code, rest))
        });
        if let Some(code) = written_first {
            return (Some(Wording::of(code)), text_after(&start[code.len()..]));
        }
        match written.split_once([' ', '\t']) {
            Some((code, rest)) if code.len() <= 12 && code.bytes().any(|b| b.is_ascii_digit()) => {
                (Some(Wording::of(&bare(code))), text_after(rest))
            }
            Some(_) => (None, Some(words.clone())),
            None => (Some(words.clone()), None),
        }
    }
}

/// Whether what follows a code shows that the code ends there: no further digit, nor a letter after a letter.
fn ends_code(code: &str, rest: &str) -> bool {
    let mut following = rest.chars();
    let next = following.next();
    let digit_after_stop = next == Some('.') && following.next().is_some_and(|c| c.is_ascii_digit());
    let ends_in_letter = code.chars().next_back().is_some_and(char::is_alphabetic);
    let goes_on = next.is_some_and(|c| c.is_ascii_digit() || (ends_in_letter && (c.is_alphanumeric() || c == '\'')));
    // A lone letter begins a sentence as easily as it names a row: “A plan is in place”.
    let lone = code.chars().count() == 1 && next == Some(' ');
    !digit_after_stop && !goes_on && !lone
}

/// Returns the text that follows a code, without what parts the two.
fn text_after(rest: &str) -> Option<Wording> {
    let text = Wording::of(rest.trim_start_matches(|c: char| c.is_whitespace() || "-:.)]|/".contains(c)));
    (!text.is_empty()).then_some(text)
}

/// Returns a code without the signs round it and the spaces in it.
fn bare(code: &str) -> String {
    signless(code).collect()
}

/// Returns the letters of a code without the signs round it and the spaces in it.
fn signless(code: &str) -> impl Iterator<Item = char> {
    let trimmed = code.trim_matches(|c: char| !c.is_alphanumeric());
    trimmed.chars().filter(|c| !c.is_whitespace())
}

/// Finds the columns of codes and texts by what stands in them: for each of the table's columns, the one below `heading`
/// that holds the most of its items, where it holds at least two.
pub(super) fn content_columns(table: &Table, text: &SheetText, names: &Names, heading: u32) -> Vec<Option<u32>> {
    let (mut codes, mut texts, mut joined) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    for (at, words) in text.texts.iter().filter(|(at, _)| at.row > heading) {
        let count = |hits: &mut BTreeMap<u32, usize>| *hits.entry(at.column).or_default() += 1;
        if names.by_code(words).is_some() {
            count(&mut codes);
        } else if names.by_text(words).is_some() {
            count(&mut texts);
            count(&mut joined);
        } else if let (Some(code), Some(said)) = names.split(words)
            && names.by_code(&code).is_some()
            && names.by_text(&said).is_some()
        {
            count(&mut joined);
        }
    }
    let most = |hits: &BTreeMap<u32, usize>| {
        let best = hits.iter().max_by_key(|(column, count)| (**count, std::cmp::Reverse(**column)));
        best.filter(|(_, count)| **count >= 2).map(|(column, _)| *column)
    };
    let of = |holds: &Holds| match holds {
        Holds::Code => most(&codes),
        Holds::Text => most(&texts),
        Holds::CodeAndText => most(&joined),
        Holds::Form | Holds::Score(_) | Holds::Opinions | Holds::Result | Holds::Entry(_) => None,
    };
    table.columns.iter().map(|column| of(&column.holds)).collect()
}

/// Returns the first row that holds the text of an item, or its code in a cell of its own beside other texts.
pub(super) fn first_row(text: &SheetText, names: &Names) -> Option<u32> {
    let said = |words: &Wording| {
        let (_, said) = names.split(words);
        names.by_text(words).is_some() || said.is_some_and(|said| names.by_text(&said).is_some())
    };
    text.texts.iter().find(|(_, words)| said(words)).map(|(at, _)| at.row)
}

/// The columns by which rows are known.
pub(super) struct Keys {
    /// The column of codes.
    pub(super) code: Option<u32>,
    /// The column of texts.
    pub(super) text: Option<u32>,
    /// The column that has both.
    pub(super) joined: Option<u32>,
    /// The columns of answers.
    pub(super) scores: Vec<u32>,
}

impl Keys {
    /// Collects the columns of a table that were found.
    pub(super) fn new(table: &Table, columns: &[Option<u32>]) -> Self {
        let placed = || table.columns.iter().zip(columns).filter_map(|(column, at)| Some((column, (*at)?)));
        let of = |holds: fn(&Holds) -> bool| placed().find(|(column, _)| holds(&column.holds)).map(|(_, at)| at);
        let scores = placed().filter(|(column, _)| matches!(column.holds, Holds::Score(_)));
        Self {
            code: of(|holds| matches!(holds, Holds::Code)),
            text: of(|holds| matches!(holds, Holds::Text)),
            joined: of(|holds| matches!(holds, Holds::CodeAndText)),
            scores: scores.map(|(_, at)| at).collect(),
        }
    }

    /// Returns the code and the text of a row, each as it is compared.
    pub(super) fn read(
        &self,
        row: u32,
        text: &SheetText,
        names: &Names,
    ) -> (Option<Wording>, Option<(CellRef, Wording)>) {
        let said = |column: Option<u32>| {
            let at = column.map(|column| CellRef::new(row, column))?;
            Some((at, text.at(at)?.clone()))
        };
        match said(self.joined) {
            Some((at, words)) => {
                let (code, rest) = names.split(&words);
                (code, rest.map(|rest| (at, rest)))
            }
            None => (said(self.code).map(|(_, code)| code), said(self.text)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn items() -> Vec<Item<'static>> {
        [("1.1.1", "Information is offered"), ("1.1.10", "Feedback is used"), ("A", "A plan is in place")]
            .into_iter()
            .map(|(id, text)| Item::new(id, text))
            .collect()
    }

    #[test]
    fn a_known_code_is_cut_off_however_it_is_written() {
        let items = items();
        let names = Names::new(&items);
        let cases = [
            ("1.1.1 Information is offered", Some(0), Some(0)),
            ("1.1.1Information is offered", Some(0), Some(0)),
            ("1.1.1. Information is offered", Some(0), Some(0)),
            ("(1.1.1) – Information is offered", Some(0), Some(0)),
            ("1.1.1.Information is offered", Some(0), Some(0)),
            ("1.1.10: Feedback is used", Some(1), Some(1)),
            ("1.1.10\nFeedback is used", Some(1), Some(1)),
            ("A plan is in place", None, Some(2)),
            ("7. Feedback is used", None, Some(1)),
            ("1.1.11 Something else", None, None),
            ("1.1.1.2 Something else", None, None),
        ];
        for (written, code, text) in cases {
            let (written_code, said) = names.split(&Wording::of(written));
            assert_eq!(written_code.and_then(|code| names.by_code(&code)), code, "code of {written}");
            assert_eq!(said.and_then(|said| names.by_text(&said)), text, "text of {written}");
        }
    }

    #[test]
    fn signs_round_a_code_mean_nothing() {
        let items = items();
        let names = Names::new(&items);
        for written in ["1.1.1", "1.1.1.", "1.1.1)", "[1.1.1]", "1. 1. 1", "#1.1.1", " 1.1.1\u{a0}"] {
            assert_eq!(names.by_code(&Wording::of(written)), Some(0), "{written}");
        }
        assert_eq!(names.by_code(&Wording::of("1.1")), None);
    }
}
