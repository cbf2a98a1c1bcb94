//! What can be owned: the database in a file, or a name.
//!
//! In: a path or a name. Out: the file by which it is claimed: `tasks.db-owner` beside `tasks.db`, or one in the private
//! folder for databases whose folder cannot be written, and for names. Invariant: all paths that lead to a file through
//! symbolic links are one place, whether the file is there yet or not.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::super::claim::{self, Attempt, Claim};
use super::super::digest::digest;
use super::super::folder::Folder;
use super::super::port::ConnectPort;
use crate::error::{Error, Result};

/// As many links as systems follow.
const MOST_LINKS: usize = 40;

#[derive(Debug, Clone)]
pub(crate) struct Place {
    subject: Subject,
    /// Where sockets are, and what has no place elsewhere.
    folder: Folder,
}

#[derive(Debug, Clone)]
enum Subject {
    /// The canonical path.
    Database(PathBuf),
    Name(String),
}

impl Place {
    /// The database in this file, which needs not be there yet, while its folder does.
    pub(crate) fn of_database(path: &Path) -> Result<Self> {
        Self::of_database_with(path, Folder::private()?)
    }

    pub(super) fn of_database_with(path: &Path, folder: Folder) -> Result<Self> {
        let canonical = canonical(path).map_err(|source| Error::Io {
            path: path.to_owned(),
            source,
        })?;
        let subject = Subject::Database(canonical);
        Ok(Self { subject, folder })
    }

    /// A name, which is this user's own.
    pub(crate) fn of_name(name: &str) -> Result<Self> {
        Ok(Self::of_name_with(name, Folder::private()?))
    }

    pub(super) fn of_name_with(name: &str, folder: Folder) -> Self {
        let subject = Subject::Name(name.to_owned());
        Self { subject, folder }
    }

    /// The private folder, for the owner's socket.
    pub(crate) fn folder(&self) -> &Folder {
        &self.folder
    }

    /// The path or the name, for people.
    pub(crate) fn shown(&self) -> String {
        match &self.subject {
            Subject::Database(path) => path.display().to_string(),
            Subject::Name(name) => name.clone(),
        }
    }

    /// Where the owner said that it is.
    pub(crate) fn port(&self) -> Result<ConnectPort> {
        let found = match claim::read(&self.first()?)? {
            None if self.is_database() => claim::read(&self.second()?)?,
            found => found,
        };
        let port = found.and_then(|line| line.parse().ok());
        port.ok_or_else(|| Error::NoOwner {
            place: self.shown(),
            source: None,
        })
    }

    pub(super) fn attempt(&self) -> Result<Attempt> {
        let first = self.first()?;
        match Claim::attempt(&first) {
            Err(Error::Io { source, .. }) if self.is_database() && is_unwritable(&source) => {
                Claim::attempt(&self.second()?)
            }
            attempt => attempt,
        }
    }

    fn is_database(&self) -> bool {
        matches!(self.subject, Subject::Database(_))
    }

    fn first(&self) -> Result<PathBuf> {
        match &self.subject {
            Subject::Database(path) => {
                let mut file = path.as_os_str().to_owned();
                file.push("-owner");
                Ok(PathBuf::from(file))
            }
            Subject::Name(name) => self.inner("names", name.as_bytes()),
        }
    }

    /// Where the claim on a database is whose folder cannot be written.
    fn second(&self) -> Result<PathBuf> {
        let Subject::Database(path) = &self.subject else {
            return self.first();
        };
        self.inner("owners", path.as_os_str().as_encoded_bytes())
    }

    fn inner(&self, folder: &str, subject: &[u8]) -> Result<PathBuf> {
        let folder = self.folder.inner(folder)?;
        Ok(folder.path().join(digest(subject)))
    }
}

/// Whether it is the folder that forbids the file. On a file that is there, a refusal says more and comes before.
fn is_unwritable(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem
    )
}

/// As SQLite finds the file that it opens or makes: through links that lead nowhere as well.
fn canonical(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        match fs::canonicalize(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            found => return found,
        }
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        let Ok(target) = fs::read_link(&path) else {
            let name = path.file_name().ok_or(ErrorKind::InvalidInput)?;
            return Ok(fs::canonicalize(folder)?.join(name));
        };
        path = folder.join(target);
    }
    Err(io::Error::other("too many symbolic links"))
}
