//! Named pipes.

use std::io;
use std::mem;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf, ReadHalf, WriteHalf};
use tokio::net::windows::named_pipe::{
    ClientOptions, NamedPipeClient, NamedPipeServer, ServerOptions,
};
use tokio::sync::Mutex;

use super::super::deadline::Pauses;
use super::super::digest::digest;
use super::super::folder::Folder;
use super::super::port::ConnectPort;
use super::super::token::Token;
use super::{Peer, told, unserved};
use crate::error::Result;

const ERROR_PIPE_BUSY: i32 = 231;

/// A pipe that others can connect to, of this machine alone; dropping it closes it and leaves open streams alone.
#[derive(Debug)]
pub(crate) struct Listener {
    port: ConnectPort,
    /// What the next client connects to: as long as there is one, the name is taken.
    next: Mutex<NamedPipeServer>,
}

impl Listener {
    /// Makes a pipe for this subject. The system removes it with its process.
    ///
    /// # Panics
    ///
    /// Outside of a runtime of tokio with I/O.
    pub(crate) fn bind(_: &Folder, subject: &str) -> Result<Self> {
        let start = Token::random()?.digits();
        let subject = digest(subject.as_bytes());
        let path = PathBuf::from(format!(r"\\.\pipe\sqlitenow-{subject}-{start}"));
        let first = ServerOptions::new().first_pipe_instance(true).create(&path);
        let next = Mutex::new(first.map_err(|error| told(&path, error))?);
        let port = ConnectPort::new(path, Token::random()?);
        Ok(Self { port, next })
    }

    pub(crate) fn port(&self) -> &ConnectPort {
        &self.port
    }

    /// Waits for a client.
    ///
    /// # Cancel safety
    ///
    /// A dropped call loses no client.
    pub(crate) async fn accept(&self) -> Result<(Stream, Peer)> {
        let path = self.port.address();
        let mut next = self.next.lock().await;
        next.connect().await.map_err(|error| told(path, error))?;
        let following = ServerOptions::new().create(path);
        let following = following.map_err(|error| told(path, error))?;
        let stream = Stream::Owner(mem::replace(&mut *next, following));
        Ok((stream, Peer { process: None }))
    }
}

/// The two directions of a stream.
pub(crate) fn split(stream: Stream) -> (ReadHalf<Stream>, WriteHalf<Stream>) {
    tokio::io::split(stream)
}

/// Connects as soon as the owner has an end of the pipe for one more.
pub(super) async fn connect(path: &Path) -> Result<Stream> {
    let mut pauses = Pauses::new();
    loop {
        match ClientOptions::new().open(path) {
            Ok(client) => return Ok(Stream::Client(client)),
            Err(error) if error.raw_os_error() == Some(ERROR_PIPE_BUSY) => pauses.next().await,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(unserved(path, error));
            }
            Err(error) => return Err(told(path, error)),
        }
    }
}

/// Either end of a pipe.
#[derive(Debug)]
pub(crate) enum Stream {
    Owner(NamedPipeServer),
    Client(NamedPipeClient),
}

impl AsyncRead for Stream {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        read: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Owner(end) => Pin::new(end).poll_read(cx, read),
            Self::Client(end) => Pin::new(end).poll_read(cx, read),
        }
    }
}

impl AsyncWrite for Stream {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        match self.get_mut() {
            Self::Owner(end) => Pin::new(end).poll_write(cx, bytes),
            Self::Client(end) => Pin::new(end).poll_write(cx, bytes),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Owner(end) => Pin::new(end).poll_flush(cx),
            Self::Client(end) => Pin::new(end).poll_flush(cx),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Owner(end) => Pin::new(end).poll_shutdown(cx),
            Self::Client(end) => Pin::new(end).poll_shutdown(cx),
        }
    }
}
