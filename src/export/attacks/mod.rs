//! Attacks on what is published: they have its files, the list of organisations and sums over them, and nothing else. What they find is
//! held against the season only to say of how few returns it tells.
#![expect(clippy::cast_precision_loss, reason = "an attacker reckons with what is told")]

mod assessors;
mod criteria;
mod groups;
mod registers;
mod solver;

use std::collections::{BTreeMap, BTreeSet};

use super::table;
use crate::framework::Framework;
use crate::returns::State;
use crate::review::Review;
use crate::season::sample::{self, Dice};
use crate::season::{Expected, Roster, Season, SeasonRecord, SeasonReturn, Surroundings};
use crate::statistics::Statistics;

/// The least that may be told of.
const K: usize = 5;

/// A figure as the file has it.
#[derive(Clone, Debug)]
struct Told {
    value: Option<f64>,
    n: usize,
}

/// The file of figures, by their ids after the framework's.
struct File(BTreeMap<String, Told>);

impl File {
    /// Reads what is published of a season.
    fn of(season: &Season) -> Self {
        let [_, text] = table::statistics(&Statistics::published(season).unwrap(), "published/").unwrap();
        let bytes = text.bytes.strip_prefix("\u{feff}".as_bytes()).unwrap().to_vec();
        let mut rows = csv::Reader::from_reader(&bytes[..]);
        let told = |row: csv::StringRecord| {
            let id = row[0].split_once('/').unwrap().1.to_owned();
            (id, Told { value: row[2].parse().ok(), n: row[3].parse().unwrap() })
        };
        Self(rows.records().map(|row| told(row.unwrap())).collect())
    }

    fn value(&self, id: &str) -> Option<f64> {
        self.0.get(id)?.value
    }

    fn n(&self, id: &str) -> usize {
        self.0.get(id).map_or(0, |told| told.n)
    }

    /// Returns a count that is shown.
    fn count(&self, id: &str) -> Option<i64> {
        format!("{:.0}", self.value(id)?).parse().ok()
    }

    /// Returns what stands between a beginning and an end of ids, in their order.
    fn between(&self, beginning: &str, end: &str) -> BTreeSet<String> {
        let inner = |id: &String| Some(id.strip_prefix(beginning)?.strip_suffix(end)?.to_owned());
        self.0.keys().filter_map(inner).collect()
    }
}

/// The framework of all seasons.
fn framework() -> [Framework; 1] {
    [sample::usual()]
}

/// Takes answers out of some returns, as they are while something is missing.
fn blanked(framework: &Framework, mut reviews: Vec<Review>, few: u64, dice: &mut Dice) -> Vec<Review> {
    for _ in 0..few {
        let at = usize::try_from(dice.below(reviews.len() as u64)).unwrap();
        let review = &mut reviews[at];
        let which = usize::try_from(dice.below(12)).unwrap();
        let id = framework.criteria().nth(which).unwrap().id.clone();
        for answer in review.answers.iter_mut().filter(|answer| answer.id == *id.as_str()) {
            (answer.points, answer.value, answer.state) = (None, None, State::Blank);
        }
        let section = framework.sections.iter().find(|section| section.holds(&id)).unwrap();
        for own in review.sections.iter_mut().filter(|own| own.id == section.id) {
            (own.percent, own.score) = (None, None);
        }
        let outcome = review.outcome.as_mut().unwrap();
        (outcome.total, outcome.band) = (None, None);
    }
    reviews
}

/// Returns a roster with three groupings: two by chance, and one that follows from both.
fn roster(organisations: usize, dice: &mut Dice) -> Roster {
    let mut roster = Roster::default();
    for number in 0..organisations {
        let sizes = 2 + dice.below(2);
        let (setting, size) = (dice.below(2), dice.below(sizes));
        let funding = (setting + size) % 2;
        let columns = [("setting", setting), ("size", size), ("funding", funding)];
        let columns = columns.into_iter().map(|(column, group)| (column.to_owned(), format!("G{group}")));
        let organisation = format!("Organisation {:02}", number + 1);
        roster.add(Expected { organisation, kinds: Vec::new(), columns: columns.collect() });
    }
    roster
}

/// Runs an attack on the files of many small seasons.
fn on_seasons(attack: impl Fn(&File, &Season)) {
    let frameworks = framework();
    for seed in 1..40_u64 {
        let mut dice = Dice::new(seed);
        let organisations = 4 + usize::try_from(seed).unwrap();
        let reviews = sample::reviews(&frameworks[0], organisations, seed);
        let reviews = blanked(&frameworks[0], reviews, seed % 8, &mut dice);
        let roster = Some(roster(organisations, &mut dice));
        let season = Season::new(&frameworks, Surroundings { roster, ..Surroundings::default() }, reviews);
        attack(&File::of(&season), &season);
    }
}

/// Returns how many returns answered some criterion of a section that they leave incomplete.
fn begun(season: &Season, section: &str) -> usize {
    let is_begun = |sent: &&SeasonReturn| {
        let open = sent.review.sections.iter().any(|of| of.id == *section && of.percent.is_none());
        let answers = &sent.review.answers;
        open && answers.iter().any(|of| of.points.is_some() && of.id.as_str().starts_with(&format!("{section}.")))
    };
    season.headline().filter(is_begun).count()
}

#[test]
fn what_criteria_come_to_beyond_their_section_is_of_no_few_returns() {
    on_seasons(|file, season| {
        for section in file.between("section/", "/mean") {
            let Some(mean) = file.value(&format!("section/{section}/mean")) else { continue };
            let n = file.n(&format!("section/{section}/mean")) as f64;
            let criteria = file.between(&format!("criterion/{section}."), "/mean");
            let points = |criterion: &String| -> Option<i64> {
                let of = |grade: &str| file.count(&format!("criterion/{section}.{criterion}/grade/{grade}"));
                Some(of("1")? + 2 * of("2")?)
            };
            let Some(all) = criteria.iter().map(points).sum::<Option<i64>>() else { continue };
            let most = 2.0 * criteria.len() as f64;
            let (complete, apart) = (n * mean / 100.0 * most, n * 0.05 / 100.0 * most + 0.5);
            let is_rest = (all as f64 - complete).abs() > apart;
            let returns = begun(season, &section);
            assert!(!is_rest || returns >= K, "section {section}: {} of {returns} returns", all as f64 - complete);
        }
    });
}

#[test]
fn what_sections_come_to_beyond_the_totals_is_of_no_few_returns() {
    let most = [("1", 10.0), ("2", 8.0), ("3", 6.0)];
    on_seasons(|file, season| {
        let groups = file.between("group/", "/total/mean");
        let places = groups.iter().map(|group| format!("group/{group}/")).chain([String::new()]);
        for place in places {
            let Some(total) = file.value(&format!("{place}total/mean")) else { continue };
            let n = file.n(&format!("{place}total/mean"));
            let of = |(id, most): &(&str, f64)| {
                let mean = if place.is_empty() { format!("section/{id}/mean") } else { format!("{place}section/{id}") };
                let mean = if file.value(&mean).is_some() { mean } else { format!("{mean}/mean") };
                Some((file.value(&mean)? * file.n(&mean) as f64 / 100.0 * most, file.n(&mean)))
            };
            let Some(sections) = most.iter().map(of).collect::<Option<Vec<_>>>() else { continue };
            let rest = sections.iter().map(|(sum, _)| sum).sum::<f64>() - total * n as f64 / 100.0 * 24.0;
            let is_of_place = |sent: &SeasonReturn| {
                let mut parts = place.split('/').skip(1);
                let (Some(by), Some(group)) = (parts.next(), parts.next()) else { return true };
                sent.groups.get(by).is_some_and(|own| own == group)
            };
            let is_open = |sent: &&SeasonReturn| {
                let has_section = sent.review.sections.iter().any(|of| of.percent.is_some());
                is_of_place(sent) && has_section && sent.review.outcome.as_ref().is_some_and(|of| of.total.is_none())
            };
            let returns = season.headline().filter(is_open).count();
            let apart = 0.05 * n as f64 * 24.0 / 100.0 + 0.05 * 24.0 / 100.0 * (n + returns) as f64 + 0.5;
            assert!(rest.abs() <= apart || returns >= K, "{place}: {rest} of {returns} returns");
        }
    });
}

#[test]
fn no_sum_over_groups_of_all_groupings_is_of_few_returns() {
    on_seasons(|file, season| {
        if file.value("total/mean").is_none() {
            return;
        }
        let told: Vec<(String, String)> = file
            .between("group/", "/total/mean")
            .into_iter()
            .filter(|group| file.value(&format!("group/{group}/total/mean")).is_some())
            .filter_map(|group| group.split_once('/').map(|(by, group)| (by.to_owned(), group.to_owned())))
            .collect();
        let with_total = |sent: &&SeasonReturn| sent.review.outcome.as_ref().is_some_and(|of| of.total.is_some());
        let is_in = |sent: &SeasonReturn, (by, group): &(String, String)| {
            i32::from(sent.groups.get(by).map_or("not-known", String::as_str) == group)
        };
        let all: Vec<&SeasonReturn> = season.headline().filter(with_total).collect();
        // The last is the total of all.
        let member =
            |sent: &&SeasonReturn| -> Vec<i32> { told.iter().map(|group| is_in(sent, group)).chain([1]).collect() };
        let members: Vec<Vec<i32>> = all.iter().map(member).collect();
        let places = u32::try_from(told.len() + 1).unwrap();
        for (code, all_times) in (0..3_usize.pow(places - 1)).flat_map(|code| (-2..3).map(move |times| (code, times))) {
            let of_groups = (0..places - 1).map(|at| i32::try_from(code / 3_usize.pow(at) % 3).unwrap() - 1);
            let times: Vec<i32> = of_groups.chain([all_times]).collect();
            let weight = |member: &&Vec<i32>| member.iter().zip(&times).map(|(is, times)| is * times).sum::<i32>() != 0;
            let of = members.iter().filter(weight).count();
            assert!(of == 0 || of >= K, "{told:?} taken {times:?} times tell of {of} of {}", all.len());
        }
    });
}

#[test]
fn self_beside_external_is_told_of_no_criterion_and_by_two_measures_of_sections() {
    let told = std::cell::Cell::new(0);
    on_seasons(|file, _| {
        for id in file.0.keys().filter(|id| file.value(id).is_some()) {
            assert!(!id.starts_with("agreement/criterion/"), "{id}");
            let of_section = id.starts_with("agreement/section/");
            assert!(!of_section || id.ends_with("/exact") || id.ends_with("/bias"), "{id}");
            told.set(told.get() + usize::from(of_section));
        }
    });
    assert!(told.get() > 0);
}

#[test]
fn no_reason_tells_how_few_there_are() {
    let frameworks = framework();
    for organisations in [9, 29, 34] {
        let season = sample::season(&frameworks, organisations);
        let [_, text] = table::statistics(&Statistics::published(&season).unwrap(), "").unwrap();
        let text = String::from_utf8(text.bytes).unwrap();
        for row in text.lines().skip(1).filter(|row| row.contains(",undefined,")) {
            let why = row.rsplit(',').next().unwrap();
            assert!(!why.contains(|letter: char| letter.is_ascii_digit()) && row.contains(",0,"), "{row}");
        }
    }
}

#[test]
fn totals_of_two_seasons_tell_of_no_few_who_are_in_one_alone() {
    let frameworks = framework();
    for (then, now) in [(30, 30), (30, 31), (30, 34), (30, 37), (33, 30), (40, 30)] {
        let reviews = |organisations, seed| {
            let mut all = sample::reviews(&frameworks[0], organisations, seed);
            all.retain(|review| review.kind.as_deref() == Some("Self-assessment"));
            all
        };
        let last = Season::new(&frameworks, Surroundings::default(), reviews(then, 3));
        let before = File::of(&last);
        let surroundings = Surroundings { previous: Some(SeasonRecord::of(&last)), ..Surroundings::default() };
        let file = File::of(&Season::new(&frameworks, surroundings, reviews(now, 4)));
        for (whole, part) in [(&before, "change/before/mean"), (&file, "change/now/mean")] {
            if file.value(part).is_some() {
                let rest = whole.n("total/mean") - file.n(part);
                assert!(rest == 0 || rest >= K, "{then} then, {now} now: {part} leaves {rest}");
            }
        }
    }
}
