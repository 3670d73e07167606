//! Which texts of evidence are near-identical, without comparing each with each.
//!
//! Two texts are alike when they share at least four fifths of their runs of words (Jaccard). Candidates are found by `MinHash`:
//! the least of each of several re-orderings of the runs, taken in bands; texts that agree in a band are compared exactly.

use std::collections::BTreeMap;

/// How many re-orderings make a band.
const ROWS: usize = 3;

/// How many bands: at four fifths alike, the chance that no band agrees is under one in ten million.
const BANDS: usize = 24;

/// Groups texts that are near-identical, given the ascending runs of each: indices, ascending, only groups of two and more.
pub(super) fn groups(texts: &[&[u32]]) -> Vec<Vec<usize>> {
    let mut group: Vec<usize> = (0..texts.len()).collect();
    for band in 0..BANDS {
        for candidates in candidates(texts, band).into_values() {
            join(texts, &candidates, &mut group);
        }
    }
    let mut members: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for text in 0..texts.len() {
        members.entry(root(&group, text)).or_default().push(text);
    }
    members.into_values().filter(|members| members.len() > 1).collect()
}

/// Returns the texts that agree in a band, by what they agree in.
fn candidates(texts: &[&[u32]], band: usize) -> BTreeMap<[u64; ROWS], Vec<usize>> {
    let mut candidates: BTreeMap<[u64; ROWS], Vec<usize>> = BTreeMap::new();
    for (index, runs) in texts.iter().enumerate().filter(|(_, runs)| !runs.is_empty()) {
        let least = |row: usize| runs.iter().map(|run| reordered(*run, band * ROWS + row)).min().unwrap_or_default();
        candidates.entry(std::array::from_fn(least)).or_default().push(index);
    }
    candidates
}

/// Joins each candidate with the first one that it is really like.
fn join(texts: &[&[u32]], candidates: &[usize], group: &mut [usize]) {
    let mut heads: Vec<usize> = Vec::new();
    for &candidate in candidates {
        match heads.iter().find(|head| is_alike(texts[**head], texts[candidate])) {
            Some(&head) => {
                let (a, b) = (root(group, head), root(group, candidate));
                group[a.max(b)] = a.min(b);
            }
            None => heads.push(candidate),
        }
    }
}

/// Returns the least member of a text's group.
fn root(group: &[usize], mut text: usize) -> usize {
    while group[text] != text {
        text = group[text];
    }
    text
}

/// Whether two texts share at least four fifths of their runs.
fn is_alike(a: &[u32], b: &[u32]) -> bool {
    let shared = a.iter().filter(|run| b.binary_search(run).is_ok()).count();
    let all = a.len() + b.len() - shared;
    all > 0 && shared * 5 >= all * 4
}

/// Gives a run its place in one of the re-orderings (`SplitMix64`).
fn reordered(run: u32, ordering: usize) -> u64 {
    let mut mixed = u64::from(run).wrapping_add((ordering as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearly_the_same_is_alike() {
        let text: Vec<u32> = (0..20).collect();
        let near: Vec<u32> = (1..21).collect();
        let half: Vec<u32> = (10..30).collect();
        let other: Vec<u32> = (100..120).collect();
        let texts: Vec<&[u32]> = vec![&other, &text, &half, &near, &[]];
        assert_eq!(groups(&texts), [[1, 3]]);
    }
}
