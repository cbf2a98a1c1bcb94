//! The client's half: a database whose owner has it open elsewhere.
//!
//! In: a stream of bytes to an owner. Out: an engine for an ordinary core. `link` is one connection: `thread` reads it, `sender`
//! writes it, `table` holds the calls that wait, `calling` is one of them and `rows` one whose rows come in parts. `remote` is
//! the connection as a core's only engine, with the blocks that are open on it; `engine` is its synchronous form. `current` is the
//! connection of the moment, where one owner may succeed another: `heir` looks for the next one, as `succession` says. Invariants:
//! commits are told in the order in which they come and before whoever waits for a later message is woken; a call that nobody
//! waits for is called off; nothing waits for ever.

mod calling;
mod connect;
mod current;
mod engine;
mod heir;
mod link;
mod options;
mod remote;
mod rows;
mod sender;
mod shutdown;
mod succession;
mod table;
mod thread;

#[cfg(test)]
mod tests;

use tokio::io::{AsyncRead, AsyncWrite};

/// A stream of bytes to an owner, in its two directions: whoever sends shall not wait for the thread that reads.
pub(crate) struct Bytes {
    reader: Box<dyn AsyncRead + Send + Unpin>,
    writer: Box<dyn AsyncWrite + Send + Unpin>,
}

impl Bytes {
    fn new(
        (reader, writer): (
            impl AsyncRead + Send + Unpin + 'static,
            impl AsyncWrite + Send + Unpin + 'static,
        ),
    ) -> Self {
        Self {
            reader: Box::new(reader),
            writer: Box::new(writer),
        }
    }

    #[cfg(test)]
    pub(crate) fn of(stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static) -> Self {
        Self::new(tokio::io::split(stream))
    }
}

pub(crate) use self::engine::{Line, all_changes, answer, most};
pub(crate) use self::link::{Dial, Link, Place};
pub use self::options::ConnectOptions;
pub(crate) use self::remote::Remote;
pub(crate) use self::rows::Parts;
