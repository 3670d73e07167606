//! The findings of a return by what to put right first.

use std::collections::BTreeMap;

use super::pairs;
use crate::document::{Cell, Column, Fact, Part, Table};
use crate::finding::{Finding, Severity};
use crate::framework::ReportKind;
use crate::report::subject::Subjects;
use crate::words::{duty, list, sentence, tally, words_of};

/// Returns the findings under a heading.
pub(super) fn part(heading: &str, subjects: &Subjects) -> Part {
    let findings = &subjects.review.findings;
    let grouped = "They are grouped by what is to be done, the most pressing first.";
    let asked = findings.iter().filter(|finding| !finding.is_settled()).count();
    let summary = [tally(findings)].into_iter().chain((asked > 1).then(|| grouped.to_owned()));
    let duties = Severity::WORST_FIRST.into_iter().filter_map(|severity| of_duty(severity, subjects));
    Part::new(heading).lead(summary).part(duties.chain(explained(subjects)).chain(accepted(subjects)))
}

/// Returns what the team decided to leave as it is; `None` where that is nothing.
fn accepted(subjects: &Subjects) -> Option<Part> {
    let waived = subjects.review.findings.iter().filter(|finding| finding.waived.is_some());
    let told: Vec<Fact> = waived.map(|finding| Fact::new(sentence(&finding.message), &finding.help)).collect();
    let lead = "These stand as they are by decision, up to the day that is named.";
    let part = Part::new("What is accepted").lead([lead]).block(pairs(&told, ["What is there", "Decision"]));
    (!told.is_empty()).then_some(part)
}

/// Returns what the sender explained; `None` where that is nothing. A paper for a Board isn't read by the sender.
fn explained(subjects: &Subjects) -> Option<Part> {
    let findings = &subjects.review.findings;
    let told = findings.iter().filter(|finding| finding.waived.is_none());
    let told = told.filter_map(|finding| Some((finding, finding.explanation.as_ref()?)));
    let told: Vec<Fact> =
        told.map(|(finding, explanation)| Fact::new(sentence(&finding.message), explanation)).collect();
    let (heading, who) = match subjects.framework.report_kind() {
        ReportKind::Assessment | ReportKind::Letter => ("What you explained", "You explained"),
        ReportKind::BoardPaper => ("What the sender explained", "The sender explained"),
    };
    let lead =
        "This was said in the copy that came back and isn\u{2019}t asked again. Errors stand until they are put right.";
    let part = Part::new(heading).lead([lead]).block(pairs(&told, ["What is there", who]));
    (!told.is_empty()).then_some(part)
}

/// Returns what the findings of a severity mean for the return, and how many with one cure are printed.
const fn weight(severity: Severity) -> (&'static str, usize) {
    match severity {
        Severity::Error => ("The ¤return can\u{2019}t be accepted while these stand.", 25),
        Severity::Warning => ("Each of these may be right as it is; then say why in the annotated workbook.", 12),
        Severity::Note => ("Nothing has to be done about these.", 6),
    }
}

/// Returns the findings of a severity; `None` where there are none.
fn of_duty(severity: Severity, subjects: &Subjects) -> Option<Part> {
    let mut kinds: BTreeMap<String, Vec<&Finding>> = BTreeMap::new();
    let is_asked = |finding: &&Finding| finding.severity == severity && !finding.is_settled();
    for finding in subjects.review.findings.iter().filter(is_asked) {
        kinds.entry(cure(finding)).or_default().push(finding);
    }
    let mut kinds: Vec<_> = kinds.into_iter().collect();
    let is_cause = |findings: &[&Finding]| findings.iter().any(|finding| !finding.effects.is_empty());
    kinds.sort_by_key(|(_, findings)| std::cmp::Reverse((is_cause(findings), findings.len())));
    let (meaning, most) = weight(severity);
    let parts = kinds.iter().map(|(cure, findings)| of_kind(most, cure, findings, subjects));
    (!kinds.is_empty()).then(|| Part::new(duty(severity)).lead([meaning]).part(parts))
}

/// Returns what is to be done about a finding; what it is, where nothing says so.
fn cure(finding: &Finding) -> String {
    if finding.help.is_empty() { words_of(finding.rule.as_str()) } else { sentence(&finding.help) }
}

/// Returns the findings with the same cure, which heads them, and of which so many are printed at most.
fn of_kind(most: usize, cure: &str, findings: &[&Finding], subjects: &Subjects) -> Part {
    // A heading is one sentence, and has no full stop.
    let (heading, rest) = cure.split_once(". ").unwrap_or((cure.trim_end_matches('.'), ""));
    let places = if findings.len() > 1 { format!(" ({} places)", findings.len()) } else { String::new() };
    let part = Part::new(format!("{heading}{places}")).lead((!rest.is_empty()).then(|| rest.to_owned()));
    if let Some(same) = same_message(findings) {
        let places = pairs(&by_sheet(findings, subjects), ["Sheet", "Cells, with what they are about"]);
        return part.lead([same]).block(places);
    }
    let together = alike(findings);
    // A single row more takes no more room than the sentence that would stand for it.
    let printed = if together.len() > most + 1 { most } else { together.len() };
    let hidden: usize = together[printed..].iter().map(Vec::len).sum();
    let more = format!("Beside those below, {hidden} more of this kind are marked in the annotated workbook.");
    part.lead((hidden > 0).then_some(more)).block(table(&together[..printed], subjects))
}

/// Returns where findings stand, with what was found; those that say the same on one sheet stand in one row.
fn table(rows: &[Vec<&Finding>], subjects: &Subjects) -> Table {
    let has_subjects = rows.iter().flatten().any(|finding| finding.subject.is_some());
    let (wide, narrow) = if has_subjects { (2.0, 1.1) } else { (2.2, 1.0) };
    let message =
        |row: &Vec<&Finding>| Cell::text_or_empty(row.first().map(|finding| sentence(&finding.message)).as_deref());
    let columns = vec![
        Column::new("Where").share(narrow).cell(|row: &Vec<&Finding>| place(row).into()),
        Column::new("About").share(1.1).cell(|row: &Vec<&Finding>| about(row, subjects).into()).only_if(has_subjects),
        Column::new("What was found").share(wide).cell(message),
    ];
    Table::of(rows, columns)
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
        match sheets.iter_mut().find(|(other, _)| *other == sheet) {
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

/// Returns what findings are about.
fn about(alike: &[&Finding], subjects: &Subjects) -> String {
    let mut about: Vec<&String> = alike.iter().filter_map(|finding| finding.subject.as_ref()).collect();
    about.dedup();
    match &about[..] {
        [id] => subjects.named(id),
        ids => list(&ids.iter().map(|id| subjects.brief(id)).collect::<Vec<_>>()),
    }
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
