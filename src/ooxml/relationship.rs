//! What a part is linked to: the `.rels` part beside it.
//!
//! Types are compared by their last word, so that the usual and the strict form of a relationship are one.

use super::xml::{Namespace, Node, scan};
use super::{Limits, PartName, Span, XmlFault};

/// The links of one part, or of the package.
#[derive(Clone, Debug)]
pub struct Relationships {
    source: Option<PartName>,
    links: Vec<Relationship>,
    /// The root's prefix with its colon, and the tag that closes it (the whole root where it is empty).
    root: Option<(String, Span)>,
}

/// One link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relationship {
    /// The id by which the source names it.
    pub id: String,
    /// The type in full.
    pub kind: String,
    /// Where it leads.
    pub target: Target,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// To a part of the package, which may or may not be there.
    Part(PartName),
    /// Out of the package, as written.
    External(String),
}

impl Relationship {
    /// Returns the last word of the type: `worksheet`, `comments`.
    pub fn word(&self) -> &str {
        self.kind.rsplit('/').next().unwrap_or_default()
    }
}

impl Relationships {
    /// Returns the links of a part that has none.
    pub(super) fn none(source: Option<&PartName>) -> Self {
        Self { source: source.cloned(), links: Vec::new(), root: None }
    }

    /// Reads the links of `source`.
    pub(super) fn parse(source: Option<&PartName>, bytes: &[u8], limits: &Limits) -> Result<Self, XmlFault> {
        let mut relationships = Self::none(source);
        scan(bytes, limits, |node, _| {
            match node {
                Node::Open(element) if element.depth == 0 => {
                    if element.namespace != Namespace::PackageRelationship || element.name() != "Relationships" {
                        return Err(XmlFault::Root(element.qualified_name().to_owned()));
                    }
                    relationships.root = Some((element.prefix().to_owned(), element.span.clone()));
                }
                Node::Open(element) if element.depth == 1 && element.name() == "Relationship" => {
                    let of = |name: &str| element.attribute(name).unwrap_or_default();
                    relationships.add(of("Id"), of("Type"), &of("Target"), &of("TargetMode"));
                }
                Node::Close { span, depth: 0 } => {
                    let prefix = relationships.root.take().map(|(prefix, _)| prefix);
                    relationships.root = prefix.map(|prefix| (prefix, span));
                }
                Node::Open(_) | Node::Close { .. } | Node::Text { .. } => {}
            }
            Ok(())
        })?;
        Ok(relationships)
    }

    fn add(&mut self, id: String, kind: String, target: &str, mode: &str) {
        let inside = if mode == "External" { None } else { PartName::resolve(self.source.as_ref(), target) };
        let target = inside.map_or_else(|| Target::External(target.to_owned()), Target::Part);
        self.links.push(Relationship { id, kind, target });
    }

    /// Returns the links in the order in which they stand.
    pub fn iter(&self) -> impl Iterator<Item = &Relationship> {
        self.links.iter()
    }

    /// Returns the link of an id.
    pub fn by_id(&self, id: &str) -> Option<&Relationship> {
        self.links.iter().find(|link| link.id == id)
    }

    /// Returns the first link of a type, told by the last word of it.
    pub fn by_word<'a>(&'a self, word: &str) -> Option<&'a Relationship> {
        self.links.iter().find(|link| link.word() == word)
    }

    /// Returns the root's prefix with its colon, and where its closing tag stands (the whole root where it is empty);
    /// `None` where there is no such part.
    pub fn root(&self) -> Option<(&str, Span)> {
        self.root.as_ref().map(|(prefix, span)| (prefix.as_str(), span.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_found_by_id_and_by_the_last_word_of_their_type() {
        let bytes = br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
            <Relationship Id="R1" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/comments" Target="../c.xml"/>
            <Relationship Id="R2" Type="x/hyperlink" Target="https://example.org/" TargetMode="External"/></Relationships>"#;
        let links = Relationships::parse(Some(&"xl/worksheets/s.xml".into()), bytes, &Limits::default()).unwrap();
        assert_eq!(links.by_word("comments").unwrap().target, Target::Part("xl/c.xml".into()));
        assert_eq!(links.by_id("R2").unwrap().target, Target::External("https://example.org/".to_owned()));
        assert_eq!(&bytes[links.root().unwrap().1], b"</Relationships>");
    }
}
