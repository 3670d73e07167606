//! The findings of a return by what to put right first.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::finding::{Finding, Severity};
use crate::report::subject::Subjects;
use crate::report::view::Fact;
use crate::review::Review;
use crate::words::{agree, capital, count, list, sentence, words_of};

/// What is to be done about findings of a severity.
pub(super) struct Duty {
    /// Which.
    pub(super) severity: Severity,
    /// What one is called in counts.
    pub(super) one: &'static str,
    /// What several are called.
    pub(super) many: &'static str,
    /// The heading.
    heading: &'static str,
    /// What the heading means.
    lead: &'static str,
    /// How many of one kind are printed.
    most: usize,
}

/// The duties, the most pressing first.
pub(super) const DUTIES: [Duty; 3] = [
    Duty {
        severity: Severity::Error,
        one: "error to put right",
        many: "errors to put right",
        heading: "Put right first",
        lead: "The return can\u{2019}t be accepted while these stand.",
        most: 25,
    },
    Duty {
        severity: Severity::Warning,
        one: "warning to look at",
        many: "warnings to look at",
        heading: "Look at, and put right or explain",
        lead: "Each of these may be right as it is; then say why in the annotated workbook.",
        most: 12,
    },
    Duty {
        severity: Severity::Note,
        one: "note",
        many: "notes",
        heading: "Good to know",
        lead: "Nothing has to be done about these.",
        most: 6,
    },
];

/// The findings as a template sees them.
#[derive(Clone, Debug, Serialize)]
pub(super) struct FindingsView {
    sentence: String,
    duties: Vec<DutyView>,
}

/// The findings of a severity.
#[derive(Clone, Debug, Serialize)]
struct DutyView {
    heading: String,
    lead: String,
    severity: &'static str,
    kinds: Vec<KindView>,
}

/// The findings of one rule with the same cure.
#[derive(Clone, Debug, Serialize)]
struct KindView {
    title: String,
    count: String,
    help: String,
    same: Option<String>,
    places: Vec<Fact>,
    rows: Vec<Row>,
    more: Option<String>,
}

/// One finding.
#[derive(Clone, Debug, Serialize)]
struct Row {
    place: String,
    subject: String,
    message: String,
}

/// Returns the findings as a template sees them.
pub(super) fn view(review: &Review, subjects: &Subjects) -> FindingsView {
    let duties = DUTIES.iter().filter_map(|duty| duty_view(duty, review, subjects)).collect();
    FindingsView { sentence: summary(review), duties }
}

/// Returns how many findings there are of each severity.
fn summary(review: &Review) -> String {
    if review.findings.is_empty() {
        return "Nothing was found that needs attention.".to_owned();
    }
    let of = |duty: &Duty| review.findings.iter().filter(|finding| finding.severity == duty.severity).count();
    let counts = DUTIES.iter().map(|duty| (duty, of(duty))).filter(|(_, number)| *number > 0);
    let parts: Vec<String> = counts.map(|(duty, number)| count(number, duty.one, duty.many)).collect();
    let verb = agree(review.findings.len(), "was", "were");
    let by_kind =
        if review.findings.len() > 1 { " They are grouped by what is wrong, the most pressing first." } else { "" };
    format!("{} {verb} found.{by_kind}", capital(&list(&parts)))
}

/// Returns the findings of a severity; `None` where there are none.
fn duty_view(duty: &Duty, review: &Review, subjects: &Subjects) -> Option<DutyView> {
    let mut kinds: BTreeMap<(&str, &str), Vec<&Finding>> = BTreeMap::new();
    for finding in review.findings.iter().filter(|finding| finding.severity == duty.severity) {
        kinds.entry((finding.rule.as_str(), &finding.help)).or_default().push(finding);
    }
    let mut kinds: Vec<_> = kinds.into_iter().collect();
    kinds.sort_by_key(|(_, findings)| std::cmp::Reverse(findings.len()));
    (!kinds.is_empty()).then(|| DutyView {
        heading: duty.heading.to_owned(),
        lead: duty.lead.to_owned(),
        severity: duty.severity.as_str(),
        kinds: kinds
            .into_iter()
            .map(|((rule, help), findings)| kind_view(duty, rule, help, &findings, subjects))
            .collect(),
    })
}

/// Returns the findings of one kind, at most as many as are printed.
fn kind_view(duty: &Duty, rule: &str, help: &str, findings: &[&Finding], subjects: &Subjects) -> KindView {
    let same = same_message(findings);
    let together = if same.is_some() { Vec::new() } else { alike(findings) };
    // A single row more takes no more room than the sentence that would stand for it.
    let printed = if together.len() > duty.most + 1 { duty.most } else { together.len() };
    let hidden: usize = together[printed..].iter().map(Vec::len).sum();
    let places = agree(findings.len(), "place", "places");
    KindView {
        title: words_of(rule),
        count: format!("{} {places}", findings.len()),
        help: sentence(help),
        places: if same.is_some() { by_sheet(findings, subjects) } else { Vec::new() },
        rows: together[..printed].iter().map(|alike| row(alike, subjects)).collect(),
        same,
        more: (hidden > 0)
            .then(|| format!("Beside those below, {hidden} more of this kind are marked in the annotated workbook.")),
    }
}

/// Returns what several findings say, where all say the same.
fn same_message(findings: &[&Finding]) -> Option<String> {
    let first = findings.first().filter(|_| findings.len() > 2)?;
    findings.iter().all(|finding| finding.message == first.message).then(|| sentence(&first.message))
}

/// Returns the places of findings, gathered by sheet in the order of their first.
fn by_sheet(findings: &[&Finding], subjects: &Subjects) -> Vec<Fact> {
    let mut sheets: Vec<(String, Vec<String>)> = Vec::new();
    for finding in findings {
        let sheet = finding.sheet().unwrap_or("The workbook").to_owned();
        let subject = finding.subject.as_ref().map(|subject| subjects.brief(subject));
        let at = match (finding.cell(), subject) {
            (Some(cell), Some(subject)) => format!("{cell} ({subject})"),
            (Some(cell), None) => cell,
            (None, Some(subject)) => subject,
            (None, None) => "as a whole".to_owned(),
        };
        match sheets.iter_mut().find(|(known, _)| *known == sheet) {
            Some((_, places)) => places.push(at),
            None => sheets.push((sheet, vec![at])),
        }
    }
    sheets.into_iter().map(|(sheet, places)| Fact::new(sheet, places.join(", "))).collect()
}

/// Returns findings by what they say, those that say the same on one sheet together, in the order of their first.
fn alike<'a>(findings: &[&'a Finding]) -> Vec<Vec<&'a Finding>> {
    let mut places: BTreeMap<(Option<&str>, &str), usize> = BTreeMap::new();
    let mut together: Vec<Vec<&Finding>> = Vec::new();
    for finding in findings {
        let at = *places.entry((finding.sheet(), &finding.message)).or_insert(together.len());
        match together.get_mut(at) {
            Some(alike) => alike.push(finding),
            None => together.push(vec![finding]),
        }
    }
    together
}

/// Returns findings that say the same on one sheet as a row.
fn row(alike: &[&Finding], subjects: &Subjects) -> Row {
    let mut about: Vec<&String> = alike.iter().filter_map(|finding| finding.subject.as_ref()).collect();
    about.dedup();
    let subject = match &about[..] {
        [id] => subjects.named(id),
        ids => list(&ids.iter().map(|id| subjects.brief(id)).collect::<Vec<_>>()),
    };
    let message = alike.first().map_or_else(String::new, |finding| sentence(&finding.message));
    Row { place: place(alike), subject, message }
}

/// Returns where findings on one sheet stand, as people say it.
fn place(alike: &[&Finding]) -> String {
    let cells: Vec<String> = alike.iter().filter_map(|finding| finding.cell()).collect();
    match alike.first().and_then(|finding| finding.sheet()) {
        Some(sheet) if cells.is_empty() => sheet.to_owned(),
        Some(sheet) => format!("{sheet}, {}", list(&cells)),
        None => "The workbook".to_owned(),
    }
}
