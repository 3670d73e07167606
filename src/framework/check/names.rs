//! The names and functions that an expression may use, by what it is about.
//!
//! What is listed here is what [`crate::outcome`] and the readers of returns answer to. A name or function beside these is
//! refused when the pack is checked, so that no expression fails while a return is scored.

use std::collections::BTreeMap;

use super::About;
use crate::framework::expression::{Mention, Quantity, SECTION_ID, is_built_in};
use crate::framework::schema::{ColumnEntry, GradesEach, GradesEntry, HoldsEntry, PackFile, RegisterEntry};
use crate::wording::nearest;
use crate::words::quoted;

/// Why a name isn't allowed, and what to do.
type Refusal = (String, String);

/// Names of a return with its scores.
const RETURN: [&str; 5] = ["total", "total_given", "data_date", "raw_band", "band"];
/// Parts of the section that an expression is about.
const SECTION: [&str; 9] = ["id", "title", "weight", "score", "given", "maximum", "count", "answered", "mean"];
/// Names of one score.
const SCORE: [&str; 3] = ["score", "grade", "id"];

/// Names of what a row comes to: its name, its title, and what is wanting.
const OUTCOME_OF_ROW: [&str; 3] = ["outcome", "outcome_title", "actions_needed"];

/// What a function takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Takes {
    /// Nothing.
    Nothing,
    /// A group.
    Group,
    /// A group and a number or a grade.
    GroupAnd,
    /// A criterion or measure.
    Item,
    /// A measure.
    Measure,
    /// A section.
    Section,
    /// A register; then, where it is given, a column or derived value, and another that must hold.
    Rows,
    /// A register, a column or derived value, and a value.
    RowsValue,
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
}

/// Functions of a return.
const OF_RETURN: [(&str, Takes); 24] = [
    ("weighted_percentage", Takes::Nothing),
    ("sum", Takes::Group),
    ("score", Takes::Group),
    ("points", Takes::Group),
    ("mean", Takes::Group),
    ("lowest", Takes::Group),
    ("highest", Takes::Group),
    ("count", Takes::Group),
    ("answered", Takes::Group),
    ("applies", Takes::Group),
    ("given", Takes::Group),
    ("maximum", Takes::Group),
    ("count_at", Takes::GroupAnd),
    ("count_at_most", Takes::GroupAnd),
    ("count_at_least", Takes::GroupAnd),
    ("count_grade", Takes::GroupAnd),
    ("grade", Takes::Item),
    ("graded", Takes::GradeOf),
    ("count_graded", Takes::GradesAt),
    ("result", Takes::Measure),
    ("earned", Takes::Measure),
    ("from_register", Takes::Measure),
    ("cohort", Takes::Measure),
    ("weight", Takes::Section),
];

/// Functions of dated steps.
const OF_STEPS: [(&str, Takes); 1] = [("working_days_after", Takes::WorkingDays)];

/// Functions over the rows of a register.
const OF_ROWS: [(&str, Takes); 12] = [
    ("noted", Takes::Note),
    ("rows_count", Takes::Rows),
    ("rows_any", Takes::Rows),
    ("rows_all", Takes::Rows),
    ("rows_sum", Takes::Rows),
    ("rows_mean", Takes::Rows),
    ("rows_distinct", Takes::Rows),
    ("rows_earliest", Takes::Rows),
    ("rows_latest", Takes::Rows),
    ("rows_with", Takes::RowsValue),
    ("rows_citing", Takes::RowsValue),
    ("looked_up", Takes::RowOfKey),
];

/// Functions of one row.
const OF_ROW: [(&str, Takes); 7] = [
    ("marked", Takes::Marks),
    ("marked_except", Takes::Marks),
    ("marked_by", Takes::Marks),
    ("marked_by_except", Takes::Marks),
    ("stands_above", Takes::Column),
    ("resembles_above", Takes::Column),
    ("opinions_given", Takes::Value),
];

/// Functions of one criterion.
const OF_CRITERION: [(&str, Takes); 1] = [("opinion_share", Takes::Opinion)];

/// Whether senders write in a column beside scores.
fn is_note(column: &ColumnEntry) -> bool {
    matches!(column.holds, HoldsEntry::Entry(_))
}

/// What a pack defines and an expression may name.
pub(super) struct Names<'a> {
    /// The criteria, in order.
    pub(super) criteria: Vec<&'a str>,
    /// The measures, in order.
    pub(super) measures: Vec<&'a str>,
    /// The sections, in order.
    pub(super) sections: Vec<&'a str>,
    /// Everything that stands for several criteria and measures: `all`, sections, tags, groups, and each by itself.
    pub(super) groups: Vec<&'a str>,
    /// The fields.
    pub(super) fields: Vec<&'a str>,
    /// The raters.
    pub(super) raters: Vec<&'a str>,
    /// The sheets.
    pub(super) sheets: Vec<&'a str>,
    /// The registers, by name.
    pub(super) registers: BTreeMap<&'a str, &'a RegisterEntry>,
    /// The columns beside the scores in which senders write.
    pub(super) notes: Vec<&'a str>,
    /// The named values.
    values: Vec<&'a str>,
    /// The grades of parts of the scheme.
    grades: &'a [GradesEntry],
    /// The dated steps.
    steps: Vec<&'a str>,
}

impl<'a> Names<'a> {
    /// Gathers what a pack defines.
    pub(super) fn of(file: &'a PackFile) -> Self {
        let criteria = || file.sections.iter().flat_map(|section| &section.criteria);
        let measures = file.sections.iter().flat_map(|section| &section.measures);
        let criterion_ids: Vec<&str> = criteria().map(|criterion| criterion.id.as_str()).collect();
        let measures: Vec<&str> = measures.map(|measure| measure.id.as_str()).collect();
        let sections: Vec<&str> = file.sections.iter().map(|section| section.id.as_str()).collect();
        let tags = criteria().flat_map(|criterion| &criterion.tags).map(String::as_str);
        let groups = std::iter::once("all").chain(file.groups.keys().map(String::as_str)).chain(tags);
        let groups = groups.chain(sections.iter().chain(&criterion_ids).chain(&measures).copied()).collect();
        Self {
            criteria: criterion_ids,
            measures,
            sections,
            groups,
            fields: file.fields.iter().map(|field| field.id.as_str()).collect(),
            raters: file.raters.iter().map(|rater| rater.id.as_str()).collect(),
            sheets: file.sheets.iter().map(|sheet| sheet.id.as_str()).collect(),
            registers: file.registers.iter().map(|register| (register.id.as_str(), register)).collect(),
            notes: file
                .tables
                .iter()
                .flat_map(|table| &table.columns)
                .filter(|column| is_note(column))
                .map(|column| column.id.as_str())
                .collect(),
            values: file.values.iter().map(|value| value.name.as_str()).collect(),
            grades: &file.grades,
            steps: file.calendar.iter().map(|step| step.id.as_str()).collect(),
        }
    }

    /// Says why an expression may not use something; nothing where it may.
    pub(super) fn allows(&self, mention: &Mention, about: About) -> Result<(), Refusal> {
        match mention {
            Mention::Name(name) => among(name, "name", &self.names(about)),
            Mention::Attribute(of, part) => self.attribute(of, part, about),
            Mention::Call(function, _) if is_built_in(function) => Ok(()),
            Mention::Call(function, arguments) => self.call(function, arguments, about),
        }
    }

    /// Returns the names that stand by themselves.
    fn names(&self, about: About<'_>) -> Vec<&str> {
        match about {
            About::Fields => Vec::new(),
            About::Score => SCORE.to_vec(),
            About::Section => {
                let grades = self.grades.iter().map(|grade| grade.id.as_str());
                RETURN.iter().chain(&self.values).copied().chain(grades).collect()
            }
            About::Return | About::Criterion | About::Steps => RETURN.iter().chain(&self.values).copied().collect(),
            About::Row(register, derived) => {
                let mut names = vec!["data_date"];
                names.extend(self.of_row(register, derived));
                names
            }
            About::RowTold(register) => {
                let mut names = vec!["data_date"];
                names.extend(self.of_row(register, usize::MAX));
                names.extend(OUTCOME_OF_ROW);
                names
            }
            About::Mark(register, _) => {
                let mut names = vec!["data_date", "mark", "mark_day"];
                names.extend(self.of_row(register, usize::MAX));
                names
            }
        }
    }

    /// Returns the columns of a register, and so many of its derived values.
    fn of_row(&self, register: &str, derived: usize) -> Vec<&'a str> {
        let Some(register) = self.registers.get(register) else { return Vec::new() };
        let columns = register.columns.iter().map(|column| column.id.as_str());
        columns.chain(register.derived.iter().take(derived).map(|value| value.name.as_str())).collect()
    }

    /// Says why a part of a name isn't allowed.
    fn attribute(&self, of: &str, part: &str, about: About) -> Result<(), Refusal> {
        match (of, about) {
            (
                "field",
                About::Fields
                | About::Return
                | About::Section
                | About::Criterion
                | About::Row(..)
                | About::RowTold(_)
                | About::Mark(..)
                | About::Steps,
            ) => among(part, "field", &self.fields),
            ("marked", About::Mark(_, marked)) => {
                among(part, "column or derived value", &self.of_row(marked, usize::MAX))
            }
            ("section", About::Section) => among(part, "part of a section", &SECTION),
            ("criterion", About::Criterion) => {
                let own = ["id", "text", "grade", "consolidated"];
                let parts: Vec<&str> = own.iter().chain(&self.notes).copied().collect();
                among(part, "part of a criterion", &parts)
            }
            ("row", About::Row(..) | About::RowTold(_) | About::Mark(..)) => among(part, "part of a row", &["number"]),
            ("done", About::Steps) => among(part, "dated step", &self.steps),
            _ => Err((format!("`{of}.{part}` means nothing here"), "Use what this expression is about.".to_owned())),
        }
    }

    /// Says why a call isn't allowed.
    fn call(&self, function: &str, arguments: &[Option<Quantity>], about: About) -> Result<(), Refusal> {
        let functions: Vec<(&str, Takes)> = match about {
            About::Fields | About::Score => Vec::new(),
            About::Return | About::Section => OF_RETURN.iter().chain(&OF_ROWS).copied().collect(),
            About::Criterion => OF_RETURN.iter().chain(&OF_ROWS).chain(&OF_CRITERION).copied().collect(),
            About::Steps => OF_RETURN.iter().chain(&OF_ROWS).chain(&OF_STEPS).copied().collect(),
            About::Row(..) | About::RowTold(_) | About::Mark(..) => OF_ROWS.iter().chain(&OF_ROW).copied().collect(),
        };
        if let Some((_, takes)) = functions.iter().find(|(name, _)| *name == function) {
            return match (takes, about) {
                (Takes::Column, About::Row(register, _) | About::RowTold(register) | About::Mark(register, _)) => {
                    self.column(function, register, arguments)
                }
                (takes, _) => self.arguments(function, *takes, arguments),
            };
        }
        let names: Vec<&str> = functions.iter().map(|(name, _)| *name).collect();
        among(function, "function", &names)
    }

    /// Says why the arguments of a function of a row's own columns aren't allowed.
    fn column(&self, function: &str, register: &str, arguments: &[Option<Quantity>]) -> Result<(), Refusal> {
        let name = arguments.first().and_then(Option::as_ref).and_then(Quantity::text);
        match name.filter(|_| arguments.len() == 2) {
            Some(name) => among(name, "column or derived value", &self.of_row(register, usize::MAX)),
            None => {
                Err((format!("`{function}` takes ('column', value)"), format!("Write `{function}('column', value)`.")))
            }
        }
    }

    /// Says why a function's arguments aren't allowed.
    fn arguments(&self, function: &str, takes: Takes, arguments: &[Option<Quantity>]) -> Result<(), Refusal> {
        let count = arguments.len();
        let text = |index: usize| arguments.get(index).and_then(Option::as_ref).and_then(Quantity::text);
        let wanted = |counts: std::ops::RangeInclusive<usize>, form: &str| {
            let refusal = || (format!("`{function}` takes {form}"), format!("Write `{function}{form}`."));
            if counts.contains(&count) { Ok(()) } else { Err(refusal()) }
        };
        let named = |index: usize, what: &str, names: &[&str]| match text(index) {
            // Where no part is graded, `section.id` is refused by itself.
            Some(SECTION_ID) => Ok(()),
            Some(name) => among(name, what, names),
            None => Err((format!("`{function}` takes the name of a {what} in quotes"), "Write the name.".to_owned())),
        };
        match takes {
            Takes::Nothing | Takes::Column => wanted(0..=0, "()"),
            Takes::Group => wanted(1..=1, "('group')").and_then(|()| named(0, "group", &self.groups)),
            Takes::GroupAnd => wanted(2..=2, "('group', value)").and_then(|()| named(0, "group", &self.groups)),
            Takes::Value => wanted(1..=1, "(value)"),
            Takes::Opinion if count == 1 => Ok(()),
            Takes::Opinion => wanted(3..=3, "('grade', 'register', 'column')")
                .and_then(|()| self.rows(text(1), std::iter::once(text(2)), function)),
            Takes::Note => {
                wanted(2..=2, "(criterion, 'column')").and_then(|()| named(1, "column beside scores", &self.notes))
            }
            Takes::Item => wanted(1..=1, "('criterion')").and_then(|()| named(0, "criterion", &self.criteria)),
            Takes::Measure => wanted(1..=1, "('measure')").and_then(|()| named(0, "measure", &self.measures)),
            Takes::Section => wanted(1..=1, "('section')").and_then(|()| named(0, "section", &self.sections)),
            Takes::GradeOf => {
                wanted(2..=2, "('grade', 'section')")?;
                named(0, "grade of parts", &self.grade_names())?;
                named(1, "part with this grade", &self.parts_graded(text(0)))
            }
            Takes::GradesAt => {
                wanted(1..=usize::MAX, "('grade', 'band', …)")?;
                named(0, "grade of parts", &self.grade_names())?;
                (1..count).try_for_each(|index| named(index, "band", &self.bands_of(text(0))))
            }
            Takes::WorkingDays => wanted(3..=3, "(day, number, region)"),
            Takes::Rows => wanted(1..=3, "('register', 'column', 'condition')")
                .and_then(|()| self.rows(text(0), (1..count).map(text), function)),
            Takes::RowsValue => wanted(3..=3, "('register', 'column', value)")
                .and_then(|()| self.rows(text(0), std::iter::once(text(1)), function)),
            Takes::RowOfKey => wanted(3..=3, "('register', key, 'column')")
                .and_then(|()| self.rows(text(0), std::iter::once(text(2)), function)),
            Takes::Marks => wanted(2..=4, "('register', marks, 'condition', 'kind')")
                .and_then(|()| self.rows(text(0), (2..count).map(text), function)),
        }
    }

    /// Returns the names of the grades of parts.
    fn grade_names(&self) -> Vec<&'a str> {
        self.grades.iter().map(|grade| grade.id.as_str()).collect()
    }

    /// Returns the names of the parts that have a grade.
    fn parts_graded(&self, grade: Option<&str>) -> Vec<&'a str> {
        let Some(grade) = self.grades.iter().find(|of| Some(of.id.as_str()) == grade) else { return Vec::new() };
        match grade.each {
            Some(GradesEach::Section) => self.sections.clone(),
            None => grade.over.iter().map(String::as_str).collect(),
        }
    }

    /// Returns the names of the bands of a grade.
    fn bands_of(&self, grade: Option<&str>) -> Vec<&'a str> {
        let grade = self.grades.iter().filter(|of| Some(of.id.as_str()) == grade);
        grade.flat_map(|grade| &grade.bands).map(|band| band.id.as_str()).collect()
    }

    /// Says why a register or what is asked of its rows isn't there.
    fn rows<'t>(
        &self,
        register: Option<&str>,
        names: impl Iterator<Item = Option<&'t str>>,
        function: &str,
    ) -> Result<(), Refusal> {
        let written_out = || (format!("`{function}` takes names in quotes"), "Write the names.".to_owned());
        let register = register.ok_or_else(written_out)?;
        among(register, "register", &self.registers.keys().copied().collect::<Vec<&str>>())?;
        let mut allowed = self.of_row(register, usize::MAX);
        allowed.extend(OUTCOME_OF_ROW);
        for name in names {
            among(name.ok_or_else(written_out)?, "column or derived value", &allowed)?;
        }
        Ok(())
    }
}

/// Says that a name isn't among those that there are.
fn among(name: &str, what: &str, names: &[&str]) -> Result<(), Refusal> {
    if names.contains(&name) {
        return Ok(());
    }
    let help = match nearest(name, names.iter().copied(), 0.5) {
        Some(near) => format!("Did you mean `{near}`?"),
        None if names.is_empty() => format!("No {what} can be used here."),
        None if names.len() > 30 => format!("Use the name of a {what} of this pack."),
        None => format!("There are {}.", quoted(names)),
    };
    Err((format!("there is no {what} `{name}` here"), help))
}
