//! Where a finding stands.

use crate::cell::{CellRange, CellRef};

/// Where something stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// The workbook that is reviewed, as a whole.
    Workbook,
    /// A sheet as a whole, by its name.
    Sheet(String),
    /// Cells of a sheet.
    Cells(String, CellRange),
    /// A line and column of a definition, both from one.
    Definition {
        /// The file, as the person named it.
        file: String,
        /// The line, from one.
        line: usize,
        /// The column, from one.
        column: usize,
    },
    /// The season: one organisation of it, some of its files, or all of it where neither is named.
    Season {
        /// The organisation that it is about; `None` where it is about several or none.
        organisation: Option<String>,
        /// The files that it is about, in order, each once.
        files: Vec<String>,
    },
}

impl Place {
    /// Returns the place of one cell.
    pub fn cell(sheet: impl Into<String>, cell: CellRef) -> Self {
        Self::Cells(sheet.into(), cell.into())
    }

    /// Returns a place of the season: whose returns it is about, and which files.
    pub fn of_season<'a>(organisation: Option<&str>, files: impl IntoIterator<Item = &'a str>) -> Self {
        let mut files: Vec<String> = files.into_iter().map(ToOwned::to_owned).collect();
        files.sort();
        files.dedup();
        Self::Season { organisation: organisation.map(ToOwned::to_owned), files }
    }

    /// Returns the sheet's name, where the place is on one.
    pub fn sheet(&self) -> Option<&str> {
        match self {
            Self::Sheet(sheet) | Self::Cells(sheet, _) => Some(sheet),
            Self::Workbook | Self::Definition { .. } | Self::Season { .. } => None,
        }
    }

    /// Returns the cells, where the place is some.
    pub fn cells(&self) -> Option<CellRange> {
        match self {
            Self::Cells(_, cells) => Some(*cells),
            Self::Workbook | Self::Sheet(_) | Self::Definition { .. } | Self::Season { .. } => None,
        }
    }

    /// Returns the sheet and the cells as formulas name them, where the place is on a sheet: `Tracker!F12`.
    pub fn named(&self) -> Option<String> {
        let sheet = self.sheet()?;
        Some(self.cells().map_or_else(|| sheet.to_owned(), |cells| format!("{sheet}!{cells}")))
    }

    /// Whether it is cells of which the first lies within those of another.
    pub fn is_within(&self, other: &Self) -> bool {
        let cells = self.cells().zip(other.cells());
        self.sheet() == other.sheet() && cells.is_some_and(|(cells, other)| other.contains(cells.first))
    }

    /// Returns the organisation, where the place is one of the season's.
    pub fn organisation(&self) -> Option<&str> {
        match self {
            Self::Season { organisation, .. } => organisation.as_deref(),
            Self::Workbook | Self::Sheet(_) | Self::Cells(..) | Self::Definition { .. } => None,
        }
    }

    /// Returns the files of the season that are named.
    pub fn files(&self) -> &[String] {
        match self {
            Self::Season { files, .. } => files,
            Self::Workbook | Self::Sheet(_) | Self::Cells(..) | Self::Definition { .. } => &[],
        }
    }
}
