//! The criteria of each return as colours, worst to best.

use rust_xlsxwriter::{ConditionalFormat3ColorScale, XlsxError};

use super::SeasonView;
use super::page::{Page, clipped};
use super::style::{HIGH, LOW, MIDDLE};
use crate::exact::Exact;
use crate::framework::{Better, Framework};
use crate::network::SeasonReturn;

/// More returns than this make a map that nobody can read.
const MOST: usize = 250;

/// The paper on which the map is printed.
const A3: u8 = 8;

/// Fills the sheet.
pub(super) fn fill(view: &SeasonView, page: &mut Page) -> Result<(), XlsxError> {
    page.widths(&[10.0, 40.0])?;
    page.sheet.set_paper_size(A3);
    page.title(
        "Heat map",
        "Each answer that counts, from 0 % (the worst) to 100 % (the best). Empty: no usable answer.",
    )?;
    for framework in view.network.frameworks_used() {
        let returns = view.network.counted().filter(|found| found.review.framework.as_ref() == Some(&framework.id));
        let returns: Vec<&SeasonReturn> = returns.collect();
        if framework.criteria().next().is_some() && !returns.is_empty() {
            map(page, framework, &returns)?;
        }
    }
    Ok(())
}

/// Writes the map of one framework.
fn map(page: &mut Page, framework: &Framework, returns: &[&SeasonReturn]) -> Result<(), XlsxError> {
    let shown = &returns[..returns.len().min(MOST)];
    let left_out = match returns.len() - shown.len() {
        0 => String::new(),
        more => format!(", without {more} more, which are in the data"),
    };
    page.part(&format!("{}{left_out}", framework.title), 2)?;
    page.sheet.write_string_with_format(page.row, 0, "Criterion", &page.style.heading)?;
    page.sheet.write_string_with_format(page.row, 1, "In a few words", &page.style.heading)?;
    for (column, found) in (2_u16..).zip(shown) {
        let name = found.organisation.as_deref().unwrap_or(&found.review.file);
        let name = found.review.kind.as_deref().map_or_else(|| name.to_owned(), |kind| format!("{name}, {kind}"));
        page.sheet.write_string_with_format(page.row, column, clipped(&name), &page.style.upright)?;
        page.sheet.set_column_width(column, 5.3)?;
    }
    page.sheet.set_row_height(page.row, 190)?;
    page.row += 1;
    let first = page.row;
    for criterion in framework.criteria() {
        page.text(0, criterion.id.as_str())?;
        page.text(1, if criterion.short.is_empty() { &criterion.text } else { &criterion.short })?;
        for (column, found) in (2_u16..).zip(shown) {
            if let Some(unit) = unit(framework, found, criterion.id.as_str()) {
                page.sheet.write_number_with_format(page.row, column, unit, &page.style.heat)?;
            }
        }
        page.row += 1;
    }
    let scale = ConditionalFormat3ColorScale::new();
    let scale = scale.set_minimum_color(LOW).set_midpoint_color(MIDDLE).set_maximum_color(HIGH);
    let last = 1 + u16::try_from(shown.len()).unwrap_or(u16::MAX - 1);
    page.sheet.add_conditional_format(first, 2, page.row - 1, last, &scale)?;
    page.row += 2;
    Ok(())
}

/// Returns an answer from 0 (worst) to 1 (best).
fn unit(framework: &Framework, found: &SeasonReturn, id: &str) -> Option<f64> {
    let review = &found.review;
    let mut answers = review.answers.iter().filter(|answer| Some(&answer.rater) == review.counts.as_ref());
    let points: Exact = answers.find(|answer| answer.id == id)?.points.as_ref()?.parse().ok()?;
    let scale = framework.scale(framework.criteria().find(|criterion| criterion.id.as_str() == id)?);
    let (least, most) = (scale.minimum(), scale.maximum());
    let gained = match scale.better {
        Better::Higher => &points - &least,
        Better::Lower => &most - &points,
    };
    gained.divided_by(&(&most - &least)).map(|unit| unit.to_float())
}
