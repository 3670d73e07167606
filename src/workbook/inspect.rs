//! What is odd about a workbook as a file: its name against its content, macros, links, dates; and why one can't be read.

use super::rule::{
    DATE_SYSTEM_1904, EXTENSION_MISMATCH, FILE_NOT_HERE, WORKBOOK_ENCRYPTED, WORKBOOK_HAS_EXTERNAL_LINKS,
    WORKBOOK_HAS_MACROS, WORKBOOK_TOO_LARGE, WORKBOOK_UNREADABLE,
};
use super::{DateSystem, Format, ReadError, Source, Workbook};
use crate::finding::{Finding, Findings, Place};
use crate::wording::visible;

/// How many targets of links are named in a finding.
const NAMED_LINKS: usize = 3;

/// Says what is odd about a workbook that could be read.
pub fn inspect(source: &Source, workbook: &Workbook, findings: &mut Findings) {
    findings.extend(mismatch(&source.name, workbook.format));
    if workbook.has_macros {
        let message = "the workbook holds macros, which the issued form has not";
        let help = "Save the workbook without macros, as .xlsx, and send that.";
        findings.push(Finding::new(&WORKBOOK_HAS_MACROS, Place::Workbook, message).with_help(help));
    }
    findings.extend(links(&workbook.external_links));
    if workbook.date_system == DateSystem::From1904 {
        let message = "the workbook counts dates from 1904; they are read rightly";
        let help = "Take care when copying dates out of this workbook: they move by four years and a day.";
        findings.push(Finding::new(&DATE_SYSTEM_1904, Place::Workbook, message).with_help(help));
    }
}

/// Says why a workbook couldn't be read.
pub fn finding_of(error: &ReadError) -> Finding {
    let rule = match error {
        ReadError::Foreign(_) | ReadError::Damaged(_) => &WORKBOOK_UNREADABLE,
        ReadError::NotHere(_) | ReadError::Packed(_) => &FILE_NOT_HERE,
        ReadError::Encrypted => &WORKBOOK_ENCRYPTED,
        ReadError::TooLarge { .. } => &WORKBOOK_TOO_LARGE,
    };
    let help = match error {
        ReadError::Foreign(_) => {
            "Open the file in Excel, save it as an Excel workbook (.xlsx), and send that.".to_owned()
        }
        ReadError::Damaged(_) => {
            "Ask for another copy; if it opens in Excel, save it there as .xlsx and send that.".to_owned()
        }
        ReadError::NotHere(_) => {
            "Open the cloud folder so that it brings the workbook here (Always keep on this device), let a download end, or ask the sender for the workbook itself; then check again."
                .to_owned()
        }
        ReadError::Packed(_) => {
            "Unpack it (in Windows: right-click, Extract All), put the workbooks where the archive is, take that away, and check again."
                .to_owned()
        }
        ReadError::Encrypted => {
            "Open it with its password, take that away (in Excel by File, Info, Protect Workbook, Encrypt with Password, leave it empty; in LibreOffice by Save As without “Save with password”), save it, and send it again."
                .to_owned()
        }
        ReadError::TooLarge { limit, .. } => format!(
            "Copy the answers into a fresh form and send that; if the file is as it must be, raise the limit `{limit}`."
        ),
    };
    Finding::new(rule, Place::Workbook, error.to_string()).with_help(help)
}

/// Compares the name's extension with the content.
fn mismatch(name: &str, format: Format) -> Option<Finding> {
    let (_, extension) = name.rsplit_once('.')?;
    let extension = visible(extension).trim().to_lowercase();
    let fits = match format {
        Format::Xlsx => ["xlsx", "xltx"].contains(&extension.as_str()),
        Format::Xlsm => ["xlsm", "xltm", "xlam"].contains(&extension.as_str()),
        Format::Xlsb => extension == "xlsb",
        Format::Xls => ["xls", "xlt", "xla"].contains(&extension.as_str()),
        Format::Ods => ["ods", "ots"].contains(&extension.as_str()),
    };
    let message = format!("the name ends in `.{extension}`, but the content is {}", described(format));
    let help = format!("Rename the file to `.{0}`, or save it anew as .xlsx.", format.extension());
    let finding = || Finding::new(&EXTENSION_MISMATCH, Place::Workbook, message).with_help(help);
    let expected = format!(".{}", format.extension());
    (!fits).then(|| finding().with_found(format!(".{extension}")).with_expected(expected))
}

/// Says that there are links to other workbooks.
fn links(targets: &[String]) -> Option<Finding> {
    let named: Vec<String> = targets.iter().take(NAMED_LINKS).map(|target| format!("`{}`", readable(target))).collect();
    let rest = targets.len().saturating_sub(named.len());
    let rest = if rest > 0 { format!(" and {rest} more") } else { String::new() };
    let message = format!("the workbook takes values from, or links to, other workbooks: {}{rest}", named.join(", "));
    let help = "Replace the formulas by their values, or break the links (Data, Edit Links), and send it again.";
    let finding = || Finding::new(&WORKBOOK_HAS_EXTERNAL_LINKS, Place::Workbook, message);
    let found = || targets.iter().map(|target| readable(target)).collect::<Vec<_>>().join("; ");
    (!targets.is_empty()).then(|| finding().with_found(found()).with_help(help))
}

/// Returns a target as a person would write it.
fn readable(target: &str) -> String {
    crate::ooxml::PartName::new(target).unescaped().as_str().to_owned()
}

/// Returns what a format is called.
fn described(format: Format) -> &'static str {
    match format {
        Format::Xlsx => "an Excel workbook (xlsx)",
        Format::Xlsm => "an Excel workbook with macros (xlsm)",
        Format::Xlsb => "a binary Excel workbook (xlsb)",
        Format::Xls => "a workbook of Excel 97 to 2003 (xls)",
        Format::Ods => "an OpenDocument spreadsheet (ods)",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::rule::RULES;

    fn inspected(name: &str, change: impl FnOnce(&mut Workbook)) -> Vec<String> {
        let mut workbook = Workbook {
            format: Format::Xlsx,
            date_system: DateSystem::From1900,
            sheets: Vec::new(),
            has_macros: false,
            external_links: Vec::new(),
        };
        change(&mut workbook);
        let mut findings = Findings::default();
        inspect(&Source::new(name.to_owned(), Vec::new()), &workbook, &mut findings);
        findings.into_sorted().into_iter().map(|finding| format!("{}: {}", finding.rule, finding.message)).collect()
    }

    #[test]
    fn a_plain_workbook_is_not_odd() {
        for name in ["North/Acme.xlsx", "Acme.XLSX", "Acme v1.2.xlsx", "Acme"] {
            assert_eq!(inspected(name, |_| {}), [""; 0], "{name}");
        }
    }

    #[test]
    fn what_is_odd_is_said() {
        assert_eq!(
            inspected("Acme.xls", |_| {}),
            ["extension-mismatch: the name ends in `.xls`, but the content is an Excel workbook (xlsx)"]
        );
        assert!(
            inspected("A.xlsm", |book| (book.format, book.has_macros) = (Format::Xlsm, true))[0].contains("macros")
        );
        assert!(inspected("A.xlsx", |book| book.date_system = DateSystem::From1904)[0].contains("1904"));
        let links = inspected("A.xlsx", |book| book.external_links = vec!["KPI%20tracker.xlsx".to_owned()]);
        assert!(links[0].ends_with("other workbooks: `KPI tracker.xlsx`"), "{links:?}");
    }

    #[test]
    fn each_rule_is_documented_under_the_four_headings() {
        assert!(RULES.is_sorted_by_key(|rule| rule.id));
        for rule in RULES {
            let headings: Vec<&str> = rule.docs.lines().filter(|line| line.starts_with('#')).collect();
            let expected = ["## What it finds", "## Why it matters", "## Example", "## What to do"];
            assert_eq!(headings, expected, "{}", rule.id);
        }
    }
}
