//! The names and functions that an expression may use, by what it is about.
//!
//! What is listed here is what [`crate::outcome`] and the readers of returns answer to. A name or function beside these is
//! refused when the pack is checked, so that no expression fails while a return is scored.

use std::collections::BTreeMap;

use super::{About, habit};
use crate::framework::expression::{Expression, Mention, Quantity, SECTION_ID};
use crate::framework::language::{Function, Kind, NameScope, Place, Takes, functions, names_of};
use crate::framework::schema::{ColumnEntry, GradesEach, GradesEntry, HoldsEntry, PackFile, RegisterEntry};
use crate::wording::nearest;
use crate::words::quoted;

/// Why a name isn't allowed, and what to do.
pub(super) type Refusal = (String, String);

/// Whether senders write in a column beside scores.
fn is_note(column: &ColumnEntry) -> bool {
    matches!(column.holds, HoldsEntry::Entry(_))
}

/// What a pack defines and an expression may name.
pub(super) struct Names<'a> {
    /// The pack as written.
    pub(super) file: &'a PackFile,
    /// The criteria, in order.
    pub(super) criteria: Vec<&'a str>,
    /// The measures, in order.
    pub(super) measures: Vec<&'a str>,
    /// The sections, in order.
    pub(super) sections: Vec<&'a str>,
    /// Everything that stands for several criteria and measures: `all`, sections, tags, groups, and each by itself.
    pub(super) groups: Vec<&'a str>,
    /// The tags, in the order in which criteria have them.
    pub(super) tags: Vec<&'a str>,
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
    /// The instruments of a bundle.
    members: Vec<&'a str>,
    /// The kinds of the named values, as far as they are worked out.
    pub(super) kinds_of_values: BTreeMap<&'a str, Kind>,
    /// The kinds of what is worked out for rows, by register and name.
    pub(super) kinds_of_derived: BTreeMap<(&'a str, &'a str), Kind>,
}

impl<'a> Names<'a> {
    /// Gathers what a pack defines.
    pub(super) fn of(file: &'a PackFile) -> Self {
        let criteria = || file.sections.iter().flat_map(|section| &section.criteria);
        let measures = file.sections.iter().flat_map(|section| &section.measures);
        let criterion_ids: Vec<&str> = criteria().map(|criterion| criterion.id.as_str()).collect();
        let measures: Vec<&str> = measures.map(|measure| measure.id.as_str()).collect();
        let sections: Vec<&str> = file.sections.iter().map(|section| section.id.as_str()).collect();
        let mut tags: Vec<&str> = Vec::new();
        for tag in criteria().flat_map(|criterion| &criterion.tags) {
            if !tags.contains(&tag.as_str()) {
                tags.push(tag);
            }
        }
        let groups = std::iter::once("all").chain(file.groups.keys().map(String::as_str)).chain(tags.iter().copied());
        let groups = groups.chain(sections.iter().chain(&criterion_ids).chain(&measures).copied()).collect();
        let names = Self {
            file,
            criteria: criterion_ids,
            measures,
            sections,
            groups,
            tags,
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
            members: file.bundle.iter().flat_map(|bundle| &bundle.members).map(|member| member.id.as_str()).collect(),
            kinds_of_values: BTreeMap::new(),
            kinds_of_derived: BTreeMap::new(),
        };
        names.with_kinds()
    }

    /// Works out the kinds of values in their order, since each may use those above it.
    fn with_kinds(mut self) -> Self {
        let kind = |names: &Self, written: &str, about| {
            Expression::parse(written).map_or(Kind::Any, |value| names.kind(&value.node, about))
        };
        for register in &self.file.registers {
            for value in &register.derived {
                let kind = kind(&self, &value.value, About::Row(&register.id, usize::MAX));
                self.kinds_of_derived.insert((&register.id, &value.name), kind);
            }
        }
        for value in &self.file.values {
            let kind = kind(&self, &value.value, About::whole(self.file));
            self.kinds_of_values.insert(&value.name, kind);
        }
        self
    }

    /// Says why an expression may not use something; nothing where it may.
    pub(super) fn allows(&self, mention: &Mention, about: About) -> Result<(), Refusal> {
        match mention {
            Mention::Name(name) => among(name, "name", &self.names(about)),
            Mention::Attribute(of, part) => self.attribute(of, part, about),
            Mention::Call(function, arguments) => self.call(function, arguments, about),
        }
    }

    /// Returns the names that stand by themselves.
    fn names(&self, about: About<'_>) -> Vec<&str> {
        match about {
            About::Fields => Vec::new(),
            About::Bundle => self.values.iter().copied().chain(["total"]).collect(),
            About::Score => listed(NameScope::Score),
            About::Return | About::Section | About::Criterion | About::Steps => {
                let mut names = listed(NameScope::Return);
                names.extend(&self.values);
                names.extend(listed(NameScope::Step).into_iter().filter(|_| about == About::Steps));
                let grades = self.grades.iter().filter(|_| about == About::Section);
                names.extend(grades.map(|grade| grade.id.as_str()));
                names
            }
            About::Row(register, derived) => {
                let mut names = vec!["data_date"];
                names.extend(self.of_row(register, derived));
                names
            }
            About::RowTold(register) => {
                let mut names = vec!["data_date"];
                names.extend(self.of_row(register, usize::MAX));
                names.extend(listed(NameScope::Outcome));
                names
            }
            About::Mark(register, _) => {
                let mut names = vec!["data_date"];
                names.extend(listed(NameScope::Mark));
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
            ("section", About::Section) => among(part, "part of a section", &listed(NameScope::Section)),
            ("criterion", About::Criterion) => {
                let mut parts = listed(NameScope::Criterion);
                parts.extend(&self.notes);
                among(part, "part of a criterion", &parts)
            }
            ("row", About::Row(..) | About::RowTold(_) | About::Mark(..)) => {
                among(part, "part of a row", &listed(NameScope::Row))
            }
            ("done", About::Steps) => among(part, "dated step", &self.steps),
            _ => Err((format!("`{of}.{part}` means nothing here"), "Use what this expression is about.".to_owned())),
        }
    }

    /// Says why a call isn't allowed.
    fn call(&self, name: &str, arguments: &[Option<Quantity>], about: About) -> Result<(), Refusal> {
        let allowed = || functions().filter(|function| has(about, function.place));
        if let Some(function) = allowed().find(|function| function.name == name) {
            self.weighs(function, arguments)?;
            return match (function.takes, about) {
                (Takes::Column, About::Row(register, _) | About::RowTold(register) | About::Mark(register, _)) => {
                    self.column(function, register, arguments)
                }
                _ => self.arguments(function, arguments),
            };
        }
        let names: Vec<&str> = allowed().map(|function| function.name).collect();
        among(name, "function", &names)
    }

    /// Says that a function counts by weights that no section has.
    fn weighs(&self, function: &Function, arguments: &[Option<Quantity>]) -> Result<(), Refusal> {
        let named = arguments.first().and_then(Option::as_ref).and_then(Quantity::text);
        let is_unweighted = || self.file.sections.iter().all(|section| section.weight.is_none());
        let refused = match function.name {
            "weighted_percentage" if is_unweighted() => "no section has a `weight`".to_owned(),
            "weight" => match self.file.sections.iter().find(|section| Some(section.id.as_str()) == named) {
                Some(section) if section.weight.is_none() => format!("section `{}` has no `weight`", section.id),
                Some(_) | None => return Ok(()),
            },
            _ => return Ok(()),
        };
        let help = "Give each section its share, such as `weight = \"25%\"`.";
        Err((format!("`{}` counts by the weights of sections, and {refused}", function.name), help.to_owned()))
    }

    /// Says why the arguments of a function of a row's own columns aren't allowed.
    fn column(&self, function: &Function, register: &str, arguments: &[Option<Quantity>]) -> Result<(), Refusal> {
        let name = arguments.first().and_then(Option::as_ref).and_then(Quantity::text);
        match name.filter(|_| arguments.len() == 2) {
            Some(name) => among(name, "column or derived value", &self.of_row(register, usize::MAX)),
            None => Err(misused(function)),
        }
    }

    /// Says why a function's arguments aren't allowed.
    fn arguments(&self, function: &Function, arguments: &[Option<Quantity>]) -> Result<(), Refusal> {
        let (least, most) = function.takes.count();
        if !(least..=most).contains(&arguments.len()) {
            return Err(misused(function));
        }
        let text = |index: usize| arguments.get(index).and_then(Option::as_ref).and_then(Quantity::text);
        let named = |index: usize, what: &str, names: &[&str]| match text(index) {
            // Where no part is graded, `section.id` is refused by itself.
            Some(SECTION_ID) => Ok(()),
            Some(name) => among(name, what, names),
            None => {
                let is_made = arguments.get(index).is_some_and(|_| what == "group");
                let made = " A name made of the section's stands in one: `'core-{section.id}'`.";
                let help = format!("{}{}", written(function), if is_made { made } else { "" });
                Err((format!("`{}` takes the name of a {what} in quotes", function.name), help))
            }
        };
        let rows = |names: std::ops::Range<usize>| self.rows(function, text(0), names.map(text));
        match function.takes {
            Takes::Member
            | Takes::MemberBands
            | Takes::MemberValue
            | Takes::MemberTotals
            | Takes::MemberGrade
            | Takes::MemberGradeBands => {
                named(0, "member", &self.members)?;
                let rest = (1..arguments.len()).find(|index| text(*index).is_none());
                rest.map_or(Ok(()), |_| Err((format!("`{}` takes names in quotes", function.name), written(function))))
            }
            Takes::Nothing | Takes::Value | Takes::Column | Takes::WorkingDays | Takes::Values(_) => Ok(()),
            Takes::Group | Takes::GroupAndPoints | Takes::GroupAndGrade => named(0, "group", &self.groups),
            Takes::Criterion => named(0, "criterion", &self.criteria),
            Takes::Measure => named(0, "measure", &self.measures),
            Takes::Section => named(0, "section", &self.sections),
            Takes::GradeOf => {
                named(0, "grade of parts", &self.grade_names())?;
                let parts = text(0).map(|grade| self.parts_graded(grade)).unwrap_or_default();
                // A part that isn't there is told where the grade names it.
                if parts.iter().any(|part| !self.groups.contains(part)) {
                    return Ok(());
                }
                named(1, "part with this grade", &parts)
            }
            Takes::GradesAt => {
                named(0, "grade of parts", &self.grade_names())?;
                (1..arguments.len()).try_for_each(|index| named(index, "band", &self.bands_of(text(0))))
            }
            Takes::Note => named(1, "column beside scores", &self.notes),
            Takes::Opinion if arguments.len() == 1 => Ok(()),
            Takes::Opinion => self.rows(function, text(1), std::iter::once(text(2))),
            Takes::Rows => rows(1..arguments.len()),
            Takes::RowsValue => rows(1..2),
            Takes::RowsCited => rows(1..2).and_then(|()| rows(3..arguments.len().max(3))),
            Takes::RowOfKey => rows(2..3),
            Takes::Marks => rows(2..arguments.len()),
        }
    }

    /// Whether an expression of the outcome, of a value or of a grade of parts counts the answers with a grade.
    pub(super) fn counts_grade(&self, id: &str) -> bool {
        let file = self.file;
        let gates = file.outcome.gates.iter().chain(file.grades.iter().flat_map(|grade| &grade.gates));
        let totals = std::iter::once(&file.outcome.total).chain(file.grades.iter().filter_map(|of| of.total.as_ref()));
        let values = file.values.iter().map(|value| &value.value);
        let mut all = gates.map(|gate| &gate.holds).chain(totals).chain(values);
        let counts = |mention: &Mention| {
            let Mention::Call(name, arguments) = mention else { return false };
            let grade = arguments.get(1).and_then(Option::as_ref).and_then(Quantity::text);
            name == "count_grade" && grade == Some(id)
        };
        all.any(|written| Expression::parse(written).is_ok_and(|read| read.names().iter().any(counts)))
    }

    /// Returns the names of the grades of parts.
    fn grade_names(&self) -> Vec<&'a str> {
        self.grades.iter().map(|grade| grade.id.as_str()).collect()
    }

    /// Returns the names of the parts that have a grade.
    pub(super) fn parts_graded(&self, grade: &str) -> Vec<&'a str> {
        let Some(grade) = self.grades.iter().find(|of| of.id == grade) else { return Vec::new() };
        match grade.each {
            Some(GradesEach::Section) => self.sections.clone(),
            Some(GradesEach::Tag) => self.tags.clone(),
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
        function: &Function,
        register: Option<&str>,
        names: impl Iterator<Item = Option<&'t str>>,
    ) -> Result<(), Refusal> {
        let written_out = || (format!("`{}` takes names in quotes", function.name), written(function));
        let register = register.ok_or_else(written_out)?;
        among(register, "register", &self.registers.keys().copied().collect::<Vec<&str>>())?;
        let mut allowed = self.of_row(register, usize::MAX);
        allowed.extend(listed(NameScope::Outcome));
        for name in names {
            among(name.ok_or_else(written_out)?, "column or derived value", &allowed)?;
        }
        Ok(())
    }
}

/// Returns the names of a scope.
fn listed(scope: NameScope) -> Vec<&'static str> {
    names_of(scope).map(|named| named.name).collect()
}

/// Whether the language has a name already that stands by itself in expressions about a return or a score, or before a dot.
pub(super) fn is_of_the_language(name: &str) -> bool {
    const BEFORE_A_DOT: [&str; 3] = ["criterion", "field", "section"];
    let is_listed = |scope| names_of(scope).any(|named| named.name == name);
    name == "all" || BEFORE_A_DOT.contains(&name) || is_listed(NameScope::Return) || is_listed(NameScope::Score)
}

/// Whether an expression has the functions of a place.
fn has(about: About, place: Place) -> bool {
    let is_of_return = matches!(about, About::Return | About::Section | About::Criterion | About::Steps);
    let is_of_row = matches!(about, About::Row(..) | About::RowTold(_) | About::Mark(..));
    match place {
        Place::Everywhere => true,
        Place::Return => is_of_return,
        Place::ReturnOrRow => is_of_return || is_of_row,
        Place::Row => is_of_row,
        Place::Criterion => about == About::Criterion,
        Place::Step => about == About::Steps,
        Place::Bundle => about == About::Bundle,
    }
}

/// Says that a function takes other arguments.
fn misused(function: &Function) -> Refusal {
    (format!("`{}` takes {}", function.name, function.takes.form()), written(function))
}

/// Says how a function is written.
fn written(function: &Function) -> String {
    format!("Write `{}`, as in `{}`.", function.form(), function.example)
}

/// Says that a name isn't among those that there are.
pub(super) fn among(name: &str, what: &str, names: &[&str]) -> Result<(), Refusal> {
    if names.contains(&name) || are_repeated(what, names) {
        return Ok(());
    }
    let habit = match what {
        "function" => habit::instead_of_function(name),
        "name" => habit::instead_of_name(name),
        _ => None,
    };
    let near = || nearest(name, names.iter().copied(), 0.5).map(|near| format!("Did you mean `{near}`?"));
    let taught = habit.map(|instead| format!("For `{name}` {instead}."));
    let help = taught.or_else(near).unwrap_or_else(|| all_of(what, names));
    Err((format!("there is no {what} `{name}` here"), help))
}

/// Whether one of several names is that of two things of a kind whose names are told where they are given twice.
pub(super) fn are_repeated(what: &str, names: &[&str]) -> bool {
    let is_told = matches!(what, "band" | "field" | "gate" | "grade of parts" | "rater" | "sheet");
    is_told && names.iter().enumerate().any(|(index, name)| names[..index].contains(name))
}

/// Says which names there are.
fn all_of(what: &str, names: &[&str]) -> String {
    match names.len() {
        0 => format!("No {what} can be used here."),
        31.. if what == "function" => "`scrutineer framework functions` lists all that there are.".to_owned(),
        31.. => format!("Use the name of a {what} of this pack."),
        _ => format!("There are {}.", quoted(names)),
    }
}
