//! OpenDocument spreadsheets: cells and facts in one pass over `content.xml`, whose styles rest on those of `styles.xml`.
//!
//! calamine builds a full grid of such a sheet, so that two cells far apart cost gigabytes, and tells nothing of what is
//! hidden, merged or restricted. [`read`] keeps only what is there; what is repeated but empty costs nothing.

mod cell;
mod declared;
mod drawn;
mod formula;
mod length;
mod number_style;
mod page;
mod table;
mod value;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::facts::element::{attribute, reader};
use super::tally::Tally;
use super::{DateSystem, ReadError, Sheet, Visibility};
use declared::Declared;

/// Elements of a spreadsheet's body whose tables aren't sheets: kept changes, results of other programs, drawings.
const NO_SHEETS: [&str; 4] = ["table:tracked-changes", "table:dde-links", "table:shapes", "office:forms"];

/// What `content.xml` holds.
#[derive(Debug)]
pub(super) struct Content {
    pub(super) date_system: DateSystem,
    pub(super) sheets: Vec<Sheet>,
    /// The other files whose tables the workbook keeps a copy of, or whose cells its formulas name.
    pub(super) external_links: Vec<String>,
}

/// Reads `content.xml`; `styles` is `styles.xml`, or empty where there is none.
pub(super) fn read(part: &str, styles: &str, tally: &mut Tally<'_>) -> Result<Content, ReadError> {
    let mut content = Content { date_system: DateSystem::From1900, sheets: Vec::new(), external_links: Vec::new() };
    let mut declared = Declared::of_styles(styles)?;
    let mut reader = reader(part);
    loop {
        match reader.read_event().map_err(broken)? {
            Event::Start(start) => match start.name().as_ref() {
                name if NO_SHEETS.contains(&name) => skip(&mut reader, &start)?,
                "table:null-date" if attribute(&start, "date-value").is_some_and(|day| day.starts_with("1904")) => {
                    content.date_system = DateSystem::From1904;
                }
                "table:table" => read_table(&mut reader, &start, &declared, &mut content, tally)?,
                _ => declared.take(&mut reader, &start)?,
            },
            Event::DocType(_) => {
                return Err(ReadError::Damaged("it has a document type, which no workbook has".into()));
            }
            Event::Eof => break,
            Event::End(_)
            | Event::Empty(_)
            | Event::Text(_)
            | Event::CData(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::GeneralRef(_) => {}
        }
    }
    content.external_links.extend(content.sheets.iter().flat_map(table::linked_files));
    content.external_links.sort();
    content.external_links.dedup();
    Ok(content)
}

/// Reads one table: a sheet, or the kept copy of another file's.
fn read_table(
    reader: &mut Reader<&[u8]>,
    start: &BytesStart<'_>,
    declared: &Declared,
    content: &mut Content,
    tally: &mut Tally<'_>,
) -> Result<(), ReadError> {
    let style = attribute(start, "style-name").unwrap_or_default();
    let mut sheet = Sheet::empty(attribute(start, "name").unwrap_or_default());
    if declared.hides_sheet(&style) {
        sheet.visibility = Visibility::Hidden;
    }
    sheet.page_words = declared.page_words(&style);
    sheet.is_protected = attribute(start, "protected").is_some_and(|value| value == "true");
    match table::read(reader, sheet, declared, content.date_system, tally)? {
        table::Table::Sheet(sheet) => content.sheets.push(*sheet),
        table::Table::CopyOf(file) => content.external_links.push(file),
    }
    Ok(())
}

/// Passes over an element with all that it holds.
fn skip(reader: &mut Reader<&[u8]>, start: &BytesStart<'_>) -> Result<(), ReadError> {
    reader.read_to_end(start.name()).map_err(broken)?;
    Ok(())
}

/// Returns the error for a part that isn't XML.
#[expect(clippy::needless_pass_by_value, reason = "it is given to map_err")]
fn broken(error: quick_xml::Error) -> ReadError {
    ReadError::Damaged(format!("its content is no well-formed XML ({error})"))
}
