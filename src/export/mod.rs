//! A season for other programs.
//!
//! [`results`] gives all of it as JSON, [`table`] its tables as Parquet and comma-separated text, [`sarif`], [`junit`] and
//! [`github`] its findings in other programs' formats, [`benchmark`] the figures of benchmark packs, [`icalendar`] its dates for calendar programs. [`FORMATS`] lists the
//! formats of findings; whoever adds one adds a file here and a line there. Comma-separated text is made in one way, by
//! [`CommaSeparated`].

#[cfg(test)]
mod attacks;
pub mod benchmark;
mod comma_separated;
pub mod github;
pub mod icalendar;
pub mod junit;
mod quiet;
pub mod results;
pub mod sarif;
pub mod table;

pub use comma_separated::{CommaSeparated, without_commands};

use crate::finding::{Rule, Severity};
use crate::season::Season;
use crate::statistics::verdict::Verdicts;
use table::TableError;

/// What findings are written from.
#[derive(Clone, Copy, Debug)]
pub struct Checked<'a> {
    /// The season, or what stands for it where single files are checked.
    pub season: &'a Season<'a>,
    /// What it comes to in judgements, by framework; empty where single files are checked.
    pub verdicts: &'a [Verdicts],
    /// The least severity that makes the check fail.
    pub threshold: Severity,
    /// The rules that can be described.
    pub rules: &'a [&'static Rule],
}

/// A format of findings for other programs.
#[derive(Debug)]
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it is, in a line.
    pub about: &'static str,
    /// Writes findings in it.
    pub write: fn(Checked) -> Result<Vec<u8>, TableError>,
}

/// The formats of findings, in the order of the help.
pub static FORMATS: &[Format] = &[
    Format {
        name: "json",
        about: "All results as one JSON document",
        write: |checked| Ok(results::results(checked.season, checked.verdicts).bytes),
    },
    Format {
        name: "jsonl",
        about: "A finding a line, each as JSON",
        write: |checked| Ok(results::lines(checked.season)),
    },
    Format {
        name: "csv",
        about: "A table of findings, comma-separated",
        write: |checked| table::findings(checked.season),
    },
    Format {
        name: "sarif",
        about: "SARIF 2.1.0, for programs that show findings of checkers",
        write: |checked| Ok(sarif::sarif(checked.season, checked.rules)),
    },
    Format {
        name: "junit",
        about: "JUnit XML, for programs that show results of tests",
        write: |checked| Ok(junit::junit(checked.season, checked.threshold)),
    },
    Format {
        name: "github",
        about: "Workflow commands, which GitHub shows beside a change",
        write: |checked| Ok(github::github(checked.season)),
    },
];
