//! The messages of a stream, one by one.

use std::marker::PhantomData;
use std::time::Duration;

use bytes::BytesMut;
use serde::de::DeserializeOwned;
use tokio::io::{AsyncRead, AsyncReadExt as _};

use super::broken::Broken;
use super::frame::Assembler;

/// So much is read at a time, and kept for the next time.
const ROOM: usize = 64 << 10;

/// The receiving end of a connection.
#[derive(Debug)]
pub(crate) struct Incoming<R, M> {
    stream: R,
    bytes: BytesMut,
    assembler: Assembler,
    patience: Option<Duration>,
    messages: PhantomData<fn() -> M>,
}

impl<R: AsyncRead + Unpin, M: DeserializeOwned> Incoming<R, M> {
    /// Reads from a stream whose preamble was read. A message may have `longest` bytes; once it has begun, the other side may
    /// be silent as long as `patience` says.
    pub(crate) fn new(stream: R, longest: usize, patience: Option<Duration>) -> Self {
        Self {
            stream,
            bytes: BytesMut::with_capacity(ROOM),
            assembler: Assembler::new(longest),
            patience,
            messages: PhantomData,
        }
    }

    /// Lets a message have so many bytes from now on.
    pub(crate) fn set_longest(&mut self, longest: usize) {
        self.assembler.set_longest(longest);
    }

    /// Waits for the next message; none when the stream ends after one.
    ///
    /// Cancel safety: nothing is lost when it is dropped.
    pub(crate) async fn next(&mut self) -> Result<Option<M>, Broken> {
        loop {
            if let Some(message) = self.assembler.next(&mut self.bytes)? {
                return Ok(Some(message));
            }
            let begun = !self.bytes.is_empty() || self.assembler.has_begun();
            self.make_room();
            let read = self.stream.read_buf(&mut self.bytes);
            let read = match self.patience.filter(|_| begun) {
                Some(after) => tokio::time::timeout(after, read)
                    .await
                    .map_err(|_| Broken::Silent { after })?,
                None => read.await,
            };
            if read? == 0 {
                return if begun { Err(Broken::Cut) } else { Ok(None) };
            }
        }
    }

    /// Keeps no more room than usual after a long frame.
    fn make_room(&mut self) {
        if self.bytes.is_empty() && self.bytes.capacity() > 2 * ROOM {
            self.bytes = BytesMut::new();
        }
        if self.bytes.capacity() == self.bytes.len() {
            // Grows by what has come, never by what was promised.
            self.bytes.reserve(ROOM.max(self.bytes.len()));
        }
    }
}
