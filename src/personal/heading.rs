//! Words over or beside places that ask for what tells who people are, in English and Welsh.
//!
//! Headings are worded in many ways, so that none is listed whole: one asks for what its words name, if it has no others.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::datum::Datum;
use super::parts::is_person;

/// What a heading asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Headed {
    /// What it is.
    pub datum: Datum,
    /// Whose it is.
    pub of: Whose,
}

/// Whether a heading asks for something of people, or of something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Whose {
    /// Of people or of something else, as “Name”.
    Anybodys,
    /// Of those whom returns are about, if anything but a reference stands there, as “Client”.
    Clients,
    /// Of people.
    Peoples,
}

/// Says what of people a heading asks for; `None` where it doesn't.
///
/// ```
/// # use scrutineer::personal::{Datum, Headed, Whose, headed};
/// assert_eq!(headed("Client's D.O.B."), Some(Headed { datum: Datum::BirthDates, of: Whose::Peoples }));
/// assert_eq!(headed("Name"), Some(Headed { datum: Datum::Names, of: Whose::Anybodys }));
/// assert_eq!(headed("Client"), Some(Headed { datum: Datum::Names, of: Whose::Clients }));
/// assert_eq!(headed("Partner name"), None);
/// ```
pub fn headed(text: &str) -> Option<Headed> {
    if text.len() > LONGEST {
        return None;
    }
    let folded = text.to_lowercase();
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let (about, asked): (Vec<&str>, Vec<&str>) =
        words.into_iter().partition(|word| SMALL.contains(word) || is_person(word));
    let is_of_people = about.iter().any(|word| is_person(word));
    if asked.is_empty() {
        return is_of_people.then_some(Headed { datum: Datum::Names, of: Whose::Clients });
    }
    if !asked.first().is_some_and(|word| FIRST_WORDS.contains(word)) {
        return None;
    }
    let is_of_somebody = is_of_people || about.contains(&"full");
    let named = KINDS.iter().find_map(|kind| Some((kind.datum, kind.named(&asked)?)));
    named.map(|(datum, of)| Headed { datum, of: if is_of_somebody { Whose::Peoples } else { of } })
}

/// The words with which what headings ask for begins: all cells that may be labels are asked, and nearly none begins so.
static FIRST_WORDS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    let phrases = KINDS.iter().flat_map(|kind| [kind.of_people, kind.of_anybody, kind.beside]).flatten();
    phrases.filter_map(|phrase| phrase.split(' ').next()).collect()
});

/// Headings of more bytes are sentences.
const LONGEST: usize = 60;

/// Words beside those that say what is asked for.
const SMALL: [&str; 12] = ["s", "of", "the", "and", "or", "a", "their", "full", "service", "llawn", "y", "r"];

/// The words by which headings ask for one kind.
struct Kind {
    datum: Datum,
    /// What nothing but people has.
    of_people: &'static [&'static str],
    /// What other things have, too.
    of_anybody: &'static [&'static str],
    /// What may stand beside these.
    beside: &'static [&'static str],
}

impl Kind {
    /// Says whose that is for which words ask, if they ask for this and nothing else.
    fn named(&self, asked: &[&str]) -> Option<Whose> {
        let (mut rest, mut whose) = (asked, None);
        while !rest.is_empty() {
            let (length, of) = self.first_of(rest)?;
            whose = whose.max(of);
            rest = &rest[length..];
        }
        whose
    }

    /// Returns how many of the first words belong together, and whose that is for which they ask.
    fn first_of(&self, words: &[&str]) -> Option<(usize, Option<Whose>)> {
        let of_people = self.of_people.iter().map(|phrase| (*phrase, Some(Whose::Peoples)));
        let of_anybody = self.of_anybody.iter().map(|phrase| (*phrase, Some(Whose::Anybodys)));
        let beside = self.beside.iter().map(|phrase| (*phrase, None));
        let lengths = of_people.chain(of_anybody).chain(beside).filter_map(|(phrase, of)| {
            // Asked of every cell that may be a label, nearly none of which begins so.
            let begins = phrase.split(' ').zip(words).all(|(part, word)| part == *word);
            let length = if begins { phrase.split(' ').count() } else { return None };
            (length <= words.len()).then_some((length, of))
        });
        lengths.max()
    }
}

/// The kinds, each with the words that ask for it.
const KINDS: [Kind; 8] = [
    Kind {
        datum: Datum::Names,
        of_people: &[
            "surname",
            "surnames",
            "forename",
            "forenames",
            "firstname",
            "lastname",
            "fullname",
            "first name",
            "first names",
            "last name",
            "last names",
            "family name",
            "given name",
            "given names",
            "middle name",
            "middle names",
            "maiden name",
            "preferred name",
            "next kin",
            "emergency contact",
            "cyfenw",
            "enw cyntaf",
        ],
        of_anybody: &["name", "names", "known as", "preferred to be called", "nickname", "enw", "enwau"],
        beside: &["first", "last", "middle", "title", "initial", "initials", "preferred", "other", "previous"],
    },
    Kind {
        datum: Datum::Initials,
        of_people: &[],
        of_anybody: &["initial", "initials", "llythrennau cyntaf"],
        beside: &["first", "last"],
    },
    Kind {
        datum: Datum::BirthDates,
        of_people: &["dob", "d o b", "birth", "birthdate", "birthday", "born", "geni", "ganwyd", "ganed"],
        of_anybody: &[],
        beside: &[
            "date", "day", "month", "year", "age", "on", "when", "dd", "mm", "yy", "yyyy", "ddmmyy", "ddmmyyyy",
            "dyddiad", "oed", "oedran",
        ],
    },
    Kind {
        datum: Datum::InsuranceNumbers,
        of_people: &["ni", "n i", "nino", "national insurance", "nat ins", "yg", "yswiriant gwladol"],
        of_anybody: &[],
        beside: &["number", "no", "num", "rhif"],
    },
    Kind {
        datum: Datum::NhsNumbers,
        of_people: &["nhs", "rhif gig"],
        of_anybody: &[],
        beside: &["number", "no", "num"],
    },
    Kind {
        datum: Datum::TelephoneNumbers,
        of_people: &[
            "phone",
            "telephone",
            "tel",
            "mobile",
            "mob",
            "landline",
            "contact number",
            "contact no",
            "contact num",
            "ffôn",
        ],
        of_anybody: &[],
        beside: &[
            "number",
            "numbers",
            "no",
            "nos",
            "num",
            "home",
            "daytime",
            "evening",
            "contact",
            "emergency",
            "1",
            "2",
            "rhif",
            "symudol",
        ],
    },
    Kind {
        datum: Datum::EmailAddresses,
        of_people: &["email", "e mail", "emails", "ebost", "e bost"],
        of_anybody: &[],
        beside: &["address", "addresses", "contact", "home", "personal", "cyfeiriad"],
    },
    Kind {
        datum: Datum::Addresses,
        of_people: &["address", "postcode", "post code", "cyfeiriad", "cod post"],
        of_anybody: &[],
        beside: &[
            "home",
            "current",
            "permanent",
            "postal",
            "line",
            "street",
            "house",
            "number",
            "town",
            "1",
            "2",
            "3",
            "4",
            "cartref",
        ],
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    /// Headings that ask for what people have, and what that is.
    const ASKING: [(&str, Datum); 40] = [
        ("Client name", Datum::Names),
        ("Learner\u{2019}s full name", Datum::Names),
        ("SURNAME", Datum::Names),
        ("Surname, forename", Datum::Names),
        ("Name & surname", Datum::Names),
        ("First / last name", Datum::Names),
        ("Preferred name", Datum::Names),
        ("Preferred first name", Datum::Names),
        ("Next of kin", Datum::Names),
        ("Emergency contact (name)", Datum::Names),
        ("Title and surname", Datum::Names),
        ("Cyfenw", Datum::Names),
        ("Client initials", Datum::Initials),
        ("Date of Birth", Datum::BirthDates),
        ("D.O.B.", Datum::BirthDates),
        ("DOB (client)", Datum::BirthDates),
        ("DoB (dd/mm/yy)", Datum::BirthDates),
        ("DOB dd-mm-yyyy", Datum::BirthDates),
        ("Age / DOB", Datum::BirthDates),
        ("Born", Datum::BirthDates),
        ("Born on", Datum::BirthDates),
        ("Birth date", Datum::BirthDates),
        ("Dyddiad geni", Datum::BirthDates),
        ("NI", Datum::InsuranceNumbers),
        ("N.I.", Datum::InsuranceNumbers),
        ("N.I. no", Datum::InsuranceNumbers),
        ("NI Number", Datum::InsuranceNumbers),
        ("NINO", Datum::InsuranceNumbers),
        ("National Insurance No.", Datum::InsuranceNumbers),
        ("NHS no", Datum::NhsNumbers),
        ("Rhif GIG", Datum::NhsNumbers),
        ("Mobile", Datum::TelephoneNumbers),
        ("Tel. no.", Datum::TelephoneNumbers),
        ("Home tel / mobile", Datum::TelephoneNumbers),
        ("Contact number", Datum::TelephoneNumbers),
        ("E-mail", Datum::EmailAddresses),
        ("Learner e-mail address", Datum::EmailAddresses),
        ("Home address", Datum::Addresses),
        ("Address line 1", Datum::Addresses),
        ("Address & postcode", Datum::Addresses),
    ];

    #[test]
    fn headings_say_what_they_ask_for_however_they_are_worded() {
        for (text, datum) in ASKING {
            assert_eq!(headed(text), Some(Headed { datum, of: Whose::Peoples }), "{text}");
        }
        for text in ["Name", "names", "Enw", "Known as", "Name (preferred)", "Other names"] {
            assert_eq!(headed(text), Some(Headed { datum: Datum::Names, of: Whose::Anybodys }), "{text}");
        }
        assert_eq!(headed("Initials"), Some(Headed { datum: Datum::Initials, of: Whose::Anybodys }));
        for text in ["Client", "Clients", "Learner(s)", "Service user", "Dysgwr"] {
            assert_eq!(headed(text), Some(Headed { datum: Datum::Names, of: Whose::Clients }), "{text}");
        }
    }

    #[test]
    fn headings_with_other_words_ask_for_something_else() {
        for text in [
            "Partner name",
            "File name",
            "Client ref",
            "Client group",
            "Job title",
            "Title",
            "Address of evidence",
            "Web address",
            "Place of birth",
            "Date",
            "Age",
            "Year",
            "Home",
            "Number",
            "no",
            "Mobile workshop",
            "NI employers",
            "First",
            "Contact",
            "",
        ] {
            assert_eq!(headed(text), None, "{text}");
        }
    }
}
