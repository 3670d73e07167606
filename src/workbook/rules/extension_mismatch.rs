//! `extension-mismatch`: the content is another format than the file's extension says.

use crate::finding::{Rule, Severity, Silencing};

/// What is found: the content is another format than the file's extension says.
pub static RULE: &Rule = &Rule {
    id: "extension-mismatch",
    severity: Severity::Warning,
    title: "the content is another format than the file's extension says",
    docs: "\
## What it finds
A workbook whose name ends in one format while its content is another. It is read by its content.

## Why it matters
Excel warns at such a file or refuses to open it, and so may the next person's program.

## Example
`Acme.xls` was renamed by hand; its content is that of an `.xlsx` workbook.

## What to do
Open the file, save it under the format that its name says or rename it to the one that it has.
",
    silencing: Silencing::Allowed,
};
