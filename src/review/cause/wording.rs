//! Answers and choices in other words than the form's: they are read, but the workbook's own formulas, which look for the form's words,
//! pass over them.
//!
//! Each is only suspected: it is told where that explains a figure. What stands so in many cells of a column is one finding.

use std::collections::{BTreeMap, BTreeSet};

use crate::cell::{CellRange, CellRef};
use crate::exact::Exact;
use crate::finding::{Finding, Place, Severity};
use crate::framework::{EntryKind, Personal};
use crate::returns::EntryValue;
use crate::returns::rule::CHOICE_UNKNOWN;
use crate::rules::Judged;
use crate::wording::{Wording, visible};
use crate::workbook::{Cell, Sheet, Uses, Value, Workbook};

use super::{MOST_NAMED, cell_at};

/// The most columns of one reference in which words are looked for.
const MOST_COLUMNS: usize = 200;

/// An answer or a choice as it is read.
struct Chosen {
    place: Place,
    subject: String,
    /// The form's word for it.
    word: String,
}

/// Returns the answers and choices that formulas may pass over, where some figure differs.
pub(super) fn suspects(judged: &Judged, workbook: &Workbook, figures: &[usize]) -> Vec<Finding> {
    if figures.is_empty() {
        return Vec::new();
    }
    let counted = words_counted(judged, workbook);
    let chosen = answers(judged).into_iter().chain(entries(judged));
    gathered(chosen.filter_map(|chosen| told(workbook, &counted, &chosen)).collect())
}

/// Returns the cells of a finding that say what was found: those of its range.
pub(super) fn cells_of(workbook: &Workbook, finding: &Finding) -> Vec<Place> {
    let at = finding.sheet().and_then(|name| workbook.sheet(name)).zip(finding.cells());
    let Some((sheet, cells)) = at else { return Vec::new() };
    let says = |cell: &&Cell| cells.contains(cell.at) && written(workbook, cell) == finding.found;
    sheet.cells.iter().filter(says).map(|cell| Place::cell(&sheet.name, cell.at)).collect()
}

/// Puts what stands alike in many cells of a column into one finding.
fn gathered(all: Vec<Finding>) -> Vec<Finding> {
    let mut alike: BTreeMap<_, Vec<Finding>> = BTreeMap::new();
    for finding in all {
        let column = finding.cells().map(|cells| cells.first.column);
        let key = (finding.sheet().map(str::to_owned), column, finding.found.clone(), finding.expected.clone());
        alike.entry(key).or_default().push(finding);
    }
    let (many, few): (Vec<_>, Vec<_>) = alike.into_values().partition(|alike| alike.len() > MOST_NAMED);
    few.into_iter().flatten().chain(many.iter().filter_map(|alike| in_one(alike))).collect()
}

/// Says once what stands alike in cells of a column.
fn in_one(alike: &[Finding]) -> Option<Finding> {
    let cells: BTreeSet<CellRef> = alike.iter().filter_map(|one| Some(one.cells()?.first)).collect();
    let (first, (top, end)) = (alike.first()?, cells.first().zip(cells.last())?);
    let (written, word) = (first.found.as_ref()?, first.expected.as_ref()?);
    let place = Place::Cells(first.sheet()?.to_owned(), CellRange::new(*top, *end));
    let message = format!(
        "“{written}” isn't written as the form has it, in {} cells: it is read as “{word}”, but the workbook's own formulas don't count it",
        cells.len()
    );
    let help = format!("Choose “{word}” from the list of each cell, or type just that.");
    let finding = Finding::new(&CHOICE_UNKNOWN, place, message).with_severity(Severity::Warning);
    Some(finding.with_found(written).with_expected(word).with_help(help))
}

/// The words that formulas look for in the columns of sheets, in small letters.
type Counted = BTreeMap<(Wording, u32), BTreeSet<String>>;

/// Returns the words that formulas look for in each column that they use; also those of the form, where a format keeps no formulas.
fn words_counted(judged: &Judged, workbook: &Workbook) -> Counted {
    let sheets = judged.framework.form().into_iter().chain([workbook]).flat_map(|workbook| &workbook.sheets);
    let of = |sheet: &'_ Sheet| {
        let own = Wording::of(&sheet.name);
        let formulas: BTreeSet<&str> = sheet.cells.iter().filter_map(|cell| cell.formula.as_deref()).collect();
        formulas.into_iter().map(move |formula| (own.clone(), Uses::of(formula))).collect::<Vec<_>>()
    };
    let mut counted = Counted::new();
    for (own, uses) in sheets.flat_map(of) {
        let words: Vec<String> = uses.constants.iter().map(|word| word.trim_matches('"').to_lowercase()).collect();
        for (name, range) in uses.references {
            let sheet = name.map_or_else(|| own.clone(), |name| Wording::of(&name));
            for column in (range.first.column..=range.last.column).take(MOST_COLUMNS) {
                counted.entry((sheet.clone(), column)).or_default().extend(words.iter().cloned());
            }
        }
    }
    counted
}

/// Returns the answers in words.
fn answers(judged: &Judged) -> Vec<Chosen> {
    let framework = judged.framework;
    let chosen = judged.sent.answers.iter().filter_map(|((_, id), entry)| {
        let grade = framework.scale(framework.criterion(id)?).grade(&entry.given()?.grade)?;
        if grade.id.parse::<Exact>().is_ok() {
            return None;
        }
        let word = grade.label.as_ref().unwrap_or(&grade.id).clone();
        Some(Chosen { place: entry.place.clone()?, subject: id.to_string(), word })
    });
    chosen.collect()
}

/// Returns the choices and marks in rows of registers.
fn entries(judged: &Judged) -> Vec<Chosen> {
    let mut chosen = Vec::new();
    for spec in &judged.framework.registers {
        let Some(register) = judged.sent.registers.get(&spec.id) else { continue };
        let is_chosen = |kind: &EntryKind| matches!(kind, EntryKind::Choice(_) | EntryKind::Mark(_));
        let columns = spec.columns.iter().filter(|column| is_chosen(&column.kind));
        for column in columns.filter(|column| column.personal == Personal::Allowed && column.computed.is_none()) {
            for row in &register.rows {
                let entry = row.entry(column.id.as_str());
                let Some((entry, EntryValue::Text(word))) = entry.and_then(|entry| Some((entry, entry.given()?)))
                else {
                    continue;
                };
                chosen.push(Chosen { place: entry.place(), subject: row.name(spec), word: word.to_string() });
            }
        }
    }
    chosen
}

/// Says that an answer is in other words than formulas look for.
fn told(workbook: &Workbook, counted: &Counted, chosen: &Chosen) -> Option<Finding> {
    let cell = cell_at(workbook, &chosen.place)?;
    let (written, word) = (written(workbook, cell)?, &chosen.word);
    let small = written.to_lowercase();
    let has_unseen = has_unseen(cell);
    let column = chosen.place.sheet().map(Wording::of).zip(chosen.place.cells().map(|cells| cells.first.column))?;
    // What no formula uses none passes over.
    let is_counted = || counted.get(&column).is_none_or(|words| words.contains(&small));
    if !has_unseen && (small == word.to_lowercase() || is_counted()) {
        return None;
    }
    let what = if has_unseen { "has a mark in it that nobody sees" } else { "isn't written as the form has it" };
    let message = format!("“{written}” {what}: it is read as “{word}”, but the workbook's own formulas don't count it");
    let finding = Finding::new(&CHOICE_UNKNOWN, chosen.place.clone(), message).with_severity(Severity::Warning);
    let finding = finding.with_subject(&chosen.subject).with_found(written).with_expected(word);
    Some(finding.with_help(format!("Choose “{word}” from the list of the cell, or type just that.")))
}

/// Whether a cell's text has marks that nobody sees.
fn has_unseen(cell: &Cell) -> bool {
    let held = cell.look.letters.as_deref();
    held.zip(cell.text()).is_some_and(|(held, seen)| held != seen && visible(held) == seen)
}

/// Returns what is written in a cell; `None` where that is no word.
fn written(workbook: &Workbook, cell: &Cell) -> Option<String> {
    match &cell.value {
        Value::Text(text) => Some(text.to_string()),
        Value::Logical(_) => Some(cell.shown(workbook.date_system)),
        Value::Empty | Value::Number(_) | Value::Date(_) | Value::Elapsed(_) | Value::Error(_) | Value::Picture => None,
    }
}
