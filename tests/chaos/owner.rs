//! Who owns the file at the moment, and what he does with it.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use sqlitenow_runtime::ConnectPort;
use tokio::net::UnixStream;
use tokio::runtime::Builder;

/// The socket of the file's owner, if it has one.
pub fn socket(file: &Path) -> Option<PathBuf> {
    let port = ConnectPort::find(file).ok()?.to_string();
    let address = port.strip_prefix("sqlitenow:")?;
    let (address, _token) = address.split_once('?')?;
    assert!(!address.contains('%'), "the test's folder has a plain name");
    Some(address.into())
}

/// The process that listens there, if it lives.
pub fn process(socket: &Path) -> Option<u32> {
    let runtime = Builder::new_current_thread().enable_io().build().unwrap();
    let peer = runtime.block_on(UnixStream::connect(socket)).ok()?;
    let process = peer.peer_cred().unwrap().pid()?;
    Some(process.try_into().unwrap())
}

/// Waits until something is written to the log beside the file, a moment at most: it may have begun before.
pub fn await_write(file: &Path) {
    let log = file.with_extension("db-wal");
    let state = || {
        let found = std::fs::metadata(&log).ok()?;
        Some((found.len(), found.modified().ok()?))
    };
    let (before, began) = (state(), Instant::now());
    while state() == before && began.elapsed() < Duration::from_millis(5) {
        std::thread::yield_now();
    }
}
