//! What disclosure control hid, gathered by what the figures are of, in words for people, with the rule that hid it.
//!
//! Thousands of figures can be hidden in a season. The log of each stands in the data; reports and the season workbook say how
//! many there are of what. Nothing says which part of the rule hid a figure, since that would narrow it down.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::figure::{Disclosure, Facet, FigureId, FigureOf};
use crate::statistics::FrameworkStatistics;
use crate::words::{INCOMPLETE, capital};

/// Quartiles need so many times as many contributors in what is passed on.
pub(super) const WIDER: usize = 2;

/// Hidden figures of one framework that are of one kind of thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hidden<'a> {
    /// The framework.
    pub framework: &'a str,
    /// What they are of: "Region", "Sections".
    pub kind: String,
    /// Which of them; nothing where there is but one.
    pub names: Vec<String>,
    /// How many figures.
    pub figures: usize,
}

/// Says by which rules figures about people are hidden from everybody; of what these frameworks haven't nothing is said.
pub fn rules(limits: Disclosure, frameworks: &[&FrameworkStatistics]) -> Vec<String> {
    let has = |has: fn(&FrameworkStatistics) -> bool| frameworks.iter().any(|framework| has(framework));
    wanted([
        (has(has_people), about_people(limits)),
        (has(|framework| !framework.registers.is_empty()), about_registers(limits)),
    ])
}

/// Says by which further rules figures about organisations are hidden in what is passed on; of what these frameworks haven't nothing is said.
pub fn rules_for_everybody(limits: Disclosure, frameworks: &[&FrameworkStatistics]) -> Vec<String> {
    let has = |has: fn(&FrameworkStatistics) -> bool| frameworks.iter().any(|framework| has(framework));
    wanted([of_all(limits, &has), of_outcomes(limits, &has), of_parts(limits, &has)].into_iter().flatten())
}

/// Returns the rules that are wanted.
fn wanted(rules: impl IntoIterator<Item = (bool, String)>) -> Vec<String> {
    rules.into_iter().filter(|(is_wanted, _)| *is_wanted).map(|(_, rule)| rule).collect()
}

/// Whether a framework has figures about people.
fn has_people(framework: &FrameworkStatistics) -> bool {
    !framework.registers.is_empty() || !framework.measures.is_empty()
}

/// Says what is told of people.
fn about_people(limits: Disclosure) -> String {
    let Disclosure { k, rounding, .. } = limits;
    format!(
        "A figure about people needs at least {k} of them behind it. They are counted to the nearest {rounding}, and measures of them are \
         told as roughly as many of these numbers allow."
    )
}

/// Says what is told of the rows of registers.
fn about_registers(limits: Disclosure) -> String {
    let k = limits.k;
    format!(
        "Of the rows of a register a result is counted where more than {k} have it, whichever of the numbers that are rounded alike it is; all \
         rows with a result, and shares of them in whole per cent, only where that leaves each hidden number {k} values or more. Where a result is \
         hidden, no action is counted, no finding at the rows, and no ¤total that is a number of people."
    )
}

/// Whether one of some frameworks has something.
type Has<'a> = &'a dyn Fn(fn(&FrameworkStatistics) -> bool) -> bool;

/// Says what holds of all that is passed on.
fn of_all(limits: Disclosure, has: Has) -> Vec<(bool, String)> {
    let Disclosure { k, quantiles, .. } = limits;
    let named = if has(FrameworkStatistics::names_strengths) {
        "No ¤organisation is named but those that agreed to be named with their strengths"
    } else {
        "Nobody is named"
    };
    let all = [
        format!(
            "{named}, and nothing is told of a framework on which no more than {k} ¤organisations sent ¤returns. A figure needs at least {k} \
             ¤organisations behind it, however many ¤returns each of them sent, but for how many ¤organisations of the whole ¤network have an outcome. Where fewer than {k} ¤returns are incomplete, \
             what they answered isn\u{2019}t counted."
        ),
        format!(
            "The lowest and the highest are never told, and quartiles of {} ¤returns or more only, of no group.",
            quantiles.saturating_mul(WIDER)
        ),
    ];
    all.map(|rule| (true, rule)).to_vec()
}

/// Says what holds of outcomes and groups.
fn of_outcomes(limits: Disclosure, has: Has) -> Vec<(bool, String)> {
    let k = limits.k;
    vec![
        (
            has(|framework| framework.outcomes.iter().any(|row| row.band != INCOMPLETE)),
            format!(
                "Outcomes aren\u{2019}t told, of all or of a group, where fewer than {k} have another than most, and neither is how many rose and fell \
                 since last season."
            ),
        ),
        (
            has(|framework| !framework.criteria.is_empty()),
            format!(
                "Nothing is told of a ¤criterion on which fewer than {k} have another answer than most, nor of others of its section, or of the \
                 section, from which it could be worked out, nor of a change since last season that all but fewer than {k} have alike. Ranks are those \
                 among the others."
            ),
        ),
        (
            true,
            format!(
                "Groups of fewer than {k} ¤organisations are hidden, and the smallest of the others where these would be told by what is left. How many of a group \
                 have which outcome, or an open one, is told where {k} or more of every group have each, outcomes that follow each other taken together where they \
                 are rare in the ¤network. Outcomes are counted by one grouping; a second is left out where sums over both would tell of fewer than {k} ¤returns, and so is a third that isn\u{2019}t made \
                 of groups of these, and one that names people or is by assessor."
            ),
        ),
        (
            has(|framework| !framework.registers.is_empty()),
            format!(
                "Of a register at least {k} ¤returns must have rows; its actions are listed only where each is wanted by at least {k} people. ¤Totals \
                 that are numbers of people are told of all ¤returns alone."
            ),
        ),
    ]
}

/// Says what holds of both sides and of two seasons.
fn of_parts(limits: Disclosure, has: Has) -> Vec<(bool, String)> {
    let k = limits.k;
    vec![
        (
            has(|framework| framework.agreement.is_some()),
            "Of self beside external no single ¤criterion is told.".to_owned(),
        ),
        (
            has(|framework| framework.change.is_some()),
            format!(
                "Change since last season is over fewer where those that can\u{2019}t be compared are fewer than {k}: as many others are left out by lot, \
                 and where too few are left, nothing is told."
            ),
        ),
    ]
}

/// Gathers what was hidden: by framework, in the order in which things come up.
pub fn gather(hidings: &[FigureId]) -> Vec<Hidden<'_>> {
    let mut frameworks: BTreeMap<&str, Vec<Hidden>> = BTreeMap::new();
    for figure in hidings {
        let (kind, name) = thing(figure);
        let framework = figure.framework.as_str();
        let told = frameworks.entry(framework).or_default();
        let at = told.iter().position(|hidden| hidden.kind == kind).unwrap_or_else(|| {
            told.push(Hidden { framework, kind, names: Vec::new(), figures: 0 });
            told.len() - 1
        });
        let hidden = &mut told[at];
        // A grouping that is left out altogether is no figure.
        hidden.figures += usize::from(!matches!(figure.of, FigureOf::Grouping(_)));
        if let Some(name) = name.filter(|name| !hidden.names.contains(name)) {
            hidden.names.push(name);
        }
    }
    let mut all: Vec<Hidden> = frameworks.into_values().flatten().collect();
    for hidden in &mut all {
        hidden.names.sort_by(|one, other| by_number(one, other));
    }
    all
}

/// Returns what a figure is of: a kind of thing, and which; `None` where there is but one.
fn thing(figure: &FigureId) -> (String, Option<String>) {
    let (kind, name) = match &figure.of {
        FigureOf::Group { by, group } => {
            return (column(by), Some(group.clone().unwrap_or_else(|| "not stated".to_owned())));
        }
        FigureOf::Grouping(by) => return (column(by), Some("all groups".to_owned())),
        FigureOf::Section(name) => ("¤Sections", Some(name)),
        FigureOf::Criterion(_) if is_place(figure) => ("Places of ¤criteria among all", None),
        FigureOf::Criterion(name) => ("¤Criteria", Some(name)),
        FigureOf::Graded { of, .. } => ("Grades of parts", Some(of)),
        FigureOf::Measure(name) => ("Measures", Some(name)),
        FigureOf::Register { .. } => ("Rows of registers", None),
        FigureOf::Total(Some(kind)) => ("¤Totals of", Some(kind)),
        FigureOf::Total(None) => ("The ¤total", None),
        FigureOf::Range(_) => ("The expected ranges of single returns", None),
        FigureOf::Outcome(_) => ("Outcome", None),
        FigureOf::Agreement(_) => ("Agreement", None),
        FigureOf::Consistency(_) => ("Consistency", None),
        FigureOf::Change => ("Change", None),
        FigureOf::Trend => ("Trend", None),
        FigureOf::Moderation => ("Moderation", None),
        FigureOf::Assessor(_) => ("Assessors", None),
        FigureOf::Finding(_) => ("Finding", None),
        FigureOf::Return { .. } => ("Return", None),
    };
    (kind.to_owned(), name.cloned())
}

/// Whether a figure says which place a thing has among all.
const fn is_place(figure: &FigureId) -> bool {
    matches!(figure.facet, Facet::Strongest | Facet::Weakest)
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

    #[test]
    fn only_rules_of_what_a_scheme_has_are_told() {
        let frameworks = [crate::season::sample::usual()];
        let season = crate::season::sample::season(&frameworks, 30);
        let with = crate::statistics::Statistics::of_season(&season).unwrap().frameworks.remove(0);
        let (agreement, change) = (None, None);
        let without = FrameworkStatistics { agreement, change, outcomes: Vec::new(), ..with.clone() };
        let told = |of: &FrameworkStatistics| rules_for_everybody(Disclosure::default(), &[of]).join(" ");
        for words in ["Of self beside external", "Outcomes aren\u{2019}t told"] {
            assert!(told(&with).contains(words) && !told(&without).contains(words), "{words}");
        }
        assert!(!told(&with).contains("register"), "it has none");
        assert!(rules(Disclosure::default(), &[&without]).iter().all(|rule| !rule.contains("register")));
    }

    #[test]
    fn a_row_gathers_what_is_of_one_kind() {
        let hidings = [
            "s/group/region/Isles/returns",
            "s/group/region/Isles/total/mean",
            "s/group/region/not-known/returns",
            "s/section/10/mean",
            "s/section/2/mean",
            "s/criterion/A1/mean",
            "s/criterion/A1/strongest/low",
            "s/criterion/B2/weakest/high",
            "s/total/median",
            "s/total/mean",
            "t/total/mean",
        ];
        let hidings = hidings.map(|figure| FigureId::parse(figure).unwrap());
        let told = |row: &Hidden| format!("{} {}: {} {}", row.framework, row.kind, row.names.join(", "), row.figures);
        let rows: Vec<String> = gather(&hidings).iter().map(told).collect();
        let expected = [
            "s Region: Isles, not stated 3",
            "s ¤Sections: 2, 10 2",
            "s ¤Criteria: A1 1",
            "s Places of ¤criteria among all:  2",
            "s The ¤total:  2",
            "t The ¤total:  1",
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
