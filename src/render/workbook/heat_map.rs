//! The criteria of each return as colours, worst to best: one sheet for each framework, so that its headings stay in sight.

use rust_xlsxwriter::{ConditionalFormat3ColorScale, XlsxError};

use super::SeasonView;
use super::page::Page;
use super::style::{HIGH, LOW, MIDDLE};
use crate::framework::{Better, Framework};
use crate::season::SeasonReturn;
use crate::words::file_title;

/// More returns than this make a map that nobody can read.
const MOST: usize = 250;

/// The most letters of a name that stand above a column.
const LETTERS: usize = 64;

/// The most letters that the name of a sheet can have.
const SHEET_LETTERS: usize = 31;

/// The height of the row of names, in points.
const NAMES: u16 = 190;

/// More criteria than this have more room on upright paper.
const MANY: usize = 30;

/// The width of a return's column, in characters.
const WIDTH: f64 = 5.3;

/// The map of one framework.
#[derive(Debug)]
pub(super) struct Map<'a> {
    /// The name of its sheet.
    pub(super) name: String,
    framework: &'a Framework,
    returns: Vec<&'a SeasonReturn>,
}

/// Returns the maps of the frameworks that have criteria and returns.
pub(super) fn maps<'a>(view: &SeasonView<'a>) -> Vec<Map<'a>> {
    let returns = |framework: &Framework| -> Vec<&'a SeasonReturn> {
        view.season.counted().filter(|found| found.review.framework.as_ref() == Some(&framework.id)).collect()
    };
    let used = view.season.frameworks_used().into_iter().filter(|framework| framework.criteria().next().is_some());
    let mut maps: Vec<Map> = used
        .map(|framework| Map { name: "Heat map".to_owned(), framework, returns: returns(framework) })
        .filter(|map| !map.returns.is_empty())
        .collect();
    if maps.len() > 1 {
        for (number, map) in maps.iter_mut().enumerate() {
            let name = format!("Heat map {}", map.framework.id);
            // Names of sheets are short, and no two may be the same.
            map.name = if name.len() <= SHEET_LETTERS {
                name
            } else {
                format!("{} {}", &name[..SHEET_LETTERS - 4], number + 1)
            };
        }
    }
    maps
}

/// Fills the sheet.
pub(super) fn fill(map: &Map, page: &mut Page) -> Result<(), XlsxError> {
    let shown = &map.returns[..map.returns.len().min(MOST)];
    let widths: Vec<f64> = [10.0, 40.0].into_iter().chain(shown.iter().map(|_| WIDTH)).collect();
    page.widths(&widths)?;
    if map.framework.criteria().count() > MANY {
        page.upright();
    }
    let left_out = match map.returns.len() - shown.len() {
        0 => String::new(),
        more => format!(" {more} more returns are in the data."),
    };
    page.title(
        &format!("Heat map: {}", map.framework.title),
        &format!(
            "Each answer that counts, from 0 % (the worst) to 100 % (the best). Empty: no usable answer.{left_out}"
        ),
    )?;
    names(page, shown)?;
    let first = page.row;
    for criterion in map.framework.criteria() {
        page.text(0, criterion.id.as_str())?;
        page.text(1, if criterion.short.is_empty() { &criterion.text } else { &criterion.short })?;
        for (column, found) in (2_u16..).zip(shown) {
            if let Some(unit) = unit(map.framework, found, criterion.id.as_str()) {
                page.sheet.write_number_with_format(page.row, column, unit, &page.style.heat)?;
            }
        }
        page.next()?;
    }
    let scale = ConditionalFormat3ColorScale::new();
    let scale = scale.set_minimum_color(LOW).set_midpoint_color(MIDDLE).set_maximum_color(HIGH);
    let last = 1 + u16::try_from(shown.len()).unwrap_or(u16::MAX - 1);
    page.sheet.add_conditional_format(first, 2, page.row - 1, last, &scale)?;
    Ok(())
}

/// Writes whose return each column is, which stays in sight and on each printed page.
fn names(page: &mut Page, shown: &[&SeasonReturn]) -> Result<(), XlsxError> {
    page.sheet.write_string_with_format(page.row, 0, "Criterion", &page.style.heading)?;
    page.sheet.write_string_with_format(page.row, 1, "In a few words", &page.style.inner_heading)?;
    for (column, found) in (2_u16..).zip(shown) {
        let name = found.organisation.clone().unwrap_or_else(|| file_title(&found.review.file));
        let kind = found.review.kind.as_deref().map_or_else(String::new, |kind| format!(", {kind}"));
        let name = format!("{}{kind}", super::cut(&name, LETTERS - kind.len().min(LETTERS / 2)));
        page.sheet.write_string_with_format(page.row, column, &name, &page.style.upright)?;
    }
    page.next_of(NAMES)?;
    page.freeze(2)?;
    page.repeats(NAMES);
    page.sheet.set_repeat_columns(0, 1)?;
    Ok(())
}

/// Returns an answer from 0 (worst) to 1 (best).
fn unit(framework: &Framework, found: &SeasonReturn, id: &str) -> Option<f64> {
    let review = &found.review;
    let mut answers = review.answers.iter().filter(|answer| Some(&answer.rater) == review.counts.as_ref());
    let points = answers.find(|answer| answer.id == *id)?.points.as_ref()?;
    let scale = framework.scale(framework.criterion(id)?);
    let (least, most) = (scale.minimum(), scale.maximum());
    let gained = match scale.better {
        Better::Higher => points - &least,
        Better::Lower => &most - points,
    };
    gained.divided_by(&(&most - &least)).map(|unit| unit.to_float())
}
