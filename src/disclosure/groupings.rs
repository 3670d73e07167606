//! Which groupings may be passed on together.
//!
//! Two groupings tell of returns where their groups overlap: sums over groups of one less sums over groups of the other. Of two it can
//! be said of how few at the least ([`fewest_told_apart`]). Of three and more it can't be said in useful time, as they can be added up in
//! any way: so two are told, and beside them only one whose groups are made of whole groups of these, which tells nothing new.

use std::collections::{BTreeMap, BTreeSet};

use super::cut::fewest_told_apart;
use super::groups::{all_of, files, hide_row};
use crate::figure::{Figure, FigureId, Figured};
use crate::framework::{EntryKind, Field, FieldRole, Framework};
use crate::season::{Season, SeasonReturn};
use crate::statistics::{Compared, FrameworkStatistics, GroupOutcome, GroupRow};
use crate::wording::{Wording, words};

/// So many groupings are told that aren't made of one another.
const INDEPENDENT: usize = 2;

/// Words one of which stands in the name of a column of assessors, whatever the form calls them.
const ASSESSORS: [&str; 2] = ["assessor", "assessors"];

/// Takes out the groupings that name people: those by assessors' names or by how to reach somebody.
pub(super) fn without_people(framework: &mut FrameworkStatistics, spec: &Framework, season: &Season) -> Vec<FigureId> {
    let assessors = assessors(season);
    let names_people = |by: &str| is_of_people(spec, by) || holds_any(framework, by, &assessors);
    let named: BTreeSet<String> =
        framework.groups.iter().map(|row| row.by.clone()).filter(|by| names_people(by)).collect();
    framework.groups.retain(|row| !named.contains(&row.by));
    framework.groupings.retain(|row| !named.contains(&row.by));
    named.into_iter().map(|by| all_of(framework, by)).collect()
}

/// Whether a column holds names of people by what it is called: it speaks of assessors, or the form has it so under its id or one of its
/// labels, which a roster's column may bear.
fn is_of_people(spec: &Framework, by: &str) -> bool {
    let plain = |name: &str| Wording::of(&name.replace(['_', '-'], " "));
    let column = plain(by);
    let is_same = |field: &Field| {
        let names = [field.id.as_str(), &field.label].into_iter().chain(field.also.iter().map(String::as_str));
        names.map(plain).any(|name| name == column)
    };
    let is_person =
        |field: &&Field| field.role == Some(FieldRole::Assessor) || matches!(field.kind, EntryKind::Contact);
    let speaks_of_assessors = words(column.as_str()).any(|word| ASSESSORS.contains(&word));
    speaks_of_assessors || spec.fields.iter().filter(is_person).any(is_same)
}

/// Returns how returns name their assessors.
fn assessors(season: &Season) -> BTreeSet<Wording> {
    let named = season.reviews().filter_map(|review| {
        let framework = review.framework_among(season.frameworks)?;
        review.role(framework, FieldRole::Assessor)
    });
    named.map(|name| Wording::of(&name.to_string())).collect()
}

/// Whether a group of a column is one of some names.
fn holds_any(framework: &FrameworkStatistics, by: &str, names: &BTreeSet<Wording>) -> bool {
    let groups = framework.groups.iter().filter(|row| row.by == by).filter_map(|row| row.group.as_deref());
    groups.map(Wording::of).any(|group| names.contains(&group))
}

/// Keeps the groupings that tell of no few returns together, outcomes by the first of them alone; returns what is withheld.
pub(super) fn protect(framework: &mut FrameworkStatistics, season: &Season) -> Vec<FigureId> {
    let mut columns: Vec<String> = framework.groups.iter().map(|row| row.by.clone()).collect();
    columns.dedup();
    let shown = |by: &String| framework.groups.iter().filter(|row| row.by == *by && row.returns.is_shown()).count();
    columns.sort_by_cached_key(|by| (std::cmp::Reverse(shown(by)), by.clone()));
    let (mut kept, mut independent): (Vec<String>, usize) = (Vec::new(), 0);
    for by in columns.iter().filter(|by| shown(by) > 0) {
        let is_made_of = kept.iter().any(|other| is_made_of(framework, season, by, other));
        let is_safe = || kept.iter().all(|other| is_safe(framework, season, by, other));
        if is_made_of || (independent < INDEPENDENT && is_safe()) {
            independent += usize::from(!is_made_of);
            kept.push(by.clone());
        }
    }
    framework.groups.retain(|row| kept.contains(&row.by));
    for row in framework.groups.iter_mut().filter(|row| kept.first() != Some(&row.by)) {
        row.outcomes = Vec::new();
    }
    framework.groups.iter_mut().filter(|row| !row.returns.is_shown()).for_each(hide_row);
    for by in &kept {
        sections(framework, season, by);
    }
    columns.into_iter().filter(|by| !kept.contains(by)).map(|by| all_of(framework, by)).collect()
}

/// Keeps of the columns whose groups are compared those of which every group's mean total or outcomes may be passed on: what chance gives
/// rests on all of them.
pub(super) fn compared(framework: &mut FrameworkStatistics) {
    let groups = &framework.groups;
    framework.groupings.retain(|row| {
        let mut of = groups.iter().filter(|group| group.by == row.by).peekable();
        of.peek().is_some()
            && of.all(|group| match row.compared {
                Compared::Totals => group.totals.mean.is_shown(),
                Compared::Outcomes => is_told_by_each_outcome(group),
            })
    });
}

/// Whether it may be passed on how many of a group have each outcome, none of them counted together with another.
fn is_told_by_each_outcome(group: &GroupRow) -> bool {
    let is_told = |outcome: &GroupOutcome| outcome.count.is_shown() && !outcome.band.contains('+');
    !group.outcomes.is_empty() && group.outcomes.iter().all(is_told)
}

/// Hides the sections of a grouping where all that a group's sections come to, less its totals, is of few: of those that have sections
/// and no total.
fn sections(framework: &mut FrameworkStatistics, season: &Season, by: &str) {
    let numbered = numbered(framework, season, by);
    let mut rest: BTreeMap<usize, usize> = BTreeMap::new();
    for sent in season.headline_of(&framework.framework) {
        let has_section = sent.review.sections.iter().any(|of| of.percent.is_some());
        let number = numbered.get(sent.review.file.as_str()).filter(|_| has_section && !has_total(sent));
        *rest.entry(*number.unwrap_or(&usize::MAX)).or_default() += usize::from(number.is_some());
    }
    if rest.values().any(|few| (1..season.settings.disclosure.k).contains(few)) {
        let rows = framework.groups.iter_mut().filter(|row| row.by == by);
        rows.for_each(|row| row.sections.each_mut(&mut Figure::conceal));
    }
}

/// Whether a return has a total.
fn has_total(sent: &SeasonReturn) -> bool {
    sent.review.outcome.as_ref().is_some_and(|outcome| outcome.total.is_some())
}

/// Whether every group of one grouping consists of whole groups of another.
fn is_made_of(framework: &FrameworkStatistics, season: &Season, one: &str, other: &str) -> bool {
    let (one, other) = (numbered(framework, season, one), numbered(framework, season, other));
    let mut whole: BTreeMap<usize, Option<usize>> = BTreeMap::new();
    season.headline_of(&framework.framework).all(|sent| {
        let file = sent.review.file.as_str();
        match (one.get(file).copied(), other.get(file).copied()) {
            (one, Some(other)) => *whole.entry(other).or_insert(one) == one,
            (one, None) => one.is_none(),
        }
    })
}

/// Whether the sums over the groups of two groupings tell of no fewer returns than may be told of: of all returns, of those with a
/// total, and of those with each section.
fn is_safe(framework: &FrameworkStatistics, season: &Season, one: &str, other: &str) -> bool {
    let (one, other) = (numbered(framework, season, one), numbered(framework, season, other));
    let mine: Vec<&SeasonReturn> = season.headline_of(&framework.framework).collect();
    let told = |has: &dyn Fn(&SeasonReturn) -> bool| {
        let files = mine.iter().filter(|sent| has(sent)).map(|sent| sent.review.file.as_str());
        let pairs: Vec<(usize, usize)> = files.filter_map(|file| Some((*one.get(file)?, *other.get(file)?))).collect();
        fewest_told_apart(&pairs).is_none_or(|fewest| fewest >= season.settings.disclosure.k)
    };
    let sections = framework.sections.iter().all(|row| {
        told(&|sent| sent.review.sections.iter().any(|of| of.id.as_str() == row.section && of.percent.is_some()))
    });
    sections && told(&|_| true) && told(&has_total)
}

/// Returns a number for the group of each return, by file; all that are hidden are one group, whose sum is known from the others.
fn numbered<'a>(framework: &FrameworkStatistics, season: &'a Season, by: &str) -> BTreeMap<&'a str, usize> {
    let rows: Vec<&GroupRow> = framework.groups.iter().filter(|row| row.by == by).collect();
    let of = |(place, row): (usize, &&GroupRow)| -> Vec<(&'a str, usize)> {
        let number = if row.returns.is_shown() { place + 1 } else { 0 };
        files(&framework.framework, row, season).into_iter().map(|file| (file, number)).collect()
    };
    rows.iter().enumerate().flat_map(of).collect()
}
