//! The limits that a person may set, by the names under which messages tell them.
//!
//! Those on a workbook stand beside those on the process that reads some formats apart, `memory` and `time`.

use std::collections::BTreeMap;

use crate::batch::Allowance;
use crate::ooxml::{Limit, Limits};
use crate::wording::near_hint;

/// The limit on a child's memory, in bytes.
const MEMORY: &str = "memory";
/// The limit on a child's computing, in seconds.
const TIME: &str = "time";

/// How far workbooks may go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Allowed {
    /// What a workbook may hold.
    pub(super) limits: Limits,
    /// What a process may use that reads one apart.
    pub(super) allowance: Allowance,
}

impl Allowed {
    /// Sets the limit of a name.
    pub(super) fn set(&mut self, name: &str, most: u64) -> Result<(), String> {
        match (name, Limit::named(name)) {
            (_, Some(limit)) => self.limits.set(limit, most),
            (MEMORY, None) => self.allowance.memory = most,
            (TIME, None) => self.allowance.time = most,
            (_, None) => {
                let limits: Vec<&str> = Self::default().all().into_keys().collect();
                return Err(format!("there is no limit `{name}`{}", near_hint(name, &limits)));
            }
        }
        Ok(())
    }

    /// Returns all limits by their names.
    pub(super) fn all(&self) -> BTreeMap<&'static str, u64> {
        let apart = [(MEMORY, self.allowance.memory), (TIME, self.allowance.time)];
        Limit::ALL.into_iter().map(|limit| (limit.name(), self.limits.of(limit))).chain(apart).collect()
    }

    /// Returns the limits that aren't as usual.
    pub(super) fn unusual(&self) -> BTreeMap<&'static str, u64> {
        let usual = Self::default().all();
        self.all().into_iter().filter(|(name, most)| usual[name] != *most).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_set_by_their_names() {
        let mut allowed = Allowed::default();
        assert!(allowed.unusual().is_empty());
        allowed.set("cells", 5).unwrap();
        allowed.set("time", 6).unwrap();
        assert_eq!(allowed.unusual(), BTreeMap::from([("cells", 5), ("time", 6)]));
        assert_eq!(allowed.set("cell", 5).unwrap_err(), "there is no limit `cell`; did you mean `cells`?");
    }
}
