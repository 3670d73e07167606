//! `workbook-has-macros`: a macro project is present; it is never run.

use crate::finding::{Rule, Severity, Silencing};

/// What is found: a macro project is present; it is never run.
pub static RULE: &Rule = &Rule {
    id: "workbook-has-macros",
    severity: Severity::Warning,
    title: "a macro project is present; it is never run",
    docs: "\
## What it finds
A workbook with a macro project (VBA), or with sheets of Excel 4 macros. Macros are never run.

## Why it matters
The issued forms have none. A macro may change answers when the workbook is opened, and may do harm.

## Example
`Acme.xlsm` was made from an own template that colours rows by a macro.

## What to do
Ask the sender what the macro is for, and to save the workbook without it (`.xlsx`).
",
    silencing: Silencing::Allowed,
};
