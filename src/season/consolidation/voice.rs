//! What each unit says of each criterion.

use std::collections::BTreeMap;

use super::{VoiceRecord, VoiceSource, VoiceStanding};
use crate::exact::Exact;
use crate::framework::ConsolidationSpec;
use crate::outcome::consolidation::Voice;
use crate::review::OpinionRecord;
use crate::review::Review;
use crate::season::SeasonReturn;
use crate::wording::Wording;

/// A unit with what speaks for it.
pub(super) struct Unit<'a> {
    /// Its name.
    pub(super) name: String,
    /// What it weighs.
    pub(super) weight: Option<Exact>,
    /// Its own return.
    pub(super) own: Option<&'a Review>,
    /// Its answers in its own return, by criterion: the grade, and whether it counts.
    answers: BTreeMap<&'a str, (Option<&'a str>, bool)>,
    /// Its column in the return about the whole, by criterion.
    column: BTreeMap<&'a str, &'a OpinionRecord>,
}

/// Gathers the units: those that the return about the whole lists, those that only have a column there, then those that only
/// sent a return.
pub(super) fn units<'a>(
    spec: &ConsolidationSpec,
    whole: Option<&'a Review>,
    returns: &[&'a SeasonReturn],
) -> Vec<Unit<'a>> {
    let mut names: Vec<String> = Vec::new();
    let listed = whole.into_iter().flat_map(|whole| &whole.units).map(|unit| unit.name.as_str());
    let columns = whole.into_iter().flat_map(|whole| &whole.opinions).map(|opinion| opinion.unit.as_str());
    let units = returns.iter().map(|sent| named(sent));
    for name in listed.chain(columns).chain(units) {
        if !names.iter().any(|one| same(one, name)) {
            names.push(name.to_owned());
        }
    }
    names.into_iter().map(|name| Unit::new(spec, whole, returns, name)).collect()
}

/// Returns the name of the unit that a return is about; its file where it doesn't say.
fn named(sent: &SeasonReturn) -> &str {
    sent.unit.as_deref().unwrap_or(&sent.review.file)
}

/// Whether two names are of one unit.
fn same(one: &str, other: &str) -> bool {
    one == other || Wording::of(one) == Wording::of(other)
}

impl<'a> Unit<'a> {
    /// Gathers what speaks for a unit.
    fn new(spec: &ConsolidationSpec, whole: Option<&'a Review>, returns: &[&'a SeasonReturn], name: String) -> Self {
        let own = returns.iter().find(|sent| same(named(sent), &name)).map(|sent| &sent.review);
        let listed = whole.and_then(|whole| whole.units.iter().find(|unit| same(&unit.name, &name)));
        // The list of the whole weighs all units at one time, so it goes before what each says of itself.
        let weight = listed.and_then(|unit| unit.weight.clone());
        let weight = weight.or_else(|| own?.fields.get(spec.weight.as_ref()?)?.number().cloned());
        let mine = |opinion: &&OpinionRecord| same(&opinion.unit, &name);
        let column = whole.into_iter().flat_map(|whole| &whole.opinions).filter(mine);
        let column = column.map(|opinion| (opinion.id.as_str(), opinion)).collect();
        Self { weight, own, answers: own.map(answers).unwrap_or_default(), column, name }
    }

    /// Returns what the unit says of a criterion.
    pub(super) fn voice(&self, spec: &ConsolidationSpec, id: &str) -> VoiceRecord {
        let column = self.column.get(id).copied();
        let standing = |grade: Option<&str>, counts: bool, otherwise| match grade {
            Some(grade) if counts && grade == spec.grade => VoiceStanding::Holds,
            Some(_) if counts => VoiceStanding::Fails,
            Some(_) | None => otherwise,
        };
        let in_column =
            column.map(|opinion| standing(opinion.value.as_deref(), opinion.counts, VoiceStanding::LeftOut));
        if self.own.is_some() {
            let (grade, counts) = self.answers.get(id).copied().unwrap_or((None, false));
            let standing = standing(grade, counts, VoiceStanding::Open);
            let differs = in_column.is_some_and(|column| contradicts(standing, column));
            let column = column.filter(|_| differs).and_then(|opinion| opinion.value.clone());
            return VoiceRecord {
                standing,
                grade: grade.map(ToOwned::to_owned),
                source: Some(VoiceSource::Return),
                column,
            };
        }
        VoiceRecord {
            standing: in_column.unwrap_or(VoiceStanding::Open),
            grade: column.and_then(|opinion| opinion.value.clone()),
            source: column.map(|_| VoiceSource::Column),
            column: None,
        }
    }

    /// Returns what the rule sees of what the unit says; `None` where it is left out.
    pub(super) fn heard(&self, voice: &VoiceRecord) -> Option<Voice> {
        let holds = match voice.standing {
            VoiceStanding::Holds => Some(true),
            VoiceStanding::Fails => Some(false),
            VoiceStanding::Open => None,
            VoiceStanding::LeftOut => return None,
        };
        Some(Voice { holds, weight: self.weight.clone() })
    }

    /// Returns what the rule sees of the unit's column in the return about the whole; `None` where it says nothing.
    pub(super) fn heard_in_column(&self, spec: &ConsolidationSpec, id: &str) -> Option<Voice> {
        let opinion = self.column.get(id).filter(|opinion| opinion.counts)?;
        Some(Voice { holds: Some(opinion.value.as_ref() == Some(&spec.grade)), weight: self.weight.clone() })
    }
}

/// Whether two judgements say the opposite.
fn contradicts(one: VoiceStanding, other: VoiceStanding) -> bool {
    use VoiceStanding::{Fails, Holds};
    matches!((one, other), (Holds, Fails) | (Fails, Holds))
}

/// Returns the answers of a return that count, by criterion.
fn answers(review: &Review) -> BTreeMap<&str, (Option<&str>, bool)> {
    let counts = review.answers.iter().filter(|answer| Some(&answer.rater) == review.counts.as_ref());
    counts.map(|answer| (answer.id.as_str(), (answer.value.as_deref(), answer.points.is_some()))).collect()
}
