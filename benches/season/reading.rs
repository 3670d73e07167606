//! Reading and checking beside the bare cell reader, over the same workbooks on one thread.

use std::io::Cursor;

use calamine::{Reader, Xlsx};
use scrutineer::framework::builtin;
use scrutineer::ooxml::Limits;
use scrutineer::review::{Settings, review};
use scrutineer::workbook::{Source, read};

use crate::measure::{Work, side_by_side};

/// How many rounds are measured.
const ROUNDS: usize = 15;
/// How many copies of each workbook make the season.
const COPIES: usize = 8;
/// How many times the bare cell reader's time reading and checking may take.
pub(crate) const AIM: f64 = 1.3;

/// Measures a season of small workbooks.
pub(crate) fn run() {
    let season = season();
    println!("{} workbooks", season.len());
    beside_bare(ROUNDS, &season);
}

/// Prints reading, and reading and checking, beside the bare cell reader.
pub(crate) fn beside_bare(rounds: usize, season: &[Source]) {
    let frameworks = builtin::all();
    let settings = Settings::new(&frameworks, Limits::default());
    let reading = |source: &Source| read(source, &Limits::default()).expect("a sound workbook").sheets.len();
    side_by_side(
        rounds,
        &[
            Work::new("bare calamine", || season.iter().map(bare).sum::<usize>()),
            Work::new("our reader", || season.iter().map(reading).sum::<usize>()),
            Work::at_most(AIM, "read and check", || {
                season.iter().map(|source| review(&settings, source).findings.len()).sum::<usize>()
            }),
        ],
    );
}

/// Returns the workbooks: the fixtures, several times over.
pub(crate) fn season() -> Vec<Source> {
    let fixture = |name: &str| {
        let path = format!("{}/tests/fixtures/{name}", env!("CARGO_MANIFEST_DIR"));
        Source::new(name.to_owned(), std::fs::read(path).expect("a fixture"))
    };
    let names = ["seqf.xlsx", "code-of-practice.xlsx"];
    std::iter::repeat_n(names, COPIES).flatten().map(fixture).collect()
}

/// Reads all cells with calamine alone.
pub(crate) fn bare(source: &Source) -> usize {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(&source.bytes[..])).expect("a sound workbook");
    let mut cells = 0;
    for sheet in workbook.sheet_names() {
        let mut reader = workbook.worksheet_cells_reader(&sheet).expect("a worksheet");
        while let Some(cell) = reader.next_cell_with_formula().expect("a sound cell") {
            std::hint::black_box(&cell);
            cells += 1;
        }
    }
    cells
}
