//! A pack as text, and its digest.

use sha2::{Digest, Sha256};

/// A pack as it is kept: a definition in TOML and, where the scheme has issued one, its blank workbook.
#[derive(Clone, Debug)]
pub struct PackText {
    /// The name of the definition's file, as the person knows it.
    pub file: String,
    /// The definition.
    pub text: String,
    /// The workbook as issued; `None` where the pack has none.
    pub form: Option<Vec<u8>>,
}

impl PackText {
    /// Returns the SHA-256 of the definition and the form, in hexadecimal.
    pub fn digest(&self) -> String {
        let mut hasher = Sha256::new();
        hasher.update((self.text.len() as u64).to_le_bytes());
        hasher.update(&self.text);
        hasher.update(self.form.as_deref().unwrap_or_default());
        hex::encode(hasher.finalize())
    }
}
