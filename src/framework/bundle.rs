//! Several instruments of which one organisation sends returns, and which have an outcome together.

use super::{Framework, FrameworkId};

/// An instrument of a bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The name by which expressions ask for it.
    pub id: String,
    /// As people call it; `None` leaves it to its framework.
    pub title: Option<String>,
    /// The framework of its returns.
    pub framework: FrameworkId,
    /// The kind of return that is meant; `None` where it is the one that stands for its organisation.
    pub kind: Option<String>,
    /// How many returns are wanted at least.
    pub least: usize,
}

impl Member {
    /// Returns what people call it, among the frameworks that are known.
    pub fn called<'a>(&'a self, frameworks: &'a [Framework]) -> &'a str {
        let own = self.title.as_deref();
        own.or_else(|| super::find(frameworks, &self.framework, None).map(|of| of.title.as_str())).unwrap_or(&self.id)
    }
}

impl Framework {
    /// Whether it asks nothing itself, and has an outcome of what returns of other frameworks come to.
    pub fn is_bundle(&self) -> bool {
        !self.members.is_empty()
    }

    /// Returns the instrument of this name.
    pub fn member(&self, id: &str) -> Option<&Member> {
        self.members.iter().find(|member| member.id == id)
    }
}
