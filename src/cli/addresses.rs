//! The addresses in object storage of which folders on this machine are copies.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

/// The addresses that copies stand for, by where the copies lie.
#[derive(Clone, Debug, Default)]
pub(super) struct Addresses(BTreeMap<PathBuf, PathBuf>);

impl Addresses {
    /// Adds a copy with its address.
    pub(super) fn add(&mut self, copy: PathBuf, address: PathBuf) {
        self.0.insert(copy, address);
    }

    /// Returns how many there are.
    pub(super) fn number(&self) -> usize {
        self.0.len()
    }

    /// Returns how people name a path: by the address of which it is a copy, else as it is.
    pub(super) fn named<'a>(&'a self, path: &'a Path) -> &'a Path {
        self.0.get(path).map_or(path, PathBuf::as_path)
    }

    /// Returns how a path is named from anywhere.
    pub(super) fn absolute(&self, path: &Path) -> io::Result<PathBuf> {
        self.0.get(path).map_or_else(|| std::path::absolute(path), |address| Ok(address.clone()))
    }
}
