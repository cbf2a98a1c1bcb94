//! Claims by advisory locks: the lock belongs to the open file, and the system drops it with the process.

use std::fs::{self, File, Metadata, OpenOptions, TryLockError};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::Path;

use rustix::fs::OFlags;

use super::super::user;
use super::told;
use crate::error::{Error, Result};

pub(super) enum Tried {
    Held(File),
    Taken(File),
    /// It is missing, or was removed before it could be locked.
    Gone,
}

pub(super) fn hold(path: &Path, make: bool) -> Result<Tried> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(make).mode(0o600);
    let opened = open(path, &mut options);
    // What is made is missing only if its folder is.
    let opened = if make {
        opened.map(Some)
    } else {
        if_there(opened)
    };
    let Some(file) = opened? else {
        return Ok(Tried::Gone);
    };
    let taken = match file.try_lock() {
        Ok(()) => false,
        Err(TryLockError::WouldBlock) => true,
        Err(TryLockError::Error(error)) => return Err(told(path, error)),
    };
    if !names(path, &file).map_err(|error| told(path, error))? {
        return Ok(Tried::Gone);
    }
    Ok(if taken {
        Tried::Taken(file)
    } else {
        Tried::Held(file)
    })
}

pub(super) fn look(path: &Path) -> Result<Option<File>> {
    if_there(open(path, OpenOptions::new().read(true)))
}

/// While the lock is held nobody else removes the file, so what is removed here is what was locked.
pub(super) fn release(file: &File, path: &Path) {
    if names(path, file).unwrap_or(false) {
        // A folder that has become read-only keeps the file, which then stands in nobody's way.
        let _ = fs::remove_file(path);
    }
}

fn open(path: &Path, options: &mut OpenOptions) -> Result<File> {
    // Opening a pipe that somebody made here would wait for its other end.
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
    options.custom_flags(flags.bits().cast_signed());
    match options.open(path) {
        Ok(file) => {
            let found = file.metadata().map_err(|error| told(path, error))?;
            check(path, &found)?;
            Ok(file)
        }
        Err(error) => {
            // What stands there may say it better.
            if let Ok(found) = fs::symlink_metadata(path) {
                check(path, &found)?;
            }
            Err(told(path, error))
        }
    }
}

fn if_there(opened: Result<File>) -> Result<Option<File>> {
    match opened {
        Err(Error::Io { source, .. }) if source.kind() == ErrorKind::NotFound => Ok(None),
        opened => opened.map(Some),
    }
}

fn names(path: &Path, file: &File) -> io::Result<bool> {
    let of_file = file.metadata()?;
    match fs::symlink_metadata(path) {
        Ok(of_path) => Ok(of_path.dev() == of_file.dev() && of_path.ino() == of_file.ino()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

fn check(path: &Path, found: &Metadata) -> Result<()> {
    let mode = found.mode() & 0o7777;
    let reason = if found.is_symlink() {
        "found a symbolic link, expected a file: remove it".to_owned()
    } else if !found.is_file() {
        "found something else than a file: remove it".to_owned()
    } else if !user::owns(found) {
        let stranger = user::stranger(found.uid());
        format!("{stranger}; if that one's process has ended, remove it")
    } else if mode & 0o077 != 0 {
        format!("found mode {mode:04o}, expected 0600: other users can open it; remove it")
    } else {
        return Ok(());
    };
    Err(Error::Untrusted {
        path: path.to_owned(),
        reason: reason.into(),
    })
}
