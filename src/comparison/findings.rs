//! Which findings are gone, which are new, which are still there, and which of these were accepted in between.
//!
//! A finding is the same where its rule, its place and what it is about are; where its row has moved, where its rule and what
//! it is about are. What was only told as an effect of another finding isn't new when it stands by itself.

use serde::Serialize;

use crate::finding::{Finding, Severity};

/// The findings of two reviews, set against each other.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FindingChanges {
    /// Those that only the first has, in order.
    pub gone: Vec<Finding>,
    /// Those that only the second has, in order.
    pub new: Vec<Finding>,
    /// How many of the second's the first has as well.
    pub still: usize,
    /// Those of them that nobody had accepted in the first, and somebody has in the second, in order.
    pub accepted: Vec<Finding>,
}

impl FindingChanges {
    /// Sets the findings of two reviews against each other.
    pub fn of(before: &[Finding], after: &[Finding]) -> Self {
        let gone = beyond(before, after);
        let new = beyond(after, before);
        let still = after.len().saturating_sub(new.len());
        Self { gone, new, still, accepted: accepted(before, after) }
    }

    /// Returns the severity of the worst that is new; `None` where nothing is.
    pub fn worst_new(&self) -> Option<Severity> {
        self.new.iter().map(|finding| finding.severity).max()
    }
}

/// Returns those of some findings that others don't have, each as often as it is lacking.
fn beyond(findings: &[Finding], others: &[Finding]) -> Vec<Finding> {
    let mut left: Vec<&Finding> = others.iter().flat_map(Finding::with_its_effects).collect();
    let mut unmet: Vec<&Finding> = findings.iter().collect();
    for is_same in [at_one_place, about_one_thing] {
        unmet.retain(|finding| {
            let at = left.iter().position(|other| is_same(finding, other));
            at.map(|at| left.remove(at)).is_none()
        });
    }
    unmet.into_iter().cloned().collect()
}

/// Returns those that were accepted in between.
fn accepted(before: &[Finding], after: &[Finding]) -> Vec<Finding> {
    let is_open = |finding: &&Finding| finding.waived.is_none();
    let was_open = |finding: &Finding| {
        let others = || before.iter().flat_map(Finding::with_its_effects);
        let same = others().find(|other| at_one_place(finding, other));
        same.or_else(|| others().find(|other| about_one_thing(finding, other))).as_ref().is_some_and(is_open)
    };
    after.iter().filter(|finding| finding.waived.is_some() && was_open(finding)).cloned().collect()
}

fn at_one_place(one: &Finding, other: &Finding) -> bool {
    one.rule == other.rule && one.place == other.place && one.subject == other.subject
}

fn about_one_thing(one: &Finding, other: &Finding) -> bool {
    one.rule == other.rule && one.subject.is_some() && one.subject == other.subject
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cell::CellRef;
    use crate::finding::{Place, Rule, Silencing, Waived};

    static RULE: Rule =
        Rule { id: "odd", severity: Severity::Warning, title: "t", docs: "", silencing: Silencing::Allowed };

    static OTHER: Rule =
        Rule { id: "other", severity: Severity::Error, title: "t", docs: "", silencing: Silencing::Allowed };

    fn found(rule: &'static Rule, row: u32, subject: Option<&str>) -> Finding {
        let place = Place::cell("Answers", CellRef::new(row, 1));
        Finding { subject: subject.map(ToOwned::to_owned), ..Finding::new(rule, place, "m") }
    }

    #[test]
    fn findings_are_gone_new_or_still_there() {
        let one = || found(&RULE, 1, Some("1.1"));
        let moved = || found(&RULE, 9, Some("1.1"));
        let cases = [
            (vec![one()], vec![one()], (0, 0, 1)),
            (vec![one()], vec![], (1, 0, 0)),
            (vec![], vec![one()], (0, 1, 0)),
            (vec![one()], vec![moved()], (0, 0, 1)),
            (vec![one(), moved()], vec![moved()], (1, 0, 1)),
            (vec![found(&RULE, 1, None)], vec![found(&RULE, 9, None)], (1, 1, 0)),
            (vec![one()], vec![found(&OTHER, 1, Some("1.1"))], (1, 1, 0)),
        ];
        for (before, after, expected) in cases {
            let changes = FindingChanges::of(&before, &after);
            assert_eq!((changes.gone.len(), changes.new.len(), changes.still), expected, "{before:?} {after:?}");
        }
    }

    #[test]
    fn what_was_accepted_in_between_is_told() {
        let one = || found(&RULE, 1, Some("1.1"));
        let accepted = || one().waived(&Waived::default());
        let moved = || Finding { place: found(&RULE, 9, None).place, ..accepted() };
        let cases = [
            (vec![one()], vec![accepted()], 1),
            (vec![one()], vec![moved()], 1),
            (vec![accepted()], vec![accepted()], 0),
            (vec![accepted()], vec![one()], 0),
            (vec![], vec![accepted()], 0),
        ];
        for (before, after, expected) in cases {
            assert_eq!(FindingChanges::of(&before, &after).accepted.len(), expected, "{before:?} {after:?}");
        }
    }

    #[test]
    fn an_effect_that_stands_by_itself_is_not_new() {
        let effect = found(&RULE, 2, Some("1.2"));
        let cause = Finding { effects: vec![effect.clone()], ..found(&OTHER, 1, None) };
        let changes = FindingChanges::of(&[cause], &[effect]);
        assert_eq!((changes.gone.len(), changes.new.len(), changes.still), (1, 0, 1));
        assert_eq!(changes.worst_new(), None);
    }
}
