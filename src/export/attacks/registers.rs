//! Attacks on the tables of registers: what hidden numbers of people can be, by all that is told of the register together.

use std::cell::Cell;
use std::collections::BTreeSet;

use super::solver::Unknowns;
use super::{File, K};
use crate::exact::Exact;
use crate::finding::Severity;
use crate::framework::{Framework, RegisterSpec, RowOutcome, RowsAre, builtin};
use crate::review::{ActionRecord, OutcomeRecord, Review, RowRecord, Status};
use crate::season::sample::{self, Dice};
use crate::season::{Season, SeasonRecord, Surroundings};
use crate::statistics::{RegisterRow, Statistics};

/// People are told to the nearest multiple of five, so that they are at most so many more or fewer.
const APART: i64 = 2;

/// Returns the frameworks whose registers name several results and actions, each by itself.
fn frameworks() -> Vec<[Framework; 1]> {
    let has_both = |framework: &Framework| register(framework).is_some();
    builtin::all().into_iter().filter(has_both).map(|framework| [framework]).collect()
}

/// Returns the register of a framework with results and actions.
fn register(framework: &Framework) -> Option<(&RegisterSpec, &RowOutcome)> {
    let registers = framework.registers.iter().filter_map(|spec| Some((spec, spec.outcome.as_ref()?)));
    registers.into_iter().find(|(_, outcome)| outcome.results.len() > 2 && outcome.actions.len() > 1)
}

/// Returns a season of rows with these results, an open one at last; all but the best want an action.
fn season<'a>(frameworks: &'a [Framework; 1], counts: &[usize]) -> Season<'a> {
    let (spec, outcome) = register(&frameworks[0]).unwrap();
    let mut reviews: Vec<Review> = (0..9).map(|number| returned(&frameworks[0], number)).collect();
    let results = counts.iter().enumerate().flat_map(|(result, count)| std::iter::repeat_n(result, *count));
    for (number, result) in results.enumerate() {
        let action = &outcome.actions[(result + number % 2) % outcome.actions.len()];
        let action = ActionRecord { id: action.id.clone(), text: String::new() };
        reviews[number % 9].rows.push(RowRecord {
            register: spec.id.clone(),
            key: format!("K{number}"),
            outcome: outcome.results.get(result).map(|result| result.id.clone()),
            can_be: Vec::new(),
            actions: if result == 0 { Vec::new() } else { vec![action] },
        });
    }
    Season::new(frameworks, Surroundings::default(), reviews)
}

/// Returns an organisation's return without rows.
fn returned(framework: &Framework, number: usize) -> Review {
    let name = format!("Organisation {number}");
    let mut review = Review::unread(&format!("{name}.xlsx"), name.clone(), Status::Scored, Vec::new());
    (review.framework, review.organisation) = (Some(framework.id.clone()), Some(name));
    review
}

/// What is told of a register: how many rows have a result, and of each result how many come to it; nought rows and `None` where that
/// isn't told.
#[derive(Clone, Debug)]
struct ToldRegister {
    settled: i64,
    results: Vec<Option<i64>>,
}

/// More rows than any of the registers has.
const MOST: i64 = 400;

impl ToldRegister {
    /// Reads it from the file of figures, and how many rows there are from the report\u{2019}s sentence; `None` where nothing is told.
    fn of(file: &File, season: &Season) -> Option<Self> {
        let published = Statistics::published(season).unwrap();
        let (spec, outcome) = register(&season.frameworks[0]).unwrap();
        let row = published.frameworks[0].registers.iter().find(|row| spec.id == *row.register.as_str())?;
        let id = |id: &str| format!("register/{}/{id}/count", spec.id);
        let shown = outcome.results.iter().map(|one| id(&one.id)).filter(|id| file.count(id).is_some());
        let told: BTreeSet<i64> = shown.map(|id| whole(file.n(&id))).collect();
        assert!(told.iter().all(|n| *n == whole(row.settled)), "{told:?}");
        Some(Self {
            settled: whole(row.settled),
            results: outcome.results.iter().map(|one| file.count(&id(&one.id))).collect(),
        })
    }

    /// Returns what the numbers of rows by result can be, from sums alone.
    fn unknowns(&self) -> (Unknowns, Vec<usize>) {
        let mut unknowns = Unknowns::default();
        // Where some are told, a hidden one is of somebody: that nobody has a result is no secret.
        let least = i64::from(self.results.iter().any(Option::is_some));
        let between = |told: &Option<i64>| match told {
            None => (least, MOST),
            Some(0) => (0, 0),
            Some(count) => (whole(K).max(count - APART), count + APART),
        };
        let results: Vec<usize> =
            self.results.iter().map(between).map(|(least, most)| unknowns.add(least, most)).collect();
        if self.settled > 0 {
            let all = results.iter().map(|result| (*result, 1)).collect();
            unknowns.sum(all, self.settled - APART, self.settled + APART);
        }
        (unknowns, results)
    }
}

fn whole(number: usize) -> i64 {
    i64::try_from(number).unwrap()
}

/// Runs an attack on registers with many numbers of rows: of each result, and of rows that are open.
fn on_registers(attack: impl Fn(&File, &Season, &[usize])) {
    for frameworks in &frameworks() {
        let results = register(&frameworks[0]).unwrap().1.results.len();
        let mut dice = Dice::new(17);
        for round in 0..60 {
            let mut below = |most| usize::try_from(dice.below(most)).unwrap();
            let mut counts: Vec<usize> = (0..=results).map(|_| below(3) * below(8)).collect();
            counts[0] += below(12) * (round % 3);
            if counts.iter().sum::<usize>() > 0 {
                let season = season(frameworks, &counts);
                attack(&File::of(&season), &season, &counts);
            }
        }
    }
}

/// Returns what is told of the results of registers, number by number; `None` for one that is hidden.
fn told_results(registers: &[RegisterRow]) -> Vec<(usize, Vec<Option<f64>>)> {
    let counts = |row: &RegisterRow| row.results.iter().map(|result| result.share.count.value).collect();
    registers.iter().map(|row| (row.settled, counts(row))).collect()
}

#[test]
fn of_last_seasons_rows_is_told_what_was_told_then() {
    let told = Cell::new(0);
    on_registers(|_, last, counts| {
        let previous = Some(SeasonRecord::of(last));
        let reviews = last.reviews().cloned().collect();
        let season = Season::new(last.frameworks, Surroundings { previous, ..Surroundings::default() }, reviews);
        for statistics in [Statistics::of_season, Statistics::published] {
            let (then, now) = (statistics(last).unwrap(), statistics(&season).unwrap());
            let (then, before) = (&then.frameworks[0].registers, &now.frameworks[0].registers_before);
            assert_eq!(told_results(before), told_results(then), "{counts:?}");
            told.set(told.get() + before.len());
        }
    });
    assert!(told.get() > 100, "{told:?}");
}

#[test]
fn of_last_seasons_rows_nothing_is_told_where_some_stood_for_nobody_who_is_known() {
    let frameworks = frameworks();
    let mut last = season(&frameworks[0], &[60, 40]);
    for (is_named, expected) in [(true, 1), (false, 0)] {
        if !is_named {
            last.returns[0].review.organisation = None;
        }
        let previous = Some(SeasonRecord::of(&last));
        let reviews = last.reviews().cloned().collect();
        let next = Season::new(last.frameworks, Surroundings { previous, ..Surroundings::default() }, reviews);
        assert_eq!(Statistics::of_season(&next).unwrap().frameworks[0].registers_before.len(), expected);
    }
}

#[test]
fn no_hidden_result_of_a_register_can_be_narrowed_down_by_sums() {
    let tried = Cell::new(0);
    on_registers(|file, season, counts| {
        let Some(told) = ToldRegister::of(file, season) else { return };
        let (unknowns, results) = told.unknowns();
        for (place, unknown) in results.into_iter().enumerate().filter(|(place, _)| told.results[*place].is_none()) {
            tried.set(tried.get() + 1);
            assert!(unknowns.values(unknown, K) >= K, "{counts:?}, result {place}: {told:?}");
        }
    });
    assert!(tried.get() > 50, "{} numbers were tried", tried.get());
}

#[test]
fn no_action_is_listed_beside_one_that_few_want_or_a_hidden_result() {
    let listed = Cell::new([0, 0]);
    on_registers(|file, season, counts| {
        let (spec, outcome) = register(&season.frameworks[0]).unwrap();
        let told = |id: &str| Some(file.0.get(&format!("register/{}/{id}/count", spec.id))?.value);
        let any = outcome.results.iter().any(|result| told(&result.id) == Some(None));
        let actions: Vec<Option<f64>> = outcome.actions.iter().filter_map(|action| told(&action.id)).collect();
        let wanting = |action: &str| {
            let rows = season.returns.iter().flat_map(|sent| &sent.review.rows);
            rows.filter(|row| row.actions.iter().any(|own| own.id == action)).count()
        };
        let is_rare = |id: &str| (1..K).contains(&wanting(id));
        let is_safe = !any && !outcome.actions.iter().any(|action| is_rare(&action.id));
        let common = outcome.actions.iter().filter(|action| wanting(&action.id) > 0).count();
        assert_eq!(actions.len(), if is_safe { common } else { 0 }, "{counts:?}");
        assert!(actions.iter().all(Option::is_some), "{counts:?}: {actions:?}");
        let mut all = listed.get();
        all[usize::from(is_safe)] += 1;
        listed.set(all);
    });
    assert!(listed.get().iter().all(|times| *times > 5), "{listed:?}");
}

#[test]
fn no_hidden_result_can_be_narrowed_down_by_totals_that_are_numbers_of_rows() {
    let (tried, told_totals) = (Cell::new(0), Cell::new(0));
    on_registers(|_, season, counts| {
        // Which results count in the total is no secret of the framework's.
        for counted in (1..counts.len() - 1).step_by(2) {
            let season = totalled(season, counted);
            let file = File::of(&season);
            let for_the_team = Statistics::of_season(&season).unwrap().frameworks.remove(0);
            let any = for_the_team.registers[0].results.iter().any(|row| !row.share.count.is_shown());
            let groups = for_the_team.groups.iter().map(|row| &row.totals);
            let totals = for_the_team.totals.iter().map(|row| &row.spread).chain(groups);
            assert!(totals.into_iter().all(|totals| totals.mean.is_shown() != any), "{counts:?}");
            assert!(
                file.between("group/", "/total/mean")
                    .iter()
                    .all(|group| { file.value(&format!("group/{group}/total/mean")).is_none() })
            );
            let Some(told) = ToldRegister::of(&file, &season) else { return };
            let (mut unknowns, results) = told.unknowns();
            if let Some(mean) = file.count("total/mean") {
                let n = whole(file.n("total/mean"));
                let all = results.iter().take(counted).map(|result| (*result, 2)).collect();
                unknowns.sum(all, n * (2 * mean - 1), n * (2 * mean + 1));
                told_totals.set(told_totals.get() + 1);
            }
            for (place, unknown) in results.into_iter().enumerate().filter(|(place, _)| told.results[*place].is_none())
            {
                tried.set(tried.get() + 1);
                assert!(unknowns.values(unknown, K) >= K, "{counts:?}, result {place}: {told:?}");
            }
        }
    });
    assert!(tried.get() > 50 && told_totals.get() > 5, "{tried:?} numbers beside {told_totals:?} totals");
}

/// Returns the season with totals that are the numbers of rows with the first results.
fn totalled<'a>(season: &Season<'a>, counted: usize) -> Season<'a> {
    let (_, outcome) = register(&season.frameworks[0]).unwrap();
    let made = sample::reviews(&sample::usual(), 1, 1).remove(0).outcome.unwrap();
    let mut reviews: Vec<Review> = season.returns.iter().map(|sent| sent.review.clone()).collect();
    for (number, review) in reviews.iter_mut().enumerate() {
        let is_counted = |row: &&RowRecord| {
            outcome.results.iter().take(counted).any(|result| row.outcome.as_ref() == Some(&result.id))
        };
        let total = review.rows.iter().filter(is_counted).count();
        review.outcome =
            Some(OutcomeRecord { total: Some(Exact::from(total)), band: None, raw_band: None, ..made.clone() });
        review.fields.insert("region".into(), ["North", "South"][number % 2].into());
    }
    Season::new(season.frameworks, Surroundings::default(), reviews)
}

#[test]
fn how_often_something_is_found_at_rows_is_a_number_of_people() {
    let told = Cell::new(0);
    on_registers(|_, season, counts| {
        let mut reviews: Vec<Review> = season.returns.iter().map(|sent| sent.review.clone()).collect();
        for review in &mut reviews {
            let found = |row: &RowRecord| sample::finding("row-found", Severity::Warning, &row.key, 1);
            review.findings = review.rows.iter().filter(|row| !row.actions.is_empty()).map(found).collect();
        }
        let season = Season::new(season.frameworks, Surroundings::default(), reviews);
        let of_people = register(&season.frameworks[0]).is_some_and(|(spec, _)| spec.is_of_people());
        let of_team = of_people.then(|| Statistics::of_season(&season));
        for statistics in of_team.into_iter().chain([Statistics::published(&season)]) {
            let of = &statistics.unwrap().frameworks[0];
            let rows = of.findings.iter().filter(|row| row.rule == "row-found" && row.subject.is_none());
            for row in rows {
                told.set(told.get() + 1);
                assert!(row.are_people && row.times > K && row.times.is_multiple_of(5), "{counts:?}: {row:?}");
                assert!(of.registers[0].results.iter().all(|row| row.share.count.is_shown()), "{counts:?}");
            }
        }
    });
    assert!(told.get() > 5, "{told:?} were told");
}

#[test]
fn of_rows_that_are_no_people_the_team_is_told_all_and_nobody_else_more() {
    for [framework] in frameworks() {
        let with = |rows_are| {
            let mut framework = framework.clone();
            framework.registers.iter_mut().for_each(|spec| spec.rows_are = rows_are);
            [framework]
        };
        let (people, organisations) = (with(RowsAre::People), with(RowsAre::Organisations));
        let results = register(&framework).unwrap().1.results.len();
        let counts: Vec<usize> = (0..results).map(|at| 38 - 17 * at.min(2)).collect();
        let [of_people, of_organisations] = [&people, &organisations].map(|one| season(one, &counts));
        let published = |season: &Season| format!("{:?}", Statistics::published(season).unwrap().frameworks);
        assert_eq!(published(&of_people), published(&of_organisations));
        let told = |season: &Season| -> Vec<Option<usize>> {
            let rows = &Statistics::of_season(season).unwrap().frameworks[0].registers[0].results;
            rows.iter().map(|row| row.share.count.is_shown().then(|| row.share.count.counted())).collect()
        };
        assert_eq!(told(&of_organisations), counts.iter().copied().map(Some).collect::<Vec<_>>());
        assert_ne!(told(&of_people), told(&of_organisations));
    }
}
