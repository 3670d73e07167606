//! What stands for object storage in a program that was built without it.

use std::convert::Infallible;
use std::path::Path;

/// A copy of a folder in object storage; there is none.
#[derive(Debug)]
pub struct Fetched(Infallible);

/// Why a folder in object storage can't be used.
#[derive(Debug, thiserror::Error)]
#[error(
    "`{0}` lies in object storage, which this program was built without; `cargo install --features s3 --path .` builds one that reaches it"
)]
pub struct ObjectError(String);

/// Refuses.
///
/// # Errors
/// Always.
pub fn fetch(url: &str, _copy: &Path) -> Result<Fetched, ObjectError> {
    Err(ObjectError(url.to_owned()))
}

impl Fetched {
    /// Never happens.
    ///
    /// # Errors
    /// Never.
    pub fn give_back(&self) -> Result<usize, ObjectError> {
        match self.0 {}
    }
}
