//! Who fills in what senders don't.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{FieldId, RaterId};

/// Somebody else than the sender, and what of the form they fill in.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
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
    /// The raters who they are, where it isn't their answers that make the outcome of a return.
    #[serde(default)]
    pub raters: Vec<RaterId>,
}
