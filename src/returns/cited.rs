//! References to the rows of another register, read as that register writes its keys.
//!
//! Who numbers activities 1 to 12 may still write A1 beside what belongs to the first. A reference that could mean several
//! rows stays as it is written.

use std::collections::BTreeMap;

use crate::framework::{Framework, RegisterId, RegisterSpec};
use crate::wording::{Reference, Wording};

use super::{EntryValue, Register};

/// Reads the references of all registers as the keys that they mean.
pub(super) fn settle(framework: &Framework, registers: &mut BTreeMap<RegisterId, Register>) {
    for spec in &framework.registers {
        for column in &spec.columns {
            let Some(cited) = framework.registers.iter().find(|other| Some(&other.id) == column.refers_to.as_ref())
            else {
                continue;
            };
            let keys = keys(cited, registers);
            let rows = registers.get_mut(&spec.id).into_iter().flat_map(|register| &mut register.rows);
            for given in rows.filter_map(|row| row.given_mut(column.id.as_str())) {
                if let EntryValue::Text(text) = given
                    && let Some(key) = meant(text, &keys)
                {
                    *text = key.into();
                }
            }
        }
    }
}

/// Returns the keys of a register's rows, each once.
fn keys(spec: &RegisterSpec, registers: &BTreeMap<RegisterId, Register>) -> Vec<String> {
    let rows = registers.get(&spec.id).map_or(&[][..], |register| &register.rows);
    let key = spec.key.as_ref();
    let mut keys: Vec<String> =
        rows.iter().filter_map(|row| row.given(key?.as_str())).map(ToString::to_string).collect();
    keys.sort();
    keys.dedup();
    keys
}

/// Returns the key that a reference means, where it isn't one word for word and means no other.
fn meant<'a>(text: &str, keys: &'a [String]) -> Option<&'a str> {
    let words = Wording::of(text);
    if keys.iter().any(|key| Wording::of(key) == words) {
        return None;
    }
    let reference = Reference::of(&words)?;
    let mut agreeing =
        keys.iter().filter(|key| Reference::of(&Wording::of(key)).is_some_and(|key| key.agrees(&reference)));
    agreeing.next().filter(|_| agreeing.next().is_none()).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn a_reference_is_the_only_key_that_it_can_mean() {
        let keys = |keys: &[&str]| keys.iter().map(|key| (*key).to_owned()).collect::<Vec<_>>();
        let cases = [
            ("A1", &["1", "11", "2"][..], Some("1")),
            ("Activity 2", &["A1", "A2"], Some("A2")),
            ("A1", &["A1", "1"], None),
            ("1", &["A1", "B1"], None),
            ("B1", &["A1"], None),
            ("the fair", &["A1"], None),
        ];
        for (text, known, expected) in cases {
            assert_eq!(meant(text, &keys(known)), expected, "{text} among {known:?}");
        }
    }
}
