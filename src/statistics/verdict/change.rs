//! What changed since last season, and which way totals go over several.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Chance;
use crate::exact::Exact;
use crate::statistics::{ChangeSummary, CriterionChange, Trend};
use crate::words::{capital, count, is_for_programs, list_of_at_most, number, signed};

/// How steadily medians go their way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Steadiness {
    /// The same way in every season.
    EverySeason,
    /// That way in most seasons.
    MostSeasons,
    /// Up and down.
    UpAndDown,
}

impl Steadiness {
    /// Returns how steadily a trend goes its way; `None` where it isn't shown.
    pub fn of(trend: &Trend) -> Option<Self> {
        trend.slope.value?;
        Some(match trend.tau.value {
            Some(tau) if tau.abs() >= 0.99 => Self::EverySeason,
            Some(tau) if tau.abs() >= 0.5 => Self::MostSeasons,
            Some(_) | None => Self::UpAndDown,
        })
    }

    /// Returns it as a sentence.
    pub const fn words(self) -> &'static str {
        match self {
            Self::EverySeason => "It went the same way in every season.",
            Self::MostSeasons => "It went that way in most seasons, not in all.",
            Self::UpAndDown => "It goes up and down, so the next season may as well go the other way.",
        }
    }
}

/// Says by how much totals changed in the middle case, and what the median of the same returns was and is; `None` where too few are
/// matched.
pub fn of_total(change: &ChangeSummary) -> Option<String> {
    let median = change.totals.median.value.and_then(Exact::from_float)?;
    let beside = Chance::beside(&change.chance_adjusted);
    let [before, now] =
        [&change.before.median, &change.now.median].map(|median| median.value.and_then(Exact::from_float));
    let medians = before.zip(now).map_or_else(String::new, |(before, now)| {
        let apart = (&(&now - &before) - &median).rounded(1);
        let why = "; ¤returns changed places, so that the two needn\u{2019}t agree";
        let why = if apart.is_zero() { "" } else { why };
        format!(" The median ¤total of the same ¤returns was {}% and is {}%{why}.", before.to_fixed(1), now.to_fixed(1))
    });
    Some(format!("¤Totals changed by {} percentage points in the middle case{beside}.{medians}", signed(&median, 1)))
}

/// Says in how many sections the change is more than chance gives; `None` where none could be looked at.
pub fn of_sections(change: &ChangeSummary) -> Option<String> {
    change.sections.iter().find(|row| row.chance_adjusted.is_shown())?;
    let moved = || change.sections.iter().filter(|row| Chance::is_unlikely(&row.chance_adjusted));
    let named: Vec<&str> = moved().map(|row| row.section.as_str()).filter(|id| !is_for_programs(id)).collect();
    let named = if named.is_empty() { String::new() } else { format!(": {}", list_of_at_most(&named, 5)) };
    Some(match moved().count() {
        0 => "In no ¤section is the change more than chance could give.".to_owned(),
        number => {
            let sections = count(number, "¤section", "¤sections");
            format!("In {sections} the change is more than chance is likely to give{named}.")
        }
    })
}

/// Says on which criteria the change is more than chance gives; `None` where none could be looked at.
pub fn of_criteria(change: &ChangeSummary) -> Option<String> {
    change.criteria.iter().find(|row| row.chance_adjusted.is_shown())?;
    let all = count(change.criteria.len(), "¤criterion", "¤criteria");
    let moved: Vec<&CriterionChange> =
        change.criteria.iter().filter(|row| Chance::is_unlikely(&row.chance_adjusted)).collect();
    let named = |row: &&CriterionChange| {
        let mean = row.difference.mean.value.and_then(Exact::from_float);
        let by = mean.map_or_else(String::new, |mean| format!(" ({} points)", signed(&mean, 1)));
        format!("{} {}{by}", row.criterion, row.short)
    };
    let named: Vec<String> = moved.iter().map(named).collect();
    Some(match moved.len() {
        0 => format!("On none of {all} is the change more than chance could give."),
        number => format!(
            "On {number} of {all} the change is more than chance is likely to give, in mean percentage points of the scale: {}.",
            list_of_at_most(&named, 5)
        ),
    })
}

/// Says which way the medians go, and how steadily.
pub fn of_trend(trend: &Trend) -> Vec<String> {
    let seasons = count(trend.seasons.len(), "season", "seasons");
    let of = format!("{} can be followed over {seasons}", capital(&count(trend.returns, "¤return", "¤returns")));
    let Some((slope, steady)) = trend.slope.value.and_then(Exact::from_float).zip(Steadiness::of(trend)) else {
        return vec![format!("{of}, too few to show where they go.")];
    };
    if number(&slope, 1) == "0" {
        return vec![format!("{of}: the median neither rises nor falls{}.", between(trend))];
    }
    let way = if slope.is_negative() { "falls" } else { "rises" };
    let points = number(&slope.abs(), 1);
    vec![format!("{of}: the median {way} by about {points} percentage points a season."), steady.words().to_owned()]
}

/// Returns between what the medians lie; nothing where they are the same as they are printed.
fn between(trend: &Trend) -> String {
    let medians = trend.seasons.iter().filter_map(|point| Exact::from_float(point.median.value?));
    let medians: Vec<Exact> = medians.map(|median| median.rounded(1)).collect();
    match (medians.iter().min(), medians.iter().max()) {
        (Some(least), Some(most)) if least < most => {
            format!(" over them, and lies between {}% and {}%", least.to_fixed(1), most.to_fixed(1))
        }
        (Some(_), Some(_)) | (None, _) | (_, None) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::sample::shown;
    use crate::statistics::TrendPoint;

    #[test]
    fn a_trend_says_which_way_it_goes_and_how_steadily() {
        let trend = |medians: [f64; 4], slope: f64, tau: f64| Trend {
            returns: 12,
            seasons: medians.map(|median| TrendPoint { season: None, median: shown(median, 12) }).to_vec(),
            slope: shown(slope, 12),
            tau: shown(tau, 12),
        };
        let rises = "12 ¤returns can be followed over 4 seasons: the median rises by about 2 percentage points a season. It went \
                     the same way in every season.";
        let stays = "12 ¤returns can be followed over 4 seasons: the median neither rises nor falls over them, and lies between \
                     60.0% and 61.5%.";
        let same = "12 ¤returns can be followed over 4 seasons: the median neither rises nor falls.";
        let cases = [
            (trend([60.0, 62.0, 64.0, 66.0], 2.0, 1.0), rises),
            (trend([60.0, 61.5, 60.0, 61.5], 0.01, 0.4), stays),
            (trend([60.0, 60.01, 60.0, 60.01], 0.001, 0.4), same),
        ];
        for (trend, expected) in cases {
            assert_eq!(of_trend(&trend).join(" "), expected);
        }
    }
}
