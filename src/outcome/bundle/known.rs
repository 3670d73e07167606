//! What is known of the returns of a bundle's members.

use std::collections::BTreeMap;

use super::piece::{Piece, pieces};
use crate::framework::expression::Quantity;
use crate::framework::{BandId, Framework, GradeId, OutcomeSpec};
use crate::outcome::{Bounds, Ends, score};
use crate::returns::Return;

/// What is known of a return.
#[derive(Clone, Debug)]
pub struct Known {
    /// What people know it by, where it is open: its file, or that it is awaited.
    pub called: String,
    /// Whether it hasn't come yet.
    pub is_awaited: bool,
    /// Its band by name: one of several while that is open, not known where it has none.
    pub band: Quantity,
    /// Its total: between ends while that is open, not known where it has none.
    pub total: Quantity,
    /// Its named values.
    pub values: BTreeMap<String, Quantity>,
    /// The bands of its parts, by grade and part.
    pub grades: BTreeMap<(GradeId, String), Quantity>,
    /// Whether the ends of band and total can really come out.
    pub ends: Ends,
    /// The bands with the totals that go with each, where an open total alone decides on the band; empty otherwise.
    pub pieces: Vec<Piece>,
}

/// The returns of each member of a bundle, by the member's name, those that are awaited included.
#[derive(Clone, Debug, Default)]
pub struct Members(pub BTreeMap<String, Vec<Known>>);

impl Known {
    /// Returns a return of which nothing at all is known.
    fn nothing(called: String, is_awaited: bool) -> Self {
        let (values, grades) = (BTreeMap::new(), BTreeMap::new());
        let (band, total) = (Quantity::open(), Quantity::open());
        Self { called, is_awaited, band, total, values, grades, ends: Ends::Outer, pieces: Vec::new() }
    }

    /// Returns a return that was sent, of which nothing more is known yet.
    pub fn sent(called: String) -> Self {
        Self::nothing(called, false)
    }

    /// Returns a return that is awaited, of which nothing more is known yet.
    fn awaited(called: String) -> Self {
        Self::nothing(called, true)
    }

    /// Puts the bands beside the totals that go with them, where the total alone decides on the band.
    #[must_use]
    pub fn in_pieces(self, spec: &OutcomeSpec) -> Self {
        let pieces = pieces(spec, &self.total);
        let is_meant = |piece: &Piece| piece.band.is_known() && self.band.can_be(&piece.band);
        // Where bands and totals come from elsewhere, and don't go together, each is told by itself.
        let pieces = if pieces.iter().all(is_meant) { pieces } else { Vec::new() };
        Self { pieces, ..self }
    }

    /// Whether its band, its total or anything else of it can't be told yet.
    pub fn is_open(&self) -> bool {
        let all = [&self.band, &self.total].into_iter().chain(self.values.values()).chain(self.grades.values());
        all.into_iter().any(Quantity::is_open)
    }
}

impl Members {
    /// Returns the returns of a member.
    pub(super) fn of(&self, member: &str) -> &[Known] {
        self.0.get(member).map_or(&[], Vec::as_slice)
    }

    /// Returns all returns.
    pub(super) fn all(&self) -> impl Iterator<Item = &Known> {
        self.0.values().flatten()
    }

    /// Whether any of them is open.
    pub(super) fn are_open(&self) -> bool {
        self.all().any(Known::is_open)
    }
}

/// Returns what a return may come to of which nothing is known yet.
pub fn awaited(framework: &Framework, called: String) -> Known {
    let Some(rater) = framework.raters.first() else { return Known::awaited(called) };
    let blank = score(framework, &Return::empty(rater.id.clone()), &rater.id);
    let values = framework.values.iter().map(|value| (value.name.clone(), Quantity::open()));
    let grades = blank.grades.iter().filter_map(|of| {
        let spec = &framework.grade(&of.grade)?.of(&of.of)?.spec;
        Some(((of.grade.clone(), of.of.clone()), between(spec, of.award.band_bounds.as_ref())))
    });
    let known = Known {
        band: between(&framework.outcome, blank.award.band_bounds.as_ref()),
        total: total(&framework.outcome, blank.award.bounds.as_ref()),
        values: values.collect(),
        grades: grades.collect(),
        ends: blank.award.ends,
        ..Known::awaited(called)
    };
    known.in_pieces(&framework.outcome)
}

/// Returns the bands from the worst to the best that can come out; all of them and none where these aren't known.
pub(super) fn between(spec: &OutcomeSpec, bounds: Option<&Bounds<BandId>>) -> Quantity {
    let place = |id: &BandId| spec.bands.iter().position(|band| band.id == *id);
    let ends = bounds.and_then(|bounds| Some((place(&bounds.highest)?, place(&bounds.lowest)?)));
    let ids = |from: usize, to: usize| spec.bands.iter().take(to + 1).skip(from).map(|band| band.id.as_str().into());
    match (ends, spec.bands.len()) {
        (_, 0) => Quantity::Unknown,
        (Some((best, worst)), _) => Quantity::one_of(ids(best, worst)),
        (None, all) => Quantity::one_of(ids(0, all).chain([Quantity::Unknown])),
    }
}

/// Returns a total between its ends; not to be told where these aren't known, and not known where there is none.
pub(super) fn total(spec: &OutcomeSpec, bounds: Option<&Bounds<crate::exact::Exact>>) -> Quantity {
    match bounds {
        _ if !spec.has_total() => Quantity::Unknown,
        Some(bounds) => Quantity::between(bounds.lowest.clone().into(), bounds.highest.clone().into()),
        None => Quantity::open(),
    }
}

impl Known {
    /// Returns the bands that an open outcome can come to: some between the worst and the best where they are told, else all.
    pub fn band_between(spec: &OutcomeSpec, ends: [Option<&BandId>; 2], some: &[BandId]) -> Quantity {
        let [worst, best] = ends.map(Option::<&BandId>::cloned);
        let bounds = worst.zip(best).map(|(lowest, highest)| Bounds { lowest, highest });
        if bounds.is_some() && !some.is_empty() {
            return Quantity::one_of(some.iter().map(|band| band.as_str().into()));
        }
        between(spec, bounds.as_ref())
    }
}
