//! The workbook part and the sheets that it names, in the order of their tabs.

use super::xml::{Node, scan};
use super::{Limit, Namespace, Package, PackageError, PartName, Relationship, Relationships, Span, Target, XmlFault};

/// The workbook part of a package.
#[derive(Clone, Debug)]
pub struct Book {
    /// The part's name.
    pub part: PartName,
    /// Whether it is in the strict form or the usual one.
    pub namespace: Namespace,
    /// The root's prefix with its colon; empty where there is none.
    pub prefix: String,
    /// The prefix that it declares for relationship ids, without colon; `None` where it declares none.
    pub relationship_prefix: Option<String>,
    /// What it is linked to.
    pub links: Relationships,
    /// The sheets, in the order of their tabs.
    pub sheets: Vec<SheetEntry>,
    /// Where the tag that closes the list of sheets stands.
    pub end_of_sheets: Span,
    /// Whether dates count from 1904.
    pub is_from_1904: bool,
}

/// A sheet as the workbook part names it.
#[derive(Clone, Debug)]
pub struct SheetEntry {
    /// The name on the tab.
    pub name: String,
    /// Whether its tab is seen.
    pub state: SheetState,
    /// What kind of sheet it is.
    pub kind: SheetKind,
    /// The number by which the workbook knows it.
    pub number: u32,
    /// The part that holds it; `None` where the workbook names a part that isn't there.
    pub part: Option<PartName>,
}

/// Whether a sheet's tab is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetState {
    /// It is seen.
    Visible,
    /// It is hidden by the menu.
    Hidden,
    /// Only a program can show it.
    VeryHidden,
}

/// What kind of sheet a part holds, by the relationship that leads to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetKind {
    /// Cells.
    Worksheet,
    /// A chart, a dialog, macros of Excel 4, or a module of Excel 95.
    Other,
}

impl Book {
    /// Reads the workbook part of a package.
    pub(super) fn read(package: &Package) -> Result<Self, PackageError> {
        let part = main_part(package)?;
        let links = package.relationships(Some(&part))?;
        let bytes = package.read(&part)?;
        let limits = package.limits();
        let mut book = Self {
            part: part.clone(),
            namespace: Namespace::None,
            prefix: String::new(),
            relationship_prefix: None,
            links,
            sheets: Vec::new(),
            end_of_sheets: 0..0,
            is_from_1904: false,
        };
        let mut parent = String::new();
        let read = scan(&bytes, limits, |node, scan| {
            match node {
                Node::Open(element) if element.depth == 0 => {
                    if !element.is("workbook") {
                        return Err(XmlFault::Root(element.qualified_name().to_owned()));
                    }
                    (book.namespace, book.prefix) = (element.namespace, element.prefix().to_owned());
                    book.relationship_prefix = element.relationship_prefix();
                }
                Node::Open(element) if element.depth == 1 => {
                    element.name().clone_into(&mut parent);
                    if element.is("workbookPr") {
                        book.is_from_1904 = element.attribute("date1904").is_some_and(|on| on == "1" || on == "true");
                    }
                }
                Node::Open(element) if element.depth == 2 && parent == "sheets" && element.is("sheet") => {
                    let id = scan.relationship(&element);
                    let link = id.as_ref().and_then(|id| book.links.by_id(id));
                    let of = |name: &str| element.attribute(name).unwrap_or_default();
                    book.sheets.push(SheetEntry {
                        name: of("name"),
                        state: SheetState::of(&of("state")),
                        kind: SheetKind::of(id.as_deref(), link),
                        number: of("sheetId").parse().unwrap_or_default(),
                        part: link.and_then(|link| package.target(link)).cloned(),
                    });
                }
                Node::Close { span, depth: 1 } if parent == "sheets" => book.end_of_sheets = span,
                Node::Open(_) | Node::Close { .. } | Node::Text { .. } => {}
            }
            Ok(())
        });
        read.map_err(|fault| PackageError::Xml { part, fault })?;
        limits.check(Limit::Sheets, book.sheets.len() as u64, || "the workbook".to_owned())?;
        if book.sheets.is_empty() {
            return Err(PackageError::NoWorkbook("it names no sheet".to_owned()));
        }
        Ok(book)
    }

    /// Returns the sheet of this name, as spreadsheet programs compare them: without regard to case.
    pub fn sheet(&self, name: &str) -> Option<&SheetEntry> {
        let folded = name.to_lowercase();
        let exact = self.sheets.iter().find(|sheet| sheet.name == name);
        exact.or_else(|| self.sheets.iter().find(|sheet| sheet.name.to_lowercase() == folded))
    }
}

impl SheetState {
    /// Returns the state that the workbook part says.
    fn of(state: &str) -> Self {
        match state {
            "hidden" => Self::Hidden,
            "veryHidden" => Self::VeryHidden,
            _ => Self::Visible,
        }
    }
}

impl SheetKind {
    /// Returns the kind of the sheet that the workbook links to by this id.
    ///
    /// Excel names the modules of Excel 95 among the sheets, with an empty id. Any other sheet that nothing leads to is a
    /// worksheet that isn't there, for all that can be told.
    fn of(id: Option<&str>, link: Option<&Relationship>) -> Self {
        let is_worksheet = link.map_or(id != Some(""), |link| link.word() == "worksheet");
        if is_worksheet { Self::Worksheet } else { Self::Other }
    }
}

/// Finds the part that the package is about.
fn main_part(package: &Package) -> Result<PartName, PackageError> {
    let links = package.relationships(None)?;
    let link = links.by_word("officeDocument");
    let link =
        link.ok_or_else(|| PackageError::NoWorkbook("the package doesn't say where its workbook is".to_owned()))?;
    match (package.target(link), &link.target) {
        (Some(part), _) => Ok(part.clone()),
        (None, Target::Part(part)) => Err(PackageError::Missing(part.clone())),
        (None, Target::External(target)) => Err(PackageError::NoWorkbook(format!("it is said to be at `{target}`"))),
    }
}
