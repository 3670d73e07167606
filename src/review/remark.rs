//! Strengths and development areas beside criteria, as the sender words them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::framework::{ColumnId, Criterion, CriterionId, Framework, Remarks};
use crate::returns::{Entry, Return};
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
    pub id: CriterionId,
    /// What kind of remark.
    pub kind: RemarkKind,
    /// What it says, without the word that tells its kind.
    pub text: String,
}

/// Returns the remarks, in the framework's order.
pub(super) fn remarks(framework: &Framework, sent: &Return) -> Vec<RemarkRecord> {
    let columns = framework.tables.iter().flat_map(|table| &table.columns);
    let columns: Vec<(&ColumnId, &Remarks)> =
        columns.filter_map(|column| Some((&column.id, column.remarks.as_ref()?))).collect();
    let beside = |criterion: &Criterion| {
        let answer = sent.answers.get(&(sent.counts.clone(), criterion.id.clone())).and_then(Entry::given);
        let points = answer.and_then(|answer| answer.points.as_ref());
        let best = points == Some(&framework.scale(criterion).maximum());
        let remark = |(column, words): &(&ColumnId, &Remarks)| {
            let written = sent.notes.get(&(criterion.id.to_string(), (*column).clone()))?.given()?.to_string();
            remark(&criterion.id, &written, words, best)
        };
        columns.iter().filter_map(remark).collect::<Vec<_>>()
    };
    framework.criteria().flat_map(beside).collect()
}

/// Returns one remark; `None` where it says nothing.
fn remark(id: &CriterionId, written: &str, words: &Remarks, best: bool) -> Option<RemarkRecord> {
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
    (!text.is_empty()).then(|| RemarkRecord { id: id.clone(), kind, text: text.to_owned() })
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
            let read = remark(&"1.1".into(), written, &words, best);
            let read = read.as_ref().map(|remark| (remark.kind, remark.text.as_str()));
            assert_eq!(read, expected, "{written}");
        }
    }
}
