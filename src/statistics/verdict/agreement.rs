//! How far two sides agree: which is stricter, on which criteria by more than chance gives, and whether one total can stand for
//! the other.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Chance;
use crate::exact::Exact;
use crate::statistics::{Agreement, AgreementRow, AssessorRow, TotalAgreement};
use crate::words::{count, number};

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
}

impl Reliance {
    /// Returns it from the intraclass correlation; `None` where that isn't shown. What can be relied on is the lower end of its
    /// interval, which is low where few organisations show it.
    pub fn of(totals: &TotalAgreement) -> Option<Self> {
        let correlation = totals.correlation.value?;
        Some(match totals.low.value.unwrap_or(correlation) {
            sure if sure >= 0.75 => Self::EitherStands,
            sure if sure >= 0.5 => Self::FairGuide,
            _ => Self::NoGuide,
        })
    }

    /// Returns it in words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::EitherStands => "either side\u{2019}s ¤total could stand for the other\u{2019}s",
            Self::FairGuide => "one side\u{2019}s ¤total is a fair guide to the other\u{2019}s",
            Self::NoGuide => "one side\u{2019}s ¤total can\u{2019}t be relied on as a guide to the other\u{2019}s",
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

/// Returns the criteria on which the sides differ by more than chance gives, the largest difference first.
pub fn differing(agreement: &Agreement) -> Vec<&AgreementRow> {
    agreement.criteria.iter().filter(|row| Chance::is_unlikely(&row.chance_adjusted)).collect()
}

/// Says on how many criteria the sides differ by more than chance gives; `None` where none could be looked at. Where an assessor differs
/// from the others it is no comfort that no criterion does: what one of them gives is lost among all.
pub fn differing_sentence(agreement: &Agreement, assessors: &[AssessorRow]) -> Option<String> {
    agreement.criteria.iter().find(|row| row.chance_adjusted.is_shown())?;
    let is_told = assessors.iter().any(|row| Chance::is_unlikely(&row.chance));
    Some(match differing(agreement).len() {
        0 if is_told => "Over all assessors together no ¤criterion differs by more than chance could give; but one assessor or more differs on all of them: see \u{201c}Assessors\u{201d}.".to_owned(),
        0 => "Over all ¤organisations together, on no ¤criterion do the two sides differ by more than chance could give.".to_owned(),
        number => format!(
            "On {} the two sides differ by more than chance is likely to give: the guidance there is read in two ways.",
            count(number, "¤criterion", "¤criteria")
        ),
    })
}
