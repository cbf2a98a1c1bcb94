//! Local sockets: streams of bytes between processes of one user on one machine.
//!
//! In: the private folder and what the socket is for. Out: a [`Listener`] with the port that leads to it, and [`connect`]
//! for others. Invariants: a socket is in the private folder and its user's alone; whoever is at the other end is the same
//! user, on both sides, before a byte is read; a port that nobody serves is an error at once.

#[cfg(unix)]
mod leftovers;
#[cfg(unix)]
#[path = "unix.rs"]
mod system;
#[cfg(windows)]
#[path = "windows.rs"]
mod system;
#[cfg(test)]
mod tests;

use std::future::Future;
use std::io;
use std::path::Path;

pub(crate) use self::system::{Listener, Stream, split};
use super::deadline::Deadline;
use super::port::ConnectPort;
use crate::error::{Error, Result};

/// Who connected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Peer {
    /// Its process, where the system says so; for messages alone, since numbers are used again.
    pub(crate) process: Option<u32>,
}

/// Connects, and does with the stream what has to be done in the same time, which is to shake hands.
pub(crate) async fn connect<T, F>(
    port: &ConnectPort,
    deadline: Deadline,
    greet: impl FnOnce(Stream) -> F,
) -> Result<T>
where
    F: Future<Output = Result<T>>,
{
    let work = async { greet(system::connect(port.address()).await?).await };
    deadline.of(&port.place(), work).await
}

fn told(path: &Path, source: io::Error) -> Error {
    let path = path.to_owned();
    Error::Io { path, source }
}

/// Nobody listens there.
fn unserved(path: &Path, source: io::Error) -> Error {
    Error::NoOwner {
        place: path.display().to_string(),
        source: Some(source),
    }
}
