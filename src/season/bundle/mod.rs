//! Bundles: what the returns of several frameworks come to together that one organisation sent.
//!
//! [`bundled`] gives one [`BundleRecord`] for each organisation and bundle of whose members it sent any return. Of each framework the returns
//! count that stand for their organisation, or those of the kind that the member names. What is still awaited leaves the outcome open.

mod told;

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::headline;
use super::{Season, SeasonReturn};
use crate::framework::{self, BandId, Framework, FrameworkId, Member};
use crate::outcome::bundle::{Known, Members, awaited, together};
use crate::review::{OutcomeRecord, ValueRecord, assemble};
use crate::wording::Wording;
use crate::words::number_of;

/// What the instruments of a bundle come to together that an organisation sent.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct BundleRecord {
    /// Whose returns.
    pub organisation: String,
    /// Which bundle, by the name of its pack.
    pub framework: FrameworkId,
    /// Its members, in the pack's order.
    pub members: Vec<MemberRecord>,
    /// What they come to together; an interval while returns are open or awaited.
    pub outcome: OutcomeRecord,
    /// The bundle's named values.
    pub values: Vec<ValueRecord>,
}

/// An instrument of a bundle, with the returns that an organisation sent of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MemberRecord {
    /// Its name in the pack.
    pub id: String,
    /// As people call it.
    pub title: String,
    /// The framework of its returns.
    pub framework: FrameworkId,
    /// The returns that count.
    pub returns: Vec<MemberReturn>,
    /// How many more are wanted at least.
    pub awaited: usize,
}

/// A return in a bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MemberReturn {
    /// Its file.
    pub file: String,
    /// The part of the organisation that it is about; `None` where it is the whole.
    pub unit: Option<String>,
    /// Its band; `None` while answers are missing.
    pub band: Option<BandId>,
    /// The worst band that can come out, while answers are missing.
    pub band_lowest: Option<BandId>,
    /// The best band that can come out.
    pub band_highest: Option<BandId>,
    /// The bands that can come out, where not all between those two can; results leave it out otherwise.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub can_be: Vec<BandId>,
    /// Its total as it is shown.
    pub display: Option<String>,
}

impl BundleRecord {
    /// Whether its outcome can't be told yet.
    pub fn is_open(&self) -> bool {
        self.outcome.band.is_none() && (self.outcome.band_highest.is_some() || self.outcome.highest.is_some())
    }
}

/// Puts the returns of each organisation together that belong to a bundle, in order of the organisations, then of the bundles.
pub(super) fn bundled(season: &Season) -> Vec<BundleRecord> {
    let mut all: Vec<BundleRecord> = Vec::new();
    for bundle in season.frameworks.iter().filter(|framework| framework.is_bundle()) {
        for organisation in organisations(season, bundle) {
            all.push(of_organisation(season, bundle, organisation));
        }
    }
    all.sort_by(|a, b| (&a.organisation, &a.framework).cmp(&(&b.organisation, &b.framework)));
    all
}

/// Returns the organisations that sent something of a bundle.
fn organisations<'a>(season: &'a Season, bundle: &Framework) -> BTreeSet<&'a str> {
    let belongs = |sent: &&SeasonReturn| bundle.members.iter().any(|member| is_of(sent, member));
    season.counted().filter(belongs).filter_map(|sent| sent.organisation.as_deref()).collect()
}

/// Whether a return is one of a member.
fn is_of(sent: &SeasonReturn, member: &Member) -> bool {
    let is_kind = |kind: &String| sent.review.kind.as_deref().is_some_and(|own| Wording::of(own) == Wording::of(kind));
    sent.review.framework.as_ref() == Some(&member.framework) && member.kind.as_ref().is_none_or(is_kind)
}

/// Returns what the returns of one organisation come to.
fn of_organisation(season: &Season, bundle: &Framework, organisation: &str) -> BundleRecord {
    let (mut members, mut records) = (BTreeMap::new(), Vec::new());
    for member in &bundle.members {
        let (known, record) = of_member(season, member, organisation);
        members.insert(member.id.clone(), known);
        records.push(record);
    }
    let bundled = together(bundle, &Members(members));
    BundleRecord {
        organisation: organisation.to_owned(),
        framework: bundle.id.clone(),
        members: records,
        outcome: assemble::awarded(&bundle.outcome, &bundled.award, bundled.is_open),
        values: assemble::named_values(bundle, &bundled.values, &BTreeSet::new()),
    }
}

/// Returns what is known of a member's returns, those that are awaited last.
fn of_member(season: &Season, member: &Member, organisation: &str) -> (Vec<Known>, MemberRecord) {
    let mine = |sent: &&SeasonReturn| sent.organisation.as_deref() == Some(organisation) && is_of(sent, member);
    let sent = headline::of(season.counted().filter(mine), season.frameworks);
    let title = member.called(season.frameworks).to_owned();
    let awaits = member.least.saturating_sub(sent.len());
    let mut known: Vec<Known> = sent.iter().map(|sent| told::known(season, sent)).collect();
    if let Some(framework) = framework::find(season.frameworks, &member.framework, None).filter(|_| awaits > 0) {
        let called = format!("{title}, of which {} more {} wanted", awaits, if awaits == 1 { "is" } else { "are" });
        known.extend(std::iter::repeat_n(awaited(framework, called), awaits));
    }
    let record = MemberRecord {
        id: member.id.clone(),
        title,
        framework: member.framework.clone(),
        returns: sent.iter().map(|sent| told::record(sent)).collect(),
        awaited: awaits,
    };
    (known, record)
}

impl MemberRecord {
    /// Returns how many returns there are of how many that are wanted, in words: "2 of 3 returns".
    pub fn came(&self) -> String {
        let came = self.returns.len();
        let wanted = came + self.awaited;
        if self.awaited == 0 {
            number_of(came, "\u{a4}return", "\u{a4}returns")
        } else {
            format!("{came} of {}", number_of(wanted, "\u{a4}return", "\u{a4}returns"))
        }
    }
}
