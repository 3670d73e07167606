//! The names of columns.

/// The file, which names a return.
pub(crate) const FILE: &str = "file";
/// The digest of the file.
pub(crate) const SHA256: &str = "sha256";
/// The framework.
pub(crate) const FRAMEWORK: &str = "framework";
/// The framework's version.
pub(crate) const VERSION: &str = "framework_version";
/// The organisation, as the return writes it.
pub(crate) const ORGANISATION: &str = "organisation";
/// The organisation, under its one name.
pub(crate) const ONE_NAME: &str = "one_name";
/// The part of the organisation that the return is about.
pub(crate) const UNIT_OF: &str = "unit_of";
/// The kind of return.
pub(crate) const KIND: &str = "kind";
/// What became of the file.
pub(crate) const STATUS: &str = "status";
/// Whether the return takes part in statistics.
pub(crate) const COUNTED: &str = "counted";
/// Of returns: whose answers make the outcome. Of answers: `yes` where they are of that rater.
pub(crate) const COUNTS: &str = "counts";
/// The outcome.
pub(crate) const BAND: &str = "band";
/// The names of what is wanting in a row.
pub(crate) const ACTIONS: &str = "actions";
/// What is wanting in a row, and what is to be done.
pub(crate) const NEEDED: &str = "needed";
/// The outcome, with a word where it is open.
pub(crate) const OUTCOME_OR_OPEN: &str = "outcome_or_open";
/// The outcome without gates.
pub(crate) const RAW_BAND: &str = "raw_band";
/// The total.
pub(crate) const TOTAL: &str = "total";
/// The float next to the total.
pub(crate) const TOTAL_NEAR: &str = "total_near";
/// The total in per cent of the most.
pub(crate) const PERCENT_NEAR: &str = "percent_near";
/// The total, as it is printed.
pub(crate) const DISPLAY: &str = "display";
/// The least that the total can become.
pub(crate) const LOWEST: &str = "lowest";
/// The most that the total can become.
pub(crate) const HIGHEST: &str = "highest";
/// The worst outcome that can come.
pub(crate) const BAND_LOWEST: &str = "band_lowest";
/// The best outcome that can come.
pub(crate) const BAND_HIGHEST: &str = "band_highest";
/// How many answers are missing.
pub(crate) const MISSING: &str = "missing";
/// How many findings are errors.
pub(crate) const ERRORS: &str = "errors";
/// How many findings are warnings.
pub(crate) const WARNINGS: &str = "warnings";
/// How many findings are notes.
pub(crate) const NOTES: &str = "notes";
/// How many cells are filled.
pub(crate) const CELLS: &str = "cells";
/// How many of them are the form's own.
pub(crate) const CELLS_FORM: &str = "cells_form";
/// How many of them are answers.
pub(crate) const CELLS_ANSWERS: &str = "cells_answers";
/// How many of them are formulas.
pub(crate) const CELLS_FORMULAS: &str = "cells_formulas";
/// How many of them belong to nothing.
pub(crate) const CELLS_UNEXPECTED: &str = "cells_unexpected";
/// The section, criterion or measure; of figures, their name.
pub(crate) const ID: &str = "id";
/// Whether an answer is to a criterion.
pub(crate) const OF_CRITERION: &str = "of_criterion";
/// Who judges.
pub(crate) const RATER: &str = "rater";
/// The state of an answer or a figure.
pub(crate) const STATE: &str = "state";
/// The answer; of figures, their value.
pub(crate) const VALUE: &str = "value";
/// What it counts.
pub(crate) const POINTS: &str = "points";
/// The float next to what it counts.
pub(crate) const POINTS_NEAR: &str = "points_near";
/// From 0 (worst) to 1 (best).
pub(crate) const UNIT: &str = "unit";
/// The measured value, as it was typed.
pub(crate) const MEASURED: &str = "measured";
/// The points that it earns.
pub(crate) const EARNED: &str = "earned";
/// The measured value, by the register.
pub(crate) const FROM_REGISTER: &str = "from_register";
/// The float next to it.
pub(crate) const FROM_REGISTER_NEAR: &str = "from_register_near";
/// How many people stand behind a measure.
pub(crate) const COHORT: &str = "cohort";
/// The rule.
pub(crate) const RULE: &str = "rule";
/// How much a finding weighs, as a word.
pub(crate) const SEVERITY: &str = "severity";
/// How much a finding weighs, from 0 for a note.
pub(crate) const WEIGHT: &str = "weight";
/// What a finding is about.
pub(crate) const SUBJECT: &str = "subject";
/// The sheet.
pub(crate) const SHEET: &str = "sheet";
/// The cell.
pub(crate) const CELL: &str = "cell";
/// What was found.
pub(crate) const FOUND: &str = "found";
/// What was expected.
pub(crate) const EXPECTED: &str = "expected";
/// What a finding says.
pub(crate) const MESSAGE: &str = "message";
/// What to do about it.
pub(crate) const HELP: &str = "help";
/// The register.
pub(crate) const REGISTER: &str = "register";
/// The key of a register's row.
pub(crate) const KEY: &str = "key";
/// The outcome of a register's row.
pub(crate) const OUTCOME: &str = "outcome";
/// By what returns are grouped.
pub(crate) const BY: &str = "by";
/// The group.
pub(crate) const GROUP: &str = "group";
/// The season, from nought for the earliest.
pub(crate) const SEASON: &str = "season";
/// How many a figure rests on.
pub(crate) const N: &str = "n";
/// Why a figure isn't shown.
pub(crate) const WHY: &str = "why";
/// Which step of the calendar.
pub(crate) const STEP: &str = "step";
/// What people call it.
pub(crate) const TITLE: &str = "title";
/// `yes` where a day is the end of something rather than something to do.
pub(crate) const IS_END: &str = "is_end";
/// The row's name.
pub(crate) const ROW: &str = "row";
/// The day on which a step is due or something ends.
pub(crate) const DATE: &str = "date";
/// From what a day is counted.
pub(crate) const BASIS: &str = "basis";
/// When a step was done.
pub(crate) const DONE: &str = "done";
/// The day as of which a step stands as it does.
pub(crate) const AS_OF: &str = "as_of";
