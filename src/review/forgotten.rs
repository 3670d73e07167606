//! Rows of the form that look like those of criteria, and that no criterion of the pack is: an answer in one would count for nothing.

use std::collections::BTreeSet;

use crate::cell::CellRef;
use crate::finding::{Finding, Findings};
use crate::framework::check::FRAMEWORK_INCONSISTENT;
use crate::framework::{Definition, Framework, Holds, Part, Section, Table};
use crate::layout::{Layout, SheetText, TablePlace, WorkbookText};
use crate::wording::Wording;
use crate::workbook::{DateSystem, Sheet};

/// Says which rows among those of criteria are none of the pack's.
pub(super) fn forgotten(
    framework: &Framework,
    definition: &Definition,
    (text, layout): (&WorkbookText, &Layout),
    findings: &mut Findings,
) {
    for place in &layout.tables {
        let looked_at = LookedAt::new(framework, text, layout, place);
        for row in looked_at.rows() {
            let message = format!(
                "the form\u{2019}s sheet “{}” has a row {row} like those of criteria, “{}”, and the pack has no such criterion",
                looked_at.text.sheet.name,
                looked_at.said(row)
            );
            let help = "Add it: an answer in that row would count for nothing. If the row is a heading, let it be the title of a section.";
            let part = looked_at.item_before(row).map_or(Part::Fields, Part::Item);
            findings.push(Finding::new(&FRAMEWORK_INCONSISTENT, definition.place(part), message).with_help(help));
        }
    }
}

/// A table of criteria on the form.
struct LookedAt<'a> {
    framework: &'a Framework,
    table: &'a Table,
    place: &'a TablePlace,
    text: &'a SheetText<'a>,
    /// The rows that are another table's, on the same sheet.
    others: BTreeSet<u32>,
    /// What criteria's rows say under the columns of code and text, by what these are.
    shapes: BTreeSet<Vec<Option<String>>>,
}

impl<'a> LookedAt<'a> {
    /// Takes what a table's criteria look like.
    fn new(framework: &'a Framework, text: &'a WorkbookText<'a>, layout: &'a Layout, place: &'a TablePlace) -> Self {
        let elsewhere = layout.tables.iter().filter(|other| other.sheet == place.sheet && other.table != place.table);
        let others = elsewhere.flat_map(|other| other.rows.values().copied().chain([other.heading])).collect();
        let table = &framework.tables[place.table];
        let mut looked_at =
            Self { framework, table, place, text: &text.sheets[place.sheet], others, shapes: BTreeSet::new() };
        looked_at.shapes = place.rows.values().map(|row| looked_at.shape(*row)).collect();
        looked_at
    }

    /// Returns the rows that look like a criterion's and are none: between those of criteria, and right below the last. Where a
    /// criterion wasn't found, a row may be its own in other words, and none is told.
    fn rows(&self) -> Vec<u32> {
        let sections = self.table.sections.iter().filter_map(|id| self.framework.section(id));
        let items: usize = sections.map(|section| section.criteria.len() + section.measures.len()).sum();
        if items > self.place.rows.len() {
            return Vec::new();
        }
        let items: BTreeSet<u32> = self.place.rows.values().copied().collect();
        let Some((first, last)) = items.first().zip(items.last()) else { return Vec::new() };
        let below = (last + 1..).take_while(|row| !self.text.row(*row).is_empty());
        let between = (*first..*last).filter(|row| !items.contains(row));
        between.chain(below).filter(|row| !self.others.contains(row) && self.is_alike(*row)).collect()
    }

    /// Whether a row looks like a criterion's, and neither states a total nor names a section.
    fn is_alike(&self, row: u32) -> bool {
        self.shapes.contains(&self.shape(row)) && self.is_answerable(row) && !self.is_stated(row) && !self.is_title(row)
    }

    /// Whether senders can answer in a row: where criteria have a list to choose from, it has one, and no cell of it is merged or worked out.
    fn is_answerable(&self, row: u32) -> bool {
        let sheet = self.text.sheet;
        let items = || self.place.rows.values();
        let is_so = |column: u32| {
            let at = CellRef::new(row, column);
            let is_blank = sheet.cell(at).is_none_or(|cell| cell.value.is_blank() && cell.formula.is_none());
            let is_offered =
                has_choices(sheet, at) || !items().any(|item| has_choices(sheet, CellRef::new(*item, column)));
            is_blank && is_offered && sheet.merge_over(at).is_none()
        };
        let mut columns = self.columns(|holds| matches!(holds, Holds::Score(_) | Holds::Result)).peekable();
        columns.peek().is_some() && columns.all(is_so)
    }

    /// Whether the form states something in a row.
    fn is_stated(&self, row: u32) -> bool {
        let here = self.framework.stated.iter().filter(|stated| stated.sheet == self.table.sheet);
        let labels: Vec<Wording> = here.map(|stated| Wording::of(&stated.row)).collect();
        self.text.row(row).iter().any(|(_, words)| labels.contains(words))
    }

    /// Whether a row says the name of a section.
    fn is_title(&self, row: u32) -> bool {
        let names = |section: &Section| {
            let (id, title) = (section.id.as_str(), section.title.as_str());
            [title.to_owned(), format!("{id} {title}"), format!("{id}. {title}"), format!("{id}: {title}")]
        };
        let names: Vec<Wording> =
            self.framework.sections.iter().flat_map(names).map(|name| Wording::of(&name)).collect();
        self.text.row(row).iter().any(|(_, words)| names.contains(words))
    }

    /// Returns what a row has under the columns of code and text: how the code is made up, and whether there is a text.
    fn shape(&self, row: u32) -> Vec<Option<String>> {
        let is_key = |holds: &Holds| matches!(holds, Holds::Code | Holds::Text | Holds::CodeAndText);
        let shape = |column: u32, holds: &Holds| {
            let at = CellRef::new(row, column);
            let words = self.text.sheet.cell(at).map(|cell| cell.shown(DateSystem::From1900))?;
            let words = Some(words.trim()).filter(|words| !words.is_empty())?;
            match holds {
                Holds::CodeAndText => words.split_whitespace().next().map(makeup),
                Holds::Text => Some(String::new()),
                Holds::Code | Holds::Score(_) | Holds::Entry(_) | Holds::Form | Holds::Opinions | Holds::Result => {
                    Some(makeup(words))
                }
            }
        };
        let columns = self.table.columns.iter().filter(|column| is_key(&column.holds));
        let columns = columns.filter_map(|column| Some((self.place.columns.get(&column.id)?, &column.holds)));
        columns.map(|(at, holds)| shape(*at, holds)).collect()
    }

    /// Returns where the columns of the table are that hold something.
    fn columns(&self, holds: impl Fn(&Holds) -> bool) -> impl Iterator<Item = u32> {
        let columns = self.table.columns.iter().filter(move |column| holds(&column.holds));
        columns.filter_map(|column| self.place.columns.get(&column.id).copied())
    }

    /// Returns what a row says of what it asks.
    fn said(&self, row: u32) -> String {
        let keys = self.columns(|holds| matches!(holds, Holds::Code | Holds::Text | Holds::CodeAndText));
        let cells = keys.filter_map(|column| self.text.sheet.cell(CellRef::new(row, column)));
        let words: Vec<String> = cells.map(|cell| cell.shown(DateSystem::From1900).trim().to_owned()).collect();
        words.join(" ")
    }

    /// Returns the criterion in the nearest row above.
    fn item_before(&self, row: u32) -> Option<&str> {
        let above = self.place.rows.iter().filter(|(_, at)| **at < row);
        above.max_by_key(|(_, at)| **at).map(|(id, _)| id.as_str())
    }
}

/// Whether a cell has a list to choose from, or another limit on what may be entered.
fn has_choices(sheet: &Sheet, at: CellRef) -> bool {
    sheet.validations.iter().flat_map(|validation| &validation.cells).any(|cells| cells.contains(at))
}

/// Returns how a code is made up: of figures, letters and signs, one for several of a kind.
fn makeup(code: &str) -> String {
    let mut made = String::new();
    for c in code.chars() {
        let kind = if c.is_ascii_digit() {
            '9'
        } else if c.is_alphabetic() {
            'A'
        } else {
            c
        };
        if !made.ends_with(kind) {
            made.push(kind);
        }
    }
    made
}
