//! The rows that sum up the tables which a spreadsheet program keeps on a sheet.

use super::element::{Tag, attribute, next_tag, number, terse_reader};
use crate::cell::{CellRange, CellRef};

/// Returns the rows that a table has below its own to sum them up, as its part says; `None` where it has none, or the part can't be read.
pub(in crate::workbook) fn read(part: &str) -> Option<CellRange> {
    let mut reader = terse_reader(part);
    while let Some(tag) = next_tag(&mut reader).ok().flatten() {
        let (Tag::Start(element) | Tag::Empty(element)) = tag else { continue };
        if element.local_name().as_ref() == "table" {
            let rows = number(&element, "totalsRowCount").filter(|rows| *rows > 0)?;
            let table: CellRange = attribute(&element, "ref")?.parse().ok()?;
            let first = (table.last.row + 1).checked_sub(rows).filter(|first| *first > table.first.row)?;
            return Some(CellRange::new(CellRef::new(first, table.first.column), table.last));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rows_below_a_table_that_sum_it_up_are_told() {
        for (written, rows) in [
            (r#"ref="A8:Z21" totalsRowCount="1""#, Some("A21:Z21")),
            (r#"ref="B2:C9" totalsRowCount="2" headerRowCount="0""#, Some("B8:C9")),
            (r#"ref="A8:Z21" totalsRowShown="0""#, None),
            (r#"ref="A8:Z21" totalsRowCount="0""#, None),
            (r#"ref="A8:Z21" totalsRowCount="99""#, None),
            (r#"ref="here" totalsRowCount="1""#, None),
            (r#"totalsRowCount="1""#, None),
        ] {
            let part = format!(r#"<?xml version="1.0"?><table xmlns="urn:x" {written}><tableColumns/></table>"#);
            assert_eq!(read(&part).map(|rows| rows.to_string()).as_deref(), rows, "{written}");
        }
        assert_eq!((read(""), read("<table ref=\"A1:B2\" totalsRowCount")), (None, None));
    }
}
