//! A pack as text, and its digest.

use std::path::Path as FilePath;

use sha2::{Digest, Sha256};
use toml::de::DeTable;

use super::FrameworkId;

/// A pack as it is kept: a definition in TOML and, where the scheme has issued one, its blank workbook.
#[derive(Clone, Debug)]
pub struct PackText {
    /// The name of the definition's file, as the person knows it.
    pub file: String,
    /// The definition.
    pub text: String,
    /// The workbook as issued; `None` where the pack has none.
    pub form: Option<Vec<u8>>,
    /// The criteria that the definition keeps in a file beside it, as that is saved; `None` where there is no such file.
    pub criteria: Option<Vec<u8>>,
}

impl PackText {
    /// Returns the SHA-256 of the definition, the form and the criteria beside it, in hexadecimal.
    pub fn digest(&self) -> String {
        let mut hasher = Sha256::new();
        hasher.update((self.text.len() as u64).to_le_bytes());
        hasher.update(&self.text);
        let form = self.form.as_deref().unwrap_or_default();
        hasher.update(form);
        if let Some(criteria) = &self.criteria {
            // The length keeps the end of a form apart from the beginning of criteria.
            hasher.update((form.len() as u64).to_le_bytes());
            hasher.update(criteria);
        }
        hex::encode(hasher.finalize())
    }

    /// Returns the name of the file beside a definition in which it keeps its criteria; `None` where it names none that lies there.
    pub fn criteria_beside(definition: &str) -> Option<String> {
        beside(definition, "criteria")
    }

    /// Returns the name of the file beside a definition that is the form as issued; `None` where it names none that lies there.
    pub fn form_beside(definition: &str) -> Option<String> {
        beside(definition, "form")
    }

    /// Returns the name that the definition gives its framework, whether it can be relied on or not; `None` where it gives none.
    pub fn named(&self) -> Option<FrameworkId> {
        head(&self.text, "id").map(FrameworkId)
    }
}

/// Returns the name of a file beside a definition, by the key of its head that names it.
fn beside(definition: &str, key: &str) -> Option<String> {
    head(definition, key).filter(|name| lies_beside(name))
}

/// Returns a text of a definition's head, as far as that can be read.
fn head(definition: &str, key: &str) -> Option<String> {
    let (root, _) = DeTable::parse_recoverable(definition);
    let text = root.get_ref().get("framework")?.get_ref().as_table()?.get(key)?.get_ref().as_str()?;
    Some(text.to_owned())
}

/// Whether a name is that of a file in the same folder.
pub(super) fn lies_beside(name: &str) -> bool {
    !name.contains(['/', '\\']) && FilePath::new(name).file_name().is_some_and(|own| own == name)
}
