//! Formulas of the form that were typed over, taken out or changed.

use std::collections::BTreeMap;

use crate::finding::{Finding, Findings, LONGEST_FORMULA, Place, Rule};
use crate::framework::{Framework, Stated};
use crate::layout::Layout;
use crate::returns::Return;
use crate::workbook::{Cell, Span, Uses, Workbook};

use super::order::Reordered;
use super::rule::{ELSEWHERE, FORMULA_CHANGED, FORMULA_OVERWRITTEN, PUT_BACK};
use super::side::{NamedCells, Side, spans};
use super::{Anchors, Issued, elsewhere, filled_down, placed};

/// Says which of the form's formulas a return has typed over or changed. A workbook without any formula was written by a
/// program that drops them: nothing was typed over by hand there.
pub fn tampering(
    framework: &Framework,
    issued: &Issued,
    workbook: &Workbook,
    layout: &Layout,
    answers: &Return,
    findings: &mut Findings,
) {
    if !workbook.has_formulas() {
        return;
    }
    let form = Side::new(issued.workbook, &issued.layout, &issued.anchors, None);
    let anchors = Anchors::of_sheets(framework, workbook, layout);
    let sent = Side::new(workbook, layout, &anchors, Some(answers));
    let is_as_issued = anchors == issued.anchors;
    let mut reordered = Reordered::of(&form, &sent);
    for stated in &framework.stated {
        if let (Some((_, _, printed)), Some((sheet, at, cell))) = (form.at(stated), sent.at(stated))
            && let Some(formula) = printed.and_then(|cell| cell.formula.as_deref())
            && !(is_as_issued && cell.and_then(|cell| cell.formula.as_deref()) == Some(formula))
            && !cell
                .and_then(|cell| cell.formula.as_deref())
                .is_some_and(|written| is_same(stated, (&form, formula), (&sent, written)))
        {
            let place = Place::cell(&workbook.sheets[sheet].name, at);
            let written = cell.and_then(|cell| cell.formula.as_deref());
            if written.is_some_and(|written| {
                let (printed, written) = (Uses::of(formula), Uses::of(&Uses::meant(written)));
                reordered.takes((&form, &printed), (&sent, &written), (form.sheet_of(stated), &place))
            }) {
                continue;
            }
            let issued =
                FormFormula { stated, here: placed::here(framework, (&form, &sent), form.sheet_of(stated), formula) };
            findings.extend(match cell.filter(|cell| cell.formula.is_some() || !cell.value.is_blank()) {
                Some(cell) => Some(match cell.formula.as_deref() {
                    Some(written) => changed(&issued, written, place),
                    None => overwritten(&issued, cell, &sent, place),
                }),
                None => (workbook.sheets[sheet].shown_at(at) == at).then(|| taken_out(&issued, place)),
            });
        }
    }
    findings.extend(reordered.told(&sent));
    findings.extend(filled_down::changed(framework, &form, &sent));
    findings.extend(elsewhere::typed_over(framework, &form, &sent));
}

/// A formula of the form.
struct FormFormula<'a> {
    /// What it works out.
    stated: &'a Stated,
    /// As it would be in the return, whose rows and sheets may be others; `None` where that can't be written.
    here: Option<String>,
}

/// Whether the formula that a return has for a stated value says the same as the form's.
fn is_same(stated: &Stated, (form, printed): (&Side, &str), (sent, written): (&Side, &str)) -> bool {
    if Uses::is_of_other_workbook(written) && !Uses::is_of_other_workbook(printed) {
        return false;
    }
    let (printed, written) = (Uses::of(printed), Uses::of(&Uses::meant(written)));
    let (form_own, sent_own) = (form.sheet_of(stated), sent.sheet_of(stated));
    let same_references = match (form.meaning(&printed, form_own), sent.meaning(&written, sent_own)) {
        (Some(printed), Some(written)) => {
            printed == written || shared_with(printed, sent) == shared_with(written, form)
        }
        (None, _) | (_, None) => true,
    };
    let is_short = leaves_rows_out((form, &printed, form_own), (sent, &written, sent_own));
    printed.functions == written.functions && printed.constants == written.constants && same_references && !is_short
}

/// Whether a formula looks at fewer rows of a register than the form's does, and passes over one that is filled in.
fn leaves_rows_out(form: (&Side, &Uses, &str), sent: (&Side, &Uses, &str)) -> bool {
    let registers = sent.0.answers.into_iter().flat_map(|answers| &answers.registers);
    registers.filter(|(_, register)| !register.rows.is_empty()).any(|(id, register)| {
        let filled = register.rows.iter().map(|row| row.number);
        let passed_over = |rows: &Span| filled.clone().any(|row| row < rows.first || row > rows.last);
        let longest = spans(form, id).iter().map(|rows| rows.last - rows.first).max();
        spans(sent, id)
            .iter()
            .any(|rows| longest.is_some_and(|most| rows.last - rows.first < most) && passed_over(rows))
    })
}

/// Leaves out of what references cover the rows and columns that the other workbook doesn't have on that sheet: what is
/// missing there is said elsewhere, and changes no formula.
fn shared_with<'a>(mut meant: Vec<NamedCells<'a>>, other: &Side) -> Vec<NamedCells<'a>> {
    for meant in &mut meant {
        let there = other.anchors_of(meant.sheet);
        let has = |of: fn(&Anchors) -> &BTreeMap<u32, Vec<String>>, name: &str| {
            there.is_some_and(|anchors| of(anchors).values().flatten().any(|name_used| name_used == name))
        };
        meant.rows.retain(|row| has(|anchors| &anchors.rows, row));
        meant.columns.retain(|column| has(|anchors| &anchors.columns, column));
    }
    meant.retain(|meant| !meant.rows.is_empty() && !meant.columns.is_empty());
    meant.sort();
    meant
}

/// Says that something was typed over a formula.
fn overwritten(issued: &FormFormula, cell: &Cell, sent: &Side, place: Place) -> Finding {
    let written = cell.shown(sent.workbook.date_system);
    let message = format!("“{}” is typed in ({written}) where the form has {}", issued.stated.row, issued.named());
    finding(&FORMULA_OVERWRITTEN, issued, place, message).with_found(written).with_help(issued.help())
}

/// Says that a formula was taken out, and nothing is in its place.
fn taken_out(issued: &FormFormula, place: Place) -> Finding {
    let message = format!("“{}” is blank where the form has {}", issued.stated.row, issued.named());
    finding(&FORMULA_OVERWRITTEN, issued, place, message).with_help(issued.help())
}

/// Says that a formula is another than the form's.
fn changed(issued: &FormFormula, written: &str, place: Place) -> Finding {
    let row = &issued.stated.row;
    let Some(here) = issued.here.as_deref() else { return other(issued, written, place) };
    if !written.is_empty() && written == here {
        return displaced(issued, written, place);
    }
    let message = if Uses::is_of_other_workbook(written) && !Uses::is_of_other_workbook(here) {
        let formula = if is_short(written) { format!(" (={written})") } else { String::new() };
        format!("“{row}” is worked out by a formula that reads another workbook{formula}, not from the answers here")
    } else if is_short(written) && is_short(here) {
        format!("“{row}” is worked out by ={written}, in the form by ={here}")
    } else if written.is_empty() || here.is_empty() {
        format!(
            "“{row}” is worked out by a formula without words: whether it is the form\u{2019}s can\u{2019}t be told"
        )
    } else {
        format!("“{row}” is worked out by another formula than the form\u{2019}s")
    };
    let help = "Put the form's formula back, adjusted to the rows of this sheet.";
    finding(&FORMULA_CHANGED, issued, place, message).with_found(in_words(written)).with_help(help)
}

/// Says that a formula is another than the form's, of which it can't be written how it would be here.
fn other(issued: &FormFormula, written: &str, place: Place) -> Finding {
    let formula = if is_short(written) { format!(" (={written})") } else { String::new() };
    let message = format!("“{}” is worked out by another formula than the form\u{2019}s{formula}", issued.stated.row);
    let found = finding(&FORMULA_CHANGED, issued, place, message).with_found(in_words(written));
    found.with_help(issued.help())
}

/// Says that a formula is the form's, and that other things stand in the cells that it uses.
fn displaced(issued: &FormFormula, written: &str, place: Place) -> Finding {
    let formula = if is_short(written) { format!(" ={written}") } else { String::new() };
    let message = format!(
        "“{}” is worked out by the form\u{2019}s own formula{formula}, but other things stand in the cells that it uses: rows or columns were put in, moved or taken out",
        issued.stated.row
    );
    Finding::new(&FORMULA_CHANGED, place, message)
        .with_subject(&issued.stated.id)
        .with_found(in_words(written))
        .with_help("Put the rows and columns that it uses back where the form has them.")
}

/// Starts a finding about a formula.
fn finding(rule: &'static Rule, issued: &FormFormula, place: Place, message: String) -> Finding {
    let finding = Finding::new(rule, place, message).with_subject(&issued.stated.id);
    issued.here.as_deref().into_iter().fold(finding, |finding, here| finding.with_expected(in_words(here)))
}

impl FormFormula<'_> {
    /// Returns what the form has, within a sentence.
    fn named(&self) -> String {
        let short = self.here.as_deref().filter(|here| is_short(here));
        short.map_or_else(|| "a formula".to_owned(), |here| format!("the formula ={here}"))
    }

    /// Returns what to do where it isn't there.
    const fn help(&self) -> &'static str {
        if self.here.is_some() { PUT_BACK } else { ELSEWHERE }
    }
}

/// Whether a formula has words, few enough to be read within a sentence; what is found and expected tells more.
fn is_short(formula: &str) -> bool {
    !formula.is_empty() && formula.chars().count() <= LONGEST_FORMULA
}

/// Returns a formula as it is written in a cell; one that has no words is a formula all the same.
fn in_words(formula: &str) -> String {
    if formula.is_empty() { "a formula without words".to_owned() } else { format!("={formula}") }
}
