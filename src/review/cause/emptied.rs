//! What rests on the rows of a register that has none, though its headings are there: it is told with the register that somebody emptied, or
//! never filled in.
//!
//! That it does is proved: were it not known which rows there are, nothing would be wrong.

use std::collections::BTreeMap;

use crate::finding::{Finding, Place, RuleId};
use crate::framework::RegisterId;
use crate::rules::Judged;
use crate::rules::register::register_missing;

use super::trial::gone;
use super::{Effects, is_known};

/// So many findings of one rule must rest on a register: fewer are each to be put right for themselves.
const LEAST: usize = 3;

/// Puts what rests on registers without rows among the effects of what is said of these; where nothing is, it is said now.
pub(super) fn gathered(judged: &Judged, findings: &mut Vec<Finding>, effects: &mut Effects) {
    for spec in &judged.framework.registers {
        let Some(sheet) = emptied(judged, &spec.id) else { continue };
        let place = Place::Sheet(sheet.clone());
        let is_of_it =
            |finding: &Finding| finding.place == place && finding.subject.as_deref() == Some(spec.id.as_str());
        let told = findings.iter().position(is_of_it);
        // Where no rule finds so much, nothing has to be tried.
        let open: Vec<usize> = (0..findings.len()).filter(|index| !is_known(effects, *index)).collect();
        if !are_many(findings, &open) {
            continue;
        }
        let untold = gone(judged, findings, |sent| drop(sent.untold.registers.insert(spec.id.clone(), sheet.clone())));
        let is_open = |index: &usize| Some(*index) != told && !is_known(effects, *index);
        let rest = untold.into_iter().filter(is_open).filter(|index| !is_of_field(judged, &findings[*index]));
        let rest: Vec<usize> = rest.collect();
        if !are_many(findings, &rest) {
            continue;
        }
        if let Some(told) = told {
            effects.entry(told).or_default().extend(rest);
        } else if let Some(finding) = register_missing::without_rows(judged, spec) {
            effects.insert(findings.len(), rest);
            findings.push(finding);
        }
    }
}

/// Whether a finding is of an entry of the cover, which somebody fills in as the rows are now.
fn is_of_field(judged: &Judged, finding: &Finding) -> bool {
    judged.sent.fields.values().any(|entry| entry.place.as_ref() == Some(&finding.place))
}

/// Whether some rule finds the same in many places.
fn are_many(findings: &[Finding], rest: &[usize]) -> bool {
    let mut counts: BTreeMap<&RuleId, usize> = BTreeMap::new();
    for index in rest {
        *counts.entry(&findings[*index].rule).or_default() += 1;
    }
    counts.values().any(|count| *count >= LEAST)
}

/// Returns the sheet of a register whose headings are there, and no row below them.
fn emptied(judged: &Judged, id: &RegisterId) -> Option<String> {
    let register = judged.sent.registers.get(id)?;
    let is_told = !judged.sent.untold.registers.contains_key(id);
    (register.has_none() && is_told).then(|| register.sheet.clone())
}
