//! What the framework itself should reconsider, and what stands out over several returns.

use std::collections::BTreeSet;

use super::{FrameworkSeason, pairs};
use crate::document::{Cell, Column, Fact, Part, Table};
use crate::finding::Finding;
use crate::season::decision::is_of_decision;
use crate::season::rules::{finding_systemic, return_missing};
use crate::statistics::verdict::gathered::gathered;
use crate::statistics::verdict::question;
use crate::words::sentence;

/// The most findings of one rule over several returns that are listed.
const MOST: usize = 8;

/// What one rule found over several returns: its name, and the findings as sentences.
type Together<'a> = (&'a str, Vec<String>);

/// Returns what the framework should reconsider.
pub(in crate::report) fn questions(season: &FrameworkSeason) -> Part {
    let asked = gathered(&question::questions(season.framework, season.statistics));
    let rows: Vec<Fact> = asked.iter().map(|asked| Fact::new(&asked.about, &asked.sentence)).collect();
    let part = Part::new("What the framework itself should reconsider").lead([question::sentence(rows.len())]);
    match &rows[..] {
        [only] => part.paragraphs([format!("{}: {}", only.label, only.value)]),
        rows => part.block(pairs(rows, ["About", "What stands out"]).caption("Questions to the framework")),
    }
}

/// Returns what was found over several returns, by rule; `None` where nothing was.
pub(super) fn together(season: &FrameworkSeason) -> Option<Part> {
    let mut rules: Vec<Together> = Vec::new();
    // What nearly all have stands among the questions already, and what stands by decision or is wrong with one among the decisions.
    let is_told = |finding: &&Finding| {
        !finding.is_of(&finding_systemic::RULE) && finding.waived.is_none() && !is_of_decision(finding)
    };
    for finding in own(season).filter(is_told) {
        let (rule, message) = (finding.rule.as_str(), sentence(&season.without_rules(&finding.message)));
        match rules.iter_mut().find(|(other, _)| *other == rule) {
            Some((_, messages)) => messages.push(message),
            None => rules.push((rule, vec![message])),
        }
    }
    let kind = |(rule, messages): &Together| format!("{} ({})", season.finding(rule), messages.len()).into();
    let columns = vec![
        Column::new("Finding").share(1.0).cell(kind),
        Column::new("What was found").share(2.4).cell(|(_, messages): &Together| Cell::Lines(first(messages))),
    ];
    let table = Table::of(&rules, columns).caption("Findings over several ¤returns");
    (!rules.is_empty()).then(|| Part::new("What several ¤returns show together").block(table))
}

/// Returns the findings over several returns of which one is on this framework; those over none where all are.
pub(super) fn own<'a>(season: &FrameworkSeason<'a>) -> impl Iterator<Item = &'a Finding> {
    let files: BTreeSet<&String> = season.own().map(|sent| &sent.review.file).collect();
    let used = season.returns.iter().filter_map(|sent| sent.review.framework.as_ref());
    let is_only = used.collect::<BTreeSet<_>>().len() < 2;
    let coverage = &season.statistics.coverage;
    let unnamed = coverage.organisations_unnamed.iter().map(|(organisation, _)| organisation);
    let awaited: BTreeSet<&String> = coverage.organisations_missing.iter().chain(unnamed).collect();
    // What is expected of this framework is missing here, whatever file may hold it.
    let is_awaited = move |finding: &Finding| {
        let organisation = finding.organisation().map(ToOwned::to_owned);
        finding.is_of(&return_missing::RULE) && organisation.is_some_and(|name| awaited.contains(&name))
    };
    season.findings.iter().filter(move |finding| match finding.files() {
        [] => is_only || is_awaited(finding),
        some => some.iter().any(|file| files.contains(file)) || is_awaited(finding),
    })
}

/// Returns the first messages of a rule, and how many more there are.
fn first(messages: &[String]) -> Vec<String> {
    let rest = if messages.len() > MOST + 1 { messages.len() - MOST } else { 0 };
    let more = format!("{rest} more are on the sheet \u{201c}Findings\u{201d} of the season workbook.");
    messages[..messages.len() - rest].iter().cloned().chain((rest > 0).then_some(more)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Place, Waived};
    use crate::report::Audience;
    use crate::season::decision::WAIVER_EXPIRED;
    use crate::season::sample;
    use crate::statistics::Statistics;

    #[test]
    fn what_stands_by_decision_is_no_finding_over_several_returns() {
        let frameworks = [sample::usual()];
        let season = sample::season(&frameworks, 4);
        let statistics = Statistics::of_season(&season).unwrap();
        let missing = |name: &str| {
            Finding::new(&return_missing::RULE, Place::of_season(Some(name), []), format!("{name} sent nothing"))
        };
        let told = |findings: &[Finding]| {
            let sampled = FrameworkSeason::sampled(&season, &statistics, Audience::Team);
            together(&FrameworkSeason { findings, ..sampled }).map(|part| crate::document::rows(&part))
        };
        let waived = missing("Acme").waived(&Waived::default());
        assert_eq!(told(std::slice::from_ref(&waived)), None);
        let ended = Finding::new(&WAIVER_EXPIRED, Place::of_season(Some("Acme"), []), "the waiver ended");
        assert_eq!(told(&[ended]), None);
        let kinds = told(&[waived, missing("Beta")]).unwrap();
        assert_eq!(kinds.iter().map(|row| row[0].as_str()).collect::<Vec<_>>(), ["Return missing (1)"]);
    }

    #[test]
    fn rules_are_named_by_what_they_find_for_those_who_know_none() {
        let frameworks = [sample::usual()];
        let season = sample::season(&frameworks, 3);
        let statistics = Statistics::of_season(&season).unwrap();
        let message = "the waiver of `answer-blank` at `1.1` names nothing that was found; `open";
        let finding = Finding::new(&return_missing::RULE, Place::of_season(None, []), message);
        let of = FrameworkSeason {
            findings: &[finding],
            title_of: |rule| (rule == "answer-blank").then_some("nothing stands where an answer belongs"),
            ..FrameworkSeason::sampled(&season, &statistics, Audience::Team)
        };
        let told = crate::document::rows(&together(&of).unwrap());
        let said = "The waiver of \u{201c}nothing stands where an answer belongs\u{201d} at `1.1` names nothing that was found; `open.";
        assert_eq!(told[0][1], said);
    }
}
