//! What tells who a person is where the form doesn't ask for it, in whatever cell of a workbook: whatever would be masked is told.

use std::collections::BTreeSet;

use crate::cell::CellRef;
use crate::finding::{Finding, Findings, Place};
use crate::framework::{EntryKind, Framework, Holds, RegisterColumn};
use crate::layout::Layout;
use crate::personal::{Contacts, kind_in};
use crate::wording::name_words;
use crate::workbook::{Cell, Workbook};

use super::rule::PERSONAL_DATA_PRESENT;

/// Says which cells tell who a person is, each once: but those of which that is said, and what the form itself prints.
pub(super) fn told(framework: &Framework, workbook: &Workbook, layout: &Layout, said: &Findings) -> Vec<Finding> {
    let said: BTreeSet<&Place> =
        said.iter().filter(|finding| finding.is_of(&PERSONAL_DATA_PRESENT)).map(|finding| &finding.place).collect();
    let places = Places { framework, workbook, layout };
    let cells = workbook
        .sheets
        .iter()
        .enumerate()
        .flat_map(|(sheet, content)| content.cells.iter().chain(&content.covered).map(move |cell| (sheet, cell)));
    let told = cells.filter_map(|(sheet, cell)| places.told(sheet, cell));
    told.filter(|finding| !said.contains(&finding.place)).collect()
}

/// What the places of a workbook are for.
struct Places<'a> {
    framework: &'a Framework,
    workbook: &'a Workbook,
    layout: &'a Layout,
}

/// A column with its heading, as the form words it.
struct Asked<'a> {
    heading: &'a str,
    contacts: Contacts,
}

impl Places<'_> {
    /// Says what of a person a cell tells that nobody asked for.
    fn told(&self, sheet: usize, cell: &Cell) -> Option<Finding> {
        let text = cell.text()?;
        kind_in(text, Contacts::NotAsked)?;
        let like = self.form_of(sheet);
        let asked = self.column(like, cell.at);
        let contacts = if self.is_field(like, cell.at) || self.may_be_contact(like, cell.at) {
            Contacts::Asked
        } else {
            asked.as_ref().map_or(Contacts::NotAsked, |asked| asked.contacts)
        };
        let what = kind_in(text, contacts).filter(|_| !self.is_printed(text))?;
        let message = match asked.filter(|asked| !asked.heading.is_empty()) {
            Some(Asked { heading, .. }) => {
                format!("under “{heading}” stands {what}, which the form doesn't ask for there")
            }
            None => format!("{what} stands in the cell, which the form doesn't ask for there"),
        };
        let place = Place::cell(&self.workbook.sheets[sheet].name, cell.at);
        let help = "Take it out, or put the reference that you use for this person in its place.";
        Some(Finding::new(&PERSONAL_DATA_PRESENT, place, message).with_help(help))
    }

    /// Returns the sheet that asks for the same: of a copy the one that was read, else itself.
    fn form_of(&self, sheet: usize) -> usize {
        let read = self.layout.copies.get(&sheet).and_then(|id| self.layout.sheets.get(id));
        read.copied().unwrap_or(sheet)
    }

    /// Whether a cell is an entry of the cover, which says whom to ask, or its label, behind which people write it too.
    fn is_field(&self, sheet: usize, at: CellRef) -> bool {
        let content = &self.workbook.sheets[sheet];
        let mut fields = self.layout.with_rivals().flat_map(|layout| layout.fields.values());
        fields.any(|field| {
            field.sheet == sheet && [field.label, field.entry, content.shown_at(field.entry)].contains(&at)
        })
    }

    /// Whether a cell stands where a register may ask for a contact: in a column that may be such a one, or below headings that nobody
    /// knows.
    fn may_be_contact(&self, sheet: usize, at: CellRef) -> bool {
        let asks = |column: &RegisterColumn| asked(&column.heading, &column.kind).contacts == Contacts::Asked;
        self.layout.with_rivals().any(|layout| {
            let unheaded = layout.unheaded.iter().filter(|(_, (on, heading))| *on == sheet && *heading < at.row);
            let mut unheaded = unheaded.filter_map(|(id, _)| self.framework.register(id));
            let places = layout.registers.iter().filter(|(_, place)| place.sheet == sheet && place.heading < at.row);
            let mut untold = places.flat_map(|(id, place)| {
                let known = place.columns.values().any(|column| *column == at.column);
                let untold = place.untold.keys().filter(move |_| !known);
                untold.filter_map(move |column| self.framework.register(id)?.column(column))
            });
            unheaded.any(|spec| spec.columns.iter().any(asks)) || untold.any(asks)
        })
    }

    /// Whether the form itself says so.
    fn is_printed(&self, text: &str) -> bool {
        let form = self.framework.form().into_iter().flat_map(|form| &form.sheets);
        form.flat_map(|sheet| &sheet.cells).any(|cell| cell.text() == Some(text))
    }

    /// Returns the column of a register or table in which a cell stands.
    fn column(&self, sheet: usize, at: CellRef) -> Option<Asked<'_>> {
        let registers = self.layout.with_rivals().flat_map(|layout| &layout.registers);
        let in_registers = registers.filter(|(_, place)| place.sheet == sheet).filter_map(|(id, place)| {
            let (column, _) = place.columns.iter().find(|(_, column)| **column == at.column)?;
            let spec = self.framework.register(id)?.column(column)?;
            Some((place.heading, asked(&spec.heading, &spec.kind)))
        });
        let tables = self.layout.with_rivals().flat_map(|layout| &layout.tables);
        let in_tables = tables.filter(|place| place.sheet == sheet).filter_map(|place| {
            let mut columns = self.framework.tables[place.table].columns.iter();
            let column = columns.find(|column| place.columns.get(&column.id) == Some(&at.column))?;
            let Holds::Entry(kind) = &column.holds else { return None };
            Some((place.heading, asked(&column.heading, kind)))
        });
        let above = in_registers.chain(in_tables).filter(|(heading, _)| *heading < at.row);
        above.max_by_key(|(heading, _)| *heading).map(|(_, asked)| asked)
    }
}

/// Whether words over or beside a place ask how to reach somebody.
pub(super) fn asks_for_contacts(label: &str) -> bool {
    const WORDS: [&str; 4] = ["contact", "mail", "phone", "cyswllt"];
    name_words(label).iter().any(|word| WORDS.iter().any(|part| word.contains(part)))
}

/// Returns what a column asks for.
fn asked<'a>(heading: &'a str, kind: &EntryKind) -> Asked<'a> {
    let is_asked = matches!(kind, EntryKind::Contact) || asks_for_contacts(heading);
    Asked { heading, contacts: if is_asked { Contacts::Asked } else { Contacts::NotAsked } }
}
