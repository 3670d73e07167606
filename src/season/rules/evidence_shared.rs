//! The same evidence in the returns of different organisations.

use std::collections::{BTreeMap, BTreeSet};

use super::{Season, SeasonRule};
use crate::finding::{Finding, Place, declare_rule};
use crate::framework::FrameworkId;
use crate::review::evidence::EvidenceRecord;
use crate::season::alike::{Written, copied};
use crate::wording::Wording;
use crate::words::{list, list_and_others};

declare_rule! {
    RULE = "evidence-shared", Warning, Allowed, "near-identical evidence in the returns of different organisations"
}

/// The rule with its check.
pub const CHECK: SeasonRule = SeasonRule { rule: &RULE, check, is_ranked: true };

/// As many organisations and criteria are named in one finding.
const NAMED: usize = 12;

/// So many texts that two returns share, where they are at least half of those of one, make that look like a copy.
const COPIED: usize = 5;

/// As many letters of a text are shown.
const SHOWN: usize = 400;

/// As many versions of a text are shown beside each other.
const VERSIONS: usize = 3;

/// One text, and where it stands.
#[derive(Clone, Copy, Debug)]
struct TextAt<'a> {
    organisation: &'a str,
    framework: Option<&'a FrameworkId>,
    file: &'a str,
    text: &'a EvidenceRecord,
}

/// Finds texts that several organisations share, one finding a text, what weighs most first.
fn check(season: &Season) -> Vec<Finding> {
    let places = places(season);
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let mut frameworks: BTreeMap<Option<&FrameworkId>, usize> = BTreeMap::new();
    let written = places.iter().map(|place| {
        let (next, framework) = (numbers.len(), frameworks.len());
        let organisation = *numbers.entry(place.organisation).or_insert(next);
        Written { organisation, framework: *frameworks.entry(place.framework).or_insert(framework), text: place.text }
    });
    let written: Vec<Written> = written.collect();
    let shared = copied(&written).into_iter();
    let shared = shared.map(|shared| shared.texts.iter().map(|text| places[*text]).collect());
    gathered(&places, &shared.collect::<Vec<Vec<_>>>())
}

/// Says of each text who shares it; those of two returns one of which seems to be made from the other are told together.
fn gathered(places: &[TextAt], shared: &[Vec<TextAt>]) -> Vec<Finding> {
    let mut of_pairs: BTreeMap<[&str; 2], Vec<usize>> = BTreeMap::new();
    for (index, texts) in shared.iter().enumerate() {
        of_pairs.entry(pair(texts).unwrap_or_default()).or_default().push(index);
    }
    of_pairs.retain(|pair, texts| is_copy(places, *pair, texts.len()));
    let told = shared.iter().enumerate().filter_map(|(index, texts)| {
        match pair(texts).and_then(|pair| Some((pair, of_pairs.get(&pair)?))) {
            None => Some(said(texts)),
            Some((pair, all)) if all[0] == index => {
                let effects = all.iter().map(|index| said(&shared[*index]));
                Some(made_from_another(places, pair, all.len()).with_effects(effects))
            }
            Some(_) => None,
        }
    });
    told.collect()
}

/// Returns the two files that share a text; `None` where more do.
fn pair<'a>(texts: &[TextAt<'a>]) -> Option<[&'a str; 2]> {
    let files: BTreeSet<&str> = texts.iter().map(|text| text.file).collect();
    files.into_iter().collect::<Vec<_>>().try_into().ok()
}

/// Returns how many texts a file has.
fn count_of(places: &[TextAt], file: &str) -> usize {
    places.iter().filter(|place| place.file == file).count()
}

/// Whether so many texts shared by two files make one look like a copy of the other.
fn is_copy(places: &[TextAt], pair: [&str; 2], shared: usize) -> bool {
    shared >= COPIED && pair.iter().any(|file| shared * 2 >= count_of(places, file)) && pair[0] != pair[1]
}

/// Says that one of two returns seems to be made from the other.
fn made_from_another(places: &[TextAt], pair: [&str; 2], shared: usize) -> Finding {
    let [one, other] = pair.map(|file| {
        let whose = places.iter().find(|place| place.file == file).map_or("", |place| place.organisation);
        format!("{whose} ({shared} of its {} texts)", count_of(places, file))
    });
    let message =
        format!("{one} and {other} give the same evidence throughout: one ¤return seems to be made from the other");
    let help = "Ask who wrote it first. Where one was filled in over the other, check that its answers are its own.";
    Finding::new(&RULE, Place::of_season(None, pair), message).with_help(help)
}

/// Returns the evidence of the returns that count, with whose it is.
fn places<'a>(season: &'a Season) -> Vec<TextAt<'a>> {
    let counted = season.counted().filter_map(|sent| Some((sent.organisation.as_deref()?, &sent.review)));
    let texts = counted.flat_map(|(organisation, review)| {
        let framework = review.framework.as_ref();
        review.evidence.iter().map(move |text| TextAt { organisation, framework, file: &review.file, text })
    });
    texts.collect()
}

/// Says who shares a text, where it stands and what it says.
fn said(places: &[TextAt]) -> Finding {
    let mut who: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut versions: BTreeMap<Wording, Vec<TextAt>> = BTreeMap::new();
    for place in places {
        who.entry(place.organisation).or_default().insert(&place.text.id);
        versions.entry(Wording::of(&place.text.text)).or_default().push(*place);
    }
    let same = if versions.len() == 1 { "the same evidence" } else { "evidence in nearly the same words" };
    let message = format!("{}: {}", of_whom(&who, same), shown(&versions));
    let place = Place::of_season(None, places.iter().map(|place| place.file));
    Finding::new(&RULE, place, message)
        .with_help("Ask each for evidence of its own, or who wrote it first, and look at the scores that rest on it.")
}

/// Says who gives the evidence for what.
fn of_whom(who: &BTreeMap<&str, BTreeSet<&str>>, same: &str) -> String {
    let ids: BTreeSet<&str> = who.values().flatten().copied().collect();
    if who.values().all(|theirs| *theirs == ids) {
        let (who, ids): (Vec<&str>, Vec<&str>) = (who.keys().copied().collect(), ids.into_iter().collect());
        return format!("{} give {same} for {}", list_and_others(&who, NAMED), list_and_others(&ids, NAMED));
    }
    let each = who.iter().map(|(organisation, ids)| {
        let ids: Vec<&str> = ids.iter().copied().collect();
        format!("{organisation} for {}", list_and_others(&ids, NAMED))
    });
    format!("{same} stands under different ¤criteria, of {}", list_and_others(&each.collect::<Vec<_>>(), NAMED))
}

/// Shows what a text says, in each of its versions with whose it is.
fn shown(versions: &BTreeMap<Wording, Vec<TextAt>>) -> String {
    let each = versions.values().take(VERSIONS).map(|places| {
        let whose: BTreeSet<&str> = places.iter().map(|place| place.organisation).collect();
        let said = quoted(&places[0].text.text);
        if versions.len() == 1 { said } else { format!("{} {said}", list(&whose.into_iter().collect::<Vec<_>>())) }
    });
    let mut shown = each.collect::<Vec<_>>().join("; ");
    if versions.len() > VERSIONS {
        shown.push_str("; and more versions of it");
    }
    shown
}

/// Puts a text between quotation marks, without its end where it is long.
fn quoted(text: &str) -> String {
    let text: Vec<&str> = text.split_whitespace().collect();
    let text = text.join(" ");
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("“{}…”", &text[..end]),
        None => format!("“{text}”"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::CellRef;
    use crate::review::evidence;

    /// Returns a text of a criterion.
    fn record(number: usize) -> EvidenceRecord {
        let text = format!(
            "Minutes of the working group number {number} on which employers and staff agreed what is to be done by when"
        );
        let place = Place::cell("Sheet", CellRef::new(1, 1));
        evidence::record(&format!("1.{number}"), &place, &text, &BTreeSet::new()).unwrap()
    }

    /// Returns each text in two files, of which the second has more texts of its own.
    fn shared(records: &[EvidenceRecord], count: usize, own: usize) -> (Vec<TextAt<'_>>, Vec<Vec<TextAt<'_>>>) {
        let text = |organisation, file, text| TextAt { organisation, framework: None, file, text };
        let both = |record| vec![text("Acme", "a.xlsx", record), text("Bright", "b.xlsx", record)];
        let shared: Vec<Vec<TextAt>> = records.iter().take(count).map(both).collect();
        let more = records.iter().skip(count).take(own).map(|record| text("Bright", "b.xlsx", record));
        let others = records.iter().skip(count).take(own).map(|record| text("Acme", "a.xlsx", record));
        (shared.iter().flatten().copied().chain(more).chain(others).collect(), shared)
    }

    #[test]
    fn a_return_that_seems_to_be_made_from_another_is_one_finding() {
        let records: Vec<EvidenceRecord> = (0..40).map(record).collect();
        // How many texts two returns share, how many each has of its own, and how many findings there are.
        for (count, own, expected) in
            [(20, 0, 1), (20, 20, 1), (10, 20, 10), (5, 0, 1), (4, 0, 4), (5, 6, 5), (1, 0, 1)]
        {
            let (places, shared) = shared(&records, count, own);
            let told = gathered(&places, &shared);
            assert_eq!(told.len(), expected, "{count} {own}");
            let effects: usize = told.iter().map(|finding| finding.effects.len()).sum();
            assert_eq!(effects, if expected < count { count } else { 0 }, "{count} {own}");
        }
        let (places, shared) = shared(&records, 20, 4);
        let message = &gathered(&places, &shared)[0].message;
        assert_eq!(
            message,
            "Acme (20 of its 24 texts) and Bright (20 of its 24 texts) give the same evidence throughout: one ¤return seems to be made from the other"
        );
    }
}
