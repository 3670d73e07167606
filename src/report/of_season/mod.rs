//! The overarching report: what a season's returns on a framework show together, for those who run it.

mod again;
pub(super) mod agreement;
pub(super) mod assessor;
mod bundled;
pub(super) mod change;
pub(super) mod consistency;
mod coverage;
mod criterion;
pub(super) mod dates;
mod decision;
pub(super) mod finding;
pub(super) mod grade;
pub(super) mod group;
mod hidden;
pub(super) mod measure;
mod method;
mod moderation;
mod names;
pub(super) mod outcome;
pub(super) mod question;
pub(super) mod reassessment;
pub(super) mod register;
mod section;
mod together;

use jiff::civil::Date;

use super::setting::{Around, Setting, of_scheme};
use super::{Audience, Room, pairs};
use crate::document::branding::paragraphs;
use crate::document::{Block, Document, Fact, Format, Kind, Lies, Part, Shown};
use crate::exact::Exact;
use crate::figure::{Disclosure, Figure, FigureId, FigureState};
use crate::finding::Finding;
use crate::framework::Framework;
#[cfg(test)]
use crate::season::Season;
use crate::season::bundle::BundleRecord;
use crate::season::decision::{Regraded, Silenced};
use crate::season::record::totals_are_sizes;
use crate::season::{Consolidation, SeasonRecord, SeasonReturn};
#[cfg(test)]
use crate::statistics::Statistics;
use crate::statistics::{ChangeSummary, Coverage, FrameworkStatistics};
use crate::words::{agree, capital, count, thousands, words_of};

/// Says what a rule of this name finds: "nothing stands where an answer belongs".
pub type TitleOf = fn(&str) -> Option<&'static str>;

/// What an overarching report is written from: a season, as far as it is about one framework.
#[derive(Clone, Copy, Debug)]
pub struct FrameworkSeason<'a> {
    /// The framework.
    pub framework: &'a Framework,
    /// The framework's statistics.
    pub statistics: &'a FrameworkStatistics,
    /// What disclosure control hid, over all frameworks.
    pub hidings: &'a [FigureId],
    /// The returns of the season, over all frameworks.
    pub returns: &'a [SeasonReturn],
    /// What only several returns show, over all frameworks.
    pub findings: &'a [Finding],
    /// What the season's grading of rules leaves out, over all frameworks.
    pub silenced: &'a [Silenced],
    /// The rules that the season grades otherwise.
    pub graded: &'a [Regraded],
    /// What the parts of organisations come to together, over all frameworks.
    pub consolidations: &'a [Consolidation],
    /// What this season is compared with; `None` without a record of the last.
    pub previous: Option<&'a SeasonRecord>,
    /// The frameworks of the season, bundles among them.
    pub frameworks: &'a [Framework],
    /// What returns on several frameworks come to together, over all bundles.
    pub bundles: &'a [BundleRecord],
    /// The limits below which figures are hidden.
    pub limits: Disclosure,
    /// For whom it is written.
    pub audience: Audience,
    /// Says what a rule finds, by its name; `None` of a framework's own rule.
    pub title_of: TitleOf,
}

#[cfg(test)]
impl<'a> FrameworkSeason<'a> {
    /// Returns what a report on a season of one framework is written from, without what is hidden and found over several returns.
    fn sampled(season: &'a Season, statistics: &'a Statistics, audience: Audience) -> Self {
        let framework = &season.frameworks[0];
        Self {
            framework,
            statistics: statistics.of(&framework.id).unwrap(),
            hidings: &[],
            returns: &season.returns,
            findings: &[],
            silenced: &season.decisions.silenced,
            graded: &season.decisions.graded,
            consolidations: &season.consolidations,
            previous: season.previous.as_ref(),
            frameworks: season.frameworks,
            bundles: &season.bundles,
            limits: season.settings.disclosure,
            audience,
            title_of: |_| None,
        }
    }
}

impl<'a> FrameworkSeason<'a> {
    /// Returns the returns on the framework, counted or not.
    fn own(&self) -> impl Iterator<Item = &'a SeasonReturn> + use<'a> {
        let id = &self.framework.id;
        self.returns.iter().filter(move |sent| sent.review.framework.as_ref() == Some(id))
    }

    /// Returns the returns on the framework that count.
    fn counted(&self) -> impl Iterator<Item = &'a SeasonReturn> + use<'a> {
        self.own().filter(|sent| sent.counts())
    }

    /// Whether organisations and returns may be named.
    pub(in crate::report) fn is_named(&self) -> bool {
        match self.audience {
            Audience::Team => true,
            Audience::Everybody => false,
        }
    }

    /// Says what findings of a rule are, as a heading of theirs.
    fn finding(&self, rule: &str) -> String {
        (self.title_of)(rule).map_or_else(|| words_of(rule), capital)
    }

    /// Words a finding for those who know no rule's name: what the rule finds stands for it.
    pub(in crate::report) fn without_rules(&self, message: &str) -> String {
        let named = |name: &str| (self.title_of)(name).map(|title| format!("\u{201c}{title}\u{201d}"));
        let parts: Vec<&str> = message.split('`').collect();
        let part = |(at, part): (usize, &&str)| match at {
            at if at % 2 == 0 => (*part).to_owned(),
            at if at + 1 == parts.len() => format!("`{part}"),
            _ => named(part).unwrap_or_else(|| format!("`{part}`")),
        };
        parts.iter().enumerate().map(part).collect()
    }

    /// Whether totals have no most, so that they say how large an organisation is rather than how good.
    fn totals_are_sizes(&self) -> bool {
        totals_are_sizes(self.counted(), std::slice::from_ref(self.framework))
    }

    /// Says over whom figures are where nothing else is said.
    fn whom(&self) -> String {
        whom(&self.statistics.coverage)
    }

    /// Returns so many of the returns that stand for organisations, or for parts of them, in words; `of` says which.
    fn one_each(&self, number: usize, of: &str) -> String {
        let each = if self.statistics.coverage.is_of_wholes() {
            "one an ¤organisation".to_owned()
        } else {
            self.statistics.coverage.each_of()
        };
        format!("{}{of}, {each}", count(number, "¤return", "¤returns"))
    }
}

/// The sections of the report, in order.
#[derive(Default)]
struct Sections {
    /// Each under a name; the ids of its figures begin with it.
    parts: Vec<(&'static str, Part)>,
    /// The names of those without figures.
    plain: Vec<&'static str>,
}

impl Sections {
    /// Adds a section with figures, or several of the same name, or none.
    fn add(mut self, name: &'static str, parts: impl IntoIterator<Item = Part>) -> Self {
        self.parts.extend(parts.into_iter().map(|part| (name, part)));
        self
    }

    /// Adds a section without figures, or none.
    fn add_plain(mut self, name: &'static str, parts: impl IntoIterator<Item = Part>) -> Self {
        self.plain.push(name);
        self.add(name, parts)
    }

    /// Returns the sections of a name.
    fn of(&self, name: &str) -> impl Iterator<Item = &Part> {
        self.parts.iter().filter(move |(other, _)| *other == name).map(|(_, part)| part)
    }
}

/// Returns the overarching report on a season for its managers.
pub fn overarching(setting: &Setting, season: &FrameworkSeason) -> Document {
    let (framework, statistics) = (season.framework, season.statistics);
    let (title, noun) = (season_title(&setting.branding.title, &[framework], setting.date), "Overarching report");
    let around = Around {
        kind: Kind::Overarching,
        noun,
        title: &title,
        scheme: &framework.title,
        of: format!("for {}", whose(season.audience)),
        foot: framework.title.clone(),
    };
    let is_named = season.is_named();
    let (dates, late) = is_named.then(|| dates::part(season, setting.date)).flatten().unzip();
    let (again, asked) = is_named.then(|| reassessment::part(season)).flatten().unzip();
    let sections = Sections::default()
        .add_plain("coverage", coverage::part(season))
        .add("outcome", outcome::part(season).map(|part| part.part(group::by_group(season))))
        .add("register", register::parts(season))
        .add_plain("reassessment", again)
        .add("graded", grade::parts(season))
        .add_plain("bundled", bundled::parts(season))
        .add("section", section::part(season))
        .add("criterion", criterion::part(season))
        .add("measure", measure::part(season))
        .add("consistency", consistency::part(season, Room::Page))
        .add("agreement", statistics.agreement.as_ref().map(|of| agreement::part(of, season, Room::Page)))
        .add("assessor", is_named.then(|| assessor::part(statistics, Room::Page)).flatten())
        .add_plain("assessor", assessor::none(season))
        .add("moderation", statistics.moderation.as_ref().map(|of| moderation::part(of, season)))
        .add("change", told_change(season).map(|of| change::part(of, season, Room::Page)))
        .add(
            "trend",
            statistics.trend.as_ref().map(|trend| change::trend(trend, season.framework.outcome.better, Room::Page)),
        )
        .add_plain("again", again::part(season))
        .add_plain("dates", dates)
        .add("finding", finding::part(season, Room::Page))
        .add_plain("decision", is_named.then(|| decision::part(season)).flatten())
        .add_plain("together", is_named.then(|| question::together(season)).flatten())
        .add_plain("question", [question::questions(season)]);
    let document = setting.document(around, framework);
    let reader = format!("For {}", reader(season.audience, statistics.names_strengths()));
    Document { facts: facts(season), reader, ..document }
        .introduction(paragraphs(&setting.branding.season_introduction))
        .part(setting.branding.foreword.clone())
        .part(brief(season, &sections, [asked, late].map(Option::flatten)))
        .part(sections.parts.iter().map(|(_, part)| part.clone()))
        .part(setting.branding.conclusions.clone())
        .part(method::part(season, &sections))
        .part(annex(season))
        .part(setting.contact("report"))
        .spelled(&framework.nouns)
}

/// Returns the change since last season; `None` where nothing of it may be told to whoever reads the report.
fn told_change<'a>(season: &FrameworkSeason<'a>) -> Option<&'a ChangeSummary> {
    let is_told = |of: &&ChangeSummary| change::is_told(of) || !register::change(season, &of.since).is_empty();
    season.statistics.change.as_ref().filter(|of| season.is_named() || is_told(of))
}

/// Returns what stands for all: the first sentence of some sections, the middle of totals and how it changed, who is asked for more, what
/// is late, all sentences on criteria; then the contents.
fn brief(season: &FrameworkSeason, sections: &Sections, [asked, late]: [Option<String>; 2]) -> Part {
    let first = |name| sections.of(name).filter_map(|part| part.leading().first().cloned());
    let middle = if season.totals_are_sizes() { None } else { outcome::middle(season.statistics) };
    let headline =
        middle.into_iter().chain(season.statistics.change.as_ref().and_then(|of| change::in_brief(of, season)));
    let told = ["coverage", "outcome"].into_iter().flat_map(&first).chain(headline);
    let then = season.statistics.change.as_ref().map(|change| register::in_brief_then(season, &change.since));
    let told = told.chain(asked).chain(first("register")).chain(then.into_iter().flatten());
    let apart = season.is_named().then(|| assessor::in_brief(season.statistics)).flatten();
    let told = told.chain(apart);
    let criteria = sections.of("criterion").flat_map(|part| part.leading().to_vec());
    Part::new("In brief").points(told.chain(late).chain(criteria)).block(Block::Contents)
}

/// Returns what is for looking things up: all criteria, all returns; `None` where there is neither.
fn annex(season: &FrameworkSeason) -> Option<Part> {
    let returns = season.is_named().then(|| section::matrix(season)).flatten();
    let criteria = criterion::all(season);
    let (heading, annex) = match (criteria, returns) {
        (Some(criteria), Some(returns)) => {
            ("Annex: all ¤criteria and ¤returns", Part::default().part(criteria).part(returns))
        }
        (Some(criteria), None) => ("Annex: all ¤criteria", criteria),
        (None, Some(returns)) => ("Annex: all ¤returns", returns),
        (None, None) => return None,
    };
    Some(Part { heading: Some(heading.to_owned()), ..annex }.lying(Lies::NewPage))
}

/// Returns how a season is called: by the title that it has, with the scheme before it where it is of one, else by that and the month of its
/// data.
pub fn season_title(title: &str, frameworks: &[&Framework], date: Option<Date>) -> String {
    let to = date.map_or_else(String::new, |date| format!(" to {}\u{a0}{}", date.strftime("%B"), date.year()));
    match (title, frameworks) {
        ("", [framework]) => format!("{}: season{to}", framework.title),
        ("", [] | [_, _, ..]) => format!("Season{to}"),
        (title, [framework]) => of_scheme(framework, title),
        (title, [] | [_, _, ..]) => title.to_owned(),
    }
}

/// Returns which season this is.
fn facts(season: &FrameworkSeason) -> Vec<Fact> {
    let versions = &season.statistics.versions;
    vec![
        Fact::new("For", reader(season.audience, season.statistics.names_strengths())),
        Fact::new("Framework", &season.framework.title),
        Fact::new(agree(versions.len(), "Version", "Versions"), versions.join(", ")),
        Fact::new("¤Returns that count", thousands(season.statistics.coverage.counted)),
        Fact::new("Owner of the scheme", &season.framework.owner),
    ]
}

/// Says for whom something is written.
fn whose(audience: Audience) -> &'static str {
    match audience {
        Audience::Team => "the team that runs the season",
        Audience::Everybody => "everybody",
    }
}

/// Says for whom something is written, and whom it names; strengths may be those of organisations that agreed to be named with them.
pub(in crate::report) fn reader(audience: Audience, names_strengths: bool) -> String {
    let names = match (audience, names_strengths) {
        (Audience::Team, _) => "it names ¤organisations",
        (Audience::Everybody, true) => {
            "it names no ¤organisation but those that agreed to be named with their strengths"
        }
        (Audience::Everybody, false) => "it names nobody",
    };
    format!("{}: {names}", whose(audience))
}

/// Says over whom figures are where nothing else is said: one return an organisation, or one for each part of those that sent none
/// about the whole.
pub(in crate::report) fn whom(coverage: &Coverage) -> String {
    if coverage.is_of_wholes() {
        let each = if coverage.headline < coverage.counted { " (one ¤return each)" } else { "" };
        let nameless = match coverage.nameless {
            0 => String::new(),
            1 => " and one ¤return that doesn\u{2019}t say whose it is".to_owned(),
            more => format!(" and {} that don\u{2019}t say whose they are", count(more, "¤return", "¤returns")),
        };
        format!("{}{each}{nameless}", count(coverage.organisations, "¤organisation", "¤organisations"))
    } else {
        format!("{} ({})", count(coverage.headline, "¤return", "¤returns"), coverage.each_of())
    }
}

/// Returns a figure as text where it is shown; "hidden" or a dash where it isn't.
fn figure(figure: &Figure, format: Format) -> String {
    let instead = if figure.state() == FigureState::Hidden { "hidden" } else { "\u{2013}" };
    Shown::of(figure, format).text().unwrap_or_else(|| instead.to_owned())
}

/// Returns a number of the statistics as text.
fn text(value: f64, format: &Format) -> String {
    Exact::from_float(value).map_or_else(String::new, |value| format.text(&value))
}

/// Returns a figure that is a count, where it is shown.
fn whole(figure: &Figure) -> Option<usize> {
    let whole = figure.value.and_then(Exact::from_float)?.to_whole()?;
    usize::try_from(whole).ok()
}
