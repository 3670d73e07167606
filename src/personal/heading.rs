//! Headings over columns that tell who people are, in English and Welsh.

/// What a heading asks for, in the plural.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Headed {
    /// It asks for this of people.
    Surely(&'static str),
    /// It asks for this, of people or of something else.
    Perhaps(&'static str),
}

/// Says what of people a heading asks for; `None` where it doesn't.
///
/// ```
/// # use scrutineer::personal::{Headed, headed};
/// assert_eq!(headed("Client's D.O.B."), Some(Headed::Surely("birth dates")));
/// assert_eq!(headed("Name"), Some(Headed::Perhaps("names")));
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
    let asked = asked.join(" ");
    let of_people = about.into_iter().any(|word| word == "full" || is_person(word));
    if NAMES.contains(&asked.as_str()) {
        return Some(if of_people { Headed::Surely("names") } else { Headed::Perhaps("names") });
    }
    let kind = KINDS.iter().find(|(_, headings)| headings.contains(&asked.as_str()));
    kind.map(|(kind, _)| Headed::Surely(kind))
}

/// Headings of more bytes are sentences.
const LONGEST: usize = 60;

/// Whether a word is one for people.
fn is_person(word: &str) -> bool {
    PEOPLE.contains(&word.strip_suffix('s').unwrap_or(word))
}

/// Words for people whom returns are about.
const PEOPLE: [&str; 15] = [
    "client",
    "learner",
    "student",
    "pupil",
    "trainee",
    "apprentice",
    "participant",
    "customer",
    "user",
    "person",
    "candidate",
    "jobseeker",
    "cleient",
    "dysgwr",
    "myfyriwr",
];

/// Words beside those that say what is asked for.
const SMALL: [&str; 9] = ["s", "of", "the", "and", "their", "full", "service", "llawn", "y"];

/// Headings over names, of people or of something else.
const NAMES: [&str; 4] = ["name", "names", "enw", "enwau"];

/// Headings that nothing but people has, without words for people, by what they ask for.
const KINDS: [(&str, &[&str]); 7] = [
    (
        "names",
        &[
            "surname",
            "forename",
            "forenames",
            "first name",
            "first names",
            "last name",
            "family name",
            "given name",
            "given names",
            "surname forename",
            "forename surname",
            "first last name",
            "cyfenw",
            "enw cyntaf",
        ],
    ),
    (
        "birth dates",
        &[
            "dob",
            "d o b",
            "date birth",
            "date birth dob",
            "dob date birth",
            "birth date",
            "birthdate",
            "birthday",
            "dyddiad geni",
        ],
    ),
    (
        "National Insurance numbers",
        &[
            "ni",
            "nino",
            "ni number",
            "ni no",
            "ni num",
            "nino number",
            "national insurance",
            "national insurance number",
            "national insurance no",
            "rhif yg",
            "yswiriant gwladol",
            "rhif yswiriant gwladol",
        ],
    ),
    ("NHS numbers", &["nhs", "nhs number", "nhs no", "rhif gig"]),
    (
        "telephone numbers",
        &[
            "phone",
            "telephone",
            "tel",
            "mobile",
            "phone number",
            "phone no",
            "telephone number",
            "telephone no",
            "tel no",
            "tel number",
            "mobile number",
            "mobile no",
            "mobile phone",
            "home phone",
            "contact number",
            "contact no",
            "ffôn",
            "rhif ffôn",
            "ffôn symudol",
        ],
    ),
    ("e-mail addresses", &["email", "e mail", "email address", "e mail address", "ebost", "e bost"]),
    ("addresses", &["address", "home address", "address postcode", "postcode", "post code", "cyfeiriad", "cod post"]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_say_what_they_ask_for_however_they_are_worded() {
        for (text, asked) in [
            ("Client name", "names"),
            ("Learner\u{2019}s full name", "names"),
            ("SURNAME", "names"),
            ("Date of Birth", "birth dates"),
            ("D.O.B.", "birth dates"),
            ("DOB (client)", "birth dates"),
            ("NI Number", "National Insurance numbers"),
            ("National Insurance No.", "National Insurance numbers"),
            ("Mobile", "telephone numbers"),
            ("Tel. no.", "telephone numbers"),
            ("E-mail", "e-mail addresses"),
            ("Home address", "addresses"),
        ] {
            assert_eq!(headed(text), Some(Headed::Surely(asked)), "{text}");
        }
        for text in ["Name", "names", "Enw"] {
            assert_eq!(headed(text), Some(Headed::Perhaps("names")), "{text}");
        }
        for text in
            ["Partner name", "File name", "Client ref", "Job title", "Address of evidence", "User", "Birth", "no"]
        {
            assert_eq!(headed(text), None, "{text}");
        }
    }
}
