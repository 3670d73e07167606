//! The words around figures: singulars and plurals, lists, numbers as people write them.

use crate::exact::Exact;
use crate::finding::{Finding, Severity};

/// Returns a number with its noun: "1 criterion", "no criteria", "12 criteria".
pub(crate) fn count(number: usize, one: &str, many: &str) -> String {
    match number {
        0 => format!("no {many}"),
        1 => format!("1 {one}"),
        more => format!("{} {many}", thousands(more)),
    }
}

/// Returns the singular for one, else the plural.
pub(crate) fn agree<'a>(number: usize, one: &'a str, many: &'a str) -> &'a str {
    if number == 1 { one } else { many }
}

/// Returns a number with commas between thousands, as the season workbook has it too.
pub(crate) fn thousands(number: usize) -> String {
    Exact::from(number).to_grouped(0)
}

/// Returns a number of things that statistics hold, whole and with commas between thousands.
pub(crate) fn amount(value: &Exact) -> String {
    value.to_grouped(0)
}

/// Returns "a", "a and b" or "a, b and c".
pub(crate) fn list<T: AsRef<str>>(items: &[T]) -> String {
    match items {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", first.join(", "), last.as_ref())
        }
    }
}

/// Returns a list that names at most `most` and counts the others: "a, b and 3 more".
pub(crate) fn list_of_at_most<T: AsRef<str>>(items: &[T], most: usize) -> String {
    if items.len() <= most {
        return list(items);
    }
    let mut named: Vec<String> = items[..most].iter().map(|item| item.as_ref().to_owned()).collect();
    named.push(format!("{} more", items.len() - most));
    list(&named)
}

/// Returns a text with a capital at its beginning.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Returns what a finding asks of its reader; all outputs say it so.
pub(crate) const fn duty(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Must be put right",
        Severity::Warning => "Please check or explain",
        Severity::Note => "For information",
    }
}

/// Returns the same of a number of findings: "3 must be put right".
pub(crate) const fn duty_of_some(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "must be put right",
        Severity::Warning => "to check or explain",
        Severity::Note => "for information",
    }
}

/// Returns how many findings there are of each duty, as a sentence.
pub(crate) fn tally(findings: &[Finding]) -> String {
    if findings.is_empty() {
        return "No findings: nothing has to be put right or explained.".to_owned();
    }
    let of = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let counts = Severity::WORST_FIRST.map(|severity| (of(severity), duty_of_some(severity)));
    let parts = counts.iter().filter(|(number, _)| *number > 0).map(|(number, duty)| format!("{number} {duty}"));
    let noun = agree(findings.len(), "finding", "findings");
    format!("{} {noun}: {}.", findings.len(), parts.collect::<Vec<_>>().join(", "))
}

/// Returns a section's name and title, once where the title begins with the name.
pub(crate) fn titled(id: &str, title: &str) -> String {
    let rest = title.strip_prefix(id).map(|rest| rest.chars().next());
    match rest {
        Some(Some(next)) if next.is_alphanumeric() => format!("{id} {title}"),
        Some(_) => title.to_owned(),
        None => format!("{id} {title}"),
    }
}

/// Returns how a file is called in place of an organisation that it doesn't name: without its folders and its ending.
pub(crate) fn file_title(file: &str) -> String {
    let name = file.rsplit('/').next().unwrap_or(file);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem).trim();
    format!("\u{201c}{}\u{201d}", if stem.is_empty() { name } else { stem })
}

/// Returns the words of a name in kebab-case: "evidence-missing" is "Evidence missing".
pub(crate) fn words_of(name: &str) -> String {
    let own = name.rsplit('/').next().unwrap_or(name);
    capital(&own.replace('-', " "))
}

/// Returns a text that ends as a sentence does.
pub(crate) fn sentence(text: &str) -> String {
    let text = text.trim();
    let ended = text.is_empty() || text.ends_with(['.', '!', '?', '\u{2026}', ':']);
    capital(&if ended { text.to_owned() } else { format!("{text}.") })
}

/// Returns a number with at most `places` decimals and no idle noughts: "93.71", "80".
pub(crate) fn number(value: &Exact, places: u32) -> String {
    let fixed = value.to_fixed(places);
    let short = if fixed.contains('.') { fixed.trim_end_matches('0').trim_end_matches('.') } else { &fixed };
    if short == "-0" { "0".to_owned() } else { short.replace('-', "\u{2212}") }
}

/// Returns a number with its unit: "93.71%", "12 points".
pub(crate) fn measured(value: &Exact, unit: &str, places: u32) -> String {
    let shown = number(value, places);
    match unit {
        "" => shown,
        "%" => format!("{shown}%"),
        // Units are named in the plural: "points", "requirements".
        unit if *value == Exact::one() => format!("{shown} {}", unit.strip_suffix('s').unwrap_or(unit)),
        unit => format!("{shown} {unit}"),
    }
}

/// Returns a number as results keep it, read again; `None` where it is none.
pub(crate) fn exact(text: Option<&String>) -> Option<Exact> {
    text.and_then(|text| text.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_follow_their_number() {
        for (number, expected) in
            [(0, "no returns"), (1, "1 return"), (2, "2 returns"), (1234, "1,234 returns"), (12_345, "12,345 returns")]
        {
            assert_eq!(count(number, "return", "returns"), expected);
        }
    }

    #[test]
    fn lists_read_aloud() {
        let cases: [(&[&str], usize, &str); 5] = [
            (&[], 3, ""),
            (&["a"], 3, "a"),
            (&["a", "b"], 3, "a and b"),
            (&["a", "b", "c"], 3, "a, b and c"),
            (&["a", "b", "c", "d"], 2, "a, b and 2 more"),
        ];
        for (items, most, expected) in cases {
            assert_eq!(list_of_at_most(items, most), expected);
        }
    }

    #[test]
    fn numbers_carry_no_idle_noughts() {
        for (written, places, expected) in [
            ("656/7", 2, "93.71"),
            ("80", 1, "80"),
            ("0.5", 1, "0.5"),
            ("-3", 0, "\u{2212}3"),
            ("-1/1000", 1, "0"),
            ("100", 0, "100"),
        ] {
            assert_eq!(number(&written.parse().unwrap(), places), expected, "{written}");
        }
    }

    #[test]
    fn amounts_have_commas_between_thousands() {
        for (written, expected) in
            [("0", "0"), ("999", "999"), ("1730", "1,730"), ("1234567", "1,234,567"), ("-5", "-5")]
        {
            assert_eq!(amount(&written.parse().unwrap()), expected);
        }
    }

    #[test]
    fn a_section_is_named_once() {
        for (id, title, expected) in [
            ("1", "Strategy", "1 Strategy"),
            ("1", "1 Strategy", "1 Strategy"),
            ("U", "Understanding", "U Understanding"),
            ("1", "10 Improvement", "1 10 Improvement"),
            ("Aims", "Aims", "Aims"),
        ] {
            assert_eq!(titled(id, title), expected);
        }
    }

    #[test]
    fn files_are_called_without_folders_and_ending() {
        for (file, expected) in [
            ("North/Late/Copy of return (1).xlsx", "\u{201c}Copy of return (1)\u{201d}"),
            ("return v2.1.xlsx", "\u{201c}return v2.1\u{201d}"),
            ("North/.xlsx", "\u{201c}.xlsx\u{201d}"),
        ] {
            assert_eq!(file_title(file), expected, "{file}");
        }
    }

    #[test]
    fn sentences_end_once() {
        for (text, expected) in [("done", "Done."), ("Done.", "Done."), ("  why?", "Why?"), ("", "")] {
            assert_eq!(sentence(text), expected);
        }
    }
}
