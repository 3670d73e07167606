//! What an Office package leads to beyond its sheets: macros, and other workbooks.

use super::ReadError;
use crate::ooxml::{Package, Relationships, Target};

/// The endings of workbooks' names.
const WORKBOOKS: [&str; 6] = [".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv"];

/// Whether the package, by the links of its main part, holds a macro project, or sheets of Excel 4's macros.
pub(super) fn has_macros(main: &Relationships) -> bool {
    main.iter().any(|link| matches!(link.word(), "vbaProject" | "xlMacrosheet" | "xlIntlMacrosheet"))
}

/// Returns the targets of links to other workbooks: those that formulas use, in order, each once.
pub(super) fn external(package: &Package, main: &Relationships) -> Result<Vec<String>, ReadError> {
    let mut targets = Vec::new();
    for link in main.iter().filter(|link| link.word() == "externalLink") {
        let Some(part) = package.target(link) else { continue };
        let links = package.relationships(Some(part))?;
        let named = links.iter().map(|link| match &link.target {
            Target::External(target) => target.clone(),
            Target::Part(part) => part.to_string(),
        });
        targets.extend(named.filter(|target| !target.is_empty()));
    }
    targets.sort();
    targets.dedup();
    Ok(targets)
}

/// Returns the targets of a sheet's links that lead to a workbook beside this one.
pub(super) fn linked_workbooks(sheet: &Relationships) -> Vec<String> {
    let targets = sheet.iter().filter(|link| link.word() == "hyperlink").filter_map(|link| match &link.target {
        Target::External(target) => Some(target),
        Target::Part(_) => None,
    });
    targets.filter(|target| is_workbook(target)).cloned().collect()
}

/// Whether a target is a workbook on a disk, not a page or file of the web.
fn is_workbook(target: &str) -> bool {
    let path = target.split(['#', '?']).next().unwrap_or_default().to_lowercase();
    let is_web = ["http:", "https:", "mailto:", "ftp:"].iter().any(|scheme| path.starts_with(scheme));
    !is_web && WORKBOOKS.iter().any(|ending| path.ends_with(ending))
}
