//! Grades of parts of a scheme: a rating of each section, group or tag, found like the outcome of the whole.

use super::expression::Quantity;
use super::{Framework, GradeId, OutcomeSpec, Section};

/// A grade that several parts of a scheme have each: a rating of every section.
#[derive(Clone, Debug)]
pub struct GradeSpec {
    /// The name, by which expressions ask for it.
    pub id: GradeId,
    /// As people call it: "Rating".
    pub title: String,
    /// What is graded, in order.
    pub over: Vec<Graded>,
}

/// One part of a scheme that has a grade.
#[derive(Clone, Debug)]
pub struct Graded {
    /// The name of the section, group or tag.
    pub id: String,
    /// As people call it.
    pub title: String,
    /// The total, the bands and the gates, in which `section` is this part.
    pub spec: OutcomeSpec,
}

impl GradeSpec {
    /// Returns what is graded under this name.
    pub fn of(&self, id: &str) -> Option<&Graded> {
        self.over.iter().find(|graded| graded.id == id)
    }

    /// Returns how the grade is found; `None` where nothing is graded. Bands are the same for all that is.
    pub fn spec(&self) -> Option<&OutcomeSpec> {
        self.over.first().map(|graded| &graded.spec)
    }

    /// Returns the title of a band; its name where there is none.
    pub fn band_title<'a>(&'a self, id: &'a str) -> &'a str {
        self.spec().map_or(id, |spec| spec.band_title(id))
    }

    /// Returns bands, which an expression has by name, as the form words them.
    pub fn worded(&self, bands: &Quantity) -> Quantity {
        let worded = |one: &Quantity| one.text().map_or_else(|| one.clone(), |id| self.band_title(id).into());
        match bands.as_open() {
            Some(open) => Quantity::one_of(open.among.iter().map(worded)),
            None => worded(bands),
        }
    }
}

impl Framework {
    /// Whether sections have scores: not in a scheme without a total in which each has a grade of its own.
    pub fn scores_sections(&self) -> bool {
        let is_graded = |section: &Section| self.grades.iter().any(|grade| grade.of(&section.id).is_some());
        self.outcome.has_total() || !self.sections.iter().all(is_graded)
    }

    /// Returns the grade of this name.
    pub fn grade(&self, id: &str) -> Option<&GradeSpec> {
        self.grades.iter().find(|grade| grade.id == *id)
    }
}
