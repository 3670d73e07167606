//! Checks the totals, weights and outcomes that a workbook states, by themselves or as the values of a row.
//!
//! One that is stated by itself is a row of one value. A row that there is for each section has the section's words put
//! into its texts before they are checked, so that a name such as `core-{section.id}` is held to be there.

use super::entry::ways;
use super::{About, Check, quoted_word};
use crate::framework::expression::{Expression, Mention, Node, Operator, Quantity};
use crate::framework::language::Kind;
use crate::framework::schema::{EachEntry, GradesEntry, SectionEntry, StatedCellEntry, StatedEntry, StatedRowEntry};
use crate::framework::written::Path;
use crate::framework::{Band, Stated, StatedColumn, StatedKind};

impl<'a> Check<'a> {
    /// Checks the stated values, in the order in which the pack has them.
    pub(super) fn stated(&mut self) -> Vec<Stated> {
        let mut all = Vec::new();
        let alone = Path::ROOT.key("stated");
        for (index, stated) in self.file.stated.iter().enumerate() {
            let at = alone.at(index);
            all.extend(self.stated_row(&at, None, &row_of_one(stated), &all));
        }
        let rows = Path::ROOT.key("stated_rows");
        for (index, row) in self.file.stated_rows.iter().enumerate() {
            let at = rows.at(index);
            all.extend(self.stated_row(&at, Some(&at.key("cells")), row, &all));
        }
        all
    }

    /// Checks a row, repeated for each section where the pack says so; `cells` is where it lists its values. A fault that all
    /// sections have is told once.
    fn stated_row(&mut self, at: &Path, cells: Option<&Path>, row: &StatedRowEntry, above: &[Stated]) -> Vec<Stated> {
        let mut made: Vec<Stated> = Vec::new();
        for section in self.repeated_for(row.each) {
            let told = self.findings.iter().count();
            for (number, cell) in row.cells.iter().enumerate() {
                let listed = cells.map(|cells| cells.at(number));
                let place = listed.as_ref().unwrap_or(at);
                let stated = self.stated_cell(at, place, row, cell, section);
                if above.iter().chain(&made).any(|other| other.id == stated.id) {
                    let message = format!("there are two stated values called `{}`", stated.id);
                    self.fault(&place.key("id"), message, "Give one of them another name.");
                }
                made.push(stated);
            }
            if self.findings.iter().count() > told {
                break;
            }
        }
        made
    }

    /// Returns the sections that a row is repeated for; none, once, where it isn't repeated.
    fn repeated_for(&self, each: Option<EachEntry>) -> Vec<Option<&'a SectionEntry>> {
        let Some(each) = each else { return vec![None] };
        self.file.sections.iter().filter(|section| is_meant(each, section)).map(Some).collect()
    }

    /// Checks one value of a row; `at` is where the pack has the row, `place` where it has the value.
    fn stated_cell(
        &mut self,
        at: &Path,
        place: &Path,
        row: &StatedRowEntry,
        cell: &StatedCellEntry,
        section: Option<&SectionEntry>,
    ) -> Stated {
        if let Some(rater) = &cell.rater {
            let raters = self.names.raters.clone();
            self.refers(&place.key("rater"), rater, "rater", &raters);
        }
        let value = self.stated_value(&place.key("value"), cell, section);
        Stated {
            outcomes: self.can_be_stated(place, cell, &value),
            id: section.map_or_else(|| cell.id.clone(), |section| format!("{}-{}", cell.id, section.id)),
            sheet: self.sheet(at, &filled(&row.sheet, section)),
            row: filled(&row.row, section),
            column: column(cell),
            value,
            kind: cell.kind,
            rater: cell.rater.as_deref().map(Into::into),
            section: section.map(|section| section.id.as_str().into()),
        }
    }

    /// Returns what can be stated as an outcome, each with the other ways to write it: what the value gives as it is written, and
    /// the bands where it gives one of these.
    fn can_be_stated(&mut self, at: &Path, cell: &StatedCellEntry, value: &Expression) -> Vec<Vec<String>> {
        let mut own: Vec<String> = Vec::new();
        for text in value.node.texts().into_iter().filter(|_| cell.kind == StatedKind::Outcome) {
            if !own.iter().any(|other| other == text) {
                own.push(text.to_owned());
            }
        }
        let choices: Vec<&str> = own.iter().map(String::as_str).collect();
        for outcome in cell.spellings.keys() {
            self.refers(&at.key("spellings").key(outcome), outcome, "outcome", &choices);
        }
        let (bands, incomplete) = self.graded_by(value);
        let is_band = cell.kind == StatedKind::Outcome && (own.is_empty() || gives_a_band(value));
        let bands = bands.iter().filter(|_| is_band);
        let bands = bands.map(|band| std::iter::once(&band.title).chain(&band.written).cloned().collect());
        let incomplete = incomplete.iter().filter(|_| is_band).map(|incomplete| vec![(*incomplete).clone()]);
        let own = ways(&own, &cell.spellings).into_iter().map(|ways| self.with_written(value, ways));
        own.chain(bands).chain(incomplete).collect()
    }

    /// Adds to the ways of writing what can be stated those of the band of that title, of grades that the value asks for.
    fn with_written(&self, value: &Expression, mut ways: Vec<String>) -> Vec<String> {
        let names = value.names();
        let is_asked = |grade: &&GradesEntry| names.iter().any(|mention| asks_for(mention, &grade.id));
        let bands = self.file.grades.iter().filter(is_asked).flat_map(|grade| &grade.bands);
        let band = bands.into_iter().find(|band| ways.first() == Some(&band.title));
        ways.extend(band.into_iter().flat_map(|band| &band.written).cloned());
        ways
    }

    /// Puts the titles of bands, which a form says, in the place of their ids, which `graded` gives.
    fn titled(&self, node: &Node) -> Node {
        match node {
            Node::Choose(condition, yes, no) => {
                Node::Choose(condition.clone(), Box::new(self.titled(yes)), Box::new(self.titled(no)))
            }
            Node::Call(name, arguments) if name == "graded" => {
                let asked = arguments.first().map(quoted_word::literals).unwrap_or_default();
                let grade = self.file.grades.iter().find(|grade| asked.contains(&grade.id.as_str()));
                grade.map_or_else(|| node.clone(), |grade| title_of(grade, node))
            }
            Node::Constant(_)
            | Node::Name(_)
            | Node::Attribute(..)
            | Node::Call(..)
            | Node::Not(_)
            | Node::Negative(_)
            | Node::Binary(..)
            | Node::Is(..)
            | Node::List(_) => node.clone(),
        }
    }

    /// Returns the bands of which a value may be one, and the word for none yet: those of the grade that it names, else those of the outcome.
    fn graded_by(&self, value: &Expression) -> (&[Band], Option<&String>) {
        let outcome = &self.file.outcome;
        let is_named = |grade: &&GradesEntry| matches!(&value.node, Node::Name(name) if *name == grade.id);
        let grade = self.file.grades.iter().find(is_named);
        grade.map_or((&outcome.bands, outcome.incomplete.as_ref()), |grade| (&grade.bands, grade.incomplete.as_ref()))
    }

    /// Reads a value with a section's words in its texts; one that can't be read is told as it is written.
    fn stated_value(&mut self, at: &Path, cell: &StatedCellEntry, section: Option<&SectionEntry>) -> Expression {
        let about = if section.is_some() { About::Section } else { About::Return };
        let written = &cell.value;
        let filled = if Expression::parse(written).is_ok() { filled(written, section) } else { written.clone() };
        match cell.kind {
            StatedKind::Weight => self.expression_of(at, &filled, about, Kind::Number),
            // A form may state a count in words: "7 of 13 scored".
            StatedKind::Total => {
                let value = self.expression(at, &filled, about);
                self.no_outcome(at, &value);
                value
            }
            StatedKind::Outcome => {
                let value = self.expression(at, &filled, about);
                self.no_number(at, &value, about);
                Expression { node: self.titled(&value.node), ..value }
            }
        }
    }
}

impl Check<'_> {
    /// Tells a number that is to be stated as an outcome, which is a text, and the outcome of a pack that has no bands.
    fn no_number(&mut self, at: &Path, value: &Expression, about: About) {
        if self.is_sound {
            return;
        }
        if self.names.kind(&value.node, about) == Kind::Number {
            let message = format!("`{}` is a number, and an outcome is a text", value.written);
            self.doubt(at, message, "Write `band`, or take `kind = \"outcome\"` out.");
        } else if gives_a_band(value) && self.file.outcome.bands.is_empty() {
            let message = format!("`{}` comes to nothing: the outcome has no bands", value.written);
            self.doubt(at, message, "Add `[[outcome.bands]]`, or take the stated value out.");
        }
    }

    /// Tells an outcome that is to be stated as a total, which is a number.
    fn no_outcome(&mut self, at: &Path, value: &Expression) {
        let is_grade = |grade: &GradesEntry| matches!(&value.node, Node::Name(name) if *name == grade.id);
        let is_band = matches!(&value.node, Node::Name(name) if name == "band" || name == "raw_band");
        if !self.is_sound && (is_band || self.file.grades.iter().any(is_grade)) {
            let message = format!("`{}` is an outcome, and would be compared as a number", value.written);
            self.doubt(at, message, "Add `kind = \"outcome\"`.");
        }
    }
}

/// Whether a mention asks for a grade of a part.
fn asks_for(mention: &Mention, grade: &str) -> bool {
    let Mention::Call(name, arguments) = mention else { return false };
    name == "graded" && matches!(arguments.first(), Some(Some(of)) if of.text() == Some(grade))
}

/// Returns the title of the band whose id an expression gives: a choice among all, and the form's word for none yet.
fn title_of(grade: &GradesEntry, id: &Node) -> Node {
    let text = |text: &str| Box::new(Node::Constant(text.into()));
    let none = grade.incomplete.as_deref().map_or_else(|| Box::new(Node::Constant(Quantity::Unknown)), text);
    let of_bands = grade.bands.iter().rev().fold(none, |rest, band| {
        let is_so = Node::Binary(Operator::Equal, Box::new(id.clone()), text(band.id.as_str()));
        Box::new(Node::Choose(Box::new(is_so), text(&band.title), rest))
    });
    *of_bands
}

/// Whether a value may be the band of a return.
fn gives_a_band(value: &Expression) -> bool {
    let is_band = |mention: &Mention| matches!(mention, Mention::Name(name) if name == "band" || name == "raw_band");
    value.names().iter().any(is_band)
}

/// Returns a value that is stated by itself as a row of one.
fn row_of_one(stated: &StatedEntry) -> StatedRowEntry {
    let cell = StatedCellEntry {
        id: stated.id.clone(),
        under: stated.under.clone(),
        after: stated.after.clone(),
        value: stated.value.clone(),
        kind: stated.kind,
        spellings: stated.spellings.clone(),
        rater: stated.rater.clone(),
    };
    let (sheet, row) = (stated.sheet.clone(), stated.row.clone());
    StatedRowEntry { each: stated.each, sheet, row, cells: vec![cell], for_each: None }
}

/// Returns where in its row a value stands.
fn column(cell: &StatedCellEntry) -> StatedColumn {
    match &cell.under {
        Some(heading) => StatedColumn::Under { heading: heading.clone(), after: cell.after.clone() },
        None => StatedColumn::BesideLabel,
    }
}

/// Whether a row is repeated for a section.
fn is_meant(each: EachEntry, section: &SectionEntry) -> bool {
    match each {
        EachEntry::Section => true,
        EachEntry::SectionOfCriteria => !section.criteria.is_empty(),
        EachEntry::SectionOfMeasures => !section.measures.is_empty(),
    }
}

/// Puts a section's words into a text, where there is one.
fn filled(text: &str, section: Option<&SectionEntry>) -> String {
    let Some(section) = section.filter(|_| text.contains('{')) else { return text.to_owned() };
    let maximum = section.maximum.as_ref().map(|maximum| maximum.0.to_string()).unwrap_or_default();
    text.replace("{section.id}", &section.id)
        .replace("{section.title}", &section.title)
        .replace("{section.sheet}", section.sheet.as_deref().unwrap_or_default())
        .replace("{section.maximum}", &maximum)
}
