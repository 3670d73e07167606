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
    record.total.as_ref().map(|total| total_in_words(framework, total)).or_else(range)
}

/// Returns a total as it is printed.
pub(in crate::report) fn total_in_words(framework: &Framework, total: &Exact) -> String {
    format(framework).text(total)
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
    let step = |band: &GaugeBand| match band.tick.strip_prefix(OVER) {
        Some(limit) => format!("{} {OVER}{limit}", band.title),
        None => format!("{} from {}", band.title, band.tick),
    };
    let steps: Vec<String> = bands.iter().map(step).collect();
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
    let range = outcome::extent(framework);
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
    for band in all.iter().filter(|band| rises && band.limit().is_none_or(Limit::is_least)) {
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
    parts.extend(falling(framework, least, most));
    parts
}

/// What stands before the limit that a total of the next band is beyond.
const OVER: &str = "over ";

/// Returns the parts of the scale that the bands take of a scheme where less is better, from its least end. Where totals are whole numbers, a band
/// begins with the first that is beyond the limit of the one before.
fn falling(framework: &Framework, least: &Exact, most: &Exact) -> Vec<GaugeBand> {
    let spec = &framework.outcome;
    let are_whole = spec.decimals == 0;
    let limits = spec.bands.iter().filter_map(|band| Some((band, band.limit().filter(|limit| !limit.is_least())?)));
    let rises = spec.bands.iter().any(|band| band.limit().is_some_and(Limit::is_least));
    let (mut parts, mut bottom): (Vec<GaugeBand>, Option<Limit>) = (Vec::new(), None);
    let rest = spec.bands.iter().find(|band| band.limit().is_none()).filter(|_| !rises);
    let limited = limits.map(|(band, limit)| (band, Some(limit)));
    for (band, limit) in limited.chain(rest.map(|band| (band, None))) {
        let beyond = |limit: Limit| match limit {
            Limit::AtMost(limit) if are_whole => limit + &Exact::one(),
            Limit::AtLeast(_) | Limit::Over(_) | Limit::AtMost(_) | Limit::Under(_) => limit.number().clone(),
        };
        let to = limit.filter(|limit| limit.number() < most).map_or_else(|| most.clone(), beyond);
        let from = bottom.map_or_else(|| least.clone(), beyond);
        let tick = match bottom {
            Some(Limit::AtMost(limit)) if !are_whole => format!("{OVER}{}", number(limit, spec.decimals)),
            _ => number(&from, spec.decimals),
        };
        if from < to {
            parts.push(GaugeBand { title: band.title.clone(), from: from.to_float(), to: to.to_float(), tick });
        }
        bottom = limit;
    }
    if parts.iter().all(|part| rest.is_some_and(|rest| rest.title == part.title)) { Vec::new() } else { parts }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::framework::sample::{band, exact, framework, points_scale, section};
    use crate::framework::{Band, Rater};

    /// Returns the title and the tick of each band of a scheme of three faults at most, with limits and so many decimals.
    fn ticks(limits: [&str; 2], decimals: u32) -> Vec<(String, String)> {
        let mut scheme = framework("sum('all')");
        scheme.scales.insert("fault".into(), points_scale(&["0", "1", "3"], Better::Lower));
        scheme.sections = vec![section("A", 3, "fault")];
        (scheme.outcome.better, scheme.outcome.decimals) = (Better::Lower, decimals);
        let [few, some] = limits.map(|limit| Some(exact(limit)));
        scheme.outcome.bands = vec![
            Band { at_most: few, ..band("passed", "", &[]) },
            Band { at_most: some, ..band("conditions", "", &[]) },
            band("failed", "", &[]),
        ];
        let (least, most) = ends(&scheme).unwrap();
        bands(&scheme, &least, &most).into_iter().map(|band| (band.title, band.tick)).collect()
    }

    #[test]
    fn bands_of_faults_begin_where_the_one_before_no_longer_holds() {
        let told = |ticks: [&str; 3]| {
            let titles = ["passed", "conditions", "failed"];
            titles.into_iter().zip(ticks).map(|(title, tick)| (title.to_owned(), tick.to_owned())).collect::<Vec<_>>()
        };
        assert_eq!(ticks(["2", "4"], 0), told(["0", "3", "5"]));
        assert_eq!(ticks(["0", "4"], 0), told(["0", "1", "5"]));
        assert_eq!(ticks(["2", "4"], 1), told(["0", "over 2", "over 4"]));
    }

    #[test]
    fn the_scale_of_a_count_is_what_it_can_come_to() {
        let mut scheme = framework("count_at_least('all', 3)");
        scheme.raters = vec![Rater { id: "self".into(), title: "Self".to_owned(), counts_when: None }];
        scheme.scales.insert("five".into(), points_scale(&["0", "1", "5"], Better::Lower));
        scheme.sections = vec![section("A", 10, "five")];
        assert_eq!(ends(&scheme), Some((exact("0"), exact("10"))));
    }
}
