//! `workbook-too-large`: beyond a limit; the limit is named.

use crate::finding::{Rule, Severity, Silencing};

/// What is found: beyond a limit; the limit is named.
pub static RULE: &Rule = &Rule {
    id: "workbook-too-large",
    severity: Severity::Error,
    title: "beyond a limit; the limit is named",
    docs: "\
## What it finds
A file that is, or unpacks to, more than a limit allows: bytes, parts, cells, different texts, elements in one another.
The limit that was hit is named.

## Why it matters
A file of a few kilobytes can be made to fill a computer's memory. Limits keep one file from stopping a whole season.

## Example
`Acme.xlsx` has 80 KB, and a sheet in it unpacks to 20 MB of blanks: the limit `ratio`.

## What to do
See whether the workbook holds much more than its form: copied lists, formatting down to the last row. Copy the
answers into a fresh form and send that. If the file is as it must be, raise the limit that is named.
",
    silencing: Silencing::Never,
};
