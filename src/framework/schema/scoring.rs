//! Scales, sections, criteria and measures as a pack writes them.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

use super::Number;
use super::outcome::ForEach;
use crate::framework::{Better, Grade, Otherwise, ScaleUnit};

/// What an answer may be. One of `whole`, `values`, `range` and `grades` says so.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScaleEntry {
    /// Any whole number from the first to the second: `[0, 2]`.
    #[serde(default)]
    pub whole: Option<[Number; 2]>,
    /// These numbers and no others: `[0, 5, 10, 20, 30]`.
    #[serde(default)]
    pub values: Option<Vec<Number>>,
    /// Any number from the first to the second: `[0, 5]`.
    #[serde(default)]
    pub range: Option<[Number; 2]>,
    /// Answers with names. One goes by its name, its label, its other words, or a number and a label together: “3 - Good”.
    #[serde(default)]
    pub grades: Option<Vec<Grade>>,
    /// How far apart the numbers of `range` or `whole` are that may be answered, from the first: `step = 5` for 0, 5, 10, ….
    #[serde(default)]
    pub step: Option<Number>,
    /// `%` where answers are percentages: 60, “60 %” and a cell that shows 60% are then one answer, and a bare 0.6 is 60 % where it
    /// can be nothing else. What was written otherwise than the scale counts is told. Without this key a scale from 0 to 100 is in
    /// percent where its column's heading says so; on others it is only read so where the cell or a sign does.
    #[serde(default)]
    pub unit: Option<ScaleUnit>,
    /// Texts of an untouched form, which are no answer: "Select score 0-2".
    #[serde(default)]
    pub placeholders: Vec<String>,
    /// Codes that say there is no answer: "9" for "insufficient data".
    #[serde(default)]
    pub missing: Vec<String>,
    /// Ways to write that a criterion doesn't apply; it then leaves its section's maximum, and has no points: sums, means and counts of
    /// points pass over it, no comparison with its points holds, and `applies('1.1')` is no. A blank may turn out not to apply. Without
    /// this key "N/A" is no answer. Where not applying is worth points, it is a grade.
    #[serde(default)]
    pub not_applicable: Vec<String>,
    /// Which end is better.
    #[serde(default)]
    pub better: Better,
}

/// A named set that is said by what is in it, once for several parts of the scheme where they are alike.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupEntry {
    /// The criteria, measures, sections, tags and listed groups of which all is in it.
    pub members: Vec<String>,
    /// What else that has to be in, by the name of a section, a tag or a listed group: `members = ["1"]` and `within = "core"` are the
    /// criteria of section 1 that are tagged `core`. Without it all of the members.
    #[serde(default)]
    pub within: Option<String>,
    /// There is such a set for each of these: `"section"`, `"tag"`, or a list of sections, tags, listed groups and criteria by name.
    /// Its name, its members and `within` may then say `{each.id}` and `{each.slug}`. A part for which nothing would be in it has none.
    #[serde(default)]
    #[schemars(with = "Option<ForEach>")]
    pub for_each: Option<Vec<String>>,
}

/// A named set as a list of what is in it, or by what tells that; that is listed before a pack is read.
pub(super) struct MembersOrGroup;

impl JsonSchema for MembersOrGroup {
    fn schema_name() -> Cow<'static, str> {
        "MembersOrGroup".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let listed = json_schema!({ "type": "array", "items": { "type": "string" } });
        json_schema!({ "anyOf": [listed, generator.subschema_for::<GroupEntry>()] })
    }
}

/// The name of a scale, or a scale that is written where it is used; that has got a name before a pack is read.
struct NameOrScale;

impl JsonSchema for NameOrScale {
    fn schema_name() -> Cow<'static, str> {
        "NameOrScale".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "anyOf": [{ "type": "string" }, generator.subschema_for::<ScaleEntry>()] })
    }
}

/// A part of the scheme that has a score of its own.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SectionEntry {
    /// The name: `1.1`.
    pub id: String,
    /// The title, as the form words it.
    pub title: String,
    /// The share of the total: `"15%"`; without it sections aren't weighted.
    #[serde(default)]
    pub weight: Option<Number>,
    /// The share of the total that the organisation gives the section itself, as an expression over the fields and what is noted beside
    /// criteria: `field.weight_of_results`, `noted('R1', 'weight')`. In percent or as a share; those of all sections must come to the whole.
    /// Where none is given, `weight` holds.
    #[serde(default)]
    pub weight_from: Option<String>,
    /// The column beside its criteria in which the organisation weights these itself, in percent or as shares of one, which must come to
    /// the whole. Where it gives none, the criteria's `weight` holds, each beside the others. Without this key the scheme's weights alone count. `mean('1')` is the mean by these weights.
    #[serde(default)]
    pub weights_in: Option<String>,
    /// The most that can be scored, as the scheme prints it; compared with what the scales add up to.
    #[serde(default)]
    pub maximum: Option<Number>,
    /// The sheet that holds it, where each section has its own.
    #[serde(default)]
    pub sheet: Option<String>,
    /// The scale of its criteria, but for those that have another: its name, or a scale of its own, `{ whole = [0, 3] }`.
    #[serde(default)]
    #[schemars(with = "Option<NameOrScale>")]
    pub scale: Option<String>,
    /// The criteria, in the form's order.
    #[serde(default)]
    pub criteria: Vec<CriterionEntry>,
    /// The measures, in the form's order.
    #[serde(default)]
    pub measures: Vec<MeasureEntry>,
}

/// A part of the scheme that applies where a condition holds. Where the cover doesn't say whether it does, the return is provisional: its
/// outcome lies between what it would come to by each entry that could stand there.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AppliesEntry {
    /// The criteria, measures, sections, tags and groups that it is about.
    pub to: Vec<String>,
    /// When they apply, over the fields: `field.kind == 'College'`. Without it never, so that they may always stay blank. Several
    /// entries about one criterion must all hold for it.
    #[serde(default)]
    pub when: Option<String>,
    /// What they are where they don't apply.
    #[serde(default)]
    pub otherwise: Otherwise,
}

/// One thing that is judged.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CriterionEntry {
    /// The name, as the form writes it: `1.1.1`.
    pub id: String,
    /// The text, as the form words it, without the name.
    pub text: String,
    /// A few words for charts and tables; the text where there are none.
    #[serde(default)]
    pub short: Option<String>,
    /// The scale, where it isn't the section's: its name, or a scale of its own, `{ whole = [0, 3] }`.
    #[serde(default)]
    #[schemars(with = "Option<NameOrScale>")]
    pub scale: Option<String>,
    /// How often it counts in sums and means of several criteria and in what these can come to at most: 2 counts twice. Without it once. Its own points, counts, the lowest and the highest know no weights.
    #[serde(default)]
    pub weight: Option<Number>,
    /// Marks that groups and conditions use: `core`.
    #[serde(default)]
    pub tags: Vec<String>,
    /// What each grade means, best first, as the form words it.
    #[serde(default)]
    pub levels: Vec<String>,
    /// What a reader of results should know about it, such as a doubtful reading of the scheme's text.
    #[serde(default)]
    pub note: Option<String>,
}

/// One thing that is measured and turned into points.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MeasureEntry {
    /// The name, as the form writes it: `A`.
    pub id: String,
    /// The text, as the form words it.
    pub text: String,
    /// A few words for charts and tables; the text where there are none.
    #[serde(default)]
    pub short: Option<String>,
    /// The unit of the measured value: `%`, `weeks`, `rating`.
    pub unit: String,
    /// The least measured value that makes sense.
    #[serde(default)]
    pub least: Option<Number>,
    /// The greatest measured value that makes sense.
    #[serde(default)]
    pub greatest: Option<Number>,
    /// Decimals with which a typed result is given.
    pub decimals: u32,
    /// The most points.
    pub maximum: Number,
    /// From value to points: the first step that holds. Without it the value itself is the points.
    #[serde(default)]
    pub points: Option<Vec<StepEntry>>,
    /// The points where no step holds; nought without it.
    #[serde(default)]
    pub otherwise: Option<Number>,
    /// The whole points that the form says may be claimed: `[0, 10]`; those that no value can earn are told.
    #[serde(default)]
    pub printed_points: Option<[u32; 2]>,
    /// The value as the registers give it, in the unit.
    #[serde(default)]
    pub from_register: Option<String>,
    /// How many people that value rests on.
    #[serde(default)]
    pub cohort: Option<String>,
    /// Fewer people than this are too few to say much.
    #[serde(default)]
    pub small_cohort: Option<Number>,
    /// The register that must be there when points are claimed.
    #[serde(default)]
    pub register: Option<String>,
}

/// One step from a value to points. One of `at_least`, `over`, `at_most` and `under` says which values it takes.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StepEntry {
    /// This value or more.
    #[serde(default)]
    pub at_least: Option<Number>,
    /// More than this value.
    #[serde(default)]
    pub over: Option<Number>,
    /// This value or less.
    #[serde(default)]
    pub at_most: Option<Number>,
    /// Less than this value.
    #[serde(default)]
    pub under: Option<Number>,
    /// The points.
    pub points: Number,
}
