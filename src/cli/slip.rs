//! What is wrong with a line of a season's settings, in words that say what to write instead.

use crate::wording::near_hint;

/// Says what is wrong at a byte of the settings, of which the reader of the format says `message`.
pub(super) fn words(text: &str, at: usize, message: &str) -> String {
    let line = line_at(text, at);
    let key = line.split_once('=').map_or("this", |(key, _)| key.trim());
    let message = message.trim();
    if let Some(rest) = message.strip_prefix("unknown field `") {
        return unknown(rest);
    }
    if let Some((value, wanted)) =
        message.strip_prefix("invalid type: ").and_then(|rest| rest.split_once(", expected "))
    {
        return format!("`{key}` is to be {}; here it is {}", belongs(key, wanted), stands(value));
    }
    if let Some((value, wanted)) =
        message.strip_prefix("invalid value: ").and_then(|rest| rest.split_once(", expected "))
    {
        return format!("`{key}` can\u{2019}t be {}; write {}", stands(value), belongs(key, wanted));
    }
    if let Some(rest) = message.strip_prefix("unknown variant `") {
        return choice(key, rest);
    }
    if let Some(name) = message.strip_prefix("missing field `") {
        return format!(
            "`{}` is missing here; add a line `{} = \u{2026}`",
            name.trim_end_matches('`'),
            name.trim_end_matches('`')
        );
    }
    if message.starts_with("wanted string") {
        return format!("`{key}` is to be {}", belongs(key, "string or table"));
    }
    if message.starts_with("duplicate key") {
        return format!("`{key}` stands twice; take one of the two lines out");
    }
    if line.contains('\\') && line.contains('"') {
        return backslashes();
    }
    format!(
        "this line isn\u{2019}t written as settings are: {line:?}. Write a name, an equals sign and a value, such as \
         `title = \"Autumn 2025\"`: texts in straight quotes, numbers without, lists in square brackets"
    )
}

/// Says how paths of Windows are written.
pub(super) fn backslashes() -> String {
    "a backslash in double quotes stands for something else; write the path with `/` (\"C:/Season/members.csv\") or in \
     single quotes (\'C:\\Season\\members.csv\')"
        .to_owned()
}

/// Returns the line that a byte stands in.
fn line_at(text: &str, at: usize) -> &str {
    let before = text.get(..at).unwrap_or(text);
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    text[start..].lines().next().unwrap_or_default().trim()
}

/// Says that a setting isn't known. What follows it names those that are, each between the same quotes.
fn unknown(rest: &str) -> String {
    let mut quoted = rest.split('`').step_by(2);
    let key = quoted.next().unwrap_or_default();
    let settings: Vec<&str> = quoted.collect();
    let hint = near_hint(key, &settings);
    let all = if hint.is_empty() { format!("; there are: {}", settings.join(", ")) } else { hint };
    format!("there is no setting `{key}`{all}")
}

/// Says that a word can't be chosen, and which can.
fn choice(key: &str, rest: &str) -> String {
    let mut quoted = rest.split('`').step_by(2);
    let word = quoted.next().unwrap_or_default();
    let choices: Vec<String> = quoted.map(|word| format!("\"{word}\"")).collect();
    format!("`{key}` can\u{2019}t be \"{word}\"; write one of {}", choices.join(", "))
}

/// Returns what stands in a setting, in words.
fn stands(unexpected: &str) -> String {
    let (kind, value) = unexpected.split_once(' ').unwrap_or((unexpected, ""));
    let value = value.trim_start_matches("point ").trim_matches('`');
    match kind {
        "string" => format!("the text {value}"),
        "integer" | "floating" => format!("the number {value}"),
        "boolean" => format!("the word {value}, without quotes"),
        "sequence" => "a list".to_owned(),
        "map" => "a table or a date".to_owned(),
        _other => unexpected.to_owned(),
    }
}

/// Returns what belongs into a setting, in words.
fn belongs(key: &str, wanted: &str) -> String {
    match wanted.trim() {
        "a string" | "path string" => format!("one text in quotes, such as `{key} = \"\u{2026}\"`"),
        "i64" | "u64" | "i128" | "u128" | "usize" => format!("a whole number without quotes, such as `{key} = 5`"),
        "a sequence" => format!("a list, such as `{key} = [\"\u{2026}\"]`"),
        "a boolean" => format!("true or false without quotes, such as `{key} = true`"),
        "a map" => format!("a table: a line `[{key}]`, and its settings in the lines below"),
        wanted if wanted.starts_with("struct ") => {
            format!("a table: a line `[{key}]`, and its settings in the lines below")
        }
        wanted if wanted.contains("string or table") || wanted.contains("enum ") => {
            format!("one word in quotes, such as `{key} = \"warning\"`")
        }
        wanted => wanted.to_owned(),
    }
}
