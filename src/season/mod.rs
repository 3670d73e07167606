//! The reviews of a season together: which returns count, what only several of them show, and what the network looks like.
//!
//! [`Season::new`] names organisations in one way (`name`), decides which returns count ([`standing`]), and runs the rules that
//! need more than one return ([`rules`]). One return stands for each organisation ([`headline`]). The statistics say what the returns that count come to, with small groups hidden
//! by disclosure control. Returns about the units of an organisation are put together by a declared rule ([`consolidation`]), those of several instruments by
//! a bundle ([`bundle`]). Seasons
//! that are over come in as a [`SeasonRecord`]. Results, tables and reports are all made of one [`Season`].

pub mod about;
pub mod again;
mod alike;
pub mod assessor;
pub mod awaited;
pub mod bundle;
pub mod calendar;
pub mod consolidation;
pub mod decision;
pub mod draw;
pub mod headline;
pub mod leniency;
mod listed;
pub mod members;
pub mod moderation;
mod name;
pub mod namesake;
mod nearest;
pub mod pairs;
pub mod reassessment;
pub mod record;
mod roster;
pub mod rules;
#[cfg(test)]
pub(crate) mod sample;
pub mod standing;
pub mod stored;
pub mod team_notes;
mod usual;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::figure::Disclosure;
use crate::finding::{Finding, Severity};
use crate::framework::{self, FieldRole, Framework, FrameworkId};
use crate::outcome::consolidation::Declared;
use crate::review::Review;
use crate::words::Nouns;
use about::{About, Each, Said as SaidOf};
use assessor::Apart;
use bundle::BundleRecord;
use decision::Decisions;
use moderation::said::Said;
use moderation::{Draw, Moderation};
use name::{Names, UsedName};
use standing::Displaced;

pub use consolidation::Consolidation;
pub use listed::Listed;
pub use record::{RecordedReturn, SeasonRecord};
pub use roster::{Expected, Roster, RosterError};

/// What the season's file says of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// What small groups may show.
    pub disclosure: Disclosure,
    /// By what returns are grouped: columns of the roster, else fields of the cover; `None` is by region and all of the roster's.
    pub group_by: Option<Vec<String>>,
    /// The organisations that agreed to be named with their strengths in what is passed on.
    pub shared_strengths: Vec<String>,
    /// How units make the whole where the return about the whole names no rule; `None` leaves it to the framework.
    pub consolidation: Option<Declared>,
    /// How moderators' returns are drawn.
    pub moderation: Draw,
    /// Within how many percentage points of an average assessor one is within tolerance; `None` is the usual.
    pub tolerance: Option<u32>,
    /// Whether senders are also asked about what nearly every return has; else the team is told of it once.
    pub asks_everybody: bool,
    /// The day as of which all is judged; `None` where each return says it.
    pub data_date: Option<Date>,
    /// The day of letters; `None` where nobody says it.
    pub letter_date: Option<Date>,
}

/// A return in its season.
#[derive(Clone, Debug)]
pub struct SeasonReturn {
    /// All that is known of the file, with its final status.
    pub review: Review,
    /// Whose return it is, under the one name that the season uses; `None` where it doesn't say.
    pub organisation: Option<String>,
    /// The part of the organisation that the return is about, such as a directorate; `None` where it is the whole.
    pub unit: Option<String>,
    /// What the form is sent once for each of, such as a service, as the return says it.
    pub each: Each,
    /// Whether the organisation sent returns about several such on the framework.
    pub is_of_several: bool,
    /// What the return can be grouped by, by column: the roster's, and the cover's region.
    pub groups: BTreeMap<String, String>,
    /// Whether it is the one that stands for its organisation in the figures of the network.
    pub is_headline: bool,
}

impl SeasonReturn {
    /// Whether it takes part in statistics.
    pub fn counts(&self) -> bool {
        self.review.status.counts()
    }

    /// Returns what of its organisation it is about, as that is compared.
    pub fn about(&self) -> About {
        About::of(self.unit.as_deref(), &self.each)
    }

    /// Returns what of its organisation it is about, as people read it: the part, and the service or the like where there are returns about
    /// several; `None` where it doesn't say, or is about the whole.
    pub fn part(&self) -> Option<String> {
        let nothing = Each::new();
        about::named(self.unit.as_deref(), if self.is_of_several { &self.each } else { &nothing })
    }
}

/// The reviews of a season, and what was found across them.
#[derive(Clone, Debug, Default)]
pub struct Season<'a> {
    /// How it is called; `None` where nobody gave it a title.
    pub title: Option<String>,
    /// The day whose state it shows; `None` where neither the season nor a return names one.
    pub date: Option<Date>,
    /// The files, in order of their name.
    pub returns: Vec<SeasonReturn>,
    /// Who was expected; `None` without a roster.
    pub roster: Option<Roster>,
    /// The frameworks that returns may be of.
    pub frameworks: &'a [Framework],
    /// What the season's file says.
    pub settings: Settings,
    /// The season before; `None` where there is no record of it.
    pub previous: Option<SeasonRecord>,
    /// Which returns give way to which.
    pub displaced: Vec<Displaced>,
    /// The assessors who give otherwise than the others.
    pub assessors_apart: Vec<Apart>,
    /// What needs more than one return, or none, to be said.
    pub findings: Vec<Finding>,
    /// What the team decided of findings.
    pub decisions: Decisions,
    /// What the units of organisations come to together.
    pub consolidations: Vec<Consolidation>,
    /// What the instruments of bundles come to together, by organisation.
    pub bundles: Vec<BundleRecord>,
    /// The returns that a moderator looks at, and what is said of them.
    pub moderation: Moderation,
}

/// What a season is made of, beside the reviews.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// Who was expected; `None` without a roster.
    pub roster: Option<Roster>,
    /// What the season's file says.
    pub settings: Settings,
    /// The season before; `None` where there is no record of it.
    pub previous: Option<SeasonRecord>,
    /// What moderators say.
    pub moderated: Vec<Said>,
}

impl<'a> Season<'a> {
    /// Puts reviews together: names, what counts, and what only several returns show.
    pub fn new(frameworks: &'a [Framework], mut surroundings: Surroundings, mut reviews: Vec<Review>) -> Self {
        let said = std::mem::take(&mut surroundings.moderated);
        reviews.sort_by(|a, b| a.file.cmp(&b.file));
        let mut season = Self::placed(frameworks, surroundings, reviews);
        season.displaced = standing::decide(&mut season.returns, frameworks);
        headline::mark(&mut season.returns, frameworks);
        again::settle(&mut season.returns, frameworks);
        season.assessors_apart = assessor::apart(&season);
        season.bundles = bundle::bundled(&season);
        season.findings = rules::run(rules::RULES, &season);
        if !season.settings.asks_everybody {
            rules::finding_systemic::tell_once(&mut season);
        }
        let declared = season.settings.consolidation.as_ref();
        season.consolidations = consolidation::consolidate(&season.returns, frameworks, declared);
        season.moderation = moderation::moderate(&season, &said);
        // Only what is done above compares evidence and contents, and evidence is long.
        season.returns.iter_mut().for_each(|sent| sent.review.evidence = Vec::new());
        season.returns.iter_mut().for_each(|sent| sent.review.content = String::new());
        season
    }

    /// Holds reviews of single files, in this order: they are compared with those of last season, not with one another.
    pub fn of_files(frameworks: &'a [Framework], previous: Option<SeasonRecord>, reviews: Vec<Review>) -> Self {
        let mut season = Self::placed(frameworks, Surroundings { previous, ..Surroundings::default() }, reviews);
        season.findings = rules::run(&[rules::change_implausible::CHECK], &season);
        season.returns.iter_mut().for_each(|sent| sent.review.content = String::new());
        // Results tell the seasons that a season was compared with, and files are no season.
        season.previous = None;
        season
    }

    /// Gives each return its organisation's one name and what it can be grouped by.
    fn placed(frameworks: &'a [Framework], surroundings: Surroundings, reviews: Vec<Review>) -> Self {
        let Surroundings { roster, settings, previous, moderated: _ } = surroundings;
        let listed = roster.iter().flat_map(Roster::organisations).map(|expected| expected.organisation.as_str());
        let mut names_used: Vec<&str> = listed.collect();
        let names = Names::new(&names_used, reviews.iter().filter_map(UsedName::of));
        let returns = reviews.into_iter().map(|review| {
            let organisation = review.organisation.as_deref().and_then(|used| names.one(used)).map(ToOwned::to_owned);
            let expected = organisation.as_deref().and_then(|organisation| roster.as_ref()?.find(organisation));
            let groups = groups(frameworks, &settings, &review, expected);
            let (unit, each) = (unit(frameworks, &review), about::each(frameworks, &review));
            SeasonReturn { organisation, unit, each, is_of_several: false, groups, review, is_headline: false }
        });
        let mut returns: Vec<SeasonReturn> = returns.collect();
        settle(&mut returns);
        names_used.extend(returns.iter().filter_map(|sent| sent.organisation.as_deref()));
        let previous = previous.map(|record| record.in_names_of(&names_used).in_words_of(&returns));
        Self { returns, roster, frameworks, settings, previous, ..Self::default() }
    }

    /// Gives the season its title and its day.
    #[must_use]
    pub fn called(self, title: Option<String>, date: Option<Date>) -> Self {
        Self { title, date, ..self }
    }

    /// Returns an organisation's name, with the part or service of it that a return is about where there are several.
    pub fn whose(&self, file: &str, organisation: &str) -> String {
        let part = self.of_file(file).and_then(SeasonReturn::part);
        part.map_or_else(|| organisation.to_owned(), |part| format!("{organisation}, {part}"))
    }

    /// Returns the reviews, in order of their files.
    pub fn reviews(&self) -> impl Iterator<Item = &Review> {
        self.returns.iter().map(|sent| &sent.review)
    }

    /// Returns the returns that count.
    pub fn counted(&self) -> impl Iterator<Item = &SeasonReturn> {
        self.returns.iter().filter(|sent| sent.counts())
    }

    /// Returns the returns that count and stand for their organisations, one each.
    pub fn headline(&self) -> impl Iterator<Item = &SeasonReturn> {
        self.counted().filter(|sent| sent.is_headline)
    }

    /// Returns those of one framework.
    pub fn headline_of<'b>(&'b self, framework: &FrameworkId) -> impl Iterator<Item = &'b SeasonReturn> {
        self.headline().filter(move |sent| sent.review.framework.as_ref() == Some(framework))
    }

    /// Returns the returns of one framework that are compared with last season's, one an organisation, each with what stood then.
    pub fn matched(&self, framework: &FrameworkId) -> Vec<(&SeasonReturn, &RecordedReturn)> {
        let Some(previous) = &self.previous else { return Vec::new() };
        let mine = self.counted().filter(|sent| sent.review.framework.as_ref() == Some(framework));
        let stood = |sent: &SeasonReturn| previous.stood(self.framework(&sent.review)?, sent);
        let both = headline::of(mine.filter(|sent| stood(sent).is_some()), self.frameworks).into_iter();
        both.filter_map(|sent| Some((sent, stood(sent)?))).collect()
    }

    /// Returns the returns that count, by framework.
    pub fn by_framework(&self) -> BTreeMap<&FrameworkId, Vec<&SeasonReturn>> {
        let mut frameworks: BTreeMap<&FrameworkId, Vec<&SeasonReturn>> = BTreeMap::new();
        for sent in self.counted() {
            if let Some(framework) = &sent.review.framework {
                frameworks.entry(framework).or_default().push(sent);
            }
        }
        frameworks
    }

    /// Returns the return in this file.
    pub fn of_file(&self, file: &str) -> Option<&SeasonReturn> {
        self.returns.iter().find(|sent| sent.review.file == file)
    }

    /// Returns the assessor of the return in this file, where they give otherwise than the others.
    pub fn assessor_apart(&self, file: &str) -> Option<&Apart> {
        self.assessors_apart.iter().find(|apart| apart.files.iter().any(|other| other == file))
    }

    /// Returns the organisation of the return in this file.
    pub fn organisation_of(&self, file: &str) -> Option<&str> {
        self.of_file(file)?.organisation.as_deref()
    }

    /// Returns all findings, each with its return.
    pub fn listed(&self) -> impl Iterator<Item = Listed<'_>> {
        Listed::all(self.reviews(), &self.findings)
    }

    /// Returns the severity of the worst finding; `None` where there is no finding.
    pub fn worst(&self) -> Option<Severity> {
        self.listed().map(|listed| listed.finding.severity).max()
    }

    /// Returns the framework of a review.
    pub fn framework(&self, review: &Review) -> Option<&'a Framework> {
        review.framework_among(self.frameworks)
    }

    /// Returns the framework of this name: the first, where there are versions of it.
    pub fn framework_named(&self, id: &str) -> Option<&'a Framework> {
        framework::find(self.frameworks, id, None)
    }

    /// Returns the words for what a season is about: those of its framework, where all returns are of one.
    pub fn nouns(&self) -> Nouns {
        framework::nouns(self.frameworks_used())
    }

    /// Returns the frameworks that returns of this season are of, in order of their names.
    pub fn frameworks_used(&self) -> Vec<&'a Framework> {
        let used = |framework: &&Framework| {
            self.returns.iter().any(|sent| sent.review.framework.as_ref() == Some(&framework.id))
        };
        let mut frameworks: Vec<&Framework> = self.frameworks.iter().filter(used).collect();
        frameworks.sort_by(|a, b| (&a.id, &a.version).cmp(&(&b.id, &b.version)));
        frameworks.dedup_by(|later, first| later.id == first.id);
        frameworks
    }
}

/// Gives returns one name for each thing that they are about.
fn settle(returns: &mut [SeasonReturn]) {
    let settled = about::settled(&returns.iter().map(SaidOf::of).collect::<Vec<_>>());
    for (sent, each) in returns.iter_mut().zip(settled) {
        sent.each = each;
    }
    let several = about::are_of_several(&returns.iter().map(SaidOf::of).collect::<Vec<_>>());
    for (sent, is_of_several) in returns.iter_mut().zip(several) {
        sent.is_of_several = is_of_several;
    }
}

/// Returns the part of the organisation that a return is about, where the form has a field for it and that is filled in.
pub(crate) fn unit(frameworks: &[Framework], review: &Review) -> Option<String> {
    let framework = review.framework_among(frameworks)?;
    let whole = framework.consolidation.as_ref().map(|spec| spec.whole_kind.as_str());
    let named = review.role(framework, FieldRole::Unit);
    named.filter(|_| whole.is_none() || review.kind.as_deref() != whole).map(ToString::to_string)
}

/// Returns what a return is grouped by: the season's choice, else the cover's region and all columns of the roster. The roster
/// comes before the cover.
fn groups(
    frameworks: &[Framework],
    settings: &Settings,
    review: &Review,
    expected: Option<&Expected>,
) -> BTreeMap<String, String> {
    let framework = review.framework_among(frameworks);
    let region = framework.and_then(|framework| framework.field_for(FieldRole::Region));
    let region = region.and_then(|field| review.fields.get(field.id.as_str()));
    let mut groups: BTreeMap<String, String> =
        region.map(|region| ("region".to_owned(), region.to_string())).into_iter().collect();
    let listed = expected.iter().flat_map(|expected| expected.columns.clone());
    let Some(wanted) = &settings.group_by else {
        groups.extend(listed);
        return groups;
    };
    groups.extend(wanted.iter().filter_map(|name| Some((name.clone(), review.fields.get(name.as_str())?.to_string()))));
    groups.extend(listed);
    groups.retain(|name, _| wanted.contains(name));
    groups
}
