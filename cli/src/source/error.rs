//! What the file system can refuse; mistakes of the user are diagnostics instead.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;

/// Why something could not be read.
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
        /// The file or folder.
        path: PathBuf,
        /// What the operating system says.
        source: io::Error,
    },
    /// The folder `path` contains itself, through a symbolic link.
    Loop {
        /// The folder at which the circle closes.
        path: PathBuf,
    },
}

impl fmt::Display for SourceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ConfigMissing { path } => {
                write!(f, "there is no configuration at `{}`", path.display())
            }
            Self::Read { path, .. } => write!(f, "cannot read `{}`", path.display()),
            Self::Loop { path } => write!(
                f,
                "folder `{}` contains itself through a symbolic link",
                path.display()
            ),
        }
    }
}

impl Error for SourceError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Read { source, .. } => Some(source),
            Self::ConfigMissing { .. } | Self::Loop { .. } => None,
        }
    }
}
