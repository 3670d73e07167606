//! Answers that are merged: what is blank or hidden below them is told with them, and what is blank since merged cells cover it with what they
//! cover.

use crate::finding::{Finding, Place};
use crate::returns::rule::{ANSWER_HIDDEN, ANSWER_MERGED};
use crate::rules::answer::{answer_blank, field_blank};
use crate::words::list_of_at_most;

use super::{Effects, MOST_NAMED, is_effect};

/// Puts what is wrong with the cells below merged ones among the effects of these, which say what they lie over.
pub(super) fn gathered(findings: &mut [Finding], effects: &mut Effects) {
    let merges: Vec<usize> = (0..findings.len()).filter(|index| findings[*index].is_of(&ANSWER_MERGED)).collect();
    for merge in merges {
        let below: Vec<usize> =
            (0..findings.len()).filter(|index| is_below(&findings[*index], &findings[merge])).collect();
        findings[merge].message = told(&findings[merge], below.iter().map(|index| &findings[*index]));
        if !below.is_empty() {
            effects.entry(merge).or_default().extend(below);
        }
    }
}

/// Puts what isn't filled in among the effects of what stands in its very cell and doesn't count, as merged cells cover it.
pub(super) fn covered(findings: &[Finding], effects: &mut Effects) {
    for cover in 0..findings.len() {
        if !findings[cover].is_of(&ANSWER_HIDDEN) || is_effect(effects, cover) {
            continue;
        }
        let is_covered = |index: &usize| {
            let blank = &findings[*index];
            let is_blank = blank.is_of(&answer_blank::RULE) || blank.is_of(&field_blank::RULE);
            is_blank && blank.place.is_within(&findings[cover].place) && !is_effect(effects, *index)
        };
        let blank: Vec<usize> = (0..findings.len()).filter(is_covered).collect();
        if !blank.is_empty() {
            effects.entry(cover).or_default().extend(blank);
        }
    }
}

/// Whether a finding says that a cell below the first of merged ones is blank, or that something lies hidden there.
fn is_below(finding: &Finding, merge: &Finding) -> bool {
    let is_first = finding.cells().zip(merge.cells()).is_some_and(|(own, merge)| own.first == merge.first);
    let is_about = finding.is_of(&answer_blank::RULE) || finding.is_of(&ANSWER_HIDDEN);
    is_about && !is_first && finding.place.is_within(&merge.place)
}

/// Returns what merged cells are told with, and what lies hidden under them.
fn told<'a>(merge: &Finding, below: impl Iterator<Item = &'a Finding>) -> String {
    let hidden = below.filter(|finding| finding.is_of(&ANSWER_HIDDEN));
    let hidden: Vec<String> = hidden.filter_map(in_words).collect();
    if hidden.is_empty() {
        return merge.message.clone();
    }
    let listed = list_of_at_most(&hidden, MOST_NAMED);
    format!("{}, and {listed} under them, where nobody sees it", merge.message)
}

/// Returns what lies hidden at a place, and where.
fn in_words(finding: &Finding) -> Option<String> {
    let Place::Cells(_, cells) = &finding.place else { return None };
    let found = finding.found.as_deref().map_or_else(|| "something".to_owned(), |found| format!("“{}”", found.trim()));
    Some(format!("{found} lies in {cells}"))
}
