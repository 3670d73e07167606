//! Words in quotes that are compared with what can only be one of a few: choices, grades, outcomes.

use std::collections::BTreeSet;

use super::About;
use super::names::{Names, Refusal};
use super::shown::shown;
use crate::framework::expression::{Node, Operator, Quantity};
use crate::framework::schema::{GradesEach, GradesEntry, KindEntry, ScaleEntry};
use crate::wording::{Wording, nearest};
use crate::words::quoted;

/// All that something can say, each with the words by which people know it.
pub(super) type Words = Vec<(String, Option<String>)>;

impl Names<'_> {
    /// Returns the words in quotes of an expression that never stand where it compares them.
    pub(super) fn strange_words(&self, node: &Node, about: About) -> Vec<Refusal> {
        let mut refusals: Vec<Refusal> = node.parts().flat_map(|part| self.strange_words(part, about)).collect();
        match node {
            Node::Binary(Operator::Equal | Operator::Unequal, left, right) => {
                refusals.extend(self.strange(left, &literals(right), about));
                refusals.extend(self.strange(right, &literals(left), about));
            }
            Node::Binary(Operator::In, item, several) => refusals.extend(self.strange(item, &literals(several), about)),
            Node::Call(name, arguments) => refusals.extend(self.strange_arguments(name, arguments, node)),
            Node::Constant(_)
            | Node::Name(_)
            | Node::Attribute(..)
            | Node::Not(_)
            | Node::Negative(_)
            | Node::Binary(..)
            | Node::Choose(..)
            | Node::Is(..)
            | Node::List(_) => {}
        }
        refusals
    }

    /// Returns which words a part can't be.
    fn strange(&self, of: &Node, words: &[&str], about: About) -> Vec<Refusal> {
        let Some(known) = self.words_of(of, about).filter(|known| !known.is_empty()) else { return Vec::new() };
        words.iter().filter_map(|word| refused(&shown(of), word, &known)).collect()
    }

    /// Returns which words a function is asked about that never stand there.
    fn strange_arguments(&self, name: &str, arguments: &[Node], node: &Node) -> Vec<Refusal> {
        let text = |index: usize| arguments.get(index).and_then(|node| literals(node).into_iter().next());
        let known = match (name, arguments.len()) {
            // Which group is meant may be said by a name, such as the section's; any of them is some of all.
            ("count_grade", 2) => self.grades_of_group(text(0).unwrap_or("all")),
            ("count_graded", 2) => text(0).and_then(|grade| self.bands_told(grade)),
            ("opinion_share", _) => self.grades_of(self.names_of_criteria()),
            ("rows_with", 3) => text(0).zip(text(1)).and_then(|(register, column)| self.words_in_row(register, column)),
            (_, _) => None,
        };
        let place = if name == "opinion_share" { 0 } else { arguments.len().saturating_sub(1) };
        let word = text(place).zip(known.filter(|known| !known.is_empty()));
        word.and_then(|(word, known)| refused(&shown(node), word, &known)).into_iter().collect()
    }

    /// Returns all that a part can say; `None` where that is no list.
    pub(super) fn words_of(&self, node: &Node, about: About) -> Option<Words> {
        match node {
            Node::Name(name) => self.words_of_name(name, about),
            Node::Attribute(of, part) => match (&**of, about) {
                (Node::Name(of), _) if of == "field" => choices(&self.file.field(part)?.kind),
                (Node::Name(of), _) if of == "section" => self.words_of_section(part),
                (Node::Name(of), _) if of == "criterion" && part == "grade" => self.grades_of(self.names_of_criteria()),
                (Node::Name(of), _) if of == "criterion" && (part == "id" || part == "text") => {
                    Some(self.words_of_criterion(part))
                }
                (Node::Name(of), _) if of == "criterion" => self.words_of_note(part),
                (Node::Name(of), About::Mark(_, marked)) if of == "marked" => self.words_in_row(marked, part),
                (_, _) => None,
            },
            Node::Call(name, arguments) => {
                let text = |index: usize| arguments.get(index).and_then(|node| literals(node).into_iter().next());
                match name.as_str() {
                    "grade" => self.grades_of([text(0)?.to_owned()]),
                    "graded" => self.bands_told(text(0)?),
                    "noted" => self.words_of_note(text(1)?),
                    "looked_up" => self.words_in_row(text(0)?, text(2)?),
                    _ => None,
                }
            }
            Node::Constant(_)
            | Node::Not(_)
            | Node::Negative(_)
            | Node::Binary(..)
            | Node::Choose(..)
            | Node::Is(..)
            | Node::List(_) => None,
        }
    }

    /// Returns all that a name can say.
    fn words_of_name(&self, name: &str, about: About) -> Option<Words> {
        match (name, about) {
            ("grade", About::Score) => self.grades_of(self.names_of_criteria()),
            ("id", About::Score) => Some(self.criteria.iter().chain(&self.measures).map(|id| word(id)).collect()),
            (_, About::Row(register, _) | About::RowTold(register) | About::Mark(register, _)) => {
                self.words_in_row(register, name)
            }
            ("band" | "raw_band", About::Return | About::Section | About::Criterion | About::Steps) => {
                let outcome = &self.file.outcome;
                let titles = outcome.bands.iter().map(|band| (band.title.clone(), Some(band.id.to_string())));
                Some(titles.chain(outcome.incomplete.clone().map(|title| (title, None))).collect())
            }
            (_, _) => None,
        }
    }

    /// Returns all that a part of `section` can say: ids or titles; a grade of tags or groups has these.
    fn words_of_section(&self, part: &str) -> Option<Words> {
        let sections = || self.file.sections.iter();
        match part {
            "id" => {
                let groups = self.groups.iter().filter(|_| self.file.grades.iter().any(is_of_groups));
                Some(self.sections.iter().chain(groups).map(|id| word(id)).collect())
            }
            "title" if !self.file.grades.iter().any(is_of_groups) => {
                Some(sections().map(|section| word(&section.title)).collect())
            }
            _ => None,
        }
    }

    /// Returns all that the id or the text of a criterion can say.
    fn words_of_criterion(&self, part: &str) -> Words {
        let criteria = self.file.sections.iter().flat_map(|section| &section.criteria);
        criteria.map(|criterion| word(if part == "id" { &criterion.id } else { &criterion.text })).collect()
    }

    /// Returns the bands of a grade of parts.
    fn bands_told(&self, grade: &str) -> Option<Words> {
        let grade = self.file.grades.iter().find(|of| of.id == grade)?;
        Some(grade.bands.iter().map(|band| (band.id.to_string(), Some(band.title.clone()))).collect())
    }

    /// Returns all that a column of a register can say, or a value worked out from texts that are written out.
    fn words_in_row(&self, register: &str, name: &str) -> Option<Words> {
        let entry = self.registers.get(register)?;
        if let Some(column) = entry.column(name) {
            return choices(&column.kind);
        }
        let outcome = entry.outcome.as_ref().filter(|outcome| name == "outcome" && !outcome.results.is_empty());
        outcome.map(|outcome| {
            outcome.results.iter().map(|result| (result.id.clone(), Some(result.title.clone()))).collect()
        })
    }

    /// Returns all that a column beside scores can say.
    fn words_of_note(&self, column: &str) -> Option<Words> {
        let mut columns = self.file.tables.iter().flat_map(|table| &table.columns);
        choices(columns.find(|entry| entry.id == column)?.holds.entry()?)
    }

    /// Returns the names of all criteria.
    fn names_of_criteria(&self) -> Vec<String> {
        self.criteria.iter().map(|id| (*id).to_owned()).collect()
    }

    /// Returns the grades of the criteria of a group.
    fn grades_of_group(&self, group: &str) -> Option<Words> {
        self.grades_of(self.members(group).into_iter().map(str::to_owned))
    }

    /// Returns the answers that criteria can have; `None` where one of them has any number of a range.
    fn grades_of(&self, criteria: impl IntoIterator<Item = String>) -> Option<Words> {
        let mut words = Words::new();
        for id in criteria {
            for word in answers(self.scale_of(&id)?)? {
                if !words.contains(&word) {
                    words.push(word);
                }
            }
        }
        Some(words)
    }

    /// Returns the scale of a criterion.
    pub(super) fn scale_of(&self, id: &str) -> Option<&ScaleEntry> {
        let of_section = |section: &'_ crate::framework::schema::SectionEntry| {
            let criterion = section.criteria.iter().find(|criterion| criterion.id == id)?;
            criterion.scale.clone().or_else(|| section.scale.clone())
        };
        self.file.scales.get(&self.file.sections.iter().find_map(of_section)?)
    }

    /// Returns the criteria and measures that go by a name.
    pub(super) fn items(&self, name: &str) -> BTreeSet<&str> {
        let mut items = self.members(name);
        for section in &self.file.sections {
            let is_meant = |id: &str| {
                let members = self.file.groups.get(name).into_iter().flatten();
                [id, section.id.as_str()]
                    .iter()
                    .any(|own| name == "all" || *own == name || members.clone().any(|member| member == own))
            };
            items.extend(section.measures.iter().map(|measure| measure.id.as_str()).filter(|id| is_meant(id)));
        }
        items
    }

    /// Returns the criteria of a group: of all, a section, a tag, a named set, or one.
    pub(super) fn members(&self, group: &str) -> BTreeSet<&str> {
        let mut members = BTreeSet::new();
        for section in &self.file.sections {
            for criterion in &section.criteria {
                let is_meant = group == "all"
                    || section.id == group
                    || criterion.id == group
                    || criterion.tags.iter().any(|tag| tag == group);
                if is_meant {
                    members.insert(criterion.id.as_str());
                }
            }
        }
        let named = self.file.groups.get(group).into_iter().flatten().filter(|member| *member != group);
        members.extend(named.flat_map(|member| self.members(member)));
        members
    }
}

/// Returns the texts that are written out in a part.
pub(super) fn literals(node: &Node) -> Vec<&str> {
    match node {
        Node::Constant(Quantity::Text(text)) => vec![text],
        Node::Constant(Quantity::List(several)) => several.iter().filter_map(Quantity::text).collect(),
        Node::List(several) => several.iter().flat_map(literals).collect(),
        Node::Constant(_)
        | Node::Name(_)
        | Node::Attribute(..)
        | Node::Call(..)
        | Node::Not(_)
        | Node::Negative(_)
        | Node::Binary(..)
        | Node::Choose(..)
        | Node::Is(..) => Vec::new(),
    }
}

/// Returns a word that goes by no other.
fn word(word: &str) -> (String, Option<String>) {
    (word.to_owned(), None)
}

/// Whether a grade is of tags or groups, which are no sections.
fn is_of_groups(grade: &GradesEntry) -> bool {
    grade.each != Some(GradesEach::Section)
}

/// Returns the choices of an entry; `None` where it isn't one of several.
fn choices(kind: &KindEntry) -> Option<Words> {
    Some(kind.choices()?.iter().map(|choice| (choice.clone(), None)).collect())
}

/// Returns the answers of a scale; `None` where any number of a range is one.
fn answers(scale: &ScaleEntry) -> Option<Words> {
    let grades = scale.grades.iter().flatten().map(|grade| (grade.id.clone(), grade.label.clone()));
    let values = scale.values.iter().flatten().map(|value| (value.0.to_string(), None));
    let not_applicable = scale.not_applicable.iter().map(|written| (written.clone(), None));
    let is_listed = scale.grades.is_some() || scale.values.is_some();
    is_listed.then(|| grades.chain(values).chain(not_applicable).collect())
}

/// Returns the conditions of an expression that ask one thing to be two words at once.
pub(super) fn at_odds(node: &Node) -> Vec<Refusal> {
    let mut refusals: Vec<Refusal> = node.parts().flat_map(at_odds).collect();
    if let Node::Binary(Operator::And, left, right) = node {
        let (left, right) = (all_of(left), all_of(right));
        let pairs = left.iter().flat_map(|one| right.iter().map(move |other| (one, other)));
        refusals.extend(pairs.filter_map(|(one, other)| two_at_once(one, other)));
    }
    refusals
}

/// Returns the conditions that must all hold.
fn all_of(node: &Node) -> Vec<&Node> {
    let Node::Binary(Operator::And, left, right) = node else { return vec![node] };
    [all_of(left), all_of(right)].concat()
}

/// Says that two conditions ask one thing to be other words; nothing where they don't.
fn two_at_once(one: &Node, other: &Node) -> Option<Refusal> {
    let ((of, words), (other, others)) = (asked(one)?, asked(other)?);
    let (first, second) = (words.first()?, others.first()?);
    (of == other && words.iter().all(|word| !others.contains(word))).then(|| {
        let message = format!("`{of}` is never '{first}' and '{second}' at once, so that this never holds");
        (message, format!("Write `or` in place of `and`, or `{of} in ['{first}', '{second}']`."))
    })
}

/// Returns what a condition asks to be one of some words, and these.
fn asked(node: &Node) -> Option<(String, Vec<&str>)> {
    let Node::Binary(operator, left, right) = node else { return None };
    let is_left = literals(left).is_empty();
    // A word may stand on either side of what it is compared with; several words may be in one list.
    let (of, words) = if is_left { (left, literals(right)) } else { (right, literals(left)) };
    let is_asked = *operator == Operator::Equal || is_left && *operator == Operator::In;
    (is_asked && !words.is_empty()).then(|| (shown(of), words))
}

/// Says that something is never a word; nothing where it can be.
pub(super) fn refused(what: &str, word: &str, known: &[(String, Option<String>)]) -> Option<Refusal> {
    if known.iter().any(|(one, _)| one == word) {
        return None;
    }
    let words = || known.iter().map(|(one, _)| one.as_str());
    let wording = Wording::of(word);
    let is_meant = |(one, called): &&(String, Option<String>)| {
        Wording::of(one) == wording || called.as_ref().is_some_and(|called| Wording::of(called) == wording)
    };
    let meant = known.iter().find(is_meant).map(|(one, _)| one.as_str()).or_else(|| nearest(word, words(), 0.5));
    let help = meant.map_or_else(|| "Write one of these.".to_owned(), |meant| format!("Did you mean `'{meant}'`?"));
    Some((format!("`{what}` is never '{word}'; it can be {}", quoted(words())), help))
}
