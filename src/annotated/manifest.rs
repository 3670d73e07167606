//! What we did to a workbook, kept in it: how to undo every change, and which parts are ours.
//!
//! It is a custom XML part, which spreadsheet programs keep when they save a workbook, while they drop parts that they
//! don't know.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use super::AnnotateError;
use super::markup::written;
use crate::ooxml::{Book, Edit, Node, Package, PackageError, PartName, Step, Undo};
use crate::wording::Wording;

/// The vocabulary of the manifest; its number is the version of the form.
const VOCABULARY: &str = "urn:scrutineer:annotations:1";

/// What was done to a workbook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    /// The digest of the file that the copy was made from; empty where that isn't known.
    pub(super) original: String,
    /// In a workbook of findings: whose return they are about, empty where that isn't known; `None` in copies.
    pub(super) companion_of: Option<String>,
    /// The digests of the texts on the sheet of findings, by which what the sender typed over them is known; empty where there is no such
    /// sheet.
    pub(super) texts: BTreeSet<String>,
    /// The parts that were added, the manifest's own among them.
    pub(super) added: Vec<PartName>,
    /// The parts that were changed.
    pub(super) changed: BTreeMap<PartName, Change>,
}

/// What was done to a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change {
    /// The digest of the original bytes.
    pub(super) digest: String,
    /// How to get them back.
    pub(super) undo: Undo,
}

/// Returns the SHA-256 of bytes, in hexadecimal digits.
pub(super) fn digest(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// Returns the digest by which a text of ours is known again, whatever programs do to its line ends: short, as nobody forges it.
pub(super) fn text_digest(text: &str) -> String {
    let mut digest = digest(Wording::of(text).as_str().as_bytes());
    digest.truncate(10);
    digest
}

/// Makes room for the manifest: its links and content types, which are changes like any other; returns its name.
pub(super) fn prepare(edit: &mut Edit<'_>, book: &Book) -> Result<PartName, AnnotateError> {
    let form = book.namespace.form();
    let item = edit.free_name("customXml/item{}.xml")?;
    let number: String = item.as_str().chars().filter(char::is_ascii_digit).collect();
    let properties = edit.free_name(&format!("customXml/itemProps{number}{{}}.xml"))?;
    edit.link(&book.part, &format!("{}/customXml", form.relationship()), &item)?;
    edit.declare(item.clone(), "application/xml");
    let identity = identity(&digest(&edit.package().read(&book.part)?));
    edit.add(
        properties.clone(),
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n<ds:datastoreItem ds:itemID=\"{identity}\" \
             xmlns:ds=\"http://schemas.openxmlformats.org/officeDocument/2006/customXml\"><ds:schemaRefs><ds:schemaRef \
             ds:uri=\"{VOCABULARY}\"/></ds:schemaRefs></ds:datastoreItem>"
        ),
        "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
    );
    edit.link(&item, &format!("{}/customXmlProps", form.relationship()), &properties)?;
    Ok(item)
}

/// Returns an identity in the form that such parts have, made from a digest.
fn identity(digest: &str) -> String {
    let part = |from: usize, to: usize| digest[from..to].to_ascii_uppercase();
    format!("{{{}-{}-{}-{}-{}}}", part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32))
}

impl Manifest {
    /// Writes the part.
    pub(super) fn written(&self) -> String {
        let added = self.added.iter().map(|part| format!("<added part=\"{}\"/>", written(part.as_str())));
        let changed = self.changed.iter().map(|(part, change)| {
            let step = |step: &Step| {
                let original = hex::encode(&step.original);
                format!("<step at=\"{}\" length=\"{}\" original=\"{original}\"/>", step.at, step.length)
            };
            let steps = change.undo.steps.iter().map(step).collect::<Vec<_>>().concat();
            let name = written(part.as_str());
            format!("<changed part=\"{name}\" sha256=\"{}\">{steps}</changed>", change.digest)
        });
        let texts = self.texts.iter().map(|digest| format!("<text digest=\"{digest}\"/>"));
        let all = added.chain(changed).chain(texts).collect::<Vec<_>>().concat();
        let declared = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>";
        let original = match &*self.original {
            "" => String::new(),
            digest => format!(" original=\"{}\"", written(digest)),
        };
        let about = self.companion_of.as_ref();
        let about = about.map_or_else(String::new, |about| format!(" companion-of=\"{}\"", written(about)));
        format!("{declared}\n<annotations xmlns=\"{VOCABULARY}\"{original}{about}>{all}</annotations>")
    }

    /// Finds the manifest of a workbook, and the part that it stands in.
    pub(super) fn find(package: &Package, book: &Book) -> Result<Option<(PartName, Self)>, PackageError> {
        let links = package.relationships(Some(&book.part))?;
        let items = links.iter().filter(|link| link.word() == "customXml").filter_map(|link| package.target(link));
        for part in items {
            let bytes = package.read(part)?;
            // Other programs' parts need not be XML that we accept.
            if bytes.windows(VOCABULARY.len()).any(|window| window == VOCABULARY.as_bytes()) {
                return Ok(Some((part.clone(), Self::parse(package, part)?)));
            }
        }
        Ok(None)
    }

    fn parse(package: &Package, part: &PartName) -> Result<Self, PackageError> {
        let mut manifest = Self::default();
        let mut current: Option<PartName> = None;
        package.scan(part, |node, _| {
            let Node::Open(element) = node else { return Ok(()) };
            let of = |name: &str| element.attribute(name).unwrap_or_default();
            match element.name() {
                "annotations" => {
                    manifest.original = of("original");
                    manifest.companion_of = element.attribute("companion-of");
                }
                "text" => drop(manifest.texts.insert(of("digest"))),
                "added" => manifest.added.push(PartName::new(&of("part"))),
                "changed" => {
                    let name = PartName::new(&of("part"));
                    let change = Change { digest: of("sha256"), undo: Undo::default() };
                    manifest.changed.insert(name.clone(), change);
                    current = Some(name);
                }
                "step" => {
                    let change = current.as_ref().and_then(|name| manifest.changed.get_mut(name));
                    let number = |name: &str| of(name).parse::<usize>().ok();
                    let step = number("at").zip(number("length")).zip(hex::decode(of("original")).ok());
                    if let Some((change, ((at, length), original))) = change.zip(step) {
                        change.undo.steps.push(Step { at, length, original });
                    }
                }
                _ => {}
            }
            Ok(())
        })?;
        Ok(manifest)
    }
}
