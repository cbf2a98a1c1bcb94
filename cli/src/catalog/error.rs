//! What can fail in this room though the user's SQL is right.

use std::fmt;
use std::path::PathBuf;

/// The checking database could not be opened or read.
#[derive(Debug)]
#[non_exhaustive]
pub enum CatalogError {
    /// SQLite gave no database in memory, or could not describe it.
    Memory {
        /// What SQLite said.
        source: rusqlite::Error,
    },
    /// An existing database file cannot be read.
    File {
        /// The file.
        path: PathBuf,
        /// What SQLite said.
        source: rusqlite::Error,
    },
}

impl fmt::Display for CatalogError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Memory { .. } => f.write_str("the checking database in memory failed"),
            Self::File { path, .. } => write!(f, "cannot read the database `{}`", path.display()),
        }
    }
}

impl std::error::Error for CatalogError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Memory { source } | Self::File { source, .. } => Some(source),
        }
    }
}

impl From<rusqlite::Error> for CatalogError {
    fn from(source: rusqlite::Error) -> Self {
        Self::Memory { source }
    }
}
