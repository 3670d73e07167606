//! The words of the pack language: its functions, operators and names, with what each takes and gives and an example.
//!
//! One table serves the check of packs, those who read of the language, and the tests that try each example and each claim. The
//! examples are of the sample pack `garden-award` and the return beside it.

mod name;
mod of_answers;
mod of_members;
mod of_rows;
mod of_values;
mod operator;
mod upon;

pub use name::{NAMES, NameScope, Named, names_of};
pub use operator::{OPERATORS, OperatorUse};
pub use upon::{Upon, Wanting};

/// What an expression can come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A number.
    Number,
    /// A text.
    Text,
    /// Yes or no.
    Truth,
    /// A day.
    Day,
    /// Several values in `[ ]`.
    List,
    /// Whatever stands there, which the return alone tells.
    Any,
}

/// What a function gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gives {
    /// Always a value of this kind.
    A(Kind),
    /// What its arguments are.
    LikeArguments,
    /// What the column or derived value is that its last argument names.
    LikeColumn,
}

/// One argument of a function of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Argument {
    /// What it is called.
    pub name: &'static str,
    /// What it has to be.
    pub kind: Kind,
    /// How often it stands there.
    pub need: Need,
}

/// How often an argument stands in a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Always.
    Once,
    /// It may be left out.
    AtMostOnce,
    /// As often as one likes, once at least.
    Repeated,
}

/// What a function takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// Nothing.
    Nothing,
    /// A group.
    Group,
    /// A group and a number of points.
    GroupAndPoints,
    /// A group and a grade.
    GroupAndGrade,
    /// A criterion.
    Criterion,
    /// A measure.
    Measure,
    /// A section.
    Section,
    /// A register; then, where it is given, a column or derived value, and another that must hold.
    Rows,
    /// A register, a column or derived value, and a value.
    RowsValue,
    /// A register, a column or derived value, and a value; then, where it is given, another column or derived value that must hold.
    RowsCited,
    /// A register, a key, and a column or derived value.
    RowOfKey,
    /// A column or derived value of the row's register, and a value.
    Column,
    /// Any value.
    Value,
    /// A grade; then, where it is given, the register of those who judge and the column that weighs them.
    Opinion,
    /// A criterion or measure, and a column beside its score.
    Note,
    /// A register, marks, and further columns or derived values.
    Marks,
    /// A grade of parts of the scheme, and one of those parts.
    GradeOf,
    /// A grade of parts of the scheme, and some of its bands.
    GradesAt,
    /// A day, a number of days, and a nation or region.
    WorkingDays,
    /// A member of a bundle.
    Member,
    /// A member of a bundle, and some of the bands of its framework.
    MemberBands,
    /// A member of a bundle, and a named value of its framework.
    MemberValue,
    /// A member of a bundle; then, where it is given, a named value of its framework in place of the total.
    MemberTotals,
    /// A member of a bundle, a grade of parts of its framework, and one of those parts.
    MemberGrade,
    /// A member of a bundle, a grade of parts of its framework, one of those parts, and some of the grade's bands.
    MemberGradeBands,
    /// Values, whatever they are of.
    Values(&'static [Argument]),
}

/// Where a function can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In all expressions.
    Everywhere,
    /// In those about a return, and about a section or criterion of one.
    Return,
    /// In those about a return and in those about a row of a register.
    ReturnOrRow,
    /// In those about a row of a register.
    Row,
    /// In those about each criterion.
    Criterion,
    /// In those of dated steps.
    Step,
    /// In those of a bundle.
    Bundle,
}

/// What the example of a function is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// The return.
    Return,
    /// A criterion.
    Criterion(&'static str),
    /// The row of a register that has a key.
    Row(&'static str, &'static str),
}

/// A function of the language.
#[derive(Clone, Copy, Debug)]
pub struct Function {
    /// Its name.
    pub name: &'static str,
    /// Where it can be used.
    pub place: Place,
    /// What it takes.
    pub takes: Takes,
    /// What it gives.
    pub gives: Gives,
    /// What it does, as a sentence.
    pub does: &'static str,
    /// What the example is about.
    pub subject: Subject,
    /// The example.
    pub example: &'static str,
    /// What the example comes to.
    pub comes_to: &'static str,
    /// What becomes of it where an answer is wanting.
    pub upon: Upon,
}

impl Function {
    /// Begins to describe a function.
    const fn of(name: &'static str, place: Place, takes: Takes, gives: Gives) -> Self {
        let (does, example, comes_to) = ("", "", "");
        Self { name, place, takes, gives, does, subject: Subject::Return, example, comes_to, upon: Upon::NO_PART }
    }

    /// Says what it does.
    const fn does(self, does: &'static str) -> Self {
        Self { does, ..self }
    }

    /// Gives an example and what that comes to.
    const fn shown(self, example: &'static str, comes_to: &'static str) -> Self {
        Self { example, comes_to, ..self }
    }

    /// Says what the example is about.
    const fn about(self, subject: Subject) -> Self {
        Self { subject, ..self }
    }

    /// Says what becomes of it where an answer doesn't apply, is blank or can't be used.
    const fn upon(self, not_applicable: Wanting, blank: Wanting, unusable: Wanting) -> Self {
        Self { upon: Upon { not_applicable, blank, unusable }, ..self }
    }

    /// Returns its name with what it takes, as it is written.
    pub fn form(&self) -> String {
        format!("{}{}", self.name, self.takes.form())
    }
}

impl Takes {
    /// Returns the arguments as they are written; what may be left out stands in square brackets.
    pub fn form(self) -> String {
        let fixed = match self {
            Self::Nothing => "()",
            Self::Group => "('group')",
            Self::GroupAndPoints => "('group', points)",
            Self::GroupAndGrade => "('group', 'grade')",
            Self::Criterion => "('criterion')",
            Self::Measure => "('measure')",
            Self::Section => "('section')",
            Self::Rows => "('register'[, 'column'[, 'condition']])",
            Self::RowsValue => "('register', 'column', value)",
            Self::RowsCited => "('register', 'column', value[, 'condition'])",
            Self::RowOfKey => "('register', key, 'column')",
            Self::Column => "('column', value)",
            Self::Value => "(value)",
            Self::Opinion => "('grade'[, 'register', 'column'])",
            Self::Note => "('criterion', 'column')",
            Self::Marks => "('register', marks[, 'condition'[, 'kind']])",
            Self::GradeOf => "('grade', 'section')",
            Self::GradesAt => "('grade', 'band', …)",
            Self::WorkingDays => "(day, number, region)",
            Self::Member => "('member')",
            Self::MemberBands => "('member', 'band', …)",
            Self::MemberValue => "('member', 'value')",
            Self::MemberTotals => "('member'[, 'value'])",
            Self::MemberGrade => "('member', 'grade', 'section')",
            Self::MemberGradeBands => "('member', 'grade', 'section', 'band', …)",
            Self::Values(arguments) => return format!("({})", listed(arguments)),
        };
        fixed.to_owned()
    }

    /// Returns the fewest and the most arguments; `usize::MAX` is any number.
    pub fn count(self) -> (usize, usize) {
        match self {
            Self::Nothing => (0, 0),
            Self::Group | Self::Criterion | Self::Measure | Self::Section | Self::Value | Self::Member => (1, 1),
            Self::GroupAndPoints
            | Self::GroupAndGrade
            | Self::Column
            | Self::Note
            | Self::GradeOf
            | Self::MemberValue => (2, 2),
            Self::GradesAt | Self::MemberBands => (1, usize::MAX),
            Self::MemberTotals => (1, 2),
            Self::MemberGradeBands => (4, usize::MAX),
            Self::RowsValue | Self::RowOfKey | Self::WorkingDays | Self::MemberGrade => (3, 3),
            Self::Rows | Self::Opinion => (1, 3),
            Self::RowsCited => (3, 4),
            Self::Marks => (2, 4),
            Self::Values(arguments) => {
                let least = arguments.iter().filter(|argument| argument.need != Need::AtMostOnce).count();
                let is_endless = arguments.iter().any(|argument| argument.need == Need::Repeated);
                (least, if is_endless { usize::MAX } else { arguments.len() })
            }
        }
    }
}

/// Returns the names of arguments in a row.
fn listed(arguments: &[Argument]) -> String {
    let mut text = String::new();
    for (index, argument) in arguments.iter().enumerate() {
        let comma = if index == 0 { "" } else { ", " };
        match argument.need {
            Need::Once => text.extend([comma, argument.name]),
            Need::AtMostOnce => text.extend(["[", comma, argument.name, "]"]),
            Need::Repeated => text.extend([comma, argument.name, ", …"]),
        }
    }
    text
}

impl Kind {
    /// Returns what a value of this kind is, in words.
    pub fn told(self) -> &'static str {
        match self {
            Self::Number => "a number",
            Self::Text => "a text",
            Self::Truth => "yes or no",
            Self::Day => "a day",
            Self::List => "a list",
            Self::Any => "whatever stands there",
        }
    }
}

impl Gives {
    /// Returns what is given, in words.
    pub fn told(self) -> &'static str {
        match self {
            Self::A(kind) => kind.told(),
            Self::LikeArguments => "what its arguments are",
            Self::LikeColumn => "what the column holds",
        }
    }
}

impl Place {
    /// Returns where a function can be used, in words.
    pub fn told(self) -> &'static str {
        match self {
            Self::Everywhere => "in every expression",
            Self::Return => {
                "in expressions about a return: totals, values, gates, rules, stated values, reports, dated steps"
            }
            Self::ReturnOrRow => "in expressions about a return, and about a row of a register",
            Self::Row => "in expressions about a row of a register",
            Self::Criterion => "in rules about each criterion",
            Self::Step => "in dated steps",
            Self::Bundle => "in expressions of a bundle: its total, values and gates",
        }
    }
}

/// Returns all functions: those of values, of answers, of rows, and of the members of bundles.
pub fn functions() -> impl Iterator<Item = &'static Function> {
    of_values::FUNCTIONS.iter().chain(of_answers::FUNCTIONS).chain(of_rows::FUNCTIONS).chain(of_members::FUNCTIONS)
}

/// Returns the function of this name.
pub fn function(name: &str) -> Option<&'static Function> {
    functions().find(|function| function.name == name)
}
