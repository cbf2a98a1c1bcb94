//! The sending half of a link.
//!
//! In: messages, in the order in which they are to arrive. Out: bytes on the stream, written by whoever sends as far as the
//! stream takes them at once, and by the link's thread where it does not. Invariant: what was put in line stays in line.

use std::collections::HashMap;
use std::pin::Pin;
use std::ptr;
use std::task::{Context, Poll, Waker};

use tokio::io::{AsyncWrite, WriteHalf};

use crate::error::{Error, Result};
use crate::sharing::wire::{Define, ToOwner};
use crate::statement::Statement;

use super::Bytes;
use super::frames;

pub(super) struct Sender {
    stream: WriteHalf<Box<dyn Bytes>>,
    /// What was not written yet.
    line: Vec<u8>,
    written: usize,
    /// Whether the link's thread writes what is left.
    handed: bool,
    broken: bool,
    /// The number of the last call.
    calls: u64,
    /// Generated statements by their addresses, with their numbers.
    defined: HashMap<usize, u32>,
    /// So long may a message be.
    longest: u64,
}

impl Sender {
    pub(super) fn new(stream: WriteHalf<Box<dyn Bytes>>, longest: u64) -> Self {
        Self {
            stream,
            line: Vec::new(),
            written: 0,
            handed: false,
            broken: false,
            calls: 0,
            defined: HashMap::new(),
            longest,
        }
    }

    /// The number for another call.
    pub(super) fn number(&mut self) -> u64 {
        self.calls += 1;
        self.calls
    }

    /// The number of a statement, which the owner is told of first if it does not know it yet.
    pub(super) fn define(&mut self, statement: &'static Statement) -> Result<u32> {
        let address = ptr::from_ref(statement) as usize;
        if let Some(number) = self.defined.get(&address) {
            return Ok(*number);
        }
        let number = u32::try_from(self.defined.len()).unwrap_or(u32::MAX);
        self.put(&ToOwner::Define(Define::new(number, statement)))?;
        self.defined.insert(address, number);
        Ok(number)
    }

    /// Puts a message in line. One that the owner would not take is not put there.
    pub(super) fn put(&mut self, message: &ToOwner) -> Result<()> {
        let before = self.line.len();
        frames::put(message, &mut self.line)?;
        let length = self.line.len() - before;
        if u64::try_from(length).is_ok_and(|length| length <= self.longest) {
            return Ok(());
        }
        self.line.truncate(before);
        let reason = format!(
            "found a message of {length} bytes, expected at most {}: send less at a time",
            self.longest
        );
        Err(Error::Refused {
            reason: reason.into(),
            origin: None,
        })
    }

    /// Writes what the stream takes at once. Returns whether the link's thread has to be called for the rest.
    pub(super) fn push(&mut self) -> bool {
        if self.handed {
            return false;
        }
        // Whoever is woken by this waker is nobody: the thread takes over instead.
        let mut nobody = Context::from_waker(Waker::noop());
        self.handed = self.poll_write(&mut nobody).is_pending() || self.broken;
        self.handed
    }

    /// Writes everything, on the link's thread.
    pub(super) fn poll_rest(&mut self, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        let written = self.poll_write(cx);
        if written.is_ready() {
            self.handed = false;
        }
        written
    }

    fn poll_write(&mut self, cx: &mut Context<'_>) -> Poll<std::io::Result<()>> {
        while self.written < self.line.len() {
            let rest = &self.line[self.written..];
            match Pin::new(&mut self.stream).poll_write(cx, rest) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(Ok(0)) => {
                    self.broken = true;
                    return Poll::Ready(Err(std::io::ErrorKind::WriteZero.into()));
                }
                Poll::Ready(Ok(count)) => self.written += count,
                Poll::Ready(Err(error)) => {
                    self.broken = true;
                    return Poll::Ready(Err(error));
                }
            }
        }
        self.written = 0;
        self.line.clear();
        // Large messages are rare.
        self.line.shrink_to(1 << 16);
        Pin::new(&mut self.stream).poll_flush(cx)
    }
}
