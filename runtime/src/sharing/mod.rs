//! One logical database among processes: an owner that has the file open, and clients that reach it over local sockets.
//!
//! In: a database's path or a name. Out: streams of bytes between an owner and its clients, both of one user. Invariant:
//! nothing here is reachable over a network or by another user of the machine.
//!
//! ```text
//! election   which process owns a database, by a claim on a file beside it
//!   └ claim      a file that one process holds, and a line in it
//! local      sockets and pipes, and who is at the other end
//!   └ folder     where they lie, for one user alone
//! port       the line that leads to an owner: address and token
//! wire       what owner and clients say to each other
//! ```

#[cfg(test)]
#[cfg(unix)]
mod child;
mod claim;
mod client;
mod compute;
mod deadline;
mod digest;
mod election;
mod folder;
mod local;
mod owner;
mod port;
mod server;
mod serving;
mod token;
#[cfg(unix)]
mod user;
mod wire;

pub use self::client::ConnectOptions;
pub(crate) use self::client::{Dial, Line, Link, Parts, Place, Remote, all_changes, answer, most};
pub use self::owner::Owner;
pub use self::port::ConnectPort;
pub use self::server::ServeOptions;
pub(crate) use self::serving::Serving;
pub(crate) use self::wire::Cells;
