//! What keeps a pack from being read as TOML, told where it begins.
//!
//! One slip makes TOML complain of all that follows. What is known for a slip of hands that write in other programs is told by
//! itself: quotation marks of a text program, a comma for the point, a bracket that is never closed. Else each line has its first
//! complaint.

use super::FRAMEWORK_INVALID;
use crate::finding::{Finding, Place};
use crate::framework::written::Written;

/// What to do once the slips are put right.
const REST: &str = "the rest is checked once the whole text can be read.";

/// A slip: where it is, in bytes, what is wrong, and what to do.
type Slip = (usize, String, String);

/// Says why a text is no TOML.
pub(super) fn told(written: &Written, text: &str, errors: &[toml::de::Error]) -> Vec<Finding> {
    let signs = signs(text);
    let mut slips = strange_signs(&signs);
    slips.extend(decimal_commas(text, &signs));
    if slips.is_empty() {
        slips.extend(never_closed(text, &signs));
    }
    if slips.is_empty() {
        slips = errors.iter().map(complaint).collect();
    }
    let mut findings: Vec<Finding> = Vec::new();
    for (offset, message, help) in slips {
        let place = written.place_at(offset);
        if !findings.iter().any(|told| line(&told.place) == line(&place)) {
            let help = format!("{help}; {REST}");
            findings.push(Finding::new(&FRAMEWORK_INVALID, place, message).with_help(help));
        }
    }
    findings
}

/// Returns the line of a place in a definition.
fn line(place: &Place) -> usize {
    match place {
        Place::Definition { line, .. } => *line,
        Place::Workbook | Place::Sheet(_) | Place::Cells(..) | Place::Season { .. } => 0,
    }
}

/// Returns what TOML itself complains of.
fn complaint(error: &toml::de::Error) -> Slip {
    let offset = error.span().map_or(0, |span| span.start);
    (offset, format!("this is no TOML: {}", error.message()), "Correct the line".to_owned())
}

/// Returns the signs outside texts and comments, each with its place.
fn signs(text: &str) -> Vec<(usize, char)> {
    let mut signs = Vec::new();
    let mut within: Option<&str> = None;
    let mut at = 0;
    while let Some(letter) = text[at..].chars().next() {
        let rest = &text[at..];
        let mut step = letter.len_utf8();
        match within {
            Some(end) if letter == '\n' && end.len() == 1 => within = None,
            Some(end) if end != "\n" && end.starts_with('"') && letter == '\\' => {
                step += rest.chars().nth(1).map_or(0, char::len_utf8);
            }
            Some(end) if rest.starts_with(end) => {
                within = None;
                step = end.len();
            }
            Some(_) => {}
            None => {
                let opened = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|quote| rest.starts_with(quote));
                within = opened.or_else(|| (letter == '#').then_some("\n"));
                step = opened.map_or(step, str::len);
                if within.is_none() {
                    signs.push((at, letter));
                }
            }
        }
        at += step;
    }
    signs
}

/// Returns the quotation marks and spaces that text programs and web pages put in the place of plain ones.
fn strange_signs(signs: &[(usize, char)]) -> Vec<Slip> {
    let slip = |(offset, sign): &(usize, char)| match sign {
        '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{ab}' | '\u{bb}' => {
            let message = format!("`{sign}` is no quotation mark here: texts stand between straight ones");
            Some((*offset, message, "Write `\"…\"`".to_owned()))
        }
        '\u{a0}' | '\u{2007}' | '\u{202f}' => {
            let message =
                "a space stands here that doesn\u{2019}t break, as text programs and web pages have it".to_owned();
            Some((*offset, message, "Write a plain space".to_owned()))
        }
        _ => None,
    };
    signs.iter().filter_map(slip).collect()
}

/// Returns the numbers that have a comma for the point.
fn decimal_commas(text: &str, signs: &[(usize, char)]) -> Vec<Slip> {
    let equals = signs.iter().filter(|(_, sign)| *sign == '=');
    let slip = |(at, _): &(usize, char)| {
        let value = text[at + 1..].trim_start_matches([' ', '\t']);
        let offset = text.len() - value.len();
        let (whole, rest) = value.split_once(',')?;
        let part = rest.split(|c: char| !c.is_ascii_digit()).next()?;
        let is_digits = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        let is_number = is_digits(whole.trim_start_matches(['-', '+'])) && is_digits(part);
        let message = format!("`{whole},{part}` is no number: a point stands before decimals");
        is_number.then(|| (offset, message, format!("Write `{whole}.{part}`")))
    };
    equals.filter_map(slip).collect()
}

/// Returns the bracket that is never closed, or isn't before what can only stand behind it.
fn never_closed(text: &str, signs: &[(usize, char)]) -> Option<Slip> {
    let mut open: Vec<(usize, char)> = Vec::new();
    let mut passed = 0;
    for (at, sign) in signs.iter().filter(|(_, sign)| !sign.is_whitespace()) {
        let (at, sign) = (*at, *sign);
        if at < passed {
            continue;
        }
        let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
        let line = text[start..].lines().next().unwrap_or_default();
        let begins = text[start..at].trim().is_empty();
        if begins && open.is_empty() && sign == '[' {
            passed = start + line.len();
            continue;
        }
        if begins && open.last().is_some_and(|(_, open)| *open == '[' && begins_anew(line)) {
            break;
        }
        match sign {
            '[' | '{' => open.push((at, sign)),
            ']' | '}' => {
                let wanted = if sign == ']' { '[' } else { '{' };
                match open.last() {
                    Some((_, opened)) if *opened == wanted => {
                        open.pop();
                    }
                    Some(_) => break,
                    None => return None,
                }
            }
            _ => {}
        }
    }
    let (at, sign) = open.last()?;
    let closing = if *sign == '[' { ']' } else { '}' };
    Some((*at, format!("this `{sign}` is never closed"), format!("Write `{closing}` behind its last entry")))
}

/// Whether a line can't stand in a list: a heading, or a key with its value.
fn begins_anew(line: &str) -> bool {
    let is_name = |name: &str| {
        let parts = || name.split('.').map(str::trim);
        let sound = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '"');
        parts().all(|part| !part.is_empty() && part.chars().all(sound))
            && name.starts_with(|c: char| c.is_ascii_alphabetic())
    };
    let line = line.trim();
    let heading = line.trim_start_matches('[').split_once(']').filter(|_| line.starts_with('['));
    let is_heading = heading.is_some_and(|(name, rest)| is_name(name.trim()) && !rest.trim_start().starts_with(','));
    is_heading || line.split_once('=').is_some_and(|(key, _)| is_name(key.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the line, the beginning of the message and that of the help for each slip of a text.
    fn slips(text: &str) -> Vec<(usize, String, String)> {
        let (written, errors) = Written::parse("a.toml", text);
        let findings = told(&written, text, &errors);
        findings.into_iter().map(|finding| (line(&finding.place), finding.message, finding.help)).collect()
    }

    #[test]
    fn each_slip_is_told_where_it_is_and_nothing_of_what_follows() {
        let cases = [
            ("a = 1\nb = [\n  \"x\",\n  \"y\"\n[[c]]\nd = 1\ne = 2\n", 2, "this `[` is never closed", "Write `]`"),
            ("b = [\n  { id = \"x\" },\nd = 1\n", 1, "this `[` is never closed", "Write `]`"),
            ("b = [\n  { id = \"x\",\n]\nd = 1\n", 2, "this `{` is never closed", "Write `}`"),
            ("b = [\n  1,\n  2\n", 1, "this `[` is never closed", "Write `]`"),
            (
                "a = 1\nb = \u{201c}Gold\u{201d}\nc = \u{2018}x\u{2019}\n",
                2,
                "`\u{201c}` is no quotation mark",
                "Write `\"…\"`",
            ),
            ("a = 1\nb\u{a0}= 2\n", 2, "a space stands here that", "Write a plain space"),
            ("b = { at_most = 2,5, x = 1 }\n", 1, "`2,5` is no number", "Write `2.5`"),
            ("a = 1\nb = -20,25\nc = 3\n", 2, "`-20,25` is no number", "Write `-20.25`"),
            ("a = 1\nb = \"x\nc = 3\n", 2, "this is no TOML", "Correct the line"),
        ];
        for (text, at, message, help) in cases {
            let slips = slips(text);
            let first = slips.first().unwrap_or_else(|| panic!("{text}"));
            assert!(first.0 == at && first.1.starts_with(message) && first.2.starts_with(help), "{text}: {slips:#?}");
            assert!(slips.len() <= 2, "{text}: {slips:#?}");
        }
    }

    #[test]
    fn what_stands_in_texts_and_comments_is_no_slip() {
        let text = "a = \"\u{201c}x\u{201d} [ 2,5\" # \u{2019} [\nb = '''\n[ = 2,5\n'''\nc = [[1, 2], [3]]\nd = = 1\n";
        let slips = slips(text);
        assert!(slips.len() == 1 && slips[0].0 == 6 && slips[0].1.starts_with("this is no TOML"), "{slips:#?}");
    }
}
