//! Measures the work of a season side by side with what can't be done without, and prints the ratios.
//!
//! `reading` sets our reader and the full check beside the bare cell reader, `annotating` the annotated copies beside
//! checking and beside `openpyxl`, `reports` our reports beside bare Typst over the same documents, and `cohort` does the
//! reading bench and counts memory over one workbook with 100,000 learners. `scale` runs seasons of thousands of returns. Names as
//! arguments choose among them: `cargo bench -- reading cohort`.
//!
//! In each round the works run one after the other, so that whatever else the machine does falls on all of them, and the
//! medians of the rounds are compared.

#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "a bench reads files, starts processes, times and prints"
)]

mod annotating;
mod cohort;
mod measure;
mod reading;
mod reports;
mod scale;

/// The benches by name, in the order in which they run.
const BENCHES: [(&str, fn()); 5] = [
    ("reading", reading::run),
    ("annotating", annotating::run),
    ("reports", reports::run),
    ("cohort", cohort::run),
    ("scale", scale::run),
];

fn main() {
    let asked: Vec<String> = std::env::args().skip(1).filter(|asked| !asked.starts_with('-')).collect();
    if let [command, work, path] = asked.as_slice()
        && command == cohort::CHILD
    {
        return cohort::child(work, path);
    }
    for (name, bench) in BENCHES {
        if asked.is_empty() || asked.iter().any(|asked| asked == name) {
            println!("== {name}");
            bench();
        }
    }
}
