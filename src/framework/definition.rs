//! A pack's definition by its parts, so that what is found about a part once the pack is used is told at its line.

use super::expansion;
use super::written::{Node, Path, Written, get};
use super::{BandId, ColumnId, FieldId, GateId, GradeId, PackText, RegisterId, ScaleId, SectionId, SheetId};
use crate::finding::Place;

/// A part of a pack.
#[derive(Clone, Copy, Debug)]
pub enum Part<'a> {
    /// The form that it names.
    Form,
    /// A sheet.
    Sheet(&'a SheetId),
    /// A field.
    Field(&'a FieldId),
    /// A criterion or measure.
    Item(&'a str),
    /// A table of the criteria of a section.
    Table(&'a SectionId),
    /// A column of such a table.
    Column(&'a SectionId, &'a ColumnId),
    /// A register.
    Register(&'a RegisterId),
    /// A column of a register.
    RegisterColumn(&'a RegisterId, &'a ColumnId),
    /// A stated value; one that there is for each section by its name and the section's.
    Stated(&'a str),
    /// The heading under which a stated value stands.
    StatedUnder(&'a str),
    /// A scale.
    Scale(&'a ScaleId),
    /// The fields together.
    Fields,
    /// The total.
    Total,
    /// A band.
    Band(&'a BandId),
    /// The condition of a gate.
    Gate(&'a GateId),
    /// The total of a grade of parts.
    GradeTotal(&'a GradeId),
    /// A band of a grade of parts.
    GradeBand(&'a GradeId, &'a BandId),
    /// The condition of a gate of a grade of parts.
    GradeGate(&'a GradeId, &'a GateId),
}

/// A pack's definition.
pub struct Definition<'a> {
    written: Written<'a>,
}

impl<'a> Definition<'a> {
    /// Reads a definition that is known to be one.
    pub fn of(pack: &'a PackText) -> Self {
        Self { written: expansion::whole(pack).0 }
    }

    /// Whether a field, register or stated value stands on another version of the form than the one beside the pack.
    pub fn is_elsewhere(&self, id: &str) -> bool {
        let head = get(&self.written.root, "framework");
        head.is_some_and(|head| entries(head, "elsewhere").iter().any(|name| is_of(name, id)))
    }

    /// Returns where a part stands.
    pub fn place(&self, part: Part) -> Place {
        self.found(part).unwrap_or_else(|| self.written.place(&Path::ROOT.key("framework")))
    }

    /// Returns where a part stands; `None` where it isn't written so.
    fn found(&self, part: Part) -> Option<Place> {
        let root = &self.written.root;
        let place = match part {
            Part::Form => get(get(root, "framework")?, "form")?,
            Part::Sheet(id) => title(named(root, "sheets", id.as_str())?),
            Part::Field(id) => get(named(root, "fields", id.as_str())?, "label")?,
            Part::Item(id) => self.item(id)?,
            Part::Table(section) => self.table(section)?,
            Part::Column(section, column) => heading(named(self.table(section)?, "columns", column.as_str())?),
            Part::Register(id) => title(named(root, "registers", id.as_str())?),
            Part::RegisterColumn(id, column) => {
                heading(named(named(root, "registers", id.as_str())?, "columns", column.as_str())?)
            }
            Part::Stated(id) => get(self.stated(id)?, "row")?,
            Part::StatedUnder(id) => self.under(id)?,
            Part::Scale(id) => self.scale(id)?,
            Part::Fields => get(root, "fields")?,
            Part::Total => get(get(root, "outcome")?, "total")?,
            Part::Band(id) => title(named(get(root, "outcome")?, "bands", id.as_str())?),
            Part::Gate(id) => get(named(get(root, "outcome")?, "gates", id.as_str())?, "holds")?,
            Part::GradeTotal(grade) => get(named(root, "grades", grade.as_str())?, "total")?,
            Part::GradeBand(grade, id) => title(named(named(root, "grades", grade.as_str())?, "bands", id.as_str())?),
            Part::GradeGate(grade, id) => {
                get(named(named(root, "grades", grade.as_str())?, "gates", id.as_str())?, "holds")?
            }
        };
        Some(self.written.place_at(place.span().start))
    }

    /// Returns the text of a criterion or measure.
    fn item(&self, id: &str) -> Option<&Node<'a>> {
        let sections = entries(&self.written.root, "sections");
        let in_section = |section| named(section, "criteria", id).or_else(|| named(section, "measures", id));
        let item = sections.into_iter().find_map(in_section)?;
        get(item, "text")
    }

    /// Returns the table of a section.
    fn table(&self, section: &SectionId) -> Option<&Node<'a>> {
        let is_of = |table: &&&Node<'a>| entries(table, "sections").iter().any(|name| says(name, section.as_str()));
        entries(&self.written.root, "tables").iter().find(is_of).copied()
    }

    /// Returns the entry that has the row of a stated value: its own, or that of its whole row.
    fn stated(&self, id: &str) -> Option<&Node<'a>> {
        let root = &self.written.root;
        let alone = entries(root, "stated").into_iter().find(|entry| is_stated(entry, id));
        let rows = entries(root, "stated_rows");
        let of_row = |row: &&Node<'a>| entries(row, "cells").iter().any(|cell| is_stated(cell, id));
        alone.or_else(|| rows.into_iter().find(of_row))
    }

    /// Returns the heading under which a stated value stands.
    fn under(&self, id: &str) -> Option<&Node<'a>> {
        let entry = self.stated(id)?;
        let cell = || entries(entry, "cells").into_iter().find(|cell| is_stated(cell, id));
        get(entry, "under").or_else(|| get(cell()?, "under"))
    }

    /// Returns what says which end of a scale is better, or the scale.
    fn scale(&self, id: &ScaleId) -> Option<&Node<'a>> {
        let scale = get(get(&self.written.root, "scales")?, id.as_str())?;
        get(scale, "better").or(Some(scale))
    }
}

/// Returns the entries of a list under a key.
fn entries<'n, 'a>(node: &'n Node<'a>, key: &str) -> Vec<&'n Node<'a>> {
    get(node, key).and_then(|list| list.get_ref().as_array()).into_iter().flatten().collect()
}

/// Returns the entry of a list that has an id.
fn named<'n, 'a>(node: &'n Node<'a>, key: &str, id: &str) -> Option<&'n Node<'a>> {
    entries(node, key).into_iter().find(|entry| get(entry, "id").is_some_and(|own| says(own, id)))
}

/// Returns the title of an entry, or the entry.
fn title<'n, 'a>(entry: &'n Node<'a>) -> &'n Node<'a> {
    get(entry, "title").unwrap_or(entry)
}

/// Returns the heading of an entry, or the entry.
fn heading<'n, 'a>(entry: &'n Node<'a>) -> &'n Node<'a> {
    get(entry, "heading").unwrap_or(entry)
}

/// Whether a node is a text.
fn says(node: &Node, text: &str) -> bool {
    node.get_ref().as_str() == Some(text)
}

/// Whether an entry is of a stated value.
fn is_stated(entry: &Node, id: &str) -> bool {
    get(entry, "id").is_some_and(|own| is_of(own, id))
}

/// Whether a stated value has a name, alone or before that of a section.
fn is_of(own: &Node, id: &str) -> bool {
    let own = own.get_ref().as_str().unwrap_or_default();
    id == own || id.strip_prefix(own).is_some_and(|rest| rest.starts_with('-'))
}
