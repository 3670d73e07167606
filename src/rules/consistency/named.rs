//! Which outcome a text names that states one in the sender's own words: “Meeting (41)”, “3 – Meeting”, “Silver level”.

use crate::wording::{NO, Wording, YES};

/// Words beside an outcome that say nothing about which it is.
const ASIDE: [&str; 14] = [
    "a",
    "an",
    "award",
    "awarded",
    "band",
    "grade",
    "is",
    "level",
    "outcome",
    "overall",
    "standard",
    "standards",
    "status",
    "the",
];

/// Signs by which somebody doubts what they say, or says more elsewhere.
const DOUBTS: [char; 8] = ['?', '~', '*', '!', '^', '#', '\u{2020}', '/'];

/// Returns the one of several outcomes that a text names: word for word, or among figures and words that say nothing else.
pub(super) fn named<'a>(text: &str, outcomes: &[&'a str]) -> Option<&'a str> {
    let words = Wording::of_answer(text);
    let same = |outcome: &&&str| Wording::of_answer(outcome) == words;
    outcomes.iter().find(same).or_else(|| yes_or_no(&words, outcomes)).or_else(|| among(&words, outcomes)).copied()
}

/// Returns yes or no, where these are the outcomes.
fn yes_or_no<'a, 'b>(words: &Wording, outcomes: &'b [&'a str]) -> Option<&'b &'a str> {
    let of = |letter: &str| outcomes.iter().find(|outcome| **outcome == letter);
    let (yes, no) = (of("Y")?, of("N")?);
    let is_one = |listed: &[&str]| listed.iter().any(|word| Wording::of_answer(word) == *words);
    if is_one(&YES) { Some(yes) } else { is_one(&NO).then_some(no) }
}

/// Returns the one outcome whose words stand among others that say nothing; a longer one counts for those within it.
fn among<'a, 'b>(words: &Wording, outcomes: &'b [&'a str]) -> Option<&'b &'a str> {
    if words.as_str().contains(DOUBTS) {
        return None;
    }
    let said: Vec<&str> = words.each_word().collect();
    let places = outcomes.iter().filter_map(|outcome| {
        let own = Wording::of(outcome);
        let own: Vec<&str> = own.each_word().collect();
        let at = (!own.is_empty()).then(|| said.windows(own.len()).position(|window| window == own.as_slice()))??;
        Some((outcome, at..at + own.len()))
    });
    let places: Vec<_> = places.collect();
    let longest = places.iter().max_by_key(|(_, place)| place.len())?;
    let is_within = |place: &std::ops::Range<usize>| longest.1.start <= place.start && place.end <= longest.1.end;
    let is_aside = |word: &&&str| ASIDE.contains(*word) || word.bytes().all(|byte| byte.is_ascii_digit());
    let beside = said[..longest.1.start].iter().chain(&said[longest.1.end..]);
    let is_all = beside.clone().count() == beside.filter(is_aside).count();
    (is_all && places.iter().all(|(_, place)| is_within(place))).then_some(longest.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::framework::builtin;

    #[test]
    fn an_outcome_is_named_among_figures_and_words_that_say_nothing() {
        let bands = ["Exceeding", "Meeting", "Partially meeting", "Not meeting"];
        let levels = ["Not recognised", "Standard", "Bronze", "Silver", "Gold"];
        let cases = [
            ("Meeting (41)", &bands[..], Some("Meeting")),
            ("3 \u{2013} Meeting", &bands, Some("Meeting")),
            ("Meeting the standard", &bands, Some("Meeting")),
            ("Partially meeting: 2", &bands, Some("Partially meeting")),
            ("NOT MEETING", &bands, Some("Not meeting")),
            ("Not yet meeting", &bands, None),
            ("Meeting or Exceeding", &bands, None),
            ("Meeting?", &bands, None),
            ("Meeting*", &bands, None),
            ("Nearly meeting", &bands, None),
            ("Silver level", &levels, Some("Silver")),
            ("Level: Silver", &levels, Some("Silver")),
            ("Standard", &levels, Some("Standard")),
            ("Silver standard", &levels, None),
            ("Arian", &levels, None),
            ("Not sure", &levels, None),
            ("", &levels, None),
        ];
        for (text, outcomes, expected) in cases {
            assert_eq!(named(text, outcomes), expected, "{text}");
        }
    }

    #[test]
    fn yes_and_no_go_by_all_their_signs() {
        for (words, expected) in [(&YES[..], "Y"), (&NO, "N"), (&["Y", " y.", "Outcome: Y"], "Y")] {
            for word in words {
                assert_eq!(named(&word.to_uppercase(), &["Y", "N"]), Some(expected), "{word}");
            }
        }
        for word in ["Y (all 44)", "Ydyn", "Y?", "Y/N", "yes and no", "all"] {
            assert_eq!(named(word, &["Y", "N"]), None, "{word}");
        }
        assert_eq!(named("Yes", &["a", "b", "c"]), None);
    }

    #[test]
    fn each_band_of_the_shipped_forms_is_named_by_its_title_however_it_is_set() {
        for framework in builtin::all() {
            let titles: Vec<&str> = framework.outcome.bands.iter().map(|band| band.title.as_str()).collect();
            for title in &titles {
                for written in [
                    (*title).to_owned(),
                    title.to_uppercase(),
                    format!("{title} (41)"),
                    format!("3 - {title}"),
                    format!("Outcome: {title}"),
                ] {
                    assert_eq!(named(&written, &titles), Some(*title), "{written}");
                }
            }
        }
    }
}
