//! Single brackets round the name of a table of which there can be several, and double ones where there is one.
//!
//! Either is a slip that makes TOML complain elsewhere, or the whole table something else. It is told where it stands, and
//! put right for the check of all else.

use std::borrow::Cow;

use super::FRAMEWORK_INVALID;
use crate::finding::{Finding, Findings, Place};
use crate::framework::schema::{Header, header};

/// Returns a pack's text with its brackets put right, and tells those that weren't.
pub(super) fn mended<'t>(
    file: &str,
    text: &'t str,
    schema: &serde_json::Value,
    findings: &mut Findings,
) -> Cow<'t, str> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let slips: Vec<(usize, Slip)> =
        (0..).zip(&lines).filter_map(|(at, line)| Some((at, slip(line, schema)?))).collect();
    if slips.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut whole: Vec<Cow<str>> = lines.into_iter().map(Cow::Borrowed).collect();
    for (at, slip) in slips {
        whole[at] = Cow::Owned(whole[at].replacen(&slip.written, &slip.meant, 1));
        let place = Place::Definition { file: file.to_owned(), line: at + 1, column: 1 };
        let message = format!("`{}` is written with {}", slip.written, slip.why);
        let help = format!("Write `{}`.", slip.meant);
        findings.push(Finding::new(&FRAMEWORK_INVALID, place, message).with_help(help));
    }
    Cow::Owned(whole.concat())
}

/// A heading with the wrong brackets.
struct Slip {
    written: String,
    meant: String,
    why: &'static str,
}

/// Returns what is wrong with the brackets of a line; `None` where nothing is, or it is no heading.
fn slip(line: &str, schema: &serde_json::Value) -> Option<Slip> {
    let line = line.trim();
    let (name, is_double) = match line.strip_prefix("[[") {
        Some(rest) => (rest.split_once("]]")?.0, true),
        None => (line.strip_prefix('[')?.split_once(']')?.0, false),
    };
    let keys: Vec<&str> = name.split('.').map(|key| key.trim().trim_matches('"')).collect();
    let written = if is_double { format!("[[{name}]]") } else { format!("[{name}]") };
    match (header(schema, &keys)?, is_double) {
        (Header::One, false) | (Header::Several, true) => None,
        (Header::Several, false) => {
            Some(Slip { meant: format!("[[{name}]]"), written, why: "one bracket, and there can be several of them" })
        }
        (Header::One, true) => {
            Some(Slip { meant: format!("[{name}]"), written, why: "two brackets, and there is one" })
        }
    }
}
