//! Self beside external.

use super::{figure, percent};
use crate::document::{Cell, Column, Format, Part, Side, Table};
use crate::exact::Exact;
use crate::statistics::verdict::{self, Chance, Reliance};
use crate::statistics::{Agreement, AgreementRow, FigureState, FrameworkStatistics, ModerationRow, TotalAgreement};
use crate::words::{capital, count, fixed, number};

/// The most answers that are listed for moderation.
const MOST_MODERATED: usize = 25;

/// Returns how far self and external assessment agree.
pub(super) fn part(found: &Agreement, statistics: &FrameworkStatistics) -> Part {
    let rows: Vec<&AgreementRow> = [&found.overall].into_iter().chain(&found.sections).collect();
    let differing = verdict::agreement::differing(found);
    let listed = &found.moderation[..found.moderation.len().min(MOST_MODERATED)];
    Part::new("Agreement of self-assessment and external assessment")
        .lead(sentences(found))
        .block(agreement(&rows).caption(format!("{} beside {}", found.sides.0, found.sides.1.to_lowercase())))
        .lead([verdict::agreement::differing_sentence(found).unwrap_or_default()])
        .block(differences(&differing, statistics).caption("Criteria on which the two sides differ"))
        .lead([moderation_sentence(found.moderation.len())])
        .block(moderation(listed).caption("Answers for moderation"))
}

/// Returns the table of how far the sides agree.
fn agreement(rows: &[&AgreementRow]) -> Table {
    let has_interval = rows.iter().any(|row| row.kappa_low.is_shown());
    let about = |row: &&AgreementRow| row.about.as_deref().unwrap_or("All criteria").into();
    Table::of(
        rows,
        vec![
            Column::new("About").share(1.3).cell(about),
            Column::new("Pairs").cell(|row: &&AgreementRow| row.pairs.into()),
            Column::new("Same").cell(|row: &&AgreementRow| Cell::figure(&row.exact, Format::Share)),
            Column::new("Within one").cell(|row: &&AgreementRow| Cell::figure(&row.adjacent, Format::Share)),
            Column::new("Mean difference").cell(|row: &&AgreementRow| Cell::figure(&row.bias, Format::Fixed(2))),
            Column::new("Weighted kappa").cell(|row: &&AgreementRow| Cell::figure(&row.kappa, Format::Fixed(2))),
            Column::new("Interval")
                .cell(|row: &&AgreementRow| Cell::between(&row.kappa_low, &row.kappa_high, Format::Fixed(2)))
                .only_if(has_interval),
        ],
    )
}

/// Returns the table of criteria on which the sides differ.
fn differences(rows: &[&AgreementRow], statistics: &FrameworkStatistics) -> Table {
    let title = |row: &&AgreementRow| {
        let id = row.about.clone().unwrap_or_default();
        let known = statistics.criteria.iter().find(|criterion| criterion.criterion == id);
        known.map_or_else(|| id.clone(), |known| format!("{id} {}", known.short)).into()
    };
    let stricter = |row: &&AgreementRow| {
        if row.bias.value.is_some_and(f64::is_sign_negative) { "self" } else { "external" }.into()
    };
    Table::of(
        rows,
        vec![
            Column::new("Criterion").share(1.6).cell(title),
            Column::new("Mean difference").cell(|row: &&AgreementRow| Cell::figure(&row.bias, Format::Fixed(2))),
            Column::new("Stricter").cell(stricter),
            Column::new("p").cell(|row: &&AgreementRow| Cell::figure(&row.chance_adjusted, Format::Likelihood)),
            Column::new("n").cell(|row: &&AgreementRow| row.organisations.into()),
        ],
    )
}

/// Returns the table of answers for moderation.
fn moderation(rows: &[ModerationRow]) -> Table {
    Table::of(
        rows,
        vec![
            Column::new("Organisation").share(1.6).cell(|row: &ModerationRow| (&row.organisation).into()),
            Column::new("Criterion").cell(|row: &ModerationRow| (&row.criterion).into()),
            Column::new("Self").side(Side::Right).cell(|row: &ModerationRow| (&row.own).into()),
            Column::new("External").side(Side::Right).cell(|row: &ModerationRow| (&row.external).into()),
        ],
    )
}

/// Says how many answers should be moderated.
fn moderation_sentence(far: usize) -> String {
    let pairs = capital(&count(far, "pair of answers lies", "pairs of answers lie"));
    match far {
        0 => "No two answers lie two steps or more apart.".to_owned(),
        _ if far > MOST_MODERATED => {
            format!("{pairs} two steps or more apart and should be moderated; the first {MOST_MODERATED} are listed.")
        }
        _ => format!("{pairs} two steps or more apart and should be moderated."),
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
    sentences.extend(verdict::agreement::stricter(found));
    if overall.kappa.state() == FigureState::Undefined {
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
            Chance::beside(&found.chance)
        ));
    }
    if let Some((correlation, reliance)) = found.correlation.value.and_then(Exact::from_float).zip(Reliance::of(found))
    {
        let two = |value: &Exact| fixed(value, 2);
        let interval = if found.low.is_shown() {
            format!(", {} to {}", figure(&found.low, two), figure(&found.high, two))
        } else {
            String::new()
        };
        sentences.push(format!(
            "On totals {} (intraclass correlation {}{interval}).",
            reliance.words(),
            two(&correlation)
        ));
    }
    sentences
}
