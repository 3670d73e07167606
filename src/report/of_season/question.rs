//! The commonest findings, and what the framework itself should reconsider.

use super::{Season, pairs, percent, value};
use crate::document::{Cell, Column, Fact, Part, Side, Table};
use crate::exact::Exact;
use crate::statistics::{CriterionRow, FindingRow, Prevalence};
use crate::words::{agree, capital, count, duty_of_some, fixed, list_of_at_most, sentence, thousands, words_of};

/// The most findings that are listed.
const MOST: usize = 12;
/// The most places of a finding that are named.
const MOST_PLACES: usize = 3;
/// The most findings of one rule over several returns that are listed.
const MOST_TOGETHER: usize = 8;

/// Returns the commonest findings; `None` where there are none.
pub(super) fn findings(season: &Season) -> Option<Part> {
    let rows: Vec<&FindingRow> = season.statistics.findings.iter().filter(|row| row.subject.is_none()).collect();
    let listed = &rows[..rows.len().min(MOST)];
    // At which criteria or measures several returns have it; nothing where it is at others in each.
    let about = |row: &&FindingRow| places(season, row);
    let columns = vec![
        Column::new("Finding").share(1.4).cell(|row: &&FindingRow| words_of(&row.rule).into()),
        Column::new("In several returns at")
            .share(1.1)
            .cell(move |row| about(row).into())
            .only_if(listed.iter().any(|row| !about(row).is_empty())),
        Column::new("Duty").cell(|row: &&FindingRow| duty_of_some(row.severity).into()),
        Column::new("Share of returns").share(1.0).cell(|row: &&FindingRow| Cell::Bar {
            low: row.share,
            high: row.share,
            tick: None,
        }),
        Column::new("Returns")
            .side(Side::Right)
            .cell(|row: &&FindingRow| format!("{} ({})", thousands(row.returns), shown(row.share)).into()),
        Column::new("Times").cell(|row: &&FindingRow| row.times.into()),
    ];
    let table = Table::of(listed, columns).caption("The commonest findings").whole(MOST);
    Some(Part::new("Commonest findings").lead([commonest(rows.first()?, rows.len())]).block(table))
}

/// Says which finding is the commonest, and how many kinds are left out.
fn commonest(first: &FindingRow, kinds: usize) -> String {
    let left_out = match kinds.saturating_sub(MOST) {
        0 => String::new(),
        1 => " The table leaves out one kind of finding that is rarer.".to_owned(),
        more => format!(" The table leaves out {more} kinds of finding that are rarer."),
    };
    format!(
        "The commonest finding is \u{201c}{}\u{201d}, found {} in {}.{left_out}",
        words_of(&first.rule),
        if first.times == 1 { "once".to_owned() } else { count(first.times, "time", "times") },
        count(first.returns, "return", "returns")
    )
}

/// Returns at which criteria and measures several returns have a finding, the commonest first.
fn places(season: &Season, of: &FindingRow) -> String {
    let at = season.statistics.findings.iter().filter(|row| row.rule == of.rule && row.returns > 1);
    let at = at.filter(|row| row.subject.is_some() && is_of_the_form(season, row));
    let named: Vec<String> =
        at.filter_map(|row| Some(format!("{} ({})", row.subject.as_ref()?, row.returns))).collect();
    list_of_at_most(&named, MOST_PLACES)
}

/// Whether a finding is about the form as a whole or one of its criteria and measures. What it says of a row of a register names a
/// person or a partner, which is for the sender alone.
fn is_of_the_form(season: &Season, row: &FindingRow) -> bool {
    let known = |subject: &String| {
        season.statistics.criteria.iter().any(|criterion| criterion.criterion == *subject)
            || season.statistics.measures.iter().any(|measure| measure.measure == *subject)
    };
    row.subject.as_ref().is_none_or(known)
}

/// Returns a share in per cent.
fn shown(share: f64) -> String {
    Exact::from_float(share).map_or_else(String::new, |share| percent(&share))
}

/// Returns what the framework should reconsider, and what stands out over several returns.
pub(super) fn part(season: &Season) -> Part {
    let alpha = season.statistics.consistency.as_ref().and_then(|found| value(&found.overall.alpha));
    let mut rows: Vec<Fact> = season.statistics.criteria.iter().filter_map(|row| question(row, alpha)).collect();
    let findings = season.statistics.findings.iter().filter(|row| is_of_the_form(season, row));
    rows.extend(findings.filter_map(systemic));
    let sentence = match rows.len() {
        0 => "Nothing in these returns points to the form or the guidance rather than to those who filled it in."
            .to_owned(),
        number => format!(
            "{} the form or the guidance as the likelier cause, or {} little to tell returns apart.",
            capital(&count(number, "thing points to", "things point to")),
            agree(number, "does", "do")
        ),
    };
    Part::new("What the framework itself should reconsider")
        .lead([sentence])
        .block(pairs(&rows, ["About", "What stands out"]).caption("Questions to the framework"))
        .part(together(season))
}

/// What one rule found over several returns.
struct Together<'a> {
    rule: &'a str,
    messages: Vec<String>,
}

/// Returns what was found over several returns, by rule; `None` where nothing was. Of other frameworks' returns it tells nothing.
fn together(season: &Season) -> Option<Part> {
    let own = |file: &String| {
        let found = season.returns.iter().find(|found| found.review.file == *file);
        found.is_some_and(|found| found.review.framework.as_ref() == Some(&season.statistics.framework))
    };
    let only = season.returns.iter().filter_map(|found| found.review.framework.as_ref());
    let only = only.collect::<std::collections::BTreeSet<_>>().len() < 2;
    let mine = season
        .findings
        .iter()
        .filter(|finding| finding.files().iter().any(own) || (finding.files().is_empty() && only));
    let mut rules: Vec<Together> = Vec::new();
    for finding in mine {
        let message = sentence(&finding.message);
        match rules.iter_mut().find(|of| of.rule == finding.rule.as_str()) {
            Some(of) => of.messages.push(message),
            None => rules.push(Together { rule: finding.rule.as_str(), messages: vec![message] }),
        }
    }
    let columns = vec![
        Column::new("Finding")
            .share(1.0)
            .cell(|of: &Together| format!("{} ({})", words_of(of.rule), of.messages.len()).into()),
        Column::new("What was found").share(2.4).cell(|of: &Together| Cell::Lines(first_messages(&of.messages))),
    ];
    let table = Table::of(&rules, columns).caption("Findings over several returns");
    (!rules.is_empty()).then(|| Part::new("Seen only over several returns").block(table))
}

/// Returns the first messages of a rule, and how many more there are.
fn first_messages(messages: &[String]) -> Vec<String> {
    if messages.len() <= MOST_TOGETHER + 1 {
        return messages.to_vec();
    }
    let rest = messages.len() - MOST_TOGETHER;
    let more = format!("{rest} more are on the sheet \u{201c}Findings\u{201d} of the season workbook.");
    messages[..MOST_TOGETHER].iter().cloned().chain([more]).collect()
}

/// Returns what to ask about a criterion, given alpha of all of them; `None` where nothing stands out.
fn question(row: &CriterionRow, alpha: Option<f64>) -> Option<Fact> {
    let label = format!("{} {}", row.criterion, row.short);
    let best = value(&row.best.share).filter(|_| row.answered >= 10);
    let tells = value(&row.discrimination);
    let asked = row.answered.saturating_add(row.missing);
    if best == Some(1.0) {
        return Some(Fact::new(
            label,
            format!(
                "All {} have the best grade, so it doesn\u{2019}t tell returns apart.",
                count(row.answered, "answer", "answers")
            ),
        ));
    }
    if tells.is_some_and(|tells| tells < 0.1) {
        let tells = tells.and_then(Exact::from_float).map_or_else(String::new, |tells| fixed(&tells, 2));
        return Some(Fact::new(
            label,
            format!(
                "It hardly goes with the rest of the total (correlation {tells}): is it understood as it is meant?"
            ),
        ));
    }
    if let Some((all, without)) =
        alpha.zip(value(&row.alpha_without)).filter(|(all, without)| is_better(*all, *without))
    {
        let two = |value| Exact::from_float(value).map_or_else(String::new, |value| value.to_fixed(2));
        return Some(Fact::new(
            label,
            format!(
                "The other criteria go together better without it (alpha {} rather than {}).",
                two(without),
                two(all)
            ),
        ));
    }
    let rarely = asked >= 10 && row.answered.saturating_mul(4) < asked.saturating_mul(3);
    rarely.then(|| Fact::new(label, format!("Only {} of {asked} returns answer it.", row.answered)))
}

/// Whether the criteria go together better by more than the last digit that is shown.
#[expect(clippy::float_arithmetic, reason = "figures are compared for their words")]
fn is_better(all: f64, without: f64) -> bool {
    without - all > 0.01
}

/// Returns a finding that is in so many returns that the form is the likelier cause.
fn systemic(row: &FindingRow) -> Option<Fact> {
    let words = match row.spread {
        Prevalence::Systemic => "the form or its guidance is the likelier cause",
        Prevalence::NearlySystemic => "the form or its guidance may be the cause",
        Prevalence::Scattered => return None,
    };
    let about = row.subject.as_ref().map_or_else(String::new, |subject| format!(" at {subject}"));
    Some(Fact::new(
        format!("{}{about}", words_of(&row.rule)),
        format!("In {} of the returns that count; {words}.", shown(row.share)),
    ))
}
