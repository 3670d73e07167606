//! Tables, whose columns are written once: what stands over each, what it means, how wide it is, and what stands in it.

use serde::Serialize;

use super::{Bars, Cell};

/// A column of a table over rows of one kind.
pub struct Column<'a, R> {
    head: Head,
    side: Option<Side>,
    cell: Box<dyn Fn(&R) -> Cell + 'a>,
    is_wanted: bool,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Table {
    /// What it is of; `None` where the words before it say so.
    pub caption: Option<String>,
    /// Its columns.
    pub columns: Vec<Head>,
    /// Its rows, with a cell for each column.
    pub rows: Vec<Vec<Cell>>,
    /// Up to so many rows it is kept together with its heading.
    pub whole: usize,
    /// What is done with it on a sheet.
    #[serde(skip)]
    pub used: Use,
    /// What is drawn beside it on a sheet; `None` where nothing is.
    #[serde(skip)]
    pub bars: Option<Bars>,
}

/// What stands over a column, and how its cells stand.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Head {
    /// The words over it.
    pub heading: String,
    /// What it means, for the data dictionary; `None` where its heading says all.
    #[serde(skip)]
    pub meaning: Option<&'static str>,
    /// How wide it is.
    pub width: Width,
    /// On which side its cells stand.
    pub side: Side,
    /// Whether a sheet has the heading upright.
    #[serde(skip)]
    pub is_upright: bool,
    /// What a sheet shows in its cells beside their figures.
    #[serde(skip)]
    pub mark: Mark,
    /// What can be chosen in its cells on a sheet; empty where all can be typed.
    #[serde(skip)]
    pub choices: &'static [&'static str],
}

/// How wide a column is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", content = "of", rename_all = "kebab-case")]
pub enum Width {
    /// As wide as what stands in it.
    Fit,
    /// This share of what the others leave.
    Share(f64),
    /// So many letters.
    Chars(f64),
    /// As wide as the longest of the words over it, which stand below each other.
    Heading,
}

/// On which side cells stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// Texts.
    Left,
    /// Figures on grounds.
    Center,
    /// Numbers.
    Right,
}

/// What a sheet shows in a column's cells beside their figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Mark {
    /// Nothing.
    #[default]
    None,
    /// Bars, longer for more.
    Bars,
    /// Grounds between two colours.
    Ground,
}

/// What is done with a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Use {
    /// It is read.
    #[default]
    Read,
    /// It is one of several below each other, of which so many columns stay in sight.
    Kept(u16),
    /// Rows are looked for in it: its headings and so many columns stay in sight.
    List(u16),
    /// A team works it off, under this name; so many columns stay in sight.
    Worklist(&'static str, u16),
}

impl Table {
    /// Up to so many rows a table is kept together, unless it says otherwise.
    const WHOLE: usize = 9;

    /// Returns a table of some rows.
    pub fn of<R>(rows: &[R], columns: Vec<Column<R>>) -> Self {
        let columns: Vec<Column<R>> = columns.into_iter().filter(|column| column.is_wanted).collect();
        let cells = rows.iter().map(|row| columns.iter().map(|column| (column.cell)(row)).collect());
        let rows: Vec<Vec<Cell>> = cells.collect();
        let numbers = |at: usize| rows.iter().any(|row| row[at].is_number());
        let side = |(at, column): (usize, Column<R>)| Head {
            side: column.side.unwrap_or(if numbers(at) { Side::Right } else { Side::Left }),
            ..column.head
        };
        let columns = columns.into_iter().enumerate().map(side).collect();
        Self { caption: None, columns, rows, whole: Self::WHOLE, used: Use::Read, bars: None }
    }

    /// Leaves out the columns in which every figure is hidden, which tell nothing.
    #[must_use]
    pub fn without_hidden(mut self) -> Self {
        let told: Vec<bool> = (0..self.columns.len())
            .map(|at| self.rows.is_empty() || self.rows.iter().any(|row| !row[at].is_hidden()))
            .collect();
        keep(&mut self.columns, &told);
        self.rows.iter_mut().for_each(|row| keep(row, &told));
        self
    }

    /// Sets what it is of.
    #[must_use]
    pub fn caption(self, caption: impl Into<String>) -> Self {
        Self { caption: Some(caption.into()), ..self }
    }

    /// Keeps up to so many rows together.
    #[must_use]
    pub fn whole(self, whole: usize) -> Self {
        Self { whole, ..self }
    }

    /// Says what is done with it.
    #[must_use]
    pub fn used(self, used: Use) -> Self {
        Self { used, ..self }
    }

    /// Draws bars beside it.
    #[must_use]
    pub fn bars(self, bars: Option<Bars>) -> Self {
        Self { bars, ..self }
    }
}

/// Keeps of a list what is told.
fn keep<T>(list: &mut Vec<T>, told: &[bool]) {
    let mut told = told.iter();
    list.retain(|_| told.next() == Some(&true));
}

impl<'a, R> Column<'a, R> {
    /// Returns a column of empty cells, as wide as what stands in it.
    pub fn new(heading: impl Into<String>) -> Self {
        let head = Head {
            heading: heading.into(),
            meaning: None,
            width: Width::Fit,
            side: Side::Left,
            is_upright: false,
            mark: Mark::None,
            choices: &[],
        };
        Self { head, side: None, cell: Box::new(|_| Cell::Empty), is_wanted: true }
    }

    /// Says what it means, for the data dictionary.
    #[must_use]
    pub fn meaning(mut self, meaning: &'static str) -> Self {
        self.head.meaning = Some(meaning);
        self
    }

    /// Makes it so many letters wide.
    #[must_use]
    pub fn chars(self, chars: f64) -> Self {
        self.width(Width::Chars(chars))
    }

    /// Gives it a share of what the others leave.
    #[must_use]
    pub fn share(self, share: f64) -> Self {
        self.width(Width::Share(share))
    }

    /// Sets how wide it is.
    #[must_use]
    pub fn width(mut self, width: Width) -> Self {
        self.head.width = width;
        self
    }

    /// Sets on which side its cells stand: else numbers on the right, all others on the left.
    #[must_use]
    pub fn side(self, side: Side) -> Self {
        Self { side: Some(side), ..self }
    }

    /// Sets the heading upright on a sheet, for a column that is narrower than its name.
    #[must_use]
    pub fn upright(mut self) -> Self {
        self.head.is_upright = true;
        self
    }

    /// Sets what a sheet shows in its cells beside their figures.
    #[must_use]
    pub fn mark(mut self, mark: Mark) -> Self {
        self.head.mark = mark;
        self
    }

    /// Sets what can be chosen in its cells on a sheet.
    #[must_use]
    pub fn choices(mut self, choices: &'static [&'static str]) -> Self {
        self.head.choices = choices;
        self
    }

    /// Sets what stands in its cells.
    #[must_use]
    pub fn cell(self, cell: impl Fn(&R) -> Cell + 'a) -> Self {
        Self { cell: Box::new(cell), ..self }
    }

    /// Leaves the column out unless this holds.
    #[must_use]
    pub fn only_if(self, is_wanted: bool) -> Self {
        Self { is_wanted, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Format;
    use crate::figure::sample::{hidden, shown};

    #[test]
    fn a_column_in_which_all_is_hidden_is_left_out() {
        let rows = [(shown(1.0, 9), hidden()), (hidden(), hidden())];
        let table = || {
            let figure = |of: fn(&(_, _)) -> &_| move |row: &(_, _)| Cell::figure(of(row), Format::Whole);
            Table::of(
                &rows,
                vec![
                    Column::new("Name").cell(|_| "name".into()),
                    Column::new("Some").cell(figure(|row| &row.0)),
                    Column::new("None").cell(figure(|row| &row.1)),
                ],
            )
        };
        let headings = |table: Table| table.columns.into_iter().map(|head| head.heading).collect::<Vec<_>>();
        assert_eq!(headings(table().without_hidden()), ["Name", "Some"]);
        assert!(table().without_hidden().rows.iter().all(|row| row.len() == 2));
        assert_eq!(headings(Table::of::<usize>(&[], vec![Column::new("Name")]).without_hidden()), ["Name"]);
    }
}
