//! Fixtures of every format with bytes of them changed: each is read, or refused as what it is, and nothing stops the program.
//!
//! The usual run changes each a few times; `.ci/fuzz` goes on for ten minutes, from a start that is another each time and is
//! printed, so that what it finds can be made a test.

use std::hash::{BuildHasher, RandomState};
use std::time::{Duration, Instant};

use scrutineer::ooxml::Limits;
use scrutineer::workbook::{ReadError, Source, read};

use super::{bytes, with_parts};
use crate::support::season::Seed;

const FIXTURES: [&str; 12] = [
    "content.xlsx",
    "content.xlsm",
    "content.xlsb",
    "content.xls",
    "content.ods",
    "look.xlsx",
    "look.xlsb",
    "look.xls",
    "look.ods",
    "encrypted-2007.xlsx",
    "encrypted-2013.xlsx",
    "encrypted-cryptoapi.xls",
];

/// Changes bytes in one of the ways in which files come to harm.
fn changed(mut bytes: Vec<u8>, seed: &mut Seed) -> Vec<u8> {
    for _ in 0..=seed.below(4) {
        let at = seed.below(bytes.len().max(1));
        let end = (at + 1 + seed.below(16)).min(bytes.len());
        match seed.below(6) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at.min(end)..end)),
            2 => bytes.extend_from_within(at.min(end)..end),
            3 => bytes.get_mut(at..end).into_iter().flatten().for_each(|byte| *byte = 0xFF),
            4 => bytes.get_mut(at..end).into_iter().flatten().for_each(|byte| *byte = 0),
            _ => bytes.get_mut(at).into_iter().for_each(|byte| *byte ^= 1 << seed.below(8)),
        }
    }
    bytes
}

/// Reads a fixture after its bytes, or those of one of its parts, have been changed.
fn read_changed(name: &str, seed: u64) {
    let mut seed_of = Seed(seed);
    let is_zip = bytes(name).starts_with(b"PK");
    let file = if is_zip && seed_of.below(8) > 0 {
        let mut left = seed_of.below(12);
        with_parts(name, |_, content| {
            let is_chosen = left == 0;
            left = left.wrapping_sub(1);
            Some(if is_chosen { changed(content, &mut seed_of) } else { content })
        })
    } else {
        changed(bytes(name), &mut seed_of)
    };
    match read(&Source::new(name, file), &Limits::default()) {
        Ok(workbook) => {
            let cells = workbook.sheets.iter().flat_map(|sheet| &sheet.cells);
            cells.for_each(|cell| drop(cell.shown(workbook.date_system)));
        }
        Err(ReadError::Damaged(why)) => assert!(!why.is_empty(), "{name} {seed}"),
        Err(
            ReadError::Foreign(_)
            | ReadError::NotHere(_)
            | ReadError::Packed(_)
            | ReadError::Encrypted
            | ReadError::TooLarge { .. },
        ) => {}
    }
}

#[test]
fn a_changed_file_is_read_or_refused() {
    for name in FIXTURES {
        (0..20).for_each(|seed| read_changed(name, seed));
    }
}

#[test]
#[ignore = "it takes ten minutes; `.ci/fuzz` runs it"]
fn changed_files_are_read_or_refused_for_ten_minutes() {
    let (begun, first) = (Instant::now(), RandomState::new().hash_one(0));
    println!("from {first}");
    let mut seeds = (first..=u64::MAX).zip(FIXTURES.iter().cycle());
    while begun.elapsed() < Duration::from_mins(10)
        && let Some((seed, name)) = seeds.next()
    {
        println!("{name} {seed}");
        read_changed(name, seed);
    }
}
