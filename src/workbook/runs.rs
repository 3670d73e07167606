//! A text of several looks: what it says, and what is struck out of it.
//!
//! What is raised above the line or lowered below it is a mark on what stands there: a footnote's number, the 2 of m². Its digits
//! and signs are said by the characters that stand there by themselves, so that none becomes part of a number.

use std::ops::Range;

use super::symbols::Symbols;
use crate::wording::sign;

/// What a text says, and what is struck out of it: a part that the first doesn't have, or all of it.
pub(super) type Said = (String, Option<String>);

/// How what is in a font looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Font {
    /// Whether it is struck out.
    pub(super) is_struck: bool,
    /// Where its letters stand.
    pub(super) level: Level,
    /// Which signs it shows in place of letters; `None` where it shows letters.
    pub(super) symbols: Option<Symbols>,
}

/// Where letters stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Level {
    /// On the line.
    #[default]
    OnLine,
    /// Above it.
    Raised,
    /// Below it.
    Lowered,
}

/// A text while its pieces are read.
#[derive(Debug, Default)]
pub(super) struct Runs {
    kept: String,
    struck: String,
    /// Whether something stands on the line.
    is_on_line: bool,
    /// What is raised or lowered: how it looks, and where it stands in what is kept or struck out.
    off_line: Vec<(Font, Range<usize>)>,
}

impl Font {
    /// Returns a font by the number that binary files have for where its letters stand.
    pub(super) fn of_numbers(is_struck: bool, level: u16) -> Self {
        let level = match level {
            1 => Level::Raised,
            2 => Level::Lowered,
            _ => Level::OnLine,
        };
        Self { is_struck, level, symbols: None }
    }
}

impl Runs {
    /// Adds a piece.
    pub(super) fn add(&mut self, font: Font, piece: &str) {
        let shown = font.symbols.and_then(|symbols| symbols.shown(piece));
        let piece = shown.as_deref().unwrap_or(piece);
        let text = self.text(font);
        let start = text.len();
        text.push_str(piece);
        match font.level {
            Level::OnLine => self.is_on_line |= !piece.trim().is_empty(),
            Level::Raised | Level::Lowered => self.off_line.push((font, start..start + piece.len())),
        }
    }

    /// Takes the last character of the pieces of a font away.
    pub(super) fn drop_last(&mut self, font: Font) {
        self.text(font).pop();
    }

    /// Whether something is raised or lowered beside what stands on the line.
    pub(super) fn is_off_line(&self) -> bool {
        self.is_on_line && !self.off_line.is_empty()
    }

    /// Returns what is said and what is struck out of it: all is said where nothing else is there.
    pub(super) fn said(mut self) -> Said {
        if self.is_off_line() {
            self.mark();
        }
        let Self { kept, struck, .. } = self;
        if struck.trim().is_empty() {
            (kept + &struck, None)
        } else if kept.trim().is_empty() {
            (struck.clone(), Some(struck))
        } else {
            (kept, Some(struck))
        }
    }

    /// Puts characters that stand off the line by themselves in place of what is raised or lowered.
    fn mark(&mut self) {
        for (font, range) in std::mem::take(&mut self.off_line).into_iter().rev() {
            let text = self.text(font);
            let range = range.start.min(text.len())..range.end.min(text.len());
            let marks: String = text[range.clone()].chars().map(|letter| mark(letter, font.level)).collect();
            text.replace_range(range, &marks);
        }
    }

    /// Returns the text that pieces of a font go into.
    fn text(&mut self, font: Font) -> &mut String {
        if font.is_struck { &mut self.struck } else { &mut self.kept }
    }
}

/// Returns the character that says a digit or a sign of a number off the line; any other as it is.
fn mark(letter: char, level: Level) -> char {
    const PLAIN: &str = "0123456789+-=()";
    let marks = match level {
        Level::OnLine => return letter,
        Level::Raised => "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾",
        Level::Lowered => "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎",
    };
    PLAIN.find(sign(letter)).and_then(|at| marks.chars().nth(at)).unwrap_or(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    const USUAL: Font = Font { is_struck: false, level: Level::OnLine, symbols: None };
    const STRUCK: Font = Font { is_struck: true, level: Level::OnLine, symbols: None };
    const RAISED: Font = Font { is_struck: false, level: Level::Raised, symbols: None };
    const LOWERED: Font = Font { is_struck: false, level: Level::Lowered, symbols: None };
    const RAISED_AND_STRUCK: Font = Font { is_struck: true, level: Level::Raised, symbols: None };

    const TICKS: Font = Font { symbols: Some(Symbols::Wingdings), ..USUAL };

    fn said(pieces: &[(Font, &str)]) -> Said {
        let mut runs = Runs::default();
        for (font, piece) in pieces {
            runs.add(*font, piece);
        }
        runs.said()
    }

    #[test]
    fn what_is_raised_or_lowered_is_a_mark_on_what_stands_on_the_line() {
        type Case<'a> = (&'a [(Font, &'a str)], &'a str, Option<&'a str>);
        let cases: [Case; 15] = [
            (&[(USUAL, "36"), (RAISED, "1")], "36¹", None),
            (&[(USUAL, "36"), (LOWERED, "1")], "36₁", None),
            (&[(RAISED, "1"), (USUAL, "36")], "¹36", None),
            (&[(USUAL, "3"), (RAISED, "1"), (USUAL, "6"), (RAISED, "(2)")], "3¹6⁽²⁾", None),
            (&[(USUAL, "5"), (RAISED, "-")], "5⁻", None),
            (&[(USUAL, "5"), (RAISED, "\u{2212}\u{ff11}\u{661}")], "5⁻¹¹", None),
            (&[(USUAL, "12 m"), (RAISED, "2"), (USUAL, " each")], "12 m² each", None),
            (&[(USUAL, "14"), (RAISED, "th"), (USUAL, " August")], "14th August", None),
            // Nothing is there that it could be a mark on.
            (&[(RAISED, "3")], "3", None),
            (&[(USUAL, " "), (RAISED, "3"), (LOWERED, "2")], " 32", None),
            (&[(STRUCK, "3"), (RAISED, "1")], "¹", Some("3")),
            (&[(USUAL, "3"), (RAISED_AND_STRUCK, "1")], "3", Some("¹")),
            (&[(USUAL, " "), (STRUCK, "3"), (RAISED_AND_STRUCK, "1")], "3¹", Some("3¹")),
            (&[(USUAL, "3"), (STRUCK, " ")], "3 ", None),
            (&[(TICKS, "ü"), (USUAL, " seen")], "✓ seen", None),
        ];
        for (pieces, text, struck) in cases {
            assert_eq!(said(pieces), (text.to_owned(), struck.map(str::to_owned)), "{pieces:?}");
        }
    }

    #[test]
    fn no_digit_off_the_line_stays_a_digit() {
        for letter in ('!'..='\u{1fbf9}').filter(|letter| sign(*letter).is_ascii_digit()) {
            for font in [RAISED, LOWERED] {
                let text = said(&[(USUAL, "3"), (font, &letter.to_string())]).0;
                assert!(!crate::wording::plain(&text[1..]).contains(|c: char| c.is_ascii_digit()), "{letter} {font:?}");
            }
        }
    }
}
