//! The additions to a package, gathered: patches of its parts, new parts, their content types and links.
//!
//! [`Edit::finish`] settles the content types and relationships, and tells for every changed part how to undo it. A part
//! in another encoding than UTF-8 is changed as if it had been written in that, and kept whole to be given back.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use super::outline::fill;
use super::{Changes, Child, Package, PackageError, PartName, Patch, Relationships, Span, Undo, XmlFault};

/// The content type of relationships parts.
const RELATIONSHIPS: &str = "application/vnd.openxmlformats-package.relationships+xml";

/// Additions to a package.
#[derive(Debug)]
pub struct Edit<'a> {
    package: &'a Package,
    patches: BTreeMap<PartName, Patch>,
    added: Vec<(PartName, Vec<u8>)>,
    kinds: Vec<(PartName, &'static str)>,
    links: BTreeMap<PartName, Links>,
}

/// The new links of one part.
#[derive(Debug)]
struct Links {
    relationships: Relationships,
    text: Vec<(String, String, String)>,
    taken: u32,
}

/// What an edit comes to.
#[derive(Debug)]
pub struct Edited {
    /// The changes to write.
    pub changes: Changes,
    /// For every changed part that was there, how to get its original bytes back.
    pub undo: BTreeMap<PartName, Undo>,
}

impl<'a> Edit<'a> {
    /// Starts with no additions.
    pub fn new(package: &'a Package) -> Self {
        Self { package, patches: BTreeMap::new(), added: Vec::new(), kinds: Vec::new(), links: BTreeMap::new() }
    }

    /// Returns the package that is added to.
    pub fn package(&self) -> &'a Package {
        self.package
    }

    /// Returns the patch of a part that is there.
    pub fn patch(&mut self, part: &PartName) -> &mut Patch {
        self.patches.entry(part.clone()).or_default()
    }

    /// Adds a part of a content type.
    pub fn add(&mut self, part: PartName, bytes: impl Into<Vec<u8>>, kind: &'static str) {
        self.kinds.push((part.clone(), kind));
        self.added.push((part, bytes.into()));
    }

    /// Says the content type of a part whose bytes are given later.
    pub fn declare(&mut self, part: PartName, kind: &'static str) {
        self.kinds.push((part, kind));
    }

    /// Whether no part has a name and the package says nothing of one: a part of that name would be declared twice.
    pub fn is_free(&self, name: &PartName) -> Result<bool, PackageError> {
        let is_taken = self.package.has(name) || self.kinds.iter().any(|(added, _)| added == name);
        Ok(!is_taken && !self.package.content_types()?.declares(name))
    }

    /// Returns the first name of this pattern, with `{}` as a number from one, that is free.
    pub fn free_name(&self, pattern: &str) -> Result<PartName, PackageError> {
        let mut number = 1;
        loop {
            let name = PartName::new(&pattern.replace("{}", &number.to_string()));
            if self.is_free(&name)? {
                return Ok(name);
            }
            number += 1;
        }
    }

    /// Links `source` to `target` by a type of relationship; returns the id.
    pub fn link(&mut self, source: &PartName, kind: &str, target: &PartName) -> Result<String, PackageError> {
        let links = match self.links.entry(source.clone()) {
            Entry::Occupied(links) => links.into_mut(),
            Entry::Vacant(place) => {
                let relationships = self.package.relationships(Some(source))?;
                place.insert(Links { relationships, text: Vec::new(), taken: 0 })
            }
        };
        let name = |number: u32| format!("rIdFnd{number}");
        links.taken = first_free(links.taken + 1, |number| links.relationships.by_id(&name(number)).is_some());
        let id = name(links.taken);
        // A target that begins at the package means the same to programs that differ on the source's folder.
        let is_odd = self.package.has_backslashes(source)
            || self.package.has_backslashes(&PartName::of_relationships(Some(source)));
        let target = if is_odd { format!("/{target}") } else { target.target_from(Some(source)) };
        links.text.push((id.clone(), kind.to_owned(), target));
        Ok(id)
    }

    /// Settles links and content types.
    pub fn finish(mut self) -> Result<Edited, PackageError> {
        self.settle_links()?;
        self.settle_kinds()?;
        let mut edited = Edited { changes: Changes::default(), undo: BTreeMap::new() };
        for (part, patch) in self.patches.into_iter().filter(|(_, patch)| !patch.is_empty()) {
            refuse_overlap(&part, &patch)?;
            let (original, plain) = (self.package.read(&part)?, self.package.read_plain(&part)?);
            let patched = patch.apply(&plain);
            let undo = if plain == original { patch.undo(&original) } else { Undo::whole(&patched, original) };
            edited.undo.insert(part.clone(), undo);
            edited.changes.replaced.insert(part, patched);
        }
        edited.changes.added = self.added;
        Ok(edited)
    }

    fn settle_links(&mut self) -> Result<(), PackageError> {
        for (source, links) in std::mem::take(&mut self.links) {
            let part = PartName::of_relationships(Some(&source));
            let prefix = links.relationships.root().map_or(String::new(), |(prefix, _)| prefix.to_owned());
            let element = |(id, kind, target): &(String, String, String)| {
                let target = escaped(target);
                format!("<{prefix}Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{target}\"/>")
            };
            let elements = links.text.iter().map(element).collect::<Vec<_>>().concat();
            if let Some((_, end)) = links.relationships.root() {
                let bytes = self.package.read_plain(&part)?;
                append(self.patch(&part), &bytes, end, &elements);
            } else {
                let text = format!(
                    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships \
                     xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{elements}</Relationships>"
                );
                self.add(part, text, RELATIONSHIPS);
            }
        }
        Ok(())
    }

    /// Declares the content type of every new part; where its extension stands for it already, of that alone.
    fn settle_kinds(&mut self) -> Result<(), PackageError> {
        let types = self.package.content_types()?;
        let (prefix, end) = types.root();
        let mut declarations = Vec::new();
        let mut drawing_declared = false;
        for (part, kind) in &self.kinds {
            let default = types.of_extension(&part.extension());
            let is_drawing = part.extension() == "vml";
            if default == Some(kind) && (is_drawing || part.extension() == "rels") || is_drawing && drawing_declared {
                continue;
            }
            if is_drawing && default.is_none() {
                drawing_declared = true;
                declarations.push(format!("<{prefix}Default Extension=\"vml\" ContentType=\"{kind}\"/>"));
            } else {
                let name = escaped(part.as_str());
                declarations.push(format!("<{prefix}Override PartName=\"/{name}\" ContentType=\"{kind}\"/>"));
            }
        }
        let part = PartName::content_types();
        let bytes = self.package.read_plain(&part)?;
        append(self.patch(&part), &bytes, end, &declarations.concat());
        Ok(())
    }
}

/// Refuses a patch whose edits overlap.
pub fn refuse_overlap(part: &PartName, patch: &Patch) -> Result<(), PackageError> {
    let fault = XmlFault::Content("its elements lie in places where they don't belong".to_owned());
    if patch.overlaps() { Err(PackageError::Xml { part: part.clone(), fault }) } else { Ok(()) }
}

/// Returns the first number from `first` that isn't taken.
pub fn first_free(first: u32, taken: impl Fn(u32) -> bool) -> u32 {
    let mut number = first;
    while taken(number) {
        number += 1;
    }
    number
}

/// Puts text before the tag that closes a part's first element, opening the element where it is empty.
fn append(patch: &mut Patch, bytes: &[u8], end: Span, text: &str) {
    let tag = String::from_utf8_lossy(&bytes[end.clone()]).into_owned();
    if tag.starts_with("</") {
        return patch.insert(end.start, text);
    }
    let name = tag[1..].split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default();
    let root = Child { name: String::new(), qualified_name: name.to_owned(), open: end, close: None, items: 0 };
    fill(patch, &root, text);
}

/// Writes a name as the value of an attribute.
fn escaped(text: &str) -> String {
    quick_xml::escape::escape(text).into_owned()
}
