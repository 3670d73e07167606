//! Which of several groups are too small to be told of.
//!
//! It follows from their sizes alone, which whoever has the list of organisations may know: so it tells of nothing else.

/// Returns which of several groups are hidden, given how many contribute to each: those below k, then the smallest of the rest
/// until at least two are hidden and more than k contribute to the hidden ones together; `None` where not even all of them do.
pub(super) fn small_groups(sizes: &[usize], k: usize) -> Option<Vec<bool>> {
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

#[cfg(test)]
mod tests {
    use super::*;

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
