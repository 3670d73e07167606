//! Whether the criteria go together, over all and by section.

use serde::Serialize;

use super::{Season, figure, value};
use crate::exact::Exact;
use crate::statistics::{Consistency, ConsistencyRow};
use crate::words::{fixed, list_of_at_most, titled};

/// Consistency as a template sees it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct ConsistencyView {
    sentences: Vec<String>,
    caption: String,
    rows: Vec<Row>,
}

/// How some criteria go together.
#[derive(Clone, Debug, Serialize)]
struct Row {
    about: String,
    criteria: usize,
    count: usize,
    alpha: String,
    interval: String,
    meaning: &'static str,
}

/// What a value of alpha means, in words for a table.
fn meaning(alpha: f64) -> &'static str {
    match alpha {
        alpha if alpha < 0.5 => "hardly go together",
        alpha if alpha < 0.7 => "go together loosely",
        alpha if alpha < 0.95 => "go together",
        _ => "ask nearly the same",
    }
}

/// Returns consistency; `None` where no part of the framework has enough returns for it.
pub(super) fn view(season: &Season) -> Option<ConsistencyView> {
    let found = season.statistics.consistency.as_ref()?;
    let rows: Vec<&ConsistencyRow> = [&found.overall].into_iter().chain(&found.sections).collect();
    rows.iter().any(|row| row.alpha.is_shown()).then(|| ConsistencyView {
        sentences: sentences(season, found),
        caption: "How well the criteria go together (Cronbach\u{2019}s alpha with its interval), over returns with all answers"
            .to_owned(),
        rows: rows.into_iter().map(|found| row(season, found)).collect(),
    })
}

/// Returns what a row is about.
fn about(season: &Season, row: &ConsistencyRow) -> String {
    let Some(id) = &row.section else { return "All criteria".to_owned() };
    let section = season.statistics.sections.iter().find(|section| section.section == *id);
    section.map_or_else(|| id.clone(), |section| titled(id, &section.title))
}

/// Returns a row.
fn row(season: &Season, row: &ConsistencyRow) -> Row {
    let two = |value: &Exact| fixed(value, 2);
    Row {
        about: about(season, row),
        criteria: row.criteria,
        count: row.returns,
        alpha: figure(&row.alpha, two),
        interval: if row.low.is_shown() {
            format!("{} to {}", figure(&row.low, two), figure(&row.high, two))
        } else {
            "\u{2013}".to_owned()
        },
        meaning: value(&row.alpha).map_or("too few returns", meaning),
    }
}

/// Returns what it means for those who read totals.
fn sentences(season: &Season, found: &Consistency) -> Vec<String> {
    let loose = |row: &&ConsistencyRow| value(&row.alpha).is_some_and(|alpha| alpha < 0.5);
    let loose: Vec<String> = found.sections.iter().filter(loose).map(|row| about(season, row)).collect();
    let mut sentences: Vec<String> = value(&found.overall.alpha).map(overall).into_iter().collect();
    if !loose.is_empty() {
        sentences.push(format!(
            "In {} the criteria hardly go together: a section score there says little by itself, so read it criterion by criterion.",
            list_of_at_most(&loose, 5)
        ));
    } else if found.sections.iter().any(|row| row.alpha.is_shown()) {
        sentences.push("No section stands out as one whose criteria hardly go together.".to_owned());
    }
    sentences
}

/// Returns what alpha of all criteria means.
fn overall(alpha: f64) -> String {
    let shown = Exact::from_float(alpha).map_or_else(String::new, |alpha| fixed(&alpha, 2));
    let means = match alpha {
        alpha if alpha < 0.5 => "The criteria hardly go together, so the total adds up different things",
        alpha if alpha < 0.7 => "The criteria go together loosely, so a total hides much of what differs between them",
        alpha if alpha < 0.95 => {
            "Returns that do well on some criteria tend to do well on the others, so the total tells something about a return as a whole"
        }
        _ => "The criteria go together so closely that some may ask the same twice",
    };
    format!("{means} (alpha {shown}).")
}
