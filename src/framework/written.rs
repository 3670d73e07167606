//! A pack's text with the place of everything in it, so that a fault can be told with file, line and column.
//!
//! A [`Path`] names a part of a pack as its keys do (`sections`, the third, `weight`); [`Written`] knows where that part
//! stands. A part that isn't there is told at what should hold it. What comes from a file beside the pack stands, as far as
//! places go, behind the pack's own text.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use crate::finding::Place;

/// A part of a pack with its place.
pub(super) type Node<'a> = Spanned<DeValue<'a>>;

/// A pack's text, parsed, with the name of its file.
pub(super) struct Written<'a> {
    file: &'a str,
    text: &'a str,
    /// The name and the text of the file beside the pack from which some of it comes; `None` where all is its own.
    beside: Option<(String, String)>,
    /// The whole document.
    pub(super) root: Node<'a>,
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
        (Self { file, text, beside: None, root }, errors)
    }

    /// Takes a text that stands in a file beside the pack, and returns the place of its beginning.
    pub(super) fn take(&mut self, name: &str, text: String) -> usize {
        let file = std::path::Path::new(self.file).with_file_name(name);
        self.beside = Some((file.display().to_string(), text));
        self.text.len() + 1
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

    /// Returns the place of a byte of the text, or of the text beside it.
    pub(super) fn place_at(&self, offset: usize) -> Place {
        let beside = self.beside.as_ref().and_then(|beside| Some((beside, offset.checked_sub(self.text.len() + 1)?)));
        let (file, text, offset) = match beside {
            Some(((file, text), offset)) => (file.as_str(), text.as_str(), offset),
            None => (self.file, self.text, offset),
        };
        let before = text.get(..offset).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |last| last.chars().count()) + 1;
        Place::Definition { file: file.to_owned(), line, column }
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

/// Returns a part as a table that can be changed; `None` where it is none.
pub(super) fn table<'n, 'a>(node: &'n mut Node<'a>) -> Option<&'n mut DeTable<'a>> {
    if let DeValue::Table(table) = node.get_mut() { Some(table) } else { None }
}

/// Returns the entries of the list under a key that can be changed; none where there is no such list.
pub(super) fn entries<'n, 'a>(node: &'n mut Node<'a>, key: &str) -> Vec<&'n mut Node<'a>> {
    let under = table(node).and_then(|table| list(table.get_mut(key)?));
    under.into_iter().flat_map(|list| list.iter_mut()).collect()
}

/// Returns a part as a list that can be changed; `None` where it is none.
pub(super) fn list<'n, 'a>(node: &'n mut Node<'a>) -> Option<&'n mut DeArray<'a>> {
    if let DeValue::Array(list) = node.get_mut() { Some(list) } else { None }
}

/// Returns what stands under a key.
pub(super) fn get<'n, 'a>(node: &'n Node<'a>, key: &str) -> Option<&'n Node<'a>> {
    node.get_ref().as_table()?.get(key)
}

/// Returns the text under a key; `None` where there is none.
pub(super) fn text<'n>(node: &'n Node, key: &str) -> Option<&'n str> {
    get(node, key)?.get_ref().as_str()
}
