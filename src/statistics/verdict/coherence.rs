//! Whether criteria go together, from the mean correlation of each two and as far as its interval allows.
//!
//! Alpha grows with how many criteria there are; the mean correlation doesn't. Clark and Watson (Constructing validity, Psychological
//! Assessment 7, 1995) take 0.15 to 0.5 for criteria that belong together without asking the same.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::exact::Exact;
use crate::statistics::consistency::LEAST_RETURNS;
use crate::statistics::{Consistency, ConsistencyRow, FrameworkStatistics};
use crate::words::{agree, fixed, list_of_at_most};

/// Below this mean correlation criteria hardly go together.
const LOOSE: f64 = 0.15;

/// From this mean correlation on they ask nearly the same.
const CLOSE: f64 = 0.5;

/// How far criteria go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Coherence {
    /// The returns don't tell it.
    NotTold,
    /// They hardly go together.
    Hardly,
    /// By their mean they go together, by the lower end of its interval perhaps only loosely.
    Loosely,
    /// They go together.
    Together,
    /// They ask nearly the same.
    NearlyTheSame,
}

impl Coherence {
    /// Returns how far some criteria surely go together; `None` where too few returns show it.
    pub fn of(row: &ConsistencyRow) -> Option<Self> {
        let interval = row.between_low.value.zip(row.between_high.value)?;
        Some(Self::within(row.between.value?, interval))
    }

    /// Returns how far criteria of this mean correlation surely go together, with its interval.
    fn within(mean: f64, (low, high): (f64, f64)) -> Self {
        match low {
            _ if high < LOOSE => Self::Hardly,
            low if low >= CLOSE => Self::NearlyTheSame,
            low if low >= LOOSE => Self::Together,
            low if low > 0.0 && mean >= LOOSE => Self::Loosely,
            _ => Self::NotTold,
        }
    }

    /// Returns what they do, in words for a table.
    pub const fn words(self) -> &'static str {
        match self {
            Self::NotTold => "these ¤returns don\u{2019}t tell",
            Self::Hardly => "have little in common",
            Self::Loosely => "go together; how closely isn\u{2019}t sure",
            Self::Together => "go together",
            Self::NearlyTheSame => "ask nearly the same",
        }
    }

    /// Returns what it means for the total, where it is so of all criteria.
    const fn of_total(self) -> &'static str {
        match self {
            Self::NotTold => "These ¤returns don\u{2019}t tell whether the ¤criteria go together",
            Self::Hardly => "The ¤criteria have little in common, so the ¤total adds up different things",
            Self::Loosely => {
                "The ¤criteria go together, though perhaps only loosely, so a ¤total hides much of what differs between them"
            }
            Self::Together => {
                "¤Returns that do well on some ¤criteria tend to do well on the others, so the ¤total tells something about a ¤return as a whole"
            }
            Self::NearlyTheSame => "The ¤criteria go together so closely that some may ask the same twice",
        }
    }
}

/// Returns what it means for those who read totals and section scores.
pub fn sentences(consistency: &Consistency, statistics: &FrameworkStatistics) -> Vec<String> {
    let overall = Coherence::of(&consistency.overall);
    let overall = overall.map(|verdict| format!("{}{}.", verdict.of_total(), correlation(&consistency.overall)));
    let loose = consistency.sections.iter().filter(|row| Coherence::of(row) == Some(Coherence::Hardly));
    let loose: Vec<String> = loose.map(|row| about(row, statistics)).collect();
    let by_section = match loose.as_slice() {
        [] if consistency.sections.iter().all(|row| Coherence::of(row).is_none()) => None,
        [] => Some("In no ¤section is it sure that the ¤criteria have little in common.".to_owned()),
        some => Some(format!(
            "In {} the ¤criteria have little in common: a ¤section score there says little by itself, so read it ¤criterion by ¤criterion.",
            list_of_at_most(some, 5)
        )),
    };
    overall.or_else(|| too_few(&consistency.overall)).into_iter().chain(by_section).collect()
}

/// Returns the mean correlation with its interval, to stand behind what it means; nothing where it isn't shown.
fn correlation(row: &ConsistencyRow) -> String {
    let shown = [&row.between, &row.between_low, &row.between_high];
    let shown = shown.map(|figure| figure.value.and_then(Exact::from_float).map(|value| fixed(&value, 2)));
    let [Some(mean), Some(low), Some(high)] = shown else { return String::new() };
    format!(" (mean correlation of each two {mean}, 95% interval {low} to {high})")
}

/// Says that too few returns are complete to tell it of all criteria; `None` where it is told.
fn too_few(overall: &ConsistencyRow) -> Option<String> {
    (overall.returns < LEAST_RETURNS).then(|| {
        format!(
            "How well all ¤criteria go together can\u{2019}t be said: that takes {LEAST_RETURNS} ¤returns with all answers, and there {} {}.",
            agree(overall.returns, "is", "are"),
            overall.returns
        )
    })
}

/// Returns which criteria a row is about.
pub fn about(row: &ConsistencyRow, statistics: &FrameworkStatistics) -> String {
    row.section.as_ref().map_or_else(|| "All ¤criteria".to_owned(), |id| statistics.section_title(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn criteria_go_together_only_from_the_mean_on_that_methods_name() {
        let cases = [
            (0.05, (-0.02, 0.12), Coherence::Hardly),
            (0.10, (0.03, 0.21), Coherence::NotTold),
            (0.15, (0.06, 0.27), Coherence::Loosely),
            (0.20, (-0.01, 0.40), Coherence::NotTold),
            (0.30, (0.15, 0.45), Coherence::Together),
            (0.60, (0.50, 0.70), Coherence::NearlyTheSame),
        ];
        for (mean, interval, expected) in cases {
            assert_eq!(Coherence::within(mean, interval), expected, "{mean} {interval:?}");
        }
    }
}
