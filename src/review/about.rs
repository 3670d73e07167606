//! What a return says beyond its scores, for consolidating it and for its report: the units that it lists, what others
//! think of each criterion, strengths and development areas, and its improvement plan.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::framework::{ColumnId, Framework, PlanColumns, RegisterSpec, Remarks};
use crate::outcome::Outcome;
use crate::returns::{Entry, Return, Row};
use crate::wording::Wording;

/// Whether a remark praises or asks for more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RemarkKind {
    /// It says what is good.
    Strength,
    /// It says what is to be developed.
    Development,
}

/// A remark beside a criterion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RemarkRecord {
    /// Which criterion.
    pub id: String,
    /// What kind of remark.
    pub kind: RemarkKind,
    /// What it says, without the word that tells its kind.
    pub text: String,
}

/// A judgement of somebody beside the raters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OpinionRecord {
    /// Whose: the heading over it.
    pub unit: String,
    /// Which criterion.
    pub id: String,
    /// The grade; `None` where there is none that can be used.
    pub value: Option<String>,
    /// Whether it counts: a grade such as "Not assessed" doesn't.
    pub counts: bool,
}

/// A unit that a return about the whole lists.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct UnitRecord {
    /// Its name.
    pub name: String,
    /// What it weighs; `None` where that isn't said.
    pub weight: Option<String>,
}

/// A row of an improvement plan; what is listed in one cell is listed here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PlanRecord {
    /// The weakness.
    pub what: String,
    /// What is done about it.
    pub how: Vec<String>,
    /// What that is good for.
    pub why: Vec<String>,
    /// By when.
    pub when: Vec<String>,
    /// By whom.
    pub who: Vec<String>,
    /// The last day that the row names; `None` where it names none.
    pub deadline: Option<String>,
}

/// Returns the remarks, in the framework's order.
pub(super) fn remarks(framework: &Framework, said: &Return) -> Vec<RemarkRecord> {
    let columns = framework.tables.iter().flat_map(|table| &table.columns);
    let columns: Vec<(&ColumnId, &Remarks)> =
        columns.filter_map(|column| Some((&column.id, column.remarks.as_ref()?))).collect();
    let beside = |id: &str| {
        let best = framework.criteria().find(|criterion| criterion.id.as_str() == id).is_some_and(|criterion| {
            let answer = said.answers.get(&(said.counts.clone(), criterion.id.clone())).and_then(Entry::given);
            answer.and_then(|answer| answer.points.as_ref()) == Some(&framework.scale(criterion).maximum())
        });
        let id = id.to_owned();
        columns.iter().filter_map(move |(column, words)| {
            let written = said.notes.get(&(id.clone(), (*column).clone()))?.given()?.to_string();
            remark(&id, &written, words, best)
        })
    };
    framework.criteria().flat_map(|criterion| beside(criterion.id.as_str()).collect::<Vec<_>>()).collect()
}

/// Returns one remark; `None` where it says nothing.
fn remark(id: &str, written: &str, words: &Remarks, best: bool) -> Option<RemarkRecord> {
    let head = |(at, mark): (usize, char)| Some((&written[..at], &written[at + mark.len_utf8()..]));
    let divided = written.char_indices().find(|(_, c)| matches!(c, ':' | '\u{2013}')).and_then(head);
    let begins = |listed: &[String]| {
        divided.filter(|(word, _)| listed.iter().any(|one| Wording::of(one) == Wording::of(word))).map(|(_, rest)| rest)
    };
    let otherwise = if best { RemarkKind::Strength } else { RemarkKind::Development };
    let (kind, text) = match (begins(&words.strength), begins(&words.development)) {
        (Some(rest), _) => (RemarkKind::Strength, rest),
        (None, Some(rest)) => (RemarkKind::Development, rest),
        (None, None) => (otherwise, written),
    };
    let text = text.trim();
    (!text.is_empty()).then(|| RemarkRecord { id: id.to_owned(), kind, text: text.to_owned() })
}

/// Returns what others than the raters think, by unit, then by criterion.
pub(super) fn opinions(framework: &Framework, said: &Return) -> Vec<OpinionRecord> {
    let mut units: Vec<&str> = Vec::new();
    for (unit, _) in said.opinions.keys() {
        if units.last() != Some(&unit.as_str()) {
            units.push(unit);
        }
    }
    let of_unit = |unit: &str| {
        let opinion = |id: &crate::framework::CriterionId| {
            let grading = said.opinions.get(&(unit.to_owned(), id.clone()))?.given();
            Some(OpinionRecord {
                unit: unit.to_owned(),
                id: id.to_string(),
                value: grading.map(|grading| grading.grade.clone()),
                counts: grading.is_some_and(|grading| grading.points.is_some()),
            })
        };
        framework.criteria().filter_map(|criterion| opinion(&criterion.id)).collect::<Vec<_>>()
    };
    units.into_iter().flat_map(of_unit).collect()
}

/// Returns the units that a return about the whole lists, in its order.
pub(super) fn units(framework: &Framework, said: &Return) -> Vec<UnitRecord> {
    let register = framework.consolidation.as_ref().and_then(|spec| Some((spec, spec.register.as_ref()?)));
    let Some((spec, id)) = register else { return Vec::new() };
    let key = framework.registers.iter().find(|register| register.id == *id).and_then(|register| register.key.as_ref());
    let (Some(key), Some(register)) = (key, said.registers.get(id)) else { return Vec::new() };
    let unit = |row: &Row| {
        let weight = spec.register_weight.as_ref().and_then(|column| text(row, column));
        text(row, key).map(|name| UnitRecord { name, weight })
    };
    register.rows.iter().filter_map(unit).collect()
}

/// Returns the improvement plan that a return holds.
pub(super) fn plan(framework: &Framework, said: &Return, outcome: &Outcome) -> Vec<PlanRecord> {
    let specs = framework.registers.iter().filter_map(|spec| Some((spec, spec.plan.as_ref()?)));
    let of_register = |(spec, columns): (&RegisterSpec, &PlanColumns)| {
        let rows = said.registers.get(&spec.id).map(|register| register.rows.as_slice()).unwrap_or_default();
        let scores = outcome.registers.get(&spec.id).map(Vec::as_slice).unwrap_or_default();
        let row = |(number, row): (usize, &Row)| {
            let last = columns.deadline.as_ref().and_then(|name| scores.get(number)?.derived(spec, name));
            PlanRecord {
                what: text(row, &columns.what).unwrap_or_default(),
                how: lines(row, Some(&columns.how)),
                why: lines(row, columns.why.as_ref()),
                when: lines(row, Some(&columns.when)),
                who: lines(row, Some(&columns.who)),
                deadline: last.filter(|last| last.is_known()).map(ToString::to_string),
            }
        };
        rows.iter().enumerate().map(row).collect::<Vec<_>>()
    };
    specs.flat_map(of_register).collect()
}

/// Returns what a row says in a column.
fn text(row: &Row, column: &ColumnId) -> Option<String> {
    row.given(column.as_str()).map(ToString::to_string)
}

/// Returns the lines of what a row says in a column, without their bullets.
fn lines(row: &Row, column: Option<&ColumnId>) -> Vec<String> {
    let written = column.and_then(|column| text(row, column)).unwrap_or_default();
    crate::framework::expression::lines(&written).map(ToOwned::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remark_says_its_kind_or_goes_by_the_grade() {
        use RemarkKind::{Development, Strength};
        let words = Remarks { strength: vec!["Strength".to_owned()], development: vec!["Development".to_owned()] };
        let cases = [
            ("Strength: well embedded.", false, Some((Strength, "well embedded."))),
            ("DEVELOPMENT \u{2013} publish it", true, Some((Development, "publish it"))),
            ("Well embedded: seen twice.", true, Some((Strength, "Well embedded: seen twice."))),
            ("Seen once.", false, Some((Development, "Seen once."))),
            ("Strength:", true, None),
        ];
        for (written, best, expected) in cases {
            let found = remark("1.1", written, &words, best);
            let found = found.as_ref().map(|remark| (remark.kind, remark.text.as_str()));
            assert_eq!(found, expected, "{written}");
        }
    }
}
