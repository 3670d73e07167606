//! One workbook with 100,000 learners: checked beside the bare cell reader, and how much memory that takes a cell.
//!
//! The workbook is the shipped form of a scheme with a register of learners, its own cells kept and its registers filled.
//! Memory is measured in a process of its own for each work, by the most that it ever held; a process that reads the file
//! and does nothing with it is taken off.

use std::process::Command;

use rust_xlsxwriter::{Workbook, Worksheet};
use scrutineer::finding::Findings;
use scrutineer::framework::{EntryKind, Framework, RegisterSpec, builtin};
use scrutineer::layout::{Layout, RegisterPlace, WorkbookText, locate};
use scrutineer::ooxml::Limits;
use scrutineer::review::{Settings, review};
use scrutineer::workbook::{self, Source, Value};

use crate::reading;

/// The scheme whose form is filled.
const SCHEME: &str = "employer-involvement";
/// The register that is as long as the cohort.
const LEARNERS: &str = "learners";
/// How many learners there are.
const COHORT: u32 = 100_000;
/// How many rows the other registers get.
const OTHERS: u32 = 12;
/// How many rounds are measured.
const ROUNDS: usize = 3;
/// The word by which a process knows that it is to do one work and tell its memory.
pub(crate) const CHILD: &str = "cohort-child";

/// Measures the cohort.
pub(crate) fn run() {
    let bytes = cohort(COHORT);
    let source = Source::new("cohort.xlsx", bytes);
    let cells = reading::bare(&source);
    println!("{COHORT} learners, {cells} cells, {} KiB", source.bytes.len() / 1024);
    reading::beside_bare(ROUNDS, std::slice::from_ref(&source));
    let folder = tempfile::tempdir().expect("a folder for a moment");
    for learners in [COHORT / 10, COHORT] {
        let source = Source::new("cohort.xlsx", cohort(learners));
        let path = folder.path().join("cohort.xlsx");
        std::fs::write(&path, &source.bytes).expect("a file in that folder");
        memory(&path, reading::bare(&source));
    }
}

/// Prints how much memory each work takes over a workbook.
fn memory(path: &std::path::Path, cells: usize) {
    println!("most memory at {cells} cells");
    let nothing = most_held("nothing", path);
    for work in ["bare", "read", "check"] {
        match most_held(work, path).zip(nothing) {
            Some((held, nothing)) => {
                let bytes = held.saturating_sub(nothing) * 1024;
                println!("{work:<28} {:>8} KiB  {:.0} bytes a cell", bytes / 1024, bytes as f64 / cells as f64);
            }
            None => println!("{work:<28} this system doesn't tell how much memory a process held"),
        }
    }
}

/// Returns the most memory, in KiB, that a process of its own holds for a work; `None` where the system doesn't tell.
fn most_held(work: &str, path: &std::path::Path) -> Option<u64> {
    let bench = std::env::current_exe().expect("a program knows where it is");
    let told = Command::new(bench).args([CHILD, work]).arg(path).output().expect("it starts again");
    String::from_utf8(told.stdout).ok()?.trim().parse().ok()
}

/// Does one work over a workbook, and prints the most memory that this process held, in KiB.
pub(crate) fn child(work: &str, path: &str) {
    let source = Source::new("cohort.xlsx", std::fs::read(path).expect("the cohort"));
    let frameworks = builtin::all();
    let settings = Settings::new(&frameworks, Limits::default());
    match work {
        "bare" => {
            reading::bare(&source);
        }
        "read" => {
            std::hint::black_box(workbook::read(&source, &Limits::default()).expect("a sound workbook"));
        }
        "check" => {
            std::hint::black_box(review(&settings, &source));
        }
        _ => {}
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let most =
        status.lines().find_map(|line| line.strip_prefix("VmHWM:")).and_then(|most| most.split_whitespace().next());
    if let Some(most) = most {
        println!("{most}");
    }
}

/// Fills the shipped form with so many learners.
pub(crate) fn cohort(learners: u32) -> Vec<u8> {
    let framework = builtin::load(SCHEME).expect("a shipped pack").framework;
    let form = framework.form().expect("a shipped pack has a form");
    let layout = locate(&framework, &WorkbookText::new(form), &mut Findings::default());
    let mut workbook = Workbook::new();
    for (number, sheet) in form.sheets.iter().enumerate() {
        let page = workbook.add_worksheet();
        page.set_name(sheet.name.as_str()).expect("a name that the form has");
        let filled: Vec<&RegisterPlace> = layout.registers.values().filter(|place| place.sheet == number).collect();
        let end = filled.iter().map(|place| place.heading).max().unwrap_or(u32::MAX);
        for cell in sheet.cells.iter().filter(|cell| cell.at.row <= end) {
            copy(page, cell.at.row - 1, column(cell.at.column), &cell.value);
        }
        fill_registers(page, &framework, &layout, number, learners);
    }
    workbook.save_to_buffer().expect("a workbook in memory")
}

/// Writes a cell of the form.
fn copy(page: &mut Worksheet, row: u32, column: u16, value: &Value) {
    let written = match value {
        Value::Text(text) | Value::Error(text) => page.write_string(row, column, text.as_ref()).map(drop),
        Value::Number(number) | Value::Date(number) | Value::Elapsed(number) => {
            page.write_number(row, column, *number).map(drop)
        }
        Value::Logical(logical) => page.write_boolean(row, column, *logical).map(drop),
        Value::Empty | Value::Picture => Ok(()),
    };
    written.expect("a cell that the form has");
}

/// Fills the registers of a sheet.
fn fill_registers(page: &mut Worksheet, framework: &Framework, layout: &Layout, sheet: usize, learners: u32) {
    let here = framework.registers.iter().filter_map(|spec| Some((spec, layout.registers.get(&spec.id)?)));
    for (spec, place) in here.filter(|(_, place)| place.sheet == sheet) {
        let rows = if spec.id.as_str() == LEARNERS { learners } else { OTHERS };
        for number in 0..rows {
            fill_row(page, spec, place, number);
        }
    }
}

/// Fills a row of a register with what its columns ask for.
fn fill_row(page: &mut Worksheet, spec: &RegisterSpec, place: &RegisterPlace, number: u32) {
    for known in spec.columns.iter().filter(|known| known.computed.is_none()) {
        let Some(at) = place.columns.get(&known.id) else { continue };
        let text = match &known.kind {
            EntryKind::Choice(choices) => choices[0][0].clone(),
            EntryKind::Mark(marks) => marks[number as usize % marks.len()][0].clone(),
            EntryKind::Reference(None) => format!("A{}", number + 1),
            EntryKind::Reference(Some(_)) => enrolment(number),
            EntryKind::Text => format!("{} {}", known.heading, number + 1),
            EntryKind::Contact => format!("person{number}@example.org"),
            EntryKind::Date(_) => "2026-03-10".to_owned(),
            EntryKind::Number { .. } => "1".to_owned(),
            EntryKind::Registration(_) => String::new(),
        };
        if !text.is_empty() {
            page.write_string(place.heading + number, column(*at), text).expect("a cell of a sheet");
        }
    }
}

/// Returns an enrolment number: three letters and four digits, each once.
fn enrolment(number: u32) -> String {
    let letter = |place: u32| char::from(b'A' + u8::try_from(number / 10_000 / 26_u32.pow(place) % 26).unwrap_or(0));
    format!("{}{}{}{:04}", letter(2), letter(1), letter(0), number % 10_000)
}

/// Returns a column from nought.
fn column(from_one: u32) -> u16 {
    u16::try_from(from_one - 1).expect("a column of a sheet")
}
