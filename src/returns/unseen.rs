//! What counts though a person doesn't see it, or sees something else: hidden, struck out, shown otherwise by its number format, or below a
//! shape.

use std::collections::{BTreeMap, BTreeSet};

use crate::cell::{CellRange, CellRef, column_letters};
use crate::finding::{Finding, Place};
use crate::framework::{Framework, RegisterSpec};
use crate::words::{agree, list_and_others, number_of};
use crate::workbook::{DateSystem, Sheet, Visibility, Workbook};

use super::day;
use super::line::Column;
use super::place::Spot;
use super::rule::ANSWER_HIDDEN;

/// The most runs of rows that are named.
const MOST_NAMED: usize = 6;

/// What to do where a number format hides what counts.
const MASKED_HELP: &str = "Give the cell the number format “General”, and check that it is meant.";
/// What to do where something is struck out.
const STRUCK_HELP: &str = "Leave what is meant alone in the cell, not struck out.";

/// What to do where a line or another shape lies over what counts.
const DRAWN_HELP: &str = "Clear the cell if what stands in it isn’t meant; otherwise take the shape away.";

/// What isn't seen.
#[derive(Clone, Copy)]
pub(super) enum What {
    /// An answer.
    Answer,
    /// An entry of the cover.
    Entry,
    /// A figure or an outcome that the workbook states.
    Figure,
}

impl What {
    /// Returns what findings call it.
    const fn noun(self) -> &'static str {
        match self {
            Self::Answer => "answer",
            Self::Entry => "entry",
            Self::Figure => "figure",
        }
    }

    /// Returns what is done with it all the same.
    const fn does(self) -> &'static str {
        match self {
            Self::Answer | Self::Entry => "still counts",
            Self::Figure => "is compared all the same",
        }
    }
}

/// Says that what counts isn't seen, or not as it counts.
pub(super) fn at(spot: &Spot, what: What) -> Option<Finding> {
    spot.cell.filter(|cell| !cell.value.is_blank())?;
    let (message, help) = hidden(spot, what)?;
    Some(spot.finding(&ANSWER_HIDDEN, message).with_help(help))
}

/// Says that something beside an answer counts though it isn't seen; what it says may be anybody's name, and isn't repeated. What
/// hides the whole row is told of the answer.
pub(super) fn beside(spot: &Spot) -> Option<Finding> {
    let how = how(spot)?;
    let message = format!("what stands in the cell {}; {}", how.words(), how.counts());
    Some(Finding { found: None, ..spot.finding(&ANSWER_HIDDEN, message).with_help(how.help()) })
}

/// How a cell that can be seen doesn't show what it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum How {
    Masked,
    Struck,
    StruckInPart,
    Otherwise,
    InWords,
    InPart,
    Drawn,
}

/// Returns how a cell doesn't show what it holds; `None` where it does, is hidden itself, or holds nothing.
fn how(spot: &Spot) -> Option<How> {
    let cell = spot.cell.filter(|cell| !cell.value.is_blank() && !spot.sheet.hides(spot.at))?;
    match cell.look.struck.as_deref() {
        _ if cell.is_masked(spot.dates) => Some(How::Masked),
        Some(struck) if *struck == *spot.written() => Some(How::Struck),
        Some(_) => Some(How::StruckInPart),
        None if spot.shows_another_number() => Some(How::Otherwise),
        None if spot.shows_no_month() && day::in_words(spot).is_some() => Some(How::InPart),
        None if spot.counts_by_its_value() && spot.shows_something_else() => Some(How::InWords),
        None => spot.sheet.has_shape_over(spot.at).then_some(How::Drawn),
    }
}

impl How {
    /// Returns what is said of what stands in such a cell.
    const fn words(self) -> &'static str {
        match self {
            Self::Masked => "isn't shown, as its number format hides it",
            Self::Struck => "is struck out",
            Self::StruckInPart => "is struck out in part",
            Self::Otherwise => "is shown as another number by its number format",
            Self::InWords => "is shown as something else by its number format",
            Self::InPart => "is a day of which its number format shows no day and month",
            Self::Drawn => "lies under a line or another shape, which may strike it out or hide it",
        }
    }

    /// Returns what counts.
    const fn counts(self) -> &'static str {
        match self {
            Self::Masked | Self::Struck | Self::Drawn => "it still counts",
            Self::StruckInPart => "only the rest counts",
            Self::Otherwise => "the number that the cell holds counts",
            Self::InWords => "what the cell holds counts",
            Self::InPart => "the day that the cell holds counts",
        }
    }

    /// Returns what to do about it.
    const fn help(self) -> &'static str {
        match self {
            Self::Masked | Self::Otherwise | Self::InWords => MASKED_HELP,
            Self::InPart => "Format the cell as a date with its day, month and year, and check that it is meant.",
            Self::Struck | Self::StruckInPart => STRUCK_HELP,
            Self::Drawn => DRAWN_HELP,
        }
    }
}

/// Says why a person doesn't see what counts, and what to do about it.
fn hidden(spot: &Spot, what: What) -> Option<(String, &'static str)> {
    let (noun, does) = (what.noun(), what.does());
    if spot.sheet.hides(spot.at) {
        let message = format!("the {noun} {} stands in a hidden row, column or sheet; it {does}", spot.written());
        return Some((message, "Unhide it, and check that it is meant."));
    }
    let is_figure = matches!(what, What::Figure) && !spot.sheet.hides(spot.at) && spot.shows_something_else();
    let how = how(spot).or_else(|| is_figure.then_some(How::InWords))?;
    let written = spot.written();
    let message = match how {
        How::Masked => format!("the {noun} {written} isn't shown, as the cell's number format hides it; it {does}"),
        How::Struck => format!("the {noun} {written} is struck out; it {does}"),
        How::Drawn => format!("the {noun} {written} {}; it {does}", how.words()),
        How::StruckInPart => {
            let struck = spot.cell.and_then(|cell| cell.look.struck.as_deref()).unwrap_or_default();
            format!("“{}” is struck out in the cell; {} is read as the {noun}", struck.trim(), written.trim())
        }
        How::Otherwise | How::InWords => {
            let does = does.trim_start_matches("still ");
            format!("the cell shows {written}, but holds {}, which {does}", spot.held())
        }
        How::InPart => {
            let day = day::in_words(spot).unwrap_or_default();
            format!("the cell shows {written}, but holds the day {day}, which counts")
        }
    };
    Some((message, how.help()))
}

/// What hides something together with what else it hides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Behind {
    Sheet,
    Rows,
    Columns,
}

/// Tells what is hidden with a sheet, or with rows or columns of one, in one finding each; all else as it is told.
pub(super) fn together(workbook: &Workbook, findings: impl IntoIterator<Item = Finding>) -> Vec<Finding> {
    let mut hidden: BTreeMap<(&str, Behind), Vec<Finding>> = BTreeMap::new();
    let mut told = Vec::new();
    for finding in findings {
        match behind(workbook, &finding) {
            Some((sheet, what)) => hidden.entry((&sheet.name, what)).or_default().push(finding),
            None => told.push(finding),
        }
    }
    told.extend(hidden.into_iter().flat_map(|((sheet, what), findings)| match findings.len() {
        0 | 1 => findings,
        _ => Vec::from_iter(at_once(sheet, what, &findings)),
    }));
    told
}

/// Returns what hides the cells of a finding; `None` where they can be seen, or it is of something else.
fn behind<'a>(workbook: &'a Workbook, finding: &Finding) -> Option<(&'a Sheet, Behind)> {
    let (name, cells) = finding.sheet().zip(finding.cells()).filter(|_| finding.is_of(&ANSWER_HIDDEN))?;
    let sheet = workbook.sheet(name)?;
    let is_one = cells.first == cells.last;
    if sheet.covered.iter().any(|cell| cell.at == cells.first) {
        None
    } else if sheet.visibility == Visibility::Hidden {
        Some((sheet, Behind::Sheet))
    } else if is_one && sheet.hides_row(cells.first.row) {
        Some((sheet, Behind::Rows))
    } else if is_one && sheet.hides_column(cells.first.column) {
        Some((sheet, Behind::Columns))
    } else {
        None
    }
}

/// Says of several cells that one thing hides them.
fn at_once(sheet: &str, what: Behind, findings: &[Finding]) -> Option<Finding> {
    let cells: Vec<CellRange> = findings.iter().filter_map(Finding::cells).collect();
    let (rows, columns) = (ends(&cells, |at| at.row), ends(&cells, |at| at.column));
    let ((top, left), (end, right)) = ((*rows.first()?, *columns.first()?), (*rows.last()?, *columns.last()?));
    let (message, help) = match what {
        Behind::Sheet => (
            format!("the sheet “{sheet}” is hidden; what stands on it still counts"),
            "Unhide the sheet, and check that all on it is meant.",
        ),
        Behind::Rows => (
            format!(
                "{} {} of “{sheet}” {}; what stands there still counts",
                agree(rows.len(), "row", "rows"),
                runs_of(&rows),
                agree(rows.len(), "is hidden", "are hidden")
            ),
            "Take the filter off or show the rows, and check that all is meant.",
        ),
        Behind::Columns => {
            let letters: Vec<String> = columns.iter().map(|column| column_letters(*column)).collect();
            let message = format!(
                "{} {} of “{sheet}” {}; what stands there still counts",
                agree(columns.len(), "column", "columns"),
                list_and_others(&letters, MOST_NAMED),
                agree(columns.len(), "is hidden", "are hidden")
            );
            (message, "Unhide what is hidden, and check that all is meant.")
        }
    };
    let cells = CellRange::new(CellRef::new(top, left), CellRef::new(end, right));
    Some(Finding::new(&ANSWER_HIDDEN, Place::Cells(sheet.to_owned(), cells), message).with_help(help))
}

/// Returns the rows or columns in which ranges begin and end, in order, each once.
fn ends(cells: &[CellRange], of: impl Fn(CellRef) -> u32) -> Vec<u32> {
    let all: BTreeSet<u32> = cells.iter().flat_map(|cells| [of(cells.first), of(cells.last)]).collect();
    all.into_iter().collect()
}

/// Says what isn't seen of a register whose rows have these numbers: rows, columns and the entries of a column, each once for
/// all of them.
pub(super) fn in_register(
    framework: &Framework,
    (spec, sheet): (&RegisterSpec, &Sheet),
    columns: &[Column],
    numbers: &[u32],
    dates: DateSystem,
) -> Vec<Finding> {
    let rows = columns.first().and_then(|column| hidden_rows(spec, (sheet, column.at), numbers));
    let asked: Vec<&Column> = columns.iter().filter(|column| column.spec.computed.is_none()).collect();
    let struck = struck_rows((sheet, &asked), numbers, dates);
    let entries = asked.iter().flat_map(|column| unseen_entries(spec, (sheet, column), (numbers, &struck), dates));
    let struck = struck.chunk_by(|above, below| below - above == 1);
    let struck = struck.filter_map(|rows| rows_struck(spec, (sheet, &asked), rows));
    rows.into_iter()
        .chain(struck)
        .chain(entries)
        .chain(hidden_columns(framework, (spec, sheet), columns, numbers))
        .collect()
}

/// Returns the rows of which all entries are struck out, and that have several.
fn struck_rows((sheet, columns): (&Sheet, &[&Column]), numbers: &[u32], dates: DateSystem) -> Vec<u32> {
    let is_struck = |row: &&u32| {
        let spots = columns.iter().map(|column| Spot::new(sheet, CellRef::new(**row, column.at), dates, ""));
        let filled: Vec<Spot> = spots.filter(|spot| spot.cell.is_some_and(|cell| !cell.value.is_blank())).collect();
        filled.len() > 1 && filled.iter().all(|spot| how(spot) == Some(How::Struck))
    };
    numbers.iter().filter(is_struck).copied().collect()
}

/// Says that rows that follow each other are struck out and count all the same.
fn rows_struck(spec: &RegisterSpec, (sheet, columns): (&Sheet, &[&Column]), rows: &[u32]) -> Option<Finding> {
    let (first, last) = (*rows.first()?, *rows.last()?);
    let (left, right) = (columns.iter().map(|column| column.at).min()?, columns.iter().map(|column| column.at).max()?);
    let message = format!(
        "{} {} of “{}” {}; {}",
        agree(rows.len(), "row", "rows"),
        runs_of(rows),
        spec.title,
        agree(rows.len(), "is struck out", "are struck out"),
        agree(rows.len(), "it still counts", "they still count")
    );
    let cells = CellRange::new(CellRef::new(first, left), CellRef::new(last, right));
    let finding = Finding::new(&ANSWER_HIDDEN, Place::Cells(sheet.name.clone(), cells), message);
    let help = "Delete the row where it isn’t meant any more; otherwise take the line through it away.";
    Some(finding.with_subject(spec.id.as_str()).with_help(help))
}

/// Says which entries of a column aren't seen as they count, those of one kind together; of rows that are struck out that is told.
fn unseen_entries(
    spec: &RegisterSpec,
    (sheet, column): (&Sheet, &Column),
    (numbers, struck): (&[u32], &[u32]),
    dates: DateSystem,
) -> Vec<Finding> {
    let mut unseen: BTreeMap<How, Vec<u32>> = BTreeMap::new();
    for row in numbers {
        let spot = Spot::new(sheet, CellRef::new(*row, column.at), dates, "").in_unit(column.unit());
        if let Some(how) = how(&spot).filter(|how| *how != How::Struck || !struck.contains(row)) {
            unseen.entry(how).or_default().push(*row);
        }
    }
    unseen.into_iter().map(|(how, rows)| entries_told(spec, (sheet, column), how, &rows)).collect()
}

/// Says that entries of a column in these rows aren't seen as they count.
fn entries_told(spec: &RegisterSpec, (sheet, column): (&Sheet, &Column), how: How, rows: &[u32]) -> Finding {
    let message = format!(
        "under “{}” of “{}” what stands in {} {} {}; {}",
        column.name(),
        spec.title,
        agree(rows.len(), "row", "rows"),
        runs_of(rows),
        how.words(),
        how.counts()
    );
    let at = |row: u32| CellRef::new(row, column.at);
    let cells = CellRange::new(at(rows[0]), at(rows[rows.len() - 1]));
    let finding = Finding::new(&ANSWER_HIDDEN, Place::Cells(sheet.name.clone(), cells), message);
    finding.with_subject(spec.id.as_str()).with_help(how.help())
}

/// Names rows, those that follow each other together.
fn runs_of(rows: &[u32]) -> String {
    let named = |run: &[u32]| match run {
        [row] => row.to_string(),
        run => format!("{} to {}", run[0], run[run.len() - 1]),
    };
    let runs: Vec<String> = rows.chunk_by(|above, below| below - above == 1).map(named).collect();
    list_and_others(&runs, MOST_NAMED)
}

/// Says that rows of a register can't be seen and count all the same, once for all of them.
fn hidden_rows(spec: &RegisterSpec, (sheet, at): (&Sheet, u32), numbers: &[u32]) -> Option<Finding> {
    let is_hidden = sheet.visibility == Visibility::Hidden;
    let unseen: Vec<u32> = numbers.iter().copied().filter(|row| is_hidden || sheet.hides_row(*row)).collect();
    let (first, last) = (*unseen.first()?, *unseen.last()?);
    let message = format!(
        "{} of “{}” {} ({}); {}",
        number_of(unseen.len(), "row", "rows"),
        spec.title,
        if is_hidden {
            agree(unseen.len(), "stands on a hidden sheet", "stand on a hidden sheet")
        } else {
            "can't be seen"
        },
        runs_of(&unseen),
        agree(unseen.len(), "it still counts", "they still count")
    );
    let cells = CellRange::new(CellRef::new(first, at), CellRef::new(last, at));
    let finding = Finding::new(&ANSWER_HIDDEN, Place::Cells(sheet.name.clone(), cells), message);
    let help = "Take the filter off or show the rows, and check that all are meant.";
    Some(finding.with_subject(spec.id.as_str()).with_help(help))
}

/// Says which columns of a register are hidden that the form shows, where something stands in them.
fn hidden_columns(
    framework: &Framework,
    (spec, sheet): (&RegisterSpec, &Sheet),
    columns: &[Column],
    numbers: &[u32],
) -> Vec<Finding> {
    let form = framework.issued_sheet(&spec.sheet);
    let finding = |column: &Column| {
        let told = hidden_column((sheet, form), column.at, numbers, (&spec.title, column.name()))?;
        Some(told.with_subject(spec.id.as_str()))
    };
    columns.iter().filter(|column| column.spec.computed.is_none()).filter_map(finding).collect()
}

/// Says that a column of entries in rows of these numbers is hidden that the form shows, where something stands in it.
pub(super) fn hidden_column(
    (sheet, form): (&Sheet, Option<&Sheet>),
    column: u32,
    numbers: &[u32],
    (title, heading): (&str, &str),
) -> Option<Finding> {
    if !sheet.hides_column(column) || form.is_some_and(|form| form.hides_column(column)) {
        return None;
    }
    let cells = numbers.iter().map(|row| CellRef::new(*row, column));
    let filled: Vec<CellRef> = cells.filter(|at| sheet.cell(*at).is_some_and(|cell| !cell.value.is_blank())).collect();
    let range = CellRange::new(*filled.first()?, *filled.last()?);
    let letters = column_letters(column);
    let message = format!("column {letters} of “{title}”, “{heading}”, is hidden; what stands in it still counts");
    let finding = Finding::new(&ANSWER_HIDDEN, Place::Cells(sheet.name.clone(), range), message);
    Some(finding.with_help("Unhide the column, and check that all entries are meant."))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::finding::Findings;
    use crate::framework::builtin;
    use crate::layout::{WorkbookText, locate};
    use crate::workbook::{Cell, Floating, Look, NumberFormat, Over, Value};

    /// Returns what is told of the register of partners in which cells of one column look so.
    fn told(column: u32, rows: &[u32], value: &Value, look: &Look) -> Vec<(String, String)> {
        told_below(None, (column, rows), value, look)
    }

    /// The same below something that floats.
    fn told_below(
        floating: Option<Floating>,
        (column, rows): (u32, &[u32]),
        value: &Value,
        look: &Look,
    ) -> Vec<(String, String)> {
        let framework = builtin::load("employer-partners").expect("the shipped packs load").framework;
        let mut workbook = framework.form().cloned().expect("the shipped packs have a form");
        let sheet = workbook.sheets.iter_mut().find(|sheet| sheet.name == "Register").expect("the form has it");
        for row in 9..=14 {
            let name = Value::Text(format!("Partner {row} plc").into());
            sheet.cells.retain(|cell| cell.at != CellRef::new(row, 1) && cell.at != CellRef::new(row, column));
            sheet.cells.push(Cell::new(CellRef::new(row, 1), name, None));
            let look = if rows.contains(&row) { look.clone() } else { Look::default() };
            sheet.cells.push(Cell { look, ..Cell::new(CellRef::new(row, column), value.clone(), None) });
        }
        sheet.cells.sort_by_key(|cell| cell.at);
        sheet.floating.extend(floating);
        let layout = locate(&framework, &WorkbookText::new(&workbook), &mut Findings::default());
        let mut findings = Findings::default();
        super::super::register::read(&framework, &workbook, &layout, &mut findings);
        let findings = findings.into_sorted();
        let hidden = findings.iter().filter(|finding| finding.is_of(&ANSWER_HIDDEN));
        hidden.map(|finding| (finding.cells().expect("it names cells").to_string(), finding.message.clone())).collect()
    }

    #[test]
    fn entries_of_a_register_are_told_at_their_own_cells_with_what_counts() {
        const VERDICT: u32 = 10;
        const INVOICED: u32 = 21;
        const CHECKED: u32 = 9;
        let format = |code: &str| Look { format: NumberFormat::of(code).map(Arc::new), ..Look::default() };
        let struck = |part: &str| Look { struck: Some(part.into()), ..Look::default() };
        let text = |text: &str| Value::Text(text.into());
        let number = Value::Number;
        let kept = "only the rest counts";
        let cases = [
            (INVOICED, number(500.0), format(";;;"), "it still counts"),
            (INVOICED, number(500.0), format("0.00,\"k\""), "the number that the cell holds counts"),
            (INVOICED, number(2500.0), format("0.0,"), "the number that the cell holds counts"),
            (INVOICED, number(500.0), format("0\" 000\""), "the number that the cell holds counts"),
            (INVOICED, number(500.0), format("\"waived\""), "what the cell holds counts"),
            (INVOICED, number(500.0), format("\"-\""), "what the cell holds counts"),
            (INVOICED, number(500.0), format("0\"\u{b2}\""), "what the cell holds counts"),
            (INVOICED, number(500.0), format("0\"*\""), "what the cell holds counts"),
            (INVOICED, number(0.0), format("\"n/a\""), "what the cell holds counts"),
            (CHECKED, Value::Date(45_702.0), format("yyyy"), "the day that the cell holds counts"),
            (CHECKED, Value::Date(45_702.0), format("hh:mm"), "the day that the cell holds counts"),
            (VERDICT, text("Fail"), format(";;;\"Pass\""), "what the cell holds counts"),
            (INVOICED, number(500.0), struck("500"), "it still counts"),
            (INVOICED, number(550.0), struck("500"), kept),
            (VERDICT, text("Fail"), struck("Pass"), kept),
            (VERDICT, text("Fail"), struck("Fail"), "it still counts"),
            (VERDICT, text("Fail"), format(";;;"), "it still counts"),
        ];
        for (column, value, look, counts) in cases {
            for (rows, cells, named) in [
                (&[12][..], "12", "row 12"),
                (&[10, 11, 13][..], "10:", "rows 10 to 11 and 13"),
                (&[9, 14], "9:", "rows 9 and 14"),
            ] {
                let told = told(column, rows, &value, &look);
                let [(place, message)] = &told[..] else { panic!("{value:?} {look:?} {rows:?}: {told:?}") };
                let letters = column_letters(column);
                assert!(place.starts_with(&format!("{letters}{cells}")), "{place}");
                let is_whole = message.contains(named) && message.ends_with(counts);
                assert!(is_whole, "{value:?} {look:?} {rows:?}: {message}");
            }
        }
    }

    #[test]
    fn rows_that_are_struck_out_are_told_once_for_all_their_entries() {
        let framework = builtin::load("employer-partners").expect("the shipped packs load").framework;
        let mut workbook = framework.form().cloned().expect("the shipped packs have a form");
        let sheet = workbook.sheets.iter_mut().find(|sheet| sheet.name == "Register").expect("the form has it");
        for row in 9..=12 {
            for (column, text) in [(1, format!("Partner {row} plc")), (10, "Fail".to_owned())] {
                sheet.cells.retain(|cell| cell.at != CellRef::new(row, column));
                let struck = (row == 10 || row == 11 || column == 10 && row == 12).then(|| text.as_str().into());
                let look = Look { struck, ..Look::default() };
                let value = Value::Text(text.as_str().into());
                sheet.cells.push(Cell { look, ..Cell::new(CellRef::new(row, column), value, None) });
            }
        }
        sheet.cells.sort_by_key(|cell| cell.at);
        let layout = locate(&framework, &WorkbookText::new(&workbook), &mut Findings::default());
        let mut findings = Findings::default();
        super::super::register::read(&framework, &workbook, &layout, &mut findings);
        let findings = findings.into_sorted();
        let hidden = findings.iter().filter(|finding| finding.is_of(&ANSWER_HIDDEN));
        let told: Vec<&str> = hidden.map(|finding| finding.message.as_str()).collect();
        let whole = "rows 10 to 11 of “Register of Employer Partners” are struck out; they still count";
        let one = "under “Legal verdict” of “Register of Employer Partners” what stands in row 12 is struck out; it still counts";
        assert!(told.len() == 2 && told.contains(&whole) && told.contains(&one), "{told:?}");
    }

    #[test]
    fn an_entry_below_a_shape_without_words_is_told_and_counts() {
        let below = |kind: Over, cells: &str| {
            let [first, last] = cells.split_once(':').map(|(a, b)| [a, b].map(|at| at.parse().unwrap())).unwrap();
            let floating = Floating::new(CellRange::new(first, last), kind, "");
            told_below(Some(floating), (21, &[]), &Value::Number(500.0), &Look::default())
        };
        let [(place, message)] = &below(Over::Shape, "U12:U13")[..] else { panic!("they are told together") };
        assert_eq!(place, "U12:U13");
        assert!(
            message.contains("rows 12 to 13 lies under a line") && message.ends_with("it still counts"),
            "{message}"
        );
        assert_eq!(below(Over::Picture, "U12:U13"), []);
        assert_eq!(below(Over::Shape, "U30:U31"), []);
    }

    #[test]
    fn what_a_format_rounds_or_puts_words_to_is_seen() {
        for code in
            ["0", "0.00", "\u{a3}#,##0.00", "\"about \"0", "0\" each\"", "[$\u{a3}-809]#,##0", "000000", "0.00E+00"]
        {
            let look = Look { format: NumberFormat::of(code).map(Arc::new), ..Look::default() };
            assert_eq!(told(21, &[12], &Value::Number(500.25), &look), [], "{code}");
        }
        for code in ["0;-0;\"-\"", "_-* #,##0.00_-;-* #,##0.00_-;_-* \"-\"??_-;_-@_-", "0;-0;\"nil\"", "#,##0.00"] {
            let look = Look { format: NumberFormat::of(code).map(Arc::new), ..Look::default() };
            assert_eq!(told(21, &[12], &Value::Number(0.0), &look), [], "{code}");
        }
        for code in ["dd/mm/yyyy", "mmm-yy", "d mmmm", "d/m", "dddd d mmmm yyyy"] {
            let look = Look { format: NumberFormat::of(code).map(Arc::new), ..Look::default() };
            assert_eq!(told(9, &[12], &Value::Date(45_702.0), &look), [], "{code}");
        }
        let look = Look { format: NumberFormat::of("0;0;0;\"about \"@").map(Arc::new), ..Look::default() };
        assert_eq!(told(10, &[12], &Value::Text("Fail".into()), &look), []);
    }
}
