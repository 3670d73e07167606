//! Which organisation of the roster a name may be meant for.
//!
//! Names are compared by the words that tell them apart: a word counts the less, the more names of the roster have it, so that two councils
//! aren't alike for being councils; names that share nothing but such words, and each have one that no other name has, are of two. A word with a slip in it, or parted otherwise, is the word all the same, and so are first letters that
//! stand for words.

use std::collections::BTreeMap;

use super::name::telling_words;
use crate::wording::Wording;

/// Names that share less than this part of what tells them aren't near.
const NEAR: f64 = 0.5;
/// Words this alike are one word, mistyped.
const ONE_WORD: f64 = 0.75;

/// Returns the name that is nearest to one; `None` where none is near.
pub(super) fn nearest<'a>(name: &str, listed: &[&'a str]) -> Option<&'a str> {
    let words = |name: &str| -> Vec<Wording> { telling_words(name).iter().map(|word| Wording::of(word)).collect() };
    let all: Vec<Vec<Wording>> = listed.iter().map(|name| words(name)).collect();
    let mut times: BTreeMap<&Wording, usize> = BTreeMap::new();
    for words in &all {
        let mut once: Vec<&Wording> = words.iter().collect();
        once.sort_unstable();
        once.dedup();
        for word in once {
            *times.entry(word).or_default() += 1;
        }
    }
    let weight = |word: &Wording| weight(times.get(word).copied().unwrap_or(1), all.len());
    let own = words(name);
    let is_own = |word: &Wording| times.get(word).is_none_or(|times| *times == 1);
    let shares = all.iter().map(|words| shared(&own, words, (&weight, &is_own)));
    let best = shares.zip(listed).fold(None, |best: Option<(f64, &str)>, (share, name)| match best {
        Some(found) if found.0 >= share => Some(found),
        Some(_) | None => Some((share, name)),
    });
    best.filter(|(share, _)| *share >= NEAR).map(|(_, name)| name)
}

/// Returns how much a word tells that so many of all names have.
#[expect(clippy::cast_precision_loss, clippy::float_arithmetic, reason = "likeness is no score")]
fn weight(times: usize, all: usize) -> f64 {
    ((all + 1) as f64 / times as f64).ln()
}

/// How much a word tells, and whether no more than one name has it.
type Tells<'a> = (&'a dyn Fn(&Wording) -> f64, &'a dyn Fn(&Wording) -> bool);

/// Returns the part of what tells two names that they share.
#[expect(clippy::float_arithmetic, reason = "likeness is no score")]
fn shared(one: &[Wording], other: &[Wording], (weight, is_own): Tells) -> f64 {
    let sum = |words: &[&Wording]| words.iter().map(|word| weight(word)).sum::<f64>();
    let mut theirs: Vec<&Wording> = other.iter().collect();
    let mut mine: Vec<&Wording> = one.iter().collect();
    let all = sum(&mine) + sum(&theirs);
    for least in [1.0, ONE_WORD] {
        mine.retain(|word| match theirs.iter().position(|their| word.likeness_from(their, least).is_some()) {
            Some(place) => {
                theirs.remove(place);
                false
            }
            None => true,
        });
    }
    let is_rest = together(&mine).likeness_from(&together(&theirs), ONE_WORD).is_some();
    if is_rest || is_short_for(&mine, &theirs) || is_short_for(&theirs, &mine) {
        return 1.0;
    }
    let has_own = |rest: &[&Wording]| rest.iter().any(|word| is_own(word));
    let shares_own = one.iter().any(|word| is_own(word) && !mine.contains(&word));
    if !shares_own && has_own(&mine) && has_own(&theirs) {
        return 0.0;
    }
    if all > 0.0 { 1.0 - (sum(&mine) + sum(&theirs)) / all } else { 0.0 }
}

/// Returns words as one.
fn together(words: &[&Wording]) -> Wording {
    Wording::of(&words.iter().map(|word| word.as_str()).collect::<String>())
}

/// Whether a word is made of the first letters of others, as CC is of City Council.
fn is_short_for(short: &[&Wording], long: &[&Wording]) -> bool {
    let initials: String = long.iter().filter_map(|word| word.as_str().chars().next()).collect();
    long.len() > 1 && matches!(short, [word] if word.as_str() == initials)
}

#[cfg(test)]
mod tests {
    use super::*;

    const COUNCILS: [&str; 12] = [
        "Mansfield City Council",
        "Armagh City Council",
        "Derry City Council",
        "Leeds City Council",
        "Ards Borough Council",
        "Harlow Metropolitan Borough Council",
        "Barnet Borough Council",
        "Newham Borough Council",
        "Fenland District Council",
        "Mole Valley District Council",
        "South Norfolk District Council",
        "North Norfolk District Council",
    ];

    #[test]
    fn names_are_near_by_the_words_that_tell_them_apart() {
        let cases = [
            ("Newry City Council", None),
            ("Kettering Borough Council", None),
            ("Fylde District Council", None),
            ("City Council", None),
            ("Council", None),
            ("Mansfield", Some("Mansfield City Council")),
            ("Mansfeld City Council", Some("Mansfield City Council")),
            ("Mansfield District Council", Some("Mansfield City Council")),
            ("The City Council of Mansfield", Some("Mansfield City Council")),
            ("Leeds CC", Some("Leeds City Council")),
            ("Harlow MBC", Some("Harlow Metropolitan Borough Council")),
            ("Molevalley District Council", Some("Mole Valley District Council")),
            ("Norfolk (South) District Council", Some("South Norfolk District Council")),
            ("Acme Training", None),
            ("", None),
        ];
        for (name, expected) in cases {
            assert_eq!(nearest(name, &COUNCILS), expected, "{name}");
        }
    }

    #[test]
    fn no_name_of_a_roster_is_near_to_one_that_shares_the_common_words_alone() {
        for name in COUNCILS {
            let common: Vec<&str> = name
                .split(' ')
                .filter(|word| COUNCILS.iter().filter(|other| other.contains(word)).count() > 2)
                .collect();
            let other = format!("Xylophone {}", common.join(" "));
            assert_eq!(nearest(&other, &COUNCILS), None, "{other}");
            assert_eq!(nearest(name, &COUNCILS), Some(name));
        }
    }

    #[test]
    fn names_that_share_what_few_others_have_are_of_two_by_what_each_has_alone() {
        let partners = [
            "Bishop's Waltham Information Services Ltd",
            "Ynys M\u{f4}n Information Services Ltd",
            "Ely Heritage Trust",
            "Poole University Library",
        ];
        for (name, expected) in [
            ("Redcar Information Services Ltd", None),
            ("Bishops Waltham Info Services Ltd", Some(partners[0])),
            ("Ynys Mon Information Services", Some(partners[1])),
            ("Ely Heritage", Some(partners[2])),
        ] {
            assert_eq!(nearest(name, &partners), expected, "{name}");
        }
    }

    #[test]
    fn a_roster_of_one_name_has_near_names_too() {
        let one = ["Acme Employment Support"];
        assert_eq!(nearest("Acme Employment Services", &one), Some(one[0]));
        assert_eq!(nearest("Beta Housing", &one), None);
        assert_eq!(nearest("Acme", &[]), None);
    }
}
