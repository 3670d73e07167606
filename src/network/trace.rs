//! From a published figure back to the returns and cells that it rests on.
//!
//! A figure's id says what it is of: `framework/section/1.1/median`, `framework/criterion/1.1.3/mean`, `framework/outcome/good/count`,
//! `framework/group/region/North/total/mean`, `framework/range/FILE/low-95`. What it rests on follows from the season itself, so
//! nothing is kept beside the figure.

use serde::{Deserialize, Serialize};

use super::{Network, SeasonReturn};

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

/// Returns what a figure rests on; empty where no figure has this id.
pub fn trace(network: &Network, figure: &str) -> Vec<Traced> {
    let mut parts = figure.splitn(3, '/');
    let (Some(framework), Some(part)) = (parts.next(), parts.next()) else { return Vec::new() };
    let rest = parts.next().unwrap_or_default();
    let mine = network.counted().filter(|found| found.review.framework.as_deref() == Some(framework));
    let name = rest.split('/').next().unwrap_or_default();
    match part {
        "criterion" => mine.flat_map(|found| answers(found, &|id| id == name)).collect(),
        "section" => mine.flat_map(|found| section(network, found, name)).collect(),
        "measure" => mine.filter_map(|found| measure(found, name)).collect(),
        "outcome" => mine.filter(|found| band(found) == name).map(total).collect(),
        "total" | "change" | "trend" => mine.map(total).collect(),
        "consistency" => match rest.strip_prefix("section/") {
            Some(rest) => {
                let name = rest.split('/').next().unwrap_or_default();
                mine.flat_map(|found| section(network, found, name)).collect()
            }
            None => mine.flat_map(|found| answers(found, &|_| true)).collect(),
        },
        "group" => mine.filter(|found| is_in_group(found, rest)).map(total).collect(),
        "range" => mine
            .filter(|found| rest.starts_with(&found.review.file))
            .flat_map(|found| answers(found, &|_| true))
            .collect(),
        "agreement" => mine
            .flat_map(|found| {
                answers(found, &|id| ["all", "totals"].contains(&name) || rest.split('/').nth(1) == Some(id))
            })
            .collect(),
        "finding" => mine.flat_map(|found| findings(found, rest)).collect(),
        _ => Vec::new(),
    }
}

fn traced(found: &SeasonReturn, about: &str, value: Option<String>) -> Traced {
    let (file, organisation) = (found.review.file.clone(), found.organisation.clone());
    Traced { file, organisation, about: about.to_owned(), value, sheet: None, cell: None }
}

fn answers(found: &SeasonReturn, wanted: &dyn Fn(&str) -> bool) -> Vec<Traced> {
    let review = &found.review;
    let mine =
        review.answers.iter().filter(|answer| Some(&answer.rater) == review.counts.as_ref() && wanted(&answer.id));
    let cells = mine.map(|answer| Traced {
        sheet: answer.sheet.clone(),
        cell: answer.cell.clone(),
        ..traced(found, &answer.id, answer.value.clone())
    });
    cells.collect()
}

/// Returns the answers of a section, measures among them.
fn section(network: &Network, found: &SeasonReturn, name: &str) -> Vec<Traced> {
    let framework = network.frameworks.iter().find(|known| Some(&known.id) == found.review.framework.as_ref());
    let section = framework.and_then(|framework| framework.sections.iter().find(|section| section.id.as_str() == name));
    let Some(section) = section else { return Vec::new() };
    answers(found, &|id| {
        section.criteria.iter().any(|criterion| criterion.id.as_str() == id)
            || section.measures.iter().any(|measure| measure.id.as_str() == id)
    })
}

fn measure(found: &SeasonReturn, name: &str) -> Option<Traced> {
    let record = found.review.measures.iter().find(|record| record.id == name)?;
    Some(traced(found, name, record.from_register.clone()))
}

fn band(found: &SeasonReturn) -> &str {
    found.review.outcome.as_ref().and_then(|outcome| outcome.band.as_deref()).unwrap_or("incomplete")
}

fn total(found: &SeasonReturn) -> Traced {
    traced(found, "total", found.review.outcome.as_ref().and_then(|outcome| outcome.total.clone()))
}

/// Whether a return belongs to the group of `region/North/…`.
fn is_in_group(found: &SeasonReturn, rest: &str) -> bool {
    let Some((by, group)) = rest.split_once('/') else { return false };
    let mine = found.groups.get(by).map_or("not-known", String::as_str);
    group.strip_prefix(mine).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Returns the findings of `rule` or `rule/subject`; a framework's own rules have a stroke in their names.
fn findings(found: &SeasonReturn, rest: &str) -> Vec<Traced> {
    let is_it = |rule: &str, subject: Option<&str>| {
        rest.strip_prefix(rule).is_some_and(|after| after.is_empty() || after.strip_prefix('/') == subject)
    };
    let mine = found.review.findings.iter().filter(|finding| is_it(&finding.rule, finding.subject.as_deref()));
    let cells = mine.map(|finding| Traced {
        sheet: finding.sheet.clone(),
        cell: finding.cell.clone(),
        ..traced(found, &finding.rule, finding.found.clone())
    });
    cells.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::sample;
    use crate::network::statistics::Statistics;

    #[test]
    fn figures_lead_back_to_cells() {
        let frameworks = [sample::usual()];
        let network = sample::network(&frameworks, 30);
        let statistics = Statistics::of_season(&network).unwrap();
        let found = statistics.of("sample").unwrap();
        let criterion = trace(&network, &found.criteria[0].mean.id);
        assert_eq!(criterion.len(), found.coverage.counted);
        assert_eq!(criterion[0].cell.as_deref(), Some("C5"));
        for row in &found.outcomes {
            let traced = trace(&network, &row.share.share.id).len();
            assert_eq!(traced.to_string(), row.share.count.value.unwrap().to_string());
        }
        assert_eq!(trace(&network, &found.sections[0].percent.mean.id).len(), 5 * found.coverage.counted);
        assert!(trace(&network, "sample/nothing/at-all").is_empty());
        let rule = found.findings.iter().find(|row| row.subject.is_some()).unwrap();
        assert_eq!(trace(&network, &rule.id).len(), rule.times);
    }
}
