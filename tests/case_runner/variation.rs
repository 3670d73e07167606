//! What no shipped framework has, put into one of them: a shape of references, the date on which a step was done.

use scrutineer::framework::expression::Expression;
use scrutineer::framework::{EntryKind, Framework};

/// Something that a framework has in one scene.
#[derive(Clone, Debug)]
pub(super) enum Variation {
    /// The shape that a register's references must have.
    Shape { register: String, column: String, shape: String },
    /// The field that says when a step of the calendar was done.
    Done { step: String, field: String },
}

impl Variation {
    /// Reads `clients client_ref AA9999`.
    pub(super) fn shape(written: &str) -> Result<Self, String> {
        match written.split(' ').map(str::to_owned).collect::<Vec<_>>().as_slice() {
            [register, column, shape] => {
                Ok(Self::Shape { register: register.clone(), column: column.clone(), shape: shape.clone() })
            }
            _ => Err("a shape is written as register, column and shape".to_owned()),
        }
    }

    /// Reads `papers data_date`.
    pub(super) fn done(written: &str) -> Result<Self, String> {
        match written.split(' ').map(str::to_owned).collect::<Vec<_>>().as_slice() {
            [step, field] => Ok(Self::Done { step: step.clone(), field: field.clone() }),
            _ => Err("what is done is written as step and field".to_owned()),
        }
    }

    /// Returns the frameworks with the variation in those that have what it is about.
    pub(super) fn of(&self, frameworks: &[Framework]) -> Result<Vec<Framework>, String> {
        let mut frameworks = frameworks.to_vec();
        let varied = frameworks.iter_mut().map(|framework| self.vary(framework)).filter(|varied| *varied > 0).count();
        if varied == 0 { Err(format!("no framework has what `{self:?}` is about")) } else { Ok(frameworks) }
    }

    /// Varies a framework, and returns in how many places.
    fn vary(&self, framework: &mut Framework) -> usize {
        match self {
            Self::Shape { register, column, shape } => {
                let registers = framework.registers.iter_mut().filter(|known| known.id.as_str() == register);
                let columns =
                    registers.flat_map(|known| &mut known.columns).filter(|known| known.id.as_str() == column);
                columns.map(|known| known.kind = EntryKind::Reference(Some(shape.clone()))).count()
            }
            Self::Done { step, field } => {
                let steps = framework.calendar.iter_mut().filter(|known| known.id == step.as_str());
                let done = Expression::parse(&format!("field.{field}")).unwrap();
                steps.map(|known| known.done = Some(done.clone())).count()
            }
        }
    }
}
