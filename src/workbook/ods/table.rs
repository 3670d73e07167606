//! One table of OpenDocument: its rows and columns, repeated as often as it says.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use quick_xml::Reader;
use quick_xml::events::BytesStart;

use super::cell::Inside;
use super::declared::{Declared, Family};
use super::drawn::{self, Drawn};
use super::formula::translate;
use super::length::Runs;
use super::value::Stated;
use super::{broken, cell, skip};
use crate::cell::{CellRange, CellRef, LAST_COLUMN, LAST_ROW};
use crate::workbook::facts::Facts;
use crate::workbook::facts::element::{Tag, attribute, next_tag, number};
use crate::workbook::runs::Font;
use crate::workbook::spread::Spreads;
use crate::workbook::tally::Tally;
use crate::workbook::{Cell, DateSystem, NumberFormat, ReadError, Sheet, Shows, Span, Validation, Value};

/// How percentages are shown where the file doesn't say.
static PERCENTAGE: LazyLock<Option<Arc<NumberFormat>>> = LazyLock::new(|| NumberFormat::of("0%").map(Arc::new));

/// How many rows and columns a cell spreads over.
const SPREAD_OVER: [&str; 2] = ["number-rows-spanned", "number-columns-spanned"];
/// How many rows and columns its formula fills.
const FILLED: [&str; 2] = ["number-matrix-rows-spanned", "number-matrix-columns-spanned"];

/// How high rows and how wide columns are that don't say, in the unit of drawings.
const USUAL_SIZES: [u64; 2] = [162_720, 812_880];

/// What a table is.
#[derive(Debug)]
pub(super) enum Table {
    /// A sheet.
    Sheet(Box<Sheet>),
    /// The kept copy of a sheet of another file, with that file's place.
    CopyOf(String),
}

/// A table while it is read.
struct Reading<'a, 'b, 'c> {
    sheet: Sheet,
    facts: Facts,
    declared: &'a Declared,
    system: DateSystem,
    tally: &'b mut Tally<'c>,
    /// The next row and column, from one.
    row: u32,
    column: u32,
    /// How many rows the row being read stands for.
    rows: u32,
    /// The cells of the row being read, with how many columns each is repeated over.
    filled: Vec<(u32, Cell)>,
    /// The last column of each run of columns, with the style of its cells that name none.
    styles: Vec<(u32, String)>,
    /// The style of the row's cells that name none.
    row_style: Option<String>,
    /// How high the rows and how wide the columns are, in which something is seen.
    sizes: [Runs; 2],
    /// What is drawn, with the cell that it is anchored to; `None` where that is the page.
    drawn: Vec<(Option<CellRef>, Drawn)>,
    restricted: BTreeMap<String, Vec<CellRange>>,
    spreads: Spreads,
    copy_of: Option<String>,
}

/// Reads a table up to its end.
pub(super) fn read(
    reader: &mut Reader<&[u8]>,
    sheet: Sheet,
    declared: &Declared,
    system: DateSystem,
    tally: &mut Tally<'_>,
) -> Result<Table, ReadError> {
    let mut table = Reading {
        sheet,
        facts: Facts::default(),
        declared,
        system,
        tally,
        row: 1,
        column: 1,
        rows: 1,
        filled: Vec::new(),
        styles: Vec::new(),
        row_style: None,
        sizes: USUAL_SIZES.map(Runs::of_usual),
        drawn: Vec::new(),
        restricted: BTreeMap::new(),
        spreads: Spreads::default(),
        copy_of: None,
    };
    loop {
        match next_tag(reader).map_err(broken)? {
            Some(Tag::Start(element)) => table.start(reader, &element)?,
            Some(Tag::End(element)) => match element.name().as_ref() {
                "table:table-row" => table.end_row()?,
                "table:table" => return Ok(table.finish()),
                _ => {}
            },
            Some(Tag::Empty(_)) => {}
            None => return Err(ReadError::Damaged("its content ends within a sheet".to_owned())),
        }
    }
}

impl Reading<'_, '_, '_> {
    fn start(&mut self, reader: &mut Reader<&[u8]>, element: &BytesStart<'_>) -> Result<(), ReadError> {
        match element.name().as_ref() {
            "table:table-column" => {
                let span = span(self.column, repeated(element, "number-columns-repeated"));
                self.column = span.last.saturating_add(1);
                self.styles.push((span.last, attribute(element, "default-cell-style-name").unwrap_or_default()));
                let is_hidden = self.is_hidden(element, Family::Column);
                self.sizes[1].add(span, self.size(element, Family::Column, is_hidden));
                if is_hidden && span.first <= LAST_COLUMN {
                    self.facts.hidden_columns.push(Span { last: span.last.min(LAST_COLUMN), ..span });
                }
            }
            "table:table-row" => {
                self.column = 1;
                self.row_style = attribute(element, "default-cell-style-name");
                self.rows = repeated(element, "number-rows-repeated");
                let span = span(self.row, self.rows);
                let is_hidden = self.is_hidden(element, Family::Row);
                self.sizes[0].add(span, self.size(element, Family::Row, is_hidden));
                if is_hidden && span.first <= LAST_ROW {
                    self.facts.hidden_rows.push(Span { last: span.last.min(LAST_ROW), ..span });
                }
            }
            "table:table-cell" | "table:covered-table-cell" => self.cell(reader, element)?,
            "table:table-source" => self.copy_of = attribute(element, "href"),
            "office:forms" | "table:named-expressions" => skip(reader, element)?,
            name if name.starts_with("draw:") => {
                self.drawn.extend(drawn::read(reader, element)?.map(|drawn| (None, drawn)));
            }
            _ => {}
        }
        Ok(())
    }

    /// Whether a row or column is hidden or filtered out, or so small that nobody sees anything in it.
    fn is_hidden(&self, element: &BytesStart<'_>, family: Family) -> bool {
        let style = attribute(element, "style-name");
        attribute(element, "visibility").is_some_and(|value| value != "visible")
            || style.is_some_and(|style| self.declared.is_unseen(family, &style))
    }

    /// Returns how high a row or wide a column is: nought where it is hidden; `None` where that isn't said.
    fn size(&self, element: &BytesStart<'_>, family: Family, is_hidden: bool) -> Option<u64> {
        if is_hidden { Some(0) } else { self.declared.size(family, &attribute(element, "style-name")?) }
    }

    fn cell(&mut self, reader: &mut Reader<&[u8]>, element: &BytesStart<'_>) -> Result<(), ReadError> {
        let columns = repeated(element, "number-columns-repeated");
        let stated = Stated::of(element);
        let style = attribute(element, "style-name").or_else(|| self.row_style.clone());
        let style = style.unwrap_or_else(|| self.style_of_column());
        let font = self.declared.font(Family::Cell, &style, Font::default());
        let inside = cell::read(reader, element, self.declared, font)?;
        let at = CellRef::new(self.row, self.column);
        self.facts.notes.extend(inside.note.clone().filter(|_| at.is_on_grid()).map(|note| (at, note)));
        self.drawn.extend(inside.drawn.iter().cloned().map(|drawn| (Some(at), drawn)));
        self.facts.merges.extend(spanned(element, at, SPREAD_OVER));
        if let Some(range) = spanned(element, at, FILLED) {
            self.spreads.note(range);
        }
        if let Some(name) = attribute(element, "content-validation-name") {
            let last = CellRef::new(span(self.row, self.rows).last, span(self.column, columns).last);
            extend(self.restricted.entry(name).or_default(), CellRange::new(at, last));
        }
        let value = stated.value(&inside, self.system);
        let formula = stated.formula.as_deref().map(|formula| translate(formula).into_boxed_str());
        if value != Value::Empty || formula.is_some() {
            let mut cell = Cell::new(at, value, formula);
            self.dress(&mut cell, (&style, font), (&stated, inside));
            self.filled.push((columns, cell));
        }
        self.column = self.column.saturating_add(columns);
        Ok(())
    }

    /// Returns the style of the column's cells that name none.
    fn style_of_column(&self) -> String {
        let place = self.styles.partition_point(|(last, _)| *last < self.column);
        self.styles.get(place).map(|(_, style)| style.clone()).unwrap_or_default()
    }

    /// Gives a cell its look. What is seen of a number is what the file says, unless it is the number as it is.
    fn dress(&self, cell: &mut Cell, (style, font): (&str, Font), (stated, inside): (&Stated, Inside)) {
        let (is_number, is_own) = (stated.is_number(), self.declared.shows_its_own_way(style));
        let format = self.declared.format(style);
        match (&cell.value, format.as_ref().map(|format| format.shows())) {
            (Value::Date(serial), Some(Shows::Elapsed)) => cell.value = Value::Elapsed(*serial),
            // A day of which nothing but its time is shown is stated as a time since the first of days.
            (Value::Elapsed(serial), Some(Shows::Moment)) => cell.value = Value::Date(*serial),
            (Value::Number(number), _) if self.declared.shows_truths(style) => {
                cell.value = Value::Logical(*number != 0.0);
            }
            _ => {}
        }
        cell.look.format = if stated.kind == "percentage" { format.or_else(|| PERCENTAGE.clone()) } else { format };
        cell.look.struck = inside.struck.map(Into::into);
        let seen = inside.is_said.then_some(inside.text);
        // A text that stands in the file and not in the cell's paragraphs is hidden by its format.
        let is_hidden_text = |seen: &String| !is_number && seen.trim().is_empty() && cell.look.struck.is_none();
        let is_seen = |seen: &String| (is_number && (is_own || stated.kind != "float")) || is_hidden_text(seen);
        cell.look.seen = seen.filter(is_seen).map(Into::into);
        if let (Some(symbols), Value::Number(_)) = (font.symbols, &cell.value)
            && let Some(signs) = symbols.signs_of(&cell.shown(self.system))
        {
            cell.look.seen = Some(signs.into());
        }
        if cell.look.struck.is_none() && font.is_struck && !cell.value.is_blank() {
            cell.look.struck = Some(cell.shown(self.system).into());
        }
    }

    /// Puts down the cells of the row just read, as often as it is repeated.
    fn end_row(&mut self) -> Result<(), ReadError> {
        let filled = std::mem::take(&mut self.filled);
        if !filled.is_empty() {
            let rows = span(self.row, self.rows);
            for row in rows.first..=rows.last {
                for (columns, cell) in &filled {
                    for column in cell.at.column..=span(cell.at.column, *columns).last {
                        let at = CellRef::new(row, column);
                        let mut cell = Cell { at, ..cell.clone() };
                        if cell.formula.is_none() && self.spreads.fills(at) {
                            cell.formula = Some("".into());
                        }
                        self.tally.add(at, &self.sheet.name, &cell.value, cell.formula.as_deref())?;
                        self.sheet.cells.push(cell);
                    }
                }
            }
        }
        self.row = self.row.saturating_add(self.rows);
        Ok(())
    }

    fn finish(mut self) -> Table {
        if let Some(file) = self.copy_of {
            return Table::CopyOf(file);
        }
        for (name, cells) in self.restricted {
            let Some((kind, formula)) = self.declared.validation(&name) else { continue };
            self.facts.validations.push(Validation { cells, kind: kind.clone(), formula: formula.clone() });
        }
        self.facts.floating.extend(self.drawn.iter().filter_map(|(at, drawn)| drawn.floating(*at, &self.sizes)));
        let is_protected = self.sheet.is_protected;
        self.facts.is_protected = is_protected;
        self.facts.page_words = std::mem::take(&mut self.sheet.page_words);
        self.facts.put_on(&mut self.sheet);
        Table::Sheet(Box::new(self.sheet))
    }
}

/// Adds a range; one that goes on below a range just before it makes that longer.
fn extend(ranges: &mut Vec<CellRange>, range: CellRange) {
    const LOOKED_AT: usize = 16;
    let above = ranges.iter_mut().rev().take(LOOKED_AT).find(|above| {
        above.last.row + 1 == range.first.row
            && above.first.column == range.first.column
            && above.last.column == range.last.column
    });
    match above {
        Some(above) => above.last = range.last,
        None => ranges.push(range),
    }
}

/// Returns how often an element stands for itself: at least once.
fn repeated(element: &BytesStart<'_>, name: &str) -> u32 {
    number(element, name).unwrap_or(1).max(1)
}

/// Returns `count` rows or columns from `first` on.
fn span(first: u32, count: u32) -> Span {
    Span { first, last: first.saturating_add(count - 1) }
}

/// Returns the rectangle that these attributes of a cell say, where that is more than itself.
fn spanned(element: &BytesStart<'_>, at: CellRef, names: [&str; 2]) -> Option<CellRange> {
    let [rows, columns] = names.map(|name| repeated(element, name));
    let last = CellRef::new(span(at.row, rows).last, span(at.column, columns).last);
    (last != at && last.is_on_grid()).then(|| CellRange::new(at, last))
}

/// Returns the files that the formulas of a sheet name.
pub(super) fn linked_files(sheet: &Sheet) -> Vec<String> {
    let formulas = sheet.cells.iter().filter_map(|cell| cell.formula.as_deref());
    let links = formulas.filter_map(|formula| formula.split_once("'file:")?.1.split_once("'#"));
    links.map(|(file, _)| format!("file:{file}")).collect()
}
