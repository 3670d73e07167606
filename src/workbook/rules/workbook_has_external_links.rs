//! `workbook-has-external-links`: formulas or links point to other workbooks; they are never followed.

use crate::finding::{Rule, Severity, Silencing};

/// What is found: formulas or links point to other workbooks; they are never followed.
pub static RULE: &Rule = &Rule {
    id: "workbook-has-external-links",
    severity: Severity::Warning,
    title: "formulas or links point to other workbooks; they are never followed",
    docs: "\
## What it finds
A workbook whose formulas take values from other workbooks, or whose links lead to some. They are never followed: the
results that were stored when the workbook was last saved are used.

## Why it matters
What such a formula shows depends on a file that was not sent, and may be out of date.

## Example
A KPI is `='[KPI tracker 2025.xlsx]Totals'!B7`; the tracker stayed on the sender's drive.

## What to do
Replace the formulas by their values (copy, paste special, values), or break the links (Data, Edit Links), and send
the workbook again.
",
    silencing: Silencing::Allowed,
};
