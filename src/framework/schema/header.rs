//! Which brackets stand round the name of a table in a pack: one of a kind has single ones, one of several double ones.

use serde_json::Value;

/// How a table of a pack is headed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::framework) enum Header {
    /// `[outcome]`: there is one.
    One,
    /// `[[sections]]`: there can be several.
    Several,
}

/// Returns how the table is headed to which keys lead; `None` where the language has none there.
pub(in crate::framework) fn header(root: &Value, keys: &[&str]) -> Option<Header> {
    let (last, above) = keys.split_last()?;
    let mut schema = root;
    for key in above {
        let under = resolved(root, under(schema, key)?);
        schema = under.get("items").map_or(under, |items| resolved(root, items));
    }
    let schema = resolved(root, under(schema, last)?);
    let is_table = |schema: &Value| is_of_type(schema, "object");
    match schema.get("items").map(|items| resolved(root, items)) {
        Some(items) => is_table(items).then_some(Header::Several),
        None => is_table(schema).then_some(Header::One),
    }
}

/// Returns what stands under a key.
fn under<'s>(schema: &'s Value, key: &str) -> Option<&'s Value> {
    let declared = schema.get("properties").and_then(|properties| properties.get(key));
    declared.or_else(|| schema.get("additionalProperties").filter(|others| others.is_object()))
}

/// Follows references, and passes over the `null` that stands for an absent key.
pub(super) fn resolved<'s>(root: &'s Value, schema: &'s Value) -> &'s Value {
    let mut schema = schema;
    loop {
        let named = schema.get("$ref").and_then(Value::as_str);
        let target = named.and_then(|name| root.pointer(name.trim_start_matches('#')));
        let several = schema.get("oneOf").or_else(|| schema.get("anyOf")).and_then(Value::as_array);
        let is_null = |choice: &&Value| is_of_type(choice, "null");
        let choices: Vec<&Value> = several.into_iter().flatten().filter(|choice| !is_null(choice)).collect();
        let lone = if let [lone] = choices[..] { Some(lone) } else { None };
        match target.or(lone) {
            Some(next) => schema = next,
            None => return schema,
        }
    }
}

/// Whether a schema takes a type.
fn is_of_type(schema: &Value, wanted: &str) -> bool {
    match schema.get("type") {
        Some(Value::String(lone)) => lone == wanted,
        Some(Value::Array(several)) => several.iter().any(|one| one == wanted),
        Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_)) | None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::json_schema;
    use super::*;

    #[test]
    fn tables_have_the_brackets_of_the_language() {
        let schema = json_schema().to_value();
        let cases: [(&[&str], Option<Header>); 10] = [
            (&["framework"], Some(Header::One)),
            (&["sections"], Some(Header::Several)),
            (&["sections", "criteria"], Some(Header::Several)),
            (&["outcome"], Some(Header::One)),
            (&["outcome", "bands"], Some(Header::Several)),
            (&["scales", "whatever"], Some(Header::One)),
            (&["groups"], Some(Header::One)),
            (&["registers", "outcome"], Some(Header::One)),
            (&["report", "blocks", "table"], Some(Header::One)),
            (&["nothing"], None),
        ];
        for (keys, expected) in cases {
            assert_eq!(header(&schema, keys), expected, "{keys:?}");
        }
    }
}
