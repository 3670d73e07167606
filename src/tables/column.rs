//! The names of columns that several tables or a query share; each other column is named where its table is made.

/// The file, which names a return.
pub(crate) const FILE: &str = "file";
/// The framework.
pub(crate) const FRAMEWORK: &str = "framework";
/// The framework's version.
pub(crate) const VERSION: &str = "framework_version";
/// The organisation, as the return writes it.
pub(crate) const ORGANISATION: &str = "organisation";
/// The organisation, under its one name.
pub(crate) const ONE_NAME: &str = "one_name";
/// What the form is sent once for each of, as the return says it.
pub(crate) const EACH_OF: &str = "each_of";
/// The part of the organisation that the return is about.
pub(crate) const UNIT_OF: &str = "unit_of";
/// The kind of return.
pub(crate) const KIND: &str = "kind";
/// Whether the return takes part in statistics.
pub(crate) const COUNTED: &str = "counted";
/// Whether the return is the one that stands for its organisation.
pub(crate) const HEADLINE: &str = "headline";
/// In which order a return stands for its organisation.
pub(crate) const ORDER: &str = "order";
/// Of returns: whose answers make the outcome. Of answers: `yes` where they are of that rater.
pub(crate) const COUNTS: &str = "counts";
/// The outcome.
pub(crate) const BAND: &str = "band";
/// The outcome, with a word where it is open.
pub(crate) const OUTCOME_OR_OPEN: &str = "outcome_or_open";
/// The float next to the total.
pub(crate) const TOTAL_NEAR: &str = "total_near";
/// The total in per cent of the most.
pub(crate) const PERCENT_NEAR: &str = "percent_near";
/// The section, criterion or measure; of figures, their name.
pub(crate) const ID: &str = "id";
/// Whether an answer is to a criterion.
pub(crate) const OF_CRITERION: &str = "of_criterion";
/// The state of an answer or a figure.
pub(crate) const STATE: &str = "state";
/// The answer; of figures, their value.
pub(crate) const VALUE: &str = "value";
/// From 0 (worst) to 1 (best).
pub(crate) const UNIT: &str = "unit";
/// The float next to it.
pub(crate) const FROM_REGISTER_NEAR: &str = "from_register_near";
/// The rule.
pub(crate) const RULE: &str = "rule";
/// How much a finding weighs, from 0 for a note.
pub(crate) const WEIGHT: &str = "weight";
/// What a finding is about.
pub(crate) const SUBJECT: &str = "subject";
/// Why it was accepted.
pub(crate) const WAIVED: &str = "waived";
/// The sheet.
pub(crate) const SHEET: &str = "sheet";
/// The cell.
pub(crate) const CELL: &str = "cell";
/// The register.
pub(crate) const REGISTER: &str = "register";
/// By what returns are grouped.
pub(crate) const BY: &str = "by";
/// The group.
pub(crate) const GROUP: &str = "group";
/// The season, from nought for the earliest.
pub(crate) const SEASON: &str = "season";
/// Why a figure isn't shown.
pub(crate) const WHY: &str = "why";
