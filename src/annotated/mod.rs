//! The sender's own workbook with our findings in it, and nothing else different.
//!
//! [`annotate`] puts a note and a highlight on every cell that a finding names and adds a sheet of all findings; every
//! part of the workbook that doesn't get something is copied byte for byte, the others get insertions only. [`strip`]
//! takes all of it out again, and [`explanations`] reads what the sender wrote beside the findings. Workbooks in other
//! formats, and those that [`annotate`] refuses, get a [`companion`] workbook instead, whose [`answer`]
//! is read in the same way. What comes back saved in another format is read by its cells ([`explained_in`], [`answer_in`]).
//!
//! Annotating an annotated workbook takes the old notes out first. A finished workbook is opened again and checked before
//! it is handed out, so that a copy that would lose something is an error instead.

mod answer;
mod answered_sheet;
mod column;
mod companion;
mod drawing;
mod element;
mod explanation;
mod heading;
mod highlight;
mod manifest;
mod markup;
mod meaning;
mod note;
mod noted_sheet;
mod own_parts;
mod page;
mod remark;
mod strip;
mod style;
mod verify;

use std::collections::BTreeSet;

use crate::finding::{Finding, Place, Severity};
use crate::ooxml::{Book, Edit, Limits, Package, PackageError, PartName, SheetEntry, SheetKind};

pub use answer::{Answer, answer, answer_in};
pub use answered_sheet::{explained_in, is_marked_as_ours};
pub use companion::{CompanionError, companion};
pub use explanation::{Explanation, NOTHING_SAID, beside_none, explanations_of, with_typed_over};
pub use note::is_our_note;
pub use own_parts::{StripError, is_known_as_ours};
pub use strip::{Manner, Stripped, explanations, is_as_handed_out, strip};

use manifest::{Change, Manifest, digest};
use noted_sheet::NotedSheet;
use page::Page;
use remark::Remarks;
use style::Formats;

/// The name of the sheet of findings, where no other sheet has it.
pub(crate) const SHEET: &str = "Findings";

/// What stands on top of the sheet of findings; what is empty is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Heading {
    /// Whose return it is.
    pub organisation: String,
    /// The framework's title and version.
    pub framework: String,
    /// The outcome, as a sentence.
    pub outcome: String,
    /// What the outcome could still become, as a sentence.
    pub interval: String,
    /// The day of the check, as it is to be shown.
    pub date: String,
    /// The digest of the file that is annotated, by which its answer is known; empty where nobody asks.
    pub original: String,
}

/// What to do with a workbook that is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signatures {
    /// Refuse it: any change makes the signature invalid.
    Keep,
    /// Annotate it all the same.
    Break,
}

/// An annotated workbook.
#[derive(Clone, Debug)]
pub struct Annotated {
    /// The workbook.
    pub bytes: Vec<u8>,
    /// The extension that a file of its kind usually has.
    pub extension: &'static str,
    /// What the sender had written beside earlier findings.
    pub explanations: Vec<Explanation>,
    /// The places that got no note, and what else couldn't be added.
    pub unmarked: Vec<Unmarked>,
}

/// Something that isn't marked in the workbook; the sheet of findings names it all the same, where there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unmarked {
    /// Where it stands.
    pub place: Place,
    /// Why it isn't marked.
    pub reason: String,
}

/// Why a workbook couldn't be annotated.
#[derive(Debug, thiserror::Error)]
pub enum AnnotateError {
    /// It can't be read, or not written again without loss.
    #[error(transparent)]
    Package(#[from] PackageError),
    /// It is signed.
    #[error("the workbook is signed, and any change would make the signature invalid")]
    Signed,
    /// It is annotated already, and that couldn't be taken out.
    #[error("the notes that it has already couldn't be taken out: {0}")]
    Strip(#[from] Box<StripError>),
    /// The finished workbook didn't pass the check.
    #[error("the annotated workbook didn't pass its check: {0}")]
    SelfCheck(String),
}

/// Puts findings into a workbook.
pub fn annotate(
    original: &Package,
    findings: &[Finding],
    heading: &Heading,
    signatures: Signatures,
) -> Result<Annotated, AnnotateError> {
    match strip(original) {
        Ok(stripped) => {
            let package = Package::open(stripped.bytes, &Limits::default())?;
            annotate_plain(&package, findings, heading, &stripped.explanations, signatures)
        }
        Err(StripError::NotAnnotated) => annotate_plain(original, findings, heading, &[], signatures),
        Err(StripError::Package(error)) => Err(error.into()),
        Err(error @ StripError::Damaged(_)) => Err(Box::new(error).into()),
    }
}

/// Puts findings into a workbook that has none of ours.
fn annotate_plain(
    package: &Package,
    findings: &[Finding],
    heading: &Heading,
    explanations: &[Explanation],
    signatures: Signatures,
) -> Result<Annotated, AnnotateError> {
    let explanations = with_typed_over(explanations, findings);
    let root = package.relationships(None)?;
    if signatures == Signatures::Keep && root.iter().any(|link| link.kind.ends_with("/digital-signature/origin")) {
        return Err(AnnotateError::Signed);
    }
    let book = package.book()?;
    let mut edit = Edit::new(package);
    let severities: BTreeSet<Severity> = findings.iter().map(|finding| finding.severity).collect();
    let severities: Vec<Severity> = severities.into_iter().rev().collect();
    let formats = style::add(&mut edit, &book, &severities)?;
    let mut unmarked = mark(&mut edit, &book, findings, &formats)?;
    let mut manifest = Manifest { original: heading.original.clone(), ..Manifest::default() };
    if let Some(reason) = refuses_sheets(package, &book)? {
        unmarked.push(Unmarked { place: Place::Workbook, reason: reason.to_owned() });
    } else {
        let rows = page::rows(findings, &explanations, Some(&book));
        let page = Page { lines: page::lines(heading, findings), rows, foot: foot(heading) };
        manifest.texts = page::digests(page.lines.iter().map(|(_, text)| text.as_str()), &page.rows);
        add_sheet(&mut edit, &book, &page, &formats)?;
    }
    let bytes = finish(edit, package, &book, manifest)?;
    Ok(Annotated { bytes, extension: usual_extension(package, &book)?, explanations, unmarked })
}

/// Returns the extension under which programs open a package as the workbook that it is declared to be.
fn usual_extension(package: &Package, book: &Book) -> Result<&'static str, AnnotateError> {
    let types = package.content_types()?;
    let has_macros = types.of(&book.part).is_some_and(|kind| kind.contains("macroEnabled"));
    Ok(if has_macros { "xlsm" } else { "xlsx" })
}

/// Puts notes and highlights on all sheets.
fn mark(
    edit: &mut Edit<'_>,
    book: &Book,
    findings: &[Finding],
    formats: &Formats,
) -> Result<Vec<Unmarked>, AnnotateError> {
    let package = edit.package();
    let mut shapes = drawing::Shapes::of(package)?;
    let mut unmarked = Vec::new();
    // Two tabs that show one part get its notes once.
    let mut done: BTreeSet<&PartName> = BTreeSet::new();
    for entry in &book.sheets {
        let on_sheet = remark::on_sheet(findings, entry, book);
        if on_sheet.is_empty() {
            continue;
        }
        let Some(part) = worksheet(entry).filter(|part| done.insert(part)) else {
            let place = Place::Sheet(entry.name.clone());
            unmarked.push(Unmarked { place, reason: "the sheet has no cells of its own".to_owned() });
            continue;
        };
        let sheet = package.sheet(part, &package.read(part)?)?;
        let remarks = Remarks::gather(&on_sheet, &sheet);
        let noted = NotedSheet { name: &entry.name, part, sheet: &sheet };
        // Where both belong at the same place, the highlight comes first.
        highlight::add(edit, part, &sheet, &remarks, formats);
        unmarked.extend(note::add(edit, package, &noted, &remarks, &mut shapes)?);
    }
    Ok(unmarked)
}

/// Returns the part of a sheet that has cells.
fn worksheet(entry: &SheetEntry) -> Option<&PartName> {
    entry.part.as_ref().filter(|_| entry.kind == SheetKind::Worksheet)
}

/// Returns why a workbook must not get another sheet.
fn refuses_sheets(package: &Package, book: &Book) -> Result<Option<&'static str>, AnnotateError> {
    let links = package.relationships(Some(&book.part))?;
    if links.by_word("revisionHeaders").is_some() {
        return Ok(Some("the workbook keeps a log of changes, so it gets no sheet of findings"));
    }
    let project = links.by_word("vbaProject").and_then(|link| package.target(link));
    let project_links = project.map(|part| package.relationships(Some(part))).transpose()?;
    let is_signed =
        project_links.is_some_and(|links| links.iter().any(|link| link.word().starts_with("vbaProjectSignature")));
    Ok(is_signed.then_some("the workbook's macros are signed, so it gets no sheet of findings"))
}

/// Returns what stands at the foot of each printed page.
fn foot(heading: &Heading) -> String {
    // `&` begins a code there, and is written twice to be one.
    let name = heading.organisation.replace('&', "&&");
    let name = markup::cut(&markup::shown(&name).replace('\n', " "), 100);
    format!("&L&8{name}&C&8{SHEET}&R&8Page &P of &N")
}

/// Adds the sheet of findings behind the last tab.
fn add_sheet(edit: &mut Edit<'_>, book: &Book, page: &Page<'_>, formats: &Formats) -> Result<(), AnnotateError> {
    let form = book.namespace.form();
    let part = edit.free_name(&format!("{}worksheets/findings{{}}.xml", book.part.split().0))?;
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";
    edit.add(part.clone(), page.written(form, formats), kind);
    let id = edit.link(&book.part, &format!("{}/worksheet", form.relationship()), &part)?;
    let number = book.sheets.iter().map(|sheet| sheet.number).max().unwrap_or(0).saturating_add(1);
    let name = free_sheet_name(book);
    let prefix = &book.prefix;
    let links = form.relationship();
    let element = format!("<{prefix}sheet xmlns:r=\"{links}\" name=\"{name}\" sheetId=\"{number}\" r:id=\"{id}\"/>");
    let element = match &book.relationship_prefix {
        Some(links) => format!("<{prefix}sheet name=\"{name}\" sheetId=\"{number}\" {links}:id=\"{id}\"/>"),
        None => element,
    };
    edit.patch(&book.part).insert(book.end_of_sheets.start, element);
    Ok(())
}

/// Returns a name that no sheet has.
fn free_sheet_name(book: &Book) -> String {
    let taken = |name: &String| book.sheet(name).is_some();
    let numbered = (2_u32..).map(|number| format!("{SHEET} ({number})"));
    std::iter::once(SHEET.to_owned()).chain(numbered).find(|name| !taken(name)).expect("numbers don't end")
}

/// Writes the workbook with its manifest, and checks it.
fn finish(
    mut edit: Edit<'_>,
    package: &Package,
    book: &Book,
    mut manifest: Manifest,
) -> Result<Vec<u8>, AnnotateError> {
    let item = manifest::prepare(&mut edit, book)?;
    let mut edited = edit.finish()?;
    for (part, undo) in edited.undo {
        let digest = digest(&package.read(&part)?);
        manifest.changed.insert(part, Change { digest, undo });
    }
    manifest.added = edited.changes.added.iter().map(|(part, _)| part.clone()).collect();
    manifest.added.push(item.clone());
    edited.changes.added.push((item, manifest.written().into_bytes()));
    let bytes = package.rewrite(&edited.changes)?;
    verify::verify(package, &bytes, &manifest)?;
    Ok(bytes)
}
