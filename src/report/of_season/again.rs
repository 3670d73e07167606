//! Organisations that were assessed again: what their returns came to before and now.

use std::cmp::Ordering;

use super::{FrameworkSeason, names};
use crate::document::{Cell, Column, Format, Part, Side, Table};
use crate::exact::Exact;
use crate::framework::{BandId, Better, Framework};
use crate::report::of_return::gauge::{total, total_in_words};
use crate::report::of_return::outcome::title;
use crate::review::Review;
use crate::season::again::{before, before_last};
use crate::season::{RecordedReturn, SeasonReturn};
use crate::words::{agree, capital, count, list};

/// Two assessments of one organisation or part of it.
struct Again<'a> {
    whose: String,
    before: Before,
    now: &'a Review,
}

/// What the assessment came to that was before.
struct Before {
    /// Last season, where it was of that.
    season: Option<String>,
    outcome: Option<String>,
    band: Option<BandId>,
    reached: Option<String>,
    total: Option<Exact>,
}

impl Before {
    /// Returns what an assessment of this season came to.
    fn of(framework: &Framework, review: &Review) -> Self {
        let record = review.outcome.as_ref();
        Self {
            season: None,
            outcome: record.map(|record| title(framework, record)),
            band: review.settled().cloned(),
            reached: record.and_then(|record| total(framework, record)),
            total: record.and_then(|record| record.total.clone()),
        }
    }

    /// Returns what an assessment of last season came to.
    fn recorded(framework: &Framework, season: &str, recorded: &RecordedReturn) -> Self {
        Self {
            season: Some(season.to_owned()),
            outcome: recorded.band.as_ref().map(|band| framework.band_title(band).to_owned()),
            band: recorded.band.clone(),
            reached: recorded.total.as_ref().map(|total| total_in_words(framework, total)),
            total: recorded.total.clone(),
        }
    }
}

/// Returns who was assessed again; `None` where nobody was, or returns may not be told of one by one.
pub(super) fn part<'a>(season: &FrameworkSeason<'a>) -> Option<Part> {
    let framework = season.framework;
    let standing = season.counted().filter(|sent| sent.is_headline && season.is_named());
    let again = |sent: &'a SeasonReturn| {
        let now = before(season.counted(), framework, sent).map(|sent| Before::of(framework, &sent.review));
        let last = || {
            let recorded = before_last(season.previous, framework, sent)?;
            Some(Before::recorded(framework, &season.previous?.season, recorded))
        };
        Some(Again { whose: names::plain(sent), before: now.or_else(last)?, now: &sent.review })
    };
    let rows: Vec<Again> = standing.filter_map(again).collect();
    let table = Table::of(&rows, columns(framework, &rows));
    let table = table.caption("What ¤organisations that were assessed again came to, before and now");
    (!rows.is_empty()).then(|| Part::new("Assessed again").lead(sentences(framework, &rows)).block(table))
}

/// Returns the columns of who was assessed again.
fn columns<'a>(framework: &'a Framework, rows: &[Again<'a>]) -> Vec<Column<'a, Again<'a>>> {
    let are_of_several_kinds = rows.iter().any(|row| row.now.kind != rows[0].now.kind);
    let has_total = framework.outcome.has_total();
    let is_any_of_last_season = rows.iter().any(|row| row.before.season.is_some());
    let when = |row: &Again| row.before.season.as_deref().unwrap_or("this season").into();
    let now = |row: &Again| row.now.outcome.as_ref().map(|record| title(framework, record));
    let reached = |row: &Again| row.now.outcome.as_ref().and_then(|record| total(framework, record));
    let change = |row: &Again| row.change().map_or(Cell::Empty, |change| Cell::number(change, Format::Signed(1)));
    vec![
        Column::new("¤Organisation").share(1.4).cell(|row: &Again| (&row.whose).into()),
        Column::new("Assessed before in").share(1.0).cell(when).only_if(is_any_of_last_season),
        Column::new("Before").share(1.0).cell(|row: &Again| Cell::or_dash(row.before.outcome.clone())),
        Column::new("Now").share(1.0).cell(move |row: &Again| Cell::or_dash(now(row))),
        Column::new("Kind now")
            .cell(|row: &Again| Cell::text_or_empty(row.now.kind.as_deref()))
            .only_if(are_of_several_kinds),
        Column::new("¤Total before")
            .side(Side::Right)
            .cell(|row: &Again| Cell::or_dash(row.before.reached.clone()))
            .only_if(has_total),
        Column::new("¤Total now")
            .side(Side::Right)
            .cell(move |row: &Again| Cell::or_dash(reached(row)))
            .only_if(has_total),
        Column::new("Change").cell(change).only_if(has_total),
    ]
}

impl Again<'_> {
    /// Returns by how much the total changed; `None` where either is open.
    fn change(&self) -> Option<Exact> {
        Some(self.now.outcome.as_ref()?.total.as_ref()? - self.before.total.as_ref()?)
    }

    /// Returns whether the outcome is a better or a worse one; `None` where either is open.
    fn moved(&self, framework: &Framework) -> Option<Ordering> {
        let place = |band: &BandId| framework.place_of_band(band);
        Some(place(self.before.band.as_ref()?)?.cmp(&place(self.now.settled()?)?))
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
        let whole = first.replacen(" to ", " came to ", 1);
        *first = whole.replace("the same", "the same outcome").replace("a worse one", "a worse outcome");
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
    use crate::season::{Season, SeasonRecord, Surroundings, sample};
    use crate::statistics::Statistics;

    /// Returns what is told of returns of these kinds, with as many points for each answer.
    fn told(returns: &[(&str, &str, u32)], audience: Audience) -> Option<Part> {
        told_after(&[], returns, audience)
    }

    /// Returns the same after a season of others.
    fn told_after(then: &[(&str, &str, u32)], now: &[(&str, &str, u32)], audience: Audience) -> Option<Part> {
        let mut framework = sample::usual();
        let kinds = ["Re-assessment", "First assessment", "Self-assessment"];
        let kind = |choice: &str| ReturnKind { choice: choice.to_owned(), bands: Vec::new() };
        framework.kinds = kinds.map(kind).into();
        let frameworks = [framework];
        let reviews = |returns: &[(&str, &str, u32)]| -> Vec<Review> {
            let review = |(organisation, kind, points): &(&str, &str, u32)| {
                sample::review(&frameworks[0], organisation, kind, &[Some(*points); 12])
            };
            returns.iter().map(review).collect()
        };
        let last = Season::new(&frameworks, Surroundings::default(), reviews(then));
        let previous = (!then.is_empty()).then(|| SeasonRecord::of(&last.called(Some("Spring".to_owned()), None)));
        let season = Season::new(&frameworks, Surroundings { previous, ..Surroundings::default() }, reviews(now));
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

    #[test]
    fn who_was_first_assessed_last_season_is_told_too() {
        let (first, again, own) = ("First assessment", "Re-assessment", "Self-assessment");
        let then = [("A", first, 1), ("B", first, 1), ("C", again, 1), ("D", own, 1)];
        let now = [("A", again, 2), ("B", first, 2), ("C", again, 2), ("D", again, 2)];
        let worse = told(&[("A", first, 2), ("A", again, 1)], Audience::Team).unwrap();
        assert_eq!(worse.leading()[0], "1 ¤organisation was assessed again: 1 came to a worse outcome.");
        let part = told_after(&then, &now, Audience::Team).unwrap();
        assert_eq!(part.leading()[0], "1 ¤organisation was assessed again: 1 came to a better outcome.");
        assert_eq!(rows(&part)[0][..6], ["A", "Spring", "None", "Excellent", "50.0%", "100.0%"], "{part:?}");
    }
}
