//! Who needs to be assessed again, and whose outcome is open.

use super::names::named;
use super::{FrameworkSeason, outcome};
use crate::document::{Column, Part, Table};
use crate::report::of_return::outcome::title;
use crate::review::{Review, Status};
use crate::season::reassessment;
use crate::words::{agree, capital, count};

/// A return that is concerned: whose it is, its outcome, and why.
type Row = [String; 3];

/// Returns who needs to be assessed again, and whose outcome is open; `None` where the framework sums no return up and nobody is
/// concerned.
pub(super) fn part(season: &FrameworkSeason) -> Option<Part> {
    let named = named(season);
    let again = |review: &Review| Some(reassessment::of(season.framework, review)?.why);
    let (again, open) = (concerned(season, &named, again), concerned(season, &named, still_open));
    let sentence = match again.len() {
        0 => "No complete return asks for re-assessment.".to_owned(),
        number => format!(
            "{} {} action and re-assessment.",
            capital(&count(number, "organisation", "organisations")),
            agree(number, "needs", "need")
        ),
    };
    let outcomes = capital(&count(open.len(), "outcome is", "outcomes are"));
    let still = (!open.is_empty()).then(|| format!("{outcomes} open until the missing answers are in."));
    let concerns = outcome::sums_up(&season.statistics.outcomes) || !again.is_empty() || !open.is_empty();
    let part = Part::new("Who needs re-assessment").lead([sentence]);
    let part = part.block(table(&again).caption("Organisations that need action and re-assessment"));
    concerns.then(|| part.lead(still).block(table(&open).caption("Outcomes that are open")))
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
    let outcome = review.outcome.as_ref().filter(|_| review.status == Status::Provisional)?;
    let (missing, unusable) = (outcome.missing.len(), outcome.unusable.len());
    Some(match missing {
        0 => format!("{} be used.", capital(&count(unusable, "entry can\u{2019}t", "entries can\u{2019}t"))),
        _some => format!("{} missing.", capital(&count(missing, "answer is", "answers are"))),
    })
}

/// Returns the table of some returns.
fn table(rows: &[Row]) -> Table {
    let columns = vec![
        Column::new("Organisation").share(1.2).cell(|[organisation, ..]: &Row| organisation.into()),
        Column::new("Outcome").cell(|[_, outcome, _]: &Row| outcome.into()),
        Column::new("Why").share(1.6).cell(|[.., why]: &Row| why.into()),
    ];
    Table::of(rows, columns)
}
