//! Finds the rows of criteria and measures: by their code, else by their text, in the order of the form.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::cell::{CellRange, CellRef};
use crate::finding::{Finding, Findings, Place, Severity};
use crate::framework::{Framework, Holds, Presence, SheetId, Table, TableColumn};
use crate::wording::Wording;
use crate::words::{agree, number_of};
use crate::workbook::{DateSystem, Value};

use super::TablePlace;
use super::content::{Content, Evidence};
use super::heading::{self, FormHeadings, Heading, HeadingRow, Needed};
use super::identity::{self, Item, Keys, Names, items};
use super::rule::{CRITERION_MISSING, CRITERION_REPEATED, CRITERION_REWORDED, CRITERION_UNKNOWN};
use super::shift::Forms;
use super::text::{SheetText, WorkbookText};
use super::unit::Units;

/// A text at least this alike is taken for a criterion's where neither code nor order speaks against it.
const NEAR_TEXT: f64 = 0.6;

/// Finds the tables whose sheet was found.
pub(super) fn locate(
    framework: &Framework,
    text: &WorkbookText,
    (forms, sheets, units): (&Forms, &BTreeMap<SheetId, usize>, &Units),
    findings: &mut Findings,
) -> Vec<TablePlace> {
    let tables = framework.tables.iter().enumerate();
    let located = tables.filter_map(|(index, table)| {
        let sheet = *sheets.get(&table.sheet)?;
        locate_table(framework, index, (sheet, &text.sheets[sheet]), (forms, units), findings)
    });
    located.collect()
}

/// Finds one table on its sheet, and says what is odd about its headings and rows.
fn locate_table(
    framework: &Framework,
    index: usize,
    (sheet, text): (usize, &SheetText),
    (forms, units): (&Forms, &Units),
    findings: &mut Findings,
) -> Option<TablePlace> {
    let table = &framework.tables[index];
    let items = items(framework, table);
    let names = Names::new(&items);
    let scale = scale_of(framework, table);
    let headings: Vec<Heading> = table.columns.iter().map(|column| wanted(column, scale)).collect();
    let form = FormHeadings::new(forms, &table.sheet, &headings);
    let Some(mut row) = heading_row(table, text, (&names, &headings), (&form, units)) else {
        findings.push(heading::none(text, &headings));
        return None;
    };
    let answered = table.columns.iter().enumerate().filter(|(_, column)| is_filled_in(column));
    let again = answered.map(|(index, column)| (column.id.clone(), row.read_first(index)));
    let again = again.filter(|(_, others)| !others.is_empty()).collect();
    row.complete_by_form(text, &form);
    heading::report(text, &row, &headings, findings);
    findings.extend(heading::report_untold(text, &row, &headings).into_iter().map(|(_, finding)| finding));
    let rows = Rows::read(TableBasis { table, text, items: &items, names: &names, framework }, &row);
    rows.report(text, &items, findings);
    let columns = table.columns.iter().zip(&row.columns).filter_map(|(column, at)| Some((column.id.clone(), (*at)?)));
    let lacking = headings.iter().enumerate().filter(|(index, heading)| row.lacks(*index, heading));
    Some(TablePlace {
        table: index,
        sheet,
        heading: row.row,
        columns: columns.collect(),
        again,
        absent: lacking.map(|(index, _)| table.columns[index].id.clone()).collect(),
        rows: items.iter().zip(&rows.taken).filter_map(|(item, row)| Some((item.id.to_owned(), (*row)?))).collect(),
        opinions: units.those_of(opinions(table, &row, text, scale)),
        other_rows: rows.repeated.iter().map(|(_, row)| *row).chain(rows.unknown.iter().copied()).collect(),
    })
}

/// Whether senders fill in a column of a table.
const fn is_filled_in(column: &TableColumn) -> bool {
    match &column.holds {
        Holds::Score(_) | Holds::Entry(_) => true,
        Holds::Code | Holds::Text | Holds::CodeAndText | Holds::Form | Holds::Opinions | Holds::Result => false,
    }
}

/// Finds the headings of a table: by their words, else where the form has them, else right above its first row; codes and texts by
/// what stands in them.
fn heading_row(
    table: &Table,
    text: &SheetText,
    (names, headings): (&Names, &[Heading]),
    (form, units): (&FormHeadings, &Units),
) -> Option<HeadingRow> {
    let above = || heading::above(text, identity::first_row(text, names)?, headings);
    let mut row = heading::find(text, headings).or_else(|| form.find(text)).or_else(above)?;
    row.set_aside(text, |heading| units.names(heading));
    let by_content = identity::content_columns(table, text, names, row.row);
    for (index, column) in by_content.iter().enumerate() {
        if let Some(column) = column {
            row.place(index, *column);
        }
    }
    row.fill(text, headings);
    Some(row)
}

/// Returns the columns under headings of the sender's own in which judgements stand, wherever they were moved; an empty one
/// counts between the columns beside the one that holds opinions.
fn opinions(table: &Table, row: &HeadingRow, text: &SheetText, scale: Content) -> Vec<(String, u32)> {
    let Some(index) = table.columns.iter().position(|column| matches!(column.holds, Holds::Opinions)) else {
        return Vec::new();
    };
    let before = row.columns[..index].iter().flatten().max().copied().unwrap_or(0);
    let after = row.columns[index + 1..].iter().flatten().filter(|column| **column > before).min().copied();
    let is_between = |column: u32| column > before && after.is_some_and(|after| column < after);
    let mut columns = [row.free(text), row.aside().to_vec()].concat();
    columns.sort_unstable();
    let judged = columns.into_iter().filter(|column| match scale.weigh(text, *column, row.row) {
        Evidence::For => true,
        Evidence::Silent => is_between(*column),
        Evidence::Against => false,
    });
    judged.map(|column| (headed(text, row, column), column)).collect()
}

/// Returns what heads a column, as written: a text or a number, over one row or two.
fn headed(text: &SheetText, row: &HeadingRow, column: u32) -> String {
    let cells = row.cells(text, column).filter_map(|at| text.sheet.cell(at));
    let words: Vec<String> = cells
        .map(|cell| cell.shown(DateSystem::From1900).trim().to_owned())
        .filter(|words| !words.is_empty())
        .collect();
    words.join(" ")
}

/// Returns the answers of a table's criteria; a table of measures has none by which it could be told.
fn scale_of<'a>(framework: &'a Framework, table: &Table) -> Content<'a> {
    let sections = table.sections.iter().filter_map(|id| framework.section(id));
    let first = sections.flat_map(|section| &section.criteria).next();
    first.map_or(Content::Anything, |criterion| Content::Grade(framework.scale(criterion)))
}

/// Returns the heading of a column as it is looked for.
fn wanted<'a>(column: &'a TableColumn, scale: Content<'a>) -> Heading<'a> {
    let scores = matches!(column.required, Presence::Required) && !column.heading.is_empty();
    let content = match &column.holds {
        Holds::Score(_) => scale,
        Holds::Entry(kind) => Content::Entry(kind),
        Holds::Code | Holds::Text | Holds::CodeAndText | Holds::Form | Holds::Opinions | Holds::Result => {
            Content::Anything
        }
    };
    let needed = match (&column.holds, &column.required) {
        _ if scores => Needed::Yes,
        (Holds::Entry(_), Presence::Optional) => Needed::ToFillIn,
        _ => Needed::No,
    };
    Heading { title: &column.heading, also: &column.also, needed, content }
}

/// The rows below a heading, matched with the rows that should be there.
struct Rows {
    /// For each item, its row.
    taken: Vec<Option<u32>>,
    /// Rows whose code or text belongs to an item that has a row already.
    repeated: Vec<(usize, u32)>,
    /// Rows with an answer that belong to no item.
    unknown: Vec<u32>,
    /// Rows whose text or code isn't the item's.
    reworded: Vec<Reworded>,
    /// Rows that were told by one of code and text alone, each with the cell of the other.
    half_named: Vec<(usize, Half, CellRef)>,
}

/// By what of its name alone a row was told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Half {
    Text,
    Code,
}

/// A row whose text or code isn't its item's.
struct Reworded {
    item: usize,
    /// The item that the text, or the code, is of.
    other: Option<usize>,
    /// The cell that isn't as in the form, and what stands there.
    at: CellRef,
    part: Part,
}

/// What of a row isn't as in the form.
#[derive(Clone, Copy)]
enum Part {
    Text,
    /// The code, in a cell of its own.
    Code,
    /// The code before the text, in one cell.
    CodeAndText,
}

/// What is known of a table before its rows are matched.
#[derive(Clone, Copy)]
struct TableBasis<'a> {
    table: &'a Table,
    text: &'a SheetText<'a>,
    items: &'a [Item<'a>],
    names: &'a Names,
    framework: &'a Framework,
}

/// A row as it names itself.
struct NamedRow {
    row: u32,
    /// The item of its code.
    code: Option<usize>,
    /// The cell of the code, where it has one of its own.
    code_at: Option<CellRef>,
    /// The cell in which the code stands, or should, alone or before the text; and that of the text.
    named_at: [Option<CellRef>; 2],
    /// Its text, and the item that has it word for word.
    words: Option<(CellRef, Wording)>,
    text: Option<usize>,
}

impl NamedRow {
    /// Reads how a row names itself.
    fn read(row: u32, keys: &Keys, basis: TableBasis) -> Self {
        let (code, words) = keys.read(row, basis.text, basis.names);
        let code = code.and_then(|code| basis.names.by_code(&code));
        let text = words.as_ref().and_then(|(_, words)| basis.names.by_text(words));
        let code_at = keys.code.filter(|_| keys.joined.is_none()).map(|column| CellRef::new(row, column));
        let named_at = [keys.joined.or(keys.code), keys.joined.or(keys.text)];
        let named_at = named_at.map(|column| Some(CellRef::new(row, column?)));
        Self { row, code, code_at, named_at, words, text }
    }

    /// Whether code and text name two items.
    fn is_torn(&self) -> bool {
        self.code.zip(self.text).is_some_and(|(code, text)| code != text)
    }
}

impl Rows {
    /// Matches the rows below the heading.
    fn read(basis: TableBasis, heading: &HeadingRow) -> Self {
        let keys = Keys::new(basis.table, &heading.columns);
        let mut rows = Self {
            taken: vec![None; basis.items.len()],
            repeated: Vec::new(),
            unknown: Vec::new(),
            reworded: Vec::new(),
            half_named: Vec::new(),
        };
        let below = basis.text.sheet.rows().map(|(row, _)| row).filter(|row| *row > heading.row);
        let rest = rows.take_named(below.map(|row| NamedRow::read(row, &keys, basis)).collect(), basis);
        let rest = rows.take_alike(rest, basis);
        rows.unknown = rest
            .into_iter()
            .map(|named| named.row)
            .filter(|row| rows.is_unknown(*row, &keys, basis, heading.row))
            .collect();
        rows
    }

    /// Takes the rows whose code or text is an item's, and returns the others.
    ///
    /// Where several rows have an item's code, the form's own is taken: that with its text too, or one like it, in its place. A code
    /// counts before a text. But where most codes stand beside another item's text the rows were numbered anew, and
    /// a code that another row has with the right text was mistyped here (1.1 for 1.10): there the text counts.
    fn take_named(&mut self, all: Vec<NamedRow>, basis: TableBasis) -> Vec<NamedRow> {
        let torn = all.iter().filter(|named| named.is_torn()).count();
        let whole = all.iter().filter(|named| named.code.is_some() && named.code == named.text);
        let sound: Vec<usize> = whole.filter_map(|named| named.code).collect();
        let numbered_anew = torn > 2 && torn > sound.len();
        let item = |named: &NamedRow| {
            let by_text = named.is_torn()
                && (numbered_anew
                    || named.code.is_some_and(|code| sound.contains(&code))
                        && named.text.is_some_and(|text| !sound.contains(&text)));
            if by_text { named.text } else { named.code.or(named.text) }
        };
        let (named, rest): (Vec<NamedRow>, Vec<NamedRow>) = all.into_iter().partition(|named| item(named).is_some());
        let named: Vec<(usize, NamedRow)> =
            named.into_iter().filter_map(|named| Some((item(&named)?, named))).collect();
        let own = own_rows(&named, basis.items);
        let (first, others): (Vec<_>, Vec<_>) =
            named.iter().partition(|(index, named)| own.get(index).is_none_or(|row| *row == named.row));
        first.into_iter().chain(others).for_each(|(index, named)| self.take(*index, named, basis.items));
        rest
    }

    /// Gives an item its row; says so where it has one already or where the text differs.
    fn take(&mut self, index: usize, named: &NamedRow, items: &[Item]) {
        if self.taken[index].is_some() {
            self.repeated.push((index, named.row));
            return;
        }
        self.taken[index] = Some(named.row);
        let half = match (named.code, &named.words) {
            (None, Some(_)) => named.named_at[0].map(|at| (Half::Text, at)),
            (Some(_), None) => named.named_at[1].map(|at| (Half::Code, at)),
            (Some(_), Some(_)) | (None, None) => None,
        };
        self.half_named.extend(half.map(|(half, at)| (index, half, at)));
        let Some((at, words)) = &named.words else { return };
        if named.is_torn() && named.text == Some(index) {
            // A number format turns 1.10 into 1.1, or 1.1 into 1.10: the text tells the two apart, and nobody changed anything.
            let plain = |item: usize| items[item].id.trim_end_matches('0');
            if named.code.is_none_or(|code| plain(index) != plain(code)) {
                let (at, part) = named.code_at.map_or((*at, Part::CodeAndText), |at| (at, Part::Code));
                self.reworded.push(Reworded { item: index, other: named.code, at, part });
            }
        } else if !words.as_str().starts_with(Wording::of(items[index].text).as_str()) {
            // Forms often add notes below a text, on how it is scored, say; the text itself must be there.
            self.reworded.push(Reworded { item: index, other: named.text, at: *at, part: Part::Text });
        }
    }

    /// Takes rows without a known code for the items still missing, where order and wording agree; returns the others.
    fn take_alike(&mut self, rest: Vec<NamedRow>, basis: TableBasis) -> Vec<NamedRow> {
        let mut others = Vec::new();
        for named in rest {
            match self.most_alike(&named, basis.items) {
                Some(index) => self.take(index, &named, basis.items),
                None => others.push(named),
            }
        }
        others
    }

    /// Returns the missing item that fits a row best: alike, and between the items of the rows around it.
    fn most_alike(&self, named: &NamedRow, items: &[Item]) -> Option<usize> {
        let (_, words) = named.words.as_ref()?;
        let missing =
            (0..items.len()).filter(|index| self.taken[*index].is_none() && self.is_in_order(*index, named.row));
        let likeness = |index: usize| words.likeness_from(&Wording::of(items[index].text), NEAR_TEXT);
        let alike = missing.filter_map(|index| Some((likeness(index)?, index)));
        let best = alike.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        best.map(|(_, index)| index)
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

    /// Whether a row that belongs to no item holds an answer of its own within the table.
    fn is_unknown(&self, row: u32, keys: &Keys, basis: TableBasis, heading: u32) -> bool {
        let text = basis.text;
        let mut named = [keys.joined, keys.code, keys.text].into_iter().flatten();
        let is_named = named.any(|column| text.at(CellRef::new(row, column)).is_some());
        let answers = keys.scores.iter().filter_map(|column| text.sheet.cell(CellRef::new(row, *column)));
        let is_answered = answers.clone().any(|cell| cell.formula.is_none() && !cell.value.is_blank());
        let is_numeric = || answers.clone().any(|cell| is_number(&cell.value));
        let is_near = self.span().is_some_and(|(first, last)| {
            // Right above the first row the heading may go on, with units or numbers of columns.
            (row + 1 == first && is_numeric() && !is_all_numbers(text, row)) || (first..=last + 3).contains(&row)
        });
        let is_other = is_stated(row, text, basis.framework, basis.table) || repeats_heading(text, row, heading);
        let is_numbered = || {
            let coded = [keys.joined, keys.code].into_iter().flatten();
            let words = coded.filter_map(|column| text.at(CellRef::new(row, column)));
            words.into_iter().any(|words| is_numbered_on(words, basis.items))
        };
        is_named && is_answered && (is_near || is_numbered()) && !is_other
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
        findings.extend(self.reworded.iter().map(|reworded| criterion_reworded(text, items, reworded)));
        findings.extend([Half::Text, Half::Code].into_iter().filter_map(|half| self.half_named(text, items, half)));
    }

    /// Says of how many rows the form's numbers, or its texts, aren't there, so that the other told them.
    fn half_named(&self, text: &SheetText, items: &[Item], half: Half) -> Option<Finding> {
        let rows: Vec<_> = self.half_named.iter().filter(|(_, own, _)| *own == half).collect();
        let (item, _, first) = rows.first()?;
        let last = rows.iter().map(|(_, _, at)| *at).max()?;
        let (item, count) = (&items[*item], number_of(rows.len(), "row", "rows"));
        let said = text.sheet.cell(*first).map(|cell| cell.written(DateSystem::From1900)).unwrap_or_default();
        let stands =
            if said.trim().is_empty() { "nothing".to_owned() } else { format!("“{}”", excerpt(said.trim())) };
        let (what, by, expected) = match half {
            Half::Text => ("number", "texts", item.id.to_owned()),
            Half::Code => ("text", "numbers", item.written()),
        };
        let message = format!(
            "{count} {} the form's {what} ({stands} stands where {} should); they were told by their {by}",
            agree(rows.len(), "doesn't have", "don't have"),
            if half == Half::Text { format!("“{}”", item.id) } else { format!("the text of {}", item.id) },
        );
        let cells = CellRange::new(*first, CellRef::new(last.row, first.column));
        let finding = Finding::new(&CRITERION_REWORDED, Place::Cells(text.sheet.name.clone(), cells), message);
        let help = "Check that each answer is about its own ¤criterion, and put the form's own words back.";
        Some(finding.with_severity(Severity::Note).with_found(said.trim()).with_expected(expected).with_help(help))
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

/// Returns for each item that several rows name the one that is the form's own: whose text is most like the item's, of equals one that
/// stands between the items beside it, and of these the first.
fn own_rows(named: &[(usize, NamedRow)], items: &[Item]) -> BTreeMap<usize, u32> {
    let mut all: BTreeMap<usize, Vec<&NamedRow>> = BTreeMap::new();
    for (index, named) in named {
        all.entry(*index).or_default().push(named);
    }
    let alone: Vec<(usize, u32)> = all
        .iter()
        .filter_map(|(index, rows)| if let [only] = rows[..] { Some((*index, only.row)) } else { None })
        .collect();
    let in_order = |index: usize, row: u32| {
        let is_right = |(other, at): &&(usize, u32)| (*other < index) == (*at < row);
        alone.iter().filter(is_right).count()
    };
    let several = all.iter().filter(|(_, rows)| rows.len() > 1);
    let own = several.filter_map(|(index, rows)| {
        let fit = |named: &&&NamedRow| {
            let place = in_order(*index, named.row);
            (likeness(named, *index, items), place, Reverse(named.row))
        };
        Some((*index, rows.iter().max_by_key(fit)?.row))
    });
    own.collect()
}

/// Returns how like an item's a row's text is: word for word, much like it, or not.
fn likeness(named: &NamedRow, index: usize, items: &[Item]) -> u8 {
    let text = Wording::of(items[index].text);
    match &named.words {
        _ if named.text == Some(index) => 3,
        Some((_, words)) if words.as_str().starts_with(text.as_str()) => 2,
        Some((_, words)) if words.likeness_from(&text, NEAR_TEXT).is_some() => 1,
        Some(_) | None => 0,
    }
}

/// Whether words begin with a code as the form's are, with another number: `1.1.11` after `1.1.1` to `1.1.10`.
fn is_numbered_on(words: &Wording, items: &[Item]) -> bool {
    let stem = |code: &str| code.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
    let code = words.as_str().split(' ').next().unwrap_or_default().trim_end_matches(['.', ')', ':']);
    let own = stem(code);
    !own.is_empty() && own != code && items.iter().any(|item| stem(Wording::of(item.id).as_str()) == own)
}

/// Returns the beginning of a text.
fn excerpt(text: &str) -> String {
    const LONGEST: usize = 30;
    let short: String = text.chars().take(LONGEST).collect();
    if text.chars().count() > LONGEST { format!("{short}\u{2026}") } else { short }
}

/// Whether a value is a number, typed as one or as text.
fn is_number(value: &Value) -> bool {
    match value {
        Value::Number(_) => true,
        Value::Text(text) => text.trim().parse::<f64>().is_ok(),
        Value::Empty | Value::Date(_) | Value::Elapsed(_) | Value::Picture | Value::Logical(_) | Value::Error(_) => {
            false
        }
    }
}

/// Whether nothing but numbers stands in a row.
fn is_all_numbers(text: &SheetText, row: u32) -> bool {
    let mut cells = text.sheet.cells.iter().filter(|cell| cell.at.row == row && !cell.value.is_blank());
    cells.all(|cell| is_number(&cell.value))
}

/// Whether a row says again what the heading says, as where a table is printed in parts.
fn repeats_heading(text: &SheetText, row: u32, heading: u32) -> bool {
    let cells = text.row(row);
    cells.len() > 1 && cells.iter().all(|(at, words)| text.at(CellRef::new(heading, at.column)) == Some(words))
}

/// Whether a row is one in which the form states a total.
fn is_stated(row: u32, text: &SheetText, framework: &Framework, table: &Table) -> bool {
    let mut labels =
        framework.stated.iter().filter(|stated| stated.sheet == table.sheet).map(|stated| Wording::of(&stated.row));
    labels.any(|label| text.row(row).iter().any(|(_, words)| words.likeness_from(&label, 0.8).is_some()))
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
        format!("row {row} has an answer, but “{written}” is no ¤criterion of the framework; it doesn't count");
    Finding::new(&CRITERION_UNKNOWN, Place::cell(&text.sheet.name, at), message)
        .with_found(written)
        .with_help("Move the answer to the ¤criterion that it is about, or delete the row.")
}

fn criterion_reworded(text: &SheetText, items: &[Item], reworded: &Reworded) -> Finding {
    let item = &items[reworded.item];
    let written = text.sheet.cell(reworded.at).map(|cell| cell.written(DateSystem::From1900)).unwrap_or_default();
    let (id, said) = (item.id, written.trim());
    let other = reworded.other.map(|other| items[other].id);
    let message = match (other, reworded.part) {
        (Some(other), Part::Code) => {
            format!("the row is numbered {other}, but its text is that of {id}; it was read as {id}")
        }
        (Some(other), Part::CodeAndText) => {
            format!("the row is numbered {other}, but “{said}” is the text of {id}; it was read as {id}")
        }
        (Some(other), Part::Text) => {
            format!("the row is numbered {id}, but “{said}” is the text of {other}; it was read as {id}")
        }
        (None, Part::Text | Part::Code | Part::CodeAndText) => {
            format!("the text of {id} isn't the framework's: “{said}”; the row was read as {id}")
        }
    };
    let (expected, help) = match reworded.part {
        Part::Code => {
            (id.to_owned(), "Put the form's number back, and check that the answer is about the text beside it.")
        }
        Part::Text | Part::CodeAndText => {
            (item.written(), "Check that the answer is about the framework's own text, and put that text back.")
        }
    };
    Finding::new(&CRITERION_REWORDED, Place::cell(&text.sheet.name, reworded.at), message)
        .with_subject(id)
        .with_found(written)
        .with_expected(expected)
        .with_help(help)
}
