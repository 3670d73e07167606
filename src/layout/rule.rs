//! What can be wrong with where things stand.

use crate::finding::declare_rules;

declare_rules! {
    FRAMEWORK_UNRECOGNISED = "framework-unrecognised", Error, Never, "no framework fits the workbook";
    SHEET_MISSING = "sheet-missing", Error, Allowed, "a sheet that the framework needs isn't there";
    SHEET_AMBIGUOUS = "sheet-ambiguous", Warning, Allowed, "two sheets fit alike; which was taken and why, or that none was";
    SHEET_RENAMED = "sheet-renamed", Note, Allowed, "a sheet was found under another name";
    HEADING_MISSING = "heading-missing", Error, Allowed, "a column that the framework needs has no heading";
    HEADING_RENAMED = "heading-renamed", Note, Allowed, "a column was taken for a heading that isn't worded as expected";
    CRITERION_MISSING = "criterion-missing", Error, Allowed, "a criterion of the framework has no row";
    CRITERION_REPEATED = "criterion-repeated", Error, Allowed, "a criterion has several rows";
    CRITERION_UNKNOWN = "criterion-unknown", Warning, Allowed, "a row with an answer belongs to no criterion of the framework";
    CRITERION_REWORDED = "criterion-reworded", Warning, Allowed, "the row was found, but its text isn't the framework's";
}
