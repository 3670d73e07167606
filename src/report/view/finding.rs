//! The findings of a return by what to put right first.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::finding::{Finding, Severity};
use crate::report::subject::Subjects;
use crate::report::view::Fact;
use crate::review::Review;
use crate::words::{agree, duty, list, sentence, tally, words_of};

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
    let duties = Severity::WORST_FIRST.into_iter().filter_map(|severity| duty_view(severity, review, subjects));
    FindingsView { sentence: summary(review), duties: duties.collect() }
}

/// Returns what the findings of a severity mean for the return.
const fn lead(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "The return can\u{2019}t be accepted while these stand.",
        Severity::Warning => "Each of these may be right as it is; then say why in the annotated workbook.",
        Severity::Note => "Nothing has to be done about these.",
    }
}

/// Returns how many findings of one kind are printed.
const fn most(severity: Severity) -> usize {
    match severity {
        Severity::Error => 25,
        Severity::Warning => 12,
        Severity::Note => 6,
    }
}

/// Returns how many findings there are of each severity.
fn summary(review: &Review) -> String {
    let by_kind =
        if review.findings.len() > 1 { " They are grouped by what is wrong, the most pressing first." } else { "" };
    format!("{}{by_kind}", tally(&review.findings))
}

/// Returns the findings of a severity; `None` where there are none.
fn duty_view(severity: Severity, review: &Review, subjects: &Subjects) -> Option<DutyView> {
    let mut kinds: BTreeMap<(&str, &str), Vec<&Finding>> = BTreeMap::new();
    for finding in review.findings.iter().filter(|finding| finding.severity == severity) {
        kinds.entry((finding.rule.as_str(), &finding.help)).or_default().push(finding);
    }
    let mut kinds: Vec<_> = kinds.into_iter().collect();
    kinds.sort_by_key(|(_, findings)| std::cmp::Reverse(findings.len()));
    let view = |((rule, help), findings): ((&str, &str), Vec<&Finding>)| {
        kind_view(most(severity), rule, help, &findings, subjects)
    };
    (!kinds.is_empty()).then(|| DutyView {
        heading: duty(severity).to_owned(),
        lead: lead(severity).to_owned(),
        severity: severity.as_str(),
        kinds: kinds.into_iter().map(view).collect(),
    })
}

/// Returns the findings of one kind, of which so many are printed at most.
fn kind_view(most: usize, rule: &str, help: &str, findings: &[&Finding], subjects: &Subjects) -> KindView {
    let same = same_message(findings);
    let together = if same.is_some() { Vec::new() } else { alike(findings) };
    // A single row more takes no more room than the sentence that would stand for it.
    let printed = if together.len() > most + 1 { most } else { together.len() };
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
