//! The values of options: how they are read, and what is said of one that can't be, with what is allowed and an example.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::ValueEnum;
use jiff::civil::Date;

use super::day_text;
use super::format::Format;
use super::limits::Allowed;
use crate::batch::shard::{Part, PartError};
use crate::export::FORMATS;
use crate::words::either;

/// Reads how many workbooks are reviewed at a time.
pub(super) fn jobs(written: &str) -> Result<NonZeroUsize, String> {
    written.parse().map_err(|_| "write a whole number from 1 on, such as `--jobs 4`".to_owned())
}

/// Reads the most findings of a rule that are shown.
pub(super) fn max_per_rule(written: &str) -> Result<usize, String> {
    written.parse().map_err(|_| "write a whole number from 0 on, such as `--max-per-rule 5`".to_owned())
}

/// Reads words that say something.
pub(super) fn words(written: &str) -> Result<String, String> {
    let said = written.trim();
    if said.is_empty() { Err("nothing is said in it".to_owned()) } else { Ok(said.to_owned()) }
}

/// Reads a day.
pub(super) fn day(written: &str) -> Result<Date, String> {
    day_text::read(written).map_err(|why| format!("that {why}, such as `--until 2026-03-31`"))
}

/// Reads a format and the file it goes to.
pub(super) fn report(written: &str) -> Result<(Format, PathBuf), String> {
    let names: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
    let allowed = || {
        let all = either(&names);
        format!(
            "write a format, an equals sign and a file, such as `--report csv=findings.csv`; the format can be {all}"
        )
    };
    let (format, file) = written.split_once('=').filter(|(_, file)| !file.is_empty()).ok_or_else(allowed)?;
    let format = Format::from_str(format, false).map_err(|_| allowed())?;
    Ok((format, PathBuf::from(file)))
}

/// Reads a limit's name and its value.
pub(super) fn limit(written: &str) -> Result<(String, u64), String> {
    const EXAMPLE: &str = "such as `--limit cells=8000000`";
    let (name, most) = written
        .split_once('=')
        .ok_or_else(|| format!("write the limit\u{2019}s name, an equals sign and a whole number, {EXAMPLE}"))?;
    let whole = most.replace('_', "").parse();
    let most = whole.map_err(|_| format!("`{most}` is no whole number from 0 on; write one, {EXAMPLE}"))?;
    Allowed::default()
        .set(name, most)
        .map_err(|unknown| format!("{unknown} `--show-settings` lists all; write one of them, {EXAMPLE}"))?;
    Ok((name.to_owned(), most))
}

/// Which part of a season is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WantedPart {
    /// This one.
    Named(Part),
    /// The one that a cluster's array gives this task, of so many where the line says it.
    OfArray(Option<u32>),
}

impl WantedPart {
    /// Reads `2/4`, `auto` or `auto/4`.
    pub(super) fn read(written: &str) -> Result<Self, String> {
        let unwritten = || "write which part of how many, such as `--shard 2/4`, or `auto` or `auto/4`".to_owned();
        match written.split_once('/') {
            None if written == "auto" => Ok(Self::OfArray(None)),
            Some(("auto", of)) => of.parse().map(|of| Self::OfArray(Some(of))).map_err(|_| unwritten()),
            None | Some(_) => written.parse().map(Self::Named).map_err(|error| match error {
                PartError::Beyond(..) => format!("{error}, such as `--shard 2/4`"),
                PartError::Unwritten(_)
                | PartError::Untold
                | PartError::Uncounted(_)
                | PartError::Again(..)
                | PartError::Odd(..) => unwritten(),
            }),
        }
    }
}
