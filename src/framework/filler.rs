//! Who fills in what senders don't.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{FieldId, RaterId, SheetId};

/// Somebody else than the sender, and what of the form they fill in.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Filler {
    /// As people call them: `The assessor`.
    pub who: String,
    /// The fields that are theirs.
    #[serde(default)]
    pub fields: Vec<FieldId>,
    /// The stated values that are theirs, by name; of those that are stated once a section, the name without the section's.
    #[serde(default)]
    pub stated: Vec<String>,
    /// The columns that are theirs: of tables by name, of registers as `register.column`.
    #[serde(default)]
    pub columns: Vec<String>,
    /// The sheets all of which are theirs.
    #[serde(default)]
    pub sheets: Vec<SheetId>,
    /// The raters who they are. Where their answers make the outcome of a return, it is they who send it: nothing of it is
    /// others'.
    #[serde(default)]
    pub raters: Vec<RaterId>,
}
