//! Near-identical evidence in the returns of different organisations.

use std::collections::{BTreeMap, BTreeSet};

use super::{Season, SeasonRule};
use crate::finding::{Finding, Place, declare_rule};
use crate::season::alike;
use crate::words::list_and_others;

declare_rule! {
    RULE = "evidence-shared", Warning, Allowed, "near-identical evidence in the returns of different organisations"
}

/// The rule with its check.
pub const CHECK: SeasonRule = SeasonRule { rule: &RULE, check };

/// A text in the returns of more organisations than this was hardly copied from one to the other.
const FEW: usize = 3;

/// One text, and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct TextAt<'a> {
    organisation: &'a str,
    file: &'a str,
    id: &'a str,
    runs: &'a [u32],
}

/// Finds texts that a few organisations share, one finding for those organisations, and texts that many share, one for all.
fn check(season: &Season) -> Vec<Finding> {
    let mut pairs: BTreeMap<Vec<&str>, Vec<TextAt>> = BTreeMap::new();
    let mut common: Vec<Vec<TextAt>> = Vec::new();
    for places in shared(season) {
        let organisations: BTreeSet<&str> = places.iter().map(|place| place.organisation).collect();
        if organisations.len() > FEW {
            common.push(places);
        } else {
            pairs.entry(organisations.into_iter().collect()).or_default().extend(places);
        }
    }
    let mut findings: Vec<Finding> =
        pairs.into_iter().map(|(organisations, places)| of_few(&organisations, &places)).collect();
    findings.extend(of_many(&common));
    findings
}

/// Returns the texts that stand in the returns of several organisations, with all their places.
fn shared<'a>(season: &'a Season) -> Vec<Vec<TextAt<'a>>> {
    let mut places: Vec<TextAt> = Vec::new();
    for sent in season.counted() {
        let Some(organisation) = &sent.organisation else { continue };
        let (file, texts) = (sent.review.file.as_str(), &sent.review.evidence);
        places.extend(texts.iter().map(|text| TextAt { organisation, file, id: &text.id, runs: &text.runs }));
    }
    let texts: Vec<&[u32]> = places.iter().map(|place| place.runs).collect();
    let groups = alike::groups(&texts).into_iter();
    let groups = groups.map(|members| members.into_iter().map(|member| places[member]).collect::<Vec<_>>());
    groups.filter(|places| places.iter().any(|place| place.organisation != places[0].organisation)).collect()
}

/// Says that a few organisations share evidence.
fn of_few(organisations: &[&str], places: &[TextAt]) -> Finding {
    let ids: BTreeSet<&str> = places.iter().map(|place| place.id).collect();
    let ids: Vec<&str> = ids.into_iter().collect();
    let who = list_and_others(organisations, FEW);
    let message = format!("{who} give near-identical evidence for {}", list_and_others(&ids, 12));
    let help =
        "Ask whether the evidence is really each organisation's own, or was copied from one return to the other.";
    let place = Place::of_season(None, places.iter().map(|place| place.file));
    Finding::new(&RULE, place, message).with_help(help)
}

/// Says how many texts stand in the returns of many organisations.
fn of_many(common: &[Vec<TextAt>]) -> Option<Finding> {
    let organisations: BTreeSet<&str> = common.iter().flatten().map(|place| place.organisation).collect();
    let texts = match common.len() {
        0 => return None,
        1 => "one text of evidence stands".to_owned(),
        texts => format!("{texts} texts of evidence stand"),
    };
    let message = format!(
        "{texts} in near-identical words in the returns of more than {FEW} organisations each, {} in all",
        organisations.len()
    );
    let help = "Such texts are mostly copied from guidance or from a shared template: ask for evidence of one's own.";
    let place = Place::of_season(None, common.iter().flatten().map(|place| place.file));
    Some(Finding::new(&RULE, place, message).with_help(help))
}
