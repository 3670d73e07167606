//! Compares a pack's shape with the language's JSON Schema, telling all that is wrong, each at its place.
//!
//! Reading by serde stops at the first fault. This walks the whole pack instead, over the part of JSON Schema that
//! [`json_schema`](super::json_schema) uses; a pack without faults here can be read.

use serde_json::Value;
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::header::{Header, header, resolved};
use crate::wording::nearest;
use crate::words::{capital, either, quoted};

/// One thing that isn't as the language has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::framework) struct Misshape {
    /// Where it stands, in bytes from the beginning of the text.
    pub(in crate::framework) offset: usize,
    /// What is there and what was expected.
    pub(in crate::framework) message: String,
    /// What to do.
    pub(in crate::framework) help: String,
}

/// What the document as a whole is called.
const WHOLE: &str = "the pack";

/// Compares a document with a schema.
pub(in crate::framework) fn compare(document: &Spanned<DeValue>, schema: &Value) -> Vec<Misshape> {
    let mut walk = Walk { root: schema, misshapes: Vec::new() };
    walk.value(document, schema, WHOLE);
    walk.misshapes
}

/// A walk over a document and its schema.
struct Walk<'s> {
    root: &'s Value,
    misshapes: Vec<Misshape>,
}

impl<'s> Walk<'s> {
    /// Says that something is wrong.
    fn say(&mut self, offset: usize, message: String, help: String) {
        self.misshapes.push(Misshape { offset, message, help });
    }

    /// Compares a value with a schema; `name` is how the value is called.
    fn value(&mut self, value: &Spanned<DeValue>, schema: &'s Value, name: &str) {
        let schema = self.resolved(schema);
        if let Some(ways) = ways(schema) {
            return self.one_way(value, &ways, name);
        }
        if let Some(choices) = choices(schema) {
            return self.one_of(value, &choices, name);
        }
        if !is_of_type(value.get_ref(), schema) {
            return self.wrong_type(value, schema, name);
        }
        match value.get_ref() {
            DeValue::Table(table) => self.table(table, value.span().start, schema, name),
            DeValue::Array(items) => self.array(items, value.span().start, schema, name),
            DeValue::String(text) => self.text(text, value.span().start, schema, name),
            DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => {}
        }
    }

    /// Follows a reference, and passes over the `null` that stands for an absent key.
    fn resolved(&self, schema: &'s Value) -> &'s Value {
        resolved(self.root, schema)
    }

    /// Compares a value with what is written in several ways, told apart by their types: a name, or a table.
    fn one_way(&mut self, value: &Spanned<DeValue>, ways: &[&'s Value], name: &str) {
        let ways: Vec<&'s Value> = ways.iter().map(|way| self.resolved(way)).collect();
        if let Some(way) = ways.iter().find(|way| is_of_type(value.get_ref(), way)) {
            return self.value(value, way, name);
        }
        let wanted = either(&ways.iter().map(|way| expected(way)).collect::<Vec<&str>>());
        let message = format!("{name} is {}; {wanted} was expected", kind(value.get_ref()));
        self.say(value.span().start, message, format!("Write {wanted}."));
    }

    /// Compares a value with one of several shapes: names as they are, or a table of one key.
    fn one_of(&mut self, value: &Spanned<DeValue>, choices: &[&'s Value], name: &str) {
        let names: Vec<&str> = choices.iter().flat_map(|choice| words(choice)).collect();
        let tables: Vec<(&str, &'s Value)> = choices.iter().filter_map(|choice| tagged(choice)).collect();
        let all = || names.iter().copied().chain(tables.iter().map(|(key, _)| *key));
        let offset = value.span().start;
        match value.get_ref() {
            DeValue::String(text) if names.contains(&text.as_ref()) => {}
            DeValue::String(text) => {
                let message = format!("{name} is `{text}`; it can be {}", quoted(all()));
                self.say(offset, message, advice(text, all()));
            }
            DeValue::Table(table) => self.tagged(table, offset, &names, &tables, name),
            DeValue::Array(_)
            | DeValue::Integer(_)
            | DeValue::Float(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_) => {
                let message = format!("{name} is {}; it can be {}", kind(value.get_ref()), quoted(all()));
                let fits = |(_, within): &&(&str, &'s Value)| self.fits(value, within);
                let under =
                    tables.iter().find(fits).map(|(key, _)| format!("Write `{{ {key} = {} }}`.", written(value)));
                self.say(offset, message, under.unwrap_or_else(|| "Write one of these.".to_owned()));
            }
        }
    }

    /// Whether a value can stand under one of the keys that choose: a list of texts where one is wanted.
    fn fits(&self, value: &Spanned<DeValue>, schema: &'s Value) -> bool {
        let mut within = Walk { root: self.root, misshapes: Vec::new() };
        within.value(value, schema, "");
        within.misshapes.is_empty()
    }

    /// Compares a table of one key, which chooses among shapes.
    fn tagged(&mut self, table: &DeTable, offset: usize, names: &[&str], tables: &[(&'s str, &'s Value)], name: &str) {
        let Some((key, within)) = one_key(table) else {
            return self.say(offset, format!("{name} has several keys; it takes one"), "Keep one.".to_owned());
        };
        if let Some((key, schema)) = tables.iter().find(|(tag, _)| *tag == key) {
            return self.value(within, schema, key);
        }
        let all = || names.iter().copied().chain(tables.iter().map(|(key, _)| *key));
        let message = format!("{name} is `{key}`; it can be {}", quoted(all()));
        self.say(offset, message, advice(key, all()));
    }

    /// Compares a table's keys and values.
    fn table(&mut self, table: &DeTable, offset: usize, schema: &'s Value, name: &str) {
        let properties = schema.get("properties").and_then(Value::as_object);
        let declared = |key: &str| properties.and_then(|properties| properties.get(key));
        let others = schema.get("additionalProperties").filter(|others| others.is_object());
        for (key, value) in table {
            match declared(key.get_ref()).or(others) {
                Some(schema) => self.value(value, schema, &format!("`{}`", key.get_ref())),
                None => self.unknown_key(key, properties.into_iter().flatten().map(|(name, _)| name.as_str()), name),
            }
        }
        let required = schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
        for key in required.filter(|key| !table.contains_key(*key)) {
            let message = format!("{name} has no `{key}`");
            let added = declared(key).map_or_else(String::new, |schema| self.added(key, schema, name));
            self.say(offset, message, format!("Add {added}{}.", described(declared(key))));
        }
    }

    /// Returns how a key that isn't there is written: a table of the pack under a heading of its own, all else behind its name.
    fn added(&self, key: &str, schema: &'s Value, name: &str) -> String {
        let header = if name == WHOLE { header(self.root, &[key]) } else { None };
        let value = match expected(self.resolved(schema)) {
            "a text in quotes" => "\"…\"",
            "true or false" => "true",
            "a day such as 2024-04-01" => "2024-04-01",
            "a list in [ ]" => "[ … ]",
            "a table" => "{ … }",
            _ => "…",
        };
        match header {
            Some(Header::One) => format!("a table `[{key}]`"),
            Some(Header::Several) => format!("a table `[[{key}]]`, one at least"),
            None => format!("`{key} = {value}`"),
        }
    }

    /// Says that the language has no such key.
    fn unknown_key<'k>(&mut self, key: &Spanned<DeString>, keys: impl Iterator<Item = &'k str> + Clone, name: &str) {
        let written = key.get_ref();
        let message = format!("`{written}` is no key of {name}");
        let help = nearest(written, keys.clone(), 0.5).map_or_else(
            || format!("{} has the keys {}.", capital(name), quoted(keys)),
            |near| format!("Did you mean `{near}`?"),
        );
        self.say(key.span().start, message, help);
    }

    /// Compares a list's items and their number.
    fn array(&mut self, items: &[Spanned<DeValue>], offset: usize, schema: &'s Value, name: &str) {
        if let Some(schema) = schema.get("items") {
            for item in items {
                self.value(item, schema, name);
            }
        }
        let bound = |key: &str| schema.get(key).and_then(Value::as_u64).and_then(|count| usize::try_from(count).ok());
        if bound("minItems").is_some_and(|least| items.len() < least)
            || bound("maxItems").is_some_and(|most| items.len() > most)
        {
            let wanted = bound("minItems").unwrap_or_default();
            let message = format!("{name} has {} entries; it takes {wanted}", items.len());
            self.say(offset, message, format!("Write {wanted} of them."));
        }
    }

    /// Compares a text with the number that it may stand for.
    fn text(&mut self, text: &str, offset: usize, schema: &'s Value, name: &str) {
        // Where there is but one word, the schema has no choices.
        if let Some(only) = schema.get("const").and_then(Value::as_str).filter(|only| *only != text) {
            self.say(offset, format!("{name} is `{text}`; it can be `{only}`"), format!("Write `{only}`."));
        }
        if schema.get("pattern").is_some() && super::Number::read(text).is_none() {
            let message = format!("{name} is \"{text}\"; a number was expected");
            self.say(
                offset,
                message,
                "Write a number, a share such as \"15%\" or a fraction such as \"1/3\".".to_owned(),
            );
        }
    }

    /// Says that a value is of another kind than expected.
    fn wrong_type(&mut self, value: &Spanned<DeValue>, schema: &'s Value, name: &str) {
        let wanted = expected(schema);
        let message = format!("{name} is {}; {wanted} was expected", kind(value.get_ref()));
        self.say(value.span().start, message, format!("Write {wanted}{}.", described(Some(schema))));
    }
}

/// Returns the ways in which something is written, where there are several; `None` where there is but one, or names choose.
fn ways(schema: &Value) -> Option<Vec<&Value>> {
    let several: Vec<&Value> = schema.get("anyOf")?.as_array()?.iter().collect();
    (several.len() > 1).then_some(several)
}

/// Returns the shapes that a schema allows, without the `null` of an absent key; `None` where there is but one.
fn choices(schema: &Value) -> Option<Vec<&Value>> {
    let several = schema.get("oneOf").or_else(|| schema.get("anyOf"))?.as_array()?;
    let is_null = |choice: &&Value| choice.get("type").and_then(Value::as_str) == Some("null");
    Some(several.iter().filter(|choice| !is_null(choice)).collect())
}

/// Returns the names that a shape allows.
fn words(choice: &Value) -> Vec<&str> {
    let lone = choice.get("const").and_then(Value::as_str);
    let several = choice.get("enum").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    lone.into_iter().chain(several).collect()
}

/// Returns the key of a shape that is a table of one key, and what stands under it.
fn tagged(choice: &Value) -> Option<(&str, &Value)> {
    let (key, within) = choice.get("properties")?.as_object()?.iter().next()?;
    Some((key, within))
}

/// Returns the only key of a table, and what stands under it.
fn one_key<'t>(table: &'t DeTable) -> Option<(&'t str, &'t Spanned<DeValue<'t>>)> {
    let mut entries = table.iter();
    let (key, value) = entries.next()?;
    entries.next().is_none().then(|| (key.get_ref().as_ref(), value))
}

/// Whether a value is of a type that the schema allows.
fn is_of_type(value: &DeValue, schema: &Value) -> bool {
    let is_date = schema.get("format").and_then(Value::as_str) == Some("date");
    let types = types(schema);
    let among = |name: &str| types.is_empty() || types.contains(&name);
    match value {
        DeValue::String(_) => among("string") && !is_date,
        DeValue::Integer(number) => among("number") || among("integer") && fits(number.as_str(), schema),
        DeValue::Float(_) => among("number"),
        DeValue::Boolean(_) => among("boolean"),
        DeValue::Datetime(day) => is_date && day.time.is_none(),
        DeValue::Array(_) => among("array"),
        DeValue::Table(_) => among("object"),
    }
}

/// Whether a whole number isn't below the schema's least.
fn fits(number: &str, schema: &Value) -> bool {
    schema.get("minimum").is_none() || !number.starts_with('-')
}

/// Returns the types that a schema allows.
fn types(schema: &Value) -> Vec<&str> {
    match schema.get("type") {
        Some(Value::String(lone)) => vec![lone],
        Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
        Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_)) | None => Vec::new(),
    }
}

/// Returns what a schema expects, in words.
fn expected(schema: &Value) -> &'static str {
    if schema.get("format").and_then(Value::as_str) == Some("date") {
        return "a day such as 2024-04-01";
    }
    match types(schema).first().copied() {
        Some("string") => "a text in quotes",
        Some("integer") => "a whole number",
        Some("number") => "a number",
        Some("boolean") => "true or false",
        Some("array") => "a list in [ ]",
        _ => "a table",
    }
}

/// Returns a value as it could be written; of a list, its texts.
fn written(value: &Spanned<DeValue>) -> String {
    let item = |value: &DeValue| match value {
        DeValue::String(text) => format!("\"{text}\""),
        DeValue::Integer(number) => number.to_string(),
        DeValue::Float(number) => number.to_string(),
        DeValue::Boolean(_) | DeValue::Datetime(_) | DeValue::Array(_) | DeValue::Table(_) => "…".to_owned(),
    };
    let Some(items) = value.get_ref().as_array() else { return item(value.get_ref()) };
    let items: Vec<String> = items.iter().map(|one| item(one.get_ref())).collect();
    format!("[{}]", items.join(", "))
}

/// Returns what a value is, in words.
fn kind(value: &DeValue) -> String {
    match value {
        DeValue::String(text) => format!("the text \"{text}\""),
        DeValue::Integer(number) => format!("the number {number}"),
        DeValue::Float(number) => format!("the number {number}"),
        DeValue::Boolean(truth) => truth.to_string(),
        DeValue::Datetime(day) => format!("the date {day}"),
        DeValue::Array(_) => "a list".to_owned(),
        DeValue::Table(_) => "a table".to_owned(),
    }
}

/// Says what to do about a name that isn't known.
fn advice<'n>(written: &str, names: impl Iterator<Item = &'n str>) -> String {
    let near = nearest(written, names, 0.5);
    near.map_or_else(|| "Write one of these.".to_owned(), |near| format!("Did you mean `{near}`?"))
}

/// Returns what a key is for, as the language's reference says in its first sentence.
fn described(schema: Option<&Value>) -> String {
    let text = schema.and_then(|schema| schema.get("description")).and_then(Value::as_str).unwrap_or_default();
    let sentence = text.split(['.', ':', '\n']).next().unwrap_or_default();
    if sentence.is_empty() { String::new() } else { format!(" ({sentence})") }
}
