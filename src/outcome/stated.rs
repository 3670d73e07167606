//! What a workbook should state of itself.

use std::ops::Range;

use super::band::{self, Assume};
use super::basis::Basis;
use super::item::Slot;
use super::scope::{Gaps, OutcomeScope};
use super::subject::Subject;
use super::{Bounds, Outcome, completed, completion};
use crate::framework::expression::{Mention, Node, Quantity};
use crate::framework::{BandId, Section, Stated, StatedKind};

/// Returns what a stated value of an outcome's own rater should be, over the answers that are given, as a form's own sums
/// have it. Those sums take in what differs on several sheets, of which nothing tells which counts, so over that it isn't known.
pub fn stated(basis: &Basis<'_>, outcome: &Outcome, stated: &Stated) -> Quantity {
    if rests_on_untold(basis, stated) {
        return Quantity::Unknown;
    }
    let worth = |scope: OutcomeScope<'_>| stated.value.evaluate(&scope.about(stated.section.as_ref()));
    let over_given = worth(OutcomeScope::new(basis, outcome, Gaps::PassedOver));
    match stated.kind {
        StatedKind::Outcome if outcome.is_open() => grade(basis, outcome, stated)
            .unwrap_or_else(|| Quantity::one_of(possible(basis, outcome, stated).into_iter().chain([over_given]))),
        StatedKind::Total if basis.may_leave_out_blanks() => {
            let without = worth(OutcomeScope::new(basis, outcome, Gaps::PassedOver).without_blanks());
            Quantity::one_of([over_given, without].into_iter().filter(Quantity::is_known))
        }
        StatedKind::Outcome | StatedKind::Total | StatedKind::Weight => over_given,
    }
}

/// Returns the grade that a stated value is: settled, or all that it can be; `None` where the value is no grade of a part by itself.
fn grade(basis: &Basis<'_>, outcome: &Outcome, stated: &Stated) -> Option<Quantity> {
    let Node::Name(name) = &stated.value.node else { return None };
    let (grade, part) = (basis.framework.grade(name)?, stated.section.as_ref()?);
    let given = outcome.grades.iter().find(|given| given.grade == grade.id && given.of == part.as_str())?;
    let place = |id: &BandId| grade.spec()?.bands.iter().position(|band| band.id == *id);
    let ends = given.award.band_bounds.as_ref().and_then(|ends| place(&ends.highest).zip(place(&ends.lowest)));
    let bands = grade.spec().into_iter().flat_map(|spec| &spec.bands).enumerate();
    let can_be = bands.filter(|(place, _)| ends.is_none_or(|(best, worst)| (best..=worst).contains(place)));
    let titles = can_be.map(|(_, band)| Quantity::from(band.title.as_str()));
    let incomplete = grade.spec().and_then(|spec| spec.incomplete.as_deref()).filter(|_| !given.missing.is_empty());
    Some(Quantity::one_of(titles.chain(incomplete.map(Quantity::from))))
}

/// Returns the title of the band by the sum of what is given, where it may be stated: a form's own formula goes by that while answers are
/// missing.
pub fn band_by_sum<'a>(basis: &Basis<'a>, outcome: &Outcome, stated: &Stated) -> Option<&'a str> {
    let total = &outcome.award.total_given;
    let given = Bounds { lowest: total.clone(), highest: total.clone() };
    let band = band::raw(&basis.framework.outcome, Some(&given).filter(|_| !outcome.missing.is_empty())).band()?;
    let title = &basis.framework.outcome.bands.get(band)?.title;
    stated.outcomes.iter().any(|names| names.first() == Some(title)).then_some(title.as_str())
}

/// Returns between which ends a stated total can come to lie once the answers that are missing are given, where there are too many ways of
/// that, ends that hold all of them; not known where that can't be told.
pub fn total_to_come(basis: &Basis<'_>, stated: &Stated) -> Quantity {
    let worth = |scope: OutcomeScope<'_>| stated.value.evaluate(&scope.about(stated.section.as_ref()));
    let ways = completion::completions(Subject::whole(basis));
    let beyond = (!ways.are_enough).then(|| worth(OutcomeScope::between(basis)));
    let completed = ways.slots.into_iter().map(|slots| worth(OutcomeScope::completed(basis, slots, [None, None])));
    let all: Vec<Quantity> = completed.chain(beyond).collect();
    let ends = |end: fn(&Quantity) -> &Quantity| all.iter().map(|one| end(one).number()).collect::<Option<Vec<_>>>();
    let ends = ends(Quantity::least).zip(ends(Quantity::most));
    let span = ends.and_then(|(least, most)| Some((least.into_iter().min()?, most.into_iter().max()?)));
    span.map_or(Quantity::Unknown, |(least, most)| {
        Quantity::between(Quantity::Number(least.clone()), Quantity::Number(most.clone()))
    })
}

/// One way of completing a return, with the bands that it comes to.
struct Way<'a> {
    slots: Vec<Slot<'a>>,
    /// The number of the band by the total alone, where that has one.
    raw: Option<usize>,
    /// The numbers of the bands that it can come to; that after the last where none is defined.
    bands: Range<usize>,
}

impl<'a> Way<'a> {
    /// Works out what the bands of a way are.
    fn of(subject: Subject<'a>, slots: Vec<Slot<'a>>) -> Self {
        let completed = completed::completed(subject, &slots);
        let raw = band::raw(subject.spec, completed.total.as_ref()).band();
        let ends =
            [Assume::Best, Assume::Worst].map(|assume| completed::awarded(subject.spec, &completed, assume).band());
        let none = subject.spec.bands.len();
        let bands = match ends {
            [Some(best), Some(worst)] => best..worst + 1,
            [Some(only), None] | [None, Some(only)] => only..only + 1,
            [None, None] => none..none + 1,
        };
        Self { slots, raw, bands }
    }

    /// Returns what a stated value comes to this way with the bands of these numbers, by the total alone and in the end.
    fn worth(&self, basis: &Basis<'_>, stated: &Stated, numbers: [usize; 2]) -> Quantity {
        let titles = numbers.map(|number| basis.framework.outcome.bands.get(number).map(|band| &band.id));
        let scope = OutcomeScope::completed(basis, self.slots.clone(), titles).about(stated.section.as_ref());
        stated.value.evaluate(&scope)
    }
}

/// Returns all that a stated outcome can come to while the outcome is open: a judgement, unlike a sum, isn't one over what is given.
fn possible(basis: &Basis<'_>, outcome: &Outcome, stated: &Stated) -> Vec<Quantity> {
    let subject = Subject::whole(basis);
    let completion::Ways { slots, are_enough, are_ends } = completion::completions(subject);
    let ways: Vec<Way<'_>> = slots.into_iter().map(|slots| Way::of(subject, slots)).collect();
    let own = ways
        .iter()
        .flat_map(|way| way.bands.clone().map(|number| way.worth(basis, stated, [way.raw.unwrap_or(number), number])));
    let mut all: Vec<Quantity> = own.collect();
    if are_ends {
        all.extend(between(basis, outcome, stated, &ways));
        all.extend(titles_between(basis, stated, &all));
    }
    // Beyond the ways that are looked at it may be anything.
    all.extend((!are_enough).then(Quantity::open));
    all
}

/// Returns what a stated value comes to with the bands that can come out between the worst and the best way.
fn between(basis: &Basis<'_>, outcome: &Outcome, stated: &Stated, ways: &[Way<'_>]) -> Vec<Quantity> {
    let bands = &basis.framework.outcome.bands;
    let can_be: Vec<usize> =
        (0..bands.len()).filter(|number| outcome.award.can_be.contains(&bands[*number].id)).collect();
    let raws: Option<Vec<usize>> = ways.iter().map(|way| way.raw).collect();
    let raws = raws.and_then(|raws| Some(*raws.iter().min()?..=*raws.iter().max()?));
    let pairs = can_be.into_iter().flat_map(|band| {
        let by_total = raws.clone().unwrap_or(band..=band).filter(move |raw| *raw <= band);
        by_total.map(move |raw| [raw, band])
    });
    pairs.flat_map(|pair| ways.iter().map(move |way| way.worth(basis, stated, pair))).collect()
}

/// Returns the titles of the bands between those that a stated value comes to at the ends, where it isn't the band itself that says
/// which, but what else the answers come to: any of them may come out.
fn titles_between(basis: &Basis<'_>, stated: &Stated, ends: &[Quantity]) -> Vec<Quantity> {
    let is_band = |mention: &Mention| matches!(mention, Mention::Name(name) if name == "band" || name == "raw_band");
    let bands = &basis.framework.outcome.bands;
    let place = |title: &Quantity| bands.iter().position(|band| title.text() == Some(&band.title));
    let places = || ends.iter().filter_map(place);
    let span = places().min().zip(places().max()).filter(|_| !stated.value.names().iter().any(is_band));
    let bands = span.map_or(&[][..], |(best, worst)| &bands[best..=worst]);
    bands.iter().map(|band| band.title.as_str().into()).collect()
}

/// Whether a stated value may take in an answer that isn't the same on several sheets, or rows that aren't.
fn rests_on_untold(basis: &Basis<'_>, stated: &Stated) -> bool {
    let untold = basis.registers.untold();
    let is_of_section = |section: &Section| {
        let criteria = section.criteria.iter().map(|criterion| criterion.id.as_str());
        let mut items = criteria.chain(section.measures.iter().map(|measure| measure.id.as_str()));
        items.any(|id| untold.items.contains(id))
    };
    match stated.kind {
        StatedKind::Weight => false,
        StatedKind::Total | StatedKind::Outcome => {
            let section = stated.section.as_ref().and_then(|id| basis.framework.section(id));
            section.map_or(!untold.items.is_empty(), is_of_section)
        }
    }
}
