//! Figures that differ because another does, by what the framework has them worked out from, where no formula tells.
//!
//! That a figure is the cause is proved: with an answer changed so that it comes to what it states, the others fit.

use crate::exact::Exact;
use crate::finding::{Finding, Place};
use crate::framework::{Section, Stated};
use crate::returns::StatedValue;
use crate::rules::Judged;
use crate::rules::consistency::total_differs;
use crate::workbook::Workbook;

use super::trial::{Compared, compared, fits, put};
use super::{Effects, is_stated, open, stated_here};

/// The most figures that are tried as the cause of others.
const MOST: usize = 24;

/// A figure that may be the cause of others, with those that it explains.
struct Cause {
    index: usize,
    /// Whether nothing else is known of it, so that it may also follow from another.
    is_plain: bool,
    /// Whether it is about the whole return rather than a section.
    is_whole: bool,
    explains: Vec<usize>,
    /// With which answer it comes to what it states.
    with: (Place, Exact),
}

/// Returns the figures that follow from others.
pub(super) fn explained(judged: &Judged, _: &Workbook, findings: &[Finding], figures: &[usize]) -> Effects {
    let mut effects = Effects::new();
    let may_cause = |index: &usize| stated_here(&findings[*index]).is_some_and(|one| one.is_of(&total_differs::RULE));
    let indexes: Vec<usize> = (0..findings.len()).filter(may_cause).take(MOST).collect();
    if figures.is_empty() || figures.len() == 1 && indexes == figures {
        return effects;
    }
    let mut causes: Vec<Cause> =
        indexes.into_iter().filter_map(|index| cause(judged, findings, index, figures)).collect();
    causes.sort_by_key(|cause| (cause.is_plain, cause.is_whole, std::cmp::Reverse(cause.explains.len()), cause.index));
    let mut taken: Vec<usize> = Vec::new();
    for cause in &causes {
        let free: Vec<usize> = cause.explains.iter().copied().filter(|index| !taken.contains(index)).collect();
        if !taken.contains(&cause.index) && !free.is_empty() {
            taken.extend(free.iter().chain([&cause.index]));
            effects.insert(cause.index, free);
        }
    }
    for (figure, causes) in together(judged, findings, &causes, &open(figures, &effects)) {
        for cause in causes {
            effects.entry(cause).or_default().push(figure);
        }
    }
    effects
}

/// Returns the figures that follow from those of several sections together, each with these.
fn together(judged: &Judged, findings: &[Finding], causes: &[Cause], open: &[usize]) -> Vec<(usize, Vec<usize>)> {
    let of_sections: Vec<&Cause> = causes.iter().filter(|cause| !cause.is_whole).collect();
    let tried = |is_put: &dyn Fn(&Cause) -> bool| {
        let others = of_sections.iter().filter(|cause| is_put(cause)).map(|cause| &cause.with);
        compared(judged, |sent| others.clone().for_each(|(place, points)| put(sent, place, Some(points))))
    };
    if of_sections.len() < 2 || open.is_empty() {
        return Vec::new();
    }
    let all = tried(&|_| true);
    let without: Vec<Compared> = of_sections.iter().map(|own| tried(&|cause| cause.index != own.index)).collect();
    let causes_of = |index: &usize| {
        let name = findings[*index].subject.as_deref().filter(|name| fits(judged, name, &all))?;
        let is_needed =
            |(cause, without): &(&&Cause, &Compared)| cause.index != *index && without.get(name) != all.get(name);
        let needed = of_sections.iter().zip(&without).filter(is_needed).map(|(cause, _)| cause.index);
        let is_cause = of_sections.iter().any(|cause| cause.index == *index);
        Some((*index, needed.collect())).filter(|_| !is_cause)
    };
    open.iter().filter_map(causes_of).collect()
}

/// Returns a figure with those that it explains; `None` where it can't be told what it is worked out from.
fn cause(judged: &Judged, findings: &[Finding], index: usize, figures: &[usize]) -> Option<Cause> {
    let finding = &findings[index];
    let name = stated_here(finding)?.subject.as_deref()?;
    let stated = judged.framework.stated(name)?;
    let StatedValue::Number(value) = &judged.sent.stated.get(name)?.value else { return None };
    let tried = answers(judged, stated).into_iter().filter_map(|place| moved(judged, place, stated, value));
    let explained = |(with, tried): ((Place, Exact), Compared)| {
        let follows = |other: &&usize| {
            **other != index && findings[**other].subject.as_deref().is_some_and(|name| fits(judged, name, &tried))
        };
        (figures.iter().filter(follows).copied().collect::<Vec<usize>>(), with)
    };
    let (explains, with) = tried.map(explained).max_by_key(|(explains, _)| explains.len())?;
    Some(Cause { index, is_plain: is_stated(finding), is_whole: stated.section.is_none(), explains, with })
}

/// Returns where the first answer of each section stands that a stated value may be worked out from.
fn answers(judged: &Judged, stated: &Stated) -> Vec<Place> {
    let is_of = |section: &&Section| stated.section.as_ref().is_none_or(|own| *own == section.id);
    let rater = stated.rater.as_ref().unwrap_or(&judged.sent.counts);
    let first = |section: &Section| {
        let criteria = section.criteria.iter().filter_map(|criterion| {
            let entry = judged.sent.answers.get(&(rater.clone(), criterion.id.clone()))?;
            entry.given().and(entry.place.clone())
        });
        let measures = section.measures.iter().filter_map(|measure| {
            let entry = judged.sent.points.get(&(rater.clone(), measure.id.clone()))?;
            entry.given().and(entry.place.clone())
        });
        criteria.chain(measures).next()
    };
    judged.framework.sections.iter().filter(is_of).filter_map(first).collect()
}

/// Compares the stated values with an answer changed so that one of them comes to what it states, and returns that answer; `None` where the
/// answer doesn't move it.
fn moved<'a>(judged: &Judged<'a>, at: Place, stated: &Stated, value: &Exact) -> Option<((Place, Exact), Compared<'a>)> {
    let with = |points: &Exact| compared(judged, |sent| put(sent, &at, Some(points)));
    let worth = |compared: &Compared| compared.get(stated.id.as_str())?.computed.number().cloned();
    let (none, one) = (worth(&with(&Exact::zero()))?, worth(&with(&Exact::one()))?);
    let points = (value - &none).divided_by(&(one - none))?;
    let moved = with(&points);
    fits(judged, &stated.id, &moved).then_some(((at, points), moved))
}
