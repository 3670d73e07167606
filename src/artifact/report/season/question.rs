//! The commonest findings, and what the framework itself should reconsider.

use serde::Serialize;

use super::outcome::trace;
use super::{Season, percent, value};
use crate::artifact::report::sentence::{agree, capital, count, sentence, words_of};
use crate::artifact::report::view::Fact;
use crate::exact::Exact;
use crate::network::statistics::{CriterionRow, FindingRow, Prevalence};

/// The most findings that are listed.
const MOST: usize = 15;

/// The commonest findings as a template sees them.
#[derive(Clone, Debug, Serialize)]
pub(super) struct FindingsView {
    sentence: String,
    rows: Vec<Row>,
    trace: String,
}

/// One kind of finding.
#[derive(Clone, Debug, Serialize)]
struct Row {
    title: String,
    about: String,
    severity: &'static str,
    times: usize,
    returns: String,
    share: f64,
}

/// What the framework should reconsider.
#[derive(Clone, Debug, Serialize)]
pub(super) struct QuestionsView {
    sentence: String,
    rows: Vec<Fact>,
    season: Vec<Fact>,
}

/// Returns the commonest findings; `None` where there are none.
pub(super) fn findings(season: &Season) -> Option<FindingsView> {
    let rows = &season.statistics.findings;
    let first = rows.first()?;
    let row = |row: &FindingRow| Row {
        title: words_of(&row.rule),
        about: row.subject.clone().unwrap_or_else(|| "all".to_owned()),
        severity: row.severity.as_str(),
        times: row.times,
        returns: format!("{} ({})", row.returns, shown(row.share)),
        share: row.share,
    };
    Some(FindingsView {
        sentence: format!(
            "The commonest finding is \u{201c}{}\u{201d}: {} in {}.",
            words_of(&first.rule),
            count(first.times, "time", "times"),
            count(first.returns, "return", "returns")
        ),
        rows: rows.iter().take(MOST).map(row).collect(),
        trace: trace(season.statistics, "finding"),
    })
}

/// Returns a share in per cent.
fn shown(share: f64) -> String {
    Exact::from_float(share).map_or_else(String::new, |share| percent(&share))
}

/// Returns what the framework should reconsider, and what stands out over several returns.
pub(super) fn view(season: &Season) -> QuestionsView {
    let alpha = season.statistics.consistency.as_ref().and_then(|found| value(&found.overall.alpha));
    let mut rows: Vec<Fact> = season.statistics.criteria.iter().filter_map(|row| question(row, alpha)).collect();
    rows.extend(season.statistics.findings.iter().filter_map(systemic));
    let season = season.findings.iter().map(|finding| {
        let whose = finding.organisation.clone().unwrap_or_else(|| words_of(&finding.rule));
        Fact::new(whose, sentence(&finding.message))
    });
    QuestionsView {
        sentence: match rows.len() {
            0 => "Nothing in these returns points to the form or the guidance rather than to those who filled it in."
                .to_owned(),
            number => format!(
                "{} the form or the guidance as the likelier cause, or {} little to tell returns apart.",
                capital(&count(number, "thing points to", "things point to")),
                agree(number, "does", "do")
            ),
        },
        rows,
        season: season.take(40).collect(),
    }
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
        let tells = tells.and_then(Exact::from_float).map_or_else(String::new, |tells| tells.to_fixed(2));
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
