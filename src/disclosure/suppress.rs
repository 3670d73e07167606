//! Which rows and cells of a table of groups are hidden.
//!
//! Small groups and small counts are hidden first; then as much more as it takes until no hidden count can be narrowed down to
//! fewer than k values, from the other cells, the totals of shown rows, and the totals of columns, which stand elsewhere.

use super::bounds::Masked;
use super::outcomes::are_alike;

/// Returns which of several groups are hidden, given how many contribute to each: those below k, then the smallest of the rest
/// until at least two are hidden and more than k contribute to the hidden ones together; `None` where not even all of them do.
pub fn small_groups(sizes: &[usize], k: usize) -> Option<Vec<bool>> {
    let mut hidden: Vec<bool> = sizes.iter().map(|size| *size < k && *size > 0).collect();
    if !hidden.contains(&true) {
        return Some(hidden);
    }
    loop {
        let sum: usize = sizes.iter().zip(&hidden).filter(|(_, hidden)| **hidden).map(|(size, _)| size).sum();
        if sum > k && hidden.iter().filter(|hidden| **hidden).count() > 1 {
            return Some(hidden);
        }
        let shown = (0..sizes.len()).filter(|group| !hidden[*group] && sizes[*group] > 0);
        let smallest = shown.min_by_key(|group| sizes[*group])?;
        hidden[smallest] = true;
    }
}

/// Returns which of several groups are hidden, all of them where they are too small.
pub(super) fn small(sizes: &[usize], k: usize) -> Vec<bool> {
    small_groups(sizes, k).unwrap_or_else(|| vec![true; sizes.len()])
}

/// Hides what must be hidden of a table whose rows are groups and whose column totals are known; `None` where nothing of it can
/// be shown. Of a group in which all but few have the same outcome none is. A column without any count is known to be nought, so its cells are always shown.
pub fn suppress(counts: &[Vec<usize>], k: usize) -> Option<Masked> {
    let sizes: Vec<usize> = counts.iter().map(|row| row.iter().sum()).collect();
    let free = small_groups(&sizes, k)?;
    let empty: Vec<bool> = (0..counts.first()?.len()).map(|column| counts.iter().all(|row| row[column] == 0)).collect();
    let is_small = |count: usize| 0 < count && count < k;
    let hidden = counts.iter().zip(&free).map(|(row, free)| {
        let all = *free || is_alike(row, k);
        row.iter().zip(&empty).map(|(count, empty)| !empty && (all || is_small(*count))).collect()
    });
    let mut table = Masked { hidden: hidden.collect(), counts: counts.to_vec(), free };
    while let Some((row, column)) = narrow(&table, k) {
        hide_more(&mut table, row, column, &empty)?;
    }
    Some(table)
}

/// Whether all of a group but few have the same outcome, so that one of them could tell the others'.
fn is_alike(row: &[usize], k: usize) -> bool {
    row.len() > 1 && are_alike(row.iter().sum(), row.iter().max().copied().unwrap_or_default(), k)
}

/// Returns a hidden cell that can be narrowed down.
fn narrow(table: &Masked, k: usize) -> Option<(usize, usize)> {
    let cells = (0..table.counts.len()).flat_map(|row| (0..table.counts[row].len()).map(move |column| (row, column)));
    let hidden = cells.filter(|(row, column)| table.hidden[*row][*column]);
    // How many have an outcome at all is known, so that a count of a rarer one is always among fewer.
    let total = |column: usize| table.counts.iter().map(|row| row[column]).sum::<usize>();
    let mut hidden = hidden.map(|(row, column)| (row, column, k.min(total(column) + 1)));
    hidden.find(|(row, column, k)| !table.is_wide(*row, *column, *k)).map(|(row, column, _)| (row, column))
}

/// Hides the smallest shown cell of the same row or column; where there is none, the row's total, then another row's cells.
fn hide_more(table: &mut Masked, row: usize, column: usize, empty: &[bool]) -> Option<()> {
    let shown = |(r, c): &(usize, usize)| !table.hidden[*r][*c] && !empty[*c];
    let in_row = (0..table.counts[row].len()).map(|c| (row, c)).filter(shown);
    let in_column = (0..table.counts.len()).map(|r| (r, column)).filter(shown);
    let smallest = |cells: Vec<(usize, usize)>| {
        cells.into_iter().min_by_key(|(r, c)| (table.counts[*r][*c] == 0, table.counts[*r][*c]))
    };
    if let Some((r, c)) = smallest(in_row.collect()).or_else(|| smallest(in_column.collect())) {
        table.hidden[r][c] = true;
        return Some(());
    }
    let held = (0..table.counts.len()).filter(|r| !table.free[*r] && table.hidden[*r].contains(&true));
    if let Some(r) = held.min_by_key(|r| (*r != row, table.counts[*r].iter().sum::<usize>())) {
        table.free[r] = true;
        return Some(());
    }
    let anywhere = (0..table.counts.len()).flat_map(|r| (0..empty.len()).map(move |c| (r, c))).filter(shown);
    let (r, c) = smallest(anywhere.collect())?;
    table.hidden[r][c] = true;
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::season::sample::Dice;

    /// Returns all values that each hidden cell takes in tables that agree with what is published, by trying all of them.
    fn possible(table: &Masked) -> Vec<((usize, usize), Vec<usize>)> {
        let (rows, columns) = (table.counts.len(), table.counts[0].len());
        let cells: Vec<(usize, usize)> =
            (0..rows).flat_map(|r| (0..columns).map(move |c| (r, c))).filter(|(r, c)| table.hidden[*r][*c]).collect();
        let mut candidates: Vec<Vec<usize>> = vec![Vec::new(); cells.len()];
        let row_left: Vec<usize> =
            (0..rows).map(|r| cells.iter().filter(|cell| cell.0 == r).map(|c| table.counts[c.0][c.1]).sum()).collect();
        let column_left: Vec<usize> = (0..columns)
            .map(|k| cells.iter().filter(|cell| cell.1 == k).map(|c| table.counts[c.0][c.1]).sum())
            .collect();
        fill(table, &cells, &mut Vec::new(), (row_left, column_left), &mut candidates);
        for values in &mut candidates {
            values.sort_unstable();
            values.dedup();
        }
        cells.into_iter().zip(candidates).collect()
    }

    /// Tries all values of the next cell.
    fn fill(
        table: &Masked,
        cells: &[(usize, usize)],
        chosen: &mut Vec<usize>,
        (row_left, column_left): (Vec<usize>, Vec<usize>),
        candidates: &mut [Vec<usize>],
    ) {
        let Some(&(row, column)) = cells.get(chosen.len()) else {
            let rows_fit = row_left.iter().zip(&table.free).all(|(left, free)| *free || *left == 0);
            if rows_fit && column_left.iter().all(|left| *left == 0) {
                for (values, value) in candidates.iter_mut().zip(chosen.iter()) {
                    values.push(*value);
                }
            }
            return;
        };
        let most = if table.free[row] { column_left[column] } else { column_left[column].min(row_left[row]) };
        for value in 0..=most {
            let (mut rows, mut columns) = (row_left.clone(), column_left.clone());
            rows[row] = rows[row].saturating_sub(value);
            columns[column] -= value;
            chosen.push(value);
            fill(table, cells, chosen, (rows, columns), candidates);
            chosen.pop();
        }
    }

    #[test]
    fn nothing_hidden_can_be_narrowed_to_fewer_than_k() {
        let mut dice = Dice::new(3);
        let (mut shown, mut withheld) = (0, 0);
        for _ in 0..400 {
            let (rows, columns) = (2 + dice.below(2), 2 + dice.below(2));
            let k = 2 + usize::try_from(dice.below(2)).unwrap();
            let counts: Vec<Vec<usize>> =
                (0..rows).map(|_| (0..columns).map(|_| usize::try_from(dice.below(6)).unwrap()).collect()).collect();
            let Some(table) = suppress(&counts, k) else {
                withheld += 1;
                continue;
            };
            shown += 1;
            for ((row, column), values) in possible(&table) {
                let total: usize = counts.iter().map(|row| row[column]).sum();
                assert!(values.len() >= k.min(total + 1), "{table:?}: cell {row},{column} is one of {values:?}");
                assert!(values.contains(&counts[row][column]));
            }
            for (row, cells) in counts.iter().enumerate() {
                for (column, count) in cells.iter().enumerate() {
                    assert!(table.hidden[row][column] || *count == 0 || *count >= k, "{table:?}: {count} is shown");
                }
            }
        }
        assert!(shown > 100 && withheld < 300, "{shown} tables are shown, {withheld} withheld");
    }

    #[test]
    fn a_single_small_group_takes_another_with_it() {
        let cases: [(&[usize], Option<&[bool]>); 5] = [
            (&[9, 8, 7], Some(&[false, false, false])),
            (&[9, 8, 2], Some(&[false, true, true])),
            (&[9, 3, 3], Some(&[false, true, true])),
            (&[9, 0, 2], Some(&[true, false, true])),
            (&[2, 2], None),
        ];
        for (sizes, expected) in cases {
            assert_eq!(small_groups(sizes, 5).as_deref(), expected, "{sizes:?}");
        }
    }
}
