//! What of a return can't be told since its sheet or the headings over it aren't there.

use std::collections::BTreeMap;

use crate::framework::{Framework, Presence, RegisterId, Table};
use crate::layout::Layout;
use crate::workbook::Workbook;

use super::Untold;

/// Returns what can't be told since it isn't there, or nobody knows the headings over it: rows of registers, and answers.
pub(super) fn untold(framework: &Framework, workbook: &Workbook, layout: &Layout) -> Untold {
    let unheaded = layout.unheaded.iter().map(|(id, (sheet, _))| (id.clone(), workbook.sheets[*sheet].name.clone()));
    let registers = unheaded.chain(lost(framework, layout));
    let is_unheaded = |(index, table): &(usize, &Table)| {
        layout.sheets.contains_key(&table.sheet) && !layout.tables.iter().any(|place| place.table == *index)
    };
    let tables = framework.tables.iter().enumerate().filter(is_unheaded).map(|(_, table)| table);
    let sections = tables.flat_map(|table| &table.sections).filter_map(|id| framework.section(id));
    let items = sections.flat_map(|section| {
        let criteria = section.criteria.iter().map(|criterion| criterion.id.to_string());
        criteria.chain(section.measures.iter().map(|measure| measure.id.to_string()))
    });
    Untold { items: items.collect(), registers: registers.collect(), pictured: BTreeMap::new() }
}

/// Returns the registers that aren't there with a sheet that the framework needs, or below headings that it needs, each with its sheet.
fn lost(framework: &Framework, layout: &Layout) -> impl Iterator<Item = (RegisterId, String)> {
    let is_needed = |presence: &Presence| matches!(presence, Presence::Required);
    framework.registers.iter().filter_map(move |spec| {
        let sheet = framework.sheet(spec.sheet.as_str())?;
        let is_there = layout.registers.contains_key(&spec.id) || layout.unheaded.contains_key(&spec.id);
        let is_lost = if layout.sheets.contains_key(&spec.sheet) {
            spec.columns.iter().any(|column| is_needed(&column.required))
        } else {
            is_needed(&sheet.required)
        };
        // That points are claimed without rows to rest on is said of the register.
        let is_claimed = || framework.measures().any(|measure| measure.register.as_ref() == Some(&spec.id));
        (!is_there && is_lost && !is_claimed()).then(|| (spec.id.clone(), sheet.title.clone()))
    })
}
