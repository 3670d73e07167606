//! What lies over many cells in which nothing stands, as a picture of a table does: it is one finding, and what can't be read below it
//! follows from it.

use crate::finding::{Finding, Place};
use crate::returns::rule::PLACEHOLDER_LEFT;
use crate::words::number_of;
use crate::workbook::{Floating, Over, Sheet, Workbook};

use super::Effects;

/// Puts what is found of blank cells below something that floats over several of them among the effects of a finding of its own.
pub(super) fn gathered(workbook: &Workbook, findings: &mut Vec<Finding>, effects: &mut Effects) {
    for sheet in &workbook.sheets {
        for floating in sheet.floating.iter().filter(|floating| floating.kind != Over::Comment) {
            let effect = |index: &usize| effects.values().flatten().any(|effect| effect == index);
            let all = (0..findings.len()).filter(|index| !effect(index));
            let below: Vec<usize> = all.filter(|index| is_below(&findings[*index], sheet, floating)).collect();
            if below.len() > 1 {
                effects.insert(findings.len(), below.clone());
                findings.push(told(sheet, floating, below.len()));
            }
        }
    }
}

/// Whether a finding is of a cell that holds nothing, over which something lies that can't be read.
fn is_below(finding: &Finding, sheet: &Sheet, floating: &Floating) -> bool {
    let is_here = finding.sheet() == Some(&sheet.name) && finding.found.as_deref() == Some(floating.kind.shown());
    is_here && finding.cells().is_some_and(|cells| floating.cells.overlaps(&cells))
}

/// Says over which cells something lies.
fn told(sheet: &Sheet, floating: &Floating, below: usize) -> Finding {
    let (noun, cells) = (floating.kind.noun(), floating.cells);
    let entries = number_of(below, "cell", "cells");
    let message = format!(
        "{noun} lies over {cells}, and nothing stands in {entries} below it where something belongs: what is shown or said there \
         can\u{2019}t be read, and what rests on it is open"
    );
    let help = "Write into the cells themselves what is shown or said over them; send pictures beside the workbook.";
    let place = Place::Cells(sheet.name.clone(), cells);
    Finding::new(&PLACEHOLDER_LEFT, place, message).with_found(floating.kind.shown()).with_help(help)
}
