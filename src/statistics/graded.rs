//! What the parts of a scheme come to that have a grade of their own.

use super::criterion::GradeRow;
use super::subject::Subject;
use crate::exact::Exact;
use crate::figure::{Facet, FigureOf, figures};
use crate::framework::{BandId, GradeSpec, Graded};

/// What a part comes to in a grade, over the returns that stand for their organisations.
#[derive(Clone, Debug, PartialEq)]
pub struct PartRow {
    /// The grade.
    pub grade: String,
    /// The section, group or tag.
    pub of: String,
    /// Its title.
    pub title: String,
    /// Returns in which it is settled.
    pub settled: usize,
    /// How often each band is given, best first.
    pub bands: Vec<GradeRow>,
}

figures!(PartRow: bands);

/// Returns the parts, grade by grade; nothing where no return has any. As with answers, where enough returns are settled it is told how
/// they are.
pub(super) fn parts(subject: &Subject) -> Vec<PartRow> {
    let rows = |grade: &'_ GradeSpec| grade.over.iter().filter_map(|of| row(subject, grade, of)).collect::<Vec<_>>();
    subject.framework.grades.iter().flat_map(rows).collect()
}

/// Returns what a part comes to; `None` where no return has it.
fn row(subject: &Subject, grade: &GradeSpec, of: &Graded) -> Option<PartRow> {
    let records: Vec<_> = subject.headline().filter_map(|sent| sent.review.grade(&grade.id, &of.id)).collect();
    let settled: Vec<&BandId> = records.iter().filter_map(|record| record.outcome.settled()).collect();
    let about = FigureOf::Graded { grade: grade.id.to_string(), of: of.id.clone() };
    let about = subject.about(about).resting_on(settled.len());
    let bands = of.spec.bands.iter().map(|band| GradeRow {
        grade: band.id.to_string(),
        label: band.title.clone(),
        points: None::<Exact>,
        count: about
            .facet(Facet::Grade(band.id.to_string()))
            .count(settled.iter().filter(|settled| ***settled == band.id).count()),
    });
    (!records.is_empty()).then(|| PartRow {
        grade: grade.id.to_string(),
        of: of.id.clone(),
        title: of.title.clone(),
        settled: settled.len(),
        bands: bands.collect(),
    })
}
