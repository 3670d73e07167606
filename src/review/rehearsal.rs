//! A pack tried before any return comes: what its words don't find on the form beside it, what that form is told as a blank
//! return, and which bands no return can reach.
//!
//! All is told at the pack's own lines, since the pack is what is to be put right.

use crate::cell::column_letters;
use crate::finding::{Finding, Findings, Place, Rule};
use crate::framework::check::{FRAMEWORK_INCONSISTENT, FRAMEWORK_INVALID};
use crate::framework::pack::Pack;
use crate::framework::{Definition, Field, FieldRole, Framework, Holds, Part, RegisterSpec, SheetSpec, Stated, Table};
use crate::layout::rule::{CRITERION_REWORDED, HEADING_RENAMED};
use crate::layout::{Layout, TablePlace, WorkbookText, locate};
use crate::rules::answer::{answer_blank, field_blank};
use crate::rules::outcome::outcome_provisional;
use crate::rules::register::register_missing;
use crate::wording::{Wording, nearest};
use crate::words::quoted;
use crate::workbook::Workbook;

use super::attainable::unattainable;
use super::direction::contrary;
use super::forgotten::forgotten;
use super::offered::offered;
use super::{Settings, review_workbook};
use crate::ooxml::Limits;

/// Tries a pack that is sound by itself, and says what it fails at.
pub fn rehearse(pack: &Pack, findings: &mut Findings) {
    // A bundle has no form, and what it comes to rests on other packs.
    if pack.framework.is_bundle() {
        return;
    }
    let definition = Definition::of(&pack.text);
    unattainable(&pack.framework, &definition, findings);
    contrary(&pack.framework, &definition, findings);
    nobodys(&pack.framework, &definition, findings);
    let Some(form) = pack.framework.form() else { return };
    let (text, mut said) = (WorkbookText::new(form), Findings::default());
    let layout = locate(&pack.framework, &text, &mut said);
    let tried = Tried { framework: &pack.framework, definition: &definition, text: &text, layout: &layout };
    let mut absent = Findings::default();
    tried.sheets(&mut absent);
    tried.fields(&mut absent);
    tried.tables(&mut absent);
    tried.registers(&mut absent);
    tried.stated(&mut absent);
    tried.reworded(said.into_sorted(), &mut absent);
    forgotten(&pack.framework, &definition, (tried.text, tried.layout), findings);
    offered(&pack.framework, &definition, (form, &layout), findings);
    if absent.iter().next().is_none() {
        blank_return(&pack.framework, &definition, form, findings);
    }
    findings.extend(absent.into_sorted());
}

/// A pack on its own form.
struct Tried<'a> {
    framework: &'a Framework,
    definition: &'a Definition<'a>,
    text: &'a WorkbookText<'a>,
    layout: &'a Layout,
}

impl Tried<'_> {
    /// Says that something isn't on the form.
    fn absent(&self, part: Part, message: String, help: impl Into<String>, findings: &mut Findings) {
        self.say(&FRAMEWORK_INVALID, part, message, help, findings);
    }

    /// Says something of a part.
    fn say(&self, rule: &'static Rule, part: Part, message: String, help: impl Into<String>, findings: &mut Findings) {
        findings.push(Finding::new(rule, self.definition.place(part), message).with_help(help));
    }

    /// Returns the sheet of the form that a sheet of the pack is.
    fn sheet(&self, id: &crate::framework::SheetId) -> Option<(&SheetSpec, usize)> {
        Some((self.framework.sheet(id.as_str())?, *self.layout.sheets.get(id)?))
    }

    /// Says which sheets aren't there by their names, and which of their signs.
    fn sheets(&self, findings: &mut Findings) {
        let names: Vec<&str> = self.text.workbook.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
        for spec in &self.framework.sheets {
            let title = Wording::of(&spec.title);
            let Some(sheet) = self.text.sheets.iter().find(|sheet| Wording::of(&sheet.sheet.name) == title) else {
                let message = format!("the form has no sheet “{}”", spec.title);
                self.absent(Part::Sheet(&spec.id), message, meant(&spec.title, &names), findings);
                continue;
            };
            for sign in spec.signs.iter().filter(|sign| !sheet.says(&Wording::of(sign))) {
                let message = format!("no cell of the form\u{2019}s sheet “{}” says “{sign}”", spec.title);
                let help = "Copy the whole text of a cell, or take the sign out.";
                self.say(&FRAMEWORK_INCONSISTENT, Part::Sheet(&spec.id), message, help, findings);
            }
        }
    }

    /// Says which labels aren't there.
    fn fields(&self, findings: &mut Findings) {
        for field in self.framework.fields.iter().filter(|field| !self.definition.is_elsewhere(field.id.as_str())) {
            let Some((spec, sheet)) = self.sheet(&field.sheet) else { continue };
            let place = self.layout.fields.get(&field.id);
            let is_so = place.is_some_and(|place| self.says(place.sheet, place.label, labels(field)));
            if !is_so {
                let message = format!("the form\u{2019}s sheet “{}” has no label “{}”", spec.title, field.label);
                self.absent(Part::Field(&field.id), message, self.near(&field.label, sheet), findings);
            }
        }
    }

    /// Whether a cell says one of several texts.
    fn says<'t>(&self, sheet: usize, at: crate::cell::CellRef, mut texts: impl Iterator<Item = &'t String>) -> bool {
        let written = self.text.sheets.get(sheet).and_then(|sheet| sheet.at(at));
        written.is_some_and(|written| texts.any(|text| Wording::of(text) == *written))
    }

    /// Says what to do about a text that isn't on a sheet: what is meant there.
    fn near(&self, wanted: &str, sheet: usize) -> String {
        let texts = self.text.sheets.get(sheet).map(|sheet| &sheet.texts).into_iter().flatten();
        let texts: Vec<&str> = texts.map(|(_, words)| words.as_str()).collect();
        let wording = Wording::of(wanted);
        nearest(wording.as_str(), texts.iter().copied(), 0.6).map_or_else(
            || "Write it as the form does, or put the other wording under `also`.".to_owned(),
            |near| format!("Did you mean “{near}”?"),
        )
    }

    /// Says which tables, columns and rows of criteria aren't there.
    fn tables(&self, findings: &mut Findings) {
        for (index, table) in self.framework.tables.iter().enumerate() {
            let (Some((spec, sheet)), Some(first)) = (self.sheet(&table.sheet), table.sections.first()) else {
                continue;
            };
            let Some(place) = self.layout.tables.iter().find(|place| place.table == index) else {
                let headings: Vec<&str> = headings(table).map(|(_, heading)| heading.as_str()).collect();
                let message =
                    format!("the form\u{2019}s sheet “{}” has no row with the headings of the table", spec.title);
                let help = format!("A row must have {}, each in a cell of its own.", quoted(headings));
                self.absent(Part::Table(first), message, help, findings);
                continue;
            };
            for (column, heading) in headings(table) {
                let is_so = place.columns.get(&column.id).is_some_and(|at| {
                    let texts = || std::iter::once(heading).chain(&column.also);
                    (1..=place.heading).rev().any(|row| self.says(sheet, crate::cell::CellRef::new(row, *at), texts()))
                });
                if !is_so {
                    let (message, help) = self.no_such_heading(table, (spec, sheet), heading);
                    self.absent(Part::Column(first, &column.id), message, help, findings);
                }
            }
            if !self.in_another_column(table, place, (spec, sheet), findings) {
                self.items(table, &place.rows, (spec, sheet), findings);
            }
        }
    }

    /// Says that a heading isn't there, or that it is another column's of the pack too.
    fn no_such_heading(&self, table: &Table, (spec, sheet): (&SheetSpec, usize), heading: &str) -> (String, String) {
        let wording = Wording::of(heading);
        let is_said = self.text.sheets.get(sheet).is_some_and(|sheet| sheet.says(&wording));
        let columns = headings(table).filter(|(_, other)| Wording::of(other) == wording).count();
        if is_said && columns > 1 {
            let message =
                format!("{columns} columns of the pack have the heading “{heading}”, which the form has once");
            return (message, "Write over each column what the form has over it.".to_owned());
        }
        if is_said {
            let message = format!(
                "under the heading “{heading}” of the form\u{2019}s sheet “{}” doesn\u{2019}t stand what the pack says",
                spec.title
            );
            let help = "Say by `holds` what stands there: the `code` of a criterion, its `text`, or both.";
            return (message, help.to_owned());
        }
        let message = format!("the form\u{2019}s sheet “{}” has no heading “{heading}”", spec.title);
        (message, self.near(heading, sheet))
    }

    /// Says that the words of criteria stand in another column than the one in which the pack has them, and whether it is so.
    fn in_another_column(
        &self,
        table: &Table,
        place: &TablePlace,
        (spec, sheet): (&SheetSpec, usize),
        findings: &mut Findings,
    ) -> bool {
        let sections = table.sections.iter().filter_map(|id| self.framework.section(id.as_str()));
        let criteria: Vec<(&str, Wording)> = sections
            .flat_map(|section| &section.criteria)
            .map(|criterion| (criterion.id.as_str(), Wording::of(&criterion.text)))
            .collect();
        let texts = self.text.sheets.get(sheet).map(|sheet| &sheet.texts).into_iter().flatten();
        let is_missed =
            |words: &Wording| criteria.iter().any(|(id, text)| text == words && !place.rows.contains_key(*id));
        let found: Vec<crate::cell::CellRef> = texts
            .filter(|(_, words)| is_missed(words))
            .map(|(at, _)| *at)
            .filter(|at| at.row > place.heading)
            .collect();
        let column = table.columns.iter().find(|column| matches!(column.holds, Holds::Text | Holds::CodeAndText));
        let (Some(column), Some(first), Some(at)) = (column, table.sections.first(), found.first()) else {
            return false;
        };
        let is_other = place.columns.get(&column.id).is_some_and(|own| found.iter().all(|at| at.column != *own));
        if !is_other || found.len() < criteria.len() {
            return false;
        }
        let letters = column_letters(at.column);
        let message = format!(
            "the words of the criteria stand in column {letters} of the form\u{2019}s sheet “{}”, and not under “{}”",
            spec.title, column.heading
        );
        let help = format!(
            "Say of the column that is {letters} on the form that it holds `text`, and of this one what it holds: a `code`?"
        );
        self.absent(Part::Column(first, &column.id), message, help, findings);
        true
    }

    /// Says which criteria and measures of a table have no row.
    fn items(
        &self,
        table: &Table,
        rows: &std::collections::BTreeMap<String, u32>,
        (spec, sheet): (&SheetSpec, usize),
        findings: &mut Findings,
    ) {
        let sections = table.sections.iter().filter_map(|id| self.framework.section(id.as_str()));
        for section in sections {
            let criteria = section.criteria.iter().map(|criterion| (criterion.id.as_str(), &criterion.text));
            let measures = section.measures.iter().map(|measure| (measure.id.as_str(), &measure.text));
            for (id, text) in criteria.chain(measures).filter(|(id, _)| !rows.contains_key(*id)) {
                let message = format!("the form\u{2019}s sheet “{}” has no row for {id}: “{text}”", spec.title);
                self.absent(Part::Item(id), message, self.near(text, sheet), findings);
            }
        }
    }

    /// Says which registers and columns of theirs aren't there.
    fn registers(&self, findings: &mut Findings) {
        let registers = self.framework.registers.iter();
        for register in registers.filter(|register| !self.definition.is_elsewhere(register.id.as_str())) {
            let Some((spec, sheet)) = self.sheet(&register.sheet) else { continue };
            let Some(place) = self.layout.registers.get(&register.id) else {
                let message = format!(
                    "the form\u{2019}s sheet “{}” has no row with the headings of “{}”",
                    spec.title, register.title
                );
                let headings = register.columns.iter().map(|column| column.heading.as_str());
                let help = format!("A row must have {}, each in a cell of its own.", quoted(headings));
                self.absent(Part::Register(&register.id), message, help, findings);
                continue;
            };
            for column in fixed(register).filter(|column| !place.columns.contains_key(&column.id)) {
                let message = format!("the form\u{2019}s sheet “{}” has no heading “{}”", spec.title, column.heading);
                let part = Part::RegisterColumn(&register.id, &column.id);
                self.absent(part, message, self.near(&column.heading, sheet), findings);
            }
        }
    }

    /// Says which stated values aren't there.
    fn stated(&self, findings: &mut Findings) {
        for stated in self.framework.stated.iter().filter(|stated| !self.definition.is_elsewhere(&stated.id)) {
            let Some((spec, sheet)) = self.sheet(&stated.sheet) else { continue };
            if let Some(heading) = self.no_heading(stated, sheet) {
                let message = format!(
                    "the form\u{2019}s sheet “{}” has no heading “{heading}” over a value of the row “{}”",
                    spec.title, stated.row
                );
                let near = Some(self.near(heading, sheet)).filter(|near| near.starts_with("Did"));
                let help = near.unwrap_or_else(|| "Write the heading as the form does.".to_owned());
                self.absent(Part::StatedUnder(&stated.id), message, help, findings);
            } else if !self.layout.stated.contains_key(&stated.id) {
                let message =
                    format!("the form\u{2019}s sheet “{}” has no row “{}”{}", spec.title, stated.row, under(stated));
                self.absent(Part::Stated(&stated.id), message, self.near(&stated.row, sheet), findings);
            }
        }
    }
}

impl Tried<'_> {
    /// Returns the heading of a stated value that no cell of its sheet says, where its row is there.
    fn no_heading<'s>(&self, stated: &'s Stated, sheet: usize) -> Option<&'s str> {
        let crate::framework::StatedColumn::Under { heading, .. } = &stated.column else { return None };
        let says = |text: &str| self.text.sheets.get(sheet).is_some_and(|sheet| sheet.says(&Wording::of(text)));
        let is_absent = !self.layout.stated.contains_key(&stated.id) && says(&stated.row) && !says(heading);
        is_absent.then_some(heading.as_str())
    }

    /// Says what is on the form in other words than the pack's, by what is said of the form as a return.
    fn reworded(&self, said: Vec<Finding>, findings: &mut Findings) {
        for finding in said {
            let Some(part) = self.part(&finding) else { continue };
            let at = told(&finding.place);
            let found = finding.found.as_deref().unwrap_or_default();
            let expected = finding.expected.as_deref().unwrap_or_default();
            let message = format!("the form{at} says “{found}”; the pack has “{expected}”");
            let help = "Word it as the form does: senders would be told that they reworded it.";
            self.say(&FRAMEWORK_INCONSISTENT, part, message, help, findings);
        }
    }

    /// Returns the part of the pack that a finding of other words is about; fields and tables are compared word for word already.
    fn part<'f>(&'f self, finding: &'f Finding) -> Option<Part<'f>> {
        if finding.is_of(&CRITERION_REWORDED) {
            return finding.subject.as_deref().map(Part::Item);
        }
        let expected = finding.expected.as_deref().filter(|_| finding.is_of(&HEADING_RENAMED))?;
        let column = |register: &'f RegisterSpec| {
            let column = register.columns.iter().find(|column| column.heading == expected)?;
            Some(Part::RegisterColumn(&register.id, &column.id))
        };
        let stated = || self.framework.stated.iter().find(|stated| stated.row == expected);
        let of_register = self.framework.registers.iter().find_map(column);
        of_register.or_else(|| stated().map(|stated| Part::Stated(&stated.id)))
    }
}

/// Returns the labels of a field.
fn labels(field: &Field) -> impl Iterator<Item = &String> {
    std::iter::once(&field.label).chain(&field.also)
}

/// Returns the columns of a table that have a heading, each with it; those of opinions are the sender's own.
fn headings(table: &Table) -> impl Iterator<Item = (&crate::framework::TableColumn, &String)> {
    let of_form = table.columns.iter().filter(|column| !matches!(column.holds, Holds::Opinions));
    of_form.map(|column| (column, &column.heading)).filter(|(_, heading)| !heading.is_empty())
}

/// Returns the columns of a register that there are once.
fn fixed(register: &RegisterSpec) -> impl Iterator<Item = &crate::framework::RegisterColumn> {
    register.columns.iter().filter(|column| column.each.is_none())
}

/// Says under which heading a stated value stands.
fn under(stated: &Stated) -> String {
    match &stated.column {
        crate::framework::StatedColumn::Under { heading, .. } => format!(" with a value under “{heading}”"),
        crate::framework::StatedColumn::BesideLabel => String::new(),
    }
}

/// Says what to do about a name that isn't among those of the form.
fn meant(name: &str, names: &[&str]) -> String {
    nearest(name, names.iter().copied(), 0.5)
        .map_or_else(|| format!("It has {}.", quoted(names)), |near| format!("Did you mean “{near}”?"))
}

/// Says what the form is told as a return in which nothing is filled in, and that an outcome comes of it.
fn blank_return(framework: &Framework, definition: &Definition, form: &Workbook, findings: &mut Findings) {
    let frameworks = std::slice::from_ref(framework);
    let review = review_workbook(&Settings::new(frameworks, Limits::default()), "form.xlsx", form);
    let place = definition.place(Part::Form);
    // What a formula comes to is worked out anew when senders open the form.
    let is_told = |finding: &&Finding| !is_of_blanks(framework, finding) && !is_worked_out(form, &finding.place);
    for finding in review.findings.iter().filter(is_told) {
        let at = told(&finding.place);
        let message = format!("the blank form is told as a return{at}: {} ({})", finding.message, finding.rule);
        let help = "Put the pack right, or the form: senders would be told so of a cell that they didn\u{2019}t touch.";
        findings.push(Finding::new(&FRAMEWORK_INCONSISTENT, place.clone(), message).with_help(help));
    }
    let band = review.outcome.and_then(|outcome| outcome.band);
    if let Some(band) = band.as_ref().and_then(|id| framework.band(id.as_str())) {
        let message = format!("the blank form comes to “{}”", band.title);
        let help = "Rest the outcome on answers, so that it isn\u{2019}t known while they are blank.";
        findings.push(Finding::new(&FRAMEWORK_INCONSISTENT, place, message).with_help(help));
    }
}

/// Whether a finding is one that a blank return is to have.
fn is_of_blanks(framework: &Framework, finding: &Finding) -> bool {
    let is_own = finding.rule.as_str().contains('/');
    let says = framework.rules.iter().filter_map(|rule| rule.says.as_deref());
    let is_blank = [&answer_blank::RULE, &field_blank::RULE, &register_missing::RULE, &outcome_provisional::RULE];
    is_own
        || says.into_iter().any(|rule| rule == finding.rule.as_str())
        || is_blank.iter().any(|rule| finding.is_of(rule))
}

/// Whether a formula of the form stands at a place.
fn is_worked_out(form: &Workbook, place: &Place) -> bool {
    let cell = place.sheet().and_then(|name| form.sheet(name)).zip(place.cells());
    cell.and_then(|(sheet, cells)| sheet.cell(cells.first)).is_some_and(|cell| cell.formula.is_some())
}

/// Says where a finding is.
fn told(place: &Place) -> String {
    match place {
        Place::Sheet(sheet) => format!(", sheet “{sheet}”"),
        Place::Cells(sheet, cells) => format!(", sheet “{sheet}”, {cells}"),
        Place::Workbook | Place::Definition { .. } | Place::Season { .. } => String::new(),
    }
}

/// Says that no field asks whose a return is.
fn nobodys(framework: &Framework, definition: &Definition, findings: &mut Findings) {
    if framework.field_for(FieldRole::Organisation).is_none() {
        let message = "no field has `role = \"organisation\"`, so that it can\u{2019}t be told whose a return is";
        let help = "Give it to the field of the cover in which the sender\u{2019}s name stands.";
        let place = definition.place(Part::Fields);
        findings.push(Finding::new(&FRAMEWORK_INCONSISTENT, place, message).with_help(help));
    }
}
