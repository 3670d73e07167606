//! A framework that can be relied on: what a scheme asks, how it scores, and where its workbook holds what.
//!
//! A framework comes from a TOML pack ([`schema`]), whose short forms and companion files `expansion` puts in place, is checked as a whole ([`check`]) and is found by name or version
//! ([`pack`], `meant`); [`difference`] says what differs between two. Nothing after this module checks a framework's sense. Conditions are minijinja expressions ([`expression`])
//! worked out exactly, with three answers: yes, no, and not known; [`language`] lists what they are written with.
//!
//! What it is made of: `name` (names as types), `scoring` (scales, criteria, measures), `outcome` (bands, gates, rules, dates),
//! `workbook` and `register` (where the form holds what), `return_kind`, `consolidation`, [`report`]. [`spoken`] tells its rules
//! in sentences.

mod applies;
pub mod builtin;
mod bundle;
mod called;
pub mod check;
mod consolidation;
mod definition;
pub mod difference;
mod expansion;
pub mod expression;
mod filler;
mod form;
pub mod language;
mod grade;
mod meant;
pub mod message;
mod name;
mod outcome;
pub mod pack;
mod pack_text;
mod register;
pub mod registry;
pub mod report;
mod return_kind;
pub mod schema;
#[cfg(test)]
pub(crate) mod sample;
mod scoring;
pub mod spoken;
mod workbook;
mod written;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::exact::Exact;
use crate::finding::Severity;
use crate::words::Nouns;
use crate::workbook::calculation::Shapes;
use crate::workbook::{Sheet, Workbook};

pub use applies::{Applies, Otherwise};
pub use bundle::Member;
pub(crate) use called::unmarked;
pub use check::{Known, fits_members, load};
pub use consolidation::{ConsolidationSpec, ShareRule};
pub use definition::{Definition, Part};
pub use filler::Filler;
pub use form::IssuedForm;
pub use grade::{GradeSpec, Graded};
pub(crate) use meant::meant;
pub use name::{
    ActionId, BandId, ColumnId, CriterionId, FieldId, FrameworkId, GateId, GradeId, ItemId, MeasureId, RaterId,
    RegisterId, ScaleId, SectionId, SheetId, StepId,
};
use outcome::better_by_limits;
pub use outcome::{
    Asked, Band, CalendarStep, Gate, Level, Limit, Mode, NamedValue, OutcomeSpec, OwnRule, Requirement, RuleEach,
    StepKind,
};
pub use pack_text::PackText;
pub use register::{
    Personal, PlanColumns, RegisterColumn, RegisterSpec, RowAction, RowOutcome, RowResult, RowsAre, Unusable,
};
pub use report::{ReportKind, ReportSpec};
pub use return_kind::{BandList, ReturnKind, is_of_itself};
pub use scoring::{
    Better, Criterion, Edge, Grade, Grades, Lookup, LookupStep, Measure, NotApplicable, Rater, Scale, ScaleUnit,
    Section,
};
pub use workbook::{
    EntryKind, Field, FieldRole, Holds, Presence, Registration, Remarks, SheetSpec, Stated, StatedColumn, StatedKind,
    Table, TableColumn, Tense,
};

/// A scheme, checked as a whole.
#[derive(Clone, Debug)]
pub struct Framework {
    /// The name, in kebab-case.
    pub id: FrameworkId,
    /// The version: `2024-25`.
    pub version: String,
    /// The title, as people call the scheme.
    pub title: String,
    /// Who owns the scheme.
    pub owner: String,
    /// What the results of one return are called: "assessment".
    pub return_noun: String,
    /// What the scheme calls its criteria, its sections, its network and the like.
    pub nouns: Nouns,
    /// The first day on which this version holds; `None` where it isn't stated.
    pub valid_from: Option<Date>,
    /// The last day on which this version holds; `None` where it isn't stated.
    pub valid_until: Option<Date>,
    /// Where the facts come from.
    pub provenance: String,
    /// Whether wording or numbers were made up for demonstration.
    pub illustrative: bool,
    /// The instruments that it puts together, where it asks nothing itself; empty where it asks.
    pub members: Vec<Member>,
    /// Who judges; at least one, but in a bundle.
    pub raters: Vec<Rater>,
    /// The scales, by name.
    pub scales: BTreeMap<ScaleId, Scale>,
    /// The sections, in order.
    pub sections: Vec<Section>,
    /// Named sets of criteria and measures, beside `all` and the sections.
    pub groups: BTreeMap<String, Vec<String>>,
    /// What applies to some returns only.
    pub applies: Vec<Applies>,
    /// Named values, each may use those before it, the scores and the total.
    pub values: Vec<NamedValue>,
    /// Grades of sections, groups or tags.
    pub grades: Vec<GradeSpec>,
    /// How bands are given.
    pub outcome: OutcomeSpec,
    /// The sheets of the workbook.
    pub sheets: Vec<SheetSpec>,
    /// The fields of the cover.
    pub fields: Vec<Field>,
    /// The tables of criteria and measures.
    pub tables: Vec<Table>,
    /// The tables of one row a learner, client, partner or action.
    pub registers: Vec<RegisterSpec>,
    /// Totals, weights and outcomes that the workbook states.
    pub stated: Vec<Stated>,
    /// Who fills in what senders don't.
    pub fillers: Vec<Filler>,
    /// What a score wants beside it.
    pub requirements: Vec<Requirement>,
    /// The kinds of return, the one first that stands for its organisation where it sent several; empty where the scheme doesn't say.
    pub kinds: Vec<ReturnKind>,
    /// How judgements on the units of an organisation make one on the whole; `None` where returns are about the whole only.
    pub consolidation: Option<ConsolidationSpec>,
    /// The framework's own rules.
    pub rules: Vec<OwnRule>,
    /// Severities of general rules that this framework grades otherwise.
    pub severities: BTreeMap<String, Severity>,
    /// The fields for each of whose entries an organisation sends a return of its own; empty where it sends one of a kind.
    pub one_for_each: Vec<FieldId>,
    /// How far two raters' scores of a criterion may lie apart; `None` where the scheme sets no limit.
    pub tolerance: Option<Exact>,
    /// Dated steps.
    pub calendar: Vec<CalendarStep>,
    /// The report on a return; `None` where it is the one on scores and criteria alone.
    pub report: Option<ReportSpec>,
    /// The form as issued, where the pack has it: its texts, formulas and lists tell tampering.
    pub form: Option<IssuedForm>,
}

/// Returns the nouns that several frameworks have in common; the usual ones where they differ.
pub fn nouns<'a>(frameworks: impl IntoIterator<Item = &'a Framework>) -> Nouns {
    let mut all = frameworks.into_iter().map(|framework| &framework.nouns);
    let first = all.next().cloned().unwrap_or_default();
    if all.all(|nouns| *nouns == first) { first } else { Nouns::default() }
}

/// Returns the framework of this name among several: of this version where it is there, else the first.
pub fn find<'a>(frameworks: &'a [Framework], id: &str, version: Option<&str>) -> Option<&'a Framework> {
    let named = || frameworks.iter().filter(|framework| framework.id == id);
    let of_version = named().find(|framework| Some(framework.version.as_str()) == version);
    of_version.or_else(|| named().next())
}

impl Framework {
    /// Returns all criteria, in the form's order.
    pub fn criteria(&self) -> impl Iterator<Item = &Criterion> {
        self.sections.iter().flat_map(|section| &section.criteria)
    }

    /// Returns all measures, in the form's order.
    pub fn measures(&self) -> impl Iterator<Item = &Measure> {
        self.sections.iter().flat_map(|section| &section.measures)
    }

    /// Returns the columns that hold evidence.
    pub fn evidence_columns(&self) -> BTreeSet<&ColumnId> {
        let columns = self.tables.iter().flat_map(|table| &table.columns);
        columns.filter(|column| column.evidence).map(|column| &column.id).collect()
    }

    /// Returns the column of this name beside the criteria and measures.
    pub fn column(&self, id: &ColumnId) -> Option<&TableColumn> {
        self.tables.iter().flat_map(|table| &table.columns).find(|column| column.id == *id)
    }

    /// Returns the most that a section can come to by the scheme's weights, unless something of it doesn't apply.
    pub fn maximum_of(&self, section: &Section) -> Exact {
        let measures: Exact = section.measures.iter().map(|measure| &measure.maximum).sum();
        section.together(|criterion| self.scale(criterion).maximum()) + measures
    }

    /// Returns a text of ours with the scheme's nouns in the place of those that are marked.
    pub fn spelled(&self, text: &str) -> String {
        self.nouns.spelled(text).into_owned()
    }

    /// Returns the section of this name.
    pub fn section(&self, id: &str) -> Option<&Section> {
        self.sections.iter().find(|section| section.id == *id)
    }

    /// Returns the criterion of this name.
    pub fn criterion(&self, id: &str) -> Option<&Criterion> {
        self.criteria().find(|criterion| criterion.id == *id)
    }

    /// Returns the measure of this name.
    pub fn measure(&self, id: &str) -> Option<&Measure> {
        self.measures().find(|measure| measure.id == *id)
    }

    /// Returns the band of this name.
    pub fn band(&self, id: &str) -> Option<&Band> {
        self.outcome.band(id)
    }

    /// Returns the title of the band of this name; the name itself where there is none.
    pub fn band_title<'a>(&'a self, id: &'a str) -> &'a str {
        self.outcome.band_title(id)
    }

    /// Returns the gate of this name.
    pub fn gate(&self, id: &str) -> Option<&Gate> {
        self.outcome.gates.iter().find(|gate| gate.id == *id)
    }

    /// Returns the rater of this name.
    pub fn rater(&self, id: &str) -> Option<&Rater> {
        self.raters.iter().find(|rater| rater.id == *id)
    }

    /// Returns the register of this name.
    pub fn register(&self, id: &str) -> Option<&RegisterSpec> {
        self.registers.iter().find(|register| register.id == *id)
    }

    /// Returns the sheet of this name.
    pub fn sheet(&self, id: &str) -> Option<&SheetSpec> {
        self.sheets.iter().find(|sheet| sheet.id == *id)
    }

    /// Returns the form as it was issued; `None` where the pack has none.
    pub fn form(&self) -> Option<&Workbook> {
        self.form.as_ref().map(IssuedForm::workbook)
    }

    /// Returns what the formulas of the form do; nothing where the pack has no form.
    pub fn shapes(&self) -> &Shapes {
        static NONE: Shapes = Shapes::none();
        self.form.as_ref().map_or(&NONE, IssuedForm::shapes)
    }

    /// Returns a sheet as it was issued; `None` where the pack has no form, or the form no such sheet.
    pub fn issued_sheet(&self, id: &str) -> Option<&Sheet> {
        self.form()?.sheet(&self.sheet(id)?.title)
    }

    /// Returns the place among the bands of the one of this name, nought being the best.
    pub fn place_of_band(&self, id: &str) -> Option<usize> {
        self.outcome.bands.iter().position(|band| band.id == *id)
    }

    /// Returns the place among the sections of the one of this name, in the form's order.
    pub fn place_of_section(&self, id: &str) -> Option<usize> {
        self.sections.iter().position(|section| section.id == *id)
    }

    /// Returns the value of this name.
    pub fn value(&self, name: &str) -> Option<&NamedValue> {
        self.values.iter().find(|value| value.name == name)
    }

    /// Returns the stated figure of this name.
    pub fn stated(&self, id: &str) -> Option<&Stated> {
        self.stated.iter().find(|stated| stated.id == id)
    }

    /// Returns the dated step of this name.
    pub fn step(&self, id: &str) -> Option<&CalendarStep> {
        self.calendar.iter().find(|step| step.id == *id)
    }

    /// Returns what an organisation sends a return for each of, in the form's own labels: "service"; `None` where it sends one of a kind.
    pub fn one_for_each_in_words(&self) -> Option<String> {
        let labels = self.one_for_each.iter().filter_map(|id| Some(self.field(id.as_str())?.label.to_lowercase()));
        let labels: Vec<String> = labels.collect();
        (!labels.is_empty()).then(|| labels.join(" and "))
    }

    /// Returns the field of this name.
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.id == *id)
    }

    /// Returns the field that plays a role.
    pub fn field_for(&self, role: FieldRole) -> Option<&Field> {
        self.fields.iter().find(|field| field.role == Some(role))
    }

    /// Returns the scale of a criterion.
    ///
    /// # Panics
    /// Where the criterion is of another framework.
    pub fn scale(&self, criterion: &Criterion) -> &Scale {
        self.scales.get(&criterion.scale).expect("a checked framework has all its scales")
    }
}
