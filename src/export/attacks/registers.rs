//! Attacks on the tables of registers: what hidden numbers of people can be, by all that is told of the register together.

use std::cell::Cell;

use super::solver::Unknowns;
use super::{File, K};
use crate::figure::FigureState;
use crate::framework::{Framework, RegisterSpec, RowOutcome, builtin};
use crate::review::{ActionRecord, Review, RowRecord, Status};
use crate::season::sample::Dice;
use crate::season::{Season, Surroundings};
use crate::statistics::Statistics;

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

/// What is told of a register: how many rows it has, and of each result how many come to it and over how many that is.
#[derive(Clone, Debug)]
struct ToldRegister {
    rows: i64,
    results: Vec<Option<(i64, i64)>>,
}

impl ToldRegister {
    /// Reads it from the file of figures, and how many rows there are from the report\u{2019}s sentence.
    fn of(file: &File, season: &Season) -> Self {
        let published = Statistics::published(season).unwrap();
        let (spec, outcome) = register(&season.frameworks[0]).unwrap();
        let row = published.frameworks[0].registers.iter().find(|row| spec.id == *row.register.as_str()).unwrap();
        let result = |id: &str| {
            let id = format!("register/{}/{id}/count", spec.id);
            file.count(&id).map(|count| (count, whole(file.n(&id))))
        };
        Self { rows: whole(row.rows), results: outcome.results.iter().map(|one| result(&one.id)).collect() }
    }

    /// Returns the most rows that there can be.
    fn most(&self) -> i64 {
        if self.rows == 0 { whole(K) - 1 } else { self.rows + APART }
    }

    /// Returns what the numbers of rows by result can be, from sums alone.
    fn unknowns(&self) -> (Unknowns, Vec<usize>) {
        let mut unknowns = Unknowns::default();
        // Where some are told, a hidden one is of somebody: that nobody has a result is no secret.
        let least = i64::from(self.results.iter().any(Option::is_some));
        let between = |told: &Option<(i64, i64)>| match told {
            None => (least, self.most()),
            Some((0, _)) => (0, 0),
            Some((count, _)) => (whole(K).max(count - APART), count + APART),
        };
        let results: Vec<usize> =
            self.results.iter().map(between).map(|(least, most)| unknowns.add(least, most)).collect();
        let all: Vec<(usize, i64)> = results.iter().map(|result| (*result, 1)).collect();
        unknowns.sum(all.clone(), 0, self.most());
        if let Some((_, settled)) = self.results.iter().flatten().next() {
            unknowns.sum(all, settled - APART, settled + APART);
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

#[test]
fn no_hidden_result_of_a_register_can_be_narrowed_down_by_sums() {
    let tried = Cell::new(0);
    on_registers(|file, season, counts| {
        let told = ToldRegister::of(file, season);
        let (unknowns, results) = told.unknowns();
        for (place, unknown) in results.into_iter().enumerate().filter(|(place, _)| told.results[*place].is_none()) {
            tried.set(tried.get() + 1);
            assert!(unknowns.values(unknown, K) >= K, "{counts:?}, result {place}: {told:?}");
        }
    });
    assert!(tried.get() > 50, "{} numbers were tried", tried.get());
}

#[test]
fn no_action_is_listed_of_which_it_is_known_that_few_want_it() {
    let listed = Cell::new([0, 0]);
    on_registers(|file, season, counts| {
        let (spec, outcome) = register(&season.frameworks[0]).unwrap();
        let is_hidden = |id: &str| {
            let id = format!("register/{}/{id}/count", spec.id);
            file.0.get(&id).map(|told| told.state == FigureState::Hidden.as_str())
        };
        let any = outcome.results.iter().any(|result| is_hidden(&result.id) == Some(true));
        let actions: Vec<bool> = outcome.actions.iter().filter_map(|action| is_hidden(&action.id)).collect();
        // Beside a hidden result an action may be of any number of rows; else only what fewer than k want would be hidden.
        assert!(actions.iter().all(|hidden| *hidden == any), "{counts:?}: {actions:?}");
        let mut all = listed.get();
        all[usize::from(any)] += actions.len();
        listed.set(all);
    });
    assert!(listed.get().iter().all(|times| *times > 5), "{listed:?}");
}
