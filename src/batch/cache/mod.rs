//! What earlier runs made, kept by the digest of all that it was made from, so that what is unchanged isn't made again.
//!
//! Whatever goes wrong with it is a miss: a file that is gone, cut short or changed is made anew, and one that can't be written isn't
//! kept. It holds what senders wrote, so only its owner may look into it. Its size is bounded: what was asked for longest ago is
//! let go first.

mod key;

use std::cmp::Reverse;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

use sha2::{Digest, Sha256};
use walkdir::WalkDir;

use super::store;
pub use key::Key;

/// The most bytes that are kept.
pub const MOST: u64 = 4 << 30;
/// The most bytes that one thing made has; a larger file is none of ours.
const LARGEST: u64 = 1 << 30;
/// How many letters of a key name the folder in which it is kept.
const SHARD: usize = 2;
/// The bytes of the digest that stands before what is kept.
const DIGEST: usize = 32;
/// What the names of files begin with that are being written.
const UNDERWAY: &str = ".scrutineer-";
/// After how long a file that is still being written is one of a run that was ended.
const ABANDONED: Duration = Duration::from_hours(24);

/// What earlier runs made, in a folder.
#[derive(Clone, Debug)]
pub struct Cache {
    folder: PathBuf,
    /// Which program made it: another one may make it otherwise.
    program: String,
    /// The most bytes that are kept.
    most: u64,
    /// Whether something was added.
    has_grown: Arc<AtomicBool>,
}

impl Cache {
    /// Returns what is kept in a folder, which is made when there is something to keep.
    pub fn at(folder: PathBuf) -> Self {
        Self { folder, program: program(), most: MOST, has_grown: Arc::default() }
    }

    /// Returns where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Returns how many bytes are kept.
    pub fn size(&self) -> u64 {
        self.all().iter().map(|file| file.size).sum()
    }

    /// Returns what was made under a key by this very program; `None` where it has to be made.
    pub fn kept(&self, key: &Key) -> Option<Vec<u8>> {
        let path = self.path(key);
        let is_ours = fs::symlink_metadata(&path).is_ok_and(|there| there.is_file() && there.len() <= LARGEST);
        let mut bytes = is_ours.then(|| store::bytes(&path).ok()).flatten()?;
        let content = bytes.split_off(DIGEST.min(bytes.len()));
        (bytes == Sha256::digest(&content).as_slice()).then(|| {
            used_now(&path);
            content
        })
    }

    /// Returns what is kept under a key, else makes it and keeps it.
    ///
    /// # Errors
    /// Where it can't be made.
    pub fn kept_or_made<E>(&self, key: &Key, make: impl FnOnce() -> Result<Vec<u8>, E>) -> Result<Vec<u8>, E> {
        if let Some(kept) = self.kept(key) {
            return Ok(kept);
        }
        let content = make()?;
        self.keep(key, &content);
        Ok(content)
    }

    /// Keeps what was made under a key.
    pub fn keep(&self, key: &Key, content: &[u8]) {
        self.has_grown.store(true, Ordering::Relaxed);
        // What can't be kept is made again.
        let _kept = written(&self.path(key), content);
    }

    /// Lets go of what was asked for longest ago, where more is kept than may be.
    pub fn trim(&self) {
        if !self.has_grown.swap(false, Ordering::Relaxed) {
            return;
        }
        let mut files = self.all();
        files.sort_by_key(|file| Reverse(file.used));
        let mut size = 0;
        for file in files {
            size += file.size;
            if size > self.most || file.is_abandoned() {
                // What can't be let go now is let go another time.
                let _gone = fs::remove_file(&file.path);
            }
        }
    }

    /// Returns where something is kept.
    fn path(&self, key: &Key) -> PathBuf {
        let own = Key::of(&(&self.program, key));
        let (shard, name) = own.as_str().split_at(SHARD);
        self.folder.join(shard).join(name)
    }

    /// Returns all files that are ours, whatever else is in the folder.
    fn all(&self) -> Vec<KeptFile> {
        let files = WalkDir::new(&self.folder).min_depth(2).max_depth(2).into_iter().flatten();
        files.filter_map(|entry| KeptFile::of(&entry)).collect()
    }
}

/// A file that is kept.
struct KeptFile {
    path: PathBuf,
    size: u64,
    /// When it was last asked for.
    used: SystemTime,
}

impl KeptFile {
    /// Returns a file of ours; `None` for what somebody else put there.
    fn of(entry: &walkdir::DirEntry) -> Option<Self> {
        let name = entry.file_name().to_str()?;
        let is_key = name.len() == 2 * DIGEST - SHARD && name.bytes().all(|letter| letter.is_ascii_hexdigit());
        let facts = entry.metadata().ok().filter(fs::Metadata::is_file)?;
        let used = facts.modified().ok()?;
        (is_key || name.starts_with(UNDERWAY)).then(|| Self { path: entry.path().to_owned(), size: facts.len(), used })
    }

    /// Whether it was begun by a run that was ended.
    fn is_abandoned(&self) -> bool {
        let is_underway = self.path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(UNDERWAY));
        is_underway && self.used.elapsed().is_ok_and(|age| age > ABANDONED)
    }
}

/// Returns which program this is: a new build of the same version is another one.
fn program() -> String {
    let facts = std::env::current_exe().and_then(fs::metadata);
    let built = facts.ok().map(|facts| (facts.len(), facts.modified().ok()));
    format!("{} {built:?}", env!("CARGO_PKG_VERSION"))
}

/// Says of a file that it was asked for.
#[expect(clippy::disallowed_methods, reason = "when something was asked for last is in no output")]
fn used_now(path: &Path) {
    let file = fs::File::options().append(true).open(path);
    // Where that can't be said, it is let go sooner.
    let _said = file.and_then(|file| file.set_modified(SystemTime::now()));
}

/// Writes what is to be kept with its digest, so that a reader sees all of it or nothing.
fn written(path: &Path, content: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(path);
    own_folder(folder)?;
    let mut file = tempfile::Builder::new().prefix(UNDERWAY).tempfile_in(folder)?;
    file.write_all(&Sha256::digest(content))?;
    file.write_all(content)?;
    file.persist(path)?;
    Ok(())
}

/// Makes a folder, and those above it, into which nobody else looks, where the system knows of others.
fn own_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept_in(folder: &Path) -> Cache {
        Cache::at(folder.join("cache"))
    }

    #[test]
    fn what_is_kept_is_found_by_the_same_ingredients_and_the_same_program_alone() {
        let folder = tempfile::tempdir().unwrap();
        let cache = kept_in(folder.path());
        let key = Key::of(&"a");
        assert_eq!(cache.kept(&key), None);
        cache.keep(&key, b"made of a");
        assert_eq!(cache.kept(&key).as_deref(), Some(&b"made of a"[..]));
        assert_eq!(cache.kept(&Key::of(&"b")), None);
        let other = Cache { program: "another".to_owned(), ..cache };
        assert_eq!(other.kept(&key), None);
    }

    #[test]
    fn a_kept_file_that_is_damaged_in_any_way_is_a_miss() {
        let folder = tempfile::tempdir().unwrap();
        let (cache, key) = (kept_in(folder.path()), Key::of(&"a"));
        cache.keep(&key, b"made of a");
        let path = cache.path(&key);
        let whole = store::bytes(&path).unwrap();
        for at in 0..whole.len() {
            let mut changed = whole.clone();
            changed[at] ^= 1;
            for damaged in [&whole[..at], &changed] {
                fs::remove_file(&path).unwrap();
                store::write_new(&path, damaged).unwrap();
                assert_eq!(cache.kept(&key), None, "{at}");
            }
        }
        cache.keep(&key, b"made again");
        assert_eq!(cache.kept(&key).as_deref(), Some(&b"made again"[..]));
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_of_ours_in_the_place_of_one_is_a_miss() {
        let folder = tempfile::tempdir().unwrap();
        let (cache, key) = (kept_in(folder.path()), Key::of(&"a"));
        cache.keep(&key, b"made of a");
        let (path, elsewhere) = (cache.path(&key), folder.path().join("elsewhere"));
        fs::rename(&path, &elsewhere).unwrap();
        for target in [Path::new("/dev/zero"), &elsewhere, &path] {
            std::os::unix::fs::symlink(target, &path).unwrap();
            assert_eq!(cache.kept(&key), None, "{}", target.display());
            fs::remove_file(&path).unwrap();
        }
        fs::File::create_new(&path).unwrap().set_len(LARGEST + 1).unwrap();
        assert_eq!(cache.kept(&key), None);
    }

    #[test]
    fn where_nothing_can_be_kept_all_is_made() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        store::write_new(&file, b"").unwrap();
        let cache = Cache::at(file);
        cache.keep(&Key::of(&"a"), b"made of a");
        cache.trim();
        assert_eq!((cache.kept(&Key::of(&"a")), cache.size()), (None, 0));
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "files are made older than they are")]
    fn what_was_asked_for_longest_ago_goes_first_and_nothing_of_others() {
        let folder = tempfile::tempdir().unwrap();
        let most = 3 * (DIGEST as u64 + 10);
        let cache = Cache { most, ..kept_in(folder.path()) };
        let keys: Vec<Key> = (0..5).map(|number| Key::of(&number)).collect();
        let hour = Duration::from_hours(1);
        for (key, age) in keys.iter().zip(1..) {
            cache.keep(key, b"0123456789");
            let file = fs::File::options().append(true).open(cache.path(key)).unwrap();
            file.set_modified(SystemTime::now() - hour * age).unwrap();
        }
        let own = cache.path(&keys[0]).with_file_name("notes.txt");
        store::write_new(&own, b"somebody's").unwrap();
        // Asked for now, the oldest is the youngest.
        assert!(cache.kept(&keys[4]).is_some());
        cache.trim();
        let left: Vec<bool> = keys.iter().map(|key| cache.kept(key).is_some()).collect();
        assert_eq!(left, [true, true, false, false, true]);
        assert!(cache.size() <= most && own.exists());
    }

    #[cfg(unix)]
    #[test]
    fn only_its_owner_may_look_into_it() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (cache, key) = (kept_in(folder.path()), Key::of(&"a"));
        cache.keep(&key, b"made of a");
        let path = cache.path(&key);
        for (path, mode) in [(cache.folder(), 0o700), (path.parent().unwrap(), 0o700), (&path, 0o600)] {
            assert_eq!(fs::metadata(path).unwrap().permissions().mode() & 0o777, mode, "{}", path.display());
        }
    }
}
