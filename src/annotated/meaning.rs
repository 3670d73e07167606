//! What is ours, told by what it is, in a workbook that another program has saved since.
//!
//! Ours are: the sheet with our headings, the notes by our author and what stands behind our line in the sender's notes,
//! the conditional formats with our formula, and the manifest. Everything else stays as it is.

use std::collections::BTreeSet;

use super::element::{Item, items};
use super::markup::written;
use super::note::{AUTHOR, beginning};
use super::own_parts::{OwnParts, StripError};
use crate::cell::CellRef;
use crate::ooxml::{
    Book, Changes, Package, PackageError, PartName, Patch, SheetEntry, SheetKind, attribute_of, refuse_overlap,
};

/// The changes as they are gathered.
struct Removal<'a> {
    package: &'a Package,
    changes: Changes,
}

/// Returns what takes out what is ours.
pub(super) fn strip(package: &Package, book: &Book, ours: &OwnParts) -> Result<Changes, StripError> {
    let mut removal = Removal { package, changes: Changes::default() };
    let tab = ours.sheet.as_ref().map(|sheet| sheet.tab);
    for (number, entry) in book.sheets.iter().enumerate() {
        if let Some(part) = entry.part.as_ref().filter(|_| entry.kind == SheetKind::Worksheet && Some(number) != tab) {
            removal.clean_sheet(part)?;
        }
    }
    if let Some((item, _)) = &ours.manifest {
        removal.remove_with_links(item)?;
    }
    if let Some(tab) = tab {
        removal.remove_sheet(book, tab)?;
    }
    removal.settle()?;
    Ok(removal.changes)
}

impl Removal<'_> {
    fn apply(&mut self, part: &PartName, patch: &Patch) -> Result<(), PackageError> {
        if !patch.is_empty() {
            refuse_overlap(part, patch)?;
            let bytes = self.package.read_plain(part)?;
            self.changes.replaced.insert(part.clone(), patch.apply(&bytes));
        }
        Ok(())
    }

    /// Takes our notes and highlights off a sheet.
    fn clean_sheet(&mut self, part: &PartName) -> Result<(), StripError> {
        let mut patch = Patch::default();
        let sheet = self.package.outline(part)?;
        let rules: Vec<Item> =
            items(self.package, part, 2)?.into_iter().filter(|item| item.parent == "conditionalFormatting").collect();
        let is_ours = |item: &Item| item.text.contains("\"scrutineer\"");
        for format in sheet.children.iter().filter(|child| child.name == "conditionalFormatting") {
            let span = format.span();
            let own: Vec<&Item> = rules.iter().filter(|rule| span.contains(&rule.whole.start)).collect();
            if !own.is_empty() && own.iter().all(|rule| is_ours(rule)) {
                patch.remove(span);
            } else {
                own.into_iter().filter(|rule| is_ours(rule)).for_each(|rule| patch.remove(rule.whole.clone()));
            }
        }
        if self.clean_notes(part)? == Left::Nothing {
            let elements = sheet.children.iter().filter(|child| child.name == "legacyDrawing");
            elements.for_each(|element| patch.remove(element.span()));
        }
        Ok(self.apply(part, &patch)?)
    }

    /// Takes our notes off a sheet; tells whether its drawing of notes still holds something.
    fn clean_notes(&mut self, sheet: &PartName) -> Result<Left, StripError> {
        let links = self.package.relationships(Some(sheet))?;
        let Some(part) = links.by_word("comments").and_then(|link| self.package.target(link)) else {
            return Ok(Left::Something);
        };
        let all = items(self.package, part, 2)?;
        let authors: Vec<&str> = all.iter().filter(|item| item.name == "author").map(|item| item.text.trim()).collect();
        let by_us = |item: &&Item| {
            let author = item.attribute("authorId").parse().ok().and_then(|id: usize| authors.get(id));
            author.is_some_and(|author| *author == AUTHOR) || beginning(&item.text) == Some(0)
        };
        let comments: Vec<&Item> = all.iter().filter(|item| item.name == "comment").collect();
        let (ours, theirs): (Vec<&Item>, Vec<&Item>) = comments.into_iter().partition(by_us);
        let mut patch = Patch::default();
        for comment in &ours {
            patch.remove(comment.whole.clone());
        }
        if theirs.iter().any(|comment| beginning(&comment.text).is_some()) {
            self.shorten(part, &theirs, &mut patch)?;
        }
        let cells: BTreeSet<CellRef> =
            ours.iter().filter_map(|comment| comment.attribute("ref").parse().ok()).collect();
        let drawings: Vec<PartName> = links
            .iter()
            .filter(|link| link.word() == "vmlDrawing")
            .filter_map(|link| self.package.target(link))
            .cloned()
            .collect();
        if ours.is_empty() {
            self.apply(part, &patch)?;
            return Ok(Left::Something);
        }
        if theirs.is_empty() {
            self.changes.removed.insert(part.clone());
        } else {
            self.apply(part, &patch)?;
        }
        let mut left = Left::Something;
        for drawing in drawings {
            if self.clean_drawing(&drawing, &cells)? == Left::Nothing && theirs.is_empty() {
                self.changes.removed.insert(drawing.clone());
                self.changes.replaced.remove(&drawing);
                left = Left::Nothing;
            }
        }
        Ok(left)
    }

    /// Cuts the sender's own notes where ours begins.
    fn shorten(&self, part: &PartName, theirs: &[&Item], patch: &mut Patch) -> Result<(), PackageError> {
        let runs: Vec<Item> = items(self.package, part, 4)?;
        let texts: Vec<Item> = items(self.package, part, 5)?.into_iter().filter(|item| item.name == "t").collect();
        for (comment, at) in theirs.iter().filter_map(|comment| Some((comment, beginning(&comment.text)?))) {
            let kept = comment.text[..at].trim_end_matches('\n').len();
            let mut passed = 0;
            for run in runs.iter().filter(|run| comment.whole.contains(&run.whole.start) && run.parent == "text") {
                let before = kept.saturating_sub(passed);
                passed += run.text.len();
                if before == 0 {
                    patch.remove(run.whole.clone());
                } else if before < run.text.len() {
                    let text = texts.iter().find(|text| run.whole.contains(&text.whole.start)).unwrap_or(run);
                    patch.replace(text.content.clone(), written(&run.text[..before]));
                }
            }
        }
        Ok(())
    }

    /// Takes the boxes of our notes out of a drawing.
    fn clean_drawing(&mut self, part: &PartName, cells: &BTreeSet<CellRef>) -> Result<Left, StripError> {
        let bytes = self.package.read_plain(part)?;
        let text = String::from_utf8(bytes).map_err(|_| StripError::Damaged("a drawing isn't in UTF-8".to_owned()))?;
        let mut patch = Patch::default();
        let mut left = Left::Nothing;
        for (start, _) in text.match_indices("<v:shape ") {
            let end = text[start..].find("</v:shape>").map_or(text.len(), |end| start + end + "</v:shape>".len());
            let shape = &text[start..end];
            let number = |tag: &str| {
                let (_, rest) = shape.split_once(&format!("<x:{tag}>"))?;
                rest.split('<').next()?.trim().parse::<u32>().ok()
            };
            let cell = number("Row").zip(number("Column")).map(|(row, column)| CellRef::new(row + 1, column + 1));
            if shape.contains("\"Note\"") && cell.is_some_and(|cell| cells.contains(&cell)) {
                patch.remove(start..end);
            } else {
                left = Left::Something;
            }
        }
        self.apply(part, &patch)?;
        Ok(left)
    }

    /// Removes a part, and the parts that only it is linked to.
    fn remove_with_links(&mut self, part: &PartName) -> Result<(), PackageError> {
        let links = self.package.relationships(Some(part))?;
        let targets: Vec<PartName> = links.iter().filter_map(|link| self.package.target(link)).cloned().collect();
        for target in targets {
            let others = self.package.parts().filter(|source| *source != part && source.extension() != "rels");
            let mut is_shared = false;
            for source in others {
                let links = self.package.relationships(Some(source))?;
                is_shared = is_shared || links.iter().any(|link| self.package.target(link) == Some(&target));
            }
            if !is_shared {
                self.changes.removed.insert(target);
            }
        }
        self.changes.removed.insert(part.clone());
        self.changes.removed.insert(PartName::of_relationships(Some(part)));
        Ok(())
    }

    /// Removes the sheet of findings, and moves what counts the tabs behind it.
    fn remove_sheet(&mut self, book: &Book, tab: usize) -> Result<(), StripError> {
        let entry: &SheetEntry = &book.sheets[tab];
        if book.sheets.len() == 1 {
            return Err(StripError::Damaged("no sheet is left but that of the findings".to_owned()));
        }
        let Some(part) = &entry.part else { return Ok(()) };
        let has_formulas = items(self.package, part, 4)?.iter().any(|item| item.name == "f");
        self.remove_with_links(part)?;
        let chain = self.package.relationships(Some(&book.part))?;
        if let Some(chain) =
            chain.by_word("calcChain").and_then(|link| self.package.target(link)).filter(|_| has_formulas)
        {
            self.changes.removed.insert(chain.clone());
        }
        let mut patch = Patch::default();
        let all = items(self.package, &book.part, 2)?;
        let sheets = all.iter().filter(|item| item.parent == "sheets" && item.name == "sheet");
        sheets.into_iter().skip(tab).take(1).for_each(|sheet| patch.remove(sheet.whole.clone()));
        let names: Vec<&Item> = all.iter().filter(|item| item.parent == "definedNames").collect();
        let is_ours = |item: &&&Item| item.attribute("localSheetId").parse() == Ok(tab);
        if !names.is_empty() && names.iter().all(|name| is_ours(&name)) {
            let outline = self.package.outline(&book.part)?;
            outline.child("definedNames").into_iter().for_each(|child| patch.remove(child.span()));
        } else {
            names.iter().filter(is_ours).for_each(|name| patch.remove(name.whole.clone()));
            let bytes = self.package.read_plain(&book.part)?;
            names
                .iter()
                .filter(|name| !is_ours(name))
                .for_each(|name| lower(&mut patch, &bytes, name, "localSheetId", tab));
        }
        let bytes = self.package.read_plain(&book.part)?;
        for view in all.iter().filter(|item| item.name == "workbookView") {
            lower(&mut patch, &bytes, view, "activeTab", tab);
            lower(&mut patch, &bytes, view, "firstSheet", tab);
        }
        Ok(self.apply(&book.part, &patch)?)
    }

    /// Takes the links to removed parts, and their content types, out.
    fn settle(&mut self) -> Result<(), PackageError> {
        self.changes.removed.retain(|part| self.package.has(part));
        let removed = self.changes.removed.clone();
        let sources: Vec<PartName> = self.package.parts().filter(|part| !removed.contains(part)).cloned().collect();
        for source in sources {
            let part = PartName::of_relationships(Some(&source));
            if !self.package.has(&part) {
                continue;
            }
            let mut patch = Patch::default();
            let (mut left, links) = (0, items(self.package, &part, 1)?);
            for link in links {
                let target = PartName::resolve(Some(&source), link.attribute("Target"));
                let is_gone =
                    target.is_some_and(|target| removed.contains(&target) || removed.contains(&target.unescaped()));
                if is_gone && link.attribute("TargetMode") != "External" {
                    patch.remove(link.whole);
                } else {
                    left += 1;
                }
            }
            if left == 0 && !patch.is_empty() {
                self.changes.removed.insert(part);
            } else {
                self.apply(&part, &patch)?;
            }
        }
        let mut patch = Patch::default();
        let types = PartName::content_types();
        let removed = self.changes.removed.clone();
        for kind in items(self.package, &types, 1)? {
            if kind.name == "Override" && removed.contains(&PartName::new(kind.attribute("PartName"))) {
                patch.remove(kind.whole);
            }
        }
        self.apply(&types, &patch)
    }
}

/// Whether something is left.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Left {
    Something,
    Nothing,
}

/// Lowers an attribute that counts tabs, where it counts one behind the removed one; the removed one's becomes the first.
fn lower(patch: &mut Patch, bytes: &[u8], item: &Item, name: &str, tab: usize) {
    let Ok(number) = item.attribute(name).parse::<usize>() else { return };
    let lowered = match number.cmp(&tab) {
        std::cmp::Ordering::Less => return,
        std::cmp::Ordering::Equal => 0,
        std::cmp::Ordering::Greater => number - 1,
    };
    let Some((at, quote)) = attribute_of(&bytes[item.open.clone()], name) else { return };
    let start = item.open.start + at;
    let length = bytes[start..].iter().position(|byte| *byte == quote).unwrap_or(0);
    patch.replace(start..start + length, lowered.to_string());
}
