//! Lines among a register's rows that have nothing but words: told, whatever they say and wherever they stand, and blamed for nothing.

use scrutineer::cell::CellRef;
use scrutineer::finding::{Finding, Findings, Severity};
use scrutineer::framework::{EntryKind, RegisterSpec};
use scrutineer::layout::{RegisterPlace, WorkbookText, locate};
use scrutineer::returns::extract;
use scrutineer::workbook::Value;

use crate::support::shipped::{Sound, put, reviewed, sound};

/// A register with where it stands, and its rows.
struct Filled<'a> {
    spec: &'a RegisterSpec,
    place: RegisterPlace,
    rows: Vec<u32>,
}

/// Returns the registers of a return whose rows are many enough to tell what a row is.
fn registers(sound: &Sound) -> Vec<Filled<'_>> {
    let mut silent = Findings::default();
    let layout = locate(sound.framework, &WorkbookText::new(&sound.workbook), &mut silent);
    let sent = extract(sound.framework, &sound.workbook, &layout, &mut silent);
    let filled = |spec| {
        let place = layout.registers.get(&RegisterSpec::clone(spec).id)?.clone();
        let rows: Vec<u32> = sent.registers.get(&spec.id)?.rows.iter().map(|row| row.number).collect();
        (rows.len() > 2 && rows.len() < 60).then_some(Filled { spec, place, rows })
    };
    sound.framework.registers.iter().filter_map(filled).collect()
}

/// Says what else is told of a line with nothing but words in one column than that it was left out.
fn wrong(sound: &Sound, register: &Filled, (row, column): (u32, u32), words: &str) -> Vec<String> {
    let mut workbook = sound.workbook.clone();
    let sheet = workbook.sheets[register.place.sheet].name.clone();
    if register.rows.contains(&row) {
        let columns: Vec<u32> = register.place.columns.values().copied().collect();
        let cells = &mut workbook.sheets[register.place.sheet].cells;
        cells.retain(|cell| cell.at.row != row || !columns.contains(&cell.at.column) || cell.formula.is_some());
    }
    let blank = reviewed(&workbook);
    put(&mut workbook, &sheet, CellRef::new(row, column), Value::Text(words.into()));
    let review = reviewed(&workbook);
    let known = |finding: &&Finding| {
        blank
            .findings
            .iter()
            .flat_map(Finding::with_its_effects)
            .any(|told| (&told.rule, &told.place) == (&finding.rule, &finding.place))
    };
    let all = review.findings.iter().flat_map(Finding::with_its_effects);
    let new: Vec<&Finding> =
        all.filter(|finding| finding.severity >= Severity::Warning).filter(|finding| !known(finding)).collect();
    let (told, others): (Vec<&Finding>, Vec<&Finding>) =
        new.into_iter().partition(|finding| finding.rule.as_str() == "row-left-out");
    let others = others.into_iter().filter(|finding| finding.rule.as_str() != "outcome-provisional");
    let others = others.map(|finding| format!("{} {:?}: {}", finding.rule.as_str(), finding.place, finding.message));
    let untold = (told.len() != 1).then(|| format!("told {} times", told.len()));
    let at = format!("{} {} {words} in row {row}, column {column}", sound.framework.id, register.spec.id);
    untold.into_iter().chain(others.take(3)).map(|what| format!("{at}: {what}")).collect()
}

#[test]
fn words_alone_among_rows_are_told_and_blamed_for_nothing() {
    let (mut tried, mut all) = (0, Vec::new());
    for sound in sound() {
        for register in registers(&sound) {
            let (first, last) = (register.rows[0], register.rows[register.rows.len() - 1]);
            for (id, column) in &register.place.columns {
                let Some(spec) = register.spec.column(id) else { continue };
                let takes_words = !matches!(spec.kind, EntryKind::Number { .. } | EntryKind::Date(_));
                let is_printed = spec.computed.is_some() || register.spec.begun_by.contains(id);
                if !takes_words || is_printed || spec.each.is_some() {
                    continue;
                }
                // What is wanted of an action is one that isn't complete, but for words that say that there is none.
                let is_needed = register.spec.complete.contains(id);
                let others = ["Group B", "Year 12", "See separate sheet for the other 12"];
                let next = others[tried % others.len()];
                let words = if is_needed { "No further actions" } else { next };
                for row in [first, last + 1] {
                    tried += 1;
                    all.extend(wrong(&sound, &register, (row, *column), words));
                }
            }
        }
    }
    assert!(tried > 60, "{tried}");
    assert!(all.is_empty(), "{} of {tried}: {all:#?}", all.len());
}
