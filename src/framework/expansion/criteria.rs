//! Criteria that a pack keeps in a CSV beside its definition, a row each, under headings that are the keys of a criterion.
//!
//! Whatever program saved it: `plain_text` knows its letters, commas, semicolons or tabs separate its columns. Each row becomes an entry
//! of its section as if the definition had it, so that all that is checked of criteria is checked of these, at their lines.

use serde_json::Value;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::separated::{Cell, rows};
use crate::framework::pack_text::lies_beside;
use crate::framework::schema::shape::Misshape;
use crate::framework::schema::{SCHEMA, properties};
use crate::framework::written::{Node, Written, entries, get, table, text};
use crate::plain_text;
use crate::wording::nearest;
use crate::words::{list, quoted};

/// The heading over the names of sections.
const SECTION: &str = "section";
/// The columns that every file of criteria has.
const NEEDED: [&str; 3] = [SECTION, "id", "text"];
/// What stands between the entries of a list in one cell, by key; beside lines of their own.
const BETWEEN: [(&str, &[char]); 2] = [("tags", &[',', ';', '|', '\n']), ("levels", &['|', '\n'])];

/// Puts the criteria of the file that a definition names into their sections.
pub(super) fn put_in(written: &mut Written, criteria: Option<&[u8]>, misshapes: &mut Vec<Misshape>) {
    let named = get(&written.root, "framework").and_then(|head| get(head, "criteria"));
    let Some((name, at)) = named.and_then(|name| Some((name.get_ref().as_str()?.to_owned(), name.span().start))) else {
        return;
    };
    match read(&name, criteria) {
        Ok(text) => {
            let base = written.take(&name, text.clone());
            let mut file = File { text: &text, base, misshapes };
            file.rows(&mut written.root);
        }
        Err((message, help)) => misshapes.push(Misshape { offset: at, message, help: help.to_owned() }),
    }
}

/// Returns what a file of criteria says, or why that can't be had, and what to do.
fn read(name: &str, criteria: Option<&[u8]>) -> Result<String, (String, &'static str)> {
    if !lies_beside(name) {
        return Err((
            format!("`{name}` is no name of a file beside the pack"),
            "Put the file there, and write its name alone.",
        ));
    }
    let missing =
        || (format!("the criteria `{name}` aren't beside the pack"), "Put the file there, or take the key out.");
    let bytes = criteria.ok_or_else(missing)?;
    let unread =
        |error| (format!("the criteria `{name}` can't be read: {error}"), "Save the file anew as “CSV UTF-8”.");
    plain_text::read(bytes).map_err(unread)
}

/// A file of criteria.
struct File<'f> {
    text: &'f str,
    /// Where it begins, behind the definition.
    base: usize,
    misshapes: &'f mut Vec<Misshape>,
}

impl File<'_> {
    /// Says what is wrong at a place of the file.
    fn say(&mut self, at: usize, message: String, help: String) {
        self.misshapes.push(Misshape { offset: self.base + at, message, help });
    }

    /// Puts each row into its section.
    fn rows(&mut self, root: &mut Node) {
        let (begins, rows) = match separated(self.text) {
            Ok(read) => read,
            Err(at) => {
                let help = "Close it, or write two where the text says one.".to_owned();
                return self.say(at, "this quotation mark is never closed".to_owned(), help);
            }
        };
        let mut rows = rows.into_iter();
        let Some(columns) = rows.next() else {
            let help = format!("Head its columns {}, and write a criterion in each row.", quoted(NEEDED));
            return self.say(begins, "the file of criteria says nothing".to_owned(), help);
        };
        if !self.headings(&columns) {
            return;
        }
        for row in rows {
            if let Some((section, entry)) = self.criterion(&columns, &row) {
                self.add(root, section, entry);
            }
        }
    }

    /// Holds that all headings are keys of a criterion, and that those are there that have to be.
    fn headings(&mut self, columns: &[Cell]) -> bool {
        let told = self.misshapes.len();
        for (place, column) in columns.iter().enumerate() {
            let key = key_of(column);
            if key.is_empty() {
                continue;
            }
            if kind(&key).is_none() {
                let message = format!("`{}` is no column of criteria", column.text);
                let near = nearest(&key, known(), 0.5).map(|near| format!("Did you mean `{near}`?"));
                self.say(column.at, message, near.unwrap_or_else(|| format!("Criteria have {}.", quoted(known()))));
            } else if kind(&key) != Some(Kind::List) && columns[..place].iter().any(|other| key_of(other) == key) {
                let help = "Keep one of them.".to_owned();
                self.say(column.at, format!("there are two columns `{key}`"), help);
            }
        }
        let is_there = |wanted: &&str| columns.iter().any(|column| key_of(column) == **wanted);
        for wanted in NEEDED.iter().filter(|wanted| !is_there(wanted)) {
            let at = columns.first().map_or(0, |column| column.at);
            let help = format!("Head the columns {}; commas, semicolons or tabs stand between them.", quoted(NEEDED));
            self.say(at, format!("the criteria have no column `{wanted}`"), help);
        }
        self.misshapes.len() == told
    }

    /// Returns a row as an entry, and the cell of its section; `None` where it can't be one.
    fn criterion<'r>(&mut self, columns: &[Cell], row: &'r [Cell]) -> Option<(&'r Cell, Node<'static>)> {
        let told = self.misshapes.len();
        self.unheaded(columns, row);
        let under = |wanted: &str| {
            let place = columns.iter().position(|column| key_of(column) == wanted)?;
            row.get(place).filter(|cell| !cell.text.is_empty())
        };
        let blank: Vec<&str> = NEEDED.into_iter().filter(|wanted| under(wanted).is_none()).collect();
        if !blank.is_empty() && self.misshapes.len() == told {
            let message = format!("the criterion has no {}", list(&blank));
            self.say(row[0].at, message, "Fill the cell in, or leave the whole row blank.".to_owned());
        }
        let entry = self.entry(columns, row);
        under(SECTION).filter(|_| self.misshapes.len() == told).zip(Some(entry))
    }

    /// Tells what stands under no heading: a text with the separator in it moves all that follows it.
    fn unheaded(&mut self, columns: &[Cell], row: &[Cell]) {
        let help = "Put texts that have the separator in them into quotation marks, or give the column a heading.";
        if row.len() > columns.len() {
            let message = format!("the row has {} cells; there are {} headings", row.len(), columns.len());
            return self.say(row[0].at, message, help.to_owned());
        }
        let is_loose = |(column, cell): &(&Cell, &Cell)| column.text.is_empty() && !cell.text.is_empty();
        if let Some((_, cell)) = columns.iter().zip(row).find(is_loose) {
            self.say(cell.at, format!("“{}” stands under no heading", cell.text), help.to_owned());
        }
    }

    /// Returns the keys and values of a row.
    fn entry(&mut self, columns: &[Cell], row: &[Cell]) -> Node<'static> {
        let mut entry = DeTable::new();
        let filled = columns.iter().zip(row).filter(|(_, cell)| !cell.text.is_empty());
        for (column, cell) in filled.filter(|(column, _)| key_of(column) != SECTION) {
            let (key, at) = (key_of(column), self.base + cell.at..self.base + cell.at + cell.text.len());
            let heading =
                Spanned::new(self.base + column.at..self.base + column.at + column.text.len(), key.clone().into());
            match kind(&key) {
                Some(Kind::List) => {
                    let list = entry
                        .entry(heading)
                        .or_insert_with(|| Spanned::new(at.clone(), DeValue::Array(DeArray::new())));
                    if let DeValue::Array(list) = list.get_mut() {
                        parts(&key, &cell.text).for_each(|part| list.push(Spanned::new(at.clone(), said(part))));
                    }
                }
                Some(Kind::Truth) => {
                    let yes = cell.text.eq_ignore_ascii_case("true") || cell.text.eq_ignore_ascii_case("yes");
                    entry.insert(heading, Spanned::new(at, DeValue::Boolean(yes)));
                }
                Some(Kind::Table) if cell.text.starts_with('{') => {
                    let table = self.table(cell, &at);
                    entry.extend(table.map(|table| (heading, table)));
                }
                Some(Kind::Text | Kind::Table) => {
                    entry.insert(heading, Spanned::new(at, said(&cell.text)));
                }
                None => {}
            }
        }
        let at = self.base + row[0].at;
        Spanned::new(at..at, DeValue::Table(entry))
    }

    /// Reads a table that is written in a cell as the definition would have it: `{ whole = [0, 3] }`.
    fn table(&mut self, cell: &Cell, at: &std::ops::Range<usize>) -> Option<Node<'static>> {
        match DeValue::parse(&cell.text) {
            Ok(value) => Some(placed(&value, at)),
            Err(error) => {
                let message = format!("“{}” can't be read: {}", cell.text, error.message());
                self.say(cell.at, message, "Write it as in the definition: `{ whole = [0, 3] }`.".to_owned());
                None
            }
        }
    }

    /// Puts a criterion at the end of its section.
    fn add(&mut self, root: &mut Node, section: &Cell, criterion: Node<'static>) {
        let titles: Vec<String> =
            entries(root, "sections").iter().filter_map(|one| Some(text(one, "id")?.to_owned())).collect();
        let mut sections = entries(root, "sections").into_iter();
        let Some(into) = sections.find(|one| text(one, "id") == Some(&section.text)) else {
            let near = nearest(&section.text, titles.iter().map(String::as_str), 0.5);
            let help = near
                .map_or_else(|| format!("There are {}.", quoted(&titles)), |near| format!("Did you mean `{near}`?"));
            let help =
                if titles.is_empty() { "Declare it: `[[sections]]` with `id` and `title`.".to_owned() } else { help };
            return self.say(section.at, format!("there is no section `{}`", section.text), help);
        };
        let span = into.span();
        let criteria = table(into).map(|of| {
            let key = Spanned::new(span.clone(), "criteria".into());
            of.entry(key).or_insert_with(|| Spanned::new(span, DeValue::Array(DeArray::new())))
        });
        if let Some(DeValue::Array(criteria)) = criteria.map(Spanned::get_mut) {
            criteria.push(criterion);
        }
    }
}

/// What a key of a criterion takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A text, or a number as one.
    Text,
    /// Yes or no.
    Truth,
    /// Several texts.
    List,
    /// A name, or a table written out.
    Table,
}

/// Returns the columns that there can be.
fn known() -> impl Iterator<Item = &'static str> + Clone {
    std::iter::once(SECTION).chain(properties(&SCHEMA, "CriterionEntry").map(|(key, _)| key))
}

/// Returns what a key takes; `None` where criteria have no such key.
fn kind(key: &str) -> Option<Kind> {
    if key == SECTION {
        return Some(Kind::Text);
    }
    let (_, of) = properties(&SCHEMA, "CriterionEntry").find(|(own, _)| *own == key)?;
    let types = of.get("type");
    let takes = |wanted: &str| match types {
        Some(Value::String(lone)) => lone == wanted,
        Some(Value::Array(several)) => several.iter().any(|one| one == wanted),
        Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_)) | None => false,
    };
    Some(match () {
        () if takes("array") => Kind::List,
        () if takes("boolean") => Kind::Truth,
        () if takes("string") || takes("number") => Kind::Text,
        () => Kind::Table,
    })
}

/// Returns the key that a heading is.
fn key_of(heading: &Cell) -> String {
    heading.text.to_lowercase().replace(' ', "_")
}

/// Returns the entries of a list in a cell.
fn parts<'t>(key: &str, text: &'t str) -> impl Iterator<Item = &'t str> {
    let between = BETWEEN.iter().find(|(own, _)| *own == key).map_or(BETWEEN[1].1, |(_, between)| between);
    text.split(between).map(str::trim).filter(|part| !part.is_empty())
}

/// Returns a text as a value.
fn said(text: &str) -> DeValue<'static> {
    DeValue::String(text.to_owned().into())
}

/// Returns a value of its own all of whose parts stand at one place; numbers are texts, which the language takes for numbers.
fn placed(value: &Node, at: &std::ops::Range<usize>) -> Node<'static> {
    let moved = match value.get_ref() {
        DeValue::Array(items) => DeValue::Array(items.iter().map(|item| placed(item, at)).collect()),
        DeValue::Table(table) => {
            let entries = table.iter();
            let key_of = |key: &str| Spanned::new(at.clone(), key.to_owned().into());
            let entries = entries.map(|(key, value)| (key_of(key.get_ref()), placed(value, at)));
            DeValue::Table(entries.collect())
        }
        DeValue::String(text) => said(text),
        DeValue::Integer(number) => said(number.as_str()),
        DeValue::Float(number) => said(number.as_str()),
        DeValue::Boolean(truth) => DeValue::Boolean(*truth),
        DeValue::Datetime(day) => DeValue::Datetime(*day),
    };
    Spanned::new(at.clone(), moved)
}

/// Returns where a text begins, below a line that names its separator, and its rows by the separator that gives most known columns.
fn separated(text: &str) -> Result<(usize, Vec<Vec<Cell>>), usize> {
    let (_, below, named) = plain_text::named_separator(text);
    let begins = text.len() - below.len();
    let moved = |rows: Vec<Vec<Cell>>| -> Vec<Vec<Cell>> {
        let cells = |row: Vec<Cell>| row.into_iter().map(|cell| Cell { at: cell.at + begins, ..cell }).collect();
        rows.into_iter().map(cells).collect()
    };
    let headings = below.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |separator: char| {
        let columns = rows(headings, separator).unwrap_or_default();
        columns.first().map_or(0, |columns| columns.iter().filter(|column| kind(&key_of(column)).is_some()).count())
    };
    let likely = plain_text::SEPARATORS.into_iter().map(char::from).rev().max_by_key(|separator| count(*separator));
    let separator = named.map(char::from).or(likely).unwrap_or(',');
    rows(below, separator).map(|rows| (begins, moved(rows))).map_err(|at| at + begins)
}
