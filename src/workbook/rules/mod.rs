//! The rules on a workbook as a file: one rule a file, each with its documentation.

pub mod date_system_1904;
pub mod extension_mismatch;
pub mod workbook_encrypted;
pub mod workbook_has_external_links;
pub mod workbook_has_macros;
pub mod workbook_too_large;
pub mod workbook_unreadable;

use crate::finding::Rule;

/// All rules on a workbook as a file, in order of their names.
pub static RULES: &[&Rule] = &[
    date_system_1904::RULE,
    extension_mismatch::RULE,
    workbook_encrypted::RULE,
    workbook_has_external_links::RULE,
    workbook_has_macros::RULE,
    workbook_too_large::RULE,
    workbook_unreadable::RULE,
];
