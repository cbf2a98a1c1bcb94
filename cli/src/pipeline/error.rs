//! What can fail beside the user's SQL.

use std::error::Error;
use std::fmt;

use crate::catalog::CatalogError;
use crate::source::SourceError;

/// The operating system or SQLite itself failed.
#[derive(Debug)]
#[non_exhaustive]
pub enum CompileError {
    /// Something could not be read.
    Source(SourceError),
    /// The checking database failed.
    Catalog(CatalogError),
}

impl fmt::Display for CompileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Source(error) => error.fmt(f),
            Self::Catalog(error) => error.fmt(f),
        }
    }
}

impl Error for CompileError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Source(error) => error.source(),
            Self::Catalog(error) => error.source(),
        }
    }
}

impl From<SourceError> for CompileError {
    fn from(error: SourceError) -> Self {
        Self::Source(error)
    }
}

impl From<CatalogError> for CompileError {
    fn from(error: CatalogError) -> Self {
        Self::Catalog(error)
    }
}
