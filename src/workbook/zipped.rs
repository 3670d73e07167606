//! What a zip holds: which kind of workbook, or what else.

use std::borrow::Cow;

use memchr::memmem;

use super::archived::packed_workbooks;
use super::tally::Tally;
use super::{Format, ReadError, Source, Workbook, binary, ods, open_xml};
use crate::ooxml::{Limits, Package, PartName};

/// The ending of a main part's content type, and the format it declares.
const TYPES: [(&str, Format); 7] = [
    ("spreadsheetml.sheet.main+xml", Format::Xlsx),
    ("spreadsheetml.template.main+xml", Format::Xlsx),
    ("sheet.macroenabled.main+xml", Format::Xlsm),
    ("template.macroenabled.main+xml", Format::Xlsm),
    ("addin.macroenabled.main+xml", Format::Xlsm),
    ("sheet.binary.macroenabled.main", Format::Xlsb),
    ("spreadsheetml.sheet.main", Format::Xlsx),
];

/// Parts that tell what else a zip is.
const OTHERS: [(&str, &str); 5] = [
    ("word/document.xml", "a Word document"),
    ("ppt/presentation.xml", "a PowerPoint presentation"),
    ("Index/Document.iwa", "a document of Apple Numbers, Pages or Keynote, which is not read"),
    ("visio/document.xml", "a Visio drawing"),
    ("AndroidManifest.xml", "a program"),
];

/// Parts that say which kind of OpenDocument a package is; some programs leave the first out.
const DECLARE_OPEN_DOCUMENT: [&str; 2] = ["mimetype", "META-INF/manifest.xml"];

/// The part in which later programs keep a whole package of OpenDocument that takes a password.
const ENCRYPTED: &str = "encrypted-package";

/// Reads a workbook from a zip.
pub(super) fn read(source: &Source, limits: &Limits) -> Result<Workbook, ReadError> {
    let packed = packed_workbooks(&source.bytes);
    if !packed.is_empty() {
        return Err(ReadError::Packed(packed));
    }
    let package = source.package(limits)?;
    let part = PartName::new;
    if package.has(&part("content.xml")) && DECLARE_OPEN_DOCUMENT.iter().any(|name| package.has(&part(name))) {
        return read_open_document(&package, limits);
    }
    if package.has(&part(ENCRYPTED)) {
        return Err(ReadError::Encrypted);
    }
    if let Some((_, what)) = OTHERS.iter().find(|(name, _)| package.has(&part(name))) {
        return Err(ReadError::Foreign(what));
    }
    if !package.has(&PartName::of_relationships(None)) {
        return Err(ReadError::Foreign("a zip archive that holds no workbook"));
    }
    match main(&package)? {
        (main, Format::Xlsb) => binary::read(&package, &main, limits),
        (_, format @ (Format::Xlsx | Format::Xlsm | Format::Xls | Format::Ods)) => {
            open_xml::read(&package, format, limits)
        }
    }
}

/// Returns the main part of a package, and the format that its content type declares.
fn main(package: &Package) -> Result<(PartName, Format), ReadError> {
    let links = package.relationships(None)?;
    let link = links.by_word("officeDocument").ok_or(ReadError::Foreign("an Office file that holds no workbook"))?;
    let main = package.target(link);
    let main = main.ok_or_else(|| ReadError::Damaged("the part with the workbook is missing".to_owned()))?;
    let types = package.content_types()?;
    let declared = types.of(main).unwrap_or_default().to_ascii_lowercase();
    let format = TYPES.iter().find(|(ending, _)| declared.ends_with(ending)).map(|(_, format)| *format);
    // A workbook that declares its type wrongly is still one; its own name says how it is written.
    let format = format.unwrap_or(if main.extension() == "bin" { Format::Xlsb } else { Format::Xlsx });
    Ok((main.clone(), format))
}

/// Reads a workbook of OpenDocument.
fn read_open_document(package: &Package, limits: &Limits) -> Result<Workbook, ReadError> {
    let [kind, manifest] = DECLARE_OPEN_DOCUMENT.map(|name| {
        let part = PartName::new(name);
        if package.has(&part) { package.read(&part) } else { Ok(Vec::new()) }
    });
    let (kind, manifest) = (kind?, manifest?);
    let declares = if kind.is_empty() { &manifest } else { &kind };
    if memmem::find(declares, b"application/vnd.oasis.opendocument.spreadsheet").is_none() {
        return Err(ReadError::Foreign("an OpenDocument file, but not a spreadsheet"));
    }
    if memmem::find(&manifest, b"encryption-data").is_some() {
        return Err(ReadError::Encrypted);
    }
    let part = PartName::new("content.xml");
    let (bytes, named) = (package.read(&part)?, PartName::new("styles.xml"));
    let styles = if package.has(&named) { package.read(&named)? } else { Vec::new() };
    let (content, styles) = (text(&bytes, &part, limits)?, text(&styles, &named, limits)?);
    let content = ods::read(&content, &styles, &mut Tally::new(limits))?;
    Ok(Workbook {
        format: Format::Ods,
        date_system: content.date_system,
        sheets: content.sheets,
        has_macros: package.parts().any(is_macro),
        external_links: content.external_links,
    })
}

/// Returns a part as text, which is XML within the limits.
fn text<'a>(bytes: &'a [u8], part: &PartName, limits: &Limits) -> Result<Cow<'a, str>, ReadError> {
    let text = Package::text(bytes, part)?;
    super::check_xml::depth(&text, part, limits)?;
    Ok(text)
}

/// Whether a part of OpenDocument is a macro, not just the list of them.
fn is_macro(part: &PartName) -> bool {
    let name = part.as_str();
    let is_list = name.ends_with("script-lc.xml") || name.ends_with("script-lb.xml");
    (name.starts_with("Basic/") || name.starts_with("Scripts/")) && !is_list && !name.ends_with('/')
}
