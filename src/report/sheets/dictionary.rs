//! What the columns of the sheets mean, as the columns say it.

use super::{SeasonView, sheet};
use crate::document::{Column, Document, Part, Table, Use};

/// Returns the sheet on the others.
pub(super) fn dictionary(view: &SeasonView, sheets: &[Document]) -> Document {
    let columns = vec![
        Column::new("Sheet").chars(18.0).cell(|[of, ..]: &[String; 3]| of.into()),
        Column::new("Column").chars(28.0).cell(|[_, column, _]: &[String; 3]| column.into()),
        Column::new("Meaning").chars(100.0).cell(|[.., meaning]: &[String; 3]| meaning.into()),
    ];
    let part = Part::default().block(Table::of(&meanings(sheets), columns).used(Use::List(0)));
    sheet(view, "Data dictionary", "What the columns of the other sheets mean.").part(part)
}

/// Returns the sheet, the column and the meaning of each column that has one; of columns with the same meaning beside each other
/// the headings stand together.
fn meanings(sheets: &[Document]) -> Vec<[String; 3]> {
    let mut told: Vec<[String; 3]> = Vec::new();
    for sheet in sheets {
        let columns = sheet.tables().into_iter().flat_map(|table| &table.columns);
        for (heading, meaning) in columns.filter_map(|column| Some((&column.heading, column.meaning?))) {
            let same = |row: &&mut [String; 3]| row[0] == sheet.subject && row[2] == meaning;
            match told.last_mut().filter(same) {
                Some(row) if !row[1].split(", ").any(|other| other == heading) => {
                    row[1] = format!("{}, {heading}", row[1]);
                }
                Some(_) => {}
                None => told.push([sheet.subject.clone(), heading.clone(), meaning.to_owned()]),
            }
        }
    }
    let mut kept: Vec<[String; 3]> = Vec::new();
    for row in told {
        if !kept.contains(&row) {
            kept.push(row);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Column, Kind, Part, Table};

    #[test]
    fn columns_that_mean_the_same_stand_together_and_once() {
        let column = |heading: &str, meaning| Column::new(heading).meaning(meaning);
        let table = || {
            let columns = vec![
                Column::new("File"),
                column("From", "The interval."),
                column("To", "The interval."),
                column("n", "How many."),
            ];
            Table::of(&["a"], columns)
        };
        let sheet = Document::new(Kind::Sheet, "S").part(Part::default().block(table()).block(table()));
        let sheet = Document { subject: "Sheet".to_owned(), ..sheet };
        let expected = [["Sheet", "From, To", "The interval."], ["Sheet", "n", "How many."]];
        assert_eq!(meanings(&[sheet]), expected.map(|row| row.map(str::to_owned)));
    }
}
