//! Outcomes of a return of which it can't be told what is asked: what each of its variants comes to, put together.
//!
//! A variant is the return with an entry of the cover that is wanting filled in. What all variants come to is settled; else it lies
//! between what they come to.

use std::collections::BTreeMap;

use super::{Award, Bounds, Ends, GateState, GradeAward, Outcome, SectionScore};
use crate::exact::Exact;
use crate::finding::Place;
use crate::framework::expression::Quantity;
use crate::framework::{Band, BandId, Framework, ItemId, OutcomeSpec, RaterId};
use crate::words::{either, list_of_at_most};

/// The most entries that are named.
const MOST: usize = 6;

/// Puts together what the variants come to, rater by rater; `wanting` is where the entries stand on which it rests.
pub(super) fn together(
    framework: &Framework,
    read: BTreeMap<RaterId, Outcome>,
    variants: &[&BTreeMap<RaterId, Outcome>],
    wanting: &[Place],
) -> BTreeMap<RaterId, Outcome> {
    let of_rater = |(rater, read): (RaterId, Outcome)| {
        let all: Vec<&Outcome> = variants.iter().filter_map(|variant| variant.get(&rater)).collect();
        (rater, outcome(framework, read, &all, wanting))
    };
    read.into_iter().map(of_rater).collect()
}

/// Puts together one rater's outcomes; `read` is that of the return as it is.
fn outcome(framework: &Framework, read: Outcome, all: &[&Outcome], wanting: &[Place]) -> Outcome {
    let why = why(wanting);
    let awards: Vec<&Award> = all.iter().map(|one| &one.award).collect();
    let mut unusable: Vec<Place> = wanting.to_vec();
    for place in all.iter().flat_map(|one| &one.unusable) {
        if !unusable.contains(place) {
            unusable.push(place.clone());
        }
    }
    let value = |name: &String| Quantity::one_of(all.iter().filter_map(|one| one.values.get(name).cloned()));
    let grade = |(number, grade): (usize, &GradeAward)| {
        let of: Vec<&GradeAward> = all.iter().filter_map(|one| one.grades.get(number)).collect();
        let spec = framework.grade(grade.grade.as_str()).and_then(|of| of.of(&grade.of)).map(|graded| &graded.spec);
        let awards: Vec<&Award> = of.iter().map(|one| &one.award).collect();
        GradeAward {
            award: spec.map_or_else(|| grade.award.clone(), |spec| award(spec, &grade.award, &awards, &why)),
            missing: in_all(of.iter().map(|one| &one.missing)),
            ..grade.clone()
        }
    };
    Outcome {
        award: award(&framework.outcome, &read.award, &awards, &why),
        sections: read.sections.iter().enumerate().map(|(number, read)| section(number, read, all)).collect(),
        grades: read.grades.iter().enumerate().map(grade).collect(),
        missing: in_all(all.iter().map(|one| &one.missing)),
        values_at_the_widest: all.iter().flat_map(|one| &one.values_at_the_widest).cloned().collect(),
        values: read.values.keys().map(|name| (name.clone(), value(name))).collect(),
        unusable,
        ..read
    }
}

/// Says why it isn't told whether a condition holds.
fn why(wanting: &[Place]) -> String {
    let named: Vec<String> = wanting.iter().filter_map(Place::named).collect();
    if named.is_empty() {
        return "it can't be told yet, as it isn't known what applies".to_owned();
    }
    format!("it can't be told yet, as what applies rests on {}", list_of_at_most(&named, MOST))
}

/// Returns the items that all lists have.
fn in_all<'a>(lists: impl Iterator<Item = &'a Vec<ItemId>>) -> Vec<ItemId> {
    let lists: Vec<&Vec<ItemId>> = lists.collect();
    let first = lists.first().map(|first| first.as_slice()).unwrap_or_default();
    first.iter().filter(|item| lists.iter().all(|list| list.contains(item))).cloned().collect()
}

/// Puts together what a section comes to.
fn section(number: usize, read: &SectionScore, all: &[&Outcome]) -> SectionScore {
    let of: Vec<&SectionScore> = all.iter().filter_map(|one| one.sections.get(number)).collect();
    let ends = of.iter().map(|one| &one.bounds);
    let least = || read.bounds.lowest.clone().min(Exact::zero());
    let bounds = spanned(ends).unwrap_or_else(|| Bounds { lowest: least(), highest: read.bounds.highest.clone() });
    let is_of_one_maximum = same(of.iter().map(|one| Some(&one.maximum))).is_some();
    let shares: Option<Vec<Bounds<Exact>>> = of.iter().map(|one| share(one)).collect();
    let has_own_share = !is_of_one_maximum || of.iter().any(|one| one.share.is_some());
    SectionScore {
        score: same(of.iter().map(|one| one.score.as_ref())).filter(|_| is_of_one_maximum),
        share: shares.and_then(|shares| spanned(shares.iter())).filter(|_| has_own_share),
        contribution: same(of.iter().map(|one| one.contribution.as_ref())),
        maximum: of.iter().map(|one| &one.maximum).max().unwrap_or(&read.maximum).clone(),
        weight: same(of.iter().map(|one| one.weight.as_ref())),
        bounds,
        ..read.clone()
    }
}

/// Returns between which ends a section lies of what can be scored there; `None` where nothing of it applies.
fn share(section: &SectionScore) -> Option<Bounds<Exact>> {
    let of = |end: &Exact| end.divided_by(&section.maximum);
    let own = || Some(Bounds { lowest: of(&section.bounds.lowest)?, highest: of(&section.bounds.highest)? });
    section.share.clone().or_else(own)
}

/// Returns what several are, where all are the same.
fn same<'a, T: Clone + PartialEq + 'a>(mut all: impl Iterator<Item = Option<&'a T>>) -> Option<T> {
    let first = all.next()??;
    all.all(|other| other == Some(first)).then(|| first.clone())
}

/// Returns the least and the most of several intervals.
fn spanned<'a>(all: impl Iterator<Item = &'a Bounds<Exact>>) -> Option<Bounds<Exact>> {
    let all: Vec<&Bounds<Exact>> = all.collect();
    let lowest = all.iter().map(|bounds| &bounds.lowest).min()?;
    let highest = all.iter().map(|bounds| &bounds.highest).max()?;
    Some(Bounds { lowest: lowest.clone(), highest: highest.clone() })
}

/// Puts together awards.
fn award(spec: &OutcomeSpec, read: &Award, all: &[&Award], why: &str) -> Award {
    // A variant of which nothing applies has neither total nor band, and takes nothing from those of the others.
    let applies = || all.iter().filter(|award| !award.is_dropped);
    let totals: Option<Vec<&Bounds<Exact>>> = applies().map(|award| award.bounds.as_ref()).collect();
    let bands: Option<Vec<&Bounds<BandId>>> = applies().map(|award| award.band_bounds.as_ref()).collect();
    let are_reached = all.iter().all(|award| award.ends.are_reached());
    Award {
        total: None,
        total_given: read.total_given.clone(),
        bounds: totals.and_then(|totals| spanned(totals.into_iter())),
        raw_band: None,
        band: None,
        band_bounds: bands.and_then(|bands| worst_and_best(spec, &bands)),
        can_be: of_any(spec, all),
        ends: if are_reached { Ends::Reached } else { Ends::Outer },
        may_be_none: all.iter().any(|award| award.may_be_none || award.is_dropped),
        is_dropped: all.iter().all(|award| award.is_dropped),
        gates: read.gates.iter().map(|gate| state(gate, all, why)).collect(),
        next: None,
    }
}

/// Returns the worst and the best band of several intervals.
fn worst_and_best(spec: &OutcomeSpec, all: &[&Bounds<BandId>]) -> Option<Bounds<BandId>> {
    let place = |id: &BandId| spec.bands.iter().position(|band| band.id == *id);
    let lowest = all.iter().map(|bounds| &bounds.lowest).max_by_key(|id| place(id))?;
    let highest = all.iter().map(|bounds| &bounds.highest).min_by_key(|id| place(id))?;
    Some(Bounds { lowest: lowest.clone(), highest: highest.clone() })
}

/// Returns the bands that can come out of any.
fn of_any(spec: &OutcomeSpec, all: &[&Award]) -> Vec<BandId> {
    let can_be = |band: &&Band| all.iter().any(|award| award.can_be.contains(&band.id));
    spec.bands.iter().filter(can_be).map(|band| band.id.clone()).collect()
}

/// Returns the state of a gate that all variants agree on, or that it isn't known.
fn state(read: &GateState, all: &[&Award], why: &str) -> GateState {
    let states: Vec<&GateState> =
        all.iter().filter_map(|award| award.gates.iter().find(|gate| gate.id == read.id)).collect();
    let first = states.first().filter(|first| states.iter().all(|other| other.holds == first.holds));
    match first {
        Some(first) if first.holds.is_some() => GateState { why: reasons(&states), ..(*first).clone() },
        Some(_) | None => GateState { id: read.id.clone(), holds: None, why: why.to_owned() },
    }
}

/// Returns why a gate doesn't hold: the reason that all variants have, else that of each.
fn reasons(states: &[&GateState]) -> String {
    let mut apart: Vec<&str> = Vec::new();
    for state in states {
        if !apart.contains(&state.why.as_str()) {
            apart.push(&state.why);
        }
    }
    either(&apart)
}
