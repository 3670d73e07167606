//! Where what was made before is kept.

use etcetera::base_strategy::{BaseStrategy, choose_native_strategy};

use super::args::CacheArgs;
use crate::batch::cache::Cache;

/// The folder below the one that a system has for what programs keep.
const OWN: &str = "scrutineer";

/// Returns what was made before; `None` where nothing is to be kept, or this system has no place for it.
pub(super) fn cache(args: &CacheArgs) -> Option<Cache> {
    match &args.cache {
        _ if args.no_cache => None,
        Some(folder) => (!folder.as_os_str().is_empty()).then(|| Cache::at(folder.clone())),
        None => usual(),
    }
}

/// Returns what was made before, where this system has programs keep such things; `None` where it has no place for it.
pub(super) fn usual() -> Option<Cache> {
    choose_native_strategy().ok().map(|places| Cache::at(places.cache_dir().join(OWN)))
}
