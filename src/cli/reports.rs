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

/// The bytes at the beginning of a list of findings by which its format is known.
const HEAD: usize = 512;

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
    for (index, (format, file)) in args.report.iter().enumerate() {
        if args.report[..index].iter().any(|(_, other)| other == file) {
            return Err(Failure::Unknown(format!("--report: `{}` is named twice; name another file", file.display())));
        }
        may_be_written(*format, file)?;
    }
    Ok(())
}

/// Says whether findings may be written to a file: to one that isn't there, or that begins as they do.
fn may_be_written(format: Format, file: &Path) -> Result<(), Failure> {
    let refused = |why: &str| Err(Failure::Unknown(format!("--report: `{}` {why}; name another file", file.display())));
    if out_folder::is_output(file) {
        return refused("was written by a season\u{2019}s run");
    }
    let marks: &[&str] = match format.name() {
        "json" => &["\"schema\":", "\"returns\":"],
        "jsonl" => &["{\"file\":"],
        "sarif" => &["sarif", "\"runs\":"],
        "junit" => &["<?xml", "<testsuites"],
        "csv" => &["file,framework,"],
        _ => &["::"],
    };
    let is_ours = |bytes: &[u8]| {
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]);
        bytes.is_empty() || marks.iter().all(|mark| head.contains(mark))
    };
    match store::small(file, MOST_REPLACED) {
        Err(_) if !file.exists() => Ok(()),
        Ok(Some(bytes)) if is_ours(&bytes) => Ok(()),
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
