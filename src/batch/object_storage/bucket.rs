//! Folders of a bucket, and the copies of them.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use futures_util::{StreamExt, TryStreamExt, stream};
use object_store::aws::AmazonS3Builder;
use object_store::buffered::BufWriter;
use object_store::path::Path as Key;
use object_store::{ObjectMeta, ObjectStore, ObjectStoreExt};
use sha2::{Digest, Sha256};
use tokio::io::AsyncWriteExt;
use tokio::runtime::{Builder, Runtime};
use walkdir::WalkDir;

use crate::batch::store::{self, StoreError};

/// The file that lists all others.
const RECORD: &str = "run.json";
/// How many objects are on their way at a time.
const AT_A_TIME: usize = 16;
/// How many bytes are sent at a time.
const PIECE: usize = 1 << 16;

/// A folder in object storage.
#[derive(Debug)]
struct ObjectFolder {
    /// As people write it.
    url: String,
    /// The bucket.
    bucket: Arc<dyn ObjectStore>,
    /// What the names of its objects begin with.
    prefix: Key,
    /// What waits for the network.
    runtime: Runtime,
}

/// A copy of a folder in object storage.
#[derive(Debug)]
pub struct Fetched {
    folder: ObjectFolder,
    /// Where the copy lies.
    copy: PathBuf,
    /// What was there, by name.
    was: BTreeMap<String, Kept>,
}

/// An object as it was fetched.
#[derive(Debug)]
struct Kept {
    /// What storage tells its state by.
    state: State,
    /// The digest of what it held.
    sha256: String,
}

/// What storage tells the state of an object by: its tag, and its size in bytes.
type State = (Option<String>, u64);

/// Why a folder in object storage can't be used.
#[derive(Debug, thiserror::Error)]
pub enum ObjectError {
    /// Storage refuses, or can't be reached.
    #[error("`{url}` can't be used: {cause}")]
    Storage {
        /// The folder.
        url: String,
        /// Why.
        cause: object_store::Error,
    },
    /// An object has a name that no file can have.
    #[error("`{url}` holds an object that no file can be named after: `{key}`; give it another name")]
    Name {
        /// The folder.
        url: String,
        /// The object.
        key: String,
    },
    /// Somebody else wrote to the folder.
    #[error("`{url}` was written to by somebody else meanwhile, so nothing was put there; run again")]
    Changed {
        /// The folder.
        url: String,
    },
    /// Files on this machine can't be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Nothing can wait for the network.
    #[error("the network can't be used: {0}")]
    Network(std::io::Error),
}

/// Copies all that a folder in object storage holds into a folder on this machine, where nothing lies yet.
///
/// # Errors
/// Where storage can't be used, an object's name is no file's, or a file can't be written.
pub fn fetch(url: &str, copy: &Path) -> Result<Fetched, ObjectError> {
    ObjectFolder::at(url)?.fetch(copy)
}

impl ObjectFolder {
    /// Returns the folder of an address, `s3://BUCKET/FOLDER`, with the keys, region and endpoint of the environment: `AWS_ACCESS_KEY_ID`,
    /// `AWS_SECRET_ACCESS_KEY`, `AWS_DEFAULT_REGION`, `AWS_ENDPOINT` and the like.
    ///
    /// # Errors
    /// Where that is no address, or the environment doesn't say enough.
    fn at(url: &str) -> Result<Self, ObjectError> {
        let fault = |cause| ObjectError::Storage { url: url.to_owned(), cause };
        let bucket = AmazonS3Builder::from_env().with_url(url).build().map_err(fault)?;
        let folder = url.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, folder)| folder);
        let prefix = Key::parse(folder.trim_end_matches('/'));
        let prefix = prefix.map_err(|source| fault(object_store::Error::InvalidPath { source }))?;
        Self::of(url, Arc::new(bucket), prefix)
    }

    /// Returns the folder of a bucket in which names begin with `prefix`.
    fn of(url: &str, bucket: Arc<dyn ObjectStore>, prefix: Key) -> Result<Self, ObjectError> {
        let runtime = Builder::new_current_thread().enable_all().build().map_err(ObjectError::Network)?;
        Ok(Self { url: url.to_owned(), bucket, prefix, runtime })
    }

    /// Copies all that the folder holds into a folder on this machine, where nothing lies yet.
    ///
    /// # Errors
    /// Where storage can't be read, an object's name is no file's, or a file can't be written.
    fn fetch(self, copy: &Path) -> Result<Fetched, ObjectError> {
        let objects = self.listed()?;
        let was = self.runtime.block_on(async {
            let each = objects.into_iter().map(|(name, object)| self.fetch_one(copy, name, object));
            stream::iter(each).buffer_unordered(AT_A_TIME).try_collect().await
        })?;
        Ok(Fetched { copy: copy.to_owned(), was, folder: self })
    }

    /// Returns the objects of the folder by their names within it.
    fn listed(&self) -> Result<BTreeMap<String, ObjectMeta>, ObjectError> {
        let objects: Vec<ObjectMeta> = self
            .runtime
            .block_on(self.bucket.list(Some(&self.prefix)).try_collect())
            .map_err(|cause| self.refused(cause))?;
        objects.into_iter().filter(|object| object.location != self.prefix).map(|object| self.named(object)).collect()
    }

    /// Returns an object with its name within the folder.
    fn named(&self, object: ObjectMeta) -> Result<(String, ObjectMeta), ObjectError> {
        let parts = object.location.prefix_match(&self.prefix).into_iter().flatten();
        let name = parts.map(|part| part.as_ref().to_owned()).collect::<Vec<String>>().join("/");
        let is_name = Path::new(&name).components().all(|part| matches!(part, Component::Normal(_)));
        if !name.is_empty() && is_name && !name.contains(['\\', '\0']) {
            Ok((name, object))
        } else {
            Err(ObjectError::Name { url: self.url.clone(), key: object.location.to_string() })
        }
    }

    /// Copies an object.
    async fn fetch_one(&self, copy: &Path, name: String, object: ObjectMeta) -> Result<(String, Kept), ObjectError> {
        let path = copy.join(&name);
        let fault = |cause| StoreError::Write { path: path.clone(), cause };
        let mut file = store::create(&path)?;
        let got = self.bucket.get(&object.location).await.map_err(|cause| self.refused(cause))?;
        let state = state_of(&got.meta);
        let (mut pieces, mut digest) = (got.into_stream(), Sha256::new());
        while let Some(piece) = pieces.next().await {
            let piece = piece.map_err(|cause| self.refused(cause))?;
            digest.update(&piece);
            file.write_all(&piece).map_err(fault)?;
        }
        Ok((name, Kept { state, sha256: hex::encode(digest.finalize()) }))
    }

    /// Puts a file in the place of an object: at once, or in several pieces where it is large, and never half of it.
    async fn put(&self, copy: &Path, name: &str) -> Result<(), ObjectError> {
        let path = copy.join(name);
        let fault = |cause| StoreError::Read { path: path.clone(), cause };
        let mut object = BufWriter::new(Arc::clone(&self.bucket), self.key(name)?);
        let mut file = store::open(&path).map_err(fault)?;
        let mut piece = vec![0; PIECE];
        loop {
            let read = file.read(&mut piece).map_err(fault)?;
            if read == 0 {
                return object.shutdown().await.map_err(|error| self.refused_piece(error));
            }
            object.write_all(&piece[..read]).await.map_err(|error| self.refused_piece(error))?;
        }
    }

    /// Removes an object.
    async fn remove(&self, name: &str) -> Result<(), ObjectError> {
        self.bucket.delete(&self.key(name)?).await.map_err(|cause| self.refused(cause))
    }

    /// Returns the key of a name within the folder, letter by letter.
    fn key(&self, name: &str) -> Result<Key, ObjectError> {
        let key = Key::parse(format!("{}/{name}", self.prefix));
        key.map_err(|source| self.refused(object_store::Error::InvalidPath { source }))
    }

    /// Says that storage refuses.
    fn refused(&self, cause: object_store::Error) -> ObjectError {
        ObjectError::Storage { url: self.url.clone(), cause }
    }

    /// Says that storage doesn't take what is sent.
    fn refused_piece(&self, error: std::io::Error) -> ObjectError {
        self.refused(object_store::Error::Generic { store: "S3", source: Box::new(error) })
    }
}

impl Fetched {
    /// Puts the files of the copy that came to differ in their places, removes the objects whose files are gone, and says how many objects
    /// that were.
    ///
    /// # Errors
    /// Where somebody else wrote to the folder meanwhile, storage refuses, or a file can't be read.
    pub fn give_back(&self) -> Result<usize, ObjectError> {
        self.check_unchanged()?;
        let now = self.digests()?;
        let differs =
            |(name, sha256): &(&String, &String)| self.was.get(*name).is_none_or(|was| was.sha256 != **sha256);
        let (last, first): (Vec<&String>, Vec<&String>) =
            now.iter().filter(differs).map(|(name, _)| name).partition(|name| *name == RECORD);
        let gone: Vec<&String> = self.was.keys().filter(|name| !now.contains_key(*name)).collect();
        self.put_all(&first)?;
        let removed = gone.iter().map(|name| self.folder.remove(name));
        self.folder.runtime.block_on(stream::iter(removed).buffer_unordered(AT_A_TIME).try_collect::<()>())?;
        self.put_all(&last)?;
        Ok(first.len() + gone.len() + last.len())
    }

    /// Puts files in the places of objects.
    fn put_all(&self, names: &[&String]) -> Result<(), ObjectError> {
        let put = names.iter().map(|name| self.folder.put(&self.copy, name));
        self.folder.runtime.block_on(stream::iter(put).buffer_unordered(AT_A_TIME).try_collect::<()>())
    }

    /// Refuses where the folder isn't as it was fetched.
    fn check_unchanged(&self) -> Result<(), ObjectError> {
        let now = self.folder.listed()?;
        let is_as_it_was = now.len() == self.was.len()
            && now.iter().all(|(name, object)| self.was.get(name).is_some_and(|was| was.state == state_of(object)));
        is_as_it_was.then_some(()).ok_or_else(|| ObjectError::Changed { url: self.folder.url.clone() })
    }

    /// Returns the digests of the copy's files, by their names in the folder.
    fn digests(&self) -> Result<BTreeMap<String, String>, ObjectError> {
        let entries = WalkDir::new(&self.copy).into_iter().filter_map(Result::ok);
        let files = entries.filter(|entry| entry.file_type().is_file());
        files.map(|entry| Ok((name_within(&self.copy, entry.path()), store::digest_of(entry.path())?))).collect()
    }
}

/// Returns the name of a file within a folder, as names in object storage are written.
fn name_within(folder: &Path, file: &Path) -> String {
    let inner = file.strip_prefix(folder).unwrap_or(file);
    inner.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Returns the state of an object.
fn state_of(object: &ObjectMeta) -> State {
    (object.e_tag.clone(), object.size)
}

#[cfg(test)]
mod tests {
    use object_store::memory::InMemory;

    use super::*;
    use crate::artifact::Artifact;

    /// Returns a folder of a bucket in memory.
    fn folder(bucket: &Arc<dyn ObjectStore>, prefix: &str) -> ObjectFolder {
        ObjectFolder::of("s3://bucket/folder", Arc::clone(bucket), Key::from(prefix)).unwrap()
    }

    /// Puts an object into a bucket.
    fn put(bucket: &Arc<dyn ObjectStore>, key: &str, text: &'static str) {
        let runtime = Builder::new_current_thread().build().unwrap();
        runtime.block_on(bucket.put(&Key::parse(key).unwrap(), text.into())).unwrap();
    }

    /// Writes a file into a copy.
    fn write(copy: &Path, name: &str, text: &str) {
        store::write(copy, &[Artifact { name: name.to_owned(), bytes: text.into() }]).unwrap();
    }

    /// Returns all of a bucket.
    fn all(bucket: &Arc<dyn ObjectStore>) -> Vec<(String, String)> {
        let copy = tempfile::tempdir().unwrap();
        let fetched = folder(bucket, "").fetch(copy.path()).unwrap();
        let text = |name: &str| store::text(&copy.path().join(name)).unwrap();
        fetched.was.keys().map(|name| (name.clone(), text(name))).collect()
    }

    #[test]
    fn a_copy_holds_what_the_folder_holds_and_what_came_to_differ_goes_back() {
        let bucket: Arc<dyn ObjectStore> = Arc::new(InMemory::new());
        for (key, text) in [("out/run.json", "1"), ("out/data/a.csv", "a"), ("out/old.pdf", "old"), ("other/b", "b")] {
            put(&bucket, key, text);
        }
        let copy = tempfile::tempdir().unwrap();
        let fetched = folder(&bucket, "out").fetch(copy.path()).unwrap();
        assert_eq!(fetched.was.keys().collect::<Vec<_>>(), ["data/a.csv", "old.pdf", "run.json"]);
        write(copy.path(), "run.json", "2");
        write(copy.path(), "data/Größe [1] 50%.csv", "new");
        std::fs::remove_file(copy.path().join("old.pdf")).unwrap();
        assert_eq!(fetched.give_back().unwrap(), 3);
        let expected =
            [("other/b", "b"), ("out/data/Größe [1] 50%.csv", "new"), ("out/data/a.csv", "a"), ("out/run.json", "2")];
        assert_eq!(all(&bucket), expected.map(|(name, text)| (name.to_owned(), text.to_owned())));
    }

    #[test]
    fn nothing_is_given_back_where_somebody_else_wrote_meanwhile() {
        for key in ["out/run.json", "out/another.json"] {
            let bucket: Arc<dyn ObjectStore> = Arc::new(InMemory::new());
            put(&bucket, "out/run.json", "1");
            let copy = tempfile::tempdir().unwrap();
            let fetched = folder(&bucket, "out").fetch(copy.path()).unwrap();
            put(&bucket, key, "theirs");
            let before = all(&bucket);
            write(copy.path(), "run.json", "ours");
            assert!(matches!(fetched.give_back(), Err(ObjectError::Changed { .. })), "{key}");
            assert_eq!(all(&bucket), before, "{key}");
        }
    }

    #[test]
    fn a_large_file_goes_back_whole() {
        let bucket: Arc<dyn ObjectStore> = Arc::new(InMemory::new());
        let (copy, large) = (tempfile::tempdir().unwrap(), "0123456789".repeat(2_000_000));
        let fetched = folder(&bucket, "out").fetch(copy.path()).unwrap();
        write(copy.path(), "season.xlsx", &large);
        fetched.give_back().unwrap();
        assert_eq!(all(&bucket), [("out/season.xlsx".to_owned(), large)]);
    }
}
