//! Folders in object storage: commands work on copies of them on this machine.

use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::addresses::Addresses;
use super::args::{ReviewArgs, RunArgs, RunOptions};
use super::config;
use super::exit::ExitStatus;
use super::failure::Failure;
use crate::batch::apart;
use crate::batch::object_storage::{self, Fetched, ObjectError, address};

/// The copies that a command works on.
#[derive(Debug, Default)]
pub(super) struct Copies {
    /// Where they lie; nowhere while there are none.
    root: Option<TempDir>,
    addresses: Addresses,
    /// The folders that are written to.
    written: Vec<Fetched>,
}

impl Copies {
    /// Puts copies in the place of the folders that a run reads and writes in object storage.
    pub(super) fn of_run(&mut self, mut args: RunArgs) -> Result<RunArgs, Failure> {
        apart::check(&args.folder, &args.options.out)?;
        let is_remote = address(&args.folder).is_some();
        args.folder = self.read(args.folder)?;
        if is_remote {
            stay_within(&args.folder, &mut args.options.review);
        }
        args.options = self.of_options(args.options)?;
        Ok(args)
    }

    /// Puts copies in the place of the folders that options name.
    fn of_options(&mut self, mut options: RunOptions) -> Result<RunOptions, Failure> {
        options.out = self.writing(options.out)?;
        options.review.previous = options.review.previous.map(|previous| self.read(previous)).transpose()?;
        options.addresses = self.addresses.clone();
        Ok(options)
    }

    /// Returns where to read a folder.
    pub(super) fn read(&mut self, path: PathBuf) -> Result<PathBuf, Failure> {
        Ok(self.copied(&path)?.map_or(path, |(copy, _)| copy))
    }

    /// Returns where to write a folder.
    fn writing(&mut self, path: PathBuf) -> Result<PathBuf, Failure> {
        let Some((copy, fetched)) = self.copied(&path)? else { return Ok(path) };
        self.written.push(fetched);
        Ok(copy)
    }

    /// Copies a folder in object storage; `None` where it is one of this machine.
    fn copied(&mut self, path: &Path) -> Result<Option<(PathBuf, Fetched)>, Failure> {
        let Some(address) = address(path) else { return Ok(None) };
        let name = address.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        let copy = self.root()?.join(self.addresses.number().to_string()).join(name);
        let fetched = object_storage::fetch(address, &copy).map_err(|error| refused(&error))?;
        self.addresses.add(copy.clone(), path.to_owned());
        Ok(Some((copy, fetched)))
    }

    /// Returns the folder of all copies.
    fn root(&mut self) -> Result<PathBuf, Failure> {
        if self.root.is_none() {
            self.root = Some(tempfile::Builder::new().prefix("scrutineer-").tempdir()?);
        }
        Ok(self.root.iter().map(|root| root.path().to_owned()).collect())
    }

    /// Gives back what was written; where that fails, the copies stay, and are named.
    pub(super) fn give_back(mut self, status: ExitStatus) -> Result<ExitStatus, Failure> {
        for fetched in &self.written {
            if let Err(error) = fetched.give_back() {
                let kept = self.root.take().map(TempDir::keep).unwrap_or_default();
                return Err(Failure::Unknown(format!("{error}. What was made lies in {}", kept.display())));
            }
        }
        Ok(status)
    }
}

/// Says that a folder in object storage can't be used.
fn refused(error: &ObjectError) -> Failure {
    Failure::Unknown(error.to_string())
}

/// Lets a season whose copy holds no settings have none: what lies above a copy is nobody's.
fn stay_within(copy: &Path, review: &mut ReviewArgs) {
    let is_settled = review.season.season.is_some() || config::file_in(copy).is_some();
    review.season.isolated |= !is_settled;
}
