//! Checks the grades of sections, groups and tags.

use super::{About, Check};
use crate::framework::expression::{Expression, Node, Quantity};
use crate::framework::language::Kind;
use crate::framework::schema::{GateEntry, GradesEach, GradesEntry};
use crate::framework::written::Path;
use crate::framework::{Gate, GradeSpec, Graded, OutcomeSpec};

impl<'a> Check<'a> {
    /// Checks the grades.
    pub(super) fn grades_of_parts(&mut self) -> Vec<GradeSpec> {
        let list = Path::ROOT.key("grades");
        let file = self.file;
        self.unique(&list, "id", "grades", file.grades.iter().map(|grade| grade.id.as_str()));
        file.grades.iter().enumerate().map(|(index, grade)| self.grade(&list.at(index), grade)).collect()
    }

    /// Checks one grade.
    fn grade(&mut self, at: &Path, grade: &'a GradesEntry) -> GradeSpec {
        self.identifier(&at.key("id"), &grade.id);
        self.not_the_languages(&at.key("id"), &grade.id);
        if self.file.values.iter().any(|value| value.name == grade.id) {
            let message = format!("`{}` is the name of a value too", grade.id);
            self.fault(&at.key("id"), message, "Give one of them another name.");
        }
        self.outcomes(at, &grade.bands, &grade.gates);
        self.band_order(&at.key("bands"), &grade.bands);
        self.nearness(at, grade.near.as_ref());
        let better = self.better(at, grade.better, &grade.bands);
        let over = self.graded(at, grade);
        let by_what = self.by_what_each(at, grade, &over);
        let of = |((id, title), (total, gates)): ((&str, &str), &(Expression, Vec<Gate>))| Graded {
            id: id.to_owned(),
            title: title.to_owned(),
            spec: OutcomeSpec {
                total: total.about(id, title),
                unit: grade.unit.clone(),
                decimals: grade.decimals,
                mode: grade.mode,
                bands: grade.bands.clone(),
                gates: gates.iter().map(|gate| Gate { holds: gate.holds.about(id, title), ..gate.clone() }).collect(),
                levels: Vec::new(),
                better,
                near: grade.near.as_ref().map(|near| near.0.clone()),
                incomplete: grade.incomplete.clone(),
                again: None,
            },
        };
        GradeSpec {
            id: grade.id.as_str().into(),
            title: grade.title.clone(),
            over: over.into_iter().zip(&by_what).map(of).collect(),
        }
    }

    /// Returns the total and the gates of a grade about each part: checked once, or once a part where names have the part's in braces.
    fn by_what_each(&mut self, at: &Path, grade: &GradesEntry, over: &[(&str, &str)]) -> Vec<(Expression, Vec<Gate>)> {
        if over.iter().all(|(id, title)| in_words_of(grade, id, title).is_none()) {
            let alike = self.by_what(at, grade);
            return over.iter().map(|_| alike.clone()).collect();
        }
        let of = |(id, title): &(&str, &str)| {
            let own = in_words_of(grade, id, title);
            self.by_what(at, own.as_ref().unwrap_or(grade))
        };
        over.iter().map(of).collect()
    }

    /// Returns the total and the gates of a grade, about any part.
    fn by_what(&mut self, at: &Path, grade: &GradesEntry) -> (Expression, Vec<Gate>) {
        let none = || Expression { written: "none".to_owned(), node: Node::Constant(Quantity::Unknown) };
        let of_number = |total: &String| self.expression_of(&at.key("total"), total, About::Section, Kind::Number);
        let total = grade.total.as_ref().map(of_number);
        if total.is_none() && grade.bands.iter().any(|band| band.limit().is_some()) {
            let message = "bands have limits, and there is no total";
            self.fault(at, message, "Add `total`, or take the limits out and let gates decide.");
        }
        (total.unwrap_or_else(none), self.gates(&at.key("gates"), &grade.gates, About::Section))
    }

    /// Returns the names and titles of what has the grade.
    fn graded(&mut self, at: &Path, grade: &'a GradesEntry) -> Vec<(&'a str, &'a str)> {
        let groups = self.names.groups.clone();
        for (index, name) in grade.over.iter().enumerate() {
            self.refers(&at.key("over").at(index), name, "section, group or tag", &groups);
        }
        let over: Vec<&str> = grade.over.iter().map(String::as_str).collect();
        let tags = self.names.tags.clone();
        let titled = if grade.each == Some(GradesEach::Tag) { &tags } else { &over };
        for name in grade.titles.keys() {
            self.refers(&at.key("titles").key(name), name, "part with the grade", titled);
        }
        self.unique(at, "over", "parts with the grade", over.iter().copied());
        let file = self.file;
        match grade.each {
            Some(GradesEach::Section) if over.is_empty() => {
                file.sections.iter().map(|section| (section.id.as_str(), section.title.as_str())).collect()
            }
            Some(GradesEach::Tag) if over.is_empty() => {
                tags.into_iter().map(|id| (id, self.title_of_part(grade, id))).collect()
            }
            None if !over.is_empty() => over.into_iter().map(|id| (id, self.title_of_part(grade, id))).collect(),
            Some(GradesEach::Section | GradesEach::Tag) | None => {
                let message = "a grade is of each section or tag, or of what `over` names";
                self.fault(at, message, "Write `each = \"section\"`, or `over` with names; one of the two.");
                Vec::new()
            }
        }
    }

    /// Returns what people call a part that has a grade.
    fn title_of_part(&self, grade: &'a GradesEntry, id: &'a str) -> &'a str {
        let of_section = || self.file.section(id).map(|section| section.title.as_str());
        grade.titles.get(id).map(String::as_str).or_else(of_section).unwrap_or(id)
    }
}

/// Returns a grade with the name and title of a part in the texts that have these in braces; `None` where none has.
fn in_words_of(grade: &GradesEntry, id: &str, title: &str) -> Option<GradesEntry> {
    let filled = |text: &str| in_braces(&in_braces(text, "section.id", id), "section.title", title);
    let gate = |gate: &GateEntry| GateEntry { holds: filled(&gate.holds), why: filled(&gate.why), ..gate.clone() };
    let total = grade.total.as_deref().map(filled);
    let gates: Vec<GateEntry> = grade.gates.iter().map(gate).collect();
    let is_other = |(own, of): (&GateEntry, &GateEntry)| own.holds != of.holds || own.why != of.why;
    let is_filled = total != grade.total || gates.iter().zip(&grade.gates).any(is_other);
    is_filled.then(|| GradesEntry { total, gates, ..grade.clone() })
}

/// Puts words in the place of a name in single braces; double ones are a message's.
fn in_braces(text: &str, name: &str, words: &str) -> String {
    let mark = format!("{{{name}}}");
    let mut parts = text.split(mark.as_str()).peekable();
    let mut whole = String::new();
    while let Some(part) = parts.next() {
        whole.push_str(part);
        let Some(next) = parts.peek() else { break };
        whole.push_str(if part.ends_with('{') || next.starts_with('}') { &mark } else { words });
    }
    whole
}
