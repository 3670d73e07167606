//! Self beside external.

use serde::Serialize;

use super::chance::{beside_chance, chance, is_more_than_chance};
use super::{figure, percent, value};
use crate::exact::Exact;
use crate::statistics::{Agreement, AgreementRow, FigureState, FrameworkStatistics, TotalAgreement};
use crate::words::{capital, count, fixed, number};

/// The most answers that are listed for moderation.
const MOST_MODERATED: usize = 25;

/// Agreement as a template sees it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct AgreementView {
    sentences: Vec<String>,
    caption: String,
    rows: Vec<Row>,
    differing_sentence: String,
    differing: Vec<Differing>,
    moderation_sentence: String,
    moderation: Vec<Moderation>,
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

/// A criterion on which the sides differ by more than chance gives.
#[derive(Clone, Debug, Serialize)]
struct Differing {
    title: String,
    difference: String,
    stricter: &'static str,
    chance: String,
    count: usize,
}

/// Returns agreement as a template sees it.
pub(super) fn view(found: &Agreement, statistics: &FrameworkStatistics) -> AgreementView {
    let mut rows = vec![row(&found.overall)];
    rows.extend(found.sections.iter().map(row));
    let far = found.moderation.len();
    let differing = differing(found, statistics);
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
        differing_sentence: differing_sentence(found, differing.len()),
        differing,
        moderation_sentence: match far {
            0 => "No two answers lie two steps or more apart.".to_owned(),
            number => format!(
                "{} two steps or more apart and should be moderated{}.",
                capital(&count(number, "pair of answers lies", "pairs of answers lie")),
                if far > MOST_MODERATED { format!("; the first {MOST_MODERATED} are listed") } else { String::new() }
            ),
        },
        moderation: moderation.collect(),
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
    sentences.extend(totals(&found.totals, &own));
    sentences
}

/// Returns how far the sides agree on totals, in words; nothing where too few organisations show it.
fn totals(found: &TotalAgreement, own: &str) -> Vec<String> {
    let point = |value: &Exact| number(&value.abs(), 1);
    let mut sentences = Vec::new();
    if let Some(median) = found.difference.median.value.and_then(Exact::from_float) {
        let side = match (median.is_zero(), median.is_negative()) {
            (true, _) => "the same on both sides in the middle case".to_owned(),
            (false, negative) => format!(
                "{} percentage points {} in the {own} in the middle case",
                point(&median),
                if negative { "lower" } else { "higher" }
            ),
        };
        let many = count(found.organisations, "organisation", "organisations");
        sentences.push(format!(
            "Over all criteria together, totals of {many} with all answers are {side}{}.",
            beside_chance(&found.chance)
        ));
    }
    if let Some(correlation) = found.correlation.value.and_then(Exact::from_float) {
        let two = |value: &Exact| fixed(value, 2);
        let interval = if found.low.is_shown() {
            format!(", {} to {}", figure(&found.low, two), figure(&found.high, two))
        } else {
            String::new()
        };
        // What can be relied on is the lower end, which is low where few organisations show it.
        let means = match value(&found.low).or(found.correlation.value) {
            Some(sure) if sure >= 0.75 => "either side\u{2019}s total could stand for the other\u{2019}s",
            Some(sure) if sure >= 0.5 => "one side\u{2019}s total is a fair guide to the other\u{2019}s",
            Some(_) | None => "one side\u{2019}s total can\u{2019}t be relied on as a guide to the other\u{2019}s",
        };
        sentences.push(format!("On totals {means} (intraclass correlation {}{interval}).", two(&correlation)));
    }
    sentences
}

/// Returns the criteria on which the sides differ by more than chance gives, the largest difference first.
fn differing(found: &Agreement, statistics: &FrameworkStatistics) -> Vec<Differing> {
    let more = |row: &&AgreementRow| value(&row.chance_adjusted).is_some_and(is_more_than_chance);
    let title = |row: &AgreementRow| {
        let id = row.about.clone().unwrap_or_default();
        let known = statistics.criteria.iter().find(|criterion| criterion.criterion == id);
        known.map_or_else(|| id.clone(), |known| format!("{id} {}", known.short))
    };
    let view = |row: &AgreementRow| {
        let negative = row.bias.value.is_some_and(f64::is_sign_negative);
        Differing {
            title: title(row),
            difference: figure(&row.bias, |value| fixed(value, 2)),
            stricter: if negative { "self" } else { "external" },
            chance: chance(&row.chance_adjusted),
            count: row.organisations,
        }
    };
    found.criteria.iter().filter(more).map(view).collect()
}

/// Returns on how many criteria the sides differ by more than chance gives; nothing where none could be looked at.
fn differing_sentence(found: &Agreement, differing: usize) -> String {
    let looked = found.criteria.iter().filter(|row| row.chance_adjusted.is_shown()).count();
    match (looked, differing) {
        (0, _) => String::new(),
        (_, 0) => "On no criterion do the two sides differ by more than chance could give.".to_owned(),
        (_, number) => format!(
            "On {} the two sides differ by more than chance is likely to give: the guidance there is read in two ways.",
            count(number, "criterion", "criteria")
        ),
    }
}

/// Returns a row.
fn row(row: &AgreementRow) -> Row {
    let two = |value: &Exact| fixed(value, 2);
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
