//! Which outcome or choice a text names in the sender's own words: “Meeting (41)”, “3 – Meeting”, “Silver level”.

use std::ops::Range;

use crate::wording::Wording;

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

/// Returns the one of several outcomes, each with the other ways to write it, that a text names: word for word, or among figures
/// and words that say nothing else.
pub fn named<'a>(text: &str, outcomes: &'a [Vec<String>]) -> Option<&'a str> {
    let words = Wording::of_answer(text);
    let is_same = |names: &&Vec<String>| names.iter().any(|name| Wording::of_answer(name) == words);
    let names = outcomes.iter().find(is_same).or_else(|| among(&words, outcomes))?;
    names.first().map(String::as_str)
}

/// Returns all outcomes whose words stand in a text, whatever it says besides; a longer one counts for those within it.
pub(super) fn all_named<'a>(text: &str, outcomes: &'a [Vec<String>]) -> Vec<&'a str> {
    let places = places(&Wording::of_answer(text), outcomes);
    let is_within = |place: &Range<usize>| {
        places
            .iter()
            .any(|(_, other)| other.len() > place.len() && other.start <= place.start && place.end <= other.end)
    };
    let mut all: Vec<&str> = Vec::new();
    for (outcome, _) in places.iter().filter(|(_, place)| !is_within(place)) {
        all.extend(outcome.first().map(String::as_str).filter(|name| !all.contains(name)));
    }
    all
}

/// Returns which words of a text are those of outcomes.
fn places<'a>(text: &Wording, outcomes: &'a [Vec<String>]) -> Vec<(&'a Vec<String>, Range<usize>)> {
    let said: Vec<&str> = text.each_word().collect();
    let named = outcomes.iter().flat_map(|names| names.iter().map(move |name| (names, name)));
    let places = named.filter_map(|(outcome, name)| {
        let own = Wording::of(name);
        let own: Vec<&str> = own.each_word().collect();
        let at = (!own.is_empty()).then(|| said.windows(own.len()).position(|window| window == own.as_slice()))??;
        Some((outcome, at..at + own.len()))
    });
    places.collect()
}

/// Returns the one outcome whose words stand among others that say nothing; a longer one counts for those within it.
fn among<'a>(text: &Wording, outcomes: &'a [Vec<String>]) -> Option<&'a Vec<String>> {
    if text.as_str().contains(DOUBTS) {
        return None;
    }
    let places = places(text, outcomes);
    let (meant, longest) = places.iter().max_by_key(|(_, place)| place.len())?;
    let is_within = |place: &Range<usize>| longest.start <= place.start && place.end <= longest.end;
    // Who says the same twice, “Y - all met”, says it all the same.
    let is_meant = |(outcome, place): &(&Vec<String>, Range<usize>)| outcome == meant || is_within(place);
    // Where outcomes go by numbers, one beside them isn't a score.
    let have_numbers = outcomes.iter().flatten().any(|name| name.contains(|c: char| c.is_ascii_digit()));
    let is_figure = |word: &str| !have_numbers && word.bytes().all(|byte| byte.is_ascii_digit());
    let is_said = |at: usize| places.iter().any(|(_, place)| place.contains(&at));
    let mut beside = text.each_word().enumerate().filter(|(at, _)| !is_said(*at)).map(|(_, word)| word);
    let is_all = beside.all(|word| ASIDE.contains(&word) || is_figure(word));
    (is_all && places.iter().all(is_meant)).then_some(*meant)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::framework::builtin;

    /// Returns outcomes that go by one name each.
    fn by_name(names: &[&str]) -> Vec<Vec<String>> {
        names.iter().map(|name| vec![(*name).to_owned()]).collect()
    }

    #[test]
    fn an_outcome_is_named_among_figures_and_words_that_say_nothing() {
        let bands = by_name(&["Exceeding", "Meeting", "Partially meeting", "Not meeting"]);
        let levels = by_name(&["Not recognised", "Standard", "Bronze", "Silver", "Gold"]);
        let cases = [
            ("Meeting (41)", &bands, Some("Meeting")),
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
    fn other_ways_to_write_an_outcome_name_it_and_what_says_more_does_not() {
        let ways = |names: &[&str]| names.iter().map(ToString::to_string).collect::<Vec<_>>();
        let outcomes = [ways(&["Y", "yes", "Met", "All met"]), ways(&["N", "no", "Not met"])];
        let cases = [
            ("met", Some("Y")),
            ("Met.", Some("Y")),
            ("Y - all met", Some("Y")),
            ("Yes, met", Some("Y")),
            ("Y", Some("Y")),
            ("Outcome: Y", Some("Y")),
            ("NOT MET", Some("N")),
            ("No - not met", Some("N")),
            ("Y - not met", None),
            ("Y (all 44)", None),
            ("Y - all six", None),
            ("Y?", None),
            ("Y/N", None),
            ("yes and no", None),
            ("Met by most", None),
            ("Ydyn", None),
            ("all", None),
        ];
        for (text, expected) in cases {
            assert_eq!(named(text, &outcomes), expected, "{text}");
        }
    }

    #[test]
    fn all_that_a_text_names_is_told_whatever_it_says_besides() {
        let levels = by_name(&["Not recognised", "Standard", "Bronze", "Silver", "Gold"]);
        for (text, expected) in [
            ("Gold standard", &["Standard", "Gold"][..]),
            ("between silver and gold?", &["Silver", "Gold"]),
            ("not recognised yet", &["Not recognised"]),
            ("Platinum", &[]),
        ] {
            assert_eq!(all_named(text, &levels), expected, "{text}");
        }
        let ranges = by_name(&["25-34", "35-44"]);
        assert_eq!((named("25-34 (3)", &ranges), named("the 25 - 34", &ranges)), (None, Some("25-34")));
    }

    #[test]
    fn each_outcome_that_a_shipped_form_states_is_named_however_it_is_set_and_nothing_else_is() {
        let mut tried = 0;
        for framework in builtin::all() {
            for stated in &framework.stated {
                for names in &stated.outcomes {
                    for name in names {
                        // A sign is an answer by itself.
                        if !name.contains(char::is_alphabetic) {
                            continue;
                        }
                        for written in
                            [name.clone(), name.to_uppercase(), format!("{name}."), format!("Outcome: {name}")]
                        {
                            assert_eq!(named(&written, &stated.outcomes), Some(&*names[0]), "{written}");
                            tried += 1;
                        }
                        for doubtful in [format!("{name}?"), format!("nearly {name}"), format!("{name}*")] {
                            assert_eq!(named(&doubtful, &stated.outcomes), None, "{doubtful}");
                        }
                    }
                }
            }
        }
        assert!(tried > 50, "{tried}");
    }
}
