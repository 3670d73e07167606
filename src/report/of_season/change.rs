//! This season beside the last, and the trend over several.

use super::section::part_of_hundred;
use super::{figure, value};
use crate::document::{Cell, Column, Format, Part, Table};
use crate::exact::Exact;
use crate::statistics::verdict::{self, Chance};
use crate::statistics::{ChangeSummary, Figure, FrameworkStatistics, MetChange, Spread, Trend, TrendPoint};
use crate::words::{count, titled};

/// A row of change: the total or a section.
struct Changed<'a> {
    about: String,
    spread: &'a Spread,
    likely: &'a Figure,
}

/// Returns how this season's returns differ from those of the last.
pub(super) fn part(change: &ChangeSummary, statistics: &FrameworkStatistics) -> Part {
    let title = |id: &str| {
        let known = statistics.sections.iter().find(|section| section.section == id);
        known.map_or_else(|| id.to_owned(), |known| titled(id, &known.title))
    };
    let total = Changed { about: "Total".to_owned(), spread: &change.totals, likely: &change.chance };
    let sections = change.sections.iter().map(|section| Changed {
        about: title(&section.section),
        spread: &section.difference,
        likely: &section.chance_adjusted,
    });
    let rows: Vec<Changed> = [total].into_iter().chain(sections).filter(|_| change.matched > 0).collect();
    let table = Table::of(
        &rows,
        vec![
            Column::new("About").share(1.5).cell(|row: &Changed| (&row.about).into()),
            Column::new("Median").cell(|row: &Changed| Cell::figure(&row.spread.median, Format::Signed(1))),
            Column::new("Middle half").cell(|row: &Changed| {
                Cell::between(&row.spread.lower_quartile, &row.spread.upper_quartile, Format::Signed(1))
            }),
            Column::new("p").cell(|row: &Changed| Cell::figure(row.likely, Format::Likelihood)),
            Column::new("n").cell(|row: &Changed| row.spread.n.into()),
        ],
    );
    let caption =
        format!("Change since {} in percentage points, and how likely chance alone gives the like of it", change.since);
    Part::new("Change").lead(sentences(change)).block(table.caption(caption))
}

/// Returns what changed, in words.
fn sentences(change: &ChangeSummary) -> Vec<String> {
    let whole = |found| figure(found, |count: &Exact| count.to_fixed(0));
    if change.matched == 0 {
        let why = "no organisation sent a return of the same kind and version then";
        return vec![format!("Nothing can be compared with {}: {why}.", change.since)];
    }
    let all = change.matched + change.unmatched;
    let without = match change.unmatched {
        0 => String::new(),
        _ => " The others had no such return then and are left out.".to_owned(),
    };
    let mut sentences = vec![format!(
        "Of {}, {} can be compared with {}, because the same organisation sent one of the same kind and version then.{without}",
        count(all, "return that counts", "returns that count"),
        change.matched,
        change.since,
    )];
    sentences.extend(verdict::change::of_total(change));
    if change.better.is_shown() {
        sentences.push(format!(
            "Of those with an outcome in both, {} rose to a better band, {} stayed and {} fell.",
            whole(&change.better),
            whole(&change.same),
            whole(&change.worse)
        ));
    }
    sentences.extend(change.met.as_ref().and_then(met));
    sentences.extend(verdict::change::of_sections(change));
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
            Chance::beside(&met.chance)
        )
    })
}

/// Returns the trend over several seasons.
pub(super) fn trend(trend: &Trend) -> Part {
    let place = |point: &TrendPoint| value(&point.median).map(part_of_hundred);
    let bar = |place| Cell::Bar { low: place, high: place, tick: None };
    let table = Table::of(
        &trend.seasons,
        vec![
            Column::new("Season")
                .share(1.0)
                .cell(|point: &TrendPoint| point.season.as_deref().unwrap_or("This season").into()),
            Column::new("0 to 100%").share(1.6).cell(move |point| place(point).map_or_else(|| "too few".into(), bar)),
            Column::new("Median").cell(|point: &TrendPoint| Cell::figure(&point.median, Format::Percent(1))),
        ],
    );
    let caption = "The median total in per cent of the most, season by season, over the same returns";
    Part::new("Trend").lead(verdict::change::of_trend(trend)).block(table.caption(caption))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::season::{Season, SeasonRecord, Surroundings, sample};
    use crate::statistics::Statistics;

    /// Returns what is said of a season of twelve organisations after another that was different.
    fn said(change: impl Fn(&mut Season)) -> String {
        let frameworks = [sample::usual()];
        let mut last = sample::season(&frameworks, 12).called(Some("Spring 2025".to_owned()), None);
        change(&mut last);
        let previous = Some(SeasonRecord::of(&last));
        let surroundings = Surroundings { previous, ..Surroundings::default() };
        let season = Season::new(&frameworks, surroundings, sample::reviews(&frameworks[0], 12, 7));
        let statistics = Statistics::of_season(&season).unwrap();
        sentences(statistics.of("sample").unwrap().change.as_ref().unwrap()).join(" ")
    }

    #[test]
    fn it_is_said_how_many_are_compared_and_what_becomes_of_the_others() {
        let all = "Of 16 returns that count, 16 can be compared with Spring 2025, because the same organisation sent one of the \
                   same kind and version then. The total";
        let some = "Of 16 returns that count, 15 can be compared with Spring 2025, because the same organisation sent one of \
                    the same kind and version then. The others had no such return then and are left out. The total";
        let none = "Nothing can be compared with Spring 2025: no organisation sent a return of the same kind and version then.";
        let older = |last: &mut Season, most: usize| {
            let returns = last.returns.iter_mut().take(most);
            returns.for_each(|found| found.review.framework_version = Some("0".to_owned()));
        };
        for (most, expected) in [(0, all), (1, some), (usize::MAX, none)] {
            let said = said(|last| older(last, most));
            assert!(said.starts_with(expected), "{said}");
        }
    }
}
