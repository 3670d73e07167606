//! Organisations that were assessed again: what their returns came to before and now.

use std::cmp::Ordering;

use super::{FrameworkSeason, names};
use crate::document::{Cell, Column, Format, Part, Side, Table};
use crate::exact::Exact;
use crate::framework::{Better, Framework};
use crate::report::of_return::gauge::total;
use crate::report::of_return::outcome::title;
use crate::review::Review;
use crate::season::{SeasonReturn, again::before};
use crate::words::{agree, capital, count, list};

/// Two assessments of one organisation or part of it.
struct Again<'a> {
    whose: String,
    before: &'a Review,
    now: &'a Review,
}

/// Returns who was assessed again; `None` where nobody was, or returns may not be told of one by one.
pub(super) fn part<'a>(season: &FrameworkSeason<'a>) -> Option<Part> {
    let framework = season.framework;
    let standing = season.counted().filter(|sent| sent.is_headline && season.is_named());
    let again = |sent: &'a SeasonReturn| {
        let before = &before(season.counted(), framework, sent)?.review;
        Some(Again { whose: names::plain(sent), before, now: &sent.review })
    };
    let rows: Vec<Again> = standing.filter_map(again).collect();
    let are_of_several_kinds = rows.iter().any(|row| row.now.kind != rows[0].now.kind);
    let kind = |review: &Review| Cell::text_or_empty(review.kind.as_deref());
    let outcome = |review: &Review| Cell::or_dash(review.outcome.as_ref().map(|record| title(framework, record)));
    let reached = |review: &Review| Cell::or_dash(review.outcome.as_ref().and_then(|record| total(framework, record)));
    let change = |row: &Again| row.change().map_or(Cell::Empty, |change| Cell::number(change, Format::Signed(1)));
    let columns = vec![
        Column::new("¤Organisation").share(1.4).cell(|row: &Again| (&row.whose).into()),
        Column::new("Before").share(1.0).cell(move |row: &Again| outcome(row.before)),
        Column::new("Now").share(1.0).cell(move |row: &Again| outcome(row.now)),
        Column::new("Kind now").cell(move |row: &Again| kind(row.now)).only_if(are_of_several_kinds),
        Column::new("¤Total before").side(Side::Right).cell(move |row: &Again| reached(row.before)),
        Column::new("¤Total now").side(Side::Right).cell(move |row: &Again| reached(row.now)),
        Column::new("Change").cell(change),
    ];
    let table =
        Table::of(&rows, columns).caption("What ¤organisations that were assessed again came to, before and now");
    (!rows.is_empty()).then(|| Part::new("Assessed again").lead(sentences(framework, &rows)).block(table))
}

impl Again<'_> {
    /// Returns by how much the total changed; `None` where either is open.
    fn change(&self) -> Option<Exact> {
        let total = |review: &Review| review.outcome.as_ref()?.total.clone();
        Some(&total(self.now)? - &total(self.before)?)
    }

    /// Returns whether the outcome is a better or a worse one; `None` where either is open.
    fn moved(&self, framework: &Framework) -> Option<Ordering> {
        let place = |review: &Review| framework.place_of_band(review.settled()?);
        Some(place(self.before)?.cmp(&place(self.now)?))
    }
}

/// Says how many came to a better outcome, and how totals went.
fn sentences(framework: &Framework, rows: &[Again]) -> Vec<String> {
    let moved = |way| rows.iter().filter(|row| row.moved(framework) == way).count();
    let outcomes = [
        (moved(Some(Ordering::Greater)), "came to a better outcome"),
        (moved(Some(Ordering::Equal)), "to the same"),
        (moved(Some(Ordering::Less)), "to a worse one"),
        (moved(None), "to one that is open now or was"),
    ];
    let told = outcomes.iter().filter(|(number, _)| *number > 0);
    let mut told: Vec<String> = told.map(|(number, words)| format!("{number} {words}")).collect();
    if let Some(first) = told.first_mut().filter(|first| !first.contains("came")) {
        *first = first.replacen(" to ", " came to ", 1).replace("the same", "the same outcome");
    }
    let all = capital(&count(rows.len(), "¤organisation", "¤organisations"));
    let was = agree(rows.len(), "was", "were");
    let changes: Vec<Exact> = rows.iter().filter_map(Again::change).collect();
    let both = changes.len();
    let totals = format!(
        "Of {} known both times, {}.",
        count(both, "¤total", "¤totals"),
        went(framework.outcome.better, &changes)
    );
    let first = format!("{all} {was} assessed again: {}.", list(&told));
    std::iter::once(first).chain((both > 0).then_some(totals)).collect()
}

/// Says how many totals rose, fell and stayed.
fn went(better: Better, changes: &[Exact]) -> String {
    let fell = match better {
        Better::Higher => "fell",
        Better::Lower => "fell, which is better",
    };
    let number = |way| changes.iter().filter(|change| (*change).cmp(&Exact::zero()) == way).count();
    let ways = [(Ordering::Greater, "rose"), (Ordering::Equal, "stayed"), (Ordering::Less, fell)];
    let told = ways.map(|(way, words)| (number(way), words)).into_iter().filter(|(number, _)| *number > 0);
    list(&told.map(|(number, words)| format!("{number} {words}")).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::rows;
    use crate::framework::ReturnKind;
    use crate::report::Audience;
    use crate::season::{Season, Surroundings, sample};
    use crate::statistics::Statistics;

    /// Returns what is told of returns of these kinds, with as many points for each answer.
    fn told(returns: &[(&str, &str, u32)], audience: Audience) -> Option<Part> {
        let mut framework = sample::usual();
        let kinds = ["Re-assessment", "First assessment", "Self-assessment"];
        let kind = |choice: &str| ReturnKind { choice: choice.to_owned(), bands: Vec::new() };
        framework.kinds = kinds.map(kind).into();
        let frameworks = [framework];
        let reviews = returns.iter().map(|(organisation, kind, points)| {
            sample::review(&frameworks[0], organisation, kind, &[Some(*points); 12])
        });
        let season = Season::new(&frameworks, Surroundings::default(), reviews.collect());
        let statistics = Statistics::of_season(&season).unwrap();
        part(&FrameworkSeason::sampled(&season, &statistics, audience))
    }

    #[test]
    fn every_total_known_both_times_is_counted_whichever_way_is_better() {
        let changes = [-2, 0, 3, -1].map(Exact::from);
        assert_eq!(went(Better::Higher, &changes), "1 rose, 1 stayed and 2 fell");
        assert_eq!(went(Better::Lower, &changes), "1 rose, 1 stayed and 2 fell, which is better");
        assert_eq!(went(Better::Higher, &changes[..1]), "1 fell");
    }

    #[test]
    fn who_was_assessed_again_is_told_with_what_changed() {
        let (first, again, own) = ("First assessment", "Re-assessment", "Self-assessment");
        let returns =
            [("A", first, 1), ("A", again, 2), ("B", first, 2), ("B", own, 0), ("C", own, 1), ("C", again, 1)];
        let part = told(&returns, Audience::Team).unwrap();
        assert_eq!(part.leading()[0], "1 ¤organisation was assessed again: 1 came to a better outcome.");
        let rows = rows(&part);
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0][..4], ["A", "None", "Excellent", "50.0%"], "the kind is the same of all: {part:?}");
        assert_eq!(told(&returns, Audience::Everybody), None);
        assert_eq!(told(&returns[2..], Audience::Team), None);
    }
}
