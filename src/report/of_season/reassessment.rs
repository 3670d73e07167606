//! Who needs to be assessed again, and whose outcome is open.

use super::names::named;
use super::{FrameworkSeason, outcome};
use crate::document::{Column, Part, Table};
use crate::report::of_return::outcome::{self as of_return, title};
use crate::review::{OutcomeRecord, Review, Status};
use crate::season::reassessment;
use crate::words::{agree, capital, count};

/// A return that is concerned: whose it is, its outcome, and why.
type Row = [String; 3];

/// Returns who needs to be assessed again, where the framework says who does, whose better outcome a condition withholds, and whose
/// outcome is open; `None` where the framework sums no return up and nobody is concerned.
pub(super) fn part(season: &FrameworkSeason) -> Option<Part> {
    let named = standing(season);
    let is_known = reassessment::is_known(season.framework);
    let asked = |review: &Review| Some(reassessment::of(season.framework, review)?.why);
    let held = |review: &Review| if is_known && asked(review).is_some() { None } else { withheld(season, review) };
    let (again, held) = (concerned(season, &named, asked), concerned(season, &named, held));
    let open = concerned(season, &named, still_open);
    let outcomes = capital(&count(open.len(), "outcome is", "outcomes are"));
    let still = (!open.is_empty()).then(|| format!("{outcomes} open until the missing answers are in."));
    let concerns = outcome::sums_up(&season.statistics.outcomes) || !again.is_empty() || !open.is_empty();
    let heading = if is_known { "Who needs re-assessment" } else { "Outcomes that are withheld or open" };
    let part = Part::new(heading).lead(is_known.then(|| asked_sentence(&again)));
    let part = part.block(table(&again).caption("¤Organisations that need action and re-assessment"));
    let part = part.lead([held_sentence(&held)]).block(table(&held).caption("Outcomes that a condition withholds"));
    concerns.then(|| part.lead(still).block(table(&open).caption("Outcomes that are open")))
}

/// Returns the returns that stand for their organisations, each with how it is called.
fn standing<'a>(season: &FrameworkSeason<'a>) -> Vec<(String, &'a Review)> {
    let is_headline = |file: &str| season.counted().any(|sent| sent.is_headline && sent.review.file == file);
    named(season).into_iter().filter(|(_, review)| is_headline(&review.file)).collect()
}

/// Says how many organisations are asked for another assessment.
fn asked_sentence(again: &[Row]) -> String {
    match again.len() {
        0 => "No ¤organisation is asked for re-assessment.".to_owned(),
        number => format!(
            "{} {} action and re-assessment.",
            capital(&count(number, "¤organisation", "¤organisations")),
            agree(number, "needs", "need")
        ),
    }
}

/// Says how many have a total for a better outcome than they get.
fn held_sentence(held: &[Row]) -> String {
    match held.len() {
        0 => "No ¤return has a better outcome withheld by a condition.".to_owned(),
        number => format!(
            "By its ¤total alone {} would be better; a condition withholds that.",
            count(number, "outcome", "outcomes")
        ),
    }
}

/// Returns the conditions that withhold a better outcome, which the total alone would give whatever missing answers may say.
fn withheld(season: &FrameworkSeason, review: &Review) -> Option<String> {
    let (by_total, _) = of_return::withheld(season.framework, review.outcome.as_ref()?)?;
    reassessment::kept_from(season.framework, review)
        .or_else(|| Some(format!("By the ¤total alone it would be {}.", by_total.title)))
}

/// Returns the returns that are concerned for a reason.
fn concerned(
    season: &FrameworkSeason,
    named: &[(String, &Review)],
    why: impl Fn(&Review) -> Option<String>,
) -> Vec<Row> {
    let row = |(name, review): &(String, &Review)| {
        Some([name.clone(), title(season.framework, review.outcome.as_ref()?), why(review)?])
    };
    named.iter().filter_map(row).collect()
}

/// Returns how much is missing where an outcome is open.
fn still_open(review: &Review) -> Option<String> {
    let is_open = |outcome: &&OutcomeRecord| review.status == Status::Provisional && outcome.settled().is_none();
    let outcome = review.outcome.as_ref().filter(is_open)?;
    let (missing, unusable) = (outcome.missing.len(), outcome.unusable.len());
    Some(match missing {
        0 => format!("{} blank or can\u{2019}t be used.", capital(&count(unusable, "entry is", "entries are"))),
        _some => format!("{} missing.", capital(&count(missing, "answer is", "answers are"))),
    })
}

/// Returns the table of some returns.
fn table(rows: &[Row]) -> Table {
    let columns = vec![
        Column::new("¤Organisation").share(1.2).cell(|[organisation, ..]: &Row| organisation.into()),
        Column::new("Outcome").cell(|[_, outcome, _]: &Row| outcome.into()),
        Column::new("Why").share(1.6).cell(|[.., why]: &Row| why.into()),
    ];
    Table::of(rows, columns)
}
