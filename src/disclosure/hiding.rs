//! What disclosure control hid, gathered by its reason and by what the figures are of, in words for people.
//!
//! Thousands of figures can be hidden in a season. The log of each stands in the data; reports and the season workbook say how
//! many there are of what, and why.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::figure::{FigureOf, Hiding, HidingReason};
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
    let mut reasons: BTreeMap<(&str, HidingReason), Vec<Hidden>> = BTreeMap::new();
    for Hiding { figure, reason } in hidings {
        let (kind, name) = thing(&figure.of);
        let told = reasons.entry((&figure.framework, *reason)).or_default();
        let at = told.iter().position(|hidden| hidden.kind == kind).unwrap_or_else(|| {
            let (framework, cause) = (figure.framework.as_str(), cause(*reason));
            told.push(Hidden { framework, reason: *reason, cause, kind, names: Vec::new(), figures: 0 });
            told.len() - 1
        });
        let hidden = &mut told[at];
        hidden.figures += 1;
        if let Some(name) = name.filter(|name| !hidden.names.contains(name)) {
            hidden.names.push(name);
        }
    }
    let mut all: Vec<Hidden> = reasons.into_values().flatten().collect();
    for hidden in &mut all {
        hidden.names.sort_by(|one, other| by_number(one, other));
    }
    all
}

/// Returns why figures are hidden.
fn cause(reason: HidingReason) -> String {
    match reason {
        HidingReason::Primary(k) => format!("Fewer contributors than {k}"),
        HidingReason::Withheld => capital(&reason.to_string()),
        HidingReason::Secondary => "A hidden figure could be worked out from it".to_owned(),
        HidingReason::Quantile(_) => "Too few contributors for quartiles".to_owned(),
    }
}

/// Returns what a figure is of: a kind of thing, and which; `None` where there is but one.
fn thing(of: &FigureOf) -> (String, Option<String>) {
    let (kind, name) = match of {
        FigureOf::Group { by, group } => {
            return (column(by), Some(group.clone().unwrap_or_else(|| "not stated".to_owned())));
        }
        FigureOf::Grouping(by) => return (column(by), Some("all groups".to_owned())),
        FigureOf::Section(name) => ("Sections", Some(name)),
        FigureOf::Criterion(name) => ("Criteria", Some(name)),
        FigureOf::Measure(name) => ("Measures", Some(name)),
        FigureOf::Register { .. } => ("Rows of registers", None),
        FigureOf::Total(Some(kind)) => ("Totals of", Some(kind)),
        FigureOf::Total(None) => ("The total", None),
        FigureOf::Range(_) => ("The expected ranges of single returns", None),
        FigureOf::Outcome(_) => ("Outcome", None),
        FigureOf::Agreement(_) => ("Agreement", None),
        FigureOf::Consistency(_) => ("Consistency", None),
        FigureOf::Change => ("Change", None),
        FigureOf::Trend => ("Trend", None),
        FigureOf::Finding(_) => ("Finding", None),
        FigureOf::Return { .. } => ("Return", None),
    };
    (kind.to_owned(), name.cloned())
}

/// Returns what a column of groups is called.
fn column(by: &str) -> String {
    capital(&by.replace(['_', '-'], " "))
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
    use crate::figure::FigureId;

    fn hiding(figure: &str, reason: HidingReason) -> Hiding {
        Hiding { figure: FigureId::parse(figure).unwrap(), reason }
    }

    #[test]
    fn a_row_gathers_what_shares_reason_and_kind() {
        let hidings = [
            hiding("s/group/region/Isles/returns", HidingReason::Primary(5)),
            hiding("s/group/region/Isles/total/mean", HidingReason::Primary(5)),
            hiding("s/group/region/not-known/returns", HidingReason::Primary(5)),
            hiding("s/section/10/mean", HidingReason::Primary(5)),
            hiding("s/section/2/mean", HidingReason::Primary(5)),
            hiding("s/total/median", HidingReason::Quantile(8)),
            hiding("s/total/mean", HidingReason::Quantile(8)),
            hiding("t/total/mean", HidingReason::Quantile(8)),
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
