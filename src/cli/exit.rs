//! How the program ends, as other programs see it.

use std::process::ExitCode;

/// How the program ended; the numbers are part of the product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExitStatus {
    /// 0: nothing was found at or above the severity that `--fail-on` names.
    Clean,
    /// 1: something was found at or above it.
    Findings,
    /// 2: the job couldn't be done as asked: the command line, the settings or a framework is wrong.
    Failed,
    /// 3: the job was done, but some files couldn't be read, or some outputs couldn't be made.
    Incomplete,
    /// 4: there was no file to work on.
    NothingMatched,
    /// 130: the run was ended early.
    Interrupted,
}

impl ExitStatus {
    /// Returns the number.
    pub const fn code(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::Findings => 1,
            Self::Failed => 2,
            Self::Incomplete => 3,
            Self::NothingMatched => 4,
            Self::Interrupted => 130,
        }
    }
}

impl From<ExitStatus> for ExitCode {
    fn from(status: ExitStatus) -> Self {
        Self::from(status.code())
    }
}
