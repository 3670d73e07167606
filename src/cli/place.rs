//! Places in a season's file, and what is wrong there.

use std::path::{Path, PathBuf};

use toml::Spanned;

use super::slip;
use crate::batch::store::{self, StoreError};

/// A place in a season's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    file: PathBuf,
    line: usize,
    column: usize,
}

impl Place {
    /// Returns the place of a byte of the file's text.
    pub(super) fn of(file: &Path, text: &str, at: usize) -> Self {
        let before = text.get(..at).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        Self { file: file.to_owned(), line, column }
    }

    /// Says what is wrong here.
    pub(super) fn wrong(&self, message: String) -> ConfigError {
        ConfigError::Wrong { file: self.file.display().to_string(), line: self.line, column: self.column, message }
    }

    /// Whether the settings are those of a file that lies on the disk.
    fn is_real(&self) -> bool {
        self.file.is_file()
    }

    /// Returns a path that is meant from where the file is.
    pub(super) fn beside(&self, path: &Path) -> PathBuf {
        self.file.parent().map_or_else(|| path.to_owned(), |folder| folder.join(path))
    }
}

/// Returns a path that the settings name, with its place; one in which a backslash stood for something else is a slip.
pub(super) fn plain(path: &Spanned<PathBuf>, at: &dyn Fn(usize) -> Place) -> Result<(Place, PathBuf), ConfigError> {
    let (place, path) = (at(path.span().start), path.get_ref());
    if path.to_string_lossy().contains(char::is_control) {
        return Err(place.wrong(slip::backslashes()));
    }
    Ok((place, path.clone()))
}

/// Returns a path that the settings name, from where they are; one at which no such thing is is a slip.
pub(super) fn named(
    path: &Spanned<PathBuf>,
    at: &dyn Fn(usize) -> Place,
    what: &str,
    is_there: fn(&Path) -> bool,
) -> Result<PathBuf, ConfigError> {
    let (place, path) = plain(path, at)?;
    let meant = place.beside(&path);
    if place.is_real() && !is_there(&meant) {
        return Err(place.wrong(store::missing(what, &path, &meant)));
    }
    Ok(meant)
}

/// Why a season's settings can't be used.
#[derive(Debug, thiserror::Error)]
pub(super) enum ConfigError {
    /// The file can't be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Something in it is wrong.
    #[error("{file}:{line}:{column}: {message}")]
    Wrong {
        /// The file.
        file: String,
        /// The line, from one.
        line: usize,
        /// The column, from one.
        column: usize,
        /// What is wrong.
        message: String,
    },
}

impl ConfigError {
    /// Says of settings that nobody named, too, what to do where they are somebody else's.
    pub(super) fn found(self) -> Self {
        match self {
            Self::Store(error) => Self::Store(error),
            Self::Wrong { file, line, column, message } => {
                let message = format!(
                    "{message}\nThis file was found in the folder of the returns or above it. If it isn\u{2019}t this season\u{2019}s, take it away, \
                     name the season\u{2019}s own by `--season FILE`, or go without by `--isolated`."
                );
                Self::Wrong { file, line, column, message }
            }
        }
    }
}
