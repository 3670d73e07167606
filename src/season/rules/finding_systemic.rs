//! The same finding at the same place in so many returns that the form is the likelier cause.

use std::collections::{BTreeMap, BTreeSet};

use super::{Season, SeasonRule};
use crate::finding::{Finding, Place, Severity, declare_rule};
use crate::framework::{self, Framework, FrameworkId};
use crate::season::SeasonReturn;
use crate::words::words_of;

declare_rule! {
    RULE = "finding-systemic", Note, Allowed,
    "the same finding at the same place in so many returns that the form or the guidance is the likelier cause"
}

/// The rule with its check.
pub const CHECK: SeasonRule = SeasonRule { rule: &RULE, check, is_ranked: false };

/// A finding in fewer returns than this is never systemic.
pub const LEAST_RETURNS: usize = 5;

/// Whether so many of the returns have a finding that the form is the likelier cause: two in five.
pub fn is_systemic(having: usize, returns: usize) -> bool {
    having >= LEAST_RETURNS && having * 5 >= returns * 2
}

/// Whether a finding comes near to that: one return in five.
pub fn is_nearly_systemic(having: usize, returns: usize) -> bool {
    having >= LEAST_RETURNS && having * 5 >= returns
}

/// Whether nearly all of the returns have a finding: four in five.
fn is_everybodys(having: usize, returns: usize) -> bool {
    having >= LEAST_RETURNS && having * 5 >= returns * 4
}

/// Marks what nearly every return of a framework has, so that no sender is asked; an error has to be put right all the same.
pub fn tell_once(season: &mut Season) {
    let everybodys: BTreeSet<(FrameworkId, String, String)> =
        season.by_framework().into_iter().flat_map(everybodys).collect();
    for sent in &mut season.returns {
        let Some(framework) = sent.review.framework.clone() else { continue };
        for finding in sent.review.findings.iter_mut().filter(|finding| finding.severity == Severity::Warning) {
            let place = place(finding).map(|place| (framework.clone(), finding.rule.as_str().to_owned(), place));
            finding.is_everybodys = place.is_some_and(|place| everybodys.contains(&place));
        }
    }
}

/// Returns the warnings that nearly all of the returns of a framework have: framework, rule and place.
fn everybodys<'a>(
    (framework, returns): (&'a FrameworkId, Vec<&'a SeasonReturn>),
) -> Vec<(FrameworkId, String, String)> {
    let of_nearly_all = having(&returns).into_iter().filter(|(_, files)| is_everybodys(files.len(), returns.len()));
    of_nearly_all.map(|((rule, place), _)| (framework.clone(), rule.to_owned(), place)).collect()
}

/// Finds findings that many returns of a framework share.
fn check(season: &Season) -> Vec<Finding> {
    let named = |(id, returns): (&FrameworkId, Vec<&SeasonReturn>)| {
        let framework = framework::find(season.frameworks, id, None);
        framework.map_or_else(Vec::new, |framework| systemic(framework, &returns))
    };
    season.by_framework().into_iter().flat_map(named).collect()
}

/// Finds findings that many of these returns share.
fn systemic(framework: &Framework, returns: &[&SeasonReturn]) -> Vec<Finding> {
    let systemic = having(returns).into_iter().filter(|(_, files)| is_systemic(files.len(), returns.len()));
    systemic.map(|((rule, place), files)| said(framework, rule, &place, &files, returns.len())).collect()
}

/// Returns which returns have which findings, by rule and place.
fn having<'a>(returns: &[&'a SeasonReturn]) -> BTreeMap<(&'a str, String), BTreeSet<&'a str>> {
    let mut having: BTreeMap<(&str, String), BTreeSet<&str>> = BTreeMap::new();
    for sent in returns {
        for finding in sent.review.findings.iter().filter(|finding| finding.severity > Severity::Note) {
            if let Some(place) = place(finding) {
                having.entry((finding.rule.as_str(), place)).or_default().insert(&sent.review.file);
            }
        }
    }
    having
}

/// Returns what tells that two findings of different returns are at the same place; `None` for the workbook as a whole.
fn place(finding: &Finding) -> Option<String> {
    let cell = || Some(format!("{} {}", finding.sheet()?, finding.cell().unwrap_or_default()));
    finding.subject.clone().or_else(cell).map(|place| place.trim_end().to_owned())
}

/// Says what many returns share.
fn said(framework: &Framework, rule: &str, place: &str, files: &BTreeSet<&str>, of: usize) -> Finding {
    let place = framework.called(place).map_or_else(|| place.to_owned(), |label| format!("“{label}”"));
    let (many, title, rule) = (files.len(), &framework.title, words_of(rule));
    let message = format!("{many} of {of} ¤returns of {title} have the finding “{rule}” at {place}");
    let help = "See whether the form or its guidance leads people here, before asking each of them to put it right.";
    let place = Place::of_season(None, files.iter().copied());
    Finding::new(&RULE, place, framework.spelled(&message)).with_help(help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::season::sample::{finding, review, usual};
    use crate::season::{Settings, Surroundings};

    #[test]
    fn senders_are_not_asked_about_warnings_that_nearly_everybody_gets() {
        let frameworks = [usual()];
        for (having, asks_everybody, expected) in [(6, false, 1), (5, false, 1), (4, false, 2), (6, true, 2)] {
            let of = |number: usize| {
                let answers = [Some(1); 12];
                let mut review = review(&frameworks[0], &format!("Organisation {number}"), "Self", &answers);
                review.findings = vec![finding("answer-blank", Severity::Error, "1.2", 6)];
                let warning = finding("evidence-missing", Severity::Warning, "1.1", 5);
                review.findings.extend((number < having).then_some(warning));
                review
            };
            let settings = Settings { asks_everybody, ..Settings::default() };
            let surroundings = Surroundings { settings, ..Surroundings::default() };
            let season = Season::new(&frameworks, surroundings, (0..6).map(of).collect());
            let first = &season.returns[0].review;
            let asked = (first.asked().count(), first.for_sender().findings.len(), first.findings.len());
            assert_eq!(asked, (expected, expected, 2), "{having} {asks_everybody}");
            assert!(season.findings.iter().any(|finding| finding.is_of(&RULE)), "{having} {asks_everybody}");
        }
    }
}
