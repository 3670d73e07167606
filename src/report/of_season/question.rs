//! The commonest findings, and what the framework itself should reconsider.

use super::{Season, pairs, percent};
use crate::document::{Cell, Column, Fact, Part, Side, Table};
use crate::exact::Exact;
use crate::statistics::FindingRow;
use crate::statistics::verdict::question;
use crate::words::{count, duty_of_some, list_of_at_most, sentence, thousands, words_of};

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
    let at = at.filter(|row| row.subject.is_some() && question::is_of_the_form(season.statistics, row));
    let named: Vec<String> =
        at.filter_map(|row| Some(format!("{} ({})", row.subject.as_ref()?, row.returns))).collect();
    list_of_at_most(&named, MOST_PLACES)
}

/// Returns a share in per cent.
fn shown(share: f64) -> String {
    Exact::from_float(share).map_or_else(String::new, |share| percent(&share))
}

/// Returns what the framework should reconsider, and what stands out over several returns.
pub(super) fn part(season: &Season) -> Part {
    let questions = question::questions(season.statistics);
    let rows: Vec<Fact> = questions.iter().map(|question| Fact::new(&question.about, &question.sentence)).collect();
    Part::new("What the framework itself should reconsider")
        .lead([question::sentence(&questions)])
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
