//! The sheet of findings in a workbook that comes back, and what the sender wrote in it.
//!
//! The sheet is known by our headings, in whatever order and under whatever name, though some are gone. Whatever in it isn't ours is the
//! sender's: under “Your explanation”, over one of our texts, or beside the table it is said of the finding of its row, elsewhere of none.

use std::collections::{BTreeMap, BTreeSet};

use super::column::{COLUMNS, Column, HIDDEN};
use super::explanation::{Explanation, says_nothing};
use super::manifest::{Manifest, text_digest};
use super::markup::unescaped;
use super::note::is_our_note;
use crate::cell::CellRef;
use crate::ooxml::{Book, Node, Package, PackageError, PartName, SheetEntry, SheetKind};
use crate::wording::visible;
use crate::workbook::{Cell, Sheet, Workbook};

/// The fewest of our headings in one row by which our sheet is known.
const FEWEST_HEADINGS: usize = 6;
/// The fewest of our columns that a row of a finding has filled in.
const FEWEST_FILLED: usize = 3;

/// The sheet of findings in a workbook that comes back.
#[derive(Debug)]
pub(super) struct FindingsSheet {
    /// The place of the sheet among the tabs.
    pub(super) tab: usize,
    /// What the sender wrote in it.
    pub(super) explanations: Vec<Explanation>,
}

/// Finds the sheet of findings; looks through all sheets only where a manifest, or a heading of ours among the texts that cells share, says
/// that there is one.
pub(super) fn find(
    package: &Package,
    book: &Book,
    manifest: Option<&Manifest>,
) -> Result<Option<FindingsSheet>, PackageError> {
    let mut strings = None;
    let by_name = |entry: &SheetEntry| entry.name.starts_with(super::SHEET);
    let mut tabs: Vec<usize> = (0..book.sheets.len()).rev().collect();
    tabs.sort_by_key(|tab| !by_name(&book.sheets[*tab]));
    for tab in tabs {
        let entry = &book.sheets[tab];
        let Some(part) = entry.part.as_ref().filter(|_| entry.kind == SheetKind::Worksheet) else { continue };
        if manifest.is_none() && !by_name(entry) && !shares_a_heading(package, book)? {
            break;
        }
        let contents = contents(package, part)?;
        // As we write it, the sheet shares no texts with others.
        if strings.is_none() && contents.values().any(|content| content.is_shared) {
            strings = Some(shared_strings(package, book)?);
        }
        let texts = contents.into_iter().map(|(cell, content)| (cell, content.text(strings.as_deref()))).collect();
        if let Some(headings) = Headings::find(&texts) {
            let ours = manifest.map(|manifest| &manifest.texts).filter(|texts| !texts.is_empty());
            let table = Table { sheet: &entry.name, texts: &texts, headings, ours };
            return Ok(Some(FindingsSheet { tab, explanations: table.explanations() }));
        }
    }
    Ok(None)
}

/// Whether a heading that none but our sheet has is among the texts that cells share.
fn shares_a_heading(package: &Package, book: &Book) -> Result<bool, PackageError> {
    let links = package.relationships(Some(&book.part))?;
    let Some(part) = links.by_word("sharedStrings").and_then(|link| package.target(link)) else { return Ok(false) };
    let bytes = package.read(part)?;
    Ok([Column::Message, Column::Explanation].into_iter().any(|column| {
        let heading = format!(">{}<", column.heading());
        memchr::memmem::find(&bytes, heading.as_bytes()).is_some()
    }))
}

/// Finds the sheet of findings among the cells that a workbook of any format has, and what was written in it; `None` where it has none.
pub fn explained_in(workbook: &Workbook) -> Option<(&str, Vec<Explanation>)> {
    workbook.sheets.iter().find_map(|sheet| {
        if !has_a_heading(sheet) {
            return None;
        }
        let shown = |cell: &Cell| (cell.at, cell.shown(workbook.date_system));
        let texts = sheet.cells.iter().map(shown).collect();
        let table = Table { sheet: &sheet.name, headings: Headings::find(&texts)?, texts: &texts, ours: None };
        Some((sheet.name.as_str(), table.explanations()))
    })
}

/// Whether a workbook has a sheet that may be ours, or a note of ours.
pub fn is_marked_as_ours(workbook: &Workbook) -> bool {
    let is_marked = |sheet: &Sheet| {
        sheet.name.starts_with(super::SHEET)
            || has_a_heading(sheet)
            || sheet.notes.iter().any(|(_, says)| is_our_note(says))
    };
    workbook.sheets.iter().any(is_marked)
}

/// Whether a sheet has a heading that none but our sheet has.
fn has_a_heading(sheet: &Sheet) -> bool {
    let own = [Column::Message, Column::Explanation].map(Column::heading);
    sheet.cells.iter().any(|cell| cell.text().is_some_and(|text| own.contains(&text)))
}

/// The row of our headings, and the column of each that is still there.
struct Headings {
    row: u32,
    columns: BTreeMap<Column, u32>,
}

impl Headings {
    /// Finds the row that has most of our headings, in whatever order.
    fn find(texts: &BTreeMap<CellRef, String>) -> Option<Self> {
        let mut rows: BTreeMap<u32, BTreeMap<Column, u32>> = BTreeMap::new();
        for (at, text) in texts {
            if let Some(column) = Column::of(text.trim()) {
                rows.entry(at.row).or_default().entry(column).or_insert(at.column);
            }
        }
        let found = rows.into_iter().find(|(_, columns)| columns.len() >= FEWEST_HEADINGS);
        found.map(|(row, columns)| Self { row, columns })
    }

    /// Returns which of our columns a column of the sheet is.
    fn of(&self, column: u32) -> Option<Column> {
        self.columns.iter().find_map(|(ours, at)| (*at == column).then_some(*ours))
    }
}

/// The cells of a sheet of findings.
struct Table<'a> {
    sheet: &'a str,
    texts: &'a BTreeMap<CellRef, String>,
    headings: Headings,
    /// The digests of what we wrote there; `None` where the workbook doesn't say.
    ours: Option<&'a BTreeSet<String>>,
}

impl Table<'_> {
    /// Reads what the sender wrote, row by row.
    fn explanations(&self) -> Vec<Explanation> {
        let rows: BTreeSet<u32> = self.texts.keys().map(|at| at.row).collect();
        rows.into_iter().filter_map(|row| self.said_in(row)).collect()
    }

    /// Returns the cells of a row that hold something.
    fn row(&self, row: u32) -> impl Iterator<Item = (CellRef, &str)> {
        let cells = self.texts.range(CellRef::new(row, 1)..CellRef::new(row + 1, 1));
        cells.map(|(at, text)| (*at, text.as_str())).filter(|(_, text)| !text.trim().is_empty())
    }

    /// Whether a cell holds what we wrote; where the workbook doesn't say what that was, whatever stands under our headings is.
    fn is_ours(&self, at: CellRef, text: &str) -> bool {
        let column = self.headings.of(at.column);
        match self.ours {
            Some(ours) => column != Some(Column::Explanation) && ours.contains(&text_digest(text)),
            // Beside columns without our headings one of ours may have lost its own.
            None => match column {
                Some(column) => {
                    at.row <= self.headings.row
                        || column != Column::Explanation && self.filled(at.row).count() >= FEWEST_FILLED
                }
                None => at.row <= self.headings.row || self.may_have_lost_its_heading(at.column),
            },
        }
    }

    /// Whether a column may be one of ours under another heading.
    fn may_have_lost_its_heading(&self, column: u32) -> bool {
        let is_headed = self.texts.get(&CellRef::new(self.headings.row, column)).is_some_and(|text| !text.is_empty());
        self.headings.columns.len() < COLUMNS.len() && is_headed
    }

    /// Returns what the sender wrote in a row, and what the row still says of its finding.
    fn said_in(&self, row: u32) -> Option<Explanation> {
        if row == self.headings.row {
            return None;
        }
        // Nobody has said anything with a dash, or with characters that nobody sees.
        let is_said = |text: &str| visible(text).chars().any(char::is_alphanumeric);
        let mut said: Vec<(CellRef, &str)> =
            self.row(row).filter(|(at, text)| is_said(text) && !self.is_ours(*at, text)).collect();
        said.sort_by_key(|(at, _)| (self.headings.of(at.column) != Some(Column::Explanation), *at));
        let is_of_finding = self.is_of_finding(row);
        let help = if self.ours.is_none() && is_of_finding { self.beside(row, Column::Help) } else { "" };
        let first =
            said.first().map(|(at, _)| *at).or_else(|| Some(CellRef::new(row, 1)).filter(|_| !help.is_empty()))?;
        let written_at = Some((self.sheet.to_owned(), first));
        let text = joined(said.iter().map(|(_, text)| *text));
        let lost: Vec<Column> = Column::ALL.into_iter().filter(|column| !self.tells(row, *column)).collect();
        if !is_of_finding {
            let (rule, sheet, subject) = (String::new(), String::new(), String::new());
            let (found, message, lost) = (String::new(), String::new(), Column::ALL.to_vec());
            let help = String::new();
            return Some(Explanation {
                rule,
                sheet,
                cells: None,
                subject,
                found,
                message,
                help,
                lost,
                written_at,
                text,
            });
        }
        let told = |column: Column| if lost.contains(&column) { "" } else { self.beside(row, column) };
        let sheet = told(Column::Sheet);
        Some(Explanation {
            rule: told(Column::Rule).to_owned(),
            sheet: sheet.strip_suffix(HIDDEN).unwrap_or(sheet).to_owned(),
            cells: told(Column::Cell).parse().ok(),
            subject: told(Column::Item).to_owned(),
            found: told(Column::Found).to_owned(),
            message: told(Column::Message).to_owned(),
            help: help.to_owned(),
            lost,
            written_at,
            text,
        })
    }

    /// Returns what stands in one of our columns of a row.
    fn beside(&self, row: u32, column: Column) -> &str {
        let at = self.headings.columns.get(&column).map(|at| CellRef::new(row, *at));
        at.and_then(|at| self.texts.get(&at)).map_or("", String::as_str)
    }

    /// Whether one of the columns that say which finding a row is of still says so.
    fn tells(&self, row: u32, column: Column) -> bool {
        match column {
            Column::Duty | Column::Expected | Column::Help | Column::Explanation => true,
            Column::Sheet | Column::Cell | Column::Item | Column::Found | Column::Message | Column::Rule => {
                let text = self.beside(row, column);
                let is_needed = matches!(column, Column::Message | Column::Rule);
                let at = self.headings.columns.get(&column).map(|at| CellRef::new(row, *at));
                at.is_some_and(|at| if text.is_empty() { !is_needed } else { self.is_ours(at, text) })
            }
        }
    }

    /// Returns the cells of a row that are filled in under our headings, but for the explanation.
    fn filled(&self, row: u32) -> impl Iterator<Item = (CellRef, &str)> {
        let is_asked = |at: CellRef| self.headings.of(at.column).is_some_and(|column| column != Column::Explanation);
        self.row(row).filter(move |(at, _)| is_asked(*at))
    }

    /// Whether a row is one that we wrote of a finding.
    fn is_of_finding(&self, row: u32) -> bool {
        let ours = self.filled(row).filter(|(at, text)| self.is_ours(*at, text)).count();
        row > self.headings.row && ours >= FEWEST_FILLED
    }
}

/// Joins what was written in several cells of a row; what explains nothing goes where something else was said.
fn joined<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    let texts: Vec<String> = texts.map(|text| visible(text).trim().to_owned()).collect();
    let telling: Vec<&str> = texts.iter().map(String::as_str).filter(|text| !says_nothing(text)).collect();
    if telling.is_empty() { texts.join("\n") } else { telling.join("\n") }
}

/// Reads the texts that cells share.
fn shared_strings(package: &Package, book: &Book) -> Result<Vec<String>, PackageError> {
    let links = package.relationships(Some(&book.part))?;
    let Some(part) = links.by_word("sharedStrings").and_then(|link| package.target(link)) else {
        return Ok(Vec::new());
    };
    let mut strings: Vec<String> = Vec::new();
    let mut within = String::new();
    package.scan(part, |node, _| {
        match node {
            Node::Open(element) if element.is("si") => strings.push(String::new()),
            Node::Open(element) => {
                // What is read aloud (`rPh`) has texts of its own.
                let is_text = element.is("t") && within != "rPh";
                if is_text || element.depth == 2 {
                    element.name().clone_into(&mut within);
                }
            }
            Node::Text { text, .. } if within == "t" => {
                if let Some(last) = strings.last_mut() {
                    last.push_str(&text);
                }
            }
            Node::Close { depth, .. } => {
                if within == "t" || depth <= 2 {
                    within.clear();
                }
            }
            Node::Text { .. } => {}
        }
        Ok(())
    })?;
    Ok(strings.iter().map(|text| unescaped(text)).collect())
}

/// What a cell's element holds.
struct CellContent {
    written: String,
    is_shared: bool,
}

impl CellContent {
    fn text(self, strings: Option<&[String]>) -> String {
        if !self.is_shared {
            return unescaped(&self.written);
        }
        let number = self.written.trim().parse::<usize>().ok();
        number.zip(strings).and_then(|(number, strings)| strings.get(number)).cloned().unwrap_or_default()
    }
}

/// Reads what the cells of a sheet hold.
fn contents(package: &Package, part: &PartName) -> Result<BTreeMap<CellRef, CellContent>, PackageError> {
    let mut cells = BTreeMap::new();
    let mut current: Option<(CellRef, CellContent)> = None;
    let mut within = String::new();
    package.scan(part, |node, _| {
        match node {
            Node::Open(element) if element.is("c") => {
                let cell = element.attribute("r").and_then(|cell| cell.parse().ok()).filter(|_| !element.is_empty);
                let is_shared = element.attribute("t").is_some_and(|kind| kind == "s");
                current = cell.map(|cell| (cell, CellContent { written: String::new(), is_shared }));
            }
            Node::Open(element) => element.name().clone_into(&mut within),
            Node::Text { text, .. } if within == "v" || within == "t" => {
                if let Some((_, content)) = &mut current {
                    content.written.push_str(&text);
                }
            }
            Node::Close { depth: 3, .. } => cells.extend(current.take()),
            Node::Close { .. } => within.clear(),
            Node::Text { .. } => {}
        }
        Ok(())
    })?;
    Ok(cells)
}
