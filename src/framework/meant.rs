//! Which framework a person means who doesn't write its name as it is: in capitals, by its title, by its initials, or with a slip.

use std::collections::BTreeSet;

use super::{Framework, FrameworkId};
use crate::wording::{Wording, near};

/// Words that initials of a title may leave out.
const SMALL_WORDS: [&str; 8] = ["a", "and", "for", "in", "of", "on", "the", "to"];

impl Framework {
    /// Whether a person calls the framework so: by its name or its title, in any capitals and with any marks between the words.
    pub fn is_called(&self, written: &str) -> bool {
        let letters = letters(written);
        !letters.is_empty() && self.names().iter().any(|own| self::letters(own) == letters)
    }

    /// Returns its name and its title.
    fn names(&self) -> [&str; 2] {
        [self.id.as_str(), &self.title]
    }

    /// Whether what is written are the initials of its name or of its title, or words whose initials its name is.
    fn has_initials(&self, written: &str) -> bool {
        let short = letters(written);
        short.len() > 1 && self.names().iter().any(|own| initials(own).contains(&short))
            || initials(written).contains(&letters(&self.id))
    }
}

/// Returns the name of the framework that is called so, or is most likely meant; `None` where none is near, or several are by their initials.
pub(crate) fn meant<'a>(frameworks: &[&'a Framework], written: &str) -> Option<&'a FrameworkId> {
    let only = |fits: &dyn Fn(&Framework) -> bool| {
        let ids: BTreeSet<&FrameworkId> = frameworks.iter().filter(|one| fits(one)).map(|one| &one.id).collect();
        ids.first().copied().filter(|_| ids.len() == 1)
    };
    let by_name = || near(written, frameworks.iter().map(|one| one.id.as_str()));
    let by_title = || near(written, frameworks.iter().map(|one| one.title.as_str()));
    let nearest = || {
        let name = by_name().or_else(by_title)?;
        frameworks.iter().find(|one| one.names().contains(&name)).map(|one| &one.id)
    };
    only(&|one| one.is_called(written)).or_else(|| only(&|one| one.has_initials(written))).or_else(nearest)
}

/// Returns the letters and figures of a text, folded.
fn letters(text: &str) -> String {
    Wording::of(text).as_str().chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// Returns the initials of a text of several words, with those of its small words and without.
fn initials(text: &str) -> Vec<String> {
    let wording = Wording::of(text);
    let words: Vec<&str> =
        wording.as_str().split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let of = |words: &mut dyn Iterator<Item = &&str>| words.filter_map(|word| word.chars().next()).collect::<String>();
    if words.len() < 2 {
        return Vec::new();
    }
    vec![of(&mut words.iter()), of(&mut words.iter().filter(|word| !SMALL_WORDS.contains(*word)))]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::framework::builtin;

    #[test]
    fn frameworks_are_meant_however_their_names_are_written() {
        let all = builtin::all();
        let frameworks: Vec<&Framework> = all.iter().collect();
        for framework in &all {
            let (id, title) = (framework.id.as_str(), framework.title.as_str());
            for written in
                [id.to_owned(), id.to_uppercase(), id.replace('-', "_"), id.replace('-', " "), title.to_owned()]
            {
                assert!(framework.is_called(&written), "{written}");
                assert_eq!(all.iter().filter(|one| one.is_called(&written)).count(), 1, "{written}");
            }
            for at in 0..id.len() {
                let slip = format!("{}{}", &id[..at], &id[at + 1..]);
                assert_eq!(meant(&frameworks, &slip).map(FrameworkId::as_str), Some(id), "{slip}");
            }
        }
        for (written, expected) in [
            ("CoP", Some("code-of-practice")),
            ("IiP", Some("investors-in-people")),
            ("EITQ", Some("employer-involvement")),
            ("Supported Employment Quality Framework", Some("seqf")),
            ("Code of Practice", Some("code-of-practice")),
            ("zzzzzz", None),
            ("", None),
            ("-", None),
        ] {
            assert_eq!(meant(&frameworks, written).map(FrameworkId::as_str), expected, "{written}");
        }
    }
}
