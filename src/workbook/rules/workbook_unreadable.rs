//! `workbook-unreadable`: damaged, cut off, not a workbook, or of a format that is not read.

use crate::finding::{Rule, Severity, Silencing};

/// What is found: damaged, cut off, not a workbook, or of a format that is not read.
pub static RULE: &Rule = &Rule {
    id: "workbook-unreadable",
    severity: Severity::Error,
    title: "damaged, cut off, not a workbook, or of a format that is not read",
    docs: "\
## What it finds
A file whose content cannot be read as a workbook: it is damaged or cut off, it is another kind of file under a
workbook's name (a web page, a text, a PDF document), or a workbook of a format that is not read.

## Why it matters
Nothing in such a file is checked or scored, so its sender would be missing from the results without being told.

## Example
`Acme.xlsx` was saved by a web portal and holds a web page. Excel opens it after a warning, so nobody noticed.

## What to do
Open the file in Excel or LibreOffice, save it as an Excel workbook (`.xlsx`), and send that. If it does not open
there either, ask the sender for another copy.
",
    silencing: Silencing::Never,
};
