//! The templates: those inside the program, and others in their place.
//!
//! `document.typ` prints documents of every kind; a file named for a kind, such as `return.typ`, prints those of that kind in its
//! place. What they import: `block.typ` (parts and what they are made of), `table.typ`, `chart.typ` and `layout.typ` (pages,
//! headings).

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::document::Kind;

/// The templates that come with the program.
const OWN: [(&str, &str); 5] = [
    ("block.typ", include_str!("../../../templates/block.typ")),
    ("chart.typ", include_str!("../../../templates/chart.typ")),
    ("document.typ", include_str!("../../../templates/document.typ")),
    ("layout.typ", include_str!("../../../templates/layout.typ")),
    ("table.typ", include_str!("../../../templates/table.typ")),
];

/// Templates by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Templates {
    texts: BTreeMap<String, String>,
    /// Pictures and the like that templates use.
    others: BTreeMap<String, Arc<[u8]>>,
    /// What stands before the name of a template that isn't the program's own, in messages: its folder.
    pub(super) folders: Arc<BTreeMap<String, String>>,
}

/// Why a file among a season's own templates can't be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// It takes no template's place, and no template names it.
    #[error("`{name}` takes the place of no template, and none imports it; the templates are {}", own_names().join(", "))]
    Unused {
        /// The file.
        name: String,
    },
    /// It has the name of a file that every document has.
    #[error("`{name}` can't be the name of a template: each report is itself called so")]
    Reserved {
        /// The file.
        name: String,
    },
}

/// The template that prints documents of every kind that has none of its own.
const PRINTS_ALL: &str = "document.typ";

/// The name of the filled-in document.
pub(super) const DOCUMENT: &str = "main.typ";

/// The templates that a folder can have beside those that come with the program: each prints documents of one kind.
const OF_ONE_KIND: [&str; 6] =
    ["benchmark.typ", "board-paper.typ", "consolidated.typ", "letter.typ", "overarching.typ", "return.typ"];

/// Returns the names that templates can have.
pub fn own_names() -> Vec<&'static str> {
    let own = OWN.iter().map(|(name, _)| *name);
    own.chain(OF_ONE_KIND).collect::<std::collections::BTreeSet<_>>().into_iter().collect()
}

impl Default for Templates {
    fn default() -> Self {
        Self {
            texts: OWN.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect(),
            others: BTreeMap::new(),
            folders: Arc::default(),
        }
    }
}

impl Templates {
    /// Puts a text in the place of the template of this name, or beside them where none has it.
    pub fn replace(&mut self, name: impl Into<String>, text: impl Into<String>) {
        self.texts.insert(name.into(), text.into());
    }

    /// Returns the program's own templates with the files of a folder in their places or beside them.
    ///
    /// Every text must take a template's place or be named by one; other files are taken only where one names them.
    pub fn with_folder(folder: &str, files: Vec<(String, Vec<u8>)>) -> Result<Self, TemplateError> {
        let mut templates = Self::default();
        let (texts, others): (Vec<_>, Vec<_>) = files.into_iter().partition(|(name, _)| is_typst(name));
        let names: Vec<String> = texts.iter().map(|(name, _)| name.clone()).collect();
        templates.folders = Arc::new(names.iter().map(|name| (name.clone(), format!("{folder}/"))).collect());
        for (name, bytes) in texts {
            templates.replace(name, String::from_utf8_lossy(&bytes));
        }
        for name in names {
            if name == DOCUMENT {
                return Err(TemplateError::Reserved { name });
            }
            if !own_names().contains(&name.as_str()) && !templates.is_named(&name) {
                return Err(TemplateError::Unused { name });
            }
        }
        let others = others.into_iter().filter(|(name, _)| templates.is_named(name));
        templates.others = others.map(|(name, bytes)| (name, bytes.into())).collect();
        Ok(templates)
    }

    /// Returns the names of the files that a folder gave.
    pub fn replaced(&self) -> Vec<&str> {
        self.folders.keys().chain(self.others.keys()).map(String::as_str).collect()
    }

    /// Returns how a template is called in messages: with its folder, where it isn't the program's own.
    pub fn place(&self, name: &str) -> String {
        format!("{}{name}", self.folders.get(name).map_or("", String::as_str))
    }

    /// Returns the name and the text of the template that prints documents of a kind.
    pub(super) fn of(&self, kind: Kind) -> (String, &str) {
        let own = format!("{}.typ", kind.as_str());
        let name = if self.texts.contains_key(&own) { own } else { PRINTS_ALL.to_owned() };
        let text = self.texts.get(&name).map_or("", String::as_str);
        (name, text)
    }

    /// Returns each template's name and text, in order of name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.texts.iter().map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// Returns all files, for Typst to read.
    pub(super) fn imported(&self) -> impl Iterator<Item = (&str, &[u8])> {
        let others = self.others.iter().map(|(name, bytes)| (name.as_str(), &**bytes));
        self.iter().map(|(name, text)| (name, text.as_bytes())).chain(others)
    }

    /// Whether another template names a file.
    fn is_named(&self, file: &str) -> bool {
        self.iter().any(|(name, text)| name != file && text.contains(&format!("\"{file}\"")))
    }
}

/// Whether a file is Typst by its name.
fn is_typst(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, extension)| extension == "typ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_of_the_same_name_takes_the_place() {
        let mut templates = Templates::default();
        templates.replace("return.typ", "= Ours");
        assert_eq!(templates.of(Kind::Return), ("return.typ".to_owned(), "= Ours"));
        assert_eq!(templates.of(Kind::Letter).0, "document.typ");
        templates.replace("layout.typ", "#let ours = 1");
        assert_eq!(templates.iter().count(), OWN.len() + 1);
    }

    #[test]
    fn a_folder_replaces_file_by_file() {
        let file = |name: &str, text: &str| (name.to_owned(), text.as_bytes().to_vec());
        let files = vec![
            file("return.typ", "#import \"house.typ\": seal"),
            file("house.typ", "#let seal = image(\"seal.png\")"),
            file("seal.png", "PNG"),
            file("README.md", "ours"),
        ];
        let templates = Templates::with_folder("ours", files).unwrap();
        assert_eq!(templates.replaced(), ["house.typ", "return.typ", "seal.png"]);
        assert_eq!(templates.place("return.typ"), "ours/return.typ");
        assert_eq!(templates.place("layout.typ"), "layout.typ");
        for name in ["retrun.typ", "main.typ"] {
            let refused = Templates::with_folder("ours", vec![file(name, "")]).unwrap_err();
            assert!(refused.to_string().starts_with(&format!("`{name}`")), "{refused}");
        }
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
