//! A framework's own rules in sentences: what its messages and conditions use is called as the form calls it.

use super::called::unmarked;
use super::expression::{Expression, Mention, Quantity};
use super::message::Message;
use super::{Framework, NamedValue, OwnRule, RegisterSpec};

/// A rule in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleInWords {
    /// What it finds, as a sentence; what differs from return to return stands in square brackets.
    pub finds: String,
    /// The fields, columns and values that it looks at, in the form's words, each once.
    pub looks_at: Vec<String>,
}

/// Tells a rule in words.
pub fn in_words(framework: &Framework, rule: &OwnRule) -> RuleInWords {
    let register = |id: &Option<super::RegisterId>| id.as_ref().and_then(|id| framework.register(id));
    let speaker = Speaker { framework, row: register(&rule.over), marked: register(&rule.marks) };
    let message = Message::parse(&rule.message).unwrap_or_default();
    let looks_at = speaker.looks_at(&rule.when);
    RuleInWords { finds: message.in_words(&|uses| speaker.value(uses)), looks_at }
}

/// Returns the fields, columns and values that an expression over the return uses, in the form's words, each once.
pub fn looked_at(framework: &Framework, expression: &Expression) -> Vec<String> {
    Speaker { framework, row: None, marked: None }.looks_at(expression)
}

/// Calls things as the form does, in a rule over the return or over the rows of a register.
struct Speaker<'a> {
    framework: &'a Framework,
    row: Option<&'a RegisterSpec>,
    marked: Option<&'a RegisterSpec>,
}

impl Speaker<'_> {
    /// Returns what an expression looks at, each once.
    fn looks_at(&self, expression: &Expression) -> Vec<String> {
        let mut looks_at = Vec::new();
        for words in expression.names().iter().filter_map(|mention| self.called(mention)) {
            // What no form names is told as it is: "the score".
            let words = if words.starts_with("the ") { words } else { format!("“{words}”") };
            if !looks_at.contains(&words) {
                looks_at.push(words);
            }
        }
        looks_at
    }

    /// Returns what stands in a message in place of a value that uses these.
    fn value(&self, uses: &[Mention]) -> String {
        let called = uses.iter().find_map(|mention| self.called(mention));
        called.map_or_else(|| "[\u{2026}]".to_owned(), |words| format!("[{words}]"))
    }

    /// Returns the form's words for something that an expression uses; `None` where it has none.
    fn called(&self, mention: &Mention) -> Option<String> {
        match mention {
            Mention::Name(name) => self.name(name),
            Mention::Attribute(of, part) => self.attribute(of, part),
            Mention::Call(_, arguments) => self.arguments(arguments),
        }
    }

    /// Returns the words for a name: of a row, of a value of the return, or one that every rule knows.
    fn name(&self, name: &str) -> Option<String> {
        let of_row = self.row.and_then(|row| in_register(row, name));
        let known = match name {
            "total" => Some("the total"),
            "band" | "raw_band" => Some("the outcome"),
            "data_date" => Some("the data date"),
            "letter_date" => Some("the date of the letter"),
            "mark" => Some("the mark"),
            "mark_day" => Some("the day of the mark"),
            _other => None,
        };
        of_row.or_else(|| titled(&self.framework.values, name)).or_else(|| known.map(str::to_owned))
    }

    /// Returns the words for a field of the cover, a part of a criterion, or an entry of the row that a mark belongs to.
    fn attribute(&self, of: &str, part: &str) -> Option<String> {
        match (of, part) {
            ("field", id) => self.framework.field(id).map(|field| unmarked(&field.label).to_owned()),
            ("marked", id) => self.marked.and_then(|register| in_register(register, id)),
            ("criterion", "id" | "text") => Some("the criterion".to_owned()),
            ("criterion", "grade" | "score") => Some("the score".to_owned()),
            ("criterion", id) => {
                let mut columns = self.framework.tables.iter().flat_map(|table| &table.columns);
                columns
                    .find(|column| column.id == *id && !column.heading.is_empty())
                    .map(|column| unmarked(&column.heading).to_owned())
            }
            _other => None,
        }
    }

    /// Returns the words for what a function is asked about: a column of a register, or the register.
    fn arguments(&self, arguments: &[Option<Quantity>]) -> Option<String> {
        let text = |argument: &Option<Quantity>| match argument {
            Some(Quantity::Text(text)) => Some(text.to_string()),
            Some(_) | None => None,
        };
        let texts: Vec<String> = arguments.iter().filter_map(text).collect();
        let register = texts.first().and_then(|id| self.framework.register(id))?;
        let within = texts.iter().skip(1).find_map(|id| in_register(register, id));
        Some(within.unwrap_or_else(|| register.title.clone()))
    }
}

/// Returns the words for a name of a register: its column's heading, or the title of what is worked out for each row.
fn in_register(register: &RegisterSpec, name: &str) -> Option<String> {
    let column = register.declared(name).map(|column| unmarked(&column.heading).to_owned());
    column.or_else(|| titled(&register.derived, name))
}

/// Returns the title of a value.
fn titled(values: &[NamedValue], name: &str) -> Option<String> {
    values.iter().find(|value| value.name == name).map(|value| value.title.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::framework::builtin;

    #[test]
    fn every_rule_of_a_pack_is_told_in_sentences() {
        for framework in builtin::all() {
            for rule in &framework.rules {
                let told = in_words(&framework, rule);
                let all = format!("{} {}", told.finds, told.looks_at.join(" "));
                let name = format!("{}/{}: {all}", framework.id, rule.slug);
                assert!(!told.finds.trim().is_empty() && !told.looks_at.is_empty(), "{name}");
                assert!(!all.contains(['{', '}', '_']) && !all.contains("=="), "{name}");
            }
        }
    }

    #[test]
    fn a_rule_is_told_in_the_words_of_its_form() {
        let framework = builtin::load("seqf").expect("the shipped packs load").framework;
        let rule = framework.rules.iter().find(|rule| rule.slug == "period-not-a-year").expect("the pack has it");
        let told = in_words(&framework, rule);
        assert_eq!(told.finds, "the KPIs are worked out over [Period from] to [Period to], which isn't 12 months");
        assert_eq!(told.looks_at, ["“Period to”", "“Period from”"]);
    }
}
