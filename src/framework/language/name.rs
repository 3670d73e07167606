//! The names that expressions have without declaring them.

use super::Kind;

/// A name that an expression has, or a part of one.
#[derive(Clone, Copy, Debug)]
pub struct Named {
    /// Where it can be used, and so which of several of this name it is.
    pub scope: NameScope,
    /// The name.
    pub name: &'static str,
    /// What it is.
    pub kind: Kind,
    /// What it says, as a sentence.
    pub says: &'static str,
}

/// What an expression has to be about for a name to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameScope {
    /// The return.
    Return,
    /// A part of `section`, where a stated value is repeated for each.
    Section,
    /// One score, in requirements.
    Score,
    /// A part of `criterion`, in rules about each.
    Criterion,
    /// A row of a register.
    Row,
    /// What a row comes to, where it is told of.
    Outcome,
    /// A mark of a row on another.
    Mark,
    /// A dated step.
    Step,
}

impl NameScope {
    /// Returns what stands before names of the scope.
    pub fn before(self) -> &'static str {
        match self {
            Self::Section => "section.",
            Self::Criterion => "criterion.",
            Self::Row => "row.",
            Self::Return | Self::Score | Self::Outcome | Self::Mark | Self::Step => "",
        }
    }
}

/// Begins to list a name.
const fn named(scope: NameScope, name: &'static str, kind: Kind, says: &'static str) -> Named {
    Named { scope, name, kind, says }
}

use NameScope::{Criterion, Mark, Outcome, Return, Row, Score, Section, Step};

/// The names.
pub const NAMES: &[Named] = &[
    named(Return, "total", Kind::Number, "The total, by `outcome.total`."),
    named(Return, "total_given", Kind::Number, "The total of what is given, as a form's own sum has it."),
    named(Return, "data_date", Kind::Day, "The day as of which the return stands."),
    named(Return, "raw_band", Kind::Text, "The title of the band by the total alone."),
    named(Return, "band", Kind::Text, "The title of the band that is given."),
    named(Section, "id", Kind::Text, "The section's name, for functions of it."),
    named(Section, "title", Kind::Text, "The section's title."),
    named(Section, "weight", Kind::Number, "The section's weight, as a share of one."),
    named(Section, "score", Kind::Number, "The section's points."),
    named(Section, "given", Kind::Number, "The section's points as far as they are given."),
    named(Section, "maximum", Kind::Number, "The most that the section can come to."),
    named(Section, "count", Kind::Number, "How many of its criteria and measures apply."),
    named(Section, "answered", Kind::Number, "How many of its criteria and measures have points."),
    named(Section, "mean", Kind::Number, "The mean of its points."),
    named(Score, "score", Kind::Number, "The points."),
    named(Score, "grade", Kind::Text, "The answer, by its id on the scale."),
    named(Score, "id", Kind::Text, "The criterion or measure."),
    named(
        Score,
        "minimum",
        Kind::Number,
        "The least that any band asks of it by `outcome.minimums`; not known where none does.",
    ),
    named(Criterion, "id", Kind::Text, "The criterion's id."),
    named(Criterion, "text", Kind::Text, "The criterion's text."),
    named(Criterion, "grade", Kind::Text, "The answer, by its id on the scale."),
    named(Criterion, "consolidated", Kind::Text, "The grade that the judgements of an organisation's units make."),
    named(Row, "number", Kind::Number, "The row's number on its sheet."),
    named(Outcome, "outcome", Kind::Any, "What the row comes to."),
    named(Outcome, "outcome_title", Kind::Text, "What the row comes to, in words."),
    named(Outcome, "actions_needed", Kind::Text, "What is to be done about the row."),
    named(Mark, "mark", Kind::Any, "What stands as the mark."),
    named(Mark, "mark_day", Kind::Day, "The day that stands as the mark."),
    named(
        Step,
        "letter_date",
        Kind::Day,
        "The day of letters, as the season's settings say; not known where they don't.",
    ),
];

/// Returns the names of a scope.
pub fn names_of(scope: NameScope) -> impl Iterator<Item = &'static Named> {
    NAMES.iter().filter(move |named| named.scope == scope)
}
