//! In which sections returns do best, and in which least well.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::exact::Exact;
use crate::figure::Figure;
use crate::statistics::SectionRow;
use crate::words::{agree, count, list_of_at_most, number, titled};

/// The most sections that are named at one end.
const MOST: usize = 3;

/// By what sections are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// Their medians.
    Median,
    /// Their means, where too few returns are complete for medians.
    Mean,
}

impl By {
    fn figure(self, row: &SectionRow) -> &Figure {
        match self {
            Self::Median => &row.percent.median,
            Self::Mean => &row.percent.mean,
        }
    }
}

/// The sections with the highest and the lowest median, else mean; the same section where all are alike.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Extremes {
    /// By what they are compared.
    pub by: By,
    /// The section in which returns do best.
    pub best: End,
    /// The section in which they do least well.
    pub worst: End,
    /// The fewest returns that stand behind a section's median or mean.
    pub returns: usize,
}

/// One of the two.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct End {
    /// The section.
    pub section: String,
    /// Its title.
    pub title: String,
    /// Its median or mean in per cent of the most.
    pub percent: f64,
    /// The titles of others that have the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
}

impl Extremes {
    /// Returns the two; `None` where too few returns are complete to compare all sections.
    pub fn of(rows: &[SectionRow]) -> Option<Self> {
        let by = if rows.iter().any(|row| row.percent.median.is_shown()) { By::Median } else { By::Mean };
        let ends: Vec<End> = rows.iter().map(|row| End::of(row, by)).collect::<Option<_>>()?;
        let best = End::together(&ends, ends.iter().max_by(|one, other| one.percent.total_cmp(&other.percent))?);
        let worst = End::together(&ends, ends.iter().min_by(|one, other| one.percent.total_cmp(&other.percent))?);
        let returns = rows.iter().map(|row| row.percent.n).min()?;
        Some(Self { by, best, worst, returns })
    }

    fn sentence(&self) -> String {
        let (best, worst) = (self.best.name(), self.worst.name());
        let (most, least) = (self.best.shown(), self.worst.shown());
        match self.by {
            By::Median if best == worst => format!("The median is {most} of the maximum in every ¤section."),
            By::Mean if best == worst => format!("The mean is {most} of the maximum in every ¤section."),
            By::Median => format!(
                "The highest median is {best}, where half of the ¤returns come to {most} or more of the maximum; the lowest is {worst}, where half come to {least} or less."
            ),
            By::Mean => format!(
                "The highest mean is {best}, with {most} of the maximum; the lowest is {worst}, with {least}. Behind each ¤section\u{2019}s mean {} at least {}.",
                agree(self.returns, "stands", "stand"),
                count(self.returns, "¤return", "¤returns")
            ),
        }
    }
}

impl End {
    fn of(row: &SectionRow, by: By) -> Option<Self> {
        let percent = by.figure(row).value?;
        Some(Self { section: row.section.clone(), title: row.title.clone(), percent, also: Vec::new() })
    }

    /// Returns the first of those that have what one has, with the names of the others.
    fn together(all: &[Self], one: &Self) -> Self {
        let mut same = all.iter().filter(|other| other.percent.total_cmp(&one.percent).is_eq());
        let first = same.next().unwrap_or(one);
        Self { also: same.map(|other| titled(&other.section, &other.title)).collect(), ..first.clone() }
    }

    /// Names it, with the others.
    fn name(&self) -> String {
        let named = std::iter::once(titled(&self.section, &self.title)).chain(self.also.iter().cloned());
        let named: Vec<String> = named.collect();
        format!("{} {}", agree(named.len(), "that of", "those of"), list_of_at_most(&named, MOST))
    }

    fn shown(&self) -> String {
        Exact::from_float(self.percent).map_or_else(String::new, |percent| format!("{}%", number(&percent, 0)))
    }
}

/// Says in which sections returns do best and least well.
pub fn sentence(rows: &[SectionRow]) -> String {
    Extremes::of(rows).map_or_else(
        || {
            "Too few ¤returns are complete to say how ¤sections compare; each sender\u{2019}s own report has them."
                .to_owned()
        },
        |extremes| extremes.sentence(),
    )
}
