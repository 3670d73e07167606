//! Holds over all that is published of made-up seasons that nothing hidden can be worked out from it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::Masked;
use crate::figure::{Disclosure, Facet, FigureId, FigureOf, FigureState, Figured};
use crate::framework::Framework;
use crate::season::{Expected, Roster, Season, SeasonRecord, Settings, Surroundings, sample};
use crate::statistics::{AgreementRow, FrameworkStatistics, GroupRow, Statistics};
use crate::words::INCOMPLETE;

/// A made-up season with a season before it, of so many organisations.
fn season(frameworks: &[Framework], organisations: usize, seed: u64, k: usize) -> Season<'_> {
    let mut roster = Roster::default();
    for number in 0..organisations {
        let size = ["Large", "Small", "Tiny"][(number * 7 + organisations) % 5 % 3].to_owned();
        let columns = BTreeMap::from([("size".to_owned(), size)]);
        let organisation = format!("Organisation {:02}", number + 1);
        roster.organisations.push(Expected { organisation, kinds: Vec::new(), columns });
    }
    let of = |previous, seed| {
        let settings = Settings { disclosure: Disclosure { k, ..Disclosure::default() }, ..Settings::default() };
        let surroundings = Surroundings { roster: Some(roster.clone()), settings, previous };
        Season::new(frameworks, surroundings, sample::reviews(&frameworks[0], organisations, seed))
    };
    let mut previous = None;
    for number in 0..3 {
        let season = of(previous, seed + number).called(Some(format!("Season {number}")), None);
        previous = Some(SeasonRecord::of(&season));
    }
    of(previous, seed + 3)
}

/// A made-up season, what it comes to, and the k that it goes by.
type Case = (Season<'static>, Statistics, usize);

/// The seasons: of many sizes and rules.
static SEASONS: LazyLock<Vec<Case>> = LazyLock::new(|| {
    let sizes = [(1, 5), (4, 5), (9, 3), (13, 5), (17, 5), (28, 10), (33, 5), (40, 2)];
    let of = |((organisations, k), seed)| {
        let season = season(&*FRAMEWORKS, organisations, seed, k);
        let statistics = Statistics::of_season(&season).unwrap();
        (season, statistics, k)
    };
    sizes.into_iter().zip([3, 11, 29].into_iter().cycle()).map(of).collect()
});

/// The framework of all of them.
static FRAMEWORKS: LazyLock<[Framework; 1]> = LazyLock::new(|| [sample::usual()]);

/// Runs a check over the seasons.
fn over_seasons(check: impl Fn(&Season, &Statistics, usize)) {
    SEASONS.iter().for_each(|(season, statistics, k)| check(season, statistics, *k));
}

#[test]
fn no_shown_figure_rests_on_fewer_than_k() {
    over_seasons(|_, statistics, k| {
        for figure in statistics.figures().iter().filter(|figure| figure.is_shown()) {
            // How many organisations have an outcome or a grade is no secret of the network's; n is that count itself.
            let is_count = matches!(figure.id.of, FigureOf::Outcome(_)) || matches!(figure.id.facet, Facet::Grade(_));
            assert!(is_count || figure.n == 0 || figure.n >= k, "{figure:?}");
        }
    });
}

#[test]
fn whatever_is_hidden_is_in_the_log() {
    over_seasons(|_, statistics, _| {
        for figure in statistics.figures().iter().filter(|figure| figure.state() == FigureState::Hidden) {
            assert!(statistics.hidings.iter().any(|hiding| hiding.figure == figure.id), "{}", figure.id);
        }
    });
}

#[test]
fn no_figure_is_forgotten_when_they_are_listed() {
    over_seasons(|_, statistics, _| {
        for framework in &statistics.frameworks {
            let framework = FrameworkStatistics { strongest: Vec::new(), weakest: Vec::new(), ..framework.clone() };
            assert_eq!(framework.figures().len(), format!("{framework:?}").matches("Figure {").count());
        }
    });
}

#[test]
fn every_id_is_read_as_it_is_written() {
    over_seasons(|_, statistics, _| {
        for figure in statistics.figures() {
            assert_eq!(FigureId::parse(&figure.id.to_string()).as_ref(), Some(&figure.id), "{}", figure.id);
        }
        for hiding in &statistics.hidings {
            assert_eq!(FigureId::parse(&hiding.figure.to_string()).as_ref(), Some(&hiding.figure), "{}", hiding.figure);
        }
    });
}

/// Returns the true table of a grouping with what is hidden of it; outcomes that are counted together are one column.
fn table(season: &Season, rows: &[&GroupRow]) -> Masked {
    let is_of = |row: &GroupRow, bands: &str, sent: &&crate::season::SeasonReturn| {
        let settled = sent.review.outcome.as_ref().and_then(|outcome| outcome.settled());
        let band = settled.map_or(INCOMPLETE, |band| band.as_str());
        sent.groups.get(&row.by) == row.group.as_ref() && bands.split('+').any(|one| one == band)
    };
    let count = |row: &GroupRow, bands: &str| season.headline().filter(|sent| is_of(row, bands, sent)).count();
    Masked {
        counts: rows.iter().map(|row| row.outcomes.iter().map(|outcome| count(row, &outcome.band)).collect()).collect(),
        hidden: rows.iter().map(|row| row.outcomes.iter().map(|outcome| !outcome.count.is_shown()).collect()).collect(),
        free: rows.iter().map(|row| !row.returns.is_shown()).collect(),
    }
}

#[test]
fn no_hidden_count_of_a_group_can_be_narrowed_to_fewer_than_k() {
    over_seasons(|season, statistics, k| {
        let groups = &statistics.frameworks[0].groups;
        for by in ["region", "size"] {
            let rows: Vec<&GroupRow> = groups.iter().filter(|row| row.by == by).collect();
            let table = table(season, &rows);
            // An outcome that nobody has is known to be nought everywhere.
            let is_open = |column: &usize| table.counts.iter().any(|row| row[*column] > 0);
            for (row, hidden) in table.hidden.iter().enumerate() {
                for column in (0..hidden.len()).filter(|column| hidden[*column]).filter(is_open) {
                    assert!(table.is_wide(row, column, k), "{by}: {table:?}, cell {row},{column}");
                }
            }
        }
    });
}

/// Whether exactly one of several parts of a shown whole is hidden, which is then the whole less the others.
fn gives_one_away<'a>(whole_is_shown: bool, parts: impl Iterator<Item = &'a AgreementRow>) -> bool {
    whole_is_shown && parts.filter(|row| !row.exact.is_shown()).count() == 1
}

#[test]
fn no_hidden_row_of_agreement_is_the_rest_of_a_shown_one() {
    let check = |statistics: &FrameworkStatistics, framework: &Framework| {
        let Some(agreement) = &statistics.agreement else { return };
        assert!(!gives_one_away(agreement.overall.exact.is_shown(), agreement.sections.iter()));
        for section in &framework.sections {
            let own = agreement.section(&section.id);
            let ids: Vec<&str> = section.criteria.iter().map(|criterion| criterion.id.as_str()).collect();
            let mine = agreement.criteria.iter().filter(|row| row.about.as_deref().is_some_and(|id| ids.contains(&id)));
            assert!(!gives_one_away(own.is_some_and(|row| row.exact.is_shown()), mine), "{}", section.id);
        }
    };
    over_seasons(|season, statistics, _| check(&statistics.frameworks[0], &season.frameworks[0]));
}

#[test]
fn change_and_trend_are_published_of_enough_returns() {
    let frameworks = [sample::usual()];
    for (organisations, shown) in [(3, false), (20, true)] {
        let season = season(&frameworks, organisations, 5, 5);
        let statistics = Statistics::of_season(&season).unwrap();
        let framework = &statistics.frameworks[0];
        let (change, trend) = (framework.change.as_ref().unwrap(), framework.trend.as_ref().unwrap());
        assert_eq!(change.chance.is_shown(), shown, "{:?}", change.chance);
        assert_eq!(trend.seasons.len(), 4);
        assert!(trend.seasons.iter().all(|point| point.median.is_shown() == shown), "{trend:?}");
        assert_eq!(trend.slope.is_shown(), shown);
    }
}
