//! The sections of a return against what they can reach.

use serde::Serialize;

use crate::exact::Exact;
use crate::framework::{Framework, Section};
use crate::report::peers::Peers;
use crate::review::{Review, SectionRecord};
use crate::words::{agree, count, list, number};

/// The most sections that a sentence names.
const MOST_NAMED: usize = 3;

/// The sections as a template sees them.
#[derive(Clone, Debug, Serialize)]
pub(super) struct SectionsView {
    sentences: Vec<String>,
    caption: String,
    weighted: bool,
    compared: bool,
    rows: Vec<SectionRow>,
}

/// A section's row; places on its bar are between nought and one.
#[derive(Clone, Debug, Serialize)]
struct SectionRow {
    title: String,
    score: String,
    low: f64,
    high: f64,
    percent: String,
    weight: String,
    contribution: String,
    peer: Option<f64>,
    peer_label: String,
}

/// Returns the sections as a template sees them; `None` where there are none.
pub(super) fn view(framework: &Framework, review: &Review, peers: Option<&Peers>) -> Option<SectionsView> {
    if review.sections.is_empty() || review.outcome.is_none() {
        return None;
    }
    let median = |id: &str| {
        peers.and_then(|peers| peers.sections.iter().find(|(section, _)| section == id)).map(|(_, median)| *median)
    };
    let weighted = review.sections.iter().any(|section| section.weight.is_some());
    let compared = review.sections.iter().any(|section| median(&section.id).is_some());
    Some(SectionsView {
        sentences: sentences(framework, review),
        caption: caption(review, compared),
        weighted,
        compared,
        rows: review.sections.iter().map(|section| row(framework, section, median(&section.id))).collect(),
    })
}

/// Returns a section's name and title, once where the title begins with the name.
pub(in crate::report) fn title(section: &Section) -> String {
    let id = section.id.as_str();
    if section.title.starts_with(id) { section.title.clone() } else { format!("{id} {}", section.title) }
}

/// Returns the title of the section of this name.
fn titled(framework: &Framework, id: &str) -> String {
    framework.section(id).map_or_else(|| id.to_owned(), title)
}

/// Returns what the bars show.
fn caption(review: &Review, compared: bool) -> String {
    let open = review.sections.iter().any(|section| section.score.is_none());
    let hatched = if open { "; the hatched part is open while answers are missing" } else { "" };
    let median = if compared { "; the tick is the network\u{2019}s median" } else { "" };
    format!("Sections against the most that each can score{hatched}{median}")
}

/// Returns a section's row.
fn row(framework: &Framework, section: &SectionRecord, median: Option<f64>) -> SectionRow {
    let share = |points: &Exact| points.divided_by(&section.max).map_or(0.0, |share| share.to_float());
    let (low, high) =
        (section.score.as_ref().unwrap_or(&section.lowest), section.score.as_ref().unwrap_or(&section.highest));
    let score = match &section.score {
        Some(score) => number(score, 2),
        None => format!("{}\u{2013}{}", number(&section.lowest, 2), number(&section.highest, 2)),
    };
    let percent = |share: &Option<Exact>| {
        share.as_ref().map_or_else(|| "\u{2013}".to_owned(), |value| format!("{}%", number(value, 1)))
    };
    SectionRow {
        title: titled(framework, &section.id),
        score: format!("{score} of {}", number(&section.max, 2)),
        low: share(low),
        high: share(high),
        percent: percent(&section.percent),
        weight: percent(&section.weight),
        contribution: section.contribution.as_ref().map_or_else(|| "\u{2013}".to_owned(), |value| value.to_fixed(2)),
        peer: median.map(part_of_hundred),
        peer_label: median.map_or_else(|| "\u{2013}".to_owned(), |median| format!("{median:.1}%")),
    }
}

/// Returns a percentage as a part of one.
#[expect(clippy::float_arithmetic, reason = "a place on a chart is no score")]
fn part_of_hundred(percent: f64) -> f64 {
    percent / 100.0
}

/// Returns sections by their titles, or only how many where they are many.
fn named_or_counted(titles: &[String]) -> String {
    if titles.len() > MOST_NAMED { count(titles.len(), "section", "sections") } else { list(titles) }
}

/// Returns which sections are strongest and weakest.
fn sentences(framework: &Framework, review: &Review) -> Vec<String> {
    let known: Vec<(&SectionRecord, &Exact)> =
        review.sections.iter().filter_map(|section| Some((section, section.percent.as_ref()?))).collect();
    let open = review.sections.len() - known.len();
    let mut sentences = Vec::new();
    if let (Some(best), Some(worst)) = (known.iter().map(|(_, p)| *p).max(), known.iter().map(|(_, p)| *p).min()) {
        let with = |share: &Exact| -> Vec<String> {
            known.iter().filter(|(_, p)| *p == share).map(|(section, _)| titled(framework, &section.id)).collect()
        };
        let at = |share: &Exact| format!("{}%", number(share, 1));
        if best == worst && known.len() > 1 {
            sentences.push(format!(
                "All {} reach {} of their most.",
                count(known.len(), "section", "sections").replace("no ", ""),
                at(best)
            ));
        } else if known.len() > 1 {
            let said = |share: &Exact| {
                let names = with(share);
                let verb = agree(names.len(), "is", "are");
                format!("{verb} {} with {}", named_or_counted(&names), at(share))
            };
            sentences.push(format!("Strongest {} of the most; weakest {}.", said(best), said(worst)));
        }
    }
    if open > 0 {
        let verb = if open == 1 { "has" } else { "have" };
        sentences.push(format!(
            "{} {verb} no score yet, because answers are missing.",
            crate::words::capital(&count(open, "section", "sections"))
        ));
    }
    sentences
}
