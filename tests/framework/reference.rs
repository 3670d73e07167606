//! The reference pack uses every key of the language, and so shows each.

use std::collections::BTreeSet;

use scrutineer::framework::schema::json_schema;
use serde_json::Value;
use toml::Value as Toml;

use super::{check, pack, samples};

/// Gathers the keys that a schema has under each of its tables, as `Table.key`.
fn keys(schema: &Value) -> BTreeSet<String> {
    let definitions = schema["$defs"].as_object().unwrap().iter().map(|(name, of)| (name.as_str(), of));
    let tables = definitions.chain([("PackFile", schema)]);
    tables
        .flat_map(|(name, of)| {
            let properties = of.get("properties").and_then(Value::as_object).into_iter().flat_map(|keys| keys.keys());
            let tagged = of.get("oneOf").and_then(Value::as_array).into_iter().flatten().flat_map(|choice| {
                choice.get("properties").and_then(Value::as_object).into_iter().flat_map(|keys| keys.keys())
            });
            properties.chain(tagged).map(|key| format!("{name}.{key}")).collect::<Vec<String>>()
        })
        .collect()
}

/// Gathers the keys that a pack uses, by walking it along the schema.
fn used(value: &Toml, schema: &Value, root: &Value, name: &str, found: &mut BTreeSet<String>) {
    if let Some(named) = schema.get("$ref").and_then(Value::as_str) {
        let name = named.rsplit('/').next().unwrap();
        return used(value, &root["$defs"][name], root, name, found);
    }
    let choices = schema.get("oneOf").or_else(|| schema.get("anyOf")).and_then(Value::as_array);
    for choice in choices.into_iter().flatten() {
        used(value, choice, root, name, found);
    }
    match value {
        Toml::Table(table) => {
            for (key, value) in table {
                if let Some(schema) = schema.get("properties").and_then(|known| known.get(key)) {
                    found.insert(format!("{name}.{key}"));
                    used(value, schema, root, "", found);
                } else if let Some(schema) = schema.get("additionalProperties").filter(|schema| schema.is_object()) {
                    used(value, schema, root, "", found);
                }
            }
        }
        Toml::Array(items) => {
            for item in items {
                used(item, schema.get("items").unwrap_or(&Value::Null), root, "", found);
            }
        }
        Toml::String(_) | Toml::Integer(_) | Toml::Float(_) | Toml::Boolean(_) | Toml::Datetime(_) => {}
    }
}

#[test]
fn the_reference_pack_uses_every_key() {
    let pack = pack(&samples().join("reference/framework.toml"));
    let (framework, findings) = check(&pack);
    let messages: Vec<&str> = findings.iter().map(|finding| finding.message.as_str()).collect();
    assert!(framework.is_some(), "{findings:#?}");
    assert_eq!(
        messages,
        [
            "A: the form allows 0 to 4 points; no value earns 0, 3",
            "Stars: printed total 12, computed 10",
            "as printed, Silver and Gold leave a gap between 79.9 and 80; bands begin at their least total",
        ]
    );
    let schema = json_schema().to_value();
    let mut found = BTreeSet::new();
    // A bundle asks nothing itself, so that its keys stand in a pack of its own.
    let bundle = super::pack(&samples().join("bundle/frameworks/coaching-mark/framework.toml"));
    for pack in [&pack, &bundle] {
        used(&pack.text.parse::<toml::Table>().unwrap().into(), &schema, &schema, "PackFile", &mut found);
    }
    let unused: Vec<String> = keys(&schema).difference(&found).cloned().collect();
    assert!(unused.is_empty(), "keys that the reference pack doesn't show: {unused:?}");
}

/// Gathers the kinds of entries that a pack uses, wherever one stands.
fn kinds_used(value: &Toml, used: &mut BTreeSet<String>) {
    match value {
        Toml::Table(table) => {
            match table.get("kind") {
                Some(Toml::String(kind)) => used.extend([kind.clone()]),
                Some(Toml::Table(kind)) => used.extend(kind.keys().cloned()),
                Some(Toml::Array(_) | Toml::Integer(_) | Toml::Float(_) | Toml::Boolean(_) | Toml::Datetime(_))
                | None => {}
            }
            table.values().for_each(|value| kinds_used(value, used));
        }
        Toml::Array(items) => items.iter().for_each(|item| kinds_used(item, used)),
        Toml::String(_) | Toml::Integer(_) | Toml::Float(_) | Toml::Boolean(_) | Toml::Datetime(_) => {}
    }
}

#[test]
fn the_reference_pack_uses_every_kind_of_entry() {
    let text = pack(&samples().join("reference/framework.toml")).text;
    let mut used = BTreeSet::new();
    kinds_used(&text.parse::<toml::Table>().unwrap().into(), &mut used);
    let schema = json_schema().to_value();
    let choices = schema["$defs"]["KindEntry"]["oneOf"].as_array().unwrap().iter();
    let named = choices.flat_map(|choice| {
        let listed = choice.get("enum").and_then(Value::as_array).into_iter().flatten().chain(choice.get("const"));
        let tagged = choice.get("properties").and_then(Value::as_object).into_iter().flat_map(|keys| keys.keys());
        listed.filter_map(Value::as_str).chain(tagged.map(String::as_str)).map(str::to_owned).collect::<Vec<_>>()
    });
    let named: BTreeSet<String> = named.collect();
    assert!(named.len() > 10, "{named:?}");
    let unused: Vec<&String> = named.difference(&used).collect();
    assert!(unused.is_empty(), "kinds that the reference pack doesn't show: {unused:?}");
}

#[test]
fn every_key_of_the_language_is_described() {
    let schema = json_schema().to_value();
    for (name, table) in schema["$defs"].as_object().unwrap() {
        for (key, of) in table.get("properties").and_then(Value::as_object).into_iter().flatten() {
            assert!(of.get("description").is_some(), "{name}.{key} has no description");
        }
    }
}
