//! The names of columns.

/// The file, which names a return.
pub(in crate::network) const FILE: &str = "file";
/// The digest of the file.
pub(in crate::network) const SHA256: &str = "sha256";
/// The framework.
pub(in crate::network) const FRAMEWORK: &str = "framework";
/// The framework's version.
pub(in crate::network) const VERSION: &str = "framework_version";
/// The organisation, as the return writes it.
pub(in crate::network) const ORGANISATION: &str = "organisation";
/// The organisation, under its one name.
pub(in crate::network) const ONE_NAME: &str = "one_name";
/// The part of the organisation that the return is about.
pub(in crate::network) const UNIT_OF: &str = "unit_of";
/// The kind of return.
pub(in crate::network) const KIND: &str = "kind";
/// What became of the file.
pub(in crate::network) const STATUS: &str = "status";
/// Whether the return takes part in statistics.
pub(in crate::network) const COUNTED: &str = "counted";
/// Of returns: whose answers make the outcome. Of answers: `yes` where they are of that rater.
pub(in crate::network) const COUNTS: &str = "counts";
/// The outcome.
pub(in crate::network) const BAND: &str = "band";
/// The names of what is wanting in a row.
pub(in crate::network) const ACTIONS: &str = "actions";
/// What is wanting in a row, and what is to be done.
pub(in crate::network) const NEEDED: &str = "needed";
/// The outcome, with a word where it is open.
pub(in crate::network) const OUTCOME_OR_OPEN: &str = "outcome_or_open";
/// The outcome without gates.
pub(in crate::network) const RAW_BAND: &str = "raw_band";
/// The total.
pub(in crate::network) const TOTAL: &str = "total";
/// The float next to the total.
pub(in crate::network) const TOTAL_NEAR: &str = "total_near";
/// The total in per cent of the most.
pub(in crate::network) const PERCENT_NEAR: &str = "percent_near";
/// The total, as it is printed.
pub(in crate::network) const DISPLAY: &str = "display";
/// The least that the total can become.
pub(in crate::network) const LOWEST: &str = "lowest";
/// The most that the total can become.
pub(in crate::network) const HIGHEST: &str = "highest";
/// The worst outcome that can come.
pub(in crate::network) const BAND_LOWEST: &str = "band_lowest";
/// The best outcome that can come.
pub(in crate::network) const BAND_HIGHEST: &str = "band_highest";
/// How many answers are missing.
pub(in crate::network) const MISSING: &str = "missing";
/// How many findings are errors.
pub(in crate::network) const ERRORS: &str = "errors";
/// How many findings are warnings.
pub(in crate::network) const WARNINGS: &str = "warnings";
/// How many findings are notes.
pub(in crate::network) const NOTES: &str = "notes";
/// How many cells are filled.
pub(in crate::network) const CELLS: &str = "cells";
/// How many of them are the form's own.
pub(in crate::network) const CELLS_FORM: &str = "cells_form";
/// How many of them are answers.
pub(in crate::network) const CELLS_ANSWERS: &str = "cells_answers";
/// How many of them are formulas.
pub(in crate::network) const CELLS_FORMULAS: &str = "cells_formulas";
/// How many of them belong to nothing.
pub(in crate::network) const CELLS_UNEXPECTED: &str = "cells_unexpected";
/// The section, criterion or measure; of figures, their name.
pub(in crate::network) const ID: &str = "id";
/// Whether an answer is to a criterion.
pub(in crate::network) const OF_CRITERION: &str = "of_criterion";
/// Who judges.
pub(in crate::network) const RATER: &str = "rater";
/// The state of an answer or a figure.
pub(in crate::network) const STATE: &str = "state";
/// The answer; of figures, their value.
pub(in crate::network) const VALUE: &str = "value";
/// What it counts.
pub(in crate::network) const POINTS: &str = "points";
/// The float next to what it counts.
pub(in crate::network) const POINTS_NEAR: &str = "points_near";
/// From 0 (worst) to 1 (best).
pub(in crate::network) const UNIT: &str = "unit";
/// The measured value, as it was typed.
pub(in crate::network) const MEASURED: &str = "measured";
/// The points that it earns.
pub(in crate::network) const EARNED: &str = "earned";
/// The measured value, by the register.
pub(in crate::network) const FROM_REGISTER: &str = "from_register";
/// The float next to it.
pub(in crate::network) const FROM_REGISTER_NEAR: &str = "from_register_near";
/// How many people stand behind a measure.
pub(in crate::network) const COHORT: &str = "cohort";
/// The rule.
pub(in crate::network) const RULE: &str = "rule";
/// How much a finding weighs, as a word.
pub(in crate::network) const SEVERITY: &str = "severity";
/// How much a finding weighs, from 0 for a note.
pub(in crate::network) const WEIGHT: &str = "weight";
/// What a finding is about.
pub(in crate::network) const SUBJECT: &str = "subject";
/// The sheet.
pub(in crate::network) const SHEET: &str = "sheet";
/// The cell.
pub(in crate::network) const CELL: &str = "cell";
/// What was found.
pub(in crate::network) const FOUND: &str = "found";
/// What was expected.
pub(in crate::network) const EXPECTED: &str = "expected";
/// What a finding says.
pub(in crate::network) const MESSAGE: &str = "message";
/// What to do about it.
pub(in crate::network) const HELP: &str = "help";
/// The register.
pub(in crate::network) const REGISTER: &str = "register";
/// The key of a register's row.
pub(in crate::network) const KEY: &str = "key";
/// The outcome of a register's row.
pub(in crate::network) const OUTCOME: &str = "outcome";
/// By what returns are grouped.
pub(in crate::network) const BY: &str = "by";
/// The group.
pub(in crate::network) const GROUP: &str = "group";
/// The season, from nought for the earliest.
pub(in crate::network) const SEASON: &str = "season";
/// How many a figure rests on.
pub(in crate::network) const N: &str = "n";
/// Why a figure isn't shown.
pub(in crate::network) const WHY: &str = "why";
/// Which step of the calendar.
pub(in crate::network) const STEP: &str = "step";
/// What people call it.
pub(in crate::network) const TITLE: &str = "title";
/// `yes` where a day is the end of something rather than something to do.
pub(in crate::network) const IS_END: &str = "is_end";
/// The row's name.
pub(in crate::network) const ROW: &str = "row";
/// The day on which a step is due or something ends.
pub(in crate::network) const DATE: &str = "date";
/// From what a day is counted.
pub(in crate::network) const BASIS: &str = "basis";
/// When a step was done.
pub(in crate::network) const DONE: &str = "done";
/// The day as of which a step stands as it does.
pub(in crate::network) const AS_OF: &str = "as_of";
