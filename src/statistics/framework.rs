//! The statistics of a season, framework by framework, put together from what is worked out of each idea.
//!
//! Everything is by framework, since figures of two schemes never mix. Within one, figures rest on the returns that count (scored
//! and provisional ones, no duplicates and none that is superseded), one for each organisation where nothing else is said: by kind,
//! of self beside external, and of how common findings are, all that count are taken. Shares are from 0 to 1, `percent` from 0 to 100.

use std::collections::BTreeSet;

use polars::prelude::PolarsResult;

use super::grouping::GroupTotals;
use super::internal::{self, Answers, Consistency};
use super::subject::Subject;
use super::{
    assessor, change, coverage, criterion, finding, graded, group, grouping, measure, moderated, outcome, pairing,
    range, register, section, trend,
};
use crate::figure::{Figure, FigureId, Figured, figures};
use crate::framework::{Better, Framework, FrameworkId};
use crate::season::Season;
use crate::words::titled;

/// All statistics of a season.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Statistics {
    /// By framework, in order of its name.
    pub frameworks: Vec<FrameworkStatistics>,
    /// What disclosure control hid, and why, in order of the ids.
    pub hidings: Vec<FigureId>,
}

figures!(Statistics: frameworks);

impl Statistics {
    /// Returns the statistics of one framework.
    pub fn of(&self, framework: &str) -> Option<&FrameworkStatistics> {
        self.frameworks.iter().find(|statistics| statistics.framework == framework)
    }

    /// Returns all figures, each once, in the order in which they stand.
    pub fn figures(&self) -> Vec<&Figure> {
        let (mut figures, mut ids) = (Vec::new(), BTreeSet::new());
        self.each(&mut |figure| {
            if ids.insert(&figure.id) {
                figures.push(figure);
            }
        });
        figures
    }
}

/// The statistics of one framework.
#[derive(Clone, Debug, PartialEq)]
pub struct FrameworkStatistics {
    /// The framework's name.
    pub framework: FrameworkId,
    /// Its title.
    pub title: String,
    /// The versions that returns are of.
    pub versions: Vec<String>,
    /// The unit of totals: `%` or `points`.
    pub unit: String,
    /// The decimals with which a total is shown.
    pub decimals: u32,
    /// Who was expected and who came.
    pub coverage: coverage::Coverage,
    /// Organisations by outcome, best band first, those of each list of bands together, `incomplete` last.
    pub outcomes: Vec<outcome::BandRow>,
    /// The totals, of one return an organisation; then of all returns by kind.
    pub totals: Vec<outcome::TotalRow>,
    /// The sections, in the form's order, in per cent of the most that can be scored.
    pub sections: Vec<section::SectionRow>,
    /// The criteria, in the form's order.
    pub criteria: Vec<criterion::CriterionRow>,
    /// The strongest criteria, from the best; ties share a rank.
    pub strongest: Vec<criterion::RankedRow>,
    /// The weakest criteria, from the worst; ties share a rank.
    pub weakest: Vec<criterion::RankedRow>,
    /// What parts come to that have a grade of their own, grade by grade in the framework's order.
    pub grades: Vec<graded::PartRow>,
    /// The measures that registers give.
    pub measures: Vec<measure::MeasureRow>,
    /// Returns by region, group and other columns.
    pub groups: Vec<group::GroupRow>,
    /// The groups of each of those columns beside one another.
    pub groupings: Vec<grouping::GroupingRow>,
    /// The result of each return beside what is to be expected of one.
    pub ranges: Vec<range::RangeRow>,
    /// Self beside external; empty where no organisation has both.
    pub agreement: Option<pairing::Agreement>,
    /// What each assessor gives beside what organisations give themselves; empty where no form names assessors.
    pub assessors: Vec<assessor::AssessorRow>,
    /// Whether some of what counts was assessed by somebody who gives otherwise than the others.
    pub is_assessed_apart: bool,
    /// Whether the criteria go together.
    pub consistency: Option<Consistency>,
    /// Returns whose total stands out from all others.
    pub outliers: Vec<outcome::OutlierRow>,
    /// Against last season; `None` without a record of it.
    pub change: Option<change::ChangeSummary>,
    /// Over four seasons and more; `None` without records of them.
    pub trend: Option<trend::Trend>,
    /// Which returns are drawn for moderation, and what moderators found; `None` where none is drawn.
    pub moderation: Option<moderated::ModerationSummary>,
    /// The commonest findings.
    pub findings: Vec<finding::FindingRow>,
    /// Whether more was found, of which isn't told how common it is, since few people or returns stand behind it.
    pub are_findings_untold: bool,
    /// What the rows of registers come to, for those whose results the framework names.
    pub registers: Vec<register::RegisterRow>,
    /// What they came to last season, over all returns that stood for their organisations then.
    pub registers_before: Vec<register::RegisterRow>,
}

figures!(FrameworkStatistics: outcomes, totals, sections, criteria, grades, measures, groups, groupings, ranges, agreement, consistency, change, trend,
    moderation, assessors, registers, registers_before);

impl FrameworkStatistics {
    /// Works out the statistics of one framework.
    pub(super) fn of(subject: &Subject) -> PolarsResult<Self> {
        let answers = Answers::of(subject)?;
        let criteria = criterion::criteria(subject, &answers)?;
        let totals = outcome::totals(subject)?;
        let by_group = GroupTotals::of(subject)?;
        Ok(Self {
            framework: subject.framework.id.clone(),
            title: subject.framework.title.clone(),
            versions: subject.versions(),
            unit: subject.framework.outcome.unit.clone(),
            decimals: subject.framework.outcome.decimals,
            coverage: coverage::coverage(subject),
            outcomes: outcome::outcomes(subject),
            outliers: outcome::outliers(subject, &totals[0].spread)?,
            totals,
            sections: section::sections(subject)?,
            strongest: criterion::ranked(subject.framework, subject.season, (&criteria, Better::Higher)),
            weakest: criterion::ranked(subject.framework, subject.season, (&criteria, Better::Lower)),
            criteria,
            grades: graded::parts(subject),
            measures: measure::measures(subject)?,
            groups: group::rows(subject, &by_group)?,
            groupings: by_group.compared(subject),
            ranges: range::ranges(subject)?,
            agreement: pairing::agreement(subject)?,
            assessors: assessor::assessors(subject),
            is_assessed_apart: assessor::is_any_apart(subject),
            consistency: internal::consistency(subject, &answers),
            change: change::summary(subject)?,
            trend: trend::trend(subject)?,
            moderation: moderated::summary(subject),
            findings: finding::findings(subject)?,
            are_findings_untold: false,
            registers: register::rows(subject),
            registers_before: register::rows_before(subject),
        })
    }

    /// Whether an organisation is named with a strength.
    pub fn names_strengths(&self) -> bool {
        self.strongest.iter().chain(&self.weakest).any(|row| !row.organisations.is_empty())
    }

    /// Ranks the criteria anew, where the means of some are hidden.
    pub(crate) fn rank_again(&mut self, spec: &Framework, season: &Season) {
        self.strongest = criterion::ranked(spec, season, (&self.criteria, Better::Higher));
        self.weakest = criterion::ranked(spec, season, (&self.criteria, Better::Lower));
    }

    /// Returns the totals of one return an organisation.
    pub fn total(&self) -> Option<&outcome::TotalRow> {
        self.totals.iter().find(|row| row.kind.is_none())
    }

    /// Returns the section of this name.
    pub fn section(&self, id: &str) -> Option<&section::SectionRow> {
        self.sections.iter().find(|row| row.section == id)
    }

    /// Returns the criterion of this name.
    pub fn criterion(&self, id: &str) -> Option<&criterion::CriterionRow> {
        self.criteria.iter().find(|row| row.criterion == id)
    }

    /// Returns the outcome of this name.
    pub fn outcome(&self, band: &str) -> Option<&outcome::BandRow> {
        self.outcomes.iter().find(|row| row.band == band)
    }

    /// Returns the result of the return in this file beside what is to be expected of one.
    pub fn range(&self, file: &str) -> Option<&range::RangeRow> {
        self.ranges.iter().find(|row| row.file == file)
    }

    /// Returns a section's name with its title.
    pub fn section_title(&self, id: &str) -> String {
        self.section(id).map_or_else(|| id.to_owned(), |section| titled(id, &section.title))
    }

    /// Returns a criterion's name with its few words.
    pub fn criterion_title(&self, id: &str) -> String {
        self.criterion(id).map_or_else(|| id.to_owned(), |criterion| titled(id, &criterion.short))
    }
}
