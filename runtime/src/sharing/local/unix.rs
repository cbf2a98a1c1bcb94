//! Unix sockets.

use std::fs::{self, Metadata, Permissions};
use std::io::{self, ErrorKind};
use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::io::Errno;
use tokio::net::UnixListener;
use tokio::net::unix::{OwnedReadHalf, OwnedWriteHalf};
use tokio::time::sleep;

pub(crate) use tokio::net::UnixStream as Stream;

use super::super::claim::Claim;
use super::super::deadline::Pauses;
use super::super::folder::Folder;
use super::super::port::ConnectPort;
use super::super::token::Token;
use super::super::user;
use super::{Peer, leftovers, told, unserved};
use crate::error::{Error, Result};
use crate::trace;

/// How long accepting rests while the process has no descriptors left.
const REST: Duration = Duration::from_millis(50);

/// A socket that others can connect to; dropping it closes and removes it, and leaves open streams alone.
#[derive(Debug)]
pub(crate) struct Listener {
    port: ConnectPort,
    socket: UnixListener,
    /// The socket's own file, by which it is known again.
    made: (u64, u64),
    /// Says to those who tidy up that this process lives. Dropped last.
    _alive: Claim,
}

impl Listener {
    /// Makes a socket for this subject, and removes those that dead owners left behind, of whatever subject.
    ///
    /// # Panics
    ///
    /// Outside of a runtime of tokio with I/O.
    pub(crate) fn bind(folder: &Folder, subject: &str) -> Result<Self> {
        leftovers::remove_from(folder);
        let (alive, path) = leftovers::reserve(folder, subject)?;
        Self::bind_at(path, alive)
    }

    pub(super) fn bind_at(path: PathBuf, alive: Claim) -> Result<Self> {
        let token = Token::random()?;
        let socket = UnixListener::bind(&path).map_err(|error| occupied(&path, error))?;
        let mode = fs::set_permissions(&path, Permissions::from_mode(0o600));
        let found = mode.and_then(|()| fs::symlink_metadata(&path));
        let found = found.map_err(|error| {
            let _ = fs::remove_file(&path);
            told(&path, error)
        })?;
        Ok(Self {
            port: ConnectPort::new(path, token),
            socket,
            made: identity(&found),
            _alive: alive,
        })
    }

    pub(crate) fn port(&self) -> &ConnectPort {
        &self.port
    }

    /// Waits for a client of one's own user; all others find the stream closed.
    ///
    /// # Cancel safety
    ///
    /// A dropped call loses no client.
    pub(crate) async fn accept(&self) -> Result<(Stream, Peer)> {
        loop {
            match self.socket.accept().await {
                Ok((stream, _)) => match admit(&stream) {
                    Ok(peer) => return Ok((stream, peer)),
                    Err(reason) => trace::stranger(&reason),
                },
                Err(error) if is_exhausted(&error) => sleep(REST).await,
                // The client has gone again.
                Err(error) if error.kind() == ErrorKind::ConnectionAborted => {}
                Err(error) => return Err(told(self.port.address(), error)),
            }
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let path = self.port.address();
        if fs::symlink_metadata(path).is_ok_and(|found| identity(&found) == self.made) {
            let _ = fs::remove_file(path);
        }
    }
}

/// The two directions of a stream, neither of which waits for the other.
pub(crate) fn split(stream: Stream) -> (OwnedReadHalf, OwnedWriteHalf) {
    stream.into_split()
}

/// Connects as soon as the owner has room for one more.
pub(super) async fn connect(path: &Path) -> Result<Stream> {
    let found = fs::symlink_metadata(path).map_err(|error| missing(path, error))?;
    check(path, &found)?;
    let mut pauses = Pauses::new();
    let stream = loop {
        match Stream::connect(path).await {
            Ok(stream) => break stream,
            // More clients wait to be accepted than the system lets wait.
            Err(error) if error.kind() == ErrorKind::WouldBlock => pauses.next().await,
            Err(error) => return Err(missing(path, error)),
        }
    };
    match admit(&stream) {
        Ok(_) => Ok(stream),
        Err(reason) => Err(Error::Untrusted {
            path: path.to_owned(),
            reason: reason.into(),
        }),
    }
}

/// The system tells as which user the other end was connected or bound.
fn admit(stream: &Stream) -> Result<Peer, String> {
    let peer = stream.peer_cred().map_err(|error| error.to_string())?;
    if peer.uid() != user::own() {
        let own = user::own();
        let uid = peer.uid();
        return Err(format!(
            "found user {uid} at the other end, expected user {own}"
        ));
    }
    let process = peer.pid().and_then(|pid| u32::try_from(pid).ok());
    Ok(Peer { process })
}

fn check(path: &Path, found: &Metadata) -> Result<()> {
    let reason = if found.is_symlink() {
        "found a symbolic link, expected a socket".to_owned()
    } else if !found.file_type().is_socket() {
        "found something else than a socket".to_owned()
    } else if !user::owns(found) {
        user::stranger(found.uid())
    } else {
        return Ok(());
    };
    Err(Error::Untrusted {
        path: path.to_owned(),
        reason: reason.into(),
    })
}

fn missing(path: &Path, error: io::Error) -> Error {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::ConnectionRefused | ErrorKind::ConnectionReset => {
            unserved(path, error)
        }
        _ => told(path, error),
    }
}

fn occupied(path: &Path, error: io::Error) -> Error {
    if error.kind() == ErrorKind::AddrInUse {
        return Error::Untrusted {
            path: path.to_owned(),
            reason: "found something where a socket was to be made: remove it".into(),
        };
    }
    told(path, error)
}

fn is_exhausted(error: &io::Error) -> bool {
    let exhausted = [Errno::MFILE, Errno::NFILE, Errno::NOBUFS, Errno::NOMEM];
    exhausted
        .iter()
        .any(|errno| error.raw_os_error() == Some(errno.raw_os_error()))
}

fn identity(found: &Metadata) -> (u64, u64) {
    (found.dev(), found.ino())
}
