//! Timing works side by side, and printing how they compare.

use std::time::{Duration, Instant};

/// A work with its name and how many times the first one's time it may take at most, where that is said.
pub(crate) struct Work<'a> {
    name: &'static str,
    aim: Option<f64>,
    run: Box<dyn Fn() + 'a>,
}

impl<'a> Work<'a> {
    /// Returns a work that has no aim.
    pub(crate) fn new<T>(name: &'static str, run: impl Fn() -> T + 'a) -> Self {
        let run = move || {
            std::hint::black_box(run());
        };
        Self { name, aim: None, run: Box::new(run) }
    }

    /// Returns a work that may take so many times the first one's time.
    pub(crate) fn at_most<T>(aim: f64, name: &'static str, run: impl Fn() -> T + 'a) -> Self {
        Self { aim: Some(aim), ..Self::new(name, run) }
    }
}

/// Runs the works one after the other, round by round, and prints the median of each beside the first one's.
pub(crate) fn side_by_side(rounds: usize, works: &[Work]) {
    let mut times: Vec<Vec<Duration>> = vec![Vec::with_capacity(rounds); works.len()];
    for _ in 0..rounds {
        for (work, times) in works.iter().zip(&mut times) {
            let start = Instant::now();
            (work.run)();
            times.push(start.elapsed());
        }
    }
    let medians: Vec<Duration> = times.into_iter().map(median).collect();
    println!("median of {rounds} rounds");
    for (work, time) in works.iter().zip(&medians) {
        let aim = work.aim.map_or(String::new(), |aim| format!("  (aim: {aim:.2})"));
        println!("{:<28} {time:>10.2?}  {:.2}{aim}", work.name, time.as_secs_f64() / medians[0].as_secs_f64());
    }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
