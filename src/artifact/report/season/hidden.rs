//! What disclosure control hid, by its reason and in few words; the season workbook has the full log.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Season;
use crate::artifact::report::sentence::{agree, capital, count, list_of_at_most};
use crate::artifact::report::view::Fact;
use crate::network::disclosure::{Hiding, HidingReason};

/// The most names that are listed of one kind.
const MOST: usize = 24;

/// What isn't shown, as a template sees it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct HiddenView {
    sentence: String,
    rows: Vec<Fact>,
}

/// Returns what was hidden; `None` where nothing was.
pub(super) fn view(season: &Season) -> Option<HiddenView> {
    let own = format!("{}/", season.statistics.framework);
    let mut reasons: BTreeMap<(HidingReason, &str), Vec<&str>> = BTreeMap::new();
    for Hiding { figure, reason, why } in season.hidings {
        if let Some(figure) = figure.strip_prefix(&own) {
            reasons.entry((*reason, why)).or_default().push(figure);
        }
    }
    let number: usize = reasons.values().map(Vec::len).sum();
    let row = |((reason, why), figures): (&(HidingReason, &str), &Vec<&str>)| {
        let label = format!("{} ({})", cause(*reason, why), count(figures.len(), "figure", "figures"));
        Fact::new(label, about(figures))
    };
    (number > 0).then(|| HiddenView {
        sentence: format!(
            "{} {} not shown, so that nothing can be learned of a single organisation or person that it didn\u{2019}t publish \
             itself. The sheet \u{201c}Hidden figures\u{201d} of the season workbook names each.",
            capital(&count(number, "figure", "figures")),
            agree(number, "is", "are")
        ),
        rows: reasons.iter().map(row).collect(),
    })
}

/// Returns why figures are hidden.
fn cause(reason: HidingReason, why: &str) -> String {
    match reason {
        HidingReason::Primary => capital(why).replace("Rests on fewer than", "Fewer contributors than"),
        HidingReason::Secondary => "A hidden figure could be worked out from it".to_owned(),
        HidingReason::Quantile => "Too few contributors for quartiles".to_owned(),
    }
}

/// Returns what some figures are of, each thing once: "Region: Isles and Wales. Criteria: 1.1.1 and 1.1.2."
fn about(figures: &[&str]) -> String {
    let mut kinds: Vec<(String, Vec<String>)> = Vec::new();
    for figure in figures {
        let (kind, name) = thing(figure);
        match kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, names)) if name.is_empty() || names.contains(&name) => {}
            Some((_, names)) => names.push(name),
            None => kinds.push((kind, if name.is_empty() { Vec::new() } else { vec![name] })),
        }
    }
    let said = kinds.into_iter().map(|(kind, names)| match names.len() {
        0 => format!("{kind}."),
        _ => format!("{kind}: {}.", list_of_at_most(&names, MOST)),
    });
    said.collect::<Vec<_>>().join(" ")
}

/// Returns what a figure is of: a kind of thing, and which.
fn thing(figure: &str) -> (String, String) {
    let mut parts = figure.split('/');
    let (kind, name) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let whole = |kind: &str| (kind.to_owned(), String::new());
    match kind {
        "group" => {
            let by = capital(&name.replace(['_', '-'], " "));
            (by, parts.next().map_or_else(|| "all groups".to_owned(), |group| group.replace("not-known", "not stated")))
        }
        "section" => ("Sections".to_owned(), name.to_owned()),
        "criterion" => ("Criteria".to_owned(), name.to_owned()),
        "measure" => ("Measures".to_owned(), name.to_owned()),
        "total" if parts.next().is_some() => ("Totals of".to_owned(), name.to_owned()),
        "total" => whole("The total"),
        "range" => whole("The expected ranges of single returns"),
        other => (capital(&other.replace('-', " ")), String::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_thing_is_named_once() {
        let figures = [
            "group/region/Isles/returns",
            "group/region/Isles/total/mean",
            "group/region/not-known/returns",
            "criterion/1.1.1/mean",
            "criterion/1.1.1/grade/2",
            "range/North/Acme.xlsx/low-95",
            "range/North/Acme.xlsx/high-95",
            "total/median",
        ];
        let expected =
            "Region: Isles and not stated. Criteria: 1.1.1. The expected ranges of single returns. The total.";
        assert_eq!(about(&figures), expected);
    }
}
