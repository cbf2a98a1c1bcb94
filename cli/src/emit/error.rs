//! What can go wrong while files are written.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;

/// A file could not be read, written or created.
#[derive(Debug)]
#[non_exhaustive]
pub enum EmitError {
    /// The file that stands where a module belongs cannot be read.
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file cannot be written; what was there before still is.
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// There is a file already where a new one was wanted.
    Exists {
        /// The file.
        path: PathBuf,
    },
}

impl fmt::Display for EmitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read { path, .. } => write!(f, "cannot read `{}`", path.display()),
            Self::Write { path, .. } => write!(f, "cannot write `{}`", path.display()),
            Self::Exists { path } => write!(f, "`{}` exists already", path.display()),
        }
    }
}

impl Error for EmitError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Read { source, .. } | Self::Write { source, .. } => Some(source),
            Self::Exists { .. } => None,
        }
    }
}
