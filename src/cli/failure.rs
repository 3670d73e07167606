//! Why a command couldn't do what it was asked.

use super::place::ConfigError;
use crate::batch::RunError;
use crate::batch::plan::PlanError;
use crate::batch::season::SeasonError;
use crate::batch::store::StoreError;
use crate::export::table::TableError;

/// What stops the program; each fits "could not …".
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// The files can't be told.
    #[error("could not find all files: {0}")]
    Plan(#[from] PlanError),
    /// The season's settings can't be used.
    #[error("could not use the season's settings: {0}")]
    Config(#[from] ConfigError),
    /// A file can't be read or written.
    #[error("could not read or write a file: {0}")]
    Store(#[from] StoreError),
    /// No reviews can be run.
    #[error("could not review the files: {0}")]
    Run(#[from] RunError),
    /// The season can't be run.
    #[error(transparent)]
    Season(#[from] SeasonError),
    /// The tables can't be made.
    #[error("could not make the tables: {0}")]
    Table(#[from] TableError),
    /// Standard input or output can't be used.
    #[error("could not use standard input or output")]
    Stream(#[from] std::io::Error),
    /// What was asked for isn't known.
    #[error("{0}")]
    Unknown(String),
}
