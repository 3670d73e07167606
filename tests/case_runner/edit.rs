//! Changes of a return: entries, and rows, columns and sheets that move as in a spreadsheet program.

use scrutineer::cell::{CellRange, CellRef};
use scrutineer::workbook::{Cell, NumberFormat, Sheet, Span, Value, Visibility, Workbook};

use super::formula;

/// One change.
#[derive(Clone, Debug)]
pub(crate) enum Edit {
    /// Writes into a cell, or empties it.
    Set {
        sheet: String,
        at: CellRef,
        content: Content,
    },
    /// Moves what stands after a row or column.
    Move {
        sheet: String,
        how: Move,
    },
    /// Copies a row and inserts it below itself.
    RepeatRow {
        sheet: String,
        row: u32,
    },
    HideRow {
        sheet: String,
        row: u32,
    },
    HideColumn {
        sheet: String,
        column: u32,
    },
    HideSheet {
        sheet: String,
    },
    /// Merges cells; only the first keeps what it holds.
    Merge {
        sheet: String,
        cells: CellRange,
    },
    RenameSheet {
        sheet: String,
        name: String,
    },
    DeleteSheet {
        sheet: String,
    },
    AddSheet {
        sheet: String,
    },
    /// Copies a sheet behind all others; formulas go on using the first.
    CopySheet {
        sheet: String,
        name: String,
    },
}

/// A change after which cells stand elsewhere.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Move {
    InsertRow(u32),
    DeleteRow(u32),
    InsertColumn(u32),
    DeleteColumn(u32),
    SwapColumns(u32, u32),
}

/// What is written into a cell.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Content {
    value: Value,
    formula: Option<Box<str>>,
    /// Whether the cell shows its number as hundredths.
    is_percentage: bool,
}

impl Content {
    /// Reads an entry as a case writes it.
    pub(super) fn parse(written: &str) -> Result<Self, String> {
        if let Some(rest) = written.strip_prefix('=') {
            let (formula, result) = rest.split_once(" -> ").unwrap_or((rest, "blank"));
            return Ok(Self { value: value(result)?, formula: Some(formula.into()), is_percentage: false });
        }
        let hundredths = written.strip_suffix('%').and_then(|number| format!("{number}e-2").parse::<f64>().ok());
        let value = hundredths.map_or_else(|| value(written), |number| Ok(Value::Number(number)))?;
        Ok(Self { value, formula: None, is_percentage: hundredths.is_some() })
    }
}

/// Reads a value as a case writes it.
fn value(written: &str) -> Result<Value, String> {
    let text = written.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    Ok(match written {
        "blank" => Value::Empty,
        "TRUE" => Value::Logical(true),
        "FALSE" => Value::Logical(false),
        _ if written.starts_with('#') => Value::Error(written.into()),
        _ => match (text, written.parse::<jiff::civil::Date>(), written.parse::<f64>()) {
            (Some(text), ..) => Value::Text(text.replace("\\n", "\n").into()),
            (None, Ok(date), _) => Value::Date(serial(date)),
            (None, Err(_), Ok(number)) => Value::Number(number),
            (None, Err(_), Err(_)) => return Err(format!("`{written}` is no entry")),
        },
    })
}

/// Returns the serial number of a day in the system of 1900, to which all fixtures keep.
fn serial(date: jiff::civil::Date) -> f64 {
    let days = (date - jiff::civil::date(1899, 12, 30)).get_days();
    f64::from(days)
}

impl Move {
    /// Returns where a cell stands afterwards; `None` where it is gone.
    pub(super) fn place(self, at: CellRef) -> Option<CellRef> {
        let CellRef { row, column } = at;
        let (row, column) = match self {
            Self::DeleteRow(gone) if row == gone => return None,
            Self::DeleteColumn(gone) if column == gone => return None,
            Self::InsertRow(new) if row >= new => (row + 1, column),
            Self::DeleteRow(gone) if row > gone => (row - 1, column),
            Self::InsertColumn(new) if column >= new => (row, column + 1),
            Self::DeleteColumn(gone) if column > gone => (row, column - 1),
            Self::SwapColumns(a, b) if column == a => (row, b),
            Self::SwapColumns(a, b) if column == b => (row, a),
            Self::InsertRow(_)
            | Self::DeleteRow(_)
            | Self::InsertColumn(_)
            | Self::DeleteColumn(_)
            | Self::SwapColumns(..) => (row, column),
        };
        Some(CellRef::new(row, column))
    }
}

impl Edit {
    /// Changes a workbook.
    pub(crate) fn apply(&self, workbook: &mut Workbook) -> Result<(), String> {
        match self {
            Self::Set { sheet, at, content } => set(find(workbook, sheet)?, *at, content),
            Self::Move { sheet, how } => shift(workbook, sheet, *how)?,
            Self::RepeatRow { sheet, row } => {
                let copies: Vec<Cell> = find(workbook, sheet)?.row(*row).to_vec();
                shift(workbook, sheet, Move::InsertRow(row + 1))?;
                for cell in copies {
                    let content = Content { value: cell.value, formula: cell.formula, is_percentage: false };
                    set(find(workbook, sheet)?, CellRef::new(row + 1, cell.at.column), &content);
                }
            }
            Self::HideRow { sheet, row } => hide(&mut find(workbook, sheet)?.hidden_rows, *row),
            Self::HideColumn { sheet, column } => hide(&mut find(workbook, sheet)?.hidden_columns, *column),
            Self::HideSheet { sheet } => find(workbook, sheet)?.visibility = Visibility::Hidden,
            Self::Merge { sheet, cells } => merge(find(workbook, sheet)?, *cells),
            Self::RenameSheet { sheet, name } => rename(workbook, sheet, name)?,
            Self::DeleteSheet { sheet } => {
                find(workbook, sheet)?;
                workbook.sheets.retain(|known| known.name != *sheet);
            }
            Self::AddSheet { sheet } => workbook.sheets.push(Sheet::empty(sheet)),
            Self::CopySheet { sheet, name } => {
                let copy = Sheet { name: name.clone(), ..find(workbook, sheet)?.clone() };
                workbook.sheets.push(copy);
            }
        }
        Ok(())
    }
}

/// Finds a sheet by its name.
fn find<'a>(workbook: &'a mut Workbook, name: &str) -> Result<&'a mut Sheet, String> {
    workbook.sheets.iter_mut().find(|sheet| sheet.name == name).ok_or_else(|| format!("there is no sheet “{name}”"))
}

/// Writes into a cell, or empties it.
fn set(sheet: &mut Sheet, at: CellRef, content: &Content) {
    sheet.cells.retain(|cell| cell.at != at);
    sheet.covered.retain(|cell| cell.at != at);
    if content.formula.is_some() || content.value != Value::Empty {
        let place = sheet.cells.partition_point(|cell| cell.at < at);
        let mut cell = Cell::new(at, content.value.clone(), content.formula.clone());
        let format = NumberFormat::of("0%").filter(|_| content.is_percentage);
        cell.look.format = format.map(Into::into);
        sheet.cells.insert(place, cell);
        sheet.put_covered_aside();
    }
}

/// Moves cells, merged cells, and the references of all formulas to them.
fn shift(workbook: &mut Workbook, name: &str, how: Move) -> Result<(), String> {
    let sheet = find(workbook, name)?;
    let cells = std::mem::take(&mut sheet.cells);
    sheet.cells = cells.into_iter().filter_map(|cell| Some(Cell { at: how.place(cell.at)?, ..cell })).collect();
    sheet.cells.sort_by_key(|cell| cell.at);
    let merges = sheet.merges.iter();
    sheet.merges =
        merges.filter_map(|merge| Some(CellRange::new(how.place(merge.first)?, how.place(merge.last)?))).collect();
    for sheet in &mut workbook.sheets {
        let own = sheet.name == name;
        for cell in &mut sheet.cells {
            if let Some(formula) = &mut cell.formula {
                *formula = formula::moved(formula, own, name, how).into();
            }
        }
    }
    Ok(())
}

/// Hides a row or column.
fn hide(spans: &mut Vec<Span>, index: u32) {
    spans.push(Span { first: index, last: index });
    spans.sort();
}

/// Merges cells; the spreadsheet program drops all but the first.
fn merge(sheet: &mut Sheet, cells: CellRange) {
    sheet.cells.retain(|cell| cell.at == cells.first || !cells.contains(cell.at));
    sheet.merges.push(cells);
    sheet.merges.sort();
}

/// Renames a sheet, in formulas too.
fn rename(workbook: &mut Workbook, old: &str, new: &str) -> Result<(), String> {
    new.clone_into(&mut find(workbook, old)?.name);
    let quoted = |name: &str| format!("'{}'!", name.replace('\'', "''"));
    let formulas =
        workbook.sheets.iter_mut().flat_map(|sheet| &mut sheet.cells).filter_map(|cell| cell.formula.as_mut());
    for formula in formulas {
        *formula = formula.replace(&quoted(old), &quoted(new)).replace(&format!("{old}!"), &quoted(new)).into();
    }
    Ok(())
}

#[test]
fn entries_are_read_as_written() {
    let plain = |value| Content { value, formula: None, is_percentage: false };
    let cases = [
        ("5", plain(Value::Number(5.0))),
        ("\"a\\nb\"", plain(Value::Text("a\nb".into()))),
        ("2025-01-01", plain(Value::Date(45658.0))),
        ("#N/A", plain(Value::Error("#N/A".into()))),
        ("blank", plain(Value::Empty)),
        (
            "=SUM(A1:A2) -> 9",
            Content { value: Value::Number(9.0), formula: Some("SUM(A1:A2)".into()), is_percentage: false },
        ),
        ("=A1", Content { value: Value::Empty, formula: Some("A1".into()), is_percentage: false }),
    ];
    for (written, expected) in cases {
        assert_eq!(Content::parse(written).unwrap(), expected, "{written}");
    }
    assert!(Content::parse("five").is_err());
}
