//! The elements of a part, each with where it stands and what it holds.

use crate::ooxml::{Node, Package, PackageError, PartName, Span};

/// An element with what it holds.
pub(super) struct Item {
    pub(super) name: String,
    pub(super) parent: String,
    pub(super) open: Span,
    pub(super) whole: Span,
    pub(super) content: Span,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) text: String,
}

impl Item {
    /// Returns an attribute, whatever its prefix; nothing where it has none.
    pub(super) fn attribute(&self, name: &str) -> &str {
        let attribute = self.attributes.iter().find(|(written, _)| written.rsplit(':').next() == Some(name));
        attribute.map_or("", |(_, value)| value.as_str())
    }
}

/// Returns the elements that lie in `depth` others, with the text that they hold.
pub(super) fn items(package: &Package, part: &PartName, depth: u64) -> Result<Vec<Item>, PackageError> {
    let mut items: Vec<Item> = Vec::new();
    let mut parent = String::new();
    let mut is_open = false;
    package.scan(part, |node, _| {
        match node {
            Node::Open(element) if element.depth + 1 == depth => element.name().clone_into(&mut parent),
            Node::Open(element) if element.depth == depth => {
                is_open = !element.is_empty;
                items.push(Item {
                    name: element.name().to_owned(),
                    parent: parent.clone(),
                    open: element.span.clone(),
                    whole: element.span.clone(),
                    content: element.span.end..element.span.end,
                    attributes: element.attributes(),
                    text: String::new(),
                });
            }
            Node::Close { span, depth: closed } if closed == depth => {
                is_open = false;
                if let Some(item) = items.last_mut() {
                    item.whole.end = span.end;
                    item.content.end = span.start;
                }
            }
            Node::Text { text, .. } if is_open => {
                if let Some(item) = items.last_mut() {
                    item.text.push_str(&text);
                }
            }
            Node::Open(_) | Node::Close { .. } | Node::Text { .. } => {}
        }
        Ok(())
    })?;
    Ok(items)
}
