//! Short names of criteria and measures stand in charts and tables by themselves: each is whole, tells its criterion from all
//! others of its pack, and isn't cut out of the criterion's text in mid-phrase.

use std::collections::BTreeSet;

use scrutineer::framework::{Framework, builtin};

use super::{check, definitions, pack, samples};

/// No name is longer than this.
const LONGEST: usize = 45;

/// A name that ends in one of these waits for more: articles, prepositions, conjunctions, auxiliaries, possessives, pronouns.
const WAITING: &str = "a an the and or nor but of to for from with without within by in into on onto at as than about above \
    across after against among before behind below beneath beside between beyond during near over per through towards under \
    until upon via while when where why how what which who whom whose that because if whether so is are was were be been \
    being am has have had having can could may might must shall should will would not no each every other \
    another their its his her our your my these those this they we he she it i you";

/// A name that begins with one of these is the rest of a sentence.
const REST: &str = "is are was were be been being has have had can could may might must shall should will would do does did \
    and or nor but that which who whom whose than";

/// A word that opens a clause within a sentence.
const CLAUSE: &str = "that which who whom whose when where why how what whether because if while until";

/// What may follow a noun that is whole by itself: the verb that says something of it, or a clause about it.
const FOLLOWS_A_NOUN: &str =
    "is are was were has have had can could may might must shall should will would that which who whose";

/// Whether a word is in a list.
fn is_in(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|known| known == word)
}

/// Returns the words of a text in small letters, each with whether a stop of any kind follows it.
fn words(text: &str) -> Vec<(String, bool)> {
    let word = |written: &str| {
        let plain: String = written.chars().filter(|c| c.is_alphanumeric() || "'’-".contains(*c)).collect();
        (plain.to_lowercase(), written.ends_with(['.', ',', ';', ':', '?', ')']))
    };
    text.split_whitespace().map(word).filter(|(word, _)| !word.is_empty()).collect()
}

/// Whether a name is a piece of the text that breaks off where the phrase goes on.
fn is_cut(short: &[(String, bool)], text: &[(String, bool)]) -> bool {
    let has_clause = short.iter().any(|(word, _)| is_in(CLAUSE, word));
    let goes_on = |at: usize| {
        let last = at + short.len();
        let next = text.get(last).map(|(word, _)| word.as_str());
        let stops = text[last - 1].1 || next.is_some_and(|next| is_in(FOLLOWS_A_NOUN, next));
        next.is_some() && (has_clause || !stops)
    };
    let same = |at: usize| text[at..].iter().zip(short).all(|(there, here)| there.0 == here.0);
    // One or two words are a noun with what describes it, which is whole wherever it stands.
    short.len() > 2 && (0..=text.len().saturating_sub(short.len())).any(|at| same(at) && goes_on(at))
}

/// Whether a name ends in two words with which the text comes to a stop as well: "acted upon", "one another".
fn ends_as_the_text(short: &[(String, bool)], text: &[(String, bool)]) -> bool {
    let [.., (before, _), (last, _)] = short else { return false };
    let mut pairs = text.windows(2).enumerate();
    pairs.any(|(at, pair)| pair[0].0 == *before && pair[1].0 == *last && (pair[1].1 || at + 2 == text.len()))
}

/// Returns what is wrong with a short name, if anything is.
fn fault(short: &str, text: &str) -> Option<&'static str> {
    let (name, text) = (words(short), words(text));
    let (first, last) = (name.first()?, name.last()?);
    if short.chars().count() > LONGEST {
        Some("is too long")
    } else if !short.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) || short.trim() != short {
        Some("doesn't begin as a name")
    } else if is_in(REST, &first.0) {
        Some("is the rest of a sentence")
    } else if last.1 || is_in(WAITING, &last.0) && !ends_as_the_text(&name, &text) {
        Some("ends in mid-phrase")
    } else if text.len() >= name.len() && is_cut(&name, &text) {
        Some("is cut out of the text in mid-phrase")
    } else {
        None
    }
}

/// Returns the faults of all short names of a framework.
fn faults(framework: &Framework) -> Vec<String> {
    let criteria = framework.criteria().map(|criterion| (criterion.id.as_str(), &criterion.short, &criterion.text));
    let measures = framework.measures().map(|measure| (measure.id.as_str(), &measure.short, &measure.text));
    let mut seen = BTreeSet::new();
    let of = |(id, short, text): (&str, &String, &String)| {
        let twice = (!seen.insert(short.to_lowercase())).then_some("is another's too");
        let wrong = fault(short, text).or(twice)?;
        Some(format!("{} {id}: “{short}” {wrong}", framework.id))
    };
    criteria.chain(measures).filter_map(of).collect()
}

#[test]
fn each_short_name_is_whole_and_its_own() {
    let samples = definitions("good").into_iter().chain([samples().join("reference/framework.toml")]);
    let samples = samples.filter_map(|file| check(&pack(&file)).0);
    let wrong: Vec<String> =
        builtin::all().into_iter().chain(samples).flat_map(|framework| faults(&framework)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_name_that_is_cut_is_refused() {
    let text = "Managers describe how they check that new starters understand the team's objectives.";
    let cases = [
        ("New starters understand the objectives", None),
        ("The team's objectives", None),
        ("New starters", None),
        ("", None),
        ("How they check that new starters", Some("is cut out of the text in mid-phrase")),
        ("New starters understand", Some("is cut out of the text in mid-phrase")),
        ("Understanding of the", Some("ends in mid-phrase")),
        ("Understanding, as checked,", Some("ends in mid-phrase")),
        ("Can tell their objectives", Some("is the rest of a sentence")),
        ("understanding of objectives", Some("doesn't begin as a name")),
        ("How managers check that every new starter understands", Some("is too long")),
    ];
    for (short, expected) in cases {
        assert_eq!(fault(short, text), expected, "{short}");
    }
}

#[test]
fn a_noun_may_be_the_subject_of_the_text() {
    let text = "Access to work is applied for in time, and a plan for it that people know is kept.";
    assert_eq!(fault("Access to work", text), None);
    assert_eq!(fault("A plan for it that people know", text), Some("is cut out of the text in mid-phrase"));
    assert_eq!(fault("Work is applied for in time", text), None);
    assert_eq!(fault("Work is applied", text), Some("is cut out of the text in mid-phrase"));
}
