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
    shared.map(|shared| said(&shared.texts.iter().map(|text| places[*text]).collect::<Vec<_>>())).collect()
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
    format!("{same} stands under different criteria, of {}", list_and_others(&each.collect::<Vec<_>>(), NAMED))
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
