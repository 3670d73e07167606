//! The workbook as a scheme issued it, read when somebody first asks for it.

use std::sync::OnceLock;

use crate::ooxml::Limits;
use crate::workbook::calculation::Shapes;
use crate::workbook::{self, ReadError, Source, Workbook};

/// The workbook as a scheme issued it, which can be read.
#[derive(Clone, Debug)]
pub struct IssuedForm {
    source: Source,
    workbook: OnceLock<Workbook>,
    /// What its formulas do.
    shapes: OnceLock<Shapes>,
}

impl IssuedForm {
    /// Reads a form.
    pub fn read(bytes: Vec<u8>) -> Result<Self, ReadError> {
        let form = Self::readable(bytes);
        let workbook = workbook::read(&form.source, &Limits::default())?;
        Ok(Self { workbook: OnceLock::from(workbook), ..form })
    }

    /// Takes a form that is known to be readable.
    pub(super) fn readable(bytes: Vec<u8>) -> Self {
        Self { source: Source::new("form.xlsx", bytes), workbook: OnceLock::new(), shapes: OnceLock::new() }
    }

    /// Returns the workbook.
    pub(super) fn workbook(&self) -> &Workbook {
        let read = || workbook::read(&self.source, &Limits::default());
        self.workbook.get_or_init(|| read().expect("no form is taken that can't be read"))
    }

    /// Returns what its formulas do.
    pub(super) fn shapes(&self) -> &Shapes {
        self.shapes.get_or_init(|| Shapes::of(self.workbook()))
    }
}
