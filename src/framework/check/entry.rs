//! Checks what an entry may be and when it must be there.

use std::collections::BTreeMap;

use super::{About, Check};
use crate::exact::Exact;
use crate::framework::expression::{Expression, Mention, Node};
use crate::framework::registry::{self, PublicRegister, REGISTERS};
use crate::framework::schema::{KindEntry, Number, RegisterColumnEntry, RegistrationEntry};
use crate::framework::written::Path;
use crate::framework::{EntryKind, Presence, Registration, Tense};
use crate::wording::{NO, Wording, YES};

impl Check<'_> {
    /// Checks what an entry may be, with the other ways to write its choices.
    pub(super) fn kind(&mut self, at: &Path, kind: &KindEntry, spellings: &BTreeMap<String, Vec<String>>) -> EntryKind {
        if let KindEntry::Registration(registration) = kind {
            self.registers_are_known(&at.key("kind").key("registration"), registration);
        }
        let choices: Vec<&str> = kind.choices().unwrap_or_default().iter().map(String::as_str).collect();
        for choice in spellings.keys() {
            self.refers(&at.key("spellings").key(choice), choice, "choice", &choices);
        }
        entry_kind(kind, spellings)
    }

    /// Holds that public registers are known ones.
    fn registers_are_known(&mut self, at: &Path, registration: &RegistrationEntry) {
        let ids: Vec<&str> = REGISTERS.iter().map(|register| register.id).collect();
        for (key, named) in [("registers", &registration.registers), ("marks", &registration.marks)] {
            for (word, register) in named {
                self.refers(&at.key(key).key(word), register, "public register", &ids);
            }
        }
    }

    /// Checks when something must be there; `otherwise` holds where the pack says nothing.
    pub(super) fn presence(
        &mut self,
        at: &Path,
        required: Option<&String>,
        otherwise: Presence,
        about: About,
    ) -> Presence {
        match required.map(String::as_str) {
            None => otherwise,
            Some("always") => Presence::Required,
            Some("never") => Presence::Optional,
            Some(word) if self.is_no_condition(word, about) => {
                let message = format!("it is required `{word}`, which says neither when nor always");
                let help = "Write `always`, `never`, or a condition such as `field.kind == 'External'`.";
                self.fault(&at.key("required"), message, help);
                otherwise
            }
            Some(condition) => Presence::When(self.condition(&at.key("required"), condition, about)),
        }
    }
}

impl Check<'_> {
    /// Checks in which rows something can stand in a column: one that each row needs, or that the form works out, is in all of them.
    pub(super) fn applies_to_rows(
        &mut self,
        at: &Path,
        column: &RegisterColumnEntry,
        about: About,
    ) -> Option<Expression> {
        let condition = column.applies.as_ref()?;
        let at = at.key("applies");
        let in_all = match (&column.computed, column.required.as_deref()) {
            (Some(_), _) => Some("the form works it out"),
            (None, Some("always")) => Some("each needs it"),
            (None, _) => None,
        };
        if let Some(why) = in_all {
            let message = format!("it applies in some rows only, though in all of them {why}");
            self.fault(&at, message, "Take one of the two away, or write the same condition under `required`.");
        }
        if self.is_no_condition(condition, about) {
            let message = format!("it applies `{condition}`, which says not in which rows");
            self.fault(&at, message, "Write a condition over the row, such as `decision == 'Accept'`.");
            return None;
        }
        Some(self.condition(&at, condition, about))
    }

    /// Whether a text is a lone word that no expression has here, or yes or no.
    fn is_no_condition(&self, word: &str, about: About) -> bool {
        match Expression::parse(word).map(|read| read.node) {
            Ok(Node::Name(name)) => self.names.allows(&Mention::Name(name), about).is_err(),
            Ok(Node::Constant(_)) => true,
            Ok(_) | Err(_) => false,
        }
    }
}

/// Returns what an entry may be.
fn entry_kind(kind: &KindEntry, spellings: &BTreeMap<String, Vec<String>>) -> EntryKind {
    let number = |minimum: Option<&Number>, maximum: Option<&Number>, whole: bool| EntryKind::Number {
        minimum: minimum.map(plain),
        maximum: maximum.map(plain),
        whole,
    };
    match kind {
        KindEntry::Text => EntryKind::Text,
        KindEntry::Email | KindEntry::Contact => EntryKind::Contact,
        KindEntry::Number => number(None, None, false),
        KindEntry::Whole => number(None, None, true),
        KindEntry::Between([least, most]) => number(Some(least), Some(most), false),
        KindEntry::AtLeast(least) => number(Some(least), None, false),
        KindEntry::WholeBetween([least, most]) => number(Some(least), Some(most), true),
        KindEntry::WholeAtLeast(least) => number(Some(least), None, true),
        KindEntry::Date => EntryKind::Date(Tense::Any),
        KindEntry::PastDate => EntryKind::Date(Tense::Past),
        KindEntry::Reference => EntryKind::Reference(None),
        KindEntry::Shape(shape) => EntryKind::Reference(Some(shape.clone())),
        KindEntry::Registration(registration) => EntryKind::Registration(Registration {
            stated_in: registration.stated_in.as_deref().map(Into::into),
            registers: public_registers(&registration.registers),
            marks: public_registers(&registration.marks),
        }),
        KindEntry::Choice(choices) => EntryKind::Choice(ways(choices, spellings)),
        KindEntry::Mark(marks) => EntryKind::Mark(ways(marks, spellings)),
    }
}

/// Returns each choice with the other ways to write it; those of yes and no go without saying.
pub(super) fn ways(choices: &[String], spellings: &BTreeMap<String, Vec<String>>) -> Vec<Vec<String>> {
    let of = |choice: &String| {
        let others = spellings.get(choice).into_iter().flatten().cloned();
        std::iter::once(choice.clone()).chain(others).collect()
    };
    let mut ways: Vec<Vec<String>> = choices.iter().map(of).collect();
    for (yes, no) in [("Y", "N"), ("Yes", "No")] {
        let at = |name: &str| choices.iter().position(|choice| choice == name);
        if let (Some(yes), Some(no)) = (at(yes), at(no)) {
            add(&mut ways, yes, &YES);
            add(&mut ways, no, &NO);
        }
    }
    ways
}

/// Adds words to a choice that none goes by yet.
fn add(ways: &mut [Vec<String>], choice: usize, words: &[&str]) {
    let known: Vec<Wording> = ways.iter().flatten().map(|way| Wording::of(way)).collect();
    let others = words.iter().filter(|word| !known.contains(&Wording::of(word)));
    ways[choice].extend(others.map(|word| (*word).to_owned()));
}

/// Returns the public registers that words stand for.
fn public_registers(named: &BTreeMap<String, String>) -> Vec<(String, &'static PublicRegister)> {
    named.iter().filter_map(|(word, id)| Some((word.clone(), registry::named(id)?))).collect()
}

/// Returns a number as it is counted with.
fn plain(number: &Number) -> Exact {
    number.0.clone()
}
