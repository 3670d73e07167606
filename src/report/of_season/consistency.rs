//! Whether the criteria go together, over all and by section.

use super::{Season, value};
use crate::document::{Cell, Column, Format, Part, Table};
use crate::exact::Exact;
use crate::statistics::{Consistency, ConsistencyRow};
use crate::words::{fixed, list_of_at_most, titled};

/// What a value of alpha means, in words for a table.
fn meaning(alpha: f64) -> &'static str {
    match alpha {
        alpha if alpha < 0.5 => "hardly go together",
        alpha if alpha < 0.7 => "go together loosely",
        alpha if alpha < 0.95 => "go together",
        _ => "ask nearly the same",
    }
}

/// Returns how well the criteria go together; `None` where no part of the framework has enough returns for it.
pub(super) fn part(season: &Season) -> Option<Part> {
    let found = season.statistics.consistency.as_ref()?;
    let rows: Vec<&ConsistencyRow> = [&found.overall].into_iter().chain(&found.sections).collect();
    let table = Table::of(
        &rows,
        vec![
            Column::new("Criteria of").share(1.5).cell(|row: &&ConsistencyRow| about(season, row).into()),
            Column::new("Criteria").cell(|row: &&ConsistencyRow| row.criteria.into()),
            Column::new("Alpha").cell(|row: &&ConsistencyRow| Cell::figure(&row.alpha, Format::Fixed(2))),
            Column::new("Interval").cell(|row: &&ConsistencyRow| Cell::between(&row.low, &row.high, Format::Fixed(2))),
            Column::new("n").cell(|row: &&ConsistencyRow| row.returns.into()),
            Column::new("They")
                .cell(|row: &&ConsistencyRow| value(&row.alpha).map_or("too few returns", meaning).into()),
        ],
    );
    let caption =
        "How well the criteria go together (Cronbach\u{2019}s alpha with its interval), over returns with all answers";
    let part = Part::new("How well the criteria go together").lead(sentences(season, found));
    rows.iter().any(|row| row.alpha.is_shown()).then(|| part.block(table.caption(caption)))
}

/// Returns what a row is about.
fn about(season: &Season, row: &ConsistencyRow) -> String {
    let Some(id) = &row.section else { return "All criteria".to_owned() };
    let section = season.statistics.sections.iter().find(|section| section.section == *id);
    section.map_or_else(|| id.clone(), |section| titled(id, &section.title))
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
