//! What is asked of a return: what a framework's conditions leave out by what the cover says.
//!
//! [`settle`] leaves out what surely isn't asked. Where an entry is wanting on which that rests, [`variants`] gives the return as it would
//! be with each entry that could stand there.

use std::collections::{BTreeMap, BTreeSet};

use crate::finding::{Finding, Findings, Place};
use crate::framework::expression::{Expression, Mention, Scope};
use crate::framework::{Applies, EntryKind, FieldId, Framework, Otherwise};
use crate::layout::rule::CRITERION_MISSING;

use super::field_scope::FieldScope;
use super::rule::ANSWER_NOT_ASKED;
use super::{Entry, EntryValue, Grading, Reading, Return, Standing};

/// How it is said of a scale without such an answer that something doesn't apply.
pub const NOT_APPLICABLE: &str = "N/A";

/// The most variants of a return that are worked out.
const MOST: usize = 64;

/// What isn't asked of a return, or may not be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The criteria and measures that don't apply.
    pub dropped: BTreeSet<String>,
    /// Those of which a blank is no fault.
    pub optional: BTreeSet<String>,
    /// Those of which it can't be told whether they apply, as the cover doesn't say.
    pub open: BTreeSet<String>,
}

impl Asked {
    /// Whether an answer is wanted.
    pub fn wants(&self, item: &str) -> bool {
        [&self.dropped, &self.optional, &self.open].iter().all(|items| !items.contains(item))
    }

    /// Whether a blank stands for what doesn't apply.
    pub fn lets_blank(&self, item: &str) -> bool {
        self.dropped.contains(item) || self.optional.contains(item)
    }
}

/// Leaves out what isn't asked of a return, and says which answers aren't counted for it.
pub fn settle(framework: &Framework, sent: &mut Return, findings: &mut Findings) {
    apply(framework, sent, findings, &|applies, sent| holds(applies, &sent.fields));
    let asked = &sent.asked;
    findings.retain(|finding| {
        let subject = finding.subject.as_deref().filter(|_| finding.is_of(&CRITERION_MISSING));
        subject.is_none_or(|item| asked.wants(item))
    });
}

/// Returns the return in each variant that can be, where what is asked of it can't be told; `None` where it can, none where they are
/// too many to be looked at.
pub fn variants(framework: &Framework, sent: &Return) -> Option<Vec<Return>> {
    let open: Vec<&Applies> = open(framework, sent).collect();
    if open.is_empty() {
        return None;
    }
    let mut all = vec![sent.clone()];
    for (field, choices) in choices(framework, sent, &open) {
        let with = |sent: &Return, choice: &String| {
            let mut sent = sent.clone();
            let entry = sent.fields.entry(field.clone()).or_insert_with(Entry::absent);
            entry.reading = Reading::Given(EntryValue::Text(choice.as_str().into()));
            sent
        };
        all = all.iter().flat_map(|sent| choices.iter().map(move |choice| with(sent, choice))).collect();
        if all.len() > MOST {
            return Some(Vec::new());
        }
    }
    let mut settled = Vec::new();
    for sent in all {
        let Some(ways) = either_way(framework, &sent, &open) else { return Some(Vec::new()) };
        settled.extend(ways);
        if settled.len() > MOST {
            return Some(Vec::new());
        }
    }
    Some(settled)
}

/// Returns where the entries stand that are wanting, so that it can't be told what is asked.
pub fn wanting(framework: &Framework, sent: &Return) -> Vec<Place> {
    let open: Vec<&Applies> = open(framework, sent).collect();
    let fields = framework.fields.iter().filter(|field| rests_on(&open, &field.id) && is_wanting(sent, &field.id));
    let place = |field: &crate::framework::Field| sent.fields.get(&field.id).and_then(|entry| entry.place.clone());
    let places: Vec<Place> = fields.map(|field| place(field).unwrap_or(Place::Workbook)).collect();
    if places.is_empty() && !open.is_empty() { vec![Place::Workbook] } else { places }
}

/// Returns the parts of which it can't be told whether they apply.
fn open<'a>(framework: &'a Framework, sent: &Return) -> impl Iterator<Item = &'a Applies> {
    framework.applies.iter().filter(|applies| holds(applies, &sent.fields).is_none())
}

/// Whether a part applies; `None` where that can't be told.
fn holds(applies: &Applies, fields: &BTreeMap<FieldId, Entry>) -> Option<bool> {
    let Some(when) = &applies.when else { return Some(false) };
    let scope: &dyn Scope = &FieldScope(fields);
    when.evaluate(scope).truth()
}

/// Whether nothing usable stands in a field.
fn is_wanting(sent: &Return, field: &FieldId) -> bool {
    sent.fields.get(field).and_then(Entry::given).is_none()
}

/// Whether one of the conditions rests on a field.
fn rests_on(open: &[&Applies], field: &FieldId) -> bool {
    let mut names = open.iter().filter_map(|applies| applies.when.as_ref()).flat_map(Expression::names);
    names.any(|name| matches!(name, Mention::Attribute(of, part) if of == "field" && *field == *part))
}

/// Returns the fields that are wanting and can be one of a few words, each with these.
fn choices(framework: &Framework, sent: &Return, open: &[&Applies]) -> Vec<(FieldId, Vec<String>)> {
    let wanting = framework.fields.iter().filter(|field| rests_on(open, &field.id) && is_wanting(sent, &field.id));
    let of_kind = |field: &crate::framework::Field| match &field.kind {
        EntryKind::Choice(choices) | EntryKind::Mark(choices) => {
            Some((field.id.clone(), choices.iter().filter_map(|names| names.first().cloned()).collect()))
        }
        EntryKind::Text
        | EntryKind::Contact
        | EntryKind::Number { .. }
        | EntryKind::Date(_)
        | EntryKind::Reference(_)
        | EntryKind::Registration(_) => None,
    };
    wanting.filter_map(of_kind).collect()
}

/// Returns a return with each condition that still can't be told taken to hold and not to hold; `None` where these are too many.
fn either_way(framework: &Framework, sent: &Return, open: &[&Applies]) -> Option<Vec<Return>> {
    let told = |applies: &Applies| applies.when.as_ref().map_or("", |when| when.written.as_str()).to_owned();
    let unknown: BTreeSet<String> =
        open.iter().filter(|applies| holds(applies, &sent.fields).is_none()).map(|applies| told(applies)).collect();
    let ways = u32::try_from(unknown.len()).ok().and_then(|number| 2_usize.checked_pow(number));
    let ways = ways.filter(|ways| *ways <= MOST)?;
    let numbered: BTreeMap<String, usize> = unknown.into_iter().zip(0..).collect();
    let way = |way: usize| {
        let mut sent = sent.clone();
        let truth = |applies: &Applies| numbered.get(&told(applies)).map(|bit| (way >> bit) & 1 == 1);
        apply(framework, &mut sent, &mut Findings::default(), &|applies, sent| {
            holds(applies, &sent.fields).or_else(|| truth(applies))
        });
        sent
    };
    Some((0..ways).map(way).collect())
}

/// Leaves out what doesn't apply.
fn apply(
    framework: &Framework,
    sent: &mut Return,
    findings: &mut Findings,
    holds: &dyn Fn(&Applies, &Return) -> Option<bool>,
) {
    sent.asked = Asked::default();
    for applies in &framework.applies {
        let items = applies.to.iter().flat_map(|name| framework.items_of(name)).map(str::to_owned);
        match (holds(applies, sent), applies.otherwise) {
            (Some(true), _) => {}
            (Some(false), Otherwise::NotApplicable) => sent.asked.dropped.extend(items),
            (Some(false), Otherwise::Optional) => sent.asked.optional.extend(items),
            (None, _) => sent.asked.open.extend(items),
        }
    }
    leave_out(sent, findings);
}

/// Takes out the answers to what doesn't apply.
fn leave_out(sent: &mut Return, findings: &mut Findings) {
    let Return { answers, points, asked, .. } = sent;
    for ((_, id), entry) in answers.iter_mut().filter(|((_, id), _)| asked.dropped.contains(id.as_str())) {
        let counts = entry.given().is_some_and(|given| given.standing == Standing::Counts);
        findings.extend(if counts { not_asked(id.as_str(), entry) } else { None });
        // What isn't asked isn't said by the sender in the scale's own words, unless it is.
        let own = entry.given().filter(|given| given.standing == Standing::Dropped).map(|given| given.grade.clone());
        let grade = own.unwrap_or_else(|| NOT_APPLICABLE.to_owned());
        let left_out = Grading { grade, points: None, standing: Standing::Dropped };
        entry.reading = Reading::Given(left_out);
    }
    for ((_, id), entry) in points.iter_mut().filter(|((_, id), _)| asked.dropped.contains(id.as_str())) {
        findings.extend(entry.given().and_then(|_| not_asked(id.as_str(), entry)));
        entry.reading = Reading::Blank;
    }
}

/// Says that an answer isn't counted, as what it answers doesn't apply.
fn not_asked<T>(id: &str, entry: &Entry<T>) -> Option<Finding> {
    let place = entry.place.clone()?;
    let message =
        format!("{id} doesn't apply by what the cover says; the answer {} isn't counted", entry.written.trim());
    let finding = Finding::new(&ANSWER_NOT_ASKED, place, message).with_subject(id).with_found(entry.written.trim());
    Some(finding.with_help("Check the cover; if it is right, take the answer out."))
}
