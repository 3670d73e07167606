//! Findings in the formats of other programs, on standard output or to files.

use super::args::ReportArgs;
use super::failure::Failure;
use super::format::Format;
use super::narrate;
use super::work::Volume;
use crate::artifact::Artifact;
use crate::batch::store;
use crate::catalogue;
use crate::export::Checked;
use crate::finding::Severity;
use crate::season::Season;
use crate::statistics::verdict::Verdicts;

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

/// Writes the files that are asked for.
pub(super) fn write(
    args: &ReportArgs,
    season: &Season,
    verdicts: &[Verdicts],
    threshold: Severity,
) -> Result<(), Failure> {
    for (format, file) in &args.report {
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned());
        let name = name.ok_or_else(|| Failure::Unknown(format!("`{}` names no file", file.display())))?;
        let folder = file.parent().map(ToOwned::to_owned).unwrap_or_default();
        store::write(&folder, &[Artifact { name, bytes: bytes(*format, season, verdicts, threshold)? }])?;
    }
    Ok(())
}
