//! Folders in object storage, `s3://BUCKET/FOLDER`, as copies on this machine.
//!
//! [`fetch`] copies what a folder holds; [`Fetched::give_back`] puts what came to differ in its place again and removes what is gone,
//! `run.json` last, so that who reads it finds what it lists. Where somebody else wrote to the folder meanwhile, nothing is given
//! back. Without the feature `s3` the program has no network client, and every address is refused.

#[cfg(not(feature = "s3"))]
mod absent;
#[cfg(feature = "s3")]
mod bucket;

#[cfg(not(feature = "s3"))]
pub use absent::{Fetched, ObjectError, fetch};
#[cfg(feature = "s3")]
pub use bucket::{Fetched, ObjectError, fetch};

use std::path::Path;

/// What addresses in object storage begin with.
const SCHEME: &str = "s3://";

/// Returns the address that a path is; `None` where it is one of this machine.
pub fn address(path: &Path) -> Option<&str> {
    path.to_str().filter(|path| path.starts_with(SCHEME))
}
