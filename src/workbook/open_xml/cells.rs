//! The cells of a sheet of Office Open XML, read row by row, and which rows are hidden.
//!
//! A stray cell in the last corner of a sheet costs one cell. A formula without a stored result is an empty value with its
//! formula; one that gives an empty text has that as its value.

use std::borrow::Cow;
use std::collections::BTreeMap;

use calamine::expand_shared_formula;
use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::BytesStart;
use quick_xml::events::attributes::Attribute;

use super::rich_value::RichValue;
use super::strings::{Words, plain, words};
use crate::cell::{CellRange, CellRef, LAST_ROW};
use crate::workbook::cells::lost_text;
use crate::workbook::facts::LEAST_HEIGHT;
use crate::workbook::facts::element::{Tag, attribute, next_tag, says_yes, text_within};
use crate::workbook::serial::{serial_of_duration, serial_of_time};
use crate::workbook::spread::Spreads;
use crate::workbook::style::Style;
use crate::workbook::tally::Tally;
use crate::workbook::{Cell, DateSystem, Look, ReadError, Span, Value};

/// What all sheets of a workbook share.
#[derive(Debug)]
pub(super) struct Shared {
    /// The kept strings.
    pub(super) strings: Vec<Words>,
    /// The styles of cells.
    pub(super) styles: Vec<Style>,
    /// The values beyond those of cells, by their numbers from one.
    pub(super) rich_values: Vec<RichValue>,
    /// Which day dates count from.
    pub(super) system: DateSystem,
}

/// Why the rows of a sheet can't be read.
#[derive(Debug)]
pub(super) enum Fault {
    /// The part is no sound XML.
    Xml(quick_xml::Error),
    /// What it says makes no sense.
    Content(String),
    /// It is refused.
    Refused(ReadError),
}

impl From<quick_xml::Error> for Fault {
    fn from(error: quick_xml::Error) -> Self {
        Self::Xml(error)
    }
}

impl From<ReadError> for Fault {
    fn from(error: ReadError) -> Self {
        Self::Refused(error)
    }
}

/// Reads the rows of one sheet.
#[derive(Debug)]
pub(super) struct RowReader<'a, 'b> {
    sheet: &'a str,
    shared: &'a Shared,
    tally: &'a mut Tally<'b>,
    pub(super) row: u32,
    column: u32,
    formulas: SharedFormulas,
    spreads: Spreads,
    /// The cells that hold something, in the order of the part.
    pub(super) cells: Vec<Cell>,
    /// The hidden rows.
    pub(super) hidden: Vec<Span>,
}

/// What the tag of a cell says.
#[derive(Debug, Default)]
struct CellTag {
    style: usize,
    kind: Kind,
    rich_value: Option<usize>,
}

/// What the tag of a row says.
#[derive(Debug, Default)]
struct RowTag {
    number: Option<u32>,
    height: Option<f64>,
    is_hidden: bool,
}

/// How a cell's value is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    Number,
    Kept,
    Text,
    Inline,
    Logical,
    Error,
    Date,
}

/// What a cell's element holds.
#[derive(Debug, Default)]
struct Inside {
    /// The value as written; `None` where there is no element for it.
    value: Option<String>,
    inline: Option<Words>,
    formula: Option<Box<str>>,
}

impl<'a, 'b> RowReader<'a, 'b> {
    /// Begins a sheet.
    pub(super) fn new(sheet: &'a str, shared: &'a Shared, tally: &'a mut Tally<'b>) -> Self {
        let (formulas, spreads) = (SharedFormulas::default(), Spreads::default());
        Self { sheet, shared, tally, row: 0, column: 0, formulas, spreads, cells: Vec::new(), hidden: Vec::new() }
    }

    /// Reads rows up to the end of them; `is_low` where rows have no height unless they say so.
    pub(super) fn read(&mut self, reader: &mut Reader<&[u8]>, is_low: bool) -> Result<(), Fault> {
        loop {
            match next_tag(reader)? {
                Some(Tag::Start(element)) => match element.local_name().as_ref() {
                    "row" => self.begin_row(&element, is_low),
                    "c" => self.cell(reader, &element)?,
                    _ => {}
                },
                Some(Tag::Empty(element)) => match element.local_name().as_ref() {
                    "row" => self.begin_row(&element, is_low),
                    "c" => self.pass(&element)?,
                    _ => {}
                },
                Some(Tag::End(element)) if element.local_name().as_ref() == "sheetData" => break,
                None => return Err(Fault::Content("it ends within its rows".to_owned())),
                Some(Tag::End(_)) => {}
            }
        }
        std::mem::take(&mut self.formulas).settle(&mut self.cells);
        Ok(())
    }

    /// Begins a row, and notes where it is hidden: by its own word, or by a height at which nobody sees anything.
    fn begin_row(&mut self, element: &BytesStart<'_>, is_low: bool) {
        let tag = RowTag::of(element);
        self.row = tag.number.unwrap_or(self.row.saturating_add(1));
        self.column = 0;
        let is_hidden = tag.is_hidden || tag.height.map_or(is_low, |height| height < LEAST_HEIGHT);
        if is_hidden && (1..=LAST_ROW).contains(&self.row) {
            self.hidden.push(Span { first: self.row, last: self.row });
        }
    }

    /// Reads a cell.
    fn cell(&mut self, reader: &mut Reader<&[u8]>, element: &BytesStart<'_>) -> Result<(), Fault> {
        let tag = self.go_to(element)?;
        let at = CellRef::new(self.row, self.column);
        let mut inside = self.inside(reader, at)?;
        if inside.formula.is_none() && self.spreads.fills(at) {
            inside.formula = Some("".into());
        }
        let style = self.shared.styles.get(tag.style);
        let (value, struck) = self.value(&tag, &inside)?;
        if value == Value::Empty && inside.formula.is_none() {
            return Ok(());
        }
        self.tally.add(at, self.sheet, &value, inside.formula.as_deref())?;
        let mut cell = Cell { look: Look { struck, ..Look::default() }, ..Cell::new(at, value, inside.formula) };
        if let Some(style) = style {
            style.put_on(&mut cell, self.shared.system);
        }
        self.cells.push(cell);
        Ok(())
    }

    /// Goes to where the tag of a cell says that it stands; returns what else it says.
    fn go_to(&mut self, element: &BytesStart<'_>) -> Result<CellTag, Fault> {
        let (tag, place) = cell_tag(element);
        (self.row, self.column) = match place {
            Some(place) => place_of(&place).ok_or_else(|| Fault::Content(format!("no cell can be at `{place}`")))?,
            None => (self.row, self.column.saturating_add(1)),
        };
        Ok(tag)
    }

    /// Passes over a cell that holds nothing.
    fn pass(&mut self, element: &BytesStart<'_>) -> Result<(), Fault> {
        self.go_to(element).map(|_| ())
    }

    /// Reads what a cell's element holds, up to its end.
    fn inside(&mut self, reader: &mut Reader<&[u8]>, at: CellRef) -> Result<Inside, Fault> {
        let mut inside = Inside::default();
        loop {
            match next_tag(reader)? {
                Some(Tag::Start(element)) => match element.local_name().as_ref() {
                    "v" => inside.value = Some(text_in(reader, &element)?),
                    "is" => inside.inline = Some(words(reader, &element)?),
                    "f" => inside.formula = self.formula(&element, text_in(reader, &element)?, at),
                    _ => {}
                },
                Some(Tag::Empty(element)) => match element.local_name().as_ref() {
                    "v" => inside.value = Some(String::new()),
                    "is" => inside.inline = Some(Words::default()),
                    "f" => inside.formula = self.formula(&element, String::new(), at),
                    _ => {}
                },
                Some(Tag::End(element)) if element.local_name().as_ref() == "c" => return Ok(inside),
                None => return Err(Fault::Content("it ends within a cell".to_owned())),
                Some(Tag::End(_)) => {}
            }
        }
    }

    /// Returns the formula of the cell at `at`, whose element has this text: that of a table of data has none.
    fn formula(&mut self, element: &BytesStart<'_>, text: String, at: CellRef) -> Option<Box<str>> {
        let of = |name: &str| attribute(element, name);
        match of("t").as_deref() {
            Some("array" | "dataTable") => {
                if let Some(range) = of("ref").and_then(|range| range.parse::<CellRange>().ok())
                    && range.first == at
                {
                    self.spreads.note(range);
                }
                Some(text.into())
            }
            Some("shared") if let Some(number) = of("si").and_then(|number| number.trim().parse().ok()) => {
                Some(self.formulas.formula(number, text, at, self.cells.len()))
            }
            Some(_) | None => (!text.is_empty()).then(|| text.into()),
        }
    }

    /// Returns what a cell holds, and what is struck out of it.
    fn value(&self, tag: &CellTag, inside: &Inside) -> Result<(Value, Option<Box<str>>), Fault> {
        let written = inside.value.as_deref().unwrap_or_default();
        let whole = |value: Value| Ok((value, None));
        if inside.inline.is_none() && inside.value.is_none() {
            return whole(Value::Empty);
        }
        match tag.kind {
            Kind::Kept => self.kept(written, inside),
            Kind::Inline => Ok(inside
                .inline
                .as_ref()
                .map_or_else(|| (text(plain(written.to_owned())), None), |words| worded(words, inside))),
            Kind::Text => whole(text_or_error(plain(written.to_owned()), inside)),
            Kind::Logical => whole(Value::Logical(matches!(written.trim(), "1" | "true"))),
            Kind::Error => whole(self.error(written, tag.rich_value)),
            Kind::Date => whole(self.date(written)),
            Kind::Number => whole(number_value(written)),
        }
    }

    /// Returns a kept string.
    fn kept(&self, number: &str, inside: &Inside) -> Result<(Value, Option<Box<str>>), Fault> {
        let strings = &self.shared.strings;
        match number.trim().parse::<usize>().ok().and_then(|number| strings.get(number)) {
            Some(words) => Ok(worded(words, inside)),
            None if number.trim().is_empty() => Ok((Value::Empty, None)),
            None => Ok((lost_text(strings.len())?, None)),
        }
    }

    /// Returns an error value, or what stands in its stead.
    fn error(&self, written: &str, rich_value: Option<usize>) -> Value {
        let rich = rich_value.and_then(|number| self.shared.rich_values.get(number.checked_sub(1)?));
        match rich {
            Some(RichValue::Picture) => Value::Picture,
            Some(RichValue::Text(text)) => Value::Text(text.as_str().into()),
            Some(RichValue::Own) | None if written.trim().is_empty() => Value::Empty,
            Some(RichValue::Own) | None => Value::Error(written.trim().into()),
        }
    }

    /// Returns a day or a time that is written out.
    fn date(&self, written: &str) -> Value {
        let moment = serial_of_time(written, self.shared.system).map(Value::Date);
        moment.or_else(|| serial_of_duration(written).map(Value::Elapsed)).unwrap_or_else(|| text(written.to_owned()))
    }
}

/// Returns a text with what is struck out of it.
fn worded(words: &Words, inside: &Inside) -> (Value, Option<Box<str>>) {
    let is_nothing = words.text.is_empty() && inside.formula.is_none();
    let value = if is_nothing { Value::Empty } else { Value::Text(words.text.clone()) };
    (value, words.struck.clone())
}

/// Returns the text that a formula gives, empty or not, or the error that it shows.
fn text_or_error(written: String, inside: &Inside) -> Value {
    const ERRORS: [&str; 7] = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"];
    if ERRORS.contains(&written.trim()) {
        Value::Error(written.trim().into())
    } else if written.is_empty() && inside.formula.is_some() {
        Value::Text("".into())
    } else {
        text(written)
    }
}

/// Returns a text; nothing where it is empty.
fn text(text: String) -> Value {
    if text.is_empty() { Value::Empty } else { Value::Text(text.into()) }
}

/// Returns a number; what isn't one is a text.
fn number_value(written: &str) -> Value {
    let number = written.trim().parse::<f64>().ok().filter(|number| number.is_finite());
    number.map_or_else(|| text(written.trim().to_owned()), Value::Number)
}

impl RowTag {
    /// Reads the tag of a row.
    fn of(element: &BytesStart<'_>) -> Self {
        let mut tag = Self::default();
        for attribute in element.attributes().with_checks(false).flatten() {
            match attribute.key.into_inner() {
                "r" => tag.number = value_of(attribute).and_then(|number| number.parse().ok()),
                "ht" => tag.height = value_of(attribute).and_then(|height| height.parse().ok()),
                "hidden" => tag.is_hidden = value_of(attribute).is_some_and(|word| says_yes(&word)),
                _ => {}
            }
        }
        tag
    }
}

/// Returns what the tag of a cell says, and its place where it says that.
fn cell_tag<'a>(element: &'a BytesStart<'_>) -> (CellTag, Option<Cow<'a, str>>) {
    let (mut tag, mut place) = (CellTag::default(), None);
    for attribute in element.attributes().with_checks(false).flatten() {
        match attribute.key.into_inner() {
            "r" => place = value_of(attribute),
            "s" => tag.style = value_of(attribute).and_then(|number| number.parse().ok()).unwrap_or_default(),
            "t" => tag.kind = Kind::of(&value_of(attribute).unwrap_or_default()),
            "vm" => tag.rich_value = value_of(attribute).and_then(|number| number.parse().ok()),
            _ => {}
        }
    }
    (tag, place)
}

/// Returns the value of an attribute without blanks round it; `None` where nobody can tell what it stands for.
fn value_of(attribute: Attribute<'_>) -> Option<Cow<'_, str>> {
    // Letters and digits stand for themselves.
    if attribute.value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.') {
        return Some(attribute.value);
    }
    let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
    Some(Cow::Owned(value.trim().to_owned()))
}

impl Kind {
    /// Returns the way that a word stands for.
    fn of(word: &str) -> Self {
        match word {
            "s" => Self::Kept,
            "str" => Self::Text,
            "inlineStr" => Self::Inline,
            "b" => Self::Logical,
            "e" => Self::Error,
            "d" => Self::Date,
            _ => Self::Number,
        }
    }
}

/// Returns the row and the column of a place such as `C5`, also beyond the grid; `None` where it is no place.
fn place_of(place: &str) -> Option<(u32, u32)> {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic).count();
    let column = place[..letters].bytes().try_fold(0_u32, |column, letter| {
        column.checked_mul(26)?.checked_add(u32::from(letter.to_ascii_uppercase() - b'A') + 1)
    });
    let row = place[letters..].parse().ok()?;
    Some((row, column.filter(|_| letters > 0)?))
}

/// Returns the text in the element that `start` opened, up to its end.
fn text_in(reader: &mut Reader<&[u8]>, start: &BytesStart<'_>) -> Result<String, Fault> {
    let (text, is_whole) = text_within(reader, start)?;
    if is_whole { Ok(text) } else { Err(Fault::Content("it ends within a cell".to_owned())) }
}

/// Formulas that several cells share: one cell has the text, the others name it.
#[derive(Debug, Default)]
struct SharedFormulas {
    texts: BTreeMap<usize, (String, CellRef)>,
    /// Cells whose formula was named before its text came: their index, place and the formula's number.
    waiting: Vec<(usize, CellRef, usize)>,
}

impl SharedFormulas {
    /// Returns a cell's formula of this number as it would stand in that cell alone; empty until it is known.
    fn formula(&mut self, shared: usize, text: String, at: CellRef, index: usize) -> Box<str> {
        if !text.is_empty() {
            self.texts.insert(shared, (text.clone(), at));
            return text.into();
        }
        let text = self.texts.get(&shared);
        if text.is_none() {
            self.waiting.push((index, at, shared));
        }
        text.map_or_else(|| "".into(), |text| moved(text, at))
    }

    /// Gives the cells that came before their formula's text that text.
    fn settle(self, cells: &mut [Cell]) {
        for (index, at, number) in self.waiting {
            if let Some(text) = self.texts.get(&number) {
                cells[index].formula = Some(moved(text, at));
            }
        }
    }
}

/// Returns a formula as it stands in another cell; as it is where it can't be moved there.
fn moved((text, from): &(String, CellRef), to: CellRef) -> Box<str> {
    let place = |at: CellRef| (at.row.saturating_sub(1), at.column.saturating_sub(1));
    expand_shared_formula(text, place(*from), place(to)).unwrap_or_else(|_| text.clone()).into()
}

#[cfg(test)]
mod tests {
    use quick_xml::Reader;

    use super::*;
    use crate::ooxml::Limits;
    use crate::workbook::NumberFormat;
    use crate::workbook::facts::element::terse_reader;

    fn read(rows: &str, shared: &Shared) -> (Vec<Cell>, Vec<u32>) {
        let limits = Limits::default();
        let mut tally = Tally::new(&limits);
        let mut cells = RowReader::new("A", shared, &mut tally);
        let part = format!("{rows}</sheetData>");
        let mut reader: Reader<&[u8]> = terse_reader(&part);
        cells.read(&mut reader, false).unwrap();
        (cells.cells, cells.hidden.iter().map(|span| span.first).collect())
    }

    fn shared(system: DateSystem) -> Shared {
        let style = |code: &str, is_struck: bool, is_checkbox: bool| Style {
            format: NumberFormat::of(code).map(std::sync::Arc::new),
            is_struck,
            symbols: None,
            is_checkbox,
        };
        let words = |text: &str, struck: Option<&str>| Words { text: text.into(), struck: struck.map(Into::into) };
        Shared {
            strings: vec![words("a", None), words("2", Some("3"))],
            styles: vec![
                style("", false, false),
                style("dd/mm/yyyy", false, false),
                style("[h]:mm", false, false),
                style("0%", true, false),
                style("", false, true),
            ],
            rich_values: vec![RichValue::Picture, RichValue::Text("Leeds".to_owned()), RichValue::Own],
            system,
        }
    }

    #[test]
    fn rows_are_hidden_by_their_own_word_or_a_height_at_which_nobody_sees_anything() {
        let cases: [(&str, &[u32]); 9] = [
            ("", &[]),
            ("<row r=\"3\" hidden=\"1\"><c r=\"A3\"/></row><row r=\"4\" hidden=\"0\"/>", &[3]),
            ("<row r=\"3\"><c t=\"inlineStr\"><is><t>hidden=\"1\"</t></is></c></row>", &[]),
            ("<row/><row hidden=\"true\"/><row r=\"9\"/><row hidden=\"1\"/>", &[2, 10]),
            ("<x:row r=\"7\" hidden=\"1\"/>", &[7]),
            ("<row\n r=\"8\"\n hidden = '1'/>", &[8]),
            ("<row r=\"5\" ht=\"0\" customHeight=\"1\"/><row r=\"6\" ht=\"12.5\"/>", &[5]),
            (
                "<row r=\"5\" ht=\"0.75\"/><row r=\"6\" ht=\"1.5\"/><row r=\"7\" ht=\"2.25\"/><row r=\"8\" ht=\"6\"/>",
                &[5, 6],
            ),
            ("<row r=\"1048577\" hidden=\"1\"/>", &[]),
        ];
        for (rows, expected) in cases {
            assert_eq!(read(rows, &shared(DateSystem::From1900)).1, expected, "{rows}");
        }
    }

    #[test]
    fn cells_hold_what_is_seen() {
        let text = |text: &str| Value::Text(text.into());
        let error = |error: &str| Value::Error(error.into());
        let cases = [
            ("<c r=\"A1\"><v>2</v></c>", Some(Value::Number(2.0))),
            ("<c><v> 1E2 </v></c>", Some(Value::Number(100.0))),
            ("<c s=\"1\"><v>45658</v></c>", Some(Value::Date(45658.0))),
            ("<c s=\"2\"><v>0.5</v></c>", Some(Value::Elapsed(0.5))),
            ("<c s=\"99\"><v>2</v></c>", Some(Value::Number(2.0))),
            ("<c><v>two</v></c>", Some(text("two"))),
            ("<c><v/></c>", None),
            ("<c s=\"1\"/>", None),
            ("<c t=\"s\"><v>0</v></c>", Some(text("a"))),
            ("<c t=\"str\"><f>A</f><v></v></c>", Some(text(""))),
            ("<c t=\"str\"><f>A</f></c>", Some(Value::Empty)),
            ("<c><f>A</f><v></v></c>", Some(Value::Empty)),
            ("<c t=\"str\"><v></v></c>", None),
            ("<c t=\"str\"><f>A</f><v>#REF!</v></c>", Some(error("#REF!"))),
            ("<c t=\"str\"><v>#1 in town</v></c>", Some(text("#1 in town"))),
            ("<c t=\"inlineStr\"><is><t>b</t></is></c>", Some(text("b"))),
            ("<c t=\"b\"><v>1</v></c>", Some(Value::Logical(true))),
            ("<c t=\"b\" s=\"4\"><v>0</v></c>", Some(Value::Logical(false))),
            ("<c t=\"e\"><v>#N/A</v></c>", Some(error("#N/A"))),
            ("<c t=\"e\"><v>#SPILL!</v></c>", Some(error("#SPILL!"))),
            ("<c t=\"e\" vm=\"1\"><v>#VALUE!</v></c>", Some(Value::Picture)),
            ("<c t=\"e\" vm=\"2\"><v>#VALUE!</v></c>", Some(text("Leeds"))),
            ("<c t=\"e\" vm=\"3\"><v>#VALUE!</v></c>", Some(error("#VALUE!"))),
            ("<c t=\"e\" vm=\"9\"><v>#VALUE!</v></c>", Some(error("#VALUE!"))),
            ("<c t=\"d\"><v>2025-01-01</v></c>", Some(Value::Date(45658.0))),
            ("<c t=\"d\"><v>2025-01-01T12:00:00.00000000000000000</v></c>", Some(Value::Date(45658.5))),
            ("<c t=\"d\"><v>PT36H0M0.000S</v></c>", Some(Value::Elapsed(1.5))),
            ("<c t=\"d\"><v>soon</v></c>", Some(text("soon"))),
        ];
        for (cell, expected) in cases {
            let cells = read(&format!("<row>{cell}</row>"), &shared(DateSystem::From1900)).0;
            assert_eq!(cells.into_iter().next().map(|cell| cell.value), expected, "{cell}");
        }
        let later = read("<row><c t=\"d\"><v>2025-08-22</v></c></row>", &shared(DateSystem::From1904)).0;
        assert_eq!(later[0].value, Value::Date(44429.0));
    }

    #[test]
    fn what_is_struck_out_is_told_of_runs_and_of_cells() {
        let rows = "<row><c t=\"s\"><v>1</v></c><c s=\"3\"><v>0.5</v></c><c s=\"4\" t=\"b\"><v>1</v></c></row>";
        let cells = read(rows, &shared(DateSystem::From1900)).0;
        let said: Vec<_> =
            cells.iter().map(|cell| (cell.shown(DateSystem::From1900), cell.look.struck.as_deref())).collect();
        assert_eq!(said, [("2".into(), Some("3")), ("50%".into(), Some("50%")), ("\u{2611}".into(), None)]);
    }

    #[test]
    fn every_cell_that_a_formula_fills_has_one() {
        for kind in ["t=\"array\"", "t=\"dataTable\" dt2D=\"1\" dtr=\"1\" r1=\"A9\" r2=\"B9\""] {
            for text in ["", "A1:A9*2"] {
                let first = format!("<c><f {kind} ref=\"B1:C2\">{text}</f><v>1</v></c>");
                let rows = format!(
                    "<row><c><v>1</v></c>{first}<c t=\"str\"><v>a</v></c><c><v>1</v></c></row>\
                     <row><c><v>1</v></c><c t=\"e\"><v>#REF!</v></c><c><v></v></c><c><v>1</v></c></row>\
                     <row><c r=\"B3\"><v>1</v></c></row>"
                );
                let cells = read(&rows, &shared(DateSystem::From1900)).0;
                let filled = cells.iter().filter_map(|cell| Some((cell.at.to_string(), cell.formula.as_deref()?)));
                let expected = [("B1", text), ("C1", ""), ("B2", ""), ("C2", "")];
                assert_eq!(
                    filled.collect::<Vec<_>>(),
                    expected.map(|(at, text)| (at.to_owned(), text)),
                    "{kind} {text}"
                );
            }
        }
        let odd = ["", "ref=\"\"", "ref=\"B1\"", "ref=\"A1:C9\"", "ref=\"XFE1:XFF9\"", "ref=\"#REF!\""];
        for range in odd {
            let rows = format!("<row><c r=\"B1\"><f t=\"dataTable\" {range}/><v>1</v></c><c><v>2</v></c></row>");
            let cells = read(&rows, &shared(DateSystem::From1900)).0;
            let formulas: Vec<_> = cells.iter().map(|cell| cell.formula.as_deref()).collect();
            assert_eq!(formulas, [Some(""), None], "{range}");
        }
    }

    #[test]
    fn cells_without_a_place_follow_the_one_before() {
        let rows = "<row r=\"3\"><c><v>1</v></c><c/><c><v>2</v></c></row><row><c r=\"C4\"/><c><v>3</v></c></row>";
        let cells = read(rows, &shared(DateSystem::From1900)).0;
        let places: Vec<String> = cells.iter().map(|cell| cell.at.to_string()).collect();
        assert_eq!(places, ["A3", "C3", "D4"]);
    }
}
