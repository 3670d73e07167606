//! Sets things that a form has in order beside those that stand on a sheet in order, so that they fit best together.
//!
//! Each of the form's is given the one with which it goes whatever the best way is; where the best ways differ, that can't be told.

/// How well each of the form's goes with each of the sheet's; `None` where it can't.
pub(super) type Fits = Vec<Vec<Option<u32>>>;

/// Returns for each of the form's things the one of the sheet's that goes with it in every best alignment.
pub(super) fn align(fits: &Fits) -> Vec<Option<usize>> {
    let width = fits.iter().map(Vec::len).max().unwrap_or(0);
    let before = sums(fits.len(), width, |row, column| fit(fits, row, column));
    let after = sums(fits.len(), width, |row, column| fit(fits, fits.len() - 1 - row, width - 1 - column));
    let rest = |row: usize, column: usize| after[fits.len() - row][width - column];
    let best = before[fits.len()][width];
    let told = |row: usize| {
        let may_be = |column: &usize| {
            let fit = fit(fits, row, *column);
            fit.is_some_and(|fit| before[row][*column] + fit + rest(row + 1, column + 1) == best)
        };
        let may_be_none = (0..=width).any(|column| before[row][column] + rest(row + 1, column) == best);
        let mut columns = (0..width).filter(may_be);
        columns.next().filter(|_| !may_be_none && columns.next().is_none())
    };
    (0..fits.len()).map(told).collect()
}

/// Returns how well a pair goes together.
fn fit(fits: &Fits, row: usize, column: usize) -> Option<u32> {
    fits[row].get(column).copied().flatten()
}

/// Returns how well the first so many of the form's go with the first so many of the sheet's, at best.
fn sums(height: usize, width: usize, fit: impl Fn(usize, usize) -> Option<u32>) -> Vec<Vec<u32>> {
    let mut sums = vec![vec![0; width + 1]; height + 1];
    for row in 1..=height {
        for column in 1..=width {
            let paired = fit(row - 1, column - 1).map_or(0, |fit| fit + sums[row - 1][column - 1]);
            sums[row][column] = paired.max(sums[row - 1][column]).max(sums[row][column - 1]);
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads fits, a line for each of the form's, `.` where a pair can't be.
    fn fits(written: &[&str]) -> Fits {
        written.iter().map(|line| line.chars().map(|c| c.to_digit(10)).collect()).collect()
    }

    #[test]
    fn what_goes_together_whatever_the_best_way_is_told() {
        let cases: [(&[&str], &[Option<usize>]); 7] = [
            (&["11", "11"], &[Some(0), Some(1)]),
            (&["111", "111"], &[None, None]),
            (&["161", "111"], &[Some(1), Some(2)]),
            (&["116", "111"], &[Some(2), None]),
            (&["1.", ".."], &[Some(0), None]),
            (&["1111", "1111", "...6"], &[None, None, Some(3)]),
            (&[], &[]),
        ];
        for (written, expected) in cases {
            assert_eq!(align(&fits(written)), expected, "{written:?}");
        }
    }
}
