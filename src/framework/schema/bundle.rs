//! A bundle of several instruments as a pack writes it.

use schemars::JsonSchema;
use serde::Deserialize;

/// What belongs together: instruments of which one organisation sends returns. A pack with it asks nothing itself, and has beside it only
/// what the scheme is, its words, values and outcome.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BundleEntry {
    /// The instruments.
    pub members: Vec<MemberEntry>,
}

/// An instrument of a bundle.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MemberEntry {
    /// The name by which expressions ask for it: `total_of('tool')`.
    pub id: String,
    /// As people call it; without it, the title of its framework.
    #[serde(default)]
    pub title: Option<String>,
    /// The framework that its returns are of, by name: one of the packs beside this one, or of the program's own.
    pub framework: String,
    /// The kind of return that is meant; without it, the one that stands for its organisation in figures, or those about its parts.
    #[serde(default)]
    pub kind: Option<String>,
    /// How many returns are wanted at least; until they are there the outcome is open. 0 where none need come.
    #[serde(default = "one")]
    pub least: usize,
}

/// Returns how many returns are wanted where nothing is said.
fn one() -> usize {
    1
}
