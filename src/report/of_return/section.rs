//! The sections of a return against what they can reach.

use crate::document::{Cell, Column, Fact, Part, Side, Table};
use crate::exact::Exact;
use crate::framework::expression::Mention;
use crate::framework::{Better, Framework, Section};
use crate::outcome;
use crate::report::part_of_hundred;
use crate::report::peers::Peers;
use crate::report::subject::Subjects;
pub(in crate::report) use crate::report::titled::title;
use crate::review::{OutcomeRecord, Review, SectionRecord};
use crate::words::{agree, capital, count, fixed, list, number};

/// The most sections that a sentence names.
const MOST_NAMED: usize = 3;

/// Returns the sections; `None` where there are none.
pub(super) fn part(subjects: &Subjects, peers: Option<&Peers>) -> Option<Part> {
    let review = subjects.review;
    let are_scored = !review.sections.is_empty() && subjects.framework.scores_sections();
    if !are_scored || review.outcome.is_none() {
        return None;
    }
    let table = table(subjects, peers).caption(caption(review, peers));
    Some(Part::new("¤Sections").lead(sentences(subjects)).block(table))
}

/// Returns the network's median of a section.
fn median(peers: Option<&Peers>, section: &SectionRecord) -> Option<f64> {
    peers?.section(&section.id)
}

/// Whether any of a return's sections has a median of the network.
fn is_compared(review: &Review, peers: Option<&Peers>) -> bool {
    review.sections.iter().any(|section| median(peers, section).is_some())
}

/// Returns the sections with what each reaches.
fn table(subjects: &Subjects, peers: Option<&Peers>) -> Table {
    let sections = &subjects.review.sections;
    let weighted = sections.iter().any(|section| section.weight.is_some());
    let compared = is_compared(subjects.review, peers);
    let titled = |section: &SectionRecord| titled(subjects.framework, &section.id).into();
    let width = if weighted && compared { 0.9 } else { 1.3 };
    let most = |section: &SectionRecord| Cell::or_dash(section.percent.as_ref().map(|of| format!("{}%", fixed(of, 1))));
    let weight =
        |section: &SectionRecord| Cell::or_dash(section.weight.as_ref().filter(|_| section.applies()).map(percent));
    let scale = to_total(subjects);
    let added = |section: &SectionRecord| Some((section.contribution.as_ref()? * scale.as_ref()?).to_fixed(2));
    let adds = |section: &SectionRecord| Cell::or_dash(added(section).filter(|_| section.applies()));
    let of_network = |section: &SectionRecord| Cell::or_dash(median(peers, section).map(|of| format!("{of:.1}%")));
    let columns = vec![
        Column::new("¤Section").share(1.6).cell(titled),
        Column::new("Reached").share(width).cell(|section| reached(section, median(peers, section))),
        Column::new("Score").side(Side::Right).cell(|section| score(section).into()),
        Column::new("Of the maximum").side(Side::Right).cell(most),
        Column::new("Weight").side(Side::Right).cell(weight).only_if(weighted),
        Column::new("Adds to ¤total").side(Side::Right).cell(adds).only_if(weighted && scale.is_some()),
        Column::new("¤Network median").side(Side::Right).cell(of_network).only_if(compared),
    ];
    Table::of(sections, columns)
}

/// Returns by what the percentage points that sections add are multiplied to make the total: one where it is in per cent, ten where it
/// goes to a thousand; `None` where the total is no such sum.
fn to_total(subjects: &Subjects) -> Option<Exact> {
    let framework = subjects.framework;
    let per_cent = Exact::from(100);
    let scale = if framework.outcome.unit == "%" {
        Exact::one()
    } else {
        let (least, most) = outcome::range(framework)?;
        least.is_zero().then(|| most.divided_by(&per_cent)).flatten()?
    };
    let added = subjects.review.sections.iter().map(|section| section.contribution.clone()).sum::<Option<Exact>>();
    let total = subjects.review.outcome.as_ref().and_then(|outcome| outcome.total.as_ref());
    let is_sum = added.zip(total).map(|(added, total)| &added * &scale == *total);
    is_sum.unwrap_or_else(|| is_of_sections_alone(framework)).then_some(scale)
}

/// Whether a total is worked out from the weighted sections and nothing else.
fn is_of_sections_alone(framework: &Framework) -> bool {
    let is_of_sections = |mention: &Mention| matches!(mention, Mention::Call(name, _) if name == "weighted_percentage");
    framework.outcome.total.names().iter().all(is_of_sections)
}

/// Returns the title of the section of this name.
fn titled(framework: &Framework, id: &str) -> String {
    framework.section(id).map_or_else(|| id.to_owned(), title)
}

/// Returns what is told of each section; sections of which nothing is told are left out.
pub(in crate::report) fn told(framework: &Framework, told: impl Fn(&Section) -> String) -> Vec<Fact> {
    let facts = framework.sections.iter().map(|section| Fact::new(title(section), told(section)));
    facts.filter(|fact| !fact.value.is_empty()).collect()
}

/// Returns those criteria and measures of a section that are meant, by name.
pub(super) fn items(section: &Section, is_meant: impl Fn(&str) -> bool) -> Vec<&str> {
    let criteria = section.criteria.iter().map(|criterion| criterion.id.as_str());
    let measures = section.measures.iter().map(|measure| measure.id.as_str());
    criteria.chain(measures).filter(|id| is_meant(id)).collect()
}

/// Returns what the bars show.
fn caption(review: &Review, peers: Option<&Peers>) -> String {
    let open = review.sections.iter().any(|section| section.score.is_none());
    let hatched = if open { "; the hatched part is open while answers are missing" } else { "" };
    let median = if is_compared(review, peers) { "; the tick is the ¤network\u{2019}s median" } else { "" };
    format!("¤Sections against the maximum of each{hatched}{median}")
}

/// Returns how much of the most a section reaches, and can reach.
fn reached(section: &SectionRecord, median: Option<f64>) -> Cell {
    let share = |end: &Exact| end.divided_by(&section.max).map_or(0.0, |share| share.to_float());
    let [low, high] = match (&section.score, &section.percent_ends) {
        (Some(score), _) => [share(score); 2],
        (None, Some(ends)) => ends.each_ref().map(|end| part_of_hundred(end.to_float())),
        (None, None) => [&section.lowest, &section.highest].map(share),
    };
    if section.applies() {
        Cell::Bar { low, high, tick: median.map(part_of_hundred) }
    } else {
        Cell::or_dash(None::<Cell>)
    }
}

/// Returns a section's score, or the range of what it can become.
fn score(section: &SectionRecord) -> String {
    let most = number(&section.max, 2);
    let up_to = if section.percent_ends.is_some() { "up to " } else { "" };
    match &section.score {
        Some(_) if !section.applies() => "doesn\u{2019}t apply".to_owned(),
        Some(score) => format!("{} of {most}", number(score, 2)),
        // What is open may be the weights, and not what is counted.
        None if section.lowest == section.highest => format!("{} of {up_to}{most}", number(&section.lowest, 2)),
        None => format!("{}\u{2013}{} of {up_to}{most}", number(&section.lowest, 2), number(&section.highest, 2)),
    }
}

/// Returns per cent with a decimal.
fn percent(share: &Exact) -> String {
    format!("{}%", number(share, 1))
}

/// Returns which sections are strongest and weakest, and how many are open.
fn sentences(subjects: &Subjects) -> Vec<String> {
    let sections = &subjects.review.sections;
    let hundred = Exact::from(100);
    let gained = |section: &SectionRecord| {
        let share = section.percent.as_ref()?;
        let better = subjects.framework.better_in(section.id.as_str());
        Some(if better == Better::Lower { &hundred - share } else { share.clone() })
    };
    let mut scored: Vec<(Exact, &Exact, String)> = sections
        .iter()
        .filter_map(|of| Some((gained(of)?, of.percent.as_ref()?, titled(subjects.framework, &of.id))))
        .collect();
    let open = sections.iter().filter(|section| section.score.is_none()).count();
    scored.sort_by(|(one, ..), (other, ..)| one.cmp(other));
    let scored: Vec<(&Exact, String)> = scored.into_iter().map(|(_, share, title)| (share, title)).collect();
    let mut sentences: Vec<String> = ends(&scored).into_iter().collect();
    if open > 0 {
        let sections = capital(&count(open, "¤section", "¤sections"));
        let outcome = subjects.review.outcome.as_ref();
        let are_missing = outcome.is_none_or(|outcome| !outcome.missing.is_empty());
        let entries = || outcome.and_then(OutcomeRecord::entries_in_words);
        let what = Some("answers are missing".to_owned()).filter(|_| are_missing).or_else(entries);
        let what = what.unwrap_or_else(|| "something is missing".to_owned());
        sentences.push(format!("{sections} {} no score yet, because {what}.", agree(open, "has", "have")));
    }
    sentences
}

/// Returns the strongest and the weakest of several sections, which stand from the weakest on.
fn ends(scored: &[(&Exact, String)]) -> Option<String> {
    let [(worst, _), .., (best, _)] = scored else { return None };
    if best == worst {
        let all = count(scored.len(), "¤section", "¤sections");
        return Some(format!("All {all} reach {} of their maximum.", percent(best)));
    }
    let with = |share: &Exact| {
        let titles: Vec<&String> = scored.iter().filter(|(other, _)| *other == share).map(|(_, title)| title).collect();
        let many = titles.len() > MOST_NAMED;
        let named = if many { count(titles.len(), "¤section", "¤sections") } else { list(&titles) };
        format!("{} {named} with {}", agree(titles.len(), "is", "are"), percent(share))
    };
    Some(format!("Strongest {} of the maximum; weakest {}.", with(best), with(worst)))
}
