//! What somebody changed of an earlier run's outputs, kept where no run writes.

use std::fs;
use std::path::Path;

use super::place::Place;
use crate::batch::store::{self, Refusal};

/// The folder of what is kept.
pub(super) const KEPT: &str = "kept/";

/// Keeps a copy of what stands in a place, once; returns its name.
pub(super) fn copy(root: &Path, place: &Place, waiting: &Path) -> Result<String, String> {
    let told = |error| Refusal::Writing.told(&error);
    let bytes = store::bytes(&place.path).map_err(|error| error.to_string())?;
    let (name, is_there) = free(root, &place.name, &bytes);
    let kept = Place::of(root, &name)?;
    if !is_there {
        let beside = waiting.join("aside");
        store::write_new(&beside, &bytes).map_err(told)?;
        kept.path.parent().map_or(Ok(()), fs::create_dir_all).map_err(told)?;
        fs::rename(&beside, &kept.path).map_err(told)?;
    }
    Ok(name)
}

/// Returns a name under which nothing else is kept, and whether the very same is kept under it already.
fn free(root: &Path, name: &str, bytes: &[u8]) -> (String, bool) {
    let (stem, end) = name.rsplit_once('.').map_or((name, String::new()), |(stem, end)| (stem, format!(".{end}")));
    let mut number = 1_u32;
    loop {
        let again = if number == 1 { String::new() } else { format!(" ({number})") };
        let kept = format!("{KEPT}{stem}{again}{end}");
        match store::bytes(&root.join(&kept)) {
            Err(_) if !root.join(&kept).exists() => return (kept, false),
            Ok(there) if there == bytes => return (kept, true),
            Ok(_) | Err(_) => number += 1,
        }
    }
}
