//! The digest of all that something was made from.

use std::hash::{Hash, Hasher};

use sha2::{Digest, Sha256};

/// The digest of ingredients: the name by which what was made of them is kept.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Key(String);

impl Key {
    /// Returns the digest of ingredients: another one changes it, however small the change.
    pub fn of(ingredients: &impl Hash) -> Self {
        let mut digesting = Digesting(Sha256::new());
        ingredients.hash(&mut digesting);
        Self(hex::encode(digesting.0.finalize()))
    }

    /// Returns it in hexadecimal.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Takes ingredients in, as `Hash` tells them apart.
struct Digesting(Sha256);

impl Hasher for Digesting {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn finish(&self) -> u64 {
        let digest = self.0.clone().finalize();
        digest.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ingredients_that_differ_in_anything_have_other_keys() {
        let keys = [
            Key::of(&("ab", "c")),
            Key::of(&("a", "bc")),
            Key::of(&("abc", "")),
            Key::of(&(Some("ab"), "c")),
            Key::of(&(vec!["ab", "c"], "")),
        ];
        for (at, key) in keys.iter().enumerate() {
            assert_eq!(keys.iter().position(|other| other == key), Some(at));
        }
        assert_eq!(Key::of(&("ab", "c")), keys[0]);
    }
}
