//! `date-system-1904`: the workbook counts dates from 1904; they are still read rightly.

use crate::finding::{Rule, Severity, Silencing};

/// What is found: the workbook counts dates from 1904; they are still read rightly.
pub static RULE: &Rule = &Rule {
    id: "date-system-1904",
    severity: Severity::Warning,
    title: "the workbook counts dates from 1904; they are still read rightly",
    docs: "\
## What it finds
A workbook that counts dates from 1904, as Excel for Mac once did, instead of from 1900. Its dates are read rightly.

## Why it matters
A date copied from such a workbook into another moves by four years and a day, and nobody sees why.

## Example
The assessment date reads 10/03/2025 in the workbook, and 09/03/2021 after it was copied into the team's list.

## What to do
Nothing has to be done for the check. Before copying dates out of it, switch the workbook off 1904 (File, Options,
Advanced, \"Use 1904 date system\") and look at each date.
",
    silencing: Silencing::Allowed,
};
