//! The parts of a scheme that go by a name, for what is said of several of them.

use std::collections::BTreeSet;

use crate::framework::written::{Node, entries, get, text};

/// A part of a scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// Its name.
    pub(super) id: String,
    /// What people call it; its name where it has no title.
    pub(super) title: String,
    /// The names of its criteria and measures.
    pub(super) items: Vec<String>,
}

impl Part {
    /// Returns a part that people call by its name.
    fn bare(id: &str, items: Vec<String>) -> Self {
        Self { id: id.to_owned(), title: id.to_owned(), items }
    }
}

/// The parts of a scheme by what they are.
pub(super) struct Parts {
    pub(super) sections: Vec<Part>,
    pub(super) tags: Vec<Part>,
    /// The criteria, the measures and the groups, which can only be named.
    others: Vec<Part>,
}

impl Parts {
    /// Gathers the parts.
    pub(super) fn of(root: &mut Node) -> Self {
        let mut parts = Self { sections: Vec::new(), tags: Vec::new(), others: Vec::new() };
        for section in entries(root, "sections") {
            parts.section(section);
        }
        let groups = get(root, "groups").and_then(|groups| groups.get_ref().as_table());
        let groups = groups.into_iter().flatten().map(|(name, members)| {
            let members = members.get_ref().as_array().into_iter().flatten().filter_map(|name| name.get_ref().as_str());
            Part::bare(name.get_ref(), parts.items(members))
        });
        let groups: Vec<Part> = groups.collect();
        parts.others.extend(groups);
        parts
    }

    /// Gathers a section, and its criteria and measures with their tags.
    fn section(&mut self, section: &mut Node) {
        let mut items = Vec::new();
        for key in ["criteria", "measures"] {
            for item in entries(section, key) {
                let Some(id) = text(item, "id").map(str::to_owned) else { continue };
                for tag in entries(item, "tags").into_iter().filter_map(|tag| tag.get_ref().as_str()) {
                    self.tag(tag, &id);
                }
                self.others.push(Part::bare(&id, vec![id.clone()]));
                items.push(id);
            }
        }
        if let Some((id, title)) = text(section, "id").zip(text(section, "title")) {
            self.sections.push(Part { id: id.to_owned(), title: title.to_owned(), items });
        }
    }

    /// Counts a criterion among those of a tag.
    fn tag(&mut self, tag: &str, criterion: &str) {
        match self.tags.iter_mut().find(|part| part.id == tag) {
            Some(part) => part.items.push(criterion.to_owned()),
            None => self.tags.push(Part::bare(tag, vec![criterion.to_owned()])),
        }
    }

    /// Returns the criteria and measures that go by several names, each once.
    fn items<'n>(&self, names: impl Iterator<Item = &'n str>) -> Vec<String> {
        let mut seen = BTreeSet::new();
        let items = names.filter_map(|name| self.named(name)).flat_map(|part| &part.items);
        items.filter(|item| seen.insert(*item)).cloned().collect()
    }

    /// Returns the part of a name.
    pub(super) fn named(&self, name: &str) -> Option<&Part> {
        self.all().find(|part| part.id == name)
    }

    /// Returns all parts.
    pub(super) fn all(&self) -> impl Iterator<Item = &Part> {
        self.sections.iter().chain(&self.tags).chain(&self.others)
    }
}
