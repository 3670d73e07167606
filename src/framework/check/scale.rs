//! Checks what an answer may be, and that no word of a scale means two things.

use super::Check;
use crate::exact::Exact;
use crate::framework::schema::{Number, ScaleEntry};
use crate::framework::written::Path;
use crate::framework::{Grade, Grades, NotApplicable, Scale};
use crate::wording::Wording;

impl Check<'_> {
    /// Checks one scale.
    pub(super) fn scale(&mut self, at: &Path, scale: &ScaleEntry) -> Scale {
        self.words_of_scale(at, scale);
        let not_applicable = match &scale.not_applicable[..] {
            [] => NotApplicable::Refused,
            written => NotApplicable::Dropped { written: written.to_vec() },
        };
        Scale {
            grades: self.grades(at, scale),
            placeholders: scale.placeholders.clone(),
            missing: scale.missing.clone(),
            not_applicable,
            better: scale.better,
            unit: scale.unit,
        }
    }

    /// Checks the answers of a scale: one of four keys lists them.
    fn grades(&mut self, at: &Path, scale: &ScaleEntry) -> Grades {
        let step = scale.step.as_ref().map(|step| &step.0);
        if let (Some(_), None, None) = (step, &scale.whole, &scale.range) {
            let message = "only a `range` or `whole` numbers have a `step`";
            self.fault(&at.key("step"), message, "Write a `range`, or take the step out.");
        }
        match (&scale.whole, &scale.values, &scale.range, &scale.grades) {
            (Some([least, most]), None, None, None) => self.whole(at, &least.0, &most.0, step),
            (None, None, Some([least, most]), None) => self.range((at, "range"), &least.0, &most.0, step),
            (None, Some(values), None, None) => {
                let names: Vec<String> = values.iter().map(|value| value.0.to_string()).collect();
                self.unique(&at.key("values"), "", "values", names.iter().map(String::as_str));
                let grade = |value: &Number| Grade {
                    id: value.0.to_string(),
                    points: Some(value.0.clone()),
                    label: None,
                    written: Vec::new(),
                    not_advised: false,
                };
                Grades::Listed(values.iter().map(grade).collect())
            }
            (None, None, None, Some(grades)) => self.listed_grades(&at.key("grades"), grades),
            _ => {
                let message = "a scale has exactly one of `whole`, `values`, `range` and `grades`";
                self.fault(at, message, "Say in one way what an answer may be.");
                Grades::Listed(Vec::new())
            }
        }
    }

    /// Checks a range of whole numbers.
    fn whole(&mut self, at: &Path, least: &Exact, most: &Exact, step: Option<&Exact>) -> Grades {
        if !(least.is_whole() && most.is_whole()) {
            let message = "a range of whole numbers has whole ends";
            self.fault(&at.key("whole"), message, "Write whole numbers, or use `range`.");
        }
        if let Some(step) = step.filter(|step| !step.is_whole()) {
            let message = format!("between whole numbers are no steps of {step}");
            self.fault(&at.key("step"), message, "Write a whole step, or use `range`.");
        }
        self.range((at, "whole"), least, most, Some(step.unwrap_or(&Exact::one())))
    }

    /// Checks a range, under the key that gives it.
    fn range(&mut self, (at, key): (&Path, &str), least: &Exact, most: &Exact, step: Option<&Exact>) -> Grades {
        if least >= most {
            let message = format!("the range begins at {least} and ends at {most}");
            self.fault(&at.key(key), message, "Write the least number first.");
        } else if let Some(step) = step {
            let steps = (most - least).divided_by(step);
            if *step <= Exact::zero() || !steps.is_some_and(|steps| steps.is_whole()) {
                let message = format!("steps of {step} from {least} don't come to {most}");
                self.fault(&at.key("step"), message, "Correct the step, or an end of the range.");
            }
        }
        Grades::Range { minimum: least.clone(), maximum: most.clone(), step: step.cloned() }
    }

    /// Checks answers with names; no two may be written alike.
    fn listed_grades(&mut self, at: &Path, grades: &[Grade]) -> Grades {
        self.unique(at, "id", "grades", grades.iter().map(|grade| grade.id.as_str()));
        if grades.iter().all(|grade| grade.points.is_none()) {
            let help = format!("{} Where words alone matter, these tell which is better.", points_of(grades));
            self.fault(at, "no grade of the scale counts anything", help);
        }
        self.pointless(at, grades);
        Grades::Listed(grades.to_vec())
    }

    /// Tells a grade without points that stands between grades with some: it would leave outcomes open, as if nothing were answered.
    fn pointless(&mut self, at: &Path, grades: &[Grade]) {
        let counts = |grades: &[Grade]| grades.iter().any(|grade| grade.points.is_some());
        for (index, grade) in grades.iter().enumerate().filter(|(_, grade)| grade.points.is_none()) {
            let is_between = counts(&grades[..index]) && counts(&grades[index + 1..]);
            if is_between || counts(grades) && self.names.counts_grade(&grade.id) {
                let message =
                    format!("`{}` has no points, and leaves the outcome open like a blank; others have some", grade.id);
                let help = "Give it `points`; a grade that is no answer yet stands last, and is counted nowhere.";
                self.doubt(&at.at(index), message, help);
            }
        }
    }

    /// Tells words that are an answer and say that there is none, and words that are two answers.
    fn words_of_scale(&mut self, at: &Path, scale: &ScaleEntry) {
        let lists = [
            ("not_applicable", "that the criterion doesn\u{2019}t apply", &scale.not_applicable),
            ("missing", "that there is no answer", &scale.missing),
            ("placeholders", "that nothing is answered yet", &scale.placeholders),
        ];
        for (key, meaning, words) in lists {
            let list = at.key(key);
            for (index, word) in words.iter().enumerate().filter(|(_, word)| is_answer(scale, word)) {
                let message = format!("`{word}` is an answer of the scale, and would say {meaning}");
                self.fault(&list.at(index), message, "Take it out here, or name the answer otherwise.");
            }
        }
        let (list, grades) = (at.key("grades"), scale.grades.as_deref().unwrap_or_default());
        for (index, grade) in grades.iter().enumerate() {
            let mut above = grades[..index].iter().filter(|other| other.id != grade.id);
            if let Some(other) = above.find(|other| other.names().any(|name| goes_by(grade, name))) {
                let message = format!("answers `{}` and `{}` go by the same words", other.id, grade.id);
                self.fault(&list.at(index), message, "Give one of them other words.");
            }
        }
    }
}

/// Says how the grades of a scale are given points, in the order in which they are listed.
fn points_of(grades: &[Grade]) -> String {
    let pointed = |(index, grade): (usize, &Grade)| format!("{{ id = \"{}\", points = {index} }}", grade.id);
    let mut from_worst: Vec<String> = grades.iter().rev().enumerate().map(pointed).collect();
    from_worst.reverse();
    format!("Give grades `points`, the better the more: {}.", from_worst.join(", "))
}

/// Whether a word is an answer of a scale: one of its grades by any of its names, or one of its numbers.
fn is_answer(scale: &ScaleEntry, word: &str) -> bool {
    let number = word.trim().parse::<Exact>().ok();
    let lies = |ends: &Option<[Number; 2]>, number: &Exact| {
        ends.as_ref().is_some_and(|[least, most]| (&least.0..=&most.0).contains(&number))
    };
    let is_number = number.is_some_and(|number| {
        lies(&scale.range, &number) && scale.step.is_none()
            || lies(&scale.whole, &number) && scale.step.is_none() && number.is_whole()
            || scale.values.iter().flatten().any(|value| value.0 == number)
    });
    is_number || scale.grades.iter().flatten().any(|grade| goes_by(grade, word))
}

/// Whether a grade goes by a word.
fn goes_by(grade: &Grade, word: &str) -> bool {
    let word = Wording::of_answer(word);
    grade.names().any(|name| Wording::of_answer(name) == word)
}
