//! Whose cells findings, and what follows from them, are at, where these aren't the sender's to fill in.

use crate::cell::CellRange;
use crate::finding::{Finding, Place};
use crate::framework::{ColumnId, Filler, Framework, RaterId, Stated};
use crate::layout::Layout;
use crate::returns::Return;
use crate::workbook::Workbook;

/// Says of the findings at others' cells whose these are; of a return that is their own, none is.
pub(super) fn said(
    framework: &Framework,
    workbook: &Workbook,
    layout: &Layout,
    sent: &Return,
    findings: Vec<Finding>,
) -> Vec<Finding> {
    let is_other = |filler: &&Filler| !filler.raters.contains(&sent.counts);
    let theirs = framework.fillers.iter().filter(is_other).map(|filler| Theirs { filler, framework, layout, sent });
    let theirs: Vec<Theirs> = theirs.collect();
    let whose = |place: &Place| theirs.iter().find(|theirs| theirs.hold(workbook, place));
    let said = |mut finding: Finding| {
        for effect in &mut finding.effects {
            effect.whose = whose(&effect.place).map(|theirs| theirs.filler.who.clone());
        }
        match whose(&finding.place) {
            Some(theirs) => finding.of_others(&theirs.filler.who),
            None => finding,
        }
    };
    findings.into_iter().map(said).collect()
}

/// What of a return somebody else than its sender fills in.
struct Theirs<'a> {
    filler: &'a Filler,
    framework: &'a Framework,
    layout: &'a Layout,
    sent: &'a Return,
}

impl Theirs<'_> {
    /// Whether what stands at a place is theirs.
    fn hold(&self, workbook: &Workbook, place: &Place) -> bool {
        let sheet = place.sheet().and_then(|name| workbook.sheets.iter().position(|sheet| sheet.name == name));
        let on_sheet = sheet.is_some_and(|sheet| {
            let mut sheets = self.filler.sheets.iter().filter_map(|id| self.layout.sheets.get(id));
            sheets.any(|own| *own == sheet) || place.cells().is_some_and(|cells| self.hold_column(sheet, cells))
        });
        on_sheet || self.hold_field(place) || self.hold_answer(place) || self.hold_figure(place)
    }

    /// Whether cells lie in a column that is theirs.
    fn hold_column(&self, sheet: usize, cells: CellRange) -> bool {
        let is_in = |column: u32| cells.first.column == column && cells.last.column == column;
        let is_named = |name: &str| self.filler.columns.iter().any(|own| own == name);
        let mut tables = self.layout.tables.iter().filter(|table| table.sheet == sheet);
        let mut registers = self.layout.registers.iter().filter(|(_, register)| register.sheet == sheet);
        let is_below = |heading: u32| cells.first.row > heading;
        tables.any(|table| {
            let is_theirs = |(id, column): (&ColumnId, &u32)| is_in(*column) && is_named(id.as_str());
            is_below(table.heading) && table.columns.iter().any(is_theirs)
        }) || registers.any(|(register, place)| {
            let is_theirs = |(id, column): (&ColumnId, &u32)| is_in(*column) && is_named(&format!("{register}.{id}"));
            is_below(place.heading) && place.columns.iter().any(is_theirs)
        })
    }

    /// Whether the field at a place is theirs.
    fn hold_field(&self, place: &Place) -> bool {
        let mut fields = self.filler.fields.iter().filter_map(|field| self.sent.fields.get(field)?.place.as_ref());
        fields.any(|own| own == place)
    }

    /// Whether the answer at a place is theirs.
    fn hold_answer(&self, place: &Place) -> bool {
        let is_theirs = |rater: &RaterId| self.filler.raters.contains(rater);
        let answers = self.sent.answers.iter().map(|((rater, _), entry)| (rater, &entry.place));
        let points = self.sent.points.iter().map(|((rater, _), entry)| (rater, &entry.place));
        answers.chain(points).any(|(rater, own)| is_theirs(rater) && own.as_ref() == Some(place))
    }

    /// Whether the stated value at a place is theirs.
    fn hold_figure(&self, place: &Place) -> bool {
        let is_theirs = |stated: &Stated| {
            let section = stated.section.as_ref().map(|section| format!("-{section}")).unwrap_or_default();
            let name = stated.id.strip_suffix(&section).unwrap_or(&stated.id);
            let is_raters = stated.rater.as_ref().is_some_and(|rater| self.filler.raters.contains(rater));
            self.filler.stated.iter().any(|own| own == name) || is_raters
        };
        let is_here = |stated: &Stated| self.sent.stated.get(&stated.id).is_some_and(|entry| entry.place == *place);
        self.framework.stated.iter().any(|stated| is_here(stated) && is_theirs(stated))
    }
}
