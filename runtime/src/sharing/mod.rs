//! One logical database among processes: an owner that has the file open, and clients that reach it over local sockets.
//!
//! In: a database's path or a name. Out: streams of bytes between an owner and its clients, both of one user. Invariant:
//! nothing here is reachable over a network or by another user of the machine.

#[allow(dead_code, unused_imports, reason = "who calls it comes next")]
mod server;
#[allow(dead_code, reason = "who calls it comes next")]
mod serving;
#[allow(dead_code, unused_imports, reason = "what speaks it comes next")]
mod wire;

pub(crate) use self::serving::Serving;
