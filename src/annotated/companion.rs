//! The workbook of findings beside one that can't be annotated: the same sheet, and a copy of each row that is flagged.

use std::collections::{BTreeMap, BTreeSet};

use rust_xlsxwriter as xlsx;
use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, FormatUnderline, Url};

use super::column::COLUMNS;
use super::manifest::Manifest;
use super::markup::{LONGEST, cut};
use super::page::{Row, digests, height_of, lines, rows};
use super::style::Look;
use super::{AnnotateError, Heading, SHEET, finish};
use crate::cell::{CellRange, CellRef, LAST_COLUMN, column_letters};
use crate::finding::{Finding, Severity};
use crate::ooxml::{Edit, Limits, Package};
use crate::personal::MASK;
use crate::returns::Private;
use crate::workbook::{Cell, Format as WorkbookFormat, Sheet, Value, Workbook};

/// The name of the sheet with the copies.
pub(super) const COPIES: &str = "Flagged rows";
/// The most rows that are copied.
const MOST_ROWS: usize = 10_000;
/// The width of the columns of copies in characters.
const COPY_WIDTH: u32 = 20;
/// The most columns that are copied.
const MOST_COLUMNS: u32 = 200;

/// Why the workbook of findings couldn't be made.
#[derive(Debug, thiserror::Error)]
pub enum CompanionError {
    /// It couldn't be written.
    #[error("the workbook of findings couldn't be written: {0}")]
    Written(#[from] xlsx::XlsxError),
    /// It couldn't be told what it is about.
    #[error("the workbook of findings couldn't be named for its return: {0}")]
    Named(#[from] AnnotateError),
}

/// Where the copies of rows stand: by sheet and row, from one.
type Places = BTreeMap<(String, u32), u32>;

/// Makes the workbook of findings; `reason` says why the workbook itself isn't annotated.
///
/// `seen` is what the rows are copied from, but for what may not leave it; `None` where it can't be read.
pub fn companion(
    seen: Option<(&Workbook, &Private)>,
    findings: &[Finding],
    heading: &Heading,
    reason: &str,
) -> Result<Vec<u8>, CompanionError> {
    let mut book = xlsx::Workbook::new();
    // The day on which it is written is no part of what it says.
    let day = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_author("scrutineer").set_creation_datetime(&day));
    let mut copies = xlsx::Worksheet::new();
    copies.set_name(COPIES)?;
    let places = seen.map(|seen| copy_rows(&mut copies, seen, findings)).transpose()?.unwrap_or_default();
    let reason = seen.map(|(workbook, _)| workbook.format).and_then(unnoted).unwrap_or(reason);
    let shown = rows(findings, &[], None);
    let above = above(findings, heading, reason);
    write_findings(book.add_worksheet(), &above, &shown, &places)?;
    if !places.is_empty() {
        book.push_worksheet(copies);
    }
    let texts = digests(above.iter().map(|(_, text)| text.as_str()), &shown);
    Ok(named(&book.save_to_buffer()?, heading, texts)?)
}

/// Puts a manifest into the workbook, by which it is known when it comes back.
fn named(bytes: &[u8], heading: &Heading, texts: BTreeSet<String>) -> Result<Vec<u8>, AnnotateError> {
    let package = Package::open(bytes, &Limits::default())?;
    let manifest = Manifest {
        original: heading.original.clone(),
        companion_of: Some(heading.organisation.clone()),
        texts,
        ..Manifest::default()
    };
    finish(Edit::new(&package), &package, &package.book()?, manifest)
}

/// Returns why workbooks of a format get no notes; `None` where they can.
const fn unnoted(format: WorkbookFormat) -> Option<&'static str> {
    match format {
        WorkbookFormat::Xlsx | WorkbookFormat::Xlsm => None,
        WorkbookFormat::Xlsb | WorkbookFormat::Xls | WorkbookFormat::Ods => {
            Some("notes can be put into workbooks of the formats .xlsx and .xlsm only")
        }
    }
}

/// Returns the lines above the table, one of them why the workbook has none of our notes.
fn above(findings: &[Finding], heading: &Heading, reason: &str) -> Vec<(Look, String)> {
    let mut above = lines(heading, findings);
    let apart = format!("These findings stand in a workbook of their own, to be sent back with yours: {reason}.");
    above.insert(above.len().min(2), (Look::Detail, apart));
    above
}

/// Writes the sheet of findings.
fn write_findings(
    sheet: &mut xlsx::Worksheet,
    above: &[(Look, String)],
    shown: &[Row<'_>],
    places: &Places,
) -> Result<(), CompanionError> {
    sheet.set_name(SHEET)?.set_screen_gridlines(false).set_tab_color(Color::RGB(0x00C0_0000));
    let last_column = u16::try_from(COLUMNS.len() - 1).expect("there are ten");
    for (column, (_, width)) in (0_u16..).zip(COLUMNS) {
        sheet.set_column_width(column, width)?;
    }
    let mut row = 0;
    for (look, text) in above {
        sheet.merge_range(row, 0, row, last_column, &cut(text, LONGEST), &format(*look))?;
        sheet.set_row_height(row, if *look == Look::Title { 30 } else { 20 })?;
        row += 1;
    }
    let top = row + 1;
    for (column, (heading, _)) in (0_u16..).zip(COLUMNS) {
        sheet.write_string_with_format(top, column, heading, &format(Look::Heading))?;
    }
    sheet.set_row_height(top, 22)?;
    for (row, shown) in (top + 1..).zip(shown) {
        sheet.set_row_height(row, shown.height())?;
        write_row(sheet, row, shown, places)?;
    }
    let last = top + u32::try_from(shown.len()).unwrap_or(0);
    sheet.autofilter(top, 0, last, last_column)?;
    sheet.set_freeze_panes(top + 1, 0)?;
    sheet.set_repeat_rows(top, top)?;
    sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_footer("&R&8Page &P of &N");
    Ok(())
}

/// Writes a row of the table.
fn write_row(sheet: &mut xlsx::Worksheet, row: u32, shown: &Row<'_>, places: &Places) -> Result<(), CompanionError> {
    for (column, text) in (0_u16..).zip(&shown.texts) {
        let look = match column {
            0 => Look::of(shown.finding.severity),
            8 => Look::Answer,
            9 => Look::Rule,
            _ => Look::Body,
        };
        sheet.write_string_with_format(row, column, text, &format(look))?;
    }
    let place = shown.finding.place.sheet().zip(shown.finding.place.cells());
    let copied = place.and_then(|(sheet, cells)| places.get(&(sheet.to_owned(), cells.first.row)));
    if let Some(copied) = copied {
        let url = Url::new(format!("internal:'{COPIES}'!A{copied}")).set_text(&shown.texts[2]);
        sheet.write_url_with_format(row, 2, url, &format(Look::Link))?;
    }
    Ok(())
}

/// Copies every row that a finding names; returns where each copy stands.
fn copy_rows(
    copies: &mut xlsx::Worksheet,
    seen: (&Workbook, &Private),
    findings: &[Finding],
) -> Result<Places, CompanionError> {
    let workbook = seen.0;
    let mut marks: BTreeMap<(usize, u32), Vec<(CellRange, Severity)>> = BTreeMap::new();
    for finding in findings {
        let tab = finding.place.sheet().and_then(|name| workbook.sheets.iter().position(|sheet| sheet.name == name));
        if let Some((tab, cells)) = tab.zip(finding.place.cells()) {
            marks.entry((tab, cells.first.row)).or_default().push((cells, finding.severity));
        }
    }
    let mut places = Places::new();
    let mut columns = 0;
    for ((row, ((tab, original), marks)), _) in (1_u32..).zip(&marks).zip(0..MOST_ROWS) {
        let sheet = &workbook.sheets[*tab];
        copies.write_string_with_format(row, 0, &sheet.name, &format(Look::Body))?;
        copies.write_number_with_format(row, 1, *original, &format(Look::Body))?;
        columns = columns.max(copy_row(copies, row, seen, (sheet, *original), marks)?);
        places.insert((sheet.name.clone(), *original), row + 1);
    }
    copies.write_string_with_format(0, 0, "Sheet", &format(Look::Heading))?;
    copies.write_string_with_format(0, 1, "Row", &format(Look::Heading))?;
    for column in 1..=columns {
        let at = u16::try_from(column + 1).expect("few columns are copied");
        copies.write_string_with_format(0, at, column_letters(column), &format(Look::Heading))?;
        copies.set_column_width(at, COPY_WIDTH)?;
    }
    copies
        .set_row_height(0, 22)?
        .set_column_width(0, COPY_WIDTH)?
        .set_freeze_panes(1, 2)?
        .set_landscape()
        .set_print_fit_to_pages(1, 0);
    Ok(places)
}

/// Copies one row; returns the last column that it has.
fn copy_row(
    copies: &mut xlsx::Worksheet,
    row: u32,
    (workbook, private): (&Workbook, &Private),
    (sheet, number): (&Sheet, u32),
    marks: &[(CellRange, Severity)],
) -> Result<u32, CompanionError> {
    let flagged = marks.iter().map(|(cells, _)| cells.last.column);
    let filled = sheet.row(number).iter().map(|cell| cell.at.column);
    let last = flagged.chain(filled).max().unwrap_or(0).min(MOST_COLUMNS).min(LAST_COLUMN);
    let told = |cell: &Cell| private.shown(&sheet.name, cell.at, &cell.shown(workbook.date_system)).into_owned();
    let shown: Vec<String> = sheet.row(number).iter().map(told).collect();
    copies.set_row_height(row, height_of(shown.iter().map(|text| (text.as_str(), COPY_WIDTH))))?;
    for column in 1..=last {
        let at = CellRef::new(number, column);
        let worst = marks.iter().filter(|(cells, _)| cells.contains(at)).map(|(_, severity)| *severity).max();
        let format = format(worst.map_or(Look::Body, Look::of));
        let to = u16::try_from(column + 1).expect("few columns are copied");
        match sheet.cell(at).map(|cell| (cell, &cell.value, told(cell))) {
            Some((cell, Value::Number(number), told)) if cell.look.format.is_none() && told != MASK => {
                copies.write_number_with_format(row, to, *number, &format)?
            }
            Some((_, _, told)) => copies.write_string_with_format(row, to, cut(&told, LONGEST), &format)?,
            None => copies.write_blank(row, to, &format)?,
        };
    }
    Ok(last)
}

/// Returns a look as a format of this workbook.
fn format(look: Look) -> Format {
    let (weight, size, letters) = look.letters();
    let mut format = Format::new().set_font_size(size).set_font_color(colour(letters)).set_text_wrap();
    format = match weight {
        "<b/>" => format.set_bold(),
        "<u/>" => format.set_underline(FormatUnderline::Single),
        _ => format,
    };
    if let Some(ground) = look.ground() {
        format = format.set_background_color(colour(ground));
    }
    if !look.is_in_table() {
        return format.set_align(FormatAlign::VerticalCenter);
    }
    let upright = if look == Look::Heading { FormatAlign::VerticalCenter } else { FormatAlign::Top };
    let line = Color::RGB(0x00BF_BFBF);
    let lined = format.set_border_top(FormatBorder::Thin).set_border_bottom(FormatBorder::Thin);
    lined.set_border_top_color(line).set_border_bottom_color(line).set_align(upright).set_quote_prefix()
}

/// Reads a colour as the styles hold it: opacity, red, green and blue in hexadecimal digits.
fn colour(written: &str) -> Color {
    let number = u32::from_str_radix(&written[2..], 16).expect("the colours of looks are hexadecimal");
    Color::RGB(number)
}
