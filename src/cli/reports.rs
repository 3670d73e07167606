//! Findings in the formats of other programs, on standard output or to files.

use std::path::Path;

use super::args::ReportArgs;
use super::failure::Failure;
use super::format::Format;
use super::narrate;
use super::work::Volume;
use crate::artifact::Artifact;
use crate::batch::{out_folder, store};
use crate::catalogue;
use crate::export::Checked;
use crate::finding::Severity;
use crate::season::Season;
use crate::statistics::verdict::Verdicts;

/// The most bytes of a list of findings that another takes the place of.
const MOST_REPLACED: u64 = 1 << 28;

/// Returns the findings in a format.
///
/// The formats that are made for people have no drawing here, so the narrated one stands for both.
pub(super) fn bytes(
    format: Format,
    season: &Season,
    verdicts: &[Verdicts],
    threshold: Severity,
) -> Result<Vec<u8>, Failure> {
    match format {
        Format::Human | Format::Plain => {
            let told = season.reviews().map(|review| narrate::file(season, review, Volume::Full, None, None));
            Ok(told.collect::<String>().into_bytes())
        }
        Format::Exported(format) => {
            Ok((format.write)(Checked { season, verdicts, threshold, rules: &catalogue::rules() })?)
        }
    }
}

/// Refuses to write findings over what is no list of findings of that format, or over what a run wrote.
pub(super) fn check(args: &ReportArgs) -> Result<(), Failure> {
    args.report.iter().try_for_each(|(format, file)| may_be_written(*format, file))
}

/// Says whether findings may be written to a file: to one that isn't there, or that begins as they do.
fn may_be_written(format: Format, file: &Path) -> Result<(), Failure> {
    let refused = |why: &str| Err(Failure::Unknown(format!("--report: `{}` {why}; name another file", file.display())));
    if out_folder::is_output(file) {
        return refused("was written by a season\u{2019}s run");
    }
    let marks: &[&[u8]] = match format.name() {
        "json" | "jsonl" | "sarif" => &[b"{"],
        "junit" => &[b"<?xml"],
        "csv" => &[b"file,", b"\xEF\xBB\xBFfile,"],
        _ => &[b"::"],
    };
    match store::small(file, MOST_REPLACED) {
        Err(_) if !file.exists() => Ok(()),
        Ok(Some(bytes)) if bytes.is_empty() || marks.iter().any(|mark| bytes.starts_with(mark)) => Ok(()),
        Ok(_) | Err(_) => refused("is there and is no list of findings in this format"),
    }
}

/// Writes the files that are asked for.
pub(super) fn write(
    args: &ReportArgs,
    season: &Season,
    verdicts: &[Verdicts],
    threshold: Severity,
) -> Result<(), Failure> {
    check(args)?;
    for (format, file) in &args.report {
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned());
        let name = name.ok_or_else(|| Failure::Unknown(format!("`{}` names no file", file.display())))?;
        let folder = file.parent().map(ToOwned::to_owned).unwrap_or_default();
        store::write(&folder, &[Artifact { name, bytes: bytes(*format, season, verdicts, threshold)? }])?;
    }
    Ok(())
}
