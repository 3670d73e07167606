//! The sections of a return against what they can reach.

use crate::document::{Cell, Column, Part, Side, Table};
use crate::exact::Exact;
use crate::framework::{Framework, Section};
use crate::report::peers::Peers;
use crate::review::{Review, SectionRecord};
use crate::words::{agree, count, list, number};

/// The most sections that a sentence names.
const MOST_NAMED: usize = 3;

/// Returns the sections; `None` where there are none.
pub(super) fn part(framework: &Framework, review: &Review, peers: Option<&Peers>) -> Option<Part> {
    if review.sections.is_empty() || review.outcome.is_none() {
        return None;
    }
    let table = table(framework, &review.sections, peers).caption(caption(review, peers));
    Some(Part::new("Sections").lead(sentences(framework, review)).block(table))
}

/// Returns the network's median of a section.
fn median(peers: Option<&Peers>, section: &SectionRecord) -> Option<f64> {
    peers?.sections.iter().find(|(id, _)| *id == *section.id).map(|(_, median)| *median)
}

/// Whether any of a return's sections has a median of the network.
fn is_compared(sections: &[SectionRecord], peers: Option<&Peers>) -> bool {
    sections.iter().any(|section| median(peers, section).is_some())
}

/// Returns the sections with what each reaches.
fn table(framework: &Framework, sections: &[SectionRecord], peers: Option<&Peers>) -> Table {
    let weighted = sections.iter().any(|section| section.weight.is_some());
    let compared = is_compared(sections, peers);
    let of_network = move |section: &SectionRecord| {
        median(peers, section).map_or_else(|| "\u{2013}".to_owned(), |median| format!("{median:.1}%")).into()
    };
    let columns = vec![
        Column::new("Section").share(1.6).cell(|section: &SectionRecord| titled(framework, &section.id).into()),
        Column::new("Reached")
            .share(if weighted && compared { 0.9 } else { 1.3 })
            .cell(move |section| reached(section, median(peers, section))),
        Column::new("Score").side(Side::Right).cell(score),
        Column::new("Of the most").side(Side::Right).cell(|section: &SectionRecord| percent(section.percent.as_ref())),
        Column::new("Weight")
            .side(Side::Right)
            .cell(|section: &SectionRecord| percent(section.weight.as_ref()))
            .only_if(weighted),
        Column::new("Adds to total").side(Side::Right).cell(contribution).only_if(weighted),
        Column::new("Network median").side(Side::Right).cell(of_network).only_if(compared),
    ];
    Table::of(sections, columns)
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
fn caption(review: &Review, peers: Option<&Peers>) -> String {
    let open = review.sections.iter().any(|section| section.score.is_none());
    let hatched = if open { "; the hatched part is open while answers are missing" } else { "" };
    let median = if is_compared(&review.sections, peers) { "; the tick is the network\u{2019}s median" } else { "" };
    format!("Sections against the most that each can score{hatched}{median}")
}

/// Returns how much of the most a section reaches, and can reach.
fn reached(section: &SectionRecord, median: Option<f64>) -> Cell {
    let share = |points: &Exact| points.divided_by(&section.max).map_or(0.0, |share| share.to_float());
    let (low, high) =
        (section.score.as_ref().unwrap_or(&section.lowest), section.score.as_ref().unwrap_or(&section.highest));
    Cell::Bar { low: share(low), high: share(high), tick: median.map(part_of_hundred) }
}

/// Returns a section's score, or the range of what it can become.
fn score(section: &SectionRecord) -> Cell {
    let score = match &section.score {
        Some(score) => number(score, 2),
        None => format!("{}\u{2013}{}", number(&section.lowest, 2), number(&section.highest, 2)),
    };
    format!("{score} of {}", number(&section.max, 2)).into()
}

/// Returns per cent with a decimal.
fn percent(share: Option<&Exact>) -> Cell {
    share.map_or_else(|| "\u{2013}".to_owned(), |value| format!("{}%", number(value, 1))).into()
}

/// Returns what a section adds to the total.
fn contribution(section: &SectionRecord) -> Cell {
    section.contribution.as_ref().map_or_else(|| "\u{2013}".to_owned(), |value| value.to_fixed(2)).into()
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
