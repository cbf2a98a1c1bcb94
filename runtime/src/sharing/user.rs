//! Who one is, and to whom things belong.
//!
//! In: metadata of files. Out: whether one's own user has made them. Only where users have numbers.

use std::fs::Metadata;
use std::os::unix::fs::MetadataExt as _;

/// The user as whom this process acts: files that it makes belong to this one, and so do sockets that it connects.
pub(super) fn own() -> u32 {
    rustix::process::geteuid().as_raw()
}

pub(super) fn owns(found: &Metadata) -> bool {
    found.uid() == own()
}

/// Why something is refused that belongs to another user.
pub(super) fn stranger(found: u32) -> String {
    format!("found user {found} as its owner, expected user {}", own())
}
