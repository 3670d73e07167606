//! An Office file as named parts in a zip; knows nothing of frameworks or findings.
//!
//! [`Package::open`] reads the zip's directory and refuses, with a [`PackageError`] that says why, what can't be read
//! safely. [`Package::read`] unpacks one part; [`Package::relationships`], [`Package::content_types`] and
//! [`Package::book`] tell how the parts hang together; [`Package::scan`] goes over the XML of a part.
//!
//! Writing is by insertion: a [`Patch`] puts new text into a part at byte spans and knows its own undoing, an [`Edit`]
//! gathers the patches and new parts of a package, and [`Package::rewrite`] writes it. What isn't changed is never
//! unpacked: its bytes are copied as they lie in the file.
//!
//! Nothing is allocated on the word of the file: every size is held against [`Limits`] first.

mod archive;
mod book;
mod content_type;
mod edit;
mod encoding;
mod limits;
mod outline;
mod part;
mod patch;
mod relationship;
mod rewrite;
mod sheet;
mod xml;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use archive::{Archive, Record};

pub use archive::ArchiveFault;
pub use book::{Book, SheetEntry, SheetKind, SheetState};
pub use content_type::{ContentTypes, Mapping};
pub use edit::{Edit, Edited, first_free, refuse_overlap};
pub use limits::{Limit, Limits};
pub use outline::{COMMENT_ORDER, Child, Outline, STYLE_ORDER, attribute_of};
pub use part::PartName;
pub use patch::{Patch, Step, Undo, UndoError};
pub use relationship::{Relationship, Relationships, Target};
pub use rewrite::Changes;
pub use sheet::SheetPart;
pub use xml::{Element, Form, Namespace, Node, Scan, Span, XmlFault};

/// An Office file whose directory has been read.
#[derive(Debug)]
pub struct Package {
    archive: Archive,
    index: BTreeMap<PartName, usize>,
    limits: Limits,
}

/// Why a package or a part of it couldn't be read.
#[derive(Debug, thiserror::Error)]
pub enum PackageError {
    /// The container isn't a zip that can be relied on.
    #[error(transparent)]
    Archive(#[from] ArchiveFault),
    /// Something is larger than it may be.
    #[error("{}", .limit.beyond(.what, *.found, *.most))]
    TooLarge {
        /// Which limit.
        limit: Limit,
        /// What is too large.
        what: String,
        /// How large it is; where that isn't known, the first size beyond the limit.
        found: u64,
        /// How large it may be.
        most: u64,
    },
    /// A part that must be there isn't.
    #[error("the part `{0}` is missing")]
    Missing(PartName),
    /// A part isn't XML that can be relied on.
    #[error("the part `{part}` can't be read: {fault}")]
    Xml {
        /// Which part.
        part: PartName,
        /// What is wrong with it.
        fault: XmlFault,
    },
    /// The package holds something other than a workbook.
    #[error("the file holds no workbook: {0}")]
    NoWorkbook(String),
}

impl Package {
    /// Reads the directory of an Office file.
    pub fn open(bytes: impl Into<Arc<[u8]>>, limits: &Limits) -> Result<Self, PackageError> {
        let archive = Archive::open(bytes.into(), limits)?;
        let mut index = BTreeMap::new();
        for (number, record) in archive.records().iter().enumerate() {
            if record.is_folder() {
                continue;
            }
            if index.insert(record.part.clone(), number).is_some() {
                return Err(ArchiveFault::SameNameTwice(record.part.to_string()).into());
            }
        }
        Ok(Self { archive, index, limits: limits.clone() })
    }

    /// Returns the names of the parts, in the order in which they lie in the file.
    pub fn parts(&self) -> impl Iterator<Item = &PartName> {
        self.archive.records().iter().filter(|record| !record.is_folder()).map(|record| &record.part)
    }

    /// Whether there is a part of this name.
    pub fn has(&self, part: &PartName) -> bool {
        self.index.contains_key(part)
    }

    /// Returns the limits that the package is read within.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Returns how many bytes a part has when unpacked, as the directory says; `None` where there is no such part.
    pub fn size(&self, part: &PartName) -> Option<u64> {
        self.record(part).map(|record| record.size)
    }

    /// Unpacks a part, checking its size and check sum.
    pub fn read(&self, part: &PartName) -> Result<Vec<u8>, PackageError> {
        let record = self.record(part).ok_or_else(|| PackageError::Missing(part.clone()))?;
        self.archive.unpack(record, &self.limits)
    }

    /// Unpacks a part as it is patched: one in another encoding as if it had been written in UTF-8.
    pub fn read_plain(&self, part: &PartName) -> Result<Vec<u8>, PackageError> {
        self.read(part).map(encoding::in_utf8)
    }

    /// Returns the text of a part of XML that was unpacked, without its mark.
    pub fn text<'a>(bytes: &'a [u8], part: &PartName) -> Result<Cow<'a, str>, PackageError> {
        let fault = |encoding| PackageError::Xml { part: part.clone(), fault: XmlFault::Encoding(encoding) };
        encoding::text_of(bytes).map_err(fault)
    }

    /// Unpacks a part and goes over its XML once, giving each tag and text to `visit`.
    pub fn scan(
        &self,
        part: &PartName,
        visit: impl FnMut(Node<'_>, &Scan<'_>) -> Result<(), XmlFault>,
    ) -> Result<(), PackageError> {
        let bytes = self.read(part)?;
        xml::scan(&bytes, &self.limits, visit).map_err(|fault| PackageError::Xml { part: part.clone(), fault })
    }

    /// Returns what a part, or with `None` the package itself, is linked to; nothing where it has no relationships.
    pub fn relationships(&self, source: Option<&PartName>) -> Result<Relationships, PackageError> {
        let part = PartName::of_relationships(source);
        if !self.has(&part) {
            return Ok(Relationships::none(source));
        }
        let bytes = self.read(&part)?;
        Relationships::parse(source, &bytes, &self.limits).map_err(|fault| PackageError::Xml { part, fault })
    }

    /// Returns the content types that the package declares.
    pub fn content_types(&self) -> Result<ContentTypes, PackageError> {
        let part = PartName::content_types();
        let bytes = self.read(&part)?;
        ContentTypes::parse(&bytes, &self.limits).map_err(|fault| PackageError::Xml { part, fault })
    }

    /// Returns the workbook part and its sheets.
    pub fn book(&self) -> Result<Book, PackageError> {
        Book::read(self)
    }

    /// Returns the part that a relationship leads to, as it is named in the file; `None` where it leads elsewhere.
    pub fn target<'a>(&'a self, relationship: &Relationship) -> Option<&'a PartName> {
        let Target::Part(name) = &relationship.target else { return None };
        let named = self.index.get_key_value(name);
        named.or_else(|| self.index.get_key_value(&name.unescaped())).map(|(name, _)| name)
    }

    /// Whether a part's name has backslashes in the file: programs differ on the folder that it lies in.
    pub fn has_backslashes(&self, part: &PartName) -> bool {
        self.record(part).is_some_and(|record| record.has_backslash)
    }

    /// Reads the outline of a part.
    pub fn outline(&self, part: &PartName) -> Result<Outline, PackageError> {
        let fault = |fault| PackageError::Xml { part: part.clone(), fault };
        Outline::read(&self.read(part)?, &self.limits, |_, _, _| Ok(())).map_err(fault)
    }

    /// Returns the record of a part as it lies in the file, packed, with its header and whatever follows it.
    pub fn lying(&self, part: &PartName) -> Option<&[u8]> {
        self.record(part).map(|record| self.archive.lying(record))
    }

    /// Returns the bytes that the file consists of.
    pub fn bytes(&self) -> &[u8] {
        self.archive.bytes()
    }

    fn record(&self, part: &PartName) -> Option<&Record> {
        self.index.get(part).map(|number| &self.archive.records()[*number])
    }
}
