//! Entries that are said once for several parts of the scheme: there is one of them for each, with the part's words in its texts.
//!
//! `for_each` names the parts: every section, every tag, or a list of names. `{each.id}` and the like then stand for the part's own
//! words. A band that names a gate as the gate is written needs the gates of all parts.

use toml::Spanned;
use toml::de::{DeArray, DeValue};

use super::part::{Part, Parts};
use crate::framework::schema::shape::Misshape;
use crate::framework::written::{Node, entries, get, list, table, text};
use crate::wording::nearest;
use crate::words::quoted;

/// The key that names the parts.
pub(super) const KEY: &str = "for_each";
/// The lists of a pack whose entries can be said for several parts.
const LISTS: [&str; 6] = ["values", "rules", "stated", "stated_rows", "requirements", "calendar"];
/// What begins the words of a part in a text.
const MARK: &str = "{each.";

/// Repeats the entries that are said for several parts.
pub(super) fn repeat(root: &mut Node, misshapes: &mut Vec<Misshape>) {
    let mut repeat = Repeat { parts: Parts::of(root), misshapes };
    repeat.groups(root);
    // What follows can be said for these groups too.
    repeat.parts = Parts::of(root);
    for key in LISTS {
        repeat.list(root, key);
    }
    if let Some(report) = table(root).and_then(|root| root.get_mut("report")) {
        repeat.list(report, "blocks");
    }
    if let Some(outcome) = table(root).and_then(|root| root.get_mut("outcome")) {
        repeat.gates(outcome);
    }
    for grade in entries(root, "grades") {
        repeat.gates(grade);
    }
}

/// The work under way.
pub(super) struct Repeat<'m> {
    pub(super) parts: Parts,
    pub(super) misshapes: &'m mut Vec<Misshape>,
}

impl Repeat<'_> {
    /// Repeats the gates of an outcome, or of a grade, and lets bands need those of all parts.
    fn gates(&mut self, outcome: &mut Node) {
        for (written, ids) in self.list(outcome, "gates") {
            for band in entries(outcome, "bands") {
                let Some(gates) = table(band).and_then(|band| list(band.get_mut("gates")?)) else { continue };
                let each = gates.iter().flat_map(|gate| {
                    let is_meant = gate.get_ref().as_str() == Some(&written);
                    let of_parts = |id: &String| Spanned::new(gate.span(), DeValue::String(id.clone().into()));
                    if is_meant { ids.iter().map(of_parts).collect() } else { vec![gate.clone()] }
                });
                *gates = each.collect();
            }
        }
    }

    /// Repeats the entries of a list, and returns what each that was repeated is called and what its copies are.
    fn list(&mut self, holder: &mut Node, key: &str) -> Vec<(String, Vec<String>)> {
        let Some(list) = table(holder).and_then(|holder| list(holder.get_mut(key)?)) else { return Vec::new() };
        let (mut whole, mut called) = (DeArray::new(), Vec::new());
        for entry in list.iter() {
            let Some(named) = get(entry, KEY).cloned() else {
                whole.push(entry.clone());
                continue;
            };
            let copies: Vec<Node> = self.wanted(&named).iter().map(|part| self.copy(entry, part)).collect();
            let ids = copies.iter().filter_map(|copy| Some(text(copy, "id")?.to_owned())).collect();
            called.extend(text(entry, "id").map(|id| (id.to_owned(), ids)));
            for copy in copies {
                whole.push(copy);
            }
        }
        if !list.is_empty() {
            *list = whole;
        }
        called
    }

    /// Returns the parts that an entry is for.
    pub(super) fn wanted(&mut self, named: &Node) -> Vec<Part> {
        let parts = match named.get_ref().as_str() {
            Some("section") => self.parts.sections.clone(),
            Some("tag") => self.parts.tags.clone(),
            Some(_) | None => self.listed(named),
        };
        if parts.is_empty() {
            let message = "there is nothing for which this entry is".to_owned();
            let help = "Name sections, tags, groups or criteria, or take the entry out.".to_owned();
            self.misshapes.push(Misshape { offset: named.span().start, message, help });
        }
        parts
    }

    /// Returns the parts that are named one by one.
    pub(super) fn listed(&mut self, named: &Node) -> Vec<Part> {
        let listed = named.get_ref().as_array().into_iter().flatten();
        let written = listed.filter_map(|name| Some((name.get_ref().as_str()?, name.span().start)));
        written.filter_map(|(name, at)| self.part(name, at)).collect()
    }

    /// Returns the part of a name, and says where it is given that there is none.
    pub(super) fn part(&mut self, name: &str, at: usize) -> Option<Part> {
        let part = self.parts.named(name).cloned();
        if part.is_none() {
            let near = nearest(name, self.parts.all().map(|part| part.id.as_str()), 0.5);
            let help = near.map_or_else(
                || "Use the name of one that there is.".to_owned(),
                |near| format!("Did you mean `{near}`?"),
            );
            let message = format!("there is no section, tag, group or criterion `{name}`");
            self.misshapes.push(Misshape { offset: at, message, help });
        }
        part
    }

    /// Returns an entry with a part's words in its texts.
    pub(super) fn copy<'a>(&mut self, entry: &Node<'a>, part: &Part) -> Node<'a> {
        let mut copy = self.filled(entry, part);
        if let Some(copy) = table(&mut copy) {
            copy.remove(KEY);
        }
        copy
    }

    /// Puts a part's words into a value and all below it.
    fn filled<'a>(&mut self, node: &Node<'a>, part: &Part) -> Node<'a> {
        let value = match node.get_ref() {
            DeValue::String(text) if text.contains(MARK) => {
                DeValue::String(self.said(text, node.span().start, part).into())
            }
            DeValue::Array(items) => DeValue::Array(items.iter().map(|item| self.filled(item, part)).collect()),
            DeValue::Table(table) => {
                DeValue::Table(table.iter().map(|(key, value)| (key.clone(), self.filled(value, part))).collect())
            }
            plain @ (DeValue::String(_)
            | DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_)) => plain.clone(),
        };
        Spanned::new(node.span(), value)
    }

    /// Returns a text with a part's words in it, and says at its place which aren't any.
    pub(super) fn said(&mut self, text: &str, at: usize, part: &Part) -> String {
        let said = words(text, part);
        self.left(&said, at);
        said
    }

    /// Says which words of a part aren't any, once a place.
    fn left(&mut self, said: &str, at: usize) {
        let word = said.split_once(MARK).and_then(|(_, rest)| rest.split_once('}'));
        let is_told = self.misshapes.iter().any(|misshape| misshape.offset == at);
        if let Some((word, _)) = word.filter(|_| !is_told) {
            let message = format!("`{MARK}{word}}}` means nothing");
            let help = format!("There are {}.", quoted(WORDS.map(|word| format!("{MARK}{word}}}"))));
            self.misshapes.push(Misshape { offset: at, message, help });
        }
    }
}

/// What can be said of a part.
const WORDS: [&str; 4] = ["id", "title", "name", "slug"];

/// Puts a part's words into a text.
fn words(text: &str, part: &Part) -> String {
    let plain =
        |other: char| part.id.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { other }).collect::<String>();
    let [id, title, name, slug] = WORDS.map(|word| format!("{MARK}{word}}}"));
    text.replace(&id, &part.id)
        .replace(&title, &part.title)
        .replace(&name, &plain('_'))
        .replace(&slug, &plain('-').to_lowercase())
}
