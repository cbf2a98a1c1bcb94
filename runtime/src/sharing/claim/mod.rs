//! A file that one process holds at a time, and in which it leaves a line for the others.
//!
//! In: a path. Out: a [`Claim`], which ends with its process however that ends, or the line of whoever has it. Invariants:
//! of all who try at the same time at most one gets it; only its holder removes the file, and whoever locks a file that was
//! removed meanwhile tries again; links and files that somebody else made are neither followed nor changed nor removed.

#[cfg(unix)]
#[path = "unix.rs"]
mod system;
#[cfg(windows)]
#[path = "windows.rs"]
mod system;
#[cfg(test)]
mod tests;

use std::fs::File;
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use self::system::Tried;
use super::port::SCHEME;
use crate::error::{Error, Result};

/// More than the longest line.
const MOST_BYTES: u64 = 16 * 1024;

/// How often the file may vanish before it can be locked. Each time means that another process had it and let go.
const MOST_TRIES: usize = 100;

/// What came of trying.
#[derive(Debug)]
pub(super) enum Attempt {
    Held(Claim),
    /// Somebody else has it, and has left this line, if it is whole.
    Taken(Option<String>),
}

/// The file as long as this process holds it; dropping it removes the file.
#[derive(Debug)]
pub(super) struct Claim {
    file: File,
    path: PathBuf,
}

impl Claim {
    /// Makes the file if it is missing, and tries to get it.
    pub(super) fn attempt(path: &Path) -> Result<Attempt> {
        for _ in 0..MOST_TRIES {
            match system::hold(path, true)? {
                Tried::Held(file) => return Self::begin(file, path).map(Attempt::Held),
                Tried::Taken(file) => return Ok(Attempt::Taken(line(&file))),
                Tried::Gone => {}
            }
        }
        Ok(Attempt::Taken(None))
    }

    /// Gets the file of a process that has died; none if it is missing or somebody has it.
    pub(super) fn inherit(path: &Path) -> Result<Option<Self>> {
        match system::hold(path, false)? {
            Tried::Held(file) => Self::begin(file, path).map(Some),
            Tried::Taken(_) | Tried::Gone => Ok(None),
        }
    }

    fn begin(file: File, path: &Path) -> Result<Self> {
        let left = contents(&file).map_err(|error| told(path, error))?;
        if !is_of_an_owner(&left) {
            return Err(Error::Untrusted {
                path: path.to_owned(),
                reason: "found other contents than an owner writes: move the file away".into(),
            });
        }
        // What somebody left who died leads nowhere.
        file.set_len(0).map_err(|error| told(path, error))?;
        let path = path.to_owned();
        Ok(Self { file, path })
    }

    /// Leaves a line for those who find the file taken, in the place of any other.
    pub(super) fn announce(&self, line: &str) -> Result<()> {
        let write = || {
            self.file.set_len(0)?;
            (&self.file).rewind()?;
            // In one piece: half a line could only be seen in the midst of this call, and is known by its missing end.
            (&self.file).write_all(format!("{line}\n").as_bytes())
        };
        write().map_err(|error| told(&self.path, error))
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        system::release(&self.file, &self.path);
    }
}

/// The line in a file, whoever has it; none if the file is missing or its line is not whole.
pub(super) fn read(path: &Path) -> Result<Option<String>> {
    Ok(system::look(path)?.as_ref().and_then(line))
}

fn line(file: &File) -> Option<String> {
    let mut text = String::from_utf8(contents(file).ok()?).ok()?;
    // Two lines are an old and a new one, read while they were exchanged.
    let whole = text.ends_with('\n') && text.matches('\n').count() == 1;
    text.pop();
    whole.then_some(text)
}

fn contents(mut file: &File) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.rewind()?;
    file.take(MOST_BYTES).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// An owner writes a port. When the machine stops, what was written last may be zeros or cut off.
fn is_of_an_owner(left: &[u8]) -> bool {
    let port = SCHEME.as_bytes();
    left.starts_with(port) || port.starts_with(left) || left.iter().all(|byte| *byte == 0)
}

fn told(path: &Path, source: io::Error) -> Error {
    let path = path.to_owned();
    Error::Io { path, source }
}
