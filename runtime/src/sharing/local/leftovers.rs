//! The names of sockets, and what owners leave behind that had no time to tidy up.
//!
//! In: the private folder. Out: a free name `1f6b0d9a52c3e874-9c41d2e7`, digits for the subject and for this start, held by
//! a claim on `….lock` beside it. Invariant: a socket is removed by whoever holds its claim, and nobody makes a socket
//! without holding it; so a living owner's socket stays, and asking whether an owner lives does not disturb it.

use std::fs::{self, DirEntry};
use std::os::unix::fs::FileTypeExt as _;
use std::path::PathBuf;

use super::super::claim::{Attempt, Claim};
use super::super::digest::digest;
use super::super::folder::{Folder, NAME};
use super::told;
use crate::error::Result;

const CLAIM: &str = ".lock";

/// A name that nobody else has, and the claim on it.
pub(super) fn reserve(folder: &Folder, subject: &str) -> Result<(Claim, PathBuf)> {
    let subject = digest(subject.as_bytes());
    loop {
        let start = getrandom::u32().map_err(|error| told(folder.path(), error.into()))?;
        let name = format!("{}-{start:08x}", &subject[..16]);
        debug_assert_eq!(name.len(), NAME);
        let claim = folder.path().join(format!("{name}{CLAIM}"));
        if let Attempt::Held(claim) = Claim::attempt(&claim)? {
            return Ok((claim, folder.path().join(name)));
        }
    }
}

/// Removes the sockets of dead owners. What cannot be removed stays: it has a name of its own and is in nobody's way.
pub(super) fn remove_from(folder: &Folder) {
    let Ok(entries) = fs::read_dir(folder.path()) else {
        return;
    };
    for claim in entries.flatten().filter_map(|entry| claimed(&entry)) {
        let socket = claim.with_extension("");
        let Ok(Some(_dead)) = Claim::inherit(&claim) else {
            continue;
        };
        if fs::symlink_metadata(&socket).is_ok_and(|found| found.file_type().is_socket()) {
            let _ = fs::remove_file(&socket);
        }
    }
}

/// The path of a claim on a socket.
fn claimed(entry: &DirEntry) -> Option<PathBuf> {
    let name = entry.file_name();
    let socket = name.to_str()?.strip_suffix(CLAIM)?;
    let is_ours = socket.len() == NAME
        && socket
            .bytes()
            .all(|byte| byte.is_ascii_hexdigit() || byte == b'-');
    is_ours.then(|| entry.path())
}
