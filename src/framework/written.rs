//! A pack's text with the place of everything in it, so that a fault can be told with file, line and column.
//!
//! A [`Path`] names a part of a pack as its keys do (`sections`, the third, `weight`); [`Written`] knows where that part
//! stands. A part that isn't there is told at what should hold it.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::finding::Place;

/// A pack's text, parsed, with the name of its file.
pub(super) struct Written<'a> {
    file: &'a str,
    text: &'a str,
    /// The whole document.
    pub(super) root: Spanned<DeValue<'a>>,
}

/// One step into a pack.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step<'a> {
    /// Into a table, by key.
    Key(&'a str),
    /// Into a list, from nought.
    Index(usize),
}

/// The way to a part of a pack, as a chain of steps back to its root.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Path<'a>(Option<(&'a Path<'a>, Step<'a>)>);

impl<'a> Path<'a> {
    /// The pack itself.
    pub(super) const ROOT: Path<'static> = Path(None);

    /// Returns the way on to a key.
    pub(super) fn key(&'a self, key: &'a str) -> Path<'a> {
        Path(Some((self, Step::Key(key))))
    }

    /// Returns the way on to a key's entry by number.
    pub(super) fn at(&'a self, index: usize) -> Path<'a> {
        Path(Some((self, Step::Index(index))))
    }

    /// Returns the steps from the root.
    fn steps(&self) -> Vec<Step<'a>> {
        let mut steps = Vec::new();
        let mut rest = self.0;
        while let Some((before, step)) = rest {
            steps.push(step);
            rest = before.0;
        }
        steps.reverse();
        steps
    }
}

impl<'a> Written<'a> {
    /// Parses a pack's text as far as it goes; what is no TOML comes as errors.
    pub(super) fn parse(file: &'a str, text: &'a str) -> (Self, Vec<toml::de::Error>) {
        let (root, errors) = DeTable::parse_recoverable(text);
        let span = root.span();
        let root = Spanned::new(span, DeValue::Table(root.into_inner()));
        (Self { file, text, root }, errors)
    }

    /// Returns the place of a part, or of what should hold it where it isn't there.
    pub(super) fn place(&self, path: &Path) -> Place {
        self.place_at(self.span(path).start)
    }

    /// Returns the place of a byte within a part that is a text: where an expression is wrong.
    pub(super) fn place_within(&self, path: &Path, offset: usize) -> Place {
        let span = self.span(path);
        let quoted = self.text.get(span.clone()).unwrap_or_default();
        // In a text of one line each byte stands for itself, unless something is escaped.
        let plain = quoted.len() > 2 && !quoted.contains(['\\', '\n']);
        self.place_at(if plain { (span.start + 1 + offset).min(span.end) } else { span.start })
    }

    /// Returns the place of a byte of the text.
    pub(super) fn place_at(&self, offset: usize) -> Place {
        let before = self.text.get(..offset).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |last| last.chars().count()) + 1;
        Place::Definition { file: self.file.to_owned(), line, column }
    }

    /// Returns where a part stands.
    fn span(&self, path: &Path) -> Range<usize> {
        let mut at = &self.root;
        let mut span = at.span();
        for step in path.steps() {
            let next = match (step, at.get_ref()) {
                (Step::Key(key), value) => value.as_table().and_then(|table| table.get(key)),
                (Step::Index(index), value) => value.as_array().and_then(|array| array.get(index)),
            };
            let Some(next) = next else { break };
            (at, span) = (next, next.span());
        }
        span
    }
}
