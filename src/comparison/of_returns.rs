//! Two returns of one framework: an organisation's of this season with its last, or a self with an external assessment.

use std::collections::BTreeSet;

use serde::Serialize;

use super::findings::FindingChanges;
use super::{Matched, Pair, Presence, VERSION, matched};
use crate::exact::Exact;
use crate::framework::{BandId, EntryKind, FieldId, Framework, FrameworkId, ItemId, RaterId, RegisterId};
use crate::returns::State;
use crate::review::{OutcomeRecord, Review, RowRecord, Status};
use crate::season::namesake::are_alike;
use crate::wording::Wording;

/// What differs between two returns.
#[derive(Clone, Debug, Serialize)]
pub struct ReturnComparison {
    /// The version of this format.
    pub schema: u32,
    /// The framework of both.
    pub framework: FrameworkId,
    /// Which returns are compared.
    pub returns: Pair<Compared>,
    /// The band; open where answers are missing.
    pub band: Pair<BandId>,
    /// The total; open where answers are missing.
    pub total: Pair<Exact>,
    /// What each can become while it is open: the bands and the totals.
    pub open: Pair<CanBecome>,
    /// The sections, in the form's order.
    pub sections: Vec<Scored>,
    /// The answers, in the form's order.
    pub answers: Vec<Answered>,
    /// The measures, in the form's order.
    pub measures: Vec<Scored>,
    /// The other fields of the cover that either fills in, in the form's order, without who is to be asked.
    pub fields: Vec<Filled>,
    /// The rows of registers, by their keys.
    pub rows: Vec<Row>,
    /// The findings.
    pub findings: FindingChanges,
}

/// One of two returns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Compared {
    /// The file, as it was named.
    pub file: String,
    /// Whose it is, where it says so.
    pub organisation: Option<String>,
    /// Which kind it is, where it says so.
    pub kind: Option<String>,
    /// The framework's version.
    pub framework_version: Option<String>,
    /// The rater whose answers make its outcome.
    pub counts: Option<RaterId>,
    /// What became of it.
    pub status: Status,
}

/// What can come out while answers are missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CanBecome {
    /// The worst band and the best; `None` where that isn't known.
    pub bands: Option<(BandId, BandId)>,
    /// The least total and the most; `None` where that isn't known.
    pub totals: Option<(Exact, Exact)>,
}

/// A section's score, or a measure's value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Scored {
    /// Which section or measure.
    pub id: String,
    /// What it comes to.
    #[serde(flatten)]
    pub value: Pair<Exact>,
}

/// What both fill in on the cover.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Filled {
    /// Which field.
    pub id: FieldId,
    /// What stands there.
    #[serde(flatten)]
    pub value: Pair<String>,
}

/// What a row of a register comes to in both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// Which register.
    pub register: RegisterId,
    /// The row's key.
    pub key: String,
    /// Whether one has it or both.
    pub presence: Presence,
    /// What it comes to; `None` where it isn't there or that can't be told.
    #[serde(flatten)]
    pub outcome: Pair<String>,
}

impl Row {
    /// Whether the two differ.
    pub fn differs(&self) -> bool {
        self.presence != Presence::Both || self.outcome.differs()
    }
}

/// What both answer to a criterion or measure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answered {
    /// Which criterion or measure.
    pub id: ItemId,
    /// Whose answers these are.
    pub raters: Pair<RaterId>,
    /// The answers; `None` where none is given.
    pub value: Pair<String>,
    /// What came of reading them.
    pub state: Pair<State>,
    /// What they count.
    pub points: Pair<Exact>,
}

impl Answered {
    /// Whether the two answers differ.
    pub fn differs(&self) -> bool {
        self.value.differs() || self.points.differs() || self.state.differs()
    }
}

impl ReturnComparison {
    /// Sets two returns of a framework side by side.
    pub fn of(before: &Review, after: &Review, framework: &Framework) -> Self {
        let outcome = |review: &Review| review.outcome.clone().unwrap_or_default();
        let (first, second) = (outcome(before), outcome(after));
        let sections = framework.sections.iter().map(|section| Scored {
            id: section.id.to_string(),
            value: pair(before, after, |review| review.section(&section.id)?.score.clone()),
        });
        let measures = framework.measures().map(|measure| Scored {
            id: measure.id.to_string(),
            value: pair(before, after, |review| review.measure(&measure.id)?.value.clone()),
        });
        Self {
            schema: VERSION,
            framework: framework.id.clone(),
            returns: Pair::new(Some(compared(before)), Some(compared(after))),
            band: Pair::new(first.settled().cloned(), second.settled().cloned()),
            open: Pair::new(can_become(&first), can_become(&second)),
            total: Pair::new(first.total, second.total),
            sections: sections.collect(),
            answers: answers(before, after),
            measures: measures.collect(),
            fields: fields(before, after, framework),
            rows: rows(before, after),
            findings: FindingChanges::of(&before.findings, &after.findings),
        }
    }

    /// Whether the two name different organisations.
    pub fn is_of_two_organisations(&self) -> bool {
        let whose =
            |side: &Option<Compared>| side.as_ref().and_then(|side| side.organisation.as_deref().map(Wording::of));
        let (before, after) = (whose(&self.returns.before), whose(&self.returns.after));
        before.is_some() && after.is_some() && before != after
    }

    /// Whether the names of two organisations may be one's.
    pub fn may_be_of_one_organisation(&self) -> bool {
        let whose = |side: &'_ Option<Compared>| side.as_ref().and_then(|side| side.organisation.clone());
        let names = whose(&self.returns.before).zip(whose(&self.returns.after));
        names.is_some_and(|(before, after)| are_alike(&before, &after))
    }

    /// Whether the two are of different versions of the framework, whose scores may not mean the same.
    pub fn is_of_two_versions(&self) -> bool {
        let version = |side: &Option<Compared>| side.as_ref().and_then(|side| side.framework_version.clone());
        version(&self.returns.before) != version(&self.returns.after)
    }
}

fn can_become(outcome: &OutcomeRecord) -> Option<CanBecome> {
    let bands = outcome.band_lowest.clone().zip(outcome.band_highest.clone());
    let totals = outcome.lowest.clone().zip(outcome.highest.clone());
    outcome.is_open().then_some(CanBecome { bands, totals })
}

fn compared(review: &Review) -> Compared {
    Compared {
        file: review.file.clone(),
        organisation: review.organisation.clone(),
        kind: review.kind.clone(),
        framework_version: review.framework_version.clone(),
        counts: review.counts.clone(),
        status: review.status,
    }
}

fn pair<T: PartialEq>(before: &Review, after: &Review, of: impl Fn(&Review) -> Option<T>) -> Pair<T> {
    Pair::new(of(before), of(after))
}

fn fields(before: &Review, after: &Review, framework: &Framework) -> Vec<Filled> {
    let fields =
        framework.fields.iter().filter(|field| !matches!(field.kind, EntryKind::Contact)).map(|field| Filled {
            id: field.id.clone(),
            value: pair(before, after, |review| review.fields.get(field.id.as_str()).map(ToString::to_string)),
        });
    fields.filter(|field| field.value.before.is_some() || field.value.after.is_some()).collect()
}

fn rows(before: &Review, after: &Review) -> Vec<Row> {
    let row = |row: Matched<(RegisterId, String), &RowRecord>| Row {
        presence: row.presence(),
        outcome: Pair::new(outcome_of(row.before), outcome_of(row.after)),
        register: row.key.0,
        key: row.key.1,
    };
    matched(keyed(&before.rows), keyed(&after.rows)).into_iter().map(row).collect()
}

fn keyed(rows: &[RowRecord]) -> impl Iterator<Item = ((RegisterId, String), &RowRecord)> {
    rows.iter().map(|row| ((row.register.clone(), row.key.clone()), row))
}

fn outcome_of(row: Option<&RowRecord>) -> Option<String> {
    row?.outcome.clone()
}

/// Returns the answers side by side: where the outcomes are made of one rater's, each rater's with the same one's, but for raters who
/// gave none in either; else those that make the one outcome with those that make the other.
fn answers(before: &Review, after: &Review) -> Vec<Answered> {
    let items = before.answers.iter().chain(&after.answers).map(|answer| &answer.id);
    let mut seen = BTreeSet::new();
    let items = items.filter(|id| seen.insert((*id).clone())).collect::<Vec<_>>();
    let raters = raters(before, after);
    let each = items.iter().flat_map(|id| raters.iter().map(move |raters| answered(before, after, id, raters)));
    each.filter(|answered| answered.state.before.is_some() || answered.state.after.is_some()).collect()
}

fn raters(before: &Review, after: &Review) -> Vec<(RaterId, RaterId)> {
    if let (Some(first), Some(second)) = (&before.counts, &after.counts)
        && first != second
    {
        return vec![(first.clone(), second.clone())];
    }
    let counting =
        |rater: &RaterId| [&before.counts, &after.counts].iter().any(|counts| counts.as_ref() == Some(rater));
    let all = before.answers.iter().chain(&after.answers);
    let answering = all.filter(|answer| answer.state == State::Given || counting(&answer.rater));
    answering
        .map(|answer| answer.rater.clone())
        .collect::<BTreeSet<_>>()
        .into_iter()
        .map(|rater| (rater.clone(), rater))
        .collect()
}

fn answered(before: &Review, after: &Review, id: &ItemId, (first, second): &(RaterId, RaterId)) -> Answered {
    let (one, other) = (before.answer(id, first), after.answer(id, second));
    Answered {
        id: id.clone(),
        raters: Pair::new(Some(first.clone()), Some(second.clone())),
        value: Pair::new(one.and_then(|one| one.value.clone()), other.and_then(|other| other.value.clone())),
        state: Pair::new(one.map(|one| one.state), other.map(|other| other.state)),
        points: Pair::new(one.and_then(|one| one.points.clone()), other.and_then(|other| other.points.clone())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::AnswerRecord;
    use crate::season::sample::{self, finding};

    /// Returns the review of a return with these answers first, and ones after them.
    fn review(kind: &str, first: &[Option<u32>]) -> Review {
        let answers: Vec<Option<u32>> = first.iter().copied().chain([Some(1); 12]).take(12).collect();
        sample::review(&sample::usual(), "Acme", kind, &answers)
    }

    fn row(key: &str, outcome: Option<&str>) -> RowRecord {
        let (key, outcome) = (key.to_owned(), outcome.map(ToOwned::to_owned));
        RowRecord { register: "people".into(), key, outcome, can_be: Vec::new(), actions: Vec::new() }
    }

    #[test]
    fn answers_differ_where_their_value_their_points_or_their_state_does() {
        let cases: [(Option<u32>, Option<u32>, bool); 5] = [
            (Some(1), Some(1), false),
            (Some(1), Some(2), true),
            (Some(0), None, true),
            (None, Some(0), true),
            (None, None, false),
        ];
        for (before, after, expected) in cases {
            let (before, after) = (review("Self", &[before]), review("Self", &[after]));
            let compared = ReturnComparison::of(&before, &after, &sample::usual());
            let differing = compared.answers.iter().filter(|answer| answer.differs()).count();
            assert_eq!((compared.answers.len(), differing == 1), (12, expected), "{before:?} {after:?}");
        }
    }

    #[test]
    fn scores_and_outcomes_stand_side_by_side_and_are_open_while_answers_are_missing() {
        let (before, mut after) = (review("Self", &[Some(2)]), review("Self", &[None]));
        let ends = OutcomeRecord {
            missing: vec!["1.1".into()],
            lowest: Some(40.into()),
            highest: Some(60.into()),
            ..OutcomeRecord::default()
        };
        after.outcome = Some(ends);
        let compared = ReturnComparison::of(&before, &after, &sample::usual());
        let first = &compared.sections[0];
        assert_eq!((first.id.as_str(), first.value.before.clone(), &first.value.after), ("1", Some(6.into()), &None));
        assert!(compared.sections[1..].iter().all(|section| !section.value.differs()));
        assert!(compared.total.before.is_some() && compared.total.after.is_none());
        assert_eq!(compared.band, Pair::new(Some("none".into()), None));
        let open = compared.open.after.and_then(|open| open.totals);
        assert_eq!((compared.open.before, open), (None, Some((40.into(), 60.into()))));
    }

    #[test]
    fn answers_that_count_stand_beside_each_other_though_other_raters_gave_them() {
        let (before, mut after) = (review("Self", &[Some(2)]), review("External", &[Some(0)]));
        after.counts = Some("external".into());
        after.answers.iter_mut().for_each(|answer| answer.rater = "external".into());
        let compared = ReturnComparison::of(&before, &after, &sample::usual());
        let first = &compared.answers[0];
        assert_eq!(compared.answers.len(), 12);
        assert_eq!(first.raters, Pair::new(Some("self".into()), Some("external".into())));
        assert_eq!(first.points, Pair::new(Some(2.into()), Some(0.into())));
    }

    #[test]
    fn a_rater_whom_one_of_them_alone_has_is_told() {
        let (before, mut after) = (review("Self", &[]), review("Self", &[]));
        let others = after.answers.clone().into_iter().map(|answer| AnswerRecord { rater: "peer".into(), ..answer });
        after.answers.extend(others);
        let compared = ReturnComparison::of(&before, &after, &sample::usual());
        assert_eq!(compared.answers.iter().filter(|answer| answer.differs()).count(), 12);
        assert_eq!(compared.answers.len(), 24);
    }

    #[test]
    fn a_rater_who_gave_no_answer_in_either_is_left_out() {
        let (mut before, after) = (review("Self", &[]), review("Self", &[]));
        let blank =
            |answer: AnswerRecord| AnswerRecord { rater: "peer".into(), state: State::Blank, value: None, ..answer };
        before.answers.extend(before.answers.clone().into_iter().map(blank));
        assert_eq!(ReturnComparison::of(&before, &after, &sample::usual()).answers.len(), 12);
    }

    #[test]
    fn rows_go_by_their_keys_and_fields_by_their_names() {
        let (mut before, mut after) = (review("Self", &[]), review("Self", &[]));
        before.rows = vec![row("A", Some("met")), row("B", Some("met")), row("B", None), row("C", Some("met"))];
        after.rows = vec![row("D", Some("met")), row("B", Some("met")), row("A", Some("not_met")), row("B", None)];
        after.fields.insert("region".into(), "North".into());
        let compared = ReturnComparison::of(&before, &after, &sample::usual());
        let rows: Vec<(&str, Presence, bool)> =
            compared.rows.iter().map(|row| (row.key.as_str(), row.presence, row.differs())).collect();
        let (both, joined, left) = (Presence::Both, Presence::Joined, Presence::Left);
        let expected =
            [("A", both, true), ("B", both, false), ("B", both, false), ("C", left, true), ("D", joined, true)];
        assert_eq!(rows, expected);
        let fields: Vec<(&str, bool)> =
            compared.fields.iter().map(|field| (field.id.as_str(), field.value.differs())).collect();
        assert_eq!(fields, [("region", true), ("data_date", false)]);
    }

    #[test]
    fn findings_and_what_the_two_are_of_are_told() {
        let (mut before, mut after) = (review("Self", &[]), review("Self", &[]));
        before.findings = vec![finding("evidence-missing", crate::finding::Severity::Error, "1.1", 5)];
        after.framework_version = Some("next".to_owned());
        after.organisation = Some("ACME ".to_owned());
        let compared = ReturnComparison::of(&before, &after, &sample::usual());
        assert_eq!((compared.findings.gone.len(), compared.findings.new.len()), (1, 0));
        assert!(compared.is_of_two_versions() && !compared.is_of_two_organisations());
        for (other, is_alike) in [("Acne", true), ("Bolt", false)] {
            after.organisation = Some(other.to_owned());
            let compared = ReturnComparison::of(&before, &after, &sample::usual());
            assert_eq!((compared.is_of_two_organisations(), compared.may_be_of_one_organisation()), (true, is_alike));
        }
        after.organisation = Some("Other".to_owned());
        assert!(ReturnComparison::of(&before, &after, &sample::usual()).is_of_two_organisations());
    }
}
