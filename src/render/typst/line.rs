//! Which line of a template a line of a filled-in document comes from.
//!
//! Typst tells faults by the lines of the document that it is given, which are not those of the template: loops repeat lines and
//! conditions leave some out. So each line of a template ends with its number between two signs that no value can bring along;
//! they are taken out again as soon as it is filled in.

use std::fmt::Write;

/// What stands before and after a number.
const SIGNS: [char; 2] = ['\u{1}', '\u{2}'];

/// Returns a template whose lines end with their numbers.
pub(super) fn marked(template: &str) -> String {
    let mut marked = String::with_capacity(template.len() + template.len() / 8);
    let mut tag: Option<&str> = None;
    let mut takes_up = false;
    for (number, line) in (1_usize..).zip(template.split_inclusive('\n')) {
        let words = line.strip_suffix('\n').unwrap_or(line);
        tag = open_at_end(words, tag);
        marked.push_str(words);
        // A number inside a tag would be read as part of it, and one behind `-%}` would stop it from taking up the space there.
        let ends = words.trim_end();
        takes_up = ends.ends_with("-%}") || ends.ends_with("-}}") || (takes_up && ends.is_empty());
        if tag.is_none() && !takes_up {
            let _infallible = write!(marked, "{}{number}{}", SIGNS[0], SIGNS[1]);
        }
        marked.push_str(&line[words.len()..]);
    }
    marked
}

/// Returns what closes the tag that is open at the end of a line; `None` outside tags.
fn open_at_end<'a>(line: &str, open: Option<&'a str>) -> Option<&'a str> {
    let (mut rest, mut open) = (line, open);
    loop {
        if let Some(close) = open {
            let Some(at) = rest.find(close) else { return Some(close) };
            (rest, open) = (&rest[at + close.len()..], None);
        } else {
            let opens = [("{%", "%}"), ("{{", "}}"), ("{#", "#}")];
            let next = opens.into_iter().filter_map(|(start, end)| Some((rest.find(start)?, end))).min();
            let (at, end) = next?;
            (rest, open) = (&rest[at + 2..], Some(end));
        }
    }
}

/// Takes the numbers out of a document; gives back the text, and for each of its lines the template's line.
pub(super) fn unmarked(document: &str) -> (String, Vec<usize>) {
    let mut text = String::with_capacity(document.len());
    let mut lines = Vec::new();
    let mut waiting = 0;
    let mut rest = document;
    while let Some((before, after)) = rest.split_once(SIGNS[0]) {
        let (number, after) = after.split_once(SIGNS[1]).unwrap_or((after, ""));
        text.push_str(before);
        waiting += before.matches('\n').count();
        // Lines since the last number end here, or go on: they are of this line of the template.
        let number = number.parse().unwrap_or(0);
        lines.extend(std::iter::repeat_n(number, (waiting + 1).saturating_sub(lines.len())));
        rest = after;
    }
    text.push_str(rest);
    let last = lines.last().copied().unwrap_or(1);
    lines.extend(std::iter::repeat_n(last, (waiting + rest.matches('\n').count() + 1).saturating_sub(lines.len())));
    (text, lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fills in a template with and without numbers.
    fn filled_in(template: &str) -> (String, String, Vec<usize>) {
        let fill = |template: &str| minijinja::render!(template, items => vec!["x", "y"], yes => true);
        let plain = fill(template);
        let (text, lines) = unmarked(&fill(&marked(template)));
        (plain, text, lines)
    }

    #[test]
    fn numbers_change_nothing_and_tell_the_line() {
        let cases: [(&str, &[usize]); 6] = [
            ("a\nb\nc", &[1, 2, 3]),
            ("a\n{% for item in items %}\n- {{ item }}\n{%- endfor %}\nend", &[1, 2, 3, 3, 5]),
            ("{% if yes %}\none\n{% endif %}\ntwo", &[1, 2, 3, 4]),
            ("{{ [1,\n2,\n3] | length }}\nx", &[3, 4]),
            ("{%- if yes -%}\n\n  a\n{%- endif -%}\n  b", &[3]),
            ("a {# one\ntwo #} b\nc", &[2, 3]),
        ];
        for (template, expected) in cases {
            let (plain, text, lines) = filled_in(template);
            assert_eq!(text, plain, "{template}");
            assert_eq!(lines.len(), text.matches('\n').count() + 1, "{template}");
            assert_eq!(lines, expected, "{template}");
        }
    }
}
