//! What is wrong with a line of a season's settings, in words that say what to write instead.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use clap::{Arg, CommandFactory};
use regex::Regex;

use super::args::Line;
use crate::wording::{near, near_hint};

/// Says what is wrong at a byte of the settings, of which the reader of the format says `message`; `settings` are those that each
/// table may have, outside of tables under no name.
pub(super) fn words(text: &str, at: usize, message: &str, settings: &BTreeMap<String, Vec<String>>) -> String {
    let line = line_at(text, at);
    let key = line.split_once('=').map_or("this", |(key, _)| key.trim());
    let message = message.trim();
    if message.starts_with("unknown field `") {
        return unknown(&known_after(message), (line, table_at(text, at)), settings);
    }
    if let Some(name) = message.strip_prefix("missing field `") {
        let name = name.trim_end_matches('`');
        return format!("`{name}` is missing here; add a line `{name} = \u{2026}`");
    }
    if let Some(table) = line.strip_prefix("[[").and_then(|rest| rest.split(']').next()) {
        return format!("`[[{table}]]` is to be one table: a line `[{table}]`");
    }
    if let Some(table) = one_of_several(line, message) {
        return format!("`[{table}]` can stand several times; each begins with a line `[[{table}]]`");
    }
    if let Some((value, wanted)) =
        message.strip_prefix("invalid type: ").and_then(|rest| rest.split_once(", expected "))
    {
        if table_at(text, at) == STEPS_DONE || key == STEPS_DONE {
            let step = if key == STEPS_DONE { "the step\u{2019}s own line".to_owned() } else { format!("`{line}`") };
            return format!("below whose step it is: a line `[{STEPS_DONE}.\"Acme Works\"]` stands before {step}");
        }
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
    if message.starts_with("wanted string") {
        return format!("`{key}` is to be {}", belongs(key, "string or table"));
    }
    if message.starts_with("duplicate key") {
        return twice(line);
    }
    let is_status = table_at(text, at) == STATUSES || key.split('.').next().map(str::trim) == Some(STATUSES);
    status_without_quotes(line).filter(|_| is_status).unwrap_or_else(|| unlike_settings(line))
}

/// The table in which rules are switched off or graded otherwise, by their names.
const STATUSES: &str = "rule_status";

/// The table below which stands, by organisation, when steps were done.
const STEPS_DONE: &str = "done";

/// Says that the word that grades a rule stands in quotes; `None` where no bare word is given.
fn status_without_quotes(line: &str) -> Option<String> {
    let (key, value) = parts(line);
    let is_word = !value.is_empty() && value.chars().all(char::is_alphabetic);
    is_word.then(|| format!("the word stands in quotes: `{key} = \"{}\"`", value.to_lowercase()))
}

/// Returns the name of a table of which there can be several, where it is written as one.
fn one_of_several<'a>(line: &'a str, message: &str) -> Option<&'a str> {
    let is_list_wanted =
        message.starts_with("invalid type: map") && message.trim_end().ends_with("expected a sequence");
    line.strip_prefix('[')?.split(']').next().filter(|_| is_list_wanted)
}

/// Returns the settings that are known where one isn't, of which the reader of the format says `message`.
pub(super) fn known(message: &str) -> Vec<String> {
    if message.trim().starts_with("unknown field `") { known_after(message).split_off(1) } else { Vec::new() }
}

/// Returns the names between quotes: the one that isn't known, and those that are.
fn known_after(message: &str) -> Vec<String> {
    message.split('`').skip(1).step_by(2).map(ToOwned::to_owned).collect()
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

/// Returns the name of the table that a byte stands below; none outside of tables.
fn table_at(text: &str, at: usize) -> &str {
    let before = text.get(..at).unwrap_or(text).lines().rev().map(str::trim);
    let mut heads = before.filter_map(|line| line.strip_prefix('[')?.split([']', '.']).next());
    heads.next().unwrap_or_default().trim()
}

/// Says that a setting isn't known in its table, and where it or one like it belongs. The first of the names is the setting's.
fn unknown(names: &[String], (line, table): (&str, &str), settings: &BTreeMap<String, Vec<String>>) -> String {
    let Some((key, known)) = names.split_first() else { return String::new() };
    let homes: Vec<&str> = settings.iter().filter(|(_, known)| known.contains(key)).map(|(home, _)| &**home).collect();
    match &homes[..] {
        [] if !line.starts_with('[') && is_option(key) => {
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            let option = key.replace('_', "-");
            format!("`{key}` is no setting; it stands on the line, as `--{option}`{}", near_hint(key, &known))
        }
        [""] => {
            format!("`{key}` is no setting of `[{table}]`; move its line to the top, above the first `[\u{2026}]`")
        }
        [home] => format!("`{key}` stands in the wrong place; move its line to below a line `[{home}]`"),
        _several => {
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            let hint = near_hint(key, &known);
            let all = if hint.is_empty() { format!("; there are: {}", known.join(", ")) } else { hint };
            format!("there is no setting `{key}`{all}")
        }
    }
}

/// Whether a name is that of an option of `run`.
fn is_option(name: &str) -> bool {
    let line = Line::command();
    let is_it = |option: &Arg| option.get_long() == Some(&*name.replace('_', "-"));
    line.find_subcommand("run").is_some_and(|run| run.get_arguments().any(is_it))
}

/// Says that a setting or a table stands twice.
fn twice(line: &str) -> String {
    if line.starts_with('[') {
        format!("`{line}` stands twice; move what stands below it to the first, and take this line out")
    } else {
        let key = line.split_once('=').map_or(line, |(key, _)| key.trim());
        format!("`{key}` stands twice; take one of the two lines out")
    }
}

/// A way of writing that isn't that of settings: how a line looks in which it is, and what to say of it.
struct Habit {
    looks: Regex,
    advice: fn(&str) -> String,
}

/// The ways in which people write what isn't written so, those that tell most first.
static HABITS: LazyLock<Vec<Habit>> = LazyLock::new(|| {
    let habit = |looks: &str, advice: fn(&str) -> String| Habit {
        looks: Regex::new(looks).expect("it is one of the few that stand below"),
        advice,
    };
    vec![
        habit(r"[\u{201c}-\u{201f}\u{ab}\u{bb}]|=\s*[\u{2018}-\u{201b}]", curly_quotes),
        habit(r#"".*\\"#, |_| backslashes()),
        habit(r"^\[[^\]\x22]*\s[^\]\x22]*\]$", |line| {
            let (table, name) = line.trim_matches(['[', ']']).split_once('.').unwrap_or(("done", line));
            format!("a name with blanks stands in quotes here: `[{}.\"{}\"]`", table.trim(), name.trim())
        }),
        habit(r"^\[[^\]]+\]+\s*[^\s#\]]", |line| {
            let (table, rest) = line.split_once(']').unwrap_or((line, ""));
            format!("what belongs to `{table}]` stands in lines below it: `{}`", rest.trim())
        }),
        habit(r"^(\[[^\[\]]*\]\]|\[\[[^\]]*\]?|\[[^\]]*)$", |line| {
            let name = line.trim_matches(['[', ']']);
            format!("the brackets don\u{2019}t match: `[{name}]`")
        }),
        habit(r#"^["{}\[]"#, |_| {
            "this is written as for another program; a setting is a line of its own, such as `title = \"Autumn 2025\"`"
                .to_owned()
        }),
        habit(r"(?i)^[a-z]+(-[a-z]+)+\s*=\s*(off|note|warning|error)\s*(#|$)", |line| {
            let (key, value) = parts(line);
            format!(
                "how a rule is graded stands below a line `[{STATUSES}]`, in quotes: `{key} = \"{}\"`",
                value.to_lowercase()
            )
        }),
        habit(r"^[A-Za-z]+([ -][A-Za-z]+)+\s*=", |line| {
            let key = line.split('=').next().unwrap_or_default().trim();
            format!("names of settings have no blanks: write `{}`", key.replace([' ', '-'], "_"))
        }),
        habit(r#"^[^=]+=(=|\s*(["'][^"']*["']|[\d-]+)\s*[,;]?\s+[A-Za-z_]+\s*=)|^[^=]*->"#, |line| {
            if line.contains("==") || line.contains("->") {
                return "one equals sign stands between a name and its value".to_owned();
            }
            "each setting has a line of its own, with nothing after its value".to_owned()
        }),
        habit(r"^[^=]*=\s*#[0-9A-Fa-f]{3,8}\s*$", |line| {
            let (key, value) = line.split_once('=').unwrap_or((line, ""));
            format!("a colour stands in quotes: `{} = \"{}\"`", key.trim(), value.trim())
        }),
        habit(r"^[^=]*=\s*(#.*)?$", |line| {
            let key = parts(line).0;
            format!("`{key}` has no value: write one after the equals sign, or leave the line out")
        }),
        habit(r"(?i)^[^=]*=\s*(none|null|nil|n/a|-)\s*(#|$)", |line| {
            format!("what isn\u{2019}t set is left out: take the line of `{}` out", parts(line).0)
        }),
        habit(r"^[^=]*=\s*(\d{1,3}([,. \u{a0}\u{202f}]\d{3})+\s*(#|$)|\d+([,.]\d{3}){2,})", |line| {
            let (key, value) = parts(line);
            format!("numbers are written without marks between their digits: `{key} = {}`", digits(value))
        }),
        habit(r"^[^=]*=\s*\d+,\d+\s*(#|$)", |line| {
            let (key, value) = parts(line);
            format!("decimals are written with a point: `{key} = {}`", value.replace(',', "."))
        }),
        habit(r"^[^=]*=\s*-?\.\d+\s*(#|$)", |line| {
            let (key, value) = parts(line);
            format!("a digit stands before the point: `{key} = {}`", value.replace('.', "0."))
        }),
        habit(r"^[^=]*=\s*\d+([.,]\d+)?\s*%", |line| {
            let (key, value) = parts(line);
            let number = value.trim_end_matches('%').trim();
            if key == "share" {
                return format!("a share with a percent sign stands in quotes: `{key} = \"{number}%\"`");
            }
            format!("the number stands without a percent sign: `{key} = {number}`")
        }),
        habit(r"(?i)^[^=]*=\s*[\d_.]+\s*([kmg]i?b?|t|million|seconds?|minutes?|s)\s*(#|$)", |line| {
            format!("`{}` is a number written out in full, without a unit", parts(line).0)
        }),
        habit(r#"^[^=]*=\s*([\d._-]+|true|false|"[^"]*"|'[^']*')\s*[;,.]\s*(#|$)"#, |line| {
            let (key, value) = parts(line);
            format!("nothing stands after a value: `{key} = {}`", value.trim_end_matches([';', ',', '.', ' ']))
        }),
        habit(r#"^[^="']*=\s*[^\s"'\[{=][^"'=]*\\[^"'=]*$"#, |line| {
            let (key, value) = parts(line);
            format!("a path with backslashes stands in single quotes: `{key} = '{value}'`")
        }),
        habit(r"^[^=]*=\s*\d{4}-\d{2}-\d{2}\s*(#|$)", |line| {
            format!("there is no day {} in the calendar", parts(line).1)
        }),
        habit(
            r"=.*\b(\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./]\d{1,2}[./]\d{1,2}|\d{4}-(\d-\d{1,2}|\d\d-\d))\b|=\s*\d{1,2}(st|nd|rd|th)?\s+[A-Za-z]+\s+\d{4}|date\s*=\s*[A-Za-z]+\s+\d{4}|=\s*\d{4}-\d{1,2}\s*(#|$)",
            |_| "a day is written with the year first, then month and day: 2025-10-31".to_owned(),
        ),
        habit(r"(?i)^[^=]*=\s*(true|false|yes|no|on|off)\s*(#|$)", |_| {
            "write true or false, in small letters and without quotes".to_owned()
        }),
        habit(r"^[A-Za-z_]+\s*:", |line| {
            let (key, value) = line.split_once(':').unwrap_or((line, ""));
            format!("an equals sign stands after the name: `{} = {}`", key.trim(), value.trim())
        }),
        habit(r"^(;|//|'|REM\b)", |_| "a remark begins with `#`".to_owned()),
        habit(r#"^[^"]*"[^"]*$|^[^'"]*'[^']*$"#, |_| {
            "a quote has no other; texts stand between two, as in `title = \"Autumn 2025\"`".to_owned()
        }),
        habit(r#"=\s*\[.*["'\d]\s+["'\d]"#, |_| "a comma stands between the entries of a list".to_owned()),
        habit(r"=\s*\[[^\]]*$", |_| "the list isn\u{2019}t closed: a `]` stands after its last entry".to_owned()),
        habit(r#"^[^="]+=\s*"[^"]*"[^"]+"[^"]*"\s*(#|$)"#, |line| {
            let (key, value) = parts(line);
            let inner = value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).unwrap_or(value);
            format!("a text that has quotes in it stands in single ones: `{key} = '{inner}'`")
        }),
        habit(r#"^[A-Za-z_-]+\s*=\s*\[[^\]"'=]*\]\s*(#|$)"#, |line| {
            let (key, value) = parts(line);
            let entries = value.trim_matches(['[', ']']).split(',').map(|entry| format!("\"{}\"", entry.trim()));
            format!("texts stand in quotes: `{key} = [{}]`", entries.collect::<Vec<String>>().join(", "))
        }),
        habit(r#"^[A-Za-z_-]+\s*=\s*[^\s"'\[{=][^"'=]*$"#, |line| {
            let (key, value) = parts(line);
            format!("a text stands in quotes: `{key} = \"{value}\"`")
        }),
    ]
});

/// Says of a line that isn't written as settings are how it is written.
fn unlike_settings(line: &str) -> String {
    if let Some(habit) = HABITS.iter().find(|habit| habit.looks.is_match(line)) {
        return (habit.advice)(line);
    }
    format!(
        "this line isn\u{2019}t written as settings are: {line:?}. Write a name, an equals sign and a value, such as \
         `title = \"Autumn 2025\"`: texts in straight quotes, numbers without, lists in square brackets"
    )
}

/// Says that quotes are those of a word processor, and how the line is written.
fn curly_quotes(line: &str) -> String {
    let straight = line.replace(['\u{2018}', '\u{2019}', '\u{201a}', '\u{201b}'], "'");
    let straight = straight.replace(['\u{201c}', '\u{201d}', '\u{201e}', '\u{201f}', '\u{ab}', '\u{bb}'], "\"");
    format!("these quotes are those of a word processor; write straight ones: `{straight}`")
}

/// Returns a line's name and its value, without a remark.
fn parts(line: &str) -> (&str, &str) {
    let (key, value) = line.split_once('=').unwrap_or((line, ""));
    (key.trim(), value.split('#').next().unwrap_or_default().trim())
}

/// Returns a number's digits alone.
fn digits(value: &str) -> String {
    value.chars().filter(char::is_ascii_digit).collect()
}

/// Says that a word can't be chosen, and which can.
fn choice(key: &str, rest: &str) -> String {
    let mut quoted = rest.split('`').step_by(2);
    let word = quoted.next().unwrap_or_default();
    let choices: Vec<&str> = quoted.collect();
    let meant = near(word, choices.iter().copied()).map(|near| format!("; did you mean \"{near}\"?"));
    let choices: Vec<String> = choices.iter().map(|word| format!("\"{word}\"")).collect();
    format!("`{key}` can\u{2019}t be \"{word}\"; write one of {}{}", choices.join(", "), meant.unwrap_or_default())
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

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::config::checked;

    /// Slips that people make, each with what is to be told of it.
    const SLIPS: [(&str, &str); 65] = [
        ("[[waivers]]\nrule = \"answer-blank\"", "`reason` is missing here; add a line `reason = "),
        ("title = \"a\", data_date = 2025-10-31", "each setting has a line of its own"),
        ("title = \"a\"; data_date = 2025-10-31", "each setting has a line of its own"),
        ("title = \"a\" data_date = 2025-10-31", "each setting has a line of its own"),
        ("data_date = 2025-10-31, title = \"a\"", "each setting has a line of its own"),
        ("title == \"a\"", "one equals sign"),
        ("title -> \"a\"", "one equals sign"),
        ("fail_on = warning", "a text stands in quotes: `fail_on = \"warning\"`"),
        ("title = Autumn 2025", "a text stands in quotes: `title = \"Autumn 2025\"`"),
        ("title = Autumn # the first", "a text stands in quotes: `title = \"Autumn\"`"),
        ("roster = members.csv", "a text stands in quotes: `roster = \"members.csv\"`"),
        ("[reports]\ncontact = quality@example.org", "a text stands in quotes: `contact = \"quality@example.org\"`"),
        ("[moderation]\nseed = 7d3f0c1e", "a text stands in quotes: `seed = \"7d3f0c1e\"`"),
        ("group_by = [region, size]", "texts stand in quotes: `group_by = [\"region\", \"size\"]`"),
        ("[assessors]\ntolerance = 10%", "without a percent sign: `tolerance = 10`"),
        ("[disclosure]\nrounding = 5 %", "without a percent sign: `rounding = 5`"),
        ("[consolidation]\nrule = \"share\"\nshare = 60%", "stands in quotes: `share = \"60%\"`"),
        ("[consolidation]\nrule = \"share\"\nshare = .6", "a digit stands before the point: `share = 0.6`"),
        ("[limits]\ncells = 8 000 000", "without marks between their digits: `cells = 8000000`"),
        ("[limits]\ncells = 8M", "`cells` is a number written out in full, without a unit"),
        ("[limits]\nmemory = 2GB", "`memory` is a number written out in full, without a unit"),
        ("[limits]\ntime = 30 seconds", "`time` is a number written out in full, without a unit"),
        ("data_date = May 2025", "a day is written with the year first"),
        ("data_date = 2025-05-31;", "nothing stands after a value: `data_date = 2025-05-31`"),
        ("title = \"Autumn\",", "nothing stands after a value: `title = \"Autumn\"`"),
        ("roster = C:\\Season\\members.csv", "in single quotes: `roster = 'C:\\Season\\members.csv'`"),
        ("[rules]\nsheet-renamed = Off", "below a line `[rule_status]`, in quotes: `sheet-renamed = \"off\"`"),
        ("done = {draft_report = 2025-10-15}", "a line `[done.\"Acme Works\"]` stands before the step"),
        ("data_date =", "`data_date` has no value"),
        ("data_date = # not known", "`data_date` has no value"),
        ("title = None", "take the line of `title` out"),
        ("roster = null", "take the line of `roster` out"),
        ("data_date = 2025-10", "a day is written with the year first"),
        ("data_date = 2025-1-5", "a day is written with the year first"),
        ("data_date = 5.1.25", "a day is written with the year first"),
        ("data_date = \"31.10.2025\"", "`31.10.2025` is no day as it is written here: the year first"),
        ("data_date = \"31 October 2025\"", "the year first, then month and day, such as 2025-10-31"),
        ("holidays = [2025-12-24, \"25/12/2025\"]", "`25/12/2025` is no day as it is written here"),
        ("holidays = [\"2025-12-24\" \"2025-12-25\"]", "a comma stands between the entries of a list"),
        ("holidays = [2025-12-24,", "the list isn\u{2019}t closed"),
        ("title = \"Say \"hello\" now\"", "stands in single ones: `title = 'Say \"hello\" now'`"),
        ("fail_on = \"Warning\"", "did you mean \"warning\"?"),
        ("fail_on = \"errors\"", "did you mean \"error\"?"),
        ("[rule_status]\nsheet-renamed = \"OFF\"", "did you mean \"off\"?"),
        ("[rule_status]\nsheet-renamed = false", "is to be one word in quotes"),
        ("[done]\ndraft_report = \"2025-10-15\"", "a line `[done.\"Acme Works\"]` stands before"),
        ("[done.\"Acme Works\"]\ndraft_report = \"15/10/2025\"", "`15/10/2025` is no day as it is written here"),
        (
            "[reports] organisation = \"x\"",
            "what belongs to `[reports]` stands in lines below it: `organisation = \"x\"`",
        ),
        ("[reports]]\norganisation = \"x\"", "the brackets don\u{2019}t match: `[reports]`"),
        ("{ \"title\": \"a\" }", "this is written as for another program"),
        ("\"title\": \"a\",", "this is written as for another program"),
        ("cells = 5", "move its line to below a line `[limits]`"),
        ("sheet-renamed = \"off\"", "move its line to below a line `[rule_status]`"),
        ("accent = \"#17415f\"", "move its line to below a line `[reports]`"),
        ("[report]\norganisation = \"x\"", "there is no setting `report`; did you mean `reports`?"),
        ("jobs = 4", "`jobs` is no setting; it stands on the line, as `--jobs`"),
        ("framework = \"seqf\"", "`framework` is no setting; it stands on the line, as `--framework`"),
        ("fail-on = \"error\"", "did you mean `fail_on`?"),
        ("Data_Date = 2025-10-31", "did you mean `data_date`?"),
        ("[disclosure]\nK = 5", "did you mean `k`?"),
        ("ask_everybody = \"yes\"", "true or false without quotes"),
        ("[disclosure]\nk = 5.0", "`k` is to be a whole number"),
        ("[disclosure]\nk = \"5\"", "`k` is to be a whole number"),
        ("[moderation]\nreturns = 6.5", "`returns` is to be a whole number"),
        ("share_strengths = \"Acme\"", "`share_strengths` is to be a list"),
    ];

    #[test]
    fn likely_slips_are_explained_by_what_to_write() {
        for (text, expected) in SLIPS {
            let told = checked(Path::new("season.toml"), text).unwrap_err().to_string();
            assert!(told.contains(expected), "{text}\n{told}");
            for inner in ["invalid", "expected", "i64", "u64", "sequence", " map", "field", "variant"] {
                assert!(!told.contains(inner), "{inner}: {text}\n{told}");
            }
        }
    }

    #[test]
    fn ways_of_writing_that_mean_the_same_are_taken() {
        for text in [
            "\tdata_date\t=\t2025-10-31",
            "data_date = \" 2025-10-31 \"",
            "data_date = '2025-10-31'",
            "\"data_date\" = 2025-10-31",
            "[ reports ]\naccent = '#17415f'",
            "group_by = [\n  'region', # first\n  'size',\n]",
            "[limits]\ncells = 8_000_000",
            "[consolidation]\nrule = 'share'\nshare = '60%'",
        ] {
            assert!(checked(Path::new("season.toml"), text).is_ok(), "{text}");
        }
    }
}
