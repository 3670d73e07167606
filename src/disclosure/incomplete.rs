//! The returns that are incomplete in a season, so far as they would give themselves away.
//!
//! What all answers to the criteria of a section come to, less what the section comes to where it is complete, is what the incomplete
//! returns answered; what all sections come to, less the totals, is what those without a total reached. Where those are few, what is
//! published does without their answers, so that both sums are over the same returns.

use std::collections::BTreeSet;

use crate::framework::{Framework, FrameworkId, SectionId};
use crate::returns::State;
use crate::review::Review;
use crate::season::headline;
use crate::season::{RecordedReturn, Season};

/// What a return has of what sums are made of.
struct Has {
    total: bool,
    /// The sections that are complete.
    complete: BTreeSet<SectionId>,
    /// The sections of which something is answered.
    begun: BTreeSet<SectionId>,
}

/// What of a return isn't told: all of its sections and answers, or those of some sections.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Untold {
    all: bool,
    sections: BTreeSet<SectionId>,
}

/// Returns the season, and the one before, without what few incomplete returns answered.
pub(super) fn without_few<'a>(season: &Season<'a>) -> Season<'a> {
    let mut told = season.clone();
    let k = season.settings.disclosure.k;
    for framework in season.frameworks_used() {
        now(&mut told, framework, k);
        if let Some(previous) = &mut told.previous {
            then(&mut previous.returns, framework, k);
        }
    }
    told
}

/// Takes out of the season what isn't told.
fn now(season: &mut Season, framework: &Framework, k: usize) {
    let mine = |season: &Season| -> Vec<usize> {
        let is_mine = |id: &FrameworkId| *id == framework.id;
        let counts = |at: &usize| {
            let sent = &season.returns[*at];
            sent.counts() && sent.is_headline && sent.review.framework.as_ref().is_some_and(is_mine)
        };
        (0..season.returns.len()).filter(counts).collect()
    };
    let places = mine(season);
    let has: Vec<Has> = places.iter().map(|at| of_review(&season.returns[*at].review, framework)).collect();
    for (at, untold) in places.into_iter().zip(untold(&has, k)) {
        forget(&mut season.returns[at].review, framework, &untold);
    }
}

/// Whether a return of last season stood for its organisation, or for a service of it.
pub(super) fn stood_then(returns: &[RecordedReturn], mine: &RecordedReturn, framework: &Framework) -> bool {
    let order =
        |recorded: &RecordedReturn| headline::order(Some(framework), recorded.kind.as_deref(), recorded.unit.is_some());
    let same = |other: &&RecordedReturn| {
        other.organisation == mine.organisation && other.framework == framework.id && other.each_now == mine.each_now
    };
    mine.framework == framework.id && returns.iter().filter(same).all(|other| order(mine) <= order(other))
}

/// Takes out of last season's record what wasn't told of it.
fn then(returns: &mut [RecordedReturn], framework: &Framework, k: usize) {
    let places: Vec<usize> = (0..returns.len()).filter(|at| stood_then(returns, &returns[*at], framework)).collect();
    let has: Vec<Has> = places.iter().map(|at| of_record(&returns[*at], framework)).collect();
    for (at, untold) in places.into_iter().zip(untold(&has, k)) {
        let recorded = &mut returns[at];
        recorded.sections.retain(|id, _| !untold.all && !untold.sections.contains(id));
        recorded.criteria.retain(|id, _| !is_untold(framework, id, &untold));
    }
}

/// Returns what of each of some returns isn't told.
fn untold(has: &[Has], k: usize) -> Vec<Untold> {
    let mut untold = vec![Untold::default(); has.len()];
    let is_few = |some: &[usize]| (1..k).contains(&some.len());
    let without_total: Vec<usize> =
        (0..has.len()).filter(|at| !has[*at].total && !has[*at].complete.is_empty()).collect();
    if is_few(&without_total) && has.iter().any(|one| one.total) {
        for at in &without_total {
            untold[*at].all = true;
        }
    }
    let sections: BTreeSet<&SectionId> = has.iter().flat_map(|one| &one.complete).collect();
    for section in sections {
        let is_open =
            |at: &usize| !untold[*at].all && has[*at].begun.contains(section) && !has[*at].complete.contains(section);
        let open: Vec<usize> = (0..has.len()).filter(is_open).collect();
        if is_few(&open) {
            for at in open {
                untold[at].sections.insert(section.clone());
            }
        }
    }
    untold
}

/// Returns what a return has.
fn of_review(review: &Review, framework: &Framework) -> Has {
    let complete = review.sections.iter().filter(|section| section.percent.is_some());
    let judged = review.answers.iter().filter(|answer| Some(&answer.rater) == review.counts.as_ref());
    let given = judged.filter(|answer| answer.points.is_some() || answer.value.is_some());
    let begun = given.flat_map(|answer| {
        framework.sections.iter().filter(|section| section.holds(&answer.id)).map(|section| section.id.clone())
    });
    Has {
        total: review.outcome.as_ref().is_some_and(|outcome| outcome.total.is_some()),
        complete: complete.map(|section| section.id.clone()).collect(),
        begun: begun.collect(),
    }
}

/// Returns what a return of last season had.
fn of_record(recorded: &RecordedReturn, framework: &Framework) -> Has {
    let begun = recorded
        .criteria
        .keys()
        .flat_map(|id| framework.sections.iter().filter(|section| section.holds(id)).map(|section| section.id.clone()));
    Has {
        total: recorded.percent.is_some(),
        complete: recorded.sections.keys().cloned().collect(),
        begun: begun.collect(),
    }
}

/// Takes out of a return what isn't told of it.
fn forget(review: &mut Review, framework: &Framework, untold: &Untold) {
    for answer in review.answers.iter_mut().filter(|answer| is_untold(framework, &answer.id, untold)) {
        (answer.points, answer.value, answer.state) = (None, None, State::Blank);
    }
    for section in &mut review.sections {
        if untold.all || untold.sections.contains(&section.id) {
            (section.score, section.percent) = (None, None);
        }
    }
}

/// Whether an answer isn't told.
fn is_untold(framework: &Framework, id: &str, untold: &Untold) -> bool {
    let is_of = |section: &SectionId| framework.section(section).is_some_and(|section| section.holds(id));
    let is_of_any = || framework.sections.iter().any(|section| section.holds(id));
    (untold.all && is_of_any()) || untold.sections.iter().any(is_of)
}
