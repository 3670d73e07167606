//! What follows from answers: values, bands and gates, what a score wants beside it, a framework's own rules, dated steps.

use schemars::JsonSchema;
use serde::Deserialize;

use super::expression::{Expression, Node, Quantity};
use super::schema::{Number, some_exact};
use super::{BandId, Better, ColumnId, Edge, GateId, RaterId, RegisterId, StepId};
use crate::exact::Exact;
use crate::finding::Severity;
use crate::words::either;

/// A value with a name.
#[derive(Clone, Debug)]
pub struct NamedValue {
    /// The name under which later expressions see it.
    pub name: String,
    /// As people call it: "A + B + E".
    pub title: String,
    /// How it is worked out.
    pub value: Expression,
}

/// How bands are given.
#[derive(Clone, Debug)]
pub struct OutcomeSpec {
    /// The total that bands are about.
    pub total: Expression,
    /// The unit of the total: `%` or `points`.
    pub unit: String,
    /// Decimals with which a total is usually shown.
    pub decimals: u32,
    /// Which end of the total is better.
    pub better: Better,
    /// Whether the best band whose minimums hold is given, or only the one in whose printed range the total lies.
    pub mode: Mode,
    /// The bands, best first; empty for schemes without one.
    pub bands: Vec<Band>,
    /// The gates, by the order in which they are told; those of the levels come last.
    pub gates: Vec<Gate>,
    /// What bands ask of parts of the scheme, each of which is a gate too.
    pub levels: Vec<Level>,
    /// A total this near to another band is worth a note; `None` where the scheme gives no margin.
    pub near: Option<Exact>,
    /// A word for an incomplete outcome, as the form states it: "Incomplete".
    pub incomplete: Option<String>,
    /// What a return needs whose outcome or score asks for more, in the scheme's words as they stand behind "needs": "action and
    /// re-assessment"; without it, "to be assessed again".
    pub again: Option<String>,
}

impl OutcomeSpec {
    /// Returns what a return needs whose outcome or score asks for more, as it stands behind "needs".
    pub fn needed_again(&self) -> &str {
        self.again.as_deref().unwrap_or("to be assessed again")
    }
}

/// How a band is chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "ModeEntry")]
pub enum Mode {
    /// The best band whose limit and gates all hold.
    #[default]
    Cascade,
    /// The band in whose printed range the total lies, if its gates hold; else no outcome is defined.
    Literal,
}

/// One outcome.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "BandEntry")]
pub struct Band {
    /// The name, in kebab-case: `partially-meeting`.
    #[schemars(with = "String")]
    pub id: BandId,
    /// The title, as the form words it.
    pub title: String,
    /// Other words that people write for it.
    #[serde(default)]
    pub written: Vec<String>,
    /// The least total.
    #[serde(default, deserialize_with = "some_exact")]
    #[schemars(with = "Option<Number>", !default)]
    pub at_least: Option<Exact>,
    /// The total that must be exceeded: more than this, where `at_least` would take it too.
    #[serde(default, deserialize_with = "some_exact")]
    #[schemars(with = "Option<Number>", !default)]
    pub over: Option<Exact>,
    /// The greatest total, for schemes where less is better.
    #[serde(default, deserialize_with = "some_exact")]
    #[schemars(with = "Option<Number>", !default)]
    pub at_most: Option<Exact>,
    /// The total that must not be reached: less than this, where `at_most` would take it too.
    #[serde(default, deserialize_with = "some_exact")]
    #[schemars(with = "Option<Number>", !default)]
    pub under: Option<Exact>,
    /// The far end as printed, which decides nothing unless the mode is `literal`.
    #[serde(default, deserialize_with = "some_exact")]
    #[schemars(with = "Option<Number>", !default)]
    pub printed_to: Option<Exact>,
    /// The gates that must hold.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub gates: Vec<GateId>,
    /// Whether the scheme asks whoever has it for more, which `again` of the outcome says in words.
    #[serde(default)]
    pub again: bool,
}

impl Band {
    /// Returns what the band asks of the total; `None` where it asks nothing.
    pub fn limit(&self) -> Option<Limit<'_>> {
        let least = self.at_least.as_ref().map(Limit::AtLeast);
        let most = self.at_most.as_ref().map(Limit::AtMost);
        least.or(self.over.as_ref().map(Limit::Over)).or(most).or(self.under.as_ref().map(Limit::Under))
    }
}

/// What a band asks of the total.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit<'a> {
    /// This or more.
    AtLeast(&'a Exact),
    /// More than this.
    Over(&'a Exact),
    /// This or less.
    AtMost(&'a Exact),
    /// Less than this.
    Under(&'a Exact),
}

impl<'a> Limit<'a> {
    /// Returns the number.
    pub fn number(self) -> &'a Exact {
        match self {
            Self::AtLeast(limit) | Self::Over(limit) | Self::AtMost(limit) | Self::Under(limit) => limit,
        }
    }

    /// Whether a total is within it.
    pub fn holds(self, total: &Exact) -> bool {
        match self {
            Self::AtLeast(least) => total >= least,
            Self::Over(limit) => total > limit,
            Self::AtMost(most) => total <= most,
            Self::Under(limit) => total < limit,
        }
    }

    /// Whether more is better.
    pub fn is_least(self) -> bool {
        match self {
            Self::AtLeast(_) | Self::Over(_) => true,
            Self::AtMost(_) | Self::Under(_) => false,
        }
    }

    /// Returns it in words, with its number as it is shown.
    pub fn in_words(self, shown: &str) -> String {
        match self {
            Self::AtLeast(_) => format!("{shown} or more"),
            Self::Over(_) => format!("more than {shown}"),
            Self::AtMost(_) => format!("{shown} or less"),
            Self::Under(_) => format!("less than {shown}"),
        }
    }
}

/// Returns which end of a total is better by the limits of its bands: the lower where all of them are the most.
pub(super) fn better_by_limits(bands: &[Band]) -> Better {
    let mut limits = bands.iter().filter_map(Band::limit).peekable();
    if limits.peek().is_some() && limits.all(|limit| !limit.is_least()) { Better::Lower } else { Better::Higher }
}

impl OutcomeSpec {
    /// Whether there is a total at all; conditions alone decide where there is none.
    pub fn has_total(&self) -> bool {
        self.total.node != Node::Constant(Quantity::Unknown)
    }

    /// Whether there is a band for whatever the others leave.
    pub fn takes_all(&self) -> bool {
        let is_for_all = |band: &Band| band.limit().is_none() && band.gates.is_empty();
        self.mode == Mode::Cascade && self.bands.last().is_some_and(is_for_all)
    }

    /// Returns the band of this name.
    pub fn band(&self, id: &str) -> Option<&Band> {
        self.bands.iter().find(|band| band.id == *id)
    }

    /// Returns the least points that any band asks of a criterion by the minimums; `None` where none does.
    pub fn minimum(&self, criterion: &str) -> Option<&Exact> {
        let levels = self.levels.iter().filter(|level| level.of == criterion && level.edge == Edge::AtLeast);
        levels.flat_map(|level| &level.asked).map(|asked| &asked.limit).min()
    }

    /// Returns the title of the band of this name; the name itself where there is none.
    pub fn band_title<'a>(&'a self, id: &'a str) -> &'a str {
        self.band(id).map_or(id, |band| &band.title)
    }

    /// Says which bands can come out: all between the worst and the best, or only some of these, which come with the best first.
    pub fn bands_in_words(&self, lowest: &BandId, highest: &BandId, some: &[BandId]) -> String {
        let title = |band: &BandId| self.band_title(band).to_owned();
        match some {
            _ if lowest == highest => title(lowest),
            [] => format!("{} to {}", title(lowest), title(highest)),
            some => either(&some.iter().rev().map(title).collect::<Vec<String>>()),
        }
    }

    /// Says between which bands the outcome lies, or which of them it can be.
    pub fn bands_between(&self, lowest: &BandId, highest: &BandId, some: &[BandId]) -> String {
        if some.is_empty() {
            return format!("between {} and {}", self.band_title(lowest), self.band_title(highest));
        }
        self.bands_in_words(lowest, highest, some)
    }
}

/// What bands ask of a part of the scheme.
#[derive(Clone, Debug)]
pub struct Level {
    /// The name of the criterion, measure, section, tag, group or value.
    pub of: String,
    /// As people call it, with the unit of its numbers.
    pub title: String,
    /// Whether it must come to so much, or may.
    pub edge: Edge,
    /// What the bands ask, the worst first.
    pub asked: Vec<Asked>,
}

/// What a band asks of a part of the scheme.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Which band.
    pub band: BandId,
    /// The least, or the most.
    pub limit: Exact,
    /// The gate that holds it.
    pub gate: GateId,
}

/// A condition that withholds a band.
#[derive(Clone, Debug)]
pub struct Gate {
    /// The name.
    pub id: GateId,
    /// As people call it.
    pub title: String,
    /// The condition.
    pub holds: Expression,
    /// A minijinja template that says why it doesn't hold, over the same names: "A + B + E is {{ abe }}, needs 20".
    pub why: String,
}

/// What a score wants beside it.
#[derive(Clone, Debug)]
pub struct Requirement {
    /// Whose scores; `None` is the rater that counts.
    pub rater: Option<RaterId>,
    /// When it is wanted, over `score` (the points) and `grade` (the name).
    pub when: Expression,
    /// Columns of which at least one must be filled in; empty where the score itself is told.
    pub any_of: Vec<ColumnId>,
    /// The rule that says so when none is: `evidence-missing`, `action-missing`, `action-incomplete`.
    pub rule: String,
    /// How much it weighs.
    pub severity: Severity,
    /// What to do, as a sentence.
    pub help: String,
}

/// A rule of the framework's own.
#[derive(Clone, Debug)]
pub struct OwnRule {
    /// The name after the framework's: `core-not-met-but-claimed`.
    pub slug: String,
    /// The general rule by whose name it speaks; `None` where the finding is the framework's own.
    pub says: Option<String>,
    /// How much it weighs.
    pub severity: Severity,
    /// What it is about: the return, or each row of a register.
    pub over: Option<RegisterId>,
    /// Whether it is about each criterion by itself.
    pub each: Option<RuleEach>,
    /// The register whose rows are marked, where it is about each mark; `None` where it isn't.
    pub marks: Option<RegisterId>,
    /// The fault is there where this holds.
    pub when: Expression,
    /// A minijinja template for the message.
    pub message: String,
    /// What to do.
    pub help: String,
    /// The field, criterion, column or register that it points to; `None` is the workbook.
    pub at: Option<String>,
}

/// What a rule is repeated for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "RuleEachEntry")]
pub enum RuleEach {
    /// Every criterion.
    Criterion,
}

/// A dated step of the scheme.
#[derive(Clone, Debug)]
pub struct CalendarStep {
    /// The name.
    pub id: StepId,
    /// As people call it.
    pub title: String,
    /// Whether it is something to do or the end of something.
    pub kind: StepKind,
    /// The register each of whose rows has this step; `None` where the return has it once.
    pub over: Option<RegisterId>,
    /// When there is such a step; `None` where there always is.
    pub when: Option<Expression>,
    /// When it is due.
    pub due: Expression,
    /// When it was done; `None` where the return doesn't say so.
    pub done: Option<Expression>,
    /// The kind of return whose arrival it is, which came on a day that nobody may say; `None` where it is no such.
    pub arrival_of: Option<String>,
    /// Whether it is the day by which what the outcome asks for again is wanted.
    pub again: bool,
    /// From what the day is counted, in words; `None` where the pack doesn't say.
    pub basis: Option<String>,
}

/// What a dated step is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(rename = "StepKindEntry")]
pub enum StepKind {
    /// Something that someone does, at the latest on its day.
    #[default]
    Task,
    /// The last day on which something holds: a certificate, a membership.
    End,
}
