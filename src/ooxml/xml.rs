//! One pass over the XML of a part, with the place of every tag in its bytes.
//!
//! [`Scan`] gives the tags and texts in order. Entities beyond the five of XML and document types are refused, so that
//! nothing grows while it is read; depth and the length of a piece are held against the limits.
//!
//! Places count the bytes of the part in UTF-8, with its byte order mark; a part in another encoding is read as if it had
//! been written in that.

use std::borrow::Cow;
use std::ops::Range;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;

use super::Limits;
use super::encoding::text_of;

/// Where something stands in a part's bytes.
pub type Span = Range<usize>;

/// Why a part's XML can't be relied on.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
pub enum XmlFault {
    /// Not XML, or cut off.
    #[error("it is no well-formed XML ({0})")]
    Malformed(String),
    /// A document type, which Office files must not have and which could define entities that grow.
    #[error("it has a document type, which no Office file has")]
    DocumentType,
    /// Its bytes aren't of the encoding that it declares, or that isn't known.
    #[error("its letters can't be read as {0}")]
    Encoding(String),
    /// Elements in elements in elements.
    #[error("its elements lie deeper in one another than the limit `depth` of {0} allows")]
    TooDeep(u64),
    /// One tag or text is too long.
    #[error("one of its texts or tags is longer than the limit `text` of {0} bytes allows")]
    TooLong(u64),
    /// One tag has too many attributes.
    #[error("one of its tags has more attributes than the limit `attributes` of {0} allows")]
    TooManyAttributes(u64),
    /// The root isn't what the part's role asks for.
    #[error("its first element is `{0}`, which isn't what this part has in a workbook that we know")]
    Root(String),
    /// A value that must be there isn't, or isn't what it must be.
    #[error("{0}")]
    Content(String),
}

/// Which vocabulary an element or attribute is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Namespace {
    /// Spreadsheets, in the usual form.
    Main,
    /// Spreadsheets, in the strict form.
    StrictMain,
    /// Relationship ids, in the usual form.
    Relationship,
    /// Relationship ids, in the strict form.
    StrictRelationship,
    /// The relationships part's own.
    PackageRelationship,
    /// The content types part's own.
    ContentType,
    /// Choices between versions (`mc:AlternateContent`).
    Compatibility,
    /// Excel 2010's additions to sheets.
    Excel2010,
    /// None at all.
    None,
    /// Any other.
    Other,
}

impl Namespace {
    /// Returns the vocabulary that a name stands for.
    pub(super) fn named(name: &str) -> Self {
        match name {
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main" => Self::Main,
            "http://purl.oclc.org/ooxml/spreadsheetml/main" => Self::StrictMain,
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships" => Self::Relationship,
            "http://purl.oclc.org/ooxml/officeDocument/relationships" => Self::StrictRelationship,
            "http://schemas.openxmlformats.org/package/2006/relationships" => Self::PackageRelationship,
            "http://schemas.openxmlformats.org/package/2006/content-types" => Self::ContentType,
            "http://schemas.openxmlformats.org/markup-compatibility/2006" => Self::Compatibility,
            "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" => Self::Excel2010,
            _ => Self::Other,
        }
    }

    fn resolved(result: &ResolveResult<'_>) -> Self {
        match result {
            ResolveResult::Bound(namespace) => Self::named(namespace.0),
            ResolveResult::Unbound => Self::None,
            ResolveResult::Unknown(_) => Self::Other,
        }
    }

    /// Returns the form, usual or strict, in which a part of this vocabulary is written.
    pub fn form(self) -> Form {
        if self == Self::StrictMain { Form::Strict } else { Form::Usual }
    }

    /// Whether this is the vocabulary of spreadsheets, in either form.
    pub fn is_spreadsheet(self) -> bool {
        self == Self::Main || self == Self::StrictMain
    }
}

/// In which of its two forms a part is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As spreadsheet programs write by default.
    Usual,
    /// The strict form of the standard, with names of its own.
    Strict,
}

impl Form {
    /// Returns the name of the vocabulary of spreadsheets.
    pub const fn main(self) -> &'static str {
        match self {
            Self::Usual => "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            Self::Strict => "http://purl.oclc.org/ooxml/spreadsheetml/main",
        }
    }

    /// Returns the name of the vocabulary of relationship ids, which is also what types of relationships begin with.
    pub const fn relationship(self) -> &'static str {
        match self {
            Self::Usual => "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            Self::Strict => "http://purl.oclc.org/ooxml/officeDocument/relationships",
        }
    }
}

/// One thing that a pass meets.
#[derive(Debug)]
pub enum Node<'a> {
    /// A tag that opens an element, or is one whole.
    Open(Element<'a>),
    /// The tag that closes an element.
    Close {
        /// Where the tag stands.
        span: Span,
        /// How many elements the closed one lies in.
        depth: u64,
    },
    /// A piece of text; what one element holds may come in several.
    Text {
        /// The text as it is meant, without entities.
        text: Cow<'a, str>,
        /// How many elements it lies in.
        depth: u64,
    },
}

/// An element's opening tag.
#[derive(Debug)]
pub struct Element<'a> {
    tag: BytesStart<'a>,
    /// The vocabulary of its name.
    pub namespace: Namespace,
    /// Where the tag stands.
    pub span: Span,
    /// How many elements it lies in; the root in none.
    pub depth: u64,
    /// Whether it is the whole element (`<a/>`).
    pub is_empty: bool,
}

impl Element<'_> {
    /// Returns the name without its prefix.
    pub fn name(&self) -> &str {
        let name = self.tag.name().into_inner();
        name.rsplit_once(':').map_or(name, |(_, local)| local)
    }

    /// Returns the name with its prefix.
    pub fn qualified_name(&self) -> &str {
        self.tag.name().into_inner()
    }

    /// Returns the prefix with its colon; empty where there is none.
    pub fn prefix(&self) -> &str {
        let name = self.tag.name().into_inner();
        name.find(':').map_or("", |colon| &name[..=colon])
    }

    /// Whether this is the spreadsheet element of this name.
    pub fn is(&self, name: &str) -> bool {
        self.namespace.is_spreadsheet() && self.name() == name
    }

    /// Returns the value of an attribute by the name that it is written with.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let attribute = self.tag.attributes().flatten().find(|attribute| attribute.key.as_ref() == name)?;
        attribute.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
    }

    /// Returns the prefix, without colon, that this element declares for relationship ids.
    pub fn relationship_prefix(&self) -> Option<String> {
        let is_declared = |value: &str| {
            let namespace = Namespace::named(value);
            namespace == Namespace::Relationship || namespace == Namespace::StrictRelationship
        };
        let (name, _) =
            self.attributes().into_iter().find(|(name, value)| name.starts_with("xmlns:") && is_declared(value))?;
        name.strip_prefix("xmlns:").map(str::to_owned)
    }

    /// Returns all attributes as written: name and value.
    pub fn attributes(&self) -> Vec<(String, String)> {
        let pair = |attribute: quick_xml::events::attributes::Attribute<'_>| {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned();
            Some((attribute.key.as_ref().to_owned(), value))
        };
        self.tag.attributes().flatten().filter_map(pair).collect()
    }
}

/// The text of a part.
#[derive(Debug)]
pub struct Scan<'a> {
    reader: NsReader<&'a [u8]>,
    base: usize,
    depth: u64,
    has_root: bool,
    most_depth: u64,
    most_text: u64,
    most_attributes: u64,
}

/// Goes over a part once, giving each tag and text to `visit`.
pub(super) fn scan(
    bytes: &[u8],
    limits: &Limits,
    mut visit: impl FnMut(Node<'_>, &Scan<'_>) -> Result<(), XmlFault>,
) -> Result<(), XmlFault> {
    let text = text_of(bytes).map_err(XmlFault::Encoding)?;
    let base = if matches!(text, Cow::Borrowed(_)) { bytes.len() - text.len() } else { 0 };
    let mut scan = Scan::new(&text, base, limits);
    while let Some(node) = scan.next()? {
        visit(node, &scan)?;
    }
    Ok(())
}

impl<'a> Scan<'a> {
    fn new(text: &'a str, base: usize, limits: &Limits) -> Self {
        let reader = NsReader::from_str(text);
        Self {
            reader,
            base,
            depth: 0,
            has_root: false,
            most_depth: limits.depth,
            most_text: limits.text,
            most_attributes: limits.attributes,
        }
    }

    /// Returns the relationship id that an element just met carries.
    pub fn relationship(&self, element: &Element<'_>) -> Option<String> {
        let attribute = element.tag.attributes().flatten().find(|attribute| {
            let (namespace, local) = self.reader.resolver().resolve_attribute(attribute.key);
            let namespace = Namespace::resolved(&namespace);
            let links = namespace == Namespace::Relationship || namespace == Namespace::StrictRelationship;
            links && local.into_inner() == "id"
        })?;
        attribute.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
    }

    /// Returns the next tag or text; `None` at the end.
    fn next(&mut self) -> Result<Option<Node<'a>>, XmlFault> {
        loop {
            let start = self.position();
            let event = self.reader.read_event().map_err(|error| XmlFault::Malformed(error.to_string()))?;
            let span = start..self.position();
            if span.len() as u64 > self.most_text {
                return Err(XmlFault::TooLong(self.most_text));
            }
            match event {
                Event::Start(tag) => return self.open(tag, span, Shape::Opening).map(Some),
                Event::Empty(tag) => return self.open(tag, span, Shape::Whole).map(Some),
                Event::End(_) => {
                    self.depth -= 1;
                    return Ok(Some(Node::Close { span, depth: self.depth }));
                }
                Event::Text(text) => return Ok(Some(Node::Text { text: text.into_inner(), depth: self.depth })),
                Event::CData(text) => return Ok(Some(Node::Text { text: text.into_inner(), depth: self.depth })),
                Event::GeneralRef(entity) => {
                    return Ok(Some(Node::Text { text: meant(&entity)?.into(), depth: self.depth }));
                }
                Event::DocType(_) => return Err(XmlFault::DocumentType),
                Event::Eof if self.depth == 0 && self.has_root => return Ok(None),
                Event::Eof => return Err(XmlFault::Malformed("it ends too early".to_owned())),
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
        }
    }

    /// Makes an element of an opening tag.
    fn open(&mut self, tag: BytesStart<'a>, span: Span, shape: Shape) -> Result<Node<'a>, XmlFault> {
        // Telling that a name stands twice takes the square of their number; the shortest attribute has four bytes.
        let may_be_many = span.len() as u64 / 4 > self.most_attributes;
        if may_be_many && tag.attributes().with_checks(false).count() as u64 > self.most_attributes {
            return Err(XmlFault::TooManyAttributes(self.most_attributes));
        }
        if let Some(error) = tag.attributes().find_map(Result::err) {
            return Err(XmlFault::Malformed(error.to_string()));
        }
        let (resolved, _) = self.reader.resolver().resolve_element(tag.name());
        let namespace = Namespace::resolved(&resolved);
        let depth = self.depth;
        if depth == 0 && self.has_root {
            return Err(XmlFault::Malformed("it has several first elements".to_owned()));
        }
        self.has_root = true;
        if depth >= self.most_depth {
            return Err(XmlFault::TooDeep(self.most_depth));
        }
        let is_empty = shape == Shape::Whole;
        self.depth += u64::from(!is_empty);
        Ok(Node::Open(Element { tag, namespace, span, depth, is_empty }))
    }

    fn position(&self) -> usize {
        self.base + usize::try_from(self.reader.buffer_position()).expect("a place within a slice fits")
    }
}

/// Whether a tag opens an element or is one whole.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Opening,
    Whole,
}

/// Returns the character that an entity stands for.
fn meant(entity: &BytesRef<'_>) -> Result<String, XmlFault> {
    let unknown = || XmlFault::Malformed(format!("unknown entity `{}`", entity.borrow().into_inner()));
    if let Some(c) = entity.resolve_char_ref().map_err(|error| XmlFault::Malformed(error.to_string()))? {
        return Ok(c.to_string());
    }
    let name = entity.borrow().into_inner();
    quick_xml::escape::resolve_predefined_entity(&name).map(str::to_owned).ok_or_else(unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(bytes: &[u8]) -> Result<Vec<(String, Span)>, XmlFault> {
        let mut names = Vec::new();
        scan(bytes, &Limits { depth: 4, text: 60, attributes: 3, ..Limits::default() }, |node, _| {
            if let Node::Open(element) = node {
                names.push((element.name().to_owned(), element.span.clone()));
            }
            Ok(())
        })?;
        Ok(names)
    }

    #[test]
    fn places_count_the_byte_order_mark() {
        let bytes = b"\xef\xbb\xbf<a><x:b xmlns:x='u'/></a>";
        assert_eq!(names(bytes).unwrap(), [("a".to_owned(), 3..6), ("b".to_owned(), 6..24)]);
    }

    #[test]
    fn places_count_the_letters_of_another_encoding_as_utf_8_has_them() {
        let bytes = b"<?xml version='1.0' encoding='ISO-8859-1'?><a t='\xe4\xf6'><b/></a>";
        let plain = "<?xml version='1.0' encoding='UTF-8'?><a t='\u{e4}\u{f6}'><b/></a>";
        assert_eq!(names(bytes).unwrap(), names(plain.as_bytes()).unwrap());
    }

    #[test]
    fn what_cannot_be_relied_on_is_refused() {
        let cases: &[(&[u8], &str)] = &[
            (b"<!DOCTYPE a><a/>", "it has a document type, which no Office file has"),
            (b"<a>\xe4</a>", "its letters can't be read as UTF-8"),
            (
                b"<a b='' c='' d='' e=''/>",
                "one of its tags has more attributes than the limit `attributes` of 3 allows",
            ),
            (
                b"<a><a><a><a><a/></a></a></a></a>",
                "its elements lie deeper in one another than the limit `depth` of 4 allows",
            ),
            (
                b"<a t='0123456789012345678901234567890123456789012345678901234567890'/>",
                "one of its texts or tags is longer than the limit `text` of 60 bytes allows",
            ),
        ];
        for (bytes, expected) in cases {
            assert_eq!(names(bytes).unwrap_err().to_string(), *expected);
        }
        for malformed in [&b"<a><b></a>"[..], b"<a>", b"", b"<a>&growing;</a>", b"<a/><a/>", b"<a t='1' t='2'/>"] {
            assert!(matches!(names(malformed), Err(XmlFault::Malformed(_))), "{malformed:?}");
        }
    }
}
