//! The names that packs give to things, each a type of its own, so that none is taken for another.

use std::borrow::Borrow;
use std::fmt;
use std::ops::Deref;

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($(#[$doc:meta] $name:ident),*) => { $(
        #[$doc]
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// Returns the name as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        // Maps by name can be asked with a text, without making a name of it.
        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        // A name serves wherever a text is only read.
        impl Deref for $name {
            type Target = str;

            fn deref(&self) -> &str {
                &self.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, name: &str) -> bool {
                self.0 == name
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, name: &&str) -> bool {
                self.0 == *name
            }
        }

        impl From<&str> for $name {
            fn from(name: &str) -> Self {
                Self(name.to_owned())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )* };
}
id!(
    /// Names a framework, in kebab-case: `seqf`.
    FrameworkId,
    /// Names a criterion: `1.1.1`, `U1`.
    CriterionId,
    /// Names a measure: `A`.
    MeasureId,
    /// Names a criterion or a measure, whichever it is.
    ItemId,
    /// Names a section: `1.1`, `U`.
    SectionId,
    /// Names a band, in kebab-case: `partially-meeting`.
    BandId,
    /// Names a gate, in kebab-case.
    GateId,
    /// Names a grade that parts of a scheme have each: `rating`.
    GradeId,
    /// Names a scale.
    ScaleId,
    /// Names who judges: `self`, `assessor`, or a column of judgements.
    RaterId,
    /// Names a field of the cover: `organisation`.
    FieldId,
    /// Names a sheet of the pack.
    SheetId,
    /// Names a table of one row a learner, client or partner.
    RegisterId,
    /// Names a column of a table.
    ColumnId,
    /// Names something that can be wanting in a register's row, in kebab-case.
    ActionId,
    /// Names a dated step.
    StepId
);

macro_rules! item {
    ($($name:ident),*) => { $(
        impl From<&$name> for ItemId {
            fn from(id: &$name) -> Self {
                Self(id.0.clone())
            }
        }

        impl PartialEq<$name> for ItemId {
            fn eq(&self, id: &$name) -> bool {
                self.0 == id.0
            }
        }
    )* };
}
item!(CriterionId, MeasureId);
