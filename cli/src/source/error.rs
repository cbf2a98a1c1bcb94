//! What the file system can refuse; mistakes of the user are diagnostics instead.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;

/// Why the configuration could not be read.
#[derive(Debug)]
#[non_exhaustive]
pub enum SourceError {
    /// There is no configuration at `path`.
    ConfigMissing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// The operating system does not let us read `path`.
    Read {
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        source: io::Error,
    },
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ConfigMissing { path } => {
                write!(f, "there is no configuration at `{}`", path.display())
            }
            Self::Read { path, .. } => write!(f, "cannot read `{}`", path.display()),
        }
    }
}

impl Error for SourceError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Read { source, .. } => Some(source),
            Self::ConfigMissing { .. } => None,
        }
    }
}
