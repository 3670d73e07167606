//! Values as Typst text that prints them and does nothing else.
//!
//! A value never stands in a document as markup. It stands as a string literal, which Typst prints letter by letter:
//! there `#`, `*`, `$`, `@`, `//` and line ends have no meaning, and only `\` and `"` need care. So there is no list of
//! dangerous signs that could be incomplete.

use serde_json::Value;

use crate::document::letters::Letters;

/// Returns a text as it may stand in Typst markup, where it prints as typed.
pub(super) fn markup(text: &str, letters: Letters) -> String {
    // The semicolon ends the expression, so that a bracket or stop after it isn't taken as a call or a field.
    format!("#{};", quoted(text, letters))
}

/// Returns a value as Typst data: what a chart or a table of the library takes.
pub(super) fn literal(value: &Value, letters: Letters) -> String {
    match value {
        Value::Null => "none".to_owned(),
        Value::Bool(truth) => truth.to_string(),
        Value::Number(number) => number.to_string(),
        Value::String(text) => quoted(text, letters),
        Value::Array(items) => array(items, letters),
        Value::Object(entries) if entries.is_empty() => "(:)".to_owned(),
        Value::Object(entries) => {
            let entry =
                |(name, value): (&String, &Value)| format!("{}: {}, ", quoted(name, letters), literal(value, letters));
            format!("({})", entries.iter().map(entry).collect::<String>())
        }
    }
}

/// Returns a list as Typst data; the comma after the last item makes a list of one a list.
fn array(items: &[Value], letters: Letters) -> String {
    format!("({})", items.iter().map(|item| literal(item, letters) + ", ").collect::<String>())
}

/// Returns a text as a Typst string literal.
fn quoted(text: &str, letters: Letters) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for letter in letters.printable(text).chars() {
        match letter {
            '\\' | '"' => quoted.extend(['\\', letter]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push(' '),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn markup_is_a_string() {
        let cases = [
            ("plain", r#"#"plain";"#),
            (r#"#read("/etc/passwd")"#, r##"#"#read(\"/etc/passwd\")";"##),
            ("*x* // y", r#"#"*x* // y";"#),
            (r#"\"; #panic() //"#, r#"#"\\\"; #panic() //";"#),
            ("two\nlines", r#"#"two\nlines";"#),
            ("", r#"#"";"#),
        ];
        for (typed, written) in cases {
            assert_eq!(markup(typed, Letters::OfTypst), written, "{typed}");
        }
    }

    #[test]
    fn data_keeps_its_shape() {
        let cases = [
            (json!(null), "none"),
            (json!([1]), "(1, )"),
            (json!([]), "()"),
            (json!({}), "(:)"),
            (json!({"a b": [true, 0.5, "\"x\""]}), r#"("a b": (true, 0.5, "\"x\"", ), )"#),
        ];
        for (value, written) in cases {
            assert_eq!(literal(&value, Letters::OfTypst), written, "{value}");
        }
    }
}
