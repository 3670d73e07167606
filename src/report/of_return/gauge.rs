//! The total of a return as it is printed, and the scale of totals with its bands, where it stands.

use crate::document::{Chart, Format, GaugeBand};
use crate::exact::Exact;
use crate::framework::{Framework, Limit, Scale};
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

/// Returns the scale of totals with the return on it; `None` where it has no place there.
pub(in crate::report) fn gauge(framework: &Framework, record: &OutcomeRecord) -> Option<Chart> {
    let (least, most) = ends(framework)?;
    let open_end = |end: &Option<Exact>| end.as_ref().filter(|_| record.total.is_none()).map(Exact::to_float);
    let label = total(framework, record)?;
    let bands = bands(framework, &least, &most);
    let steps: Vec<String> = bands.iter().map(|band| format!("{} from {}", band.title, band.tick)).collect();
    let [what, stands] = match record.total {
        Some(_) => ["The total", "the total of this return"],
        None => ["The range of the total", "the range that the total can still take"],
    };
    let axis = format!("{} to {}", number(&least, 0), format(framework).text(&most));
    Some(Chart::Gauge {
        caption: format!("{what} on the scale of outcomes"),
        alt: format!("A scale from {axis} with {stands}, {label}, marked on it. {}.", list(&steps)),
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
    // Where no band has a limit, none has a place on the scale.
    let limited = framework.outcome.bands.iter().filter(|band| band.at_most.is_none());
    let limited = limited.filter(|_| framework.outcome.bands.iter().any(|band| band.limit().is_some()));
    for band in limited {
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
    parts
}
