//! The templates: those inside the program, and others in their place.
//!
//! `return.typ`, `letter.typ`, `board-paper.typ` and `overarching.typ` are minijinja templates that give Typst markup. The others are plain Typst, which they
//! import: `layout.typ` (pages, headings), `table.typ`, `chart.typ` and `paper.typ` (the parts that packs declare).

use std::collections::BTreeMap;

/// The templates that minijinja fills in.
pub(super) const FILLED_IN: [&str; 4] = ["board-paper.typ", "letter.typ", "overarching.typ", "return.typ"];

/// The templates that come with the program.
const OWN: [(&str, &str); 8] = [
    ("board-paper.typ", include_str!("../../../templates/board-paper.typ")),
    ("chart.typ", include_str!("../../../templates/chart.typ")),
    ("layout.typ", include_str!("../../../templates/layout.typ")),
    ("letter.typ", include_str!("../../../templates/letter.typ")),
    ("overarching.typ", include_str!("../../../templates/overarching.typ")),
    ("paper.typ", include_str!("../../../templates/paper.typ")),
    ("return.typ", include_str!("../../../templates/return.typ")),
    ("table.typ", include_str!("../../../templates/table.typ")),
];

/// Templates by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Templates(BTreeMap<String, String>);

impl Default for Templates {
    fn default() -> Self {
        Self(OWN.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect())
    }
}

impl Templates {
    /// Puts a text in the place of the template of this name, or beside them where none has it.
    pub fn replace(&mut self, name: impl Into<String>, text: impl Into<String>) {
        self.0.insert(name.into(), text.into());
    }

    /// Returns each template's name and text, in order of name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// Returns those that Typst reads as they are.
    pub(super) fn imported(&self) -> impl Iterator<Item = (&str, &str)> {
        self.iter().filter(|(name, _)| !FILLED_IN.contains(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_of_the_same_name_takes_the_place() {
        let mut templates = Templates::default();
        templates.replace("return.typ", "= Ours");
        assert_eq!(templates.iter().find(|(name, _)| *name == "return.typ").unwrap().1, "= Ours");
        assert_eq!(templates.iter().count(), OWN.len());
    }

    #[test]
    fn no_template_evaluates_text() {
        for (name, text) in Templates::default().iter() {
            for refused in ["eval(", "read(", "plugin(", "@preview"] {
                assert!(!text.contains(refused), "{name} contains {refused}");
            }
        }
    }
}
