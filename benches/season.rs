//! Measures reading and checking side by side with the bare cell reader, and prints the ratios.
//!
//! Each round reads the same workbooks with calamine alone, with our reader, and with the full review, one after the other,
//! so that whatever else the machine does falls on all three. The medians of the rounds are compared.

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::float_arithmetic,
    reason = "a bench times and prints"
)]

use std::io::Cursor;
use std::time::{Duration, Instant};

use calamine::{Reader, Xlsx};
use scrutineer::framework::builtin;
use scrutineer::ooxml::Limits;
use scrutineer::review::{Settings, review};
use scrutineer::workbook::{Source, read};

/// How many rounds are measured.
const ROUNDS: usize = 15;
/// How many copies of each workbook make the season.
const COPIES: usize = 8;

fn main() {
    let season = season();
    let frameworks = builtin::all();
    let settings = Settings::new(&frameworks, Limits::default());
    let mut times: [Vec<Duration>; 3] = Default::default();
    for _ in 0..ROUNDS {
        times[0].push(timed(&season, bare));
        times[1]
            .push(timed(&season, |source| read(source, &Limits::default()).expect("a sound workbook").sheets.len()));
        times[2].push(timed(&season, |source| review(&settings, source).findings.len()));
    }
    let [bare, read, check] = times.map(median);
    let ratio = |time: Duration| time.as_secs_f64() / bare.as_secs_f64();
    println!("{} workbooks, median of {ROUNDS} rounds", season.len());
    println!("bare calamine    {bare:>10.2?}  1.00");
    println!("our reader       {read:>10.2?}  {:.2}", ratio(read));
    println!("read and check   {check:>10.2?}  {:.2}", ratio(check));
}

/// Returns the workbooks: the fixtures, several times over.
fn season() -> Vec<Source> {
    let fixture = |name: &str| {
        let path = format!("{}/tests/fixtures/{name}", env!("CARGO_MANIFEST_DIR"));
        Source { name: name.to_owned(), bytes: std::fs::read(path).expect("a fixture") }
    };
    let names = ["seqf.xlsx", "code-of-practice.xlsx"];
    std::iter::repeat_n(names, COPIES).flatten().map(fixture).collect()
}

/// Reads all cells with calamine alone.
fn bare(source: &Source) -> usize {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(source.bytes.as_slice())).expect("a sound workbook");
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

/// Times one pass over the season.
fn timed(season: &[Source], work: impl Fn(&Source) -> usize) -> Duration {
    let start = Instant::now();
    for source in season {
        std::hint::black_box(work(source));
    }
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
