//! Texts made of names: with a capital, as a sentence, without what only computers need.

/// What stands before a noun that a scheme may have its own word for.
pub(crate) const MARK: char = '\u{a4}';

/// Returns a text with a capital at its beginning; the mark of a noun is passed over.
pub(crate) fn capital(text: &str) -> String {
    if let Some(noun) = text.strip_prefix(MARK) {
        return format!("{MARK}{}", capital(noun));
    }
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Returns a text that ends as a sentence does.
pub(crate) fn sentence(text: &str) -> String {
    let text = text.trim();
    // A stop within a quotation at the end ends the whole.
    let unquoted = text.trim_end_matches(['\u{201d}', '"']);
    let ended = text.is_empty() || unquoted.ends_with(['.', '!', '?', '\u{2026}', ':']);
    capital(&if ended { text.to_owned() } else { format!("{text}.") })
}

/// Returns the words of a name in kebab-case: "evidence-missing" is "Evidence missing".
pub(crate) fn words_of(name: &str) -> String {
    let own = name.rsplit('/').next().unwrap_or(name);
    capital(&own.replace('-', " "))
}

/// Whether a name is a word for the program, which no form shows: `ways-out`, and not `1.1`, `U1` or `a`.
pub(crate) fn is_for_programs(id: &str) -> bool {
    id.len() > 1 && id.chars().all(|c| c.is_ascii_lowercase() || matches!(c, '-' | '_'))
}

/// Returns a section's name and title, once where the title begins with the name; the title alone where the name is a word for the program.
pub(crate) fn titled(id: &str, title: &str) -> String {
    if is_for_programs(id) && !title.is_empty() {
        return title.to_owned();
    }
    let begins = title.get(..id.len()).is_some_and(|start| start.eq_ignore_ascii_case(id));
    let rest = begins.then(|| title[id.len()..].chars().next());
    match rest {
        Some(Some(next)) if next.is_alphanumeric() => format!("{id} {title}"),
        Some(_) => title.to_owned(),
        None => format!("{id} {title}"),
    }
}

/// Returns a noun with its article: "a client", "an action", "a unit".
pub(crate) fn with_article(noun: &str) -> String {
    let words = noun.to_lowercase();
    let is_vowel = words.starts_with(['a', 'e', 'i', 'o', 'u']);
    let is_spoken_otherwise = ["eu", "uni", "use", "uk", "one"].iter().any(|start| words.starts_with(start));
    let is_mute = ["hour", "honour", "heir"].iter().any(|start| words.starts_with(start));
    let article = if is_vowel && !is_spoken_otherwise || is_mute { "an" } else { "a" };
    format!("{article} {noun}")
}

/// Returns how a file is called in place of an organisation that it doesn't name: without its folders and its ending.
pub(crate) fn file_title(file: &str) -> String {
    let name = file.rsplit('/').next().unwrap_or(file);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem).trim();
    format!("\u{201c}{}\u{201d}", if stem.is_empty() { name } else { stem })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_section_is_named_once() {
        for (id, title, expected) in [
            ("1", "Strategy", "1 Strategy"),
            ("1", "1 Strategy", "1 Strategy"),
            ("U", "Understanding", "U Understanding"),
            ("1", "10 Improvement", "1 10 Improvement"),
            ("Aims", "Aims", "Aims"),
            ("well-led", "Well-led", "Well-led"),
            ("T", "Teaching", "T Teaching"),
        ] {
            assert_eq!(titled(id, title), expected);
        }
    }

    #[test]
    fn a_noun_has_the_article_that_is_spoken() {
        for noun in
            ["a client", "an action", "an employer", "a unit", "a piece of evidence", "a KPI", "a European", "an hour"]
        {
            let bare = noun.split_once(' ').map(|(_, bare)| bare).unwrap_or_default();
            assert_eq!(with_article(bare), noun);
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
        let quoted = "both say \u{201c}It is kept.\u{201d}";
        for (text, expected) in
            [("done", "Done."), ("Done.", "Done."), ("  why?", "Why?"), ("", ""), (quoted, &capital(quoted))]
        {
            assert_eq!(sentence(text), expected);
        }
    }
}
