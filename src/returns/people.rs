//! What tells who a person is where the form doesn't ask for it, in whatever cell, comment or text box of a workbook: whatever would be
//! masked is told.

use std::collections::{BTreeMap, BTreeSet};

use crate::cell::{CellRange, CellRef};
use crate::finding::{Finding, Findings, Place};
use crate::framework::{EntryKind, Framework, Holds, RegisterColumn};
use crate::layout::Layout;
use crate::personal::{Contacts, kind_in};
use crate::wording::name_words;
use crate::workbook::{Cell, Over, Sheet, Workbook};

use super::headed::HeadedColumn;
use super::rule::PERSONAL_DATA_PRESENT;

/// Returns what cells, comments and text boxes of a workbook tell who a person is, though the form doesn't ask for it there.
pub(super) fn found(framework: &Framework, workbook: &Workbook, layout: &Layout) -> Vec<Finding> {
    let places = Places { framework, workbook, layout };
    let cells = workbook
        .sheets
        .iter()
        .enumerate()
        .flat_map(|(sheet, content)| content.cells.iter().chain(&content.covered).map(move |cell| (sheet, cell)));
    // A text that stands in many cells is looked through once.
    let mut known: BTreeMap<&str, bool> = BTreeMap::new();
    let told_of = cells.filter(|(_, cell)| {
        let text = cell.text();
        text.is_some_and(|text| *known.entry(text).or_insert_with(|| kind_in(text, Contacts::NotAsked).is_some()))
    });
    let in_cells = told_of.filter_map(|(sheet, cell)| places.told(sheet, cell));
    in_cells.chain(workbook.sheets.iter().flat_map(|sheet| places.over(sheet))).collect()
}

/// Says where a workbook tells who a person is, each place once: of what was found in cells, those of which it isn't said.
pub(super) fn told(columns: &[HeadedColumn], found: Vec<Finding>, said: &Findings) -> Vec<Finding> {
    let said: BTreeSet<&Place> =
        said.iter().filter(|finding| finding.is_of(&PERSONAL_DATA_PRESENT)).map(|finding| &finding.place).collect();
    let columns: Vec<Finding> = columns.iter().filter_map(HeadedColumn::told).collect();
    let is_within = |finding: &Finding, column: &Finding| {
        finding.sheet() == column.sheet()
            && finding.cells().zip(column.cells()).is_some_and(|(at, cells)| cells.contains(at.first))
    };
    let is_new =
        |finding: &Finding| !said.contains(&finding.place) && !columns.iter().any(|column| is_within(finding, column));
    let found: Vec<Finding> = found.into_iter().filter(is_new).collect();
    [columns, found].concat()
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

    /// Says what of a person the comments and text boxes of a sheet tell: nothing is asked for there.
    fn over(&self, sheet: &Sheet) -> Vec<Finding> {
        let comments = sheet.notes.iter().map(|(at, says)| (Over::Comment, CellRange::from(*at), says));
        let boxes = sheet.floating.iter().filter(|one| one.kind != Over::Comment);
        let all = comments.chain(boxes.map(|one| (one.kind, one.cells, &one.says)));
        let told = all.filter(|(_, _, says)| !self.is_printed_over(says)).filter_map(|(kind, cells, says)| {
            let what = kind_in(says, Contacts::NotAsked)?;
            let message =
                format!("{what} stands in {} at {cells}, where nothing may tell who a person is", kind.noun());
            let help = "Take it out, or put the reference that you use for this person in its place.";
            let place = Place::Cells(sheet.name.clone(), cells);
            Some(Finding::new(&PERSONAL_DATA_PRESENT, place, message).with_help(help))
        });
        told.chain(self.on_pages(sheet)).collect()
    }

    /// Says what of a person is printed above or below the pages of a sheet.
    fn on_pages(&self, sheet: &Sheet) -> Option<Finding> {
        let form = || self.framework.form().into_iter().flat_map(|form| &form.sheets);
        let is_printed = |words: &String| form().any(|own| own.page_words.contains(words));
        let own = sheet.page_words.iter().filter(|words| !is_printed(words));
        let what = own.into_iter().find_map(|words| kind_in(words, Contacts::NotAsked))?;
        let message =
            format!("{what} stands in the header or footer of the pages, where nothing may tell who a person is");
        let help = "Take it out of the header or footer, under Page Layout.";
        Some(Finding::new(&PERSONAL_DATA_PRESENT, Place::Sheet(sheet.name.clone()), message).with_help(help))
    }

    /// Whether the form itself says so in a comment or text box.
    fn is_printed_over(&self, says: &str) -> bool {
        let mut form = self.framework.form().into_iter().flat_map(|form| &form.sheets);
        form.any(|sheet| {
            sheet.notes.iter().any(|(_, own)| own == says) || sheet.floating.iter().any(|one| one.says == says)
        })
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
