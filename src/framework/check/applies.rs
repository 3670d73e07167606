//! Checks what applies to some returns only.

use std::collections::BTreeSet;

use super::names::Refusal;
use super::{About, Check};
use crate::framework::expression::{Expression, Mention, Node, Operator, Quantity};
use crate::framework::schema::AppliesEntry;
use crate::framework::written::Path;
use crate::framework::{Applies, Otherwise};

impl Check<'_> {
    /// Checks what applies where.
    pub(super) fn applies(&mut self) -> Vec<Applies> {
        let list = Path::ROOT.key("applies");
        let entries = &self.file.applies;
        let all = entries.iter().enumerate().map(|(index, entry)| self.applies_where(&list.at(index), entry)).collect();
        if !self.is_sound && !self.is_broken {
            (0..entries.len()).for_each(|index| self.contradicts_above(&list.at(index), index));
        }
        all
    }

    /// Tells what is said of the same criteria above so that nothing of them could apply, or that nothing here matters.
    fn contradicts_above(&mut self, at: &Path, index: usize) {
        let (above, here) = (&self.file.applies[..index], &self.file.applies[index]);
        for (number, name) in here.to.iter().enumerate() {
            let told = above.iter().find_map(|other| {
                let items = self.names.items(name);
                let others: Vec<BTreeSet<&str>> = other.to.iter().map(|to| self.names.items(to)).collect();
                let is_of_other = |item: &&&str| others.iter().any(|items| items.contains(**item));
                let shared: Vec<&&str> = items.iter().filter(is_of_other).collect();
                let called = if shared.len() == items.len() { name.as_str() } else { **shared.first()? };
                self.at_odds(other, here, called)
            });
            if let Some((message, help)) = told {
                return self.doubt(&at.key("to").at(number), message, help);
            }
        }
    }

    /// Says how two entries about the same criteria are at odds; nothing where they aren't.
    fn at_odds(&self, above: &AppliesEntry, here: &AppliesEntry, name: &str) -> Option<Refusal> {
        let [first, second] = [above, here].map(condition);
        let not = |node: &Node| Node::Not(Box::new(node.clone()));
        let both = |one: Node, other: Node| Node::Binary(Operator::And, Box::new(one), Box::new(other));
        let never = |node: &Node| self.names.holds(node, About::Fields) == Some(false);
        let written = above.when.as_deref().unwrap_or("never");
        match (above.otherwise, here.otherwise) {
            (Otherwise::NotApplicable, Otherwise::NotApplicable) => {
                let is_odd = never(&both(first.clone(), second.clone())) && !never(&first) && !never(&second);
                let message = format!("nothing of `{name}` ever applies: above it applies where `{written}` alone");
                let help = "Say both in one condition, with `or` between them.";
                is_odd.then(|| (message, help.to_owned()))
            }
            (Otherwise::Optional, Otherwise::NotApplicable) => {
                never(&both(not(&first), second)).then(|| vain(name, "above"))
            }
            (Otherwise::NotApplicable, Otherwise::Optional) => {
                never(&both(not(&second), first)).then(|| vain(name, "here"))
            }
            (Otherwise::Optional, Otherwise::Optional) => None,
        }
    }

    /// Checks one part of the scheme that applies where a condition holds.
    fn applies_where(&mut self, at: &Path, entry: &AppliesEntry) -> Applies {
        let groups = self.names.groups.clone();
        let to = at.key("to");
        if entry.to.is_empty() {
            self.fault(&to, "nothing is named that applies", "Name criteria, measures, sections, tags or groups.");
        }
        for (index, name) in entry.to.iter().enumerate() {
            self.refers(&to.at(index), name, "criterion, measure, section, tag or group", &groups);
        }
        if entry.when.is_none() && entry.otherwise == Otherwise::NotApplicable {
            let message = "without `when`, nothing of it would ever apply";
            self.fault(at, message, "Add `when`, or write `otherwise = \"optional\"`.");
        }
        let when = self.some_condition(&at.key("when"), entry.when.as_ref(), About::Fields);
        if let Some(when) = &when {
            self.rests_on_required_fields(&at.key("when"), when);
        }
        Applies { to: entry.to.clone(), when, otherwise: entry.otherwise }
    }

    /// Tells fields that may stay blank, where what applies rests on them.
    fn rests_on_required_fields(&mut self, at: &Path, when: &Expression) {
        let mut named: Vec<String> = Vec::new();
        for mention in when.names() {
            if let Mention::Attribute(of, field) = mention
                && of == "field"
                && !named.contains(&field)
            {
                named.push(field);
            }
        }
        for field in named {
            let is_optional =
                |entry: &crate::framework::schema::FieldEntry| entry.required.as_deref() != Some("always");
            if self.file.field(&field).is_some_and(is_optional) {
                let message = format!("`{field}` may stay blank, and what applies rests on it");
                self.doubt(at, message, format!("Write `required = \"always\"` for the field `{field}`."));
            }
        }
    }
}

/// Returns where an entry holds; never, where it says no condition.
fn condition(entry: &AppliesEntry) -> Node {
    let read = entry.when.as_ref().and_then(|when| Expression::parse(when).ok());
    read.map_or(Node::Constant(Quantity::Truth(false)), |read| read.node)
}

/// Says that what is optional by one entry doesn't apply by another.
fn vain(name: &str, place: &str) -> Refusal {
    let message = format!("`{name}` doesn\u{2019}t apply where it is optional by what is said {place}");
    (message, "Keep one of the two entries, or correct a condition.".to_owned())
}
