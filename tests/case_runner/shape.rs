//! A shape of references that no shipped framework wants, put into one of them.

use scrutineer::framework::{EntryKind, Framework, RegisterColumn};

/// The shape that a register's references must have.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    register: String,
    column: String,
    shape: String,
}

impl Shape {
    /// Reads `clients client_ref AA9999`.
    pub(super) fn parse(written: &str) -> Result<Self, String> {
        match written.split(' ').collect::<Vec<_>>()[..] {
            [register, column, shape] => Ok(Self { register: register.into(), column: column.into(), shape: shape.into() }),
            _ => Err("a shape is written as register, column and shape".to_owned()),
        }
    }

    /// Returns the frameworks with the shape in those that have the column.
    pub(super) fn given_to(&self, frameworks: &[Framework]) -> Result<Vec<Framework>, String> {
        let mut frameworks = frameworks.to_vec();
        let columns = frameworks.iter_mut().flat_map(|framework| self.columns(framework)).collect::<Vec<_>>();
        if columns.is_empty() {
            return Err(format!("no register `{}` has a column `{}`", self.register, self.column));
        }
        for column in columns {
            column.kind = EntryKind::Reference(Some(self.shape.clone()));
        }
        Ok(frameworks)
    }

    /// Returns the columns of a framework that are meant.
    fn columns<'a>(&self, framework: &'a mut Framework) -> impl Iterator<Item = &'a mut RegisterColumn> {
        let registers = framework.registers.iter_mut().filter(|register| register.id.as_str() == self.register);
        registers.flat_map(|register| &mut register.columns).filter(|column| column.id.as_str() == self.column)
    }
}
