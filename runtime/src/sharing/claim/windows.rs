//! Claims by sharing modes: who has the file open for writing lets others read it, and nobody else write or remove it.
//!
//! A lock of Windows would keep others from reading as well. The file stays behind, empty, and can be had again.

use std::fs::{self, File, OpenOptions};
use std::io::ErrorKind;
use std::os::windows::fs::OpenOptionsExt as _;
use std::path::Path;

use super::told;
use crate::error::{Error, Result};

const FILE_SHARE_READ: u32 = 1;
const ERROR_SHARING_VIOLATION: i32 = 32;

pub(super) enum Tried {
    Held(File),
    Taken(File),
    /// It is missing.
    Gone,
}

pub(super) fn hold(path: &Path, make: bool) -> Result<Tried> {
    refuse_links(path)?;
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(make);
    let missing = |error: &std::io::Error| !make && error.kind() == ErrorKind::NotFound;
    match options.share_mode(FILE_SHARE_READ).open(path) {
        Ok(file) => Ok(Tried::Held(file)),
        Err(error) if error.raw_os_error() == Some(ERROR_SHARING_VIOLATION) => {
            Ok(look(path)?.map_or(Tried::Gone, Tried::Taken))
        }
        Err(error) if missing(&error) => Ok(Tried::Gone),
        Err(error) => Err(told(path, error)),
    }
}

pub(super) fn look(path: &Path) -> Result<Option<File>> {
    refuse_links(path)?;
    match File::open(path) {
        Ok(file) => Ok(Some(file)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(told(path, error)),
    }
}

pub(super) fn release(file: &File, _: &Path) {
    // Should it fail, the line that stays leads nowhere.
    let _ = file.set_len(0);
}

fn refuse_links(path: &Path) -> Result<()> {
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_symlink() => Err(Error::Untrusted {
            path: path.to_owned(),
            reason: "found a symbolic link, expected a file: remove it".into(),
        }),
        _ => Ok(()),
    }
}
