//! Measured values that the rows of a register don't give, where some of these rows say what can't be: they are told with those rows.
//!
//! That they are the cause is proved: were the days of these rows not to be used, the value might be right; and each of the rows moves it.

use std::collections::BTreeSet;

use crate::finding::{Finding, Findings, Place, Severity};
use crate::returns::Return;
use crate::rules::Judged;
use crate::rules::answer::{date_in_future, date_out_of_order};
use crate::rules::consistency::measure_differs_from_register;
use crate::rules::register::{identifier_repeated, row_outcome_differs};

use super::in_register::row_at;
use super::trial::{changed, doubt};
use super::{Effects, is_known};

/// The most rows that are tried.
const MOST: usize = 24;

/// Returns the measured values that follow from rows which say what can't be; `effects` has what is known of both.
pub(super) fn explained(judged: &Judged, findings: &[Finding], effects: &Effects) -> Effects {
    let mut explained = Effects::new();
    let differs = |finding: &Finding| finding.is_of(&measure_differs_from_register::RULE);
    let open = (0..findings.len()).filter(|index| differs(&findings[*index]) && !is_known(effects, *index));
    let open: Vec<usize> = open.collect();
    let is_effect = |index: usize| effects.values().flatten().any(|effect| *effect == index);
    let rows = findings.iter().enumerate().filter(|(index, finding)| is_of_row(judged, finding) && !is_effect(*index));
    let rows: Vec<(usize, &Place)> = rows.map(|(index, finding)| (index, &finding.place)).take(MOST).collect();
    if open.is_empty() || rows.is_empty() {
        return explained;
    }
    let doubt_all = |sent: &mut Return| rows.iter().for_each(|(_, place)| doubt(judged, sent, place));
    let wrong = changed(judged, doubt_all, wrong);
    for measure in open.into_iter().filter(|measure| !wrong.contains(&findings[*measure].place)) {
        let moving = rows.iter().filter(|(_, place)| moves(judged, place, findings[measure].subject.as_deref()));
        for (cause, _) in moving {
            explained.entry(*cause).or_default().push(measure);
        }
    }
    explained
}

/// Returns where measured values are wrong.
fn wrong(judged: &Judged) -> BTreeSet<Place> {
    let mut found = Findings::default();
    (measure_differs_from_register::CHECK.check)(judged, &mut found);
    let differing =
        found.into_sorted().into_iter().filter(|finding| finding.is_of(&measure_differs_from_register::RULE));
    differing.map(|finding| finding.place).collect()
}

/// Whether a finding says of a register's row what can't be.
fn is_of_row(judged: &Judged, finding: &Finding) -> bool {
    let rules =
        [&date_out_of_order::RULE, &date_in_future::RULE, &row_outcome_differs::RULE, &identifier_repeated::RULE];
    let is_one = finding.with_its_effects().any(|one| rules.iter().any(|rule| one.is_of(rule)));
    is_one && finding.severity == Severity::Error && row_at(judged, &finding.place).is_some()
}

/// Whether a measured value of a register rests on the days of a row.
fn moves(judged: &Judged, place: &Place, measure: Option<&str>) -> bool {
    let worth = |judged: &Judged| {
        let score = judged.outcome().measures.iter().find(|(id, _)| Some(id.as_str()) == measure)?.1;
        Some((score.from_register.clone(), score.register_bounds.clone()))
    };
    changed(judged, |sent| doubt(judged, sent, place), worth) != worth(judged)
}
