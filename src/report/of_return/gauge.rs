//! The scale of totals with its bands, and where a return stands on it.

use super::total::{in_unit, total};
use crate::document::{Gauge, GaugeBand};
use crate::exact::Exact;
use crate::framework::Framework;
use crate::review::OutcomeRecord;
use crate::words::{list, number};

/// Returns the scale of totals with the return on it; `None` where it has no place there.
pub(in crate::report) fn gauge(framework: &Framework, record: &OutcomeRecord) -> Option<Gauge> {
    let (least, most) = ends(framework)?;
    let open_end = |end: &Option<Exact>| end.as_ref().filter(|_| record.total.is_none()).map(Exact::to_float);
    let label = total(framework, record)?;
    let bands = bands(framework, &least, &most);
    let steps: Vec<String> = bands.iter().map(|band| format!("{} from {}", band.title, band.tick)).collect();
    let stands = if record.total.is_some() {
        format!("the total of this return, {label}")
    } else {
        format!("the range that the total can still take, {label}")
    };
    let axis = format!("{} to {}", number(&least, 0), in_unit(framework, &most));
    Some(Gauge {
        caption: format!(
            "{} on the scale of outcomes",
            if record.total.is_some() { "The total" } else { "The range of the total" }
        ),
        alt: format!("A scale from {axis} with {stands}, marked on it. {}.", list(&steps)),
        least: least.to_float(),
        most: most.to_float(),
        bands,
        value: record.total.as_ref().map(Exact::to_float),
        low: open_end(&record.lowest),
        high: open_end(&record.highest),
        label,
    })
}

/// Returns the least and the most that a total can be.
pub(super) fn ends(framework: &Framework) -> Option<(Exact, Exact)> {
    if framework.outcome.unit == "%" {
        return Some((Exact::zero(), Exact::from(100)));
    }
    let least = framework.criteria().map(|criterion| framework.scale(criterion).minimum()).sum::<Exact>();
    let most = framework.criteria().map(|criterion| framework.scale(criterion).maximum()).sum::<Exact>();
    let measures = framework.measures().map(|measure| measure.maximum.clone()).sum::<Exact>();
    let most = most + measures;
    (least < most).then_some((least, most))
}

/// Returns the parts of the scale that the bands take, from its least end.
fn bands(framework: &Framework, least: &Exact, most: &Exact) -> Vec<GaugeBand> {
    let part = |title: &str, from: &Exact, to: &Exact| GaugeBand {
        title: title.to_owned(),
        from: from.to_float(),
        to: to.to_float(),
        tick: number(from, framework.outcome.decimals),
    };
    let (mut parts, mut top) = (Vec::new(), most.clone());
    for band in &framework.outcome.bands {
        let from = band.at_least.clone().unwrap_or_else(|| least.clone());
        if band.at_most.is_none() && from < top {
            parts.push(part(&band.title, &from, &top));
            top = from;
        }
    }
    if !parts.is_empty() && *least < top {
        parts.push(part("No band", least, &top));
    }
    parts.reverse();
    parts.extend(falling_bands(framework, least, most, part));
    parts
}

/// Returns the parts of the scale of a scheme where less is better.
fn falling_bands(
    framework: &Framework,
    least: &Exact,
    most: &Exact,
    part: impl Fn(&str, &Exact, &Exact) -> GaugeBand,
) -> Vec<GaugeBand> {
    let (mut parts, mut from) = (Vec::new(), least.clone());
    for band in framework.outcome.bands.iter().filter(|band| band.at_most.is_some()) {
        let to = band.at_most.clone().unwrap_or_else(|| most.clone());
        parts.push(part(&band.title, &from, &to));
        from = to;
    }
    parts
}
