//! What the sender wrote beside the findings.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::column::{COLUMNS, HIDDEN};
use super::manifest::Manifest;
use super::markup::unescaped;
use crate::cell::{CellRange, CellRef};
use crate::finding::Finding;
use crate::ooxml::{Book, Node, Package, PackageError, PartName, SheetEntry, SheetKind};
use crate::returns::names_nothing;
use crate::wording::{Wording, visible};
use crate::workbook::{Cell, Workbook};

/// Words that explain nothing, beside those that name nothing.
const SAYS_NOTHING: [&str; 13] =
    ["yes", "no", "y", "n", "ok", "okay", "see below", "noted", "agreed", "correct", "ie", "na", "iawn"];

/// The sender's explanation of a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// The name of the finding's rule.
    pub rule: String,
    /// The sheet that the finding is on; empty where it is on none.
    pub sheet: String,
    /// The cells that the finding is on; `None` where it is on none.
    pub cells: Option<CellRange>,
    /// What the finding belongs to; empty where it belongs to nothing.
    pub subject: String,
    /// What was found there; empty where the finding quotes nothing.
    #[serde(default)]
    pub found: String,
    /// What the sender wrote.
    pub text: String,
}

impl Explanation {
    /// Whether the explanation is of this finding.
    pub fn is_about(&self, finding: &Finding) -> bool {
        self.cells == finding.place.cells() && self.is_of_kind(finding)
    }

    /// Whether another explanation is of the same rule, sheet and subject.
    fn is_like(&self, other: &Self) -> bool {
        (&self.rule, &self.sheet, &self.subject) == (&other.rule, &other.sheet, &other.subject)
    }

    /// Whether it is of this rule, sheet and subject, wherever that stands now.
    fn is_of_kind(&self, finding: &Finding) -> bool {
        let is_item = |name: Option<&str>| name.unwrap_or_default() == self.subject;
        self.rule == finding.rule.as_str()
            && self.is_of_value(finding)
            && self.sheet == finding.place.sheet().unwrap_or_default()
            && (is_item(finding.about()) || is_item(finding.subject.as_deref()))
    }

    /// Whether what stands there is still what was explained: of a value that was changed since nobody has said anything.
    fn is_of_value(&self, finding: &Finding) -> bool {
        let (then, now) = (Wording::of(&self.found), Wording::of(finding.found.as_deref().unwrap_or_default()));
        let cut = self.found.trim_end().strip_suffix('\u{2026}').map(Wording::of);
        then.is_empty()
            || now.is_empty()
            || then == now
            || cut.is_some_and(|cut| now.as_str().starts_with(cut.as_str()))
    }

    /// Whether it says nothing of the finding: “TBC”, “n/a”, “yes”, “see above”.
    pub fn says_nothing(&self) -> bool {
        let words = Wording::of(&self.text);
        let bare = words.as_str().trim_end_matches(|c: char| !c.is_alphanumeric());
        names_nothing(&self.text) || names_nothing(bare) || SAYS_NOTHING.contains(&bare)
    }
}

/// Returns what was said of each finding: beside it, else, where its row has moved, what of its kind and subject stands beside none, if
/// that is one explanation and one finding.
pub fn explanations_of<'a>(explanations: &'a [Explanation], findings: &[Finding]) -> Vec<Option<&'a Explanation>> {
    let beside = |finding: &Finding| explanations.iter().find(|said| said.is_about(finding));
    let mut told: Vec<Option<&Explanation>> = findings.iter().map(beside).collect();
    let moved = explanations
        .iter()
        .filter(|said| !said.subject.is_empty() && !findings.iter().any(|finding| said.is_about(finding)));
    let moved: Vec<&Explanation> = moved.collect();
    for said in &moved {
        let silent = |at: &usize| told[*at].is_none() && said.is_of_kind(&findings[*at]);
        let places: Vec<usize> = (0..findings.len()).filter(silent).collect();
        let is_alone = !moved.iter().any(|other| !std::ptr::eq(*other, *said) && other.is_like(said));
        if let ([place], true) = (&places[..], is_alone) {
            told[*place] = Some(said);
        }
    }
    told
}

/// The sheet of findings in a workbook that comes back.
#[derive(Debug)]
pub(super) struct FindingsSheet {
    /// The place of the sheet among the tabs.
    pub(super) tab: usize,
    /// What the sender wrote in it.
    pub(super) explanations: Vec<Explanation>,
}

/// Finds the sheet of findings; looks through all sheets only where a manifest says that there is one.
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
        if manifest.is_none() && !by_name(entry) {
            break;
        }
        let contents = contents(package, part)?;
        // As we write it, the sheet shares no texts with others.
        if strings.is_none() && contents.values().any(|content| content.is_shared) {
            strings = Some(shared_strings(package, book)?);
        }
        let texts = contents.into_iter().map(|(cell, content)| (cell, content.text(strings.as_deref()))).collect();
        if let Some(headings) = heading_row(&texts) {
            return Ok(Some(FindingsSheet { tab, explanations: explained(&texts, &headings) }));
        }
    }
    Ok(None)
}

/// Finds the sheet of findings among the cells that a workbook of any format has, and what was written in it; `None` where it has none.
pub fn explained_in(workbook: &Workbook) -> Option<(&str, Vec<Explanation>)> {
    workbook.sheets.iter().filter(|sheet| sheet.name.starts_with(super::SHEET)).find_map(|sheet| {
        let shown = |cell: &Cell| (cell.at, cell.shown(workbook.date_system));
        let texts = sheet.cells.iter().map(shown).collect();
        Some((sheet.name.as_str(), explained(&texts, &heading_row(&texts)?)))
    })
}

/// The row of the headings, and the column of each.
struct Headings {
    row: u32,
    columns: BTreeMap<&'static str, u32>,
}

/// Finds the row that has all our headings, in whatever order.
fn heading_row(texts: &BTreeMap<CellRef, String>) -> Option<Headings> {
    let rows = texts.iter().filter(|(_, text)| text.as_str() == COLUMNS[8].0).map(|(cell, _)| cell.row);
    for row in rows {
        let in_row = || texts.range(CellRef::new(row, 1)..CellRef::new(row + 1, 1));
        let column = |heading: &str| in_row().find(|(_, text)| text.as_str() == heading).map(|(cell, _)| cell.column);
        let columns: Option<BTreeMap<&'static str, u32>> =
            COLUMNS.iter().map(|(heading, _)| Some((*heading, column(heading)?))).collect();
        if let Some(columns) = columns {
            return Some(Headings { row, columns });
        }
    }
    None
}

/// Reads the rows under the headings that have an explanation.
fn explained(texts: &BTreeMap<CellRef, String>, headings: &Headings) -> Vec<Explanation> {
    let column = headings.columns[COLUMNS[8].0];
    let below = texts.range(CellRef::new(headings.row + 1, 1)..);
    // Nobody has said anything with a dash, or with characters that nobody sees.
    let is_said = |text: &str| visible(text).chars().any(char::is_alphanumeric);
    let written = below.filter(|(cell, text)| cell.column == column && is_said(text));
    let explanation = |(cell, text): (&CellRef, &String)| {
        let beside = |heading: &str| {
            let at = CellRef::new(cell.row, headings.columns[heading]);
            texts.get(&at).cloned().unwrap_or_default()
        };
        let sheet = beside(COLUMNS[1].0);
        Explanation {
            rule: beside(COLUMNS[9].0),
            sheet: sheet.strip_suffix(HIDDEN).unwrap_or(&sheet).to_owned(),
            cells: beside(COLUMNS[2].0).parse().ok(),
            subject: beside(COLUMNS[3].0),
            found: beside(COLUMNS[4].0),
            text: visible(text).trim().to_owned(),
        }
    };
    written.map(explanation).collect()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Place;

    #[test]
    fn an_explanation_is_of_the_value_that_was_there() {
        let cases = [
            ("450", Some("450"), true),
            ("450", Some("400"), false),
            ("", Some("400"), true),
            ("450", None, true),
            ("A long text that was\u{2026}", Some("A long text that was cut"), true),
            ("A long text that was\u{2026}", Some("Another text"), false),
            (" N ", Some("n"), true),
        ];
        for (then, now, expected) in cases {
            let place = Place::cell("Data", CellRef::new(5, 10));
            let finding = Finding {
                found: now.map(str::to_owned),
                ..Finding::new(&crate::workbook::rule::FILE_NOT_HERE, place, "")
            };
            let said = Explanation {
                rule: finding.rule.to_string(),
                sheet: "Data".to_owned(),
                cells: finding.place.cells(),
                subject: String::new(),
                found: then.to_owned(),
                text: "It was counted twice.".to_owned(),
            };
            assert_eq!(said.is_about(&finding), expected, "{then:?} {now:?}");
        }
    }
}
