//! The columns of the sheet of findings, by which it is known again.

/// The headings of the columns, and their widths in characters.
pub(super) const COLUMNS: [(&str, u32); 10] = [
    ("Duty", 14),
    ("Sheet", 16),
    ("Cell", 8),
    ("Item", 13),
    ("Found", 16),
    ("Expected", 18),
    ("What we saw", 34),
    ("What to do", 30),
    ("Your explanation", 30),
    ("Rule", 13),
];
/// What stands behind the name of a sheet whose tab isn't seen.
pub(super) const HIDDEN: &str = " (hidden sheet)";
