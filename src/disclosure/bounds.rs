//! How far a hidden count can be narrowed down from all that is published of its table.
//!
//! Published are the column totals, the totals of rows that aren't free, and every cell that isn't hidden. What a hidden cell can
//! be follows from moving units round the table: one more here is one less elsewhere in its column, one more elsewhere in that
//! row, and so on until all sums are as before. The most units that can be moved is a greatest flow, found path by path.

use std::collections::VecDeque;

/// A table of counts with what is hidden of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Masked {
    /// The true counts, by row.
    pub counts: Vec<Vec<usize>>,
    /// Which cells are hidden.
    pub hidden: Vec<Vec<bool>>,
    /// Which rows' totals are hidden.
    pub free: Vec<bool>,
}

/// Which way a cell is moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Up,
    Down,
}

impl Masked {
    /// Whether a hidden cell can be at least `k` different counts, as far as can be told from what is published.
    pub fn is_wide(&self, row: usize, column: usize, k: usize) -> bool {
        let reach = |way| {
            let mut table = self.clone();
            (0..k).take_while(|_| table.shift(row, column, way)).count()
        };
        reach(Way::Up) + reach(Way::Down) + 1 >= k
    }

    /// Moves one unit into or out of a cell, keeping all that is published; `false` where that isn't possible.
    fn shift(&mut self, row: usize, column: usize, way: Way) -> bool {
        if way == Way::Down && self.counts[row][column] == 0 {
            return false;
        }
        let Some(path) = self.path(row, column, way) else { return false };
        self.step(row, column, way);
        for (place, (row, column)) in path.into_iter().enumerate() {
            self.step(row, column, if (place % 2 == 0) == (way == Way::Up) { Way::Down } else { Way::Up });
        }
        true
    }

    fn step(&mut self, row: usize, column: usize, way: Way) {
        match way {
            Way::Up => self.counts[row][column] += 1,
            Way::Down => self.counts[row][column] -= 1,
        }
    }

    /// Whether the totals of two rows may change against each other.
    fn is_joined(&self, a: usize, b: usize) -> bool {
        a == b || (self.free[a] && self.free[b])
    }

    /// Returns the cells to be changed in turn, against and with the way, so that all published sums stay.
    fn path(&self, row: usize, column: usize, way: Way) -> Option<Vec<(usize, usize)>> {
        let cells: Vec<(usize, usize)> = (0..self.counts.len())
            .flat_map(|r| (0..self.counts[r].len()).map(move |c| (r, c)))
            .filter(|(r, c)| self.hidden[*r][*c] && (*r, *c) != (row, column))
            .collect();
        let can = |(r, c): (usize, usize), way| way == Way::Up || self.counts[r][c] > 0;
        let (against, with) = if way == Way::Up { (Way::Down, Way::Up) } else { (Way::Up, Way::Down) };
        // Each way in the queue ends with a cell that was changed against the way.
        let starts = cells.iter().filter(|cell| cell.1 == column && can(**cell, against));
        let mut queue: VecDeque<Vec<(usize, usize)>> = starts.map(|cell| vec![*cell]).collect();
        let mut columns_seen = vec![false; self.counts.first().map_or(0, Vec::len)];
        columns_seen[column] = true;
        while let Some(path) = queue.pop_front() {
            let end = *path.last().expect("a way has a cell");
            if self.is_joined(end.0, row) {
                return Some(path);
            }
            for &over in cells.iter().filter(|cell| self.is_joined(cell.0, end.0) && can(**cell, with)) {
                if std::mem::replace(&mut columns_seen[over.1], true) {
                    continue;
                }
                for &next in cells.iter().filter(|cell| cell.1 == over.1 && **cell != over && can(**cell, against)) {
                    queue.push_back([&path[..], &[over, next]].concat());
                }
            }
        }
        None
    }
}
