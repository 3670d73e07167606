//! What disclosure control hid, gathered by its reason and by what the figures are of, in words for people.
//!
//! Thousands of figures can be hidden in a season. The log of each stands in the data; reports and the season workbook say how
//! many there are of what, and why.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::figure::{Hiding, HidingReason};
use crate::words::capital;

/// Hidden figures of one framework that share a reason and are of one kind of thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hidden<'a> {
    /// The framework.
    pub framework: &'a str,
    /// Why they are hidden.
    pub reason: HidingReason,
    /// The same in words.
    pub cause: String,
    /// What they are of: "Region", "Sections".
    pub kind: String,
    /// Which of them; nothing where there is but one.
    pub names: Vec<String>,
    /// How many figures.
    pub figures: usize,
}

/// Gathers what was hidden: by framework, by reason, and in the order in which things come up.
pub fn gather(hidings: &[Hiding]) -> Vec<Hidden<'_>> {
    let mut reasons: BTreeMap<(&str, HidingReason, &str), Vec<Hidden>> = BTreeMap::new();
    for hiding in hidings {
        let Some((framework, figure)) = hiding.figure.split_once('/') else { continue };
        let (kind, name) = thing(figure);
        let known = reasons.entry((framework, hiding.reason, hiding.why.as_str())).or_default();
        let at = known.iter().position(|hidden| hidden.kind == kind).unwrap_or_else(|| {
            let cause = cause(hiding.reason, &hiding.why);
            known.push(Hidden { framework, reason: hiding.reason, cause, kind, names: Vec::new(), figures: 0 });
            known.len() - 1
        });
        known[at].figures += 1;
        if !name.is_empty() && !known[at].names.contains(&name) {
            known[at].names.push(name);
        }
    }
    let mut all: Vec<Hidden> = reasons.into_values().flatten().collect();
    for hidden in &mut all {
        hidden.names.sort_by(|one, other| by_number(one, other));
    }
    all
}

/// Returns why figures are hidden.
fn cause(reason: HidingReason, why: &str) -> String {
    match reason {
        HidingReason::Primary => capital(why).replace("Rests on fewer than", "Fewer contributors than"),
        HidingReason::Secondary => "A hidden figure could be worked out from it".to_owned(),
        HidingReason::Quantile => "Too few contributors for quartiles".to_owned(),
    }
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
        "register" => ("Rows of registers".to_owned(), String::new()),
        "total" if parts.next().is_some() => ("Totals of".to_owned(), name.to_owned()),
        "total" => whole("The total"),
        "range" => whole("The expected ranges of single returns"),
        other => (capital(&other.replace('-', " ")), String::new()),
    }
}

/// Compares names as people order them: 2 before 10.
fn by_number(one: &str, other: &str) -> Ordering {
    let parts = |name: &str| -> Vec<(u64, String)> {
        let mut parts: Vec<(u64, String)> = vec![(0, String::new())];
        for letter in name.chars() {
            let at = parts.len() - 1;
            let (number, words) = &mut parts[at];
            match letter.to_digit(10) {
                Some(digit) if words.is_empty() => *number = number.saturating_mul(10).saturating_add(u64::from(digit)),
                Some(digit) => parts.push((u64::from(digit), String::new())),
                None => words.push(letter),
            }
        }
        parts
    };
    parts(one).cmp(&parts(other)).then_with(|| one.cmp(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hiding(figure: &str, reason: HidingReason) -> Hiding {
        Hiding { figure: figure.to_owned(), reason, why: "rests on fewer than 5".to_owned() }
    }

    #[test]
    fn a_row_gathers_what_shares_reason_and_kind() {
        let hidings = [
            hiding("s/group/region/Isles/returns", HidingReason::Primary),
            hiding("s/group/region/Isles/total/mean", HidingReason::Primary),
            hiding("s/group/region/not-known/returns", HidingReason::Primary),
            hiding("s/section/10/mean", HidingReason::Primary),
            hiding("s/section/2/mean", HidingReason::Primary),
            hiding("s/total/median", HidingReason::Quantile),
            hiding("s/total/mean", HidingReason::Quantile),
            hiding("t/total/mean", HidingReason::Quantile),
        ];
        let rows: Vec<String> = gather(&hidings)
            .iter()
            .map(|row| {
                format!("{} {}: {} {} {}", row.framework, row.cause, row.kind, row.names.join(", "), row.figures)
            })
            .collect();
        let expected = [
            "s Fewer contributors than 5: Region Isles, not stated 3",
            "s Fewer contributors than 5: Sections 2, 10 2",
            "s Too few contributors for quartiles: The total  2",
            "t Too few contributors for quartiles: The total  1",
        ];
        assert_eq!(rows, expected);
    }

    #[test]
    fn names_are_ordered_as_people_count() {
        let mut names = ["1.10", "1.9", "10", "2", "B", "A2", "A10", "1.2"];
        names.sort_by(|one, other| by_number(one, other));
        assert_eq!(names, ["A2", "A10", "B", "1.2", "1.9", "1.10", "2", "10"]);
    }
}
