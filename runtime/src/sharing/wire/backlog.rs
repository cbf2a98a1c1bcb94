//! Bytes that wait to be written to a stream, in their order.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use serde::Serialize;
use tokio::io::AsyncWrite;

use super::frame::encode;

/// More room than this is given back when everything is written.
const KEPT: usize = 512 << 10;

#[derive(Debug, Default)]
pub(super) struct Backlog {
    bytes: Vec<u8>,
    written: usize,
    /// Whether the stream was told to pass on what was written.
    flushed: bool,
}

impl Backlog {
    pub(super) fn add(&mut self, message: &impl Serialize) {
        if self.written > self.bytes.len() / 2 {
            self.bytes.drain(..self.written);
            self.written = 0;
        }
        encode(message, &mut self.bytes);
        self.flushed = false;
    }

    /// How many bytes wait.
    pub(super) fn waiting(&self) -> usize {
        self.bytes.len() - self.written
    }

    /// Whether the stream has everything.
    pub(super) fn is_done(&self) -> bool {
        self.waiting() == 0 && self.flushed
    }

    /// Hands the stream what it takes; ready when it has taken everything.
    pub(super) fn poll_write(
        &mut self,
        mut stream: Pin<&mut (impl AsyncWrite + ?Sized)>,
        cx: &mut Context<'_>,
    ) -> Poll<io::Result<()>> {
        while self.waiting() > 0 {
            match ready!(stream.as_mut().poll_write(cx, &self.bytes[self.written..]))? {
                0 => return Poll::Ready(Err(io::ErrorKind::WriteZero.into())),
                written => self.written += written,
            }
        }
        self.written = 0;
        if self.bytes.capacity() > KEPT {
            self.bytes = Vec::new();
        } else {
            self.bytes.clear();
        }
        if !self.flushed {
            ready!(stream.poll_flush(cx))?;
            self.flushed = true;
        }
        Poll::Ready(Ok(()))
    }
}
