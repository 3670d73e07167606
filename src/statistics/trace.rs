//! From a published figure back to the returns and cells that it rests on.
//!
//! A figure's id says what it is of: `framework/section/1.1/median`, `framework/criterion/1.1.3/mean`, `framework/outcome/good/count`,
//! `framework/group/region/North/total/mean`, `framework/range/FILE/low-95`; one of a single return begins `framework/return/FILE`.
//! What a figure rests on follows from the reviews, so nothing is kept for each: [`Figures`] lists the ids with what was
//! published, and holds the little that reviews don't say (who belongs to which group, what a section consists of).

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::Season;
use super::{Figure, Statistics};
use crate::review::{AnswerRecord, Review, Status};
use crate::words::INCOMPLETE;

/// The version of the format; a change that breaks readers raises it.
const VERSION: u32 = 1;

/// Every published figure of a season, and what it takes to trace it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// The version of this format.
    pub schema: u32,
    /// The figures, in order of their ids.
    pub figures: Vec<Figure>,
    /// What belongs to each section, by framework and section: criteria and measures.
    pub sections: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    /// The one name of each return's organisation, by file.
    pub organisations: BTreeMap<String, String>,
    /// What each return is grouped by, by file and column.
    pub groups: BTreeMap<String, BTreeMap<String, String>>,
}

/// Why a list of figures can't be used.
#[derive(Debug, thiserror::Error)]
pub enum FiguresError {
    /// It isn't JSON of this shape.
    #[error("it isn't a list of figures")]
    NotFigures(#[from] serde_json::Error),
    /// Another program wrote it.
    #[error("it has format {0}; this program reads format {VERSION}")]
    Version(u32),
}

/// One thing that a figure rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Traced {
    /// The return.
    pub file: String,
    /// Whose it is.
    pub organisation: Option<String>,
    /// What of it: a criterion, section, measure or the total.
    pub about: String,
    /// The value there; `None` where it leaves the figure open.
    pub value: Option<String>,
    /// The sheet; `None` for what is worked out from several cells.
    pub sheet: Option<String>,
    /// The cell.
    pub cell: Option<String>,
}

impl Figures {
    /// Gathers the figures of a season's statistics.
    pub fn of(season: &Season, statistics: &Statistics) -> Self {
        let mut figures = statistics.figures();
        figures.sort_by(|a, b| a.id.cmp(&b.id));
        figures.dedup_by(|later, first| later.id == first.id);
        let named =
            |found: &crate::season::SeasonReturn| Some((found.review.file.clone(), found.organisation.clone()?));
        let grouped = season.counted().filter(|found| !found.groups.is_empty());
        Self {
            schema: VERSION,
            figures,
            sections: season
                .frameworks_used()
                .into_iter()
                .map(|framework| (framework.id.clone(), parts(framework)))
                .collect(),
            organisations: season.returns.iter().filter_map(named).collect(),
            groups: grouped.map(|found| (found.review.file.clone(), found.groups.clone())).collect(),
        }
    }

    /// Reads a list as it was written.
    pub fn parse(text: &str) -> Result<Self, FiguresError> {
        let figures: Self = serde_json::from_str(text)?;
        if figures.schema == VERSION { Ok(figures) } else { Err(FiguresError::Version(figures.schema)) }
    }

    /// Returns the figure of this id.
    pub fn find(&self, id: &str) -> Option<&Figure> {
        self.figures.iter().find(|figure| figure.id == id)
    }

    /// Returns the figures whose ids begin with these parts.
    pub fn below(&self, beginning: &str) -> impl Iterator<Item = &Figure> {
        let beginning = beginning.trim_end_matches('/').to_owned();
        self.figures.iter().filter(move |figure| after(&figure.id, &beginning).is_some_and(|rest| !rest.is_empty()))
    }

    /// Returns what a figure rests on; empty where no figure has this id.
    pub fn trace(&self, reviews: &[Review], id: &str) -> Vec<Traced> {
        let mut parts = id.splitn(3, '/');
        let (Some(framework), Some(part)) = (parts.next(), parts.next()) else { return Vec::new() };
        let rest = parts.next().unwrap_or_default();
        let mine: Vec<&Review> =
            reviews.iter().filter(|review| counts(review) && review.framework.as_deref() == Some(framework)).collect();
        let name = rest.split('/').next().unwrap_or_default();
        let trace = |from: &[&Review], each: &dyn Fn(&Review) -> Vec<Traced>| -> Vec<Traced> {
            from.iter().flat_map(|review| each(review)).collect()
        };
        match part {
            "criterion" => trace(&mine, &|review| self.answers(review, &|id| id == name)),
            "section" => trace(&mine, &|review| self.section(review, name)),
            "measure" => trace(&mine, &|review| self.measure(review, name)),
            "outcome" => trace(&with(mine, |review| band(review) == name), &|review| vec![self.total(review)]),
            "total" | "change" | "trend" => {
                trace(&with(mine, |review| is_of_kind(review, rest)), &|review| vec![self.total(review)])
            }
            "consistency" => match rest.strip_prefix("section/") {
                Some(rest) => {
                    let name = rest.split('/').next().unwrap_or_default();
                    trace(&mine, &|review| self.section(review, name))
                }
                None => trace(&mine, &|review| self.answers(review, &|_| true)),
            },
            "group" => trace(&with(mine, |review| self.is_in_group(review, rest)), &|review| vec![self.total(review)]),
            "range" => trace(&with(mine, |review| after(rest, &review.file).is_some()), &|review| {
                self.answers(review, &|_| true)
            }),
            "return" => trace(&reviews.iter().collect::<Vec<_>>(), &|review| self.of_return(review, rest)),
            "register" => trace(&mine, &|review| self.register_rows(review, rest)),
            "agreement" => self.compared(&mine, rest),
            "finding" => trace(&mine, &|review| self.findings(review, rest)),
            _ => Vec::new(),
        }
    }

    fn traced(&self, review: &Review, about: &str, value: Option<String>) -> Traced {
        let organisation = self.organisations.get(&review.file).or(review.organisation.as_ref()).cloned();
        Traced { file: review.file.clone(), organisation, about: about.to_owned(), value, sheet: None, cell: None }
    }

    /// Returns the answers that count.
    fn answers(&self, review: &Review, wanted: &dyn Fn(&str) -> bool) -> Vec<Traced> {
        let mine =
            review.answers.iter().filter(|answer| Some(&answer.rater) == review.counts.as_ref() && wanted(&answer.id));
        mine.map(|answer| self.answer(review, answer)).collect()
    }

    fn answer(&self, review: &Review, answer: &AnswerRecord) -> Traced {
        let (sheet, cell) = (answer.sheet.clone(), answer.cell.clone());
        Traced { sheet, cell, ..self.traced(review, &answer.id, answer.value.clone()) }
    }

    /// Returns what belongs to a section.
    fn parts_of(&self, review: &Review, section: &str) -> Option<&Vec<String>> {
        self.sections.get(review.framework.as_ref()?)?.get(section)
    }

    /// Returns the answers of a section, measures among them.
    fn section(&self, review: &Review, name: &str) -> Vec<Traced> {
        let Some(parts) = self.parts_of(review, name) else { return Vec::new() };
        self.answers(review, &|id| parts.iter().any(|part| part == id))
    }

    /// Returns the answers that two sides are compared by: those of organisations with returns of two kinds, else those that two
    /// raters of one return gave; of `section/1.1`, `criterion/1.1.3` or `all`.
    fn compared(&self, mine: &[&Review], rest: &str) -> Vec<Traced> {
        let mut names = rest.split('/');
        let (part, name) = (names.next().unwrap_or_default(), names.next().unwrap_or_default());
        let wanted = |review: &Review, id: &str| match part {
            "section" => self.parts_of(review, name).is_some_and(|parts| parts.iter().any(|part| part == id)),
            "criterion" => id == name,
            _ => true,
        };
        let kinds = |review: &Review| -> BTreeSet<&str> {
            let whose = self.organisations.get(&review.file);
            let theirs = mine.iter().filter(|other| whose.is_some() && self.organisations.get(&other.file) == whose);
            theirs.filter_map(|other| other.kind.as_deref()).collect()
        };
        let by_kind: Vec<&Review> = mine.iter().copied().filter(|review| kinds(review).len() > 1).collect();
        if by_kind.is_empty() {
            return mine.iter().flat_map(|review| self.of_both_raters(review, &|id| wanted(review, id))).collect();
        }
        by_kind.into_iter().flat_map(|review| self.answers(review, &|id| wanted(review, id))).collect()
    }

    /// Returns the answers to what two raters of one return answered.
    fn of_both_raters(&self, review: &Review, wanted: &dyn Fn(&str) -> bool) -> Vec<Traced> {
        let given =
            |id: &str| review.answers.iter().filter(|answer| answer.id == id && answer.points.is_some()).count();
        let both = review.answers.iter().filter(|answer| wanted(&answer.id) && given(&answer.id) > 1);
        both.map(|answer| self.answer(review, answer)).collect()
    }

    /// Returns the rows of `learners/refer/count`: those that come to it, or in which that action is wanting.
    fn register_rows(&self, review: &Review, rest: &str) -> Vec<Traced> {
        let mut parts = rest.split('/');
        let (register, name) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        let rows = review.rows.iter().filter(|row| row.register == register);
        let meant = rows.filter(|row| row.outcome == name || row.actions.iter().any(|action| action.id == name));
        meant.map(|row| self.traced(review, &row.key, Some(row.outcome.clone()))).collect()
    }

    fn measure(&self, review: &Review, name: &str) -> Vec<Traced> {
        let record = review.measures.iter().find(|record| record.id == name);
        record
            .map(|record| self.traced(review, name, record.from_register.as_ref().map(ToString::to_string)))
            .into_iter()
            .collect()
    }

    fn total(&self, review: &Review) -> Traced {
        self.traced(
            review,
            "total",
            review.outcome.as_ref().and_then(|outcome| Some(outcome.total.as_ref()?.to_string())),
        )
    }

    /// Whether a return belongs to the group of `region/North/…`.
    fn is_in_group(&self, review: &Review, rest: &str) -> bool {
        let Some((by, group)) = rest.split_once('/') else { return false };
        let mine = self.groups.get(&review.file).and_then(|groups| groups.get(by));
        after(group, mine.map_or("not-known", String::as_str)).is_some()
    }

    /// Returns what a figure of one return rests on: `FILE/total`, `FILE/section/1.1`, `FILE/criterion/1.1.3`, `FILE/measure/A`.
    fn of_return(&self, review: &Review, rest: &str) -> Vec<Traced> {
        let Some(figure) = after(rest, &review.file) else { return Vec::new() };
        let (part, name) = figure.split_once('/').unwrap_or((figure, ""));
        match part {
            "" | "total" => self.answers(review, &|_| true),
            "section" => self.section(review, name),
            "criterion" => self.answers(review, &|id| id == name),
            "measure" => [self.answers(review, &|id| id == name), self.measure(review, name)].concat(),
            "finding" => self.findings(review, name),
            _ => Vec::new(),
        }
    }

    /// Returns the findings of `rule` or `rule/subject`; a framework's own rules have a stroke in their names.
    fn findings(&self, review: &Review, rest: &str) -> Vec<Traced> {
        let is_it = |rule: &str, subject: Option<&str>| {
            after(rest, rule).is_some_and(|after| after.is_empty() || Some(after) == subject)
        };
        let mine = review.findings.iter().filter(|finding| is_it(finding.rule.as_str(), finding.subject.as_deref()));
        let cells = mine.map(|finding| Traced {
            sheet: finding.sheet().map(ToOwned::to_owned),
            cell: finding.cell(),
            ..self.traced(review, finding.rule.as_str(), finding.found.clone())
        });
        cells.collect()
    }
}

/// Returns what belongs to each section of a framework.
fn parts(framework: &crate::framework::Framework) -> BTreeMap<String, Vec<String>> {
    let of_section = |section: &crate::framework::Section| {
        let criteria = section.criteria.iter().map(|criterion| criterion.id.to_string());
        let parts = criteria.chain(section.measures.iter().map(|measure| measure.id.to_string()));
        (section.id.to_string(), parts.collect())
    };
    framework.sections.iter().map(of_section).collect()
}

/// Returns what follows a name in an id, without the stroke between; `None` where the id doesn't begin with the name as a whole.
fn after<'a>(id: &'a str, name: &str) -> Option<&'a str> {
    let rest = id.strip_prefix(name)?;
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix('/') }
}

fn counts(review: &Review) -> bool {
    matches!(review.status, Status::Scored | Status::Provisional)
}

fn with(mut reviews: Vec<&Review>, wanted: impl Fn(&Review) -> bool) -> Vec<&Review> {
    reviews.retain(|review| wanted(review));
    reviews
}

fn band(review: &Review) -> &str {
    review.outcome.as_ref().and_then(|outcome| outcome.band.as_deref()).unwrap_or(INCOMPLETE)
}

/// Whether a return is of the kind that `KIND/median` names; all are where the id names none.
fn is_of_kind(review: &Review, rest: &str) -> bool {
    let Some((kind, _)) = rest.rsplit_once('/') else { return true };
    kind == "section" || kind.starts_with("section/") || kind == "total" || review.kind.as_deref() == Some(kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::season::sample;

    #[test]
    fn figures_lead_back_to_cells() {
        let frameworks = [sample::usual()];
        let season = sample::season(&frameworks, 30);
        let statistics = Statistics::of_season(&season).unwrap();
        let figures = Figures::of(&season, &statistics);
        let reviews: Vec<Review> = season.returns.iter().map(|found| found.review.clone()).collect();
        let trace = |id: &str| figures.trace(&reviews, id);
        let found = statistics.of("sample").unwrap();
        let criterion = trace(&found.criteria[0].mean.id);
        assert_eq!(criterion.len(), found.coverage.counted);
        assert_eq!(criterion[0].cell.as_deref(), Some("C5"));
        for row in &found.outcomes {
            let traced = trace(&row.share.share.id).len();
            assert_eq!(traced.to_string(), row.share.count.value.unwrap().to_string());
        }
        assert_eq!(trace(&found.sections[0].percent.mean.id).len(), 5 * found.coverage.counted);
        assert!(trace("sample/nothing/at-all").is_empty());
        let rule = found.findings.iter().find(|row| row.subject.is_some()).unwrap();
        assert_eq!(trace(&rule.id).len(), rule.times);
        for row in found.totals.iter().filter(|row| row.kind.is_some()) {
            let kind = season.counted().filter(|found| found.review.kind == row.kind).count();
            assert_eq!(trace(&row.spread.mean.id).len(), kind, "{}", row.id);
        }
    }

    #[test]
    fn every_figure_that_is_shown_rests_on_something() {
        let frameworks = [sample::usual()];
        let season = sample::season(&frameworks, 40);
        let statistics = Statistics::of_season(&season).unwrap();
        let figures = Figures::parse(&serde_json::to_string(&Figures::of(&season, &statistics)).unwrap()).unwrap();
        let reviews: Vec<Review> = season.returns.iter().map(|found| found.review.clone()).collect();
        assert!(figures.figures.len() > 200);
        for figure in figures.figures.iter().filter(|figure| figure.value.is_some_and(|value| value > 0.0)) {
            // A share of nought, or a range around it, rests on returns of which none is counted.
            let counts_none = figure.id.contains("/outcome/") || figure.id.contains("/grade/");
            assert!(counts_none || !figures.trace(&reviews, &figure.id).is_empty(), "{}", figure.id);
        }
        assert!(figures.below("sample/outcome").count() > 3 && figures.below("sample/outc").count() == 0);
    }

    #[test]
    fn a_files_name_is_met_as_a_whole() {
        let frameworks = [sample::usual()];
        let season = sample::season(&frameworks, 12);
        let figures = Figures::of(&season, &Statistics::of_season(&season).unwrap());
        let mut reviews: Vec<Review> = season.returns.iter().map(|found| found.review.clone()).take(2).collect();
        reviews[0].file = "a".to_owned();
        reviews[1].file = "a/b".to_owned();
        for (figure, files) in
            [("return/a/total", vec!["a"]), ("return/a/b/total", vec!["a/b"]), ("return/a/b/section/1", vec!["a/b"])]
        {
            let mut traced: Vec<String> =
                figures.trace(&reviews, &format!("sample/{figure}")).into_iter().map(|found| found.file).collect();
            traced.dedup();
            assert_eq!(traced, files, "{figure}");
        }
    }
}
