//! What a process could be reached by from elsewhere.
//!
//! In: a process. Out: its sockets that are not of this machine alone, of which an owner of a database has none. Linux lists
//! the sockets of each process and, by kind, those of its network.

use std::collections::HashSet;
use std::path::PathBuf;
use std::{fs, io};

/// The sockets of a process that are no Unix sockets, as `tcp 0100007F:1F90`.
///
/// # Errors
///
/// When the process is gone or is another user's.
pub fn sockets(process: u32) -> io::Result<Vec<String>> {
    let process = PathBuf::from(format!("/proc/{process}"));
    let mut open = Vec::new();
    for descriptor in fs::read_dir(process.join("fd"))? {
        let descriptor = descriptor?.path();
        // It may have been closed since.
        let Ok(target) = fs::read_link(&descriptor) else {
            continue;
        };
        let target = target.to_string_lossy().into_owned();
        let inode = target.strip_prefix("socket:[");
        if let Some(inode) = inode.and_then(|inode| inode.strip_suffix(']')) {
            open.push((descriptor, inode.to_owned()));
        }
    }
    let table = |kind: &str| fs::read_to_string(process.join("net").join(kind)).unwrap_or_default();
    let local = table("unix");
    let local: HashSet<&str> = local
        .lines()
        .filter_map(|line| line.split_whitespace().nth(6))
        .collect();
    // One that was closed before the table was read is not in it.
    let is_open = |(descriptor, inode): &(PathBuf, String)| {
        fs::read_link(descriptor).is_ok_and(|target| target.to_string_lossy().contains(inode))
    };
    let others = open
        .into_iter()
        .filter(|(_, inode)| !local.contains(inode.as_str()));
    let others = others.filter(is_open);
    let kinds = ["tcp", "tcp6", "udp", "udp6"].map(|kind| (kind, table(kind)));
    let named = |inode: &str| {
        kinds.iter().find_map(|(kind, table)| {
            let fields = table.lines().map(str::split_whitespace);
            let mut rows = fields.map(Iterator::collect::<Vec<_>>);
            let row = rows.find(|row| row.get(9) == Some(&inode))?;
            Some(format!("{kind} {}", row[1]))
        })
    };
    let others = others.map(|(_, inode)| named(&inode).unwrap_or(format!("socket {inode}")));
    Ok(others.collect())
}
