//! Values as bytes and back, as postcard writes them, with a bound on what reading costs.
//!
//! Texts, blobs and cells are copied, so that they take as many bytes as came. Everything else is made of pieces that are
//! read byte by byte; a small piece can take many times its size in memory, so there is a bound on such bytes. Whatever can
//! be many in an honest message is made of cells.

use postcard::{de_flavors, ser_flavors};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::broken::Violation;

/// So many bytes of a message may be other than those of texts, blobs and cells. The greediest is the length of an empty
/// text in a list, with 24 bytes for one.
pub(super) const PIECES: usize = 1 << 18;

/// Adds a value to `bytes`.
pub(super) fn write(value: &impl Serialize, bytes: &mut Vec<u8>) {
    let written = postcard::serialize_with_flavor(value, Growing(bytes));
    written.expect("memory takes everything, and whatever is written knows its length");
}

struct Growing<'b>(&'b mut Vec<u8>);

impl ser_flavors::Flavor for Growing<'_> {
    type Output = ();

    #[inline]
    fn try_push(&mut self, byte: u8) -> postcard::Result<()> {
        self.0.push(byte);
        Ok(())
    }

    #[inline]
    fn try_extend(&mut self, bytes: &[u8]) -> postcard::Result<()> {
        self.0.extend_from_slice(bytes);
        Ok(())
    }

    fn finalize(self) -> postcard::Result<()> {
        Ok(())
    }
}

/// Reads a message.
pub(super) fn read<M: DeserializeOwned>(bytes: &[u8]) -> Result<M, Violation> {
    let bounded = Bounded {
        rest: bytes,
        pieces: PIECES,
    };
    let mut deserializer = postcard::Deserializer::from_flavor(bounded);
    let message = M::deserialize(&mut deserializer).map_err(Violation::Malformed)?;
    let rest = deserializer.finalize().map_err(Violation::Malformed)?;
    if rest.is_empty() {
        Ok(message)
    } else {
        Err(Violation::Trailing)
    }
}

struct Bounded<'b> {
    rest: &'b [u8],
    pieces: usize,
}

impl<'b> de_flavors::Flavor<'b> for Bounded<'b> {
    type Remainder = &'b [u8];
    type Source = &'b [u8];

    #[inline]
    fn pop(&mut self) -> postcard::Result<u8> {
        let (Some((first, rest)), Some(pieces)) =
            (self.rest.split_first(), self.pieces.checked_sub(1))
        else {
            return Err(postcard::Error::DeserializeUnexpectedEnd);
        };
        self.rest = rest;
        self.pieces = pieces;
        Ok(*first)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }

    #[inline]
    fn try_take_n(&mut self, count: usize) -> postcard::Result<&'b [u8]> {
        let taken = self.rest.split_at_checked(count);
        let (taken, rest) = taken.ok_or(postcard::Error::DeserializeUnexpectedEnd)?;
        self.rest = rest;
        Ok(taken)
    }

    fn finalize(self) -> postcard::Result<&'b [u8]> {
        Ok(self.rest)
    }
}
