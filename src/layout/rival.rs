//! Decides between tabs that fit one sheet of the form alike, and says which was taken.
//!
//! One that is filled in comes before the blank form's, where senders fill the sheet in at all; a visible one before a hidden one, one that is named as in the form before
//! others, and one that formulas of other sheets use before one that none does. Where none of that tells two apart and they say
//! different things, both are read, and what isn't the same on both is open. A tab that says the same is told as a copy.

use std::collections::{BTreeMap, BTreeSet};

use crate::cell::{CellRange, CellRef};
use crate::finding::{Finding, Place, Severity};
use crate::framework::Framework;
use crate::wording::Wording;
use crate::words::{list, list_of_at_most, number_of};
use crate::workbook::{Cell, Sheet, Uses, Visibility, Workbook};

use super::expected::{Expected, Fit, NameFit};
use super::rule::SHEET_AMBIGUOUS;
use super::text::WorkbookText;

/// A tab with this much less of the form's texts than another isn't like the form as that is.
const FAR: f64 = 0.25;
/// So many differing cells are named.
const MOST_NAMED: usize = 3;

/// A tab that may be a sheet of the form.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    /// Its place in the workbook's list.
    pub(super) sheet: usize,
    /// How it fits.
    pub(super) fit: Fit,
}

/// What came of choosing.
#[derive(Debug, Default)]
pub(super) struct Choice {
    /// The tab that is taken; `None` where there is none.
    pub(super) taken: Option<Candidate>,
    /// The tabs that nothing tells from it and that say something else.
    pub(super) rivals: Vec<usize>,
    /// The tabs that are like the sheet too.
    pub(super) others: Vec<usize>,
    /// Whether the tab that has the form's name is passed over since it isn't filled in.
    pub(super) passes_blank: bool,
    /// The tabs that were passed over though they say something else.
    pub(super) passed: Vec<PassedOver>,
    /// What is to be said.
    pub(super) findings: Vec<Finding>,
}

/// A tab that was passed over for another, though it says something else.
#[derive(Debug)]
pub(super) struct PassedOver {
    /// Its place in the workbook's list.
    pub(super) sheet: usize,
    /// Whether nobody sees it.
    pub(super) is_hidden: bool,
    /// What is said of it.
    pub(super) finding: Finding,
}

/// What tells a tab from others that fit alike, the more telling first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Standing {
    is_seen: bool,
    name: NameFit,
    is_used: bool,
}

/// Chooses among the tabs that may be a sheet of the form.
pub(super) fn choose(
    expected: &Expected,
    framework: &Framework,
    text: &WorkbookText,
    candidates: &[Candidate],
) -> Choice {
    if candidates.len() < 2 {
        return Choice { taken: candidates.first().copied(), ..Choice::default() };
    }
    let workbook = text.workbook;
    let is_filled = |one: &&Candidate| {
        !expected.takes_entries || is_filled(expected, framework, workbook, &workbook.sheets[one.sheet])
    };
    let (filled, blank): (Vec<&Candidate>, Vec<&Candidate>) = candidates.iter().partition(is_filled);
    let is_sure = |one: &&Candidate| one.fit.name == NameFit::Title || one.fit.is_by_texts();
    let (pool, blank) =
        if filled.iter().any(is_sure) { (filled, blank) } else { (candidates.iter().collect(), vec![]) };
    let alike = alike(pool);
    let mut choice = decide((expected, framework), workbook, alike);
    choice.passes_blank = blank.iter().any(|one| one.fit.name == NameFit::Title);
    choice.others.extend(blank.iter().map(|one| one.sheet));
    choice
}

/// Returns the tabs that have about as much of the form as that which has most.
fn alike(pool: Vec<&Candidate>) -> Vec<&Candidate> {
    let most = pool.iter().map(|one| one.fit.texts).fold(0.0, f64::max);
    #[expect(clippy::float_arithmetic, reason = "likeness is no score")]
    let is_alike = |one: &&Candidate| one.fit.texts + FAR >= most;
    pool.into_iter().filter(is_alike).collect()
}

/// Decides between tabs that fit alike.
fn decide((expected, framework): (&Expected, &Framework), workbook: &Workbook, alike: Vec<&Candidate>) -> Choice {
    let mut ranked: Vec<(Standing, &Candidate)> =
        alike.into_iter().map(|one| (Standing::of(one, workbook), one)).collect();
    ranked.sort_by(|(a, one), (b, other)| b.cmp(a).then(other.fit.texts.total_cmp(&one.fit.texts)));
    let Some(((best, taken), others)) = ranked.split_first() else { return Choice::default() };
    let sheet = |one: &Candidate| &workbook.sheets[one.sheet];
    let compared = others
        .iter()
        .filter(|_| expected.is_read)
        .map(|(standing, other)| (*standing, *other, differing(expected, workbook, [sheet(taken), sheet(other)])));
    let (same, differing): (Vec<_>, Vec<_>) = compared.partition(|(.., cells)| cells.is_empty());
    let tied: Vec<_> = differing.iter().filter(|(standing, ..)| standing == best).collect();
    let others = others.iter().map(|(_, other)| other.sheet);
    if !tied.is_empty() {
        let rivals: Vec<usize> = tied.iter().map(|(_, other, _)| other.sheet).collect();
        let alike = std::iter::once(&taken.sheet).chain(&rivals);
        let names: Vec<&str> = alike.map(|at| workbook.sheets[*at].name.as_str()).collect();
        let cells: BTreeSet<CellRef> = tied.iter().flat_map(|(.., cells)| cells).copied().collect();
        let findings = vec![undecided((expected, framework), &names, &cells.into_iter().collect::<Vec<_>>())];
        let others = std::iter::once(taken.sheet).chain(others).collect();
        return Choice { taken: Some(**taken), rivals, others, findings, ..Choice::default() };
    }
    let passed = differing.iter().map(|(standing, other, cells)| PassedOver {
        sheet: other.sheet,
        is_hidden: !standing.is_seen,
        finding: passed_over(expected, [&sheet(taken).name, &sheet(other).name], why(*best, *standing), cells),
    });
    let is_told = expected.takes_entries && is_filled(expected, framework, workbook, sheet(taken));
    let is_needed = |other: &Sheet| {
        let is_form_s = |user: &Sheet| {
            std::ptr::eq(user, sheet(taken)) || framework.form().is_some_and(|form| form.sheet(&user.name).is_some())
        };
        users(workbook, other).any(is_form_s)
    };
    let copies = same.iter().map(|(_, other, _)| sheet(other)).filter(|other| is_told && !is_needed(other));
    let copies = copies.map(|other| copied(expected, [&sheet(taken).name, &other.name]));
    let (passed, findings) = (passed.collect(), copies.collect());
    Choice { taken: Some(**taken), others: others.collect(), passed, findings, ..Choice::default() }
}

impl Standing {
    /// Returns what tells a tab from others.
    fn of(one: &Candidate, workbook: &Workbook) -> Self {
        let sheet = &workbook.sheets[one.sheet];
        let is_seen = sheet.visibility == Visibility::Visible;
        Self { is_seen, name: one.fit.name, is_used: is_used(workbook, sheet) }
    }
}

/// Whether a formula of another sheet uses this one.
fn is_used(workbook: &Workbook, sheet: &Sheet) -> bool {
    users(workbook, sheet).next().is_some()
}

/// Returns the other sheets whose formulas use this one.
fn users<'a>(workbook: &'a Workbook, sheet: &'a Sheet) -> impl Iterator<Item = &'a Sheet> {
    let name = Wording::of(&sheet.name);
    let uses = move |formula: &str| {
        let mut references = Uses::of(formula).references.into_iter();
        references.any(|(named, _)| named.is_some_and(|named| Wording::of(&named) == name))
    };
    let others = workbook.sheets.iter().filter(move |other| !std::ptr::eq(*other, sheet));
    others.filter(move |other| other.cells.iter().filter_map(|cell| cell.formula.as_deref()).any(&uses))
}

/// Says why one tab was taken before another.
fn why(taken: Standing, other: Standing) -> &'static str {
    if taken.is_seen != other.is_seen {
        "since the other is hidden"
    } else if taken.name != other.name {
        match taken.name {
            NameFit::Title => "since it has the form\u{2019}s name",
            NameFit::Also => "since it has a name that this sheet goes by",
            NameFit::Near | NameFit::Other => "since its name is nearer to the form\u{2019}s",
        }
    } else {
        "since formulas of other sheets use it"
    }
}

/// Whether a tab says anything that the form's sheet doesn't: each of the form's values as often as it has it.
fn is_filled(expected: &Expected, framework: &Framework, workbook: &Workbook, sheet: &Sheet) -> bool {
    let mut printed: BTreeMap<Wording, usize> = BTreeMap::new();
    let issued = framework.issued_sheet(&expected.spec.id);
    if let (Some(form), Some(issued)) = (framework.form(), issued) {
        for words in issued.cells.iter().filter_map(|cell| typed(cell, form)) {
            *printed.entry(words).or_default() += 1;
        }
    }
    if sheet.cells.iter().any(is_link) && !issued.is_some_and(|issued| issued.cells.iter().any(is_link)) {
        return true;
    }
    let mut typed = sheet.cells.iter().filter_map(|cell| typed(cell, workbook));
    typed.any(|words| match printed.get_mut(&words) {
        Some(left) if *left > 0 => {
            *left -= 1;
            false
        }
        Some(_) | None => !expected.says(&words),
    })
}

/// Returns what is typed in a cell, as it is compared; `None` where nothing is.
fn typed(cell: &Cell, workbook: &Workbook) -> Option<Wording> {
    let is_typed = cell.formula.is_none() && !cell.value.is_blank();
    is_typed.then(|| Wording::of(&cell.written(workbook.date_system)))
}

/// Whether a cell shows what stands in a cell of another sheet, as where a form is filled in from a copy of it.
fn is_link(cell: &Cell) -> bool {
    let uses = cell.formula.as_deref().map(Uses::of).filter(|_| !cell.value.is_blank()).unwrap_or_default();
    let is_one = |(sheet, cells): &(Option<String>, CellRange)| sheet.is_some() && cells.first == cells.last;
    let is_plain = uses.functions.is_empty() && uses.constants.is_empty();
    is_plain && matches!(uses.references.as_slice(), [one] if is_one(one))
}

/// Returns the cells at which one of two sheets says something else than the other, in order: where something is typed in, or
/// shown at all where senders fill nothing in.
fn differing(expected: &Expected, workbook: &Workbook, [one, other]: [&Sheet; 2]) -> Vec<CellRef> {
    let says = |sheet: &Sheet, at: CellRef| {
        let cell = sheet.cell(at).filter(|cell| !cell.value.is_blank())?;
        Some(Wording::of(&cell.written(workbook.date_system)))
    };
    let is_meant = |cell: &&Cell| !expected.takes_entries || typed(cell, workbook).is_some();
    let told = one.cells.iter().chain(&other.cells).filter(is_meant);
    let mut cells: Vec<CellRef> = told.map(|cell| cell.at).filter(|at| says(one, *at) != says(other, *at)).collect();
    cells.sort_unstable();
    cells.dedup();
    cells
}

/// Names the cells at which two tabs differ.
fn at_cells(cells: &[CellRef]) -> String {
    let names: Vec<String> = cells.iter().map(ToString::to_string).collect();
    let count = number_of(cells.len(), "cell", "cells");
    format!("{count} ({})", list_of_at_most(&names, MOST_NAMED))
}

/// Says that a tab was passed over for another.
fn passed_over(expected: &Expected, [taken, other]: [&String; 2], why: &str, cells: &[CellRef]) -> Finding {
    let title = &expected.spec.title;
    let cells = at_cells(cells);
    let instead = if Wording::of(taken) == Wording::of(title) {
        format!("take “{taken}” out and give the other that name")
    } else {
        format!("give that the name “{title}” and take “{taken}” out")
    };
    let message = format!(
        "“{taken}” and “{other}” both fit the form\u{2019}s sheet “{title}”; “{taken}” was read, {why}, and “{other}” says something \
         else at {cells}"
    );
    Finding::new(&SHEET_AMBIGUOUS, Place::Sheet(other.clone()), message)
        .with_subject(expected.spec.id.as_str())
        .with_found(other)
        .with_expected(title)
        .with_help(format!(
            "Check that “{taken}” is the one that counts, and take the other out; if it is the other, {instead}."
        ))
}

/// Says that a tab is a copy of another and says the same.
fn copied(expected: &Expected, [taken, other]: [&String; 2]) -> Finding {
    let message = format!("“{other}” is a copy of “{taken}” and says the same; “{taken}” was read");
    Finding::new(&SHEET_AMBIGUOUS, Place::Sheet(other.clone()), message)
        .with_severity(Severity::Note)
        .with_subject(expected.spec.id.as_str())
        .with_found(other)
        .with_expected(taken)
        .with_help(format!("Take “{other}” out: what is changed on it later doesn\u{2019}t count."))
}

/// Says that nothing tells which of several tabs counts.
fn undecided((expected, framework): (&Expected, &Framework), names: &[&str], cells: &[CellRef]) -> Finding {
    let title = &expected.spec.title;
    let quoted: Vec<String> = names.iter().map(|name| format!("“{name}”")).collect();
    let both = if names.len() == 2 { "both" } else { "all" };
    let mut registers = framework.registers.iter().filter(|register| register.sheet == expected.spec.id);
    let rows = registers.next().map(|_| format!("; no row of a list counts that isn\u{2019}t the same on {both}"));
    let (quoted, cells, rows) = (list(&quoted), at_cells(cells), rows.unwrap_or_default());
    let message = format!(
        "{quoted} {both} fit the form\u{2019}s sheet “{title}”, and nothing tells which counts: they differ at {cells}; what \
         stands there is left open, and so are figures that rest on it{rows}"
    );
    Finding::new(&SHEET_AMBIGUOUS, Place::Sheet(names[0].to_owned()), message)
        .with_severity(Severity::Error)
        .with_subject(expected.spec.id.as_str())
        .with_found(list(names))
        .with_expected(title)
        .with_help(format!("Give the sheet that counts the name “{title}”, and take the others out."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Findings;
    use crate::framework::builtin;
    use crate::layout::locate;
    use crate::workbook::Value;

    #[test]
    fn who_has_two_sheets_of_the_form_is_told_which_was_taken_and_what_to_do_by_its_name() {
        let framework = builtin::load("code-of-practice").expect("the shipped packs load").framework;
        let form = framework.form().expect("the shipped packs have a form");
        let issued = form.sheet("Assessment").expect("the form has it");
        for taken in ["Assessment", "ASSESSMENT"] {
            let mut workbook = form.clone();
            workbook.sheets.retain(|sheet| sheet.name != issued.name);
            for (name, filled) in [("Assessment (2)", 2.0), (taken, 1.0)] {
                let mut sheet = Sheet { name: name.to_owned(), ..issued.clone() };
                sheet.cells.push(Cell::new(CellRef::new(9999, 9), Value::Number(filled), None));
                workbook.sheets.push(sheet);
            }
            let mut findings = Findings::default();
            locate(&framework, &WorkbookText::new(&workbook), &mut findings);
            let findings = findings.into_sorted();
            let told = findings.iter().find(|finding| finding.is_of(&SHEET_AMBIGUOUS)).expect("two sheets fit");
            let read = format!("“{taken}” was read, since it has the form\u{2019}s name");
            assert!(told.message.contains(&read), "{}", told.message);
            let help = format!(
                "Check that “{taken}” is the one that counts, and take the other out; if it is the other, take “{taken}” out and give \
                 the other that name."
            );
            assert_eq!(told.help, help);
        }
    }
}
