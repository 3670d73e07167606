//! What kind of content each part is said to be: `[Content_Types].xml`.

use super::xml::{Namespace, Node, scan};
use super::{Limits, PartName, Span, XmlFault};

/// The content types that a package declares.
#[derive(Clone, Debug, Default)]
pub struct ContentTypes {
    mappings: Vec<Mapping>,
    /// The root's prefix with its colon, and the tag that closes it (the whole root where it is empty).
    root: (String, Span),
}

/// One declaration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mapping {
    /// For all parts with an extension, in lower case.
    Extension(String, String),
    /// For one part.
    Part(PartName, String),
}

impl ContentTypes {
    /// Reads the declarations.
    pub(super) fn parse(bytes: &[u8], limits: &Limits) -> Result<Self, XmlFault> {
        let mut types = Self::default();
        scan(bytes, limits, |node, _| {
            match node {
                Node::Open(element) if element.depth == 0 => {
                    if element.namespace != Namespace::ContentType || element.name() != "Types" {
                        return Err(XmlFault::Root(element.qualified_name().to_owned()));
                    }
                    types.root = (element.prefix().to_owned(), element.span.clone());
                }
                Node::Open(element) if element.depth == 1 => {
                    let of = |name: &str| element.attribute(name).unwrap_or_default();
                    match element.name() {
                        "Default" => {
                            types
                                .mappings
                                .push(Mapping::Extension(of("Extension").to_ascii_lowercase(), of("ContentType")));
                        }
                        "Override" => {
                            types.mappings.push(Mapping::Part(PartName::new(&of("PartName")), of("ContentType")));
                        }
                        _ => {}
                    }
                }
                Node::Close { span, depth: 0 } => types.root.1 = span,
                Node::Open(_) | Node::Close { .. } | Node::Text { .. } => {}
            }
            Ok(())
        })?;
        Ok(types)
    }

    /// Returns what a part is said to be.
    pub fn of(&self, part: &PartName) -> Option<&str> {
        let own = self.mappings.iter().find_map(|mapping| match mapping {
            Mapping::Part(name, kind) if name == part => Some(kind.as_str()),
            Mapping::Part(..) | Mapping::Extension(..) => None,
        });
        own.or_else(|| self.of_extension(&part.extension()))
    }

    /// Whether a part is declared by its own name, whether or not it is there.
    pub fn declares(&self, part: &PartName) -> bool {
        self.mappings.iter().any(|mapping| match mapping {
            Mapping::Part(name, _) => name == part,
            Mapping::Extension(..) => false,
        })
    }

    /// Returns what the parts with an extension, in lower case, are said to be where nothing else is.
    pub fn of_extension(&self, extension: &str) -> Option<&str> {
        self.mappings.iter().find_map(|mapping| match mapping {
            Mapping::Extension(name, kind) if name == extension => Some(kind.as_str()),
            Mapping::Part(..) | Mapping::Extension(..) => None,
        })
    }

    /// Returns the declarations in the order in which they stand.
    pub fn iter(&self) -> impl Iterator<Item = &Mapping> {
        self.mappings.iter()
    }

    /// Returns the root's prefix with its colon, and where its closing tag stands (the whole root where it is empty).
    pub fn root(&self) -> (&str, Span) {
        (&self.root.0, self.root.1.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_s_own_declaration_comes_before_its_extension_s() {
        let bytes = br#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
            <Default Extension="XML" ContentType="a"/><Override PartName="/xl/b.xml" ContentType="b"/></Types>"#;
        let types = ContentTypes::parse(bytes, &Limits::default()).unwrap();
        for (part, expected) in [("xl/a.xml", Some("a")), ("xl/B.xml", Some("b")), ("xl/c.bin", None)] {
            assert_eq!(types.of(&part.into()), expected, "{part}");
        }
    }
}
