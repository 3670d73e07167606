//! This season beside the last, and the trend over several.

use serde::Serialize;

use super::chance::{beside_chance, chance, is_more_than_chance};
use super::{figure, range, value};
use crate::artifact::report::sentence::{agree, capital, count, number, titled};
use crate::exact::Exact;
use crate::network::statistics::{ChangeSummary, Figure, FrameworkStatistics, MetChange, Spread, Trend};

/// Change as a template sees it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ChangeView {
    sentences: Vec<String>,
    caption: String,
    rows: Vec<ChangeRow>,
}

/// Change of the total or a section.
#[derive(Clone, Debug, Serialize)]
struct ChangeRow {
    about: String,
    median: String,
    middle: String,
    chance: String,
    count: usize,
}

/// The trend as a template sees it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct TrendView {
    sentences: Vec<String>,
    caption: String,
    rows: Vec<TrendRow>,
}

/// One season of a trend; its place is between nought and one.
#[derive(Clone, Debug, Serialize)]
struct TrendRow {
    season: String,
    place: Option<f64>,
    median: String,
}

/// Returns a number with its sign.
fn signed(value: &Exact) -> String {
    let shown = value.abs().to_fixed(1);
    match (value.rounded(1).is_zero(), value.is_negative()) {
        (true, _) => shown,
        (false, true) => format!("\u{2212}{shown}"),
        (false, false) => format!("+{shown}"),
    }
}

/// Returns change as a template sees it.
pub(super) fn view(change: &ChangeSummary, statistics: &FrameworkStatistics) -> ChangeView {
    let title = |id: &str| {
        let known = statistics.sections.iter().find(|section| section.section == id);
        known.map_or_else(|| id.to_owned(), |known| titled(id, &known.title))
    };
    let mut rows = vec![line("Total".to_owned(), &change.totals, &change.chance)];
    let sections = change.sections.iter();
    rows.extend(sections.map(|section| line(title(&section.section), &section.difference, &section.chance_adjusted)));
    ChangeView {
        sentences: sentences(change),
        caption: format!(
            "Change since {} in percentage points, and how likely chance alone gives the like of it",
            change.since
        ),
        rows,
    }
}

/// Returns a row.
fn line(about: String, spread: &Spread, likely: &Figure) -> ChangeRow {
    ChangeRow {
        about,
        median: figure(&spread.median, signed),
        middle: range(&spread.lower_quartile, &spread.upper_quartile, signed, ""),
        chance: chance(likely),
        count: spread.n,
    }
}

/// Returns what changed, in words.
fn sentences(change: &ChangeSummary) -> Vec<String> {
    let whole = |found| figure(found, |count: &Exact| count.to_fixed(0));
    let mut sentences = vec![format!(
        "{} can be compared with {}, because the same organisation sent one of the same version then. {} had no such return and {} left out.",
        capital(&count(change.matched, "return", "returns")),
        change.since,
        capital(&count(change.unmatched, "return", "returns")),
        agree(change.unmatched, "is", "are")
    )];
    if let Some(median) = change.totals.median.value.and_then(Exact::from_float) {
        sentences.push(format!(
            "The total of the middle return changed by {} percentage points{}.",
            signed(&median),
            beside_chance(&change.chance)
        ));
    }
    if change.better.is_shown() {
        sentences.push(format!(
            "Of those compared, {} rose to a better band, {} stayed and {} fell.",
            whole(&change.better),
            whole(&change.same),
            whole(&change.worse)
        ));
    }
    sentences.extend(change.met.as_ref().and_then(met));
    let moved =
        change.sections.iter().filter(|row| value(&row.chance_adjusted).is_some_and(is_more_than_chance)).count();
    if change.sections.iter().any(|row| row.chance_adjusted.is_shown()) {
        sentences.push(match moved {
            0 => "In no section is the change more than chance could give.".to_owned(),
            number => {
                format!("In {} the change is more than chance is likely to give.", count(number, "section", "sections"))
            }
        });
    }
    sentences
}

/// Returns who left the lowest band and who fell into it; `None` where nobody did, or it is hidden.
fn met(met: &MetChange) -> Option<String> {
    let whole = |found| figure(found, |count: &Exact| count.to_fixed(0));
    met.chance.is_shown().then(|| {
        format!(
            "Out of the lowest band came {}, into it fell {}{}.",
            whole(&met.gained),
            whole(&met.lost),
            beside_chance(&met.chance)
        )
    })
}

/// Returns the trend as a template sees it.
pub(super) fn trend(trend: &Trend) -> TrendView {
    let row = |point: &crate::network::statistics::TrendPoint| TrendRow {
        season: point.season.clone().unwrap_or_else(|| "This season".to_owned()),
        place: value(&point.median).map(super::section::part_of_hundred),
        median: figure(&point.median, |value| format!("{}%", value.to_fixed(1))),
    };
    TrendView {
        sentences: trend_sentences(trend),
        caption: "The median total in per cent of the most, season by season, over the same returns".to_owned(),
        rows: trend.seasons.iter().map(row).collect(),
    }
}

/// Returns which way the medians go.
fn trend_sentences(trend: &Trend) -> Vec<String> {
    let seasons = count(trend.seasons.len(), "season", "seasons");
    let of = format!("{} can be followed over {seasons}", capital(&count(trend.returns, "return", "returns")));
    let Some(slope) = trend.slope.value.and_then(Exact::from_float).filter(|_| trend.slope.is_shown()) else {
        return vec![format!("{of}, too few to show where they go.")];
    };
    let way = match (number(&slope, 1) == "0", slope.is_negative()) {
        (true, _) => "the median neither rises nor falls".to_owned(),
        (false, false) => format!("the median rises by about {} percentage points a season", number(&slope, 1)),
        (false, true) => format!("the median falls by about {} percentage points a season", number(&slope.abs(), 1)),
    };
    let steady = match value(&trend.tau) {
        Some(tau) if tau.abs() >= 0.99 => "It went the same way in every season.",
        Some(tau) if tau.abs() >= 0.5 => "It went that way in most seasons, not in all.",
        Some(_) | None => "It goes up and down, so the next season may as well go the other way.",
    };
    vec![format!("{of}: {way}."), steady.to_owned()]
}
