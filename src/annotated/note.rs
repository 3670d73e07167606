//! Notes on cells: the comments part, and the box of each note in the sheet's drawing.
//!
//! The sender's own note stays, and ours is put behind it. A cell with a thread isn't touched: spreadsheet programs show
//! the thread and throw the note away.

use std::collections::{BTreeMap, BTreeSet};

use super::drawing::{Boxes, Shapes};
use super::element::items;
use super::markup::{LONGEST, cut, prefixed, shown, written};
use super::noted_sheet::{NotedSheet, folder_above};
use super::remark::{Remarks, pieces};
use super::{AnnotateError, Unmarked};
use crate::cell::CellRef;
use crate::finding::{Finding, Place, Severity};
use crate::ooxml::{COMMENT_ORDER, Edit, Node, Outline, Package, PackageError, PartName};
use crate::words::duty;

/// Who our notes are by.
pub(super) const AUTHOR: &str = "scrutineer";
/// What our part of a note begins with, as spreadsheet programs begin a note with its author; some drop the author
/// itself when they save a workbook, so our notes are known by this line too.
const BEGINNING: &str = "scrutineer:\n";
/// What stands between the sender's own note and ours.
const BETWEEN: &str = "\n\n";
/// The most notes on one sheet; drawing more makes spreadsheet programs slow.
pub(super) const MOST: usize = 1_000;

/// The notes that a sheet has already.
#[derive(Debug, Default)]
struct Present {
    part: Option<PartName>,
    outline: Option<Outline>,
    authors: Vec<String>,
    by_cell: BTreeMap<CellRef, PresentNote>,
}

/// One note of the sender.
#[derive(Debug)]
struct PresentNote {
    author: usize,
    /// Where more text belongs; `None` where the note holds none.
    end_of_text: Option<usize>,
    length: usize,
}

/// Puts the notes on a sheet; returns the places that got none, and why.
pub(super) fn add(
    edit: &mut Edit<'_>,
    package: &Package,
    noted: &NotedSheet<'_>,
    remarks: &Remarks<'_>,
    shapes: &mut Shapes,
) -> Result<Vec<Unmarked>, AnnotateError> {
    let present = Present::read(package, noted.part)?;
    let threads = threads(package, noted.part)?;
    let without_boxes = !present.by_cell.is_empty() && noted.sheet.legacy_drawing.is_none();
    let drawing = Shapes::drawing_of(package, noted)?;
    let mut unmarked = Vec::new();
    let mut fresh = BTreeMap::new();
    for (cell, findings) in &remarks.cells {
        let own = present.by_cell.get(cell);
        let has_thread = threads.contains(cell) || own.is_some_and(|note| present.is_placeholder(note));
        let reason = if has_thread {
            "the cell has a thread of comments"
        } else if without_boxes || drawing.is_none() {
            "the notes of this sheet are stored in a way that can't be added to"
        } else if own.is_none() && fresh.len() >= MOST {
            "the sheet has as many notes as it can take"
        } else {
            match own {
                Some(note) => present.extend(edit, note, findings),
                None => drop(fresh.insert(*cell, findings.as_slice())),
            }
            continue;
        };
        unmarked.push(Unmarked { place: Place::cell(noted.name, *cell), reason: reason.to_owned() });
    }
    if let Some(drawing) = drawing.filter(|_| !fresh.is_empty()) {
        present.write(edit, noted, &fresh)?;
        let boxes = Boxes::of(noted.sheet, &fresh);
        shapes.write(edit, noted, drawing, &boxes)?;
    }
    Ok(unmarked)
}

/// Returns the cells of a sheet that have a thread of comments.
fn threads(package: &Package, sheet: &PartName) -> Result<BTreeSet<CellRef>, AnnotateError> {
    let mut cells = BTreeSet::new();
    let links = package.relationships(Some(sheet))?;
    for part in links.iter().filter(|link| link.word() == "threadedComment").filter_map(|link| package.target(link)) {
        package.scan(part, |node, _| {
            if let Node::Open(element) = node {
                cells.extend(element.attribute("ref").and_then(|cell| cell.parse::<CellRef>().ok()));
            }
            Ok(())
        })?;
    }
    Ok(cells)
}

impl Present {
    fn read(package: &Package, sheet: &PartName) -> Result<Self, AnnotateError> {
        let links = package.relationships(Some(sheet))?;
        let Some(part) = links.by_word("comments").and_then(|link| package.target(link)) else {
            return Ok(Self::default());
        };
        let mut present = Self { part: Some(part.clone()), outline: Some(package.outline(part)?), ..Self::default() };
        let (mut within, mut note) = (String::new(), None::<(CellRef, PresentNote)>);
        package.scan(part, |node, _| {
            match node {
                Node::Open(element) if element.depth <= 2 => {
                    element.name().clone_into(&mut within);
                    if element.is("author") {
                        present.authors.push(String::new());
                    }
                    let cell = element.attribute("ref").and_then(|cell| cell.parse().ok());
                    let author = element.attribute("authorId").and_then(|id| id.parse().ok()).unwrap_or(usize::MAX);
                    note = cell.map(|cell| (cell, PresentNote { author, end_of_text: None, length: 0 }));
                }
                Node::Open(element) if element.depth == 4 && ["rPh", "phoneticPr"].contains(&element.name()) => {
                    if let Some((_, note)) = &mut note {
                        note.end_of_text = note.end_of_text.or(Some(element.span.start));
                    }
                }
                Node::Open(element) if element.depth == 3 => element.name().clone_into(&mut within),
                Node::Close { span, depth: 3 } if within == "text" => {
                    if let Some((_, note)) = &mut note {
                        note.end_of_text = note.end_of_text.or(Some(span.start));
                    }
                }
                Node::Close { depth: 2, .. } => {
                    if let Some((cell, note)) = note.take() {
                        present.by_cell.insert(cell, note);
                    }
                }
                Node::Text { text, .. } => match (&mut note, within.as_str()) {
                    (Some((_, note)), "text") => note.length += text.encode_utf16().count(),
                    (None, "author") => present.authors.last_mut().expect("its tag came first").push_str(&text),
                    (Some(_) | None, _) => {}
                },
                Node::Open(_) | Node::Close { .. } => {}
            }
            Ok(())
        })?;
        Ok(present)
    }

    /// Whether a note only stands for a thread in programs that don't know threads.
    fn is_placeholder(&self, note: &PresentNote) -> bool {
        self.authors.get(note.author).is_some_and(|author| author.starts_with("tc="))
    }

    /// Puts our text behind the sender's own.
    fn extend(&self, edit: &mut Edit<'_>, note: &PresentNote, findings: &[&Finding]) {
        let (Some(part), Some(outline), Some(at)) = (&self.part, &self.outline, note.end_of_text) else { return };
        let room = LONGEST.saturating_sub(note.length + BETWEEN.chars().count());
        let runs = format!("{}{}", run(BETWEEN, ""), runs(findings, room));
        edit.patch(part).insert(at, prefixed(&runs, &outline.prefix));
    }

    /// Writes notes for cells that have none.
    fn write(
        &self,
        edit: &mut Edit<'_>,
        noted: &NotedSheet<'_>,
        fresh: &BTreeMap<CellRef, &[&Finding]>,
    ) -> Result<(), AnnotateError> {
        let author = self.authors.len();
        let comment = |(cell, findings): (&CellRef, &&[&Finding])| {
            let text = runs(findings, LONGEST);
            format!("<comment ref=\"{cell}\" authorId=\"{author}\"><text>{text}</text></comment>")
        };
        let comments = fresh.iter().map(comment).collect::<Vec<_>>().concat();
        let authors = format!("<author>{AUTHOR}</author>");
        let (Some(part), Some(outline)) = (&self.part, &self.outline) else {
            return create(edit, noted, &authors, &comments);
        };
        for (list, items) in [("authors", &authors), ("commentList", &comments)] {
            let items = prefixed(items, &outline.prefix);
            outline.extend(edit.patch(part), list, COMMENT_ORDER, &items);
        }
        Ok(())
    }
}

/// Makes the comments part of a sheet that has none.
fn create(edit: &mut Edit<'_>, noted: &NotedSheet<'_>, authors: &str, comments: &str) -> Result<(), AnnotateError> {
    let form = noted.sheet.outline.namespace.form();
    let text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<comments xmlns=\"{}\"><authors>{authors}</authors>\
         <commentList>{comments}</commentList></comments>",
        form.main()
    );
    let folder = folder_above(noted.part);
    let part = edit.free_name(&format!("{folder}comments{{}}.xml"))?;
    edit.add(part.clone(), text, "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml");
    edit.link(noted.part, &format!("{}/comments", form.relationship()), &part)?;
    Ok(())
}

/// Returns where our part of a note begins; `None` where there is none.
pub(super) fn beginning(note: &str) -> Option<usize> {
    let is_ours = |at: &usize| {
        let rest = &note[at + BEGINNING.len()..];
        Severity::WORST_FIRST.iter().any(|severity| rest.starts_with(duty(*severity)))
    };
    note.match_indices(BEGINNING).map(|(at, _)| at).find(is_ours)
}

/// Whether a note is ours alone.
pub fn is_our_note(note: &str) -> bool {
    beginning(note) == Some(0)
}

/// Whether a note in a package is ours, or holds something of ours.
pub(super) fn has_our_notes(package: &Package) -> Result<bool, PackageError> {
    let is_of_notes = |part: &&PartName| part.as_str().contains("comments") && part.extension() == "xml";
    for part in package.parts().filter(is_of_notes) {
        if memchr::memmem::find(&package.read(part)?, AUTHOR.as_bytes()).is_none() {
            continue;
        }
        let notes = items(package, part, 2)?;
        if notes.iter().any(|item| item.name == "comment" && beginning(&item.text).is_some()) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Returns our part of a note as runs.
fn runs(findings: &[&Finding], room: usize) -> String {
    let mut left = room.saturating_sub(BEGINNING.len());
    let mut text = run(BEGINNING, "<b/>");
    for (duty, rest) in pieces(findings) {
        for (piece, weight) in [(shown(&duty), "<b/>"), (shown(&rest), "")] {
            let piece = cut(&piece, left);
            left = left.saturating_sub(piece.encode_utf16().count());
            text.push_str(&run(&piece, weight));
            if left == 0 {
                return text;
            }
        }
    }
    text
}

/// Returns a run of a note's text.
fn run(text: &str, weight: &str) -> String {
    let font = "<sz val=\"9\"/><color indexed=\"81\"/><rFont val=\"Tahoma\"/><family val=\"2\"/>";
    format!("<r><rPr>{weight}{font}</rPr><t xml:space=\"preserve\">{}</t></r>", written(text))
}
