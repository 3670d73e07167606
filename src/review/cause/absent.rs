//! Figures that rest on answers whose sheet, column or row isn't there: they are told with what is missing.
//!
//! That they do is proved: with answers there, something else is worked out.

use crate::exact::Exact;
use crate::finding::Finding;
use crate::framework::{Framework, Grades, Holds, RaterId, Section};
use crate::layout::rule::{CRITERION_MISSING, HEADING_MISSING, SHEET_MISSING};
use crate::returns::{Entry, Grading, Reading, Return, Standing};
use crate::rules::Judged;
use crate::rules::consistency::comparisons;
use crate::wording::Wording;
use crate::workbook::Workbook;

use super::Effects;
use super::precedent::{precedents, spot};
use super::trial::compared;

/// Returns the figures that rest on answers which are missing with a sheet, a column or a row.
pub(super) fn explained(judged: &Judged, workbook: &Workbook, findings: &[Finding], figures: &[usize]) -> Effects {
    let mut effects = Effects::new();
    if figures.is_empty() {
        return effects;
    }
    let base = comparisons(judged);
    for (index, finding) in findings.iter().enumerate() {
        let Some(missing) = Missing::of(judged.framework, finding) else { continue };
        let tried = compared(judged, |sent| missing.fill_in(judged.framework, sent));
        let worth = |figure: &usize| {
            let name = findings[*figure].subject.as_deref()?;
            Some((&base.get(name)?.computed, &tried.get(name)?.computed))
        };
        let rests_on_it = |figure: &usize| worth(figure).is_some_and(|(before, after)| before != after);
        let uses_it = |figure: &usize| uses(judged, workbook, finding, &findings[*figure]);
        let moved = figures.iter().copied().filter(|figure| rests_on_it(figure) || uses_it(figure));
        let moved: Vec<usize> = moved.collect();
        if !moved.is_empty() {
            effects.insert(index, moved);
        }
    }
    effects
}

/// Whether a figure's formula takes in a sheet that isn't there or on which nothing stands; by the form, where the formula has lost it.
fn uses(judged: &Judged, workbook: &Workbook, missing: &Finding, figure: &Finding) -> bool {
    let title = missing.expected.as_deref().filter(|_| missing.is_of(&SHEET_MISSING)).map(Wording::of);
    let (Some(title), Some(at)) = (title, spot(&figure.place)) else { return false };
    let takes_in = |workbook: &Workbook| precedents(workbook, at.clone()).iter().any(|(sheet, _)| *sheet == title);
    let is_error = figure.found.as_deref().is_some_and(|found| found.starts_with('#'));
    takes_in(workbook) || is_error && judged.framework.form().is_some_and(takes_in)
}

/// Which answers are missing.
enum Missing<'a> {
    /// Those on a sheet: of these sections.
    OfSections(Vec<&'a Section>),
    OfRaters(Vec<&'a RaterId>),
    Of(&'a str),
}

impl<'a> Missing<'a> {
    /// Returns which answers a finding says are missing.
    fn of(framework: &'a Framework, finding: &'a Finding) -> Option<Self> {
        if finding.is_of(&SHEET_MISSING) {
            let sheet = finding.subject.as_deref()?;
            let tables = framework.tables.iter().filter(|table| table.sheet == *sheet);
            let sections = tables.flat_map(|table| &table.sections).filter_map(|id| framework.section(id.as_str()));
            Some(Self::OfSections(sections.collect()))
        } else if finding.is_of(&CRITERION_MISSING) {
            finding.subject.as_deref().map(Self::Of)
        } else if finding.is_of(&HEADING_MISSING) {
            let columns = framework.tables.iter().flat_map(|table| &table.columns);
            // Where two columns have a heading, it is found and not expected.
            let heading = finding.expected.as_ref().or(finding.found.as_ref());
            let headed = columns.filter(|column| heading == Some(&column.heading));
            let raters = headed.filter_map(|column| match &column.holds {
                Holds::Score(rater) => Some(rater),
                Holds::Code
                | Holds::Text
                | Holds::CodeAndText
                | Holds::Form
                | Holds::Opinions
                | Holds::Result
                | Holds::Entry(_) => None,
            });
            Some(Self::OfRaters(raters.collect()))
        } else {
            None
        }
    }

    /// Whether an answer is among them.
    fn has(&self, rater: &RaterId, item: &str) -> bool {
        match self {
            Self::OfSections(sections) => sections.iter().any(|section| {
                section.criteria.iter().any(|criterion| criterion.id.as_str() == item)
                    || section.measures.iter().any(|measure| measure.id.as_str() == item)
            }),
            Self::OfRaters(raters) => raters.contains(&rater),
            Self::Of(missing) => *missing == item,
        }
    }

    /// Gives the best answer wherever one of them is missing.
    fn fill_in(&self, framework: &Framework, sent: &mut Return) {
        for ((rater, id), entry) in &mut sent.answers {
            let best = framework.criterion(id).and_then(|criterion| best(&framework.scale(criterion).grades));
            fill(entry, best.filter(|_| self.has(rater, id)));
        }
        for ((rater, id), entry) in &mut sent.points {
            let most = framework.measure(id).map(|measure| measure.maximum.clone());
            fill(entry, most.filter(|_| self.has(rater, id.as_str())));
        }
    }
}

/// Gives an answer where one is missing.
fn fill<T>(entry: &mut Entry<T>, answer: Option<T>) {
    if let (Reading::Absent, Some(answer)) = (&entry.reading, answer) {
        entry.reading = Reading::Given(answer);
    }
}

/// Returns the answer that counts most.
fn best(grades: &Grades) -> Option<Grading> {
    match grades {
        Grades::Listed(grades) => grades.iter().max_by_key(|grade| &grade.points).map(Grading::of),
        Grades::Range { maximum, .. } => Some(Grading {
            grade: Exact::to_string(maximum),
            points: Some(maximum.clone()),
            standing: Standing::Counts,
        }),
    }
}
