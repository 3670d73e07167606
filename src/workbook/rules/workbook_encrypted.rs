//! `workbook-encrypted`: protected with a password for opening.

use crate::finding::{Rule, Severity, Silencing};

/// What is found: protected with a password for opening.
pub static RULE: &Rule = &Rule {
    id: "workbook-encrypted",
    severity: Severity::Error,
    title: "protected with a password for opening",
    docs: "\
## What it finds
A workbook that asks for a password before it opens. Protection of sheets against changes is another thing and does
no harm.

## Why it matters
The content is encrypted: nothing in it can be checked or scored.

## Example
`Acme.xlsx` was saved with a password, which came in another e-mail.

## What to do
Open the workbook with its password, take the password away (File, Info, Protect Workbook, Encrypt with Password,
leave it empty), save, and send it again.
",
    silencing: Silencing::Never,
};
