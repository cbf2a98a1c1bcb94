//! Messages as frames, and back: pure, bytes in and bytes out.
//!
//! A frame is the length of what it carries in four bytes, least significant first, a flag, and what it carries. A message is
//! what frames carry up to the first with the flag 0. Invariant: nothing is reserved for what has not come yet.

use bytes::{Buf as _, BytesMut};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::broken::Violation;
use super::codec::{read, write};

/// So many bytes does a frame carry at most.
pub(crate) const LONGEST_FRAME: usize = 16 << 20;

/// The bytes before what a frame carries.
const HEADER: usize = 5;

/// The flags: the message ends with this frame, or goes on.
const LAST: u8 = 0;
const GOES_ON: u8 = 1;

/// Adds a message to `bytes`.
pub(crate) fn encode(message: &impl Serialize, bytes: &mut Vec<u8>) {
    let start = bytes.len();
    bytes.extend_from_slice(&[0; HEADER]);
    write(message, bytes);
    let carried = bytes.len() - start - HEADER;
    if carried <= LONGEST_FRAME {
        bytes[start..start + HEADER].copy_from_slice(&header(carried, LAST));
        return;
    }
    // Rare: one value alone is that long.
    let whole = bytes.split_off(start + HEADER);
    bytes.truncate(start);
    let mut parts = whole.chunks(LONGEST_FRAME).peekable();
    while let Some(part) = parts.next() {
        let flag = if parts.peek().is_some() {
            GOES_ON
        } else {
            LAST
        };
        bytes.extend_from_slice(&header(part.len(), flag));
        bytes.extend_from_slice(part);
    }
}

fn header(carried: usize, flag: u8) -> [u8; HEADER] {
    // At most `LONGEST_FRAME`.
    let [a, b, c, d] = u32::try_from(carried).unwrap_or(u32::MAX).to_le_bytes();
    [a, b, c, d, flag]
}

/// Puts messages together.
#[derive(Debug)]
pub(crate) struct Assembler {
    /// What has come of a message that goes on.
    begun: Vec<u8>,
    /// So many bytes may a message have.
    longest: usize,
}

impl Assembler {
    pub(crate) fn new(longest: usize) -> Self {
        Self {
            begun: Vec::new(),
            longest,
        }
    }

    /// Whether a message has begun that is not complete.
    pub(crate) fn has_begun(&self) -> bool {
        !self.begun.is_empty()
    }

    /// Lets a message have so many bytes from now on.
    pub(crate) fn set_longest(&mut self, longest: usize) {
        self.longest = longest;
    }

    /// Takes the next message out of `bytes`; none if it is not complete.
    pub(crate) fn next<M: DeserializeOwned>(
        &mut self,
        bytes: &mut BytesMut,
    ) -> Result<Option<M>, Violation> {
        loop {
            let Some(&[a, b, c, d, flag]) = bytes.first_chunk::<HEADER>() else {
                return Ok(None);
            };
            let length = u32::from_le_bytes([a, b, c, d]);
            let carried = usize::try_from(length).unwrap_or(usize::MAX);
            self.refuse(length, carried, flag)?;
            let Some(frame) = bytes.get(HEADER..HEADER + carried) else {
                return Ok(None);
            };
            let message = match flag {
                LAST if self.begun.is_empty() => Some(read(frame)?),
                LAST => {
                    self.begun.extend_from_slice(frame);
                    let message = read(&self.begun)?;
                    self.begun = Vec::new();
                    Some(message)
                }
                _ => {
                    self.begun.extend_from_slice(frame);
                    None
                }
            };
            bytes.advance(HEADER + carried);
            if message.is_some() {
                return Ok(message);
            }
        }
    }

    /// Refuses a frame by its first bytes.
    fn refuse(&self, length: u32, carried: usize, flag: u8) -> Result<(), Violation> {
        if carried > LONGEST_FRAME {
            return Err(Violation::LongFrame { length });
        }
        if flag > GOES_ON {
            return Err(Violation::Flag(flag));
        }
        if flag == GOES_ON && carried == 0 {
            return Err(Violation::EmptyFrame);
        }
        if carried > self.longest.saturating_sub(self.begun.len()) {
            let longest = self.longest;
            return Err(Violation::LongMessage { longest });
        }
        Ok(())
    }
}
