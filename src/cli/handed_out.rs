//! A comparison handed out: on the screen, for programs, and as a workbook.

use std::path::Path;

use serde::Serialize;

use super::args::{ComparisonArgs, ComparisonFormat};
use super::console;
use super::failure::Failure;
use super::format::Format;
use super::printed;
use crate::artifact::Artifact;
use crate::batch::store;
use crate::document::Document;
use crate::export::results;
use crate::render::workbook;
use crate::report::Extent;

/// Refuses to write anything but a workbook, and over what is compared.
pub(super) fn check(args: &ComparisonArgs, sides: [&Path; 2]) -> Result<(), Failure> {
    let Some(out) = &args.out else { return Ok(()) };
    let named = out.display();
    let is_workbook = out.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xlsx"));
    if !is_workbook || store::is_folder(out) {
        let told = format!("--out writes a workbook; name a file that ends in .xlsx, not `{named}`");
        return Err(Failure::Unknown(told));
    }
    let is_out = |path: &Path| out.canonicalize().is_ok_and(|out| path.canonicalize().is_ok_and(|path| path == out));
    if sides.into_iter().any(is_out) {
        let told = format!("`{named}` is one of the two that are compared; name another file with --out");
        return Err(Failure::Unknown(told));
    }
    Ok(())
}

/// Shows what was compared, and writes all of it as a workbook where one is wanted.
pub(super) fn hand_out(
    args: &ComparisonArgs,
    compared: &impl Serialize,
    documents: impl Fn(Extent) -> Vec<Document>,
) -> Result<(), Failure> {
    let screen = console::screen(args.no_color);
    let show = |format| console::show(&printed::documents(&documents(Extent::Changes), format, screen));
    match args.format {
        Some(ComparisonFormat::Json) => console::write(&results::pretty(compared)),
        Some(ComparisonFormat::Plain) => show(Format::Plain),
        Some(ComparisonFormat::Human) => show(Format::Human),
        None => show(if console::wants_plain() { Format::Plain } else { Format::Human }),
    }?;
    let Some(out) = &args.out else { return Ok(()) };
    let bytes = workbook::of_documents(&documents(Extent::Everything));
    let bytes = bytes.map_err(|error| Failure::Unknown(format!("could not make the workbook: {error}")))?;
    store::write(Path::new(""), &[Artifact { name: out.to_string_lossy().into_owned(), bytes }])?;
    console::tell(&format!("Wrote {}", out.display()));
    Ok(())
}
