//! Finds the rows of criteria and measures: by their code, else by their text, in the order of the form.

use std::collections::{BTreeMap, HashMap};

use crate::cell::CellRef;
use crate::finding::{Finding, Findings, Place};
use crate::framework::{Framework, Holds, Presence, SheetId, Table, TableColumn};
use crate::wording::Wording;

use super::TablePlace;
use super::heading::{self, Heading, HeadingRow, Needed};
use super::rule::{CRITERION_MISSING, CRITERION_REPEATED, CRITERION_REWORDED, CRITERION_UNKNOWN};
use super::text::{SheetText, WorkbookText};

/// A text at least this alike is taken for a criterion's where neither code nor order speaks against it.
const NEAR_TEXT: f64 = 0.6;

/// A row that a table should have.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item<'a> {
    /// The criterion's or measure's name.
    pub(super) id: &'a str,
    /// Its text.
    pub(super) text: &'a str,
    /// Whether code and text stand in one cell.
    joined: bool,
}

impl Item<'_> {
    /// Returns the text as it stands in the form's cell.
    pub(super) fn written(&self) -> String {
        if self.joined { format!("{} {}", self.id, self.text) } else { self.text.to_owned() }
    }
}

/// Returns the rows that a table should have, in order.
pub(super) fn items<'a>(framework: &'a Framework, table: &'a Table) -> Vec<Item<'a>> {
    let joined = table.columns.iter().any(|column| matches!(column.holds, Holds::CodeAndText));
    let sections = table.sections.iter().filter_map(|id| framework.section(id));
    let items = sections.flat_map(|section| {
        let criteria = section.criteria.iter().map(|criterion| (criterion.id.as_str(), criterion.text.as_str()));
        criteria.chain(section.measures.iter().map(|measure| (measure.id.as_str(), measure.text.as_str())))
    });
    items.map(|(id, text)| Item { id, text, joined }).collect()
}

/// Finds the tables whose sheet was found.
pub(super) fn locate(
    framework: &Framework,
    text: &WorkbookText,
    sheets: &BTreeMap<SheetId, usize>,
    findings: &mut Findings,
) -> Vec<TablePlace> {
    let tables = framework.tables.iter().enumerate();
    let located = tables.filter_map(|(index, table)| {
        let sheet = *sheets.get(&table.sheet)?;
        locate_table(framework, index, sheet, &text.sheets[sheet], findings)
    });
    located.collect()
}

/// Finds one table on its sheet, and says what is odd about its headings and rows.
fn locate_table(
    framework: &Framework,
    index: usize,
    sheet: usize,
    text: &SheetText,
    findings: &mut Findings,
) -> Option<TablePlace> {
    let table = &framework.tables[index];
    let items = items(framework, table);
    let headings: Vec<Heading> = table.columns.iter().map(wanted).collect();
    let mut row = heading::find(text, &headings)?;
    place_codes(&mut row, table, text, &items);
    heading::report(text, &row, &headings, findings);
    let rows = Rows::read(table, &row, text, &items, framework);
    rows.report(text, &items, findings);
    let columns = table.columns.iter().zip(&row.columns).filter_map(|(column, at)| Some((column.id.clone(), (*at)?)));
    Some(TablePlace {
        table: index,
        sheet,
        heading: row.row,
        columns: columns.collect(),
        rows: items.iter().zip(&rows.taken).filter_map(|(item, row)| Some((item.id.to_owned(), (*row)?))).collect(),
        opinions: opinions(table, &row, text),
        other_rows: rows.repeated.iter().map(|(_, row)| *row).chain(rows.unknown.iter().copied()).collect(),
    })
}

/// Returns the columns under headings of the sender's own, between the columns beside the one that holds opinions.
fn opinions(table: &Table, row: &HeadingRow, text: &SheetText) -> Vec<(String, u32)> {
    let Some(index) = table.columns.iter().position(|column| matches!(column.holds, Holds::Opinions)) else {
        return Vec::new();
    };
    let before = row.columns[..index].iter().flatten().max().copied().unwrap_or(0);
    let after = row.columns[index + 1..].iter().flatten().filter(|column| **column > before).min().copied();
    let free = text.row(row.row).iter().map(|(at, _)| *at).filter(|at| {
        at.column > before && after.is_some_and(|after| at.column < after) && !row.columns.contains(&Some(at.column))
    });
    free.filter_map(|at| Some((text.sheet.cell(at)?.text()?.trim().to_owned(), at.column))).collect()
}

/// Returns the heading of a column as it is looked for.
fn wanted(column: &TableColumn) -> Heading<'_> {
    let scores = matches!(column.required, Presence::Required) && !column.heading.is_empty();
    Heading { title: &column.heading, also: &column.also, needed: if scores { Needed::Yes } else { Needed::No } }
}

/// Finds a column of codes that has no heading of its own: the one that holds most of the codes.
fn place_codes(row: &mut HeadingRow, table: &Table, text: &SheetText, items: &[Item]) {
    let codes: Vec<Wording> = items.iter().map(|item| Wording::of(item.id)).collect();
    let mut hits: BTreeMap<u32, usize> = BTreeMap::new();
    for (at, words) in text.texts.iter().filter(|(at, words)| at.row > row.row && codes.contains(words)) {
        *hits.entry(at.column).or_default() += usize::from(!words.is_empty());
    }
    let most =
        hits.into_iter().max_by_key(|(column, count)| (*count, std::cmp::Reverse(*column))).map(|(column, _)| column);
    for (index, column) in table.columns.iter().enumerate() {
        if matches!(column.holds, Holds::Code) && row.columns[index].is_none() {
            row.columns[index] = most;
        }
    }
}

/// The rows below a heading, matched with the rows that should be there.
struct Rows {
    /// For each item, its row.
    taken: Vec<Option<u32>>,
    /// Rows whose code or text belongs to an item that has a row already.
    repeated: Vec<(usize, u32)>,
    /// Rows with an answer that belong to no item.
    unknown: Vec<u32>,
    /// Rows whose text isn't the item's, and the cell of the text.
    reworded: Vec<(usize, CellRef)>,
}

/// The columns by which rows are known.
struct Keys {
    code: Option<u32>,
    text: Option<u32>,
    joined: Option<u32>,
    scores: Vec<u32>,
}

impl Keys {
    fn new(table: &Table, row: &HeadingRow) -> Self {
        let columns: Vec<(&TableColumn, u32)> =
            table.columns.iter().zip(&row.columns).filter_map(|(column, at)| Some((column, (*at)?))).collect();
        let of = |holds: fn(&Holds) -> bool| columns.iter().find(|(column, _)| holds(&column.holds)).map(|(_, at)| *at);
        Self {
            code: of(|holds| matches!(holds, Holds::Code)),
            text: of(|holds| matches!(holds, Holds::Text)),
            joined: of(|holds| matches!(holds, Holds::CodeAndText)),
            scores: columns
                .iter()
                .filter(|(column, _)| matches!(column.holds, Holds::Score(_)))
                .map(|(_, at)| *at)
                .collect(),
        }
    }
}

impl Rows {
    /// Matches the rows below the heading.
    fn read(table: &Table, heading: &HeadingRow, text: &SheetText, items: &[Item], framework: &Framework) -> Self {
        let keys = Keys::new(table, heading);
        let mut rows =
            Self { taken: vec![None; items.len()], repeated: Vec::new(), unknown: Vec::new(), reworded: Vec::new() };
        let below: Vec<u32> = text.sheet.rows().map(|(row, _)| row).filter(|row| *row > heading.row).collect();
        let rest = rows.take_known(&below, &keys, text, items);
        let rest = rows.take_alike(rest, &keys, text, items);
        rows.unknown = rest.into_iter().filter(|row| is_unknown(*row, &keys, text, framework, table, &rows)).collect();
        rows
    }

    /// Takes the rows whose code or text is an item's, and returns the others.
    fn take_known(&mut self, below: &[u32], keys: &Keys, text: &SheetText, items: &[Item]) -> Vec<u32> {
        let codes: HashMap<Wording, usize> =
            items.iter().enumerate().map(|(index, item)| (Wording::of(item.id), index)).collect();
        let texts: HashMap<Wording, usize> =
            items.iter().enumerate().map(|(index, item)| (Wording::of(item.text), index)).collect();
        let mut rest = Vec::new();
        for row in below {
            let (code, words) = keys.read(*row, text);
            let by_text = words.as_ref().and_then(|(_, words)| texts.get(words));
            // A code that was typed as a number loses its last nought: 1.10 becomes 1.1, which the text tells apart.
            let by_code = code
                .and_then(|code| codes.get(&code))
                .filter(|index| by_text.is_none_or(|by_text| by_text == *index || self.taken[**index].is_none()));
            let known = by_code.or(by_text);
            match known {
                Some(index) => self.take(*index, *row, words, items),
                None => rest.push(*row),
            }
        }
        rest
    }

    /// Gives an item its row; says so where it has one already or where the text differs.
    fn take(&mut self, index: usize, row: u32, words: Option<(CellRef, Wording)>, items: &[Item]) {
        if self.taken[index].is_some() {
            self.repeated.push((index, row));
            return;
        }
        self.taken[index] = Some(row);
        // Forms often add notes below a text, on how it is scored, say; the text itself must be there.
        if let Some((at, words)) = words
            && !words.as_str().starts_with(Wording::of(items[index].text).as_str())
        {
            self.reworded.push((index, at));
        }
    }

    /// Takes rows without a known code for the items still missing, where order and wording agree; returns the others.
    fn take_alike(&mut self, rest: Vec<u32>, keys: &Keys, text: &SheetText, items: &[Item]) -> Vec<u32> {
        let mut others = Vec::new();
        for row in rest {
            match self.most_alike(row, keys, text, items) {
                Some((index, words)) => self.take(index, row, Some(words), items),
                None => others.push(row),
            }
        }
        others
    }

    /// Returns the missing item that fits a row best: alike, and between the items of the rows around it.
    fn most_alike(
        &self,
        row: u32,
        keys: &Keys,
        text: &SheetText,
        items: &[Item],
    ) -> Option<(usize, (CellRef, Wording))> {
        let (_, words) = keys.read(row, text);
        let (at, words) = words?;
        let missing = (0..items.len()).filter(|index| self.taken[*index].is_none() && self.is_in_order(*index, row));
        let alike = missing.map(|index| (words.likeness(&Wording::of(items[index].text)), index));
        let best =
            alike.filter(|(likeness, _)| *likeness >= NEAR_TEXT).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        best.map(|(_, index)| (index, (at, words)))
    }

    /// Whether a row lies between the rows of the nearest items before and after.
    fn is_in_order(&self, index: usize, row: u32) -> bool {
        let before = self.taken[..index].iter().rev().flatten().next();
        let after = self.taken[index + 1..].iter().flatten().next();
        before.is_none_or(|before| *before < row) && after.is_none_or(|after| row < *after)
    }

    /// Returns the span of the rows that were matched.
    fn span(&self) -> Option<(u32, u32)> {
        let rows = self.taken.iter().flatten();
        rows.clone().min().copied().zip(rows.max().copied())
    }

    /// Says what is missing, repeated, unknown or reworded.
    fn report(&self, text: &SheetText, items: &[Item], findings: &mut Findings) {
        let sheet = &text.sheet.name;
        let missing = self.taken.iter().zip(items).filter(|(row, _)| row.is_none());
        findings.extend(missing.map(|(_, item)| criterion_missing(sheet, item)));
        findings.extend(
            self.repeated.iter().map(|(index, row)| self.criterion_repeated(text, &items[*index], *index, *row)),
        );
        findings.extend(self.unknown.iter().map(|row| criterion_unknown(text, *row)));
        findings.extend(self.reworded.iter().map(|(index, at)| criterion_reworded(text, &items[*index], *at)));
    }

    fn criterion_repeated(&self, text: &SheetText, item: &Item, index: usize, row: u32) -> Finding {
        let first = self.taken[index].unwrap_or(row);
        let column = text.row(row).first().map_or(1, |(at, _)| at.column);
        let message = format!("{} has two rows, {first} and {row}; row {first} was read", item.id);
        Finding::new(&CRITERION_REPEATED, Place::cell(&text.sheet.name, CellRef::new(row, column)), message)
            .with_subject(item.id)
            .with_help("Keep the row that is right and delete the other.")
    }
}

impl Keys {
    /// Returns the code and the text of a row, each as it is compared.
    fn read(&self, row: u32, text: &SheetText) -> (Option<Wording>, Option<(CellRef, Wording)>) {
        let at = |column: Option<u32>| column.map(|column| CellRef::new(row, column));
        let said = |at: Option<CellRef>| at.and_then(|at| Some((at, text.at(at)?.clone())));
        match said(at(self.joined)) {
            Some((at, words)) => split_code(at, &words),
            None => (said(at(self.code)).map(|(_, code)| code), said(at(self.text))),
        }
    }
}

/// Splits a cell into its code and its text: `1.1.10 Feedback is used`.
fn split_code(at: CellRef, words: &Wording) -> (Option<Wording>, Option<(CellRef, Wording)>) {
    let is_code = |code: &str| code.len() <= 12 && code.bytes().any(|b| b.is_ascii_digit() || code.len() <= 2);
    match words.as_str().split_once([' ', '\t']) {
        Some((code, rest)) if is_code(code) => {
            let rest = rest.trim_start_matches(['-', ':', '.', ' ', ')']);
            (Some(Wording::of(code.trim_end_matches(['.', ':', ')']))), Some((at, Wording::of(rest))))
        }
        Some(_) => (None, Some((at, words.clone()))),
        None => (Some(words.clone()), None),
    }
}

/// Whether a row that belongs to no item holds an answer of its own within the table.
fn is_unknown(row: u32, keys: &Keys, text: &SheetText, framework: &Framework, table: &Table, rows: &Rows) -> bool {
    let near = rows.span().is_some_and(|(first, last)| (first.saturating_sub(1)..=last + 3).contains(&row));
    let named = [keys.joined, keys.code, keys.text]
        .into_iter()
        .flatten()
        .any(|column| text.at(CellRef::new(row, column)).is_some());
    let answered = keys.scores.iter().any(|column| {
        text.sheet.cell(CellRef::new(row, *column)).is_some_and(|cell| cell.formula.is_none() && !cell.value.is_blank())
    });
    near && named && answered && !is_stated(row, text, framework, table)
}

/// Whether a row is one in which the form states a total.
fn is_stated(row: u32, text: &SheetText, framework: &Framework, table: &Table) -> bool {
    let mut labels =
        framework.stated.iter().filter(|stated| stated.sheet == table.sheet).map(|stated| Wording::of(&stated.row));
    labels.any(|label| text.row(row).iter().any(|(_, words)| words.likeness(&label) >= 0.8))
}

fn criterion_missing(sheet: &str, item: &Item) -> Finding {
    Finding::new(&CRITERION_MISSING, Place::Sheet(sheet.to_owned()), format!("{} has no row: “{}”", item.id, item.text))
        .with_subject(item.id)
        .with_expected(item.written())
        .with_help("Put the row back as in the issued form and answer it.")
}

fn criterion_unknown(text: &SheetText, row: u32) -> Finding {
    let cells = text.row(row);
    let (column, words) = cells.first().map_or((1, ""), |(at, words)| (at.column, words.as_str()));
    let at = CellRef::new(row, column);
    let written = text.sheet.cell(at).and_then(|cell| cell.text()).unwrap_or(words).to_owned();
    let message =
        format!("row {row} has an answer, but “{written}” is no criterion of the framework; it doesn't count");
    Finding::new(&CRITERION_UNKNOWN, Place::cell(&text.sheet.name, at), message)
        .with_found(written)
        .with_help("Move the answer to the criterion that it is about, or delete the row.")
}

fn criterion_reworded(text: &SheetText, item: &Item, at: CellRef) -> Finding {
    let written = text.sheet.cell(at).and_then(|cell| cell.text()).unwrap_or_default();
    let message =
        format!("the text of {} isn't the framework's: “{}”; the row was read as {}", item.id, written.trim(), item.id);
    Finding::new(&CRITERION_REWORDED, Place::cell(&text.sheet.name, at), message)
        .with_subject(item.id)
        .with_found(written)
        .with_expected(item.written())
        .with_help("Check that the answer is about the framework's own text, and put that text back.")
}
