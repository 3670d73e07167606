//! Holds that what leaves the return tells nothing of columns that hold personal data.

use super::{About, Check};
use crate::framework::Personal;
use crate::framework::expression::{Expression, Mention, Quantity};
use crate::framework::schema::{RegisterEntry, ValueEntry};
use crate::framework::written::Path;

impl Check<'_> {
    /// Holds that no value of a personal column, or worked out from one, is told.
    pub(super) fn tells_nobody(&mut self, path: &Path, mentions: &[Mention], about: About) {
        let told: Vec<String> = mentions.iter().filter_map(|mention| self.protected(mention, about)).collect();
        for column in told {
            let message = format!("`{column}` holds personal data, which stays in the return");
            self.fault(path, message, "Tell the row by its key.");
        }
    }

    /// Returns the protected column or value of which something tells.
    fn protected(&self, mention: &Mention, about: About) -> Option<String> {
        let (register, name) = match (mention, about) {
            (Mention::Name(name), About::Row(register, _) | About::RowTold(register) | About::Mark(register, _)) => {
                (register, name.as_str())
            }
            (Mention::Attribute(of, part), About::Mark(_, marked)) if of == "marked" => (marked, part.as_str()),
            (Mention::Call(function, arguments), _) if function == "looked_up" => {
                let text = |index: usize| arguments.get(index).and_then(Option::as_ref).and_then(Quantity::text);
                (text(0)?, text(2)?)
            }
            (Mention::Name(_) | Mention::Attribute(..) | Mention::Call(..), _) => return None,
        };
        let spec = self.names.registers.get(register)?;
        is_protected(spec, &spec.derived, name).then(|| name.to_owned())
    }
}

/// Whether a name of a row is a personal column, or one of the values worked out so far that is worked out from one.
fn is_protected(register: &RegisterEntry, derived: &[ValueEntry], name: &str) -> bool {
    if let Some(column) = register.column(name) {
        return column.personal == Personal::Belongs;
    }
    let Some(at) = derived.iter().position(|value| value.name == name) else { return false };
    let uses = Expression::parse(&derived[at].value).map(|value| value.names()).unwrap_or_default();
    uses.iter().any(|mention| matches!(mention, Mention::Name(name) if is_protected(register, &derived[..at], name)))
}
