//! The letters of texts of Excel 95 and earlier, which are bytes of a code page.
//!
//! Those of Windows and of East Asia are encodings that others know as well; those of DOS and of old Macintoshes stand in a
//! table, a line each: the number, and the letters of the upper half.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The code page of Windows in Western Europe, which is meant where none is named.
pub(super) const WESTERN: u16 = 1252;

/// The upper halves of the pages that the table has.
static UPPER_HALVES: LazyLock<BTreeMap<u16, Vec<char>>> = LazyLock::new(|| {
    let lines = include_str!("code_pages.tsv").lines().filter_map(|line| line.split_once('\t'));
    lines.filter_map(|(number, letters)| Some((number.parse().ok()?, letters.chars().collect()))).collect()
});

/// Returns bytes of a code page as text; what it has no letter for is `U+FFFD`.
pub(super) fn decoded(stated: u16, bytes: &[u8]) -> String {
    let page = meant(stated);
    if let Some(encoding) = codepage::to_encoding_no_replacement(page) {
        return encoding.decode_without_bom_handling(bytes).0.into_owned();
    }
    let upper = UPPER_HALVES.get(&page);
    let letter = |byte: &u8| match byte.checked_sub(0x80) {
        None => char::from(*byte),
        Some(place) => upper.and_then(|letters| letters.get(usize::from(place))).copied().unwrap_or('\u{FFFD}'),
    };
    bytes.iter().map(letter).collect()
}

/// Returns the page that is meant by the number that a file states.
fn meant(stated: u16) -> u16 {
    const ROMAN: u16 = 10000;
    match stated {
        0x8000 => ROMAN,
        // Pages whose characters take two bytes can't be meant where they take one; 367 is ASCII.
        0 | 367 | 1200 | 1201 | 0x8001 => WESTERN,
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_has_its_own_letters() {
        let cases: [(u16, &[u8], &str); 22] = [
            (0, b"caf\xe9", "caf\u{e9}"),
            (437, b"caf\x82 \x9c", "caf\u{e9} \u{a3}"),
            (737, b"\x80\x98", "\u{391}\u{3b1}"),
            (775, b"\x80", "\u{106}"),
            (850, b"caf\x82 \xb5", "caf\u{e9} \u{c1}"),
            (852, b"\xad", "\u{15f}"),
            (857, b"\x98", "\u{130}"),
            (858, b"\xd5", "\u{20ac}"),
            (862, b"\x80", "\u{5d0}"),
            (866, b"\x80", "\u{410}"),
            (874, b"\xa1", "\u{e01}"),
            (932, b"\x93\xfa\x96\x7b", "\u{65e5}\u{672c}"),
            (936, b"\xd6\xd0", "\u{4e2d}"),
            (949, b"\xb0\xa1", "\u{ac00}"),
            (1250, b"\x8a", "\u{160}"),
            (1251, b"\xc0", "\u{410}"),
            (1200, b"caf\xe9", "caf\u{e9}"),
            (10000, b"caf\x8e", "caf\u{e9}"),
            (10029, b"\x8e \x8b", "\u{e9} \u{10d}"),
            (0x8000, b"caf\x8e", "caf\u{e9}"),
            (0x8001, b"caf\xe9 \x80", "caf\u{e9} \u{20ac}"),
            (999, b"caf\xe9", "caf\u{fffd}"),
        ];
        for (page, bytes, expected) in cases {
            assert_eq!(decoded(page, bytes), expected, "{page}");
        }
    }

    #[test]
    fn every_line_of_the_table_is_a_half_of_letters() {
        assert_eq!(UPPER_HALVES.len(), include_str!("code_pages.tsv").lines().count());
        for (page, letters) in UPPER_HALVES.iter() {
            assert_eq!(letters.len(), 128, "{page}");
            assert!(codepage::to_encoding(*page).is_none(), "{page} is known without the table");
            assert_eq!(decoded(*page, b" az~"), " az~");
        }
    }
}
