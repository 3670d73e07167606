//! Two seasons that were run: what each organisation came to in both, who joined and who left, which findings are gone and new,
//! and how many organisations are in each band.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::findings::FindingChanges;
use super::{Matched, Pair, Presence, VERSION, matched};
use crate::exact::Exact;
use crate::finding::{Finding, Severity};
use crate::framework::{BandId, Framework, FrameworkId};
use crate::review::{Review, Status};
use crate::season::about::{self, About};
use crate::season::record::percent;
use crate::season::{SeasonReturn, stored};

/// What differs between two seasons.
#[derive(Clone, Debug, Serialize)]
pub struct RunComparison {
    /// The version of this format.
    pub schema: u32,
    /// How the seasons are called.
    pub seasons: Pair<String>,
    /// The organisations' returns that count, in order of their names.
    pub returns: Vec<ReturnChange>,
    /// The files that don't count, in order of their names.
    pub uncounted: Pair<Vec<Uncounted>>,
    /// The headline, by framework and band.
    pub bands: Vec<BandChange>,
    /// The findings, by rule.
    pub rules: Vec<RuleChange>,
}

/// What a return came to in both seasons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReturnChange {
    /// Whose return it is.
    pub organisation: String,
    /// The part or service of it that the return is about; `None` where it is the whole.
    pub unit: Option<String>,
    /// Which kind of return it is.
    pub kind: Option<String>,
    /// The framework.
    pub framework: FrameworkId,
    /// Whether it came in one season or in both.
    pub presence: Presence,
    /// The framework's version.
    pub version: Pair<String>,
    /// The band; open while answers are missing.
    pub band: Pair<BandId>,
    /// The total in per cent of the most; open while answers are missing.
    pub percent: Pair<Exact>,
    /// How many findings are gone.
    pub gone: usize,
    /// How many are new.
    pub new: usize,
    /// How many of those still there were accepted in between.
    pub accepted: usize,
    /// The severity of the worst that is new, in a return that came in both.
    pub worst_new: Option<Severity>,
}

/// A file that doesn't count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Uncounted {
    /// The file, as it was named.
    pub file: String,
    /// Whose it is, where it says so.
    pub organisation: Option<String>,
    /// What became of it.
    pub status: Status,
}

/// How many organisations are in a band; each is counted once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BandChange {
    /// The framework.
    pub framework: FrameworkId,
    /// The band; `None` for outcomes that are open.
    pub band: Option<BandId>,
    /// How many were before.
    pub before: usize,
    /// How many are after.
    pub after: usize,
}

/// How often a rule found something, in the returns that count and across returns.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct RuleChange {
    /// The rule's public name.
    pub rule: String,
    /// How many findings were before.
    pub before: usize,
    /// How many are after.
    pub after: usize,
    /// How many of those before are gone, of returns that came in both.
    pub gone: usize,
    /// How many of those after are new, of returns that came in both.
    pub new: usize,
    /// How many of those still there were accepted in between, of returns that came in both.
    pub accepted: usize,
}

/// What makes two returns the same one in two seasons.
type Key = (String, About, FrameworkId, Option<String>);

/// Two seasons' returns of one organisation, part or service of it, framework and kind.
type Returns<'a> = Matched<Key, &'a SeasonReturn>;

/// A season that was run.
#[derive(Clone, Debug)]
pub struct Run {
    /// How it is called.
    pub name: String,
    /// The reviews of its files.
    pub reviews: Vec<Review>,
    /// What was found across returns.
    pub findings: Vec<Finding>,
}

impl RunComparison {
    /// Sets two seasons side by side.
    pub fn of(first: Run, second: Run, frameworks: &[Framework]) -> Self {
        let across = [first.findings, second.findings];
        let after = stored::returns(frameworks, second.reviews, &[]);
        let standing: BTreeSet<&str> = after.iter().filter_map(|sent| sent.organisation.as_deref()).collect();
        let standing: Vec<&str> = standing.into_iter().collect();
        let mut before = stored::returns(frameworks, first.reviews, &standing);
        about::align(&mut before, &after);
        let returns = matched(keyed(&before), keyed(&after)).into_iter().map(|of| (changes(&of), of));
        let returns: Vec<(FindingChanges, Returns)> = returns.collect();
        Self {
            schema: VERSION,
            seasons: Pair::new(Some(first.name), Some(second.name)),
            returns: returns.iter().filter_map(|of| change(of, frameworks)).collect(),
            uncounted: Pair::new(Some(uncounted(&before)), Some(uncounted(&after))),
            bands: bands(&before, &after, frameworks),
            rules: rules(&returns, &across),
        }
    }

    /// Whether both seasons have returns of one framework.
    pub fn is_of_one_framework(&self) -> bool {
        let of = |left_out: Presence| -> BTreeSet<&FrameworkId> {
            self.returns.iter().filter(|of| of.presence != left_out).map(|of| &of.framework).collect()
        };
        !of(Presence::Joined).is_disjoint(&of(Presence::Left))
    }

    /// Returns the severity of the worst finding that is new; `None` where nothing is.
    pub fn worst_new(&self) -> Option<Severity> {
        self.returns.iter().filter_map(|of| of.worst_new).max()
    }

    /// Returns how many returns came so.
    pub fn count(&self, presence: Presence) -> usize {
        self.returns.iter().filter(|of| of.presence == presence).count()
    }
}

/// Returns the returns that count, by what makes them the same in another season.
fn keyed(returns: &[SeasonReturn]) -> impl Iterator<Item = (Key, &SeasonReturn)> {
    returns.iter().filter(|sent| sent.counts()).filter_map(|sent| {
        Some(((name(sent).to_owned(), sent.about(), sent.review.framework.clone()?, sent.review.kind.clone()), sent))
    })
}

fn uncounted(returns: &[SeasonReturn]) -> Vec<Uncounted> {
    let left_out = returns.iter().filter(|sent| !sent.counts()).map(|sent| Uncounted {
        file: sent.review.file.clone(),
        organisation: sent.organisation.clone(),
        status: sent.review.status,
    });
    left_out.collect()
}

/// Returns whose a return is; its file's name where it doesn't say.
fn name(sent: &SeasonReturn) -> &str {
    sent.organisation.as_deref().unwrap_or(&sent.review.file)
}

fn change((findings, of): &(FindingChanges, Returns), frameworks: &[Framework]) -> Option<ReturnChange> {
    let one = of.after.or(of.before)?;
    let (organisation, _, framework, kind) = of.key.clone();
    Some(ReturnChange {
        organisation,
        unit: one.part(),
        kind,
        framework,
        presence: of.presence(),
        version: pair(of, |review| review.framework_version.clone()),
        band: pair(of, |review| review.settled().cloned()),
        percent: pair(of, |review| percent(review, frameworks)),
        gone: findings.gone.len(),
        new: findings.new.len(),
        accepted: findings.accepted.len(),
        worst_new: findings.worst_new().filter(|_| of.presence() == Presence::Both),
    })
}

fn changes(of: &Returns) -> FindingChanges {
    FindingChanges::of(findings(of.before), findings(of.after))
}

fn findings(sent: Option<&SeasonReturn>) -> &[Finding] {
    sent.map(|sent| sent.review.findings.as_slice()).unwrap_or_default()
}

fn pair<T: PartialEq>(returns: &Returns, of: impl Fn(&Review) -> Option<T>) -> Pair<T> {
    let of = |sent: Option<&SeasonReturn>| of(&sent?.review);
    Pair::new(of(returns.before), of(returns.after))
}

/// Returns how many organisations are in each band, in the framework's order, those whose outcome is open last.
fn bands(before: &[SeasonReturn], after: &[SeasonReturn], frameworks: &[Framework]) -> Vec<BandChange> {
    let counts = [before, after].map(counts);
    let keys: BTreeSet<_> = counts.iter().flat_map(BTreeMap::keys).cloned().collect();
    let count = |at: usize, key: &(FrameworkId, Option<BandId>)| counts[at].get(key).copied().unwrap_or_default();
    let of = |key: &(FrameworkId, Option<BandId>)| BandChange {
        framework: key.0.clone(),
        band: key.1.clone(),
        before: count(0, key),
        after: count(1, key),
    };
    let mut bands: Vec<BandChange> = keys.iter().map(of).collect();
    let place = |band: &BandChange| {
        let framework = frameworks.iter().find(|framework| framework.id == band.framework)?;
        framework.place_of_band(band.band.as_ref()?)
    };
    bands.sort_by_cached_key(|band| (band.framework.clone(), place(band).unwrap_or(usize::MAX)));
    bands
}

fn counts(returns: &[SeasonReturn]) -> BTreeMap<(FrameworkId, Option<BandId>), usize> {
    let mut counts = BTreeMap::new();
    for sent in returns.iter().filter(|sent| sent.is_headline) {
        if let Some(framework) = sent.review.framework.clone() {
            *counts.entry((framework, sent.review.settled().cloned())).or_default() += 1;
        }
    }
    counts
}

/// Counts findings by rule: those of returns, and those across returns, of which each is of its season alone.
fn rules(returns: &[(FindingChanges, Returns)], [before, after]: &[Vec<Finding>; 2]) -> Vec<RuleChange> {
    let mut rules = Rules::default();
    rules.add(before, |of| &mut of.before);
    rules.add(after, |of| &mut of.after);
    for (changes, of) in returns {
        rules.add(findings(of.before), |of| &mut of.before);
        rules.add(findings(of.after), |of| &mut of.after);
        if of.presence() == Presence::Both {
            rules.add(&changes.gone, |of| &mut of.gone);
            rules.add(&changes.new, |of| &mut of.new);
            rules.add(&changes.accepted, |of| &mut of.accepted);
        }
    }
    rules.0.into_values().collect()
}

/// Findings, counted by rule.
#[derive(Default)]
struct Rules(BTreeMap<String, RuleChange>);

impl Rules {
    fn add(&mut self, findings: &[Finding], count: fn(&mut RuleChange) -> &mut usize) {
        for rule in findings.iter().map(|finding| finding.rule.as_str()) {
            let new = || RuleChange { rule: rule.to_owned(), ..RuleChange::default() };
            *count(self.0.entry(rule.to_owned()).or_insert_with(new)) += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::season::sample::{self, finding};

    fn review(organisation: &str, kind: &str, points: u32) -> Review {
        sample::review(&sample::usual(), organisation, kind, &[Some(points); 12])
    }

    fn run(name: &str, reviews: Vec<Review>) -> Run {
        Run { name: name.to_owned(), reviews, findings: Vec::new() }
    }

    fn compared(before: Vec<Review>, after: Vec<Review>) -> RunComparison {
        RunComparison::of(run("first", before), run("second", after), &[sample::usual()])
    }

    /// Returns who came how, and the bands.
    fn told(of: &RunComparison) -> Vec<(&str, Presence, Option<&str>, Option<&str>)> {
        let rows = of.returns.iter();
        rows.map(|row| {
            let Pair { before, after } = &row.band;
            (row.organisation.as_str(), row.presence, before.as_deref(), after.as_deref())
        })
        .collect()
    }

    #[test]
    fn organisations_stay_join_and_leave_by_name_however_it_is_spelled() {
        let before = vec![review("Acme Trust Ltd", "Self", 1), review("Gone", "Self", 2), review("Same", "Self", 2)];
        let after =
            vec![review("The Acme Trust Limited", "Self", 2), review("New", "Self", 1), review("Same", "Self", 2)];
        let compared = compared(before, after);
        let (none, excellent) = (Some("none"), Some("excellent"));
        let expected = [
            ("Gone", Presence::Left, excellent, None),
            ("New", Presence::Joined, None, none),
            ("Same", Presence::Both, excellent, excellent),
            ("The Acme Trust Limited", Presence::Both, none, excellent),
        ];
        assert_eq!(told(&compared), expected);
        let counts = [Presence::Both, Presence::Joined, Presence::Left].map(|presence| compared.count(presence));
        assert_eq!(counts, [2, 1, 1]);
        let percent = &compared.returns[3].percent;
        assert_eq!(*percent, Pair::new(Some(50.into()), Some(100.into())));
    }

    #[test]
    fn kinds_are_apart_and_the_headline_counts_each_organisation_once() {
        let before = vec![review("A", "Self-assessment", 2), review("A", "External assessment", 1)];
        let after = vec![review("A", "Self-assessment", 2), review("B", "Self-assessment", 2)];
        let compared = compared(before, after);
        let kinds: Vec<(Option<&str>, Presence)> =
            compared.returns.iter().map(|row| (row.kind.as_deref(), row.presence)).collect();
        let own = Some("Self-assessment");
        let expected = [(Some("External assessment"), Presence::Left), (own, Presence::Both), (own, Presence::Joined)];
        assert_eq!(kinds, expected);
        let bands: Vec<(Option<&str>, usize, usize)> =
            compared.bands.iter().map(|row| (row.band.as_deref(), row.before, row.after)).collect();
        assert_eq!(bands, [(Some("excellent"), 0, 2), (Some("none"), 1, 0)]);
    }

    #[test]
    fn what_is_open_is_no_band_and_what_does_not_count_is_listed() {
        let open = sample::review(&sample::usual(), "A", "Self", &[None; 12]);
        let mut twice = review("A", "Self", 1);
        twice.status = Status::Duplicate;
        let unread = Review::unread("torn.xlsx", String::new(), Status::Unreadable, Vec::new());
        let compared = compared(vec![review("A", "Self", 2), unread], vec![open, twice]);
        assert_eq!(told(&compared), [("A", Presence::Both, Some("excellent"), None)]);
        let last = compared.bands.last().unwrap();
        assert_eq!((last.band.as_deref(), last.before, last.after), (None, 0, 1));
        let files = |files: &Option<Vec<Uncounted>>| -> Vec<Status> {
            files.iter().flatten().map(|file| file.status).collect()
        };
        assert_eq!(files(&compared.uncounted.before), [Status::Unreadable]);
        assert_eq!(files(&compared.uncounted.after), [Status::Duplicate]);
    }

    #[test]
    fn findings_are_gone_and_new_by_rule_in_what_came_twice() {
        let with = |organisation: &str, rule: &str| {
            let found = vec![finding(rule, Severity::Warning, "1.1", 5)];
            Review { findings: found, ..review(organisation, "Self", 1) }
        };
        let before = run("first", vec![with("A", "evidence-missing"), with("Gone", "evidence-missing")]);
        let after = run("second", vec![with("A", "answer-blank"), with("New", "answer-blank")]);
        let across = vec![finding("return-missing", Severity::Warning, "1.1", 5)];
        let after = Run { findings: across, ..after };
        let compared = RunComparison::of(before, after, &[sample::usual()]);
        let rules: Vec<(&str, [usize; 4])> =
            compared.rules.iter().map(|of| (of.rule.as_str(), [of.before, of.after, of.gone, of.new])).collect();
        let expected =
            [("answer-blank", [0, 2, 0, 1]), ("evidence-missing", [2, 0, 1, 0]), ("return-missing", [0, 1, 0, 0])];
        assert_eq!(rules, expected);
        assert_eq!(compared.worst_new(), Some(Severity::Warning));
        assert_eq!(compared.returns.iter().filter(|row| row.worst_new.is_some()).count(), 1);
    }

    #[test]
    fn seasons_of_different_frameworks_have_nothing_in_common() {
        let other = Review { framework: Some("other".into()), ..review("A", "Self", 1) };
        assert!(!compared(vec![review("A", "Self", 1)], vec![other.clone()]).is_of_one_framework());
        assert!(compared(vec![review("A", "Self", 1)], vec![other, review("B", "Self", 1)]).is_of_one_framework());
    }

    #[test]
    fn services_are_compared_each_with_itself() {
        let framework = sample::of_services(sample::usual());
        let of = |service: &str, points| sample::of_service(&framework, service, "Self", points);
        let before = run("first", vec![of("Adult", 0), of("Youth", 2)]);
        let after = run("second", vec![of("youth", 2), of("Adult", 0), of("Work", 1)]);
        let compared = RunComparison::of(before, after, std::slice::from_ref(&framework));
        let rows: Vec<_> =
            compared.returns.iter().map(|row| (row.unit.as_deref(), row.presence, row.percent.differs())).collect();
        let (adult, youth, work) = (Some("Adult"), Some("youth"), Some("Work"));
        let expected = [(adult, Presence::Both, false), (work, Presence::Joined, true), (youth, Presence::Both, false)];
        assert_eq!(rows, expected);
    }
}
