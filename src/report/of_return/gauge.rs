//! The total of a return as it is printed, and the scale of totals with its bands, where it stands.

use crate::document::{Chart, Format, GaugeBand};
use crate::exact::Exact;
use crate::framework::{Better, Framework, Limit, Scale};
use crate::outcome;
use crate::review::OutcomeRecord;
use crate::words::{list, number};

/// Returns how totals are written.
pub(super) fn format(framework: &Framework) -> Format {
    Format::Unit(framework.outcome.decimals, framework.outcome.unit.clone())
}

/// Returns the total, or the range of what it can become.
pub(in crate::report) fn total(framework: &Framework, record: &OutcomeRecord) -> Option<String> {
    let range = || Some(format(framework).range(record.lowest.as_ref()?, record.highest.as_ref()?));
    record.total.as_ref().map(|total| format(framework).text(total)).or_else(range)
}

/// Returns the scale of totals with the return on it; `None` where it has no place there, or no band has.
pub(in crate::report) fn gauge(framework: &Framework, record: &OutcomeRecord) -> Option<Chart> {
    let (least, most) = ends(framework)?;
    let open_end = |end: &Option<Exact>| end.as_ref().filter(|_| record.total.is_none()).map(Exact::to_float);
    let label = total(framework, record)?;
    let bands = bands(framework, &least, &most);
    if bands.is_empty() {
        return None;
    }
    let steps: Vec<String> = bands.iter().map(|band| format!("{} from {}", band.title, band.tick)).collect();
    let [what, stands] = match record.total {
        Some(_) if framework.is_bundle() => ["The ¤total", "the ¤total"],
        Some(_) => ["The ¤total", "the ¤total of this ¤return"],
        None => ["The range of the ¤total", "the range that the ¤total can still take"],
    };
    let axis = format!("{} to {}", number(&least, 0), format(framework).text(&most));
    Some(Chart::Gauge {
        caption: format!("{what} on the scale of outcomes"),
        alt: format!("A scale from {axis} with {stands}, {label}, marked on it. {}.", list(&steps)),
        least: least.to_float(),
        most: most.to_float(),
        bands,
        is_best_first: framework.outcome.better == Better::Lower,
        value: record.total.as_ref().map(Exact::to_float),
        low: open_end(&record.lowest),
        high: open_end(&record.highest),
        label,
    })
}

/// Returns the least and the most that a total can be: per cent from nought to a hundred at least, else what answers can make it.
pub(super) fn ends(framework: &Framework) -> Option<(Exact, Exact)> {
    let range = outcome::range(framework);
    if framework.outcome.unit == "%" {
        let (least, most) = range.unwrap_or_else(|| (Exact::zero(), Exact::from(100)));
        return Some((least.min(Exact::zero()), most.max(Exact::from(100))));
    }
    let sum = sum_of_scales(framework);
    // Where all answers are added up, one that doesn't apply takes nothing from the scale.
    let is_sum = || sum.as_ref().zip(range.as_ref()).is_none_or(|((_, most), (_, reached))| most == reached);
    if is_sum() { sum } else { range }
}

/// Returns the least and the most that all answers come to together; `None` where there are none.
fn sum_of_scales(framework: &Framework) -> Option<(Exact, Exact)> {
    let scales = || framework.criteria().map(|criterion| framework.scale(criterion));
    let least = scales().map(Scale::minimum).sum::<Exact>();
    let measures = framework.measures().map(|measure| measure.maximum.clone());
    let most = scales().map(Scale::maximum).chain(measures).sum::<Exact>();
    (least < most).then_some((least, most))
}

/// Returns the parts of the scale that the bands take, from its least end: those that are reached from below on, then those of a
/// scheme where less is better.
fn bands(framework: &Framework, least: &Exact, most: &Exact) -> Vec<GaugeBand> {
    let part = |title: &str, from: &Exact, to: &Exact| GaugeBand {
        title: title.to_owned(),
        from: from.to_float(),
        to: to.to_float(),
        tick: number(from, framework.outcome.decimals),
    };
    let (mut parts, mut top) = (Vec::new(), most);
    let all = &framework.outcome.bands;
    // Where no band has a limit, none has a place on the scale; where less is better, the one without takes what is left on top.
    let rises = all.iter().any(|band| band.limit().is_some_and(Limit::is_least));
    for band in all.iter().filter(|band| rises && band.at_most.is_none()) {
        let from = band.limit().map_or(least, Limit::number);
        if from < top {
            parts.push(part(&band.title, from, top));
            top = from;
        }
    }
    if !parts.is_empty() && least < top {
        parts.push(part("No band", least, top));
    }
    parts.reverse();
    let mut bottom = least;
    for band in &framework.outcome.bands {
        if let Some(to) = &band.at_most {
            parts.push(part(&band.title, bottom, to));
            bottom = to;
        }
    }
    let rest = all.iter().find(|band| band.limit().is_none()).filter(|_| !rises && !parts.is_empty() && bottom < most);
    parts.extend(rest.map(|band| part(&band.title, bottom, most)));
    parts
}
