//! Trying all ways with fewer steps than one that was found, where these are few.

use std::ops::ControlFlow;

use super::{Found, Goal, Levels};

/// At most so many ways are tried.
const MOST: usize = 400;

/// Why trying ends.
enum End {
    /// A way was found.
    Found(Levels),
    /// They are too many.
    TooMany,
}

/// Returns a way with the fewest steps if there is a shorter one; the way itself where there is none or shorter ones are many.
pub(super) fn shorter(goal: &Goal<'_>, levels: Levels) -> Found {
    match below(goal, levels.iter().sum()) {
        ControlFlow::Continue(()) => Found { levels, is_fewest: true },
        ControlFlow::Break(End::Found(levels)) => Found { levels, is_fewest: true },
        ControlFlow::Break(End::TooMany) => Found { levels, is_fewest: false },
    }
}

/// Returns a way with the fewest steps; `None` where there is none, or as many as are tried don't have it.
pub(super) fn any(goal: &Goal<'_>) -> Option<Found> {
    match below(goal, goal.ladder.top().iter().sum()) {
        ControlFlow::Break(End::Found(levels)) => Some(Found { levels, is_fewest: true }),
        ControlFlow::Continue(()) | ControlFlow::Break(End::TooMany) => None,
    }
}

/// Tries the ways with fewer steps than so many, the fewest first.
fn below(goal: &Goal<'_>, steps: usize) -> ControlFlow<End> {
    let best = goal.ladder.top();
    let mut trial = Trial { goal, levels: vec![0; best.len()], best, tried: 0 };
    (1..steps).try_for_each(|fewer| trial.with(0, 0, fewer))
}

/// A trial under way.
struct Trial<'a, 'g> {
    goal: &'a Goal<'g>,
    best: Levels,
    levels: Levels,
    tried: usize,
}

impl Trial<'_, '_> {
    /// Spends so many steps on the items from one of a class on; of items that are alike an earlier one is never below a later one.
    fn with(&mut self, class: usize, member: usize, steps: usize) -> ControlFlow<End> {
        if steps == 0 {
            return self.attempt();
        }
        let goal = self.goal;
        let Some(alike) = goal.ladder.classes().get(class) else { return ControlFlow::Continue(()) };
        let Some(item) = alike.get(member).copied() else { return self.with(class + 1, 0, steps) };
        let before = member.checked_sub(1).map_or(usize::MAX, |before| self.levels[alike[before]]);
        for level in (1..=self.best[item].min(before).min(steps)).rev() {
            self.levels[item] = level;
            self.with(class, member + 1, steps - level)?;
        }
        self.levels[item] = 0;
        self.with(class + 1, 0, steps)
    }

    /// Tries the levels as they are.
    fn attempt(&mut self) -> ControlFlow<End> {
        self.tried += 1;
        match self.tried {
            tried if tried > MOST => ControlFlow::Break(End::TooMany),
            _ if self.goal.is_reached(&self.levels) => ControlFlow::Break(End::Found(self.levels.clone())),
            _ => ControlFlow::Continue(()),
        }
    }
}
