//! From a published figure back to the returns and cells that it rests on.
//!
//! A figure's id says what it is of. What it rests on follows from the reviews, so nothing is kept for each: [`Figures`] lists what
//! was published, and holds the little that reviews don't say (who belongs to which group, what a section consists of).

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::earlier;
pub use super::earlier::Earlier;
use super::{AssessorRow, FrameworkStatistics, Season, Statistics, is_at_a_row};
use crate::exact::Exact;
use crate::figure::{Facet, FigureId, FigureOf, Measure, Part, Published, ReturnPart};
use crate::finding::Finding;
use crate::framework::{self, BandId, Framework, FrameworkId, RegisterSpec, Section};
use crate::review::{AnswerRecord, MeasureRecord, Review};
use crate::season::SeasonReturn;
use crate::season::moderation::DrawnFor;
use crate::season::moderation::said::Moderated;
use crate::tables::band;
use crate::words::INCOMPLETE;

/// The version of the format; a change that breaks readers raises it.
const VERSION: u32 = 1;

/// Every published figure of a season, and what it takes to trace it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// The version of this format.
    pub schema: u32,
    /// The figures, in order of their ids.
    pub figures: Vec<Published>,
    /// What belongs to each section, by framework and section: criteria and measures.
    pub sections: BTreeMap<FrameworkId, BTreeMap<String, Vec<String>>>,
    /// The one name of each return's organisation, by file.
    pub organisations: BTreeMap<String, String>,
    /// What each return is grouped by, by file and column.
    pub groups: BTreeMap<String, BTreeMap<String, String>>,
    /// The returns that count and for whose organisation another one stands, by file.
    #[serde(default)]
    pub aside: BTreeSet<String>,
    /// The bands of each framework, best first.
    #[serde(default)]
    pub bands: BTreeMap<FrameworkId, Vec<String>>,
    /// Who assessed a return that has a self-assessment beside it, by file.
    #[serde(default)]
    pub assessors: BTreeMap<String, String>,
    /// The returns that moderators looked at, by file.
    #[serde(default)]
    pub moderated: BTreeSet<String>,
    /// The outcome that moderators give, by file.
    #[serde(default)]
    pub decided: BTreeMap<String, String>,
    /// Those of what moderators looked at that were drawn by chance and had an outcome, by which those are told that nobody looked at, by file.
    #[serde(default)]
    pub by_chance: BTreeSet<String>,
    /// The measures of each framework, which belong to sections and which no criterion is compared with.
    #[serde(default)]
    pub measures: BTreeMap<FrameworkId, BTreeSet<String>>,
    /// What the like return of an earlier season came to, of those that are compared with it, by file.
    #[serde(default)]
    pub before: BTreeMap<String, Earlier>,
    /// The totals of the earlier seasons of a trend in per cent of the most, the earliest first, by file.
    #[serde(default)]
    pub trends: BTreeMap<String, Vec<(String, Exact)>>,
    /// The registers of each framework whose rows are people, of whom no figure is told row by row.
    #[serde(default)]
    pub people: BTreeMap<FrameworkId, BTreeSet<String>>,
    /// The rules of what was found at rows of people, by framework, with how often reports say it was found, to the nearest few; `None` where
    /// they don't.
    #[serde(default)]
    pub found_at_people: BTreeMap<FrameworkId, BTreeMap<String, Option<usize>>>,
}

/// Why a list of figures can't be used.
#[derive(Debug, thiserror::Error)]
pub enum FiguresError {
    /// It isn't JSON of this shape.
    #[error("it isn't a list of figures")]
    NotFigures(#[from] serde_json::Error),
    /// Another program wrote it.
    #[error("it has format {0}; this program reads format {VERSION}")]
    Version(u32),
}

/// One thing that a figure rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Traced {
    /// The return.
    pub file: String,
    /// Whose it is.
    pub organisation: Option<String>,
    /// What of it: a criterion, section, measure or the total.
    pub about: String,
    /// The value there; `None` where it leaves the figure open.
    pub value: Option<String>,
    /// The sheet; `None` for what is worked out from several cells.
    pub sheet: Option<String>,
    /// The cell.
    pub cell: Option<String>,
}

impl Figures {
    /// Gathers the figures of a season's statistics.
    pub fn of(season: &Season, statistics: &Statistics) -> Self {
        let mut figures: Vec<Published> = statistics.figures().into_iter().map(Published::from).collect();
        figures.sort_by(|a, b| a.id.cmp(&b.id));
        let named = |sent: &SeasonReturn| Some((sent.review.file.clone(), sent.organisation.clone()?));
        let sections = |framework: &Framework| (framework.id.clone(), parts(framework));
        let aside = season.counted().filter(|sent| !sent.is_headline);
        let grouped = season.counted().filter(|sent| !sent.groups.is_empty());
        Self {
            schema: VERSION,
            figures,
            sections: season.frameworks_used().into_iter().map(sections).collect(),
            organisations: season.returns.iter().filter_map(named).collect(),
            groups: grouped.map(|sent| (sent.review.file.clone(), sent.groups.clone())).collect(),
            aside: aside.map(|sent| sent.review.file.clone()).collect(),
            bands: season.frameworks_used().into_iter().map(bands).collect(),
            assessors: statistics.frameworks.iter().flat_map(assessed).collect(),
            moderated: season.moderation.moderated.iter().map(|one| one.file.clone()).collect(),
            decided: season.moderation.moderated.iter().filter_map(decided).collect(),
            by_chance: by_chance(season),
            measures: season.frameworks_used().into_iter().map(measures).collect(),
            before: earlier::compared(season),
            trends: statistics.frameworks.iter().flat_map(|of| earlier::trends(season, of)).collect(),
            people: season.frameworks_used().into_iter().map(|of| (of.id.clone(), of_people(of, season))).collect(),
            found_at_people: statistics.frameworks.iter().filter_map(|of| found_at_people(of, season)).collect(),
        }
    }

    /// Reads a list as it was written.
    pub fn parse(text: &str) -> Result<Self, FiguresError> {
        let figures: Self = serde_json::from_str(text)?;
        if figures.schema == VERSION { Ok(figures) } else { Err(FiguresError::Version(figures.schema)) }
    }

    /// Returns the figure of this id.
    pub fn find(&self, id: &str) -> Option<&Published> {
        self.figures.iter().find(|figure| figure.id == id)
    }

    /// Returns the figures whose ids begin with these parts.
    pub fn below(&self, beginning: &str) -> impl Iterator<Item = &Published> {
        let beginning = format!("{}/", beginning.trim_end_matches('/'));
        self.figures.iter().filter(move |figure| figure.id.starts_with(&beginning))
    }

    /// Whether a figure or a kind of finding is of rows of people: what it rests on isn't told one by one, since reports round or hide how many
    /// they are.
    pub fn is_of_people(&self, id: &str) -> bool {
        let Some(FigureId { framework, of, .. }) = FigureId::parse(id.trim_end_matches('/')) else { return false };
        let is_found = |name: &str| self.told_of_people(&framework, name).is_some();
        match &of {
            FigureOf::Register { register, .. } => {
                self.people.get(framework.as_str()).is_some_and(|people| people.contains(register))
            }
            FigureOf::Finding(name) | FigureOf::Return { part: Some((ReturnPart::Finding, name)), .. } => {
                is_found(name)
            }
            FigureOf::Outcome(_)
            | FigureOf::Total(_)
            | FigureOf::Section(_)
            | FigureOf::Criterion(_)
            | FigureOf::Graded { .. }
            | FigureOf::Measure(_)
            | FigureOf::Group { .. }
            | FigureOf::Grouping(_)
            | FigureOf::Range(_)
            | FigureOf::Agreement(_)
            | FigureOf::Consistency(_)
            | FigureOf::Change
            | FigureOf::Trend
            | FigureOf::Moderation
            | FigureOf::Assessor(_)
            | FigureOf::Return { .. } => false,
        }
    }

    /// Returns how often reports say that a rule found something, where that is at rows of people; the inner `None` where they don't say it.
    pub fn told_of_people(&self, framework: &str, name: &str) -> Option<Option<usize>> {
        let is_of = |rule: &str| name.strip_prefix(rule).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        self.found_at_people.get(framework)?.iter().find(|(rule, _)| is_of(rule)).map(|(_, times)| *times)
    }

    /// Returns what a figure rests on, or all figures whose ids begin so; empty where there is none, and for what is of rows of people.
    pub fn trace(&self, reviews: &[Review], id: &str) -> Vec<Traced> {
        let Some(id) = FigureId::parse(id.trim_end_matches('/')).filter(|_| !self.is_of_people(id)) else {
            return Vec::new();
        };
        let FigureId { framework, of, facet, measure } = id;
        let is_mine =
            |review: &&Review| review.status.counts() && review.framework.as_deref() == Some(framework.as_str());
        let mine: Vec<&Review> = reviews.iter().filter(is_mine).collect();
        if let FigureOf::Agreement(part) = &of {
            return self.compared(&mine, part);
        }
        if let FigureOf::Return { file, part } = &of {
            let own = reviews.iter().filter(|review| review.file == *file);
            return own.flat_map(|review| self.of_return(review, part.as_ref())).collect();
        }
        let mine = mine.into_iter().filter(|review| is_of_all(&of) || !self.aside.contains(&review.file));
        match (&of, measure) {
            (FigureOf::Outcome(name), Some(Measure::AtMost)) => {
                mine.filter(|review| self.can_be(review, name)).map(|review| self.total(review)).collect()
            }
            (_, _) => mine.flat_map(|review| self.rests_on(review, &of, &facet)).collect(),
        }
    }

    /// Whether a return has a band, or can still come to it.
    fn can_be(&self, review: &Review, name: &str) -> bool {
        let bands = review.framework.as_ref().and_then(|framework| self.bands.get(framework));
        let place = |band: &str| bands?.iter().position(|one| one == band);
        band(review) == name || review.outcome.as_ref().is_some_and(|outcome| outcome.can_become(name, place))
    }

    /// Returns what a figure rests on of a return that counts.
    fn rests_on(&self, review: &Review, of: &FigureOf, facet: &Facet) -> Vec<Traced> {
        let total = |is_of_it: bool| if is_of_it { vec![self.total(review)] } else { Vec::new() };
        match of {
            FigureOf::Criterion(name) => self.answers(review, &|id| id == name),
            FigureOf::Section(name) => self.of_part(review, &Part::Section(name.clone())),
            FigureOf::Graded { grade, of } => self.graded(review, (grade, of), facet),
            FigureOf::Measure(name) => self.measure(review, name),
            FigureOf::Outcome(name) => total(band(review) == name),
            FigureOf::Total(kind) => total(has_total(review) && (kind.is_none() || review.kind == *kind)),
            FigureOf::Change => self.changed(review, facet),
            FigureOf::Trend => self.over_seasons(review),
            FigureOf::Assessor(name) => total(self.assessors.get(&review.file) == Some(name)),
            FigureOf::Moderation => self.moderated(review, facet),
            FigureOf::Group { by, group } => {
                let mine = self.groups.get(&review.file).and_then(|groups| groups.get(by));
                total(mine == group.as_ref() && is_counted(review, facet))
            }
            FigureOf::Consistency(part) => self.all_criteria(review, part),
            FigureOf::Range(file) if review.file == *file => self.answers(review, &|_| true),
            // What rows came to last season stands in that season's results.
            FigureOf::Register { .. } if *facet == Facet::Before => Vec::new(),
            FigureOf::Register { register, name } => self.register_rows(review, register, name),
            FigureOf::Finding(finding) => self.findings(review, finding),
            FigureOf::Grouping(by) => {
                total(self.groups.get(&review.file).is_some_and(|groups| groups.contains_key(by)))
            }
            FigureOf::Range(_) | FigureOf::Agreement(_) | FigureOf::Return { .. } => Vec::new(),
        }
    }

    fn traced(&self, review: &Review, about: &str, value: Option<String>) -> Traced {
        let organisation = self.organisations.get(&review.file).or(review.organisation.as_ref()).cloned();
        Traced { file: review.file.clone(), organisation, about: about.to_owned(), value, sheet: None, cell: None }
    }

    /// Returns the answers that count.
    fn answers(&self, review: &Review, wanted: &dyn Fn(&str) -> bool) -> Vec<Traced> {
        let mine =
            review.answers.iter().filter(|answer| Some(&answer.rater) == review.counts.as_ref() && wanted(&answer.id));
        mine.map(|answer| self.answer(review, answer)).collect()
    }

    fn answer(&self, review: &Review, answer: &AnswerRecord) -> Traced {
        let (sheet, cell) = (answer.sheet.clone(), answer.cell.clone());
        Traced { sheet, cell, ..self.traced(review, &answer.id, answer.value.clone()) }
    }

    /// Returns the answers that figures of a part are worked out over; those of a section have its measures among them.
    fn of_part(&self, review: &Review, part: &Part) -> Vec<Traced> {
        self.answers(review, &|id| self.is_in(review, part, id))
    }

    /// Whether a criterion or measure is one of those that figures are worked out over.
    fn is_in(&self, review: &Review, part: &Part, id: &str) -> bool {
        let parts = |section| self.sections.get(review.framework.as_ref()?)?.get(section);
        match part {
            Part::All | Part::Totals => true,
            Part::Section(name) => parts(name).is_some_and(|parts| parts.iter().any(|part| part == id)),
            Part::Criterion(name) => id == name,
        }
    }

    /// Returns the answers to the criteria of a part, where all of them are given; else nothing.
    fn all_criteria(&self, review: &Review, part: &Part) -> Vec<Traced> {
        let wanted = |id: &str| self.is_in(review, part, id) && !self.is_measure(review, id);
        let mine = review.answers.iter().filter(|answer| Some(&answer.rater) == review.counts.as_ref());
        let is_complete = mine.filter(|answer| wanted(&answer.id)).all(|answer| answer.points.is_some());
        if is_complete { self.answers(review, &wanted) } else { Vec::new() }
    }

    /// Whether something is a measure, and no criterion.
    fn is_measure(&self, review: &Review, id: &str) -> bool {
        let measures = review.framework.as_ref().and_then(|framework| self.measures.get(framework));
        measures.is_some_and(|measures| measures.contains(id))
    }

    /// Returns what a return came to in the season before and now, as far as a change is of that; nothing where either isn't known.
    fn changed(&self, review: &Review, facet: &Facet) -> Vec<Traced> {
        let Some(before) = self.before.get(&review.file) else { return Vec::new() };
        let (now, then) = match facet {
            Facet::Section(id) => {
                let is_known = review.section(id).is_some_and(|section| section.percent.is_some());
                let now = if is_known { self.of_part(review, &Part::Section(id.clone())) } else { Vec::new() };
                (now, before.sections.get(id).map(in_percent))
            }
            Facet::Criterion(id) => {
                let given = review.answers.iter().filter(|answer| answer.points.is_some());
                let mut mine =
                    given.filter(|answer| answer.id == id.as_str() && Some(&answer.rater) == review.counts.as_ref());
                (
                    mine.next().map(|answer| self.answer(review, answer)).into_iter().collect(),
                    before.criteria.get(id).map(in_percent),
                )
            }
            Facet::Met | Facet::Outcome(_) | Facet::Whole => {
                let is_known = *facet != Facet::Met || (before.band.is_some() && review.settled().is_some());
                let band = review.settled().map(ToString::to_string);
                let now = if is_known { vec![self.traced(review, "outcome", band)] } else { Vec::new() };
                (now, is_known.then(|| before.band.clone().unwrap_or_else(|| INCOMPLETE.to_owned())))
            }
            Facet::Best
            | Facet::Strongest
            | Facet::Weakest
            | Facet::Grade(_)
            | Facet::Value
            | Facet::Total
            | Facet::Before
            | Facet::Now
            | Facet::Difference
            | Facet::Unseen
            | Facet::Season(_) => {
                let now = if has_total(review) { vec![self.total(review)] } else { Vec::new() };
                (now, before.total.as_ref().map(in_percent))
            }
        };
        let Some(then) = then.filter(|_| !now.is_empty()) else { return Vec::new() };
        let season = format!("in {}", before.season);
        now.into_iter().chain([self.traced(review, &season, Some(then))]).collect()
    }

    /// Returns the outcome of a return that moderators looked at, as sent and as they give it; nothing where a figure doesn't rest on it.
    fn moderated(&self, review: &Review, facet: &Facet) -> Vec<Traced> {
        let counted = if *facet == Facet::Unseen { &self.by_chance } else { &self.moderated };
        if !counted.contains(&review.file) {
            return Vec::new();
        }
        let sent = self.traced(review, "outcome", review.settled().map(ToString::to_string));
        let decided = self.decided.get(&review.file).cloned();
        let decided = decided.map(|band| self.traced(review, "after moderation", Some(band)));
        std::iter::once(sent).chain(decided).collect()
    }

    /// Returns the totals of a return over the seasons of a trend; nothing where it isn't one of those that it is over.
    fn over_seasons(&self, review: &Review) -> Vec<Traced> {
        let Some(earlier) = self.trends.get(&review.file) else { return Vec::new() };
        let then =
            earlier.iter().map(|(season, total)| self.traced(review, &format!("in {season}"), Some(in_percent(total))));
        then.chain([self.total(review)]).collect()
    }

    /// Returns the answers that two sides are compared by: those of organisations with returns of two kinds, else those that two
    /// raters of one return gave.
    fn compared(&self, mine: &[&Review], part: &Part) -> Vec<Traced> {
        let kinds = |review: &Review| -> BTreeSet<&str> {
            let whose = self.organisations.get(&review.file);
            let theirs = mine.iter().filter(|other| whose.is_some() && self.organisations.get(&other.file) == whose);
            theirs.filter_map(|other| other.kind.as_deref()).collect()
        };
        let by_kind: Vec<&Review> = mine.iter().copied().filter(|review| kinds(review).len() > 1).collect();
        if by_kind.is_empty() {
            return mine.iter().flat_map(|review| self.of_both_raters(review, part)).collect();
        }
        let criteria =
            |review: &Review| self.answers(review, &|id| self.is_in(review, part, id) && !self.is_measure(review, id));
        by_kind.into_iter().flat_map(criteria).collect()
    }

    /// Returns the answers to what two raters of one return answered.
    fn of_both_raters(&self, review: &Review, part: &Part) -> Vec<Traced> {
        let given =
            |id: &str| review.answers.iter().filter(|answer| answer.id == id && answer.points.is_some()).count();
        let both = review.answers.iter().filter(|answer| self.is_in(review, part, &answer.id) && given(&answer.id) > 1);
        both.map(|answer| self.answer(review, answer)).collect()
    }

    /// Returns the rows of a register that come to a result, or in which an action is wanting.
    fn register_rows(&self, review: &Review, register: &str, name: &str) -> Vec<Traced> {
        let rows = review.rows.iter().filter(|row| row.register == register);
        let meant = rows
            .filter(|row| row.outcome.as_deref() == Some(name) || row.actions.iter().any(|action| action.id == name));
        meant.map(|row| self.traced(review, &row.key, row.outcome.clone())).collect()
    }

    /// Returns what a part comes to in a grade, where it is the band that is counted.
    fn graded(&self, review: &Review, (grade, of): (&str, &str), facet: &Facet) -> Vec<Traced> {
        let settled = review.grade(grade, of).and_then(|record| record.outcome.settled());
        let is_counted = |band: &&BandId| !matches!(facet, Facet::Grade(own) if own.as_str() != band.as_str());
        settled.filter(is_counted).map(|band| self.traced(review, of, Some(band.to_string()))).into_iter().collect()
    }

    fn measure(&self, review: &Review, name: &str) -> Vec<Traced> {
        let record = review.measure(name).into_iter();
        let value = |record: &MeasureRecord| record.from_register.as_ref().map(ToString::to_string);
        record.map(|record| self.traced(review, name, value(record))).collect()
    }

    fn total(&self, review: &Review) -> Traced {
        let total = review.outcome.as_ref().and_then(|outcome| outcome.total.as_ref());
        self.traced(review, "total", total.map(ToString::to_string))
    }

    /// Returns what a figure of one return rests on.
    fn of_return(&self, review: &Review, part: Option<&(ReturnPart, String)>) -> Vec<Traced> {
        let Some((part, name)) = part else { return self.answers(review, &|_| true) };
        match part {
            ReturnPart::Section => self.of_part(review, &Part::Section(name.clone())),
            ReturnPart::Criterion => self.answers(review, &|id| id == name),
            ReturnPart::Measure => [self.answers(review, &|id| id == name), self.measure(review, name)].concat(),
            ReturnPart::Finding => self.findings(review, name),
        }
    }

    /// Returns the findings of a rule, or of a rule about a subject, that nobody has accepted.
    fn findings(&self, review: &Review, name: &str) -> Vec<Traced> {
        let is_it = |finding: &&Finding| {
            let (rule, subject) = (finding.rule.as_str(), finding.subject.as_deref().unwrap_or_default());
            finding.waived.is_none() && (name == rule || name == format!("{rule}/{subject}"))
        };
        let mine = review.findings.iter().filter(is_it);
        let cells = mine.map(|finding| Traced {
            sheet: finding.sheet().map(ToOwned::to_owned),
            cell: finding.cell(),
            ..self.traced(review, finding.rule.as_str(), finding.found.clone())
        });
        cells.collect()
    }
}

/// Returns the file of a return with the outcome that a moderator gives; `None` where the framework has none.
fn decided(moderated: &Moderated) -> Option<(String, String)> {
    Some((moderated.file.clone(), moderated.band.as_ref()?.to_string()))
}

/// Returns the files that were drawn by chance and looked at, and had an outcome.
fn by_chance(season: &Season) -> BTreeSet<String> {
    let drawn = season.moderation.drawn.iter().filter(|one| one.drawn != DrawnFor::Risk && one.drawn_band.is_some());
    let is_seen = |file: &&String| {
        let is_settled = || season.of_file(file).is_some_and(|sent| sent.review.settled().is_some());
        season.moderation.moderated.iter().any(|one| one.file == **file) && is_settled()
    };
    drawn.map(|one| &one.file).filter(is_seen).cloned().collect()
}

/// Returns the registers of a framework whose rows are people and told as such.
fn of_people(framework: &Framework, season: &Season) -> BTreeSet<String> {
    let is_screened = season.settings.disclosure.k > 1;
    let people = framework.registers.iter().filter(|register| is_screened && register.is_of_people());
    people.map(|register| register.id.to_string()).collect()
}

/// Returns the rules that found something at rows of a framework's registers, with how often reports say so; `None` where no register is of
/// people.
fn found_at_people(
    statistics: &FrameworkStatistics,
    season: &Season,
) -> Option<(FrameworkId, BTreeMap<String, Option<usize>>)> {
    let framework = framework::find(season.frameworks, &statistics.framework, None)?;
    let is_any = season.settings.disclosure.k > 1
        && (framework.registers.is_empty() || framework.registers.iter().any(RegisterSpec::is_of_people));
    let told = |rule: &str| {
        let row = statistics.findings.iter().find(|row| row.rule == rule && row.are_people);
        row.map(|row| row.times)
    };
    let mine = season.counted().filter(|sent| sent.review.framework.as_ref() == Some(&framework.id));
    let found = mine.flat_map(|sent| &sent.review.findings);
    let found = found.filter(|finding| finding.waived.is_none() && is_at_a_row(framework, finding));
    let rules = found.map(|finding| (finding.rule.to_string(), told(finding.rule.as_str()))).collect();
    is_any.then(|| (framework.id.clone(), rules))
}

/// Whether a figure counts a return: of how many have an outcome, or one of several that are counted together, it counts those alone.
fn is_counted(review: &Review, facet: &Facet) -> bool {
    let Facet::Outcome(bands) = facet else { return true };
    bands.split('+').any(|name| band(review) == name)
}

/// Whether a return has a total.
fn has_total(review: &Review) -> bool {
    review.outcome.as_ref().is_some_and(|outcome| outcome.total.is_some())
}

/// Returns a number of per cent as text.
fn in_percent(value: &Exact) -> String {
    format!("{}%", value.to_fixed(1))
}

/// Returns the measures of a framework.
fn measures(framework: &Framework) -> (FrameworkId, BTreeSet<String>) {
    (framework.id.clone(), framework.measures().map(|measure| measure.id.to_string()).collect())
}

/// Whether a figure is over all returns that count, and not over one an organisation.
fn is_of_all(of: &FigureOf) -> bool {
    match of {
        FigureOf::Total(Some(_))
        | FigureOf::Range(_)
        | FigureOf::Agreement(_)
        | FigureOf::Change
        | FigureOf::Trend
        | FigureOf::Moderation
        | FigureOf::Assessor(_)
        | FigureOf::Finding(_)
        | FigureOf::Return { .. } => true,
        FigureOf::Outcome(_)
        | FigureOf::Total(None)
        | FigureOf::Section(_)
        | FigureOf::Criterion(_)
        | FigureOf::Graded { .. }
        | FigureOf::Measure(_)
        | FigureOf::Group { .. }
        | FigureOf::Grouping(_)
        | FigureOf::Consistency(_)
        | FigureOf::Register { .. } => false,
    }
}

/// Returns who assessed which return.
fn assessed(statistics: &FrameworkStatistics) -> impl Iterator<Item = (String, String)> {
    let of = |row: &AssessorRow| {
        let name = row.assessor.clone();
        row.cases.iter().map(move |case| (case.file.clone(), name.clone())).collect::<Vec<_>>()
    };
    statistics.assessors.iter().flat_map(of)
}

/// Returns the bands of a framework, best first.
fn bands(framework: &Framework) -> (FrameworkId, Vec<String>) {
    (framework.id.clone(), framework.outcome.bands.iter().map(|band| band.id.to_string()).collect())
}

/// Returns what belongs to each section of a framework.
fn parts(framework: &Framework) -> BTreeMap<String, Vec<String>> {
    let of_section = |section: &Section| {
        let criteria = section.criteria.iter().map(|criterion| criterion.id.to_string());
        let parts = criteria.chain(section.measures.iter().map(|measure| measure.id.to_string()));
        (section.id.to_string(), parts.collect())
    };
    framework.sections.iter().map(of_section).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::season::{SeasonRecord, Surroundings, sample};

    #[test]
    fn figures_lead_back_to_cells() {
        let frameworks = [sample::usual()];
        let season = sample::season(&frameworks, 30);
        let statistics = Statistics::of_season(&season).unwrap();
        let figures = Figures::of(&season, &statistics);
        let reviews: Vec<Review> = season.returns.iter().map(|sent| sent.review.clone()).collect();
        let trace = |id: &str| figures.trace(&reviews, id);
        let of_sample = statistics.of("sample").unwrap();
        let criterion = trace(&of_sample.criteria[0].mean.id.to_string());
        assert_eq!(criterion.len(), of_sample.coverage.headline);
        assert_eq!(criterion[0].cell.as_deref(), Some("C5"));
        for row in &of_sample.outcomes {
            let traced = trace(&row.share.share.id.to_string()).len();
            assert_eq!(traced.to_string(), row.share.count.value.unwrap().to_string());
        }
        assert_eq!(trace(&of_sample.sections[0].percent.mean.id.to_string()).len(), 5 * of_sample.coverage.headline);
        assert!(trace("sample/nothing/at-all").is_empty());
        let rule = of_sample.findings.iter().find(|row| row.subject.is_some()).unwrap();
        assert_eq!(
            trace(&format!("sample/finding/{}/{}", rule.rule, rule.subject.as_deref().unwrap())).len(),
            rule.times
        );
        for row in of_sample.totals.iter().filter(|row| row.kind.is_some()) {
            assert_eq!(trace(&row.spread.mean.id.to_string()).len(), row.spread.n, "{:?}", row.kind);
        }
    }

    /// Returns how many returns a figure rests on.
    fn returns(traced: &[Traced]) -> usize {
        traced.iter().map(|one| one.file.as_str()).collect::<BTreeSet<_>>().len()
    }

    #[test]
    fn as_many_returns_are_listed_as_a_figure_is_over() {
        let frameworks = [sample::usual()];
        let last = SeasonRecord::of(&sample::season(&frameworks, 40));
        let surroundings = Surroundings { previous: Some(last), ..Surroundings::default() };
        let season = Season::new(&frameworks, surroundings, sample::reviews(&frameworks[0], 45, 11));
        let statistics = Statistics::of_season(&season).unwrap();
        let figures = Figures::of(&season, &statistics);
        let reviews: Vec<Review> = season.returns.iter().map(|sent| sent.review.clone()).collect();
        let families = ["sample/change/", "sample/total/", "sample/consistency/", "sample/outcome/"];
        let is_traced = |figure: &&Published| families.iter().any(|family| figure.id.starts_with(family));
        let mut seen = BTreeSet::new();
        for figure in figures.figures.iter().filter(is_traced).filter(|figure| figure.value.is_some()) {
            let traced = figures.trace(&reviews, &figure.id);
            if !figure.id.contains("/outcome/") || figure.id.contains("/change/") {
                assert_eq!(returns(&traced), figure.n, "{}", figure.id);
            }
            let is_change = figure.id.contains("/change/");
            assert!(!is_change || traced.iter().any(|one| one.about.starts_with("in ")), "{}", figure.id);
            let is_alpha = figure.id.contains("/consistency/");
            assert!(!is_alpha || traced.iter().all(|one| one.about != "A" && one.value.is_some()), "{}", figure.id);
            seen.insert(figure.id.split('/').nth(1).unwrap().to_owned());
        }
        assert_eq!(seen.len(), 4, "{seen:?}");
    }

    #[test]
    fn every_figure_that_is_shown_rests_on_something() {
        let frameworks = [sample::usual()];
        let season = sample::season(&frameworks, 40);
        let statistics = Statistics::of_season(&season).unwrap();
        let figures = Figures::parse(&serde_json::to_string(&Figures::of(&season, &statistics)).unwrap()).unwrap();
        let reviews: Vec<Review> = season.returns.iter().map(|sent| sent.review.clone()).collect();
        assert!(figures.figures.len() > 200);
        for figure in figures.figures.iter().filter(|figure| figure.value.is_some_and(|value| value > 0.0)) {
            // A share of nought, or a range around it, rests on returns of which none is counted.
            let counts_none = figure.id.contains("/outcome/") || figure.id.contains("/grade/");
            assert!(counts_none || !figures.trace(&reviews, &figure.id).is_empty(), "{}", figure.id);
        }
        assert!(figures.below("sample/outcome").count() > 3 && figures.below("sample/outc").count() == 0);
    }

    #[test]
    fn a_files_name_is_met_as_a_whole() {
        let frameworks = [sample::usual()];
        let season = sample::season(&frameworks, 12);
        let figures = Figures::of(&season, &Statistics::of_season(&season).unwrap());
        let mut reviews: Vec<Review> = season.returns.iter().map(|sent| sent.review.clone()).take(2).collect();
        reviews[0].file = "a".to_owned();
        reviews[1].file = "a/b".to_owned();
        for (figure, files) in
            [("return/a/total", vec!["a"]), ("return/a/b/total", vec!["a/b"]), ("return/a/b/section/1", vec!["a/b"])]
        {
            let mut traced: Vec<String> =
                figures.trace(&reviews, &format!("sample/{figure}")).into_iter().map(|traced| traced.file).collect();
            traced.dedup();
            assert_eq!(traced, files, "{figure}");
        }
    }

    #[test]
    fn what_is_found_at_rows_of_people_is_told_as_reports_tell_it() {
        let frameworks = [framework::builtin::all()
            .into_iter()
            .find(|of| of.registers.iter().any(RegisterSpec::is_of_people))
            .unwrap()];
        let register = frameworks[0].registers.iter().find(|register| register.is_of_people()).unwrap().id.clone();
        for (times, told) in [(3, None), (23, Some(25))] {
            let reviews = (0..7).map(|number| {
                let name = format!("Organisation {number}");
                let mut review =
                    Review::unread(&format!("{name}.xlsx"), name.clone(), crate::review::Status::Scored, Vec::new());
                (review.framework, review.organisation) = (Some(frameworks[0].id.clone()), Some(name));
                let rows = (0..times).filter(|row| row % 7 == number);
                review.findings = rows
                    .map(|row| sample::finding("late", crate::finding::Severity::Warning, &format!("K{row}"), 1))
                    .collect();
                review
            });
            let season = Season::new(&frameworks, Surroundings::default(), reviews.collect());
            let figures = Figures::of(&season, &Statistics::of_season(&season).unwrap());
            let reviews: Vec<Review> = season.returns.iter().map(|sent| sent.review.clone()).collect();
            let framework = &frameworks[0].id;
            assert_eq!(figures.told_of_people(framework, "late"), Some(told));
            let ids =
                ["finding/late".to_owned(), "finding/late/K1".to_owned(), format!("register/{register}/met/count")];
            for id in ids.map(|id| format!("{framework}/{id}")) {
                assert!(figures.is_of_people(&id) && figures.trace(&reviews, &id).is_empty(), "{id}");
            }
            assert!(!figures.is_of_people(&format!("{framework}/finding/later")));
        }
    }
}
