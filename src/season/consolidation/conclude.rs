//! What the units of one organisation come to.

use super::voice::{Unit, units};
use super::{
    Consolidation, CriterionConsolidated, RuleRecord, RuleSource, UnitConsolidated, UnitSection, VoiceRecord,
    VoiceStanding, WholeRecord,
};
use crate::framework::{ConsolidationSpec, Criterion, CriterionId, Framework, RaterId, Section, ShareRule};
use crate::outcome::consolidation::{Declared, Voice};
use crate::outcome::score;
use crate::returns::{Entry, EntryValue, Grading, Reading, Return};
use crate::review::RemarkKind;
use crate::review::{Review, assemble};
use crate::season::SeasonReturn;

/// Puts the returns of one organisation together; `None` where there is nothing to put together.
pub(super) fn conclude(
    framework: &Framework,
    season: Option<&Declared>,
    name: &str,
    returns: &[&SeasonReturn],
) -> Option<Consolidation> {
    let spec = framework.consolidation.as_ref()?;
    let of_kind = |kind: &str| -> Vec<&SeasonReturn> {
        returns.iter().copied().filter(|sent| sent.review.kind.as_deref() == Some(kind)).collect()
    };
    let whole = of_kind(&spec.whole_kind).first().map(|sent| &sent.review);
    let units = units(spec, whole, &of_kind(&spec.unit_kind));
    let least = if whole.is_some() { 1 } else { 2 };
    if units.len() < least {
        return None;
    }
    let (declared, rule) = rule(framework, spec, season, whole);
    let criteria: Vec<CriterionConsolidated> =
        framework.criteria().map(|criterion| criterion_of(spec, &declared, whole, &units, &criterion.id)).collect();
    let sent = as_return(framework, returns, &criteria);
    let outcome = score(framework, &sent, &sent.counts);
    let differing = criteria.iter().filter(|criterion| criterion.agrees == Some(false));
    let praised = |id: &CriterionId| returns.iter().any(|sent| praises(&sent.review, id));
    let with = |status: &str| -> Vec<CriterionId> {
        criteria.iter().filter(|of| of.status.as_deref() == Some(status)).map(|of| of.id.clone()).collect()
    };
    Some(Consolidation {
        organisation: name.to_owned(),
        framework: framework.id.clone(),
        rule,
        whole: whole.map(whole_record),
        disagreements: differing.map(|criterion| criterion.id.clone()).collect(),
        strengths: with(&spec.grade).into_iter().filter(|id| praised(id)).collect(),
        developments: with(&spec.otherwise),
        units: units.iter().enumerate().map(|(at, unit)| unit_of(framework, unit, at, &criteria)).collect(),
        sections: outcome.sections.iter().map(assemble::section).collect(),
        outcome: assemble::record(framework, &outcome),
        criteria,
    })
}

/// Returns the rule that the return about the whole names, else the season's, else the framework's.
fn rule(
    framework: &Framework,
    spec: &ConsolidationSpec,
    season: Option<&Declared>,
    whole: Option<&Review>,
) -> (Declared, RuleRecord) {
    let said = |field: &Option<crate::framework::FieldId>| whole?.fields.get(field.as_ref()?);
    let share = said(&spec.share_in).and_then(EntryValue::number);
    let chosen = said(&spec.chosen_in).map(ToString::to_string);
    let named = Declared::by_words(spec, chosen.as_deref(), share);
    let (declared, named_by) = match (named, season) {
        (Some(named), _) => (named, RuleSource::Return),
        (None, Some(season)) => (season.clone(), RuleSource::Season),
        (None, None) => (Declared::by_framework(spec), RuleSource::Framework),
    };
    let record = RuleRecord {
        rule: declared.rule,
        share: declared.share.clone(),
        named_by,
        words: words(framework, spec, &declared),
    };
    (declared, record)
}

/// Returns a rule in words.
fn words(framework: &Framework, spec: &ConsolidationSpec, declared: &Declared) -> String {
    let units = &spec.plural;
    let share = declared.share.as_ref().map_or_else(
        || "a share that isn\u{2019}t given".to_owned(),
        |share| format!("{}%", (share * &crate::exact::Exact::from(100)).rounded(1)),
    );
    match declared.rule {
        ShareRule::All => format!("all {units}"),
        ShareRule::Any => format!("any {}", spec.noun),
        ShareRule::Majority => format!("more than half of the {units}"),
        ShareRule::Share => format!("at least {share} of the {units}"),
        ShareRule::WeightedShare => {
            let weight = spec.weight_label(framework).unwrap_or("weight").to_lowercase();
            format!("{units} with at least {share} of the {weight}")
        }
    }
}

/// Returns what the units say of a criterion, and what the rule makes of it.
fn criterion_of(
    spec: &ConsolidationSpec,
    declared: &Declared,
    whole: Option<&Review>,
    units: &[Unit],
    id: &CriterionId,
) -> CriterionConsolidated {
    let voices: Vec<VoiceRecord> = units.iter().map(|unit| unit.voice(spec, id)).collect();
    let heard: Vec<Voice> = units.iter().zip(&voices).filter_map(|(unit, voice)| unit.heard(voice)).collect();
    let columns: Vec<Voice> = units.iter().filter_map(|unit| unit.heard_in_column(spec, id)).collect();
    let grade = |holds: Option<bool>| holds.map(|holds| if holds { &spec.grade } else { &spec.otherwise }.clone());
    let holds = declared.decide(&heard);
    let shares = declared.shares(&heard);
    let stated = whole.and_then(|whole| {
        let answer = whole.answer(id, whole.counts.as_ref()?)?;
        Some((answer.value.clone()?, answer.points.is_some()))
    });
    let agrees = match (&stated, holds) {
        (Some((stated, true)), Some(holds)) => Some((*stated == spec.grade) == holds),
        (Some(_) | None, _) => None,
    };
    CriterionConsolidated {
        id: id.clone(),
        voices,
        status: grade(holds),
        share_lowest: shares.as_ref().map(|(least, _)| least.clone()),
        share_highest: shares.map(|(_, most)| most),
        by_columns: grade(declared.decide(&columns)),
        stated: stated.map(|(stated, _)| stated),
        agrees,
    }
}

/// Returns what the criteria come to as a return about the whole, open ones blank.
fn as_return(framework: &Framework, returns: &[&SeasonReturn], criteria: &[CriterionConsolidated]) -> Return {
    let counts = returns.iter().find_map(|sent| sent.review.counts.clone());
    let counts = counts.or_else(|| framework.raters.last().map(|rater| rater.id.clone()));
    let counts = counts.unwrap_or_else(|| RaterId::from(""));
    let answer = |(criterion, together): (&Criterion, &CriterionConsolidated)| {
        let grading = together.status.as_deref().and_then(|grade| grading(framework, criterion, grade));
        let reading = grading.map_or(Reading::Blank, Reading::Given);
        ((counts.clone(), criterion.id.clone()), Entry::unplaced(reading))
    };
    let answers = framework.criteria().zip(criteria).map(answer).collect();
    Return { answers, ..Return::empty(counts) }
}

/// Returns a grade of a criterion's scale; `None` where the scale hasn't it.
fn grading(framework: &Framework, criterion: &Criterion, grade: &str) -> Option<Grading> {
    framework.scale(criterion).grade(grade).map(Grading::of)
}

/// Returns what the return about the whole is.
fn whole_record(review: &Review) -> WholeRecord {
    let outcome = review.outcome.as_ref();
    WholeRecord {
        file: review.file.clone(),
        status: review.status,
        band: outcome.and_then(|outcome| outcome.band.clone()),
        display: outcome.and_then(|outcome| outcome.display.clone()),
    }
}

/// Returns what one unit comes to.
fn unit_of(framework: &Framework, unit: &Unit, at: usize, criteria: &[CriterionConsolidated]) -> UnitConsolidated {
    let outcome = unit.own.and_then(|own| own.outcome.as_ref());
    let standing = |criterion: &CriterionConsolidated| criterion.voices.get(at).map(|voice| voice.standing);
    let with = |wanted: VoiceStanding| criteria.iter().filter(move |of| standing(of) == Some(wanted));
    let praised = |id: &CriterionId| unit.own.is_some_and(|own| praises(own, id));
    UnitConsolidated {
        name: unit.name.clone(),
        weight: unit.weight.clone(),
        file: unit.own.map(|own| own.file.clone()),
        band: outcome.and_then(|outcome| outcome.band.clone()),
        band_lowest: outcome.and_then(|outcome| outcome.band_lowest.clone()),
        band_highest: outcome.and_then(|outcome| outcome.band_highest.clone()),
        can_be: outcome.map(|outcome| outcome.can_be.clone()).unwrap_or_default(),
        sections: framework.sections.iter().map(|section| section_of(section, at, criteria)).collect(),
        strengths: with(VoiceStanding::Holds).map(|of| of.id.clone()).filter(|id| praised(id)).collect(),
        developments: with(VoiceStanding::Fails).map(|of| of.id.clone()).collect(),
    }
}

/// Counts what a unit says of a section's criteria.
fn section_of(section: &Section, at: usize, criteria: &[CriterionConsolidated]) -> UnitSection {
    let mut counted = UnitSection { id: section.id.clone(), holds: 0, fails: 0, open: 0 };
    for of in criteria.iter().filter(|of| section.holds(&of.id)) {
        match of.voices.get(at).map(|voice| voice.standing) {
            Some(VoiceStanding::Holds) => counted.holds += 1,
            Some(VoiceStanding::Fails) => counted.fails += 1,
            Some(VoiceStanding::Open | VoiceStanding::LeftOut) | None => counted.open += 1,
        }
    }
    counted
}

/// Whether a return praises a criterion.
fn praises(review: &Review, id: &CriterionId) -> bool {
    review.remarks.iter().any(|remark| remark.id == *id && remark.kind == RemarkKind::Strength)
}
