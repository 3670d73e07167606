//! Tells by what stands in a column whether it can be the one that a heading asks for.
//!
//! [`Content`] says what a heading's column holds, [`Content::weigh`] how what stands below speaks for it. Words decide
//! first: content only settles between headings that are worded much alike, and finds answers whose heading says nothing.

use crate::framework::{EntryKind, Grades, Scale};
use crate::wording::Wording;
use crate::workbook::{Cell, Value};

use super::text::SheetText;

/// So many filled cells below a heading are looked at.
const SAMPLE: usize = 60;

/// What stands in the column of a heading.
#[derive(Clone, Copy, Debug)]
pub enum Content<'a> {
    /// Anything, or nothing that can be told by looking at it.
    Anything,
    /// Entries of a kind.
    Entry(&'a EntryKind),
    /// Answers on a scale.
    Grade(&'a Scale),
}

/// How what stands in a column speaks for a heading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// Most of it is what the heading asks for.
    For,
    /// Nothing stands there, or it can't be told.
    Silent,
    /// None of it is what the heading asks for.
    Against,
}

impl Content<'_> {
    /// Weighs what stands in a column below a row.
    pub fn weigh(self, text: &SheetText, column: u32, below: u32) -> Evidence {
        let cells = text.sheet.cells.iter().filter(|cell| cell.at.column == column && cell.at.row > below);
        let filled: Vec<&Cell> = cells.filter(|cell| !cell.value.is_blank()).take(SAMPLE).collect();
        let fitting = filled.iter().filter(|cell| self.fits(&cell.value)).count();
        match self {
            Self::Entry(_) | Self::Grade(_) if fitting * 2 > filled.len() => Evidence::For,
            Self::Entry(_) | Self::Grade(_) if fitting == 0 && !filled.is_empty() => Evidence::Against,
            Self::Anything | Self::Entry(_) | Self::Grade(_) => Evidence::Silent,
        }
    }

    /// Whether nothing can be told by looking at what stands below.
    pub(super) fn is_open(self) -> bool {
        matches!(self, Self::Anything)
    }

    /// Whether other columns seldom hold such things: words stand in many, what is chosen, counted or dated in few.
    pub(super) fn is_telling(self) -> bool {
        match self {
            Self::Grade(_) => true,
            Self::Anything => false,
            Self::Entry(kind) => match kind {
                EntryKind::Number { .. } | EntryKind::Date(_) | EntryKind::Choice(_) | EntryKind::Mark(_) => true,
                EntryKind::Text | EntryKind::Contact | EntryKind::Reference(_) | EntryKind::Registration(_) => false,
            },
        }
    }

    /// Whether a value is what the column holds.
    pub(super) fn fits(self, value: &Value) -> bool {
        match self {
            Self::Anything => true,
            Self::Entry(kind) => is_entry(kind, value),
            Self::Grade(scale) => is_grade(scale, value),
        }
    }
}

/// Whether something stands in a column below a row, other than 1, 2, 3 and so on from above: what numbers rows is nobody's entry.
pub(super) fn has_entries(text: &SheetText, column: u32, below: u32) -> bool {
    let cells = text.sheet.cells.iter().filter(|cell| cell.at.column == column && cell.at.row > below);
    let filled = cells.filter(|cell| !cell.value.is_blank()).take(SAMPLE);
    filled.zip(1_u32..).any(|(cell, count)| number(&cell.value) != Some(f64::from(count)))
}

/// Whether a value is an entry of a kind, or near to one.
fn is_entry(kind: &EntryKind, value: &Value) -> bool {
    match kind {
        EntryKind::Text | EntryKind::Contact => matches!(value, Value::Text(_)),
        EntryKind::Number { .. } => number(value).is_some(),
        EntryKind::Date(_) => is_date(value),
        EntryKind::Choice(choices) => is_one_of(choices, value),
        EntryKind::Mark(marks) => is_one_of(marks, value) || is_date(value),
        EntryKind::Reference(_) => true,
        EntryKind::Registration(_) => shown(value).is_some_and(|text| text.contains(|c: char| c.is_ascii_digit())),
    }
}

/// Whether a value is an answer on a scale.
fn is_grade(scale: &Scale, value: &Value) -> bool {
    match &scale.grades {
        Grades::Listed(grades) => shown(value).is_some_and(|text| {
            let words = Wording::of(&text);
            let names =
                grades.iter().flat_map(|grade| [&grade.id].into_iter().chain(&grade.label).chain(&grade.written));
            names.into_iter().any(|name| Wording::of(name) == words)
        }),
        Grades::Range { .. } => number(value).is_some(),
    }
}

/// Whether a value is one of some choices.
fn is_one_of(choices: &[Vec<String>], value: &Value) -> bool {
    let Some(text) = shown(value) else { return false };
    let words = Wording::of(&text);
    choices.iter().flatten().any(|name| *name == text || Wording::of(name) == words)
}

/// Whether a value is a date, or a text of figures and signs as dates are typed.
fn is_date(value: &Value) -> bool {
    match value {
        Value::Date(_) => true,
        Value::Text(text) => {
            let text = text.trim();
            text.len() >= 6 && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '/' | '-' | '.' | ' '))
        }
        Value::Empty | Value::Number(_) | Value::Elapsed(_) | Value::Picture | Value::Logical(_) | Value::Error(_) => {
            false
        }
    }
}

/// Returns a value as a number, typed as one or as text.
fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => Some(*number),
        Value::Text(text) => text.trim().trim_start_matches('£').parse().ok(),
        Value::Empty | Value::Date(_) | Value::Elapsed(_) | Value::Picture | Value::Logical(_) | Value::Error(_) => {
            None
        }
    }
}

/// Returns a text, or a number as a person reads it.
fn shown(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::Empty | Value::Date(_) | Value::Elapsed(_) | Value::Picture | Value::Logical(_) | Value::Error(_) => {
            None
        }
    }
}
