//! Figures that differ for one reason that no finding tells: they take in lines that sum others up, or weren't worked out again.
//!
//! That lines are taken in is proved as other causes are. A figure wasn't worked out again where its formula and all that it uses
//! are the form's, all that stands there is read just as formulas see it, and yet it differs; not where it and all that it uses are what
//! their formulas give ([`standing`]), nor, where that can't be told, where a cell that it uses is known to be wrong.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::cell::{CellRange, CellRef};
use crate::exact::Exact;
use crate::finding::{Finding, Place};
use crate::form::rule::{FORMULA_CHANGED, FORMULA_OVERWRITTEN};
use crate::framework::SheetSpec;
use crate::layout;
use crate::returns::{self, EntryValue, Register, RowEntry, StatedValue};
use crate::rules::Judged;
use crate::rules::consistency::comparisons;
use crate::wording::Wording;
use crate::words::{agree, list_of_at_most};
use crate::workbook::calculation::Calculation;
use crate::workbook::{Cell, Uses, Workbook};

use super::meant::is_expected;
use super::precedent::{Spot, formulas, references, spot};
use super::standing::{Standing, standing};
use super::trial::{Compared, compared, fits, leave_out};
use super::{MOST_NAMED, cell_at, has_formula, is_stated};

/// Why figures differ.
pub(super) struct Reason {
    /// Which findings tell of them.
    pub(super) figures: Vec<usize>,
    /// What is said of the first of them.
    pub(super) why: String,
    /// What to do.
    pub(super) help: &'static str,
}

/// Returns why figures differ of which no finding tells it.
pub(super) fn reasons(judged: &Judged, workbook: &Workbook, findings: &[Finding], open: &[usize]) -> Vec<Reason> {
    let mut reasons: Vec<Reason> = Vec::new();
    for register in judged.sent.registers.values() {
        let is_known = |index: &usize| reasons.iter().any(|reason| reason.figures.contains(index));
        let left: Vec<usize> = open.iter().copied().filter(|index| !is_known(index)).collect();
        reasons.extend(summing_up(judged, register, findings, &left));
        reasons.extend(passing_over(judged, workbook, register, findings, &left));
        reasons.extend(counting_unseen(judged, workbook, register, findings, &left));
    }
    let is_known = |index: &usize| reasons.iter().any(|reason| reason.figures.contains(index));
    let left: Vec<usize> = open.iter().copied().filter(|index| !is_known(index)).collect();
    reasons.extend(elsewhere(judged, workbook, findings, &left));
    let is_known = |index: &usize| reasons.iter().any(|reason| reason.figures.contains(index));
    let left: Vec<usize> = open.iter().copied().filter(|index| !is_known(index)).collect();
    reasons.extend(outdated(judged, workbook, findings, &left));
    reasons
}

/// Returns the figures whose formulas, which are the form's, take in a sheet of answers from which nothing was read, as these stand on another.
fn elsewhere(judged: &Judged, workbook: &Workbook, findings: &[Finding], open: &[usize]) -> Option<Reason> {
    let (form, framework) = (judged.framework.form()?, judged.framework);
    let read: BTreeSet<&str> = places_read(judged).into_iter().map(|(sheet, _)| sheet).collect();
    let has_answers = |spec: &&SheetSpec| framework.tables.iter().any(|table| table.sheet == spec.id);
    let titles: Vec<Wording> =
        framework.sheets.iter().filter(has_answers).map(|spec| Wording::of(&spec.title)).collect();
    let unread = |index: &usize| {
        let sources = spot(&findings[*index].place).and_then(|spot| Sources::of(form, workbook, spot))?;
        let is_filled = |name: &str| {
            workbook.sheet(name).is_some_and(|sheet| sheet.cells.iter().any(|cell| !cell.value.is_blank()))
        };
        let taken = sources.0.iter().filter(|(_, ranges)| !ranges.is_empty()).map(|(sheet, _)| *sheet);
        let mut taken = taken.filter(|sheet| is_filled(sheet));
        taken.find(|sheet| !read.contains(sheet) && titles.contains(&Wording::of(sheet)))
    };
    let figures: Vec<(usize, &str)> = open.iter().filter_map(|index| Some((*index, unread(index)?))).collect();
    let (_, sheet) = figures.first()?;
    let why = format!("its formula takes in “{sheet}”, and the answers were read from another sheet");
    let figures = figures.iter().map(|(index, _)| *index).collect();
    let help = "Move the answers onto the form's own sheet, or let the formulas take in the sheet that has them.";
    Some(Reason { figures, why, help })
}

/// Returns those of the figures that are told as they are where a return was tried otherwise.
fn fitting(judged: &Judged, findings: &[Finding], open: &[usize], tried: &Compared) -> Vec<usize> {
    let is_told = |index: &usize| findings[*index].subject.as_deref().is_some_and(|name| fits(judged, name, tried));
    open.iter().copied().filter(is_told).collect()
}

/// Returns the figures that take in the lines of a register that sum others up.
fn summing_up(judged: &Judged, register: &Register, findings: &[Finding], open: &[usize]) -> Option<Reason> {
    let lines = register.beside.iter().map(|line| line.number).filter(|line| !register.left_out.contains(line));
    let lines: Vec<u32> = lines.collect();
    if lines.is_empty() || open.is_empty() {
        return None;
    }
    let tried = compared(judged, |sent| {
        let own = sent.registers.values_mut().filter(|other| other.sheet == register.sheet);
        own.for_each(|register| register.take_in(|line| lines.contains(&line)));
    });
    let figures = fitting(judged, findings, open, &tried);
    let named: Vec<String> = lines.iter().map(ToString::to_string).collect();
    let why = format!(
        "it takes in {} {} of “{}”, which {} others up",
        agree(lines.len(), "row", "rows"),
        list_of_at_most(&named, MOST_NAMED),
        register.sheet,
        agree(lines.len(), "sums", "sum"),
    );
    let help = "Move what sums up off the rows that the figure takes in, or delete it.";
    (!figures.is_empty()).then_some(Reason { figures, why, help })
}

/// Returns the figures whose formulas end above the last rows of a register.
fn passing_over(
    judged: &Judged,
    workbook: &Workbook,
    register: &Register,
    findings: &[Finding],
    open: &[usize],
) -> Option<Reason> {
    let own = Wording::of(&register.sheet);
    let ranges = open.iter().filter_map(|index| spot(&findings[*index].place));
    let ranges = ranges.flat_map(|spot| references(workbook, &spot)).filter(|(sheet, _)| *sheet == own);
    let last = ranges.map(|(_, range)| range).filter(|range| range.first.row < range.last.row);
    let last = last.map(|range| range.last.row).max()?;
    let rows: Vec<u32> = register.rows.iter().map(|row| row.number).filter(|row| *row > last).collect();
    let place = Place::Sheet(register.sheet.clone());
    let tried = compared(judged, |sent| leave_out(sent, &place, |row| rows.contains(&row)));
    let figures = fitting(judged, findings, open, &tried);
    let named: Vec<String> = rows.iter().map(ToString::to_string).collect();
    let why = format!(
        "it leaves out {} {} of “{}”, as its formula ends at row {last}",
        agree(rows.len(), "row", "rows"),
        list_of_at_most(&named, MOST_NAMED),
        register.sheet,
    );
    let help = "Move what stands below the form's rows into free rows above, or let the formula take it in.";
    (!rows.is_empty() && !figures.is_empty()).then_some(Reason { figures, why, help })
}

/// Returns a figure that counts cells of a register's key in which nobody sees a key: formulas that show nothing, and blanks.
fn counting_unseen(
    judged: &Judged,
    workbook: &Workbook,
    register: &Register,
    findings: &[Finding],
    open: &[usize],
) -> Option<Reason> {
    let sheet = workbook.sheet(&register.sheet)?;
    let rows: BTreeSet<u32> = register.rows.iter().chain(&register.beside).map(|line| line.number).collect();
    let unseen = |index: &usize| {
        let at = spot(&findings[*index].place)?;
        let formula = cell_at(workbook, &findings[*index].place)?.formula.as_deref()?;
        if !Uses::of(formula).functions.iter().any(|function| function == "COUNTA") {
            return None;
        }
        let ranges = references(workbook, &at).into_iter().filter(|(name, _)| *name == Wording::of(&sheet.name));
        let ranges: Vec<CellRange> = ranges.map(|(_, range)| range).collect();
        let cells = sheet.cells.iter().filter(|cell| ranges.iter().any(|range| range.contains(cell.at)));
        let unseen: Vec<CellRef> = cells.filter(|cell| !rows.contains(&cell.at.row)).map(|cell| cell.at).collect();
        if unseen.is_empty() {
            return None;
        }
        let name = findings[*index].subject.as_deref()?;
        let StatedValue::Number(stated) = &judged.sent.stated.get(name)?.value else { return None };
        let computed = comparisons(judged).remove(name)?.computed.number().cloned()?;
        (*stated == computed + Exact::from(unseen.len())).then_some((*index, unseen))
    };
    let (figure, cells) = open.iter().find_map(unseen)?;
    let named: Vec<String> = cells.iter().map(ToString::to_string).collect();
    let is_unseen = |at: &CellRef| sheet.cell(*at).is_none_or(|cell| cell.formula.is_some() || cell.value.is_blank());
    let instead = if cells.iter().all(is_unseen) {
        format!(" but {}", agree(cells.len(), "a formula or a blank stands", "formulas or blanks stand"))
    } else {
        String::new()
    };
    let why = format!("it counts {} too, where no row is{instead}", list_of_at_most(&named, MOST_NAMED));
    let help = "Clear the cells that are no rows (Delete), and let the workbook calculate again.";
    Some(Reason { figures: vec![figure], why, help })
}

/// Returns the figures that weren't worked out again after what they rest on was changed.
fn outdated(judged: &Judged, workbook: &Workbook, findings: &[Finding], open: &[usize]) -> Option<Reason> {
    let form = judged.framework.form()?;
    let is_outdated = |index: &usize| {
        let Some(at) = spot(&findings[*index].place).filter(|_| !is_no_figure(judged, &findings[*index])) else {
            return false;
        };
        let sources = Sources::of(form, workbook, at.clone());
        sources.is_some_and(|sources| {
            let is_stale = match standing(judged.framework, workbook, at) {
                Standing::Fresh => false,
                Standing::Stale => true,
                Standing::Untold => !sources.hold_a_wrong_one(workbook, findings),
            };
            let is_all_else_right =
                || sources.are_read(judged, form, workbook) && sources.are_seen_as_read(judged, workbook, findings);
            is_stale && (comes_right(judged, workbook, &findings[*index]) || is_all_else_right())
        })
    };
    let figures: Vec<usize> = open.iter().copied().filter(is_outdated).collect();
    let why = "the workbook wasn't calculated again after its last change".to_owned();
    let help = "Open the workbook in Excel, let it calculate (F9), save it, and send it again; the answers can stay.";
    (!figures.is_empty()).then_some(Reason { figures, why, help })
}

/// Whether a figure is as it is expected once it is worked out again.
fn comes_right(judged: &Judged, workbook: &Workbook, figure: &Finding) -> bool {
    let (Some(at), Some(name)) = (spot(&figure.place), figure.subject.as_deref()) else { return false };
    let worth = Calculation::again(workbook, judged.framework.shapes()).worth(&at.0, at.1);
    worth.is_some_and(|worth| is_expected(judged, name, &worth))
}

/// Whether an error or the like stands where a figure belongs, which another calculation may not put right.
fn is_no_figure(judged: &Judged, finding: &Finding) -> bool {
    let stated = finding.subject.as_deref().and_then(|name| judged.sent.stated.get(name));
    stated.is_some_and(|entry| entry.value == StatedValue::Other)
        || finding.found.as_deref().is_some_and(|found| found.starts_with('#'))
}

/// The cells that a figure is worked out from, and those that these are worked out from in turn, by sheet.
struct Sources<'a>(BTreeMap<&'a str, Vec<CellRange>>);

impl<'a> Sources<'a> {
    /// Gathers them; `None` where there are none, or a formula on the way isn't the form's.
    fn of(form: &Workbook, workbook: &'a Workbook, figure: Spot) -> Option<Self> {
        let (mut ranges, mut left) = (BTreeSet::new(), vec![figure]);
        while let Some(next) = left.pop() {
            if !is_as_issued(form, workbook, &next) {
                return None;
            }
            for (sheet, range) in references(workbook, &next) {
                if ranges.insert((sheet.clone(), range)) {
                    left.extend(formulas(workbook, &sheet, range));
                }
            }
        }
        let of_sheet = |name: &str| {
            let own = Wording::of(name);
            ranges.iter().filter(|(sheet, _)| *sheet == own).map(|(_, range)| *range).collect::<Vec<_>>()
        };
        let sources = workbook.sheets.iter().map(|sheet| (sheet.name.as_str(), of_sheet(&sheet.name))).collect();
        (!ranges.is_empty()).then_some(Self(sources))
    }

    /// Whether something of them stands at a place.
    fn hold(&self, place: &Place) -> bool {
        place.sheet().zip(place.cells()).is_some_and(|(sheet, cells)| self.hold_of(sheet, &cells))
    }

    /// Whether some of these cells of a sheet are among them.
    fn hold_of(&self, sheet: &str, cells: &CellRange) -> bool {
        self.0.get(sheet).is_some_and(|ranges| ranges.iter().any(|range| range.overlaps(cells)))
    }

    /// Whether a figure of the form's own is among them that somebody typed otherwise.
    fn hold_a_wrong_one(&self, workbook: &Workbook, findings: &[Finding]) -> bool {
        let mut typed = findings.iter().filter(|finding| is_stated(finding) && !has_formula(workbook, &finding.place));
        typed.any(|finding| self.hold(&finding.place))
    }

    /// Whether all that stands in them is read: as an answer, an entry or a figure, or it is what the form prints there.
    fn are_read(&self, judged: &Judged, form: &Workbook, workbook: &Workbook) -> bool {
        let read = places_read(judged);
        let is_printed = |sheet: &str, cell: &Cell| {
            form.sheet(sheet).is_some_and(|form| form.cells.iter().any(|printed| printed.value == cell.value))
        };
        workbook.sheets.iter().all(|sheet| {
            let Some(ranges) = self.0.get(sheet.name.as_str()).filter(|ranges| !ranges.is_empty()) else { return true };
            let is_source = |cell: &&Cell| ranges.iter().any(|range| range.contains(cell.at));
            let filled = |cell: &&Cell| cell.formula.is_none() && !cell.value.is_blank();
            let is_read = |cell: &Cell| read.contains(&(sheet.name.as_str(), cell.at)) || is_printed(&sheet.name, cell);
            sheet.cells.iter().filter(is_source).filter(filled).all(is_read)
        })
    }

    /// Whether all that stands in them is read just as formulas see it.
    fn are_seen_as_read(&self, judged: &Judged, workbook: &Workbook, findings: &[Finding]) -> bool {
        let is_odd = |finding: &Finding| is_of_reading(finding) && self.hold(&finding.place);
        let mut merges = workbook.sheets.iter().flat_map(|sheet| sheet.merges.iter().map(|merge| (&sheet.name, merge)));
        !findings.iter().flat_map(Finding::with_its_effects).any(is_odd)
            && !merges.any(|(sheet, merge)| merge.first.row < merge.last.row && self.hold_of(sheet, merge))
            && judged.sent.registers.values().all(|register| self.are_entries_as_read(register))
    }

    /// Whether this holds of a register, no other line of which is among them.
    fn are_entries_as_read(&self, register: &Register) -> bool {
        let is_here = |entry: &RowEntry| self.hold(&entry.place());
        let is_plain = |entry: RowEntry| match entry.given() {
            Some(EntryValue::Text(text)) => entry.written().trim() == &**text,
            Some(EntryValue::Number(_) | EntryValue::Date(_)) | None => true,
        };
        register.rows.iter().flat_map(returns::Row::entries).filter(is_here).all(is_plain)
            && !register.beside.iter().flat_map(returns::Row::entries).any(|entry| is_here(&entry))
    }
}

/// Returns the cells of a return that are read.
fn places_read<'a>(judged: &Judged<'a>) -> HashSet<(&'a str, CellRef)> {
    let sent = judged.sent;
    let figures = sent.stated.values().map(|entry| &entry.place);
    let places = sent.places_of_answers().chain(sent.places_of_entries()).chain(figures);
    let mut read: HashSet<_> = places.filter_map(|place| Some((place.sheet()?, place.cells()?.first))).collect();
    for register in sent.registers.values() {
        let entries = register.rows.iter().chain(&register.beside).flat_map(returns::Row::entries);
        read.extend(entries.filter_map(|entry| Some((register.sheet.as_str(), entry.at()?))));
    }
    read
}

/// Whether a cell without a formula, or with the form's, stands somewhere.
fn is_as_issued(form: &Workbook, workbook: &Workbook, (sheet, at): &Spot) -> bool {
    let formula = |workbook: &Workbook| {
        let sheet = workbook.sheets.iter().find(|other| Wording::of(&other.name) == *sheet)?;
        cell_at(workbook, &Place::cell(&sheet.name, *at))?.formula.as_deref().map(Uses::of)
    };
    formula(form) == formula(workbook)
}

/// Whether a finding says that something is odd about what stands in cells.
fn is_of_reading(finding: &Finding) -> bool {
    let own = [&FORMULA_CHANGED, &FORMULA_OVERWRITTEN].into_iter();
    let mut rules = returns::rule::RULES.iter().chain(layout::rule::RULES).copied().chain(own);
    rules.any(|rule| finding.is_of(rule))
}
