//! What findings belong to, in the form's words.

use std::collections::BTreeMap;

use crate::cell::CellRef;
use crate::finding::Finding;
use crate::framework::Framework;

/// Says in the form's words what findings, and what follows from them, belong to, and what they say of criteria that have no
/// number on the form.
pub(super) fn said(framework: &Framework, findings: &mut [Finding]) {
    let unnumbered = framework.unnumbered();
    named(framework, &unnumbered, findings);
    let codes: BTreeMap<&str, &str> = unnumbered.into_iter().filter(|(name, _)| is_code(name)).collect();
    if codes.is_empty() {
        return;
    }
    for finding in findings {
        finding.reword(&|text| in_words(text, &codes));
    }
}

/// Says what findings belong to.
fn named(framework: &Framework, unnumbered: &BTreeMap<&str, &str>, findings: &mut [Finding]) {
    for finding in findings {
        let words = |name: &str| unnumbered.get(name).map(|words| (*words).to_owned());
        finding.item = finding.subject.as_deref().and_then(|name| framework.called(name).or_else(|| words(name)));
        named(framework, unnumbered, &mut finding.effects);
    }
}

/// Whether a name can't be a word that findings have anyway, nor a cell.
fn is_code(name: &str) -> bool {
    let is_cell = name.parse::<CellRef>().is_ok() && !name.contains(char::is_lowercase);
    name.contains(|c: char| c.is_ascii_digit() || matches!(c, '-' | '_'))
        && name.contains(char::is_alphabetic)
        && !is_cell
}

/// Returns a text in which the form's words stand for the names of criteria.
fn in_words(text: &str, codes: &BTreeMap<&str, &str>) -> String {
    let is_of_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    let (mut words, mut rest) = (String::new(), text);
    while let Some(start) = rest.find(is_of_name) {
        let end = rest[start..].find(|c| !is_of_name(c)).map_or(rest.len(), |length| start + length);
        let name = rest[start..end].trim_end_matches('.');
        words.push_str(&rest[..start]);
        match codes.get(name).filter(|_| !rest[..start].ends_with('“')) {
            Some(own) => words.extend(["“", own, "”", &rest[start + name.len()..end]]),
            None => words.push_str(&rest[start..end]),
        }
        rest = &rest[end..];
    }
    words + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_stand_nowhere_on_the_form_are_told_in_its_words() {
        let codes = BTreeMap::from([("c14", "Keeps records"), ("c1", "Has a plan"), ("at-work", "Safe at work")]);
        for (text, expected) in [
            ("c14 has no answer", "“Keeps records” has no answer"),
            ("Answer c1, c14 and c140.", "Answer “Has a plan”, “Keeps records” and c140."),
            ("Answer c14.", "Answer “Keeps records”."),
            ("the text of at-work", "the text of “Safe at work”"),
            ("“c14” stands there; see C14", "“c14” stands there; see C14"),
        ] {
            assert_eq!(in_words(text, &codes), expected);
        }
        for (name, expected) in [("c14", true), ("at-work", true), ("C14", false), ("1.1", false), ("planning", false)]
        {
            assert_eq!(is_code(name), expected, "{name}");
        }
    }
}
