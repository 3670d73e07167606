//! Which workbooks are reviewed in a child process: those whose reader may abort or never end.

use crate::ooxml::{Limits, Package, PartName};
use crate::workbook::Source;

/// Whether a file must be reviewed in a child process.
pub(in crate::batch) fn is_needed(source: &Source, limits: &Limits) -> bool {
    if source.bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return true;
    }
    // What can't be opened as a package isn't given to a cell reader at all.
    let Ok(package) = source.package(limits) else { return false };
    package.has(&PartName::new("mimetype")) || !is_plain_open_xml(&package)
}

/// Whether the main part of a package is XML.
fn is_plain_open_xml(package: &Package) -> bool {
    let Ok(links) = package.relationships(None) else { return false };
    let Some(main) = links.by_word("officeDocument").and_then(|link| package.target(link)) else { return true };
    let declared = package.content_types().ok().and_then(|types| types.of(main).map(str::to_ascii_lowercase));
    main.extension() != "bin" && !declared.is_some_and(|declared| declared.contains("binary"))
}
