//! Whether criteria go together, from Cronbach's alpha.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::exact::Exact;
use crate::statistics::consistency::LEAST_RETURNS;
use crate::statistics::{Consistency, ConsistencyRow, FrameworkStatistics};
use crate::words::{agree, fixed, list_of_at_most};

/// How far criteria go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Coherence {
    /// They hardly go together.
    Hardly,
    /// They go together loosely.
    Loosely,
    /// They go together.
    Together,
    /// They ask nearly the same.
    NearlyTheSame,
}

impl Coherence {
    /// Returns how far some criteria go together; `None` where too few returns show it.
    pub fn of(row: &ConsistencyRow) -> Option<Self> {
        row.alpha.value.map(|alpha| match alpha {
            alpha if alpha < 0.5 => Self::Hardly,
            alpha if alpha < 0.7 => Self::Loosely,
            alpha if alpha < 0.95 => Self::Together,
            _ => Self::NearlyTheSame,
        })
    }

    /// Returns what they do, in words for a table.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Hardly => "hardly go together",
            Self::Loosely => "go together loosely",
            Self::Together => "go together",
            Self::NearlyTheSame => "ask nearly the same",
        }
    }

    /// Returns what it means for the total, where it is so of all criteria.
    const fn of_total(self) -> &'static str {
        match self {
            Self::Hardly => "The criteria hardly go together, so the total adds up different things",
            Self::Loosely => "The criteria go together loosely, so a total hides much of what differs between them",
            Self::Together => {
                "Returns that do well on some criteria tend to do well on the others, so the total tells something about a return as a whole"
            }
            Self::NearlyTheSame => "The criteria go together so closely that some may ask the same twice",
        }
    }
}

/// Returns what it means for those who read totals and section scores.
pub fn sentences(consistency: &Consistency, statistics: &FrameworkStatistics) -> Vec<String> {
    let overall = Coherence::of(&consistency.overall).zip(consistency.overall.alpha.value.and_then(Exact::from_float));
    let overall = overall.map(|(verdict, alpha)| format!("{} (alpha {}).", verdict.of_total(), fixed(&alpha, 2)));
    let loose = consistency.sections.iter().filter(|row| Coherence::of(row) == Some(Coherence::Hardly));
    let loose: Vec<String> = loose.map(|row| about(row, statistics)).collect();
    let by_section = match loose.as_slice() {
        [] if consistency.sections.iter().all(|row| !row.alpha.is_shown()) => None,
        [] => Some("No section stands out as one whose criteria hardly go together.".to_owned()),
        some => Some(format!(
            "In {} the criteria hardly go together: a section score there says little by itself, so read it criterion by criterion.",
            list_of_at_most(some, 5)
        )),
    };
    overall.or_else(|| too_few(&consistency.overall)).into_iter().chain(by_section).collect()
}

/// Says that too few returns are complete to tell it of all criteria; `None` where it is told.
fn too_few(overall: &ConsistencyRow) -> Option<String> {
    (overall.returns < LEAST_RETURNS).then(|| {
        format!(
            "How well all criteria go together can\u{2019}t be said: Cronbach\u{2019}s alpha needs {LEAST_RETURNS} returns with all answers, and there {} {}.",
            agree(overall.returns, "is", "are"),
            overall.returns
        )
    })
}

/// Returns which criteria a row is about.
pub fn about(row: &ConsistencyRow, statistics: &FrameworkStatistics) -> String {
    row.section.as_ref().map_or_else(|| "All criteria".to_owned(), |id| statistics.section_title(id))
}
