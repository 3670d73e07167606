//! Self beside external, and this season beside the last.

use serde::Serialize;

use super::outcome::trace;
use super::{figure, percent};
use crate::artifact::report::sentence::{capital, count, number};
use crate::exact::Exact;
use crate::network::statistics::{Agreement, AgreementRow, ChangeSummary, FigureState, FrameworkStatistics};

/// The most answers that are listed for moderation.
const MOST_MODERATED: usize = 25;

/// Agreement as a template sees it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct AgreementView {
    sentences: Vec<String>,
    caption: String,
    rows: Vec<Row>,
    moderation_sentence: String,
    moderation: Vec<Moderation>,
    trace: String,
}

/// How far two sides agree on something.
#[derive(Clone, Debug, Serialize)]
struct Row {
    about: String,
    pairs: usize,
    exact: String,
    adjacent: String,
    bias: String,
    kappa: String,
}

/// An answer for moderation.
#[derive(Clone, Debug, Serialize)]
struct Moderation {
    organisation: String,
    criterion: String,
    own: String,
    external: String,
}

/// Change as a template sees it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ChangeView {
    sentences: Vec<String>,
    caption: String,
    rows: Vec<ChangeRow>,
    trace: String,
}

/// Change of the total or a section.
#[derive(Clone, Debug, Serialize)]
struct ChangeRow {
    about: String,
    median: String,
    middle: String,
    count: usize,
}

/// Returns agreement as a template sees it.
pub(super) fn view(found: &Agreement, statistics: &FrameworkStatistics) -> AgreementView {
    let mut rows = vec![row(&found.overall)];
    rows.extend(found.sections.iter().map(row));
    let far = found.moderation.len();
    let moderation = found.moderation.iter().take(MOST_MODERATED).map(|row| Moderation {
        organisation: row.organisation.clone(),
        criterion: row.criterion.clone(),
        own: row.own.clone(),
        external: row.external.clone(),
    });
    AgreementView {
        sentences: sentences(found),
        caption: format!("{} beside {}", found.sides.0, found.sides.1.to_lowercase()),
        rows,
        moderation_sentence: match far {
            0 => "No two answers lie two steps or more apart.".to_owned(),
            number => format!(
                "{} two steps or more apart and should be moderated{}.",
                capital(&count(number, "pair of answers lies", "pairs of answers lie")),
                if far > MOST_MODERATED { format!("; the first {MOST_MODERATED} are listed") } else { String::new() }
            ),
        },
        moderation: moderation.collect(),
        trace: trace(statistics, "agreement"),
    }
}

/// Returns how far the sides agree, in words.
fn sentences(found: &Agreement) -> Vec<String> {
    let overall = &found.overall;
    let own = found.sides.0.to_lowercase();
    let mut sentences = vec![format!(
        "For {} with both, {} of {} are the same on both sides and {} at most one step apart.",
        count(found.organisations, "organisation", "organisations"),
        figure(&overall.exact, percent),
        count(found.pairs, "pair of answers", "pairs of answers"),
        figure(&overall.adjacent, percent)
    )];
    if let Some(bias) = overall.bias.value.and_then(Exact::from_float) {
        sentences.push(if bias.rounded(2).is_zero() {
            format!("On average neither side is stricter: the mean difference is {}.", number(&bias, 2))
        } else {
            let side = if bias.is_negative() { "stricter" } else { "more generous" };
            format!("On average the {own} is {side} by {} of a step.", bias.abs().to_fixed(2))
        });
    }
    if overall.kappa.state == FigureState::Undefined {
        sentences.push(
            "Weighted kappa isn\u{2019}t defined here, because one side gives everyone the same grade.".to_owned(),
        );
    }
    sentences
}

/// Returns a row.
fn row(row: &AgreementRow) -> Row {
    let two = |value: &Exact| value.to_fixed(2).replace('-', "\u{2212}");
    let interval = if row.kappa_low.is_shown() {
        format!(" ({} to {})", figure(&row.kappa_low, two), figure(&row.kappa_high, two))
    } else {
        String::new()
    };
    Row {
        about: row.about.clone().unwrap_or_else(|| "All criteria".to_owned()),
        pairs: row.pairs,
        exact: figure(&row.exact, percent),
        adjacent: figure(&row.adjacent, percent),
        bias: figure(&row.bias, two),
        kappa: format!("{}{interval}", figure(&row.kappa, two)),
    }
}

/// Returns change as a template sees it.
pub(super) fn change(change: &ChangeSummary, statistics: &FrameworkStatistics) -> ChangeView {
    let signed = |value: &Exact| if value.is_negative() { number(value, 1) } else { format!("+{}", number(value, 1)) };
    let line = |about: String, spread: &crate::network::statistics::Spread| ChangeRow {
        about,
        median: figure(&spread.median, signed),
        middle: format!("{} to {}", figure(&spread.lower_quartile, signed), figure(&spread.upper_quartile, signed)),
        count: spread.n,
    };
    let mut rows = vec![line("Total".to_owned(), &change.totals)];
    rows.extend(change.sections.iter().map(|section| line(section.section.clone(), &section.difference)));
    let whole = |found| figure(found, |count: &Exact| count.to_fixed(0));
    ChangeView {
        sentences: vec![
            format!(
                "{} can be compared with {}, because the same organisation sent one of the same version then. {} had no such return and {} left out.",
                capital(&count(change.matched, "return", "returns")),
                change.since,
                capital(&count(change.unmatched, "return", "returns")),
                if change.unmatched == 1 { "is" } else { "are" }
            ),
            format!(
                "Of those compared, {} rose to a better band, {} stayed and {} fell.",
                whole(&change.better),
                whole(&change.same),
                whole(&change.worse)
            ),
        ],
        caption: format!(
            "Change since {}, in {} for the total and percentage points for sections",
            change.since,
            if statistics.unit == "%" { "percentage points" } else { &statistics.unit }
        ),
        rows,
        trace: trace(statistics, "change"),
    }
}
