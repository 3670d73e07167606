//! How far two sides agree: which is stricter, on which criteria by more than chance gives, and whether one total can stand for
//! the other.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Chance;
use crate::exact::Exact;
use crate::statistics::{Agreement, AgreementRow, AssessorRow, TotalAgreement, WithoutApart};
use crate::words::{count, number};

/// From such an intraclass correlation on either total could stand for the other (Koo and Li's "good").
const EITHER: f64 = 0.75;

/// From such a one on one total is a fair guide to the other (Koo and Li's "moderate").
const FAIR: f64 = 0.5;

/// What one side's total says of the other's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Reliance {
    /// Either could stand for the other.
    EitherStands,
    /// One is a fair guide to the other.
    FairGuide,
    /// Neither can be relied on as a guide.
    NoGuide,
    /// Too few show it: either could stand for the other, and neither be a guide.
    Untold,
}

impl Reliance {
    /// Returns it from the intraclass correlation; `None` where that isn't shown. What can be relied on is the lower end of its
    /// interval, which is low where few organisations show it.
    pub fn of(totals: &TotalAgreement) -> Option<Self> {
        let correlation = totals.correlation.value?;
        let [sure, perhaps] = [&totals.low, &totals.high].map(|end| end.value.unwrap_or(correlation));
        Some(Self::within(sure, perhaps))
    }

    /// Returns what an interval of the intraclass correlation says.
    fn within(sure: f64, perhaps: f64) -> Self {
        match sure {
            _ if sure >= EITHER => Self::EitherStands,
            _ if sure >= FAIR => Self::FairGuide,
            _ if perhaps >= EITHER => Self::Untold,
            _ => Self::NoGuide,
        }
    }

    /// Returns it in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::EitherStands => "either side\u{2019}s ¤total could stand for the other\u{2019}s",
            Self::FairGuide => "one side\u{2019}s ¤total is a fair guide to the other\u{2019}s",
            Self::NoGuide => "one side\u{2019}s ¤total can\u{2019}t be relied on as a guide to the other\u{2019}s",
            Self::Untold => {
                "those who have both don\u{2019}t tell whether one side\u{2019}s ¤total is a guide to the other\u{2019}s"
            }
        }
    }
}

/// Says which side is stricter on average; `None` where too few have both.
pub fn stricter(agreement: &Agreement) -> Option<String> {
    let bias = agreement.overall.bias.value.and_then(Exact::from_float)?;
    let own = agreement.sides.0.to_lowercase();
    Some(match (bias.rounded(2).is_zero(), bias.is_negative()) {
        (true, _) => format!("On average neither side is stricter: the mean difference is {}.", number(&bias, 2)),
        (false, true) => format!("On average the {own} is stricter by {} of a step.", bias.abs().to_fixed(2)),
        (false, false) => format!("On average the {own} is more generous by {} of a step.", bias.abs().to_fixed(2)),
    })
}

/// Whether so few have both that even if each of them differed the same way on one criterion alone, that would be no more than chance could
/// give among so many criteria: signed ranks of n pairs come out one way in one of 2^(n-1) cases.
fn is_never_told(agreement: &Agreement) -> bool {
    let pairs = agreement.criteria.iter().map(|row| row.organisations).max().unwrap_or_default();
    let ways = u32::try_from(pairs).ok().and_then(|pairs| 1_usize.checked_shl(pairs.checked_sub(1)?));
    // Below 0.05 it is told.
    ways.is_some_and(|ways| ways <= agreement.criteria.len() * 20)
}

/// Returns the criteria on which the sides differ by more than chance gives, the largest difference first; not those that only assessors
/// make differ who give otherwise than the others.
pub fn differing(agreement: &Agreement) -> Vec<&AgreementRow> {
    let is_left = |row: &AgreementRow| {
        agreement.without_apart.as_ref().is_none_or(|without| row.about.iter().any(|id| without.differing.contains(id)))
    };
    unlikely(agreement).filter(|row| is_left(row)).collect()
}

/// Returns the criteria on which all assessments together differ by more than chance gives.
fn unlikely(agreement: &Agreement) -> impl Iterator<Item = &AgreementRow> {
    agreement.criteria.iter().filter(|row| Chance::is_unlikely(&row.chance_adjusted))
}

/// Says on how many criteria the sides differ, and on how many of them without those who give otherwise than the others.
fn with_and_without(agreement: &Agreement, without: &WithoutApart) -> String {
    let (all, left) = (unlikely(agreement).count(), differing(agreement).len());
    let whose = match without.assessors {
        1 => "one assessor who gives".to_owned(),
        many => format!("{many} assessors who give"),
    };
    let left = match left {
        0 => "none is left".to_owned(),
        1 => "one is left, whose guidance may be read in two ways".to_owned(),
        left => format!("{left} are left, whose guidance may be read in two ways"),
    };
    let bias = without.bias.and_then(Exact::from_float);
    let bias =
        bias.map_or_else(String::new, |bias| format!(", and a mean difference of {} of a step", number(&bias, 2)));
    format!(
        "On {} the two sides differ by more than chance is likely to give; without the assessments of {whose} otherwise than the others {left}{bias}.",
        count(all, "¤criterion", "¤criteria")
    )
}

/// Says on how many criteria the sides differ by more than chance gives; `None` where none could be looked at. Where an assessor differs
/// from the others it is no comfort that no criterion does: what one of them gives is lost among all.
pub fn differing_sentence(agreement: &Agreement, assessors: &[AssessorRow]) -> Option<String> {
    agreement.criteria.iter().find(|row| row.chance_adjusted.is_shown())?;
    let is_told = assessors.iter().any(|row| Chance::is_unlikely(&row.chance));
    if let Some(without) = agreement.without_apart.as_ref().filter(|_| unlikely(agreement).next().is_some()) {
        return Some(with_and_without(agreement, without));
    }
    Some(match differing(agreement).len() {
        0 if is_told => "Over all assessors together no ¤criterion differs by more than chance could give; but at least one assessor differs when all ¤criteria are taken together: see \u{201c}Assessors\u{201d}.".to_owned(),
        0 if is_never_told(agreement) => {
            "Too few ¤organisations have both to say whether the two sides differ on single ¤criteria.".to_owned()
        }
        0 => "Over all ¤organisations together, on no ¤criterion do the two sides differ by more than chance could give.".to_owned(),
        number => format!(
            "On {} the two sides differ by more than chance is likely to give: the guidance there is read in two ways.",
            count(number, "¤criterion", "¤criteria")
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_too_few_show_is_no_verdict() {
        for (ends, expected) in [
            ([-0.01, 0.99], Reliance::Untold),
            ([0.8, 0.99], Reliance::EitherStands),
            ([0.5, 0.9], Reliance::FairGuide),
            ([-0.3, 0.6], Reliance::NoGuide),
        ] {
            assert_eq!(Reliance::within(ends[0], ends[1]), expected, "{ends:?}");
        }
    }
}
