//! Outcomes, requirements, rules and dated steps as a pack writes them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

use super::Number;
use crate::finding::Severity;
use crate::framework::{Band, Better, Mode, RuleEach, StepKind};

/// A value with a name.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ValueEntry {
    /// The name under which expressions see it: `abe`.
    pub name: String,
    /// As people call it: "A + B + E".
    pub title: String,
    /// How it is worked out.
    pub value: String,
    /// There is such a value for each of these: `"section"`, `"tag"`, or a list of sections, tags, groups and criteria by name. Its texts may
    /// then say `{each.id}`, `{each.title}`, and where other signs can't stand `{each.name}` (`_` in their place) and
    /// `{each.slug}` (`-`, in small letters).
    #[serde(default)]
    #[schemars(with = "Option<ForEach>")]
    pub for_each: Option<Vec<String>>,
}

/// How a return's outcome is found.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OutcomeEntry {
    /// The total that bands are about.
    pub total: String,
    /// The unit of the total: `%` or `points`.
    pub unit: String,
    /// Decimals with which a total is usually shown.
    pub decimals: u32,
    /// Which end of the total is better: `lower` where faults are counted. Without it, `lower` where each limit of a band is `at_most`.
    #[serde(default)]
    pub better: Option<Better>,
    /// How a band is chosen.
    #[serde(default)]
    pub mode: Mode,
    /// A total this near to another band is worth a note.
    #[serde(default)]
    pub near: Option<Number>,
    /// The form's word for an outcome that isn't known yet: "Incomplete".
    #[serde(default)]
    pub incomplete: Option<String>,
    /// What a return needs whose outcome or score asks for more, in the scheme's words as they stand behind "needs": "action and
    /// re-assessment"; without it, "to be assessed again".
    #[serde(default)]
    pub again: Option<String>,
    /// The outcomes, best first.
    #[serde(default)]
    pub bands: Vec<Band>,
    /// Conditions that withhold a band, in the order in which they are told.
    #[serde(default)]
    pub gates: Vec<GateEntry>,
    /// What bands ask at least of parts of the scheme: a table of minimum standards, in which each entry is a row.
    #[serde(default)]
    pub minimums: Vec<LevelEntry>,
    /// What bands allow at most of parts of the scheme, where fewer are better: of serious faults, say.
    #[serde(default)]
    pub maximums: Vec<LevelEntry>,
}

/// What bands ask of a part of the scheme.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LevelEntry {
    /// The criterion, measure, section, tag or group, whose points are added up, or the named value. What doesn't apply is passed
    /// over.
    pub of: String,
    /// As people call it; without it, its own title or name.
    #[serde(default)]
    pub title: Option<String>,
    /// The unit of the numbers, for those who read of them: `%`, `credits`.
    #[serde(default)]
    pub unit: Option<String>,
    /// The number that each band asks, by the band's name. A better band without one asks what the next worse does.
    pub bands: BTreeMap<String, Number>,
}

/// A grade that sections, groups or tags have each, like an outcome of their own. Without a total, conditions alone decide.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GradesEntry {
    /// The name, by which expressions ask for it: `graded('rating', 'safe')`.
    pub id: String,
    /// As people call it: "Rating".
    pub title: String,
    /// What has the grade: each section, or each tag; else name them in `over`.
    #[serde(default)]
    pub each: Option<GradesEach>,
    /// The sections, groups or tags that have the grade.
    #[serde(default)]
    pub over: Vec<String>,
    /// What people call those that aren't sections, by name.
    #[serde(default)]
    pub titles: BTreeMap<String, String>,
    /// The total that bands are about, in which `section.score`, `section.maximum` and the like are those of the part that is graded.
    #[serde(default)]
    pub total: Option<String>,
    /// The unit of the total: `%` or `points`.
    #[serde(default)]
    pub unit: String,
    /// Decimals with which a total is usually shown.
    #[serde(default)]
    pub decimals: u32,
    /// Which totals are better; else `lower` where bands have limits that are `at_most`.
    #[serde(default)]
    pub better: Option<Better>,
    /// How a band is chosen.
    #[serde(default)]
    pub mode: Mode,
    /// A total this near to another band is worth a note.
    #[serde(default)]
    pub near: Option<Number>,
    /// The form's word for a grade that isn't known yet: "Not yet rated".
    #[serde(default)]
    pub incomplete: Option<String>,
    /// The grades, best first.
    pub bands: Vec<Band>,
    /// Conditions that withhold a band, in the order in which they are told; `section.id` is the name of the part that is graded:
    /// `lowest(section.id) >= 2`. Within quotes it has braces: `lowest('core-{section.id}') >= 2`.
    #[serde(default)]
    pub gates: Vec<GateEntry>,
}

/// For which parts of the scheme there is an entry each: all sections, all tags, or names. Each has got its own before a pack is read.
pub(super) struct ForEach;

impl JsonSchema for ForEach {
    fn schema_name() -> Cow<'static, str> {
        "ForEach".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let all = json_schema!({ "type": "string", "oneOf": [{ "const": "section" }, { "const": "tag" }] });
        json_schema!({ "anyOf": [all, { "type": "array", "items": { "type": "string" } }] })
    }
}

/// What has a grade without being named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum GradesEach {
    /// Every section.
    Section,
    /// Every tag; `titles` says what people call one.
    Tag,
}

/// A condition that withholds a band.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GateEntry {
    /// The name, in kebab-case.
    pub id: String,
    /// As people call it.
    pub title: String,
    /// The condition.
    pub holds: String,
    /// Why it doesn't hold, as a minijinja template over the same names: "A + B + E is {{ abe }}, needs 20".
    pub why: String,
    /// There is such a gate for each of these: `"section"`, `"tag"`, or a list of sections, tags, groups and criteria by name. Its texts may
    /// then say `{each.id}`, `{each.title}`, and where other signs can't stand `{each.name}` (`_` in their place) and
    /// `{each.slug}` (`-`, in small letters).
    #[serde(default)]
    #[schemars(with = "Option<ForEach>")]
    pub for_each: Option<Vec<String>>,
}

/// Counts that the scheme prints.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PrintedCounts {
    /// The number of criteria.
    #[serde(default)]
    pub criteria: Option<usize>,
    /// The number of measures.
    #[serde(default)]
    pub measures: Option<usize>,
    /// The sum of the weights: `"100%"`.
    #[serde(default)]
    pub weights: Option<Number>,
    /// The least that can be scored, unweighted.
    #[serde(default)]
    pub minimum: Option<Number>,
    /// The most that can be scored, unweighted.
    #[serde(default)]
    pub maximum: Option<Number>,
}

/// A sum that the scheme prints, with its parts.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PrintedSum {
    /// What it is the sum of, as a reader would say it: "the column Partially meeting".
    pub title: String,
    /// The parts, as printed.
    pub parts: Vec<Number>,
    /// The sum, as printed.
    pub total: Number,
    /// Which of the two is used, and why, where they differ.
    #[serde(default)]
    pub reading: Option<String>,
}

/// What a score wants beside it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RequirementEntry {
    /// Whose scores; without it, those of the rater who counts.
    #[serde(default)]
    pub rater: Option<String>,
    /// When it is wanted, over `score` (the points) and `grade` (the name).
    pub when: String,
    /// Columns of which at least one must be filled in; without any, the score itself is told.
    #[serde(default)]
    pub any_of: Vec<String>,
    /// The rule that says so: `evidence-missing`, `action-missing`, `action-incomplete`, `reassessment-required`.
    pub rule: String,
    /// How much it weighs.
    pub severity: Severity,
    /// What to do, as a sentence.
    pub help: String,
    /// There is such a requirement for each of these: `"section"`, `"tag"`, or a list of sections, tags, groups and criteria by name. Its texts may
    /// then say `{each.id}`, `{each.title}`, and where other signs can't stand `{each.name}` (`_` in their place) and
    /// `{each.slug}` (`-`, in small letters).
    #[serde(default)]
    #[schemars(with = "Option<ForEach>")]
    pub for_each: Option<Vec<String>>,
}

/// A rule of the scheme's own.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnRuleEntry {
    /// The name, which stands after the scheme's in findings: `core-not-met-but-claimed`. Several entries may share it, one
    /// a place; they then weigh the same.
    pub slug: String,
    /// The general rule that says it, where one does: `field-blank`; without it the finding is the scheme's own.
    #[serde(default)]
    pub says: Option<String>,
    /// How much it weighs.
    pub severity: Severity,
    /// The register each of whose rows it is about; without it, the return.
    #[serde(default)]
    pub over: Option<String>,
    /// What the rule is repeated for, where it isn't about rows; the expression then has `criterion.id`, `criterion.text`,
    /// `criterion.grade`, `criterion.consolidated` (what the units' opinions make for the whole) and what stands beside the
    /// answer, by its column; it points to the answer, or to a column beside it.
    #[serde(default)]
    pub each: Option<RuleEach>,
    /// The register whose rows this one's columns mark: the rule is then about each mark, which is `mark`; what the marked
    /// row says is `marked.status`.
    #[serde(default)]
    pub marks: Option<String>,
    /// The fault is there where this holds.
    pub when: String,
    /// The message, as a minijinja template over the same names.
    pub message: String,
    /// What to do, as a sentence.
    pub help: String,
    /// The field, criterion, measure, column or register that it points to; without it, the workbook or the row.
    #[serde(default)]
    pub at: Option<String>,
    /// There is such a rule for each of these: `"section"`, `"tag"`, or a list of sections, tags, groups and criteria by name. Its texts may
    /// then say `{each.id}`, `{each.title}`, and where other signs can't stand `{each.name}` (`_` in their place) and
    /// `{each.slug}` (`-`, in small letters).
    #[serde(default)]
    #[schemars(with = "Option<ForEach>")]
    pub for_each: Option<Vec<String>>,
}

/// A dated step of the scheme.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CalendarEntry {
    /// The name.
    pub id: String,
    /// As people call it.
    pub title: String,
    /// Whether it is something to do or the end of something.
    #[serde(default)]
    pub kind: StepKind,
    /// The register each of whose rows has this step; without it, the return has it once.
    #[serde(default)]
    pub over: Option<String>,
    /// When there is such a step at all; without it, always.
    #[serde(default)]
    pub when: Option<String>,
    /// When it is due; `working_days_after(day, number, region)` leaves out the bank holidays of the region's nation.
    pub due: String,
    /// When it was done, where the return says so.
    #[serde(default)]
    pub done: Option<String>,
    /// The kind of return whose arrival this step is: of such a return it isn't told unless it is said when it was done.
    #[serde(default)]
    pub arrival_of: Option<String>,
    /// Whether it is by this day that what the outcome asks for (`[outcome] again`) is wanted: the next assessment, or the next sending.
    #[serde(default)]
    pub again: bool,
    /// From what the day is counted, in words: "two weeks before the first day of the assessment".
    #[serde(default)]
    pub basis: Option<String>,
    /// There is such a step for each of these: `"section"`, `"tag"`, or a list of sections, tags, groups and criteria by name. Its texts may
    /// then say `{each.id}`, `{each.title}`, and where other signs can't stand `{each.name}` (`_` in their place) and
    /// `{each.slug}` (`-`, in small letters).
    #[serde(default)]
    #[schemars(with = "Option<ForEach>")]
    pub for_each: Option<Vec<String>>,
}
