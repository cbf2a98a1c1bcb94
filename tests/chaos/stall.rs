//! A peer that says half of something and then nothing.
//!
//! In: an owner's socket. Out: how long the owner bore it. Invariant: the peer reads whatever it is sent, so that nothing
//! but its own silence is held against it.

use std::io::{Read as _, Write as _};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::PATIENCE;

/// What a connection begins with, and a frame that announces a hundred bytes and has three.
const HALF: &[u8] = b"SQLTNOW\0\x01\0\0\0\0\0\0\0\x64\0\0\0\0abc";

/// Connects and stalls, until the connection is cut; the thread gives how long that took.
pub fn begin(socket: &Path) -> JoinHandle<Duration> {
    let mut peer = UnixStream::connect(socket).unwrap();
    thread::spawn(move || {
        let started = Instant::now();
        // An owner that was killed meanwhile has cut it, too.
        let said = peer.write_all(HALF);
        peer.set_read_timeout(Some(PATIENCE)).unwrap();
        let cut = said.and_then(|()| peer.read_to_end(&mut Vec::new()));
        let stalled = matches!(&cut, Err(error) if error.kind() == std::io::ErrorKind::WouldBlock);
        assert!(!stalled, "nobody minds the stalled peer");
        started.elapsed()
    })
}
