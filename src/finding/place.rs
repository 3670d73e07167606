//! Where a finding stands.

use serde::{Deserialize, Serialize};

use crate::cell::{CellRange, CellRef};

/// Where something stands.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Place {
    /// The workbook as a whole.
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
    /// An organisation of the season, by name.
    Organisation(String),
}

impl Place {
    /// Returns the place of one cell.
    pub fn cell(sheet: impl Into<String>, cell: CellRef) -> Self {
        Self::Cells(sheet.into(), cell.into())
    }

    /// Returns the sheet's name, where the place is on one.
    pub fn sheet(&self) -> Option<&str> {
        match self {
            Self::Sheet(sheet) | Self::Cells(sheet, _) => Some(sheet),
            Self::Workbook | Self::Definition { .. } | Self::Organisation(_) => None,
        }
    }

    /// Returns the cells, where the place is some.
    pub fn cells(&self) -> Option<CellRange> {
        match self {
            Self::Cells(_, cells) => Some(*cells),
            Self::Workbook | Self::Sheet(_) | Self::Definition { .. } | Self::Organisation(_) => None,
        }
    }
}

/// A value, where it stands and how it was written there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed<T> {
    /// The value as understood.
    pub value: T,
    /// Where it stands.
    pub place: Place,
    /// As the person sees it.
    pub written: String,
}
