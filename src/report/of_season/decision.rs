//! The findings that stand as they are, by decision of the team, and how many the season leaves out or weighs otherwise.

use super::FrameworkSeason;
use super::question::own;
use crate::document::{Cell, Column, Part, Table};
use crate::finding::{Finding, Waived};
use crate::season::decision::is_of_decision;
use crate::wording::excerpt;
use crate::words::{agree, capital, count, file_title, list, sentence};

/// The most findings of one decision that are told one by one.
const MOST_TOLD: usize = 4;

/// The most letters of what a finding says; its return's report has all of it.
const MOST_LETTERS: usize = 240;

/// The findings of one return that stand as they are by one decision.
struct Row<'a> {
    whose: String,
    findings: Vec<&'a Finding>,
    decision: &'a Waived,
}

/// Returns the part; `None` where nothing was decided.
pub(super) fn part(season: &FrameworkSeason) -> Option<Part> {
    let rows = rows(season);
    let columns = vec![
        Column::new("Whose").share(1.0).cell(|row: &Row| (&row.whose).into()),
        Column::new("Finding").share(1.8).cell(|row: &Row| Cell::Lines(told(season, &row.findings))),
        Column::new("Why it stands").share(1.2).cell(|row: &Row| (&row.decision.reason).into()),
        Column::new("Who").share(0.7).cell(|row: &Row| (&row.decision.by).into()),
        Column::new("Until").cell(|row: &Row| row.decision.last_day().into()),
    ];
    let stand: usize = rows.iter().map(|row| row.findings.len()).sum();
    let said = (stand > 0).then(|| {
        let findings = capital(&count(stand, "finding stands", "findings stand"));
        format!("{findings} as {} by decision.", agree(stand, "it is", "they are"))
    });
    let said: Vec<String> = said.into_iter().chain(by_rule(season)).chain(unfit(season)).collect();
    let table = Table::of(&rows, columns).caption("Findings that stand by decision");
    (!said.is_empty()).then(|| Part::new("Decisions on findings").lead(said).block(table))
}

/// Returns the findings that stand, those of one return and one decision together.
fn rows<'a>(season: &FrameworkSeason<'a>) -> Vec<Row<'a>> {
    let of_returns = season.own().flat_map(|sent| {
        let whose = sent.organisation.clone().unwrap_or_else(|| file_title(&sent.review.file));
        sent.review.findings.iter().map(move |finding| (whose.clone(), finding))
    });
    let across = own(season).map(|finding| (finding.organisation().unwrap_or("several").to_owned(), finding));
    let mut rows: Vec<Row> = Vec::new();
    for (whose, finding) in of_returns.chain(across) {
        let Some(decision) = &finding.waived else { continue };
        let is_one = |row: &&mut Row| row.whose == whose && decides_alike(row.decision, decision);
        match rows.last_mut().filter(is_one) {
            Some(row) => row.findings.push(finding),
            None => rows.push(Row { whose, findings: vec![finding], decision }),
        }
    }
    rows
}

/// Whether two findings stand for the same reason, by the same person, until the same day.
fn decides_alike(one: &Waived, other: &Waived) -> bool {
    (&one.reason, &one.by, &one.until) == (&other.reason, &other.by, &other.until)
}

/// Says what was found, of several the first, each once.
fn told(season: &FrameworkSeason, findings: &[&Finding]) -> Vec<String> {
    let said =
        |finding: &&Finding| excerpt(&sentence(&season.without_rules(&finding.message)), MOST_LETTERS).into_owned();
    let more = findings.len().saturating_sub(MOST_TOLD);
    let rest = (more > 0).then(|| format!("And {more} more."));
    findings.iter().take(MOST_TOLD).map(said).chain(rest).collect()
}

/// Says which decisions no longer fit what was sent, of several the first.
fn unfit(season: &FrameworkSeason) -> Vec<String> {
    let findings: Vec<&Finding> = own(season).filter(|finding| is_of_decision(finding)).collect();
    told(season, &findings)
}

/// Says how many findings are left out, and how many rules weigh otherwise; `None` where the season says nothing of rules.
fn by_rule(season: &FrameworkSeason) -> Option<String> {
    let is_own = |file: &String| season.own().any(|sent| sent.review.file == *file);
    let left_out = season.silenced.iter().filter(|silenced| silenced.file.as_ref().is_none_or(is_own)).count();
    let graded = season.graded.iter().filter(|graded| graded.findings > 0).count();
    let said = [
        (left_out > 0).then(|| count(left_out, "finding is left out", "findings are left out")),
        (graded > 0).then(|| count(graded, "rule weighs otherwise than usual", "rules weigh otherwise than usual")),
    ];
    let said: Vec<String> = said.into_iter().flatten().collect();
    (!said.is_empty()).then(|| {
        let sheet = "the sheet \u{201c}Decisions\u{201d} of the season workbook lists them";
        format!("{}, as the season\u{2019}s settings say; {sheet}.", capital(&list(&said)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Place, RuleId, Severity};
    use crate::report::Audience;
    use crate::season::decision::{Regraded, Silenced, WAIVER_EXPIRED};
    use crate::season::sample;
    use crate::statistics::Statistics;

    #[test]
    fn what_is_left_out_and_what_weighs_otherwise_is_told_beside_what_stands() {
        let frameworks = [sample::usual()];
        let mut season = sample::season(&frameworks, 4);
        let finding = |effects: Vec<Finding>| {
            let rule = RuleId::named("number-as-text".to_owned());
            Finding::of_rule(rule, Severity::Warning, Place::Workbook, "it is text".to_owned()).with_effects(effects)
        };
        let own = season.returns[0].review.file.clone();
        let silenced =
            |file: &str| Silenced { file: Some(file.to_owned()), organisation: None, finding: finding(Vec::new()) };
        let graded = |findings| Regraded { rule: "evidence-missing".to_owned(), severity: Severity::Note, findings };
        let statistics = Statistics::of_season(&season).unwrap();
        let lead = |season: &crate::season::Season| {
            let part = part(&FrameworkSeason::sampled(season, &statistics, Audience::Team));
            part.map(|part| part.leading().join(" "))
        };
        assert_eq!(lead(&season), None);
        season.decisions.silenced = vec![silenced(&own), silenced("of another framework.xlsx")];
        season.decisions.graded = vec![graded(3), graded(0)];
        let by_rule = "finding is left out and 1 rule weighs otherwise than usual, as the season\u{2019}s settings say; \
                       the sheet \u{201c}Decisions\u{201d} of the season workbook lists them.";
        assert_eq!(lead(&season), Some(format!("1 {by_rule}")));
        let waived = finding(vec![finding(Vec::new())]).waived(&Waived::default());
        season.returns[0].review.findings = vec![waived.clone()];
        assert_eq!(lead(&season), Some(format!("1 finding stands as it is by decision. 1 {by_rule}")));
        // What one decision settles in a return is one row.
        let another = finding(Vec::new()).waived(&Waived { by: "A. Jones".to_owned(), ..Waived::default() });
        season.returns[0].review.findings = [vec![waived; 6], vec![another]].concat();
        let view = FrameworkSeason::sampled(&season, &statistics, Audience::Team);
        let of: Vec<usize> = rows(&view).iter().map(|row| row.findings.len()).collect();
        assert_eq!((of, told(&view, &rows(&view)[0].findings).len()), (vec![6, 1], MOST_TOLD + 1));
        assert_eq!(lead(&season), Some(format!("7 findings stand as they are by decision. 1 {by_rule}")));
        let ended = Finding::new(&WAIVER_EXPIRED, Place::of_season(None, [own.as_str()]), "the waiver ended");
        let view = FrameworkSeason { findings: &[ended], ..view };
        assert!(part(&view).unwrap().leading().join(" ").ends_with("lists them. The waiver ended."));
    }
}
