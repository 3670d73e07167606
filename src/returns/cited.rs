//! References to the rows of another register, read as that register writes its keys.
//!
//! Who numbers activities 1 to 12 may still write A1 beside what belongs to the first. A reference that could mean several
//! rows stays as it is written.

use std::collections::{BTreeMap, BTreeSet};

use crate::framework::{Framework, RegisterId, RegisterSpec};
use crate::wording::{Reference, Wording};

use super::{EntryValue, Register};

/// Reads the references of all registers as the keys that they mean.
pub(super) fn settle(framework: &Framework, registers: &mut BTreeMap<RegisterId, Register>) {
    for spec in &framework.registers {
        for column in &spec.columns {
            let Some(cited) = column.refers_to.as_ref().and_then(|id| framework.register(id)) else { continue };
            let keys = Keys::of(cited, registers);
            let rows = registers.get_mut(&spec.id).into_iter().flat_map(|register| &mut register.rows);
            for given in rows.filter_map(|row| row.given_mut(column.id.as_str())) {
                if let EntryValue::Text(text) = given
                    && let Some(key) = keys.meant(text)
                {
                    *text = key.into();
                }
            }
        }
    }
}

/// The keys of a register's rows.
#[derive(Default)]
struct Keys {
    /// As they are compared.
    wordings: BTreeSet<Wording>,
    /// Those that are references, by their number.
    references: BTreeMap<u32, Vec<(Reference, String)>>,
}

impl Keys {
    /// Collects the keys of a register's rows, each once.
    fn of(spec: &RegisterSpec, registers: &BTreeMap<RegisterId, Register>) -> Self {
        let rows = registers.get(&spec.id).map_or(&[][..], |register| &register.rows);
        let key = spec.key.as_ref();
        let given = rows.iter().filter_map(|row| row.given(key?.as_str()));
        let mut keys = Self::default();
        given.for_each(|key| keys.add(&key.to_string()));
        keys
    }

    fn add(&mut self, key: &str) {
        let words = Wording::of(key);
        let reference = Reference::of(&words);
        if self.wordings.insert(words)
            && let Some(reference) = reference
        {
            self.references.entry(reference.number).or_default().push((reference, key.to_owned()));
        }
    }

    /// Returns the key that a reference means, where it isn't one word for word and means no other.
    fn meant(&self, text: &str) -> Option<&str> {
        let words = Wording::of(text);
        let reference = Reference::of(&words).filter(|_| !self.wordings.contains(&words))?;
        let same_number = self.references.get(&reference.number).map_or(&[][..], Vec::as_slice);
        let mut agreeing = same_number.iter().filter(|(key, _)| key.agrees(&reference));
        agreeing.next().filter(|_| agreeing.next().is_none()).map(|(_, key)| key.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Keys;

    #[test]
    fn a_reference_is_the_only_key_that_it_can_mean() {
        let cases = [
            ("A1", &["1", "11", "2"][..], Some("1")),
            ("Activity 2", &["A1", "A2"], Some("A2")),
            ("A1", &["A1", "1"], None),
            ("1", &["A1", "B1"], None),
            ("B1", &["A1"], None),
            ("the fair", &["A1"], None),
        ];
        for (text, listed, expected) in cases {
            let mut keys = Keys::default();
            for key in listed {
                keys.add(key);
            }
            assert_eq!(keys.meant(text), expected, "{text} among {listed:?}");
        }
    }
}
