//! Which criteria and measures an award rests on, so that what is missing elsewhere leaves it alone.

use std::collections::BTreeSet;

use super::subject::Subject;
use crate::framework::expression::{Expression, Mention, Quantity, is_built_in};

/// Returns the items that an award rests on.
pub(super) fn items(subject: Subject<'_>) -> BTreeSet<usize> {
    Reach::of(subject).items
}

/// Whether an award rests on items alone, and neither on the cover nor on registers.
pub(super) fn is_of_items(subject: Subject<'_>) -> bool {
    let reach = Reach::of(subject);
    !reach.is_of_more && !reach.items.is_empty()
}

/// What was reached so far.
struct Reach<'a> {
    subject: Subject<'a>,
    items: BTreeSet<usize>,
    /// Whether anything but items was reached.
    is_of_more: bool,
    /// The values and grades that were followed already.
    followed: BTreeSet<String>,
}

impl<'a> Reach<'a> {
    /// Follows all that an award is worked out from.
    fn of(subject: Subject<'a>) -> Self {
        let mut reach = Self { subject, items: BTreeSet::new(), is_of_more: false, followed: BTreeSet::new() };
        subject.deciding().for_each(|expression| reach.follow(expression));
        reach
    }

    /// Takes in what an expression rests on.
    fn follow(&mut self, expression: &'a Expression) {
        for mention in expression.names() {
            match mention {
                Mention::Name(name) => self.name(&name),
                Mention::Call(function, _) if is_built_in(&function) => {}
                Mention::Call(function, arguments) => self.call(&function, &arguments),
                Mention::Attribute(..) => self.is_of_more = true,
            }
        }
    }

    /// Takes in what a value rests on; a total is its subject's own, which is followed anyway.
    fn name(&mut self, name: &str) {
        let value = self.subject.basis.framework.value(name);
        if let Some(value) = value.filter(|_| self.followed.insert(name.to_owned())) {
            self.follow(&value.value);
            // A value that uses the total means the whole return's.
            if value.value.names().contains(&Mention::Name("total".to_owned())) {
                self.follow(&self.subject.basis.framework.outcome.total);
            }
        }
    }

    /// Takes in what a function is about: all, where that is worked out or not said.
    fn call(&mut self, function: &str, arguments: &[Option<Quantity>]) {
        self.is_of_more |= function.starts_with("rows_") || matches!(function, "looked_up" | "noted");
        let texts: Option<Vec<&str>> =
            arguments.iter().map(|argument| argument.as_ref().map(|one| one.text().unwrap_or_default())).collect();
        match (function, texts.as_deref()) {
            ("graded", Some([grade, of])) => self.grade(grade, Some(*of)),
            ("count_graded", Some([grade, ..])) => self.grade(grade, None),
            (_, Some([first, ..])) => self.items.extend(self.subject.basis.group(first).unwrap_or_default()),
            (_, Some([]) | None) => self.items.extend(0..self.subject.basis.items.len()),
        }
    }

    /// Takes in what a grade rests on, of one part or of all.
    fn grade(&mut self, grade: &str, of: Option<&str>) {
        let Some(spec) = self.subject.basis.framework.grade(grade) else { return };
        for graded in spec.over.iter().filter(|graded| of.is_none_or(|of| graded.id == of)) {
            if self.followed.insert(format!("{grade} {}", graded.id)) {
                Subject::part(self.subject.basis, graded).deciding().for_each(|expression| self.follow(expression));
            }
        }
    }
}
