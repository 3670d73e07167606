//! What moderators say of returns: read from a list that they fill in, or from workbooks of their own, and put to the returns that it is
//! about.
//!
//! The list is `data/moderation.csv` or the season workbook's sheet, with the outcome filled in that a moderator gives. Its columns are
//! found by their words, in any order, below whatever title stands above them. A workbook of a moderator's own is the return's form,
//! answered as the moderator judges; its outcome is worked out as the return's is. A list tells how its returns were drawn, so that
//! the draw is kept when it comes back, and which outcome they had then: what a moderator says of a return that has another outcome since
//! is about a workbook that is no more. Of schemes without outcomes what a moderator says is enough.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::Season;
use super::drawn::NOT_DRAWN;
use crate::framework::{Band, BandId, FieldRole, Framework, FrameworkId};
use crate::review::{Review, Status};
use crate::season::about::{self, Each};
use crate::season::roster::RosterError;
use crate::season::roster::lines::{self, Line};
use crate::season::{SeasonReturn, unit};
use crate::wording::{Wording, nearest};
use crate::words::{list_of_at_most, number_of};
use crate::workbook::Source;

/// The word for an outcome that isn't settled.
pub const OPEN: &str = "open";

/// A name that is meant is at least so much like the one that is written.
const LIKE: f64 = 0.85;

/// What a column holds, by the words that may stand above it.
const HEADINGS: [(Holds, &[&str]); 18] = [
    (Holds::File, &["workbook", "file"]),
    (Holds::Organisation, &["organisation", "organization"]),
    (Holds::Framework, &["framework"]),
    (Holds::Part, &["part"]),
    (Holds::Moderator, &["moderator"]),
    (Holds::Outcome, &["outcome after moderation", "moderated outcome"]),
    (Holds::Remark, &["what the moderator says", "remark", "remarks"]),
    (Holds::Seed, &["seed"]),
    (Holds::Kind, &["kind"]),
    (Holds::AsSent, &["outcome", "band"]),
    (Holds::Seen, &["outcome looked at", "seen band"]),
    (Holds::Place, &["place"]),
    (Holds::WhenDrawn, &["outcome when drawn", "drawn band"]),
    (Holds::DrawnFor, &["drawn as", "drawn for"]),
    (Holds::Risks, &["what asks for it", "risks"]),
    (Holds::From, &["drawn from"]),
    (Holds::Taken, &["drawn of these"]),
    (Holds::Chance, &["chance", "probability"]),
];

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holds {
    File,
    Organisation,
    Framework,
    Part,
    Moderator,
    Outcome,
    Remark,
    Seed,
    Kind,
    AsSent,
    Seen,
    Place,
    WhenDrawn,
    DrawnFor,
    Risks,
    From,
    Taken,
    Chance,
}

/// How a return was drawn, as a list has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DrawnAs {
    /// Its place in the draw.
    pub place: String,
    /// The outcome that it had.
    pub outcome: String,
    /// For what it was drawn.
    pub drawn: String,
    /// What asks for a second look.
    pub risks: String,
    /// From how many it was drawn.
    pub from: String,
    /// How many of these were.
    pub taken: String,
    /// How likely it was.
    pub chance: String,
}

/// What a line or a workbook says of a return.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Where that stands: the line, or the workbook.
    pub(super) at: String,
    /// The return's file.
    pub file: String,
    /// Whose it is.
    pub organisation: String,
    /// The framework.
    pub framework: String,
    /// The part of the organisation.
    pub part: String,
    /// The kind of return.
    pub kind: String,
    /// Who looked at it.
    pub moderator: String,
    /// The outcome that the moderator gives.
    pub outcome: String,
    /// What the moderator says beside.
    pub remark: String,
    /// The outcome that the return had when the list was made.
    as_sent: String,
    /// The outcome that it had when the moderator looked at it; empty where that is the one when the list was made.
    seen: String,
    /// How the return was drawn.
    pub drawn: DrawnAs,
    /// What the draw hung on in which the list was made; empty where it doesn't say.
    pub(super) seed: String,
    /// Why a workbook says nothing; empty where it does.
    unfit: &'static str,
    /// The moderator's own workbook; `None` of a line.
    workbook: Option<OwnWorkbook>,
}

/// What a moderator's own workbook is known by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct OwnWorkbook {
    /// What of the organisation it is about, as its cover says.
    each: Each,
    /// The digest of the file.
    sha256: String,
    /// The digest of what its cells hold; empty where that isn't known.
    content: String,
}

/// What a moderator says of a return.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Moderated {
    /// The return.
    pub file: String,
    /// The framework.
    pub framework: FrameworkId,
    /// Who looked at it; empty where that isn't said.
    pub moderator: String,
    /// The outcome that the moderator gives; `None` where the framework has none.
    pub band: Option<BandId>,
    /// What the moderator says beside.
    pub remark: String,
}

/// What moderators say that isn't put to a return.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// The framework that it is about; `None` where it names none that is known.
    pub framework: Option<FrameworkId>,
    /// Where it stands, and why it isn't, as a sentence without its end.
    pub why: String,
}

/// Why a list of what moderators say can't be used.
#[derive(Debug, thiserror::Error)]
pub enum ModeratedError {
    /// It can't be read.
    #[error(transparent)]
    Unread(#[from] RosterError),
    /// Its headings aren't there.
    #[error(
        "no line has the headings \u{201c}Workbook\u{201d} (or \u{201c}Organisation\u{201d}) and \u{201c}Outcome after moderation\u{201d}; fill in data/moderation.csv or the sheet \u{201c}Moderation\u{201d} of the season workbook"
    )]
    NoHeadings,
}

/// Reads what moderators say.
///
/// ```
/// # use scrutineer::season::moderation::said;
/// # use scrutineer::workbook::Source;
/// let list = "file,moderator,moderated_outcome,remark\nacme.xlsx,A. Moderator,good,as sent\n";
/// assert_eq!(said::read(&Source::new("moderated.csv", list.as_bytes().to_vec())).unwrap().len(), 1);
/// ```
pub fn read(file: &Source) -> Result<Vec<Said>, ModeratedError> {
    let lines = lines::read(file, &|lines| headings(lines).is_some())?;
    of_lines(&lines).ok_or(ModeratedError::NoHeadings)
}

/// Returns what the lines of a list say; `None` where none has the headings.
pub(in crate::season) fn of_lines(lines: &[Line]) -> Option<Vec<Said>> {
    let (columns, below) = headings(lines)?;
    let said = below.iter().map(|line| Said::of(line, &columns));
    Some(said.filter(|said| said.has_words() || said.is_drawn()).collect())
}

/// Returns what each column holds, and the lines below; `None` where no line has the headings.
fn headings(lines: &[Line]) -> Option<(Vec<Option<Holds>>, &[Line])> {
    let of = |line: &Line| -> Vec<Option<Holds>> { line.entries.iter().map(|heading| Holds::of(heading)).collect() };
    let is_heading = |line: &Line| {
        let columns = of(line);
        let has = |one: Holds| columns.contains(&Some(one));
        has(Holds::Outcome) && (has(Holds::File) || has(Holds::Organisation))
    };
    let (heading, below) = lines::below_heading(lines, is_heading)?;
    Some((of(heading), below))
}

impl Holds {
    /// Returns what stands below a heading; `None` where it is none of ours.
    fn of(heading: &str) -> Option<Self> {
        let words = Wording::of(&heading.replace('_', " "));
        HEADINGS.iter().find(|(_, names)| names.contains(&words.as_str())).map(|(holds, _)| *holds)
    }
}

impl Said {
    fn of(line: &Line, columns: &[Option<Holds>]) -> Self {
        let mut said = Self { at: format!("line {}", line.number), ..Self::default() };
        for (holds, entry) in columns.iter().zip(&line.entries) {
            let place = match holds {
                Some(Holds::File) => &mut said.file,
                Some(Holds::Organisation) => &mut said.organisation,
                Some(Holds::Framework) => &mut said.framework,
                Some(Holds::Part) => &mut said.part,
                Some(Holds::Moderator) => &mut said.moderator,
                Some(Holds::Outcome) => &mut said.outcome,
                Some(Holds::Remark) => &mut said.remark,
                Some(Holds::Seed) => &mut said.seed,
                Some(Holds::Kind) => &mut said.kind,
                Some(Holds::AsSent) => &mut said.as_sent,
                Some(Holds::Seen) => &mut said.seen,
                Some(Holds::Place) => &mut said.drawn.place,
                Some(Holds::WhenDrawn) => &mut said.drawn.outcome,
                Some(Holds::DrawnFor) => &mut said.drawn.drawn,
                Some(Holds::Risks) => &mut said.drawn.risks,
                Some(Holds::From) => &mut said.drawn.from,
                Some(Holds::Taken) => &mut said.drawn.taken,
                Some(Holds::Chance) => &mut said.drawn.chance,
                None => continue,
            };
            entry.clone_into(place);
        }
        if columns.contains(&Some(Holds::AsSent)) && said.as_sent.is_empty() && said.is_drawn() {
            OPEN.clone_into(&mut said.as_sent);
        }
        said
    }

    /// Returns what a moderator's own workbook says.
    pub fn of_workbook(review: &Review, frameworks: &[Framework]) -> Self {
        let framework = review.framework_among(frameworks);
        let role = |role| framework.and_then(|of| review.role(of, role)).map(ToString::to_string).unwrap_or_default();
        Self {
            at: review.file.clone(),
            file: if review.organisation.is_none() { review.file.clone() } else { String::new() },
            organisation: review.organisation.clone().unwrap_or_default(),
            kind: review.kind.clone().unwrap_or_default(),
            framework: review.framework.as_ref().map(ToString::to_string).unwrap_or_default(),
            part: unit(frameworks, review).unwrap_or_default(),
            moderator: role(FieldRole::Assessor),
            outcome: review.settled().map(ToString::to_string).unwrap_or_default(),
            unfit: match review.status {
                Status::Unreadable => "it can\u{2019}t be read",
                Status::Unrecognised => "it is of no known framework",
                Status::Scored | Status::Provisional | Status::Duplicate | Status::Superseded => "",
            },
            workbook: Some(OwnWorkbook {
                each: about::each(frameworks, review),
                sha256: review.sha256.clone(),
                content: review.content.clone(),
            }),
            ..Self::default()
        }
    }

    /// Returns the same of a list in this file, where several files are read.
    #[must_use]
    pub fn within(self, file: &str) -> Self {
        Self { at: format!("{file}, {}", self.at), ..self }
    }

    /// Whether it is a workbook of a moderator's own.
    pub(super) fn is_workbook(&self) -> bool {
        self.workbook.is_some()
    }

    /// Whether a moderator wrote something of the return.
    pub fn has_words(&self) -> bool {
        [&self.moderator, &self.outcome, &self.remark].iter().any(|words| !words.is_empty())
    }

    /// Whether a moderator judged the return.
    fn is_judged(&self) -> bool {
        self.is_workbook() || !self.outcome.is_empty() || !self.remark.is_empty()
    }

    /// Whether a list says that the return was drawn.
    pub fn is_drawn(&self) -> bool {
        let drawn = &self.drawn.drawn;
        !drawn.is_empty() && Wording::of(drawn) != Wording::of(NOT_DRAWN)
    }

    /// Returns the outcome that the return had when a moderator looked at it, as it is written; empty where that isn't known.
    pub fn seen(&self) -> &str {
        if self.seen.is_empty() { &self.as_sent } else { &self.seen }
    }

    /// Returns the outcome that the return had when it was drawn, as it is written.
    pub(super) fn when_drawn(&self) -> &str {
        if self.drawn.outcome.is_empty() { &self.as_sent } else { &self.drawn.outcome }
    }

    /// Returns what it is called in a sentence.
    fn named(&self) -> &str {
        if self.file.is_empty() { &self.organisation } else { &self.file }
    }

    /// Whether a return is of the organisation and on the framework that it is about, whatever its file is called, and in whatever spelling that the
    /// season takes for one.
    fn is_about(&self, season: &Season, sent: &SeasonReturn, spelled: Option<&str>) -> bool {
        // A workbook that was put right may have another name.
        let is_whose =
            |own: &String| Wording::of(&self.organisation) == Wording::of(own) || spelled == Some(own.as_str());
        let framework = season.framework(&sent.review);
        let of_framework = self.framework.is_empty() || framework.is_some_and(|own| own.is_called(&self.framework));
        let mut names = sent.organisation.iter().chain(&sent.review.organisation);
        let is_other = self.workbook.as_ref().is_some_and(|own| about::are_others(&own.each, &sent.each));
        !self.organisation.is_empty() && of_framework && names.any(is_whose) && !is_other
    }

    /// Returns the return that a moderator's own workbook is, as it was sent or saved again, instead of an answer of the moderator's.
    fn as_sent<'a>(&self, season: &'a Season) -> Option<&'a SeasonReturn> {
        let own = self.workbook.as_ref()?;
        let is_it = |review: &Review| {
            (!own.sha256.is_empty() && own.sha256 == review.sha256)
                || (!own.content.is_empty() && own.content == review.content)
        };
        season.returns.iter().find(|sent| is_it(&sent.review))
    }

    /// Whether a return is about the part of an organisation that it names, or about the whole where it names none.
    fn is_of_part(&self, sent: &SeasonReturn) -> bool {
        let is_it = |part: &str| Wording::of(&self.part) == Wording::of(part);
        let is_each = || sent.each.values().any(|said| is_it(said));
        is_it(sent.unit.as_deref().unwrap_or_default()) || is_it(&sent.part().unwrap_or_default()) || is_each()
    }

    /// Says why it isn't put to a return.
    pub(super) fn doubt(&self, season: &Season, why: String) -> Doubt {
        let named = season.frameworks.iter().find(|framework| framework.is_called(&self.framework));
        Doubt { framework: named.map(|framework| framework.id.clone()), why }
    }

    /// Returns the framework that it is about: the one it names, or the only one of the season.
    pub(super) fn framework<'a>(&self, season: &Season<'a>) -> Option<&'a Framework> {
        if !self.framework.is_empty() {
            return season.frameworks.iter().find(|framework| framework.is_called(&self.framework));
        }
        <[&Framework; 1]>::try_from(season.frameworks_used()).ok().map(|[only]| only)
    }
}

/// What a moderator wrote of a return, beside which it is shown again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The return that it is about; `None` where it can't be put to one.
    pub file: Option<String>,
    /// What is written.
    pub said: Said,
    /// The outcome that the return had when the moderator looked at it, as it is written; empty where that isn't known.
    pub seen: String,
    /// What counts of it.
    pub moderated: Option<Moderated>,
}

impl Written {
    /// Whether somebody wrote it as a moderator: of moderators' own workbooks only what counts is theirs for certain.
    pub(super) fn is_moderators(&self) -> bool {
        self.moderated.is_some() || !self.said.is_workbook() && self.said.has_words()
    }
}

/// Returns why all draws in moderators' lists aren't one; `None` where they are.
pub(super) fn several_draws(said: &[Said]) -> Option<String> {
    let drawn = said.iter().filter(|one| one.is_drawn() && !one.seed.is_empty());
    let seeds: BTreeSet<&str> = drawn.map(|one| one.seed.as_str()).collect();
    let named = list_of_at_most(&seeds.iter().collect::<Vec<_>>(), 9);
    (seeds.len() > 1)
        .then(|| format!("the returns were drawn by several seeds ({named}), so none of these draws is kept"))
}

/// Returns what the draw hung on in which moderators' lists were made; `None` where they don't say, or not the same.
pub(super) fn seed(said: &[Said]) -> Option<&str> {
    let mut seeds = said.iter().map(|one| one.seed.as_str()).filter(|seed| !seed.is_empty());
    let first = seeds.next()?;
    seeds.all(|other| other == first).then_some(first)
}

/// Puts what moderators say to the returns that stand for their organisations, and tells what can't be put to one.
pub(super) fn settle(season: &Season, said: &[Said]) -> (Vec<Written>, Vec<Doubt>) {
    let meant: Vec<Option<String>> =
        said.iter().map(|one| Some(meant(season, one).ok()?.review.file.clone())).collect();
    let listed = said.iter().zip(&meant).filter(|(one, _)| !one.is_workbook() && !one.seen().is_empty());
    let listed: BTreeMap<&str, &str> =
        listed.filter_map(|(one, file)| Some((file.as_deref()?, one.seen()))).rev().collect();
    let mut doubts: Vec<Doubt> = Vec::new();
    let mut places: BTreeMap<String, &str> = BTreeMap::new();
    let mut written: Vec<Written> = Vec::new();
    for (one, file) in said.iter().zip(&meant) {
        let of_list = file.as_deref().filter(|_| one.is_workbook()).and_then(|file| listed.get(file));
        let seen = of_list.copied().unwrap_or_else(|| one.seen());
        let judged = (one.is_judged() || is_enough(season, one, file.as_deref()))
            .then(|| settled(season, one, seen))
            .transpose();
        let counted = judged.map_err(|why| format!("{}: {why}", one.at)).and_then(|new| first(&mut places, one, new));
        let moderated = counted.unwrap_or_else(|why| {
            doubts.push(one.doubt(season, why));
            None
        });
        written.push(Written { file: file.clone(), said: one.clone(), seen: seen.to_owned(), moderated });
    }
    (written, doubts)
}

/// Returns what is said of a return, where nothing was said of it before.
fn first<'a>(
    places: &mut BTreeMap<String, &'a str>,
    said: &'a Said,
    new: Option<Moderated>,
) -> Result<Option<Moderated>, String> {
    let Some(new) = new else { return Ok(None) };
    match places.entry(new.file.clone()) {
        Entry::Occupied(first) => {
            let (at, first) = (&said.at, first.get());
            Err(format!("{at} is about {}, as {first} is; the first one counts", new.file))
        }
        Entry::Vacant(place) => {
            place.insert(&said.at);
            Ok(Some(new))
        }
    }
}

/// Puts what a moderator says to a return that had this outcome when the moderator looked at it.
fn settled(season: &Season, said: &Said, seen: &str) -> Result<Moderated, String> {
    if !said.unfit.is_empty() {
        return Err(said.unfit.to_owned());
    }
    if let Some(sent) = said.as_sent(season) {
        let file = &sent.review.file;
        return Err(format!(
            "it is {file} itself, as that was sent, and no moderator\u{2019}s answer; who agrees with all of it fills in the list"
        ));
    }
    let sent = meant(season, said)?;
    let framework = season.framework(&sent.review).ok_or_else(|| format!("no outcome is known of {}", said.named()))?;
    let band = outcome(framework, &said.outcome)?;
    changed_since(framework, sent, seen)?;
    // Where there are no outcomes, what stands in their place is a remark.
    let outcome = Some(said.outcome.as_str()).filter(|_| band.is_none());
    let remarks = outcome.into_iter().chain([said.remark.as_str()]).filter(|remark| !remark.is_empty());
    Ok(Moderated {
        file: sent.review.file.clone(),
        framework: framework.id.clone(),
        moderator: said.moderator.clone(),
        band,
        remark: remarks.collect::<Vec<_>>().join("; "),
    })
}

/// Says so where a return has another outcome than when a moderator looked at it.
fn changed_since(framework: &Framework, sent: &SeasonReturn, seen: &str) -> Result<(), String> {
    if seen.is_empty() || framework.outcome.bands.is_empty() {
        return Ok(());
    }
    let (then, now) = (as_sent(framework, seen)?, sent.review.settled());
    let title = |band: Option<&BandId>| {
        band.map_or("open".to_owned(), |band| format!("\u{201c}{}\u{201d}", framework.band_title(band)))
    };
    if then.as_ref() == now {
        return Ok(());
    }
    Err(format!(
        "{} was {} when it was looked at and is {} now, so this says nothing of it; look again, and put what it is now under \u{201c}Outcome looked at\u{201d}",
        sent.review.file,
        title(then.as_ref()),
        title(now)
    ))
}

/// Returns the outcome as sent that a list names; `None` where it is open.
pub(super) fn as_sent(framework: &Framework, named: &str) -> Result<Option<BandId>, String> {
    let is_open = named.is_empty() || Wording::of(named) == Wording::of(OPEN);
    if is_open { Ok(None) } else { outcome(framework, named) }
}

/// Returns the return that is meant, which stands for its organisation: what is found of it is told of the others.
pub(super) fn meant<'a>(season: &'a Season, said: &Said) -> Result<&'a SeasonReturn, String> {
    let file = Wording::of(&said.file);
    let by_file = |sent: &&SeasonReturn| Wording::of(&sent.review.file) == file;
    let spelled = one_name(season, &said.organisation);
    let is_of_kind = |sent: &&SeasonReturn| {
        sent.review.kind.as_deref() == Some(&said.kind) && said.is_about(season, sent, spelled) && said.is_of_part(sent)
    };
    let of_kind: Vec<&SeasonReturn> = season.counted().filter(is_of_kind).collect();
    let only = <[&SeasonReturn; 1]>::try_from(of_kind).ok().map(|[only]| only);
    match season.counted().find(by_file).or(only) {
        Some(sent) if sent.is_headline => Ok(sent),
        Some(sent) => Err(stands_back(season, sent)),
        None => of_organisation(season, said),
    }
}

/// Says which return stands for an organisation instead of this one.
fn stands_back(season: &Season, sent: &SeasonReturn) -> String {
    let is_same = |other: &&SeasonReturn| {
        other.review.framework == sent.review.framework && other.organisation == sent.organisation
    };
    let others: Vec<&str> = season.headline().filter(is_same).map(|other| other.review.file.as_str()).collect();
    let whose = sent.organisation.as_deref().unwrap_or(&sent.review.file);
    let (file, others) = (&sent.review.file, list_of_at_most(&others, 3));
    format!("{file} isn\u{2019}t what stands for {whose} in the figures, and is left out; look at {others}")
}

/// Returns the one return that stands for the organisation, or for the part of it, that is named.
fn of_organisation<'a>(season: &'a Season, said: &Said) -> Result<&'a SeasonReturn, String> {
    // A line of a list names the kind of a file that is no more: another kind is another return.
    let is_other_kind = |sent: &SeasonReturn| {
        let names_it = !said.is_workbook() && !said.file.is_empty() && !said.kind.is_empty();
        names_it && sent.review.kind.as_deref().is_some_and(|kind| Wording::of(kind) != Wording::of(&said.kind))
    };
    let spelled = one_name(season, &said.organisation);
    let about = season.headline().filter(|sent| said.is_about(season, sent, spelled) && !is_other_kind(sent));
    let about: Vec<&SeasonReturn> = about.collect();
    let exact: Vec<&SeasonReturn> = about.iter().copied().filter(|sent| said.is_of_part(sent)).collect();
    let fitting = if exact.is_empty() && said.part.is_empty() { about } else { exact };
    match fitting[..] {
        [] => Err(none(season, said)),
        [sent] => Ok(sent),
        [..] => Err(several(season, said, &fitting)),
    }
}

/// Whether a moderator's name alone says that a return was looked at: where a scheme has no outcomes, nothing else has to be said.
fn is_enough(season: &Season, said: &Said, file: Option<&str>) -> bool {
    let framework = file.and_then(|file| season.framework(&season.of_file(file)?.review));
    !said.moderator.is_empty() && framework.is_some_and(|framework| framework.outcome.bands.is_empty())
}

/// Returns the one name by which the season calls an organisation that a return spells so; `None` where none does.
fn one_name<'a>(season: &'a Season, spelled: &str) -> Option<&'a str> {
    let wording = Wording::of(spelled);
    let is_spelled =
        |sent: &&SeasonReturn| sent.review.organisation.as_deref().is_some_and(|own| Wording::of(own) == wording);
    season.returns.iter().find(is_spelled).and_then(|sent| sent.organisation.as_deref())
}

/// Says that no return is meant: none is called so, or none is about what the moderator's own workbook is about.
fn none(season: &Season, said: &Said) -> String {
    let each = said.workbook.as_ref().and_then(|own| about::named(None, &own.each));
    let is_whose = |sent: &&SeasonReturn| {
        sent.organisation.as_deref().is_some_and(|own| Wording::of(own) == Wording::of(&said.organisation))
    };
    match each.filter(|_| season.headline().any(|sent| is_whose(&sent))) {
        Some(each) => format!("no return of {} that counts is about {each}", said.named()),
        None => format!("no return that counts is called {}{}", said.named(), meant_by(season, said)),
    }
}

/// Returns the nearest name of an organisation as the end of a sentence; nothing where none is near.
fn meant_by(season: &Season, said: &Said) -> String {
    let names = season.headline().filter_map(|sent| sent.organisation.as_deref());
    let names = names.filter(|name| Wording::of(name) != Wording::of(&said.organisation));
    let near = nearest(&said.organisation, names, LIKE);
    near.map_or_else(String::new, |near| format!("; did you mean \u{201c}{near}\u{201d}?"))
}

/// Says that several returns may be meant, and what tells them apart.
fn several(season: &Season, said: &Said, fitting: &[&SeasonReturn]) -> String {
    let of = |sent: &&SeasonReturn| season.framework(&sent.review).map(|framework| framework.title.clone());
    let frameworks: BTreeSet<String> = fitting.iter().filter_map(of).collect();
    let parts: BTreeSet<String> = fitting.iter().filter_map(|sent| sent.part()).collect();
    let (heading, apart) = if frameworks.len() > 1 { ("Framework", frameworks) } else { ("Part", parts) };
    let apart = list_of_at_most(&apart.into_iter().collect::<Vec<_>>(), 9);
    let returns = number_of(fitting.len(), "return", "returns");
    let how = match said.workbook {
        Some(_) => "its cover has to say which of them it is about".to_owned(),
        None => format!("say under \u{201c}{heading}\u{201d} which is meant"),
    };
    format!("{returns} of {} count ({apart}); {how}", said.named())
}

/// Returns the outcome that is called so, by its title or its name.
pub fn band_named<'a>(framework: &'a Framework, named: &str) -> Option<&'a Band> {
    let wording = Wording::of(named);
    let is_it = |title: &str| Wording::of(title) == wording;
    framework.outcome.bands.iter().find(|band| is_it(&band.title) || is_it(&band.id))
}

/// Returns the outcome that a moderator names, by its title or its name; `None` where the framework has none.
fn outcome(framework: &Framework, named: &str) -> Result<Option<BandId>, String> {
    let bands = &framework.outcome.bands;
    if bands.is_empty() {
        return Ok(None);
    }
    let band = band_named(framework, named);
    let titles: Vec<String> = bands.iter().map(|band| band.title.clone()).collect();
    band.map(|band| Some(band.id.clone())).ok_or_else(|| match named {
        "" => "no outcome after moderation comes of it; each return that was looked at needs one, also where it stays"
            .to_owned(),
        named => format!("“{named}” is no outcome of {}; it has {}", framework.title, list_of_at_most(&titles, 9)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::season::moderation::{Drawn, DrawnFor, Moderation};
    use crate::season::{Surroundings, sample};

    fn season<'a>(frameworks: &'a [Framework], list: &str) -> Season<'a> {
        let moderated = read(&Source::new("moderated.csv", list.as_bytes().to_vec())).unwrap();
        let surroundings = Surroundings { moderated, ..Surroundings::default() };
        Season::new(frameworks, surroundings, sample::reviews(&frameworks[0], 12, 5))
    }

    #[test]
    fn what_moderators_say_is_put_to_the_return_that_they_name() {
        let frameworks = [sample::usual()];
        let file = "Organisation 02 Self-assessment.xlsx";
        let cases = [
            (format!("file,moderated_outcome\n{file},good\n"), file),
            (format!("Workbook;Outcome after moderation\n{file};Good\n"), file),
            (format!("Moderation\n\nOrganisation\tOutcome after moderation\tWorkbook\n\tGOOD\t{file}\n"), file),
            (
                "organisation,moderated_outcome\nOrganisation 01,Good\n".to_owned(),
                "Organisation 01 External assessment.xlsx",
            ),
            (
                "organisation,file,moderated_outcome\nORGANISATION 01,old name.xlsx,Good\n".to_owned(),
                "Organisation 01 External assessment.xlsx",
            ),
            (format!("organisation,framework,file,moderated_outcome\n,Sample Framework,{file},Good\n"), file),
        ];
        for (list, expected) in cases {
            let moderation = season(&frameworks, &list).moderation;
            assert_eq!(moderation.doubts, Vec::<Doubt>::new(), "{list}");
            let files: Vec<&str> = moderation.moderated.iter().map(|one| one.file.as_str()).collect();
            assert_eq!((files, moderation.moderated[0].band.as_deref()), (vec![expected], Some("good")), "{list}");
        }
    }

    #[test]
    fn an_organisation_is_meant_in_each_spelling_that_the_season_takes_for_it() {
        let frameworks = [sample::usual()];
        let sent = [("Acme", "External assessment"), ("Acne", "Self-assessment")];
        let reviews = sent.map(|(name, kind)| sample::review(&frameworks[0], name, kind, &[Some(2); 12]));
        let mut season = Season::new(&frameworks, Surroundings::default(), reviews.to_vec());
        let said =
            read(&Source::new("moderated.csv", b"organisation,moderated_outcome\nAcne,good\n".to_vec())).unwrap();
        for sent in &mut season.returns {
            sent.organisation = Some("Acme".to_owned());
            sent.is_headline = sent.review.kind.as_deref() == Some("External assessment");
        }
        assert_eq!(meant(&season, &said[0]).map(|sent| sent.review.organisation.as_deref()), Ok(Some("Acme")));
        season.returns.retain(|sent| sent.is_headline);
        assert!(meant(&season, &said[0]).is_err());
    }

    /// Returns why what moderators say isn't put to returns.
    fn doubts(season: &Season) -> Vec<String> {
        season.moderation.doubts.iter().map(|doubt| doubt.why.clone()).collect()
    }

    #[test]
    fn a_return_about_a_part_is_meant_by_its_organisation_where_it_is_the_only_one() {
        let frameworks = [sample::of_units(sample::usual())];
        let told = |parts: &[&str], list: &str| {
            let review = |part: &&str| {
                let mut review = sample::review(&frameworks[0], "Acme", "Self-assessment", &[Some(1); 12]);
                review.file = format!("{part}.xlsx");
                review.sha256.clone_from(&review.file);
                review.fields.insert("directorate".into(), (*part).into());
                review
            };
            let moderated = read(&Source::new("moderated.csv", list.as_bytes().to_vec())).unwrap();
            let surroundings = Surroundings { moderated, ..Surroundings::default() };
            let season = Season::new(&frameworks, surroundings, parts.iter().map(review).collect());
            let files: Vec<String> = season.moderation.moderated.iter().map(|one| one.file.clone()).collect();
            (files, doubts(&season))
        };
        let list = "organisation,moderated_outcome\nAcme,good\n";
        assert_eq!(told(&["Roads"], list), (vec!["Roads.xlsx".to_owned()], vec![]));
        let several =
            "line 2: 2 returns of Acme count (Roads and Schools); say under \u{201c}Part\u{201d} which is meant";
        assert_eq!(told(&["Roads", "Schools"], list), (vec![], vec![several.to_owned()]));
        let named = "organisation,part,moderated_outcome\nAcme,roads,good\n";
        assert_eq!(told(&["Roads", "Schools"], named), (vec!["Roads.xlsx".to_owned()], vec![]));
    }

    /// Returns the files of the returns to which moderators' own workbooks are put, of a season of returns about these services, and what
    /// isn't used.
    fn of_own(services: &[&str], own: &[Review]) -> (Vec<String>, Vec<String>) {
        let frameworks = [sample::of_services(sample::usual())];
        let sent = services.iter().map(|service| sample::of_service(&frameworks[0], service, "Self-assessment", 1));
        let moderated = own.iter().map(|own| Said::of_workbook(own, &frameworks)).collect();
        let surroundings = Surroundings { moderated, ..Surroundings::default() };
        let season = Season::new(&frameworks, surroundings, sent.collect());
        (season.moderation.moderated.iter().map(|one| one.file.clone()).collect(), doubts(&season))
    }

    /// Returns a moderator's own workbook about a service.
    fn own(service: &str, kind: &str) -> Review {
        let mut review = sample::of_service(&sample::of_services(sample::usual()), service, kind, 2);
        review.file = "second look.xlsx".to_owned();
        review.sha256 = "a moderator's".to_owned();
        review
    }

    #[test]
    fn a_moderators_own_workbook_about_the_whole_is_about_no_part_whatever_its_cover_says() {
        let frameworks = [crate::framework::builtin::load("investors-in-people").unwrap().framework];
        let framework = &frameworks[0];
        let whole = framework.consolidation.as_ref().unwrap().whole_kind.clone();
        for (kind, part) in [(whole.as_str(), ""), ("Directorate", "Roads")] {
            let mut review = sample::review(&sample::usual(), "Acme", kind, &[Some(1); 12]);
            review.framework = Some(framework.id.clone());
            review.framework_version = Some(framework.version.clone());
            review.fields.insert(framework.field_for(FieldRole::Unit).unwrap().id.clone(), "Roads".into());
            assert_eq!(Said::of_workbook(&review, &frameworks).part, part, "{kind}");
        }
    }

    #[test]
    fn a_moderators_own_workbook_is_about_the_service_that_its_cover_names() {
        let (both, youth) = (["Adult", "Youth"], "Youth Self-assessment.xlsx".to_owned());
        for kind in ["Self-assessment", "External assessment"] {
            assert_eq!(of_own(&both, &[own("Youth", kind)]), (vec![youth.clone()], vec![]), "{kind}");
            let other = "second look.xlsx: no return of Acme that counts is about Work".to_owned();
            assert_eq!(of_own(&both, &[own("Work", kind)]), (vec![], vec![other]), "{kind}");
        }
        let mut unsaid = own("", "Self-assessment");
        unsaid.fields.remove("service");
        let told = "second look.xlsx: 2 returns of Acme count (Adult and Youth); its cover has to say which of them it is about";
        assert_eq!(of_own(&both, &[unsaid.clone()]), (vec![], vec![told.to_owned()]));
        assert_eq!(of_own(&["Youth"], &[unsaid]), (vec![youth], vec![]));
    }

    #[test]
    fn a_return_itself_is_no_moderators_answer() {
        let frameworks = [sample::of_services(sample::usual())];
        let sent = sample::of_service(&frameworks[0], "Adult", "Self-assessment", 1);
        let copied = Review { file: "second look.xlsx".to_owned(), ..sent.clone() };
        let told = "second look.xlsx: it is Adult Self-assessment.xlsx itself, as that was sent, and no moderator\u{2019}s answer; who agrees with all of it fills in the list";
        assert_eq!(of_own(&["Adult"], std::slice::from_ref(&copied)), (vec![], vec![told.to_owned()]));
        let saved_again = Review { sha256: "other bytes".to_owned(), content: "cells".to_owned(), ..copied };
        let sent = Review { content: "cells".to_owned(), ..sent };
        let moderated = vec![Said::of_workbook(&saved_again, &frameworks)];
        let surroundings = Surroundings { moderated, ..Surroundings::default() };
        let season = Season::new(&frameworks, surroundings, vec![sent]);
        assert_eq!(doubts(&season), [told]);
    }

    #[test]
    fn of_a_scheme_without_outcomes_what_a_moderator_says_is_enough() {
        let mut framework = sample::usual();
        framework.outcome.bands.clear();
        let frameworks = [framework];
        let list = "organisation,moderated_outcome,remark\nOrganisation 01,Accept,seen\nOrganisation 02,,as sent\nOrganisation 03,,\n";
        let season = season(&frameworks, list);
        let said = season.moderation.moderated.iter().map(|one| (one.band.clone(), one.remark.as_str()));
        assert_eq!(said.collect::<Vec<_>>(), [(None, "Accept; seen"), (None, "as sent")]);
        assert_eq!(doubts(&season), Vec::<String>::new());
        let drawn = season.moderation.drawn.iter().filter(|drawn| drawn.drawn == DrawnFor::Outcome);
        assert_eq!(drawn.count(), 0, "none is drawn by an outcome");
    }

    #[test]
    fn a_draw_whose_list_comes_back_is_kept() {
        let frameworks = [sample::usual()];
        let lines = |seed: &str| format!("organisation,moderated_outcome,seed\nOrganisation 01,good,{seed}\n");
        let first = season(&frameworks, &lines("")).moderation;
        let other = season(&frameworks, &lines("0123456789abcdef")).moderation;
        assert_eq!((other.seed.as_str(), other.drawn == first.drawn), ("0123456789abcdef", false));
        let several = format!("{}Organisation 02,good,fedcba9876543210\n", lines("0123456789abcdef"));
        assert_eq!(season(&frameworks, &several).moderation.drawn, first.drawn);
    }

    /// Returns the list of a draw, as one that tells how likely each return was to be drawn and no more has it.
    fn listed<'a>(drawn: impl IntoIterator<Item = &'a Drawn>, seed: &str) -> String {
        let line = |drawn: &Drawn| {
            let (file, place, words, risks) = (&drawn.file, drawn.place, drawn.drawn.words(), &drawn.risks);
            let risks: Vec<&str> = risks.iter().map(|risk| risk.words()).collect();
            let band = drawn.band.as_deref().unwrap_or("open");
            let chance = drawn.probability.to_float();
            format!("{file}\t{place}\t{band}\t{words}\t{}\t{chance}\t{seed}\n", risks.join(", "))
        };
        let lines: String = drawn.into_iter().map(line).collect();
        format!("Workbook\tPlace\tOutcome\tDrawn as\tWhat asks for it\tChance\tSeed\tOutcome after moderation\n{lines}")
    }

    #[test]
    fn a_draw_is_kept_by_how_likely_each_was_drawn_and_a_part_of_it_is_the_whole_where_nothing_changed() {
        let frameworks = [sample::usual()];
        let made = sample::moderated(&frameworks, &[], None).moderation;
        let put_right = &made.drawn.iter().find(|drawn| drawn.band.as_deref() == Some("good")).unwrap().file;
        let list = |drawn: &[Drawn]| Some(listed(drawn, &made.seed).into_bytes());
        let drawn = |moderation: &Moderation| {
            let of = |one: &Drawn| (one.file.clone(), one.drawn, one.taken, one.from, one.drawn_band.clone());
            moderation.drawn.iter().map(of).collect::<Vec<_>>()
        };
        let kept = sample::moderated(&frameworks, &[put_right], list(&made.drawn)).moderation;
        assert_eq!((drawn(&kept), kept.doubts), (drawn(&made), vec![]));
        let part = sample::moderated(&frameworks, &[], list(&made.drawn[..3])).moderation;
        assert_eq!(drawn(&part), drawn(&made));
        let two = format!(
            "{}{}",
            listed(&made.drawn[..2], &made.seed),
            listed(&made.drawn[2..3], "other").split_once('\n').unwrap().1
        );
        let several = sample::moderated(&frameworks, &[], Some(two.into_bytes())).moderation;
        assert_eq!((drawn(&several), several.doubts.len()), (drawn(&made), 1), "{:?}", several.doubts);
    }

    #[test]
    fn a_return_that_was_drawn_and_counts_no_more_is_told_and_stands_for_nobody() {
        let frameworks = [sample::usual()];
        let made = sample::moderated(&frameworks, &[], None).moderation;
        let gone = made.drawn.iter().find(|drawn| drawn.drawn != DrawnFor::Risk).unwrap();
        let list = listed(&made.drawn, &made.seed).replace(&gone.file, "gone.xlsx");
        let kept = sample::moderated(&frameworks, &[], Some(list.into_bytes())).moderation;
        assert_eq!(kept.drawn.len(), made.drawn.len() - 1);
        let told: Vec<&str> = kept.doubts.iter().map(|doubt| doubt.why.as_str()).collect();
        assert!(told.len() == 1 && told[0].contains("gone.xlsx; the draw is kept without it"), "{told:?}");
        assert_eq!(kept.gone.len(), 1);
        assert_eq!(kept.rows().len(), made.drawn.len(), "its line stays");
    }

    #[test]
    fn a_line_is_counted_as_editors_count_it() {
        let frameworks = [sample::usual()];
        for end in ["\n", "\r\n", "\r"] {
            let list =
                ["organisation,moderated_outcome", "", "Nobody,good", "\"Some\nbody\",good", "Nobody else,good", ""];
            let at: Vec<String> = doubts(&season(&frameworks, &list.join(end)))
                .into_iter()
                .filter_map(|doubt| Some(doubt.split_once(':')?.0.to_owned()))
                .collect();
            assert_eq!(at, ["line 3", "line 4", "line 6"], "{end:?}");
        }
    }

    #[test]
    fn what_cannot_be_put_to_a_return_is_told() {
        let frameworks = [sample::usual()];
        let cases = [
            ("file,moderated_outcome\nelsewhere.xlsx,good\n", "line 2: no return that counts is called elsewhere.xlsx"),
            (
                "file,moderated_outcome\nOrganisation 01 Self-assessment.xlsx,good\n",
                "line 2: Organisation 01 Self-assessment.xlsx isn\u{2019}t what stands for Organisation 01 in the figures, and is left out; look at Organisation 01 External assessment.xlsx",
            ),
            (
                "organisation,moderated_outcome\nOrgansation 02,Good\n",
                "line 2: no return that counts is called Organsation 02; did you mean \u{201c}Organisation 02\u{201d}?",
            ),
            (
                "organisation,moderated_outcome\nOrganisation 02,Goood\n",
                "line 2: “Goood” is no outcome of Sample Framework; it has Excellent, Good and None",
            ),
            (
                "organisation,moderated_outcome,remark\nOrganisation 02,,as sent\n",
                "line 2: no outcome after moderation comes of it; each return that was looked at needs one, also where it stays",
            ),
            (
                "organisation,moderated_outcome\nOrganisation 02,good\nOrganisation 02,none\n",
                "line 3 is about Organisation 02 Self-assessment.xlsx, as line 2 is; the first one counts",
            ),
        ];
        for (list, expected) in cases {
            assert_eq!(doubts(&season(&frameworks, list)), [expected], "{list}");
        }
        assert!(season(&frameworks, "file,moderated_outcome\nelsewhere.xlsx,\n").moderation.doubts.is_empty());
        let list = Source::new("moderated.csv", b"organisation,outcome\nAcme,good\n".to_vec());
        assert!(matches!(read(&list), Err(ModeratedError::NoHeadings)));
    }
}
