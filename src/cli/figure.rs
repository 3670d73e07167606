//! `explain --figure`: the returns and cells that a published figure rests on.
//!
//! It reads what a run left in its folder, so that it says what that run rested on, whatever became of the returns since. The
//! beginning of an id lists the figures below it.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

use super::failure::Failure;
use crate::batch::store;
use crate::exact::Exact;
use crate::export::results;
use crate::figure::{FigureId, FigureOf, FigureState, Published};
use crate::review::Review;
use crate::statistics::trace::{Figures, Traced};
use crate::wording::near_hint;
use crate::words::{number, number_of};

/// The most ids that are listed for one that isn't known.
const MOST_NEAR: usize = 12;

/// Returns what a figure rests on, in words.
pub(super) fn explained(id: &str, out: &Path) -> Result<String, Failure> {
    let figures = figures(out)?;
    let reviews = reviews(out)?;
    // Reports print the beginning that the ids of a table share, with dots for the rest.
    let id = id.trim().trim_end_matches('\u{2026}').trim_end_matches("...").trim_end_matches('/');
    if let Some(figure) = figures.find(id) {
        let rest = match figure.state {
            FigureState::Hidden => String::new(),
            FigureState::Shown | FigureState::Undefined if figures.is_of_people(id) => OF_PEOPLE.to_owned(),
            FigureState::Shown | FigureState::Undefined => rests_on(&figures.trace(&reviews, id)),
        };
        return Ok(published(figure) + &rest);
    }
    let below: Vec<&Published> = figures.below(id).collect();
    if !below.is_empty() {
        return Ok(listed(id, &below));
    }
    if let Some(rules) = rules(&figures, &reviews, id) {
        return Ok(rules);
    }
    if let Some(told) = of_people(&figures, id) {
        return Ok(told);
    }
    // What isn't published may be what a hidden figure rests on.
    let traced = if is_open(id) { figures.trace(&reviews, id) } else { Vec::new() };
    if traced.is_empty() {
        return Err(Failure::Unknown(unknown(&figures, &reviews, id)));
    }
    Ok(format!("{id}\n{}", rests_on(&traced)))
}

/// Returns how often each rule found something in the returns of a framework that count, where an id names all findings; `None` where it
/// names something else, or nothing was found.
fn rules(figures: &Figures, reviews: &[Review], id: &str) -> Option<String> {
    let framework = id.strip_suffix("/finding")?;
    let mine = reviews.iter().filter(|review| review.framework.as_deref() == Some(framework));
    let found: BTreeSet<&str> = mine.flat_map(|review| &review.findings).map(|finding| finding.rule.as_str()).collect();
    let lines: Vec<String> = found
        .into_iter()
        .filter_map(|rule| {
            Some(format!("  {framework}/finding/{rule}: {}\n", times(figures, reviews, (framework, rule))?))
        })
        .collect();
    let heading = format!("{} below {id}:\n", number_of(lines.len(), "kind of finding", "kinds of finding"));
    (!lines.is_empty()).then(|| heading + &lines.concat())
}

/// Returns how often a rule found something, as far as reports tell it; `None` where it found nothing in the returns that count.
fn times(figures: &Figures, reviews: &[Review], (framework, rule): (&str, &str)) -> Option<String> {
    let told = figures.told_of_people(framework, rule);
    let counted =
        || Some(figures.trace(reviews, &format!("{framework}/finding/{rule}")).len()).filter(|times| *times > 0);
    told.map_or_else(|| counted().map(|times| times.to_string()), |told| Some(about(told)))
}

/// Returns how often something was found at rows of people, as reports tell it.
fn about(told: Option<usize>) -> String {
    told.map_or_else(|| "not told, because few people stand behind it".to_owned(), |times| format!("about {times}"))
}

/// Says of what was found at rows of people how often that was, as far as reports tell it; `None` where an id names something else.
fn of_people(figures: &Figures, id: &str) -> Option<String> {
    let (framework, name) = id.split_once("/finding/")?;
    figures.is_of_people(id).then(|| {
        let told = figures.told_of_people(framework, name).flatten();
        format!("{id}: {}\n{OF_PEOPLE}", about(told))
    })
}

/// Says why what a figure about people rests on isn't listed.
const OF_PEOPLE: &str = "It rests on rows of people, whom reports count to the nearest few or not at all; so they aren\u{2019}t listed here.\n";

/// Whether what an id names is told though no figure of this id is published: a return, or a kind of finding.
fn is_open(id: &str) -> bool {
    let of = FigureId::parse(id).map(|id| id.of);
    matches!(of, Some(FigureOf::Return { .. } | FigureOf::Finding(_)))
}

/// Reads the figures that a run published.
fn figures(out: &Path) -> Result<Figures, Failure> {
    let file = out.join(results::FIGURES);
    let unusable = |why: String| {
        let advice = "name the folder that `scrutineer run` wrote to, and let it write its data";
        Failure::Unknown(format!("could not use {}: {why}; {advice}", file.display()))
    };
    let text = store::text(&file).map_err(|_| unusable("it can\u{2019}t be read".to_owned()))?;
    Figures::parse(&text).map_err(|error| unusable(error.to_string()))
}

/// Reads the reviews that they rest on.
fn reviews(out: &Path) -> Result<Vec<Review>, Failure> {
    let file = out.join(results::RESULTS);
    let read = results::read(&store::bytes(&file)?);
    read.map(|kept| kept.returns)
        .map_err(|error| Failure::Unknown(format!("could not use {}: {error}", file.display())))
}

/// Returns what was published under an id.
fn published(figure: &Published) -> String {
    let value = figure.value.map_or_else(String::new, shown);
    let over = if figure.n == 0 { String::new() } else { format!(" (n = {})", figure.n) };
    let why = figure.why.as_deref().unwrap_or_default();
    match figure.state {
        FigureState::Shown => format!("{}: {value}{over}\n", figure.id),
        FigureState::Hidden => format!("{}: hidden, because {why}\n", figure.id),
        FigureState::Undefined => format!("{}: not defined ({why})\n", figure.id),
    }
}

/// Returns a value with at most six decimals.
fn shown(value: f64) -> String {
    let fixed = format!("{value:.6}");
    fixed.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// Returns the returns and cells, a return after the other.
fn rests_on(traced: &[Traced]) -> String {
    let mut files: Vec<&str> = traced.iter().map(|one| one.file.as_str()).collect();
    files.dedup();
    if traced.is_empty() {
        return "It rests on no return: it counts none.\n".to_owned();
    }
    let cells = traced.iter().filter(|one| one.cell.is_some()).count();
    let what = if cells == 0 { String::new() } else { format!("{} of ", number_of(cells, "cell", "cells")) };
    let mut text = format!("It rests on {what}{}:\n", number_of(files.len(), "return", "returns"));
    let mut last = "";
    for one in traced {
        if one.file != last {
            last = &one.file;
            let whose = one.organisation.as_ref().map_or_else(String::new, |name| format!("  ({name})"));
            let _infallible = writeln!(text, "\n{}{whose}", one.file);
        }
        let _infallible = writeln!(text, "  {}", line(one));
    }
    text
}

/// Returns one thing that a figure rests on: what it is of, its value, its place.
fn line(traced: &Traced) -> String {
    let value = traced.value.as_deref().map_or_else(|| "nothing that can be used".to_owned(), in_decimals);
    let place = match (&traced.sheet, &traced.cell) {
        (Some(sheet), Some(cell)) => format!("   {sheet}, {cell}"),
        (Some(sheet), None) => format!("   {sheet}"),
        (None, _) => String::new(),
    };
    format!("{:10} {value}{place}", traced.about)
}

/// Returns a value as people read it: a fraction in decimals, and what it is exactly.
fn in_decimals(value: &str) -> String {
    let fraction = value.parse::<Exact>().ok().filter(|_| value.contains('/'));
    fraction.map_or_else(|| value.to_owned(), |exact| format!("{} (exactly {value})", number(&exact, 4)))
}

/// Returns the figures below a beginning.
fn listed(beginning: &str, below: &[&Published]) -> String {
    let figures = number_of(below.len(), "figure", "figures");
    let mut text = format!("{figures} below {beginning}:\n");
    for figure in below {
        text.push_str("  ");
        text.push_str(&published(figure));
    }
    text
}

/// Says that there is no such figure, and which are near.
fn unknown(figures: &Figures, reviews: &[Review], id: &str) -> String {
    let of_returns = reviews.iter().filter_map(|review| {
        let framework = review.framework.as_ref()?;
        Some(format!("{framework}/return/{}/total", review.file))
    });
    let of_returns: Vec<String> = of_returns.collect();
    let ids: Vec<&str> =
        figures.figures.iter().map(|figure| figure.id.as_str()).chain(of_returns.iter().map(String::as_str)).collect();
    let mut text = format!("there is no figure `{id}`{}", near_hint(id, &ids));
    let mut beginning = id;
    while let Some((shorter, _)) = beginning.rsplit_once('/') {
        beginning = shorter;
        let below: Vec<&Published> = figures.below(beginning).collect();
        if !below.is_empty() {
            let _infallible =
                write!(text, "\nBelow {beginning} there {}:", if below.len() == 1 { "is" } else { "are" });
            for figure in below.iter().take(MOST_NEAR) {
                let _infallible = write!(text, "\n  {}", figure.id);
            }
            if below.len() > MOST_NEAR {
                let _infallible = write!(text, "\n  and {} more", below.len() - MOST_NEAR);
            }
            break;
        }
    }
    text
}
